/* The public entropy: digits as people type them, and the step that records them (SPEC 5.3). */
#include <string.h>

#include "base/alloc.h"
#include "draw/acts.h"
#include "draw/append.h"

static sunlot_err parse_throws(sunlot_buffer *out, const sunlot_source *source, sunlot_text text, size_t *at)
{
    const char least = source->kind == SUNLOT_SOURCE_D6 ? '1' : '0', most = source->kind == SUNLOT_SOURCE_D6 ? '6' : '9';
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

/* A lottery's numbers or a chain's signature, in the form of the record; what it begins with, `i2026095-` or `r4711-g`, may be left out. */
static sunlot_err parse_public(sunlot_buffer *out, const sunlot_source *source, sunlot_text text, size_t *at)
{
    const sunlot_source_rule rule = {.kind = source->kind, .length = source->length, .holder = source->holder};
    const bool drand = source->kind == SUNLOT_SOURCE_DRAND;
    const size_t before = out->n;
    bool complete = true;
    if (text.n > 0 && text.p[0] != (drand ? 'r' : 'i')) {
        complete = drand ? sunlot_buffer_byte(out, 'r') && sunlot_buffer_number(out, source->length) && sunlot_buffer_string(out, "-g")
                         : sunlot_buffer_byte(out, 'i') && sunlot_buffer_text(out, sunlot_lottery_issue(source->holder)) && sunlot_buffer_byte(out, '-');
    }
    const size_t start = out->n - before;
    if (!complete || !sunlot_buffer_text(out, text)) {
        out->n = before;
        return SUNLOT_ERR_MEMORY;
    }
    const size_t wrong = sunlot_digits_wrong(&rule, (sunlot_text){out->p + before, out->n - before});
    if (wrong == SIZE_MAX) return SUNLOT_OK;
    *at = wrong < start ? 0 : wrong - start;
    out->n = before;
    return SUNLOT_ERR_DIGITS;
}

sunlot_err sunlot_digits_parse(sunlot_buffer *out, const sunlot_source *source, sunlot_text text, size_t *at)
{
    const bool throws = source->kind == SUNLOT_SOURCE_D10 || source->kind == SUNLOT_SOURCE_D6;
    return (throws ? parse_throws : parse_public)(out, source, text, at);
}

/* One record for each source. */
static sunlot_err write_digits(sunlot_buffer *all, const sunlot_log *log, const sunlot_text *digits)
{
    const sunlot_roster *r = log->roster;
    for (uint32_t i = 0; i < r->sources; i++) {
        if (!sunlot_digits_check(&r->source[i], digits[i])) return SUNLOT_ERR_DIGITS;
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

sunlot_err sunlot_log_entropy_lines(sunlot_buffer *lines, const sunlot_log *log, sunlot_text note, const sunlot_text *digits, const uint8_t *seed32,
                                    const sunlot_master *master)
{
    const bool rehearsal = log->roster->mode == SUNLOT_REHEARSAL;
    const size_t before = lines->n;
    sunlot_signer signer;
    sunlot_signer_of(&signer, master);
    const sunlot_phase next = sunlot_log_next(log);
    const bool late = log->late_stage == SUNLOT_LATE_ANNOUNCED;
    sunlot_err err = SUNLOT_ERR_PHASE;
    if (late)
        err = sunlot_act_begin(lines, log, note, SUNLOT_LATE_ANNOUNCED, &signer);
    else if (next == SUNLOT_PHASE_DIGITS || next == SUNLOT_PHASE_DIGITS_2)
        err = sunlot_append_begin(lines, log, note, &signer);
    if (err == SUNLOT_OK && (rehearsal ? seed32 == NULL || digits != NULL : digits == NULL || seed32 != NULL)) err = SUNLOT_ERR_DIGITS;
    if (err == SUNLOT_OK) err = rehearsal ? write_seed(lines, seed32) : write_digits(lines, log, digits);
    if (err == SUNLOT_OK && late)
        err = sunlot_act_finish(lines, before, log, SUNLOT_ACT_LATE_DIGITS, &signer);
    else if (err == SUNLOT_OK)
        err = sunlot_append_finish(lines, before, log, sunlot_text_of(sunlot_phase_name(next)), &signer, NULL);
    if (err != SUNLOT_OK) lines->n = before;
    sunlot_signer_wipe(&signer);
    return err;
}

sunlot_err sunlot_log_add_entropy(sunlot_buffer *out, const sunlot_log *log, sunlot_text note, const sunlot_text *digits, const uint8_t *seed32,
                                  const sunlot_master *master)
{
    sunlot_buffer lines = {0};
    return sunlot_append_whole(out, &lines, log, sunlot_log_entropy_lines(&lines, log, note, digits, seed32, master));
}
