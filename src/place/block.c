/* Exchanges of a big unit: with another of its size, or with as many singles as it has seats. */
#include "place/exchange.h"
#include "place/levels.h"

#include <string.h>

void sunlot_step_bigs(sunlot_step *out, const sunlot_engine *e, sunlot_stream *s)
{
    const uint64_t m = (uint64_t)sunlot_word(s) * e->bigs;
    out->i = (uint16_t)(e->singles + (m >> 32));
    out->j = (uint16_t)(e->singles + ((m & UINT32_MAX) * e->bigs >> 32));
    out->kind = SUNLOT_STEP_BIGS;
}

void sunlot_step_singles(sunlot_step *out, uint16_t *q, const sunlot_engine *e, sunlot_stream *s)
{
    const uint32_t u = e->singles + (uint32_t)((uint64_t)sunlot_word(s) * e->bigs >> 32);
    out->i = (uint16_t)u;
    if (e->groups < 2) return;
    out->h = (uint16_t)sunlot_below(s, e->groups - 1);
    const uint32_t size = e->p->unit_size[e->mover[u]];
    for (uint32_t t = 0; t < size; t++) q[t] = (uint16_t)sunlot_below(s, e->seats);
    out->kind = SUNLOT_STEP_SINGLES;
}

bool sunlot_block_read(sunlot_block *b, const sunlot_engine *e, const sunlot_step *step, const uint16_t *q)
{
    b->u = step->i;
    b->g = e->group[b->u];
    b->size = e->p->unit_size[e->mover[b->u]];
    if (step->kind == SUNLOT_STEP_BIGS) {
        b->v = step->j;
        b->h = e->group[b->v];
        return b->g != b->h && e->p->unit_size[e->mover[b->v]] == b->size;
    }
    b->v = UINT32_MAX;
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

/* Heads that g loses to h. */
static int32_t heads_change(const sunlot_block *b, const sunlot_engine *e)
{
    const uint8_t *heads = e->p->unit_heads;
    return heads[e->mover[b->u]] - (int32_t)(b->v != UINT32_MAX ? heads[e->mover[b->v]] : b->size);
}

/* ---- counts ---- */

/* Counts of a group, their bounds now and with the heads it will have. */
typedef struct {
    const uint16_t *count, *lo, *hi, *then_lo, *then_hi;
} side;

static side side_of(const sunlot_engine *e, uint32_t group, int32_t more_heads)
{
    const size_t then = (size_t)(e->heads[group] + more_heads) * e->values;
    return (side){sunlot_count(e, group), sunlot_lo(e, group), sunlot_hi(e, group), e->p->lo + then, e->p->hi + then};
}

/* What it does to C if a side gets `more` of a value. */
static int64_t side_change(const side *x, uint32_t value, int32_t more)
{
    const int64_t count = x->count[value];
    return sunlot_distance(count + more, x->then_lo[value], x->then_hi[value]) - sunlot_distance(count, x->lo[value], x->hi[value]);
}

static void other_levels(uint64_t level[SUNLOT_LEVELS], const sunlot_engine *e, const sunlot_block *b, uint32_t w)
{
    memset(level, 0, SUNLOT_LEVELS * sizeof *level);
    if (b->v != UINT32_MAX)
        memcpy(level, sunlot_levels_big(e, b->v, w), SUNLOT_SLICES * sizeof *level);
    else
        for (uint32_t t = 0; t < b->size; t++) sunlot_levels_add(level, SUNLOT_LEVELS, sunlot_row(e, b->single[t])[w]);
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

static int64_t rare_counts(const sunlot_block *b, sunlot_engine *e, const side *g, const side *h)
{
    uint32_t touched = 0;
    int64_t change = 0;
    add_net(e, b->u, 1, &touched);
    if (b->v != UINT32_MAX)
        add_net(e, b->v, -1, &touched);
    else
        for (uint32_t t = 0; t < b->size; t++) add_net(e, b->single[t], -1, &touched);
    for (uint32_t t = 0; t < touched; t++) {
        const uint32_t value = e->touched[t];
        change += side_change(g, value, -e->net[value]) + side_change(h, value, e->net[value]);
        e->net[value] = 0;
    }
    return change;
}

/* Bits of the counted codes in a word: their bounds follow the heads, those of limits do not. */
static uint64_t counted_bits(const sunlot_engine *e, uint32_t w)
{
    const uint32_t before = w * 64, counted = e->p->counted;
    if (counted <= before) return 0;
    return counted - before >= 64 ? UINT64_MAX : (UINT64_C(1) << (counted - before)) - 1;
}

/* By how much C would change, or, as soon as it is known to be more than `most`, some number above `most`.
 *
 * Each value whose numbers differ between the two sides is looked up, and after these each whose bounds may.  No exchange can better more than
 * what is now wrong in the two groups: as soon as that much better would still be too bad, nothing else need be counted. */
static int64_t count_change(const sunlot_block *b, sunlot_engine *e, int32_t heads, int64_t most)
{
    const int64_t best = e->counts_off[b->g] + e->counts_off[b->h];
    const side g = side_of(e, b->g, -heads), h = side_of(e, b->h, heads);
    int64_t change = 0, worse = 0;
    for (uint32_t w = 0; w < e->words; w++) {
        const uint64_t *mine = sunlot_levels_big(e, b->u, w);
        uint64_t other[SUNLOT_LEVELS];
        other_levels(other, e, b, w);
        uint64_t bits = (mine[0] ^ other[0]) | (mine[1] ^ other[1]) | (mine[2] ^ other[2]) | other[3] | other[4];
        uint64_t same = heads != 0 ? counted_bits(e, w) & ~bits : 0;
        while ((bits | same) != 0) {
            if (bits == 0) {
                bits = same;
                same = 0;
            }
            const uint32_t bit = sunlot_bits_low(bits);
            const int32_t net = level_number(mine, SUNLOT_SLICES, bit) - level_number(other, SUNLOT_LEVELS, bit);
            const int64_t d = side_change(&g, w * 64 + bit, -net) + side_change(&h, w * 64 + bit, net);
            change += d;
            if (d > 0) worse += d;
            if (worse - best > most) return worse - best;
            bits &= bits - 1;
        }
    }
    return e->any_rare ? change + rare_counts(b, e, &g, &h) : change;
}

/* ---- sums, heads, exchange ---- */

static void set_delta(const sunlot_block *b, sunlot_engine *e)
{
    const int64_t *sum = sunlot_sums(e, b->u);
    for (uint32_t m = 0; m < e->sums; m++) e->delta[m] = (uint64_t)sum[m];
    for (uint32_t t = 0; t < (b->v != UINT32_MAX ? 1 : b->size); t++) {
        const int64_t *other = sunlot_sums(e, b->v != UINT32_MAX ? b->v : b->single[t]);
        for (uint32_t m = 0; m < e->sums; m++) e->delta[m] -= (uint64_t)other[m];
    }
}

/* Violations of a group whose sums change by e->delta, forth or back, and whose heads change. */
static int64_t sums_then(const sunlot_engine *e, uint32_t group, int32_t more_heads, bool gains)
{
    const uint64_t *sum = sunlot_slack(e, group);
    const int64_t *most = e->p->sum_most + (size_t)(e->heads[group] + more_heads) * e->sums;
    int64_t off = 0;
    for (uint32_t m = 0; m < e->sums; m++) {
        const uint64_t half = (uint64_t)most[m], delta = gains ? e->delta[m] : 0 - e->delta[m];
        off += sunlot_violation(sum[2 * m] - sum[2 * m + 1] / 2 + half + delta, 2 * half, e->q_shift[m], e->grain);
    }
    return off;
}

static bool sums_within(const sunlot_block *b, const sunlot_engine *e, int32_t heads, int64_t price, int64_t most)
{
    if (heads == 0) return sunlot_engine_shift_within(e, b->g, b->h, price, most);
    const int64_t then = sums_then(e, b->g, -heads, false) + sums_then(e, b->h, heads, true);
    return price * (then - e->sums_off[b->g] - e->sums_off[b->h]) <= most;
}

static void move(sunlot_engine *e, uint32_t x, uint32_t from, uint32_t to)
{
    sunlot_engine_move_values(e, x, from, to);
    e->group[x] = (uint16_t)to;
}

static void sit(sunlot_engine *e, uint32_t x, uint32_t group, uint32_t seat) { e->sitter[(size_t)group * e->seats + seat] = (uint16_t)x; }

static uint16_t *seats_of(sunlot_engine *e, uint32_t big) { return e->list + (size_t)(big - e->singles) * SUNLOT_MAX_UNIT_SEATS; }

void sunlot_block_exchange(sunlot_block *b, sunlot_engine *e)
{
    const uint32_t g = b->g, h = b->h;
    const int32_t heads = heads_change(b, e);
    uint16_t *mine = seats_of(e, b->u), *other = b->v != UINT32_MAX ? seats_of(e, b->v) : b->q;
    set_delta(b, e);
    sunlot_engine_shift(e, g, h);
    move(e, b->u, g, h);
    if (b->v != UINT32_MAX) move(e, b->v, h, g);
    for (uint32_t t = 0; t < b->size; t++) {
        const uint16_t seat = mine[t];
        mine[t] = other[t];
        other[t] = seat;
        sit(e, b->u, h, mine[t]);
        sit(e, b->v != UINT32_MAX ? b->v : b->single[t], g, seat);
        if (b->v != UINT32_MAX) continue;
        move(e, b->single[t], h, g);
        e->seat[b->single[t]] = seat;
    }
    b->g = h;
    b->h = g;
    if (heads == 0) return;
    sunlot_engine_set_heads(e, g, (uint32_t)(e->heads[g] - heads));
    sunlot_engine_set_heads(e, h, (uint32_t)(e->heads[h] + heads));
}

/* How many sums of the two groups will be outside their intervals, the heads staying as they are. */
static int64_t sums_outside(const sunlot_block *b, const sunlot_engine *e)
{
    const uint64_t *from = sunlot_slack(e, b->g), *to = sunlot_slack(e, b->h);
    int64_t outside = 0;
    for (uint32_t m = 0; m < e->sums; m++) outside += (from[2 * m] - e->delta[m] > from[2 * m + 1]) + (to[2 * m] + e->delta[m] > to[2 * m + 1]);
    return outside;
}

/* Sums are looked at first where that is simple: mostly they tell, and counting takes longer.  Counts cannot get better than all right. */
bool sunlot_block_try(sunlot_block *b, sunlot_engine *e, const sunlot_price *price)
{
    const int32_t heads = heads_change(b, e);
    const int64_t most = price->most + price->sums * (e->sums_off[b->g] + e->sums_off[b->h]);
    if (price->sums != 0 && heads == 0) {
        set_delta(b, e);
        if (price->sums * sums_outside(b, e) > most + price->counts * (e->counts_off[b->g] + e->counts_off[b->h])) return false;
    }
    const int64_t counts = count_change(b, e, heads, price->hold ? 0 : most / price->counts);
    if ((price->hold && counts > 0) || price->counts * counts > most) return false;
    if (price->sums != 0) {
        if (heads != 0) set_delta(b, e);
        if (!sums_within(b, e, heads, price->sums, price->most - price->counts * counts)) return false;
    }
    sunlot_block_exchange(b, e);
    return true;
}
