/* The two editions of a log whose rows are for auditors (SPEC 5, 10): one tree, one set of checkpoints; what each lets be checked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "log/log.h"
#include "support/made_crew.h"
#include "support/made_log.h"

#define AUDITORS                                                                                                                                               \
    {                                                                                                                                                          \
        "fact,rows,public\n", "fact,rows,auditors\n"                                                                                                           \
    }

static const made_edit auditors[] = {AUDITORS, {NULL, NULL}};

static sunlot_buffer public_of(const sunlot_buffer *full)
{
    sunlot_buffer out = {0};
    assert_int_equal(sunlot_log_public(&out, made_view(full)), SUNLOT_OK);
    return out;
}

static sunlot_log *read_log(const sunlot_buffer *bytes, const sunlot_crew *crew)
{
    sunlot_log *log;
    sunlot_fault fault = {0};
    const sunlot_err err = crew == NULL ? sunlot_log_read(&log, made_view(bytes), &fault, NULL) : sunlot_log_read_pieces(&log, made_view(bytes), crew, 1);
    if (err != SUNLOT_OK) print_message("line %u: %s %s\n", (unsigned)fault.line, fault.what, fault.found);
    assert_int_equal(err, SUNLOT_OK);
    return log;
}

static uint32_t count_lines(sunlot_text bytes, sunlot_text beginning)
{
    uint32_t lines = 0;
    while (bytes.n > 0) {
        const sunlot_text line = sunlot_text_split(bytes, '\n', &bytes);
        lines += sunlot_text_starts(line, beginning);
    }
    return lines;
}

/* Both editions read, in one go and in pieces: same sizes, roots, seed; every checkpoint good in both. */
static void assert_one_tree(const sunlot_buffer *full)
{
    sunlot_buffer public_ = public_of(full), again = public_of(&public_);
    const sunlot_crew *const crews[] = {NULL, &made_crew};
    assert_int_equal(again.n, public_.n);
    assert_memory_equal(again.p, public_.p, again.n);
    for (size_t c = 0; c < 2; c++) {
        sunlot_log *a = read_log(full, crews[c]), *b = read_log(&public_, crews[c]);
        assert_int_equal(sunlot_log_edition(a), SUNLOT_EDITION_FULL);
        assert_int_equal(sunlot_log_edition(b), SUNLOT_EDITION_PUBLIC);
        assert_int_equal(a->phase, b->phase);
        assert_int_equal(a->lines, b->lines);
        const sunlot_digest root = sunlot_tree_root(&a->tree), other = sunlot_tree_root(&b->tree);
        assert_memory_equal(root.b, other.b, sizeof root.b);
        assert_int_equal(sunlot_log_checkpoints(a), sunlot_log_checkpoints(b));
        for (uint32_t i = 0; i < sunlot_log_checkpoints(a); i++) {
            sunlot_checkpoint_state x, y;
            assert_memory_equal(sunlot_checkpoint_at(a, i)->actual.b, sunlot_checkpoint_at(b, i)->actual.b, 32);
            assert_int_equal(sunlot_checkpoint_check(a, i, NULL, &x), SUNLOT_OK);
            assert_int_equal(sunlot_checkpoint_check(b, i, NULL, &y), SUNLOT_OK);
            assert_int_equal(x.good, y.good);
            assert_int_equal(y.signature.answer, SUNLOT_VALID);
        }
        if (a->phase >= SUNLOT_PHASE_DIGITS) {
            uint8_t seed[2][32];
            sunlot_log_seed(a, 1, seed[0]);
            sunlot_log_seed(b, 1, seed[1]);
            assert_memory_equal(seed[0], seed[1], 32);
        }
        sunlot_log_free(a);
        sunlot_log_free(b);
    }
    /* Nothing is left of a student's line but its leaf. */
    const uint32_t rows = count_lines(made_view(full), SUNLOT_TEXT("student,"));
    assert_int_equal(count_lines(made_view(&public_), SUNLOT_TEXT("student,")), 0);
    assert_int_equal(count_lines(made_view(&public_), SUNLOT_TEXT("leaf,")), rows);
    sunlot_text x = made_view(full), y = made_view(&public_);
    while (x.n > 0) {
        const sunlot_text line = sunlot_text_split(x, '\n', &x), other = sunlot_text_split(y, '\n', &y);
        const sunlot_digest leaf = sunlot_line_leaf(line), same = sunlot_line_leaf(other);
        assert_memory_equal(leaf.b, same.b, sizeof leaf.b);
        assert_true(sunlot_text_equal(line, other) || sunlot_text_starts(line, SUNLOT_TEXT("student,")));
    }
    sunlot_buffer_free(&public_);
    sunlot_buffer_free(&again);
}

