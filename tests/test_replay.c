/* From a roster and a seed to result lines: what they say, that they are always the same, that they keep the rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draw/replay.h"
#include "draw/rules.h"
#include "random/stages.h"
#include "support/small_roster.h"

/* A school with everything: 3 classes, 18 students of 20 seats, 8 sections formed into teams. */
#define RULES                                                                                                                                                  \
    "mix,300\ntries,8\n"                                                                                                                                       \
    "rule,students,absent,math,mean,\nrule,students,balance,gender,,\nrule,students,band,math,3,\nrule,students,band,math,top 3,\n"                            \
    "rule,students,mean,paint,3 10,\n"                                                                                                                         \
    "rule,teachers,balance,degree,,\nrule,teachers,mean,years,8 20,\n"
#define BIG                                                                                                                                                    \
    "school,Big\nclass,1,\nclass,2,\nclass,3,\nlock,05,2\nlimit,1\nlimit,1\n"                                                                                  \
    "teacher,a1,chinese,2,yes,,MA,10\nteacher,a2,chinese,1,yes,,BA,4\nteacher,a3,maths,1,yes,,BA,6\nteacher,a4,maths,2,-,,MA,12\n"                             \
    "student,01,1,,,,f,70,50\nstudent,02,1,,,,m,71,60\nstudent,03,,1,a1,,f,80,51\nstudent,04,,1,,,m,90,52\nstudent,05,,1;2,,,f,,53\n"                          \
    "student,06,,2,,,m,60,54\nstudent,07,,,,2,f,61,55\nstudent,08,,,,2,m,62,56\nstudent,09,,,,,f,63,57\nstudent,10,,,,,m,64,58\n"                              \
    "student,11,,,,,f,65,59\nstudent,12,,,,,m,66,60\nstudent,13,,,a2,,f,,50\nstudent,14,,,,,m,85,51\nstudent,15,,,,,f,86,52\n"                                 \
    "student,16,,,,,m,87,53\nstudent,17,,,,,f,88,54\nstudent,18,,,,,m,89,55\n"
/* One with formed teams and seats that differ, without weights. */
#define FORMED                                                                                                                                                 \
    "school,Formed\nclass,1,6\nclass,2,4\nclass,3,6\n"                                                                                                         \
    "teacher,b1,chinese,3,yes,1;2;3,MA,1\nteacher,b2,maths,1,yes,2,BA,1\nteacher,b3,maths,1,yes,3,BA,1\n"                                                      \
    "teacher,b4,maths,1,-,1,BA,1\n"                                                                                                                            \
    "student,31,,,,,f,70,50\nstudent,32,,,b2,,m,71,52\nstudent,33,,,,,f,72,54\nstudent,34,,,,,m,73,50\nstudent,35,,,,,f,74,52\n"                               \
    "student,36,,,,,m,75,54\nstudent,37,,,,,f,76,50\nstudent,38,,,,,m,77,52\nstudent,39,,,,,f,78,54\nstudent,40,,,,,m,79,50\nstudent,41,,,,,f,80,52\n"

static void seed_of(uint8_t seed[32], uint8_t number)
{
    memset(seed, 0, 32);
    seed[0] = number;
}

static sunlot_buffer replay(const sunlot_roster *r, uint32_t school, uint8_t number, sunlot_outcome *outcome)
{
    sunlot_buffer lines = {NULL, 0, 0};
    uint8_t seed[32];
    seed_of(seed, number);
    assert_int_equal(sunlot_replay(&lines, r, school, seed, outcome), SUNLOT_OK);
    assert_true(outcome->placed);
    return lines;
}

static void expect_rules_hold(const sunlot_roster *r, uint32_t school, const sunlot_buffer *lines)
{
    sunlot_fault fault;
    const sunlot_result_block block = {sunlot_buffer_view(lines), 100};
    assert_int_equal(sunlot_rules_check(&fault, r, school, &block, NULL), SUNLOT_OK);
    assert_string_equal(fault.what, "");
    assert_int_equal(fault.answer, SUNLOT_VALID);
}

