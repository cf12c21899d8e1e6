/* Repair (SPEC 8.5): first the counts, then the sums. */
#include "place/walk.h"

#define A_STEPS 400u
#define B_STEPS 200u

static void take_step(sunlot_engine *e, sunlot_stream *s, sunlot_pace *pace, sunlot_price *price, int64_t per_zero)
{
    sunlot_step step;
    sunlot_block b;
    uint16_t q[SUNLOT_MAX_UNIT_SEATS];
    sunlot_step_draw(&step, q, e, s, pace);
    price->most = per_zero * step.z;
    if (step.kind == SUNLOT_STEP_NOTHING) return;
    if (step.kind != SUNLOT_STEP_PAIR) {
        if (sunlot_block_read(&b, e, &step, q)) sunlot_block_try(&b, e, price);
    } else if (e->group[step.i] != e->group[step.j]) {
        sunlot_pair_try(e, step.i, step.j, price);
    }
}

/* Which way a round goes: what finds a placement soon in most schools finds none in others, so rounds take turns. */
static bool even(uint32_t round) { return round % 2 == 0; }

/* Cold from the start, or cooling: a worsening by 1 is taken once in 2^11, or once in 2^4 to 2^10. */
static uint64_t repair_counts(sunlot_engine *e, sunlot_stream *s, uint64_t most, uint32_t round)
{
    sunlot_price price = {.counts = 11};
    sunlot_pace pace = {.mix = false};
    while (pace.t < most && e->all_counts_off != 0) {
        if (!even(round)) price.counts = 4 + (int64_t)(7 * pace.t / most);
        take_step(e, s, &pace, &price, 1);
    }
    return pace.t;
}

/* The worsening of V that is taken falls to nothing in the course of the round.  It begins the smaller the more groups there are: a swap moves
 * the sums of two groups only, and with many the others' rest is to be kept.  Counts are held, which is best where there is room for it; or they may
 * be broken for a while, ever more dearly, which finds a way where few exchanges leave all counts as they are. */
static uint64_t repair_sums(sunlot_engine *e, sunlot_stream *s, uint64_t most, uint32_t round)
{
    sunlot_price price = {.counts = 1, .sums = 1, .hold = even(round)};
    const uint64_t warmth = 32 + 1024 / e->groups;
    sunlot_pace pace = {.mix = true};
    while (pace.t < most && (e->all_counts_off != 0 || e->all_sums_off != 0)) {
        int64_t warm = (int64_t)(warmth * (most - pace.t) / most);
        if (!even(round)) {
            if (warm < 1) warm = 1;
            price.counts = warm * (4 + (int64_t)(9 * pace.t / most));
        }
        take_step(e, s, &pace, &price, warm);
    }
    return pace.t;
}

bool sunlot_repair(sunlot_engine *e, sunlot_stream *s, uint64_t *steps)
{
    *steps = 0;
    sunlot_engine_grain(e, 0);
    for (uint32_t round = 0; round < SUNLOT_PLACE_ROUNDS; round++) {
        const uint64_t n = (uint64_t)e->p->rows << round;
        *steps += repair_counts(e, s, A_STEPS * n, round);
        if (e->all_counts_off != 0) continue;
        *steps += repair_sums(e, s, B_STEPS * n, round);
        if (e->all_counts_off == 0 && e->all_sums_off == 0) return true;
    }
    return false;
}
