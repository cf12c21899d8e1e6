/* Slips: links read and written, and children typed, as the second implementation has them (SPEC 14.5); the figures of each class likewise (SPEC 10.3). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "log/log.h"
#include "support/cases.h"
#include "support/made_log.h"

static int start(void **state)
{
    (void)state;
    return sunlot_init() == SUNLOT_OK ? 0 : 1;
}

static sunlot_log *read_log(cases *c)
{
    sunlot_log *log;
    sunlot_fault fault;
    if (sunlot_log_read(&log, case_file(c, SUNLOT_TEXT(""), case_text(c, "log")), &fault, NULL) != SUNLOT_OK) case_fail(c, "the log cannot be read");
    return log;
}

/* ---- links --------------------------------------------------------------------------------------------------------------------------- */

static void test_links_read(void **state)
{
    (void)state;
    sunlot_slip slip, before;
    cases *c = cases_open("slips/slip.txt");
    while (cases_next(c)) {
        memset(&slip, 7, sizeof slip);
        before = slip;
        const bool accepted = sunlot_slip_read(&slip, case_bytes(c, "link"));
        case_expect(c, "accepted", case_yes(c, "accepted"), accepted);
        if (!accepted) {
            case_expect(c, "untouched", 0, (uint64_t)(memcmp(&slip, &before, sizeof slip) != 0));
            continue;
        }
        case_expect_text(c, "pseudonym", sunlot_text_of(slip.pseudonym));
        case_expect_text(c, "salt", sunlot_text_of(slip.salt));
        case_expect_bytes(c, "fingerprint", (sunlot_text){(const char *)slip.fingerprint, sizeof slip.fingerprint});
    }
    cases_close(c);
}

static void test_links_written(void **state)
{
    (void)state;
    cases *c = cases_open("slips/link.txt");
    while (cases_next(c)) {
        sunlot_log *log = read_log(c);
        sunlot_buffer link = {0};
        sunlot_slip slip;
        uint8_t fingerprint[32];
        const sunlot_text pseudonym = case_text(c, "pseudonym"), salt = case_text(c, "salt");
        assert_int_equal(sunlot_slip_write(&link, log, pseudonym, salt), SUNLOT_OK);
        case_expect_text(c, "link", made_view(&link));
        /* What is written is read. */
        assert_true(sunlot_slip_read(&slip, made_view(&link)));
        sunlot_log_fingerprint(log, fingerprint);
        assert_true(sunlot_text_equal(sunlot_text_of(slip.pseudonym), pseudonym) && sunlot_text_equal(sunlot_text_of(slip.salt), salt));
        assert_memory_equal(slip.fingerprint, fingerprint, sizeof fingerprint);
        /* Other forms than those of the log are not. */
        const size_t n = link.n;
        const sunlot_text none = {NULL, 0}, upper = SUNLOT_TEXT("s0123456789ABCDEF0123456789abcdef");
        const sunlot_text teacher = SUNLOT_TEXT("t0123456789abcdef0123456789abcdef"), bare = {salt.p + 1, salt.n - 1};
        assert_int_equal(sunlot_slip_write(&link, log, teacher, salt), SUNLOT_ERR_INPUT);
        assert_int_equal(sunlot_slip_write(&link, log, upper, salt), SUNLOT_ERR_INPUT);
        assert_int_equal(sunlot_slip_write(&link, log, none, salt), SUNLOT_ERR_INPUT);
        assert_int_equal(sunlot_slip_write(&link, log, pseudonym, bare), SUNLOT_ERR_INPUT);
        assert_int_equal(sunlot_slip_write(&link, log, pseudonym, none), SUNLOT_ERR_INPUT);
        assert_int_equal(link.n, n);
        for (uint32_t left = 1; left < 5; left++) { /* memory that runs out leaves the buffer as it was */
            sunlot_buffer other = {0};
            sunlot_alloc_refuse(left, true);
            const sunlot_err err = sunlot_slip_write(&other, log, pseudonym, salt);
            sunlot_alloc_refuse(0, false);
            assert_true(err == SUNLOT_OK || (err == SUNLOT_ERR_MEMORY && other.n == 0));
            sunlot_buffer_free(&other);
        }
        sunlot_buffer_free(&link);
        sunlot_log_free(log);
    }
    cases_close(c);
}

