/* The verifier as a WebAssembly module: what worker.js calls.  It gives bytes and takes JSON; the module asks its surroundings for nothing.
 *
 * A call: core_give for each thing that the call takes, then the call, then core_text for what it has written.  Numbers below 0 are errors. */
#include <stdlib.h>
#include <string.h>

#include "common/characters.h"
#include "verify/verify_logs.h"
#include "verify/verify_receipt.h"

#define EXPORT(name) __attribute__((export_name(#name), used)) name

/* What a call takes.  worker.js has the same list. */
typedef enum {
    GIVEN_LOG,
    GIVEN_LOG_NAME,
    GIVEN_KEY,
    GIVEN_POLICY,
    GIVEN_FINGERPRINT,
    GIVEN_UNTIL,
    GIVEN_STUDENT,
    GIVEN_RECEIPT,
    GIVEN_RECEIPT_NAME,
    GIVEN_SINCE,
    GIVEN_SINCE_NAME,
    GIVEN_LINK,
    GIVEN_SALT,
    GIVEN_ID,
    GIVEN_PERSON,
    GIVEN_KINDS,
    GIVEN_NOTE = GIVEN_KINDS, /* these may be given several times */
    GIVEN_OTHER,              /* another log */
    GIVEN_OTHER_NAME
} given_kind;

enum { FAILED_MEMORY = -1, FAILED_KEY = -2, FAILED_POLICY = -3, FAILED_FINGERPRINT = -4, FAILED_UNTIL = -5, FAILED_NOTE = -6, FAILED_ORDER = -7 };

/* A log with as many acts as there may be, each for late students, has fewer checkpoints. */
#define MOST_NOTES 4096u

/* Each text is followed by a zero. */
typedef struct {
    char *p[GIVEN_KINDS];
    size_t n[GIVEN_KINDS];
    sunlot_text note[MOST_NOTES], other[VERIFY_MOST_LOGS], other_name[VERIFY_MOST_LOGS];
    uint32_t notes, others, other_names;
} given_things;

/* A check and all that it holds on to, until the next one. */
typedef struct {
    given_things given;
    sunlot_policy *policy;
    sunlot_pin pin;
    sunlot_verifier *verifier;
    verify_logs logs;
    verify_report report;
    sunlot_err err;
    sunlot_odds odds;
} check_state;

static given_things given;
static check_state check;
static json said;

/* ---- what is given ------------------------------------------------------------------------------------------------------------------ */

static void release_list(sunlot_text *text, uint32_t *count)
{
    while (*count > 0) free((void *)(uintptr_t)text[--*count].p);
}

static void release(given_things *g)
{
    for (size_t kind = 0; kind < GIVEN_KINDS; kind++) free(g->p[kind]);
    release_list(g->note, &g->notes);
    release_list(g->other, &g->others);
    release_list(g->other_name, &g->other_names);
    memset(g, 0, sizeof *g);
}

static sunlot_text view(const given_things *g, given_kind kind) { return (sunlot_text){g->p[kind], g->n[kind]}; }
/* The same as a string; NULL if it was not given or is empty. */
static const char *string(const given_things *g, given_kind kind) { return g->n[kind] > 0 ? g->p[kind] : NULL; }

static void append(sunlot_text *text, uint32_t *count, char *p, uint32_t n) { text[(*count)++] = (sunlot_text){p, n}; }

/* Room for n bytes of a thing, which the caller fills.  NULL: no memory, or too many of a kind. */
void *EXPORT(core_give)(uint32_t kind, uint32_t n)
{
    if ((kind == GIVEN_NOTE && given.notes == MOST_NOTES) || (kind == GIVEN_OTHER && given.others + 1 == VERIFY_MOST_LOGS) ||
        (kind == GIVEN_OTHER_NAME && given.other_names + 1 == VERIFY_MOST_LOGS) || kind > GIVEN_OTHER_NAME || n >= INT32_MAX)
        return NULL;
    char *p = malloc((size_t)n + 1);
    if (p == NULL) return NULL;
    p[n] = '\0';
    if (kind == GIVEN_NOTE) {
        append(given.note, &given.notes, p, n);
    } else if (kind == GIVEN_OTHER) {
        append(given.other, &given.others, p, n);
    } else if (kind == GIVEN_OTHER_NAME) {
        append(given.other_name, &given.other_names, p, n);
    } else {
        free(given.p[kind]);
        given.p[kind] = p;
        given.n[kind] = n;
    }
    return p;
}

/* ---- what is said --------------------------------------------------------------------------------------------------------------------- */

const char *EXPORT(core_text)(void) { return said.p; }
uint32_t EXPORT(core_text_bytes)(void) { return (uint32_t)said.n; }

static int finish(int result)
{
    release(&given);
    return said.failed ? FAILED_MEMORY : result;
}

/* ---- calls ---------------------------------------------------------------------------------------------------------------------------- */

/* Once, before anything else.  Returns 0. */
int EXPORT(core_start)(void)
{
    json_add(&said, SUNLOT_VERSION);
    return sunlot_init() == SUNLOT_OK && !said.failed ? 0 : FAILED_MEMORY;
}

