/* sunlot: a lottery for class placement that anybody can recompute.
 *
 * The only public header.  vectors/SPEC.md is normative; "SPEC n" below names its sections.
 *
 * Conventions
 *   - Functions are sunlot_noun_verb.  Those that can fail return sunlot_err; results come through out-parameters, which stand
 *     first among the pointers they belong to and are left untouched on failure unless said otherwise.
 *   - A verdict is a result, not an error: verifying a forged log returns SUNLOT_OK and says what it found.
 *   - sunlot_text borrows: it points into memory that somebody else owns and that outlives it.
 *   - Owners (sunlot_roster, sunlot_log, sunlot_verifier) are opaque, made by one function and released by their _free, which
 *     takes NULL.  Buffers are plain values released by sunlot_buffer_free.
 *   - Nothing here reads a file, a clock, the environment or a locale, prints, or keeps state between calls.  After sunlot_init
 *     every function may be called from several threads on different objects; functions that take a const object may be
 *     called on the same object at the same time.
 *   - NULL where an object is required, or an index out of range, is a programmer's error: the process is aborted.
 */
#ifndef SUNLOT_H
#define SUNLOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SUNLOT_VERSION "0.1.0"

#if defined(__GNUC__)
#define SUNLOT_MUST_CHECK __attribute__((warn_unused_result))
#else
#define SUNLOT_MUST_CHECK
#endif

/* ---- limits (SPEC 12) ------------------------------------------------------------------------------------------------- */

#define SUNLOT_MAX_SCHOOLS          20000u
#define SUNLOT_MAX_STUDENTS         2000000u /* a log */
#define SUNLOT_MAX_TEACHERS         200000u  /* a log */
#define SUNLOT_MAX_SCHOOL_STUDENTS  4096u
#define SUNLOT_MAX_SCHOOL_CLASSES   128u
#define SUNLOT_MAX_SCHOOL_TEACHERS  1024u
#define SUNLOT_MAX_SCHOOL_SUBJECTS  32u
#define SUNLOT_MAX_SCHOOL_SECTIONS  4096u
#define SUNLOT_MAX_CODES            512u /* counted codes of a school, each of students and teachers */
#define SUNLOT_MAX_NUMBER_COLUMNS   16u
#define SUNLOT_MAX_CATEGORY_COLUMNS 16u
#define SUNLOT_MAX_SUMS             32u   /* rules `mean` and `deviation` of a school, each of students and teachers */
#define SUNLOT_MAX_LIMITS           4096u /* limit tokens of a school */
#define SUNLOT_MAX_STUDENT_LIMITS   16u   /* limit tokens of one student */
#define SUNLOT_MAX_TOGETHER         4u    /* students of one together token */
#define SUNLOT_MAX_SEATS            4u    /* seats of one student */
#define SUNLOT_MAX_UNIT_SEATS       16u
#define SUNLOT_MAX_RULES            1024u
#define SUNLOT_MAX_RUNGS            8u
#define SUNLOT_MAX_MIX              100000u /* steps a row of the walk */
#define SUNLOT_MAX_TRIES            256u    /* at the last rung */
#define SUNLOT_MAX_SOURCES          16u
#define SUNLOT_MAX_DIGITS           512u /* digits of one source */
#define SUNLOT_MAX_FIELD_BYTES      1024u
#define SUNLOT_MAX_LINE_BYTES       65536u
#define SUNLOT_MAX_INPUT_BYTES      (1ull << 30)
#define SUNLOT_MAX_LOG_BYTES        (1ull << 32)
#define SUNLOT_MAX_SCORE            999999999 /* scaled by SUNLOT_SCORE_SCALE */
#define SUNLOT_SCORE_SCALE          1000

/* ---- errors --------------------------------------------------------------------------------------------------------------- */

typedef enum {
    SUNLOT_OK = 0,
    SUNLOT_ERR_MEMORY = 10,    /* no memory */
    SUNLOT_ERR_CRYPTO = 11,    /* libsodium could not be started */
    SUNLOT_ERR_INPUT = 20,     /* the input files are refused; each reason was reported */
    SUNLOT_ERR_LIMIT = 21,     /* beyond a published limit */
    SUNLOT_ERR_LOG = 30,       /* the log is not sound */
    SUNLOT_ERR_PHASE = 31,     /* the step is not the next one of this log */
    SUNLOT_ERR_DIGITS = 32,    /* the digits are not as announced */
    SUNLOT_ERR_KEY = 33,       /* the secret is not that of this log */
    SUNLOT_ERR_NOT_PLACED = 40 /* no placement was found in all tries */
} sunlot_err;

/* Returns the name of an error ("SUNLOT_ERR_MEMORY"), "SUNLOT_ERR_UNKNOWN" for any other number.  Static text. */
const char *sunlot_err_name(int err);

