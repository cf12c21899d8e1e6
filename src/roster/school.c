/* What SPEC 5.2, 7.1 and 12 demand of a school once it is filled. */
#include "roster/hands.h"
#include "roster/lower.h"
#include "roster/scores.h"

static int fault(const char **what, sunlot_issue_code code, const char *phrase)
{
    *what = phrase;
    return (int)code;
}

static int check_numbers(const sunlot_school *s, const char **what)
{
    if (s->classes == 0) return fault(what, SUNLOT_ISSUE_SCHOOL_UNKNOWN, "a school without classes");
    if (s->students == 0) return fault(what, SUNLOT_ISSUE_SCHOOL_EMPTY, "a school without students");
    if (s->classes > SUNLOT_MAX_SCHOOL_CLASSES) return fault(what, SUNLOT_ISSUE_TOO_MANY, "too many classes in a school");
    if (s->students > SUNLOT_MAX_SCHOOL_STUDENTS) return fault(what, SUNLOT_ISSUE_TOO_MANY, "too many students in a school");
    if (s->teachers > SUNLOT_MAX_SCHOOL_TEACHERS) return fault(what, SUNLOT_ISSUE_TOO_MANY, "too many teachers in a school");
    if (s->limits > SUNLOT_MAX_LIMITS) return fault(what, SUNLOT_ISSUE_TOO_MANY, "too many limits in a school");
    return 0;
}

static int check_classes(const sunlot_school *s, const char **what)
{
    for (uint32_t i = 0; i < s->classes; i++) {
        const sunlot_class *c = &s->class_[i];
        if (i > 0 && sunlot_text_shortlex(c[-1].name, c->name) >= 0) {
            return fault(what, SUNLOT_ISSUE_CLASS_TWICE, "two classes of one name, or classes out of order");
        }
        if (c->seats > SUNLOT_MAX_SCHOOL_STUDENTS) return fault(what, SUNLOT_ISSUE_RANGE, "a class with too many seats");
        if ((c->seats == 0) != (s->class_[0].seats == 0)) {
            return fault(what, SUNLOT_ISSUE_SEATS_MIXED, "some classes with seats and some without");
        }
    }
    return 0;
}

static bool misses_score(const sunlot_school *s, int who, sunlot_text name)
{
    const uint32_t rows = who == SUNLOT_STUDENTS ? s->students : s->teachers, columns = s->columns[who];
    const int32_t *cell = s->cell[who] + sunlot_school_column(s, who, name);
    for (uint32_t row = 0; row < rows; row++) {
        if (cell[(size_t)row * columns] == SUNLOT_ABSENT) return true;
    }
    return false;
}

/* A score may be missing only where a rule says what it counts then. */
static int check_scores(const sunlot_school *s, const char **what)
{
    for (uint32_t i = 0; i < s->rules; i++) {
        const sunlot_rule *rule = s->rule[i];
        sunlot_text part, rest = rule->column;
        if (rule->who == SUNLOT_STUDENTS && s->student == NULL) continue;
        while (sunlot_rule_adds(rule->kind) && sunlot_rule_part(&part, &rest)) {
            if (sunlot_school_absent(s, rule->who, part) == NULL && misses_score(s, rule->who, part)) {
                return fault(what, SUNLOT_ISSUE_ABSENT, "a missing score and no rule for it");
            }
        }
    }
    return 0;
}

