/* What a log says, for those who show it.  Results are read from their lines as they stand: whether they are right is the verifier's
 * question. */
#include <string.h>

#include "base/alloc.h"
#include "log/history.h"

sunlot_phase sunlot_log_phase(const sunlot_log *log) { return log->phase; }

sunlot_mode sunlot_log_mode(const sunlot_log *log) { return log->roster->mode; }

sunlot_text sunlot_log_id(const sunlot_log *log) { return log->roster->id; }

void sunlot_log_fingerprint(const sunlot_log *log, uint8_t fingerprint32[32])
{
    SUNLOT_REQUIRE(log->phase >= SUNLOT_PHASE_SEED_BASE);
    memcpy(fingerprint32, log->checkpoint[SUNLOT_PHASE_SEED_BASE - 1].root.b, 32);
}

/* A fact that is no text: its line has no quotes. */
static sunlot_text plain_fact(const sunlot_log *log, sunlot_text key)
{
    sunlot_text rest, line, lines = log->bytes;
    (void)sunlot_text_split(lines, '\n', &lines);
    while (sunlot_text_starts(line = sunlot_text_split(lines, '\n', &lines), SUNLOT_TEXT("fact,"))) {
        (void)sunlot_text_split(line, ',', &rest);
        if (sunlot_text_equal(sunlot_text_split(rest, ',', &rest), key)) return rest;
    }
    return (sunlot_text){NULL, 0};
}

sunlot_text sunlot_log_fact(const sunlot_log *log, const char *key)
{
    const sunlot_facts *f = &log->roster->facts;
    const struct {
        const char *key;
        sunlot_text value;
    } text[] = {{"address", f->address}, {"authority", f->authority}, {"ground", f->ground}, {"retention", f->retention}};
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        if (sunlot_text_equal(sunlot_text_of(key), sunlot_text_of(text[i].key))) return text[i].value;
    return plain_fact(log, sunlot_text_of(key));
}

const sunlot_roster *sunlot_log_roster(const sunlot_log *log) { return log->roster; }

uint32_t sunlot_log_sources(const sunlot_log *log) { return log->roster->sources; }

void sunlot_log_source(const sunlot_log *log, uint32_t i, sunlot_source *out)
{
    SUNLOT_REQUIRE(i < log->roster->sources);
    const sunlot_source_rule *rule = &log->roster->source[i];
    *out =
        (sunlot_source){i + 1, rule->kind, rule->length, rule->holder, rule->crooked, rule->substitute, log->entropy[0].digits[i], log->entropy[1].digits[i]};
}

uint32_t sunlot_log_parties(const sunlot_log *log) { return log->roster->parties; }

void sunlot_log_party(const sunlot_log *log, uint32_t i, sunlot_party *out)
{
    SUNLOT_REQUIRE(i < log->roster->parties);
    const sunlot_party_rule *party = &log->roster->party[i];
    const sunlot_contribution *c = &log->contribution[i];
    sunlot_text rest;
    *out = (sunlot_party){.id = party->id,
                          .role = party->role,
                          .vkey = party->vkey,
                          .key_name = sunlot_text_split(party->vkey, '+', &rest),
                          .own = party->own,
                          .sealed = party->sealed,
                          .committed = c->commit_line != 0,
                          .revealed = c->reveal_line != 0,
                          .missing = c->missing_line != 0};
    memcpy(out->public_, party->public_, sizeof out->public_);
}

void sunlot_log_party_key(uint8_t public32[32], const sunlot_log *log, uint32_t party, uint32_t checkpoint)
{
    sunlot_vkey key;
    SUNLOT_REQUIRE(party < log->roster->parties && checkpoint < sunlot_log_checkpoints(log));
    sunlot_checkpoint_key(log, checkpoint, party, &key);
    memcpy(public32, key.public_, sizeof key.public_);
}

bool sunlot_log_party_find(const sunlot_log *log, sunlot_text id, uint32_t *out)
{
    const uint32_t i = sunlot_roster_party(log->roster, id);
    if (i != SUNLOT_NONE32) *out = i;
    return i != SUNLOT_NONE32;
}