/* One class: everything is known; the places follow from the tickets within a profile. */
static void test_one_class(void **state)
{
    (void)state;
    sunlot_roster *r = small_roster_new("mode,live\nmix,10\nrule,students,balance,sex,,\nrule,students,band,x,2,\nrule,students,band,x,top 1,\n"
                                        "rule,students,mean,x,0.5 1.25,\nschool,A\nclass,one,\nteacher,a1,maths,1,yes,\nteacher,a2,chinese,1,-,\n"
                                        "student,01,,,,,f,1\nstudent,02,,,,,m,2\nstudent,03,,,,,m,2\n");
    sunlot_outcome outcome;
    uint8_t seed[32];
    seed_of(seed, 5);
    sunlot_buffer lines = replay(r, 0, 5, &outcome);
    const sunlot_digest key = sunlot_stage_key(seed, "ticket", SUNLOT_TEXT("A"), 0, 0);
    sunlot_mac_state begun;
    sunlot_ticket_begin(&begun, &key);
    const sunlot_digest second = sunlot_ticket(&begun, SUNLOT_TEXT("s02000000000000000000000000000000"), 0),
                        third = sunlot_ticket(&begun, SUNLOT_TEXT("s03000000000000000000000000000000"), 0);
    const bool second_first = sunlot_digest_compare(&second, &third) < 0;
    static const char format[] = "placed,1,1,1,1,live\n"
                                 "seat,s01000000000000000000000000000000,1,G1,one,live\n"
                                 "seat,s02000000000000000000000000000000,?,G1,one,live\n"
                                 "seat,s03000000000000000000000000000000,?,G1,one,live\n"
                                 "section,one,T1,chinese,ta2000000000000000000000000000000,-,live\n"
                                 "section,one,T1,maths,ta1000000000000000000000000000000,homeroom,live\n"
                                 "count,students,sex,f,1,1,1,1,live\n"
                                 "count,students,sex,m,2,2,2,2,live\n"
                                 "count,students,x,1,3,3,3,3,live\n" /* 0, 1·2/3 and 1·2/3 rounded down */
                                 "count,students,x,top 1,2,2,2,2,live\n"
                                 "mean,students,x,0.5,0,0,live\n";
    char expected[sizeof format];
    memcpy(expected, format, sizeof format);
    *strchr(expected, '?') = second_first ? '2' : '3';
    *strchr(expected, '?') = second_first ? '3' : '2';
    assert_int_equal(lines.n, sizeof expected - 1);
    assert_memory_equal(lines.p, expected, lines.n);
    sunlot_buffer_free(&lines);
    sunlot_roster_free(r);
}

static bool has_line(const sunlot_buffer *lines, const char *line)
{
    const size_t n = strlen(line);
    for (size_t i = 0; i + n <= lines->n; i++) {
        if (memcmp(lines->p + i, line, n) == 0 && (i == 0 || lines->p[i - 1] == '\n')) return true;
    }
    return false;
}

/* Deviations are rounded, halves away from zero; classes without students are passed over.  One of eight has 0.001: wherever it goes, T = 1, Σ d of its class
 * is 8 - 4 = 4 thousandths, and 100·4 / (8·4) = 12.5. */
