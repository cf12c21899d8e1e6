/* The ceremony of several parties: each step by the library's own functions, notes that collect signatures, and what the verifier makes of them
 * (SPEC 5.3, 6, 10). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/alloc.h"
#include "log/log.h"
#include "support/made_log.h"

#define LISTED                                                                                                                                                 \
    MADE_TITLE MADE_FACTS                                                                                                                                      \
        "@party\n@member a Notary own sealed\n@member b Parents host -\n@member c Parents own sealed\n"                                                        \
        "group,outside,2,a;b;c\ngroup,parents,1,b;c\nquorum,seed-base,outside\nquorum,digits,parents\nquorum,after,outside\n" MADE_SOURCES MADE_RULES          \
            MADE_SCHOOLS "@checkpoint list\n"
#define TIME 1786000000u

static const sunlot_text no_note = {NULL, 0};
static const sunlot_text digits[] = {{"3141-5926-5358-9793-2384-6264-3383-27", 37}, {"1234-5612-3456-12", 17}};

/* A log that grows, and all its bytes. */
typedef struct {
    sunlot_buffer first, steps[8];
    uint32_t grown;
    sunlot_log *log;
} ceremony;

static void begin(ceremony *c, const char *text)
{
    memset(c, 0, sizeof *c);
    sunlot_fault fault;
    c->first = made_log(text, NULL);
    assert_int_equal(sunlot_log_read(&c->log, made_view(&c->first), &fault, NULL), SUNLOT_OK);
}

/* The lines of a step have been appended to the next buffer. */
static sunlot_buffer *next(ceremony *c) { return &c->steps[c->grown]; }

static void grow(ceremony *c)
{
    sunlot_fault fault = {0};
    const sunlot_err err = sunlot_log_grow(c->log, made_view(next(c)), &fault, NULL);
    if (err != SUNLOT_OK) print_message("line %u: %s\n", (unsigned)fault.line, fault.what);
    assert_int_equal(err, SUNLOT_OK);
    c->grown++;
}

static sunlot_buffer whole(const ceremony *c)
{
    sunlot_buffer all = {0};
    assert_true(sunlot_buffer_text(&all, made_view(&c->first)));
    for (uint32_t i = 0; i < c->grown; i++) assert_true(sunlot_buffer_text(&all, made_view(&c->steps[i])));
    return all;
}

static void finish(ceremony *c)
{
    sunlot_log_free(c->log);
    sunlot_buffer_free(&c->first);
    for (uint32_t i = 0; i < c->grown; i++) sunlot_buffer_free(&c->steps[i]);
}

static uint32_t last(const ceremony *c) { return sunlot_log_checkpoints(c->log) - 1; }

static void key_of(const ceremony *c, const char *id, sunlot_party *party)
{
    uint32_t at;
    assert_true(sunlot_log_party_find(c->log, sunlot_text_of(id), &at));
    sunlot_log_party(c->log, at, party);
}

/* Join the signatures of parties, named by one letter each, to a note file of the last checkpoint. */
static void collect(sunlot_buffer *note, const ceremony *c, const char *ids)
{
    for (; *ids != 0; ids++) {
        const char id[2] = {*ids, 0};
        sunlot_buffer text = {0}, line = {0}, joined = {0};
        sunlot_party party;
        uint8_t secret[64];
        uint32_t added;
        key_of(c, id, &party);
        made_secret(secret, id);
        assert_int_equal(sunlot_note_text(&text, c->log, last(c)), SUNLOT_OK);
        assert_int_equal(sunlot_cosign(&line, made_view(&text), party.key_name, secret, TIME), SUNLOT_OK);
        if (note->n > 0) { /* the file that there is, and the line that came */
            assert_true(sunlot_buffer_text(note, made_view(&line)));
            sunlot_buffer_free(&line);
            assert_true(sunlot_buffer_text(&line, made_view(note)));
        }
        assert_int_equal(sunlot_note_join(&joined, &added, c->log, last(c), made_view(&line)), SUNLOT_OK);
        assert_true(added != 0);
        sunlot_buffer_free(note);
        *note = joined;
        sunlot_buffer_free(&text);
        sunlot_buffer_free(&line);
    }
}

