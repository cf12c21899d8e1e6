/* sunlot slips: what each family gets on paper before the dice. */
#include <stdlib.h>
#include <string.h>

#include "ceremony/ceremony_people.h"
#include "ceremony/progress.h"
#include "commands/commands.h"
#include "common/batch.h"
#include "common/characters.h"
#include "common/jobs.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/store.h"
#include "pages/page.h"
#include "pages/slip_page.h"

#define COMMAND "sunlot slips"

/* Slips that one file holds at most: what one school can have.  A browser prints no more at once. */
#define MOST_IN_A_FILE SUNLOT_MAX_SCHOOL_STUDENTS

/* Slips that are written as one piece of work. */
enum { PIECE = 64 };

/* ---- files in memory ------------------------------------------------------------------------------------------------------------- */

typedef struct {
    char *p;
    size_t n;
    FILE *to;
} memory;

static bool memory_begin(memory *m)
{
    *m = (memory){NULL, 0, NULL};
    m->to = open_memstream(&m->p, &m->n);
    return m->to != NULL;
}

/* Returns false if not everything could be written. */
static bool memory_end(memory *m)
{
    if (m->to == NULL) return false;
    const bool good = ferror(m->to) == 0;
    const bool closed = fclose(m->to) == 0;
    m->to = NULL;
    return good && closed;
}

static void memory_free(memory *m)
{
    if (m->to != NULL) (void)fclose(m->to);
    if (m->p != NULL) wipe(m->p, m->n);
    free(m->p);
    *m = (memory){NULL, 0, NULL};
}

/* ---- the slips of a school -------------------------------------------------------------------------------------------------------- */

typedef struct {
    const sunlot_log *log;
    slip **student; /* [students] of the school */
    bool bad;
} row_reader;

static void take_row(void *user, const sunlot_row_info *row)
{
    row_reader *r = user;
    slip *s = r->student[row->student];
    size_t n = 0;
    FILE *to = s == NULL ? NULL : open_memstream(&s->says, &n);
    if (to != NULL) s->values = slip_write_row(to, row);
    if (to == NULL || ferror(to) != 0) r->bad = true;
    if (to != NULL && fclose(to) != 0) r->bad = true;
}

/* Take what the lines of a school say into its slips. */
static sunlot_err read_rows(const sunlot_log *log, slip *s, size_t slips)
{
    sunlot_school_info info;
    const sunlot_roster *roster = sunlot_log_roster(log);
    sunlot_roster_school(roster, s->school, &info);
    row_reader r = {.student = need(info.students, sizeof *r.student)};
    for (size_t i = 0; i < slips; i++) r.student[s[i].student] = &s[i];
    sunlot_roster_rows(roster, s->school, take_row, &r);
    free(r.student);
    return r.bad ? SUNLOT_ERR_MEMORY : SUNLOT_OK;
}

typedef struct {
    const sunlot_log *log;
    const slip *slip;
    size_t slips;
    memory *piece;
    const slip **refused; /* [pieces] a slip whose record is not that of its line */
} piece_work;

static sunlot_err write_piece(void *user, uint32_t i)
{
    const piece_work *w = user;
    const size_t from = (size_t)i * PIECE, end = from + PIECE < w->slips ? from + PIECE : w->slips;
    if (!memory_begin(&w->piece[i])) return SUNLOT_ERR_MEMORY;
    sunlot_err err = SUNLOT_OK;
    for (size_t j = from; j < end && err == SUNLOT_OK; j++) {
        err = slip_write(w->piece[i].to, w->log, &w->slip[j]);
        if (err == SUNLOT_ERR_INPUT) w->refused[i] = &w->slip[j];
    }
    if (!memory_end(&w->piece[i]) && err == SUNLOT_OK) err = SUNLOT_ERR_MEMORY;
    return err;
}

/* The slips of a school, all early or all late. */
static sunlot_err write_school(FILE *to, const slip **refused, const sunlot_log *log, slip *s, size_t slips)
{
    sunlot_err err = s->base->act > 0 ? SUNLOT_OK : read_rows(log, s, slips);
    if (err != SUNLOT_OK) return err;
    const uint32_t pieces = (uint32_t)((slips + PIECE - 1) / PIECE);
    piece_work w = {log, s, slips, need(pieces, sizeof *w.piece), need(pieces, sizeof *w.refused)};
    err = jobs_run(options_processors(), pieces, _("slips"), write_piece, &w);
    slip_sheets_begin(to, log, s->school_name);
    for (uint32_t i = 0; i < pieces; i++) {
        if (w.piece[i].n > 0) (void)fwrite(w.piece[i].p, 1, w.piece[i].n, to);
        if (w.refused[i] != NULL) *refused = w.refused[i];
        memory_free(&w.piece[i]);
    }
    slip_sheets_end(to);
    free(w.piece);
    free(w.refused);
    return err;
}

