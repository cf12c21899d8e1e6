/* The verifier (SPEC 10).
 *
 * Begun by one thread, which reads the log and checks all that does not need a replay; then each school is checked by itself, by any thread, and
 * writes to its own slot alone; then the verdict gathers the slots.  So nothing is shared that is written. */
#include <string.h>

#include "base/alloc.h"
#include "draw/public_results.h"
#include "draw/replay.h"
#include "draw/rules.h"
#include "draw/supplements.h"
#include "log/fault.h"
#include "log/policy.h"

typedef enum { SLOT_OPEN, SLOT_GOOD, SLOT_MISMATCH, SLOT_RULE } slot_state;

typedef struct {
    slot_state state;
    sunlot_fault fault;
} slot;

struct sunlot_verifier {
    sunlot_log *log;                              /* NULL if it could not be read */
    sunlot_check_state check[SUNLOT_CHECK_COUNT]; /* up to the pin; what follows is the slots' */
    sunlot_fault fault;                           /* the first of these; answer SUNLOT_VALID: none */
    sunlot_phase until;
    bool pinned;
    uint32_t signatures, independent;
    uint32_t attesters; /* parties, one bit each: they have recomputed what a public edition does not show */
    bool open;
    sunlot_fault late; /* the first line of a supplement that is another than it should be */
    uint32_t schools;  /* to recompute */
    slot *slot;        /* [schools] */
};

const char *sunlot_check_name(sunlot_check check)
{
    static const char *const name[SUNLOT_CHECK_COUNT] = {"parse", "order", "roster", "commitment", "entropy", "quorum", "signature", "pin", "replay", "rules"};
    SUNLOT_REQUIRE((unsigned)check < SUNLOT_CHECK_COUNT);
    return name[check];
}

/* ---- what is checked before the replay ----------------------------------------------------------------------------------------------------------- */

/* Keep the fault if it is the first in the order of the checks.  Checks are made in this order. */
static void check_failed(sunlot_verifier *v, sunlot_check check, const sunlot_fault *fault)
{
    v->check[check] = SUNLOT_CHECK_FAULT;
    if (v->fault.answer == SUNLOT_VALID) v->fault = *fault;
}

/* The check that a fault of reading belongs to; the ones before it held. */
static void reading_failed(sunlot_verifier *v, const sunlot_fault *fault)
{
    static const sunlot_answer answer[] = {SUNLOT_FAULT_PARSE,      SUNLOT_FAULT_ORDER,   SUNLOT_FAULT_ROSTER,
                                           SUNLOT_FAULT_COMMITMENT, SUNLOT_FAULT_ENTROPY, SUNLOT_FAULT_QUORUM};
    unsigned check = SUNLOT_CHECK_PARSE;
    while (check < SUNLOT_CHECK_QUORUM && answer[check] != fault->answer) v->check[check++] = SUNLOT_CHECK_OK;
    check_failed(v, (sunlot_check)check, fault);
}

static void keep_first(sunlot_fault *first, const sunlot_fault *other)
{
    if (other->answer != SUNLOT_VALID && (first->answer == SUNLOT_VALID || other->line < first->line)) *first = *other;
}

static uint32_t ones(uint32_t bits)
{
    uint32_t n = 0;
    for (; bits != 0; bits &= bits - 1) n++;
    return n;
}

/* Signatures that do not depend on the host (SPEC 6). */
static uint32_t independent(const sunlot_roster *r, uint32_t parties)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->parties; i++) n += r->party[i].own && (parties >> i & 1) != 0;
    return n;
}

/* Of those who signed the results, the parties that do not depend on the host (SPEC 10). */
static uint32_t attesters(const sunlot_roster *r, uint32_t parties)
{
    uint32_t bits = 0;
    for (uint32_t i = 1; i < r->parties; i++) bits |= (uint32_t)r->party[i].own << i;
    return bits & parties;
}

