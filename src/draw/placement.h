/* A school's placement: what a try works on, and what it leaves when it succeeds (SPEC 9). */
#ifndef SUNLOT_DRAW_PLACEMENT_H
#define SUNLOT_DRAW_PLACEMENT_H

#include "roster/lower.h"

/* Who takes a subject in a team. */
typedef struct {
    uint16_t teacher;
    bool homeroom;
} sunlot_cast;

typedef struct {
    sunlot_arena arena;
    sunlot_mode mode;
    uint32_t number; /* of the school, from 1 */
    const sunlot_school *school;
    bool forms; /* teams are formed: lowered[SUNLOT_TEACHERS] is there */
    sunlot_lowered lowered[SUNLOT_WHOS];
    uint16_t *group[SUNLOT_WHOS]; /* [units] */
    uint32_t *start[SUNLOT_WHOS]; /* [units] numbers in the order of SPEC 8.1, from 0 */
    uint32_t subjects;
    sunlot_text subject[SUNLOT_MAX_SCHOOL_SUBJECTS];
    sunlot_cast *cast;    /* [classes * subjects] team-major */
    uint64_t (*teams)[2]; /* [teachers] bit of each team a teacher is in */
    uint16_t team_of_group[SUNLOT_MAX_SCHOOL_CLASSES];
    uint16_t group_of_class[SUNLOT_MAX_SCHOOL_CLASSES];
    void *room; /* of the engine, for the larger problem */
} sunlot_placement;

/* Append the result lines of a placement that was found.  Returns false without memory, *lines then being as before. */
bool sunlot_placement_write(sunlot_buffer *lines, const sunlot_placement *p, const sunlot_outcome *outcome);

#endif
