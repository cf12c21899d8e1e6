/* Receipts, made for all students of a log (SPEC 14.2).
 *
 * One walk over the lines notes where each student's lines stand and hashes all of them once; the nodes of each tree that receipts
 * stand under are kept.  So a receipt is put together from pieces, and many cost little more than one.
 *
 *     school,1,East,…                 the student s7…: line 31 under seed-base, line 75 under the last checkpoint,
 *     student,s7…,h…       31         and the acts that name s7… or, as `by-hand`, its school
 *     checkpoint,seed-base,…
 *     seat,s7…,4,G2,1,live 75                                                                                                          */
#include <string.h>

#include "base/alloc.h"
#include "log/log.h"
#include "log/opening.h"
#include "log/proof.h"
#include "log/tree_levels.h"

/* Where a line stands. */
typedef struct {
    uint64_t index; /* from 0 */
    size_t at;      /* byte */
} place;

typedef struct {
    uint8_t pseudonym[16];
    uint32_t school;  /* from 1 */
    uint32_t tree;    /* which one its line stands under */
    place line, seat; /* seat.at 0: not placed */
} student;

typedef struct {
    uint8_t pseudonym[16];
    place line;
} seat;

/* Whom an act concerns: a person, or of a `by-hand` a school. */
typedef struct {
    uint8_t pseudonym[16]; /* zeros of a school */
    uint32_t school;       /* from 1; 0 of a person */
    place line;
} act;

/* A tree that receipts stand under, and its signed note. */
typedef struct {
    sunlot_levels levels;
    sunlot_buffer note;
} tree;

struct sunlot_receipts {
    const sunlot_log *log;
    uint64_t lines;
    sunlot_digest *leaf; /* [lines] */
    uint32_t students, seats, acts, trees;
    student *student;
    seat *seat;
    act *act;
    tree *tree; /* the last one is that of the last checkpoint */
};

/* ---- lines --------------------------------------------------------------------------------------------------------------------- */

typedef enum { OTHER, SCHOOL, STUDENT, LATE, SEAT, LATE_SEAT, STRUCK, MOVED, BY_HAND, CHECKPOINT } line_type;

