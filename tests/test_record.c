/* Records: one form, read and written; whatever is not that form is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "log/record.h"

#define T(literal) SUNLOT_TEXT(literal)

static sunlot_record record;

static const struct {
    const char *line;
    uint32_t fields;
    const char *field[4];
} good[] = {
    {"a,b", 2, {"a", "b"}},
    {",", 2, {"", ""}},
    {"a,,,", 4, {"a", "", "", ""}},
    {"学生,一班,-,-0.5", 4, {"学生", "一班", "-", "-0.5"}},
    {"a,\"b,c\"", 2, {"a", "b,c"}},
    {"a,\"b\"\"c\"", 2, {"a", "b\"c"}},
    {"\"\"\"\",\",\"", 2, {"\"", ","}},
    {"\"\"\"\"\"\",x y", 2, {"\"\"", "x y"}},
    {"a,\",\",,\"\"\",\"\"\"", 4, {"a", ",", "", "\",\""}},
};

static void test_good(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        sunlot_text line = sunlot_text_of(good[i].line);
        assert_null(sunlot_record_parse(&record, line));
        assert_int_equal(record.fields, good[i].fields);
        for (uint32_t j = 0; j < record.fields; j++) assert_true(sunlot_text_equal(record.field[j], sunlot_text_of(good[i].field[j])));
        sunlot_buffer out = {0};
        assert_true(sunlot_record_write(&out, record.field, record.fields));
        assert_int_equal(out.n, line.n + 1);
        assert_memory_equal(out.p, line.p, line.n);
        assert_int_equal(out.p[line.n], '\n');
        sunlot_buffer_free(&out);
    }
}

static void refused(sunlot_text line, const char *phrase)
{
    const char *fault = sunlot_record_parse(&record, line);
    assert_non_null(fault);
    if (strstr(fault, phrase) == NULL) fail_msg("%.*s: %s", (int)line.n, line.p, fault);
}

static void test_refused(void **state)
{
    (void)state;
    refused(T(""), "empty line");
    refused((sunlot_text){NULL, 0}, "empty line");
    refused(T("a"), "one field");
    refused(T("\"a,b\""), "one field");
    refused(T("a,\"b\""), "quotation marks"); /* quoted without need */
    refused(T("a,\"\""), "quotation marks");
    refused(T("a,b\"c"), "quotation marks");     /* a stray one */
    refused(T("a,\"b,c"), "quotation marks");    /* left open */
    refused(T("a,\"b,c\"d"), "quotation marks"); /* text after the closing one */
    refused(T("a,\"b,c\" "), "quotation marks");
    refused(T("a, \"b,c\""), "quotation marks");
    refused(T("a,\"b,c\" ,d"), "quotation marks");
    refused(T("a,\" b,c\""), "space");
    refused(T("a,b "), "space");
    refused(T(" a,b"), "space");
    refused(T("a,b\r"), "control");
    refused(T("a,\"b,c\"\r"), "quotation marks");
    refused(T("a,\"b,\r\""), "control");
    refused(T("a,\"b,\n\""), "control");
    refused(T("a\nb,c"), "control");
    refused(T("a,\0"), "NUL");
    refused(T("a,\"\0,\""), "NUL");
    refused(T("a,\xff"), "UTF-8");
    refused(T("a,\",\xff\""), "UTF-8");
    refused(T("\xef\xbb\xbf"
              "a,b"),
            "control");
    refused(T("a,=1"), "spreadsheet");
    refused(T("a,\"=1,2\""), "spreadsheet");
    refused(T("a,-b"), "spreadsheet");
}

/* The limits: 1,024 bytes a field, SUNLOT_RECORD_FIELDS fields, 65,536 bytes a line; with and without quotation marks. */
static void test_limits(void **state)
{
    (void)state;
    static char line[SUNLOT_MAX_LINE_BYTES + 1], quoted_line[2 * SUNLOT_MAX_FIELD_BYTES + 8];
    memset(line, 'a', sizeof line);
    line[1] = ',';
    assert_null(sunlot_record_parse(&record, (sunlot_text){line, 2 + SUNLOT_MAX_FIELD_BYTES}));
    refused((sunlot_text){line, 3 + SUNLOT_MAX_FIELD_BYTES}, "1,024 bytes");

    /* a,"…,…" and a,"""""…""" with a field of 1,023, 1,024, 1,025, 1,026, 1,027, 1,028 bytes. */
    for (size_t length = SUNLOT_MAX_FIELD_BYTES - 1; length <= SUNLOT_MAX_FIELD_BYTES + 4; length++) {
        size_t n = 0;
        memcpy(quoted_line, "a,\"", 3);
        memset(quoted_line + 3, 'b', length);
        quoted_line[10] = ',';
        quoted_line[3 + length] = '"';
        const char *fault = sunlot_record_parse(&record, (sunlot_text){quoted_line, length + 4});
        assert_int_equal(fault == NULL, length <= SUNLOT_MAX_FIELD_BYTES);
        assert_true(fault == NULL || strstr(fault, "1,024 bytes") != NULL);
        if (length % 2 == 0 && length <= SUNLOT_MAX_FIELD_BYTES + 2) {
            n = 2 + 2 * length + 2;
            memset(quoted_line + 2, '"', n - 2);
            fault = sunlot_record_parse(&record, (sunlot_text){quoted_line, n});
            assert_int_equal(fault == NULL, length <= SUNLOT_MAX_FIELD_BYTES);
        }
    }

    memset(line, ',', SUNLOT_RECORD_FIELDS);
    assert_null(sunlot_record_parse(&record, (sunlot_text){line, SUNLOT_RECORD_FIELDS - 1}));
    assert_int_equal(record.fields, SUNLOT_RECORD_FIELDS);
    refused((sunlot_text){line, SUNLOT_RECORD_FIELDS}, "more fields");
    char many[SUNLOT_RECORD_FIELDS + 3];
    memset(many, ',', sizeof many);
    memcpy(many, "\",\"", 3);
    assert_null(sunlot_record_parse(&record, (sunlot_text){many, SUNLOT_RECORD_FIELDS + 2}));
    assert_int_equal(record.fields, SUNLOT_RECORD_FIELDS);
    refused((sunlot_text){many, SUNLOT_RECORD_FIELDS + 3}, "more fields");

    /* 64 fields of 1,023 bytes and 63 commas are 65,535 bytes: the longest line that fields of this length give. */
    memset(line, 'a', sizeof line);
    for (size_t i = SUNLOT_MAX_FIELD_BYTES - 1; i < sizeof line; i += SUNLOT_MAX_FIELD_BYTES) line[i] = ',';
    assert_null(sunlot_record_parse(&record, (sunlot_text){line, SUNLOT_MAX_LINE_BYTES - 1}));
    line[SUNLOT_MAX_LINE_BYTES - 1] = 'a';
    assert_null(sunlot_record_parse(&record, (sunlot_text){line, SUNLOT_MAX_LINE_BYTES}));
    refused((sunlot_text){line, SUNLOT_MAX_LINE_BYTES + 1}, "65,536 bytes");
}