/* Starts the cryptographic library; call once, before anything else.  Returns SUNLOT_OK or SUNLOT_ERR_CRYPTO. */
SUNLOT_MUST_CHECK sunlot_err sunlot_init(void);

/* ---- bytes ---------------------------------------------------------------------------------------------------------------- */

/* Bytes that somebody else owns; not ended by a zero. */
typedef struct {
    const char *p;
    size_t n;
} sunlot_text;

/* Bytes that the holder owns.  Start with {0}; release with sunlot_buffer_free. */
typedef struct {
    char *p;
    size_t n;   /* bytes in use */
    size_t cap; /* bytes allocated */
} sunlot_buffer;

void sunlot_buffer_free(sunlot_buffer *b);

/* ---- work side by side ---------------------------------------------------------------------------------------------------- */

/* Do piece number `piece` of a work.  Pieces may be done at the same time and in any order.  Returns SUNLOT_OK or an error. */
typedef sunlot_err sunlot_piece_fn(void *work, uint32_t piece);

/* Who does the pieces of a work: `run` does the pieces 0 … count-1, each once, on as many threads as it likes, and returns when all are
 * done: SUNLOT_OK, or the error of a piece, after which the others may be left out.  The library starts no threads itself; functions with
 * much to do take a crew, or NULL: then the caller does everything.  What comes out is the same with any crew. */
typedef struct {
    sunlot_err (*run)(void *user, uint32_t count, sunlot_piece_fn *piece, void *work);
    void *user;
} sunlot_crew;

/* ---- input files (SPEC 11.1, 11.2) ------------------------------------------------------------------------------------------ */

typedef enum { SUNLOT_FILE_RULES, SUNLOT_FILE_CLASSES, SUNLOT_FILE_STUDENTS, SUNLOT_FILE_TEACHERS, SUNLOT_FILE_COUNT } sunlot_file;

/* The files' bytes in UTF-8, with or without a byte order mark.  present[f] is false for a file that does not exist; only
 * teachers.csv may be missing.  (GB18030 is decoded by the caller.) */
typedef struct {
    sunlot_text file[SUNLOT_FILE_COUNT];
    bool present[SUNLOT_FILE_COUNT];
} sunlot_input;

