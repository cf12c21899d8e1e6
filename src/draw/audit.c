/* The audit: every commitment of a log opened, and its students compared with an enrolment list.
 *
 * Three lists are held against each other, by pseudonym and by number:
 *
 *     log                      people                          list
 *     student,s7…,h…,…,88  ->  s7…,h…,East,K17,Ann         ->  K17,Ann,East,88
 *                     the commitment opens                one row a child, one child a row                                          */
#include <string.h>

#include "base/alloc.h"
#include "draw/audit_people.h"
#include "log/log.h"
#include "log/opening.h"
#include "roster/csv_file.h"
#include "roster/words.h"

const char *sunlot_audit_text(sunlot_audit_kind kind)
{
    static const char *const text[SUNLOT_AUDIT_KINDS] = {
        "in the enrolment list, but not in the draw",
        "in the draw, but not in the enrolment list",
        "another school",
        "another name",
        "another value",
        "this number stands twice in the enrolment list",
        "this number has two lines in the draw",
        "the commitment does not open with salt, person and data",
        "a line of the draw without a private record",
        "a private record whose pseudonym is not in the draw",
    };
    SUNLOT_REQUIRE((unsigned)kind < SUNLOT_AUDIT_KINDS);
    return text[kind];
}

typedef struct {
    sunlot_audit_result *out;
    const sunlot_log *log;
    sunlot_difference_fn *differ;
    void *user;
    sunlot_audited_people people;
    sunlot_csv_file list;
    sunlot_issue_list issues;
    uint32_t school, id, name;                                                   /* columns of the list; school SUNLOT_NONE32: none */
    sunlot_text_index rows;                                                      /* by id */
    uint32_t *lines_of;                                                          /* [rows] lines of the draw */
    uint32_t column_of[SUNLOT_MAX_NUMBER_COLUMNS + SUNLOT_MAX_CATEGORY_COLUMNS]; /* of the list, for each of the school's columns */
} audit;

static void differ(audit *a, const sunlot_difference *d)
{
    a->out->differences++;
    a->out->kind[d->kind]++;
    a->differ(a->user, d);
}

/* ---- the list -------------------------------------------------------------------------------------------------------------------- */

static sunlot_text cell(const audit *a, uint32_t row, uint32_t column)
{
    return column == SUNLOT_NONE32 ? (sunlot_text){NULL, 0} : sunlot_csv_file_cell(&a->list, row, column);
}

static sunlot_person listed(const audit *a, uint32_t row)
{
    const sunlot_text school = a->school == SUNLOT_NONE32 ? a->log->roster->school[0].name : cell(a, row, a->school);
    return (sunlot_person){school, cell(a, row, a->id), cell(a, row, a->name)};
}

static uint32_t need_column(audit *a, sunlot_word word, bool required)
{
    const uint32_t column = sunlot_csv_file_find(&a->list, sunlot_word_text(word));
    if (column == SUNLOT_NONE32 && required && a->list.sound) {
        sunlot_phrase expected = {0};
        sunlot_phrase_text(&expected, sunlot_word_text(word));
        sunlot_phrase_text(&expected, SUNLOT_TEXT("/"));
        sunlot_phrase_text(&expected, sunlot_word_chinese(word));
        sunlot_csv_file_blame(&a->list, &a->issues, SUNLOT_ISSUE_COLUMN_MISSING, SUNLOT_NONE32, SUNLOT_NONE32, sunlot_phrase_view(&expected));
    }
    return column;
}

