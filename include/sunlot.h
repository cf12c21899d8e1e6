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
 *
 * The parts, in the order in which a draw meets them; each begins with a ruled line
 *   for all             limits · errors · bytes · work side by side
 *   before the log      input files · enrolment · roster · sampling
 *   the log             keys · keys of parties · log · parties, checkpoints, notes · the steps of a draw · acts · students
 *   checking            verifying · several logs · receipts · slips · audit
 *   beside              small things that tools share
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
#define SUNLOT_MAX_NUMBERS          64u /* numbers of one lottery */
#define SUNLOT_MAX_PARTIES          16u /* the host among them */
#define SUNLOT_MAX_GROUPS           32u
#define SUNLOT_MAX_ACTS             999u
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
    SUNLOT_ERR_MEMORY = 10,     /* no memory */
    SUNLOT_ERR_CRYPTO = 11,     /* libsodium could not be started */
    SUNLOT_ERR_INPUT = 20,      /* the input files are refused; each reason was reported */
    SUNLOT_ERR_LIMIT = 21,      /* beyond a published limit */
    SUNLOT_ERR_LOG = 30,        /* the log is not sound */
    SUNLOT_ERR_PHASE = 31,      /* the step is not the next one of this log */
    SUNLOT_ERR_DIGITS = 32,     /* the digits are not as announced */
    SUNLOT_ERR_KEY = 33,        /* the secret is not that of this log */
    SUNLOT_ERR_QUORUM = 34,     /* signatures that the next step needs are missing */
    SUNLOT_ERR_SIGNATURE = 35,  /* a signature or a note is not one of this log */
    SUNLOT_ERR_EDITION = 36,    /* that needs the other edition of the log */
    SUNLOT_ERR_NOT_PLACED = 40, /* no placement was found in all tries */
    SUNLOT_ERR_KEY_FILE = 50,   /* no minisign key file, or a damaged one */
    SUNLOT_ERR_PASSWORD = 51    /* the password is not that of the key file */
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

typedef enum {
    SUNLOT_FILE_RULES,
    SUNLOT_FILE_CLASSES,
    SUNLOT_FILE_STUDENTS,
    SUNLOT_FILE_TEACHERS,
    SUNLOT_FILE_COUNT,
    SUNLOT_FILE_LATE = SUNLOT_FILE_COUNT
} sunlot_file;

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
    SUNLOT_ISSUE_LOCK_REASON = 139,      /* a lock for another reason than the few codes there are */
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
    SUNLOT_ISSUE_HAND = 175,           /* slots drawn by hand that are not 1 … K, each once */
    SUNLOT_ISSUE_HAND_NUMBERS = 176,   /* class numbers drawn by hand where not all classes are interchangeable */
    SUNLOT_ISSUE_HAND_TEAMS = 177,     /* teams drawn by hand where there are no teachers */
    SUNLOT_ISSUE_LATE_THERE = 178,     /* a late student whose id is in the draw already */
    SUNLOT_ISSUE_LATE_SEATS = 179,     /* late students who may find no seat */
    /* parties and the ceremony */
    SUNLOT_ISSUE_PARTY_ID = 180,      /* not the id of a party or group */
    SUNLOT_ISSUE_PARTY_KEY = 181,     /* no minisign public key, or no good one */
    SUNLOT_ISSUE_PARTY_TWICE = 182,   /* an id or a key that another party or group has */
    SUNLOT_ISSUE_PARTY_UNKNOWN = 183, /* a member or signer that is no party and no earlier group */
    SUNLOT_ISSUE_QUORUM_BLOCK = 184,  /* one party alone could block the digits */
    SUNLOT_ISSUE_SOURCE_ORDER = 185,  /* dice after a source that nobody here can check */
    SUNLOT_ISSUE_ROUNDS = 186,        /* two rounds without formed teams */
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

/* Whether a live draw of this enrolment may be announced (SPEC 5.1, 11.4, all but the trials): where rows are public, `mean`, `deviation` and `band` rules, and
 * more than 2 % of rare rows, need authority and ground; mix and tries must be those of a live draw.  r: the roster of e, of either mode.
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
    uint32_t rare;                                        /* students whose public row is shared with fewer than SUNLOT_FEW others (SPEC 11.4) */
    uint32_t few;                                         /* values that a rule balances and fewer than SUNLOT_FEW students have */
    uint32_t isolated, most_apart;                        /* students kept apart from as many others as there are classes, or more; and the most of one */
} sunlot_school_info;

uint32_t sunlot_roster_schools(const sunlot_roster *r);
/* Whether rows are for auditors and each family alone: then the log has two editions (SPEC 5). */
bool sunlot_roster_for_auditors(const sunlot_roster *r);
void sunlot_roster_school(const sunlot_roster *r, uint32_t school, sunlot_school_info *out);

#define SUNLOT_FEW 5u /* fewer than so many students, and a figure tells of a child */

/* What makes rows of a school rare: a part of the rows without which fewer, or more, would be. */
typedef enum { SUNLOT_ROW_TOGETHER, SUNLOT_ROW_LIMITS, SUNLOT_ROW_RECUSED, SUNLOT_ROW_SEATS, SUNLOT_ROW_VALUE } sunlot_row_part;
typedef struct {
    sunlot_row_part part;
    sunlot_text column; /* of a value */
    uint32_t without;   /* rare rows if this part were not there */
} sunlot_rare_part;
typedef void sunlot_rare_fn(void *user, const sunlot_rare_part *part);
void sunlot_roster_rare(const sunlot_roster *r, uint32_t school, sunlot_rare_fn *each, void *user);

/* Values of a school that a rule balances, so that the public figures name them, and that fewer than SUNLOT_FEW students have. */
typedef struct {
    sunlot_text column, value;
    uint32_t students;
} sunlot_few;
typedef void sunlot_few_fn(void *user, const sunlot_few *few);
void sunlot_roster_few(const sunlot_roster *r, uint32_t school, sunlot_few_fn *each, void *user);

