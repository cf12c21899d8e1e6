/* The check of the rules sees each kind of violation, and says which; results here are written by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "draw/rules.h"
#include "support/small_roster.h"

#define P(rung)                            "placed,1," rung ",1,1,live\n"
#define S(id, group, class_)               "seat,s" id "000000000000000000000000000000,1," group "," class_ ",live\n"
#define C(class_, team, subject, id, home) "section," class_ "," team "," subject ",t" id "000000000000000000000000000000," home ",live\n"

/* Four students in two classes, with nothing but seats. */
#define ROWS  "student,01,,,,\nstudent,02,,,,\nstudent,03,,,,\nstudent,04,,,,\n"
#define PLAIN "school,A\nclass,1,\nclass,2,\n" ROWS
#define GOOD  P("1") S("01", "G2", "1") S("02", "G2", "1") S("03", "G1", "2") S("04", "G1", "2")

/* And with teachers: 1 and 2 homeroom, 3 in both classes. */
#define STAFF      "school,A\nclass,1,\nclass,2,\nteacher,a1,chinese,1,yes,\nteacher,a2,chinese,1,yes,\nteacher,a3,maths,2,-,\n" ROWS
#define TAUGHT     GOOD C("1", "T1", "chinese", "a1", "homeroom") C("1", "T1", "maths", "a3", "-")
#define TAUGHT_ALL TAUGHT C("2", "T2", "chinese", "a2", "homeroom") C("2", "T2", "maths", "a3", "-")
#define GIVEN      "school,A\nclass,1,\nclass,2,\nteacher,a1,chinese,1,yes,2\nteacher,a2,chinese,1,-,1\nteacher,a3,maths,2,yes,1;2\n" ROWS
#define GIVEN_2    C("2", "T1", "chinese", "a2", "-") C("2", "T1", "maths", "a3", "homeroom")

/* Values of one column, sorted into classes as in GOOD: 1 gets the first two. */
#define WITH(rule, a, b, c, d) rule "school,A\nclass,1,\nclass,2,\nstudent,01,,,,," a "\nstudent,02,,,,," b "\nstudent,03,,,,," c "\nstudent,04,,,,," d "\n"
#define TEACHERS_WITH(rule, a, b, c, d)                                                                                                                        \
    rule "school,A\nclass,1,\nclass,2,\nteacher,a1,chinese,1,yes,," a "\nteacher,a2,chinese,1,yes,," b "\nteacher,a3,maths,1,-,," c                            \
         "\nteacher,a4,maths,1,-,," d "\n" ROWS
#define FOUR_TEACHERS                                                                                                                                          \
    GOOD C("1", "T1", "chinese", "a1", "homeroom") C("1", "T1", "maths", "a3", "-") C("2", "T2", "chinese", "a2", "homeroom") C("2", "T2", "maths", "a4", "-")

typedef struct {
    const char *roster, *lines, *what;
    uint64_t line; /* 0: that of `placed`, where nobody in particular is at fault */
    const char *found;
} rules_case;

