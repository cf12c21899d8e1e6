#include "ceremony/progress.h"
#include "commands/commands.h"
#include "common/characters.h"
#include "common/messages.h"
#include "common/options.h"

#define COMMAND "sunlot withdraw"

static int withdraw(const progress *p, const ceremony *c, const ceremony_state *state, const char *date, const char *reason)
{
    sunlot_buffer lines = {0};
    sunlot_err err = sunlot_log_withdraw_lines(&lines, state->log, note_file_view(&p->note), text_of(date), text_of(reason), &state->master);
    int status = STATUS_RUN;
    if (err == SUNLOT_ERR_INPUT) {
        complain(_("the date is expected as 2026-08-20, the reason as a text of one line that begins with no sign of a spreadsheet"));
        status = STATUS_REFUSED;
    } else if (err == SUNLOT_ERR_PHASE) {
        complain(_("a draw is withdrawn before its first digit or not at all; what is wrong afterwards is entered as an act"));
        status = STATUS_REFUSED;
    } else if (err != SUNLOT_OK) {
        status = complain_error(err);
    }
    if (status == STATUS_RUN) status = ceremony_append(c, state, ceremony_view(&lines));
    sunlot_buffer_free(&lines);
    return status;
}

static int run(const ceremony *c, const ceremony_state *state, const char *date, const char *reason)
{
    progress p;
    if (sunlot_log_withdrawn(state->log)) {
        (void)fputs(_("This draw was withdrawn already; nothing changes.\n"), stdout);
        int restored = ceremony_restore(c, state);
        return restored == STATUS_RUN ? progress_report(c) : restored;
    }
    int status = progress_read(&p, c, state->log);
    if (status != STATUS_RUN) return status;
    status = withdraw(&p, c, state, date, reason);
    progress_free(&p);
    if (status != STATUS_RUN) return status;
    (void)printf(_("Withdrawn: %s\n"), c->log);
    return progress_report(c);
}

int cmd_withdraw(int argc, char **argv)
{
    const char *date = NULL, *reason = NULL, *folder;
    const tool_option option[] = {{"date", &date, NULL}, {"reason", &reason, NULL}};
    int status = options_read(argc, argv, COMMAND,
                              _("Usage: sunlot withdraw DIR --date 2026-08-20 --reason TEXT\n"
                                "Enter in the log that there is no draw under this id.  Only before the first digit; the parties sign it.\n"
                                "  --date DATE    the day\n"
                                "  --reason TEXT  why; it is published\n"
                                "  --lang en|zh   language of messages\n"
                                "Exit status: 0 done, 1 refused, 2 it could not be done.\n"),
                              option, 2, &folder, 1);
    if (status != STATUS_RUN) return status;
    if (date == NULL) return options_wrong(COMMAND, "date", NULL, "2026-08-20");
    if (reason == NULL) return options_wrong(COMMAND, "reason", NULL, _("a text"));
    ceremony c;
    ceremony_state state;
    ceremony_init(&c, folder);
    status = ceremony_enter(&state, &c);
    if (status == STATUS_RUN) {
        status = run(&c, &state, date, reason);
        ceremony_forget(&state);
    }
    ceremony_close(&c);
    return status;
}
