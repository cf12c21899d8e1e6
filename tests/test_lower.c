/* From a school to a placement problem: answers by hand, and what holds of every problem. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "random/stages.h"
#include "roster/lower.h"
#include "support/small_roster.h"

/* The first school of a text, lowered. */
typedef struct {
    sunlot_roster *r;
    const sunlot_school *s;
    sunlot_lowered l;
} lowering;

static lowering lower(const char *text, int who, uint32_t rung)
{
    lowering x = {.r = small_roster_new(text)};
    const char *what = "";
    x.s = &x.r->school[0];
    assert_int_equal(sunlot_school_check(x.r, x.s, &what), 0);
    assert_int_equal(who == SUNLOT_STUDENTS ? sunlot_lower_students(&x.l, x.s, rung) : sunlot_lower_teachers(&x.l, x.s, rung), SUNLOT_OK);
    return x;
}

static void drop(lowering *x)
{
    sunlot_lowered_free(&x->l);
    sunlot_roster_free(x->r);
}

/* Bounds are those of groups in which every seat has a head. */
static void has_value(const lowering *x, uint32_t v, const char *text, uint32_t members, const char *bounds)
{
    char got[128];
    size_t n = 0;
    const uint32_t groups = x->l.p.groups;
    assert_true(v < x->l.p.values);
    assert_true(sunlot_text_equal(x->l.value[v].text, sunlot_text_of(text)));
    assert_int_equal(x->l.value[v].members, members);
    for (uint32_t g = 0; g < groups; g++) {
        if (g > 0) got[n++] = ' ';
        const size_t at = (size_t)x->l.p.group_size[g] * x->l.p.values + v;
        n += sunlot_decimal_write(got + n, x->l.p.lo[at], 0);
        got[n++] = '-';
        n += sunlot_decimal_write(got + n, x->l.p.hi[at], 0);
    }
    got[n] = 0;
    assert_string_equal(got, bounds);
}

static void has_list(const lowering *x, uint32_t unit, const char *values)
{
    char got[128];
    size_t n = 0;
    for (uint32_t i = x->l.p.has_from[unit]; i < x->l.p.has_from[unit + 1]; i++) {
        if (n > 0) got[n++] = ' ';
        n += sunlot_decimal_write(got + n, x->l.p.has[i], 0);
    }
    got[n] = 0;
    assert_string_equal(got, values);
}

static void test_balance(void **state)
{
    (void)state;
    lowering x = lower("rule,students,balance,sex,,\nrule,students,balance,town,,B\nschool,A\nclass,1,\nclass,2,\n"
                       "student,01,,,,,m\nstudent,02,,,,,f\nstudent,03,,,,,m\nstudent,04,,,,,\nstudent,05,,,,,m\n",
                       SUNLOT_STUDENTS, 1);
    const sunlot_problem *p = &x.l.p;
    assert_int_equal(p->rows, 5);
    assert_int_equal(p->units, 5);
    assert_int_equal(p->groups, 2);
    assert_int_equal(p->group_size[0], 3);
    assert_int_equal(p->group_size[1], 2);
    assert_int_equal(p->columns, 1);
    assert_int_equal(p->counted, 3);
    assert_int_equal(p->values, 3);
    assert_int_equal(p->sums, 0);
    has_value(&x, 0, "", 1, "0-1 0-1"); /* 3/5, 2/5 */
    has_value(&x, 1, "f", 1, "0-1 0-1");
    has_value(&x, 2, "m", 3, "1-2 1-2"); /* 9/5, 6/5 */
    static const uint16_t code[] = {2, 1, 2, 0, 2};
    assert_memory_equal(p->code, code, sizeof code);
    has_list(&x, 0, "2");
    has_list(&x, 3, "0");
    for (uint32_t u = 0; u < 5; u++) assert_int_equal(p->unit_pin[u], SUNLOT_NONE16);
    drop(&x);
}

/* Scores 50 60 60 80 and an absent one.  Bands of four present ones: r = 0 1 1 3. */
#define SCORES "school,A\nclass,1,\nstudent,01,,,,,60\nstudent,02,,,,,50\nstudent,03,,,,,80\nstudent,04,,,,,\nstudent,05,,,,,60\n"

