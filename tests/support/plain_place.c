#include "plain_place.h"

#include "base/alloc.h"

#include <string.h>

typedef struct {
    const sunlot_problem *p;
    sunlot_stream s;
    uint32_t order[PLAIN_UNITS]; /* unit of each number */
    uint16_t group[PLAIN_UNITS]; /* of each unit */
    uint16_t seat[PLAIN_UNITS][SUNLOT_MAX_UNIT_SEATS];
    int32_t sitter[PLAIN_GROUPS][PLAIN_UNITS * 4]; /* unit, or -1 */
    uint32_t bigs, big[PLAIN_UNITS];               /* movable, in order: units */
    uint32_t singles, single[PLAIN_UNITS];
    uint32_t largest;
} plain;

/* ---- energy ---- */

static int64_t far_off(int64_t x, int64_t lo, int64_t hi)
{
    if (x < lo) return lo - x;
    if (x > hi) return x - hi;
    return 0;
}

static void count_heads(uint32_t heads[PLAIN_GROUPS], const sunlot_problem *p, const uint16_t *group)
{
    memset(heads, 0, PLAIN_GROUPS * sizeof *heads);
    for (uint32_t u = 0; u < p->units; u++) heads[group[u]] += p->unit_heads[u];
}

int64_t plain_counts_off(const sunlot_problem *p, const uint16_t *group)
{
    static uint16_t count[PLAIN_VALUES][PLAIN_GROUPS];
    uint32_t heads[PLAIN_GROUPS];
    int64_t c = 0;
    count_heads(heads, p, group);
    memset(count, 0, p->values * sizeof count[0]);
    for (uint32_t u = 0; u < p->units; u++)
        for (uint32_t h = p->has_from[u]; h < p->has_from[u + 1]; h++) count[p->has[h]][group[u]]++;
    for (uint32_t v = 0; v < p->values; v++)
        for (uint32_t g = 0; g < p->groups; g++) c += far_off(count[v][g], p->lo[heads[g] * p->values + v], p->hi[heads[g] * p->values + v]);
    return c;
}

static int64_t bit_length(int64_t x)
{
    int64_t n = 0;
    while (x > 0) {
        n++;
        x /= 2;
    }
    return n;
}

static int64_t violation(int64_t distance, int64_t unit)
{
    const int64_t q = bit_length(unit) - 10, most = (int64_t)1 << 48;
    int64_t v = distance;
    if (q < 0) {
        if (v > (int64_t)1 << 40) v = (int64_t)1 << 40;
        for (int64_t i = 0; i < -q; i++) v *= 2;
    } else {
        const int64_t d = (int64_t)1 << q;
        v = distance / d + (distance % d != 0);
    }
    return v < most ? v : most;
}

int64_t plain_sums_off(const sunlot_problem *p, const uint16_t *group, bool whole_units)
{
    uint32_t heads[PLAIN_GROUPS];
    int64_t off = 0;
    count_heads(heads, p, group);
    for (uint32_t m = 0; m < p->sums; m++) {
        int64_t sum[PLAIN_GROUPS] = {0};
        for (uint32_t u = 0; u < p->units; u++) sum[group[u]] += p->sum_of[u * p->sums + m];
        for (uint32_t g = 0; g < p->groups; g++) {
            const int64_t most = p->sum_most[heads[g] * p->sums + m];
            const int64_t v = violation(far_off(sum[g], -most, most), p->sum_unit[m]);
            off += whole_units ? (v + 1023) / 1024 : v;
        }
    }
    return off;
}

/* ---- order and deal ---- */

static bool same_profile(const sunlot_problem *p, uint32_t a, uint32_t b)
{
    for (uint32_t c = 0; c < p->columns; c++)
        if (p->code[a * p->columns + c] != p->code[b * p->columns + c]) return false;
    return p->unit_stratum[a] == p->unit_stratum[b];
}

static bool before(const sunlot_problem *p, uint32_t a, uint32_t b)
{
    if (p->unit_size[a] != p->unit_size[b]) return p->unit_size[a] > p->unit_size[b];
    if (p->unit_size[a] == 1) {
        if (p->unit_stratum[a] != p->unit_stratum[b]) return p->unit_stratum[a] < p->unit_stratum[b];
        for (uint32_t c = 0; c < p->columns; c++)
            if (p->code[a * p->columns + c] != p->code[b * p->columns + c]) return p->code[a * p->columns + c] < p->code[b * p->columns + c];
    }
    return memcmp(p->unit_ticket + a * 32, p->unit_ticket + b * 32, 32) < 0;
}

