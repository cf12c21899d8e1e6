/* The one replay (SPEC 9): from a school of the roster and a seed to its result lines.  Drawing appends them, verifying compares them. */
#ifndef SUNLOT_DRAW_REPLAY_H
#define SUNLOT_DRAW_REPLAY_H

#include "log/log.h"
#include "roster/lower.h"

/* Append a school's result lines.  Out: *lines, untouched unless SUNLOT_OK; *outcome always.
 * Returns SUNLOT_OK, SUNLOT_ERR_NOT_PLACED, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_replay(sunlot_buffer *lines, const sunlot_roster *r, uint32_t school, const uint8_t seed32[32], sunlot_outcome *outcome);

/* The second of two rounds: append a school's lines `matched` and `section`; nothing if it has no teachers.  placed: its lines of the first round, as
 * sunlot_replay gave them from the first seed.  Out: *lines, untouched unless SUNLOT_OK.
 * Returns SUNLOT_OK; SUNLOT_ERR_NOT_PLACED if these are no such lines; SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_replay_second(sunlot_buffer *lines, const sunlot_roster *r, uint32_t school, sunlot_text placed, const uint8_t first32[32],
                                                  const uint8_t second32[32]);

/* Both of them for a school of a log: round 1 or 2, which has digits.  Safe from several threads on one log.
 * Returns SUNLOT_OK, SUNLOT_ERR_NOT_PLACED, SUNLOT_ERR_PHASE, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_replay_round(sunlot_buffer *lines, const sunlot_log *log, uint32_t school, uint32_t round, sunlot_outcome *outcome);

/* One try of a school, rung and attempt from 1, without result lines: for trials.  Returns SUNLOT_OK (see outcome->placed), SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_replay_try(const sunlot_roster *r, uint32_t school, const uint8_t seed32[32], uint32_t rung, uint32_t attempt, uint32_t mix,
                                               sunlot_outcome *outcome);

#endif
