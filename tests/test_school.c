/* What a school must be: each fault by itself, and the largest that is allowed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "roster/lower.h"
#include "support/small_roster.h"

/* A sound school, in parts that the cases below replace. */
#define RULES    "rule,students,absent,art,0,\nrule,students,band,art,2,\nrule,students,mean,math,1,\n"
#define CLASSES  "class,1,3\nclass,2,3\n"
#define TEACHERS "teacher,a1,chinese,1,yes,\nteacher,a2,chinese,1,-,\nteacher,a3,maths,2,yes,\n"
#define STUDENTS "student,01,1,1,,,,5\nstudent,02,,1;2,a2,,3,5\nstudent,03,1,2,,,4,6\nstudent,04,,,,,1,7\n"

static int check(const char *text, const char **what)
{
    sunlot_roster *r = small_roster_new(text);
    *what = "";
    const int code = sunlot_school_check(r, &r->school[0], what);
    sunlot_roster_free(r);
    return code;
}

static void test_sound(void **state)
{
    (void)state;
    const char *what;
    assert_int_equal(check(RULES "school,A\n" CLASSES "lock,04,2\nlimit,1\nlimit,1\n" TEACHERS STUDENTS, &what), 0);
    assert_int_equal(check("school,A\nclass,1,\nstudent,01,,,,4\n", &what), 0);
    assert_int_equal(check("school,A\n" CLASSES "teacher,a1,chinese,1,yes,2\nteacher,a2,chinese,1,-,1\nteacher,a3,maths,2,yes,1;2\nstudent,01,,,,\n", &what),
                     0);
}

