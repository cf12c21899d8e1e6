/* The results: the replay of a log's school, and the step that records what it gave (SPEC 9). */
#include <string.h>

#include "base/alloc.h"
#include "draw/append.h"
#include "draw/replay.h"

sunlot_err sunlot_replay_school(sunlot_buffer *lines, const sunlot_log *log, uint32_t school, sunlot_outcome *outcome)
{
    SUNLOT_REQUIRE(school < log->roster->schools);
    memset(outcome, 0, sizeof *outcome);
    if (log->phase < SUNLOT_PHASE_DIGITS) return SUNLOT_ERR_PHASE;
    uint8_t seed[32];
    sunlot_log_seed(log, seed);
    return sunlot_replay(lines, log->roster, school, seed, outcome);
}

sunlot_err sunlot_log_add_results(sunlot_buffer *out, const sunlot_log *log, const sunlot_buffer *lines, const sunlot_master *master)
{
    sunlot_signer signer;
    sunlot_signer_of(&signer, master);
    sunlot_err err = sunlot_append_check(log, SUNLOT_PHASE_DIGITS, &signer);

    sunlot_buffer all = {0};
    if (err == SUNLOT_OK && !sunlot_buffer_text(&all, log->bytes)) err = SUNLOT_ERR_MEMORY;
    for (uint32_t i = 0; i < log->roster->schools && err == SUNLOT_OK; i++)
        if (!sunlot_buffer_text(&all, sunlot_buffer_view(&lines[i]))) err = SUNLOT_ERR_MEMORY;
    if (err == SUNLOT_OK) err = sunlot_append_finish(out, &all, log, SUNLOT_PHASE_RESULTS, &signer);
    sunlot_buffer_free(&all);
    sunlot_signer_wipe(&signer);
    return err;
}
