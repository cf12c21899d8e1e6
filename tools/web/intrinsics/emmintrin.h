/* What libsodium's ChaCha20 for SSSE3 uses of it, by the vector instructions of WebAssembly: four blocks at a time, as on a desk computer. */
#ifndef SUNLOT_WEB_EMMINTRIN_H
#define SUNLOT_WEB_EMMINTRIN_H

#include <stdint.h>
#include <wasm_simd128.h>

typedef v128_t __m128i;

/* The same number in all places.  The empty assembly keeps clang 14 from loading it anew with `load_splat` where it was stored to meanwhile. */
static inline __m128i _mm_set1_epi32(int32_t a)
{
    __asm__("" : "+r"(a));
    return wasm_i32x4_splat(a);
}

static inline __m128i sunlot_set1_epi64x(int64_t a)
{
    __asm__("" : "+r"(a));
    return wasm_i64x2_splat(a);
}

/* Names that libsodium asks for with #ifndef. */
#define _mm_set1_epi64x(a) sunlot_set1_epi64x(a)

#define _mm_add_epi32(a, b)                                          wasm_i32x4_add(a, b)
#define _mm_add_epi64(a, b)                                          wasm_i64x2_add(a, b)
#define _mm_xor_si128(a, b)                                          wasm_v128_xor(a, b)
#define _mm_or_si128(a, b)                                           wasm_v128_or(a, b)
#define _mm_slli_epi32(a, n)                                         wasm_i32x4_shl(a, n)
#define _mm_srli_epi32(a, n)                                         wasm_u32x4_shr(a, n)
#define _mm_loadu_si128(p)                                           wasm_v128_load(p)
#define _mm_storeu_si128(p, a)                                       wasm_v128_store(p, a)
#define _mm_set_epi32(d, c, b, a)                                    wasm_i32x4_make(a, b, c, d)
#define _mm_setr_epi32(a, b, c, d)                                   wasm_i32x4_make(a, b, c, d)
#define _mm_set_epi64x(b, a)                                         wasm_i64x2_make(a, b)
#define _mm_cvtsi64_si128(a)                                         wasm_i64x2_make(a, 0)
#define _mm_unpacklo_epi32(a, b)                                     wasm_i32x4_shuffle(a, b, 0, 4, 1, 5)
#define _mm_unpackhi_epi32(a, b)                                     wasm_i32x4_shuffle(a, b, 2, 6, 3, 7)
#define _mm_unpacklo_epi64(a, b)                                     wasm_i64x2_shuffle(a, b, 0, 2)
#define _mm_unpackhi_epi64(a, b)                                     wasm_i64x2_shuffle(a, b, 1, 3)
#define _mm_shuffle_epi32(a, n)                                      wasm_i32x4_shuffle(a, a, (n)&3, (n) >> 2 & 3, (n) >> 4 & 3, (n) >> 6 & 3)
#define _mm_set_epi8(p, o, n, m, l, k, j, i, h, g, f, e, d, c, b, a) wasm_i8x16_make(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p)

#endif
