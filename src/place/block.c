/* Exchanges of a big unit: with another of its size, or with as many singles as it has seats. */
#include "place/step.h"

#include <string.h>

void sunlot_step_block(sunlot_step *out, uint16_t *q, const sunlot_engine *e, sunlot_stream *s, bool odd)
{
    const uint32_t u = e->singles + sunlot_below(s, e->bigs);
    out->i = (uint16_t)u;
    if (odd) {
        out->j = (uint16_t)(e->singles + sunlot_below(s, e->bigs));
        out->kind = SUNLOT_STEP_BIGS;
    } else if (e->groups >= 2) {
        out->h = (uint16_t)sunlot_below(s, e->groups - 1);
        const uint32_t size = e->p->unit_size[e->mover[u]];
        for (uint32_t t = 0; t < size; t++) q[t] = (uint16_t)sunlot_below(s, e->seats);
        out->kind = SUNLOT_STEP_SINGLES;
    }
}

bool sunlot_block_read(sunlot_block *b, const sunlot_engine *e, const sunlot_step *step, const uint16_t *q)
{
    b->u = step->i;
    b->g = e->group[b->u];
    b->size = e->p->unit_size[e->mover[b->u]];
    if (step->kind == SUNLOT_STEP_BIGS) {
        b->v = step->j;
        b->h = e->group[b->v];
        b->more = (int32_t)e->p->unit_heads[e->mover[b->u]] - e->p->unit_heads[e->mover[b->v]];
        return b->g != b->h && e->p->unit_size[e->mover[b->v]] == b->size;
    }
    b->v = UINT32_MAX;
    b->more = (int32_t)e->p->unit_heads[e->mover[b->u]] - (int32_t)b->size;
    b->h = step->h + (step->h >= b->g ? 1u : 0u);
    for (uint32_t t = 0; t < b->size; t++) {
        if (q[t] >= e->p->group_size[b->h]) return false;
        const uint32_t x = e->sitter[(size_t)b->h * e->seats + q[t]];
        if (x >= e->singles) return false;
        for (uint32_t earlier = 0; earlier < t; earlier++)
            if (q[earlier] == q[t]) return false;
        b->single[t] = (uint16_t)x;
        b->q[t] = q[t];
    }
    return true;
}

/* ---- counts ---- */

static int64_t distance(int64_t x, int64_t lo, int64_t hi)
{
    return x < lo ? lo - x : x > hi ? x - hi : 0;
}

/* What C gains in groups g and h if `net` more of a value leave g than come.  Adds what gets worse to *worse. */
static int64_t net_change(const sunlot_engine *e, const sunlot_block *b, uint32_t value, int32_t net)
{
    const size_t at = (size_t)value * e->groups;
    const uint16_t *count = e->count + at, *lo = e->lo + at, *hi = e->hi + at;
    return distance((int64_t)count[b->g] - net, lo[b->g], hi[b->g]) - distance(count[b->g], lo[b->g], hi[b->g])
         + distance((int64_t)count[b->h] + net, lo[b->h], hi[b->h]) - distance(count[b->h], lo[b->h], hi[b->h]);
}

/* How often the other side has each value of a word, in binary: level l of bit v has weight 2^l.  Up to 16 singles: 5 levels. */
#define LEVELS 5u

static void other_levels(uint64_t level[LEVELS], const sunlot_engine *e, const sunlot_block *b, uint32_t w)
{
    memset(level, 0, LEVELS * sizeof *level);
    if (b->v != UINT32_MAX) {
        memcpy(level, e->slice + ((size_t)(b->v - e->singles) * e->words + w) * SUNLOT_SLICES, SUNLOT_SLICES * sizeof *level);
        return;
    }
    for (uint32_t t = 0; t < b->size; t++) {
        uint64_t carry = sunlot_row(e, b->single[t])[w];
        for (uint32_t l = 0; carry != 0; l++) {
            const uint64_t both = level[l] & carry;
            level[l] ^= carry;
            carry = both;
        }
    }
}

static int32_t level_number(const uint64_t *level, uint32_t levels, uint32_t bit)
{
    uint32_t number = 0;
    for (uint32_t l = 0; l < levels; l++) number |= (uint32_t)(level[l] >> bit & 1) << l;
    return (int32_t)number;
}

/* Rare values: net numbers in e->net, which is zero again afterwards. */
static void add_net(sunlot_engine *e, uint32_t x, int32_t by, uint32_t *touched)
{
    const sunlot_problem *p = e->p;
    const uint32_t unit = e->mover[x];
    for (uint32_t h = p->has_from[unit + 1]; h > p->has_from[unit] && p->has[h - 1] >= e->masked; h--) {
        const uint16_t value = p->has[h - 1];
        uint32_t t = 0;
        while (t < *touched && e->touched[t] != value) t++;
        if (t == *touched) e->touched[(*touched)++] = value;
        e->net[value] += by;
    }
}

/* All values, in e->net. */
static void add_all(sunlot_engine *e, uint32_t x, int32_t by)
{
    const uint32_t unit = e->mover[x];
    for (uint32_t h = e->p->has_from[unit]; h < e->p->has_from[unit + 1]; h++) e->net[e->p->has[h]] += by;
}

static int64_t rare_counts(const sunlot_block *b, sunlot_engine *e)
{
    uint32_t touched = 0;
    int64_t change = 0;
    add_net(e, b->u, 1, &touched);
    if (b->v != UINT32_MAX) add_net(e, b->v, -1, &touched);
    else
        for (uint32_t t = 0; t < b->size; t++) add_net(e, b->single[t], -1, &touched);
    for (uint32_t t = 0; t < touched; t++) {
        change += net_change(e, b, e->touched[t], e->net[e->touched[t]]);
        e->net[e->touched[t]] = 0;
    }
    return change;
}

