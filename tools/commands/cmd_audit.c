#define _POSIX_C_SOURCE 200809L /* open_memstream */
#include <stdlib.h>
#include <string.h>

#include "ceremony/ceremony.h"
#include "commands/commands.h"
#include "common/characters.h"
#include "common/decode.h"
#include "common/jobs.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/store.h"

#define COMMAND "sunlot audit"

#define MOST_SHOWN 50u /* differences on the screen; the file has all */

/* What is held against each other. */
typedef struct {
    const char *folder, *list_path;
    file_bytes log_bytes, people, list;
    sunlot_log *log;
} audit_input;

/* Differences as they are found, as text. */
typedef struct {
    const audit_input *in;
    FILE *all, *some; /* some: the first MOST_SHOWN */
    uint64_t count;
    bool refused; /* the list is; the reasons were printed */
} difference_writer;

/* ---- a difference --------------------------------------------------------------------------------------------------------------- */

static void write_difference(FILE *to, const sunlot_difference *d)
{
    (void)fprintf(to, "  %s: ", _(sunlot_audit_text(d->kind)));
    if (d->person.id.n > 0 || d->person.name.n > 0)
        (void)fprintf(to, _("%s, number %s, school “%s”"), SHOW(d->person.name), SHOW(d->person.id), SHOW(d->person.school));
    else
        (void)fputs(SHOW(d->pseudonym), to);
    if (d->column.n > 0) (void)fprintf(to, _("; column “%s”"), SHOW(d->column));
    if (d->kind == SUNLOT_AUDIT_SCHOOL || d->kind == SUNLOT_AUDIT_NAME || d->kind == SUNLOT_AUDIT_VALUE)
        (void)fprintf(to, _("; the draw has “%s”, the list “%s”"), SHOW(d->draw), SHOW(d->list));
    if (d->list_line > 0) (void)fprintf(to, _("; line %u of the list"), (unsigned)d->list_line);
    if (d->log_line > 0) (void)fprintf(to, _("; line %llu of the log"), (unsigned long long)d->log_line);
    (void)fputc('\n', to);
}

static void take_difference(void *user, const sunlot_difference *d)
{
    difference_writer *w = user;
    write_difference(w->all, d);
    if (w->count++ < MOST_SHOWN) write_difference(w->some, d);
}

static void take_issue(void *user, const sunlot_issue *issue)
{
    difference_writer *w = user;
    w->refused = true;
    messages_issue_in(stderr, w->in->list_path, issue);
}

/* ---- the outcome ------------------------------------------------------------------------------------------------------------------ */

/* What it is of: the draw, and the fingerprint, or, while parties are still adding randomness, the root of the list. */
static int write_head(FILE *to, const audit_input *in)
{
    sunlot_checkpoint_info info;
    const sunlot_log *log = in->log;
    const sunlot_err err = sunlot_log_checkpoint(log, sunlot_log_checkpoints(log) - 1, &info);
    if (err != SUNLOT_OK) return complain_error(err);
    (void)fprintf(to, _("Audit of the draw %s\n"), SHOW(sunlot_log_id(log)));
    (void)fprintf(to, _("against the enrolment list %s\n\n"), SHOW(text_of(in->list_path)));
    if (sunlot_log_phase(log) >= SUNLOT_PHASE_SEED_BASE) {
        sunlot_log_fingerprint(log, info.root);
        (void)fputs(_("Fingerprint:\n\n"), to);
    } else {
        (void)fprintf(to, _("Root of the checkpoint “%s” (the fingerprint comes with the seed base):\n\n"), info.name);
    }
    messages_fingerprint(to, info.root);
    return STATUS_RUN;
}

static void write_counts(FILE *to, const sunlot_audit_result *a)
{
    (void)fprintf(to, _("\nRows of the enrolment list %u; students of the draw %u, teachers %u\n"), (unsigned)a->listed, (unsigned)a->students,
                  (unsigned)a->teachers);
    (void)fprintf(to, _("Commitments opened %u of %u; values compared %u; columns of the draw that the list does not have %u of %u\n"), (unsigned)a->opened,
                  (unsigned)(a->students + a->teachers), (unsigned)a->compared, (unsigned)a->absent, (unsigned)a->columns);
    (void)fprintf(to, _("Students of whom everything agrees %u\n"), (unsigned)a->agree);
    if (a->differences == 0) {
        (void)fputs(_("\nOutcome: ALL AGREE.  One row a child, one child a row; every commitment opens.\n"), to);
    } else {
        (void)fprintf(to, _("\nOutcome: DIFFERENCES %llu.\n"), (unsigned long long)a->differences);
        for (int kind = 0; kind < SUNLOT_AUDIT_KINDS; kind++)
            if (a->kind[kind] > 0) (void)fprintf(to, "  %llu: %s\n", (unsigned long long)a->kind[kind], _(sunlot_audit_text((sunlot_audit_kind)kind)));
    }
}

