/* Slots drawn by hand, and two rounds, in whole logs (SPEC 5.2, 8.7, 9, 10). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "draw/replay.h"
#include "log/log.h"
#include "place/match.h"
#include "random/stages.h"
#include "support/made_crew.h"
#include "support/made_log.h"
#include "support/small_roster.h"

#define FACTS     "@minisign\nfact,mix,1000\nfact,rounds,2\nfact,rows,public\nfact,tries,64\n"
#define ONE_ROUND "@minisign\nfact,mix,1000\nfact,rows,public\nfact,tries,64\n"
#define SOURCES   "source,1,d10,39,a,b,c\n"
#define RECUSE    "rule,students,recuse,,,\n"
#define HEAD(hand)                                                                                                                                             \
    "school,1,South,3,6,3\nclass,A,\nclass,B,\nclass,C,\n" hand                                                                                                \
    "teacher,{t01},{h11},maths,1,yes,T1\nteacher,{t02},{h12},maths,1,yes,T2\nteacher,{t03},{h13},maths,1,yes,T3\n"
#define STUDENTS                                                                                                                                               \
    "student,{s11},{h21},,,,1\nstudent,{s12},{h22},,,,1\nstudent,{s13},{h23},,,,1\nstudent,{s14},{h24},,,,1\nstudent,{s15},{h25},,,,1\n"                       \
    "student,{s16},{h26},,,,1\n"
#define RECUSED                                                                                                                                                \
    "student,{s11},{h21},,,{t01},1\nstudent,{s12},{h22},,,,1\nstudent,{s13},{h23},,,,1\nstudent,{s14},{h24},,,,1\nstudent,{s15},{h25},,,,1\n"                  \
    "student,{s16},{h26},,,,1\n"
#define WEST     "school,2,Western,2,2,0\nclass,1,\nclass,2,\nstudent,{s21},{h31},,,,1\nstudent,{s22},{h32},,,,1\n"
#define DIGITS   "entropy,1,3141-5926-5358-9793-2384-6264-3383-2795-0288-419\n"
#define DIGITS_2 "entropy,1,2718-2818-2845-9045-2353-6028-7471-3526-6249-775\n"
#define FIRST    "@checkpoint seed-base\n" DIGITS "@checkpoint digits\n@results\n@checkpoint groups\n"
#define SECOND   DIGITS_2 "@checkpoint digits-2\n@results\n@checkpoint results\n"
#define ROUNDS   MADE_TITLE FACTS MADE_PARTY SOURCES RECUSE HEAD("") RECUSED WEST
#define HANDED   MADE_TITLE ONE_ROUND MADE_PARTY SOURCES RECUSE
#define TRIED    MADE_REHEARSAL ONE_ROUND MADE_PARTY SOURCES RECUSE /* the seed of a rehearsal does not depend on the roster */

static sunlot_log *read_log(const sunlot_buffer *bytes)
{
    sunlot_log *log, *pieces;
    sunlot_fault fault = {.what = ""};
    const sunlot_err err = sunlot_log_read(&log, made_view(bytes), &fault, NULL);
    if (err != SUNLOT_OK) print_message("line %u: %s %s\n", (unsigned)fault.line, fault.what, fault.found);
    assert_int_equal(err, SUNLOT_OK);
    assert_int_equal(sunlot_log_read_pieces(&pieces, made_view(bytes), &made_crew, 200), SUNLOT_OK);
    assert_int_equal(pieces->phase, log->phase);
    for (uint32_t i = 0; i < log->roster->schools && log->matched != NULL; i++) assert_true(sunlot_text_equal(log->matched[i].lines, pieces->matched[i].lines));
    sunlot_log_free(pieces);
    return log;
}

static sunlot_text line_at(const sunlot_buffer *bytes, uint64_t number)
{
    sunlot_text rest = made_view(bytes), line = rest;
    for (uint64_t i = 0; i < number; i++) line = sunlot_text_split(rest, '\n', &rest);
    return line;
}

