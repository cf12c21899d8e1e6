/* The stream against RFC 8439 written out plainly and against the library's generator; uniform numbers, exactly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "base/bytes.h"
#include "random/stages.h"
#include "random/stream.h"

static int start(void **state)
{
    (void)state;
    return sunlot_init() == SUNLOT_OK ? 0 : 1;
}

static void key_of(uint8_t key[32], unsigned first)
{
    for (unsigned i = 0; i < 32; i++) key[i] = (uint8_t)(first + i);
}

/* ---- ChaCha20 as RFC 8439 section 2.3 describes it -------------------------------------------------------------------------- */

static void quarter(uint32_t *w, int a, int b, int c, int d)
{
    static const int turn[] = {16, 12, 8, 7};
    for (int i = 0; i < 4; i++) {
        int to = i % 2 == 0 ? d : b, add = i % 2 == 0 ? a : c, by = i % 2 == 0 ? b : d;
        w[add] += w[by];
        uint32_t x = w[to] ^ w[add];
        w[to] = x << turn[i] | x >> (32 - turn[i]);
    }
}

static void plain_block(uint32_t out[16], const uint8_t key[32], uint32_t block)
{
    const char text[] = "expand 32-byte kLibsodiumDRG";
    uint8_t bytes[64] = {0};
    uint32_t w[16];
    memcpy(bytes, text, 16);
    memcpy(bytes + 16, key, 32);
    memcpy(bytes + 52, text + 16, 12);
    for (int i = 0; i < 16; i++) w[i] = (uint32_t)bytes[4 * i] + 256u * bytes[4 * i + 1] + 65536u * bytes[4 * i + 2] + 16777216u * bytes[4 * i + 3];
    w[12] = block;
    memcpy(out, w, sizeof w);
    for (int round = 0; round < 10; round++) {
        for (int i = 0; i < 4; i++) quarter(w, i, i + 4, i + 8, i + 12);
        for (int i = 0; i < 4; i++) quarter(w, i, (i + 1) % 4 + 4, (i + 2) % 4 + 8, (i + 3) % 4 + 12);
    }
    for (int i = 0; i < 16; i++) out[i] += w[i];
}

enum { STORE = sizeof((sunlot_stream *)0)->bytes, WORDS = 3 * STORE / 4 };

static void test_words(void **state)
{
    (void)state;
    uint8_t key[32];
    static uint8_t bytes[WORDS * 4];
    for (unsigned first = 0; first < 4; first++) {
        key_of(key, first * 71);
        sunlot_stream s;
        sunlot_stream_init(&s, key);
        randombytes_buf_deterministic(bytes, sizeof bytes, key);
        for (uint32_t i = 0; i < WORDS; i++) {
            static uint32_t block[16];
            if (i % 16 == 0) plain_block(block, key, i / 16);
            uint32_t word = i % 3 == 0 ? sunlot_word(&s) : sunlot_stream_word(&s);
            assert_int_equal(word, block[i % 16]);
            for (int j = 0; j < 4; j++) assert_int_equal(word >> 8 * j & 255, bytes[4 * i + (uint32_t)j]);
        }
    }
}

static void test_known_words(void **state)
{
    (void)state;
    static const uint32_t known[] = {0xc66c8e0d, 0x89641587, 0x7e2e7326, 0xcf5032a7};
    uint8_t key[32];
    key_of(key, 0);
    sunlot_stream s;
    sunlot_stream_init(&s, key);
    for (size_t i = 0; i < 4; i++) assert_int_equal(sunlot_stream_word(&s), known[i]);
}

/* The block counter has 32 bits and goes on from its end to 0. */
static void test_far(void **state)
{
    (void)state;
    uint8_t key[32];
    key_of(key, 9);
    sunlot_stream s;
    sunlot_stream_init(&s, key);
    s.block = (uint32_t)0 - STORE / 64;
    uint32_t block[16];
    for (uint32_t i = 0; i < WORDS; i++) {
        if (i % 16 == 0) plain_block(block, key, (uint32_t)0 - STORE / 64 + i / 16);
        assert_int_equal(sunlot_stream_word(&s), block[i % 16]);
    }
}

/* ---- uniform numbers -------------------------------------------------------------------------------------------------------- */

/* Of the words that give the result r exactly ⌊2^32 / n⌋ are taken.  These words are a stretch; the places of two that are neighbours differ
 * by n, so a place below n, and with it below t, has only the first. */
static void check_result(uint32_t n, uint32_t r)
{
    const uint64_t all = (uint64_t)1 << 32;
    uint64_t from = (r * all + n - 1) / n, to = ((r + (uint64_t)1) * all + n - 1) / n; /* without to */
    uint32_t result;
    uint64_t taken = to - from;
    if (!sunlot_below_take((uint32_t)from, n, &result)) taken--;
    bool good = result == r && taken == all / n;
    const uint64_t edge[] = {from + 1, to - 1};
    for (int i = 0; i < 2; i++)
        if (edge[i] > from && edge[i] < to) good = good && sunlot_below_take((uint32_t)edge[i], n, &result) && result == r;
    if (!good) fail_msg("n = %u, r = %u", (unsigned)n, (unsigned)r);
}