static void every_phase_has_two_editions(void **state)
{
    (void)state;
    static const char *const texts[] = {MADE_ANNOUNCED, MADE_DIGITS, MADE_DRAWN};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        sunlot_buffer log = made_log(texts[i], auditors);
        assert_one_tree(&log);
        sunlot_buffer_free(&log);
    }
}

static void add(sunlot_buffer *text, const char *format, unsigned a, unsigned b, unsigned c)
{
    char line[200];
    (void)snprintf(line, sizeof line, format, a, b, c);
    assert_true(sunlot_buffer_string(text, line));
}

/* A small log: up to three schools, some with seats, some with locks, some with students who stay together. */
static sunlot_buffer random_log(sunlot_stream *s)
{
    sunlot_buffer text = {0};
    const unsigned schools = 1 + sunlot_stream_below(s, 3);
    assert_true(sunlot_buffer_string(&text, MADE_TITLE "@minisign\nfact,mix,1000\nfact,rows,auditors\nfact,tries,64\n" MADE_PARTY MADE_SOURCES
                                                       "rule,students,balance,sex,,\n"));
    for (unsigned i = 1; i <= schools; i++) {
        const unsigned classes = 2 + sunlot_stream_below(s, 3), students = 2 * classes + sunlot_stream_below(s, 12),
                       lock = sunlot_stream_below(s, 2 * students);
        const unsigned seats = sunlot_stream_below(s, 2) == 0 ? students : 0, pair = sunlot_stream_below(s, 3);
        add(&text, "school,%u,%c,%u,", i, 'A' + i, classes);
        add(&text, "%u,0\n", students, 0, 0);
        for (unsigned c = 1; c <= classes; c++) add(&text, seats > 0 ? "class,%u,%u\n" : "class,%u,\n", c, seats + sunlot_stream_below(s, 2), 0);
        if (lock < students) add(&text, "lock,{s%02u%02u},%u,order,b\n", i, lock, 1 + sunlot_stream_below(s, classes));
        for (unsigned j = 0; j < students; j++)
            add(&text, pair == 0 && lock >= students && j < 2 ? "student,{s%02u%02u},{h01},b1,,,1,%c\n" : "student,{s%02u%02u},{h01},,,,1,%c\n", i, j,
                sunlot_stream_below(s, 2) == 0 ? 'F' : 'M');
    }
    assert_true(sunlot_buffer_string(&text, "@checkpoint seed-base\n" MADE_ENTROPY "@checkpoint digits\n@results\n@checkpoint results\n") &&
                sunlot_buffer_byte(&text, 0));
    sunlot_buffer log = made_log(text.p, NULL);
    sunlot_buffer_free(&text);
    return log;
}

static void editions_of_random_logs(void **state)
{
    (void)state;
    sunlot_stream stream;
    static const uint8_t key[32] = {7};
    sunlot_stream_init(&stream, key);
    for (int i = 0; i < 60; i++) {
        sunlot_buffer log = random_log(&stream), public_ = public_of(&log);
        sunlot_fault fault;
        assert_one_tree(&log);
        assert_string_equal(sunlot_answer_name(made_answer(made_view(&log), NULL, NULL)), "unpinned");
        assert_string_equal(sunlot_answer_name(made_answer(made_view(&public_), NULL, &fault)), "incomplete");
        assert_int_equal(fault.answer, SUNLOT_VALID);
        sunlot_buffer_free(&log);
        sunlot_buffer_free(&public_);
    }
}

