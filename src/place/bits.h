/* Counting bits: compilers' builtins where they are instructions everywhere, plain C otherwise. */
#ifndef SUNLOT_PLACE_BITS_H
#define SUNLOT_PLACE_BITS_H

#include <stdint.h>

/* Number of bits that are 1.  In plain C: the builtin calls a library function on processors without the instruction. */
static inline uint32_t sunlot_bits_count(uint64_t x)
{
    x -= (x >> 1) & UINT64_C(0x5555555555555555);
    x = (x & UINT64_C(0x3333333333333333)) + ((x >> 2) & UINT64_C(0x3333333333333333));
    x = (x + (x >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (uint32_t)((x * UINT64_C(0x0101010101010101)) >> 56);
}

/* Number of zeros below the lowest 1.  x is not 0. */
static inline uint32_t sunlot_bits_low(uint64_t x)
{
#if defined(__GNUC__)
    return (uint32_t)__builtin_ctzll(x);
#else
    return sunlot_bits_count((x & (0 - x)) - 1);
#endif
}

/* bitlen of SPEC 1. */
static inline uint32_t sunlot_bits_length(uint64_t x)
{
    uint32_t length = 0;
    for (; x != 0; x >>= 1) length++;
    return length;
}

#endif
