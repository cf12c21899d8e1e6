/* The long walk (SPEC 8.4, 8.6).  Nearly all time of a draw is spent here.
 *
 * Steps are drawn AHEAD at a time and then judged: what is drawn does not depend on what was judged.  A proposal may raise F by z, so F of its two
 * groups may become z and what it is now.  A few ANDs and comparisons give what it will be at least; that refuses nearly all.  Where
 * the limit is below the least weight, nothing may be off, and what is not refused by then is taken.  Only otherwise energies are computed.
 *
 * Example: b = 9, s = 8, z = 1, nothing wrong in either group: a swap by which one count would be one off costs 9 > 1 and is refused
 * as soon as one bit of a mask says so. */
#include "place/walk.h"

#include "place/levels.h"

#define AHEAD 64u

/* ---- drawing ---- */

static SUNLOT_ALWAYS_INLINE uint32_t read_word(const uint8_t *p) { return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24; }

#define ROUND_BYTES 20u /* of a round in which no step reads more than its word */

/* Whether one of the four bytes is 0. */
static bool has_zero_byte(uint32_t x) { return ((x - UINT32_C(0x01010101)) & ~x & UINT32_C(0x80808080)) != 0; }

static SUNLOT_ALWAYS_INLINE void put_pair(sunlot_step *step, sunlot_pair pair, uint32_t byte)
{
    step->i = pair.i;
    step->j = pair.j;
    step->z = (uint8_t)sunlot_bits_low(byte);
    step->kind = SUNLOT_STEP_PAIR;
}

/* Draw `ahead` steps.  The same as sunlot_step_draw for each, which does all uncommon cases; here is the common round, in which every step reads one
 * word, but for a block in its last step. */
static void draw_ahead(sunlot_step *step, uint16_t (*q)[SUNLOT_MAX_UNIT_SEATS], const sunlot_engine *e, sunlot_stream *s, sunlot_pace *pace, uint32_t ahead)
{
    uint32_t t = 0;
    while (t < ahead) {
        const uint8_t *p = s->bytes + s->at;
        const uint32_t bytes = s->at + ROUND_BYTES <= sizeof s->bytes ? read_word(p) : 0;
        if (e->nears == 0 || t + 4 > ahead || has_zero_byte(bytes)) {
            const uint32_t more = ahead - t < 4 ? ahead - t : 4;
            for (uint32_t k = 0; k < more; k++, t++) sunlot_step_draw(&step[t], q[t], e, s, pace);
            continue;
        }
        put_pair(&step[t], sunlot_pair_draw(e, pace, read_word(p + 4)), bytes);
        put_pair(&step[t + 1], sunlot_pair_near(e, read_word(p + 8)), bytes >> 8);
        put_pair(&step[t + 2], sunlot_pair_near(e, read_word(p + 12)), bytes >> 16);
        if (e->bigs != 0 && (pace->t & 12) == 12) {
            s->at += ROUND_BYTES - 4;
            pace->t += 3;
            pace->bytes = bytes >> 24;
            sunlot_step_draw(&step[t + 3], q[t + 3], e, s, pace);
        } else {
            put_pair(&step[t + 3], (pace->t & 8) != 0 ? sunlot_pair_any(e, read_word(p + 16)) : sunlot_pair_near(e, read_word(p + 16)), bytes >> 24);
            s->at += ROUND_BYTES;
            pace->t += 4;
        }
        t += 4;
    }
}

/* ---- judging ---- */

static SUNLOT_ALWAYS_INLINE int64_t if_any(uint64_t bits, int64_t price) { return price & -(int64_t)(bits != 0); }

/* The least that F of the groups g and h can be after the exchange of two singles: the price of a sum for each of the two in which one would certainly be
 * outside its interval, and that of a count if any would become worse (it is then off).  Without branches: it is rarely known beforehand which of
 * the comparisons will tell. */