/* ---- hand -------------------------------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    char class_of_group[3], team_of_class[3];
} outcome;

static void take_seat(void *user, const sunlot_seat *seat)
{
    outcome *o = user;
    o->class_of_group[seat->group.p[1] - '1'] = (char)(seat->class_name.p[0] - 'A');
}

static void take_section(void *user, const sunlot_section *s)
{
    outcome *o = user;
    o->team_of_class[s->class_name.p[0] - 'A'] = (char)(s->team.p[1] - '1');
}

static outcome outcome_of(const char *hand, const char *students)
{
    char text[4096];
    outcome o = {{0}, {0}};
    (void)snprintf(text, sizeof text, "%s%s%s", TRIED "school,1,South,3,6,3\nclass,A,\nclass,B,\nclass,C,\n", hand,
                   "teacher,{t01},{h11},maths,1,yes,T1\nteacher,{t02},{h12},maths,1,yes,T2\nteacher,{t03},{h13},maths,1,yes,T3\n");
    assert_true(strlen(text) + strlen(students) + 400 < sizeof text);
    strcat(text, students);
    strcat(text, "@checkpoint seed-base\nentropy,rehearsal,{x05}\n@checkpoint digits\n@results\n@checkpoint results\n");
    sunlot_buffer bytes = made_log(text, NULL);
    assert_int_equal(made_answer(made_view(&bytes), NULL, NULL), SUNLOT_IS_REHEARSAL);
    sunlot_log *log = read_log(&bytes);
    sunlot_log_seats(log, take_seat, &o);
    sunlot_log_sections(log, take_section, &o);
    /* what is written is what was read */
    sunlot_buffer roster = {0};
    assert_int_equal(sunlot_log_write_roster(&roster, log->roster, NULL), SUNLOT_OK);
    assert_true(sunlot_text_starts(made_view(&bytes), made_view(&roster)));
    sunlot_buffer_free(&roster);
    for (uint32_t i = 0; i < 6; i++) { /* the lines of students are found behind those of what was drawn by hand */
        char name[34] = "s";
        (void)snprintf(name, sizeof name, "s1%u000000000000000000000000000000", (unsigned)i + 1);
        sunlot_seat seat;
        assert_true(sunlot_log_find(log, sunlot_text_of(name), &seat));
        assert_true(sunlot_text_starts(line_at(&bytes, seat.roster_line), SUNLOT_TEXT("student,")));
        assert_true(sunlot_text_equal(seat.pseudonym, sunlot_text_of(name)));
    }
    sunlot_log_free(log);
    sunlot_buffer_free(&bytes);
    return o;
}

