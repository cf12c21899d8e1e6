/* Note files: signatures of a checkpoint that are collected beside the log (SPEC 6).
 *
 *     sunlot/v1/live/Hill/2026/G7/placement/1          the note: draw id, size, root
 *     128
 *     8sD2…=
 *                                                      an empty line
 *     — sunlot/v1/live/Hill/2026/G7/placement/1 9aB…   signature lines: name, and what a record `signature` has after its b                        */
#include <string.h>

#include "base/alloc.h"
#include "log/fault.h"
#include "log/log.h"
#include "log/proof.h"

#define DASH SUNLOT_NOTE_DASH

/* ---- reading ------------------------------------------------------------------------------------------------------------------------------------------ */

/* Signature lines alone, or nothing: what stands behind a note's empty line. */
static bool are_lines(sunlot_text lines)
{
    while (lines.n > 0) {
        sunlot_text line = sunlot_text_split(lines, '\n', &lines), rest;
        const sunlot_text dash = SUNLOT_TEXT(DASH);
        if (lines.p == NULL || !sunlot_text_starts(line, dash)) return false;
        line = sunlot_text_split((sunlot_text){line.p + dash.n, line.n - dash.n}, ' ', &rest);
        if (line.n == 0 || rest.n == 0) return false;
    }
    return true;
}

/* The parts of a note or note file: *lines its signature lines, empty for a note alone. */
static bool read_file(sunlot_text file, sunlot_text *id, uint64_t *size, uint8_t root32[32], sunlot_text *lines)
{
    sunlot_digest root;
    *lines = file;
    if (!sunlot_note_take(id, size, &root, lines)) return false;
    memcpy(root32, root.b, sizeof root.b);
    if (lines->n == 0) return true;
    if (lines->p[0] != '\n') return false;
    lines->p++;
    lines->n--;
    return are_lines(*lines);
}

bool sunlot_note_read(sunlot_text note, sunlot_text *id, uint64_t *size, uint8_t root32[32])
{
    sunlot_text lines;
    return read_file(note, id, size, root32, &lines);
}

static bool find(uint32_t *checkpoint, const sunlot_log *log, sunlot_text note)
{
    sunlot_text id;
    uint64_t size;
    uint8_t root[32];
    if (!sunlot_note_read(note, &id, &size, root) || !sunlot_text_equal(id, log->roster->id)) return false;
    for (uint32_t i = 0; i < sunlot_log_checkpoints(log); i++) {
        const sunlot_checkpoint *c = sunlot_checkpoint_at(log, i);
        if (c->size != size || memcmp(c->root.b, root, sizeof root) != 0) continue;
        *checkpoint = i;
        return true;
    }
    return false;
}

sunlot_err sunlot_note_find(uint32_t *checkpoint, const sunlot_log *log, sunlot_text note)
{
    return find(checkpoint, log, note) ? SUNLOT_OK : SUNLOT_ERR_SIGNATURE;
}

/* ---- joining ------------------------------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    sunlot_checkpoint *with;
    const sunlot_log *log;
    uint32_t i;
    sunlot_text note; /* what is signed */
    sunlot_arena *arena;
    sunlot_fault *fault;
} merging;

/* Take one signature line.  Of a party that has signed already the line is checked and passed over. */
static sunlot_err merge_line(const merging *m, sunlot_text line)
{
    sunlot_text sig;
    sunlot_vkey key;
    const size_t dash = sizeof DASH - 1;
    const sunlot_text name = sunlot_text_split((sunlot_text){line.p + dash, line.n - dash}, ' ', &sig);
    const uint32_t party = sunlot_party_named(m->log->roster, name);
    if (party == SUNLOT_NONE32 || (party > 0 && m->log->roster->mode == SUNLOT_REHEARSAL)) return SUNLOT_OK;
    char *field = sunlot_arena_alloc(m->arena, sig.n + 1, 1);
    if (field == NULL) return SUNLOT_ERR_MEMORY;
    field[0] = 'b';
    memcpy(field + 1, sig.p, sig.n);
    const sunlot_text coded = {field, sig.n + 1};
    sunlot_checkpoint_key(m->log, m->i, party, &key);
    const sunlot_note_state state = sunlot_note_check(coded, &key, m->note);
    if (state == SUNLOT_NOTE_MEMORY) return SUNLOT_ERR_MEMORY;
    if (state != SUNLOT_NOTE_GOOD) {
        sunlot_fault_set(m->fault, SUNLOT_FAULT_SIGNATURE, m->with->line, "a note file has a signature that is not valid", name);
        return SUNLOT_ERR_LOG;
    }
    if (m->with->by[party].sig.n == 0) m->with->by[party] = (sunlot_signed){0, coded};
    return SUNLOT_OK;
}

