/* The columns of a school, and the codes of category values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/small_roster.h"

#define T(literal) SUNLOT_TEXT(literal)

/* What becomes of the rules of a text without schools, for one of this name. */
static sunlot_err columns_of(const char *rules, const char *school)
{
    sunlot_roster *r = small_roster_new(rules);
    sunlot_school s = {.name = sunlot_text_of(school)};
    const sunlot_err err = sunlot_school_columns(r, &s);
    sunlot_roster_free(r);
    return err;
}

static void test_columns(void **state)
{
    (void)state;
    sunlot_roster *r = small_roster_new("rule,students,absent,math,0,\n"
                                        "rule,students,balance,sex,,\n"
                                        "rule,students,band,math,4,\n"
                                        "rule,students,band,math,top 3,B\n"
                                        "rule,students,mean,art,1,A\n"
                                        "rule,students,together,,,\n"
                                        "rule,teachers,balance,math,,\n"
                                        "rule,teachers,balance,degree,,B\n"
                                        "school,A\nschool,B\n");
    const sunlot_school *a = &r->school[0], *b = &r->school[1];
    assert_int_equal(a->rules, 6);
    assert_ptr_equal(a->rule[3], &r->rule[4]);
    assert_int_equal(a->columns[SUNLOT_STUDENTS], 3);
    assert_true(sunlot_text_equal(a->column[SUNLOT_STUDENTS][0].name, T("art")) && a->column[SUNLOT_STUDENTS][0].number);
    assert_true(sunlot_text_equal(a->column[SUNLOT_STUDENTS][1].name, T("math")) && a->column[SUNLOT_STUDENTS][1].number);
    assert_true(sunlot_text_equal(a->column[SUNLOT_STUDENTS][2].name, T("sex")) && !a->column[SUNLOT_STUDENTS][2].number);
    assert_int_equal(a->columns[SUNLOT_TEACHERS], 1); /* the same name is another column there */
    assert_int_equal(b->rules, 7);
    assert_int_equal(b->columns[SUNLOT_STUDENTS], 2);
    assert_int_equal(b->columns[SUNLOT_TEACHERS], 2);
    assert_true(sunlot_text_equal(b->column[SUNLOT_TEACHERS][0].name, T("degree")));
    sunlot_roster_free(r);
}

static void test_contradictions(void **state)
{
    (void)state;
    static const struct {
        const char *rules, *school;
        sunlot_err err;
    } c[] = {
        {"rule,students,mean,x,1,\nrule,students,mean,x,2,A", "A", SUNLOT_ERR_LOG},
        {"rule,students,mean,x,1,\nrule,students,mean,x,2,A", "B", SUNLOT_OK},
        {"rule,students,mean,x,1,\nrule,teachers,mean,x,2,", "A", SUNLOT_OK},
        {"rule,students,absent,x,1,\nrule,students,absent,x,2,A\nrule,students,mean,x,2,", "A", SUNLOT_ERR_LOG},
        {"rule,students,balance,x,,\nrule,students,balance,x,,A", "A", SUNLOT_ERR_LOG},
        {"rule,students,balance,x,,\nrule,students,band,x,3,A", "A", SUNLOT_ERR_LOG},
        {"rule,students,balance,x,,A\nrule,students,mean,x,3,", "A", SUNLOT_ERR_LOG},
        {"rule,students,absent,x,1,\nrule,students,balance,x,,", "A", SUNLOT_ERR_LOG},
        {"rule,students,absent,x,1,\nrule,students,mean,x,3,B", "A", SUNLOT_ERR_LOG},
        {"rule,students,absent,x,1,\nrule,students,mean,x,3,B", "B", SUNLOT_OK},
        {"rule,students,absent,x,1,\nrule,teachers,mean,x,3,", "A", SUNLOT_ERR_LOG},
        {"rule,students,band,x,3,\nrule,students,band,x,top 5,\nrule,students,mean,x,1,", "A", SUNLOT_OK},
        {"rule,students,deviation,x,1,\nrule,students,mean,x,2,", "A", SUNLOT_OK},
        {"rule,students,deviation,x,1,\nrule,students,deviation,x,2,A", "A", SUNLOT_ERR_LOG},
        {"rule,students,deviation,x,1,A\nrule,students,deviation,x,2,B", "A", SUNLOT_OK},
        {"rule,students,mean,x;y,1,\nrule,students,mean,x;y,2,A", "A", SUNLOT_ERR_LOG},
        {"rule,students,mean,x,1,\nrule,students,mean,x;y,2,\nrule,students,mean,y,2,", "A", SUNLOT_OK},
        {"rule,students,band,x;y,3,\nrule,students,band,x;y,top 5,", "A", SUNLOT_OK},
        {"rule,students,balance,y,,\nrule,students,mean,x;y,1,", "A", SUNLOT_ERR_LOG},
        {"rule,students,absent,y,1,\nrule,students,deviation,x;y,1,", "A", SUNLOT_OK},
        {"rule,students,absent,z,1,\nrule,students,deviation,x;y,1,", "A", SUNLOT_ERR_LOG},
    };
    for (size_t i = 0; i < sizeof c / sizeof *c; i++) {
        assert_int_equal(columns_of(c[i].rules, c[i].school), c[i].err);
    }
}

