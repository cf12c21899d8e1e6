/* Class lists to post and to sign: a page for each class, with names and nothing else of a student, and the same as a table for spreadsheets. */
#ifndef SUNLOT_TOOLS_CLASS_SHEETS_H
#define SUNLOT_TOOLS_CLASS_SHEETS_H

#include "ceremony/ceremony.h"

/* Write private/class-lists.html and .csv, and where there are several schools those of each, private/class-lists/NUMBER.html and .csv, NUMBER being that of the
 * school in the log.  What is there is replaced.  Returns STATUS_RUN or the exit status. */
int class_sheets_store(const ceremony *c, const sunlot_log *log);

#endif
