/* What the report says of each school, gathered in one walk through the log. */
#include "pages/report.h"

#include <stdlib.h>
#include <string.h>

#include "ceremony/placed.h"
#include "common/characters.h"
#include "common/files.h"

static void count_class(report_school *s, uint32_t most, sunlot_text name)
{
    uint32_t i = 0;
    while (i < s->classes && !text_same(s->class_[i].name, name)) i++;
    if (i == most) return;
    if (i == s->classes) s->class_[s->classes++] = (report_class){name, 0};
    s->class_[i].students++;
}

static void take_seat(void *user, const sunlot_seat *seat)
{
    report *r = user;
    if (seat->late || seat->school == UINT32_MAX) return; /* not drawn with the others */
    report_school *s = &r->of[seat->school];
    if (s->class_ == NULL) s->class_ = need(SUNLOT_MAX_SCHOOL_CLASSES, sizeof *s->class_);
    s->fixed += seat->lock_reason.n > 0;
    s->struck += seat->struck;
    s->moved += seat->moved;
    count_class(s, SUNLOT_MAX_SCHOOL_CLASSES, seat->drawn.n > 0 ? seat->drawn : seat->class_name);
}

/* The texts of a line live as long as its call: keep them in one piece of memory, which begins with the first. */
static void keep_texts(sunlot_balance *b)
{
    sunlot_text *const text[] = {&b->who, &b->column, &b->value, &b->lo, &b->hi, &b->least, &b->most};
    size_t n = 1;
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) n += text[i]->n;
    char *at = need(n, 1);
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        if (text[i]->n > 0) memcpy(at, text[i]->p, text[i]->n);
        text[i]->p = at;
        at += text[i]->n;
    }
}

static void take_balance(void *user, const sunlot_balance *b)
{
    report *r = user;
    if (r->balances == r->balance_room) {
        const size_t room = 2 * r->balance_room + 64;
        sunlot_balance *more = need(room, sizeof *more);
        if (r->balances > 0) memcpy(more, r->balance, r->balances * sizeof *more);
        free(r->balance);
        r->balance = more;
        r->balance_room = room;
    }
    report_school *s = &r->of[b->school];
    if (s->balance_end == 0) s->balance_from = r->balances;
    r->balance[r->balances] = *b;
    keep_texts(&r->balance[r->balances++]);
    s->balance_end = r->balances;
}

static int by_class(const void *a, const void *b) { return placed_class_order(((const report_class *)a)->name, ((const report_class *)b)->name); }

void report_gather(report *r)
{
    r->schools = sunlot_roster_schools(sunlot_log_roster(r->log));
    r->of = need(r->schools, sizeof *r->of);
    r->odds = need(1, sizeof *r->odds);
    draw_marks_read(&r->marks, r->log);
    sunlot_log_seats(r->log, take_seat, r);
    sunlot_log_balance(r->log, take_balance, r);
    for (uint32_t i = 0; i < r->schools; i++)
        if (r->of[i].classes > 0) qsort(r->of[i].class_, r->of[i].classes, sizeof *r->of[i].class_, by_class);
}

void report_free(report *r)
{
    for (uint32_t i = 0; i < r->schools; i++) free(r->of[i].class_);
    for (size_t i = 0; i < r->balances; i++) free((char *)(uintptr_t)r->balance[i].who.p);
    free(r->of);
    free(r->balance);
    free(r->odds);
}