static void test_uniform(void **state)
{
    (void)state;
    for (uint32_t n = 2; n <= 1500; n++)
        for (uint32_t r = 0; r < n; r++) check_result(n, r);
    static const uint32_t large[] = {65535, 65536, 65537, 1000000007, 1431655765, 1431655766, 2147483646, 2147483647, 2147483648u};
    for (size_t i = 0; i < sizeof large / sizeof *large; i++)
        for (uint32_t j = 0; j < 1000; j++) {
            check_result(large[i], j);
            check_result(large[i], large[i] - 1 - j);
            check_result(large[i], (uint32_t)((uint64_t)large[i] * (j * 2654435761u) >> 32));
        }
}

static void test_example(void **state)
{
    (void)state;
    uint32_t result;
    assert_false(sunlot_below_take(0, 3, &result));
    assert_true(sunlot_below_take(0x55555556, 3, &result) && result == 1);
    assert_true(sunlot_below_take(0x55555555, 3, &result) && result == 0);
    assert_true(sunlot_below_take(0xffffffff, 3, &result) && result == 2);
}

/* The formula as it stands, on a stream of its own.  Returns how many words were read past. */
static uint32_t plain_below(sunlot_stream *s, uint32_t n, uint32_t *result)
{
    for (uint32_t past = 0;; past++) {
        uint64_t m = (uint64_t)sunlot_stream_word(s) * n;
        if (m % 4294967296u >= 4294967296u % n) {
            *result = (uint32_t)(m / 4294967296u);
            return past;
        }
    }
}

/* For this n a third of the words is read past. */
static void test_read_past(void **state)
{
    (void)state;
    uint32_t seen[6] = {0};
    for (unsigned first = 0; first < 100; first++) {
        uint8_t key[32];
        key_of(key, first);
        sunlot_stream a, b;
        sunlot_stream_init(&a, key);
        sunlot_stream_init(&b, key);
        for (uint32_t i = 0; i < 40; i++) {
            uint32_t n = i % 4 == 0 ? 1 : i % 4 == 1 ? 1431655766 : i % 4 == 2 ? 1 + i : (uint32_t)1 << 31, expected;
            uint32_t past = plain_below(&a, n, &expected);
            seen[past < 5 ? past : 5]++;
            assert_int_equal(i % 8 < 4 ? sunlot_below(&b, n) : sunlot_stream_below(&b, n), expected);
        }
        assert_int_equal(sunlot_stream_word(&a), sunlot_stream_word(&b));
    }
    assert_true(seen[0] > 0 && seen[1] > 0 && seen[2] > 0 && seen[3] > 0);
}

static void test_one_reads_a_word(void **state)
{
    (void)state;
    uint8_t key[32];
    key_of(key, 0);
    sunlot_stream s;
    sunlot_stream_init(&s, key);
    assert_int_equal(sunlot_stream_below(&s, 1), 0);
    assert_int_equal(sunlot_below(&s, 1), 0);
    assert_int_equal(sunlot_stream_word(&s), 0x7e2e7326);
}

static void test_shuffle(void **state)
{
    (void)state;
    static const uint16_t known[16] = {5, 7, 1, 14, 9, 15, 4, 2, 0, 13, 11, 3, 10, 6, 8, 12};
    uint8_t key[32];
    key_of(key, 0);
    sunlot_stream s;
    sunlot_stream_init(&s, key);
    uint16_t a[16];
    for (uint16_t i = 0; i < 16; i++) a[i] = i;
    sunlot_shuffle(&s, a, 16);
    assert_memory_equal(a, known, sizeof a);

    /* One item or none reads nothing. */
    sunlot_stream before = s;
    sunlot_shuffle(&s, a, 1);
    sunlot_shuffle(&s, a, 0);
    assert_memory_equal(a, known, sizeof a);
    assert_int_equal(sunlot_stream_word(&s), sunlot_stream_word(&before));
}

static void test_key(void **state)
{
    (void)state;
    uint8_t seed[32], key[32];
    key_of(seed, 0);
    sunlot_stream_key(key, seed, "label", SUNLOT_TEXT("学校"));
    const sunlot_text field = SUNLOT_TEXT("学校");
    sunlot_digest expected = sunlot_mac(seed, "label", &field, 1);
    assert_memory_equal(key, expected.b, 32);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_known_words),
        cmocka_unit_test(test_far),
        cmocka_unit_test(test_uniform),
        cmocka_unit_test(test_example),
        cmocka_unit_test(test_read_past),
        cmocka_unit_test(test_one_reads_a_word),
        cmocka_unit_test(test_shuffle),
        cmocka_unit_test(test_key),
    };
    return cmocka_run_group_tests_name("stream", tests, start, NULL);
}