static void commit_of(sunlot_buffer *record, const ceremony *c, const char *id)
{
    uint8_t secret[64], contribution[32];
    uint32_t party;
    made_secret(secret, id);
    made_contribution(contribution, id);
    assert_true(sunlot_log_party_find(c->log, sunlot_text_of(id), &party));
    assert_int_equal(sunlot_commit_make(record, c->log, party, contribution, secret), SUNLOT_OK);
    assert_int_equal(sunlot_commit_check(c->log, party, made_view(record)), SUNLOT_OK);
}

static void reveal_of(sunlot_buffer *record, const ceremony *c, const char *id)
{
    uint8_t contribution[32];
    uint32_t party;
    made_contribution(contribution, id);
    assert_true(sunlot_log_party_find(c->log, sunlot_text_of(id), &party));
    assert_int_equal(sunlot_reveal_make(record, c->log, party, contribution), SUNLOT_OK);
    assert_int_equal(sunlot_reveal_check(c->log, party, made_view(record)), SUNLOT_OK);
}

/* Up to the seed base: a commits and reveals, c commits and does not. */
static void to_seed_base(ceremony *c)
{
    sunlot_buffer a = {0}, other = {0}, reveal = {0};
    begin(c, LISTED);
    assert_int_equal(sunlot_log_next(c->log), SUNLOT_PHASE_COMMITS);
    commit_of(&a, c, "a");
    commit_of(&other, c, "c");
    const sunlot_text commits[] = {made_view(&a), made_view(&other)};
    assert_int_equal(sunlot_log_commit_lines(next(c), c->log, no_note, commits, &made_master), SUNLOT_OK);
    grow(c);
    reveal_of(&reveal, c, "a");
    const sunlot_text reveals[] = {made_view(&reveal), {NULL, 0}};
    assert_int_equal(sunlot_log_reveal_lines(next(c), c->log, no_note, reveals, &made_master), SUNLOT_OK);
    grow(c);
    assert_int_equal(sunlot_log_phase(c->log), SUNLOT_PHASE_SEED_BASE);
    sunlot_buffer_free(&a);
    sunlot_buffer_free(&other);
    sunlot_buffer_free(&reveal);
}

static void add_results(ceremony *c, sunlot_text note)
{
    sunlot_buffer results[2] = {{0}};
    for (uint32_t i = 0; i < 2; i++) {
        sunlot_outcome outcome;
        assert_int_equal(sunlot_replay_school(&results[i], c->log, i, &outcome), SUNLOT_OK);
    }
    assert_int_equal(sunlot_log_result_lines(next(c), c->log, note, results, &made_master, NULL), SUNLOT_OK);
    grow(c);
    sunlot_buffer_free(&results[0]);
    sunlot_buffer_free(&results[1]);
}

/* ---- the whole way --------------------------------------------------------------------------------------------------------------- */

