/* Work done by a crew, whichever piece is done first, comes to the same: a district large enough for several pieces of each kind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/bytes.h"
#include "log/log.h"
#include "roster/csv_file.h"
#include "support/made_crew.h"
#include "support/made_input.h"

enum { SCHOOLS = 4, STUDENTS = 1500, CLASSES = 30 };

static const sunlot_master master = {{9}};

static void add(sunlot_buffer *b, const char *text) { assert_true(sunlot_buffer_string(b, text)); }

static const char rules[] = "rule,who,column,value,school\ndraw,,district,Example,\ndraw,,year,2026,\ndraw,,grade,7,\n"
                            "source,,1,d10 39; one person a throw; throw again; other dice,\nrows,,,public; Example Office; Example Act,\n"
                            "balance,students,sex,,\nbalance,students,origin,,\nmean,students,math,5,\nabsent,students,math,mean,\n"
                            "together,students,twins,,\nspread,students,name,,\nmix,,,1,\n";

/* Students, school by school; the row at `wrong` of every school is not as it must be. */
static void write_files(sunlot_buffer *classes, sunlot_buffer *students, uint32_t wrong, bool quoted)
{
    char line[200];
    add(classes, "school,class,seats\n");
    add(students, "school,id,name,sex,math,origin,twins\n");
    for (uint32_t s = 0; s < SCHOOLS; s++) {
        for (uint32_t c = 1; c <= CLASSES; c++) {
            (void)snprintf(line, sizeof line, "School %u,%u,\n", (unsigned)s, (unsigned)c);
            add(classes, line);
        }
        for (uint32_t i = 0; i < STUDENTS; i++) {
            const char *math = i == wrong ? "8O" : i % 97 == 0 ? "" : "80.5";
            const char *origin = i % 3 == 0   ? (quoted ? "\"North, by the hill\""
                                                        : "North\xe3\x80\x81"
                                                          "by the hill")
                                 : i % 3 == 1 ? "South"
                                              : "\xe4\xb8\x9c";
            const uint32_t id = i == wrong ? 1 : s * STUDENTS + i;
            (void)snprintf(line, sizeof line, "School %u,K%u,%sName %u,%s,%s,%s,%s\n", (unsigned)s, (unsigned)id, i == wrong && !quoted ? " " : "",
                           (unsigned)(i / 3), i % 2 == 0 ? "f" : "m", math, origin, i == 8 || i == 9 ? "t" : "");
            add(students, line);
        }
    }
    assert_true(sunlot_buffer_byte(classes, 0) && sunlot_buffer_byte(students, 0));
}

static sunlot_err read_files(sunlot_enrolment **e, uint32_t wrong, bool quoted, made_report *report, const sunlot_crew *crew)
{
    sunlot_buffer classes = {0}, students = {0};
    write_files(&classes, &students, wrong, quoted);
    const char *const file[SUNLOT_FILE_COUNT] = {rules, classes.p, students.p, NULL};
    const sunlot_input input = made_input_of(file);
    memset(report, 0, sizeof *report);
    const sunlot_err err = sunlot_enrolment_read(e, &input, made_report_add, report, crew);
    sunlot_buffer_free(&classes);
    sunlot_buffer_free(&students);
    return err;
}

