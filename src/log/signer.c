#include "log/signer.h"

#include <sodium.h>
#include <string.h>

#include "base/bytes.h"
#include "random/base64.h"

void sunlot_signer_init(sunlot_signer *s, const sunlot_digest *seed) { crypto_sign_seed_keypair(s->public_, s->secret, seed->b); }

void sunlot_signer_wipe(sunlot_signer *s) { sodium_memzero(s, sizeof *s); }

static bool write_sig(sunlot_buffer *out, const uint8_t *bytes, size_t n)
{
    size_t before = out->n;
    return sunlot_buffer_keep(out, before, sunlot_buffer_byte(out, 'b') && sunlot_base64_add(out, bytes, n));
}

bool sunlot_note_sign(sunlot_buffer *out, const sunlot_signer *signer, sunlot_text name, sunlot_text note)
{
    uint8_t bytes[68];
    sunlot_key_id(bytes, name, SUNLOT_KEY_LOG, signer->public_);
    crypto_sign_detached(bytes + 4, NULL, (const unsigned char *)note.p, note.n, signer->secret);
    return write_sig(out, bytes, sizeof bytes);
}

/* The public key is the second half of the secret one. */
bool sunlot_text_sign(sunlot_buffer *out, const uint8_t secret64[64], sunlot_text name, sunlot_text text)
{
    uint8_t bytes[68];
    sunlot_key_id(bytes, name, SUNLOT_KEY_PARTY, secret64 + 32);
    crypto_sign_detached(bytes + 4, NULL, (const unsigned char *)text.p, text.n, secret64);
    return write_sig(out, bytes, sizeof bytes);
}

bool sunlot_note_cosign(sunlot_buffer *out, const uint8_t secret64[64], sunlot_text name, sunlot_text note, uint64_t time)
{
    uint8_t bytes[76];
    sunlot_buffer text = {0};
    if (!sunlot_cosignature_write(&text, time, note)) return false;
    sunlot_key_id(bytes, name, SUNLOT_KEY_PARTY, secret64 + 32);
    for (int i = 0; i < 8; i++) bytes[4 + i] = (uint8_t)(time >> (56 - 8 * i));
    crypto_sign_detached(bytes + 12, NULL, (const unsigned char *)text.p, text.n, secret64);
    sunlot_buffer_free(&text);
    return write_sig(out, bytes, sizeof bytes);
}

/* ---- minisign --------------------------------------------------------------------------------------------------------------- */

#define MINISIGN_SIG_BYTES 74 /* "ED", key id, signature of the BLAKE2b-512 digest */

bool sunlot_minisign_key(sunlot_buffer *out, const sunlot_signer *signer, const uint8_t id8[8])
{
    uint8_t bytes[SUNLOT_MINISIGN_KEY_BYTES] = {'E', 'd'};
    memcpy(bytes + 2, id8, 8);
    memcpy(bytes + 10, signer->public_, 32);
    return sunlot_base64_add(out, bytes, sizeof bytes);
}

bool sunlot_minisign_pub(sunlot_buffer *out, const sunlot_signer *signer, const uint8_t id8[8])
{
    size_t before = out->n;
    return sunlot_buffer_keep(out, before,
                              sunlot_buffer_string(out, "untrusted comment: sunlot minisign public key\n") && sunlot_minisign_key(out, signer, id8) &&
                                  sunlot_buffer_byte(out, '\n'));
}

/* The second signature covers the first and the trusted comment, so that neither is exchanged alone. */
bool sunlot_minisign_sign(sunlot_buffer *out, const sunlot_signer *signer, const uint8_t id8[8], sunlot_text file, sunlot_text trusted_comment)
{
    uint8_t digest[64], bytes[MINISIGN_SIG_BYTES] = {'E', 'D'}, global[64];
    memcpy(bytes + 2, id8, 8);
    crypto_generichash(digest, sizeof digest, (const unsigned char *)file.p, file.n, NULL, 0);
    crypto_sign_detached(bytes + 10, NULL, digest, sizeof digest, signer->secret);

    sunlot_buffer covered = {0};
    bool complete = sunlot_buffer_add(&covered, bytes + 10, 64) && sunlot_buffer_text(&covered, trusted_comment);
    if (complete) crypto_sign_detached(global, NULL, (const unsigned char *)covered.p, covered.n, signer->secret);
    sunlot_buffer_free(&covered);

    size_t before = out->n;
    return sunlot_buffer_keep(out, before,
                              complete && sunlot_buffer_string(out, "untrusted comment: sunlot draw.log\n") && sunlot_base64_add(out, bytes, sizeof bytes) &&
                                  sunlot_buffer_string(out, "\ntrusted comment: ") && sunlot_buffer_text(out, trusted_comment) &&
                                  sunlot_buffer_byte(out, '\n') && sunlot_base64_add(out, global, sizeof global) && sunlot_buffer_byte(out, '\n'));
}