static void the_steps_make_a_log(void **state)
{
    (void)state;
    ceremony c;
    sunlot_buffer note = {0}, digits_note = {0}, results_note = {0};
    to_seed_base(&c);

    /* The quorum of the seed base stands before the first digit. */
    assert_int_equal(sunlot_log_entropy_lines(next(&c), c.log, no_note, digits, NULL, &made_master), SUNLOT_ERR_QUORUM);
    collect(&note, &c, "c");
    assert_int_equal(sunlot_log_entropy_lines(next(&c), c.log, made_view(&note), digits, NULL, &made_master), SUNLOT_ERR_QUORUM);
    assert_int_equal(next(&c)->n, 0);
    collect(&note, &c, "a");
    assert_int_equal(sunlot_log_entropy_lines(next(&c), c.log, made_view(&note), digits, NULL, &made_master), SUNLOT_OK);
    grow(&c);
    assert_int_equal(sunlot_log_phase(c.log), SUNLOT_PHASE_DIGITS);

    /* And that of the digits before the results. */
    sunlot_buffer results[2] = {{0}};
    assert_int_equal(sunlot_log_result_lines(next(&c), c.log, no_note, results, &made_master, NULL), SUNLOT_ERR_QUORUM);
    assert_int_equal(sunlot_log_result_lines(next(&c), c.log, made_view(&note), results, &made_master, NULL), SUNLOT_ERR_SIGNATURE); /* of another checkpoint */
    collect(&digits_note, &c, "b");
    add_results(&c, made_view(&digits_note));
    collect(&results_note, &c, "ba");

    /* What stands there is sound, and read anew it is the same; the note beside the last checkpoint counts. */
    sunlot_buffer all = whole(&c);
    sunlot_verifier *v;
    sunlot_verdict verdict;
    const sunlot_text notes[] = {made_view(&results_note), made_view(&note)};
    const sunlot_pin pin = {.note = notes, .notes = 2};
    assert_string_equal(sunlot_answer_name(made_answer(made_view(&all), NULL, NULL)), "unpinned");
    assert_int_equal(sunlot_verifier_new(&v, made_view(&all), &pin, NULL), SUNLOT_OK);
    for (uint32_t i = 0; i < 2; i++) assert_int_equal(sunlot_verifier_school(v, i), SUNLOT_OK);
    sunlot_verifier_verdict(v, &verdict);
    assert_int_equal(verdict.answer, SUNLOT_UNPINNED);
    assert_int_equal(verdict.independent, 2); /* a and c; b's key is of the host's making */
    assert_int_equal(verdict.signatures, 5 + 2 + 1 + 2);
    assert_false(verdict.open || verdict.withdrawn);
    sunlot_checkpoint_info info;
    assert_int_equal(sunlot_log_checkpoint(sunlot_verifier_log(v), 4, &info), SUNLOT_OK);
    assert_string_equal(info.name, "results");
    assert_int_equal(info.signed_by, 7);
    sunlot_verifier_free(v);

    /* Signatures that come later are entered as they are. */
    sunlot_buffer lines = {0};
    assert_int_equal(sunlot_log_note_lines(&lines, c.log, made_view(&results_note)), SUNLOT_OK);
    sunlot_buffer_free(next(&c));
    *next(&c) = lines;
    grow(&c);
    sunlot_buffer longer = whole(&c);
    assert_string_equal(sunlot_answer_name(made_answer(made_view(&longer), NULL, NULL)), "unpinned");
    assert_true(longer.n > all.n);

    sunlot_buffer_free(&all);
    sunlot_buffer_free(&longer);
    sunlot_buffer_free(&note);
    sunlot_buffer_free(&digits_note);
    sunlot_buffer_free(&results_note);
    finish(&c);
}

