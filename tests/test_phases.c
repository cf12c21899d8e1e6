/* The steps of a ceremony: digits, entropy, results; and what a log shows of them (SPEC 3, 5.3, 5.4). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/alloc.h"
#include "log/log.h"
#include "support/made_log.h"

static sunlot_log *read_log(const sunlot_buffer *bytes)
{
    sunlot_log *log;
    sunlot_fault fault;
    assert_int_equal(sunlot_log_read(&log, made_view(bytes), &fault, NULL), SUNLOT_OK);
    return log;
}

/* ---- digits ------------------------------------------------------------------------------------------------------------------- */

static void digits_are_brought_into_form(void **state)
{
    (void)state;
    static const struct {
        bool d6;
        uint32_t length;
        const char *typed, *form; /* form NULL: refused at `at` */
        size_t at;
    } cases[] = {
        {false, 10, "3141592653", "3141-5926-53", 0},
        {false, 10, "3141-5926-53", "3141-5926-53", 0},
        {false, 10, "3141-592653", "3141-5926-53", 0},
        {false, 4, "0000", "0000", 0},
        {false, 1, "7", "7", 0},
        {true, 5, "12345", "1234-5", 0},
        {false, 8, "31415926", "3141-5926", 0},
        {false, 10, "314159265", NULL, 9},
        {false, 10, "31415926535", NULL, 10},
        {false, 10, "3141-5926-53-", NULL, 12},
        {false, 10, "31-41592653", NULL, 2},
        {false, 10, "3141--592653", NULL, 5},
        {false, 10, "-3141592653", NULL, 0},
        {false, 10, "3141 592653", NULL, 4},
        {false, 10, "3141o92653", NULL, 4},
        {true, 5, "12375", NULL, 3},
        {true, 5, "10345", NULL, 1},
        {false, 8, "3141-5926-", NULL, 9},
        {false, 4,
         "\xef\xbc\x91"
         "234",
         NULL, 0},
        {false, 4, "", NULL, 0},
        {false, 4, "1234\n", NULL, 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const sunlot_source source = {.kind = cases[i].d6 ? SUNLOT_SOURCE_D6 : SUNLOT_SOURCE_D10, .length = cases[i].length};
        const sunlot_source_rule rule = {.kind = source.kind, .length = source.length};
        sunlot_buffer out = {0};
        size_t at = 99;
        const sunlot_err err = sunlot_digits_parse(&out, &source, sunlot_text_of(cases[i].typed), &at);
        if (cases[i].form != NULL) {
            assert_int_equal(err, SUNLOT_OK);
            assert_true(sunlot_text_equal(made_view(&out), sunlot_text_of(cases[i].form)));
            assert_true(sunlot_digits_check(&rule, made_view(&out)));
        } else {
            assert_int_equal(err, SUNLOT_ERR_DIGITS);
            assert_int_equal(at, cases[i].at);
            assert_int_equal(out.n, 0);
        }
        sunlot_buffer_free(&out);
    }
}

/* ---- steps -------------------------------------------------------------------------------------------------------------------- */

static const sunlot_text digits[] = {{"3141-5926-5358-9793-2384-6264-3383-27", 37}, {"1234-5612-3456-12", 17}};
static const sunlot_master other = {{1}};

/* The steps give what the log written in one go has. */
static void the_steps_make_the_log(void **state)
{
    (void)state;
    sunlot_buffer announced = made_log(MADE_ANNOUNCED, NULL), thrown = made_log(MADE_DIGITS, NULL), drawn = made_log(MADE_DRAWN, NULL), out = {0};
    sunlot_log *log = read_log(&announced);
    assert_int_equal(sunlot_log_add_entropy(&out, log, SUNLOT_TEXT(""), digits, NULL, &made_master), SUNLOT_OK);
    assert_true(sunlot_text_equal(made_view(&out), made_view(&thrown)));
    sunlot_log_free(log);

    log = read_log(&out);
    sunlot_buffer lines[2] = {{0}}, last = {0};
    sunlot_outcome outcome;
    for (uint32_t i = 0; i < 2; i++) {
        assert_int_equal(sunlot_replay_school(&lines[i], log, i, &outcome), SUNLOT_OK);
        assert_true(outcome.placed);
    }
    assert_int_equal(sunlot_log_add_results(&last, log, SUNLOT_TEXT(""), lines, &made_master, NULL), SUNLOT_OK);
    assert_true(sunlot_text_equal(made_view(&last), made_view(&drawn)));
    sunlot_log_free(log);
    sunlot_buffer *const all[] = {&announced, &thrown, &drawn, &out, &last, &lines[0], &lines[1]};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) sunlot_buffer_free(all[i]);
}

