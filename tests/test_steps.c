/* The live draws of several parties of vectors/draws: played again, step by step, from their announcements, by the library's own functions.  Every byte of
 * draw.log follows (vectors/README.md). */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <sodium.h>
#include <string.h>

#include "base/alloc.h"
#include "base/bytes.h"
#include "draw/acts.h"
#include "draw/append.h"
#include "log/log.h"

#define FOLDER     SUNLOT_VECTORS "/draws/"
#define MOST_STEPS 64u
#define MOST_TEXTS 16u

typedef struct {
    char *keys; /* the file */
    sunlot_master master;
    sunlot_log *log;
    sunlot_buffer all;               /* what was played so far, from the announcement on */
    sunlot_buffer lines[MOST_STEPS]; /* borrowed by the log */
    uint32_t grown, replaced;        /* replaced: of its parties whose id stands in next */
    char next[MOST_TEXTS][33];       /* parties that sign with their next key */
    sunlot_buffer note;              /* signatures collected for the last checkpoint */
    uint32_t texts;                  /* of the step to come: */
    sunlot_buffer text[MOST_TEXTS];  /* records of sealed parties in their order, digits, records */
    bool results, late_seats;
    uint8_t contribution[MOST_TEXTS][32]; /* by party */
} play;

static sunlot_text view(const sunlot_buffer *b) { return (sunlot_text){b->p, b->n}; }

/* A whole file, zero-ended; NULL if there is none. */
static char *read_file(const char *name, const char *file)
{
    char path[256];
    (void)snprintf(path, sizeof path, FOLDER "%s/%s", name, file);
    FILE *in = fopen(path, "rb");
    if (in == NULL) return NULL;
    char *text = calloc(1, 1 << 20);
    assert_non_null(text);
    assert_true(fread(text, 1, (1 << 20) - 1, in) < (1 << 20) - 1);
    (void)fclose(in);
    return text;
}

/* The announcement: the lines up to the host's signature of the first checkpoint. */
static sunlot_text announced(const char *log)
{
    const char *end = strstr(log, "\ncheckpoint,");
    assert_non_null(end);
    end = strchr(strchr(end + 1, '\n') + 1, '\n');
    return (sunlot_text){log, (size_t)(end + 1 - log)};
}

static void read_hex(uint8_t *out, const char *hex) { assert_true(sunlot_hex_parse(out, 32, (sunlot_text){hex, 64})); }

static uint32_t party_of(const play *p, const char *id)
{
    uint32_t party;
    assert_true(sunlot_log_party_find(p->log, sunlot_text_of(id), &party));
    return party;
}

/* The key that a party signs with: in `keys` its first, or its next one. */
static void secret_of(const play *p, const char *id, uint8_t secret64[64])
{
    uint8_t seed[32], public_[32];
    uint32_t which = 0;
    const size_t n = strlen(id);
    for (uint32_t i = 0; i < p->replaced; i++) which += strcmp(p->next[i], id) == 0;
    for (const char *line = p->keys; line != NULL && *line != 0; line = strchr(line, '\n') + 1) {
        if (strncmp(line, id, n) != 0 || line[n] != ' ' || which-- > 0) continue;
        read_hex(seed, line + n + 1);
        assert_int_equal(crypto_sign_seed_keypair(public_, secret64, seed), 0);
        return;
    }
    fail_msg("no key of %s", id);
}

static void add_text(play *p, sunlot_text text)
{
    assert_true(p->texts < MOST_TEXTS && sunlot_buffer_text(&p->text[p->texts], text));
    p->texts++;
}

static void forget(play *p)
{
    for (uint32_t i = 0; i < p->texts; i++) sunlot_buffer_free(&p->text[i]);
    sunlot_buffer_free(&p->note);
    p->texts = 0;
    p->results = p->late_seats = false;
}

/* The lines of a step are complete. */
static void grow(play *p)
{
    sunlot_fault fault = {0};
    const sunlot_err err = sunlot_log_grow(p->log, view(&p->lines[p->grown]), &fault, NULL);
    if (err != SUNLOT_OK) print_message("line %u: %s\n", (unsigned)fault.line, fault.what);
    assert_int_equal(err, SUNLOT_OK);
    assert_true(sunlot_buffer_text(&p->all, view(&p->lines[p->grown])));
    p->grown++;
    assert_true(p->grown < MOST_STEPS);
    forget(p);
}

/* ---- what a checkpoint ends ------------------------------------------------------------------------------------------------------------- */

static sunlot_err results(play *p, sunlot_buffer *lines)
{
    sunlot_buffer block[8] = {{0}};
    const uint32_t schools = sunlot_roster_schools(sunlot_log_roster(p->log));
    sunlot_outcome outcome;
    assert_true(schools <= 8);
    for (uint32_t i = 0; i < schools; i++) assert_int_equal(sunlot_replay_school(&block[i], p->log, i, &outcome), SUNLOT_OK);
    const sunlot_err err = sunlot_log_result_lines(lines, p->log, view(&p->note), block, &p->master, NULL);
    for (uint32_t i = 0; i < schools; i++) sunlot_buffer_free(&block[i]);
    return err;
}

