/* A party's key and its files, which are minisign's (SPEC 14.4). */
#ifndef SUNLOT_LOG_SIGNER_KEY_H
#define SUNLOT_LOG_SIGNER_KEY_H

#include "log/signer.h"

/* In locked memory; bytes alone, so that it may stand anywhere. */
struct sunlot_party_key {
    sunlot_signer signer;
    uint8_t id8[8]; /* minisign's key id */
};

/* How much work a password is worth, as libsodium's scrypt takes it.  minisign's own: 2^25 operations, 2^30 bytes. */
typedef struct {
    uint64_t operations, memory;
} sunlot_key_cost;
extern const sunlot_key_cost sunlot_key_cost_most;

/* sunlot_party_key_write with another cost than the most, for tests. */
SUNLOT_MUST_CHECK sunlot_err sunlot_party_key_write_cost(sunlot_buffer *out, const sunlot_party_key *key, sunlot_text password, const uint8_t salt32[32],
                                                         sunlot_key_cost cost);

#endif