/* Numbers and teams drawn by hand in every way, with the same digits: the result is that without, the slots permuted. */
static void slots_are_permuted(void **state)
{
    (void)state;
    static const char ways[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    const outcome plain = outcome_of("", STUDENTS);
    for (int n = 0; n < 6; n++) {
        for (int t = 0; t < 6; t++) {
            char hand[100];
            (void)snprintf(hand, sizeof hand, "hand,numbers,%d %d %d\nhand,teams,%d %d %d\n", ways[n][0] + 1, ways[n][1] + 1, ways[n][2] + 1, ways[t][0] + 1,
                           ways[t][1] + 1, ways[t][2] + 1);
            const outcome o = outcome_of(hand, STUDENTS);
            for (int g = 0; g < 3; g++) {
                const int before = plain.class_of_group[g], now = ways[n][before];
                assert_int_equal(o.class_of_group[g], now);
                assert_int_equal(o.team_of_class[now], ways[t][(int)plain.team_of_class[before]]);
            }
        }
    }
    const outcome teams = outcome_of("hand,teams,2 3 1\n", RECUSED); /* recusals are respected all the same: the log is sound */
    (void)teams;
}

static void faults_of_hand(void **state)
{
    (void)state;
    static const struct {
        const char *hand;
        sunlot_answer answer;
    } cases[] = {
        {"hand,classes,1 2 3\n", SUNLOT_FAULT_PARSE},
        {"hand,numbers,1  2 3\n", SUNLOT_FAULT_PARSE},
        {"hand,numbers,1 2 x\n", SUNLOT_FAULT_PARSE},
        {"hand,numbers,0 1 2\n", SUNLOT_FAULT_PARSE},
        {"hand,numbers,1 2 3,4\n", SUNLOT_FAULT_PARSE},
        {"hand,teams,1 2 3\nhand,numbers,1 2 3\n", SUNLOT_FAULT_ORDER},
        {"hand,numbers,1 2 3\nhand,numbers,1 2 3\n", SUNLOT_FAULT_ORDER},
        {"limit,a1,1\nhand,numbers,1 2 3\n", SUNLOT_FAULT_ORDER},
        {"hand,numbers,1 2\n", SUNLOT_FAULT_ROSTER},
        {"hand,numbers,1 2 3 4\n", SUNLOT_FAULT_ROSTER},
        {"hand,teams,1 2 2\n", SUNLOT_FAULT_ROSTER},
        {"hand,numbers,1 2 3\nlock,{s11},A,a,b\n", SUNLOT_FAULT_ROSTER},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[200];
        (void)snprintf(text, sizeof text, "class,C,\n%s", cases[i].hand);
        const made_edit with[] = {{"class,C,\n", text}, {NULL, NULL}};
        sunlot_buffer bytes = made_log(HANDED HEAD("") STUDENTS "@checkpoint seed-base\n", with);
        assert_int_equal(made_answer(made_view(&bytes), NULL, NULL), cases[i].answer);
        sunlot_buffer_free(&bytes);
    }
    sunlot_buffer west = made_log(HANDED "school,1,West,2,2,0\nclass,1,\nclass,2,\nhand,teams,2 1\nstudent,{s21},{h31},,,,1\nstudent,{s22},{h32},,,,1\n"
                                         "@checkpoint seed-base\n",
                                  NULL);
    assert_int_equal(made_answer(made_view(&west), NULL, NULL), SUNLOT_FAULT_ROSTER);
    sunlot_buffer_free(&west);
    west = made_log(HANDED "school,1,West,2,2,0\nclass,1,1\nclass,2,2\nhand,numbers,2 1\nstudent,{s21},{h31},,,,1\nstudent,{s22},{h32},,,,1\n"
                           "@checkpoint seed-base\n",
                    NULL);
    assert_int_equal(made_answer(made_view(&west), NULL, NULL), SUNLOT_FAULT_ROSTER);
    sunlot_buffer_free(&west);
}

/* ---- two rounds ------------------------------------------------------------------------------------------------------------------------------------------ */

static void rounds_are_recomputed(void **state)
{
    (void)state;
    sunlot_buffer whole = made_log(ROUNDS FIRST SECOND, NULL), half = made_log(ROUNDS FIRST, NULL);
    sunlot_fault fault;
    assert_int_equal(made_answer(made_view(&whole), NULL, NULL), SUNLOT_UNPINNED);
    assert_int_equal(made_answer(made_view(&half), NULL, NULL), SUNLOT_INCOMPLETE);
    const sunlot_pin groups = {.until = SUNLOT_PHASE_GROUPS};
    assert_int_equal(made_answer(made_view(&half), &groups, NULL), SUNLOT_UNPINNED);
    sunlot_log *log = read_log(&whole);
    assert_int_equal(log->phase, SUNLOT_PHASE_RESULTS);
    assert_true(sunlot_text_starts(log->matched[0].lines, SUNLOT_TEXT("matched,1,")));
    assert_int_equal(log->matched[1].lines.n, 0);
    outcome o = {{0}, {0}};
    sunlot_log_sections(log, take_section, &o);
    assert_int_equal(o.team_of_class[0] + o.team_of_class[1] + o.team_of_class[2], 3);
    sunlot_odds *odds = sunlot_alloc(1, sizeof *odds);
    assert_int_equal(sunlot_log_odds(odds, log, 0, (sunlot_text){NULL, 0}), SUNLOT_OK);
    assert_int_equal(odds->recused, 1);
    sunlot_release(odds);

    /* Another team, one shuffle more, a school less. */
    const uint64_t line = log->matched[0].first_line;
    sunlot_buffer lines = {0};
    assert_true(sunlot_buffer_text(&lines, log->matched[0].lines) && sunlot_buffer_byte(&lines, 0));
    sunlot_log_free(log);
    const made_edit shuffles[] = {{lines.p, "matched,1,77,live\nsection,A,T1,maths,{t01},homeroom,live\n"}, {NULL, NULL}};
    sunlot_buffer other = made_log(ROUNDS FIRST SECOND, shuffles);
    assert_int_equal(made_answer(made_view(&other), NULL, &fault), SUNLOT_FAULT_MISMATCH);
    assert_int_equal(fault.line, line);
    sunlot_buffer_free(&other);
    char two[1024];
    (void)snprintf(two, sizeof two, "%smatched,2,1,live\nsection,1,T1,maths,{t01},homeroom,live\n", lines.p);
    const made_edit more[] = {{lines.p, two}, {NULL, NULL}};
    other = made_log(ROUNDS FIRST SECOND, more);
    assert_int_equal(made_answer(made_view(&other), NULL, &fault), SUNLOT_FAULT_MISMATCH);
    sunlot_buffer_free(&other);
    sunlot_buffer_free(&lines);
    sunlot_buffer_free(&whole);
    sunlot_buffer_free(&half);
}

/* Sections belong to the second round, seats to the first. */
static void rounds_in_order(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        sunlot_answer answer;
    } cases[] = {
        {ROUNDS "@checkpoint seed-base\n" DIGITS "@checkpoint digits\n@results\n@checkpoint results\n", SUNLOT_FAULT_ORDER},
        {ROUNDS FIRST "placed,1,1,1,1,live\nseat,{s11},1,G1,A,live\n@checkpoint results\n", SUNLOT_FAULT_ORDER},
        {ROUNDS FIRST DIGITS_2 "@checkpoint digits-2\nplaced,1,1,1,1,live\nseat,{s11},1,G1,A,live\n@checkpoint results\n", SUNLOT_FAULT_ORDER},
        {ROUNDS FIRST DIGITS_2 "@checkpoint digits-2\nmatched,1,1,live\n@checkpoint results\n", SUNLOT_FAULT_ORDER},
        {ROUNDS FIRST DIGITS_2 "@checkpoint digits-2\nmatched,1,0,live\nsection,A,T1,maths,{t01},-,live\n@checkpoint results\n", SUNLOT_FAULT_PARSE},
        {ROUNDS FIRST DIGITS_2
         "@checkpoint digits-2\nmatched,1,1,live\nsection,A,T1,maths,{t01},-,live\ncount,students,a,b,0,1,0,1,live\n@checkpoint results\n",
         SUNLOT_FAULT_ORDER},
        {ROUNDS "@checkpoint seed-base\n" DIGITS "@checkpoint digits\nmatched,1,1,live\nsection,A,T1,maths,{t01},-,live\n@checkpoint groups\n",
         SUNLOT_FAULT_ORDER},
        {ROUNDS FIRST DIGITS_2 "@checkpoint results\n", SUNLOT_FAULT_ORDER},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sunlot_buffer bytes = made_log(cases[i].text, NULL);
        const sunlot_answer answer = made_answer(made_view(&bytes), NULL, NULL);
        if (answer != cases[i].answer) print_message("case %zu: %s\n", i, sunlot_answer_name(answer));
        assert_int_equal(answer, cases[i].answer);
        sunlot_buffer_free(&bytes);
    }
}

