#include "trials/tally.h"

#include <stdlib.h>
#include <string.h>

#include "common/files.h"

/* ---- plan ------------------------------------------------------------------------------------------------------------------------------ */

/* Kinds in the order of their first members; keep(student) says who belongs to any.  key[]: any numbers below `keys`. */
static tally_kinds make_kinds(const uint32_t *key, const bool *kept, uint32_t students, uint32_t keys)
{
    tally_kinds k = {0, need(students, sizeof *k.kind), NULL, NULL};
    uint32_t *number = need(keys, sizeof *number);
    memset(number, 0xff, keys * sizeof *number);
    for (uint32_t i = 0; i < students; i++) {
        k.kind[i] = TALLY_NONE;
        if (!kept[i]) continue;
        if (number[key[i]] == TALLY_NONE) number[key[i]] = k.kinds++;
        k.kind[i] = number[key[i]];
    }
    free(number);
    k.members = need(k.kinds, sizeof *k.members);
    k.first = need(k.kinds, sizeof *k.first);
    for (uint32_t i = 0; i < students; i++)
        if (k.kind[i] != TALLY_NONE && k.members[k.kind[i]]++ == 0) k.first[k.kind[i]] = i;
    return k;
}

static void make_partitions(tally_plan *p, const tally_student *student)
{
    const uint32_t n = p->students, parts = n < TALLY_PARTS ? n : TALLY_PARTS;
    uint32_t *key = need(n, sizeof *key);
    bool *kept = need(n, sizeof *kept);
    for (uint32_t which = 0; which < TALLY_PARTITIONS; which++) {
        for (uint32_t i = 0; i < n; i++) {
            const tally_student *s = &student[i];
            kept[i] = true;
            switch ((tally_partition)which) {
            case TALLY_FILE_PARTS:
                key[i] = (uint32_t)((uint64_t)s->place * parts / n);
                break;
            case TALLY_PSEUDONYM_PARTS:
                key[i] = (uint32_t)((uint64_t)i * parts / n);
                break;
            case TALLY_ROWS:
                key[i] = s->row;
                kept[i] = s->alone && !s->locked;
                break;
            case TALLY_SINGLES:
            case TALLY_MATES:
                key[i] = s->profile;
                kept[i] = s->single && !(which == TALLY_MATES && s->locked);
                break;
            case TALLY_PROFILES:
            case TALLY_PARTITIONS:
            default:
                key[i] = s->profile;
                break;
            }
        }
        p->part[which] = make_kinds(key, kept, n, n);
    }
    free(key);
    free(kept);
}

/* Stretches of the file are numbered as they stand there, not by the pseudonyms. */
static void sort_file_parts(tally_plan *p)
{
    tally_kinds *k = &p->part[TALLY_FILE_PARTS];
    memset(k->members, 0, k->kinds * sizeof *k->members);
    for (uint32_t i = 0; i < p->students; i++) {
        k->kind[i] = (uint32_t)((uint64_t)p->place[i] * k->kinds / p->students);
        if (k->members[k->kind[i]]++ == 0) k->first[k->kind[i]] = i;
    }
}

static void make_sets(tally_plan *p, const uint32_t *set)
{
    p->set_of = need(p->classes, sizeof *p->set_of);
    p->in_set = need(p->classes, sizeof *p->in_set);
    p->set_size = need(p->classes, sizeof *p->set_size);
    for (uint32_t c = 0; c < p->classes; c++) {
        const bool first = set[c] == TALLY_NONE || set[c] == c;
        p->set_of[c] = first ? p->sets++ : p->set_of[set[c]];
        p->in_set[c] = p->set_size[p->set_of[c]]++;
    }
}

static int32_t position_of(uint32_t place, uint32_t students)
{
    return students < 2 ? 0 : (int32_t)((2 * TALLY_STEP * place + (students - 1) / 2) / (students - 1)) - TALLY_STEP;
}

