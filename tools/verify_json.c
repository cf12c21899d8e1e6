/* The report as one JSON object (RFC 8259), UTF-8, ended by a line end. */
#include <string.h>

#include "characters.h"
#include "json.h"
#include "options.h"
#include "verify.h"
#include "verify_logs.h"

#include <stdio.h>

/* Who has recomputed what a public edition does not show. */
static void put_attesters(const verify_report *r)
{
    bool first = true;
    name_member("attested_by", false);
    (void)fputc('[', stdout);
    for (uint32_t i = 0; i < sunlot_log_parties(r->log); i++) {
        sunlot_party party;
        if ((r->verdict.attesters >> i & 1) == 0) continue;
        sunlot_log_party(r->log, i, &party);
        (void)fputs(first ? "{\"party\":" : ",{\"party\":", stdout);
        put_string(party.id);
        put_text("role", party.role);
        (void)fputc('}', stdout);
        first = false;
    }
    (void)fputc(']', stdout);
}

/* Supplements with their digits. */
static void put_supplements(const sunlot_log *log)
{
    name_member("supplements", false);
    (void)fputc('[', stdout);
    for (uint32_t i = 0; i < sunlot_log_supplements(log); i++) {
        sunlot_supplement_info info;
        sunlot_log_supplement(log, i, &info);
        (void)printf("%s{\"act\":%u", i > 0 ? "," : "", (unsigned)info.act);
        if (info.date.n > 0)
            put_text("date", info.date);
        else
            put_null("date"); /* a public edition does not show it */
        put_number("students", info.students);
        put_bool("drawn", info.seated);
        name_member("digits", false);
        (void)fputc('[', stdout);
        for (uint32_t s = 0; s < sunlot_log_sources(log); s++) {
            if (s > 0) (void)fputc(',', stdout);
            put_string(sunlot_log_supplement_digits(log, i, s));
        }
        (void)fputs("]}", stdout);
    }
    (void)fputc(']', stdout);
}

static void put_log(const verify_report *r)
{
    put_text("edition", text_of(verify_public(r) ? "public" : "full"));
    if (verify_public(r)) put_attesters(r);
    sunlot_phase phase = sunlot_log_phase(r->log);
    put_text("draw", sunlot_log_id(r->log));
    put_text("mode", text_of(sunlot_log_mode(r->log) == SUNLOT_LIVE ? "live" : "rehearsal"));
    put_text("phase", text_of(sunlot_phase_name(phase)));
    if (phase < SUNLOT_PHASE_SEED_BASE) {
        put_null("fingerprint");
    } else {
        uint8_t fingerprint[32];
        char hex[65];
        sunlot_log_fingerprint(r->log, fingerprint);
        for (size_t i = 0; i < 32; i++) (void)snprintf(hex + 2 * i, 3, "%02x", (unsigned)fingerprint[i]);
        put_text("fingerprint", text_of(hex));
    }
    name_member("sources", false);
    (void)fputc('[', stdout);
    for (uint32_t i = 0; i < sunlot_log_sources(r->log); i++) {
        sunlot_source source;
        sunlot_log_source(r->log, i, &source);
        (void)printf("%s{\"number\":%u", i > 0 ? "," : "", (unsigned)source.number);
        put_text("kind", text_of(sunlot_source_kind_name(source.kind)));
        put_number("length", source.length);
        put_text("holder", source.holder);
        if (source.digits.n > 0)
            put_text("digits", source.digits);
        else
            put_null("digits");
        if (source.digits_2.n > 0) put_text("digits_2", source.digits_2);
        (void)fputc('}', stdout);
    }
    (void)fputc(']', stdout);
    put_supplements(r->log);
}

static void put_rows(const sunlot_row_counts *n)
{
    name_member("rows", false);
    (void)printf("{\"announced\":%llu", (unsigned long long)n->announced);
    put_number("struck", n->struck);
    put_number("late", n->late);
    put_number("moved", n->moved);
    put_number("fixed", n->fixed);
    (void)fputc('}', stdout);
}

