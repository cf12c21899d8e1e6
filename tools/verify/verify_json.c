/* The report as one JSON object (RFC 8259), UTF-8, ended by a line end. */
#include "common/characters.h"
#include "common/json.h"
#include "verify/verify.h"
#include "verify/verify_logs.h"

/* Who has recomputed what a public edition does not show. */
static void put_attesters(json *j, const verify_report *r)
{
    bool first = true;
    name_member(j, "attested_by", false);
    json_add(j, "[");
    for (uint32_t i = 0; i < sunlot_log_parties(r->log); i++) {
        sunlot_party party;
        if ((r->verdict.attesters >> i & 1) == 0) continue;
        sunlot_log_party(r->log, i, &party);
        open_named(j, first, "party", party.id);
        put_text(j, "role", party.role);
        json_add(j, "}");
        first = false;
    }
    json_add(j, "]");
}

/* Supplements with their digits. */
static void put_supplements(json *j, const sunlot_log *log)
{
    name_member(j, "supplements", false);
    json_add(j, "[");
    for (uint32_t i = 0; i < sunlot_log_supplements(log); i++) {
        sunlot_supplement_info info;
        sunlot_log_supplement(log, i, &info);
        open_numbered(j, i == 0, "act", info.act);
        if (info.date.n > 0)
            put_text(j, "date", info.date);
        else
            put_null(j, "date"); /* a public edition does not show it */
        put_number(j, "students", info.students);
        put_bool(j, "drawn", info.seated);
        name_member(j, "digits", false);
        json_add(j, "[");
        for (uint32_t s = 0; s < sunlot_log_sources(log); s++) {
            if (s > 0) json_add(j, ",");
            put_string(j, sunlot_log_supplement_digits(log, i, s));
        }
        json_add(j, "]}");
    }
    json_add(j, "]");
}

/* The facts that the log has. */
static void put_facts(json *j, const sunlot_log *log)
{
    static const char *const key[] = {"address", "authority", "date",   "ground", "late",   "minisign", "mix",
                                      "page",    "retention", "rounds", "rows",   "scores", "tries"};
    bool first = true;
    name_member(j, "facts", false);
    json_add(j, "{");
    for (size_t i = 0; i < sizeof key / sizeof *key; i++) {
        const sunlot_text value = sunlot_log_fact(log, key[i]);
        if (value.n == 0) continue;
        name_member(j, key[i], first);
        put_string(j, value);
        first = false;
    }
    json_add(j, "}");
}

static void put_log(json *j, const verify_report *r)
{
    put_text(j, "edition", text_of(verify_public(r) ? "public" : "full"));
    if (verify_public(r)) put_attesters(j, r);
    sunlot_phase phase = sunlot_log_phase(r->log);
    put_text(j, "draw", sunlot_log_id(r->log));
    put_text(j, "mode", text_of(sunlot_log_mode(r->log) == SUNLOT_LIVE ? "live" : "rehearsal"));
    put_text(j, "phase", text_of(sunlot_phase_name(phase)));
    put_facts(j, r->log);
    if (phase < SUNLOT_PHASE_SEED_BASE) {
        put_null(j, "fingerprint");
    } else {
        uint8_t fingerprint[32];
        sunlot_log_fingerprint(r->log, fingerprint);
        put_digest(j, "fingerprint", fingerprint);
    }
    name_member(j, "sources", false);
    json_add(j, "[");
    for (uint32_t i = 0; i < sunlot_log_sources(r->log); i++) {
        sunlot_source source;
        sunlot_log_source(r->log, i, &source);
        open_numbered(j, i == 0, "number", source.number);
        put_text(j, "kind", text_of(sunlot_source_kind_name(source.kind)));
        put_number(j, "length", source.length);
        put_text(j, "holder", source.holder);
        if (source.digits.n > 0)
            put_text(j, "digits", source.digits);
        else
            put_null(j, "digits");
        if (source.digits_2.n > 0) put_text(j, "digits_2", source.digits_2);
        json_add(j, "}");
    }
    json_add(j, "]");
    put_supplements(j, r->log);
}

static void put_rows(json *j, const sunlot_row_counts *n)
{
    name_member(j, "rows", false);
    open_numbered(j, true, "announced", n->announced);
    put_number(j, "struck", n->struck);
    put_number(j, "late", n->late);
    put_number(j, "moved", n->moved);
    put_number(j, "fixed", n->fixed);
    json_add(j, "}");
}

