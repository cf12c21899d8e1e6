/* A school's placement: what a try works on, and what it leaves when it succeeds (SPEC 9).
 *
 * Made ready once, it can be drawn from one seed after the other: only tickets and keys follow from a seed. */
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
    uint32_t rung;   /* that the bounds are those of, from 1 */
    const sunlot_school *school;
    bool forms; /* teams are formed: lowered[SUNLOT_TEACHERS] is there */
    bool first; /* of two rounds: which team a class has is not yet told */
    sunlot_lowered lowered[SUNLOT_WHOS];
    uint16_t *group[SUNLOT_WHOS]; /* [units] */
    uint32_t *start[SUNLOT_WHOS]; /* [units] numbers in the order of SPEC 8.1, from 0 */
    uint32_t subjects;
    sunlot_text subject[SUNLOT_MAX_SCHOOL_SUBJECTS];
    sunlot_cast *cast;                       /* [classes * subjects] team-major */
    uint64_t (*teams)[2];                    /* [teachers] bit of each team a teacher is in */
    uint16_t set[SUNLOT_MAX_SCHOOL_CLASSES]; /* first of the classes that are interchangeable with this one; SUNLOT_NONE16: a lock names it */
    uint16_t team_of_group[SUNLOT_MAX_SCHOOL_CLASSES];
    uint16_t group_of_class[SUNLOT_MAX_SCHOOL_CLASSES];
    void *room; /* of the engine, for the larger problem */
} sunlot_placement;

/* Make ready all that depends on neither seed nor try.  *p need not be set; release it, also after a failure.  Returns SUNLOT_OK, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_placement_prepare(sunlot_placement *p, const sunlot_roster *r, uint32_t school, uint32_t rung);
void sunlot_placement_release(sunlot_placement *p);

/* All tries from a seed, `tries` at the last rung, and the numbers of the classes.  Returns whether a try succeeded; then p holds what came out. */
bool sunlot_placement_draw(sunlot_placement *p, const uint8_t seed32[32], uint32_t mix, uint32_t tries, sunlot_outcome *outcome);

/* What prepare does but for the students' and sections' problems: enough for matching groups that are known. */
SUNLOT_MUST_CHECK sunlot_err sunlot_placement_begin(sunlot_placement *p, const sunlot_roster *r, uint32_t school);
/* Match groups with teams, in at most `most` shuffles (SPEC 8.7): group[unit] of each student's unit; unit_of_student[students], NULL: units are students.
 * Returns how many shuffles were made and p->team_of_group; 0 if none was allowed. */
uint32_t sunlot_placement_match(sunlot_placement *p, const uint16_t *group, const uint32_t *unit_of_student, uint32_t most, const uint8_t key32[32]);
/* Deal the numbers of the classes: p->group_of_class. */
void sunlot_placement_number(sunlot_placement *p, const uint8_t seed32[32]);
/* Append the lines `section`.  Returns false without memory. */
bool sunlot_placement_write_sections(sunlot_buffer *lines, const sunlot_placement *p);

/* What a placement reached of a balanced value, or of a sum, in each group: a result line of balance tells the least and the most. */
typedef struct {
    int who;
    bool sum; /* of a rule mean or deviation, else a count */
    const sunlot_meaning *meaning;
    uint32_t groups, decimals; /* decimals: 5 of a sum, whose numbers are in units of 0.00001; else 0 */
    const int64_t *reached;    /* [groups]; 0 of a sum where nobody is */
    const uint32_t *heads;     /* [groups] */
    int64_t lo, hi;            /* of a count: the least lower and the greatest upper bound over the groups */
    int64_t least, most;       /* reached: of a sum over the groups with heads */
} sunlot_reached;
typedef bool sunlot_reached_fn(void *user, const sunlot_reached *reached);
/* Give each in the order of the result lines (SPEC 9).  Returns false without memory, or as soon as `each` does. */
bool sunlot_placement_reached(const sunlot_placement *p, sunlot_reached_fn *each, void *user);
/* 100·a/b to the nearest integer, halves away from zero, b > 0: of thousandths a mean in units of 0.00001.  |a/b| < 2^56, b < 2^56. */
int64_t sunlot_reached_mean(int64_t a, int64_t b);
/* 100·√(n/shares) to the nearest integer.  n < 2^59, and n/shares ≤ 2^34 (lower_sums.c). */
int64_t sunlot_reached_deviation(int64_t n, int64_t shares);

/* Append the result lines of a placement that was found.  Returns false without memory, *lines then being as before. */
bool sunlot_placement_write(sunlot_buffer *lines, const sunlot_placement *p, const sunlot_outcome *outcome);

#endif
