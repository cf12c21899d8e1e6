#include "base/bytes.h"

#include <string.h>

sunlot_text sunlot_text_of(const char *zero_ended) { return (sunlot_text){zero_ended, strlen(zero_ended)}; }

/* memcmp must not see the null pointer that an empty text may hold. */
static int compare_bytes(const char *a, const char *b, size_t n) { return n == 0 ? 0 : memcmp(a, b, n); }

bool sunlot_text_equal(sunlot_text a, sunlot_text b) { return a.n == b.n && compare_bytes(a.p, b.p, a.n) == 0; }

int sunlot_text_compare(sunlot_text a, sunlot_text b)
{
    int order = compare_bytes(a.p, b.p, a.n < b.n ? a.n : b.n);
    return order != 0 ? order : (a.n > b.n) - (a.n < b.n);
}

int sunlot_text_shortlex(sunlot_text a, sunlot_text b) { return a.n != b.n ? (a.n > b.n) - (a.n < b.n) : compare_bytes(a.p, b.p, a.n); }

bool sunlot_text_starts(sunlot_text a, sunlot_text prefix) { return a.n >= prefix.n && compare_bytes(a.p, prefix.p, prefix.n) == 0; }

sunlot_text sunlot_text_split(sunlot_text text, char at, sunlot_text *rest)
{
    const char *found = text.n == 0 ? NULL : memchr(text.p, at, text.n);
    if (found == NULL) {
        *rest = (sunlot_text){NULL, 0};
        return text;
    }
    size_t n = (size_t)(found - text.p);
    *rest = (sunlot_text){found + 1, text.n - n - 1};
    return (sunlot_text){text.p, n};
}

sunlot_text sunlot_text_trim(sunlot_text text)
{
    while (text.n > 0 && text.p[0] == ' ') {
        text.p++;
        text.n--;
    }
    while (text.n > 0 && text.p[text.n - 1] == ' ') text.n--;
    return text;
}

void sunlot_hex_write(char *out, const uint8_t *bytes, size_t n)
{
    static const char digit[] = "0123456789abcdef";
    for (size_t i = 0; i < n; i++) {
        out[2 * i] = digit[bytes[i] >> 4];
        out[2 * i + 1] = digit[bytes[i] & 15];
    }
}

/* The value of a lower-case hex digit, 16 for every other byte. */
static unsigned hex_value(unsigned char c)
{
    static const uint8_t beyond['g' - '0'] = {
        0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16,
        16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 10, 11, 12, 13, 14, 15,
    };
    const unsigned at = (unsigned)c - '0';
    return at < sizeof beyond ? beyond[at] : 16;
}

char sunlot_hex_lower(char digit) { return digit >= 'A' && digit <= 'F' ? (char)(digit - 'A' + 'a') : digit; }

bool sunlot_hex_parse(uint8_t *out, size_t n, sunlot_text text)
{
    if (text.n % 2 != 0 || text.n / 2 != n) return false;
    const unsigned char *digit = (const unsigned char *)text.p;
    unsigned all = 0;
    for (size_t i = 0; i < n; i++) {
        const unsigned high = hex_value(digit[2 * i]), low = hex_value(digit[2 * i + 1]);
        all |= high | low;
        out[i] = (uint8_t)(high << 4 | low);
    }
    return all < 16;
}