static const rules_case sound[] = {
    {PLAIN, GOOD, "", 0, ""},
    {STAFF, TAUGHT_ALL, "", 0, ""},
    {GIVEN, GOOD C("1", "T2", "chinese", "a1", "homeroom") C("1", "T2", "maths", "a3", "-") GIVEN_2, "", 0, ""},
    {WITH("rule,students,balance,x,,\n", "f", "m", "m", "f"), GOOD, "", 0, ""},
    {WITH("rule,students,balance,x,,\n", "f", "m", "m", "m"), GOOD, "", 0, ""},
    {WITH("rule,students,band,x,2,\n", "1", "4", "2", "3"), GOOD, "", 0, ""},
    {WITH("rule,students,band,x,last 1,\n", "1", "4", "2", "3"), GOOD, "", 0, ""},
    {WITH("rule,students,absent,x,mean,\nrule,students,band,x,2,\n", "1", "", "2", ""), GOOD, "", 0, ""},
    {WITH("rule,students,mean,x,0.5 1,\n", "1", "4", "2", "3.002"), GOOD, "", 0, ""}, /* 2.5 and 2.501 */
    {WITH("rule,students,mean,x,2 4,\n", "2", "4", "2", "0"), GOOD, "", 0, ""},       /* 3 and 1: 1 from the mean, as far as may be */
    {WITH("rule,students,absent,x,mean,\nrule,students,mean,x,2,\n", "1", "5", "3", ""), GOOD, "", 0, ""},
    /* 2 0 2 2 from the mean: √2 in the school, √2 and √2; then 2 and 0, away by 0.58 and 1.41 */
    {WITH("rule,students,deviation,x,0.001,\n", "2", "4", "2", "0"), GOOD, "", 0, ""},
    {WITH("rule,students,deviation,x,2.83,\n", "0", "4", "2", "2"), GOOD, "", 0, ""},
    /* 1.826 and 1.414, 1.633 in the school */
    {WITH("rule,students,absent,x,mean,\nrule,students,deviation,x,0.44,\n", "0", "", "2", "4"), GOOD, "", 0, ""},
    {WITH("rule,students,deviation,x,0.001,\n", "7", "7", "7", "7"), GOOD, "", 0, ""},
    {WITH("rule,students,mean,x;y,0.001,\n", "1,5", "4,0", "2,4", "0,4"), GOOD, "", 0, ""},
    {WITH("rule,students,absent,x,mean,\nrule,students,absent,y,9,\nrule,students,mean,x;y,0.001,\n", ",5", "4,0", "1,3", ",4"), GOOD, "", 0, ""},
    {WITH("rule,students,band,x;y,2,\n", "1,5", "4,0", "2,5", "0,4"), GOOD, "", 0, ""},
    {TEACHERS_WITH("rule,teachers,deviation,x,0.001,\n", "1", "3", "1", "3"), FOUR_TEACHERS, "", 0, ""},
    {TEACHERS_WITH("rule,teachers,balance,x,,\n", "MA", "BA", "BA", "MA"), FOUR_TEACHERS, "", 0, ""},
    {TEACHERS_WITH("rule,teachers,mean,x,2,\n", "1", "2", "4", "3"), FOUR_TEACHERS, "", 0, ""},
    {"school,A\nclass,1,\nclass,2,\nclass,3,\n" ROWS, P("1") S("01", "G1", "3") S("02", "G1", "3") S("03", "G3", "1") S("04", "G2", "2"), "", 0, ""},
    {"school,A\nclass,1,1\nclass,2,3\n" ROWS, P("1") S("01", "G2", "2") S("02", "G2", "2") S("03", "G1", "1") S("04", "G2", "2"), "", 0, ""},
    {"school,A\nclass,1,\nclass,2,\nlock,03,2\nlimit,1\nstudent,01,1,1,,\nstudent,02,1,,,\nstudent,03,,1,,\nstudent,04,,,,\n",
     P("1") S("01", "G1", "1") S("02", "G1", "1") S("03", "G2", "2") S("04", "G2", "2"), "", 0, ""},
};

