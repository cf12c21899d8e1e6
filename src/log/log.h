/* A log read: its roster, its checkpoints and signatures, its entropy, where each school's lines are (SPEC 5). */
#ifndef SUNLOT_LOG_LOG_H
#define SUNLOT_LOG_LOG_H

#include "log/record.h"
#include "log/signer.h"
#include "log/tree.h"
#include "roster/roster.h"

#define SUNLOT_CHECKPOINTS 3u /* seed-base, digits, results: index phase - 1 */

/* A checkpoint as it stands, and what it should say. */
typedef struct {
    uint64_t line;                         /* of the record, from 1; 0: the log has none */
    uint64_t size;                         /* as stated */
    sunlot_digest root;                    /* as stated */
    sunlot_digest actual;                  /* root of the lines before it */
    uint64_t signature_line;               /* 0: missing */
    sunlot_text signature_name, signature; /* fields of the record */
} sunlot_checkpoint;

/* The result lines of one school: bytes with all LFs. */
typedef struct {
    sunlot_text lines;
    uint64_t first_line;
} sunlot_result_block;

struct sunlot_log {
    sunlot_text bytes;     /* as it was read first … */
    uint64_t grown;        /*   … and how many it has grown by since */
    sunlot_roster *roster; /* owned; what follows is in its arena */
    sunlot_phase phase;
    sunlot_checkpoint checkpoint[SUNLOT_CHECKPOINTS];
    sunlot_text entropy_lines[SUNLOT_MAX_SOURCES]; /* whole lines without LF */
    sunlot_text digits[SUNLOT_MAX_SOURCES];        /* third fields */
    uint8_t rehearsal_seed[32];
    uint64_t entropy_line;       /* first, from 1 */
    size_t *school_at;           /* [schools] byte offset of the record `school` */
    sunlot_result_block *result; /* [schools], NULL before the results; empty where the log has fewer blocks */
    uint64_t extra_line;         /* of the first result block beyond the last school; 0: none */
    sunlot_tree tree;            /* of all lines */
    uint64_t lines;
};

/* What sunlot_log_read tries first with a crew: read in pieces of at least piece_bytes (more than 0).
 * Returns SUNLOT_OK; SUNLOT_ERR_LOG: the log has a fault, which reading without a crew will name; SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_read_pieces(sunlot_log **out, sunlot_text bytes, const sunlot_crew *crew, size_t piece_bytes);

/* The seed of the draw (SPEC 3).  Phase at least digits. */
void sunlot_log_seed(const sunlot_log *log, uint8_t seed32[32]);

/* Check one checkpoint that the log has, phase 1 … log->phase (SPEC 6).  Returns SUNLOT_OK; SUNLOT_ERR_LOG with *fault: `quorum`, or `signature`;
 * SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_checkpoint_check(const sunlot_log *log, sunlot_phase phase, sunlot_fault *fault);

/* The length of a record's DIGITS for a source of `length` digits, hyphens and all; and whether a text has that form (SPEC 5.3). */
size_t sunlot_digits_length(uint32_t length);
bool sunlot_digits_check(bool d6, uint32_t length, sunlot_text text);

/* The words of the first line for a mode, and the third field. */
sunlot_text sunlot_mode_word(sunlot_mode mode);
#define SUNLOT_LOG_ALGORITHMS "ed25519-sha256-hmac-chacha20"

/* Read the first line of a log: mode, district, year, grade, stage, attempt, id.  Texts that were quoted are copied into the arena of r.
 * Returns SUNLOT_OK, SUNLOT_ERR_LOG (not a first line), SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_title_read(sunlot_roster *r, const sunlot_record *record);

/* Begin a log: read the opening and roster that stand in bytes from `from` on, append the signed checkpoint seed-base, and read that too.
 * Out: *out, which borrows from bytes.  Returns SUNLOT_OK, SUNLOT_ERR_LOG (no log can have this roster), SUNLOT_ERR_MEMORY; on failure bytes is
 * as before. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_begin(sunlot_log **out, sunlot_buffer *bytes, size_t from, const sunlot_signer *signer, const sunlot_crew *crew);

/* Write the opening and the roster (SPEC 5.1, 5.2).  Appended; on failure out is as before. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_write_roster(sunlot_buffer *out, const sunlot_roster *r, const sunlot_crew *crew);
/* Append a checkpoint of the lines that stand in out (all of them: those of the tree) and its signature.  On failure out is as before. */
SUNLOT_MUST_CHECK sunlot_err sunlot_log_write_checkpoint(sunlot_buffer *out, sunlot_phase phase, const sunlot_tree *tree, sunlot_text id,
                                                         const sunlot_signer *signer);
/* Add each of the lines that begin at byte `from` of bytes to the tree.  Returns SUNLOT_OK, SUNLOT_ERR_MEMORY (never without a crew). */
SUNLOT_MUST_CHECK sunlot_err sunlot_tree_lines(sunlot_tree *tree, sunlot_text bytes, size_t from, const sunlot_crew *crew);

#endif