static void test_deviation(void **state)
{
    (void)state;
    sunlot_outcome outcome;
    sunlot_roster *r =
        small_roster_new("mix,5\nrule,students,deviation,x,1,\nrule,students,mean,x,1 2 3,\nrule,students,mean,y,4,\nschool,A\nclass,1,\nclass,2,\n"
                         "student,01,,,,,0.001,1\nstudent,02,,,,,0,1\nstudent,03,,,,,0,1\nstudent,04,,,,,0,1\nstudent,05,,,,,0,3.5\n"
                         "student,06,,,,,0,3.5\nstudent,07,,,,,0,3.5\nstudent,08,,,,,0,3.5\n"
                         "school,B\nclass,1,\nclass,2,\nclass,3,\nstudent,11,,,,,0,0\nstudent,12,,,,,0.5,3\n");
    sunlot_buffer a = replay(r, 0, 1, &outcome), b = replay(r, 1, 1, &outcome);
    assert_true(has_line(&a, "mean,students,x,1,-0.00013,0.00013,rehearsal-\xe6\xbc\x94\xe7\xbb\x83\n"));
    assert_true(has_line(&a, "deviation,students,x,1,0,0.0005,")); /* y = 1 and seven times 0: √(1/4) */
    assert_true(has_line(&b, "mean,students,x,1,-0.25,0.25,rehearsal-\xe6\xbc\x94\xe7\xbb\x83\n"));
    assert_true(has_line(&b, "mean,students,y,4,-1.5,1.5,rehearsal-\xe6\xbc\x94\xe7\xbb\x83\n"));
    assert_true(has_line(&b, "placed,2,1,1,1,"));
    expect_rules_hold(r, 1, &b);
    sunlot_buffer_free(&a);
    sunlot_buffer_free(&b);
    sunlot_roster_free(r);
}

/* Locks leave nothing to draw: totals 0 1 in class 1 and 2 5 in class 2, -2 -1 0 3 from the mean: √2.5 and √4.5; in x alone 0 - against 1 2,
 * -1 (√(2/3)) against 0 1: √((1 + 2/3)/2) and √(1/2). */
static void test_standard_deviation(void **state)
{
    (void)state;
    sunlot_outcome outcome;
    sunlot_roster *r =
        small_roster_new("mix,5\nrule,students,absent,x,mean,\nrule,students,absent,y,1,\nrule,students,deviation,x,0.4 9,\nrule,students,deviation,y;z,0.6,\n"
                         "rule,students,mean,y;z,3,\nschool,A\nclass,1,\nclass,2,\nlock,01,1\nlock,02,1\nlock,03,2\nlock,04,2\n"
                         "student,01,,,,,0,0,0\nstudent,02,,,,,,,0\nstudent,03,,,,,1,1,1\nstudent,04,,,,,2,2,3\n");
    sunlot_buffer lines = replay(r, 0, 1, &outcome);
    assert_true(has_line(&lines, "mean,students,y;z,3,-1.5,1.5,rehearsal-\xe6\xbc\x94\xe7\xbb\x83\n"
                                 "deviation,students,x,0.4,0.70711,0.91287,rehearsal-\xe6\xbc\x94\xe7\xbb\x83\n"
                                 "deviation,students,y;z,0.6,1.58114,2.12132,rehearsal-\xe6\xbc\x94\xe7\xbb\x83\n"));
    expect_rules_hold(r, 0, &lines);
    sunlot_buffer_free(&lines);
    sunlot_roster_free(r);
}

/* As many students and scores as can be, at both ends of what scores may be: nothing overflows in drawing, in the figures, in the check. */
static void test_widest(void **state)
{
    (void)state;
    enum { ROWS = 4096, LINE = 220 };
    static const char sixteen[] = "a;b;c;d;e;f;g;h;i;j;k;l;m;n;o;p";
    for (uint32_t plus = 14; plus < ROWS; plus = plus * 5 + 1) { /* 14 71 356 1781 */
        char *text = malloc(ROWS * LINE + 1000), *at = text;
        assert_non_null(text);
        at += sprintf(at, "mix,1\ntries,1\nrule,students,deviation,%s,999999.999,\nrule,students,mean,%s,999999.999,\nschool,A\nclass,1,\nclass,2,\nclass,3,\n",
                      sixteen, sixteen);
        for (uint32_t i = 0; i < ROWS; i++) {
            at += sprintf(at, "student,%04x,,,,", (unsigned)i);
            for (int c = 0; c < 16; c++) at += sprintf(at, ",%s999999.999", i < plus ? "" : "-");
            *at++ = '\n';
        }
        *at = 0;
        sunlot_roster *r = small_roster_new(text);
        sunlot_outcome outcome;
        sunlot_buffer lines = replay(r, 0, (uint8_t)plus, &outcome);
        expect_rules_hold(r, 0, &lines);
        sunlot_buffer_free(&lines);
        sunlot_roster_free(r);
        free(text);
    }
}

