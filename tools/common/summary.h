/* What every summary says: how many rows carry a token, whom recusals leave few teams, and, after a draw, the odds at the match. */
#ifndef SUNLOT_TOOLS_SUMMARY_H
#define SUNLOT_TOOLS_SUMMARY_H

#include <stdio.h>

#include "sunlot.h"

/* Schools that a summary describes rule by rule; more of them get a line each. */
#define SUMMARY_DESCRIBED 20u

/* Figures of all schools. */
typedef struct {
    uint64_t students, locked, tokens, narrowed, few, isolated; /* as in sunlot_school_info */
} summary_counts;

void summary_add(summary_counts *sum, const sunlot_school_info *school);
summary_counts summary_count(const sunlot_roster *r);

/* Print how many rows carry a token and how many students are left with fewer than half of the teams; how many values few have, and how many students are
 * kept apart from many: what could single out a child. */
void summary_tokens(FILE *to, const summary_counts *sum);
/* Print who these students are, a line each, the first of them; nothing if there are none. */
void summary_narrowed(FILE *to, const sunlot_log *log, const summary_counts *sum);

/* Print a school's odds where they are not equal, nothing where they are: all of them, or, if brief, how far they go.  Each line begins with `indent`. */
void summary_odds(FILE *to, const char *indent, const sunlot_odds *odds, bool brief);
/* Print the odds of one group for each team, without line end: "T2 0.00 %; T1 T3 50.00 %". */
void summary_group(FILE *to, const sunlot_odds *odds, uint32_t group);
/* Odds in hundredths of a percent as "14.29 %". */
void summary_percent(FILE *to, uint32_t odds);
/* Print how the odds are known: counted exactly, or sampled, and from how many shuffles. */
void summary_method(FILE *to, const sunlot_odds *odds);

/* The odds of all schools of a log, by name, as text of its own; lines: the schools' results, NULL: those of the log.  Out: *out, released with free.
 * Returns SUNLOT_OK, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err summary_schools(char **out, const sunlot_log *log, const sunlot_buffer *lines);

#endif
