/* Receipts of a log: for each student, at each stage, with the log beside them, with notes (SPEC 14.2). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "log/log.h"
#include "random/secrets.h"
#include "support/made_input.h"
#include "support/made_log.h"

static sunlot_receipt_info info;

static int start(void **state)
{
    (void)state;
    return sunlot_init() == SUNLOT_OK ? 0 : 1;
}

static void ignore(void *user, const sunlot_issue *issue)
{
    (void)user;
    (void)issue;
}

typedef struct {
    sunlot_buffer announced, thrown, drawn, people;
} draw;

static void make_draw(draw *d, const uint8_t *digit)
{
    const sunlot_input input = made_input_of(made_input);
    sunlot_enrolment *e;
    sunlot_roster *r;
    sunlot_log *log;
    sunlot_fault fault;
    sunlot_outcome outcome;
    sunlot_buffer lines_ = {0}, digits = {0};
    char threes[39];
    size_t at;
    memset(d, 0, sizeof *d);
    memset(threes, *digit, sizeof threes);
    assert_int_equal(sunlot_enrolment_read(&e, &input, ignore, NULL, NULL), SUNLOT_OK);
    assert_int_equal(sunlot_roster_new(&r, e, SUNLOT_LIVE, &made_master, NULL), SUNLOT_OK);
    assert_int_equal(sunlot_announce(&log, &d->announced, &d->people, e, r, &made_master, NULL), SUNLOT_OK);
    sunlot_source source;
    sunlot_log_source(log, 0, &source);
    assert_int_equal(sunlot_digits_parse(&digits, &source, (sunlot_text){threes, sizeof threes}, &at), SUNLOT_OK);
    const sunlot_text text = made_view(&digits);
    assert_int_equal(sunlot_log_add_entropy(&d->thrown, log, SUNLOT_TEXT(""), &text, NULL, &made_master), SUNLOT_OK);
    sunlot_log_free(log);
    assert_int_equal(sunlot_log_read(&log, made_view(&d->thrown), &fault, NULL), SUNLOT_OK);
    assert_int_equal(sunlot_replay_school(&lines_, log, 0, &outcome), SUNLOT_OK);
    assert_int_equal(sunlot_log_add_results(&d->drawn, log, SUNLOT_TEXT(""), &lines_, &made_master, NULL), SUNLOT_OK);
    sunlot_log_free(log);
    sunlot_enrolment_free(e);
    sunlot_roster_free(r);
    sunlot_buffer_free(&lines_);
    sunlot_buffer_free(&digits);
}

static void free_draw(draw *d)
{
    sunlot_buffer *const all[] = {&d->announced, &d->thrown, &d->drawn, &d->people};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) sunlot_buffer_free(all[i]);
}

/* The private record of a pseudonym: fields of the list of people, without quotes here. */
static void find_person(sunlot_text people, sunlot_text pseudonym, sunlot_text *salt, sunlot_person *person)
{
    while (people.n > 0) {
        sunlot_text rest = sunlot_text_split(people, '\n', &people);
        if (!sunlot_text_starts(rest, pseudonym)) continue;
        (void)sunlot_text_split(rest, ',', &rest);
        *salt = sunlot_text_split(rest, ',', &rest);
        person->school = sunlot_text_split(rest, ',', &rest);
        person->id = sunlot_text_split(rest, ',', &rest);
        person->name = rest;
        return;
    }
    fail();
}

static sunlot_buffer receipt_of(const sunlot_receipts *r, uint32_t i, sunlot_text people)
{
    sunlot_text pseudonym, salt;
    sunlot_person person;
    uint32_t school;
    sunlot_buffer out = {0};
    sunlot_receipts_student(r, i, &pseudonym, &school);
    assert_int_equal(school, 1);
    find_person(people, pseudonym, &salt, &person);
    assert_int_equal(sunlot_receipt_write(&out, r, i, salt, &person), SUNLOT_OK);
    return out;
}