/* What can be wrong with an input.  Numbers are pinned; sunlot_issue_text gives the English sentence. */
typedef enum {
    /* bytes and CSV */
    SUNLOT_ISSUE_EMPTY_FILE = 100,   /* no header line */
    SUNLOT_ISSUE_FILE_MISSING = 101, /* a required file is not there */
    SUNLOT_ISSUE_FILE_TOO_LARGE = 102,
    SUNLOT_ISSUE_FIELD_TOO_LONG = 103,
    SUNLOT_ISSUE_INVALID_UTF8 = 104,
    SUNLOT_ISSUE_NUL = 105,         /* a NUL byte */
    SUNLOT_ISSUE_BARE_CR = 106,     /* a CR that no LF follows */
    SUNLOT_ISSUE_OPEN_QUOTE = 107,  /* a quoted field that is not closed */
    SUNLOT_ISSUE_STRAY_QUOTE = 108, /* a quotation mark inside an unquoted field, or text after a closing one */
    SUNLOT_ISSUE_RAGGED_ROW = 109,  /* more or fewer fields than the header */
    SUNLOT_ISSUE_CONTROL = 110,     /* a control or direction character */
    SUNLOT_ISSUE_STRAY_SPACE = 111, /* a space at an end of a field */
    SUNLOT_ISSUE_FORMULA = 112,     /* a field that a spreadsheet would run */
    SUNLOT_ISSUE_HEADER_EMPTY = 113,
    SUNLOT_ISSUE_HEADER_TWICE = 114,
    SUNLOT_ISSUE_COLUMN_MISSING = 115, /* a required column is not there */
    SUNLOT_ISSUE_VALUE_MISSING = 116,  /* an empty cell where a value is required */
    SUNLOT_ISSUE_TOO_MANY = 117,       /* more rows, schools, classes … than the published limit */
    SUNLOT_ISSUE_SEPARATOR = 118,      /* columns separated by something else than commas */
    SUNLOT_ISSUE_NOT_CSV = 119,        /* a workbook, or text in UTF-16: reported by who reads the file, not by the library */
    /* numbers */
    SUNLOT_ISSUE_NUMBER = 120,     /* not a number of the expected form */
    SUNLOT_ISSUE_FULL_WIDTH = 121, /* full-width digits or signs */
    SUNLOT_ISSUE_RANGE = 122,      /* a number out of range */
    SUNLOT_ISSUE_WORD = 123,       /* not one of the expected words */
    /* rules */
    SUNLOT_ISSUE_RULE_UNKNOWN = 130,
    SUNLOT_ISSUE_RULE_WHO = 131,         /* a rule for those it is not made for */
    SUNLOT_ISSUE_RULE_COLUMN = 132,      /* a rule that names a column that does not exist */
    SUNLOT_ISSUE_RULE_VALUE = 133,       /* a rule's value is not of the expected form */
    SUNLOT_ISSUE_RULE_SCHOOL = 134,      /* a rule for a school that does not exist */
    SUNLOT_ISSUE_RULE_CLASH = 135,       /* two rules that contradict each other */
    SUNLOT_ISSUE_RULE_MISSING = 136,     /* a required rule (draw,,district …) is not there */
    SUNLOT_ISSUE_SCORES_FORBIDDEN = 137, /* a number column where scores are forbidden */
    SUNLOT_ISSUE_ENTROPY_SHORT = 138,    /* the sources carry less than 128 bits */
    SUNLOT_ISSUE_ROWS_AUDITORS = 139,    /* the auditors' edition is not in this version */
    SUNLOT_ISSUE_ROWS_SCORES = 140,      /* number columns public without authority and ground */
    SUNLOT_ISSUE_ROWS_RARE = 141,        /* rare rows public without authority and ground */
    SUNLOT_ISSUE_COLUMN_LIST = 142,      /* a rule that names a column whose header holds a semicolon */
    SUNLOT_ISSUE_RULE_TOTAL = 143,       /* a list of columns that is no total, or for a rule that takes none */
    /* rows */
    SUNLOT_ISSUE_ID_TWICE = 150,
    SUNLOT_ISSUE_ID_TWO_SCHOOLS = 151, /* the same id in two schools */
    SUNLOT_ISSUE_SCHOOL_UNKNOWN = 152, /* a school without classes */
    SUNLOT_ISSUE_SCHOOL_EMPTY = 153,   /* a school without students */
    SUNLOT_ISSUE_CLASS_TWICE = 154,
    SUNLOT_ISSUE_CLASS_UNKNOWN = 155,
    SUNLOT_ISSUE_SEATS_MIXED = 156,    /* some classes with seats, some without */
    SUNLOT_ISSUE_SEATS_SHORT = 157,    /* more students than seats */
    SUNLOT_ISSUE_ABSENT = 158,         /* a missing score and no rule for it */
    SUNLOT_ISSUE_TOGETHER_LARGE = 159, /* more than four, or larger than a class */
    SUNLOT_ISSUE_APART_MANY = 160,     /* more rows to keep apart than classes */
    SUNLOT_ISSUE_LIMIT_CLASH = 161,    /* together and apart at once, or more than the limits allow */
    SUNLOT_ISSUE_LOCK_STUDENT = 162,   /* a lock for a student that does not exist, or two for one */
    SUNLOT_ISSUE_LOCK_BREAKS = 163,    /* a lock that breaks a rule */
    SUNLOT_ISSUE_RECUSE_UNKNOWN = 164, /* no teacher with this id in the school */
    SUNLOT_ISSUE_RECUSE_TWO = 165,     /* a second teacher for one student */
    SUNLOT_ISSUE_SUBJECT_SUM = 166,    /* teachers' classes of a subject do not add up to the classes */
    SUNLOT_ISSUE_HOMEROOM_COUNT = 167, /* not one homeroom teacher a class */
    SUNLOT_ISSUE_TEAM = 168,           /* formed teams that are not one teacher a subject and one homeroom teacher each */
    SUNLOT_ISSUE_IMPOSSIBLE = 169,     /* rules that cannot hold together */
    SUNLOT_ISSUE_END
} sunlot_issue_code;

/* One thing wrong.  file, line and column say where: lines count from 1 (physical lines), columns are fields and count from 1;
 * 0 is "the whole".  found is what stands there, expected what should (values and names only, the sentence comes from
 * the code); either may be empty.  All texts are valid during the report only. */
typedef struct {
    sunlot_issue_code code;
    sunlot_file file;
    uint32_t line, column;
    sunlot_text header; /* name of the column, where there is one */
    sunlot_text found;
    sunlot_text expected;
} sunlot_issue;

typedef void sunlot_issue_fn(void *user, const sunlot_issue *issue);

/* Returns the English sentence for a code: what is wrong and what to do.  Static text, the key of translations; never NULL. */
const char *sunlot_issue_text(sunlot_issue_code code);

/* ---- enrolment: the private lists with names, read from the input files -------------------------------------------------------- */

typedef struct sunlot_enrolment sunlot_enrolment;

/* Read and check the four files.  Every fault is reported, in the order file, line, column; at most 10,000 of them.
 * Returns SUNLOT_OK; SUNLOT_ERR_INPUT if anything was reported; SUNLOT_ERR_MEMORY.  Out: *out on SUNLOT_OK.  Copies what it needs. */
SUNLOT_MUST_CHECK sunlot_err sunlot_enrolment_read(sunlot_enrolment **out, const sunlot_input *input, sunlot_issue_fn *report, void *user,
                                                   const sunlot_crew *crew);
