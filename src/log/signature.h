/* Ed25519 keys and signatures in C2SP's text forms, checkpoints as notes, minisign (SPEC 6).  The only user of <sodium.h> in src/log. */
#ifndef SUNLOT_LOG_SIGNATURE_H
#define SUNLOT_LOG_SIGNATURE_H

#include "random/digest.h"

typedef struct {
    uint8_t public_[32];
    uint8_t secret[64];
} sunlot_signer;

typedef struct {
    sunlot_text name;
    uint8_t id[4];
    uint8_t public_[32];
} sunlot_vkey;

void sunlot_signer_init(sunlot_signer *s, const sunlot_digest *seed);
void sunlot_signer_wipe(sunlot_signer *s);

/* Strict Ed25519 (SPEC 6): canonical S, A and R, no small order, equation without cofactor. */
bool sunlot_signature_check(const uint8_t signature64[64], sunlot_text message, const uint8_t public32[32]);

/* Append NAME+ID+KEY without LF.  False without memory. */
bool sunlot_vkey_write(sunlot_buffer *out, sunlot_text name, const uint8_t public32[32]);
/* Read one; a final LF is not accepted.  The name borrows.  False if it has not exactly this form or the id does not fit.  That the key is a
 * good one is seen where a signature is checked. */
bool sunlot_vkey_parse(sunlot_vkey *out, sunlot_text text);

/* The note of a checkpoint: appended to out.  False without memory. */
bool sunlot_note_write(sunlot_buffer *out, sunlot_text id, uint64_t size, const sunlot_digest *root);
/* The field SIG of a record `signature`: b and base64 of key id and signature.  Appended. */
bool sunlot_note_sign(sunlot_buffer *out, const sunlot_signer *signer, sunlot_text name, sunlot_text note);
typedef enum {
    SUNLOT_NOTE_GOOD,
    SUNLOT_NOTE_FORM, /* the field has not its form */
    SUNLOT_NOTE_KEY,  /* another key id */
    SUNLOT_NOTE_BAD   /* not a signature of this note by this key */
} sunlot_note_state;
sunlot_note_state sunlot_note_check(sunlot_text sig_field, const sunlot_vkey *key, sunlot_text note);

/* minisign: text of the public key's second line; the whole .pub file; the .minisig of a file. */
bool sunlot_minisign_key(sunlot_buffer *out, const sunlot_signer *signer, const uint8_t id8[8]);
bool sunlot_minisign_pub(sunlot_buffer *out, const sunlot_signer *signer, const uint8_t id8[8]);
bool sunlot_minisign_sign(sunlot_buffer *out, const sunlot_signer *signer, const uint8_t id8[8], sunlot_text file, sunlot_text trusted_comment);
/* True if text has exactly the form of a minisign public key: base64 of "Ed", 8 bytes and 32 bytes. */
bool sunlot_minisign_key_check(sunlot_text text);

#endif