static sunlot_err read_list(audit *a, sunlot_text bytes)
{
    if (!sunlot_csv_file_read(&a->list, SUNLOT_FILE_STUDENTS, bytes, SUNLOT_MAX_STUDENTS, &a->issues, NULL)) return SUNLOT_ERR_MEMORY;
    a->id = need_column(a, SUNLOT_WORD_ID, true);
    a->name = need_column(a, SUNLOT_WORD_NAME, true);
    a->school = need_column(a, SUNLOT_WORD_SCHOOL, a->log->roster->schools > 1);
    if (a->issues.no_memory) return SUNLOT_ERR_MEMORY;
    if (a->issues.count > 0 || !a->list.sound || !a->list.complete) return SUNLOT_ERR_INPUT;
    a->lines_of = sunlot_alloc(a->list.rows, sizeof *a->lines_of);
    if (a->lines_of == NULL || !sunlot_text_index_init(&a->rows, a->list.rows)) return SUNLOT_ERR_MEMORY;
    for (uint32_t row = 0; row < a->list.rows; row++)
        if (cell(a, row, a->id).n == 0) sunlot_csv_file_blame(&a->list, &a->issues, SUNLOT_ISSUE_VALUE_MISSING, row, a->id, SUNLOT_TEXT(""));
    if (a->issues.no_memory) return SUNLOT_ERR_MEMORY;
    return a->issues.count > 0 ? SUNLOT_ERR_INPUT : SUNLOT_OK;
}

/* Rows by number.  A number that stands again is a difference, and its first row counts. */
static void index_list(audit *a)
{
    a->out->listed = a->list.rows;
    for (uint32_t row = 0; row < a->list.rows; row++) {
        if (sunlot_text_index_add(&a->rows, cell(a, row, a->id), row) == row) continue;
        differ(a, &(sunlot_difference){.kind = SUNLOT_AUDIT_LIST_TWICE, .person = listed(a, row), .list_line = a->list.line[row]});
        a->lines_of[row] = UINT32_MAX; /* not missing as well */
    }
}

/* ---- a line of the draw ------------------------------------------------------------------------------------------------------------ */

static void find_columns(audit *a, const sunlot_school *s)
{
    for (uint32_t c = 0; c < s->columns[SUNLOT_STUDENTS]; c++) {
        a->column_of[c] = sunlot_csv_file_find(&a->list, s->column[SUNLOT_STUDENTS][c].name);
        a->out->columns++;
        a->out->absent += a->column_of[c] == SUNLOT_NONE32;
    }
}

/* Scores are compared as numbers: 87.50 is 87.5. */
static bool same_value(bool number, sunlot_text draw, sunlot_text list)
{
    int32_t x, y;
    if (!number || draw.n == 0 || list.n == 0) return sunlot_text_equal(draw, list);
    return sunlot_score_read(&x, draw) == 0 && sunlot_score_read(&y, list) == 0 && x == y;
}

/* Compare a student whose record was opened with its row.  Returns whether everything agrees. */
static bool compare(audit *a, const sunlot_opening *o, const sunlot_school *s, const sunlot_audited *one, uint64_t line)
{
    const uint32_t row = sunlot_text_index_find(&a->rows, one->person.id);
    sunlot_difference d = {.person = one->person, .pseudonym = o->pseudonym, .log_line = line};
    if (row == UINT32_MAX) {
        d.kind = SUNLOT_AUDIT_EXTRA;
        differ(a, &d);
        return false;
    }
    const uint64_t before = a->out->differences;
    d.person = listed(a, row);
    d.list_line = a->list.line[row];
    if (a->lines_of[row]++ > 0) {
        d.kind = SUNLOT_AUDIT_DRAW_TWICE;
        differ(a, &d);
    }
    if (!sunlot_text_equal(d.person.school, s->name)) {
        d.kind = SUNLOT_AUDIT_SCHOOL;
        d.draw = s->name;
        d.list = d.person.school;
        differ(a, &d);
    }
    if (!sunlot_text_equal(d.person.name, one->person.name)) {
        d.kind = SUNLOT_AUDIT_NAME;
        d.draw = one->person.name;
        d.list = d.person.name;
        differ(a, &d);
    }
    for (uint32_t c = 0; c < o->values; c++) {
        if (a->column_of[c] == SUNLOT_NONE32) continue;
        const sunlot_column *column = &s->column[SUNLOT_STUDENTS][c];
        a->out->compared++;
        d.list = cell(a, row, a->column_of[c]);
        if (same_value(column->number, o->value[c], d.list)) continue;
        d.kind = SUNLOT_AUDIT_VALUE;
        d.column = column->name;
        d.draw = o->value[c];
        differ(a, &d);
    }
    return a->out->differences == before;
}