static void wrong_steps_are_refused(void **state)
{
    (void)state;
    const uint8_t seed[32] = {5};
    const sunlot_text swapped[] = {digits[1], digits[0]}, empty[] = {digits[0], {"", 0}};
    sunlot_buffer announced = made_log(MADE_ANNOUNCED, NULL), thrown = made_log(MADE_DIGITS, NULL), drawn = made_log(MADE_DRAWN, NULL);
    sunlot_buffer foreign = made_log(MADE_OPENING MADE_SCHOOLS "@foreign seed-base\n", NULL),
                  bare = made_log(MADE_OPENING MADE_SCHOOLS "@unsigned seed-base\n", NULL);
    sunlot_buffer tiny = made_log(MADE_REHEARSAL "@minisign\nfact,mix,1\nfact,rows,public\nfact,tries,1\n" MADE_PARTY MADE_SOURCES MADE_RULES MADE_SCHOOLS
                                                 "@checkpoint seed-base\n",
                                  NULL);
    sunlot_log *log = read_log(&announced);
    sunlot_buffer out = {0}, lines[2] = {{0}};
    sunlot_outcome outcome;
    assert_int_equal(sunlot_log_add_entropy(&out, log, SUNLOT_TEXT(""), swapped, NULL, &made_master), SUNLOT_ERR_DIGITS);
    assert_int_equal(sunlot_log_add_entropy(&out, log, SUNLOT_TEXT(""), empty, NULL, &made_master), SUNLOT_ERR_DIGITS);
    assert_int_equal(sunlot_log_add_entropy(&out, log, SUNLOT_TEXT(""), NULL, seed, &made_master), SUNLOT_ERR_DIGITS);
    assert_int_equal(sunlot_log_add_entropy(&out, log, SUNLOT_TEXT(""), digits, seed, &made_master), SUNLOT_ERR_DIGITS);
    assert_int_equal(sunlot_log_add_entropy(&out, log, SUNLOT_TEXT(""), digits, NULL, &other), SUNLOT_ERR_KEY);
    assert_int_equal(sunlot_log_add_results(&out, log, SUNLOT_TEXT(""), lines, &made_master, NULL), SUNLOT_ERR_PHASE);
    assert_int_equal(sunlot_replay_school(&out, log, 0, &outcome), SUNLOT_ERR_PHASE);
    sunlot_log_free(log);

    log = read_log(&thrown);
    assert_int_equal(sunlot_log_add_entropy(&out, log, SUNLOT_TEXT(""), digits, NULL, &made_master), SUNLOT_ERR_PHASE);
    assert_int_equal(sunlot_log_add_results(&out, log, SUNLOT_TEXT(""), lines, &other, NULL), SUNLOT_ERR_KEY);
    sunlot_log_free(log);
    log = read_log(&drawn);
    assert_int_equal(sunlot_log_add_results(&out, log, SUNLOT_TEXT(""), lines, &made_master, NULL), SUNLOT_ERR_PHASE);
    sunlot_log_free(log);

    /* No entropy onto a checkpoint that is not signed as it must be. */
    log = read_log(&foreign);
    assert_int_equal(sunlot_log_add_entropy(&out, log, SUNLOT_TEXT(""), digits, NULL, &made_master), SUNLOT_ERR_PHASE);
    sunlot_log_free(log);
    log = read_log(&bare);
    assert_int_equal(sunlot_log_add_entropy(&out, log, SUNLOT_TEXT(""), digits, NULL, &made_master), SUNLOT_ERR_PHASE);
    sunlot_log_free(log);

    log = read_log(&tiny);
    assert_int_equal(sunlot_log_add_entropy(&out, log, SUNLOT_TEXT(""), digits, NULL, &made_master), SUNLOT_ERR_DIGITS);
    assert_int_equal(out.n, 0);
    assert_int_equal(sunlot_log_add_entropy(&out, log, SUNLOT_TEXT(""), NULL, seed, &made_master), SUNLOT_OK);
    sunlot_log_free(log);
    log = read_log(&out);
    uint8_t given[32];
    sunlot_log_seed(log, 1, given);
    assert_memory_equal(given, seed, 32);
    sunlot_log_free(log);
    sunlot_buffer *const all[] = {&announced, &thrown, &drawn, &foreign, &bare, &tiny, &out};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) sunlot_buffer_free(all[i]);
}