/* Lines put into a finished public edition: nothing is signed again. */
static void either_all_rows_or_none(void **state)
{
    (void)state;
    sunlot_buffer full = made_log(MADE_ANNOUNCED, auditors), public_ = public_of(&full), open = made_log(MADE_ANNOUNCED, NULL), none = {0};
    static const char leaf[] = "leaf,{h01}\n", row[] = "student,{s02},{h02},,,,1,F\n";
    const struct {
        const sunlot_buffer *log;
        const char *line, *to; /* the line that begins so becomes another */
        sunlot_answer answer;
    } cases[] = {
        {&full, "student,s01", leaf, SUNLOT_FAULT_ORDER},      {&full, "student,s02", leaf, SUNLOT_FAULT_ORDER},
        {&full, "student,s18", leaf, SUNLOT_FAULT_ORDER},      {&open, "student,s01", leaf, SUNLOT_FAULT_ORDER},
        {&open, "student,s18", leaf, SUNLOT_FAULT_ORDER},      {&public_, "leaf,", row, SUNLOT_FAULT_ORDER},
        {&public_, "leaf,", "", SUNLOT_FAULT_ORDER},           {&public_, "leaf,", "leaf,{h01},x\n", SUNLOT_FAULT_PARSE},
        {&public_, "leaf,", "leaf,h01\n", SUNLOT_FAULT_PARSE}, {&public_, "leaf,", "leaf,{x01}\n", SUNLOT_FAULT_PARSE},
        {&public_, "leaf,", leaf, SUNLOT_FAULT_SIGNATURE},     {&public_, "class,10,3", "leaf,{h01}\n", SUNLOT_FAULT_ORDER},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        /* `{` placeholders are made_log's: a log of one line, taken apart. */
        sunlot_buffer changed = {0}, line = made_log(cases[i].to, NULL);
        sunlot_text rest = made_view(cases[i].log);
        bool done = false;
        while (rest.n > 0) {
            const sunlot_text old = sunlot_text_split(rest, '\n', &rest);
            const bool here = !done && sunlot_text_starts(old, sunlot_text_of(cases[i].line));
            done = done || here;
            assert_true(here ? sunlot_buffer_text(&changed, made_view(&line)) : sunlot_buffer_text(&changed, old) && sunlot_buffer_byte(&changed, '\n'));
        }
        assert_true(done);
        sunlot_log *log;
        assert_string_equal(sunlot_answer_name(made_answer(made_view(&changed), NULL, NULL)), sunlot_answer_name(cases[i].answer));
        if (cases[i].answer != SUNLOT_FAULT_SIGNATURE) assert_int_equal(sunlot_log_read_pieces(&log, made_view(&changed), &made_crew, 1), SUNLOT_ERR_LOG);
        sunlot_buffer_free(&changed);
        sunlot_buffer_free(&line);
    }
    assert_int_equal(sunlot_log_public(&none, made_view(&open)), SUNLOT_ERR_EDITION);
    assert_int_equal(sunlot_log_public(&none, SUNLOT_TEXT("")), SUNLOT_ERR_EDITION);
    assert_int_equal(none.n, 0);
    sunlot_buffer_free(&full);
    sunlot_buffer_free(&public_);
    sunlot_buffer_free(&open);
}

/* What the lines of students say is not asked of a public edition; what does not need them is. */
static void what_is_asked_of_the_roster(void **state)
{
    (void)state;
    static const struct {
        made_edit edit;
        sunlot_answer full, public_;
    } cases[] = {
        {{"student,{s02},{h02},,,,1,F", "student,{s02},{h02},b1,,,1,F"}, SUNLOT_FAULT_ROSTER, SUNLOT_UNPINNED},
        {{"limit,a1,1", "limit,a1,2"}, SUNLOT_FAULT_ROSTER, SUNLOT_UNPINNED},
        {{"lock,{s11}", "lock,{s10}"}, SUNLOT_FAULT_ROSTER, SUNLOT_UNPINNED},
        {{"class,10,3", "class,10,1"}, SUNLOT_FAULT_ROSTER, SUNLOT_UNPINNED},
        {{"lock,{s11},\"A,1\"", "lock,{s11},A"}, SUNLOT_FAULT_ROSTER, SUNLOT_FAULT_ROSTER},
        {{"class,10,3", "class,10,"}, SUNLOT_FAULT_ROSTER, SUNLOT_FAULT_ROSTER},
        {{"reading,1,yes", "reading,2,yes"}, SUNLOT_FAULT_ROSTER, SUNLOT_FAULT_ROSTER},
        {{"balance,sex,,", "balance,sex,,West"}, SUNLOT_FAULT_PARSE, SUNLOT_FAULT_ROSTER},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const made_edit edits[] = {AUDITORS, cases[i].edit, {NULL, NULL}};
        const sunlot_pin pin = {.until = SUNLOT_PHASE_SEED_BASE};
        sunlot_buffer log = made_log(MADE_ANNOUNCED, edits), public_ = public_of(&log);
        if (cases[i].full != SUNLOT_FAULT_PARSE)
            assert_string_equal(sunlot_answer_name(made_answer(made_view(&log), &pin, NULL)), sunlot_answer_name(cases[i].full));
        assert_string_equal(sunlot_answer_name(made_answer(made_view(&public_), &pin, NULL)), sunlot_answer_name(cases[i].public_));
        sunlot_buffer_free(&log);
        sunlot_buffer_free(&public_);
    }
}

