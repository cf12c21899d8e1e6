/* Scores of a number column, row by row, and the codes that `band` rules make of them (SPEC 7.2).
 *
 * The rows of the students are the students; the rows of the teachers are their sections: a teacher with three classes is three
 * rows one after the other (SPEC 7.3). */
#ifndef SUNLOT_ROSTER_SCORES_H
#define SUNLOT_ROSTER_SCORES_H

#include "roster/roster.h"

/* How many rows a WHO of a school has. */
uint32_t sunlot_school_rows(const sunlot_school *s, int who);
/* The index of the column a rule names.  The rule applies to the school and names one. */
uint32_t sunlot_school_column(const sunlot_school *s, const sunlot_rule *rule);
/* The rule `absent` of the column that `rule` names, or NULL. */
const sunlot_rule *sunlot_school_absent(const sunlot_school *s, const sunlot_rule *rule);

/* Scores of the column a rule names, scaled, absent ones replaced if `absent` gives a number, else SUNLOT_ABSENT.
 * Out: score[rows].  Returns how many are present. */
uint32_t sunlot_scores_read(int32_t *score, const sunlot_school *s, const sunlot_rule *rule);
/* The present ones of score[rows] in ascending order.  Out: sorted[rows]; room[rows] is scratch. */
void sunlot_scores_sort(int32_t *sorted, const int32_t *score, uint32_t rows, int32_t *room);
/* The code that a `band` rule gives a score (or SUNLOT_ABSENT) among the `present` sorted ones. */
uint16_t sunlot_band_code(const sunlot_rule *rule, int32_t score, const int32_t *sorted, uint32_t present);
/* Whether a code of a `band` rule is counted where it occurs. */
bool sunlot_band_counted(const sunlot_rule *rule, uint32_t code);

#endif