/* An act, record by record. */
static void put_entry(void *user, const sunlot_entry *e)
{
    bool *first = user;
    (void)printf("%s{\"act\":%u", *first ? "" : ",", (unsigned)e->act);
    *first = false;
    put_text("kind", text_of(sunlot_entry_name(e->kind)));
    put_number("line", e->line);
    put_text("date", e->date);
    if (e->subject.n > 0) put_text("of", e->subject);
    if (e->value.n > 0) put_text("value", e->value);
    if (e->more.n > 0) put_text("more", e->more);
    if (e->reason.n > 0) put_text("reason", e->reason);
    if (e->authority.n > 0) put_text("authority", e->authority);
    (void)fputc('}', stdout);
}

static void put_acts(const sunlot_log *log)
{
    bool first = true;
    name_member("acts", false);
    (void)fputc('[', stdout);
    sunlot_log_entries(log, put_entry, &first);
    (void)fputc(']', stdout);
}

static void put_checks(const sunlot_verdict *v)
{
    static const char *const state[] = {
        [SUNLOT_CHECK_OK] = "ok", [SUNLOT_CHECK_FAULT] = "fault", [SUNLOT_CHECK_NOT_REACHED] = "not reached", [SUNLOT_CHECK_ATTESTED] = "attested"};
    name_member("checks", false);
    (void)fputc('[', stdout);
    for (int c = 0; c < SUNLOT_CHECK_COUNT; c++)
        (void)printf("%s{\"check\":\"%s\",\"state\":\"%s\"}", c > 0 ? "," : "", sunlot_check_name((sunlot_check)c), state[v->check[c]]);
    (void)fputc(']', stdout);
}

static void put_fault(const sunlot_verdict *v)
{
    if (v->fault.answer == SUNLOT_VALID || v->fault.what == NULL) {
        put_null("fault");
        return;
    }
    name_member("fault", false);
    (void)printf("{\"answer\":\"%s\"", sunlot_answer_name(v->fault.answer));
    put_number("line", v->fault.line);
    put_text("what", text_of(v->fault.what));
    put_text("found", text_of(v->fault.found));
    (void)fputc('}', stdout);
}

/* "T1" … and their figures of a group, in hundredths of a percent. */
static void put_group(const sunlot_odds *odds, uint32_t group)
{
    (void)fputc('[', stdout);
    for (uint32_t t = 0; t < odds->classes; t++) (void)printf(t > 0 ? ",%u" : "%u", (unsigned)odds->odds[group][t]);
    (void)fputc(']', stdout);
}

/* How the odds are known, as members of the open object. */
static void put_method(const sunlot_odds *odds)
{
    const bool known = !odds->sampled || odds->allowed > 0;
    (void)printf("\"method\":\"%s\"", !known ? "unknown" : odds->sampled ? "sampled" : "counted");
    if (odds->sampled) {
        put_number("allowed", odds->allowed);
        put_number("shuffles", odds->shuffles);
    }
    put_number("unit", 10000);
}

/* A school's odds where they are not equal: those of groups G1, G2 … for teams T1, T2 …, in parts of the unit. */
static void put_odds(const sunlot_odds *odds)
{
    name_member("odds", false);
    (void)fputc('{', stdout);
    put_method(odds);
    put_number("groups_without_some_team", odds->recused);
    put_number("students_left_fewer_than_half", odds->narrowed);
    name_member("groups", false);
    (void)fputc('[', stdout);
    for (uint32_t g = 0; g < odds->classes; g++) {
        (void)printf("%s{\"group\":\"G%u\"", g > 0 ? "," : "", (unsigned)g + 1);
        put_number("teams_left", odds->left[g]);
        name_member("odds", false);
        put_group(odds, g);
        (void)fputc('}', stdout);
    }
    (void)fputs("]}", stdout);
}

/* The schools' balance comes in the order of the log: one pass, changing from school to school. */
typedef struct {
    const verify_report *report;
    uint32_t next; /* school to be opened next */
    bool first;    /* no balance of the open school yet */
} school_writer;

static void close_school(const school_writer *w)
{
    if (w->next > 0) (void)fputs("]}", stdout);
}