static void test_faults(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        sunlot_issue_code code;
        const char *what;
    } c[] = {
        {"school,A\nstudent,01,,,,\n", SUNLOT_ISSUE_SCHOOL_UNKNOWN, "a school without classes"},
        {"school,A\n" CLASSES, SUNLOT_ISSUE_SCHOOL_EMPTY, "a school without students"},
        {"school,A\nclass,1,2\nclass,1,2\nstudent,01,,,,\n", SUNLOT_ISSUE_CLASS_TWICE, "two classes of one name, or classes out of order"},
        {"school,A\nclass,10,2\nclass,2,2\nstudent,01,,,,\n", SUNLOT_ISSUE_CLASS_TWICE, "two classes of one name, or classes out of order"},
        {"school,A\nclass,1,4097\nstudent,01,,,,\n", SUNLOT_ISSUE_RANGE, "a class with too many seats"},
        {"school,A\nclass,1,2\nclass,2,\nstudent,01,,,,\n", SUNLOT_ISSUE_SEATS_MIXED, "some classes with seats and some without"},
        {"school,A\n" CLASSES "student,01,,,,5\n", SUNLOT_ISSUE_RANGE, "a student's seats out of range"},
        {"rule,students,mean,x,1,\nschool,A\n" CLASSES "student,01,,,,,\n", SUNLOT_ISSUE_ABSENT, "a missing score and no rule for it"},
        {"rule,teachers,band,x,3,\nschool,A\nclass,1,\nteacher,a1,maths,1,yes,,\nstudent,01,,,,\n", SUNLOT_ISSUE_ABSENT, "a missing score and no rule for it"},
        {"school,A\nclass,1,1\nclass,2,2\nstudent,01,,,,4\n", SUNLOT_ISSUE_SEATS_SHORT, "more students than seats"},
        {"school,A\n" CLASSES "student,01,,,,4\n", SUNLOT_ISSUE_TOGETHER_LARGE, "students who stay together and fit in no class"},
        {"school,A\n" CLASSES "student,01,1,,,2\nstudent,02,1,,,2\n", SUNLOT_ISSUE_TOGETHER_LARGE, "students who stay together and fit in no class"},
        {"school,A\n" CLASSES "student,01,2,,,\nstudent,02,2,,,\n", SUNLOT_ISSUE_TOGETHER_LARGE,
         "together tokens that are not numbered by their least pseudonyms"},
        {"school,A\n" CLASSES "student,01,1,,,\nstudent,02,,,,\n", SUNLOT_ISSUE_TOGETHER_LARGE, "a together token of one student alone"},
        {"school,A\nclass,1,\nstudent,01,1,,,\nstudent,02,1,,,\nstudent,03,1,,,\nstudent,04,1,,,\nstudent,05,1,,,\n", SUNLOT_ISSUE_TOGETHER_LARGE,
         "more than four students of one together token"},
        {"school,A\n" CLASSES "lock,01,1\nlock,02,2\nstudent,01,1,,,\nstudent,02,1,,,\nstudent,03,,,,\nstudent,04,,,,\n", SUNLOT_ISSUE_LOCK_BREAKS,
         "students who stay together, locked to different classes"},
        {"school,A\nclass,1,\nlimit,1\nstudent,01,1,1,,\nstudent,02,1,1,,\n", SUNLOT_ISSUE_LIMIT_CLASH, "students who stay together against a limit"},
        {"school,A\n" CLASSES "lock,01,1\nlock,02,1\nstudent,01,,,,\nstudent,02,,,,\n", SUNLOT_ISSUE_LOCK_BREAKS,
         "more locked students than a class will have seats"},
        {"school,A\n" CLASSES "lock,01,1\nstudent,01,1,,,\nstudent,02,1,,,\n", SUNLOT_ISSUE_LOCK_BREAKS, "more locked students than a class will have seats"},
        {"school,A\n" CLASSES "lock,02,1\nlock,01,2\nstudent,01,,,,\nstudent,02,,,,\n", SUNLOT_ISSUE_LOCK_STUDENT,
         "a lock of no student of the school, or two of one"},
        {"school,A\n" CLASSES "limit,1\nlimit,1\nstudent,01,,2;1,,\nstudent,02,,1;2,,\n", SUNLOT_ISSUE_LIMIT_CLASH,
         "a student's limits that are unknown, repeated or out of order"},
        {"school,A\n" CLASSES "limit,1\nstudent,01,,1;1,,\nstudent,02,,1,,\n", SUNLOT_ISSUE_LIMIT_CLASH,
         "a student's limits that are unknown, repeated or out of order"},
        {"school,A\n" CLASSES "limit,1\nstudent,01,,1;2,,\nstudent,02,,1,,\n", SUNLOT_ISSUE_LIMIT_CLASH,
         "a student's limits that are unknown, repeated or out of order"},
        {"school,A\n" CLASSES "limit,2\nstudent,01,,1,,\nstudent,02,,1,,\n", SUNLOT_ISSUE_LIMIT_CLASH, "a limit that says nothing"},
        {"school,A\n" CLASSES "limit,0\nstudent,01,,1,,\nstudent,02,,1,,\n", SUNLOT_ISSUE_LIMIT_CLASH, "a limit that says nothing"},
        {"school,A\n" CLASSES "limit,1\nlimit,1\nstudent,01,,2,,\nstudent,02,,1,,\nstudent,03,,1;2,,\n", SUNLOT_ISSUE_LIMIT_CLASH,
         "limits that are not numbered by their lists of students"},
        {"school,A\n" CLASSES "limit,1\nlimit,1\nstudent,01,,1;2,,\nstudent,02,,1;2,,\nstudent,03,,1,,\n", SUNLOT_ISSUE_LIMIT_CLASH,
         "limits that are not numbered by their lists of students"},
        {"school,A\n" CLASSES "limit,1\nlimit,1\nstudent,01,,1;2,,\nstudent,02,,1;2,,\n", SUNLOT_ISSUE_LIMIT_CLASH, "two limits of the same students"},
        {"school,A\nclass,1,\nteacher,a1,chinese,2,yes,\nstudent,01,,,,\n", SUNLOT_ISSUE_SUBJECT_SUM, "a teacher of more classes than the school has"},
        {"school,A\nclass,1,\nclass,2,\nteacher,a1,chinese,1,yes,\nstudent,01,,,,\n", SUNLOT_ISSUE_SUBJECT_SUM,
         "a subject whose teachers' classes are not all classes"},
        {"school,A\nclass,1,\nteacher,a1,chinese,1,yes,\nteacher,a2,chinese,1,-,\nstudent,01,,,,\n", SUNLOT_ISSUE_SUBJECT_SUM,
         "a subject whose teachers' classes are not all classes"},
        {"school,A\nclass,1,\nteacher,a1,chinese,1,-,\nstudent,01,,,,\n", SUNLOT_ISSUE_HOMEROOM_COUNT, "not one homeroom teacher for each class"},
        {"school,A\nclass,1,\nteacher,a1,chinese,1,yes,\nteacher,a2,maths,1,yes,\nstudent,01,,,,\n", SUNLOT_ISSUE_HOMEROOM_COUNT,
         "not one homeroom teacher for each class"},
        {"school,A\nclass,1,\nteacher,a1,chinese,1,yes,1\nteacher,a2,maths,1,-,\nstudent,01,,,,\n", SUNLOT_ISSUE_TEAM,
         "some teachers with teams and some without"},
        {"school,A\nclass,1,\nteacher,a1,chinese,1,yes,2\nstudent,01,,,,\n", SUNLOT_ISSUE_TEAM,
         "teams of a teacher that are unknown, repeated or out of order"},
        {"school,A\n" CLASSES "teacher,a1,chinese,1,yes,1\nteacher,a2,chinese,1,yes,1\nstudent,01,,,,\n", SUNLOT_ISSUE_TEAM,
         "a team with two teachers of one subject"},
        {"school,A\n" CLASSES "teacher,a1,chinese,2,yes,1;2\nteacher,a2,maths,1,yes,1\nteacher,a3,maths,1,-,2\nstudent,01,,,,\n", SUNLOT_ISSUE_TEAM,
         "a team with two homeroom teachers"},
    };
    for (size_t i = 0; i < sizeof c / sizeof *c; i++) {
        const char *what;
        assert_int_equal(check(c[i].text, &what), c[i].code);
        assert_string_equal(what, c[i].what);
    }
}

