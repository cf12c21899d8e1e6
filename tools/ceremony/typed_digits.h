/* What fell, as people type it: twice, and compared. */
#ifndef SUNLOT_TOOLS_TYPED_DIGITS_H
#define SUNLOT_TOOLS_TYPED_DIGITS_H

#include "sunlot.h"

/* Bring digits into the form of the record, from `text` or, where that is NULL, from a line that is asked for.  Returns STATUS_RUN, or the exit status after saying which character is
 * wrong. */
int typed_digits_read(sunlot_buffer *out, const sunlot_source *source, const char *text);

/* The same for the second time, by `again` or a line that is asked for; and compare: the first digit that differs is named.  Returns STATUS_RUN or the exit status. */
int typed_digits_again(const sunlot_buffer *first, const sunlot_source *source, const char *again);

#endif