/* The school of a line: the one whose block it stands in, or whose number it names. */
static const sunlot_school *school_of(const audit *a, const sunlot_opening *o, uint32_t block)
{
    uint64_t number = block;
    if (o->school.n > 0 && !sunlot_number_parse(&number, o->school, a->log->roster->schools)) number = 0;
    return number == 0 ? NULL : &a->log->roster->school[number - 1];
}

static void take_line(audit *a, const sunlot_record *record, uint32_t block, uint64_t line)
{
    sunlot_opening o;
    if (!sunlot_opening_read(&o, record)) return;
    const sunlot_school *s = school_of(a, &o, block);
    const bool student = o.pseudonym.p[0] == 's';
    if (s == NULL) return;
    a->out->students += student;
    a->out->teachers += !student;
    const uint32_t at = sunlot_text_index_find(&a->people.index, o.pseudonym);
    sunlot_difference d = {.kind = SUNLOT_AUDIT_SEALED, .pseudonym = o.pseudonym, .log_line = line};
    if (at == UINT32_MAX) {
        differ(a, &d);
        return;
    }
    sunlot_audited *one = &a->people.one[at];
    one->seen = true;
    const bool opens = sunlot_text_equal(one->person.school, s->name) && sunlot_opening_check(&o, one->salt, &one->person);
    if (!opens) {
        d.kind = SUNLOT_AUDIT_COMMITMENT;
        d.person = one->person;
        differ(a, &d);
    }
    a->out->opened += opens;
    if (student) a->out->agree += compare(a, &o, s, one, line) && opens;
}

static sunlot_err walk(audit *a)
{
    sunlot_record record;
    uint32_t block = 0;
    uint64_t line = 0;
    for (sunlot_text rest = a->log->bytes; rest.n > 0;) {
        const sunlot_text text = sunlot_text_split(rest, '\n', &rest);
        line++;
        if (sunlot_text_starts(text, SUNLOT_TEXT("leaf,"))) return SUNLOT_ERR_LOG;
        if (sunlot_text_starts(text, SUNLOT_TEXT("school,"))) find_columns(a, &a->log->roster->school[block++]);
        const bool person = sunlot_text_starts(text, SUNLOT_TEXT("student,")) || sunlot_text_starts(text, SUNLOT_TEXT("teacher,")) ||
                            sunlot_text_starts(text, SUNLOT_TEXT("late,"));
        if (person && sunlot_record_parse(&record, text) == NULL) take_line(a, &record, block, line);
    }
    return SUNLOT_OK;
}

/* Who was nowhere in the draw. */
static void leftovers(audit *a)
{
    for (uint32_t i = 0; i < a->people.count; i++) {
        const sunlot_audited *one = &a->people.one[i];
        if (!one->seen) differ(a, &(sunlot_difference){.kind = SUNLOT_AUDIT_STRANGER, .person = one->person, .pseudonym = one->pseudonym});
    }
    for (uint32_t row = 0; row < a->list.rows; row++)
        if (a->lines_of[row] == 0) differ(a, &(sunlot_difference){.kind = SUNLOT_AUDIT_MISSING, .person = listed(a, row), .list_line = a->list.line[row]});
}

sunlot_err sunlot_audit(sunlot_audit_result *out, const sunlot_log *log, sunlot_text people, sunlot_text list, sunlot_difference_fn *differ_,
                        sunlot_issue_fn *report, void *user)
{
    SUNLOT_REQUIRE(log->grown == 0);
    audit a = {.out = out, .log = log, .differ = differ_, .user = user};
    *out = (sunlot_audit_result){0};
    sunlot_err err = read_list(&a, list);
    if (err == SUNLOT_ERR_INPUT && !sunlot_issue_list_report(&a.issues, report, user)) err = SUNLOT_ERR_MEMORY;
    if (err == SUNLOT_OK) err = sunlot_audited_read(&a.people, people, &out->people_line);
    if (err == SUNLOT_OK) {
        index_list(&a);
        err = walk(&a);
    }
    if (err == SUNLOT_OK) leftovers(&a);
    sunlot_audited_free(&a.people);
    sunlot_csv_file_free(&a.list);
    sunlot_issue_list_free(&a.issues);
    sunlot_text_index_free(&a.rows);
    sunlot_release(a.lines_of);
    return err;
}