/* Add the signatures of notes to the log's. */
static sunlot_err add_notes(sunlot_verifier *v, const sunlot_pin *pin, sunlot_fault *signature, sunlot_fault *split)
{
    for (uint32_t i = 0; i < pin->notes; i++) {
        sunlot_fault fault;
        const sunlot_err err = sunlot_log_join_note(v->log, pin->note[i], &fault);
        if (err == SUNLOT_ERR_MEMORY) return err;
        if (err == SUNLOT_ERR_LOG) keep_first(fault.answer == SUNLOT_FAULT_SPLIT ? split : signature, &fault);
    }
    return SUNLOT_OK;
}

/* Quorum and signatures of every checkpoint that the log has, and of its commits. */
static sunlot_err check_signatures(sunlot_verifier *v, sunlot_fault *signature)
{
    v->check[SUNLOT_CHECK_QUORUM] = v->check[SUNLOT_CHECK_SIGNATURE] = SUNLOT_CHECK_OK;
    sunlot_fault fault, quorum = {.answer = SUNLOT_VALID};
    for (uint32_t i = 0; i < v->log->roster->parties; i++) {
        if (v->log->contribution[i].commit_line == 0) continue;
        const sunlot_err err = sunlot_commitment_check(v->log, i, &fault);
        if (err == SUNLOT_ERR_MEMORY) return err;
        if (err == SUNLOT_ERR_LOG) keep_first(signature, &fault);
    }
    for (uint32_t i = 0; i < sunlot_log_checkpoints(v->log); i++) {
        sunlot_checkpoint_state state;
        const sunlot_err err = sunlot_checkpoint_check(v->log, i, NULL, &state);
        if (err != SUNLOT_OK) return err;
        keep_first(&quorum, &state.quorum);
        keep_first(signature, &state.signature);
        v->signatures += ones(state.good);
        if (sunlot_checkpoint_at(v->log, i) == &v->log->checkpoint[SUNLOT_PHASE_SEED_BASE - 1]) v->independent = independent(v->log->roster, state.good);
        if (sunlot_checkpoint_at(v->log, i) == &v->log->checkpoint[SUNLOT_PHASE_RESULTS - 1] && v->log->edition == SUNLOT_EDITION_PUBLIC)
            v->attesters = attesters(v->log->roster, state.good);
        v->open = v->open || state.open;
    }
    if (v->open) v->check[SUNLOT_CHECK_QUORUM] = SUNLOT_CHECK_NOT_REACHED;
    if (quorum.answer != SUNLOT_VALID) check_failed(v, SUNLOT_CHECK_QUORUM, &quorum);
    if (signature->answer != SUNLOT_VALID) check_failed(v, SUNLOT_CHECK_SIGNATURE, signature);
    return SUNLOT_OK;
}

static sunlot_err check_pin(sunlot_verifier *v, const sunlot_pin *pin, const sunlot_fault *split)
{
    sunlot_fault fault;
    sunlot_text vkey = pin->vkey;
    if (vkey.n > 0 && vkey.p[vkey.n - 1] == '\n') vkey.n--;
    const bool has_fingerprint = pin->has_fingerprint && v->log->phase >= SUNLOT_PHASE_SEED_BASE; /* before it there is nothing to compare it with */
    v->pinned = pin->vkey.n > 0 || has_fingerprint || pin->policy != NULL;
    if (v->pinned) v->check[SUNLOT_CHECK_PIN] = SUNLOT_CHECK_OK;
    if (pin->vkey.n > 0 && !sunlot_text_equal(vkey, v->log->roster->party[0].vkey)) {
        sunlot_fault_set(&fault, SUNLOT_FAULT_SIGNATURE, 0, "the log key is not the one given", v->log->roster->party[0].vkey);
        check_failed(v, SUNLOT_CHECK_PIN, &fault);
    }
    if (pin->policy != NULL) {
        const sunlot_err err = sunlot_policy_check(&fault, pin->policy, v->log);
        if (err != SUNLOT_OK) return err;
        if (fault.answer != SUNLOT_VALID) check_failed(v, SUNLOT_CHECK_PIN, &fault);
    }
    if (split->answer != SUNLOT_VALID) check_failed(v, SUNLOT_CHECK_PIN, split);
    if (!has_fingerprint) return SUNLOT_OK;
    uint8_t fingerprint[32];
    sunlot_log_fingerprint(v->log, fingerprint);
    if (memcmp(fingerprint, pin->fingerprint, sizeof fingerprint) != 0) {
        char shown[80];
        sunlot_fingerprint_write(shown, fingerprint);
        sunlot_fault_set(&fault, SUNLOT_FAULT_SPLIT, 0, "the fingerprint is not the one given", sunlot_text_of(shown));
        check_failed(v, SUNLOT_CHECK_PIN, &fault);
    }
    return SUNLOT_OK;
}

