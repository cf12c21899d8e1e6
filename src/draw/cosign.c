/* What a party does by itself: sign a note, seal a contribution, open it (SPEC 5.3, 6). */
#include <string.h>

#include "base/alloc.h"
#include "draw/append.h"

#define DASH "\xe2\x80\x94 "

sunlot_err sunlot_party_vkey(sunlot_buffer *out, sunlot_text draw_id, sunlot_text party_id, const uint8_t public32[32])
{
    sunlot_buffer name = {0};
    const bool complete = sunlot_buffer_text(&name, draw_id) && sunlot_buffer_byte(&name, '/') && sunlot_buffer_text(&name, party_id) &&
                          sunlot_vkey_write(out, sunlot_buffer_view(&name), SUNLOT_KEY_PARTY, public32);
    sunlot_buffer_free(&name);
    return complete ? SUNLOT_OK : SUNLOT_ERR_MEMORY;
}

sunlot_err sunlot_cosign(sunlot_buffer *line, sunlot_text note, sunlot_text key_name, const uint8_t secret64[64], uint64_t time)
{
    sunlot_text id, rest = note;
    uint64_t size;
    uint8_t root[32];
    sunlot_buffer sig = {0};
    if (!sunlot_note_read(note, &id, &size, root) || time == 0 || time > SUNLOT_MAX_TIME) return SUNLOT_ERR_SIGNATURE;
    for (int i = 0; i < 3; i++) (void)sunlot_text_split(rest, '\n', &rest);
    const sunlot_text text = {note.p, note.n - rest.n}; /* without signature lines */
    const size_t before = line->n;
    bool complete = sunlot_note_cosign(&sig, secret64, key_name, text, time);
    complete = complete && sunlot_buffer_string(line, DASH) && sunlot_buffer_text(line, key_name) && sunlot_buffer_byte(line, ' ') &&
               sunlot_buffer_text(line, (sunlot_text){sig.p + 1, sig.n - 1}) && sunlot_buffer_byte(line, '\n');
    sunlot_buffer_free(&sig);
    return sunlot_buffer_keep(line, before, complete) ? SUNLOT_OK : SUNLOT_ERR_MEMORY;
}

sunlot_err sunlot_commit_make(sunlot_buffer *record, const sunlot_log *log, uint32_t party, const uint8_t contribution32[32], const uint8_t secret64[64])
{
    SUNLOT_REQUIRE(party < log->roster->parties);
    const sunlot_party_rule *rule = &log->roster->party[party];
    if (log->phase < SUNLOT_PHASE_LIST || !rule->sealed || log->checkpoint[SUNLOT_PHASE_LIST - 1].line == 0) return SUNLOT_ERR_PHASE;
    if (memcmp(rule->public_, secret64 + 32, sizeof rule->public_) != 0) return SUNLOT_ERR_KEY;
    const sunlot_digest commitment = sunlot_commitment_of(log, party, contribution32);
    sunlot_text rest;
    sunlot_buffer text = {0}, sig = {0};
    char digest[65] = {'h'};
    sunlot_hex_write(digest + 1, commitment.b, sizeof commitment.b);
    bool complete = sunlot_commit_text(&text, log, party, &commitment) &&
                    sunlot_text_sign(&sig, secret64, sunlot_text_split(rule->vkey, '+', &rest), sunlot_buffer_view(&text));
    if (complete) {
        const sunlot_text field[] = {SUNLOT_TEXT("commit"), rule->id, {digest, sizeof digest}, sunlot_buffer_view(&sig)};
        complete = sunlot_record_write(record, field, 4);
    }
    sunlot_buffer_free(&text);
    sunlot_buffer_free(&sig);
    return complete ? SUNLOT_OK : SUNLOT_ERR_MEMORY;
}

/* The errors of a contribution that opens nothing. */
static sunlot_err opens(const sunlot_log *log, uint32_t party, const uint8_t contribution32[32])
{
    SUNLOT_REQUIRE(party < log->roster->parties);
    const sunlot_contribution *c = &log->contribution[party];
    if (c->commit_line == 0) return SUNLOT_ERR_PHASE;
    const sunlot_digest commitment = sunlot_commitment_of(log, party, contribution32);
    return sunlot_digest_compare(&commitment, &c->commitment) == 0 ? SUNLOT_OK : SUNLOT_ERR_KEY;
}

