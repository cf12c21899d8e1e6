#include "random/base64.h"

#include <sodium.h>
#include <string.h>

#include "base/bytes.h"

/* Bytes are coded in pieces of a length that is divisible by three: the codes of the pieces are the code of the whole. */
#define PIECE      75u
#define PIECE_CODE (PIECE / 3 * 4)

bool sunlot_base64_add(sunlot_buffer *out, const void *bytes, size_t n)
{
    char coded[PIECE_CODE + 1];
    const size_t before = out->n;
    bool complete = true;
    for (size_t at = 0; at < n && complete; at += PIECE) {
        const size_t piece = n - at < PIECE ? n - at : PIECE;
        sodium_bin2base64(coded, sizeof coded, (const unsigned char *)bytes + at, piece, sodium_base64_VARIANT_ORIGINAL);
        complete = sunlot_buffer_string(out, coded);
    }
    return sunlot_buffer_keep(out, before, complete);
}

size_t sunlot_base64_length(sunlot_text text)
{
    const size_t whole = text.n / 4 * 3;
    if (text.n < 4 || text.p[text.n - 1] != '=') return whole;
    return whole - (text.p[text.n - 2] == '=' ? 2 : 1);
}

/* The text is written again to see that it is the one form. */
static bool parse_piece(uint8_t *out, size_t n, sunlot_text text)
{
    char coded[PIECE_CODE + 1];
    size_t have = 0;
    if (sodium_base642bin(out, n, text.p, text.n, NULL, &have, NULL, sodium_base64_VARIANT_ORIGINAL) != 0 || have != n) return false;
    sodium_bin2base64(coded, sizeof coded, out, n, sodium_base64_VARIANT_ORIGINAL);
    return memcmp(coded, text.p, text.n) == 0;
}

bool sunlot_base64_parse(void *out, size_t n, sunlot_text text)
{
    if (text.n != (n + 2) / 3 * 4) return false;
    for (size_t at = 0; at < n; at += PIECE) {
        const size_t piece = n - at < PIECE ? n - at : PIECE;
        if (!parse_piece((uint8_t *)out + at, piece, (sunlot_text){text.p + at / 3 * 4, (piece + 2) / 3 * 4})) return false;
    }
    return true;
}
