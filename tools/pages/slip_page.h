/* A slip: what a family gets on paper before the dice; here a row of a page. */
#ifndef SUNLOT_TOOLS_SLIP_PAGE_H
#define SUNLOT_TOOLS_SLIP_PAGE_H

#include <stdio.h>

#include "pages/slip_list.h"

/* What pages with slips add to the style sheet: sheets of A4, four slips each, or fewer where one has much to say. */
extern const char slip_style[];

/* Around the slips of one school: rows of a table whose head comes again on each sheet. */
void slip_sheets_begin(FILE *to, const sunlot_log *log, sunlot_text school);
void slip_sheets_end(FILE *to);

/* What the line of a student says, for slip->says.  Returns how many values that are. */
uint32_t slip_write_row(FILE *to, const sunlot_row_info *row);

/* Labels are in both languages: between page_begin and page_end.  May be called from several threads.
 * Returns SUNLOT_OK; SUNLOT_ERR_INPUT: the person is not the one whose line it is; SUNLOT_ERR_LIMIT: the link is longer than a QR code can be;
 * SUNLOT_ERR_MEMORY. */
sunlot_err slip_write(FILE *to, const sunlot_log *log, const slip *s);

#endif
