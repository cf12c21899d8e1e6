/* Layout of the working memory, counting from nothing, and the exchange of two singles. */
#include "place/state.h"

#include <string.h>

/* ---- layout ---- */

static void *take(char *room, size_t *at, size_t count, size_t size)
{
    void *p = room == NULL ? NULL : room + *at;
    *at += (count * size + 7) & ~(size_t)7;
    return p;
}

size_t sunlot_engine_lay(sunlot_engine *e, void *room)
{
    const sunlot_problem *p = e->p;
    const size_t n = p->units, k = p->groups, v = p->values, m = p->sums;
    char *r = room;
    size_t at = 0;

    e->groups = p->groups;
    e->values = p->values;
    e->sums = p->sums;
    e->words = (p->counted + 63) / 64;
    if (e->words == 0 && v != 0) e->words = 1;
    e->masked = e->words * 64 < p->values ? e->words * 64 : p->values;
    e->stride = e->words + e->sums;
    e->seats = 0;
    for (size_t g = 0; g < k; g++)
        if (p->group_size[g] > e->seats) e->seats = p->group_size[g];
    const size_t w = e->words;

    e->row = take(r, &at, n * e->stride, sizeof *e->row);
    e->span = take(r, &at, k * m, sizeof *e->span);
    e->mask = take(r, &at, k * w * SUNLOT_MASKS, sizeof *e->mask);
    e->counts_off = take(r, &at, k, sizeof *e->counts_off);
    e->sums_off = take(r, &at, k, sizeof *e->sums_off);
    e->energy = take(r, &at, k, sizeof *e->energy);
    e->slice = take(r, &at, n * w * SUNLOT_SLICES, sizeof *e->slice);
    e->key = take(r, &at, n * ((p->columns + 3) / 4), sizeof *e->key);
    e->delta = take(r, &at, m, sizeof *e->delta);
    e->stretch = take(r, &at, 2 * n, sizeof *e->stretch);
    e->order = take(r, &at, n, sizeof *e->order);
    e->mover = take(r, &at, n, sizeof *e->mover);
    e->scratch = take(r, &at, n, sizeof *e->scratch);
    e->q_shift = take(r, &at, m, sizeof *e->q_shift);
    e->net = take(r, &at, v, sizeof *e->net);
    e->touched = take(r, &at, v, sizeof *e->touched);
    e->group = take(r, &at, n, sizeof *e->group);
    e->seat = take(r, &at, n, sizeof *e->seat);
    e->sitter = take(r, &at, k * e->seats, sizeof *e->sitter);
    e->filled = take(r, &at, k, sizeof *e->filled);
    e->list = take(r, &at, n * SUNLOT_MAX_UNIT_SEATS, sizeof *e->list);
    e->profile_of = take(r, &at, n, sizeof *e->profile_of);
    e->pick = take(r, &at, 2 * n, sizeof *e->pick);
    e->hop = take(r, &at, n * SUNLOT_HOPS, sizeof *e->hop);
    e->heads = take(r, &at, k, sizeof *e->heads);
    e->lo = take(r, &at, v * k, sizeof *e->lo);
    e->hi = take(r, &at, v * k, sizeof *e->hi);
    e->count = take(r, &at, v * k, sizeof *e->count);
    e->rare = take(r, &at, n, sizeof *e->rare);
    return at;
}

/* ---- counts ---- */

static int64_t distance(uint32_t x, uint32_t lo, uint32_t hi)
{
    return x < lo ? (int64_t)(lo - x) : x > hi ? (int64_t)(x - hi) : 0;
}

static void set_bit(uint64_t *word, uint32_t bit, bool on)
{
    const uint64_t one = UINT64_C(1) << bit;
    *word = on ? *word | one : *word & ~one;
}

static void set_masks(sunlot_engine *e, uint32_t group, uint32_t value)
{
    if (value >= e->masked) return;
    const size_t at = (size_t)value * e->groups + group;
    const uint32_t x = e->count[at], lo = e->lo[at], hi = e->hi[at], bit = value & 63;
    uint64_t *mask = e->mask + ((size_t)group * e->words + (value >> 6)) * SUNLOT_MASKS;
    set_bit(&mask[SUNLOT_GIVE_BAD], bit, x <= lo);
    set_bit(&mask[SUNLOT_TAKE_BAD], bit, x >= hi);
    set_bit(&mask[SUNLOT_GIVE_GOOD], bit, x > hi);
    set_bit(&mask[SUNLOT_TAKE_GOOD], bit, x < lo);
}

void sunlot_engine_add(sunlot_engine *e, uint32_t group, uint32_t value, int32_t by)
{
    const size_t at = (size_t)value * e->groups + group;
    const uint32_t lo = e->lo[at], hi = e->hi[at];
    const uint16_t now = (uint16_t)(e->count[at] + by);
    const int64_t change = distance(now, lo, hi) - distance(e->count[at], lo, hi);
    e->count[at] = now;
    e->counts_off[group] += change;
    e->all_counts_off += change;
    set_masks(e, group, value);
}