static void open_school(school_writer *w)
{
    sunlot_school_info info;
    sunlot_text rung, attempt, looks;
    uint32_t school = w->next;
    close_school(w);
    sunlot_roster_school(sunlot_log_roster(w->report->log), school, &info);
    (void)printf("%s{\"number\":%u", school > 0 ? "," : "", (unsigned)school + 1);
    put_text("name", info.name);
    put_number("classes", info.classes);
    put_number("students", info.students);
    put_number("teachers", info.teachers);
    put_number("sections", info.sections);
    put_number("locked", info.locked);
    if (!verify_public(w->report)) {
        put_number("rows_with_token", info.tokens);
        put_number("recused", info.recused);
        put_number("left_fewer_than_half_of_teams", info.narrowed);
        put_number("values_that_few_have", info.few);
        put_number("kept_apart_from_as_many_as_classes", info.isolated);
    }
    if (info.recused > 0 && verify_odds(w->report, school) && w->report->odds->recused > 0)
        put_odds(w->report->odds);
    else
        put_null("odds");
    if (sunlot_log_placed(w->report->log, school, &rung, &attempt, &looks)) {
        put_text("rung", rung);
        put_text("try", attempt);
        put_text("looks", looks);
    }
    (void)fputs(",\"balance\":[", stdout);
    w->next++;
    w->first = true;
}

static void put_balance(void *user, const sunlot_balance *b)
{
    school_writer *w = user;
    while (w->next <= b->school) open_school(w);
    (void)printf("%s{\"rule\":\"%s\"", w->first ? "" : ",", b->deviation ? "deviation" : b->sum ? "mean" : "count");
    w->first = false;
    put_text("who", b->who);
    put_text("column", b->column);
    put_text(b->sum ? "gap" : "value", b->value);
    if (!b->sum) {
        put_text("lo", b->lo);
        put_text("hi", b->hi);
    }
    put_text("least", b->least);
    put_text("most", b->most);
    (void)fputc('}', stdout);
}

static void put_schools(const verify_report *r)
{
    school_writer w = {r, 0, true};
    name_member("schools", false);
    (void)fputc('[', stdout);
    sunlot_log_balance(r->log, put_balance, &w);
    while (w.next < sunlot_roster_schools(sunlot_log_roster(r->log))) open_school(&w);
    close_school(&w);
    (void)fputc(']', stdout);
}

/* Whom recusals leave fewer than half of the teams, in the order of the log. */
typedef struct {
    const verify_report *report;
    uint32_t school; /* of info */
    sunlot_school_info info;
    bool first;
} narrowed_writer;

static void put_if_narrowed(void *user, const sunlot_seat *seat)
{
    narrowed_writer *w = user;
    const sunlot_roster *r = sunlot_log_roster(w->report->log);
    if (seat->late) return; /* recused from nobody */
    if (seat->school != w->school) sunlot_roster_school(r, seat->school, &w->info);
    w->school = seat->school;
    if (w->info.narrowed == 0) return;
    const uint32_t left = sunlot_roster_left(r, seat->school, seat->student);
    if (2 * left >= w->info.classes) return;
    (void)fputs(w->first ? "{\"pseudonym\":" : ",{\"pseudonym\":", stdout);
    w->first = false;
    put_string(seat->pseudonym);
    put_number("school_number", seat->school + 1);
    put_number("teams_left", left);
    put_number("teams", w->info.classes);
    (void)fputc('}', stdout);
}

static void put_narrowed(const verify_report *r)
{
    narrowed_writer w = {.report = r, .school = UINT32_MAX, .first = true};
    name_member("students_left_fewer_than_half_of_teams", false);
    (void)fputc('[', stdout);
    sunlot_log_seats(r->log, put_if_narrowed, &w);
    (void)fputc(']', stdout);
}

static void put_student_odds(const sunlot_odds *odds, uint32_t group)
{
    put_number("class_numbers_alike", odds->alike[group]);
    if (!odds->teachers) return;
    put_number("group_teams_left", odds->left[group]);
    name_member("team_odds", false);
    (void)fputc('{', stdout);
    put_method(odds);
    name_member("odds", false);
    put_group(odds, group);
    (void)fputc('}', stdout);
}

