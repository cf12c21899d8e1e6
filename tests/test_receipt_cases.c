/* Receipts as the second implementation writes them, and its answers to sound and to altered ones (vectors/receipts). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "log/log.h"
#include "support/cases.h"
#include "support/made_log.h"

#define FOLDER SUNLOT_TEXT("receipts/")

static int start(void **state)
{
    (void)state;
    return sunlot_init() == SUNLOT_OK ? 0 : 1;
}

static uint32_t student_of(cases *c, const sunlot_receipts *r, sunlot_text pseudonym)
{
    for (uint32_t i = 0; i < sunlot_receipts_count(r); i++) {
        sunlot_text found;
        uint32_t school;
        sunlot_receipts_student(r, i, &found, &school);
        if (sunlot_text_equal(found, pseudonym)) return i;
    }
    case_fail(c, "no such student");
}

static void written(void **state)
{
    (void)state;
    cases *c = cases_open("receipts/written.txt");
    while (cases_next(c)) {
        sunlot_log *log;
        sunlot_fault fault;
        sunlot_receipts *r;
        sunlot_buffer text = {0}, salt = {0};
        const sunlot_person person = {case_text(c, "school"), case_text(c, "id"), case_text(c, "name")};
        assert_int_equal(sunlot_log_read(&log, case_file(c, SUNLOT_TEXT(""), case_text(c, "log")), &fault, NULL), SUNLOT_OK);
        assert_int_equal(sunlot_receipts_new(&r, log, NULL, 0), SUNLOT_OK);
        assert_true(sunlot_buffer_byte(&salt, 'h') && sunlot_buffer_text(&salt, case_text(c, "salt")));
        if (sunlot_receipt_write(&text, r, student_of(c, r, case_text(c, "pseudonym")), sunlot_buffer_view(&salt), &person) != SUNLOT_OK)
            case_fail(c, "no receipt");
        if (!sunlot_text_equal(sunlot_buffer_view(&text), case_file(c, FOLDER, case_text(c, "receipt")))) case_fail(c, "another receipt");
        sunlot_buffer_free(&text);
        sunlot_buffer_free(&salt);
        sunlot_receipts_free(r);
        sunlot_log_free(log);
    }
    cases_close(c);
}

static sunlot_phase phase_named(cases *c, sunlot_text name)
{
    if (name.n == 0) return SUNLOT_PHASE_NONE;
    for (unsigned p = SUNLOT_PHASE_LIST; p <= SUNLOT_PHASE_RESULTS; p++)
        if (sunlot_text_equal(name, sunlot_text_of(sunlot_phase_name((sunlot_phase)p)))) return (sunlot_phase)p;
    case_fail(c, "no phase");
}

/* The receipt's first fault, or the answer of the log beside it (SPEC 14.2). */
static sunlot_answer answer_of(cases *c, const sunlot_pin *pin)
{
    sunlot_log *log = NULL;
    sunlot_fault fault;
    sunlot_receipt *receipt;
    const sunlot_text bytes = case_file(c, FOLDER, case_text(c, "receipt")), path = case_perhaps(c, "log");
    const sunlot_text log_bytes = path.n > 0 ? case_file(c, SUNLOT_TEXT(""), path) : path;
    if (path.n > 0 && sunlot_log_read(&log, log_bytes, &fault, NULL) != SUNLOT_OK) log = NULL;
    assert_int_equal(sunlot_receipt_check(&receipt, bytes, pin, log), SUNLOT_OK);
    const sunlot_receipt_info *info = sunlot_receipt_view(receipt);
    const bool sound = info->fault.answer == SUNLOT_VALID;
    const sunlot_answer answer = sound && path.n > 0 ? made_answer(log_bytes, pin, &fault) : info->answer;
    sunlot_receipt_free(receipt);
    sunlot_log_free(log);
    return answer;
}

static void answers(void **state)
{
    (void)state;
    cases *c = cases_open("receipts/index.txt");
    uint32_t words = 0; /* one bit each */
    while (cases_next(c)) {
        sunlot_policy *policy = NULL;
        uint64_t line;
        sunlot_pin pin = {.vkey = case_perhaps(c, "key"), .until = phase_named(c, case_perhaps(c, "until"))};
        const sunlot_text path = case_perhaps(c, "policy"), fingerprint = case_perhaps(c, "fingerprint");
        if (path.n > 0) assert_int_equal(sunlot_policy_read(&policy, case_file(c, FOLDER, path), &line), SUNLOT_OK);
        pin.policy = policy;
        pin.has_fingerprint = fingerprint.n > 0;
        if (pin.has_fingerprint) assert_true(sunlot_fingerprint_parse(pin.fingerprint, fingerprint));
        const sunlot_answer answer = answer_of(c, &pin);
        case_expect_text(c, "word", sunlot_text_of(sunlot_answer_name(answer)));
        words |= UINT32_C(1) << answer;
        sunlot_policy_free(policy);
    }
    const sunlot_answer asked[] = {SUNLOT_VALID,        SUNLOT_UNPINNED,    SUNLOT_IS_REHEARSAL,    SUNLOT_INCOMPLETE,       SUNLOT_FAULT_PARSE,
                                   SUNLOT_FAULT_QUORUM, SUNLOT_FAULT_SPLIT, SUNLOT_FAULT_SIGNATURE, SUNLOT_FAULT_COMMITMENT, SUNLOT_FAULT_PROOF};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) assert_true(words >> asked[i] & 1);
    cases_close(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(written), cmocka_unit_test(answers)};
    return cmocka_run_group_tests_name("receipt_cases", tests, start, NULL);
}