static void wrong_steps_are_refused(void **state)
{
    (void)state;
    ceremony c;
    sunlot_buffer a = {0}, other = {0}, *lines;
    uint8_t secret[64], contribution[32];
    sunlot_master stranger = made_master;
    stranger.b[0] ^= 1;
    begin(&c, LISTED);
    lines = next(&c);
    made_secret(secret, "a");
    made_contribution(contribution, "a");
    assert_int_equal(sunlot_commit_make(&a, c.log, 2, contribution, secret), SUNLOT_ERR_PHASE); /* b is not sealed */
    assert_int_equal(sunlot_commit_make(&a, c.log, 3, contribution, secret), SUNLOT_ERR_KEY);
    assert_int_equal(sunlot_reveal_make(&a, c.log, 1, contribution), SUNLOT_ERR_PHASE);
    commit_of(&a, &c, "a");
    commit_of(&other, &c, "c");
    const sunlot_text good[] = {made_view(&a), made_view(&other)}, swapped[] = {good[1], good[0]}, nobody[] = {{NULL, 0}, {NULL, 0}};
    assert_int_equal(sunlot_log_commit_lines(lines, c.log, no_note, swapped, &made_master), SUNLOT_ERR_SIGNATURE);
    assert_int_equal(sunlot_log_commit_lines(lines, c.log, no_note, good, &stranger), SUNLOT_ERR_KEY);
    assert_int_equal(sunlot_log_reveal_lines(lines, c.log, no_note, nobody, &made_master), SUNLOT_ERR_PHASE);
    assert_int_equal(sunlot_log_entropy_lines(lines, c.log, no_note, digits, NULL, &made_master), SUNLOT_ERR_PHASE);
    assert_int_equal(sunlot_log_withdraw_lines(lines, c.log, no_note, SUNLOT_TEXT("1.8.2026"), SUNLOT_TEXT("x"), &made_master), SUNLOT_ERR_INPUT);
    assert_int_equal(sunlot_log_withdraw_lines(lines, c.log, no_note, SUNLOT_TEXT("2026-08-01"), SUNLOT_TEXT(""), &made_master), SUNLOT_ERR_INPUT);
    assert_int_equal(lines->n, 0);
    sunlot_buffer broken = {0};
    assert_true(sunlot_buffer_text(&broken, good[0]));
    broken.p[12] = broken.p[12] == '1' ? '2' : '1';
    assert_int_equal(sunlot_commit_check(c.log, 1, made_view(&broken)), SUNLOT_ERR_SIGNATURE);
    assert_int_equal(sunlot_commit_check(c.log, 3, good[0]), SUNLOT_ERR_SIGNATURE);
    assert_int_equal(sunlot_commit_check(c.log, 1, SUNLOT_TEXT("missing,a\n")), SUNLOT_ERR_SIGNATURE);
    assert_int_equal(sunlot_log_commit_lines(lines, c.log, no_note, good, &made_master), SUNLOT_OK);
    grow(&c);

    lines = next(&c);
    sunlot_buffer reveal = {0};
    made_contribution(contribution, "c");
    assert_int_equal(sunlot_reveal_make(&reveal, c.log, 1, contribution), SUNLOT_ERR_KEY);
    reveal_of(&reveal, &c, "c");
    const sunlot_text wrong[] = {made_view(&reveal), {NULL, 0}};
    assert_int_equal(sunlot_log_reveal_lines(lines, c.log, no_note, wrong, &made_master), SUNLOT_ERR_SIGNATURE);
    assert_int_equal(sunlot_log_commit_lines(lines, c.log, no_note, good, &made_master), SUNLOT_ERR_PHASE);
    assert_int_equal(lines->n, 0);
    assert_int_equal(sunlot_log_withdraw_lines(lines, c.log, no_note, SUNLOT_TEXT("2026-08-01"), SUNLOT_TEXT("no dice, \"none\""), &made_master), SUNLOT_OK);
    grow(&c);
    assert_true(sunlot_log_withdrawn(c.log));
    assert_int_equal(sunlot_log_next(c.log), SUNLOT_PHASE_NONE);
    assert_int_equal(sunlot_log_withdraw_lines(next(&c), c.log, no_note, SUNLOT_TEXT("2026-08-01"), SUNLOT_TEXT("x"), &made_master), SUNLOT_ERR_PHASE);
    assert_int_equal(sunlot_log_reveal_lines(next(&c), c.log, no_note, wrong, &made_master), SUNLOT_ERR_PHASE);

    sunlot_buffer all = whole(&c), note = {0};
    sunlot_verifier *v;
    sunlot_verdict verdict;
    sunlot_checkpoint_info info;
    collect(&note, &c, "bc");
    const sunlot_text notes[] = {made_view(&note)};
    for (uint32_t n = 0; n < 2; n++) {
        const sunlot_pin pin = {.note = notes, .notes = n};
        assert_int_equal(sunlot_verifier_new(&v, made_view(&all), &pin, NULL), SUNLOT_OK);
        sunlot_verifier_verdict(v, &verdict);
        assert_int_equal(verdict.answer, SUNLOT_INCOMPLETE);
        assert_true(verdict.withdrawn);
        assert_false(verdict.open);
        assert_int_equal(verdict.check[SUNLOT_CHECK_QUORUM], SUNLOT_CHECK_OK);
        assert_int_equal(sunlot_log_checkpoint(sunlot_verifier_log(v), 2, &info), SUNLOT_OK);
        assert_string_equal(info.name, "withdrawn");
        assert_false(info.has_quorum);
        assert_true(info.reached);
        sunlot_verifier_free(v);
    }
    sunlot_buffer_free(&all);
    sunlot_buffer_free(&note);
    sunlot_buffer_free(&a);
    sunlot_buffer_free(&other);
    sunlot_buffer_free(&broken);
    sunlot_buffer_free(&reveal);
    finish(&c);
}