static void put_in_order(plain *x)
{
    const sunlot_problem *p = x->p;
    for (uint32_t u = 0; u < p->units; u++) {
        uint32_t number = 0;
        for (uint32_t other = 0; other < p->units; other++) number += before(p, other, u);
        x->order[number] = u;
    }
    for (uint32_t i = 0; i < p->units; i++) {
        const uint32_t u = x->order[i];
        if (p->unit_pin[u] != SUNLOT_NONE16) continue;
        if (p->unit_size[u] > 1)
            x->big[x->bigs++] = u;
        else
            x->single[x->singles++] = u;
    }
}

static uint32_t free_seats(const plain *x, uint32_t g)
{
    uint32_t taken = 0;
    for (uint32_t q = 0; q < x->p->group_size[g]; q++) taken += x->sitter[g][q] >= 0;
    return x->p->group_size[g] - taken;
}

static bool sit_down(plain *x, uint32_t u, uint32_t g)
{
    if (free_seats(x, g) < x->p->unit_size[u]) return false;
    for (uint32_t t = 0; t < x->p->unit_size[u]; t++) {
        uint16_t q = 0;
        while (x->sitter[g][q] >= 0) q++;
        x->sitter[g][q] = (int32_t)u;
        x->seat[u][t] = q;
    }
    x->group[u] = (uint16_t)g;
    return true;
}

static bool deal(plain *x)
{
    const sunlot_problem *p = x->p;
    uint32_t c = 0;
    memset(x->sitter, 0xff, sizeof x->sitter);
    for (uint32_t i = 0; i < p->units; i++)
        if (p->unit_pin[x->order[i]] != SUNLOT_NONE16 && !sit_down(x, x->order[i], p->unit_pin[x->order[i]])) return false;
    for (uint32_t i = 0; i < p->units; i++) {
        if (p->unit_pin[x->order[i]] != SUNLOT_NONE16) continue;
        uint32_t tried = 0;
        while (tried < p->groups && !sit_down(x, x->order[i], (c + tried) % p->groups)) tried++;
        if (tried == p->groups) return false;
        c = (c + tried + 1) % p->groups;
    }
    return true;
}

/* ---- a step ---- */

typedef struct {
    uint32_t z;
    bool legal;
    uint32_t u, others, other[SUNLOT_MAX_UNIT_SEATS]; /* u exchanges with these */
} proposal;

static uint32_t count_profile(const plain *x, uint32_t i)
{
    uint32_t n = 0;
    for (uint32_t j = 0; j < x->singles; j++) n += same_profile(x->p, x->single[i], x->single[j]);
    return n;
}

static uint32_t first_of_profile(const plain *x, uint32_t i)
{
    while (i > 0 && same_profile(x->p, x->single[i - 1], x->single[i])) i--;
    return i;
}

static bool same_stratum(const plain *x, uint32_t i, uint32_t j) { return x->p->unit_stratum[x->single[i]] == x->p->unit_stratum[x->single[j]]; }

static uint32_t codes_apart(const plain *x, uint32_t i, uint32_t j)
{
    uint32_t n = 0;
    for (uint32_t c = 0; c < x->p->columns; c++) n += x->p->code[x->single[i] * x->p->columns + c] != x->p->code[x->single[j] * x->p->columns + c];
    return n;
}

/* First singles of the near profiles of i. */
static uint32_t list_near(const plain *x, uint32_t i, uint32_t *near)
{
    uint32_t first = i, profiles = 0, profile[PLAIN_UNITS], own = 0, least = UINT32_MAX, found = 0;
    while (first > 0 && same_stratum(x, first - 1, i)) first--;
    for (uint32_t j = first; j < x->singles && same_stratum(x, j, i); j++) {
        if (first_of_profile(x, j) != j) continue;
        if (j == first_of_profile(x, i))
            own = profiles;
        else if (codes_apart(x, i, j) < least)
            least = codes_apart(x, i, j);
        profile[profiles++] = j;
    }
    for (uint32_t k = 1; k < profiles && found < SUNLOT_PLACE_NEAR; k++) {
        const uint32_t j = profile[(own + k) % profiles];
        if (codes_apart(x, i, j) == least) near[found++] = j;
    }
    return found;
}

