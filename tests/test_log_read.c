/* Reading logs: the grammar, the forms, what records say about each other (SPEC 2, 5). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "log/log.h"
#include "support/made_crew.h"
#include "support/made_log.h"

/* In pieces of any size the same logs are read. */
static void check_pieces(sunlot_text log, sunlot_err expected)
{
    static const size_t piece_bytes[] = {1, 200, 700, 1u << 20};
    for (size_t i = 0; i < sizeof piece_bytes / sizeof *piece_bytes; i++) {
        sunlot_log *read = NULL;
        assert_int_equal(sunlot_log_read_pieces(&read, log, &made_crew, piece_bytes[i]), expected);
        sunlot_log_free(read);
    }
}

static sunlot_answer read_answer(sunlot_text log, sunlot_fault *fault)
{
    sunlot_log *read = NULL;
    const sunlot_err err = sunlot_log_read(&read, log, fault, NULL);
    check_pieces(log, err);
    if (err == SUNLOT_OK) {
        sunlot_log_free(read);
        return SUNLOT_VALID;
    }
    assert_int_equal(err, SUNLOT_ERR_LOG);
    assert_null(read);
    return fault->answer;
}

static void good_logs_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        sunlot_phase phase;
    } cases[] = {
        {MADE_ANNOUNCED, SUNLOT_PHASE_SEED_BASE}, {MADE_DIGITS, SUNLOT_PHASE_DIGITS}, {MADE_DRAWN, SUNLOT_PHASE_RESULTS}, {MADE_TINY, SUNLOT_PHASE_RESULTS}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sunlot_buffer log = made_log(cases[i].text, NULL);
        sunlot_log *read;
        sunlot_fault fault = {0};
        assert_int_equal(sunlot_log_read(&read, made_view(&log), &fault, NULL), SUNLOT_OK);
        assert_int_equal(sunlot_log_phase(read), cases[i].phase);
        for (uint32_t j = 0; j < sunlot_log_checkpoints(read); j++) {
            const sunlot_checkpoint *c = sunlot_checkpoint_at(read, j);
            assert_int_equal(c->size, c->line - 1);
            assert_memory_equal(c->root.b, c->actual.b, 32);
        }
        sunlot_log_free(read);
        sunlot_buffer_free(&log);
    }
}

/* A log read in pieces is the same in everything that is used of it. */
static void pieces_make_one_log(void **state)
{
    (void)state;
    static const char *const texts[] = {MADE_ANNOUNCED, MADE_DIGITS, MADE_DRAWN, MADE_TINY};
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        sunlot_buffer log = made_log(texts[t], NULL), a = {0}, b = {0};
        sunlot_log *one, *pieces;
        sunlot_fault fault;
        assert_int_equal(sunlot_log_read(&one, made_view(&log), &fault, NULL), SUNLOT_OK);
        assert_int_equal(sunlot_log_read_pieces(&pieces, made_view(&log), &made_crew, 1), SUNLOT_OK);
        assert_int_equal(pieces->lines, one->lines);
        assert_int_equal(pieces->phase, one->phase);
        assert_int_equal(pieces->extra_line, one->extra_line);
        const sunlot_digest root = sunlot_tree_root(&pieces->tree), expected = sunlot_tree_root(&one->tree);
        assert_memory_equal(root.b, expected.b, 32);
        for (unsigned i = 0; i < (unsigned)one->phase; i++) {
            assert_int_equal(pieces->checkpoint[i].line, one->checkpoint[i].line);
            assert_memory_equal(pieces->checkpoint[i].actual.b, one->checkpoint[i].actual.b, 32);
        }
        assert_int_equal(sunlot_log_write_roster(&a, one->roster, NULL), SUNLOT_OK);
        assert_int_equal(sunlot_log_write_roster(&b, pieces->roster, &made_crew), SUNLOT_OK);
        assert_true(sunlot_text_equal(made_view(&a), made_view(&b)));
        for (uint32_t i = 0; i < one->roster->schools; i++) {
            assert_int_equal(pieces->school_at[i], one->school_at[i]);
            assert_int_equal(pieces->roster->school[i].first_line, one->roster->school[i].first_line);
            if (one->phase < SUNLOT_PHASE_RESULTS) continue;
            assert_true(sunlot_text_equal(pieces->result[i].lines, one->result[i].lines));
            assert_int_equal(pieces->result[i].first_line, one->result[i].first_line);
        }
        sunlot_log_free(one);
        sunlot_log_free(pieces);
        sunlot_buffer_free(&a);
        sunlot_buffer_free(&b);
        sunlot_buffer_free(&log);
    }
}

