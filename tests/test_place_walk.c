/* Where the walk ends: on problems small enough to list every placement that keeps all intervals, each is reached, about equally often. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "place/check.h"
#include "support/made_problem.h"

#define ROWS   16u
#define STATES 4096u

typedef struct {
    const char *name;
    uint32_t rows, groups, columns, sums;
    const char *codes[ROWS]; /* a digit for each column */
    const char *together;    /* a letter for each row, '.' alone */
    const char *apart;       /* the same: at most one in a group */
    const char *seats;       /* a digit for each row, '.' one */
    uint32_t pinned;         /* 1: the first row to group 0; groups then have names */
    int32_t score[ROWS];     /* first sum; the second is its square mod 17 */
    int64_t gap;             /* scaled */
    uint32_t states;         /* placements that keep all, up to the naming of groups of equal size */
    uint32_t draws, mix;
    uint32_t tight; /* 1: known to be a little farther from uniform */
} walk_case;

/* ---- listing ---- */

typedef struct {
    const sunlot_problem *p;
    uint16_t group[ROWS];
    uint32_t found;
    uint64_t state[STATES];
} listing;

/* Groups of equal size are renamed by first appearance, four bits a unit. */
static uint64_t name_of(const sunlot_problem *p, const uint16_t *group)
{
    uint16_t name[ROWS];
    uint64_t code = 0;
    memset(name, 0xff, sizeof name);
    for (uint32_t u = 0; u < p->units; u++) {
        const uint16_t g = group[u];
        if (name[g] == 0xffff) { /* the first group of its size whose name is free */
            uint16_t free = 0;
            for (uint16_t other = 0; other < p->groups; other++)
                if (name[other] != 0xffff && p->group_size[other] == p->group_size[g]) free++;
            uint16_t at = 0;
            while (p->group_size[at] != p->group_size[g] || free-- != 0) at++;
            name[g] = at;
        }
        code = code << 4 | name[g];
    }
    return code;
}

static bool too_many(const listing *l, uint32_t units)
{
    const sunlot_problem *p = l->p;
    for (uint32_t g = 0; g < p->groups; g++) {
        uint32_t seats = 0, count[64] = {0};
        for (uint32_t u = 0; u < units; u++)
            if (l->group[u] == g) {
                seats += p->unit_size[u];
                for (uint32_t h = p->has_from[u]; h < p->has_from[u + 1]; h++) count[p->has[h]]++;
            }
        if (seats > p->group_size[g]) return true;
        for (uint32_t v = 0; v < p->values; v++)
            if (count[v] > p->hi[p->group_size[g] * p->values + v]) return true;
    }
    return false;
}

static void list_from(listing *l, uint32_t u)
{
    if (too_many(l, u)) return;
    if (u == l->p->units) {
        if (sunlot_placement_check(l->p, l->group).kind != SUNLOT_BREACH_NONE) return;
        const uint64_t name = name_of(l->p, l->group);
        for (uint32_t i = 0; i < l->found; i++)
            if (l->state[i] == name) return;
        assert_true(l->found < STATES);
        l->state[l->found++] = name;
        return;
    }
    for (uint16_t g = 0; g < l->p->groups; g++) {
        l->group[u] = g;
        list_from(l, u + 1);
        if (u == 0 && l->p->group_size[0] == l->p->group_size[l->p->groups - 1]) return; /* all equal: the first group may as well be 0 */
    }
}

