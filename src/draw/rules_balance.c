/* The check of the rules: balance and bands, class by class; what a score is (SPEC 7.2, 7.3). */
#include <string.h>

#include "draw/rules_block.h"

static bool applies(const sunlot_rule *rule, const sunlot_school *s) { return rule->school.n == 0 || sunlot_text_equal(rule->school, s->name); }

static int32_t cell_of(const sunlot_school *s, const sunlot_rules_rows *rows, uint32_t row, uint32_t column)
{
    return s->cell[rows->who][(size_t)rows->person[row] * s->columns[rows->who] + column];
}

/* The place of each row's value among those of a category column. */
static int32_t *read_values(sunlot_rules_block *b, const sunlot_rules_rows *rows, const sunlot_rule *rule, const sunlot_column **column)
{
    int32_t *value = sunlot_arena_alloc(&b->scratch, rows->rows, sizeof *value);
    uint32_t at = 0;
    while (!sunlot_text_equal(b->school->column[rows->who][at].name, rule->column)) at++;
    *column = &b->school->column[rows->who][at];
    for (uint32_t row = 0; value != NULL && row < rows->rows; row++) value[row] = cell_of(b->school, rows, row, at);
    return value;
}

/* What an absent score of a column counts: a number, or SUNLOT_RULES_ABSENT. */
static int64_t absent_counts(const sunlot_rules_block *b, int who, sunlot_text column)
{
    int64_t counts = SUNLOT_RULES_ABSENT;
    for (uint32_t i = 0; i < b->roster->rules; i++) {
        const sunlot_rule *rule = &b->roster->rule[i];
        if (rule->kind != SUNLOT_RULE_ABSENT || rule->who != who || !sunlot_text_equal(rule->column, column) || !applies(rule, b->school)) continue;
        if (!rule->absent_mean) counts = rule->absent_score;
    }
    return counts;
}

/* The name of a column among the names joined by ; in `list`. */
static bool is_listed(sunlot_text list, sunlot_text name)
{
    for (size_t from = 0, to; from <= list.n; from = to + 1) {
        for (to = from; to < list.n && list.p[to] != ';';) to++;
        if (sunlot_text_equal((sunlot_text){list.p + from, to - from}, name)) return true;
    }
    return false;
}

int64_t *sunlot_rules_scores(sunlot_rules_block *b, const sunlot_rules_rows *rows, const sunlot_rule *rule)
{
    const sunlot_school *s = b->school;
    int64_t *score = sunlot_arena_alloc(&b->scratch, rows->rows, sizeof *score);
    if (score == NULL) return NULL;
    for (uint32_t row = 0; row < rows->rows; row++) score[row] = 0;
    for (uint32_t at = 0; at < s->columns[rows->who]; at++) {
        const sunlot_text name = s->column[rows->who][at].name;
        if (!is_listed(rule->column, name)) continue;
        const int64_t instead = absent_counts(b, rows->who, name);
        for (uint32_t row = 0; row < rows->rows; row++) {
            const int32_t cell = cell_of(s, rows, row, at);
            const int64_t counts = cell == SUNLOT_ABSENT ? instead : cell;
            score[row] = score[row] == SUNLOT_RULES_ABSENT || counts == SUNLOT_RULES_ABSENT ? SUNLOT_RULES_ABSENT : score[row] + counts;
        }
    }
    return score;
}

typedef struct {
    int64_t score;
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

/* The band of each row; NULL without memory. */
static int32_t *read_bands(sunlot_rules_block *b, const sunlot_rules_rows *all, const sunlot_rule *rule)
{
    const uint32_t rows = all->rows;
    const int64_t *score = sunlot_rules_scores(b, all, rule);
    int32_t *cell = sunlot_arena_alloc(&b->scratch, rows, sizeof *cell);
    ranked *list = sunlot_arena_alloc(&b->scratch, rows, 2 * sizeof *list);
    uint32_t present = 0;
    if (score == NULL || cell == NULL || list == NULL) return NULL;
    for (uint32_t row = 0; row < rows; row++) {
        if (score[row] != SUNLOT_RULES_ABSENT)
            list[present++] = (ranked){score[row], (uint16_t)row};
        else
            cell[row] = rule->form == SUNLOT_BAND_EQUAL ? (int32_t)rule->bands : 1;
    }
    sunlot_sort(list, present, sizeof *list, by_score, NULL, list + rows);
    for (uint32_t from = 0, to; from < present; from = to) {
        for (to = from; to < present && list[to].score == list[from].score;) to++;
        for (uint32_t i = from; i < to; i++) cell[list[i].row] = band_of(rule, from, present - to, present);
    }
    return cell;
}

/* `column`: of a balance rule.  Every value takes its fair share of every class: c of n rows are c·h/n in a class of h heads, and a whole number is its floor or
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
            return sunlot_rules_broken(b, 0, what, s->class_[c].name, rule->column, column == NULL ? rule->value : column->value[v]);
        }
    }
    return true;
}

static bool check_rule(sunlot_rules_block *b, const sunlot_rules_rows *rows, const sunlot_rule *rule)
{
    const sunlot_column *column = NULL;
    if (rule->kind == SUNLOT_RULE_MEAN || rule->kind == SUNLOT_RULE_DEVIATION) return sunlot_rules_sum(b, rows, rule);
    const int32_t *code = rule->kind == SUNLOT_RULE_BALANCE ? read_values(b, rows, rule, &column) : read_bands(b, rows, rule);
    if (code == NULL) return sunlot_rules_no_memory(b);
    return check_shares(b, rows, rule, code, column != NULL ? column->values : rule->form == SUNLOT_BAND_EQUAL ? rule->bands + 1 : 2, column);
}

bool sunlot_rules_balance(sunlot_rules_block *b, const sunlot_rules_rows *rows)
{
    bool holds = true;
    for (uint32_t i = 0; holds && i < b->roster->rules; i++) {
        const sunlot_rule *rule = &b->roster->rule[i];
        if (rule->who != rows->who || !applies(rule, b->school)) continue;
        if (rule->kind != SUNLOT_RULE_BALANCE && !sunlot_rule_adds(rule->kind)) continue;
        holds = check_rule(b, rows, rule);
        sunlot_arena_free(&b->scratch);
    }
    return holds;
}
