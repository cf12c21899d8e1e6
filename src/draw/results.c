/* The step that records what the replay of each school gave (SPEC 9). */
#include "draw/append.h"

sunlot_err sunlot_log_result_lines(sunlot_buffer *lines, const sunlot_log *log, sunlot_text note, const sunlot_buffer *results, const sunlot_master *master,
                                   const sunlot_crew *crew)
{
    const size_t before = lines->n;
    sunlot_signer signer;
    sunlot_signer_of(&signer, master);
    const sunlot_phase next = sunlot_log_next(log);
    sunlot_err err = next == SUNLOT_PHASE_GROUPS || next == SUNLOT_PHASE_RESULTS ? sunlot_append_begin(lines, log, note, &signer) : SUNLOT_ERR_PHASE;
    for (uint32_t i = 0; i < log->roster->schools && err == SUNLOT_OK; i++)
        if (!sunlot_buffer_text(lines, sunlot_buffer_view(&results[i]))) err = SUNLOT_ERR_MEMORY;
    if (err == SUNLOT_OK) err = sunlot_append_finish(lines, before, log, sunlot_text_of(sunlot_phase_name(next)), &signer, crew);
    if (err != SUNLOT_OK) lines->n = before;
    sunlot_signer_wipe(&signer);
    return err;
}

sunlot_err sunlot_log_add_results(sunlot_buffer *out, const sunlot_log *log, sunlot_text note, const sunlot_buffer *lines, const sunlot_master *master,
                                  const sunlot_crew *crew)
{
    sunlot_buffer added = {0};
    return sunlot_append_whole(out, &added, log, sunlot_log_result_lines(&added, log, note, lines, master, crew));
}
