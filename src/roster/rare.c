/* Rare rows: those that fewer than 5 other students of the school share (SPEC 11.4), and which part of the rows makes them so. */
#include "roster/roster.h"

/* Parts of a row: four kinds of tokens, then the columns. */
#define TOKEN_PARTS 4u
#define ALL_PARTS   UINT32_MAX

typedef struct {
    const sunlot_school *s;
    uint32_t without; /* a part that is not looked at */
} row_order;

#define COMPARE(x, y)                                                                                                                                          \
    if ((x) != (y)) return (x) < (y) ? -1 : 1

static int compare_tokens(const sunlot_school *s, const sunlot_student *x, const sunlot_student *y, uint32_t without)
{
    if (without != SUNLOT_ROW_TOGETHER) COMPARE(x->together, y->together);
    if (without != SUNLOT_ROW_LIMITS) COMPARE(x->limits, y->limits);
    if (without != SUNLOT_ROW_RECUSED) COMPARE(x->recused, y->recused);
    if (without != SUNLOT_ROW_SEATS) COMPARE(x->seats, y->seats);
    for (uint32_t k = 0; without != SUNLOT_ROW_LIMITS && k < x->limits; k++)
        COMPARE(s->student_limit[x->limits_from + k], s->student_limit[y->limits_from + k]);
    return 0;
}

static int compare_rows(const void *a, const void *b, const void *user)
{
    const row_order *o = user;
    const sunlot_school *s = o->s;
    const uint16_t i = *(const uint16_t *)a, j = *(const uint16_t *)b;
    const int order = compare_tokens(s, &s->student[i], &s->student[j], o->without);
    const uint32_t columns = s->columns[SUNLOT_STUDENTS];
    const int32_t *x = s->cell[SUNLOT_STUDENTS] + (size_t)i * columns, *y = s->cell[SUNLOT_STUDENTS] + (size_t)j * columns;
    if (order != 0) return order;
    for (uint32_t k = 0; k < columns; k++)
        if (o->without != TOKEN_PARTS + k) COMPARE(x[k], y[k]);
    return 0;
}

int sunlot_school_compare_rows(const void *a, const void *b, const void *user)
{
    const row_order o = {user, ALL_PARTS};
    return compare_rows(a, b, &o);
}

static uint32_t count_rare(const sunlot_school *s, uint32_t without)
{
    const row_order o = {s, without};
    uint16_t order[SUNLOT_MAX_SCHOOL_STUDENTS], room[SUNLOT_MAX_SCHOOL_STUDENTS];
    uint32_t rare = 0;
    for (uint32_t i = 0; i < s->students; i++) order[i] = (uint16_t)i;
    sunlot_sort(order, s->students, sizeof *order, compare_rows, &o, room);
    for (uint32_t from = 0, to; from < s->students; from = to) {
        for (to = from + 1; to < s->students && compare_rows(&order[from], &order[to], &o) == 0;) to++;
        if (to - from < SUNLOT_FEW + 1) rare += to - from;
    }
    return rare;
}

uint32_t sunlot_school_rare(const sunlot_school *s) { return count_rare(s, ALL_PARTS); }

void sunlot_roster_rare(const sunlot_roster *r, uint32_t school, sunlot_rare_fn *each, void *user)
{
    SUNLOT_REQUIRE(school < r->schools);
    const sunlot_school *s = &r->school[school];
    if (s->student == NULL) return;
    const uint32_t rare = count_rare(s, ALL_PARTS);
    for (uint32_t part = 0; rare > 0 && part < TOKEN_PARTS + s->columns[SUNLOT_STUDENTS]; part++) {
        const uint32_t without = count_rare(s, part);
        if (without == rare) continue;
        sunlot_rare_part given = {.part = part < TOKEN_PARTS ? (sunlot_row_part)part : SUNLOT_ROW_VALUE, .without = without};
        if (part >= TOKEN_PARTS) given.column = s->column[SUNLOT_STUDENTS][part - TOKEN_PARTS].name;
        each(user, &given);
    }
}