/* Whom a record `late` hides no file here tells: it is entered as it stands. */
static sunlot_err late(play *p, sunlot_buffer *lines)
{
    sunlot_signer signer;
    sunlot_signer_of(&signer, &p->master);
    sunlot_err err = sunlot_act_begin(lines, p->log, view(&p->note), SUNLOT_LATE_NONE, &signer);
    for (uint32_t i = 0; i < p->texts; i++) assert_true(sunlot_buffer_text(lines, view(&p->text[i])) && sunlot_buffer_byte(lines, '\n'));
    if (err == SUNLOT_OK) err = sunlot_act_finish(lines, 0, p->log, SUNLOT_ACT_LATE_BASE, &signer);
    sunlot_signer_wipe(&signer);
    return err;
}

/* A record of an act as it is entered. */
static sunlot_entry entry_of(const play *p, const sunlot_record *record)
{
    const sunlot_text *f = record->field;
    sunlot_entry e = {.kind = SUNLOT_ENTRY_KINDS, .date = f[1], .subject = f[2]};
    for (unsigned kind = 0; kind < SUNLOT_ENTRY_KINDS; kind++)
        if (sunlot_text_equal(f[0], sunlot_text_of(sunlot_entry_name((sunlot_entry_kind)kind)))) e.kind = (sunlot_entry_kind)kind;
    assert_in_range(e.kind, 0, SUNLOT_ENTRY_SET_ASIDE);
    if (e.kind == SUNLOT_ENTRY_STRUCK || e.kind == SUNLOT_ENTRY_SET_ASIDE) {
        e.reason = f[3];
        if (e.kind == SUNLOT_ENTRY_STRUCK)
            e.authority = f[4];
        else
            e.authority = f[2];
        return e;
    }
    e.value = f[3];
    if (e.kind == SUNLOT_ENTRY_MOVED) {
        e.reason = f[4];
        e.authority = f[5];
    } else {
        e.more = f[4];
    }
    if (e.kind == SUNLOT_ENTRY_BY_HAND) {
        sunlot_school_info info;
        sunlot_roster_school(sunlot_log_roster(p->log), (uint32_t)strtoul(f[2].p, NULL, 10) - 1, &info);
        e.subject = info.name;
    }
    return e;
}

static sunlot_err act(play *p, sunlot_buffer *lines)
{
    static sunlot_record record[MOST_TEXTS];
    sunlot_entry entry[MOST_TEXTS];
    for (uint32_t i = 0; i < p->texts; i++) {
        assert_null(sunlot_record_parse(&record[i], view(&p->text[i])));
        entry[i] = entry_of(p, &record[i]);
    }
    return sunlot_log_act_lines(lines, p->log, view(&p->note), entry, p->texts, &p->master);
}

static sunlot_err withdrawn(play *p, sunlot_buffer *lines)
{
    static sunlot_record record;
    assert_null(sunlot_record_parse(&record, view(&p->text[0])));
    return sunlot_log_withdraw_lines(lines, p->log, view(&p->note), record.field[1], record.field[2], &p->master);
}

static bool starts(const char *text, const char *start) { return strncmp(text, start, strlen(start)) == 0; }

static void checkpoint(play *p, const char *phase)
{
    sunlot_buffer *lines = &p->lines[p->grown];
    const sunlot_text note = view(&p->note);
    sunlot_text text[MOST_TEXTS];
    sunlot_err err;
    for (uint32_t i = 0; i < p->texts; i++) text[i] = view(&p->text[i]);
    if (strcmp(phase, "commits") == 0)
        err = sunlot_log_commit_lines(lines, p->log, note, text, &p->master);
    else if (strcmp(phase, "seed-base") == 0)
        err = sunlot_log_reveal_lines(lines, p->log, note, text, &p->master);
    else if (starts(phase, "digits") || starts(phase, "late-digits"))
        err = sunlot_log_entropy_lines(lines, p->log, note, text, NULL, &p->master);
    else if (p->results)
        err = results(p, lines);
    else if (p->late_seats)
        err = sunlot_log_late_seat_lines(lines, p->log, note, &p->master);
    else if (starts(phase, "late-base"))
        err = late(p, lines);
    else
        err = strcmp(phase, "withdrawn") == 0 ? withdrawn(p, lines) : act(p, lines);
    if (err != SUNLOT_OK) print_message("checkpoint %s: error %d\n", phase, (int)err);
    assert_int_equal(err, SUNLOT_OK);
    grow(p);
}

/* ---- the other steps ------------------------------------------------------------------------------------------------------------------------ */

