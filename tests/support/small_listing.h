/* All placements of a small problem that keep its rules, up to the naming of groups that are interchangeable: of equal size, and no unit pinned to them.
 * Each of them stands for equally many named ones, since every group has somebody in it. */
#ifndef SUNLOT_TESTS_SMALL_LISTING_H
#define SUNLOT_TESTS_SMALL_LISTING_H

#include "place/problem.h"

#define SMALL_UNITS  25
#define SMALL_GROUPS 16
#define SMALL_VALUES 64
#define SMALL_STATES 8192

typedef struct {
    const sunlot_problem *p;
    uint32_t set[SMALL_GROUPS]; /* of interchangeable groups: the least of them */
    uint32_t set_size[SMALL_GROUPS];
    uint32_t states;
    uint8_t state[SMALL_STATES][SMALL_UNITS]; /* ascending; the group of each unit, groups of a set named in the order in which units have them */
} small_listing;

/* List by trying every group for every unit.  With more strata than one, each group has equally many of each stratum, which is what the deal gives
 * and no step changes. */
void small_listing_make(small_listing *l, const sunlot_problem *p);

/* The number of the state that a placement is; UINT32_MAX if it is none. */
uint32_t small_listing_find(const small_listing *l, const uint16_t *group);

/* Into how many parts the states fall when a step is the exchange of two units of equal size and stratum, and with `blocks` also that of a big unit with as
 * many singles as it has seats.  Out: *largest, states of the largest part. */
uint32_t small_listing_parts(const small_listing *l, bool blocks, uint32_t *largest);

#endif
