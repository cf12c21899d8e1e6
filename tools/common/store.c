#define _GNU_SOURCE       1 /* flock, renameat2 */
#define _FILE_OFFSET_BITS 64
#include "common/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/files.h"
#include "common/messages.h"

/* The folder of a path, owned. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL) return file_path(".", "");
    size_t n = slash == path ? 1 : (size_t)(slash - path);
    char *folder = need(n + 1, 1);
    memcpy(folder, path, n);
    return folder;
}

/* Make what was renamed, made or removed in a folder last.  Some file systems cannot sync folders (EINVAL): there it has to do. */
static bool sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool done = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL);
    if (!done) complain_file(_("cannot write to the disk"), folder);
    if (fd >= 0) (void)close(fd);
    return done;
}

static bool sync_parent(const char *path)
{
    char *folder = folder_of(path);
    bool done = sync_folder(folder);
    free(folder);
    return done;
}

bool store_bytes(int fd, sunlot_text bytes)
{
    size_t at = 0;
    while (at < bytes.n) {
        size_t piece = bytes.n - at < ((size_t)1 << 30) ? bytes.n - at : (size_t)1 << 30;
        ssize_t put = write(fd, bytes.p + at, piece);
        if (put > 0) {
            at += (size_t)put;
        } else if (put == 0 || errno != EINTR) {
            if (put == 0) errno = ENOSPC;
            return false;
        }
    }
    return true;
}

/* Whether a temporary file is what a crash of this program left: a file of ours with one name, no more open than what it will become. */
static bool is_ours(const struct stat *file, unsigned mode)
{
    return S_ISREG(file->st_mode) && file->st_nlink == 1 && file->st_uid == geteuid() && (file->st_mode & 07777u & ~mode) == 0;
}

/* Open the temporary file and lock it.  Its name is fixed, so that what a crash leaves is used again and not added to; the lock keeps two
 * processes apart.  Who waited for nobody may still have opened a file that was renamed meanwhile: then its name no longer leads to it, and
 * it is opened anew.  What somebody else put there, perhaps another file's second name, is removed and never written to; the file made
 * instead is taken as it comes, for there are disks without owners and modes. */
static int open_temporary(const char *path, unsigned mode)
{
    for (bool fresh = false;;) {
        int fd = open(path, O_WRONLY | O_CREAT | (fresh ? O_EXCL : 0) | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, (mode_t)mode);
        if (fd < 0 && fresh && errno == EEXIST) {
            fresh = false;
            continue;
        }
        if (fd < 0) {
            if ((errno != ELOOP && errno != ENXIO) || unlink(path) != 0) return -1;
            fresh = true;
            continue;
        }
        struct stat mine, named;
        bool good = flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &mine) == 0;
        if (good && stat(path, &named) == 0 && named.st_dev == mine.st_dev && named.st_ino == mine.st_ino) {
            if (fresh || is_ours(&mine, mode)) {
                if (mine.st_size == 0 || ftruncate(fd, 0) == 0) return fd;
                const int why = errno;
                (void)unlink(path);
                errno = why;
                good = false;
            } else {
                good = fresh = unlink(path) == 0;
            }
        }
        int reason = errno;
        (void)close(fd);
        errno = reason;
        if (!good) return -1;
    }
}

/* Rename, and where the system can, never over another file. */
static int rename_file(const char *from, const char *to, bool replace)
{
#ifdef RENAME_NOREPLACE
    if (!replace) {
        if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return 0;
        if (errno != EINVAL && errno != ENOSYS) return -1;
    }
#endif
    if (!replace) {
        struct stat info;
        if (lstat(to, &info) == 0) {
            errno = EEXIST;
            return -1;
        }
    }
    return rename(from, to);
}

/* Whether the next bytes of a file are these; at its end also whether nothing follows them. */
static bool holds(FILE *file, sunlot_text bytes)
{
    char piece[1 << 14];
    while (bytes.n > 0) {
        const size_t n = bytes.n < sizeof piece ? bytes.n : sizeof piece;
        if (fread(piece, 1, n, file) != n || memcmp(piece, bytes.p, n) != 0) return false;
        bytes = (sunlot_text){bytes.p + n, bytes.n - n};
    }
    return true;
}

