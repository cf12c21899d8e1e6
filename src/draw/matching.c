/* What match and number go by (SPEC 8.7). */
#include "draw/matching.h"

#include <string.h>

void sunlot_recusals(uint64_t (*forbidden)[2], const sunlot_school *s, const uint16_t *group, const uint32_t *unit_of_student, const uint64_t (*teams)[2])
{
    memset(forbidden, 0, s->classes * sizeof *forbidden);
    for (uint32_t i = 0; i < s->students; i++) {
        const uint16_t teacher = s->student[i].recused;
        if (teacher == SUNLOT_NONE16) continue;
        const uint16_t g = group[unit_of_student != NULL ? unit_of_student[i] : i];
        forbidden[g][0] |= teams[teacher][0];
        forbidden[g][1] |= teams[teacher][1];
    }
}

/* Classes are interchangeable if their SEATS are equal and no lock names either. */
void sunlot_interchangeable(uint16_t *set, const sunlot_school *s)
{
    bool locked[SUNLOT_MAX_SCHOOL_CLASSES] = {false};
    for (uint32_t i = 0; i < s->locks; i++) locked[s->lock[i].class_index] = true;
    for (uint32_t c = 0; c < s->classes; c++) {
        uint32_t first = 0;
        while (first < c && (locked[first] || s->class_[first].seats != s->class_[c].seats)) first++;
        set[c] = locked[c] ? SUNLOT_NONE16 : (uint16_t)first;
    }
}