/* Bounds are those of the heads that groups have: one of three seats in class 1, three of one seat in class 2. */
static void test_heads(void **state)
{
    (void)state;
    sunlot_outcome outcome;
    sunlot_roster *r = small_roster_new("mix,5\nrule,students,balance,sex,,\nrule,students,mean,x,4,\nschool,A\nclass,1,\nclass,2,\nlock,01,1\n"
                                        "student,01,,,,3,m,4\nstudent,02,,,,,f,2\nstudent,03,,,,,f,2\nstudent,04,,,,,m,2\n");
    sunlot_buffer lines = replay(r, 0, 1, &outcome);
    assert_true(has_line(&lines, "count,students,sex,f,0,2,0,2,rehearsal-\xe6\xbc\x94\xe7\xbb\x83\n"));
    assert_true(has_line(&lines, "count,students,sex,m,0,2,1,1,rehearsal-\xe6\xbc\x94\xe7\xbb\x83\n"));
    assert_true(has_line(&lines, "mean,students,x,4,-0.5,1.5,rehearsal-\xe6\xbc\x94\xe7\xbb\x83\n"));
    expect_rules_hold(r, 0, &lines);
    sunlot_buffer_free(&lines);
    sunlot_roster_free(r);
}

static void test_rules_hold(void **state)
{
    (void)state;
    sunlot_roster *r = small_roster_new(RULES BIG FORMED);
    for (uint32_t school = 0; school < 2; school++) {
        const char *what = "";
        assert_int_equal(sunlot_school_check(r, &r->school[school], &what), 0);
        for (uint8_t number = 0; number < 40; number++) {
            sunlot_outcome outcome, again;
            sunlot_buffer x = replay(r, school, number, &outcome), y = replay(r, school, number, &again), z = replay(r, school, (uint8_t)(number + 1), &again);
            expect_rules_hold(r, school, &x);
            assert_int_equal(x.n, y.n);
            assert_memory_equal(x.p, y.p, x.n);
            assert_false(x.n == z.n && memcmp(x.p, z.p, x.n) == 0);
            assert_true(outcome.looks >= 1 && outcome.steps >= 300 * r->school[school].students);
            sunlot_buffer_free(&x);
            sunlot_buffer_free(&y);
            sunlot_buffer_free(&z);
        }
    }
    sunlot_roster_free(r);
}

/* Made-up schools of all kinds: what is placed keeps the rules; what is not says why. */
static void test_made_up(void **state)
{
    (void)state;
    uint8_t key[32] = {11};
    sunlot_stream stream;
    uint32_t placed = 0;
    sunlot_stream_init(&stream, key);
    for (int round = 0; round < 120; round++) {
        sunlot_roster *r = small_roster_made(&stream);
        sunlot_buffer lines = {NULL, 0, 0};
        sunlot_outcome outcome;
        const sunlot_err err = sunlot_replay(&lines, r, 0, key, &outcome);
        assert_int_equal(err, outcome.placed ? SUNLOT_OK : SUNLOT_ERR_NOT_PLACED);
        if (err == SUNLOT_OK)
            expect_rules_hold(r, 0, &lines);
        else
            assert_true(outcome.failed != 0);
        placed += err == SUNLOT_OK;
        sunlot_buffer_free(&lines);
        sunlot_roster_free(r);
    }
    assert_true(placed > 90);
}

