/* What the report says of a public edition: what was recomputed, what is attested, and by whom. */
#include "common/characters.h"
#include "common/messages.h"
#include "common/options.h"
#include "verify/verify.h"

void verify_edition_head(const verify_report *r)
{
    if (!verify_public(r)) return;
    (void)fputs(_("PUBLIC EDITION: the students' lines are with the auditors and with each family; here a digest stands for each.\n"), stdout);
}

/* Returns how many have. */
static uint32_t name_attesters(const verify_report *r)
{
    uint32_t named = 0;
    for (uint32_t i = 0; i < sunlot_log_parties(r->log); i++) {
        sunlot_party party;
        if ((r->verdict.attesters >> i & 1) == 0) continue;
        sunlot_log_party(r->log, i, &party);
        if (named++ == 0)
            (void)fputs(_("  Attested by, that is, recomputed from the full edition and signed with a key of their own, by their word:\n"), stdout);
        (void)printf("    %s (%s)\n", SHOW(party.id), SHOW(party.role));
    }
    return named;
}

void verify_edition_answer(const verify_report *r)
{
    if (!verify_public(r) || r->verdict.answer >= SUNLOT_FAULT_PARSE || sunlot_log_phase(r->log) != SUNLOT_PHASE_RESULTS) return;
    if (name_attesters(r) == 0)
        (void)fputs(_("  Attested by nobody: no party with a key of its own has signed these results.  Its signature may be in a note file: --note.\n"),
                    stdout);
}

void verify_edition_proof(const verify_report *r)
{
    const bool attested = r->verdict.attesters != 0;
    (void)fputs(_("  Recomputed here: the fingerprint and every checkpoint, the signatures, the seed; that every student has one seat, each group one\n"
                  "  class and each class one group; the class numbers of schools where all classes are alike; the classes of those locked.\n"),
                stdout);
    (void)fputs(attested ? _("  Attested, not recomputed here: that the results follow from list and digits alone, and keep every announced rule.\n")
                         : _("  Neither recomputed nor attested: that the results follow from list and digits, and keep the announced rules.\n"),
                stdout);
}

void verify_edition_limits(const verify_report *r)
{
    if (!verify_public(r)) return;
    (void)fputs(_("  That the results follow from list and digits: only who has the full edition can recompute that.\n"
                  "  Who is behind a digest: each family has its own line, and can compare.\n"),
                stdout);
}