/* The table of a file, read in pieces: every cell and every line number, also where comments and blank lines stand between the rows. */
static void tables_are_the_same(void **state)
{
    (void)state;
    sunlot_buffer bytes = {0};
    add(&bytes, "# a comment\n\nid,name,none\n");
    for (uint32_t i = 0; bytes.n < 400000; i++) {
        char line[64];
        (void)snprintf(line, sizeof line, i % 11 == 0 ? "# %u\n" : i % 7 == 0 ? "\r\n" : i % 5 == 0 ? ",,%u\r\n" : "K%u,\xe6\x98\x9f,\n", (unsigned)i);
        add(&bytes, line);
    }
    sunlot_csv_file a, b, few;
    sunlot_issue_list issues = {0};
    assert_true(sunlot_csv_file_read(&a, SUNLOT_FILE_STUDENTS, sunlot_buffer_view(&bytes), 1000000, &issues, NULL));
    assert_true(sunlot_csv_file_read(&b, SUNLOT_FILE_STUDENTS, sunlot_buffer_view(&bytes), 1000000, &issues, &made_crew));
    assert_int_equal(issues.count, 0);
    assert_true(a.sound && a.complete && b.sound && b.complete);
    assert_int_equal(b.rows, a.rows);
    assert_int_equal(b.columns, 3);
    assert_memory_equal(b.line, a.line, a.rows * sizeof *a.line);
    assert_memory_equal(b.at, a.at, (a.rows * 3 + 1) * sizeof *a.at);
    assert_memory_equal(b.text, a.text, a.at[a.rows * 3]);
    assert_true(sunlot_csv_file_read(&few, SUNLOT_FILE_STUDENTS, sunlot_buffer_view(&bytes), a.rows - 1, &issues, &made_crew));
    assert_int_equal(few.rows, a.rows - 1);
    assert_int_equal(issues.count, 1);
    assert_int_equal(issues.item[0].code, SUNLOT_ISSUE_TOO_MANY);
    sunlot_csv_file_free(&a);
    sunlot_csv_file_free(&b);
    sunlot_csv_file_free(&few);
    sunlot_issue_list_free(&issues);
    sunlot_buffer_free(&bytes);
    assert_int_equal(sunlot_alloc_live(), 0);
}

static void faults_are_the_same(void **state)
{
    (void)state;
    static made_report alone, crew;
    sunlot_enrolment *e = NULL;
    for (int quoted = 0; quoted < 2; quoted++) {
        assert_int_equal(read_files(&e, 5, quoted != 0, &alone, NULL), SUNLOT_ERR_INPUT);
        assert_int_equal(read_files(&e, 5, quoted != 0, &crew, &made_crew), SUNLOT_ERR_INPUT);
        assert_int_equal(alone.issues, (quoted != 0 ? 2 : 3) * SCHOOLS); /* a score, an id, and perhaps a name in each */
        assert_int_equal(crew.issues, alone.issues);
        assert_string_equal(crew.text, alone.text);
        assert_null(e);
    }
    assert_int_equal(sunlot_alloc_live(), 0);
}

/* The announcement and the log that was read from it. */
static sunlot_buffer announce(sunlot_log **log, bool quoted, const sunlot_crew *crew)
{
    static made_report report;
    sunlot_enrolment *e = NULL;
    sunlot_roster *r = NULL;
    sunlot_buffer bytes = {0};
    const sunlot_err err = read_files(&e, UINT32_MAX, quoted, &report, crew);
    assert_string_equal(report.text, "");
    assert_int_equal(err, SUNLOT_OK);
    assert_int_equal(sunlot_roster_new(&r, e, SUNLOT_REHEARSAL, &master, crew), SUNLOT_OK);
    sunlot_enrolment_free(e);
    assert_int_equal(sunlot_announce(log, &bytes, NULL, NULL, r, &master, crew), SUNLOT_OK);
    sunlot_roster_free(r);
    return bytes;
}