static sunlot_answer against(sunlot_text text, const sunlot_log *log)
{
    const sunlot_pin none = {0};
    sunlot_receipt *r;
    assert_int_equal(sunlot_receipt_check(&r, text, &none, log), SUNLOT_OK);
    info = *sunlot_receipt_view(r);
    if (info.answer < SUNLOT_FAULT_PARSE && log != NULL) {
        assert_non_null(info.column);
        assert_true(sunlot_text_equal(info.column[0], SUNLOT_TEXT("math")));
    }
    sunlot_receipt_free(r);
    return info.answer;
}

static void receipts_of_a_log(void **state)
{
    (void)state;
    draw d, other;
    make_draw(&d, (const uint8_t *)"3");
    make_draw(&other, (const uint8_t *)"4");
    const sunlot_buffer *const stage[] = {&d.announced, &d.thrown, &d.drawn};
    sunlot_log *whole, *strange;
    sunlot_fault fault;
    assert_int_equal(sunlot_log_read(&whole, made_view(&d.drawn), &fault, NULL), SUNLOT_OK);
    assert_int_equal(sunlot_log_read(&strange, made_view(&other.drawn), &fault, NULL), SUNLOT_OK);
    const sunlot_pin key = {.vkey = whole->roster->party[0].vkey};
    for (size_t s = 0; s < 3; s++) {
        sunlot_log *log;
        sunlot_receipts *r;
        assert_int_equal(sunlot_log_read(&log, made_view(stage[s]), &fault, NULL), SUNLOT_OK);
        assert_int_equal(sunlot_receipts_new(&r, log, NULL, 0), SUNLOT_OK);
        assert_int_equal(sunlot_receipts_count(r), 6);
        for (uint32_t i = 0; i < 6; i++) {
            sunlot_buffer text = receipt_of(r, i, made_view(&d.people));
            sunlot_receipt *checked;
            assert_int_equal(sunlot_receipt_check(&checked, made_view(&text), &key, NULL), SUNLOT_OK);
            const sunlot_receipt_info *said = sunlot_receipt_view(checked);
            assert_string_equal(sunlot_answer_name(said->answer), s < 2 ? "incomplete" : "valid");
            sunlot_seat seat;
            assert_true(sunlot_log_find(whole, said->pseudonym, &seat));
            assert_int_equal(said->line, seat.roster_line);
            if (s == 2) {
                assert_true(sunlot_text_equal(said->class_name, seat.class_name));
                assert_int_equal(said->seat_line, seat.seat_line);
            }
            sunlot_receipt_free(checked);
            /* The log that goes on has the same checkpoints and lines; another draw of the same list has the first alone. */
            assert_string_equal(sunlot_answer_name(against(made_view(&text), whole)), s < 2 ? "incomplete" : "unpinned");
            assert_string_equal(sunlot_answer_name(against(made_view(&text), strange)), s < 2 ? "incomplete" : "split");
            sunlot_buffer_free(&text);
        }
        sunlot_receipts_free(r);
        sunlot_log_free(log);
    }
    sunlot_log_free(whole);
    sunlot_log_free(strange);
    free_draw(&d);
    free_draw(&other);
}

/* The checkpoints are the log's, but not the line: the log's signatures are of other lines than it has. */
static void beside_a_changed_log(void **state)
{
    (void)state;
    draw d;
    make_draw(&d, (const uint8_t *)"3");
    sunlot_log *log, *changed;
    sunlot_fault fault;
    sunlot_receipts *r;
    assert_int_equal(sunlot_log_read(&log, made_view(&d.drawn), &fault, NULL), SUNLOT_OK);
    assert_int_equal(sunlot_receipts_new(&r, log, NULL, 0), SUNLOT_OK);
    sunlot_buffer text = receipt_of(r, 0, made_view(&d.people)), other = {0};
    assert_string_equal(sunlot_answer_name(against(made_view(&text), log)), "unpinned");
    assert_true(sunlot_buffer_text(&other, made_view(&d.drawn)));
    char *line = strstr(other.p, "\nseat,"); /* the first pseudonym's */
    assert_non_null(line);
    char *place = &line[sizeof "\nseat," - 1 + 34];
    *place = *place == '1' ? '2' : '1'; /* the first digit */
    assert_int_equal(sunlot_log_read(&changed, made_view(&other), &fault, NULL), SUNLOT_OK);
    assert_string_equal(sunlot_answer_name(against(made_view(&text), changed)), "proof");
    sunlot_buffer_free(&text);
    sunlot_buffer_free(&other);
    sunlot_receipts_free(r);
    sunlot_log_free(log);
    sunlot_log_free(changed);
    free_draw(&d);
}

