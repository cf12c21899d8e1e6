/* Figures that follow from a school's lines alone: sizes of groups, subjects, rungs (SPEC 7). */
#include "roster/lower.h"

uint32_t sunlot_school_rungs(const sunlot_school *s)
{
    uint32_t rungs = 1;
    for (uint32_t i = 0; i < s->rules; i++) {
        if (sunlot_rule_sums(s->rule[i]->kind) && s->rule[i]->rungs > rungs) rungs = s->rule[i]->rungs;
    }
    return rungs;
}

/* Seats of a class for E students' seats: blank ones hold everybody. */
static uint32_t seats_of(const sunlot_school *s, uint32_t g, uint32_t total) { return s->class_[g].seats == 0 ? total : s->class_[g].seats; }

/* Σ min(seats, level) */
static uint32_t filled(const sunlot_school *s, uint32_t level, uint32_t total)
{
    uint32_t sum = 0;
    for (uint32_t g = 0; g < s->classes; g++) {
        const uint32_t seats = seats_of(s, g, total);
        sum += seats < level ? seats : level;
    }
    return sum;
}

/* All classes fill evenly, as vessels do, until they are full: up to the highest level L that all students' seats E reach, and one more seat
 * for as many classes as there are seats left, the largest first.  Example: E = 10, seats 2 5 5: L = 4 takes 2 + 4 + 4, none is left.
 * E = 9: L = 3 takes 8, the second class gets the one that is left: 2 4 3. */
bool sunlot_school_sizes(const sunlot_school *s, uint16_t *size)
{
    uint32_t total = 0;
    for (uint32_t i = 0; i < s->students; i++) total += s->student[i].seats;
    if (filled(s, UINT32_MAX, total) < total) return false;

    uint32_t level = 0, above = total + 1; /* filled(level) ≤ total; no class fills beyond total */
    while (level + 1 < above) {
        const uint32_t middle = level + (above - level) / 2;
        if (filled(s, middle, total) <= total)
            level = middle;
        else
            above = middle;
    }
    const uint32_t left = total - filled(s, level, total);
    for (uint32_t g = 0; g < s->classes; g++) {
        const uint32_t seats = seats_of(s, g, total);
        uint32_t before = 0;
        for (uint32_t h = 0; h < s->classes; h++) {
            const uint32_t other = seats_of(s, h, total);
            before += other > seats || (other == seats && h < g);
        }
        size[g] = (uint16_t)(seats <= level ? seats : level + (before < left ? 1 : 0));
    }
    return true;
}

uint32_t sunlot_school_subjects(const sunlot_school *s, sunlot_text *subject)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->teachers; i++) {
        const sunlot_text name = s->teacher[i].subject;
        uint32_t at = n;
        while (at > 0 && sunlot_text_compare(subject[at - 1], name) > 0) at--;
        if (at > 0 && sunlot_text_equal(subject[at - 1], name)) continue;
        if (n == SUNLOT_MAX_SCHOOL_SUBJECTS) return n + 1;
        for (uint32_t j = n; j > at; j--) subject[j] = subject[j - 1];
        subject[at] = name;
        n++;
    }
    return n;
}

bool sunlot_school_forms_teams(const sunlot_school *s)
{
    for (uint32_t i = 0; i < s->teachers; i++) {
        if (s->teacher[i].team != NULL) return false;
    }
    return s->teachers > 0;
}
