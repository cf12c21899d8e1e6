/* SPEC 8 by the plainest means: the oracle of the engine's tests.  Every energy is counted anew from nothing at each step; nothing is kept but who
 * sits on which seat. */
#ifndef SUNLOT_TESTS_PLAIN_PLACE_H
#define SUNLOT_TESTS_PLAIN_PLACE_H

#include "place/place.h"

#define PLAIN_UNITS  64
#define PLAIN_GROUPS 16
#define PLAIN_VALUES 512

/* As sunlot_place, for at most PLAIN_UNITS units, PLAIN_GROUPS groups and PLAIN_VALUES values. */
void plain_place(uint16_t *group, uint32_t *start, sunlot_place_report *report, const sunlot_problem *p, const uint8_t key32[32], uint32_t mix);

/* C and V of a placement (SPEC 8.2); S instead of V with whole_units. */
int64_t plain_counts_off(const sunlot_problem *p, const uint16_t *group);
int64_t plain_sums_off(const sunlot_problem *p, const uint16_t *group, bool whole_units);

#endif