static int check_students(const sunlot_school *s, const char **what)
{
    for (uint32_t i = 0; i < s->students; i++) {
        const sunlot_student *student = &s->student[i];
        if (student->seats < 1 || student->seats > SUNLOT_MAX_SEATS) return fault(what, SUNLOT_ISSUE_RANGE, "a student's seats out of range");
        if (student->limits > SUNLOT_MAX_STUDENT_LIMITS) return fault(what, SUNLOT_ISSUE_TOO_MANY, "too many limits of one student");
        if (student->recused != SUNLOT_NONE16 && student->recused >= s->teachers) {
            return fault(what, SUNLOT_ISSUE_RECUSE_UNKNOWN, "a recusal from no teacher of the school");
        }
        if (student->lock != SUNLOT_NONE16 && student->lock >= s->classes) return fault(what, SUNLOT_ISSUE_CLASS_UNKNOWN, "a lock to no class of the school");
    }
    for (uint32_t i = 0; i < s->locks; i++) {
        const sunlot_lock *lock = &s->lock[i];
        if (lock->student >= s->students || (i > 0 && lock->student <= lock[-1].student)) {
            return fault(what, SUNLOT_ISSUE_LOCK_STUDENT, "a lock of no student of the school, or two of one");
        }
        if (lock->class_index >= s->classes || s->student[lock->student].lock != lock->class_index) {
            return fault(what, SUNLOT_ISSUE_CLASS_UNKNOWN, "a lock to no class of the school");
        }
    }
    return 0;
}

/* The students of a together token, at most four of them. */
typedef struct {
    uint16_t member[SUNLOT_MAX_TOGETHER];
    uint16_t members;
} token_block;

#define MAX_BLOCKS (SUNLOT_MAX_SCHOOL_STUDENTS / 2)

static bool carries(const sunlot_school *s, uint32_t student, uint16_t limit)
{
    const uint16_t *list = &s->student_limit[s->student[student].limits_from];
    for (uint32_t j = 0; j < s->student[student].limits; j++) {
        if (list[j] == limit) return true;
    }
    return false;
}

/* More of a block than a limit allows in one class? */
static bool block_breaks_limit(const sunlot_school *s, const token_block *b)
{
    for (uint32_t i = 0; i < b->members; i++) {
        const sunlot_student *student = &s->student[b->member[i]];
        for (uint32_t j = 0; j < student->limits; j++) {
            const uint16_t limit = s->student_limit[student->limits_from + j];
            uint32_t carriers = 0;
            for (uint32_t k = 0; k < b->members; k++) carriers += carries(s, b->member[k], limit);
            if (carriers > s->limit_max[limit]) return true;
        }
    }
    return false;
}

/* Together tokens and sizes: blocks of two to four, each of which, and all the locked ones of a class, fit. */
static int check_units(const sunlot_school *s, const char **what)
{
    token_block block[MAX_BLOCKS];
    uint16_t size[SUNLOT_MAX_SCHOOL_CLASSES], most = 0;
    uint32_t pinned[SUNLOT_MAX_SCHOOL_CLASSES] = {0};
    uint32_t blocks = 0;
    if (!sunlot_school_sizes(s, size)) return fault(what, SUNLOT_ISSUE_SEATS_SHORT, "more students than seats");
    for (uint32_t g = 0; g < s->classes; g++) most = size[g] > most ? size[g] : most;

    for (uint32_t i = 0; i < s->students; i++) {
        const sunlot_student *student = &s->student[i];
        if (student->together == 0) {
            if (student->lock != SUNLOT_NONE16)
                pinned[student->lock] += student->seats;
            else if (student->seats > most)
                return fault(what, SUNLOT_ISSUE_TOGETHER_LARGE, "students who stay together and fit in no class");
            continue;
        }
        if (student->together > blocks + 1 || student->together > MAX_BLOCKS) {
            return fault(what, SUNLOT_ISSUE_TOGETHER_LARGE, "together tokens that are not numbered by their least pseudonyms");
        }
        token_block *b = &block[student->together - 1];
        if (student->together > blocks) {
            b->members = 0;
            blocks++;
        }
        if (b->members == SUNLOT_MAX_TOGETHER) return fault(what, SUNLOT_ISSUE_TOGETHER_LARGE, "more than four students of one together token");
        b->member[b->members++] = (uint16_t)i;
    }
    for (uint32_t i = 0; i < blocks; i++) {
        uint32_t seats = 0;
        uint16_t lock = SUNLOT_NONE16;
        if (block[i].members < 2) return fault(what, SUNLOT_ISSUE_TOGETHER_LARGE, "a together token of one student alone");
        for (uint32_t j = 0; j < block[i].members; j++) {
            const sunlot_student *student = &s->student[block[i].member[j]];
            seats += student->seats;
            if (student->lock == SUNLOT_NONE16) continue;
            if (lock != SUNLOT_NONE16 && lock != student->lock) {
                return fault(what, SUNLOT_ISSUE_LOCK_BREAKS, "students who stay together, locked to different classes");
            }
            lock = student->lock;
        }
        if (lock != SUNLOT_NONE16)
            pinned[lock] += seats;
        else if (seats > most)
            return fault(what, SUNLOT_ISSUE_TOGETHER_LARGE, "students who stay together and fit in no class");
        if (block_breaks_limit(s, &block[i])) return fault(what, SUNLOT_ISSUE_LIMIT_CLASH, "students who stay together against a limit");
    }
    for (uint32_t g = 0; g < s->classes; g++) {
        if (pinned[g] > size[g]) return fault(what, SUNLOT_ISSUE_LOCK_BREAKS, "more locked students than a class will have seats");
    }
    return 0;
}

