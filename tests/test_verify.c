/* The verifier: each answer, the order of faults, and that nothing changed is ever found sound (SPEC 10). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "log/log.h"
#include "support/made_log.h"

static void assert_answer(sunlot_text log, const sunlot_pin *pin, sunlot_answer answer)
{
    sunlot_fault fault;
    const sunlot_answer given = made_answer(log, pin, &fault);
    if (given != answer) print_message("line %u: %s: %s\n", (unsigned)fault.line, fault.what, fault.found);
    assert_string_equal(sunlot_answer_name(given), sunlot_answer_name(answer));
}

/* The vkey of a log: the fourth of six fields of its line `party`. */
static sunlot_text vkey_of(const sunlot_buffer *log)
{
    sunlot_text rest = made_view(log), line;
    do line = sunlot_text_split(rest, '\n', &rest);
    while (!sunlot_text_starts(line, SUNLOT_TEXT("party,")));
    return (sunlot_text){line.p + 16, line.n - 16 - sizeof ",host,-" + 1};
}

static void sound_logs_have_their_word(void **state)
{
    (void)state;
    sunlot_buffer drawn = made_log(MADE_DRAWN, NULL), digits = made_log(MADE_DIGITS, NULL), tiny = made_log(MADE_TINY, NULL),
                  other = made_log(MADE_ANNOUNCED, NULL);
    sunlot_pin pin = {.until = SUNLOT_PHASE_NONE};
    assert_answer(made_view(&drawn), &pin, SUNLOT_UNPINNED);
    assert_answer(made_view(&digits), &pin, SUNLOT_INCOMPLETE);
    assert_answer(made_view(&tiny), &pin, SUNLOT_IS_REHEARSAL);

    pin.vkey = vkey_of(&drawn);
    assert_answer(made_view(&drawn), &pin, SUNLOT_VALID);
    assert_answer(made_view(&digits), &pin, SUNLOT_INCOMPLETE);
    assert_answer(made_view(&tiny), &pin, SUNLOT_FAULT_SIGNATURE);
    sunlot_buffer file = {0}; /* it ends with an LF */
    assert_true(sunlot_buffer_text(&file, pin.vkey) && sunlot_buffer_byte(&file, '\n'));
    pin.vkey = made_view(&file);
    assert_answer(made_view(&drawn), &pin, SUNLOT_VALID);
    sunlot_buffer_free(&file);
    pin.vkey = vkey_of(&drawn);
    pin.vkey.n--;
    assert_answer(made_view(&drawn), &pin, SUNLOT_FAULT_SIGNATURE);
    pin.vkey = vkey_of(&tiny);
    assert_answer(made_view(&tiny), &pin, SUNLOT_IS_REHEARSAL);

    pin.vkey = vkey_of(&digits);
    pin.until = SUNLOT_PHASE_DIGITS;
    assert_answer(made_view(&digits), &pin, SUNLOT_VALID);
    assert_answer(made_view(&drawn), &pin, SUNLOT_VALID);
    assert_answer(made_view(&other), &pin, SUNLOT_INCOMPLETE);
    pin.until = SUNLOT_PHASE_SEED_BASE;
    assert_answer(made_view(&other), &pin, SUNLOT_VALID);
    sunlot_buffer_free(&drawn);
    sunlot_buffer_free(&digits);
    sunlot_buffer_free(&tiny);
    sunlot_buffer_free(&other);
}

static void a_fingerprint_pins(void **state)
{
    (void)state;
    const made_edit edits[] = {{"class,10,3", "class,10,4"}, {NULL, NULL}};
    sunlot_buffer drawn = made_log(MADE_DRAWN, NULL), split = made_log(MADE_DRAWN, edits);
    sunlot_log *log;
    sunlot_fault fault;
    sunlot_pin pin = {.has_fingerprint = true};
    assert_int_equal(sunlot_log_read(&log, made_view(&drawn), &fault, NULL), SUNLOT_OK);
    sunlot_log_fingerprint(log, pin.fingerprint);
    sunlot_log_free(log);
    assert_answer(made_view(&drawn), &pin, SUNLOT_VALID);
    assert_answer(made_view(&split), NULL, SUNLOT_UNPINNED);
    assert_answer(made_view(&split), &pin, SUNLOT_FAULT_SPLIT);
    pin.vkey = vkey_of(&split);
    assert_answer(made_view(&split), &pin, SUNLOT_FAULT_SPLIT);
    pin.vkey = SUNLOT_TEXT("somebody+else");
    assert_answer(made_view(&split), &pin, SUNLOT_FAULT_SIGNATURE);
    sunlot_buffer_free(&drawn);
    sunlot_buffer_free(&split);
}

