/* What pages are made of: text that stays text, numbers as they are printed, names in the order of lists. */
#define _POSIX_C_SOURCE 200809L /* open_memstream */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/characters.h"
#include "pages/figure_plot.h"
#include "common/name_order.h"
#include "pages/page.h"

static char *written;
static size_t written_n;

static FILE *begin(void)
{
    FILE *to = open_memstream(&written, &written_n);
    assert_non_null(to);
    return to;
}

static void assert_written(FILE *to, const char *expected)
{
    assert_int_equal(fclose(to), 0);
    assert_string_equal(written, expected);
    free(written);
}

static void text_stays_text(void **state)
{
    (void)state;
    static const struct {
        const char *text, *page;
    } cases[] = {
        {"", ""},
        {"班级 1", "班级 1"},
        {"<b>&\"'</b>", "&lt;b&gt;&amp;&quot;&#39;&lt;/b&gt;"},
        {"a\x80z", "a\xef\xbf\xbdz"},             /* malformed */
        {"\xe7\x8f", "\xef\xbf\xbd\xef\xbf\xbd"}, /* cut off */
        {"a\xe2\x80\xae"
         "b",
         "a\xef\xbf\xbd"
         "b"}, /* U+202E turns the line round */
        {"a\x1b[1m\n", "a\xef\xbf\xbd[1m\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        FILE *to = begin();
        page_put(to, cases[i].text);
        assert_written(to, cases[i].page);
    }
    FILE *to = begin();
    page_say(to, "p", "%s <%d>", "a & b", 5);
    assert_written(to, "<p>a &amp; b &lt;5&gt;</p>\n");
}

static void decimals_are_rounded(void **state)
{
    (void)state;
    static const struct {
        int64_t value;
        unsigned decimals;
        bool sign;
        const char *text;
    } cases[] = {
        {0, 2, true, "0.00"},    {1234567, 5, false, "12.34567"}, {1234567, 2, false, "12.35"}, {499, 2, true, "0.00"},
        {500, 2, true, "+0.01"}, {-499, 2, false, "0.00"},        {-500, 2, false, "−0.01"},    {-23514, 5, false, "−0.23514"},
        {100000, 0, false, "1"}, {149999, 0, false, "1"},         {150000, 0, false, "2"},      {INT64_C(99999999900000), 5, false, "999999999.00000"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        FILE *to = begin();
        figure_decimal(to, cases[i].value, cases[i].decimals, cases[i].sign);
        assert_written(to, cases[i].text);
    }
    assert_int_equal(figure_decimals(50000), 2);
    assert_int_equal(figure_decimals(10000), 2);
    assert_int_equal(figure_decimals(9999), 3);
    assert_int_equal(figure_decimals(100), 4);
    assert_int_equal(figure_decimals(1), 5);
}

/* Of characters that GB2312 orders by pinyin: ce li mou shi yan; then those that it orders by their strokes; Latin letters before all. */
static void names_stand_by_pinyin(void **state)
{
    (void)state;
    static const char *const name[] = {"", "Anon", "anon", "测试", "例示", "例示甲", "某甲", "示例", "演示"};
    name_order order;
    name_order_begin(&order);
    char last[64] = "";
    size_t last_n = 0;
    for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
        char key[64];
        const size_t n = name_order_key(&order, key, text_of(name[i]));
        assert_true(n <= 2 * strlen(name[i]));
        if (i > 0) assert_true(text_order((sunlot_text){last, last_n}, (sunlot_text){key, n}) < 0);
        memcpy(last, key, n);
        last_n = n;
    }
    char key[64];
    assert_int_equal(name_order_key(&order, key, text_of("\xf0\xa0\x80\x80")), 4); /* U+20000 has four bytes there too */
    assert_int_equal(name_order_key(&order, key, text_of("a\x80")), 2);            /* what is no character keeps its bytes */
    assert_memory_equal(key, "a\x80", 2);
    name_order_end(&order);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_stays_text),
        cmocka_unit_test(decimals_are_rounded),
        cmocka_unit_test(names_stand_by_pinyin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