/* The order of limits is found in one pass: compared with the tokens as they are numbered elsewhere. */
static void test_limit_order(void **state)
{
    (void)state;
    enum { STUDENTS_ = 6, LIMITS = 4 };
    uint8_t key[32] = {1};
    sunlot_stream stream;
    uint32_t sound = 0;
    sunlot_stream_init(&stream, key);
    for (int round = 0; round < 4000; round++) {
        sunlot_roster r = {.rules = 0};
        sunlot_class class_ = {SUNLOT_TEXT("1"), 0};
        sunlot_student student[STUDENTS_], renamed[STUDENTS_];
        uint16_t limit[STUDENTS_ * LIMITS], limit_renamed[STUDENTS_ * LIMITS], max[LIMITS] = {1, 1, 1, 1}, n = 0;
        for (uint32_t i = 0; i < STUDENTS_; i++) {
            student[i] = (sunlot_student){.limits_from = n, .recused = SUNLOT_NONE16, .lock = SUNLOT_NONE16, .seats = 1};
            for (uint16_t t = 0; t < LIMITS; t++) {
                if (sunlot_stream_below(&stream, 8) < 5) limit[n++] = t;
            }
            student[i].limits = (uint16_t)(n - student[i].limits_from);
        }
        memcpy(renamed, student, sizeof student);
        memcpy(limit_renamed, limit, sizeof limit);
        sunlot_school s = {
            .classes = 1, .class_ = &class_, .students = STUDENTS_, .limits = LIMITS, .student = student, .limit_max = max, .student_limit = limit};
        sunlot_school t = s;
        t.student = renamed;
        t.student_limit = limit_renamed;
        assert_int_equal(sunlot_school_tokens(&r, &t), SUNLOT_OK);
        uint32_t carriers[LIMITS] = {0};
        for (uint32_t i = 0; i < n; i++) carriers[limit[i]]++;
        bool expected = t.limits == LIMITS && memcmp(limit, limit_renamed, n * sizeof *limit) == 0;
        for (uint32_t i = 0; i < LIMITS; i++) expected = expected && carriers[i] > 1;
        const char *what;
        assert_int_equal(sunlot_school_check(&r, &s, &what) == 0, expected);
        sound += expected;
    }
    assert_true(sound > 50 && sound < 3900);
}

static void test_sizes(void **state)
{
    (void)state;
    static const struct {
        uint32_t classes, seats[5], students, size[5];
    } c[] = {
        {3, {0, 0, 0}, 10, {4, 3, 3}},
        {3, {2, 5, 5}, 10, {2, 4, 4}},
        {3, {2, 5, 5}, 9, {2, 4, 3}},
        {3, {5, 2, 6}, 9, {3, 2, 4}},
        {4, {3, 3, 9, 9}, 24, {3, 3, 9, 9}},
        {4, {3, 3, 9, 9}, 23, {3, 3, 9, 8}},
        {3, {4, 4, 4}, 1, {1, 0, 0}},
        {3, {1, 2, 3}, 1, {0, 0, 1}},
        {2, {0, 0}, 1, {1, 0}},
        {5, {9, 9, 1, 9, 1}, 14, {4, 4, 1, 4, 1}},
        {1, {0}, 300, {300}},
    };
    for (size_t i = 0; i < sizeof c / sizeof *c; i++) {
        sunlot_class class_[5];
        static sunlot_student student[300];
        uint16_t size[5];
        for (uint32_t g = 0; g < c[i].classes; g++) class_[g] = (sunlot_class){SUNLOT_TEXT("x"), c[i].seats[g]};
        for (uint32_t k = 0; k < 300; k++) student[k].seats = 1;
        const sunlot_school s = {.classes = c[i].classes, .class_ = class_, .students = c[i].students, .student = student};
        assert_true(sunlot_school_sizes(&s, size));
        for (uint32_t g = 0; g < c[i].classes; g++) assert_int_equal(size[g], c[i].size[g]);
    }
}

