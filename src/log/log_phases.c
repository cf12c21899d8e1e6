/* Checkpoints, signatures and entropy records of a log, and the seed they come to (SPEC 3, 5.3, 6). */
#include <string.h>

#include "base/alloc.h"
#include "log/reader.h"

/* ---- checkpoint, signature ------------------------------------------------------------------------------------------------------------------- */

static sunlot_phase find_phase(sunlot_text word)
{
    static const sunlot_phase phase[] = {SUNLOT_PHASE_SEED_BASE, SUNLOT_PHASE_DIGITS, SUNLOT_PHASE_RESULTS};
    for (size_t i = 0; i < sizeof phase / sizeof *phase; i++)
        if (sunlot_text_equal(word, sunlot_text_of(sunlot_phase_name(phase[i])))) return phase[i];
    return SUNLOT_PHASE_NONE;
}

bool sunlot_line_checkpoint(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    sunlot_log *log = rd->log;
    sunlot_checkpoint c = {.line = log->lines, .actual = sunlot_tree_root(&log->tree)};
    const sunlot_phase phase = find_phase(field[1]);
    if (phase == SUNLOT_PHASE_NONE) return sunlot_reader_parse(rd, "not a phase of a log", field[1]);
    if (!sunlot_reader_number(&c.size, field[2], 0)) return sunlot_reader_parse(rd, "not a number of lines", field[2]);
    if (!sunlot_reader_hex(c.root.b, sizeof c.root.b, 'h', field[3])) return sunlot_reader_parse(rd, "not a digest", field[3]);
    if (phase != log->phase + 1) return sunlot_reader_order(rd, "not the checkpoint that must stand here", field[1]);
    if (phase == SUNLOT_PHASE_DIGITS && rd->r->mode == SUNLOT_LIVE && rd->entropies != rd->r->sources)
        sunlot_reader_entropy(rd, log->lines, "not one entropy record for each source", SUNLOT_TEXT(""));
    log->phase = phase;
    log->checkpoint[phase - 1] = c;
    return true;
}

bool sunlot_line_signature(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    sunlot_checkpoint *c = &rd->log->checkpoint[rd->log->phase - 1];
    const sunlot_vkey none = {0};
    if (field[1].n == 0) return sunlot_reader_parse(rd, "a signature without a name", rd->line);
    if (sunlot_note_check(field[2], &none, SUNLOT_TEXT("")) == SUNLOT_NOTE_FORM) return sunlot_reader_parse(rd, "not the form of a signature", field[2]);
    c->signature_line = rd->log->lines;
    return sunlot_reader_keep(rd, field[1], &c->signature_name) && sunlot_reader_keep(rd, field[2], &c->signature);
}

sunlot_err sunlot_checkpoint_check(const sunlot_log *log, sunlot_phase phase, sunlot_fault *fault)
{
    SUNLOT_REQUIRE(phase >= SUNLOT_PHASE_SEED_BASE && phase <= log->phase);
    const sunlot_checkpoint *c = &log->checkpoint[phase - 1];
    const sunlot_text none = SUNLOT_TEXT("");
    const char *what = NULL;
    uint64_t line = c->line;
    if (c->signature_line == 0) {
        sunlot_fault_set(fault, SUNLOT_FAULT_QUORUM, line, "the host's signature is missing", none);
        return SUNLOT_ERR_LOG;
    }
    sunlot_vkey key;
    SUNLOT_REQUIRE(sunlot_vkey_parse(&key, log->roster->vkey)); /* seen when it was read */
    if (c->size != c->line - 1) {
        what = "a checkpoint of another number of lines";
    } else if (sunlot_digest_compare(&c->root, &c->actual) != 0) {
        what = "a checkpoint of other lines";
    } else if (!sunlot_text_equal(c->signature_name, key.name)) {
        line = c->signature_line;
        what = "a signature by an unknown name";
    } else {
        sunlot_buffer note = {0};
        const bool enough = sunlot_note_write(&note, log->roster->id, c->size, &c->root);
        sunlot_note_state state = SUNLOT_NOTE_BAD;
        if (enough) state = sunlot_note_check(c->signature, &key, sunlot_buffer_view(&note));
        sunlot_buffer_free(&note);
        if (!enough) return SUNLOT_ERR_MEMORY;
        line = c->signature_line;
        if (state == SUNLOT_NOTE_KEY)
            what = "a signature by another key";
        else if (state != SUNLOT_NOTE_GOOD)
            what = "a signature that is not valid";
    }
    if (what == NULL) return SUNLOT_OK;
    sunlot_fault_set(fault, SUNLOT_FAULT_SIGNATURE, line, what, line == c->line ? none : c->signature_name);
    return SUNLOT_ERR_LOG;
}

/* ---- entropy ------------------------------------------------------------------------------------------------------------------------------------ */

size_t sunlot_digits_length(uint32_t length) { return (size_t)length + (length - 1) / 4; }

bool sunlot_digits_check(bool d6, uint32_t length, sunlot_text text)
{
    const char least = d6 ? '1' : '0', most = d6 ? '6' : '9';
    if (text.n != sunlot_digits_length(length)) return false;
    for (size_t i = 0; i < text.n; i++) {
        const char c = text.p[i];
        if (i % 5 == 4 ? c != '-' : c < least || c > most) return false;
    }
    return true;
}

static bool is_seed(sunlot_log *log, const sunlot_text *field)
{
    return sunlot_text_equal(field[1], SUNLOT_TEXT("rehearsal")) && sunlot_reader_hex(log->rehearsal_seed, sizeof log->rehearsal_seed, 'x', field[2]);
}

/* The digits of the next source. */
static bool are_digits(const sunlot_reader *rd, const sunlot_text *field)
{
    uint64_t number;
    if (rd->entropies >= rd->r->sources || !sunlot_number_parse(&number, field[1], SUNLOT_MAX_SOURCES) || number != rd->entropies + 1) return false;
    const sunlot_source_rule *source = &rd->r->source[rd->entropies];
    return sunlot_digits_check(source->d6, source->length, field[2]);
}

bool sunlot_line_entropy(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    sunlot_log *log = rd->log;
    if (rd->entropies == 0) log->entropy_line = log->lines;
    if (rd->r->mode == SUNLOT_REHEARSAL) {
        if (rd->entropies > 0 || !is_seed(log, field)) sunlot_reader_entropy(rd, log->lines, "not the one seed of a rehearsal", rd->line);
    } else if (!are_digits(rd, field)) {
        sunlot_reader_entropy(rd, log->lines, "not the digits that were announced", rd->line);
    } else {
        log->entropy_lines[rd->entropies] = rd->line;
        log->digits[rd->entropies] = field[2]; /* without quotation marks, so part of the line */
    }
    rd->entropies++;
    return true;
}

void sunlot_log_seed(const sunlot_log *log, uint8_t seed32[32])
{
    SUNLOT_REQUIRE(log->phase >= SUNLOT_PHASE_DIGITS);
    if (log->roster->mode == SUNLOT_REHEARSAL) {
        memcpy(seed32, log->rehearsal_seed, 32);
        return;
    }
    const sunlot_digest seed = sunlot_mac(log->checkpoint[0].actual.b, "sunlot/v1/seed", log->entropy_lines, log->roster->sources);
    memcpy(seed32, seed.b, 32);
}
