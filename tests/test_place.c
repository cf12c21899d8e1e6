/* The engine against its oracle, on many small problems of every kind; results against the independent recount. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "place/check.h"
#include "place/exchange.h"
#include "support/made_problem.h"
#include "support/plain_place.h"

#define ROWS   48u
#define LIMITS 80u

static made_row row[ROWS];
static uint16_t limit_max[LIMITS];
static uint16_t group_size[PLAIN_GROUPS];

/* One of n, or `rarely` once in `times`. */
static uint32_t one_of(sunlot_stream *s, uint32_t n) { return sunlot_stream_below(s, n); }

static bool once_in(sunlot_stream *s, uint32_t times) { return one_of(s, times) == 0; }

/* Blocks of 2 to 4 neighbours; weights; pins that a free seat can surely keep: at most one a group. */
static void add_ties(made_school *school, sunlot_stream *s)
{
    uint16_t block = 0;
    if (once_in(s, 2))
        for (uint32_t r = 0; r + 4 < school->rows; r += 4)
            if (once_in(s, 2)) {
                const uint32_t size = 2 + one_of(s, 3);
                block++;
                for (uint32_t i = 0; i < size; i++) row[r + i].together = block;
            }
    if (once_in(s, 3))
        for (uint32_t r = 0; r < school->rows; r++)
            if (once_in(s, 5)) row[r].seats = (uint8_t)(2 + one_of(s, 2));
    if (once_in(s, 3))
        for (uint32_t g = 0; g < school->groups; g++) row[school->rows - 1 - g].pin = (uint16_t)g;
}

/* The first place for a token that the row does not have yet. */
static void give_token(made_row *r, uint16_t token)
{
    for (uint32_t k = 0; k < MADE_LIMITS; k++) {
        if (r->limit[k] == token) return;
        if (r->limit[k] == 0) {
            r->limit[k] = token;
            return;
        }
    }
}

/* Many tokens at times: some then have no bit in the masks. */
static void add_limits(made_school *school, sunlot_stream *s)
{
    if (once_in(s, 2) || school->groups == 1) return;
    school->limits = once_in(s, 3) ? LIMITS : 1 + one_of(s, 4);
    for (uint32_t l = 0; l < school->limits; l++) {
        limit_max[l] = (uint16_t)(1 + one_of(s, 2));
        for (uint32_t i = 0; i <= limit_max[l]; i++) give_token(&row[one_of(s, school->rows)], (uint16_t)(l + 1));
    }
}

/* Sums 2^x as great; intervals too, or at times so wide that they say nothing: deviations have values up to 2^57, intervals up to 2^62. */
static void stretch_sums(made_problem *made, sunlot_stream *s)
{
    sunlot_problem *p = &made->p;
    const uint32_t by = one_of(s, 31), wider = once_in(s, 4) ? by + 6 : by;
    uint32_t heads = 0;
    for (uint32_t g = 0; g < p->groups; g++) heads = p->group_size[g] > heads ? p->group_size[g] : heads;
    for (uint32_t i = 0; i < p->units * p->sums; i++) ((int64_t *)(uintptr_t)p->sum_of)[i] *= INT64_C(1) << by;
    for (uint32_t i = 0; i < (heads + 1) * p->sums; i++) ((int64_t *)(uintptr_t)p->sum_most)[i] *= INT64_C(1) << wider;
    for (uint32_t m = 0; m < p->sums; m++) ((int64_t *)(uintptr_t)p->sum_unit)[m] *= INT64_C(1) << wider;
}

/* Unequal groups that have exactly the seats taken. */
static void add_sizes(made_school *school, sunlot_stream *s)
{
    uint32_t seats = 0;
    for (uint32_t r = 0; r < school->rows; r++) seats += row[r].seats;
    for (uint32_t g = 0; g < school->groups; g++) group_size[g] = (uint16_t)(seats / school->groups + (g < seats % school->groups));
    if (once_in(s, 3) && school->groups > 1 && group_size[1] > 8) {
        group_size[0] = (uint16_t)(group_size[0] + 3);
        group_size[1] = (uint16_t)(group_size[1] - 3);
    }
    school->group_size = group_size;
}

