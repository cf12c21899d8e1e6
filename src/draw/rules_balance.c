/* The check of the rules: balance, bands and means, class by class (SPEC 7.2, 7.3). */
#include <string.h>

#include "draw/rules_block.h"

static bool same_column(const sunlot_rule *a, const sunlot_rule *b) { return a->who == b->who && sunlot_text_equal(a->column, b->column); }

static bool applies(const sunlot_rule *rule, const sunlot_school *s) { return rule->school.n == 0 || sunlot_text_equal(rule->school, s->name); }

/* What stands in a column for each row: places of values, or scores with `absent` heeded. */
static int32_t *read_cells(sunlot_rules_block *b, const sunlot_rules_rows *rows, const sunlot_rule *rule, const sunlot_column **column)
{
    const sunlot_school *s = b->school;
    int32_t *cell = sunlot_arena_alloc(&b->scratch, rows->rows, sizeof *cell);
    uint32_t at = 0;
    while (!sunlot_text_equal(s->column[rows->who][at].name, rule->column)) at++;
    *column = &s->column[rows->who][at];
    const sunlot_rule *absent = NULL;
    for (uint32_t i = 0; i < b->roster->rules; i++) {
        const sunlot_rule *other = &b->roster->rule[i];
        if (other->kind == SUNLOT_RULE_ABSENT && same_column(other, rule) && applies(other, s)) absent = other;
    }
    for (uint32_t row = 0; cell != NULL && row < rows->rows; row++) {
        cell[row] = s->cell[rows->who][(size_t)rows->person[row] * s->columns[rows->who] + at];
        if ((*column)->number && cell[row] == SUNLOT_ABSENT && absent != NULL && !absent->absent_mean) cell[row] = absent->absent_score;
    }
    return cell;
}

typedef struct {
    int32_t score;
    uint16_t row;
} ranked;

static int by_score(const void *x, const void *y, const void *user)
{
    const ranked *a = x, *b = y;
    (void)user;
    return a->score < b->score ? -1 : a->score > b->score;
}

/* The band of a score that `below` of the `present` ones are strictly below, and `above` strictly above. */
static int32_t band_of(const sunlot_rule *rule, uint32_t below, uint32_t above, uint32_t present)
{
    switch (rule->form) {
    case SUNLOT_BAND_EQUAL:
        return (int32_t)(below * rule->bands / present);
    case SUNLOT_BAND_TOP:
        return above < rule->bands ? 0 : 1;
    case SUNLOT_BAND_LAST:
        return below < rule->bands ? 0 : 1;
    }
    return 0;
}

/* Turn scores into bands, in place. */
static bool make_bands(sunlot_rules_block *b, const sunlot_rule *rule, int32_t *cell, uint32_t rows)
{
    ranked *list = sunlot_arena_alloc(&b->scratch, rows, 2 * sizeof *list);
    uint32_t present = 0;
    if (list == NULL) return sunlot_rules_no_memory(b);
    for (uint32_t row = 0; row < rows; row++) {
        if (cell[row] != SUNLOT_ABSENT)
            list[present++] = (ranked){cell[row], (uint16_t)row};
        else
            cell[row] = rule->form == SUNLOT_BAND_EQUAL ? (int32_t)rule->bands : 1;
    }
    sunlot_sort(list, present, sizeof *list, by_score, NULL, list + rows);
    for (uint32_t from = 0, to; from < present; from = to) {
        for (to = from; to < present && list[to].score == list[from].score;) to++;
        for (uint32_t i = from; i < to; i++) cell[list[i].row] = band_of(rule, from, present - to, present);
    }
    return true;
}

/* Every value takes its fair share of every class: c of n rows are c·h/n in a class of h heads, and a whole number is its floor or
 * its ceiling if and only if it is less than 1 away: |count·n - c·h| < n. */