void sunlot_enrolment_free(sunlot_enrolment *e);

/* ---- roster: what the log says of schools, classes, teachers, students: pseudonymous --------------------------------------------- */

typedef struct sunlot_roster sunlot_roster;

typedef enum { SUNLOT_LIVE, SUNLOT_REHEARSAL } sunlot_mode;

/* The 32 bytes from which everything random in an announcement is derived (SPEC 11.3).  Secret. */
typedef struct {
    uint8_t b[32];
} sunlot_master;

/* The master secret of a rehearsal with this seed (SPEC 11.3). */
sunlot_master sunlot_master_rehearse(const uint8_t seed32[32]);

/* Make the pseudonymous roster of an enrolment: pseudonyms, commitments, tokens, order (SPEC 11.2, 11.3).
 * Returns SUNLOT_OK, SUNLOT_ERR_MEMORY.  The roster is independent of the enrolment afterwards. */
SUNLOT_MUST_CHECK sunlot_err sunlot_roster_new(sunlot_roster **out, const sunlot_enrolment *e, sunlot_mode mode, const sunlot_master *master,
                                               const sunlot_crew *crew);
void sunlot_roster_free(sunlot_roster *r);

/* Whether a live draw of this enrolment may be announced (SPEC 5.1, 11.4, all but the trials): `mean`, `deviation` and `band` rules, and more than 2 % of
 * rare rows, need authority and ground; mix and tries must be those of a live draw.  r: the roster of e, of either mode.
 * Returns SUNLOT_OK; SUNLOT_ERR_INPUT if anything was reported; SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_enrolment_publishable(const sunlot_enrolment *e, const sunlot_roster *r, sunlot_issue_fn *report, void *user);

/* Figures of a school for a summary. */
typedef struct {
    sunlot_text name;
    uint32_t classes, students, teachers, sections;
    uint32_t seats;                                       /* effective size of the school: students and their extra seats */
    uint32_t size_least, size_most;                       /* seats of the smallest and the largest group */
    uint32_t rungs;                                       /* length of the longest ladder, at least 1 */
    uint32_t together, limits, recused, weighted, locked; /* students that carry such a token or lock */
    uint32_t tokens;                                      /* students that carry any token: together, limits, recused or more than one seat */
    uint32_t narrowed;                                    /* students whom recusals leave, by the roster, fewer than half of the teams (SPEC 10.1) */
    uint32_t rare;                                        /* students whose public row is shared with fewer than 5 others (SPEC 11.4) */
} sunlot_school_info;

uint32_t sunlot_roster_schools(const sunlot_roster *r);
void sunlot_roster_school(const sunlot_roster *r, uint32_t school, sunlot_school_info *out);

/* How many teams recusals leave to a student, by the roster alone (SPEC 10.1): those without a teacher whom it, or who stays together with it, is recused
 * from; where the draw forms the teams, at least so many.  student: index in the school.  Without teachers: as many as there are classes. */
uint32_t sunlot_roster_left(const sunlot_roster *r, uint32_t school, uint32_t student);

/* One bound that a rule puts on every class: counts (category) or sums (mean, deviation). */
typedef struct {
    bool teachers;      /* of teachers' sections, else of students */
    bool sum;           /* a mean or deviation within its tolerance, else a count */
    sunlot_text kind;   /* balance, band, deviation, mean, limit, homeroom */
    sunlot_text column; /* the rule's column; the token of a limit */
    sunlot_text value;  /* the value counted; the gap of a sum at this rung */
    uint32_t members;   /* rows that have the value (counts), rows with a score (sums) */
    int64_t lo, hi;     /* least lower and greatest upper bound over the classes */
} sunlot_bound;

typedef void sunlot_bound_fn(void *user, const sunlot_bound *bound);

/* Give each bound of a school at a rung (from 1).  Returns SUNLOT_OK, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_roster_bounds(const sunlot_roster *r, uint32_t school, uint32_t rung, sunlot_bound_fn *each, void *user);

/* What became of a try, or of a school's tries. */
typedef struct {
    bool placed;
    uint32_t rung, attempt;                                                               /* where it ended, from 1 */
    uint32_t looks;                                                                       /* of the students' walk */
    uint64_t steps;                                                                       /* steps taken by all engine runs */
    enum { SUNLOT_STAGE_STUDENTS = 1, SUNLOT_STAGE_TEACHERS, SUNLOT_STAGE_MATCH } failed; /* where the last try failed, if it did */
    uint64_t counts_off; /* if not placed: how far counts are from their bounds in all, at the end of the last try */
    uint64_t sums_off;   /* the same of sums, in 1/1024 of their tolerance */
    sunlot_text worst;   /* the column or token that is furthest off; borrows from the roster */
    int64_t asked;       /* where that is a mean or a deviation: the gap asked for, scaled by SUNLOT_SCORE_SCALE; else 0 */
    int64_t reached;     /* and the gap that would have done where the last try ended; 0: not known */
} sunlot_outcome;

