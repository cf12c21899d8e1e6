/* Steps after the results: what they share (SPEC 5.5). */
#ifndef SUNLOT_DRAW_ACTS_H
#define SUNLOT_DRAW_ACTS_H

#include "log/history.h"

/* Begin a step of an act: check that the log has results and stands in a supplement at this stage, then as sunlot_append_begin.
 * Returns as that; SUNLOT_ERR_LIMIT: more acts than a log may have. */
SUNLOT_MUST_CHECK sunlot_err sunlot_act_begin(sunlot_buffer *lines, const sunlot_log *log, sunlot_text note, sunlot_late_stage stage,
                                              const sunlot_signer *signer);
/* Finish it with the checkpoint of this kind, as sunlot_append_finish. */
SUNLOT_MUST_CHECK sunlot_err sunlot_act_finish(sunlot_buffer *lines, size_t from, const sunlot_log *log, sunlot_act_kind kind, const sunlot_signer *signer);

#endif