/* ---- files -------------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    const ceremony *c;
    const sunlot_log *log;
    slip_list *list;
    char *folder;      /* private/slips; NULL where there is one school */
    const char *after; /* what the names of files end in */
} slip_files;

static void begin_page(FILE *to, const sunlot_log *log) { page_begin(to, &(page_head){"sunlot slips", sunlot_log_id(log), slip_style}); }

/* Store a file and release it. */
static int store(const char *path, memory *m)
{
    const store_result stored = store_file(path, (sunlot_text){m->p, m->n}, STORE_PRIVATE, true);
    if (stored == STORE_WRITTEN) (void)printf(_("written: %s\n"), path);
    if (stored == STORE_SAME) (void)printf(_("%s is there already; nothing changes\n"), path);
    memory_free(m);
    return stored == STORE_FAILED ? STATUS_CANNOT : STATUS_RUN;
}

static int explain(sunlot_err err, const slip_files *f, const slip *refused)
{
    if (err == SUNLOT_ERR_INPUT && refused != NULL) {
        complain(_("%s: the record of %s is not the one that was announced"), f->c->people, SHOW(refused->pseudonym));
        return STATUS_REFUSED;
    }
    if (err == SUNLOT_ERR_LIMIT) {
        complain(_("the announced address is too long for a QR code"));
        return STATUS_REFUSED;
    }
    return complain_error(err);
}

/* The page of the school whose slips begin at `from`; its sheets go to `all` too, unless that is NULL.  Returns STATUS_RUN (release with memory_free) or the
 * exit status. */
static int make_page(memory *out, const slip_files *f, FILE *all, size_t from)
{
    const slip *refused = NULL;
    if (!memory_begin(out)) return complain_error(SUNLOT_ERR_MEMORY);
    begin_page(out->to, f->log);
    bool good = fflush(out->to) == 0;
    const size_t head = out->n;
    const sunlot_err err = write_school(out->to, &refused, f->log, &f->list->slip[from], slip_list_end(f->list, from) - from);
    good = fflush(out->to) == 0 && good;
    if (good && all != NULL && err == SUNLOT_OK) (void)fwrite(out->p + head, 1, out->n - head, all);
    page_end(out->to);
    good = memory_end(out) && good;
    if (err == SUNLOT_OK && good) return STATUS_RUN;
    memory_free(out);
    return err == SUNLOT_OK ? complain_error(SUNLOT_ERR_MEMORY) : explain(err, f, refused);
}

/* Where there are too many for one file: which file has which school. */
static void write_index(FILE *to, const slip_files *f, size_t from, size_t end)
{
    (void)fputs("<div class=\"index\"><h1>", to);
    page_words(to, N_("Slips for the families, to be handed out before the dice"));
    (void)fputs("</h1><p>", to);
    page_words(to, N_("Each school has a file of its own; open and print these."));
    (void)fputs("</p><ol>\n", to);
    for (size_t at = from, next; at < end; at = next) {
        const slip *s = &f->list->slip[at];
        next = slip_list_end(f->list, at);
        (void)fprintf(to, "<li value=\"%u\"><a href=\"slips/%u%s.html\">", (unsigned)s->school + 1, (unsigned)s->school + 1, f->after);
        page_text(to, s->school_name);
        (void)fprintf(to, "</a> · %zu</li>\n", next - at);
    }
    (void)fputs("</ol></div>\n", to);
}

/* A file for each school, written like the receipts: all, then one wait for the disk. */
static int write_schools(const slip_files *f, FILE *all, size_t from, size_t end)
{
    batch b;
    int status = store_folder(f->folder, true) ? STATUS_RUN : STATUS_CANNOT;
    batch_begin(&b, f->folder, STORE_PRIVATE);
    for (size_t at = from; at < end && status == STATUS_RUN; at = slip_list_end(f->list, at)) {
        char name[48];
        memory m;
        (void)snprintf(name, sizeof name, "%u%s.html", (unsigned)f->list->slip[at].school + 1, f->after);
        status = make_page(&m, f, all, at);
        if (status != STATUS_RUN) break;
        if (!batch_add(&b, name, (sunlot_text){m.p, m.n})) status = STATUS_CANNOT;
        memory_free(&m);
    }
    if (!batch_end(&b) && status == STATUS_RUN) status = STATUS_CANNOT;
    if (status == STATUS_RUN)
        (void)printf(_("Files in %s, one a school: written %llu, as they should be already %llu\n"), f->folder, (unsigned long long)b.written,
                     (unsigned long long)b.same);
    return status;
}

