#include "roster/hands.h"

static const char *const words[SUNLOT_HANDS] = {[SUNLOT_HAND_NUMBERS] = "numbers", [SUNLOT_HAND_TEAMS] = "teams"};

sunlot_text sunlot_hand_word(sunlot_hand what)
{
    SUNLOT_REQUIRE((unsigned)what < SUNLOT_HANDS);
    return sunlot_text_of(words[what]);
}

sunlot_hand sunlot_hand_find(sunlot_text word)
{
    unsigned what = 0;
    while (what < SUNLOT_HANDS && !sunlot_text_equal(word, sunlot_text_of(words[what]))) what++;
    return (sunlot_hand)what;
}

bool sunlot_hand_read(uint16_t *slot, uint32_t *count, sunlot_text text)
{
    uint32_t n = 0;
    do {
        uint64_t number;
        if (!sunlot_number_parse(&number, sunlot_text_split(text, ' ', &text), UINT64_C(1000000000000)) || number == 0) return false;
        if (n < SUNLOT_MAX_SCHOOL_CLASSES) slot[n] = number > SUNLOT_MAX_SCHOOL_CLASSES ? UINT16_MAX : (uint16_t)(number - 1);
        if (n <= SUNLOT_MAX_SCHOOL_CLASSES) n++;
    } while (text.p != NULL);
    *count = n;
    return true;
}

bool sunlot_hand_complete(const uint16_t *slot, uint32_t count, uint32_t classes)
{
    bool seen[SUNLOT_MAX_SCHOOL_CLASSES] = {false};
    if (count != classes) return false;
    for (uint32_t i = 0; i < count; i++) {
        if (slot[i] >= classes || seen[slot[i]]) return false;
        seen[slot[i]] = true;
    }
    return true;
}

bool sunlot_school_alike(const sunlot_school *s)
{
    for (uint32_t c = 1; c < s->classes; c++)
        if (s->class_[c].seats != s->class_[0].seats) return false;
    return s->locks == 0;
}
