/* The two editions of a log in a ceremony's folder, where rows are for auditors. */
#ifndef SUNLOT_TOOLS_EDITIONS_H
#define SUNLOT_TOOLS_EDITIONS_H

#include "sunlot.h"

/* True if a file begins as a log does whose rows are for auditors. */
bool editions_two(const char *path);

/* What public/draw.log must hold beside this full edition: its public edition, or what stands there already if that goes on from it.
 * Returns STATUS_RUN; STATUS_REFUSED if what stands there is another log's; STATUS_CANNOT.  Out: *out on STATUS_RUN, owned. */
int editions_public(sunlot_buffer *out, const char *path, sunlot_text full);

/* Whether one text begins with the other. */
bool editions_continue(sunlot_text a, sunlot_text b);

#endif
