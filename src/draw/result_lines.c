/* The result lines of a placement (SPEC 9). */
#include <string.h>

#include "draw/placement.h"
#include "log/record.h"

/* A number or a label such as G3 as the text of a field. */
typedef struct {
    char p[24];
    size_t n;
} short_text;

static short_text decimal(int64_t value, uint32_t decimals)
{
    short_text t;
    t.n = sunlot_decimal_write(t.p, value, decimals);
    return t;
}

static short_text label(char letter, uint32_t number)
{
    short_text t;
    t.p[0] = letter;
    t.n = 1 + sunlot_decimal_write(t.p + 1, number, 0);
    return t;
}

#define FIELD(t) ((sunlot_text){(t).p, (t).n})

static sunlot_text mode_text(const sunlot_placement *p) { return p->mode == SUNLOT_LIVE ? SUNLOT_TEXT("live") : SUNLOT_TEXT("rehearsal-演练"); }

static sunlot_text who_text(int who) { return who == SUNLOT_STUDENTS ? SUNLOT_TEXT("students") : SUNLOT_TEXT("teachers"); }

static bool write_placed(sunlot_buffer *lines, const sunlot_placement *p, const sunlot_outcome *outcome)
{
    const short_text number = decimal(p->number, 0), rung = decimal(outcome->rung, 0), attempt = decimal(outcome->attempt, 0),
                     looks = decimal(outcome->looks, 0);
    const sunlot_text field[] = {SUNLOT_TEXT("placed"), FIELD(number), FIELD(rung), FIELD(attempt), FIELD(looks), mode_text(p)};
    return sunlot_record_write(lines, field, sizeof field / sizeof *field);
}

static bool write_seats(sunlot_buffer *lines, const sunlot_placement *p)
{
    const sunlot_school *s = p->school;
    const sunlot_lowered *l = &p->lowered[SUNLOT_STUDENTS];
    uint16_t class_of_group[SUNLOT_MAX_SCHOOL_CLASSES];
    for (uint32_t c = 0; c < s->classes; c++) class_of_group[p->group_of_class[c]] = (uint16_t)c;
    for (uint32_t i = 0; i < s->students; i++) {
        const uint32_t unit = l->unit_of_row[i], group = p->group[SUNLOT_STUDENTS][unit];
        const short_text start = decimal((int64_t)p->start[SUNLOT_STUDENTS][unit] + 1, 0), group_name = label('G', group + 1);
        char name[33];
        sunlot_pseudonym_write(name, 's', s->student[i].pseudonym);
        const sunlot_text field[] = {SUNLOT_TEXT("seat"), {name, sizeof name}, FIELD(start), FIELD(group_name), s->class_[class_of_group[group]].name,
                                     mode_text(p)};
        if (!sunlot_record_write(lines, field, sizeof field / sizeof *field)) return false;
    }
    return true;
}

bool sunlot_placement_write_sections(sunlot_buffer *lines, const sunlot_placement *p)
{
    const sunlot_school *s = p->school;
    for (uint32_t i = 0; i < s->classes * p->subjects; i++) {
        const uint32_t c = i / p->subjects, subject = i % p->subjects, team = p->team_of_group[p->group_of_class[c]];
        const sunlot_cast *cast = &p->cast[team * p->subjects + subject];
        const short_text team_name = label('T', team + 1);
        char name[33];
        sunlot_pseudonym_write(name, 't', s->teacher[cast->teacher].pseudonym);
        const sunlot_text field[] = {SUNLOT_TEXT("section"),
                                     s->class_[c].name,
                                     FIELD(team_name),
                                     p->subject[subject],
                                     {name, sizeof name},
                                     cast->homeroom ? SUNLOT_TEXT("homeroom") : SUNLOT_TEXT("-"),
                                     mode_text(p)};
        if (!sunlot_record_write(lines, field, sizeof field / sizeof *field)) return false;
    }
    return true;
}

/* The lines `count`, `mean` and `deviation`. */
typedef struct {
    sunlot_buffer *lines;
    const sunlot_placement *p;
} balance_writer;

static bool write_balance(void *user, const sunlot_reached *r)
{
    const balance_writer *w = user;
    const short_text lo = decimal(r->lo, 0), hi = decimal(r->hi, 0), least = decimal(r->least, r->decimals), most = decimal(r->most, r->decimals);
    const sunlot_text column = r->meaning->rule->column, text = r->meaning->text;
    const sunlot_text count[] = {SUNLOT_TEXT("count"), who_text(r->who), column, text, FIELD(lo), FIELD(hi), FIELD(least), FIELD(most), mode_text(w->p)};
    const sunlot_text sum[] = {sunlot_rule_word(r->meaning->rule->kind), who_text(r->who), column, text, FIELD(least), FIELD(most), mode_text(w->p)};
    return r->sum ? sunlot_record_write(w->lines, sum, sizeof sum / sizeof *sum) : sunlot_record_write(w->lines, count, sizeof count / sizeof *count);
}

static bool write_all(sunlot_buffer *lines, const sunlot_placement *p, const sunlot_outcome *outcome)
{
    balance_writer w = {lines, p};
    if (!write_placed(lines, p, outcome) || !write_seats(lines, p)) return false;
    if (!p->first && !sunlot_placement_write_sections(lines, p)) return false;
    return sunlot_placement_reached(p, write_balance, &w);
}

bool sunlot_placement_write(sunlot_buffer *lines, const sunlot_placement *p, const sunlot_outcome *outcome)
{
    const size_t before = lines->n;
    const bool ok = write_all(lines, p, outcome);
    if (!ok) lines->n = before;
    return ok;
}
