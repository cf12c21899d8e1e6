/* What is entered after the results (SPEC 5.5): every fault, the class in the end, supplements, keys that are replaced, answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "log/history.h"
#include "support/made_acts.h"
#include "support/made_crew.h"

/* In pieces and in one go the same logs are read. */
static sunlot_answer read_answer(sunlot_text log, sunlot_fault *fault)
{
    sunlot_log *read = NULL, *again = NULL;
    const sunlot_err err = sunlot_log_read(&read, log, fault, NULL);
    assert_int_equal(sunlot_log_read_pieces(&again, log, &made_crew, 200), err);
    sunlot_log_free(read);
    sunlot_log_free(again);
    return err == SUNLOT_OK ? SUNLOT_VALID : fault->answer;
}

/* ---- faults ------------------------------------------------------------------------------------------------------------------------------------------ */

typedef struct {
    const char *acts;
    sunlot_answer answer;
    const char *what;
} fault_case;

#define P SUNLOT_FAULT_PARSE
#define O SUNLOT_FAULT_ORDER
#define R SUNLOT_FAULT_ROSTER
#define E SUNLOT_FAULT_ENTROPY

static const fault_case faults[] = {
    /* forms */
    {"struck,2026-09-1,{s01},a,b\n" AFTER("1"), P, "not a date"},
    {"struck,2026-13-01,{s01},a,b\n" AFTER("1"), P, "not a date"},
    {"struck,2026-09-00,{s01},a,b\n" AFTER("1"), P, "not a date"},
    {"struck,2026-09-01,{t01},a,b\n" AFTER("1"), P, "not a student's pseudonym"},
    {"struck,2026-09-01,{s01},,b\n" AFTER("1"), P, "an empty field of an act"},
    {"struck,2026-09-01,{s01},a,\n" AFTER("1"), P, "an empty field of an act"},
    {"struck,2026-09-01,{s01},a\n" AFTER("1"), P, "wrong number of fields"},
    {"moved,2026-09-01,{s01},,a,b\n" AFTER("1"), P, "an empty field of an act"},
    {"moved,2026-09-01,{s01},1,a\n" AFTER("1"), P, "wrong number of fields"},
    {"by-hand,2026-09-01,0,numbers,1 2 3\n" AFTER("1"), P, "not a number of a school"},
    {"by-hand,2026-09-01,2,classes,1 2 3\n" AFTER("1"), P, "neither numbers nor teams"},
    {"by-hand,2026-09-01,2,numbers,1  2 3\n" AFTER("1"), P, "not a list of slots"},
    {"by-hand,2026-09-01,2,numbers,1 2 03\n" AFTER("1"), P, "not a list of slots"},
    {"by-hand,2026-09-01,2,numbers,1 2 0\n" AFTER("1"), P, "not a list of slots"},
    {"by-hand,2026-09-01,2,numbers,\n" AFTER("1"), P, "not a list of slots"},
    {"replaced,2026-09-01,Ann,{@key ann x},own\n" AFTER("1"), P, "not the id of a party"},
    {"replaced,2026-09-01,ann,{@key bob x},own\n" AFTER("1"), P, "not a key of this draw"},
    {"replaced,2026-09-01,ann,{@key ann x},-\n" AFTER("1"), P, "not where the key was made"},
    {"set-aside,2026-09-01,court,\n" AFTER("1"), P, "an empty field of an act"},
    {"late,2026-09-10,1,{s31},{s31},1\n@checkpoint late-base-1\n", P, "not a digest"},
    {"late,2026-09-10,1,{s31},{h31},5\n@checkpoint late-base-1\n", P, "not a number of seats"},
    {"late,2026-09-10,1,{s31},{h31},0\n@checkpoint late-base-1\n", P, "not a number of seats"},
    {"late,2026-09-10,1,{s31},{h31}\n@checkpoint late-base-1\n", P, "wrong number of fields"},
    {LATE "@checkpoint late-base-1\n" DIGITS_2 "@checkpoint late-digits-1\nlate-seat,{s31},,live\n@checkpoint after-1\n", P, "not the form of this result"},
    {LATE "@checkpoint late-base-1\n" DIGITS_2 "@checkpoint late-digits-1\nlate-seat,{s31},1,rehearsal\n@checkpoint after-1\n", P,
     "not the form of this result"},
    {STRUCK "@checkpoint after-0\n", P, "not a phase of a log"},
    /* order */
    {STRUCK, O, "the log ends where none can end"},
    {STRUCK "@checkpoint after-2\n", O, "not the checkpoint that must stand here"},
    {STRUCK "@checkpoint late-base-1\n", O, "not the checkpoint that must stand here"},
    {STRUCK AFTER("1") "moved,2026-09-01,{s02},10,a,b\n@checkpoint after-1\n", O, "not the checkpoint that must stand here"},
    {STRUCK "moved,2026-09-01,{s02},10,a,b\n" AFTER("1"), O, "this record cannot stand here"},
    {STRUCK STRUCK AFTER("1"), O, "the records of an act are sorted, none twice"},
    {"struck,2026-09-01,{s02},a,b\nstruck,2026-09-01,{s01},a,b\n" AFTER("1"), O, "the records of an act are sorted, none twice"},
    {"set-aside,2026-09-01,court,1\nset-aside,2026-09-01,court,2\n" AFTER("1"), O, "this record cannot stand here"},
    {"late-seat,{s31},1,live\n@checkpoint after-1\n", O, "this record cannot stand here"},
    {DIGITS_2 "@checkpoint late-digits-1\n", O, "this record cannot stand here"},
    {"placed,1,1,1,1,live\n", O, "this record cannot stand here"},
    {"withdrawn,2026-09-01,no\n@checkpoint withdrawn\n", O, "this record cannot stand here"},
    {LATE "@checkpoint after-1\n", O, "not the checkpoint that must stand here"},
    {LATE "@checkpoint late-base-1\n" STRUCK, O, "this record cannot stand here"},
    {LATE "@checkpoint late-base-1\nlate-seat,{s31},1,live\n", O, "this record cannot stand here"},
    {LATE "@checkpoint late-base-1\n" DIGITS_2 "@checkpoint after-1\n", O, "not the checkpoint that must stand here"},
    {LATE "@checkpoint late-base-1\n" DIGITS_2 "@checkpoint late-digits-1\n" STRUCK, O, "this record cannot stand here"},
    {"late,2026-09-10,2,{s31},{h31},1\nlate,2026-09-10,1,{s32},{h32},1\n@checkpoint late-base-1\n", O,
     "late students are sorted by school and pseudonym, none twice"},
    {"late,2026-09-10,1,{s32},{h31},1\nlate,2026-09-10,1,{s31},{h32},1\n@checkpoint late-base-1\n", O,
     "late students are sorted by school and pseudonym, none twice"},
    {"late,2026-09-10,1,{s31},{h31},1\nlate,2026-09-10,1,{s31},{h32},1\n@checkpoint late-base-1\n", O,
     "late students are sorted by school and pseudonym, none twice"},
    {"late,2026-09-10,1,{s31},{h31},1\nlate,2026-10-10,1,{s32},{h32},1\n@checkpoint late-base-1\n", O, "the records of a supplement are of one date"},
    /* contradictions */
    {"struck,2026-09-01,{s09},a,b\n" AFTER("1"), R, "no student of the log"},
    {STRUCK AFTER("1") STRUCK AFTER("2"), R, "a student who is struck already"},
    {"struck,2026-09-01,{s01},a,b\nstruck,2026-09-01,{s01},a,c\n" AFTER("1"), R, "a student who is struck already"},
    {STRUCK AFTER("1") "moved,2026-09-01,{s01},10,a,b\n" AFTER("2"), R, "a student who is struck already"},
    {"moved,2026-09-01,{s09},10,a,b\n" AFTER("1"), R, "no student of the log"},
    {"moved,2026-09-01,{s01},A,a,b\n" AFTER("1"), R, "no class of the school"},
    {"moved,2026-09-01,{s01},1,a,b\nmoved,2026-09-01,{s01},10,a,b\n" AFTER("1") "moved,2026-09-01,{s01},10,a,b\n" AFTER("2"), R,
     "a student moved to the class where he is"},
    {"by-hand,2026-09-01,3,numbers,1 2 3\n" AFTER("1"), R, "no school of the log"},
    {"by-hand,2026-09-01,2,numbers,1 2 129\n" AFTER("1"), R, "slots drawn by hand that are not 1 … K, each once"},
    {"by-hand,2026-09-01,2,numbers,1 2\n" AFTER("1"), R, "slots drawn by hand that are not 1 … K, each once"},
    {"by-hand,2026-09-01,2,numbers,1 2 2\n" AFTER("1"), R, "slots drawn by hand that are not 1 … K, each once"},
    {"by-hand,2026-09-01,2,teams,1 2 4\n" AFTER("1"), R, "slots drawn by hand that are not 1 … K, each once"},
    {"by-hand,2026-09-01,2,teams,1 2 3 4\n" AFTER("1"), R, "slots drawn by hand that are not 1 … K, each once"},
    {"by-hand,2026-09-01,1,numbers,1 2\n" AFTER("1"), R, "class numbers drawn by hand, but not all classes are interchangeable"},
    {"by-hand,2026-09-01,1,teams,1 2\n" AFTER("1"), R, "teams drawn by hand, but there are no teachers"},
    {"replaced,2026-09-01,eve,{@key eve x},own\n" AFTER("1"), R, "no other party than the host"},
    {"replaced,2026-09-01,ann,{@key ann bob},own\n" AFTER("1"), R, "two parties with one key"},
    {"replaced,2026-09-01,ann,{@key ann ann},own\n" AFTER("1"), R, "two parties with one key"},
    {"replaced,2026-09-01,ann,{@key ann x},own\nreplaced,2026-09-01,bob,{@key bob x},own\n@checkpoint after-1\n", R, "two parties with one key"},
    {"set-aside,2026-09-01,court,1\n" AFTER("1") "set-aside,2026-09-02,court,2\n" AFTER("2"), R, "set aside a second time"},
    {"late,2026-09-11,1,{s31},{h31},1\n@checkpoint late-base-1\n", R, "a date that is not announced for late students"},
    {"late,2026-09-10,3,{s31},{h31},1\n@checkpoint late-base-1\n", R, "no school of the log"},
    {"late,2026-09-10,1,{s01},{h31},1\n@checkpoint late-base-1\n", R, "a late student who is in the log already"},
    {"late,2026-09-10,1,{s11},{h31},1\n@checkpoint late-base-1\n", R, "a late student who is in the log already"},
    {"late,2026-09-10,1,{s31},{h31},1\nlate,2026-09-10,2,{s31},{h31},1\n@checkpoint late-base-1\n", R, "a late student who is in the log already"},
    {SUPPLEMENT "late,2026-10-10,2,{s31},{h41},1\n@checkpoint late-base-2\n", R, "a late student who is in the log already"},
    {SUPPLEMENT "late,2026-09-10,2,{s41},{h41},1\n@checkpoint late-base-2\n", R, "a date that is not later than that of the supplement before"},
    /* entropy of a supplement */
    {LATE "@checkpoint late-base-1\nentropy,1,27\n@checkpoint late-digits-1\n", E, "not the digits that were announced"},
    {LATE "@checkpoint late-base-1\nentropy,rehearsal,{x05}\n@checkpoint late-digits-1\n", E, "not the digits that were announced"},
    {LATE "@checkpoint late-base-1\n" DIGITS_2 DIGITS_2 "@checkpoint late-digits-1\n", E, "not the digits that were announced"},
};

