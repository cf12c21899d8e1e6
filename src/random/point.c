#include "random/point.h"

#include <sodium.h>

bool sunlot_point_check(const uint8_t public32[32]) { return crypto_core_ed25519_is_valid_point(public32) == 1; }
