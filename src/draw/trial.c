/* Before the draw: trials of a school, and the bounds its rules put on every class (SPEC 11.4, 7.2). */
#include "draw/replay.h"

sunlot_err sunlot_roster_trial(const sunlot_roster *r, uint32_t school, uint32_t rung, uint32_t trial, sunlot_outcome *out)
{
    static const uint8_t zero32[32] = {0};
    char number[24];
    const sunlot_text field = {number, sunlot_decimal_write(number, trial, 0)};
    const sunlot_digest seed = sunlot_mac(zero32, "sunlot/v1/trial", &field, 1);
    const uint32_t mix = r->facts.mix < 100 ? r->facts.mix : 100;
    return sunlot_replay_try(r, school, seed.b, rung, 1, mix, out);
}

/* Bounds of counts for the heads that groups have when no student takes more than one seat, or, where some do, by as many heads less as
 * those seats are on average. */
static void give_counts(const sunlot_lowered *l, int who, sunlot_bound_fn *each, void *user)
{
    uint32_t seats = 0, least = UINT32_MAX;
    for (uint32_t g = 0; g < l->p.groups; g++) {
        seats += l->p.group_size[g];
        if (l->p.group_size[g] < least) least = l->p.group_size[g];
    }
    const uint32_t spare = (seats - l->p.rows + l->p.groups - 1) / l->p.groups;
    least = least > spare ? least - spare : 0;
    for (uint32_t v = 0; v < l->p.values; v++) {
        const sunlot_meaning *meaning = &l->value[v];
        sunlot_bound bound = {.teachers = who == SUNLOT_TEACHERS,
                              .members = meaning->members,
                              .lo = l->p.lo[(size_t)least * l->p.values + v],
                              .hi = l->p.hi[(size_t)l->heads_most * l->p.values + v]};
        if (meaning->rule != NULL) {
            bound.kind = sunlot_rule_word(meaning->rule->kind);
            bound.column = meaning->rule->column;
            bound.value = meaning->text;
        } else {
            bound.kind = v < l->p.counted ? SUNLOT_TEXT("homeroom") : SUNLOT_TEXT("limit");
            bound.column = v < l->p.counted ? SUNLOT_TEXT("") : meaning->text;
        }
        each(user, &bound);
    }
}

/* Bounds of a sum in a class that takes as many seats as the largest group. */
static void give_sums(const sunlot_lowered *l, int who, sunlot_bound_fn *each, void *user)
{
    uint32_t size = 0;
    for (uint32_t g = 0; g < l->p.groups; g++) size = l->p.group_size[g] > size ? l->p.group_size[g] : size;
    for (uint32_t i = 0; i < l->p.sums; i++) {
        const sunlot_meaning *sum = &l->sum[i];
        const int64_t half = sum->share * size / 2;
        const sunlot_bound bound = {.teachers = who == SUNLOT_TEACHERS,
                                    .sum = true,
                                    .kind = sunlot_rule_word(sum->rule->kind),
                                    .column = sum->rule->column,
                                    .value = sum->text,
                                    .members = sum->members,
                                    .lo = -half,
                                    .hi = half};
        each(user, &bound);
    }
}

sunlot_err sunlot_roster_bounds(const sunlot_roster *r, uint32_t school, uint32_t rung, sunlot_bound_fn *each, void *user)
{
    SUNLOT_REQUIRE(school < r->schools && rung >= 1);
    const sunlot_school *s = &r->school[school];
    sunlot_lowered l[SUNLOT_WHOS] = {{.sum = NULL}, {.sum = NULL}};
    const bool forms = sunlot_school_forms_teams(s);
    sunlot_err err = sunlot_lower_students(&l[SUNLOT_STUDENTS], s, rung);
    if (err == SUNLOT_OK && forms) err = sunlot_lower_teachers(&l[SUNLOT_TEACHERS], s, rung);
    for (int who = 0; err == SUNLOT_OK && who < (forms ? SUNLOT_WHOS : 1); who++) {
        give_counts(&l[who], who, each, user);
        give_sums(&l[who], who, each, user);
    }
    sunlot_lowered_free(&l[SUNLOT_STUDENTS]);
    sunlot_lowered_free(&l[SUNLOT_TEACHERS]);
    return err;
}
