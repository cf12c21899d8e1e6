#include <stdlib.h>
#include <string.h>

#include "ceremony.h"
#include "characters.h"
#include "commands.h"
#include "inputs.h"
#include "messages.h"
#include "options.h"
#include "store.h"
#include "summary.h"

#define COMMAND "sunlot rehearse"

/* What the first line of a rehearsal begins with (SPEC 5.1). */
#define REHEARSAL_LINE "sunlot,v1,ed25519-sha256-hmac-chacha20,rehearsal-演练,"

typedef struct {
    const uint8_t *seed32;
    const sunlot_master *master;
    uint32_t jobs;
    char **odds; /* of the match, as text */
} rehearsal;

static int add_entropy(sunlot_buffer *out, const sunlot_log *log, const rehearsal *r)
{
    sunlot_err err = sunlot_log_add_entropy(out, log, NULL, r->seed32, r->master);
    return err == SUNLOT_OK ? STATUS_RUN : complain_error(err);
}

static int add_results(sunlot_buffer *out, const sunlot_log *log, const rehearsal *r) { return ceremony_results(out, r->odds, log, r->master, r->jobs); }

/* Replace *bytes by what the step makes of them. */
static int advance(sunlot_buffer *bytes, const rehearsal *r, int step(sunlot_buffer *out, const sunlot_log *log, const rehearsal *r))
{
    sunlot_log *log = NULL;
    sunlot_fault fault;
    sunlot_err err = sunlot_log_read(&log, ceremony_view(bytes), &fault);
    if (err == SUNLOT_ERR_LOG) complain(_("line %llu: %s (%s)"), (unsigned long long)fault.line, _(fault.what), fault.found);
    if (err != SUNLOT_OK) return complain_error(err);
    sunlot_buffer next = {0};
    int status = step(&next, log, r);
    sunlot_log_free(log);
    if (status == STATUS_RUN) {
        sunlot_buffer_free(bytes);
        *bytes = next;
    } else {
        sunlot_buffer_free(&next);
    }
    return status;
}

static int compose(sunlot_buffer *bytes, sunlot_roster **roster, const sunlot_enrolment *e, const rehearsal *r)
{
    sunlot_buffer people = {0};
    sunlot_err err = sunlot_roster_new(roster, e, SUNLOT_REHEARSAL, r->master);
    if (err == SUNLOT_OK) err = sunlot_announce(bytes, &people, e, *roster, r->master);
    ceremony_wipe(&people);
    if (err != SUNLOT_OK) return complain_error(err);
    int status = advance(bytes, r, add_entropy);
    return status == STATUS_RUN ? advance(bytes, r, add_results) : status;
}

/* Whether a file may be replaced: only a rehearsal may.  Returns STATUS_RUN or the exit status. */
static int replaceable(const char *path)
{
    file_bytes old;
    file_result result = file_read(&old, path, SUNLOT_MAX_LOG_BYTES);
    if (result == FILE_MISSING) return STATUS_RUN;
    bool rehearsed = false;
    if (result == FILE_READ) {
        rehearsed = old.n >= sizeof REHEARSAL_LINE - 1 && memcmp(old.p, REHEARSAL_LINE, sizeof REHEARSAL_LINE - 1) == 0;
        file_free(&old);
    }
    if (result == FILE_UNREADABLE) return STATUS_CANNOT;
    if (rehearsed) return STATUS_RUN;
    complain(_("%s is there and is not a rehearsal; it is not overwritten"), path);
    return STATUS_REFUSED;
}

static int store(const char *path, const sunlot_buffer *bytes, unsigned mode)
{
    int status = replaceable(path);
    if (status != STATUS_RUN) return status;
    store_result result = store_file(path, ceremony_view(bytes), mode, true);
    if (result == STORE_FAILED || result == STORE_EXISTS) return STATUS_CANNOT;
    (void)fputs(_("REHEARSAL (演练): this is no draw, and no verifier will call it one.\n"), stdout);
    (void)printf(result == STORE_SAME ? _("%s holds this rehearsal already; nothing changes\n") : _("written: %s\n"), path);
    (void)fputs(_("It holds the rows of the list: do not publish the rehearsal of a real one.\n"), stdout);
    (void)printf(_("To check it: sunlot-verify %s --rehearsal\n"), path);
    return STATUS_OK;
}

static int rehearse(const char *folder, const char *log_path, const uint8_t seed32[32], uint32_t jobs)
{
    sunlot_enrolment *e = NULL;
    int status = inputs_read(&e, folder, stderr);
    if (status != STATUS_RUN) return status;
    sunlot_master master = sunlot_master_rehearse(seed32);
    char *odds = NULL;
    const rehearsal r = {seed32, &master, jobs, &odds};
    sunlot_buffer bytes = {0};
    ceremony c;
    ceremony_init(&c, folder);
    sunlot_roster *roster = NULL;
    status = compose(&bytes, &roster, e, &r);
    sunlot_enrolment_free(e);
    if (status == STATUS_RUN && log_path != NULL) {
        status = store(log_path, &bytes, STORE_PRIVATE);
    } else if (status == STATUS_RUN) {
        char *path = file_path(c.private_, "rehearsal.log");
        status = store_folder(c.private_, true) ? ceremony_lock(&c) : STATUS_CANNOT;
        if (status == STATUS_RUN) status = store(path, &bytes, STORE_PRIVATE);
        free(path);
    }
    sunlot_buffer_free(&bytes);
    if (status == STATUS_OK) {
        const summary_counts sum = summary_count(roster);
        summary_tokens(stdout, &sum);
        (void)fputs(odds, stdout);
    }
    free(odds);
    sunlot_roster_free(roster);
    ceremony_close(&c);
    return status;
}

int cmd_rehearse(int argc, char **argv)
{
    const char *seed_text = NULL, *log_path = NULL, *jobs_text = NULL, *folder;
    const tool_option option[] = {{"seed", &seed_text, NULL}, {"log", &log_path, NULL}, {"jobs", &jobs_text, NULL}};
    int status = options_read(argc, argv, COMMAND,
                              _("Usage: sunlot rehearse DIR --seed HEX64 [--log FILE] [--jobs N]\n"
                                "The whole draw in one go from a seed of 64 hexadecimal digits, marked as a rehearsal in every result.\n"
                                "  --seed HEX64   the seed\n"
                                "  --log FILE     where to write it (DIR/private/rehearsal.log); only a rehearsal is overwritten\n"
                                "  --jobs N       work on N schools at a time (as many as there are processors)\n"
                                "  --lang en|zh   language of messages\n"
                                "Exit status: 0 done, 1 refused, 2 it could not be done.\n"),
                              option, 3, &folder, 1);
    if (status != STATUS_RUN) return status;
    uint8_t seed[32];
    uint32_t jobs;
    if (seed_text == NULL || !options_seed(seed, seed_text)) return options_wrong(COMMAND, "seed", seed_text, _("64 hexadecimal digits"));
    status = options_jobs(&jobs, COMMAND, jobs_text);
    if (status != STATUS_RUN) return status;
    return rehearse(folder, log_path, seed, jobs);
}
