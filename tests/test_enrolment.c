/* Reading the input files: what is accepted and what it becomes; hostile bytes; no memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/bytes.h"
#include "roster/enrolment.h"
#include "support/made_input.h"

#define R SUNLOT_FILE_RULES
#define C SUNLOT_FILE_CLASSES
#define S SUNLOT_FILE_STUDENTS
#define T SUNLOT_FILE_TEACHERS

/* ---- good inputs --------------------------------------------------------------------------------------------------------------------- */

static void expect_good(const char *const *file)
{
    static made_report report;
    sunlot_enrolment *e = NULL;
    const sunlot_err err = made_input_read(&e, file, &report);
    assert_string_equal(report.text, "");
    assert_int_equal(err, SUNLOT_OK);
    sunlot_enrolment_free(e);
    assert_int_equal(sunlot_alloc_live(), 0);
}

static void test_good(void **state)
{
    (void)state;
    static const struct {
        sunlot_file file;
        uint32_t line;
        const char *with;
    } change[] = {
        {R, 100, ""},
        {R, 8, "balance,students,sex,,\nbalance,students,sex,,\n"}, /* the same twice */
        {R, 8, "together,,twins,,\nspread,,id,,Hill\n"},            /* who can only be students */
        {R, 2, "draw,,district,Example,\ndraw,,district,Example,\n"},
        {R, 6, "source,,2,d6 1; a; b; c,\nsource,,1,d10 38;a;b;c,\n"}, /* 126.198 + 2.584 bits, in any order */
        {R, 9, "mean,students,math,100.500,\nband,students,math,4,\nband,students,math,last 3,\n"},
        {R, 18, "fix,students,s5,2; order; Example Office,Hill\nfix,students,s5,2; order; Example Office,\n"},
        {R, 18, "fix,students,s1,1; order; b,\nfix,students,s2,1; order; b,\nbalance,students,name,,\n"}, /* those who stay together, both locked */
        {R, 7, "rows,,,public,\ndraw,,date,2028-02-29,\ndraw,,retention,until May,\ndraw,,stage,second,\ndraw,,attempt,2,\n"},
        {R, 19, "mean,teachers,classes,5,\n"},
        {C, 0, "school,class,seats\nHill,1,4\nHill,2,4\n"},
        {C, 0, "class,seats\n2,\n1,\n"},
        {S, 5, "s4,Dee,f,71,,x；y；；x,yes,,t3\n"}, /* full-width separators, an empty value, one twice */
        {S, 7, "s6,Eve,m,,,w,,,\n"},
        {S, 7, "s6,Eve,m,-3.50,,,,,\n"},
        {T, 0, "id,name,subject,classes,homeroom,degree,team\nt1,,maths,1,yes,a,b\nt2,,maths,1,no,b,a\nt3,,music,1,yes,a,a\nt4,,music,1,no,b,b\n"},
    };
    for (size_t i = 0; i < sizeof change / sizeof *change; i++) {
        const char *file[SUNLOT_FILE_COUNT];
        memcpy(file, made_input, sizeof file);
        char *text = made_input_replace(file[change[i].file], change[i].line, change[i].with);
        file[change[i].file] = text;
        expect_good(file);
        free(text);
    }
}

