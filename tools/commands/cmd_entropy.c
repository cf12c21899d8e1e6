#include <stdlib.h>
#include <string.h>

#include "ceremony/progress.h"
#include "ceremony/typed_digits.h"
#include "commands/commands.h"
#include "common/characters.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/store.h"

#define COMMAND "sunlot entropy"

/* Path of the draft of a source, owned. */
static char *draft_path(const ceremony *c, uint32_t number)
{
    char name[32];
    (void)snprintf(name, sizeof name, "source-%u.draft", (unsigned)number);
    return file_path(c->private_, name);
}

/* What a draft holds: the digits in the form of the record, LF, the root under which they fell, LF: the fingerprint, or that of the groups.  So digits that were typed for an
 * announcement which did not stay, or in another round, are never sealed in another one. */
static char *draft_text(const progress *p, sunlot_text digits, size_t *n)
{
    char shown[80];
    sunlot_fingerprint_write(shown, p->note.info.root);
    char *text = need(digits.n + sizeof shown + 2, 1);
    memcpy(text, digits.p, digits.n);
    *n = digits.n + (size_t)snprintf(text + digits.n, sizeof shown + 2, "\n%s\n", shown);
    return text;
}

/* Parse a draft.  Returns SUNLOT_OK with nothing in *out if it belongs to another announcement. */
static sunlot_err parse_draft(sunlot_buffer *out, const progress *p, const sunlot_source *source, sunlot_text bytes)
{
    size_t end = 0, at, expected;
    while (end < bytes.n && bytes.p[end] != '\n') end++;
    const sunlot_text digits = {bytes.p, end};
    sunlot_err err = sunlot_digits_parse(out, source, digits, &at);
    if (err != SUNLOT_OK) return err;
    char *text = draft_text(p, digits, &expected);
    if (!text_same(bytes, (sunlot_text){text, expected})) sunlot_buffer_free(out);
    free(text);
    return SUNLOT_OK;
}

/* Read a draft into the form of the record.  Returns FILE_READ, FILE_MISSING, or FILE_UNREADABLE after a complaint. */
static file_result read_draft(sunlot_buffer *out, const ceremony *c, const progress *p, const sunlot_source *source)
{
    char *path = draft_path(c, source->number);
    file_bytes bytes;
    file_result result = file_read(&bytes, path, 2 * SUNLOT_MAX_DIGITS);
    if (result == FILE_READ) {
        sunlot_err err = parse_draft(out, p, source, file_view(&bytes));
        file_free(&bytes);
        if (err == SUNLOT_ERR_DIGITS) {
            complain(_("%s is damaged; give the digits of source %u again"), path, (unsigned)source->number);
            result = FILE_UNREADABLE;
        } else if (err != SUNLOT_OK) {
            (void)complain_error(err);
            result = FILE_UNREADABLE;
        } else if (out->n == 0) {
            result = FILE_MISSING;
        }
    } else if (result == FILE_TOO_LARGE) {
        complain(_("%s is damaged; give the digits of source %u again"), path, (unsigned)source->number);
        result = FILE_UNREADABLE;
    }
    free(path);
    return result;
}

static bool remove_drafts(const ceremony *c, const sunlot_log *log)
{
    bool done = true;
    for (uint32_t i = 0; i < sunlot_log_sources(log); i++) {
        char *path = draft_path(c, i + 1);
        done = store_remove(path) && done;
        free(path);
    }
    return done;
}

/* All digits are there: the signatures that were collected, records and checkpoint in one rename. */
static int seal(const ceremony *c, const ceremony_state *state, const progress *p, const sunlot_text *digits)
{
    sunlot_buffer lines = {0};
    sunlot_err err = sunlot_log_entropy_lines(&lines, state->log, note_file_view(&p->note), digits, NULL, &state->master);
    int status = err == SUNLOT_OK ? ceremony_append(c, state, ceremony_view(&lines)) : complain_error(err);
    sunlot_buffer_free(&lines);
    if (status == STATUS_RUN && !remove_drafts(c, state->log)) status = STATUS_CANNOT;
    if (status != STATUS_RUN) return status;
    (void)printf(_("All digits are sealed in %s:\n"), c->log);
    for (uint32_t i = 0; i < sunlot_log_sources(state->log); i++) (void)printf(_("  source %u: %.*s\n"), (unsigned)i + 1, (int)digits[i].n, digits[i].p);
    ceremony_fingerprint(state->log);
    return progress_report(c);
}