static void write_end(FILE *to, const sunlot_audit_result *a)
{
    (void)fputs(_("\nWhat this says: the draw's list is that enrolment list, child by child, under the fingerprint above.\n"
                  "What it cannot say: that the enrolment list is right; and who stays together, apart or away from whom, which the list does not hold.\n"),
                to);
    (void)fputs(a->differences == 0 ? _("Who signs, signs this fingerprint: compare it with the one that is shown.\n")
                                    : _("Do not sign before each difference is explained.\n"),
                to);
}

/* The outcome in the present language: whole in *all, and with the first differences alone in *some; both released with free.
 * Returns STATUS_RUN or the exit status. */
static int compose(char **all, char **some, sunlot_audit_result *a, const audit_input *in)
{
    char *difference[2] = {NULL, NULL};
    size_t n[2], length[2];
    FILE *found[2] = {open_memstream(&difference[0], &n[0]), open_memstream(&difference[1], &n[1])};
    FILE *page[2] = {open_memstream(all, &length[0]), open_memstream(some, &length[1])};
    if (found[0] == NULL || found[1] == NULL || page[0] == NULL || page[1] == NULL) exit(complain_error(SUNLOT_ERR_MEMORY));
    difference_writer w = {in, found[0], found[1], 0, false};
    const sunlot_err err = sunlot_audit(a, in->log, file_view(&in->people), file_view(&in->list), take_difference, take_issue, &w);
    if (fclose(found[0]) != 0 || fclose(found[1]) != 0) exit(complain_error(SUNLOT_ERR_MEMORY));
    int status = STATUS_RUN;
    if (w.refused) {
        complain(_("the enrolment list is refused: nothing was compared"));
        status = STATUS_CANNOT;
    } else if (err == SUNLOT_ERR_INPUT) {
        complain(_("the list of people in private/ is damaged, line %u"), (unsigned)a->people_line);
        status = STATUS_CANNOT;
    } else if (err == SUNLOT_ERR_LOG) {
        complain(_("this is the public edition; the audit needs the full one"));
        status = STATUS_CANNOT;
    } else if (err != SUNLOT_OK) {
        status = complain_error(err);
    }
    for (int i = 0; i < 2 && status == STATUS_RUN; i++) {
        status = write_head(page[i], in);
        write_counts(page[i], a);
        if (a->differences > 0) (void)fputc('\n', page[i]);
        (void)fputs(difference[i], page[i]);
        if (i == 1 && a->differences > MOST_SHOWN)
            (void)fprintf(page[i], _("  … and %llu more in the file\n"), (unsigned long long)(a->differences - MOST_SHOWN));
        write_end(page[i], a);
    }
    if (fclose(page[0]) != 0 || fclose(page[1]) != 0) exit(complain_error(SUNLOT_ERR_MEMORY));
    free(difference[0]);
    free(difference[1]);
    return status;
}

/* Both languages into the file, the present one on the screen. */
static int write_outcome(const audit_input *in, const char *path)
{
    static const char *const language[] = {"en", "zh"};
    const int own = messages_chinese() ? 1 : 0;
    char *all[2] = {NULL, NULL}, *some[2] = {NULL, NULL};
    sunlot_audit_result a;
    int status = compose(&all[own], &some[own], &a, in);
    if (status == STATUS_RUN && messages_language(language[1 - own])) {
        status = compose(&all[1 - own], &some[1 - own], &a, in);
        (void)messages_language(language[own]);
    }
    if (status == STATUS_RUN) {
        const sunlot_text part[] = {text_of(all[0]), text_of("\n----------------------------------------------------------------\n\n"), text_of(all[1])};
        (void)fputs(some[own], stdout);
        if (store_parts(path, part, 3, STORE_PRIVATE, true) == STORE_FAILED)
            status = STATUS_CANNOT;
        else
            (void)printf(_("Written: %s\n"), path);
    }
    for (int i = 0; i < 2; i++) {
        free(all[i]);
        free(some[i]);
    }
    if (status != STATUS_RUN) return status;
    return a.differences == 0 ? STATUS_OK : STATUS_REFUSED;
}

/* ---- input ------------------------------------------------------------------------------------------------------------------------- */

