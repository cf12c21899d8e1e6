/* The order of SPEC 8.1, the movers' numbers and rows, profiles and near profiles. */
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
        for (uint32_t m = 0; m < e->sums; m++) row[e->words + m] = (uint64_t)p->sum_of[(size_t)unit * e->sums + m];
    }
}

/* ---- profiles ---- */

static bool same_stratum(const sunlot_engine *e, uint32_t i, uint32_t j) { return e->p->unit_stratum[e->mover[i]] == e->p->unit_stratum[e->mover[j]]; }

/* Stretches of equal profile, then of equal stratum. */
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

/* Four codes lie side by side in a word; the number of those that differ in two words is found at once: each lane of a ^ b that is not 0 gets
 * its highest bit, by adding 0x7fff to its other bits. */
static uint64_t lanes_that_differ(uint64_t a, uint64_t b)
{
    const uint64_t low = UINT64_C(0x7fff7fff7fff7fff), x = a ^ b;
    return ((((x & low) + low) | x) >> 15) & UINT64_C(0x0001000100010001);
}

static uint32_t codes_that_differ(const uint64_t *a, const uint64_t *b, size_t words)
{
    uint64_t lanes = 0;
    for (size_t w = 0; w < words; w++) lanes += lanes_that_differ(a[w], b[w]);
    return (uint32_t)((lanes * UINT64_C(0x0001000100010001)) >> 48);
}

static void fill_keys(sunlot_engine *e, size_t words)
{
    const sunlot_problem *p = e->p;
    memset(e->key, 0, e->profiles * words * sizeof *e->key);
    for (uint32_t r = 0; r < e->profiles; r++) {
        const uint16_t *code = p->code + (size_t)e->mover[e->stretch[r].first] * p->columns;
        for (uint32_t c = 0; c < p->columns; c++) e->key[r * words + c / 4] |= (uint64_t)code[c] << (16 * (c % 4));
    }
}

/* Go round the profiles begin … end - 1 of the stratum from the one after r; keep those at the least distance seen so far, at most
 * SUNLOT_PLACE_NEAR.  A nearer one begins the list anew; those at distance 1 cannot be beaten.  Returns how many. */
static uint32_t find_near(sunlot_stretch *near, const sunlot_engine *e, uint32_t r, uint32_t begin, uint32_t end, size_t words)
{
    uint32_t least = UINT32_MAX, found = 0;
    for (uint32_t step = 1; step < end - begin && (least > 1 || found < SUNLOT_PLACE_NEAR); step++) {
        const uint32_t other = r + step < end ? r + step : r + step - (end - begin);
        const uint32_t d = codes_that_differ(e->key + r * words, e->key + other * words, words);
        if (d < least) {
            least = d;
            found = 0;
        }
        if (d == least && found < SUNLOT_PLACE_NEAR) near[found++] = e->stretch[other];
    }
    return found;
}

static void fill_picks(sunlot_engine *e)
{
    const size_t words = (e->p->columns + 3) / 4;
    uint32_t hop = 0, end = 0;
    sunlot_pick *pick = e->pick + e->twins; /* of all singles, in order */
    fill_keys(e, words);
    for (uint32_t s = e->profiles; s < e->profiles + e->strata; s++) {
        const uint32_t begin = end;
        end = e->profile_of[e->stretch[s].first + e->stretch[s].count - 1u] + 1u;
        for (uint32_t r = begin; r < end; r++) {
            const sunlot_stretch own = e->stretch[r];
            e->hop[hop] = own;
            e->hop[hop + 1] = e->stretch[s];
            const uint32_t nears = find_near(e->hop + hop + 2, e, r, begin, end, words);
            for (uint32_t i = own.first; i < own.first + own.count; i++) *pick++ = (sunlot_pick){hop, (uint16_t)i, (uint16_t)nears};
            hop += 2 + nears;
        }
    }
    for (uint32_t i = 0, t = 0; i < e->singles; i++)
        if (e->stretch[e->profile_of[i]].count >= 2) e->pick[t++] = e->pick[e->twins + i];
}

static void fill_plans(sunlot_engine *e)
{
    const sunlot_plan same = {.picks = e->twins, .pick_from = 0, .hop = 0, .near = 0, .same = 1};
    const sunlot_plan near = {.picks = e->singles, .pick_from = e->twins, .hop = 2, .near = 1, .same = 0};
    const sunlot_plan any = {.picks = e->singles, .pick_from = e->twins, .hop = 1, .near = 0, .same = 0};
    for (uint32_t kappa = 0; kappa < 4; kappa++) {
        e->plan[0][kappa] = kappa % 2 == 0 ? near : any;
        e->plan[1][kappa] = kappa == 1 ? near : kappa == 3 || e->twins == 0 ? any : same;
    }
}

static void count_twins(sunlot_engine *e)
{
    e->twins = 0;
    for (uint32_t r = 0; r < e->profiles; r++)
        if (e->stretch[r].count >= 2) e->twins += e->stretch[r].count;
}

void sunlot_engine_order(sunlot_engine *e, uint32_t *start)
{
    for (uint32_t u = 0; u < e->p->units; u++) e->order[u] = u;
    sunlot_sort(e->order, e->p->units, sizeof *e->order, compare_units, e->p, e->scratch);
    for (uint32_t i = 0; i < e->p->units; i++) start[e->order[i]] = i;
    number_movers(e);
    fill_rows(e);
    find_stretches(e);
    count_twins(e);
    fill_picks(e);
    fill_plans(e);
}
