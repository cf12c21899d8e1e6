/* Making signatures: Ed25519 over checkpoints, and minisign files (SPEC 6).  What only verifies links none of this. */
#ifndef SUNLOT_LOG_SIGNER_H
#define SUNLOT_LOG_SIGNER_H

#include "log/signature.h"

typedef struct {
    uint8_t public_[32];
    uint8_t secret[64];
} sunlot_signer;

void sunlot_signer_init(sunlot_signer *s, const sunlot_digest *seed);
void sunlot_signer_wipe(sunlot_signer *s);

/* The field SIG of a record `signature`: b and base64 of key id and signature.  Appended. */
bool sunlot_note_sign(sunlot_buffer *out, const sunlot_signer *signer, sunlot_text name, sunlot_text note);
/* The same of a party: a cosignature of a note at a time; and a signature of a text that is no note. */
bool sunlot_note_cosign(sunlot_buffer *out, const uint8_t secret64[64], sunlot_text name, sunlot_text note, uint64_t time);
bool sunlot_text_sign(sunlot_buffer *out, const uint8_t secret64[64], sunlot_text name, sunlot_text text);

/* minisign: text of the public key's second line; the whole .pub file; the .minisig of a file. */
bool sunlot_minisign_key(sunlot_buffer *out, const sunlot_signer *signer, const uint8_t id8[8]);
bool sunlot_minisign_pub(sunlot_buffer *out, const sunlot_signer *signer, const uint8_t id8[8]);
bool sunlot_minisign_sign(sunlot_buffer *out, const sunlot_signer *signer, const uint8_t id8[8], sunlot_text file, sunlot_text trusted_comment);

#endif
