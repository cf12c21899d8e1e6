/* A school's figures in words (SPEC 10.3). */
#include "common/characters.h"
#include "common/messages.h"
#include "verify/verify.h"

static void print_figure(void *user, const sunlot_figure *f)
{
    char number[VERIFY_DECIMAL_BYTES];
    const char *who = text_same(f->balance.who, text_of("teachers")) ? _("teachers") : _("students");
    (void)user;
    if (f->balance.deviation)
        (void)printf(_("  %s, standard deviation of %s, within %s asked; the school's %s:\n"), who, SHOW(f->balance.column), SHOW(f->balance.value),
                     verify_decimal(number, f->school));
    else if (f->balance.sum)
        (void)printf(_("  %s, mean of %s, within %s asked, as differences from the school's, which is %s:\n"), who, SHOW(f->balance.column),
                     SHOW(f->balance.value), verify_decimal(number, f->school));
    else
        (void)printf(_("  %s, %s “%s”, %s to %s asked:\n"), who, SHOW(f->balance.column), SHOW(f->balance.value), SHOW(f->balance.lo), SHOW(f->balance.hi));
    (void)fputs("   ", stdout);
    for (uint32_t c = 0; c < f->classes; c++) {
        (void)verify_decimal(number, f->balance.sum ? f->reached[c] : f->reached[c] * 100000);
        (void)printf(" %s: %s", SHOW(f->class_name[c]), f->balance.sum && f->empty[c] ? "-" : number);
        (void)fputs(c + 1 < f->classes ? ";" : "\n", stdout);
    }
}

void verify_figures_text(const verify_report *r)
{
    if (r->log == NULL || r->figures > sunlot_roster_schools(sunlot_log_roster(r->log))) {
        (void)printf(_("\nThe log has no school number %u.\n"), (unsigned)r->figures);
        return;
    }
    sunlot_school_info info;
    sunlot_roster_school(sunlot_log_roster(r->log), r->figures - 1, &info);
    if (!verify_figures(r, r->figures)) {
        (void)printf(_("\nNo figures of school “%s”: they come with results of a full edition that are the ones that list and digits give.\n"),
                     SHOW(info.name));
        return;
    }
    (void)printf(_("\nFigures of each class of school “%s”, as it was drawn:\n"), SHOW(info.name));
    const sunlot_err err = sunlot_log_figures(r->log, r->figures - 1, print_figure, NULL);
    if (err != SUNLOT_OK) *r->err = err;
}
