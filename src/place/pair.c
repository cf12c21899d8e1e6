/* Exchanges of two singles. */
#include "place/exchange.h"

/* The first rare value of a unit's list. */
static uint32_t rare_from(const sunlot_engine *e, uint32_t unit)
{
    uint32_t h = e->p->has_from[unit + 1];
    while (h > e->p->has_from[unit] && e->p->has[h - 1] >= e->masked) h--;
    return h;
}

static int64_t rare_change(const sunlot_engine *e, uint32_t value, uint32_t from, uint32_t to)
{
    const int64_t gives = sunlot_count(e, from)[value], takes = sunlot_count(e, to)[value];
    const uint16_t from_lo = sunlot_lo(e, from)[value], from_hi = sunlot_hi(e, from)[value];
    const uint16_t to_lo = sunlot_lo(e, to)[value], to_hi = sunlot_hi(e, to)[value];
    return sunlot_distance(gives - 1, from_lo, from_hi) - sunlot_distance(gives, from_lo, from_hi) + sunlot_distance(takes + 1, to_lo, to_hi) -
           sunlot_distance(takes, to_lo, to_hi);
}

/* Values that both have stay where they are: the lists ascend, so they are merged. */
static int64_t rare_counts(const sunlot_engine *e, uint32_t i, uint32_t j)
{
    const uint16_t *has = e->p->has;
    const uint32_t ui = e->mover[i], uj = e->mover[j], g = e->group[i], h = e->group[j];
    uint32_t a = rare_from(e, ui), b = rare_from(e, uj);
    const uint32_t a_end = e->p->has_from[ui + 1], b_end = e->p->has_from[uj + 1];
    int64_t change = 0;
    while (a < a_end || b < b_end) {
        if (b == b_end || (a < a_end && has[a] < has[b])) {
            change += rare_change(e, has[a++], g, h);
        } else if (a == a_end || has[b] < has[a]) {
            change += rare_change(e, has[b++], h, g);
        } else {
            a++;
            b++;
        }
    }
    return change;
}

int64_t sunlot_pair_counts(const sunlot_engine *e, uint32_t i, uint32_t j)
{
    const uint64_t *ri = sunlot_row(e, i), *rj = sunlot_row(e, j);
    const uint64_t *g = sunlot_face(e, e->group[i]) + SUNLOT_FACE_BAD, *h = sunlot_face(e, e->group[j]) + SUNLOT_FACE_BAD;
    const uint32_t good = 2 * (e->words + e->lanes);
    int64_t change = 0;
    for (uint32_t w = 0; w < e->words; w++, g += 2, h += 2) {
        const uint64_t a = ri[w] & ~rj[w], b = rj[w] & ~ri[w]; /* a leaves g for h, b leaves h for g */
        const uint64_t worse_g = (a & g[0]) | (b & g[1]), worse_h = (b & h[0]) | (a & h[1]);
        const uint64_t better_g = (a & g[good]) | (b & g[good + 1]), better_h = (b & h[good]) | (a & h[good + 1]);
        if ((worse_g | worse_h) != 0) change += sunlot_bits_count(worse_g) + sunlot_bits_count(worse_h);
        if ((better_g | better_h) != 0) change -= sunlot_bits_count(better_g) + sunlot_bits_count(better_h);
    }
    if ((e->rare[i] | e->rare[j]) != 0) change += rare_counts(e, i, j);
    return change;
}

static void move_bits(sunlot_engine *e, uint64_t bits, uint32_t w, uint32_t from, uint32_t to)
{
    for (; bits != 0; bits &= bits - 1) {
        const uint32_t value = w * 64 + sunlot_bits_low(bits);
        sunlot_engine_add(e, from, value, -1);
        sunlot_engine_add(e, to, value, 1);
    }
}

static void move_rare(sunlot_engine *e, uint32_t unit, uint32_t from, uint32_t to)
{
    for (uint32_t h = rare_from(e, unit); h < e->p->has_from[unit + 1]; h++) {
        sunlot_engine_add(e, from, e->p->has[h], -1);
        sunlot_engine_add(e, to, e->p->has[h], 1);
    }
}

void sunlot_pair_values(sunlot_engine *e, uint32_t i, uint32_t j)
{
    const uint64_t *ri = sunlot_row(e, i), *rj = sunlot_row(e, j);
    const uint32_t g = e->group[i], h = e->group[j];
    for (uint32_t w = 0; w < e->words; w++) {
        move_bits(e, ri[w] & ~rj[w], w, g, h);
        move_bits(e, rj[w] & ~ri[w], w, h, g);
    }
    if (e->rare[i] != 0) move_rare(e, e->mover[i], g, h);
    if (e->rare[j] != 0) move_rare(e, e->mover[j], h, g);
}

bool sunlot_pair_try(sunlot_engine *e, uint32_t i, uint32_t j, const sunlot_price *price)
{
    const uint32_t g = e->group[i], h = e->group[j];
    const int64_t counts = sunlot_pair_counts(e, i, j);
    if (price->hold && counts > 0) return false;
    const int64_t rest = price->most - price->counts * counts;
    if (rest + price->sums * (e->sums_off[g] + e->sums_off[h]) < 0) return false;
    if (price->sums != 0) {
        const int64_t *si = sunlot_sums(e, i), *sj = sunlot_sums(e, j);
        for (uint32_t m = 0; m < e->sums; m++) e->delta[m] = (uint64_t)si[m] - (uint64_t)sj[m];
        if (!sunlot_engine_shift_within(e, g, h, price->sums, rest)) return false;
    }
    sunlot_pair_exchange(e, i, j);
    return true;
}