/* The teams of the second round are those of the match with its own seed, for the groups that the first gave; the first seed deals nothing but numbers.  Over many
 * second seeds every allowed team comes to the recused group about equally often, the forbidden one never. */
static void second_round_is_its_own(void **state)
{
    (void)state;
    enum { DRAWS = 3000 };
    sunlot_buffer bytes = made_log(ROUNDS FIRST, NULL);
    sunlot_log *log = read_log(&bytes);
    sunlot_seat seat;
    assert_true(sunlot_log_find(log, SUNLOT_TEXT("s11000000000000000000000000000000"), &seat));
    const int recused = seat.group.p[1] - '1';
    uint64_t forbidden[3][2] = {{0}};
    forbidden[recused][0] = 1; /* T1 is that of the teacher */
    sunlot_text rung, attempt, looks;
    assert_true(sunlot_log_placed(log, 0, &rung, &attempt, &looks));
    assert_true(sunlot_text_equal(rung, SUNLOT_TEXT("1")) && sunlot_text_equal(attempt, SUNLOT_TEXT("1")));
    uint32_t seen[3] = {0};
    uint8_t first[32], second[32] = {0};
    sunlot_log_seed(log, 1, first);
    for (uint32_t i = 0; i < DRAWS; i++) {
        second[0] = (uint8_t)i;
        second[1] = (uint8_t)(i >> 8);
        uint16_t team[3], group_of_class[3];
        const uint16_t set[3] = {0, 0, 0};
        const sunlot_digest match = sunlot_stage_key(second, "match", SUNLOT_TEXT("South"), 1, 1);
        const uint32_t made = sunlot_match(team, 3, (const uint64_t(*)[2])forbidden, NULL, SUNLOT_MATCH_AGAIN, match.b);
        seen[team[recused]]++;
        for (uint8_t other = 0; other < 2; other++) {
            uint8_t numbers[32];
            memcpy(numbers, first, sizeof numbers);
            numbers[5] ^= other;
            const sunlot_digest number = sunlot_stage_key(numbers, "number", SUNLOT_TEXT("South"), 0, 0);
            sunlot_number(group_of_class, 3, set, NULL, number.b);
            char expected[400];
            int n = snprintf(expected, sizeof expected, "matched,1,%u,live\n", (unsigned)made);
            for (int c = 0; c < 3; c++) {
                const unsigned t = team[group_of_class[c]] + 1u;
                n += snprintf(expected + n, sizeof expected - (size_t)n, "section,%c,T%u,maths,t0%u000000000000000000000000000000,homeroom,live\n", 'A' + c, t,
                              t);
            }
            sunlot_buffer lines = {0};
            assert_int_equal(sunlot_replay_second(&lines, log->roster, 0, log->result[0].lines, numbers, second), SUNLOT_OK);
            assert_true(sunlot_text_equal(made_view(&lines), sunlot_text_of(expected)));
            sunlot_buffer_free(&lines);
        }
    }
    assert_int_equal(seen[0], 0);
    for (int t = 1; t < 3; t++) {
        const int64_t gap = 2 * (int64_t)seen[t] - DRAWS;
        assert_true(gap * gap < 36 * DRAWS);
    }
    sunlot_log_free(log);
    sunlot_buffer_free(&bytes);
}

