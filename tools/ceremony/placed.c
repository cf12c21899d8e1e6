#include "ceremony/placed.h"

#include <stdlib.h>
#include <string.h>

#include "ceremony/ceremony_people.h"
#include "common/characters.h"
#include "common/files.h"
#include "common/options.h"

typedef struct {
    placed_list *list;
    const people_list *people;
} reader;

static void take_seat(void *user, const sunlot_seat *seat)
{
    const reader *r = user;
    placed_list *list = r->list;
    if (seat->class_name.n == 0) return; /* struck, or late and not yet drawn */
    const person *who = r->people == NULL ? NULL : people_find(r->people, seat->pseudonym);
    if (r->people != NULL && who == NULL) list->stranger = seat->pseudonym;
    list->row = need_more(list->row, &list->room, list->rows, sizeof *list->row);
    list->row[list->rows++] = (placed){.seat = *seat, .who = who};
}

static void take_section(void *user, const sunlot_section *section)
{
    const reader *r = user;
    placed_list *list = r->list;
    const person *who = r->people == NULL ? NULL : people_find(r->people, section->teacher);
    if (r->people != NULL && who == NULL) list->stranger = section->teacher;
    list->teacher = need_more(list->teacher, &list->teacher_room, list->teachers, sizeof *list->teacher);
    list->teacher[list->teachers++] = (placed_teacher){*section, who};
}

int placed_class_order(sunlot_text a, sunlot_text b)
{
    if (a.n != b.n) return a.n < b.n ? -1 : 1;
    return text_order(a, b);
}

static int by_name(const void *a, const void *b)
{
    const placed *x = a, *y = b;
    if (x->seat.school != y->seat.school) return x->seat.school < y->seat.school ? -1 : 1;
    const int order = placed_class_order(x->seat.class_name, y->seat.class_name);
    return order != 0 ? order : people_order(x->who, y->who);
}

void placed_read(placed_list *out, const sunlot_log *log, const people_list *people)
{
    memset(out, 0, sizeof *out);
    reader r = {out, people};
    sunlot_log_seats(log, take_seat, &r);
    sunlot_log_sections(log, take_section, &r);
    if (people == NULL || out->stranger.n > 0) return;
    if (out->rows > 0) qsort(out->row, out->rows, sizeof *out->row, by_name);
}

void placed_free(placed_list *p)
{
    free(p->row);
    free(p->teacher);
    memset(p, 0, sizeof *p);
}

int placed_open(placed_list *out, people_list *people, const ceremony *c, const sunlot_log *log)
{
    int status = ceremony_people(people, c);
    if (status != STATUS_RUN) return status;
    placed_read(out, log, people);
    if (out->stranger.n == 0) return STATUS_RUN;
    status = ceremony_stranger(c, out->stranger);
    placed_free(out);
    people_free(people);
    return status;
}

size_t placed_class_end(const placed_list *p, size_t from)
{
    size_t end = from + 1;
    while (end < p->rows && p->row[end].seat.school == p->row[from].seat.school && text_same(p->row[end].seat.class_name, p->row[from].seat.class_name)) end++;
    return end;
}
