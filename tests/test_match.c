/* Matching groups with teams, dealing class numbers (SPEC 8.7). */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "place/match.h"
#include "place/problem.h"
#include "random/stages.h"
#include "support/made_problem.h"

#define DRAWS 24000u

/* The place of a permutation of 0 … n-1 among all, and whether it is one. */
static uint32_t rank_of(const uint16_t *a, uint32_t n)
{
    uint32_t rank = 0, seen = 0;
    for (uint32_t i = 0; i < n; i++) {
        assert_true(a[i] < n && (seen >> a[i] & 1u) == 0);
        seen |= 1u << a[i];
        uint32_t smaller = 0;
        for (uint32_t j = i + 1; j < n; j++) smaller += a[j] < a[i];
        rank = rank * (n - i) + smaller;
    }
    return rank;
}

static uint32_t factorial(uint32_t n) { return n < 2 ? 1 : n * factorial(n - 1); }

/* Every allowed permutation comes about equally often, no other at all.  Each of m comes DRAWS / m times with a deviation of about its square root;
 * six deviations are allowed. */
static void check_uniform(uint32_t n, const uint64_t (*forbidden)[2], uint32_t allowed)
{
    uint32_t seen[24] = {0}, kinds = 0;
    for (uint64_t i = 0; i < DRAWS; i++) {
        uint16_t team[4];
        uint8_t key[32];
        made_key(key, i);
        assert_true(sunlot_match(team, n, forbidden, key));
        for (uint32_t g = 0; g < n; g++) assert_true((forbidden[g][0] >> team[g] & 1) == 0);
        seen[rank_of(team, n)]++;
    }
    for (uint32_t r = 0; r < factorial(n); r++) {
        if (seen[r] == 0) continue;
        const int64_t gap = (int64_t)seen[r] * allowed - DRAWS;
        assert_true(gap * gap < (int64_t)36 * DRAWS * allowed);
        kinds++;
    }
    assert_int_equal(kinds, allowed);
}

static void test_match_uniform(void **state)
{
    (void)state;
    const uint64_t none[4][2] = {{0}};
    const uint64_t one[4][2] = {{1}};                         /* group 0 not team 0 */
    const uint64_t derangement[4][2] = {{1}, {2}, {4}, {8}};  /* no group the team of its number */
    const uint64_t narrow[4][2] = {{0xe}, {0}, {1 | 8}, {0}}; /* group 0 only team 0, group 2 not 0 nor 3 */
    check_uniform(3, none, 6);
    check_uniform(4, none, 24);
    check_uniform(4, one, 18);
    check_uniform(3, derangement, 2);
    check_uniform(4, derangement, 9);
    check_uniform(4, narrow, 4);
}

static void test_match_impossible(void **state)
{
    (void)state;
    const uint64_t nothing[3][2] = {{7}, {0}, {0}};       /* group 0 has no team */
    const uint64_t hall[4][2] = {{0xe}, {0xe}, {0}, {0}}; /* groups 0 and 1 both only team 0 */
    uint16_t team[4];
    const uint8_t key[32] = {1};
    assert_false(sunlot_match(team, 3, nothing, key));
    assert_false(sunlot_match(team, 4, hall, key));
    const uint64_t only[1][2] = {{0}};
    assert_true(sunlot_match(team, 1, only, key));
    assert_int_equal(team[0], 0);
}

/* The first shuffle that is allowed, each going on from the one before. */
static void test_match_first_of_shuffles(void **state)
{
    (void)state;
    uint64_t forbidden[100][2];
    uint32_t most = 0;
    memset(forbidden, 0, sizeof forbidden);
    for (uint32_t g = 0; g < 100; g++) forbidden[g][(g + 60) % 100 / 64] |= UINT64_C(1) << ((g + 60) % 100 % 64); /* in both words */
    for (uint64_t k = 0; k < 20; k++) {
        uint16_t team[100], p[100];
        uint8_t key[32];
        sunlot_stream s;
        made_key(key, k);
        assert_true(sunlot_match(team, 100, (const uint64_t(*)[2])forbidden, key));
        sunlot_stream_init(&s, key);
        for (uint16_t i = 0; i < 100; i++) p[i] = i;
        uint32_t shuffles = 0;
        for (bool met = true; met; shuffles++) {
            for (uint32_t i = 99; i >= 1; i--) {
                const uint32_t j = sunlot_stream_below(&s, i + 1);
                const uint16_t t = p[i];
                p[i] = p[j];
                p[j] = t;
            }
            met = false;
            for (uint32_t g = 0; g < 100; g++) met = met || p[g] == (g + 60) % 100;
        }
        assert_memory_equal(team, p, sizeof p);
        if (shuffles > most) most = shuffles;
    }
    assert_true(most > 2);
}

/* Classes 0 2 5 are a set, 1 4 another, 3 and 6 are kept; each set's arrangements come equally often and independently. */
static void test_number_within_sets(void **state)
{
    (void)state;
    const uint16_t set[7] = {0, 1, 0, SUNLOT_NONE16, 1, 0, SUNLOT_NONE16};
    uint32_t seen[12] = {0};
    for (uint64_t i = 0; i < DRAWS; i++) {
        uint16_t group[7];
        uint8_t key[32];
        made_key(key, i);
        sunlot_number(group, 7, set, key);
        assert_int_equal(group[3], 3);
        assert_int_equal(group[6], 6);
        assert_true((group[1] == 1 && group[4] == 4) || (group[1] == 4 && group[4] == 1));
        const uint16_t a[3] = {(uint16_t)((group[0] + 1) / 2), (uint16_t)((group[2] + 1) / 2), (uint16_t)((group[5] + 1) / 2)}; /* 0 2 5 -> 0 1 3 */
        const uint16_t b[3] = {a[0] == 3 ? 2 : a[0], a[1] == 3 ? 2 : a[1], a[2] == 3 ? 2 : a[2]};
        seen[rank_of(b, 3) * 2 + (group[1] == 4)]++;
    }
    for (uint32_t r = 0; r < 12; r++) {
        const int64_t gap = (int64_t)seen[r] * 12 - DRAWS;
        assert_true(gap * gap < (int64_t)36 * DRAWS * 12);
    }
}

/* Sets take their numbers from one stream, in the order of their first classes. */
static void test_number_order(void **state)
{
    (void)state;
    const uint16_t set[5] = {4, 4, 1, 1, 1};
    uint16_t group[5], a[2] = {0, 1}, b[3] = {2, 3, 4};
    const uint8_t key[32] = {9};
    sunlot_stream s;
    sunlot_stream_init(&s, key);
    sunlot_shuffle(&s, a, 2);
    sunlot_shuffle(&s, b, 3);
    sunlot_number(group, 5, set, key);
    assert_memory_equal(group, a, sizeof a);
    assert_memory_equal(group + 2, b, sizeof b);
}

static int start_library(void **state)
{
    (void)state;
    return sunlot_init() == SUNLOT_OK ? 0 : -1;
}

/* test_match [TEST]: all tests, or one alone (tests/mutants.sh). */
int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_match_uniform),      cmocka_unit_test(test_match_impossible), cmocka_unit_test(test_match_first_of_shuffles),
        cmocka_unit_test(test_number_within_sets), cmocka_unit_test(test_number_order),
    };
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    return cmocka_run_group_tests_name("match", tests, start_library, NULL);
}
