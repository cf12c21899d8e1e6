/* What the counts of many draws say: tests of what is exact, and figures of what is only measured.
 *
 * Exact is what follows from how the draw is made, whatever the rules and the engine do: class numbers, and with them classes, are dealt by a uniform
 * permutation at the end; tickets are the only thing that tells students of equal public rows apart, or orders the singles of a profile.  Each
 * such statement is tested here against its own expectation.  Measured is what the walk decides: who meets whom. */
#ifndef SUNLOT_TOOLS_FINDINGS_H
#define SUNLOT_TOOLS_FINDINGS_H

#include "trials/tally.h"

typedef enum {
    FINDING_DEAL,            /* group × class */
    FINDING_TEAM,            /* team × class, a team */
    FINDING_STUDENT,         /* student × class, a student */
    FINDING_PROFILE,         /* profile × class, a profile */
    FINDING_FILE_PART,       /* stretch of the file × class */
    FINDING_PSEUDONYM_PART,  /* stretch of the pseudonyms × class */
    FINDING_FILE_TREND,      /* position in the file by class number */
    FINDING_PSEUDONYM_TREND, /* place among the pseudonyms by class number */
    FINDING_FILE_START,      /* position in the file by starting place */
    FINDING_PSEUDONYM_START, /* place among the pseudonyms by starting place */
    FINDING_ROW_SHARE,       /* students of equal rows: which kind of class, a kind of row and a set */
    FINDING_ROW_PAIR,        /* pairs of equal rows together, a kind of row: the pair that is furthest off */
    FINDING_EXACT,           /* those before are exact, those behind it measured */
    FINDING_PROFILE_PAIRS,   /* pairs of equal profile together, a profile: expected as if seats were dealt without rules */
    FINDING_PAIR_SPREAD,     /* how far single pairs of a profile differ: chi-square by degrees of freedom */
    FINDING_NEIGHBOURS,      /* neighbours in the file of equal profile together: expected as all pairs of their profiles */
    FINDING_KINDS
} finding_kind;

typedef enum { FINDING_FITS, FINDING_DEVIATES, FINDING_UNTESTED, FINDING_MEASURED } finding_verdict;

#define FINDING_LEVEL    0.001 /* a corrected chance below it deviates */
#define FINDING_VARIANCE 5     /* a table is tested where the counts in it have at least this variance */

typedef struct {
    finding_kind kind;
    finding_verdict verdict;   /* FITS until finding_correct */
    uint32_t school, item;     /* index of the student, profile, part, team, kind of row, set (FINDING_DEAL) */
    uint32_t set;              /* of FINDING_ROW_SHARE */
    double observed, expected; /* of pairs; else 0 */
    double statistic, df;      /* chi-square, or z with df 0 */
    double p, corrected;       /* 1 where untested or measured */
} finding;

typedef struct {
    finding *of;
    size_t n, room;
} finding_list;

/* Append the findings of a school. */
void findings_add(finding_list *list, uint32_t school, const tally_plan *p, const tally *t);
/* Correct all chances for how many there are (Holm), and give the verdicts.  Returns how many deviate. */
size_t findings_correct(finding_list *list);
void findings_free(finding_list *list);

/* The test of one student: chi-square and its degrees of freedom over the classes of his sets, 0 where there are too few draws. */
double findings_student(double *df, const tally_plan *p, const tally *t, uint32_t student);

/* How far a count is from its expectation, in standard deviations, for kinds of TALLY_FILE_PARTS and TALLY_PSEUDONYM_PARTS; 0 where it cannot vary. */
double findings_part_off(const tally_plan *p, const tally *t, tally_partition which, uint32_t kind, uint32_t class_);
/* The same of a student; and the standard deviation itself, 0 where the count cannot vary. */
double findings_seat_off(double *deviation, const tally_plan *p, const tally *t, uint32_t student, uint32_t class_);

#endif
