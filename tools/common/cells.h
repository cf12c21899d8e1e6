/* Cells of CSV files that people open in a spreadsheet. */
#ifndef SUNLOT_TOOLS_CELLS_H
#define SUNLOT_TOOLS_CELLS_H

#include <stdio.h>

#include "sunlot.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf" /* by which Excel knows UTF-8 */

/* Write a cell as RFC 4180 has it, and what ends it: "," or "\r\n".  One that a spreadsheet would run gets an apostrophe before it. */
void cell_put(FILE *to, sunlot_text text, const char *end);

#endif
