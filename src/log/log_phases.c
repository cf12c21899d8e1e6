/* Checkpoints, signatures and entropy records of a log, and the seed they come to (SPEC 3, 5.3, 6). */
#include <string.h>

#include "base/alloc.h"
#include "log/reader.h"

/* ---- checkpoint, signature ------------------------------------------------------------------------------------------------------------------- */

/* The phase that this checkpoint ends, if it is the one that must stand here. */
static bool take_phase(sunlot_reader *rd, const sunlot_checkpoint_title *title, const sunlot_checkpoint *c)
{
    sunlot_log *log = rd->log;
    if (title->phase == SUNLOT_PHASE_NONE || title->phase != sunlot_phase_after(rd->r, log->phase) || log->withdrawn)
        return sunlot_reader_order(rd, "not the checkpoint that must stand here", rd->record->field[1]);
    if (!sunlot_sealed_complete(rd)) return sunlot_reader_order(rd, "the record of a sealed party is missing", rd->record->field[1]);
    const bool digits = title->phase == SUNLOT_PHASE_DIGITS || title->phase == SUNLOT_PHASE_DIGITS_2;
    if (digits && rd->r->mode == SUNLOT_LIVE && rd->entropies != rd->r->sources)
        sunlot_reader_entropy(rd, log->lines, "not one entropy record for each source", SUNLOT_TEXT(""));
    log->phase = title->phase;
    log->checkpoint[title->phase - 1] = *c;
    return true;
}

static bool take_withdrawn(sunlot_reader *rd, const sunlot_checkpoint_title *title, const sunlot_checkpoint *c)
{
    if (title->phase != SUNLOT_PHASE_NONE || title->kind != SUNLOT_ACT_WITHDRAWN)
        return sunlot_reader_order(rd, "not the checkpoint that must stand here", rd->record->field[1]);
    const sunlot_act_checkpoint act = {.kind = SUNLOT_ACT_WITHDRAWN, .c = *c};
    return sunlot_act_add(rd->log, &act) || sunlot_reader_memory(rd);
}

bool sunlot_line_checkpoint(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    sunlot_checkpoint c = {.line = rd->log->lines, .actual = sunlot_tree_root(&rd->log->tree)};
    sunlot_checkpoint_title title;
    if (!sunlot_checkpoint_title_parse(&title, field[1])) return sunlot_reader_parse(rd, "not a phase of a log", field[1]);
    if (!sunlot_reader_number(&c.size, field[2], 0)) return sunlot_reader_parse(rd, "not a number of lines", field[2]);
    if (!sunlot_reader_hex(c.root.b, sizeof c.root.b, 'h', field[3])) return sunlot_reader_parse(rd, "not a digest", field[3]);
    const bool act = rd->log->phase == SUNLOT_PHASE_RESULTS;
    if (!(act ? sunlot_act_end : rd->before == SUNLOT_LINE_WITHDRAWN ? take_withdrawn : take_phase)(rd, &title, &c)) return false;
    rd->sealed_at = rd->entropies = rd->results = 0;
    return true;
}

bool sunlot_line_signature(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    sunlot_checkpoint *c = sunlot_checkpoint_last(rd->log);
    if (field[1].n == 0) return sunlot_reader_parse(rd, "a signature without a name", rd->line);
    if (sunlot_sig_type(field[2]) == 0) return sunlot_reader_parse(rd, "not the form of a signature", field[2]);
    const uint32_t party = sunlot_party_named(rd->r, field[1]);
    if (party == SUNLOT_NONE32) {
        if (c->unknown_line != 0) return true;
        c->unknown_line = rd->log->lines;
        return sunlot_reader_keep(rd, field[1], &c->unknown);
    }
    if (party > 0 && rd->r->mode == SUNLOT_REHEARSAL) return sunlot_reader_order(rd, "in a rehearsal the host signs alone", field[1]);
    for (uint32_t i = party; i < rd->r->parties; i++)
        if (c->by[i].sig.n > 0) return sunlot_reader_order(rd, "signatures stand in the order of the parties, each once", field[1]);
    c->by[party].line = rd->log->lines;
    return sunlot_reader_keep(rd, field[2], &c->by[party].sig);
}

/* ---- entropy ------------------------------------------------------------------------------------------------------------------------------------ */

size_t sunlot_digits_length(uint64_t length) { return (size_t)(length + (length - 1) / 4); }

/* What may stand at a place of DIGITS: # a digit 0 to 9, * one from 1 to 6, x one of hex; everything else itself. */
static bool fits(char form, char c)
{
    const bool digit = c >= '0' && c <= '9';
    return form == '#' ? digit : form == '*' ? c >= '1' && c <= '6' : form == 'x' ? digit || (c >= 'a' && c <= 'f') : c == form;
}

