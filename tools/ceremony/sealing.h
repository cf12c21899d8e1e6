/* What sealed parties do, one after another: drafts in private/ until all have done it or are missing, then their records and the next checkpoint at once. */
#ifndef SUNLOT_TOOLS_SEALING_H
#define SUNLOT_TOOLS_SEALING_H

#include "ceremony/progress.h"

/* Whether a record is the party's good one for this step, STEP_COMMIT or STEP_REVEAL.  what: where it comes from, for complaints.  Returns STATUS_RUN or STATUS_REFUSED. */
int sealing_check(progress_step step, const sunlot_log *log, uint32_t party, sunlot_text record, const char *what);

/* Keep a record (or, empty: that the party is missing) as a draft.  A commitment that is there stays: another one is refused, and so is `missing` after it.
 * Returns STATUS_RUN or the exit status. */
int sealing_keep(progress_step step, const ceremony *c, const sunlot_log *log, uint32_t party, sunlot_text record);

/* Remove the drafts of steps that the log has behind it.  Returns STATUS_RUN or STATUS_CANNOT. */
int sealing_clean(const ceremony *c, const sunlot_log *log);

/* Whom the step still waits for; with nobody left, enter all of it in the log.  Returns STATUS_OK or the exit status; says what was done and what comes next. */
int sealing_finish(const progress *p, const ceremony *c, const ceremony_state *state);

#endif
