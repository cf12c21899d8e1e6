/* Layout of the working memory; counting, from nothing and step by step. */
#include "place/state.h"

#include <string.h>

/* ---- layout ---- */

static void *take(char *room, size_t *at, size_t count, size_t size)
{
    void *p = room == NULL ? NULL : room + *at;
    *at += (count * size + 7) & ~(size_t)7;
    return p;
}

static void measure(sunlot_engine *e)
{
    const sunlot_problem *p = e->p;
    e->groups = p->groups;
    e->values = p->values;
    e->sums = p->sums;
    e->words = (p->counted + 63) / 64;
    if (e->words == 0 && p->values != 0) e->words = 1;
    e->masked = e->words * 64 < p->values ? e->words * 64 : p->values;
    e->lanes = (e->sums + 3) / 4;
    e->stride = e->words + e->lanes;
    e->face_size = sunlot_face_size(e->words, e->lanes);
    e->seats = 0;
    for (uint32_t g = 0; g < p->groups; g++)
        if (p->group_size[g] > e->seats) e->seats = p->group_size[g];
}

size_t sunlot_engine_lay(sunlot_engine *e, void *room)
{
    const sunlot_problem *p = e->p;
    const size_t n = p->units, k = p->groups, v = p->values, m = p->sums;
    char *r = room;
    size_t at = 0;
    measure(e);
    e->face = take(r, &at, k * e->face_size, sizeof *e->face);
    e->row = take(r, &at, n * e->stride, sizeof *e->row);
    e->slice = take(r, &at, n * e->words * SUNLOT_SLICES, sizeof *e->slice);
    e->key = take(r, &at, n * ((p->columns + 3) / 4), sizeof *e->key);
    e->sum_of = take(r, &at, n * m, sizeof *e->sum_of);
    e->slack = take(r, &at, k * 2 * m, sizeof *e->slack);
    e->delta = take(r, &at, m, sizeof *e->delta);
    e->counts_off = take(r, &at, k, sizeof *e->counts_off);
    e->sums_off = take(r, &at, k, sizeof *e->sums_off);
    e->close = take(r, &at, n * SUNLOT_PLACE_PARTNERS, sizeof *e->close);
    e->near = take(r, &at, n * SUNLOT_PLACE_PARTNERS, sizeof *e->near);
    e->same = take(r, &at, n, sizeof *e->same);
    e->any = take(r, &at, n, sizeof *e->any);
    e->stretch = take(r, &at, 2 * n, sizeof *e->stretch);
    e->order = take(r, &at, n, sizeof *e->order);
    e->mover = take(r, &at, n, sizeof *e->mover);
    e->scratch = take(r, &at, n, sizeof *e->scratch);
    e->ring = take(r, &at, (m + 1) * (n + SUNLOT_PLACE_CANDIDATES), sizeof *e->ring);
    e->least = take(r, &at, m, sizeof *e->least);
    e->members = take(r, &at, p->columns + 1u, sizeof *e->members);
    e->q_shift = take(r, &at, m, sizeof *e->q_shift);
    e->k_shift = take(r, &at, m, sizeof *e->k_shift);
    e->k_reach = take(r, &at, m, sizeof *e->k_reach);
    e->net = take(r, &at, v, sizeof *e->net);
    e->touched = take(r, &at, v, sizeof *e->touched);
    e->group = take(r, &at, n, sizeof *e->group);
    e->seat = take(r, &at, n, sizeof *e->seat);
    e->sitter = take(r, &at, k * e->seats, sizeof *e->sitter);
    e->filled = take(r, &at, k, sizeof *e->filled);
    e->list = take(r, &at, n * SUNLOT_MAX_UNIT_SEATS, sizeof *e->list);
    e->profile_of = take(r, &at, n, sizeof *e->profile_of);
    e->count = take(r, &at, k * v, sizeof *e->count);
    e->heads = take(r, &at, k, sizeof *e->heads);
    e->apart = take(r, &at, n, sizeof *e->apart);
    e->rare = take(r, &at, n, sizeof *e->rare);
    return at;
}

/* ---- counts ---- */

static void set_bit(uint64_t *word, uint32_t bit, bool on)
{
    const uint64_t one = UINT64_C(1) << bit;
    *word = on ? *word | one : *word & ~one;
}