/* What the line of a student says of the child, beside number and commitment (SPEC 5.2), in figures that name no token.  Texts are valid during the call. */
typedef struct {
    sunlot_text column, value; /* value empty: none */
    bool number;               /* of a number column */
} sunlot_cell;
typedef struct {
    uint32_t student; /* index in the school */
    uint32_t cells;   /* values … */
    const sunlot_cell *cell;
    uint32_t together; /* others who come into the same class; 0: none */
    uint32_t limits;   /* sets of students of whom only so many may come into one class: at most `most` of this one and `others` */
    struct {
        uint32_t others, most;
    } limit[SUNLOT_MAX_STUDENT_LIMITS];
    bool recused;                                        /* from a teacher */
    uint32_t seats;                                      /* that the student takes */
    sunlot_text lock_class, lock_reason, lock_authority; /* placed beforehand; else empty */
} sunlot_row_info;
typedef void sunlot_row_fn(void *user, const sunlot_row_info *row);
/* Every student of a school, in the order of the log.  None in a public edition. */
void sunlot_roster_rows(const sunlot_roster *r, uint32_t school, sunlot_row_fn *each, void *user);

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

/* ---- keys of parties: minisign's files (SPEC 14.4) ---------------------------------------------------------------------------- */

/* Memory for secrets: zeroed, not swapped out where the system allows that, wiped when it is released.  NULL without memory. */
void *sunlot_locked_new(size_t n);
void sunlot_locked_free(void *p);

/* A party's key pair, in locked memory. */
typedef struct sunlot_party_key sunlot_party_key;

/* A new key from 32 bytes for its seed and 8 for minisign's key id.  Returns SUNLOT_OK, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_party_key_new(sunlot_party_key **out, const uint8_t random40[40]);
void sunlot_party_key_free(sunlot_party_key *key);
/* The 64 bytes that sunlot_cosign and sunlot_commit_make take, and the 32 of the public key.  They live as long as the key. */
const uint8_t *sunlot_party_key_secret(const sunlot_party_key *key);
const uint8_t *sunlot_party_key_public(const sunlot_party_key *key);

typedef enum { SUNLOT_KEY_UNKNOWN, SUNLOT_KEY_PUBLIC, SUNLOT_KEY_PLAIN, SUNLOT_KEY_PASSWORD } sunlot_key_form;

/* What a key file is: a public key, a secret key without or with a password, or something else.  Returns SUNLOT_OK, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_key_file_form(sunlot_key_form *out, sunlot_text file);
/* The second line of a public key file, which rules.csv takes.  Returns false if it is none.  *line borrows. */
bool sunlot_key_file_public(sunlot_text *line, sunlot_text file);

/* Read a secret key file; password is not looked at where there is none.  With one it takes seconds and a gigabyte of memory.
 * Returns SUNLOT_OK, SUNLOT_ERR_KEY_FILE, SUNLOT_ERR_PASSWORD, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_party_key_read(sunlot_party_key **out, sunlot_text file, sunlot_text password);
/* Append the secret key file, and the public one.  password empty: none, and the file is as secret as the key.  Where there is not so much memory as minisign wants,
 * the password is worth less work.  Returns SUNLOT_OK, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_party_key_write(sunlot_buffer *out, const sunlot_party_key *key, sunlot_text password, const uint8_t salt32[32]);
SUNLOT_MUST_CHECK sunlot_err sunlot_party_key_publish(sunlot_buffer *out, const sunlot_party_key *key);

/* ---- log ------------------------------------------------------------------------------------------------------------------------ */

typedef struct sunlot_log sunlot_log;

/* The two forms of one log where rows are for auditors (SPEC 5): in the public edition a leaf stands in the place of each student's line.  Where rows are
 * public there is the full one alone. */
typedef enum { SUNLOT_EDITION_FULL = 1, SUNLOT_EDITION_PUBLIC } sunlot_edition;

/* How far a log has come: the last of its checkpoints that is none of an act (SPEC 5).  A log without sealed parties goes from none to seed-base, one
 * of one round from digits to results; so phases are compared with < and >=, and may be passed over. */
typedef enum {
    SUNLOT_PHASE_NONE,
    SUNLOT_PHASE_LIST,
    SUNLOT_PHASE_COMMITS,
    SUNLOT_PHASE_SEED_BASE,
    SUNLOT_PHASE_DIGITS,
    SUNLOT_PHASE_GROUPS,
    SUNLOT_PHASE_DIGITS_2,
    SUNLOT_PHASE_RESULTS
} sunlot_phase;

/* "none", "list", "commits", "seed-base", "digits", "groups", "digits-2", "results".  Static text. */
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

/* Whether the first goes before the second in the order of SPEC 10, in which the first that applies is given. */
bool sunlot_answer_before(sunlot_answer a, sunlot_answer b);

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

/* Write a log up to its first signed checkpoint, `list` where a party is sealed, else `seed-base` (SPEC 5.1, 5.2, 6), and the private list of people:
 * CSV with the columns pseudonym,salt,school,id,name, students first.  people NULL: no list, and e is not looked at.
 * Does not run trials: the caller has.  What was written is read, and so checked, before it is signed: *out, unless out is NULL, receives
 * the log that was read, which borrows from *bytes.
 * Returns SUNLOT_OK, SUNLOT_ERR_MEMORY, SUNLOT_ERR_LIMIT, SUNLOT_ERR_LOG (a roster that no log can have).  Out: *bytes and *people, appended to. */
SUNLOT_MUST_CHECK sunlot_err sunlot_announce(sunlot_log **out, sunlot_buffer *bytes, sunlot_buffer *people, const sunlot_enrolment *e, const sunlot_roster *r,
                                             const sunlot_master *master, const sunlot_crew *crew);

