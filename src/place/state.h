/* The state of one run of the engine: who sits where, and everything that makes judging an exchange cheap.
 *
 * Movers.  Units are renumbered so that the movable singles are 0 … N-1, the movable bigs N … N+B-1 and the pinned units follow; a
 * mover's number says at once what it is.
 *
 * Rows.  row[x] of a mover is W words of value bits and L words of lanes, side by side in memory.  Values 0 … masked-1 have bits; further
 * ones (limit tokens that do not fit into the last word) are *rare* and are counted one by one.
 *
 * Faces.  What the walk asks of a group lies side by side, too: its energy, its masks, its lanes.  For each word four masks say what a change of a
 * count by one does to C:
 *
 *     give_bad   giving up one more is one further off     (count <= lo)
 *     take_bad   taking one more is one further off        (count >= hi)
 *     give_good  giving up one is one less off             (count >  hi)
 *     take_good  taking one is one less off                (count <  lo)
 *
 * so that an exchange of two singles changes C by the popcounts of a few ANDs.  Example: lo = hi = 5 and a count of 6:
 * take_bad and give_good are set; after one has left, give_bad and take_bad.
 *
 * A sum is kept as its slack, the distance above its lower bound modulo 2^64, and the width of its interval: it is within if and only if
 * slack <= width, one unsigned comparison.
 *
 * Lanes.  Four sums lie side by side in a word, in 16 bits each, rounded so that a comparison in lanes never calls a sum outside that is
 * within: for sum m in units of 2^k, a = ⌊x/2^k⌋ of a single, s = ⌊slack/2^k⌋ and w = ⌈width/2^k⌉ of a group,
 *
 *     low = 0x8000 + s + 1,  high = 0x8000 + w - s;
 *
 * if i leaves and j comes, low - a_i + a_j or high + a_i - a_j below 0x8000 says that the sum is then outside.  All lanes stay within 16 bits, so
 * that one addition of words adds all four.  Example: k = 0, slack 3, width 10, x 5 for 1: low = 0x8004, and 0x8000 after it: the slack is -1,
 * just not said to be outside; x 6 for 1 gives 0x7fff.
 *
 * What holds between steps: counts, heads, masks, slacks, counts_off and all_counts_off are those of the groups; sums_off and all_sums_off too, in
 * the grain that was set last. */
#ifndef SUNLOT_PLACE_STATE_H
#define SUNLOT_PLACE_STATE_H

#include "place/bits.h"
#include "place/place.h"

#if defined(__GNUC__)
#define SUNLOT_ALWAYS_INLINE inline __attribute__((always_inline))
#define SUNLOT_NEVER_INLINE  __attribute__((noinline))
#else
#define SUNLOT_ALWAYS_INLINE inline
#define SUNLOT_NEVER_INLINE
#endif

/* Words of a face: the energy, two words of bad masks for each word of values, low and high for each word of lanes, two words of good masks for
 * each word of values. */
enum { SUNLOT_FACE_ENERGY = 0, SUNLOT_FACE_BAD = 1 };
static inline uint32_t sunlot_face_lanes(uint32_t words) { return SUNLOT_FACE_BAD + 2 * words; }
static inline uint32_t sunlot_face_good(uint32_t words, uint32_t lanes) { return SUNLOT_FACE_BAD + 2 * words + 2 * lanes; }
static inline uint32_t sunlot_face_size(uint32_t words, uint32_t lanes) { return (SUNLOT_FACE_BAD + 4 * words + 2 * lanes + 7) & ~7u; }

#define SUNLOT_SLICES 3u /* bits of how often a big has a value: up to 4 members */

#define SUNLOT_LANES_HIGH UINT64_C(0x8000800080008000)

/* Movable singles that stand next to each other: of one profile, or of one stratum. */
typedef struct {
    uint16_t first, count;
} sunlot_stretch;

/* A single and those from whom its partner is drawn. */
typedef struct {
    uint16_t single, first, count;
} sunlot_pick;

typedef struct {
    uint16_t i, j;
} sunlot_pair;

