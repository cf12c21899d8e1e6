/* The odds of the match (SPEC 10.1): against all permutations, against numbers known otherwise, and against the vectors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "place/match.h"
#include "place/odds.h"
#include "random/stages.h"
#include "support/made_problem.h"

typedef struct {
    uint32_t groups;
    uint64_t forbidden[SUNLOT_MAX_SCHOOL_CLASSES][2];
} board;

#define CELLS(b) ((const uint64_t(*)[2])(b)->forbidden)

static void forbid(board *b, uint32_t group, uint32_t team) { b->forbidden[group][team >> 6] |= UINT64_C(1) << (team & 63); }

static bool forbids(const board *b, uint32_t group, uint32_t team) { return (b->forbidden[group][team >> 6] >> (team & 63) & 1) != 0; }

/* Each cell with a chance of `of` in 100. */
static board made_board(sunlot_stream *s, uint32_t groups, uint32_t of)
{
    board b = {.groups = groups};
    for (uint32_t g = 0; g < groups; g++)
        for (uint32_t t = 0; t < groups; t++)
            if (sunlot_stream_below(s, 100) < of) forbid(&b, g, t);
    return b;
}

/* Release t->way with free. */
static void fill(sunlot_odds_table *t, const board *b)
{
    static const uint8_t key[32] = {7};
    const size_t bytes = sunlot_odds_room(b->groups, CELLS(b));
    char *room = malloc(bytes + 16);
    assert_non_null(room);
    memset(room, 0xa5, bytes + 16);
    sunlot_odds_fill(t, b->groups, CELLS(b), key, room);
    for (int i = 0; i < 16; i++) assert_int_equal((uint8_t)room[bytes + (size_t)i], 0xa5);
}

/* N of a group and team as the table has it, times the number of groups (or teams) without row where they share. */
static uint64_t ways_of(const sunlot_odds_table *t, uint32_t group, uint32_t team, bool *shared)
{
    const uint32_t line = t->turned ? team : group, column = t->turned ? group : team;
    *shared = t->row_of[line] == SUNLOT_ODDS_ALIKE;
    const sunlot_ways *way = *shared ? &t->rest[column] : &t->way[t->row_of[line] * t->groups + column];
    assert_int_equal(way->w[1] | way->w[2], 0);
    return way->w[0];
}

/* ---- all permutations ----------------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    uint64_t all, of[7][7];
} tally;

static void enumerate(tally *sum, const board *b, uint16_t *team, uint32_t from)
{
    if (from == b->groups) {
        sum->all++;
        for (uint32_t g = 0; g < b->groups; g++) sum->of[g][team[g]]++;
        return;
    }
    for (uint32_t i = from; i < b->groups; i++) {
        const uint16_t here = team[from], there = team[i];
        team[from] = there;
        team[i] = here;
        if (!forbids(b, from, there)) enumerate(sum, b, team, from + 1);
        team[from] = here;
        team[i] = there;
    }
}

static void check_all(const board *b)
{
    tally sum = {0};
    uint16_t team[7] = {0, 1, 2, 3, 4, 5, 6};
    enumerate(&sum, b, team, 0);
    sunlot_odds_table t;
    fill(&t, b);
    assert_false(t.sampled);
    assert_int_equal(sunlot_odds_any(&t), sum.all > 0);
    uint64_t others = 1; /* ways of those without rows, for each way of the rows */
    for (uint32_t i = 2; i <= b->groups - t.rows; i++) others *= i;
    assert_int_equal(t.all.w[0] * others, sum.all);
    for (uint32_t g = 0; g < b->groups; g++) {
        for (uint32_t k = 0; k < b->groups; k++) {
            bool shared;
            const uint64_t ways = ways_of(&t, g, k, &shared) * others;
            assert_int_equal(ways, shared ? sum.of[g][k] * (b->groups - t.rows) : sum.of[g][k]);
            if (sum.all > 0) assert_int_equal(sunlot_odds_of(&t, g, k), (20000 * sum.of[g][k] + sum.all) / (2 * sum.all));
        }
    }
    free(t.way);
}

static void test_odds_every_permutation(void **state)
{
    (void)state;
    sunlot_stream s;
    uint8_t key[32];
    made_key(key, 1);
    sunlot_stream_init(&s, key);
    uint32_t turned = 0, none = 0;
    for (uint32_t groups = 1; groups <= 7; groups++) {
        for (uint32_t i = 0; i < 150; i++) {
            board b = made_board(&s, groups, i % 60);
            if (i % 3 == 0)
                for (uint32_t g = i % groups; g < groups; g++) memset(b.forbidden[g], 0, sizeof b.forbidden[g]);
            if (i % 3 == 1)
                for (uint32_t g = 0; g < groups; g++) b.forbidden[g][0] &= UINT64_C(5) << i % groups;
            check_all(&b);
            sunlot_odds_table t;
            fill(&t, &b);
            turned += t.turned;
            none += !sunlot_odds_any(&t);
            free(t.way);
        }
    }
    assert_true(turned > 50 && none > 50);
}

