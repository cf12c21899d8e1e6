#include "draw/supplements.h"

#include "base/alloc.h"
#include "draw/late.h"
#include "log/fault.h"
#include "random/stages.h"

/* The history lived through once more: a copy that begins with the results, into which entries and supplements come one after the other. */
typedef struct {
    const sunlot_log *log;
    sunlot_arena arena;
    sunlot_history *h;
    uint32_t entries; /* that have had their effect */
    sunlot_newcomer *newcomer;
    uint32_t size[SUNLOT_MAX_SCHOOL_CLASSES];
} life;

static bool begin(life *l, const sunlot_log *log)
{
    *l = (life){.log = log};
    l->h = sunlot_history_copy(&l->arena, log, log->history);
    l->newcomer = sunlot_arena_alloc(&l->arena, log->history->lates, sizeof *l->newcomer);
    if (l->h == NULL || l->newcomer == NULL) return false;
    sunlot_history_rewind(l->h, log);
    return true;
}

static void live(life *l, uint32_t entries)
{
    for (; l->entries < entries; l->entries++) sunlot_history_apply(l->h, l->log, l->entries);
}

/* Draw the late students from … to - 1, all of one school. */
static sunlot_err draw_school(life *l, const sunlot_supplement *s, const uint8_t seed32[32], uint32_t from, uint32_t to, uint32_t *stuck)
{
    const uint32_t number = l->h->late[from].school;
    const sunlot_school *school = &l->log->roster->school[number];
    const sunlot_digest key = sunlot_late_key(seed32, school->name, s->act);
    for (uint32_t i = from; i < to; i++) {
        l->newcomer[i] = (sunlot_newcomer){.seats = l->h->late[i].seats};
        for (int j = 0; j < 16; j++) l->newcomer[i].pseudonym[j] = l->h->late[i].pseudonym[j];
    }
    sunlot_history_sizes(l->size, l->h, l->log, number);
    const sunlot_err err = sunlot_late_draw(l->newcomer + from, stuck, to - from, l->size, school->class_, school->classes, &key);
    if (err == SUNLOT_ERR_NOT_PLACED) *stuck += from;
    for (uint32_t i = from; i < to && err == SUNLOT_OK; i++) sunlot_history_seat(l->h, i, l->newcomer[i].class_);
    return err;
}

/* Draw a supplement.  Out: *stuck, who finds no seat, if SUNLOT_ERR_NOT_PLACED. */
static sunlot_err draw(life *l, const sunlot_supplement *s, uint32_t *stuck)
{
    uint8_t seed[32];
    const uint32_t end = s->from + s->lates;
    sunlot_err err = SUNLOT_OK;
    sunlot_entropy_seed(seed, l->log->roster, &s->base, &s->entropy);
    live(l, s->entries);
    for (uint32_t from = s->from, to = from; from < end && err == SUNLOT_OK; from = to) {
        while (to < end && l->h->late[to].school == l->h->late[from].school) to++;
        err = draw_school(l, s, seed, from, to, stuck);
    }
    return err;
}

/* `late-seat,PSEUDONYM,CLASS,MODE` */
static bool write_seat(sunlot_buffer *lines, const life *l, uint32_t late)
{
    const sunlot_school *school = &l->log->roster->school[l->h->late[late].school];
    char name[33];
    sunlot_pseudonym_write(name, 's', l->h->late[late].pseudonym);
    const sunlot_text field[] = {
        SUNLOT_TEXT("late-seat"), {name, sizeof name}, school->class_[l->newcomer[late].class_].name, sunlot_mode_word(l->log->roster->mode)};
    return sunlot_record_write(lines, field, sizeof field / sizeof *field);
}

sunlot_err sunlot_supplement_replay(sunlot_buffer *lines, const sunlot_log *log)
{
    SUNLOT_REQUIRE(log->late_stage == SUNLOT_LATE_THROWN);
    const size_t before = lines->n;
    const sunlot_supplement *s = &log->history->supplement[log->history->supplements - 1];
    life l;
    uint32_t stuck;
    sunlot_err err = begin(&l, log) ? SUNLOT_OK : SUNLOT_ERR_MEMORY;
    for (uint32_t i = 0; i < log->history->supplements && err == SUNLOT_OK; i++) err = draw(&l, &log->history->supplement[i], &stuck);
    for (uint32_t i = 0; i < s->lates && err == SUNLOT_OK; i++)
        if (!write_seat(lines, &l, s->from + i)) err = SUNLOT_ERR_MEMORY;
    if (err != SUNLOT_OK) lines->n = before;
    sunlot_arena_free(&l.arena);
    return err;
}

/* The first line of a supplement that is not as it should be. */
static sunlot_err compare(sunlot_fault *mismatch, const life *l, const sunlot_supplement *s)
{
    static const char what[] = "not the class that follows from the draw";
    sunlot_err err = SUNLOT_OK;
    for (uint32_t i = 0; i < s->lates && err == SUNLOT_OK && mismatch->answer == SUNLOT_VALID; i++) {
        const sunlot_text found = i < s->seats ? l->h->late[s->from + i].seat_record : SUNLOT_TEXT("");
        sunlot_buffer line = {0};
        if (!write_seat(&line, l, s->from + i)) {
            err = SUNLOT_ERR_MEMORY;
        } else {
            const sunlot_text expected = {line.p, line.n - 1};
            if (!sunlot_text_equal(found, expected)) sunlot_fault_differ(mismatch, SUNLOT_FAULT_MISMATCH, s->seats_line + i, what, found, expected);
        }
        sunlot_buffer_free(&line);
    }
    if (err == SUNLOT_OK && mismatch->answer == SUNLOT_VALID && s->seats > s->lates)
        sunlot_fault_set(mismatch, SUNLOT_FAULT_MISMATCH, s->seats_line + s->lates, what, SUNLOT_TEXT(""));
    return err;
}

sunlot_err sunlot_supplements_check(sunlot_fault *roster, sunlot_fault *mismatch, const sunlot_log *log)
{
    const sunlot_history *h = log->history;
    *roster = *mismatch = (sunlot_fault){.answer = SUNLOT_VALID, .what = ""};
    if (h == NULL || h->supplements == 0 || log->edition == SUNLOT_EDITION_PUBLIC) return SUNLOT_OK;
    life l;
    sunlot_err err = begin(&l, log) ? SUNLOT_OK : SUNLOT_ERR_MEMORY;
    for (uint32_t i = 0; i < h->supplements && err == SUNLOT_OK && mismatch->answer == SUNLOT_VALID && roster->answer == SUNLOT_VALID; i++) {
        const sunlot_supplement *s = &h->supplement[i];
        uint32_t stuck;
        if (s->entropy.line == 0 || (i + 1 == h->supplements && log->late_stage == SUNLOT_LATE_ANNOUNCED)) break;
        err = draw(&l, s, &stuck);
        if (err == SUNLOT_ERR_NOT_PLACED) {
            sunlot_fault_set(roster, SUNLOT_FAULT_ROSTER, h->late[stuck].line, "a late student for whom no class has a seat", h->late[stuck].record);
            err = SUNLOT_OK;
        } else if (err == SUNLOT_OK && s->seats > 0) {
            err = compare(mismatch, &l, s);
        }
    }
    sunlot_arena_free(&l.arena);
    return err;
}
