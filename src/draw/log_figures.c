/* The figures of each class, from a school's result lines (SPEC 10.3). */
#include <string.h>

#include "base/alloc.h"
#include "draw/placement.h"
#include "draw/standing.h"
#include "log/log.h"

/* A figure, until its line is known. */
typedef struct figure {
    struct figure *next;
    int who;
    const sunlot_meaning *meaning;
    int64_t least, most;
    uint32_t decimals;
    sunlot_figure given;
} figure;

typedef struct {
    sunlot_arena arena;
    sunlot_standing standing;
    sunlot_placement placement;
    sunlot_text *class_name;
    uint16_t class_of_group[SUNLOT_WHOS][SUNLOT_MAX_SCHOOL_CLASSES];
    figure *first, **last;
    /* of the pass over the lines */
    figure *at;
    bool differs;
    sunlot_figure_fn *each; /* NULL: the lines are compared */
    void *user;
} gathering;

/* ---- the placement that the lines tell --------------------------------------------------------------------------------------------- */

static bool seat_students(gathering *g, const sunlot_school *s)
{
    const sunlot_lowered *l = &g->placement.lowered[SUNLOT_STUDENTS];
    uint16_t *group = g->placement.group[SUNLOT_STUDENTS];
    if (g->standing.seats != s->students) return false;
    for (uint32_t i = 0; i < s->students; i++) group[l->unit_of_row[i]] = g->standing.group[i];
    for (uint32_t i = 0; i < s->students; i++)
        if (group[l->unit_of_row[i]] != g->standing.group[i]) return false;
    return true;
}

/* Which of a teacher's sections a team has makes no difference to what rules count. */
static bool seat_sections(gathering *g, const sunlot_school *s)
{
    const sunlot_lowered *l = &g->placement.lowered[SUNLOT_TEACHERS];
    for (uint32_t i = 0; i < s->teachers; i++) {
        uint32_t row = l->row_first[i];
        for (uint32_t team = 0; team < s->classes; team++) {
            if ((g->standing.teams[i][team >> 6] >> (team & 63) & 1) == 0) continue;
            if (row == l->row_first[i + 1]) return false;
            g->placement.group[SUNLOT_TEACHERS][row++] = (uint16_t)team;
        }
        if (row != l->row_first[i + 1]) return false;
    }
    return true;
}

/* Bounds are known for so many heads as the seats allow. */
static bool heads_fit(const gathering *g, int who)
{
    const sunlot_lowered *l = &g->placement.lowered[who];
    uint32_t heads[SUNLOT_MAX_SCHOOL_CLASSES] = {0};
    for (uint32_t u = 0; u < l->p.units; u++) heads[g->placement.group[who][u]] += l->p.unit_heads[u];
    for (uint32_t i = 0; i < l->p.groups; i++)
        if (heads[i] > l->heads_most) return false;
    return true;
}

/* Groups that no line names are empty: they have the other classes. */
static bool name_classes(gathering *g, int who, const uint16_t *said, uint32_t classes)
{
    bool taken[SUNLOT_MAX_SCHOOL_CLASSES] = {false};
    uint32_t free = 0;
    for (uint32_t i = 0; i < classes; i++) {
        if (said[i] == SUNLOT_NONE16) continue;
        if (taken[said[i]]) return false;
        taken[said[i]] = true;
    }
    for (uint32_t i = 0; i < classes; i++) {
        while (said[i] == SUNLOT_NONE16 && taken[free]) free++;
        g->class_of_group[who][i] = said[i] == SUNLOT_NONE16 ? (uint16_t)free++ : said[i];
    }
    return true;
}

static sunlot_err read_placement(gathering *g, const sunlot_log *log, uint32_t school)
{
    const sunlot_school *s = &log->roster->school[school];
    sunlot_record *record = sunlot_arena_alloc(&g->arena, 1, sizeof *record);
    if (record == NULL || !sunlot_standing_begin(&g->standing, s, &g->arena)) return SUNLOT_ERR_MEMORY;
    const bool read = sunlot_standing_read(&g->standing, s, log->result[school].lines, record);
    if (!read || g->standing.rung == 0 || g->standing.rung > sunlot_school_rungs(s)) return SUNLOT_ERR_LOG;
    const sunlot_err err = sunlot_placement_prepare(&g->placement, log->roster, school, g->standing.rung);
    if (err != SUNLOT_OK) return err;
    bool good = seat_students(g, s) && heads_fit(g, SUNLOT_STUDENTS) && name_classes(g, SUNLOT_STUDENTS, g->standing.class_of_group, s->classes);
    if (g->placement.forms)
        good = good && seat_sections(g, s) && heads_fit(g, SUNLOT_TEACHERS) && name_classes(g, SUNLOT_TEACHERS, g->standing.class_of_team, s->classes);
    return good ? SUNLOT_OK : SUNLOT_ERR_LOG;
}

/* ---- figures and their lines --------------------------------------------------------------------------------------------------------- */

