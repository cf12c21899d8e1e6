/* Who is in which class, with names, on screens: one class after the other. */
#ifndef SUNLOT_TOOLS_CLASS_LISTS_H
#define SUNLOT_TOOLS_CLASS_LISTS_H

#include "ceremony/ceremony.h"

/* Show the class lists of a log with results, in the order of placed.h.  Returns STATUS_OK, also when stopped by the reader, or the exit status. */
int class_lists_show(const ceremony *c, const sunlot_log *log);

#endif
