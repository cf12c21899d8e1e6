/* The enrolment: the private lists with names, read from the input files and checked (SPEC 11.1, 11.2).
 *
 * The text of the files stays where csv_file.c put it; everything here points into it by rows.  A *row* is a row of students.csv or
 * teachers.csv.  Schools stand in shortlex order of their names, as in the roster; inside a school classes stand in shortlex
 * order, students and teachers in the order of their file: a person's *place* in the school.
 *
 *     row[SUNLOT_STUDENTS]   | 0 3 4 | 1 2 5 6 | …      rows of students.csv, school by school
 *                              school 0  school 1                                                                                 */
#ifndef SUNLOT_ROSTER_ENROLMENT_H
#define SUNLOT_ROSTER_ENROLMENT_H

#include "random/secrets.h"
#include "roster/csv_file.h"
#include "roster/roster.h"
#include "roster/words.h"

typedef struct {
    sunlot_text name;
    uint32_t class_row;           /* of classes.csv, its first */
    uint32_t class_from, classes; /* into class_ */
    uint32_t from[SUNLOT_WHOS];   /* into row[who] */
    uint32_t count[SUNLOT_WHOS];
    uint32_t rule_from, rules; /* into rule: those limited to this school */
    uint32_t lock_from, locks; /* into lock */
    uint32_t hand_from, hands; /* into hand: those of this school alone */
} sunlot_enrolled_school;

typedef struct {
    sunlot_text name;
    uint32_t seats; /* 0: blank */
    uint32_t school;
    uint32_t row; /* of classes.csv */
} sunlot_enrolled_class;

/* A row of rules.csv that makes a record `rule`. */
typedef struct {
    sunlot_rule rule; /* as the log has it: no column or value where tokens say it */
    uint32_t row;     /* of rules.csv */
    uint32_t column;  /* of the file of rule.who: the first */
    uint32_t parts;   /* columns it names; of a total several, in the order of rule.column */
    uint32_t part[SUNLOT_MAX_NUMBER_COLUMNS];
    uint32_t school;       /* SUNLOT_NONE32: all */
    sunlot_text cap_value; /* cap: whom, */
    uint32_t cap_most;     /*   and how many at most */
} sunlot_enrolled_rule;

typedef struct {
    sunlot_text id, school_name, class_name, reason, authority;
    uint32_t row;           /* of rules.csv */
    uint32_t school, place; /* of the student */
    uint16_t class_index;   /* in the school */
} sunlot_enrolled_lock;

/* A row of rules.csv that says which slots were drawn by hand. */
typedef struct {
    sunlot_hand what;
    sunlot_text value, school_name;
    uint32_t row;    /* of rules.csv */
    uint32_t school; /* SUNLOT_NONE32: all */
} sunlot_enrolled_hand;

struct sunlot_enrolment {
    sunlot_arena arena;
    sunlot_csv_file file[SUNLOT_FILE_COUNT];
    uint32_t header[SUNLOT_FILE_COUNT][SUNLOT_WORD_HEADERS_END]; /* column of a header of SPEC 11.1, SUNLOT_NONE32: not there */

    sunlot_text district, year, grade, stage, attempt;
    sunlot_text default_school;              /* of files without the column school */
    sunlot_facts facts;                      /* without minisign */
    uint32_t mix_row, tries_row, rounds_row; /* of rules.csv, SUNLOT_NONE32: not given */
    uint32_t parties;                        /* as in the roster; vkeys are made when it is announced */
    sunlot_party_rule party[SUNLOT_MAX_PARTIES];
    uint32_t groups;
    sunlot_group_rule group[SUNLOT_MAX_GROUPS];
    sunlot_text quorum[SUNLOT_QUORUMS];
    uint32_t sources;
    sunlot_source_rule source[SUNLOT_MAX_SOURCES];

    uint32_t rules, rules_for_all; /* for all schools first, then school by school */
    sunlot_enrolled_rule *rule;
    uint32_t records; /* the records `rule` of the log, in its order */
    sunlot_rule *record;
    uint32_t locks; /* school by school */
    sunlot_enrolled_lock *lock;
    uint32_t hands, hands_for_all; /* for all schools first, then school by school */
    sunlot_enrolled_hand *hand;

    uint32_t schools, classes;
    sunlot_enrolled_school *school;
    sunlot_enrolled_class *class_;
    uint32_t *row[SUNLOT_WHOS];
    uint32_t *school_of[SUNLOT_WHOS]; /* [rows of the file] school of a row */
    uint32_t *place_of[SUNLOT_WHOS];  /* [rows of the file] place in the school */
};

/* The file of students or teachers. */
static inline sunlot_file sunlot_file_of(int who) { return who == SUNLOT_STUDENTS ? SUNLOT_FILE_STUDENTS : SUNLOT_FILE_TEACHERS; }

/* The cell below a header of SPEC 11.1; empty where the column is not there. */
sunlot_text sunlot_enrolment_cell(const sunlot_enrolment *e, sunlot_file file, uint32_t row, sunlot_word header);
/* The row of the person at a place of a school. */
uint32_t sunlot_enrolment_row(const sunlot_enrolment *e, int who, uint32_t school, uint32_t place);

sunlot_person sunlot_enrolment_person(const sunlot_enrolment *e, int who, uint32_t school, uint32_t place);

/* Schools are worked on in pieces, neighbours together until they have a few thousand students.  Returns the school after the piece that begins with `from`. */
uint32_t sunlot_enrolment_piece(const sunlot_enrolment *e, uint32_t from);

/* The rules that apply to a school, one after the other: start with *at = 0; NULL after the last. */
const sunlot_enrolled_rule *sunlot_enrolment_rule(const sunlot_enrolment *e, uint32_t school, uint32_t *at);

/* The same of what is drawn by hand.  Of two that say the same the first counts. */
const sunlot_enrolled_hand *sunlot_enrolment_hand(const sunlot_enrolment *e, uint32_t school, uint32_t *at);
/* Fill in the slots of a school whose classes are filled.  Returns false without memory. */
bool sunlot_enrolment_fill_hands(sunlot_roster *r, sunlot_school *s, const sunlot_enrolment *e, uint32_t school);

/* A teacher's row read. */
typedef struct {
    sunlot_text subject;
    uint32_t classes;
    bool homeroom;
    uint32_t teams; /* labels given */
    sunlot_text team[SUNLOT_MAX_SCHOOL_CLASSES];
} sunlot_enrolled_teacher;
/* Out: *out, values that are wrong being 0.  Returns 0, or the issue code of the first fault with *header its column. */
int sunlot_enrolment_teacher(sunlot_enrolled_teacher *out, sunlot_word *header, const sunlot_enrolment *e, uint32_t row);

/* Fill a school of a roster: classes, people, columns, tokens, locks.  r has its rules, s is zeroed.  secrets: as sunlot_secret_begin sets it;
 * NULL for trying out: no commitments, and pseudonyms in the order of places.
 * Returns SUNLOT_OK, SUNLOT_ERR_MEMORY; SUNLOT_ERR_LIMIT if a category column has too many values. */
SUNLOT_MUST_CHECK sunlot_err sunlot_enrolment_fill(sunlot_roster *r, sunlot_school *s, const sunlot_enrolment *e, uint32_t school,
                                                   const sunlot_mac_state *secrets);

#endif