static made_problem make_problem(uint64_t seed)
{
    uint8_t key[32];
    sunlot_stream s;
    made_school school;
    made_key(key, seed);
    sunlot_stream_init(&s, key);
    const uint32_t groups = 1 + one_of(&s, once_in(&s, 8) ? 12 : 5), rows = groups * 4 + one_of(&s, groups > 5 ? ROWS - groups * 4 + 1 : 25 - groups * 4);
    const int64_t gap = (int64_t[]){5000, 9000, 15000, 25000}[one_of(&s, 4)];
    const uint32_t columns = once_in(&s, 12) ? 12 : one_of(&s, 5), sums = once_in(&s, 6) ? 3 + one_of(&s, MADE_SUMS - 2) : one_of(&s, 3);
    made_fill(&school, row, rows, groups, columns, sums, sums > 2 ? 25000 : gap, 0, &s);
    school.limit_max = limit_max;
    if (once_in(&s, 8))
        for (uint32_t r = 0; r < rows * 3; r++) row[r / 3].code[r % 3] = (uint16_t)one_of(&s, 90); /* more than 64 counted codes, at times */
    if (once_in(&s, 5))
        for (uint32_t r = 0; r < rows; r++) row[r].stratum = (uint8_t)(r % 3);
    add_ties(&school, &s);
    add_limits(&school, &s);
    add_sizes(&school, &s);
    made_problem made = made_lower(&school, &s);
    if (once_in(&s, 3)) stretch_sums(&made, &s);
    return made;
}

/* Engine and oracle agree in everything.  Returns the engine's report. */
static sunlot_place_report agree(made_problem *made, uint16_t *group, uint64_t number, uint32_t mix)
{
    uint16_t plain[ROWS];
    uint32_t start[ROWS], plain_start[ROWS];
    sunlot_place_report ra, rb;
    uint8_t key[32];
    made_key(key, number);
    sunlot_place(group, start, &ra, &made->p, key, mix, made->room);
    plain_place(plain, plain_start, &rb, &made->p, key, mix);
    assert_memory_equal(start, plain_start, made->p.units * sizeof *start);
    assert_int_equal(ra.placed, rb.placed);
    assert_int_equal(ra.looks, rb.looks);
    assert_int_equal(ra.repair_steps, rb.repair_steps);
    assert_int_equal(ra.mix_steps, rb.mix_steps);
    assert_int_equal(ra.counts_off, rb.counts_off);
    assert_int_equal(ra.sums_off, rb.sums_off);
    if (ra.repair_steps + ra.mix_steps != 0) assert_memory_equal(group, plain, made->p.units * sizeof *group);
    return ra;
}

static void test_engine_equals_oracle(void **state)
{
    (void)state;
    uint32_t placed = 0, many_looks = 0, not_placed = 0, long_way = 0, many_words = 0, many_groups = 0, rare_sums = 0, strata_sums = 0;
    for (uint64_t seed = 1; seed <= 120; seed++) {
        made_problem made = make_problem(seed);
        uint16_t a[ROWS];
        const uint32_t mix = seed % 2 == 0 ? 16 : 3;
        const sunlot_place_report ra = agree(&made, a, seed << 20, mix);
        const sunlot_breach breach = sunlot_placement_check(&made.p, a);
        if (ra.placed) {
            assert_int_equal(breach.kind, SUNLOT_BREACH_NONE);
            assert_int_equal(ra.worst, UINT32_MAX);
            const uint64_t half = (made.p.rows + 1) / 2, walked = mix * 100 + (ra.looks - 1) * ((mix * 100 + 15) / 16);
            assert_true(ra.mix_steps > walked && (ra.mix_steps - walked) % (96 * half) == 0); /* the rest is whole probes */
            placed++;
        } else {
            assert_true(ra.counts_off + ra.sums_off == 0 ? ra.mix_steps == 0 : breach.kind >= SUNLOT_BREACH_COUNT && ra.worst < made.p.values + made.p.sums);
            not_placed++;
        }
        many_looks += ra.looks > 1;
        long_way += ra.placed && made.p.sums > 8;
        many_words += ra.placed && made.p.counted > 64;
        many_groups += ra.placed && made.p.groups > 5;
        rare_sums += ra.placed && made.p.values > 64 && made.p.counted <= 64 && made.p.sums > 0;
        strata_sums += ra.placed && made.p.sums > 0 && made.p.unit_stratum[made.p.units - 1] + made.p.unit_stratum[0] > 0;
        made_free(&made);
    }
    assert_true(placed > 60 && not_placed > 5 && many_looks > 2); /* the problems are of every kind */
    assert_true(long_way > 1 && many_words > 0 && many_groups > 1 && rare_sums > 1 && strata_sums > 1);
}

