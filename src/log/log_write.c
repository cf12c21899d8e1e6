#include <string.h>

#include "base/alloc.h"
#include "base/crew.h"
#include "log/log.h"
#include "roster/hands.h"

/* ---- a line being put together ---------------------------------------------------------------------------------------------------------------- */

/* Fields, and room for the text of those that are not texts already.  The longest are the values of a student (32 numbers of at most 11
 * bytes) and the teams of a teacher (128 labels of at most 5 with their semicolons). */
#define ROW_ROOM 2048u

typedef struct {
    sunlot_text field[SUNLOT_RECORD_FIELDS];
    uint32_t fields;
    char room[ROW_ROOM];
    size_t used;
} row;

static void row_start(row *w, const char *type)
{
    w->fields = 0;
    w->used = 0;
    w->field[w->fields++] = sunlot_text_of(type);
}

static void row_text(row *w, sunlot_text text)
{
    SUNLOT_REQUIRE(w->fields < SUNLOT_RECORD_FIELDS);
    w->field[w->fields++] = text;
}

/* n bytes of room, which become the next field, or its next part. */
static char *row_take(row *w, size_t n)
{
    SUNLOT_REQUIRE(n <= ROW_ROOM - w->used);
    char *p = w->room + w->used;
    w->used += n;
    return p;
}

static void row_number(row *w, uint64_t number)
{
    char digits[SUNLOT_NUMBER_BYTES];
    const size_t n = sunlot_number_write(digits, number);
    char *p = row_take(w, n);
    memcpy(p, digits, n);
    row_text(w, (sunlot_text){p, n});
}

static void row_hex(row *w, char letter, const uint8_t *bytes, size_t n)
{
    char *p = row_take(w, 1 + 2 * n);
    p[0] = letter;
    sunlot_hex_write(p + 1, bytes, n);
    row_text(w, (sunlot_text){p, 1 + 2 * n});
}

/* Tokens joined by semicolons: letter and index + 1. */
static void row_tokens(row *w, char letter, const uint16_t *index, uint32_t count)
{
    char *start = w->room + w->used;
    size_t length = 0;
    for (uint32_t i = 0; i < count; i++) {
        char digits[SUNLOT_NUMBER_BYTES];
        const size_t n = sunlot_number_write(digits, (uint64_t)index[i] + 1), mark = i > 0;
        char *p = row_take(w, mark + 1 + n);
        if (mark > 0) *p++ = ';';
        *p = letter;
        memcpy(p + 1, digits, n);
        length += mark + 1 + n;
    }
    row_text(w, (sunlot_text){start, length});
}

static bool row_write(sunlot_buffer *out, const row *w) { return sunlot_record_write(out, w->field, w->fields); }

/* ---- the opening ------------------------------------------------------------------------------------------------------------------------------ */

static bool write_fact(sunlot_buffer *out, row *w, const char *key, sunlot_text value)
{
    if (value.n == 0) return true;
    row_start(w, "fact");
    row_text(w, sunlot_text_of(key));
    row_text(w, value);
    return row_write(out, w);
}

static bool write_fact_number(sunlot_buffer *out, row *w, const char *key, uint32_t value)
{
    row_start(w, "fact");
    row_text(w, sunlot_text_of(key));
    row_number(w, value);
    return row_write(out, w);
}

static bool write_facts(sunlot_buffer *out, row *w, const sunlot_facts *f)
{
    return write_fact(out, w, "address", f->address) && write_fact(out, w, "authority", f->authority) && write_fact(out, w, "date", f->date) &&
           write_fact(out, w, "ground", f->ground) && write_fact(out, w, "late", f->late) && write_fact(out, w, "minisign", f->minisign) &&
           write_fact_number(out, w, "mix", f->mix) && write_fact(out, w, "page", f->page) && write_fact(out, w, "retention", f->retention) &&
           write_fact(out, w, "rounds", f->two_rounds ? SUNLOT_TEXT("2") : SUNLOT_TEXT("")) && write_fact(out, w, "rows", f->rows) &&
           write_fact(out, w, "scores", f->scores_forbidden ? SUNLOT_TEXT("forbidden") : SUNLOT_TEXT("")) && write_fact_number(out, w, "tries", f->tries);
}