static SUNLOT_ALWAYS_INLINE int64_t least_energy(const uint64_t *ri, const uint64_t *rj, const uint64_t *g, const uint64_t *h, const sunlot_price *price,
                                                 uint32_t words, uint32_t lanes)
{
    uint64_t counts = 0, from = 0, to = 0;
    for (uint32_t w = 0; w < words; w++) {
        const uint64_t a = ri[w] & ~rj[w], b = rj[w] & ~ri[w];
        const uint64_t *mg = g + SUNLOT_FACE_BAD + 2 * w, *mh = h + SUNLOT_FACE_BAD + 2 * w;
        counts |= (a & (mg[0] | mh[1])) | (b & (mg[1] | mh[0]));
    }
    const uint64_t *lg = g + sunlot_face_lanes(words), *lh = h + sunlot_face_lanes(words);
    for (uint32_t l = 0; l < lanes; l++) {
        const uint64_t d = ri[words + l] - rj[words + l];
        from |= ~((lg[2 * l] - d) & (lg[2 * l + 1] + d)) & SUNLOT_LANES_HIGH;
        to |= ~((lh[2 * l] + d) & (lh[2 * l + 1] - d)) & SUNLOT_LANES_HIGH;
    }
    return if_any(counts, price->counts) + if_any(from, price->sums) + if_any(to, price->sums);
}

static void set_energy(sunlot_engine *e, const sunlot_price *price, uint32_t g)
{
    sunlot_face(e, g)[SUNLOT_FACE_ENERGY] = (uint64_t)(price->counts * e->counts_off[g] + price->sums * e->sums_off[g]);
}

static void try_block(sunlot_engine *e, const sunlot_price *price, const sunlot_step *step, const uint16_t *q)
{
    sunlot_block b;
    if (step->kind == SUNLOT_STEP_NOTHING || !sunlot_block_read(&b, e, step, q) || !sunlot_block_try(&b, e, price)) return;
    set_energy(e, price, b.g);
    set_energy(e, price, b.h);
}

/* ---- exchanges ----
 *
 * Most exchanges that are taken are between groups in which nothing is off, and leave nothing off: the energies stay 0, no count is better or worse off,
 * the good masks stay empty.  What remains to be done is little, and done in place.  With constants for words, lanes and sums all loops fall away. */

#define EXCHANGE_SUMS 8u

/* The sums of two groups after an exchange, and whether any is outside its interval. */
typedef struct {
    uint64_t from[EXCHANGE_SUMS], to[EXCHANGE_SUMS], outside;
} sums_then;

static SUNLOT_ALWAYS_INLINE void foresee_sums(sums_then *then, const sunlot_engine *e, uint32_t i, uint32_t j, uint32_t g, uint32_t h, uint32_t sums)
{
    const int64_t *si = e->sum_of + (size_t)i * sums, *sj = e->sum_of + (size_t)j * sums;
    const uint64_t *sg = e->slack + (size_t)g * 2 * sums, *sh = e->slack + (size_t)h * 2 * sums;
    then->outside = 0;
    for (uint32_t m = 0; m < sums; m++) {
        const uint64_t d = (uint64_t)si[m] - (uint64_t)sj[m];
        then->from[m] = sg[2 * m] - d;
        then->to[m] = sh[2 * m] + d;
        then->outside |= (uint64_t)(then->from[m] > sg[2 * m + 1]) | (uint64_t)(then->to[m] > sh[2 * m + 1]);
    }
}

/* Set the sums of a group that are within their intervals, as they were before. */
static SUNLOT_ALWAYS_INLINE void set_sums(sunlot_engine *e, const uint64_t *then, uint32_t g, uint32_t words, uint32_t lanes, uint32_t sums)
{
    uint64_t *now = e->slack + (size_t)g * 2 * sums, *lane = e->face + (size_t)g * sunlot_face_size(words, lanes) + sunlot_face_lanes(words);
    for (uint32_t l = 0; l < lanes; l++) {
        uint64_t more = 0;
        for (uint32_t m = 4 * l; m < sums && m < 4 * l + 4; m++) {
            more += ((then[m] >> e->k_shift[m]) - (now[2 * m] >> e->k_shift[m])) << (16 * (m & 3));
            now[2 * m] = then[m];
        }
        lane[2 * l] += more;
        lane[2 * l + 1] -= more;
    }
}

