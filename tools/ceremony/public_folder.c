#define _DEFAULT_SOURCE 1 /* lstat */
#include "ceremony/public_folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "ceremony/result_lists.h"
#include "common/characters.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/store.h"

#define MINISIG "minisig"

/* ---- what belongs there ------------------------------------------------------------------------------------------------------------- */

static bool is_note(const char *name, const sunlot_log *log)
{
    for (uint32_t i = 0; i < sunlot_log_checkpoints(log); i++) {
        sunlot_checkpoint_info info;
        if (sunlot_log_checkpoint(log, i, &info) != SUNLOT_OK) continue;
        const size_t n = strlen(info.name);
        if (strncmp(name, info.name, n) == 0 && strcmp(name + n, ".note") == 0) return true;
    }
    return false;
}

/* Of the top folder. */
static bool is_known(const char *name, const sunlot_log *log)
{
    static const char *const known[] = {"draw.log", "draw.log.minisig", "draw.policy", "log.vkey", "minisign.pub", PUBLIC_INDEX, PUBLIC_PAGE, PUBLIC_SUMS};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(name, known[i]) == 0) return true;
    return is_note(name, log) || result_lists_named(log, name) || (strcmp(name, PUBLIC_REPORT) == 0 && sunlot_log_phase(log) == SUNLOT_PHASE_RESULTS);
}

/* draw.N.log.minisig */
static bool is_kept(const char *name)
{
    if (strncmp(name, "draw.", 5) != 0 || name[5] < '1' || name[5] > '9') return false;
    const char *end = name + 5 + strspn(name + 5, "0123456789");
    return end - name < 25 && strcmp(end, ".log.minisig") == 0;
}

/* ".NAME.tmp": NAME without the rest, owned; NULL if it is no such name. */
static char *half_written(const char *name)
{
    const size_t n = strlen(name);
    if (n < 6 || name[0] != '.' || strcmp(name + n - 4, ".tmp") != 0) return NULL;
    char *whole = need(n, 1);
    memcpy(whole, name + 1, n - 5);
    return whole;
}

/* ---- what lies there ------------------------------------------------------------------------------------------------------------------ */

static void add(public_folder *f, char *name)
{
    f->name = need_more(f->name, &f->room, f->count, sizeof *f->name);
    f->name[f->count++] = name;
}

static int by_bytes(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void sort(public_folder *f)
{
    if (f->count > 0) qsort(f->name, f->count, sizeof *f->name, by_bytes);
}

typedef struct {
    public_folder *out;
    const ceremony *c;
    const sunlot_log *log;
    size_t strays;
} look;

static int stray(look *l, const char *path, const char *why)
{
    complain("%s: %s", SHOW(text_of(path)), why);
    l->strays++;
    return STATUS_RUN;
}

/* One entry, `name` below public/; `kept`: of the folder minisig. */
static int look_at(look *l, const char *name, const char *last, bool kept)
{
    int status = STATUS_RUN;
    char *path = file_path(l->c->public_, name), *whole = half_written(last);
    struct stat info;
    if (lstat(path, &info) != 0) {
        complain_file(_("cannot read"), path);
        status = STATUS_CANNOT;
    } else if (S_ISDIR(info.st_mode) && !kept && strcmp(name, MINISIG) == 0) {
        /* looked into by itself */
    } else if (!S_ISREG(info.st_mode)) {
        status = stray(l, path, S_ISLNK(info.st_mode) ? _("a link: a web server would show what it leads to") : _("no file"));
    } else if (whole != NULL && (kept ? is_kept(whole) : is_known(whole, l->log))) {
        if (!store_remove(path)) status = STATUS_CANNOT;
        if (status == STATUS_RUN) (void)printf(_("removed: %s, left half written by a step that was broken off\n"), path);
    } else if (kept ? is_kept(last) : is_known(last, l->log)) {
        add(l->out, file_path("", name));
    } else {
        status = stray(l, path, _("does not belong to what is published"));
    }
    free(path);
    free(whole);
    return status;
}

/* below: "", or the folder in public/. */
static int look_into(look *l, const char *below)
{
    char *folder = file_path(l->c->public_, below);
    int status = STATUS_RUN;
    DIR *d = opendir(folder);
    if (d == NULL && below[0] != '\0' && (errno == ENOENT || errno == ENOTDIR)) {
        free(folder);
        return STATUS_RUN;
    }
    if (d == NULL) {
        complain_file(_("cannot read"), folder);
        status = STATUS_CANNOT;
    }
    public_folder all = {NULL, 0, 0};
    for (const struct dirent *entry; status == STATUS_RUN && (entry = readdir(d)) != NULL;)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) add(&all, file_path("", entry->d_name));
    if (d != NULL) (void)closedir(d);
    sort(&all);
    for (size_t i = 0; i < all.count && status == STATUS_RUN; i++) {
        char *name = file_path(below, all.name[i]);
        status = look_at(l, name, all.name[i], below[0] != '\0');
        free(name);
    }
    public_folder_free(&all);
    free(folder);
    return status;
}