static int64_t school_figure(const sunlot_reached *r)
{
    const sunlot_meaning *m = r->meaning;
    if (!r->sum) return 0;
    return m->rule->kind == SUNLOT_RULE_MEAN ? sunlot_reached_mean(m->total, m->members) : sunlot_reached_deviation(m->squares, m->members) << m->shift;
}

static bool keep_figure(void *user, const sunlot_reached *r)
{
    gathering *g = user;
    figure *f = sunlot_arena_alloc(&g->arena, 1, sizeof *f);
    int64_t *reached = sunlot_arena_alloc(&g->arena, r->groups, sizeof *reached);
    bool *empty = sunlot_arena_alloc(&g->arena, r->groups, sizeof *empty);
    if (f == NULL || reached == NULL || empty == NULL) return false;
    for (uint32_t i = 0; i < r->groups; i++) {
        reached[g->class_of_group[r->who][i]] = r->reached[i];
        empty[g->class_of_group[r->who][i]] = r->heads[i] == 0;
    }
    *f = (figure){.who = r->who, .meaning = r->meaning, .least = r->least, .most = r->most, .decimals = r->decimals};
    f->given = (sunlot_figure){.classes = r->groups,
                               .class_name = g->class_name,
                               .reached = reached,
                               .empty = empty,
                               .school = school_figure(r),
                               .lo = (uint32_t)r->lo,
                               .hi = (uint32_t)r->hi,
                               .gap = r->sum ? (int64_t)r->meaning->gap * 100 : 0};
    *g->last = f;
    g->last = &f->next;
    return true;
}

static bool same_number(sunlot_text text, int64_t number, uint32_t decimals)
{
    char written[24];
    return sunlot_text_equal(text, (sunlot_text){written, sunlot_decimal_write(written, number, decimals)});
}

/* Whether a line is this figure's. */
static bool is_line(const figure *f, const sunlot_balance *b)
{
    const sunlot_rule_kind kind = f->meaning->rule->kind;
    const sunlot_text who = f->who == SUNLOT_STUDENTS ? SUNLOT_TEXT("students") : SUNLOT_TEXT("teachers");
    if (b->sum != sunlot_rule_sums(kind) || b->deviation != (kind == SUNLOT_RULE_DEVIATION) || !sunlot_text_equal(b->who, who)) return false;
    if (!sunlot_text_equal(b->column, f->meaning->rule->column) || !sunlot_text_equal(b->value, f->meaning->text)) return false;
    if (!b->sum && (!same_number(b->lo, f->given.lo, 0) || !same_number(b->hi, f->given.hi, 0))) return false;
    return same_number(b->least, f->least, f->decimals) && same_number(b->most, f->most, f->decimals);
}

static void take_line(void *user, const sunlot_balance *b)
{
    gathering *g = user;
    g->differs = g->differs || g->at == NULL || !is_line(g->at, b);
    if (g->differs) return;
    g->at->given.balance = *b;
    if (g->each != NULL) g->each(g->user, &g->at->given);
    g->at = g->at->next;
}

static bool pass_lines(gathering *g, const sunlot_log *log, uint32_t school, sunlot_figure_fn *each, void *user)
{
    g->at = g->first;
    g->each = each;
    g->user = user;
    sunlot_school_balance(log, school, take_line, g);
    return !g->differs && g->at == NULL;
}

static sunlot_err gather(gathering *g, const sunlot_log *log, uint32_t school)
{
    const sunlot_school *s = &log->roster->school[school];
    const sunlot_err err = read_placement(g, log, school);
    if (err != SUNLOT_OK) return err;
    g->class_name = sunlot_arena_alloc(&g->arena, s->classes, sizeof *g->class_name);
    if (g->class_name == NULL) return SUNLOT_ERR_MEMORY;
    for (uint32_t c = 0; c < s->classes; c++) g->class_name[c] = s->class_[c].name;
    if (!sunlot_placement_reached(&g->placement, keep_figure, g)) return SUNLOT_ERR_MEMORY;
    return pass_lines(g, log, school, NULL, NULL) ? SUNLOT_OK : SUNLOT_ERR_LOG;
}

sunlot_err sunlot_log_figures(const sunlot_log *log, uint32_t school, sunlot_figure_fn *each, void *user)
{
    SUNLOT_REQUIRE(school < log->roster->schools);
    if (log->edition != SUNLOT_EDITION_FULL) return SUNLOT_ERR_EDITION;
    if (log->result == NULL || log->result[school].lines.n == 0) return SUNLOT_ERR_PHASE;
    gathering *g = sunlot_alloc(1, sizeof *g);
    if (g == NULL) return SUNLOT_ERR_MEMORY;
    g->last = &g->first;
    const sunlot_err err = gather(g, log, school);
    if (err == SUNLOT_OK) (void)pass_lines(g, log, school, each, user);
    sunlot_placement_release(&g->placement);
    sunlot_arena_free(&g->arena);
    sunlot_release(g);
    return err;
}
