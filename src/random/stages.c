#include "random/stages.h"

#include "base/bytes.h"

static void number_field(sunlot_mac_state *s, uint32_t number)
{
    char digits[SUNLOT_NUMBER_BYTES];
    sunlot_mac_field(s, (sunlot_text){digits, sunlot_number_write(digits, number)});
}

sunlot_digest sunlot_stage_key(const uint8_t seed32[32], const char *stage, sunlot_text school, uint32_t rung, uint32_t attempt)
{
    sunlot_mac_state s;
    sunlot_mac_init(&s, seed32, "sunlot/v1/stage");
    sunlot_mac_field(&s, sunlot_text_of(stage));
    sunlot_mac_field(&s, school);
    if (rung > 0) {
        number_field(&s, rung);
        number_field(&s, attempt);
    }
    return sunlot_mac_final(&s);
}

sunlot_digest sunlot_late_key(const uint8_t seed32[32], sunlot_text school, uint32_t act)
{
    sunlot_mac_state s;
    sunlot_mac_init(&s, seed32, "sunlot/v1/stage");
    sunlot_mac_field(&s, SUNLOT_TEXT("late"));
    sunlot_mac_field(&s, school);
    number_field(&s, act);
    return sunlot_mac_final(&s);
}

void sunlot_ticket_begin(sunlot_mac_state *begun, const sunlot_digest *stage_key) { sunlot_mac_init(begun, stage_key->b, "sunlot/v1/ticket"); }

sunlot_digest sunlot_ticket(const sunlot_mac_state *begun, sunlot_text pseudonym, uint32_t section)
{
    sunlot_mac_state s = *begun;
    sunlot_mac_field(&s, pseudonym);
    if (section > 0) number_field(&s, section);
    return sunlot_mac_final(&s);
}