static int compare_states(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* ---- drawing ---- */

static made_problem lower_case(const walk_case *c)
{
    static made_row row[ROWS];
    static uint16_t limit_max[26];
    uint8_t key[32];
    sunlot_stream s;
    made_school school;
    memset(&school, 0, sizeof school);
    memset(row, 0, sizeof row);
    school.rows = c->rows;
    school.groups = c->groups;
    school.columns = c->columns;
    school.sums = c->sums;
    school.row = row;
    school.limit_max = limit_max;
    for (uint32_t r = 0; r < c->rows; r++) {
        row[r].seats = 1;
        row[r].pin = r == 0 && c->pinned != 0 ? 0 : SUNLOT_NONE16;
        if (c->seats != NULL && c->seats[r] != '.') row[r].seats = (uint8_t)(c->seats[r] - '0');
        for (uint32_t i = 0; i < c->columns; i++) row[r].code[i] = (uint16_t)(c->codes[r][i] - '0');
        row[r].score[0] = c->score[r] * 1000;
        row[r].score[1] = c->score[r] * c->score[r] % 17 * 1000;
        if (c->together != NULL && c->together[r] != '.') row[r].together = (uint16_t)(c->together[r] - 'a' + 1);
        if (c->apart != NULL && c->apart[r] != '.') {
            row[r].limit[0] = (uint16_t)(c->apart[r] - 'a' + 1);
            if (row[r].limit[0] > school.limits) school.limits = row[r].limit[0];
            limit_max[row[r].limit[0] - 1] = 1;
        }
    }
    school.gap[0] = school.gap[1] = c->gap;
    made_key(key, 1);
    sunlot_stream_init(&s, key);
    return made_lower(&school, &s);
}

/* Sum over the states of |draws · states / all draws - 1|, halved, in millionths: the total variation distance from uniform. */
static uint64_t distance_of(const uint32_t *seen, uint32_t states, uint32_t draws)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < states; i++) {
        const int64_t d = (int64_t)seen[i] * states - draws;
        sum += (uint64_t)(d < 0 ? -d : d);
    }
    return sum * 500000 / states / draws;
}

/* The distance that this many draws from the uniform law show on the average, √(states / 2π draws), in millionths. */
static uint64_t noise_of(uint32_t states, uint32_t draws)
{
    const uint64_t square = (uint64_t)states * 159154943094ull / draws; /* 10^12 / 2π */
    uint64_t root = 0;
    for (uint64_t bit = 1u << 20; bit != 0; bit >>= 1)
        if ((root + bit) * (root + bit) <= square) root += bit;
    return root;
}

static void run_case(const walk_case *c)
{
    static listing l;
    static uint32_t seen[STATES];
    made_problem made = lower_case(c);
    uint32_t looks = 0, failed = 0;
    memset(&l, 0, sizeof l);
    memset(seen, 0, sizeof seen);
    l.p = &made.p;
    list_from(&l, 0);
    qsort(l.state, l.found, sizeof *l.state, compare_states);
    for (uint32_t i = 0; i < c->draws; i++) {
        uint16_t group[ROWS];
        uint32_t start[ROWS];
        uint8_t key[32];
        sunlot_place_report report;
        sunlot_stream s;
        made_key(key, i);
        sunlot_stream_init(&s, key);
        for (uint32_t b = 0; b < made.p.units * 32; b++) made.ticket[b] = b % 32 < 8 ? (uint8_t)sunlot_stream_word(&s) : 0;
        key[31] = 1;
        sunlot_place(group, start, &report, &made.p, key, c->mix, made.room);
        looks += report.looks;
        if (!report.placed) {
            failed++;
            continue;
        }
        const uint64_t name = name_of(&made.p, group);
        const uint64_t *at = bsearch(&name, l.state, l.found, sizeof name, compare_states);
        assert_non_null(at);
        seen[at - l.state]++;
    }
    assert_int_equal(l.found, c->states);
    assert_int_equal(failed, 0);
    for (uint32_t i = 0; i < l.found; i++) assert_int_not_equal(seen[i], 0);
    const uint64_t distance = distance_of(seen, l.found, c->draws), noise = noise_of(l.found, c->draws);
    print_message("%-24s %3u placements, %5u draws: distance %6u, noise %6u millionths, %u looks\n", c->name, l.found, c->draws, (unsigned)distance,
                  (unsigned)noise, looks);
    assert_true(distance < (c->tight != 0 ? 2 * noise + 10000 : noise * 5 / 4 + 10000));
    made_free(&made);
}

/* ---- cases ---- */

