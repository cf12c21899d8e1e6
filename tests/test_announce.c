/* The announcement: from input files to a signed log, its keys, its list of people, its minisign signature (SPEC 5, 6, 11.3). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "log/log.h"
#include "random/secrets.h"
#include "support/made_input.h"
#include "support/made_log.h"

static void ignore(void *user, const sunlot_issue *issue)
{
    (void)user;
    (void)issue;
}

typedef struct {
    sunlot_enrolment *e;
    sunlot_roster *r;
    sunlot_buffer log, people;
} announced;

static void announce(announced *a, sunlot_mode mode)
{
    const sunlot_input input = made_input_of(made_input);
    memset(a, 0, sizeof *a);
    assert_int_equal(sunlot_enrolment_read(&a->e, &input, ignore, NULL, NULL), SUNLOT_OK);
    assert_int_equal(sunlot_roster_new(&a->r, a->e, mode, &made_master, NULL), SUNLOT_OK);
    assert_int_equal(sunlot_announce(NULL, &a->log, &a->people, a->e, a->r, &made_master, NULL), SUNLOT_OK);
}

static void release(announced *a)
{
    sunlot_enrolment_free(a->e);
    sunlot_roster_free(a->r);
    sunlot_buffer_free(&a->log);
    sunlot_buffer_free(&a->people);
}

static uint32_t count_lines(sunlot_text text)
{
    uint32_t lines = 0;
    for (size_t i = 0; i < text.n; i++) lines += text.p[i] == '\n';
    return lines;
}

/* From input files to a verified draw, for both modes. */
static void an_announcement_can_be_drawn(void **state)
{
    (void)state;
    for (int mode = SUNLOT_LIVE; mode <= SUNLOT_REHEARSAL; mode++) {
        announced a;
        announce(&a, (sunlot_mode)mode);
        sunlot_buffer vkey = {0}, pub = {0};
        assert_int_equal(sunlot_keys_write(&vkey, &pub, a.r, &made_master), SUNLOT_OK);
        sunlot_pin pin = {.vkey = made_view(&vkey), .until = SUNLOT_PHASE_SEED_BASE};
        sunlot_fault fault;
        const sunlot_answer sound = mode == SUNLOT_LIVE ? SUNLOT_VALID : SUNLOT_IS_REHEARSAL;
        assert_int_equal(made_answer(made_view(&a.log), &pin, &fault), sound);

        /* As the digits come: the digit 3 is one of both kinds of dice. */
        sunlot_log *log;
        assert_int_equal(sunlot_log_read(&log, made_view(&a.log), &fault, NULL), SUNLOT_OK);
        sunlot_buffer digits[SUNLOT_MAX_SOURCES] = {{0}};
        sunlot_text text[SUNLOT_MAX_SOURCES];
        char threes[SUNLOT_MAX_DIGITS];
        memset(threes, '3', sizeof threes);
        for (uint32_t i = 0; i < sunlot_log_sources(log); i++) {
            sunlot_source source;
            size_t at;
            sunlot_log_source(log, i, &source);
            assert_int_equal(sunlot_digits_parse(&digits[i], &source, (sunlot_text){threes, (size_t)source.length}, &at), SUNLOT_OK);
            text[i] = made_view(&digits[i]);
        }
        const uint8_t seed[32] = {7};
        sunlot_buffer thrown = {0}, drawn = {0}, lines = {0};
        assert_int_equal(mode == SUNLOT_LIVE ? sunlot_log_add_entropy(&thrown, log, SUNLOT_TEXT(""), text, NULL, &made_master)
                                             : sunlot_log_add_entropy(&thrown, log, SUNLOT_TEXT(""), NULL, seed, &made_master),
                         SUNLOT_OK);
        sunlot_log_free(log);
        assert_int_equal(sunlot_log_read(&log, made_view(&thrown), &fault, NULL), SUNLOT_OK);
        assert_int_equal(sunlot_roster_schools(sunlot_log_roster(log)), 1);
        sunlot_outcome outcome;
        assert_int_equal(sunlot_replay_school(&lines, log, 0, &outcome), SUNLOT_OK);
        assert_int_equal(sunlot_log_add_results(&drawn, log, SUNLOT_TEXT(""), &lines, &made_master, NULL), SUNLOT_OK);
        sunlot_log_free(log);
        pin.until = SUNLOT_PHASE_NONE;
        assert_int_equal(made_answer(made_view(&drawn), &pin, &fault), sound);

        for (uint32_t i = 0; i < SUNLOT_MAX_SOURCES; i++) sunlot_buffer_free(&digits[i]);
        sunlot_buffer *const all[] = {&vkey, &pub, &thrown, &drawn, &lines};
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) sunlot_buffer_free(all[i]);
        release(&a);
    }
}

