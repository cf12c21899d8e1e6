/* What the lines of a school, and the schools together, come to: the roster of the log (SPEC 5.2). */
#include <string.h>

#include "base/alloc.h"
#include "base/crew.h"
#include "log/reader.h"

/* ---- a school ------------------------------------------------------------------------------------------------------------------------------- */

/* A copy of count items in the roster's arena; NULL without memory. */
static void *arena_items(sunlot_roster *r, const void *items, uint32_t count, size_t size)
{
    void *p = sunlot_arena_alloc(&r->arena, count, size);
    if (p != NULL && count > 0) memcpy(p, items, count * size);
    return p;
}

/* Rows whose lines the log has: of a public edition none of students. */
static uint32_t known_rows(const sunlot_reader *rd, const sunlot_school *s, int who)
{
    if (who == SUNLOT_TEACHERS) return s->teachers;
    return rd->log->edition == SUNLOT_EDITION_FULL ? s->students : 0;
}

static bool move_arrays(sunlot_reader *rd)
{
    sunlot_school_room *room = rd->room;
    sunlot_school *s = &room->s;
    s->locks = room->locks;
    s->limits = (uint32_t)room->limits;
    s->class_ = arena_items(rd->r, room->class_, s->classes, sizeof *s->class_);
    s->lock = arena_items(rd->r, room->lock, s->locks, sizeof *s->lock);
    s->limit_max = arena_items(rd->r, room->limit_max, s->limits, sizeof *s->limit_max);
    s->teacher = arena_items(rd->r, room->teacher, s->teachers, sizeof *s->teacher);
    const bool known = rd->log->edition == SUNLOT_EDITION_FULL;
    if (known) s->student = arena_items(rd->r, room->student, s->students, sizeof *s->student);
    if (known) s->student_limit = arena_items(rd->r, room->student_limit, room->student_limits, sizeof *s->student_limit);
    for (int i = 0; i < SUNLOT_HANDS; i++) {
        if (!room->handed[i]) continue;
        s->hand[i] = arena_items(rd->r, room->hand[i], s->classes, sizeof **s->hand);
        if (s->hand[i] == NULL) return sunlot_reader_memory(rd);
    }
    const uint16_t *team = arena_items(rd->r, room->team, room->teams, sizeof *team);
    for (int who = 0; who < SUNLOT_WHOS; who++) {
        const uint32_t rows = known_rows(rd, s, who);
        s->cell[who] = arena_items(rd->r, rd->score[who], rows * s->columns[who], sizeof **s->cell);
        if (s->cell[who] == NULL) return sunlot_reader_memory(rd);
    }
    if (known && (s->student == NULL || s->student_limit == NULL)) return sunlot_reader_memory(rd);
    if (s->class_ == NULL || s->lock == NULL || s->limit_max == NULL || s->teacher == NULL || team == NULL) return sunlot_reader_memory(rd);
    for (uint32_t i = 0; i < s->teachers; i++)
        if (s->teacher[i].team != NULL) s->teacher[i].team = team + (s->teacher[i].team - room->team);
    return true;
}

/* Texts of the category columns become codes. */
static bool encode_columns(sunlot_reader *rd)
{
    sunlot_school_room *room = rd->room;
    sunlot_school *s = &room->s;
    for (int who = 0; who < SUNLOT_WHOS; who++) {
        const uint32_t rows = known_rows(rd, s, who);
        for (uint32_t c = 0; rows > 0 && c < s->columns[who]; c++) {
            if (s->column[who][c].number) continue;
            for (uint32_t row = 0; row < rows; row++) room->one[row] = rd->text[who][(size_t)row * s->columns[who] + c];
            const sunlot_err err = sunlot_school_encode(rd->r, s, who, c, room->one);
            if (err == SUNLOT_ERR_MEMORY) return sunlot_reader_memory(rd);
            if (err != SUNLOT_OK) return sunlot_reader_roster(rd, s->first_line, "too many values in a column", s->column[who][c].name);
        }
    }
    return true;
}

/* Locks and students are both sorted by pseudonym: one walk over both. */
static void resolve_locks(sunlot_reader *rd)
{
    sunlot_school *s = &rd->room->s;
    uint32_t student = 0;
    for (uint32_t i = 0; i < s->locks; i++) {
        const uint8_t *pseudonym = s->lock[i].pseudonym;
        while (student < s->students && memcmp(s->student[student].pseudonym, pseudonym, 16) < 0) student++;
        if (student == s->students || memcmp(s->student[student].pseudonym, pseudonym, 16) != 0) {
            char found[33];
            sunlot_pseudonym_write(found, 's', pseudonym);
            sunlot_reader_roster(rd, s->first_line, "a lock for no student of the school", (sunlot_text){found, sizeof found});
            return;
        }
        s->lock[i].student = student;
        s->student[student].lock = s->lock[i].class_index;
    }
}

