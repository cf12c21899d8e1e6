/* The roster: what the log says of rules, schools, classes, teachers and students.  Made from an enrolment (pseudonymise.c) or read from
 * a log (src/log); everything after it (lowering, replay, verifying) sees this structure alone.
 *
 * All memory is in the roster's arena, or borrowed from bytes that outlive it (a log's). */
#ifndef SUNLOT_ROSTER_ROSTER_H
#define SUNLOT_ROSTER_ROSTER_H

#include "base/alloc.h"
#include "base/bytes.h"
#include "place/problem.h"
#include "random/digest.h"

enum { SUNLOT_STUDENTS, SUNLOT_TEACHERS, SUNLOT_WHOS };

typedef enum {
    SUNLOT_RULE_ABSENT,
    SUNLOT_RULE_APART,
    SUNLOT_RULE_BALANCE,
    SUNLOT_RULE_BAND,
    SUNLOT_RULE_CAP,
    SUNLOT_RULE_DEVIATION,
    SUNLOT_RULE_MEAN,
    SUNLOT_RULE_RECUSE,
    SUNLOT_RULE_SPREAD,
    SUNLOT_RULE_TOGETHER,
    SUNLOT_RULE_WEIGHT,
    SUNLOT_RULE_KINDS
} sunlot_rule_kind;

/* The word of a kind in the log; and back: SUNLOT_RULE_KINDS if there is none. */
sunlot_text sunlot_rule_word(sunlot_rule_kind kind);
sunlot_rule_kind sunlot_rule_find(sunlot_text word);

typedef enum { SUNLOT_BAND_EQUAL, SUNLOT_BAND_TOP, SUNLOT_BAND_LAST } sunlot_band_form;

/* Rules whose COLUMN may be a total; among them those that become sums, with a ladder of gaps. */
static inline bool sunlot_rule_adds(sunlot_rule_kind kind) { return kind == SUNLOT_RULE_BAND || kind == SUNLOT_RULE_DEVIATION || kind == SUNLOT_RULE_MEAN; }
static inline bool sunlot_rule_sums(sunlot_rule_kind kind) { return kind == SUNLOT_RULE_DEVIATION || kind == SUNLOT_RULE_MEAN; }

/* A record `rule` (SPEC 5.1): its texts as they stand in the log, and its value read. */
typedef struct {
    uint8_t who; /* SUNLOT_STUDENTS, SUNLOT_TEACHERS */
    sunlot_rule_kind kind;
    sunlot_text column, value, school; /* column: of a total the list of its parts */
    /* mean, deviation */
    uint32_t rungs;
    int32_t gap[SUNLOT_MAX_RUNGS]; /* scaled */
    sunlot_text gap_text[SUNLOT_MAX_RUNGS];
    /* band */
    sunlot_band_form form;
    uint32_t bands; /* N */
    /* absent */
    bool absent_mean;
    int32_t absent_score; /* scaled, unless absent_mean */
} sunlot_rule;

/* Read rule->value for its kind into the fields above, in the log's one form; who, kind, column and value are set.  Returns false if
 * they are not as a row of the table of SPEC 5.1 (so also for a column or value that must be empty and is not). */
bool sunlot_rule_parse(sunlot_rule *rule);
/* The columns that a rule names, one after the other: its own, or the parts of a total.  Start with *rest = rule->column; returns false after
 * the last, and at once for a rule that names none. */
bool sunlot_rule_part(sunlot_text *part, sunlot_text *rest);
/* Order of rule lines (SPEC 5.1): the bytes of the whole lines. */
int sunlot_rule_compare(const sunlot_rule *a, const sunlot_rule *b);

#define SUNLOT_ABSENT INT32_MIN /* a cell of a number column without score */

/* A column of a school (SPEC 5.1). */
typedef struct {
    sunlot_text name;
    bool number;
    uint32_t values;          /* category: how many distinct values occur … */
    const sunlot_text *value; /*   … and which, in byte order; a cell is an index into them */
} sunlot_column;

typedef struct {
    uint8_t pseudonym[16];
    sunlot_digest commitment;
    uint32_t together;    /* token number, 0: none */
    uint32_t limits_from; /* into school->student_limit */
    uint16_t limits;      /* how many */
    uint16_t recused;     /* index of a teacher of the school, SUNLOT_NONE16: none */
    uint16_t lock;        /* index of a class, SUNLOT_NONE16: none */
    uint8_t seats;        /* 1 to 4 */
} sunlot_student;

