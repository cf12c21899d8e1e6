#include "random/base64.h"

#include <sodium.h>
#include <string.h>

#include "base/bytes.h"

bool sunlot_base64_add(sunlot_buffer *out, const uint8_t *bytes, size_t n)
{
    char coded[SUNLOT_BASE64_MOST / 3 * 4 + 1];
    sodium_bin2base64(coded, sizeof coded, bytes, n, sodium_base64_VARIANT_ORIGINAL);
    return sunlot_buffer_string(out, coded);
}

/* Reads exactly n bytes; the text is written again to see that it is the one form. */
bool sunlot_base64_parse(uint8_t *out, size_t n, sunlot_text text)
{
    char coded[SUNLOT_BASE64_MOST / 3 * 4 + 1];
    size_t have = 0;
    if (text.n != (n + 2) / 3 * 4 || sodium_base642bin(out, n, text.p, text.n, NULL, &have, NULL, sodium_base64_VARIANT_ORIGINAL) != 0 || have != n)
        return false;
    sodium_bin2base64(coded, sizeof coded, out, n, sodium_base64_VARIANT_ORIGINAL);
    return memcmp(coded, text.p, text.n) == 0;
}
