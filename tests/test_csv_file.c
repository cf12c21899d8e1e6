/* Tables from bytes: what is read, and each fault with its physical line and field. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "roster/csv_file.h"
#include "support/made_input.h"

/* Read, and write what was read as `header|header/line:cell|cell/…`, then what was reported. */
static void read_text(made_report *report, char *table, sunlot_csv_file *f, sunlot_text bytes)
{
    sunlot_issue_list issues = {0};
    sunlot_buffer out = {0};
    memset(report, 0, sizeof *report);
    assert_true(sunlot_csv_file_read(f, SUNLOT_FILE_STUDENTS, bytes, 5, &issues, NULL));
    for (uint32_t c = 0; c < f->columns; c++) assert_true(sunlot_buffer_text(&out, f->header[c]) && sunlot_buffer_byte(&out, '|'));
    for (uint32_t row = 0; f->sound && row < f->rows; row++) {
        assert_true(sunlot_buffer_byte(&out, '/') && sunlot_buffer_number(&out, f->line[row]) && sunlot_buffer_byte(&out, ':'));
        for (uint32_t c = 0; c < f->columns; c++) assert_true(sunlot_buffer_text(&out, sunlot_csv_file_cell(f, row, c)) && sunlot_buffer_byte(&out, '|'));
    }
    if (out.n > 0) memcpy(table, out.p, out.n);
    table[out.n] = 0;
    sunlot_buffer_free(&out);
    assert_true(sunlot_issue_list_report(&issues, made_report_add, report));
    assert_int_equal(f->complete, report->issues == 0);
    sunlot_issue_list_free(&issues);
}

typedef struct {
    const char *bytes, *table, *report;
} read_case;

static void check(const read_case *cases, size_t count)
{
    static made_report report;
    static char table[1 << 16];
    for (size_t i = 0; i < count; i++) {
        sunlot_csv_file f;
        /* A copy without a final zero, so that reading beyond the end is noticed. */
        const size_t n = strlen(cases[i].bytes);
        char *exact = malloc(n > 0 ? n : 1);
        assert_non_null(exact);
        memcpy(exact, cases[i].bytes, n);
        read_text(&report, table, &f, (sunlot_text){exact, n});
        assert_string_equal(table, cases[i].table);
        assert_string_equal(report.text, cases[i].report);
        sunlot_csv_file_free(&f);
        free(exact);
    }
    assert_int_equal(sunlot_alloc_live(), 0);
}

static void test_good(void **state)
{
    (void)state;
    static const read_case cases[] = {
        {"id,name\n1,Ann\n2,Bob\n", "id|name|/2:1|Ann|/3:2|Bob|", ""},
        {"id,name\r\n1,Ann\r\n2,Bob\r\n", "id|name|/2:1|Ann|/3:2|Bob|", ""},
        {"\xEF\xBB\xBFid,name\n1,Ann", "id|name|/2:1|Ann|", ""},
        {"\xEF\xBB\xBF\"id\",name\n1,Ann", "id|name|/2:1|Ann|", ""},
        {"id,name\n", "id|name|", ""},
        {"id\n1", "id|/2:1|", ""},
        {"编号,姓名\n1,\"安, 安\"\n2,\"a\"\"b\"\n3,\"\"\n", "编号|姓名|/2:1|安, 安|/3:2|a\"b|/4:3||", ""},
        {"\n\r\n# note, \"open\n,,\n\"#also\",x\nid,name\n\n,\n\"\",\"\"\n#\n1,Ann\n#,\n\n2,Bob\n", "id|name|/11:1|Ann|/14:2|Bob|", ""},
        {"id,name\n1,a b\n2,a  #b\n", "id|name|/2:1|a b|/3:2|a  #b|", ""},
        {"id,name\n1,-\n2,-1.5\n", "id|name|/2:1|-|/3:2|-1.5|", ""},
    };
    check(cases, sizeof cases / sizeof *cases);
}

