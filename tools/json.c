/* JSON on standard output (RFC 8259), UTF-8. */
#include "json.h"

#include <stdio.h>

#include "characters.h"

/* A string.  Malformed bytes, which only a command line can hold, become U+FFFD. */
void put_string(sunlot_text text)
{
    (void)fputc('"', stdout);
    for (size_t at = 0; at < text.n;) {
        uint32_t scalar = 0;
        size_t length = character_at(&scalar, text, at);
        if (length == 0) {
            (void)fputs("\\ufffd", stdout);
            length = 1;
        } else if (scalar == '"' || scalar == '\\') {
            (void)printf("\\%c", (char)scalar);
        } else if (character_hidden(scalar)) {
            (void)printf("\\u%04x", (unsigned)scalar);
        } else {
            (void)fwrite(text.p + at, 1, length, stdout);
        }
        at += length;
    }
    (void)fputc('"', stdout);
}

/* Members of an object: each begins with the comma that parts it from the one before. */
void name_member(const char *name, bool first) { (void)printf("%s\"%s\":", first ? "" : ",", name); }

void put_text(const char *name, sunlot_text text)
{
    name_member(name, false);
    put_string(text);
}

void put_number(const char *name, uint64_t number)
{
    name_member(name, false);
    (void)printf("%llu", (unsigned long long)number);
}

void put_bool(const char *name, bool value)
{
    name_member(name, false);
    (void)fputs(value ? "true" : "false", stdout);
}

void put_null(const char *name)
{
    name_member(name, false);
    (void)fputs("null", stdout);
}