static const rules_case broken[] = {
    {PLAIN, "", "a school without result", 0, "A"},
    {PLAIN, GOOD P("1"), "a second result of a school", 5, "1"},
    {PLAIN, P("2"), "a rung that the school's ladders do not have", 0, "2"},
    {PLAIN, P("1") "seats,x\n", "a line that is no result", 1, "seats"},
    {PLAIN, P("1") "seat,\"\n", "a line that is no result", 1, "seat,\""},
    {PLAIN, P("1") S("09", "G1", "1"), "a seat of nobody of the school", 1, "s09000000000000000000000000000000"},
    {PLAIN, P("1") S("01", "G1", "1") S("01", "G2", "2"), "a student seated twice", 2, "s01000000000000000000000000000000"},
    {PLAIN, P("1") S("01", "G1", "3"), "a seat in a class that does not exist", 1, "s01000000000000000000000000000000, 3"},
    {PLAIN, P("1") S("01", "G3", "1"), "a seat in a group that does not exist", 1, "s01000000000000000000000000000000, G3"},
    {PLAIN, P("1") S("01", "G0", "1"), "a seat in a group that does not exist", 1, "s01000000000000000000000000000000, G0"},
    {PLAIN, P("1") S("01", "G1", "1") S("02", "G2", "1"), "two groups in one class", 2, "s02000000000000000000000000000000, 1, G2"},
    {PLAIN, P("1") S("01", "G2", "1") S("02", "G2", "1") S("03", "G1", "2"), "a student without a seat", 0, "s04000000000000000000000000000000"},
    {PLAIN, P("1") S("01", "G1", "1") S("02", "G1", "1") S("03", "G1", "2") S("04", "G1", "2"), "one group in two classes", 0, "2"},
    {PLAIN, P("1") S("01", "G1", "1") S("02", "G1", "1") S("03", "G1", "1") S("04", "G2", "2"), "a group larger or smaller than it must be", 0, "G1"},
    {"school,A\nclass,1,\nclass,2,\nclass,3,\n" ROWS, P("1") S("01", "G2", "3") S("02", "G2", "3") S("03", "G3", "1") S("04", "G1", "2"),
     "a group larger or smaller than it must be", 0, "G1"},
    {"school,A\nclass,1,1\nclass,2,3\n" ROWS, P("1") S("01", "G1", "2") S("02", "G1", "2") S("03", "G2", "1") S("04", "G1", "2"),
     "a group in a class that is not interchangeable with its own", 0, "1"},
    {"school,A\nclass,1,1\nclass,2,3\n" ROWS, P("1") S("01", "G1", "1") S("02", "G1", "1") S("03", "G2", "2") S("04", "G2", "2"),
     "more students in a class than it has seats", 0, "1"},
    {"school,A\nclass,1,\nclass,2,\nlock,03,2\n" ROWS, GOOD, "a group in a class that is not interchangeable with its own", 0, "1"},
    {"school,A\nclass,1,\nclass,2,\nlock,01,2\n" ROWS, P("1") S("01", "G1", "1") S("02", "G1", "1") S("03", "G2", "2") S("04", "G2", "2"),
     "a locked student in another class", 1, "s01000000000000000000000000000000, 2"},
    {"school,A\nclass,1,\nclass,2,\nstudent,01,,,,\nstudent,02,1,,,\nstudent,03,1,,,\nstudent,04,,,,\n", GOOD,
     "students who stay together, in different classes", 3, "s03000000000000000000000000000000, b1"},
    {"school,A\nclass,1,\nclass,2,\nlimit,1\nlimit,1\nstudent,01,,1,,\nstudent,02,,2,,\nstudent,03,,1;2,,\nstudent,04,,1,,\n", GOOD,
     "more students of a limit in a class than it allows", 4, "s04000000000000000000000000000000, a1, 2"},

    {STAFF, TAUGHT, "a class without a teacher of a subject", 0, "2, chinese"},
    {STAFF, GOOD C("3", "T1", "chinese", "a1", "homeroom"), "a section of a class that does not exist", 5, "3"},
    {STAFF, GOOD C("1", "T3", "chinese", "a1", "homeroom"), "a team that does not exist", 5, "1, T3"},
    {STAFF, GOOD C("1", "T1", "chinese", "a9", "homeroom"), "a section of no teacher of the school", 5, "1, ta9000000000000000000000000000000"},
    {STAFF, GOOD C("1", "T1", "maths", "a1", "homeroom"), "a section of a subject that its teacher does not teach", 5,
     "1, maths, ta1000000000000000000000000000000"},
    {STAFF, TAUGHT C("1", "T2", "chinese", "a2", "-"), "two teams in one class", 7, "1, T2"},
    {STAFF, TAUGHT C("1", "T1", "chinese", "a2", "-"), "two teachers of one subject in a class", 7, "1, chinese"},
    {STAFF, TAUGHT C("2", "T1", "chinese", "a2", "homeroom") C("2", "T1", "maths", "a3", "-"), "one team in two classes", 0, "2"},
    {STAFF, TAUGHT C("2", "T2", "chinese", "a2", "-") C("2", "T2", "maths", "a3", "-"), "a class without a homeroom teacher", 0, "2"},
    {STAFF, TAUGHT C("2", "T2", "chinese", "a1", "homeroom") C("2", "T2", "maths", "a3", "-"), "a teacher of more or fewer classes than announced", 0,
     "ta1000000000000000000000000000000"},
    {STAFF, GOOD C("1", "T1", "maths", "a3", "homeroom"), "a class with a homeroom teacher who is not one", 5, "1, ta3000000000000000000000000000000"},
    {"school,A\nclass,1,\nclass,2,\nteacher,a1,chinese,2,yes,\nteacher,a2,maths,2,yes,\n" ROWS,
     GOOD C("1", "T1", "chinese", "a1", "homeroom") C("1", "T1", "maths", "a2", "homeroom"), "two homeroom teachers in one class", 6,
     "1, ta2000000000000000000000000000000"},
    {"school,A\nclass,1,\nclass,2,\nteacher,a1,chinese,2,yes,\nteacher,a2,maths,2,yes,\n" ROWS,
     GOOD C("1", "T1", "chinese", "a1", "homeroom") C("1", "T1", "maths", "a2", "-") C("2", "T2", "chinese", "a1", "homeroom") C("2", "T2", "maths", "a2", "-"),
     "a homeroom teacher of two classes", 0, "2"},
    {GIVEN, GOOD C("1", "T1", "chinese", "a1", "homeroom"), "a teacher in a team that was formed without", 5, "1, T1, ta1000000000000000000000000000000"},
    {GIVEN, GOOD C("1", "T2", "maths", "a3", "homeroom"), "a class with a homeroom teacher who is not one", 5, "1, ta3000000000000000000000000000000"},
    {"school,A\nclass,1,\nclass,2,\nteacher,a1,chinese,1,yes,\nteacher,a2,chinese,1,yes,\nteacher,a3,maths,2,-,\nstudent,01,,,a1,\nstudent,02,,,,\nstudent,03,,,,\n"
     "student,04,,,,\n",
     TAUGHT_ALL, "a student in a class of a teacher who is recused", 1, "s01000000000000000000000000000000, 1"},

    {WITH("rule,students,balance,x,,\n", "f", "f", "m", "m"), GOOD, "a value that is not balanced", 0, "1, x, f"},
    {WITH("rule,students,band,x,2,\n", "1", "2", "3", "4"), GOOD, "a band that is not balanced", 0, "1, x, 2"},
    {WITH("rule,students,band,x,top 2,\n", "1", "2", "3", "4"), GOOD, "a band that is not balanced", 0, "1, x, top 2"},
    {WITH("rule,students,band,x,last 2,\n", "1", "2", "3", "4"), GOOD, "a band that is not balanced", 0, "1, x, last 2"},
    {WITH("rule,students,absent,x,mean,\nrule,students,band,x,2,\n", "", "", "1", "2"), GOOD, "a band that is not balanced", 0, "1, x, 2"},
    {WITH("rule,students,absent,x,3,\nrule,students,band,x,2,\n", "", "4", "1", "2"), GOOD, "a band that is not balanced", 0, "1, x, 2"},
    {WITH("rule,students,mean,x,0.5 4,\n", "2", "4", "2", "0"), GOOD, "a class mean outside its tolerance", 0, "1, x, 0.5"},
    {WITH("rule,students,mean,x,0.5 1.999,\n", "2", "4", "2", "0"), P("2") S("01", "G2", "1") S("02", "G2", "1") S("03", "G1", "2") S("04", "G1", "2"),
     "a class mean outside its tolerance", 0, "1, x, 1.999"},
    {WITH("rule,students,absent,x,0,\nrule,students,mean,x,1,\n", "1", "5", "3", ""), GOOD, "a class mean outside its tolerance", 0, "1, x, 1"},
    {WITH("rule,students,deviation,x,1,\n", "0", "4", "2", "2"), GOOD, "a standard deviation outside its tolerance", 0, "1, x, 1"},
    {WITH("rule,students,deviation,x,2.828,\n", "0", "4", "2", "2"), GOOD, "a standard deviation outside its tolerance", 0, "2, x, 2.828"},
    {WITH("rule,students,deviation,x,2.828 9,\n", "2", "2", "0", "4"), GOOD, "a standard deviation outside its tolerance", 0, "1, x, 2.828"},
    {WITH("rule,students,absent,x,mean,\nrule,students,deviation,x,0.43,\n", "0", "", "2", "4"), GOOD, "a standard deviation outside its tolerance", 0,
     "2, x, 0.43"},
    {WITH("rule,students,deviation,x;y,1,\n", "0,5", "4,5", "1,6", "7,0"), GOOD, "a standard deviation outside its tolerance", 0, "1, x;y, 1"},
    {WITH("rule,students,mean,x;y,0.499,\n", "1,5", "4,1", "2,4", "0,4"), GOOD, "a class mean outside its tolerance", 0, "1, x;y, 0.499"},
    {WITH("rule,students,band,x;y,2,\n", "1,3", "3,0", "1,5", "0,7"), GOOD, "a band that is not balanced", 0, "1, x;y, 2"},
    {TEACHERS_WITH("rule,teachers,deviation,x,0.8,\n", "1", "2", "4", "2"), FOUR_TEACHERS, "a standard deviation outside its tolerance", 0, "1, x, 0.8"},
    {TEACHERS_WITH("rule,teachers,balance,x,,\n", "MA", "BA", "MA", "BA"), FOUR_TEACHERS, "a value that is not balanced", 0, "1, x, BA"},
    {TEACHERS_WITH("rule,teachers,mean,x,1.9,\n", "1", "2", "1", "4"), FOUR_TEACHERS, "a class mean outside its tolerance", 0, "1, x, 1.9"},
};