enum { FIRST_RESULT = 53, SECOND_SCHOOL = 60, END = 78 }; /* lines of the small draw */

/* Results that the maker of the log changed and signed: in one line (from 1) the first `from` becomes `to`; an empty `from` puts `to` before the
 * line, an empty `to` takes the line and, up to line `until`, those after it away. */
typedef struct {
    uint64_t line, until;
    const char *from, *to;
} result_change;

static sunlot_buffer resealed(const sunlot_buffer *drawn, const result_change *change)
{
    sunlot_buffer text = {0};
    assert_true(sunlot_buffer_string(&text, MADE_DIGITS));
    sunlot_text rest = made_view(drawn);
    for (uint64_t number = 1; number <= END; number++) {
        sunlot_buffer line = {0};
        const sunlot_text old = sunlot_text_split(rest, '\n', &rest);
        assert_true(sunlot_buffer_text(&line, old) && sunlot_buffer_byte(&line, '\n'));
        if (number == change->line && change->to[0] != 0) {
            if (change->from[0] != 0)
                made_break(&line, change->from, change->to);
            else
                assert_true(sunlot_buffer_string(&text, change->to));
        }
        const bool away = change->to[0] == 0 && number >= change->line && number <= change->until;
        if (number >= FIRST_RESULT && number < END && !away) assert_true(sunlot_buffer_text(&text, made_view(&line)));
        sunlot_buffer_free(&line);
    }
    assert_true(sunlot_buffer_string(&text, "@checkpoint results\n") && sunlot_buffer_byte(&text, 0));
    sunlot_buffer log = made_log(text.p, NULL);
    sunlot_buffer_free(&text);
    return log;
}

/* The rules are checked only where the results are those of the draw: what breaks a rule is a mismatch before. */
static void signed_changes_of_results_are_found(void **state)
{
    (void)state;
    static const struct {
        result_change change;
        uint64_t line;
        const char *found; /* its beginning, or NULL */
    } cases[] = {
        {{53, 0, "placed,1,", "placed,2,"}, 53, "placed,2,1,1,"},
        {{60, 0, "placed,2,", "placed,1,"}, 60, NULL},
        {{67, 0, "seat,s17", "seat,s16"}, 67, "seat,s16"},
        {{69, 0, "section,B,T", "section,B,T1"}, 69, "section,B,T1"},
        {{77, 0, "maths,10,", "maths,10.5,"}, 77, NULL},
        {{58, 58, "", ""}, 58, "count,students,sex,\"M,x\",1,1,1,1,live \xe2\x89\xa0 count,students,sex,F,1,1,1,1,live"},
        {{77, 77, "", ""}, END - 1, " \xe2\x89\xa0 mean,students,maths,"},
        {{SECOND_SCHOOL, END - 1, "", ""}, SECOND_SCHOOL, " \xe2\x89\xa0 placed,2,"},
        {{SECOND_SCHOOL, 0, "", "mean,students,maths,1,0,0,live\n"}, SECOND_SCHOOL, "mean,students,maths,1,0,0,live \xe2\x89\xa0 "},
        {{END, 0, "", "mean,students,sex,1,0,0,live\n"}, END, NULL},
        {{END, 0, "", "placed,3,1,1,1,live\nseat,{s02},1,G1,1,live\n"}, END, ""},
    };
    sunlot_buffer drawn = made_log(MADE_DRAWN, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sunlot_buffer log = resealed(&drawn, &cases[i].change);
        sunlot_fault fault;
        assert_string_equal(sunlot_answer_name(made_answer(made_view(&log), NULL, &fault)), "mismatch");
        assert_int_equal(fault.line, cases[i].line);
        if (cases[i].found != NULL && strncmp(fault.found, cases[i].found, strlen(cases[i].found)) != 0) assert_string_equal(fault.found, cases[i].found);
        sunlot_buffer_free(&log);
    }
    sunlot_buffer_free(&drawn);
}

