/* The check of the rules: sizes, tokens and locks (SPEC 5.2, 7.1, 8.7). */
#include <string.h>

#include "draw/rules_block.h"

static const sunlot_text none = {NULL, 0};

static sunlot_text token_text(char out[24], char letter, uint32_t number)
{
    out[0] = letter;
    return (sunlot_text){out, 1 + sunlot_decimal_write(out + 1, number, 0)};
}

static sunlot_text student_text(char out[33], const sunlot_school *s, uint32_t student)
{
    sunlot_pseudonym_write(out, 's', s->student[student].pseudonym);
    return (sunlot_text){out, 33};
}

static bool check_everybody(sunlot_rules_block *b)
{
    for (uint32_t i = 0; i < b->school->students; i++) {
        char name[33];
        if (b->class_of[i] == SUNLOT_NONE16) return sunlot_rules_broken(b, 0, "a student without a seat", student_text(name, b->school, i), none, none);
    }
    return true;
}

/* Each group in one class only, and only in its own class or in one that is interchangeable with it: as many seats, and no lock on either. */
static bool check_groups(sunlot_rules_block *b)
{
    const sunlot_school *s = b->school;
    bool locked[SUNLOT_MAX_SCHOOL_CLASSES] = {false}, dealt[SUNLOT_MAX_SCHOOL_CLASSES] = {false};
    for (uint32_t i = 0; i < s->students; i++) {
        if (s->student[i].lock != SUNLOT_NONE16) locked[s->student[i].lock] = true;
    }
    for (uint32_t c = 0; c < s->classes; c++) {
        const uint16_t group = b->group_of[c];
        if (group == SUNLOT_NONE16) continue;
        if (dealt[group]) return sunlot_rules_broken(b, 0, "one group in two classes", s->class_[c].name, none, none);
        dealt[group] = true;
        if (group != c && (locked[group] || locked[c] || s->class_[group].seats != s->class_[c].seats)) {
            return sunlot_rules_broken(b, 0, "a group in a class that is not interchangeable with its own", s->class_[c].name, none, none);
        }
    }
    return true;
}

/* Seats dealt one by one, as by hand: round after round, in each round one to every group whose class has more seats than rounds have passed,
 * the classes with more seats first.  A round cut short leaves those at its end one smaller. */
static void deal_sizes(const sunlot_school *s, uint32_t total, uint32_t *size)
{
    uint16_t turn[SUNLOT_MAX_SCHOOL_CLASSES];
    for (uint32_t i = 0; i < s->classes; i++) {
        uint32_t at = i;
        for (; at > 0 && s->class_[turn[at - 1]].seats < s->class_[i].seats; at--) turn[at] = turn[at - 1];
        turn[at] = (uint16_t)i;
        size[i] = 0;
    }
    while (total > 0) {
        const uint32_t before = total;
        for (uint32_t i = 0; i < s->classes && total > 0; i++) {
            const uint32_t seats = s->class_[turn[i]].seats;
            if (seats != 0 && size[turn[i]] == seats) continue;
            size[turn[i]]++;
            total--;
        }
        SUNLOT_REQUIRE(total < before);
    }
}

static bool check_sizes(sunlot_rules_block *b)
{
    const sunlot_school *s = b->school;
    uint32_t size[SUNLOT_MAX_SCHOOL_CLASSES], taken[SUNLOT_MAX_SCHOOL_CLASSES] = {0}, total = 0;
    for (uint32_t c = 0; c < s->classes; c++) {
        total += b->seats[c];
        if (s->class_[c].seats != 0 && b->seats[c] > s->class_[c].seats) {
            return sunlot_rules_broken(b, 0, "more students in a class than it has seats", s->class_[c].name, none, none);
        }
        if (b->group_of[c] != SUNLOT_NONE16) taken[b->group_of[c]] = b->seats[c];
    }
    deal_sizes(s, total, size);
    for (uint32_t g = 0; g < s->classes; g++) {
        char label[24];
        if (taken[g] != size[g]) return sunlot_rules_broken(b, 0, "a group larger or smaller than it must be", token_text(label, 'G', g + 1), none, none);
    }
    return true;
}

static bool check_together(sunlot_rules_block *b)
{
    const sunlot_school *s = b->school;
    uint16_t *class_of_token = sunlot_arena_alloc(&b->arena, s->students + 1u, sizeof *class_of_token);
    if (class_of_token == NULL) return sunlot_rules_no_memory(b);
    memset(class_of_token, 0xff, (s->students + 1u) * sizeof *class_of_token);
    for (uint32_t i = 0; i < s->students; i++) {
        const uint32_t token = s->student[i].together;
        if (token == 0) continue;
        if (class_of_token[token] != SUNLOT_NONE16 && class_of_token[token] != b->class_of[i]) {
            char name[33], text[24];
            return sunlot_rules_broken(b, b->line_of[i], "students who stay together, in different classes", student_text(name, s, i),
                                       token_text(text, 'b', token), none);
        }
        class_of_token[token] = b->class_of[i];
    }
    return true;
}

static bool check_limits(sunlot_rules_block *b)
{
    const sunlot_school *s = b->school;
    uint16_t *carriers = sunlot_arena_alloc(&b->arena, (size_t)s->limits * s->classes, sizeof *carriers);
    if (carriers == NULL) return sunlot_rules_no_memory(b);
    for (uint32_t i = 0; i < s->students; i++) {
        for (uint32_t j = 0; j < s->student[i].limits; j++) {
            const uint32_t limit = s->student_limit[s->student[i].limits_from + j];
            if (++carriers[(size_t)limit * s->classes + b->class_of[i]] > s->limit_max[limit]) {
                char name[33], text[24];
                return sunlot_rules_broken(b, b->line_of[i], "more students of a limit in a class than it allows", student_text(name, s, i),
                                           token_text(text, 'a', limit + 1), s->class_[b->class_of[i]].name);
            }
        }
    }
    return true;
}

static bool check_locks(sunlot_rules_block *b)
{
    const sunlot_school *s = b->school;
    for (uint32_t i = 0; i < s->locks; i++) {
        const uint32_t student = s->lock[i].student;
        char name[33];
        if (b->class_of[student] != s->lock[i].class_index) {
            return sunlot_rules_broken(b, b->line_of[student], "a locked student in another class", student_text(name, s, student),
                                       s->class_[s->lock[i].class_index].name, none);
        }
    }
    return true;
}

bool sunlot_rules_seats(sunlot_rules_block *b)
{
    return check_everybody(b) && check_groups(b) && check_sizes(b) && check_together(b) && check_limits(b) && check_locks(b);
}
