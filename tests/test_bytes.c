/* Texts, hex, buffers, numbers, the stable sort. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/bytes.h"

#define T(literal) SUNLOT_TEXT(literal)

static int sign(int x) { return (x > 0) - (x < 0); }

static void test_orders(void **state)
{
    (void)state;
    static const char *const ascending[] = {"", "0", "10", "2", "a", "ab", "b", "\x7f", "\x80", "\xff"};
    const size_t n = sizeof ascending / sizeof *ascending;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            sunlot_text a = sunlot_text_of(ascending[i]), b = sunlot_text_of(ascending[j]);
            assert_int_equal(sign(sunlot_text_compare(a, b)), sign((int)i - (int)j));
            assert_int_equal(sunlot_text_equal(a, b), i == j);
            int shortlex = a.n != b.n ? (a.n > b.n ? 1 : -1) : sign((int)i - (int)j);
            assert_int_equal(sign(sunlot_text_shortlex(a, b)), shortlex);
        }
    assert_true(sunlot_text_shortlex(T("2"), T("10")) < 0);
    sunlot_text none = {NULL, 0};
    assert_int_equal(sunlot_text_compare(none, none), 0);
    assert_true(sunlot_text_compare(none, T("a")) < 0);
    assert_true(sunlot_text_equal(none, T("")));
    assert_false(sunlot_text_equal(T("a\0b"), T("a\0c")));
}

static void test_parts(void **state)
{
    (void)state;
    sunlot_text rest;
    sunlot_text part = sunlot_text_split(T("a;b;c"), ';', &rest);
    assert_true(sunlot_text_equal(part, T("a")) && sunlot_text_equal(rest, T("b;c")));
    part = sunlot_text_split(T("a;"), ';', &rest);
    assert_true(sunlot_text_equal(part, T("a")) && rest.n == 0 && rest.p != NULL);
    part = sunlot_text_split(T("abc"), ';', &rest);
    assert_true(sunlot_text_equal(part, T("abc")) && rest.n == 0 && rest.p == NULL);
    part = sunlot_text_split(rest, ';', &rest);
    assert_true(part.n == 0 && rest.p == NULL);
    assert_true(sunlot_text_equal(sunlot_text_trim(T("  a b ")), T("a b")));
    assert_true(sunlot_text_equal(sunlot_text_trim(T("\ta ")), T("\ta")));
    assert_int_equal(sunlot_text_trim(T("   ")).n, 0);
    assert_true(sunlot_text_starts(T("abc"), T("ab")) && sunlot_text_starts(T("abc"), T("")));
    assert_false(sunlot_text_starts(T("ab"), T("abc")) || sunlot_text_starts(T("abc"), T("b")));
}

static void test_hex(void **state)
{
    (void)state;
    uint8_t all[256], back[256];
    char hex[512];
    for (unsigned i = 0; i < 256; i++) all[i] = (uint8_t)i;
    sunlot_hex_write(hex, all, 256);
    assert_memory_equal(hex, "000102", 6);
    assert_memory_equal(hex + 506, "fdfeff", 6);
    assert_true(sunlot_hex_parse(back, 256, (sunlot_text){hex, 512}));
    assert_memory_equal(back, all, 256);
    for (unsigned c = 0; c < 256; c++) {
        char two[2] = {'0', (char)c};
        bool digit = c != 0 && strchr("0123456789abcdef", (int)c) != NULL;
        assert_int_equal(sunlot_hex_parse(back, 1, (sunlot_text){two, 2}), digit);
        char turned[2] = {(char)c, '0'};
        assert_int_equal(sunlot_hex_parse(back, 1, (sunlot_text){turned, 2}), digit);
    }
    assert_false(sunlot_hex_parse(back, 1, T("0")) || sunlot_hex_parse(back, 1, T("000")) || sunlot_hex_parse(back, 2, T("00")));
}

static bool fill(sunlot_buffer *b)
{
    if (!sunlot_buffer_text(b, T("ab")) || !sunlot_buffer_string(b, "cd") || !sunlot_buffer_byte(b, '\0') || !sunlot_buffer_number(b, UINT64_MAX)) return false;
    for (int i = 0; i < 300; i++)
        if (!sunlot_buffer_add(b, "0123456789", 10)) return false;
    return true;
}

static void test_buffer(void **state)
{
    (void)state;
    uint64_t before = sunlot_alloc_live();
    sunlot_buffer b = {0};
    assert_true(sunlot_buffer_text(&b, (sunlot_text){NULL, 0}));
    assert_null(b.p);
    assert_true(fill(&b));
    assert_int_equal(b.n, 5 + 20 + 3000);
    assert_memory_equal(b.p,
                        "abcd\00018446744073709551615"
                        "0123456789",
                        35);
    assert_ptr_equal(sunlot_buffer_view(&b).p, b.p);
    assert_int_equal(sunlot_buffer_view(&b).n, b.n);
    assert_false(sunlot_buffer_reserve(&b, SIZE_MAX));
    assert_false(sunlot_buffer_reserve(&b, (size_t)PTRDIFF_MAX));
    sunlot_buffer_free(&b);
    assert_true(b.p == NULL && b.n == 0 && b.cap == 0);
    sunlot_buffer_free(&b);

    uint64_t after = 1;
    for (bool done = false; !done; after++) {
        sunlot_alloc_refuse(after, true);
        done = fill(&b);
        sunlot_alloc_refuse(0, false);
        size_t n = b.n;
        char least = n > 0 ? b.p[0] : 'a';
        assert_int_equal(least, 'a');
        assert_true(sunlot_buffer_byte(&b, 'x') && b.n == n + 1 && b.p[n] == 'x');
        sunlot_buffer_free(&b);
    }
    assert_in_range(after, 4, 10);
    assert_int_equal(sunlot_alloc_live(), before);
}

static void test_numbers(void **state)
{
    (void)state;
    uint64_t n = 77;
    static const char *const wrong[] = {
        "", "00", "01", "-1", "+1", " 1", "1 ", "1.0", "0x1", "a", "18446744073709551616", "99999999999999999999", "1\xef\xbc\x91"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) assert_false(sunlot_number_parse(&n, sunlot_text_of(wrong[i]), UINT64_MAX));
    assert_int_equal(n, 77);
    assert_true(sunlot_number_parse(&n, T("18446744073709551615"), UINT64_MAX) && n == UINT64_MAX);
    assert_true(sunlot_number_parse(&n, T("0"), 0) && n == 0);
    for (uint64_t max = 0; max < 120; max++)
        for (uint64_t value = 0; value < 130; value++) {
            char digits[SUNLOT_NUMBER_BYTES];
            size_t length = sunlot_number_write(digits, value);
            assert_int_equal(sunlot_number_parse(&n, (sunlot_text){digits, length}, max), value <= max);
            assert_true(value > max || n == value);
        }
}

static void test_decimal_write(void **state)
{
    (void)state;
    static const struct {
        int64_t value;
        uint32_t decimals;
        const char *text;
    } cases[] = {
        {0, 0, "0"},
        {0, 5, "0"},
        {7, 0, "7"},
        {-7, 0, "-7"},
        {-125, 5, "-0.00125"},
        {30000, 5, "0.3"},
        {100000, 5, "1"},
        {-100001, 5, "-1.00001"},
        {1234500, 3, "1234.5"},
        {500, 3, "0.5"},
        {120, 0, "120"},
        {INT64_MIN, 0, "-9223372036854775808"},
        {INT64_MAX, 3, "9223372036854775.807"},
        {INT64_MIN, 20, "-0.09223372036854775808"},
        {1, 20, "0.00000000000000000001"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[24];
        size_t n = sunlot_decimal_write(out, cases[i].value, cases[i].decimals);
        assert_int_equal(n, strlen(cases[i].text));
        assert_memory_equal(out, cases[i].text, n);
    }
}

/* The form of a value is read as it.  Returns whether that form is one of the texts of test_score_one_form. */
static uint32_t check_form(int32_t value)
{
    char form[24];
    size_t n = sunlot_decimal_write(form, value, 3);
    int32_t back;
    assert_true(sunlot_score_parse(&back, (sunlot_text){form, n}));
    assert_int_equal(back, value);
    for (size_t i = 0; i < n; i++)
        if (strchr("-.019", form[i]) == NULL) return 0;
    return n <= 6;
}