/* ---- results --------------------------------------------------------------------------------------------------------------------------------- */

/* Of the results a public edition has the seats.  Each change is signed as if it had been so from the start. */
static void what_is_asked_of_the_results(void **state)
{
    (void)state;
#define TINY(seats)                                                                                                                                            \
    MADE_TITLE "@minisign\nfact,mix,1000\nfact,rows,auditors\nfact,tries,64\n" MADE_PARTY MADE_SOURCES "rule,students,balance,sex,,\n"                         \
               "school,1,A,2,4,0\nclass,1,\nclass,2,\n" seats "student,{s01},{h01},,,,1,F\nstudent,{s02},{h02},,,,1,M\n"                                       \
               "student,{s03},{h03},,,,1,F\nstudent,{s04},{h04},,,,1,M\n@checkpoint seed-base\n" MADE_ENTROPY "@checkpoint digits\n@results\n"                 \
               "@checkpoint results\n"
    static const char plain[] = TINY(""), locked[] = TINY("lock,{s03},2,order,b\n");
    sunlot_buffer drawn = made_log(plain, NULL), with_lock = made_log(locked, NULL);
    for (int which = 0; which < 2; which++) {
        const sunlot_buffer *log = which == 0 ? &drawn : &with_lock;
        sunlot_buffer public_ = public_of(log);
        assert_string_equal(sunlot_answer_name(made_answer(made_view(&public_), NULL, NULL)), "incomplete");
        sunlot_buffer_free(&public_);
    }

    /* The four seats as they are, so that the changes can be put in words: `{s01}` … with group and class. */
    sunlot_log *read = read_log(&drawn, NULL);
    sunlot_seat seat[4];
    static const char *const id[] = {"01", "02", "03", "04"};
    for (int i = 0; i < 4; i++) {
        char name[33];
        (void)snprintf(name, sizeof name, "%s000000000000000000000000000000", id[i]);
        assert_true(sunlot_log_find(read, sunlot_text_of(name), &seat[i]));
    }
    const uint64_t first = read->result[0].first_line;
    char from[4][160], to[160];
    for (int i = 0; i < 4; i++)
        (void)snprintf(from[i], sizeof from[i], "seat,{s%s},%u,%.*s,%.*s,live\n", id[i], (unsigned)seat[i].start, (int)seat[i].group.n, seat[i].group.p,
                       (int)seat[i].class_name.n, seat[i].class_name.p);
    static const char *const what[] = {"another class",  "class and group", "no seat",
                                       "no such class",  "no such group",   "twice",
                                       "another school", "a new seat",      "a number of the other group"};
    for (int change = 0; change < 9; change++) {
        const bool one = sunlot_text_equal(seat[1].class_name, SUNLOT_TEXT("1")), g1 = sunlot_text_equal(seat[1].group, SUNLOT_TEXT("G1"));
        const char *group = g1 ? "G1" : "G2", *class_ = one ? "1" : "2", *other = one ? "2" : "1", *other_group = g1 ? "G2" : "G1";
        made_edit edits[2] = {{from[1], to}, {NULL, NULL}};
        uint64_t line = first + 2;
        const unsigned start = (unsigned)seat[1].start;
        switch (change) {
        case 0:
            (void)snprintf(to, sizeof to, "seat,{s02},%u,%s,%s,live\n", start, group, other);
            break;
        case 1: /* both wrong, but they fit: only a recomputation would find it */
            (void)snprintf(to, sizeof to, "seat,{s02},%u,%s,%s,live\n", start, other_group, other);
            line = 0;
            break;
        case 2:
            to[0] = 0;
            line = first + 4;
            break;
        case 3:
            (void)snprintf(to, sizeof to, "seat,{s02},%u,%s,3,live\n", start, group);
            break;
        case 4:
            (void)snprintf(to, sizeof to, "seat,{s02},%u,G3,%s,live\n", start, class_);
            break;
        case 5:
            (void)snprintf(to, sizeof to, "seat,{s02},%u,%s,%s,live\nseat,{s02},%u,%s,%s,live\n", start, group, class_, start, group, class_);
            line = first + 3;
            break;
        case 6:
            edits[0].from = "placed,1,";
            (void)snprintf(to, sizeof to, "placed,2,");
            line = first;
            break;
        case 7:
            edits[0].from = from[3];
            (void)snprintf(to, sizeof to, "%.100sseat,{s05},%u,%s,%s,live\n", from[3], start, group, class_);
            line = first + 5;
            break;
        default:
            (void)snprintf(to, sizeof to, "seat,{s02},%u,%s,%s,live\n", start, other_group, class_);
        }
        sunlot_buffer log = made_log(plain, edits), public_ = public_of(&log);
        sunlot_fault fault;
        const char *answer = sunlot_answer_name(made_answer(made_view(&public_), NULL, &fault));
        if (strcmp(answer, line > 0 ? "mismatch" : "incomplete") != 0 || fault.line != line) print_message("%s: line %u\n", what[change], (unsigned)fault.line);
        assert_string_equal(answer, line > 0 ? "mismatch" : "incomplete");
        assert_int_equal(fault.line, line);
        assert_string_equal(sunlot_answer_name(made_answer(made_view(&log), NULL, NULL)), "mismatch");
        sunlot_buffer_free(&log);
        sunlot_buffer_free(&public_);
    }
    sunlot_log_free(read);
    sunlot_buffer_free(&drawn);
    sunlot_buffer_free(&with_lock);
}

