/* The faults found in the input files: collected as they are found, reported in the order file, line, column.
 *
 * At most SUNLOT_ISSUES_REPORTED are kept, the first in that order.  A cell is blamed once: of several faults at one cell the one that was
 * added first is reported, so that a stray space is not also an unknown school. */
#ifndef SUNLOT_ROSTER_ISSUE_LIST_H
#define SUNLOT_ROSTER_ISSUE_LIST_H

#include "base/alloc.h"
#include "base/bytes.h"

#define SUNLOT_ISSUES_REPORTED 10000u
#define SUNLOT_ISSUE_TEXT      200u /* bytes kept of a text */

/* Start with {0}. */
typedef struct {
    sunlot_issue *item; /* [room]; texts owned, one block an item, at header.p */
    size_t count, room;
    bool full;      /* some were dropped: what comes after the last one kept need not be added */
    bool no_memory; /* an addition failed */
} sunlot_issue_list;

/* Add one; its texts are copied, cut after SUNLOT_ISSUE_TEXT bytes.  Without memory, no_memory is set. */
void sunlot_issue_list_add(sunlot_issue_list *list, const sunlot_issue *issue);
/* Sort and report what was added.  Returns false without memory. */
bool sunlot_issue_list_report(sunlot_issue_list *list, sunlot_issue_fn *report, void *user);
void sunlot_issue_list_free(sunlot_issue_list *list);

/* A short text put together for an issue; what does not fit is left out.  Start with {0}. */
typedef struct {
    char p[SUNLOT_ISSUE_TEXT];
    size_t n;
} sunlot_phrase;

void sunlot_phrase_text(sunlot_phrase *phrase, sunlot_text text);
void sunlot_phrase_number(sunlot_phrase *phrase, uint64_t number);
sunlot_text sunlot_phrase_view(const sunlot_phrase *phrase);

#endif
