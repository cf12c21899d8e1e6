/* Whole draws of one school from many seeds, as arrays (SPEC 11.6).  The placement is the one that the replay writes as lines. */
#include <string.h>

#include "draw/placement.h"

struct sunlot_sampler {
    sunlot_arena arena;
    sunlot_placement p;
    uint32_t mix, tries;
    uint32_t *profile, *row;  /* [students] */
    uint16_t *group, *class_; /* what a draw gives, [students] … */
    uint32_t *start;
    uint16_t team_of_class[SUNLOT_MAX_SCHOOL_CLASSES]; /* … and by class */
};

/* An order in which students with equal codes are neighbours. */
static int by_codes(const void *a, const void *b, const void *user)
{
    const sunlot_lowered *l = user;
    const uint16_t *x = &l->value_code[(size_t) * (const uint16_t *)a * l->p.columns], *y = &l->value_code[(size_t) * (const uint16_t *)b * l->p.columns];
    for (uint32_t k = 0; k < l->p.columns; k++) {
        if (x[k] != y[k]) return x[k] < y[k] ? -1 : 1;
    }
    return 0;
}

/* Number the kinds of students by their first ones: kinds a b a c have the numbers 0 1 0 2. */
static void number_kinds(uint32_t *kind, uint32_t students, sunlot_order_fn *order, const void *user)
{
    uint16_t sorted[SUNLOT_MAX_SCHOOL_STUDENTS], room[SUNLOT_MAX_SCHOOL_STUDENTS];
    uint32_t kinds = 0;
    for (uint32_t i = 0; i < students; i++) sorted[i] = (uint16_t)i;
    sunlot_sort(sorted, students, sizeof *sorted, order, user, room);
    /* The sort is stable: the first of equals is the one with the least index. */
    for (uint32_t i = 0; i < students; i++) kind[sorted[i]] = i > 0 && order(&sorted[i - 1], &sorted[i], user) == 0 ? kind[sorted[i - 1]] : sorted[i];
    for (uint32_t i = 0; i < students; i++) kind[i] = kind[i] == i ? kinds++ : kind[kind[i]];
}

static bool describe(sunlot_sampler *s)
{
    const sunlot_school *school = s->p.school;
    const sunlot_lowered *l = &s->p.lowered[SUNLOT_STUDENTS];
    const uint32_t n = school->students;
    s->profile = sunlot_arena_alloc(&s->arena, n, sizeof *s->profile);
    s->row = sunlot_arena_alloc(&s->arena, n, sizeof *s->row);
    s->group = sunlot_arena_alloc(&s->arena, n, sizeof *s->group);
    s->class_ = sunlot_arena_alloc(&s->arena, n, sizeof *s->class_);
    s->start = sunlot_arena_alloc(&s->arena, n, sizeof *s->start);
    if (s->profile == NULL || s->row == NULL || s->group == NULL || s->class_ == NULL || s->start == NULL) return false;
    number_kinds(s->profile, n, by_codes, l);
    number_kinds(s->row, n, sunlot_school_compare_rows, school);
    return true;
}

sunlot_err sunlot_sampler_new(sunlot_sampler **out, const sunlot_roster *r, uint32_t school, const uint32_t *mix)
{
    sunlot_sampler *s = sunlot_alloc(1, sizeof *s);
    if (s == NULL) return SUNLOT_ERR_MEMORY;
    sunlot_err err = sunlot_placement_prepare(&s->p, r, school, 1);
    s->mix = mix != NULL ? *mix : r->facts.mix;
    s->tries = r->facts.tries;
    if (err == SUNLOT_OK && !describe(s)) err = SUNLOT_ERR_MEMORY;
    if (err == SUNLOT_OK)
        *out = s;
    else
        sunlot_sampler_free(s);
    return err;
}

void sunlot_sampler_free(sunlot_sampler *s)
{
    if (s == NULL) return;
    sunlot_placement_release(&s->p);
    sunlot_arena_free(&s->arena);
    sunlot_release(s);
}