/* Class numbers are recomputed where all classes are alike: all groups exchanged is found; and a lock is. */
static void numbers_and_locks_are_checked(void **state)
{
    (void)state;
    static const char plain[] = TINY(""), locked[] = TINY("lock,{s03},2,order,b\n");
    for (int which = 0; which < 2; which++) {
        sunlot_buffer log = made_log(which == 0 ? plain : locked, NULL), changed = {0}, text = {0};
        sunlot_text rest = made_view(&log);
        sunlot_log *read = read_log(&log, NULL);
        const uint64_t first = read->result[0].first_line, end = read->checkpoint[SUNLOT_PHASE_RESULTS - 1].line;
        sunlot_log_free(read);
        const char *const head = which == 0 ? plain : locked;
        assert_true(sunlot_buffer_add(&text, head, (size_t)(strstr(head, "@results\n") - head)));
        for (uint64_t number = 1; number < end; number++) {
            const sunlot_text line = sunlot_text_split(rest, '\n', &rest);
            if (number < first) continue;
            assert_true(sunlot_buffer_text(&text, line) && sunlot_buffer_byte(&text, '\n'));
            if (!sunlot_text_starts(line, SUNLOT_TEXT("seat,"))) continue;
            char *class_ = text.p + text.n - sizeof "1,live";
            *class_ = *class_ == '1' ? '2' : '1';
        }
        assert_true(sunlot_buffer_string(&text, "@checkpoint results\n") && sunlot_buffer_byte(&text, 0));
        sunlot_buffer_free(&log);
        log = made_log(text.p, NULL);
        changed = public_of(&log);
        sunlot_fault fault;
        assert_string_equal(sunlot_answer_name(made_answer(made_view(&changed), NULL, &fault)), "mismatch");
        assert_int_equal(fault.line, which == 0 ? first + 1 : first + 3);
        sunlot_buffer_free(&log);
        sunlot_buffer_free(&changed);
        sunlot_buffer_free(&text);
    }
}

