/* Matching groups with teams, dealing class numbers (SPEC 8.7). */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "draw/matching.h"
#include "place/match.h"
#include "place/problem.h"
#include "random/stages.h"
#include "support/cases.h"
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
        assert_true(sunlot_match(team, n, forbidden, NULL, SUNLOT_MATCH_TRIES, key));
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
    assert_false(sunlot_match(team, 3, nothing, NULL, SUNLOT_MATCH_TRIES, key));
    assert_false(sunlot_match(team, 4, hall, NULL, SUNLOT_MATCH_TRIES, key));
    const uint64_t only[1][2] = {{0}};
    assert_true(sunlot_match(team, 1, only, NULL, SUNLOT_MATCH_TRIES, key));
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
        assert_true(sunlot_match(team, 100, (const uint64_t(*)[2])forbidden, NULL, SUNLOT_MATCH_TRIES, key));
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
        sunlot_number(group, 7, set, NULL, key);
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
    sunlot_number(group, 5, set, NULL, key);
    assert_memory_equal(group, a, sizeof a);
    assert_memory_equal(group + 2, b, sizeof b);
}

/* The next permutation in the order of their ranks.  False after the last. */
static bool next_permutation(uint16_t *a, uint32_t n)
{
    uint32_t i = n - 1;
    while (i > 0 && a[i - 1] > a[i]) i--;
    if (i == 0) return false;
    uint32_t j = n - 1;
    while (a[j] < a[i - 1]) j--;
    const uint16_t t = a[j];
    a[j] = a[i - 1];
    a[i - 1] = t;
    for (uint32_t x = i, y = n - 1; x < y; x++, y--) {
        const uint16_t s = a[x];
        a[x] = a[y];
        a[y] = s;
    }
    return true;
}

/* Slots drawn by hand in every way: what the seed gives is the same, only the slots have other names.  With recusals the result is that of teams named
 * by the slots, so that as many shuffles are made as there. */
static void test_hand_permutes(void **state)
{
    (void)state;
    const uint64_t none[3][2] = {{0}};
    for (uint64_t k = 0; k < 60; k++) {
        uint8_t key[32];
        made_key(key, k);
        uint16_t hand[3] = {0, 1, 2}, team[3], group[3], plain_team[3], plain_group[3];
        const uint16_t set[3] = {0, 0, 0};
        assert_int_equal(sunlot_match(plain_team, 3, none, NULL, SUNLOT_MATCH_TRIES, key), 1);
        sunlot_number(plain_group, 3, set, NULL, key);
        uint32_t ways = 0;
        do {
            assert_int_equal(sunlot_match(team, 3, none, hand, SUNLOT_MATCH_TRIES, key), 1);
            sunlot_number(group, 3, set, hand, key);
            for (uint32_t i = 0; i < 3; i++) {
                assert_int_equal(team[i], hand[plain_team[i]]);
                assert_int_equal(group[hand[i]], plain_group[i]);
            }
            for (uint32_t g = 0; g < 3; g++) {
                for (uint32_t t = 0; t < 3; t++) { /* group g may not have team t: of slots that is the one that hand names t */
                    uint64_t teams[3][2] = {{0}}, slots[3][2] = {{0}};
                    teams[g][0] = UINT64_C(1) << t;
                    for (uint32_t i = 0; i < 3; i++)
                        if (hand[i] == t) slots[g][0] = UINT64_C(1) << i;
                    const uint32_t made = sunlot_match(team, 3, (const uint64_t(*)[2])teams, hand, SUNLOT_MATCH_TRIES, key);
                    uint16_t slot[3];
                    assert_int_equal(sunlot_match(slot, 3, (const uint64_t(*)[2])slots, NULL, SUNLOT_MATCH_TRIES, key), made);
                    assert_int_not_equal(team[g], t);
                    for (uint32_t i = 0; i < 3; i++) assert_int_equal(team[i], hand[slot[i]]);
                }
            }
            ways++;
        } while (next_permutation(hand, 3));
        assert_int_equal(ways, 6);
    }
}

/* ---- the cases of the second implementation ---------------------------------------------------------------------------------- */

#define MOST SUNLOT_MAX_SCHOOL_CLASSES

/* The slots drawn by hand, from 0; false if the case has none. */
static bool take_hand(cases *c, uint16_t *hand, uint32_t groups)
{
    if (case_count(c, "hand") == 0) return false;
    assert_int_equal(case_numbers(c, hand, MOST, case_text(c, "hand")), groups);
    for (uint32_t i = 0; i < groups; i++) hand[i]--;
    return true;
}

