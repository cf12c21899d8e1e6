/* The records of acts: their form, their order, and what they say (SPEC 5.5). */
#include <string.h>

#include "base/alloc.h"
#include "log/history.h"
#include "log/reader.h"
#include "roster/hands.h"

static bool roster_fault(sunlot_reader *rd, const char *what, sunlot_text found) { return sunlot_reader_roster(rd, rd->log->lines, what, found); }

/* The history that this pass writes to: a copy, so that a log that does not grow stays as it was.  NULL without memory. */
static sunlot_history *history_of(sunlot_reader *rd)
{
    if (!rd->history_mine) {
        sunlot_log *log = rd->log;
        log->history = log->history == NULL ? sunlot_history_new(&rd->r->arena, log) : sunlot_history_copy(&rd->r->arena, log, log->history);
        rd->history_mine = log->history != NULL;
    }
    return rd->log->history;
}

/* ---- what all acts share --------------------------------------------------------------------------------------------------------------------------- */

/* The first record of an act gives it its number. */
static void number_act(sunlot_reader *rd)
{
    if (rd->before == rd->type) return;
    if (++rd->log->act_number > SUNLOT_MAX_ACTS) roster_fault(rd, "more acts than a log may have", rd->line);
}

/* Records of one act are sorted by their lines. */
static bool begin_record(sunlot_reader *rd)
{
    if (rd->before == rd->type && sunlot_text_compare(rd->line_before, rd->line) >= 0)
        return sunlot_reader_order(rd, "the records of an act are sorted, none twice", rd->line);
    number_act(rd);
    return true;
}

/* Store a record, and let it have its effect. */
static bool enter(sunlot_reader *rd, sunlot_entry_kind kind, uint32_t school, uint32_t person)
{
    sunlot_history *h = history_of(rd);
    const sunlot_history_entry entry = {kind, rd->log->act_number, rd->log->lines, rd->line, school, person, 0};
    if (h == NULL || !sunlot_history_add(h, &rd->r->arena, &entry)) return sunlot_reader_memory(rd);
    sunlot_history_apply(h, rd->log, h->entries - 1);
    return true;
}

static bool read_date(sunlot_reader *rd, sunlot_text field) { return sunlot_date_check(field) || sunlot_reader_parse(rd, "not a date", field); }

static bool read_pseudonym(sunlot_reader *rd, uint8_t pseudonym16[16], sunlot_text field)
{
    return sunlot_reader_hex(pseudonym16, 16, 's', field) || sunlot_reader_parse(rd, "not a student's pseudonym", field);
}

static bool are_texts(sunlot_reader *rd, uint32_t from)
{
    for (uint32_t i = from; i < rd->record->fields; i++)
        if (rd->record->field[i].n == 0) return sunlot_reader_parse(rd, "an empty field of an act", rd->line);
    return true;
}

/* Whom a record names.  *known is false if a fault was found. */
static bool find_person(sunlot_reader *rd, const uint8_t pseudonym16[16], uint32_t *school, uint32_t *person, bool *known)
{
    const sunlot_history *h = history_of(rd);
    if (h == NULL) return sunlot_reader_memory(rd);
    *known = sunlot_history_find(school, person, h, rd->log, pseudonym16);
    if (!*known) return roster_fault(rd, "no student of the log", rd->record->field[2]);
    if (!h->person[*person].struck) return true;
    *known = false;
    return roster_fault(rd, "a student who is struck already", rd->record->field[2]);
}

/* ---- struck, moved, by-hand, replaced, set-aside ------------------------------------------------------------------------------------------------------ */

/* What struck and moved begin with: date, pseudonym, texts.  Out: *known, whether there is somebody to enter it for. */
static bool read_person(sunlot_reader *rd, uint32_t *school, uint32_t *person, bool *known)
{
    const sunlot_text *field = rd->record->field;
    uint8_t pseudonym[16];
    *known = false;
    if (!read_date(rd, field[1]) || !read_pseudonym(rd, pseudonym, field[2]) || !are_texts(rd, 3) || !begin_record(rd)) return false;
    return !sunlot_reader_storing(rd) || find_person(rd, pseudonym, school, person, known);
}