/* ---- what a public edition shows ---------------------------------------------------------------------------------------------------------- */

typedef struct {
    uint32_t seats;
    sunlot_seat last;
} seat_count;

static void count_seat(void *user, const sunlot_seat *seat)
{
    seat_count *count = user;
    count->seats++;
    count->last = *seat;
}

static void what_is_shown(void **state)
{
    (void)state;
    sunlot_buffer full = made_log(MADE_DRAWN, auditors), public_ = public_of(&full), announced = made_log(MADE_ANNOUNCED, auditors),
                  early = public_of(&announced);
    sunlot_log *a = read_log(&full, NULL), *b = read_log(&public_, NULL), *c = read_log(&early, NULL);
    seat_count count = {0};
    sunlot_log_seats(b, count_seat, &count);
    assert_int_equal(count.seats, 12);
    assert_true(sunlot_text_starts(count.last.pseudonym, SUNLOT_TEXT("s18")));
    count.seats = 0;
    sunlot_log_seats(c, count_seat, &count);
    assert_int_equal(count.seats, 0);

    static const char *const id[] = {"s11", "s03"};
    for (int i = 0; i < 2; i++) {
        char name[34];
        sunlot_seat x, y;
        (void)snprintf(name, sizeof name, "%s000000000000000000000000000000", id[i]);
        assert_true(sunlot_log_find(a, sunlot_text_of(name), &x));
        assert_true(sunlot_log_find(b, sunlot_text_of(name), &y));
        assert_false(sunlot_log_find(c, sunlot_text_of(name), &y));
        assert_true(sunlot_text_equal(x.class_name, y.class_name) && sunlot_text_equal(x.group, y.group) && sunlot_text_equal(x.pseudonym, y.pseudonym));
        assert_true(sunlot_text_equal(x.lock_reason, y.lock_reason) && (x.lock_reason.n > 0) == (i == 0));
        assert_int_equal(x.roster_line, y.roster_line);
        assert_int_equal(x.seat_line, y.seat_line);
        assert_int_equal(x.start, y.start);
    }
    sunlot_school_info info;
    sunlot_roster_school(sunlot_log_roster(b), 1, &info);
    assert_int_equal(info.students, 8);
    assert_int_equal(info.locked, 1);
    assert_int_equal(info.tokens, 0);
    assert_int_equal(sunlot_roster_left(sunlot_log_roster(b), 1, 0), 2);
    sunlot_buffer lines = {0};
    sunlot_outcome outcome;
    static sunlot_odds odds;
    assert_int_equal(sunlot_replay_school(&lines, b, 0, &outcome), SUNLOT_ERR_EDITION);
    assert_int_equal(sunlot_log_odds(&odds, b, 1, SUNLOT_TEXT("")), SUNLOT_ERR_EDITION);
    sunlot_log_free(a);
    sunlot_log_free(b);
    sunlot_log_free(c);
    sunlot_buffer_free(&full);
    sunlot_buffer_free(&public_);
    sunlot_buffer_free(&announced);
    sunlot_buffer_free(&early);
}

/* ---- who attests ---------------------------------------------------------------------------------------------------------------------------- */

#define ID "sunlot/v1/live/Example/2026/G7/placement/1"

/* A party with a key of its own, one whose key was made on the host's device. */
static const char *const who[] = {"notary", "office"};

static sunlot_signer key_of(int party)
{
    sunlot_signer signer;
    const sunlot_digest seed = {{(uint8_t)(1 + party)}};
    sunlot_signer_init(&signer, &seed);
    return signer;
}