static void make_pairs(tally_plan *p)
{
    const tally_kinds *k = &p->part[TALLY_MATES];
    p->mate = need(p->students, sizeof *p->mate);
    p->mate_at = need(p->students, sizeof *p->mate_at);
    p->mate_from = need(k->kinds + 1u, sizeof *p->mate_from);
    p->pair_from = need(k->kinds + 1u, sizeof *p->pair_from);
    for (uint32_t i = 0; i < k->kinds; i++) {
        p->mate_from[i + 1] = p->mate_from[i] + k->members[i];
        p->pair_from[i + 1] = p->pair_from[i] + (uint64_t)k->members[i] * (k->members[i] - 1) / 2;
    }
    uint32_t *at = need(k->kinds, sizeof *at);
    for (uint32_t i = 0; i < p->students; i++) {
        const uint32_t kind = k->kind[i];
        if (kind == TALLY_NONE) continue;
        p->mate_at[i] = at[kind];
        p->mate[p->mate_from[kind] + at[kind]++] = i;
    }
    free(at);
    p->pairs = p->pair_from[k->kinds] <= TALLY_PAIRS;
}

tally_plan *tally_plan_new(const tally_student *student, uint32_t students, const uint32_t *set, uint32_t classes)
{
    tally_plan *p = need(1, sizeof *p);
    p->students = students;
    p->classes = classes;
    p->place = need(students, sizeof *p->place);
    for (int order = 0; order < TALLY_ORDERS; order++) p->position[order] = need(students, sizeof **p->position);
    for (uint32_t i = 0; i < students; i++) {
        p->place[i] = student[i].place;
        p->position[TALLY_FILE][i] = position_of(student[i].place, students);
        p->position[TALLY_PSEUDONYM][i] = position_of(i, students);
    }
    make_sets(p, set);
    make_partitions(p, student);
    sort_file_parts(p);
    make_pairs(p);
    return p;
}

void tally_plan_free(tally_plan *p)
{
    for (int i = 0; i < TALLY_PARTITIONS; i++) {
        free(p->part[i].kind);
        free(p->part[i].members);
        free(p->part[i].first);
    }
    for (int order = 0; order < TALLY_ORDERS; order++) free(p->position[order]);
    free(p->place);
    free(p->set_of);
    free(p->in_set);
    free(p->set_size);
    free(p->mate);
    free(p->mate_at);
    free(p->mate_from);
    free(p->pair_from);
    free(p);
}

/* ---- tally ------------------------------------------------------------------------------------------------------------------------------ */

static const tally_partition spread_of[] = {TALLY_PROFILES, TALLY_FILE_PARTS, TALLY_PSEUDONYM_PARTS};
static const tally_partition together_of[] = {TALLY_MATES, TALLY_ROWS};
enum { SPREADS = sizeof spread_of / sizeof *spread_of, TOGETHERS = sizeof together_of / sizeof *together_of };

/* Pairs are counted one by one only where they are few. */
static size_t pairs_of(const tally_plan *p) { return p->pairs ? (size_t)p->pair_from[p->part[TALLY_MATES].kinds] : 0; }

tally *tally_new(const tally_plan *p)
{
    tally *t = need(1, sizeof *t);
    uint32_t kinds = 1;
    for (int i = 0; i < TALLY_PARTITIONS; i++)
        if (p->part[i].kinds > kinds) kinds = p->part[i].kinds;
    t->seat = need((size_t)p->students * p->classes, sizeof *t->seat);
    t->deal = need((size_t)p->classes * p->classes, sizeof *t->deal);
    t->team = need((size_t)p->classes * p->classes, sizeof *t->team);
    for (int i = 0; i < SPREADS; i++) t->spread[spread_of[i]] = need((size_t)p->part[spread_of[i]].kinds * p->sets, sizeof **t->spread);
    for (int i = 0; i < TOGETHERS; i++) t->together[together_of[i]] = need(p->part[together_of[i]].kinds, sizeof **t->together);
    t->share = need((size_t)p->part[TALLY_ROWS].kinds * p->sets, sizeof *t->share);
    t->squared = need(p->part[TALLY_ROWS].kinds, sizeof *t->squared);
    if (p->pairs) t->pair = need(pairs_of(p), sizeof *t->pair);
    t->room = need((size_t)(kinds > p->students ? kinds : p->students) * p->classes, sizeof *t->room);
    return t;
}

void tally_free(tally *t)
{
    if (t == NULL) return;
    for (int i = 0; i < TALLY_PARTITIONS; i++) {
        free(t->spread[i]);
        free(t->together[i]);
    }
    free(t->seat);
    free(t->deal);
    free(t->team);
    free(t->share);
    free(t->squared);
    free(t->pair);
    free(t->room);
    free(t);
}