static void test_languages(void **state)
{
    (void)state;
    static const char *const chinese[SUNLOT_FILE_COUNT] = {
        "规则,对象,列,值,学校\r\n抽签,,地区,示例区,\r\n抽签,,年份,2026,\r\n抽签,,年级,初一,\r\n抽签,,阶段,分班,\r\n抽签,,届次,1,\r\n抽签,,日期,2026-08-30,\r\n"
        "抽签,,保存,一年,\r\n抽签,,学校,山中,\r\n随机源,,1,d6 50; 每人一掷; 重掷; 备用骰子,\r\n公示,,,公开; 示例局; 示例文,\r\n均衡,学生,性别,,\r\n均分,学生,数学,100,\r\n"
        "缺考,学生,数学,均分,\r\n分段,学生,数学,前 2,\r\n分段,学生,数学,后2,\r\n同班,学生,双胞胎,,\r\n分散,学生,name,,\r\n分开,学生,冲突,,\r\n上限,学生,特需,是 1,\r\n占座,学生,座位,,\r\n"
        "回避,学生,家长,,\r\n锁定,学生,s5,二班; 命令; 示例局,\r\n均衡,教师,学科,,\r\n步数,,,3000,\r\n次数,,,64,\r\n",
        "班级,座位\r\n一班,\r\n二班,\r\n",
        "\xEF\xBB\xBF编号,姓名,性别,数学,双胞胎,冲突,特需,座位,家长\r\ns1,安,女,87.5,a,,,,\r\ns2,白,男,,a,,,,\r\ns3,陈,男,90,,x,是,,\r\ns4,丁,女,71,,x；y,是,,t1\r\ns5,鄂,女,65,,y,,,\r\ns6,鄂,男,3,,,,,\r\n",
        "编号,姓名,学科,班数,班主任,教师组\r\nt1,冯,数学,1,是,甲\r\nt2,葛,数学,1,,乙\r\nt3,韩,音乐,1,是,乙\r\nt4,伊,音乐,1,否,甲\r\n",
    };
    static made_report report;
    sunlot_enrolment *e = NULL;
    assert_int_equal(made_input_read(&e, chinese, &report), SUNLOT_OK);
    assert_true(sunlot_text_equal(e->school[0].name, SUNLOT_TEXT("山中")));
    assert_true(sunlot_text_equal(e->stage, SUNLOT_TEXT("分班")));
    assert_true(sunlot_text_equal(e->facts.ground, SUNLOT_TEXT("示例文")));
    assert_true(e->source[0].kind == SUNLOT_SOURCE_D6 && e->source[0].length == 50);
    /* Records name columns by the file's headers, values in English. */
    static const char *const records[] = {"学科", "数学", "", "性别", "数学", "数学", "", "数学", "", "", "", ""};
    static const char *const values[] = {"", "mean", "", "", "last 2", "top 2", "", "100", "", "", "", ""};
    assert_int_equal(e->records, 12);
    uint32_t matched = 0;
    for (uint32_t i = 0; i < 12; i++) {
        for (uint32_t k = 0; k < 12; k++) {
            if (sunlot_text_equal(e->record[i].column, sunlot_text_of(records[k])) && sunlot_text_equal(e->record[i].value, sunlot_text_of(values[k]))) {
                matched++;
                break;
            }
        }
    }
    assert_int_equal(matched, 12);
    sunlot_enrolment_free(e);
    assert_int_equal(sunlot_alloc_live(), 0);
}

/* Totals in any order, joined by either semicolon. */
static const char *const totals[SUNLOT_FILE_COUNT] = {
    "规则,who,列,value\ndraw,,district,E\ndraw,,year,2026\ndraw,,grade,1\nsource,,1,d10 39;a;b;c\n"
    "均分,学生,语文；数学;英语,1.0 20\n标准差,学生,英语 ; 语文,0.50 30\nmean,students,数学;英语;语文,1 20\nband,学生,英语;数学,前 2\n缺考,学生,数学,均分\n"
    "deviation,teachers,years;class,100\nmean,students,数学,50\n",
    "class,seats\n1,\n2,\n",
    "id,name,语文,数学,英语\n1,a,80,90,70\n2,b,81,,71.50\n3,c,60,70.25,50\n4,d,99,-3,0\n",
    "编号,姓名,学科,班数,班主任,years,班级\n1,x,m,1,yes,3,0\n2,y,m,1,yes,9,1\n",
};

static void test_totals(void **state)
{
    (void)state;
    static made_report report;
    sunlot_enrolment *e = NULL;
    assert_int_equal(made_input_read(&e, totals, &report), SUNLOT_OK);
    static const char *const lines[][3] = {{"absent", "数学", "mean"}, {"band", "数学;英语", "top 2"},     {"deviation", "英语;语文", "0.5 30"},
                                           {"mean", "数学", "50"},     {"mean", "数学;英语;语文", "1 20"}, {"deviation", "years;班级", "100"}};
    assert_int_equal(e->records, 6); /* the total of three is said twice in different order */
    for (uint32_t i = 0; i < 6; i++) {
        assert_true(sunlot_text_equal(sunlot_rule_word(e->record[i].kind), sunlot_text_of(lines[i][0])));
        assert_true(sunlot_text_equal(e->record[i].column, sunlot_text_of(lines[i][1])));
        assert_true(sunlot_text_equal(e->record[i].value, sunlot_text_of(lines[i][2])));
    }
    sunlot_roster *r = NULL;
    static const sunlot_master master = {{7}};
    assert_int_equal(sunlot_roster_new(&r, e, SUNLOT_REHEARSAL, &master, NULL), SUNLOT_OK);
    assert_int_equal(r->school[0].columns[SUNLOT_STUDENTS], 3);
    assert_int_equal(r->school[0].columns[SUNLOT_TEACHERS], 2);
    sunlot_roster_free(r);
    sunlot_enrolment_free(e);
    assert_int_equal(sunlot_alloc_live(), 0);
}

