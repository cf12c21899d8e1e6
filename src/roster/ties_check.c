/* Whether what ties students together and holds them apart can hold at all, school by school (SPEC 5.2, 7.1, 11.2). */
#include "roster/lower.h"
#include "roster/reading.h"
#include "roster/ties.h"

/* One school while it is checked. */
typedef struct {
    sunlot_reading *r;
    const sunlot_enrolment *e;
    uint32_t school, students, classes;
    bool known; /* the classes are all classes */
    sunlot_ties ties;
    uint16_t size[SUNLOT_MAX_SCHOOL_CLASSES]; /* seats of each group */
    uint32_t largest;
    uint16_t *pin;   /* [students] class of a locked block, by its first student; SUNLOT_NONE16 */
    uint32_t *count; /* [students] scratch, zero between uses */
} checker;

static uint32_t row_of(const checker *c, uint32_t place) { return sunlot_enrolment_row(c->e, SUNLOT_STUDENTS, c->school, place); }

/* Blame a student's cell in the column of a rule. */
static void blame(checker *c, sunlot_issue_code code, uint32_t place, const sunlot_enrolled_rule *rule, sunlot_text expected)
{
    sunlot_reading_blame_person(c->r, code, SUNLOT_STUDENTS, row_of(c, place), rule->column, (sunlot_text){0}, expected);
}

static void blame_most(checker *c, sunlot_issue_code code, uint32_t place, const sunlot_enrolled_rule *rule, uint32_t most)
{
    sunlot_phrase expected = {0};
    sunlot_phrase_text(&expected, SUNLOT_TEXT("≤ "));
    sunlot_phrase_number(&expected, most);
    blame(c, code, place, rule, sunlot_phrase_view(&expected));
}

static void blame_lock(checker *c, const sunlot_enrolled_lock *lock, sunlot_text found, uint32_t most)
{
    sunlot_phrase expected = {0};
    sunlot_phrase_text(&expected, SUNLOT_TEXT("≤ "));
    sunlot_phrase_number(&expected, most);
    c->r->bad[c->school] = true;
    sunlot_csv_file_blame_found(&c->e->file[SUNLOT_FILE_RULES], &c->r->issues, SUNLOT_ISSUE_LOCK_BREAKS, lock->row,
                                c->e->header[SUNLOT_FILE_RULES][SUNLOT_WORD_VALUE], found, sunlot_phrase_view(&expected));
}

/* ---- cells ---------------------------------------------------------------------------------------------------------------------------- */

static void check_weights(checker *c, const sunlot_enrolled_rule *rule)
{
    const sunlot_phrase range = sunlot_phrase_range(0, SUNLOT_MAX_SEATS - 1);
    for (uint32_t place = 0; place < c->students; place++) {
        const sunlot_text cell = sunlot_csv_file_cell(&c->e->file[SUNLOT_FILE_STUDENTS], row_of(c, place), rule->column);
        uint32_t extra;
        const int code = cell.n == 0 ? 0 : sunlot_count_read(&extra, cell, 0, SUNLOT_MAX_SEATS - 1);
        if (code != 0) blame(c, (sunlot_issue_code)code, place, rule, sunlot_phrase_view(&range));
    }
}

/* `before` is the teacher that an earlier rule names for each student, as row + 1. */
static void check_recusals(checker *c, const sunlot_enrolled_rule *rule, uint32_t *before)
{
    const sunlot_enrolment *e = c->e;
    const bool known = sunlot_reading_complete(c->r, SUNLOT_FILE_TEACHERS) && e->file[SUNLOT_FILE_TEACHERS].text != NULL;
    for (uint32_t place = 0; place < c->students; place++) {
        const sunlot_text id = sunlot_csv_file_cell(&e->file[SUNLOT_FILE_STUDENTS], row_of(c, place), rule->column);
        if (id.n == 0) continue;
        const uint32_t row = c->r->ids[SUNLOT_TEACHERS].slot == NULL ? SUNLOT_NONE32 : sunlot_text_index_find(&c->r->ids[SUNLOT_TEACHERS], id);
        if (row == SUNLOT_NONE32 || e->school_of[SUNLOT_TEACHERS][row] != c->school) {
            if (known) blame(c, SUNLOT_ISSUE_RECUSE_UNKNOWN, place, rule, SUNLOT_TEXT(""));
            continue;
        }
        if (before[place] != 0 && before[place] != row + 1) {
            blame(c, SUNLOT_ISSUE_RECUSE_TWO, place, rule, sunlot_enrolment_cell(e, SUNLOT_FILE_TEACHERS, before[place] - 1, SUNLOT_WORD_ID));
            continue;
        }
        before[place] = row + 1;
        sunlot_enrolled_teacher teacher;
        sunlot_word header;
        if (sunlot_enrolment_teacher(&teacher, &header, e, row) == 0 && teacher.classes == c->classes && c->known) {
            blame(c, SUNLOT_ISSUE_IMPOSSIBLE, place, rule, SUNLOT_TEXT("")); /* a teacher of every class */
        }
    }
}

