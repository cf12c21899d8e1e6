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
    uint32_t closes, nears;
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

/* ---- partners ---- */

typedef struct {
    uint32_t i, j;
} close_pair;

static close_pair close_list[PLAIN_UNITS * 8], near_list[PLAIN_UNITS * 8];

static int64_t closeness(const plain *x, uint32_t i, uint32_t j)
{
    int64_t sum = 2048 * (int64_t)codes_apart(x, i, j);
    for (uint32_t m = 0; m < x->p->sums; m++) {
        const int64_t d = x->p->sum_of[x->single[i] * x->p->sums + m] - x->p->sum_of[x->single[j] * x->p->sums + m];
        sum += violation(d < 0 ? -d : d, x->p->sum_unit[m]);
    }
    return sum;
}

/* Those of the candidates that have fewer than 8 closer or equally close and earlier ones. */
static void append_closest(close_pair *list, uint32_t *pairs, const plain *x, uint32_t i, const uint32_t *candidate, uint32_t count)
{
    close_pair chosen[8] = {{0, 0}};
    uint32_t found = 0;
    for (uint32_t k = 0; k < count; k++) {
        uint32_t rank = 0;
        for (uint32_t o = 0; o < count; o++)
            rank += closeness(x, i, candidate[o]) < closeness(x, i, candidate[k]) || (o < k && closeness(x, i, candidate[o]) == closeness(x, i, candidate[k]));
        if (rank >= 8) continue;
        chosen[rank] = (close_pair){i, candidate[k]};
        found++;
    }
    for (uint32_t k = 0; k < found; k++) list[(*pairs)++] = chosen[k];
}

/* Singles of the near profiles of the profile of i, in cyclic order after it. */
static uint32_t list_near(const plain *x, uint32_t i, uint32_t *near)
{
    uint32_t own = first_of_profile(x, i), found = 0, most = 1;
    for (;; most++) {
        uint32_t members = 0;
        for (uint32_t j = 0; j < x->singles; j++) members += same_stratum(x, i, j) && codes_apart(x, i, j) >= 1 && codes_apart(x, i, j) <= most;
        if (members >= 64 || most >= x->p->columns) break;
    }
    for (uint32_t step = 1; step < x->singles; step++) {
        const uint32_t j = (own + step) % x->singles;
        if (same_stratum(x, i, j) && codes_apart(x, i, j) >= 1 && codes_apart(x, i, j) <= most) near[found++] = j;
    }
    return found;
}

static void list_pairs(plain *x)
{
    for (uint32_t first = 0; first < x->singles; first += count_profile(x, first)) {
        const uint32_t members = count_profile(x, first);
        uint32_t candidate[PLAIN_UNITS], near[PLAIN_UNITS];
        for (uint32_t t = 0; t < members; t++) {
            uint32_t count = 0;
            for (uint32_t k = 1; k < members && count < 256; k++) candidate[count++] = first + (t + k) % members;
            append_closest(close_list, &x->closes, x, first + t, candidate, count);
        }
        const uint32_t q = list_near(x, first, near);
        for (uint32_t t = 0; t < members; t++) {
            uint32_t count = 0;
            for (uint32_t k = 0; k < q && count < 256; k++) candidate[count++] = near[(t * q / members + k) % q];
            append_closest(near_list, &x->nears, x, first + t, candidate, count);
        }
    }
}

/* ---- a step ---- */

typedef struct {
    uint32_t z;
    bool legal;
    uint32_t u, others, other[SUNLOT_MAX_UNIT_SEATS]; /* u exchanges with these */
} proposal;

