/* Domain-separated digests (SPEC 3).  digest.c and stream.c are the only users of <sodium.h> below src/log. */
#ifndef SUNLOT_RANDOM_DIGEST_H
#define SUNLOT_RANDOM_DIGEST_H

#include "sunlot.h"

typedef struct {
    uint8_t b[32];
} sunlot_digest;

/* SHA-256. */
sunlot_digest sunlot_digest_of(sunlot_text bytes);
/* SHA-256 of tag ‖ a ‖ b. */
sunlot_digest sunlot_digest_tagged(uint8_t tag, sunlot_text a, sunlot_text b);

/* MAC(key, label, field[0], …): HMAC-SHA-256 over each text followed by LF.  No text may hold LF. */
sunlot_digest sunlot_mac(const uint8_t key32[32], const char *label, const sunlot_text *field, size_t fields);

/* The same in steps, where fields come one by one.  A state may be copied, to go on from a common beginning. */
typedef struct {
    uint64_t room[32]; /* the library's state, kept opaque so that this header needs no <sodium.h> */
} sunlot_mac_state;
void sunlot_mac_init(sunlot_mac_state *s, const uint8_t key32[32], const char *label);
void sunlot_mac_field(sunlot_mac_state *s, sunlot_text field);
sunlot_digest sunlot_mac_final(sunlot_mac_state *s);

/* The same after a beginning that stays as it is: MAC(key, label, …, field[0], …).  Works out the key once for many texts. */
sunlot_digest sunlot_mac_after(const sunlot_mac_state *begun, const sunlot_text *field, size_t fields);
void sunlot_mac_wipe(sunlot_mac_state *s);
/* For digests that are keys or salts. */
void sunlot_digest_wipe(sunlot_digest *d);

/* Byte order. */
int sunlot_digest_compare(const sunlot_digest *a, const sunlot_digest *b);

#endif
