/* From the enrolment to the roster: pseudonyms, commitments, tokens, order (SPEC 11.2, 11.3).
 *
 * People stand in the order of their pseudonyms, so that nothing of the order of the files is left:
 *
 *     place      0    1    2            order   1  2  0      the person at place 1 becomes student 0
 *     pseudonym  f3…  07…  9a…          index   2  0  1      the student of place 0 is number 2                              */
#include <string.h>

#include "base/crew.h"
#include "random/secrets.h"
#include "roster/reading.h"
#include "roster/ties.h"

typedef struct {
    uint8_t pseudonym[16];
    uint32_t place;
} entry;

/* The people of a school in order. */
typedef struct {
    uint32_t count;
    entry *entry;    /* by pseudonym */
    uint16_t *index; /* [count] of each place */
} people;

typedef struct {
    sunlot_roster *r;
    sunlot_school *s;
    const sunlot_enrolment *e;
    uint32_t school;
    const sunlot_mac_state *secrets; /* NULL: none are made */
    people people[SUNLOT_WHOS];
    sunlot_text *text; /* scratch: a column of the larger WHO */
} filler;

/* ---- people ------------------------------------------------------------------------------------------------------------------------ */

static int by_pseudonym(const void *a, const void *b, const void *user)
{
    (void)user;
    return memcmp(((const entry *)a)->pseudonym, ((const entry *)b)->pseudonym, 16);
}

static const char *role(int who) { return who == SUNLOT_STUDENTS ? "student" : "teacher"; }

static bool order_people(filler *f, int who)
{
    people *p = &f->people[who];
    p->count = f->e->school[f->school].count[who];
    p->entry = sunlot_alloc(p->count, sizeof *p->entry);
    p->index = sunlot_alloc(p->count, sizeof *p->index);
    if (p->entry == NULL || p->index == NULL) return false;
    for (uint32_t place = 0; place < p->count; place++) {
        entry *it = &p->entry[place];
        it->place = place;
        if (f->secrets == NULL) {
            for (int i = 0; i < 4; i++) it->pseudonym[i] = (uint8_t)(place >> (24 - 8 * i));
        } else {
            const sunlot_person person = sunlot_enrolment_person(f->e, who, f->school, place);
            sunlot_secret_pseudonym(it->pseudonym, f->secrets, role(who), person.school, person.id);
        }
    }
    entry *room = sunlot_alloc(p->count, sizeof *room);
    if (room == NULL) return false;
    sunlot_sort(p->entry, p->count, sizeof *p->entry, by_pseudonym, NULL, room);
    sunlot_release(room);
    for (uint32_t i = 0; i < p->count; i++) p->index[p->entry[i].place] = (uint16_t)i;
    return true;
}

static uint32_t row_at(const filler *f, int who, uint32_t index) { return sunlot_enrolment_row(f->e, who, f->school, f->people[who].entry[index].place); }

/* ---- classes and teachers ---------------------------------------------------------------------------------------------------------------- */

static bool fill_classes(filler *f)
{
    const sunlot_enrolled_school *from = &f->e->school[f->school];
    f->s->classes = from->classes;
    f->s->class_ = sunlot_arena_alloc(&f->r->arena, from->classes, sizeof *f->s->class_);
    if (f->s->class_ == NULL) return false;
    for (uint32_t i = 0; i < from->classes; i++) {
        const sunlot_enrolled_class *c = &f->e->class_[from->class_from + i];
        f->s->class_[i].seats = c->seats;
        if (!sunlot_arena_copy(&f->r->arena, c->name, &f->s->class_[i].name)) return false;
    }
    return true;
}

static int by_shortlex(const void *a, const void *b, const void *user)
{
    (void)user;
    return sunlot_text_shortlex(*(const sunlot_text *)a, *(const sunlot_text *)b);
}