/* Ten groups, each of nine students who are recused from the teachers of nine teams: one matching of 10! is left.  The first round has found it; the second gives up
 * after 2^20 shuffles, and takes that of the first. */
static void second_round_cannot_fail(void **state)
{
    (void)state;
    enum { K = 10 };
    static char text[1 << 14];
    int n = snprintf(text, sizeof text, "school,S\n");
    uint64_t forbidden[K][2];
    for (int c = 0; c < K; c++) n += snprintf(text + n, sizeof text - (size_t)n, "class,%c,\n", 'A' + c);
    for (int t = 0; t < K; t++) n += snprintf(text + n, sizeof text - (size_t)n, "teacher,a%d,maths,1,yes,%d\n", t, t + 1);
    for (int g = 0; g < K; g++) {
        forbidden[g][0] = 0x3ffu & ~(UINT64_C(1) << g);
        forbidden[g][1] = 0;
        for (int t = 0; t < K; t++)
            if (t != g) n += snprintf(text + n, sizeof text - (size_t)n, "student,%d%d,,,a%d,\n", g, t, t);
    }
    sunlot_roster *r = small_roster_new(text);
    r->facts.two_rounds = true;
    static char placed[1 << 14];
    n = snprintf(placed, sizeof placed, "placed,1,1,1,1,x\n");
    for (int g = 0; g < K; g++)
        for (int t = 0; t < K; t++)
            if (t != g) n += snprintf(placed + n, sizeof placed - (size_t)n, "seat,s%d%d000000000000000000000000000000,1,G%d,A,x\n", g, t, g + 1);
    uint8_t first[32] = {0}, second[32] = {0};
    uint16_t team[K];
    sunlot_digest key = sunlot_stage_key(first, "match", SUNLOT_TEXT("S"), 1, 1);
    while (sunlot_match(team, K, (const uint64_t(*)[2])forbidden, NULL, SUNLOT_MATCH_TRIES, key.b) == 0) {
        for (int i = 0; ++first[i] == 0; i++) continue;
        key = sunlot_stage_key(first, "match", SUNLOT_TEXT("S"), 1, 1);
    }
    key = sunlot_stage_key(second, "match", SUNLOT_TEXT("S"), 1, 1);
    while (sunlot_match(team, K, (const uint64_t(*)[2])forbidden, NULL, SUNLOT_MATCH_AGAIN, key.b) != 0) {
        second[0]++;
        key = sunlot_stage_key(second, "match", SUNLOT_TEXT("S"), 1, 1);
    }
    sunlot_buffer lines = {0};
    assert_int_equal(sunlot_replay_second(&lines, r, 0, sunlot_text_of(placed), first, second), SUNLOT_OK);
    assert_true(sunlot_text_starts(made_view(&lines), SUNLOT_TEXT("matched,1,1048576,")));
    uint32_t sections = 0;
    for (sunlot_text rest = made_view(&lines); rest.n > 0; sections++) (void)sunlot_text_split(rest, '\n', &rest);
    assert_int_equal(sections, 1 + K);
    sunlot_buffer_free(&lines);
    /* Where the first has none either, these are no results of a first round. */
    const uint8_t none[32] = {0xff, 0xff, 0xff};
    key = sunlot_stage_key(none, "match", SUNLOT_TEXT("S"), 1, 1);
    assert_int_equal(sunlot_match(team, K, (const uint64_t(*)[2])forbidden, NULL, SUNLOT_MATCH_TRIES, key.b), 0);
    assert_int_equal(sunlot_replay_second(&lines, r, 0, sunlot_text_of(placed), none, second), SUNLOT_ERR_NOT_PLACED);
    assert_int_equal(lines.n, 0);
    sunlot_roster_free(r);
}