sunlot_err sunlot_sampler_draw(sunlot_sampler *s, const uint8_t seed32[32], sunlot_sample *out, sunlot_outcome *outcome)
{
    const sunlot_placement *p = &s->p;
    const sunlot_school *school = p->school;
    if (!sunlot_placement_draw(&s->p, seed32, s->mix, s->tries, outcome)) return SUNLOT_ERR_NOT_PLACED;
    uint16_t class_of_group[SUNLOT_MAX_SCHOOL_CLASSES];
    for (uint32_t c = 0; c < school->classes; c++) {
        class_of_group[p->group_of_class[c]] = (uint16_t)c;
        s->team_of_class[c] = p->team_of_group[p->group_of_class[c]];
    }
    for (uint32_t i = 0; i < school->students; i++) {
        const uint32_t unit = p->lowered[SUNLOT_STUDENTS].unit_of_row[i];
        s->group[i] = p->group[SUNLOT_STUDENTS][unit];
        s->class_[i] = class_of_group[s->group[i]];
        s->start[i] = p->start[SUNLOT_STUDENTS][unit];
    }
    *out = (sunlot_sample){s->group, s->class_, s->start, p->group_of_class, school->teachers > 0 ? s->team_of_class : NULL};
    return SUNLOT_OK;
}

void sunlot_sampler_student(const sunlot_sampler *s, uint32_t student, sunlot_sampled_student *out)
{
    SUNLOT_REQUIRE(student < s->p.school->students);
    const sunlot_problem *p = &s->p.lowered[SUNLOT_STUDENTS].p;
    const uint32_t unit = s->p.lowered[SUNLOT_STUDENTS].unit_of_row[student];
    sunlot_pseudonym_write(out->pseudonym, 's', s->p.school->student[student].pseudonym);
    out->pseudonym[33] = '\0';
    out->profile = s->profile[student];
    out->row = s->row[student];
    out->unit = unit;
    out->lock = p->unit_pin[unit] == SUNLOT_NONE16 ? SUNLOT_SAMPLED_NONE : p->unit_pin[unit];
    out->single = p->unit_size[unit] == 1 && p->unit_heads[unit] == 1;
}

void sunlot_sampler_class(const sunlot_sampler *s, uint32_t class_, sunlot_sampled_class *out)
{
    SUNLOT_REQUIRE(class_ < s->p.school->classes);
    out->name = s->p.school->class_[class_].name;
    out->set = s->p.set[class_] == SUNLOT_NONE16 ? SUNLOT_SAMPLED_NONE : s->p.set[class_];
}

/* The counted value of a rule's column that has this code; NULL if it is not counted. */
static const sunlot_meaning *find_value(const sunlot_lowered *l, const sunlot_rule *rule, uint32_t code)
{
    for (uint32_t v = 0; v < l->p.counted; v++) {
        if (l->value[v].rule == rule && l->value[v].code == code) return &l->value[v];
    }
    return NULL;
}

sunlot_err sunlot_sampler_profile(sunlot_buffer *out, const sunlot_sampler *s, uint32_t student)
{
    const sunlot_school *school = s->p.school;
    const sunlot_lowered *l = &s->p.lowered[SUNLOT_STUDENTS];
    const size_t before = out->n;
    bool good = true;
    SUNLOT_REQUIRE(student < school->students);
    for (uint32_t i = 0, column = 0; good && i < school->rules; i++) { /* the columns follow these rules in their order (SPEC 7.2) */
        const sunlot_rule *rule = school->rule[i];
        if (rule->who != SUNLOT_STUDENTS || (rule->kind != SUNLOT_RULE_BALANCE && rule->kind != SUNLOT_RULE_BAND)) continue;
        const sunlot_meaning *value = find_value(l, rule, l->value_code[(size_t)student * l->p.columns + column++]);
        good = (out->n == before || sunlot_buffer_byte(out, ' ')) && sunlot_buffer_text(out, rule->column) && sunlot_buffer_byte(out, '=') &&
               sunlot_buffer_text(out, value != NULL ? value->text : SUNLOT_TEXT("-"));
    }
    return sunlot_buffer_keep(out, before, good) ? SUNLOT_OK : SUNLOT_ERR_MEMORY;
}