/* Whether the rows of a log are for auditors, by the facts in its first lines; bytes that are no log: false. */
bool sunlot_log_for_auditors(sunlot_text bytes);
/* The public edition of a log whose rows are for auditors, of any phase; of a public edition the same bytes.  The log is sound; nothing else is checked.
 * Returns SUNLOT_OK, SUNLOT_ERR_EDITION (rows are public: the log is its one edition), SUNLOT_ERR_MEMORY.  Out: *out, appended to. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_public(sunlot_buffer *out, sunlot_text bytes);

sunlot_edition sunlot_log_edition(const sunlot_log *log);
sunlot_phase sunlot_log_phase(const sunlot_log *log);
sunlot_mode sunlot_log_mode(const sunlot_log *log);
/* The draw id, SPEC 5.1. */
sunlot_text sunlot_log_id(const sunlot_log *log);
/* The fingerprint: 32 bytes.  Phase at least seed-base. */
void sunlot_log_fingerprint(const sunlot_log *log, uint8_t fingerprint32[32]);
/* The value of a fact of the first lines (SPEC 5.1), by its key: "date", "page" …; empty if the log has none.  It lives as long as the log. */
sunlot_text sunlot_log_fact(const sunlot_log *log, const char *key);
/* The roster of the log, as long as the log lives.  Of a public edition schools, classes and teachers: figures of students' lines are 0, every team is left,
 * and nothing can be drawn. */
const sunlot_roster *sunlot_log_roster(const sunlot_log *log);

/* Throws of digits 0 to 9 or 1 to 6; a lottery's numbers 00 to 99; the signature of a round of a drand chain. */
typedef enum { SUNLOT_SOURCE_D10, SUNLOT_SOURCE_D6, SUNLOT_SOURCE_LOTTERY, SUNLOT_SOURCE_DRAND, SUNLOT_SOURCE_KINDS } sunlot_source_kind;

/* "d10", "d6", "lottery", "drand".  Static text. */
const char *sunlot_source_kind_name(sunlot_source_kind kind);

typedef struct {
    uint32_t number;
    sunlot_source_kind kind;
    uint64_t length; /* throws, numbers; of a drand the number of the round */
    sunlot_text holder, crooked, substitute;
    sunlot_text digits;   /* as recorded; empty before the phase digits, and in a rehearsal */
    sunlot_text digits_2; /* those of the second round */
} sunlot_source;

uint32_t sunlot_log_sources(const sunlot_log *log);
void sunlot_log_source(const sunlot_log *log, uint32_t i, sunlot_source *out);

/* Bring digits as typed into the form of the record (SPEC 5.3): throws with or without the hyphens between groups of four; of a lottery or drand what stands
 * before the numbers, or before the signature, may be left out.
 * Returns SUNLOT_OK; SUNLOT_ERR_DIGITS with *at the byte offset of the first wrong character, or text.n if there are too few. */
SUNLOT_MUST_CHECK sunlot_err sunlot_digits_parse(sunlot_buffer *out, const sunlot_source *source, sunlot_text text, size_t *at);

/* The lines of a step have been appended: read them too, after what the log has.  They are borrowed like its bytes and may stand elsewhere.
 * Returns as sunlot_log_read; on failure the log is as before. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_grow(sunlot_log *log, sunlot_text lines, sunlot_fault *fault, const sunlot_crew *crew);

/* ---- parties, checkpoints, notes (SPEC 5.1, 5.3, 6) --------------------------------------------------------------------------- */

typedef enum { SUNLOT_QUORUM_SEED_BASE, SUNLOT_QUORUM_DIGITS, SUNLOT_QUORUM_AFTER, SUNLOT_QUORUMS } sunlot_quorum;

/* A party.  Sets of parties are bits: 1 << its index, the host being number 0. */
typedef struct {
    sunlot_text id, role, vkey;
    sunlot_text key_name; /* of the vkey: what a signature line names */
    uint8_t public_[32];
    bool own;       /* the key was made on the party's own device */
    bool sealed;    /* adds a contribution */
    bool committed; /* its record `commit` is in the log */
    bool revealed;  /* its record `reveal` is */
    bool missing;   /* a record `missing` is, in either place */
} sunlot_party;

uint32_t sunlot_log_parties(const sunlot_log *log);
void sunlot_log_party(const sunlot_log *log, uint32_t i, sunlot_party *out);
/* The key with which a party signs a checkpoint: the announced one, or what a record `replaced` before it says. */
void sunlot_log_party_key(uint8_t public32[32], const sunlot_log *log, uint32_t party, uint32_t checkpoint);
/* Find a party by id.  Returns false if there is none. */
bool sunlot_log_party_find(const sunlot_log *log, sunlot_text id, uint32_t *out);

typedef struct {
    sunlot_text name, members; /* members: ids joined by ; */
    uint32_t k;
} sunlot_group;

uint32_t sunlot_log_groups(const sunlot_log *log);
void sunlot_log_group(const sunlot_log *log, uint32_t i, sunlot_group *out);
/* Who must sign: `all`, a party or a group. */
sunlot_text sunlot_log_quorum(const sunlot_log *log, sunlot_quorum quorum);
/* Whether a set of parties, with the host in it, satisfies a quorum.  Of a rehearsal: whether the host is in it. */
bool sunlot_log_quorum_reached(const sunlot_log *log, sunlot_quorum quorum, uint32_t parties);

/* A checkpoint of a log. */
typedef struct {
    char name[24];      /* "seed-base", "late-base-2", "after-2", "withdrawn" … */
    sunlot_phase phase; /* SUNLOT_PHASE_NONE: one of an act, or withdrawn */
    uint64_t line, size;
    uint8_t root[32];
    uint32_t signed_by; /* parties whose good signature stands in the log, or in a note that the verifier was given */
    bool has_quorum;    /* else the host's signature is enough */
    sunlot_quorum quorum;
    bool reached; /* by signed_by */
} sunlot_checkpoint_info;

