/* Signed notes, and proofs that a line is in a log, as texts (C2SP signed-note, tlog-checkpoint, tlog-proof; SPEC 6, 14.1). */
#ifndef SUNLOT_LOG_PROOF_H
#define SUNLOT_LOG_PROOF_H

#include "log/tree.h"

#define SUNLOT_SIGNATURE_BYTES   68u /* key id, signature */
#define SUNLOT_COSIGNATURE_BYTES 76u /* key id, time, signature */
#define SUNLOT_SIG_MOST          (1u + (SUNLOT_COSIGNATURE_BYTES + 2u) / 3u * 4u)

#define SUNLOT_NOTE_DASH "\xe2\x80\x94 " /* begins a signature line */

/* Take the three lines of a note from the beginning of *rest.  Returns false if they have not its form. */
bool sunlot_note_take(sunlot_text *id, uint64_t *size, sunlot_digest *root, sunlot_text *rest);

/* A checkpoint and who signed it.  Borrows from the text. */
typedef struct {
    sunlot_text text; /* what is signed: three lines with their LFs */
    sunlot_text id;   /* the draw id */
    uint64_t size;
    sunlot_digest root;
    sunlot_text signatures; /* lines with their LFs, at least one */
} sunlot_signed_note;

/* Take a signed note from the beginning of *rest: up to the last of its signature lines.  Returns false if there is none; then *rest is anywhere. */
bool sunlot_signed_note_take(sunlot_signed_note *out, sunlot_text *rest);

/* A line `— NAME base64`. */
typedef struct {
    sunlot_text name;
    size_t n;                  /* bytes: SUNLOT_SIGNATURE_BYTES or SUNLOT_COSIGNATURE_BYTES */
    char sig[SUNLOT_SIG_MOST]; /* as a record has it: b and base64 */
    size_t sig_n;
} sunlot_note_line;

/* Take the next line; false at the end, or if it has another form. */
bool sunlot_note_line_take(sunlot_note_line *out, sunlot_text *rest);

/* A tlog-proof.  Borrows from the text. */
typedef struct {
    sunlot_text extra; /* in base64, not yet read; empty: none */
    uint64_t index;    /* of the leaf, from 0 */
    uint32_t length;
    sunlot_digest path[SUNLOT_PROOF_NODES];
    sunlot_signed_note note;
} sunlot_tlog_proof;

/* Take a proof from the beginning of *rest.  Returns NULL, or a static English phrase for what is not of the form of SPEC 14.1. */
const char *sunlot_tlog_proof_take(sunlot_tlog_proof *out, sunlot_text *rest);
/* Append one.  extra: the bytes, empty for none; note: a signed note.  Returns false without memory. */
bool sunlot_tlog_proof_write(sunlot_buffer *out, sunlot_text extra, uint64_t index, const sunlot_digest *path, uint32_t length, sunlot_text note);
/* Whether the line is the one that the proof is of. */
bool sunlot_tlog_proof_check(const sunlot_tlog_proof *proof, sunlot_text line);

#endif