/* A grouping without a matching is no placement, in two rounds too: with two recused from both teams of two no try succeeds. */
static void groups_without_matching_are_refused(void **state)
{
    (void)state;
    static const char *const text = MADE_TITLE FACTS MADE_PARTY SOURCES RECUSE
        "school,1,South,2,4,2\nclass,A,\nclass,B,\nteacher,{t01},{h11},maths,1,yes,T1\nteacher,{t02},{h12},maths,1,yes,T2\n"
        "student,{s11},{h21},,,{t01},1\nstudent,{s12},{h22},,,{t01},1\nstudent,{s13},{h23},,,{t01},1\nstudent,{s14},{h24},,,,1\n"
        "@checkpoint seed-base\n" DIGITS "@checkpoint digits\n";
    sunlot_buffer bytes = made_log(text, NULL), lines = {0};
    sunlot_log *log = read_log(&bytes);
    sunlot_outcome o;
    assert_int_equal(sunlot_replay_round(&lines, log, 0, 1, &o), SUNLOT_ERR_NOT_PLACED);
    assert_int_equal(o.failed, SUNLOT_STAGE_MATCH);
    assert_int_equal(sunlot_replay_round(&lines, log, 0, 2, &o), SUNLOT_ERR_PHASE);
    assert_int_equal(lines.n, 0);
    sunlot_log_free(log);
    sunlot_buffer_free(&bytes);
    assert_int_equal(sunlot_alloc_live(), 0);
}

static int start_library(void **state)
{
    (void)state;
    return sunlot_init() == SUNLOT_OK ? 0 : -1;
}

/* test_rounds [TEST]: all tests, or one alone (tests/mutants.sh). */
int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slots_are_permuted),
        cmocka_unit_test(faults_of_hand),
        cmocka_unit_test(rounds_are_recomputed),
        cmocka_unit_test(rounds_in_order),
        cmocka_unit_test(second_round_is_its_own),
        cmocka_unit_test(second_round_cannot_fail),
        cmocka_unit_test(groups_without_matching_are_refused),
    };
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    return cmocka_run_group_tests_name("rounds", tests, start_library, NULL);
}
