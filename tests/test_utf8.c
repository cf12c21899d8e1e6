/* Well-formed UTF-8 against the plainest definition: a character is the shortest encoding of a code point that is not a surrogate.  And
 * what a field may hold, code point by code point. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/bytes.h"
#include "base/utf8.h"

static size_t encode(unsigned char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (unsigned char)c;
        return 1;
    }
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = n - 1; i > 0; i--, c >>= 6) out[i] = (unsigned char)(0x80 | (c & 0x3f));
    out[0] = (unsigned char)(lead[n] | c);
    return n;
}

static sunlot_text text_of(const unsigned char *p, size_t n) { return (sunlot_text){(const char *)p, n}; }

/* Is this one character?  Taken apart without any care, and put together again. */
static bool is_character(const unsigned char *p, size_t n)
{
    static const unsigned char mask[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    uint32_t c = p[0] & mask[n];
    unsigned char again[4];
    for (size_t i = 1; i < n; i++) c = c << 6 | (p[i] & 0x3f);
    return c <= 0x10ffff && (c < 0xd800 || c > 0xdfff) && encode(again, c) == n && memcmp(again, p, n) == 0;
}

static bool is_text(const unsigned char *p, size_t n)
{
    for (size_t k = 1; k <= n && k <= 4; k++)
        if (is_character(p, k) && is_text(p + k, n - k)) return true;
    return n == 0;
}

static void test_every_code_point(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10ffff; c++) {
        unsigned char p[4];
        size_t at = 99, n = encode(p, c);
        bool good = c < 0xd800 || c > 0xdfff;
        if ((sunlot_utf8_check(text_of(p, n), &at) == 0) != good || at != (good ? 99 : 0)) fail_msg("U+%04X", (unsigned)c);
    }
}

/* All first and second bytes, and those third and fourth ones at which something changes. */
static void test_every_beginning(void **state)
{
    (void)state;
    static const unsigned char edge[] = {0x00, 0x7f, 0x80, 0x81, 0xbe, 0xbf, 0xc0, 0xff};
    for (unsigned first = 0x80; first < 256; first++)
        for (unsigned second = 0; second < 256; second++)
            for (unsigned last = 0; last < 64; last++) {
                unsigned char p[4] = {(unsigned char)first, (unsigned char)second, edge[last / 8], edge[last % 8]};
                size_t at;
                for (size_t n = 1; n <= 4; n++)
                    if ((sunlot_utf8_check(text_of(p, n), &at) == 0) != is_text(p, n))
                        fail_msg("%02x %02x %02x %02x, first %u", p[0], p[1], p[2], p[3], (unsigned)n);
            }
}

static void test_offset(void **state)
{
    (void)state;
    size_t at = 0;
    assert_int_equal(sunlot_utf8_check(SUNLOT_TEXT("ab\xe5\xad\xa6\xff"), &at), SUNLOT_ISSUE_INVALID_UTF8);
    assert_int_equal(at, 5);
    assert_int_equal(sunlot_utf8_check(SUNLOT_TEXT("ab\xe5\xad"), &at), SUNLOT_ISSUE_INVALID_UTF8);
    assert_int_equal(at, 2);
    assert_int_equal(sunlot_utf8_check(SUNLOT_TEXT(""), &at), 0);
    assert_int_equal(sunlot_utf8_check((sunlot_text){NULL, 0}, &at), 0);
}

static const struct {
    uint32_t from, to;
} forbidden[] = {{0x01, 0x1f},     {0x7f, 0x9f},     {0x00ad, 0x00ad}, {0x034f, 0x034f}, {0x061c, 0x061c},  {0x115f, 0x1160},
                 {0x17b4, 0x17b5}, {0x180b, 0x180f}, {0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f},  {0x3164, 0x3164},
                 {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff0, 0xfffb}, {0xe0000, 0xe0fff}};

static int expected_inside(uint32_t c)
{
    if (c >= 0xd800 && c <= 0xdfff) return SUNLOT_ISSUE_INVALID_UTF8;
    if (c == 0) return SUNLOT_ISSUE_NUL;
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++)
        if (c >= forbidden[i].from && c <= forbidden[i].to) return SUNLOT_ISSUE_CONTROL;
    return 0;
}

