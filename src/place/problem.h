/* A placement problem (SPEC 7): units, groups, counts and sums, and nothing about students.
 *
 * All arrays belong to the caller and are only read by the engine.  K groups, n units, V values (counted codes first, then limits),
 * M sums.  A group's seats are fixed; its heads are not where units take more seats than they have members, and bounds follow the heads. */
#ifndef SUNLOT_PLACE_PROBLEM_H
#define SUNLOT_PLACE_PROBLEM_H

#include "sunlot.h"

#define SUNLOT_NONE16           0xffffu
#define SUNLOT_PLACE_NEIGHBOURS 64u  /* singles that the near profiles of a profile have at least (SPEC 8.3) */
#define SUNLOT_PLACE_CANDIDATES 256u /* singles that are looked at for close ones */
#define SUNLOT_PLACE_CODE       2048 /* how far apart a code that differs puts two singles */
#define SUNLOT_PLACE_PARTNERS   8u   /* close ones that are kept, of its own profile and of near ones */
#define SUNLOT_PLACE_FEW        100u /* rows for which the mix is as long as for fewer */
#define SUNLOT_PLACE_ROUNDS     6u   /* rounds of repair (SPEC 8.5) */
#define SUNLOT_PLACE_LOOKS      256u /* looks of the mix (SPEC 8.6) */

typedef struct {
    uint32_t rows;              /* students or sections: the n of schedules */
    uint32_t groups;            /* K, 1 to SUNLOT_MAX_SCHOOL_CLASSES */
    uint32_t units;             /* n */
    const uint16_t *group_size; /* [K] seats */

    const uint8_t *unit_size;    /* [n] seats, 1 to 16; 2 and more: big */
    const uint8_t *unit_heads;   /* [n] members: heads of the group it is in */
    const uint8_t *unit_stratum; /* [n] */
    const uint16_t *unit_pin;    /* [n] group or SUNLOT_NONE16 */
    const uint8_t *unit_ticket;  /* [n * 32] */

    uint32_t columns;     /* category counts */
    const uint16_t *code; /* [n * columns] profile of a unit of size 1; not read for big units */

    uint32_t values;          /* V */
    uint32_t counted;         /* A: the first A values are counted codes, the other J = V - A are limits */
    const uint32_t *has_from; /* [n + 1] unit u has the values has[has_from[u]] … has[has_from[u+1] - 1], */
    const uint16_t *has;      /*   ascending, a value repeated for each member that has it (a single has each once) */
    const uint16_t *lo, *hi;  /* [(H + 1) * V] heads-major: of value v in a group of h heads at [h * V + v]; H: the most heads a group can have;
                                  *   those of limits are the same for all h */

    uint32_t sums;           /* M */
    const int64_t *sum_of;   /* [n * M] unit-major */
    const int64_t *sum_most; /* [(H + 1) * M] heads-major: the sum lies within [-most, most] */
    const int64_t *sum_unit; /* [M] ≥ 1 */
} sunlot_problem;

#endif
