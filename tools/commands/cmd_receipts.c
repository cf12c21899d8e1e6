#include <stdlib.h>
#include <string.h>

#include "ceremony/ceremony.h"
#include "ceremony/ceremony_people.h"
#include "commands/commands.h"
#include "common/batch.h"
#include "common/characters.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/store.h"

#define COMMAND "sunlot receipts"

#define MOST_NOTE_BYTES 65536u

/* ---- note files --------------------------------------------------------------------------------------------------------------- */

/* The note files of the log's checkpoints that are there: public/PHASE.note. */
typedef struct {
    uint32_t count;
    file_bytes *bytes;
    sunlot_text *text;
} note_list;

static int read_notes(note_list *out, const ceremony *c, const sunlot_log *log)
{
    const uint32_t checkpoints = sunlot_log_checkpoints(log);
    int status = STATUS_RUN;
    *out = (note_list){0, need(checkpoints, sizeof *out->bytes), need(checkpoints, sizeof *out->text)};
    for (uint32_t i = 0; i < checkpoints && status == STATUS_RUN; i++) {
        sunlot_checkpoint_info info;
        char name[sizeof info.name + 8];
        const sunlot_err err = sunlot_log_checkpoint(log, i, &info);
        if (err != SUNLOT_OK) return complain_error(err);
        (void)snprintf(name, sizeof name, "%s.note", info.name);
        char *path = file_path(c->public_, name);
        const file_result result = file_read(&out->bytes[out->count], path, MOST_NOTE_BYTES);
        if (result == FILE_READ) {
            out->text[out->count] = file_view(&out->bytes[out->count]);
            out->count++;
        } else if (result != FILE_MISSING) {
            if (result == FILE_TOO_LARGE) complain(_("%s is not a note file"), path);
            status = STATUS_CANNOT;
        }
        free(path);
    }
    return status;
}

static void free_notes(note_list *n)
{
    for (uint32_t i = 0; i < n->count; i++) file_free(&n->bytes[i]);
    free(n->bytes);
    free(n->text);
}

/* ---- the files ------------------------------------------------------------------------------------------------------------------ */

/* A receipt's name is the pseudonym, which 16 bytes of the secret make: from one nobody guesses another.  Receipts of each school have a folder, named
 * by its number, so that a district hands each school its own. */
typedef struct {
    const ceremony *c;
    const people_list *people;
    const sunlot_receipts *receipts;
    char *folder; /* private/receipts */
    uint64_t written, same;
} receipt_files;

static int write_one(receipt_files *f, batch *b, uint32_t i)
{
    sunlot_text pseudonym;
    uint32_t school;
    char name[64];
    sunlot_receipts_student(f->receipts, i, &pseudonym, &school);
    const person *p = people_find(f->people, pseudonym);
    if (p == NULL) return ceremony_stranger(f->c, pseudonym);
    sunlot_buffer text = {0};
    const sunlot_person who = {p->school, p->id, p->name};
    const sunlot_err err = sunlot_receipt_write(&text, f->receipts, i, p->salt, &who);
    int status = STATUS_RUN;
    if (err == SUNLOT_ERR_INPUT) {
        complain(_("%s: the record of %s is not the one that was announced"), f->c->people, SHOW(pseudonym));
        status = STATUS_REFUSED;
    } else if (err != SUNLOT_OK) {
        status = complain_error(err);
    } else {
        (void)snprintf(name, sizeof name, "%.*s.receipt", (int)pseudonym.n, pseudonym.p);
        if (!batch_add(b, name, ceremony_view(&text))) status = STATUS_CANNOT;
    }
    ceremony_wipe(&text);
    return status;
}

/* The receipts of the students order[from] … order[to - 1], all of one school. */
static int write_school(receipt_files *f, uint32_t school, const uint32_t *order, uint32_t count)
{
    char number[16];
    batch b;
    (void)snprintf(number, sizeof number, "%u", (unsigned)school);
    char *folder = file_path(f->folder, number);
    int status = store_folder(folder, true) ? STATUS_RUN : STATUS_CANNOT;
    batch_begin(&b, folder, STORE_PRIVATE);
    for (uint32_t i = 0; i < count && status == STATUS_RUN; i++) status = write_one(f, &b, order[i]);
    if (!batch_end(&b)) status = STATUS_CANNOT;
    f->written += b.written;
    f->same += b.same;
    free(folder);
    return status;
}