/* Checkpoints in the order of the log, at least one. */
uint32_t sunlot_log_checkpoints(const sunlot_log *log);
/* Returns SUNLOT_OK, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_checkpoint(const sunlot_log *log, uint32_t i, sunlot_checkpoint_info *out);
/* Whether the log has been withdrawn; then nothing follows. */
bool sunlot_log_withdrawn(const sunlot_log *log);
/* Which checkpoint comes next: the phase, SUNLOT_PHASE_NONE after results or a withdrawal. */
sunlot_phase sunlot_log_next(const sunlot_log *log);

/* Append the note of a checkpoint: the text that is signed (C2SP tlog-checkpoint).  Returns SUNLOT_OK, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_note_text(sunlot_buffer *out, const sunlot_log *log, uint32_t checkpoint);
/* Append the note file of a checkpoint: note, empty line, and a line `— NAME base64` for each signature that the log has.
 * Returns SUNLOT_OK, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_note_file(sunlot_buffer *out, const sunlot_log *log, uint32_t checkpoint);
/* Which checkpoint a note file, or the text of a note alone, is of.  Returns SUNLOT_OK; SUNLOT_ERR_SIGNATURE: of none of this log, or no note. */
SUNLOT_MUST_CHECK sunlot_err sunlot_note_find(uint32_t *checkpoint, const sunlot_log *log, sunlot_text note);
/* Join note files: append the note file of `checkpoint` with the log's signatures and those of `more`: another note file of it, or signature lines alone.
 * Out: *added, unless NULL, the parties that the log has not.
 * Returns SUNLOT_OK; SUNLOT_ERR_SIGNATURE: a signature is not good, or `more` is neither; SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_note_join(sunlot_buffer *out, uint32_t *added, const sunlot_log *log, uint32_t checkpoint, sunlot_text more);

/* The draw id, the size and the root that a note (or note file) names.  Returns false if it is no note. */
bool sunlot_note_read(sunlot_text note, sunlot_text *id, uint64_t *size, uint8_t root32[32]);

/* A party signs a note (the note's text, or a note file): append the line `— NAME base64`, a cosignature.  key_name: of the party's vkey; time: seconds since
 * 1970, from 1.  Returns SUNLOT_OK; SUNLOT_ERR_SIGNATURE: not a note; SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_cosign(sunlot_buffer *line, sunlot_text note, sunlot_text key_name, const uint8_t secret64[64], uint64_t time);
/* Append the vkey (without LF) of a party: `DRAWID/ID+…`. */
SUNLOT_MUST_CHECK sunlot_err sunlot_party_vkey(sunlot_buffer *out, sunlot_text draw_id, sunlot_text party_id, const uint8_t public32[32]);

/* A sealed party's record `commit`, with LF, for its contribution.  The log has its checkpoint list.
 * Returns SUNLOT_OK, SUNLOT_ERR_PHASE (no list, or the party is not sealed), SUNLOT_ERR_KEY (not the party's key), SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_commit_make(sunlot_buffer *record, const sunlot_log *log, uint32_t party, const uint8_t contribution32[32],
                                                const uint8_t secret64[64]);
/* Its record `reveal`, with LF.  Returns SUNLOT_OK, SUNLOT_ERR_PHASE (the log does not have its commit), SUNLOT_ERR_KEY (not what was committed to),
 * SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_reveal_make(sunlot_buffer *record, const sunlot_log *log, uint32_t party, const uint8_t contribution32[32]);
/* Whether a record (a line, with or without LF) is this party's good `commit`, or `reveal` of what it committed to.  The same errors;
 * SUNLOT_ERR_SIGNATURE: a record of another form, or its signature is not good. */
SUNLOT_MUST_CHECK sunlot_err sunlot_commit_check(const sunlot_log *log, uint32_t party, sunlot_text record);
SUNLOT_MUST_CHECK sunlot_err sunlot_reveal_check(const sunlot_log *log, uint32_t party, sunlot_text record);

/* ---- the steps of a draw ------------------------------------------------------------------------------------------------------ */

/* Each appends to *lines what follows the log (lines for sunlot_log_grow): first the signatures of `note`, a note file of the last checkpoint (empty: none), that
 * the log has not; then its records and the host's signed checkpoint.  Common errors: SUNLOT_ERR_PHASE (not the next step, or the host's last
 * checkpoint is not in order), SUNLOT_ERR_QUORUM (the last checkpoint's quorum is not reached, with the note), SUNLOT_ERR_SIGNATURE (the note is not one
 * of the last checkpoint, or has a wrong signature), SUNLOT_ERR_KEY, SUNLOT_ERR_LIMIT, SUNLOT_ERR_MEMORY. */