static bool write_party(sunlot_buffer *out, const sunlot_party_rule *party)
{
    const sunlot_text field[] = {SUNLOT_TEXT("party"),
                                 party->id,
                                 party->role,
                                 party->vkey,
                                 party->own ? SUNLOT_TEXT("own") : SUNLOT_TEXT("host"),
                                 party->sealed ? SUNLOT_TEXT("sealed") : SUNLOT_TEXT("-")};
    return sunlot_record_write(out, field, sizeof field / sizeof *field);
}

static bool write_group(sunlot_buffer *out, row *w, const sunlot_group_rule *group)
{
    row_start(w, "group");
    row_text(w, group->name);
    row_number(w, group->k);
    row_text(w, group->members);
    return row_write(out, w);
}

static bool write_quorum(sunlot_buffer *out, sunlot_quorum quorum, sunlot_text who)
{
    const sunlot_text field[] = {SUNLOT_TEXT("quorum"), sunlot_quorum_word(quorum), who};
    return sunlot_record_write(out, field, sizeof field / sizeof *field);
}

static bool write_source(sunlot_buffer *out, row *w, uint32_t number, const sunlot_source_rule *source)
{
    row_start(w, "source");
    row_number(w, number);
    row_text(w, sunlot_text_of(sunlot_source_kind_name(source->kind)));
    row_number(w, source->length);
    row_text(w, source->holder);
    row_text(w, source->crooked);
    row_text(w, source->substitute);
    return row_write(out, w);
}

static bool write_rule(sunlot_buffer *out, row *w, const sunlot_rule *rule)
{
    row_start(w, "rule");
    row_text(w, rule->who == SUNLOT_STUDENTS ? SUNLOT_TEXT("students") : SUNLOT_TEXT("teachers"));
    row_text(w, sunlot_rule_word(rule->kind));
    row_text(w, rule->column);
    row_text(w, rule->value);
    row_text(w, rule->school);
    return row_write(out, w);
}

static bool write_opening(sunlot_buffer *out, row *w, const sunlot_roster *r)
{
    row_start(w, "sunlot");
    row_text(w, SUNLOT_TEXT("v1"));
    row_text(w, SUNLOT_TEXT(SUNLOT_LOG_ALGORITHMS));
    row_text(w, sunlot_mode_word(r->mode));
    row_text(w, r->district);
    row_text(w, r->year);
    row_text(w, r->grade);
    row_text(w, r->stage);
    row_text(w, r->attempt);
    if (!row_write(out, w) || !write_facts(out, w, &r->facts)) return false;

    for (uint32_t i = 0; i < r->parties; i++)
        if (!write_party(out, &r->party[i])) return false;
    for (uint32_t i = 0; i < r->groups; i++)
        if (!write_group(out, w, &r->group[i])) return false;
    for (int i = 0; i < SUNLOT_QUORUMS; i++)
        if (!write_quorum(out, (sunlot_quorum)i, r->quorum[i])) return false;
    for (uint32_t i = 0; i < r->sources; i++)
        if (!write_source(out, w, i + 1, &r->source[i])) return false;
    for (uint32_t i = 0; i < r->rules; i++)
        if (!write_rule(out, w, &r->rule[i])) return false;
    return true;
}

/* ---- a school ----------------------------------------------------------------------------------------------------------------------------------- */

static void row_values(row *w, const sunlot_school *s, int who, uint32_t at)
{
    for (uint32_t c = 0; c < s->columns[who]; c++) {
        SUNLOT_REQUIRE(ROW_ROOM - w->used >= SUNLOT_VALUE_BYTES);
        const sunlot_text value = sunlot_school_value(s, who, at, c, w->room + w->used);
        if (value.p == w->room + w->used) w->used += value.n;
        row_text(w, value);
    }
}

