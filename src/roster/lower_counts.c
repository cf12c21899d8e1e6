/* Category counts and limits: who has which value, and how many each group may have (SPEC 7.2, 7.3).
 *
 * A category count is a column of codes.  Its counted codes become values 0 … A - 1 of the problem, column by column, codes
 * ascending; the limits follow.  Example: two columns, balance over {boy, girl} and `top 10`:
 *
 *     column       0            1             limits
 *     code         0     1      0     1       a1   a2
 *     value        0     1      2     none    3    4                                                          */
#include <string.h>

#include "roster/lower.h"
#include "roster/scores.h"

/* A category count while it is made. */
typedef struct {
    const sunlot_rule *rule; /* NULL: homeroom */
    uint32_t codes;          /* codes 0 … codes - 1 can occur */
    uint32_t first;          /* place of code 0 in `count` and `value` */
} category;

typedef struct {
    uint32_t columns;
    category *column;
    uint32_t *count; /* rows that have a code */
    uint16_t *value; /* the value it became, SUNLOT_NONE16: not counted */
} categories;

static const char *const band_name[16] = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16"};

/* The rules that make categories, in their order; for the teachers homeroom before them. */
static bool list_categories(categories *c, sunlot_lowered *l, const sunlot_school *s, int who)
{
    uint32_t total = 0;
    c->column = sunlot_arena_alloc(&l->arena, s->rules + 1u, sizeof *c->column);
    if (c->column == NULL) return false;
    if (who == SUNLOT_TEACHERS) c->column[c->columns++] = (category){NULL, 2, 0}, total = 2;
    for (uint32_t i = 0; i < s->rules; i++) {
        const sunlot_rule *rule = s->rule[i];
        if (rule->who != who || (rule->kind != SUNLOT_RULE_BALANCE && rule->kind != SUNLOT_RULE_BAND)) continue;
        uint32_t codes = 2;
        if (rule->kind == SUNLOT_RULE_BALANCE)
            codes = s->column[who][sunlot_school_column(s, who, rule->column)].values;
        else if (rule->form == SUNLOT_BAND_EQUAL)
            codes = rule->bands + 1;
        c->column[c->columns++] = (category){rule, codes, total};
        total += codes;
    }
    c->count = sunlot_arena_alloc(&l->arena, total, sizeof *c->count);
    c->value = sunlot_arena_alloc(&l->arena, total, sizeof *c->value);
    l->value_code = sunlot_arena_alloc(&l->arena, (size_t)l->p.rows * c->columns, sizeof *l->value_code);
    return c->count != NULL && c->value != NULL && l->value_code != NULL;
}

/* Scores of the column or total last asked for: rules on one follow each other. */
typedef struct {
    const sunlot_rule *of;
    int64_t *score, *sorted, *room;
    uint32_t present;
} score_list;

static void read_scores(score_list *list, const sunlot_school *s, const sunlot_rule *rule, uint32_t rows)
{
    if (list->of != NULL && sunlot_text_equal(list->of->column, rule->column)) return;
    list->of = rule;
    list->present = sunlot_scores_read(list->score, s, rule);
    sunlot_scores_sort(list->sorted, list->score, rows, list->room);
}

static uint32_t person_of(const sunlot_lowered *l, int who, uint32_t row) { return who == SUNLOT_STUDENTS ? row : l->teacher_of_row[row]; }

/* The code of each row in each column. */
static bool fill_codes(const categories *c, sunlot_lowered *l, const sunlot_school *s, int who)
{
    const uint32_t rows = l->p.rows, columns = c->columns;
    score_list list = {NULL, sunlot_arena_alloc(&l->arena, rows, 3 * sizeof(int64_t)), NULL, NULL, 0};
    if (list.score == NULL) return false;
    list.sorted = list.score + rows;
    list.room = list.sorted + rows;
    for (uint32_t k = 0; k < columns; k++) {
        const sunlot_rule *rule = c->column[k].rule;
        const bool balance = rule != NULL && rule->kind == SUNLOT_RULE_BALANCE;
        const uint32_t at = balance ? sunlot_school_column(s, who, rule->column) : 0;
        if (rule != NULL && !balance) read_scores(&list, s, rule, rows);
        for (uint32_t row = 0; row < rows; row++) {
            const uint32_t person = person_of(l, who, row);
            uint16_t code;
            if (rule == NULL)
                code = s->teacher[person].homeroom && l->section_of_row[row] == 1 ? 0 : 1;
            else if (balance)
                code = (uint16_t)s->cell[who][(size_t)person * s->columns[who] + at];
            else
                code = sunlot_band_code(rule, list.score[row], list.sorted, list.present);
            l->value_code[(size_t)row * columns + k] = code;
            c->count[c->column[k].first + code]++;
        }
    }
    return true;
}

