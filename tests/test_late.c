/* Newcomers and their classes (SPEC 8.8). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "draw/late.h"
#include "random/stages.h"
#include "support/cases.h"
#include "support/made_problem.h"

#define DRAWS 24000u
#define MOST  6u /* classes, newcomers */

static sunlot_digest key_of(uint64_t number)
{
    sunlot_digest key;
    made_key(key.b, number);
    return key;
}

static void name(sunlot_newcomer *one, uint8_t number, uint8_t seats)
{
    memset(one, 0, sizeof *one);
    one->pseudonym[0] = number;
    one->seats = seats;
}

/* The rule of SPEC 8.8 in the words of the text: from the classes with a seat those that are at most one larger than the smallest of them. */
static uint32_t list_candidates(uint16_t *out, const sunlot_class *class_, const uint32_t *size, uint32_t classes, uint32_t seats)
{
    uint32_t count = 0;
    for (uint16_t c = 0; c < classes; c++) {
        bool good = class_[c].seats == 0 || size[c] + seats <= class_[c].seats;
        for (uint32_t other = 0; other < classes; other++) {
            const bool room = class_[other].seats == 0 || size[other] + seats <= class_[other].seats;
            if (room && size[c] > size[other] + 1) good = false;
        }
        if (good) out[count++] = c;
    }
    return count;
}

/* Sizes, seats and newcomers made up: what is drawn is what the text says, step by step, with the same stream. */
static void test_rule(void **state)
{
    (void)state;
    uint8_t key[32] = {7};
    sunlot_stream made;
    uint32_t stuck_ones = 0, turned_away = 0;
    sunlot_stream_init(&made, key);
    for (uint64_t round = 0; round < 4000; round++) {
        const uint32_t classes = 1 + sunlot_stream_below(&made, MOST), newcomers = 1 + sunlot_stream_below(&made, MOST);
        const bool blank = sunlot_stream_below(&made, 3) == 0;
        sunlot_class class_[MOST];
        uint32_t size[MOST], now[MOST], stuck = 99;
        sunlot_newcomer one[MOST];
        memset(class_, 0, sizeof class_);
        for (uint32_t c = 0; c < classes; c++) {
            size[c] = now[c] = sunlot_stream_below(&made, 6);
            class_[c].seats = blank ? 0 : 1 + sunlot_stream_below(&made, 8);
        }
        for (uint32_t i = 0; i < newcomers; i++) name(&one[i], (uint8_t)(3 * i + 1), (uint8_t)(1 + sunlot_stream_below(&made, 4) % 3));
        const sunlot_digest stage = key_of(round);
        const bool fits = sunlot_late_fits(one, newcomers, size, class_, classes);
        const sunlot_err err = sunlot_late_draw(one, &stuck, newcomers, size, class_, classes, &stage);

        sunlot_stream s;
        sunlot_mac_state begun;
        sunlot_stream_init(&s, stage.b);
        sunlot_ticket_begin(&begun, &stage);
        bool done[MOST] = {false};
        uint32_t lost = UINT32_MAX;
        for (uint32_t turn = 0; turn < newcomers && lost == UINT32_MAX; turn++) {
            uint32_t next = UINT32_MAX;
            sunlot_digest least;
            for (uint32_t i = 0; i < newcomers; i++) {
                char text[33];
                sunlot_pseudonym_write(text, 's', one[i].pseudonym);
                const sunlot_digest ticket = sunlot_ticket(&begun, (sunlot_text){text, sizeof text}, 0);
                if (done[i] || (next != UINT32_MAX && sunlot_digest_compare(&ticket, &least) > 0)) continue;
                next = i;
                least = ticket;
            }
            done[next] = true;
            uint16_t candidate[MOST];
            const uint32_t count = list_candidates(candidate, class_, now, classes, one[next].seats);
            if (count == 0) {
                lost = next;
                break;
            }
            const uint16_t c = candidate[sunlot_stream_below(&s, count)];
            assert_int_equal(one[next].class_, c);
            now[c] += one[next].seats;
        }
        assert_int_equal(err, lost == UINT32_MAX ? SUNLOT_OK : SUNLOT_ERR_NOT_PLACED);
        assert_int_equal(stuck, lost);
        assert_memory_equal(now, size, classes * sizeof *size);
        if (fits) assert_int_equal(err, SUNLOT_OK);
        stuck_ones += lost != UINT32_MAX;
        turned_away += !fits && err == SUNLOT_OK;
    }
    assert_true(stuck_ones > 500);
    assert_true(turned_away < 400); /* who is refused for fear of an unlucky order */
}

