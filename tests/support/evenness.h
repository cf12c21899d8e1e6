/* How far counts of equally likely things are from equal. */
#ifndef SUNLOT_TESTS_EVENNESS_H
#define SUNLOT_TESTS_EVENNESS_H

#include <stdint.h>

/* Half the sum over the states of |seen / draws - 1 / states|, in millionths: the total variation distance from uniform. */
uint64_t evenness_distance(const uint32_t *seen, uint32_t states, uint32_t draws);

/* The distance that this many draws from the uniform law show on the average, √(states / 2π draws), in millionths.  Good where each
 * state is expected several times. */
uint64_t evenness_noise(uint32_t states, uint32_t draws);

#endif