static void propose_block(plain *x, proposal *r, bool odd)
{
    const sunlot_problem *p = x->p;
    const uint32_t u = x->big[sunlot_stream_below(&x->s, x->bigs)], size = p->unit_size[u];
    uint32_t q[SUNLOT_MAX_UNIT_SEATS];
    r->u = u;
    if (odd) {
        r->others = 1;
        r->other[0] = x->big[sunlot_stream_below(&x->s, x->bigs)];
        r->legal = p->unit_size[r->other[0]] == size && x->group[r->other[0]] != x->group[u];
        return;
    }
    if (p->groups < 2) return;
    uint32_t h = sunlot_stream_below(&x->s, p->groups - 1);
    if (h >= x->group[u]) h++;
    for (uint32_t t = 0; t < size; t++) q[t] = sunlot_stream_below(&x->s, x->largest);
    r->others = size;
    r->legal = true;
    for (uint32_t t = 0; t < size; t++) {
        for (uint32_t e = 0; e < t; e++)
            if (q[e] == q[t]) r->legal = false;
        if (q[t] >= p->group_size[h] || x->sitter[h][q[t]] < 0) {
            r->legal = false;
            continue;
        }
        r->other[t] = (uint32_t)x->sitter[h][q[t]];
        if (p->unit_size[r->other[t]] != 1 || p->unit_pin[r->other[t]] != SUNLOT_NONE16) r->legal = false;
    }
}

static void propose_pair(plain *x, proposal *r, uint32_t kappa, bool mix)
{
    enum { SAME, NEAR, ANY } kind = mix ? kappa % 2 == 0 ? SAME : kappa % 4 == 1 ? NEAR : ANY : kappa % 2 == 0 ? NEAR : ANY;
    uint32_t twins = 0, twin[PLAIN_UNITS], i, j;
    for (i = 0; i < x->singles && kind == SAME; i++)
        if (count_profile(x, i) >= 2) twin[twins++] = i;
    if (kind == SAME && twins == 0) kind = ANY;
    if (kind == SAME) {
        i = twin[sunlot_stream_below(&x->s, twins)];
        j = first_of_profile(x, i) + sunlot_stream_below(&x->s, count_profile(x, i) - 1);
        if (j >= i) j++;
    } else if (kind == NEAR) {
        uint32_t near[SUNLOT_PLACE_NEAR];
        i = sunlot_stream_below(&x->s, x->singles);
        const uint32_t nears = list_near(x, i, near);
        if (nears == 0) return;
        j = near[sunlot_stream_below(&x->s, nears)];
        j += sunlot_stream_below(&x->s, count_profile(x, j));
    } else {
        uint32_t first = 0, count = 0;
        i = sunlot_stream_below(&x->s, x->singles);
        while (!same_stratum(x, first, i)) first++;
        while (first + count < x->singles && same_stratum(x, first + count, i)) count++;
        j = first + sunlot_stream_below(&x->s, count);
    }
    r->u = x->single[i];
    r->others = 1;
    r->other[0] = x->single[j];
    r->legal = x->group[r->u] != x->group[r->other[0]];
}

static proposal propose(plain *x, bool mix)
{
    proposal r;
    memset(&r, 0, sizeof r);
    const uint32_t w = sunlot_stream_word(&x->s), kappa = w / 268435456u, eighth = w / 134217728u;
    while (r.z < 24 && w % (2u << r.z) == 0) r.z++;
    if (x->bigs > 0 && kappa == 0)
        propose_block(x, &r, eighth % 2 == 1);
    else if (x->singles > 0)
        propose_pair(x, &r, kappa, mix);
    return r;
}

static void exchange(plain *x, const proposal *r)
{
    const uint16_t g = x->group[r->u], h = x->group[r->other[0]];
    uint16_t mine[SUNLOT_MAX_UNIT_SEATS];
    memcpy(mine, x->seat[r->u], sizeof mine);
    for (uint32_t t = 0; t < x->p->unit_size[r->u]; t++) {
        const uint32_t v = r->others == 1 ? r->other[0] : r->other[t], tv = r->others == 1 ? t : 0;
        x->seat[r->u][t] = x->seat[v][tv];
        x->seat[v][tv] = mine[t];
        x->group[v] = g;
        x->sitter[g][mine[t]] = (int32_t)v;
        x->sitter[h][x->seat[r->u][t]] = (int32_t)r->u;
    }
    x->group[r->u] = h;
}