static bool write_hand(sunlot_buffer *out, row *w, const sunlot_school *s, sunlot_hand what)
{
    char slots[4 * SUNLOT_MAX_SCHOOL_CLASSES];
    size_t n = 0;
    for (uint32_t i = 0; i < s->classes; i++) {
        if (i > 0) slots[n++] = ' ';
        n += sunlot_number_write(slots + n, s->hand[what][i] + 1u);
    }
    row_start(w, "hand");
    row_text(w, sunlot_hand_word(what));
    row_text(w, (sunlot_text){slots, n});
    return row_write(out, w);
}

static bool write_lock(sunlot_buffer *out, row *w, const sunlot_school *s, const sunlot_lock *lock)
{
    row_start(w, "lock");
    row_hex(w, 's', s->student[lock->student].pseudonym, 16);
    row_text(w, s->class_[lock->class_index].name);
    row_text(w, lock->reason);
    row_text(w, lock->authority);
    return row_write(out, w);
}

static bool write_teacher(sunlot_buffer *out, row *w, const sunlot_school *s, uint32_t at)
{
    const sunlot_teacher *teacher = &s->teacher[at];
    row_start(w, "teacher");
    row_hex(w, 't', teacher->pseudonym, 16);
    row_hex(w, 'h', teacher->commitment.b, 32);
    row_text(w, teacher->subject);
    row_number(w, teacher->classes);
    row_text(w, teacher->homeroom ? SUNLOT_TEXT("yes") : SUNLOT_TEXT("-"));
    row_tokens(w, 'T', teacher->team, teacher->team == NULL ? 0 : teacher->classes);
    row_values(w, s, SUNLOT_TEACHERS, at);
    return row_write(out, w);
}

static bool write_student(sunlot_buffer *out, row *w, const sunlot_school *s, uint32_t at)
{
    const sunlot_student *student = &s->student[at];
    const uint16_t together = (uint16_t)(student->together - 1);
    row_start(w, "student");
    row_hex(w, 's', student->pseudonym, 16);
    row_hex(w, 'h', student->commitment.b, 32);
    row_tokens(w, 'b', &together, student->together == 0 ? 0 : 1);
    row_tokens(w, 'a', s->student_limit + student->limits_from, student->limits);
    if (student->recused == SUNLOT_NONE16)
        row_text(w, SUNLOT_TEXT(""));
    else
        row_hex(w, 't', s->teacher[student->recused].pseudonym, 16);
    row_number(w, student->seats);
    row_values(w, s, SUNLOT_STUDENTS, at);
    return row_write(out, w);
}

static bool write_school(sunlot_buffer *out, row *w, uint32_t number, const sunlot_school *s)
{
    row_start(w, "school");
    row_number(w, number);
    row_text(w, s->name);
    row_number(w, s->classes);
    row_number(w, s->students);
    row_number(w, s->teachers);
    if (!row_write(out, w)) return false;
    for (uint32_t i = 0; i < s->classes; i++) {
        row_start(w, "class");
        row_text(w, s->class_[i].name);
        if (s->class_[i].seats == 0)
            row_text(w, SUNLOT_TEXT(""));
        else
            row_number(w, s->class_[i].seats);
        if (!row_write(out, w)) return false;
    }
    for (int i = 0; i < SUNLOT_HANDS; i++)
        if (s->hand[i] != NULL && !write_hand(out, w, s, (sunlot_hand)i)) return false;
    for (uint32_t i = 0; i < s->locks; i++)
        if (!write_lock(out, w, s, &s->lock[i])) return false;
    for (uint16_t i = 0; i < s->limits; i++) {
        row_start(w, "limit");
        row_tokens(w, 'a', &i, 1);
        row_number(w, s->limit_max[i]);
        if (!row_write(out, w)) return false;
    }
    for (uint32_t i = 0; i < s->teachers; i++)
        if (!write_teacher(out, w, s, i)) return false;
    for (uint32_t i = 0; i < s->students; i++)
        if (!write_student(out, w, s, i)) return false;
    return true;
}

