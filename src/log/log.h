/* A log read: its roster, its checkpoints and signatures, its entropy, where each school's lines are (SPEC 5). */
#ifndef SUNLOT_LOG_LOG_H
#define SUNLOT_LOG_LOG_H

#include "log/record.h"
#include "log/signer.h"
#include "log/tree.h"
#include "roster/roster.h"

#define SUNLOT_PHASES ((uint32_t)SUNLOT_PHASE_RESULTS) /* with a checkpoint: index phase - 1 */

/* A signature as it stands. */
typedef struct {
    uint64_t line;   /* of the record; 0: from a note */
    sunlot_text sig; /* the field; empty: there is none */
} sunlot_signed;

/* A checkpoint as it stands, and what it should say. */
typedef struct {
    uint64_t line;        /* of the record, from 1; 0: the log has none */
    uint64_t size;        /* as stated */
    sunlot_digest root;   /* as stated */
    sunlot_digest actual; /* root of the lines before it */
    sunlot_signed by[SUNLOT_MAX_PARTIES];
    uint64_t unknown_line; /* of the first signature whose name is no party's; 0: none */
    sunlot_text unknown;   /* that name */
} sunlot_checkpoint;

/* The checkpoints that are none of the phases. */
typedef enum { SUNLOT_ACT_LATE_BASE, SUNLOT_ACT_LATE_DIGITS, SUNLOT_ACT_AFTER, SUNLOT_ACT_WITHDRAWN } sunlot_act_kind;

typedef struct {
    sunlot_act_kind kind;
    uint32_t number; /* of the act, from 1; 0: withdrawn */
    bool supplement; /* after-k of a supplement: it needs no quorum */
    sunlot_checkpoint c;
} sunlot_act_checkpoint;

/* The entropy records of one round. */
typedef struct {
    uint64_t line;                          /* of the first, from 1; 0: none */
    sunlot_text record[SUNLOT_MAX_SOURCES]; /* whole lines without LF */
    sunlot_text digits[SUNLOT_MAX_SOURCES]; /* third fields */
    uint8_t rehearsal_seed[32];
} sunlot_entropy;

/* What a sealed party did. */
typedef struct {
    uint64_t commit_line; /* 0: none */
    sunlot_digest commitment;
    sunlot_text sig;
    uint64_t reveal_line;  /* 0: none */
    uint64_t missing_line; /* in either place; 0: none */
} sunlot_contribution;

/* The result lines of one school: bytes with all LFs. */
typedef struct {
    sunlot_text lines;
    uint64_t first_line;
} sunlot_result_block;

typedef struct sunlot_history sunlot_history;

struct sunlot_log {
    sunlot_text bytes;     /* as it was read first … */
    uint64_t grown;        /*   … and how many it has grown by since */
    sunlot_roster *roster; /* owned; what follows is in its arena */
    sunlot_edition edition;
    sunlot_phase phase;
    sunlot_checkpoint checkpoint[SUNLOT_PHASES];
    uint32_t acts, act_cap; /* checkpoints of acts and withdrawn, in the order of the log */
    sunlot_act_checkpoint *act;
    bool withdrawn;
    sunlot_contribution contribution[SUNLOT_MAX_PARTIES];
    sunlot_entropy entropy[2];    /* of each round */
    size_t *school_at;            /* [schools] byte offset of the record `school` */
    sunlot_result_block *result;  /* [schools], NULL before the results; empty where the log has fewer blocks */
    sunlot_result_block *matched; /* the same of a second round; empty for schools without teachers */
    uint64_t extra_line;          /* of the first result block beyond the last school; 0: none */
    uint32_t act_number;          /* of the last act that has begun; 0: none */
    sunlot_late_stage late_stage;
    sunlot_history *history; /* NULL before the first act (history.h) */
    sunlot_tree tree;        /* of all lines */
    uint64_t lines;
};

/* What sunlot_log_read tries first with a crew: read in pieces of at least piece_bytes (more than 0).
 * Returns SUNLOT_OK; SUNLOT_ERR_LOG: the log has a fault, which reading without a crew will name; SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_read_pieces(sunlot_log **out, sunlot_text bytes, const sunlot_crew *crew, size_t piece_bytes);

/* The seed of a round, 1 or 2 (SPEC 3).  Phase at least digits, digits-2. */
void sunlot_log_seed(const sunlot_log *log, uint32_t round, uint8_t seed32[32]);
/* The seed that entropy records give under a root. */
void sunlot_entropy_seed(uint8_t seed32[32], const sunlot_roster *r, const sunlot_digest *root, const sunlot_entropy *entropy);

/* The i-th checkpoint of the log (sunlot_log_checkpoints), and the last one: NULL before the first; _mine: to be changed. */
const sunlot_checkpoint *sunlot_checkpoint_at(const sunlot_log *log, uint32_t i);
sunlot_checkpoint *sunlot_checkpoint_last(sunlot_log *log);
sunlot_checkpoint *sunlot_checkpoint_mine(sunlot_log *log, uint32_t i);
/* Store the checkpoint of an act, as the last one.  False without memory. */
bool sunlot_act_add(sunlot_log *log, const sunlot_act_checkpoint *act);
/* Its quorum; SUNLOT_QUORUMS: none is asked for (SPEC 6). */
sunlot_quorum sunlot_checkpoint_quorum(const sunlot_log *log, uint32_t i);
/* The key with which a party signs it. */
void sunlot_checkpoint_key(const sunlot_log *log, uint32_t i, uint32_t party, sunlot_vkey *out);
/* Its name, as the record `checkpoint` has it: at most 23 bytes, and a zero. */
void sunlot_checkpoint_name(char out24[24], const sunlot_log *log, uint32_t i);

