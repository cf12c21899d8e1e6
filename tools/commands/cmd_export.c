#define _POSIX_C_SOURCE 200809L /* open_memstream */
#include <stdlib.h>
#include <string.h>

#include "ceremony/ceremony_people.h"
#include "ceremony/progress.h"
#include "commands/commands.h"
#include "common/cells.h"
#include "common/characters.h"
#include "common/jobs.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/store.h"
#include "common/summary.h"

#define COMMAND "sunlot export"

/* A student of the results, with the person behind the pseudonym. */
typedef struct {
    sunlot_seat seat;
    const person *who;
} placed;

typedef struct {
    const people_list *people;
    placed *row;
    size_t rows, room;
    sunlot_text stranger; /* a pseudonym that people.csv does not know */
    sunlot_section *section;
    size_t sections, section_room;
    const sunlot_log *log;
    sunlot_odds *odds; /* room for those of one school */
    sunlot_err err;
    sunlot_text bytes; /* of the log */
} result_list;

static void *grow(void *items, size_t *room, size_t count, size_t size)
{
    if (count < *room) return items;
    size_t more = *room < 256 ? 512 : 2 * *room;
    void *bigger = need(more, size);
    if (count > 0) memcpy(bigger, items, count * size);
    free(items);
    *room = more;
    return bigger;
}

static void take_seat(void *user, const sunlot_seat *seat)
{
    result_list *list = user;
    if (seat->class_name.n == 0) return; /* struck, or late and not yet drawn */
    const person *who = people_find(list->people, seat->pseudonym);
    if (who == NULL) list->stranger = seat->pseudonym;
    list->row = grow(list->row, &list->room, list->rows, sizeof *list->row);
    list->row[list->rows++] = (placed){*seat, who};
}

static void take_section(void *user, const sunlot_section *section)
{
    result_list *list = user;
    if (people_find(list->people, section->teacher) == NULL) list->stranger = section->teacher;
    list->section = grow(list->section, &list->section_room, list->sections, sizeof *list->section);
    list->section[list->sections++] = *section;
}

/* Shorter first: class 2 before class 10, as the log has it. */
static int shortlex(sunlot_text a, sunlot_text b)
{
    if (a.n != b.n) return a.n < b.n ? -1 : 1;
    return text_order(a, b);
}

/* School, class, name; ids are distinct, so no two are equal. */
static int by_name(const void *a, const void *b)
{
    const placed *x = a, *y = b;
    if (x->seat.school != y->seat.school) return x->seat.school < y->seat.school ? -1 : 1;
    int order = shortlex(x->seat.class_name, y->seat.class_name);
    if (order == 0) order = text_order(x->who->name, y->who->name);
    return order != 0 ? order : text_order(x->who->id, y->who->id);
}

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
    qsort(list->row, list->rows, sizeof *list->row, by_name);
    (void)fprintf(to, BYTE_ORDER_MARK "%s\r\n", _("school,id,name,class,group,lock"));
    for (size_t i = 0; i < list->rows; i++) {
        const placed *p = &list->row[i];
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
    qsort(list->row, list->rows, sizeof *list->row, by_pseudonym);
    (void)fprintf(to, BYTE_ORDER_MARK "%s\r\n", _("pseudonym,school,class,starting place,group,lock"));
    for (size_t i = 0; i < list->rows; i++) {
        const placed *p = &list->row[i];
        cell_put(to, p->seat.pseudonym, ",");
        cell_put(to, p->seat.school_name, ",");
        cell_put(to, p->seat.class_name, ",");
        put_start(to, p->seat.start);
        cell_put(to, p->seat.group, ",");
        cell_put(to, p->seat.lock_reason, "\r\n");
    }
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
    for (size_t i = 0; i < list->sections; i++) {
        const sunlot_section *s = &list->section[i];
        const person *who = people_find(list->people, s->teacher);
        write_section(to, s);
        cell_put(to, who->id, ",");
        cell_put(to, who->name, ",");
        cell_put(to, homeroom(s), "\r\n");
    }
}

static void write_teacher_pseudonyms(FILE *to, result_list *list)
{
    (void)fprintf(to, BYTE_ORDER_MARK "%s\r\n", _("school,class,team,subject,pseudonym,homeroom"));
    for (size_t i = 0; i < list->sections; i++) {
        write_section(to, &list->section[i]);
        cell_put(to, list->section[i].teacher, ",");
        cell_put(to, homeroom(&list->section[i]), "\r\n");
    }
}

