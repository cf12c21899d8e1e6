#include "ceremony/sealing.h"

#include <stdlib.h>
#include <string.h>

#include "common/characters.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/store.h"

#define RECORD_BYTES 1024u
#define MISSING      "missing\n"

static const char *verb(progress_step step) { return step == STEP_COMMIT ? "commit" : "reveal"; }

/* private/commit-ID.draft, owned. */
static char *draft_path(progress_step step, const ceremony *c, const sunlot_log *log, uint32_t party)
{
    char name[64];
    sunlot_party info;
    sunlot_log_party(log, party, &info);
    (void)snprintf(name, sizeof name, "%s-%.*s.draft", verb(step), (int)info.id.n, info.id.p);
    return file_path(c->private_, name);
}

int sealing_check(progress_step step, const sunlot_log *log, uint32_t party, sunlot_text record, const char *what)
{
    const sunlot_err err = (step == STEP_COMMIT ? sunlot_commit_check : sunlot_reveal_check)(log, party, record);
    if (err == SUNLOT_OK) return STATUS_RUN;
    if (err == SUNLOT_ERR_MEMORY) return complain_error(err);
    if (err != SUNLOT_ERR_KEY)
        complain(_("%s: no good record of this party for this list"), what);
    else
        complain(step == STEP_COMMIT ? _("%s: signed with another key than the one the rules announce") : _("%s: this does not open the commitment"), what);
    return STATUS_REFUSED;
}

/* ---- drafts ---------------------------------------------------------------------------------------------------------------------- */

/* A draft that belongs to another announcement counts as none. */
static file_result read_draft(file_bytes *out, progress_step step, const ceremony *c, const sunlot_log *log, uint32_t party)
{
    char *path = draft_path(step, c, log, party);
    file_result result = file_read(out, path, RECORD_BYTES);
    free(path);
    if (result != FILE_READ) return result == FILE_TOO_LARGE ? FILE_MISSING : result;
    const sunlot_text text = file_view(out);
    sunlot_err err = SUNLOT_OK;
    if (!text_same(text, text_of(MISSING))) err = (step == STEP_COMMIT ? sunlot_commit_check : sunlot_reveal_check)(log, party, text);
    if (err == SUNLOT_OK) return FILE_READ;
    file_free(out);
    return FILE_MISSING;
}

int sealing_keep(progress_step step, const ceremony *c, const sunlot_log *log, uint32_t party, sunlot_text record)
{
    file_bytes old;
    const sunlot_text wanted = record.n > 0 ? record : text_of(MISSING);
    file_result result = read_draft(&old, step, c, log, party);
    if (result == FILE_UNREADABLE) return STATUS_CANNOT;
    if (result == FILE_READ) {
        const bool same = text_same(file_view(&old), wanted), was_missing = text_same(file_view(&old), text_of(MISSING));
        file_free(&old);
        if (same) return STATUS_RUN;
        if (!was_missing) {
            complain(record.n > 0 ? _("this party has committed already, to something else; the first commitment stands")
                                  : _("this party has done it already; it is not missing"));
            return STATUS_REFUSED;
        }
    }
    char *path = draft_path(step, c, log, party);
    store_result stored = store_file(path, wanted, STORE_PRIVATE, true);
    free(path);
    return stored == STORE_FAILED ? STATUS_CANNOT : STATUS_RUN;
}

static bool remove_drafts(progress_step step, const ceremony *c, const sunlot_log *log)
{
    bool done = true;
    for (uint32_t i = 0; i < sunlot_log_parties(log); i++) {
        char *path = draft_path(step, c, log, i);
        done = store_remove(path) && done;
        free(path);
    }
    return done;
}

int sealing_clean(const ceremony *c, const sunlot_log *log)
{
    bool done = true;
    if (sunlot_log_phase(log) >= SUNLOT_PHASE_COMMITS) done = remove_drafts(STEP_COMMIT, c, log);
    if (sunlot_log_phase(log) >= SUNLOT_PHASE_SEED_BASE) done = remove_drafts(STEP_REVEAL, c, log) && done;
    return done ? STATUS_RUN : STATUS_CANNOT;
}

/* ---- all are there ------------------------------------------------------------------------------------------------------------------ */

typedef struct {
    file_bytes bytes[SUNLOT_MAX_PARTIES];
    sunlot_text record[SUNLOT_MAX_PARTIES]; /* in the order of the parties; empty: missing */
    uint32_t drafts, missing, waited;       /* how many; sets of parties: declared missing, still waited for */
} collection;

static int collect(collection *all, progress_step step, const ceremony *c, const sunlot_log *log)
{
    const uint32_t awaited = progress_awaited(step, log);
    memset(all, 0, sizeof *all);
    for (uint32_t i = 0; i < sunlot_log_parties(log); i++) {
        if ((awaited >> i & 1) == 0) continue;
        file_result result = read_draft(&all->bytes[all->drafts], step, c, log, i);
        if (result == FILE_UNREADABLE) return STATUS_CANNOT;
        if (result == FILE_MISSING) {
            all->waited |= UINT32_C(1) << i;
            continue;
        }
        const sunlot_text text = file_view(&all->bytes[all->drafts]);
        const bool missing = text_same(text, text_of(MISSING));
        all->record[all->drafts++] = missing ? (sunlot_text){NULL, 0} : text;
        if (missing) all->missing |= UINT32_C(1) << i;
    }
    return STATUS_RUN;
}

static void discard(collection *all)
{
    for (uint32_t i = 0; i < all->drafts; i++) file_free(&all->bytes[i]);
}

/* What stands now; the fingerprint, where it was just fixed. */
static int sealing_report(const ceremony *c)
{
    ceremony_state state;
    int status = ceremony_look(&state, c);
    if (status != STATUS_RUN) return status;
    if (sunlot_log_phase(state.log) == SUNLOT_PHASE_SEED_BASE) ceremony_fingerprint(state.log);
    ceremony_forget(&state);
    return progress_report(c);
}

/* The rename of the log is the commit point; drafts that a crash leaves are removed when the step is run again. */
static int enter(const progress *p, const ceremony *c, const ceremony_state *state, const collection *all)
{
    sunlot_buffer lines = {0};
    sunlot_err err =
        (p->step == STEP_COMMIT ? sunlot_log_commit_lines : sunlot_log_reveal_lines)(&lines, state->log, note_file_view(&p->note), all->record, &state->master);
    int status = err == SUNLOT_OK ? ceremony_append(c, state, ceremony_view(&lines)) : complain_error(err);
    sunlot_buffer_free(&lines);
    if (status == STATUS_RUN && !remove_drafts(p->step, c, state->log)) status = STATUS_CANNOT;
    if (status != STATUS_RUN) return status;
    (void)printf(p->step == STEP_COMMIT ? _("All commitments are in %s.\n") : _("All contributions are in %s.\n"), c->log);
    if (all->missing != 0) {
        (void)fputs(_("Missing: "), stdout);
        progress_parties(stdout, state->log, all->missing);
        (void)fputc('\n', stdout);
    }
    return sealing_report(c);
}

int sealing_finish(const progress *p, const ceremony *c, const ceremony_state *state)
{
    collection all;
    int status = collect(&all, p->step, c, state->log);
    if (status == STATUS_RUN && all.waited != 0) {
        (void)fputs(_("Still to come: "), stdout);
        progress_parties(stdout, state->log, all.waited);
        (void)fputc('\n', stdout);
        status = STATUS_OK;
    } else if (status == STATUS_RUN) {
        status = enter(p, c, state, &all);
    }
    discard(&all);
    return status;
}