static int read_file(file_bytes *out, const char *path, uint64_t most)
{
    const file_result result = file_read(out, path, most);
    if (result == FILE_MISSING) complain(_("there is no file %s"), SHOW(text_of(path)));
    if (result == FILE_TOO_LARGE) complain(_("%s is too large"), SHOW(text_of(path)));
    return result == FILE_READ ? STATUS_RUN : STATUS_CANNOT;
}

/* The published log, and the copy in private/, which is the full edition where there are two: they must continue each other. */
static int read_log(audit_input *in, const ceremony *c)
{
    file_bytes own = {NULL, 0};
    int status = read_file(&in->log_bytes, c->log, SUNLOT_MAX_LOG_BYTES);
    if (status == STATUS_RUN && file_read(&own, c->copy, SUNLOT_MAX_LOG_BYTES) == FILE_READ) {
        sunlot_divergence d;
        sunlot_logs_compare(&d, file_view(&in->log_bytes), file_view(&own));
        if (!d.continues) {
            complain(_("%s and %s do not continue each other: line %llu"), c->log, c->copy, (unsigned long long)d.line);
            file_free(&own);
            return STATUS_CANNOT;
        }
        if (d.b_longer) {
            file_free(&in->log_bytes);
            in->log_bytes = own;
        } else {
            file_free(&own);
        }
    }
    if (status != STATUS_RUN) return status;
    sunlot_fault fault;
    uint32_t jobs = options_processors();
    const sunlot_crew crew = jobs_crew(&jobs);
    const sunlot_err err = sunlot_log_read(&in->log, file_view(&in->log_bytes), &fault, &crew);
    if (err == SUNLOT_ERR_LOG) {
        complain(_("%s is not sound (%s), line %llu: %s"), c->log, sunlot_answer_name(fault.answer), (unsigned long long)fault.line, _(fault.what));
        return STATUS_CANNOT;
    }
    return err == SUNLOT_OK ? STATUS_RUN : complain_error(err);
}

static int read_list(audit_input *in)
{
    decode_fault fault;
    int status = read_file(&in->list, in->list_path, SUNLOT_MAX_INPUT_BYTES);
    if (status != STATUS_RUN) return status;
    switch (decode_file(&in->list, &fault)) {
    case DECODE_UTF8:
        return STATUS_RUN;
    case DECODE_GB18030:
        (void)fprintf(stderr, _("%s is read as GB18030\n"), SHOW(text_of(in->list_path)));
        return STATUS_RUN;
    case DECODE_INVALID:
        complain(_("%s, line %u: bytes that are neither UTF-8 nor GB18030"), SHOW(text_of(in->list_path)), (unsigned)fault.line);
        break;
    case DECODE_FOREIGN:
        complain(_("%s is %s; save it as CSV"), SHOW(text_of(in->list_path)), fault.foreign);
        break;
    case DECODE_FAILED:
        break;
    }
    return STATUS_CANNOT;
}

int cmd_audit(int argc, char **argv)
{
    audit_input in = {.list_path = NULL};
    const tool_option option[] = {{"list", &in.list_path, NULL}};
    int status =
        options_read(argc, argv, COMMAND,
                     _("Usage: sunlot audit DIR --list FILE\n"
                       "Before anybody signs: open every commitment of the draw with private/people.csv, and compare the students with an enrolment list:\n"
                       "one row a child, one child a row.  The outcome goes to private/audit.txt, in English and Chinese, with the fingerprint.\n"
                       "  --list FILE    CSV, UTF-8 or GB18030: id, name, school where there are several, and any columns of students.csv\n"
                       "  --lang en|zh   language of messages\n"
                       "Example: sunlot audit town --list enrolment.csv\n"
                       "Exit status: 0 all agree, 1 differences, 2 it could not be done.\n"),
                     option, 1, &in.folder, 1);
    if (status != STATUS_RUN) return status;
    if (in.list_path == NULL) return options_wrong(COMMAND, "list", NULL, _("a CSV file"));
    ceremony c;
    ceremony_init(&c, in.folder);
    status = read_log(&in, &c);
    if (status == STATUS_RUN) status = read_file(&in.people, c.people, SUNLOT_MAX_LOG_BYTES);
    if (status == STATUS_RUN) status = read_list(&in);
    if (status == STATUS_RUN) {
        char *path = file_path(c.private_, "audit.txt");
        status = write_outcome(&in, path);
        free(path);
    }
    sunlot_log_free(in.log);
    file_free(&in.log_bytes);
    file_free(&in.people);
    file_free(&in.list);
    ceremony_close(&c);
    return status;
}