bool sunlot_school_end(sunlot_reader *rd)
{
    sunlot_school_room *room = rd->room;
    sunlot_school *s = &room->s;
    if (!sunlot_reader_storing(rd)) return true;
    rd->students += s->students;
    rd->teachers += s->teachers;
    if (rd->students > SUNLOT_MAX_STUDENTS || rd->teachers > SUNLOT_MAX_TEACHERS)
        return sunlot_reader_roster(rd, s->first_line, "more students or teachers than a log may have", s->name);

    if (!move_arrays(rd) || !encode_columns(rd)) return false;
    if (sunlot_reader_storing(rd) && rd->log->edition == SUNLOT_EDITION_FULL) resolve_locks(rd);
    const char *what;
    if (sunlot_reader_storing(rd) && sunlot_school_check(rd->r, s, &what) != 0) sunlot_reader_roster(rd, s->first_line, what, s->name);
    if (!sunlot_reader_storing(rd)) return true;

    void *schools = rd->school;
    if (!sunlot_reader_grow(rd, &schools, rd->r->schools, &rd->school_cap, sizeof *rd->school)) return false;
    rd->school = schools;
    rd->school[rd->r->schools++] = (sunlot_stored_school){*s, room->at};
    return true;
}

/* ---- the roster ------------------------------------------------------------------------------------------------------------------------------- */