/* Every board of three groups. */
static void test_odds_every_board(void **state)
{
    (void)state;
    for (uint32_t cells = 0; cells < 512; cells++) {
        board b = {.groups = 3};
        for (uint32_t i = 0; i < 9; i++)
            if ((cells >> i & 1) != 0) forbid(&b, i / 3, i % 3);
        check_all(&b);
    }
}

/* ---- numbers known otherwise ---------------------------------------------------------------------------------------------------------------------- */

/* A row's ways add up to all, and so do a column's with the rest; no part is above the whole. */
static void check_sums(const sunlot_odds_table *t)
{
    for (uint32_t row = 0; row <= t->rows; row++) {
        uint64_t low = 0, middle = 0, high = 0; /* in words of 32 bits there is room to add 128 of them */
        const sunlot_ways *way = row < t->rows ? t->way + (size_t)row * t->groups : t->rest;
        for (uint32_t c = 0; c < t->groups; c++) {
            assert_true(way[c].w[2] < UINT64_C(1) << 32);
            const uint64_t carry = low + way[c].w[0] < low;
            low += way[c].w[0];
            high += way[c].w[2] + (middle + way[c].w[1] < middle);
            middle += way[c].w[1];
            high += middle + carry < middle;
            middle += carry;
        }
        const uint32_t times = row < t->rows ? 1 : t->groups - t->rows;
        sunlot_ways all = {{0}};
        for (uint32_t i = 0; i < times; i++) {
            const uint64_t carry = all.w[0] + t->all.w[0] < all.w[0];
            all.w[0] += t->all.w[0];
            all.w[2] += t->all.w[2] + (all.w[1] + t->all.w[1] < all.w[1]);
            all.w[1] += t->all.w[1];
            all.w[2] += all.w[1] + carry < all.w[1];
            all.w[1] += carry;
        }
        assert_int_equal(low, all.w[0]);
        assert_int_equal(middle, all.w[1]);
        assert_int_equal(high, all.w[2]);
    }
}

/* Nobody gets the team of his number: D(20) = 895014631192902121 ways, and each other team is as likely as the next. */
static void test_odds_derangements(void **state)
{
    (void)state;
    board b = {.groups = 20};
    for (uint32_t g = 0; g < 20; g++) forbid(&b, g, g);
    sunlot_odds_table t;
    fill(&t, &b);
    assert_false(t.sampled);
    assert_int_equal(t.all.w[0], UINT64_C(895014631192902121));
    assert_int_equal(t.all.w[1] | t.all.w[2], 0);
    for (uint32_t g = 0; g < 20; g++)
        for (uint32_t k = 0; k < 20; k++) {
            bool shared;
            assert_int_equal(ways_of(&t, g, k, &shared), g == k ? 0 : UINT64_C(895014631192902121) / 19);
            assert_int_equal(sunlot_odds_of(&t, g, k), g == k ? 0 : 526);
        }
    check_sums(&t);
    free(t.way);
}

/* One group not one team of K: 1 / (K - 1) each for that group; that team is as likely for each other group. */
static void test_odds_one_cell(void **state)
{
    (void)state;
    for (uint32_t k = 2; k <= 128; k += 21) {
        board b = {.groups = k};
        forbid(&b, k - 1, k / 2);
        sunlot_odds_table t;
        fill(&t, &b);
        assert_int_equal(t.all.w[0], k - 1);
        for (uint32_t team = 0; team < k; team++) {
            assert_int_equal(sunlot_odds_of(&t, k - 1, team), team == k / 2 ? 0 : (20000 + k - 1) / (2 * (k - 1)));
            const uint32_t above = team == k / 2 ? k - 1 : k - 2, below = (k - 1) * (k - 1);
            assert_int_equal(sunlot_odds_of(&t, 0, team), (20000 * above + below) / (2 * below));
        }
        free(t.way);
    }
}