bool sunlot_line_struck(sunlot_reader *rd)
{
    uint32_t school, person;
    bool known;
    if (!read_person(rd, &school, &person, &known)) return false;
    return !known || enter(rd, SUNLOT_ENTRY_STRUCK, school, person);
}

/* A late student of a public edition whose school is not known: the class may be any. */
static bool move_unknown(sunlot_reader *rd, uint32_t person)
{
    const sunlot_text *field = rd->record->field;
    sunlot_history *h = rd->log->history;
    sunlot_late *late = &h->late[person - h->students];
    if (sunlot_text_equal(late->end, field[3])) return roster_fault(rd, "a student moved to the class where he is", field[2]);
    return sunlot_reader_keep(rd, field[3], &late->end) && enter(rd, SUNLOT_ENTRY_MOVED, UINT32_MAX, person);
}

bool sunlot_line_moved(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    uint32_t school, person;
    bool known;
    if (!read_person(rd, &school, &person, &known)) return false;
    if (!known) return true;
    if (school == UINT32_MAX) return move_unknown(rd, person);
    const uint16_t class_ = sunlot_school_class(&rd->r->school[school], field[3]);
    if (class_ == SUNLOT_NONE16) return roster_fault(rd, "no class of the school", field[3]);
    if (rd->log->history->person[person].class_ == class_) return roster_fault(rd, "a student moved to the class where he is", field[2]);
    return enter(rd, SUNLOT_ENTRY_MOVED, school, person);
}

bool sunlot_line_by_hand(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    uint64_t number;
    uint16_t slot[SUNLOT_MAX_SCHOOL_CLASSES];
    uint32_t count;
    const sunlot_hand what = sunlot_hand_find(field[3]);
    if (!read_date(rd, field[1])) return false;
    if (!sunlot_reader_number(&number, field[2], 1)) return sunlot_reader_parse(rd, "not a number of a school", field[2]);
    if (what == SUNLOT_HANDS) return sunlot_reader_parse(rd, "neither numbers nor teams", field[3]);
    if (!sunlot_hand_read(slot, &count, field[4])) return sunlot_reader_parse(rd, "not a list of slots", field[4]);
    if (!begin_record(rd)) return false;
    if (!sunlot_reader_storing(rd)) return true;
    if (number > rd->r->schools) return roster_fault(rd, "no school of the log", field[2]);
    const sunlot_school *s = &rd->r->school[number - 1];
    if (!sunlot_hand_complete(slot, count, s->classes)) return roster_fault(rd, "slots drawn by hand that are not 1 … K, each once", field[4]);
    if (what == SUNLOT_HAND_NUMBERS && !sunlot_school_alike(s))
        return roster_fault(rd, "class numbers drawn by hand, but not all classes are interchangeable", field[2]);
    if (what == SUNLOT_HAND_TEAMS && s->teachers == 0) return roster_fault(rd, "teams drawn by hand, but there are no teachers", field[2]);
    return enter(rd, SUNLOT_ENTRY_BY_HAND, (uint32_t)number - 1, UINT32_MAX);
}

bool sunlot_line_replaced(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    sunlot_vkey key;
    if (!read_date(rd, field[1])) return false;
    if (!sunlot_party_id_check(field[2])) return sunlot_reader_parse(rd, "not the id of a party", field[2]);
    if (!sunlot_party_vkey_parse(&key, rd->r, field[2], field[3])) return sunlot_reader_parse(rd, "not a key of this draw", field[3]);
    if (!sunlot_text_equal(field[4], SUNLOT_TEXT("own")) && !sunlot_text_equal(field[4], SUNLOT_TEXT("host")))
        return sunlot_reader_parse(rd, "not where the key was made", field[4]);
    if (!begin_record(rd)) return false;
    if (!sunlot_reader_storing(rd)) return true;
    const uint32_t party = sunlot_roster_party(rd->r, field[2]);
    if (party == UINT32_MAX || party == 0) return roster_fault(rd, "no other party than the host", field[2]);
    const sunlot_history *h = rd->log->history;
    if (h != NULL && h->key[party] != 0 && h->entry[h->key[party] - 1].act == rd->log->act_number)
        return roster_fault(rd, "a party replaced twice in one act", field[2]);
    for (uint32_t i = 0; i < rd->r->parties; i++) {
        sunlot_vkey other;
        sunlot_history_key(&other, rd->log, i, UINT32_MAX);
        if (memcmp(other.public_, key.public_, sizeof key.public_) == 0) return roster_fault(rd, "two parties with one key", field[2]);
    }
    return enter(rd, SUNLOT_ENTRY_REPLACED, UINT32_MAX, UINT32_MAX);
}