/* Each text of up to six of these characters that is read is the form of its value; and there are as many as values
 * with such a form, so none is left out. */
static void test_score_one_form(void **state)
{
    (void)state;
    uint32_t texts = 0, values = 0;
    for (size_t length = 0; length <= 6; length++) {
        size_t all = 1;
        for (size_t i = 0; i < length; i++) all *= 5;
        for (size_t number = 0; number < all; number++) {
            char text[6], form[24];
            size_t rest = number;
            for (size_t i = 0; i < length; i++, rest /= 5) text[i] = "-.019"[rest % 5];
            int32_t value = 5, read = 5;
            if (!sunlot_score_parse(&value, (sunlot_text){text, length})) {
                assert_int_equal(value, 5);
                continue;
            }
            texts++;
            assert_int_equal(sunlot_decimal_write(form, value, 3), length);
            assert_memory_equal(form, text, length);
            assert_int_equal(sunlot_score_read(&read, (sunlot_text){text, length}), 0);
            assert_int_equal(read, value);
        }
    }
    /* Three decimals below 100, two below 1000, one below 10,000: more digits do not fit into six characters. */
    for (int32_t value = 0; value <= SUNLOT_MAX_SCORE; value += value < 100000 ? 1 : value < 1000000 ? 10 : value < 10000000 ? 100 : 1000)
        values += check_form(value) + (value != 0 ? check_form(-value) : 0);
    assert_int_equal(texts, values);
    check_form(SUNLOT_MAX_SCORE);
    check_form(-SUNLOT_MAX_SCORE);
}

