#define _DEFAULT_SOURCE 1 /* access */
#include "ceremony/ceremony.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ceremony/editions.h"
#include "common/characters.h"
#include "common/jobs.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/store.h"
#include "common/summary.h"
#include "trials/trials.h"

void ceremony_init(ceremony *c, const char *folder)
{
    c->folder = folder;
    c->private_ = file_path(folder, "private");
    c->public_ = file_path(folder, "public");
    c->master = file_path(c->private_, "master");
    c->people = file_path(c->private_, "people.csv");
    c->lock = file_path(c->private_, "lock");
    c->copy = file_path(c->private_, "draw.log");
    c->log = file_path(c->public_, "draw.log");
    c->vkey = file_path(c->public_, "log.vkey");
    c->minisign_pub = file_path(c->public_, "minisign.pub");
    c->minisig = file_path(c->public_, "draw.log.minisig");
    c->full_minisig = file_path(c->private_, "draw.log.minisig");
    c->policy = file_path(c->public_, "draw.policy");
    c->held = -1;
}

void ceremony_close(ceremony *c)
{
    if (c->held >= 0) store_unlock(c->held);
    free(c->private_);
    free(c->public_);
    free(c->master);
    free(c->people);
    free(c->lock);
    free(c->copy);
    free(c->log);
    free(c->vkey);
    free(c->minisign_pub);
    free(c->minisig);
    free(c->full_minisig);
    free(c->policy);
}

int ceremony_lock(ceremony *c) { return store_lock(&c->held, c->lock) ? STATUS_RUN : STATUS_CANNOT; }

const char *ceremony_full(const ceremony *c) { return editions_two(c->copy) ? c->copy : c->log; }

bool ceremony_announced(const ceremony *c) { return access(c->log, F_OK) == 0 || editions_two(c->copy); }

file_result ceremony_master(sunlot_master *out, const ceremony *c)
{
    file_bytes bytes;
    file_result result = file_read_secret(&bytes, c->master, 65);
    if (result == FILE_MISSING || result == FILE_UNREADABLE) return result;
    char text[65] = {0};
    bool good = result == FILE_READ && bytes.n == 65 && bytes.p[64] == '\n';
    if (good) {
        memcpy(text, bytes.p, 64);
        good = options_seed(out->b, text);
    }
    if (result == FILE_READ) file_free(&bytes);
    wipe(text, sizeof text);
    if (good) return FILE_READ;
    complain(_("%s is damaged: it should hold 64 hexadecimal digits and a line end; put back your copy of it"), c->master);
    return FILE_UNREADABLE;
}

static int read_log(ceremony_state *s, const ceremony *c)
{
    const char *path = ceremony_full(c);
    file_result result = file_read(&s->bytes, path, SUNLOT_MAX_LOG_BYTES);
    if (result == FILE_MISSING) {
        complain(_("there is no %s yet; “sunlot announce %s” comes first"), c->log, c->folder);
        return STATUS_CANNOT;
    }
    if (result == FILE_TOO_LARGE) return complain_error(SUNLOT_ERR_LIMIT);
    if (result != FILE_READ) return STATUS_CANNOT;
    sunlot_fault fault;
    uint32_t jobs = options_processors();
    const sunlot_crew crew = jobs_crew(&jobs);
    sunlot_err err = sunlot_log_read(&s->log, file_view(&s->bytes), &fault, &crew);
    if (err == SUNLOT_ERR_LOG) {
        complain(_("%s is not sound (%s), line %llu: %s"), path, sunlot_answer_name(fault.answer), (unsigned long long)fault.line, _(fault.what));
        return STATUS_REFUSED;
    }
    if (err != SUNLOT_OK) return complain_error(err);
    if (sunlot_log_mode(s->log) != SUNLOT_LIVE) {
        complain(_("%s is a rehearsal; it is no announcement"), path);
        return STATUS_REFUSED;
    }
    if (sunlot_log_edition(s->log) == SUNLOT_EDITION_PUBLIC || (path == c->log && sunlot_roster_for_auditors(sunlot_log_roster(s->log)))) {
        complain(_("%s is not the full edition, with the students' lines: put back your copy of it"), c->copy);
        return STATUS_CANNOT;
    }
    return STATUS_RUN;
}

static bool has_followed(const ceremony *c, sunlot_text log);

