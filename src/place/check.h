/* A recount of a placement by the plainest means.  Shares no code with the engine. */
#ifndef SUNLOT_PLACE_CHECK_H
#define SUNLOT_PLACE_CHECK_H

#include "place/problem.h"

typedef enum {
    SUNLOT_BREACH_NONE,
    SUNLOT_BREACH_GROUP, /* unit `index` is in a group that does not exist (group) */
    SUNLOT_BREACH_PIN,   /* unit `index` is not in the group it is pinned to */
    SUNLOT_BREACH_SEATS, /* group's units do not take exactly its seats */
    SUNLOT_BREACH_COUNT, /* value `index` in the group */
    SUNLOT_BREACH_SUM    /* sum `index` in the group */
} sunlot_breach_kind;

typedef struct {
    sunlot_breach_kind kind;
    uint32_t index, group;
    int64_t found, lo, hi;
} sunlot_breach;

/* Recount group[n].  Returns the first broken interval: units in order, then seats by group, then counts by value and group, then
 * sums by sum and group; kind SUNLOT_BREACH_NONE if all hold. */
sunlot_breach sunlot_placement_check(const sunlot_problem *p, const uint16_t *group);

#endif
