/* Writing logs: what was read is written again byte for byte (SPEC 5, 6). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "base/alloc.h"
#include "log/log.h"
#include "support/made_log.h"

/* Rosters that between them have everything a record can hold. */
static const made_edit plain[] = {{NULL, NULL}};
static const made_edit teams[] = {{"maths,1,yes,,high", "maths,1,yes,T2,high"},
                                  {"maths,1,-,,low", "maths,1,-,T1,low"},
                                  {"reading,1,yes,,high", "reading,1,yes,T1,high"},
                                  {"reading,1,-,,low", "reading,1,-,T2,low"},
                                  {"10 20,North", "0.5 1 10,North"},
                                  {"1,90.5,F", "1,-90.125,F"},
                                  {NULL, NULL}};
static const made_edit forbidden[] = {{"rule,students,absent,maths,mean,North\n", ""},
                                      {"rule,students,mean,maths,10 20,North\n", ""},
                                      {"fact,tries,64\n", "fact,scores,forbidden\nfact,tries,64\n"},
                                      {"1,80,F", "1,F"},
                                      {"1,90.5,F", "1,F"},
                                      {"1,70,M", "1,M"},
                                      {"1,85,M", "1,M"},
                                      {"1,75.25,F", "1,F"},
                                      {"1,,F", "1,F"},
                                      {"1,88,M", "2,M"},
                                      {"1,79,M", "4,M"},
                                      {NULL, NULL}};
static const made_edit sparse[] = {{"fact,authority,\"The \"\"Bureau\"\", by letter\"\nfact,date,2026-08-20\nfact,ground,Rule 7\n", ""},
                                   {"fact,retention,30 days\n", ""},
                                   {"rule,students,balance,sex,,\n", "rule,students,balance,\"se\"\"x\",,\n"},
                                   {NULL, NULL}};

static void assert_round_trip(const sunlot_buffer *log)
{
    sunlot_buffer again = {0};
    sunlot_log *read;
    sunlot_fault fault = {0};
    const sunlot_err err = sunlot_log_read(&read, made_view(log), &fault, NULL);
    if (err == SUNLOT_ERR_LOG) print_message("line %u: %s\n", (unsigned)fault.line, fault.what);
    assert_int_equal(err, SUNLOT_OK);
    assert_int_equal(sunlot_log_write_roster(&again, read->roster, NULL), SUNLOT_OK);
    assert_true(again.n + 21 < log->n);
    assert_memory_equal(again.p, log->p, again.n);
    assert_memory_equal(log->p + again.n, "checkpoint,seed-base,", 21);
    sunlot_log_free(read);
    sunlot_buffer_free(&again);
}

static void what_was_read_is_written(void **state)
{
    (void)state;
    const made_edit *const edits[] = {plain, teams, forbidden, sparse};
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        sunlot_buffer log = made_log(MADE_ANNOUNCED, edits[i]);
        assert_round_trip(&log);
        sunlot_buffer_free(&log);
    }
}

static void add(sunlot_buffer *text, const char *format, const char *word, int number)
{
    char line[200];
    (void)snprintf(line, sizeof line, format, word, number);
    assert_true(sunlot_buffer_string(text, line));
}

static void add_tokens(sunlot_buffer *text, const char *letter, int from, int to)
{
    for (int i = from; i <= to; i++) {
        if (i > from) assert_true(sunlot_buffer_byte(text, ';'));
        add(text, "%s%d", letter, i);
    }
}

static void add_values(sunlot_buffer *text)
{
    for (int i = 0; i < 32; i++) assert_true(sunlot_buffer_string(text, i < 16 ? ",value" : ",-999999.999"));
    assert_true(sunlot_buffer_string(text, "\n"));
}