/* Signatures that are collected beside the log stand in the receipts, once each, and count for a policy. */
static void notes_of_a_log(void **state)
{
    (void)state;
    const sunlot_digest salt = {{0}};
    const sunlot_text salt_text = SUNLOT_TEXT("h0000000000000000000000000000000000000000000000000000000000000000"), value = SUNLOT_TEXT("F");
    const sunlot_person person = {SUNLOT_TEXT("East"), SUNLOT_TEXT("K1"), SUNLOT_TEXT("Ann")};
    const sunlot_digest commitment = sunlot_commitment(&salt, SUNLOT_TEXT("s01000000000000000000000000000000"), &person, &value, 1);
    char hex[66] = {'h'};
    sunlot_hex_write(hex + 1, commitment.b, 32);
    const made_edit edit[] = {{"h0100000000000000000000000000000000000000000000000000000000000000", hex}, {NULL, NULL}};
    sunlot_buffer text = made_log(MADE_TITLE MADE_FACTS "@party\n@member a Notary own -\n@member b Parents own -\nquorum,seed-base,all\nquorum,digits,host\n"
                                                        "quorum,after,all\n" MADE_SOURCES MADE_RULES MADE_SCHOOLS "@signed seed-base a\n",
                                  edit),
                  note = {0}, policy_text_ = {0}, both = {0};
    uint8_t secret[64];
    sunlot_log *log;
    sunlot_fault fault;
    sunlot_policy *policy;
    uint64_t line;
    assert_int_equal(sunlot_log_read(&log, made_view(&text), &fault, NULL), SUNLOT_OK);
    assert_int_equal(sunlot_policy_write(&policy_text_, log), SUNLOT_OK);
    assert_int_equal(sunlot_policy_read(&policy, made_view(&policy_text_), &line), SUNLOT_OK);
    assert_int_equal(sunlot_note_file(&note, log, 0), SUNLOT_OK);
    made_secret(secret, "b");
    sunlot_party party;
    sunlot_log_party(log, 2, &party);
    assert_int_equal(sunlot_cosign(&note, made_view(&note), party.key_name, secret, 7), SUNLOT_OK);

    for (uint32_t notes = 0; notes <= 2; notes++) {
        const sunlot_text file[] = {made_view(&note), made_view(&note)};
        sunlot_receipts *r;
        sunlot_receipt *checked;
        sunlot_text pseudonym;
        uint32_t school, at = 0;
        assert_int_equal(sunlot_receipts_new(&r, log, file, notes), SUNLOT_OK);
        assert_int_equal(sunlot_receipts_count(r), 12);
        for (;; at++) {
            sunlot_receipts_student(r, at, &pseudonym, &school);
            if (sunlot_text_starts(pseudonym, SUNLOT_TEXT("s010"))) break;
        }
        assert_int_equal(school, 1);
        both.n = 0;
        assert_int_equal(sunlot_receipt_write(&both, r, at, salt_text, &person), SUNLOT_OK);
        const sunlot_pin pin = {.policy = policy, .until = SUNLOT_PHASE_SEED_BASE};
        assert_int_equal(sunlot_receipt_check(&checked, made_view(&both), &pin, NULL), SUNLOT_OK);
        info = *sunlot_receipt_view(checked);
        assert_string_equal(sunlot_answer_name(info.answer), notes == 0 ? "quorum" : "valid");
        assert_int_equal(info.signatures, notes == 0 ? 2 : 3);
        if (notes > 0) assert_int_equal(info.checked, 3);
        sunlot_receipt_free(checked);
        sunlot_receipts_free(r);
    }
    sunlot_policy_free(policy);
    sunlot_log_free(log);
    sunlot_buffer *const all[] = {&text, &note, &policy_text_, &both};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) sunlot_buffer_free(all[i]);
}

