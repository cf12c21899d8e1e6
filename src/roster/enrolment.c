#include "roster/enrolment.h"

#include "roster/reading.h"

/* ---- reading ---------------------------------------------------------------------------------------------------------------- */

typedef struct {
    uint32_t rows;               /* at most */
    sunlot_word must[6], may[3]; /* headers, ended by SUNLOT_WORD_NONE */
    bool others;                 /* whether other columns may stand beside them */
} file_form;

static const file_form forms[SUNLOT_FILE_COUNT] = {
    [SUNLOT_FILE_RULES] = {SUNLOT_MAX_STUDENTS + SUNLOT_MAX_RULES * 16,
                           {SUNLOT_WORD_RULE, SUNLOT_WORD_WHO, SUNLOT_WORD_COLUMN, SUNLOT_WORD_VALUE},
                           {SUNLOT_WORD_SCHOOL},
                           false},
    [SUNLOT_FILE_CLASSES] = {SUNLOT_MAX_SCHOOLS * SUNLOT_MAX_SCHOOL_CLASSES, {SUNLOT_WORD_CLASS, SUNLOT_WORD_SEATS}, {SUNLOT_WORD_SCHOOL}, false},
    [SUNLOT_FILE_STUDENTS] = {SUNLOT_MAX_STUDENTS, {SUNLOT_WORD_ID, SUNLOT_WORD_NAME}, {SUNLOT_WORD_SCHOOL}, true},
    [SUNLOT_FILE_TEACHERS] = {SUNLOT_MAX_TEACHERS,
                              {SUNLOT_WORD_ID, SUNLOT_WORD_NAME, SUNLOT_WORD_SUBJECT, SUNLOT_WORD_CLASSES, SUNLOT_WORD_HOMEROOM},
                              {SUNLOT_WORD_SCHOOL, SUNLOT_WORD_TEAM},
                              true},
};

static bool is_among(const sunlot_word *list, sunlot_word word)
{
    while (*list != SUNLOT_WORD_NONE && *list != word) list++;
    return *list != SUNLOT_WORD_NONE;
}

/* A misspelt `school` in rules.csv would make a rule hold for all schools: no file but those of people has columns of its own. */
static void refuse_others(sunlot_reading *r, const sunlot_csv_file *f, const file_form *form)
{
    sunlot_phrase expected = {0};
    for (const sunlot_word *w = form->must; *w != SUNLOT_WORD_NONE; w++) {
        sunlot_phrase_text(&expected, sunlot_word_text(*w));
        sunlot_phrase_text(&expected, SUNLOT_TEXT(" "));
    }
    sunlot_phrase_text(&expected, sunlot_word_text(form->may[0]));
    for (uint32_t i = 0; i < f->columns; i++) {
        const sunlot_word word = sunlot_word_find_header(f->header[i]);
        if (word != SUNLOT_WORD_NONE && (is_among(form->must, word) || is_among(form->may, word))) continue;
        sunlot_csv_file_blame_found(f, &r->issues, SUNLOT_ISSUE_WORD, SUNLOT_NONE32, i, f->header[i], sunlot_phrase_view(&expected));
    }
}

static bool read_file(sunlot_reading *r, sunlot_file file, const sunlot_input *input)
{
    sunlot_csv_file *f = &r->e->file[file];
    const file_form *form = &forms[file];
    f->file = file;
    for (int w = 0; w < SUNLOT_WORD_HEADERS_END; w++) r->e->header[file][w] = SUNLOT_NONE32;
    if (!input->present[file]) {
        if (file == SUNLOT_FILE_TEACHERS)
            f->sound = f->complete = true;
        else
            sunlot_issue_list_add(&r->issues, &(sunlot_issue){.code = SUNLOT_ISSUE_FILE_MISSING, .file = file});
        return true;
    }
    if (!sunlot_csv_file_read(f, file, input->file[file], form->rows, &r->issues, r->crew)) return false;
    if (!f->sound) return true;
    for (int w = SUNLOT_WORD_NONE + 1; w < SUNLOT_WORD_HEADERS_END; w++) {
        r->e->header[file][w] = sunlot_csv_file_find(f, sunlot_word_text((sunlot_word)w));
    }
    for (const sunlot_word *w = form->must; *w != SUNLOT_WORD_NONE; w++) {
        if (r->e->header[file][*w] != SUNLOT_NONE32) continue;
        sunlot_reading_blame_missing(r, file, *w);
        f->sound = false;
    }
    if (!form->others) refuse_others(r, f, form);
    return true;
}