/* A school's lines but the first, which has its number, depend on its own lines, its name and its rules. */
static void test_independent(void **state)
{
    (void)state;
    sunlot_outcome outcome;
    sunlot_roster *both = small_roster_new(RULES "rule,teachers,mean,age,3,Formed\n" BIG), *first = small_roster_new(RULES FORMED BIG);
    sunlot_roster *alone = small_roster_new(RULES BIG);
    sunlot_buffer x = replay(both, 0, 3, &outcome), y = replay(first, 1, 3, &outcome), z = replay(alone, 0, 3, &outcome);
    assert_true(x.n == z.n && memcmp(x.p, z.p, x.n) == 0);
    assert_true(x.n == y.n && memcmp(x.p + 9, y.p + 9, x.n - 9) == 0);
    assert_memory_equal(x.p, "placed,1,", 9);
    assert_memory_equal(y.p, "placed,2,", 9);
    alone->school[0].name = SUNLOT_TEXT("Bog");
    sunlot_buffer other = replay(alone, 0, 3, &outcome);
    assert_false(x.n == other.n && memcmp(x.p, other.p, x.n) == 0);
    sunlot_buffer_free(&x);
    sunlot_buffer_free(&y);
    sunlot_buffer_free(&z);
    sunlot_buffer_free(&other);
    sunlot_roster_free(both);
    sunlot_roster_free(first);
    sunlot_roster_free(alone);
}

/* What is told when there is no placement. */
static void test_not_placed(void **state)
{
    (void)state;
    static const struct {
        const char *text, *worst;
        int stage;
        uint32_t rung, attempt;
    } c[] = {
        /* three who must be apart in two classes */
        {"mix,1\ntries,2\nrule,students,mean,x,1 2,\nschool,A\nclass,1,\nclass,2,\nlimit,1\nstudent,01,,1,,,1\nstudent,02,,1,,,1\nstudent,03,,1,,,1\nstudent,04,,,,,1\n",
         "a1", SUNLOT_STAGE_STUDENTS, 2, 2},
        /* means of two that nothing brings together */
        {"mix,1\ntries,3\nrule,students,mean,height,1,\nschool,A\nclass,1,\nclass,2,\nstudent,01,,,,,1\nstudent,02,,,,,5\n", "height", SUNLOT_STAGE_STUDENTS, 1,
         3},
        {"mix,1\ntries,1\nrule,students,mean,height,1,\nschool,A\nclass,1,\nclass,2,\nstudent,01,,,,2,1\nstudent,02,,,,2,5\n", "height", SUNLOT_STAGE_STUDENTS,
         1, 1},
        {"mix,1\ntries,1\nrule,teachers,mean,years,1,\nschool,A\nclass,1,\nclass,2,\nteacher,a1,maths,1,yes,,1\nteacher,a2,maths,1,yes,,9\nstudent,01,,,,\n"
         "student,02,,,,\n",
         "years", SUNLOT_STAGE_TEACHERS, 1, 1},
        /* a student recused from the only teacher */
        {"mix,1\ntries,1\nschool,A\nclass,1,\nteacher,a1,maths,1,yes,\nstudent,01,,,a1,\n", "", SUNLOT_STAGE_MATCH, 1, 1},
    };
    for (size_t i = 0; i < sizeof c / sizeof *c; i++) {
        sunlot_roster *r = small_roster_new(c[i].text);
        sunlot_buffer lines = {NULL, 0, 0};
        sunlot_outcome outcome;
        uint8_t seed[32];
        seed_of(seed, 1);
        assert_int_equal(sunlot_replay(&lines, r, 0, seed, &outcome), SUNLOT_ERR_NOT_PLACED);
        assert_int_equal(lines.n, 0);
        assert_false(outcome.placed);
        assert_int_equal(outcome.failed, c[i].stage);
        assert_int_equal(outcome.rung, c[i].rung);
        assert_int_equal(outcome.attempt, c[i].attempt);
        assert_true(sunlot_text_equal(outcome.worst, sunlot_text_of(c[i].worst)));
        assert_int_equal(outcome.counts_off > 0, c[i].worst[0] == 'a');
        const bool sum = c[i].worst[0] == 'h' || c[i].worst[0] == 'y';
        assert_int_equal(outcome.sums_off > 0, sum);
        assert_int_equal(outcome.asked > 0, sum);
        assert_int_equal(outcome.reached > outcome.asked, sum);
        sunlot_buffer_free(&lines);
        sunlot_roster_free(r);
    }
}

