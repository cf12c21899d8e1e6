#include "log/history.h"

#include <string.h>

#include "base/alloc.h"
#include "place/match.h"
#include "random/stages.h"
#include "roster/hands.h"

/* ---- finding ------------------------------------------------------------------------------------------------------------------------------------- */

uint16_t sunlot_school_class(const sunlot_school *s, sunlot_text name)
{
    for (uint32_t i = 0; i < s->classes; i++)
        if (sunlot_text_equal(s->class_[i].name, name)) return (uint16_t)i;
    return SUNLOT_NONE16;
}

bool sunlot_school_student(uint32_t *at, const sunlot_school *s, const uint8_t pseudonym16[16])
{
    uint32_t from = 0, to = s->students;
    while (from < to) {
        *at = from + (to - from) / 2;
        const int order = memcmp(s->student[*at].pseudonym, pseudonym16, 16);
        if (order == 0) return true;
        if (order < 0)
            from = *at + 1;
        else
            to = *at;
    }
    return false;
}

/* The school of a student of the roster. */
static uint32_t school_of(const sunlot_history *h, const sunlot_log *log, uint32_t person)
{
    uint32_t from = 0, to = log->roster->schools; /* h->from[from] <= person < h->from[to] */
    while (to - from > 1) {
        const uint32_t middle = from + (to - from) / 2;
        if (h->from[middle] <= person)
            from = middle;
        else
            to = middle;
    }
    return from;
}

/* The last of the seats with this pseudonym. */
static bool find_seated(uint32_t *school, uint32_t *person, const sunlot_history *h, const sunlot_log *log, const uint8_t pseudonym16[16])
{
    uint32_t from = 0, to = h->students;
    while (from < to) {
        const uint32_t middle = from + (to - from) / 2;
        if (memcmp(h->pseudonym[h->order[middle]], pseudonym16, 16) <= 0)
            from = middle + 1;
        else
            to = middle;
    }
    if (from == 0 || memcmp(h->pseudonym[h->order[from - 1]], pseudonym16, 16) != 0) return false;
    *person = h->order[from - 1];
    *school = school_of(h, log, *person);
    return true;
}

static bool find_announced(uint32_t *school, uint32_t *person, const sunlot_history *h, const sunlot_log *log, const uint8_t pseudonym16[16])
{
    uint32_t at;
    if (h->pseudonym != NULL) return find_seated(school, person, h, log, pseudonym16);
    for (*school = 0; *school < log->roster->schools; (*school)++) {
        if (!sunlot_school_student(&at, &log->roster->school[*school], pseudonym16)) continue;
        *person = h->from[*school] + at;
        return true;
    }
    return false;
}

