#include "common/json.h"

#include <stdlib.h>
#include <string.h>

#include "common/characters.h"

static const char hex_digit[] = "0123456789abcdef";

void json_free(json *j)
{
    free(j->p);
    *j = (json){0};
}

/* Room for n more bytes. */
static bool reserve(json *j, size_t n)
{
    if (j->failed) return false;
    if (n <= j->cap - j->n) return true;
    size_t cap = j->cap < 4096 ? 4096 : j->cap;
    while (cap - j->n < n && cap <= SIZE_MAX / 2) cap *= 2;
    char *p = cap - j->n < n ? NULL : realloc(j->p, cap);
    j->failed = p == NULL;
    if (j->failed) return false;
    j->p = p;
    j->cap = cap;
    return true;
}

static void add(json *j, const char *p, size_t n)
{
    if (n == 0 || !reserve(j, n)) return;
    memcpy(j->p + j->n, p, n);
    j->n += n;
}

void json_add(json *j, const char *text) { add(j, text, strlen(text)); }

void json_number(json *j, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    add(j, digits + at, sizeof digits - at);
}

static void add_escape(json *j, uint32_t scalar)
{
    char escape[] = {'\\', 'u', hex_digit[scalar >> 12 & 15], hex_digit[scalar >> 8 & 15], hex_digit[scalar >> 4 & 15], hex_digit[scalar & 15]};
    add(j, escape, sizeof escape);
}

void put_string(json *j, sunlot_text text)
{
    json_add(j, "\"");
    for (size_t at = 0; at < text.n;) {
        uint32_t scalar = 0;
        size_t length = character_at(&scalar, text, at);
        if (length == 0) {
            add_escape(j, 0xfffd);
            length = 1;
        } else if (scalar == '"' || scalar == '\\') {
            json_add(j, scalar == '"' ? "\\\"" : "\\\\");
        } else if (character_hidden(scalar)) {
            add_escape(j, scalar);
        } else {
            add(j, text.p + at, length);
        }
        at += length;
    }
    json_add(j, "\"");
}

void name_member(json *j, const char *name, bool first)
{
    json_add(j, first ? "\"" : ",\"");
    json_add(j, name);
    json_add(j, "\":");
}

void put_text(json *j, const char *name, sunlot_text text)
{
    name_member(j, name, false);
    put_string(j, text);
}

void put_number(json *j, const char *name, uint64_t number)
{
    name_member(j, name, false);
    json_number(j, number);
}

void put_bool(json *j, const char *name, bool value)
{
    name_member(j, name, false);
    json_add(j, value ? "true" : "false");
}

void put_null(json *j, const char *name)
{
    name_member(j, name, false);
    json_add(j, "null");
}

void put_digest(json *j, const char *name, const uint8_t digest32[32])
{
    char hex[64];
    for (size_t i = 0; i < 32; i++) {
        hex[2 * i] = hex_digit[digest32[i] >> 4];
        hex[2 * i + 1] = hex_digit[digest32[i] & 15];
    }
    put_text(j, name, (sunlot_text){hex, sizeof hex});
}

void open_named(json *j, bool first, const char *name, sunlot_text text)
{
    json_add(j, first ? "{" : ",{");
    name_member(j, name, true);
    put_string(j, text);
}

void open_numbered(json *j, bool first, const char *name, uint64_t number)
{
    json_add(j, first ? "{" : ",{");
    name_member(j, name, true);
    json_number(j, number);
}