/* seed = MAC(root of seed-base, "sunlot/v1/seed", the entropy lines). */
static void the_seed_is_the_root_and_the_digits(void **state)
{
    (void)state;
    sunlot_buffer bytes = made_log(MADE_DRAWN, NULL);
    sunlot_log *log = read_log(&bytes);
    const sunlot_text line[] = {SUNLOT_TEXT("entropy,1,3141-5926-5358-9793-2384-6264-3383-27"), SUNLOT_TEXT("entropy,2,1234-5612-3456-12")};
    uint8_t fingerprint[32], seed[32];
    sunlot_log_fingerprint(log, fingerprint);
    sunlot_log_seed(log, 1, seed);
    const sunlot_digest expected = sunlot_mac(fingerprint, "sunlot/v1/seed", line, 2);
    assert_memory_equal(seed, expected.b, 32);
    sunlot_log_free(log);
    sunlot_buffer_free(&bytes);
}

/* ---- what a log shows ----------------------------------------------------------------------------------------------------------- */

typedef struct {
    unsigned seats, placed, sections, counts, means;
    sunlot_text log;
} seen;

static sunlot_text line_of(sunlot_text log, uint64_t number)
{
    sunlot_text line = {NULL, 0};
    for (uint64_t i = 0; i < number; i++) line = sunlot_text_split(log, '\n', &log);
    return line;
}

static void see_seat(void *user, const sunlot_seat *seat)
{
    seen *s = user;
    s->seats++;
    s->placed += seat->start > 0 && seat->group.n == 2 && seat->class_name.n > 0 && seat->seat_line > 0;
    assert_int_equal(seat->pseudonym.n, 33);
    const sunlot_text roster = line_of(s->log, seat->roster_line);
    assert_true(sunlot_text_starts(roster, SUNLOT_TEXT("student,")));
    assert_memory_equal(roster.p + 8, seat->pseudonym.p, 33);
    if (seat->seat_line > 0) assert_memory_equal(line_of(s->log, seat->seat_line).p + 5, seat->pseudonym.p, 33);
}

static void see_section(void *user, const sunlot_section *section)
{
    seen *s = user;
    s->sections++;
    assert_int_equal(section->school, 1);
    assert_true(section->class_name.n == 1 || sunlot_text_equal(section->class_name, SUNLOT_TEXT("A,1")));
    assert_int_equal(section->team.n, 2);
    assert_int_equal(section->teacher.n, 33);
    assert_true(section->subject.n >= 5);
    assert_true(sunlot_text_equal(section->homeroom, SUNLOT_TEXT("-")) || sunlot_text_equal(section->homeroom, SUNLOT_TEXT("homeroom")));
}

