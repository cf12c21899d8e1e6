/* The verifier (SPEC 10).
 *
 * Begun by one thread, which reads the log and checks all that does not need a replay; then each school is checked by itself, by any thread, and
 * writes to its own slot alone; then the verdict gathers the slots.  So nothing is shared that is written. */
#include <string.h>

#include "base/alloc.h"
#include "draw/rules.h"
#include "log/fault.h"
#include "log/log.h"

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
    uint32_t signatures;
    uint32_t schools; /* to recompute */
    slot *slot;       /* [schools] */
};

const char *sunlot_check_name(sunlot_check check)
{
    static const char *const name[SUNLOT_CHECK_COUNT] = {"parse", "order", "roster", "entropy", "quorum", "signature", "pin", "replay", "rules"};
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
    static const sunlot_answer answer[] = {SUNLOT_FAULT_PARSE, SUNLOT_FAULT_ORDER, SUNLOT_FAULT_ROSTER, SUNLOT_FAULT_ENTROPY};
    unsigned check = SUNLOT_CHECK_PARSE;
    while (check < SUNLOT_CHECK_ENTROPY && answer[check] != fault->answer) v->check[check++] = SUNLOT_CHECK_OK;
    check_failed(v, (sunlot_check)check, fault);
}

/* Quorum and signatures of every checkpoint that the log has. */
static sunlot_err check_signatures(sunlot_verifier *v)
{
    v->check[SUNLOT_CHECK_QUORUM] = v->check[SUNLOT_CHECK_SIGNATURE] = SUNLOT_CHECK_OK;
    sunlot_fault fault, signature = {.answer = SUNLOT_VALID};
    for (unsigned phase = SUNLOT_PHASE_SEED_BASE; phase <= (unsigned)v->log->phase; phase++) {
        const sunlot_err err = sunlot_checkpoint_check(v->log, (sunlot_phase)phase, &fault);
        if (err == SUNLOT_ERR_MEMORY) return err;
        if (err == SUNLOT_OK)
            v->signatures++;
        else if (fault.answer == SUNLOT_FAULT_QUORUM)
            check_failed(v, SUNLOT_CHECK_QUORUM, &fault);
        else if (signature.answer == SUNLOT_VALID)
            signature = fault;
    }
    if (signature.answer != SUNLOT_VALID) check_failed(v, SUNLOT_CHECK_SIGNATURE, &signature);
    return SUNLOT_OK;
}

static void check_pin(sunlot_verifier *v, const sunlot_pin *pin)
{
    sunlot_fault fault;
    sunlot_text vkey = pin->vkey;
    if (vkey.n > 0 && vkey.p[vkey.n - 1] == '\n') vkey.n--;
    v->pinned = pin->vkey.n > 0 || pin->has_fingerprint;
    if (!v->pinned) return;
    v->check[SUNLOT_CHECK_PIN] = SUNLOT_CHECK_OK;
    if (pin->vkey.n > 0 && !sunlot_text_equal(vkey, v->log->roster->vkey)) {
        sunlot_fault_set(&fault, SUNLOT_FAULT_SIGNATURE, 0, "the log key is not the one given", v->log->roster->vkey);
        check_failed(v, SUNLOT_CHECK_PIN, &fault);
    }
    uint8_t fingerprint[32];
    sunlot_log_fingerprint(v->log, fingerprint);
    if (pin->has_fingerprint && memcmp(fingerprint, pin->fingerprint, sizeof fingerprint) != 0) {
        char shown[80];
        sunlot_fingerprint_write(shown, fingerprint);
        sunlot_fault_set(&fault, SUNLOT_FAULT_SPLIT, 0, "the fingerprint is not the one given", sunlot_text_of(shown));
        check_failed(v, SUNLOT_CHECK_PIN, &fault);
    }
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
    err = check_signatures(v);
    if (err != SUNLOT_OK) return err;
    check_pin(v, pin);
    if (v->fault.answer != SUNLOT_VALID || v->log->phase < SUNLOT_PHASE_RESULTS) return SUNLOT_OK;
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

/* The line at which a school's results begin; where they are missing, the checkpoint that stands there instead. */
static uint64_t first_line(const sunlot_log *log, uint32_t school)
{
    const uint64_t line = log->result[school].first_line;
    return line != 0 ? line : log->checkpoint[SUNLOT_PHASE_RESULTS - 1].line;
}

/* Compare the block that the log has with the lines that the replay gave.  Line by line only if they differ. */
static void compare(slot *s, const sunlot_log *log, uint32_t school, sunlot_text expected)
{
    sunlot_text found = log->result[school].lines;
    if (sunlot_text_equal(found, expected)) return;
    for (uint64_t line = first_line(log, school);; line++) {
        const sunlot_text a = sunlot_text_split(found, '\n', &found), b = sunlot_text_split(expected, '\n', &expected);
        if (sunlot_text_equal(a, b)) continue;
        s->state = SLOT_MISMATCH;
        sunlot_fault_differ(&s->fault, SUNLOT_FAULT_MISMATCH, line, "not the result that follows from the draw", a, b);
        return;
    }
}

sunlot_err sunlot_verifier_school(sunlot_verifier *v, uint32_t school)
{
    SUNLOT_REQUIRE(school < v->schools);
    slot result = {.state = SLOT_GOOD};
    const sunlot_result_block *block = &v->log->result[school];
    sunlot_buffer lines = {0};
    sunlot_outcome outcome;
    sunlot_err err = sunlot_replay_school(&lines, v->log, school, &outcome);
    if (err == SUNLOT_ERR_NOT_PLACED) {
        result.state = SLOT_MISMATCH; /* then the draw has no results at all: its first line is wrong */
        sunlot_fault_set(&result.fault, SUNLOT_FAULT_MISMATCH, first_line(v->log, 0), "this school has no placement", v->log->roster->school[school].name);
        err = SUNLOT_OK;
    } else if (err == SUNLOT_OK) {
        compare(&result, v->log, school, sunlot_buffer_view(&lines));
    }
    sunlot_buffer_free(&lines);
    if (err == SUNLOT_OK && result.state == SLOT_GOOD) {
        err = sunlot_rules_check(&result.fault, v->log->roster, school, block);
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
    out->check[SUNLOT_CHECK_REPLAY] = whole(&mismatch, recomputed, v->schools);
    out->check[SUNLOT_CHECK_RULES] = whole(&rule, good, v->schools);
    if (out->fault.answer == SUNLOT_VALID) out->fault = mismatch.answer != SUNLOT_VALID ? mismatch : rule;
}

void sunlot_verifier_verdict(const sunlot_verifier *v, sunlot_verdict *out)
{
    memset(out, 0, sizeof *out);
    memcpy(out->check, v->check, sizeof out->check);
    out->fault = v->fault;
    out->signatures = v->signatures;
    gather(v, out);

    if (out->fault.answer != SUNLOT_VALID) {
        out->answer = out->fault.answer;
    } else if (v->log->phase < v->until || out->schools < v->schools) {
        out->answer = SUNLOT_INCOMPLETE;
    } else if (v->log->roster->mode == SUNLOT_REHEARSAL) {
        out->answer = SUNLOT_IS_REHEARSAL;
    } else {
        out->answer = v->pinned ? SUNLOT_VALID : SUNLOT_UNPINNED;
    }
}