static void signatures_are_demanded(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        made_edit edit;
        sunlot_answer answer;
        uint64_t line;
    } cases[] = {
        {MADE_OPENING MADE_SCHOOLS "@unsigned seed-base\n", {NULL, NULL}, SUNLOT_FAULT_QUORUM, 47},
        {MADE_OPENING MADE_SCHOOLS "@unsigned seed-base\n" MADE_ENTROPY "@checkpoint digits\n", {NULL, NULL}, SUNLOT_FAULT_QUORUM, 47},
        {MADE_ANNOUNCED MADE_ENTROPY "@unsigned digits\n", {NULL, NULL}, SUNLOT_FAULT_QUORUM, 51},
        {MADE_DIGITS "@results\n@unsigned results\n", {NULL, NULL}, SUNLOT_FAULT_QUORUM, 78},
        {MADE_OPENING MADE_SCHOOLS "@twice seed-base\n", {NULL, NULL}, SUNLOT_FAULT_ORDER, 49},
        {MADE_OPENING MADE_SCHOOLS "@foreign seed-base\n", {NULL, NULL}, SUNLOT_FAULT_SIGNATURE, 48},
        {MADE_DIGITS "@results\n@foreign results\n", {NULL, NULL}, SUNLOT_FAULT_SIGNATURE, 79},
        /* quorum goes before signature, wherever they stand */
        {MADE_OPENING MADE_SCHOOLS "@foreign seed-base\n" MADE_ENTROPY "@unsigned digits\n", {NULL, NULL}, SUNLOT_FAULT_QUORUM, 51},
        /* signature before mismatch */
        {MADE_DIGITS "@results\n@foreign results\n", {"placed,2,", "placed,1,"}, SUNLOT_FAULT_SIGNATURE, 79},
        {MADE_ANNOUNCED, {"checkpoint,seed-base,46", "checkpoint,seed-base,45"}, SUNLOT_FAULT_SIGNATURE, 47},
        {MADE_ANNOUNCED, {"signature,sunlot/v1/live", "signature,sunlot/v1/dead"}, SUNLOT_FAULT_QUORUM, 47},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const made_edit edits[] = {cases[i].edit, {NULL, NULL}};
        sunlot_buffer log = made_log(cases[i].text, edits);
        sunlot_fault fault;
        assert_string_equal(sunlot_answer_name(made_answer(made_view(&log), NULL, &fault)), sunlot_answer_name(cases[i].answer));
        assert_int_equal(fault.line, cases[i].line);
        sunlot_buffer_free(&log);
    }
}

static void assert_not_sound(sunlot_text log)
{
    const sunlot_answer answer = made_answer(log, NULL, NULL);
    assert_true(answer >= SUNLOT_FAULT_PARSE || answer == SUNLOT_INCOMPLETE);
}

/* Every bit of a small log.  Nothing of it can change and be sound. */
static void every_bit_counts(void **state)
{
    (void)state;
    sunlot_buffer log = made_log(MADE_TINY, NULL);
    assert_answer(made_view(&log), NULL, SUNLOT_IS_REHEARSAL);
    for (size_t i = 0; i < log.n; i++) {
        for (unsigned bit = 0; bit < 8; bit++) {
            log.p[i] = (char)(log.p[i] ^ (1 << bit));
            assert_not_sound(made_view(&log));
            log.p[i] = (char)(log.p[i] ^ (1 << bit));
        }
    }
    sunlot_buffer_free(&log);
}

/* Lines dropped, repeated, exchanged with the next; bytes cut off and added. */
static void every_line_counts(void **state)
{
    (void)state;
    sunlot_buffer log = made_log(MADE_DRAWN, NULL), changed = {0};
    for (int kind = 0; kind < 3; kind++) {
        sunlot_text rest = made_view(&log);
        while (rest.n > 0) {
            const size_t at = log.n - rest.n;
            sunlot_text after, line = sunlot_text_split(rest, '\n', &after), next = sunlot_text_split(after, '\n', &rest);
            rest = after;
            if (kind == 2 && next.n == 0) break;
            changed.n = 0;
            assert_true(sunlot_buffer_add(&changed, log.p, at));
            for (int copies = kind == 1 ? 2 : 0; copies > 0; copies--) assert_true(sunlot_buffer_text(&changed, line) && sunlot_buffer_byte(&changed, '\n'));
            if (kind == 2) {
                assert_true(sunlot_buffer_text(&changed, next) && sunlot_buffer_byte(&changed, '\n') && sunlot_buffer_text(&changed, line) &&
                            sunlot_buffer_byte(&changed, '\n'));
                (void)sunlot_text_split(after, '\n', &after);
            }
            assert_true(sunlot_buffer_text(&changed, after));
            assert_not_sound(made_view(&changed));
        }
    }
    for (size_t n = 0; n < log.n; n += 97) assert_not_sound((sunlot_text){log.p, n});
    assert_true(sunlot_buffer_byte(&log, '\n'));
    assert_not_sound(made_view(&log));
    sunlot_buffer_free(&log);
    sunlot_buffer_free(&changed);
}

