#include "log/signature.h"

#include <sodium.h>
#include <string.h>

#include "base/bytes.h"
#include "random/base64.h"

_Static_assert(crypto_sign_SEEDBYTES == 32 && crypto_sign_PUBLICKEYBYTES == 32, "keys of Ed25519");
_Static_assert(crypto_sign_SECRETKEYBYTES == 64 && crypto_sign_BYTES == 64, "signatures of Ed25519");

#define VKEY_TYPE 0x01 /* C2SP: Ed25519 */

/* ---- strict Ed25519 ----------------------------------------------------------------------------------------------------- */

/* True if a < b as 256-bit numbers, least significant byte first. */
static bool below(const uint8_t a[32], const uint8_t b[32])
{
    for (int i = 31; i >= 0; i--)
        if (a[i] != b[i]) return a[i] < b[i];
    return false;
}

/* A canonical encoding of a point that is not of small order.  The encoding is y with the sign of x in the top bit.  Of
 * the eight points of small order five values of y occur (0, 1, -1 and two of order 8), each with either sign; x = 0 occurs for
 * y = 1 and y = -1 only, so that a wrong sign of x = 0 is refused with them. */
static bool is_strong(const uint8_t point[32])
{
    static const uint8_t prime[32] = {0xed, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                      0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f};
    static const uint8_t small[5][32] = {{0},
                                         {1},
                                         {0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                          0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
                                         {0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0,
                                          0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05},
                                         {0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f,
                                          0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a}};
    uint8_t y[32];
    memcpy(y, point, sizeof y);
    y[31] &= 0x7f;
    if (!below(y, prime)) return false;
    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        if (memcmp(y, small[i], sizeof y) == 0) return false;
    return true;
}

/* The library's check has the equation without cofactor (as releases 1.0.18 to 1.0.22 do: R is compared as bytes); what else
 * is required is required here, whatever the library's version does about it. */
bool sunlot_signature_check(const uint8_t signature64[64], sunlot_text message, const uint8_t public32[32])
{
    static const uint8_t order[32] = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
                                      0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};
    return is_strong(public32) && is_strong(signature64) && below(signature64 + 32, order) &&
           crypto_sign_verify_detached(signature64, (const unsigned char *)message.p, message.n, public32) == 0;
}

/* ---- C2SP keys and notes ---------------------------------------------------------------------------------------------------- */

void sunlot_key_id(uint8_t id4[4], sunlot_text name, const uint8_t public32[32])
{
    static const unsigned char between[] = {'\n', VKEY_TYPE};
    uint8_t digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state s;
    crypto_hash_sha256_init(&s);
    crypto_hash_sha256_update(&s, (const unsigned char *)name.p, name.n);
    crypto_hash_sha256_update(&s, between, sizeof between);
    crypto_hash_sha256_update(&s, public32, 32);
    crypto_hash_sha256_final(&s, digest);
    memcpy(id4, digest, 4);
}

bool sunlot_vkey_write(sunlot_buffer *out, sunlot_text name, const uint8_t public32[32])
{
    uint8_t id[4], key[33] = {VKEY_TYPE};
    char hex[8];
    sunlot_key_id(id, name, public32);
    sunlot_hex_write(hex, id, sizeof id);
    memcpy(key + 1, public32, 32);
    size_t before = out->n;
    return sunlot_buffer_keep(out, before,
                              sunlot_buffer_text(out, name) && sunlot_buffer_byte(out, '+') && sunlot_buffer_add(out, hex, sizeof hex) &&
                                  sunlot_buffer_byte(out, '+') && sunlot_base64_add(out, key, sizeof key));
}

bool sunlot_vkey_parse(sunlot_vkey *out, sunlot_text text)
{
    sunlot_text rest, coded;
    sunlot_text name = sunlot_text_split(text, '+', &rest);
    sunlot_text hex = sunlot_text_split(rest, '+', &coded);
    uint8_t id[4], expected[4], key[33];
    if (name.n == 0 || memchr(name.p, ' ', name.n) != NULL || memchr(name.p, '\n', name.n) != NULL) return false;
    if (!sunlot_hex_parse(id, sizeof id, hex) || !sunlot_base64_parse(key, sizeof key, coded) || key[0] != VKEY_TYPE) return false;
    sunlot_key_id(expected, name, key + 1);
    if (memcmp(id, expected, sizeof id) != 0) return false;
    out->name = name;
    memcpy(out->id, id, sizeof id);
    memcpy(out->public_, key + 1, sizeof out->public_);
    return true;
}

bool sunlot_note_write(sunlot_buffer *out, sunlot_text id, uint64_t size, const sunlot_digest *root)
{
    size_t before = out->n;
    return sunlot_buffer_keep(out, before,
                              sunlot_buffer_text(out, id) && sunlot_buffer_byte(out, '\n') && sunlot_buffer_number(out, size) &&
                                  sunlot_buffer_byte(out, '\n') && sunlot_base64_add(out, root->b, sizeof root->b) && sunlot_buffer_byte(out, '\n'));
}

sunlot_note_state sunlot_note_check(sunlot_text sig_field, const sunlot_vkey *key, sunlot_text note)
{
    uint8_t bytes[68];
    if (sig_field.n == 0 || sig_field.p[0] != 'b' || !sunlot_base64_parse(bytes, sizeof bytes, (sunlot_text){sig_field.p + 1, sig_field.n - 1}))
        return SUNLOT_NOTE_FORM;
    if (memcmp(bytes, key->id, sizeof key->id) != 0) return SUNLOT_NOTE_KEY;
    return sunlot_signature_check(bytes + 4, note, key->public_) ? SUNLOT_NOTE_GOOD : SUNLOT_NOTE_BAD;
}

bool sunlot_minisign_key_check(sunlot_text text)
{
    uint8_t bytes[SUNLOT_MINISIGN_KEY_BYTES];
    return sunlot_base64_parse(bytes, sizeof bytes, text) && bytes[0] == 'E' && bytes[1] == 'd';
}