static void has_codes(const char *rules, const uint16_t *code, const char *values)
{
    char text[512], got[64];
    size_t n = 0;
    strcat(strcpy(text, rules), SCORES);
    lowering x = lower(text, SUNLOT_STUDENTS, 1);
    assert_memory_equal(x.l.p.code, code, 5 * sizeof *code);
    for (uint32_t v = 0; v < x.l.p.values; v++) {
        memcpy(got + n, x.l.value[v].text.p, x.l.value[v].text.n);
        n += x.l.value[v].text.n;
        got[n++] = ':';
        n += sunlot_decimal_write(got + n, x.l.value[v].members, 0);
        got[n++] = ' ';
    }
    got[n] = 0;
    assert_string_equal(got, values);
    drop(&x);
}

static void test_bands(void **state)
{
    (void)state;
#define MEAN  "rule,students,absent,x,mean,\nrule,students,band,x,"
#define SIXTY "rule,students,absent,x,60,\nrule,students,band,x,"
    has_codes(MEAN "2,\n", (const uint16_t[]){0, 0, 1, 2, 0}, "1:3 2:1 absent:1 ");
    has_codes(MEAN "4,\n", (const uint16_t[]){1, 0, 3, 4, 1}, "1:1 2:2 4:1 absent:1 ");
    has_codes(SIXTY "5,\n", (const uint16_t[]){1, 0, 4, 1, 1}, "1:1 2:3 5:1 ");
    has_codes(MEAN "top 1,\n", (const uint16_t[]){1, 1, 0, 1, 1}, "top 1:1 ");
    has_codes(MEAN "top 2,\n", (const uint16_t[]){0, 1, 0, 1, 0}, "top 2:3 "); /* one is above either 60 */
    has_codes(MEAN "last 1,\n", (const uint16_t[]){1, 0, 1, 1, 1}, "last 1:1 ");
    has_codes(MEAN "last 3,\n", (const uint16_t[]){0, 0, 1, 1, 0}, "last 3:3 ");
    has_codes(SIXTY "last 2,\n", (const uint16_t[]){0, 0, 1, 0, 0}, "last 2:4 ");
    has_codes(SIXTY "last 4096,\n", (const uint16_t[]){0, 0, 0, 0, 0}, "last 4096:5 ");
}

static void test_nobody_present(void **state)
{
    (void)state;
    lowering x = lower("rule,students,absent,x,mean,\nrule,students,band,x,3,\nrule,students,band,x,top 1,\nrule,students,mean,x,1,\n"
                       "school,A\nclass,1,\nstudent,01,,,,,\nstudent,02,,,,,\n",
                       SUNLOT_STUDENTS, 1);
    assert_int_equal(x.l.p.columns, 2);
    assert_int_equal(x.l.p.counted, 1);
    has_value(&x, 0, "absent", 2, "2-2");
    assert_int_equal(x.l.p.sums, 0);
    drop(&x);
}

/* 80 90 100 and one absent: m = 3, T = 270, d = -30 0 30 0 (times 1000); sizes 2 and 2; γ = 0.5, then 1.001. */
static void test_mean(void **state)
{
    (void)state;
    lowering x = lower("rule,students,absent,x,mean,\nrule,students,mean,x,0.5 1.001,\nrule,students,mean,y,2,\nschool,A\nclass,1,\nclass,2,\nclass,3,\n"
                       "student,01,,,,,80,1\nstudent,02,,,,,90,1\nstudent,03,,,,,100,1\nstudent,04,,,,,,2\n",
                       SUNLOT_STUDENTS, 1);
    const sunlot_problem *p = &x.l.p;
    assert_int_equal(p->sums, 2);
    assert_int_equal(x.l.sum[0].members, 3);
    assert_int_equal(x.l.sum[0].total, 270000);
    assert_int_equal(x.l.sum[1].members, 4);
    static const int64_t of[] = {-30000, -1000, 0, -1000, 30000, -1000, 0, 3000};
    assert_memory_equal(p->sum_of, of, sizeof of);
    static const int64_t most[] = {0, 0, 750, 4000, 1500, 8000}; /* heads 0, 1, 2: 3·2·500/2 …; 4·2·2000/2 … */
    assert_memory_equal(p->sum_most, most, sizeof most);
    assert_int_equal(p->sum_unit[0], 750);
    assert_int_equal(p->sum_unit[1], 4000);
    assert_true(sunlot_text_equal(x.l.sum[0].text, SUNLOT_TEXT("0.5")));

    sunlot_lowered_rung(&x.l, 2);
    static const int64_t wider[] = {0, 0, 1501, 4000, 3003, 8000}; /* 3·1·1001/2 = 1501.5 down; the other ladder has one entry */
    assert_memory_equal(p->sum_most, wider, sizeof wider);
    assert_int_equal(p->sum_unit[0], 1501);
    assert_memory_equal(p->sum_of, of, sizeof of);
    assert_true(sunlot_text_equal(x.l.sum[0].text, SUNLOT_TEXT("1.001")));
    assert_int_equal(sunlot_school_rungs(x.s), 2);
    drop(&x);
}

