/* Base64 in its one form: RFC 4648 section 4, padded, unused bits zero (SPEC 2). */
#ifndef SUNLOT_RANDOM_BASE64_H
#define SUNLOT_RANDOM_BASE64_H

#include "sunlot.h"

/* Append n bytes.  False without memory. */
bool sunlot_base64_add(sunlot_buffer *out, const void *bytes, size_t n);
/* How many bytes a text of this form holds; of another text: any number. */
size_t sunlot_base64_length(sunlot_text text);
/* Read exactly n bytes.  False, out unspecified, if text is anything else. */
bool sunlot_base64_parse(void *out, size_t n, sunlot_text text);

#endif
