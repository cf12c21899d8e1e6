/* The one replay (SPEC 9): from a school of the roster and a seed to its result lines.  Drawing appends them, verifying compares them. */
#ifndef SUNLOT_DRAW_REPLAY_H
#define SUNLOT_DRAW_REPLAY_H

#include "roster/lower.h"

/* Append a school's result lines.  Out: *lines, untouched unless SUNLOT_OK; *outcome always.
 * Returns SUNLOT_OK, SUNLOT_ERR_NOT_PLACED, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_replay(sunlot_buffer *lines, const sunlot_roster *r, uint32_t school, const uint8_t seed32[32], sunlot_outcome *outcome);

/* One try of a school, rung and attempt from 1, without result lines: for trials.  Returns SUNLOT_OK (see outcome->placed), SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_replay_try(const sunlot_roster *r, uint32_t school, const uint8_t seed32[32], uint32_t rung, uint32_t attempt, uint32_t mix,
                                               sunlot_outcome *outcome);

#endif