static void every_fault_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        sunlot_buffer log = made_acts(faults[i].acts);
        sunlot_fault fault = {.what = ""};
        const sunlot_answer answer = read_answer(made_view(&log), &fault);
        if (answer != faults[i].answer || strcmp(fault.what, faults[i].what) != 0)
            print_message("case %zu: %s\n  is: %s, %s\n  should: %s\n", i, faults[i].acts, sunlot_answer_name(answer), fault.what, faults[i].what);
        assert_int_equal(answer, faults[i].answer);
        assert_string_equal(fault.what, faults[i].what);
        assert_int_equal(made_answer(made_view(&log), NULL, NULL), faults[i].answer);
        sunlot_buffer_free(&log);
    }
    assert_int_equal(sunlot_alloc_live(), 0);
}

/* ---- the class in the end --------------------------------------------------------------------------------------------------------------------------------- */

static sunlot_seat find(const sunlot_log *log, const char *id)
{
    char pseudonym[34] = "s00000000000000000000000000000000";
    sunlot_seat seat;
    memcpy(pseudonym + 1, id, 2);
    assert_true(sunlot_log_find(log, sunlot_text_of(pseudonym), &seat));
    return seat;
}

static void expect_class(const sunlot_seat *seat, const char *class_name) { assert_true(sunlot_text_equal(seat->class_name, sunlot_text_of(class_name))); }

