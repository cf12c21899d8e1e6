/* How likely each team is for each group, given the groups (SPEC 10.1): what sunlot_match would give over all its shuffles. */
#ifndef SUNLOT_PLACE_ODDS_H
#define SUNLOT_PLACE_ODDS_H

#include "sunlot.h"

#define SUNLOT_ODDS_COUNTED  20u             /* so many recused groups, or avoided teams, are counted */
#define SUNLOT_ODDS_ALLOWED  65536u          /* otherwise sampled, until so many allowed shuffles … */
#define SUNLOT_ODDS_SHUFFLES (1024u * 1024u) /* … or so many in all */

/* A number of ways below 2^192, least significant word first.  128·127 … 109 ways of 20 groups among 128 teams are 138 bits. */
typedef struct {
    uint64_t w[3];
} sunlot_ways;

/* Only the groups that are recused have rows of their own; the others are alike.  Where fewer teams are avoided than groups are recused, the table
 * is turned: then its rows are teams and its columns groups. */
typedef struct {
    uint32_t groups;           /* K, and as many teams */
    uint32_t recused, avoided; /* groups that may not get every team; teams that not every group may get */
    bool turned, sampled;
    uint32_t shuffles;                         /* if sampled: how many were made */
    uint32_t rows;                             /* recused, or if turned avoided */
    uint8_t row_of[SUNLOT_MAX_SCHOOL_CLASSES]; /* [K] of a group (turned: a team); SUNLOT_ODDS_ALIKE: none of its own */
    sunlot_ways all;                           /* ways to place the rows in all; sampled: allowed shuffles */
    sunlot_ways *way;                          /* [rows * K] of these, how many have the row at the column */
    sunlot_ways *rest;                         /* [K] how many have no row at the column: the K - rows others share them equally */
} sunlot_odds_table;

#define SUNLOT_ODDS_ALIKE 255u

/* Bytes of memory that the table of such a match needs, aligned for uint64_t.  forbidden as in sunlot_match; at most about 25 MB. */
size_t sunlot_odds_room(uint32_t groups, const uint64_t (*forbidden)[2]);

/* Fill the table.  In: key32 of the stream for samples; room: sunlot_odds_room bytes, in use as long as the table. */
void sunlot_odds_fill(sunlot_odds_table *t, uint32_t groups, const uint64_t (*forbidden)[2], const uint8_t key32[32], void *room);

/* The odds of a group for a team in hundredths of a percent, rounded to the nearest, halves up.  The table has at least one way. */
uint32_t sunlot_odds_of(const sunlot_odds_table *t, uint32_t group, uint32_t team);
/* Whether there is a way at all. */
bool sunlot_odds_any(const sunlot_odds_table *t);

#endif