/* ---- notes -------------------------------------------------------------------------------------------------------------------------- */

static void a_note_is_text(void **state)
{
    (void)state;
    ceremony c;
    sunlot_buffer note = {0}, file = {0};
    to_seed_base(&c);
    collect(&note, &c, "cba");
    assert_int_equal(sunlot_note_file(&file, c.log, last(&c)), SUNLOT_OK);

    /* id, size, root, nothing; then the host, a, b, c, in whatever order they came. */
    static const char *const begins[] = {"sunlot/v1/live/Example/2026/G7/placement/1\n",
                                         "",
                                         "",
                                         "\n",
                                         "\xe2\x80\x94 sunlot/v1/live/Example/2026/G7/placement/1 ",
                                         "\xe2\x80\x94 sunlot/v1/live/Example/2026/G7/placement/1/a ",
                                         "\xe2\x80\x94 sunlot/v1/live/Example/2026/G7/placement/1/b ",
                                         "\xe2\x80\x94 sunlot/v1/live/Example/2026/G7/placement/1/c "};
    sunlot_text rest = made_view(&note);
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        assert_true(sunlot_text_starts(rest, sunlot_text_of(begins[i])));
        (void)sunlot_text_split(rest, '\n', &rest);
    }
    assert_int_equal(rest.n, 0);
    assert_true(sunlot_text_starts(made_view(&note), made_view(&file)));

    sunlot_text id;
    uint64_t size;
    uint8_t root[32], fingerprint[32];
    uint32_t at;
    assert_true(sunlot_note_read(made_view(&note), &id, &size, root));
    assert_true(sunlot_text_equal(id, sunlot_log_id(c.log)));
    sunlot_log_fingerprint(c.log, fingerprint);
    assert_memory_equal(root, fingerprint, 32);
    assert_int_equal(sunlot_note_find(&at, c.log, made_view(&note)), SUNLOT_OK);
    assert_int_equal(at, 2);
    static const char *const none[] = {"", "x\n", "x\n1\n", "x\n1\nAAAA\n", "\xe2\x80\x94 a b\n"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        assert_false(sunlot_note_read(sunlot_text_of(none[i]), &id, &size, root));
        assert_int_equal(sunlot_note_find(&at, c.log, sunlot_text_of(none[i])), SUNLOT_ERR_SIGNATURE);
    }
    for (size_t n = 0; n < note.n; n++) { /* cut anywhere, it is one of fewer signatures, or none */
        sunlot_buffer joined = {0};
        const bool cut = n > 0 && note.p[n - 1] == '\n';
        const sunlot_err err = sunlot_note_join(&joined, NULL, c.log, last(&c), (sunlot_text){note.p, n});
        if (err == SUNLOT_OK) assert_true(cut);
        sunlot_buffer_free(&joined);
    }
    sunlot_buffer_free(&note);
    sunlot_buffer_free(&file);
    finish(&c);
}