/* The form of a source's DIGITS, place by place; 0 beyond the last:
 *
 *     d10, 6 throws                 ####-##
 *     lottery, 2 numbers            i2026095-##-##
 *     drand, round 4711             r4711-gxxxx… with 96 x                                                                                          */
static char form_at(const sunlot_source_rule *source, size_t at)
{
    if (source->kind == SUNLOT_SOURCE_D10 || source->kind == SUNLOT_SOURCE_D6) {
        if (at >= sunlot_digits_length(source->length)) return 0;
        return at % 5 == 4 ? '-' : source->kind == SUNLOT_SOURCE_D6 ? '*' : '#';
    }
    const bool drand = source->kind == SUNLOT_SOURCE_DRAND;
    char round[SUNLOT_NUMBER_BYTES];
    const sunlot_text name = drand ? (sunlot_text){round, sunlot_number_write(round, source->length)} : sunlot_lottery_issue(source->holder);
    if (at == 0) return drand ? 'r' : 'i';
    if (at <= name.n) return name.p[at - 1];
    at -= 1 + name.n;
    if (drand) return at == 0 ? '-' : at == 1 ? 'g' : at < 2 + 96 ? 'x' : 0;
    return at >= 3 * source->length ? 0 : at % 3 == 0 ? '-' : '#';
}

size_t sunlot_digits_wrong(const sunlot_source_rule *source, sunlot_text text)
{
    for (size_t i = 0; i < text.n; i++)
        if (form_at(source, i) == 0 || !fits(form_at(source, i), text.p[i])) return i;
    return form_at(source, text.n) == 0 ? SIZE_MAX : text.n;
}

bool sunlot_digits_check(const sunlot_source_rule *source, sunlot_text text) { return sunlot_digits_wrong(source, text) == SIZE_MAX; }

/* The seed of a rehearsal, in every round the same. */
static bool is_seed(const sunlot_log *log, sunlot_entropy *entropy, const sunlot_text *field)
{
    if (!sunlot_text_equal(field[1], SUNLOT_TEXT("rehearsal")) || !sunlot_reader_hex(entropy->rehearsal_seed, sizeof entropy->rehearsal_seed, 'x', field[2]))
        return false;
    return log->entropy[0].line == entropy->line || memcmp(log->entropy[0].rehearsal_seed, entropy->rehearsal_seed, sizeof entropy->rehearsal_seed) == 0;
}

/* The digits of the next source. */
static bool are_digits(const sunlot_reader *rd, const sunlot_text *field)
{
    uint64_t number;
    if (rd->entropies >= rd->r->sources || !sunlot_number_parse(&number, field[1], SUNLOT_MAX_SOURCES) || number != rd->entropies + 1) return false;
    return sunlot_digits_check(&rd->r->source[rd->entropies], field[2]);
}

bool sunlot_entropy_line(sunlot_reader *rd, sunlot_entropy *entropy)
{
    const sunlot_text *field = rd->record->field;
    if (rd->entropies == 0) entropy->line = rd->log->lines;
    if (rd->r->mode == SUNLOT_REHEARSAL) {
        if (rd->entropies > 0 || !is_seed(rd->log, entropy, field)) sunlot_reader_entropy(rd, rd->log->lines, "not the one seed of a rehearsal", rd->line);
    } else if (!are_digits(rd, field)) {
        sunlot_reader_entropy(rd, rd->log->lines, "not the digits that were announced", rd->line);
    } else {
        entropy->record[rd->entropies] = rd->line;
        entropy->digits[rd->entropies] = field[2]; /* without quotation marks, so part of the line */
    }
    rd->entropies++;
    return true;
}

bool sunlot_line_entropy(sunlot_reader *rd)
{
    if (rd->log->phase == SUNLOT_PHASE_RESULTS) return sunlot_line_late_entropy(rd);
    return sunlot_entropy_line(rd, &rd->log->entropy[rd->log->phase >= SUNLOT_PHASE_GROUPS]);
}

void sunlot_entropy_seed(uint8_t seed32[32], const sunlot_roster *r, const sunlot_digest *root, const sunlot_entropy *entropy)
{
    if (r->mode == SUNLOT_REHEARSAL) {
        memcpy(seed32, entropy->rehearsal_seed, 32);
        return;
    }
    const sunlot_digest seed = sunlot_mac(root->b, "sunlot/v1/seed", entropy->record, r->sources);
    memcpy(seed32, seed.b, 32);
}

void sunlot_log_seed(const sunlot_log *log, uint32_t round, uint8_t seed32[32])
{
    SUNLOT_REQUIRE(round >= 1 && round <= 2 && log->phase >= (round == 1 ? SUNLOT_PHASE_DIGITS : SUNLOT_PHASE_DIGITS_2));
    const sunlot_phase base = round == 1 ? SUNLOT_PHASE_SEED_BASE : SUNLOT_PHASE_GROUPS;
    sunlot_entropy_seed(seed32, log->roster, &log->checkpoint[base - 1].root, &log->entropy[round - 1]);
}
