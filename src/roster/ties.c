#include "roster/ties.h"

#include "roster/reading.h"

/* A value in a student's cell. */
typedef struct {
    sunlot_text text;
    uint16_t place;
} mention;

typedef struct {
    const sunlot_enrolment *e;
    uint32_t school;
    sunlot_ties *t;
    mention *mention; /* of the column at hand */
    uint32_t mentions, mention_room;
    uint32_t set_room, member_room, members;
} maker;

static sunlot_text cell_of(const maker *m, const sunlot_enrolled_rule *rule, uint32_t place)
{
    return sunlot_csv_file_cell(&m->e->file[SUNLOT_FILE_STUDENTS], sunlot_enrolment_row(m->e, SUNLOT_STUDENTS, m->school, place), rule->column);
}

/* Make *array hold at least `need` items; what it holds stays. */
static bool widen(void **array, uint32_t *room, uint32_t need, size_t size)
{
    if (need <= *room) return true;
    const uint32_t more = need < 512 ? 1024 : 2 * need;
    void *bigger = sunlot_resize(*array, more, size);
    if (bigger == NULL) return false;
    *array = bigger;
    *room = more;
    return true;
}

/* ---- values of a column ------------------------------------------------------------------------------------------------------------- */

static int by_text(const void *a, const void *b, const void *user)
{
    const mention *x = a, *y = b;
    (void)user;
    const int order = sunlot_text_compare(x->text, y->text);
    return order != 0 ? order : (int)x->place - (int)y->place;
}

static bool add_mention(maker *m, sunlot_text text, uint32_t place)
{
    void *list = m->mention;
    if (!widen(&list, &m->mention_room, m->mentions + 1, sizeof *m->mention)) return false;
    m->mention = list;
    m->mention[m->mentions++] = (mention){text, (uint16_t)place};
    return true;
}

/* Each non-empty value of the column with its students, equal values side by side, no student twice with one value.  Several values in
 * a cell count only where the rule says so. */
static bool collect(maker *m, const sunlot_enrolled_rule *rule, bool several)
{
    m->mentions = 0;
    for (uint32_t place = 0; place < m->t->students; place++) {
        sunlot_text rest = cell_of(m, rule, place), part = rest;
        if (rest.n == 0) continue;
        if (!several && !add_mention(m, part, place)) return false;
        while (several && sunlot_parts_next(&part, &rest)) {
            if (part.n > 0 && !add_mention(m, part, place)) return false;
        }
    }
    mention *room = sunlot_alloc(m->mentions, sizeof *room);
    if (room == NULL) return false;
    sunlot_sort(m->mention, m->mentions, sizeof *m->mention, by_text, NULL, room);
    sunlot_release(room);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < m->mentions; i++) {
        if (kept == 0 || by_text(&m->mention[kept - 1], &m->mention[i], NULL) != 0) m->mention[kept++] = m->mention[i];
    }
    m->mentions = kept;
    return true;
}

/* Where the mentions of the value at `from` end. */
static uint32_t end_of(const maker *m, uint32_t from)
{
    uint32_t end = from + 1;
    while (end < m->mentions && sunlot_text_equal(m->mention[end].text, m->mention[from].text)) end++;
    return end;
}

/* ---- blocks -------------------------------------------------------------------------------------------------------------------------- */

/* block[] is a forest whose roots are the least of their trees:  block 0 0 2 2 3  ->  0 0 2 2 2. */
static uint16_t root_of(uint16_t *block, uint16_t place)
{
    while (block[place] != place) {
        block[place] = block[block[place]];
        place = block[place];
    }
    return place;
}

static bool join(maker *m, const sunlot_enrolled_rule *rule)
{
    if (!collect(m, rule, false)) return false;
    for (uint32_t i = 1; i < m->mentions; i++) {
        if (!sunlot_text_equal(m->mention[i - 1].text, m->mention[i].text)) continue;
        const uint16_t a = root_of(m->t->block, m->mention[i - 1].place), b = root_of(m->t->block, m->mention[i].place);
        m->t->block[a > b ? a : b] = a > b ? b : a;
    }
    return true;
}

/* ---- sets ------------------------------------------------------------------------------------------------------------------------------ */

/* Sets with at most `most` students say nothing. */
static bool add_set(maker *m, const sunlot_enrolled_rule *rule, const mention *first, uint32_t count, uint32_t most)
{
    sunlot_ties *t = m->t;
    if (count <= most) return true;
    void *sets = t->set, *members = t->member;
    const bool wide = widen(&sets, &m->set_room, t->sets + 1, sizeof *t->set);
    t->set = sets;
    const bool wider = wide && widen(&members, &m->member_room, m->members + count, sizeof *t->member);
    t->member = members;
    if (!wider) return false;
    t->set[t->sets++] = (sunlot_tie_set){m->members, count, most, rule};
    for (uint32_t i = 0; i < count; i++) t->member[m->members++] = first[i].place;
    return true;
}

static bool add_values(maker *m, const sunlot_enrolled_rule *rule, uint32_t classes)
{
    const bool apart = rule->rule.kind == SUNLOT_RULE_APART;
    if (!collect(m, rule, apart)) return false;
    for (uint32_t from = 0, end; from < m->mentions; from = end) {
        end = end_of(m, from);
        const uint32_t count = end - from, most = apart ? 1 : (count + classes - 1) / classes;
        if (!add_set(m, rule, m->mention + from, count, most)) return false;
    }
    return true;
}

