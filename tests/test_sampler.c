/* Draws as arrays: what the result lines of the same seed say, from one sampler over and over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "draw/replay.h"
#include "log/record.h"
#include "random/secrets.h"
#include "roster/enrolment.h"
#include "support/made_input.h"
#include "support/small_roster.h"

/* A school with teachers in formed teams, seats that differ, a lock, twins and weights; one whose first rung fails. */
#define RULES "mix,60\ntries,3\nrule,students,balance,sex,,\nrule,students,band,x,top 2,\nrule,students,mean,x,11 40,\n"
#define SCHOOL                                                                                                                                                 \
    "school,A\nclass,1,6\nclass,2,4\nclass,3,6\nclass,4,4\nlock,05,2\nlimit,1\n"                                                                               \
    "teacher,b1,chinese,4,yes,1;2;3;4\nteacher,b2,maths,1,yes,2\nteacher,b3,maths,1,yes,3\nteacher,b4,maths,1,-,1\nteacher,b5,maths,1,yes,4\n"                 \
    "student,01,1,,,,f,70\nstudent,02,1,,,,m,71\nstudent,03,,1,b2,,f,72\nstudent,04,,1,,,m,73\nstudent,05,,,,,f,74\nstudent,06,,,,2,m,75\n"                    \
    "student,07,,,,,f,76\nstudent,08,,,,,m,77\nstudent,09,,,,,f,70\nstudent,10,,,,,f,70\nstudent,11,,,,,f,80\nstudent,12,,,,,m,73\n"
#define FORMED                                                                                                                                                 \
    "school,B\nclass,1,\nclass,2,\nclass,3,\nteacher,a1,chinese,2,yes,\nteacher,a2,chinese,1,yes,\nteacher,a3,maths,3,yes,\nstudent,21,,,a2,,f,1\n"            \
    "student,22,,,,,f,40\nstudent,23,,,,,m,9\nstudent,24,,,,,m,7\nstudent,25,,,,,m,31\nstudent,26,,,,,f,19\n"

static bool has_line(const sunlot_buffer *lines, const char *line)
{
    const size_t n = strlen(line);
    for (size_t i = 0; i + n <= lines->n; i++) {
        if (memcmp(lines->p + i, line, n) == 0 && (i == 0 || lines->p[i - 1] == '\n')) return true;
    }
    return false;
}

static sunlot_text number(char room[24], const char *letter, uint64_t value)
{
    const size_t n = strlen(letter);
    memcpy(room, letter, n);
    return (sunlot_text){room, n + sunlot_number_write(room + n, value)};
}

static void expect_line(const sunlot_buffer *lines, const sunlot_text *field, size_t fields)
{
    sunlot_buffer line = {NULL, 0, 0};
    assert_true(sunlot_record_write(&line, field, fields));
    line.p[line.n - 1] = '\0';
    assert_true(has_line(lines, line.p));
    sunlot_buffer_free(&line);
}

/* Every number of the arrays stands in the lines. */
static void expect_same(const sunlot_buffer *lines, const sunlot_roster *r, uint32_t school, const sunlot_sampler *sampler, const sunlot_sample *x)
{
    const sunlot_school *s = &r->school[school];
    for (uint32_t i = 0; i < s->students; i++) {
        char start[24], group[24];
        sunlot_sampled_student student;
        sunlot_sampled_class class_;
        sunlot_sampler_student(sampler, i, &student);
        sunlot_sampler_class(sampler, x->class_[i], &class_);
        assert_int_equal(x->group_of_class[x->class_[i]], x->group[i]);
        const sunlot_text field[] = {
            SUNLOT_TEXT("seat"), sunlot_text_of(student.pseudonym), number(start, "", x->start[i] + 1u), number(group, "G", x->group[i] + 1u),
            class_.name,         SUNLOT_TEXT("rehearsal-演练")};
        expect_line(lines, field, sizeof field / sizeof *field);
    }
    for (uint32_t c = 0; c < s->classes; c++) {
        char line[64] = "section,", team[24];
        memcpy(line + 8, s->class_[c].name.p, s->class_[c].name.n);
        const sunlot_text label = number(team, ",T", x->team_of_class[c] + 1u);
        memcpy(line + 8 + s->class_[c].name.n, label.p, label.n);
        strcat(line, ",");
        assert_true(has_line(lines, line));
    }
}

