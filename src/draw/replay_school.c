/* The replay of a school of a log: by the same function for those who draw and those who verify (SPEC 9). */
#include <string.h>

#include "base/alloc.h"
#include "draw/replay.h"
#include "log/log.h"

sunlot_err sunlot_replay_school(sunlot_buffer *lines, const sunlot_log *log, uint32_t school, sunlot_outcome *outcome)
{
    SUNLOT_REQUIRE(school < log->roster->schools);
    memset(outcome, 0, sizeof *outcome);
    if (log->phase < SUNLOT_PHASE_DIGITS) return SUNLOT_ERR_PHASE;
    uint8_t seed[32];
    sunlot_log_seed(log, seed);
    return sunlot_replay(lines, log->roster, school, seed, outcome);
}