bool sunlot_history_find(uint32_t *school, uint32_t *person, const sunlot_history *h, const sunlot_log *log, const uint8_t pseudonym16[16])
{
    if (find_announced(school, person, h, log, pseudonym16)) return true;
    uint32_t from = 0, to = h->sorted;
    while (from < to) {
        const uint32_t middle = from + (to - from) / 2;
        const sunlot_late *late = &h->late[h->late_order[middle]];
        const int order = memcmp(late->pseudonym, pseudonym16, 16);
        if (order == 0) {
            *school = late->school;
            *person = h->students + h->late_order[middle];
            return true;
        }
        if (order < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return false;
}

/* ---- as the results leave everybody ------------------------------------------------------------------------------------------------------------------- */

/* A label such as G12 of at most `most`; SUNLOT_NONE16 if it is none. */
static uint16_t read_label(sunlot_text text, uint32_t most)
{
    uint64_t number;
    if (text.n < 2 || !sunlot_number_parse(&number, (sunlot_text){text.p + 1, text.n - 1}, most) || number == 0) return SUNLOT_NONE16;
    return (uint16_t)(number - 1);
}

/* The form of a pseudonym was seen when the line was read. */
static void read_pseudonym(uint8_t pseudonym16[16], sunlot_text field)
{
    SUNLOT_REQUIRE(field.n == 33 && sunlot_hex_parse(pseudonym16, 16, (sunlot_text){field.p + 1, 32}));
}

/* Seats stand in the order of the roster, at first tried.  What does not fit is passed over: the verifier finds it. */
static void take_seat(sunlot_history *h, const sunlot_log *log, uint32_t school, uint32_t *at, const sunlot_text *field)
{
    const sunlot_school *s = &log->roster->school[school];
    uint8_t pseudonym[16];
    uint32_t place = (*at)++;
    read_pseudonym(pseudonym, field[1]);
    if (h->pseudonym != NULL)
        memcpy(h->pseudonym[h->from[school] + place], pseudonym, sizeof pseudonym);
    else if (place >= s->students || memcmp(s->student[place].pseudonym, pseudonym, sizeof pseudonym) != 0)
        if (!sunlot_school_student(&place, s, pseudonym)) return;
    h->person[h->from[school] + place].class_ = sunlot_school_class(s, field[4]);
}

/* The class that each group has before anything is drawn by hand, where all are interchangeable (SPEC 8.7). */
static void number_groups(sunlot_history *h, const sunlot_log *log, uint32_t school)
{
    static const uint16_t one_set[SUNLOT_MAX_SCHOOL_CLASSES] = {0};
    const sunlot_school *s = &log->roster->school[school];
    uint16_t group_of_class[SUNLOT_MAX_SCHOOL_CLASSES];
    uint8_t seed[32];
    if (!sunlot_school_alike(s)) return;
    sunlot_log_seed(log, 1, seed);
    const sunlot_digest key = sunlot_stage_key(seed, "number", s->name, 0, 0);
    sunlot_number(group_of_class, s->classes, one_set, s->hand[SUNLOT_HAND_NUMBERS], key.b);
    for (uint16_t c = 0; c < s->classes; c++) h->class_of_group[h->class_from[school] + group_of_class[c]] = c;
}

static void take_results(sunlot_history *h, const sunlot_log *log, uint32_t school)
{
    const sunlot_school *s = &log->roster->school[school];
    sunlot_record record;
    uint32_t at = 0;
    number_groups(h, log, school);
    for (int round = 0; round < 2; round++) {
        const sunlot_result_block *blocks = round == 0 ? log->result : log->matched;
        sunlot_text rest = blocks == NULL ? (sunlot_text){NULL, 0} : blocks[school].lines;
        while (rest.n > 0) {
            const sunlot_text line = sunlot_text_split(rest, '\n', &rest);
            const bool seat = sunlot_text_starts(line, SUNLOT_TEXT("seat,")), section = sunlot_text_starts(line, SUNLOT_TEXT("section,"));
            if ((!seat && !section) || sunlot_record_parse(&record, line) != NULL) continue;
            if (seat && record.fields == 6) take_seat(h, log, school, &at, record.field);
            if (!section || record.fields != 7) continue;
            const uint16_t class_ = sunlot_school_class(s, record.field[1]);
            if (class_ != SUNLOT_NONE16) h->team_of_class[h->class_from[school] + class_] = read_label(record.field[2], s->classes);
        }
    }
}

void sunlot_history_rewind(sunlot_history *h, const sunlot_log *log)
{
    const uint32_t classes = h->class_from[log->roster->schools];
    for (uint32_t i = 0; i < h->students + h->lates; i++) h->person[i] = (sunlot_whereabouts){.class_ = SUNLOT_NONE16};
    memset(h->class_of_group, 0xff, classes * sizeof *h->class_of_group);
    memset(h->team_of_class, 0xff, classes * sizeof *h->team_of_class);
    memset(h->key, 0, sizeof h->key);
    for (uint32_t i = 0; i < log->roster->schools; i++) take_results(h, log, i);
}

/* The persons of a school, of whom there are seats in a public edition. */
static uint32_t count_persons(const sunlot_log *log, uint32_t school)
{
    uint32_t seats = 0;
    if (log->edition == SUNLOT_EDITION_FULL) return log->roster->school[school].students;
    for (sunlot_text rest = log->result[school].lines; rest.n > 0;) seats += sunlot_text_starts(sunlot_text_split(rest, '\n', &rest), SUNLOT_TEXT("seat,"));
    return seats;
}

static bool begin(sunlot_history *h, sunlot_arena *arena, const sunlot_log *log)
{
    const sunlot_roster *r = log->roster;
    h->from = sunlot_arena_alloc(arena, r->schools + 1u, sizeof *h->from);
    h->class_from = sunlot_arena_alloc(arena, r->schools + 1u, sizeof *h->class_from);
    if (h->from == NULL || h->class_from == NULL) return false;
    for (uint32_t i = 0; i < r->schools; i++) {
        h->from[i + 1] = h->from[i] + count_persons(log, i);
        h->class_from[i + 1] = h->class_from[i] + r->school[i].classes;
    }
    h->students = h->from[r->schools];
    h->person_cap = h->students + 16;
    h->person = sunlot_arena_alloc(arena, h->person_cap, sizeof *h->person);
    h->class_of_group = sunlot_arena_alloc(arena, h->class_from[r->schools], sizeof *h->class_of_group);
    h->team_of_class = sunlot_arena_alloc(arena, h->class_from[r->schools], sizeof *h->team_of_class);
    if (log->edition == SUNLOT_EDITION_PUBLIC) {
        h->pseudonym = sunlot_arena_alloc(arena, h->students, sizeof *h->pseudonym);
        h->order = sunlot_arena_alloc(arena, 2 * (size_t)h->students, sizeof *h->order);
        if (h->pseudonym == NULL || h->order == NULL) return false;
    }
    return h->person != NULL && h->class_of_group != NULL && h->team_of_class != NULL;
}

static int by_seat(const void *a, const void *b, const void *user)
{
    const uint8_t(*const *pseudonym)[16] = user;
    return memcmp((*pseudonym)[*(const uint32_t *)a], (*pseudonym)[*(const uint32_t *)b], 16);
}

static void sort_seats(sunlot_history *h)
{
    const uint8_t(*const pseudonym)[16] = (const uint8_t(*)[16])h->pseudonym;
    for (uint32_t i = 0; i < h->students; i++) h->order[i] = i;
    sunlot_sort(h->order, h->students, sizeof *h->order, by_seat, &pseudonym, h->order + h->students);
}

sunlot_history *sunlot_history_new(sunlot_arena *arena, const sunlot_log *log)
{
    sunlot_history *h = sunlot_arena_alloc(arena, 1, sizeof *h);
    if (h == NULL || !begin(h, arena, log)) return NULL;
    sunlot_history_rewind(h, log);
    if (h->pseudonym != NULL) sort_seats(h);
    return h;
}

/* A copy of `used` items with room for cap; NULL without memory. */
static void *copy_items(sunlot_arena *arena, const void *items, uint32_t used, uint32_t cap, size_t size)
{
    void *p = sunlot_arena_alloc(arena, cap, size);
    if (p != NULL && used > 0) memcpy(p, items, used * size);
    return p;
}

sunlot_history *sunlot_history_copy(sunlot_arena *arena, const sunlot_log *log, const sunlot_history *from)
{
    const uint32_t classes = from->class_from[log->roster->schools];
    sunlot_history *h = sunlot_arena_alloc(arena, 1, sizeof *h);
    if (h == NULL) return NULL;
    *h = *from;
    h->entry = copy_items(arena, from->entry, from->entries, from->entry_cap, sizeof *h->entry);
    h->late = copy_items(arena, from->late, from->lates, from->late_cap, sizeof *h->late);
    h->supplement = copy_items(arena, from->supplement, from->supplements, from->supplement_cap, sizeof *h->supplement);
    h->person = copy_items(arena, from->person, from->students + from->lates, from->person_cap, sizeof *h->person);
    h->class_of_group = copy_items(arena, from->class_of_group, classes, classes, sizeof *h->class_of_group);
    h->team_of_class = copy_items(arena, from->team_of_class, classes, classes, sizeof *h->team_of_class);
    const bool complete = h->entry != NULL && h->late != NULL && h->supplement != NULL && h->person != NULL;
    return complete && h->class_of_group != NULL && h->team_of_class != NULL ? h : NULL;
}

/* ---- entering ---------------------------------------------------------------------------------------------------------------------------------------- */

static bool grow(sunlot_arena *arena, void **items, uint32_t used, uint32_t *cap, size_t size)
{
    if (used < *cap) return true;
    const uint32_t more = *cap < 8 ? 8 : *cap * 2;
    void *p = copy_items(arena, *items, used, more, size);
    if (p == NULL) return false;
    *items = p;
    *cap = more;
    return true;
}

bool sunlot_history_add(sunlot_history *h, sunlot_arena *arena, const sunlot_history_entry *entry)
{
    void *items = h->entry;
    if (!grow(arena, &items, h->entries, &h->entry_cap, sizeof *h->entry)) return false;
    h->entry = items;
    h->entry[h->entries++] = *entry;
    return true;
}

bool sunlot_history_add_late(sunlot_history *h, sunlot_arena *arena, const sunlot_late *late)
{
    void *lates = h->late, *persons = h->person;
    if (!grow(arena, &lates, h->lates, &h->late_cap, sizeof *h->late)) return false;
    h->late = lates;
    if (!grow(arena, &persons, h->students + h->lates, &h->person_cap, sizeof *h->person)) return false;
    h->person = persons;
    h->person[h->students + h->lates] = (sunlot_whereabouts){.class_ = SUNLOT_NONE16};
    h->late[h->lates++] = *late;
    return true;
}

sunlot_supplement *sunlot_history_add_supplement(sunlot_history *h, sunlot_arena *arena, uint32_t act)
{
    void *items = h->supplement;
    if (!grow(arena, &items, h->supplements, &h->supplement_cap, sizeof *h->supplement)) return NULL;
    h->supplement = items;
    sunlot_supplement *s = &h->supplement[h->supplements++];
    *s = (sunlot_supplement){.act = act, .from = h->lates, .entries = h->entries};
    return s;
}

typedef struct {
    const sunlot_history *h;
} late_work;

static int by_pseudonym(const void *a, const void *b, const void *user)
{
    const sunlot_history *h = ((const late_work *)user)->h;
    return memcmp(h->late[*(const uint32_t *)a].pseudonym, h->late[*(const uint32_t *)b].pseudonym, 16);
}

/* The sort is stable: of equals the later record stands second. */
bool sunlot_history_sort(sunlot_history *h, const sunlot_log *log, uint32_t *twice)
{
    const late_work work = {h};
    h->late_order = sunlot_arena_alloc(&log->roster->arena, 2 * (size_t)h->lates, sizeof *h->late_order);
    *twice = UINT32_MAX;
    if (h->late_order == NULL) return false;
    for (uint32_t i = 0; i < h->lates; i++) h->late_order[i] = i;
    sunlot_sort(h->late_order, h->lates, sizeof *h->late_order, by_pseudonym, &work, h->late_order + h->lates);
    h->sorted = h->lates;
    for (uint32_t i = 0; i < h->lates; i++) {
        uint32_t school, person;
        const bool equal = i > 0 && by_pseudonym(&h->late_order[i - 1], &h->late_order[i], &work) == 0;
        if ((equal || find_announced(&school, &person, h, log, h->late[h->late_order[i]].pseudonym)) && h->late_order[i] < *twice) *twice = h->late_order[i];
    }
    return true;
}

/* ---- effects ----------------------------------------------------------------------------------------------------------------------------------------- */

void sunlot_history_seat(sunlot_history *h, uint32_t late, uint16_t class_) { h->person[h->students + late].class_ = class_; }

static void go_along(sunlot_whereabouts *w, const uint16_t *after, uint32_t entry)
{
    if (w->class_ == SUNLOT_NONE16) return;
    w->class_ = after[w->class_];
    w->last = entry + 1;
}

/* Group g becomes class slot[g]; its team and all who are in its class go with it, also who was moved there or came late.
 *
 *     groups 0 1 2 are the classes 1 2 0, slots 2 0 1: of class 1 comes class 2, of 2 comes 0, of 0 comes 1                                     */
static void renumber(sunlot_history *h, uint32_t entry, uint32_t school, const uint16_t *slot)
{
    const uint32_t from = h->class_from[school], classes = h->class_from[school + 1] - from;
    uint16_t team[SUNLOT_MAX_SCHOOL_CLASSES], after[SUNLOT_MAX_SCHOOL_CLASSES];
    for (uint32_t g = 0; g < classes; g++) {
        const uint16_t before = h->class_of_group[from + g]; /* numbers are drawn by hand only where all groups have one */
        team[slot[g]] = h->team_of_class[from + before];
        after[before] = h->class_of_group[from + g] = slot[g];
    }
    memcpy(h->team_of_class + from, team, classes * sizeof *team);
    for (uint32_t i = h->from[school]; i < h->from[school + 1]; i++) go_along(&h->person[i], after, entry);
    for (uint32_t i = 0; i < h->lates; i++)
        if (h->late[i].school == school) go_along(&h->person[h->students + i], after, entry);
}

static void apply_by_hand(sunlot_history *h, uint32_t entry, uint32_t school, const sunlot_record *record)
{
    uint16_t slot[SUNLOT_MAX_SCHOOL_CLASSES];
    uint32_t count;
    const uint32_t from = h->class_from[school], classes = h->class_from[school + 1] - from;
    SUNLOT_REQUIRE(sunlot_hand_read(slot, &count, record->field[4]) && count == classes); /* seen when it was read */
    h->by_hand = true;
    if (sunlot_hand_find(record->field[3]) == SUNLOT_HAND_NUMBERS)
        renumber(h, entry, school, slot);
    else
        memcpy(h->team_of_class + from, slot, classes * sizeof *slot);
}

void sunlot_history_apply(sunlot_history *h, const sunlot_log *log, uint32_t entry)
{
    sunlot_history_entry *e = &h->entry[entry];
    sunlot_record record;
    uint32_t party;
    SUNLOT_REQUIRE(sunlot_record_parse(&record, e->record) == NULL);
    switch (e->kind) {
    case SUNLOT_ENTRY_STRUCK:
        h->person[e->person].struck = true;
        h->person[e->person].class_ = SUNLOT_NONE16;
        h->person[e->person].last = entry + 1;
        break;
    case SUNLOT_ENTRY_MOVED:
        h->person[e->person].moved = true;
        if (e->school != UINT32_MAX) h->person[e->person].class_ = sunlot_school_class(&log->roster->school[e->school], record.field[3]);
        h->person[e->person].last = entry + 1;
        break;
    case SUNLOT_ENTRY_BY_HAND:
        apply_by_hand(h, entry, e->school, &record);
        break;
    case SUNLOT_ENTRY_SET_ASIDE:
        h->set_aside = true;
        break;
    case SUNLOT_ENTRY_REPLACED:
        party = sunlot_roster_party(log->roster, record.field[2]);
        e->before = h->key[party];
        h->key[party] = entry + 1;
        break;
    case SUNLOT_ENTRY_LATE:
    case SUNLOT_ENTRY_KINDS:
        break;
    }
}

void sunlot_history_sizes(uint32_t *size, const sunlot_history *h, const sunlot_log *log, uint32_t school)
{
    const sunlot_school *s = &log->roster->school[school];
    memset(size, 0, s->classes * sizeof *size);
    for (uint32_t i = 0; i < s->students; i++) {
        const uint16_t c = h->person[h->from[school] + i].class_;
        if (c != SUNLOT_NONE16) size[c] += s->student[i].seats;
    }
    for (uint32_t i = 0; i < h->lates; i++) {
        const uint16_t c = h->person[h->students + i].class_;
        if (h->late[i].school == school && c != SUNLOT_NONE16) size[c] += h->late[i].seats;
    }
}

uint32_t sunlot_history_announced(const sunlot_history *h)
{
    uint32_t students = 0;
    for (uint32_t i = 0; i < h->supplements; i++) students += h->supplement[i].hidden > 0 ? h->supplement[i].hidden : h->supplement[i].lates;
    return students;
}

sunlot_late_stage sunlot_log_late_stage(const sunlot_log *log) { return log->late_stage; }

uint32_t sunlot_log_acts(const sunlot_log *log) { return log->act_number; }
