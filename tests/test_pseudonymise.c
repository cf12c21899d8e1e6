/* From the enrolment to the roster: what may not matter does not, and what must be there is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "log/log.h"
#include "random/secrets.h"
#include "roster/enrolment.h"
#include "support/made_input.h"

static const sunlot_master master = {{1, 2, 3}};

static void pseudonym_of(uint8_t pseudonym16[16], const char *who, sunlot_text school, sunlot_text id)
{
    sunlot_mac_state begun;
    sunlot_secret_begin(&begun, &master);
    sunlot_secret_pseudonym(pseudonym16, &begun, who, school, id);
}

static sunlot_roster *roster_of(const char *const *file, sunlot_mode mode, const sunlot_master *m)
{
    static made_report report;
    const sunlot_input input = made_input_of(file);
    sunlot_enrolment *e = NULL;
    sunlot_roster *r = NULL;
    memset(&report, 0, sizeof report);
    const sunlot_err err = sunlot_enrolment_read(&e, &input, made_report_add, &report, NULL);
    assert_string_equal(report.text, "");
    assert_int_equal(err, SUNLOT_OK);
    assert_int_equal(sunlot_roster_new(&r, e, mode, m, NULL), SUNLOT_OK);
    /* The roster needs nothing of the enrolment. */
    for (int f = 0; f < SUNLOT_FILE_COUNT; f++) {
        if (e->file[f].text != NULL) memset(e->file[f].text, '!', input.file[f].n);
    }
    sunlot_enrolment_free(e);
    return r;
}

/* The lines of the log that a roster gives. */
static char *lines_of(const char *const *file, sunlot_mode mode, const sunlot_master *m)
{
    sunlot_buffer out = {0};
    sunlot_roster *r = roster_of(file, mode, m);
    assert_int_equal(sunlot_log_write_roster(&out, r, NULL), SUNLOT_OK);
    sunlot_roster_free(r);
    char *text = malloc(out.n + 1);
    assert_non_null(text);
    memcpy(text, out.p, out.n);
    text[out.n] = 0;
    sunlot_buffer_free(&out);
    assert_int_equal(sunlot_alloc_live(), 0);
    return text;
}

/* ---- order and neighbours -------------------------------------------------------------------------------------------------------------- */

/* All lines but the first in another order. */
static char *shuffled(const char *text, sunlot_stream *s)
{
    const char *line[32];
    size_t length[32];
    uint32_t n = 0;
    for (const char *p = text; *p != 0; p += length[n++]) {
        line[n] = p;
        length[n] = (size_t)(strchr(p, '\n') - p) + 1;
    }
    char *out = malloc(strlen(text) + 1), *at = out;
    assert_non_null(out);
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t j = i == 0 ? 0 : i + sunlot_stream_below(s, n - i);
        memcpy(at, line[j], length[j]);
        at += length[j];
        line[j] = line[i];
        length[j] = length[i];
    }
    *at = 0;
    return out;
}

/* The order of rows, of any file, changes no byte. */
static void test_row_order(void **state)
{
    (void)state;
    static const uint8_t seed[32] = {9};
    sunlot_stream s;
    sunlot_stream_init(&s, seed);
    char *first = lines_of(made_input, SUNLOT_LIVE, &master);
    for (int round = 0; round < 40; round++) {
        char *text[SUNLOT_FILE_COUNT];
        for (int f = 0; f < SUNLOT_FILE_COUNT; f++) text[f] = shuffled(made_input[f], &s);
        char *again = lines_of((const char *const *)text, SUNLOT_LIVE, &master);
        assert_string_equal(again, first);
        free(again);
        for (int f = 0; f < SUNLOT_FILE_COUNT; f++) free(text[f]);
    }
    free(first);
}

#define HEAD                                                                                                                                                   \
    "rule,who,column,value,school\ndraw,,district,E,\ndraw,,year,2026,\ndraw,,grade,1,\nsource,,1,d10 39;a;b;c,\nbalance,students,x,,\ntogether,,y,,\nrecuse,,z,,\n"
#define A_CLASSES "A,1,\nA,2,\nA,10,\n"
#define A_PEOPLE  "A,1,Ann,f,p,\nA,2,Bob,m,p,\nA,3,Cid,f,,t1\nA,4,Dee,f,,\nA,5,Eve,m,,\nA,6,Fay,m,,\n"
#define A_STAFF   "A,t1,Gil,maths,1,yes\nA,t2,Hal,maths,2,yes\nA,t3,Ida,music,3,yes\n"
#define B_PEOPLE  "B,b1,Ann,f,p,\nB,b2,Bob,g,p,\nB,b3,Cid,f,,\nB,b4,Cid,g,,\n"

