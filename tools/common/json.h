/* JSON (RFC 8259), UTF-8, written into memory piece by piece. */
#ifndef SUNLOT_TOOLS_JSON_H
#define SUNLOT_TOOLS_JSON_H

#include "sunlot.h"

/* A text that grows.  Start with {0}; release with json_free.  Without memory `failed` is set and the text is of no use. */
typedef struct {
    char *p;
    size_t n, cap;
    bool failed;
} json;

void json_free(json *j);

/* Append text as it is; a number in decimal. */
void json_add(json *j, const char *text);
void json_number(json *j, uint64_t number);

/* A string.  Malformed bytes, which only a command line can hold, become U+FFFD. */
void put_string(json *j, sunlot_text text);

/* Members of an object: each begins with the comma that parts it from the one before, but for the first. */
void name_member(json *j, const char *name, bool first);
void put_text(json *j, const char *name, sunlot_text text);
void put_number(json *j, const char *name, uint64_t number);
void put_bool(json *j, const char *name, bool value);
void put_null(json *j, const char *name);
/* 32 bytes in hexadecimal. */
void put_digest(json *j, const char *name, const uint8_t digest32[32]);

/* Open an object of an array with its first member; first: of the array, or it stands in none. */
void open_named(json *j, bool first, const char *name, sunlot_text text);
void open_numbered(json *j, bool first, const char *name, uint64_t number);

#endif