/* The labels of the school's teams: in shortlex order they are T1, T2, …  Out: label[classes].  Returns how many there are. */
static uint32_t collect_labels(const filler *f, sunlot_text *label)
{
    sunlot_text room[SUNLOT_MAX_SCHOOL_CLASSES];
    uint32_t labels = 0;
    for (uint32_t i = 0; i < f->people[SUNLOT_TEACHERS].count && labels < f->s->classes; i++) {
        sunlot_enrolled_teacher t;
        sunlot_word header;
        (void)sunlot_enrolment_teacher(&t, &header, f->e, row_at(f, SUNLOT_TEACHERS, i));
        for (uint32_t j = 0; j < t.teams; j++) {
            uint32_t k = 0;
            while (k < labels && !sunlot_text_equal(label[k], t.team[j])) k++;
            if (k == labels && labels < f->s->classes) label[labels++] = t.team[j];
        }
    }
    sunlot_sort(label, labels, sizeof *label, by_shortlex, NULL, room);
    return labels;
}

static int by_number(const void *a, const void *b, const void *user)
{
    (void)user;
    return (int)*(const uint16_t *)a - (int)*(const uint16_t *)b;
}

static bool fill_teams(filler *f, sunlot_teacher *out, const sunlot_enrolled_teacher *t, const sunlot_text *label, uint32_t labels)
{
    uint16_t room[SUNLOT_MAX_SCHOOL_CLASSES];
    if (t->teams == 0) return true;
    uint16_t *team = sunlot_arena_alloc(&f->r->arena, t->teams, sizeof *team);
    if (team == NULL) return false;
    for (uint32_t j = 0; j < t->teams; j++) {
        uint32_t k = 0;
        while (k < labels && !sunlot_text_equal(label[k], t->team[j])) k++;
        team[j] = (uint16_t)k;
    }
    const uint32_t kept = t->homeroom ? 1 : 0; /* the team of a homeroom teacher stays the first */
    sunlot_sort(team + kept, t->teams - kept, sizeof *team, by_number, NULL, room);
    out->team = team;
    return true;
}

static bool fill_teachers(filler *f)
{
    sunlot_text label[SUNLOT_MAX_SCHOOL_CLASSES];
    const uint32_t labels = collect_labels(f, label);
    const people *p = &f->people[SUNLOT_TEACHERS];
    f->s->teachers = p->count;
    f->s->teacher = sunlot_arena_alloc(&f->r->arena, p->count, sizeof *f->s->teacher);
    if (f->s->teacher == NULL) return false;
    for (uint32_t i = 0; i < p->count; i++) {
        sunlot_teacher *out = &f->s->teacher[i];
        sunlot_enrolled_teacher t;
        sunlot_word header;
        (void)sunlot_enrolment_teacher(&t, &header, f->e, row_at(f, SUNLOT_TEACHERS, i));
        memcpy(out->pseudonym, p->entry[i].pseudonym, 16);
        out->classes = (uint16_t)t.classes;
        out->homeroom = t.homeroom;
        if (!sunlot_arena_copy(&f->r->arena, t.subject, &out->subject) || !fill_teams(f, out, &t, label, labels)) return false;
    }
    return true;
}

/* ---- students ------------------------------------------------------------------------------------------------------------------------------ */

/* The sets turned around: for each student the limits it carries. */
static bool fill_limits(filler *f, const sunlot_ties *t)
{
    sunlot_school *s = f->s;
    const people *p = &f->people[SUNLOT_STUDENTS];
    uint32_t members = 0;
    for (uint32_t i = 0; i < t->sets; i++) {
        for (uint32_t j = 0; j < t->set[i].count; j++) s->student[p->index[t->member[t->set[i].from + j]]].limits++;
        members += t->set[i].count;
    }
    s->limits = t->sets;
    s->limit_max = sunlot_arena_alloc(&f->r->arena, t->sets, sizeof *s->limit_max);
    s->student_limit = sunlot_arena_alloc(&f->r->arena, members, sizeof *s->student_limit);
    if (s->limit_max == NULL || s->student_limit == NULL) return false;
    for (uint32_t i = 0, at = 0; i < p->count; i++) {
        s->student[i].limits_from = at;
        at += s->student[i].limits;
        s->student[i].limits = 0;
    }
    for (uint32_t i = 0; i < t->sets; i++) {
        s->limit_max[i] = (uint16_t)t->set[i].most;
        for (uint32_t j = 0; j < t->set[i].count; j++) {
            sunlot_student *student = &s->student[p->index[t->member[t->set[i].from + j]]];
            s->student_limit[student->limits_from + student->limits++] = (uint16_t)i;
        }
    }
    return true;
}

