/* What only the whole problem of a school shows: the school is filled and lowered as for a draw, with made-up pseudonyms, so that a
 * student's number in the roster is the place in the file. */
#include "roster/lower.h"
#include "roster/reading.h"

typedef struct {
    sunlot_reading *r;
    const sunlot_enrolment *e;
    uint32_t school;
    const sunlot_school *s;
    const sunlot_lowered *l;
} prober;

/* `header=value` of a counted value. */
static sunlot_phrase name_value(const sunlot_meaning *meaning)
{
    sunlot_phrase phrase = {0};
    if (meaning->rule != NULL) {
        sunlot_phrase_text(&phrase, meaning->rule->column);
        sunlot_phrase_text(&phrase, SUNLOT_TEXT("="));
    }
    sunlot_phrase_text(&phrase, meaning->text);
    return phrase;
}

static sunlot_phrase at_most(uint32_t most)
{
    sunlot_phrase phrase = {0};
    sunlot_phrase_text(&phrase, SUNLOT_TEXT("≤ "));
    sunlot_phrase_number(&phrase, most);
    return phrase;
}

/* How often a unit has the value at has[at]; *next is the first that is another. */
static uint32_t times(const sunlot_problem *p, uint32_t at, uint32_t end, uint32_t *next)
{
    uint32_t i = at;
    while (i < end && p->has[i] == p->has[at]) i++;
    *next = i;
    return i - at;
}

/* The most that a group of so many seats may have of a value: with one head a seat, as far as there are heads. */
static uint32_t most_of(const sunlot_problem *p, uint32_t v, uint32_t seats)
{
    const size_t heads = seats < p->rows ? seats : p->rows;
    return p->hi[heads * p->values + v];
}

/* Students who stay together and have a value of which no class may have so many: twins who are the only two of their kind. */
static void check_blocks(prober *c)
{
    const sunlot_problem *p = &c->l->p;
    uint32_t last = 0; /* tokens are numbered by their first students */
    for (uint32_t place = 0; place < c->s->students; place++) {
        const uint32_t u = c->l->unit_of_row[place];
        if (c->s->student[place].together <= last) continue;
        last = c->s->student[place].together;
        if (p->unit_pin[u] != SUNLOT_NONE16) continue;
        for (uint32_t at = p->has_from[u], next; at < p->has_from[u + 1]; at = next) {
            const uint32_t v = p->has[at], count = times(p, at, p->has_from[u + 1], &next);
            if (v >= p->counted) break;
            const uint32_t most = most_of(p, v, c->l->heads_most);
            if (count <= most) continue;
            const uint32_t row = sunlot_enrolment_row(c->e, SUNLOT_STUDENTS, c->school, place);
            const sunlot_phrase found = name_value(&c->l->value[v]), expected = at_most(most);
            const uint32_t column = sunlot_csv_file_find(&c->e->file[SUNLOT_FILE_STUDENTS], c->l->value[v].rule->column);
            sunlot_reading_blame_person(c->r, SUNLOT_ISSUE_IMPOSSIBLE, SUNLOT_STUDENTS, row, column, sunlot_phrase_view(&found), sunlot_phrase_view(&expected));
        }
    }
}

/* Values of locked students against what their class may have. */
static bool check_locks(prober *c)
{
    const sunlot_problem *p = &c->l->p;
    const sunlot_enrolled_school *enrolled = &c->e->school[c->school];
    uint32_t *count = sunlot_alloc((size_t)p->counted * p->groups, sizeof *count);
    bool *done = sunlot_alloc(p->units, sizeof *done);
    const bool good = count != NULL && done != NULL;
    for (uint32_t i = 0; good && i < enrolled->locks; i++) {
        const sunlot_enrolled_lock *lock = &c->e->lock[enrolled->lock_from + i];
        const uint32_t u = c->l->unit_of_row[lock->place], g = lock->class_index;
        if (done[u]) continue;
        done[u] = true;
        for (uint32_t at = p->has_from[u], next; at < p->has_from[u + 1]; at = next) {
            const uint32_t v = p->has[at], more = times(p, at, p->has_from[u + 1], &next);
            if (v >= p->counted) break;
            const uint32_t cell = v * p->groups + g, before = count[cell];
            count[cell] += more;
            const uint32_t most = most_of(p, v, p->group_size[g]);
            if (count[cell] <= most || before > most) continue;
            const sunlot_phrase found = name_value(&c->l->value[v]), expected = at_most(most);
            sunlot_csv_file_blame_found(&c->e->file[SUNLOT_FILE_RULES], &c->r->issues, SUNLOT_ISSUE_LOCK_BREAKS, lock->row,
                                        c->e->header[SUNLOT_FILE_RULES][SUNLOT_WORD_VALUE], sunlot_phrase_view(&found), sunlot_phrase_view(&expected));
        }
    }
    sunlot_release(count);
    sunlot_release(done);
    return good;
}

