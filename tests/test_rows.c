/* What lines of students say of the children: values, and figures in place of tokens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/made_log.h"
#include "support/small_roster.h"

/* One line a student. */
typedef struct {
    char text[4096];
    size_t n;
} said;

static void say(said *s, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int n = vsnprintf(s->text + s->n, sizeof s->text - s->n, format, arguments);
    va_end(arguments);
    assert_true(n >= 0 && (size_t)n < sizeof s->text - s->n);
    s->n += (size_t)n;
}

static void take(void *user, const sunlot_row_info *row)
{
    said *s = user;
    say(s, "%u", (unsigned)row->student);
    for (uint32_t i = 0; i < row->cells; i++)
        say(s, " %.*s%s[%.*s]", (int)row->cell[i].column.n, row->cell[i].column.p, row->cell[i].number ? "#" : "", (int)row->cell[i].value.n,
            row->cell[i].value.p);
    if (row->together > 0) say(s, " with %u", (unsigned)row->together);
    for (uint32_t i = 0; i < row->limits; i++) say(s, " most %u with %u", (unsigned)row->limit[i].most, (unsigned)row->limit[i].others);
    if (row->recused) say(s, " recused");
    if (row->seats > 1) say(s, " seats %u", (unsigned)row->seats);
    if (row->lock_class.n > 0)
        say(s, " in %.*s by %.*s of %.*s", (int)row->lock_class.n, row->lock_class.p, (int)row->lock_reason.n, row->lock_reason.p, (int)row->lock_authority.n,
            row->lock_authority.p);
    say(s, "\n");
}

static void test_rows(void **state)
{
    (void)state;
    said s = {.n = 0};
    sunlot_roster *r = small_roster_new("rule,students,absent,math,0,\nrule,students,balance,sex,,\nrule,students,mean,math,1,\nrule,students,balance,art,,B\n"
                                        "school,A\nclass,1,\nclass,2,\nlock,05,2\nlimit,1\nlimit,2\nteacher,a1,x,1,yes,\nteacher,a2,x,1,yes,\n"
                                        "student,01,,,,,97.5,f\nstudent,02,1,1,,,,\nstudent,03,1,1;2,a2,,3,m\nstudent,04,1,2,,3,-0.001,m\nstudent,05,,2,,,4,f\n"
                                        "school,B\nclass,1,\nstudent,11,,,,,2,1,f\n");
    sunlot_roster_rows(r, 0, take, &s);
    assert_string_equal(s.text, "0 math#[97.5] sex[f]\n"
                                "1 math#[] sex[] with 2 most 1 with 1\n"
                                "2 math#[3] sex[m] with 2 most 1 with 1 most 2 with 2 recused\n"
                                "3 math#[-0.001] sex[m] with 2 most 2 with 2 seats 3\n"
                                "4 math#[4] sex[f] most 2 with 2 in 2 by x of x\n");
    s.n = 0;
    sunlot_roster_rows(r, 1, take, &s);
    assert_string_equal(s.text, "0 art[2] math#[1] sex[f]\n"); /* tokens of another school count nothing */
    s.n = 0;
    sunlot_roster_rows(r, 0, take, &s);
    assert_non_null(strstr(s.text, "3 math#[-0.001] sex[m] with 2 most 2 with 2 seats 3\n"));
    sunlot_roster_free(r);
}

/* As a log has them; of its public edition nobody knows them. */
static void test_editions(void **state)
{
    (void)state;
    static const made_edit auditors[] = {{"fact,rows,public\n", "fact,rows,auditors\n"}, {NULL, NULL}};
    said s = {.n = 0};
    sunlot_log *log;
    sunlot_fault fault;
    sunlot_buffer full = made_log(MADE_ANNOUNCED, auditors), public_ = {0};
    assert_int_equal(sunlot_log_read(&log, made_view(&full), &fault, NULL), SUNLOT_OK);
    sunlot_roster_rows(sunlot_log_roster(log), 0, take, &s);
    assert_string_equal(s.text, "0 sex[F]\n1 sex[F]\n2 sex[M,x]\n3 sex[M,x]\n");
    sunlot_log_free(log);
    assert_int_equal(sunlot_log_public(&public_, made_view(&full)), SUNLOT_OK);
    assert_int_equal(sunlot_log_read(&log, made_view(&public_), &fault, NULL), SUNLOT_OK);
    s.n = 0;
    sunlot_roster_rows(sunlot_log_roster(log), 0, take, &s);
    assert_int_equal(s.n, 0);
    sunlot_log_free(log);
    sunlot_buffer_free(&full);
    sunlot_buffer_free(&public_);
}

static int start(void **state)
{
    (void)state;
    return sunlot_init() == SUNLOT_OK ? 0 : 1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_editions)};
    return cmocka_run_group_tests_name("rows", tests, start, NULL);
}
