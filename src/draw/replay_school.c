/* The replay of a school of a log: by the same function for those who draw and those who verify (SPEC 9). */
#include <string.h>

#include "base/alloc.h"
#include "draw/replay.h"

static sunlot_err replay_first(sunlot_buffer *lines, const sunlot_log *log, uint32_t school, sunlot_outcome *outcome)
{
    uint8_t seed[32];
    sunlot_log_seed(log, 1, seed);
    return sunlot_replay(lines, log->roster, school, seed, outcome);
}

static sunlot_err replay_second(sunlot_buffer *lines, const sunlot_log *log, uint32_t school, sunlot_outcome *outcome)
{
    uint8_t first[32], second[32];
    sunlot_log_seed(log, 1, first);
    sunlot_log_seed(log, 2, second);
    const sunlot_err err = sunlot_replay_second(lines, log->roster, school, log->result[school].lines, first, second);
    outcome->placed = err == SUNLOT_OK;
    return err;
}

sunlot_err sunlot_replay_round(sunlot_buffer *lines, const sunlot_log *log, uint32_t school, uint32_t round, sunlot_outcome *outcome)
{
    SUNLOT_REQUIRE(school < log->roster->schools && round >= 1 && round <= 2);
    memset(outcome, 0, sizeof *outcome);
    if (log->phase < (round == 1 ? SUNLOT_PHASE_DIGITS : SUNLOT_PHASE_DIGITS_2) || (round == 2 && !log->roster->facts.two_rounds)) return SUNLOT_ERR_PHASE;
    if (log->edition != SUNLOT_EDITION_FULL) return SUNLOT_ERR_EDITION;
    return round == 1 ? replay_first(lines, log, school, outcome) : replay_second(lines, log, school, outcome);
}

sunlot_err sunlot_replay_school(sunlot_buffer *lines, const sunlot_log *log, uint32_t school, sunlot_outcome *outcome)
{
    return sunlot_replay_round(lines, log, school, log->phase == SUNLOT_PHASE_DIGITS_2 ? 2 : 1, outcome);
}
