#include "ceremony/progress.h"
#include "ceremony/result_lists.h"
#include "commands/commands.h"
#include "common/messages.h"
#include "common/options.h"

#define COMMAND "sunlot export"

static int export(const ceremony *c, const ceremony_state *state, void *wish)
{
    (void)wish;
    if (sunlot_log_phase(state->log) != SUNLOT_PHASE_RESULTS) {
        progress p;
        int status = progress_read(&p, c, state->log);
        if (status != STATUS_RUN) return status;
        status = progress_expect(&p, STEP_EXPORT, c, state->log);
        progress_free(&p);
        return status;
    }
    int status = result_lists_private(c, state);
    if (status == STATUS_RUN) status = result_lists_public(c, state, false);
    return status == STATUS_RUN ? STATUS_OK : status;
}

int cmd_export(int argc, char **argv)
{
    const char *folder;
    const int status =
        options_read(argc, argv, COMMAND,
                     _("Usage: sunlot export DIR\n"
                       "Write the results as CSV for spreadsheets: private/placement.csv and private/sections.csv with names,\n"
                       "public/placement.csv and public/sections.csv with pseudonyms; where recusals make the odds of the teams unequal,\n"
                       "public/odds.csv (private/odds.csv where rows are for auditors).  Headers are in the language of the messages.  Classes are\n"
                       "those after all acts: who was struck is left out, who came late and was drawn is in.  A list that this command wrote before an\n"
                       "act is replaced; one that differs otherwise stays.\n"
                       "  --lang en|zh   language of messages and headers\n"
                       "Exit status: 0 done, 1 refused, 2 it could not be done.\n"),
                     NULL, 0, &folder, 1);
    return status != STATUS_RUN ? status : ceremony_run(folder, export, NULL);
}
