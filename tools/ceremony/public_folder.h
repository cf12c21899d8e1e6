/* The folder public/ as a web server shows it: what belongs there, and the digests of all of it. */
#ifndef SUNLOT_TOOLS_PUBLIC_FOLDER_H
#define SUNLOT_TOOLS_PUBLIC_FOLDER_H

#include "ceremony/ceremony.h"

#define PUBLIC_INDEX  "index.html"
#define PUBLIC_PAGE   "verify.html"
#define PUBLIC_REPORT "report.html"
#define PUBLIC_SUMS   "SHA256SUMS"

typedef struct {
    char **name; /* [count] below public/, in byte order: "draw.log", "minisig/draw.49.log.minisig" */
    size_t count, room;
} public_folder;

/* See what lies there.  What a crash has left half written is removed, and said.  Anything that does not follow from the log or comes with the program is
 * complained about, each by name: a list with names may have strayed there; then STATUS_REFUSED.
 * Returns STATUS_RUN (release with public_folder_free), or the exit status. */
int public_folder_read(public_folder *out, const ceremony *c, const sunlot_log *log);
void public_folder_free(public_folder *f);
bool public_folder_has(const public_folder *f, const char *name);

/* Give the file `name` these bytes; if that changes it, say so.  Returns STATUS_RUN or the exit status. */
int public_folder_put(const ceremony *c, const char *name, sunlot_text bytes);

/* Let every file be read by everybody, as a web server needs it, and write SHA256SUMS of them all.  Returns STATUS_RUN or the exit status. */
int public_folder_sum(const ceremony *c, const public_folder *f);

#endif
