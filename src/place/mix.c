/* Mix (SPEC 8.6): how dear it is to pass through states that break rules, and when the walk is looked at. */
#include "place/walk.h"

#define PROBES 32u
#define SETTLE 64u
#define OFTEN  20u
#define SELDOM 4u
#define RAISES 8u

/* Weights b and s (SPEC 8.6).  Where an interval has lo < hi a swap may put one count off by one; where all have lo = hi it puts four off at once,
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

static bool in_order(const sunlot_engine *e) { return e->all_counts_off == 0 && e->all_sums_off == 0; }

/* How many of PROBES states, half a row's steps apart, keep all intervals. */
static uint32_t probe(sunlot_engine *e, const sunlot_price *price, sunlot_stream *s, uint64_t *steps)
{
    const uint64_t apart = (e->p->rows + 1) / 2;
    uint32_t kept = 0;
    sunlot_walk(e, price, s, SETTLE * apart);
    for (uint32_t i = 0; i < PROBES; i++) {
        sunlot_walk(e, price, s, apart);
        kept += in_order(e);
    }
    *steps += (SETTLE + PROBES) * apart;
    return kept;
}

static sunlot_price change_price(sunlot_price price, int32_t by)
{
    price.counts = price.counts + by < 1 ? 1 : price.counts + by;
    price.sums = price.sums + by < 1 ? 1 : price.sums + by;
    return price;
}

/* The lower the weights, the sooner the start is forgotten; but all intervals must hold together often enough to be met at the looks. */
sunlot_price sunlot_temper(sunlot_engine *e, sunlot_stream *s, uint64_t *steps)
{
    sunlot_price price = weigh(e->p);
    uint32_t kept = probe(e, &price, s, steps);
    if (kept < SELDOM) {
        for (uint32_t raised = 0; kept < SELDOM && raised < RAISES; raised++) {
            price = change_price(price, 1);
            kept = probe(e, &price, s, steps);
        }
        return price;
    }
    while (kept >= OFTEN && (price.counts > 1 || price.sums > 1)) {
        const sunlot_price lower = change_price(price, -1);
        kept = probe(e, &lower, s, steps);
        if (kept >= OFTEN) price = lower;
    }
    return price;
}

bool sunlot_mix(sunlot_engine *e, sunlot_stream *s, uint32_t mix, uint32_t *looks, uint64_t *steps)
{
    const uint64_t length = (uint64_t)mix * (e->p->rows > SUNLOT_PLACE_FEW ? e->p->rows : SUNLOT_PLACE_FEW);
    *steps = 0;
    sunlot_engine_grain(e, 10);
    *looks = 0;
    if (mix == 0) return in_order(e);
    const sunlot_price price = sunlot_temper(e, s, steps);
    for (*looks = 1; *looks <= SUNLOT_PLACE_LOOKS; ++*looks) {
        const uint64_t more = *looks == 1 ? length : (length + 15) / 16;
        sunlot_walk(e, &price, s, more);
        *steps += more;
        if (in_order(e)) return true;
    }
    *looks = SUNLOT_PLACE_LOOKS;
    return false;
}