static bool has_blocks(const sunlot_school *s)
{
    for (uint32_t i = 0; i < s->students; i++) {
        if (s->student[i].together != 0) return true;
    }
    return false;
}

static bool check_lowered(prober *c)
{
    sunlot_lowered l;
    if (sunlot_lower_students(&l, c->s, 1) != SUNLOT_OK) return false;
    c->l = &l;
    check_blocks(c);
    const bool good = check_locks(c);
    sunlot_lowered_free(&l);
    return good;
}

/* The category column that has more values than are counted: the one that got none. */
static void blame_values(prober *c)
{
    for (int who = 0; who < SUNLOT_WHOS; who++) {
        const sunlot_enrolled_rule *rule;
        for (uint32_t at = 0; (rule = sunlot_enrolment_rule(c->e, c->school, &at)) != NULL;) {
            if (rule->rule.who != who || rule->rule.kind != SUNLOT_RULE_BALANCE) continue;
            for (uint32_t i = 0; i < c->s->columns[who]; i++) {
                const sunlot_column *column = &c->s->column[who][i];
                if (column->number || column->values > 0 || !sunlot_text_equal(column->name, rule->rule.column)) continue;
                const uint32_t at_column = c->e->header[SUNLOT_FILE_RULES][SUNLOT_WORD_COLUMN];
                sunlot_reading_blame_count(c->r, SUNLOT_ISSUE_TOO_MANY, SUNLOT_FILE_RULES, rule->row, at_column, SUNLOT_MAX_CODES + 1, SUNLOT_MAX_CODES);
                return;
            }
        }
    }
}

static bool probe(sunlot_reading *r, uint32_t school)
{
    if (r->bad[school] || r->e->school[school].count[SUNLOT_STUDENTS] == 0) return true;
    sunlot_roster roster = {.rules = r->e->records, .rule = r->e->record};
    sunlot_school s = {0};
    prober c = {.r = r, .e = r->e, .school = school, .s = &s};
    const char *what = "";
    const sunlot_err err = sunlot_enrolment_fill(&roster, &s, r->e, school, NULL);
    bool good = err != SUNLOT_ERR_MEMORY;
    const int code = err == SUNLOT_OK ? sunlot_school_check(&roster, &s, &what) : 0;
    if (err == SUNLOT_ERR_LIMIT) {
        blame_values(&c);
    } else if (code != 0) {
        sunlot_csv_file_blame_found(&r->e->file[SUNLOT_FILE_CLASSES], &r->issues, (sunlot_issue_code)code, r->e->school[school].class_row, SUNLOT_NONE32,
                                    s.name, sunlot_text_of(what));
    } else if (err == SUNLOT_OK && (r->e->school[school].locks > 0 || has_blocks(&s))) {
        good = check_lowered(&c);
    }
    sunlot_arena_free(&roster.arena);
    return good;
}

bool sunlot_reading_whole(sunlot_reading *r)
{
    for (int file = 0; file < SUNLOT_FILE_COUNT; file++) {
        if (!sunlot_reading_complete(r, (sunlot_file)file)) return true;
    }
    /* A rule that is wrong would make every school wrong. */
    if (r->rules_lost) return true;
    return sunlot_reading_each_school(r, probe);
}