/* The digits of one source stay a draft, which may be corrected, until those of all are there. */
static int collect(const ceremony *c, const ceremony_state *state, const progress *p, const sunlot_source *source, const sunlot_buffer *typed, bool draft)
{
    char *path = draft_path(c, source->number);
    sunlot_text text = ceremony_view(typed);
    size_t n;
    char *kept = draft_text(p, text, &n);
    store_result stored = store_file(path, (sunlot_text){kept, n}, STORE_PRIVATE, true);
    free(kept);
    free(path);
    if (stored == STORE_FAILED) return STATUS_CANNOT;

    uint32_t sources = sunlot_log_sources(state->log), missing = 0;
    sunlot_buffer *digits = need(sources, sizeof *digits);
    sunlot_text *view = need(sources, sizeof *view);
    int status = STATUS_RUN;
    for (uint32_t i = 0; i < sources && status == STATUS_RUN; i++) {
        sunlot_source each;
        sunlot_log_source(state->log, i, &each);
        file_result result = read_draft(&digits[i], c, p, &each);
        if (result == FILE_MISSING)
            missing++;
        else if (result != FILE_READ)
            status = STATUS_CANNOT;
        view[i] = ceremony_view(&digits[i]);
    }
    if (status == STATUS_RUN && missing == 0 && !draft) {
        status = seal(c, state, p, view);
    } else if (status == STATUS_RUN) {
        (void)printf(stored == STORE_SAME ? _("source %u: %.*s is the draft already; nothing changes\n") : _("source %u: %.*s is kept as a draft\n"),
                     (unsigned)source->number, (int)text.n, text.p);
        if (missing > 0) (void)printf(_("Sources whose digits are still to come: %u\n"), (unsigned)missing);
        (void)fputs(_("Until all are there, a typing error is corrected by giving the digits again.\n"), stdout);
        status = STATUS_OK;
    }
    for (uint32_t i = 0; i < sources; i++) sunlot_buffer_free(&digits[i]);
    free(digits);
    free(view);
    return status;
}

/* What is recorded of the round that the log is in, or was in last; empty while its digits are awaited. */
static sunlot_text recorded(const sunlot_log *log, const sunlot_source *source)
{
    const sunlot_phase phase = sunlot_log_phase(log);
    const uint32_t supplements = sunlot_log_supplements(log);
    if (supplements > 0) return sunlot_log_supplement_digits(log, supplements - 1, source->number - 1);
    if (phase == SUNLOT_PHASE_GROUPS) return (sunlot_text){NULL, 0};
    return source->digits_2.n > 0 ? source->digits_2 : source->digits;
}

/* The digits are sealed: only the same ones are accepted, and change nothing. */
static int compare(const ceremony *c, const ceremony_state *state, const sunlot_source *source, const sunlot_buffer *typed)
{
    const sunlot_text sealed = recorded(state->log, source);
    if (!text_same(ceremony_view(typed), sealed)) {
        complain(_("the digits of source %u are sealed as %.*s; from the first digit on nothing can be changed"), (unsigned)source->number, (int)sealed.n,
                 sealed.p);
        return STATUS_REFUSED;
    }
    (void)printf(_("source %u: these digits are sealed already; nothing changes\n"), (unsigned)source->number);
    int status = ceremony_restore(c, state);
    if (status == STATUS_RUN && !remove_drafts(c, state->log)) status = STATUS_CANNOT;
    return status == STATUS_RUN ? STATUS_OK : status;
}

/* ---- correcting -------------------------------------------------------------------------------------------------------------------- */

/* Where the records `entropy` at the end of a log begin: before them the host's signature, a checkpoint, and only that. */
static size_t entropy_at(sunlot_text log)
{
    size_t at = log.n, line = log.n;
    do {
        at = line;
        while (line > 0 && (line == at || log.p[line - 1] != '\n')) line--;
    } while (line > 0 && strncmp(log.p + line, "entropy,", 8) != 0);
    do {
        at = line;
        while (line > 0 && (line == at || log.p[line - 1] != '\n')) line--;
    } while (line > 0 && strncmp(log.p + line, "entropy,", 8) == 0);
    return at;
}

/* The log before its last digits, and these digits with those of one source put right. */
static sunlot_err write_corrected(sunlot_buffer *out, const ceremony_state *state, const sunlot_source *source, sunlot_text typed)
{
    const sunlot_text whole = file_view(&state->bytes), before = {whole.p, entropy_at(whole)}, none = {NULL, 0};
    const uint32_t sources = sunlot_log_sources(state->log);
    sunlot_text *digits = need(sources, sizeof *digits);
    for (uint32_t i = 0; i < sources; i++) {
        sunlot_source each;
        sunlot_log_source(state->log, i, &each);
        digits[i] = i + 1 == source->number ? typed : recorded(state->log, &each);
    }
    sunlot_log *log;
    sunlot_fault fault;
    sunlot_buffer lines = {0};
    sunlot_err err = sunlot_log_read(&log, before, &fault, NULL);
    if (err == SUNLOT_OK) {
        err = sunlot_log_entropy_lines(&lines, log, none, digits, NULL, &state->master);
        if (err == SUNLOT_OK) err = sunlot_log_whole(out, log, ceremony_view(&lines));
        sunlot_log_free(log);
    }
    sunlot_buffer_free(&lines);
    free(digits);
    return err;
}