static bool fill_students(filler *f, const sunlot_ties *t)
{
    const people *p = &f->people[SUNLOT_STUDENTS];
    sunlot_school *s = f->s;
    s->students = p->count;
    s->student = sunlot_arena_alloc(&f->r->arena, p->count, sizeof *s->student);
    uint16_t *mates = sunlot_alloc(p->count, sizeof *mates);
    if (s->student == NULL || mates == NULL) {
        sunlot_release(mates);
        return false;
    }
    for (uint32_t place = 0; place < p->count; place++) mates[t->block[place]]++;
    for (uint32_t i = 0; i < p->count; i++) {
        const uint32_t place = p->entry[i].place;
        const uint16_t teacher = t->recused[place];
        sunlot_student *out = &s->student[i];
        memcpy(out->pseudonym, p->entry[i].pseudonym, 16);
        out->together = mates[t->block[place]] > 1 ? t->block[place] + 1u : 0;
        out->seats = t->seats[place];
        out->recused = teacher == SUNLOT_NONE16 ? (uint16_t)SUNLOT_NONE16 : f->people[SUNLOT_TEACHERS].index[teacher];
        out->lock = SUNLOT_NONE16;
    }
    sunlot_release(mates);
    return fill_limits(f, t);
}

static int by_student(const void *a, const void *b, const void *user)
{
    const uint32_t x = ((const sunlot_lock *)a)->student, y = ((const sunlot_lock *)b)->student;
    (void)user;
    return x < y ? -1 : x > y;
}

static bool fill_locks(filler *f)
{
    const sunlot_enrolled_school *from = &f->e->school[f->school];
    sunlot_school *s = f->s;
    s->locks = from->locks;
    s->lock = sunlot_arena_alloc(&f->r->arena, from->locks, sizeof *s->lock);
    if (s->lock == NULL) return false;
    for (uint32_t i = 0; i < from->locks; i++) {
        const sunlot_enrolled_lock *lock = &f->e->lock[from->lock_from + i];
        s->lock[i].student = f->people[SUNLOT_STUDENTS].index[lock->place];
        s->lock[i].class_index = lock->class_index;
        s->student[s->lock[i].student].lock = lock->class_index;
        memcpy(s->lock[i].pseudonym, s->student[s->lock[i].student].pseudonym, sizeof s->lock[i].pseudonym);
        if (!sunlot_arena_copy(&f->r->arena, lock->reason, &s->lock[i].reason)) return false;
        if (!sunlot_arena_copy(&f->r->arena, lock->authority, &s->lock[i].authority)) return false;
    }
    sunlot_lock *room = sunlot_alloc(from->locks, sizeof *room);
    if (room == NULL) return false;
    sunlot_sort(s->lock, s->locks, sizeof *s->lock, by_student, NULL, room);
    sunlot_release(room);
    return true;
}

/* ---- columns --------------------------------------------------------------------------------------------------------------------------------- */

/* Values borrow from the enrolment until they are known; then the few that there are are copied. */
static sunlot_err fill_categories(filler *f, int who, uint32_t column, uint32_t file_column)
{
    const sunlot_csv_file *file = &f->e->file[sunlot_file_of(who)];
    sunlot_column *c = &f->s->column[who][column];
    for (uint32_t i = 0; i < f->people[who].count; i++) f->text[i] = sunlot_csv_file_cell(file, row_at(f, who, i), file_column);
    const sunlot_err err = sunlot_school_encode(f->r, f->s, who, column, f->text);
    if (err != SUNLOT_OK) return err;
    sunlot_text *value = sunlot_arena_alloc(&f->r->arena, c->values, sizeof *value);
    if (value == NULL) return SUNLOT_ERR_MEMORY;
    for (uint32_t i = 0; i < c->values; i++) {
        if (!sunlot_arena_copy(&f->r->arena, c->value[i], &value[i])) return SUNLOT_ERR_MEMORY;
    }
    c->value = value;
    return SUNLOT_OK;
}

