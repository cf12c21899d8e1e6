/* What is drawn by hand from a box before the dice: a permutation of slots (SPEC 5.2, 8.7). */
#ifndef SUNLOT_ROSTER_HANDS_H
#define SUNLOT_ROSTER_HANDS_H

#include "roster/roster.h"

/* "numbers", "teams"; and back: SUNLOT_HANDS if it is neither. */
sunlot_text sunlot_hand_word(sunlot_hand what);
sunlot_hand sunlot_hand_find(sunlot_text word);

/* Read numbers from 1 separated by single spaces.
 *   Out: slot[SUNLOT_MAX_SCHOOL_CLASSES], from 0, UINT16_MAX for what is no number of a class; *count, how many numbers there are (one more than that: more).
 * Returns false if the text has another form. */
bool sunlot_hand_read(uint16_t *slot, uint32_t *count, sunlot_text text);

/* Whether slot[count] is each of 0 … classes-1 once. */
bool sunlot_hand_complete(const uint16_t *slot, uint32_t count, uint32_t classes);

/* Whether all classes of a school are interchangeable (SPEC 8.7): equal seats, no lock. */
bool sunlot_school_alike(const sunlot_school *s);

#endif