/* What is read is written as the same bytes, and its fields are what SPEC 2 allows. */
static bool read_as_itself(sunlot_text line)
{
    if (sunlot_record_parse(&record, line) != NULL) return false;
    assert_true(record.fields >= 2);
    for (uint32_t i = 0; i < record.fields; i++) assert_int_equal(sunlot_field_check(record.field[i]), 0);
    sunlot_buffer out = {0};
    assert_true(sunlot_record_write(&out, record.field, record.fields));
    assert_int_equal(out.n, line.n + 1);
    assert_memory_equal(out.p, line.p, line.n);
    sunlot_buffer_free(&out);
    return true;
}

/* Every change of one byte, every byte left out and every byte put in. */
static void test_mutations(void **state)
{
    (void)state;
    uint32_t taken = 0, not_taken = 0;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        sunlot_text line = sunlot_text_of(good[i].line);
        char changed[64];
        assert_true(line.n + 1 < sizeof changed);
        for (size_t at = 0; at <= line.n; at++)
            for (unsigned c = 0; c < 256; c++)
                for (int how = 0; how < 3; how++) {
                    /* how 0: put in, 1: change, 2: leave out. */
                    if (how > 0 && (at == line.n || (how == 2 && c > 0))) continue;
                    size_t n = 0, from = at + (how > 0);
                    memcpy(changed, line.p, at);
                    n = at;
                    if (how < 2) changed[n++] = (char)c;
                    memcpy(changed + n, line.p + from, line.n - from);
                    n += line.n - from;
                    if (read_as_itself((sunlot_text){changed, n}))
                        taken++;
                    else
                        not_taken++;
                }
    }
    assert_true(taken > 5000 && not_taken > 5000);
}

/* All lines of up to seven of these characters: the number of lines that are read is that of the records whose form has this length. */
static void test_every_short_line(void **state)
{
    (void)state;
    /* Count fields whose form has n characters: all of a (n), or quoted with k contents of which q are quotation marks, k + q + 2 = n, at least
     * one comma or quotation mark among them. */
    uint64_t plain[8], field[8] = {0}, records[8] = {0}, one[8][8] = {{0}}, contents[8] = {1};
    for (size_t n = 0; n < 8; n++) plain[n] = 1;
    /* contents[n]: strings over a , "" of n characters. */
    for (size_t n = 1; n < 8; n++) contents[n] = 2 * contents[n - 1] + (n > 1 ? contents[n - 2] : 0);
    for (size_t n = 0; n < 8; n++) field[n] = plain[n] + (n >= 2 ? contents[n - 2] - plain[n - 2] : 0);
    for (size_t n = 0; n < 8; n++) one[1][n] = field[n];
    for (size_t fields = 2; fields < 8; fields++)
        for (size_t n = 0; n < 8; n++) {
            for (size_t last = 0; last + 1 <= n; last++) one[fields][n] += one[fields - 1][n - 1 - last] * field[last];
            records[n] += one[fields][n];
        }
    records[7]++; /* eight empty fields */

    for (size_t n = 1; n < 8; n++) {
        uint64_t all = 1, taken = 0;
        for (size_t i = 0; i < n; i++) all *= 3;
        for (uint64_t number = 0; number < all; number++) {
            char line[8];
            uint64_t rest = number;
            for (size_t i = 0; i < n; i++, rest /= 3) line[i] = "a,\""[rest % 3];
            taken += read_as_itself((sunlot_text){line, n});
        }
        assert_int_equal(taken, records[n]);
    }
}

static void test_memory(void **state)
{
    (void)state;
    const sunlot_text field[] = {T("a"), T("b,\"c")};
    sunlot_buffer out = {0};
    sunlot_alloc_refuse(1, true);
    assert_false(sunlot_record_write(&out, field, 2));
    assert_int_equal(out.n, 0);
    /* Reading takes no memory, with quotation marks either. */
    assert_null(sunlot_record_parse(&record, T("a,\"b,\"\"c\"")));
    sunlot_alloc_refuse(0, false);
    assert_true(sunlot_text_equal(record.field[1], field[1]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),      cmocka_unit_test(test_refused),          cmocka_unit_test(test_limits),
        cmocka_unit_test(test_mutations), cmocka_unit_test(test_every_short_line), cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