static void put_student(const verify_report *r)
{
    put_text("student_asked", text_of(r->student));
    if (!r->student_found) {
        put_null("student");
        return;
    }
    const sunlot_seat *s = &r->seat;
    name_member("student", false);
    (void)fputs("{\"pseudonym\":", stdout);
    put_string(s->pseudonym);
    put_text("school", s->school_name);
    put_number("roster_line", s->roster_line);
    if (s->lock_reason.n > 0)
        put_text("lock_reason", s->lock_reason);
    else
        put_null("lock_reason");
    if (s->start > 0) {
        put_number("starting_place", s->start);
        put_text("group", s->group);
    }
    if (s->seat_line > 0) {
        put_text("class", s->class_name);
        put_number("seat_line", s->seat_line);
    }
    if (s->act_line > 0) {
        put_text("class_drawn", s->drawn.n > 0 ? s->drawn : s->class_name);
        put_number("act_line", s->act_line);
    }
    put_bool("late", s->late);
    put_bool("struck", s->struck);
    put_bool("moved", s->moved);
    if (!s->late && !verify_public(r)) put_number("teams_left", sunlot_roster_left(sunlot_log_roster(r->log), s->school, s->student));
    if (s->start > 0 && verify_odds(r, s->school)) put_student_odds(r->odds, verify_group(s));
    (void)fputc('}', stdout);
}

static void put_parties(const sunlot_log *log)
{
    name_member("parties", false);
    for (uint32_t i = 0; i < sunlot_log_parties(log); i++) {
        sunlot_party party;
        sunlot_log_party(log, i, &party);
        (void)fputs(i == 0 ? "[{\"id\":" : ",{\"id\":", stdout);
        put_string(party.id);
        put_text("role", party.role);
        put_text("key", party.vkey);
        put_bool("own", party.own);
        put_bool("sealed", party.sealed);
        put_bool("committed", party.committed);
        put_bool("revealed", party.revealed);
        put_bool("missing", party.missing);
        (void)fputc('}', stdout);
    }
    (void)fputc(']', stdout);
}

static void put_checkpoints(const sunlot_log *log)
{
    name_member("checkpoints", false);
    (void)fputc('[', stdout);
    for (uint32_t i = 0; i < sunlot_log_checkpoints(log); i++) {
        sunlot_checkpoint_info c;
        if (sunlot_log_checkpoint(log, i, &c) != SUNLOT_OK) break; /* no memory: the verdict stands without the rest */
        (void)printf("%s{\"name\":\"%s\"", i == 0 ? "" : ",", c.name);
        put_number("line", c.line);
        put_number("size", c.size);
        if (c.has_quorum)
            put_text("quorum", sunlot_log_quorum(log, c.quorum));
        else
            put_null("quorum");
        put_bool("reached", c.reached);
        name_member("signed_by", false);
        bool first = true;
        for (uint32_t party = 0; party < sunlot_log_parties(log); party++) {
            sunlot_party p;
            if ((c.signed_by >> party & 1) == 0) continue;
            sunlot_log_party(log, party, &p);
            (void)fputc(first ? '[' : ',', stdout);
            put_string(p.id);
            first = false;
        }
        (void)fputs(first ? "[]}" : "]}", stdout);
    }
    (void)fputc(']', stdout);
}

void verify_json(const verify_report *r)
{
    (void)fputs("{\"program\":\"sunlot-verify " SUNLOT_VERSION "\"", stdout);
    put_text("log", text_of(r->path));
    put_text("answer", text_of(sunlot_answer_name(r->verdict.answer)));
    put_number("exit", (uint64_t)r->status);
    if (r->by_key || r->by_policy || r->by_fingerprint)
        put_text("pinned_by", text_of(r->by_key ? "key" : r->by_policy ? "policy" : "fingerprint"));
    else
        put_null("pinned_by");
    put_text("until", text_of(sunlot_phase_name(r->until == SUNLOT_PHASE_NONE ? SUNLOT_PHASE_RESULTS : r->until)));
    put_bool("rehearsal_accepted", r->rehearsal);
    put_checks(&r->verdict);
    put_fault(&r->verdict);
    put_number("signatures", r->verdict.signatures);
    put_number(verify_public(r) ? "schools_recomputed_in_part" : "schools_recomputed", r->verdict.schools);
    put_number("independent", r->verdict.independent);
    put_bool("open", r->verdict.open);
    put_bool("withdrawn", r->verdict.withdrawn);
    if (r->logs != NULL) verify_logs_json(r->logs);
    if (r->log != NULL) {
        put_log(r);
        put_parties(r->log);
        put_checkpoints(r->log);
        put_rows(&r->verdict.rows);
        put_acts(r->log);
    }
    if (r->log != NULL && r->verdict.answer < SUNLOT_FAULT_PARSE) {
        put_schools(r);
        if (!verify_public(r)) put_narrowed(r);
    }
    if (r->student != NULL) put_student(r);
    (void)fputs("}\n", stdout);
}
