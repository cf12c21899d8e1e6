#include "ceremony/progress.h"

#include <string.h>

#include "common/characters.h"
#include "common/messages.h"
#include "common/options.h"

static progress_step step_of(const sunlot_log *log, const note_file *note)
{
    if (sunlot_log_withdrawn(log)) return note->reached ? STEP_NONE : STEP_SIGN;
    if (!note->reached) return STEP_SIGN;
    if (sunlot_log_late_stage(log) != SUNLOT_LATE_NONE) return sunlot_log_late_stage(log) == SUNLOT_LATE_ANNOUNCED ? STEP_ENTROPY : STEP_DRAW;
    switch (sunlot_log_next(log)) {
    case SUNLOT_PHASE_COMMITS:
        return STEP_COMMIT;
    case SUNLOT_PHASE_SEED_BASE:
        return STEP_REVEAL;
    case SUNLOT_PHASE_DIGITS:
    case SUNLOT_PHASE_DIGITS_2:
        return STEP_ENTROPY;
    case SUNLOT_PHASE_GROUPS:
    case SUNLOT_PHASE_RESULTS:
        return STEP_DRAW;
    case SUNLOT_PHASE_NONE:
    case SUNLOT_PHASE_LIST:
        break;
    }
    return STEP_EXPORT;
}

int progress_read(progress *out, const ceremony *c, const sunlot_log *log)
{
    int status = note_file_read(&out->note, c, log);
    if (status == STATUS_RUN) out->step = step_of(log, &out->note);
    return status;
}

void progress_free(progress *p) { note_file_free(&p->note); }

typedef struct {
    progress_fn *step;
    void *wish;
} progress_wish;

static int run(const ceremony *c, const ceremony_state *state, void *wish)
{
    const progress_wish *r = wish;
    progress p;
    int status = progress_read(&p, c, state->log);
    if (status != STATUS_RUN) return status;
    status = r->step(c, state, &p, r->wish);
    progress_free(&p);
    return status;
}

int progress_run(const char *folder, progress_fn *step, void *wish)
{
    progress_wish r = {step, wish};
    return ceremony_run(folder, run, &r);
}

/* ---- whom a step waits for --------------------------------------------------------------------------------------------------------- */

uint32_t progress_awaited(progress_step step, const sunlot_log *log)
{
    uint32_t parties = 0;
    for (uint32_t i = 0; i < sunlot_log_parties(log); i++) {
        sunlot_party party;
        sunlot_log_party(log, i, &party);
        if (step == STEP_COMMIT ? party.sealed : step == STEP_REVEAL && party.committed) parties |= UINT32_C(1) << i;
    }
    return parties;
}

void progress_parties(FILE *to, const sunlot_log *log, uint32_t parties)
{
    const char *between = "";
    for (uint32_t i = 0; i < sunlot_log_parties(log); i++) {
        sunlot_party party;
        if ((parties >> i & 1) == 0) continue;
        sunlot_log_party(log, i, &party);
        (void)fprintf(to, "%s%s", between, SHOW(party.id));
        between = ", ";
    }
    if (parties == 0) (void)fputs("-", to);
}

/* One group with its number and members, then the groups among these. */
static void print_group(FILE *to, const sunlot_log *log, sunlot_text name)
{
    for (uint32_t i = 0; i < sunlot_log_groups(log); i++) {
        sunlot_group group;
        sunlot_log_group(log, i, &group);
        if (!text_same(group.name, name)) continue;
        (void)fprintf(to, _("    %s: %u of %s\n"), SHOW(group.name), (unsigned)group.k, SHOW(group.members));
        for (sunlot_text rest = group.members; rest.n > 0;) {
            const char *end = memchr(rest.p, ';', rest.n);
            const sunlot_text member = {rest.p, end != NULL ? (size_t)(end - rest.p) : rest.n};
            print_group(to, log, member);
            rest = (sunlot_text){rest.p + member.n + (end != NULL), rest.n - member.n - (end != NULL)};
        }
    }
}

/* Who must sign, as it was announced.  Groups name earlier ones only, so this ends. */
static void print_quorum(FILE *to, const sunlot_log *log, sunlot_quorum quorum)
{
    const sunlot_text who = sunlot_log_quorum(log, quorum);
    if (text_same(who, text_of("all")))
        (void)fputs(_("  Needed: all parties\n"), to);
    else
        (void)fprintf(to, _("  Needed: %s\n"), SHOW(who));
    print_group(to, log, who);
}

/* Whether a key of a party's own device is among the signers. */
static bool attested(const sunlot_log *log, uint32_t parties)
{
    for (uint32_t i = 1; i < sunlot_log_parties(log); i++) {
        sunlot_party party;
        sunlot_log_party(log, i, &party);
        if (party.own && (parties >> i & 1) != 0) return true;
    }
    return false;
}

