/* Rules: words, values, the order of their lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "roster/roster.h"

static sunlot_rule make(int who, const char *kind, const char *column, const char *value, const char *school)
{
    sunlot_rule rule = {.who = (uint8_t)who,
                        .kind = sunlot_rule_find(sunlot_text_of(kind)),
                        .column = sunlot_text_of(column),
                        .value = sunlot_text_of(value),
                        .school = sunlot_text_of(school)};
    return rule;
}

static bool parses(const char *kind, const char *column, const char *value)
{
    sunlot_rule rule = make(SUNLOT_STUDENTS, kind, column, value, "");
    return sunlot_rule_parse(&rule);
}

static void test_words(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SUNLOT_RULE_KINDS; i++) {
        const sunlot_text word = sunlot_rule_word((sunlot_rule_kind)i);
        assert_int_equal(sunlot_rule_find(word), i);
        if (i > 0) assert_true(sunlot_text_compare(sunlot_rule_word((sunlot_rule_kind)(i - 1)), word) < 0);
    }
    static const char *const strange[] = {"", "Balance", "balance ", "mea", "means", "fix"};
    for (size_t i = 0; i < sizeof strange / sizeof *strange; i++) {
        assert_int_equal(sunlot_rule_find(sunlot_text_of(strange[i])), SUNLOT_RULE_KINDS);
    }
}

static void test_mean(void **state)
{
    (void)state;
    sunlot_rule rule = make(SUNLOT_TEACHERS, "mean", "years", "0.5 1 2.125", "");
    assert_true(sunlot_rule_parse(&rule));
    assert_int_equal(rule.rungs, 3);
    assert_int_equal(rule.gap[0], 500);
    assert_int_equal(rule.gap[1], 1000);
    assert_int_equal(rule.gap[2], 2125);
    assert_true(sunlot_text_equal(rule.gap_text[2], SUNLOT_TEXT("2.125")));
    assert_true(parses("mean", "x", "1 2 3 4 5 6 7 8"));
    static const char *const bad[] = {"", "0", "1 1", "2 1", "0.50", "1  2", " 1", "1 ", "1,2", "-1", "1 2 3 4 5 6 7 8 9", "mean"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(parses("mean", "x", bad[i]));
    assert_false(parses("mean", "", "1"));
}

/* A deviation has the ladder of a mean; a total is parts in ascending order for those kinds that add. */
static void test_totals(void **state)
{
    (void)state;
    assert_true(parses("deviation", "x", "0.5 1 2"));
    assert_false(parses("deviation", "x", "2 1"));
    assert_false(parses("deviation", "x", ""));
    assert_false(parses("deviation", "", "1"));
    static const char *const good[] = {"a;b", "a;b;c", "10;2", "数学;英语;语文", "-;a", "A;a", "a;ab"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(parses("deviation", good[i], "1") && parses("mean", good[i], "1") && parses("band", good[i], "top 3"));
        assert_false(parses("absent", good[i], "mean"));
        assert_false(parses("balance", good[i], ""));
    }
    static const char *const bad[] = {";", "a;", ";a", "a;;b", "b;a", "a;a", "2;10", "a; b", "a ;b", "=a;b", "+;b", "-x;a", "a;b;"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(parses("mean", bad[i], "1"));
    sunlot_text part, rest = SUNLOT_TEXT("a;bc;d");
    for (const char *const *expected = (const char *const[]){"a", "bc", "d", NULL}; *expected != NULL; expected++) {
        assert_true(sunlot_rule_part(&part, &rest));
        assert_true(sunlot_text_equal(part, sunlot_text_of(*expected)));
    }
    assert_false(sunlot_rule_part(&part, &rest));
}

static void test_band(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        bool ok;
        sunlot_band_form form;
        uint32_t n;
    } c[] = {{"2", true, SUNLOT_BAND_EQUAL, 2},        {"16", true, SUNLOT_BAND_EQUAL, 16},     {"1", false, SUNLOT_BAND_EQUAL, 0},
             {"17", false, SUNLOT_BAND_EQUAL, 0},      {"top 1", true, SUNLOT_BAND_TOP, 1},     {"last 4096", true, SUNLOT_BAND_LAST, 4096},
             {"top 0", false, SUNLOT_BAND_TOP, 0},     {"top 4097", false, SUNLOT_BAND_TOP, 0}, {"top  1", false, SUNLOT_BAND_TOP, 0},
             {"top", false, SUNLOT_BAND_TOP, 0},       {"last 01", false, SUNLOT_BAND_LAST, 0}, {"", false, SUNLOT_BAND_EQUAL, 0},
             {"first 3", false, SUNLOT_BAND_EQUAL, 0}, {"4.0", false, SUNLOT_BAND_EQUAL, 0}};
    for (size_t i = 0; i < sizeof c / sizeof *c; i++) {
        sunlot_rule rule = make(SUNLOT_STUDENTS, "band", "x", c[i].value, "");
        assert_int_equal(sunlot_rule_parse(&rule), c[i].ok);
        if (!c[i].ok) continue;
        assert_int_equal(rule.form, c[i].form);
        assert_int_equal(rule.bands, c[i].n);
    }
}

