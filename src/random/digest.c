#include "random/digest.h"

#include <sodium.h>
#include <stdalign.h>
#include <string.h>

#include "base/bytes.h"

_Static_assert(crypto_hash_sha256_BYTES == 32 && crypto_auth_hmacsha256_BYTES == 32 && crypto_auth_hmacsha256_KEYBYTES == 32, "sizes of SPEC 3");
_Static_assert(sizeof(sunlot_mac_state) >= sizeof(crypto_auth_hmacsha256_state), "room for the library's state");
_Static_assert(alignof(sunlot_mac_state) >= alignof(crypto_auth_hmacsha256_state), "alignment of the library's state");

static const unsigned char *bytes_of(sunlot_text text) { return (const unsigned char *)text.p; }

sunlot_digest sunlot_digest_of(sunlot_text bytes)
{
    sunlot_digest d;
    crypto_hash_sha256(d.b, bytes_of(bytes), bytes.n);
    return d;
}

void sunlot_sha256(uint8_t digest32[32], sunlot_text bytes) { crypto_hash_sha256(digest32, bytes_of(bytes), bytes.n); }

sunlot_digest sunlot_digest_tagged(uint8_t tag, sunlot_text a, sunlot_text b)
{
    sunlot_digest d;
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, &tag, 1);
    crypto_hash_sha256_update(&state, bytes_of(a), a.n);
    crypto_hash_sha256_update(&state, bytes_of(b), b.n);
    crypto_hash_sha256_final(&state, d.b);
    return d;
}

static crypto_auth_hmacsha256_state *state_of(sunlot_mac_state *s) { return (crypto_auth_hmacsha256_state *)(void *)s->room; }

void sunlot_mac_init(sunlot_mac_state *s, const uint8_t key32[32], const char *label)
{
    crypto_auth_hmacsha256_init(state_of(s), key32, 32);
    sunlot_mac_field(s, sunlot_text_of(label));
}

void sunlot_mac_field(sunlot_mac_state *s, sunlot_text field)
{
    static const unsigned char lf = '\n';
    crypto_auth_hmacsha256_update(state_of(s), bytes_of(field), field.n);
    crypto_auth_hmacsha256_update(state_of(s), &lf, 1);
}

sunlot_digest sunlot_mac_final(sunlot_mac_state *s)
{
    sunlot_digest d;
    crypto_auth_hmacsha256_final(state_of(s), d.b);
    sodium_memzero(s, sizeof *s);
    return d;
}

sunlot_digest sunlot_mac(const uint8_t key32[32], const char *label, const sunlot_text *field, size_t fields)
{
    sunlot_mac_state s;
    sunlot_mac_init(&s, key32, label);
    for (size_t i = 0; i < fields; i++) sunlot_mac_field(&s, field[i]);
    return sunlot_mac_final(&s);
}

sunlot_digest sunlot_mac_after(const sunlot_mac_state *begun, const sunlot_text *field, size_t fields)
{
    sunlot_mac_state s = *begun;
    for (size_t i = 0; i < fields; i++) sunlot_mac_field(&s, field[i]);
    return sunlot_mac_final(&s);
}

void sunlot_mac_wipe(sunlot_mac_state *s) { sodium_memzero(s, sizeof *s); }

void sunlot_digest_wipe(sunlot_digest *d) { sodium_memzero(d, sizeof *d); }

int sunlot_digest_compare(const sunlot_digest *a, const sunlot_digest *b) { return memcmp(a->b, b->b, sizeof a->b); }