/* A log that grows step by step is the log read in one go; lines that do not follow leave it as it was. */
static void a_log_grows(void **state)
{
    (void)state;
    sunlot_buffer announced = made_log(MADE_ANNOUNCED, NULL), thrown = made_log(MADE_DIGITS, NULL), drawn = made_log(MADE_DRAWN, NULL);
    const sunlot_crew *const crews[] = {NULL, &made_crew};
    for (size_t c = 0; c < 2; c++) {
        const sunlot_text entropy = {thrown.p + announced.n, thrown.n - announced.n}, results = {drawn.p + thrown.n, drawn.n - thrown.n};
        sunlot_log *one, *grown;
        sunlot_fault fault;
        assert_int_equal(sunlot_log_read(&one, made_view(&drawn), &fault, NULL), SUNLOT_OK);
        assert_int_equal(sunlot_log_read(&grown, made_view(&announced), &fault, crews[c]), SUNLOT_OK);
        assert_int_equal(sunlot_log_grow(grown, results, &fault, crews[c]), SUNLOT_ERR_LOG);
        assert_int_equal(fault.answer, SUNLOT_FAULT_ORDER);
        assert_int_equal(fault.line, grown->lines + 1);
        assert_int_equal(sunlot_log_grow(grown, entropy, &fault, crews[c]), SUNLOT_OK);
        assert_int_equal(sunlot_log_phase(grown), SUNLOT_PHASE_DIGITS);
        assert_int_equal(sunlot_log_grow(grown, (sunlot_text){results.p, results.n - 1}, &fault, crews[c]), SUNLOT_ERR_LOG);
        assert_int_equal(fault.answer, SUNLOT_FAULT_PARSE);
        assert_int_equal(sunlot_log_phase(grown), SUNLOT_PHASE_DIGITS);
        assert_int_equal(sunlot_log_grow(grown, results, &fault, crews[c]), SUNLOT_OK);
        const sunlot_digest root = sunlot_tree_root(&grown->tree), expected = sunlot_tree_root(&one->tree);
        assert_memory_equal(root.b, expected.b, 32);
        assert_int_equal(grown->lines, one->lines);
        uint8_t seed[32], wanted[32];
        sunlot_log_seed(grown, 1, seed);
        sunlot_log_seed(one, 1, wanted);
        assert_memory_equal(seed, wanted, 32);
        for (uint32_t i = 0; i < one->roster->schools; i++) assert_true(sunlot_text_equal(grown->result[i].lines, one->result[i].lines));
        sunlot_log_free(one);
        sunlot_log_free(grown);
    }
    sunlot_buffer_free(&announced);
    sunlot_buffer_free(&thrown);
    sunlot_buffer_free(&drawn);
}

/* What a roster read from a log holds. */
static void the_roster_is_read(void **state)
{
    (void)state;
    sunlot_buffer log = made_log(MADE_ANNOUNCED, NULL);
    sunlot_log *read;
    sunlot_fault fault;
    assert_int_equal(sunlot_log_read(&read, made_view(&log), &fault, NULL), SUNLOT_OK);
    const sunlot_roster *r = sunlot_log_roster(read);
    assert_int_equal(r->mode, SUNLOT_LIVE);
    assert_true(sunlot_text_equal(r->id, SUNLOT_TEXT("sunlot/v1/live/Example/2026/G7/placement/1")));
    assert_true(sunlot_text_equal(r->grade, SUNLOT_TEXT("G7")));
    assert_true(sunlot_text_equal(r->facts.authority, SUNLOT_TEXT("The \"Bureau\", by letter")));
    assert_int_equal(r->facts.mix, 3000);
    assert_int_equal(r->sources, 2);
    assert_int_equal(r->source[1].kind, SUNLOT_SOURCE_D6);
    assert_int_equal(r->rules, 7);
    assert_int_equal(r->schools, 2);

    const sunlot_school *s = &r->school[1];
    assert_int_equal(s->rules, 7);
    assert_int_equal(r->school[0].rules, 5);
    assert_int_equal(s->columns[SUNLOT_STUDENTS], 2);
    assert_true(s->column[SUNLOT_STUDENTS][0].number);
    assert_int_equal(s->cell[SUNLOT_STUDENTS][2], 90500);
    assert_int_equal(s->cell[SUNLOT_STUDENTS][2 * 5], SUNLOT_ABSENT);
    assert_int_equal(s->column[SUNLOT_STUDENTS][1].values, 2);
    assert_int_equal(s->cell[SUNLOT_STUDENTS][2 * 2 + 1], 1);
    assert_true(sunlot_text_equal(r->school[0].column[SUNLOT_STUDENTS][0].value[1], SUNLOT_TEXT("M,x")));
    assert_true(sunlot_text_equal(s->class_[1].name, SUNLOT_TEXT("A,1")));
    assert_int_equal(s->student[0].lock, 1);
    assert_int_equal(s->student[1].lock, SUNLOT_NONE16);
    assert_int_equal(s->student[1].together, 1);
    assert_int_equal(s->student[4].recused, 2);
    assert_int_equal(s->student[4].limits, 1);
    assert_int_equal(s->student_limit[s->student[4].limits_from], 0);
    assert_int_equal(s->limit_max[0], 1);
    assert_true(s->teacher[2].homeroom);
    assert_int_equal(s->first_line, 30);
    assert_int_equal(read->bytes.p[read->school_at[1] - 1], '\n');
    assert_memory_equal(read->bytes.p + read->school_at[1], "school,2", 8);
    sunlot_log_free(read);
    sunlot_buffer_free(&log);
}

