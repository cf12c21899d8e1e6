/* The odds of the match (SPEC 10.1).
 *
 * K groups get K teams one to one; some cells (group, team) are forbidden.  Rows without forbidden cell are alike and fill what is left in any order,
 * so only the ways to place the R other rows count.  They are counted over sets S of rows, column by column: b[S] is the number of ways
 * to place the rows outside S, S being placed already in columns that were not yet looked at, so that no row is in a forbidden cell
 * of the columns looked at.  At first no column was:
 *
 *     b[S] = (K - |S|) (K - |S| - 1) … (K - R + 1)
 *
 * and column t, forbidden to the rows D, takes away the ways that have one of these there:
 *
 *     b[S] = b[S] - Σ b[S + i] over the rows i of D outside S.
 *
 * At the end b[{}] are the ways in all.  Those with row i at column t are b[{i}] as it would be had t not been looked at; taking the step back,
 * that is Σ |J|! · b[{i} + J] over the subsets J of D.
 *
 * Example: K = 3, row 0 not at column 0, row 1 not at 1.  At first b = 6 2 2 1 for S = {}, {0}, {1}, {0 1}.  Column 0: b[{}] = 6 - 2 = 4, b[{1}] = 2 - 1 = 1.
 * Column 1: b[{}] = 4 - b[{1}] = 3, b[{0}] = 2 - 1 = 1.  Three ways: (1 0), (1 2), (2 0).  Row 0 at column 1: b[{0}] + 1! · b[{0 1}] = 2; at column 2: b[{0}] = 1. */
#include "place/odds.h"

#include <string.h>

#include "place/bits.h"
#include "random/stages.h"

/* ---- numbers of ways: what is taken away was there ---------------------------------------------------------------------------------------------- */

static void add(sunlot_ways *a, const sunlot_ways *b)
{
    uint64_t carry = 0;
    for (int i = 0; i < 3; i++) {
        const uint64_t with = a->w[i] + carry;
        const uint64_t sum = with + b->w[i];
        carry = (with < carry) | (sum < with);
        a->w[i] = sum;
    }
}

static void take(sunlot_ways *a, const sunlot_ways *b)
{
    uint64_t borrow = 0;
    for (int i = 0; i < 3; i++) {
        const uint64_t with = a->w[i] - borrow;
        const uint64_t less = with - b->w[i];
        borrow = (with > a->w[i]) | (less > with);
        a->w[i] = less;
    }
}

static sunlot_ways times(const sunlot_ways *a, uint32_t n)
{
    sunlot_ways product = {{0}};
    uint64_t carry = 0;
    for (int i = 0; i < 3; i++) {
        const uint64_t low = (a->w[i] & UINT32_MAX) * n + carry, high = (a->w[i] >> 32) * n + (low >> 32);
        product.w[i] = (low & UINT32_MAX) | high << 32;
        carry = high >> 32;
    }
    return product;
}

static bool at_most(const sunlot_ways *a, const sunlot_ways *b)
{
    for (int i = 2; i >= 0; i--)
        if (a->w[i] != b->w[i]) return a->w[i] < b->w[i];
    return true;
}

/* ---- the board ------------------------------------------------------------------------------------------------------------------------------------ */

static bool is_forbidden(const uint64_t (*forbidden)[2], uint32_t group, uint32_t team) { return (forbidden[group][team >> 6] >> (team & 63) & 1) != 0; }

/* Number the rows, and choose which way round they are. */
static void lay_rows(sunlot_odds_table *t, uint32_t groups, const uint64_t (*forbidden)[2])
{
    bool recused[SUNLOT_MAX_SCHOOL_CLASSES] = {false}, avoided[SUNLOT_MAX_SCHOOL_CLASSES] = {false};
    memset(t, 0, sizeof *t);
    t->groups = groups;
    for (uint32_t g = 0; g < groups; g++)
        for (uint32_t team = 0; team < groups; team++)
            if (is_forbidden(forbidden, g, team)) recused[g] = avoided[team] = true;
    for (uint32_t i = 0; i < groups; i++) {
        t->recused += recused[i];
        t->avoided += avoided[i];
    }
    t->sampled = t->recused > SUNLOT_ODDS_COUNTED && t->avoided > SUNLOT_ODDS_COUNTED;
    t->turned = !t->sampled && t->avoided < t->recused;
    memset(t->row_of, SUNLOT_ODDS_ALIKE, sizeof t->row_of);
    for (uint32_t i = 0; i < groups; i++)
        if (t->turned ? avoided[i] : recused[i]) t->row_of[i] = (uint8_t)t->rows++;
}

static size_t table_ways(const sunlot_odds_table *t) { return (size_t)(t->rows + 1) * t->groups; }

size_t sunlot_odds_room(uint32_t groups, const uint64_t (*forbidden)[2])
{
    sunlot_odds_table t;
    lay_rows(&t, groups, forbidden);
    return (table_ways(&t) + (t.sampled ? 0 : (size_t)1 << t.rows)) * sizeof(sunlot_ways);
}

/* Of a column, the set of rows that may not be there. */
static uint32_t rows_off(const sunlot_odds_table *t, uint32_t column, const uint64_t (*forbidden)[2])
{
    uint32_t off = 0;
    for (uint32_t i = 0; i < t->groups; i++) {
        if (t->row_of[i] == SUNLOT_ODDS_ALIKE) continue;
        if (t->turned ? is_forbidden(forbidden, column, i) : is_forbidden(forbidden, i, column)) off |= UINT32_C(1) << t->row_of[i];
    }
    return off;
}