static bool is_counted(const category *k, uint32_t code)
{
    if (k->rule == NULL) return code == 0;
    return k->rule->kind == SUNLOT_RULE_BALANCE || sunlot_band_counted(k->rule, code);
}

static sunlot_text code_text(const sunlot_school *s, const category *k, uint32_t code)
{
    if (k->rule == NULL) return SUNLOT_TEXT("homeroom");
    if (k->rule->kind == SUNLOT_RULE_BALANCE) return s->column[k->rule->who][sunlot_school_column(s, k->rule->who, k->rule->column)].value[code];
    if (k->rule->form != SUNLOT_BAND_EQUAL) return k->rule->value;
    return code == k->rule->bands ? SUNLOT_TEXT("absent") : sunlot_text_of(band_name[code]);
}

/* Number the counted codes that occur, then the limits, and say what each value means. */
static bool number_values(const categories *c, sunlot_lowered *l, const sunlot_school *s, uint32_t limits)
{
    sunlot_problem *p = &l->p;
    for (uint32_t k = 0; k < c->columns; k++) {
        for (uint32_t code = 0; code < c->column[k].codes; code++) {
            const uint32_t at = c->column[k].first + code;
            c->value[at] = c->count[at] > 0 && is_counted(&c->column[k], code) ? (uint16_t)p->counted++ : SUNLOT_NONE16;
        }
    }
    SUNLOT_REQUIRE(p->counted <= SUNLOT_MAX_CODES);
    p->values = p->counted + limits;
    l->value = sunlot_arena_alloc(&l->arena, p->values, sizeof *l->value);
    if (l->value == NULL) return false;
    for (uint32_t k = 0; k < c->columns; k++) {
        for (uint32_t code = 0; code < c->column[k].codes; code++) {
            const uint32_t at = c->column[k].first + code;
            if (c->value[at] == SUNLOT_NONE16) continue;
            l->value[c->value[at]] =
                (sunlot_meaning){.rule = c->column[k].rule, .code = code, .text = code_text(s, &c->column[k], code), .members = c->count[at]};
        }
    }
    for (uint32_t t = 0; t < limits; t++) l->value[p->counted + t] = (sunlot_meaning){.code = t, .text = sunlot_limit_name(t)};
    return true;
}

