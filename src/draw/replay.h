/* The one replay (SPEC 9): from a school of the roster and a seed to its result lines.  Drawing appends them, verifying compares them. */
#ifndef SUNLOT_DRAW_REPLAY_H
#define SUNLOT_DRAW_REPLAY_H

#include "roster/lower.h"

/* Number is the school's number in the log, from 1. */
SUNLOT_MUST_CHECK sunlot_err sunlot_replay(sunlot_buffer *lines, const sunlot_roster *r, uint32_t school, const uint8_t seed32[32], sunlot_outcome *outcome);

/* One try of a school, without result lines: for trials. */
SUNLOT_MUST_CHECK sunlot_err sunlot_replay_try(const sunlot_roster *r, uint32_t school, const uint8_t seed32[32], uint32_t rung, uint32_t attempt, uint32_t mix, sunlot_outcome *outcome);

#endif