static bool read_all(sunlot_reading *r, const sunlot_input *input)
{
    for (int file = 0; file < SUNLOT_FILE_COUNT; file++) {
        if (!read_file(r, (sunlot_file)file, input)) return false;
    }
    return sunlot_reading_rules(r) && sunlot_reading_classes(r) && sunlot_reading_people(r, SUNLOT_STUDENTS) && sunlot_reading_people(r, SUNLOT_TEACHERS) &&
           sunlot_reading_targets(r) && sunlot_reading_locks(r) && sunlot_reading_hands(r) && sunlot_reading_cells(r) && sunlot_reading_teachers(r) &&
           sunlot_reading_rounds(r) && sunlot_reading_ties(r) && sunlot_reading_whole(r);
}

sunlot_err sunlot_enrolment_read(sunlot_enrolment **out, const sunlot_input *input, sunlot_issue_fn *report, void *user, const sunlot_crew *crew)
{
    sunlot_reading r = {.crew = crew, .e = sunlot_alloc(1, sizeof *r.e)};
    if (r.e == NULL) return SUNLOT_ERR_MEMORY;
    sunlot_err err = SUNLOT_ERR_MEMORY;
    if (read_all(&r, input)) {
        const bool good = r.issues.count == 0 && !r.issues.no_memory;
        if (sunlot_issue_list_report(&r.issues, report, user)) err = good ? SUNLOT_OK : SUNLOT_ERR_INPUT;
    }
    sunlot_issue_list_free(&r.issues);
    sunlot_text_index_free(&r.schools);
    sunlot_text_index_free(&r.ids[SUNLOT_STUDENTS]);
    sunlot_text_index_free(&r.ids[SUNLOT_TEACHERS]);
    sunlot_release(r.bad);
    sunlot_release(r.classes_bad);
    if (err == SUNLOT_OK)
        *out = r.e;
    else
        sunlot_enrolment_free(r.e);
    return err;
}

void sunlot_enrolment_free(sunlot_enrolment *e)
{
    if (e == NULL) return;
    for (int file = 0; file < SUNLOT_FILE_COUNT; file++) sunlot_csv_file_free(&e->file[file]);
    for (int who = 0; who < SUNLOT_WHOS; who++) {
        sunlot_release(e->row[who]);
        sunlot_release(e->school_of[who]);
        sunlot_release(e->place_of[who]);
    }
    sunlot_release(e->rule);
    sunlot_release(e->record);
    sunlot_release(e->lock);
    sunlot_release(e->hand);
    sunlot_release(e->school);
    sunlot_release(e->class_);
    sunlot_arena_free(&e->arena);
    sunlot_release(e);
}

/* ---- looking at it ------------------------------------------------------------------------------------------------------------ */

sunlot_text sunlot_enrolment_cell(const sunlot_enrolment *e, sunlot_file file, uint32_t row, sunlot_word header)
{
    const uint32_t column = e->header[file][header];
    return column == SUNLOT_NONE32 ? SUNLOT_TEXT("") : sunlot_csv_file_cell(&e->file[file], row, column);
}

uint32_t sunlot_enrolment_row(const sunlot_enrolment *e, int who, uint32_t school, uint32_t place)
{
    SUNLOT_REQUIRE(school < e->schools && place < e->school[school].count[who]);
    return e->row[who][e->school[school].from[who] + place];
}

