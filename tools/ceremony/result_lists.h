/* The results of a ceremony as CSV for spreadsheets: placement.csv, sections.csv, odds.csv. */
#ifndef SUNLOT_TOOLS_RESULT_LISTS_H
#define SUNLOT_TOOLS_RESULT_LISTS_H

#include "ceremony/ceremony.h"

/* Write those with names to private/, and those with pseudonyms to public/; where rows are for auditors odds.csv is among the former, else among the
 * latter.  A file that this program wrote before an act is replaced; one that differs otherwise stays and is complained about.  The log has its results.
 * With `brief` a list that is as it should be is not mentioned.  Return STATUS_RUN or the exit status. */
int result_lists_private(const ceremony *c, const ceremony_state *state);
int result_lists_public(const ceremony *c, const ceremony_state *state, bool brief);

/* Whether a file of this name in public/ is one of them. */
bool result_lists_named(const sunlot_log *log, const char *name);

#endif
