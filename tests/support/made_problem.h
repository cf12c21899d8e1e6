/* Made-up placement problems for tests: rows (students) lowered by SPEC 7.2. */
#ifndef SUNLOT_TESTS_MADE_PROBLEM_H
#define SUNLOT_TESTS_MADE_PROBLEM_H

#include "base/alloc.h"
#include "place/place.h"

#define MADE_COLUMNS 256
#define MADE_SUMS    10
#define MADE_LIMITS  3 /* limit tokens a row */

typedef struct {
    uint16_t code[MADE_COLUMNS];
    int32_t score[MADE_SUMS];    /* scaled by 1000 */
    uint16_t together;           /* 0: alone */
    uint16_t limit[MADE_LIMITS]; /* from 1; 0: none */
    uint16_t pin;                /* group, or SUNLOT_NONE16 */
    uint8_t seats;
    uint8_t stratum;
} made_row;

typedef struct {
    uint32_t rows, groups, columns, sums, limits;
    int64_t gap[MADE_SUMS];     /* γ, scaled by 1000 */
    const uint16_t *limit_max;  /* [limits] */
    const uint16_t *group_size; /* NULL: as equal as can be */
    const made_row *row;
} made_school;

typedef struct {
    sunlot_arena arena;
    sunlot_problem p;
    uint32_t *unit_of_row;
    uint8_t *ticket; /* p.unit_ticket */
    uint32_t *start; /* [units] */
    void *room;      /* sunlot_place_room */
} made_problem;

/* Lower a school.  Tickets come from the stream. */
made_problem made_lower(const made_school *school, sunlot_stream *tickets);
void made_free(made_problem *made);

/* A key from a number: its bytes, then zeros. */
void made_key(uint8_t key32[32], uint64_t number);

/* One draw: number gives fresh tickets and a fresh key.  Only made itself is written to.
 *   Out: group[units] and *report, as of sunlot_place. */
void made_place(made_problem *made, uint16_t *group, sunlot_place_report *report, uint64_t number, uint32_t mix);

/* A school with categories of 2, 3, 4, 2, 5, 4, 3, 2 … values and scores that are sums of dice about 75 with a deviation of 12 points.
 * About twins_per_mille of the rows are twins.  row: room for `rows` rows. */
void made_fill(made_school *school, made_row *row, uint32_t rows, uint32_t groups, uint32_t columns, uint32_t sums, int64_t gap, uint32_t twins_per_mille,
               sunlot_stream *s);

#endif