/* Whatever sunlot_log_find says of one, sunlot_log_seats says of all. */
typedef struct {
    const sunlot_log *log;
    uint32_t seats, late;
} seat_check;

static void same_as_found(void *user, const sunlot_seat *seat)
{
    seat_check *c = user;
    sunlot_seat found;
    assert_true(sunlot_log_find(c->log, seat->pseudonym, &found));
    assert_true(sunlot_text_equal(found.class_name, seat->class_name));
    assert_true(sunlot_text_equal(found.drawn, seat->drawn));
    assert_true(found.struck == seat->struck && found.moved == seat->moved && found.late == seat->late);
    assert_int_equal(found.act_line, seat->act_line);
    assert_int_equal(found.roster_line, seat->roster_line);
    c->seats++;
    c->late += seat->late;
}

static void check_seats(const sunlot_log *log, uint32_t seats, uint32_t late)
{
    seat_check c = {log, 0, 0};
    sunlot_log_seats(log, same_as_found, &c);
    assert_int_equal(c.seats, seats);
    assert_int_equal(c.late, late);
}

static void classes_in_the_end(void **state)
{
    (void)state;
    sunlot_buffer drawn = made_acts(""), bytes;
    sunlot_log *before = made_acts_read(&drawn);
    const sunlot_seat one = find(before, "02"), a = find(before, "11"), b = find(before, "12");
    const bool first = sunlot_text_equal(one.class_name, SUNLOT_TEXT("1"));
    check_seats(before, 10, 0);

    /* struck: no class; moved: the other class, and back */
    bytes = made_acts(first ? STRUCK AFTER("1") "moved,2026-09-01,{s02},10,a,b\n" AFTER("2") : STRUCK AFTER("1") "moved,2026-09-01,{s02},1,a,b\n" AFTER("2"));
    sunlot_log *log = made_acts_read(&bytes);
    sunlot_seat seat = find(log, "01");
    assert_true(seat.struck && !seat.moved && !seat.late && seat.class_name.n == 0 && seat.drawn.n > 0 && seat.start > 0);
    seat = find(log, "02");
    assert_true(seat.moved && !seat.struck);
    expect_class(&seat, first ? "10" : "1");
    assert_true(sunlot_text_equal(seat.drawn, one.class_name));
    check_seats(log, 10, 0);
    assert_int_equal(sunlot_log_acts(log), 2);
    sunlot_log_free(log);
    sunlot_buffer_free(&bytes);

    /* by hand: whoever was together is together, in the class that the slot of the group says */
    bytes = made_acts("by-hand,2026-09-01,2,numbers,3 1 2\n" AFTER("1"));
    log = made_acts_read(&bytes);
    for (int i = 0; i < 6; i++) {
        static const char *const id[] = {"11", "12", "13", "14", "15", "16"};
        static const char *const becomes[] = {"C", "A", "B"};
        const sunlot_seat now = find(log, id[i]);
        expect_class(&now, becomes[now.group.p[1] - '1']);
    }
    check_seats(log, 10, 0);
    sunlot_log_free(log);
    sunlot_buffer_free(&bytes);
    assert_true(a.group.n == 2 && b.group.n == 2);
    sunlot_log_free(before);
    sunlot_buffer_free(&drawn);
}

