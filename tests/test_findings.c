/* The tests of the evidence are tested: an honest draw fits, in the mean exactly; each dishonest one is found out. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "trials/findings.h"

/* A school in small, drawn without the engine: 60 students of 12 profiles, the first 10 with equal rows and two together; profiles are dealt evenly to
 * 6 groups from a shuffled order; then the numbers of the classes are dealt within two sets of 4 and 2 classes, or among all. */
enum { STUDENTS = 60, CLASSES = 6, PROFILES = 12, ALIKE = 10 };

typedef enum {
    HONEST,
    BY_ROW,      /* classes in the order of the file, no shuffle at all */
    BY_ROW_SEEN, /* one draw in twenty is sorted so */
    NAIVE,       /* numbers dealt by swapping each place with any place */
    OFF_BY_ONE,  /* … by Fisher and Yates with a bound too small by one */
    UNSHUFFLED,  /* starting places in the order of the file */
    ONE_CLASS,   /* one draw in twenty, one student changes places with one of class 1 */
    FRIENDS,     /* one draw in ten brings two of equal rows together */
    FAVOURED     /* one draw in ten puts one of equal rows into the first set */
} bias;

typedef struct {
    uint32_t set[CLASSES];
    tally_student student[STUDENTS];
    uint16_t group[STUDENTS], class_[STUDENTS], group_of_class[CLASSES], team_of_class[CLASSES];
    uint32_t start[STUDENTS];
} school;

static void shuffle(sunlot_stream *s, uint16_t *a, uint32_t n, bias b)
{
    for (uint32_t i = n; i-- > 1;) {
        const uint32_t j = sunlot_stream_below(s, b == NAIVE ? n : b == OFF_BY_ONE ? i : i + 1);
        const uint16_t x = a[i];
        a[i] = a[j];
        a[j] = x;
    }
}

static school make_school(bool sets)
{
    school x;
    memset(&x, 0, sizeof x);
    for (uint32_t c = 0; c < CLASSES; c++) x.set[c] = sets && c % 3 == 2 ? 2 : 0;
    for (uint32_t i = 0; i < STUDENTS; i++) {
        x.student[i].profile = i < ALIKE ? 0 : i % PROFILES;
        x.student[i].row = i < ALIKE ? 0 : i;
        x.student[i].place = (i * 37 + 11) % STUDENTS;
        x.student[i].alone = x.student[i].single = i < STUDENTS - 2;
    }
    return x;
}

static uint32_t student_at(const school *x, uint32_t place)
{
    uint32_t i = 0;
    while (x->student[i].place != place) i++;
    return i;
}

static void exchange(school *x, uint32_t i, uint32_t j)
{
    const uint16_t g = x->group[i];
    x->group[i] = x->group[j];
    x->group[j] = g;
}

static void deal_groups(school *x, sunlot_stream *s, bias b)
{
    uint16_t order[STUDENTS];
    for (uint32_t i = 0; i < STUDENTS; i++) order[i] = (uint16_t)(b == UNSHUFFLED ? student_at(x, i) : i);
    if (b != UNSHUFFLED) shuffle(s, order, STUDENTS, HONEST);
    /* Twins first, in one group. */
    uint32_t at = CLASSES;
    for (uint32_t i = STUDENTS - 2; i < STUDENTS; i++) {
        x->start[i] = 0;
        x->group[i] = 0;
    }
    for (uint32_t profile = 0; profile < PROFILES; profile++) {
        for (uint32_t i = 0; i < STUDENTS; i++) {
            if (x->student[order[i]].profile != profile || !x->student[order[i]].single) continue;
            x->start[order[i]] = at;
            x->group[order[i]] = (uint16_t)(at++ % CLASSES);
        }
    }
}

static void deal_numbers(school *x, sunlot_stream *s, bias b)
{
    for (uint32_t first = 0; first < CLASSES; first++) {
        uint16_t list[CLASSES], n = 0, at = 0;
        for (uint32_t c = 0; c < CLASSES; c++)
            if (x->set[c] == first) list[n++] = (uint16_t)c;
        if (n > 1 && b != BY_ROW) shuffle(s, list, n, b);
        for (uint32_t c = 0; c < CLASSES && n > 0; c++)
            if (x->set[c] == first) x->group_of_class[c] = list[at++];
    }
}