/* Run trial number `trial` (0 …) of a school at a rung (SPEC 11.4): one try, nothing kept.
 * Returns SUNLOT_OK (see out->placed), SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_roster_trial(const sunlot_roster *r, uint32_t school, uint32_t rung, uint32_t trial, sunlot_outcome *out);

/* Where the students of a school stand in students.csv; r was made from e with this master.
 * Out: place[students], from 0 among the school's rows, for the students in the order of the roster. */
void sunlot_roster_places(uint32_t *place, const sunlot_roster *r, const sunlot_enrolment *e, uint32_t school, const sunlot_master *master);

/* ---- sampling: whole draws of one school, many times (SPEC 11.6) ----------------------------------------------------------------- */

/* A school made ready once, to be drawn from many seeds.  Borrows the roster; for one thread at a time. */
typedef struct sunlot_sampler sunlot_sampler;

/* mix: NULL for that of the roster.  Returns SUNLOT_OK, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_sampler_new(sunlot_sampler **out, const sunlot_roster *r, uint32_t school, const uint32_t *mix);
void sunlot_sampler_free(sunlot_sampler *s);

/* A draw of a school.  Its arrays are the sampler's and hold until its next draw; people and classes stand in the order of the roster, and
 * all numbers count from 0. */
typedef struct {
    const uint16_t *group;          /* [students] */
    const uint16_t *class_;         /* [students] */
    const uint32_t *start;          /* [students] the starting place of the result lines, less 1 */
    const uint16_t *group_of_class; /* [classes] */
    const uint16_t *team_of_class;  /* [classes]; NULL in a school without teachers */
} sunlot_sample;

/* Draw the school as sunlot_replay_school would from this seed: same code, same result.
 * Returns SUNLOT_OK, SUNLOT_ERR_NOT_PLACED.  Out: *out on SUNLOT_OK; *outcome always. */
SUNLOT_MUST_CHECK sunlot_err sunlot_sampler_draw(sunlot_sampler *s, const uint8_t seed32[32], sunlot_sample *out, sunlot_outcome *outcome);

#define SUNLOT_SAMPLED_NONE UINT32_MAX

/* What is the same in every draw of the school. */
typedef struct {
    char pseudonym[34];
    uint32_t profile; /* students with the same codes in all category counts have the same number: 0, 1, … by first student */
    uint32_t row;     /* students with the same public row (SPEC 11.4), likewise */
    uint32_t unit;    /* students who stay together, likewise */
    uint32_t lock;    /* class the student, or one who stays together with him, is locked to; SUNLOT_SAMPLED_NONE: none */
    bool single;      /* alone in the unit, of one seat */
} sunlot_sampled_student;

typedef struct {
    sunlot_text name;
    uint32_t set; /* first class of those among which numbers are dealt (SPEC 8.7); SUNLOT_SAMPLED_NONE: a lock names it */
} sunlot_sampled_class;

void sunlot_sampler_student(const sunlot_sampler *s, uint32_t student, sunlot_sampled_student *out);
void sunlot_sampler_class(const sunlot_sampler *s, uint32_t class_, sunlot_sampled_class *out);
/* Append "COLUMN=VALUE COLUMN=VALUE …" of a student's profile; `-` for a value that no rule counts.  Returns SUNLOT_OK, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_sampler_profile(sunlot_buffer *out, const sunlot_sampler *s, uint32_t student);

/* ---- keys --------------------------------------------------------------------------------------------------------------------- */

/* The public keys that belong to a master secret: the log key as a C2SP vkey, and the minisign public key file. */
SUNLOT_MUST_CHECK sunlot_err sunlot_keys_write(sunlot_buffer *vkey, sunlot_buffer *minisign_pub, const sunlot_roster *r, const sunlot_master *master);

/* The detached minisign signature of a log's bytes (SPEC 6).  Out: the text of draw.log.minisig. */
SUNLOT_MUST_CHECK sunlot_err sunlot_minisign(sunlot_buffer *out, sunlot_text log, const sunlot_master *master);

/* ---- log ------------------------------------------------------------------------------------------------------------------------ */

typedef struct sunlot_log sunlot_log;

/* How far a log has come. */
typedef enum { SUNLOT_PHASE_NONE, SUNLOT_PHASE_SEED_BASE, SUNLOT_PHASE_DIGITS, SUNLOT_PHASE_RESULTS } sunlot_phase;

/* "seed-base", "digits", "results"; "none".  Static text. */
const char *sunlot_phase_name(sunlot_phase phase);

