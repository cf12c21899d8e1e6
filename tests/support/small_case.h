/* Placement problems small enough to list every placement that keeps their rules. */
#ifndef SUNLOT_TESTS_SMALL_CASE_H
#define SUNLOT_TESTS_SMALL_CASE_H

#include "support/made_problem.h"

#define SMALL_ROWS 25u

typedef struct {
    const char *name;
    uint32_t rows, groups, columns, sums;
    const char *codes[SMALL_ROWS]; /* a digit for each column */
    const char *together;          /* a letter for each row, '.' alone */
    const char *apart;             /* the same: at most one in a group, or */
    const char *most;              /*   the digit for each letter from a */
    const char *seats;             /* a digit for each row, '.' one */
    const char *sizes;             /* a digit for each group; NULL: as equal as can be */
    const char *locks;             /* the digit of a group for each row, '.' none */
    const char *strata;            /* a letter for each row */
    int32_t score[SMALL_ROWS];     /* x: the first sum; the second is x² mod 17, the third x³ mod 13 */
    int64_t gap;                   /* scaled */
    uint32_t states;               /* placements that keep all rules, up to the naming of groups (small_listing.h) */
} small_case;

extern const small_case small_cases[];
extern const uint32_t small_case_count;

/* The case of this name; NULL if there is none. */
const small_case *small_case_find(const char *name);

made_problem small_case_lower(const small_case *c);

#endif
