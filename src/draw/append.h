/* Steps that make a log longer: what they share. */
#ifndef SUNLOT_DRAW_APPEND_H
#define SUNLOT_DRAW_APPEND_H

#include "log/log.h"

/* The log key of a master secret; wipe it after use. */
void sunlot_signer_of(sunlot_signer *out, const sunlot_master *master);

/* Begin a step: check that the signer is the log's host and that its last checkpoint is signed as it must be, and append the signatures of a note file
 * of it (empty: none) as records.  That the step is the next one is the caller's to see.
 * Returns SUNLOT_OK; SUNLOT_ERR_PHASE: that checkpoint is not in order, or the log is withdrawn; SUNLOT_ERR_QUORUM: its quorum is open; SUNLOT_ERR_KEY;
 * SUNLOT_ERR_SIGNATURE: the note is not good; SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_append_begin(sunlot_buffer *lines, const sunlot_log *log, sunlot_text note, const sunlot_signer *signer);
/* The same for a withdrawal, which needs no quorum. */
SUNLOT_MUST_CHECK sunlot_err sunlot_append_withdraw(sunlot_buffer *lines, const sunlot_log *log, sunlot_text note, const sunlot_signer *signer);

/* Finish a step: the bytes of lines from `from` on are what follows the log; append the signed checkpoint of this name of all of it.
 * Returns SUNLOT_OK, SUNLOT_ERR_LIMIT (larger than a log may be), SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_append_finish(sunlot_buffer *lines, size_t from, const sunlot_log *log, sunlot_text name, const sunlot_signer *signer,
                                                  const sunlot_crew *crew);

/* The whole of a longer log from the lines of a step, if the step succeeded: *out is replaced, lines is emptied.  Passes `err` on, or returns
 * SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_append_whole(sunlot_buffer *out, sunlot_buffer *lines, const sunlot_log *log, sunlot_err err);

#endif