uint64_t sunlot_engine_value_off(const sunlot_engine *e, uint32_t value)
{
    uint64_t off = 0;
    for (uint32_t g = 0; g < e->groups; g++) {
        const size_t at = (size_t)value * e->groups + g;
        off += (uint64_t)distance(e->count[at], e->lo[at], e->hi[at]);
    }
    return off;
}

/* ---- sums ---- */

void sunlot_engine_set_sums_off(sunlot_engine *e, uint32_t group)
{
    const sunlot_span *span = e->span + (size_t)group * e->sums;
    int64_t off = 0;
    for (uint32_t m = 0; m < e->sums; m++) off += sunlot_violation(span[m].slack, span[m].width, e->q_shift[m], e->grain);
    e->all_sums_off += off - e->sums_off[group];
    e->sums_off[group] = off;
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
        const sunlot_span *span = &e->span[(size_t)g * e->sums + sum];
        off += (uint64_t)sunlot_violation(span->slack, span->width, e->q_shift[sum], e->grain);
    }
    return off;
}

void sunlot_engine_shift(sunlot_engine *e, uint32_t g, uint32_t h)
{
    if (e->sums == 0) return;
    sunlot_span *from = e->span + (size_t)g * e->sums, *to = e->span + (size_t)h * e->sums;
    for (uint32_t m = 0; m < e->sums; m++) {
        from[m].slack -= e->delta[m];
        to[m].slack += e->delta[m];
    }
    sunlot_engine_set_sums_off(e, g);
    sunlot_engine_set_sums_off(e, h);
}

int64_t sunlot_engine_shifted(const sunlot_engine *e, uint32_t g, uint32_t h)
{
    const sunlot_span *from = e->span + (size_t)g * e->sums, *to = e->span + (size_t)h * e->sums;
    int64_t off = 0;
    for (uint32_t m = 0; m < e->sums; m++) {
        off += sunlot_violation(from[m].slack - e->delta[m], from[m].width, e->q_shift[m], e->grain);
        off += sunlot_violation(to[m].slack + e->delta[m], to[m].width, e->q_shift[m], e->grain);
    }
    return off;
}

int64_t sunlot_engine_shifted_heads(const sunlot_engine *e, uint32_t g, uint32_t h, int32_t more)
{
    const sunlot_span *from = e->span + (size_t)g * e->sums, *to = e->span + (size_t)h * e->sums;
    const int64_t *most_g = e->p->sum_most + (size_t)(e->heads[g] - more) * e->sums, *most_h = e->p->sum_most + (size_t)(e->heads[h] + more) * e->sums;
    int64_t off = 0;
    for (uint32_t m = 0; m < e->sums; m++) {
        const uint64_t g_most = (uint64_t)most_g[m], h_most = (uint64_t)most_h[m]; /* a sum is slack - width / 2 */
        off += sunlot_violation(from[m].slack - e->delta[m] - from[m].width / 2 + g_most, 2 * g_most, e->q_shift[m], e->grain);
        off += sunlot_violation(to[m].slack + e->delta[m] - to[m].width / 2 + h_most, 2 * h_most, e->q_shift[m], e->grain);
    }
    return off;
}

/* ---- heads ---- */

void sunlot_engine_set_heads(sunlot_engine *e, uint32_t group, uint32_t heads)
{
    const uint16_t *lo = e->p->lo + (size_t)heads * e->values, *hi = e->p->hi + (size_t)heads * e->values;
    int64_t off = 0;
    e->heads[group] = (uint16_t)heads;
    for (uint32_t v = 0; v < e->values; v++) {
        const size_t at = (size_t)v * e->groups + group;
        e->lo[at] = lo[v];
        e->hi[at] = hi[v];
        off += distance(e->count[at], lo[v], hi[v]);
        set_masks(e, group, v);
    }
    e->all_counts_off += off - e->counts_off[group];
    e->counts_off[group] = off;
    const int64_t *most = e->p->sum_most + (size_t)heads * e->sums;
    sunlot_span *span = e->span + (size_t)group * e->sums;
    for (uint32_t m = 0; m < e->sums; m++) {
        span[m].slack += (uint64_t)most[m] - span[m].width / 2;
        span[m].width = 2 * (uint64_t)most[m];
    }
    sunlot_engine_set_sums_off(e, group);
}

/* ---- from nothing ---- */

void sunlot_engine_count(sunlot_engine *e)
{
    const sunlot_problem *p = e->p;
    const size_t spans = (size_t)e->groups * e->sums;
    memset(e->count, 0, (size_t)e->values * e->groups * sizeof *e->count);
    memset(e->heads, 0, e->groups * sizeof *e->heads);
    for (size_t i = 0; i < spans; i++) e->span[i] = (sunlot_span){0, 0};
    for (uint32_t m = 0; m < e->sums; m++) e->q_shift[m] = sunlot_bits_length((uint64_t)p->sum_unit[m]);
    for (uint32_t x = 0; x < p->units; x++) {
        const uint32_t unit = e->mover[x], g = e->group[x];
        e->heads[g] = (uint16_t)(e->heads[g] + p->unit_heads[unit]);
        for (uint32_t h = p->has_from[unit]; h < p->has_from[unit + 1]; h++) e->count[(size_t)p->has[h] * e->groups + g]++;
        for (uint32_t m = 0; m < e->sums; m++)
            e->span[(size_t)g * e->sums + m].slack += (uint64_t)p->sum_of[(size_t)unit * e->sums + m];
    }
    e->all_counts_off = 0;
    e->all_sums_off = 0;
    memset(e->mask, 0, (size_t)e->groups * e->words * SUNLOT_MASKS * sizeof *e->mask);
    for (uint32_t g = 0; g < e->groups; g++) {
        e->counts_off[g] = 0;
        e->sums_off[g] = 0;
        sunlot_engine_set_heads(e, g, e->heads[g]);
    }
}

