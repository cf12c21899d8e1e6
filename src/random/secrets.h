/* What is derived from the master secret (SPEC 11.3). */
#ifndef SUNLOT_RANDOM_SECRETS_H
#define SUNLOT_RANDOM_SECRETS_H

#include "random/digest.h"

/* What all secrets of people begin with, worked out once for many of them.  Secret: sunlot_mac_wipe it after use. */
void sunlot_secret_begin(sunlot_mac_state *begun, const sunlot_master *m);

/* who: "student" or "teacher". */
void sunlot_secret_pseudonym(uint8_t pseudonym16[16], const sunlot_mac_state *begun, const char *who, sunlot_text school, sunlot_text id);
/* pseudonym: in the form of SPEC 2. */
sunlot_digest sunlot_secret_salt(const sunlot_mac_state *begun, sunlot_text pseudonym);
/* label: "log key", "minisign key", "minisign id". */
sunlot_digest sunlot_secret_key(const sunlot_master *m, const char *label);

/* The commitment to a person's record and to the values of the person's line (SPEC 3). */
sunlot_digest sunlot_commitment(const sunlot_digest *salt, sunlot_text pseudonym, const sunlot_person *person, const sunlot_text *value, size_t values);

#endif