static sunlot_sample draw(school *x, sunlot_stream *s, bias b)
{
    uint16_t team[CLASSES];
    const bool rare = sunlot_stream_below(s, 20) == 0, seldom = sunlot_stream_below(s, 10) == 0;
    deal_groups(x, s, b);
    if (b == FRIENDS && seldom)
        for (uint32_t i = 2; x->group[0] != x->group[1] && i < ALIKE; i++)
            if (x->group[i] == x->group[0]) exchange(x, 1, i);
    if (b == FAVOURED && seldom)
        for (uint32_t i = 1; x->set[x->group[0]] != 0 && i < ALIKE; i++)
            if (x->set[x->group[i]] == 0) exchange(x, 0, i);
    deal_numbers(x, s, b);
    for (uint32_t t = 0; t < CLASSES; t++) team[t] = (uint16_t)t;
    shuffle(s, team, CLASSES, HONEST);
    for (uint32_t c = 0; c < CLASSES; c++) {
        x->team_of_class[c] = team[x->group_of_class[c]];
        for (uint32_t i = 0; i < STUDENTS; i++)
            if (x->group[i] == x->group_of_class[c]) x->class_[i] = (uint16_t)c;
    }
    if (b == BY_ROW || (b == BY_ROW_SEEN && rare))
        for (uint32_t i = 0; i < STUDENTS; i++) x->class_[i] = (uint16_t)(x->student[i].place * CLASSES / STUDENTS);
    for (uint32_t i = 0; b == ONE_CLASS && rare && i < STUDENTS && x->class_[20] != 0; i++) {
        if (x->class_[i] != 0) continue;
        x->class_[i] = x->class_[20];
        x->class_[20] = 0;
    }
    return (sunlot_sample){x->group, x->class_, x->start, x->group_of_class, x->team_of_class};
}

static sunlot_stream stream_of(uint8_t number, uint8_t more)
{
    const uint8_t key[32] = {number, more, 77};
    sunlot_stream s;
    sunlot_stream_init(&s, key);
    return s;
}

static finding_list examine(bool sets, bias b, uint32_t draws, sunlot_stream *s)
{
    school x = make_school(sets);
    finding_list list = {NULL, 0, 0};
    tally_plan *plan = tally_plan_new(x.student, STUDENTS, x.set, CLASSES);
    tally *t = tally_new(plan);
    const sunlot_outcome outcome = {.placed = true, .rung = 1, .attempt = 1, .looks = 1, .steps = 10};
    for (uint32_t i = 0; i < draws; i++) {
        const sunlot_sample sample = draw(&x, s, b);
        tally_add(t, plan, &sample, &outcome);
    }
    findings_add(&list, 0, plan, t);
    tally_free(t);
    tally_plan_free(plan);
    return list;
}

/* Over many evidences the chi-squares are as large as their degrees, and the squares of z are 1: so the variances are right for each kind of test, also
 * where students come together and profiles are spread. */