static void fill_numbers(filler *f, int who, uint32_t column, uint32_t file_column)
{
    const sunlot_csv_file *file = &f->e->file[sunlot_file_of(who)];
    for (uint32_t i = 0; i < f->people[who].count; i++) {
        const sunlot_text text = sunlot_csv_file_cell(file, row_at(f, who, i), file_column);
        int32_t *cell = &f->s->cell[who][(size_t)i * f->s->columns[who] + column];
        if (text.n == 0)
            *cell = SUNLOT_ABSENT;
        else
            SUNLOT_REQUIRE(sunlot_score_read(cell, text) == 0);
    }
}

static sunlot_err fill_columns(filler *f, int who)
{
    sunlot_school *s = f->s;
    s->cell[who] = sunlot_arena_alloc(&f->r->arena, (size_t)f->people[who].count * s->columns[who], sizeof(int32_t));
    if (s->cell[who] == NULL) return SUNLOT_ERR_MEMORY;
    for (uint32_t c = 0; c < s->columns[who]; c++) {
        const uint32_t file_column = sunlot_csv_file_find(&f->e->file[sunlot_file_of(who)], s->column[who][c].name);
        if (s->column[who][c].number) {
            fill_numbers(f, who, c, file_column);
            continue;
        }
        const sunlot_err err = fill_categories(f, who, c, file_column);
        if (err != SUNLOT_OK) return err;
    }
    return SUNLOT_OK;
}

/* ---- commitments ------------------------------------------------------------------------------------------------------------------------------ */

static sunlot_digest commit(const filler *f, int who, uint32_t index)
{
    char text[33], room[SUNLOT_MAX_NUMBER_COLUMNS + SUNLOT_MAX_CATEGORY_COLUMNS][SUNLOT_VALUE_BYTES];
    sunlot_text value[SUNLOT_MAX_NUMBER_COLUMNS + SUNLOT_MAX_CATEGORY_COLUMNS];
    const entry *it = &f->people[who].entry[index];
    const sunlot_person person = sunlot_enrolment_person(f->e, who, f->school, it->place);
    sunlot_pseudonym_write(text, who == SUNLOT_STUDENTS ? 's' : 't', it->pseudonym);
    const sunlot_text pseudonym = {text, sizeof text};
    const sunlot_digest salt = sunlot_secret_salt(f->secrets, pseudonym);
    for (uint32_t c = 0; c < f->s->columns[who]; c++) value[c] = sunlot_school_value(f->s, who, index, c, room[c]);
    return sunlot_commitment(&salt, pseudonym, &person, value, f->s->columns[who]);
}

/* The values are there. */
static void commit_people(filler *f)
{
    if (f->secrets == NULL) return;
    for (uint32_t i = 0; i < f->s->students; i++) f->s->student[i].commitment = commit(f, SUNLOT_STUDENTS, i);
    for (uint32_t i = 0; i < f->s->teachers; i++) f->s->teacher[i].commitment = commit(f, SUNLOT_TEACHERS, i);
}

/* ---- a school ----------------------------------------------------------------------------------------------------------------------------------- */

static sunlot_err fill(filler *f)
{
    sunlot_ties ties = {0};
    if (!sunlot_arena_copy(&f->r->arena, f->e->school[f->school].name, &f->s->name)) return SUNLOT_ERR_MEMORY;
    if (!order_people(f, SUNLOT_STUDENTS) || !order_people(f, SUNLOT_TEACHERS)) return SUNLOT_ERR_MEMORY;
    const uint32_t students = f->people[SUNLOT_STUDENTS].count, teachers = f->people[SUNLOT_TEACHERS].count;
    f->text = sunlot_alloc(students > teachers ? students : teachers, sizeof *f->text);
    if (f->text == NULL) return SUNLOT_ERR_MEMORY;
    sunlot_err err = sunlot_ties_make(&ties, f->e, f->school);
    if (err == SUNLOT_OK &&
        !(fill_classes(f) && fill_teachers(f) && fill_students(f, &ties) && fill_locks(f) && sunlot_enrolment_fill_hands(f->r, f->s, f->e, f->school)))
        err = SUNLOT_ERR_MEMORY;
    sunlot_ties_free(&ties);
    if (err == SUNLOT_OK) err = sunlot_school_columns(f->r, f->s);
    if (err == SUNLOT_OK) err = fill_columns(f, SUNLOT_STUDENTS);
    if (err == SUNLOT_OK) err = fill_columns(f, SUNLOT_TEACHERS);
    if (err == SUNLOT_OK) err = sunlot_school_tokens(f->r, f->s);
    if (err == SUNLOT_OK) commit_people(f);
    return err;
}