static bool check_shares(sunlot_rules_block *b, const sunlot_rules_rows *rows, const sunlot_rule *rule, const int32_t *code, uint32_t codes,
                         const sunlot_column *column)
{
    const sunlot_school *s = b->school;
    int64_t *count = sunlot_arena_alloc(&b->scratch, (size_t)codes * s->classes, sizeof *count);
    int64_t *all = sunlot_arena_alloc(&b->scratch, codes, sizeof *all);
    int64_t heads[SUNLOT_MAX_SCHOOL_CLASSES] = {0}, n = rows->rows;
    if (count == NULL || all == NULL) return sunlot_rules_no_memory(b);
    for (uint32_t row = 0; row < rows->rows; row++) {
        heads[rows->class_of[row]]++;
        all[code[row]]++;
        count[(size_t)code[row] * s->classes + rows->class_of[row]]++;
    }
    for (uint32_t v = 0; v < codes; v++) {
        if (rule->kind == SUNLOT_RULE_BAND && rule->form != SUNLOT_BAND_EQUAL && v != 0) continue;
        for (uint32_t c = 0; c < s->classes; c++) {
            const int64_t off = count[(size_t)v * s->classes + c] * n - all[v] * heads[c];
            if (off > -n && off < n) continue;
            const char *what = rule->kind == SUNLOT_RULE_BALANCE ? "a value that is not balanced" : "a band that is not balanced";
            return sunlot_rules_broken(b, 0, what, s->class_[c].name, rule->column, column->number ? rule->value : column->value[v]);
        }
    }
    return true;
}

/* The class mean is within half the gap of the school's: with d = m·score - sum, |2·Σ d| ≤ m·heads·gap. */
static bool check_mean(sunlot_rules_block *b, const sunlot_rules_rows *rows, const sunlot_rule *rule, const int32_t *score)
{
    const sunlot_school *s = b->school;
    const uint32_t entry = b->rung < rule->rungs ? b->rung : rule->rungs;
    int64_t present = 0, sum = 0, off[SUNLOT_MAX_SCHOOL_CLASSES] = {0}, heads[SUNLOT_MAX_SCHOOL_CLASSES] = {0};
    for (uint32_t row = 0; row < rows->rows; row++) {
        if (score[row] == SUNLOT_ABSENT) continue;
        present++;
        sum += score[row];
    }
    for (uint32_t row = 0; row < rows->rows; row++) {
        heads[rows->class_of[row]]++;
        if (score[row] != SUNLOT_ABSENT) off[rows->class_of[row]] += present * score[row] - sum;
    }
    for (uint32_t c = 0; c < s->classes; c++) {
        const int64_t twice = off[c] < 0 ? -2 * off[c] : 2 * off[c];
        if (twice > present * heads[c] * rule->gap[entry - 1]) {
            return sunlot_rules_broken(b, 0, "a class mean outside its tolerance", s->class_[c].name, rule->column, rule->gap_text[entry - 1]);
        }
    }
    return true;
}

static bool check_rule(sunlot_rules_block *b, const sunlot_rules_rows *rows, const sunlot_rule *rule)
{
    const sunlot_column *column;
    int32_t *cell = read_cells(b, rows, rule, &column);
    if (cell == NULL) return sunlot_rules_no_memory(b);
    if (rule->kind == SUNLOT_RULE_MEAN) return check_mean(b, rows, rule, cell);
    if (rule->kind == SUNLOT_RULE_BALANCE) return check_shares(b, rows, rule, cell, column->values, column);
    return make_bands(b, rule, cell, rows->rows) && check_shares(b, rows, rule, cell, rule->form == SUNLOT_BAND_EQUAL ? rule->bands + 1 : 2, column);
}

bool sunlot_rules_balance(sunlot_rules_block *b, const sunlot_rules_rows *rows)
{
    bool holds = true;
    for (uint32_t i = 0; holds && i < b->roster->rules; i++) {
        const sunlot_rule *rule = &b->roster->rule[i];
        if (rule->who != rows->who || !applies(rule, b->school)) continue;
        if (rule->kind != SUNLOT_RULE_BALANCE && rule->kind != SUNLOT_RULE_BAND && rule->kind != SUNLOT_RULE_MEAN) continue;
        holds = check_rule(b, rows, rule);
        sunlot_arena_free(&b->scratch);
    }
    return holds;
}
