/* What a field may hold (SPEC 2). */
#ifndef SUNLOT_BASE_UTF8_H
#define SUNLOT_BASE_UTF8_H

#include "sunlot.h"

/* Returns 0 if text is well-formed UTF-8, else the issue SUNLOT_ISSUE_INVALID_UTF8 with *at the offset of the first bad byte. */
int sunlot_utf8_check(sunlot_text text, size_t *at);

/* Check a field as SPEC 2 says.  Returns 0 or the first of SUNLOT_ISSUE_INVALID_UTF8, _NUL, _CONTROL, _STRAY_SPACE, _FORMULA,
 * _FIELD_TOO_LONG. */
int sunlot_field_check(sunlot_text field);

/* Without the spaces at both ends that SPEC 2 forbids there. */
sunlot_text sunlot_field_trim(sunlot_text text);

#endif
