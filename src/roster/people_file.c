/* What students.csv and teachers.csv have in common: ids, schools, columns that rules name (SPEC 11.1). */
#include "base/utf8.h"
#include "roster/reading.h"

/* ---- ids and schools -------------------------------------------------------------------------------------------------------------- */

static void check_id(sunlot_reading *r, int who, uint32_t row)
{
    const sunlot_enrolment *e = r->e;
    const sunlot_file file = sunlot_file_of(who);
    const sunlot_text id = sunlot_enrolment_cell(e, file, row, SUNLOT_WORD_ID);
    if (id.n == 0) {
        sunlot_reading_blame(r, SUNLOT_ISSUE_VALUE_MISSING, file, row, SUNLOT_WORD_ID, SUNLOT_TEXT(""));
        return;
    }
    const uint32_t before = sunlot_text_index_add(&r->ids[who], id, row);
    if (before == row) return;
    const bool moved = e->school_of[who][before] != e->school_of[who][row];
    sunlot_phrase line = {0};
    sunlot_phrase_number(&line, e->file[file].line[before]);
    sunlot_reading_blame(r, moved ? SUNLOT_ISSUE_ID_TWO_SCHOOLS : SUNLOT_ISSUE_ID_TWICE, file, row, SUNLOT_WORD_ID, sunlot_phrase_view(&line));
}

/* The school of each row.  Rows of one school mostly stand together: the last name is tried first. */
static void find_schools(sunlot_reading *r, int who)
{
    sunlot_enrolment *e = r->e;
    const sunlot_file file = sunlot_file_of(who);
    const sunlot_csv_file *f = &e->file[file];
    const bool known = sunlot_reading_complete(r, SUNLOT_FILE_CLASSES);
    const bool unnamed = e->header[SUNLOT_FILE_CLASSES][SUNLOT_WORD_SCHOOL] == SUNLOT_NONE32;
    sunlot_text last = {0};
    uint32_t school = SUNLOT_NONE32;
    for (uint32_t row = 0; row < f->rows; row++) {
        const sunlot_text name = sunlot_enrolment_cell(e, file, row, SUNLOT_WORD_SCHOOL);
        if (last.p == NULL || !sunlot_text_equal(name, last)) school = sunlot_text_index_find(&r->schools, name);
        last = name;
        e->school_of[who][row] = school;
        if (name.n == 0) sunlot_reading_blame(r, SUNLOT_ISSUE_VALUE_MISSING, file, row, SUNLOT_WORD_SCHOOL, SUNLOT_TEXT(""));
        if (name.n == 0 || school != SUNLOT_NONE32 || !known) continue;
        if (!unnamed) {
            sunlot_reading_blame(r, SUNLOT_ISSUE_SCHOOL_UNKNOWN, file, row, SUNLOT_WORD_SCHOOL, SUNLOT_TEXT(""));
        } else {
            /* The classes are of one school without a name: it is classes.csv that lacks the column. */
            sunlot_reading_blame_missing(r, SUNLOT_FILE_CLASSES, SUNLOT_WORD_SCHOOL);
            e->file[SUNLOT_FILE_CLASSES].complete = false;
            return;
        }
    }
}

/* Without the column school all are of the default school, which must be the only one. */
static void assume_school(sunlot_reading *r, int who)
{
    sunlot_enrolment *e = r->e;
    const sunlot_file file = sunlot_file_of(who);
    const uint32_t school = sunlot_text_index_find(&r->schools, e->default_school);
    const bool one = e->schools == 1 && school != SUNLOT_NONE32;
    for (uint32_t row = 0; one && row < e->file[file].rows; row++) e->school_of[who][row] = school;
    if (one) return;
    if (sunlot_reading_complete(r, SUNLOT_FILE_CLASSES) && e->schools > 0) sunlot_reading_blame_missing(r, file, SUNLOT_WORD_SCHOOL);
    e->file[file].sound = false;
}

/* Put the rows of each school side by side, in the order of the file. */
static bool group_rows(sunlot_reading *r, int who)
{
    sunlot_enrolment *e = r->e;
    const uint32_t rows = e->file[sunlot_file_of(who)].rows;
    const uint32_t most = who == SUNLOT_STUDENTS ? SUNLOT_MAX_SCHOOL_STUDENTS : SUNLOT_MAX_SCHOOL_TEACHERS;
    e->row[who] = sunlot_alloc(rows, sizeof(uint32_t));
    e->place_of[who] = sunlot_alloc(rows, sizeof(uint32_t));
    if (e->row[who] == NULL || e->place_of[who] == NULL) return false;
    for (uint32_t row = 0; row < rows; row++) {
        if (e->school_of[who][row] != SUNLOT_NONE32) e->school[e->school_of[who][row]].count[who]++;
    }
    for (uint32_t i = 0, at = 0; i < e->schools; i++) {
        e->school[i].from[who] = at;
        at += e->school[i].count[who];
        e->school[i].count[who] = 0;
    }
    uint32_t over = SUNLOT_NONE32; /* a school is blamed at its first row too many */
    for (uint32_t row = 0; row < rows; row++) {
        const uint32_t school = e->school_of[who][row];
        if (school == SUNLOT_NONE32) continue;
        sunlot_enrolled_school *s = &e->school[school];
        if (s->count[who] == most) {
            if (school != over) sunlot_reading_blame_count(r, SUNLOT_ISSUE_TOO_MANY, sunlot_file_of(who), row, SUNLOT_NONE32, most + 1, most);
            over = school;
            e->school_of[who][row] = SUNLOT_NONE32;
            continue;
        }
        e->place_of[who][row] = s->count[who];
        e->row[who][s->from[who] + s->count[who]++] = row;
    }
    return true;
}