/* One value more or less in a group, which stays within its interval. */
static SUNLOT_ALWAYS_INLINE void count_value(sunlot_engine *e, uint32_t group, uint64_t *bad, uint32_t value, uint32_t by)
{
    const uint32_t x = (uint16_t)(e->count[(size_t)group * e->values + value] + by), bit = value & 63;
    const size_t at = (size_t)e->heads[group] * e->values + value;
    e->count[(size_t)group * e->values + value] = (uint16_t)x;
    bad[0] = (bad[0] & ~(UINT64_C(1) << bit)) | (uint64_t)(x <= e->p->lo[at]) << bit;
    bad[1] = (bad[1] & ~(UINT64_C(1) << bit)) | (uint64_t)(x >= e->p->hi[at]) << bit;
}

static SUNLOT_ALWAYS_INLINE void shift_values(sunlot_engine *e, uint64_t bits, uint32_t w, uint32_t from, uint32_t to, uint32_t face_size)
{
    uint64_t *bad_from = e->face + (size_t)from * face_size + SUNLOT_FACE_BAD + 2 * w, *bad_to = e->face + (size_t)to * face_size + SUNLOT_FACE_BAD + 2 * w;
    for (; bits != 0; bits &= bits - 1) {
        const uint32_t value = w * 64 + sunlot_bits_low(bits);
        count_value(e, from, bad_from, value, UINT32_MAX);
        count_value(e, to, bad_to, value, 1);
    }
}

/* Nothing is off, and no count becomes worse: if no sum does either (the lanes tell nearly, not exactly), the two exchange. */
static SUNLOT_ALWAYS_INLINE void exchange_in_order(sunlot_engine *e, uint32_t i, uint32_t j, uint32_t words, uint32_t lanes, uint32_t sums)
{
    const uint32_t g = e->group[i], h = e->group[j], face_size = sunlot_face_size(words, lanes);
    if (sums != 0) {
        sums_then then;
        foresee_sums(&then, e, i, j, g, h, sums);
        if (then.outside != 0) return;
        set_sums(e, then.from, g, words, lanes, sums);
        set_sums(e, then.to, h, words, lanes, sums);
    }
    const uint64_t *ri = e->row + (size_t)i * (words + lanes), *rj = e->row + (size_t)j * (words + lanes);
    for (uint32_t w = 0; w < words; w++) {
        shift_values(e, ri[w] & ~rj[w], w, g, h, face_size);
        shift_values(e, rj[w] & ~ri[w], w, h, g, face_size);
    }
    sunlot_pair_sit(e, i, j);
}

/* Counts may be off, now or then, but sums are not: the price is that of the counts.  Returns false, nothing being done, where sums are off too. */
static SUNLOT_ALWAYS_INLINE bool exchange_counts(sunlot_engine *e, uint32_t i, uint32_t j, const sunlot_price *price, uint32_t words, uint32_t lanes,
                                                 uint32_t sums)
{
    const uint32_t g = e->group[i], h = e->group[j];
    if (sums != 0) {
        sums_then then;
        if ((e->sums_off[g] | e->sums_off[h]) != 0) return false;
        foresee_sums(&then, e, i, j, g, h, sums);
        if (then.outside != 0) return false;
        if (price->counts * sunlot_pair_counts(e, i, j) > price->most) return true;
        set_sums(e, then.from, g, words, lanes, sums);
        set_sums(e, then.to, h, words, lanes, sums);
    } else if (price->counts * sunlot_pair_counts(e, i, j) > price->most) {
        return true;
    }
    sunlot_pair_values(e, i, j);
    sunlot_pair_sit(e, i, j);
    set_energy(e, price, g);
    set_energy(e, price, h);
    return true;
}

/* ---- blocks ----
 *
 * Nearly all are not legal or too dear: counts tell first, where the heads stay as they are, as the masks say nothing of other heads; then sums. */