typedef struct {
    char team[3], homeroom[3];
    uint32_t sections;
} section_list;

static void take_section(void *user, const sunlot_section *s)
{
    section_list *list = user;
    assert_true(s->class_name.n == 1 && s->team.n == 2);
    list->team[s->class_name.p[0] - 'A'] = s->team.p[1];
    assert_int_equal(s->teacher.p[2], s->team.p[1]); /* teacher t0N is of team N */
    list->sections++;
}

/* Teams go with their groups where numbers are drawn by hand; where teams are, to the classes that the slots say. */
static void sections_in_the_end(void **state)
{
    (void)state;
    section_list drawn = {.sections = 0}, numbers = {.sections = 0}, teams = {.sections = 0};
    sunlot_buffer bytes = made_acts("");
    sunlot_log *log = made_acts_read(&bytes);
    char group_of_class[3];
    sunlot_log_sections(log, take_section, &drawn);
    for (int i = 0; i < 6; i++) {
        static const char *const id[] = {"11", "12", "13", "14", "15", "16"};
        const sunlot_seat seat = find(log, id[i]);
        group_of_class[seat.class_name.p[0] - 'A'] = (char)(seat.group.p[1] - '1');
    }
    sunlot_log_free(log);
    sunlot_buffer_free(&bytes);

    bytes = made_acts("by-hand,2026-09-01,2,numbers,3 1 2\n" AFTER("1"));
    log = made_acts_read(&bytes);
    sunlot_log_sections(log, take_section, &numbers);
    for (int c = 0; c < 3; c++) {
        static const int becomes[3] = {2, 0, 1};
        assert_int_equal(numbers.team[becomes[(int)group_of_class[c]]], drawn.team[c]);
    }
    assert_int_equal(numbers.sections, 3);
    sunlot_log_free(log);
    sunlot_buffer_free(&bytes);

    bytes = made_acts("by-hand,2026-09-01,2,teams,2 3 1\n" AFTER("1"));
    log = made_acts_read(&bytes);
    sunlot_log_sections(log, take_section, &teams);
    assert_memory_equal(teams.team, "231", 3);
    sunlot_log_free(log);
    sunlot_buffer_free(&bytes);
}

