/* The engine (SPEC 8): deal, repair, mix.  Allocates nothing, uses no floating point, reads one stream. */
#ifndef SUNLOT_PLACE_PLACE_H
#define SUNLOT_PLACE_PLACE_H

#include "place/problem.h"

typedef struct {
    bool placed;
    uint32_t looks;
    uint64_t repair_steps, mix_steps;
    uint64_t counts_off; /* C at the end */
    uint64_t sums_off;   /* V at the end */
    uint32_t worst;      /* value (0 … V-1), or V + sum, that is furthest off at the end; UINT32_MAX if none */
} sunlot_place_report;

/* Bytes of working memory that sunlot_place needs for this problem. */
size_t sunlot_place_room(const sunlot_problem *p);

/* One run of the engine.
 *   Out: group[n]  group of each unit, in the problem's order; start[n] the unit's number in the order of SPEC 8.1 (from 0);
 *        *report   always.  group and start are meaningful only if report->placed.
 *   In:  key32     of the stream; mix: steps a row, 0 to stop after the repair; room: sunlot_place_room bytes, aligned for uint64_t. */
void sunlot_place(uint16_t *group, uint32_t *start, sunlot_place_report *report, const sunlot_problem *p, const uint8_t key32[32], uint32_t mix, void *room);

/* The same by the plainest means, as oracle in tests: every energy is counted anew from nothing at each step. */
/* (tests/support/plain_place.c) */

#endif
