/* Many small files of one folder, written so that a crash leaves each as it was or as it is to be.
 *
 * All are written beside their places, then the disk is synced once, then they are renamed: a thousand files cost one wait for the disk instead of
 * two thousand.  What a crash leaves behind is used again by the next run. */
#ifndef SUNLOT_TOOLS_BATCH_H
#define SUNLOT_TOOLS_BATCH_H

#include "sunlot.h"

typedef struct {
    const char *folder;
    unsigned mode;
    char **name; /* [count] written, not yet renamed */
    size_t count, room;
    uint64_t written, same; /* in all */
} batch;

void batch_begin(batch *b, const char *folder, unsigned mode);
/* Give the file `name` of the folder these bytes; one that holds them already is left as it is.  Returns false after a complaint. */
bool batch_add(batch *b, const char *name, sunlot_text bytes);
/* Put everything in its place.  Returns false after a complaint: then some files are as they were.  Releases what the batch holds in any case. */
bool batch_end(batch *b);

#endif