static void test_honest(void **state)
{
    (void)state;
    for (int sets = 0; sets < 2; sets++) {
        double square[FINDING_KINDS] = {0}, df[FINDING_KINDS] = {0};
        size_t deviate = 0, tests[FINDING_KINDS] = {0}, small = 0, students = 0;
        sunlot_stream s = stream_of(1, (uint8_t)sets);
        for (int i = 0; i < 800; i++) {
            finding_list list = examine(sets, HONEST, 120, &s);
            deviate += findings_correct(&list);
            for (size_t j = 0; j < list.n; j++) {
                const finding *f = &list.of[j];
                if (f->verdict != FINDING_FITS && f->verdict != FINDING_DEVIATES) continue;
                tests[f->kind]++;
                square[f->kind] += f->df > 0 ? f->statistic : f->statistic * f->statistic;
                df[f->kind] += f->df > 0 ? f->df : 1;
                students += f->kind == FINDING_STUDENT;
                small += f->kind == FINDING_STUDENT && f->p < 0.1;
                assert_true(f->p >= 0 && f->p <= 1 && f->corrected >= f->p);
            }
            findings_free(&list);
        }
        assert_true(deviate <= 3);
        for (int kind = 0; kind < FINDING_EXACT; kind++) {
            const double off = square[kind] / df[kind] - 1, error = sqrt(2 / df[kind]);
            if (kind == FINDING_ROW_SHARE && sets == 0) {
                assert_int_equal(tests[kind], 0);
                continue;
            }
            assert_true(tests[kind] >= 800);
            /* of the largest of many pairs nothing simple is known; tests of one draw depend on each other */
            if (kind != FINDING_ROW_PAIR && fabs(off) > 4 * error + 0.005) fail_msg("sets %d kind %d: off by %g, error %g", sets, kind, off, error);
        }
        assert_true(fabs((double)small / (double)students - 0.1) < 0.01);
    }
}

static void expect_caught(bool sets, bias b, uint32_t draws, uint32_t kinds)
{
    sunlot_stream s = stream_of(2, (uint8_t)b);
    finding_list list = examine(sets, b, draws, &s);
    uint32_t found = 0;
    (void)findings_correct(&list);
    for (size_t i = 0; i < list.n; i++)
        if (list.of[i].verdict == FINDING_DEVIATES) found |= 1u << list.of[i].kind;
    if ((found & kinds) != kinds || (kinds == 0 && found != 0)) fail_msg("bias %d: found %#x of %#x", (int)b, found, kinds);
    findings_free(&list);
}

#define BIT(kind) (1u << (kind))

static void test_dishonest(void **state)
{
    (void)state;
    expect_caught(false, HONEST, 3000, 0);
    expect_caught(true, HONEST, 3000, 0);
    expect_caught(false, BY_ROW, 200, BIT(FINDING_STUDENT) | BIT(FINDING_DEAL) | BIT(FINDING_FILE_PART) | BIT(FINDING_FILE_TREND));
    expect_caught(false, BY_ROW_SEEN, 3000, BIT(FINDING_FILE_TREND) | BIT(FINDING_FILE_PART));
    expect_caught(false, NAIVE, 3000, BIT(FINDING_DEAL));
    expect_caught(false, OFF_BY_ONE, 300, BIT(FINDING_DEAL));
    expect_caught(false, UNSHUFFLED, 100, BIT(FINDING_FILE_START));
    expect_caught(false, ONE_CLASS, 4000, BIT(FINDING_STUDENT));
    expect_caught(false, FRIENDS, 3000, BIT(FINDING_ROW_PAIR));
    expect_caught(true, FAVOURED, 12000, BIT(FINDING_ROW_SHARE));
}