/* The answers of a verifier (SPEC 10).  Numbers are pinned; the order is not that of precedence. */
typedef enum {
    SUNLOT_VALID = 0,
    SUNLOT_UNPINNED = 1,
    SUNLOT_IS_REHEARSAL = 2,
    SUNLOT_INCOMPLETE = 3,
    SUNLOT_BY_HAND = 4,
    SUNLOT_SET_ASIDE = 5,
    SUNLOT_FAULT_PARSE = 10,
    SUNLOT_FAULT_ORDER = 11,
    SUNLOT_FAULT_ROSTER = 12,
    SUNLOT_FAULT_ENTROPY = 13,
    SUNLOT_FAULT_QUORUM = 14,
    SUNLOT_FAULT_SIGNATURE = 15,
    SUNLOT_FAULT_SPLIT = 16,
    SUNLOT_FAULT_MISMATCH = 17,
    SUNLOT_FAULT_RULE = 18,
    SUNLOT_FAULT_COMMITMENT = 19,
    SUNLOT_FAULT_PROOF = 20
} sunlot_answer;

/* "valid", "unpinned", "parse" …  Static text. */
const char *sunlot_answer_name(sunlot_answer answer);

/* Where and why a log is not sound.  what is a short English phrase without final stop, the key of translations. */
typedef struct {
    sunlot_answer answer;
    uint64_t line;    /* from 1; 0: the whole */
    const char *what; /* static text */
    char found[200];  /* the line or value in question, shortened, valid UTF-8, may be empty */
} sunlot_fault;

/* Read a log and check everything but signatures and results: the faults parse, order, roster, entropy.
 * The bytes are borrowed and must outlive the log (after sunlot_log_grow those lines too).
 * Returns SUNLOT_OK; SUNLOT_ERR_LOG with *fault; SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_read(sunlot_log **out, sunlot_text bytes, sunlot_fault *fault, const sunlot_crew *crew);
void sunlot_log_free(sunlot_log *log);

/* Write a log up to the signed checkpoint `seed-base` (SPEC 5.1, 5.2, 6), and the private list of people:
 * CSV with the columns pseudonym,salt,school,id,name, students first.  people NULL: no list, and e is not looked at.
 * Does not run trials: the caller has.  What was written is read, and so checked, before it is signed: *out, unless out is NULL, receives
 * the log that was read, which borrows from *bytes.
 * Returns SUNLOT_OK, SUNLOT_ERR_MEMORY, SUNLOT_ERR_LIMIT, SUNLOT_ERR_LOG (a roster that no log can have).  Out: *bytes and *people, appended to. */
SUNLOT_MUST_CHECK sunlot_err sunlot_announce(sunlot_log **out, sunlot_buffer *bytes, sunlot_buffer *people, const sunlot_enrolment *e, const sunlot_roster *r,
                                             const sunlot_master *master, const sunlot_crew *crew);

sunlot_phase sunlot_log_phase(const sunlot_log *log);
sunlot_mode sunlot_log_mode(const sunlot_log *log);
/* The draw id, SPEC 5.1. */
sunlot_text sunlot_log_id(const sunlot_log *log);
/* The fingerprint: 32 bytes.  Phase at least seed-base. */
void sunlot_log_fingerprint(const sunlot_log *log, uint8_t fingerprint32[32]);
/* The roster of the log, as long as the log lives. */
const sunlot_roster *sunlot_log_roster(const sunlot_log *log);

typedef struct {
    uint32_t number;
    bool d6; /* digits 1 to 6, else 0 to 9 */
    uint32_t length;
    sunlot_text holder, crooked, substitute;
    sunlot_text digits; /* as recorded, in groups; empty before the phase digits, and in a rehearsal */
} sunlot_source;

uint32_t sunlot_log_sources(const sunlot_log *log);
void sunlot_log_source(const sunlot_log *log, uint32_t i, sunlot_source *out);

/* Bring digits as typed (with or without the hyphens between groups of four) into the form of the record (SPEC 5.3).
 * Returns SUNLOT_OK; SUNLOT_ERR_DIGITS with *at the byte offset of the first wrong character, or text.n if there are too few. */
SUNLOT_MUST_CHECK sunlot_err sunlot_digits_parse(sunlot_buffer *out, const sunlot_source *source, sunlot_text text, size_t *at);