/* 20 groups of 128, the largest numbers that there are; and turned, when it is the teams that are few. */
static void test_odds_largest(void **state)
{
    (void)state;
    sunlot_stream s;
    uint8_t key[32];
    made_key(key, 5);
    sunlot_stream_init(&s, key);
    board b = {.groups = 128}, turned = {.groups = 128};
    for (uint32_t g = 0; g < 20; g++)
        for (uint32_t i = 0; i < 1 + g % 3; i++) {
            const uint32_t t = sunlot_stream_below(&s, 128);
            forbid(&b, 3 * g, t);
            forbid(&turned, t, 3 * g);
        }
    sunlot_odds_table t, u;
    fill(&t, &b);
    fill(&u, &turned);
    assert_false(t.sampled || u.sampled || t.turned);
    assert_true(u.turned);
    assert_true(t.all.w[2] > 0);
    assert_memory_equal(&t.all, &u.all, sizeof t.all);
    check_sums(&t);
    check_sums(&u);
    for (uint32_t g = 0; g < 128; g++)
        for (uint32_t k = 0; k < 128; k++) assert_int_equal(sunlot_odds_of(&t, g, k), sunlot_odds_of(&u, k, g));
    free(t.way);
    free(u.way);
}

/* The same board with its groups and teams in another order has the same odds. */
static void test_odds_order(void **state)
{
    (void)state;
    sunlot_stream s;
    uint8_t key[32];
    made_key(key, 6);
    sunlot_stream_init(&s, key);
    for (uint32_t i = 0; i < 10; i++) {
        const uint32_t n = 9 + i;
        const board b = made_board(&s, n, 4 + i);
        board other = {.groups = n};
        uint16_t group[20], team[20];
        for (uint16_t k = 0; k < n; k++) group[k] = team[k] = k;
        sunlot_shuffle(&s, group, n);
        sunlot_shuffle(&s, team, n);
        for (uint32_t g = 0; g < n; g++)
            for (uint32_t k = 0; k < n; k++)
                if (forbids(&b, g, k)) forbid(&other, group[g], team[k]);
        sunlot_odds_table t, u;
        fill(&t, &b);
        fill(&u, &other);
        check_sums(&t);
        if (sunlot_odds_any(&t))
            for (uint32_t g = 0; g < n; g++)
                for (uint32_t k = 0; k < n; k++) assert_int_equal(sunlot_odds_of(&t, g, k), sunlot_odds_of(&u, group[g], team[k]));
        free(t.way);
        free(u.way);
    }
}

/* What is counted is what the match gives: each frequency within six of its deviations. */
static void test_odds_are_those_of_the_match(void **state)
{
    (void)state;
    enum { DRAWS = 40000 };
    board b = {.groups = 5};
    forbid(&b, 0, 0);
    forbid(&b, 0, 1);
    forbid(&b, 1, 1);
    forbid(&b, 3, 4);
    forbid(&b, 3, 0);
    uint32_t seen[5][5] = {{0}};
    for (uint64_t i = 0; i < DRAWS; i++) {
        uint16_t team[5];
        uint8_t key[32];
        made_key(key, i);
        assert_true(sunlot_match(team, 5, CELLS(&b), NULL, SUNLOT_MATCH_TRIES, key));
        for (uint32_t g = 0; g < 5; g++) seen[g][team[g]]++;
    }
    sunlot_odds_table t;
    fill(&t, &b);
    for (uint32_t g = 0; g < 5; g++)
        for (uint32_t k = 0; k < 5; k++) {
            const int64_t expected = sunlot_odds_of(&t, g, k), gap = (int64_t)seen[g][k] * 10000 / DRAWS - expected;
            assert_true(gap * gap <= 36 * expected * (10000 - expected) / DRAWS + 4);
            if (expected == 0) assert_int_equal(seen[g][k], 0);
        }
    free(t.way);
}

/* ---- samples ------------------------------------------------------------------------------------------------------------------------------------------ */

/* 21 groups that are recused from a team each: what is sampled agrees with what is known: D(21) of them, each other team as likely as the next. */
static void test_odds_sampled(void **state)
{
    (void)state;
    board b = {.groups = 21};
    for (uint32_t g = 0; g < 21; g++) forbid(&b, g, g);
    sunlot_odds_table t, again;
    fill(&t, &b);
    assert_true(t.sampled && !t.turned);
    assert_int_equal(t.recused, 21);
    assert_int_equal(t.all.w[0], SUNLOT_ODDS_ALLOWED);
    assert_true(t.shuffles > SUNLOT_ODDS_ALLOWED && t.shuffles < SUNLOT_ODDS_SHUFFLES);
    check_sums(&t);
    for (uint32_t g = 0; g < 21; g++)
        for (uint32_t k = 0; k < 21; k++) {
            const int64_t gap = (int64_t)sunlot_odds_of(&t, g, k) - 500; /* one deviation is 8.5 */
            assert_true(g == k ? gap == -500 : gap * gap < 51 * 51);
        }
    fill(&again, &b);
    assert_memory_equal(again.way, t.way, 21 * 21 * sizeof *t.way);
    free(t.way);
    free(again.way);

    /* beyond 20 groups, but few teams: counted */
    board few = {.groups = 30};
    for (uint32_t g = 0; g < 25; g++) forbid(&few, g, g % 20);
    fill(&t, &few);
    assert_true(!t.sampled && t.turned && t.recused == 25 && t.avoided == 20);
    free(t.way);

    /* nothing is allowed: it ends, and nothing is known */
    board full = {.groups = 21};
    for (uint32_t g = 0; g < 21; g++)
        for (uint32_t k = 0; k < 21; k++) forbid(&full, g, k);
    fill(&t, &full);
    assert_true(t.sampled && !sunlot_odds_any(&t));
    assert_int_equal(t.shuffles, SUNLOT_ODDS_SHUFFLES);
    free(t.way);
}