static void every_check_is_listed(void **state)
{
    (void)state;
    static const char *const names[] = {"parse", "order", "roster", "commitment", "entropy", "quorum", "signature", "pin", "replay", "rules"};
    for (unsigned i = 0; i < SUNLOT_CHECK_COUNT; i++) assert_string_equal(sunlot_check_name((sunlot_check)i), names[i]);

    sunlot_buffer log = made_log(MADE_DRAWN, NULL);
    const sunlot_pin pin = {.vkey = vkey_of(&log)};
    sunlot_verifier *v;
    sunlot_verdict verdict;
    assert_int_equal(sunlot_verifier_new(&v, made_view(&log), &pin, NULL), SUNLOT_OK);
    assert_int_equal(sunlot_verifier_schools(v), 2);
    assert_non_null(sunlot_verifier_log(v));
    sunlot_verifier_verdict(v, &verdict);
    assert_int_equal(verdict.answer, SUNLOT_INCOMPLETE);
    assert_int_equal(verdict.signatures, 3);
    assert_int_equal(verdict.schools, 0);
    assert_int_equal(verdict.check[SUNLOT_CHECK_PIN], SUNLOT_CHECK_OK);
    assert_int_equal(verdict.check[SUNLOT_CHECK_REPLAY], SUNLOT_CHECK_NOT_REACHED);
    assert_int_equal(sunlot_verifier_school(v, 1), SUNLOT_OK);
    sunlot_verifier_verdict(v, &verdict);
    assert_int_equal(verdict.answer, SUNLOT_INCOMPLETE);
    assert_int_equal(verdict.schools, 1);
    assert_int_equal(sunlot_verifier_school(v, 0), SUNLOT_OK);
    sunlot_verifier_verdict(v, &verdict);
    assert_int_equal(verdict.answer, SUNLOT_VALID);
    assert_int_equal(verdict.fault.answer, SUNLOT_VALID);
    for (unsigned i = 0; i < SUNLOT_CHECK_COUNT; i++) assert_int_equal(verdict.check[i], SUNLOT_CHECK_OK);
    sunlot_verifier_free(v);

    made_break(&log, "class,10,3", "class,10,1");
    assert_int_equal(sunlot_verifier_new(&v, made_view(&log), &pin, NULL), SUNLOT_OK);
    assert_null(sunlot_verifier_log(v));
    assert_int_equal(sunlot_verifier_schools(v), 0);
    sunlot_verifier_verdict(v, &verdict);
    assert_int_equal(verdict.answer, SUNLOT_FAULT_ROSTER);
    assert_int_equal(verdict.check[SUNLOT_CHECK_ORDER], SUNLOT_CHECK_OK);
    assert_int_equal(verdict.check[SUNLOT_CHECK_ROSTER], SUNLOT_CHECK_FAULT);
    assert_int_equal(verdict.check[SUNLOT_CHECK_ENTROPY], SUNLOT_CHECK_NOT_REACHED);
    sunlot_verifier_free(v);
    sunlot_buffer_free(&log);
}

static void memory_can_run_out(void **state)
{
    (void)state;
    sunlot_buffer log = made_log(MADE_TINY, NULL);
    const sunlot_pin pin = {.until = SUNLOT_PHASE_NONE};
    const uint64_t before = sunlot_alloc_live();
    uint64_t after = 0;
    sunlot_err err;
    do {
        sunlot_verifier *v = NULL;
        sunlot_verdict verdict = {.answer = SUNLOT_INCOMPLETE};
        sunlot_alloc_refuse(++after, true);
        err = sunlot_verifier_new(&v, made_view(&log), &pin, NULL);
        if (err == SUNLOT_OK) {
            err = sunlot_verifier_school(v, 0);
            sunlot_verifier_verdict(v, &verdict);
            assert_int_equal(verdict.answer, err == SUNLOT_OK ? SUNLOT_IS_REHEARSAL : SUNLOT_INCOMPLETE);
        }
        sunlot_alloc_refuse(0, false);
        if (err != SUNLOT_OK) assert_int_equal(err, SUNLOT_ERR_MEMORY);
        sunlot_verifier_free(v);
        assert_int_equal(sunlot_alloc_live(), before);
    } while (err != SUNLOT_OK);
    assert_true(after > 10);
    sunlot_buffer_free(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sound_logs_have_their_word), cmocka_unit_test(a_fingerprint_pins), cmocka_unit_test(signed_changes_of_results_are_found),
        cmocka_unit_test(signatures_are_demanded),    cmocka_unit_test(every_bit_counts),   cmocka_unit_test(every_line_counts),
        cmocka_unit_test(every_check_is_listed),      cmocka_unit_test(memory_can_run_out),
    };
    return sunlot_init() == SUNLOT_OK ? cmocka_run_group_tests_name("verify", tests, NULL, NULL) : 1;
}
