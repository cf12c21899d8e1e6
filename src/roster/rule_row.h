/* A row of rules.csv being read: what the readers of its kinds share (SPEC 11.2).  For rules_file.c, sources_file.c and parties_file.c. */
#ifndef SUNLOT_ROSTER_RULE_ROW_H
#define SUNLOT_ROSTER_RULE_ROW_H

#include "roster/reading.h"

/* What may be said once: which row said it, + 1; 0: none yet. */
typedef struct {
    uint32_t key[SUNLOT_WORDS]; /* of draw, and mix, tries, rows, scores */
    uint32_t source[SUNLOT_MAX_SOURCES];
    bool source_good[SUNLOT_MAX_SOURCES];
    uint32_t party[SUNLOT_MAX_PARTIES]; /* row + 1 of each party of the enrolment, of the host 0 */
    uint32_t group[SUNLOT_MAX_GROUPS];
    uint32_t quorum[SUNLOT_QUORUMS];
    bool parties_lost; /* a row about parties, groups or quorums cannot be used */
} sunlot_rules_said;

typedef struct {
    sunlot_reading *r;
    sunlot_rules_said *said;
    uint32_t row;
    sunlot_text who, column, value, school;
} sunlot_rule_row;

/* Report a fault of the file as a whole. */
void sunlot_rules_blame(sunlot_reading *r, sunlot_issue_code code, sunlot_text found, sunlot_text expected);
/* Report a fault of the cell below a header. */
void sunlot_rule_row_blame(const sunlot_rule_row *t, int code, sunlot_word header, sunlot_text expected);
void sunlot_rule_row_range(const sunlot_rule_row *t, int code, sunlot_word header, uint32_t least, uint32_t most);
/* Report a cell that is not empty.  Returns whether it is. */
bool sunlot_rule_row_empty(const sunlot_rule_row *t, int code, sunlot_word header, sunlot_text cell);
/* Rules about the draw as a whole are for nobody and no school in particular. */
bool sunlot_rule_row_general(const sunlot_rule_row *t);
/* The first row that says a thing counts; a second one must say the same.  before: which row said it, + 1. */
bool sunlot_rule_row_first(const sunlot_rule_row *t, uint32_t *before);
bool sunlot_rule_row_once(const sunlot_rule_row *t, sunlot_word key);
/* Split at ; into parts, freed of spaces around them.  Returns how many there are (want + 1: more). */
uint32_t sunlot_rule_row_split(sunlot_text text, sunlot_text *part, uint32_t want);
/* Parts become fields of the log. */
bool sunlot_rule_row_fields(const sunlot_rule_row *t, const sunlot_text *part, uint32_t parts, sunlot_text expected);

/* sources_file.c: a row `source`; the sources against each other, once all rows are read. */
void sunlot_rule_row_source(const sunlot_rule_row *t);
void sunlot_sources_check(sunlot_reading *r, const sunlot_rules_said *said);
/* parties_file.c: rows `party`, `group`, `quorum`; and all of them, once all rows are read.  False without memory. */
void sunlot_rule_row_party(const sunlot_rule_row *t);
void sunlot_rule_row_group(const sunlot_rule_row *t);
void sunlot_rule_row_quorum(const sunlot_rule_row *t);
bool sunlot_parties_resolve(sunlot_reading *r, sunlot_rules_said *said);

#endif
