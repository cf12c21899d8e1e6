#include "random/secrets.h"

#include <string.h>

#include "base/bytes.h"

#define PRIVATE "sunlot/v1/private"

sunlot_master sunlot_master_rehearse(const uint8_t seed32[32])
{
    sunlot_digest d = sunlot_mac(seed32, "sunlot/v1/rehearsal", NULL, 0);
    sunlot_master m;
    memcpy(m.b, d.b, sizeof m.b);
    return m;
}

void sunlot_secret_begin(sunlot_mac_state *begun, const sunlot_master *m) { sunlot_mac_init(begun, m->b, PRIVATE); }

void sunlot_secret_pseudonym(uint8_t pseudonym16[16], const sunlot_mac_state *begun, const char *who, sunlot_text school, sunlot_text id)
{
    sunlot_text field[] = {sunlot_text_of(who), school, id};
    sunlot_digest d = sunlot_mac_after(begun, field, 3);
    memcpy(pseudonym16, d.b, 16);
}

sunlot_digest sunlot_secret_salt(const sunlot_mac_state *begun, sunlot_text pseudonym)
{
    sunlot_text field[] = {SUNLOT_TEXT("salt"), pseudonym};
    return sunlot_mac_after(begun, field, 2);
}

sunlot_digest sunlot_secret_key(const sunlot_master *m, const char *label)
{
    sunlot_text field = sunlot_text_of(label);
    return sunlot_mac(m->b, PRIVATE, &field, 1);
}

sunlot_digest sunlot_commitment(const sunlot_digest *salt, sunlot_text pseudonym, const sunlot_person *person, const sunlot_text *value, size_t values)
{
    const sunlot_text field[] = {pseudonym, person->school, person->id, person->name};
    sunlot_mac_state s;
    sunlot_mac_init(&s, salt->b, "sunlot/v1/record");
    for (size_t i = 0; i < sizeof field / sizeof *field; i++) sunlot_mac_field(&s, field[i]);
    for (size_t i = 0; i < values; i++) sunlot_mac_field(&s, value[i]);
    return sunlot_mac_final(&s);
}
