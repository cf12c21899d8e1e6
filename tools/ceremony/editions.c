#include "ceremony/editions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/files.h"
#include "common/messages.h"
#include "common/options.h"

/* First line and facts of a log are shorter than this (SPEC 2, 5.1). */
#define HEAD_BYTES 65536u

bool editions_two(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) return false;
    char *head = need(HEAD_BYTES, 1);
    const size_t n = fread(head, 1, HEAD_BYTES, file);
    const bool two = sunlot_log_for_auditors((sunlot_text){head, n});
    (void)fclose(file);
    wipe(head, n);
    free(head);
    return two;
}

bool editions_continue(sunlot_text a, sunlot_text b)
{
    const size_t n = a.n < b.n ? a.n : b.n;
    return n == 0 || memcmp(a.p, b.p, n) == 0;
}

int editions_public(sunlot_buffer *out, const char *path, sunlot_text full)
{
    sunlot_buffer edition = {0};
    const sunlot_err err = sunlot_log_public(&edition, full);
    if (err != SUNLOT_OK) return complain_error(err);
    file_bytes there = {NULL, 0};
    const file_result result = file_read(&there, path, SUNLOT_MAX_LOG_BYTES);
    int status = result == FILE_UNREADABLE ? STATUS_CANNOT : STATUS_RUN;
    if (result == FILE_TOO_LARGE || (result == FILE_READ && !editions_continue(file_view(&there), (sunlot_text){edition.p, edition.n}))) {
        complain(_("this folder has announced or drawn something else already: %s is not the public edition of the log in private/.\n"
                   "    Put back the one that belongs to the other.  To withdraw a draw before the first digit, announce in a new folder,\n"
                   "    with a higher attempt number"),
                 path);
        status = STATUS_REFUSED;
    }
    if (status == STATUS_RUN && there.n > edition.n) { /* private/draw.log is an older one that was put back */
        sunlot_buffer_free(&edition);
        edition = (sunlot_buffer){there.p, there.n, there.n};
        there = (file_bytes){NULL, 0};
    }
    file_free(&there);
    if (status == STATUS_RUN)
        *out = edition;
    else
        sunlot_buffer_free(&edition);
    return status;
}
