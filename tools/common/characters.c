#include "common/characters.h"

#include <string.h>

sunlot_text text_of(const char *zero_ended) { return (sunlot_text){zero_ended, strlen(zero_ended)}; }

bool text_same(sunlot_text a, sunlot_text b) { return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0); }

int text_order(sunlot_text a, sunlot_text b)
{
    size_t common = a.n < b.n ? a.n : b.n;
    int order = common == 0 ? 0 : memcmp(a.p, b.p, common);
    if (order != 0) return order;
    return (a.n > b.n) - (a.n < b.n);
}

/* The first byte tells the length and the least scalar of that length: shorter forms, surrogates and what lies above U+10FFFF
 * are malformed. */
size_t character_at(uint32_t *scalar, sunlot_text text, size_t at)
{
    unsigned char first = (unsigned char)text.p[at];
    size_t length;
    uint32_t value, least;
    if (first < 0x80) {
        *scalar = first;
        return 1;
    }
    if (first >= 0xc2 && first <= 0xdf) {
        length = 2, least = 0x80, value = first & 0x1fu;
    } else if (first >= 0xe0 && first <= 0xef) {
        length = 3, least = 0x800, value = first & 0x0fu;
    } else if (first >= 0xf0 && first <= 0xf4) {
        length = 4, least = 0x10000, value = first & 0x07u;
    } else {
        return 0;
    }
    if (text.n - at < length) return 0;
    for (size_t i = 1; i < length; i++) {
        unsigned char next = (unsigned char)text.p[at + i];
        if ((next & 0xc0u) != 0x80) return 0;
        value = value << 6 | (next & 0x3fu);
    }
    if (value < least || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) return 0;
    *scalar = value;
    return length;
}

unsigned text_columns(sunlot_text text)
{
    unsigned columns = 0;
    for (size_t at = 0; at < text.n;) {
        uint32_t scalar;
        const size_t n = character_at(&scalar, text, at);
        columns += n > 0 && scalar >= 0x1100 ? 2 : 1;
        at += n > 0 ? n : 1;
    }
    return columns;
}

bool character_hidden(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

/* A backslash, the mark and so many hexadecimal digits; returns the bytes written. */
static size_t escape(char *out, char mark, size_t digits, uint32_t value)
{
    out[0] = '\\';
    out[1] = mark;
    for (size_t i = 0; i < digits; i++) out[2 + i] = "0123456789abcdef"[value >> 4 * (digits - 1 - i) & 15];
    return 2 + digits;
}

const char *show_text(char out[SHOW_BYTES], sunlot_text text)
{
    const size_t room = SHOW_BYTES - 16; /* the longest escape, the ellipsis and the final zero fit behind it */
    size_t n = 0;
    for (size_t at = 0; at < text.n;) {
        if (n >= room) {
            memcpy(out + n, "…", sizeof "…" - 1);
            n += sizeof "…" - 1;
            break;
        }
        uint32_t scalar = 0;
        size_t length = character_at(&scalar, text, at);
        if (length == 0) {
            n += escape(out + n, 'x', 2, (unsigned char)text.p[at]);
            length = 1;
        } else if (character_hidden(scalar)) {
            n += escape(out + n, 'u', 4, scalar);
        } else {
            memcpy(out + n, text.p + at, length);
            n += length;
        }
        at += length;
    }
    out[n] = '\0';
    return out;
}