static void test_structure(void **state)
{
    (void)state;
    static const read_case cases[] = {
        {"", "", "students 0:0  100 [] []\n"},
        {"\n#x\n,,\n", "", "students 0:0  100 [] []\n"},
        {"id,name\n1,\"Ann\n2,Bob\n", "id|name|/3:2|Bob|", "students 2:2 name 107 [] []\n"},
        {"id,name\n1,\"Ann\n2,Bo,\"x\"\n3,Cid\n", "id|name|/4:3|Cid|", "students 2:2 name 107 [] []\nstudents 3:3  109 [3] [2]\n"},
        {"id,name\n1,\"Ann", "id|name|", "students 2:2 name 107 [] []\n"},
        {"\"id,name\n1,Ann\n", "", "students 1:1  107 [] []\n"},
        {"id,name\n1,A\"nn\n2,\"B\"ob\n3,\"C\" \n4,Dee\n", "id|name|/5:4|Dee|",
         "students 2:2 name 108 [] []\nstudents 3:2 name 108 [] []\nstudents 4:2 name 108 [] []\n"},
        {"id,name\n1\n2,Bob,x\n3,Cid,\n4,Dee\n", "id|name|/5:4|Dee|", "students 2:2 name 109 [1] [2]\nstudents 3:3  109 [3] [2]\nstudents 4:3  109 [3] [2]\n"},
        {"id,,name,\n1,2,3,4\n", "id||name||", "students 1:2  113 [] []\nstudents 1:4  113 [] []\n"},
        {"id,name,id,姓名\n", "id|name|id|姓名|", "students 1:3  114 [id] [id]\nstudents 1:4  114 [姓名] [name]\n"},
        /* Said once, for the header, whatever the rows hold. */
        {"id;name\n1;Ann\n", "", "students 1:0  118 [;] [,]\n"},
        {"#x\nid\tname\n1\tAnn\n2,Bob\n", "", "students 2:0  118 [TAB] [,]\n"},
        {"编号，姓名\n1，Ann\n", "", "students 1:0  118 [，] [,]\n"},
        {"编号；姓名\n", "", "students 1:0  118 [；] [,]\n"},
        {"i;d,name\n1,Ann\n", "i;d|name|/2:1|Ann|", ""},
        {"id\n1\n2\n3\n4\n5\n6\n7\n", "id|/2:1|/3:2|/4:3|/5:4|/6:5|", "students 7:0  117 [6] [5]\n"},
    };
    check(cases, sizeof cases / sizeof *cases);
}

static void test_fields(void **state)
{
    (void)state;
    static const read_case cases[] = {
        /* A line break inside quotes is counted, and refused where it stands. */
        {"id,name\n1,\"An\nn\"\n2,Bob\n", "id|name|/4:2|Bob|", "students 2:2 name 110 [U+000A] []\n"},
        {"id,name\r\n\"1\r\n\",\"An\r\n\r\nn\"\r\n2,Bob\r\n", "id|name|/6:2|Bob|", "students 2:1 id 110 [U+000A] []\nstudents 3:2 name 110 [U+000A] []\n"},
        {"id,name\n1,An\rn\n2,Bob\r\n\r3,\n4,Dee\r", "id|name|/2:1|An\rn|/3:2|Bob|/4:\r3||/5:4|Dee\r|",
         "students 2:2 name 106 [] []\nstudents 4:1 id 106 [] []\nstudents 5:2 name 106 [] []\n"},
        {"id,name\r1,Ann\r2,Bob\r", "id|name\r1|Ann\r2|Bob\r|", "students 1:2  106 [] []\nstudents 1:3  106 [] []\nstudents 1:4  106 [] []\n"},
        /* A file of the old Macintosh that begins with a comment is one line, and no comment. */
        {"#note\rid,name\r1,Ann\r", "", "students 1:0  106 [] []\n"},
        {"id,name\n#2,Bob\r3,Cid\n4,Dee\n", "id|name|/3:4|Dee|", "students 2:0  106 [] []\n"},
        {"id,name\n1, Ann\n2,Bob \n\xE3\x80\x80\x33,\xC2\xA0\n", "id|name|/2:1| Ann|/3:2|Bob |/4:\xE3\x80\x80\x33|\xC2\xA0|",
         "students 2:2 name 111 [ Ann] []\nstudents 3:2 name 111 [Bob ] []\nstudents 4:1 id 111 [\xE3\x80\x80\x33] []\nstudents 4:2 name 111 [\xC2\xA0] []\n"},
        {"id,name\n1,=1+1\n2,@x\n3,+4\n4,-x\n", "id|name|/2:1|=1+1|/3:2|@x|/4:3|+4|/5:4|-x|",
         "students 2:2 name 112 [=1+1] []\nstudents 3:2 name 112 [@x] []\nstudents 4:2 name 112 [+4] []\nstudents 5:2 name 112 [-x] []\n"},
        {"id,name\n1,A\tn\n2,\xC2\x85\n3,a\xE2\x80\xAEz\n4,b\xEF\xBB\xBF\n", "id|name|/2:1|A\tn|/3:2|\xC2\x85|/4:3|a\xE2\x80\xAEz|/5:4|b\xEF\xBB\xBF|",
         "students 2:2 name 110 [U+0009] []\nstudents 3:2 name 110 [U+0085] []\nstudents 4:2 name 110 [U+202E] []\nstudents 5:2 name 110 [U+FEFF] []\n"},
        {"id,name\n1,\xE9\n2,\xED\xA0\x80\n", "id|name|/2:1|\xE9|/3:2|\xED\xA0\x80|", "students 2:2 name 104 [0xE9] []\nstudents 3:2 name 104 [0xED] []\n"},
        {"id, name\n1,Ann\n", "id| name|", "students 1:2  111 [ name] []\n"},
    };
    check(cases, sizeof cases / sizeof *cases);
}