static sunlot_err begin(sunlot_verifier *v, sunlot_text bytes, const sunlot_pin *pin, const sunlot_crew *crew)
{
    sunlot_fault fault;
    sunlot_err err = sunlot_log_read(&v->log, bytes, &fault, crew);
    if (err == SUNLOT_ERR_LOG) {
        reading_failed(v, &fault);
        return SUNLOT_OK;
    }
    if (err != SUNLOT_OK) return err;
    for (unsigned check = SUNLOT_CHECK_PARSE; check <= SUNLOT_CHECK_ENTROPY; check++) v->check[check] = SUNLOT_CHECK_OK;
    err = sunlot_supplements_check(&fault, &v->late, v->log);
    if (err != SUNLOT_OK) return err;
    if (fault.answer != SUNLOT_VALID) check_failed(v, SUNLOT_CHECK_ROSTER, &fault);
    sunlot_fault signature = {.answer = SUNLOT_VALID}, split = {.answer = SUNLOT_VALID};
    err = add_notes(v, pin, &signature, &split);
    if (err == SUNLOT_OK) err = check_signatures(v, &signature);
    if (err != SUNLOT_OK) return err;
    err = check_pin(v, pin, &split);
    if (err != SUNLOT_OK) return err;
    if (v->fault.answer != SUNLOT_VALID || v->log->phase < SUNLOT_PHASE_GROUPS) return SUNLOT_OK;
    v->slot = sunlot_alloc(v->log->roster->schools, sizeof *v->slot);
    if (v->slot == NULL) return SUNLOT_ERR_MEMORY;
    v->schools = v->log->roster->schools;
    return SUNLOT_OK;
}

sunlot_err sunlot_verifier_new(sunlot_verifier **out, sunlot_text bytes, const sunlot_pin *pin, const sunlot_crew *crew)
{
    sunlot_verifier *v = sunlot_alloc(1, sizeof *v);
    if (v == NULL) return SUNLOT_ERR_MEMORY;
    for (unsigned check = 0; check < SUNLOT_CHECK_COUNT; check++) v->check[check] = SUNLOT_CHECK_NOT_REACHED;
    v->late.answer = SUNLOT_VALID;
    v->until = pin->until == SUNLOT_PHASE_NONE ? SUNLOT_PHASE_RESULTS : pin->until;
    const sunlot_err err = begin(v, bytes, pin, crew);
    if (err == SUNLOT_OK)
        *out = v;
    else
        sunlot_verifier_free(v);
    return err;
}

void sunlot_verifier_free(sunlot_verifier *v)
{
    if (v == NULL) return;
    sunlot_log_free(v->log);
    sunlot_release(v->slot);
    sunlot_release(v);
}

const sunlot_log *sunlot_verifier_log(const sunlot_verifier *v) { return v->log; }

uint32_t sunlot_verifier_schools(const sunlot_verifier *v) { return v->schools; }

/* ---- a school ------------------------------------------------------------------------------------------------------------------------------------ */

/* A school's results of a round, 1 or 2. */
static const sunlot_result_block *block_of(const sunlot_log *log, uint32_t school, uint32_t round)
{
    return round == 1 ? &log->result[school] : &log->matched[school];
}

/* The line at which they begin; where they are missing, the checkpoint that stands there instead. */
static uint64_t first_line(const sunlot_log *log, uint32_t school, uint32_t round)
{
    const uint64_t line = block_of(log, school, round)->first_line;
    const sunlot_phase phase = round == 1 && log->roster->facts.two_rounds ? SUNLOT_PHASE_GROUPS : SUNLOT_PHASE_RESULTS;
    return line != 0 ? line : log->checkpoint[phase - 1].line;
}