static void test_score_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int answer;
        int32_t value;
        bool one_form;
    } cases[] = {
        {"87.5", 0, 87500, true},
        {"87.50", 0, 87500, false},
        {"87.500", 0, 87500, false},
        {"0.0", 0, 0, false},
        {"-0", SUNLOT_ISSUE_NUMBER, 0, false},
        {"-0.0", SUNLOT_ISSUE_NUMBER, 0, false},
        {"-0.001", 0, -1, true},
        {"999999.999", 0, SUNLOT_MAX_SCORE, true},
        {"-999999.999", 0, -SUNLOT_MAX_SCORE, true},
        {"1000000", SUNLOT_ISSUE_RANGE, 0, false},
        {"-1000000", SUNLOT_ISSUE_RANGE, 0, false},
        {"99999999999999999999999999999999", SUNLOT_ISSUE_RANGE, 0, false},
        {"87.5000", SUNLOT_ISSUE_NUMBER, 0, false},
        {"", SUNLOT_ISSUE_NUMBER, 0, false},
        {"-", SUNLOT_ISSUE_NUMBER, 0, false},
        {".5", SUNLOT_ISSUE_NUMBER, 0, false},
        {"5.", SUNLOT_ISSUE_NUMBER, 0, false},
        {"05", SUNLOT_ISSUE_NUMBER, 0, false},
        {"00", SUNLOT_ISSUE_NUMBER, 0, false},
        {"+5", SUNLOT_ISSUE_NUMBER, 0, false},
        {"--5", SUNLOT_ISSUE_NUMBER, 0, false},
        {"1e2", SUNLOT_ISSUE_NUMBER, 0, false},
        {"1,5", SUNLOT_ISSUE_NUMBER, 0, false},
        {"1.2.3", SUNLOT_ISSUE_NUMBER, 0, false},
        {"5 ", SUNLOT_ISSUE_NUMBER, 0, false},
        {"\xef\xbc\x98\xef\xbc\x97", SUNLOT_ISSUE_FULL_WIDTH, 0, false},
        {"8\xef\xbc\x90", SUNLOT_ISSUE_FULL_WIDTH, 0, false},
        {"8\xef\xbc\x99", SUNLOT_ISSUE_FULL_WIDTH, 0, false},
        {"8\xef\xbc\x8e"
         "5",
         SUNLOT_ISSUE_FULL_WIDTH, 0, false},
        {"\xef\xbc\x8d"
         "5",
         SUNLOT_ISSUE_FULL_WIDTH, 0, false},
        {"\xef\xbc\x8b"
         "5",
         SUNLOT_ISSUE_FULL_WIDTH, 0, false},
        {"8\xef\xbc\x9a", SUNLOT_ISSUE_NUMBER, 0, false},
        {"8\xef\xbc\x8f", SUNLOT_ISSUE_NUMBER, 0, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t value = 4711, parsed = 4711;
        sunlot_text text = sunlot_text_of(cases[i].text);
        assert_int_equal(sunlot_score_read(&value, text), cases[i].answer);
        assert_int_equal(value, cases[i].answer == 0 ? cases[i].value : 4711);
        assert_int_equal(sunlot_score_parse(&parsed, text), cases[i].one_form);
        assert_int_equal(parsed, cases[i].one_form ? cases[i].value : 4711);
    }
}