/* Limits are numbered by their lists of students (SPEC 5.2).  The students are passed in order; the first one who carries only one of two
 * neighbours a(t), a(t+1) decides between them: the one that has this element is less, unless the other list has ended. */
static int check_limits(const sunlot_school *s, const char **what)
{
    uint16_t carriers[SUNLOT_MAX_LIMITS] = {0}, seen[SUNLOT_MAX_LIMITS] = {0};
    bool decided[SUNLOT_MAX_LIMITS] = {false}; /* t against t + 1 */
    for (uint32_t i = 0; i < s->students; i++) {
        const uint16_t *list = &s->student_limit[s->student[i].limits_from];
        for (uint32_t j = 0; j < s->student[i].limits; j++) {
            if (list[j] >= s->limits || (j > 0 && list[j] <= list[j - 1])) {
                return fault(what, SUNLOT_ISSUE_LIMIT_CLASH, "a student's limits that are unknown, repeated or out of order");
            }
            carriers[list[j]]++;
        }
    }
    for (uint32_t t = 0; t < s->limits; t++) {
        if (s->limit_max[t] < 1 || s->limit_max[t] >= carriers[t]) return fault(what, SUNLOT_ISSUE_LIMIT_CLASH, "a limit that says nothing");
    }
    for (uint32_t i = 0; i < s->students; i++) {
        const uint16_t *list = &s->student_limit[s->student[i].limits_from];
        const uint32_t n = s->student[i].limits;
        bool ordered = true;
        for (uint32_t j = 0; j < n; j++) {
            const uint16_t t = list[j];
            const bool after = j + 1 < n && list[j + 1] == t + 1, before = j > 0 && list[j - 1] == t - 1;
            if (!after && t + 1u < s->limits && !decided[t]) {
                decided[t] = true;
                ordered = ordered && seen[t + 1] < carriers[t + 1];
            }
            if (!before && t > 0 && !decided[t - 1]) {
                decided[t - 1] = true;
                ordered = ordered && seen[t - 1] == carriers[t - 1];
            }
        }
        if (!ordered) return fault(what, SUNLOT_ISSUE_LIMIT_CLASH, "limits that are not numbered by their lists of students");
        for (uint32_t j = 0; j < n; j++) seen[list[j]]++;
    }
    for (uint32_t t = 0; t + 1 < s->limits; t++) {
        if (!decided[t]) return fault(what, SUNLOT_ISSUE_LIMIT_CLASH, "two limits of the same students");
    }
    return 0;
}

static uint32_t subject_of(const sunlot_text *subject, sunlot_text name)
{
    uint32_t i = 0;
    while (!sunlot_text_equal(subject[i], name)) i++;
    return i;
}

