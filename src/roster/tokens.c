/* Numbering tokens so that no number carries anything (SPEC 5.2). */
#include <string.h>

#include "roster/roster.h"

typedef struct {
    uint32_t token, row;
} carrier;

static int by_token(const void *a, const void *b, const void *user)
{
    const carrier *x = a, *y = b;
    (void)user;
    return x->token < y->token ? -1 : x->token > y->token;
}

/* Sort the carriers by their old token; the rows of one token are then neighbours and, as the sort is stable, the first of them is
 * the least.  A row that is the first of its token gets the next number when it is passed in the order of rows:
 *
 *     row     0  1  2  3  4          first row of the token   0  1  -  1  0
 *     token   9  4  .  4  9          new number               1  2  .  2  1                                            */
static sunlot_err number_together(sunlot_school *s)
{
    uint32_t n = 0;
    carrier *list = sunlot_alloc(s->students, 2 * sizeof *list);
    uint32_t *first = sunlot_alloc(s->students, sizeof *first);
    if (list == NULL || first == NULL) {
        sunlot_release(list);
        sunlot_release(first);
        return SUNLOT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < s->students; i++) {
        if (s->student[i].together != 0) list[n++] = (carrier){s->student[i].together, i};
    }
    sunlot_sort(list, n, sizeof *list, by_token, NULL, list + s->students);
    for (uint32_t i = 0; i < n; i++) {
        first[list[i].row] = i > 0 && list[i].token == list[i - 1].token ? first[list[i - 1].row] : list[i].row;
    }
    uint32_t next = 0;
    for (uint32_t i = 0; i < s->students; i++) {
        sunlot_student *student = &s->student[i];
        if (student->together == 0) continue;
        student->together = first[i] == i ? ++next : s->student[first[i]].together;
    }
    sunlot_release(list);
    sunlot_release(first);
    return SUNLOT_OK;
}

/* The rows of each limit: limit t has row[from[t]] … row[from[t] + count[t] - 1], ascending. */
typedef struct {
    uint32_t *from, *count;
    uint16_t *row;
    uint16_t *order; /* [2 * limits] limits in order, and room for sorting */
    uint16_t *name;  /* [limits] the new number of each */
    uint16_t *max;   /* [limits] by new number */
} limit_sets;

static void free_sets(limit_sets *l)
{
    sunlot_release(l->from);
    sunlot_release(l->count);
    sunlot_release(l->row);
    sunlot_release(l->order);
    sunlot_release(l->name);
    sunlot_release(l->max);
}

static bool collect(limit_sets *l, const sunlot_school *s)
{
    size_t members = 0;
    for (uint32_t i = 0; i < s->students; i++) members += s->student[i].limits;
    *l = (limit_sets){sunlot_alloc(s->limits, sizeof(uint32_t)),     sunlot_alloc(s->limits, sizeof(uint32_t)), sunlot_alloc(members, sizeof(uint16_t)),
                      sunlot_alloc(s->limits, 2 * sizeof(uint16_t)), sunlot_alloc(s->limits, sizeof(uint16_t)), sunlot_alloc(s->limits, sizeof(uint16_t))};
    if (l->from == NULL || l->count == NULL || l->row == NULL || l->order == NULL || l->name == NULL || l->max == NULL) return false;
    for (uint32_t i = 0; i < s->students; i++) {
        const sunlot_student *student = &s->student[i];
        for (uint32_t j = 0; j < student->limits; j++) l->count[s->student_limit[student->limits_from + j]]++;
    }
    for (uint32_t t = 0, at = 0; t < s->limits; t++) {
        l->from[t] = at;
        at += l->count[t];
        l->count[t] = 0;
        l->order[t] = (uint16_t)t;
    }
    for (uint32_t i = 0; i < s->students; i++) {
        const sunlot_student *student = &s->student[i];
        for (uint32_t j = 0; j < student->limits; j++) {
            const uint16_t t = s->student_limit[student->limits_from + j];
            const uint32_t end = l->from[t] + l->count[t];
            if (l->count[t] > 0 && l->row[end - 1] == i) continue;
            l->row[end] = (uint16_t)i;
            l->count[t]++;
        }
    }
    return true;
}

/* Lists of rows compared element by element, a prefix first: as rows are sorted by pseudonym, the order of SPEC 5.2. */
static int by_rows(const void *a, const void *b, const void *user)
{
    const limit_sets *l = user;
    const uint16_t x = *(const uint16_t *)a, y = *(const uint16_t *)b;
    const uint32_t common = l->count[x] < l->count[y] ? l->count[x] : l->count[y];
    for (uint32_t i = 0; i < common; i++) {
        const uint16_t p = l->row[l->from[x] + i], q = l->row[l->from[y] + i];
        if (p != q) return p < q ? -1 : 1;
    }
    return l->count[x] < l->count[y] ? -1 : l->count[x] > l->count[y];
}

static int by_number(const void *a, const void *b, const void *user)
{
    const uint16_t x = *(const uint16_t *)a, y = *(const uint16_t *)b;
    (void)user;
    return x < y ? -1 : x > y;
}

/* Give a student's limits their new numbers, ascending, each once. */
static void rename_limits(sunlot_student *student, uint16_t *limit, const uint16_t *name, uint16_t *room)
{
    for (uint32_t j = 0; j < student->limits; j++) limit[j] = name[limit[j]];
    sunlot_sort(limit, student->limits, sizeof *limit, by_number, NULL, room);
    uint16_t kept = 0;
    for (uint32_t j = 0; j < student->limits; j++) {
        if (kept == 0 || limit[j] != limit[kept - 1]) limit[kept++] = limit[j];
    }
    student->limits = kept;
}

static sunlot_err number_limits(sunlot_school *s)
{
    limit_sets l;
    if (s->limits == 0) return SUNLOT_OK;
    if (!collect(&l, s)) {
        free_sets(&l);
        return SUNLOT_ERR_MEMORY;
    }
    sunlot_sort(l.order, s->limits, sizeof *l.order, by_rows, &l, l.order + s->limits);
    uint32_t names = 0;
    for (uint32_t i = 0; i < s->limits; i++) {
        const uint16_t t = l.order[i];
        if (i == 0 || by_rows(&l.order[i - 1], &l.order[i], &l) != 0)
            l.max[names++] = s->limit_max[t];
        else if (s->limit_max[t] < l.max[names - 1])
            l.max[names - 1] = s->limit_max[t];
        l.name[t] = (uint16_t)(names - 1);
    }
    s->limits = names;
    memcpy(s->limit_max, l.max, names * sizeof *l.max);
    /* The sets are done with: their rows make room for sorting. */
    for (uint32_t i = 0; i < s->students; i++) {
        rename_limits(&s->student[i], &s->student_limit[s->student[i].limits_from], l.name, l.row);
    }
    free_sets(&l);
    return SUNLOT_OK;
}

sunlot_err sunlot_school_tokens(sunlot_roster *r, sunlot_school *s)
{
    (void)r;
    const sunlot_err err = number_together(s);
    return err == SUNLOT_OK ? number_limits(s) : err;
}
