/* Public keys of Ed25519 that people hand in. */
#ifndef SUNLOT_RANDOM_POINT_H
#define SUNLOT_RANDOM_POINT_H

#include "sunlot.h"

/* Whether 32 bytes are a good public key: a canonical point of the curve, of the large prime order. */
bool sunlot_point_check(const uint8_t public32[32]);

#endif