static void test_same(void **state)
{
    (void)state;
    sunlot_roster *r = small_roster_new(RULES SCHOOL FORMED);
    uint32_t placed = 0, second = 0;
    for (uint32_t school = 0; school < 2; school++) {
        sunlot_sampler *sampler = NULL;
        assert_int_equal(sunlot_sampler_new(&sampler, r, school, NULL), SUNLOT_OK);
        for (uint8_t number_ = 0; number_ < 60; number_++) {
            const uint8_t seed[32] = {number_};
            sunlot_buffer lines = {NULL, 0, 0};
            sunlot_outcome a, b;
            sunlot_sample x;
            const sunlot_err err = sunlot_replay(&lines, r, school, seed, &a);
            assert_int_equal(sunlot_sampler_draw(sampler, seed, &x, &b), err);
            assert_true(a.placed == b.placed && a.rung == b.rung && a.attempt == b.attempt && a.looks == b.looks && a.steps == b.steps);
            if (err == SUNLOT_OK) expect_same(&lines, r, school, sampler, &x);
            placed += err == SUNLOT_OK;
            second += a.rung == 2;
            sunlot_buffer_free(&lines);
        }
        sunlot_sampler_free(sampler);
    }
    /* Each draw of B begins at the first rung again, in vain. */
    assert_int_equal(placed, 120);
    assert_int_equal(second, 60);
    sunlot_roster_free(r);
}

static void test_mix(void **state)
{
    (void)state;
    sunlot_roster *r =
        small_roster_new("mix,7\nrule,students,balance,sex,,\nschool,A\nclass,1,\nclass,2,\nstudent,01,,,,,f\nstudent,02,,,,,f\nstudent,03,,,,,m\n");
    const uint8_t seed[32] = {0};
    const uint32_t mix = 50;
    sunlot_sampler *sampler = NULL;
    sunlot_sample x;
    sunlot_outcome outcome;
    assert_int_equal(sunlot_sampler_new(&sampler, r, 0, NULL), SUNLOT_OK);
    assert_int_equal(sunlot_sampler_draw(sampler, seed, &x, &outcome), SUNLOT_OK);
    assert_null(x.team_of_class);
    const uint64_t steps = outcome.steps;
    sunlot_sampler_free(sampler);
    assert_int_equal(sunlot_sampler_new(&sampler, r, 0, &mix), SUNLOT_OK);
    assert_int_equal(sunlot_sampler_draw(sampler, seed, &x, &outcome), SUNLOT_OK);
    assert_int_equal(outcome.steps - steps, (50 - 7) * 100); /* what comes before the walk is the same */
    sunlot_sampler_free(sampler);
    sunlot_roster_free(r);
}