/* The pin that was given.  The policy is the caller's to release. */
static int read_pin(sunlot_pin *pin, sunlot_policy **policy, const given_things *g)
{
    uint64_t line;
    memset(pin, 0, sizeof *pin);
    if (g->n[GIVEN_KEY] > 0) {
        pin->vkey = verify_key_line(view(g, GIVEN_KEY));
        if (pin->vkey.n == 0) return FAILED_KEY;
    }
    if (g->p[GIVEN_POLICY] != NULL) {
        const sunlot_err err = sunlot_policy_read(policy, view(g, GIVEN_POLICY), &line);
        if (err != SUNLOT_OK) return err == SUNLOT_ERR_MEMORY ? FAILED_MEMORY : FAILED_POLICY;
        pin->policy = *policy;
    }
    if (g->n[GIVEN_FINGERPRINT] > 0) {
        pin->has_fingerprint = verify_fingerprint_read(pin->fingerprint, view(g, GIVEN_FINGERPRINT));
        if (!pin->has_fingerprint) return FAILED_FINGERPRINT;
    }
    if (g->n[GIVEN_UNTIL] > 0 && !verify_until_read(&pin->until, view(g, GIVEN_UNTIL))) return FAILED_UNTIL;
    pin->note = g->note;
    pin->notes = g->notes;
    return 0;
}

static void check_release(void)
{
    sunlot_verifier_free(check.verifier);
    sunlot_policy_free(check.policy);
    release(&check.given);
    memset(&check, 0, sizeof check);
    json_free(&said);
}

/* Several logs: the longest is checked. */
static void choose_log(void)
{
    verify_logs *l = &check.logs;
    const given_things *g = &check.given;
    l->path[0] = g->p[GIVEN_LOG_NAME];
    l->log[0] = view(g, GIVEN_LOG);
    for (l->count = 1; l->count <= g->others && l->count <= g->other_names; l->count++) {
        l->path[l->count] = g->other_name[l->count - 1].p;
        l->log[l->count] = g->other[l->count - 1];
    }
    l->since_path = g->p[GIVEN_SINCE_NAME];
    l->since_note = view(g, GIVEN_SINCE);
    verify_logs_choose(l);
}

/* Begin to check the log that was given, with what was given beside it; it is kept for the calls that follow.  rehearsal: a sound one is accepted.
 * Returns how many schools there are to recompute. */
int EXPORT(core_check)(int rehearsal)
{
    check_release();
    check.given = given;
    memset(&given, 0, sizeof given);
    const given_things *g = &check.given;
    if (g->p[GIVEN_LOG] == NULL || g->p[GIVEN_LOG_NAME] == NULL) return FAILED_ORDER;
    const int failed = read_pin(&check.pin, &check.policy, g);
    if (failed != 0) return failed;
    choose_log();
    check.report = (verify_report){.path = check.logs.path[check.logs.chosen],
                                   .by_key = g->n[GIVEN_KEY] > 0,
                                   .by_policy = check.pin.policy != NULL,
                                   .by_fingerprint = check.pin.has_fingerprint,
                                   .logs = check.logs.count > 1 || check.logs.since_path != NULL ? &check.logs : NULL,
                                   .until = check.pin.until,
                                   .rehearsal = rehearsal != 0,
                                   .student = string(g, GIVEN_STUDENT),
                                   .salt = g->p[GIVEN_SALT],
                                   .id = g->p[GIVEN_SALT] != NULL ? g->p[GIVEN_ID] : NULL,
                                   .name = g->p[GIVEN_PERSON] != NULL ? g->p[GIVEN_PERSON] : "",
                                   .odds = &check.odds,
                                   .err = &check.err};
    if (sunlot_verifier_new(&check.verifier, check.logs.log[check.logs.chosen], &check.pin, NULL) != SUNLOT_OK) return FAILED_MEMORY;
    return (int)sunlot_verifier_schools(check.verifier);
}

/* Recompute one school, from 0. */
int EXPORT(core_school)(uint32_t school)
{
    if (check.verifier == NULL || school >= sunlot_verifier_schools(check.verifier)) return FAILED_ORDER;
    return sunlot_verifier_school(check.verifier, school) == SUNLOT_OK ? 0 : FAILED_MEMORY;
}

/* Say what came out: the JSON of sunlot-verify, with the figures of a school by its number; 0: of none. */
int EXPORT(core_report)(uint32_t figures)
{
    verify_report *r = &check.report;
    if (check.verifier == NULL) return FAILED_ORDER;
    json_free(&said);
    sunlot_verifier_verdict(check.verifier, &r->verdict);
    r->verifier = check.verifier;
    r->log = sunlot_verifier_log(check.verifier);
    r->figures = figures;
    const sunlot_err err = verify_logs_judge(&check.logs, &r->verdict, r->log);
    if (err != SUNLOT_OK) return err == SUNLOT_ERR_MEMORY ? FAILED_MEMORY : FAILED_NOTE;
    verify_report_finish(r);
    verify_json(&said, r);
    return finish(check.err == SUNLOT_OK ? 0 : FAILED_MEMORY);
}

