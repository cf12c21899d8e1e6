#define _DEFAULT_SOURCE 1 /* getrandom */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>

#include "ceremony/progress.h"
#include "commands/commands.h"
#include "common/characters.h"
#include "common/jobs.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/store.h"
#include "trials/inputs.h"
#include "trials/trials.h"

#define COMMAND "sunlot announce"

/* The refusals of SPEC 11.4, on the roster that `sunlot check` shows. */
static int check_announceable(const sunlot_enrolment *e, uint32_t jobs)
{
    static const uint8_t zeros[32] = {0};
    sunlot_master master = sunlot_master_rehearse(zeros);
    sunlot_roster *roster = NULL;
    const sunlot_crew crew = jobs_crew(&jobs);
    sunlot_err err = sunlot_roster_new(&roster, e, SUNLOT_REHEARSAL, &master, &crew);
    if (err != SUNLOT_OK) return complain_error(err);
    int status = inputs_publishable(e, roster, stderr);
    trial_table table = {NULL, NULL};
    if (status == STATUS_RUN) {
        err = trials_run(&table, roster, true, TRIALS, jobs);
        if (err != SUNLOT_OK) status = complain_error(err);
        for (uint32_t s = 0; err == SUNLOT_OK && s < sunlot_roster_schools(roster); s++) {
            const trial_tally *t = trials_last(&table, s);
            if (trials_enough(t)) continue;
            sunlot_school_info info;
            sunlot_roster_school(roster, s, &info);
            (void)fprintf(stderr, _("School “%s”: only %u of %u trials succeed at the last rung; half are needed\n"), SHOW(info.name), (unsigned)t->placed,
                          (unsigned)t->trials);
            trials_explain(stderr, "    ", t);
            trials_advise(stderr, "    ", t);
            status = STATUS_REFUSED;
        }
        trials_free(&table);
    }
    sunlot_roster_free(roster);
    if (status == STATUS_REFUSED) complain(_("nothing is announced; “sunlot check” tells more"));
    return status;
}

/* The master secret: that of an interrupted announcement, or a new one, which is on the disk before it is used. */
static int make_master(sunlot_master *out, const ceremony *c)
{
    file_result result = ceremony_master(out, c);
    if (result == FILE_READ) return STATUS_RUN;
    if (result != FILE_MISSING) return STATUS_CANNOT;
    size_t have = 0;
    while (have < sizeof out->b) {
        ssize_t got = getrandom(out->b + have, sizeof out->b - have, 0);
        if (got > 0) {
            have += (size_t)got;
        } else if (errno != EINTR) {
            complain(_("the system gives no random bytes: %s"), strerror(errno));
            return STATUS_CANNOT;
        }
    }
    char text[66];
    for (size_t i = 0; i < sizeof out->b; i++) (void)snprintf(text + 2 * i, 3, "%02x", (unsigned)out->b[i]);
    text[64] = '\n';
    store_result stored = store_file(c->master, (sunlot_text){text, 65}, STORE_PRIVATE, false);
    wipe(text, sizeof text);
    return stored == STORE_WRITTEN ? STATUS_RUN : STATUS_CANNOT;
}

/* What an announcement consists of. */
typedef struct {
    sunlot_log *read; /* the log that is announced; it borrows from */
    sunlot_buffer log, people;
} announcement;

static sunlot_err compose(announcement *out, const sunlot_enrolment *e, const sunlot_master *master, uint32_t jobs)
{
    const sunlot_crew crew = jobs_crew(&jobs);
    sunlot_roster *roster = NULL;
    sunlot_err err = sunlot_roster_new(&roster, e, SUNLOT_LIVE, master, &crew);
    if (err == SUNLOT_OK) err = sunlot_announce(&out->read, &out->log, &out->people, e, roster, master, &crew);
    sunlot_roster_free(roster);
    return err;
}

static void discard(announcement *a)
{
    sunlot_log_free(a->read);
    sunlot_buffer_free(&a->log);
    ceremony_wipe(&a->people);
}

static void print_source(const sunlot_source *source)
{
    const unsigned long long length = source->length;
    switch (source->kind) {
    case SUNLOT_SOURCE_D10:
        (void)printf(_("Source %u: %u throws, digits 0 to 9: %s\n"), (unsigned)source->number, (unsigned)length, SHOW(source->holder));
        break;
    case SUNLOT_SOURCE_D6:
        (void)printf(_("Source %u: %u throws, digits 1 to 6: %s\n"), (unsigned)source->number, (unsigned)length, SHOW(source->holder));
        break;
    case SUNLOT_SOURCE_LOTTERY:
        (void)printf(_("Source %u: %llu numbers of the lottery %s\n"), (unsigned)source->number, length, SHOW(source->holder));
        break;
    case SUNLOT_SOURCE_DRAND:
    case SUNLOT_SOURCE_KINDS:
        (void)printf(_("Source %u: round %llu of the drand chain %s\n"), (unsigned)source->number, length, SHOW(source->holder));
        break;
    }
}

