/* Trials before there is a seed: how often one try succeeds, school by school and rung by rung (SPEC 11.4). */
#ifndef SUNLOT_TOOLS_TRIALS_H
#define SUNLOT_TOOLS_TRIALS_H

#include <stdio.h>

#include "sunlot.h"

#define TRIALS          100u /* a rung */
#define TRIALS_LOOK     20u  /* after so many without success a rung that is not the last is given up */
#define TRIALS_NEEDED   50u  /* that must succeed at the last rung */
#define TRIALS_CULPRITS 4u

/* The outcome of the trials of one school at one rung. */
typedef struct {
    uint32_t trials, placed;
    uint32_t failed[4]; /* by the stage that failed: 1 students, 2 teachers, 3 match */
    struct {
        sunlot_text what; /* a column or token that was furthest off … */
        uint32_t times;   /* … in so many of the failed trials */
        int64_t asked;    /* of a mean or a deviation: the gap asked for, 0 of anything else; */
        int64_t reached;  /* and the least that would have done for one of these trials */
    } culprit[TRIALS_CULPRITS];
    uint64_t counts_off, sums_off; /* of the failed trial that came nearest */
} trial_tally;

typedef struct {
    uint32_t *from;     /* [schools + 1] into tally */
    trial_tally *tally; /* all rungs of a school, or its last one only */
} trial_table;

/* Run trials of every school, at each rung or at the last one only, with progress on a terminal.  A rung that is not the last is given up
 * when none of its first TRIALS_LOOK trials succeeds; its tally says so by its number of trials.  Release with trials_free.
 * Returns SUNLOT_OK, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err trials_run(trial_table *out, const sunlot_roster *r, bool last_only, uint32_t trials, uint32_t jobs);
void trials_free(trial_table *t);

/* The last rung's tally of a school: the one that decides. */
const trial_tally *trials_last(const trial_table *t, uint32_t school);
/* Whether as large a part of the trials succeeded as an announcement needs. */
bool trials_enough(const trial_tally *tally);

/* Print which rules were furthest off in failed trials, and how far the nearest one was; each line begins with `indent`. */
void trials_explain(FILE *to, const char *indent, const trial_tally *tally);
/* Print which rule to loosen first, on a line, if there was a failed trial. */
void trials_advise(FILE *to, const char *indent, const trial_tally *tally);
/* Print which gap would have done, where `asked` is one: "; a gap of 0.62 would have done where 0.5 is asked". */
void trials_gap(FILE *to, int64_t asked, int64_t reached);
/* Print how far a try was off. */
void trials_distance(FILE *to, uint64_t counts_off, uint64_t sums_off);

#endif
