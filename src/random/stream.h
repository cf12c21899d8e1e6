/* The stream and uniform numbers (SPEC 4), inline for the engine's inner loop.  stream.c has the same for everybody else. */
#ifndef SUNLOT_RANDOM_STREAM_H
#define SUNLOT_RANDOM_STREAM_H

#include "sunlot.h"

/* Make the next bytes of the stream; s->at becomes 0. */
void sunlot_stream_fill(sunlot_stream *s);

/* The next word. */
static inline uint32_t sunlot_word(sunlot_stream *s)
{
    if (s->at == sizeof s->bytes) sunlot_stream_fill(s);
    const uint8_t *p = s->bytes + s->at;
    s->at += 4;
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* The rule that makes a word uniform: returns true and a number 0 … n-1, or false if the word is to be read past.  n from 1 to 2^31.
 *
 * The products word · n, for all 2^32 words, fall into n stretches of 2^32; in each stretch they are n apart, so it holds
 * ⌊2^32/n⌋ or one more of them.  Leaving out those whose place in the stretch is below t = 2^32 mod n leaves ⌊2^32/n⌋ in
 * each.  As t < n, the division is needed only for a place below n, which is rare.
 * Example: n = 3, t = 1: word 0 gives place 0 and is read past; words 1 … 0x55555555 give 0. */
static inline bool sunlot_below_take(uint32_t word, uint32_t n, uint32_t *result)
{
    uint64_t m = (uint64_t)word * n;
    uint32_t place = (uint32_t)m;
    *result = (uint32_t)(m >> 32);
    return place >= n || place >= (0 - n) % n;
}

/* A uniform number 0 … n-1, n from 1 to 2^31.  Also n = 1 reads a word, so that how much a step reads does not hang on what it finds. */
static inline uint32_t sunlot_below(sunlot_stream *s, uint32_t n)
{
    uint32_t result;
    while (!sunlot_below_take(sunlot_word(s), n, &result)) {}
    return result;
}

#endif