/* ---- supplements ---------------------------------------------------------------------------------------------------------------------------------------------- */

static void supplements_are_recomputed(void **state)
{
    (void)state;
    sunlot_buffer bytes = made_acts(SUPPLEMENT STRUCK AFTER("2") "late,2026-10-10,1,{s41},{h41},1\n@checkpoint late-base-3\n" DIGITS
                                                                 "@checkpoint late-digits-3\n@seats\n@checkpoint after-3\n");
    sunlot_verdict verdict = made_acts_verdict(&bytes, NULL);
    assert_int_equal(verdict.answer, SUNLOT_UNPINNED);
    assert_int_equal(verdict.rows.announced, 10);
    assert_int_equal(verdict.rows.late, 4);
    assert_int_equal(verdict.rows.struck, 1);
    assert_int_equal(verdict.rows.moved, 0);
    sunlot_log *log = made_acts_read(&bytes);
    const sunlot_seat late = find(log, "33");
    assert_true(late.late && late.class_name.n == 1 && late.start == 0 && late.student == UINT32_MAX && late.seat_line > late.roster_line);
    check_seats(log, 14, 4);
    assert_int_equal(sunlot_log_late_stage(log), SUNLOT_LATE_NONE);
    sunlot_log_free(log);
    sunlot_buffer_free(&bytes);

    /* Another class, a line less, a line more, another order. */
    bytes = made_acts(SUPPLEMENT);
    log = made_acts_read(&bytes);
    const bool c = sunlot_text_equal(find(log, "33").class_name, SUNLOT_TEXT("C"));
    sunlot_log_free(log);
    sunlot_buffer_free(&bytes);
#define OPEN LATE "@checkpoint late-base-1\n" DIGITS_2 "@checkpoint late-digits-1\n"
    const char *const wrong[] = {
        c ? OPEN "@seats\nlate-seat,{s33},B,live\n@checkpoint after-1\n" : OPEN "@seats\nlate-seat,{s33},C,live\n@checkpoint after-1\n",
        OPEN "late-seat,{s33},A,live\n@checkpoint after-1\n",
        OPEN "late-seat,{s32},10,live\nlate-seat,{s31},10,live\nlate-seat,{s33},A,live\n@checkpoint after-1\n",
        OPEN "late-seat,{s31},D,live\nlate-seat,{s32},10,live\nlate-seat,{s33},A,live\n@checkpoint after-1\n",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        bytes = made_acts(wrong[i]);
        assert_int_equal(made_acts_verdict(&bytes, NULL).answer, SUNLOT_FAULT_MISMATCH);
        sunlot_buffer_free(&bytes);
    }
    /* Open supplements are sound so far; more students than seats are not. */
    bytes = made_acts(LATE "@checkpoint late-base-1\n");
    assert_int_equal(made_acts_verdict(&bytes, NULL).answer, SUNLOT_UNPINNED);
    sunlot_buffer_free(&bytes);
    bytes = made_acts(OPEN);
    assert_int_equal(made_acts_verdict(&bytes, NULL).answer, SUNLOT_UNPINNED);
    sunlot_buffer_free(&bytes);
    bytes = made_acts("late,2026-09-10,1,{s31},{h31},4\nlate,2026-09-10,1,{s32},{h32},4\nlate,2026-09-10,1,{s33},{h33},4\n@checkpoint late-base-1\n" DIGITS_2
                      "@checkpoint late-digits-1\nlate-seat,{s31},1,live\n@checkpoint after-1\n");
    verdict = made_acts_verdict(&bytes, NULL);
    assert_int_equal(verdict.answer, SUNLOT_FAULT_ROSTER);
    assert_string_equal(verdict.fault.what, "a late student for whom no class has a seat");
    sunlot_buffer_free(&bytes);
}