/* The same bounds from the second rung at once as by changing to it. */
static void test_rung(void **state)
{
    (void)state;
#define LADDER(seats) "rule,students,mean,x,0.5 2,\nschool,A\nclass,1,\nclass,2,\nstudent,01,,,," seats ",7.25\nstudent,02,,,,,-3\nstudent,03,,,,,12\n"
    static const char *const text[] = {LADDER(""), LADDER("3")};
    for (size_t i = 0; i < 2; i++) {
        lowering x = lower(text[i], SUNLOT_STUDENTS, 1), y = lower(text[i], SUNLOT_STUDENTS, 2);
        sunlot_lowered_rung(&x.l, 2);
        const size_t sums = x.l.p.sums;
        assert_int_equal(sums, 1);
        assert_memory_equal(x.l.p.sum_of, y.l.p.sum_of, sums * x.l.p.units * sizeof(int64_t));
        assert_memory_equal(x.l.sum_most, y.l.sum_most, sums * (x.l.heads_most + 1) * sizeof(int64_t));
        assert_memory_equal(x.l.sum_unit, y.l.sum_unit, sums * sizeof(int64_t));
        drop(&x);
        drop(&y);
    }
}

static void test_absent_number(void **state)
{
    (void)state;
    lowering x = lower("rule,students,absent,x,40,\nrule,students,mean,x,1,\nschool,A\nclass,1,\nstudent,01,,,,,\nstudent,02,,,,,60\n", SUNLOT_STUDENTS, 1);
    assert_int_equal(x.l.sum[0].members, 2);
    assert_int_equal(x.l.sum[0].total, 100000);
    assert_int_equal(x.l.p.sum_of[0], -20000);
    assert_int_equal(x.l.adds[0], -20000);
    drop(&x);
}

/* 1 + 10, 2 + 5 for the absent one, absent + 30, 4 + 40: 11 7 - 44, m = 3, T = 62. */
static void test_total(void **state)
{
    (void)state;
    lowering x =
        lower("rule,students,absent,x,mean,\nrule,students,absent,y,5,\nrule,students,band,x;y,2,\nrule,students,mean,x;y,1,\nschool,A\nclass,1,\nclass,2,\n"
              "student,01,,,,,1,10\nstudent,02,,,,,2,\nstudent,03,,,,,,30\nstudent,04,,,,,4,40\n",
              SUNLOT_STUDENTS, 1);
    assert_int_equal(x.l.sum[0].members, 3);
    assert_int_equal(x.l.sum[0].total, 62000);
    static const int64_t of[] = {-29000, -41000, 0, 70000};
    assert_memory_equal(x.l.p.sum_of, of, sizeof of);
    static const uint16_t code[] = {0, 0, 2, 1}; /* 1·2/3, 0·2/3, absent, 2·2/3 */
    assert_memory_equal(x.l.value_code, code, sizeof code);
    has_value(&x, 2, "absent", 1, "0-1 0-1");
    assert_true(sunlot_text_equal(x.l.sum[0].rule->column, SUNLOT_TEXT("x;y")));
    drop(&x);
}

