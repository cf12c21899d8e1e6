/* The steps before the dice: commits, reveals, and the withdrawal (SPEC 5.3, 5.5). */
#include "base/alloc.h"
#include "base/utf8.h"
#include "draw/append.h"

static bool write_missing(sunlot_buffer *lines, sunlot_text id)
{
    const sunlot_text field[] = {SUNLOT_TEXT("missing"), id};
    return sunlot_record_write(lines, field, 2);
}

typedef sunlot_err record_check(const sunlot_log *log, uint32_t party, sunlot_text record);

/* A record of each party of a set, in their order: the one given, or `missing`. */
static sunlot_err write_records(sunlot_buffer *lines, const sunlot_log *log, uint32_t parties, const sunlot_text *record, record_check *check)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < log->roster->parties; i++) {
        if ((parties >> i & 1) == 0) continue;
        sunlot_text one = record[at++];
        if (one.n == 0) {
            if (!write_missing(lines, log->roster->party[i].id)) return SUNLOT_ERR_MEMORY;
            continue;
        }
        const sunlot_err err = check(log, i, one);
        if (err != SUNLOT_OK) return err == SUNLOT_ERR_MEMORY ? err : SUNLOT_ERR_SIGNATURE;
        if (one.p[one.n - 1] == '\n') one.n--;
        if (!sunlot_buffer_text(lines, one) || !sunlot_buffer_byte(lines, '\n')) return SUNLOT_ERR_MEMORY;
    }
    return SUNLOT_OK;
}

/* A step of records of sealed parties. */
static sunlot_err step(sunlot_buffer *lines, const sunlot_log *log, sunlot_text note, sunlot_phase next, uint32_t parties, const sunlot_text *record,
                       record_check *check, const sunlot_master *master)
{
    const size_t before = lines->n;
    sunlot_signer signer;
    sunlot_signer_of(&signer, master);
    sunlot_err err = sunlot_log_next(log) == next ? sunlot_append_begin(lines, log, note, &signer) : SUNLOT_ERR_PHASE;
    if (err == SUNLOT_OK) err = write_records(lines, log, parties, record, check);
    if (err == SUNLOT_OK) err = sunlot_append_finish(lines, before, log, sunlot_text_of(sunlot_phase_name(next)), &signer, NULL);
    if (err != SUNLOT_OK) lines->n = before;
    sunlot_signer_wipe(&signer);
    return err;
}

sunlot_err sunlot_log_commit_lines(sunlot_buffer *lines, const sunlot_log *log, sunlot_text note, const sunlot_text *commit, const sunlot_master *master)
{
    return step(lines, log, note, SUNLOT_PHASE_COMMITS, sunlot_roster_sealed(log->roster), commit, sunlot_commit_check, master);
}

sunlot_err sunlot_log_reveal_lines(sunlot_buffer *lines, const sunlot_log *log, sunlot_text note, const sunlot_text *reveal, const sunlot_master *master)
{
    uint32_t committed = 0;
    if (log->phase != SUNLOT_PHASE_COMMITS) return SUNLOT_ERR_PHASE; /* without sealed parties seed-base is the announcement's */
    for (uint32_t i = 0; i < log->roster->parties; i++) committed |= (uint32_t)(log->contribution[i].commit_line != 0) << i;
    return step(lines, log, note, SUNLOT_PHASE_SEED_BASE, committed, reveal, sunlot_reveal_check, master);
}

sunlot_err sunlot_log_withdraw_lines(sunlot_buffer *lines, const sunlot_log *log, sunlot_text note, sunlot_text date, sunlot_text reason,
                                     const sunlot_master *master)
{
    const size_t before = lines->n;
    if (log->phase > SUNLOT_PHASE_SEED_BASE) return SUNLOT_ERR_PHASE;
    if (!sunlot_date_check(date) || reason.n == 0 || sunlot_field_check(reason) != 0) return SUNLOT_ERR_INPUT;
    sunlot_signer signer;
    sunlot_signer_of(&signer, master);
    sunlot_err err = sunlot_append_withdraw(lines, log, note, &signer);
    if (err == SUNLOT_OK) {
        const sunlot_text field[] = {SUNLOT_TEXT("withdrawn"), date, reason};
        if (!sunlot_record_write(lines, field, 3)) err = SUNLOT_ERR_MEMORY;
    }
    if (err == SUNLOT_OK) err = sunlot_append_finish(lines, before, log, SUNLOT_TEXT("withdrawn"), &signer, NULL);
    if (err != SUNLOT_OK) lines->n = before;
    sunlot_signer_wipe(&signer);
    return err;
}
