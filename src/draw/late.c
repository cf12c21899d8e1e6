/* Example: classes of 40, 41, 42 students and blank seats, two newcomers X and Y whose tickets say Y before X.  Y: the least size is 40, the candidates are the
 * classes of 40 and 41; below(2) = 0 gives the first: 41, 41, 42.  X: all three are candidates. */
#include "draw/late.h"

#include "random/stages.h"

typedef struct {
    sunlot_digest ticket;
    uint32_t who;
} turn;

static int by_ticket(const void *a, const void *b, const void *user)
{
    (void)user;
    return sunlot_digest_compare(&((const turn *)a)->ticket, &((const turn *)b)->ticket);
}

static bool has_seat(const sunlot_class *class_, uint32_t size, uint32_t seats) { return class_->seats == 0 || size + seats <= class_->seats; }

/* One newcomer.  SUNLOT_NONE16: no class has a seat. */
static uint16_t draw_class(sunlot_stream *s, const sunlot_class *class_, const uint32_t *size, uint32_t classes, uint32_t seats)
{
    uint16_t candidate[SUNLOT_MAX_SCHOOL_CLASSES];
    uint32_t least = UINT32_MAX, count = 0;
    for (uint32_t c = 0; c < classes; c++)
        if (has_seat(&class_[c], size[c], seats) && size[c] < least) least = size[c];
    for (uint32_t c = 0; c < classes; c++)
        if (has_seat(&class_[c], size[c], seats) && size[c] <= least + 1) candidate[count++] = (uint16_t)c;
    return count == 0 ? (uint16_t)SUNLOT_NONE16 : candidate[sunlot_stream_below(s, count)];
}

static void draw_turns(sunlot_newcomer *newcomer, uint32_t *stuck, const turn *order, uint32_t newcomers, uint32_t *size, const sunlot_class *class_,
                       uint32_t classes, const sunlot_digest *key)
{
    sunlot_stream s;
    sunlot_stream_init(&s, key->b);
    for (uint32_t i = 0; i < newcomers; i++) {
        sunlot_newcomer *one = &newcomer[order[i].who];
        one->class_ = draw_class(&s, class_, size, classes, one->seats);
        if (one->class_ == SUNLOT_NONE16) {
            *stuck = order[i].who;
            return;
        }
        size[one->class_] += one->seats;
    }
}

sunlot_err sunlot_late_draw(sunlot_newcomer *newcomer, uint32_t *stuck, uint32_t newcomers, uint32_t *size, const sunlot_class *class_, uint32_t classes,
                            const sunlot_digest *key)
{
    turn *order = sunlot_alloc(newcomers, 2 * sizeof *order);
    if (order == NULL) return SUNLOT_ERR_MEMORY;
    sunlot_mac_state begun;
    sunlot_ticket_begin(&begun, key);
    for (uint32_t i = 0; i < newcomers; i++) {
        char name[33];
        sunlot_pseudonym_write(name, 's', newcomer[i].pseudonym);
        order[i] = (turn){sunlot_ticket(&begun, (sunlot_text){name, sizeof name}, 0), i};
        newcomer[i].class_ = SUNLOT_NONE16;
    }
    sunlot_sort(order, newcomers, sizeof *order, by_ticket, NULL, order + newcomers);
    *stuck = UINT32_MAX;
    draw_turns(newcomer, stuck, order, newcomers, size, class_, classes, key);
    sunlot_release(order);
    return *stuck == UINT32_MAX ? SUNLOT_OK : SUNLOT_ERR_NOT_PLACED;
}

/* The worst that can happen to one who takes w seats: the others sit so that every class has at most w - 1 left.  For that they take, of each class, all of
 * its free seats but w - 1. */
bool sunlot_late_fits(const sunlot_newcomer *newcomer, uint32_t newcomers, const uint32_t *size, const sunlot_class *class_, uint32_t classes)
{
    uint64_t all = 0;
    if (class_[0].seats == 0) return true;
    for (uint32_t i = 0; i < newcomers; i++) all += newcomer[i].seats;
    for (uint32_t i = 0; i < newcomers; i++) {
        const uint32_t w = newcomer[i].seats;
        uint64_t needed = 0;
        for (uint32_t c = 0; c < classes; c++) {
            const uint32_t left = size[c] < class_[c].seats ? class_[c].seats - size[c] : 0;
            if (left >= w) needed += left - (w - 1);
        }
        if (all - w >= needed) return false;
    }
    return true;
}