typedef struct {
    const sunlot_problem *p;
    uint32_t groups, values, sums; /* K, V, M */
    uint32_t singles, bigs;        /* N, B: movable */
    uint32_t profiles, strata;     /* of movable singles */
    uint32_t seats;                /* G: seats of the largest group */
    uint32_t words, masked;        /* W; values with a bit */
    uint32_t lanes;                /* L: words of lanes */
    uint32_t stride;               /* W + L: words of a row */
    uint32_t face_size;            /* words of a face */
    uint32_t grain;                /* sums_off counts units of 2^grain / 1024 */
    bool any_rare;

    uint32_t *order;   /* [n] unit of each number of SPEC 8.1 */
    uint32_t *mover;   /* [n] unit of each mover */
    uint32_t *scratch; /* [n] */
    uint32_t *ring;    /* [(M + 1) * (n + SUNLOT_PLACE_CANDIDATES)] of the singles that are candidates: distance of profiles, sums */
    int64_t *least;    /* [M] of the singles' sums */
    bool narrow;       /* whether the ring is used */
    uint16_t *group;   /* [n] of each mover */
    uint16_t *seat;    /* [n] of movable singles: seat in the group */
    uint16_t *sitter;  /* [K * G] mover on each seat, or SUNLOT_NONE16 */
    uint16_t *filled;  /* [K] seats taken in the deal */
    uint16_t *list;    /* [n * SUNLOT_MAX_UNIT_SEATS] of big x: its seats, from (x - N) * SUNLOT_MAX_UNIT_SEATS */

    uint16_t *profile_of;    /* [N] */
    sunlot_stretch *stretch; /* [profiles + strata] */
    uint64_t *key;           /* [profiles * key words] codes side by side, to compare profiles */
    sunlot_pick *same;       /* [sames] the singles whose profile has two or more, and their profiles */
    sunlot_pick *any;        /* [N] each single, and its stratum */
    sunlot_pair *close;      /* [closes] pairs of one profile with much the same sums */
    sunlot_pair *near;       /* [nears] the same of near profiles */
    uint16_t *apart;         /* [profiles] codes in which each differs from the one that is looked at */
    uint32_t *members;       /* [columns + 1] singles of the profiles that differ from it in so many codes */
    uint32_t sames, closes, nears;

    uint64_t *row;     /* [(N + B) * stride] */
    int64_t *sum_of;   /* [(N + B) * M] of each mover */
    uint64_t *slice;   /* [B * W * SUNLOT_SLICES] bits of how often a big has each value */
    uint8_t *rare;     /* [N + B] 1: has a rare value */
    uint64_t *face;    /* [K * face_size] */
    uint64_t *slack;   /* [K * 2M] slack and width of each sum of each group */
    uint16_t *count;   /* [K * V] group-major */
    uint16_t *heads;   /* [K] */
    uint32_t *q_shift; /* [M] bitlen(unit), q of SPEC 8.2 plus 10 */
    uint32_t *k_shift; /* [M] k of the lanes */
    int32_t *k_reach;  /* [M] how far two singles may differ in lanes, and 2 more */
    uint64_t *delta;   /* [M] sums that leave the one group for the other */
    int32_t *net;      /* [V] 0 between uses */
    uint16_t *touched; /* [V] */

    int64_t *counts_off; /* [K] */
    int64_t *sums_off;   /* [K] */
    int64_t all_counts_off, all_sums_off;
} sunlot_engine;

/* Place the arrays of e in room, or count bytes if room is NULL.  Needs e->p. */
size_t sunlot_engine_lay(sunlot_engine *e, void *room);

/* The order of SPEC 8.1, movers, profiles, rows.  Out: start[n]. */
void sunlot_engine_order(sunlot_engine *e, uint32_t *start);
/* The pairs of SPEC 8.3. */
void sunlot_engine_pair(sunlot_engine *e);

/* Deal as SPEC 8.1.  Returns false if there is no room. */
bool sunlot_engine_deal(sunlot_engine *e);

/* Count everything anew from where the units are. */
void sunlot_engine_count(sunlot_engine *e);
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
/* Set the lanes of a group from its slacks. */
void sunlot_engine_set_lanes(sunlot_engine *e, uint32_t group);
/* Move the sums e->delta from group g to group h. */
void sunlot_engine_shift(sunlot_engine *e, uint32_t g, uint32_t h);
/* Whether `price` times the change of V or S (by grain) that sunlot_engine_shift would make is at most `most`. */
bool sunlot_engine_shift_within(const sunlot_engine *e, uint32_t g, uint32_t h, int64_t price, int64_t most);
/* Change the heads of a group, and with them every interval of it. */
void sunlot_engine_set_heads(sunlot_engine *e, uint32_t group, uint32_t heads);

/* A distance as the violation of SPEC 8.2. */
static inline int64_t sunlot_violation_of(uint64_t distance, uint32_t q_shift)
{
    const uint64_t d = distance, most = UINT64_C(1) << 48, cap = UINT64_C(1) << 40;
    uint64_t v;
    if (q_shift >= 10)
        v = (d >> (q_shift - 10)) + ((d & ((UINT64_C(1) << (q_shift - 10)) - 1)) != 0);
    else
        v = (d < cap ? d : cap) << (10 - q_shift);
    return (int64_t)(v < most ? v : most);
}

/* The violation of a sum, in units of 2^grain / 1024. */
static inline int64_t sunlot_violation(uint64_t slack, uint64_t width, uint32_t q_shift, uint32_t grain)
{
    if (slack <= width) return 0;
    const int64_t v = sunlot_violation_of((slack >> 63) != 0 ? 0 - slack : slack - width, q_shift);
    return (v + ((INT64_C(1) << grain) - 1)) >> grain;
}

static inline int64_t sunlot_distance(int64_t x, int64_t lo, int64_t hi) { return x < lo ? lo - x : x > hi ? x - hi : 0; }

static inline const uint64_t *sunlot_row(const sunlot_engine *e, uint32_t x) { return e->row + (size_t)x * e->stride; }

static inline const int64_t *sunlot_sums(const sunlot_engine *e, uint32_t x) { return e->sum_of + (size_t)x * e->sums; }

static inline uint64_t *sunlot_face(const sunlot_engine *e, uint32_t group) { return e->face + (size_t)group * e->face_size; }

static inline uint64_t *sunlot_slack(const sunlot_engine *e, uint32_t group) { return e->slack + (size_t)group * 2 * e->sums; }

/* Bounds of a group's counts, as many heads as it has; by value. */
static inline const uint16_t *sunlot_lo(const sunlot_engine *e, uint32_t group) { return e->p->lo + (size_t)e->heads[group] * e->values; }

static inline const uint16_t *sunlot_hi(const sunlot_engine *e, uint32_t group) { return e->p->hi + (size_t)e->heads[group] * e->values; }

static inline uint16_t *sunlot_count(const sunlot_engine *e, uint32_t group) { return e->count + (size_t)group * e->values; }

#endif
