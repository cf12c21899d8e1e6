/* The fingerprint as people read it (SPEC 6). */
#include "base/bytes.h"

#define FINGERPRINT_BYTES 32u

void sunlot_fingerprint_write(char out80[80], const uint8_t fingerprint32[32])
{
    char *p = out80;
    for (uint32_t i = 0; i < FINGERPRINT_BYTES; i += 2) {
        if (i > 0) *p++ = ' ';
        sunlot_hex_write(p, fingerprint32 + i, 2);
        p += 4;
    }
    *p = 0;
}

bool sunlot_fingerprint_parse(uint8_t fingerprint32[32], sunlot_text text)
{
    char digits[2 * FINGERPRINT_BYTES];
    uint8_t read[FINGERPRINT_BYTES];
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        const char c = text.p[i];
        if (c == ' ' || c == '-') continue;
        if (n == sizeof digits) return false;
        digits[n++] = sunlot_hex_lower(c);
    }
    if (!sunlot_hex_parse(read, sizeof read, (sunlot_text){digits, n})) return false;
    for (uint32_t i = 0; i < FINGERPRINT_BYTES; i++) fingerprint32[i] = read[i];
    return true;
}