/* Members of each kind in each class: room[kind * classes + class]. */
static void count_kinds(tally *t, const tally_plan *p, tally_partition which, const uint16_t *class_)
{
    const tally_kinds *k = &p->part[which];
    memset(t->room, 0, (size_t)k->kinds * p->classes * sizeof *t->room);
    for (uint32_t i = 0; i < p->students; i++)
        if (k->kind[i] != TALLY_NONE) t->room[(size_t)k->kind[i] * p->classes + class_[i]]++;
}

static void add_spread(tally *t, const tally_plan *p, tally_partition which, const uint16_t *class_)
{
    count_kinds(t, p, which, class_);
    for (uint32_t kind = 0; kind < p->part[which].kinds; kind++) {
        const uint32_t *count = t->room + (size_t)kind * p->classes;
        uint64_t sum[SUNLOT_MAX_SCHOOL_CLASSES] = {0}, squares[SUNLOT_MAX_SCHOOL_CLASSES] = {0};
        for (uint32_t c = 0; c < p->classes; c++) {
            sum[p->set_of[c]] += count[c];
            squares[p->set_of[c]] += (uint64_t)count[c] * count[c];
        }
        for (uint32_t s = 0; s < p->sets; s++) t->spread[which][(size_t)kind * p->sets + s] += p->set_size[s] * squares[s] - sum[s] * sum[s];
    }
}

/* Pairs of a kind in one class; of equal rows also how they are spread over the sets. */
static void add_together(tally *t, const tally_plan *p, tally_partition which, const uint16_t *class_)
{
    count_kinds(t, p, which, class_);
    for (uint32_t kind = 0; kind < p->part[which].kinds; kind++) {
        const uint32_t *count = t->room + (size_t)kind * p->classes, members = p->part[which].members[kind];
        uint64_t pairs = 0, sum[SUNLOT_MAX_SCHOOL_CLASSES] = {0};
        if (members < 2) continue;
        for (uint32_t c = 0; c < p->classes; c++) {
            pairs += (uint64_t)count[c] * count[c] - count[c];
            sum[p->set_of[c]] += count[c];
        }
        t->together[which][kind] += pairs / 2;
        if (which != TALLY_ROWS) continue;
        t->squared[kind] += pairs / 2 * (pairs / 2);
        for (uint32_t s = 0; s < p->sets; s++) t->share[(size_t)kind * p->sets + s] += sum[s] * (members - sum[s]);
    }
}

/* Each class has a chain of the members met in it: last[c], then before[u], … */
static void add_pairs(tally *t, const tally_plan *p, const uint16_t *class_)
{
    uint32_t last[SUNLOT_MAX_SCHOOL_CLASSES], *before = t->room;
    for (uint32_t kind = 0; kind < p->part[TALLY_MATES].kinds; kind++) {
        const uint32_t *mate = p->mate + p->mate_from[kind], members = p->part[TALLY_MATES].members[kind];
        uint32_t *row = t->pair + p->pair_from[kind]; /* of member v: v(v-1)/2 … */
        if (members < 2) continue;
        memset(last, 0xff, p->classes * sizeof *last);
        for (uint32_t v = 0; v < members; row += v++) {
            const uint16_t c = class_[mate[v]];
            for (uint32_t u = last[c]; u != TALLY_NONE; u = before[u]) row[u]++;
            before[v] = last[c];
            last[c] = v;
        }
    }
}

uint32_t tally_pair(const tally *t, const tally_plan *p, uint32_t kind, uint32_t u, uint32_t v)
{
    return t->pair[p->pair_from[kind] + (uint64_t)v * (v - 1) / 2 + u];
}

static void add_trend(tally *t, const tally_plan *p, const uint16_t *class_)
{
    for (int order = 0; order < TALLY_ORDERS; order++) {
        int64_t sum[SUNLOT_MAX_SCHOOL_CLASSES] = {0}, all[SUNLOT_MAX_SCHOOL_CLASSES] = {0};
        for (uint32_t i = 0; i < p->students; i++) sum[class_[i]] += p->position[order][i];
        for (uint32_t c = 0; c < p->classes; c++) all[p->set_of[c]] += sum[c];
        for (uint32_t c = 0; c < p->classes; c++) t->trend[order][p->set_of[c]] += (uint64_t)(sum[c] * sum[c]) * p->set_size[p->set_of[c]];
        for (uint32_t s = 0; s < p->sets; s++) t->trend[order][s] -= (uint64_t)(all[s] * all[s]);
    }
}