/* One change each, signed as if it had always been so: exactly this answer. */
typedef struct {
    const char *from, *to;
    sunlot_answer answer;
} change;

static const change changes[] = {
    /* records */
    {"fact,date,2026-08-20\n", "fact,date\n", SUNLOT_FAULT_PARSE},
    {"fact,date,2026-08-20\n", "fact,date,2026-08-20,\n", SUNLOT_FAULT_PARSE},
    {"fact,date,2026-08-20\n", "Fact,date,2026-08-20\n", SUNLOT_FAULT_PARSE},
    {"fact,date,2026-08-20\n", "fact,date,\"2026-08-20\"\n", SUNLOT_FAULT_PARSE},
    {"fact,date,2026-08-20\n", "fact,date,2026-08-20\r\n", SUNLOT_FAULT_PARSE},
    {"fact,date,2026-08-20\n", "\n", SUNLOT_FAULT_PARSE},
    {"30 days", "30 days ", SUNLOT_FAULT_PARSE},
    {"30 days",
     "30\xff"
     "days",
     SUNLOT_FAULT_PARSE},
    {"30 days", "=30", SUNLOT_FAULT_PARSE},
    /* sunlot */
    {"sunlot,v1", "sunlot,v2", SUNLOT_FAULT_PARSE},
    {"hmac-chacha20", "hmac-chacha8", SUNLOT_FAULT_PARSE},
    {",live,", ",alive,", SUNLOT_FAULT_PARSE},
    {",2026,G7", ",26,G7", SUNLOT_FAULT_PARSE},
    {",Example,", ",Exa/mple,", SUNLOT_FAULT_PARSE},
    {",Example,", ",Exa mple,", SUNLOT_FAULT_PARSE},
    {",G7,", ",,", SUNLOT_FAULT_PARSE},
    {"placement,1\n", "placement,0\n", SUNLOT_FAULT_PARSE},
    {"placement,1\n", "placement,100\n", SUNLOT_FAULT_PARSE},
    {",Example,", ",Other,", SUNLOT_FAULT_PARSE}, /* a key of another draw */
    /* facts */
    {"fact,date,2026-08-20\n", "fact,day,2026-08-20\n", SUNLOT_FAULT_PARSE},
    {"fact,date,2026-08-20\n", "fact,date,2026-13-20\n", SUNLOT_FAULT_PARSE},
    {"fact,date,2026-08-20\n", "fact,date,20260820\n", SUNLOT_FAULT_PARSE},
    {"fact,retention,30 days\n", "fact,retention,\n", SUNLOT_FAULT_PARSE},
    {"fact,mix,3000\n", "fact,mix,999\n", SUNLOT_FAULT_PARSE},
    {"fact,mix,3000\n", "fact,mix,03000\n", SUNLOT_FAULT_PARSE},
    {"fact,mix,3000\n", "fact,mix,1000001\n", SUNLOT_FAULT_PARSE},
    {"fact,tries,64\n", "fact,tries,63\n", SUNLOT_FAULT_PARSE},
    {"fact,tries,64\n", "fact,tries,4097\n", SUNLOT_FAULT_PARSE},
    {"fact,rows,public\n", "fact,rows,nobody\n", SUNLOT_FAULT_PARSE},
    {"fact,minisign,", "fact,minisign,A", SUNLOT_FAULT_PARSE},
    {"fact,mix,3000\n", "", SUNLOT_FAULT_ORDER},
    {"fact,tries,64\n", "", SUNLOT_FAULT_ORDER},
    {"fact,ground,Rule 7\n", "", SUNLOT_FAULT_ORDER},
    {"fact,mix,3000\n", "fact,mix,3000\nfact,mix,3000\n", SUNLOT_FAULT_ORDER},
    {"fact,retention,30 days\nfact,rows,public\n", "fact,rows,public\nfact,retention,30 days\n", SUNLOT_FAULT_ORDER},
    {"fact,tries,64\n", "fact,scores,forbidden\nfact,tries,64\n", SUNLOT_FAULT_ROSTER},
    /* party, quorum, source */
    {"party,host,host,", "party,host,guest,", SUNLOT_FAULT_PARSE},
    {"party,host,host,", "party,host,host,x", SUNLOT_FAULT_PARSE},
    {"quorum,seed-base,all\n", "quorum,seed-base,one\n", SUNLOT_FAULT_ORDER},
    {"quorum,seed-base,all\n", "", SUNLOT_FAULT_ORDER},
    {"quorum,digits,all\n", "quorum,digits,all\nquorum,digits,all\n", SUNLOT_FAULT_ORDER},
    {"quorum,seed-base,all\nquorum,digits,all\n", "quorum,digits,all\nquorum,seed-base,all\n", SUNLOT_FAULT_ORDER},
    {"source,1,d10,30", "source,1,d8,30", SUNLOT_FAULT_PARSE},
    {"source,1,d10,30", "source,1,d10,513", SUNLOT_FAULT_PARSE},
    {"source,1,d10,30", "source,17,d10,30", SUNLOT_FAULT_PARSE},
    {"thrown again,another tray", ",another tray", SUNLOT_FAULT_PARSE},
    {"source,1,d10,30", "source,2,d10,30", SUNLOT_FAULT_ORDER},
    {"source,2,d6,14", "source,2,d6,10", SUNLOT_FAULT_ENTROPY},
    {"source,2,d6,14", "source,2,d6,11", SUNLOT_VALID},
    /* rules */
    {"rule,students,apart", "rule,pupils,apart", SUNLOT_FAULT_PARSE},
    {"rule,students,apart", "rule,teachers,apart", SUNLOT_FAULT_PARSE},
    {"rule,students,apart", "rule,students,aparte", SUNLOT_FAULT_PARSE},
    {"rule,students,apart,,", "rule,students,apart,x,", SUNLOT_FAULT_PARSE},
    {"balance,sex,,", "balance,,,", SUNLOT_FAULT_PARSE},
    {"10 20,North", "20 10,North", SUNLOT_FAULT_PARSE},
    {"10 20,North", "10  20,North", SUNLOT_FAULT_PARSE},
    {"10 20,North", "0 20,North", SUNLOT_FAULT_PARSE},
    {"rule,students,apart,,,\n", "rule,students,apart,,,\nrule,students,apart,,,\n", SUNLOT_FAULT_ORDER},
    {"rule,students,recuse,,,\nrule,students,together,,,\n", "rule,students,together,,,\nrule,students,recuse,,,\n", SUNLOT_FAULT_ORDER},
    {"10 20,North", "10 20,South", SUNLOT_FAULT_ROSTER},
    {"rule,students,together,,,\n", "rule,students,together,,,South\n", SUNLOT_FAULT_ROSTER},
    {"rule,students,mean,maths,10 20,North\n", "rule,students,mean,maths,10 20,North\nrule,students,mean,maths,10,North\n", SUNLOT_FAULT_ROSTER},
    {"rule,students,mean,maths,10 20,North\n", "rule,students,mean,maths,10,North\nrule,students,mean,maths,10 20,North\n", SUNLOT_FAULT_ORDER},
    {"rule,students,mean,maths,10 20,North\n", "rule,students,balance,maths,,North\nrule,students,mean,maths,10 20,North\n", SUNLOT_FAULT_ORDER},
    {"rule,students,balance,sex,,\n", "rule,students,balance,maths,,North\nrule,students,balance,sex,,\n", SUNLOT_FAULT_ROSTER},
    {"rule,students,mean,maths,10 20,North\n", "", SUNLOT_FAULT_ROSTER},
    /* school, class */
    {"school,1,East,2,4,0", "school,2,East,2,4,0", SUNLOT_FAULT_ORDER},
    {"school,1,East,2,4,0", "school,0,East,2,4,0", SUNLOT_FAULT_PARSE},
    {"school,1,East,2,4,0", "school,1,,2,4,0", SUNLOT_FAULT_PARSE},
    {"school,1,East,2,4,0", "school,1,Eastern,2,4,0", SUNLOT_FAULT_ORDER},
    {"school,1,East,2,4,0", "school,1,North,2,4,0", SUNLOT_FAULT_PARSE}, /* the first North has no scores */
    {"school,1,East,2,4,0", "school,1,East,2,0,0", SUNLOT_FAULT_PARSE},
    {"school,1,East,2,4,0", "school,1,East,0,4,0", SUNLOT_FAULT_PARSE},
    {"school,1,East,2,4,0", "school,1,East,2,4,00", SUNLOT_FAULT_PARSE},
    {"school,1,East,2,4,0", "school,1,East,2,999999999999,0", SUNLOT_FAULT_ORDER},
    {"class,10,3", "class,10,", SUNLOT_FAULT_ROSTER},
    {"class,10,3", "class,10,1", SUNLOT_FAULT_ROSTER},
    {"class,10,3", "class,10,4097", SUNLOT_FAULT_PARSE},
    {"class,10,3", "class,1,3", SUNLOT_FAULT_ORDER},
    {"class,1,2\nclass,10,3\n", "class,10,2\nclass,1,3\n", SUNLOT_FAULT_ORDER},
    /* lock, limit */
    {"lock,{s11},\"A,1\"", "lock,{s19},\"A,1\"", SUNLOT_FAULT_ROSTER},
    {"lock,{s11},\"A,1\"", "lock,{t11},\"A,1\"", SUNLOT_FAULT_PARSE},
    {"lock,{s11},\"A,1\"", "lock,{s11},C", SUNLOT_FAULT_ROSTER},
    {"doctor's letter,the bureau\n", "doctor's letter,\n", SUNLOT_FAULT_PARSE},
    {"doctor's letter,the bureau\n", "doctor's letter,the bureau\nlock,{s11},B,x,y\n", SUNLOT_FAULT_ORDER},
    {"doctor's letter,the bureau\n", "doctor's letter,the bureau\nlock,{s12},B,x,y\nlock,{s13},\"A,1\",x,y\n", SUNLOT_FAULT_ROSTER},
    {"limit,a1,1\n", "limit,a1,2\n", SUNLOT_FAULT_ROSTER},
    {"limit,a1,1\n", "limit,a1,0\n", SUNLOT_FAULT_PARSE},
    {"limit,a1,1\n", "limit,a2,1\n", SUNLOT_FAULT_ORDER},
    {"limit,a1,1\n", "", SUNLOT_FAULT_ROSTER},
    {"limit,a1,1\n", "limit,a1,1\nlimit,a2,1\n", SUNLOT_FAULT_ROSTER},
    {"limit,a1,1\n", "limit,a1,1\nlock,{s12},B,x,y\n", SUNLOT_FAULT_ORDER},
    /* teachers */
    {"maths,1,yes,,high", "maths,1,no,,high", SUNLOT_FAULT_PARSE},
    {"maths,1,yes,,high", "maths,1,-,,high", SUNLOT_FAULT_ROSTER},
    {"maths,1,yes,,high", "maths,2,yes,,high", SUNLOT_FAULT_ROSTER},
    {"maths,1,yes,,high", "maths,129,yes,,high", SUNLOT_FAULT_PARSE},
    {"maths,1,yes,,high", "maths,1,yes,T1,high", SUNLOT_FAULT_ROSTER},
    {"maths,1,yes,,high", "maths,1,yes,T1;T2,high", SUNLOT_FAULT_ROSTER},
    {"maths,1,yes,,high", "maths,1,yes,T2;T1,high", SUNLOT_FAULT_ROSTER},
    {"maths,1,yes,,high", "maths,1,-,T2;T1,high", SUNLOT_FAULT_PARSE},
    {"maths,1,yes,,high", "maths,1,yes,T2;T2,high", SUNLOT_FAULT_PARSE},
    {"maths,1,yes,,high", "maths,1,yes,T3;T2;T1,high", SUNLOT_FAULT_PARSE},
    {"maths,1,yes,,high", "maths,1,yes,T2;T1;T2,high", SUNLOT_FAULT_PARSE},
    {"maths,1,yes,,high", "maths,1,yes,,high,", SUNLOT_FAULT_PARSE},
    {"maths,1,yes,,high", ",1,yes,,high", SUNLOT_FAULT_PARSE},
    {"teacher,{t02}", "teacher,{t01}", SUNLOT_FAULT_ORDER},
    {"teacher,{t02},{h06}", "teacher,{t02},{x06}", SUNLOT_FAULT_PARSE},
    /* students */
    {"student,{s02}", "student,{s01}", SUNLOT_FAULT_ORDER},
    {"student,{s02}", "student,{s11}", SUNLOT_FAULT_ORDER},
    {"student,{s04}", "student,{s11}", SUNLOT_FAULT_ROSTER}, /* the same in two schools */
    {"student,{s02}", "student,{s0A}", SUNLOT_FAULT_PARSE},
    {"{h02},,,,1,F", "{h02},,,,0,F", SUNLOT_FAULT_PARSE},
    {"{h02},,,,1,F", "{h02},,,,5,F", SUNLOT_FAULT_PARSE},
    {"{h02},,,,1,F", "{h02},,,,4,F", SUNLOT_FAULT_ROSTER},
    {"{h02},,,,1,F", "{h02},,,,2,F", SUNLOT_VALID},
    {"{h02},,,,1,F", "{h02},,,,1,", SUNLOT_VALID},
    {"{h02},,,,1,F", "{h02},,,,1", SUNLOT_FAULT_PARSE},
    {"{h02},,,,1,F", "{h02},b1,,,1,F", SUNLOT_FAULT_ROSTER},
    {"{h02},,,,1,F", "{h02},b0,,,1,F", SUNLOT_FAULT_PARSE},
    {"{h02},,,,1,F", "{h02},,a1,,1,F", SUNLOT_FAULT_ROSTER},
    {"{h02},,,,1,F", "{h02},,a1;a1,,1,F", SUNLOT_FAULT_PARSE},
    {"{h02},,,,1,F", "{h02},,a1;,,1,F", SUNLOT_FAULT_PARSE},
    {"{h02},,,,1,F", "{h02},,,{t01},1,F", SUNLOT_FAULT_ROSTER},
    {"b1,,,1,90.5,F", "b2,,,1,90.5,F", SUNLOT_FAULT_ROSTER},
    {"b1,,,1,90.5,F", ",,,1,90.5,F", SUNLOT_FAULT_ROSTER},
    {"b1,,,1,90.5,F", "b1,a1,,1,90.5,F", SUNLOT_VALID},
    {"{h12},b1,,,1,90.5,F\nstudent,{s13},{h13},b1,,", "{h12},b1,a1,,1,90.5,F\nstudent,{s13},{h13},b1,a1,", SUNLOT_FAULT_ROSTER},
    {"1,90.5,F", "1,90.50,F", SUNLOT_FAULT_PARSE},
    {"1,90.5,F", "1,x,F", SUNLOT_FAULT_PARSE},
    {"1,90.5,F", "1,,F", SUNLOT_VALID},
    {"rule,students,absent,maths,mean,North\n", "", SUNLOT_FAULT_ROSTER},
    /* checkpoints */
    {"checkpoint,seed-base,", "checkpoint,seed,", SUNLOT_FAULT_PARSE},
    {"checkpoint,seed-base,", "checkpoint,digits,", SUNLOT_FAULT_ORDER},
    {"checkpoint,seed-base,4", "checkpoint,seed-base,04", SUNLOT_FAULT_PARSE},
    {"\nsignature,sunlot", "\nsignature,sunlot,", SUNLOT_FAULT_PARSE},
    {"/1,b", "/1,c", SUNLOT_FAULT_PARSE},
};