/* 80 90 100 and one absent: y = -10000 0 10000, Q = 2·10^8, ρ = ⌊√(6·10^8)⌋ = 24494.  4·Q = 8·10^8 is above 3·500², and below 3·20000². */
static void test_deviation(void **state)
{
    (void)state;
    lowering x = lower("rule,students,absent,x,mean,\nrule,students,deviation,x,0.5 20,\nschool,A\nclass,1,\nclass,2,\n"
                       "student,01,,,,,80\nstudent,02,,,,,90\nstudent,03,,,,,100\nstudent,04,,,,,\n",
                       SUNLOT_STUDENTS, 1);
    const sunlot_problem *p = &x.l.p;
    assert_int_equal(p->sums, 1);
    assert_int_equal(x.l.sum[0].members, 3);
    assert_int_equal(x.l.sum[0].shift, 0);
    assert_int_equal(x.l.sum[0].squares, 200000000);
    static const int64_t of[] = {100000000, -200000000, 100000000, 0};
    assert_memory_equal(p->sum_of, of, sizeof of);
    static const int64_t most[] = {0, 12059500, 24119000}; /* 500·(4·24494 - 3·500)/2 = 24119000 */
    assert_memory_equal(p->sum_most, most, sizeof most);
    assert_int_equal(p->sum_unit[0], 24119000);
    sunlot_lowered_rung(&x.l, 2);
    assert_int_equal(x.l.sum[0].share, INT64_C(1579760000)); /* 20000·(4·24494 + 3·20000)/2 */
    assert_memory_equal(p->sum_of, of, sizeof of);
    assert_int_equal(sunlot_school_rungs(x.s), 2);
    drop(&x);
}

/* The unit of a deviation (t), Q and w of one class whose students have these scores. */
static void has_squares(const char *scores, const char *gap, uint32_t shift, int64_t squares, int64_t share)
{
    char text[400] = "rule,students,deviation,x,";
    strcat(strcat(text, gap), ",\nschool,A\nclass,1,\n");
    for (unsigned i = 1; *scores != 0; i++, scores += strcspn(scores, " "), scores += *scores == ' ') {
        const char id[] = {'0', (char)('0' + i), 0};
        strcat(strcat(strcat(text, "student,"), id), ",,,,,");
        strncat(text, scores, strcspn(scores, " "));
        strcat(text, "\n");
    }
    lowering x = lower(text, SUNLOT_STUDENTS, 1);
    assert_int_equal(x.l.sum[0].shift, shift);
    assert_int_equal(x.l.sum[0].squares, squares);
    assert_int_equal(x.l.sum[0].share, share);
    drop(&x);
}

static void test_deviation_rounding(void **state)
{
    (void)state;
    has_squares("0.001 0.002 0.004", "0.01", 0, 5, 210);               /* -4/3 -1/3 5/3: -1 0 2; ρ = 3; 10·(12 + 30)/2 */
    has_squares("0.001 0.002", "0.001", 0, 2, 3);                      /* halves go away from zero; ρ = 2; 1·(8 - 2)/2 */
    has_squares("8 8 8 8", "0.001", 0, 0, 2);                          /* no deviation: ρ = 0, 4·1/2 */
    has_squares("8 12 8 12", "4", 0, 16000000, INT64_C(32000000));     /* 4·Q = m·γ²: the left side still says something; ρ = 8000 */
    has_squares("8 12 8 12", "4.001", 0, 16000000, INT64_C(96032002)); /* and here no more: 4001·(32000 + 16004)/2 */
    has_squares("0.001 262.143 131.071 131.073", "0.003", 0, INT64_C(34359214084), INT64_C(2224326)); /* 131071 131071 1 1: below 2^17 */
    has_squares("0 262.144 131.071 131.073", "0.003", 1, INT64_C(8589934594), INT64_C(370724));       /* units of 2: 65536 65536 1/2 1/2; γ' = 1 */
    has_squares("7", "999999.999", 0, 0, INT64_C(1) << 35);                                           /* γ' = 2^18 at most */
}

/* ---- as wide as it can be ---- */

#define MOST_ROWS 4096

