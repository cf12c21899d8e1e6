#include "log/signature.h"

#include <sodium.h>
#include <string.h>

#include "base/bytes.h"
#include "random/base64.h"

_Static_assert(crypto_sign_SEEDBYTES == 32 && crypto_sign_PUBLICKEYBYTES == 32, "keys of Ed25519");
_Static_assert(crypto_sign_SECRETKEYBYTES == 64 && crypto_sign_BYTES == 64, "signatures of Ed25519");

#define SIGNATURE_BYTES   68 /* key id, signature */
#define COSIGNATURE_BYTES 76 /* key id, time, signature */

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

void sunlot_key_id(uint8_t id4[4], sunlot_text name, uint8_t type, const uint8_t public32[32])
{
    const unsigned char between[] = {'\n', type};
    uint8_t digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state s;
    crypto_hash_sha256_init(&s);
    crypto_hash_sha256_update(&s, (const unsigned char *)name.p, name.n);
    crypto_hash_sha256_update(&s, between, sizeof between);
    crypto_hash_sha256_update(&s, public32, 32);
    crypto_hash_sha256_final(&s, digest);
    memcpy(id4, digest, 4);
}

bool sunlot_vkey_write(sunlot_buffer *out, sunlot_text name, uint8_t type, const uint8_t public32[32])
{
    uint8_t id[4], key[33] = {type};
    char hex[8];
    sunlot_key_id(id, name, type, public32);
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
    if (!sunlot_hex_parse(id, sizeof id, hex) || !sunlot_base64_parse(key, sizeof key, coded)) return false;
    if (key[0] != SUNLOT_KEY_LOG && key[0] != SUNLOT_KEY_PARTY) return false;
    sunlot_key_id(expected, name, key[0], key + 1);
    if (memcmp(id, expected, sizeof id) != 0) return false;
    out->name = name;
    out->type = key[0];
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

bool sunlot_cosignature_write(sunlot_buffer *out, uint64_t time, sunlot_text note)
{
    size_t before = out->n;
    return sunlot_buffer_keep(out, before,
                              sunlot_buffer_string(out, "cosignature/v1\ntime ") && sunlot_buffer_number(out, time) && sunlot_buffer_byte(out, '\n') &&
                                  sunlot_buffer_text(out, note));
}

/* The n bytes of a field SIG. */
static bool sig_bytes(uint8_t *bytes, size_t n, sunlot_text field)
{
    return field.n > 0 && field.p[0] == 'b' && sunlot_base64_parse(bytes, n, (sunlot_text){field.p + 1, field.n - 1});
}

static bool is_time(uint64_t time) { return time >= 1 && time <= SUNLOT_MAX_TIME; }

/* A cosignature, and its time, which may be none; false if it has not that length. */
static bool cosignature_bytes(uint8_t bytes[COSIGNATURE_BYTES], uint64_t *time, sunlot_text field)
{
    if (!sig_bytes(bytes, COSIGNATURE_BYTES, field)) return false;
    *time = 0;
    for (int i = 0; i < 8; i++) *time = *time << 8 | bytes[4 + i];
    return true;
}

uint8_t sunlot_sig_type(sunlot_text sig_field)
{
    uint8_t bytes[COSIGNATURE_BYTES];
    uint64_t time;
    if (sig_bytes(bytes, SIGNATURE_BYTES, sig_field)) return SUNLOT_KEY_LOG;
    return cosignature_bytes(bytes, &time, sig_field) && is_time(time) ? SUNLOT_KEY_PARTY : 0;
}

sunlot_note_state sunlot_text_check(sunlot_text sig_field, const sunlot_vkey *key, sunlot_text text)
{
    uint8_t bytes[SIGNATURE_BYTES];
    if (!sig_bytes(bytes, sizeof bytes, sig_field)) return SUNLOT_NOTE_FORM;
    if (memcmp(bytes, key->id, sizeof key->id) != 0) return SUNLOT_NOTE_KEY;
    return sunlot_signature_check(bytes + 4, text, key->public_) ? SUNLOT_NOTE_GOOD : SUNLOT_NOTE_BAD;
}

sunlot_note_state sunlot_note_check(sunlot_text sig_field, const sunlot_vkey *key, sunlot_text note)
{
    if (key->type != SUNLOT_KEY_PARTY) return sunlot_text_check(sig_field, key, note);
    uint8_t bytes[COSIGNATURE_BYTES];
    uint64_t time;
    if (!cosignature_bytes(bytes, &time, sig_field)) return SUNLOT_NOTE_FORM;
    if (memcmp(bytes, key->id, sizeof key->id) != 0) return SUNLOT_NOTE_KEY;
    if (!is_time(time)) return SUNLOT_NOTE_BAD;
    sunlot_buffer signed_ = {0};
    if (!sunlot_cosignature_write(&signed_, time, note)) return SUNLOT_NOTE_MEMORY;
    const bool good = sunlot_signature_check(bytes + 12, sunlot_buffer_view(&signed_), key->public_);
    sunlot_buffer_free(&signed_);
    return good ? SUNLOT_NOTE_GOOD : SUNLOT_NOTE_BAD;
}

bool sunlot_minisign_key_check(sunlot_text text)
{
    uint8_t bytes[SUNLOT_MINISIGN_KEY_BYTES];
    return sunlot_base64_parse(bytes, sizeof bytes, text) && bytes[0] == 'E' && bytes[1] == 'd';
}
