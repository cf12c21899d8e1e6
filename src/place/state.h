/* The state of one run of the engine: who sits where, and everything that makes judging an exchange cheap.
 *
 * Movers.  Units are renumbered so that the movable singles are 0 … N-1, the movable bigs N … N+B-1 and the pinned units follow; a
 * mover's number says at once what it is.
 *
 * Rows.  row[x] of a mover is W words of value bits and M sums, side by side in memory.  Values 0 … masked-1 have bits; further ones
 * (limit tokens that do not fit into the last word) are *rare* and are counted one by one.
 *
 * Masks.  For each group and word four masks say what a change of a count by one does to C:
 *
 *     give_bad   giving up one more is one further off     (count <= lo)
 *     take_bad   taking one more is one further off        (count >= hi)
 *     give_good  giving up one is one less off             (count >  hi)
 *     take_good  taking one is one less off                (count <  lo)
 *
 * so that an exchange of two singles changes C by the popcounts of a few ANDs.  Example: lo = hi = 5 and a count of 6:
 * take_bad and give_good are set; after one has left, give_bad and take_bad.
 *
 * Slack.  A sum is kept as its distance above the lower bound, modulo 2^64: it is within its interval if and only if
 * slack <= width, one unsigned comparison.
 *
 * What holds between steps: masks, counts, counts_off and all_counts_off fit the groups; slack too; sums_off and all_sums_off are those of the
 * grain that was set last. */
#ifndef SUNLOT_PLACE_STATE_H
#define SUNLOT_PLACE_STATE_H

#include "place/bits.h"
#include "place/place.h"

#if defined(__GNUC__)
#define SUNLOT_ALWAYS_INLINE inline __attribute__((always_inline))
#else
#define SUNLOT_ALWAYS_INLINE inline
#endif

enum { SUNLOT_GIVE_BAD, SUNLOT_TAKE_BAD, SUNLOT_GIVE_GOOD, SUNLOT_TAKE_GOOD, SUNLOT_MASKS };

#define SUNLOT_SLICES 3u /* bits of how often a big has a value: up to 4 members */

/* Movable singles that stand next to each other: of one profile, or of one stratum. */
typedef struct {
    uint16_t first, count;
} sunlot_stretch;

/* A single, and where its partners are: hop[hop] is its own profile, hop[hop + 1] its stratum, then follow its near profiles. */
typedef struct {
    uint32_t hop;
    uint16_t single;
    uint16_t nears;
} sunlot_pick;

#define SUNLOT_HOPS (2 + SUNLOT_PLACE_NEAR)

/* How the two singles of a step are drawn: x = pick[pick_from + below(picks)]; then, if `near`, r = below(x.nears), else r = 0; then
 * j in hop[x.hop + hop + r], other than x.single if `same`.  So the kinds of SPEC 8.3 differ by numbers, not by code. */
typedef struct {
    uint32_t picks, pick_from;
    uint32_t hop;
    uint32_t near, same; /* 0 or 1 */
} sunlot_plan;

/* A sum in a group. */
typedef struct {
    uint64_t slack, width;
} sunlot_span;

typedef struct {
    const sunlot_problem *p;
    uint32_t groups, values, sums; /* K, V, M */
    uint32_t singles, bigs;        /* N, B: movable */
    uint32_t twins;                /* T: singles whose profile has two or more */
    uint32_t profiles, strata;     /* of movable singles */
    uint32_t seats;                /* G: seats of the largest group */
    uint32_t words, masked;        /* W; values with a bit */
    uint32_t stride;               /* W + M */
    uint32_t grain;                /* sums_off counts units of 2^grain / 1024 */

    uint32_t *order;   /* [n] unit of each number of SPEC 8.1 */
    uint32_t *mover;   /* [n] unit of each mover */
    uint32_t *scratch; /* [n] */
    uint16_t *group;   /* [n] of each mover */
    uint16_t *seat;    /* [n] of movable singles: seat in the group */
    uint16_t *sitter;  /* [K * G] mover on each seat, or SUNLOT_NONE16 */
    uint16_t *filled;  /* [K] seats taken in the deal */
    uint16_t *list;    /* [n * SUNLOT_MAX_UNIT_SEATS] of big x: its seats, from (x - N) * SUNLOT_MAX_UNIT_SEATS */

    uint16_t *profile_of;    /* [N] */
    sunlot_stretch *stretch; /* [profiles + strata] */
    uint64_t *key;           /* [profiles * key words] codes side by side, for near */
    sunlot_pick *pick;       /* [T + N] the T twins, then all singles */
    sunlot_stretch *hop;     /* [profiles * SUNLOT_HOPS], as many as there are */
    sunlot_plan plan[2][4];  /* of repair and mix, by κ mod 4 */

    uint64_t *row;      /* [(N + B) * stride] */
    uint64_t *slice;    /* [B * W * SUNLOT_SLICES] bits of how often a big has each value */
    uint8_t *rare;      /* [N + B] 1: has a rare value */
    bool any_rare;
    uint64_t *mask;     /* [K * W * SUNLOT_MASKS] */
    uint16_t *heads;    /* [K] members in each group */
    uint16_t *lo, *hi;  /* [V * K] value-major: the bounds for the heads that each group has */
    uint16_t *count;    /* [V * K] */
    sunlot_span *span;  /* [K * M] */
    uint32_t *q_shift;  /* [M] bitlen(unit), q of SPEC 8.2 plus 10 */
    uint64_t *delta;    /* [M] sums that leave the one group for the other */
    int32_t *net;       /* [V] 0 between uses */
    uint16_t *touched;  /* [V] */

    int64_t *counts_off; /* [K] */
    int64_t *sums_off;   /* [K] */
    int64_t *energy;     /* [K] F of each group, of the mix */
    int64_t all_counts_off, all_sums_off;
} sunlot_engine;