static line_type type_of(sunlot_text line)
{
    static const struct {
        const char *prefix;
        line_type type;
    } known[] = {{"school,", SCHOOL}, {"student,", STUDENT},     {"late,", LATE},
                 {"seat,", SEAT},     {"late-seat,", LATE_SEAT}, {"struck,", STRUCK},
                 {"moved,", MOVED},   {"by-hand,", BY_HAND},     {"checkpoint,", CHECKPOINT}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (sunlot_text_starts(line, sunlot_text_of(known[i].prefix))) return known[i].type;
    return OTHER;
}

/* A field before which none is quoted. */
static sunlot_text piece(sunlot_text line, uint32_t field)
{
    sunlot_text rest = line, part = sunlot_text_split(line, ',', &rest);
    for (; field > 0; field--) part = sunlot_text_split(rest, ',', &rest);
    return part;
}

static bool read_pseudonym(uint8_t pseudonym16[16], sunlot_text line, uint32_t field)
{
    const sunlot_text text = piece(line, field);
    return text.n == 33 && text.p[0] == 's' && sunlot_hex_parse(pseudonym16, 16, (sunlot_text){text.p + 1, 32});
}

static uint32_t read_school(sunlot_text line, uint32_t field)
{
    uint64_t number;
    return sunlot_number_parse(&number, piece(line, field), SUNLOT_MAX_SCHOOLS) ? (uint32_t)number : 0;
}

static sunlot_text line_at(const sunlot_receipts *r, place p)
{
    sunlot_text rest = {r->log->bytes.p + p.at, r->log->bytes.n - p.at};
    return sunlot_text_split(rest, '\n', &rest);
}

/* ---- the walk ------------------------------------------------------------------------------------------------------------------- */

/* How many there are of what is to be stored. */
static bool make_room(sunlot_receipts *r)
{
    uint32_t bases = 0;
    for (sunlot_text rest = r->log->bytes; rest.n > 0; r->lines++) {
        const sunlot_text line = sunlot_text_split(rest, '\n', &rest);
        const line_type type = type_of(line);
        r->students += type == STUDENT || type == LATE;
        r->seats += type == SEAT || type == LATE_SEAT;
        r->acts += type == STRUCK || type == MOVED || type == BY_HAND;
        bases += type == CHECKPOINT;
    }
    r->leaf = sunlot_alloc((size_t)r->lines, sizeof *r->leaf);
    r->student = sunlot_alloc(r->students, sizeof *r->student);
    r->seat = sunlot_alloc(r->seats, sizeof *r->seat);
    r->act = sunlot_alloc(r->acts, sizeof *r->act);
    r->tree = sunlot_alloc((size_t)bases + 1, sizeof *r->tree);
    return r->leaf != NULL && r->student != NULL && r->seat != NULL && r->act != NULL && r->tree != NULL;
}

/* The signed note of a checkpoint: with the signatures that the log has, and those of the note files that are of it. */
static sunlot_err sign(sunlot_buffer *out, const sunlot_log *log, uint32_t checkpoint, const sunlot_text *note, uint32_t notes)
{
    sunlot_buffer all = {0};
    uint32_t of = 0;
    sunlot_err err = sunlot_note_file(&all, log, checkpoint);
    for (uint32_t i = 0; i < notes && err == SUNLOT_OK; i++) {
        sunlot_signed_note one;
        sunlot_text rest = note[i];
        err = sunlot_note_find(&of, log, note[i]);
        if (err == SUNLOT_OK && !sunlot_signed_note_take(&one, &rest)) err = SUNLOT_ERR_SIGNATURE;
        if (err == SUNLOT_OK && of == checkpoint && !sunlot_buffer_text(&all, one.signatures)) err = SUNLOT_ERR_MEMORY;
    }
    if (err == SUNLOT_OK) err = sunlot_note_join(out, NULL, log, checkpoint, sunlot_buffer_view(&all));
    sunlot_buffer_free(&all);
    if (err != SUNLOT_OK) return err;
    sunlot_signed_note written;
    sunlot_text whole = sunlot_buffer_view(out);
    return sunlot_signed_note_take(&written, &whole) ? SUNLOT_OK : SUNLOT_ERR_PHASE;
}

/* Make the tree of the first `size` lines, which the log's checkpoint of this number signs. */
static sunlot_err add_tree(sunlot_receipts *r, uint64_t size, uint32_t checkpoint, const sunlot_text *note, uint32_t notes)
{
    tree *t = &r->tree[r->trees++];
    if (!sunlot_levels_make(&t->levels, r->leaf, size)) return SUNLOT_ERR_MEMORY;
    return sign(&t->note, r->log, checkpoint, note, notes);
}

static sunlot_err walk(sunlot_receipts *r, const sunlot_text *note, uint32_t notes)
{
    uint32_t school = 0, checkpoints = 0, students = 0, seats = 0, acts = 0;
    uint64_t index = 0, last = 0;
    sunlot_err err = SUNLOT_OK;
    for (sunlot_text rest = r->log->bytes; rest.n > 0 && err == SUNLOT_OK; index++) {
        const place here = {index, (size_t)(rest.p - r->log->bytes.p)};
        const sunlot_text line = sunlot_text_split(rest, '\n', &rest);
        r->leaf[index] = sunlot_tree_leaf(line);
        switch (type_of(line)) {
        case SCHOOL:
            school++;
            break;
        case STUDENT:
        case LATE: {
            const bool late = type_of(line) == LATE;
            student *s = &r->student[students++];
            *s = (student){.school = late ? read_school(line, 2) : school, .tree = r->trees, .line = here};
            SUNLOT_REQUIRE(read_pseudonym(s->pseudonym, line, late ? 3 : 1)); /* seen when it was read */
            break;
        }
        case SEAT:
        case LATE_SEAT:
            r->seat[seats].line = here;
            seats += read_pseudonym(r->seat[seats].pseudonym, line, 1);
            break;
        case STRUCK:
        case MOVED:
            r->act[acts].line = here;
            acts += read_pseudonym(r->act[acts].pseudonym, line, 2);
            break;
        case BY_HAND:
            r->act[acts++] = (act){.school = read_school(line, 2), .line = here};
            break;
        case CHECKPOINT: {
            const sunlot_text phase = piece(line, 1);
            last = index;
            if (sunlot_text_equal(phase, SUNLOT_TEXT("seed-base")) || sunlot_text_starts(phase, SUNLOT_TEXT("late-base-")))
                err = add_tree(r, index, checkpoints, note, notes);
            checkpoints++;
            break;
        }
        case OTHER:
            break;
        }
    }
    r->seats = seats;
    r->acts = acts;
    return err == SUNLOT_OK ? add_tree(r, last, checkpoints - 1, note, notes) : err;
}

/* ---- who has which seat ------------------------------------------------------------------------------------------------------------ */

static int by_pseudonym(const void *a, const void *b, const void *user)
{
    (void)user;
    return memcmp(((const student *)a)->pseudonym, ((const student *)b)->pseudonym, 16);
}

static student *find(const sunlot_receipts *r, const uint8_t pseudonym16[16])
{
    for (uint32_t from = 0, to = r->students; from < to;) {
        const uint32_t at = from + (to - from) / 2;
        const int order = memcmp(r->student[at].pseudonym, pseudonym16, 16);
        if (order == 0) return &r->student[at];
        if (order < 0)
            from = at + 1;
        else
            to = at;
    }
    return NULL;
}

/* Those of one subject stay in the order of the log. */
static int by_subject(const void *a, const void *b, const void *user)
{
    const act *x = a, *y = b;
    (void)user;
    if (x->school != y->school) return x->school < y->school ? -1 : 1;
    return memcmp(x->pseudonym, y->pseudonym, sizeof x->pseudonym);
}

static bool settle(sunlot_receipts *r)
{
    student *room = sunlot_alloc(r->students, sizeof *room);
    act *acts = sunlot_alloc(r->acts, sizeof *acts);
    const bool good = room != NULL && acts != NULL;
    if (good) {
        sunlot_sort(r->student, r->students, sizeof *r->student, by_pseudonym, NULL, room);
        sunlot_sort(r->act, r->acts, sizeof *r->act, by_subject, NULL, acts);
    }
    sunlot_release(room);
    sunlot_release(acts);
    if (!good) return false;
    for (uint32_t i = 0; i < r->seats; i++) {
        student *s = find(r, r->seat[i].pseudonym);
        if (s != NULL) s->seat = r->seat[i].line;
    }
    return true;
}

sunlot_err sunlot_receipts_new(sunlot_receipts **out, const sunlot_log *log, const sunlot_text *note, uint32_t notes)
{
    SUNLOT_REQUIRE(log->grown == 0);
    if (log->phase < SUNLOT_PHASE_SEED_BASE) return SUNLOT_ERR_PHASE;
    if (log->edition != SUNLOT_EDITION_FULL) return SUNLOT_ERR_EDITION;
    sunlot_receipts *r = sunlot_alloc(1, sizeof *r);
    if (r == NULL) return SUNLOT_ERR_MEMORY;
    r->log = log;
    sunlot_err err = make_room(r) ? walk(r, note, notes) : SUNLOT_ERR_MEMORY;
    if (err == SUNLOT_OK && !settle(r)) err = SUNLOT_ERR_MEMORY;
    if (err == SUNLOT_OK)
        *out = r;
    else
        sunlot_receipts_free(r);
    return err;
}

void sunlot_receipts_free(sunlot_receipts *r)
{
    if (r == NULL) return;
    for (uint32_t i = 0; i < r->trees; i++) {
        sunlot_levels_free(&r->tree[i].levels);
        sunlot_buffer_free(&r->tree[i].note);
    }
    sunlot_release(r->leaf);
    sunlot_release(r->student);
    sunlot_release(r->seat);
    sunlot_release(r->act);
    sunlot_release(r->tree);
    sunlot_release(r);
}

uint32_t sunlot_receipts_count(const sunlot_receipts *r) { return r->students; }

void sunlot_receipts_student(const sunlot_receipts *r, uint32_t i, sunlot_text *pseudonym, uint32_t *school)
{
    SUNLOT_REQUIRE(i < r->students);
    const sunlot_text line = line_at(r, r->student[i].line);
    *pseudonym = piece(line, type_of(line) == LATE ? 3 : 1);
    *school = r->student[i].school;
}

/* ---- a receipt -------------------------------------------------------------------------------------------------------------------- */

static sunlot_err write_proof(sunlot_buffer *out, const sunlot_receipts *r, uint32_t number, place p, const sunlot_text *person, size_t fields)
{
    const tree *t = &r->tree[number];
    sunlot_digest path[SUNLOT_PROOF_NODES];
    sunlot_buffer extra = {0};
    bool complete = sunlot_buffer_text(&extra, line_at(r, p)) && sunlot_buffer_byte(&extra, '\n');
    if (fields > 0) complete = complete && sunlot_record_write(&extra, person, fields);
    const uint32_t length = sunlot_levels_prove(path, &t->levels, p.index);
    complete = complete && sunlot_tlog_proof_write(out, sunlot_buffer_view(&extra), p.index, path, length, sunlot_buffer_view(&t->note));
    sunlot_buffer_free(&extra);
    return complete ? SUNLOT_OK : SUNLOT_ERR_MEMORY;
}

/* The acts of one subject that are still to come: the first of them, from `at` on; NULL: none. */
static const act *act_at(const sunlot_receipts *r, uint32_t at, const act *subject)
{
    return at < r->acts && by_subject(&r->act[at], subject, NULL) == 0 ? &r->act[at] : NULL;
}

static uint32_t first_act(const sunlot_receipts *r, const act *subject)
{
    uint32_t from = 0, to = r->acts;
    while (from < to) {
        const uint32_t at = from + (to - from) / 2;
        if (by_subject(&r->act[at], subject, NULL) < 0)
            from = at + 1;
        else
            to = at;
    }
    return from;
}

/* What concerns the student and what concerns its school, in the order of the log. */
static sunlot_err write_acts(sunlot_buffer *out, const sunlot_receipts *r, const student *s)
{
    act person = {.school = 0}, school = {.school = s->school};
    memcpy(person.pseudonym, s->pseudonym, sizeof person.pseudonym);
    uint32_t own = first_act(r, &person), theirs = first_act(r, &school);
    sunlot_err err = SUNLOT_OK;
    while (err == SUNLOT_OK) {
        const act *a = act_at(r, own, &person), *b = act_at(r, theirs, &school);
        if (a == NULL && b == NULL) break;
        const bool is_own = b == NULL || (a != NULL && a->line.index < b->line.index);
        const act *next = is_own ? a : b;
        *(is_own ? &own : &theirs) += 1;
        if (next->line.index > s->seat.index) err = write_proof(out, r, r->trees - 1, next->line, NULL, 0);
    }
    return err;
}

static sunlot_err write_all(sunlot_buffer *out, const sunlot_receipts *r, const student *s, const sunlot_text *person, size_t fields)
{
    sunlot_err err = write_proof(out, r, s->tree, s->line, person, fields);
    if (err != SUNLOT_OK || s->seat.at == 0) return err;
    err = write_proof(out, r, r->trees - 1, s->seat, NULL, 0);
    return err == SUNLOT_OK ? write_acts(out, r, s) : err;
}

/* Receipts that could not be opened are not written. */
static bool opens(sunlot_text line, sunlot_text salt, const sunlot_person *person)
{
    sunlot_record record;
    sunlot_opening opening;
    return sunlot_record_parse(&record, line) == NULL && sunlot_opening_read(&opening, &record) && sunlot_opening_check(&opening, salt, person);
}

sunlot_err sunlot_receipt_write(sunlot_buffer *out, const sunlot_receipts *r, uint32_t i, sunlot_text salt, const sunlot_person *person)
{
    SUNLOT_REQUIRE(i < r->students);
    const student *s = &r->student[i];
    if (!opens(line_at(r, s->line), salt, person)) return SUNLOT_ERR_INPUT;
    char pseudonym[33];
    sunlot_pseudonym_write(pseudonym, 's', s->pseudonym);
    const sunlot_text field[] = {SUNLOT_TEXT("person"), {pseudonym, sizeof pseudonym}, salt, person->school, person->id, person->name};
    const size_t before = out->n;
    const sunlot_err err = write_all(out, r, s, field, sizeof field / sizeof *field);
    if (err != SUNLOT_OK) out->n = before;
    return err;
}