static void test_kinds(void **state)
{
    (void)state;
    sunlot_roster *r = small_roster_new("rule,students,balance,sex,,\nrule,students,band,x,top 4,\n" SCHOOL);
    static const uint32_t unit[] = {0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    sunlot_sampler *sampler = NULL;
    assert_int_equal(sunlot_sampler_new(&sampler, r, 0, NULL), SUNLOT_OK);
    uint32_t row[12];
    for (uint32_t i = 0; i < 12; i++) {
        sunlot_sampled_student student;
        sunlot_sampler_student(sampler, i, &student);
        row[i] = student.row;
        assert_int_equal(student.unit, unit[i]);
        assert_int_equal(student.lock, i == 4 ? 1 : SUNLOT_SAMPLED_NONE);
        assert_int_equal(student.single, i > 1 && i != 5);
        assert_int_equal(strlen(student.pseudonym), 33);
        /* by hand: 06 07 08 11 have the four best scores 75 76 77 80 */
        const bool best = i == 5 || i == 6 || i == 7 || i == 10, girl = r->school[0].cell[SUNLOT_STUDENTS][2 * i] == r->school[0].cell[SUNLOT_STUDENTS][0];
        sunlot_sampled_student other;
        for (uint32_t j = 0; j < i; j++) {
            const bool best_j = j == 5 || j == 6 || j == 7 || j == 10,
                       girl_j = r->school[0].cell[SUNLOT_STUDENTS][2 * j] == r->school[0].cell[SUNLOT_STUDENTS][0];
            sunlot_sampler_student(sampler, j, &other);
            assert_int_equal(other.profile == student.profile, best == best_j && girl == girl_j);
        }
    }
    /* 09 and 10 have the same row; 01 has it too, but for the twin; 04 and 12, but for the limit */
    for (uint32_t i = 0; i < 12; i++)
        for (uint32_t j = 0; j < i; j++) assert_int_equal(row[i] == row[j], i == 9 && j == 8);
    static const uint32_t set[] = {0, SUNLOT_SAMPLED_NONE, 0, 3};
    for (uint32_t c = 0; c < 4; c++) {
        sunlot_sampled_class class_;
        sunlot_sampler_class(sampler, c, &class_);
        assert_int_equal(class_.set, set[c]);
        assert_int_equal(class_.name.p[0], '1' + (int)c);
    }
    sunlot_buffer text = {NULL, 0, 0};
    assert_int_equal(sunlot_sampler_profile(&text, sampler, 0), SUNLOT_OK);
    assert_int_equal(text.n, 9);
    assert_memory_equal(text.p, "sex=f x=-", 9);
    assert_int_equal(sunlot_sampler_profile(&text, sampler, 7), SUNLOT_OK);
    assert_memory_equal(text.p + 9, "sex=m x=top 4", 13);
    sunlot_buffer_free(&text);
    sunlot_sampler_free(sampler);
    sunlot_roster_free(r);
}

static void test_places(void **state)
{
    (void)state;
    static made_report report;
    static const sunlot_master master = {{4, 5}};
    sunlot_enrolment *e = NULL;
    sunlot_roster *r = NULL;
    assert_int_equal(made_input_read(&e, made_input, &report), SUNLOT_OK);
    assert_int_equal(sunlot_roster_new(&r, e, SUNLOT_REHEARSAL, &master, NULL), SUNLOT_OK);
    sunlot_mac_state secrets;
    sunlot_secret_begin(&secrets, &master);
    uint32_t place[SUNLOT_MAX_SCHOOL_STUDENTS];
    bool seen[SUNLOT_MAX_SCHOOL_STUDENTS] = {false};
    sunlot_roster_places(place, r, e, 0, &master);
    for (uint32_t i = 0; i < r->school[0].students; i++) {
        uint8_t pseudonym[16];
        assert_true(place[i] < r->school[0].students && !seen[place[i]]);
        seen[place[i]] = true;
        const sunlot_person person = sunlot_enrolment_person(e, SUNLOT_STUDENTS, 0, place[i]);
        sunlot_secret_pseudonym(pseudonym, &secrets, "student", person.school, person.id);
        assert_memory_equal(pseudonym, r->school[0].student[i].pseudonym, 16);
    }
    sunlot_roster_free(r);
    sunlot_enrolment_free(e);
}

static void test_no_memory(void **state)
{
    (void)state;
    sunlot_roster *r = small_roster_new(RULES SCHOOL FORMED);
    const uint64_t live = sunlot_alloc_live();
    sunlot_err err = SUNLOT_ERR_MEMORY;
    uint64_t after = 0;
    while (err == SUNLOT_ERR_MEMORY) {
        sunlot_sampler *sampler = NULL;
        after++;
        sunlot_alloc_refuse(after, after % 2 == 0);
        err = sunlot_sampler_new(&sampler, r, 0, NULL);
        sunlot_alloc_refuse(0, false);
        assert_true((err == SUNLOT_OK) == (sampler != NULL));
        if (sampler != NULL) {
            sunlot_buffer text = {NULL, 0, 0};
            const uint8_t seed[32] = {3};
            sunlot_sample x;
            sunlot_outcome outcome;
            sunlot_alloc_refuse(1, true); /* a draw allocates nothing */
            assert_true(sunlot_sampler_draw(sampler, seed, &x, &outcome) != SUNLOT_ERR_MEMORY);
            assert_int_equal(sunlot_sampler_profile(&text, sampler, 0), SUNLOT_ERR_MEMORY);
            sunlot_alloc_refuse(0, false);
            assert_int_equal(text.n, 0);
        }
        sunlot_sampler_free(sampler);
        assert_int_equal(sunlot_alloc_live(), live);
    }
    assert_true(after > 2);
    sunlot_roster_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_same), cmocka_unit_test(test_mix), cmocka_unit_test(test_kinds), cmocka_unit_test(test_places),
                                       cmocka_unit_test(test_no_memory)};
    if (sunlot_init() != SUNLOT_OK) return 1;
    return cmocka_run_group_tests_name("sampler", tests, NULL, NULL);
}