bool sunlot_line_set_aside(sunlot_reader *rd)
{
    if (!read_date(rd, rd->record->field[1]) || !are_texts(rd, 2) || !begin_record(rd)) return false;
    if (!sunlot_reader_storing(rd)) return true;
    const sunlot_history *h = history_of(rd);
    if (h == NULL) return sunlot_reader_memory(rd);
    if (h->set_aside) return roster_fault(rd, "set aside a second time", rd->line);
    return enter(rd, SUNLOT_ENTRY_SET_ASIDE, UINT32_MAX, UINT32_MAX);
}

/* ---- a supplement -------------------------------------------------------------------------------------------------------------------------------------- */

static bool is_announced(sunlot_text dates, sunlot_text date)
{
    while (dates.p != NULL)
        if (sunlot_text_equal(sunlot_text_split(dates, ';', &dates), date)) return true;
    return false;
}

/* The supplement of the act being read. */
static sunlot_supplement *supplement_of(sunlot_reader *rd)
{
    sunlot_history *h = history_of(rd);
    if (h == NULL) return NULL;
    if (h->supplements > 0 && h->supplement[h->supplements - 1].act == rd->log->act_number) return &h->supplement[h->supplements - 1];
    return sunlot_history_add_supplement(h, &rd->r->arena, rd->log->act_number);
}

/* All of one date, sorted by school, then by pseudonym. */
static bool late_in_order(sunlot_reader *rd, sunlot_text date, uint64_t school, const uint8_t pseudonym16[16])
{
    if (rd->before == rd->type) {
        sunlot_text rest, before = (sunlot_text_split(rd->line_before, ',', &rest), sunlot_text_split(rest, ',', &rest));
        if (!sunlot_text_equal(before, date)) return sunlot_reader_order(rd, "the records of a supplement are of one date", rd->line);
        if (rd->late_school > school || (rd->late_school == school && memcmp(rd->key, pseudonym16, sizeof rd->key) >= 0))
            return sunlot_reader_order(rd, "late students are sorted by school and pseudonym, none twice", rd->line);
    }
    memcpy(rd->key, pseudonym16, sizeof rd->key);
    rd->late_school = school;
    return true;
}

bool sunlot_line_late(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    sunlot_late late = {.line = rd->log->lines, .record = rd->line};
    uint64_t school, seats;
    sunlot_digest commitment;
    if (!read_date(rd, field[1])) return false;
    if (!sunlot_reader_number(&school, field[2], 1)) return sunlot_reader_parse(rd, "not a number of a school", field[2]);
    if (!read_pseudonym(rd, late.pseudonym, field[3])) return false;
    if (!sunlot_reader_hex(commitment.b, sizeof commitment.b, 'h', field[4])) return sunlot_reader_parse(rd, "not a digest", field[4]);
    if (!sunlot_number_parse(&seats, field[5], SUNLOT_MAX_SEATS) || seats == 0) return sunlot_reader_parse(rd, "not a number of seats", field[5]);
    if (!late_in_order(rd, field[1], school, late.pseudonym)) return false;
    number_act(rd);
    if (!sunlot_reader_storing(rd)) return true;
    if (school > rd->r->schools) return roster_fault(rd, "no school of the log", field[2]);
    sunlot_supplement *s = supplement_of(rd);
    if (s == NULL) return sunlot_reader_memory(rd);
    sunlot_history *h = rd->log->history;
    if (s->lates == 0) {
        if (!is_announced(rd->r->facts.late, field[1])) return roster_fault(rd, "a date that is not announced for late students", field[1]);
        if (h->supplements > 1 && sunlot_text_compare(h->supplement[h->supplements - 2].date, field[1]) >= 0)
            return roster_fault(rd, "a date that is not later than that of the supplement before", field[1]);
        if (!sunlot_reader_keep(rd, field[1], &s->date)) return false;
    }
    late.seats = (uint8_t)seats;
    late.school = (uint32_t)school - 1;
    if (!sunlot_history_add_late(h, &rd->r->arena, &late)) return sunlot_reader_memory(rd);
    s->lates++;
    return enter(rd, SUNLOT_ENTRY_LATE, late.school, h->students + h->lates - 1);
}

