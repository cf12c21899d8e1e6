/* Digits in large type, for a projector. */
#ifndef SUNLOT_TOOLS_LARGE_H
#define SUNLOT_TOOLS_LARGE_H

#include <stdbool.h>
#include <stdio.h>

/* Print words of the characters 0-9, a-f and -, separated by single spaces, `a_row` words a row, four lines high, each row followed by an empty line.
 * Returns false, and prints nothing, if a row is wider than `columns` or a character has no large form. */
bool large_print(FILE *to, const char *words, unsigned a_row, unsigned columns);

#endif