typedef struct {
    json *j;
    bool first;
} entry_writer;

/* An act, record by record. */
static void put_entry(void *user, const sunlot_entry *e)
{
    entry_writer *w = user;
    json *j = w->j;
    open_numbered(j, w->first, "act", e->act);
    w->first = false;
    put_text(j, "kind", text_of(sunlot_entry_name(e->kind)));
    put_number(j, "line", e->line);
    put_text(j, "date", e->date);
    if (e->subject.n > 0) put_text(j, "of", e->subject);
    if (e->value.n > 0) put_text(j, "value", e->value);
    if (e->more.n > 0) put_text(j, "more", e->more);
    if (e->reason.n > 0) put_text(j, "reason", e->reason);
    if (e->authority.n > 0) put_text(j, "authority", e->authority);
    json_add(j, "}");
}

static void put_acts(json *j, const sunlot_log *log)
{
    entry_writer w = {j, true};
    name_member(j, "acts", false);
    json_add(j, "[");
    sunlot_log_entries(log, put_entry, &w);
    json_add(j, "]");
}

static void put_checks(json *j, const sunlot_verdict *v)
{
    static const char *const state[] = {
        [SUNLOT_CHECK_OK] = "ok", [SUNLOT_CHECK_FAULT] = "fault", [SUNLOT_CHECK_NOT_REACHED] = "not reached", [SUNLOT_CHECK_ATTESTED] = "attested"};
    name_member(j, "checks", false);
    json_add(j, "[");
    for (int c = 0; c < SUNLOT_CHECK_COUNT; c++) {
        open_named(j, c == 0, "check", text_of(sunlot_check_name((sunlot_check)c)));
        put_text(j, "state", text_of(state[v->check[c]]));
        json_add(j, "}");
    }
    json_add(j, "]");
}

static void put_fault(json *j, const sunlot_verdict *v)
{
    if (v->fault.answer == SUNLOT_VALID || v->fault.what == NULL) {
        put_null(j, "fault");
        return;
    }
    name_member(j, "fault", false);
    open_named(j, true, "answer", text_of(sunlot_answer_name(v->fault.answer)));
    put_number(j, "line", v->fault.line);
    put_text(j, "what", text_of(v->fault.what));
    put_text(j, "found", text_of(v->fault.found));
    json_add(j, "}");
}

/* The schools' balance comes in the order of the log: one pass, changing from school to school. */
typedef struct {
    json *j;
    const verify_report *report;
    uint32_t next; /* school to be opened next */
    bool first;    /* no balance of the open school yet */
} school_writer;

static void close_school(const school_writer *w)
{
    if (w->next > 0) json_add(w->j, "]}");
}

static void open_school(school_writer *w)
{
    json *j = w->j;
    sunlot_school_info info;
    sunlot_text rung, attempt, looks;
    uint32_t school = w->next;
    close_school(w);
    sunlot_roster_school(sunlot_log_roster(w->report->log), school, &info);
    open_numbered(j, school == 0, "number", school + 1);
    put_text(j, "name", info.name);
    put_number(j, "classes", info.classes);
    put_number(j, "students", info.students);
    put_number(j, "teachers", info.teachers);
    put_number(j, "sections", info.sections);
    put_number(j, "locked", info.locked);
    if (!verify_public(w->report)) {
        put_number(j, "rows_with_token", info.tokens);
        put_number(j, "recused", info.recused);
        put_number(j, "left_fewer_than_half_of_teams", info.narrowed);
        put_number(j, "values_that_few_have", info.few);
        put_number(j, "kept_apart_from_as_many_as_classes", info.isolated);
    }
    if (info.recused > 0 && verify_odds(w->report, school) && w->report->odds->recused > 0)
        verify_json_odds(j, w->report->odds);
    else
        put_null(j, "odds");
    if (sunlot_log_placed(w->report->log, school, &rung, &attempt, &looks)) {
        put_text(j, "rung", rung);
        put_text(j, "try", attempt);
        put_text(j, "looks", looks);
    }
    json_add(j, ",\"balance\":[");
    w->next++;
    w->first = true;
}