/* Of the supplements of a public edition no date can be seen: there are at most as many as dates. */
static bool is_one_too_many(const sunlot_reader *rd)
{
    uint32_t dates = 0;
    for (sunlot_text rest = rd->r->facts.late; rest.n > 0; dates++) (void)sunlot_text_split(rest, ';', &rest);
    return rd->log->history->supplements > dates;
}

bool sunlot_line_late_leaf(sunlot_reader *rd)
{
    number_act(rd);
    if (!sunlot_reader_storing(rd)) return true;
    sunlot_supplement *s = supplement_of(rd);
    if (s == NULL) return sunlot_reader_memory(rd);
    if (s->hidden == 0) s->hidden_line = rd->log->lines;
    if (s->hidden++ == 0 && is_one_too_many(rd)) return roster_fault(rd, "more supplements than dates that are announced for late students", rd->line);
    return true;
}

/* The line alone says who came late. */
static bool take_unannounced(sunlot_reader *rd, sunlot_supplement *s, const uint8_t pseudonym16[16])
{
    sunlot_history *h = rd->log->history;
    const uint64_t line = rd->log->lines;
    const bool one = rd->r->schools == 1;
    sunlot_late late = {.school = one ? 0 : UINT32_MAX, .seat_line = line, .seat_record = rd->line};
    if (s->seats < s->hidden) late.line = s->hidden_line + s->seats; /* seats stand in the order of what the leaves hide */
    memcpy(late.pseudonym, pseudonym16, sizeof late.pseudonym);
    if (!sunlot_reader_keep(rd, rd->record->field[2], &late.seated)) return false;
    late.end = late.seated;
    if (!sunlot_history_add_late(h, &rd->r->arena, &late)) return sunlot_reader_memory(rd);
    if (s->seats++ == 0) s->seats_line = line;
    s->lates++;
    if (one) sunlot_history_seat(h, h->lates - 1, sunlot_school_class(rd->r->school, late.seated));
    return true;
}

/* What the seats say is compared later with what the digits give: here they are taken as they stand. */
bool sunlot_line_late_seat(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    uint8_t pseudonym[16];
    const bool form = sunlot_reader_hex(pseudonym, sizeof pseudonym, 's', field[1]) && field[2].n > 0;
    if (!form || !sunlot_text_equal(field[3], sunlot_mode_word(rd->r->mode))) return sunlot_reader_parse(rd, "not the form of this result", rd->line);
    if (!sunlot_reader_storing(rd)) return true;
    sunlot_supplement *s = supplement_of(rd);
    if (s == NULL) return sunlot_reader_memory(rd);
    if (rd->log->edition == SUNLOT_EDITION_PUBLIC) return take_unannounced(rd, s, pseudonym);
    sunlot_history *h = rd->log->history;
    const uint32_t late = s->from + s->seats;
    if (s->seats == 0) s->seats_line = rd->log->lines;
    if (s->seats++ >= s->lates) return true;
    h->late[late].seat_line = rd->log->lines;
    h->late[late].seat_record = rd->line;
    if (memcmp(h->late[late].pseudonym, pseudonym, sizeof pseudonym) == 0)
        sunlot_history_seat(h, late, sunlot_school_class(&rd->r->school[h->late[late].school], field[2]));
    return true;
}

bool sunlot_line_late_entropy(sunlot_reader *rd)
{
    if (!sunlot_reader_storing(rd)) return sunlot_entropy_line(rd, &rd->spare);
    sunlot_supplement *s = supplement_of(rd);
    return s == NULL ? sunlot_reader_memory(rd) : sunlot_entropy_line(rd, &s->entropy);
}

/* ---- checkpoints of acts ---------------------------------------------------------------------------------------------------------------------------------- */

