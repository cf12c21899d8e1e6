#include "ceremony/progress.h"
#include "commands/commands.h"
#include "common/characters.h"
#include "common/messages.h"
#include "common/options.h"

#define COMMAND "sunlot status"

static void print_status(const progress *p, const ceremony *c, const sunlot_log *log)
{
    (void)printf("%s\n", SHOW(sunlot_log_id(log)));
    for (uint32_t i = 0; i < sunlot_log_parties(log); i++) {
        sunlot_party party;
        sunlot_log_party(log, i, &party);
        (void)printf("  %s: %s%s%s%s\n", SHOW(party.id), SHOW(party.role), party.own ? _(", key made on its own device") : "",
                     party.missing     ? _(", missing")
                     : party.revealed  ? _(", contribution opened")
                     : party.committed ? _(", committed")
                     : party.sealed    ? _(", adds a contribution")
                                       : "",
                     "");
    }
    if (sunlot_log_phase(log) >= SUNLOT_PHASE_SEED_BASE) ceremony_fingerprint(log);
    progress_signatures(stdout, p, log);
    progress_next(stdout, p, c, log);
    if (p->step != STEP_NONE) progress_beside(stdout, c, progress_phase(p, log));
}

int cmd_status(int argc, char **argv)
{
    const char *folder;
    int status = options_read(argc, argv, COMMAND,
                              _("Usage: sunlot status DIR\n"
                                "How far the ceremony has come: the fingerprint, who has signed the last checkpoint and who has not, and the command\n"
                                "that comes next.  Changes nothing.\n"
                                "  --lang en|zh   language of messages\n"
                                "Exit status: 0 shown, 1 the log is not sound, 2 it could not be read.\n"),
                              NULL, 0, &folder, 1);
    if (status != STATUS_RUN) return status;
    ceremony c;
    ceremony_state state;
    progress p;
    ceremony_init(&c, folder);
    status = ceremony_look(&state, &c);
    if (status == STATUS_RUN) {
        status = progress_read(&p, &c, state.log);
        if (status == STATUS_RUN) {
            print_status(&p, &c, state.log);
            progress_free(&p);
            status = STATUS_OK;
        }
        ceremony_forget(&state);
    }
    ceremony_close(&c);
    return status;
}
