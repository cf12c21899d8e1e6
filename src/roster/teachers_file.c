/* teachers.csv: subjects, numbers of classes, homeroom, formed teams (SPEC 5.2, 11.1). */
#include "roster/reading.h"

int sunlot_enrolment_teacher(sunlot_enrolled_teacher *out, sunlot_word *header, const sunlot_enrolment *e, uint32_t row)
{
    const sunlot_file file = SUNLOT_FILE_TEACHERS;
    const sunlot_text classes = sunlot_enrolment_cell(e, file, row, SUNLOT_WORD_CLASSES);
    const sunlot_text homeroom = sunlot_enrolment_cell(e, file, row, SUNLOT_WORD_HOMEROOM);
    const sunlot_word word = sunlot_word_find(homeroom);
    sunlot_text rest = sunlot_enrolment_cell(e, file, row, SUNLOT_WORD_TEAM), label;
    out->subject = sunlot_enrolment_cell(e, file, row, SUNLOT_WORD_SUBJECT);
    out->classes = 0;
    out->homeroom = word == SUNLOT_WORD_YES;
    out->teams = 0;
    *header = SUNLOT_WORD_SUBJECT;
    if (out->subject.n == 0) return SUNLOT_ISSUE_VALUE_MISSING;
    *header = SUNLOT_WORD_CLASSES;
    const int code = classes.n == 0 ? SUNLOT_ISSUE_VALUE_MISSING : sunlot_count_read(&out->classes, classes, 1, SUNLOT_MAX_SCHOOL_CLASSES);
    if (code != 0) return code;
    *header = SUNLOT_WORD_HOMEROOM;
    if (homeroom.n > 0 && word != SUNLOT_WORD_YES && word != SUNLOT_WORD_NO) return SUNLOT_ISSUE_WORD;
    *header = SUNLOT_WORD_TEAM;
    while (rest.n > 0 && sunlot_parts_next(&label, &rest)) {
        bool again = label.n == 0 || out->teams == out->classes;
        for (uint32_t i = 0; i < out->teams && !again; i++) again = sunlot_text_equal(out->team[i], label);
        if (again) return SUNLOT_ISSUE_TEAM;
        out->team[out->teams++] = label;
    }
    return out->teams == 0 || out->teams == out->classes ? 0 : SUNLOT_ISSUE_TEAM;
}

/* ---- a school's teachers together ------------------------------------------------------------------------------------------------------ */

typedef struct {
    sunlot_text name;
    uint32_t classes, row; /* row of the first teacher */
    bool team[SUNLOT_MAX_SCHOOL_CLASSES];
} subject_sum;

typedef struct {
    sunlot_reading *r;
    uint32_t school, classes;   /* classes of the school */
    uint32_t homerooms, formed; /* teachers with homeroom, with teams */
    uint32_t subjects, labels;
    bool too_many, wrong_teams;
    subject_sum subject[SUNLOT_MAX_SCHOOL_SUBJECTS];
    sunlot_text label[SUNLOT_MAX_SCHOOL_CLASSES];
    bool has_homeroom[SUNLOT_MAX_SCHOOL_CLASSES];
} staff;

static void blame(const staff *s, sunlot_issue_code code, uint32_t row, sunlot_word header, sunlot_text expected)
{
    sunlot_reading_blame(s->r, code, SUNLOT_FILE_TEACHERS, row, header, expected);
}

/* found: `what` and a number. */
static void blame_count(const staff *s, sunlot_issue_code code, uint32_t row, sunlot_word header, sunlot_text what, uint64_t found, uint64_t expected)
{
    const sunlot_enrolment *e = s->r->e;
    sunlot_phrase is = {0}, should = {0};
    sunlot_phrase_text(&is, what);
    if (what.n > 0) sunlot_phrase_text(&is, SUNLOT_TEXT(" "));
    sunlot_phrase_number(&is, found);
    sunlot_phrase_number(&should, expected);
    sunlot_reading_blame_person(s->r, code, SUNLOT_TEACHERS, row, e->header[SUNLOT_FILE_TEACHERS][header], sunlot_phrase_view(&is),
                                sunlot_phrase_view(&should));
}

static subject_sum *subject_of(staff *s, const sunlot_enrolled_teacher *t, uint32_t row)
{
    for (uint32_t i = 0; i < s->subjects; i++) {
        if (sunlot_text_equal(s->subject[i].name, t->subject)) return &s->subject[i];
    }
    if (s->subjects == SUNLOT_MAX_SCHOOL_SUBJECTS) {
        if (!s->too_many) blame_count(s, SUNLOT_ISSUE_TOO_MANY, row, SUNLOT_WORD_SUBJECT, SUNLOT_TEXT(""), s->subjects + 1, s->subjects);
        s->too_many = true;
        return NULL;
    }
    s->subject[s->subjects] = (subject_sum){.name = t->subject, .row = row};
    return &s->subject[s->subjects++];
}

