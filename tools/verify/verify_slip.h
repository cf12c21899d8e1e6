/* The link of a slip, as it is given on a command line (SPEC 14.5). */
#ifndef SUNLOT_TOOLS_VERIFY_SLIP_H
#define SUNLOT_TOOLS_VERIFY_SLIP_H

#include "sunlot.h"

/* Read it.  Returns STATUS_RUN, or STATUS_CANNOT after it was said what is wrong with it. */
int verify_slip_read(sunlot_slip *out, const char *link);

#endif
