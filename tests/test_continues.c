/* Logs that continue each other, and a log that extends an earlier note (SPEC 10.2). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <stdio.h>

#include "base/alloc.h"
#include "log/continues.h"
#include "log/log.h"
#include "random/base64.h"
#include "support/cases.h"
#include "support/made_log.h"

#define T(literal) SUNLOT_TEXT(literal)

static int start(void **state)
{
    (void)state;
    return sunlot_init() == SUNLOT_OK ? 0 : 1;
}

/* A line as the record `leaf` of a public edition. */
static const char *leaf_of(const char *line)
{
    static char record[80];
    const sunlot_digest d = sunlot_line_leaf(sunlot_text_of(line));
    memcpy(record, "leaf,h", 6);
    sunlot_hex_write(record + 6, d.b, 32);
    record[70] = 0;
    return record;
}

static void check(sunlot_text a, sunlot_text b, bool continues, bool b_longer, uint64_t line)
{
    sunlot_divergence d;
    sunlot_logs_compare(&d, a, b);
    assert_int_equal(d.continues, continues);
    assert_int_equal(d.b_longer, b_longer);
    if (!continues) {
        assert_int_equal(d.line, line);
        assert_int_equal(d.fault.answer, SUNLOT_FAULT_SPLIT);
        assert_int_equal(d.fault.line, line);
    }
}

static void prefixes(void **state)
{
    (void)state;
    check(T("a\nb\n"), T("a\nb\n"), true, false, 0);
    check(T("a\nb\n"), T("a\nb\nc\n"), true, true, 0);
    check(T("a\nb\nc\n"), T("a\nb\n"), true, false, 0);
    check(T(""), T("a\n"), true, true, 0);
    check(T(""), T(""), true, false, 0);
    check(T("a\nb\n"), T("a\nx\n"), false, false, 2);
    check(T("a\nb\n"), T("a\nx\ny\n"), false, true, 2);
    check(T("x\nb\nc\n"), T("y\nb\n"), false, false, 1);
    /* A last line without LF is the beginning of one. */
    check(T("a\nb"), T("a\nbc\n"), true, true, 0);
    check(T("a\nbc\nd\n"), T("a\nb"), true, false, 0);
    check(T("a\nb"), T("a\nb\n"), true, true, 0);
    check(T("a\nb"), T("a\nb"), true, false, 0);
    check(T("a\nbc"), T("a\nbd"), false, false, 2);
}

static void editions(void **state)
{
    (void)state;
    char full[256], public_[256], other[256];
    (void)snprintf(full, sizeof full, "a\nstudent,1\nstudent,2\nb\n");
    int n = snprintf(public_, sizeof public_, "a\n%s\n", leaf_of("student,1"));
    (void)snprintf(public_ + n, sizeof public_ - (size_t)n, "%s\nb\n", leaf_of("student,2"));
    (void)snprintf(other, sizeof other, "a\n%s\n%s\nb\nc\n", "student,1", leaf_of("student,3"));
    check(sunlot_text_of(full), sunlot_text_of(public_), true, false, 0);
    check(sunlot_text_of(public_), sunlot_text_of(full), true, true, 0); /* of equally long ones the full edition */
    check(sunlot_text_of(public_), sunlot_text_of(public_), true, false, 0);
    check(sunlot_text_of(full), sunlot_text_of(other), false, true, 3);
    check(sunlot_text_of(public_), sunlot_text_of(other), false, true, 3);
    check((sunlot_text){public_, (size_t)n}, sunlot_text_of(full), true, true, 0);
    /* No digest is a line like any other. */
    check(T("leaf,h00\n"), T("leaf,h01\n"), false, false, 1);
}

#define PARTIES "@party\n@member a Notary own -\nquorum,seed-base,all\nquorum,digits,host\nquorum,after,all\n"
#define OPENED  MADE_TITLE MADE_FACTS PARTIES MADE_SOURCES MADE_RULES MADE_SCHOOLS "@signed seed-base a\n"
#define GONE_ON OPENED MADE_ENTROPY "@checkpoint digits\n"

static sunlot_since since;

static const char *extends(const sunlot_buffer *text, sunlot_text note)
{
    sunlot_log *log;
    sunlot_fault fault;
    assert_int_equal(sunlot_log_read(&log, made_view(text), &fault, NULL), SUNLOT_OK);
    const sunlot_err err = sunlot_log_since(&since, log, note);
    sunlot_log_free(log);
    assert_true(err == SUNLOT_OK || err == SUNLOT_ERR_SIGNATURE);
    return err == SUNLOT_OK ? sunlot_answer_name(since.fault.answer) : "no note";
}

