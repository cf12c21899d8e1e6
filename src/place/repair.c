/* Repair (SPEC 8.4): first the counts, then the sums with the counts held. */
#include "place/walk.h"

#define A_STEPS 400u
#define B_STEPS 200u

static void take_step(sunlot_engine *e, sunlot_stream *s, sunlot_price *price, int64_t per_zero)
{
    sunlot_step step;
    sunlot_block b;
    uint16_t q[SUNLOT_MAX_UNIT_SEATS];
    sunlot_step_draw(&step, q, e, s, false);
    price->most = per_zero * step.z;
    if (step.kind == SUNLOT_STEP_NOTHING) return;
    if (step.kind != SUNLOT_STEP_PAIR) {
        if (sunlot_block_read(&b, e, &step, q)) sunlot_block_try(&b, e, price);
    } else if (e->group[step.i] != e->group[step.j]) {
        sunlot_pair_try(e, step.i, step.j, price);
    }
}

/* 11 δ <= z: a worsening by 1 is taken once in 2^11. */
static uint64_t repair_counts(sunlot_engine *e, sunlot_stream *s, uint64_t most)
{
    sunlot_price price = {.counts = 11};
    uint64_t t = 0;
    for (; t < most && e->all_counts_off != 0; t++) take_step(e, s, &price, 1);
    return t;
}

/* The worsening of V that is taken falls to nothing in the course of the round.  It begins the smaller the more groups there are: a swap moves
 * the sums of two groups only, and with many the others' rest is to be kept. */
static uint64_t repair_sums(sunlot_engine *e, sunlot_stream *s, uint64_t most)
{
    sunlot_price price = {.counts = 1, .sums = 1, .hold = true};
    const uint64_t warmth = 16 + 1024 / e->groups;
    uint64_t t = 0;
    for (; t < most && e->all_sums_off != 0; t++) take_step(e, s, &price, (int64_t)(warmth * (most - t) / most));
    return t;
}

bool sunlot_repair(sunlot_engine *e, sunlot_stream *s, uint64_t *steps)
{
    *steps = 0;
    sunlot_engine_grain(e, 0);
    for (uint32_t round = 0; round < SUNLOT_PLACE_ROUNDS; round++) {
        const uint64_t n = (uint64_t)e->p->rows << round;
        *steps += repair_counts(e, s, A_STEPS * n);
        if (e->all_counts_off != 0) continue;
        *steps += repair_sums(e, s, B_STEPS * n);
        if (e->all_sums_off == 0) return true;
    }
    return false;
}
