/* Where rows of a list may be written: a rehearsal's pseudonyms follow from its seed, so that whoever has the list finds every child in it. */
#ifndef SUNLOT_TOOLS_CLOSED_H
#define SUNLOT_TOOLS_CLOSED_H

#include "sunlot.h"

/* Whether a file may hold rows of the draw in `folder`: in private/; elsewhere only rows that are made up, and nowhere in a folder that is published.  A folder that
 * is closed by itself may stand anywhere but there.  Return STATUS_RUN, or STATUS_REFUSED after an explanation. */
int closed_file(const char *folder, const char *path, bool made_up);
int closed_folder(const char *folder, const char *path);

#endif
