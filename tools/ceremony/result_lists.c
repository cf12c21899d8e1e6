#define _POSIX_C_SOURCE 200809L /* open_memstream */
#include "ceremony/result_lists.h"

#include <stdlib.h>
#include <string.h>

#include "ceremony/ceremony_people.h"
#include "ceremony/placed.h"
#include "common/cells.h"
#include "common/characters.h"
#include "common/jobs.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/store.h"
#include "common/summary.h"

typedef struct {
    placed_list placed;
    const people_list *people; /* NULL: only what has no names is written */
    const sunlot_log *log;
    sunlot_odds *odds; /* room for those of one school */
    sunlot_err err;
    sunlot_text bytes; /* of the log */
    bool brief;        /* says only what changes */
} result_list;

static int by_pseudonym(const void *a, const void *b) { return text_order(((const placed *)a)->seat.pseudonym, ((const placed *)b)->seat.pseudonym); }

/* A late student has no starting place. */
static void put_start(FILE *to, uint32_t start)
{
    if (start > 0) (void)fprintf(to, "%u", (unsigned)start);
    (void)fputc(',', to);
}

/* The input refuses what a spreadsheet would run, but the file of people may have been touched since: cell_put looks again.
 *
 * The starting place is left out: it stands in the log beside the pseudonym, and this list may be posted. */
static void write_names(FILE *to, result_list *list)
{
    (void)fprintf(to, BYTE_ORDER_MARK "%s\r\n", _("school,id,name,class,group,lock"));
    for (size_t i = 0; i < list->placed.rows; i++) {
        const placed *p = &list->placed.row[i];
        cell_put(to, p->seat.school_name, ",");
        cell_put(to, p->who->id, ",");
        cell_put(to, p->who->name, ",");
        cell_put(to, p->seat.class_name, ",");
        cell_put(to, p->seat.group, ",");
        cell_put(to, p->seat.lock_reason, "\r\n");
    }
}

static void write_pseudonyms(FILE *to, result_list *list)
{
    placed *row = need(list->placed.rows, sizeof *row);
    if (list->placed.rows > 0) memcpy(row, list->placed.row, list->placed.rows * sizeof *row);
    qsort(row, list->placed.rows, sizeof *row, by_pseudonym);
    (void)fprintf(to, BYTE_ORDER_MARK "%s\r\n", _("pseudonym,school,class,starting place,group,lock"));
    for (size_t i = 0; i < list->placed.rows; i++) {
        const placed *p = &row[i];
        cell_put(to, p->seat.pseudonym, ",");
        cell_put(to, p->seat.school_name, ",");
        cell_put(to, p->seat.class_name, ",");
        put_start(to, p->seat.start);
        cell_put(to, p->seat.group, ",");
        cell_put(to, p->seat.lock_reason, "\r\n");
    }
    free(row);
}

static void write_section(FILE *to, const sunlot_section *s)
{
    cell_put(to, s->school_name, ",");
    cell_put(to, s->class_name, ",");
    cell_put(to, s->team, ",");
    cell_put(to, s->subject, ",");
}

static sunlot_text homeroom(const sunlot_section *s) { return text_same(s->homeroom, text_of("homeroom")) ? text_of(_("homeroom")) : text_of(""); }

static void write_teacher_names(FILE *to, result_list *list)
{
    (void)fprintf(to, BYTE_ORDER_MARK "%s\r\n", _("school,class,team,subject,id,name,homeroom"));
    for (size_t i = 0; i < list->placed.teachers; i++) {
        const placed_teacher *t = &list->placed.teacher[i];
        write_section(to, &t->section);
        cell_put(to, t->who->id, ",");
        cell_put(to, t->who->name, ",");
        cell_put(to, homeroom(&t->section), "\r\n");
    }
}

static void write_teacher_pseudonyms(FILE *to, result_list *list)
{
    (void)fprintf(to, BYTE_ORDER_MARK "%s\r\n", _("school,class,team,subject,pseudonym,homeroom"));
    for (size_t i = 0; i < list->placed.teachers; i++) {
        const sunlot_section *s = &list->placed.teacher[i].section;
        write_section(to, s);
        cell_put(to, s->teacher, ",");
        cell_put(to, homeroom(s), "\r\n");
    }
}

/* Whether any student of a school is recused: elsewhere all odds are equal. */
static bool has_recusals(const sunlot_log *log, uint32_t school)
{
    sunlot_school_info info;
    sunlot_roster_school(sunlot_log_roster(log), school, &info);
    return info.recused > 0;
}