/* Place the arrays of e in room, or count bytes if room is NULL.  Needs e->p. */
size_t sunlot_engine_lay(sunlot_engine *e, void *room);

/* The order of SPEC 8.1, movers, profiles, near profiles, rows.  Out: start[n]. */
void sunlot_engine_order(sunlot_engine *e, uint32_t *start);

/* Deal as SPEC 8.1.  Returns false if there is no room. */
bool sunlot_engine_deal(sunlot_engine *e);

/* Count everything anew from where the units are. */
void sunlot_engine_count(sunlot_engine *e);
/* Take the bounds for another number of heads in a group, and measure all that hangs on them anew. */
void sunlot_engine_set_heads(sunlot_engine *e, uint32_t group, uint32_t heads);
/* Measure sums_off in units of 2^grain / 1024 of a sum's unit: 0 for V, 10 for S (SPEC 8.2). */
void sunlot_engine_grain(sunlot_engine *e, uint32_t grain);
/* Total of a sum's violations over the groups, in the present grain. */
uint64_t sunlot_engine_sum_off(const sunlot_engine *e, uint32_t sum);
/* Total of a value's distances over the groups. */
uint64_t sunlot_engine_value_off(const sunlot_engine *e, uint32_t value);

/* Change the count of a value in a group by `by`, and with it counts_off and the masks. */
void sunlot_engine_add(sunlot_engine *e, uint32_t group, uint32_t value, int32_t by);
/* The values of a mover go from one group to another; the mover itself stays. */
void sunlot_engine_move_values(sunlot_engine *e, uint32_t x, uint32_t from, uint32_t to);
/* Measure sums_off of a group anew. */
void sunlot_engine_set_sums_off(sunlot_engine *e, uint32_t group);
/* Move the sums e->delta from group g to group h. */
void sunlot_engine_shift(sunlot_engine *e, uint32_t g, uint32_t h);
/* What sums_off of groups g and h would be together after sunlot_engine_shift. */
int64_t sunlot_engine_shifted(const sunlot_engine *e, uint32_t g, uint32_t h);
/* The same if h then had `more` more heads and g as many less. */
int64_t sunlot_engine_shifted_heads(const sunlot_engine *e, uint32_t g, uint32_t h, int32_t more);

/* The exchange of two movable singles, and by how much it would change C. */
void sunlot_engine_swap(sunlot_engine *e, uint32_t i, uint32_t j);
int64_t sunlot_engine_swap_counts(const sunlot_engine *e, uint32_t i, uint32_t j);
/* e->delta becomes the sums of i minus those of j. */
void sunlot_engine_swap_sums(sunlot_engine *e, uint32_t i, uint32_t j);

/* A distance of x from [0, width], x modulo 2^64, as the violation of SPEC 8.2 in units of 2^grain / 1024. */
static inline int64_t sunlot_violation(uint64_t slack, uint64_t width, uint32_t q_shift, uint32_t grain)
{
    if (slack <= width) return 0;
    uint64_t d = (slack >> 63) != 0 ? 0 - slack : slack - width;
    const uint64_t most = UINT64_C(1) << 48;
    uint64_t v;
    if (q_shift >= 10) {
        const uint32_t q = q_shift - 10;
        v = (d >> q) + ((d & ((UINT64_C(1) << q) - 1)) != 0);
    } else {
        const uint64_t cap = UINT64_C(1) << 40;
        v = (d < cap ? d : cap) << (10 - q_shift);
    }
    if (v > most) v = most;
    return (int64_t)((v + ((UINT64_C(1) << grain) - 1)) >> grain);
}

static inline const uint64_t *sunlot_row(const sunlot_engine *e, uint32_t x)
{
    return e->row + (size_t)x * e->stride;
}

/* sunlot_engine_swap, given W and M: with constants its loops fall away. */
static SUNLOT_ALWAYS_INLINE void sunlot_engine_swap_inline(sunlot_engine *e, uint32_t i, uint32_t j, uint32_t words, uint32_t sums)
{
    const uint16_t g = e->group[i], h = e->group[j], qi = e->seat[i], qj = e->seat[j];
    const uint64_t *ri = e->row + (size_t)i * (words + sums), *rj = e->row + (size_t)j * (words + sums);
    uint64_t differ = (uint64_t)(e->rare[i] | e->rare[j]);
    for (uint32_t w = 0; w < words; w++) differ |= ri[w] ^ rj[w];
    if (differ != 0) {
        sunlot_engine_move_values(e, i, g, h);
        sunlot_engine_move_values(e, j, h, g);
    }
    sunlot_span *from = e->span + (size_t)g * sums, *to = e->span + (size_t)h * sums;
    uint64_t outside = 0;
    for (uint32_t m = 0; m < sums; m++) {
        const uint64_t d = ri[words + m] - rj[words + m];
        from[m].slack -= d;
        to[m].slack += d;
        outside |= (uint64_t)(from[m].slack > from[m].width) | (uint64_t)(to[m].slack > to[m].width);
    }
    if (sums != 0 && (outside | (uint64_t)(e->sums_off[g] | e->sums_off[h])) != 0) {
        sunlot_engine_set_sums_off(e, g);
        sunlot_engine_set_sums_off(e, h);
    }
    e->group[i] = h;
    e->group[j] = g;
    e->seat[i] = qj;
    e->seat[j] = qi;
    e->sitter[(size_t)g * e->seats + qi] = (uint16_t)j;
    e->sitter[(size_t)h * e->seats + qj] = (uint16_t)i;
}

#endif