sunlot_err sunlot_reveal_make(sunlot_buffer *record, const sunlot_log *log, uint32_t party, const uint8_t contribution32[32])
{
    const sunlot_err err = opens(log, party, contribution32);
    if (err != SUNLOT_OK) return err;
    char hex[65] = {'x'};
    sunlot_hex_write(hex + 1, contribution32, 32);
    const sunlot_text field[] = {SUNLOT_TEXT("reveal"), log->roster->party[party].id, {hex, sizeof hex}};
    return sunlot_record_write(record, field, 3) ? SUNLOT_OK : SUNLOT_ERR_MEMORY;
}

/* ---- a record that somebody brings --------------------------------------------------------------------------------------------------------------------- */

/* Read a line as a record of a type with so many fields, for a party.  The record is the caller's to release. */
static sunlot_err read_record(sunlot_record **out, const sunlot_log *log, uint32_t party, sunlot_text line, const char *type, uint32_t fields)
{
    SUNLOT_REQUIRE(party < log->roster->parties);
    if (line.n > 0 && line.p[line.n - 1] == '\n') line.n--;
    sunlot_record *record = sunlot_alloc(1, sizeof *record);
    if (record == NULL) return SUNLOT_ERR_MEMORY;
    const bool good = sunlot_record_parse(record, line) == NULL && record->fields == fields && sunlot_text_equal(record->field[0], sunlot_text_of(type)) &&
                      sunlot_text_equal(record->field[1], log->roster->party[party].id);
    if (!good) {
        sunlot_release(record);
        return SUNLOT_ERR_SIGNATURE;
    }
    *out = record;
    return SUNLOT_OK;
}

static sunlot_err check_commit(const sunlot_log *log, uint32_t party, const sunlot_text *field)
{
    sunlot_digest commitment;
    sunlot_vkey key;
    sunlot_buffer text = {0};
    if (field[2].n != 65 || field[2].p[0] != 'h' || !sunlot_hex_parse(commitment.b, 32, (sunlot_text){field[2].p + 1, 64})) return SUNLOT_ERR_SIGNATURE;
    if (!sunlot_commit_text(&text, log, party, &commitment)) return SUNLOT_ERR_MEMORY;
    SUNLOT_REQUIRE(sunlot_vkey_parse(&key, log->roster->party[party].vkey)); /* seen when it was read */
    const sunlot_note_state state = sunlot_text_check(field[3], &key, sunlot_buffer_view(&text));
    sunlot_buffer_free(&text);
    return state == SUNLOT_NOTE_GOOD ? SUNLOT_OK : state == SUNLOT_NOTE_KEY ? SUNLOT_ERR_KEY : SUNLOT_ERR_SIGNATURE;
}

sunlot_err sunlot_commit_check(const sunlot_log *log, uint32_t party, sunlot_text record)
{
    sunlot_record *read;
    if (log->phase < SUNLOT_PHASE_LIST || !log->roster->party[party].sealed) return SUNLOT_ERR_PHASE;
    sunlot_err err = read_record(&read, log, party, record, "commit", 4);
    if (err != SUNLOT_OK) return err;
    err = check_commit(log, party, read->field);
    sunlot_release(read);
    return err;
}

sunlot_err sunlot_reveal_check(const sunlot_log *log, uint32_t party, sunlot_text record)
{
    sunlot_record *read;
    uint8_t contribution[32];
    sunlot_err err = read_record(&read, log, party, record, "reveal", 3);
    if (err != SUNLOT_OK) return err;
    const sunlot_text field = read->field[2];
    err = SUNLOT_ERR_SIGNATURE;
    if (field.n == 65 && field.p[0] == 'x' && sunlot_hex_parse(contribution, 32, (sunlot_text){field.p + 1, 64})) err = opens(log, party, contribution);
    sunlot_release(read);
    return err;
}