static sunlot_buffer two_parties(const char *end)
{
    sunlot_buffer text = {0};
    assert_true(sunlot_buffer_string(&text, MADE_TITLE "@minisign\nfact,mix,1000\nfact,rows,auditors\nfact,tries,64\n@party\n"));
    for (int i = 0; i < 2; i++) {
        sunlot_signer signer = key_of(i);
        assert_true(sunlot_buffer_string(&text, i == 0 ? "party,notary,notary," : "party,office,school office,"));
        assert_int_equal(sunlot_party_vkey(&text, SUNLOT_TEXT(ID), sunlot_text_of(who[i]), signer.public_), SUNLOT_OK);
        assert_true(sunlot_buffer_string(&text, i == 0 ? ",own,-\n" : ",host,-\n"));
    }
    assert_true(sunlot_buffer_string(&text, "quorum,seed-base,host\nquorum,digits,host\nquorum,after,host\n" MADE_SOURCES "rule,students,balance,sex,,\n"
                                            "school,1,A,2,4,0\nclass,1,\nclass,2,\nstudent,{s01},{h01},,,,1,F\nstudent,{s02},{h02},,,,1,M\n"
                                            "student,{s03},{h03},,,,1,F\nstudent,{s04},{h04},,,,1,M\n") &&
                sunlot_buffer_string(&text, end) && sunlot_buffer_byte(&text, 0));
    sunlot_buffer log = made_log(text.p, NULL);
    sunlot_buffer_free(&text);
    return log;
}

/* The note file of the last checkpoint with a party's signature. */
static sunlot_buffer note_by(const sunlot_buffer *log, int party)
{
    sunlot_buffer text = {0}, line = {0}, note = {0}, name = {0};
    sunlot_log *read = read_log(log, NULL);
    sunlot_signer signer = key_of(party);
    const uint32_t last = sunlot_log_checkpoints(read) - 1;
    assert_true(sunlot_buffer_string(&name, ID "/") && sunlot_buffer_string(&name, who[party]));
    assert_int_equal(sunlot_note_text(&text, read, last), SUNLOT_OK);
    assert_int_equal(sunlot_cosign(&line, made_view(&text), made_view(&name), signer.secret, 1), SUNLOT_OK);
    assert_int_equal(sunlot_note_join(&note, NULL, read, last, made_view(&line)), SUNLOT_OK);
    sunlot_log_free(read);
    sunlot_buffer_free(&text);
    sunlot_buffer_free(&line);
    sunlot_buffer_free(&name);
    return note;
}

static sunlot_verdict verdict_of(const sunlot_buffer *log, const sunlot_text *note, uint32_t notes, sunlot_phase until)
{
    sunlot_verifier *v;
    sunlot_verdict verdict;
    const sunlot_pin pin = {.note = note, .notes = notes, .until = until};
    assert_int_equal(sunlot_verifier_new(&v, made_view(log), &pin, NULL), SUNLOT_OK);
    for (uint32_t i = 0; i < sunlot_verifier_schools(v); i++) assert_int_equal(sunlot_verifier_school(v, i), SUNLOT_OK);
    sunlot_verifier_verdict(v, &verdict);
    sunlot_verifier_free(v);
    return verdict;
}

