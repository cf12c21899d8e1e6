/* Matching groups with teams and dealing class numbers (SPEC 8.7). */
#ifndef SUNLOT_PLACE_MATCH_H
#define SUNLOT_PLACE_MATCH_H

#include "sunlot.h"

#define SUNLOT_MATCH_TRIES 65536u              /* in the round that makes the groups … */
#define SUNLOT_MATCH_AGAIN (UINT32_C(1) << 20) /*   … and where they stand already */

/* Bit t of forbidden[g] (t & 63 of word t >> 6): group g may not get team t.  hand[K]: slots drawn by hand, to which the shuffles are applied; NULL: none.
 * Returns how many shuffles were made, at most `most`, and team_of_group[K]; 0 if none of them was allowed: then team_of_group is of no use. */
uint32_t sunlot_match(uint16_t *team_of_group, uint32_t groups, const uint64_t (*forbidden)[2], const uint16_t *hand, uint32_t most, const uint8_t key32[32]);

/* set_of_class[K]: classes with equal numbers are interchangeable; sets are numbered by their first class; SUNLOT_NONE16 keeps its group.
 * hand[K]: the class drawn by hand for each slot, where all are of one set; NULL: none.
 * Out: group_of_class[K]. */
void sunlot_number(uint16_t *group_of_class, uint32_t groups, const uint16_t *set_of_class, const uint16_t *hand, const uint8_t key32[32]);

#endif