/* Schools of one piece of the work, and what is written of them. */
typedef struct {
    uint32_t from, to;
    sunlot_buffer lines;
} school_run;

typedef struct {
    const sunlot_roster *r;
    school_run *run;
} school_writer;

static sunlot_err write_run(void *work, uint32_t piece)
{
    const school_writer *w = work;
    school_run *run = &w->run[piece];
    row fields;
    for (uint32_t i = run->from; i < run->to; i++)
        if (!write_school(&run->lines, &fields, i + 1, &w->r->school[i])) return SUNLOT_ERR_MEMORY;
    return SUNLOT_OK;
}

/* Runs are written some at a time, so that what is not yet joined stays small. */
#define RUN_STUDENTS 2000u
#define RUNS         32u

static sunlot_err write_schools(sunlot_buffer *out, const sunlot_roster *r, const sunlot_crew *crew)
{
    school_run run[RUNS];
    school_writer w = {r, run};
    sunlot_err err = SUNLOT_OK;
    for (uint32_t school = 0; school < r->schools && err == SUNLOT_OK;) {
        uint32_t runs = 0;
        for (; runs < RUNS && school < r->schools; runs++) {
            run[runs] = (school_run){.from = school};
            for (uint32_t students = 0; school < r->schools && students < RUN_STUDENTS; school++) students += r->school[school].students;
            run[runs].to = school;
        }
        err = sunlot_crew_run(crew, runs, write_run, &w);
        for (uint32_t i = 0; i < runs; i++) {
            if (err == SUNLOT_OK && !sunlot_buffer_text(out, sunlot_buffer_view(&run[i].lines))) err = SUNLOT_ERR_MEMORY;
            sunlot_buffer_free(&run[i].lines);
        }
    }
    return err;
}

sunlot_err sunlot_log_write_roster(sunlot_buffer *out, const sunlot_roster *r, const sunlot_crew *crew)
{
    const size_t before = out->n;
    row w;
    const sunlot_err err = write_opening(out, &w, r) ? write_schools(out, r, crew) : SUNLOT_ERR_MEMORY;
    if (err != SUNLOT_OK) out->n = before;
    return err;
}

/* ---- checkpoints ----------------------------------------------------------------------------------------------------------------------------------- */

static bool write_signature(sunlot_buffer *out, const sunlot_tree *tree, const sunlot_digest *root, sunlot_text id, const sunlot_signer *signer)
{
    sunlot_buffer note = {0}, sig = {0};
    bool complete = sunlot_note_write(&note, id, tree->size, root) && sunlot_note_sign(&sig, signer, id, sunlot_buffer_view(&note));
    if (complete) {
        const sunlot_text field[] = {SUNLOT_TEXT("signature"), id, sunlot_buffer_view(&sig)};
        complete = sunlot_record_write(out, field, 3);
    }
    sunlot_buffer_free(&note);
    sunlot_buffer_free(&sig);
    return complete;
}

sunlot_err sunlot_log_write_checkpoint(sunlot_buffer *out, sunlot_text phase, const sunlot_tree *tree, sunlot_text id, const sunlot_signer *signer)
{
    const size_t before = out->n;
    const sunlot_digest root = sunlot_tree_root(tree);
    row w;
    row_start(&w, "checkpoint");
    row_text(&w, phase);
    row_number(&w, tree->size);
    row_hex(&w, 'h', root.b, sizeof root.b);
    if (row_write(out, &w) && write_signature(out, tree, &root, id, signer)) return SUNLOT_OK;
    out->n = before;
    return SUNLOT_ERR_MEMORY;
}