/* Where everybody takes one seat, everybody fits exactly if there are seats enough. */
static void test_fits(void **state)
{
    (void)state;
    const sunlot_class class_[3] = {{{NULL, 0}, 4}, {{NULL, 0}, 4}, {{NULL, 0}, 6}};
    const uint32_t size[3] = {4, 2, 5};
    sunlot_newcomer one[5];
    for (uint8_t i = 0; i < 5; i++) name(&one[i], i, 1);
    assert_true(sunlot_late_fits(one, 3, size, class_, 3));
    assert_false(sunlot_late_fits(one, 4, size, class_, 3));
    one[0].seats = 2; /* a seat taken in the second class before, and it is lost */
    assert_true(sunlot_late_fits(one, 1, size, class_, 3));
    assert_false(sunlot_late_fits(one, 2, size, class_, 3));
    one[0].seats = 3;
    assert_false(sunlot_late_fits(one, 1, size, class_, 3));
    const sunlot_class blank[2] = {{{NULL, 0}, 0}, {{NULL, 0}, 0}};
    assert_true(sunlot_late_fits(one, 5, size, blank, 2));
}

/* Over many seeds each candidate gets the newcomer equally often, the others never; two newcomers are treated alike. */
static void test_even(void **state)
{
    (void)state;
    const sunlot_class class_[5] = {{{NULL, 0}, 0}, {{NULL, 0}, 0}, {{NULL, 0}, 0}, {{NULL, 0}, 0}, {{NULL, 0}, 0}};
    uint32_t first[5] = {0}, both[5][5] = {{0}};
    for (uint64_t i = 0; i < DRAWS; i++) {
        const sunlot_digest stage = key_of(i);
        uint32_t size[5] = {41, 40, 42, 40, 41}, stuck;
        sunlot_newcomer one[2];
        name(&one[0], 1, 1);
        assert_int_equal(sunlot_late_draw(one, &stuck, 1, size, class_, 5, &stage), SUNLOT_OK);
        first[one[0].class_]++;
        uint32_t again[5] = {41, 40, 42, 40, 41};
        name(&one[0], 1, 1);
        name(&one[1], 2, 1);
        assert_int_equal(sunlot_late_draw(one, &stuck, 2, again, class_, 5, &stage), SUNLOT_OK);
        both[one[0].class_][one[1].class_]++;
    }
    for (uint32_t c = 0; c < 5; c++) {
        const int64_t gap = (int64_t)first[c] * 4 - (c == 2 ? 0 : DRAWS);
        assert_true(gap * gap < (int64_t)36 * DRAWS * 4);
        for (uint32_t d = 0; d < c; d++) { /* who is which makes no difference */
            const int64_t more = (int64_t)both[c][d] - both[d][c], all = (int64_t)both[c][d] + both[d][c];
            assert_true(more * more <= 36 * all);
        }
    }
    assert_int_equal(first[2], 0);
    for (uint32_t c = 0; c < 5; c++) assert_int_equal(both[2][c], 0); /* two classes of 40: at most one is full up when the second comes */
}

