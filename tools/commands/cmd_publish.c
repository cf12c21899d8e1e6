/* public/ for a web server.  All of it follows from the log and the secret, and the page that comes with the program; so it can be run after every step. */
#include <stdlib.h>
#include <string.h>

#include "ceremony/note_file.h"
#include "ceremony/public_folder.h"
#include "ceremony/result_lists.h"
#include "commands/commands.h"
#include "common/characters.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/store.h"
#include "pages/index_page.h"
#include "pages/report_file.h"
#include "pages/verify_page.h"

#define COMMAND "sunlot publish"

/* A note file for each checkpoint: its signatures in the log, and those that were collected. */
static int put_notes(const ceremony *c, const sunlot_log *log)
{
    int status = STATUS_RUN;
    for (uint32_t i = 0; i < sunlot_log_checkpoints(log) && status == STATUS_RUN; i++) {
        note_file note;
        status = note_file_read_one(&note, c, log, i);
        if (status != STATUS_RUN) break;
        char name[sizeof note.info.name + 8];
        (void)snprintf(name, sizeof name, "%s.note", note.info.name);
        status = public_folder_put(c, name, note_file_view(&note));
        note_file_free(&note);
    }
    return status;
}

/* The first `lines` lines of a text; all of it if it has fewer. */
static sunlot_text first_lines(sunlot_text text, uint64_t lines)
{
    size_t at = 0;
    for (; lines > 0 && at < text.n; lines--) {
        const char *end = memchr(text.p + at, '\n', text.n - at);
        at = end == NULL ? text.n : (size_t)(end + 1 - text.p);
    }
    return (sunlot_text){text.p, at};
}

/* Signatures of earlier lengths are what they were when these were published. */
static int put_minisigs(const ceremony *c, const public_folder *folder, const sunlot_master *master)
{
    file_bytes bytes;
    const file_result result = file_read(&bytes, c->log, SUNLOT_MAX_LOG_BYTES);
    if (result != FILE_READ) return result == FILE_UNREADABLE ? STATUS_CANNOT : complain_error(SUNLOT_ERR_LIMIT);
    int status = STATUS_RUN;
    for (size_t i = 0; i < folder->count && status == STATUS_RUN; i++) {
        static const char kept[] = "minisig/draw.";
        if (strncmp(folder->name[i], kept, sizeof kept - 1) != 0) continue;
        sunlot_buffer signature = {0};
        const sunlot_text part = first_lines(file_view(&bytes), strtoull(folder->name[i] + sizeof kept - 1, NULL, 10));
        const sunlot_err err = sunlot_minisign(&signature, part, master);
        status = err == SUNLOT_OK ? public_folder_put(c, folder->name[i], ceremony_view(&signature)) : complain_error(err);
        sunlot_buffer_free(&signature);
    }
    file_free(&bytes);
    return status;
}

static int put_index(const ceremony *c, const public_folder *folder, const sunlot_log *log, const verify_page *page)
{
    index_page index = {.log = log, .folder = folder, .page = page->there, .announced = page->announced};
    char *text = NULL;
    size_t n = 0;
    memcpy(index.page_digest, page->digest, sizeof page->digest);
    int status = index_page_write(&text, &n, &index) ? STATUS_RUN : complain_error(SUNLOT_ERR_MEMORY);
    if (status == STATUS_RUN) status = public_folder_put(c, PUBLIC_INDEX, (sunlot_text){text, n});
    free(text);
    return status;
}

static int put_report(const ceremony *c, const sunlot_log *log)
{
    progress p;
    int status = progress_read(&p, c, log);
    if (status != STATUS_RUN) return status;
    char *path = file_path(c->public_, PUBLIC_REPORT);
    status = report_file_ceremony(c, &p, path, NULL, true);
    free(path);
    progress_free(&p);
    return status;
}

/* All but the index and the sums. */
static int put_files(const ceremony *c, const ceremony_state *state, const verify_page *page)
{
    int status = ceremony_restore(c, state);
    if (status == STATUS_RUN) status = put_notes(c, state->log);
    if (status == STATUS_RUN && sunlot_log_phase(state->log) == SUNLOT_PHASE_RESULTS) status = result_lists_public(c, state, true);
    if (status == STATUS_RUN && sunlot_log_phase(state->log) == SUNLOT_PHASE_RESULTS) status = put_report(c, state->log);
    if (status == STATUS_RUN && page->there) status = public_folder_put(c, PUBLIC_PAGE, file_view(&page->bytes));
    return status;
}

/* What the index names is there before it, and what is summed before the sums. */
static int put_all(const ceremony *c, const ceremony_state *state, const verify_page *page)
{
    public_folder folder;
    int status = put_files(c, state, page);
    if (status == STATUS_RUN) status = public_folder_read(&folder, c, state->log);
    if (status != STATUS_RUN) return status;
    status = put_minisigs(c, &folder, &state->master);
    if (status == STATUS_RUN) status = put_index(c, &folder, state->log, page);
    public_folder_free(&folder);
    if (status == STATUS_RUN) status = public_folder_read(&folder, c, state->log); /* the index among them */
    if (status != STATUS_RUN) return status;
    status = public_folder_sum(c, &folder);
    if (status == STATUS_RUN) (void)printf(_("%s can be served as it is: files %zu\n"), c->public_, folder.count + !public_folder_has(&folder, PUBLIC_SUMS));
    public_folder_free(&folder);
    return status;
}

static void print_page(const verify_page *page)
{
    if (!page->there) return;
    (void)fputs(_("  SHA-256 of the verify page: "), stdout);
    for (size_t i = 0; i < sizeof page->digest; i++) (void)printf("%02x", (unsigned)page->digest[i]);
    (void)fputs(page->announced ? _(", as announced\n") : _("; the log does not name it: print it where people look it up who do not trust the server\n"),
                stdout);
}

static int publish(const ceremony *c, const ceremony_state *state, void *wish)
{
    const char *const *page_path = wish;
    public_folder before;
    verify_page page;
    int status = public_folder_read(&before, c, state->log); /* what strayed there is found before anything is written */
    if (status != STATUS_RUN) return status;
    public_folder_free(&before);
    status = verify_page_read(&page, c, state->log, *page_path);
    if (status != STATUS_RUN) return status;
    status = put_all(c, state, &page);
    if (status == STATUS_RUN) print_page(&page);
    verify_page_free(&page);
    return status == STATUS_RUN ? STATUS_OK : status;
}

int cmd_publish(int argc, char **argv)
{
    const char *folder, *page = NULL;
    const tool_option option[] = {{"page", &page, NULL}};
    const int status =
        options_read(argc, argv, COMMAND,
                     _("Usage: sunlot publish DIR [--page FILE]\n"
                       "Make DIR/public a folder that any web server can serve as it is: the log and its signatures, a note file of each checkpoint,\n"
                       "keys and policy, the verify page, after the draw the report and the placement by pseudonym; index.html, and SHA256SUMS of all.\n"
                       "No name, id or salt is in it.  Run it after the announcement and again after every later step: it says what changes.\n"
                       "Refused while anything else lies in DIR/public, and where the log announces another verify page.\n"
                       "  --page FILE    the verify page (else the one that comes with the program)\n"
                       "  --lang en|zh   language of messages, and the one that the pages show first\n"
                       "Exit status: 0 done, 1 refused, 2 it could not be done.\n"),
                     option, 1, &folder, 1);
    return status != STATUS_RUN ? status : ceremony_run(folder, publish, &page);
}
