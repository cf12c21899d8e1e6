/* Mix (SPEC 8.5): the long walk.  Nearly all time of a draw is spent here.
 *
 * Steps are drawn AHEAD at a time and then judged: what is drawn does not depend on what was judged.  A proposal may raise F by z.  No
 * exchange can lower F by more than what is now wrong in its two groups, off[g] + off[h].  Mostly z + off[g] + off[h] is below the least
 * weight: then the exchange may do no harm at all, which a few ANDs and comparisons tell.  Only otherwise energies are computed.
 *
 * Example: b = 9, s = 8, z = 1, nothing wrong in either group: a swap by which one count would be one off costs 9 > 1 and is refused
 * as soon as one bit of a mask says so. */
#include "place/walk.h"

#define AHEAD 64u

#define UNROLL _Pragma("GCC unroll 4")
typedef struct {
    int64_t count, sum;     /* b, s */
    int64_t least;          /* the smaller */
    int64_t *off;           /* [K] F of each group */
} weights;

static void set_off(const sunlot_engine *e, const weights *f, uint32_t g)
{
    f->off[g] = f->count * e->counts_off[g] + f->sum * e->sums_off[g];
}

static void try_block(sunlot_engine *e, const weights *f, const sunlot_step *step, const uint16_t *q)
{
    sunlot_block b;
    if (!sunlot_block_read(&b, e, step, q)) return;
    const int64_t most = step->z + f->sum * (e->sums_off[b.g] + e->sums_off[b.h]);
    const int64_t counts = sunlot_block_counts(&b, e, most / f->count);
    if (counts * f->count > most) return;
    sunlot_block_sums(&b, e);
    if (f->count * counts + f->sum * sunlot_block_shifted(&b, e) > most) return;
    sunlot_block_exchange(&b, e);
    set_off(e, f, b.g);
    set_off(e, f, b.h);
}

/* What an exchange of two singles does to the counts of their groups, and how many of their sums it leaves outside. */
typedef struct {
    uint64_t worse, better; /* not 0: some count gets worse, better */
    uint64_t outside;
} effect;

/* Without branches: it is rarely known beforehand which of the comparisons will tell. */
static SUNLOT_ALWAYS_INLINE effect weigh(const sunlot_engine *e, const uint64_t *ri, const uint64_t *rj, uint32_t g, uint32_t h, uint32_t words, uint32_t sums)
{
    const uint64_t *mg = e->mask + (size_t)g * words * SUNLOT_MASKS, *mh = e->mask + (size_t)h * words * SUNLOT_MASKS;
    effect f = {0, 0, 0};
    for (uint32_t w = 0; w < words; w++, mg += SUNLOT_MASKS, mh += SUNLOT_MASKS) {
        const uint64_t a = ri[w] & ~rj[w], b = rj[w] & ~ri[w];
        f.worse |= (a & (mg[SUNLOT_GIVE_BAD] | mh[SUNLOT_TAKE_BAD])) | (b & (mg[SUNLOT_TAKE_BAD] | mh[SUNLOT_GIVE_BAD]));
        f.better |= (a & (mg[SUNLOT_GIVE_GOOD] | mh[SUNLOT_TAKE_GOOD])) | (b & (mg[SUNLOT_TAKE_GOOD] | mh[SUNLOT_GIVE_GOOD]));
    }
    const sunlot_span *from = e->span + (size_t)g * sums, *to = e->span + (size_t)h * sums;
UNROLL
    for (uint32_t m = 0; m < sums; m++) {
        const uint64_t d = ri[words + m] - rj[words + m];
        f.outside += (uint64_t)(from[m].slack - d > from[m].width) + (uint64_t)(to[m].slack + d > to[m].width);
    }
    return f;
}

