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

/* The least and the greatest of several numbers. */
typedef struct {
    int64_t least, most;
} range;

static void widen(range *r, int64_t x, bool first)
{
    if (first || x < r->least) r->least = x;
    if (first || x > r->most) r->most = x;
}

static bool write_count(sunlot_buffer *lines, const sunlot_placement *p, int who, uint32_t value, const uint32_t *heads, const uint32_t *reached)
{
    const sunlot_lowered *l = &p->lowered[who];
    const uint32_t groups = l->p.groups;
    range low = {0, 0}, high = {0, 0}, got = {0, 0};
    for (uint32_t g = 0; g < groups; g++) {
        widen(&low, l->p.lo[(size_t)heads[g] * l->p.values + value], g == 0);
        widen(&high, l->p.hi[(size_t)heads[g] * l->p.values + value], g == 0);
        widen(&got, reached[g], g == 0);
    }
    const short_text lo = decimal(low.least, 0), hi = decimal(high.most, 0), least = decimal(got.least, 0), most = decimal(got.most, 0);
    const sunlot_meaning *meaning = &l->value[value];
    const sunlot_text field[] = {SUNLOT_TEXT("count"), who_text(who), meaning->rule->column, meaning->text, FIELD(lo), FIELD(hi),
                                 FIELD(least),         FIELD(most),   mode_text(p)};
    return sunlot_record_write(lines, field, sizeof field / sizeof *field);
}

static bool write_counts(sunlot_buffer *lines, const sunlot_placement *p, int who)
{
    const sunlot_problem *q = &p->lowered[who].p;
    uint32_t *reached = sunlot_alloc((size_t)q->counted * q->groups, sizeof *reached);
    uint32_t heads[SUNLOT_MAX_SCHOOL_CLASSES] = {0};
    bool ok = reached != NULL;
    for (uint32_t u = 0; u < q->units; u++) heads[p->group[who][u]] += q->unit_heads[u];
    for (uint32_t u = 0; ok && u < q->units; u++) {
        for (uint32_t i = q->has_from[u]; i < q->has_from[u + 1] && q->has[i] < q->counted; i++) {
            reached[(size_t)q->has[i] * q->groups + p->group[who][u]]++;
        }
    }
    for (uint32_t v = 0; ok && v < q->counted; v++) {
        if (p->lowered[who].value[v].rule != NULL) ok = write_count(lines, p, who, v, heads, reached + (size_t)v * q->groups);
    }
    sunlot_release(reached);
    return ok;
}

/* 100·sum / (m·heads) to the nearest integer, halves away from zero.  The sum is within its bounds, |sum| < 2^53, so nothing overflows. */
static int64_t away(int64_t sum, int64_t shares)
{
    const int64_t q = 100 * sum / shares, rest = 100 * sum % shares;
    if (2 * rest >= shares) return q + 1;
    if (2 * rest <= -shares) return q - 1;
    return q;
}

/* 100·√(n/shares) to the nearest integer: half of the root of 40000·n/shares.  n < 2^59, and n/shares ≤ 2^34 (lower_sums.c). */
static int64_t deviation(int64_t n, int64_t shares)
{
    const int64_t x = n / shares * 40000 + n % shares * 40000 / shares;
    return ((int64_t)sunlot_number_root((uint64_t)x) + 1) / 2;
}

/* Figures of the sums of a kind.  Example: scores 80 90 100 in three groups of one student: d = -30 0 30 times 1000, the means are away by -10, 0, 10,
 * and the students by 10, 0, 10 from the school's mean, which is the deviation of each group. */
static bool write_sums(sunlot_buffer *lines, const sunlot_placement *p, int who, sunlot_rule_kind kind)
{
    const sunlot_lowered *l = &p->lowered[who];
    const uint32_t rows = l->p.rows, groups = l->p.groups;
    for (uint32_t i = 0; i < l->p.sums; i++) {
        const sunlot_meaning *meaning = &l->sum[i];
        if (meaning->rule->kind != kind) continue;
        int64_t sum[SUNLOT_MAX_SCHOOL_CLASSES] = {0};
        uint32_t heads[SUNLOT_MAX_SCHOOL_CLASSES] = {0};
        for (uint32_t row = 0; row < rows; row++) {
            const uint16_t g = p->group[who][l->unit_of_row[row]];
            heads[g]++;
            sum[g] += l->adds[(size_t)i * rows + row];
        }
        range reached = {0, 0};
        for (uint32_t g = 0, seen = 0; g < groups; g++) {
            const int64_t shares = (int64_t)meaning->members * heads[g];
            if (heads[g] == 0) continue;
            if (kind == SUNLOT_RULE_MEAN)
                widen(&reached, away(sum[g], shares), seen++ == 0);
            else
                widen(&reached, deviation(meaning->squares * heads[g] + sum[g], shares) << meaning->shift, seen++ == 0);
        }
        const short_text least = decimal(reached.least, 5), most = decimal(reached.most, 5);
        const sunlot_text field[] = {sunlot_rule_word(kind), who_text(who), meaning->rule->column, meaning->text, FIELD(least), FIELD(most), mode_text(p)};
        if (!sunlot_record_write(lines, field, sizeof field / sizeof *field)) return false;
    }
    return true;
}

static bool write_all(sunlot_buffer *lines, const sunlot_placement *p, const sunlot_outcome *outcome)
{
    const int whos = p->forms ? SUNLOT_WHOS : 1;
    if (!write_placed(lines, p, outcome) || !write_seats(lines, p)) return false;
    if (!p->first && !sunlot_placement_write_sections(lines, p)) return false;
    for (int who = 0; who < whos; who++) {
        if (!write_counts(lines, p, who)) return false;
    }
    for (int who = 0; who < whos; who++) {
        if (!write_sums(lines, p, who, SUNLOT_RULE_MEAN)) return false;
    }
    for (int who = 0; who < whos; who++) {
        if (!write_sums(lines, p, who, SUNLOT_RULE_DEVIATION)) return false;
    }
    return true;
}

bool sunlot_placement_write(sunlot_buffer *lines, const sunlot_placement *p, const sunlot_outcome *outcome)
{
    const size_t before = lines->n;
    const bool ok = write_all(lines, p, outcome);
    if (!ok) lines->n = before;
    return ok;
}
