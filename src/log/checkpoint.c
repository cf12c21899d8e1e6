/* Checkpoints of a log: which there are, how they are called, who signed them, whether that is enough (SPEC 5, 6). */
#include "log/fault.h"
#include "log/history.h"

#include <string.h>

#include "base/alloc.h"

/* ---- which there are --------------------------------------------------------------------------------------------------------------------------- */

static uint32_t phases_of(const sunlot_log *log)
{
    uint32_t phases = 0;
    for (uint32_t i = 0; i < SUNLOT_PHASES; i++) phases += log->checkpoint[i].line != 0;
    return phases;
}

/* The index into log->checkpoint of the i-th checkpoint, i < phases_of(log). */
static uint32_t phase_index(const sunlot_log *log, uint32_t i)
{
    uint32_t at = 0;
    for (uint32_t before = 0;; at++) {
        if (log->checkpoint[at].line == 0) continue;
        if (before++ == i) return at;
    }
}

uint32_t sunlot_log_checkpoints(const sunlot_log *log) { return phases_of(log) + log->acts; }

const sunlot_checkpoint *sunlot_checkpoint_at(const sunlot_log *log, uint32_t i)
{
    const uint32_t phases = phases_of(log);
    SUNLOT_REQUIRE(i < phases + log->acts);
    return i < phases ? &log->checkpoint[phase_index(log, i)] : &log->act[i - phases].c;
}

sunlot_checkpoint *sunlot_checkpoint_mine(sunlot_log *log, uint32_t i)
{
    const uint32_t phases = phases_of(log);
    SUNLOT_REQUIRE(i < phases + log->acts);
    return i < phases ? &log->checkpoint[phase_index(log, i)] : &log->act[i - phases].c;
}

sunlot_checkpoint *sunlot_checkpoint_last(sunlot_log *log)
{
    const uint32_t checkpoints = sunlot_log_checkpoints(log);
    return checkpoints == 0 ? NULL : sunlot_checkpoint_mine(log, checkpoints - 1);
}

bool sunlot_act_add(sunlot_log *log, const sunlot_act_checkpoint *act)
{
    if (log->acts == log->act_cap) {
        const uint32_t cap = log->act_cap < 4 ? 4 : 2 * log->act_cap;
        sunlot_act_checkpoint *more = sunlot_arena_alloc(&log->roster->arena, cap, sizeof *more);
        if (more == NULL) return false;
        if (log->acts > 0) memcpy(more, log->act, log->acts * sizeof *more);
        log->act = more;
        log->act_cap = cap;
    }
    log->act[log->acts++] = *act;
    return true;
}

bool sunlot_log_withdrawn(const sunlot_log *log) { return log->withdrawn; }

sunlot_phase sunlot_log_next(const sunlot_log *log) { return log->withdrawn ? SUNLOT_PHASE_NONE : sunlot_phase_after(log->roster, log->phase); }

/* ---- their names --------------------------------------------------------------------------------------------------------------------------------- */

/* In the order of sunlot_act_kind; all but the last are followed by a number. */
static const char *const act_name[] = {"late-base-", "late-digits-", "after-", "withdrawn"};

void sunlot_act_name(char out24[24], sunlot_act_kind kind, uint32_t number)
{
    size_t n = strlen(act_name[kind]);
    memcpy(out24, act_name[kind], n);
    if (kind != SUNLOT_ACT_WITHDRAWN) n += sunlot_number_write(out24 + n, number); /* at most SUNLOT_MAX_ACTS */
    out24[n] = 0;
}

void sunlot_checkpoint_name(char out24[24], const sunlot_log *log, uint32_t i)
{
    const uint32_t phases = phases_of(log);
    SUNLOT_REQUIRE(i < phases + log->acts);
    if (i >= phases) {
        sunlot_act_name(out24, log->act[i - phases].kind, log->act[i - phases].number);
        return;
    }
    const char *name = sunlot_phase_name((sunlot_phase)(phase_index(log, i) + 1));
    memcpy(out24, name, strlen(name) + 1);
}