static void test_before_the_seed_base(void **state)
{
    (void)state;
    sunlot_log *log;
    sunlot_fault fault;
    sunlot_buffer link = {0};
    cases *c = cases_open("slips/link.txt");
    assert_true(cases_next(c));
    assert_int_equal(sunlot_log_read(&log, case_file(c, SUNLOT_TEXT("draws/parties-announced/"), SUNLOT_TEXT("draw.log")), &fault, NULL), SUNLOT_OK);
    assert_int_equal(sunlot_slip_write(&link, log, case_text(c, "pseudonym"), case_text(c, "salt")), SUNLOT_ERR_PHASE);
    assert_int_equal(link.n, 0);
    (void)case_text(c, "log"), (void)case_text(c, "link");
    sunlot_log_free(log);
    while (cases_next(c)) (void)case_text(c, "pseudonym"), (void)case_text(c, "salt"), (void)case_text(c, "log"), (void)case_text(c, "link");
    cases_close(c);
}

/* ---- a child that is typed ------------------------------------------------------------------------------------------------------------- */

static void test_opens(void **state)
{
    (void)state;
    uint32_t opened = 0, not_opened = 0, unknown = 0;
    cases *c = cases_open("slips/opens.txt");
    while (cases_next(c)) {
        sunlot_log *log = read_log(c);
        sunlot_slip slip;
        sunlot_seat seat;
        const sunlot_text id = case_text(c, "id"), name = case_text(c, "name"), opens = case_text(c, "opens");
        (void)case_perhaps(c, "until"), (void)case_text(c, "word"), (void)case_perhaps(c, "commitment"); /* of the word: tests/cli/test_slip.sh */
        bool found = false;
        assert_true(sunlot_slip_read(&slip, case_text(c, "link")));
        const sunlot_err err = sunlot_log_opens(&found, log, sunlot_text_of(slip.pseudonym), sunlot_text_of(slip.salt), id, name);
        if (sunlot_text_equal(opens, SUNLOT_TEXT("-"))) {
            case_expect(c, "opens", sunlot_log_edition(log) == SUNLOT_EDITION_PUBLIC ? SUNLOT_ERR_EDITION : SUNLOT_ERR_INPUT, err);
            unknown++;
        } else {
            case_expect(c, "error", SUNLOT_OK, err);
            case_expect(c, "opens", case_yes(c, "opens"), found);
            assert_true(sunlot_log_find(log, sunlot_text_of(slip.pseudonym), &seat));
            case_expect(c, "line", case_number(c, "line"), seat.roster_line);
            opened += found;
            not_opened += !found;
        }
        sunlot_log_free(log);
    }
    cases_close(c);
    assert_true(opened > 5 && not_opened > 5 && unknown > 1);
}

static void test_trim(void **state)
{
    (void)state;
    static const struct {
        const char *text, *trimmed;
    } trims[] = {{"", ""},
                 {" ", ""},
                 {"\xe3\x80\x80", ""},
                 {"a", "a"},
                 {" a b ", "a b"},
                 {"\xc2\xa0 a\xe2\x80\x8a", "a"},
                 {"\t a", "\t a"},
                 {"\xe4\xb8\xad\xe3\x80\x80", "\xe4\xb8\xad"},
                 {"\xe3\x80", "\xe3\x80"},
                 {" \xff ", "\xff"},
                 {"\x80 ", "\x80"},
                 {"a\xe2\x81\x9f\xe2\x80\xaf", "a"}};
    for (size_t i = 0; i < sizeof trims / sizeof *trims; i++) {
        const sunlot_text found = sunlot_field_trim(sunlot_text_of(trims[i].text));
        if (!sunlot_text_equal(found, sunlot_text_of(trims[i].trimmed))) fail_msg("%zu: “%.*s”", i, (int)found.n, found.p);
    }
}

/* ---- facts ------------------------------------------------------------------------------------------------------------------------------ */