/* What a block would do: it takes a big from g to h. */
typedef struct {
    uint32_t g, h;
    int32_t heads; /* that g loses to h */
    int64_t most;  /* F of the two groups */
    int64_t least; /* by their counts */
} outlook;

static SUNLOT_ALWAYS_INLINE void foresee_counts(outlook *x, const sunlot_engine *e, const sunlot_price *price, const sunlot_step *step, uint64_t worse,
                                                uint32_t face_size)
{
    x->most = step->z + (int64_t)(e->face[(size_t)x->g * face_size + SUNLOT_FACE_ENERGY] + e->face[(size_t)x->h * face_size + SUNLOT_FACE_ENERGY]);
    x->least = x->heads == 0 ? if_any(worse, price->counts) : 0;
}

/* Values that become worse: those of `other` come for the big's. */
static SUNLOT_ALWAYS_INLINE uint64_t worse_values(const outlook *x, const sunlot_engine *e, uint32_t big, const uint64_t *other, uint32_t levels, uint32_t w,
                                                  uint32_t face_size)
{
    const uint64_t *bad_g = e->face + (size_t)x->g * face_size + SUNLOT_FACE_BAD + 2 * w, *bad_h = e->face + (size_t)x->h * face_size + SUNLOT_FACE_BAD + 2 * w;
    return sunlot_levels_worse(sunlot_levels_big(e, big, w), other, levels, bad_g, bad_h);
}

/* Whether sums tell.  delta: what leaves g for h.  Intervals follow the heads. */
static SUNLOT_ALWAYS_INLINE bool sums_refuse(const outlook *x, const sunlot_engine *e, const sunlot_price *price, const uint64_t *delta, uint32_t sums)
{
    const uint64_t *sg = e->slack + (size_t)x->g * 2 * sums, *sh = e->slack + (size_t)x->h * 2 * sums;
    const int64_t *most_g = e->p->sum_most + (size_t)(e->heads[x->g] - x->heads) * sums, *most_h = e->p->sum_most + (size_t)(e->heads[x->h] + x->heads) * sums;
    int64_t outside = 0;
    for (uint32_t m = 0; m < sums; m++) {
        const uint64_t half_g = (uint64_t)most_g[m], half_h = (uint64_t)most_h[m];
        outside += sg[2 * m] - sg[2 * m + 1] / 2 + half_g - delta[m] > 2 * half_g;
        outside += sh[2 * m] - sh[2 * m + 1] / 2 + half_h + delta[m] > 2 * half_h;
    }
    return x->least + price->sums * outside > x->most;
}

static SUNLOT_ALWAYS_INLINE bool refuse_bigs(sunlot_engine *e, const sunlot_price *price, const sunlot_step *step, uint32_t words, uint32_t lanes,
                                             uint32_t sums)
{
    const uint8_t *unit_size = e->p->unit_size, *unit_heads = e->p->unit_heads;
    const uint32_t i = step->i, j = step->j, u = e->mover[i], v = e->mover[j], face_size = sunlot_face_size(words, lanes);
    const int64_t *si = e->sum_of + (size_t)i * sums, *sj = e->sum_of + (size_t)j * sums;
    outlook x = {.g = e->group[i], .h = e->group[j], .heads = unit_heads[u] - unit_heads[v]};
    uint64_t local[EXCHANGE_SUMS], *delta = sums <= EXCHANGE_SUMS ? local : e->delta, worse = 0;
    for (uint32_t w = 0; w < words; w++) worse |= worse_values(&x, e, i, sunlot_levels_big(e, j, w), SUNLOT_SLICES, w, face_size);
    foresee_counts(&x, e, price, step, worse, face_size);
    if ((x.g == x.h) | (unit_size[u] != unit_size[v]) | (x.least > x.most)) return true;
    for (uint32_t m = 0; m < sums; m++) delta[m] = (uint64_t)si[m] - (uint64_t)sj[m];
    return sums_refuse(&x, e, price, delta, sums);
}