/* A school of so many students with 16 scores each, the total of which `plus` students have at one end and the others at the other. */
static lowering extreme(uint32_t rows, uint32_t plus, const char *rule, uint32_t classes)
{
    char *text = malloc(rows * 220u + 4000u), *at = text;
    assert_non_null(text);
    at += sprintf(at, "%sschool,A\n", rule);
    for (uint32_t c = 1; c <= classes; c++) at += sprintf(at, "class,%u,\n", (unsigned)c);
    for (uint32_t i = 0; i < rows; i++) {
        at += sprintf(at, "student,%04x,,,,%s", (unsigned)i, i == 0 ? "4" : "");
        for (int c = 0; c < 16; c++) at += sprintf(at, ",%s999999.999", i < plus ? "" : "-");
        *at++ = '\n';
    }
    *at = 0;
    lowering x = lower(text, SUNLOT_STUDENTS, 1);
    free(text);
    return x;
}

#define SIXTEEN "a;b;c;d;e;f;g;h;i;j;k;l;m;n;o;p"

/* With some students at one end and the rest at the other, the greatest sum that a group can have is that of all positive values: it stays below
 * 2^57, and the bounds below 2^63. */
static void test_extremes(void **state)
{
    (void)state;
    static const uint32_t plus[] = {1, 3, 100, 1365, 2047, 2048, 4095};
    for (size_t i = 0; i < sizeof plus / sizeof *plus; i++) {
        lowering x = extreme(MOST_ROWS, plus[i], "rule,students,deviation," SIXTEEN ",999999.999,\nrule,students,mean," SIXTEEN ",999999.999,\n", 1);
        const sunlot_problem *p = &x.l.p;
        const double range = 16 * 999999999.0, share = plus[i] / (double)MOST_ROWS, above = 2 * (1 - share), below = 2 * share;
        assert_int_equal(p->sums, 2);
        for (uint32_t m = 0; m < 2; m++) {
            int64_t all = 0, up = 0;
            for (uint32_t u = 0; u < p->units; u++) {
                const int64_t of = p->sum_of[(size_t)u * 2 + m];
                all += of;
                if (of > 0) up += of;
                assert_true(of > -(INT64_C(1) << 47) - 1 && of < (INT64_C(1) << 47) + 1);
            }
            assert_int_equal(all, 0);
            assert_true(up <= INT64_C(1) << 57);
            for (uint32_t h = 0; h <= x.l.heads_most; h++) assert_true(p->sum_most[(size_t)h * 2 + m] >= (h > 0));
            assert_true(p->sum_unit[m] > 0 && x.l.sum[m].share > 0);
        }
        /* the deviation of the school is what it should be, to a unit */
        const double unit = (double)(UINT64_C(1) << x.l.sum[0].shift), sd = sqrt((double)x.l.sum[0].squares / MOST_ROWS) * unit;
        assert_true(fabs(sd - range * sqrt(share * above * above + (1 - share) * below * below)) <= unit);
        assert_int_equal(x.l.sum[1].share, MOST_ROWS * INT64_C(999999999));
        drop(&x);
    }
}

/* What the interval is for: a group whose sum is just within it has a deviation within half the gap of the school's, whatever the scores; and
 * where the gap is small, the interval is nearly as wide as that allows. */