/* Those of all schools in one file, or where to find them. */
static int make_whole(memory *out, const slip_files *f, size_t from, size_t end)
{
    memory body;
    const bool together = end - from <= MOST_IN_A_FILE;
    if (!memory_begin(&body)) return complain_error(SUNLOT_ERR_MEMORY);
    int status = write_schools(f, together ? body.to : NULL, from, end);
    bool good = memory_end(&body);
    if (status == STATUS_RUN && good && memory_begin(out)) {
        begin_page(out->to, f->log);
        if (together)
            (void)fwrite(body.p, 1, body.n, out->to);
        else
            write_index(out->to, f, from, end);
        page_end(out->to);
        good = memory_end(out);
        if (!good) memory_free(out);
    } else if (status == STATUS_RUN) {
        good = false;
    }
    memory_free(&body);
    return status == STATUS_RUN && !good ? complain_error(SUNLOT_ERR_MEMORY) : status;
}

/* The slips from … end, of early or of late students. */
static int write_files(slip_files *f, size_t from, size_t end, const char *after)
{
    char name[32];
    f->after = after;
    if (from == end) return STATUS_RUN;
    (void)snprintf(name, sizeof name, "slips%s.html", after);
    char *path = file_path(f->c->private_, name);
    int status = STATUS_RUN;
    bool thrown = false;
    for (size_t i = from; i < end; i++) thrown = thrown || f->list->slip[i].base->thrown;
    if (thrown) complain(_("warning: there are digits already; slips belong into the families’ hands before them, and those in %s say so"), path);
    memory m;
    status = f->folder == NULL ? make_page(&m, f, NULL, from) : make_whole(&m, f, from, end);
    if (status == STATUS_RUN) status = store(path, &m);
    free(path);
    return status;
}

/* ---- the command ---------------------------------------------------------------------------------------------------------------------- */

static int write_slips(const ceremony *c, const sunlot_log *log, const people_list *people)
{
    slip_list list;
    sunlot_text stranger = {NULL, 0};
    const sunlot_err err = slip_list_read(&list, &stranger, log, people);
    if (err != SUNLOT_OK) return complain_error(err);
    slip_files f = {.c = c, .log = log, .list = &list};
    int status = stranger.n > 0 ? ceremony_stranger(c, stranger) : STATUS_RUN;
    if (sunlot_roster_schools(sunlot_log_roster(log)) > 1) f.folder = file_path(c->private_, "slips");
    if (status == STATUS_RUN) status = write_files(&f, 0, list.early, "");
    if (status == STATUS_RUN) status = write_files(&f, list.early, list.count, "-late");
    if (status == STATUS_RUN) {
        (void)printf(
            _("Slips: %zu, of them for late students %zu.  Print them on A4 without margins or headers, at 100 %%, cut at the marks, and give each family\n"
              "its own and no other: who has a slip can find that child’s line and class.\n"),
            list.count, list.count - list.early);
        status = STATUS_OK;
    }
    free(f.folder);
    slip_list_free(&list);
    return status;
}

static int slips(const ceremony *c, const ceremony_state *state, progress *p, void *wish)
{
    (void)wish;
    if (sunlot_log_withdrawn(state->log)) {
        complain(_("this announcement is withdrawn: there is no draw that slips would be for"));
        return STATUS_REFUSED;
    }
    if (sunlot_log_phase(state->log) < SUNLOT_PHASE_SEED_BASE) {
        complain(_("there is no fingerprint yet, and slips carry it"));
        progress_next(stderr, p, c, state->log);
        return STATUS_REFUSED;
    }
    people_list people;
    int status = ceremony_people(&people, c);
    if (status != STATUS_RUN) return status;
    status = write_slips(c, state->log, &people);
    people_free(&people);
    return status;
}

int cmd_slips(int argc, char **argv)
{
    const char *folder;
    const int status =
        options_read(argc, argv, COMMAND,
                     _("Usage: sunlot slips DIR\n"
                       "Write a slip of paper for each family, to be printed and handed out once the fingerprint is fixed and before the dice:\n"
                       "private/slips.html, four on a sheet of A4 with marks to cut at, by school and name.  A slip has the child’s name, id and number in\n"
                       "the log, all that the log says of the child, the fingerprint, the salt, and a QR code that leads to the verify page (without a\n"
                       "name in it).  Where there are several schools each has a file of its own too, private/slips/NUMBER.html; more than 4,096\n"
                       "slips stand in those alone, and private/slips.html leads to them.  Late students’ are in files that end in -late.html.\n"
                       "What is printed after the digits says so.\n"
                       "  --lang en|zh   language of messages, and the one that the page shows at first: it has both\n"
                       "Exit status: 0 done, 1 refused, 2 it could not be done.\n"),
                     NULL, 0, &folder, 1);
    return status != STATUS_RUN ? status : progress_run(folder, slips, NULL);
}
