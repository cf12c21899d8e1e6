/* A recount of a placement by the plainest means: for each group and interval, go through all units. */
#include "place/check.h"

static int64_t count_members(const sunlot_problem *p, const uint16_t *group, uint32_t g, uint32_t value)
{
    int64_t found = 0;
    for (uint32_t u = 0; u < p->units; u++)
        for (uint32_t h = p->has_from[u]; h < p->has_from[u + 1]; h++) found += group[u] == g && p->has[h] == value;
    return found;
}

static int64_t add_members(const sunlot_problem *p, const uint16_t *group, uint32_t g, uint32_t sum)
{
    int64_t found = 0;
    for (uint32_t u = 0; u < p->units; u++)
        if (group[u] == g) found += p->sum_of[(uint64_t)u * p->sums + sum];
    return found;
}

static uint64_t count_heads(const sunlot_problem *p, const uint16_t *group, uint32_t g)
{
    uint64_t found = 0;
    for (uint32_t u = 0; u < p->units; u++)
        if (group[u] == g) found += p->unit_heads[u];
    return found;
}

static int64_t count_seats(const sunlot_problem *p, const uint16_t *group, uint32_t g)
{
    int64_t found = 0;
    for (uint32_t u = 0; u < p->units; u++)
        if (group[u] == g) found += p->unit_size[u];
    return found;
}

sunlot_breach sunlot_placement_check(const sunlot_problem *p, const uint16_t *group)
{
    for (uint32_t u = 0; u < p->units; u++) {
        if (group[u] >= p->groups) return (sunlot_breach){SUNLOT_BREACH_GROUP, u, group[u], group[u], 0, (int64_t)p->groups - 1};
        const uint16_t pin = p->unit_pin[u];
        if (pin != SUNLOT_NONE16 && group[u] != pin) return (sunlot_breach){SUNLOT_BREACH_PIN, u, group[u], group[u], pin, pin};
    }
    for (uint32_t g = 0; g < p->groups; g++) {
        const int64_t found = count_seats(p, group, g), seats = p->group_size[g];
        if (found != seats) return (sunlot_breach){SUNLOT_BREACH_SEATS, 0, g, found, seats, seats};
    }
    for (uint32_t v = 0; v < p->values; v++)
        for (uint32_t g = 0; g < p->groups; g++) {
            const uint64_t at = count_heads(p, group, g) * p->values + v;
            const int64_t found = count_members(p, group, g, v), lo = p->lo[at], hi = p->hi[at];
            if (found < lo || found > hi) return (sunlot_breach){SUNLOT_BREACH_COUNT, v, g, found, lo, hi};
        }
    for (uint32_t m = 0; m < p->sums; m++)
        for (uint32_t g = 0; g < p->groups; g++) {
            const int64_t found = add_members(p, group, g, m), most = p->sum_most[count_heads(p, group, g) * p->sums + m];
            if (found < -most || found > most) return (sunlot_breach){SUNLOT_BREACH_SUM, m, g, found, -most, most};
        }
    return (sunlot_breach){SUNLOT_BREACH_NONE, 0, 0, 0, 0, 0};
}
