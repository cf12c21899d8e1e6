#include "small_listing.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "place/check.h"

/* ---- names ---- */

static void find_sets(small_listing *l)
{
    const sunlot_problem *p = l->p;
    bool named[SMALL_GROUPS] = {false};
    for (uint32_t u = 0; u < p->units; u++)
        if (p->unit_pin[u] != SUNLOT_NONE16) named[p->unit_pin[u]] = true;
    memset(l->set_size, 0, sizeof l->set_size);
    for (uint32_t g = 0; g < p->groups; g++) {
        uint32_t first = 0;
        while (first < g && (named[first] || named[g] || p->group_size[first] != p->group_size[g])) first++;
        l->set[g] = first;
        l->set_size[first]++;
    }
}

/* The groups of a set get its names in the order in which units have them. */
static void name_groups(const small_listing *l, uint8_t *name, const uint16_t *group)
{
    uint32_t names[SMALL_GROUPS], next[SMALL_GROUPS];
    memset(names, 0xff, sizeof names);
    for (uint32_t g = 0; g < l->p->groups; g++) next[g] = g;
    memset(name, 0, SMALL_UNITS);
    for (uint32_t u = 0; u < l->p->units; u++) {
        const uint32_t g = group[u], set = l->set[g];
        if (names[g] == UINT32_MAX) {
            names[g] = next[set]++;
            while (next[set] < l->p->groups && l->set[next[set]] != set) next[set]++;
        }
        name[u] = (uint8_t)names[g];
    }
}

static int compare_states(const void *a, const void *b) { return memcmp(a, b, SMALL_UNITS); }

uint32_t small_listing_find(const small_listing *l, const uint16_t *group)
{
    uint8_t name[SMALL_UNITS];
    name_groups(l, name, group);
    const void *at = bsearch(name, l->state, l->states, sizeof *l->state, compare_states);
    return at == NULL ? UINT32_MAX : (uint32_t)(((const uint8_t *)at - l->state[0]) / SMALL_UNITS);
}

/* ---- listing ---- */

typedef struct {
    small_listing *l;
    uint16_t group[SMALL_UNITS];
    uint32_t seats[SMALL_GROUPS], heads[SMALL_GROUPS];
    uint32_t count[SMALL_GROUPS][SMALL_VALUES];
} partial;

static void put(partial *a, uint32_t u, uint32_t g, bool back)
{
    const sunlot_problem *p = a->l->p;
    const uint32_t sign = back ? UINT32_MAX : 1;
    a->group[u] = (uint16_t)g;
    a->seats[g] += sign * p->unit_size[u];
    a->heads[g] += sign * p->unit_heads[u];
    for (uint32_t h = p->has_from[u]; h < p->has_from[u + 1]; h++) a->count[g][p->has[h]] += sign;
}

/* More than group g can hold, whoever follows: bounds do not fall as heads grow. */
static bool too_many(const partial *a, uint32_t u, uint32_t g)
{
    const sunlot_problem *p = a->l->p;
    const uint32_t most_heads = p->group_size[g];
    if (a->seats[g] > p->group_size[g]) return true;
    for (uint32_t h = p->has_from[u]; h < p->has_from[u + 1]; h++)
        if (a->count[g][p->has[h]] > p->hi[most_heads * p->values + p->has[h]]) return true;
    return false;
}

static bool too_few(const partial *a)
{
    const sunlot_problem *p = a->l->p;
    for (uint32_t g = 0; g < p->groups; g++)
        for (uint32_t v = 0; v < p->values; v++)
            if (a->count[g][v] < p->lo[a->heads[g] * p->values + v]) return true;
    return false;
}

static bool strata_even(const partial *a)
{
    const sunlot_problem *p = a->l->p;
    for (uint32_t u = 0; u < p->units; u++) {
        uint32_t all = 0, here = 0;
        for (uint32_t x = 0; x < p->units; x++)
            if (p->unit_stratum[x] == p->unit_stratum[u]) {
                all++;
                here += a->group[x] == a->group[u];
            }
        if (all != p->units && here * p->groups != all) return false;
    }
    return true;
}