static void who_attests(void **state)
{
    (void)state;
    sunlot_buffer full = two_parties("@checkpoint seed-base\n" MADE_ENTROPY "@checkpoint digits\n@results\n@checkpoint results\n"), public_ = public_of(&full);
    sunlot_buffer by[2] = {note_by(&full, 0), note_by(&public_, 1)}; /* from either edition: it is one checkpoint */
    const sunlot_text notes[2] = {made_view(&by[0]), made_view(&by[1])};

    sunlot_verdict v = verdict_of(&public_, NULL, 0, SUNLOT_PHASE_NONE);
    assert_int_equal(v.answer, SUNLOT_INCOMPLETE);
    assert_int_equal(v.check[SUNLOT_CHECK_REPLAY], SUNLOT_CHECK_NOT_REACHED);
    assert_int_equal(v.check[SUNLOT_CHECK_RULES], SUNLOT_CHECK_NOT_REACHED);
    v = verdict_of(&public_, notes + 1, 1, SUNLOT_PHASE_NONE); /* who depends on the host does not attest */
    assert_int_equal(v.answer, SUNLOT_INCOMPLETE);
    assert_int_equal(v.attesters, 0);
    for (uint32_t n = 1; n <= 2; n++) {
        v = verdict_of(&public_, notes, n, SUNLOT_PHASE_NONE);
        assert_int_equal(v.answer, SUNLOT_UNPINNED);
        assert_int_equal(v.attesters, 1 << 1);
        assert_int_equal(v.check[SUNLOT_CHECK_REPLAY], SUNLOT_CHECK_ATTESTED);
        assert_int_equal(v.check[SUNLOT_CHECK_RULES], SUNLOT_CHECK_ATTESTED);
    }
    v = verdict_of(&full, notes, 2, SUNLOT_PHASE_NONE);
    assert_int_equal(v.answer, SUNLOT_UNPINNED);
    assert_int_equal(v.attesters, 0);
    assert_int_equal(v.check[SUNLOT_CHECK_REPLAY], SUNLOT_CHECK_OK);

    /* In the log itself; and in both editions. */
    sunlot_buffer lines = {0}, longer = {0};
    sunlot_log *read = read_log(&full, NULL);
    assert_int_equal(sunlot_log_note_lines(&lines, read, notes[0]), SUNLOT_OK);
    assert_int_equal(sunlot_log_whole(&longer, read, made_view(&lines)), SUNLOT_OK);
    sunlot_log_free(read);
    assert_one_tree(&longer);
    sunlot_buffer both = public_of(&longer);
    v = verdict_of(&both, NULL, 0, SUNLOT_PHASE_NONE);
    assert_int_equal(v.answer, SUNLOT_UNPINNED);
    assert_int_equal(v.attesters, 1 << 1);

    /* A signature of the digits attests nothing. */
    sunlot_buffer thrown = two_parties("@checkpoint seed-base\n" MADE_ENTROPY "@checkpoint digits\n"), early = note_by(&thrown, 0);
    const sunlot_text early_note = made_view(&early);
    v = verdict_of(&public_, &early_note, 1, SUNLOT_PHASE_NONE);
    assert_int_equal(v.answer, SUNLOT_INCOMPLETE);
    /* Before there are results there is nothing to attest. */
    sunlot_buffer closed = public_of(&thrown);
    v = verdict_of(&closed, NULL, 0, SUNLOT_PHASE_DIGITS);
    assert_int_equal(v.answer, SUNLOT_UNPINNED);
    sunlot_buffer *const all[] = {&full, &public_, &by[0], &by[1], &lines, &longer, &both, &thrown, &early, &closed};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) sunlot_buffer_free(all[i]);
}

static void memory_can_run_out(void **state)
{
    (void)state;
    sunlot_buffer full = made_log(MADE_DRAWN, auditors), public_ = public_of(&full);
    const sunlot_pin pin = {.until = SUNLOT_PHASE_NONE};
    const uint64_t before = sunlot_alloc_live();
    uint64_t after = 0;
    sunlot_err err;
    do {
        sunlot_verifier *v = NULL;
        sunlot_buffer out = {0};
        sunlot_alloc_refuse(++after, true);
        err = sunlot_log_public(&out, made_view(&full));
        if (err == SUNLOT_OK) err = sunlot_verifier_new(&v, made_view(&public_), &pin, NULL);
        for (uint32_t i = 0; err == SUNLOT_OK && i < sunlot_verifier_schools(v); i++) err = sunlot_verifier_school(v, i);
        sunlot_alloc_refuse(0, false);
        if (err != SUNLOT_OK) assert_int_equal(err, SUNLOT_ERR_MEMORY);
        sunlot_verifier_free(v);
        sunlot_buffer_free(&out);
        assert_int_equal(sunlot_alloc_live(), before);
    } while (err != SUNLOT_OK);
    assert_true(after > 10);
    sunlot_buffer_free(&full);
    sunlot_buffer_free(&public_);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_phase_has_two_editions),
        cmocka_unit_test(editions_of_random_logs),
        cmocka_unit_test(either_all_rows_or_none),
        cmocka_unit_test(what_is_asked_of_the_roster),
        cmocka_unit_test(what_is_asked_of_the_results),
        cmocka_unit_test(numbers_and_locks_are_checked),
        cmocka_unit_test(what_is_shown),
        cmocka_unit_test(who_attests),
        cmocka_unit_test(memory_can_run_out),
    };
    return sunlot_init() == SUNLOT_OK ? cmocka_run_group_tests_name("edition", tests, NULL, NULL) : 1;
}
