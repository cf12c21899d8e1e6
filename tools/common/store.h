/* Writing files so that a crash leaves the old one or the new one, and nobody writes beside another. */
#ifndef SUNLOT_TOOLS_STORE_H
#define SUNLOT_TOOLS_STORE_H

#include "sunlot.h"

#define STORE_PRIVATE 0600u /* modes of files */
#define STORE_PUBLIC  0644u

typedef enum {
    STORE_WRITTEN, /* it holds the bytes now, and that is on the disk */
    STORE_SAME,    /* it held them already; nothing was touched */
    STORE_EXISTS,  /* it holds something else; nothing was touched */
    STORE_FAILED   /* complained about; the file is as it was */
} store_result;

/* Give a file these bytes: temporary file ".NAME.tmp" beside it, write, sync, rename, sync the folder.
 * Without `replace`, a file that holds anything else stays (STORE_EXISTS). */
store_result store_file(const char *path, sunlot_text bytes, unsigned mode, bool replace);

/* The same for bytes that stand in several places, one part after the other. */
store_result store_parts(const char *path, const sunlot_text *part, size_t parts, unsigned mode, bool replace);

/* Whether a file is there and holds these bytes. */
bool store_holds(const char *path, sunlot_text bytes);

/* Write bytes to an open file.  Returns false with errno set. */
bool store_bytes(int fd, sunlot_text bytes);

/* Make a folder and sync its parent; fine if there is one.  A private one is closed to others (0700).  Returns false after a complaint. */
bool store_folder(const char *path, bool private_);

/* Remove a file and sync its folder; fine if there is none.  Returns false after a complaint. */
bool store_remove(const char *path);

/* Lock a file, making it if needed, until the program ends or store_unlock.  Returns false after a complaint (another process has it). */
bool store_lock(int *lock, const char *path);
void store_unlock(int lock);

#endif