static const uint8_t *take_key(cases *c)
{
    const sunlot_text key = case_bytes(c, "key");
    assert_int_equal(key.n, 32);
    return (const uint8_t *)key.p;
}

static uint32_t take_match(cases *c, uint16_t *team, uint32_t *groups, uint32_t most)
{
    uint64_t forbidden[MOST][2] = {{0}};
    uint16_t hand[MOST];
    *groups = (uint32_t)case_number(c, "groups");
    assert_true(*groups >= 1 && *groups <= MOST);
    for (uint32_t i = 0; i < case_count(c, "recused"); i++) {
        uint16_t cell[2];
        assert_int_equal(case_numbers(c, cell, 2, case_item(c, "recused", i)), 2);
        forbidden[cell[0]][cell[1] >> 6] |= UINT64_C(1) << (cell[1] & 63);
    }
    const bool by_hand = take_hand(c, hand, *groups);
    return sunlot_match(team, *groups, (const uint64_t(*)[2])forbidden, by_hand ? hand : NULL, most, take_key(c));
}

static void test_match_cases(void **state)
{
    (void)state;
    static const char *const file[] = {"match/match.txt", "match/hand.txt"};
    for (size_t i = 0; i < 2; i++) {
        cases *c = cases_open(file[i]);
        uint32_t none = 0, groups;
        while (cases_next(c)) {
            uint16_t team[MOST];
            if (take_match(c, team, &groups, SUNLOT_MATCH_TRIES) == 0) {
                case_expect_text(c, "teams", SUNLOT_TEXT("none"));
                none++;
            } else {
                case_expect_numbers(c, "teams", team, groups);
            }
        }
        assert_true(none > 0);
        cases_close(c);
    }
}

/* Where no shuffle is allowed the first round's teams stay. */
static void test_second_cases(void **state)
{
    (void)state;
    cases *c = cases_open("match/second.txt");
    while (cases_next(c)) {
        uint16_t team[MOST], first[MOST];
        uint32_t groups;
        const uint32_t made = take_match(c, team, &groups, SUNLOT_MATCH_AGAIN);
        assert_int_equal(case_numbers(c, first, MOST, case_text(c, "first")), groups);
        case_expect(c, "shuffles", case_number(c, "shuffles"), made == 0 ? SUNLOT_MATCH_AGAIN : made);
        case_expect_numbers(c, "teams", made == 0 ? first : team, groups);
    }
    cases_close(c);
}

/* Sets are made by sunlot_interchangeable of a school that has these classes and locks. */
static void test_number_cases(void **state)
{
    (void)state;
    static const char *const file[] = {"number/number.txt", "number/hand.txt"};
    for (size_t i = 0; i < 2; i++) {
        cases *c = cases_open(file[i]);
        while (cases_next(c)) {
            sunlot_class class_[MOST];
            sunlot_lock lock[MOST];
            sunlot_school s;
            uint16_t set[MOST], group[MOST], hand[MOST];
            memset(class_, 0, sizeof class_);
            memset(lock, 0, sizeof lock);
            memset(&s, 0, sizeof s);
            s.class_ = class_;
            s.lock = lock;
            s.classes = case_count(c, "class");
            assert_true(s.classes <= MOST);
            for (uint32_t n = 0; n < s.classes; n++) {
                uint64_t seats = 0;
                sunlot_text rest;
                const sunlot_text first = sunlot_text_split(case_item(c, "class", n), ' ', &rest);
                if (!sunlot_text_equal(first, SUNLOT_TEXT("-"))) assert_true(sunlot_number_parse(&seats, first, 4096));
                class_[n].seats = (uint32_t)seats;
                if (rest.n == 0) continue;
                assert_true(sunlot_text_equal(rest, SUNLOT_TEXT("locked")));
                lock[s.locks++].class_index = (uint16_t)n;
            }
            sunlot_interchangeable(set, &s);
            const bool by_hand = take_hand(c, hand, s.classes);
            sunlot_number(group, s.classes, set, by_hand ? hand : NULL, take_key(c));
            case_expect_numbers(c, "groups", group, s.classes);
        }
        cases_close(c);
    }
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
        cmocka_unit_test(test_number_within_sets), cmocka_unit_test(test_number_order),     cmocka_unit_test(test_hand_permutes),
        cmocka_unit_test(test_match_cases),        cmocka_unit_test(test_second_cases),     cmocka_unit_test(test_number_cases),
    };
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    return cmocka_run_group_tests_name("match", tests, start_library, NULL);
}
