/* What ties the students of a school together or holds them apart (SPEC 11.2, Tokens), computed from the enrolment: for checking the
 * rules, and for the tokens of the roster. */
#ifndef SUNLOT_ROSTER_TIES_H
#define SUNLOT_ROSTER_TIES_H

#include "roster/enrolment.h"

/* Students of whom at most `most` may be in one class. */
typedef struct {
    uint32_t from, count; /* member[from] … , ascending, each once */
    uint32_t most;
    const sunlot_enrolled_rule *rule; /* that made it; of equal sets the one with the least `most` */
} sunlot_tie_set;

/* Students are named by their places. */
typedef struct {
    uint32_t students;
    uint16_t *block;   /* [students] the first student of those they stay with, themselves if alone */
    uint8_t *seats;    /* [students] 1 to 4; 1 where the cell is wrong */
    uint16_t *recused; /* [students] place of a teacher of the school, SUNLOT_NONE16: none */
    uint32_t sets;
    sunlot_tie_set *set; /* distinct, each with more members than `most` */
    uint16_t *member;
} sunlot_ties;

/* Returns SUNLOT_OK, SUNLOT_ERR_MEMORY.  Release with sunlot_ties_free in any case. */
SUNLOT_MUST_CHECK sunlot_err sunlot_ties_make(sunlot_ties *out, const sunlot_enrolment *e, uint32_t school);
void sunlot_ties_free(sunlot_ties *t);

#endif