bool store_holds(const char *path, sunlot_text bytes)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) return false;
    const bool same = holds(file, bytes) && fgetc(file) == EOF && ferror(file) == 0;
    (void)fclose(file);
    return same;
}

/* What a file holds already: STORE_SAME, STORE_EXISTS, STORE_FAILED, or STORE_WRITTEN for "there is none".  A link is never a private file of ours,
 * whatever it leads to. */
static store_result compare(const char *path, const sunlot_text *part, size_t parts, unsigned mode)
{
    struct stat info;
    if (mode == STORE_PRIVATE && lstat(path, &info) == 0 && S_ISLNK(info.st_mode)) return STORE_EXISTS;
    FILE *file = fopen(path, "rb");
    if (file == NULL && errno == ENOENT) return STORE_WRITTEN;
    if (file != NULL) {
        bool same = true;
        for (size_t i = 0; i < parts && same; i++) same = holds(file, part[i]);
        same = same && fgetc(file) == EOF;
        const bool failed = ferror(file) != 0;
        (void)fclose(file);
        if (!failed) return same ? STORE_SAME : STORE_EXISTS;
    }
    complain_file(_("cannot read"), path);
    return STORE_FAILED;
}

store_result store_file(const char *path, sunlot_text bytes, unsigned mode, bool replace) { return store_parts(path, &bytes, 1, mode, replace); }

store_result store_parts(const char *path, const sunlot_text *part, size_t parts, unsigned mode, bool replace)
{
    store_result old = compare(path, part, parts, mode);
    if (old == STORE_SAME && !sync_parent(path)) return STORE_FAILED; /* its rename may be one that a crash left before this */
    if (old == STORE_SAME || old == STORE_FAILED || (old == STORE_EXISTS && !replace)) return old;

    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    char *folder = folder_of(path);
    char *hidden = need(strlen(name) + 6, 1);
    (void)snprintf(hidden, strlen(name) + 6, ".%s.tmp", name);
    char *temporary = file_path(folder, hidden);

    store_result result = STORE_FAILED;
    int fd = open_temporary(temporary, mode);
    if (fd < 0) {
        if (errno == EWOULDBLOCK)
            complain(_("another process is writing %s"), path);
        else
            complain_file(_("cannot write"), path);
    } else {
        bool written = true;
        for (size_t i = 0; i < parts && written; i++) written = store_bytes(fd, part[i]);
        written = written && fsync(fd) == 0;
        if (written && rename_file(temporary, path, replace) == 0) {
            result = sync_folder(folder) ? STORE_WRITTEN : STORE_FAILED;
        } else {
            if (written && errno == EEXIST)
                result = STORE_EXISTS;
            else
                complain_file(_("cannot write"), path);
            (void)unlink(temporary);
        }
        (void)close(fd);
    }
    free(temporary);
    free(hidden);
    free(folder);
    return result;
}

bool store_folder(const char *path, bool private_)
{
    struct stat info;
    if (mkdir(path, private_ ? 0700 : 0755) == 0) return sync_parent(path);
    if (errno != EEXIST) {
        complain_file(_("cannot make the folder"), path);
        return false;
    }
    /* A link is fine where it is our own: the private folder may be on a medium of its own. */
    const bool theirs = lstat(path, &info) == 0 && S_ISLNK(info.st_mode) && info.st_uid != geteuid();
    if (theirs || stat(path, &info) != 0 || !S_ISDIR(info.st_mode)) {
        errno = ENOTDIR;
        complain_file(_("cannot make the folder"), path);
        return false;
    }
    if (private_ && (info.st_mode & 077u) != 0 && chmod(path, 0700) != 0) {
        complain_file(_("cannot close the folder to others"), path);
        return false;
    }
    return sync_parent(path);
}

bool store_remove(const char *path)
{
    if (unlink(path) == 0) return sync_parent(path);
    if (errno == ENOENT) return true;
    complain_file(_("cannot remove"), path);
    return false;
}

bool store_lock(int *lock, const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, (mode_t)STORE_PRIVATE);
    if (fd < 0) {
        complain_file(_("cannot write"), path);
        return false;
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            complain(_("another process is working in this folder (%s is locked); wait until it has ended"), path);
        else
            complain_file(_("cannot lock"), path);
        (void)close(fd);
        return false;
    }
    *lock = fd;
    return true;
}

void store_unlock(int lock) { (void)close(lock); }
