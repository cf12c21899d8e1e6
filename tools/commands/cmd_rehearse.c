#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ceremony/ceremony.h"
#include "commands/commands.h"
#include "common/characters.h"
#include "common/jobs.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/store.h"
#include "common/summary.h"
#include "trials/closed.h"
#include "trials/inputs.h"

#define COMMAND "sunlot rehearse"

/* What the first line of a rehearsal begins with (SPEC 5.1). */
#define REHEARSAL_LINE "sunlot,v1,ed25519-sha256-hmac-chacha20,rehearsal-演练,"

typedef struct {
    const uint8_t *seed32;
    const sunlot_master *master;
    uint32_t jobs;
    sunlot_crew crew;
    char **odds; /* of the match, as text */
} rehearsal;

/* The log as it grows: what was announced, the sealed parties, all missing, the entropy, of two rounds the groups and the same entropy again,
 * the results. */
typedef enum { PART_ROSTER, PART_COMMITS, PART_REVEALS, PART_ENTROPY, PART_GROUPS, PART_ENTROPY_2, PART_RESULTS, PARTS } part;

/* The enrolment is released as soon as the roster is made, and that as soon as it is written: what follows sees the log alone. */
static int announce(sunlot_log **out, sunlot_buffer *lines, sunlot_enrolment *e, const rehearsal *r)
{
    sunlot_roster *roster = NULL;
    sunlot_err err = sunlot_roster_new(&roster, e, SUNLOT_REHEARSAL, r->master, &r->crew);
    sunlot_enrolment_free(e);
    if (err == SUNLOT_OK) err = sunlot_announce(out, lines, NULL, NULL, roster, r->master, &r->crew);
    sunlot_roster_free(roster);
    return err == SUNLOT_OK ? STATUS_RUN : complain_error(err);
}

static const sunlot_text nobody[SUNLOT_MAX_PARTIES];

/* The lines of a step before the results, read at once.  *fault: why they cannot be, with SUNLOT_ERR_LOG. */
static sunlot_err step(sunlot_buffer *lines, sunlot_log *log, const rehearsal *r, part at, sunlot_fault *fault)
{
    const sunlot_text no_note = {NULL, 0};
    sunlot_err err = at == PART_COMMITS   ? sunlot_log_commit_lines(lines, log, no_note, nobody, r->master)
                     : at == PART_REVEALS ? sunlot_log_reveal_lines(lines, log, no_note, nobody, r->master)
                                          : sunlot_log_entropy_lines(lines, log, no_note, NULL, r->seed32, r->master);
    return err == SUNLOT_OK ? sunlot_log_grow(log, ceremony_view(lines), fault, NULL) : err;
}

static int draw(sunlot_buffer *lines, sunlot_log *log, const rehearsal *r)
{
    sunlot_fault fault = {0};
    sunlot_err err = SUNLOT_OK;
    for (part at = sunlot_log_next(log) == SUNLOT_PHASE_COMMITS ? PART_COMMITS : PART_ENTROPY; at <= PART_ENTROPY && err == SUNLOT_OK; at++)
        err = step(&lines[at], log, r, at, &fault);
    if (err == SUNLOT_OK && sunlot_log_next(log) == SUNLOT_PHASE_GROUPS) {
        const int status = ceremony_results(&lines[PART_GROUPS], r->odds, false, log, (sunlot_text){NULL, 0}, r->master, r->jobs);
        if (status != STATUS_RUN) return status;
        free(*r->odds);
        *r->odds = NULL;
        err = sunlot_log_grow(log, ceremony_view(&lines[PART_GROUPS]), &fault, NULL);
        if (err == SUNLOT_OK) err = step(&lines[PART_ENTROPY_2], log, r, PART_ENTROPY_2, &fault);
    }
    if (err == SUNLOT_ERR_LOG) complain(_("line %llu: %s (%s)"), (unsigned long long)fault.line, _(fault.what), fault.found);
    if (err != SUNLOT_OK) return complain_error(err);
    return ceremony_results(&lines[PART_RESULTS], r->odds, false, log, (sunlot_text){NULL, 0}, r->master, r->jobs);
}

/* Out: *log, which borrows from lines, also on failure. */
static int compose(sunlot_log **log, sunlot_buffer *lines, sunlot_enrolment *e, const rehearsal *r)
{
    const int status = announce(log, &lines[PART_ROSTER], e, r);
    return status == STATUS_RUN ? draw(lines, *log, r) : status;
}

