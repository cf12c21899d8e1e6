#include "evenness.h"

uint64_t evenness_distance(const uint32_t *seen, uint32_t states, uint32_t draws)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < states; i++) {
        const int64_t d = (int64_t)seen[i] * states - draws;
        sum += (uint64_t)(d < 0 ? -d : d);
    }
    return sum * 500000 / states / draws;
}

uint64_t evenness_noise(uint32_t states, uint32_t draws)
{
    const uint64_t square = (uint64_t)states * 159154943094ull / draws; /* 10^12 / 2π */
    uint64_t root = 0;
    for (uint64_t bit = 1u << 20; bit != 0; bit >>= 1)
        if ((root + bit) * (root + bit) <= square) root += bit;
    return root;
}