static void each_change_has_its_answer(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        const made_edit edits[] = {{changes[i].from, changes[i].to}, {NULL, NULL}};
        sunlot_buffer log = made_log(MADE_ANNOUNCED, edits);
        sunlot_fault fault = {0};
        const sunlot_answer answer = read_answer(made_view(&log), &fault);
        if (answer != changes[i].answer) print_message("%s -> %s: line %u, %s\n", changes[i].from, changes[i].to, (unsigned)fault.line, fault.what);
        assert_string_equal(sunlot_answer_name(answer), sunlot_answer_name(changes[i].answer));
        sunlot_buffer_free(&log);
    }
}

/* A school has as many lines as it says: the first that is too many, or that comes too early, is out of place. */
static void lines_are_as_many_as_said(void **state)
{
    (void)state;
    static const struct {
        const char *said;
        uint64_t line;
    } cases[] = {
        {"school,1,East,3,4,0", 26}, {"school,1,East,1,4,0", 25}, {"school,1,East,2,5,0", 30}, {"school,1,East,2,3,0", 29}, {"school,1,East,2,4,1", 26}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const made_edit edits[] = {{"school,1,East,2,4,0", cases[i].said}, {NULL, NULL}};
        sunlot_buffer log = made_log(MADE_ANNOUNCED, edits);
        sunlot_fault fault = {0};
        assert_int_equal(read_answer(made_view(&log), &fault), SUNLOT_FAULT_ORDER);
        assert_int_equal(fault.line, cases[i].line);
        sunlot_buffer_free(&log);
    }
}

