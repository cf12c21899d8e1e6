/* Text of unknown origin: UTF-8 characters one by one, and a form that is safe on a terminal. */
#ifndef SUNLOT_TOOLS_CHARACTERS_H
#define SUNLOT_TOOLS_CHARACTERS_H

#include "sunlot.h"

sunlot_text text_of(const char *zero_ended);
bool text_same(sunlot_text a, sunlot_text b);
/* Byte order. */
int text_order(sunlot_text a, sunlot_text b);

/* Bytes of the well-formed UTF-8 character at text.p[at], at < text.n: 1 to 4 with its number in *scalar; 0 if it is malformed. */
size_t character_at(uint32_t *scalar, sunlot_text text, size_t at);
/* Columns of a terminal that text takes: two for what East Asian scripts write wide. */
unsigned text_columns(sunlot_text text);
/* True for a control or direction character: nothing that a terminal should receive. */
bool character_hidden(uint32_t scalar);

/* Copy text for a message: hidden and malformed parts as \u202e or \xff, what is too long cut with an ellipsis.  Returns out. */
#define SHOW_BYTES 256u
const char *show_text(char out[SHOW_BYTES], sunlot_text text);
/* For the arguments of one call: SHOW(text) lives until the end of the enclosing block. */
#define SHOW(text) show_text((char[SHOW_BYTES]){0}, (text))

#endif