sunlot_err sunlot_enrolment_fill(sunlot_roster *r, sunlot_school *s, const sunlot_enrolment *e, uint32_t school, const sunlot_mac_state *secrets)
{
    filler f = {.r = r, .s = s, .e = e, .school = school, .secrets = secrets};
    const sunlot_err err = fill(&f);
    for (int who = 0; who < SUNLOT_WHOS; who++) {
        sunlot_release(f.people[who].entry);
        sunlot_release(f.people[who].index);
    }
    sunlot_release(f.text);
    return err;
}

/* ---- the roster ----------------------------------------------------------------------------------------------------------------------------------- */

static bool copy_rules(sunlot_roster *r, const sunlot_enrolment *e)
{
    r->rules = e->records;
    r->rule = sunlot_arena_alloc(&r->arena, e->records, sizeof *r->rule);
    if (r->rule == NULL) return false;
    for (uint32_t i = 0; i < e->records; i++) {
        sunlot_rule *rule = &r->rule[i];
        *rule = e->record[i];
        if (!sunlot_arena_copy(&r->arena, rule->column, &rule->column) || !sunlot_arena_copy(&r->arena, rule->value, &rule->value) ||
            !sunlot_arena_copy(&r->arena, rule->school, &rule->school)) {
            return false;
        }
        SUNLOT_REQUIRE(sunlot_rule_parse(rule)); /* its texts are the roster's now */
    }
    return true;
}

static bool copy_parties(sunlot_roster *r, const sunlot_enrolment *e)
{
    r->parties = e->parties;
    r->groups = e->groups;
    for (uint32_t i = 0; i < r->parties; i++) {
        sunlot_party_rule *party = &r->party[i];
        *party = e->party[i];
        if (!sunlot_arena_copy(&r->arena, party->id, &party->id) || !sunlot_arena_copy(&r->arena, party->role, &party->role)) return false;
    }
    for (uint32_t i = 0; i < r->groups; i++) {
        sunlot_group_rule *group = &r->group[i];
        *group = e->group[i];
        if (!sunlot_arena_copy(&r->arena, group->name, &group->name) || !sunlot_arena_copy(&r->arena, group->members, &group->members)) return false;
    }
    for (int i = 0; i < SUNLOT_QUORUMS; i++)
        if (!sunlot_arena_copy(&r->arena, e->quorum[i], &r->quorum[i])) return false;
    return true;
}

static bool copy_sources(sunlot_roster *r, const sunlot_enrolment *e)
{
    r->sources = e->sources;
    for (uint32_t i = 0; i < e->sources; i++) {
        sunlot_source_rule *source = &r->source[i];
        *source = e->source[i];
        if (!sunlot_arena_copy(&r->arena, source->holder, &source->holder) || !sunlot_arena_copy(&r->arena, source->crooked, &source->crooked) ||
            !sunlot_arena_copy(&r->arena, source->substitute, &source->substitute)) {
            return false;
        }
    }
    return true;
}