/* The name of an act's checkpoint; number: of the act, at most SUNLOT_MAX_ACTS. */
void sunlot_act_name(char out24[24], sunlot_act_kind kind, uint32_t number);

/* A name read: of a phase, or (phase NONE) of an act's checkpoint or of `withdrawn`. */
typedef struct {
    sunlot_phase phase;
    sunlot_act_kind kind;
    uint32_t number;
} sunlot_checkpoint_title;
/* Returns false for what is no name of a checkpoint. */
bool sunlot_checkpoint_title_parse(sunlot_checkpoint_title *out, sunlot_text name);

/* What checking the signatures of a checkpoint gave. */
typedef struct {
    sunlot_fault quorum, signature; /* answer SUNLOT_VALID: none; of several the first line's */
    uint32_t there, good;           /* parties: whose signature is there; whose is good */
    bool open;                      /* the quorum is not reached, and nothing follows */
} sunlot_checkpoint_state;
/* Check one checkpoint (SPEC 6); with: it with further signatures, or NULL.  Returns SUNLOT_OK, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_checkpoint_check(const sunlot_log *log, uint32_t i, const sunlot_checkpoint *with, sunlot_checkpoint_state *out);
/* The line `student` or `late` of a student of a full edition, and the school.  Returns false if the log has none of this pseudonym (sunlot_log_find). */
bool sunlot_log_person(sunlot_text *line, const sunlot_school **school, const sunlot_log *log, sunlot_text pseudonym);
/* What sunlot_log_balance gives, of one school alone. */
void sunlot_school_balance(const sunlot_log *log, uint32_t school, sunlot_balance_fn *each, void *user);
/* The party whose key has this name; SUNLOT_NONE32: none. */
uint32_t sunlot_party_named(const sunlot_roster *r, sunlot_text key_name);
/* The signature of a record `commit` that the log has.  Returns SUNLOT_OK, SUNLOT_ERR_LOG with *fault, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_commitment_check(const sunlot_log *log, uint32_t party, sunlot_fault *fault);
/* The text that such a record signs, appended.  False without memory. */
bool sunlot_commit_text(sunlot_buffer *out, const sunlot_log *log, uint32_t party, const sunlot_digest *commitment);
/* A party's commitment (SPEC 3). */
sunlot_digest sunlot_commitment_of(const sunlot_log *log, uint32_t party, const uint8_t contribution32[32]);
/* Add the signatures of a note file to those of the log's checkpoint.  Returns SUNLOT_OK; SUNLOT_ERR_LOG with *fault: `split`, no note file of a checkpoint of
 * the log, or `signature`; SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_join_note(sunlot_log *log, sunlot_text note, sunlot_fault *fault);
/* A checkpoint with the signatures of a note file, or of signature lines alone: *with begins as the checkpoint; what is added is in the arena.
 * Returns as sunlot_log_join_note; `split` also if it is of another checkpoint. */
SUNLOT_MUST_CHECK sunlot_err sunlot_note_merge(sunlot_checkpoint *with, const sunlot_log *log, uint32_t i, sunlot_text note, sunlot_arena *arena,
                                               sunlot_fault *fault);

/* The length of a record's DIGITS for `length` throws, hyphens and all; and whether a text has the form of a source's record (SPEC 5.3). */
size_t sunlot_digits_length(uint64_t length);
bool sunlot_digits_check(const sunlot_source_rule *source, sunlot_text text);
/* The offset of the first byte that has not that form; text.n if some are missing, SIZE_MAX if none is wrong. */
size_t sunlot_digits_wrong(const sunlot_source_rule *source, sunlot_text text);

/* The words of the first line for a mode, and the third field. */
sunlot_text sunlot_mode_word(sunlot_mode mode);
#define SUNLOT_LOG_ALGORITHMS "ed25519-sha256-hmac-chacha20"

/* Read the first line of a log: mode, district, year, grade, stage, attempt, id.  Texts that were quoted are copied into the arena of r.
 * Returns SUNLOT_OK, SUNLOT_ERR_LOG (not a first line), SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_title_read(sunlot_roster *r, const sunlot_record *record);

/* Begin a log: read the opening and roster that stand in bytes from `from` on, append the first signed checkpoint, and read that too.
 * Out: *out, which borrows from bytes.  Returns SUNLOT_OK, SUNLOT_ERR_LOG (no log can have this roster), SUNLOT_ERR_MEMORY; on failure bytes is
 * as before. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_begin(sunlot_log **out, sunlot_buffer *bytes, size_t from, const sunlot_signer *signer, const sunlot_crew *crew);

/* Write the opening and the roster (SPEC 5.1, 5.2).  Appended; on failure out is as before. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_write_roster(sunlot_buffer *out, const sunlot_roster *r, const sunlot_crew *crew);
/* Append a checkpoint of the lines that stand in out (all of them: those of the tree) and its signature.  On failure out is as before. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_write_checkpoint(sunlot_buffer *out, sunlot_text phase, const sunlot_tree *tree, sunlot_text id,
                                                         const sunlot_signer *signer);
/* The leaf that a line of either edition is (SPEC 5, 6): of `leaf,DIGEST` the digest that stands there, of any other line that of its bytes.  Two logs
 * continue each other if these leaves do. */
sunlot_digest sunlot_line_leaf(sunlot_text line);
/* Add each of the lines that begin at byte `from` of bytes to the tree.  Returns SUNLOT_OK, SUNLOT_ERR_MEMORY (never without a crew). */
SUNLOT_MUST_CHECK sunlot_err sunlot_tree_lines(sunlot_tree *tree, sunlot_text bytes, size_t from, const sunlot_crew *crew);

#endif
