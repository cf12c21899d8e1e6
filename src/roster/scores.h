/* Scores of a number column or a total, row by row, and the codes that `band` rules make of them (SPEC 7.2).
 *
 * The rows of the students are the students; the rows of the teachers are their sections: a teacher with three classes is three
 * rows one after the other (SPEC 7.3). */
#ifndef SUNLOT_ROSTER_SCORES_H
#define SUNLOT_ROSTER_SCORES_H

#include "roster/roster.h"

/* How many rows a WHO of a school has. */
uint32_t sunlot_school_rows(const sunlot_school *s, int who);
/* The index of a column that a rule names.  The rule applies to the school. */
uint32_t sunlot_school_column(const sunlot_school *s, int who, sunlot_text name);
/* The rule `absent` of a column, or NULL. */
const sunlot_rule *sunlot_school_absent(const sunlot_school *s, int who, sunlot_text name);

#define SUNLOT_NO_SCORE INT64_MIN /* of a row whose score, or a part of it, is absent */

/* Scores of the column or total a rule names, scaled: below 2^34.  Absent ones are replaced where `absent` gives a number; a total is absent
 * where a part of it still is.  Out: score[rows], scores or SUNLOT_NO_SCORE.  Returns how many are present. */
uint32_t sunlot_scores_read(int64_t *score, const sunlot_school *s, const sunlot_rule *rule);
/* The present ones of score[rows] in ascending order.  Out: sorted[rows]; room[rows] is scratch. */
void sunlot_scores_sort(int64_t *sorted, const int64_t *score, uint32_t rows, int64_t *room);
/* The code that a `band` rule gives a score (or SUNLOT_NO_SCORE) among the `present` sorted ones. */
uint16_t sunlot_band_code(const sunlot_rule *rule, int64_t score, const int64_t *sorted, uint32_t present);
/* Whether a code of a `band` rule is counted where it occurs. */
bool sunlot_band_counted(const sunlot_rule *rule, uint32_t code);

#endif