/* Whether the exchange of singles i and j is taken.  The F of their groups may become `most`. */
static SUNLOT_ALWAYS_INLINE bool take_pair(sunlot_engine *e, const weights *f, uint32_t i, uint32_t j, uint32_t g, uint32_t h, int64_t most, uint32_t words, uint32_t sums)
{
    const effect x = weigh(e, e->row + (size_t)i * (words + sums), e->row + (size_t)j * (words + sums), g, h, words, sums);
    const bool rare = (e->rare[i] | e->rare[j]) != 0;
    if (most < f->least && !rare) return (x.worse | x.outside) == 0;
    int64_t counts = e->counts_off[g] + e->counts_off[h];
    if (x.worse != 0 && x.better == 0 && !rare && f->count * (counts + 1) > most) return false;
    if ((x.worse | x.better) != 0 || rare) counts += sunlot_engine_swap_counts(e, i, j);
    if (f->count * counts + f->sum * (int64_t)x.outside > most) return false;
    if (x.outside == 0) return true;
    sunlot_engine_swap_sums(e, i, j);
    return f->count * counts + f->sum * sunlot_engine_shifted(e, g, h) <= most;
}

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
            const uint32_t hops = near != 0 ? x.nears : 1;
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

/* With constants for words and sums the loops of `weigh` fall away. */
static SUNLOT_ALWAYS_INLINE void walk(sunlot_engine *e, const weights *f, sunlot_stream *s, uint64_t steps, uint32_t words, uint32_t sums)
{
    sunlot_step step[AHEAD];
    uint16_t q[AHEAD][SUNLOT_MAX_UNIT_SEATS];
    while (steps != 0) {
        const uint32_t ahead = steps < AHEAD ? (uint32_t)steps : AHEAD;
        draw_ahead(step, q, e, s, ahead);
        for (uint32_t t = 0; t < ahead; t++) {
            if (step[t].kind != SUNLOT_STEP_PAIR) {
                if (step[t].kind != SUNLOT_STEP_NOTHING) try_block(e, f, &step[t], q[t]);
                continue;
            }
            const uint32_t i = step[t].i, j = step[t].j, g = e->group[i], h = e->group[j];
            if (g == h) continue;
            if (!take_pair(e, f, i, j, g, h, step[t].z + f->off[g] + f->off[h], words, sums)) continue;
            sunlot_engine_swap_inline(e, i, j, words, sums);
            set_off(e, f, g);
            set_off(e, f, h);
        }
        steps -= ahead;
    }
}

static void walk_any(sunlot_engine *e, const weights *f, sunlot_stream *s, uint64_t steps)
{
    if (e->words == 1 && e->sums == 0) walk(e, f, s, steps, 1, 0);
    else if (e->words == 1 && e->sums == 1) walk(e, f, s, steps, 1, 1);
    else if (e->words == 1 && e->sums == 2) walk(e, f, s, steps, 1, 2);
    else if (e->words == 1 && e->sums == 3) walk(e, f, s, steps, 1, 3);
    else if (e->words == 1 && e->sums == 4) walk(e, f, s, steps, 1, 4);
    else walk(e, f, s, steps, e->words, e->sums);
}

bool sunlot_mix(sunlot_engine *e, sunlot_stream *s, uint32_t mix, uint32_t *looks, uint64_t *steps)
{
    const sunlot_problem *p = e->p;
    const uint64_t length = (uint64_t)mix * p->rows;
    weights f;
    const uint32_t b = sunlot_bits_length((uint64_t)p->groups * p->counted + (p->values - p->counted));
    f.count = b == 0 ? 1 : b;
    f.sum = sunlot_bits_length((uint64_t)p->groups * p->sums) + 1;
    f.least = f.count < f.sum ? f.count : f.sum;
    f.off = e->energy;
    sunlot_engine_grain(e, 10);
    for (uint32_t g = 0; g < e->groups; g++) set_off(e, &f, g);
    *steps = 0;
    for (*looks = 1; *looks <= SUNLOT_PLACE_LOOKS; ++*looks) {
        const uint64_t more = *looks == 1 ? length : (length + 15) / 16;
        walk_any(e, &f, s, more);
        *steps += more;
        if (e->all_counts_off == 0 && e->all_sums_off == 0) return true;
    }
    *looks = SUNLOT_PLACE_LOOKS;
    return false;
}