/* Four tries at each rung but the last, `tries` at that: each repairs in vain for 200·2·(1 + 2 + 4 + 8 + 16 + 32) steps. */
static void test_tries(void **state)
{
    (void)state;
    sunlot_roster *r = small_roster_new("mix,1\ntries,3\nrule,students,mean,x,1 2 3,\nschool,A\nclass,1,\nclass,2,\nstudent,01,,,,,1\nstudent,02,,,,,5\n");
    sunlot_buffer lines = {NULL, 0, 0};
    sunlot_outcome outcome;
    uint8_t seed[32];
    seed_of(seed, 1);
    assert_int_equal(sunlot_replay(&lines, r, 0, seed, &outcome), SUNLOT_ERR_NOT_PLACED);
    assert_int_equal(outcome.steps, (4 + 4 + 3) * 25200);
    assert_int_equal(outcome.asked, 3000);
    assert_int_equal(outcome.reached, 4000); /* 1 and 5 are 2 from their mean */
    sunlot_buffer_free(&lines);
    sunlot_roster_free(r);
}

/* The first rung fails for certain, the second cannot fail. */
static void test_ladder(void **state)
{
    (void)state;
    sunlot_outcome outcome;
    sunlot_roster *r = small_roster_new("mix,1\nrule,students,mean,x,1 8,\nschool,A\nclass,1,\nclass,2,\nstudent,01,,,,,1\nstudent,02,,,,,5\n");
    sunlot_buffer lines = replay(r, 0, 1, &outcome);
    assert_int_equal(outcome.rung, 2);
    assert_int_equal(outcome.attempt, 1);
    assert_memory_equal(lines.p, "placed,1,2,1,", 13);
    assert_true(has_line(&lines, "mean,students,x,8,-2,2,"));
    expect_rules_hold(r, 0, &lines);
    sunlot_buffer_free(&lines);
    sunlot_roster_free(r);
}

/* A try is one of the tries of the replay; a trial is a try with its own seed. */
static void test_trial(void **state)
{
    (void)state;
    static const uint8_t zero[32] = {0};
    sunlot_roster *r = small_roster_new(RULES BIG);
    sunlot_outcome outcome, one;
    sunlot_buffer lines = replay(r, 0, 9, &outcome);
    uint8_t seed[32];
    seed_of(seed, 9);
    assert_int_equal(sunlot_replay_try(r, 0, seed, outcome.rung, outcome.attempt, r->facts.mix, &one), SUNLOT_OK);
    assert_true(one.placed && one.rung == outcome.rung && one.attempt == outcome.attempt && one.looks == outcome.looks);
    uint32_t placed = 0;
    for (uint32_t trial = 0; trial < 20; trial++) {
        char number[24];
        const sunlot_text field = {number, sunlot_decimal_write(number, trial, 0)};
        const sunlot_digest key = sunlot_mac(zero, "sunlot/v1/trial", &field, 1);
        assert_int_equal(sunlot_roster_trial(r, 0, 2, trial, &outcome), SUNLOT_OK);
        assert_int_equal(sunlot_replay_try(r, 0, key.b, 2, 1, 100, &one), SUNLOT_OK);
        assert_true(outcome.placed == one.placed && outcome.steps == one.steps && outcome.rung == 2 && outcome.attempt == 1);
        placed += outcome.placed;
    }
    assert_true(placed > 5);
    sunlot_buffer_free(&lines);
    sunlot_roster_free(r);
}