/* A log that grows act by act is the log read in one go; an act that does not fit leaves it as it was. */
static void logs_grow_by_acts(void **state)
{
    (void)state;
    sunlot_buffer drawn = made_acts(""), whole = made_acts(STRUCK AFTER("1") "late,2026-09-10,1,{s31},{h31},1\n@checkpoint late-base-2\n" DIGITS_2
                                                                             "@checkpoint late-digits-2\n@seats\n@checkpoint after-2\n");
    sunlot_log *log = made_acts_read(&drawn), *full = made_acts_read(&whole);
    sunlot_fault fault;
    const sunlot_text more = {whole.p + drawn.n, whole.n - drawn.n};
    size_t at = 0;
    for (size_t i = 0; i < more.n; i++) { /* checkpoint by checkpoint: where the next line is none of its signatures */
        if (more.p[i] != '\n') continue;
        const sunlot_text rest = {more.p + i + 1, more.n - i - 1}, piece = {more.p + at, i + 1 - at};
        size_t last = piece.n - 1;
        while (last > 0 && piece.p[last - 1] != '\n') last--;
        const bool signed_ = sunlot_text_starts((sunlot_text){piece.p + last, piece.n - last}, SUNLOT_TEXT("signature,"));
        if (!signed_ || sunlot_text_starts(rest, SUNLOT_TEXT("signature,"))) continue;
        sunlot_buffer bad = {0};
        assert_true(sunlot_buffer_text(&bad, piece) && sunlot_buffer_string(&bad, "struck,2026-09-01,s"));
        assert_int_equal(sunlot_log_grow(log, made_view(&bad), &fault, i % 2 == 0 ? &made_crew : NULL), SUNLOT_ERR_LOG);
        sunlot_buffer_free(&bad);
        assert_int_equal(sunlot_log_grow(log, piece, &fault, i % 2 == 0 ? &made_crew : NULL), SUNLOT_OK);
        at = i + 1;
    }
    assert_int_equal(at, more.n);
    assert_int_equal(log->lines, full->lines);
    assert_int_equal(log->act_number, 2);
    assert_int_equal(log->history->entries, full->history->entries);
    assert_int_equal(log->history->lates, 1);
    const sunlot_seat grown = find(log, "31"), read = find(full, "31");
    assert_true(sunlot_text_equal(grown.class_name, read.class_name));
    check_seats(log, 11, 1);
    sunlot_log_free(log);
    sunlot_log_free(full);
    sunlot_buffer_free(&drawn);
    sunlot_buffer_free(&whole);
    assert_int_equal(sunlot_alloc_live(), 0);
}

/* ---- who signs, and what is answered ------------------------------------------------------------------------------------------------------------------------------ */