static void put_balance(void *user, const sunlot_balance *b)
{
    school_writer *w = user;
    json *j = w->j;
    while (w->next <= b->school) open_school(w);
    open_named(j, w->first, "rule", text_of(b->deviation ? "deviation" : b->sum ? "mean" : "count"));
    w->first = false;
    put_text(j, "who", b->who);
    put_text(j, "column", b->column);
    put_text(j, b->sum ? "gap" : "value", b->value);
    if (!b->sum) {
        put_text(j, "lo", b->lo);
        put_text(j, "hi", b->hi);
    }
    put_text(j, "least", b->least);
    put_text(j, "most", b->most);
    json_add(j, "}");
}

static void put_schools(json *j, const verify_report *r)
{
    school_writer w = {j, r, 0, true};
    name_member(j, "schools", false);
    json_add(j, "[");
    sunlot_log_balance(r->log, put_balance, &w);
    while (w.next < sunlot_roster_schools(sunlot_log_roster(r->log))) open_school(&w);
    close_school(&w);
    json_add(j, "]");
}

/* Whom recusals leave fewer than half of the teams, in the order of the log. */
typedef struct {
    json *j;
    const verify_report *report;
    uint32_t school; /* of info */
    sunlot_school_info info;
    bool first;
} narrowed_writer;

static void put_if_narrowed(void *user, const sunlot_seat *seat)
{
    narrowed_writer *w = user;
    json *j = w->j;
    const sunlot_roster *r = sunlot_log_roster(w->report->log);
    if (seat->late) return; /* recused from nobody */
    if (seat->school != w->school) sunlot_roster_school(r, seat->school, &w->info);
    w->school = seat->school;
    if (w->info.narrowed == 0) return;
    const uint32_t left = sunlot_roster_left(r, seat->school, seat->student);
    if (2 * left >= w->info.classes) return;
    open_named(j, w->first, "pseudonym", seat->pseudonym);
    w->first = false;
    put_number(j, "school_number", seat->school + 1);
    put_number(j, "teams_left", left);
    put_number(j, "teams", w->info.classes);
    json_add(j, "}");
}

static void put_narrowed(json *j, const verify_report *r)
{
    narrowed_writer w = {.j = j, .report = r, .school = UINT32_MAX, .first = true};
    name_member(j, "students_left_fewer_than_half_of_teams", false);
    json_add(j, "[");
    sunlot_log_seats(r->log, put_if_narrowed, &w);
    json_add(j, "]");
}

typedef struct {
    json *j;
    bool first;
} teacher_writer;

static void put_teacher(void *user, const sunlot_section *section)
{
    teacher_writer *w = user;
    open_named(w->j, w->first, "subject", section->subject);
    put_text(w->j, "teacher", section->teacher);
    put_bool(w->j, "homeroom", text_same(section->homeroom, text_of("homeroom")));
    json_add(w->j, "}");
    w->first = false;
}

/* Those of the class in the end. */
static void put_teachers(json *j, const verify_report *r)
{
    teacher_writer w = {j, true};
    name_member(j, "teachers", false);
    json_add(j, "[");
    verify_teachers(r, put_teacher, &w);
    json_add(j, "]");
}

void verify_json_student(json *j, const verify_report *r)
{
    const sunlot_seat *s = &r->seat;
    if (!r->student_found) {
        json_add(j, "null");
        return;
    }
    open_named(j, true, "pseudonym", s->pseudonym);
    put_text(j, "school", s->school_name);
    put_number(j, "roster_line", s->roster_line);
    if (s->lock_reason.n > 0)
        put_text(j, "lock_reason", s->lock_reason);
    else
        put_null(j, "lock_reason");
    if (s->start > 0) {
        put_number(j, "starting_place", s->start);
        put_text(j, "group", s->group);
    }
    if (s->seat_line > 0) {
        put_text(j, "class", s->class_name);
        put_number(j, "seat_line", s->seat_line);
    }
    if (s->act_line > 0) {
        put_text(j, "class_drawn", s->drawn.n > 0 ? s->drawn : s->class_name);
        put_number(j, "act_line", s->act_line);
    }
    put_bool(j, "late", s->late);
    uint8_t root[32];
    if (verify_late_root(root, r)) put_digest(j, "late_root", root);
    put_bool(j, "struck", s->struck);
    put_bool(j, "moved", s->moved);
    put_teachers(j, r);
    if (r->opened == VERIFY_UNKNOWN)
        put_null(j, "opens");
    else if (r->opened != VERIFY_NOT_TYPED)
        put_bool(j, "opens", r->opened == VERIFY_OPENS);
    if (!s->late && !verify_public(r)) put_number(j, "teams_left", sunlot_roster_left(sunlot_log_roster(r->log), s->school, s->student));
    if (s->start > 0 && verify_odds(r, s->school)) verify_json_group_odds(j, r->odds, verify_group(s));
    json_add(j, "}");
}