/* Commits and the checkpoint `commits`.  commit[i] belongs to the i-th sealed party, in the order of parties: its record, or empty: missing.
 * SUNLOT_ERR_SIGNATURE also: a record that is not that party's good one. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_commit_lines(sunlot_buffer *lines, const sunlot_log *log, sunlot_text note, const sunlot_text *commit,
                                                     const sunlot_master *master);
/* Reveals and the checkpoint `seed-base`.  reveal[i] belongs to the i-th party that committed: its record, or empty: missing.
 * SUNLOT_ERR_SIGNATURE also: a record that does not open its commitment. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_reveal_lines(sunlot_buffer *lines, const sunlot_log *log, sunlot_text note, const sunlot_text *reveal,
                                                     const sunlot_master *master);
/* The withdrawal, before the first digit, and the checkpoint `withdrawn`.  It needs no quorum, neither of the last checkpoint nor of its own.
 * SUNLOT_ERR_INPUT: date or reason is not of its form. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_withdraw_lines(sunlot_buffer *lines, const sunlot_log *log, sunlot_text note, sunlot_text date, sunlot_text reason,
                                                       const sunlot_master *master);
/* Only the signatures of a note of the last checkpoint, as records. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_note_lines(sunlot_buffer *lines, const sunlot_log *log, sunlot_text note);

/* The whole log with the lines of a step.  Out: *out is replaced; log has not grown since it was read.  Returns SUNLOT_OK, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_whole(sunlot_buffer *out, const sunlot_log *log, sunlot_text lines);

/* Append entropy records and the signed checkpoint `digits`, or `digits-2` in the second round.  digits[i] belongs to source i, in the form of the
 * record; a rehearsal takes seed32 instead (and digits NULL).  note: as of every step.  Out: *out receives the whole new log; log has not grown since it
 * was read.
 * Returns SUNLOT_OK, SUNLOT_ERR_DIGITS, or as every step. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_add_entropy(sunlot_buffer *out, const sunlot_log *log, sunlot_text note, const sunlot_text *digits,
                                                    const uint8_t *seed32, const sunlot_master *master);

/* The same as a step: *lines receives what follows the log. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_entropy_lines(sunlot_buffer *lines, const sunlot_log *log, sunlot_text note, const sunlot_text *digits,
                                                      const uint8_t *seed32, const sunlot_master *master);

/* The one replay: compute a school's result lines (SPEC 9): those of the second round where its digits are the last thing that the log has, else those of
 * the first.  Phase at least digits.  Safe from several threads on one log.
 * Out: *lines, appended to; *outcome always.
 * Returns SUNLOT_OK, SUNLOT_ERR_NOT_PLACED, SUNLOT_ERR_PHASE, SUNLOT_ERR_EDITION (of a public edition), SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_replay_school(sunlot_buffer *lines, const sunlot_log *log, uint32_t school, sunlot_outcome *outcome);

/* Append the schools' results and the signed checkpoint `results`, or `groups` in the first of two rounds.  Out: *out receives the whole new log;
 * log has not grown since it was read.
 * Returns SUNLOT_OK, SUNLOT_ERR_PHASE, SUNLOT_ERR_KEY, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_add_results(sunlot_buffer *out, const sunlot_log *log, sunlot_text note, const sunlot_buffer *lines,
                                                    const sunlot_master *master, const sunlot_crew *crew);

/* The same as a step. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_result_lines(sunlot_buffer *lines, const sunlot_log *log, sunlot_text note, const sunlot_buffer *results,
                                                     const sunlot_master *master, const sunlot_crew *crew);

/* ---- acts: what is entered after the results (SPEC 5.5) -------------------------------------------------------------------------- */

typedef enum {
    SUNLOT_ENTRY_STRUCK,
    SUNLOT_ENTRY_MOVED,
    SUNLOT_ENTRY_BY_HAND,
    SUNLOT_ENTRY_REPLACED,
    SUNLOT_ENTRY_SET_ASIDE,
    SUNLOT_ENTRY_LATE,
    SUNLOT_ENTRY_KINDS
} sunlot_entry_kind;

/* "struck", "moved", "by-hand", "replaced", "set-aside", "late".  Static text. */
const char *sunlot_entry_name(sunlot_entry_kind kind);

/* A supplement that has begun: its late students are announced; their digits have been thrown. */
typedef enum { SUNLOT_LATE_NONE, SUNLOT_LATE_ANNOUNCED, SUNLOT_LATE_THROWN } sunlot_late_stage;

/* The supplement that the log stands in; NONE: none has begun, or all are complete. */
sunlot_late_stage sunlot_log_late_stage(const sunlot_log *log);
/* Acts that the log has; a supplement counts once it has begun. */
uint32_t sunlot_log_acts(const sunlot_log *log);

/* A supplement: act number `act`, of this many late students; seated: they have their classes. */
typedef struct {
    uint32_t act, students;
    sunlot_text date;
    bool seated;
} sunlot_supplement_info;

uint32_t sunlot_log_supplements(const sunlot_log *log);
void sunlot_log_supplement(const sunlot_log *log, uint32_t i, sunlot_supplement_info *out);
/* What was recorded of a source in supplement i; empty before its digits, and in a rehearsal. */
sunlot_text sunlot_log_supplement_digits(const sunlot_log *log, uint32_t i, uint32_t source);

/* A record of an act. */
typedef struct {
    sunlot_entry_kind kind;
    uint32_t act;       /* its number, from 1 */
    uint64_t line;      /* in the log, from 1 */
    sunlot_text record; /* the line, without LF */
    sunlot_text date;
    sunlot_text subject; /* struck, moved, late: pseudonym; by-hand: name of the school; replaced: id of the party; else empty */
    sunlot_text value;   /* moved: class; by-hand: numbers or teams; replaced: vkey, and to be entered: minisign public key; late: name of the school */
    sunlot_text more;    /* by-hand: the slots, 1 … K separated by spaces; replaced: own or host; late: seats */
    sunlot_text reason, authority; /* struck, moved; set-aside: reference of the order, and authority */
} sunlot_entry;
typedef void sunlot_entry_fn(void *user, const sunlot_entry *entry);

/* Every record of an act in the order of the log; texts are valid during the call only, but for record. */
void sunlot_log_entries(const sunlot_log *log, sunlot_entry_fn *each, void *user);

