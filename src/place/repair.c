/* Repair (SPEC 8.4): first the counts, then the sums with the counts held. */
#include "place/walk.h"

#define A_STEPS 400u
#define B_STEPS 200u

/* A proposal is taken if C changes by at most `counts` and, where sums are looked at, V by at most `sums`. */
static void try_step(sunlot_engine *e, const sunlot_step *step, const uint16_t *q, bool with_sums, int64_t counts, int64_t sums)
{
    if (step->kind == SUNLOT_STEP_NOTHING) return;
    if (step->kind == SUNLOT_STEP_PAIR) {
        const uint32_t g = e->group[step->i], h = e->group[step->j];
        if (g == h || sunlot_engine_swap_counts(e, step->i, step->j) > counts) return;
        if (with_sums) {
            sunlot_engine_swap_sums(e, step->i, step->j);
            if (sunlot_engine_shifted(e, g, h) - e->sums_off[g] - e->sums_off[h] > sums) return;
        }
        sunlot_engine_swap(e, step->i, step->j);
        return;
    }
    sunlot_block b;
    if (!sunlot_block_read(&b, e, step, q) || sunlot_block_counts(&b, e, counts) > counts) return;
    if (with_sums) {
        sunlot_block_sums(&b, e);
        if (sunlot_block_shifted(&b, e) - e->sums_off[b.g] - e->sums_off[b.h] > sums) return;
    }
    sunlot_block_exchange(&b, e);
}

/* 11 δ <= z: a worsening by 1 is taken once in 2^11. */
static uint64_t repair_counts(sunlot_engine *e, sunlot_stream *s, uint64_t most)
{
    uint64_t t = 0;
    for (; t < most && e->all_counts_off != 0; t++) {
        sunlot_step step;
        uint16_t q[SUNLOT_MAX_UNIT_SEATS];
        sunlot_step_draw(&step, q, e, s, false);
        try_step(e, &step, q, false, step.z / 11, 0);
    }
    return t;
}

/* The worsening of V that is taken falls to nothing in the course of the round. */
static uint64_t repair_sums(sunlot_engine *e, sunlot_stream *s, uint64_t most)
{
    uint64_t t = 0;
    for (; t < most && e->all_sums_off != 0; t++) {
        sunlot_step step;
        uint16_t q[SUNLOT_MAX_UNIT_SEATS];
        sunlot_step_draw(&step, q, e, s, false);
        try_step(e, &step, q, true, 0, (int64_t)(256 * (most - t) / most) * step.z);
    }
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