static SUNLOT_ALWAYS_INLINE bool refuse_singles(sunlot_engine *e, const sunlot_price *price, const sunlot_step *step, const uint16_t *q, uint32_t words,
                                                uint32_t lanes, uint32_t sums, uint32_t levels)
{
    const uint32_t i = step->i, g = e->group[i], u = e->mover[i], size = e->p->unit_size[u], face_size = sunlot_face_size(words, lanes);
    const int64_t *si = e->sum_of + (size_t)i * sums;
    outlook x = {.g = g, .h = step->h + (step->h >= g ? 1u : 0u), .heads = e->p->unit_heads[u] - (int32_t)size};
    const uint16_t *sitter = e->sitter + (size_t)x.h * e->seats;
    uint64_t local[EXCHANGE_SUMS], *delta = sums <= EXCHANGE_SUMS ? local : e->delta, worse = 0;
    for (uint32_t t = 0; t < size; t++)
        if (sitter[q[t]] >= e->singles) return true;
    for (uint32_t w = 0; w < words; w++) {
        uint64_t other[SUNLOT_LEVELS] = {0};
        for (uint32_t t = 0; t < size; t++) sunlot_levels_add(other, levels, e->row[(size_t)sitter[q[t]] * (words + lanes) + w]);
        worse |= worse_values(&x, e, i, other, levels, w, face_size);
    }
    foresee_counts(&x, e, price, step, worse, face_size);
    if (x.least > x.most) return true;
    for (uint32_t m = 0; m < sums; m++) delta[m] = (uint64_t)si[m];
    for (uint32_t t = 0; t < size; t++)
        for (uint32_t m = 0; m < sums; m++) delta[m] -= (uint64_t)e->sum_of[(size_t)sitter[q[t]] * sums + m];
    return sums_refuse(&x, e, price, delta, sums);
}

static SUNLOT_ALWAYS_INLINE bool refuse_block(sunlot_engine *e, const sunlot_price *price, const sunlot_step *step, const uint16_t *q, uint32_t words,
                                              uint32_t lanes, uint32_t sums)
{
    if (step->kind == SUNLOT_STEP_BIGS) return refuse_bigs(e, price, step, words, lanes, sums);
    if (step->kind == SUNLOT_STEP_NOTHING) return true;
    if (e->p->unit_size[e->mover[step->i]] < 1u << SUNLOT_SLICES) return refuse_singles(e, price, step, q, words, lanes, sums, SUNLOT_SLICES);
    return refuse_singles(e, price, step, q, words, lanes, sums, SUNLOT_LEVELS);
}

/* ---- the walk ---- */

static void try_step(sunlot_engine *e, const sunlot_price *price, const sunlot_step *step, const uint16_t *q)
{
    if (step->kind != SUNLOT_STEP_PAIR) {
        try_block(e, price, step, q);
        return;
    }
    const uint32_t g = e->group[step->i], h = e->group[step->j];
    if (!sunlot_pair_try(e, step->i, step->j, price)) return;
    set_energy(e, price, g);
    set_energy(e, price, h);
}

