/* As emmintrin.h. */
#ifndef SUNLOT_WEB_TMMINTRIN_H
#define SUNLOT_WEB_TMMINTRIN_H

#include <emmintrin.h>

/* Where all places are 0 … 15, as they are in rotations. */
#define _mm_shuffle_epi8(a, places) wasm_i8x16_swizzle(a, places)

#endif
