#include "pages/slip_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/characters.h"
#include "common/files.h"

typedef struct {
    slip_list *list;
    const people_list *people;
    sunlot_text stranger;
    size_t late; /* slips of late students that their records have been found for */
} reader;

static void take_seat(void *user, const sunlot_seat *seat)
{
    reader *r = user;
    slip_list *l = r->list;
    const person *who = people_find(r->people, seat->pseudonym);
    if (who == NULL) r->stranger = seat->pseudonym;
    l->slip = need_more(l->slip, &l->room, l->count, sizeof *l->slip);
    l->slip[l->count++] = (slip){.school = seat->school,
                                 .school_name = seat->school_name,
                                 .pseudonym = seat->pseudonym,
                                 .who = who,
                                 .base = l->base,
                                 .student = seat->student,
                                 .seats = 1};
    l->early += !seat->late;
}

/* The records of late students stand in the order in which sunlot_log_seats gives them. */
static void take_entry(void *user, const sunlot_entry *entry)
{
    reader *r = user;
    slip_list *l = r->list;
    if (entry->kind != SUNLOT_ENTRY_LATE || l->early + r->late == l->count) return;
    slip *s = &l->slip[l->early + r->late++];
    s->seats = (uint32_t)(entry->more.p[0] - '0'); /* 1 … SUNLOT_MAX_SEATS: one digit */
    for (uint32_t i = 1; i < l->bases; i++)
        if (l->base[i].act == entry->act) s->base = &l->base[i];
}

/* The seed base, and the checkpoint `late-base-k` of each supplement. */
static sunlot_err read_bases(slip_list *l, const sunlot_log *log)
{
    const uint32_t supplements = sunlot_log_supplements(log);
    l->bases = 1 + supplements;
    l->base = need(l->bases, sizeof *l->base);
    sunlot_log_fingerprint(log, l->base[0].root32);
    l->base[0].thrown = sunlot_log_phase(log) > SUNLOT_PHASE_SEED_BASE;
    uint32_t checkpoint = 0;
    for (uint32_t i = 0; i < supplements; i++) {
        slip_base *base = &l->base[1 + i];
        sunlot_supplement_info supplement;
        sunlot_checkpoint_info info;
        char name[sizeof info.name];
        sunlot_log_supplement(log, i, &supplement);
        *base =
            (slip_base){.act = supplement.act, .date = supplement.date, .thrown = i + 1 < supplements || sunlot_log_late_stage(log) != SUNLOT_LATE_ANNOUNCED};
        (void)snprintf(name, sizeof name, "late-base-%u", (unsigned)supplement.act);
        for (bool found = false; !found && checkpoint < sunlot_log_checkpoints(log); checkpoint++) {
            const sunlot_err err = sunlot_log_checkpoint(log, checkpoint, &info);
            if (err != SUNLOT_OK) return err;
            found = strcmp(info.name, name) == 0;
            if (found) memcpy(base->root32, info.root, sizeof base->root32);
        }
    }
    return SUNLOT_OK;
}

static int by_name(const void *a, const void *b)
{
    const slip *x = a, *y = b;
    if (x->school != y->school) return x->school < y->school ? -1 : 1;
    return people_order(x->who, y->who);
}

sunlot_err slip_list_read(slip_list *out, sunlot_text *stranger, const sunlot_log *log, const people_list *people)
{
    memset(out, 0, sizeof *out);
    const sunlot_err err = read_bases(out, log);
    if (err != SUNLOT_OK) {
        slip_list_free(out);
        return err;
    }
    reader r = {.list = out, .people = people};
    sunlot_log_seats(log, take_seat, &r);
    sunlot_log_entries(log, take_entry, &r);
    *stranger = r.stranger;
    if (r.stranger.n > 0) return SUNLOT_OK;
    if (out->early > 0) qsort(out->slip, out->early, sizeof *out->slip, by_name);
    if (out->count > out->early) qsort(out->slip + out->early, out->count - out->early, sizeof *out->slip, by_name);
    return SUNLOT_OK;
}

void slip_list_free(slip_list *l)
{
    for (size_t i = 0; i < l->count; i++) {
        if (l->slip[i].says != NULL) wipe(l->slip[i].says, strlen(l->slip[i].says));
        free(l->slip[i].says);
    }
    free(l->slip);
    free(l->base);
    memset(l, 0, sizeof *l);
}

size_t slip_list_end(const slip_list *l, size_t from)
{
    const size_t all = from < l->early ? l->early : l->count;
    size_t end = from;
    while (end < all && l->slip[end].school == l->slip[from].school) end++;
    return end;
}