/* The odds of the match where they are not equal: of groups and teams, so nobody's name or number is in it. */
static void write_odds(FILE *to, result_list *list)
{
    const sunlot_text of_log = {NULL, 0};
    const sunlot_odds *odds = list->odds;
    (void)fprintf(to, BYTE_ORDER_MARK "%s\r\n", _("school,group,team,odds in percent,how they are known"));
    for (uint32_t s = 0; list->err == SUNLOT_OK && s < sunlot_roster_schools(sunlot_log_roster(list->log)); s++) {
        sunlot_school_info info;
        if (!has_recusals(list->log, s)) continue;
        list->err = sunlot_log_odds(list->odds, list->log, s, of_log);
        if (list->err != SUNLOT_OK || odds->recused == 0 || (odds->sampled && odds->allowed == 0)) continue;
        sunlot_roster_school(sunlot_log_roster(list->log), s, &info);
        for (uint32_t i = 0; i < odds->classes * odds->classes; i++) {
            const uint32_t group = i / odds->classes, team = i % odds->classes, figure = odds->odds[group][team];
            cell_put(to, info.name, ",");
            (void)fprintf(to, "G%u,T%u,%u.%02u,", (unsigned)group + 1, (unsigned)team + 1, (unsigned)(figure / 100), (unsigned)(figure % 100));
            summary_method(to, odds);
            (void)fputs("\r\n", to);
        }
    }
}

typedef void list_writer(FILE *to, result_list *list);

/* A list in memory; wipe and release it. */
static int write_list(char **bytes, size_t *n, list_writer *write, result_list *list)
{
    FILE *to = open_memstream(bytes, n);
    if (to != NULL) write(to, list);
    const bool good = to != NULL && ferror(to) == 0 && list->err == SUNLOT_OK;
    if ((to == NULL || fclose(to) == 0) && good) return STATUS_RUN;
    return complain_error(list->err != SUNLOT_OK ? list->err : SUNLOT_ERR_MEMORY);
}

static void discard_list(char *bytes, size_t n)
{
    if (bytes != NULL) wipe(bytes, n);
    free(bytes);
}

/* The log as it was when a checkpoint had just been made: up to it and the host's signature. */
static sunlot_text until(sunlot_text log, const sunlot_checkpoint_info *checkpoint)
{
    size_t at = 0;
    for (uint64_t line = 0; line < checkpoint->size + 2 && at < log.n; at++) line += log.p[at] == '\n';
    return (sunlot_text){log.p, at};
}

/* Whether a file is the list that an earlier state of this log gives. */
static bool is_earlier(const char *path, list_writer *write, const result_list *now, const sunlot_checkpoint_info *checkpoint)
{
    sunlot_log *log;
    sunlot_fault fault;
    uint32_t jobs = options_processors();
    const sunlot_crew crew = jobs_crew(&jobs);
    if (sunlot_log_read(&log, until(now->bytes, checkpoint), &fault, &crew) != SUNLOT_OK) return false;
    result_list then = {.people = now->people, .log = log, .odds = now->odds};
    char *bytes = NULL;
    size_t n = 0;
    placed_read(&then.placed, log, now->people);
    const bool same = then.placed.stranger.n == 0 && write_list(&bytes, &n, write, &then) == STATUS_RUN && store_holds(path, (sunlot_text){bytes, n});
    discard_list(bytes, n);
    placed_free(&then.placed);
    sunlot_log_free(log);
    return same;
}

static bool is_now(const char *path, list_writer *write, result_list *list)
{
    char *bytes = NULL;
    size_t n = 0;
    const bool same = write_list(&bytes, &n, write, list) == STATUS_RUN && store_holds(path, (sunlot_text){bytes, n});
    discard_list(bytes, n);
    return same;
}

/* Whether a file is what this command wrote before an act or a supplement; the last ones are the likeliest. */
static bool was_written_before(const char *path, list_writer *write, const result_list *list)
{
    bool found = false, more = true;
    for (uint32_t i = sunlot_log_checkpoints(list->log) - 1; i > 0 && more && !found; i--) {
        sunlot_checkpoint_info checkpoint;
        more = sunlot_log_checkpoint(list->log, i - 1, &checkpoint) == SUNLOT_OK &&
               (checkpoint.phase == SUNLOT_PHASE_NONE || checkpoint.phase == SUNLOT_PHASE_RESULTS);
        found = more && is_earlier(path, write, list, &checkpoint);
    }
    return found;
}

