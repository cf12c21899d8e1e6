#include "random/stream.h"

#include <sodium.h>
#include <string.h>

#include "base/alloc.h"
#include "random/digest.h"
#include "random/stages.h"

_Static_assert(sizeof((sunlot_stream *)0)->bytes % 64 == 0, "the store holds whole blocks");
_Static_assert((((uint64_t)1 << 32) * 64) % sizeof((sunlot_stream *)0)->bytes == 0, "the store never spans the counter's end");
_Static_assert(crypto_stream_chacha20_ietf_KEYBYTES == 32 && crypto_stream_chacha20_ietf_NONCEBYTES == 12, "ChaCha20 of RFC 8439");

sunlot_err sunlot_init(void) { return sodium_init() < 0 ? SUNLOT_ERR_CRYPTO : SUNLOT_OK; }

void sunlot_stream_init(sunlot_stream *s, const uint8_t key32[32])
{
    memcpy(s->key, key32, sizeof s->key);
    s->block = 0;
    s->at = sizeof s->bytes;
}

void sunlot_stream_fill(sunlot_stream *s)
{
    static const unsigned char nonce[] = {'L', 'i', 'b', 's', 'o', 'd', 'i', 'u', 'm', 'D', 'R', 'G'};
    memset(s->bytes, 0, sizeof s->bytes);
    int failed = crypto_stream_chacha20_ietf_xor_ic(s->bytes, s->bytes, sizeof s->bytes, nonce, s->block, s->key);
    SUNLOT_REQUIRE(failed == 0);
    s->block += sizeof s->bytes / 64;
    s->at = 0;
}

uint32_t sunlot_stream_word(sunlot_stream *s) { return sunlot_word(s); }

uint32_t sunlot_stream_below(sunlot_stream *s, uint32_t n)
{
    SUNLOT_REQUIRE(n >= 1 && n <= (uint32_t)1 << 31);
    return sunlot_below(s, n);
}

void sunlot_stream_key(uint8_t key32[32], const uint8_t seed32[32], const char *label, sunlot_text text)
{
    sunlot_digest key = sunlot_mac(seed32, label, &text, 1);
    memcpy(key32, key.b, sizeof key.b);
}

void sunlot_shuffle(sunlot_stream *s, uint16_t *a, uint32_t n)
{
    for (uint32_t i = n; i > 1; i--) {
        uint32_t j = sunlot_below(s, i);
        uint16_t last = a[i - 1];
        a[i - 1] = a[j];
        a[j] = last;
    }
}