static bool has_school(const sunlot_roster *r, sunlot_text name)
{
    uint32_t from = 0, to = r->schools;
    while (from < to) {
        const uint32_t middle = from + (to - from) / 2;
        const int order = sunlot_text_shortlex(r->school[middle].name, name);
        if (order == 0) return true;
        if (order < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return false;
}

/* In two rounds teams are formed before the first (SPEC 5.1). */
static bool check_rounds(sunlot_reader *rd)
{
    const sunlot_roster *r = rd->r;
    uint32_t with_teachers = 0;
    for (uint32_t i = 0; r->facts.two_rounds && i < r->schools; i++) {
        const sunlot_school *s = &r->school[i];
        if (s->teachers > 0 && s->teacher[0].team == NULL) return sunlot_reader_roster(rd, s->first_line, "two rounds without formed teams", s->name);
        with_teachers += s->teachers > 0;
    }
    if (r->facts.two_rounds && with_teachers == 0) sunlot_reader_roster(rd, rd->log->lines, "two rounds without teachers", SUNLOT_TEXT(""));
    return true;
}

bool sunlot_roster_end(sunlot_reader *rd)
{
    sunlot_roster *r = rd->r;
    if (!sunlot_reader_storing(rd)) return true;
    r->school = sunlot_arena_alloc(&r->arena, r->schools, sizeof *r->school);
    rd->log->school_at = sunlot_arena_alloc(&r->arena, r->schools, sizeof *rd->log->school_at);
    if (r->school == NULL || rd->log->school_at == NULL) return sunlot_reader_memory(rd);
    for (uint32_t i = 0; i < r->schools; i++) {
        r->school[i] = rd->school[i].s;
        rd->log->school_at[i] = rd->school[i].at;
    }
    for (uint32_t i = 0; i < r->rules; i++) {
        if (r->rule[i].school.n > 0 && !has_school(r, r->rule[i].school))
            return sunlot_reader_roster(rd, rd->first_rule_line + i, "a rule for a school that the log has not", r->rule[i].school);
    }
    return check_rounds(rd);
}

/* ---- pseudonyms -------------------------------------------------------------------------------------------------------------------------------- */

/* The first eight bytes of a pseudonym as a number, and whose it is. */
typedef struct {
    uint64_t first;
    uint32_t school, row;
} person;

/* Inside a school the order of lines has seen to it; across schools all pseudonyms are sorted, in heaps by their first bits.  Pseudonyms of a school are
 * sorted, so that those of a heap stand together. */
typedef struct {
    const sunlot_roster *r;
    int who;
    uint32_t bits;  /* there are 2^bits heaps, at most 32 */
    person *second; /* [heaps] the later of the first two equal ones; */
    bool *twice;    /*   if there are any */
} distinct_work;

static const uint8_t *pseudonym_at(const sunlot_school *s, int who, uint32_t row)
{
    return who == SUNLOT_STUDENTS ? s->student[row].pseudonym : s->teacher[row].pseudonym;
}

static int person_order(const void *a, const void *b, const void *user)
{
    const distinct_work *w = user;
    const person *x = a, *y = b;
    if (x->first != y->first) return x->first < y->first ? -1 : 1;
    return memcmp(pseudonym_at(&w->r->school[x->school], w->who, x->row), pseudonym_at(&w->r->school[y->school], w->who, y->row), 16);
}

/* The first row whose pseudonym is not in an earlier heap. */
static uint32_t heap_from(const distinct_work *w, const sunlot_school *s, uint32_t heap)
{
    uint32_t from = 0, to = w->who == SUNLOT_STUDENTS ? s->students : s->teachers;
    while (from < to) {
        const uint32_t middle = from + (to - from) / 2;
        if ((uint32_t)pseudonym_at(s, w->who, middle)[0] >> (8 - w->bits) < heap)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* Where a heap stands in a school. */
typedef struct {
    uint32_t from, to;
} heap_rows;

static uint32_t find_heap(heap_rows *rows, const distinct_work *w, uint32_t heap)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < w->r->schools; i++) {
        const sunlot_school *s = &w->r->school[i];
        rows[i] = (heap_rows){heap_from(w, s, heap), heap_from(w, s, heap + 1)};
        n += rows[i].to - rows[i].from;
    }
    return n;
}

static void gather(person *out, const distinct_work *w, const heap_rows *rows)
{
    for (uint32_t i = 0; i < w->r->schools; i++) {
        for (uint32_t row = rows[i].from; row < rows[i].to; row++) {
            const uint8_t *pseudonym = pseudonym_at(&w->r->school[i], w->who, row);
            uint64_t first = 0;
            for (int byte = 0; byte < 8; byte++) first = first << 8 | pseudonym[byte];
            *out++ = (person){first, i, row};
        }
    }
}

static bool same_pseudonym(const distinct_work *w, const person *a, const person *b)
{
    return memcmp(pseudonym_at(&w->r->school[a->school], w->who, a->row), pseudonym_at(&w->r->school[b->school], w->who, b->row), 16) == 0;
}

/* Sorted, equal ones are neighbours; the sort is stable, so that the second is the later in the log. */
static sunlot_err sort_heap(void *work, uint32_t heap)
{
    const distinct_work *w = work;
    heap_rows *rows = sunlot_alloc(w->r->schools, sizeof *rows);
    if (rows == NULL) return SUNLOT_ERR_MEMORY;
    const uint32_t n = find_heap(rows, w, heap);
    person *all = sunlot_alloc(n, 2 * sizeof *all);
    if (all != NULL) {
        gather(all, w, rows);
        sunlot_sort(all, n, sizeof *all, person_order, w, all + n);
        for (uint32_t i = 1; i < n && !w->twice[heap]; i++) {
            w->twice[heap] = all[i - 1].first == all[i].first && same_pseudonym(w, &all[i - 1], &all[i]);
            w->second[heap] = all[i];
        }
    }
    sunlot_release(all);
    sunlot_release(rows);
    return all != NULL ? SUNLOT_OK : SUNLOT_ERR_MEMORY;
}

static void report_twice(sunlot_reader *rd, int who, const person *p)
{
    const sunlot_school *s = &rd->r->school[p->school];
    const uint64_t line = s->first_line + sunlot_school_head(s) + p->row + (who == SUNLOT_STUDENTS ? s->teachers : 0);
    char found[33];
    sunlot_pseudonym_write(found, who == SUNLOT_STUDENTS ? 's' : 't', pseudonym_at(s, who, p->row));
    sunlot_reader_roster(rd, line, "a pseudonym of two schools", (sunlot_text){found, sizeof found});
}

static sunlot_err find_twice(sunlot_reader *rd, int who, const sunlot_crew *crew)
{
    person second[32];
    bool twice[32] = {false};
    distinct_work w = {rd->r, who, 0, second, twice};
    while (w.bits < 5 && (who == SUNLOT_STUDENTS ? rd->students : rd->teachers) >> w.bits > 4096) w.bits++;
    const sunlot_err err = sunlot_crew_run(crew, UINT32_C(1) << w.bits, sort_heap, &w);
    for (uint32_t heap = 0; err == SUNLOT_OK && heap >> w.bits == 0; heap++) {
        if (!twice[heap]) continue;
        report_twice(rd, who, &second[heap]);
        break;
    }
    return err;
}

bool sunlot_roster_distinct(sunlot_reader *rd, const sunlot_crew *crew)
{
    if (!sunlot_reader_storing(rd) || rd->r->schools < 2) return true;
    sunlot_err err = rd->log->edition == SUNLOT_EDITION_FULL ? find_twice(rd, SUNLOT_STUDENTS, crew) : SUNLOT_OK;
    if (err == SUNLOT_OK) err = find_twice(rd, SUNLOT_TEACHERS, crew);
    if (err != SUNLOT_OK) rd->err = err;
    return err == SUNLOT_OK;
}
