/* What rules.csv says of slots drawn by hand: of which schools, and that it can be so (SPEC 5.2, 11.2). */
#include <string.h>

#include "roster/hands.h"
#include "roster/reading.h"

static void blame(sunlot_reading *r, const sunlot_enrolled_hand *hand, sunlot_issue_code code, sunlot_word header, sunlot_text expected)
{
    const sunlot_csv_file *f = &r->e->file[SUNLOT_FILE_RULES];
    const uint32_t column = r->e->header[SUNLOT_FILE_RULES][header];
    sunlot_csv_file_blame(f, &r->issues, code, hand->row, column, expected);
}

/* Numbers as people write them: any spaces between them.  Returns false if they are not each of 1 … classes once. */
static bool read_slots(uint16_t *slot, sunlot_text text, uint32_t classes)
{
    uint32_t count = 0, number;
    while (text.p != NULL) {
        const sunlot_text part = sunlot_text_split(text, ' ', &text);
        if (part.n == 0) continue;
        if (count == classes || sunlot_count_read(&number, part, 1, classes) != 0) return false;
        slot[count++] = (uint16_t)(number - 1);
    }
    return sunlot_hand_complete(slot, count, classes);
}

/* Returns false where the row cannot be used. */
static bool find_school(sunlot_reading *r, sunlot_enrolled_hand *hand)
{
    hand->school = SUNLOT_NONE32;
    if (hand->school_name.n == 0) return true;
    if (!sunlot_reading_sound(r, SUNLOT_FILE_CLASSES)) return false;
    hand->school = sunlot_text_index_find(&r->schools, hand->school_name);
    if (hand->school == SUNLOT_NONE32 && sunlot_reading_complete(r, SUNLOT_FILE_CLASSES))
        blame(r, hand, SUNLOT_ISSUE_RULE_SCHOOL, SUNLOT_WORD_SCHOOL, SUNLOT_TEXT(""));
    return hand->school != SUNLOT_NONE32;
}

static int by_school(const void *a, const void *b, const void *user)
{
    const uint32_t x = ((const sunlot_enrolled_hand *)a)->school + 1, y = ((const sunlot_enrolled_hand *)b)->school + 1; /* all: 0 */
    (void)user;
    return x < y ? -1 : x > y;
}

const sunlot_enrolled_hand *sunlot_enrolment_hand(const sunlot_enrolment *e, uint32_t school, uint32_t *at)
{
    const uint32_t i = (*at)++;
    if (i < e->hands_for_all) return &e->hand[i];
    const uint32_t own = i - e->hands_for_all;
    return own < e->school[school].hands ? &e->hand[e->school[school].hand_from + own] : NULL;
}

/* Classes, locks and teachers of a school against what is said of its slots; and what several rows say of the same. */
static bool check_school(sunlot_reading *r, uint32_t school)
{
    const sunlot_enrolment *e = r->e;
    const sunlot_enrolled_school *s = &e->school[school];
    const sunlot_enrolled_hand *hand, *first[SUNLOT_HANDS] = {NULL};
    uint16_t slot[SUNLOT_MAX_SCHOOL_CLASSES];
    if (!sunlot_reading_classes_known(r, school) || s->classes > SUNLOT_MAX_SCHOOL_CLASSES) return true;
    for (uint32_t at = 0; (hand = sunlot_enrolment_hand(e, school, &at)) != NULL;) {
        const sunlot_enrolled_hand *before = first[hand->what];
        if (before != NULL) {
            if (!sunlot_text_equal(before->value, hand->value)) blame(r, hand, SUNLOT_ISSUE_RULE_CLASH, SUNLOT_WORD_VALUE, before->value);
            continue;
        }
        first[hand->what] = hand;
        const sunlot_phrase range = sunlot_phrase_range(1, s->classes);
        if (!read_slots(slot, hand->value, s->classes)) blame(r, hand, SUNLOT_ISSUE_HAND, SUNLOT_WORD_VALUE, sunlot_phrase_view(&range));
        bool alike = s->locks == 0;
        for (uint32_t c = 1; c < s->classes; c++) alike = alike && e->class_[s->class_from + c].seats == e->class_[s->class_from].seats;
        if (hand->what == SUNLOT_HAND_NUMBERS && !alike) blame(r, hand, SUNLOT_ISSUE_HAND_NUMBERS, SUNLOT_WORD_COLUMN, s->name);
        if (hand->what == SUNLOT_HAND_TEAMS && s->count[SUNLOT_TEACHERS] == 0 && sunlot_reading_complete(r, SUNLOT_FILE_TEACHERS))
            blame(r, hand, SUNLOT_ISSUE_HAND_TEAMS, SUNLOT_WORD_COLUMN, s->name);
    }
    return true;
}

bool sunlot_reading_hands(sunlot_reading *r)
{
    sunlot_enrolment *e = r->e;
    uint32_t found = 0;
    for (uint32_t i = 0; i < e->hands; i++) {
        sunlot_enrolled_hand hand = e->hand[i];
        if (find_school(r, &hand)) e->hand[found++] = hand;
    }
    e->hands = found;
    if (found == 0) return true;
    sunlot_enrolled_hand *room = sunlot_alloc(found, sizeof *room);
    if (room == NULL) return false;
    sunlot_sort(e->hand, found, sizeof *e->hand, by_school, NULL, room);
    sunlot_release(room);
    for (uint32_t i = 0; i < found; i++) {
        if (e->hand[i].school == SUNLOT_NONE32) {
            e->hands_for_all++;
            continue;
        }
        sunlot_enrolled_school *s = &e->school[e->hand[i].school];
        if (s->hands++ == 0) s->hand_from = i;
    }
    const size_t before = r->issues.count;
    for (uint32_t school = 0; school < e->schools; school++) {
        if (!check_school(r, school)) return false;
    }
    /* What is wrong here would be found of every school again. */
    if (r->issues.count > before) r->rules_lost = true;
    return true;
}

bool sunlot_enrolment_fill_hands(sunlot_roster *r, sunlot_school *s, const sunlot_enrolment *e, uint32_t school)
{
    const sunlot_enrolled_hand *hand;
    for (uint32_t at = 0; (hand = sunlot_enrolment_hand(e, school, &at)) != NULL;) {
        if (s->hand[hand->what] != NULL) continue;
        uint16_t *slot = sunlot_arena_alloc(&r->arena, s->classes, sizeof *slot);
        if (slot == NULL) return false;
        if (read_slots(slot, hand->value, s->classes)) s->hand[hand->what] = slot; /* where not, it was reported */
    }
    return true;
}