static void propose_block(plain *x, proposal *r, uint64_t t)
{
    const sunlot_problem *p = x->p;
    const uint64_t w = sunlot_stream_word(&x->s), two32 = 4294967296u;
    const uint32_t u = x->big[w * x->bigs / two32], size = p->unit_size[u];
    uint32_t q[SUNLOT_MAX_UNIT_SEATS];
    r->u = u;
    if (t % 32 == 15 || x->singles == 0) {
        r->others = 1;
        r->other[0] = x->big[w * x->bigs % two32 * x->bigs / two32];
        r->legal = p->unit_size[r->other[0]] == size && x->group[r->other[0]] != x->group[u];
        return;
    }
    if (p->groups < 2) return;
    uint32_t h = sunlot_stream_below(&x->s, p->groups - 1);
    if (h >= x->group[u]) h++;
    for (uint32_t k = 0; k < size; k++) q[k] = sunlot_stream_below(&x->s, x->largest);
    r->others = size;
    r->legal = true;
    for (uint32_t k = 0; k < size; k++) {
        for (uint32_t e = 0; e < k; e++)
            if (q[e] == q[k]) r->legal = false;
        if (q[k] >= p->group_size[h] || x->sitter[h][q[k]] < 0) {
            r->legal = false;
            continue;
        }
        r->other[k] = (uint32_t)x->sitter[h][q[k]];
        if (p->unit_size[r->other[k]] != 1 || p->unit_pin[r->other[k]] != SUNLOT_NONE16) r->legal = false;
    }
}

typedef enum { COUNTS, SUMS, MIX } phase;

static void propose_pair(plain *x, proposal *r, phase ph, uint64_t t)
{
    enum { SAME, CLOSE, NEAR, ANY } kind = t % 16 == 0 ? SAME : t % 8 == 4 ? CLOSE : t % 16 == 11 || t % 16 == 15 ? ANY : NEAR;
    uint32_t twins = 0, twin[PLAIN_UNITS], i, j;
    const uint64_t w = sunlot_stream_word(&x->s), two32 = 4294967296u;
    if (ph == COUNTS) kind = t % 2 == 0 ? NEAR : ANY;
    for (i = 0; i < x->singles && kind == SAME; i++)
        if (count_profile(x, i) >= 2) twin[twins++] = i;
    if ((kind == SAME && twins == 0) || (kind == CLOSE && x->closes == 0)) kind = NEAR;
    if (kind == NEAR && x->nears == 0) kind = ANY;
    if (kind == SAME) {
        i = twin[w * twins / two32];
        j = first_of_profile(x, i) + (uint32_t)(w * twins % two32 * (count_profile(x, i) - 1) / two32);
        if (j >= i) j++;
    } else if (kind == CLOSE) {
        i = close_list[w * x->closes / two32].i;
        j = close_list[w * x->closes / two32].j;
    } else if (kind == NEAR) {
        i = near_list[w * x->nears / two32].i;
        j = near_list[w * x->nears / two32].j;
    } else {
        uint32_t first = 0, count = 0;
        i = (uint32_t)(w * x->singles / two32);
        while (!same_stratum(x, first, i)) first++;
        while (first + count < x->singles && same_stratum(x, first + count, i)) count++;
        j = first + (uint32_t)(w * x->singles % two32 * count / two32);
    }
    r->u = x->single[i];
    r->others = 1;
    r->other[0] = x->single[j];
    r->legal = x->group[r->u] != x->group[r->other[0]];
}

static uint32_t trailing_zeros(uint32_t w, uint32_t most)
{
    uint32_t z = 0;
    while (z < most && w % (2u << z) == 0) z++;
    return z;
}

static proposal propose(plain *x, phase ph, uint64_t t)
{
    static uint32_t c;
    proposal r;
    memset(&r, 0, sizeof r);
    if (t % 4 == 0) c = sunlot_stream_word(&x->s);
    const uint32_t byte = c % 256;
    c /= 256;
    r.z = byte != 0 ? trailing_zeros(byte, 8) : 8 + trailing_zeros(sunlot_stream_word(&x->s), 24);
    if (x->bigs > 0 && (t % 16 == 15 || x->singles == 0))
        propose_block(x, &r, t);
    else if (x->singles > 0)
        propose_pair(x, &r, ph, t);
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
    for (int64_t r = 0; r < 6; r++) {
        const int64_t a = 400 * n << r, b = 200 * n << r;
        for (int64_t t = 0; t < a && counts_off(x) > 0; t++, ++*steps) {
            const proposal step = propose(x, COUNTS, (uint64_t)t);
            if (!step.legal) continue;
            foresee(then, x, &step);
            const int64_t weight = r % 2 == 0 ? 11 : 4 + 7 * t / a;
            if (weight * (plain_counts_off(p, then) - counts_off(x)) <= (int64_t)step.z) exchange(x, &step);
        }
        if (counts_off(x) > 0) continue;
        for (int64_t t = 0; t < b && (counts_off(x) > 0 || sums_off(x) > 0); t++, ++*steps) {
            const proposal step = propose(x, SUMS, (uint64_t)t);
            if (!step.legal) continue;
            foresee(then, x, &step);
            int64_t warm = (32 + 1024 / (int64_t)p->groups) * (b - t) / b;
            const int64_t counts = plain_counts_off(p, then) - counts_off(x), sums = plain_sums_off(p, then, false) - sums_off(x);
            if (r % 2 == 0) {
                if (counts <= 0 && sums <= warm * step.z) exchange(x, &step);
            } else {
                if (warm < 1) warm = 1;
                if (warm * (4 + 9 * t / b) * counts + sums <= warm * step.z) exchange(x, &step);
            }
        }
        if (counts_off(x) == 0 && sums_off(x) == 0) return true;
    }
    return false;
}