typedef struct {
    uint8_t pseudonym[16];
    sunlot_digest commitment;
    sunlot_text subject;
    uint16_t classes; /* how many sections */
    bool homeroom;
    const uint16_t
        *team; /* [classes] team indexes from 0, ascending but for the first of a homeroom teacher, which is his homeroom's; NULL if teams are not formed */
} sunlot_teacher;

typedef struct {
    sunlot_text name;
    uint32_t seats; /* 0: blank */
} sunlot_class;

typedef struct {
    uint8_t pseudonym[16]; /* of the student */
    uint32_t student;      /* index in the school; ascending; UINT32_MAX where the students are not known */
    uint16_t class_index;
    sunlot_text reason, authority;
} sunlot_lock;

/* What may be drawn by hand (hands.h). */
typedef enum { SUNLOT_HAND_NUMBERS, SUNLOT_HAND_TEAMS, SUNLOT_HANDS } sunlot_hand;

typedef struct {
    sunlot_text name;
    uint32_t classes, students, teachers, locks, limits;
    const uint16_t *hand[SUNLOT_HANDS]; /* [classes] slots from 0 as they were drawn; NULL: not drawn by hand */
    sunlot_class *class_;               /* shortlex order */
    sunlot_student *student; /* by pseudonym; NULL in a public edition: how many there are is all that is known, and their cells and values are not */
    sunlot_teacher *teacher; /* by pseudonym */
    sunlot_lock *lock;
    uint16_t *limit_max;     /* [limits]; token a(i+1) */
    uint16_t *student_limit; /* limit indexes from 0, ascending for each student */
    uint32_t columns[SUNLOT_WHOS];
    sunlot_column *column[SUNLOT_WHOS]; /* byte order of names */
    int32_t *cell[SUNLOT_WHOS];         /* [rows * columns] row-major: index of a value, or scaled score or SUNLOT_ABSENT */
    uint32_t rules;
    const sunlot_rule **rule; /* those that apply, in the order of the log */
    uint64_t first_line;      /* of the record `school` in the log; 0 if not from a log */
} sunlot_school;

typedef struct {
    sunlot_text address, authority, date, ground, late, minisign, page, retention, rows; /* facts; empty: absent */
    uint32_t mix, tries;
    bool two_rounds;
    bool scores_forbidden;
    bool auditors; /* rows are for auditors */
} sunlot_facts;

typedef struct {
    sunlot_text id, role;
    sunlot_text vkey; /* empty before it is announced */
    uint8_t public_[32];
    bool own, sealed;
} sunlot_party_rule;

typedef struct {
    sunlot_text name, members; /* members: ids joined by ; */
    uint32_t k, count;         /* at least k of count members */
    uint32_t parties, groups;  /* members, one bit each: parties, and earlier groups */
} sunlot_group_rule;

typedef struct {
    sunlot_source_kind kind;
    uint64_t length;
    sunlot_text holder, crooked, substitute;
} sunlot_source_rule;

struct sunlot_roster {
    sunlot_arena arena;
    sunlot_mode mode;
    sunlot_text district, year, grade, stage, attempt;
    sunlot_text id; /* draw id, SPEC 5.1 */
    sunlot_facts facts;
    uint32_t parties; /* at least 1 once there is a log: the host */
    sunlot_party_rule party[SUNLOT_MAX_PARTIES];
    uint32_t groups;
    sunlot_group_rule group[SUNLOT_MAX_GROUPS];
    sunlot_text quorum[SUNLOT_QUORUMS]; /* WHO */
    uint32_t sources;
    sunlot_source_rule source[SUNLOT_MAX_SOURCES];
    uint32_t rules;
    sunlot_rule *rule; /* in the order of the log */
    uint32_t schools;
    sunlot_school *school; /* shortlex order */
};