static uint32_t label_of(staff *s, sunlot_text label)
{
    uint32_t i = 0;
    while (i < s->labels && !sunlot_text_equal(s->label[i], label)) i++;
    if (i == s->labels && s->labels < s->classes) s->label[s->labels++] = label;
    return i;
}

/* A teacher's teams: at most as many labels as classes, no second teacher of the subject, no second homeroom teacher. */
static void add_teams(staff *s, subject_sum *subject, const sunlot_enrolled_teacher *t, uint32_t row)
{
    bool wrong = false;
    for (uint32_t i = 0; i < t->teams && !wrong; i++) {
        const uint32_t label = label_of(s, t->team[i]);
        wrong = label == s->classes || subject->team[label];
        if (wrong) break;
        subject->team[label] = true;
    }
    if (!wrong && t->homeroom) {
        const uint32_t label = label_of(s, t->team[0]);
        wrong = s->has_homeroom[label];
        s->has_homeroom[label] = true;
    }
    if (wrong) blame(s, SUNLOT_ISSUE_TEAM, row, SUNLOT_WORD_TEAM, SUNLOT_TEXT(""));
    s->wrong_teams = s->wrong_teams || wrong;
}

/* Returns false if the row could not be read. */
static bool add_teacher(staff *s, uint32_t row)
{
    sunlot_enrolled_teacher t;
    sunlot_word header;
    const int code = sunlot_enrolment_teacher(&t, &header, s->r->e, row);
    if (code != 0) {
        const sunlot_phrase range = sunlot_phrase_range(1, s->classes > 0 ? s->classes : SUNLOT_MAX_SCHOOL_CLASSES);
        const sunlot_text expected = header == SUNLOT_WORD_CLASSES    ? sunlot_phrase_view(&range)
                                     : header == SUNLOT_WORD_HOMEROOM ? SUNLOT_TEXT("yes no")
                                                                      : SUNLOT_TEXT("");
        blame(s, (sunlot_issue_code)code, row, header, expected);
        return false;
    }
    if (s->classes == 0) return true;
    if (t.classes > s->classes) {
        const sunlot_phrase range = sunlot_phrase_range(1, s->classes);
        blame(s, SUNLOT_ISSUE_RANGE, row, SUNLOT_WORD_CLASSES, sunlot_phrase_view(&range));
        return false;
    }
    subject_sum *subject = subject_of(s, &t, row);
    if (subject == NULL) return false;
    subject->classes += t.classes;
    s->homerooms += t.homeroom;
    s->formed += t.teams > 0;
    if (t.teams > 0) add_teams(s, subject, &t, row);
    return true;
}

static bool check_school(sunlot_reading *r, uint32_t school)
{
    const sunlot_enrolment *e = r->e;
    const uint32_t teachers = e->school[school].count[SUNLOT_TEACHERS];
    const bool known = sunlot_reading_classes_known(r, school);
    staff s = {.r = r, .school = school, .classes = known ? e->school[school].classes : 0};
    bool all = known && sunlot_reading_complete(r, SUNLOT_FILE_TEACHERS);
    if (teachers == 0) return true;
    for (uint32_t place = 0; place < teachers; place++) all = add_teacher(&s, sunlot_enrolment_row(e, SUNLOT_TEACHERS, school, place)) && all;
    if (!all) return true; /* sums would be wrong because a row is */

    const uint32_t first = sunlot_enrolment_row(e, SUNLOT_TEACHERS, school, 0);
    bool sums = true;
    for (uint32_t i = 0; i < s.subjects; i++) {
        const subject_sum *subject = &s.subject[i];
        if (subject->classes == s.classes) continue;
        blame_count(&s, SUNLOT_ISSUE_SUBJECT_SUM, subject->row, SUNLOT_WORD_CLASSES, subject->name, subject->classes, s.classes);
        sums = false;
    }
    if (s.homerooms != s.classes) blame_count(&s, SUNLOT_ISSUE_HOMEROOM_COUNT, first, SUNLOT_WORD_HOMEROOM, SUNLOT_TEXT(""), s.homerooms, s.classes);
    for (uint32_t place = 0; s.formed > 0 && s.formed < teachers && place < teachers; place++) {
        const uint32_t row = sunlot_enrolment_row(e, SUNLOT_TEACHERS, school, place);
        if (sunlot_enrolment_cell(e, SUNLOT_FILE_TEACHERS, row, SUNLOT_WORD_TEAM).n > 0) continue;
        blame(&s, SUNLOT_ISSUE_TEAM, row, SUNLOT_WORD_TEAM, SUNLOT_TEXT(""));
    }
    if (sums && s.formed == teachers && !s.wrong_teams && s.labels != s.classes) {
        blame_count(&s, SUNLOT_ISSUE_TEAM, first, SUNLOT_WORD_TEAM, SUNLOT_TEXT(""), s.labels, s.classes);
    }
    return true;
}

bool sunlot_reading_teachers(sunlot_reading *r)
{
    if (!sunlot_reading_sound(r, SUNLOT_FILE_TEACHERS)) return true;
    return sunlot_reading_each_school(r, check_school);
}