bool sunlot_checkpoint_title_parse(sunlot_checkpoint_title *out, sunlot_text name)
{
    *out = (sunlot_checkpoint_title){.phase = SUNLOT_PHASE_NONE};
    for (unsigned phase = SUNLOT_PHASE_LIST; phase <= SUNLOT_PHASE_RESULTS; phase++) {
        out->phase = (sunlot_phase)phase;
        if (sunlot_text_equal(name, sunlot_text_of(sunlot_phase_name(out->phase)))) return true;
    }
    out->phase = SUNLOT_PHASE_NONE;
    out->kind = SUNLOT_ACT_WITHDRAWN;
    if (sunlot_text_equal(name, sunlot_text_of(act_name[SUNLOT_ACT_WITHDRAWN]))) return true;
    for (unsigned kind = SUNLOT_ACT_LATE_BASE; kind <= SUNLOT_ACT_AFTER; kind++) {
        const sunlot_text start = sunlot_text_of(act_name[kind]);
        uint64_t number;
        if (!sunlot_text_starts(name, start)) continue;
        if (!sunlot_number_parse(&number, (sunlot_text){name.p + start.n, name.n - start.n}, SUNLOT_MAX_ACTS) || number == 0) return false;
        out->kind = (sunlot_act_kind)kind;
        out->number = (uint32_t)number;
        return true;
    }
    return false;
}

/* ---- who must sign ---------------------------------------------------------------------------------------------------------------------------------- */

static sunlot_quorum act_quorum(const sunlot_act_checkpoint *act)
{
    switch (act->kind) {
    case SUNLOT_ACT_LATE_BASE:
        return SUNLOT_QUORUM_SEED_BASE;
    case SUNLOT_ACT_LATE_DIGITS:
        return SUNLOT_QUORUM_DIGITS;
    case SUNLOT_ACT_AFTER:
        return act->supplement ? SUNLOT_QUORUMS : SUNLOT_QUORUM_AFTER;
    case SUNLOT_ACT_WITHDRAWN:
        return SUNLOT_QUORUMS; /* nobody can keep the host from giving up a draw that has not begun */
    }
    sunlot_require_failed();
}

sunlot_quorum sunlot_checkpoint_quorum(const sunlot_log *log, uint32_t i)
{
    const uint32_t phases = phases_of(log);
    if (log->roster->mode == SUNLOT_REHEARSAL) return SUNLOT_QUORUMS;
    if (i >= phases) return act_quorum(&log->act[i - phases]);
    const sunlot_phase phase = (sunlot_phase)(phase_index(log, i) + 1);
    if (phase == SUNLOT_PHASE_SEED_BASE || phase == SUNLOT_PHASE_GROUPS) return SUNLOT_QUORUM_SEED_BASE;
    return phase == SUNLOT_PHASE_DIGITS || phase == SUNLOT_PHASE_DIGITS_2 ? SUNLOT_QUORUM_DIGITS : SUNLOT_QUORUMS;
}

sunlot_text sunlot_log_quorum(const sunlot_log *log, sunlot_quorum quorum)
{
    SUNLOT_REQUIRE((unsigned)quorum < SUNLOT_QUORUMS);
    return log->roster->quorum[quorum];
}

bool sunlot_log_quorum_reached(const sunlot_log *log, sunlot_quorum quorum, uint32_t parties)
{
    if ((parties & 1) == 0) return false;
    return log->roster->mode == SUNLOT_REHEARSAL || sunlot_quorum_satisfied(log->roster, sunlot_log_quorum(log, quorum), parties);
}

uint32_t sunlot_party_named(const sunlot_roster *r, sunlot_text key_name)
{
    sunlot_text rest;
    for (uint32_t i = 0; i < r->parties; i++)
        if (sunlot_text_equal(sunlot_text_split(r->party[i].vkey, '+', &rest), key_name)) return i;
    return SUNLOT_NONE32;
}

/* The act that a checkpoint belongs to; 0: none. */
static uint32_t act_of(const sunlot_log *log, uint32_t i)
{
    const uint32_t phases = phases_of(log);
    return i < phases ? 0 : log->act[i - phases].number;
}

void sunlot_checkpoint_key(const sunlot_log *log, uint32_t i, uint32_t party, sunlot_vkey *out) { (void)sunlot_history_key(out, log, party, act_of(log, i)); }

/* Of the parties that signed a checkpoint those who count in its quorum: not who is replaced by this very act. */
static uint32_t counting(const sunlot_log *log, uint32_t i, uint32_t parties)
{
    sunlot_vkey key;
    for (uint32_t party = 1; party < log->roster->parties; party++)
        if (!sunlot_history_key(&key, log, party, act_of(log, i))) parties &= ~(UINT32_C(1) << party);
    return parties;
}

/* ---- checking ----------------------------------------------------------------------------------------------------------------------------------------- */

