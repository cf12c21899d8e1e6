/* The key of a party: its files, and what is kept beside them. */
#ifndef SUNLOT_TOOLS_PARTY_KEY_H
#define SUNLOT_TOOLS_PARTY_KEY_H

#include "sunlot.h"

#define PARTY_KEY_FILE_BYTES 4096u /* a key file is shorter */

/* Read a secret key file, asking for its password if it has one.  Release with sunlot_party_key_free.
 * Returns STATUS_RUN or the exit status after an explanation. */
int party_key_open(sunlot_party_key **out, const char *path);

/* Bytes from the system's generator.  Returns false after a complaint. */
bool party_key_random(void *out, size_t n);

#endif