static bool add_cap(maker *m, const sunlot_enrolled_rule *rule)
{
    m->mentions = 0;
    for (uint32_t place = 0; place < m->t->students; place++) {
        if (sunlot_text_equal(cell_of(m, rule, place), rule->cap_value) && !add_mention(m, rule->cap_value, place)) return false;
    }
    return add_set(m, rule, m->mention, m->mentions, rule->cap_most);
}

/* Equal sets side by side, the strictest first. */
static int by_members(const void *a, const void *b, const void *user)
{
    const sunlot_tie_set *x = a, *y = b;
    const uint16_t *member = user;
    if (x->count != y->count) return x->count < y->count ? -1 : 1;
    for (uint32_t i = 0; i < x->count; i++) {
        const uint16_t p = member[x->from + i], q = member[y->from + i];
        if (p != q) return p < q ? -1 : 1;
    }
    return x->most < y->most ? -1 : x->most > y->most;
}

static bool merge_sets(sunlot_ties *t)
{
    sunlot_tie_set *room = sunlot_alloc(t->sets, sizeof *room);
    if (room == NULL) return false;
    sunlot_sort(t->set, t->sets, sizeof *t->set, by_members, t->member, room);
    sunlot_release(room);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < t->sets; i++) {
        sunlot_tie_set same = t->set[i];
        if (kept > 0) same.most = t->set[kept - 1].most;
        if (kept == 0 || by_members(&t->set[kept - 1], &same, t->member) != 0) t->set[kept++] = t->set[i];
    }
    t->sets = kept;
    return true;
}

/* ---- a school ------------------------------------------------------------------------------------------------------------------------------ */

static void read_seats(maker *m, const sunlot_enrolled_rule *rule)
{
    for (uint32_t place = 0; place < m->t->students; place++) {
        const sunlot_text cell = cell_of(m, rule, place);
        uint32_t extra = 0;
        if (cell.n > 0 && sunlot_count_read(&extra, cell, 0, SUNLOT_MAX_SEATS - 1) == 0) m->t->seats[place] = (uint8_t)(1 + extra);
    }
}

static bool read_teachers(maker *m, const sunlot_enrolled_rule *rule)
{
    const uint32_t teachers = m->e->school[m->school].count[SUNLOT_TEACHERS];
    sunlot_text_index index = {0};
    if (!sunlot_text_index_init(&index, teachers)) return false;
    for (uint32_t i = 0; i < teachers; i++) (void)sunlot_text_index_add(&index, sunlot_enrolment_person(m->e, SUNLOT_TEACHERS, m->school, i).id, i);
    for (uint32_t place = 0; place < m->t->students; place++) {
        const uint32_t teacher = sunlot_text_index_find(&index, cell_of(m, rule, place));
        if (teacher != SUNLOT_NONE32) m->t->recused[place] = (uint16_t)teacher;
    }
    sunlot_text_index_free(&index);
    return true;
}

static bool apply(maker *m, const sunlot_enrolled_rule *rule)
{
    switch (rule->rule.kind) {
    case SUNLOT_RULE_TOGETHER:
        return join(m, rule);
    case SUNLOT_RULE_APART:
    case SUNLOT_RULE_SPREAD:
        return add_values(m, rule, m->e->school[m->school].classes);
    case SUNLOT_RULE_CAP:
        return add_cap(m, rule);
    case SUNLOT_RULE_WEIGHT:
        read_seats(m, rule);
        return true;
    case SUNLOT_RULE_RECUSE:
        return read_teachers(m, rule);
    case SUNLOT_RULE_ABSENT:
    case SUNLOT_RULE_BALANCE:
    case SUNLOT_RULE_BAND:
    case SUNLOT_RULE_DEVIATION:
    case SUNLOT_RULE_MEAN:
    case SUNLOT_RULE_KINDS:
        return true;
    }
    return true;
}

sunlot_err sunlot_ties_make(sunlot_ties *out, const sunlot_enrolment *e, uint32_t school)
{
    *out = (sunlot_ties){.students = e->school[school].count[SUNLOT_STUDENTS]};
    maker m = {.e = e, .school = school, .t = out};
    out->block = sunlot_alloc(out->students, sizeof *out->block);
    out->seats = sunlot_alloc(out->students, sizeof *out->seats);
    out->recused = sunlot_alloc(out->students, sizeof *out->recused);
    bool good = out->block != NULL && out->seats != NULL && out->recused != NULL;
    for (uint32_t place = 0; good && place < out->students; place++) {
        out->block[place] = (uint16_t)place;
        out->seats[place] = 1;
        out->recused[place] = SUNLOT_NONE16;
    }
    const sunlot_enrolled_rule *rule;
    for (uint32_t at = 0; good && (rule = sunlot_enrolment_rule(e, school, &at)) != NULL;) good = apply(&m, rule);
    for (uint32_t place = 0; good && place < out->students; place++) out->block[place] = root_of(out->block, (uint16_t)place);
    sunlot_release(m.mention);
    return good && merge_sets(out) ? SUNLOT_OK : SUNLOT_ERR_MEMORY;
}

void sunlot_ties_free(sunlot_ties *t)
{
    sunlot_release(t->block);
    sunlot_release(t->seats);
    sunlot_release(t->recused);
    sunlot_release(t->set);
    sunlot_release(t->member);
    *t = (sunlot_ties){0};
}