/* Whether a text has the form of an id of a party or group (SPEC 2). */
bool sunlot_party_id_check(sunlot_text id);
/* Whether an id is nobody's but the host's: `host`, and `all` and `none`, which mean something else (SPEC 5.1, 14.3). */
bool sunlot_party_id_reserved(sunlot_text id);
/* "seed-base", "digits", "after". */
sunlot_text sunlot_quorum_word(sunlot_quorum quorum);
/* Indexes; SUNLOT_NONE32 if there is none. */
uint32_t sunlot_roster_party(const sunlot_roster *r, sunlot_text id);
uint32_t sunlot_roster_group(const sunlot_roster *r, sunlot_text name);
/* Whether a set of parties satisfies who: `all`, a party or a group (SPEC 5.1). */
bool sunlot_quorum_satisfied(const sunlot_roster *r, sunlot_text who, uint32_t parties);
/* A party other than the host that can block who; SUNLOT_NONE32: none can. */
uint32_t sunlot_quorum_blocker(const sunlot_roster *r, sunlot_text who);
/* The sealed parties, one bit each. */
uint32_t sunlot_roster_sealed(const sunlot_roster *r);
/* The checkpoint that follows a phase (SPEC 5); SUNLOT_PHASE_NONE after results. */
sunlot_phase sunlot_phase_after(const sunlot_roster *r, sunlot_phase phase);
/* What a source counts in thousandths of a bit (SPEC 5.1). */
uint64_t sunlot_source_millibits(const sunlot_source_rule *source);
/* The number of the issue in HOLDER of a lottery, and whether HOLDER has that form: a name, a space, the number (SPEC 5.1). */
sunlot_text sunlot_lottery_issue(sunlot_text holder);
bool sunlot_lottery_check(sunlot_text holder);
/* A text YYYY-MM-DD (SPEC 2). */
bool sunlot_date_check(sunlot_text text);
/* The folder of a URL, as the fact `address` has it (SPEC 5.1). */
bool sunlot_address_check(sunlot_text text);

/* Lines of a school before its first teacher. */
static inline uint64_t sunlot_school_head(const sunlot_school *s)
{
    return UINT64_C(1) + s->classes + (s->hand[SUNLOT_HAND_NUMBERS] != NULL) + (s->hand[SUNLOT_HAND_TEAMS] != NULL) + s->locks + s->limits;
}

/* The pseudonym in its form of SPEC 2: letter and 32 hex digits, 33 bytes. */
void sunlot_pseudonym_write(char out33[33], char letter, const uint8_t pseudonym16[16]);

/* The token of a limit (from 0): "a1" for 0.  Static text. */
sunlot_text sunlot_limit_name(uint32_t limit);

/* Find which rules apply to a school (school->rule) and its columns (names and kinds, without values); checks the consistency of rules
 * (SPEC 5.1).  The school's name is set.  Returns SUNLOT_OK, SUNLOT_ERR_MEMORY, SUNLOT_ERR_LIMIT, SUNLOT_ERR_LOG (rules contradict each other). */
SUNLOT_MUST_CHECK sunlot_err sunlot_school_columns(sunlot_roster *r, sunlot_school *s);

/* Turn category cells from texts into codes.  text[rows] are the values of one column in row order; sets column->values, ->value and the cells.
 * Returns SUNLOT_OK, SUNLOT_ERR_MEMORY, SUNLOT_ERR_LIMIT (more than SUNLOT_MAX_CODES values). */
SUNLOT_MUST_CHECK sunlot_err sunlot_school_encode(sunlot_roster *r, sunlot_school *s, int who, uint32_t column, const sunlot_text *text);

/* The value of a person in a column as the log has it (SPEC 5.2).  room: where a score is written. */
#define SUNLOT_VALUE_BYTES 24u
sunlot_text sunlot_school_value(const sunlot_school *s, int who, uint32_t person, uint32_t column, char room[SUNLOT_VALUE_BYTES]);

/* Number the tokens canonically (SPEC 5.2): renumbers student->together and the limits.  `together` may hold any distinct non-zero numbers, the limits may be
 * numbered in any order and sets may be equal (merged, least MAX).  Returns SUNLOT_OK, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_school_tokens(sunlot_roster *r, sunlot_school *s);

/* An order in which students with equal public rows are neighbours (SPEC 11.4): a sunlot_order_fn of uint16_t student indexes, user the school. */
int sunlot_school_compare_rows(const void *a, const void *b, const void *user);

/* Students whose row is rare (SPEC 11.4). */
uint32_t sunlot_school_rare(const sunlot_school *s);
/* Fill few, isolated and most_apart, which are 0. */
void sunlot_school_singled(const sunlot_roster *r, uint32_t school, sunlot_school_info *out);

/* Everything SPEC 5.2 and 7.1 demand of a school once it is filled (subjects, homeroom, teams, seats, unit sizes, locks, limits, limits of section 12).
 * Where the students are not known, all that does not need their lines.
 * Returns 0, or the issue code that fits the first fault, with *what a static English phrase. */
int sunlot_school_check(const sunlot_roster *r, const sunlot_school *s, const char **what);

#endif