/* Compare the block that the log has with the lines that the replay gave.  Line by line only if they differ. */
static void compare(slot *s, const sunlot_log *log, uint32_t school, uint32_t round, sunlot_text expected)
{
    sunlot_text found = block_of(log, school, round)->lines;
    if (sunlot_text_equal(found, expected)) return;
    for (uint64_t line = first_line(log, school, round);; line++) {
        const sunlot_text a = sunlot_text_split(found, '\n', &found), b = sunlot_text_split(expected, '\n', &expected);
        if (sunlot_text_equal(a, b)) continue;
        s->state = SLOT_MISMATCH;
        sunlot_fault_differ(&s->fault, SUNLOT_FAULT_MISMATCH, line, "not the result that follows from the draw", a, b);
        return;
    }
}

/* Of a public edition what can be: the rest is attested. */
static sunlot_err check_public(sunlot_verifier *v, uint32_t school)
{
    slot result = {.state = SLOT_GOOD};
    const sunlot_err err = sunlot_public_results_check(&result.fault, v->log, school);
    if (err != SUNLOT_OK) return err;
    if (result.fault.answer != SUNLOT_VALID) result.state = SLOT_MISMATCH;
    if (result.fault.line == 0) result.fault.line = first_line(v->log, school, 1);
    v->slot[school] = result;
    return SUNLOT_OK;
}

static sunlot_err replay(slot *result, const sunlot_log *log, uint32_t school, uint32_t round)
{
    sunlot_buffer lines = {0};
    sunlot_outcome outcome;
    sunlot_err err = sunlot_replay_round(&lines, log, school, round, &outcome);
    if (err == SUNLOT_ERR_NOT_PLACED) {
        result->state = SLOT_MISMATCH; /* then the draw has no results at all: its first line is wrong */
        sunlot_fault_set(&result->fault, SUNLOT_FAULT_MISMATCH, first_line(log, 0, 1), "this school has no placement", log->roster->school[school].name);
        err = SUNLOT_OK;
    } else if (err == SUNLOT_OK) {
        compare(result, log, school, round, sunlot_buffer_view(&lines));
    }
    sunlot_buffer_free(&lines);
    return err;
}

/* The second round follows from the first: it is looked at if that is right. */
sunlot_err sunlot_verifier_school(sunlot_verifier *v, uint32_t school)
{
    SUNLOT_REQUIRE(school < v->schools);
    if (v->log->edition == SUNLOT_EDITION_PUBLIC) return check_public(v, school);
    slot result = {.state = SLOT_GOOD};
    const sunlot_log *log = v->log;
    const bool second = log->matched != NULL && log->phase == SUNLOT_PHASE_RESULTS && log->roster->school[school].teachers > 0;
    sunlot_err err = replay(&result, log, school, 1);
    if (err == SUNLOT_OK && result.state == SLOT_GOOD && second) err = replay(&result, log, school, 2);
    if (err == SUNLOT_OK && result.state == SLOT_GOOD) {
        err = sunlot_rules_check(&result.fault, log->roster, school, &log->result[school], second ? &log->matched[school] : NULL);
        if (result.fault.answer != SUNLOT_VALID) result.state = SLOT_RULE;
    }
    if (err == SUNLOT_OK) v->slot[school] = result;
    return err;
}

/* ---- the verdict ---------------------------------------------------------------------------------------------------------------------------------- */

static void first_of(sunlot_fault *first, const sunlot_fault *other)
{
    if (first->answer == SUNLOT_VALID || other->line < first->line) *first = *other;
}

/* A check of all schools: a fault of one is one of the whole; without, it holds only if every school was checked. */
static sunlot_check_state whole(const sunlot_fault *fault, uint32_t good, uint32_t schools)
{
    if (fault->answer != SUNLOT_VALID) return SUNLOT_CHECK_FAULT;
    return good == schools && schools > 0 ? SUNLOT_CHECK_OK : SUNLOT_CHECK_NOT_REACHED;
}