static const change later_changes[] = {
    {"entropy,1,", "entropy,2,", SUNLOT_FAULT_ENTROPY},
    {"entropy,1,3141-", "entropy,1,3141", SUNLOT_FAULT_ENTROPY},
    {"entropy,1,3141-", "entropy,1,31415-", SUNLOT_FAULT_ENTROPY},
    {"1234-5612", "1234-5712", SUNLOT_FAULT_ENTROPY},
    {"entropy,2,1234-5612-3456-12\n", "", SUNLOT_FAULT_ENTROPY},
    {"entropy,2,1234-5612-3456-12\n", "entropy,2,1234-5612-3456-12\nentropy,3,1\n", SUNLOT_FAULT_ENTROPY},
    {"entropy,1,3141-5926-5358-9793-2384-6264-3383-27\n", "entropy,rehearsal,{x05}\n", SUNLOT_FAULT_ENTROPY},
    {"entropy,1,", "entropy,1,,", SUNLOT_FAULT_PARSE},
    {"entropy,1,3141-5926-5358-9793-2384-6264-3383-27\nentropy,2,1234-5612-3456-12\n", "", SUNLOT_FAULT_ORDER},
    {"placed,1,1,1,", "placed,1,1,1,0", SUNLOT_FAULT_PARSE},
    {"placed,1,1,1,", "placed,1,1,,1,", SUNLOT_FAULT_PARSE},
    {"seat,{s02}", "seat,{t02}", SUNLOT_FAULT_PARSE},
    {"seat,{s02}", "section,{s02}", SUNLOT_FAULT_PARSE},
    {"placed,2,", "placed,3,", SUNLOT_VALID},
    {"count,students,sex,F,1,1,1,1,live\n", "", SUNLOT_VALID},
    {"count,students,sex,F,1,1,1,1,live\n", "count,pupils,sex,F,1,1,1,1,live\n", SUNLOT_FAULT_PARSE},
    {"count,students,sex,F,1,1,1,1,live\n", "count,students,sex,F,1,1,1,-1,live\n", SUNLOT_FAULT_PARSE},
    {"count,students,sex,F,1,1,1,1,live\n", "count,students,sex,F,1,1,1,1,dead\n", SUNLOT_FAULT_PARSE},
    {"count,students,sex,F,1,1,1,1,live\n", "mean,students,sex,1,-0.00125,0.3,live\n", SUNLOT_FAULT_ORDER}, /* a count follows */
    {"checkpoint,results,", "mean,students,sex,1,-0.00125,0.3,live\ncheckpoint,results,", SUNLOT_VALID},
    {"checkpoint,results,", "mean,students,sex,1,-0.001250,0.3,live\ncheckpoint,results,", SUNLOT_FAULT_PARSE},
    {"checkpoint,results,", "mean,students,sex,1,-0.00125,.3,live\ncheckpoint,results,", SUNLOT_FAULT_PARSE},
    {"checkpoint,results,", "mean,students,sex,1,0.000001,0.3,live\ncheckpoint,results,", SUNLOT_FAULT_PARSE},
    {"checkpoint,results,", "seat,{s02},1,G1,1,live\ncheckpoint,results,", SUNLOT_FAULT_ORDER},
    {"checkpoint,results,", "placed,3,1,1,1,live\ncheckpoint,results,", SUNLOT_FAULT_ORDER},
    {"checkpoint,results,", "placed,3,1,1,1,live\nseat,{s02},1,G1,1,live\ncheckpoint,results,", SUNLOT_VALID},
};

