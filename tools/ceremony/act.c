#include "ceremony/act.h"

#include "common/characters.h"
#include "common/jobs.h"
#include "common/messages.h"
#include "common/options.h"

int act_check(const ceremony_state *state, sunlot_text lines)
{
    sunlot_buffer whole = {0};
    sunlot_log *log;
    sunlot_fault fault;
    uint32_t jobs = options_processors();
    const sunlot_crew crew = jobs_crew(&jobs);
    sunlot_err err = sunlot_log_whole(&whole, state->log, lines);
    int status = STATUS_RUN;
    if (err == SUNLOT_OK) err = sunlot_log_read(&log, ceremony_view(&whole), &fault, &crew);
    if (err == SUNLOT_OK) {
        sunlot_log_free(log);
    } else if (err == SUNLOT_ERR_LOG) {
        if (fault.found[0] != '\0')
            complain(_("this cannot be entered in the log: %s, found “%s”"), _(fault.what), SHOW(text_of(fault.found)));
        else
            complain(_("this cannot be entered in the log: %s"), _(fault.what));
        status = STATUS_REFUSED;
    } else {
        status = complain_error(err);
    }
    sunlot_buffer_free(&whole);
    return status;
}

typedef struct {
    const sunlot_entry *wanted;
    bool found;
} search;

static void compare(void *user, const sunlot_entry *e)
{
    search *s = user;
    const sunlot_entry *w = s->wanted;
    const bool key = e->kind == SUNLOT_ENTRY_REPLACED || text_same(e->value, w->value); /* a minisign key stands in the log as a vkey */
    s->found = s->found || (e->kind == w->kind && text_same(e->date, w->date) && text_same(e->subject, w->subject) && key && text_same(e->more, w->more) &&
                            text_same(e->reason, w->reason) && text_same(e->authority, w->authority));
}

static int enter(const ceremony *c, const ceremony_state *state, const progress *p, const sunlot_entry *entry)
{
    search s = {entry, false};
    sunlot_log_entries(state->log, compare, &s);
    if (s.found) {
        (void)fputs(_("This was entered already; nothing changes.\n"), stdout);
        int restored = ceremony_restore(c, state);
        return restored == STATUS_RUN ? progress_report(c) : restored;
    }
    int status = progress_expect(p, STEP_EXPORT, c, state->log);
    if (status != STATUS_RUN) return status;
    sunlot_buffer lines = {0};
    sunlot_err err = sunlot_log_act_lines(&lines, state->log, note_file_view(&p->note), entry, 1, &state->master);
    status = err == SUNLOT_OK ? act_check(state, ceremony_view(&lines)) : complain_error(err);
    if (status == STATUS_RUN) status = ceremony_append(c, state, ceremony_view(&lines));
    sunlot_buffer_free(&lines);
    if (status != STATUS_RUN) return status;
    (void)printf(_("Entered in %s: %s\n"), c->log, sunlot_entry_name(entry->kind));
    return progress_report(c);
}

typedef struct {
    sunlot_entry_kind kind;
    act_fill *fill;
    void *user;
} act_step;

static int run(const ceremony *c, const ceremony_state *state, progress *p, void *user)
{
    const act_step *step = user;
    sunlot_entry entry = {.kind = step->kind};
    const int status = step->fill(&entry, c, state, step->user);
    return status == STATUS_RUN ? enter(c, state, p, &entry) : status;
}

int act_run(const char *folder, sunlot_entry_kind kind, act_fill *fill, void *user)
{
    act_step step = {kind, fill, user};
    return progress_run(folder, run, &step);
}