static void test_deviation_keeps(void **state)
{
    (void)state;
    static const char *const scores[] = {"60 70.5 80 81 90.125 100 43 77", "0 0 0 0 0 0 0 1", "-999999.999 999999.999 0 5 7 999 -1000 12",
                                         "1 1 1 2 2 3 999999 1"};
    static const char *const gaps[] = {"0.001", "0.5", "1", "7", "30", "36.5", "1000", "999999.999"};
    for (size_t i = 0; i < sizeof scores / sizeof *scores; i++) {
        for (size_t k = 0; k < sizeof gaps / sizeof *gaps; k++) {
            char text[400] = "rule,students,deviation,x,";
            strcat(strcat(text, gaps[k]), ",\nschool,A\nclass,1,\nclass,2,\n");
            const char *at = scores[i];
            for (unsigned j = 1; *at != 0; j++, at += strcspn(at, " "), at += *at == ' ') {
                char line[64];
                (void)snprintf(line, sizeof line, "student,0%u,,,,,%.*s\n", j, (int)strcspn(at, " "), at);
                strcat(text, line);
            }
            lowering x = lower(text, SUNLOT_STUDENTS, 1);
            const sunlot_meaning *sum = &x.l.sum[0];
            const double m = sum->members, q = (double)sum->squares, half = ldexp(sum->gap, -(int)sum->shift) / 2, sd = sqrt(q / m);
            for (uint32_t h = 1; h <= x.l.heads_most; h++) {
                const double most = (double)x.l.p.sum_most[h];
                const double upper = sqrt((q * h + most) / (m * h)), lower_ = q * h > most ? sqrt((q * h - most) / (m * h)) : 0;
                assert_true(upper - sd <= half + 1e-6 && sd - lower_ <= half + 1e-6);
                if (half > 20 && half < sd / 20) assert_true(sd - lower_ > half * 0.9 && upper - sd > half * 0.9);
            }
            drop(&x);
        }
    }
}

/* One student takes two seats: sizes 2 2 for three heads, and bounds for 0, 1, 2 heads. */
static void test_weights(void **state)
{
    (void)state;
    lowering x = lower("rule,students,balance,sex,,\nrule,students,mean,x,2,\nschool,A\nclass,1,\nclass,2,\n"
                       "student,01,,,,2,f,1\nstudent,02,,,,,m,2\nstudent,03,,,,,f,6\n",
                       SUNLOT_STUDENTS, 1);
    const sunlot_problem *p = &x.l.p;
    assert_int_equal(p->group_size[0], 2);
    assert_int_equal(p->unit_size[0], 2);
    static const uint8_t heads[] = {1, 1, 1};
    assert_memory_equal(p->unit_heads, heads, sizeof heads);
    has_value(&x, 0, "f", 2, "1-2 1-2"); /* 2·2/3 */
    has_value(&x, 1, "m", 1, "0-1 0-1");
    static const uint16_t lo[] = {0, 0, 0, 0, 1, 0}, hi[] = {0, 0, 1, 1, 2, 1};
    assert_memory_equal(p->lo, lo, sizeof lo);
    assert_memory_equal(p->hi, hi, sizeof hi);
    assert_int_equal(p->sums, 1);
    static const int64_t of[] = {-6000, -3000, 9000}, most[] = {0, 3000, 6000};
    assert_memory_equal(p->sum_of, of, sizeof of);
    assert_memory_equal(p->sum_most, most, sizeof most);
    assert_int_equal(p->sum_unit[0], 6000);
    drop(&x);
}

static void test_units(void **state)
{
    (void)state;
    lowering x = lower("rule,students,balance,sex,,\nrule,students,balance,town,,\nschool,A\nclass,1,9\nclass,2,9\nlock,04,2\nlimit,2\nlimit,1\n"
                       "student,01,,1,,,m,y\nstudent,02,1,2,,,m,x\nstudent,03,,1;2,,,f,x\nstudent,04,1,1,,3,m,x\nstudent,05,2,,,,f,y\nstudent,06,2,,,,m,y\n",
                       SUNLOT_STUDENTS, 1);
    const sunlot_problem *p = &x.l.p;
    static const uint32_t unit[] = {0, 1, 2, 1, 3, 3};
    assert_memory_equal(x.l.unit_of_row, unit, sizeof unit);
    assert_int_equal(p->rows, 6);
    assert_int_equal(p->units, 4);
    assert_int_equal(p->values, 6);
    assert_int_equal(p->counted, 4);
    static const uint8_t size[] = {1, 4, 1, 2};
    assert_memory_equal(p->unit_size, size, sizeof size);
    assert_int_equal(p->unit_pin[0], SUNLOT_NONE16);
    assert_int_equal(p->unit_pin[1], 1);
    has_list(&x, 0, "1 3 4");
    has_list(&x, 1, "1 1 2 2 4 5");
    has_list(&x, 2, "0 2 4 5");
    has_list(&x, 3, "0 1 3 3");
    has_value(&x, 4, "a1", 3, "0-2 0-2");
    has_value(&x, 5, "a2", 2, "0-1 0-1");
    /* profiles of the units of one student */
    assert_true(p->code[0] == 1 && p->code[1] == 1);
    assert_true(p->code[4] == 0 && p->code[5] == 0);
    drop(&x);
}

