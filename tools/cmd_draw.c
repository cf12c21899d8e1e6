#include <stdlib.h>

#include "ceremony.h"
#include "characters.h"
#include "commands.h"
#include "messages.h"
#include "options.h"

#define COMMAND "sunlot draw"

static int draw_results(const ceremony *c, const ceremony_state *state, uint32_t jobs)
{
    sunlot_buffer log = {0};
    char *odds = NULL;
    int status = ceremony_results(&log, &odds, true, state->log, &state->master, jobs);
    if (status == STATUS_RUN) status = ceremony_commit(c, ceremony_view(&log));
    if (status == STATUS_RUN) status = ceremony_sign(c, ceremony_view(&log), &state->master, false);
    sunlot_buffer_free(&log);
    if (status != STATUS_RUN) {
        free(odds);
        return status;
    }
    (void)printf(_("Drawn: schools %u; the results are in %s\n"), (unsigned)sunlot_roster_schools(sunlot_log_roster(state->log)), c->log);
    ceremony_fingerprint(state->log);
    (void)fputs(odds, stdout);
    free(odds);
    uint8_t fingerprint[32];
    char shown[80];
    sunlot_log_fingerprint(state->log, fingerprint);
    sunlot_fingerprint_write(shown, fingerprint);
    (void)printf(_("Anybody can check it: sunlot-verify %s --fingerprint \"%s\"\n"), c->log, shown);
    (void)printf(_("Lists for people: sunlot export %s\n"), c->folder);
    return STATUS_OK;
}

static int draw(const ceremony *c, const ceremony_state *state, uint32_t jobs)
{
    switch (sunlot_log_phase(state->log)) {
    case SUNLOT_PHASE_NONE:
    case SUNLOT_PHASE_SEED_BASE:
        complain(_("the digits are not in the log yet; “sunlot entropy %s” comes first"), c->folder);
        return STATUS_REFUSED;
    case SUNLOT_PHASE_DIGITS:
        return draw_results(c, state, jobs);
    case SUNLOT_PHASE_RESULTS:
        break;
    }
    (void)printf(_("This was drawn already; %s stands, and nothing changes.\n"), c->log);
    int status = ceremony_restore(c, state);
    return status == STATUS_RUN ? STATUS_OK : status;
}

int cmd_draw(int argc, char **argv)
{
    const char *jobs_text = NULL, *folder;
    const tool_option option[] = {{"jobs", &jobs_text, NULL}};
    int status = options_read(argc, argv, COMMAND,
                              _("Usage: sunlot draw DIR [--jobs N]\n"
                                "Compute the results from the log and append them, signed.  The same bytes for any number of jobs and at any time.\n"
                                "  --jobs N       work on N schools at a time (as many as there are processors)\n"
                                "  --lang en|zh   language of messages\n"
                                "Exit status: 0 drawn, 1 refused, 2 it could not be done.\n"),
                              option, 1, &folder, 1);
    if (status != STATUS_RUN) return status;
    uint32_t jobs;
    status = options_jobs(&jobs, COMMAND, jobs_text);
    if (status != STATUS_RUN) return status;
    ceremony c;
    ceremony_state state;
    ceremony_init(&c, folder);
    status = ceremony_enter(&state, &c);
    if (status == STATUS_RUN) {
        status = draw(&c, &state, jobs);
        ceremony_forget(&state);
    }
    ceremony_close(&c);
    return status;
}
