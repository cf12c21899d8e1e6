#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "commands/commands.h"
#include "common/characters.h"
#include "common/files.h"
#include "common/jobs.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/store.h"
#include "trials/closed.h"
#include "trials/evidence.h"
#include "trials/inputs.h"

#define COMMAND "sunlot evidence"

enum { MOST_DRAWS = 1000000 };

/* What the page begins with: by it a folder is known to hold evidence. */
#define PAGE_MARK "<meta name=\"generator\" content=\"sunlot evidence\">"

/* ---- the folder -------------------------------------------------------------------------------------------------------------------------- */

static bool is_ours(const char *name)
{
    for (int i = 0; i < EVIDENCE_FILES; i++) {
        const char *ours = evidence_name((evidence_file)i);
        const size_t n = strlen(ours);
        if (strcmp(name, ours) == 0) return true;
        if (name[0] == '.' && strncmp(name + 1, ours, n) == 0 && strcmp(name + 1 + n, ".tmp") == 0) return true;
    }
    return false;
}

static bool has_page(const char *folder)
{
    char *path = file_path(folder, evidence_name(EVIDENCE_PAGE));
    file_bytes old;
    bool found = false;
    if (file_read(&old, path, SUNLOT_MAX_INPUT_BYTES) == FILE_READ) {
        const size_t mark = sizeof PAGE_MARK - 1;
        for (size_t i = 0; i + mark <= old.n && i < 256 && !found; i++) found = memcmp(old.p + i, PAGE_MARK, mark) == 0;
        file_free(&old);
    }
    free(path);
    return found;
}

