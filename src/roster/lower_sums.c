/* Sums: class means within a tolerance, as integers (SPEC 7.2).
 *
 * d = m·score - T is m times what a score is above the school's mean, so Σ d over a class is m·heads times what the class's mean is.
 * |class mean - school mean| ≤ γ/2 says |2·Σ d| ≤ m·heads·γ.  Example: scores 80 90 100 (m = 3, T = 270): d = -30 0 30.
 *
 * No overflow: scores and gaps are below 10^9 (scaled) and rows at most 4,096, so |d| < 2·4,096·10^9 < 2^43, their sums over all rows < 2^55;
 * m·seats·γ with up to 16,384 seats < 4,096·16,384·10^9 < 2^56. */
#include "roster/lower.h"
#include "roster/scores.h"

bool sunlot_lower_sums(sunlot_lowered *l, const sunlot_school *s, int who)
{
    const uint32_t rows = l->p.rows;
    uint32_t rules = 0;
    for (uint32_t i = 0; i < s->rules; i++) rules += s->rule[i]->who == who && s->rule[i]->kind == SUNLOT_RULE_MEAN;
    l->mean = sunlot_arena_alloc(&l->arena, rules, sizeof *l->mean);
    l->score = sunlot_arena_alloc(&l->arena, (size_t)rules * rows, sizeof *l->score);
    if (l->mean == NULL || l->score == NULL) return false;

    for (uint32_t i = 0; i < s->rules; i++) {
        const sunlot_rule *rule = s->rule[i];
        if (rule->who != who || rule->kind != SUNLOT_RULE_MEAN) continue;
        int32_t *score = l->score + (size_t)l->means * rows;
        const uint32_t present = sunlot_scores_read(score, s, rule);
        if (present == 0) continue;
        sunlot_meaning *mean = &l->mean[l->means++];
        mean->rule = rule;
        mean->members = present;
        for (uint32_t row = 0; row < rows; row++) {
            if (score[row] != SUNLOT_ABSENT) mean->total += score[row];
        }
    }
    const uint32_t sums = l->p.sums = l->means;
    int64_t *sum_of = sunlot_arena_alloc(&l->arena, (size_t)sums * l->p.units, sizeof *sum_of);
    l->p.sum_most = l->sum_most = sunlot_arena_alloc(&l->arena, (size_t)sums * (l->heads_most + 1u), sizeof *l->sum_most);
    l->p.sum_unit = l->sum_unit = sunlot_arena_alloc(&l->arena, sums, sizeof *l->sum_unit);
    if (sum_of == NULL || l->sum_most == NULL || l->sum_unit == NULL) return false;
    for (uint32_t i = 0; i < sums; i++) {
        for (uint32_t row = 0; row < rows; row++) {
            const int32_t score = l->score[(size_t)i * rows + row];
            if (score == SUNLOT_ABSENT) continue;
            sum_of[(size_t)l->unit_of_row[row] * sums + i] += (int64_t)l->mean[i].members * score - l->mean[i].total;
        }
    }
    l->p.sum_of = sum_of;
    return true;
}

void sunlot_lowered_rung(sunlot_lowered *l, uint32_t rung)
{
    const uint32_t sums = l->p.sums;
    for (uint32_t i = 0; i < sums; i++) {
        sunlot_meaning *mean = &l->mean[i];
        const uint32_t step = (rung < mean->rule->rungs ? rung : mean->rule->rungs) - 1;
        mean->gap = mean->rule->gap[step];
        mean->text = mean->rule->gap_text[step];
        const int64_t share = (int64_t)mean->members * mean->gap;
        for (uint32_t heads = 0; heads <= l->heads_most; heads++) l->sum_most[(size_t)heads * sums + i] = share * heads / 2;
        l->sum_unit[i] = INT64_MAX;
        for (uint32_t g = 0; g < l->p.groups; g++) {
            const int64_t most = share * l->p.group_size[g] / 2;
            if (most < l->sum_unit[i]) l->sum_unit[i] = most < 1 ? 1 : most;
        }
    }
}