static SUNLOT_ALWAYS_INLINE void walk(sunlot_engine *e, sunlot_price price, sunlot_stream *s, uint64_t steps, uint32_t words, uint32_t lanes,
                                      bool (*refuse)(sunlot_engine *, const sunlot_price *, const sunlot_step *, const uint16_t *),
                                      void (*in_order)(sunlot_engine *, uint32_t, uint32_t),
                                      bool (*counts_off)(sunlot_engine *, uint32_t, uint32_t, const sunlot_price *))
{
    const uint32_t face_size = sunlot_face_size(words, lanes);
    const int64_t least = price.counts < price.sums || lanes == 0 ? price.counts : price.sums;
    const bool plain = in_order != NULL && !e->any_rare;
    const uint16_t *const group = e->group;
    const uint64_t *const face = e->face, *const row = e->row;
    sunlot_pace pace = {.mix = true};
    sunlot_step step[AHEAD];
    uint16_t q[AHEAD][SUNLOT_MAX_UNIT_SEATS];
    while (steps != 0) {
        const uint32_t ahead = steps < AHEAD ? (uint32_t)steps : AHEAD;
        draw_ahead(step, q, e, s, &pace, ahead);
        for (uint32_t t = 0; t < ahead; t++) {
            if (step[t].kind != SUNLOT_STEP_PAIR) {
                if (refuse(e, &price, &step[t], q[t])) continue;
                price.most = step[t].z;
                try_step(e, &price, &step[t], q[t]);
                continue;
            }
            const uint32_t i = step[t].i, j = step[t].j, g = group[i], h = group[j];
            const uint64_t *fg = face + (size_t)g * face_size, *fh = face + (size_t)h * face_size;
            const int64_t most = step[t].z + (int64_t)(fg[SUNLOT_FACE_ENERGY] + fh[SUNLOT_FACE_ENERGY]);
            const uint64_t *ri = row + (size_t)i * (words + lanes), *rj = row + (size_t)j * (words + lanes);
            if ((least_energy(ri, rj, fg, fh, &price, words, lanes) > most) | (g == h)) continue;
            if (plain && most < least) {
                in_order(e, i, j);
                continue;
            }
            price.most = step[t].z;
            if (plain && counts_off(e, i, j, &price)) continue;
            try_step(e, &price, &step[t], q[t]);
        }
        steps -= ahead;
    }
}

static bool refuse_any(sunlot_engine *e, const sunlot_price *price, const sunlot_step *step, const uint16_t *q)
{
    return refuse_block(e, price, step, q, e->words, e->lanes, e->sums);
}

/* For one word of values and up to eight sums, which is nearly all schools. */
#define EXCHANGES(sums)                                                                                                                                        \
    static SUNLOT_NEVER_INLINE bool refuse_##sums(sunlot_engine *e, const sunlot_price *price, const sunlot_step *step, const uint16_t *q)                     \
    {                                                                                                                                                          \
        return refuse_block(e, price, step, q, 1, ((sums) + 3) / 4, sums);                                                                                     \
    }                                                                                                                                                          \
    static SUNLOT_NEVER_INLINE void in_order_##sums(sunlot_engine *e, uint32_t i, uint32_t j) { exchange_in_order(e, i, j, 1, ((sums) + 3) / 4, sums); }       \
    static SUNLOT_NEVER_INLINE bool counts_off_##sums(sunlot_engine *e, uint32_t i, uint32_t j, const sunlot_price *price)                                     \
    {                                                                                                                                                          \
        return exchange_counts(e, i, j, price, 1, ((sums) + 3) / 4, sums);                                                                                     \
    }                                                                                                                                                          \
    static void walk_##sums(sunlot_engine *e, const sunlot_price *price, sunlot_stream *s, uint64_t steps)                                                     \
    {                                                                                                                                                          \
        walk(e, *price, s, steps, 1, ((sums) + 3) / 4, refuse_##sums, in_order_##sums, counts_off_##sums);                                                     \
    }
EXCHANGES(0)
EXCHANGES(1)
EXCHANGES(2)
EXCHANGES(3)
EXCHANGES(4)
EXCHANGES(5)
EXCHANGES(6)
EXCHANGES(7)
EXCHANGES(8)

void sunlot_walk(sunlot_engine *e, const sunlot_price *price, sunlot_stream *s, uint64_t steps)
{
    static void (*const short_walk[EXCHANGE_SUMS + 1])(sunlot_engine *, const sunlot_price *, sunlot_stream *,
                                                       uint64_t) = {walk_0, walk_1, walk_2, walk_3, walk_4, walk_5, walk_6, walk_7, walk_8};
    for (uint32_t g = 0; g < e->groups; g++) set_energy(e, price, g);
    if (e->words == 1 && e->sums <= EXCHANGE_SUMS)
        short_walk[e->sums](e, price, s, steps);
    else
        walk(e, *price, s, steps, e->words, e->lanes, refuse_any, NULL, NULL);
}
