/* One run of the engine from deal to mix (SPEC 8). */
#include "place/place.h"

#include "place/walk.h"

#include <string.h>

size_t sunlot_place_room(const sunlot_problem *p)
{
    sunlot_engine e = {.p = p};
    return sunlot_engine_lay(&e, NULL);
}

/* The value or sum that is furthest off: counts by places, sums by units, the first of equals. */
static uint32_t find_worst(sunlot_engine *e)
{
    uint32_t worst = UINT32_MAX;
    uint64_t most = 0;
    sunlot_engine_grain(e, 10);
    for (uint32_t i = 0; i < e->values + e->sums; i++) {
        const uint64_t off = i < e->values ? sunlot_engine_value_off(e, i) : sunlot_engine_sum_off(e, i - e->values);
        if (off > most) {
            most = off;
            worst = i;
        }
    }
    return worst;
}

void sunlot_place(uint16_t *group, uint32_t *start, sunlot_place_report *report, const sunlot_problem *p, const uint8_t key32[32], uint32_t mix, void *room)
{
    sunlot_engine e = {.p = p};
    sunlot_stream s;
    memset(report, 0, sizeof *report);
    report->worst = UINT32_MAX;
    memset(room, 0, sunlot_engine_lay(&e, room));
    sunlot_stream_init(&s, key32);
    sunlot_engine_order(&e, start);
    sunlot_engine_pair(&e);
    if (!sunlot_engine_deal(&e)) return;
    sunlot_engine_count(&e);
    report->placed = sunlot_repair(&e, &s, &report->repair_steps) && sunlot_mix(&e, &s, mix, &report->looks, &report->mix_steps);
    for (uint32_t x = 0; x < p->units; x++) group[e.mover[x]] = e.group[x];
    if (report->placed) return;
    sunlot_engine_grain(&e, 0);
    report->counts_off = (uint64_t)e.all_counts_off;
    report->sums_off = (uint64_t)e.all_sums_off;
    report->worst = find_worst(&e);
}
