/* The verify page that is published beside a log. */
#ifndef SUNLOT_TOOLS_VERIFY_PAGE_H
#define SUNLOT_TOOLS_VERIFY_PAGE_H

#include "ceremony/ceremony.h"

typedef struct {
    bool there;
    bool announced; /* the log names its digest */
    file_bytes bytes;
    uint8_t digest[32];
} verify_page;

/* Read the page to be published: the file `given`; NULL: the one that comes with the program, or, where there is none, what lies in public/ if the log
 * announces that.  Refused: a page that is not the one that the log announces, none where it announces one, a file that is no page.
 * Returns STATUS_RUN (release with verify_page_free; out->there is false where there is no page), or the exit status. */
int verify_page_read(verify_page *out, const ceremony *c, const sunlot_log *log, const char *given);
void verify_page_free(verify_page *p);

#endif