/* The widest lines: 32 values, 128 teams, 16 limits.  Limit a(i) is carried by the students 0 … i. */
static void the_widest_records_are_written(void **state)
{
    (void)state;
    enum { CLASSES = 128, STUDENTS = 256, LIMITS = 16 };
    static const char *const who[] = {"students", "teachers"};
    sunlot_buffer text = {0};
    assert_true(sunlot_buffer_string(&text, MADE_TITLE "@minisign\nfact,mix,3000\nfact,rows,public\nfact,tries,64\n" MADE_PARTY MADE_SOURCES));
    for (int i = 0; i < 64; i++) add(&text, i % 32 < 16 ? "rule,%s,balance,b%c,,\n" : "rule,%s,mean,m%c,999999.999,\n", who[i / 32], 'a' + i % 16);
    add(&text, "school,1,S,128,256%s,%d\n", "", CLASSES + 1);
    for (int i = 0; i < CLASSES; i++) add(&text, "class,%s%d,\n", "", 100 + i);
    for (int i = 1; i <= LIMITS; i++) add(&text, "limit,%s%d,1\n", "a", i);
    assert_true(sunlot_buffer_string(&text, "teacher,{t01},{h01},maths,128,-,"));
    add_tokens(&text, "T", 1, CLASSES);
    add_values(&text);
    for (int i = 1; i <= CLASSES; i++) {
        add(&text, "teacher,{t%s%04x},{h01},music,1,yes,", "a", i);
        add_tokens(&text, "T", i, i);
        add_values(&text);
    }
    for (int i = 0; i < STUDENTS; i++) {
        add(&text, "student,{s%s%04x},{h01},,", "", i);
        add_tokens(&text, "a", i < 1 ? 1 : i, LIMITS);
        add(&text, ",{%s%02d},1", "t", 1);
        add_values(&text);
    }
    assert_true(sunlot_buffer_string(&text, "@checkpoint seed-base\n") && sunlot_buffer_byte(&text, 0));

    sunlot_buffer log = made_log(text.p, NULL);
    assert_round_trip(&log);
    sunlot_buffer_free(&log);
    sunlot_buffer_free(&text);
}

/* A checkpoint covers the lines before it, and its note is what the C2SP texts say. */
static void a_checkpoint_is_signed(void **state)
{
    (void)state;
    sunlot_buffer log = made_log(MADE_DRAWN, NULL);
    sunlot_log *read;
    sunlot_fault fault = {0};
    assert_int_equal(sunlot_log_read(&read, made_view(&log), &fault, NULL), SUNLOT_OK);
    assert_int_equal(sunlot_log_checkpoints(read), 3);
    for (uint32_t i = 0; i < 3; i++) {
        sunlot_checkpoint_state given;
        assert_int_equal(sunlot_checkpoint_check(read, i, NULL, &given), SUNLOT_OK);
        assert_int_equal(given.good, 1);
        const sunlot_checkpoint *c = sunlot_checkpoint_at(read, i);
        size_t n = 0, lines = 0;
        while (lines < c->size) lines += log.p[n++] == '\n';
        sunlot_tree tree;
        sunlot_tree_init(&tree, 0);
        assert_int_equal(sunlot_tree_lines(&tree, (sunlot_text){log.p, n}, 0, NULL), SUNLOT_OK);
        const sunlot_digest root = sunlot_tree_root(&tree);
        assert_int_equal(tree.size, c->size);
        assert_memory_equal(root.b, c->root.b, 32);
    }
    sunlot_log_free(read);
    sunlot_buffer_free(&log);
}

static void memory_can_run_out(void **state)
{
    (void)state;
    sunlot_buffer log = made_log(MADE_ANNOUNCED, NULL);
    sunlot_log *read;
    sunlot_fault fault = {0};
    assert_int_equal(sunlot_log_read(&read, made_view(&log), &fault, NULL), SUNLOT_OK);
    sunlot_signer signer;
    const sunlot_digest seed = {{1}};
    sunlot_signer_init(&signer, &seed);
    uint64_t after = 0;
    sunlot_err err;
    do {
        sunlot_buffer out = {0};
        assert_true(sunlot_buffer_string(&out, "before"));
        sunlot_alloc_refuse(++after, true);
        err = sunlot_log_write_roster(&out, read->roster, NULL);
        if (err == SUNLOT_OK) {
            const size_t n = out.n;
            err = sunlot_log_write_checkpoint(&out, SUNLOT_TEXT("seed-base"), &read->tree, read->roster->id, &signer);
            if (err != SUNLOT_OK) assert_int_equal(out.n, n);
        } else {
            assert_int_equal(out.n, 6);
        }
        sunlot_alloc_refuse(0, false);
        if (err != SUNLOT_OK) assert_int_equal(err, SUNLOT_ERR_MEMORY);
        sunlot_buffer_free(&out);
    } while (err != SUNLOT_OK);
    assert_true(after > 4);
    sunlot_log_free(read);
    sunlot_buffer_free(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_read_is_written),
        cmocka_unit_test(the_widest_records_are_written),
        cmocka_unit_test(a_checkpoint_is_signed),
        cmocka_unit_test(memory_can_run_out),
    };
    return sunlot_init() == SUNLOT_OK ? cmocka_run_group_tests_name("log_write", tests, NULL, NULL) : 1;
}
