/* Steps that make a log longer: what they share. */
#ifndef SUNLOT_DRAW_APPEND_H
#define SUNLOT_DRAW_APPEND_H

#include "log/log.h"

/* The log key of a master secret; wipe it after use. */
void sunlot_signer_of(sunlot_signer *out, const sunlot_master *master);

/* Check that a log stands at a phase whose checkpoint is signed as it must be, and that the signer is its party.
 * Returns SUNLOT_OK, SUNLOT_ERR_PHASE (another phase, or that checkpoint is not in order), SUNLOT_ERR_KEY, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_append_check(const sunlot_log *log, sunlot_phase phase, const sunlot_signer *signer);

/* Finish a step: the bytes of lines from `from` on are what follows the log; append the signed checkpoint of all of it.
 * Returns SUNLOT_OK, SUNLOT_ERR_LIMIT (larger than a log may be), SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_append_finish(sunlot_buffer *lines, size_t from, const sunlot_log *log, sunlot_phase phase, const sunlot_signer *signer,
                                                  const sunlot_crew *crew);

/* The whole of a longer log from the lines of a step, if the step succeeded: *out is replaced, lines is emptied.  Passes `err` on, or returns
 * SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_append_whole(sunlot_buffer *out, sunlot_buffer *lines, const sunlot_log *log, sunlot_err err);

#endif