/* In how many codes the two of the near pair that differ most do. */
static uint32_t farthest_pair(const made_problem *made)
{
    sunlot_engine e = {.p = &made->p};
    uint32_t start[ROWS], most = 0;
    memset(made->room, 0, sunlot_engine_lay(&e, made->room));
    sunlot_engine_order(&e, start);
    sunlot_engine_pair(&e);
    for (uint32_t k = 0; k < e.nears; k++) {
        uint32_t differ = 0;
        for (uint32_t c = 0; c < e.p->columns; c++)
            differ += e.p->code[e.mover[e.near[k].i] * e.p->columns + c] != e.p->code[e.mover[e.near[k].j] * e.p->columns + c];
        most = differ > most ? differ : most;
    }
    return most;
}

/* As many category counts as rules can make: bands of one column are any number.  Profiles that differ in 0 and in 256 codes are not the same. */
static void test_many_columns(void **state)
{
    (void)state;
    uint32_t placed = 0;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        const uint32_t columns = seed % 2 == 0 ? MADE_COLUMNS : 19;
        made_school school;
        sunlot_stream s;
        uint16_t group[ROWS];
        uint8_t key[32];
        made_key(key, seed);
        sunlot_stream_init(&s, key);
        made_fill(&school, row, 24, 2, columns, 1, 30000, 0, &s);
        for (uint32_t r = 0; r < 24; r++) /* three profiles: those of one and of another differ in all codes, those of a third in some from both */
            for (uint32_t c = 0; c < columns; c++) row[r].code[c] = r % 3 == 1 || (r % 3 == 2 && 3 * c < columns);
        made_problem made = made_lower(&school, &s);
        const sunlot_place_report report = agree(&made, group, seed, 2);
        placed += report.placed;
        assert_int_equal(farthest_pair(&made), columns - (columns + 2) / 3); /* there are 8 of the third profile: nobody needs one of the opposite */
        if (report.placed) assert_int_equal(sunlot_placement_check(&made.p, group).kind, SUNLOT_BREACH_NONE);
        made_free(&made);
    }
    assert_int_equal(placed, 4);
}