static void test_nul(void **state)
{
    (void)state;
    static made_report report;
    static char table[100];
    static const char bytes[] = "id,name\n1,A\0n\n2,Bob\n";
    sunlot_csv_file f;
    read_text(&report, table, &f, (sunlot_text){bytes, sizeof bytes - 1});
    assert_string_equal(report.text, "students 2:2 name 105 [U+0000] []\n");
    assert_int_equal(f.rows, 2);
    assert_int_equal(sunlot_csv_file_cell(&f, 0, 1).n, 3);
    sunlot_csv_file_free(&f);
}

static void test_lengths(void **state)
{
    (void)state;
    static made_report report;
    static char table[1 << 18], bytes[1 << 18];
    sunlot_csv_file f;
    /* 1,024 bytes are a field, 1,025 are not. */
    for (size_t n = SUNLOT_MAX_FIELD_BYTES; n <= SUNLOT_MAX_FIELD_BYTES + 1; n++) {
        memcpy(bytes, "id\n", 3);
        memset(bytes + 3, 'x', n);
        read_text(&report, table, &f, (sunlot_text){bytes, 3 + n});
        assert_string_equal(report.text, n == SUNLOT_MAX_FIELD_BYTES ? "" : "students 2:1 id 103 [1025] [1024]\n");
        assert_int_equal(f.rows, 1);
        sunlot_csv_file_free(&f);
    }
    /* A line too long is passed over; so is an open quote with nothing that closes it within a line's length. */
    memset(bytes, 'x', sizeof bytes);
    memcpy(bytes, "id\n", 3);
    memcpy(bytes + 3 + 65537, "\n\"y\n", 4);
    for (size_t i = 100000; i < sizeof bytes; i += 1000) bytes[i] = '\n';
    bytes[200000] = '\"';
    read_text(&report, table, &f, (sunlot_text){bytes, 70000});
    assert_string_equal(report.text, "students 2:0  103 [65537] [65536]\nstudents 3:1 id 107 [] []\nstudents 4:1 id 103 [4456] [1024]\n");
    sunlot_csv_file_free(&f);
    /* Lines that end with CR alone are one line for this reader. */
    for (size_t i = 3; i < sizeof bytes; i += 10) bytes[i] = '\r';
    bytes[sizeof bytes - 1] = '\n';
    for (size_t i = 0; i + 1 < sizeof bytes; i++) bytes[i] = bytes[i] == '\n' ? 'x' : bytes[i];
    read_text(&report, table, &f, (sunlot_text){bytes, sizeof bytes});
    assert_string_equal(report.text, "students 1:0  106 [] []\n");
    sunlot_csv_file_free(&f);
    /* A file too large is not looked at. */
    read_text(&report, table, &f, (sunlot_text){bytes, (size_t)SUNLOT_MAX_INPUT_BYTES + 1});
    assert_string_equal(report.text, "students 0:0  102 [1073741825] [1073741824]\n");
    sunlot_csv_file_free(&f);
    assert_int_equal(sunlot_alloc_live(), 0);
}