static void test_many_columns(void **state)
{
    (void)state;
    sunlot_roster r = {.rules = 0};
    sunlot_rule rule[40];
    sunlot_school s = {.name = T("A")};
    r.rule = rule;
    /* 16 columns of each kind, not one more */
    static const char names[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ";
    for (uint32_t numbers = 15; numbers <= 17; numbers++) {
        for (uint32_t categories = 15; categories <= 17; categories++) {
            r.rules = numbers + categories;
            for (uint32_t i = 0; i < r.rules; i++) {
                rule[i] = (sunlot_rule){.kind = i < numbers ? SUNLOT_RULE_MEAN : SUNLOT_RULE_BALANCE, .column = {&names[i], 1}};
            }
            const bool fits = numbers <= 16 && categories <= 16;
            assert_int_equal(sunlot_school_columns(&r, &s), fits ? SUNLOT_OK : SUNLOT_ERR_LIMIT);
            if (fits) assert_int_equal(s.columns[SUNLOT_STUDENTS], r.rules);
        }
    }
    sunlot_arena_free(&r.arena);
}

/* A total's parts are columns, each of them once; the total itself is none. */
static void test_parts(void **state)
{
    (void)state;
    sunlot_roster *r =
        small_roster_new("rule,students,absent,c,mean,\nrule,students,band,b;c,4,\nrule,students,deviation,a;c,1,\nrule,students,mean,b,1,\nschool,A\n");
    const sunlot_school *s = &r->school[0];
    assert_int_equal(s->columns[SUNLOT_STUDENTS], 3);
    for (uint32_t i = 0; i < 3; i++) {
        assert_true(s->column[SUNLOT_STUDENTS][i].number && s->column[SUNLOT_STUDENTS][i].name.n == 1);
        assert_int_equal(s->column[SUNLOT_STUDENTS][i].name.p[0], "abc"[i]);
    }
    sunlot_roster_free(r);
}

static void test_encode(void **state)
{
    (void)state;
    sunlot_roster *r = small_roster_new("rule,students,balance,a,,\nrule,students,balance,b,,\nschool,A\nclass,1,\n"
                                        "student,01,,,,,z,1\nstudent,02,,,,,,10\nstudent,03,,,,,aa,2\nstudent,04,,,,,z,1\n");
    const sunlot_school *s = &r->school[0];
    const sunlot_column *a = &s->column[SUNLOT_STUDENTS][0], *b = &s->column[SUNLOT_STUDENTS][1];
    assert_int_equal(a->values, 3);
    assert_true(sunlot_text_equal(a->value[0], T("")) && sunlot_text_equal(a->value[1], T("aa")) && sunlot_text_equal(a->value[2], T("z")));
    assert_int_equal(b->values, 3);
    assert_true(sunlot_text_equal(b->value[1], T("10"))); /* byte order: 1 10 2 */
    static const int32_t expected[] = {2, 0, 0, 1, 1, 2, 2, 0};
    assert_memory_equal(s->cell[SUNLOT_STUDENTS], expected, sizeof expected);
    sunlot_roster_free(r);
}

static void test_encode_many(void **state)
{
    (void)state;
    static char name[SUNLOT_MAX_CODES + 1][4];
    static sunlot_text text[SUNLOT_MAX_CODES + 1];
    static int32_t cell[SUNLOT_MAX_CODES + 1];
    sunlot_roster r = {.rules = 0};
    sunlot_column column = {.name = T("x")};
    sunlot_school s = {.students = SUNLOT_MAX_CODES, .columns = {1, 0}, .column = {&column, NULL}, .cell = {cell, NULL}};
    for (uint32_t i = 0; i <= SUNLOT_MAX_CODES; i++) {
        const uint32_t x = i * 7 % 513; /* 513 is not a multiple of 7: all are distinct */
        name[i][0] = (char)('0' + x / 100), name[i][1] = (char)('0' + x / 10 % 10), name[i][2] = (char)('0' + x % 10);
        text[i] = (sunlot_text){name[i], 3};
    }
    assert_int_equal(sunlot_school_encode(&r, &s, SUNLOT_STUDENTS, 0, text), SUNLOT_OK);
    assert_int_equal(column.values, SUNLOT_MAX_CODES);
    for (uint32_t i = 0; i < s.students; i++) assert_true(sunlot_text_equal(column.value[cell[i]], text[i]));
    s.students++;
    assert_int_equal(sunlot_school_encode(&r, &s, SUNLOT_STUDENTS, 0, text), SUNLOT_ERR_LIMIT);
    sunlot_arena_free(&r.arena);
    for (uint64_t after = 1; after <= 1; after++) {
        s.students = 3;
        sunlot_alloc_refuse(after, true);
        assert_int_equal(sunlot_school_encode(&r, &s, SUNLOT_STUDENTS, 0, text), SUNLOT_ERR_MEMORY);
        assert_int_equal(sunlot_school_columns(&r, &s), SUNLOT_ERR_MEMORY);
        sunlot_alloc_refuse(0, false);
    }
    assert_int_equal(sunlot_alloc_live(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_columns), cmocka_unit_test(test_contradictions), cmocka_unit_test(test_many_columns),
                                       cmocka_unit_test(test_parts),   cmocka_unit_test(test_encode),         cmocka_unit_test(test_encode_many)};
    return cmocka_run_group_tests_name("columns", tests, NULL, NULL);
}
