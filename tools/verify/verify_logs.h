/* Several logs, and a log and an earlier note (SPEC 10.2). */
#ifndef SUNLOT_TOOLS_VERIFY_LOGS_H
#define SUNLOT_TOOLS_VERIFY_LOGS_H

#include "common/files.h"
#include "common/json.h"

#define VERIFY_MOST_LOGS 16u

typedef struct verify_logs {
    uint32_t count;
    const char *path[VERIFY_MOST_LOGS];
    sunlot_text log[VERIFY_MOST_LOGS];
    uint32_t chosen;                                /* the longest: the answer is for it */
    sunlot_divergence divergence[VERIFY_MOST_LOGS]; /* of each (a) and the chosen one (b); of that itself nothing */
    const char *since_path;                         /* NULL: none */
    sunlot_text since_note;
    bool since_checked; /* the log could be read, so that since holds */
    sunlot_since since;
    file_bytes bytes[VERIFY_MOST_LOGS], since_bytes; /* where they come from files */
} verify_logs;

/* Read the logs, and the note file, and choose.  Returns STATUS_RUN or the exit status; release with verify_logs_free in any case. */
int verify_logs_read(verify_logs *l);
void verify_logs_free(verify_logs *l);

/* Find the longest of the logs that were read, and compare the others with it. */
void verify_logs_choose(verify_logs *l);
/* Check the note, and put into the verdict what several logs and the note say, if it goes before what is there.
 * Returns SUNLOT_OK; SUNLOT_ERR_SIGNATURE: not a note file; SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err verify_logs_judge(verify_logs *l, sunlot_verdict *verdict, const sunlot_log *log);

/* What there is to say of them, in words; and as members of an object. */
void verify_logs_text(const verify_logs *l);
void verify_logs_json(json *j, const verify_logs *l);

#endif