static void put_parties(json *j, const sunlot_log *log)
{
    name_member(j, "parties", false);
    json_add(j, "[");
    for (uint32_t i = 0; i < sunlot_log_parties(log); i++) {
        sunlot_party party;
        sunlot_log_party(log, i, &party);
        open_named(j, i == 0, "id", party.id);
        put_text(j, "role", party.role);
        put_text(j, "key", party.vkey);
        put_bool(j, "own", party.own);
        put_bool(j, "sealed", party.sealed);
        put_bool(j, "committed", party.committed);
        put_bool(j, "revealed", party.revealed);
        put_bool(j, "missing", party.missing);
        json_add(j, "}");
    }
    json_add(j, "]");
}

static void put_checkpoints(json *j, const sunlot_log *log)
{
    name_member(j, "checkpoints", false);
    json_add(j, "[");
    for (uint32_t i = 0; i < sunlot_log_checkpoints(log); i++) {
        sunlot_checkpoint_info c;
        if (sunlot_log_checkpoint(log, i, &c) != SUNLOT_OK) break; /* no memory: the verdict stands without the rest */
        open_named(j, i == 0, "name", text_of(c.name));
        put_number(j, "line", c.line);
        put_number(j, "size", c.size);
        if (c.has_quorum)
            put_text(j, "quorum", sunlot_log_quorum(log, c.quorum));
        else
            put_null(j, "quorum");
        put_bool(j, "reached", c.reached);
        name_member(j, "signed_by", false);
        bool first = true;
        for (uint32_t party = 0; party < sunlot_log_parties(log); party++) {
            sunlot_party p;
            if ((c.signed_by >> party & 1) == 0) continue;
            sunlot_log_party(log, party, &p);
            json_add(j, first ? "[" : ",");
            put_string(j, p.id);
            first = false;
        }
        json_add(j, first ? "[]}" : "]}");
    }
    json_add(j, "]");
}

void verify_json(json *j, const verify_report *r)
{
    json_add(j, "{\"program\":\"sunlot-verify " SUNLOT_VERSION "\"");
    put_text(j, "log", text_of(r->path));
    put_text(j, "answer", text_of(sunlot_answer_name(r->verdict.answer)));
    put_number(j, "exit", (uint64_t)r->status);
    if (r->by_key || r->by_policy || r->by_fingerprint)
        put_text(j, "pinned_by", text_of(r->by_key ? "key" : r->by_policy ? "policy" : "fingerprint"));
    else
        put_null(j, "pinned_by");
    put_text(j, "until", text_of(sunlot_phase_name(r->until == SUNLOT_PHASE_NONE ? SUNLOT_PHASE_RESULTS : r->until)));
    put_bool(j, "rehearsal_accepted", r->rehearsal);
    put_checks(j, &r->verdict);
    put_fault(j, &r->verdict);
    put_number(j, "signatures", r->verdict.signatures);
    put_number(j, verify_public(r) ? "schools_recomputed_in_part" : "schools_recomputed", r->verdict.schools);
    put_number(j, "independent", r->verdict.independent);
    put_bool(j, "open", r->verdict.open);
    put_bool(j, "withdrawn", r->verdict.withdrawn);
    if (r->logs != NULL) verify_logs_json(j, r->logs);
    if (r->log != NULL) {
        put_log(j, r);
        put_parties(j, r->log);
        put_checkpoints(j, r->log);
        put_rows(j, &r->verdict.rows);
        put_acts(j, r->log);
    }
    if (r->log != NULL && r->verdict.answer < SUNLOT_FAULT_PARSE) {
        put_schools(j, r);
        if (!verify_public(r)) put_narrowed(j, r);
    }
    if (r->student != NULL) {
        put_text(j, "student_asked", text_of(r->student));
        name_member(j, "student", false);
        verify_json_student(j, r);
    }
    if (r->figures > 0) {
        name_member(j, "figures", false);
        verify_json_figures(j, r, r->figures);
    }
    json_add(j, "}\n");
}