/* The groups as they would be. */
static void foresee(uint16_t *group, const plain *x, const proposal *r)
{
    memcpy(group, x->group, sizeof x->group);
    for (uint32_t t = 0; t < r->others; t++) group[r->other[t]] = x->group[r->u];
    group[r->u] = x->group[r->other[0]];
}

/* ---- repair and mix ---- */

static int64_t counts_off(const plain *x) { return plain_counts_off(x->p, x->group); }

static int64_t sums_off(const plain *x) { return plain_sums_off(x->p, x->group, false); }

static bool repair(plain *x, uint64_t *steps)
{
    const sunlot_problem *p = x->p;
    const int64_t n = p->rows;
    uint16_t then[PLAIN_UNITS];
    for (int64_t r = 0; r < 4; r++) {
        const int64_t a = 400 * n << r, b = 200 * n << r;
        for (int64_t t = 0; t < a && counts_off(x) > 0; t++, ++*steps) {
            const proposal step = propose(x, false);
            if (!step.legal) continue;
            foresee(then, x, &step);
            if (11 * (plain_counts_off(p, then) - counts_off(x)) <= (int64_t)step.z) exchange(x, &step);
        }
        if (counts_off(x) > 0) continue;
        for (int64_t t = 0; t < b && sums_off(x) > 0; t++, ++*steps) {
            const proposal step = propose(x, false);
            if (!step.legal) continue;
            foresee(then, x, &step);
            const int64_t most = (16 + 1024 / (int64_t)p->groups) * (b - t) / b * step.z;
            if (plain_counts_off(p, then) == 0 && plain_sums_off(p, then, false) - sums_off(x) <= most) exchange(x, &step);
        }
        if (sums_off(x) == 0) return true;
    }
    return false;
}

static bool mix_well(plain *x, uint32_t mix, uint32_t *looks, uint64_t *steps)
{
    const sunlot_problem *p = x->p;
    uint16_t then[PLAIN_UNITS];
    int64_t loose = p->values - p->counted;
    for (uint32_t g = 0; g < p->groups; g++)
        for (uint32_t v = 0; v < p->counted; v++) {
            const uint32_t at = (p->group_size[g] < p->rows ? p->group_size[g] : p->rows) * p->values + v;
            if (p->lo[at] < p->hi[at]) loose++;
        }
    int64_t b = bit_length(loose);
    if (bit_length((int64_t)p->groups * p->counted) / 2 > b) b = bit_length((int64_t)p->groups * p->counted) / 2;
    const int64_t s = bit_length((int64_t)p->groups * p->sums) + 1, length = (int64_t)mix * p->rows;
    if (b < 1) b = 1;
    for (*looks = 1; *looks <= 256; ++*looks) {
        const int64_t more = *looks == 1 ? length : (length + 15) / 16;
        for (int64_t t = 0; t < more; t++, ++*steps) {
            const proposal step = propose(x, true);
            if (!step.legal) continue;
            foresee(then, x, &step);
            const int64_t counts = plain_counts_off(p, then) - counts_off(x);
            const int64_t sums = plain_sums_off(p, then, true) - plain_sums_off(p, x->group, true);
            if (b * counts + s * sums <= (int64_t)step.z) exchange(x, &step);
        }
        if (counts_off(x) == 0 && sums_off(x) == 0) return true;
    }
    *looks = 256;
    return false;
}

void plain_place(uint16_t *group, uint32_t *start, sunlot_place_report *report, const sunlot_problem *p, const uint8_t key32[32], uint32_t mix)
{
    static plain x;
    SUNLOT_REQUIRE(p->units <= PLAIN_UNITS && p->groups <= PLAIN_GROUPS && p->values <= PLAIN_VALUES);
    memset(&x, 0, sizeof x);
    memset(report, 0, sizeof *report);
    x.p = p;
    for (uint32_t g = 0; g < p->groups; g++)
        if (p->group_size[g] > x.largest) x.largest = p->group_size[g];
    sunlot_stream_init(&x.s, key32);
    put_in_order(&x);
    for (uint32_t i = 0; i < p->units; i++) start[x.order[i]] = i;
    if (!deal(&x)) return;
    report->placed = repair(&x, &report->repair_steps) && mix_well(&x, mix, &report->looks, &report->mix_steps);
    memcpy(group, x.group, p->units * sizeof *group);
    if (report->placed) return;
    report->counts_off = (uint64_t)counts_off(&x);
    report->sums_off = (uint64_t)sums_off(&x);
}