static void check(const rules_case *c)
{
    sunlot_fault fault;
    sunlot_roster *r = small_roster_new(c->roster);
    const char *what = "";
    assert_int_equal(sunlot_school_check(r, &r->school[0], &what), 0);
    const sunlot_result_block block = {sunlot_text_of(c->lines), 1000};
    assert_int_equal(sunlot_rules_check(&fault, r, 0, &block, NULL), SUNLOT_OK);
    assert_string_equal(fault.what, c->what);
    assert_string_equal(fault.found, c->found);
    if (c->what[0] == 0) {
        assert_int_equal(fault.answer, SUNLOT_VALID);
    } else {
        assert_int_equal(fault.answer, SUNLOT_FAULT_RULE);
        assert_int_equal(fault.line, 1000 + c->line);
    }
    sunlot_roster_free(r);
}

static void test_sound(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sound / sizeof *sound; i++) check(&sound[i]);
}

static void test_broken(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) check(&broken[i]);
}

/* A student of two seats: three heads in all, whose means are weighed by heads, not by seats. */
static void test_weights(void **state)
{
    (void)state;
#define LIGHT "rule,students,balance,x,,\nschool,A\nclass,1,\nclass,2,\nstudent,01,,,,2,m\nstudent,02,,,,,f\nstudent,03,,,,,f\n"
#define LOADED                                                                                                                                                 \
    "rule,students,balance,x,,\nschool,A\nclass,1,\nclass,2,\nstudent,01,,,,,f\nstudent,02,,,,,m\nstudent,03,,,,,m\nstudent,04,,,,,m\n"                        \
    "student,05,,,,2,f\nstudent,06,,,,2,f\n"
#define HEAVY(gap) "rule,students,mean,x," gap ",\nschool,A\nclass,1,\nclass,2,\nstudent,01,,,,2,4\nstudent,02,,,,,1\nstudent,03,,,,,4\n"
    static const rules_case c[] = {
        /* the school's mean is 3; 4 against 2.5 */
        {HEAVY("2"), P("1") S("01", "G1", "1") S("02", "G2", "2") S("03", "G2", "2"), "", 0, ""},
        {HEAVY("1.999"), P("1") S("01", "G1", "1") S("02", "G2", "2") S("03", "G2", "2"), "a class mean outside its tolerance", 0, "1, x, 1.999"},
        {HEAVY("9"), P("1") S("01", "G1", "1") S("02", "G1", "1") S("03", "G2", "2"), "a group larger or smaller than it must be", 0, "G1"},
        /* of three heads two are f: of one head 0 or 1, of two 1 or 2, whatever seats they take */
        {LIGHT, P("1") S("01", "G1", "1") S("02", "G2", "2") S("03", "G2", "2"), "", 0, ""},
        /* three of six heads are f: two of four, one of two */
        {LOADED, P("1") S("01", "G1", "1") S("02", "G1", "1") S("03", "G1", "1") S("04", "G1", "1") S("05", "G2", "2") S("06", "G2", "2"),
         "a value that is not balanced", 0, "1, x, f"},
    };
    for (size_t i = 0; i < sizeof c / sizeof *c; i++) check(&c[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sound), cmocka_unit_test(test_broken), cmocka_unit_test(test_weights)};
    return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
