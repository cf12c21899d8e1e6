#include "draw/standing.h"

#include <string.h>

#include "log/history.h"

bool sunlot_standing_begin(sunlot_standing *st, const sunlot_school *s, sunlot_arena *arena)
{
    *st = (sunlot_standing){.group = sunlot_arena_alloc(arena, s->students, sizeof *st->group),
                            .teams = sunlot_arena_alloc(arena, s->teachers, sizeof *st->teams)};
    memset(st->class_of_group, 0xff, sizeof st->class_of_group);
    memset(st->class_of_team, 0xff, sizeof st->class_of_team);
    return st->group != NULL && st->teams != NULL;
}

/* A label such as G12 of at most `most`.  Returns false if it is none; *index from 0. */
static bool read_label(uint32_t *index, sunlot_text text, char letter, uint32_t most)
{
    uint64_t number;
    if (text.n < 2 || text.p[0] != letter || !sunlot_number_parse(&number, (sunlot_text){text.p + 1, text.n - 1}, most) || number == 0) return false;
    *index = (uint32_t)number - 1;
    return true;
}

bool sunlot_school_teacher(uint32_t *at, const sunlot_school *s, sunlot_text pseudonym)
{
    uint32_t from = 0, to = s->teachers;
    while (from < to) {
        char name[33];
        *at = from + (to - from) / 2;
        sunlot_pseudonym_write(name, 't', s->teacher[*at].pseudonym);
        const int order = sunlot_text_compare((sunlot_text){name, sizeof name}, pseudonym);
        if (order == 0) return true;
        if (order < 0)
            from = *at + 1;
        else
            to = *at;
    }
    return false;
}

static bool read_placed(sunlot_standing *st, const sunlot_text *field)
{
    uint64_t rung, attempt;
    if (!sunlot_number_parse(&rung, field[2], SUNLOT_MAX_RUNGS) || !sunlot_number_parse(&attempt, field[3], SUNLOT_MAX_TRIES)) return false;
    st->rung = (uint32_t)rung;
    st->attempt = (uint32_t)attempt;
    return rung > 0 && attempt > 0;
}

static bool read_seat(sunlot_standing *st, const sunlot_school *s, const sunlot_text *field)
{
    uint32_t index;
    char name[33];
    if (st->seats == s->students || !read_label(&index, field[3], 'G', s->classes)) return false;
    sunlot_pseudonym_write(name, 's', s->student[st->seats].pseudonym);
    if (!sunlot_text_equal(field[1], (sunlot_text){name, sizeof name})) return false;
    st->group[st->seats++] = (uint16_t)index;
    if (st->class_of_group[index] == SUNLOT_NONE16) st->class_of_group[index] = sunlot_school_class(s, field[4]);
    return true;
}

static bool read_section(sunlot_standing *st, const sunlot_school *s, const sunlot_text *field)
{
    uint32_t index, teacher;
    if (!read_label(&index, field[2], 'T', s->classes) || !sunlot_school_teacher(&teacher, s, field[4])) return false;
    st->teams[teacher][index >> 6] |= UINT64_C(1) << (index & 63);
    st->sections++;
    if (st->class_of_team[index] == SUNLOT_NONE16) st->class_of_team[index] = sunlot_school_class(s, field[1]);
    return true;
}

bool sunlot_standing_read(sunlot_standing *st, const sunlot_school *s, sunlot_text lines, sunlot_record *record)
{
    while (lines.n > 0) {
        if (sunlot_record_parse(record, sunlot_text_split(lines, '\n', &lines)) != NULL) return false;
        const sunlot_text *field = record->field;
        if (sunlot_text_equal(field[0], SUNLOT_TEXT("placed")) && (record->fields != 6 || !read_placed(st, field))) return false;
        if (sunlot_text_equal(field[0], SUNLOT_TEXT("seat")) && (record->fields != 6 || !read_seat(st, s, field))) return false;
        if (sunlot_text_equal(field[0], SUNLOT_TEXT("section")) && (record->fields != 7 || !read_section(st, s, field))) return false;
    }
    return true;
}