/* The lines of a step have been appended: read them too, after what the log has.  They are borrowed like its bytes and may stand elsewhere.
 * Returns as sunlot_log_read; on failure the log is as before. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_grow(sunlot_log *log, sunlot_text lines, sunlot_fault *fault, const sunlot_crew *crew);

/* Append entropy records and the signed checkpoint `digits`.  digits[i] belongs to source i, in the form of the record; a rehearsal
 * takes seed32 instead (and digits NULL).  Out: *out receives the whole new log;
 * log has not grown since it was read.
 * Returns SUNLOT_OK, SUNLOT_ERR_PHASE, SUNLOT_ERR_DIGITS, SUNLOT_ERR_KEY, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_add_entropy(sunlot_buffer *out, const sunlot_log *log, const sunlot_text *digits, const uint8_t *seed32,
                                                    const sunlot_master *master);

/* The same, but *lines receives what follows the log, appended: lines for sunlot_log_grow. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_entropy_lines(sunlot_buffer *lines, const sunlot_log *log, const sunlot_text *digits, const uint8_t *seed32,
                                                      const sunlot_master *master);

/* The one replay: compute a school's result lines (SPEC 9).  Phase at least digits.  Safe from several threads on one log.
 * Out: *lines, appended to; *outcome always.
 * Returns SUNLOT_OK, SUNLOT_ERR_NOT_PLACED, SUNLOT_ERR_PHASE, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_replay_school(sunlot_buffer *lines, const sunlot_log *log, uint32_t school, sunlot_outcome *outcome);

/* Append the schools' results and the signed checkpoint `results`.  Out: *out receives the whole new log;
 * log has not grown since it was read.
 * Returns SUNLOT_OK, SUNLOT_ERR_PHASE, SUNLOT_ERR_KEY, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_add_results(sunlot_buffer *out, const sunlot_log *log, const sunlot_buffer *lines, const sunlot_master *master,
                                                    const sunlot_crew *crew);

/* The same, but *lines receives what follows the log, appended. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_result_lines(sunlot_buffer *lines, const sunlot_log *log, const sunlot_buffer *results, const sunlot_master *master,
                                                     const sunlot_crew *crew);

/* One student's or teacher's place in the results, or in the roster before there are results. */
typedef struct {
    uint32_t school, student; /* indexes: of the school, and in it */
    sunlot_text school_name;
    sunlot_text pseudonym;
    uint32_t start;                  /* starting place, 0 without results */
    sunlot_text group, class_name;   /* empty without results */
    sunlot_text lock_reason;         /* empty: not locked beforehand */
    uint64_t roster_line, seat_line; /* in the log, from 1; 0: none */
} sunlot_seat;

/* Find a student by pseudonym, with or without the leading s and hyphens.  Returns true if it is in the log. */
bool sunlot_log_find(const sunlot_log *log, sunlot_text pseudonym, sunlot_seat *out);

/* Every student in the order of the log, and every section of the results (phase results). */
typedef struct {
    uint32_t school;
    sunlot_text school_name, class_name, team, subject, teacher, homeroom; /* homeroom: "homeroom" or "-" */
} sunlot_section;

typedef void sunlot_seat_fn(void *user, const sunlot_seat *seat);
typedef void sunlot_section_fn(void *user, const sunlot_section *section);
void sunlot_log_seats(const sunlot_log *log, sunlot_seat_fn *each, void *user);
void sunlot_log_sections(const sunlot_log *log, sunlot_section_fn *each, void *user);

/* Balance reached, as the result lines say it. */
typedef struct {
    uint32_t school;
    bool sum, deviation;            /* a sum: of deviations, then least and most are those reached, or of means, and they are differences from the school's */
    sunlot_text who, column, value; /* value: the value counted, or the gap asked for */
    sunlot_text lo, hi;             /* counts: asked; empty for sums */
    sunlot_text least, most;        /* reached */
} sunlot_balance;
typedef void sunlot_balance_fn(void *user, const sunlot_balance *balance);
void sunlot_log_balance(const sunlot_log *log, sunlot_balance_fn *each, void *user);

/* Rung, try and looks of a school's result, as text of the log.  False before the results. */
bool sunlot_log_placed(const sunlot_log *log, uint32_t school, sunlot_text *rung, sunlot_text *attempt, sunlot_text *looks);

/* How likely each team is for each group, given the groups, and of how many classes a group may get the number (SPEC 8.7, 10.1).  Odds are in hundredths of a
 * percent, rounded to the nearest. */
typedef struct {
    uint32_t classes;                         /* as many groups; and as many teams, if there are teachers */
    bool teachers;                            /* else there is no match, and only `alike` is filled */
    uint32_t recused;                         /* groups that may not get every team; if 0 every group has each team with odds 1/classes */
    bool sampled;                             /* odds are estimates from `allowed` of `shuffles` shuffles; else counted exactly */
    uint32_t allowed, shuffles;               /* if sampled; allowed 0: the odds are unknown */
    uint32_t narrowed;                        /* students in groups that are left with fewer than half of the teams */
    uint8_t left[SUNLOT_MAX_SCHOOL_CLASSES];  /* of each group: teams that it may get */
    uint8_t alike[SUNLOT_MAX_SCHOOL_CLASSES]; /* of each group: classes of whose numbers it gets each with odds 1/alike, whatever the recusals */
    uint16_t odds[SUNLOT_MAX_SCHOOL_CLASSES][SUNLOT_MAX_SCHOOL_CLASSES]; /* of each group for each team */
} sunlot_odds;

