/* Lowering: units, their sizes, strata, pins and tickets (SPEC 7.2, 7.3, 8.1).  Counts and sums: lower_counts.c, lower_sums.c.
 *
 * Everything fits: a school has at most 4,096 rows, 16,384 seats and 128 groups, so sizes and counts fit 16 bits and their products
 * 32; for the sums see lower_sums.c. */
#include "roster/lower.h"

#include <string.h>

#include "random/stages.h"
#include "roster/scores.h"

/* Memory of a lowering; a failure is remembered, so that a run of requests is checked once. */
typedef struct {
    sunlot_arena *arena;
    bool failed;
} memory;

static void *get(memory *m, size_t count, size_t size)
{
    void *p = m->failed ? NULL : sunlot_arena_alloc(m->arena, count, size);
    m->failed = p == NULL;
    return p;
}

void sunlot_lowered_free(sunlot_lowered *l)
{
    sunlot_arena_free(&l->arena);
    memset(l, 0, sizeof *l);
}

/* Counts, sums and tickets of the units that stand in l. */
static sunlot_err finish(sunlot_lowered *l, const sunlot_school *s, int who, uint32_t rung)
{
    memory m = {&l->arena, false};
    for (uint32_t g = 0; g < l->p.groups; g++) {
        if (l->p.group_size[g] > l->heads_most) l->heads_most = l->p.group_size[g];
    }
    if (l->heads_most > l->p.rows) l->heads_most = l->p.rows;
    l->p.unit_ticket = l->ticket = get(&m, l->p.units, 32);
    if (m.failed || !sunlot_lower_counts(l, s, who) || !sunlot_lower_sums(l, s, who)) {
        sunlot_lowered_free(l);
        return SUNLOT_ERR_MEMORY;
    }
    sunlot_lowered_rung(l, rung);
    return SUNLOT_OK;
}

/* Students who share a together token are one unit; units are numbered by their first student. */
sunlot_err sunlot_lower_students(sunlot_lowered *out, const sunlot_school *s, uint32_t rung)
{
    memset(out, 0, sizeof *out);
    memory m = {&out->arena, false};
    const uint32_t n = s->students;
    uint16_t *group_size = get(&m, s->classes, sizeof *group_size);
    uint8_t *size = get(&m, n, sizeof *size), *heads = get(&m, n, sizeof *heads), *stratum = get(&m, n, sizeof *stratum);
    uint16_t *pin = get(&m, n, sizeof *pin);
    uint32_t *unit_of_token = get(&m, n + 1u, sizeof *unit_of_token); /* tokens are numbered from 1 without gaps */
    out->unit_of_row = get(&m, n, sizeof *out->unit_of_row);
    if (m.failed) {
        sunlot_lowered_free(out);
        return SUNLOT_ERR_MEMORY;
    }
    SUNLOT_REQUIRE(sunlot_school_sizes(s, group_size));

    uint32_t units = 0, tokens = 0;
    for (uint32_t i = 0; i < n; i++) {
        const sunlot_student *student = &s->student[i];
        uint32_t unit = units;
        if (student->together > tokens)
            unit_of_token[++tokens] = units;
        else if (student->together != 0)
            unit = unit_of_token[student->together];
        if (unit == units) {
            pin[unit] = SUNLOT_NONE16;
            units++;
        }
        out->unit_of_row[i] = unit;
        size[unit] = (uint8_t)(size[unit] + student->seats);
        heads[unit]++;
        if (student->lock != SUNLOT_NONE16) pin[unit] = student->lock;
    }
    out->p.rows = n;
    out->p.groups = s->classes;
    out->p.units = units;
    out->p.group_size = group_size;
    out->p.unit_size = size;
    out->p.unit_heads = heads;
    out->p.unit_stratum = stratum;
    out->p.unit_pin = pin;
    return finish(out, s, SUNLOT_STUDENTS, rung);
}

/* Every section is a unit of one seat in the stratum of its subject; every group has one seat a subject. */
sunlot_err sunlot_lower_teachers(sunlot_lowered *out, const sunlot_school *s, uint32_t rung)
{
    SUNLOT_REQUIRE(sunlot_school_forms_teams(s));
    memset(out, 0, sizeof *out);
    memory m = {&out->arena, false};
    sunlot_text subject[SUNLOT_MAX_SCHOOL_SUBJECTS];
    const uint32_t subjects = sunlot_school_subjects(s, subject), rows = sunlot_school_rows(s, SUNLOT_TEACHERS);
    uint16_t *group_size = get(&m, s->classes, sizeof *group_size);
    uint8_t *size = get(&m, rows, sizeof *size), *stratum = get(&m, rows, sizeof *stratum);
    uint16_t *pin = get(&m, rows, sizeof *pin);
    out->unit_of_row = get(&m, rows, sizeof *out->unit_of_row);
    out->teacher_of_row = get(&m, rows, sizeof *out->teacher_of_row);
    out->section_of_row = get(&m, rows, sizeof *out->section_of_row);
    out->row_first = get(&m, s->teachers + 1u, sizeof *out->row_first);
    if (m.failed) {
        sunlot_lowered_free(out);
        return SUNLOT_ERR_MEMORY;
    }
    for (uint32_t g = 0; g < s->classes; g++) group_size[g] = (uint16_t)subjects;
    uint32_t row = 0;
    for (uint32_t i = 0; i < s->teachers; i++) {
        uint8_t place = 0;
        while (!sunlot_text_equal(subject[place], s->teacher[i].subject)) place++;
        out->row_first[i] = row;
        for (uint32_t c = 1; c <= s->teacher[i].classes; c++, row++) {
            out->unit_of_row[row] = row;
            out->teacher_of_row[row] = i;
            out->section_of_row[row] = (uint16_t)c;
            size[row] = 1;
            stratum[row] = place;
            pin[row] = SUNLOT_NONE16;
        }
    }
    out->row_first[s->teachers] = row;
    out->p.rows = out->p.units = rows;
    out->p.groups = s->classes;
    out->p.group_size = group_size;
    out->p.unit_size = out->p.unit_heads = size;
    out->p.unit_stratum = stratum;
    out->p.unit_pin = pin;
    return finish(out, s, SUNLOT_TEACHERS, rung);
}

/* A unit's ticket is the least of its members' (SPEC 8.1). */
void sunlot_lowered_tickets(sunlot_lowered *l, const sunlot_school *s, int who, const sunlot_digest *stage_key)
{
    sunlot_mac_state begun;
    sunlot_ticket_begin(&begun, stage_key);
    memset(l->ticket, 0xff, (size_t)l->p.units * 32);
    for (uint32_t row = 0; row < l->p.rows; row++) {
        char name[33];
        const bool student = who == SUNLOT_STUDENTS;
        sunlot_pseudonym_write(name, student ? 's' : 't', student ? s->student[row].pseudonym : s->teacher[l->teacher_of_row[row]].pseudonym);
        const sunlot_digest ticket = sunlot_ticket(&begun, (sunlot_text){name, sizeof name}, student ? 0 : l->section_of_row[row]);
        uint8_t *least = l->ticket + (size_t)l->unit_of_row[row] * 32;
        if (memcmp(ticket.b, least, 32) < 0) memcpy(least, ticket.b, 32);
    }
}