static void test_find(void **state)
{
    (void)state;
    sunlot_csv_file f;
    sunlot_issue_list issues = {0};
    assert_true(sunlot_csv_file_read(&f, SUNLOT_FILE_STUDENTS, SUNLOT_TEXT("编号,name,座位,数学\n"), 5, &issues, NULL));
    assert_int_equal(sunlot_csv_file_find(&f, SUNLOT_TEXT("id")), 0);
    assert_int_equal(sunlot_csv_file_find(&f, SUNLOT_TEXT("编号")), 0);
    assert_int_equal(sunlot_csv_file_find(&f, SUNLOT_TEXT("姓名")), 1);
    assert_int_equal(sunlot_csv_file_find(&f, SUNLOT_TEXT("seats")), 2);
    assert_int_equal(sunlot_csv_file_find(&f, SUNLOT_TEXT("数学")), 3);
    assert_int_equal(sunlot_csv_file_find(&f, SUNLOT_TEXT("math")), SUNLOT_NONE32);
    sunlot_csv_file_free(&f);
}

/* Of more faults than are reported the first remain, in order, whatever the order in which they were found. */
static void test_many_issues(void **state)
{
    (void)state;
    static made_report report;
    sunlot_issue_list issues = {0};
    memset(&report, 0, sizeof report);
    for (uint32_t i = 0; i < 50000; i++) {
        const uint32_t line = 1 + i * 7919u % 50000u;
        sunlot_issue_list_add(&issues,
                              &(sunlot_issue){.code = SUNLOT_ISSUE_NUMBER, .file = SUNLOT_FILE_STUDENTS, .line = line, .column = 1, .found = SUNLOT_TEXT("x")});
        if (line == 3) sunlot_issue_list_add(&issues, &(sunlot_issue){.code = SUNLOT_ISSUE_RANGE, .file = SUNLOT_FILE_STUDENTS, .line = 3, .column = 1});
    }
    assert_true(sunlot_issue_list_report(&issues, made_report_add, &report));
    assert_int_equal(report.issues, SUNLOT_ISSUES_REPORTED);
    for (uint32_t i = 0; i < SUNLOT_ISSUES_REPORTED; i++) assert_int_equal(issues.item[i].line, i + 1);
    assert_false(report.seen[SUNLOT_ISSUE_RANGE]);
    sunlot_issue_list_free(&issues);
    assert_int_equal(sunlot_alloc_live(), 0);
}

/* libcsv retries smaller when it gets no memory, so refusals last. */
static void test_memory(void **state)
{
    (void)state;
    static const char bytes[] = "id,name\n1,\"Ann\n2,B\"ob\n3,Cid\n4,Dee\n\"5\n\",x\n";
    for (uint64_t after = 1;; after++) {
        sunlot_csv_file f;
        sunlot_issue_list issues = {0};
        sunlot_alloc_refuse(after, true);
        const bool read = sunlot_csv_file_read(&f, SUNLOT_FILE_STUDENTS, (sunlot_text){bytes, sizeof bytes - 1}, 5, &issues, NULL);
        const bool good = read && !issues.no_memory;
        sunlot_alloc_refuse(0, false);
        sunlot_csv_file_free(&f);
        sunlot_issue_list_free(&issues);
        assert_int_equal(sunlot_alloc_live(), 0);
        if (good) break;
        assert_true(after < 100);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),    cmocka_unit_test(test_structure), cmocka_unit_test(test_fields),      cmocka_unit_test(test_nul),
        cmocka_unit_test(test_lengths), cmocka_unit_test(test_find),      cmocka_unit_test(test_many_issues), cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests_name("csv_file", tests, NULL, NULL);
}
