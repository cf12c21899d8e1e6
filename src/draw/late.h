/* Late students get classes by lot, nobody else moves (SPEC 8.8). */
#ifndef SUNLOT_DRAW_LATE_H
#define SUNLOT_DRAW_LATE_H

#include "roster/roster.h"

typedef struct {
    uint8_t pseudonym[16];
    uint8_t seats;
    uint16_t class_; /* index of a class of the school, once it is drawn; SUNLOT_NONE16: there is none with a seat */
} sunlot_newcomer;

/* Draw classes for the newcomers of one school in one supplement.
 *   In:  seats[classes], 0: blank; size[classes], the effective sizes; the key of the stage `late`.
 *   Out: newcomer[].class_; size[] as it is then.
 * Returns SUNLOT_OK; SUNLOT_ERR_NOT_PLACED: somebody finds no seat, *stuck is who: the first in the order of the tickets; SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_late_draw(sunlot_newcomer *newcomer, uint32_t *stuck, uint32_t newcomers, uint32_t *size, const sunlot_class *class_,
                                              uint32_t classes, const sunlot_digest *key);

/* Whether everybody finds a seat whatever the lot says. */
bool sunlot_late_fits(const sunlot_newcomer *newcomer, uint32_t newcomers, const uint32_t *size, const sunlot_class *class_, uint32_t classes);

#endif
