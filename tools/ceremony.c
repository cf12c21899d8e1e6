#define _DEFAULT_SOURCE 1 /* access */
#include "ceremony.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "characters.h"
#include "jobs.h"
#include "messages.h"
#include "options.h"
#include "store.h"
#include "summary.h"
#include "trials.h"

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
}

int ceremony_lock(ceremony *c) { return store_lock(&c->held, c->lock) ? STATUS_RUN : STATUS_CANNOT; }

bool ceremony_announced(const ceremony *c) { return access(c->log, F_OK) == 0; }

file_result ceremony_master(sunlot_master *out, const ceremony *c)
{
    file_bytes bytes;
    file_result result = file_read(&bytes, c->master, 65);
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
    file_result result = file_read(&s->bytes, c->log, SUNLOT_MAX_LOG_BYTES);
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
        complain(_("%s is not sound (%s), line %llu: %s"), c->log, sunlot_answer_name(fault.answer), (unsigned long long)fault.line, _(fault.what));
        return STATUS_REFUSED;
    }
    if (err != SUNLOT_OK) return complain_error(err);
    if (sunlot_log_mode(s->log) != SUNLOT_LIVE) {
        complain(_("%s is a rehearsal; it is no announcement"), c->log);
        return STATUS_REFUSED;
    }
    return STATUS_RUN;
}

int ceremony_enter(ceremony_state *out, ceremony *c)
{
    ceremony_state s;
    memset(&s, 0, sizeof s);
    int status = STATUS_RUN;
    if (!ceremony_announced(c)) {
        complain(_("there is no %s yet; “sunlot announce %s” comes first"), c->log, c->folder);
        return STATUS_CANNOT;
    }
    if (access(c->private_, F_OK) != 0) {
        complain_file(_("cannot read"), c->private_);
        return STATUS_CANNOT;
    }
    status = ceremony_lock(c);
    if (status == STATUS_RUN) status = read_log(&s, c);
    if (status == STATUS_RUN) {
        file_result result = ceremony_master(&s.master, c);
        if (result == FILE_MISSING) complain(_("%s is missing: without it nothing can be signed; put back your copy of it"), c->master);
        if (result != FILE_READ) status = STATUS_CANNOT;
    }
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
}

sunlot_text ceremony_view(const sunlot_buffer *b) { return (sunlot_text){b->p, b->n}; }

void ceremony_wipe(sunlot_buffer *b)
{
    if (b->p != NULL) wipe(b->p, b->n);
    sunlot_buffer_free(b);
}

static bool begins(sunlot_text text, sunlot_text with) { return text.n >= with.n && (with.n == 0 || memcmp(text.p, with.p, with.n) == 0); }

/* Keep the longest log that there ever was; refuse one that is neither its beginning nor its continuation. */
static int keep_copy(const ceremony *c, sunlot_text log)
{
    file_bytes copy = {NULL, 0};
    file_result result = file_read(&copy, c->copy, SUNLOT_MAX_LOG_BYTES);
    if (result == FILE_UNREADABLE) return STATUS_CANNOT;
    sunlot_text before = result == FILE_READ ? file_view(&copy) : (sunlot_text){NULL, 0};
    int status = STATUS_RUN;
    if (result == FILE_TOO_LARGE || (!begins(log, before) && !begins(before, log))) {
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
    int status = keep_copy(c, log);
    if (status != STATUS_RUN) return status;
    switch (store_file(c->log, log, STORE_PUBLIC, true)) {
    case STORE_WRITTEN:
    case STORE_SAME:
        return STATUS_RUN;
    case STORE_EXISTS:
    case STORE_FAILED:
        break;
    }
    return STATUS_CANNOT;
}

/* Returns false after a complaint. */
static bool follow_one(const char *path, const sunlot_buffer *bytes, bool again)
{
    store_result result = store_file(path, ceremony_view(bytes), STORE_PUBLIC, true);
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
    else if (!follow_one(c->vkey, &vkey, again) || !follow_one(c->minisign_pub, &pub, again))
        status = STATUS_CANNOT;
    sunlot_buffer_free(&vkey);
    sunlot_buffer_free(&pub);
    return status;
}

int ceremony_sign(const ceremony *c, sunlot_text log, const sunlot_master *master, bool again)
{
    sunlot_buffer signature = {0};
    sunlot_err err = sunlot_minisign(&signature, log, master);
    int status = STATUS_RUN;
    if (err != SUNLOT_OK)
        status = complain_error(err);
    else if (!follow_one(c->minisig, &signature, again))
        status = STATUS_CANNOT;
    sunlot_buffer_free(&signature);
    return status;
}

int ceremony_restore(const ceremony *c, const ceremony_state *s)
{
    int status = ceremony_keys(c, sunlot_log_roster(s->log), &s->master, true);
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

int ceremony_results(sunlot_buffer *out, char **odds, bool whole, const sunlot_log *log, const sunlot_master *master, uint32_t jobs)
{
    const sunlot_crew crew = jobs_crew(&jobs);
    uint32_t schools = sunlot_roster_schools(sunlot_log_roster(log));
    sunlot_buffer *lines = need(schools, sizeof *lines);
    int status = replay(lines, log, jobs);
    if (status == STATUS_RUN) {
        sunlot_err err = (whole ? sunlot_log_add_results : sunlot_log_result_lines)(out, log, lines, master, &crew);
        if (err == SUNLOT_OK) err = summary_schools(odds, log, lines);
        if (err != SUNLOT_OK) status = complain_error(err);
    }
    for (uint32_t s = 0; s < schools; s++) sunlot_buffer_free(&lines[s]);
    free(lines);
    return status;
}

void ceremony_fingerprint(const sunlot_log *log)
{
    uint8_t fingerprint[32];
    sunlot_text id = sunlot_log_id(log);
    sunlot_log_fingerprint(log, fingerprint);
    (void)printf(_("\n  Fingerprint of %s\n\n"), SHOW(id));
    messages_fingerprint(stdout, fingerprint);
    const summary_counts sum = summary_count(sunlot_log_roster(log));
    (void)printf(_("\n  Students %llu, of them locked beforehand %llu\n"), (unsigned long long)sum.students, (unsigned long long)sum.locked);
    summary_tokens(stdout, &sum);
    summary_narrowed(stdout, log, &sum);
    (void)fputc('\n', stdout);
}
