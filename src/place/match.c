/* Matching groups with teams, and class numbers (SPEC 8.7). */
#include "place/match.h"

#include "place/problem.h"
#include "random/stages.h"

/* Out: team_of_group, slots being teams, or the numbers of what was drawn by hand.  Returns whether no group gets a team that it may not. */
static bool give_teams(uint16_t *team_of_group, const uint16_t *slot, uint32_t groups, const uint64_t (*forbidden)[2], const uint16_t *hand)
{
    for (uint32_t g = 0; g < groups; g++) {
        const uint16_t team = hand != NULL ? hand[slot[g]] : slot[g];
        if ((forbidden[g][team >> 6] >> (team & 63) & 1) != 0) return false;
        team_of_group[g] = team;
    }
    return true;
}

uint32_t sunlot_match(uint16_t *team_of_group, uint32_t groups, const uint64_t (*forbidden)[2], const uint16_t *hand, uint32_t most, const uint8_t key32[32])
{
    uint16_t slot[SUNLOT_MAX_SCHOOL_CLASSES];
    sunlot_stream s;
    sunlot_stream_init(&s, key32);
    for (uint32_t g = 0; g < groups; g++) slot[g] = (uint16_t)g;
    for (uint32_t made = 1; made <= most; made++) {
        sunlot_shuffle(&s, slot, groups);
        if (give_teams(team_of_group, slot, groups, forbidden, hand)) return made;
    }
    return 0;
}

static void deal(uint16_t *group_of_class, uint32_t groups, const uint16_t *set_of_class, const uint8_t key32[32])
{
    sunlot_stream s;
    sunlot_stream_init(&s, key32);
    for (uint32_t c = 0; c < groups; c++) group_of_class[c] = (uint16_t)c;
    for (uint32_t first = 0; first < groups; first++) {
        uint16_t set[SUNLOT_MAX_SCHOOL_CLASSES];
        uint32_t size = 0;
        const uint16_t number = set_of_class[first];
        bool done = number == SUNLOT_NONE16;
        for (uint32_t c = 0; c < first && !done; c++) done = set_of_class[c] == number;
        if (done) continue;
        for (uint32_t c = first; c < groups; c++)
            if (set_of_class[c] == number) set[size++] = (uint16_t)c;
        sunlot_shuffle(&s, set, size);
        for (uint32_t c = first, i = 0; c < groups; c++)
            if (set_of_class[c] == number) group_of_class[c] = set[i++];
    }
}

void sunlot_number(uint16_t *group_of_class, uint32_t groups, const uint16_t *set_of_class, const uint16_t *hand, const uint8_t key32[32])
{
    uint16_t dealt[SUNLOT_MAX_SCHOOL_CLASSES];
    deal(dealt, groups, set_of_class, key32);
    for (uint32_t c = 0; c < groups; c++) group_of_class[hand != NULL ? hand[c] : c] = dealt[c];
}
