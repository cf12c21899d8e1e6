/* Counting many draws of one school: what they are counted into, and nothing of what it means (findings.h).
 *
 * Class numbers are dealt among the classes of a *set* (SPEC 8.7).  Whatever the groups are, the deal is a uniform permutation of them within the
 * set; so for any kind of students the counts a_1 … a_k of one draw's groups are fixed, and only their order over the classes is left to chance.  The
 * sum over draws of k·Σa² − (Σa)² is then k² times the variance of a class's total: no matter who stays together with whom, and how evenly rules
 * spread the kind.  That sum is the *spread* here; for a single student it is k − 1 a draw. */
#ifndef SUNLOT_TOOLS_TALLY_H
#define SUNLOT_TOOLS_TALLY_H

#include "sunlot.h"

#define TALLY_NONE  UINT32_MAX
#define TALLY_PARTS 20u        /* each order of the students is cut into so many parts */
#define TALLY_PAIRS (1u << 21) /* pairs of equal profile that are counted one by one, at most */
#define TALLY_TRIES 256u
#define TALLY_LOOKS 256u
#define TALLY_STEP  50 /* positions in an order are told as -50 … 50 */

/* Two orders of the students that nothing may depend on. */
typedef enum { TALLY_FILE, TALLY_PSEUDONYM, TALLY_ORDERS } tally_order;

/* Kinds of students. */
typedef enum {
    TALLY_PROFILES,        /* equal codes in all category counts */
    TALLY_FILE_PARTS,      /* stretches of the file */
    TALLY_PSEUDONYM_PARTS, /* stretches of the roster */
    TALLY_SINGLES,         /* profiles of single students: they are ordered by their tickets */
    TALLY_MATES,           /* the same without those who are locked: of these, pairs are looked at */
    TALLY_ROWS,            /* equal public rows, alone and not locked: nothing but tickets tells them apart */
    TALLY_PARTITIONS
} tally_partition;

/* A student as a plan needs to know it. */
typedef struct {
    uint32_t profile, row; /* equal numbers: equal */
    uint32_t place;        /* in the file, from 0 */
    bool alone;            /* in the unit */
    bool single;           /* alone, of one seat */
    bool locked;
} tally_student;

typedef struct {
    uint32_t kinds;
    uint32_t *kind;    /* [students] TALLY_NONE: in none */
    uint32_t *members; /* [kinds] how many */
    uint32_t *first;   /* [kinds] the first member */
} tally_kinds;

/* What is the same in every draw. */
typedef struct {
    uint32_t students, classes, sets;
    uint32_t *set_of;   /* [classes] */
    uint32_t *in_set;   /* [classes] the how-manieth of its set */
    uint32_t *set_size; /* [sets] */
    tally_kinds part[TALLY_PARTITIONS];
    int32_t *position[TALLY_ORDERS]; /* [students] -TALLY_STEP … TALLY_STEP */
    uint32_t *place;                 /* [students] in the file */
    uint32_t *mate;                  /* students by kind of TALLY_MATES, … */
    uint32_t *mate_from;             /* [kinds + 1] … those of each */
    uint32_t *mate_at;               /* [students] which of its kind, from 0 */
    uint64_t *pair_from;             /* [kinds + 1] into tally.pair */
    bool pairs;                      /* they are few enough to be counted one by one */
} tally_plan;

/* Counts of draws that were placed.  All are sums over draws: the order of draws, and who counted which, makes no difference. */
typedef struct {
    uint64_t placed, failed;
    uint64_t rung[SUNLOT_MAX_RUNGS + 1], attempt[TALLY_TRIES + 1], looks[TALLY_LOOKS + 1]; /* of those placed */
    uint64_t steps, most_steps;
    uint32_t *seat; /* [students * classes] */
    uint32_t *deal; /* [classes * classes] group g became class c */
    uint32_t *team; /* [classes * classes] team t came to class c */
    bool teams;
    uint64_t *spread[TALLY_PARTITIONS];                      /* [kinds * sets] of PROFILES, FILE_PARTS and PSEUDONYM_PARTS */
    uint64_t *share;                                         /* [kinds of ROWS * sets] Σ a·(m − a) of a draw's members a in the set */
    uint64_t trend[TALLY_ORDERS][SUNLOT_MAX_SCHOOL_CLASSES]; /* [sets] the spread of the sum of positions */
    int64_t start[TALLY_ORDERS];                             /* Σ position · (2·place among the singles of the profile − (m − 1)) */
    uint64_t *together[TALLY_PARTITIONS];                    /* [kinds] pairs in one class, of MATES and ROWS */
    uint64_t *squared;                                       /* [kinds of ROWS] the sum of their squares */
    uint32_t *pair;                                          /* one by one, or NULL */
    uint32_t *room;
} tally;

/* set[classes]: the first class of those dealt with it, or TALLY_NONE for a class alone.  All of these end the program without memory. */
tally_plan *tally_plan_new(const tally_student *student, uint32_t students, const uint32_t *set, uint32_t classes);
void tally_plan_free(tally_plan *p);

tally *tally_new(const tally_plan *p);
void tally_free(tally *t);

/* Count a draw.  sample: NULL if nothing was placed. */
void tally_add(tally *t, const tally_plan *p, const sunlot_sample *sample, const sunlot_outcome *outcome);
void tally_merge(tally *into, const tally_plan *p, const tally *from);

/* How often the pair of members u < v of a kind of TALLY_MATES sat in one class. */
uint32_t tally_pair(const tally *t, const tally_plan *p, uint32_t kind, uint32_t u, uint32_t v);

#endif