/* Formed teams: each has one teacher of each subject, and the homeroom teachers' first labels are different teams. */
static int check_teams(const sunlot_school *s, const sunlot_text *subject, const char **what)
{
    uint32_t taught[SUNLOT_MAX_SCHOOL_CLASSES] = {0}; /* bit of each subject of a team */
    bool homeroom[SUNLOT_MAX_SCHOOL_CLASSES] = {false};
    for (uint32_t i = 0; i < s->teachers; i++) {
        const sunlot_teacher *t = &s->teacher[i];
        if (t->team == NULL) return fault(what, SUNLOT_ISSUE_TEAM, "some teachers with teams and some without");
        const uint32_t bit = UINT32_C(1) << subject_of(subject, t->subject);
        const uint32_t sorted = t->homeroom ? 1 : 0; /* from here on they ascend */
        for (uint32_t j = 0; j < t->classes; j++) {
            if (t->team[j] >= s->classes || (j > sorted && t->team[j] <= t->team[j - 1]) || (j > 0 && t->team[j] == t->team[0])) {
                return fault(what, SUNLOT_ISSUE_TEAM, "teams of a teacher that are unknown, repeated or out of order");
            }
            if ((taught[t->team[j]] & bit) != 0) return fault(what, SUNLOT_ISSUE_TEAM, "a team with two teachers of one subject");
            taught[t->team[j]] |= bit;
        }
        if (!t->homeroom) continue;
        if (homeroom[t->team[0]]) return fault(what, SUNLOT_ISSUE_TEAM, "a team with two homeroom teachers");
        homeroom[t->team[0]] = true;
    }
    return 0; /* the sums of the subjects leave no team without one */
}

static int check_teachers(const sunlot_school *s, const char **what)
{
    sunlot_text subject[SUNLOT_MAX_SCHOOL_SUBJECTS];
    uint32_t classes[SUNLOT_MAX_SCHOOL_SUBJECTS] = {0}, homerooms = 0;
    if (s->teachers == 0) return 0;
    const uint32_t subjects = sunlot_school_subjects(s, subject);
    if (subjects > SUNLOT_MAX_SCHOOL_SUBJECTS) return fault(what, SUNLOT_ISSUE_TOO_MANY, "too many subjects in a school");
    for (uint32_t i = 0; i < s->teachers; i++) {
        const sunlot_teacher *t = &s->teacher[i];
        if (t->classes < 1 || t->classes > s->classes) return fault(what, SUNLOT_ISSUE_SUBJECT_SUM, "a teacher of more classes than the school has");
        classes[subject_of(subject, t->subject)] += t->classes;
        homerooms += t->homeroom;
    }
    for (uint32_t i = 0; i < subjects; i++) {
        if (classes[i] != s->classes) return fault(what, SUNLOT_ISSUE_SUBJECT_SUM, "a subject whose teachers' classes are not all classes");
    }
    if (homerooms != s->classes) return fault(what, SUNLOT_ISSUE_HOMEROOM_COUNT, "not one homeroom teacher for each class");
    return sunlot_school_forms_teams(s) ? 0 : check_teams(s, subject, what);
}

/* What is drawn by hand must be there, and numbers go to any group. */
static int check_hands(const sunlot_school *s, const char **what)
{
    for (int i = 0; i < SUNLOT_HANDS; i++) {
        if (s->hand[i] != NULL && !sunlot_hand_complete(s->hand[i], s->classes, s->classes))
            return fault(what, SUNLOT_ISSUE_HAND, "slots drawn by hand that are not 1 … K, each once");
    }
    if (s->hand[SUNLOT_HAND_NUMBERS] != NULL && !sunlot_school_alike(s))
        return fault(what, SUNLOT_ISSUE_HAND_NUMBERS, "class numbers drawn by hand, but not all classes are interchangeable");
    if (s->hand[SUNLOT_HAND_TEAMS] != NULL && s->teachers == 0) return fault(what, SUNLOT_ISSUE_HAND_TEAMS, "teams drawn by hand, but there are no teachers");
    return 0;
}