static void check_log(bool quoted)
{
    const uint8_t seed[32] = {3};
    const sunlot_crew *const crew[] = {NULL, &made_crew};
    sunlot_buffer lines[2][3] = {{{0}}};
    for (int i = 0; i < 2; i++) {
        sunlot_log *log, *again;
        sunlot_fault fault;
        lines[i][0] = announce(&log, quoted, crew[i]);
        assert_int_equal(sunlot_log_entropy_lines(&lines[i][1], log, SUNLOT_TEXT(""), NULL, seed, &master), SUNLOT_OK);
        assert_int_equal(sunlot_log_grow(log, sunlot_buffer_view(&lines[i][1]), &fault, crew[i]), SUNLOT_OK);
        sunlot_buffer result[SCHOOLS] = {{0}};
        for (uint32_t s = 0; s < SCHOOLS; s++) { /* any lines of the form of results */
            for (uint32_t row = 0; row < STUDENTS; row++)
                add(&result[s], row == 0 ? "placed,1,1,1,1,rehearsal-\xe6\xbc\x94\xe7\xbb\x83\n"
                                         : "seat,s00000000000000000000000000000000,1,G1,1,rehearsal-\xe6\xbc\x94\xe7\xbb\x83\n");
        }
        assert_int_equal(sunlot_log_result_lines(&lines[i][2], log, SUNLOT_TEXT(""), result, &master, crew[i]), SUNLOT_OK);
        assert_int_equal(sunlot_log_grow(log, sunlot_buffer_view(&lines[i][2]), &fault, crew[i]), SUNLOT_OK);
        assert_int_equal(sunlot_log_phase(log), SUNLOT_PHASE_RESULTS);

        sunlot_buffer all = {0};
        for (int part = 0; part < 3; part++) assert_true(sunlot_buffer_text(&all, sunlot_buffer_view(&lines[i][part])));
        assert_int_equal(sunlot_log_read(&again, sunlot_buffer_view(&all), &fault, crew[i]), SUNLOT_OK);
        for (uint32_t c = 0; c < 3; c++) {
            sunlot_checkpoint_state given;
            assert_int_equal(sunlot_checkpoint_check(again, c, NULL, &given), SUNLOT_OK);
            assert_int_equal(given.good, 1);
        }
        sunlot_log_free(again);
        sunlot_log_free(log);
        sunlot_buffer_free(&all);
        for (uint32_t s = 0; s < SCHOOLS; s++) sunlot_buffer_free(&result[s]);
    }
    for (int part = 0; part < 3; part++) {
        assert_true(sunlot_text_equal(sunlot_buffer_view(&lines[0][part]), sunlot_buffer_view(&lines[1][part])));
        sunlot_buffer_free(&lines[0][part]);
        sunlot_buffer_free(&lines[1][part]);
    }
    assert_int_equal(sunlot_alloc_live(), 0);
}

static void the_log_is_the_same(void **state)
{
    (void)state;
    check_log(false);
    check_log(true);
}

/* Where the pseudonym of the first or last student of a school stands. */
static char *pseudonym_of(const sunlot_buffer *bytes, const sunlot_log *log, uint32_t school, bool last)
{
    char *line = strstr(bytes->p + log->school_at[school], "\nstudent,");
    for (uint32_t i = 1; last && i < STUDENTS; i++) line = strchr(line + 1, '\n');
    return line + sizeof "\nstudent," - 1;
}

/* Two schools with one pseudonym, the lesser of their first ones or the greater of their last: both stay sorted. */
static void pseudonyms_are_told_apart(void **state)
{
    (void)state;
    for (uint32_t a = 0; a < SCHOOLS; a++) {
        for (uint32_t b = a + 1; b < SCHOOLS; b++) {
            sunlot_log *log;
            sunlot_fault fault = {0}, same = {0};
            sunlot_buffer bytes = announce(&log, b == 1, &made_crew);
            assert_true(sunlot_buffer_reserve(&bytes, 1));
            const bool last = (a + b) % 2 == 0;
            char *x = pseudonym_of(&bytes, log, a, last), *y = pseudonym_of(&bytes, log, b, last);
            if ((memcmp(x, y, 33) < 0) != last)
                memcpy(y, x, 33);
            else
                memcpy(x, y, 33);
            const uint64_t line = log->roster->school[b].first_line + 1 + CLASSES + log->roster->school[b].limits + (last ? STUDENTS - 1 : 0);
            sunlot_log_free(log);
            assert_int_equal(sunlot_log_read(&log, sunlot_buffer_view(&bytes), &fault, NULL), SUNLOT_ERR_LOG);
            assert_int_equal(fault.answer, SUNLOT_FAULT_ROSTER);
            assert_int_equal(fault.line, line);
            assert_string_equal(fault.what, "a pseudonym of two schools");
            assert_int_equal(sunlot_log_read(&log, sunlot_buffer_view(&bytes), &same, &made_crew), SUNLOT_ERR_LOG);
            assert_int_equal(same.line, line);
            assert_int_equal(sunlot_log_read_pieces(&log, sunlot_buffer_view(&bytes), &made_crew, 1000), SUNLOT_ERR_LOG);
            sunlot_buffer_free(&bytes);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_the_same),
        cmocka_unit_test(faults_are_the_same),
        cmocka_unit_test(the_log_is_the_same),
        cmocka_unit_test(pseudonyms_are_told_apart),
    };
    return sunlot_init() == SUNLOT_OK ? cmocka_run_group_tests_name("crew", tests, NULL, NULL) : 1;
}