/* The same in either language. */
static bool was_written(const char *path, list_writer *write, result_list *list)
{
    const bool zh = messages_chinese();
    if (was_written_before(path, write, list)) return true;
    (void)messages_language(zh ? "en" : "zh");
    const bool found = is_now(path, write, list) || was_written_before(path, write, list);
    (void)messages_language(zh ? "zh" : "en");
    return found;
}

/* Write one file.  What is there and differs was written before an act, or in the other language, and is replaced; or was edited by somebody: then it
 * stays. */
static int store_list(const char *folder, const char *name, unsigned mode, list_writer *write, result_list *list)
{
    char *bytes = NULL, *path = file_path(folder, name);
    size_t n = 0;
    int status = write_list(&bytes, &n, write, list);
    if (status == STATUS_RUN) {
        store_result stored = store_file(path, (sunlot_text){bytes, n}, mode, false);
        if (stored == STORE_EXISTS && was_written(path, write, list)) stored = store_file(path, (sunlot_text){bytes, n}, mode, true);
        switch (stored) {
        case STORE_WRITTEN:
            (void)printf(_("written: %s\n"), path);
            break;
        case STORE_SAME:
            if (!list->brief) (void)printf(_("%s is there already; nothing changes\n"), path);
            break;
        case STORE_EXISTS:
            complain(_("%s is there and differs: it was edited; move it away to have it written anew"), path);
            status = STATUS_REFUSED;
            break;
        case STORE_FAILED:
            status = STATUS_CANNOT;
            break;
        }
    }
    discard_list(bytes, n);
    free(path);
    return status;
}

/* Whom a group is recused from is in nobody's hands but the auditors' where the rows are. */
static bool has_odds(const sunlot_log *log, bool public_)
{
    const sunlot_roster *roster = sunlot_log_roster(log);
    bool recusals = false;
    for (uint32_t s = 0; s < sunlot_roster_schools(roster) && !recusals; s++) recusals = has_recusals(log, s);
    return recusals && sunlot_roster_for_auditors(roster) == !public_;
}

static int store_private(const ceremony *c, result_list *list)
{
    int status = store_list(c->private_, "placement.csv", STORE_PRIVATE, write_names, list);
    if (status == STATUS_RUN && list->placed.teachers > 0) status = store_list(c->private_, "sections.csv", STORE_PRIVATE, write_teacher_names, list);
    if (status == STATUS_RUN && has_odds(list->log, false)) status = store_list(c->private_, "odds.csv", STORE_PRIVATE, write_odds, list);
    return status;
}

static int store_public(const ceremony *c, result_list *list)
{
    int status = store_list(c->public_, "placement.csv", STORE_PUBLIC, write_pseudonyms, list);
    if (status == STATUS_RUN && list->placed.teachers > 0) status = store_list(c->public_, "sections.csv", STORE_PUBLIC, write_teacher_pseudonyms, list);
    if (status == STATUS_RUN && has_odds(list->log, true)) status = store_list(c->public_, "odds.csv", STORE_PUBLIC, write_odds, list);
    return status;
}

static int store_lists(const ceremony *c, const ceremony_state *state, const people_list *people, bool brief, int (*store)(const ceremony *, result_list *))
{
    result_list list = {.people = people, .log = state->log, .odds = need(1, sizeof *list.odds), .bytes = file_view(&state->bytes), .brief = brief};
    placed_read(&list.placed, state->log, people);
    const int status = list.placed.stranger.n > 0 ? ceremony_stranger(c, list.placed.stranger) : store(c, &list);
    placed_free(&list.placed);
    free(list.odds);
    return status;
}

int result_lists_private(const ceremony *c, const ceremony_state *state)
{
    people_list people;
    int status = ceremony_people(&people, c);
    if (status != STATUS_RUN) return status;
    status = store_lists(c, state, &people, false, store_private);
    people_free(&people);
    return status;
}

int result_lists_public(const ceremony *c, const ceremony_state *state, bool brief) { return store_lists(c, state, NULL, brief, store_public); }

static void count_section(void *user, const sunlot_section *section)
{
    (void)section;
    ++*(size_t *)user;
}

bool result_lists_named(const sunlot_log *log, const char *name)
{
    if (sunlot_log_phase(log) != SUNLOT_PHASE_RESULTS) return false;
    size_t sections = 0;
    sunlot_log_sections(log, count_section, &sections);
    return strcmp(name, "placement.csv") == 0 || (sections > 0 && strcmp(name, "sections.csv") == 0) || (has_odds(log, true) && strcmp(name, "odds.csv") == 0);
}
