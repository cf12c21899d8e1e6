/* Reading an enrolment: what its steps share, and the steps in their order.
 *
 * A step reports what it finds and goes on; later steps pass over what an earlier one could not read, so that one fault is not
 * reported as many.  Every step returns false without memory. */
#ifndef SUNLOT_ROSTER_READING_H
#define SUNLOT_ROSTER_READING_H

#include "roster/enrolment.h"
#include "roster/text_index.h"

typedef struct {
    const sunlot_crew *crew;
    sunlot_enrolment *e;
    sunlot_issue_list issues;
    sunlot_text_index schools;          /* name -> school */
    sunlot_text_index ids[SUNLOT_WHOS]; /* id -> row */
    bool *bad;                          /* [schools] something was reported of the school */
    bool *classes_bad;                  /* [schools] and its number of classes is not known */
    uint32_t rules_read;                /* rules about columns without fault, before they are resolved */
    bool rules_lost;                    /* some rule about columns cannot be used, or two cannot together */
} sunlot_reading;

/* rules_file.c: every row of rules.csv by itself. */
bool sunlot_reading_rules(sunlot_reading *r);
/* classes_file.c: schools and classes. */
bool sunlot_reading_classes(sunlot_reading *r);
/* people_file.c: ids and schools. */
bool sunlot_reading_people(sunlot_reading *r, int who);
/* rule_targets.c: the columns and schools that rules name, and rules against each other. */
bool sunlot_reading_targets(sunlot_reading *r);
/* lock_targets.c: the students and classes that locks name. */
bool sunlot_reading_locks(sunlot_reading *r);
/* hands_file.c: what is drawn by hand. */
bool sunlot_reading_hands(sunlot_reading *r);
/* people_file.c: the cells of the columns that rules name. */
bool sunlot_reading_cells(sunlot_reading *r);
/* teachers_file.c: subjects, homeroom, teams. */
bool sunlot_reading_teachers(sunlot_reading *r);
/* parties_file.c: whether two rounds are possible. */
bool sunlot_reading_rounds(sunlot_reading *r);
/* ties_check.c: together, limits, seats, recusals, locks. */
bool sunlot_reading_ties(sunlot_reading *r);
/* whole_school.c: what only the whole problem shows. */
bool sunlot_reading_whole(sunlot_reading *r);

/* Do a step for each school, in pieces where there is a crew: such a step writes to its school alone.  False without memory, or where the step says so. */
typedef bool sunlot_reading_step(sunlot_reading *r, uint32_t school);
bool sunlot_reading_each_school(sunlot_reading *r, sunlot_reading_step *step);

/* Whether a file has a header with all columns it must have; and whether, besides, nothing in its form was reported. */
bool sunlot_reading_sound(const sunlot_reading *r, sunlot_file file);
bool sunlot_reading_complete(const sunlot_reading *r, sunlot_file file);
/* Whether the classes of a school are known. */
bool sunlot_reading_classes_known(const sunlot_reading *r, uint32_t school);

/* Report a fault of a cell below a header of SPEC 11.1; found is the cell's text. */
void sunlot_reading_blame(sunlot_reading *r, sunlot_issue_code code, sunlot_file file, uint32_t row, sunlot_word header, sunlot_text expected);
/* Report a fault of a person's cell.  column SUNLOT_NONE32: the row; found {0}: the cell's text. */
void sunlot_reading_blame_person(sunlot_reading *r, sunlot_issue_code code, int who, uint32_t row, uint32_t column, sunlot_text found, sunlot_text expected);
/* The same with numbers. */
void sunlot_reading_blame_count(sunlot_reading *r, sunlot_issue_code code, sunlot_file file, uint32_t row, uint32_t column, uint64_t found, uint64_t expected);
/* Report that a column of SPEC 11.1 is missing. */
void sunlot_reading_blame_missing(sunlot_reading *r, sunlot_file file, sunlot_word header);

/* Read a whole number least … most.  Returns 0 or the issue code. */
int sunlot_count_read(uint32_t *out, sunlot_text text, uint32_t least, uint32_t most);
/* "least-most" as expected text. */
sunlot_phrase sunlot_phrase_range(uint32_t least, uint32_t most);
/* The next of several values in a cell, joined by ; or by its full-width form, without spaces around it.  Start with *rest = the cell;
 * returns false after the last. */
bool sunlot_parts_next(sunlot_text *part, sunlot_text *rest);

#endif