uint32_t sunlot_log_groups(const sunlot_log *log) { return log->roster->groups; }

void sunlot_log_group(const sunlot_log *log, uint32_t i, sunlot_group *out)
{
    SUNLOT_REQUIRE(i < log->roster->groups);
    const sunlot_group_rule *group = &log->roster->group[i];
    *out = (sunlot_group){group->name, group->members, group->k};
}

/* ---- lines ------------------------------------------------------------------------------------------------------------------------------------- */

/* A walk over lines. */
typedef struct {
    sunlot_text rest;
    uint64_t number; /* of the next line */
} walk;

static sunlot_text walk_next(walk *w)
{
    w->number++;
    return sunlot_text_split(w->rest, '\n', &w->rest);
}

static void walk_skip(walk *w, uint64_t lines)
{
    for (uint64_t i = 0; i < lines; i++) walk_next(w);
}

/* From the first student of a school. */
static walk walk_students(const sunlot_log *log, uint32_t school)
{
    const sunlot_school *s = &log->roster->school[school];
    const size_t at = log->school_at[school];
    walk w = {{log->bytes.p + at, log->bytes.n - at}, s->first_line};
    walk_skip(&w, sunlot_school_head(s) + s->teachers);
    return w;
}

/* From the first result line of a school: nothing where there are none. */
static walk walk_results(const sunlot_log *log, uint32_t school)
{
    if (log->result == NULL) return (walk){{NULL, 0}, 0};
    return (walk){log->result[school].lines, log->result[school].first_line};
}

/* Read the next line if it is a record of this type with this many fields. */
static bool walk_record(walk *w, sunlot_record *record, sunlot_text type, uint32_t fields)
{
    if (w->rest.n == 0) return false;
    walk ahead = *w;
    const sunlot_text line = walk_next(&ahead);
    if (!sunlot_text_starts(line, type) || sunlot_record_parse(record, line) != NULL || record->fields != fields) return false;
    if (!sunlot_text_equal(record->field[0], type)) return false;
    *w = ahead;
    return true;
}

static sunlot_text class_name(const sunlot_school *s, sunlot_text name)
{
    const uint16_t c = sunlot_school_class(s, name);
    return c == SUNLOT_NONE16 ? (sunlot_text){NULL, 0} : s->class_[c].name;
}

/* ---- seats --------------------------------------------------------------------------------------------------------------------------------------- */

/* Pseudonyms stand at the same place in every line of a student: `student,s…`. */
#define PSEUDONYM_BYTES 33u

static sunlot_text lock_reason(const sunlot_school *s, sunlot_text pseudonym)
{
    char name[PSEUDONYM_BYTES];
    for (uint32_t i = 0; i < s->locks; i++) {
        sunlot_pseudonym_write(name, 's', s->lock[i].pseudonym);
        if (sunlot_text_equal(pseudonym, (sunlot_text){name, sizeof name})) return s->lock[i].reason;
    }
    return (sunlot_text){NULL, 0};
}

/* The roster's line says who it is; of a public edition the results alone do. */
static sunlot_seat seat_of(const sunlot_log *log, uint32_t school, uint32_t student, uint64_t number, sunlot_text line)
{
    const size_t at = sizeof "student," - 1;
    const sunlot_school *s = &log->roster->school[school];
    sunlot_seat seat = {.school = school, .student = student, .school_name = s->name, .roster_line = number};
    if (log->edition == SUNLOT_EDITION_PUBLIC) return seat;
    seat.pseudonym = (sunlot_text){line.p + at, PSEUDONYM_BYTES};
    if (s->student[student].lock != SUNLOT_NONE16) seat.lock_reason = lock_reason(s, seat.pseudonym);
    return seat;
}

/* Take the next seat line of the results if it is this student's.  `seat,PSEUDONYM,PLACE,GROUP,CLASS,MODE`: only CLASS can be quoted, so that
 * the others are pieces of the line. */
