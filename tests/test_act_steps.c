/* The steps that enter acts and late students (SPEC 5.5, 8.8), and the faults of late.csv. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "log/history.h"
#include "support/made_acts.h"

static void count_issue(void *user, const sunlot_issue *issue)
{
    uint32_t *codes = user;
    assert_int_equal(issue->file, SUNLOT_FILE_LATE);
    codes[issue->code]++;
}

typedef enum { STEP_LATE, STEP_ENTROPY, STEP_SEATS, STEP_STRUCK, STEPS } step_kind;

static sunlot_err make_step(sunlot_buffer *lines, sunlot_buffer *people, const sunlot_log *log, step_kind step, const char *csv)
{
    static uint32_t codes[SUNLOT_ISSUE_END];
    const sunlot_text none = {NULL, 0}, digits = SUNLOT_TEXT("2718-2818-2845-9045-2353-6028-7471-3526-6249-775");
    const sunlot_entry entry = {.kind = SUNLOT_ENTRY_STRUCK,
                                .date = SUNLOT_TEXT("2026-09-12"),
                                .subject = SUNLOT_TEXT("s01000000000000000000000000000000"),
                                .reason = SUNLOT_TEXT("a, b"),
                                .authority = SUNLOT_TEXT("c")};
    switch (step) {
    case STEP_LATE:
        return sunlot_log_late_lines(lines, people, log, none, SUNLOT_TEXT("2026-09-10"), sunlot_text_of(csv), count_issue, codes, &made_master);
    case STEP_ENTROPY:
        return sunlot_log_entropy_lines(lines, log, none, &digits, NULL, &made_master);
    case STEP_SEATS:
        return sunlot_log_late_seat_lines(lines, log, none, &made_master);
    case STEP_STRUCK:
        return sunlot_log_act_lines(lines, log, none, &entry, 1, &made_master);
    case STEPS:
        break;
    }
    return SUNLOT_ERR_PHASE;
}

/* Steps from the results to an act, each first with memory that runs out at every allocation, and in no other order.  Rows of late.csv in another order give the same. */
static void steps_are_appended(void **state)
{
    (void)state;
    static const char csv[] = "school,id,name,seats\nEast,1,One,\nSouth,2,Two,1\nEast,3,Three,2\n";
    static const char other[] = "name,school,seats,id\nThree,East,2,3\nTwo,South,,2\nOne,East,1,1\n";
    sunlot_buffer bytes = made_acts(""), kept[STEPS] = {{0}}, people = {0};
    sunlot_log *log = made_acts_read(&bytes);
    sunlot_fault fault;
    for (int step = STEP_LATE; step < STEPS; step++) {
        for (int wrong = STEP_LATE; wrong < STEPS; wrong++) {
            const bool fits = wrong == step || (step == STEP_LATE && wrong == STEP_STRUCK);
            sunlot_buffer lines = {0};
            const sunlot_err err = make_step(&lines, NULL, log, (step_kind)wrong, csv);
            const bool again = step == STEP_STRUCK && wrong == STEP_LATE; /* they are in the log already */
            assert_int_equal(err, again ? SUNLOT_ERR_INPUT : fits ? SUNLOT_OK : SUNLOT_ERR_PHASE);
            assert_true((lines.n > 0) == (err == SUNLOT_OK));
            sunlot_buffer_free(&lines);
        }
        sunlot_buffer lines = {0}, again = {0}, list = {0};
        assert_int_equal(make_step(&kept[step], &people, log, (step_kind)step, csv), SUNLOT_OK);
        assert_int_equal(make_step(&again, NULL, log, (step_kind)step, other), SUNLOT_OK);
        assert_true(sunlot_text_equal(made_view(&kept[step]), made_view(&again)));
        sunlot_buffer_free(&again);
        uint64_t after = 0;
        sunlot_err err;
        const uint64_t live = sunlot_alloc_live();
        do {
            sunlot_alloc_refuse(++after, true);
            err = make_step(&lines, &list, log, (step_kind)step, csv);
            sunlot_alloc_refuse(0, false);
            assert_true(err == SUNLOT_OK || err == SUNLOT_ERR_MEMORY);
            if (err == SUNLOT_OK) break;
            assert_int_equal(lines.n, 0);
            assert_int_equal(list.n, 0);
            sunlot_buffer_free(&lines);
            sunlot_buffer_free(&list);
            assert_int_equal(sunlot_alloc_live(), live);
        } while (true);
        assert_true(after > 3 && sunlot_text_equal(made_view(&kept[step]), made_view(&lines)));
        sunlot_buffer_free(&lines);
        sunlot_buffer_free(&list);
        for (after = 0; after < 40; after++) { /* a log that cannot be read on stays as it is */
            sunlot_alloc_refuse(after + 1, true);
            err = sunlot_log_grow(log, made_view(&kept[step]), &fault, NULL);
            sunlot_alloc_refuse(0, false);
            if (err == SUNLOT_OK) break;
            assert_int_equal(err, SUNLOT_ERR_MEMORY);
        }
        assert_int_equal(err, SUNLOT_OK);
    }
    sunlot_log_free(log);
    for (int step = 0; step < STEPS; step++) {
        assert_true(sunlot_buffer_text(&bytes, made_view(&kept[step])));
        sunlot_buffer_free(&kept[step]);
    }
    assert_true(sunlot_text_starts(made_view(&people), SUNLOT_TEXT("pseudonym,salt,school,id,name\n")));
    const sunlot_verdict verdict = made_acts_verdict(&bytes, NULL);
    assert_int_equal(verdict.answer, SUNLOT_INCOMPLETE); /* the act is not yet signed */
    assert_int_equal(verdict.rows.late, 3);
    assert_int_equal(verdict.rows.struck, 1);

    uint64_t after = 0;
    sunlot_err err;
    const sunlot_pin pin = {.until = SUNLOT_PHASE_NONE};
    const uint64_t live = sunlot_alloc_live();
    do {
        sunlot_verifier *v = NULL;
        sunlot_alloc_refuse(++after, true);
        err = sunlot_verifier_new(&v, made_view(&bytes), &pin, NULL);
        sunlot_alloc_refuse(0, false);
        assert_true(err == SUNLOT_OK || err == SUNLOT_ERR_MEMORY);
        sunlot_verifier_free(v);
        assert_int_equal(sunlot_alloc_live(), live);
    } while (err != SUNLOT_OK);
    assert_true(after > 20);
    sunlot_buffer_free(&people);
    sunlot_buffer_free(&bytes);
    assert_int_equal(sunlot_alloc_live(), 0);
}

