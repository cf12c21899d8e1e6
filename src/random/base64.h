/* Base64 in its one form: RFC 4648 section 4, padded, unused bits zero (SPEC 2). */
#ifndef SUNLOT_RANDOM_BASE64_H
#define SUNLOT_RANDOM_BASE64_H

#include "sunlot.h"

#define SUNLOT_BASE64_MOST 75u /* bytes at most */

/* Append n bytes.  False without memory. */
bool sunlot_base64_add(sunlot_buffer *out, const uint8_t *bytes, size_t n);
/* Read exactly n bytes.  False, out unspecified, if text is anything else. */
bool sunlot_base64_parse(uint8_t *out, size_t n, sunlot_text text);

#endif
