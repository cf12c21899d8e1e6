/* Who is proposed to exchange with whom (SPEC 8.3): found once, before the walk.
 *
 * Of two singles that exchange, what matters is how much they differ.  In the same profile no category count changes; in a near one few do; and the
 * closer their scores, the rarer a class mean leaves its interval.  So, beside partners drawn from a whole profile or from all, two lists of pairs
 * with much the same sums are made: *close* ones, of one profile, and *near* ones, of near profiles.  Where units are plays no part in them, so a
 * pair is as likely to be proposed when it has just exchanged as it was before. */
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

/* ---- the closest ----
 *
 * The closeness of i to a candidate is what an exchange of the two may put off, in units of 1 / 1024: a count for each code in which they differ, and of
 * the sums as violations of SPEC 8.2 count.  It is measured sum by sum, without branches, over candidates that stand side by side: the singles of a
 * ring, of which the first are repeated after the last.  Where closenesses are below 2^23, and they nearly always are, a closeness and the candidate's
 * place are one number of 32 bits, its *key*: a processor does several at once, and no two keys are equal.
 *
 * The eight least keys are found without a guess for each key, too.  Keys stand in rows of eight; of each column the least is found.  The greatest of
 * these eight is an upper bound: some twenty of 256 keys are below it, and only those are sorted.
 * Example, with two to keep: of the rows 7 5, 9 4, 3 8 the least of the columns are 3 and 4; the bound is 4; 4 and 3 are sorted. */

static uint64_t far_apart(int64_t a, int64_t b) { return a < b ? (uint64_t)b - (uint64_t)a : (uint64_t)a - (uint64_t)b; }

#define KEY_PLACE 8u /* bits of a key that say which candidate it is */
_Static_assert(SUNLOT_PLACE_CANDIDATES == 1u << KEY_PLACE, "a key holds the place of any candidate");

/* Whether no difference of two singles in a sum reaches 2^30, nor any key 2^31.  Out: least[] of each sum. */
static bool differ_little(sunlot_engine *e)
{
    uint64_t most_closeness = (uint64_t)SUNLOT_PLACE_CODE * e->p->columns;
    for (uint32_t m = 0; m < e->sums; m++) {
        int64_t most = INT64_MIN;
        e->least[m] = INT64_MAX;
        for (uint32_t i = 0; i < e->singles; i++) {
            const int64_t x = sunlot_sums(e, i)[m];
            if (x < e->least[m]) e->least[m] = x;
            if (x > most) most = x;
        }
        const uint64_t range = far_apart(e->least[m], most);
        if (range >> 30 != 0 || e->q_shift[m] > 40) return false;
        most_closeness += (uint64_t)sunlot_violation_of(range, e->q_shift[m]);
    }
    return most_closeness >> (31 - KEY_PLACE) == 0;
}

/* Of a ring's columns: no more candidates than singles are looked at, from any of them on. */
static uint32_t ring_length(uint32_t size) { return size + (size < SUNLOT_PLACE_CANDIDATES ? size : SUNLOT_PLACE_CANDIDATES); }

/* The ring's columns: how far its singles' profiles are from that of r, and their sums. */
static void fill_ring(sunlot_engine *e, uint32_t r, uint32_t size)
{
    const uint32_t length = ring_length(size);
    uint32_t *column = e->ring;
    for (uint32_t k = 0; k < size; k++) {
        const uint32_t other = e->profile_of[e->scratch[k]];
        column[k] = other == r ? 0 : SUNLOT_PLACE_CODE * (uint32_t)e->apart[other];
    }
    for (uint32_t m = 0; m < e->sums; m++) {
        column += length;
        for (uint32_t k = 0; k < size; k++) column[k] = (uint32_t)(sunlot_sums(e, e->scratch[k])[m] - e->least[m]);
    }
    for (column = e->ring; size != 0 && column <= e->ring + (size_t)e->sums * length; column += length)
        for (uint32_t k = size; k < length; k++) column[k] = column[k - size];
}

/* Out: key[count]. */
static void measure_keys(int32_t *key, const sunlot_engine *e, uint32_t i, uint32_t size, uint32_t from, uint32_t count)
{
    const uint32_t *column = e->ring + from;
    uint32_t closeness[SUNLOT_PLACE_CANDIDATES];
    memcpy(closeness, column, count * sizeof *closeness);
    for (uint32_t m = 0; m < e->sums; m++) {
        column += ring_length(size);
        const int32_t own = (int32_t)(sunlot_sums(e, i)[m] - e->least[m]);
        const uint32_t q = e->q_shift[m], down = q >= 10 ? q - 10 : 0, up = q >= 10 ? 0 : 10 - q, rest = (UINT32_C(1) << down) - 1;
        for (uint32_t k = 0; k < count; k++) {
            const int32_t d = own - (int32_t)column[k];
            closeness[k] += (((uint32_t)(d < 0 ? -d : d) + rest) >> down) << up;
        }
    }
    for (uint32_t k = 0; k < count; k++) key[k] = (int32_t)(closeness[k] << KEY_PLACE | k);
}

/* A number that at least SUNLOT_PLACE_PARTNERS of the keys do not exceed. */
static int32_t bound_keys(const int32_t *key, uint32_t count)
{
    int32_t least[SUNLOT_PLACE_PARTNERS], bound = INT32_MIN;
    if (count < SUNLOT_PLACE_PARTNERS) return INT32_MAX;
    memcpy(least, key, sizeof least);
    for (uint32_t k = SUNLOT_PLACE_PARTNERS; k + SUNLOT_PLACE_PARTNERS <= count; k += SUNLOT_PLACE_PARTNERS)
        for (uint32_t c = 0; c < SUNLOT_PLACE_PARTNERS; c++) least[c] = key[k + c] < least[c] ? key[k + c] : least[c];
    for (uint32_t c = 0; c < SUNLOT_PLACE_PARTNERS; c++) bound = least[c] > bound ? least[c] : bound;
    return bound;
}