static void seat_result(sunlot_seat *seat, const sunlot_school *s, walk *results, sunlot_record *record)
{
    const uint64_t number = results->number;
    sunlot_text rest, line = results->rest;
    uint64_t start;
    if (!walk_record(results, record, SUNLOT_TEXT("seat"), 6)) return;
    if (seat->pseudonym.n == 0) {
        seat->pseudonym = (sunlot_text){line.p + sizeof "seat," - 1, PSEUDONYM_BYTES};
        seat->lock_reason = lock_reason(s, seat->pseudonym);
    }
    if (!sunlot_text_equal(record->field[1], seat->pseudonym)) return;
    if (!sunlot_number_parse(&start, record->field[2], UINT32_MAX)) return;
    for (int i = 0; i < 3; i++) {
        sunlot_text_split(line, ',', &rest);
        line = rest;
    }
    seat->start = (uint32_t)start;
    seat->group = sunlot_text_split(line, ',', &rest);
    seat->class_name = class_name(s, record->field[4]);
    seat->seat_line = number;
}

/* The class of a late student whose school is not known. */
static void end_unknown(sunlot_seat *seat, const sunlot_late *late)
{
    const sunlot_text end = seat->struck ? (sunlot_text){NULL, 0} : late->end;
    if (!sunlot_text_equal(seat->class_name, end)) seat->drawn = seat->class_name;
    seat->class_name = end;
}

/* What acts made of it: the class in the end. */
static void seat_end(sunlot_seat *seat, const sunlot_log *log, uint32_t person)
{
    const sunlot_history *h = log->history;
    if (h == NULL) return;
    const sunlot_whereabouts *w = &h->person[person];
    seat->struck = w->struck;
    seat->moved = w->moved;
    if (w->last == 0) return;
    if (seat->school == UINT32_MAX) {
        end_unknown(seat, &h->late[person - h->students]);
        return;
    }
    const sunlot_school *s = &log->roster->school[seat->school];
    const sunlot_text end = w->class_ == SUNLOT_NONE16 ? (sunlot_text){NULL, 0} : s->class_[w->class_].name;
    if (!sunlot_text_equal(seat->class_name, end)) seat->drawn = seat->class_name;
    seat->class_name = end;
    seat->act_line = h->entry[w->last - 1].line;
}

/* `late,DATE,SCHOOL,PSEUDONYM,…` or, in a public edition, `late-seat,PSEUDONYM,…`: nothing before the pseudonym can be quoted. */
static sunlot_seat seat_late(const sunlot_log *log, uint32_t late)
{
    const bool public_ = log->edition == SUNLOT_EDITION_PUBLIC;
    const sunlot_late *l = &log->history->late[late];
    const sunlot_school *s = l->school == UINT32_MAX ? NULL : &log->roster->school[l->school];
    sunlot_text rest, line = public_ ? l->seat_record : l->record;
    for (int i = 0; i < (public_ ? 1 : 3); i++) {
        sunlot_text_split(line, ',', &rest);
        line = rest;
    }
    sunlot_seat seat = {
        .school = l->school, .student = UINT32_MAX, .pseudonym = {line.p, PSEUDONYM_BYTES}, .late = true, .roster_line = l->line, .seat_line = l->seat_line};
    sunlot_record record;
    if (s != NULL) seat.school_name = s->name;
    if (s == NULL)
        seat.class_name = l->seated;
    else if (l->seat_line != 0 && sunlot_record_parse(&record, l->seat_record) == NULL)
        seat.class_name = class_name(s, record.field[2]);
    seat_end(&seat, log, log->history->students + late);
    return seat;
}

void sunlot_log_seats(const sunlot_log *log, sunlot_seat_fn *each, void *user)
{
    sunlot_record record;
    for (uint32_t school = 0; school < log->roster->schools; school++) {
        const sunlot_school *s = &log->roster->school[school];
        walk roster = walk_students(log, school), results = walk_results(log, school);
        if (results.rest.n > 0) walk_skip(&results, 1);
        for (uint32_t i = 0; i < s->students; i++) {
            const uint64_t number = roster.number;
            sunlot_seat seat = seat_of(log, school, i, number, walk_next(&roster));
            seat_result(&seat, s, &results, &record);
            if (log->history != NULL && i < log->history->from[school + 1] - log->history->from[school]) seat_end(&seat, log, log->history->from[school] + i);
            if (seat.pseudonym.n > 0) each(user, &seat);
        }
    }
    for (uint32_t i = 0; i < sunlot_log_lates(log); i++) {
        const sunlot_seat seat = seat_late(log, i);
        each(user, &seat);
    }
}

