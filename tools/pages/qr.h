/* QR codes as inline SVG. */
#ifndef SUNLOT_TOOLS_QR_H
#define SUNLOT_TOOLS_QR_H

#include <stdbool.h>
#include <stdio.h>

/* Write a text as QR code, level M, with its quiet zone of four modules: an svg element of the class `qr` with one path, black on what is below it.  Its
 * size is the style sheet's.  What the code can hold in fewer bits goes that way: digits, and capitals with $ % * + - . / : and space.
 * Returns false with errno: ERANGE: longer than a QR code can be; ENOMEM. */
bool qr_write(FILE *to, const char *text);

#endif