/* ---- the exchange of two singles ---- */

/* The first rare value of a mover's list. */
static uint32_t rare_from(const sunlot_engine *e, uint32_t unit)
{
    uint32_t h = e->p->has_from[unit + 1];
    while (h > e->p->has_from[unit] && e->p->has[h - 1] >= e->masked) h--;
    return h;
}

static int64_t rare_change(const sunlot_engine *e, uint32_t value, uint32_t from, uint32_t to)
{
    const size_t at = (size_t)value * e->groups;
    const uint16_t *count = e->count + at, *lo = e->lo + at, *hi = e->hi + at;
    return distance(count[from] - 1u, lo[from], hi[from]) - distance(count[from], lo[from], hi[from])
         + distance(count[to] + 1u, lo[to], hi[to]) - distance(count[to], lo[to], hi[to]);
}

/* Values that both have stay where they are: the lists ascend, so they are merged. */
static int64_t rare_counts(const sunlot_engine *e, uint32_t i, uint32_t j)
{
    const uint16_t *has = e->p->has;
    const uint32_t ui = e->mover[i], uj = e->mover[j], g = e->group[i], h = e->group[j];
    uint32_t a = rare_from(e, ui), b = rare_from(e, uj);
    const uint32_t a_end = e->p->has_from[ui + 1], b_end = e->p->has_from[uj + 1];
    int64_t change = 0;
    while (a < a_end || b < b_end) {
        if (b == b_end || (a < a_end && has[a] < has[b])) {
            change += rare_change(e, has[a++], g, h);
        } else if (a == a_end || has[b] < has[a]) {
            change += rare_change(e, has[b++], h, g);
        } else {
            a++;
            b++;
        }
    }
    return change;
}

int64_t sunlot_engine_swap_counts(const sunlot_engine *e, uint32_t i, uint32_t j)
{
    const uint32_t g = e->group[i], h = e->group[j];
    const uint64_t *ri = sunlot_row(e, i), *rj = sunlot_row(e, j);
    const uint64_t *mg = e->mask + (size_t)g * e->words * SUNLOT_MASKS, *mh = e->mask + (size_t)h * e->words * SUNLOT_MASKS;
    int64_t change = 0;
    for (uint32_t w = 0; w < e->words; w++, mg += SUNLOT_MASKS, mh += SUNLOT_MASKS) {
        const uint64_t a = ri[w] & ~rj[w], b = rj[w] & ~ri[w]; /* a leaves g for h, b leaves h for g */
        const uint64_t bad_g = (a & mg[SUNLOT_GIVE_BAD]) | (b & mg[SUNLOT_TAKE_BAD]);
        const uint64_t bad_h = (b & mh[SUNLOT_GIVE_BAD]) | (a & mh[SUNLOT_TAKE_BAD]);
        const uint64_t good_g = (a & mg[SUNLOT_GIVE_GOOD]) | (b & mg[SUNLOT_TAKE_GOOD]);
        const uint64_t good_h = (b & mh[SUNLOT_GIVE_GOOD]) | (a & mh[SUNLOT_TAKE_GOOD]);
        if ((bad_g | bad_h) != 0) change += sunlot_bits_count(bad_g) + sunlot_bits_count(bad_h);
        if ((good_g | good_h) != 0) change -= sunlot_bits_count(good_g) + sunlot_bits_count(good_h);
    }
    if ((e->rare[i] | e->rare[j]) != 0) change += rare_counts(e, i, j);
    return change;
}

void sunlot_engine_swap_sums(sunlot_engine *e, uint32_t i, uint32_t j)
{
    const uint64_t *ri = sunlot_row(e, i) + e->words, *rj = sunlot_row(e, j) + e->words;
    for (uint32_t m = 0; m < e->sums; m++) e->delta[m] = ri[m] - rj[m];
}

void sunlot_engine_move_values(sunlot_engine *e, uint32_t x, uint32_t from, uint32_t to)
{
    const sunlot_problem *p = e->p;
    for (uint32_t h = p->has_from[e->mover[x]]; h < p->has_from[e->mover[x] + 1]; h++) {
        sunlot_engine_add(e, from, p->has[h], -1);
        sunlot_engine_add(e, to, p->has[h], 1);
    }
}

void sunlot_engine_swap(sunlot_engine *e, uint32_t i, uint32_t j)
{
    sunlot_engine_swap_inline(e, i, j, e->words, e->sums);
}