static void test_teachers(void **state)
{
    (void)state;
    lowering x = lower("rule,teachers,balance,degree,,\nrule,teachers,mean,years,4,\nschool,A\nclass,1,\nclass,2,\n"
                       "teacher,a1,maths,2,yes,,BA,10\nteacher,a2,chinese,1,-,,MA,1\nteacher,a3,chinese,1,yes,,BA,3\nstudent,01,,,,\nstudent,02,,,,\n",
                       SUNLOT_TEACHERS, 1);
    const sunlot_problem *p = &x.l.p;
    assert_int_equal(p->rows, 4);
    assert_int_equal(p->units, 4);
    assert_int_equal(p->group_size[1], 2);
    static const uint8_t stratum[] = {1, 1, 0, 0};
    assert_memory_equal(p->unit_stratum, stratum, sizeof stratum);
    static const uint32_t teacher[] = {0, 0, 1, 2}, first[] = {0, 2, 3, 4};
    static const uint16_t section[] = {1, 2, 1, 1}, code[] = {0, 0, 1, 0, 1, 1, 0, 0};
    assert_memory_equal(x.l.teacher_of_row, teacher, sizeof teacher);
    assert_memory_equal(x.l.row_first, first, sizeof first);
    assert_memory_equal(x.l.section_of_row, section, sizeof section);
    assert_memory_equal(p->code, code, sizeof code);
    has_value(&x, 0, "homeroom", 2, "1-1 1-1");
    has_value(&x, 1, "BA", 3, "1-2 1-2"); /* 3·2/4 */
    has_value(&x, 2, "MA", 1, "0-1 0-1");
    assert_ptr_equal(x.l.value[0].rule, NULL);
    static const int64_t of[] = {16000, 16000, -20000, -12000}; /* m = 4, T = 24: 40 - 24, 4 - 24, 12 - 24 */
    assert_memory_equal(p->sum_of, of, sizeof of);
    assert_int_equal(p->sum_most[2], 16000); /* 4·2·4/2 */
    drop(&x);
}

static void test_tickets(void **state)
{
    (void)state;
    const sunlot_digest key = {{9}};
    static const char text[] = "school,A\nclass,1,\nteacher,a1,maths,1,yes,\nstudent,01,1,,,\nstudent,02,,,,\nstudent,03,1,,,\n";
    static const char *const name[] = {"s01000000000000000000000000000000", "s02000000000000000000000000000000", "s03000000000000000000000000000000",
                                       "ta1000000000000000000000000000000"};
    lowering x = lower(text, SUNLOT_STUDENTS, 1), y = lower(text, SUNLOT_TEACHERS, 1);
    sunlot_digest ticket[4];
    sunlot_mac_state begun;
    sunlot_ticket_begin(&begun, &key);
    for (int i = 0; i < 4; i++) ticket[i] = sunlot_ticket(&begun, sunlot_text_of(name[i]), i < 3 ? 0 : 1);
    sunlot_lowered_tickets(&x.l, x.s, SUNLOT_STUDENTS, &key);
    sunlot_lowered_tickets(&y.l, y.s, SUNLOT_TEACHERS, &key);
    const sunlot_digest *least = sunlot_digest_compare(&ticket[0], &ticket[2]) < 0 ? &ticket[0] : &ticket[2];
    assert_memory_equal(x.l.p.unit_ticket, least->b, 32);
    assert_memory_equal(x.l.p.unit_ticket + 32, ticket[1].b, 32);
    assert_memory_equal(y.l.p.unit_ticket, ticket[3].b, 32);
    drop(&x);
    drop(&y);
}

/* Fair shares can always be kept: lower bounds add up to at most the members, upper bounds to at least them, and in a group the
 * bounds of one rule's values leave room for exactly its heads, whatever these are, where no code is uncounted. */