static void each_later_change_has_its_answer(void **state)
{
    (void)state;
    sunlot_buffer good = made_log(MADE_DRAWN, NULL);
    for (size_t i = 0; i < sizeof later_changes / sizeof *later_changes; i++) {
        sunlot_buffer log = {0};
        assert_true(sunlot_buffer_text(&log, made_view(&good)));
        made_break(&log, later_changes[i].from, later_changes[i].to);
        sunlot_fault fault = {0};
        const sunlot_answer answer = read_answer(made_view(&log), &fault);
        if (answer != later_changes[i].answer)
            print_message("%s -> %s: line %u, %s\n", later_changes[i].from, later_changes[i].to, (unsigned)fault.line, fault.what);
        assert_string_equal(sunlot_answer_name(answer), sunlot_answer_name(later_changes[i].answer));
        sunlot_buffer_free(&log);
    }
    sunlot_buffer_free(&good);
}

/* Cut anywhere: only three places are ends, and two more where a signature is missing, which is for the verifier to say. */
static void a_log_ends_only_where_one_can(void **state)
{
    (void)state;
    sunlot_buffer log = made_log(MADE_TINY, NULL);
    unsigned ends = 0, partial = 0;
    for (size_t n = 0; n < log.n; n++) {
        sunlot_fault fault;
        const sunlot_answer answer = read_answer((sunlot_text){log.p, n}, &fault);
        ends += answer == SUNLOT_VALID;
        if (n > 0 && log.p[n - 1] != '\n') {
            assert_int_equal(answer, SUNLOT_FAULT_PARSE);
            partial++;
        } else if (answer != SUNLOT_VALID) {
            uint64_t lines = 0;
            for (size_t i = 0; i < n; i++) lines += log.p[i] == '\n';
            assert_int_equal(answer, SUNLOT_FAULT_ORDER);
            assert_int_equal(fault.line, lines + 1);
        }
    }
    assert_int_equal(ends, 5);
    assert_true(partial > 1000);
    made_break(&log, "sunlot,v1", "\xef\xbb\xbfsunlot,v1");
    sunlot_fault fault;
    assert_int_equal(read_answer(made_view(&log), &fault), SUNLOT_FAULT_PARSE);
    assert_int_equal(fault.line, 1);
    sunlot_buffer_free(&log);
}