/* 32 hex digits, hyphens passed over, a leading s or S too, capitals as small ones. */
static bool read_pseudonym(uint8_t pseudonym16[16], sunlot_text text)
{
    char digits[32];
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        const char c = text.p[i];
        if (c == '-' || (i == 0 && (c == 's' || c == 'S'))) continue;
        if (n == sizeof digits) return false;
        digits[n++] = sunlot_hex_lower(c);
    }
    return sunlot_hex_parse(pseudonym16, 16, (sunlot_text){digits, n});
}

/* A student of a public edition. */
typedef struct {
    sunlot_text wanted;
    sunlot_seat *out;
    bool found;
} seat_search;

static void compare_seat(void *user, const sunlot_seat *seat)
{
    seat_search *search = user;
    if (!sunlot_text_equal(seat->pseudonym, search->wanted)) return;
    *search->out = *seat;
    search->found = true;
}

static bool find_seat(const sunlot_log *log, const uint8_t pseudonym16[16], sunlot_seat *out)
{
    char name[PSEUDONYM_BYTES];
    sunlot_pseudonym_write(name, 's', pseudonym16);
    seat_search search = {{name, sizeof name}, out, false};
    sunlot_log_seats(log, compare_seat, &search);
    return search.found;
}

/* Who of a full edition has a pseudonym: a student of a school, or a late one. */
typedef struct {
    uint32_t school, student; /* student SUNLOT_NONE32: a late one */
    uint32_t late;
} who;

static bool find_person(who *out, const sunlot_log *log, const uint8_t pseudonym16[16])
{
    uint32_t person;
    *out = (who){0, 0, 0};
    while (out->school < log->roster->schools && !sunlot_school_student(&out->student, &log->roster->school[out->school], pseudonym16)) out->school++;
    if (out->school < log->roster->schools) return true;
    if (log->history == NULL || !sunlot_history_find(&out->school, &person, log->history, log, pseudonym16)) return false;
    out->student = SUNLOT_NONE32;
    out->late = person - log->history->students;
    return true;
}

bool sunlot_log_person(sunlot_text *line, const sunlot_school **school, const sunlot_log *log, sunlot_text pseudonym)
{
    uint8_t wanted[16];
    who w;
    if (!read_pseudonym(wanted, pseudonym) || log->edition == SUNLOT_EDITION_PUBLIC || !find_person(&w, log, wanted)) return false;
    *school = &log->roster->school[w.school];
    if (w.student == SUNLOT_NONE32) {
        *line = log->history->late[w.late].record;
        return true;
    }
    walk roster = walk_students(log, w.school);
    walk_skip(&roster, w.student);
    *line = walk_next(&roster);
    return true;
}

bool sunlot_log_find(const sunlot_log *log, sunlot_text pseudonym, sunlot_seat *out)
{
    uint8_t wanted[16];
    who w;
    if (!read_pseudonym(wanted, pseudonym)) return false;
    if (log->edition == SUNLOT_EDITION_PUBLIC) return find_seat(log, wanted, out);
    if (!find_person(&w, log, wanted)) return false;
    if (w.student == SUNLOT_NONE32) {
        *out = seat_late(log, w.late);
        return true;
    }
    const uint32_t school = w.school, at = w.student;

    sunlot_record record;
    walk roster = walk_students(log, school), results = walk_results(log, school);
    walk_skip(&roster, at);
    if (results.rest.n > 0) walk_skip(&results, 1 + (uint64_t)at);
    const uint64_t number = roster.number;
    *out = seat_of(log, school, at, number, walk_next(&roster));
    seat_result(out, &log->roster->school[school], &results, &record);
    if (log->history != NULL) seat_end(out, log, log->history->from[school] + at);
    return true;
}