/* Whether a file may be replaced: only a rehearsal may.  Returns STATUS_RUN or the exit status. */
static int replaceable(const char *path)
{
    char head[sizeof REHEARSAL_LINE - 1];
    FILE *old = fopen(path, "rb");
    if (old == NULL && errno == ENOENT) return STATUS_RUN;
    if (old == NULL) {
        complain_file(_("cannot read"), path);
        return STATUS_CANNOT;
    }
    const bool rehearsed = fread(head, 1, sizeof head, old) == sizeof head && memcmp(head, REHEARSAL_LINE, sizeof head) == 0;
    const bool failed = ferror(old) != 0;
    if (failed) complain_file(_("cannot read"), path);
    (void)fclose(old);
    if (failed) return STATUS_CANNOT;
    if (rehearsed) return STATUS_RUN;
    complain(_("%s is there and is not a rehearsal; it is not overwritten"), path);
    return STATUS_REFUSED;
}

static int store(const char *path, const sunlot_buffer *lines, unsigned mode)
{
    sunlot_text bytes[PARTS];
    for (int i = 0; i < PARTS; i++) bytes[i] = ceremony_view(&lines[i]);
    int status = replaceable(path);
    if (status != STATUS_RUN) return status;
    store_result result = store_parts(path, bytes, PARTS, mode, true);
    if (result == STORE_FAILED || result == STORE_EXISTS) return STATUS_CANNOT;
    (void)fputs(_("REHEARSAL (演练): this is no draw, and no verifier will call it one.\n"), stdout);
    (void)printf(result == STORE_SAME ? _("%s holds this rehearsal already; nothing changes\n") : _("written: %s\n"), path);
    (void)fputs(_("It holds the rows of the list: do not publish the rehearsal of a real one.\n"), stdout);
    (void)printf(_("To check it: sunlot-verify %s --rehearsal\n"), path);
    return STATUS_OK;
}

static int rehearse(const char *folder, const char *log_path, bool made_up, const uint8_t seed32[32], uint32_t jobs)
{
    sunlot_enrolment *e = NULL;
    const sunlot_crew crew = jobs_crew(&jobs);
    int status = log_path == NULL ? STATUS_RUN : closed_file(folder, log_path, made_up);
    if (status == STATUS_RUN) status = inputs_read(&e, folder, stderr, jobs);
    if (status != STATUS_RUN) return status;
    sunlot_master master = sunlot_master_rehearse(seed32);
    char *odds = NULL;
    const rehearsal r = {seed32, &master, jobs, crew, &odds};
    sunlot_buffer lines[PARTS] = {{0}};
    ceremony c;
    ceremony_init(&c, folder);
    sunlot_log *log = NULL;
    status = compose(&log, lines, e, &r);
    if (status == STATUS_RUN && log_path != NULL) {
        status = store(log_path, lines, STORE_PRIVATE);
    } else if (status == STATUS_RUN) {
        char *path = file_path(c.private_, "rehearsal.log");
        status = store_folder(c.private_, true) ? ceremony_lock(&c) : STATUS_CANNOT;
        if (status == STATUS_RUN) status = store(path, lines, STORE_PRIVATE);
        free(path);
    }
    if (status == STATUS_OK) {
        const summary_counts sum = summary_count(sunlot_log_roster(log));
        summary_tokens(stdout, &sum);
        (void)fputs(odds, stdout);
    }
    free(odds);
    sunlot_log_free(log);
    for (int i = 0; i < PARTS; i++) sunlot_buffer_free(&lines[i]);
    ceremony_close(&c);
    return status;
}

int cmd_rehearse(int argc, char **argv)
{
    const char *seed_text = NULL, *log_path = NULL, *jobs_text = NULL, *folder;
    bool made_up = false;
    const tool_option option[] = {{"seed", &seed_text, NULL}, {"log", &log_path, NULL}, {"made-up", NULL, &made_up}, {"jobs", &jobs_text, NULL}};
    int status = options_read(argc, argv, COMMAND,
                              _("Usage: sunlot rehearse DIR --seed HEX64 [--log FILE] [--made-up] [--jobs N]\n"
                                "The whole draw in one go from a seed of 64 hexadecimal digits, marked as a rehearsal in every result.\n"
                                "  --seed HEX64   the seed\n"
                                "  --log FILE     where to write it (DIR/private/rehearsal.log); only a rehearsal is overwritten\n"
                                "  --made-up      the rows are nobody's: FILE may stand outside DIR/private\n"
                                "  --jobs N       work on N schools at a time (as many as there are processors)\n"
                                "  --lang en|zh   language of messages\n"
                                "Example: sunlot rehearse town --seed $(printf %064d 7); sunlot-verify town/private/rehearsal.log --rehearsal\n"
                                "Exit status: 0 done, 1 refused, 2 it could not be done.\n"),
                              option, 4, &folder, 1);
    if (status != STATUS_RUN) return status;
    uint8_t seed[32];
    uint32_t jobs;
    if (seed_text == NULL || !options_seed(seed, seed_text)) return options_wrong(COMMAND, "seed", seed_text, _("64 hexadecimal digits"));
    status = options_jobs(&jobs, COMMAND, jobs_text);
    if (status != STATUS_RUN) return status;
    return rehearse(folder, log_path, made_up, seed, jobs);
}