/* Each code point inside, at the beginning and at the end of a field. */
static void test_field_code_points(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10ffff; c++) {
        unsigned char p[8] = {'a'};
        size_t n = encode(p + 1, c);
        p[n + 1] = 'b';
        int inside = expected_inside(c), end = inside, begin = inside;
        if (c == 0x20 || c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 0x205f || c == 0x3000) begin = end = SUNLOT_ISSUE_STRAY_SPACE;
        if (c == '=' || c == '+' || c == '@' || c == '-') begin = SUNLOT_ISSUE_FORMULA;
        if (sunlot_field_check(text_of(p, n + 2)) != inside || sunlot_field_check(text_of(p, n + 1)) != end ||
            sunlot_field_check(text_of(p + 1, n + 1)) != begin)
            fail_msg("U+%04X", (unsigned)c);
    }
}

static void test_field_cases(void **state)
{
    (void)state;
    static const struct {
        const char *field;
        int answer;
    } cases[] = {
        {"", 0},
        {"-", 0},
        {"-1", 0},
        {"-0.5", 0},
        {"-999999.999", 0},
        {"-0.00125", 0},
        {"-123456789012345678901234567890.00001", 0},
        {"a=b", 0},
        {"a-", 0},
        {"\xe4\xb8\x80\xe3\x80\x80\xe4\xba\x8c", 0},
        {"\"", 0},
        {",", 0},
        {"--", SUNLOT_ISSUE_FORMULA},
        {"-a", SUNLOT_ISSUE_FORMULA},
        {"-0", SUNLOT_ISSUE_FORMULA},
        {"-0.0", SUNLOT_ISSUE_FORMULA},
        {"-1.0", SUNLOT_ISSUE_FORMULA},
        {"-01", SUNLOT_ISSUE_FORMULA},
        {"-.5", SUNLOT_ISSUE_FORMULA},
        {"-1.", SUNLOT_ISSUE_FORMULA},
        {"-0.000001", SUNLOT_ISSUE_FORMULA},
        {"-0.00120", SUNLOT_ISSUE_FORMULA},
        {"-1+1", SUNLOT_ISSUE_FORMULA},
        {"=", SUNLOT_ISSUE_FORMULA},
        {"+1", SUNLOT_ISSUE_FORMULA},
        {"@a", SUNLOT_ISSUE_FORMULA},
        {" ", SUNLOT_ISSUE_STRAY_SPACE},
        {"- ", SUNLOT_ISSUE_STRAY_SPACE},
        {"\xc2\xa0", SUNLOT_ISSUE_STRAY_SPACE},
        {"a\xe3\x80\x80", SUNLOT_ISSUE_STRAY_SPACE},
        {" \t\xff", SUNLOT_ISSUE_INVALID_UTF8},
        {" \t", SUNLOT_ISSUE_CONTROL},
        {"= ", SUNLOT_ISSUE_STRAY_SPACE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) assert_int_equal(sunlot_field_check(sunlot_text_of(cases[i].field)), cases[i].answer);
    assert_int_equal(sunlot_field_check(SUNLOT_TEXT("\t\0")), SUNLOT_ISSUE_NUL);
    assert_int_equal(sunlot_field_check((sunlot_text){NULL, 0}), 0);

    char longest[SUNLOT_MAX_FIELD_BYTES + 1];
    memset(longest, 'a', sizeof longest);
    assert_int_equal(sunlot_field_check((sunlot_text){longest, SUNLOT_MAX_FIELD_BYTES}), 0);
    assert_int_equal(sunlot_field_check((sunlot_text){longest, sizeof longest}), SUNLOT_ISSUE_FIELD_TOO_LONG);
    longest[0] = '=';
    assert_int_equal(sunlot_field_check((sunlot_text){longest, sizeof longest}), SUNLOT_ISSUE_FORMULA);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_code_point),  cmocka_unit_test(test_every_beginning), cmocka_unit_test(test_offset),
        cmocka_unit_test(test_field_code_points), cmocka_unit_test(test_field_cases),
    };
    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