/* 512 counted codes and no more: bands count as far as they occur. */
static void test_codes(void **state)
{
    (void)state;
    char text[20000];
    for (uint32_t codes = 511; codes <= 513; codes++) {
        size_t n = 0;
        const char *what;
        /* codes - 2 values of x, one of top 1, and one of the 16 bands of four equal scores */
        n += (size_t)strlen(strcpy(text, "rule,students,balance,x,,\nrule,students,band,y,16,\nrule,students,band,y,top 1,\nschool,A\nclass,1,\n"));
        for (uint32_t i = 0; i < codes - 2; i++) {
            static const char digits[] = "0123456789abcdef";
            memcpy(text + n, "student,0000,,,,,000,4\n", 23);
            for (uint32_t k = 0; k < 4; k++) text[n + 8 + k] = digits[i >> (4 * (3 - k)) & 15];
            memcpy(text + n + 17, text + n + 9, 3);
            n += 23;
        }
        text[n] = 0;
        assert_int_equal(check(text, &what), codes <= 512 ? 0 : SUNLOT_ISSUE_TOO_MANY);
    }
}

static void test_info(void **state)
{
    (void)state;
    sunlot_roster *r =
        small_roster_new("rule,students,balance,sex,,\nrule,students,mean,x,1 2 3,A\nrule,teachers,mean,y,1 2,\nschool,A\nclass,1,\nclass,2,\nclass,3,\n"
                         "lock,01,2\nlimit,1\n"
                         "teacher,a1,chinese,3,yes,,4\nteacher,a2,maths,1,yes,,3\nteacher,a3,maths,2,yes,,2\n"
                         "student,01,1,,,2,f,1\nstudent,02,1,1,,,f,1\nstudent,03,,1,a1,,m,1\n"
                         "student,04,,,,,m,7\nstudent,05,,,,,m,7\nstudent,06,,,,,m,7\nstudent,07,,,,,m,7\nstudent,08,,,,,m,7\nstudent,09,,,,,m,7\n"
                         "student,10,,,,,f,7\nstudent,11,,,,,f,7\nstudent,12,,,,,f,7\nstudent,13,,,,,f,7\nstudent,14,,,,,f,7\n"
                         "school,B\nclass,1,\nstudent,01,,,,,f\n");
    sunlot_school_info info;
    assert_int_equal(sunlot_roster_schools(r), 2);
    sunlot_roster_school(r, 0, &info);
    assert_true(sunlot_text_equal(info.name, SUNLOT_TEXT("A")));
    assert_int_equal(info.classes, 3);
    assert_int_equal(info.students, 14);
    assert_int_equal(info.teachers, 3);
    assert_int_equal(info.sections, 6);
    assert_int_equal(info.seats, 15);
    assert_int_equal(info.size_least, 5);
    assert_int_equal(info.size_most, 5);
    assert_int_equal(info.rungs, 3);
    assert_int_equal(info.together, 2);
    assert_int_equal(info.limits, 2);
    assert_int_equal(info.recused, 1);
    assert_int_equal(info.weighted, 1);
    assert_int_equal(info.locked, 1);
    assert_int_equal(info.tokens, 3);
    assert_int_equal(info.narrowed, 1);
    assert_int_equal(info.rare, 3 + 5); /* six equal rows are not rare, five are */
    sunlot_roster_school(r, 1, &info);
    assert_int_equal(info.rungs, 2);
    assert_int_equal(info.rare, 1);
    sunlot_roster_free(r);
    sunlot_roster_free(NULL);
}