/* Another school, or none, changes nothing of a school's lines but its number. */
static void test_other_schools(void **state)
{
    (void)state;
    static const char *const both[] = {HEAD, "school,class,seats\nB,1,\nB,2,\n" A_CLASSES, "school,id,name,x,y,z\n" B_PEOPLE A_PEOPLE,
                                       "school,id,name,subject,classes,homeroom\n" A_STAFF};
    static const char *const one[] = {HEAD, "school,class,seats\n" A_CLASSES, "school,id,name,x,y,z\n" A_PEOPLE,
                                      "school,id,name,subject,classes,homeroom\n" A_STAFF};
    char *two_schools = lines_of(both, SUNLOT_LIVE, &master), *one_school = lines_of(one, SUNLOT_LIVE, &master);
    char *second = strstr(two_schools, "school,2,B");
    assert_non_null(second);
    *second = 0;
    assert_string_equal(two_schools, one_school);
    free(two_schools);
    free(one_school);
}

/* ---- what the roster says -------------------------------------------------------------------------------------------------------------- */

static void test_secrets(void **state)
{
    (void)state;
    sunlot_roster *r = roster_of(made_input, SUNLOT_REHEARSAL, &master);
    assert_true(sunlot_text_equal(r->id, SUNLOT_TEXT("sunlot/v1/rehearsal-演练/Example/2026/7/placement/1")));
    const sunlot_school *s = &r->school[0];
    uint8_t pseudonym[16];
    char text[33];
    pseudonym_of(pseudonym, "student", SUNLOT_TEXT("Hill"), SUNLOT_TEXT("s3"));
    sunlot_pseudonym_write(text, 's', pseudonym);
    sunlot_mac_state begun;
    sunlot_secret_begin(&begun, &master);
    const sunlot_digest salt = sunlot_secret_salt(&begun, (sunlot_text){text, 33});
    const sunlot_person person = {SUNLOT_TEXT("Hill"), SUNLOT_TEXT("s3"), SUNLOT_TEXT("Cid")};
    const sunlot_text value[] = {SUNLOT_TEXT("90"), SUNLOT_TEXT("m")};
    const sunlot_digest commitment = sunlot_commitment(&salt, (sunlot_text){text, 33}, &person, value, 2);
    uint32_t found = 0;
    for (uint32_t i = 0; i < s->students; i++) {
        if (i > 0) assert_true(memcmp(s->student[i - 1].pseudonym, s->student[i].pseudonym, 16) < 0);
        if (memcmp(s->student[i].pseudonym, pseudonym, 16) != 0) continue;
        found++;
        assert_memory_equal(s->student[i].commitment.b, commitment.b, 32);
        assert_int_equal(s->cell[SUNLOT_STUDENTS][i * s->columns[SUNLOT_STUDENTS]], 90000);
    }
    assert_int_equal(found, 1);
    const sunlot_column *sex = &s->column[SUNLOT_STUDENTS][1];
    assert_true(sunlot_text_equal(sex->name, SUNLOT_TEXT("sex")));
    assert_int_equal(sex->values, 2);
    assert_true(sunlot_text_equal(sex->value[0], SUNLOT_TEXT("f")) && sunlot_text_equal(sex->value[1], SUNLOT_TEXT("m")));
    assert_true(sunlot_text_equal(s->lock[0].reason, SUNLOT_TEXT("order")));
    sunlot_roster_free(r);
    char *a = lines_of(made_input, SUNLOT_LIVE, &master), *b = lines_of(made_input, SUNLOT_LIVE, &(sunlot_master){{1, 2, 4}});
    assert_string_not_equal(a, b);
    free(a);
    free(b);
}

/* The student with this id. */
static const sunlot_student *student_of(const sunlot_school *s, const char *id)
{
    uint8_t pseudonym[16];
    pseudonym_of(pseudonym, "student", s->name, sunlot_text_of(id));
    for (uint32_t i = 0; i < s->students; i++) {
        if (memcmp(s->student[i].pseudonym, pseudonym, 16) == 0) return &s->student[i];
    }
    fail_msg("%s is not in the roster", id);
    return NULL;
}