/* Whoever has a person's line can open the commitment in the log. */
static void people_can_open_their_commitments(void **state)
{
    (void)state;
    announced a;
    announce(&a, SUNLOT_LIVE);
    sunlot_record *record = sunlot_alloc(1, sizeof *record), *line = sunlot_alloc(1, sizeof *line);
    sunlot_text rest, header = sunlot_text_split(made_view(&a.people), '\n', &rest);
    assert_true(sunlot_text_equal(header, SUNLOT_TEXT("pseudonym,salt,school,id,name")));
    const sunlot_school *s = &a.r->school[0];
    uint32_t people = 0;
    while (rest.n > 0) {
        assert_null(sunlot_record_parse(record, sunlot_text_split(rest, '\n', &rest)));
        assert_int_equal(record->fields, 5);
        const sunlot_text *f = record->field;
        sunlot_digest salt;
        assert_true(f[1].n == 65 && f[1].p[0] == 'h' && sunlot_hex_parse(salt.b, 32, (sunlot_text){f[1].p + 1, 64}));
        /* The one line of the log that has the pseudonym, and the values in it. */
        sunlot_text log = made_view(&a.log);
        uint32_t found = 0;
        while (log.n > 0) {
            const sunlot_text text = sunlot_text_split(log, '\n', &log);
            if (!sunlot_text_starts(text, SUNLOT_TEXT("student,")) && !sunlot_text_starts(text, SUNLOT_TEXT("teacher,"))) continue;
            assert_null(sunlot_record_parse(line, text));
            if (!sunlot_text_equal(line->field[1], f[0])) continue;
            const sunlot_person person = {f[2], f[3], f[4]};
            const sunlot_digest opened = sunlot_commitment(&salt, f[0], &person, line->field + 7, line->fields - 7);
            char hex[65] = {'h'};
            sunlot_hex_write(hex + 1, opened.b, 32);
            assert_true(sunlot_text_equal(line->field[2], (sunlot_text){hex, sizeof hex}));
            found++;
        }
        assert_int_equal(found, 1);
        assert_int_equal(f[0].p[0], people < s->students ? 's' : 't');
        people++;
    }
    assert_int_equal(people, s->students + s->teachers);
    sunlot_release(record);
    sunlot_release(line);
    release(&a);
}

/* The log names the keys that are written beside it. */
static void the_keys_are_those_of_the_log(void **state)
{
    (void)state;
    announced a;
    announce(&a, SUNLOT_LIVE);
    sunlot_buffer vkey = {0}, pub = {0}, sig = {0};
    assert_int_equal(sunlot_keys_write(&vkey, &pub, a.r, &made_master), SUNLOT_OK);
    sunlot_log *log;
    sunlot_fault fault;
    assert_int_equal(sunlot_log_read(&log, made_view(&a.log), &fault, NULL), SUNLOT_OK);
    assert_int_equal(vkey.n, log->roster->party[0].vkey.n + 1);
    assert_memory_equal(vkey.p, log->roster->party[0].vkey.p, log->roster->party[0].vkey.n);
    assert_int_equal(vkey.p[vkey.n - 1], '\n');
    sunlot_text second, first = sunlot_text_split(made_view(&pub), '\n', &second);
    assert_true(sunlot_text_equal(first, SUNLOT_TEXT("untrusted comment: sunlot minisign public key")));
    second.n--;
    assert_true(sunlot_text_equal(second, log->roster->facts.minisign));

    char comment[200];
    const sunlot_text id = sunlot_log_id(log);
    (void)snprintf(comment, sizeof comment, "\ntrusted comment: %.*s %u lines\n", (int)id.n, id.p, (unsigned)count_lines(made_view(&a.log)));
    assert_int_equal(sunlot_minisign(&sig, made_view(&a.log), &made_master), SUNLOT_OK);
    assert_true(sunlot_buffer_byte(&sig, 0));
    assert_non_null(strstr(sig.p, comment));

    const sunlot_master other = {{1}};
    sunlot_buffer none = {0};
    assert_int_equal(sunlot_minisign(&none, made_view(&a.log), &other), SUNLOT_ERR_KEY);
    assert_int_equal(sunlot_minisign(&none, SUNLOT_TEXT("sunlot,v2\n"), &made_master), SUNLOT_ERR_LOG);
    assert_int_equal(sunlot_minisign(&none, SUNLOT_TEXT(""), &made_master), SUNLOT_ERR_LOG);
    assert_int_equal(none.n, 0);
    sunlot_log_free(log);
    sunlot_buffer_free(&vkey);
    sunlot_buffer_free(&pub);
    sunlot_buffer_free(&sig);
    sunlot_buffer_free(&none);
    release(&a);
}

static void memory_can_run_out(void **state)
{
    (void)state;
    announced a;
    announce(&a, SUNLOT_LIVE);
    const uint64_t before = sunlot_alloc_live();
    uint64_t after = 0;
    sunlot_err err;
    do {
        sunlot_buffer log = {0}, people = {0}, vkey = {0}, pub = {0}, sig = {0};
        assert_true(sunlot_buffer_string(&log, "x") && sunlot_buffer_string(&people, "x"));
        sunlot_alloc_refuse(++after, true);
        err = sunlot_announce(NULL, &log, &people, a.e, a.r, &made_master, NULL);
        if (err != SUNLOT_OK) assert_true(log.n == 1 && people.n == 1);
        if (err == SUNLOT_OK) err = sunlot_keys_write(&vkey, &pub, a.r, &made_master);
        if (err == SUNLOT_OK) err = sunlot_minisign(&sig, made_view(&a.log), &made_master);
        sunlot_alloc_refuse(0, false);
        if (err != SUNLOT_OK) {
            assert_int_equal(err, SUNLOT_ERR_MEMORY);
            assert_int_equal(sig.n, 0);
        }
        sunlot_buffer *const all[] = {&log, &people, &vkey, &pub, &sig};
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) sunlot_buffer_free(all[i]);
        assert_int_equal(sunlot_alloc_live(), before);
    } while (err != SUNLOT_OK);
    assert_true(after > 10);
    release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_announcement_can_be_drawn),
        cmocka_unit_test(people_can_open_their_commitments),
        cmocka_unit_test(the_keys_are_those_of_the_log),
        cmocka_unit_test(memory_can_run_out),
    };
    return sunlot_init() == SUNLOT_OK ? cmocka_run_group_tests_name("announce", tests, NULL, NULL) : 1;
}