/* With a record that does not open there is no receipt. */
static void receipts_that_are_none(void **state)
{
    (void)state;
    draw d;
    make_draw(&d, (const uint8_t *)"3");
    sunlot_log *log;
    sunlot_fault fault;
    sunlot_receipts *r;
    sunlot_text pseudonym, salt;
    sunlot_person person;
    uint32_t school;
    assert_int_equal(sunlot_log_read(&log, made_view(&d.drawn), &fault, NULL), SUNLOT_OK);
    assert_int_equal(sunlot_receipts_new(&r, log, NULL, 0), SUNLOT_OK);
    sunlot_receipts_student(r, 2, &pseudonym, &school);
    find_person(made_view(&d.people), pseudonym, &salt, &person);
    sunlot_buffer out = {0};
    person.name = SUNLOT_TEXT("Somebody");
    assert_int_equal(sunlot_receipt_write(&out, r, 2, salt, &person), SUNLOT_ERR_INPUT);
    assert_int_equal(out.n, 0);
    const sunlot_text stray = SUNLOT_TEXT("not a note");
    sunlot_receipts *none;
    assert_int_equal(sunlot_receipts_new(&none, log, &stray, 1), SUNLOT_ERR_SIGNATURE);
    sunlot_receipts_free(r);
    sunlot_log_free(log);
    free_draw(&d);
}

/* Wherever memory ends, nothing is left behind. */
static void memory_can_run_out(void **state)
{
    (void)state;
    draw d;
    make_draw(&d, (const uint8_t *)"3");
    sunlot_log *log;
    sunlot_fault fault;
    assert_int_equal(sunlot_log_read(&log, made_view(&d.drawn), &fault, NULL), SUNLOT_OK);
    sunlot_text pseudonym, salt;
    sunlot_person person;
    uint32_t school;
    sunlot_receipts *r;
    assert_int_equal(sunlot_receipts_new(&r, log, NULL, 0), SUNLOT_OK);
    sunlot_receipts_student(r, 0, &pseudonym, &school);
    find_person(made_view(&d.people), pseudonym, &salt, &person);
    const sunlot_text own_pseudonym = pseudonym;
    sunlot_receipts_free(r);
    const uint64_t live = sunlot_alloc_live();
    (void)own_pseudonym;
    uint64_t n = 1;
    for (bool done = false; !done; n++) {
        sunlot_buffer out = {0};
        sunlot_receipt *checked = NULL;
        const sunlot_pin none = {0};
        r = NULL;
        sunlot_alloc_refuse(n, true);
        sunlot_err err = sunlot_receipts_new(&r, log, NULL, 0);
        if (err == SUNLOT_OK) err = sunlot_receipt_write(&out, r, 0, salt, &person);
        if (err == SUNLOT_OK) err = sunlot_receipt_check(&checked, made_view(&out), &none, log);
        sunlot_alloc_refuse(0, false);
        done = err == SUNLOT_OK;
        assert_true(done || err == SUNLOT_ERR_MEMORY);
        sunlot_receipt_free(checked);
        sunlot_receipts_free(r);
        sunlot_buffer_free(&out);
        assert_int_equal(sunlot_alloc_live(), live);
    }
    assert_true(n > 20);
    sunlot_log_free(log);
    free_draw(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(receipts_of_a_log), cmocka_unit_test(receipts_that_are_none), cmocka_unit_test(beside_a_changed_log),
        cmocka_unit_test(notes_of_a_log),    cmocka_unit_test(memory_can_run_out),
    };
    return cmocka_run_group_tests_name("receipts", tests, start, NULL);
}