/* Digits that were sealed wrong, and that nobody but the host has signed: put right what was typed.  Who saw them fall signs them or does not. */
static int correct(const ceremony *c, const ceremony_state *state, const progress *p, const sunlot_source *source, const sunlot_buffer *typed)
{
    const sunlot_text sealed = recorded(state->log, source);
    if (text_same(ceremony_view(typed), sealed)) return compare(c, state, source, typed);
    if (p->step != STEP_SIGN || strstr(p->note.info.name, "digits") == NULL || p->note.parties != 1) {
        complain(_("the digits of source %u are sealed as %.*s and signed; from here on nothing can be changed"), (unsigned)source->number, (int)sealed.n,
                 sealed.p);
        return STATUS_REFUSED;
    }
    sunlot_buffer log = {0};
    const sunlot_err err = write_corrected(&log, state, source, ceremony_view(typed));
    int status = err == SUNLOT_OK ? STATUS_RUN : complain_error(err);
    if (status == STATUS_RUN && !store_remove(p->note.path)) status = STATUS_CANNOT; /* it holds the host's signature alone */
    if (status == STATUS_RUN) status = ceremony_replace(c, ceremony_view(&log));
    if (status == STATUS_RUN) status = ceremony_sign(c, ceremony_view(&log), &state->master, false);
    sunlot_buffer_free(&log);
    if (status != STATUS_RUN) return status;
    (void)printf(_("source %u: %.*s was sealed, and is put right: %.*s\n"), (unsigned)source->number, (int)sealed.n, sealed.p, (int)typed->n, typed->p);
    (void)fputs(_("Say so aloud, and have the minutes say so: whoever has the log as it was before has another one.\n"), stdout);
    return progress_report(c);
}

/* ---- the command -------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    const char *number, *digits, *again;
    bool draft, correct;
} entropy_wish;

static int enter_digits(const ceremony *c, const ceremony_state *state, progress *p, void *user)
{
    const entropy_wish *wish = user;
    uint32_t number, sources = sunlot_log_sources(state->log);
    if (!options_number(&number, wish->number, 1, sources)) {
        complain(_("there is no source %s; the log announces %u"), SHOW(text_of(wish->number)), (unsigned)sources);
        return STATUS_REFUSED;
    }
    sunlot_source source;
    sunlot_log_source(state->log, number - 1, &source);
    const bool sealed = recorded(state->log, &source).n > 0;
    int status = sealed ? STATUS_RUN : progress_expect(p, STEP_ENTROPY, c, state->log);
    if (status != STATUS_RUN) return status;
    sunlot_buffer typed = {0};
    status = typed_digits_read(&typed, &source, wish->digits);
    if (status == STATUS_RUN && (!sealed || wish->correct)) status = typed_digits_again(&typed, &source, wish->again);
    if (status == STATUS_RUN && !sealed)
        status = collect(c, state, p, &source, &typed, wish->draft);
    else if (status == STATUS_RUN)
        status = wish->correct ? correct(c, state, p, &source, &typed) : compare(c, state, &source, &typed);
    sunlot_buffer_free(&typed);
    return status;
}

int cmd_entropy(int argc, char **argv)
{
    entropy_wish wish = {NULL, NULL, NULL, false, false};
    const char *folder;
    const tool_option option[] = {{"source", &wish.number, NULL},
                                  {"digits", &wish.digits, NULL},
                                  {"again", &wish.again, NULL},
                                  {"draft", NULL, &wish.draft},
                                  {"correct", NULL, &wish.correct}};
    int status = options_read(argc, argv, COMMAND,
                              _("Usage: sunlot entropy DIR --source N [--digits 3141-5926-… --again 3141-5926-…] [--draft]\n"
                                "Enter what fell at a public source, as much as was announced: digits with or without hyphens; a lottery's numbers\n"
                                "as i2026095-05-12-…; a drand round as r4711-g and its signature.  It is given twice, better by two people, and\n"
                                "compared; what is not given here is asked for.  It is a draft until that of every source is there; then all is\n"
                                "sealed in the log and signed, for good.\n"
                                "  --source N       number of the source, as announced\n"
                                "  --digits DIGITS  what fell, in the order announced\n"
                                "  --again DIGITS   the same once more\n"
                                "  --draft          do not seal yet, even if all are there\n"
                                "  --correct        they were sealed wrong, and nobody but the host has signed them: put them right\n"
                                "  --lang en|zh     language of messages\n"
                                "Exit status: 0 done, 1 the digits are refused, 2 it could not be done.\n"),
                              option, 5, &folder, 1);
    if (status != STATUS_RUN) return status;
    if (wish.number == NULL) return options_wrong(COMMAND, "source", NULL, _("the number of a source"));
    return progress_run(folder, enter_digits, &wish);
}