bool sunlot_reading_people(sunlot_reading *r, int who)
{
    sunlot_enrolment *e = r->e;
    const sunlot_file file = sunlot_file_of(who);
    const uint32_t rows = e->file[file].rows;
    if (!sunlot_reading_sound(r, file)) return true;
    e->school_of[who] = sunlot_alloc(rows, sizeof(uint32_t));
    if (e->school_of[who] == NULL || !sunlot_text_index_init(&r->ids[who], rows)) return false;
    for (uint32_t row = 0; row < rows; row++) e->school_of[who][row] = SUNLOT_NONE32;
    if (sunlot_reading_sound(r, SUNLOT_FILE_CLASSES)) {
        if (e->header[file][SUNLOT_WORD_SCHOOL] != SUNLOT_NONE32)
            find_schools(r, who);
        else if (rows > 0 || who == SUNLOT_STUDENTS)
            assume_school(r, who);
    }
    for (uint32_t row = 0; row < rows; row++) check_id(r, who, row);
    if (!group_rows(r, who)) return false;
    const bool known = sunlot_reading_complete(r, SUNLOT_FILE_CLASSES) && sunlot_reading_complete(r, file);
    for (uint32_t i = 0; who == SUNLOT_STUDENTS && known && i < e->schools; i++) {
        if (e->school[i].count[who] > 0) continue;
        const bool named = e->header[SUNLOT_FILE_CLASSES][SUNLOT_WORD_SCHOOL] != SUNLOT_NONE32;
        const uint32_t row = e->school[i].class_row;
        if (named)
            sunlot_reading_blame(r, SUNLOT_ISSUE_SCHOOL_EMPTY, SUNLOT_FILE_CLASSES, row, SUNLOT_WORD_SCHOOL, SUNLOT_TEXT(""));
        else
            sunlot_csv_file_blame(&e->file[SUNLOT_FILE_CLASSES], &r->issues, SUNLOT_ISSUE_SCHOOL_EMPTY, row, SUNLOT_NONE32, SUNLOT_TEXT(""));
    }
    return true;
}

/* ---- columns that rules name ------------------------------------------------------------------------------------------------------------ */

/* The columns of a school: numbers, where a missing score may count something, and categories. */
typedef struct {
    uint32_t count, column[SUNLOT_MAX_NUMBER_COLUMNS + SUNLOT_MAX_CATEGORY_COLUMNS];
    bool number[SUNLOT_MAX_NUMBER_COLUMNS + SUNLOT_MAX_CATEGORY_COLUMNS], may_miss[SUNLOT_MAX_NUMBER_COLUMNS + SUNLOT_MAX_CATEGORY_COLUMNS];
} named_columns;

static void collect_columns(named_columns *n, const sunlot_reading *r, int who, uint32_t school)
{
    const sunlot_enrolled_rule *rule;
    n->count = 0;
    for (uint32_t at = 0; (rule = sunlot_enrolment_rule(r->e, school, &at)) != NULL;) {
        if (rule->rule.who != who || rule->rule.column.n == 0) continue;
        for (uint32_t part = 0; part < rule->parts; part++) {
            uint32_t i = 0;
            while (i < n->count && n->column[i] != rule->part[part]) i++;
            if (i == sizeof n->column / sizeof *n->column) continue; /* too many: refused elsewhere */
            if (i == n->count) {
                n->column[n->count] = rule->part[part];
                n->number[n->count] = rule->rule.kind != SUNLOT_RULE_BALANCE;
                n->may_miss[n->count++] = r->rules_lost; /* a rule `absent` may be lost */
            }
            if (rule->rule.kind == SUNLOT_RULE_ABSENT) n->may_miss[i] = true;
        }
    }
}

/* Returns 0 or the issue code. */
static int check_cell(sunlot_text cell, bool number, bool may_miss)
{
    int32_t score;
    if (number) return cell.n > 0 ? sunlot_score_read(&score, cell) : may_miss ? 0 : SUNLOT_ISSUE_ABSENT;
    return cell.n > 0 && cell.p[0] == '-' ? sunlot_field_check(cell) : 0; /* passed so far as a possible number */
}

static void check_cells(sunlot_reading *r, int who, uint32_t school)
{
    const sunlot_enrolment *e = r->e;
    const sunlot_csv_file *f = &e->file[sunlot_file_of(who)];
    named_columns n;
    collect_columns(&n, r, who, school);
    for (uint32_t place = 0; n.count > 0 && place < e->school[school].count[who]; place++) {
        const uint32_t row = sunlot_enrolment_row(e, who, school, place);
        for (uint32_t i = 0; i < n.count; i++) {
            const int code = check_cell(sunlot_csv_file_cell(f, row, n.column[i]), n.number[i], n.may_miss[i]);
            if (code != 0) sunlot_reading_blame_person(r, (sunlot_issue_code)code, who, row, n.column[i], (sunlot_text){0}, (sunlot_text){0});
        }
    }
}

static bool check_school(sunlot_reading *r, uint32_t school)
{
    for (int who = 0; who < SUNLOT_WHOS; who++)
        if (sunlot_reading_sound(r, sunlot_file_of(who))) check_cells(r, who, school);
    return true;
}

bool sunlot_reading_cells(sunlot_reading *r) { return sunlot_reading_each_school(r, check_school); }
