/* The public entropy: digits as people type them, and the step that records them (SPEC 5.3). */
#include <string.h>

#include "base/alloc.h"
#include "draw/append.h"

sunlot_err sunlot_digits_parse(sunlot_buffer *out, const sunlot_source *source, sunlot_text text, size_t *at)
{
    const char least = source->d6 ? '1' : '0', most = source->d6 ? '6' : '9';
    char digits[SUNLOT_MAX_DIGITS + SUNLOT_MAX_DIGITS / 4];
    size_t n = 0, have = 0;
    SUNLOT_REQUIRE(source->length >= 1 && source->length <= SUNLOT_MAX_DIGITS);
    for (size_t i = 0; i < text.n; i++) {
        const char c = text.p[i];
        /* A hyphen may stand where the record has one: once, between two groups of four. */
        const bool between = have > 0 && have % 4 == 0 && have < source->length && text.p[i - 1] != '-';
        const bool digit = c >= least && c <= most && have < source->length;
        if (!digit && !(c == '-' && between)) {
            *at = i;
            return SUNLOT_ERR_DIGITS;
        }
        if (!digit) continue;
        if (have > 0 && have % 4 == 0) digits[n++] = '-';
        digits[n++] = c;
        have++;
    }
    if (have < source->length) {
        *at = text.n;
        return SUNLOT_ERR_DIGITS;
    }
    return sunlot_buffer_add(out, digits, n) ? SUNLOT_OK : SUNLOT_ERR_MEMORY;
}

/* One record for each source. */
static sunlot_err write_digits(sunlot_buffer *all, const sunlot_log *log, const sunlot_text *digits)
{
    const sunlot_roster *r = log->roster;
    for (uint32_t i = 0; i < r->sources; i++) {
        if (!sunlot_digits_check(r->source[i].d6, r->source[i].length, digits[i])) return SUNLOT_ERR_DIGITS;
        const bool complete = sunlot_buffer_string(all, "entropy,") && sunlot_buffer_number(all, (uint64_t)i + 1) && sunlot_buffer_byte(all, ',') &&
                              sunlot_buffer_text(all, digits[i]) && sunlot_buffer_byte(all, '\n');
        if (!complete) return SUNLOT_ERR_MEMORY;
    }
    return SUNLOT_OK;
}

/* The one record of a rehearsal. */
static sunlot_err write_seed(sunlot_buffer *all, const uint8_t seed32[32])
{
    char hex[64];
    sunlot_hex_write(hex, seed32, 32);
    const bool complete = sunlot_buffer_string(all, "entropy,rehearsal,x") && sunlot_buffer_add(all, hex, sizeof hex) && sunlot_buffer_byte(all, '\n');
    return complete ? SUNLOT_OK : SUNLOT_ERR_MEMORY;
}

sunlot_err sunlot_log_entropy_lines(sunlot_buffer *lines, const sunlot_log *log, const sunlot_text *digits, const uint8_t *seed32, const sunlot_master *master)
{
    const bool rehearsal = log->roster->mode == SUNLOT_REHEARSAL;
    const size_t before = lines->n;
    sunlot_signer signer;
    sunlot_signer_of(&signer, master);
    sunlot_err err = sunlot_append_check(log, SUNLOT_PHASE_SEED_BASE, &signer);
    if (err == SUNLOT_OK && (rehearsal ? seed32 == NULL || digits != NULL : digits == NULL || seed32 != NULL)) err = SUNLOT_ERR_DIGITS;
    if (err == SUNLOT_OK) err = rehearsal ? write_seed(lines, seed32) : write_digits(lines, log, digits);
    if (err == SUNLOT_OK) err = sunlot_append_finish(lines, before, log, SUNLOT_PHASE_DIGITS, &signer, NULL);
    if (err != SUNLOT_OK) lines->n = before;
    sunlot_signer_wipe(&signer);
    return err;
}

sunlot_err sunlot_log_add_entropy(sunlot_buffer *out, const sunlot_log *log, const sunlot_text *digits, const uint8_t *seed32, const sunlot_master *master)
{
    sunlot_buffer lines = {0};
    return sunlot_append_whole(out, &lines, log, sunlot_log_entropy_lines(&lines, log, digits, seed32, master));
}