static void test_feasible(void **state)
{
    (void)state;
    uint8_t key[32] = {3};
    sunlot_stream stream;
    sunlot_stream_init(&stream, key);
    for (int round = 0; round < 200; round++) {
        lowering x = {.r = small_roster_made(&stream)};
        x.s = &x.r->school[0];
        assert_int_equal(sunlot_lower_students(&x.l, x.s, 1), SUNLOT_OK);
        const sunlot_problem *p = &x.l.p;
        uint32_t seats = 0, taken = 0;
        for (uint32_t g = 0; g < p->groups; g++) seats += p->group_size[g];
        for (uint32_t u = 0; u < p->units; u++) taken += p->unit_size[u];
        assert_int_equal(seats, taken);
        for (uint32_t v = 0; v < p->counted && seats == p->rows; v++) {
            uint32_t lo = 0, hi = 0;
            for (uint32_t g = 0; g < p->groups; g++) {
                const uint32_t at = p->group_size[g] * p->values + v;
                lo += p->lo[at];
                hi += p->hi[at];
                assert_true(p->hi[at] - p->lo[at] <= 1);
            }
            assert_true(lo <= x.l.value[v].members && x.l.value[v].members <= hi);
        }
        for (uint32_t heads = 0; heads <= x.l.heads_most; heads++) {
            uint32_t lo = 0, hi = 0;
            for (uint32_t v = 0; v < p->counted; v++) {
                if (x.l.value[v].rule != x.l.value[0].rule) continue;
                lo += p->lo[heads * p->values + v];
                hi += p->hi[heads * p->values + v];
            }
            assert_true(p->counted == 0 || (lo <= heads && heads <= hi));
        }
        for (uint32_t m = 0; m < p->sums; m++) {
            int64_t all = 0;
            for (uint32_t u = 0; u < p->units; u++) all += p->sum_of[u * p->sums + m];
            assert_int_equal(all, 0);
        }
        drop(&x);
    }
}

static void test_no_memory(void **state)
{
    (void)state;
    sunlot_roster *r = small_roster_new("rule,students,balance,c,,\nrule,students,mean,x,1,\nrule,teachers,mean,y,1,\nschool,A\nclass,1,\n"
                                        "teacher,a1,maths,1,yes,,3\nstudent,01,1,,,,a,4\nstudent,02,1,,,,b,4\n");
    const uint64_t live = sunlot_alloc_live();
    for (int who = 0; who < SUNLOT_WHOS; who++) {
        uint64_t after = 0;
        sunlot_err err;
        do {
            sunlot_lowered l;
            sunlot_alloc_refuse(++after, false);
            err = who == SUNLOT_STUDENTS ? sunlot_lower_students(&l, &r->school[0], 1) : sunlot_lower_teachers(&l, &r->school[0], 1);
            sunlot_alloc_refuse(0, false);
            if (err == SUNLOT_OK) sunlot_lowered_free(&l);
            assert_int_equal(sunlot_alloc_live(), live);
            assert_ptr_equal(l.p.lo, NULL);
        } while (err == SUNLOT_ERR_MEMORY);
        assert_int_equal(err, SUNLOT_OK);
        assert_true(after > 1);
    }
    sunlot_roster_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_balance),
                                       cmocka_unit_test(test_bands),
                                       cmocka_unit_test(test_nobody_present),
                                       cmocka_unit_test(test_mean),
                                       cmocka_unit_test(test_rung),
                                       cmocka_unit_test(test_absent_number),
                                       cmocka_unit_test(test_total),
                                       cmocka_unit_test(test_deviation),
                                       cmocka_unit_test(test_deviation_rounding),
                                       cmocka_unit_test(test_extremes),
                                       cmocka_unit_test(test_deviation_keeps),
                                       cmocka_unit_test(test_weights),
                                       cmocka_unit_test(test_units),
                                       cmocka_unit_test(test_teachers),
                                       cmocka_unit_test(test_tickets),
                                       cmocka_unit_test(test_feasible),
                                       cmocka_unit_test(test_no_memory)};
    if (sunlot_init() != SUNLOT_OK) return 1;
    return cmocka_run_group_tests_name("lower", tests, NULL, NULL);
}