int public_folder_read(public_folder *out, const ceremony *c, const sunlot_log *log)
{
    *out = (public_folder){NULL, 0, 0};
    look l = {out, c, log, 0};
    int status = look_into(&l, "");
    if (status == STATUS_RUN) status = look_into(&l, MINISIG);
    if (status == STATUS_RUN && l.strays > 0) {
        complain(_("%s is not fit to be published: what is named above may hold names.  Look at it, move it away, and run this again"), c->public_);
        status = STATUS_REFUSED;
    }
    if (status != STATUS_RUN)
        public_folder_free(out);
    else
        sort(out);
    return status;
}

void public_folder_free(public_folder *f)
{
    for (size_t i = 0; i < f->count; i++) free(f->name[i]);
    free(f->name);
    *f = (public_folder){NULL, 0, 0};
}

bool public_folder_has(const public_folder *f, const char *name)
{
    for (size_t i = 0; i < f->count; i++)
        if (strcmp(f->name[i], name) == 0) return true;
    return false;
}

/* ---- writing -------------------------------------------------------------------------------------------------------------------------- */

int public_folder_put(const ceremony *c, const char *name, sunlot_text bytes)
{
    char *path = file_path(c->public_, name);
    const store_result result = store_file(path, bytes, STORE_PUBLIC, true);
    if (result == STORE_WRITTEN) (void)printf(_("written: %s\n"), path);
    free(path);
    return result == STORE_FAILED ? STATUS_CANNOT : STATUS_RUN;
}

/* A umask of the host's may have closed it.  There are disks without modes. */
static bool open_to_all(const char *path, unsigned mode)
{
    struct stat info;
    if (stat(path, &info) != 0 || ((info.st_mode & 0444u) != 0444 && chmod(path, (mode_t)mode) != 0)) {
        complain_file(_("cannot open to everybody"), path);
        return false;
    }
    return true;
}

/* Append "HEX  NAME" as sha256sum(1) has it. */
static int sum_one(FILE *to, const ceremony *c, const char *name)
{
    char *path = file_path(c->public_, name);
    file_bytes bytes;
    int status = STATUS_CANNOT;
    const file_result result = file_read(&bytes, path, SUNLOT_MAX_LOG_BYTES);
    if (result == FILE_READ) {
        uint8_t digest[32];
        sunlot_sha256(digest, file_view(&bytes));
        for (size_t i = 0; i < sizeof digest; i++) (void)fprintf(to, "%02x", (unsigned)digest[i]);
        (void)fprintf(to, "  %s\n", name);
        file_free(&bytes);
        if (open_to_all(path, STORE_PUBLIC)) status = STATUS_RUN;
    } else if (result != FILE_UNREADABLE) {
        complain(_("%s has changed meanwhile; run this again"), path);
    }
    free(path);
    return status;
}

int public_folder_sum(const ceremony *c, const public_folder *f)
{
    char *text = NULL, *kept = file_path(c->public_, MINISIG), *sums = file_path(c->public_, PUBLIC_SUMS);
    size_t n = 0;
    FILE *to = open_memstream(&text, &n);
    int status = to == NULL ? complain_error(SUNLOT_ERR_MEMORY) : open_to_all(c->public_, 0755) && open_to_all(kept, 0755) ? STATUS_RUN : STATUS_CANNOT;
    for (size_t i = 0; i < f->count && status == STATUS_RUN; i++)
        if (strcmp(f->name[i], PUBLIC_SUMS) != 0) status = sum_one(to, c, f->name[i]);
    if (to != NULL && fclose(to) != 0 && status == STATUS_RUN) status = complain_error(SUNLOT_ERR_MEMORY);
    if (status == STATUS_RUN) status = public_folder_put(c, PUBLIC_SUMS, (sunlot_text){text, n});
    if (status == STATUS_RUN && !open_to_all(sums, STORE_PUBLIC)) status = STATUS_CANNOT;
    free(text);
    free(kept);
    free(sums);
    return status;
}
