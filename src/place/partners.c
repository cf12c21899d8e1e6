/* Who is proposed to exchange with whom (SPEC 8.3): found once, before the walk.
 *
 * Of two singles that exchange, what matters is how much they differ.  In the same profile no category count changes; in a near one few do; and the
 * closer their scores, the rarer a class mean leaves its interval.  So, beside partners drawn from a whole profile or from all, a list of
 * *close* pairs is made: of one profile, and of near ones, both with much the same sums.  Where units are plays no part in it, so a pair is as
 * likely to be proposed when it has just exchanged as it was before. */
#include "place/state.h"

#include <string.h>

/* ---- distance of profiles ---- */

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

/* The singles of the near profiles of r, in cyclic order from the profile after it; begin … end - 1 are the profiles of its stratum.
 * Out: near[].  Returns how many. */
static uint32_t find_near(uint32_t *near, sunlot_engine *e, uint32_t r, uint32_t begin, uint32_t end, size_t words)
{
    uint32_t *members = e->members, most = 1, found = 0;
    memset(members, 0, (e->p->columns + 1u) * sizeof *members);
    for (uint32_t other = begin; other < end; other++) {
        const uint32_t d = codes_that_differ(e->key + r * words, e->key + other * words, words);
        e->apart[other] = (uint16_t)d;
        if (other != r) members[d] += e->stretch[other].count;
    }
    for (uint32_t all = 0; most < e->p->columns; most++)
        if ((all += members[most]) >= SUNLOT_PLACE_NEIGHBOURS) break;
    for (uint32_t step = 1; step < end - begin; step++) {
        const uint32_t other = r + step < end ? r + step : r + step - (end - begin);
        if (e->apart[other] > most) continue;
        const sunlot_stretch s = e->stretch[other];
        for (uint32_t x = s.first; x < s.first + (uint32_t)s.count; x++) near[found++] = x;
    }
    return found;
}

/* ---- the closest ---- */

static uint64_t far_apart(int64_t a, int64_t b) { return a < b ? (uint64_t)b - (uint64_t)a : (uint64_t)a - (uint64_t)b; }

/* What an exchange of i with each of the candidates may put off, in units of 1 / 1024: a count for each code in which they differ, and of the sums as
 * violations of SPEC 8.2 count.  Sum by sum, without branches. */
static void measure_closeness(int64_t *closeness, const sunlot_engine *e, uint32_t i, const uint32_t *candidate, uint32_t count)
{
    for (uint32_t k = 0; k < count; k++)
        closeness[k] = e->profile_of[i] == e->profile_of[candidate[k]] ? 0 : SUNLOT_PLACE_CODE * (int64_t)e->apart[e->profile_of[candidate[k]]];
    for (uint32_t m = 0; m < e->sums; m++) {
        const int64_t *of = e->sum_of + m, own = of[(size_t)i * e->sums];
        const uint32_t q = e->q_shift[m];
        for (uint32_t k = 0; k < count; k++) closeness[k] += sunlot_violation_of(far_apart(own, of[(size_t)candidate[k] * e->sums]), q);
    }
}

/* Of `count` singles of a ring from `from` on, those with the least closeness to i, earlier ones first of equals: appended to pair[] as pairs with i. */
static uint32_t keep_closest(sunlot_pair *pair, const sunlot_engine *e, uint32_t i, const uint32_t *ring, uint32_t size, uint32_t from, uint32_t count)
{
    uint32_t candidate[SUNLOT_PLACE_CANDIDATES], kept = 0;
    int64_t closeness[SUNLOT_PLACE_CANDIDATES], best[SUNLOT_PLACE_PARTNERS];
    for (uint32_t k = 0; k < count; k++) candidate[k] = ring[from + k < size ? from + k : from + k - size];
    measure_closeness(closeness, e, i, candidate, count);
    for (uint32_t k = 0; k < count; k++) {
        const int64_t c = closeness[k];
        if (kept == SUNLOT_PLACE_PARTNERS && c >= best[kept - 1]) continue;
        uint32_t at = kept < SUNLOT_PLACE_PARTNERS ? kept++ : kept - 1;
        for (; at > 0 && c < best[at - 1]; at--) {
            best[at] = best[at - 1];
            pair[at] = pair[at - 1];
        }
        best[at] = c;
        pair[at] = (sunlot_pair){(uint16_t)i, (uint16_t)candidate[k]};
    }
    return kept;
}

static uint32_t at_most(uint32_t count, uint32_t most) { return count < most ? count : most; }

/* Of its own profile the singles after i are looked at; of the near ones a stretch that begins as far in as i stands in its profile, so that together
 * the singles of a profile look at all of them. */
static void pair_profile(sunlot_engine *e, uint32_t r, uint32_t begin, uint32_t end, size_t words)
{
    const sunlot_stretch own = e->stretch[r];
    for (uint32_t t = 0; t < own.count; t++) e->scratch[t] = own.first + t;
    for (uint32_t t = 0; t < own.count; t++)
        e->closes += keep_closest(e->close + e->closes, e, own.first + t, e->scratch, own.count, t + 1, at_most(own.count - 1u, SUNLOT_PLACE_CANDIDATES));
    const uint32_t found = find_near(e->scratch, e, r, begin, end, words);
    for (uint32_t t = 0; t < own.count; t++)
        e->closes += keep_closest(e->close + e->closes, e, own.first + t, e->scratch, found, (uint32_t)((uint64_t)t * found / own.count),
                                  at_most(found, SUNLOT_PLACE_CANDIDATES));
}

void sunlot_engine_pair(sunlot_engine *e)
{
    const size_t words = (e->p->columns + 3) / 4;
    uint32_t end = 0, any = 0;
    e->sames = e->closes = 0;
    fill_keys(e, words);
    for (uint32_t s = e->profiles; s < e->profiles + e->strata; s++) {
        const sunlot_stretch all = e->stretch[s];
        const uint32_t begin = end;
        end = e->profile_of[all.first + all.count - 1u] + 1u;
        for (uint32_t r = begin; r < end; r++) {
            const sunlot_stretch own = e->stretch[r];
            for (uint32_t i = own.first; i < own.first + (uint32_t)own.count; i++) {
                e->any[any++] = (sunlot_pick){(uint16_t)i, all.first, all.count};
                if (own.count >= 2) e->same[e->sames++] = (sunlot_pick){(uint16_t)i, own.first, (uint16_t)(own.count - 1)};
            }
            pair_profile(e, r, begin, end, words);
        }
    }
}