/* The first line with a fault of parse or order decides; a contradiction before it does not. */
static void faults_have_an_order(void **state)
{
    (void)state;
    static const struct {
        made_edit edits[3];
        sunlot_answer answer;
    } cases[] = {
        {{{"class,10,3", "class,10,"}, {"{h18},,,,1,79,M", "{h18},,,,9,79,M"}, {NULL, NULL}}, SUNLOT_FAULT_PARSE},
        {{{"class,10,3", "class,10,"}, {"student,{s18}", "student,{s17}"}, {NULL, NULL}}, SUNLOT_FAULT_ORDER},
        {{{"class,10,3", "class,1,3"}, {"{h18},,,,1,79,M", "{h18},,,,9,79,M"}, {NULL, NULL}}, SUNLOT_FAULT_ORDER},
        {{{"source,2,d6,14", "source,2,d6,10"}, {"class,10,3", "class,10,"}, {NULL, NULL}}, SUNLOT_FAULT_ROSTER},
        {{{"class,10,3", "class,1,0"}, {NULL, NULL}}, SUNLOT_FAULT_PARSE},       /* form before sequence */
        {{{"class,10,3", "rule,students,x"}, {NULL, NULL}}, SUNLOT_FAULT_ORDER}, /* place before form */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sunlot_buffer log = made_log(MADE_ANNOUNCED, cases[i].edits);
        sunlot_fault fault = {0};
        assert_string_equal(sunlot_answer_name(read_answer(made_view(&log), &fault)), sunlot_answer_name(cases[i].answer));
        assert_true(fault.line > 0);
        sunlot_buffer_free(&log);
    }
}

