/* JSON on standard output, piece by piece. */
#ifndef SUNLOT_TOOLS_JSON_H
#define SUNLOT_TOOLS_JSON_H

#include "sunlot.h"

/* A string.  Malformed bytes, which only a command line can hold, become U+FFFD. */
void put_string(sunlot_text text);

/* Members of an object: each begins with the comma that parts it from the one before, but for the first. */
void name_member(const char *name, bool first);
void put_text(const char *name, sunlot_text text);
void put_number(const char *name, uint64_t number);
void put_bool(const char *name, bool value);
void put_null(const char *name);

#endif
