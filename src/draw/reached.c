/* What a placement reached, group by group (SPEC 9: count, mean, deviation). */
#include "draw/placement.h"

static void widen(sunlot_reached *r, int64_t x, bool first)
{
    if (first || x < r->least) r->least = x;
    if (first || x > r->most) r->most = x;
}

static void bound_count(sunlot_reached *r, const sunlot_problem *q, uint32_t value)
{
    for (uint32_t g = 0; g < q->groups; g++) {
        const size_t at = (size_t)r->heads[g] * q->values + value;
        if (g == 0 || q->lo[at] < r->lo) r->lo = q->lo[at];
        if (g == 0 || q->hi[at] > r->hi) r->hi = q->hi[at];
        widen(r, r->reached[g], g == 0);
    }
}

static bool give_counts(const sunlot_placement *p, int who, sunlot_reached_fn *each, void *user)
{
    const sunlot_lowered *l = &p->lowered[who];
    const sunlot_problem *q = &l->p;
    int64_t *reached = sunlot_alloc((size_t)q->counted * q->groups, sizeof *reached);
    uint32_t heads[SUNLOT_MAX_SCHOOL_CLASSES] = {0};
    bool ok = reached != NULL;
    for (uint32_t u = 0; u < q->units; u++) heads[p->group[who][u]] += q->unit_heads[u];
    for (uint32_t u = 0; ok && u < q->units; u++) {
        for (uint32_t i = q->has_from[u]; i < q->has_from[u + 1] && q->has[i] < q->counted; i++) {
            reached[(size_t)q->has[i] * q->groups + p->group[who][u]]++;
        }
    }
    for (uint32_t v = 0; ok && v < q->counted; v++) {
        if (l->value[v].rule == NULL) continue;
        sunlot_reached r = {.who = who, .meaning = &l->value[v], .groups = q->groups, .reached = reached + (size_t)v * q->groups, .heads = heads};
        bound_count(&r, q, v);
        ok = each(user, &r);
    }
    sunlot_release(reached);
    return ok;
}

int64_t sunlot_reached_mean(int64_t a, int64_t b)
{
    const int64_t q = a / b * 100 + a % b * 100 / b, rest = a % b * 100 % b;
    if (2 * rest >= b) return q + 1;
    if (2 * rest <= -b) return q - 1;
    return q;
}

/* Half of the root of 40000·n/shares. */
int64_t sunlot_reached_deviation(int64_t n, int64_t shares)
{
    const int64_t x = n / shares * 40000 + n % shares * 40000 / shares;
    return ((int64_t)sunlot_number_root((uint64_t)x) + 1) / 2;
}

/* Figures of the sums of a kind.  Example: scores 80 90 100 in three groups of one student: d = -30 0 30 times 1000, the means are away by -10, 0, 10,
 * and the students by 10, 0, 10 from the school's mean, which is the deviation of each group. */
static bool give_sums(const sunlot_placement *p, int who, sunlot_rule_kind kind, sunlot_reached_fn *each, void *user)
{
    const sunlot_lowered *l = &p->lowered[who];
    const uint32_t rows = l->p.rows, groups = l->p.groups;
    for (uint32_t i = 0; i < l->p.sums; i++) {
        const sunlot_meaning *meaning = &l->sum[i];
        if (meaning->rule->kind != kind) continue;
        int64_t sum[SUNLOT_MAX_SCHOOL_CLASSES] = {0};
        uint32_t heads[SUNLOT_MAX_SCHOOL_CLASSES] = {0};
        for (uint32_t row = 0; row < rows; row++) {
            const uint16_t g = p->group[who][l->unit_of_row[row]];
            heads[g]++;
            sum[g] += l->adds[(size_t)i * rows + row];
        }
        sunlot_reached r = {.who = who, .sum = true, .meaning = meaning, .groups = groups, .decimals = 5, .reached = sum, .heads = heads};
        for (uint32_t g = 0, seen = 0; g < groups; g++) {
            const int64_t shares = (int64_t)meaning->members * heads[g];
            if (heads[g] == 0) continue; /* and its sum is 0 */
            sum[g] = kind == SUNLOT_RULE_MEAN ? sunlot_reached_mean(sum[g], shares)
                                              : sunlot_reached_deviation(meaning->squares * heads[g] + sum[g], shares) << meaning->shift;
            widen(&r, sum[g], seen++ == 0);
        }
        if (!each(user, &r)) return false;
    }
    return true;
}

bool sunlot_placement_reached(const sunlot_placement *p, sunlot_reached_fn *each, void *user)
{
    static const sunlot_rule_kind sums[] = {SUNLOT_RULE_MEAN, SUNLOT_RULE_DEVIATION};
    const int whos = p->forms ? SUNLOT_WHOS : 1;
    for (int who = 0; who < whos; who++)
        if (!give_counts(p, who, each, user)) return false;
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        for (int who = 0; who < whos; who++)
            if (!give_sums(p, who, sums[i], each, user)) return false;
    return true;
}
