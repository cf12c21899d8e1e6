/* Matching groups with teams, and class numbers (SPEC 8.7). */
#include "place/match.h"

#include "place/problem.h"
#include "random/stages.h"

static bool allowed(const uint16_t *team_of_group, uint32_t groups, const uint64_t (*forbidden)[2])
{
    for (uint32_t g = 0; g < groups; g++)
        if ((forbidden[g][team_of_group[g] >> 6] >> (team_of_group[g] & 63) & 1) != 0) return false;
    return true;
}

bool sunlot_match(uint16_t *team_of_group, uint32_t groups, const uint64_t (*forbidden)[2], const uint8_t key32[32])
{
    sunlot_stream s;
    sunlot_stream_init(&s, key32);
    for (uint32_t g = 0; g < groups; g++) team_of_group[g] = (uint16_t)g;
    for (uint32_t tried = 0; tried < SUNLOT_MATCH_TRIES; tried++) {
        sunlot_shuffle(&s, team_of_group, groups);
        if (allowed(team_of_group, groups, forbidden)) return true;
    }
    return false;
}

void sunlot_number(uint16_t *group_of_class, uint32_t groups, const uint16_t *set_of_class, const uint8_t key32[32])
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
