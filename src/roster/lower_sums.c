/* Sums: class means, and standard deviations around the school's mean, within a tolerance, as integers (SPEC 7.2).
 *
 * d = m·score - T is m times what a score is above the school's mean, so Σ d over a class is m·heads times what the class's mean is.
 * |class mean - school mean| ≤ γ/2 says |2·Σ d| ≤ m·heads·γ.  Example: scores 80 90 100 (m = 3, T = 270): d = -30 0 30.
 *
 * For a deviation y = d/m is rounded to units of 2^t thousandths, small enough for its square, and e = m·y² - Σ y² is m times what a
 * square is above the school's variance.  Example: y = -10 0 10, Q = 200: e = 100 -200 100, the deviation is √(200/3).
 *
 * No overflow: scores are below 2^34 (a total's), gaps below 10^9, rows at most 4,096, so |d| ≤ 2^47, and their sums over some of the rows are
 * at most 2^57; |y| ≤ 2^17, Q ≤ 2^46, sums of e at most 2^56; shares are below 2^49, and groups have at most 16,384 seats. */
#include "roster/lower.h"
#include "roster/scores.h"

#define FINE_BITS 17u                /* of |y| */
#define MOST_GAP  (INT64_C(1) << 18) /* of γ': twice the greatest |y| */

static int64_t size_of(int64_t x) { return x < 0 ? -x : x; }

/* From d to e, row by row: SPEC 7.2 `deviation`. */
static void square(sunlot_meaning *sum, int64_t *adds, const int64_t *score, uint32_t rows)
{
    int64_t greatest = 0, unit = sum->members;
    for (uint32_t row = 0; row < rows; row++) greatest = size_of(adds[row]) > greatest ? size_of(adds[row]) : greatest;
    for (; greatest >= unit << FINE_BITS; unit *= 2) sum->shift++;
    for (uint32_t row = 0; row < rows; row++) {
        const int64_t y = (2 * size_of(adds[row]) + unit) / (2 * unit); /* its sign is nothing to its square */
        sum->squares += y * y;
        adds[row] = sum->members * (y * y);
    }
    for (uint32_t row = 0; row < rows; row++) adds[row] = score[row] == SUNLOT_NO_SCORE ? 0 : adds[row] - sum->squares;
}

/* What a rule's sum is about, and what each row adds to it.  Returns whether any score is present. */
static bool add_up(sunlot_meaning *sum, int64_t *adds, int64_t *score, const sunlot_school *s, const sunlot_rule *rule)
{
    const uint32_t rows = sunlot_school_rows(s, rule->who), present = sunlot_scores_read(score, s, rule);
    int64_t total = 0;
    for (uint32_t row = 0; row < rows; row++) total += score[row] == SUNLOT_NO_SCORE ? 0 : score[row];
    for (uint32_t row = 0; row < rows; row++) adds[row] = score[row] == SUNLOT_NO_SCORE ? 0 : present * score[row] - total;
    *sum = (sunlot_meaning){.rule = rule, .members = present, .total = total};
    if (rule->kind == SUNLOT_RULE_DEVIATION && present > 0) square(sum, adds, score, rows);
    return present > 0;
}

bool sunlot_lower_sums(sunlot_lowered *l, const sunlot_school *s, int who)
{
    const uint32_t rows = l->p.rows;
    uint32_t rules = 0, sums = 0;
    for (uint32_t i = 0; i < s->rules; i++) rules += s->rule[i]->who == who && sunlot_rule_sums(s->rule[i]->kind);
    int64_t *score = sunlot_arena_alloc(&l->arena, rows, sizeof *score);
    l->sum = sunlot_arena_alloc(&l->arena, rules, sizeof *l->sum);
    l->adds = sunlot_arena_alloc(&l->arena, (size_t)rules * rows, sizeof *l->adds);
    if (score == NULL || l->sum == NULL || l->adds == NULL) return false;

    for (uint32_t i = 0; i < s->rules; i++) {
        const sunlot_rule *rule = s->rule[i];
        if (rule->who != who || !sunlot_rule_sums(rule->kind)) continue;
        if (add_up(&l->sum[sums], l->adds + (size_t)sums * rows, score, s, rule)) sums++;
    }
    l->p.sums = sums;
    int64_t *sum_of = sunlot_arena_alloc(&l->arena, (size_t)sums * l->p.units, sizeof *sum_of);
    l->p.sum_most = l->sum_most = sunlot_arena_alloc(&l->arena, (size_t)sums * (l->heads_most + 1u), sizeof *l->sum_most);
    l->p.sum_unit = l->sum_unit = sunlot_arena_alloc(&l->arena, sums, sizeof *l->sum_unit);
    if (sum_of == NULL || l->sum_most == NULL || l->sum_unit == NULL) return false;
    for (uint32_t i = 0; i < sums; i++) {
        for (uint32_t row = 0; row < rows; row++) sum_of[(size_t)l->unit_of_row[row] * sums + i] += l->adds[(size_t)i * rows + row];
    }
    l->p.sum_of = sum_of;
    return true;
}

/* Half of it for each head is how far the sum may be from 0.  With σ = √(Q/m) the class's deviation s is within γ/2 of it if
 * -σγ + γ²/4 ≤ Σ e/(m·heads) ≤ σγ + γ²/4; where σ < γ/2 the left side always holds.  ρ stands for m·σ. */
static int64_t share_of(const sunlot_meaning *sum)
{
    const int64_t m = sum->members;
    if (sum->rule->kind == SUNLOT_RULE_MEAN) return m * sum->gap;
    const int64_t gap = sum->gap >> sum->shift < MOST_GAP ? sum->gap >> sum->shift : MOST_GAP, root = sunlot_number_root((uint64_t)(m * sum->squares));
    return gap * (4 * sum->squares >= m * gap * gap ? 4 * root - m * gap : 4 * root + m * gap) / 2;
}

void sunlot_lowered_rung(sunlot_lowered *l, uint32_t rung)
{
    const uint32_t sums = l->p.sums;
    for (uint32_t i = 0; i < sums; i++) {
        sunlot_meaning *sum = &l->sum[i];
        const uint32_t step = (rung < sum->rule->rungs ? rung : sum->rule->rungs) - 1;
        sum->gap = sum->rule->gap[step];
        sum->text = sum->rule->gap_text[step];
        sum->share = share_of(sum);
        for (uint32_t heads = 0; heads <= l->heads_most; heads++) l->sum_most[(size_t)heads * sums + i] = sum->share * heads / 2;
        l->sum_unit[i] = INT64_MAX;
        for (uint32_t g = 0; g < l->p.groups; g++) {
            const int64_t most = sum->share * l->p.group_size[g] / 2;
            if (most < l->sum_unit[i]) l->sum_unit[i] = most < 1 ? 1 : most;
        }
    }
}
