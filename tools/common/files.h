/* Reading files whole.  Nothing here writes. */
#ifndef SUNLOT_TOOLS_FILES_H
#define SUNLOT_TOOLS_FILES_H

#include "sunlot.h"

/* Bytes of a file, owned.  Release with file_free, which wipes them first. */
typedef struct {
    char *p;
    size_t n;
} file_bytes;

typedef enum { FILE_READ, FILE_MISSING, FILE_TOO_LARGE, FILE_UNREADABLE } file_result;

/* Read a file of at most `most` bytes.  Complains about a file that cannot be read; a missing or too large one is the caller's to report.
 * Out: *out on FILE_READ. */
file_result file_read(file_bytes *out, const char *path, uint64_t most);
/* The same for a secret, which is a file of its own: what a symbolic link at its place leads to is somebody else's, and is not read. */
file_result file_read_secret(file_bytes *out, const char *path, uint64_t most);
void file_free(file_bytes *f);
sunlot_text file_view(const file_bytes *f);

/* "folder/name", owned.  Complains and ends the program without memory, as need() does. */
char *file_path(const char *folder, const char *name);

/* count × size zeroed bytes; without memory the program ends with a complaint and status 2. */
void *need(size_t count, size_t size);
/* An array of *room items of a size, `count` of them used, with room for one more: the same one, or a longer one in its place and *room set.  The first is
 * NULL with no room.  Ends the program as need() does. */
void *need_more(void *items, size_t *room, size_t count, size_t size);

/* Overwrite a secret so that no compiler leaves it out. */
void wipe(void *secret, size_t n);

#endif
