/* The engine against its oracle, on many small problems of every kind; results against the independent recount. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "place/check.h"
#include "support/made_problem.h"
#include "support/plain_place.h"

#define ROWS 30u
#define LIMITS 80u

static made_row row[ROWS];
static uint16_t limit_max[LIMITS];
static uint16_t group_size[PLAIN_GROUPS];

/* One of n, or `rarely` once in `times`. */
static uint32_t one_of(sunlot_stream *s, uint32_t n)
{
    return sunlot_stream_below(s, n);
}

static bool once_in(sunlot_stream *s, uint32_t times)
{
    return one_of(s, times) == 0;
}

/* Blocks of 2 to 4 neighbours; weights; pins that a free seat can surely keep: at most one a group. */
static void add_ties(made_school *school, sunlot_stream *s)
{
    uint16_t block = 0;
    if (once_in(s, 2))
        for (uint32_t r = 0; r + 4 < school->rows; r += 4)
            if (once_in(s, 2)) {
                const uint32_t size = 2 + one_of(s, 3);
                block++;
                for (uint32_t i = 0; i < size; i++) row[r + i].together = block;
            }
    if (once_in(s, 5))
        for (uint32_t r = 0; r < school->rows; r++)
            if (once_in(s, 6)) row[r].seats = (uint8_t)(2 + one_of(s, 2));
    if (once_in(s, 3))
        for (uint32_t g = 0; g < school->groups; g++) row[school->rows - 1 - g].pin = (uint16_t)g;
}

/* The first place for a token that the row does not have yet. */
static void give_token(made_row *r, uint16_t token)
{
    for (uint32_t k = 0; k < MADE_LIMITS; k++) {
        if (r->limit[k] == token) return;
        if (r->limit[k] == 0) {
            r->limit[k] = token;
            return;
        }
    }
}

/* Many tokens at times: some then have no bit in the masks. */
static void add_limits(made_school *school, sunlot_stream *s)
{
    if (once_in(s, 2) || school->groups == 1) return;
    school->limits = once_in(s, 3) ? LIMITS : 1 + one_of(s, 4);
    for (uint32_t l = 0; l < school->limits; l++) {
        limit_max[l] = (uint16_t)(1 + one_of(s, 2));
        for (uint32_t i = 0; i <= limit_max[l]; i++) give_token(&row[one_of(s, school->rows)], (uint16_t)(l + 1));
    }
}

/* Unequal groups that have exactly the seats taken. */
static void add_sizes(made_school *school, sunlot_stream *s)
{
    uint32_t seats = 0;
    for (uint32_t r = 0; r < school->rows; r++) seats += row[r].seats;
    for (uint32_t g = 0; g < school->groups; g++) group_size[g] = (uint16_t)(seats / school->groups + (g < seats % school->groups));
    if (once_in(s, 3) && school->groups > 1 && group_size[1] > 8) {
        group_size[0] = (uint16_t)(group_size[0] + 3);
        group_size[1] = (uint16_t)(group_size[1] - 3);
    }
    school->group_size = group_size;
}

static made_problem make_problem(uint64_t seed)
{
    uint8_t key[32];
    sunlot_stream s;
    made_school school;
    made_key(key, seed);
    sunlot_stream_init(&s, key);
    const uint32_t groups = 1 + one_of(&s, 5), rows = groups * 4 + one_of(&s, ROWS - groups * 4 + 1);
    const int64_t gap = (int64_t[]){5000, 9000, 15000, 25000}[one_of(&s, 4)];
    const uint32_t columns = once_in(&s, 12) ? MADE_COLUMNS : one_of(&s, 5);
    made_fill(&school, row, rows, groups, columns, one_of(&s, 3), gap, 0, &s);
    school.limit_max = limit_max;
    if (once_in(&s, 8))
        for (uint32_t r = 0; r < rows; r++) row[r].code[0] = (uint16_t)one_of(&s, 90); /* more than 64 counted codes, at times */
    if (once_in(&s, 5))
        for (uint32_t r = 0; r < rows; r++) row[r].stratum = (uint8_t)(r % 3);
    add_ties(&school, &s);
    add_limits(&school, &s);
    add_sizes(&school, &s);
    return made_lower(&school, &s);
}

static void test_engine_equals_oracle(void **state)
{
    (void)state;
    uint32_t placed = 0, many_looks = 0, not_placed = 0;
    for (uint64_t seed = 1; seed <= 400; seed++) {
        made_problem made = make_problem(seed);
        uint16_t a[ROWS], b[ROWS];
        uint32_t start_a[ROWS], start_b[ROWS];
        sunlot_place_report ra, rb;
        uint8_t key[32];
        made_key(key, seed << 20);
        sunlot_place(a, start_a, &ra, &made.p, key, 3, made.room);
        plain_place(b, start_b, &rb, &made.p, key, 3);
        assert_memory_equal(start_a, start_b, made.p.units * sizeof *start_a);
        assert_int_equal(ra.placed, rb.placed);
        assert_int_equal(ra.looks, rb.looks);
        assert_int_equal(ra.repair_steps, rb.repair_steps);
        assert_int_equal(ra.mix_steps, rb.mix_steps);
        assert_int_equal(ra.counts_off, rb.counts_off);
        assert_int_equal(ra.sums_off, rb.sums_off);
        if (ra.repair_steps + ra.mix_steps != 0) assert_memory_equal(a, b, made.p.units * sizeof *a);
        const sunlot_breach breach = sunlot_placement_check(&made.p, a);
        if (ra.placed) {
            assert_int_equal(breach.kind, SUNLOT_BREACH_NONE);
            assert_int_equal(ra.worst, UINT32_MAX);
            placed++;
        } else {
            assert_true(ra.counts_off + ra.sums_off == 0 ? ra.mix_steps == 0 : breach.kind >= SUNLOT_BREACH_COUNT && ra.worst < made.p.values + made.p.sums);
            not_placed++;
        }
        many_looks += ra.looks > 1;
        made_free(&made);
    }
    print_message("placed %u, not placed %u, more than one look %u\n", placed, not_placed, many_looks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_engine_equals_oracle),
    };
    return cmocka_run_group_tests_name("place", tests, NULL, NULL);
}