static bool all_kept(const plain *x) { return counts_off(x) == 0 && sums_off(x) == 0; }

static void walk(plain *x, int64_t b, int64_t s, uint64_t count, uint64_t *steps)
{
    uint16_t then[PLAIN_UNITS];
    for (uint64_t t = 0; t < count; t++, ++*steps) {
        const proposal step = propose(x, MIX, t);
        if (!step.legal) continue;
        foresee(then, x, &step);
        const int64_t counts = plain_counts_off(x->p, then) - counts_off(x);
        const int64_t sums = plain_sums_off(x->p, then, true) - plain_sums_off(x->p, x->group, true);
        if (b * counts + s * sums <= (int64_t)step.z) exchange(x, &step);
    }
}

static uint32_t probe(plain *x, int64_t b, int64_t s, uint64_t *steps)
{
    const uint64_t half = (x->p->rows + 1) / 2;
    uint32_t kept = 0;
    walk(x, b, s, 64 * half, steps);
    for (int i = 0; i < 32; i++) {
        walk(x, b, s, half, steps);
        kept += all_kept(x);
    }
    return kept;
}

static int64_t at_least_1(int64_t x) { return x < 1 ? 1 : x; }

static void temper(plain *x, int64_t *b, int64_t *s, uint64_t *steps)
{
    uint32_t kept = probe(x, *b, *s, steps);
    if (kept < 4) {
        for (int i = 0; i < 8 && kept < 4; i++) kept = probe(x, ++*b, ++*s, steps);
        return;
    }
    while (kept >= 20 && (*b > 1 || *s > 1)) {
        kept = probe(x, at_least_1(*b - 1), at_least_1(*s - 1), steps);
        if (kept < 20) break;
        *b = at_least_1(*b - 1);
        *s = at_least_1(*s - 1);
    }
}

static bool mix_well(plain *x, uint32_t mix, uint32_t *looks, uint64_t *steps)
{
    const sunlot_problem *p = x->p;
    int64_t loose = p->values - p->counted;
    for (uint32_t g = 0; g < p->groups; g++)
        for (uint32_t v = 0; v < p->counted; v++) {
            const uint32_t at = (p->group_size[g] < p->rows ? p->group_size[g] : p->rows) * p->values + v;
            if (p->lo[at] < p->hi[at]) loose++;
        }
    int64_t b = bit_length(loose), s = bit_length((int64_t)p->groups * p->sums) + 1;
    if (bit_length((int64_t)p->groups * p->counted) / 2 > b) b = bit_length((int64_t)p->groups * p->counted) / 2;
    const uint64_t length = (uint64_t)mix * (p->rows < 100 ? 100 : p->rows);
    b = at_least_1(b);
    temper(x, &b, &s, steps);
    for (*looks = 1; *looks <= 256; ++*looks) {
        walk(x, b, s, *looks == 1 ? length : (length + 15) / 16, steps);
        if (all_kept(x)) return true;
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
    list_pairs(&x);
    report->placed = repair(&x, &report->repair_steps) && mix_well(&x, mix, &report->looks, &report->mix_steps);
    memcpy(group, x.group, p->units * sizeof *group);
    if (report->placed) return;
    report->counts_off = (uint64_t)counts_off(&x);
    report->sums_off = (uint64_t)sums_off(&x);
}