/* The limits two students share. */
static uint32_t shared(const sunlot_school *s, const char *a, const char *b)
{
    const sunlot_student *x = student_of(s, a), *y = student_of(s, b);
    uint32_t count = 0;
    for (uint32_t i = 0; i < x->limits; i++) {
        for (uint32_t j = 0; j < y->limits; j++) count += s->student_limit[x->limits_from + i] == s->student_limit[y->limits_from + j];
    }
    return count;
}

static void test_tokens(void **state)
{
    (void)state;
    sunlot_roster *r = roster_of(made_input, SUNLOT_LIVE, &master);
    const sunlot_school *s = &r->school[0];
    const char *what;
    assert_int_equal(sunlot_school_check(r, s, &what), 0); /* canonical, among other things */
    assert_int_equal(student_of(s, "s1")->together, 1);
    assert_int_equal(student_of(s, "s2")->together, 1);
    assert_int_equal(student_of(s, "s3")->together, 0);
    /* Two values of conflict; the two special ones are the two of x; the two Eves. */
    assert_int_equal(s->limits, 3);
    assert_int_equal(shared(s, "s3", "s4"), 1);
    assert_int_equal(shared(s, "s4", "s5"), 1);
    assert_int_equal(shared(s, "s5", "s6"), 1);
    assert_int_equal(shared(s, "s3", "s5"), 0);
    for (uint32_t i = 0; i < s->limits; i++) assert_int_equal(s->limit_max[i], 1);
    assert_int_equal(student_of(s, "s5")->seats, 2);
    assert_int_equal(student_of(s, "s2")->seats, 1);
    assert_int_equal(student_of(s, "s5")->lock, 1);
    assert_int_equal(s->locks, 1);
    assert_true(student_of(s, "s5") == &s->student[s->lock[0].student]);
    uint8_t teacher[16];
    pseudonym_of(teacher, "teacher", SUNLOT_TEXT("Hill"), SUNLOT_TEXT("t3"));
    assert_memory_equal(s->teacher[student_of(s, "s4")->recused].pseudonym, teacher, 16);
    assert_int_equal(student_of(s, "s5")->recused, SUNLOT_NONE16);
    sunlot_roster_free(r);
}

/* Blocks joined by several columns; of equal sets the strictest; sets that say nothing left out. */
static void test_closure(void **state)
{
    (void)state;
    static const char *const file[] = {
        "rule,who,column,value,school\ndraw,,district,E,\ndraw,,year,2026,\ndraw,,grade,1,\nsource,,1,d10 39;a;b;c,\ntogether,,x,,\ntogether,,y,,\n"
        "cap,,z,q r 3,\ncap,,z,q r 2,\nspread,,w,,\n",
        "class,seats\n1,\n2,\n3,\n", "id,name,x,y,z,w\n1,,a,,q r,m\n2,,a,b,,\n3,,,b,q r,\n4,,c,,q r,n\n5,,,,q r,n\n6,,d,,q,o\n7,,,,,\n8,,,,,m\n9,,,,,\n", NULL};
    sunlot_roster *r = roster_of(file, SUNLOT_LIVE, &master);
    const sunlot_school *s = &r->school[0];
    assert_int_equal(student_of(s, "1")->together, student_of(s, "3")->together);
    assert_int_equal(student_of(s, "1")->together, 1);
    assert_int_equal(student_of(s, "4")->together, 0);
    assert_int_equal(s->limits, 3); /* q r, m, n */
    assert_int_equal(shared(s, "4", "5"), 2);
    assert_int_equal(shared(s, "1", "8"), 1);
    const sunlot_student *first = student_of(s, "3");
    assert_int_equal(first->limits, 1);
    assert_int_equal(s->limit_max[s->student_limit[first->limits_from]], 2);
    assert_int_equal(student_of(s, "6")->limits + student_of(s, "7")->limits, 0);
    sunlot_roster_free(r);
}