static void found_text_is_clean(void **state)
{
    (void)state;
    const made_edit edits[] = {{"30 days", "\x1b[31m\xc3\x28 \xe2\x80\xae"
                                           "days"},
                               {NULL, NULL}};
    sunlot_buffer log = made_log(MADE_ANNOUNCED, edits);
    sunlot_fault fault;
    assert_int_equal(read_answer(made_view(&log), &fault), SUNLOT_FAULT_PARSE);
    assert_int_equal(fault.line, 7);
    assert_string_equal(fault.found, "fact,retention,?[31m?( ???days");
    sunlot_buffer_free(&log);
}

/* Whichever allocation is refused, reading says so, leaves nothing behind, and works when there is memory again. */
static void refuse_each(size_t piece_bytes)
{
    sunlot_buffer log = made_log(MADE_DRAWN, NULL);
    const uint64_t before = sunlot_alloc_live();
    uint64_t after = 0;
    sunlot_err err;
    do {
        sunlot_log *read;
        sunlot_fault fault;
        sunlot_alloc_refuse(++after, true);
        err =
            piece_bytes == 0 ? sunlot_log_read(&read, made_view(&log), &fault, NULL) : sunlot_log_read_pieces(&read, made_view(&log), &made_crew, piece_bytes);
        sunlot_alloc_refuse(0, false);
        if (err == SUNLOT_OK)
            sunlot_log_free(read);
        else
            assert_int_equal(err, SUNLOT_ERR_MEMORY);
        assert_int_equal(sunlot_alloc_live(), before);
    } while (err != SUNLOT_OK);
    assert_true(after > 5);
    sunlot_buffer_free(&log);
}

static void memory_can_run_out(void **state)
{
    (void)state;
    refuse_each(0);
    refuse_each(1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_logs_are_read),
        cmocka_unit_test(pieces_make_one_log),
        cmocka_unit_test(a_log_grows),
        cmocka_unit_test(the_roster_is_read),
        cmocka_unit_test(each_change_has_its_answer),
        cmocka_unit_test(lines_are_as_many_as_said),
        cmocka_unit_test(each_later_change_has_its_answer),
        cmocka_unit_test(a_log_ends_only_where_one_can),
        cmocka_unit_test(faults_have_an_order),
        cmocka_unit_test(found_text_is_clean),
        cmocka_unit_test(memory_can_run_out),
    };
    return sunlot_init() == SUNLOT_OK ? cmocka_run_group_tests_name("log_read", tests, NULL, NULL) : 1;
}