/* Where heads change hands all bounds of both groups change with them: every value is counted. */
static int64_t counts_with_heads(const sunlot_block *b, sunlot_engine *e)
{
    const size_t values = e->values;
    const uint16_t *lo_g = e->p->lo + (size_t)(e->heads[b->g] - b->more) * values, *hi_g = e->p->hi + (size_t)(e->heads[b->g] - b->more) * values;
    const uint16_t *lo_h = e->p->lo + (size_t)(e->heads[b->h] + b->more) * values, *hi_h = e->p->hi + (size_t)(e->heads[b->h] + b->more) * values;
    int64_t off = 0;
    add_all(e, b->u, 1);
    if (b->v != UINT32_MAX) add_all(e, b->v, -1);
    else
        for (uint32_t t = 0; t < b->size; t++) add_all(e, b->single[t], -1);
    for (uint32_t v = 0; v < values; v++) {
        const uint16_t *count = e->count + v * (size_t)e->groups;
        off += distance((int64_t)count[b->g] - e->net[v], lo_g[v], hi_g[v]) + distance((int64_t)count[b->h] + e->net[v], lo_h[v], hi_h[v]);
        e->net[v] = 0;
    }
    return off - e->counts_off[b->g] - e->counts_off[b->h];
}

/* Each value whose numbers differ between the two sides is looked up.  No change can better more than what is now wrong in the two groups: as
 * soon as that much better would still be too bad, nothing else need be counted. */
int64_t sunlot_block_counts(const sunlot_block *b, sunlot_engine *e, int64_t most)
{
    if (b->more != 0) return counts_with_heads(b, e);
    const int64_t best = e->counts_off[b->g] + e->counts_off[b->h];
    int64_t change = 0, worse = 0;
    for (uint32_t w = 0; w < e->words; w++) {
        const uint64_t *mine = e->slice + ((size_t)(b->u - e->singles) * e->words + w) * SUNLOT_SLICES;
        uint64_t other[LEVELS], differ;
        other_levels(other, e, b, w);
        differ = (mine[0] ^ other[0]) | (mine[1] ^ other[1]) | (mine[2] ^ other[2]) | other[3] | other[4];
        for (; differ != 0; differ &= differ - 1) {
            const uint32_t bit = sunlot_bits_low(differ);
            const int64_t d = net_change(e, b, w * 64 + bit, level_number(mine, SUNLOT_SLICES, bit) - level_number(other, LEVELS, bit));
            change += d;
            if (d > 0) worse += d;
            if (worse - best > most) return worse - best;
        }
    }
    return e->any_rare ? change + rare_counts(b, e) : change;
}

/* ---- sums and exchange ---- */

void sunlot_block_sums(const sunlot_block *b, sunlot_engine *e)
{
    if (b->v != UINT32_MAX) {
        sunlot_engine_swap_sums(e, b->u, b->v);
        return;
    }
    const uint64_t *row = sunlot_row(e, b->u) + e->words;
    for (uint32_t m = 0; m < e->sums; m++) e->delta[m] = row[m];
    for (uint32_t t = 0; t < b->size; t++) {
        const uint64_t *other = sunlot_row(e, b->single[t]) + e->words;
        for (uint32_t m = 0; m < e->sums; m++) e->delta[m] -= other[m];
    }
}

int64_t sunlot_block_shifted(const sunlot_block *b, const sunlot_engine *e)
{
    return b->more == 0 ? sunlot_engine_shifted(e, b->g, b->h) : sunlot_engine_shifted_heads(e, b->g, b->h, b->more);
}

static void move(sunlot_engine *e, uint32_t x, uint32_t from, uint32_t to)
{
    sunlot_engine_move_values(e, x, from, to);
    e->group[x] = (uint16_t)to;
}

static void sit(sunlot_engine *e, uint32_t x, uint32_t group, uint32_t seat)
{
    e->sitter[(size_t)group * e->seats + seat] = (uint16_t)x;
}

static uint16_t *seats_of(sunlot_engine *e, uint32_t big)
{
    return e->list + (size_t)(big - e->singles) * SUNLOT_MAX_UNIT_SEATS;
}

static void exchange_seats(const sunlot_block *b, sunlot_engine *e)
{
    uint16_t *mine = seats_of(e, b->u);
    move(e, b->u, b->g, b->h);
    if (b->v != UINT32_MAX) {
        uint16_t *other = seats_of(e, b->v);
        move(e, b->v, b->h, b->g);
        for (uint32_t t = 0; t < b->size; t++) {
            const uint16_t seat = mine[t];
            mine[t] = other[t];
            other[t] = seat;
            sit(e, b->u, b->h, mine[t]);
            sit(e, b->v, b->g, other[t]);
        }
        return;
    }
    for (uint32_t t = 0; t < b->size; t++) {
        const uint32_t x = b->single[t];
        move(e, x, b->h, b->g);
        sit(e, x, b->g, mine[t]);
        e->seat[x] = mine[t];
        mine[t] = b->q[t];
        sit(e, b->u, b->h, mine[t]);
    }
}

void sunlot_block_exchange(const sunlot_block *b, sunlot_engine *e)
{
    sunlot_block_sums(b, e);
    sunlot_engine_shift(e, b->g, b->h);
    exchange_seats(b, e);
    if (b->more == 0) return;
    sunlot_engine_set_heads(e, b->g, (uint32_t)(e->heads[b->g] - b->more));
    sunlot_engine_set_heads(e, b->h, (uint32_t)(e->heads[b->h] + b->more));
}