/* Append an act (not a supplement): its records, all of one kind, sorted, and its checkpoint.  A step as those above; act, line and record are not looked at.
 * What the records say is seen when they are read: let the log grow by the lines before they are stored.
 * Returns as they do; SUNLOT_ERR_PHASE: there are no results, or a supplement is not complete; SUNLOT_ERR_EDITION: a public edition. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_act_lines(sunlot_buffer *lines, const sunlot_log *log, sunlot_text note, const sunlot_entry *entry, uint32_t entries,
                                                  const sunlot_master *master);

/* Begin a supplement: the late students of late.csv (columns id, name, and if there are several schools school; seats, of extra seats too, is 1 unless given),
 * and the checkpoint `late-base-k`.  A step as those above.  What is wrong with the file is reported, its issues having the file SUNLOT_FILE_LATE.
 * Out: *people, unless NULL, receives the private list of them, as sunlot_announce writes it.
 * Returns as they do; SUNLOT_ERR_INPUT if anything was reported. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_late_lines(sunlot_buffer *lines, sunlot_buffer *people, const sunlot_log *log, sunlot_text note, sunlot_text date,
                                                   sunlot_text csv, sunlot_issue_fn *report, void *user, const sunlot_master *master);

/* End it, after its entropy (sunlot_log_entropy_lines): the classes of the late students, and the checkpoint `after-k`.
 * Returns as they do; SUNLOT_ERR_NOT_PLACED: somebody finds no seat. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_late_seat_lines(sunlot_buffer *lines, const sunlot_log *log, sunlot_text note, const sunlot_master *master);

/* ---- students -------------------------------------------------------------------------------------------------------------------- */

/* One student's or teacher's place in the results, or in the roster before there are results. */
typedef struct {
    uint32_t school, student; /* indexes: of the school, and in it; student UINT32_MAX: a late one */
    sunlot_text school_name;  /* empty, and school UINT32_MAX: of a late one of a public edition with several schools, whose lines do not say it */
    sunlot_text pseudonym;
    uint32_t start;                  /* starting place, 0 without results, and of late students */
    sunlot_text group;               /* the same: empty */
    sunlot_text class_name;          /* the class in the end (SPEC 5.5); empty without results, and of who is struck */
    sunlot_text drawn;               /* the class that the draw gave, if that is another one */
    bool struck, moved, late;        /* by acts; late: announced in a supplement */
    uint64_t act_line;               /* of the record of an act that gave class_name, or struck, from 1; 0: none */
    sunlot_text lock_reason;         /* empty: not locked beforehand */
    uint64_t roster_line, seat_line; /* in the log, from 1; 0: none */
} sunlot_seat;

/* Find a student by pseudonym, with or without the leading s and hyphens.  Returns true if it is in the log; in a public edition if it is in the results. */
bool sunlot_log_find(const sunlot_log *log, sunlot_text pseudonym, sunlot_seat *out);

/* Every student in the order of the log, and every section of the results (phase results).  In a public edition without results no student is known. */
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

/* What a line of balance says, class by class (SPEC 10.3): as it was drawn, whatever acts did. */
typedef struct {
    sunlot_balance balance;        /* the line */
    uint32_t classes;              /* in the order of the school's classes */
    const sunlot_text *class_name; /* [classes] */
    const int64_t *reached;        /* [classes] a count; of a mean how far it is from the school's, of a deviation itself: in units of 0.00001 */
    const bool *empty;             /* [classes] a class without heads: no mean and no deviation */
    int64_t school;                /* the school's mean, or deviation, in units of 0.00001, rounded; of a count 0 */
    uint32_t lo, hi;               /* of a count: asked */
    int64_t gap;                   /* of a sum: asked, in units of 0.00001 */
} sunlot_figure;
typedef void sunlot_figure_fn(void *user, const sunlot_figure *figure);
/* Give the figures of a school (an index), in the order of its lines; texts and arrays are valid during the call only.
 * Returns SUNLOT_OK; SUNLOT_ERR_PHASE without results; SUNLOT_ERR_EDITION of a public edition; SUNLOT_ERR_LOG, before any figure, if the lines are no results of
 * the school, or say otherwise than its seats; SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_figures(const sunlot_log *log, uint32_t school, sunlot_figure_fn *each, void *user);

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
 * Returns SUNLOT_OK; SUNLOT_ERR_PHASE without digits or results; SUNLOT_ERR_EDITION of a public edition; SUNLOT_ERR_LOG if the lines are no results of
 * the school; SUNLOT_ERR_MEMORY.  Out: *out is of use only on SUNLOT_OK. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_odds(sunlot_odds *out, const sunlot_log *log, uint32_t school, sunlot_text lines);

/* ---- verifying (SPEC 10) ------------------------------------------------------------------------------------------------------------ */

/* Who must have signed, said from outside (SPEC 14.3). */
typedef struct sunlot_policy sunlot_policy;

/* Read a policy; the text is borrowed.  Returns SUNLOT_OK; SUNLOT_ERR_INPUT: not of its form, *line the first line that is not, 0 for the whole;
 * SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_policy_read(sunlot_policy **out, sunlot_text text, uint64_t *line);
void sunlot_policy_free(sunlot_policy *p);
/* Append the policy of an announcement: the log key, the other parties, their groups, the quorum of the seed base.
 * Returns SUNLOT_OK, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_policy_write(sunlot_buffer *out, const sunlot_log *log);

/* What the verifier is given from outside.  Each may be absent. */
typedef struct {
    const sunlot_policy *policy; /* NULL: none */
    sunlot_text vkey;            /* empty: none.  The text of log.vkey, a final LF allowed */
    bool has_fingerprint;
    uint8_t fingerprint[32];
    sunlot_phase until;      /* SUNLOT_PHASE_NONE means results */
    const sunlot_text *note; /* [notes] note files: their signatures count as the log's (SPEC 6) */
    uint32_t notes;
} sunlot_pin;

/* attested: not recomputed, but signed by parties who have (SPEC 10, public edition). */
typedef enum { SUNLOT_CHECK_OK, SUNLOT_CHECK_FAULT, SUNLOT_CHECK_NOT_REACHED, SUNLOT_CHECK_ATTESTED } sunlot_check_state;

