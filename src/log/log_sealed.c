/* Contributions that parties seal before the dice: commit, missing, reveal; and the withdrawal (SPEC 3, 5.3, 5.5). */
#include <string.h>

#include "base/alloc.h"
#include "log/reader.h"

/* ---- whose turn it is ------------------------------------------------------------------------------------------------------------------------- */

/* Who has a record after this phase: every sealed party, then those that committed; one bit each. */
static uint32_t expected(const sunlot_log *log)
{
    if (log->phase == SUNLOT_PHASE_LIST) return sunlot_roster_sealed(log->roster);
    uint32_t committed = 0;
    for (uint32_t i = 0; i < log->roster->parties; i++) committed |= (uint32_t)(log->contribution[i].commit_line != 0) << i;
    return committed;
}

/* The next party whose record is expected; SUNLOT_NONE32 after the last. */
static uint32_t next_party(const sunlot_reader *rd)
{
    const uint32_t who = expected(rd->log);
    for (uint32_t i = rd->sealed_at; i < rd->r->parties; i++)
        if ((who >> i & 1) != 0) return i;
    return SUNLOT_NONE32;
}

bool sunlot_sealed_complete(const sunlot_reader *rd)
{
    return (rd->log->phase != SUNLOT_PHASE_LIST && rd->log->phase != SUNLOT_PHASE_COMMITS) || next_party(rd) == SUNLOT_NONE32;
}

/* The party that the record names, if it is the next one. */
static bool take_party(sunlot_reader *rd, uint32_t *party)
{
    const sunlot_text id = rd->record->field[1];
    *party = next_party(rd);
    if (*party == SUNLOT_NONE32 || !sunlot_text_equal(rd->r->party[*party].id, id)) return sunlot_reader_order(rd, "not the party whose turn it is", id);
    rd->sealed_at = *party + 1;
    return true;
}

/* ---- the records ------------------------------------------------------------------------------------------------------------------------------ */

bool sunlot_line_commit(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    uint32_t party;
    sunlot_contribution c = {.commit_line = rd->log->lines};
    if (!sunlot_party_id_check(field[1])) return sunlot_reader_parse(rd, "not the id of a party", field[1]);
    if (!sunlot_reader_hex(c.commitment.b, sizeof c.commitment.b, 'h', field[2])) return sunlot_reader_parse(rd, "not a digest", field[2]);
    if (sunlot_sig_type(field[3]) != SUNLOT_KEY_LOG) return sunlot_reader_parse(rd, "not the form of a signature", field[3]);
    if (rd->r->mode == SUNLOT_REHEARSAL) return sunlot_reader_order(rd, "in a rehearsal nobody commits", rd->line);
    if (!take_party(rd, &party)) return false;
    rd->log->contribution[party] = c;
    return sunlot_reader_keep(rd, field[3], &rd->log->contribution[party].sig);
}

bool sunlot_line_missing(sunlot_reader *rd)
{
    uint32_t party;
    if (!sunlot_party_id_check(rd->record->field[1])) return sunlot_reader_parse(rd, "not the id of a party", rd->record->field[1]);
    if (!take_party(rd, &party)) return false;
    rd->log->contribution[party].missing_line = rd->log->lines;
    return true;
}

bool sunlot_line_reveal(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    uint32_t party;
    uint8_t contribution[32];
    if (!sunlot_party_id_check(field[1])) return sunlot_reader_parse(rd, "not the id of a party", field[1]);
    if (!sunlot_reader_hex(contribution, sizeof contribution, 'x', field[2])) return sunlot_reader_parse(rd, "not a contribution", field[2]);
    if (!take_party(rd, &party)) return false;
    const sunlot_digest commitment = sunlot_commitment_of(rd->log, party, contribution);
    if (sunlot_digest_compare(&commitment, &rd->log->contribution[party].commitment) != 0)
        sunlot_reader_commitment(rd, rd->log->lines, "not the contribution that was committed to", field[1]);
    rd->log->contribution[party].reveal_line = rd->log->lines;
    return true;
}

bool sunlot_line_withdrawn(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    if (!sunlot_date_check(field[1])) return sunlot_reader_parse(rd, "not a date", field[1]);
    if (field[2].n == 0) return sunlot_reader_parse(rd, "a withdrawal without a reason", rd->line);
    rd->log->withdrawn = true;
    return true;
}

/* ---- commitments ------------------------------------------------------------------------------------------------------------------------------- */

sunlot_digest sunlot_commitment_of(const sunlot_log *log, uint32_t party, const uint8_t contribution32[32])
{
    char root[65] = {'h'};
    const sunlot_digest *list = &log->checkpoint[SUNLOT_PHASE_LIST - 1].root;
    sunlot_hex_write(root + 1, list->b, sizeof list->b);
    const sunlot_text field[] = {log->roster->id, log->roster->party[party].id, {root, sizeof root}};
    return sunlot_mac(contribution32, "sunlot/v1/contribution", field, 3);
}

bool sunlot_commit_text(sunlot_buffer *out, const sunlot_log *log, uint32_t party, const sunlot_digest *commitment)
{
    char digest[65] = {'h'};
    sunlot_hex_write(digest + 1, commitment->b, sizeof commitment->b);
    const size_t before = out->n;
    return sunlot_buffer_keep(out, before,
                              sunlot_buffer_string(out, "sunlot/v1/commit\n") && sunlot_buffer_text(out, log->roster->id) && sunlot_buffer_byte(out, '\n') &&
                                  sunlot_buffer_text(out, log->roster->party[party].id) && sunlot_buffer_byte(out, '\n') &&
                                  sunlot_buffer_add(out, digest, sizeof digest) && sunlot_buffer_byte(out, '\n'));
}

sunlot_err sunlot_commitment_check(const sunlot_log *log, uint32_t party, sunlot_fault *fault)
{
    const sunlot_contribution *c = &log->contribution[party];
    sunlot_buffer text = {0};
    sunlot_vkey key;
    SUNLOT_REQUIRE(c->commit_line != 0 && sunlot_vkey_parse(&key, log->roster->party[party].vkey)); /* seen when it was read */
    if (!sunlot_commit_text(&text, log, party, &c->commitment)) return SUNLOT_ERR_MEMORY;
    const sunlot_note_state state = sunlot_text_check(c->sig, &key, sunlot_buffer_view(&text));
    sunlot_buffer_free(&text);
    if (state == SUNLOT_NOTE_GOOD) return SUNLOT_OK;
    sunlot_fault_set(fault, SUNLOT_FAULT_SIGNATURE, c->commit_line, state == SUNLOT_NOTE_KEY ? "a signature by another key" : "a signature that is not valid",
                     log->roster->party[party].id);
    return SUNLOT_ERR_LOG;
}