/* The values of each unit, ascending, once for each member that has them.  Column by column and member by member they come nearly sorted. */
static bool list_values(const categories *c, sunlot_lowered *l, const sunlot_school *s, int who)
{
    sunlot_problem *p = &l->p;
    const uint32_t rows = p->rows;
    uint32_t *unit_from = sunlot_arena_alloc(&l->arena, p->units + 2u, sizeof *unit_from);
    uint32_t *unit_row = sunlot_arena_alloc(&l->arena, rows, sizeof *unit_row);
    uint32_t *has_from = sunlot_arena_alloc(&l->arena, p->units + 1u, sizeof *has_from);
    size_t most = (size_t)rows * c->columns;
    for (uint32_t i = 0; who == SUNLOT_STUDENTS && i < rows; i++) most += s->student[i].limits;
    uint16_t *has = sunlot_arena_alloc(&l->arena, most, sizeof *has);
    if (unit_from == NULL || unit_row == NULL || has_from == NULL || has == NULL) return false;

    /* rows of each unit: counted two places on, so that filling leaves unit_from[u] … unit_from[u + 1] */
    for (uint32_t row = 0; row < rows; row++) unit_from[l->unit_of_row[row] + 2]++;
    for (uint32_t u = 0; u < p->units; u++) unit_from[u + 2] += unit_from[u + 1];
    for (uint32_t row = 0; row < rows; row++) unit_row[unit_from[l->unit_of_row[row] + 1]++] = row;

    uint32_t at = 0;
    for (uint32_t u = 0; u < p->units; u++) {
        const uint32_t first = at, members = unit_from[u + 1] - unit_from[u];
        const uint32_t *member = &unit_row[unit_from[u]];
        for (uint32_t k = 0; k < c->columns; k++) {
            for (uint32_t j = 0; j < members; j++) {
                const uint16_t value = c->value[c->column[k].first + l->value_code[(size_t)member[j] * c->columns + k]];
                if (value != SUNLOT_NONE16) has[at++] = value;
            }
        }
        for (uint32_t j = 0; who == SUNLOT_STUDENTS && j < members; j++) {
            const sunlot_student *student = &s->student[member[j]];
            for (uint32_t t = 0; t < student->limits; t++) {
                const uint32_t value = p->counted + s->student_limit[student->limits_from + t];
                has[at++] = (uint16_t)value;
                l->value[value].members++;
            }
        }
        for (uint32_t i = first + 1; members > 1 && i < at; i++) {
            const uint16_t x = has[i];
            uint32_t j = i;
            for (; j > first && has[j - 1] > x; j--) has[j] = has[j - 1];
            has[j] = x;
        }
        has_from[u + 1] = at;
    }
    p->has_from = has_from;
    p->has = has;
    return true;
}

/* A unit's profile is the codes of its one member; those of big units are not read. */
static bool list_profiles(sunlot_lowered *l)
{
    sunlot_problem *p = &l->p;
    const size_t columns = p->columns;
    p->code = l->value_code;
    if (p->units == p->rows) return true; /* unit u is row u */
    uint16_t *code = sunlot_arena_alloc(&l->arena, p->units * columns, sizeof *code);
    if (code == NULL) return false;
    for (uint32_t row = 0; columns > 0 && row < p->rows; row++) {
        memcpy(code + l->unit_of_row[row] * columns, l->value_code + row * columns, columns * sizeof *code);
    }
    p->code = code;
    return true;
}

/* Fair shares: of c rows among n, a group of h heads has c·h/n, rounded down and up.  Example: 5 of 9 in a group of 4: 2 to 3. */
static bool set_bounds(sunlot_lowered *l, const sunlot_school *s)
{
    sunlot_problem *p = &l->p;
    const uint32_t rows = p->rows;
    uint16_t *lo = sunlot_arena_alloc(&l->arena, (size_t)(l->heads_most + 1u) * p->values, sizeof *lo);
    uint16_t *hi = sunlot_arena_alloc(&l->arena, (size_t)(l->heads_most + 1u) * p->values, sizeof *hi);
    if (lo == NULL || hi == NULL) return false;
    p->lo = lo;
    p->hi = hi;
    for (uint32_t heads = 0; heads <= l->heads_most; heads++, lo += p->values, hi += p->values) {
        for (uint32_t v = 0; v < p->values; v++) {
            const uint32_t share = l->value[v].members * heads;
            if (v >= p->counted) {
                hi[v] = s->limit_max[v - p->counted];
            } else if (l->value[v].rule == NULL) {
                lo[v] = hi[v] = 1;
            } else {
                lo[v] = (uint16_t)(share / rows);
                hi[v] = (uint16_t)((share + rows - 1) / rows);
            }
        }
    }
    return true;
}

bool sunlot_lower_counts(sunlot_lowered *l, const sunlot_school *s, int who)
{
    categories c = {0, NULL, NULL, NULL};
    if (!list_categories(&c, l, s, who)) return false;
    l->p.columns = c.columns;
    return fill_codes(&c, l, s, who) && number_values(&c, l, s, who == SUNLOT_STUDENTS ? s->limits : 0) && list_values(&c, l, s, who) && list_profiles(l) &&
           set_bounds(l, s);
}
