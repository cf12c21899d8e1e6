/* How often each value of a word is there, for all 64 at once: level l of bit v has weight 2^l.
 *
 * Example: three singles, of whom two have value 0 and one has value 1: level 0 is 0b10, level 1 is 0b01. */
#ifndef SUNLOT_PLACE_LEVELS_H
#define SUNLOT_PLACE_LEVELS_H

#include "place/state.h"

#define SUNLOT_LEVELS 5u /* up to 16 singles */

/* Of a big: SUNLOT_SLICES levels. */
static inline const uint64_t *sunlot_levels_big(const sunlot_engine *e, uint32_t big, uint32_t w)
{
    return e->slice + ((size_t)(big - e->singles) * e->words + w) * SUNLOT_SLICES;
}

/* One more single, with its row's word. */
static SUNLOT_ALWAYS_INLINE void sunlot_levels_add(uint64_t *level, uint32_t levels, uint64_t word)
{
    for (uint32_t l = 0; l < levels; l++) {
        const uint64_t both = level[l] & word;
        level[l] ^= word;
        word = both;
    }
}

/* Values that certainly become worse where the one side goes from g to h and the other from h to g, the heads staying as they are: of which the one has more
 * than the other, and one more or less would already be worse.  one: of a big; bad_g, bad_h: the masks of the faces. */
static SUNLOT_ALWAYS_INLINE uint64_t sunlot_levels_worse(const uint64_t *one, const uint64_t *other, uint32_t levels, const uint64_t *bad_g,
                                                         const uint64_t *bad_h)
{
    uint64_t more = 0, less = 0;
    for (uint32_t l = levels; l-- > SUNLOT_SLICES;) less |= other[l];
    for (uint32_t l = SUNLOT_SLICES; l-- > 0;) {
        const uint64_t differ = (one[l] ^ other[l]) & ~(more | less);
        more |= differ & one[l];
        less |= differ & other[l];
    }
    return (more & (bad_g[0] | bad_h[1])) | (less & (bad_g[1] | bad_h[0]));
}

#endif