static void print_next(const ceremony *c, const sunlot_log *log)
{
    if (sunlot_log_phase(log) >= SUNLOT_PHASE_SEED_BASE)
        (void)fputs(_("Before anybody throws: read the fingerprint aloud, write it down in the minutes, show it on film, and hand\n"
                      "out public/.  After the first digit nothing can be changed or repeated.\n"),
                    stdout);
    for (uint32_t i = 0; i < sunlot_log_sources(log); i++) {
        sunlot_source source;
        sunlot_log_source(log, i, &source);
        print_source(&source);
    }
    progress p;
    if (progress_read(&p, c, log) == STATUS_RUN) {
        progress_next(stdout, &p, c, log);
        progress_beside(stdout, c, sunlot_log_phase(log));
        progress_free(&p);
    }
    (void)printf(_("Keep a copy of %s where only you can read it; without it the draw cannot go on.\n"), c->private_);
}

/* Commit, in the order that a crash may break off anywhere: the secret is stored; then what it gives; the log last. */
static int commit(const ceremony *c, const announcement *a, const sunlot_master *master)
{
    int status = STATUS_RUN;
    if (store_file(c->people, ceremony_view(&a->people), STORE_PRIVATE, true) == STORE_FAILED || !store_folder(c->public_, false)) status = STATUS_CANNOT;
    if (status == STATUS_RUN) status = ceremony_keys(c, sunlot_log_roster(a->read), master, false);
    if (status == STATUS_RUN) status = ceremony_policy(c, a->read, false);
    if (status == STATUS_RUN) status = ceremony_commit(c, ceremony_view(&a->log));
    if (status == STATUS_RUN) status = ceremony_sign(c, ceremony_view(&a->log), master, false);
    if (status == STATUS_RUN) {
        (void)printf(_("Announced: %s\n"), c->log);
        ceremony_fingerprint(a->read);
        print_next(c, a->read);
        status = STATUS_OK;
    }
    return status;
}

/* An announcement stands already: nothing changes but files that were lost.  Says so if the input has changed since. */
static int announce_again(ceremony *c, uint32_t jobs)
{
    ceremony_state state;
    int status = ceremony_enter(&state, c);
    if (status != STATUS_RUN) return status;
    sunlot_text bytes = file_view(&state.bytes);
    (void)printf(_("This was announced already; %s stands, and nothing changes.\n"), c->log);

    announcement a = {NULL, {0}, {0}};
    sunlot_enrolment *e = NULL;
    bool same = inputs_read(&e, c->folder, stderr, jobs) == STATUS_RUN && compose(&a, e, &state.master, jobs) == SUNLOT_OK && a.log.n <= bytes.n &&
                memcmp(a.log.p, bytes.p, a.log.n) == 0;
    sunlot_enrolment_free(e);
    if (!same) {
        (void)fputs(_("The input files have changed since then, or cannot be read: the draw follows the log, not these files.\n"), stdout);
    } else {
        store_result result = store_file(c->people, ceremony_view(&a.people), STORE_PRIVATE, true);
        if (result == STORE_WRITTEN) (void)printf(_("written again: %s\n"), c->people);
        if (result == STORE_FAILED) status = STATUS_CANNOT;
    }
    discard(&a);
    if (status == STATUS_RUN) status = ceremony_restore(c, &state);
    if (status == STATUS_RUN) {
        ceremony_fingerprint(state.log);
        status = STATUS_OK;
    }
    ceremony_forget(&state);
    return status;
}

static int announce(ceremony *c, uint32_t jobs)
{
    if (ceremony_announced(c)) return announce_again(c, jobs);
    sunlot_enrolment *e = NULL;
    int status = inputs_read(&e, c->folder, stderr, jobs);
    if (status != STATUS_RUN) return status;
    status = check_announceable(e, jobs);
    if (status == STATUS_RUN && !store_folder(c->private_, true)) status = STATUS_CANNOT;
    if (status == STATUS_RUN) status = ceremony_lock(c);
    sunlot_master master;
    (void)mlock(&master, sizeof master);
    if (status == STATUS_RUN && ceremony_announced(c)) { /* by another process, meanwhile */
        complain(_("another process has announced meanwhile; run this again"));
        status = STATUS_CANNOT;
    }
    if (status == STATUS_RUN) status = make_master(&master, c);
    if (status == STATUS_RUN) {
        announcement a = {NULL, {0}, {0}};
        sunlot_err err = compose(&a, e, &master, jobs);
        status = err == SUNLOT_OK ? commit(c, &a, &master) : complain_error(err);
        discard(&a);
    }
    wipe(&master, sizeof master);
    (void)munlock(&master, sizeof master);
    sunlot_enrolment_free(e);
    return status;
}

int cmd_announce(int argc, char **argv)
{
    const char *jobs_text = NULL, *folder;
    const tool_option option[] = {{"jobs", &jobs_text, NULL}};
    int status = options_read(argc, argv, COMMAND,
                              _("Usage: sunlot announce DIR [--jobs N]\n"
                                "Fix rules, classes and list: write DIR/public/draw.log up to its first signed checkpoint, and the secrets to\n"
                                "DIR/private.  Refused unless half of 100 trials succeed for each school.  Prints the fingerprint.\n"
                                "Run again, it changes nothing and restores files that were lost.\n"
                                "  --jobs N       run N trials at a time (as many as there are processors)\n"
                                "  --lang en|zh   language of messages\n"
                                "Exit status: 0 announced, 1 refused, 2 it could not be done.\n"),
                              option, 1, &folder, 1);
    if (status != STATUS_RUN) return status;
    uint32_t jobs;
    status = options_jobs(&jobs, COMMAND, jobs_text);
    if (status != STATUS_RUN) return status;
    ceremony c;
    ceremony_init(&c, folder);
    status = announce(&c, jobs);
    ceremony_close(&c);
    return status;
}
