/* Who signed what: in words (SPEC 6, 10). */
#include <stdio.h>

#include "common/characters.h"
#include "common/messages.h"
#include "verify/verify.h"

static uint32_t ones(uint32_t bits)
{
    uint32_t n = 0;
    for (; bits != 0; bits &= bits - 1) n++;
    return n;
}

/* The ids of a set of parties, after a colon. */
static void print_parties(const sunlot_log *log, uint32_t parties)
{
    bool first = true;
    for (uint32_t i = 0; i < sunlot_log_parties(log); i++) {
        sunlot_party party;
        if ((parties >> i & 1) == 0) continue;
        sunlot_log_party(log, i, &party);
        (void)printf("%s%.*s", first ? " " : ", ", (int)party.id.n, party.id.p);
        first = false;
    }
}

/* Who did not commit, or not reveal, was left out by the announced rule. */
static void print_missing(const sunlot_log *log)
{
    uint32_t missing = 0;
    for (uint32_t i = 0; i < sunlot_log_parties(log); i++) {
        sunlot_party party;
        sunlot_log_party(log, i, &party);
        missing |= (uint32_t)party.missing << i;
    }
    if (missing == 0) return;
    (void)fputs(_("  contributions left out, as announced:"), stdout);
    print_parties(log, missing);
    (void)fputc('\n', stdout);
}

void verify_signatures(const verify_report *r)
{
    for (uint32_t i = 0; i < sunlot_log_checkpoints(r->log); i++) {
        sunlot_checkpoint_info c;
        if (sunlot_log_checkpoint(r->log, i, &c) != SUNLOT_OK) return; /* no memory: the verdict stands without this list */
        if (sunlot_log_parties(r->log) > 1) {
            (void)printf(_("  %s signed by:"), c.name);
            print_parties(r->log, c.signed_by);
            if (!c.reached && c.has_quorum) (void)printf(_("; not yet by everybody who must: %s"), SHOW(sunlot_log_quorum(r->log, c.quorum)));
            (void)fputc('\n', stdout);
        }
        if (c.phase == SUNLOT_PHASE_SEED_BASE)
            (void)printf(_("  of the signatures of the seed base %u of %u do not depend on the host\n"), (unsigned)r->verdict.independent,
                         (unsigned)ones(c.signed_by));
    }
    print_missing(r->log);
    if (r->verdict.withdrawn) (void)fputs(_("  The draw was WITHDRAWN: there will be none under this name.\n"), stdout);
}
