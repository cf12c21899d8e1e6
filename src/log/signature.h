/* Checking: Ed25519 keys and signatures in C2SP's text forms, checkpoints as notes (SPEC 6).  Making them: signer.h. */
#ifndef SUNLOT_LOG_SIGNATURE_H
#define SUNLOT_LOG_SIGNATURE_H

#include "random/digest.h"

/* Types of keys (C2SP): the host's, which signs notes, and the other parties', which cosign them. */
#define SUNLOT_KEY_LOG   0x01
#define SUNLOT_KEY_PARTY 0x04

typedef struct {
    sunlot_text name;
    uint8_t type; /* SUNLOT_KEY_… */
    uint8_t id[4];
    uint8_t public_[32];
} sunlot_vkey;

/* Strict Ed25519 (SPEC 6): canonical S, A and R, no small order, equation without cofactor. */
bool sunlot_signature_check(const uint8_t signature64[64], sunlot_text message, const uint8_t public32[32]);

/* The first four bytes of H(NAME ‖ LF ‖ type ‖ key). */
void sunlot_key_id(uint8_t id4[4], sunlot_text name, uint8_t type, const uint8_t public32[32]);
/* Append NAME+ID+KEY without LF.  False without memory. */
bool sunlot_vkey_write(sunlot_buffer *out, sunlot_text name, uint8_t type, const uint8_t public32[32]);
/* Read one; a final LF is not accepted.  The name borrows.  False if it has not exactly this form or the id does not fit.  That the key is a
 * good one is seen where a signature is checked. */
bool sunlot_vkey_parse(sunlot_vkey *out, sunlot_text text);

/* The note of a checkpoint: appended to out.  False without memory. */
bool sunlot_note_write(sunlot_buffer *out, sunlot_text id, uint64_t size, const sunlot_digest *root);
typedef enum {
    SUNLOT_NOTE_GOOD,
    SUNLOT_NOTE_FORM, /* the field has not its form */
    SUNLOT_NOTE_KEY,  /* another key id */
    SUNLOT_NOTE_BAD,  /* not a signature of this note by this key */
    SUNLOT_NOTE_MEMORY
} sunlot_note_state;
/* Of a log key a signature, of a party's a cosignature. */
sunlot_note_state sunlot_note_check(sunlot_text sig_field, const sunlot_vkey *key, sunlot_text note);
/* A signature of a text, whatever the type of the key. */
sunlot_note_state sunlot_text_check(sunlot_text sig_field, const sunlot_vkey *key, sunlot_text text);
/* The type of key whose form a field SIG has; 0: neither (SPEC 2). */
uint8_t sunlot_sig_type(sunlot_text sig_field);

#define SUNLOT_MAX_TIME UINT64_C(253402300799)
/* `cosignature/v1`, the time, the note: appended to out.  False without memory. */
bool sunlot_cosignature_write(sunlot_buffer *out, uint64_t time, sunlot_text note);

#define SUNLOT_MINISIGN_KEY_BYTES 42 /* "Ed", key id, public key */
/* True if text has exactly the form of a minisign public key: base64 of "Ed", 8 bytes and 32 bytes. */
bool sunlot_minisign_key_check(sunlot_text text);

#endif