/* The secret is read to where it stays, which is not swapped out where the system allows that. */
int ceremony_enter(ceremony_state *out, ceremony *c)
{
    memset(out, 0, sizeof *out);
    (void)mlock(&out->master, sizeof out->master);
    int status = STATUS_RUN;
    if (!ceremony_announced(c)) {
        complain(_("there is no %s yet; “sunlot announce %s” comes first"), c->log, c->folder);
        return STATUS_CANNOT;
    }
    if (access(c->private_, F_OK) != 0) {
        complain_file(_("cannot read"), c->private_);
        return STATUS_CANNOT;
    }
    if (!store_folder(c->private_, true)) return STATUS_CANNOT; /* open to others where it was copied so: closed again */
    status = ceremony_lock(c);
    if (status == STATUS_RUN) status = read_log(out, c);
    if (status == STATUS_RUN) {
        file_result result = ceremony_master(&out->master, c);
        if (result == FILE_MISSING) complain(_("%s is missing: without it nothing can be signed; put back your copy of it"), c->master);
        if (result != FILE_READ) status = STATUS_CANNOT;
    }
    if (status == STATUS_RUN && !has_followed(c, file_view(&out->bytes))) status = ceremony_restore(c, out);
    if (status != STATUS_RUN) ceremony_forget(out);
    return status;
}

int ceremony_run(const char *folder, ceremony_fn *step, void *wish)
{
    ceremony c;
    ceremony_state state;
    ceremony_init(&c, folder);
    int status = ceremony_enter(&state, &c);
    if (status == STATUS_RUN) {
        status = step(&c, &state, wish);
        ceremony_forget(&state);
    }
    ceremony_close(&c);
    return status;
}

int ceremony_look(ceremony_state *out, const ceremony *c)
{
    ceremony_state s;
    memset(&s, 0, sizeof s);
    int status = read_log(&s, c);
    if (status == STATUS_RUN)
        *out = s;
    else
        ceremony_forget(&s);
    return status;
}

void ceremony_forget(ceremony_state *s)
{
    sunlot_log_free(s->log);
    file_free(&s->bytes);
    wipe(&s->master, sizeof s->master);
    (void)munlock(&s->master, sizeof s->master);
}

sunlot_text ceremony_view(const sunlot_buffer *b) { return (sunlot_text){b->p, b->n}; }

void ceremony_wipe(sunlot_buffer *b)
{
    if (b->p != NULL) wipe(b->p, b->n);
    sunlot_buffer_free(b);
}

/* Keep the longest log that there ever was; refuse one that is neither its beginning nor its continuation. */
static int keep_copy(const ceremony *c, sunlot_text log)
{
    file_bytes copy = {NULL, 0};
    file_result result = file_read(&copy, c->copy, SUNLOT_MAX_LOG_BYTES);
    if (result == FILE_UNREADABLE) return STATUS_CANNOT;
    sunlot_text before = result == FILE_READ ? file_view(&copy) : (sunlot_text){NULL, 0};
    int status = STATUS_RUN;
    if (result == FILE_TOO_LARGE || !editions_continue(log, before)) {
        complain(_("this folder has announced or drawn something else already; %s keeps it.\n"
                   "    Put that copy back as %s and go on from there.  To withdraw a draw before the first digit, announce in a new\n"
                   "    folder, with a higher attempt number"),
                 c->copy, c->log);
        status = STATUS_REFUSED;
    } else if (before.n < log.n && store_file(c->copy, log, STORE_PRIVATE, true) == STORE_FAILED) {
        status = STATUS_CANNOT;
    }
    if (result == FILE_READ) file_free(&copy);
    return status;
}

int ceremony_commit(const ceremony *c, sunlot_text log)
{
    sunlot_buffer edition = {0};
    const bool two = sunlot_log_for_auditors(log);
    int status = two ? editions_public(&edition, c->log, log) : STATUS_RUN;
    if (status == STATUS_RUN) status = keep_copy(c, log);
    if (status == STATUS_RUN && store_file(c->log, two ? ceremony_view(&edition) : log, STORE_PUBLIC, true) == STORE_FAILED) status = STATUS_CANNOT;
    sunlot_buffer_free(&edition);
    return status;
}

int ceremony_replace(const ceremony *c, sunlot_text log)
{
    sunlot_buffer edition = {0};
    sunlot_err err = SUNLOT_OK;
    const bool two = sunlot_log_for_auditors(log);
    if (two) err = sunlot_log_public(&edition, log);
    int status = err == SUNLOT_OK ? STATUS_RUN : complain_error(err);
    if (status == STATUS_RUN && store_file(c->copy, log, STORE_PRIVATE, true) == STORE_FAILED) status = STATUS_CANNOT;
    if (status == STATUS_RUN && store_file(c->log, two ? ceremony_view(&edition) : log, STORE_PUBLIC, true) == STORE_FAILED) status = STATUS_CANNOT;
    sunlot_buffer_free(&edition);
    return status;
}