/* The odds of a school's match.  lines: its results as sunlot_replay_school gave them; empty: those that the log has.  They must be sound: what
 * they say is believed.  Up to 25 MB and a second with 20 recused groups, very little with a few.
 * Returns SUNLOT_OK; SUNLOT_ERR_PHASE without digits or results; SUNLOT_ERR_LOG if the lines are no results of the school; SUNLOT_ERR_MEMORY.  Out: *out is
 * of use only on SUNLOT_OK. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_odds(sunlot_odds *out, const sunlot_log *log, uint32_t school, sunlot_text lines);

/* ---- verifying (SPEC 10) ------------------------------------------------------------------------------------------------------------ */

/* What the verifier is given from outside.  Either may be absent. */
typedef struct {
    sunlot_text vkey; /* empty: none.  The text of log.vkey, a final LF allowed */
    bool has_fingerprint;
    uint8_t fingerprint[32];
    sunlot_phase until; /* SUNLOT_PHASE_NONE means results */
} sunlot_pin;

typedef enum { SUNLOT_CHECK_OK, SUNLOT_CHECK_FAULT, SUNLOT_CHECK_NOT_REACHED } sunlot_check_state;

/* The checks, in the order in which the first fault counts. */
typedef enum {
    SUNLOT_CHECK_PARSE,
    SUNLOT_CHECK_ORDER,
    SUNLOT_CHECK_ROSTER,
    SUNLOT_CHECK_ENTROPY,
    SUNLOT_CHECK_QUORUM,
    SUNLOT_CHECK_SIGNATURE,
    SUNLOT_CHECK_PIN,
    SUNLOT_CHECK_REPLAY,
    SUNLOT_CHECK_RULES,
    SUNLOT_CHECK_COUNT
} sunlot_check;

const char *sunlot_check_name(sunlot_check check); /* "parse", "order", "roster", "entropy", "quorum", "signature", "pin", "replay", "rules" */

typedef struct {
    sunlot_answer answer;
    sunlot_check_state check[SUNLOT_CHECK_COUNT];
    sunlot_fault fault;  /* the first one; answer SUNLOT_VALID if none */
    uint32_t schools;    /* schools recomputed */
    uint32_t signatures; /* signatures checked and good */
} sunlot_verdict;

typedef struct sunlot_verifier sunlot_verifier;

/* Begin: reads the log and checks all but the results.  A log that is not sound is not an error: the verdict says it.
 * bytes and pin are borrowed.  Returns SUNLOT_OK, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_verifier_new(sunlot_verifier **out, sunlot_text bytes, const sunlot_pin *pin, const sunlot_crew *crew);
void sunlot_verifier_free(sunlot_verifier *v);

/* The log, or NULL if it could not be read that far. */
const sunlot_log *sunlot_verifier_log(const sunlot_verifier *v);

/* How many schools there are to recompute (0 if it did not come so far). */
uint32_t sunlot_verifier_schools(const sunlot_verifier *v);

/* Recompute one school and check its rules.  Different schools may be checked at the same time.  Returns SUNLOT_OK, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_verifier_school(sunlot_verifier *v, uint32_t school);

/* The verdict on what was checked so far; schools that were not are "not reached" and keep the answer from being valid. */
void sunlot_verifier_verdict(const sunlot_verifier *v, sunlot_verdict *out);

/* ---- small things that tools share ---------------------------------------------------------------------------------------------------- */

/* Write 32 bytes as 16 groups of four hex digits separated by spaces (SPEC 6).  out79: 79 characters and a zero. */
void sunlot_fingerprint_write(char out80[80], const uint8_t fingerprint32[32]);
/* Read 64 hex digits, upper or lower case, spaces and hyphens passed over.  Returns false if it is anything else. */
bool sunlot_fingerprint_parse(uint8_t fingerprint32[32], sunlot_text text);

/* The deterministic stream of SPEC 4 for programs that need made-up data. */
typedef struct {
    uint8_t key[32];
    uint32_t block;      /* number of the next block of 64 bytes to be made */
    uint32_t at;         /* bytes of the store already read */
    uint8_t bytes[4096]; /* store of the stream's bytes */
} sunlot_stream;
void sunlot_stream_init(sunlot_stream *s, const uint8_t key32[32]);
uint32_t sunlot_stream_word(sunlot_stream *s);
/* A uniform number 0 … n-1, 1 ≤ n ≤ 2^31. */
uint32_t sunlot_stream_below(sunlot_stream *s, uint32_t n);
/* Key for a purpose: MAC(seed, label, text). */
void sunlot_stream_key(uint8_t key32[32], const uint8_t seed32[32], const char *label, sunlot_text text);

#ifdef __cplusplus
}
#endif
#endif