/* Say where the student that was given is: the member `student` of that JSON, null if there is none. */
int EXPORT(core_student)(void)
{
    verify_report r = check.report;
    json_free(&said);
    if (r.log == NULL || given.p[GIVEN_STUDENT] == NULL) return finish(FAILED_ORDER);
    r.student = given.p[GIVEN_STUDENT];
    r.id = NULL;
    verify_report_finish(&r);
    verify_json_student(&said, &r);
    return finish(check.err == SUNLOT_OK ? 0 : FAILED_MEMORY);
}

/* Say whether the salt, id and name that were given open the line of the student that was: true or false, null where the log does not have the line. */
int EXPORT(core_opens)(void)
{
    const given_things *g = &given;
    bool opens = false;
    json_free(&said);
    if (check.report.log == NULL || g->p[GIVEN_STUDENT] == NULL || g->p[GIVEN_SALT] == NULL || g->p[GIVEN_ID] == NULL || g->p[GIVEN_PERSON] == NULL)
        return finish(FAILED_ORDER);
    const sunlot_err err = sunlot_log_opens(&opens, check.report.log, view(g, GIVEN_STUDENT), view(g, GIVEN_SALT), view(g, GIVEN_ID), view(g, GIVEN_PERSON));
    json_add(&said, err != SUNLOT_OK ? "null" : opens ? "true" : "false");
    return finish(err == SUNLOT_ERR_MEMORY ? FAILED_MEMORY : 0);
}

/* Say the figures of a school, by its number: the member `figures` of the report; null where there are none. */
int EXPORT(core_figures)(uint32_t school)
{
    json_free(&said);
    if (check.report.log == NULL) return finish(FAILED_ORDER);
    verify_json_figures(&said, &check.report, school);
    return finish(check.err == SUNLOT_OK ? 0 : FAILED_MEMORY);
}

/* Say what the link of a slip that was given holds; null if it is none. */
int EXPORT(core_slip)(void)
{
    sunlot_slip slip;
    json_free(&said);
    if (sunlot_slip_read(&slip, view(&given, GIVEN_LINK))) {
        open_named(&said, true, "pseudonym", text_of(slip.pseudonym));
        put_text(&said, "salt", text_of(slip.salt));
        put_digest(&said, "fingerprint", slip.fingerprint);
        json_add(&said, "}");
    } else {
        json_add(&said, "null");
    }
    return finish(0);
}

static int check_receipt(bool with_log, const sunlot_pin *pin)
{
    sunlot_pin own = *pin;
    const verify_report *log = with_log ? &check.report : NULL;
    sunlot_receipt *receipt;
    if (log != NULL) own.has_fingerprint = false; /* it is the log's */
    if (sunlot_receipt_check(&receipt, view(&given, GIVEN_RECEIPT), &own, log == NULL ? NULL : log->log) != SUNLOT_OK) return FAILED_MEMORY;
    receipt_report r = {.path = given.p[GIVEN_RECEIPT_NAME],
                        .log = log,
                        .info = sunlot_receipt_view(receipt),
                        .by_key = pin->vkey.n > 0,
                        .by_policy = pin->policy != NULL,
                        .by_fingerprint = pin->has_fingerprint};
    verify_receipt_judge(&r, log != NULL && log->rehearsal);
    verify_receipt_json(&said, &r);
    sunlot_receipt_free(receipt);
    return 0;
}

/* Say what the receipt that was given is worth: the JSON of sunlot-verify --receipt.  with_log: beside the log that was checked, with what was given for
 * that; else by itself, with what is given now. */
int EXPORT(core_receipt)(int with_log)
{
    sunlot_policy *policy = NULL;
    sunlot_pin pin;
    json_free(&said);
    if (given.p[GIVEN_RECEIPT] == NULL || given.p[GIVEN_RECEIPT_NAME] == NULL || (with_log != 0 && check.verifier == NULL)) return finish(FAILED_ORDER);
    int result = with_log != 0 ? 0 : read_pin(&pin, &policy, &given);
    if (result == 0) result = check_receipt(with_log != 0, with_log != 0 ? &check.pin : &pin);
    sunlot_policy_free(policy);
    return finish(result);
}

/* Say whether the log that was given as another and the one that was checked continue each other. */
int EXPORT(core_compare)(void)
{
    json_free(&said);
    if (check.verifier == NULL || given.others != 1 || given.other_names != 1) return finish(FAILED_ORDER);
    verify_logs two = {.count = 2, .path = {check.report.path, given.other_name[0].p}, .log = {check.logs.log[check.logs.chosen], given.other[0]}};
    verify_logs_choose(&two);
    open_named(&said, true, "log", text_of(two.path[two.chosen]));
    put_bool(&said, "longer", two.chosen == 1);
    verify_logs_json(&said, &two);
    json_add(&said, "}\n");
    return finish(0);
}