/* Returns false after a complaint. */
static bool follow_one(const char *path, const sunlot_buffer *bytes, unsigned mode, bool again)
{
    store_result result = store_file(path, ceremony_view(bytes), mode, true);
    if (result == STORE_WRITTEN && again) (void)printf(_("written again: %s\n"), path);
    return result != STORE_FAILED;
}

int ceremony_keys(const ceremony *c, const sunlot_roster *roster, const sunlot_master *master, bool again)
{
    sunlot_buffer vkey = {0}, pub = {0};
    sunlot_err err = sunlot_keys_write(&vkey, &pub, roster, master);
    int status = STATUS_RUN;
    if (err != SUNLOT_OK)
        status = complain_error(err);
    else if (!follow_one(c->vkey, &vkey, STORE_PUBLIC, again) || !follow_one(c->minisign_pub, &pub, STORE_PUBLIC, again))
        status = STATUS_CANNOT;
    sunlot_buffer_free(&vkey);
    sunlot_buffer_free(&pub);
    return status;
}

int ceremony_policy(const ceremony *c, const sunlot_log *log, bool again)
{
    sunlot_buffer policy = {0};
    const sunlot_err err = sunlot_policy_write(&policy, log);
    int status = STATUS_RUN;
    if (err != SUNLOT_OK)
        status = complain_error(err);
    else if (!follow_one(c->policy, &policy, STORE_PUBLIC, again))
        status = STATUS_CANNOT;
    sunlot_buffer_free(&policy);
    return status;
}

/* The file that keeps the signature of a length, owned. */
static char *kept_minisig(const char *folder, sunlot_text log)
{
    char name[64];
    uint64_t lines = 0;
    for (size_t at = 0; at < log.n; at++) lines += log.p[at] == '\n';
    (void)snprintf(name, sizeof name, "draw.%llu.log.minisig", (unsigned long long)lines);
    return file_path(folder, name);
}

/* Whether all that follows from the log was written: what is written last is there.  Else the step that made the log was broken off after its
 * commit point, and perhaps it is not the one that is run now. */
static bool has_followed(const ceremony *c, sunlot_text log)
{
    char *folder = file_path(sunlot_log_for_auditors(log) ? c->private_ : c->public_, "minisig"), *kept = kept_minisig(folder, log);
    const bool there = access(kept, F_OK) == 0;
    free(kept);
    free(folder);
    return there;
}

/* draw.log.minisig of an edition, in its folder, is replaced when the log grows; of each length a copy stays, for those who kept that length. */
static int sign_one(const char *folder, const char *path, unsigned mode, sunlot_text log, const sunlot_master *master, bool again)
{
    sunlot_buffer signature = {0};
    sunlot_err err = sunlot_minisign(&signature, log, master);
    int status = STATUS_RUN;
    char *kept_folder = file_path(folder, "minisig"), *kept = kept_minisig(kept_folder, log);
    if (err != SUNLOT_OK)
        status = complain_error(err);
    else if (!follow_one(path, &signature, mode, again) || !store_folder(kept_folder, mode == STORE_PRIVATE) || !follow_one(kept, &signature, mode, again))
        status = STATUS_CANNOT;
    free(kept_folder);
    free(kept);
    sunlot_buffer_free(&signature);
    return status;
}

/* The public edition, where that does not stand yet, with its signature, then the full edition's: the last one, as has_followed wants it. */
static int sign_two(const ceremony *c, sunlot_text log, const sunlot_master *master, bool again)
{
    sunlot_buffer edition = {0};
    int status = editions_public(&edition, c->log, log);
    if (status == STATUS_RUN && !follow_one(c->log, &edition, STORE_PUBLIC, again)) status = STATUS_CANNOT;
    if (status == STATUS_RUN) status = sign_one(c->public_, c->minisig, STORE_PUBLIC, ceremony_view(&edition), master, again);
    if (status == STATUS_RUN) status = sign_one(c->private_, c->full_minisig, STORE_PRIVATE, log, master, again);
    sunlot_buffer_free(&edition);
    return status;
}

int ceremony_sign(const ceremony *c, sunlot_text log, const sunlot_master *master, bool again)
{
    return sunlot_log_for_auditors(log) ? sign_two(c, log, master, again) : sign_one(c->public_, c->minisig, STORE_PUBLIC, log, master, again);
}

int ceremony_append(const ceremony *c, const ceremony_state *state, sunlot_text lines)
{
    sunlot_buffer log = {0};
    sunlot_err err = sunlot_log_whole(&log, state->log, lines);
    if (err != SUNLOT_OK) return complain_error(err);
    int status = ceremony_commit(c, ceremony_view(&log));
    if (status == STATUS_RUN) status = ceremony_sign(c, ceremony_view(&log), &state->master, false);
    sunlot_buffer_free(&log);
    return status;
}