/* A note that the verifier is given: of strangers nothing, of a party only what is good, of another root `split`. */
static void notes_are_judged(void **state)
{
    (void)state;
    ceremony c;
    sunlot_buffer note = {0}, foreign = {0}, joined = {0};
    to_seed_base(&c);
    sunlot_buffer all = whole(&c);
    collect(&note, &c, "ab");
    const struct {
        const char *from, *to;
        sunlot_answer answer;
    } cases[] = {
        {"1/a ", "1/a ", SUNLOT_INCOMPLETE},
        {"1/a ", "1/x ", SUNLOT_INCOMPLETE},
        {"1/a ", "1/c ", SUNLOT_FAULT_SIGNATURE},
        {"\n\n", "\n\n\xe2\x80\x94 sunlot/v1/live/Example/2026/G7/placement/1 AAAA\n", SUNLOT_FAULT_SPLIT},
        {"G7/placement/1\n", "G7/placement/2\n", SUNLOT_FAULT_SPLIT},
        {"\n\n", "\n", SUNLOT_FAULT_SPLIT},
        {"\n\n", "\n\n\n", SUNLOT_FAULT_SPLIT},
        {"\n\n", "A\n\n", SUNLOT_FAULT_SPLIT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sunlot_buffer changed = {0};
        sunlot_fault fault;
        assert_true(sunlot_buffer_text(&changed, made_view(&note)));
        made_break(&changed, cases[i].from, cases[i].to);
        const sunlot_text notes[] = {made_view(&changed)};
        const sunlot_pin pin = {.until = SUNLOT_PHASE_SEED_BASE, .note = notes, .notes = 1};
        const sunlot_answer answer = made_answer(made_view(&all), &pin, &fault);
        if (i == 0)
            assert_int_equal(answer, SUNLOT_UNPINNED); /* the quorum is reached with it */
        else
            assert_string_equal(sunlot_answer_name(answer), sunlot_answer_name(cases[i].answer));
        sunlot_buffer_free(&changed);
    }
    /* quorum before signature before split */
    sunlot_buffer drawn = made_log(MADE_DRAWN, NULL);
    const sunlot_text notes[] = {made_view(&note)};
    const sunlot_pin pin = {.note = notes, .notes = 1};
    assert_int_equal(made_answer(made_view(&drawn), &pin, NULL), SUNLOT_FAULT_SPLIT);
    assert_int_equal(sunlot_note_join(&joined, NULL, c.log, 0, made_view(&note)), SUNLOT_ERR_SIGNATURE);
    assert_null(joined.p);
    sunlot_buffer_free(&drawn);
    sunlot_buffer_free(&foreign);
    sunlot_buffer_free(&note);
    sunlot_buffer_free(&all);
    finish(&c);
}

static void cosignatures_have_their_form(void **state)
{
    (void)state;
    ceremony c;
    sunlot_buffer text = {0}, line = {0};
    sunlot_party party;
    uint8_t secret[64];
    to_seed_base(&c);
    key_of(&c, "a", &party);
    made_secret(secret, "a");
    assert_int_equal(sunlot_note_text(&text, c.log, 2), SUNLOT_OK);
    assert_int_equal(sunlot_cosign(&line, made_view(&text), party.key_name, secret, 0), SUNLOT_ERR_SIGNATURE);
    assert_int_equal(sunlot_cosign(&line, made_view(&text), party.key_name, secret, 253402300800u), SUNLOT_ERR_SIGNATURE);
    assert_int_equal(sunlot_cosign(&line, SUNLOT_TEXT("no note"), party.key_name, secret, 1), SUNLOT_ERR_SIGNATURE);
    assert_int_equal(line.n, 0);
    /* Of a note and of the note file the same is signed; another time is another signature. */
    sunlot_buffer file = {0}, again = {0};
    assert_int_equal(sunlot_note_file(&file, c.log, 2), SUNLOT_OK);
    assert_int_equal(sunlot_cosign(&line, made_view(&text), party.key_name, secret, 7), SUNLOT_OK);
    assert_int_equal(sunlot_cosign(&again, made_view(&file), party.key_name, secret, 7), SUNLOT_OK);
    assert_true(sunlot_text_equal(made_view(&line), made_view(&again)));

    /* Times that have no date have not the form. */
    static const struct {
        uint64_t time;
        uint8_t type;
    } times[] = {{0, 0}, {1, SUNLOT_KEY_PARTY}, {SUNLOT_MAX_TIME, SUNLOT_KEY_PARTY}, {SUNLOT_MAX_TIME + 1, 0}, {UINT64_MAX, 0}};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        sunlot_buffer sig = {0};
        assert_true(sunlot_note_cosign(&sig, secret, party.key_name, made_view(&text), times[i].time));
        assert_int_equal(sunlot_sig_type(made_view(&sig)), times[i].type);
        sunlot_buffer_free(&sig);
    }

    /* By the bytes: key id, time, signature of `cosignature/v1`, `time 7`, note. */
    sunlot_text coded;
    (void)sunlot_text_split((sunlot_text){line.p + 4, line.n - 4}, ' ', &coded);
    coded.n--;
    sunlot_buffer field = {0}, cosigned = {0};
    sunlot_vkey key;
    assert_true(sunlot_vkey_parse(&key, party.vkey));
    assert_int_equal(key.type, SUNLOT_KEY_PARTY);
    assert_true(sunlot_buffer_byte(&field, 'b') && sunlot_buffer_text(&field, coded));
    assert_int_equal(sunlot_sig_type(made_view(&field)), SUNLOT_KEY_PARTY);
    assert_int_equal(sunlot_note_check(made_view(&field), &key, made_view(&text)), SUNLOT_NOTE_GOOD);
    assert_true(sunlot_buffer_string(&cosigned, "cosignature/v1\ntime 7\n") && sunlot_buffer_text(&cosigned, made_view(&text)));
    sunlot_buffer direct = {0};
    assert_true(sunlot_cosignature_write(&direct, 7, made_view(&text)));
    assert_true(sunlot_text_equal(made_view(&direct), made_view(&cosigned)));
    for (size_t i = 1; i < field.n; i += 7) { /* no bit of it can change */
        const char before = field.p[i];
        field.p[i] = before == 'A' ? 'B' : 'A';
        assert_int_not_equal(sunlot_note_check(made_view(&field), &key, made_view(&text)), SUNLOT_NOTE_GOOD);
        field.p[i] = before;
    }
    sunlot_buffer_free(&direct);
    sunlot_buffer_free(&cosigned);
    sunlot_buffer_free(&field);
    sunlot_buffer_free(&file);
    sunlot_buffer_free(&again);
    sunlot_buffer_free(&line);
    sunlot_buffer_free(&text);
    finish(&c);
}

