/* Slips: the link of a child, read and written, and what is typed against its line (SPEC 14.5). */
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "log/log.h"
#include "log/opening.h"

#define VERSION "1."
enum { PSEUDONYM_DIGITS = 32, DIGEST_DIGITS = 64, FRAGMENT = 2 + PSEUDONYM_DIGITS + 1 + DIGEST_DIGITS + 1 + DIGEST_DIGITS };

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

static sunlot_text fragment_of(sunlot_text link)
{
    sunlot_text rest, before;
    before = sunlot_text_split(link, '#', &rest);
    sunlot_text fragment = rest.p != NULL ? rest : before;
    while (fragment.n > 0 && is_blank(fragment.p[fragment.n - 1])) fragment.n--;
    while (fragment.n > 0 && rest.p == NULL && is_blank(*fragment.p)) {
        fragment.p++;
        fragment.n--;
    }
    return fragment;
}

bool sunlot_slip_read(sunlot_slip *out, sunlot_text link)
{
    const sunlot_text fragment = fragment_of(link);
    uint8_t pseudonym[16], salt[32], fingerprint[32];
    char lower[FRAGMENT];
    if (fragment.n != FRAGMENT) return false;
    for (size_t i = 0; i < FRAGMENT; i++) lower[i] = sunlot_hex_lower(fragment.p[i]);
    sunlot_text rest = {lower + sizeof VERSION - 1, FRAGMENT - (sizeof VERSION - 1)};
    const sunlot_text number = sunlot_text_split(rest, '.', &rest), opens = sunlot_text_split(rest, '.', &rest);
    if (memcmp(lower, VERSION, sizeof VERSION - 1) != 0 || !sunlot_hex_parse(pseudonym, sizeof pseudonym, number) ||
        !sunlot_hex_parse(salt, sizeof salt, opens) || !sunlot_hex_parse(fingerprint, sizeof fingerprint, rest))
        return false;
    memset(out, 0, sizeof *out);
    out->pseudonym[0] = 's';
    sunlot_hex_write(out->pseudonym + 1, pseudonym, sizeof pseudonym);
    out->salt[0] = 'h';
    sunlot_hex_write(out->salt + 1, salt, sizeof salt);
    memcpy(out->fingerprint, fingerprint, sizeof fingerprint);
    return true;
}

/* The digits of a pseudonym or digest in capitals, after its letter. */
static bool write_capitals(sunlot_buffer *out, sunlot_text lower)
{
    bool good = true;
    for (size_t i = 1; good && i < lower.n; i++) good = sunlot_buffer_byte(out, lower.p[i] >= 'a' ? (char)(lower.p[i] - 'a' + 'A') : lower.p[i]);
    return good;
}

sunlot_err sunlot_slip_write(sunlot_buffer *out, const sunlot_log *log, sunlot_text pseudonym, sunlot_text salt)
{
    const size_t before = out->n;
    uint8_t read[16], fingerprint[32];
    char digest[1 + DIGEST_DIGITS] = {'h'};
    if (log->phase < SUNLOT_PHASE_SEED_BASE) return SUNLOT_ERR_PHASE;
    if (pseudonym.n != 1 + PSEUDONYM_DIGITS || pseudonym.p[0] != 's' || !sunlot_hex_parse(read, sizeof read, (sunlot_text){pseudonym.p + 1, pseudonym.n - 1}) ||
        !sunlot_opening_salt(salt))
        return SUNLOT_ERR_INPUT;
    sunlot_log_fingerprint(log, fingerprint);
    sunlot_hex_write(digest + 1, fingerprint, sizeof fingerprint);
    const bool good = sunlot_buffer_text(out, log->roster->facts.address) && sunlot_buffer_string(out, "verify.html#" VERSION) &&
                      write_capitals(out, pseudonym) && sunlot_buffer_byte(out, '.') && write_capitals(out, salt) && sunlot_buffer_byte(out, '.') &&
                      write_capitals(out, (sunlot_text){digest, sizeof digest});
    return sunlot_buffer_keep(out, before, good) ? SUNLOT_OK : SUNLOT_ERR_MEMORY;
}

sunlot_err sunlot_log_opens(bool *opens, const sunlot_log *log, sunlot_text pseudonym, sunlot_text salt, sunlot_text id, sunlot_text name)
{
    sunlot_text line;
    const sunlot_school *school;
    sunlot_opening opening;
    if (log->edition == SUNLOT_EDITION_PUBLIC) return SUNLOT_ERR_EDITION;
    if (!sunlot_log_person(&line, &school, log, pseudonym)) return SUNLOT_ERR_INPUT;
    sunlot_record *record = sunlot_alloc(1, sizeof *record);
    if (record == NULL) return SUNLOT_ERR_MEMORY;
    const sunlot_person person = {school->name, sunlot_field_trim(id), sunlot_field_trim(name)};
    SUNLOT_REQUIRE(sunlot_record_parse(record, line) == NULL && sunlot_opening_read(&opening, record));
    *opens = sunlot_opening_check(&opening, salt, &person);
    sunlot_release(record);
    return SUNLOT_OK;
}