static void see_balance(void *user, const sunlot_balance *balance)
{
    seen *s = user;
    if (balance->sum) {
        s->means++;
        assert_true(sunlot_text_equal(balance->column, SUNLOT_TEXT("maths")));
        assert_true(sunlot_text_equal(balance->value, SUNLOT_TEXT("10")));
        assert_int_equal(balance->lo.n, 0);
    } else {
        if (s->counts++ == 1) assert_true(sunlot_text_equal(balance->value, SUNLOT_TEXT("M,x")));
        assert_true(balance->lo.n > 0 && balance->most.n > 0);
    }
}

static void a_log_shows_its_results(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        seen expected;
    } cases[] = {{MADE_DRAWN, {12, 12, 4, 6, 1, {NULL, 0}}}, {MADE_DIGITS, {12, 0, 0, 0, 0, {NULL, 0}}}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sunlot_buffer bytes = made_log(cases[i].text, NULL);
        sunlot_log *log = read_log(&bytes);
        seen s = {.log = made_view(&bytes)};
        sunlot_text rung, attempt, looks;
        sunlot_log_seats(log, see_seat, &s);
        sunlot_log_sections(log, see_section, &s);
        sunlot_log_balance(log, see_balance, &s);
        assert_int_equal(s.seats, cases[i].expected.seats);
        assert_int_equal(s.placed, cases[i].expected.placed);
        assert_int_equal(s.sections, cases[i].expected.sections);
        assert_int_equal(s.counts, cases[i].expected.counts);
        assert_int_equal(s.means, cases[i].expected.means);
        assert_int_equal(sunlot_log_placed(log, 1, &rung, &attempt, &looks), cases[i].expected.placed > 0);
        if (s.placed > 0) assert_true(sunlot_text_equal(rung, SUNLOT_TEXT("1")) && attempt.n > 0 && looks.n > 0);
        sunlot_log_free(log);
        sunlot_buffer_free(&bytes);
    }
}

static void a_student_is_found(void **state)
{
    (void)state;
    sunlot_buffer bytes = made_log(MADE_DRAWN, NULL);
    sunlot_log *log = read_log(&bytes);
    sunlot_seat seat;
    const char *const wanted[] = {"s15000000000000000000000000000000", "15000000000000000000000000000000", "S1500-0000-0000-0000-0000-0000-0000-0000"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        assert_true(sunlot_log_find(log, sunlot_text_of(wanted[i]), &seat));
        assert_int_equal(seat.school, 1);
        assert_true(sunlot_text_equal(seat.school_name, SUNLOT_TEXT("North")));
        assert_true(sunlot_text_equal(seat.pseudonym, sunlot_text_of(wanted[0])));
        assert_true(seat.class_name.n > 0 && seat.group.n == 2 && seat.start > 0);
        assert_int_equal(seat.roster_line, 43);
        assert_int_equal(seat.seat_line, 65);
        assert_int_equal(seat.lock_reason.n, 0);
    }
    assert_true(sunlot_log_find(log, SUNLOT_TEXT("s11000000000000000000000000000000"), &seat));
    assert_true(sunlot_text_equal(seat.lock_reason, SUNLOT_TEXT("doctor's letter")));
    assert_true(sunlot_text_equal(seat.class_name, SUNLOT_TEXT("A,1")));
    assert_true(sunlot_log_find(log, SUNLOT_TEXT("s01000000000000000000000000000000"), &seat));
    assert_int_equal(seat.roster_line, 26);
    const char *const strangers[] = {"s05000000000000000000000000000000", "t01000000000000000000000000000000", "s15", "", "s150000000000000000000000000000000"};
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) assert_false(sunlot_log_find(log, sunlot_text_of(strangers[i]), &seat));
    sunlot_log_free(log);

    /* A result that is another student's is not shown as this one's. */
    made_break(&bytes, "seat,{s15}", "seat,{s14}");
    log = read_log(&bytes);
    assert_true(sunlot_log_find(log, sunlot_text_of(wanted[0]), &seat));
    assert_int_equal(seat.start, 0);
    assert_int_equal(seat.seat_line, 0);
    assert_int_equal(seat.class_name.n, 0);
    sunlot_log_free(log);
    sunlot_buffer_free(&bytes);
}