/* The pseudonyms of a supplement are nobody's before. */
static bool check_twice(sunlot_reader *rd)
{
    uint32_t twice;
    sunlot_history *h = rd->log->history;
    if (!sunlot_history_sort(h, rd->log, &twice)) return sunlot_reader_memory(rd);
    if (twice == UINT32_MAX) return true;
    char found[33];
    sunlot_pseudonym_write(found, 's', h->late[twice].pseudonym);
    const uint64_t line = rd->log->edition == SUNLOT_EDITION_PUBLIC ? h->late[twice].seat_line : h->late[twice].line;
    return sunlot_reader_roster(rd, line, "a late student who is in the log already", (sunlot_text){found, sizeof found});
}

/* The end of part of a supplement: what is compared when all its lines are there.  Who came late is said by the records late, in a public edition by the seats. */
static bool end_supplement(sunlot_reader *rd, sunlot_act_kind kind, const sunlot_checkpoint *c)
{
    const bool public_ = rd->log->edition == SUNLOT_EDITION_PUBLIC;
    if (!sunlot_reader_storing(rd)) return true;
    sunlot_supplement *s = supplement_of(rd);
    if (s == NULL) return sunlot_reader_memory(rd);
    if (kind == SUNLOT_ACT_LATE_BASE) s->base = c->root;
    return kind != (public_ ? SUNLOT_ACT_AFTER : SUNLOT_ACT_LATE_BASE) || check_twice(rd);
}

/* Which checkpoint a record of an act is followed by. */
static sunlot_act_kind kind_after(sunlot_line_type before)
{
    if (before == SUNLOT_LINE_LATE || before == SUNLOT_LINE_LEAF) return SUNLOT_ACT_LATE_BASE;
    return before == SUNLOT_LINE_ENTROPY ? SUNLOT_ACT_LATE_DIGITS : SUNLOT_ACT_AFTER;
}

bool sunlot_act_end(sunlot_reader *rd, const sunlot_checkpoint_title *title, const sunlot_checkpoint *c)
{
    const sunlot_act_checkpoint act = {kind_after(rd->before), rd->log->act_number, rd->before == SUNLOT_LINE_LATE_SEAT, *c};
    if (title->phase != SUNLOT_PHASE_NONE || title->kind != act.kind || title->number != act.number)
        return sunlot_reader_order(rd, "not the checkpoint that must stand here", rd->record->field[1]);
    if (act.kind == SUNLOT_ACT_LATE_DIGITS && rd->r->mode == SUNLOT_LIVE && rd->entropies != rd->r->sources)
        sunlot_reader_entropy(rd, rd->log->lines, "not one entropy record for each source", SUNLOT_TEXT(""));
    rd->log->late_stage = act.kind == SUNLOT_ACT_LATE_BASE ? SUNLOT_LATE_ANNOUNCED : act.kind == SUNLOT_ACT_LATE_DIGITS ? SUNLOT_LATE_THROWN : SUNLOT_LATE_NONE;
    const bool supplement = act.kind != SUNLOT_ACT_AFTER || act.supplement;
    if (supplement && !end_supplement(rd, act.kind, c)) return false;
    return sunlot_act_add(rd->log, &act) || sunlot_reader_memory(rd);
}

/* ---- keys of parties ------------------------------------------------------------------------------------------------------------------------------------------ */

/* A key holds from the act after the one that gave it. */
bool sunlot_history_key(sunlot_vkey *out, const sunlot_log *log, uint32_t party, uint32_t act)
{
    const sunlot_party_rule *rule = &log->roster->party[party];
    const sunlot_history *h = log->history;
    uint32_t entry = h == NULL ? 0 : h->key[party];
    bool kept = true;
    SUNLOT_REQUIRE(sunlot_vkey_parse(out, rule->vkey)); /* seen when it was read */
    for (; entry != 0 && h->entry[entry - 1].act >= act; entry = h->entry[entry - 1].before) kept = kept && h->entry[entry - 1].act != act;
    if (entry != 0) {
        sunlot_record record;
        sunlot_vkey key;
        SUNLOT_REQUIRE(sunlot_record_parse(&record, h->entry[entry - 1].record) == NULL && sunlot_vkey_parse(&key, record.field[3]));
        key.name = out->name; /* the same text, in the roster's memory */
        *out = key;
    }
    return kept;
}
