/* What the result lines of a school say of its groups and teams (SPEC 5.4): they are read, not judged. */
#ifndef SUNLOT_DRAW_STANDING_H
#define SUNLOT_DRAW_STANDING_H

#include "log/record.h"
#include "roster/roster.h"

typedef struct {
    uint16_t *group;                                                                              /* [students] */
    uint64_t (*teams)[2];                                                                         /* [teachers] bit of each team a teacher is in */
    uint16_t class_of_group[SUNLOT_MAX_SCHOOL_CLASSES], class_of_team[SUNLOT_MAX_SCHOOL_CLASSES]; /* SUNLOT_NONE16: no line says it */
    uint32_t seats, sections;                                                                     /* lines read */
    uint32_t rung, attempt;                                                                       /* 0: no line `placed` */
} sunlot_standing;

/* Room for a school, from the arena.  False without memory. */
bool sunlot_standing_begin(sunlot_standing *st, const sunlot_school *s, sunlot_arena *arena);

/* Read lines of a school; those of a second round after those of the first.  Seats stand in the order of the roster.
 * Returns false if they are no results of this school. */
bool sunlot_standing_read(sunlot_standing *st, const sunlot_school *s, sunlot_text lines, sunlot_record *record);

/* The teacher of a school with this pseudonym.  Returns false if there is none. */
bool sunlot_school_teacher(uint32_t *at, const sunlot_school *s, sunlot_text pseudonym);

#endif