/* A folder may be written to if it is not there, is empty, or holds evidence and nothing else: students.csv is also the name of an input file. */
static int usable(const char *folder, const char *input)
{
    if (closed_folder(input, folder) != STATUS_RUN) return STATUS_REFUSED;
    DIR *d = opendir(folder);
    if (d == NULL) {
        if (errno == ENOENT) return STATUS_RUN;
        complain_file(_("cannot read"), folder);
        return STATUS_CANNOT;
    }
    bool any = false;
    char stranger[SHOW_BYTES] = "";
    for (const struct dirent *entry; (entry = readdir(d)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        any = true;
        if (!is_ours(entry->d_name) && stranger[0] == '\0') (void)show_text(stranger, text_of(entry->d_name));
    }
    (void)closedir(d);
    if (stranger[0] != '\0') {
        complain(_("%s holds something else than evidence (%s); name a new folder"), folder, stranger);
        return STATUS_REFUSED;
    }
    if (any && !has_page(folder)) {
        complain(_("%s holds files that are not evidence: there is no %s of this program; name a new folder"), folder, evidence_name(EVIDENCE_PAGE));
        return STATUS_REFUSED;
    }
    return STATUS_RUN;
}

/* The page first: by it what a crash leaves is known. */
static int store(const char *folder, const evidence *e)
{
    if (!store_folder(folder, true)) return STATUS_CANNOT;
    for (int i = 0; i < EVIDENCE_FILES; i++) {
        char *path = file_path(folder, evidence_name((evidence_file)i));
        const store_result result = store_file(path, (sunlot_text){e->bytes[i], e->n[i]}, STORE_PRIVATE, true);
        if (result == STORE_WRITTEN || result == STORE_SAME)
            (void)printf(result == STORE_SAME ? _("%s is there already; nothing changes\n") : _("written: %s\n"), path);
        free(path);
        if (result != STORE_WRITTEN && result != STORE_SAME) return STATUS_CANNOT;
    }
    return STATUS_RUN;
}

/* ---- what is said ------------------------------------------------------------------------------------------------------------------------- */

static void print_summary(const evidence *e, const struct timespec *from)
{
    struct timespec now;
    uint64_t draws = 0, failed = 0;
    for (uint32_t i = 0; i < e->schools; i++) {
        draws += e->school[i].placed + e->school[i].failed;
        failed += e->school[i].failed;
        if (e->school[i].placed == 0) (void)printf(_("School “%s”: no draw came to a placement\n"), SHOW(e->school[i].name));
    }
    (void)printf(_("Draws %llu, without placement %llu; tests of what is exact %zu, of them deviate %zu\n"), (unsigned long long)draws,
                 (unsigned long long)failed, e->tests, e->deviate);
    for (size_t i = 0, shown = 0; i < e->findings.n && shown < 10; i++) {
        const finding *f = &e->findings.of[i];
        if (f->verdict != FINDING_DEVIATES) continue;
        shown++;
        (void)printf(_("  %s, %s %s: corrected p %.3g\n"), SHOW(e->school[f->school].name), evidence_kind(f->kind), SHOW(text_of(e->scope[i])), f->corrected);
    }
    if (clock_gettime(CLOCK_MONOTONIC, &now) == 0 && draws > 0) {
        const double seconds = (double)(now.tv_sec - from->tv_sec) + (double)(now.tv_nsec - from->tv_nsec) / 1e9;
        (void)printf(_("Time: %.1f s on %u threads, %.2f ms a draw\n"), seconds, (unsigned)e->request->jobs, 1000 * seconds / (double)draws);
    }
}

static int conclude(const evidence *e)
{
    (void)fputs(_("The folder holds rows of the list: do not publish it as it is.\n"), stdout);
    if (e->deviate == 0 && e->tests > 0) (void)fputs(_("Nothing deviates.\n"), stdout);
    if (e->tests == 0) (void)fputs(_("Nothing could be tested: more draws are needed, or no classes are interchangeable.\n"), stdout);
    if (e->deviate > 0) complain(_("what must hold exactly deviates; see %s"), evidence_name(EVIDENCE_PAGE));
    return e->deviate > 0 ? STATUS_REFUSED : STATUS_OK;
}

/* -------------------------------------------------------------------------------------------------------------------------------------------- */

static int run(evidence_request *q, const char *folder)
{
    static const uint8_t zeros[32] = {0};
    sunlot_master master = sunlot_master_rehearse(zeros);
    sunlot_roster *roster = NULL;
    evidence e;
    struct timespec from = {0, 0};
    (void)clock_gettime(CLOCK_MONOTONIC, &from);
    const sunlot_crew crew = jobs_crew(&q->jobs);
    sunlot_err err = sunlot_roster_new(&roster, q->enrolment, SUNLOT_REHEARSAL, &master, &crew);
    if (err != SUNLOT_OK) return complain_error(err);
    q->roster = roster;
    q->master = &master;
    err = evidence_run(&e, q);
    int status = err == SUNLOT_OK ? STATUS_RUN : complain_error(err);
    if (status == STATUS_RUN) {
        print_summary(&e, &from);
        status = store(folder, &e);
        if (status == STATUS_RUN) status = conclude(&e);
        evidence_free(&e);
    }
    sunlot_roster_free(roster);
    return status;
}

int cmd_evidence(int argc, char **argv)
{
    const char *seed_text = NULL, *draws_text = NULL, *mix_text = NULL, *jobs_text = NULL, *out = NULL, *folder;
    const tool_option option[] = {
        {"draws", &draws_text, NULL}, {"seed", &seed_text, NULL}, {"output", &out, NULL}, {"mix", &mix_text, NULL}, {"jobs", &jobs_text, NULL}};
    int status = options_read(argc, argv, COMMAND,
                              _("Usage: sunlot evidence DIR --draws N --seed HEX64 -o FOLDER [--mix M] [--jobs N]\n"
                                "Draw what is in DIR many times from one seed, count who comes where and with whom, and test what must hold\n"
                                "exactly: a page in Chinese and English, and tables.  Before the announcement; nothing in DIR changes.\n"
                                "  --draws N            how many draws, 1 to 1000000: 1000 for a look, 10000 for evidence\n"
                                "  --seed HEX64         64 hexadecimal digits, from which the seed of each draw follows\n"
                                "  -o, --output FOLDER  a new folder, or one that holds evidence, which is replaced\n"
                                "  --mix M              another length of the walk than the one to be announced\n"
                                "  --jobs N             make N draws at a time (as many as there are processors)\n"
                                "  --lang en|zh         language of messages and tables; the page has both\n"
                                "Example: sunlot evidence town --draws 1000 --seed $(printf %064d 7) -o evidence\n"
                                "Exit status: 0 nothing deviates, 1 refused or something deviates, 2 it could not be done.\n"),
                              option, 5, &folder, 1);
    if (status != STATUS_RUN) return status;
    uint8_t seed[32];
    uint32_t mix = 0;
    evidence_request q = {.seed32 = seed};
    if (draws_text == NULL || !options_number(&q.draws, draws_text, 1, MOST_DRAWS)) return options_wrong(COMMAND, "draws", draws_text, "1 – 1000000");
    if (seed_text == NULL || !options_seed(seed, seed_text)) return options_wrong(COMMAND, "seed", seed_text, _("64 hexadecimal digits"));
    if (out == NULL || out[0] == '\0') return options_wrong(COMMAND, "output", out, _("a folder"));
    if (mix_text != NULL && !options_number(&mix, mix_text, 0, SUNLOT_MAX_MIX)) return options_wrong(COMMAND, "mix", mix_text, "0 – 100000");
    if (mix_text != NULL) q.mix = &mix;
    status = options_jobs(&q.jobs, COMMAND, jobs_text);
    if (status != STATUS_RUN) return status;

    sunlot_enrolment *e = NULL;
    status = inputs_read(&e, folder, stderr, q.jobs);
    if (status != STATUS_RUN) return status;
    q.enrolment = e;
    status = usable(out, folder);
    if (status == STATUS_RUN) status = run(&q, out);
    sunlot_enrolment_free(e);
    return status;
}
