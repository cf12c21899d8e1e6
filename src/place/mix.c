/* Mix (SPEC 8.5): the long walk.  Nearly all time of a draw is spent here.
 *
 * Steps are drawn AHEAD at a time and then judged: what is drawn does not depend on what was judged.  A proposal may raise F by z, so F of its two
 * groups may become z and what it is now.  A few ANDs and comparisons give what it will be at least; that refuses nearly all.  Where
 * the limit is below the least weight, nothing may be off, and what is not refused by then is taken.  Only otherwise energies are computed.
 *
 * Example: b = 9, s = 8, z = 1, nothing wrong in either group: a swap by which one count would be one off costs 9 > 1 and is refused
 * as soon as one bit of a mask says so. */
#include "place/walk.h"

#define AHEAD 64u

/* ---- drawing ---- */

static SUNLOT_ALWAYS_INLINE uint64_t times_word(const uint8_t *p, uint32_t n)
{
    return (uint64_t)((uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24) * n;
}

/* Draw `ahead` steps of the mix.  The same as sunlot_step_draw for each, which does all uncommon cases; here is the common one, in which each
 * number takes one word.  Words are read from where they will then stand, so that the processor need not know one number to find the next. */
static void draw_ahead(sunlot_step *step, uint16_t (*q)[SUNLOT_MAX_UNIT_SEATS], const sunlot_engine *e, sunlot_stream *s, uint32_t ahead)
{
    const sunlot_pick *pick = e->pick;
    const sunlot_stretch *hop = e->hop;
    const uint32_t least = e->singles < 2 ? 16 : e->bigs != 0 ? 1 : 0; /* κ of the common case */
    uint32_t at = s->at;
    for (uint32_t t = 0; t < ahead; t++) {
        const uint8_t *p = s->bytes + at;
        if (at + 16 <= sizeof s->bytes) {
            const uint32_t w = (uint32_t)times_word(p, 1), kappa = w >> 28, near = (kappa & 3) == 1;
            const sunlot_plan *plan = &e->plan[1][kappa & 3];
            const uint64_t a = times_word(p + 4, plan->picks);
            const sunlot_pick x = pick[plan->pick_from + (uint32_t)(a >> 32)];
            const uint32_t hops = 1 + ((x.nears - 1u) & (0 - near)); /* near ? nears : 1, but not as a branch */
            const uint64_t b = times_word(p + 8, hops);
            const sunlot_stretch to = hop[x.hop + plan->hop + (uint32_t)(b >> 32)];
            const uint32_t count = to.count - plan->same;
            const uint64_t c = times_word(p + 8 + 4 * near, count);
            const uint32_t j = to.first + (uint32_t)(c >> 32);
            if (kappa >= least && (uint32_t)a >= plan->picks && (uint32_t)b >= hops && hops != 0 && (uint32_t)c >= count) {
                step[t].i = x.single;
                step[t].j = (uint16_t)(j + (plan->same & (j >= x.single)));
                step[t].z = (uint8_t)sunlot_step_zeros(w);
                step[t].kind = SUNLOT_STEP_PAIR;
                at += 12 + 4 * near;
                continue;
            }
        }
        s->at = at;
        sunlot_step_draw(&step[t], q[t], e, s, true);
        at = s->at;
    }
    s->at = at;
}

/* ---- judging ---- */

/* The least that F of the groups g and h can be after the exchange of two singles: s for each sum that would be outside its interval, and b if any
 * count would become worse (it is then off).  Without branches: it is rarely known beforehand which of the comparisons will tell. */
static SUNLOT_ALWAYS_INLINE int64_t least_energy(const uint64_t *ri, const uint64_t *rj, const uint64_t *g, const uint64_t *h, const sunlot_price *price,
                                                 uint32_t words, uint32_t sums)
{
    uint64_t worse = 0;
    int64_t outside = 0;
    for (uint32_t w = 0; w < words; w++) {
        const uint64_t a = ri[w] & ~rj[w], b = rj[w] & ~ri[w];
        const uint64_t *mg = g + SUNLOT_FACE_BAD + 2 * w, *mh = h + SUNLOT_FACE_BAD + 2 * w;
        worse |= (a & (mg[0] | mh[1])) | (b & (mg[1] | mh[0]));
    }
    const uint64_t *from = g + sunlot_face_sums(words), *to = h + sunlot_face_sums(words);
    for (uint32_t m = 0; m < sums; m++) {
        const uint64_t d = ri[words + m] - rj[words + m];
        outside += (from[2 * m] - d > from[2 * m + 1]) + (to[2 * m] + d > to[2 * m + 1]);
    }
    return price->sums * outside + (price->counts & -(int64_t)(worse != 0));
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

/* With constants for words and sums the loops of least_energy fall away. */
static SUNLOT_ALWAYS_INLINE void walk(sunlot_engine *e, sunlot_price price, sunlot_stream *s, uint64_t steps, uint32_t words, uint32_t sums)
{
    const uint32_t face_size = sunlot_face_size(words, sums);
    const int64_t least = price.counts < price.sums || sums == 0 ? price.counts : price.sums;
    sunlot_step step[AHEAD];
    uint16_t q[AHEAD][SUNLOT_MAX_UNIT_SEATS];
    while (steps != 0) {
        const uint32_t ahead = steps < AHEAD ? (uint32_t)steps : AHEAD;
        draw_ahead(step, q, e, s, ahead);
        for (uint32_t t = 0; t < ahead; t++) {
            const uint32_t i = step[t].i, j = step[t].j;
            price.most = step[t].z;
            if (step[t].kind != SUNLOT_STEP_PAIR) {
                try_block(e, &price, &step[t], q[t]);
                continue;
            }
            const uint32_t g = e->group[i], h = e->group[j];
            const uint64_t *fg = e->face + (size_t)g * face_size, *fh = e->face + (size_t)h * face_size;
            const uint64_t *ri = e->row + (size_t)i * (words + sums), *rj = e->row + (size_t)j * (words + sums);
            const int64_t most = step[t].z + (int64_t)(fg[SUNLOT_FACE_ENERGY] + fh[SUNLOT_FACE_ENERGY]);
            if (least_energy(ri, rj, fg, fh, &price, words, sums) > most || g == h) continue;
            if (most < least && (!e->any_rare || (e->rare[i] | e->rare[j]) == 0)) {
                sunlot_pair_exchange(e, i, j, words, sums);
            } else if (sunlot_pair_try(e, i, j, &price)) {
                set_energy(e, &price, g);
                set_energy(e, &price, h);
            }
        }
        steps -= ahead;
    }
}

static void walk_any(sunlot_engine *e, const sunlot_price *price, sunlot_stream *s, uint64_t steps)
{
    if (e->words == 1 && e->sums == 0)
        walk(e, *price, s, steps, 1, 0);
    else if (e->words == 1 && e->sums == 1)
        walk(e, *price, s, steps, 1, 1);
    else if (e->words == 1 && e->sums == 2)
        walk(e, *price, s, steps, 1, 2);
    else if (e->words == 1 && e->sums == 3)
        walk(e, *price, s, steps, 1, 3);
    else
        walk(e, *price, s, steps, e->words, e->sums);
}

/* Weights b and s (SPEC 8.5).  Where an interval has lo < hi a swap may put one count off by one; where all have lo = hi it puts four off at once,
 * so that half the weight, in bits, goes as far. */
static sunlot_price weigh(const sunlot_problem *p)
{
    uint64_t loose = p->values - p->counted;
    for (uint32_t g = 0; g < p->groups; g++) {
        const size_t heads = p->group_size[g] < p->rows ? p->group_size[g] : p->rows;
        for (uint32_t v = 0; v < p->counted; v++) loose += p->lo[heads * p->values + v] < p->hi[heads * p->values + v];
    }
    uint32_t b = sunlot_bits_length(loose);
    const uint32_t half = sunlot_bits_length((uint64_t)p->groups * p->counted) / 2;
    if (b < half) b = half;
    if (b < 1) b = 1;
    return (sunlot_price){.counts = b, .sums = sunlot_bits_length((uint64_t)p->groups * p->sums) + 1};
}

bool sunlot_mix(sunlot_engine *e, sunlot_stream *s, uint32_t mix, uint32_t *looks, uint64_t *steps)
{
    const sunlot_problem *p = e->p;
    const uint64_t length = (uint64_t)mix * p->rows;
    const sunlot_price price = weigh(p);
    sunlot_engine_grain(e, 10);
    for (uint32_t g = 0; g < e->groups; g++) set_energy(e, &price, g);
    *steps = 0;
    for (*looks = 1; *looks <= SUNLOT_PLACE_LOOKS; ++*looks) {
        const uint64_t more = *looks == 1 ? length : (length + 15) / 16;
        walk_any(e, &price, s, more);
        *steps += more;
        if (e->all_counts_off == 0 && e->all_sums_off == 0) return true;
    }
    *looks = SUNLOT_PLACE_LOOKS;
    return false;
}
