/* What a report follows from, and what the ways of saying it share. */
#include <string.h>

#include "common/characters.h"
#include "common/options.h"
#include "verify/verify.h"
#include "verify/verify_receipt.h"

#define N_(sentence) sentence /* as in messages.h, which the page does without */

bool verify_fingerprint_read(uint8_t fingerprint32[32], sunlot_text text)
{
    char line[256];
    if (text.n >= sizeof line) return false;
    for (size_t i = 0; i < text.n; i++) line[i] = text.p[i] == '\n' || text.p[i] == '\r' || text.p[i] == '\t' ? ' ' : text.p[i];
    return sunlot_fingerprint_parse(fingerprint32, (sunlot_text){line, text.n});
}

sunlot_text verify_key_line(sunlot_text text)
{
    const sunlot_text none = {NULL, 0};
    size_t marks = 0;
    while (text.n > 0 && (text.p[text.n - 1] == '\n' || text.p[text.n - 1] == '\r')) text.n--;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\n' || text.p[i] == ' ') return none;
        marks += text.p[i] == '+';
    }
    return marks >= 2 ? text : none;
}

bool verify_until_read(sunlot_phase *out, sunlot_text word)
{
    static const sunlot_phase phase[] = {SUNLOT_PHASE_LIST,   SUNLOT_PHASE_COMMITS, SUNLOT_PHASE_SEED_BASE,
                                         SUNLOT_PHASE_DIGITS, SUNLOT_PHASE_GROUPS,  SUNLOT_PHASE_RESULTS};
    for (size_t i = 0; i < sizeof phase / sizeof *phase; i++) {
        if (!text_same(word, text_of(sunlot_phase_name(phase[i])))) continue;
        *out = phase[i];
        return true;
    }
    return false;
}

static int status_of(sunlot_answer answer, bool rehearsal)
{
    return answer == SUNLOT_VALID || (answer == SUNLOT_IS_REHEARSAL && rehearsal) ? STATUS_OK : STATUS_REFUSED;
}

/* The line is opened with what was typed.  A fault that comes first in SPEC 10 stays the one that is named. */
static void open_line(verify_report *r)
{
    bool opens = false;
    const sunlot_err err = sunlot_log_opens(&opens, r->log, r->seat.pseudonym, text_of(r->salt), text_of(r->id), text_of(r->name));
    r->opened = err != SUNLOT_OK ? VERIFY_UNKNOWN : opens ? VERIFY_OPENS : VERIFY_OPENS_NOT;
    if (err == SUNLOT_ERR_MEMORY) *r->err = err;
    if (r->opened != VERIFY_OPENS_NOT || !sunlot_answer_before(SUNLOT_FAULT_COMMITMENT, r->verdict.answer)) return;
    r->verdict.answer = SUNLOT_FAULT_COMMITMENT;
    r->verdict.check[SUNLOT_CHECK_COMMITMENT] = SUNLOT_CHECK_FAULT;
    r->verdict.fault = (sunlot_fault){
        .answer = SUNLOT_FAULT_COMMITMENT, .line = r->seat.roster_line, .what = N_("this line is not that of the child whose id and name were typed")};
}

void verify_report_finish(verify_report *r)
{
    if (r->log != NULL && sunlot_log_phase(r->log) < SUNLOT_PHASE_SEED_BASE) r->by_fingerprint = false; /* it was compared with nothing */
    r->student_found = r->student != NULL && r->log != NULL && sunlot_log_find(r->log, text_of(r->student), &r->seat);
    if (r->student_found && r->id != NULL) open_line(r);
    r->status = r->student != NULL && !r->student_found ? STATUS_REFUSED : status_of(r->verdict.answer, r->rehearsal);
    if (r->figures > 0 && !verify_figures(r, r->figures)) r->status = STATUS_REFUSED;
    if (r->status == STATUS_OK && r->opened == VERIFY_UNKNOWN) r->status = STATUS_CANNOT;
}

typedef struct {
    const sunlot_seat *seat;
    sunlot_section_fn *each;
    void *user;
} class_search;

static void give_section(void *user, const sunlot_section *section)
{
    const class_search *search = user;
    if (section->school == search->seat->school && text_same(section->class_name, search->seat->class_name)) search->each(search->user, section);
}

void verify_teachers(const verify_report *r, sunlot_section_fn *each, void *user)
{
    class_search search = {&r->seat, each, user};
    if (r->student_found && r->seat.class_name.n > 0) sunlot_log_sections(r->log, give_section, &search);
}

bool verify_figures(const verify_report *r, uint32_t number)
{
    if (r->log == NULL || number == 0 || number > sunlot_roster_schools(sunlot_log_roster(r->log))) return false;
    return r->verdict.check[SUNLOT_CHECK_REPLAY] == SUNLOT_CHECK_OK && !verify_public(r) && sunlot_log_phase(r->log) >= SUNLOT_PHASE_GROUPS;
}

void verify_receipt_judge(receipt_report *r, bool rehearsal)
{
    r->answer = r->log == NULL || r->info->fault.answer != SUNLOT_VALID ? r->info->answer : r->log->verdict.answer;
    r->status = status_of(r->answer, rehearsal);
}

bool verify_public(const verify_report *r) { return r->log != NULL && sunlot_log_edition(r->log) == SUNLOT_EDITION_PUBLIC; }

bool verify_late_root(uint8_t root32[32], const verify_report *r)
{
    if (!r->student_found || !r->seat.late || r->seat.roster_line == 0) return false;
    for (uint32_t i = 0; i < sunlot_log_checkpoints(r->log); i++) {
        sunlot_checkpoint_info c;
        if (sunlot_log_checkpoint(r->log, i, &c) != SUNLOT_OK) return false;
        if (c.line < r->seat.roster_line) continue;
        memcpy(root32, c.root, 32);
        return true;
    }
    return false;
}

bool verify_odds(const verify_report *r, uint32_t school)
{
    const sunlot_text of_log = {NULL, 0};
    if (r->verdict.check[SUNLOT_CHECK_REPLAY] != SUNLOT_CHECK_OK) return false;
    const sunlot_err err = sunlot_log_odds(r->odds, r->log, school, of_log);
    if (err != SUNLOT_OK && err != SUNLOT_ERR_PHASE && *r->err == SUNLOT_OK) *r->err = err; /* of two rounds the first has no teams */
    return err == SUNLOT_OK;
}

uint32_t verify_group(const sunlot_seat *seat)
{
    uint32_t number = 0;
    for (size_t i = 1; i < seat->group.n; i++) number = 10 * number + (uint32_t)(seat->group.p[i] - '0');
    return number - 1;
}
