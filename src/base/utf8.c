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
    if (length == 0 || n < length)
        return 0;
    unsigned low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    unsigned high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (p[1] < low || p[1] > high)
        return 0;
    uint32_t c = first & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return 0;
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

/* Controls, line and paragraph separators, the byte order mark, direction controls. */
static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

static bool is_space(uint32_t c)
{
    return c == 0x20 || c == 0xa0 || c == 0x3000;
}

/* A single `-` and decimals are the only fields that may begin with a sign. */
static bool is_formula(sunlot_text field)
{
    switch (field.n == 0 ? 0 : field.p[0]) {
    case '=': case '+': case '@': return true;
    case '-': return field.n > 1 && !sunlot_decimal_check(field);
    default: return false;
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
        } else {
            size_t length = character(p + i, field.n - i, &c);
            if (length == 0)
                return SUNLOT_ISSUE_INVALID_UTF8;
            nul = nul || c == 0;
            control = control || is_control(c);
            if (i == 0)
                first = c;
            i += length;
        }
    }
    if (nul)
        return SUNLOT_ISSUE_NUL;
    if (control)
        return SUNLOT_ISSUE_CONTROL;
    if (is_space(first) || is_space(c))
        return SUNLOT_ISSUE_STRAY_SPACE;
    if (is_formula(field))
        return SUNLOT_ISSUE_FORMULA;
    return field.n > SUNLOT_MAX_FIELD_BYTES ? SUNLOT_ISSUE_FIELD_TOO_LONG : 0;
}
