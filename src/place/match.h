/* Matching groups with teams and dealing class numbers (SPEC 8.7). */
#ifndef SUNLOT_PLACE_MATCH_H
#define SUNLOT_PLACE_MATCH_H

#include "sunlot.h"

#define SUNLOT_MATCH_TRIES 65536u

/* Bit t of forbidden[g] (t & 63 of word t >> 6): group g may not get team t.
 * Returns true and team_of_group[K], or false after SUNLOT_MATCH_TRIES shuffles. */
bool sunlot_match(uint16_t *team_of_group, uint32_t groups, const uint64_t (*forbidden)[2], const uint8_t key32[32]);

/* set_of_class[K]: classes with equal numbers are interchangeable; sets are numbered by their first class; SUNLOT_NONE16 keeps its group.
 * Out: group_of_class[K]. */
void sunlot_number(uint16_t *group_of_class, uint32_t groups, const uint16_t *set_of_class, const uint8_t key32[32]);

#endif