/* Students school by school: how many each has, then their places. */
static int write_all(receipt_files *f, uint32_t schools)
{
    const uint32_t students = sunlot_receipts_count(f->receipts);
    uint32_t *from = need((size_t)schools + 2, sizeof *from), *order = need(students, sizeof *order);
    sunlot_text pseudonym;
    uint32_t school;
    for (uint32_t i = 0; i < students; i++) {
        sunlot_receipts_student(f->receipts, i, &pseudonym, &school);
        from[school + 1]++;
    }
    for (uint32_t s = 1; s <= schools; s++) from[s + 1] += from[s];
    for (uint32_t i = 0; i < students; i++) {
        sunlot_receipts_student(f->receipts, i, &pseudonym, &school);
        order[from[school]++] = i;
    }
    int status = STATUS_RUN;
    for (uint32_t s = 1; s <= schools && status == STATUS_RUN; s++) {
        const uint32_t first = s == 1 ? 0 : from[s - 1];
        status = write_school(f, s, order + first, from[s] - first);
    }
    free(from);
    free(order);
    return status;
}

/* ---- the command ------------------------------------------------------------------------------------------------------------------ */

static int make(sunlot_receipts **out, const ceremony *c, const sunlot_log *log)
{
    note_list notes;
    int status = read_notes(&notes, c, log);
    if (status == STATUS_RUN) {
        const sunlot_err err = sunlot_receipts_new(out, log, notes.text, notes.count);
        if (err == SUNLOT_ERR_PHASE) {
            complain(_("there is no seed base yet: receipts begin with it; “sunlot status %s” says what comes next"), c->folder);
            status = STATUS_REFUSED;
        } else if (err == SUNLOT_ERR_SIGNATURE) {
            complain(_("a note file in %s is not one of this log, or has a signature that is not good; move it away"), c->public_);
            status = STATUS_REFUSED;
        } else if (err != SUNLOT_OK) {
            status = complain_error(err);
        }
    }
    free_notes(&notes);
    return status;
}

static int receipts(const ceremony *c, const ceremony_state *state, void *wish)
{
    (void)wish;
    const sunlot_log *log = state->log;
    people_list people;
    sunlot_receipts *made = NULL;
    int status = make(&made, c, log);
    if (status != STATUS_RUN) return status;
    status = ceremony_people(&people, c);
    if (status == STATUS_RUN) {
        receipt_files f = {.c = c, .people = &people, .receipts = made, .folder = file_path(c->private_, "receipts")};
        status = store_folder(f.folder, true) ? STATUS_RUN : STATUS_CANNOT;
        if (status == STATUS_RUN) status = write_all(&f, sunlot_roster_schools(sunlot_log_roster(log)));
        if (status == STATUS_RUN) {
            (void)printf(_("Receipts in %s: written %llu, as they should be already %llu\n"), f.folder, (unsigned long long)f.written,
                         (unsigned long long)f.same);
            if (sunlot_log_phase(log) == SUNLOT_PHASE_RESULTS)
                (void)fputs(_("  Each says that the child, with its data, was in the list before the dice, and in which class it is.\n"), stdout);
            else
                (void)fputs(_("  Each says that the child, with its data, is in the list.  Run this again after the draw for the class.\n"), stdout);
            (void)fputs(_("  Give each family its own and no other: who has a receipt knows the child's data.\n"
                          "  A family checks it with: sunlot-verify --receipt FILE draw.log --fingerprint HEX\n"),
                        stdout);
        }
        free(f.folder);
        people_free(&people);
    }
    sunlot_receipts_free(made);
    return status == STATUS_RUN ? STATUS_OK : status;
}

int cmd_receipts(int argc, char **argv)
{
    const char *folder;
    const int status =
        options_read(argc, argv, COMMAND,
                     _("Usage: sunlot receipts DIR\n"
                       "Write a receipt for each student: private/receipts/SCHOOL/PSEUDONYM.receipt, SCHOOL being the number of the school in the log.\n"
                       "A receipt proves that this child, with these data, was in the list before the dice, and in which class it is.  The signatures of\n"
                       "public/PHASE.note go into it too.  Files that are as they should be are left; run it again after each step.\n"
                       "  --lang en|zh   language of messages\n"
                       "A family checks its own: sunlot-verify --receipt PSEUDONYM.receipt draw.log --fingerprint HEX\n"
                       "Exit status: 0 done, 1 refused, 2 it could not be done.\n"),
                     NULL, 0, &folder, 1);
    return status != STATUS_RUN ? status : ceremony_run(folder, receipts, NULL);
}
