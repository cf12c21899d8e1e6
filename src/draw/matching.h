/* What match and number go by (SPEC 8.7): which teams a group may not get, and which classes are interchangeable. */
#ifndef SUNLOT_DRAW_MATCHING_H
#define SUNLOT_DRAW_MATCHING_H

#include "roster/roster.h"

/* The teams that each group may not get.
 *   Out: forbidden[classes], bits as in sunlot_match.
 *   In:  group[unit] of each student's unit; unit_of_student[students], NULL: units are students; teams[teachers]: bit of each team a teacher is in. */
void sunlot_recusals(uint64_t (*forbidden)[2], const sunlot_school *s, const uint16_t *group, const uint32_t *unit_of_student, const uint64_t (*teams)[2]);

/* The sets of interchangeable classes, as sunlot_number takes them.  Out: set[classes]: the set's first class; SUNLOT_NONE16 for a class that a lock names. */
void sunlot_interchangeable(uint16_t *set, const sunlot_school *s);

#endif