static void set_masks(sunlot_engine *e, uint32_t group, uint32_t value, uint32_t lo, uint32_t hi)
{
    if (value >= e->masked) return;
    const uint32_t x = sunlot_count(e, group)[value], bit = value & 63;
    uint64_t *bad = sunlot_face(e, group) + SUNLOT_FACE_BAD + 2 * (value >> 6), *good = bad + 2 * (e->words + e->lanes);
    set_bit(&bad[0], bit, x <= lo);
    set_bit(&bad[1], bit, x >= hi);
    set_bit(&good[0], bit, x > hi);
    set_bit(&good[1], bit, x < lo);
}

void sunlot_engine_add(sunlot_engine *e, uint32_t group, uint32_t value, int32_t by)
{
    const uint32_t lo = sunlot_lo(e, group)[value], hi = sunlot_hi(e, group)[value];
    uint16_t *count = &sunlot_count(e, group)[value];
    const uint16_t now = (uint16_t)(*count + by);
    const int64_t change = sunlot_distance(now, lo, hi) - sunlot_distance(*count, lo, hi);
    *count = now;
    e->counts_off[group] += change;
    e->all_counts_off += change;
    set_masks(e, group, value, lo, hi);
}

void sunlot_engine_move_values(sunlot_engine *e, uint32_t x, uint32_t from, uint32_t to)
{
    const sunlot_problem *p = e->p;
    for (uint32_t h = p->has_from[e->mover[x]]; h < p->has_from[e->mover[x] + 1]; h++) {
        sunlot_engine_add(e, from, p->has[h], -1);
        sunlot_engine_add(e, to, p->has[h], 1);
    }
}

uint64_t sunlot_engine_value_off(const sunlot_engine *e, uint32_t value)
{
    uint64_t off = 0;
    for (uint32_t g = 0; g < e->groups; g++) off += (uint64_t)sunlot_distance(sunlot_count(e, g)[value], sunlot_lo(e, g)[value], sunlot_hi(e, g)[value]);
    return off;
}

static void count_group(sunlot_engine *e, uint32_t group)
{
    const uint16_t *lo = sunlot_lo(e, group), *hi = sunlot_hi(e, group);
    int64_t off = 0;
    for (uint32_t v = 0; v < e->values; v++) {
        off += sunlot_distance(sunlot_count(e, group)[v], lo[v], hi[v]);
        set_masks(e, group, v, lo[v], hi[v]);
    }
    e->all_counts_off += off - e->counts_off[group];
    e->counts_off[group] = off;
}

/* ---- sums ---- */

void sunlot_engine_set_sums_off(sunlot_engine *e, uint32_t group)
{
    const uint64_t *sum = sunlot_slack(e, group);
    int64_t off = 0;
    for (uint32_t m = 0; m < e->sums; m++) off += sunlot_violation(sum[2 * m], sum[2 * m + 1], e->q_shift[m], e->grain);
    e->all_sums_off += off - e->sums_off[group];
    e->sums_off[group] = off;
}

/* A slack that is farther outside than two singles can make good is as good as one that is just so far. */
void sunlot_engine_set_lanes(sunlot_engine *e, uint32_t group)
{
    const uint64_t *sum = sunlot_slack(e, group);
    uint64_t *lanes = sunlot_face(e, group) + sunlot_face_lanes(e->words);
    for (uint32_t l = 0; l < e->lanes; l++) {
        uint64_t low = SUNLOT_LANES_HIGH, high = SUNLOT_LANES_HIGH;
        for (uint32_t m = 4 * l; m < e->sums && m < 4 * l + 4; m++) {
            const uint32_t k = e->k_shift[m];
            const int64_t w = (int64_t)((sum[2 * m + 1] + (UINT64_C(1) << k) - 1) >> k), reach = e->k_reach[m];
            const bool below = (sum[2 * m] >> 63) != 0;
            int64_t s = below ? -(int64_t)((0 - sum[2 * m] + (UINT64_C(1) << k) - 1) >> k) : (int64_t)(sum[2 * m] >> k);
            s = s < -reach ? -reach : s > w + reach ? w + reach : s;
            low += (uint64_t)(s + 1) << (16 * (m & 3));
            high += (uint64_t)(w - s) << (16 * (m & 3));
        }
        lanes[2 * l] = low;
        lanes[2 * l + 1] = high;
    }
}

void sunlot_engine_grain(sunlot_engine *e, uint32_t grain)
{
    e->grain = grain;
    for (uint32_t g = 0; g < e->groups; g++) sunlot_engine_set_sums_off(e, g);
}