static void test_teams(void **state)
{
    (void)state;
    static const char *const file[] = {
        HEAD, "school,class,seats\n" A_CLASSES, "school,id,name,x,y,z\n" A_PEOPLE,
        "school,id,name,subject,classes,homeroom,team\nA,t1,,maths,1,yes,9\nA,t2,,maths,2,,10；2\nA,t3,,music,2,yes,10；9\nA,t4,,music,1,yes,2\n"};
    sunlot_roster *r = roster_of(file, SUNLOT_LIVE, &master);
    const sunlot_school *s = &r->school[0];
    const char *what;
    assert_int_equal(sunlot_school_check(r, s, &what), 0);
    static const struct {
        const char *id;
        uint32_t teams;
        uint16_t team[2];
    } cases[] = {{"t1", 1, {1}}, {"t2", 2, {0, 2}}, {"t3", 2, {2, 1}}, {"t4", 1, {0}}}; /* T1 = 2, T2 = 9, T3 = 10; t3 is homeroom teacher of 10 */
    for (size_t i = 0; i < 4; i++) {
        uint8_t pseudonym[16];
        uint32_t at = 0;
        pseudonym_of(pseudonym, "teacher", s->name, sunlot_text_of(cases[i].id));
        while (memcmp(s->teacher[at].pseudonym, pseudonym, 16) != 0) at++;
        assert_int_equal(s->teacher[at].classes, cases[i].teams);
        assert_memory_equal(s->teacher[at].team, cases[i].team, cases[i].teams * sizeof(uint16_t));
    }
    sunlot_roster_free(r);
}

static void test_locks(void **state)
{
    (void)state;
    static const char *const file[] = {HEAD "fix,,b3,1; order; E,\nfix,,4,10; order; E,A\nfix,,5,2; other; E,\nfix,,6,1; order; E,\nfix,,b4,2; order; E,\n",
                                       "school,class,seats\nB,1,\nB,2,\n" A_CLASSES, "school,id,name,x,y,z\n" B_PEOPLE A_PEOPLE,
                                       "school,id,name,subject,classes,homeroom\n" A_STAFF};
    static const struct {
        const char *id;
        uint16_t class_index;
    } locks[SUNLOT_WHOS][3] = {{{"4", 2}, {"5", 1}, {"6", 0}}, {{"b3", 0}, {"b4", 1}}};
    sunlot_roster *r = roster_of(file, SUNLOT_LIVE, &master);
    for (uint32_t i = 0; i < 2; i++) {
        const sunlot_school *s = &r->school[i];
        const char *what;
        assert_int_equal(sunlot_school_check(r, s, &what), 0);
        assert_int_equal(s->locks, 3 - i);
        for (uint32_t k = 0; k < s->locks; k++) {
            const sunlot_student *student = student_of(s, locks[i][k].id);
            const sunlot_lock *lock = s->lock;
            while (&s->student[lock->student] != student) lock++;
            assert_int_equal(student->lock, locks[i][k].class_index);
            assert_int_equal(lock->class_index, locks[i][k].class_index);
            assert_true(sunlot_text_equal(lock->reason, strcmp(locks[i][k].id, "5") == 0 ? SUNLOT_TEXT("other") : SUNLOT_TEXT("order")));
        }
    }
    sunlot_roster_free(r);
}

/* ---- no memory ---------------------------------------------------------------------------------------------------------------------------- */

static void test_memory(void **state)
{
    (void)state;
    static made_report report;
    const sunlot_input input = made_input_of(made_input);
    for (int lasting = 0; lasting < 2; lasting++) {
        sunlot_err err = SUNLOT_ERR_MEMORY;
        sunlot_enrolment *e = NULL;
        memset(&report, 0, sizeof report);
        assert_int_equal(sunlot_enrolment_read(&e, &input, made_report_add, &report, NULL), SUNLOT_OK);
        const uint64_t before = sunlot_alloc_live();
        for (uint64_t after = 1; err == SUNLOT_ERR_MEMORY; after++) {
            sunlot_roster *r = NULL;
            sunlot_alloc_refuse(after, lasting == 1);
            err = sunlot_roster_new(&r, e, SUNLOT_LIVE, &master, NULL);
            sunlot_alloc_refuse(0, false);
            assert_true(err == SUNLOT_OK || err == SUNLOT_ERR_MEMORY);
            assert_true((r != NULL) == (err == SUNLOT_OK));
            sunlot_roster_free(r);
            assert_int_equal(sunlot_alloc_live(), before);
        }
        sunlot_enrolment_free(e);
        assert_int_equal(sunlot_alloc_live(), 0);
    }
}

static int start(void **state)
{
    (void)state;
    return sunlot_init() == SUNLOT_OK ? 0 : 1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_row_order), cmocka_unit_test(test_other_schools), cmocka_unit_test(test_secrets), cmocka_unit_test(test_tokens),
        cmocka_unit_test(test_closure),   cmocka_unit_test(test_teams),         cmocka_unit_test(test_locks),   cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests_name("pseudonymise", tests, start, NULL);
}