/* Items of 12 bytes: a key that repeats and the place it came from. */
typedef struct {
    uint32_t key, place, pad;
} item;

static int by_key(const void *a, const void *b, const void *user)
{
    const item *x = a, *y = b;
    int up = (x->key > y->key) - (x->key < y->key);
    return *(const int *)user * up;
}

static void test_sort(void **state)
{
    (void)state;
    static item all[300], all_scratch[300];
    for (int direction = -1; direction <= 1; direction++)
        for (uint32_t keys = 1; keys < 300; keys = keys * 3 + 1)
            for (uint32_t n = 0; n < 300; n = n < 40 ? n + 1 : n + 37) {
                /* At the end of the arrays, so that reading past them is noticed. */
                item *items = all + 300 - n, *scratch = all_scratch + 300 - n;
                for (uint32_t i = 0; i < n; i++) items[i] = (item){(i * 2654435761u >> 7) % keys, i, ~i};
                sunlot_sort(items, n, sizeof *items, by_key, &direction, scratch);
                for (uint32_t i = 0; i < n; i++) {
                    assert_int_equal(items[i].key, (items[i].place * 2654435761u >> 7) % keys);
                    assert_int_equal(items[i].pad, ~items[i].place);
                    if (i == 0) continue;
                    int order = by_key(&items[i - 1], &items[i], &direction);
                    assert_true(order < 0 || (order == 0 && items[i - 1].place < items[i].place));
                }
            }
}

static void test_error_names(void **state)
{
    (void)state;
    assert_string_equal(sunlot_err_name(SUNLOT_OK), "SUNLOT_OK");
    assert_string_equal(sunlot_err_name(SUNLOT_ERR_NOT_PLACED), "SUNLOT_ERR_NOT_PLACED");
    assert_string_equal(sunlot_err_name(1), "SUNLOT_ERR_UNKNOWN");
    assert_string_equal(sunlot_err_name(-1), "SUNLOT_ERR_UNKNOWN");
    int known = 0;
    for (int err = -100; err < 100; err++) known += strcmp(sunlot_err_name(err), "SUNLOT_ERR_UNKNOWN") != 0;
    assert_int_equal(known, 15);
}

static void test_root(void **state)
{
    (void)state;
    static const uint64_t squares[] = {0, 1, 4, 9, 144, UINT64_C(24494) * 24494, UINT64_C(0xffffffff) * 0xffffffff};
    for (size_t i = 0; i < sizeof squares / sizeof *squares; i++) {
        const uint32_t root = sunlot_number_root(squares[i]);
        assert_true((uint64_t)root * root == squares[i]);
        if (squares[i] > 0) assert_int_equal(sunlot_number_root(squares[i] - 1), root - 1);
        if (root < UINT32_MAX) assert_int_equal(sunlot_number_root(squares[i] + 2 * (uint64_t)root), root);
    }
    assert_int_equal(sunlot_number_root(UINT64_MAX), UINT32_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_orders),         cmocka_unit_test(test_parts),      cmocka_unit_test(test_hex),
        cmocka_unit_test(test_buffer),         cmocka_unit_test(test_numbers),    cmocka_unit_test(test_decimal_write),
        cmocka_unit_test(test_score_one_form), cmocka_unit_test(test_score_read), cmocka_unit_test(test_sort),
        cmocka_unit_test(test_error_names),    cmocka_unit_test(test_root),
    };
    return cmocka_run_group_tests_name("bytes", tests, NULL, NULL);
}