static void list_from(partial *a, uint32_t u)
{
    small_listing *l = a->l;
    if (u == l->p->units) {
        if (too_few(a) || !strata_even(a) || sunlot_placement_check(l->p, a->group).kind != SUNLOT_BREACH_NONE) return;
        SUNLOT_REQUIRE(l->states < SMALL_STATES);
        memset(l->state[l->states], 0, SMALL_UNITS);
        for (uint32_t x = 0; x < u; x++) l->state[l->states][x] = (uint8_t)a->group[x];
        l->states++;
        return;
    }
    bool empty_seen[SMALL_GROUPS] = {false};
    for (uint32_t g = 0; g < l->p->groups; g++) {
        if (l->p->unit_pin[u] != SUNLOT_NONE16 && l->p->unit_pin[u] != g) continue;
        if (a->seats[g] == 0) { /* the first empty group of a set stands for the others */
            if (empty_seen[l->set[g]]) continue;
            empty_seen[l->set[g]] = true;
        }
        put(a, u, g, false);
        if (!too_many(a, u, g)) list_from(a, u + 1);
        put(a, u, g, true);
    }
}

void small_listing_make(small_listing *l, const sunlot_problem *p)
{
    partial a;
    SUNLOT_REQUIRE(p->units <= SMALL_UNITS && p->groups <= SMALL_GROUPS && p->values <= SMALL_VALUES);
    memset(&a, 0, sizeof a);
    a.l = l;
    l->p = p;
    l->states = 0;
    find_sets(l);
    list_from(&a, 0);
}

/* ---- parts ---- */

typedef struct {
    const small_listing *l;
    uint32_t parent[SMALL_STATES];
    uint32_t state;
    uint16_t group[SMALL_UNITS];
} joining;

static uint32_t root_of(joining *j, uint32_t state)
{
    while (j->parent[state] != state) state = j->parent[state] = j->parent[j->parent[state]];
    return state;
}

static void join(joining *j)
{
    const uint32_t other = small_listing_find(j->l, j->group);
    if (other != UINT32_MAX) j->parent[root_of(j, other)] = root_of(j, j->state);
}

static bool moves(const sunlot_problem *p, uint32_t u) { return p->unit_pin[u] == SUNLOT_NONE16; }

static void join_pairs(joining *j)
{
    const sunlot_problem *p = j->l->p;
    for (uint32_t u = 0; u < p->units; u++)
        for (uint32_t v = 0; v < u; v++) {
            const uint16_t g = j->group[u], h = j->group[v];
            if (g == h || p->unit_size[u] != p->unit_size[v] || p->unit_stratum[u] != p->unit_stratum[v] || !moves(p, u) || !moves(p, v)) continue;
            j->group[u] = h;
            j->group[v] = g;
            join(j);
            j->group[u] = g;
            j->group[v] = h;
        }
}

/* Give `rest` more singles from v on, all of the group h, to the group g, and join with each outcome. */
static void join_block(joining *j, uint16_t g, uint16_t h, uint32_t v, uint32_t rest)
{
    const sunlot_problem *p = j->l->p;
    if (rest == 0) join(j);
    for (; rest != 0 && v < p->units; v++) {
        if (j->group[v] != h || p->unit_size[v] != 1 || !moves(p, v)) continue;
        j->group[v] = g;
        join_block(j, g, h, v + 1, rest - 1);
        j->group[v] = h;
    }
}

static void join_blocks(joining *j)
{
    const sunlot_problem *p = j->l->p;
    for (uint32_t u = 0; u < p->units; u++)
        for (uint16_t h = 0; h < p->groups; h++) {
            const uint16_t g = j->group[u];
            if (p->unit_size[u] < 2 || g == h || !moves(p, u)) continue;
            j->group[u] = h;
            join_block(j, g, h, 0, p->unit_size[u]);
            j->group[u] = g;
        }
}

uint32_t small_listing_parts(const small_listing *l, bool blocks, uint32_t *largest)
{
    static joining j;
    static uint32_t size[SMALL_STATES];
    uint32_t parts = 0;
    j.l = l;
    memset(size, 0, sizeof size);
    for (uint32_t i = 0; i < l->states; i++) j.parent[i] = i;
    for (uint32_t i = 0; i < l->states; i++) {
        j.state = i;
        for (uint32_t u = 0; u < l->p->units; u++) j.group[u] = l->state[i][u];
        join_pairs(&j);
        if (blocks) join_blocks(&j);
    }
    *largest = 0;
    for (uint32_t i = 0; i < l->states; i++) {
        const uint32_t root = root_of(&j, i);
        parts += size[root]++ == 0;
        if (size[root] > *largest) *largest = size[root];
    }
    return parts;
}