/* A log that was withdrawn asks for no quorum of what stands before: those who would not sign may be the reason. */
static void check_quorum(const sunlot_log *log, uint32_t i, const sunlot_checkpoint *c, sunlot_checkpoint_state *out)
{
    const bool given_up = log->withdrawn && i + 2 == sunlot_log_checkpoints(log);
    const sunlot_quorum quorum = given_up ? SUNLOT_QUORUMS : sunlot_checkpoint_quorum(log, i);
    if ((out->there & 1) == 0) {
        sunlot_fault_set(&out->quorum, SUNLOT_FAULT_QUORUM, c->line, "the host's signature is missing", SUNLOT_TEXT(""));
    } else if (quorum != SUNLOT_QUORUMS && !sunlot_log_quorum_reached(log, quorum, counting(log, i, out->there))) {
        out->open = i + 1 == sunlot_log_checkpoints(log); /* a log ends with its last checkpoint's signatures */
        if (!out->open) sunlot_fault_set(&out->quorum, SUNLOT_FAULT_QUORUM, c->line, "not everybody who must sign has signed", sunlot_log_quorum(log, quorum));
    }
}

static void signature_failed(sunlot_checkpoint_state *out, uint64_t line, const char *what, sunlot_text found)
{
    if (out->signature.answer == SUNLOT_VALID || line < out->signature.line) sunlot_fault_set(&out->signature, SUNLOT_FAULT_SIGNATURE, line, what, found);
}

static sunlot_err check_one(const sunlot_log *log, uint32_t i, const sunlot_checkpoint *c, uint32_t party, sunlot_text note, sunlot_checkpoint_state *out)
{
    sunlot_vkey key;
    const uint64_t line = c->by[party].line != 0 ? c->by[party].line : c->line;
    sunlot_checkpoint_key(log, i, party, &key);
    switch (sunlot_note_check(c->by[party].sig, &key, note)) {
    case SUNLOT_NOTE_GOOD:
        out->good |= UINT32_C(1) << party;
        return SUNLOT_OK;
    case SUNLOT_NOTE_MEMORY:
        return SUNLOT_ERR_MEMORY;
    case SUNLOT_NOTE_FORM:
        signature_failed(out, line, "a signature of the form of another party", key.name);
        break;
    case SUNLOT_NOTE_KEY:
        signature_failed(out, line, "a signature by another key", key.name);
        break;
    case SUNLOT_NOTE_BAD:
        signature_failed(out, line, "a signature that is not valid", key.name);
        break;
    }
    return SUNLOT_OK;
}

sunlot_err sunlot_checkpoint_check(const sunlot_log *log, uint32_t i, const sunlot_checkpoint *with, sunlot_checkpoint_state *out)
{
    const sunlot_checkpoint *c = with != NULL ? with : sunlot_checkpoint_at(log, i);
    memset(out, 0, sizeof *out);
    for (uint32_t party = 0; party < log->roster->parties; party++) out->there |= (uint32_t)(c->by[party].sig.n > 0) << party;
    check_quorum(log, i, c, out);
    if (c->size != c->line - 1 || sunlot_digest_compare(&c->root, &c->actual) != 0) {
        signature_failed(out, c->line, c->size != c->line - 1 ? "a checkpoint of another number of lines" : "a checkpoint of other lines", SUNLOT_TEXT(""));
        return SUNLOT_OK;
    }
    if (c->unknown_line != 0) signature_failed(out, c->unknown_line, "a signature by an unknown name", c->unknown);
    sunlot_buffer note = {0};
    sunlot_err err = sunlot_note_write(&note, log->roster->id, c->size, &c->root) ? SUNLOT_OK : SUNLOT_ERR_MEMORY;
    for (uint32_t party = 0; party < log->roster->parties && err == SUNLOT_OK; party++)
        if (c->by[party].sig.n > 0) err = check_one(log, i, c, party, sunlot_buffer_view(&note), out);
    sunlot_buffer_free(&note);
    return err;
}

sunlot_err sunlot_log_checkpoint(const sunlot_log *log, uint32_t i, sunlot_checkpoint_info *out)
{
    const sunlot_checkpoint *c = sunlot_checkpoint_at(log, i);
    const sunlot_quorum quorum = sunlot_checkpoint_quorum(log, i);
    sunlot_checkpoint_state state;
    const sunlot_err err = sunlot_checkpoint_check(log, i, NULL, &state);
    if (err != SUNLOT_OK) return err;
    memset(out, 0, sizeof *out);
    sunlot_checkpoint_name(out->name, log, i);
    if (i < phases_of(log)) out->phase = (sunlot_phase)(phase_index(log, i) + 1);
    out->line = c->line;
    out->size = c->size;
    memcpy(out->root, c->root.b, sizeof out->root);
    out->signed_by = state.good;
    out->has_quorum = quorum != SUNLOT_QUORUMS;
    out->quorum = out->has_quorum ? quorum : SUNLOT_QUORUM_SEED_BASE;
    out->reached = out->has_quorum ? sunlot_log_quorum_reached(log, quorum, counting(log, i, state.good)) : (state.good & 1) != 0;
    return SUNLOT_OK;
}
