/* A step's proposal (SPEC 8.3): what is drawn, before anybody looks whether it is legal.
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
    uint8_t z;    /* trailing zeros of the step's first word */
} sunlot_step;

/* z of SPEC 8.3. */
static inline uint32_t sunlot_step_zeros(uint32_t word) { return sunlot_bits_low(word | UINT32_C(1) << 24); }

/* A block's numbers.  Apart, so that the common case stays small. */
void sunlot_step_block(sunlot_step *out, uint16_t *q, const sunlot_engine *e, sunlot_stream *s, bool odd);

static inline void sunlot_step_pair(sunlot_step *out, const sunlot_engine *e, sunlot_stream *s, const sunlot_plan *plan)
{
    const sunlot_pick x = e->pick[plan->pick_from + sunlot_below(s, plan->picks)];
    if (plan->near != 0 && x.nears == 0) return;
    const sunlot_stretch to = e->hop[x.hop + plan->hop + (plan->near != 0 ? sunlot_below(s, x.nears) : 0)];
    const uint32_t j = to.first + sunlot_below(s, to.count - plan->same);
    out->i = x.single;
    out->j = (uint16_t)(j + (plan->same & (j >= x.single)));
    out->kind = SUNLOT_STEP_PAIR;
}

/* Draw one step.  Out: q[SUNLOT_MAX_UNIT_SEATS] for SUNLOT_STEP_SINGLES. */
static inline void sunlot_step_draw(sunlot_step *out, uint16_t *q, const sunlot_engine *e, sunlot_stream *s, bool mix)
{
    const uint32_t w = sunlot_word(s), kappa = w >> 28;
    out->z = (uint8_t)sunlot_step_zeros(w);
    out->kind = SUNLOT_STEP_NOTHING;
    if (kappa == 0 && e->bigs != 0)
        sunlot_step_block(out, q, e, s, (w >> 27 & 1) != 0);
    else if (e->singles != 0)
        sunlot_step_pair(out, e, s, &e->plan[mix ? 1 : 0][kappa & 3]);
}

#endif