uint64_t sunlot_engine_sum_off(const sunlot_engine *e, uint32_t sum)
{
    uint64_t off = 0;
    for (uint32_t g = 0; g < e->groups; g++) {
        const uint64_t *at = sunlot_slack(e, g) + 2 * sum;
        off += (uint64_t)sunlot_violation(at[0], at[1], e->q_shift[sum], e->grain);
    }
    return off;
}

void sunlot_engine_shift(sunlot_engine *e, uint32_t g, uint32_t h)
{
    if (e->sums == 0) return;
    uint64_t *from = sunlot_slack(e, g), *to = sunlot_slack(e, h);
    for (uint32_t m = 0; m < e->sums; m++) {
        from[2 * m] -= e->delta[m];
        to[2 * m] += e->delta[m];
    }
    sunlot_engine_set_sums_off(e, g);
    sunlot_engine_set_sums_off(e, h);
    sunlot_engine_set_lanes(e, g);
    sunlot_engine_set_lanes(e, h);
}

/* Each sum outside its interval counts at least 1: mostly that is enough to know. */
bool sunlot_engine_shift_within(const sunlot_engine *e, uint32_t g, uint32_t h, int64_t price, int64_t most)
{
    const uint64_t *from = sunlot_slack(e, g), *to = sunlot_slack(e, h);
    const int64_t now = e->sums_off[g] + e->sums_off[h];
    int64_t then = 0;
    for (uint32_t m = 0; m < e->sums; m++) then += (from[2 * m] - e->delta[m] > from[2 * m + 1]) + (to[2 * m] + e->delta[m] > to[2 * m + 1]);
    if (then == 0 || price * (then - now) > most) return price * (then - now) <= most;
    then = 0;
    for (uint32_t m = 0; m < e->sums; m++) {
        then += sunlot_violation(from[2 * m] - e->delta[m], from[2 * m + 1], e->q_shift[m], e->grain);
        then += sunlot_violation(to[2 * m] + e->delta[m], to[2 * m + 1], e->q_shift[m], e->grain);
    }
    return price * (then - now) <= most;
}

/* ---- heads, and all from nothing ---- */

/* With the bounds -most and most, the slack is the sum plus most. */
void sunlot_engine_set_heads(sunlot_engine *e, uint32_t group, uint32_t heads)
{
    uint64_t *sum = sunlot_slack(e, group);
    const int64_t *most = e->p->sum_most + (size_t)heads * e->sums;
    e->heads[group] = (uint16_t)heads;
    for (uint32_t m = 0; m < e->sums; m++) {
        const uint64_t half = (uint64_t)most[m];
        sum[2 * m] += half - sum[2 * m + 1] / 2;
        sum[2 * m + 1] = 2 * half;
    }
    count_group(e, group);
    sunlot_engine_set_sums_off(e, group);
    sunlot_engine_set_lanes(e, group);
}

void sunlot_engine_count(sunlot_engine *e)
{
    const sunlot_problem *p = e->p;
    memset(e->count, 0, (size_t)e->groups * e->values * sizeof *e->count);
    memset(e->face, 0, (size_t)e->groups * e->face_size * sizeof *e->face);
    memset(e->slack, 0, (size_t)e->groups * 2 * e->sums * sizeof *e->slack);
    memset(e->heads, 0, e->groups * sizeof *e->heads);
    memset(e->counts_off, 0, e->groups * sizeof *e->counts_off);
    memset(e->sums_off, 0, e->groups * sizeof *e->sums_off);
    e->all_counts_off = e->all_sums_off = 0;
    for (uint32_t x = 0; x < p->units; x++) {
        const uint32_t unit = e->mover[x], g = e->group[x];
        uint64_t *sum = sunlot_slack(e, g);
        for (uint32_t h = p->has_from[unit]; h < p->has_from[unit + 1]; h++) sunlot_count(e, g)[p->has[h]]++;
        for (uint32_t m = 0; m < e->sums; m++) sum[2 * m] += (uint64_t)p->sum_of[(size_t)unit * e->sums + m];
        e->heads[g] = (uint16_t)(e->heads[g] + p->unit_heads[unit]);
    }
    for (uint32_t g = 0; g < e->groups; g++) sunlot_engine_set_heads(e, g, e->heads[g]);
}
