/* The step that records what the replay of each school gave (SPEC 9). */
#include "draw/append.h"

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
