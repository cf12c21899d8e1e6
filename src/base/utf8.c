#include "base/utf8.h"

#include "base/bytes.h"

/* Reads one character (RFC 3629: shortest form, no surrogates, at most U+10FFFF).  Returns its length, 0 if there is none.
 *
 * The first byte fixes the length and, for the four first bytes that could begin a wrong character, a narrower range of the
 * second: E0 (overlong), ED (surrogates), F0 (overlong), F4 (above U+10FFFF).  C0, C1 and F5 … FF begin nothing. */
static size_t character(const unsigned char *p, size_t n, uint32_t *out)
{
    unsigned first = p[0];
    if (first < 0x80) {
        *out = first;
        return 1;
    }
    size_t length = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
    if (length == 0 || n < length) return 0;
    unsigned low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    unsigned high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (p[1] < low || p[1] > high) return 0;
    uint32_t c = first & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((p[i] & 0xc0) != 0x80) return 0;
        c = c << 6 | (p[i] & 0x3fu);
    }
    *out = c;
    return length;
}

int sunlot_utf8_check(sunlot_text text, size_t *at)
{
    const unsigned char *p = (const unsigned char *)text.p;
    for (size_t i = 0; i < text.n;) {
        uint32_t c;
        size_t length = character(p + i, text.n - i, &c);
        if (length == 0) {
            *at = i;
            return SUNLOT_ISSUE_INVALID_UTF8;
        }
        i += length;
    }
    return 0;
}

/* Controls, and what cannot be seen: two names that look alike are the same bytes. */
static bool is_control(uint32_t c)
{
    static const uint32_t range[][2] = {{0x00, 0x1f},     {0x7f, 0x9f},     {0xad, 0xad},     {0x34f, 0x34f},   {0x61c, 0x61c},    {0x115f, 0x1160},
                                        {0x17b4, 0x17b5}, {0x180b, 0x180f}, {0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f},  {0x3164, 0x3164},
                                        {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff0, 0xfffb}, {0xe0000, 0xe0fff}};
    for (size_t i = 0; i < sizeof range / sizeof *range; i++)
        if (c <= range[i][1]) return c >= range[i][0];
    return false;
}

static bool is_space(uint32_t c) { return c == 0x20 || c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 0x205f || c == 0x3000; }

/* A single `-` and decimals are the only fields that may begin with a sign. */
static bool is_formula(sunlot_text field)
{
    switch (field.n == 0 ? 0 : field.p[0]) {
    case '=':
    case '+':
    case '@':
        return true;
    case '-':
        return field.n > 1 && !sunlot_decimal_check(field);
    default:
        return false;
    }
}

int sunlot_field_check(sunlot_text field)
{
    const unsigned char *p = (const unsigned char *)field.p;
    bool nul = false, control = false;
    uint32_t first = 'x', c = 'x';
    for (size_t i = 0; i < field.n;) {
        if (p[i] > 0x20 && p[i] < 0x7f) {
            c = p[i++];
        } else if (p[i] >= 0xe4 && p[i] <= 0xe9 && field.n - i >= 3 && (p[i + 1] & 0xc0) == 0x80 && (p[i + 2] & 0xc0) == 0x80) {
            c = 0x4e00; /* U+4000 … U+9FFF, for example Chinese: nothing is to be found there */
            i += 3;
        } else {
            size_t length = character(p + i, field.n - i, &c);
            if (length == 0) return SUNLOT_ISSUE_INVALID_UTF8;
            nul = nul || c == 0;
            control = control || is_control(c);
            if (i == 0) first = c;
            i += length;
        }
    }
    if (nul) return SUNLOT_ISSUE_NUL;
    if (control) return SUNLOT_ISSUE_CONTROL;
    if (is_space(first) || is_space(c)) return SUNLOT_ISSUE_STRAY_SPACE;
    if (is_formula(field)) return SUNLOT_ISSUE_FORMULA;
    return field.n > SUNLOT_MAX_FIELD_BYTES ? SUNLOT_ISSUE_FIELD_TOO_LONG : 0;
}

sunlot_text sunlot_field_trim(sunlot_text text)
{
    const unsigned char *p = (const unsigned char *)text.p;
    uint32_t c;
    size_t from = 0, to = text.n, length;
    while (from < to && (length = character(p + from, to - from, &c)) > 0 && is_space(c)) from += length;
    while (to > from) {
        length = 1;
        while (length < 3 && to - from > length && (p[to - length] & 0xc0) == 0x80) length++;
        if (character(p + to - length, length, &c) != length || !is_space(c)) break;
        to -= length;
    }
    return (sunlot_text){text.p + from, to - from};
}