/* Whether any student of a school is recused: elsewhere all odds are equal. */
static bool has_recusals(const result_list *list, uint32_t school)
{
    sunlot_school_info info;
    sunlot_roster_school(sunlot_log_roster(list->log), school, &info);
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
        if (!has_recusals(list, s)) continue;
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

static void take_results(result_list *list)
{
    sunlot_log_seats(list->log, take_seat, list);
    sunlot_log_sections(list->log, take_section, list);
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
    take_results(&then);
    const bool same = then.stranger.n == 0 && write_list(&bytes, &n, write, &then) == STATUS_RUN && store_holds(path, (sunlot_text){bytes, n});
    discard_list(bytes, n);
    free(then.row);
    free(then.section);
    sunlot_log_free(log);
    return same;
}

/* Whether a file is what this command wrote before an act or a supplement; the last ones are the likeliest. */
static bool was_written(const char *path, list_writer *write, const result_list *list)
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

/* Write one file.  What is there and differs was written before an act, and is replaced; or was edited by somebody, or is in the other
 * language: then it stays. */
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
            (void)printf(_("%s is there already; nothing changes\n"), path);
            break;
        case STORE_EXISTS:
            complain(_("%s is there and differs; move it away to have it written anew"), path);
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

static int store_lists(const ceremony *c, result_list *list)
{
    int status = store_list(c->private_, "placement.csv", STORE_PRIVATE, write_names, list);
    if (status == STATUS_RUN) status = store_list(c->public_, "placement.csv", STORE_PUBLIC, write_pseudonyms, list);
    if (status == STATUS_RUN && list->sections > 0) status = store_list(c->private_, "sections.csv", STORE_PRIVATE, write_teacher_names, list);
    if (status == STATUS_RUN && list->sections > 0) status = store_list(c->public_, "sections.csv", STORE_PUBLIC, write_teacher_pseudonyms, list);
    bool recusals = false;
    for (uint32_t s = 0; s < sunlot_roster_schools(sunlot_log_roster(list->log)) && !recusals; s++) recusals = has_recusals(list, s);
    /* Whom a group is recused from is in nobody's hands but the auditors' where the rows are. */
    const bool closed = sunlot_roster_for_auditors(sunlot_log_roster(list->log));
    if (status == STATUS_RUN && recusals)
        status = store_list(closed ? c->private_ : c->public_, "odds.csv", closed ? STORE_PRIVATE : STORE_PUBLIC, write_odds, list);
    return status == STATUS_RUN ? STATUS_OK : status;
}

static int export(const ceremony *c, const ceremony_state *state)
{
    if (sunlot_log_phase(state->log) != SUNLOT_PHASE_RESULTS) {
        progress p;
        int status = progress_read(&p, c, state->log);
        if (status != STATUS_RUN) return status;
        status = progress_expect(&p, STEP_EXPORT, c, state->log);
        progress_free(&p);
        return status;
    }
    people_list people;
    int status = ceremony_people(&people, c);
    if (status != STATUS_RUN) return status;
    result_list list = {.people = &people, .log = state->log, .odds = need(1, sizeof *list.odds), .bytes = file_view(&state->bytes)};
    take_results(&list);
    if (list.stranger.n > 0) {
        complain(_("%s does not know %s of the log; it belongs to another draw"), c->people, SHOW(list.stranger));
        status = STATUS_REFUSED;
    } else {
        status = store_lists(c, &list);
    }
    free(list.row);
    free(list.section);
    free(list.odds);
    people_free(&people);
    return status;
}

int cmd_export(int argc, char **argv)
{
    const char *folder;
    int status =
        options_read(argc, argv, COMMAND,
                     _("Usage: sunlot export DIR\n"
                       "Write the results as CSV for spreadsheets: private/placement.csv and private/sections.csv with names,\n"
                       "public/placement.csv and public/sections.csv with pseudonyms; where recusals make the odds of the teams unequal,\n"
                       "public/odds.csv (private/odds.csv where rows are for auditors).  Headers are in the language of the messages.  Classes are\n"
                       "those after all acts: who was struck is left out, who came late and was drawn is in.  A list that this command wrote before an\n"
                       "act is replaced; one that differs otherwise stays.\n"
                       "  --lang en|zh   language of messages and headers\n"
                       "Exit status: 0 done, 1 refused, 2 it could not be done.\n"),
                     NULL, 0, &folder, 1);
    if (status != STATUS_RUN) return status;
    ceremony c;
    ceremony_state state;
    ceremony_init(&c, folder);
    status = ceremony_enter(&state, &c);
    if (status == STATUS_RUN) {
        status = export(&c, &state);
        ceremony_forget(&state);
    }
    ceremony_close(&c);
    return status;
}