sunlot_person sunlot_enrolment_person(const sunlot_enrolment *e, int who, uint32_t school, uint32_t place)
{
    const uint32_t row = sunlot_enrolment_row(e, who, school, place);
    return (sunlot_person){e->school[school].name, sunlot_enrolment_cell(e, sunlot_file_of(who), row, SUNLOT_WORD_ID),
                           sunlot_enrolment_cell(e, sunlot_file_of(who), row, SUNLOT_WORD_NAME)};
}

#define PIECE_STUDENTS 2000u

/* A school without students counts too: many of them do not become one piece. */
uint32_t sunlot_enrolment_piece(const sunlot_enrolment *e, uint32_t from)
{
    uint32_t to = from;
    for (uint32_t students = 0; to < e->schools && students < PIECE_STUDENTS; to++) students += e->school[to].count[SUNLOT_STUDENTS] + 1;
    return to;
}

const sunlot_enrolled_rule *sunlot_enrolment_rule(const sunlot_enrolment *e, uint32_t school, uint32_t *at)
{
    const uint32_t i = (*at)++;
    if (i < e->rules_for_all) return &e->rule[i];
    const uint32_t own = i - e->rules_for_all;
    return own < e->school[school].rules ? &e->rule[e->school[school].rule_from + own] : NULL;
}

/* ---- whether it may be published ---------------------------------------------------------------------------------------------- */

static void demand(sunlot_issue_list *issues, const sunlot_enrolment *e, uint32_t row, uint32_t is, uint32_t least)
{
    if (is >= least) return;
    sunlot_phrase expected = {0};
    sunlot_phrase_text(&expected, SUNLOT_TEXT("≥ "));
    sunlot_phrase_number(&expected, least);
    sunlot_csv_file_blame(&e->file[SUNLOT_FILE_RULES], issues, SUNLOT_ISSUE_RANGE, row, e->header[SUNLOT_FILE_RULES][SUNLOT_WORD_VALUE],
                          sunlot_phrase_view(&expected));
}

sunlot_err sunlot_enrolment_publishable(const sunlot_enrolment *e, const sunlot_roster *r, sunlot_issue_fn *report, void *user)
{
    const sunlot_csv_file *rules = &e->file[SUNLOT_FILE_RULES];
    sunlot_issue_list issues = {0};
    uint64_t rare = 0, students = 0;
    for (uint32_t i = 0; i < r->schools; i++) {
        sunlot_school_info info;
        sunlot_roster_school(r, i, &info);
        rare += info.rare;
        students += info.students;
    }
    if (!e->facts.auditors && e->facts.authority.n == 0) {
        for (uint32_t i = 0; i < e->rules; i++) {
            if (!sunlot_rule_adds(e->rule[i].rule.kind)) continue;
            sunlot_csv_file_blame(rules, &issues, SUNLOT_ISSUE_ROWS_SCORES, e->rule[i].row, e->header[SUNLOT_FILE_RULES][SUNLOT_WORD_COLUMN], (sunlot_text){0});
        }
        if (100 * rare > 2 * students) {
            sunlot_phrase found = {0}, expected = {0};
            sunlot_phrase_number(&found, rare);
            sunlot_phrase_text(&expected, SUNLOT_TEXT("≤ "));
            sunlot_phrase_number(&expected, 2 * students / 100);
            sunlot_issue_list_add(&issues, &(sunlot_issue){.code = SUNLOT_ISSUE_ROWS_RARE,
                                                           .file = SUNLOT_FILE_STUDENTS,
                                                           .found = sunlot_phrase_view(&found),
                                                           .expected = sunlot_phrase_view(&expected)});
        }
    }
    demand(&issues, e, e->mix_row, e->facts.mix, 1000);
    demand(&issues, e, e->tries_row, e->facts.tries, 64);
    const bool good = issues.count == 0;
    const bool reported = sunlot_issue_list_report(&issues, report, user);
    sunlot_issue_list_free(&issues);
    return !reported ? SUNLOT_ERR_MEMORY : good ? SUNLOT_OK : SUNLOT_ERR_INPUT;
}
