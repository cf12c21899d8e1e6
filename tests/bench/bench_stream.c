/* What the words of the stream cost, beside the raw keystream of libsodium.  Prints CSV: README.md. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "bench/figure.h"
#include "random/stream.h"

#define RUNS   9
#define BUFFER ((size_t)1 << 20)
#define ROUNDS 16u
#define WORDS  (ROUNDS * BUFFER / 4)

static unsigned char buffer[BUFFER];
static volatile uint32_t used; /* so that what is drawn is not left out */

/* The same words each time, by several ways. */
static void draw_raw(const uint8_t key[32], size_t at_once)
{
    static const unsigned char nonce[12] = {1};
    uint32_t block = 0;
    for (size_t made = 0; made < ROUNDS * BUFFER; made += at_once, block += (uint32_t)(at_once / 64))
        if (crypto_stream_chacha20_ietf_xor_ic(buffer, buffer, at_once, nonce, block, key) != 0) abort();
    used = buffer[0];
}

static void draw_large(const uint8_t key[32]) { draw_raw(key, BUFFER); }

static void draw_stores(const uint8_t key[32]) { draw_raw(key, sizeof((sunlot_stream *)0)->bytes); }

static void draw_fills(const uint8_t key[32])
{
    sunlot_stream s;
    sunlot_stream_init(&s, key);
    for (size_t made = 0; made < ROUNDS * BUFFER; made += sizeof s.bytes) sunlot_stream_fill(&s);
    used = s.bytes[0];
}

static void draw_words(const uint8_t key[32])
{
    sunlot_stream s;
    uint32_t sum = 0;
    sunlot_stream_init(&s, key);
    for (size_t i = 0; i < WORDS; i++) sum += sunlot_word(&s);
    used = sum;
}

static void draw_bounded(const uint8_t key[32])
{
    sunlot_stream s;
    uint32_t sum = 0;
    sunlot_stream_init(&s, key);
    for (size_t i = 0; i < WORDS; i++) sum += sunlot_below(&s, 1245);
    used = sum;
}

typedef struct {
    const char *name;
    void (*draw)(const uint8_t key[32]);
} way;

static const way ways[] = {
    {"raw keystream: 1 MiB a call", draw_large}, {"raw keystream: a store of the stream a call", draw_stores}, {"the stream fills its store", draw_fills},
    {"a word of the stream", draw_words},        {"a number below 1245 of the stream", draw_bounded},
};

#define WAYS (sizeof ways / sizeof *ways)

/* The ways take turns, so that a busy machine is busy for all of them. */
int main(void)
{
    const uint8_t key[32] = {1};
    double least[WAYS];
    if (sunlot_init() != SUNLOT_OK) return 1;
    for (size_t w = 0; w < WAYS; w++) least[w] = FIGURE_NONE;
    for (int run = 0; run < RUNS; run++) {
        for (size_t w = 0; w < WAYS; w++) {
            const double from = figure_now();
            ways[w].draw(key);
            least[w] = figure_least(least[w], (figure_now() - from) / (double)WORDS);
        }
    }
    figure_heading();
    for (size_t w = 0; w < WAYS; w++) figure_print(ways[w].name, least[w], "ns a word", "raw keystream", least[0], "");
    return 0;
}