/* Faults of late.csv that the list itself shows. */
static void faults_of_late_files(void **state)
{
    (void)state;
    static const struct {
        const char *csv;
        sunlot_issue_code code;
    } cases[] = {
        {"", SUNLOT_ISSUE_EMPTY_FILE},
        {"school,id,name\n", SUNLOT_ISSUE_VALUE_MISSING},
        {"id,name\n1,One\n", SUNLOT_ISSUE_COLUMN_MISSING},
        {"school,id\nEast,1\n", SUNLOT_ISSUE_COLUMN_MISSING},
        {"school,id,name,seat\nEast,1,One,1\n", SUNLOT_ISSUE_WORD},
        {"school,id,name\nWest,1,One\n", SUNLOT_ISSUE_SCHOOL_UNKNOWN},
        {"school,id,name\nEast,,One\n", SUNLOT_ISSUE_VALUE_MISSING},
        {"school,id,name\nEast,1,One\nSouth,1,Two\n", SUNLOT_ISSUE_ID_TWICE},
        {"school,id,name,seats\nEast,1,One,5\n", SUNLOT_ISSUE_RANGE},
        {"school,id,name,seats\nEast,1,One,two\n", SUNLOT_ISSUE_NUMBER},
        {"school,id,name,seats\nEast,1,One,4\nEast,2,Two,4\nEast,3,Three,4\n", SUNLOT_ISSUE_LATE_SEATS},
        {"school,id,name\nEast,1\n", SUNLOT_ISSUE_RAGGED_ROW},
    };
    sunlot_buffer bytes = made_acts("");
    sunlot_log *log = made_acts_read(&bytes);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t codes[SUNLOT_ISSUE_END] = {0};
        sunlot_buffer lines = {0}, people = {0};
        assert_int_equal(sunlot_log_late_lines(&lines, &people, log, (sunlot_text){NULL, 0}, SUNLOT_TEXT("2026-09-10"), sunlot_text_of(cases[i].csv),
                                               count_issue, codes, &made_master),
                         SUNLOT_ERR_INPUT);
        if (codes[cases[i].code] == 0) print_message("case %zu\n", i);
        assert_int_equal(codes[cases[i].code], 1);
        assert_true(lines.n == 0 && people.n == 0);
    }
    /* Who came once does not come again. */
    sunlot_buffer lines = {0};
    uint32_t codes[SUNLOT_ISSUE_END] = {0};
    assert_int_equal(make_step(&lines, NULL, log, STEP_LATE, "school,id,name\nEast,1,One\n"), SUNLOT_OK);
    sunlot_fault fault;
    assert_int_equal(sunlot_log_grow(log, made_view(&lines), &fault, NULL), SUNLOT_OK);
    sunlot_buffer digits = {0}, seats = {0}, more = {0};
    assert_int_equal(make_step(&digits, NULL, log, STEP_ENTROPY, ""), SUNLOT_OK);
    assert_int_equal(sunlot_log_grow(log, made_view(&digits), &fault, NULL), SUNLOT_OK);
    assert_int_equal(make_step(&seats, NULL, log, STEP_SEATS, ""), SUNLOT_OK);
    assert_int_equal(sunlot_log_grow(log, made_view(&seats), &fault, NULL), SUNLOT_OK);
    assert_int_equal(sunlot_log_late_lines(&more, NULL, log, (sunlot_text){NULL, 0}, SUNLOT_TEXT("2026-10-10"), SUNLOT_TEXT("school,id,name\nSouth,1,One\n"),
                                           count_issue, codes, &made_master),
                     SUNLOT_ERR_INPUT);
    assert_int_equal(codes[SUNLOT_ISSUE_LATE_THERE], 1);
    sunlot_log_free(log);
    sunlot_buffer_free(&lines);
    sunlot_buffer_free(&digits);
    sunlot_buffer_free(&seats);
    sunlot_buffer_free(&bytes);
    assert_int_equal(sunlot_alloc_live(), 0);
}

static int start_library(void **state)
{
    (void)state;
    return sunlot_init() == SUNLOT_OK ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_are_appended),
        cmocka_unit_test(faults_of_late_files),
    };
    return cmocka_run_group_tests_name("act_steps", tests, start_library, NULL);
}