/* The order in which newcomers are listed changes nothing. */
static void test_order(void **state)
{
    (void)state;
    const sunlot_class class_[4] = {{{NULL, 0}, 9}, {{NULL, 0}, 9}, {{NULL, 0}, 8}, {{NULL, 0}, 9}};
    for (uint64_t i = 0; i < 200; i++) {
        const sunlot_digest stage = key_of(i);
        sunlot_newcomer a[MOST], b[MOST];
        uint32_t x[4] = {5, 6, 5, 6}, y[4] = {5, 6, 5, 6}, stuck;
        for (uint8_t j = 0; j < MOST; j++) {
            name(&a[j], (uint8_t)(j + 1), (uint8_t)(1 + j % 2));
            name(&b[MOST - 1 - j], (uint8_t)(j + 1), (uint8_t)(1 + j % 2));
        }
        assert_int_equal(sunlot_late_draw(a, &stuck, MOST, x, class_, 4, &stage), SUNLOT_OK);
        assert_int_equal(sunlot_late_draw(b, &stuck, MOST, y, class_, 4, &stage), SUNLOT_OK);
        for (uint32_t j = 0; j < MOST; j++) assert_int_equal(a[j].class_, b[MOST - 1 - j].class_);
        assert_memory_equal(x, y, sizeof x);
    }
}

/* ---- the cases of the second implementation ---------------------------------------------------------------------------------- */

static uint32_t seats_of(sunlot_text text)
{
    uint64_t number = 0;
    if (!sunlot_text_equal(text, SUNLOT_TEXT("-"))) assert_true(sunlot_number_parse(&number, text, UINT32_MAX) && number > 0);
    return (uint32_t)number;
}

static void test_late_cases(void **state)
{
    (void)state;
    cases *c = cases_open("late/late.txt");
    uint32_t none = 0;
    while (cases_next(c)) {
        sunlot_class class_[SUNLOT_MAX_SCHOOL_CLASSES];
        uint32_t size[SUNLOT_MAX_SCHOOL_CLASSES], stuck = 0;
        sunlot_newcomer one[64];
        uint16_t found[64];
        uint64_t number;
        const uint32_t classes = case_count(c, "class"), newcomers = case_count(c, "late");
        const sunlot_text seed = case_bytes(c, "seed");
        assert_true(seed.n == 32 && classes <= SUNLOT_MAX_SCHOOL_CLASSES && newcomers <= 64);
        memset(class_, 0, sizeof class_);
        memset(one, 0, sizeof one);
        for (uint32_t i = 0; i < classes; i++) {
            sunlot_text rest;
            class_[i].seats = seats_of(sunlot_text_split(case_item(c, "class", i), ' ', &rest));
            assert_true(sunlot_number_parse(&number, rest, UINT32_MAX));
            size[i] = (uint32_t)number;
        }
        for (uint32_t i = 0; i < newcomers; i++) {
            sunlot_text rest, pseudonym = sunlot_text_split(case_item(c, "late", i), ' ', &rest);
            assert_true(pseudonym.n == 33 && sunlot_hex_parse(one[i].pseudonym, 16, (sunlot_text){pseudonym.p + 1, 32}));
            one[i].seats = (uint8_t)seats_of(rest);
        }
        const sunlot_digest stage = sunlot_late_key((const uint8_t *)seed.p, case_text(c, "school"), (uint32_t)case_number(c, "act"));
        const sunlot_err err = sunlot_late_draw(one, &stuck, newcomers, size, class_, classes, &stage);
        if (err == SUNLOT_ERR_NOT_PLACED) {
            case_expect_text(c, "classes", SUNLOT_TEXT("none"));
            none++;
            continue;
        }
        assert_int_equal(err, SUNLOT_OK);
        for (uint32_t i = 0; i < newcomers; i++) found[i] = one[i].class_;
        case_expect_numbers(c, "classes", found, newcomers);
    }
    assert_true(none > 0);
    cases_close(c);
}

static int start_library(void **state)
{
    (void)state;
    return sunlot_init() == SUNLOT_OK ? 0 : -1;
}

/* test_late [TEST]: all tests, or one alone (tests/mutants.sh). */
int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rule), cmocka_unit_test(test_fits), cmocka_unit_test(test_even), cmocka_unit_test(test_order), cmocka_unit_test(test_late_cases),
    };
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    return cmocka_run_group_tests_name("late", tests, start_library, NULL);
}