/* ---- counting -------------------------------------------------------------------------------------------------------------------------------------- */

static void begin(const sunlot_odds_table *t, sunlot_ways *b)
{
    sunlot_ways placed[SUNLOT_ODDS_COUNTED + 1] = {{{0}}}; /* by how many rows are in S */
    placed[t->rows].w[0] = 1;
    for (uint32_t s = t->rows; s-- > 0;) placed[s] = times(&placed[s + 1], t->groups - s);
    for (uint32_t set = 0; set >> t->rows == 0; set++) b[set] = placed[sunlot_bits_count(set)];
}

/* Upwards, so that the larger sets are still as they were. */
static void look_at(sunlot_ways *b, uint32_t rows, uint32_t off)
{
    for (uint32_t set = 0; set >> rows == 0; set++)
        for (uint32_t left = off & ~set; left != 0; left &= left - 1) take(&b[set], &b[set | (left & (0 - left))]);
}

/* b[{row}] with the column that is forbidden to `off` not looked at. */
static sunlot_ways look_away(const sunlot_ways *b, uint32_t row, uint32_t off)
{
    sunlot_ways by_size[SUNLOT_ODDS_COUNTED + 1] = {{{0}}};
    for (uint32_t subset = off;; subset = (subset - 1) & off) {
        add(&by_size[sunlot_bits_count(subset)], &b[subset | UINT32_C(1) << row]);
        if (subset == 0) break;
    }
    sunlot_ways sum = {{0}}; /* Σ size! · by_size, from the last factor inwards */
    for (uint32_t size = sunlot_bits_count(off); size > 0; size--) {
        add(&sum, &by_size[size]);
        sum = times(&sum, size);
    }
    add(&sum, &by_size[0]);
    return sum;
}

static void count(sunlot_odds_table *t, const uint64_t (*forbidden)[2], sunlot_ways *b)
{
    uint32_t off[SUNLOT_MAX_SCHOOL_CLASSES];
    begin(t, b);
    for (uint32_t column = 0; column < t->groups; column++) {
        off[column] = rows_off(t, column, forbidden);
        if (off[column] != 0) look_at(b, t->rows, off[column]);
    }
    t->all = b[0];
    for (uint32_t column = 0; column < t->groups; column++)
        for (uint32_t row = 0; row < t->rows; row++)
            if ((off[column] >> row & 1) == 0) t->way[(size_t)row * t->groups + column] = look_away(b, row, off[column]);
}

/* ---- sampling ---------------------------------------------------------------------------------------------------------------------------------------- */

static void sample(sunlot_odds_table *t, const uint64_t (*forbidden)[2], const uint8_t key32[32])
{
    uint16_t team[SUNLOT_MAX_SCHOOL_CLASSES];
    sunlot_stream s;
    sunlot_stream_init(&s, key32);
    for (uint32_t g = 0; g < t->groups; g++) team[g] = (uint16_t)g;
    while (t->shuffles < SUNLOT_ODDS_SHUFFLES && t->all.w[0] < SUNLOT_ODDS_ALLOWED) {
        sunlot_shuffle(&s, team, t->groups);
        t->shuffles++;
        bool allowed = true;
        for (uint32_t g = 0; g < t->groups && allowed; g++) allowed = !is_forbidden(forbidden, g, team[g]);
        if (!allowed) continue;
        t->all.w[0]++;
        for (uint32_t g = 0; g < t->groups; g++)
            if (t->row_of[g] != SUNLOT_ODDS_ALIKE) t->way[(size_t)t->row_of[g] * t->groups + team[g]].w[0]++;
    }
}

/* ---- the table --------------------------------------------------------------------------------------------------------------------------------------- */

void sunlot_odds_fill(sunlot_odds_table *t, uint32_t groups, const uint64_t (*forbidden)[2], const uint8_t key32[32], void *room)
{
    lay_rows(t, groups, forbidden);
    t->way = room;
    t->rest = t->way + (size_t)t->rows * groups;
    memset(room, 0, table_ways(t) * sizeof *t->way);
    if (t->sampled)
        sample(t, forbidden, key32);
    else
        count(t, forbidden, t->rest + groups);
    for (uint32_t column = 0; column < groups; column++) {
        t->rest[column] = t->all;
        for (uint32_t row = 0; row < t->rows; row++) take(&t->rest[column], &t->way[(size_t)row * groups + column]);
    }
}

bool sunlot_odds_any(const sunlot_odds_table *t) { return (t->all.w[0] | t->all.w[1] | t->all.w[2]) != 0; }

/* The greatest q with 2 · whole · q ≤ 20000 · part + whole. */
uint32_t sunlot_odds_of(const sunlot_odds_table *t, uint32_t group, uint32_t team)
{
    const uint32_t column = t->turned ? group : team, row = t->row_of[t->turned ? team : group];
    const bool alike = row == SUNLOT_ODDS_ALIKE;
    const sunlot_ways part = alike ? t->rest[column] : t->way[(size_t)row * t->groups + column];
    const sunlot_ways whole = alike ? times(&t->all, t->groups - t->rows) : t->all;
    const sunlot_ways twice = times(&whole, 2);
    sunlot_ways goal = times(&part, 20000);
    add(&goal, &whole);
    uint32_t from = 0, above = 10001;
    while (from + 1 < above) {
        const uint32_t middle = from + (above - from) / 2;
        const sunlot_ways reached = times(&twice, middle);
        if (at_most(&reached, &goal))
            from = middle;
        else
            above = middle;
    }
    return from;
}