int ceremony_restore(const ceremony *c, const ceremony_state *s)
{
    const bool folder = store_folder(c->public_, false); /* public/ can be lost as a whole where the log is in private/ */
    int status = folder ? ceremony_keys(c, sunlot_log_roster(s->log), &s->master, true) : STATUS_CANNOT;
    if (status == STATUS_RUN) status = ceremony_policy(c, s->log, true);
    return status == STATUS_RUN ? ceremony_sign(c, file_view(&s->bytes), &s->master, true) : status;
}

typedef struct {
    const sunlot_log *log;
    sunlot_buffer *lines;
    sunlot_outcome *outcome;
} replay_work;

static sunlot_err replay_one(void *user, uint32_t school)
{
    replay_work *w = user;
    return sunlot_replay_school(&w->lines[school], w->log, school, &w->outcome[school]);
}

static void explain_failure(const sunlot_log *log, uint32_t school, const sunlot_outcome *o)
{
    sunlot_school_info info;
    sunlot_roster_school(sunlot_log_roster(log), school, &info);
    complain(_("school “%s”: no placement was found in all tries (rung %u, try %u)"), SHOW(info.name), (unsigned)o->rung, (unsigned)o->attempt);
    if (o->worst.n > 0) {
        (void)fprintf(stderr, _("    furthest off: the rules of “%s”"), SHOW(o->worst));
        trials_gap(stderr, o->asked, o->reached);
        (void)fputc('\n', stderr);
    }
    if (o->counts_off > 0 || o->sums_off > 0) {
        (void)fputs("    ", stderr);
        trials_distance(stderr, o->counts_off, o->sums_off);
        (void)fputc('\n', stderr);
    }
}

static int replay(sunlot_buffer *lines, const sunlot_log *log, uint32_t jobs)
{
    uint32_t schools = sunlot_roster_schools(sunlot_log_roster(log));
    replay_work w = {log, lines, need(schools, sizeof *w.outcome)};
    sunlot_err err = jobs_run(jobs, schools, _("schools"), replay_one, &w);
    int status = STATUS_RUN;
    if (err == SUNLOT_ERR_NOT_PLACED) {
        for (uint32_t s = 0; s < schools; s++)
            if (!w.outcome[s].placed) explain_failure(log, s, &w.outcome[s]);
        complain(_("nothing was written"));
        status = STATUS_REFUSED;
    } else if (err != SUNLOT_OK) {
        status = complain_error(err);
    }
    free(w.outcome);
    return status;
}

int ceremony_results(sunlot_buffer *out, char **odds, bool whole, const sunlot_log *log, sunlot_text note, const sunlot_master *master, uint32_t jobs)
{
    const sunlot_crew crew = jobs_crew(&jobs);
    uint32_t schools = sunlot_roster_schools(sunlot_log_roster(log));
    sunlot_buffer *lines = need(schools, sizeof *lines);
    int status = replay(lines, log, jobs);
    if (status == STATUS_RUN) {
        sunlot_err err = (whole ? sunlot_log_add_results : sunlot_log_result_lines)(out, log, note, lines, master, &crew);
        if (err == SUNLOT_OK) err = summary_schools(odds, log, lines);
        if (err != SUNLOT_OK) status = complain_error(err);
    }
    for (uint32_t s = 0; s < schools; s++) sunlot_buffer_free(&lines[s]);
    free(lines);
    return status;
}

void ceremony_fingerprint(const sunlot_log *log)
{
    if (sunlot_log_phase(log) < SUNLOT_PHASE_SEED_BASE) {
        (void)fputs(_("\n  There is no fingerprint yet: it is fixed once the sealed parties have opened their contributions.\n\n"), stdout);
        return;
    }
    uint8_t fingerprint[32];
    sunlot_text id = sunlot_log_id(log);
    if (sunlot_log_phase(log) < SUNLOT_PHASE_SEED_BASE) return; /* the list alone is no seed base yet */
    sunlot_log_fingerprint(log, fingerprint);
    (void)printf(_("\n  Fingerprint of %s\n\n"), SHOW(id));
    messages_fingerprint(stdout, fingerprint);
    const summary_counts sum = summary_count(sunlot_log_roster(log));
    (void)printf(_("\n  Students %llu, of them locked beforehand %llu\n"), (unsigned long long)sum.students, (unsigned long long)sum.locked);
    summary_tokens(stdout, &sum);
    if (!sunlot_roster_for_auditors(sunlot_log_roster(log))) summary_narrowed(stdout, log, &sum);
    (void)fputc('\n', stdout);
}
