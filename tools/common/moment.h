/* A moment as people write it, 2026-08-20T09:30:00+08:00.  It is always given: nothing here looks at a clock. */
#ifndef SUNLOT_TOOLS_MOMENT_H
#define SUNLOT_TOOLS_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

/* Seconds since 1970-01-01T00:00:00Z.  The zone is Z or +hh:mm or -hh:mm and is never left out.  Returns false for any other form, a day that the calendar does not
 * have, or a moment before 1970-01-01T00:00:01Z. */
bool moment_parse(uint64_t *out, const char *text);

#endif