/* ---- sections, balance, placed ---------------------------------------------------------------------------------------------------------------- */

/* From the first line of the block that has the sections of a school. */
static walk walk_sections(const sunlot_log *log, uint32_t school)
{
    if (!log->roster->facts.two_rounds) return walk_results(log, school);
    if (log->matched == NULL) return (walk){{NULL, 0}, 0};
    return (walk){log->matched[school].lines, log->matched[school].first_line};
}

/* The lines of a school; those of one team alone, given to another class, if there is a team. */
static void give_sections(const sunlot_log *log, uint32_t school, sunlot_text team, sunlot_text to, sunlot_section_fn *each, void *user)
{
    const sunlot_school *s = &log->roster->school[school];
    sunlot_record record;
    for (walk w = walk_sections(log, school); w.rest.n > 0;) {
        const sunlot_text *f = record.field;
        if (!walk_record(&w, &record, SUNLOT_TEXT("section"), 7)) {
            walk_skip(&w, 1);
            continue;
        }
        if (team.n > 0 && !sunlot_text_equal(team, f[2])) continue;
        const sunlot_section section = {school, s->name, team.n > 0 ? to : class_name(s, f[1]), f[2], f[3], f[4], f[5]};
        each(user, &section);
    }
}

void sunlot_log_sections(const sunlot_log *log, sunlot_section_fn *each, void *user)
{
    const sunlot_history *h = log->history;
    for (uint32_t school = 0; school < log->roster->schools; school++) {
        const sunlot_school *s = &log->roster->school[school];
        if (h == NULL || !h->by_hand) {
            give_sections(log, school, (sunlot_text){NULL, 0}, (sunlot_text){NULL, 0}, each, user);
            continue;
        }
        for (uint32_t c = 0; c < s->classes && s->teachers > 0; c++) { /* by hand other teams may have come to the classes */
            char label[SUNLOT_NUMBER_BYTES + 1] = {'T'};
            const uint16_t team = h->team_of_class[h->class_from[school] + c];
            if (team == SUNLOT_NONE16) continue;
            const sunlot_text name = {label, 1 + sunlot_number_write(label + 1, team + 1u)};
            give_sections(log, school, name, s->class_[c].name, each, user);
        }
    }
}

void sunlot_school_balance(const sunlot_log *log, uint32_t school, sunlot_balance_fn *each, void *user)
{
    sunlot_record record;
    const sunlot_text none = {NULL, 0};
    for (walk w = walk_results(log, school); w.rest.n > 0;) {
        const sunlot_text *f = record.field;
        if (walk_record(&w, &record, SUNLOT_TEXT("count"), 9)) {
            each(user, &(sunlot_balance){school, false, false, f[1], f[2], f[3], f[4], f[5], f[6], f[7]});
        } else if (walk_record(&w, &record, SUNLOT_TEXT("mean"), 7)) {
            each(user, &(sunlot_balance){school, true, false, f[1], f[2], f[3], none, none, f[4], f[5]});
        } else if (walk_record(&w, &record, SUNLOT_TEXT("deviation"), 7)) {
            each(user, &(sunlot_balance){school, true, true, f[1], f[2], f[3], none, none, f[4], f[5]});
        } else {
            walk_skip(&w, 1);
        }
    }
}

void sunlot_log_balance(const sunlot_log *log, sunlot_balance_fn *each, void *user)
{
    for (uint32_t school = 0; school < log->roster->schools; school++) sunlot_school_balance(log, school, each, user);
}

bool sunlot_log_placed(const sunlot_log *log, uint32_t school, sunlot_text *rung, sunlot_text *attempt, sunlot_text *looks)
{
    SUNLOT_REQUIRE(school < log->roster->schools);
    sunlot_record record;
    walk w = walk_results(log, school);
    if (!walk_record(&w, &record, SUNLOT_TEXT("placed"), 6)) return false;
    *rung = record.field[2];
    *attempt = record.field[3];
    *looks = record.field[4];
    return true;
}