/* The ends: one student; one class; nobody who could move; one profile; as many profiles as students; blocks alone. */
static void test_ends(void **state)
{
    (void)state;
    const struct {
        uint32_t rows, groups, columns, sums;
        bool pinned, paired;
    } cases[] = {
        {1, 1, 0, 0, false, false},  {1, 1, 3, 2, false, false}, {1, 3, 1, 1, false, false},   {5, 1, 2, 10, false, false}, {16, 16, 2, 9, false, false},
        {8, 2, 2, 9, true, false},   {8, 2, 0, 0, true, false},  {16, 4, 1, 5, false, true},   {16, 4, 0, 0, false, true},  {12, 3, 0, 0, false, false},
        {12, 3, 0, 9, false, false}, {2, 2, 0, 3, false, false}, {40, 2, 12, 4, false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        made_school school;
        sunlot_stream s;
        uint16_t group[ROWS];
        uint8_t key[32];
        made_key(key, 90 + i);
        sunlot_stream_init(&s, key);
        made_fill(&school, row, cases[i].rows, cases[i].groups, cases[i].columns, cases[i].sums, 60000, 0, &s);
        for (uint32_t r = 0; r < cases[i].rows; r++) {
            if (cases[i].pinned) row[r].pin = (uint16_t)(r % cases[i].groups);
            if (cases[i].paired) row[r].together = (uint16_t)(1 + r / 2);
        }
        made_problem made = made_lower(&school, &s);
        const sunlot_place_report report = agree(&made, group, i, 1);
        if (report.placed) assert_int_equal(sunlot_placement_check(&made.p, group).kind, SUNLOT_BREACH_NONE);
        made_free(&made);
    }
}

/* Two runs in one room, in either order: nothing of the one is left for the other. */
static void test_room_is_clean(void **state)
{
    (void)state;
    made_problem made = make_problem(8);
    uint16_t first[ROWS], again[ROWS];
    uint32_t start[ROWS];
    sunlot_place_report report;
    uint8_t key[32], other[32];
    made_key(key, 1);
    made_key(other, 2);
    memset(made.room, 0xa5, sunlot_place_room(&made.p));
    sunlot_place(first, start, &report, &made.p, key, 2, made.room);
    assert_true(report.placed);
    sunlot_place(again, start, &report, &made.p, other, 2, made.room);
    sunlot_place(again, start, &report, &made.p, key, 2, made.room);
    assert_memory_equal(first, again, made.p.units * sizeof *first);
    made_free(&made);
}

/* ---- an exchange and the one that takes it back ---- */

typedef struct {
    uint16_t group[ROWS], seat[ROWS], list[ROWS * SUNLOT_MAX_UNIT_SEATS], sitter[256], heads[PLAIN_GROUPS];
    uint64_t face[PLAIN_GROUPS * 32], slack[PLAIN_GROUPS * 2 * MADE_SUMS];
    int64_t counts_off, sums_off;
} picture;

/* A copy of all that an exchange changes; bits of it that mean nothing are zero. */
static void take_picture(picture *x, const sunlot_engine *e)
{
    assert_true(e->groups * e->face_size <= sizeof x->face / sizeof *x->face);
    memset(x, 0, sizeof *x);
    memcpy(x->group, e->group, e->p->units * sizeof *x->group);
    memcpy(x->seat, e->seat, e->singles * sizeof *x->seat);
    for (uint32_t b = 0; b < e->bigs; b++)
        memcpy(&x->list[b * SUNLOT_MAX_UNIT_SEATS], &e->list[b * SUNLOT_MAX_UNIT_SEATS], e->p->unit_size[e->mover[e->singles + b]] * sizeof *x->list);
    memcpy(x->sitter, e->sitter, e->groups * e->seats * sizeof *x->sitter);
    memcpy(x->heads, e->heads, e->groups * sizeof *x->heads);
    memcpy(x->face, e->face, e->groups * e->face_size * sizeof *x->face);
    memcpy(x->slack, e->slack, e->groups * 2 * e->sums * sizeof *x->slack);
    x->counts_off = e->all_counts_off;
    x->sums_off = e->all_sums_off;
}

/* What is kept step by step is what a count from nothing gives. */
static void check_counts(sunlot_engine *e)
{
    static picture kept, anew;
    take_picture(&kept, e);
    sunlot_engine_count(e);
    take_picture(&anew, e);
    assert_memory_equal(&kept, &anew, sizeof kept);
}

/* A proposal that is legal: the two singles, or the block. */
typedef struct {
    sunlot_step step;
    sunlot_block block;
} exchange;

static bool try_exchange(const exchange *x, sunlot_engine *e, const sunlot_price *price)
{
    sunlot_block b = x->block;
    return x->step.kind == SUNLOT_STEP_PAIR ? sunlot_pair_try(e, x->step.i, x->step.j, price) : sunlot_block_try(&b, e, price);
}

static void take_back(const exchange *x, sunlot_engine *e, const picture *before)
{
    static picture after;
    sunlot_block b = x->block;
    if (x->step.kind == SUNLOT_STEP_PAIR) {
        sunlot_pair_exchange(e, x->step.j, x->step.i);
    } else { /* the same units and their present seats */
        const uint32_t g = b.g;
        b.g = b.h;
        b.h = g;
        for (uint32_t t = 0; b.v == UINT32_MAX && t < b.size; t++) b.q[t] = e->seat[b.single[t]];
        sunlot_block_exchange(&b, e);
    }
    take_picture(&after, e);
    assert_memory_equal(before, &after, sizeof after);
}

/* An exchange is done at its price and not below it; what is then kept is what a count from nothing gives; taken back, all is as before. */
static void check_exchange(const exchange *x, sunlot_engine *e, uint32_t *heads)
{
    static picture before, after;
    const sunlot_price any = {.counts = 1, .sums = 1, .most = INT64_C(1) << 60};
    take_picture(&before, e);
    assert_true(try_exchange(x, e, &any));
    check_counts(e);
    take_picture(&after, e);
    *heads += memcmp(before.heads, after.heads, sizeof before.heads) != 0;
    const int64_t counts = after.counts_off - before.counts_off, sums = after.sums_off - before.sums_off;
    take_back(x, e, &before);
    const sunlot_price exact[] = {
        {.counts = 1, .sums = 0, .most = counts},
        {.counts = 11, .sums = 0, .most = 11 * counts},
        {.counts = 2, .sums = 3, .most = 2 * counts + 3 * sums},
        {.counts = 1, .sums = 7, .most = counts + 7 * sums},
    };
    for (size_t i = 0; i < sizeof exact / sizeof *exact; i++) {
        sunlot_price price = exact[i];
        price.most--;
        assert_false(try_exchange(x, e, &price));
        take_picture(&after, e);
        assert_memory_equal(&before, &after, sizeof after);
        assert_true(try_exchange(x, e, &exact[i]));
        take_back(x, e, &before);
    }
    const sunlot_price hold = {.counts = 1, .sums = 1, .most = INT64_C(1) << 60, .hold = true};
    assert_int_equal(try_exchange(x, e, &hold), counts <= 0);
    if (counts <= 0) take_back(x, e, &before);
}

static void test_exchange_and_back(void **state)
{
    (void)state;
    const sunlot_price any = {.counts = 1, .sums = 1, .most = INT64_C(1) << 60};
    uint32_t pairs = 0, bigs = 0, singles = 0, heads = 0, rare = 0;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        made_problem made = make_problem(seed);
        sunlot_engine e = {.p = &made.p};
        sunlot_stream s;
        uint32_t start[ROWS];
        uint8_t key[32];
        memset(made.room, 0, sunlot_engine_lay(&e, made.room));
        made_key(key, seed);
        sunlot_stream_init(&s, key);
        sunlot_engine_order(&e, start);
        sunlot_engine_pair(&e);
        sunlot_pace pace = {.mix = true};
        const bool dealt = sunlot_engine_deal(&e);
        if (dealt) sunlot_engine_count(&e);
        for (uint32_t t = 0; dealt && t < 120; t++) {
            exchange x;
            uint16_t q[SUNLOT_MAX_UNIT_SEATS];
            x.step.kind = SUNLOT_STEP_NOTHING;
            if (t % 3 != 0 || e.bigs == 0)
                sunlot_step_draw(&x.step, q, &e, &s, &pace);
            else if (t % 2 == 0)
                sunlot_step_bigs(&x.step, &e, &s);
            else
                sunlot_step_singles(&x.step, q, &e, &s);
            sunlot_engine_grain(&e, t % 2 == 0 ? 0 : 10);
            if (x.step.kind == SUNLOT_STEP_NOTHING) continue;
            if (x.step.kind == SUNLOT_STEP_PAIR ? e.group[x.step.i] == e.group[x.step.j] : !sunlot_block_read(&x.block, &e, &x.step, q)) continue;
            check_exchange(&x, &e, &heads);
            assert_true(try_exchange(&x, &e, &any)); /* go on from another placement */
            *(x.step.kind == SUNLOT_STEP_PAIR ? &pairs : x.step.kind == SUNLOT_STEP_BIGS ? &bigs : &singles) += 1;
            rare += x.step.kind != SUNLOT_STEP_PAIR && e.any_rare;
        }
        made_free(&made);
    }
    assert_true(pairs > 1000 && bigs > 100 && singles > 100 && heads > 100 && rare > 40);
}

