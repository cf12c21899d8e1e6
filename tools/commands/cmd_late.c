/* sunlot late: students who came after the draw. */
#include "ceremony/act.h"
#include "ceremony/ceremony_people.h"
#include "commands/commands.h"
#include "common/characters.h"
#include "common/decode.h"
#include "common/messages.h"
#include "common/options.h"

#define COMMAND "sunlot late"

typedef struct {
    uint64_t issues;
} reporter;

static void report_issue(void *user, const sunlot_issue *issue)
{
    reporter *r = user;
    r->issues++;
    messages_issue(stderr, issue);
}

/* The file in UTF-8.  Returns STATUS_RUN (release with file_free), or the exit status after an explanation. */
static int read_file(file_bytes *out, const char *path)
{
    decode_fault fault;
    file_result result = file_read(out, path, SUNLOT_MAX_INPUT_BYTES);
    if (result == FILE_MISSING) complain_file(_("cannot read"), path);
    if (result == FILE_TOO_LARGE) return complain_error(SUNLOT_ERR_LIMIT);
    if (result != FILE_READ) return STATUS_CANNOT;
    const decode_result decoded = decode_file(out, &fault);
    if (decoded == DECODE_UTF8 || decoded == DECODE_GB18030) return STATUS_RUN;
    if (decoded == DECODE_INVALID) complain(_("%s is neither UTF-8 nor GB18030: line %u, byte %u"), path, (unsigned)fault.line, (unsigned)fault.byte);
    if (decoded == DECODE_FOREIGN) complain(_("%s is a file of another kind (%s); save it as CSV"), path, fault.foreign);
    file_free(out);
    return decoded == DECODE_FAILED ? STATUS_CANNOT : STATUS_REFUSED;
}

typedef struct {
    const char *date;
    sunlot_text csv;
} late_wish;

static int announce(const ceremony *c, const ceremony_state *state, progress *p, void *user)
{
    const late_wish *wish = user;
    sunlot_buffer lines = {0}, people = {0};
    reporter r = {0};
    int status = progress_expect(p, STEP_EXPORT, c, state->log);
    if (status != STATUS_RUN) return status;
    sunlot_err err =
        sunlot_log_late_lines(&lines, &people, state->log, note_file_view(&p->note), text_of(wish->date), wish->csv, report_issue, &r, &state->master);
    if (err == SUNLOT_ERR_INPUT) {
        complain(_("faults: %llu; nothing was written"), (unsigned long long)r.issues);
        status = STATUS_REFUSED;
    } else {
        status = err == SUNLOT_OK ? act_check(state, ceremony_view(&lines)) : complain_error(err);
    }
    if (status == STATUS_RUN) status = ceremony_people_add(c, state->log, ceremony_view(&people));
    if (status == STATUS_RUN) status = ceremony_append(c, state, ceremony_view(&lines));
    ceremony_wipe(&people);
    sunlot_buffer_free(&lines);
    if (status != STATUS_RUN) return status;
    (void)printf(_("The late students are announced in %s; each gets a slip with the pseudonym as the others did.\n"), c->log);
    return progress_report(c);
}

int cmd_late(int argc, char **argv)
{
    const char *file = NULL, *date = NULL, *folder;
    const tool_option option[] = {{"file", &file, NULL}, {"date", &date, NULL}};
    int status = options_read(argc, argv, COMMAND,
                              _("Usage: sunlot late DIR --file late.csv --date 2026-09-10\n"
                                "Announce students who came after the draw, on one of the dates that were announced for it.  They are drawn by digits of\n"
                                "their own: then come “sunlot entropy” and “sunlot draw” as before.  Each gets one of the smallest classes that have a\n"
                                "seat, by lot; nobody else moves.  All who came until that day belong into one file.\n"
                                "  --file FILE    CSV with the columns id, name, seats (may be left out: 1), and school where there are several\n"
                                "  --date DATE    the day, as announced\n"
                                "  --lang en|zh   language of messages\n"
                                "Example of a late.csv: the line “id,name”, then “901,Late One” and “902,Late Two”.\n"
                                "Exit status: 0 done, 1 refused, 2 it could not be done.\n"),
                              option, 2, &folder, 1);
    if (status != STATUS_RUN) return status;
    if (file == NULL) return options_wrong(COMMAND, "file", NULL, "late.csv");
    if (date == NULL) return options_wrong(COMMAND, "date", NULL, "2026-09-10");
    file_bytes csv;
    status = read_file(&csv, file);
    if (status != STATUS_RUN) return status;
    late_wish wish = {date, file_view(&csv)};
    status = progress_run(folder, announce, &wish);
    file_free(&csv);
    return status;
}
