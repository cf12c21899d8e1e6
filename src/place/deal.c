/* The deal of SPEC 8.1: round the groups in the order of the units. */
#include "place/state.h"

#include <string.h>

static bool seat_unit(sunlot_engine *e, uint32_t x, uint32_t group)
{
    const uint32_t size = e->p->unit_size[e->mover[x]], from = e->filled[group];
    if (from + size > e->p->group_size[group]) return false;
    for (uint32_t s = 0; s < size; s++) {
        e->sitter[(size_t)group * e->seats + from + s] = (uint16_t)x;
        if (size > 1 && x < e->singles + e->bigs) e->list[(size_t)(x - e->singles) * SUNLOT_MAX_UNIT_SEATS + s] = (uint16_t)(from + s);
    }
    e->seat[x] = (uint16_t)from;
    e->group[x] = (uint16_t)group;
    e->filled[group] = (uint16_t)(from + size);
    return true;
}

/* The cursor stands after the group that was served last.  Example: K = 3, groups of 4, sizes 2 1 1 1 …: groups 0 1 2 0 1 2 0 …; a unit of 2
 * that finds one seat left in group 1 goes on to group 2, and the next unit begins at group 0. */
static bool seat_anywhere(sunlot_engine *e, uint32_t x, uint32_t *cursor)
{
    for (uint32_t tried = 0; tried < e->groups; tried++) {
        const uint32_t group = *cursor;
        *cursor = group + 1 == e->groups ? 0 : group + 1;
        if (seat_unit(e, x, group)) return true;
    }
    return false;
}

bool sunlot_engine_deal(sunlot_engine *e)
{
    const uint32_t movable = e->singles + e->bigs;
    uint32_t cursor = 0;
    memset(e->filled, 0, e->groups * sizeof *e->filled);
    memset(e->sitter, 0xff, (size_t)e->groups * e->seats * sizeof *e->sitter);
    for (uint32_t x = movable; x < e->p->units; x++)
        if (!seat_unit(e, x, e->p->unit_pin[e->mover[x]])) return false;
    for (uint32_t x = e->singles; x < movable; x++)
        if (!seat_anywhere(e, x, &cursor)) return false;
    for (uint32_t x = 0; x < e->singles; x++)
        if (!seat_anywhere(e, x, &cursor)) return false;
    return true;
}
