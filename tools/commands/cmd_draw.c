#include <stdlib.h>

#include "ceremony/progress.h"
#include "commands/commands.h"
#include "common/characters.h"
#include "common/messages.h"
#include "common/options.h"

#define COMMAND "sunlot draw"

static int draw_results(const ceremony *c, const ceremony_state *state, const progress *p, uint32_t jobs)
{
    sunlot_buffer lines = {0};
    char *odds = NULL;
    int status = ceremony_results(&lines, &odds, false, state->log, note_file_view(&p->note), &state->master, jobs);
    if (status == STATUS_RUN) status = ceremony_append(c, state, ceremony_view(&lines));
    sunlot_buffer_free(&lines);
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
    if (sunlot_roster_for_auditors(sunlot_log_roster(state->log)))
        (void)printf(_("Auditors recompute it and sign: sunlot-verify %s --fingerprint \"%s\"\n"), ceremony_full(c), shown);
    (void)printf(_("Anybody can check it: sunlot-verify %s --fingerprint \"%s\"\n"), c->log, shown);
    if (sunlot_log_next(state->log) != SUNLOT_PHASE_RESULTS) return STATUS_OK; /* the first of two rounds */
    (void)printf(_("Lists for people: sunlot export %s\n"), c->folder);
    progress_beside(stdout, c, SUNLOT_PHASE_RESULTS);
    return STATUS_OK;
}

/* The classes of late students, where a supplement has its digits. */
static int draw_late(const ceremony *c, const ceremony_state *state, const progress *p)
{
    sunlot_buffer lines = {0};
    sunlot_err err = sunlot_log_late_seat_lines(&lines, state->log, note_file_view(&p->note), &state->master);
    int status = STATUS_RUN;
    if (err == SUNLOT_ERR_NOT_PLACED) {
        complain(_("a late student finds no class with a seat; nothing was written"));
        status = STATUS_REFUSED;
    } else {
        status = err == SUNLOT_OK ? ceremony_append(c, state, ceremony_view(&lines)) : complain_error(err);
    }
    sunlot_buffer_free(&lines);
    if (status != STATUS_RUN) return status;
    (void)printf(_("The late students have their classes; they are in %s\n"), c->log);
    return progress_report(c);
}

static int draw(const ceremony *c, const ceremony_state *state, progress *p, void *user)
{
    const uint32_t jobs = *(const uint32_t *)user;
    if (sunlot_log_late_stage(state->log) != SUNLOT_LATE_NONE) {
        int status = progress_expect(p, STEP_DRAW, c, state->log);
        return status == STATUS_RUN ? draw_late(c, state, p) : status;
    }
    if (sunlot_log_phase(state->log) < SUNLOT_PHASE_RESULTS) {
        int status = progress_expect(p, STEP_DRAW, c, state->log);
        return status == STATUS_RUN ? draw_results(c, state, p, jobs) : status;
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
    return progress_run(folder, draw, &jobs);
}
