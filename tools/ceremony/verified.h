/* A log that somebody is about to sign or to report on: verified first, all of it that there is. */
#ifndef SUNLOT_TOOLS_VERIFIED_H
#define SUNLOT_TOOLS_VERIFIED_H

#include "common/files.h"

typedef struct {
    file_bytes bytes;
    sunlot_verifier *verifier;
    const sunlot_log *log;
    sunlot_verdict verdict;
} verified_log;

/* Read and verify a file; a log that ends early is as good as it is.  Returns STATUS_RUN (release with verified_close), or the exit status after an explanation. */
int verified_open(verified_log *out, const char *path);
/* The same with note files, whose signatures count as the log's. */
int verified_open_with(verified_log *out, const char *path, const sunlot_text *note, uint32_t notes);
void verified_close(verified_log *v);

#endif