/* ---- vectors ------------------------------------------------------------------------------------------------------------------------------------------- */

/* The value of a line `name = value`, or NULL. */
static char *value_of(char *line, const char *name)
{
    const size_t n = strlen(name);
    line[strcspn(line, "\n")] = 0;
    return strncmp(line, name, n) == 0 && strncmp(line + n, " = ", 3) == 0 ? line + n + 3 : NULL;
}

static void key_of(uint8_t key[32], const char *hex)
{
    for (int i = 0; i < 32; i++) {
        const char digits[3] = {hex[2 * i], hex[2 * i + 1], 0};
        key[i] = (uint8_t)strtoul(digits, NULL, 16);
    }
}

typedef struct {
    board b;
    uint8_t key[32];
    sunlot_odds_table t;
    bool filled;
    uint32_t row;
} vector_case;

static void fill_case(vector_case *c)
{
    if (c->filled) return;
    void *room = malloc(sunlot_odds_room(c->b.groups, CELLS(&c->b)));
    assert_non_null(room);
    sunlot_odds_fill(&c->t, c->b.groups, CELLS(&c->b), c->key, room);
    c->filled = true;
}

static void check_line(vector_case *c, char *line)
{
    char *value, expected[2048], *end = expected;
    if ((value = value_of(line, "key")) != NULL) {
        key_of(c->key, value);
    } else if ((value = value_of(line, "groups")) != NULL) {
        c->b.groups = (uint32_t)strtoul(value, NULL, 10);
    } else if ((value = value_of(line, "recused")) != NULL) {
        char *second;
        const uint32_t group = (uint32_t)strtoul(value, &second, 10);
        forbid(&c->b, group, (uint32_t)strtoul(second, NULL, 10));
    } else if ((value = value_of(line, "how")) != NULL) {
        fill_case(c);
        if (!sunlot_odds_any(&c->t))
            (void)snprintf(expected, sizeof expected, "unknown");
        else if (c->t.sampled)
            (void)snprintf(expected, sizeof expected, "sampled %u of %u", (unsigned)c->t.all.w[0], (unsigned)c->t.shuffles);
        else
            (void)snprintf(expected, sizeof expected, "counted");
        assert_string_equal(value, expected);
    } else if ((value = value_of(line, "odds")) != NULL) {
        fill_case(c);
        for (uint32_t team = 0; team < c->b.groups; team++) end += sprintf(end, team > 0 ? " %u" : "%u", (unsigned)sunlot_odds_of(&c->t, c->row, team));
        assert_string_equal(value, expected);
        c->row++;
    } else {
        fail_msg("%s", line);
    }
}

static void test_odds_vectors(void **state)
{
    (void)state;
    static vector_case c;
    char line[2048];
    uint32_t cases = 0;
    FILE *file = fopen(SUNLOT_VECTORS "/match/odds.txt", "rb");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        if (line[0] == '#') continue;
        if (line[0] != '\n') {
            check_line(&c, line);
            continue;
        }
        if (c.filled) {
            assert_true(!sunlot_odds_any(&c.t) || c.row == c.b.groups);
            free(c.t.way);
            cases++;
        }
        memset(&c, 0, sizeof c);
    }
    if (c.filled) {
        free(c.t.way);
        cases++;
    }
    (void)fclose(file);
    assert_true(cases >= 8);
}

static int start_library(void **state)
{
    (void)state;
    return sunlot_init() == SUNLOT_OK ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_odds_every_permutation),
        cmocka_unit_test(test_odds_every_board),
        cmocka_unit_test(test_odds_derangements),
        cmocka_unit_test(test_odds_one_cell),
        cmocka_unit_test(test_odds_largest),
        cmocka_unit_test(test_odds_order),
        cmocka_unit_test(test_odds_are_those_of_the_match),
        cmocka_unit_test(test_odds_sampled),
        cmocka_unit_test(test_odds_vectors),
    };
    return cmocka_run_group_tests_name("odds", tests, start_library, NULL);
}
