/* Whether one log continues another, or a checkpoint of it (SPEC 10.2). */
#ifndef SUNLOT_LOG_CONTINUES_H
#define SUNLOT_LOG_CONTINUES_H

#include "random/digest.h"

/* Whether two lines are the same leaf of a tree: the same bytes, or one is the record `leaf` of the other. */
bool sunlot_line_same(sunlot_text a, sunlot_text b);

#endif
