/* Where the walk ends: on problems small enough to list every placement that keeps all intervals, each is reached, about equally often. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/evenness.h"
#include "support/small_case.h"
#include "support/small_listing.h"

/* Draws and the length of the walk are as few as show it; the numbers of tests/bench/bench_fair.c are those of a real draw. */
typedef struct {
    const char *name;
    uint32_t draws, mix;
    uint32_t tight; /* 1: known to be a little farther from uniform */
} walk_case;

static const walk_case cases[] = {
    {"two columns: 8 in 2", 1500, 1500, 0},
    {"gender: 8 in 2", 8000, 60, 0},
    {"gender and three values", 12000, 60, 0},
    {"uneven groups", 8000, 60, 0},
    {"a pair: uneven", 8000, 120, 0},
    {"two pairs: two columns", 3000, 200, 0},
    {"three pairs and a sum", 1200, 1000, 0},
    {"apart", 8000, 60, 0},
    {"a tight sum", 600, 2000, 1},
    {"gender and two sums", 4000, 120, 0},
    {"three columns crossing", 8000, 60, 0},
    {"square of three", 8000, 60, 0},
    {"square of four", 500, 2000, 0},
    {"a student of two seats", 8000, 120, 0},
    {"a locked student", 8000, 60, 0},
    {"triplets and pairs", 4000, 120, 0},
    {"students of two and three seats", 12000, 60, 0},
    {"sections: 3 subjects in 4 teams", 4000, 60, 0},
};

static void run_case(const walk_case *c)
{
    static small_listing l;
    static uint32_t seen[SMALL_STATES];
    made_problem made = small_case_lower(small_case_find(c->name));
    uint32_t looks = 0, failed = 0;
    memset(seen, 0, sizeof seen);
    small_listing_make(&l, &made.p);
    for (uint32_t i = 0; i < c->draws; i++) {
        uint16_t group[SMALL_UNITS];
        sunlot_place_report report;
        made_place(&made, group, &report, i, c->mix);
        looks += report.looks;
        if (!report.placed) {
            failed++;
            continue;
        }
        const uint32_t state = small_listing_find(&l, group);
        assert_int_not_equal(state, UINT32_MAX);
        seen[state]++;
    }
    assert_int_equal(failed, 0);
    for (uint32_t i = 0; i < l.states; i++) assert_int_not_equal(seen[i], 0);
    const uint64_t distance = evenness_distance(seen, l.states, c->draws), noise = evenness_noise(l.states, c->draws);
    print_message("%-32s %4u placements, %5u draws: distance %6u, noise %6u millionths, %u looks\n", c->name, l.states, c->draws, (unsigned)distance,
                  (unsigned)noise, looks);
    assert_true(distance < (c->tight != 0 ? 2 * noise + 10000 : noise * 5 / 4 + 10000));
    made_free(&made);
}

/* Names of cases that are asked for on the command line; none: all. */
static char **asked;

static bool is_asked(const char *name)
{
    for (char **a = asked; *a != NULL; a++)
        if (strcmp(*a, name) == 0) return true;
    return *asked == NULL;
}

static void test_walk(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (is_asked(cases[i].name)) run_case(&cases[i]);
}

/* What the walk is measured against: the lists are as long as the tables say, and each placement is found in its place. */
static void test_listing(void **state)
{
    static small_listing l;
    (void)state;
    for (uint32_t i = 0; i < small_case_count; i++) {
        made_problem made = small_case_lower(&small_cases[i]);
        small_listing_make(&l, &made.p);
        print_message("%s\n", small_cases[i].name);
        assert_int_equal(l.states, small_cases[i].states);
        for (uint32_t s = 0; s < l.states; s++) {
            uint16_t group[SMALL_UNITS];
            for (uint32_t u = 0; u < made.p.units; u++) group[u] = l.state[s][u];
            assert_int_equal(small_listing_find(&l, group), s);
        }
        made_free(&made);
    }
}

/* One placement of 8 students with two columns, each combination twice, lies apart from the eight others: all alike together. */
static void test_parts(void **state)
{
    static small_listing l;
    uint32_t largest;
    made_problem made = small_case_lower(small_case_find("two columns: 8 in 2"));
    (void)state;
    small_listing_make(&l, &made.p);
    assert_int_equal(small_listing_parts(&l, false, &largest), 2);
    assert_int_equal(largest, 8);
    made_free(&made);
    made = small_case_lower(small_case_find("a pair: uneven"));
    small_listing_make(&l, &made.p);
    assert_int_equal(small_listing_parts(&l, false, &largest), 2);
    assert_int_equal(small_listing_parts(&l, true, &largest), 1);
    assert_int_equal(largest, 288);
    made_free(&made);
}

static int start_library(void **state)
{
    (void)state;
    return sunlot_init() == SUNLOT_OK ? 0 : -1;
}

/* test_place_walk [CASE...]: all tests, or the walk in these cases alone (tests/mutants.sh). */
int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_listing),
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_walk),
    };
    asked = argv + 1;
    for (int i = 1; i < argc; i++)
        if (small_case_find(argv[i]) == NULL) return 2;
    if (argc > 1) cmocka_set_test_filter("test_walk");
    return cmocka_run_group_tests_name("place walk", tests, start_library, NULL);
}
