#include "base/bytes.h"

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

size_t sunlot_number_write(char *out, uint64_t number)
{
    char backwards[SUNLOT_NUMBER_BYTES];
    size_t n = 0;
    do {
        backwards[n++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    for (size_t i = 0; i < n; i++) out[i] = backwards[n - 1 - i];
    return n;
}

bool sunlot_number_parse(uint64_t *out, sunlot_text text, uint64_t max)
{
    if (text.n == 0 || (text.n > 1 && text.p[0] == '0')) return false;
    uint64_t value = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (!is_digit(text.p[i])) return false;
        uint64_t digit = (uint64_t)(text.p[i] - '0');
        if (value > max / 10 || digit > max - value * 10) return false;
        value = value * 10 + digit;
    }
    *out = value;
    return true;
}

/* What stands in a decimal: the sign, the scaled value, and how its end looks. */
typedef struct {
    bool negative;
    bool padded;     /* ends with a superfluous 0 after the point */
    uint64_t scaled; /* absolute, times 10^decimals; for numbers that are too large anything above SUNLOT_MAX_SCORE */
} decimal;

/* Reads `-`? (`0` | [1-9][0-9]*) (`.` [0-9]+)? with at most `decimals` (up to 5) digits after the point.  Returns false for anything else. */
static bool decimal_scan(decimal *out, sunlot_text text, size_t decimals)
{
    decimal d = {0};
    size_t i = 0, missing = decimals;
    if (text.n > 0 && text.p[0] == '-') {
        d.negative = true;
        i++;
    }
    size_t first = i;
    for (; i < text.n && is_digit(text.p[i]); i++)
        if (d.scaled <= SUNLOT_MAX_SCORE) d.scaled = d.scaled * 10 + (uint64_t)(text.p[i] - '0');
    if (i == first || (i > first + 1 && text.p[first] == '0')) return false;
    if (i < text.n) {
        if (text.p[i] != '.' || text.n - i < 2 || text.n - i > decimals + 1) return false;
        for (i++; i < text.n; i++, missing--) {
            if (!is_digit(text.p[i])) return false;
            d.scaled = d.scaled * 10 + (uint64_t)(text.p[i] - '0');
        }
        d.padded = text.p[text.n - 1] == '0';
    }
    for (; missing > 0; missing--) d.scaled *= 10;
    *out = d;
    return true;
}

static bool is_one_form(const decimal *d) { return !d->padded && !(d->negative && d->scaled == 0); }

static int32_t decimal_value(const decimal *d) { return d->negative ? -(int32_t)d->scaled : (int32_t)d->scaled; }

bool sunlot_decimal_check(sunlot_text text)
{
    decimal d;
    return decimal_scan(&d, text, 5) && is_one_form(&d);
}

bool sunlot_score_parse(int32_t *out, sunlot_text text)
{
    decimal d;
    if (!decimal_scan(&d, text, 3) || !is_one_form(&d) || d.scaled > SUNLOT_MAX_SCORE) return false;
    *out = decimal_value(&d);
    return true;
}

/* True if text holds a full-width digit, sign or point: U+FF0B ＋, U+FF0D －, U+FF0E ．, U+FF10 … U+FF19 ０ … ９.
 * In UTF-8 U+FF00 + x, x below 0x40, is EF BC (80 + x). */
static bool is_full_width(sunlot_text text)
{
    for (size_t i = 0; i + 3 <= text.n; i++) {
        const unsigned char *p = (const unsigned char *)text.p + i;
        if (p[0] == 0xef && p[1] == 0xbc && (p[2] == 0x8b || p[2] == 0x8d || p[2] == 0x8e || (p[2] >= 0x90 && p[2] <= 0x99))) return true;
    }
    return false;
}

int sunlot_score_read(int32_t *out, sunlot_text text)
{
    decimal d;
    if (!decimal_scan(&d, text, 3) || (d.negative && d.scaled == 0)) return is_full_width(text) ? SUNLOT_ISSUE_FULL_WIDTH : SUNLOT_ISSUE_NUMBER;
    if (d.scaled > SUNLOT_MAX_SCORE) return SUNLOT_ISSUE_RANGE;
    *out = decimal_value(&d);
    return 0;
}

/* Bit by bit from the highest.  Example: 10: 2² ≤ 10 takes bit 1; 3² ≤ 10 takes bit 0: 3. */
uint32_t sunlot_number_root(uint64_t x)
{
    uint64_t root = 0;
    for (uint64_t bit = UINT64_C(1) << 31; bit > 0; bit >>= 1) {
        if ((root | bit) * (root | bit) <= x) root |= bit;
    }
    return (uint32_t)root;
}

/* Example: value -125, decimals 5.  The digits "125" are padded to six, "000125"; the point goes before the last five,
 * "0.00125"; zeros at the end fall away (none here): "-0.00125". */
size_t sunlot_decimal_write(char *out, int64_t value, uint32_t decimals)
{
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    while (decimals > 0 && rest % 10 == 0) {
        rest /= 10;
        decimals--;
    }
    char digits[SUNLOT_NUMBER_BYTES];
    size_t have = sunlot_number_write(digits, rest), n = 0, at = 0;
    if (value < 0) out[n++] = '-';
    if (have <= decimals) {
        out[n++] = '0';
    } else {
        while (at < have - decimals) out[n++] = digits[at++];
    }
    if (decimals > 0) {
        out[n++] = '.';
        for (size_t zeros = have; zeros < decimals; zeros++) out[n++] = '0';
        while (at < have) out[n++] = digits[at++];
    }
    return n;
}