void progress_signatures(FILE *to, const progress *p, const sunlot_log *log)
{
    const uint32_t all = (UINT32_C(1) << sunlot_log_parties(log)) - 1;
    (void)fprintf(to, _("Checkpoint “%s”, signed by: "), p->note.info.name);
    progress_parties(to, log, p->note.parties);
    (void)fputc('\n', to);
    if (p->note.parties != all) {
        (void)fputs(!p->note.reached ? _("  Not signed yet: ") : p->note.info.has_quorum ? _("  Not needed any more: ") : _("  May sign it too: "), to);
        progress_parties(to, log, all & ~p->note.parties);
        (void)fputc('\n', to);
    }
    if (!p->note.reached && p->note.info.has_quorum) print_quorum(to, log, p->note.info.quorum);
    if (p->note.info.phase == SUNLOT_PHASE_RESULTS && sunlot_roster_for_auditors(sunlot_log_roster(log)) && !attested(log, p->note.parties))
        (void)fputs(
            _("  Of the public edition verifiers answer “incomplete” until a party has recomputed private/draw.log and signed the results: sunlot sign\n"), to);
    if (sunlot_log_late_stage(log) == SUNLOT_LATE_ANNOUNCED) {
        (void)fputs(_("  Its root, which is on the slips of the late students; read it aloud before their dice:\n"), to);
        messages_fingerprint(to, p->note.info.root);
    }
}

/* ---- what comes next ------------------------------------------------------------------------------------------------------------------- */

void progress_next(FILE *to, const progress *p, const ceremony *c, const sunlot_log *log)
{
    switch (p->step) {
    case STEP_SIGN:
        (void)fprintf(to,
                      _("Next: the parties sign “%s”:\n"
                        "  here:      sunlot sign %s --party ID --key FILE --time 2026-08-20T09:30:00+08:00\n"
                        "  elsewhere: sunlot sign %s --export FILE, and with what comes back: sunlot sign %s --add FILE\n"),
                      p->note.info.name, c->folder, c->folder, c->folder);
        break;
    case STEP_COMMIT:
    case STEP_REVEAL: {
        const char *verb = p->step == STEP_COMMIT ? "commit" : "reveal";
        const uint32_t awaited = progress_awaited(p->step, log);
        if (awaited == 0) {
            (void)fprintf(to, _("Next: sunlot reveal %s (nobody has committed)\n"), c->folder);
            break;
        }
        (void)fputs(p->step == STEP_COMMIT ? _("Next: these parties commit: ") : _("Next: these parties open what they committed to: "), to);
        progress_parties(to, log, awaited);
        (void)fprintf(to,
                      _("\n"
                        "  here:      sunlot %s %s --party ID --key FILE\n"
                        "  elsewhere: sunlot %s --log draw.log --party ID --key FILE -o OUT, and here: sunlot %s %s --add OUT\n"
                        "  not there: sunlot missing %s --party ID\n"),
                      verb, c->folder, verb, verb, c->folder, c->folder);
        break;
    }
    case STEP_ENTROPY:
        (void)fprintf(to, _("Next, for each source: sunlot entropy %s --source NUMBER --digits DIGITS --again DIGITS\n"), c->folder);
        break;
    case STEP_DRAW:
        (void)fprintf(to, _("Next: sunlot draw %s\n"), c->folder);
        break;
    case STEP_EXPORT:
        (void)fprintf(to, _("All is drawn.  Lists for people: sunlot export %s\n"), c->folder);
        break;
    case STEP_NONE:
        (void)fputs(_("This draw was withdrawn; nothing follows.  A new one is announced in a new folder, with a higher attempt number.\n"), to);
        (void)fprintf(to, _("  Say so where it was published: sunlot publish %s\n"), c->folder);
        break;
    }
}

sunlot_phase progress_phase(const progress *p, const sunlot_log *log)
{
    const sunlot_phase phase = sunlot_log_phase(log);
    return phase == SUNLOT_PHASE_RESULTS && p->step == STEP_ENTROPY ? SUNLOT_PHASE_SEED_BASE : phase;
}

void progress_beside(FILE *to, const ceremony *c, sunlot_phase phase)
{
    if (phase == SUNLOT_PHASE_RESULTS)
        (void)fprintf(to,
                      _("  For everybody: sunlot report %s (the balance reached, class lists to print), then sunlot publish %s (public/ for a web server)\n"),
                      c->folder, c->folder);
    else if (phase == SUNLOT_PHASE_SEED_BASE)
        (void)fprintf(to, _("  Before the dice: sunlot slips %s (a slip for each family), sunlot publish %s (public/ for a web server)\n"), c->folder,
                      c->folder);
    else
        (void)fprintf(to, _("  For everybody: sunlot publish %s (public/ for a web server)\n"), c->folder);
}

int progress_expect(const progress *p, progress_step step, const ceremony *c, const sunlot_log *log)
{
    if (p->step == step) return STATUS_RUN;
    if (p->step == STEP_SIGN) {
        complain(_("signatures of the checkpoint “%s” are missing"), p->note.info.name);
        progress_signatures(stderr, p, log);
    } else {
        complain(_("this is not the step that comes next"));
    }
    progress_next(stderr, p, c, log);
    return STATUS_REFUSED;
}

int progress_report(const ceremony *c)
{
    ceremony_state state;
    progress p;
    int status = ceremony_look(&state, c);
    if (status != STATUS_RUN) return status;
    status = progress_read(&p, c, state.log);
    if (status == STATUS_RUN) {
        progress_signatures(stdout, &p, state.log);
        progress_next(stdout, &p, c, state.log);
        if (p.step != STEP_NONE) progress_beside(stdout, c, progress_phase(&p, state.log));
        progress_free(&p);
        status = STATUS_OK;
    }
    ceremony_forget(&state);
    return status;
}
