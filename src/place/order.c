/* The order of SPEC 8.1, the movers' numbers and rows, profiles. */
#include "place/state.h"

#include "base/bytes.h"

#include <string.h>

/* ---- the order ---- */

static int compare_number(uint32_t a, uint32_t b) { return a < b ? -1 : a > b; }

/* Same stratum, same codes: 0. */
static int compare_profiles(const sunlot_problem *p, uint32_t a, uint32_t b)
{
    int c = compare_number(p->unit_stratum[a], p->unit_stratum[b]);
    const uint16_t *ca = p->code + (size_t)a * p->columns, *cb = p->code + (size_t)b * p->columns;
    for (uint32_t i = 0; c == 0 && i < p->columns; i++) c = compare_number(ca[i], cb[i]);
    return c;
}

static int compare_units(const void *left, const void *right, const void *user)
{
    const sunlot_problem *p = user;
    uint32_t a, b;
    memcpy(&a, left, sizeof a);
    memcpy(&b, right, sizeof b);
    int c = compare_number(p->unit_size[b], p->unit_size[a]);
    if (c == 0 && p->unit_size[a] == 1) c = compare_profiles(p, a, b);
    if (c == 0) c = memcmp(p->unit_ticket + (size_t)a * 32, p->unit_ticket + (size_t)b * 32, 32);
    return c != 0 ? c : compare_number(a, b);
}

/* ---- movers ---- */

static bool pinned(const sunlot_problem *p, uint32_t unit) { return p->unit_pin[unit] != SUNLOT_NONE16; }

static void number_movers(sunlot_engine *e)
{
    const sunlot_problem *p = e->p;
    e->singles = e->bigs = 0;
    for (uint32_t i = 0; i < p->units; i++) {
        if (pinned(p, i)) continue;
        if (p->unit_size[i] == 1)
            e->singles++;
        else
            e->bigs++;
    }
    uint32_t single = 0, big = e->singles, rest = e->singles + e->bigs;
    for (uint32_t i = 0; i < p->units; i++) {
        const uint32_t unit = e->order[i];
        if (pinned(p, unit))
            e->mover[rest++] = unit;
        else if (p->unit_size[unit] == 1)
            e->mover[single++] = unit;
        else
            e->mover[big++] = unit;
    }
}

static void fill_rows(sunlot_engine *e)
{
    const sunlot_problem *p = e->p;
    const uint32_t movers = e->singles + e->bigs;
    memset(e->row, 0, (size_t)movers * e->stride * sizeof *e->row);
    memset(e->slice, 0, (size_t)e->bigs * e->words * SUNLOT_SLICES * sizeof *e->slice);
    e->any_rare = false;
    for (uint32_t x = 0; x < movers; x++) {
        const uint32_t unit = e->mover[x];
        uint64_t *row = e->row + (size_t)x * e->stride;
        e->rare[x] = 0;
        for (uint32_t h = p->has_from[unit]; h < p->has_from[unit + 1]; h++) {
            const uint32_t value = p->has[h], w = value >> 6;
            uint64_t carry = UINT64_C(1) << (value & 63);
            if (value >= e->masked) {
                e->rare[x] = 1;
                e->any_rare = true;
                continue;
            }
            row[w] |= carry;
            if (x < e->singles) continue;
            uint64_t *slice = e->slice + ((size_t)(x - e->singles) * e->words + w) * SUNLOT_SLICES;
            for (uint32_t s = 0; s < SUNLOT_SLICES; s++) {
                const uint64_t both = slice[s] & carry;
                slice[s] ^= carry;
                carry = both;
            }
        }
        if (e->sums != 0) memcpy(e->sum_of + (size_t)x * e->sums, p->sum_of + (size_t)unit * e->sums, e->sums * sizeof *e->sum_of);
    }
}

/* k of a sum: the least with which all lanes stay within 16 bits.  In lanes two singles differ by at most the range of the values and 1; a group's
 * slack is kept from 2 + that below its interval to as much above. */
static void measure_lanes(sunlot_engine *e, uint32_t m)
{
    const sunlot_problem *p = e->p;
    const uint32_t heads = e->seats < p->rows ? e->seats : p->rows;
    const uint64_t width = 2 * (uint64_t)p->sum_most[(size_t)heads * p->sums + m];
    int64_t least = INT64_MAX, most = INT64_MIN;
    for (uint32_t x = 0; x < e->singles; x++) {
        const int64_t value = sunlot_sums(e, x)[m];
        least = value < least ? value : least;
        most = value > most ? value : most;
    }
    const uint64_t range = e->singles == 0 ? 0 : (uint64_t)most - (uint64_t)least;
    uint32_t k = 0;
    while ((width >> k) + 2 * (range >> k) > 0x7ff0) k++;
    e->k_shift[m] = k;
    e->k_reach[m] = (int32_t)(range >> k) + 3;
}

static void fill_lanes(sunlot_engine *e)
{
    for (uint32_t m = 0; m < e->sums; m++) {
        e->q_shift[m] = sunlot_bits_length((uint64_t)e->p->sum_unit[m]);
        measure_lanes(e, m);
    }
    for (uint32_t x = 0; x < e->singles; x++)
        for (uint32_t m = 0; m < e->sums; m++) {
            const int64_t value = sunlot_sums(e, x)[m], unit = (int64_t)1 << e->k_shift[m];
            const int64_t rounded = value >= 0 ? value / unit : -((-value + unit - 1) / unit);
            e->row[(size_t)x * e->stride + e->words + m / 4] += (uint64_t)rounded << (16 * (m & 3));
        }
}

/* ---- profiles ---- */

static bool same_stratum(const sunlot_engine *e, uint32_t i, uint32_t j) { return e->p->unit_stratum[e->mover[i]] == e->p->unit_stratum[e->mover[j]]; }

static sunlot_stretch stretch_of(uint32_t first, uint32_t end) { return (sunlot_stretch){(uint16_t)first, (uint16_t)(end - first)}; }

/* Stretches of equal profile, then of equal stratum. */
static void find_stretches(sunlot_engine *e)
{
    uint32_t all = 0;
    for (uint32_t i = 0, first = 0; i < e->singles; first = i) {
        for (; i < e->singles && compare_profiles(e->p, e->mover[first], e->mover[i]) == 0; i++) e->profile_of[i] = (uint16_t)all;
        e->stretch[all++] = stretch_of(first, i);
    }
    e->profiles = all;
    for (uint32_t i = 0, first = 0; i < e->singles; first = i) {
        while (i < e->singles && same_stratum(e, first, i)) i++;
        e->stretch[all++] = stretch_of(first, i);
    }
    e->strata = all - e->profiles;
}

void sunlot_engine_order(sunlot_engine *e, uint32_t *start)
{
    for (uint32_t u = 0; u < e->p->units; u++) e->order[u] = u;
    sunlot_sort(e->order, e->p->units, sizeof *e->order, compare_units, e->p, e->scratch);
    for (uint32_t i = 0; i < e->p->units; i++) start[e->order[i]] = i;
    number_movers(e);
    fill_rows(e);
    fill_lanes(e);
    find_stretches(e);
}
