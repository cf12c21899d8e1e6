#include "ceremony/class_lists.h"

#include <stdlib.h>
#include <string.h>

#include "common/characters.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/people.h"
#include "common/screen.h"

typedef struct {
    uint32_t school;
    sunlot_text school_name, class_name, name, pseudonym;
} listed;

typedef struct {
    const people_list *people;
    listed *row;
    size_t rows, room;
} listing;

static void take_seat(void *user, const sunlot_seat *seat)
{
    listing *l = user;
    const person *who = people_find(l->people, seat->pseudonym);
    if (seat->class_name.n == 0) return; /* nobody's class */
    if (l->rows == l->room) {
        l->room = 2 * l->room + 512;
        listed *bigger = need(l->room, sizeof *bigger);
        if (l->rows > 0) memcpy(bigger, l->row, l->rows * sizeof *bigger);
        free(l->row);
        l->row = bigger;
    }
    l->row[l->rows++] = (listed){seat->school, seat->school_name, seat->class_name, who != NULL ? who->name : seat->pseudonym, seat->pseudonym};
}

/* School, class (2 before 10), name; equal names by pseudonym, which nobody sees here. */
static int by_class(const void *a, const void *b)
{
    const listed *x = a, *y = b;
    if (x->school != y->school) return x->school < y->school ? -1 : 1;
    if (x->class_name.n != y->class_name.n) return x->class_name.n < y->class_name.n ? -1 : 1;
    int order = text_order(x->class_name, y->class_name);
    if (order == 0) order = text_order(x->name, y->name);
    return order != 0 ? order : text_order(x->pseudonym, y->pseudonym);
}

static bool same_class(const listed *a, const listed *b) { return a->school == b->school && text_same(a->class_name, b->class_name); }

/* Columns that a name takes: two for what East Asian scripts write wide. */
static unsigned columns_of(sunlot_text text)
{
    unsigned columns = 0;
    for (size_t at = 0; at < text.n;) {
        uint32_t scalar;
        const size_t n = character_at(&scalar, text, at);
        columns += n > 0 && scalar >= 0x1100 ? 2 : 1;
        at += n > 0 ? n : 1;
    }
    return columns;
}

#define NAME_COLUMNS 18u
#define NAMES_A_LINE 4u

static screen_answer show_class(const listed *row, size_t rows)
{
    char heading[2 * SHOW_BYTES + 64];
    (void)snprintf(heading, sizeof heading, _("%s · class %s · students %u"), SHOW(row->school_name), SHOW(row->class_name), (unsigned)rows);
    screen_begin(heading);
    for (size_t i = 0; i < rows; i++) {
        const unsigned used = columns_of(row[i].name);
        const bool last = i + 1 == rows || (i + 1) % NAMES_A_LINE == 0;
        (void)printf("%s%s%*s", i % NAMES_A_LINE == 0 ? "    " : "", SHOW(row[i].name), last || used >= NAME_COLUMNS ? 1 : (int)(NAME_COLUMNS - used), "");
        if (last) (void)fputc('\n', stdout);
    }
    (void)fputc('\n', stdout);
    return screen_wait();
}

int class_lists_show(const ceremony *c, const sunlot_log *log)
{
    file_bytes bytes;
    people_list people;
    const file_result result = file_read(&bytes, c->people, SUNLOT_MAX_INPUT_BYTES);
    if (result == FILE_MISSING) complain(_("%s is missing; “sunlot announce %s” writes it again"), c->people, c->folder);
    if (result != FILE_READ) return STATUS_CANNOT;
    const size_t wrong = people_read(&people, file_view(&bytes));
    file_free(&bytes);
    if (wrong != 0) {
        complain(_("%s, line %llu is damaged; “sunlot announce %s” writes it again"), c->people, (unsigned long long)wrong, c->folder);
        return STATUS_CANNOT;
    }
    listing l = {.people = &people};
    sunlot_log_seats(log, take_seat, &l);
    if (l.rows > 0) qsort(l.row, l.rows, sizeof *l.row, by_class);
    for (size_t at = 0, end; at < l.rows; at = end) {
        for (end = at + 1; end < l.rows && same_class(&l.row[at], &l.row[end]);) end++;
        if (show_class(&l.row[at], end - at) == SCREEN_STOP) break;
    }
    free(l.row);
    people_free(&people);
    return STATUS_OK;
}