/* What a part of the rows makes rare: "together 8" is what would be rare without it. */
static void note_part(void *user, const sunlot_rare_part *part)
{
    static const char *const word[] = {"together", "limits", "recused", "seats"};
    char *text = user, line[80];
    (void)snprintf(line, sizeof line, "%.*s %u\n", part->part == SUNLOT_ROW_VALUE ? (int)part->column.n : (int)strlen(word[part->part]),
                   part->part == SUNLOT_ROW_VALUE ? part->column.p : word[part->part], (unsigned)part->without);
    (void)strcat(text, line);
}

static void note_few(void *user, const sunlot_few *few)
{
    char *text = user, line[80];
    (void)snprintf(line, sizeof line, "%.*s=%.*s %u\n", (int)few->column.n, few->column.p, (int)few->value.n, few->value.p, (unsigned)few->students);
    (void)strcat(text, line);
}

static void test_singled(void **state)
{
    (void)state;
    /* 14 students: six m 7, and with them 07 by its limit, 08 by its two seats; 04 and 05 by being apart from many; x and the score 9 belong to few. */
    sunlot_roster *r = small_roster_new("rule,students,balance,sex,,\nrule,students,mean,x,1,\nschool,A\nclass,1,\nclass,2,\nclass,3,\n"
                                        "limit,1\nlimit,1\nlimit,1\nlimit,2\n"
                                        "student,01,,,,,m,7\nstudent,02,,,,,m,7\nstudent,03,,,,,m,7\nstudent,04,,1;2;3,,,m,7\nstudent,05,,1;4,,,m,7\n"
                                        "student,06,,2;4,,,m,7\nstudent,07,,3;4,,,m,7\nstudent,08,,,,2,m,7\nstudent,09,,,,,m,7\nstudent,10,,,,,m,7\n"
                                        "student,11,,,,,m,7\nstudent,12,,,,,f,7\nstudent,13,,,,,f,9\nstudent,14,,,,,x,7\n");
    char text[400] = "";
    sunlot_school_info info;
    sunlot_roster_school(r, 0, &info);
    assert_int_equal(info.rare, 4 + 1 + 2 + 1);
    sunlot_roster_rare(r, 0, note_part, text);
    assert_string_equal(text, "limits 4\nseats 7\nsex 6\n");
    assert_int_equal(info.few, 2);
    text[0] = 0;
    sunlot_roster_few(r, 0, note_few, text);
    assert_string_equal(text, "sex=f 2\nsex=x 1\n");
    assert_int_equal(info.most_apart, 3);
    assert_int_equal(info.isolated, 1);
    sunlot_roster_free(r);
}

/* Teams that recusals leave: each teacher once, twins share theirs; formed teams may overlap, those to be formed are taken as all different. */
static void test_left(void **state)
{
    (void)state;
    static const struct {
        const char *teachers;
        uint32_t left[5], narrowed;
    } cases[] = {
        {"teacher,a1,chinese,2,yes,\nteacher,a2,chinese,2,yes,\nteacher,a3,maths,3,yes,\nteacher,a4,maths,1,yes,\n", {0, 0, 1, 4, 1}, 5},
        {"teacher,a1,chinese,2,yes,1;2\nteacher,a2,chinese,2,yes,3;4\nteacher,a3,maths,3,yes,2;1;3\nteacher,a4,maths,1,yes,4\n", {1, 1, 1, 4, 1}, 5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[1024];
        sunlot_school_info info;
        (void)snprintf(text, sizeof text, "school,A\nclass,1,\nclass,2,\nclass,3,\nclass,4,\n%s%s", cases[i].teachers,
                       "student,01,1,,a1,\nstudent,02,1,,a3,\nstudent,03,,,a3,\nstudent,04,,,,\nstudent,05,2,,a3,\nstudent,06,2,,a3,\n");
        sunlot_roster *r = small_roster_new(text);
        sunlot_roster_school(r, 0, &info);
        for (uint32_t j = 0; j < 5; j++) assert_int_equal(sunlot_roster_left(r, 0, j), cases[i].left[j]);
        assert_int_equal(info.narrowed, cases[i].narrowed);
        assert_int_equal(info.tokens, 5);
        sunlot_roster_free(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sound),   cmocka_unit_test(test_faults), cmocka_unit_test(test_limit_order),
                                       cmocka_unit_test(test_sizes),   cmocka_unit_test(test_codes),  cmocka_unit_test(test_info),
                                       cmocka_unit_test(test_singled), cmocka_unit_test(test_left)};
    return cmocka_run_group_tests_name("school", tests, NULL, NULL);
}