static void sources_are_shown(void **state)
{
    (void)state;
    sunlot_buffer bytes = made_log(MADE_DIGITS, NULL);
    sunlot_log *log = read_log(&bytes);
    sunlot_source source;
    assert_int_equal(sunlot_log_sources(log), 2);
    sunlot_log_source(log, 1, &source);
    assert_int_equal(source.number, 2);
    assert_int_equal(source.kind, SUNLOT_SOURCE_D6);
    assert_int_equal(source.length, 14);
    assert_true(sunlot_text_equal(source.digits, digits[1]));
    assert_true(sunlot_text_equal(source.substitute, SUNLOT_TEXT("another tray")));
    assert_true(sunlot_text_equal(sunlot_log_id(log), SUNLOT_TEXT("sunlot/v1/live/Example/2026/G7/placement/1")));
    assert_int_equal(sunlot_log_mode(log), SUNLOT_LIVE);
    sunlot_log_free(log);
    sunlot_buffer_free(&bytes);
}

static void fingerprints_are_written_in_groups(void **state)
{
    (void)state;
    uint8_t bytes[32], again[32];
    char text[80];
    for (unsigned i = 0; i < 32; i++) bytes[i] = (uint8_t)(i * 9 + 1);
    sunlot_fingerprint_write(text, bytes);
    assert_string_equal(text, "010a 131c 252e 3740 4952 5b64 6d76 7f88 919a a3ac b5be c7d0 d9e2 ebf4 fd06 0f18");
    assert_true(sunlot_fingerprint_parse(again, sunlot_text_of(text)));
    assert_memory_equal(again, bytes, 32);
    assert_true(sunlot_fingerprint_parse(again, SUNLOT_TEXT("010A131c252e3740-49525b646d767f88 919aa3acb5bec7d0d9e2ebf4fd060f18")));
    assert_memory_equal(again, bytes, 32);
    assert_false(sunlot_fingerprint_parse(again, SUNLOT_TEXT("010a131c")));
    assert_false(sunlot_fingerprint_parse(again, SUNLOT_TEXT("010A131c252e3740-49525b646d767f88 919aa3acb5bec7d0d9e2ebf4fd060f180")));
    assert_false(sunlot_fingerprint_parse(again, SUNLOT_TEXT("g10A131c252e3740-49525b646d767f88 919aa3acb5bec7d0d9e2ebf4fd060f18")));
}

static void memory_can_run_out(void **state)
{
    (void)state;
    sunlot_buffer announced = made_log(MADE_ANNOUNCED, NULL);
    sunlot_log *log = read_log(&announced);
    const uint64_t before = sunlot_alloc_live();
    uint64_t after = 0;
    sunlot_err err;
    do {
        sunlot_buffer out = {0};
        sunlot_alloc_refuse(++after, true);
        err = sunlot_log_add_entropy(&out, log, SUNLOT_TEXT(""), digits, NULL, &made_master);
        sunlot_alloc_refuse(0, false);
        if (err != SUNLOT_OK) {
            assert_int_equal(err, SUNLOT_ERR_MEMORY);
            assert_null(out.p);
        }
        sunlot_buffer_free(&out);
        assert_int_equal(sunlot_alloc_live(), before);
    } while (err != SUNLOT_OK);
    assert_true(after > 3);
    sunlot_log_free(log);
    sunlot_buffer_free(&announced);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_are_brought_into_form),
        cmocka_unit_test(the_steps_make_the_log),
        cmocka_unit_test(wrong_steps_are_refused),
        cmocka_unit_test(the_seed_is_the_root_and_the_digits),
        cmocka_unit_test(a_log_shows_its_results),
        cmocka_unit_test(a_student_is_found),
        cmocka_unit_test(sources_are_shown),
        cmocka_unit_test(fingerprints_are_written_in_groups),
        cmocka_unit_test(memory_can_run_out),
    };
    return sunlot_init() == SUNLOT_OK ? cmocka_run_group_tests_name("phases", tests, NULL, NULL) : 1;
}