static void answers_after_acts(void **state)
{
    (void)state;
    static const struct {
        const char *acts;
        sunlot_answer answer, pinned;
    } cases[] = {
        {STRUCK AFTER("1"), SUNLOT_UNPINNED, SUNLOT_VALID},
        {STRUCK "@checkpoint after-1\n", SUNLOT_INCOMPLETE, SUNLOT_INCOMPLETE}, /* the quorum is still open */
        {STRUCK "@checkpoint after-1\n@cosign ann ann\n", SUNLOT_INCOMPLETE, SUNLOT_INCOMPLETE},
        {STRUCK "@checkpoint after-1\n@cosign ann ann\nstruck,2026-09-01,{s02},a,b\n" AFTER("2"), SUNLOT_FAULT_QUORUM, SUNLOT_FAULT_QUORUM},
        {STRUCK "@unsigned after-1\n", SUNLOT_FAULT_QUORUM, SUNLOT_FAULT_QUORUM},
        {STRUCK "@checkpoint after-1\n@cosign ann bob\n@cosign bob bob\n", SUNLOT_FAULT_SIGNATURE, SUNLOT_FAULT_SIGNATURE},
        {"by-hand,2026-09-01,2,teams,1 2 3\n" AFTER("1"), SUNLOT_BY_HAND, SUNLOT_BY_HAND},
        {"set-aside,2026-09-01,court,42\n" AFTER("1"), SUNLOT_SET_ASIDE, SUNLOT_SET_ASIDE},
        {"by-hand,2026-09-01,2,teams,1 2 3\n" AFTER("1") "set-aside,2026-09-01,court,42\n" AFTER("2"), SUNLOT_SET_ASIDE, SUNLOT_SET_ASIDE},
        {"set-aside,2026-09-01,court,42\n@checkpoint after-1\n", SUNLOT_SET_ASIDE, SUNLOT_SET_ASIDE},
        {SUPPLEMENT, SUNLOT_UNPINNED, SUNLOT_VALID}, /* needs no quorum at its end */
        /* ann gets another key: it does not count in this act, and the new one does from the next on */
        {"replaced,2026-09-01,ann,{@key ann new},own\n@checkpoint after-1\n@cosign ann ann\n@cosign bob bob\n", SUNLOT_INCOMPLETE, SUNLOT_INCOMPLETE},
        {"replaced,2026-09-01,ann,{@key ann new},own\n@checkpoint after-1\n@cosign bob bob\n@cosign cid cid\n", SUNLOT_UNPINNED, SUNLOT_VALID},
        {"replaced,2026-09-01,ann,{@key ann new},own\n@checkpoint after-1\n@cosign ann new\n@cosign bob bob\n@cosign cid cid\n", SUNLOT_FAULT_SIGNATURE,
         SUNLOT_FAULT_SIGNATURE},
        {"replaced,2026-09-01,ann,{@key ann new},own\n@checkpoint after-1\n@cosign bob bob\n@cosign cid cid\n" STRUCK
         "@checkpoint after-2\n@cosign ann new\n@cosign bob bob\n",
         SUNLOT_UNPINNED, SUNLOT_VALID},
        {"replaced,2026-09-01,ann,{@key ann new},own\n@checkpoint after-1\n@cosign bob bob\n@cosign cid cid\n" STRUCK AFTER("2"), SUNLOT_FAULT_SIGNATURE,
         SUNLOT_FAULT_SIGNATURE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sunlot_buffer bytes = made_acts(cases[i].acts);
        sunlot_pin pin = {.until = SUNLOT_PHASE_NONE};
        sunlot_verdict verdict = made_acts_verdict(&bytes, NULL);
        if (verdict.answer != cases[i].answer) print_message("case %zu: %s: %s\n", i, sunlot_answer_name(verdict.answer), verdict.fault.what);
        assert_int_equal(verdict.answer, cases[i].answer);
        sunlot_log *log;
        if (sunlot_log_read(&log, made_view(&bytes), &verdict.fault, NULL) == SUNLOT_OK) {
            pin.has_fingerprint = true;
            sunlot_log_fingerprint(log, pin.fingerprint);
            assert_int_equal(made_acts_verdict(&bytes, &pin).answer, cases[i].pinned);
            sunlot_log_free(log);
        }
        sunlot_buffer_free(&bytes);
    }
}

/* An earlier note is held against the keys of its time (SPEC 10.2): ann's first one signed act 1, her second one act 3. */
static void earlier_notes_by_each_key(void **state)
{
    (void)state;
    sunlot_buffer bytes = made_acts(STRUCK AFTER("1") "replaced,2026-09-01,ann,{@key ann new},own\n@checkpoint after-2\n@cosign bob bob\n@cosign cid cid\n"
                                                      "struck,2026-09-01,{s02},a,b\n@checkpoint after-3\n@cosign ann new\n@cosign bob bob\n");
    sunlot_log *log;
    sunlot_fault fault;
    if (sunlot_log_read(&log, made_view(&bytes), &fault, NULL) != SUNLOT_OK) fail_msg("%s", fault.what);
    uint32_t lines = 0;
    for (uint32_t i = 0; i < sunlot_log_checkpoints(log); i++) {
        sunlot_buffer note = {0};
        sunlot_since since;
        assert_int_equal(sunlot_note_file(&note, log, i), SUNLOT_OK);
        assert_int_equal(sunlot_log_since(&since, log, made_view(&note)), SUNLOT_OK);
        assert_int_equal(since.fault.answer, SUNLOT_VALID);
        lines += since.signatures;
        sunlot_buffer_free(&note);
    }
    assert_int_equal(lines, 6 + 6);
    sunlot_log_free(log);
    sunlot_buffer_free(&bytes);
}

/* ---- entries ---------------------------------------------------------------------------------------------------------------------------------------------------------- */

static void print_entry(void *user, const sunlot_entry *e)
{
    sunlot_buffer *out = user;
    const sunlot_text part[] = {sunlot_text_of(sunlot_entry_name(e->kind)), e->date, e->value, e->more, e->reason, e->authority};
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) assert_true(sunlot_buffer_text(out, part[i]) && sunlot_buffer_byte(out, i == 5 ? '\n' : '|'));
}

