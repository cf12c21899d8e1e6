/* The supplements of a log: late students and where the digits put them (SPEC 5.5, 8.8). */
#ifndef SUNLOT_DRAW_SUPPLEMENTS_H
#define SUNLOT_DRAW_SUPPLEMENTS_H

#include "log/history.h"

/* Append the lines late-seat of the supplement in which the log stands; its digits are there.
 * Returns SUNLOT_OK; SUNLOT_ERR_NOT_PLACED: somebody finds no seat; SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_supplement_replay(sunlot_buffer *lines, const sunlot_log *log);

/* Recompute all supplements.  Out: *roster, a supplement for which there are no seats; *mismatch, the first line that is another than it should be; answer
 * SUNLOT_VALID: none.  Returns SUNLOT_OK, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_supplements_check(sunlot_fault *roster, sunlot_fault *mismatch, const sunlot_log *log);

#endif
