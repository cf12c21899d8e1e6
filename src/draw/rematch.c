/* The second of two rounds: groups that stand are matched with teams by another seed (SPEC 8.7, 9). */
#include "draw/placement.h"
#include "draw/replay.h"
#include "draw/standing.h"
#include "place/match.h"
#include "random/stages.h"

/* `matched,NUMBER,SHUFFLES,MODE` */
static bool write_matched(sunlot_buffer *lines, const sunlot_placement *p, uint32_t shuffles)
{
    const sunlot_text mode = p->mode == SUNLOT_LIVE ? SUNLOT_TEXT("live") : SUNLOT_TEXT("rehearsal-演练");
    char number[SUNLOT_NUMBER_BYTES], made[SUNLOT_NUMBER_BYTES];
    const sunlot_text field[] = {SUNLOT_TEXT("matched"), {number, sunlot_number_write(number, p->number)}, {made, sunlot_number_write(made, shuffles)}, mode};
    return sunlot_record_write(lines, field, sizeof field / sizeof *field);
}

/* What the second seed gives; failing that what the first gave, which is known to respect the recusals. */
static uint32_t match_again(sunlot_placement *p, const sunlot_standing *st, const uint8_t first32[32], const uint8_t second32[32])
{
    const sunlot_text name = p->school->name;
    const sunlot_digest again = sunlot_stage_key(second32, "match", name, st->rung, st->attempt);
    const uint32_t made = sunlot_placement_match(p, st->group, NULL, SUNLOT_MATCH_AGAIN, again.b);
    if (made > 0) return made;
    const sunlot_digest before = sunlot_stage_key(first32, "match", name, st->rung, st->attempt);
    return sunlot_placement_match(p, st->group, NULL, SUNLOT_MATCH_TRIES, before.b) > 0 ? SUNLOT_MATCH_AGAIN : 0;
}

static sunlot_err rematch(sunlot_buffer *lines, sunlot_placement *p, sunlot_text placed, const uint8_t first32[32], const uint8_t second32[32])
{
    sunlot_standing st;
    sunlot_record *record = sunlot_arena_alloc(&p->arena, 1, sizeof *record);
    if (record == NULL || !sunlot_standing_begin(&st, p->school, &p->arena)) return SUNLOT_ERR_MEMORY;
    if (!sunlot_standing_read(&st, p->school, placed, record) || st.seats != p->school->students || st.rung == 0) return SUNLOT_ERR_NOT_PLACED;
    const uint32_t made = match_again(p, &st, first32, second32);
    if (made == 0) return SUNLOT_ERR_NOT_PLACED;
    sunlot_placement_number(p, first32);
    const size_t before = lines->n;
    return sunlot_buffer_keep(lines, before, write_matched(lines, p, made) && sunlot_placement_write_sections(lines, p)) ? SUNLOT_OK : SUNLOT_ERR_MEMORY;
}

sunlot_err sunlot_replay_second(sunlot_buffer *lines, const sunlot_roster *r, uint32_t school, sunlot_text placed, const uint8_t first32[32],
                                const uint8_t second32[32])
{
    sunlot_placement p;
    if (r->school[school].teachers == 0) return SUNLOT_OK;
    sunlot_err err = sunlot_placement_begin(&p, r, school);
    if (err == SUNLOT_OK && p.forms) err = SUNLOT_ERR_NOT_PLACED; /* no log of two rounds has such a school */
    if (err == SUNLOT_OK) err = rematch(lines, &p, placed, first32, second32);
    sunlot_placement_release(&p);
    return err;
}
