#include "log/opening.h"

#include "random/secrets.h"

static bool is_hex(sunlot_text field, char letter, size_t bytes)
{
    uint8_t read[32];
    return field.n == 1 + 2 * bytes && field.p[0] == letter && sunlot_hex_parse(read, bytes, (sunlot_text){field.p + 1, field.n - 1});
}

bool sunlot_opening_read(sunlot_opening *out, const sunlot_record *record)
{
    enum { FIRST_VALUE = 7, LATE_FIELDS = 6 };
    const sunlot_text *field = record->field;
    const bool student = sunlot_text_equal(field[0], SUNLOT_TEXT("student")), teacher = sunlot_text_equal(field[0], SUNLOT_TEXT("teacher"));
    if (student || teacher) {
        if (record->fields < FIRST_VALUE) return false;
        *out = (sunlot_opening){field[1], field[2], {NULL, 0}, field + FIRST_VALUE, record->fields - FIRST_VALUE};
    } else if (sunlot_text_equal(field[0], SUNLOT_TEXT("late"))) {
        if (record->fields != LATE_FIELDS) return false;
        *out = (sunlot_opening){field[3], field[4], field[2], NULL, 0};
    } else {
        return false;
    }
    return is_hex(out->pseudonym, teacher ? 't' : 's', 16) && is_hex(out->commitment, 'h', 32);
}

bool sunlot_opening_salt(sunlot_text salt) { return is_hex(salt, 'h', 32); }

bool sunlot_opening_check(const sunlot_opening *opening, sunlot_text salt, const sunlot_person *person)
{
    sunlot_digest key, said;
    if (!is_hex(salt, 'h', sizeof key.b) || !is_hex(opening->commitment, 'h', sizeof said.b)) return false;
    (void)sunlot_hex_parse(key.b, sizeof key.b, (sunlot_text){salt.p + 1, salt.n - 1});
    (void)sunlot_hex_parse(said.b, sizeof said.b, (sunlot_text){opening->commitment.p + 1, opening->commitment.n - 1});
    const sunlot_digest opened = sunlot_commitment(&key, opening->pseudonym, person, opening->value, opening->values);
    return sunlot_digest_compare(&opened, &said) == 0;
}
