/* The report of a draw for everybody, and its class lists for those who post and sign them. */
#include <stdlib.h>

#include "ceremony/progress.h"
#include "commands/commands.h"
#include "common/characters.h"
#include "common/messages.h"
#include "common/options.h"
#include "pages/class_sheets.h"
#include "pages/report_file.h"

#define COMMAND "sunlot report"

typedef struct {
    const char *folder, *log, *school, *output;
} report_wish;

/* ---- of a ceremony ------------------------------------------------------------------------------------------------------------------------- */

static int report_folder(const ceremony *c, const ceremony_state *state, progress *p, void *user)
{
    const report_wish *wish = user;
    if (sunlot_log_phase(state->log) != SUNLOT_PHASE_RESULTS) {
        complain(_("nothing is drawn yet: there is nothing to report"));
        return progress_expect(p, STEP_EXPORT, c, state->log);
    }
    char *path = file_path(c->public_, "report.html");
    int status = report_file_ceremony(c, p, wish->output != NULL ? wish->output : path, wish->school, false);
    if (status == STATUS_RUN && wish->output == NULL) status = class_sheets_store(c, state->log);
    free(path);
    return status == STATUS_RUN ? STATUS_OK : status;
}

/* ---- of a log alone -------------------------------------------------------------------------------------------------------------------------- */

static int report_log(const report_wish *wish)
{
    verified_log v;
    int status = verified_open(&v, wish->log);
    if (status != STATUS_RUN) return status;
    if (sunlot_log_phase(v.log) == SUNLOT_PHASE_RESULTS) {
        status = report_file_write(wish->output, &v, sunlot_log_edition(v.log) == SUNLOT_EDITION_FULL, wish->school, false);
    } else {
        complain(_("%s has no results yet: there is nothing to report"), wish->log);
        status = STATUS_REFUSED;
    }
    verified_close(&v);
    return status == STATUS_RUN ? STATUS_OK : status;
}

int cmd_report(int argc, char **argv)
{
    report_wish wish = {NULL, NULL, NULL, NULL};
    const tool_option option[] = {{"log", &wish.log, NULL}, {"school", &wish.school, NULL}, {"output", &wish.output, NULL}};
    size_t operands;
    int status = options_read_some(argc, argv, COMMAND,
                                   _("Usage: sunlot report DIR\n"
                                     "       sunlot report DIR [--school NAME] -o FILE\n"
                                     "       sunlot report --log LOG [--school NAME] -o FILE\n"
                                     "Write the report of a draw: public/report.html, a page that works offline and prints on A4, in Chinese and English:\n"
                                     "what was drawn, what the rules asked and what was reached, the randomness, who signed, how to check it.  And for\n"
                                     "those who post and sign them the class lists: private/class-lists.html, a class a page, names in order, and\n"
                                     "class-lists.csv; where there are several schools those of each in private/class-lists.  The log is verified\n"
                                     "first.  What is there is replaced; run it again after each act.\n"
                                     "  --school NAME       one school alone, for its principal\n"
                                     "  -o, --output FILE   only the page, and there\n"
                                     "  --log LOG           of any log, a rehearsal's too\n"
                                     "  --lang en|zh        language of messages and of the CSV; the one that the pages show first\n"
                                     "Exit status: 0 done, 1 refused, 2 it could not be done.\n"),
                                   option, sizeof option / sizeof *option, &wish.folder, 0, 1, &operands);
    if (status != STATUS_RUN) return status;
    if ((wish.folder != NULL) == (wish.log != NULL)) return options_wrong(COMMAND, "log", wish.log, _("either the folder of a ceremony or --log LOG"));
    if (wish.output == NULL && (wish.log != NULL || wish.school != NULL)) return options_wrong(COMMAND, "output", NULL, _("a file"));
    if (wish.output != NULL && wish.output[0] == '\0') return options_wrong(COMMAND, "output", wish.output, _("a file"));
    return wish.log != NULL ? report_log(&wish) : progress_run(wish.folder, report_folder, &wish);
}