static uint32_t keep_narrow(sunlot_pair *pair, const sunlot_engine *e, uint32_t i, uint32_t size, uint32_t from, uint32_t count)
{
    int32_t key[SUNLOT_PLACE_CANDIDATES], best[SUNLOT_PLACE_PARTNERS];
    uint32_t few = 0;
    measure_keys(key, e, i, size, from, count);
    const int32_t bound = bound_keys(key, count);
    for (uint32_t k = 0; k < count; k++) {
        key[few] = key[k];
        few += key[k] <= bound;
    }
    for (uint32_t t = 0; t < SUNLOT_PLACE_PARTNERS; t++) best[t] = INT32_MAX;
    for (uint32_t k = 0; k < few; k++) {
        int32_t x = key[k];
        for (uint32_t t = 0; t < SUNLOT_PLACE_PARTNERS; t++) {
            const int32_t less = x < best[t] ? x : best[t];
            x = x < best[t] ? best[t] : x;
            best[t] = less;
        }
    }
    const uint32_t kept = count < SUNLOT_PLACE_PARTNERS ? count : SUNLOT_PLACE_PARTNERS;
    for (uint32_t t = 0; t < kept; t++) {
        const uint32_t at = from + ((uint32_t)best[t] & ((1u << KEY_PLACE) - 1));
        pair[t] = (sunlot_pair){(uint16_t)i, (uint16_t)e->scratch[at < size ? at : at - size]};
    }
    return kept;
}

static void measure_wide(int64_t *closeness, const sunlot_engine *e, uint32_t i, const uint32_t *candidate, uint32_t count)
{
    for (uint32_t k = 0; k < count; k++)
        closeness[k] = e->profile_of[i] == e->profile_of[candidate[k]] ? 0 : SUNLOT_PLACE_CODE * (int64_t)e->apart[e->profile_of[candidate[k]]];
    for (uint32_t m = 0; m < e->sums; m++)
        for (uint32_t k = 0; k < count; k++)
            closeness[k] += sunlot_violation_of(far_apart(sunlot_sums(e, i)[m], sunlot_sums(e, candidate[k])[m]), e->q_shift[m]);
}

static uint32_t keep_wide(sunlot_pair *pair, const sunlot_engine *e, uint32_t i, uint32_t size, uint32_t from, uint32_t count)
{
    uint32_t candidate[SUNLOT_PLACE_CANDIDATES], kept = 0;
    int64_t closeness[SUNLOT_PLACE_CANDIDATES], best[SUNLOT_PLACE_PARTNERS];
    for (uint32_t k = 0; k < count; k++) candidate[k] = e->scratch[from + k < size ? from + k : from + k - size];
    measure_wide(closeness, e, i, candidate, count);
    for (uint32_t k = 0; k < count; k++) {
        if (kept == SUNLOT_PLACE_PARTNERS && closeness[k] >= best[kept - 1]) continue;
        uint32_t at = kept < SUNLOT_PLACE_PARTNERS ? kept++ : kept - 1;
        for (; at > 0 && closeness[k] < best[at - 1]; at--) {
            best[at] = best[at - 1];
            pair[at] = pair[at - 1];
        }
        best[at] = closeness[k];
        pair[at] = (sunlot_pair){(uint16_t)i, (uint16_t)candidate[k]};
    }
    return kept;
}

/* Of `count` singles of a ring from `from` on, those with the least closeness to i, earlier ones first of equals: appended to pair[] as pairs with i. */
static uint32_t keep_closest(sunlot_pair *pair, const sunlot_engine *e, uint32_t i, uint32_t size, uint32_t from, uint32_t count)
{
    return e->narrow ? keep_narrow(pair, e, i, size, from, count) : keep_wide(pair, e, i, size, from, count);
}

static uint32_t at_most(uint32_t count, uint32_t most) { return count < most ? count : most; }

/* Of its own profile the singles after i are looked at; of the near ones a stretch that begins as far in as i stands in its profile, so that together
 * the singles of a profile look at all of them. */
static void pair_profile(sunlot_engine *e, uint32_t r, uint32_t begin, uint32_t end, size_t words)
{
    const sunlot_stretch own = e->stretch[r];
    for (uint32_t t = 0; t < own.count; t++) e->scratch[t] = own.first + t;
    if (e->narrow) fill_ring(e, r, own.count);
    for (uint32_t t = 0; t < own.count; t++)
        e->closes += keep_closest(e->close + e->closes, e, own.first + t, own.count, t + 1, at_most(own.count - 1u, SUNLOT_PLACE_CANDIDATES));
    const uint32_t found = find_near(e->scratch, e, r, begin, end, words);
    if (e->narrow) fill_ring(e, r, found);
    for (uint32_t t = 0; t < own.count; t++)
        e->nears +=
            keep_closest(e->near + e->nears, e, own.first + t, found, (uint32_t)((uint64_t)t * found / own.count), at_most(found, SUNLOT_PLACE_CANDIDATES));
}

void sunlot_engine_pair(sunlot_engine *e)
{
    const size_t words = (e->p->columns + 3) / 4;
    uint32_t end = 0, any = 0;
    e->sames = e->closes = e->nears = 0;
    fill_keys(e, words);
    e->narrow = differ_little(e);
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