static void test_facts(void **state)
{
    (void)state;
    sunlot_log *log;
    sunlot_fault fault;
    const made_edit edits[] = {{NULL, NULL}};
    sunlot_buffer bytes = made_log(MADE_ANNOUNCED, edits);
    assert_int_equal(sunlot_log_read(&log, made_view(&bytes), &fault, NULL), SUNLOT_OK);
    const struct {
        const char *key, *value;
    } facts[] = {{"authority", "The \"Bureau\", by letter"},
                 {"date", "2026-08-20"},
                 {"ground", "Rule 7"},
                 {"mix", "3000"},
                 {"retention", "30 days"},
                 {"rows", "public"},
                 {"tries", "64"},
                 {"address", ""},
                 {"page", ""},
                 {"rounds", ""},
                 {"scores", ""},
                 {"late", ""},
                 {"", ""},
                 {"mi", ""},
                 {"party", ""}};
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        const sunlot_text found = sunlot_log_fact(log, facts[i].key);
        if (!sunlot_text_equal(found, sunlot_text_of(facts[i].value))) fail_msg("%s is “%.*s”", facts[i].key, (int)found.n, found.p);
    }
    sunlot_log_free(log);
    sunlot_buffer_free(&bytes);
}

/* ---- figures ------------------------------------------------------------------------------------------------------------------------------ */

typedef struct {
    cases *c;
    uint32_t at;
} figure_check;

static bool add_decimal(sunlot_buffer *out, int64_t value, uint32_t decimals)
{
    char text[24];
    return sunlot_buffer_add(out, text, sunlot_decimal_write(text, value, decimals));
}

static void check_figure(void *user, const sunlot_figure *f)
{
    figure_check *check = user;
    sunlot_buffer reached = {0}, whole = {0}, line = {0};
    const sunlot_balance *b = &f->balance;
    const uint32_t decimals = b->sum ? 5 : 0;
    const sunlot_text sum[] = {sunlot_text_of(b->deviation ? "deviation" : "mean"), b->who, b->column, b->value, b->least, b->most};
    const sunlot_text count[] = {SUNLOT_TEXT("count"), b->who, b->column, b->value, b->lo, b->hi, b->least, b->most};
    assert_true(b->sum ? sunlot_record_write(&line, sum, 6) : sunlot_record_write(&line, count, 8));
    line.p[line.n - 1] = ','; /* and the mode */
    for (uint32_t i = 0; i < f->classes; i++) {
        if (i > 0) assert_true(sunlot_buffer_byte(&reached, ' '));
        assert_true(b->sum && f->empty[i] ? sunlot_buffer_byte(&reached, '-') : add_decimal(&reached, f->reached[i], decimals));
    }
    assert_true(b->sum ? add_decimal(&whole, f->school, 5) : sunlot_buffer_byte(&whole, '-'));
    if (check->at >= case_count(check->c, "line") || !sunlot_text_starts(case_item(check->c, "line", check->at), made_view(&line)))
        case_fail(check->c, "another line");
    if (!sunlot_text_equal(case_item(check->c, "reached", check->at), made_view(&reached))) case_fail(check->c, "another number of a class");
    if (!sunlot_text_equal(case_item(check->c, "whole", check->at), made_view(&whole))) case_fail(check->c, "another number of the school");
    check->at++;
    sunlot_buffer_free(&reached);
    sunlot_buffer_free(&whole);
    sunlot_buffer_free(&line);
}

static void count_figure(void *user, const sunlot_figure *f)
{
    (void)f;
    ++*(uint32_t *)user;
}

static void test_figures(void **state)
{
    (void)state;
    cases *c = cases_open("figures/figures.txt");
    while (cases_next(c)) {
        sunlot_log *log = read_log(c);
        figure_check check = {c, 0};
        const uint32_t school = (uint32_t)case_number(c, "school") - 1;
        case_expect(c, "error", SUNLOT_OK, sunlot_log_figures(log, school, check_figure, &check));
        case_expect(c, "lines", case_count(c, "line"), check.at);
        for (uint32_t left = 1; left < 40; left++) {
            uint32_t given = 0;
            const uint64_t live = sunlot_alloc_live();
            sunlot_alloc_refuse(left, true);
            const sunlot_err err = sunlot_log_figures(log, school, count_figure, &given);
            sunlot_alloc_refuse(0, false);
            assert_true(err == SUNLOT_OK ? given == check.at : err == SUNLOT_ERR_MEMORY && given == 0);
            assert_int_equal(sunlot_alloc_live(), live);
        }
        sunlot_log_free(log);
    }
    cases_close(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_links_read), cmocka_unit_test(test_links_written), cmocka_unit_test(test_before_the_seed_base),
                                       cmocka_unit_test(test_opens),      cmocka_unit_test(test_trim),          cmocka_unit_test(test_facts),
                                       cmocka_unit_test(test_figures)};
    return cmocka_run_group_tests(tests, start, NULL);
}