static void write_bound(void *user, const sunlot_bound *b)
{
    sunlot_buffer *out = user;
    char lo[24], hi[24];
    const sunlot_text field[] = {b->teachers ? SUNLOT_TEXT("t") : SUNLOT_TEXT("s"), b->kind, b->column, b->value, {lo, sunlot_decimal_write(lo, b->lo, 0)},
                                 {hi, sunlot_decimal_write(hi, b->hi, 0)}};
    for (size_t i = 0; i < sizeof field / sizeof *field; i++) assert_true(sunlot_buffer_text(out, field[i]) && sunlot_buffer_byte(out, i < 5 ? ' ' : '\n'));
}

static void test_bounds(void **state)
{
    (void)state;
    sunlot_roster *r = small_roster_new(RULES BIG);
    sunlot_buffer out = {NULL, 0, 0};
    assert_int_equal(sunlot_roster_bounds(r, 0, 2, write_bound, &out), SUNLOT_OK);
    assert_true(out.n > 46);
    assert_memory_equal(out.p, "s balance gender f 2 4\ns balance gender m 2 4\n", 46); /* 9·6/20 down, 9·7/20 up */
    assert_true(has_line(&out, "s limit a1  0 1\ns limit a2  0 1\ns mean paint 10 "));
    assert_true(has_line(&out, "t homeroom   1 1\nt balance degree BA "));
    assert_true(has_line(&out, "t mean years 20 -120000 120000\n")); /* 6·2·20/2 */
    sunlot_buffer_free(&out);
    sunlot_roster_free(r);
}

static void pass_bound(void *user, const sunlot_bound *b)
{
    (void)user;
    assert_true(b->kind.n > 0);
}

/* With every allocation refused in turn: an error, nothing kept, nothing written. */
static void test_no_memory(void **state)
{
    (void)state;
    sunlot_roster *r = small_roster_new(RULES BIG);
    uint8_t seed[32];
    seed_of(seed, 2);
    for (int what = 0; what < 4; what++) {
        sunlot_outcome outcome;
        sunlot_buffer good = replay(r, 0, 2, &outcome);
        const sunlot_result_block block = {sunlot_buffer_view(&good), 1};
        const uint64_t live = sunlot_alloc_live();
        uint64_t after = 0;
        sunlot_err err;
        do {
            sunlot_buffer lines = {NULL, 0, 0};
            sunlot_fault fault = {.line = 77};
            after++;
            sunlot_alloc_refuse(after, after % 2 == 0);
            if (what == 0)
                err = sunlot_replay(&lines, r, 0, seed, &outcome);
            else if (what == 1)
                err = sunlot_replay_try(r, 0, seed, 1, 1, 10, &outcome);
            else if (what == 2)
                err = sunlot_rules_check(&fault, r, 0, &block, NULL);
            else
                err = sunlot_roster_bounds(r, 0, 1, pass_bound, NULL);
            sunlot_alloc_refuse(0, false);
            if (err == SUNLOT_ERR_MEMORY && what < 3) assert_true(lines.n == 0 && fault.line == 77);
            sunlot_buffer_free(&lines);
            assert_int_equal(sunlot_alloc_live(), live);
        } while (err == SUNLOT_ERR_MEMORY);
        assert_int_equal(err, SUNLOT_OK);
        assert_true(after > 1);
        sunlot_buffer_free(&good);
    }
    sunlot_roster_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_one_class), cmocka_unit_test(test_deviation),   cmocka_unit_test(test_standard_deviation),
                                       cmocka_unit_test(test_widest),    cmocka_unit_test(test_heads),       cmocka_unit_test(test_rules_hold),
                                       cmocka_unit_test(test_made_up),   cmocka_unit_test(test_independent), cmocka_unit_test(test_not_placed),
                                       cmocka_unit_test(test_tries),     cmocka_unit_test(test_ladder),      cmocka_unit_test(test_trial),
                                       cmocka_unit_test(test_bounds),    cmocka_unit_test(test_no_memory)};
    if (sunlot_init() != SUNLOT_OK) return 1;
    return cmocka_run_group_tests_name("replay", tests, NULL, NULL);
}