/* Schools in shortlex order, rows in the order of the file. */
static void test_district(void **state)
{
    (void)state;
    static const char *const file[SUNLOT_FILE_COUNT] = {
        "rule,who,column,value,school\ndraw,,district,E,\ndraw,,year,2026,\ndraw,,grade,1,\nsource,,1,d10 39;a;b;c,\nbalance,students,sex,,10\nspread,students,name,,2\n",
        "school,class,seats\n10,a,\n2,b,\n10,c,\n2,a,\n",
        "school,id,name,sex\n2,1,x,f\n10,2,x,f\n2,3,x,m\n10,4,y,m\n",
        NULL,
    };
    static made_report report;
    sunlot_enrolment *e = NULL;
    assert_int_equal(made_input_read(&e, file, &report), SUNLOT_OK);
    assert_int_equal(e->schools, 2);
    assert_true(sunlot_text_equal(e->school[0].name, SUNLOT_TEXT("2")));
    const sunlot_person person = sunlot_enrolment_person(e, SUNLOT_STUDENTS, 0, 1);
    assert_true(sunlot_text_equal(person.id, SUNLOT_TEXT("3")) && sunlot_text_equal(person.school, SUNLOT_TEXT("2")));
    assert_int_equal(sunlot_enrolment_row(e, SUNLOT_STUDENTS, 1, 1), 3);
    assert_true(sunlot_text_equal(e->class_[e->school[0].class_from].name, SUNLOT_TEXT("a")));
    assert_int_equal(e->rules_for_all, 0);
    assert_int_equal(e->school[0].rules, 1);
    assert_int_equal(e->rule[e->school[0].rule_from].rule.kind, SUNLOT_RULE_SPREAD);
    sunlot_enrolment_free(e);
}

/* ---- hostile bytes, no memory ---------------------------------------------------------------------------------------------------------------------- */

/* Bytes exchanged at random: whatever is accepted makes a sound school. */
static void test_changed_bytes(void **state)
{
    (void)state;
    static const uint8_t seed[32] = {1};
    static const char bytes[] = "\n,,;\"19ays -=#\r\xE5";
    static made_report report;
    static const sunlot_master master = {{7}};
    sunlot_stream s;
    uint32_t accepted = 0;
    sunlot_stream_init(&s, seed);
    for (uint32_t round = 0; round < 3000; round++) {
        const char *file[SUNLOT_FILE_COUNT];
        memcpy(file, round % 2 == 0 ? made_input : totals, sizeof file);
        const uint32_t which = sunlot_stream_below(&s, SUNLOT_FILE_COUNT);
        char *text = made_input_replace(file[which], 1000, "");
        for (uint32_t k = 1 + sunlot_stream_below(&s, 3); k > 0; k--) {
            text[sunlot_stream_below(&s, (uint32_t)strlen(text))] = bytes[sunlot_stream_below(&s, sizeof bytes - 1)];
        }
        file[which] = text;
        sunlot_enrolment *e = NULL;
        if (made_input_read(&e, file, &report) == SUNLOT_OK) {
            sunlot_roster *r = NULL;
            const char *what;
            accepted++;
            assert_int_equal(sunlot_roster_new(&r, e, SUNLOT_LIVE, &master, NULL), SUNLOT_OK);
            for (uint32_t i = 0; i < r->schools; i++) assert_int_equal(sunlot_school_check(r, &r->school[i], &what), 0);
            sunlot_roster_free(r);
        } else {
            assert_true(report.issues > 0);
        }
        sunlot_enrolment_free(e);
        free(text);
    }
    assert_in_range(accepted, 100, 2900);
    assert_int_equal(sunlot_alloc_live(), 0);
}

/* Refuse one allocation, or it and all after it.  One refusal may pass, as libcsv tries again with less; then the answer is the right one. */
static sunlot_err read_refused(const char *const *file, uint64_t after, bool lasting, sunlot_err right)
{
    static made_report report;
    sunlot_enrolment *e = NULL;
    sunlot_alloc_refuse(after, lasting);
    const sunlot_err err = made_input_read(&e, file, &report);
    sunlot_alloc_refuse(0, false);
    assert_true(err == SUNLOT_ERR_MEMORY || err == right);
    assert_true((e != NULL) == (err == SUNLOT_OK));
    sunlot_enrolment_free(e);
    assert_int_equal(sunlot_alloc_live(), 0);
    return err;
}

static void test_memory(void **state)
{
    (void)state;
    const char *wrong[SUNLOT_FILE_COUNT];
    memcpy(wrong, made_input, sizeof wrong);
    char *students = made_input_replace(made_input[S], 2, "s2,Ann,f,8O,a,,,9,\n");
    wrong[S] = students;
    const char *const *const inputs[] = {made_input, wrong, totals};
    for (int i = 0; i < 3; i++) {
        const char *const *file = inputs[i];
        const sunlot_err right = file == wrong ? SUNLOT_ERR_INPUT : SUNLOT_OK;
        uint64_t needed = 1;
        while (read_refused(file, needed, true, right) == SUNLOT_ERR_MEMORY) needed++;
        assert_in_range(needed, 50, 1000);
        for (uint64_t after = 1; after < needed; after++) (void)read_refused(file, after, false, right);
    }
    free(students);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),     cmocka_unit_test(test_languages),     cmocka_unit_test(test_totals),
        cmocka_unit_test(test_district), cmocka_unit_test(test_changed_bytes), cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests_name("enrolment", tests, NULL, NULL);
}
