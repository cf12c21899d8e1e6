/* Canonical numbers of tokens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/small_roster.h"

static void test_together(void **state)
{
    (void)state;
    sunlot_roster *r = small_roster_new("school,A\nclass,1,\n"
                                        "student,01,900,,,\nstudent,02,4,,,\nstudent,03,,,,\nstudent,04,4,,,\nstudent,05,900,,,\nstudent,06,1,,,\n"
                                        "student,07,1,,,\n");
    sunlot_school *s = &r->school[0];
    static const uint32_t expected[] = {1, 2, 0, 2, 1, 3, 3};
    for (int again = 0; again < 2; again++) { /* canonical numbers stay */
        assert_int_equal(sunlot_school_tokens(r, s), SUNLOT_OK);
        for (uint32_t i = 0; i < 7; i++) assert_int_equal(s->student[i].together, expected[i]);
    }
    sunlot_roster_free(r);
}

static void expect_limits(const sunlot_school *s, uint32_t student, const char *expected)
{
    char got[64];
    size_t n = 0;
    for (uint32_t j = 0; j < s->student[student].limits; j++) {
        if (j > 0) got[n++] = ';';
        n += sunlot_decimal_write(got + n, s->student_limit[s->student[student].limits_from + j] + 1, 0);
    }
    got[n] = 0;
    assert_string_equal(got, expected);
}

/* The sets are 1 {2 3 4}, 2 {1 3}, 3 {2 3}, 4 {2 3 4}, 5 {1 3 5}: in order 2, 5, 3, 1 = 4. */
static void test_limits(void **state)
{
    (void)state;
    sunlot_roster *r = small_roster_new("school,A\nclass,1,\nlimit,2\nlimit,1\nlimit,1\nlimit,1\nlimit,2\n"
                                        "student,01,,5;2,,\nstudent,02,,1;3;4,,\nstudent,03,,1;2;3;4;5,,\nstudent,04,,4;1,,\nstudent,05,,5,,\n");
    sunlot_school *s = &r->school[0];
    for (int again = 0; again < 2; again++) {
        assert_int_equal(sunlot_school_tokens(r, s), SUNLOT_OK);
        assert_int_equal(s->limits, 4);
        static const uint16_t max[] = {1, 2, 1, 1}; /* the least of equal sets */
        assert_memory_equal(s->limit_max, max, sizeof max);
        static const char *const expected[] = {"1;2", "3;4", "1;2;3;4", "4", "2"};
        for (uint32_t i = 0; i < 5; i++) expect_limits(s, i, expected[i]);
    }
    sunlot_roster_free(r);
}

/* Whatever numbers the sets came with, and in whatever order: the result is the same. */
static void test_any_numbering(void **state)
{
    (void)state;
    enum { STUDENTS = 12, LIMITS = 9 };
    uint8_t key[32] = {7};
    sunlot_stream stream;
    sunlot_stream_init(&stream, key);
    for (int round = 0; round < 300; round++) {
        sunlot_roster r = {.rules = 0};
        sunlot_student first[STUDENTS] = {{.seats = 1}}, second[STUDENTS] = {{.seats = 1}};
        uint16_t limit_first[STUDENTS * LIMITS], limit_second[STUDENTS * LIMITS], max_first[LIMITS], max_second[LIMITS], name[LIMITS];
        uint16_t n = 0;
        for (uint16_t t = 0; t < LIMITS; t++) {
            const uint32_t j = sunlot_stream_below(&stream, t + 1u);
            name[t] = name[j];
            name[j] = t;
        }
        for (uint32_t t = 0; t < LIMITS; t++) max_second[name[t]] = max_first[t] = (uint16_t)(1 + sunlot_stream_below(&stream, 3));
        for (uint32_t i = 0; i < STUDENTS; i++) {
            first[i].limits_from = second[i].limits_from = n;
            for (uint16_t t = 0; t < LIMITS; t++) {
                if (sunlot_stream_below(&stream, 5) > 0) continue;
                limit_first[n] = t;
                limit_second[n++] = name[t];
            }
            first[i].limits = second[i].limits = (uint16_t)(n - first[i].limits_from);
            first[i].together = sunlot_stream_below(&stream, 5);
            second[i].together = first[i].together == 0 ? 0 : 1000 - first[i].together;
        }
        sunlot_school a = {.students = STUDENTS, .limits = LIMITS, .student = first, .limit_max = max_first, .student_limit = limit_first};
        sunlot_school b = {.students = STUDENTS, .limits = LIMITS, .student = second, .limit_max = max_second, .student_limit = limit_second};
        assert_int_equal(sunlot_school_tokens(&r, &a), SUNLOT_OK);
        assert_int_equal(sunlot_school_tokens(&r, &b), SUNLOT_OK);
        assert_int_equal(a.limits, b.limits);
        assert_memory_equal(max_first, max_second, a.limits * sizeof *max_first);
        for (uint32_t i = 0; i < STUDENTS; i++) {
            assert_int_equal(first[i].together, second[i].together);
            assert_int_equal(first[i].limits, second[i].limits);
            assert_memory_equal(&limit_first[first[i].limits_from], &limit_second[second[i].limits_from], first[i].limits * sizeof *limit_first);
        }
    }
}

static void test_no_memory(void **state)
{
    (void)state;
    sunlot_roster *r = small_roster_new("school,A\nclass,1,\nlimit,1\nlimit,1\nstudent,01,7,2,,\nstudent,02,7,1;2,,\nstudent,03,,1,,\n");
    const uint64_t live = sunlot_alloc_live();
    uint64_t after = 0;
    sunlot_err err;
    do {
        sunlot_alloc_refuse(++after, false);
        err = sunlot_school_tokens(r, &r->school[0]);
        sunlot_alloc_refuse(0, false);
        assert_int_equal(sunlot_alloc_live(), live);
    } while (err == SUNLOT_ERR_MEMORY);
    assert_int_equal(err, SUNLOT_OK);
    assert_true(after > 4);
    sunlot_roster_free(r);
}

static void test_names(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < SUNLOT_MAX_LIMITS; i++) {
        char expected[24] = "a";
        const size_t n = 1 + sunlot_decimal_write(expected + 1, i + 1, 0);
        assert_true(sunlot_text_equal(sunlot_limit_name(i), (sunlot_text){expected, n}));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_together), cmocka_unit_test(test_limits), cmocka_unit_test(test_any_numbering),
                                       cmocka_unit_test(test_no_memory), cmocka_unit_test(test_names)};
    return cmocka_run_group_tests_name("tokens", tests, NULL, NULL);
}