/* How many codes of a band rule are counted. */
static uint32_t band_codes(const sunlot_school *s, const sunlot_rule *rule)
{
    int64_t score[SUNLOT_MAX_SCHOOL_SECTIONS], sorted[SUNLOT_MAX_SCHOOL_SECTIONS], room[SUNLOT_MAX_SCHOOL_SECTIONS];
    bool counted[32] = {false}; /* bands are at most 16 */
    const uint32_t rows = sunlot_school_rows(s, rule->who), present = sunlot_scores_read(score, s, rule);
    uint32_t codes = 0;
    sunlot_scores_sort(sorted, score, rows, room);
    for (uint32_t row = 0; row < rows; row++) {
        const uint16_t code = sunlot_band_code(rule, score[row], sorted, present);
        if (counted[code] || !sunlot_band_counted(rule, code)) continue;
        counted[code] = true;
        codes++;
    }
    return codes;
}

/* Codes of a rule, at most. */
static uint32_t most_codes(const sunlot_school *s, const sunlot_rule *rule)
{
    if (rule->kind == SUNLOT_RULE_BALANCE) return s->column[rule->who][sunlot_school_column(s, rule->who, rule->column)].values;
    if (rule->kind != SUNLOT_RULE_BAND) return 0;
    return rule->form == SUNLOT_BAND_EQUAL ? rule->bands + 1 : 1;
}

/* At most 512 counted codes for each WHO.  That this is so is nearly always seen without looking at a score. */
static int check_codes(const sunlot_school *s, const char **what)
{
    for (int who = 0; who < SUNLOT_WHOS; who++) {
        const uint32_t homeroom = who == SUNLOT_TEACHERS && sunlot_school_forms_teams(s) ? 1 : 0;
        uint32_t most = homeroom, codes = homeroom;
        for (uint32_t i = 0; i < s->rules; i++) {
            if (s->rule[i]->who == who) most += most_codes(s, s->rule[i]);
        }
        if (who == SUNLOT_STUDENTS && s->student == NULL) continue;
        for (uint32_t i = 0; most > SUNLOT_MAX_CODES && i < s->rules; i++) {
            if (s->rule[i]->who != who) continue;
            codes += s->rule[i]->kind == SUNLOT_RULE_BAND ? band_codes(s, s->rule[i]) : most_codes(s, s->rule[i]);
        }
        if (codes > SUNLOT_MAX_CODES) return fault(what, SUNLOT_ISSUE_TOO_MANY, "too many counted values in a school");
    }
    return 0;
}

/* Means and deviations. */
static int check_sums(const sunlot_school *s, const char **what)
{
    uint32_t sums[SUNLOT_WHOS] = {0};
    for (uint32_t i = 0; i < s->rules; i++) {
        const sunlot_rule *rule = s->rule[i];
        if (sunlot_rule_sums(rule->kind) && ++sums[rule->who] > SUNLOT_MAX_SUMS) return fault(what, SUNLOT_ISSUE_TOO_MANY, "too many means and deviations");
    }
    return 0;
}

int sunlot_school_check(const sunlot_roster *r, const sunlot_school *s, const char **what)
{
    static const struct {
        int (*of)(const sunlot_school *, const char **);
        bool students; /* their lines */
    } check[] = {{check_numbers, false}, {check_classes, false},  {check_students, true}, {check_scores, false}, {check_limits, true},
                 {check_units, true},    {check_teachers, false}, {check_codes, false},   {check_sums, false},   {check_hands, false}};
    (void)r;
    for (size_t i = 0; i < sizeof check / sizeof *check; i++) {
        const int code = check[i].students && s->student == NULL ? 0 : check[i].of(s, what);
        if (code != 0) return code;
    }
    return 0;
}