static void notes(void **state)
{
    (void)state;
    const made_edit edits[] = {{"class,10,3", "class,10,4"}, {NULL, NULL}};
    sunlot_buffer opened = made_log(OPENED, NULL), on = made_log(GONE_ON, NULL), other = made_log(GONE_ON, edits), tiny = made_log(MADE_TINY, NULL), base = {0},
                  digits = {0}, strange = {0};
    sunlot_log *log;
    sunlot_fault fault;
    assert_int_equal(sunlot_log_read(&log, made_view(&on), &fault, NULL), SUNLOT_OK);
    assert_int_equal(sunlot_note_file(&base, log, 0), SUNLOT_OK);
    assert_int_equal(sunlot_note_file(&digits, log, 1), SUNLOT_OK);
    sunlot_log_free(log);
    assert_int_equal(sunlot_log_read(&log, made_view(&tiny), &fault, NULL), SUNLOT_OK);
    assert_int_equal(sunlot_note_file(&strange, log, 0), SUNLOT_OK);
    sunlot_log_free(log);

    assert_string_equal(extends(&on, made_view(&base)), "valid");
    assert_int_equal(since.signatures, 2);
    assert_string_equal(extends(&on, made_view(&digits)), "valid");
    assert_int_equal(since.signatures, 1);
    assert_string_equal(extends(&opened, made_view(&base)), "valid");
    assert_string_equal(extends(&opened, made_view(&digits)), "split"); /* it is shorter */
    assert_string_equal(extends(&other, made_view(&base)), "split");
    assert_string_equal(extends(&on, made_view(&strange)), "split");
    assert_string_equal(extends(&on, T("no note\n")), "no note");

    /* A signature that is not good; of nobody in the draw it is passed over; without lines it is no note file. */
    base.p[base.n - 10] ^= 1;
    const char *word = extends(&on, made_view(&base));
    assert_true(strcmp(word, "signature") == 0 || strcmp(word, "no note") == 0);
    base.p[base.n - 10] ^= 1;
    char *name = strstr(base.p, "placement/1/a");
    assert_non_null(name);
    name[12] = 'x';
    assert_string_equal(extends(&on, made_view(&base)), "valid");
    assert_int_equal(since.signatures, 1);
    char *end = strstr(base.p, "\n\n");
    assert_non_null(end);
    assert_string_equal(extends(&on, (sunlot_text){base.p, (size_t)(end - base.p) + 2}), "no note");
    sunlot_buffer *const all[] = {&opened, &on, &other, &tiny, &base, &digits, &strange};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) sunlot_buffer_free(all[i]);
}

/* Each word before those after it in the list of SPEC 10. */
static void order_of_answers(void **state)
{
    (void)state;
    static const char *const order[] = {"parse", "order", "roster",    "commitment", "entropy",   "quorum",  "signature", "split", "mismatch",
                                        "rule",  "proof", "set-aside", "incomplete", "rehearsal", "by-hand", "unpinned",  "valid"};
    const size_t words = sizeof order / sizeof *order;
    sunlot_answer answer[sizeof order / sizeof *order];
    for (size_t i = 0; i < words; i++) {
        bool found = false;
        for (unsigned a = 0; a <= SUNLOT_FAULT_PROOF; a++) {
            if (a > SUNLOT_SET_ASIDE && a < SUNLOT_FAULT_PARSE) continue;
            if (strcmp(sunlot_answer_name((sunlot_answer)a), order[i]) != 0) continue;
            answer[i] = (sunlot_answer)a;
            found = true;
        }
        assert_true(found);
    }
    for (size_t i = 0; i < words; i++)
        for (size_t j = 0; j < words; j++) assert_int_equal(sunlot_answer_before(answer[i], answer[j]), i < j);
}

/* ---- the cases of the second implementation ---------------------------------------------------------------------------------- */

static void continue_cases(void **state)
{
    (void)state;
    cases *c = cases_open("tree/continue.txt");
    while (cases_next(c)) {
        const sunlot_text first = case_bytes(c, "first"), second = case_bytes(c, "second"), line = case_text(c, "line");
        uint64_t number = 0;
        sunlot_divergence d, turned;
        sunlot_logs_compare(&d, first, second);
        sunlot_logs_compare(&turned, second, first);
        if (!sunlot_text_equal(line, T("-"))) assert_true(sunlot_number_parse(&number, line, UINT64_MAX) && number > 0);
        case_expect(c, "line", number, d.continues ? 0 : d.line);
        case_expect(c, "line", number, turned.continues ? 0 : turned.line);
    }
    cases_close(c);
}

/* The logs of these cases have no parties: of a note they are held against its size and root alone. */
static void extend_cases(void **state)
{
    (void)state;
    cases *c = cases_open("tree/extend.txt");
    uint8_t sig[68] = {0};
    sunlot_log *log = sunlot_alloc(1, sizeof *log);
    sunlot_roster *r = sunlot_alloc(1, sizeof *r);
    assert_true(log != NULL && r != NULL);
    log->roster = r;
    r->id = T("a draw");
    while (cases_next(c)) {
        sunlot_digest root;
        sunlot_buffer note = {0};
        sunlot_since found;
        const sunlot_text bytes = case_bytes(c, "root");
        assert_int_equal(bytes.n, sizeof root.b);
        memcpy(root.b, bytes.p, sizeof root.b);
        log->bytes = case_bytes(c, "log");
        assert_true(sunlot_note_write(&note, r->id, case_number(c, "size"), &root) && sunlot_buffer_string(&note, "\n\xe2\x80\x94 somebody ") &&
                    sunlot_base64_add(&note, sig, sizeof sig) && sunlot_buffer_byte(&note, '\n'));
        assert_int_equal(sunlot_log_since(&found, log, sunlot_buffer_view(&note)), SUNLOT_OK);
        assert_true(found.fault.answer == SUNLOT_VALID || found.fault.answer == SUNLOT_FAULT_SPLIT);
        case_expect(c, "extends", case_yes(c, "extends"), found.fault.answer == SUNLOT_VALID);
        sunlot_buffer_free(&note);
    }
    cases_close(c);
    sunlot_release(r);
    sunlot_release(log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(prefixes),         cmocka_unit_test(editions),       cmocka_unit_test(notes),
                                       cmocka_unit_test(order_of_answers), cmocka_unit_test(continue_cases), cmocka_unit_test(extend_cases)};
    return cmocka_run_group_tests_name("continues", tests, start, NULL);
}