static void check_cells(checker *c)
{
    const sunlot_enrolled_rule *rule;
    for (uint32_t at = 0; (rule = sunlot_enrolment_rule(c->e, c->school, &at)) != NULL;) {
        if (rule->rule.kind == SUNLOT_RULE_WEIGHT)
            check_weights(c, rule);
        else if (rule->rule.kind == SUNLOT_RULE_RECUSE)
            check_recusals(c, rule, c->count);
    }
    for (uint32_t place = 0; place < c->students; place++) c->count[place] = 0;
}

/* ---- seats ------------------------------------------------------------------------------------------------------------------------------ */

/* The sizes of SPEC 7.1 need classes and students' seats alone.  Returns SUNLOT_ERR_INPUT if they do not fit. */
static sunlot_err find_sizes(checker *c)
{
    sunlot_school s = {.classes = c->classes, .students = c->students};
    const sunlot_enrolled_class *from = &c->e->class_[c->e->school[c->school].class_from];
    sunlot_class class_[SUNLOT_MAX_SCHOOL_CLASSES];
    uint32_t seats = 0, needed = 0;
    s.class_ = class_;
    s.student = sunlot_alloc(c->students, sizeof *s.student);
    if (s.student == NULL) return SUNLOT_ERR_MEMORY;
    for (uint32_t i = 0; i < c->classes; i++) {
        class_[i] = (sunlot_class){from[i].name, from[i].seats};
        seats += from[i].seats;
    }
    for (uint32_t place = 0; place < c->students; place++) {
        s.student[place].seats = c->ties.seats[place];
        needed += c->ties.seats[place];
    }
    const bool fit = sunlot_school_sizes(&s, c->size);
    sunlot_release(s.student);
    if (!fit) {
        const uint32_t row = c->e->school[c->school].class_row;
        const uint32_t column = c->e->header[SUNLOT_FILE_CLASSES][SUNLOT_WORD_SEATS];
        c->r->bad[c->school] = true;
        sunlot_reading_blame_count(c->r, SUNLOT_ISSUE_SEATS_SHORT, SUNLOT_FILE_CLASSES, row, column, needed, seats);
        return SUNLOT_ERR_INPUT;
    }
    for (uint32_t i = 0; i < c->classes; i++) c->largest = c->size[i] > c->largest ? c->size[i] : c->largest;
    return SUNLOT_OK;
}

/* The rule to blame for a student's block: the first of this kind that says something of the student. */
static const sunlot_enrolled_rule *rule_of(const checker *c, sunlot_rule_kind kind, uint32_t place)
{
    const sunlot_enrolled_rule *rule;
    for (uint32_t at = 0; (rule = sunlot_enrolment_rule(c->e, c->school, &at)) != NULL;) {
        if (rule->rule.kind == kind && sunlot_csv_file_cell(&c->e->file[SUNLOT_FILE_STUDENTS], row_of(c, place), rule->column).n > 0) return rule;
    }
    return NULL;
}

