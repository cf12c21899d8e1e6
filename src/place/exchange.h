/* Exchanges: what they would do to the energies, and doing them. */
#ifndef SUNLOT_PLACE_EXCHANGE_H
#define SUNLOT_PLACE_EXCHANGE_H

#include "place/step.h"

/* What an exchange may cost: it is taken if counts · δC + sums · δV <= most, where δV is that of the present grain; with `hold` only if also δC <= 0. */
typedef struct {
    int64_t counts, sums, most;
    bool hold;
} sunlot_price;

/* Exchange singles i and j, which are in different groups, if the price allows.  Returns whether it was done. */
bool sunlot_pair_try(sunlot_engine *e, uint32_t i, uint32_t j, const sunlot_price *price);
/* By how much the exchange would change C. */
int64_t sunlot_pair_counts(const sunlot_engine *e, uint32_t i, uint32_t j);

/* The part of an exchange that concerns counts. */
void sunlot_pair_values(sunlot_engine *e, uint32_t i, uint32_t j);

/* An exchange of a big with another (v) or with singles; after it was done, the one that takes it back. */
typedef struct {
    uint32_t u, v; /* movers; v is UINT32_MAX for singles */
    uint32_t g, h; /* their groups */
    uint32_t size;
    uint16_t single[SUNLOT_MAX_UNIT_SEATS];
    uint16_t q[SUNLOT_MAX_UNIT_SEATS]; /* seats of the singles */
} sunlot_block;

/* Returns false if the proposal is not legal.  q: the seats drawn. */
bool sunlot_block_read(sunlot_block *b, const sunlot_engine *e, const sunlot_step *step, const uint16_t *q);
void sunlot_block_exchange(sunlot_block *b, sunlot_engine *e);
bool sunlot_block_try(sunlot_block *b, sunlot_engine *e, const sunlot_price *price);

/* Where two singles sit after their exchange.  Seats matter to bigs alone. */
static inline void sunlot_pair_sit(sunlot_engine *e, uint32_t i, uint32_t j)
{
    const uint16_t g = e->group[i], h = e->group[j];
    e->group[i] = h;
    e->group[j] = g;
    if (e->bigs == 0) return;
    const uint16_t qi = e->seat[i], qj = e->seat[j];
    e->seat[i] = qj;
    e->seat[j] = qi;
    e->sitter[(size_t)g * e->seats + qi] = (uint16_t)j;
    e->sitter[(size_t)h * e->seats + qj] = (uint16_t)i;
}

/* The exchange itself. */
static inline void sunlot_pair_exchange(sunlot_engine *e, uint32_t i, uint32_t j)
{
    const uint16_t g = e->group[i], h = e->group[j];
    const uint64_t *ri = sunlot_row(e, i), *rj = sunlot_row(e, j);
    uint64_t differ = (uint64_t)(e->rare[i] | e->rare[j]), outside = 0;
    for (uint32_t w = 0; w < e->words; w++) differ |= ri[w] ^ rj[w];
    if (differ != 0) sunlot_pair_values(e, i, j);
    const int64_t *si = sunlot_sums(e, i), *sj = sunlot_sums(e, j);
    uint64_t *from = sunlot_slack(e, g), *to = sunlot_slack(e, h);
    for (uint32_t m = 0; m < e->sums; m++, from += 2, to += 2) {
        const uint64_t d = (uint64_t)si[m] - (uint64_t)sj[m];
        from[0] -= d;
        to[0] += d;
        outside |= (uint64_t)(from[0] > from[1]) | (uint64_t)(to[0] > to[1]);
    }
    if (e->sums != 0) {
        if ((outside | (uint64_t)(e->sums_off[g] | e->sums_off[h])) != 0) {
            sunlot_engine_set_sums_off(e, g);
            sunlot_engine_set_sums_off(e, h);
        }
        sunlot_engine_set_lanes(e, g);
        sunlot_engine_set_lanes(e, h);
    }
    sunlot_pair_sit(e, i, j);
}

#endif
