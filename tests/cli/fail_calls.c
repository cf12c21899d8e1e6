/* Preloaded into a program, this breaks off one of its calls that change files: the call number FAIL_AT, from 1.
 *
 *     FAIL_HOW=kill     the process is killed in that call, a write being half done
 *     FAIL_HOW=full     the call fails as on a full disk
 *     FAIL_HOW=locked   this call and all later ones fail as on a read-only disk
 *     FAIL_HOW=short    no call fails, but every write is interrupted first and then puts down half of what it was given
 *
 * The number of calls is left in the file FAIL_COUNT when the program ends by itself. */
#define _GNU_SOURCE 1
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static unsigned long calls;

/* Count a call.  Returns true if it is to fail, with errno set; `half` is done first if the process is to be killed. */
static int fails(void (*half)(const void *), const void *argument)
{
    const char *at = getenv("FAIL_AT"), *how = getenv("FAIL_HOW");
    if (at == NULL || how == NULL || strcmp(how, "short") == 0) return 0;
    unsigned long number = strtoul(at, NULL, 10);
    calls++;
    if (strcmp(how, "locked") == 0 && calls >= number) {
        errno = EROFS;
        return 1;
    }
    if (calls != number) return 0;
    if (strcmp(how, "kill") == 0) {
        if (half != NULL) half(argument);
        (void)kill(getpid(), SIGKILL);
    }
    errno = ENOSPC;
    return 1;
}

__attribute__((destructor)) static void report(void)
{
    const char *path = getenv("FAIL_COUNT");
    FILE *file = path == NULL ? NULL : fopen(path, "w");
    if (file != NULL) {
        fprintf(file, "%lu\n", calls);
        fclose(file);
    }
}

#define REAL(name, type) ((type)(dlsym(RTLD_NEXT, name)))

typedef struct {
    int fd;
    const void *bytes;
    size_t n;
} half_write;

static void write_half(const void *argument)
{
    const half_write *w = argument;
    (void)!REAL("write", ssize_t(*)(int, const void *, size_t))(w->fd, w->bytes, w->n / 2);
}

ssize_t write(int fd, const void *bytes, size_t n)
{
    const half_write w = {fd, bytes, n};
    static int interrupted;
    const char *how = getenv("FAIL_HOW");
    if (fd > 2 && how != NULL && strcmp(how, "short") == 0) {
        interrupted = !interrupted;
        errno = EINTR;
        return interrupted ? -1 : REAL("write", ssize_t(*)(int, const void *, size_t))(fd, bytes, n - n / 2);
    }
    if (fd > 2 && fails(write_half, &w)) return -1;
    return REAL("write", ssize_t(*)(int, const void *, size_t))(fd, bytes, n);
}

static int open_any(const char *name, const char *path, int flags, unsigned mode)
{
    if ((flags & O_CREAT) != 0 && fails(NULL, NULL)) return -1;
    return REAL(name, int (*)(const char *, int, ...))(path, flags, mode);
}

int open(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    unsigned mode = (flags & O_CREAT) != 0 ? va_arg(arguments, unsigned) : 0;
    va_end(arguments);
    return open_any("open", path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    unsigned mode = (flags & O_CREAT) != 0 ? va_arg(arguments, unsigned) : 0;
    va_end(arguments);
    return open_any("open64", path, flags, mode);
}

int creat(const char *path, mode_t mode) { return open(path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

int fsync(int fd) { return fails(NULL, NULL) ? -1 : REAL("fsync", int (*)(int))(fd); }

int fdatasync(int fd) { return fails(NULL, NULL) ? -1 : REAL("fdatasync", int (*)(int))(fd); }

/* Not done: it waits for all that others write, and no test cuts the power. */
int syncfs(int fd)
{
    (void)fd;
    return fails(NULL, NULL) ? -1 : 0;
}

int ftruncate(int fd, off_t n) { return fails(NULL, NULL) ? -1 : REAL("ftruncate", int (*)(int, off_t))(fd, n); }

int ftruncate64(int fd, off64_t n) { return fails(NULL, NULL) ? -1 : REAL("ftruncate64", int (*)(int, off64_t))(fd, n); }

int rename(const char *from, const char *to) { return fails(NULL, NULL) ? -1 : REAL("rename", int (*)(const char *, const char *))(from, to); }

int renameat2(int a, const char *from, int b, const char *to, unsigned flags)
{
    return fails(NULL, NULL) ? -1 : REAL("renameat2", int (*)(int, const char *, int, const char *, unsigned))(a, from, b, to, flags);
}

int link(const char *from, const char *to) { return fails(NULL, NULL) ? -1 : REAL("link", int (*)(const char *, const char *))(from, to); }

int symlink(const char *from, const char *to) { return fails(NULL, NULL) ? -1 : REAL("symlink", int (*)(const char *, const char *))(from, to); }

int unlink(const char *path) { return fails(NULL, NULL) ? -1 : REAL("unlink", int (*)(const char *))(path); }

int rmdir(const char *path) { return fails(NULL, NULL) ? -1 : REAL("rmdir", int (*)(const char *))(path); }

int mkdir(const char *path, mode_t mode) { return fails(NULL, NULL) ? -1 : REAL("mkdir", int (*)(const char *, mode_t))(path, mode); }

int chmod(const char *path, mode_t mode) { return fails(NULL, NULL) ? -1 : REAL("chmod", int (*)(const char *, mode_t))(path, mode); }

int fchmod(int fd, mode_t mode) { return fails(NULL, NULL) ? -1 : REAL("fchmod", int (*)(int, mode_t))(fd, mode); }