/* Who counted which draw makes no difference. */
static void test_merge(void **state)
{
    (void)state;
    school x = make_school(true);
    tally_plan *plan = tally_plan_new(x.student, STUDENTS, x.set, CLASSES);
    tally *all = tally_new(plan), *half[2] = {tally_new(plan), tally_new(plan)};
    sunlot_stream s = stream_of(3, 0);
    for (uint32_t i = 0; i < 101; i++) {
        const sunlot_sample sample = draw(&x, &s, HONEST);
        const sunlot_outcome outcome = {.placed = i % 7 != 0, .rung = 1 + i % 3, .attempt = 1 + i % 300, .looks = 1 + i % 5, .steps = 1000 - i};
        tally_add(all, plan, i % 7 != 0 ? &sample : NULL, &outcome);
        tally_add(half[i % 2], plan, i % 7 != 0 ? &sample : NULL, &outcome);
    }
    tally_merge(half[1], plan, half[0]);
    assert_int_equal(all->failed, 15);
    assert_int_equal(all->placed, 86);
    assert_int_equal(all->most_steps, 1000);
    assert_true(half[1]->placed == all->placed && half[1]->failed == all->failed && half[1]->steps == all->steps && half[1]->most_steps == all->most_steps);
    assert_memory_equal(half[1]->rung, all->rung, sizeof all->rung);
    assert_memory_equal(half[1]->attempt, all->attempt, sizeof all->attempt);
    assert_memory_equal(half[1]->looks, all->looks, sizeof all->looks);
    assert_memory_equal(half[1]->seat, all->seat, STUDENTS * CLASSES * sizeof *all->seat);
    assert_memory_equal(half[1]->deal, all->deal, CLASSES * CLASSES * sizeof *all->deal);
    assert_memory_equal(half[1]->team, all->team, CLASSES * CLASSES * sizeof *all->team);
    assert_memory_equal(half[1]->start, all->start, sizeof all->start);
    assert_memory_equal(half[1]->trend, all->trend, sizeof all->trend);
    finding_list a = {NULL, 0, 0}, b = {NULL, 0, 0};
    findings_add(&a, 0, plan, all);
    findings_add(&b, 0, plan, half[1]);
    assert_int_equal(a.n, b.n);
    for (size_t i = 0; i < a.n; i++) assert_true(a.of[i].kind == b.of[i].kind && fabs(a.of[i].statistic - b.of[i].statistic) < 1e-300);
    findings_free(&a);
    findings_free(&b);
    for (int i = 0; i < 2; i++) tally_free(half[i]);
    tally_free(all);
    tally_plan_free(plan);
}

/* Pairs by counting: every pair of every profile, in every draw. */
static void test_pairs(void **state)
{
    (void)state;
    static uint32_t together[STUDENTS][STUDENTS];
    school x = make_school(false);
    x.student[3].locked = true;
    tally_plan *plan = tally_plan_new(x.student, STUDENTS, x.set, CLASSES);
    tally *t = tally_new(plan);
    sunlot_stream s = stream_of(4, 0);
    for (uint32_t n = 0; n < 50; n++) {
        const sunlot_sample sample = draw(&x, &s, HONEST);
        const sunlot_outcome outcome = {.placed = true, .rung = 1, .attempt = 1, .looks = 1};
        tally_add(t, plan, &sample, &outcome);
        for (uint32_t i = 0; i < STUDENTS; i++)
            for (uint32_t j = 0; j < i; j++) together[i][j] += x.class_[i] == x.class_[j];
    }
    uint64_t sum = 0;
    const tally_kinds *k = &plan->part[TALLY_MATES];
    for (uint32_t i = 0; i < STUDENTS; i++) {
        assert_int_equal(k->kind[i] == TALLY_NONE, i == 3 || i >= STUDENTS - 2);
        for (uint32_t j = 0; j < i; j++) {
            if (k->kind[i] == TALLY_NONE || k->kind[i] != k->kind[j]) continue;
            assert_int_equal(tally_pair(t, plan, k->kind[i], plan->mate_at[j], plan->mate_at[i]), together[i][j]);
            sum += together[i][j];
        }
    }
    for (uint32_t i = 0; i < k->kinds; i++) sum -= t->together[TALLY_MATES][i];
    assert_int_equal(sum, 0);
    tally_free(t);
    tally_plan_free(plan);
}

/* Too few draws: nothing is said. */
static void test_few(void **state)
{
    (void)state;
    sunlot_stream s = stream_of(5, 0);
    finding_list list = examine(false, BY_ROW, 3, &s);
    assert_int_equal(findings_correct(&list), 0);
    for (size_t i = 0; i < list.n; i++) assert_true(list.of[i].verdict == FINDING_UNTESTED || list.of[i].verdict == FINDING_MEASURED);
    findings_free(&list);
    list = examine(false, BY_ROW, 0, &s);
    assert_int_equal(list.n, 0);
    findings_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_honest), cmocka_unit_test(test_dishonest), cmocka_unit_test(test_merge),
                                       cmocka_unit_test(test_pairs), cmocka_unit_test(test_few)};
    if (sunlot_init() != SUNLOT_OK) return 1;
    return cmocka_run_group_tests_name("findings", tests, NULL, NULL);
}