static void cosign(play *p, const char *id, uint64_t time)
{
    const uint32_t last = sunlot_log_checkpoints(p->log) - 1;
    uint8_t secret[64];
    sunlot_buffer line = {0}, joined = {0}, more = {0};
    sunlot_party party;
    sunlot_log_party(p->log, party_of(p, id), &party);
    secret_of(p, id, secret);
    if (p->note.n == 0) assert_int_equal(sunlot_note_file(&p->note, p->log, last), SUNLOT_OK);
    assert_int_equal(sunlot_cosign(&line, view(&p->note), party.key_name, secret, time), SUNLOT_OK);
    assert_true(sunlot_buffer_text(&more, view(&p->note)) && sunlot_buffer_text(&more, view(&line)));
    assert_int_equal(sunlot_note_join(&joined, NULL, p->log, last, view(&more)), SUNLOT_OK);
    sunlot_buffer_free(&line);
    sunlot_buffer_free(&more);
    sunlot_buffer_free(&p->note);
    p->note = joined;
}

static void commit(play *p, const char *id, const char *hex)
{
    const uint32_t party = party_of(p, id);
    uint8_t secret[64];
    sunlot_buffer record = {0};
    assert_true(party < MOST_TEXTS);
    read_hex(p->contribution[party], hex);
    secret_of(p, id, secret);
    assert_int_equal(sunlot_commit_make(&record, p->log, party, p->contribution[party], secret), SUNLOT_OK);
    add_text(p, view(&record));
    sunlot_buffer_free(&record);
}

static void reveal(play *p, const char *id)
{
    const uint32_t party = party_of(p, id);
    sunlot_buffer record = {0};
    assert_int_equal(sunlot_reveal_make(&record, p->log, party, p->contribution[party]), SUNLOT_OK);
    add_text(p, view(&record));
    sunlot_buffer_free(&record);
}

static void do_step(play *p, char *step)
{
    char *more = strchr(step, ' '), *last;
    if (more != NULL) *more++ = 0;
    if (strcmp(step, "results") == 0) {
        p->results = true;
    } else if (strcmp(step, "late-seats") == 0) {
        p->late_seats = true;
    } else if (strcmp(step, "checkpoint") == 0) {
        checkpoint(p, more);
    } else if (strcmp(step, "entropy") == 0 || strcmp(step, "record") == 0) {
        add_text(p, sunlot_text_of(more));
    } else if (strcmp(step, "missing") == 0) {
        add_text(p, (sunlot_text){NULL, 0});
    } else if (strcmp(step, "reveal") == 0) {
        reveal(p, more);
    } else if (strcmp(step, "next-key") == 0) {
        (void)snprintf(p->next[p->replaced++], sizeof *p->next, "%s", more);
    } else {
        last = strchr(more, ' ');
        assert_non_null(last);
        *last++ = 0;
        if (strcmp(step, "cosign") == 0)
            cosign(p, more, strtoull(last, NULL, 10));
        else
            commit(p, more, last);
    }
}

/* ---- a draw ------------------------------------------------------------------------------------------------------------------------------------ */

static void play_draw(const char *name, char *steps)
{
    static play p;
    memset(&p, 0, sizeof p);
    sunlot_fault fault;
    char *whole = read_file(name, "draw.log"), *master = read_file(name, "master");
    assert_true(whole != NULL && master != NULL);
    p.keys = read_file(name, "keys");
    read_hex(p.master.b, master);
    assert_int_equal(sunlot_log_read(&p.log, announced(whole), &fault, NULL), SUNLOT_OK);
    assert_true(sunlot_buffer_text(&p.all, announced(whole)));
    for (char *step = steps, *next; *step != 0; step = next) {
        next = strchr(step, '\n');
        *next++ = 0;
        do_step(&p, step);
    }
    if (p.note.n > 0) {
        assert_int_equal(sunlot_log_note_lines(&p.lines[p.grown], p.log, view(&p.note)), SUNLOT_OK);
        grow(&p);
    }
    if (!sunlot_text_equal(view(&p.all), sunlot_text_of(whole))) fail_msg("draws/%s: another log", name);

    sunlot_log_free(p.log);
    for (uint32_t i = 0; i < p.grown; i++) sunlot_buffer_free(&p.lines[i]);
    sunlot_buffer_free(&p.all);
    free(p.keys);
    free(whole);
    free(master);
}

static void test_draws(void **state)
{
    (void)state;
    uint32_t draws = 0;
    DIR *folder = opendir(FOLDER);
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char *steps = entry->d_name[0] == '.' ? NULL : read_file(entry->d_name, "steps");
        if (steps == NULL) continue;
        play_draw(entry->d_name, steps);
        draws++;
        free(steps);
    }
    (void)closedir(folder);
    assert_true(draws >= 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_draws)};
    if (sunlot_init() != SUNLOT_OK) return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