/* ---- the recount finds each kind of breach ---- */

static void test_check_finds(void **state)
{
    (void)state;
    uint8_t key[32];
    sunlot_stream s;
    made_school school;
    made_key(key, 5);
    sunlot_stream_init(&s, key);
    made_fill(&school, row, 8, 2, 1, 1, 1000, 0, &s);
    for (uint32_t r = 0; r < 8; r++) {
        row[r].code[0] = r % 2;
        row[r].score[0] = r < 4 ? 1000 : 2000; /* within 0.5 of the mean: two of each */
    }
    row[0].pin = 1;
    row[2].together = row[3].together = 1;
    made_problem made = made_lower(&school, &s);
    const struct {
        uint16_t group[7]; /* units: rows 0, 1, 2 and 3, 4, 5, 6, 7 */
        sunlot_breach_kind kind;
        uint32_t index, in;
    } cases[] = {
        {{1, 1, 0, 0, 1, 1, 0}, SUNLOT_BREACH_NONE, 0, 0},  {{1, 1, 0, 0, 2, 1, 0}, SUNLOT_BREACH_GROUP, 4, 2},
        {{0, 1, 0, 0, 1, 1, 1}, SUNLOT_BREACH_PIN, 0, 0},   {{1, 1, 0, 1, 1, 0, 1}, SUNLOT_BREACH_SEATS, 0, 0},
        {{1, 1, 0, 1, 0, 1, 0}, SUNLOT_BREACH_COUNT, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const sunlot_breach breach = sunlot_placement_check(&made.p, cases[i].group);
        assert_int_equal(breach.kind, cases[i].kind);
        if (breach.kind == SUNLOT_BREACH_NONE) continue;
        assert_int_equal(breach.index, cases[i].index);
        assert_int_equal(breach.group, cases[i].in);
        assert_true(breach.found < breach.lo || breach.found > breach.hi);
    }
    made_free(&made);
    row[0].pin = SUNLOT_NONE16;
    row[2].together = row[3].together = 0;
    school.gap[0] = 100;
    made = made_lower(&school, &s);
    const uint16_t mixed[8] = {0, 0, 1, 1, 0, 0, 1, 1}, apart[8] = {0, 0, 0, 0, 1, 1, 1, 1};
    assert_int_equal(sunlot_placement_check(&made.p, mixed).kind, SUNLOT_BREACH_NONE);
    const sunlot_breach breach = sunlot_placement_check(&made.p, apart);
    assert_int_equal(breach.kind, SUNLOT_BREACH_SUM);
    assert_int_equal(breach.found, -8 * 4 * 500); /* 8 students, four of them 0.5 below the mean, scaled by 1000 */
    made_free(&made);
}

static int start_library(void **state)
{
    (void)state;
    return sunlot_init() == SUNLOT_OK ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_engine_equals_oracle), cmocka_unit_test(test_many_columns),      cmocka_unit_test(test_ends),
        cmocka_unit_test(test_room_is_clean),        cmocka_unit_test(test_exchange_and_back), cmocka_unit_test(test_check_finds),
    };
    return cmocka_run_group_tests_name("place", tests, start_library, NULL);
}
