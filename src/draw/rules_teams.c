/* The check of the rules: every class has its teachers, and nobody is taught by whom the rules keep away (SPEC 5.2, 8.7, 9). */
#include "draw/rules_block.h"

static const sunlot_text none = {NULL, 0};

static bool check_classes(sunlot_rules_block *b)
{
    const sunlot_school *s = b->school;
    bool dealt[SUNLOT_MAX_SCHOOL_CLASSES] = {false};
    for (uint32_t c = 0; c < s->classes; c++) {
        const sunlot_text name = s->class_[c].name;
        for (uint32_t i = 0; i < b->subjects; i++) {
            if (b->teacher_of[c * b->subjects + i] != SUNLOT_NONE16) continue;
            return sunlot_rules_broken(b, 0, "a class without a teacher of a subject", name, b->subject[i], none);
        }
        if (dealt[b->team_of[c]]) return sunlot_rules_broken(b, 0, "one team in two classes", name, none, none);
        dealt[b->team_of[c]] = true;
        if (b->homeroom_of[c] == SUNLOT_NONE16) return sunlot_rules_broken(b, 0, "a class without a homeroom teacher", name, none, none);
    }
    return true;
}

static bool check_loads(sunlot_rules_block *b)
{
    const sunlot_school *s = b->school;
    uint16_t *sections = sunlot_arena_alloc(&b->arena, s->teachers, sizeof *sections);
    bool *homeroom = sunlot_arena_alloc(&b->arena, s->teachers, sizeof *homeroom);
    if (sections == NULL || homeroom == NULL) return sunlot_rules_no_memory(b);
    for (uint32_t i = 0; i < s->classes * b->subjects; i++) sections[b->teacher_of[i]]++;
    for (uint32_t i = 0; i < s->teachers; i++) {
        char name[33];
        sunlot_pseudonym_write(name, 't', s->teacher[i].pseudonym);
        if (sections[i] != s->teacher[i].classes) {
            return sunlot_rules_broken(b, 0, "a teacher of more or fewer classes than announced", (sunlot_text){name, sizeof name}, none, none);
        }
    }
    for (uint32_t c = 0; c < s->classes; c++) {
        if (homeroom[b->homeroom_of[c]]) return sunlot_rules_broken(b, 0, "a homeroom teacher of two classes", s->class_[c].name, none, none);
        homeroom[b->homeroom_of[c]] = true;
    }
    return true;
}

static bool check_recusals(sunlot_rules_block *b)
{
    const sunlot_school *s = b->school;
    for (uint32_t i = 0; i < s->students; i++) {
        if (s->student[i].recused == SUNLOT_NONE16) continue;
        for (uint32_t j = 0; j < b->subjects; j++) {
            char name[33];
            if (b->teacher_of[b->class_of[i] * b->subjects + j] != s->student[i].recused) continue;
            sunlot_pseudonym_write(name, 's', s->student[i].pseudonym);
            return sunlot_rules_broken(b, b->line_of[i], "a student in a class of a teacher who is recused", (sunlot_text){name, sizeof name},
                                       s->class_[b->class_of[i]].name, none);
        }
    }
    return true;
}

bool sunlot_rules_teams(sunlot_rules_block *b) { return b->subjects == 0 || (check_classes(b) && check_loads(b) && check_recusals(b)); }
