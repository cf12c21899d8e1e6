/* The page of a report as a file. */
#ifndef SUNLOT_TOOLS_REPORT_FILE_H
#define SUNLOT_TOOLS_REPORT_FILE_H

#include "ceremony/progress.h"
#include "ceremony/verified.h"

/* Write the page of a verified log with results, or of a ceremony that has them, which is verified first.  recomputed: from the full edition; school_name: NULL
 * for all.  What is there is replaced.  With `brief` a page that is as it should be is not mentioned.  Return STATUS_RUN or the exit status. */
int report_file_write(const char *path, const verified_log *v, bool recomputed, const char *school_name, bool brief);
int report_file_ceremony(const ceremony *c, const progress *p, const char *path, const char *school_name, bool brief);

#endif