static void entries_are_listed(void **state)
{
    (void)state;
    sunlot_buffer bytes = made_acts(STRUCK AFTER("1") "set-aside,2026-09-02,\"the court, upper\",No. 7\n" AFTER("2") "late,2026-09-10,2,{s31},{h31},1\n"
                                                                                                                     "@checkpoint late-base-3\n"),
                  out = {0};
    sunlot_log *log = made_acts_read(&bytes);
    sunlot_log_entries(log, print_entry, &out);
    assert_true(sunlot_text_equal(made_view(&out), SUNLOT_TEXT("struck|2026-09-01|||moved away|the bureau\nset-aside|2026-09-02|||No. 7|the court, upper\n"
                                                               "late|2026-09-10|South|1||\n")));
    assert_int_equal(sunlot_log_late_stage(log), SUNLOT_LATE_ANNOUNCED);
    sunlot_buffer_free(&out);
    sunlot_log_free(log);
    sunlot_buffer_free(&bytes);
}

/* ---- the public edition ------------------------------------------------------------------------------------------------------------------------------------------ */

static void collect(void *user, const sunlot_seat *seat)
{
    sunlot_buffer *out = user;
    assert_true(sunlot_buffer_text(out, seat->pseudonym) && sunlot_buffer_byte(out, ' ') && sunlot_buffer_text(out, seat->class_name));
    assert_true(sunlot_buffer_string(out, seat->struck ? " struck" : "") && sunlot_buffer_string(out, seat->late ? " late\n" : "\n"));
}

/* Acts read without the students' lines leave everybody in the same classes; a line of the other edition does not fit. */
static void acts_of_a_public_edition(void **state)
{
    (void)state;
    static const made_edit auditors[] = {{"fact,rows,public\n", "fact,rows,auditors\n"}, {NULL, NULL}};
    static char text[1 << 14];
    strcpy(text, DRAWN STRUCK AFTER("1") "late,2026-09-10,1,{s31},{h31},1\nlate,2026-09-10,2,{s33},{h33},1\n@checkpoint late-base-2\n" DIGITS_2
                                         "@checkpoint late-digits-2\n@seats\n@checkpoint after-2\nby-hand,2026-09-20,2,numbers,3 1 2\n" AFTER(
                                             "3") "struck,2026-09-21,{s33},a,b\n" AFTER("4"));
    sunlot_buffer full = made_log(text, auditors), open = {0}, a = {0}, b = {0};
    assert_int_equal(sunlot_log_public(&open, made_view(&full)), SUNLOT_OK);
    sunlot_log *x = made_acts_read(&full), *y = made_acts_read(&open);
    assert_int_equal(sunlot_log_edition(y), SUNLOT_EDITION_PUBLIC);
    sunlot_log_seats(x, collect, &a);
    sunlot_log_seats(y, collect, &b);
    assert_true(sunlot_text_equal(made_view(&a), made_view(&b)));
    check_seats(y, 12, 2);
    assert_true(find(y, "33").struck && find(y, "01").struck && !find(y, "31").struck);
    const sunlot_verdict verdict = made_acts_verdict(&open, NULL);
    assert_int_equal(verdict.rows.struck, 2);
    assert_int_equal(verdict.rows.late, 2);
    assert_int_equal(verdict.fault.answer, SUNLOT_VALID);
    sunlot_log_free(x);
    sunlot_log_free(y);
    sunlot_buffer_free(&a);
    sunlot_buffer_free(&b);
    sunlot_buffer_free(&open);
    sunlot_buffer_free(&full);
    assert_int_equal(sunlot_alloc_live(), 0);
}

static int start_library(void **state)
{
    (void)state;
    return sunlot_init() == SUNLOT_OK ? 0 : -1;
}

/* test_acts [TEST]: all tests, or one alone (tests/mutants.sh). */
int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fault_is_found),       cmocka_unit_test(classes_in_the_end),       cmocka_unit_test(sections_in_the_end),
        cmocka_unit_test(supplements_are_recomputed), cmocka_unit_test(logs_grow_by_acts),        cmocka_unit_test(answers_after_acts),
        cmocka_unit_test(entries_are_listed),         cmocka_unit_test(acts_of_a_public_edition), cmocka_unit_test(earlier_notes_by_each_key),
    };
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    return cmocka_run_group_tests_name("acts", tests, start_library, NULL);
}