/* The draw id (SPEC 5.1). */
static bool name_draw(sunlot_roster *r)
{
    const sunlot_text mode = r->mode == SUNLOT_LIVE ? SUNLOT_TEXT("live") : SUNLOT_TEXT("rehearsal-演练");
    const sunlot_text part[] = {mode, r->district, r->year, r->grade, r->stage, r->attempt};
    sunlot_buffer id = {0};
    bool good = sunlot_buffer_string(&id, "sunlot/v1");
    for (size_t i = 0; good && i < sizeof part / sizeof *part; i++) good = sunlot_buffer_byte(&id, '/') && sunlot_buffer_text(&id, part[i]);
    good = good && sunlot_arena_copy(&r->arena, sunlot_buffer_view(&id), &r->id);
    sunlot_buffer_free(&id);
    return good;
}

static bool copy_head(sunlot_roster *r, const sunlot_enrolment *e)
{
    const struct {
        sunlot_text from, *to;
    } texts[] = {{e->district, &r->district},
                 {e->year, &r->year},
                 {e->grade, &r->grade},
                 {e->stage, &r->stage},
                 {e->attempt, &r->attempt},
                 {e->facts.authority, &r->facts.authority},
                 {e->facts.address, &r->facts.address},
                 {e->facts.page, &r->facts.page},
                 {e->facts.date, &r->facts.date},
                 {e->facts.ground, &r->facts.ground},
                 {e->facts.late, &r->facts.late},
                 {e->facts.retention, &r->facts.retention},
                 {e->facts.rows, &r->facts.rows}};
    r->facts = e->facts;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (!sunlot_arena_copy(&r->arena, texts[i].from, texts[i].to)) return false;
    }
    return name_draw(r) && copy_parties(r, e) && copy_sources(r, e) && copy_rules(r, e);
}

/* A piece of schools has an arena of its own. */
typedef struct {
    uint32_t from, to;
    sunlot_arena arena;
} school_piece;

typedef struct {
    sunlot_roster *r;
    const sunlot_enrolment *e;
    const sunlot_mac_state *secrets;
    school_piece *piece;
} roster_work;

static sunlot_err fill_piece(void *work, uint32_t number)
{
    const roster_work *w = work;
    school_piece *piece = &w->piece[number];
    sunlot_roster part = *w->r;
    part.arena = piece->arena;
    sunlot_err err = SUNLOT_OK;
    for (uint32_t i = piece->from; err == SUNLOT_OK && i < piece->to; i++) err = sunlot_enrolment_fill(&part, &w->r->school[i], w->e, i, w->secrets);
    piece->arena = part.arena;
    return err;
}

static sunlot_err fill_schools(sunlot_roster *r, const sunlot_enrolment *e, const sunlot_master *master, const sunlot_crew *crew)
{
    sunlot_mac_state secrets;
    roster_work w = {r, e, &secrets, sunlot_alloc(e->schools, sizeof *w.piece)};
    if (w.piece == NULL) return SUNLOT_ERR_MEMORY;
    sunlot_secret_begin(&secrets, master);
    uint32_t pieces = 0;
    for (uint32_t from = 0; from < e->schools; from = w.piece[pieces++].to)
        w.piece[pieces] = (school_piece){.from = from, .to = sunlot_enrolment_piece(e, from)};
    const sunlot_err err = sunlot_crew_run(crew, pieces, fill_piece, &w);
    for (uint32_t i = 0; i < pieces; i++) sunlot_arena_join(&r->arena, &w.piece[i].arena);
    sunlot_mac_wipe(&secrets);
    sunlot_release(w.piece);
    return err;
}

sunlot_err sunlot_roster_new(sunlot_roster **out, const sunlot_enrolment *e, sunlot_mode mode, const sunlot_master *master, const sunlot_crew *crew)
{
    sunlot_roster *r = sunlot_alloc(1, sizeof *r);
    if (r == NULL) return SUNLOT_ERR_MEMORY;
    r->mode = mode;
    r->schools = e->schools;
    r->school = sunlot_arena_alloc(&r->arena, e->schools, sizeof *r->school);
    sunlot_err err = r->school != NULL && copy_head(r, e) ? SUNLOT_OK : SUNLOT_ERR_MEMORY;
    if (err == SUNLOT_OK) err = fill_schools(r, e, master, crew);
    if (err == SUNLOT_OK)
        *out = r;
    else
        sunlot_roster_free(r);
    return err;
}