sunlot_err sunlot_note_merge(sunlot_checkpoint *with, const sunlot_log *log, uint32_t i, sunlot_text note, sunlot_arena *arena, sunlot_fault *fault)
{
    *with = *sunlot_checkpoint_at(log, i);
    sunlot_text id, lines = note;
    uint64_t size;
    uint8_t root[32];
    uint32_t at = i;
    const bool lines_alone = sunlot_text_starts(note, SUNLOT_TEXT(DASH));
    if (lines_alone ? !are_lines(note) : !find(&at, log, note) || at != i) {
        sunlot_fault_set(fault, SUNLOT_FAULT_SPLIT, with->line, "a note file that is not of this log", SUNLOT_TEXT(""));
        return SUNLOT_ERR_LOG;
    }
    if (!lines_alone) (void)read_file(note, &id, &size, root, &lines);
    sunlot_buffer text = {0};
    if (!sunlot_note_write(&text, log->roster->id, with->size, &with->root)) return SUNLOT_ERR_MEMORY;
    const merging m = {with, log, i, sunlot_buffer_view(&text), arena, fault};
    sunlot_err err = SUNLOT_OK;
    while (lines.n > 0 && err == SUNLOT_OK) err = merge_line(&m, sunlot_text_split(lines, '\n', &lines));
    sunlot_buffer_free(&text);
    return err;
}

sunlot_err sunlot_log_join_note(sunlot_log *log, sunlot_text note, sunlot_fault *fault)
{
    uint32_t i;
    sunlot_checkpoint with;
    sunlot_signed_note file;
    sunlot_text rest = note;
    if (!sunlot_signed_note_take(&file, &rest) || rest.n > 0 || !find(&i, log, note)) {
        sunlot_fault_set(fault, SUNLOT_FAULT_SPLIT, 0, "a note file that is not of this log", SUNLOT_TEXT(""));
        return SUNLOT_ERR_LOG;
    }
    const sunlot_err err = sunlot_note_merge(&with, log, i, note, &log->roster->arena, fault);
    if (err == SUNLOT_OK) *sunlot_checkpoint_mine(log, i) = with;
    return err;
}

/* ---- writing ------------------------------------------------------------------------------------------------------------------------------------------- */

static bool write_line(sunlot_buffer *out, sunlot_text name, sunlot_text coded)
{
    return sunlot_buffer_string(out, DASH) && sunlot_buffer_text(out, name) && sunlot_buffer_byte(out, ' ') && sunlot_buffer_text(out, coded) &&
           sunlot_buffer_byte(out, '\n');
}

static bool write_file(sunlot_buffer *out, const sunlot_log *log, uint32_t i, const sunlot_checkpoint *c)
{
    const size_t before = out->n;
    bool complete = sunlot_note_write(out, log->roster->id, c->size, &c->root) && sunlot_buffer_byte(out, '\n');
    for (uint32_t party = 0; party < log->roster->parties && complete; party++) {
        const sunlot_text sig = c->by[party].sig;
        sunlot_vkey key;
        sunlot_checkpoint_key(log, i, party, &key);
        if (sig.n > 0) complete = write_line(out, key.name, (sunlot_text){sig.p + 1, sig.n - 1});
    }
    return sunlot_buffer_keep(out, before, complete);
}

sunlot_err sunlot_note_text(sunlot_buffer *out, const sunlot_log *log, uint32_t checkpoint)
{
    const sunlot_checkpoint *c = sunlot_checkpoint_at(log, checkpoint);
    return sunlot_note_write(out, log->roster->id, c->size, &c->root) ? SUNLOT_OK : SUNLOT_ERR_MEMORY;
}

sunlot_err sunlot_note_file(sunlot_buffer *out, const sunlot_log *log, uint32_t checkpoint)
{
    return write_file(out, log, checkpoint, sunlot_checkpoint_at(log, checkpoint)) ? SUNLOT_OK : SUNLOT_ERR_MEMORY;
}

sunlot_err sunlot_note_join(sunlot_buffer *out, uint32_t *added, const sunlot_log *log, uint32_t checkpoint, sunlot_text more)
{
    sunlot_arena arena = {0};
    sunlot_checkpoint with;
    sunlot_fault fault;
    sunlot_err err = sunlot_note_merge(&with, log, checkpoint, more, &arena, &fault);
    if (err == SUNLOT_OK && !write_file(out, log, checkpoint, &with)) err = SUNLOT_ERR_MEMORY;
    if (err == SUNLOT_OK && added != NULL) {
        const sunlot_checkpoint *c = sunlot_checkpoint_at(log, checkpoint);
        *added = 0;
        for (uint32_t party = 0; party < log->roster->parties; party++) *added |= (uint32_t)(c->by[party].sig.n == 0 && with.by[party].sig.n > 0) << party;
    }
    sunlot_arena_free(&arena);
    return err == SUNLOT_ERR_LOG ? SUNLOT_ERR_SIGNATURE : err;
}