/* The checks, in the order in which the first fault counts. */
typedef enum {
    SUNLOT_CHECK_PARSE,
    SUNLOT_CHECK_ORDER,
    SUNLOT_CHECK_ROSTER,
    SUNLOT_CHECK_COMMITMENT,
    SUNLOT_CHECK_ENTROPY,
    SUNLOT_CHECK_QUORUM,
    SUNLOT_CHECK_SIGNATURE,
    SUNLOT_CHECK_PIN,
    SUNLOT_CHECK_REPLAY,
    SUNLOT_CHECK_RULES,
    SUNLOT_CHECK_COUNT
} sunlot_check;

const char *sunlot_check_name(sunlot_check check); /* "parse", "order", "roster", "commitment", "entropy", "quorum", "signature", "pin", "replay", "rules" */

/* Students of a log: announced at first, and what acts say of them; fixed: locked beforehand. */
typedef struct {
    uint64_t announced, struck, late, moved, fixed;
} sunlot_row_counts;

typedef struct {
    sunlot_answer answer;
    sunlot_check_state check[SUNLOT_CHECK_COUNT];
    sunlot_fault fault;   /* the first one; answer SUNLOT_VALID if none */
    uint32_t schools;     /* schools recomputed, or in a public edition looked at */
    uint32_t signatures;  /* signatures checked and good, those of notes among them */
    uint32_t independent; /* parties whose good signature of seed-base does not depend on the host (SPEC 6) */
    uint32_t attesters;   /* of a public edition, one bit a party: those on whose word its results stand (SPEC 10) */
    bool open;            /* the quorum of the last checkpoint is not reached yet: incomplete */
    bool withdrawn;       /* incomplete, and it stays so */
    sunlot_row_counts rows;
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

/* ---- several logs (SPEC 10.2) --------------------------------------------------------------------------------------------------------- */

/* Whether two logs continue each other, as bytes or as two editions. */
typedef struct {
    bool continues;
    bool b_longer;      /* has more lines, or is the full edition of as many: then the answer is that for b */
    uint64_t line;      /* the first that differs, if they do not continue each other */
    sunlot_text a, b;   /*   … as it stands in each */
    sunlot_fault fault; /*   … and the fault `split` */
} sunlot_divergence;

void sunlot_logs_compare(sunlot_divergence *out, sunlot_text a, sunlot_text b);

/* Whether a log extends the checkpoint of a note file. */
typedef struct {
    uint64_t size;       /* lines that the note is of */
    uint32_t signatures; /* of the log's parties, good ones */
    sunlot_fault fault;  /* `signature` or `split`; answer SUNLOT_VALID: none */
} sunlot_since;

/* The log has not grown since it was read.  Returns SUNLOT_OK; SUNLOT_ERR_SIGNATURE: not a note file; SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_since(sunlot_since *out, const sunlot_log *log, sunlot_text note);

/* ---- receipts (SPEC 14.2) ----------------------------------------------------------------------------------------------------------- */

/* A person as the commitment and the list of people name them. */
typedef struct {
    sunlot_text school, id, name;
} sunlot_person;

/* The receipts of all students of one log. */
typedef struct sunlot_receipts sunlot_receipts;

/* Make ready for them.  The log is a full edition that has its seed base and has not grown since it was read; it is borrowed.  Needs about 200 bytes a line.
 * note: [notes] note files of its checkpoints, whose signatures the receipts get too.
 * Returns SUNLOT_OK; SUNLOT_ERR_PHASE: no signed seed base yet; SUNLOT_ERR_EDITION: a public edition; SUNLOT_ERR_SIGNATURE: a note that is not one of
 * this log; SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_receipts_new(sunlot_receipts **out, const sunlot_log *log, const sunlot_text *note, uint32_t notes);
void sunlot_receipts_free(sunlot_receipts *r);

/* Students, those who came late among them, in the order of their pseudonyms.  None in a public edition whose lines are leaves. */
uint32_t sunlot_receipts_count(const sunlot_receipts *r);
/* Out: the pseudonym, and the number of the school, from 1. */
void sunlot_receipts_student(const sunlot_receipts *r, uint32_t i, sunlot_text *pseudonym, uint32_t *school);

/* Append the receipt of one student; salt as a digest (SPEC 2).  May be called from several threads.
 * Returns SUNLOT_OK; SUNLOT_ERR_INPUT: salt and person do not open the commitment of the line; SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_receipt_write(sunlot_buffer *out, const sunlot_receipts *r, uint32_t i, sunlot_text salt, const sunlot_person *person);

/* What a receipt says and what it is worth.  Texts are the receipt's; those of a receipt that is not of its form are empty. */
typedef struct {
    sunlot_answer answer;
    sunlot_fault fault; /* the first one; its line is the number of the proof in the receipt, from 1 */
    uint32_t proofs;
    sunlot_text draw, pseudonym;
    sunlot_person person;
    uint64_t line;             /* of the student in the log, from 1 */
    uint8_t root[32];          /* under which that line stands: the fingerprint, but of a student who came late */
    bool late;                 /* came late */
    bool signed_;              /* the log key was known: the signatures are good */
    bool confirmed;            /* what the later proofs say is signed by a key that was given, or is the log's */
    uint32_t signatures;       /* of the first checkpoint: lines … */
    uint32_t checked;          /*   … and how many of them are by the log key or a key of the policy, and good */
    uint32_t values;           /* of the line */
    const sunlot_text *value;  /* [values] */
    const sunlot_text *column; /* [values] names of the columns; NULL without the log */
    bool placed;               /* the later proofs are there */
    uint64_t seat_line;
    sunlot_text group;             /* of the first result; empty of a late student */
    sunlot_text class_name;        /* in the end; empty: struck, or known as a number only, or to the log alone */
    uint32_t class_number;         /* drawn by hand: number of the class, from 1, in the order of the school's classes; else 0 */
    bool by_hand, moved, struck;   /* acts that concern the student */
    sunlot_text reason, authority; /* of the last of those that have them */
} sunlot_receipt_info;

typedef struct sunlot_receipt sunlot_receipt;

/* Check a receipt.  pin: what was given from outside; log: a log that was found sound, to check it against, or NULL.  bytes are borrowed.
 * A receipt that is not sound is not an error: its answer says so.  With a log the answer is the receipt's part alone: without fault the log's counts.
 * Returns SUNLOT_OK, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_receipt_check(sunlot_receipt **out, sunlot_text bytes, const sunlot_pin *pin, const sunlot_log *log);
void sunlot_receipt_free(sunlot_receipt *r);
const sunlot_receipt_info *sunlot_receipt_view(const sunlot_receipt *r);

/* ---- slips (SPEC 14.5) ---------------------------------------------------------------------------------------------------------------- */

/* What a slip's link says. */
typedef struct {
    char pseudonym[34]; /* "s" and 32 digits, ended by a zero */
    char salt[66];      /* "h" and 64 digits, likewise */
    uint8_t fingerprint[32];
} sunlot_slip;

/* Read a slip's link, or its fragment alone.  Returns false, *out untouched, if it is none. */
bool sunlot_slip_read(sunlot_slip *out, sunlot_text link);
/* Append the link of a student's slip: the log's address, where it has one, and fingerprint.  salt as a digest (SPEC 2).
 * Returns SUNLOT_OK; SUNLOT_ERR_PHASE: no seed base yet; SUNLOT_ERR_INPUT: pseudonym or salt has not its form; SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_slip_write(sunlot_buffer *out, const sunlot_log *log, sunlot_text pseudonym, sunlot_text salt);
/* Whether salt, id and name open the commitment of a student's line, also of one who came late; spaces at the ends of id and name are passed over.  pseudonym as
 * sunlot_log_find takes it, salt as a digest.  Out: *opens on SUNLOT_OK.
 * Returns SUNLOT_OK; SUNLOT_ERR_EDITION: a public edition; SUNLOT_ERR_INPUT: the log has no such student; SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_opens(bool *opens, const sunlot_log *log, sunlot_text pseudonym, sunlot_text salt, sunlot_text id, sunlot_text name);

/* ---- audit: the draw against an enrolment list (SPEC 14.2, 10) -------------------------------------------------------------------------- */

typedef enum {
    SUNLOT_AUDIT_MISSING,    /* a child of the list that is not in the draw */
    SUNLOT_AUDIT_EXTRA,      /* a child of the draw that is not in the list */
    SUNLOT_AUDIT_SCHOOL,     /* in another school */
    SUNLOT_AUDIT_NAME,       /* another name */
    SUNLOT_AUDIT_VALUE,      /* another value in a column that both have */
    SUNLOT_AUDIT_LIST_TWICE, /* a number twice in the list */
    SUNLOT_AUDIT_DRAW_TWICE, /* a number with two lines of the draw */
    SUNLOT_AUDIT_COMMITMENT, /* salt, person and data do not open the commitment of the line */
    SUNLOT_AUDIT_SEALED,     /* a line of the draw of which there is no private record */
    SUNLOT_AUDIT_STRANGER,   /* a private record of a pseudonym that the draw does not have */
    SUNLOT_AUDIT_KINDS
} sunlot_audit_kind;

/* What it is, in English: the key of translations.  Static text. */
const char *sunlot_audit_text(sunlot_audit_kind kind);

/* One difference.  Texts are valid during the report only. */
typedef struct {
    sunlot_audit_kind kind;
    sunlot_person person;   /* of the list, or where it does not have one, of the private record; empty where nobody knows */
    sunlot_text pseudonym;  /* empty: none */
    sunlot_text column;     /* of a value */
    sunlot_text draw, list; /* what each has: school, name, value */
    uint32_t list_line;     /* from 1; 0: none */
    uint64_t log_line;      /* from 1; 0: none */
} sunlot_difference;

typedef struct {
    uint32_t listed;             /* rows of the list */
    uint32_t students, teachers; /* lines of the draw, those who came late among them */
    uint32_t opened;             /* commitments that open, of both */
    uint32_t agree;              /* students of whom everything agrees */
    uint32_t compared;           /* values of students compared */
    uint32_t columns, absent;    /* columns of the draw, school by school; of which the list does not have */
    uint64_t differences;
    uint64_t kind[SUNLOT_AUDIT_KINDS];
    uint32_t people_line; /* the first line of the list of people that has another form */
} sunlot_audit_result;

typedef void sunlot_difference_fn(void *user, const sunlot_difference *difference);

/* Open every commitment of a log (the full edition, not grown) with its list of people, and compare the students with an enrolment list: CSV as students.csv,
 * in UTF-8, with the columns id, name, school where the log has several, and any of the log's columns.
 * Returns SUNLOT_OK, also where there are differences; SUNLOT_ERR_INPUT: the list is refused, reported as `students.csv`, or, if out->people_line is not 0,
 * the list of people is damaged; SUNLOT_ERR_LOG: a public edition; SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_audit(sunlot_audit_result *out, const sunlot_log *log, sunlot_text people, sunlot_text list, sunlot_difference_fn *differ,
                                          sunlot_issue_fn *report, void *user);

/* ---- small things that tools share ---------------------------------------------------------------------------------------------------- */

/* Write 32 bytes as 16 groups of four hex digits separated by spaces (SPEC 6).  out80: 79 characters and a zero. */
void sunlot_fingerprint_write(char out80[80], const uint8_t fingerprint32[32]);
/* Read 64 hex digits, upper or lower case, spaces and hyphens passed over.  Returns false if it is anything else. */
bool sunlot_fingerprint_parse(uint8_t fingerprint32[32], sunlot_text text);

/* SHA-256 of bytes, as sha256sum(1) computes it. */
void sunlot_sha256(uint8_t digest32[32], sunlot_text bytes);

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