static const walk_case cases[] = {
    {.name = "two columns, 8 in 2",
     .rows = 8,
     .groups = 2,
     .columns = 2,
     .codes = {"00", "00", "01", "01", "10", "10", "11", "11"},
     .states = 9,
     .draws = 1500,
     .mix = 1500},
    {.name = "gender, 8 in 2", .rows = 8, .groups = 2, .columns = 1, .codes = {"0", "0", "0", "0", "1", "1", "1", "1"}, .states = 18, .draws = 8000, .mix = 60},
    {.name = "gender and three values",
     .rows = 12,
     .groups = 3,
     .columns = 2,
     .codes = {"00", "00", "01", "01", "02", "02", "10", "10", "11", "11", "12", "12"},
     .states = 336,
     .draws = 12000,
     .mix = 60},
    {.name = "uneven groups",
     .rows = 10,
     .groups = 3,
     .columns = 2,
     .codes = {"00", "00", "01", "01", "02", "10", "10", "11", "12", "12"},
     .states = 248,
     .draws = 8000,
     .mix = 60},
    {.name = "a pair, uneven",
     .rows = 10,
     .groups = 3,
     .columns = 1,
     .codes = {"0", "0", "0", "0", "0", "1", "1", "1", "1", "1"},
     .together = "a....a....",
     .states = 288,
     .draws = 8000,
     .mix = 120},
    {.name = "two pairs, two columns",
     .rows = 12,
     .groups = 3,
     .columns = 2,
     .codes = {"00", "10", "01", "11", "02", "00", "12", "10", "01", "11", "02", "12"},
     .together = "aabb........",
     .states = 12,
     .draws = 3000,
     .mix = 200},
    {.name = "three pairs and a sum",
     .rows = 12,
     .groups = 3,
     .columns = 1,
     .sums = 1,
     .codes = {"0", "1", "0", "1", "0", "1", "0", "0", "0", "1", "1", "1"},
     .together = "aabbcc......",
     .score = {9, 7, 3, 4, 6, 5, 1, 8, 2, 9, 4, 7},
     .gap = 1000,
     .states = 5,
     .draws = 1200,
     .mix = 1000},
    {.name = "apart",
     .rows = 12,
     .groups = 4,
     .columns = 1,
     .codes = {"0", "0", "0", "0", "1", "1", "1", "1", "2", "2", "2", "2"},
     .apart = "aa..aa..bb..",
     .states = 96,
     .draws = 8000,
     .mix = 60},
    {.name = "a tight sum",
     .rows = 12,
     .groups = 3,
     .columns = 0,
     .sums = 1,
     .codes = {0},
     .score = {1, 2, 4, 7, 11, 16, 22, 29, 37, 46, 56, 67},
     .gap = 1000,
     .states = 8,
     .draws = 600,
     .mix = 2000,
     .tight = 1},
    {.name = "gender and two sums",
     .rows = 12,
     .groups = 3,
     .columns = 1,
     .sums = 2,
     .codes = {"0", "0", "0", "0", "0", "0", "1", "1", "1", "1", "1", "1"},
     .score = {1, 2, 4, 7, 11, 16, 22, 29, 37, 46, 56, 67},
     .gap = 5000,
     .states = 74,
     .draws = 4000,
     .mix = 120},
    {.name = "three columns crossing",
     .rows = 12,
     .groups = 4,
     .columns = 3,
     .codes = {"000", "001", "010", "011", "100", "101", "110", "111", "200", "201", "210", "211"},
     .states = 105,
     .draws = 8000,
     .mix = 60},
    {.name = "square of three",
     .rows = 9,
     .groups = 3,
     .columns = 2,
     .codes = {"00", "01", "02", "10", "11", "12", "20", "21", "22"},
     .states = 2,
     .draws = 8000,
     .mix = 60},
    {.name = "square of four",
     .rows = 16,
     .groups = 4,
     .columns = 2,
     .codes = {"00", "01", "02", "03", "10", "11", "12", "13", "20", "21", "22", "23", "30", "31", "32", "33"},
     .states = 24,
     .draws = 500,
     .mix = 2000},
    {.name = "a student of two seats",
     .rows = 9,
     .groups = 2,
     .columns = 1,
     .codes = {"0", "0", "0", "0", "1", "1", "1", "1", "1"},
     .seats = "2........",
     .states = 40,
     .draws = 8000,
     .mix = 120},
    {.name = "a pinned student",
     .rows = 8,
     .groups = 2,
     .columns = 1,
     .codes = {"0", "0", "0", "0", "1", "1", "1", "1"},
     .pinned = 1,
     .states = 18,
     .draws = 8000,
     .mix = 60},
};

static void test_walk(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) run_case(&cases[i]);
}

static int start_library(void **state)
{
    (void)state;
    return sunlot_init() == SUNLOT_OK ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_walk),
    };
    return cmocka_run_group_tests_name("place walk", tests, start_library, NULL);
}
