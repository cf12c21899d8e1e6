/* public/index.html: what lies there and how to check it, in Chinese and English, without script or network. */
#ifndef SUNLOT_TOOLS_INDEX_PAGE_H
#define SUNLOT_TOOLS_INDEX_PAGE_H

#include "ceremony/public_folder.h"

typedef struct {
    const sunlot_log *log;
    const public_folder *folder; /* the files that it names are there */
    bool page;                   /* there is a verify page … */
    bool announced;              /*   … and the log names its digest */
    uint8_t page_digest[32];
} index_page;

/* Write the page.  Returns false without memory.  Out: *text, of *n bytes, released with free. */
bool index_page_write(char **text, size_t *n, const index_page *page);

#endif