static void test_absent_and_plain(void **state)
{
    (void)state;
    sunlot_rule rule = make(SUNLOT_STUDENTS, "absent", "x", "-3.5", "");
    assert_true(sunlot_rule_parse(&rule));
    assert_false(rule.absent_mean);
    assert_int_equal(rule.absent_score, -3500);
    rule.value = SUNLOT_TEXT("mean");
    assert_true(sunlot_rule_parse(&rule));
    assert_true(rule.absent_mean);
    assert_false(parses("absent", "x", ""));
    assert_false(parses("absent", "x", "Mean"));
    assert_true(parses("balance", "x", ""));
    assert_false(parses("balance", "x", "1"));
    assert_false(parses("balance", "", ""));
    static const char *const plain[] = {"apart", "cap", "recuse", "spread", "together", "weight"};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        assert_true(parses(plain[i], "", ""));
        assert_false(parses(plain[i], "x", ""));
        assert_false(parses(plain[i], "", "1"));
        rule = make(SUNLOT_TEACHERS, plain[i], "", "", "");
        assert_false(sunlot_rule_parse(&rule));
    }
}

/* The order is that of the lines' bytes, whatever the fields hold: compared with lines written out here. */
static void line_write(char *out, const sunlot_rule *rule)
{
    const sunlot_text field[] = {SUNLOT_TEXT("rule"),
                                 rule->who == SUNLOT_STUDENTS ? SUNLOT_TEXT("students") : SUNLOT_TEXT("teachers"),
                                 sunlot_rule_word(rule->kind),
                                 rule->column,
                                 rule->value,
                                 rule->school};
    for (size_t i = 0; i < 6; i++) {
        const bool quote = memchr(field[i].p, ',', field[i].n) != NULL || memchr(field[i].p, '"', field[i].n) != NULL;
        if (i > 0) *out++ = ',';
        if (quote) *out++ = '"';
        for (size_t j = 0; j < field[i].n; j++) {
            if (field[i].p[j] == '"') *out++ = '"';
            *out++ = field[i].p[j];
        }
        if (quote) *out++ = '"';
    }
    *out = 0;
}

static void test_order(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "a", "a,", "a,b", "a\"", "\"", "\"\"", "a!", "a#", "ab", "b", "!", "\xe5\xad\xa6", ",", ",\"b"};
    enum { N = sizeof texts / sizeof *texts };
    sunlot_rule rule[3 * N];
    char line[3 * N][64];
    size_t n = 0;
    for (size_t i = 0; i < N; i++) {
        rule[n++] = make(SUNLOT_STUDENTS, "balance", texts[i], "", "");
        rule[n++] = make(SUNLOT_STUDENTS, "balance", "a", "", texts[i]);
        rule[n++] = make(SUNLOT_TEACHERS, "band", texts[i], "2", texts[N - 1 - i]);
    }
    for (size_t i = 0; i < n; i++) line_write(line[i], &rule[i]);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            const int expected = strcmp(line[i], line[j]), got = sunlot_rule_compare(&rule[i], &rule[j]);
            assert_int_equal(got < 0, expected < 0);
            assert_int_equal(got > 0, expected > 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_words),
                                       cmocka_unit_test(test_mean),
                                       cmocka_unit_test(test_totals),
                                       cmocka_unit_test(test_band),
                                       cmocka_unit_test(test_absent_and_plain),
                                       cmocka_unit_test(test_order)};
    return cmocka_run_group_tests_name("rule", tests, NULL, NULL);
}