/* A step that cannot have memory leaves everything as it was. */
static void memory_can_run_out(void **state)
{
    (void)state;
    ceremony c;
    sunlot_buffer note = {0};
    to_seed_base(&c);
    collect(&note, &c, "ac");
    const sunlot_text notes[] = {made_view(&note)};
    const sunlot_pin pin = {.note = notes, .notes = 1};
    sunlot_buffer all = whole(&c);
    for (int step = 0; step < 3; step++) {
        const uint64_t before = sunlot_alloc_live();
        uint64_t after = 0;
        sunlot_err err;
        do {
            sunlot_buffer out = {0};
            sunlot_verifier *v = NULL;
            sunlot_alloc_refuse(++after, true);
            err = step == 0   ? sunlot_log_entropy_lines(&out, c.log, made_view(&note), digits, NULL, &made_master)
                  : step == 1 ? sunlot_note_join(&out, NULL, c.log, last(&c), made_view(&note))
                              : sunlot_verifier_new(&v, made_view(&all), &pin, NULL);
            sunlot_alloc_refuse(0, false);
            if (err != SUNLOT_OK) {
                assert_int_equal(err, SUNLOT_ERR_MEMORY);
                assert_int_equal(out.n, 0);
            }
            sunlot_verifier_free(v);
            sunlot_buffer_free(&out);
            assert_int_equal(sunlot_alloc_live(), before);
        } while (err != SUNLOT_OK);
        assert_true(after > 3);
    }
    sunlot_buffer_free(&all);
    sunlot_buffer_free(&note);
    finish(&c);
}

