/* The independent check that results keep the rules (SPEC 10, `rule`): from the roster and the result lines alone.  Shares no code with src/place and none with
 * src/roster/lower.c; it is written as one would check by hand. */
#ifndef SUNLOT_DRAW_RULES_H
#define SUNLOT_DRAW_RULES_H

#include "log/log.h"

/* block: a school's results; second: those of the second round, NULL: there are none (yet), then of two rounds the seats alone are checked.
 * Returns SUNLOT_OK with *fault (answer SUNLOT_VALID if all rules hold), SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_rules_check(sunlot_fault *fault, const sunlot_roster *r, uint32_t school, const sunlot_result_block *block,
                                                const sunlot_result_block *second);

#endif
