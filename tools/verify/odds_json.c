/* The odds of a match as members of an object. */
#include "common/characters.h"
#include "verify/verify.h"

/* "T1" … and their figures of a group, in hundredths of a percent. */
static void put_group(json *j, const sunlot_odds *odds, uint32_t group)
{
    json_add(j, "[");
    for (uint32_t t = 0; t < odds->classes; t++) {
        if (t > 0) json_add(j, ",");
        json_number(j, odds->odds[group][t]);
    }
    json_add(j, "]");
}

/* How the odds are known, as members of the open object. */
static void put_method(json *j, const sunlot_odds *odds)
{
    const bool known = !odds->sampled || odds->allowed > 0;
    name_member(j, "method", true);
    put_string(j, text_of(!known ? "unknown" : odds->sampled ? "sampled" : "counted"));
    if (odds->sampled) {
        put_number(j, "allowed", odds->allowed);
        put_number(j, "shuffles", odds->shuffles);
    }
    put_number(j, "unit", 10000);
}

void verify_json_odds(json *j, const sunlot_odds *odds)
{
    name_member(j, "odds", false);
    json_add(j, "{");
    put_method(j, odds);
    put_number(j, "groups_without_some_team", odds->recused);
    put_number(j, "students_left_fewer_than_half", odds->narrowed);
    name_member(j, "groups", false);
    json_add(j, "[");
    for (uint32_t g = 0; g < odds->classes; g++) {
        json_add(j, g == 0 ? "{\"group\":\"G" : ",{\"group\":\"G");
        json_number(j, g + 1);
        json_add(j, "\"");
        put_number(j, "teams_left", odds->left[g]);
        name_member(j, "odds", false);
        put_group(j, odds, g);
        json_add(j, "}");
    }
    json_add(j, "]}");
}

void verify_json_group_odds(json *j, const sunlot_odds *odds, uint32_t group)
{
    put_number(j, "class_numbers_alike", odds->alike[group]);
    if (!odds->teachers) return;
    put_number(j, "group_teams_left", odds->left[group]);
    name_member(j, "team_odds", false);
    json_add(j, "{");
    put_method(j, odds);
    name_member(j, "odds", false);
    put_group(j, odds, group);
    json_add(j, "}");
}