/* ---- two rounds ----------------------------------------------------------------------------------------------------------------------- */

/* The phases of two rounds: groups, and digits of their own before the results. */
static void two_rounds_have_their_phases(void **state)
{
    (void)state;
#define ROUNDS                                                                                                                                                 \
    MADE_TITLE "@minisign\nfact,mix,3000\nfact,rounds,2\nfact,rows,public\nfact,tries,64\n" MADE_PARTY MADE_SOURCES                                            \
               "rule,students,balance,sex,,\nschool,1,A,2,4,2\nclass,1,\nclass,2,\nteacher,{t01},{h01},m,1,yes,T1\nteacher,{t02},{h02},m,1,yes,T2\n"           \
               "student,{s01},{h01},,,,1,F\nstudent,{s02},{h02},,,,1,F\nstudent,{s03},{h03},,,,1,M\nstudent,{s04},{h04},,,,1,M\n@checkpoint seed-base\n"
#define GROUPED ROUNDS MADE_ENTROPY "@checkpoint digits\n@results\n@checkpoint groups\n"
    static const struct {
        const char *text;
        sunlot_phase phase; /* NONE: `order` */
    } logs[] = {
        {ROUNDS, SUNLOT_PHASE_SEED_BASE},
        {GROUPED, SUNLOT_PHASE_GROUPS},
        {GROUPED MADE_ENTROPY "@checkpoint digits-2\n", SUNLOT_PHASE_DIGITS_2},
        {ROUNDS MADE_ENTROPY "@checkpoint digits\n@results\n@checkpoint results\n", SUNLOT_PHASE_NONE},
        {GROUPED MADE_ENTROPY "@checkpoint digits\n", SUNLOT_PHASE_NONE},
        {GROUPED "@results\n@checkpoint results\n", SUNLOT_PHASE_NONE},
        {GROUPED "@checkpoint digits-2\n", SUNLOT_PHASE_NONE},
        {MADE_DIGITS "@results\n@checkpoint groups\n", SUNLOT_PHASE_NONE},
    };
    for (size_t i = 0; i < sizeof logs / sizeof *logs; i++) {
        sunlot_buffer bytes = made_log(logs[i].text, NULL);
        sunlot_log *log;
        sunlot_fault fault;
        const sunlot_err err = sunlot_log_read(&log, made_view(&bytes), &fault, NULL);
        assert_int_equal(err, logs[i].phase == SUNLOT_PHASE_NONE ? SUNLOT_ERR_LOG : SUNLOT_OK);
        if (err == SUNLOT_OK) {
            assert_int_equal(sunlot_log_phase(log), logs[i].phase);
            if (logs[i].phase == SUNLOT_PHASE_DIGITS_2) { /* a seed of its own, under the root of the groups */
                uint8_t seed[2][32];
                sunlot_source source;
                sunlot_log_seed(log, 1, seed[0]);
                sunlot_log_seed(log, 2, seed[1]);
                assert_memory_not_equal(seed[0], seed[1], 32);
                sunlot_log_source(log, 0, &source);
                assert_true(sunlot_text_equal(source.digits, digits[0]) && sunlot_text_equal(source.digits_2, digits[0]));
            }
            sunlot_log_free(log);
        } else {
            assert_int_equal(fault.answer, SUNLOT_FAULT_ORDER);
        }
        sunlot_buffer_free(&bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_steps_make_a_log),
        cmocka_unit_test(wrong_steps_are_refused),
        cmocka_unit_test(a_note_is_text),
        cmocka_unit_test(notes_are_judged),
        cmocka_unit_test(cosignatures_have_their_form),
        cmocka_unit_test(memory_can_run_out),
        cmocka_unit_test(two_rounds_have_their_phases),
    };
    return sunlot_init() == SUNLOT_OK ? cmocka_run_group_tests_name("notes", tests, NULL, NULL) : 1;
}