/* Returns whether every block may be in some class. */
static bool check_blocks(checker *c)
{
    bool good = true;
    for (uint32_t place = 0; place < c->students; place++) {
        if (++c->count[c->ties.block[place]] != SUNLOT_MAX_TOGETHER + 1) continue;
        blame_most(c, SUNLOT_ISSUE_TOGETHER_LARGE, place, rule_of(c, SUNLOT_RULE_TOGETHER, place), SUNLOT_MAX_TOGETHER);
        good = false;
    }
    for (uint32_t place = 0; place < c->students; place++) {
        const uint32_t first = c->ties.block[place];
        if (c->count[first] > SUNLOT_MAX_TOGETHER) continue;
        /* The member whose seats are too many is blamed: from then on count[first] is beyond every class. */
        if (first == place) c->pin[place] = (uint16_t)c->count[place], c->count[place] = 0;
        const uint32_t before = c->count[first];
        c->count[first] += c->ties.seats[place];
        if (c->count[first] <= c->largest || before > c->largest) continue;
        const sunlot_enrolled_rule *rule = rule_of(c, c->pin[first] > 1 ? SUNLOT_RULE_TOGETHER : SUNLOT_RULE_WEIGHT, place);
        if (rule != NULL) blame_most(c, SUNLOT_ISSUE_TOGETHER_LARGE, place, rule, c->largest);
        good = false;
    }
    for (uint32_t place = 0; place < c->students; place++) c->count[place] = 0;
    return good;
}

/* ---- sets ----------------------------------------------------------------------------------------------------------------------------------- */

/* Places that a set has in all classes together. */
static uint32_t room_of(const checker *c, uint32_t most)
{
    uint32_t room = 0;
    for (uint32_t i = 0; i < c->classes; i++) room += c->size[i] < most ? c->size[i] : most;
    return room;
}

static void check_set(checker *c, const sunlot_tie_set *set)
{
    const uint16_t *member = c->ties.member + set->from;
    const uint32_t room = room_of(c, set->most);
    if (set->rule->rule.kind == SUNLOT_RULE_APART && set->count > c->classes) {
        blame_most(c, SUNLOT_ISSUE_APART_MANY, member[c->classes], set->rule, c->classes);
    } else if (set->count > room) {
        const uint32_t column = c->e->header[SUNLOT_FILE_RULES][SUNLOT_WORD_VALUE];
        c->r->bad[c->school] = true;
        sunlot_reading_blame_count(c->r, SUNLOT_ISSUE_IMPOSSIBLE, SUNLOT_FILE_RULES, set->rule->row, column, set->count, room);
    }
    for (uint32_t i = 0; i < set->count; i++) {
        if (++c->count[c->ties.block[member[i]]] == set->most + 1) blame_most(c, SUNLOT_ISSUE_LIMIT_CLASH, member[i], set->rule, set->most);
    }
    for (uint32_t i = 0; i < set->count; i++) c->count[c->ties.block[member[i]]] = 0;
}

static void check_sets(checker *c)
{
    const sunlot_ties *t = &c->ties;
    for (uint32_t i = 0; i < t->sets; i++) check_set(c, &t->set[i]);
    if (t->sets > SUNLOT_MAX_LIMITS) {
        const uint32_t row = c->e->school[c->school].class_row;
        c->r->bad[c->school] = true;
        sunlot_reading_blame_count(c->r, SUNLOT_ISSUE_TOO_MANY, SUNLOT_FILE_CLASSES, row, SUNLOT_NONE32, t->sets, SUNLOT_MAX_LIMITS);
    }
    for (uint32_t i = 0; i < t->sets; i++) {
        for (uint32_t j = 0; j < t->set[i].count; j++) {
            const uint16_t place = t->member[t->set[i].from + j];
            if (++c->count[place] == SUNLOT_MAX_STUDENT_LIMITS + 1) blame_most(c, SUNLOT_ISSUE_TOO_MANY, place, t->set[i].rule, SUNLOT_MAX_STUDENT_LIMITS);
        }
    }
    for (uint32_t place = 0; place < c->students; place++) c->count[place] = 0;
}

/* ---- locks ----------------------------------------------------------------------------------------------------------------------------------- */

static const sunlot_enrolled_lock *lock_at(const checker *c, uint32_t i) { return &c->e->lock[c->e->school[c->school].lock_from + i]; }

