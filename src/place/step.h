/* A step's proposal (SPEC 8.4): what is drawn, before anybody looks whether it is legal.
 *
 * How many numbers a step reads does not depend on where the units are, so steps can be drawn ahead of being judged. */
#ifndef SUNLOT_PLACE_STEP_H
#define SUNLOT_PLACE_STEP_H

#include "place/state.h"
#include "random/stream.h"

typedef enum {
    SUNLOT_STEP_NOTHING,
    SUNLOT_STEP_PAIR,   /* singles i and j */
    SUNLOT_STEP_BIGS,   /* movers i and j, both big */
    SUNLOT_STEP_SINGLES /* big mover i and the seats q of group h, counted without the group of i */
} sunlot_step_kind;

typedef struct {
    uint16_t i, j, h;
    uint8_t kind; /* sunlot_step_kind */
    uint8_t z;    /* how dear it may be */
} sunlot_step;

/* Steps are numbered from 0 in each stretch (SPEC 8.4); four are a round, which begins with a word of which each step has a byte. */
typedef struct {
    bool mix; /* the kinds of the mix and of part B; else those of part A */
    uint64_t t;
    uint32_t bytes; /* of the steps to come */
} sunlot_pace;

/* A block's numbers: two bigs, or a big and singles.  Apart, so that the common case stays small. */
void sunlot_step_bigs(sunlot_step *out, const sunlot_engine *e, sunlot_stream *s);
void sunlot_step_singles(sunlot_step *out, uint16_t *q, const sunlot_engine *e, sunlot_stream *s);

static SUNLOT_ALWAYS_INLINE sunlot_pair sunlot_pick_pair(const sunlot_pick *pick, uint32_t picks, uint32_t skip, uint32_t word)
{
    const uint64_t a = (uint64_t)word * picks;
    const sunlot_pick x = pick[a >> 32];
    const uint32_t j = x.first + (uint32_t)((a & UINT32_MAX) * x.count >> 32);
    return (sunlot_pair){x.single, (uint16_t)(j + (skip & (j >= x.single)))};
}

/* The pair that a word names. */
static SUNLOT_ALWAYS_INLINE sunlot_pair sunlot_pair_any(const sunlot_engine *e, uint32_t word) { return sunlot_pick_pair(e->any, e->singles, 0, word); }
static SUNLOT_ALWAYS_INLINE sunlot_pair sunlot_pair_same(const sunlot_engine *e, uint32_t word) { return sunlot_pick_pair(e->same, e->sames, 1, word); }
static SUNLOT_ALWAYS_INLINE sunlot_pair sunlot_pair_close(const sunlot_engine *e, uint32_t word) { return e->close[(uint64_t)word * e->closes >> 32]; }
static SUNLOT_ALWAYS_INLINE sunlot_pair sunlot_pair_near(const sunlot_engine *e, uint32_t word) { return e->near[(uint64_t)word * e->nears >> 32]; }

static inline sunlot_pair sunlot_pair_draw(const sunlot_engine *e, const sunlot_pace *pace, uint32_t word)
{
    if (pace->mix && pace->t % 16 == 0 && e->sames != 0) return sunlot_pair_same(e, word);
    if (pace->mix && pace->t % 8 == 4 && e->closes != 0) return sunlot_pair_close(e, word);
    if ((pace->mix ? pace->t % 16 != 11 && pace->t % 16 != 15 : pace->t % 2 == 0) && e->nears != 0) return sunlot_pair_near(e, word);
    return sunlot_pair_any(e, word);
}

/* Draw one step.  Out: q[SUNLOT_MAX_UNIT_SEATS] for SUNLOT_STEP_SINGLES. */
static inline void sunlot_step_draw(sunlot_step *out, uint16_t *q, const sunlot_engine *e, sunlot_stream *s, sunlot_pace *pace)
{
    if (pace->t % 4 == 0) pace->bytes = sunlot_word(s);
    const uint32_t byte = pace->bytes & 0xff;
    out->z = (uint8_t)(byte != 0 ? sunlot_bits_low(byte) : 8 + sunlot_bits_low(sunlot_word(s) | UINT32_C(1) << 24));
    out->kind = SUNLOT_STEP_NOTHING;
    if (e->bigs != 0 && (pace->t % 16 == 15 || e->singles == 0)) {
        if (pace->t % 32 == 15 || e->singles == 0)
            sunlot_step_bigs(out, e, s);
        else
            sunlot_step_singles(out, q, e, s);
    } else if (e->singles != 0) {
        const sunlot_pair pair = sunlot_pair_draw(e, pace, sunlot_word(s));
        out->i = pair.i;
        out->j = pair.j;
        out->kind = SUNLOT_STEP_PAIR;
    }
    pace->bytes >>= 8;
    pace->t++;
}

#endif