/* Places of the singles of a profile follow each other from its least. */
static void add_start(tally *t, const tally_plan *p, const uint32_t *start)
{
    const tally_kinds *k = &p->part[TALLY_SINGLES];
    uint32_t *least = t->room;
    for (uint32_t kind = 0; kind < k->kinds; kind++) least[kind] = UINT32_MAX;
    for (uint32_t i = 0; i < p->students; i++)
        if (k->kind[i] != TALLY_NONE && start[i] < least[k->kind[i]]) least[k->kind[i]] = start[i];
    for (uint32_t i = 0; i < p->students; i++) {
        if (k->kind[i] == TALLY_NONE) continue;
        const int64_t rank = 2 * (int64_t)(start[i] - least[k->kind[i]]) - ((int64_t)k->members[k->kind[i]] - 1);
        for (int order = 0; order < TALLY_ORDERS; order++) t->start[order] += p->position[order][i] * rank;
    }
}

void tally_add(tally *t, const tally_plan *p, const sunlot_sample *sample, const sunlot_outcome *outcome)
{
    t->steps += outcome->steps;
    if (outcome->steps > t->most_steps) t->most_steps = outcome->steps;
    if (sample == NULL) {
        t->failed++;
        return;
    }
    const uint16_t *class_ = sample->class_;
    t->placed++;
    t->rung[outcome->rung < SUNLOT_MAX_RUNGS ? outcome->rung : SUNLOT_MAX_RUNGS]++;
    t->attempt[outcome->attempt < TALLY_TRIES ? outcome->attempt : TALLY_TRIES]++;
    t->looks[outcome->looks < TALLY_LOOKS ? outcome->looks : TALLY_LOOKS]++;
    for (uint32_t i = 0; i < p->students; i++) t->seat[(size_t)i * p->classes + class_[i]]++;
    for (uint32_t c = 0; c < p->classes; c++) t->deal[(size_t)sample->group_of_class[c] * p->classes + c]++;
    t->teams = t->teams || sample->team_of_class != NULL;
    for (uint32_t c = 0; sample->team_of_class != NULL && c < p->classes; c++) t->team[(size_t)sample->team_of_class[c] * p->classes + c]++;
    for (int i = 0; i < SPREADS; i++) add_spread(t, p, spread_of[i], class_);
    for (int i = 0; i < TOGETHERS; i++) add_together(t, p, together_of[i], class_);
    if (p->pairs) add_pairs(t, p, class_);
    add_trend(t, p, class_);
    add_start(t, p, sample->start);
}

static void add_words(uint32_t *into, const uint32_t *from, size_t n)
{
    for (size_t i = 0; i < n; i++) into[i] += from[i];
}

static void add_longs(uint64_t *into, const uint64_t *from, size_t n)
{
    for (size_t i = 0; i < n; i++) into[i] += from[i];
}

void tally_merge(tally *into, const tally_plan *p, const tally *from)
{
    const size_t squares = (size_t)p->classes * p->classes, rows = p->part[TALLY_ROWS].kinds;
    into->placed += from->placed;
    into->failed += from->failed;
    into->steps += from->steps;
    if (from->most_steps > into->most_steps) into->most_steps = from->most_steps;
    into->teams = into->teams || from->teams;
    add_longs(into->rung, from->rung, sizeof into->rung / sizeof *into->rung);
    add_longs(into->attempt, from->attempt, sizeof into->attempt / sizeof *into->attempt);
    add_longs(into->looks, from->looks, sizeof into->looks / sizeof *into->looks);
    add_words(into->seat, from->seat, (size_t)p->students * p->classes);
    add_words(into->deal, from->deal, squares);
    add_words(into->team, from->team, squares);
    for (int i = 0; i < SPREADS; i++) add_longs(into->spread[spread_of[i]], from->spread[spread_of[i]], (size_t)p->part[spread_of[i]].kinds * p->sets);
    for (int i = 0; i < TOGETHERS; i++) add_longs(into->together[together_of[i]], from->together[together_of[i]], p->part[together_of[i]].kinds);
    add_longs(into->share, from->share, rows * p->sets);
    add_longs(into->squared, from->squared, rows);
    for (int order = 0; order < TALLY_ORDERS; order++) {
        add_longs(into->trend[order], from->trend[order], p->sets);
        into->start[order] += from->start[order];
    }
    if (p->pairs) add_words(into->pair, from->pair, pairs_of(p));
}