/* Locks against those who stay together, and against the seats of the class. */
static void check_lock_seats(checker *c)
{
    uint32_t used[SUNLOT_MAX_SCHOOL_CLASSES] = {0};
    for (uint32_t place = 0; place < c->students; place++) {
        c->pin[place] = SUNLOT_NONE16;
        c->count[c->ties.block[place]] += c->ties.seats[place];
    }
    for (uint32_t i = 0; i < c->e->school[c->school].locks; i++) {
        const sunlot_enrolled_lock *lock = lock_at(c, i);
        const uint16_t first = c->ties.block[lock->place];
        if (c->pin[first] == SUNLOT_NONE16) {
            c->pin[first] = lock->class_index;
            used[lock->class_index] += c->count[first];
            if (used[lock->class_index] > c->size[lock->class_index]) blame_lock(c, lock, lock->class_name, c->size[lock->class_index]);
        } else if (c->pin[first] != lock->class_index) {
            c->r->bad[c->school] = true;
            sunlot_csv_file_blame_found(&c->e->file[SUNLOT_FILE_RULES], &c->r->issues, SUNLOT_ISSUE_LOCK_BREAKS, lock->row,
                                        c->e->header[SUNLOT_FILE_RULES][SUNLOT_WORD_VALUE], lock->class_name,
                                        c->e->class_[c->e->school[c->school].class_from + c->pin[first]].name);
        }
    }
    for (uint32_t place = 0; place < c->students; place++) c->count[place] = 0;
}

/* The lock that pins a student: its own, or that of one it stays with. */
static const sunlot_enrolled_lock *lock_of(const checker *c, uint32_t place)
{
    for (uint32_t i = 0; i < c->e->school[c->school].locks; i++) {
        if (c->ties.block[lock_at(c, i)->place] == c->ties.block[place]) return lock_at(c, i);
    }
    return NULL;
}

static void check_lock_sets(checker *c)
{
    for (uint32_t i = 0; i < c->ties.sets; i++) {
        const sunlot_tie_set *set = &c->ties.set[i];
        uint32_t pinned[SUNLOT_MAX_SCHOOL_CLASSES] = {0};
        for (uint32_t j = 0; j < set->count; j++) {
            const uint16_t place = c->ties.member[set->from + j], class_index = c->pin[c->ties.block[place]];
            if (class_index == SUNLOT_NONE16 || ++pinned[class_index] != set->most + 1) continue;
            const sunlot_text value = sunlot_csv_file_cell(&c->e->file[SUNLOT_FILE_STUDENTS], row_of(c, place), set->rule->column);
            blame_lock(c, lock_of(c, place), value, set->most);
        }
    }
}

/* ---- a school, and all of them --------------------------------------------------------------------------------------------------------------------------- */

static sunlot_err check(checker *c)
{
    const sunlot_err made = sunlot_ties_make(&c->ties, c->e, c->school);
    if (made != SUNLOT_OK) return made;
    check_cells(c);
    if (!c->known) return SUNLOT_OK;
    const sunlot_err fit = find_sizes(c);
    if (fit != SUNLOT_OK) return fit == SUNLOT_ERR_INPUT ? SUNLOT_OK : fit;
    const bool good = check_blocks(c);
    check_sets(c);
    if (!good || c->e->school[c->school].locks == 0) return SUNLOT_OK;
    check_lock_seats(c);
    check_lock_sets(c);
    return SUNLOT_OK;
}

static bool check_school(sunlot_reading *r, uint32_t school)
{
    const sunlot_enrolled_school *s = &r->e->school[school];
    checker c = {.r = r, .e = r->e, .school = school, .classes = s->classes, .students = s->count[SUNLOT_STUDENTS]};
    c.known = sunlot_reading_classes_known(r, school);
    if (c.students == 0 || c.classes == 0) return true;
    c.pin = sunlot_alloc(c.students, sizeof *c.pin);
    c.count = sunlot_alloc(c.students, sizeof *c.count);
    const bool good = c.pin != NULL && c.count != NULL && check(&c) == SUNLOT_OK;
    sunlot_release(c.pin);
    sunlot_release(c.count);
    sunlot_ties_free(&c.ties);
    return good;
}

bool sunlot_reading_ties(sunlot_reading *r)
{
    if (!sunlot_reading_sound(r, SUNLOT_FILE_STUDENTS) || !sunlot_reading_sound(r, SUNLOT_FILE_CLASSES)) return true;
    return sunlot_reading_each_school(r, check_school);
}