/* What nobody can recompute from a public edition is what those say who have the full one. */
static void attest(const sunlot_verifier *v, sunlot_verdict *out)
{
    if (v->log == NULL || v->log->edition != SUNLOT_EDITION_PUBLIC) return;
    for (unsigned check = SUNLOT_CHECK_REPLAY; check <= SUNLOT_CHECK_RULES; check++)
        if (out->check[check] == SUNLOT_CHECK_OK) out->check[check] = v->attesters != 0 ? SUNLOT_CHECK_ATTESTED : SUNLOT_CHECK_NOT_REACHED;
}

static void gather(const sunlot_verifier *v, sunlot_verdict *out)
{
    sunlot_fault mismatch = {.answer = SUNLOT_VALID}, rule = {.answer = SUNLOT_VALID};
    uint32_t recomputed = 0, good = 0;
    for (uint32_t i = 0; i < v->schools; i++) {
        const slot *s = &v->slot[i];
        out->schools += s->state != SLOT_OPEN;
        recomputed += s->state == SLOT_GOOD || s->state == SLOT_RULE;
        good += s->state == SLOT_GOOD;
        if (s->state == SLOT_MISMATCH) first_of(&mismatch, &s->fault);
        if (s->state == SLOT_RULE) first_of(&rule, &s->fault);
    }
    if (v->schools > 0 && v->log->extra_line != 0) {
        sunlot_fault extra;
        sunlot_fault_set(&extra, SUNLOT_FAULT_MISMATCH, v->log->extra_line, "results of more schools than the log has", SUNLOT_TEXT(""));
        first_of(&mismatch, &extra);
    }
    if (v->schools > 0 && v->late.answer != SUNLOT_VALID) first_of(&mismatch, &v->late);
    out->check[SUNLOT_CHECK_REPLAY] = whole(&mismatch, recomputed, v->schools);
    out->check[SUNLOT_CHECK_RULES] = whole(&rule, good, v->schools);
    attest(v, out);
    if (out->fault.answer == SUNLOT_VALID) out->fault = mismatch.answer != SUNLOT_VALID ? mismatch : rule;
}

static void count_rows(const sunlot_log *log, sunlot_row_counts *out)
{
    const sunlot_history *h = log->history;
    for (uint32_t i = 0; i < log->roster->schools; i++) {
        out->announced += log->roster->school[i].students;
        out->fixed += log->roster->school[i].locks;
    }
    if (h == NULL) return;
    out->late = sunlot_history_announced(h);
    for (uint32_t i = 0; i < h->students + h->lates; i++) {
        out->struck += h->person[i].struck;
        out->moved += h->person[i].moved;
    }
}

/* Results that can be recomputed by nobody but those who have the full edition, and none of them has signed. */
static bool lacks_attesters(const sunlot_verifier *v) { return v->log->edition == SUNLOT_EDITION_PUBLIC && v->schools > 0 && v->attesters == 0; }

void sunlot_verifier_verdict(const sunlot_verifier *v, sunlot_verdict *out)
{
    memset(out, 0, sizeof *out);
    memcpy(out->check, v->check, sizeof out->check);
    out->fault = v->fault;
    out->signatures = v->signatures;
    out->independent = v->independent;
    out->attesters = v->attesters;
    out->open = v->open;
    out->withdrawn = v->log != NULL && v->log->withdrawn;
    gather(v, out);
    if (v->log != NULL) count_rows(v->log, &out->rows);

    const sunlot_history *h = v->log != NULL ? v->log->history : NULL;
    if (out->fault.answer != SUNLOT_VALID) {
        out->answer = out->fault.answer;
    } else if (h != NULL && h->set_aside) {
        out->answer = SUNLOT_SET_ASIDE;
    } else if (v->log->phase < v->until || out->open || out->withdrawn || out->schools < v->schools || lacks_attesters(v)) {
        out->answer = SUNLOT_INCOMPLETE;
    } else if (v->log->roster->mode == SUNLOT_REHEARSAL) {
        out->answer = SUNLOT_IS_REHEARSAL;
    } else if (h != NULL && h->by_hand) {
        out->answer = SUNLOT_BY_HAND;
    } else {
        out->answer = v->pinned ? SUNLOT_VALID : SUNLOT_UNPINNED;
    }
}
