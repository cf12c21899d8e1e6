#define _DEFAULT_SOURCE   1 /* explicit_bzero, O_NOFOLLOW */
#define _FILE_OFFSET_BITS 64
#include "common/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/messages.h"
#include "common/options.h"

void wipe(void *secret, size_t n)
{
    if (n > 0) explicit_bzero(secret, n);
}

void *need(size_t count, size_t size)
{
    void *p = calloc(count > 0 ? count : 1, size > 0 ? size : 1);
    if (p == NULL) exit(complain_error(SUNLOT_ERR_MEMORY));
    return p;
}

void *need_more(void *items, size_t *room, size_t count, size_t size)
{
    if (count < *room) return items;
    const size_t more = *room < 64 ? 128 : 2 * *room;
    void *longer = need(more, size);
    if (count > 0) memcpy(longer, items, count * size);
    free(items);
    *room = more;
    return longer;
}

char *file_path(const char *folder, const char *name)
{
    size_t a = strlen(folder), b = strlen(name);
    char *path = need(a + b + 2, 1);
    memcpy(path, folder, a);
    if (a > 0 && folder[a - 1] != '/') path[a++] = '/';
    memcpy(path + a, name, b + 1);
    return path;
}

/* Read to the end of the file, which may be a pipe or grow meanwhile.  Returns FILE_UNREADABLE with errno set. */
static file_result read_all(file_bytes *f, int fd, size_t expected, uint64_t most)
{
    size_t room = expected + 1;
    f->n = 0;
    f->p = malloc(room);
    if (f->p == NULL) {
        errno = ENOMEM;
        return FILE_UNREADABLE;
    }
    for (;;) {
        if (f->n > most) return FILE_TOO_LARGE;
        if (f->n == room) {
            size_t more = room < 4096 ? 8192 : room + room / 2;
            char *p = more > room ? malloc(more) : NULL;
            if (p == NULL) {
                errno = ENOMEM;
                return FILE_UNREADABLE;
            }
            memcpy(p, f->p, f->n); /* not realloc, which would leave a copy of what may be secret */
            wipe(f->p, f->n);
            free(f->p);
            f->p = p;
            room = more;
        }
        ssize_t got = read(fd, f->p + f->n, room - f->n);
        if (got == 0) return FILE_READ;
        if (got > 0)
            f->n += (size_t)got;
        else if (errno != EINTR)
            return FILE_UNREADABLE;
    }
}

static file_result read_file(file_bytes *out, const char *path, uint64_t most, int flags)
{
    file_bytes f = {NULL, 0};
    file_result result = FILE_UNREADABLE;
    if (most > SIZE_MAX / 2) most = SIZE_MAX / 2;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | flags);
    if (fd < 0) {
        if (errno == ENOENT) return FILE_MISSING;
        if (errno == ELOOP && flags != 0)
            complain(_("%s is a symbolic link, and a secret is not read through one: put the file itself there"), path);
        else
            complain_file(_("cannot read"), path);
        return FILE_UNREADABLE;
    }
    struct stat info;
    if (fstat(fd, &info) == 0) {
        if (info.st_size >= 0 && (uint64_t)info.st_size > most)
            result = FILE_TOO_LARGE;
        else
            result = read_all(&f, fd, (size_t)info.st_size, most);
    }
    if (result == FILE_UNREADABLE) complain_file(_("cannot read"), path);
    (void)close(fd);
    if (result == FILE_READ)
        *out = f;
    else
        file_free(&f);
    return result;
}

file_result file_read(file_bytes *out, const char *path, uint64_t most) { return read_file(out, path, most, 0); }

file_result file_read_secret(file_bytes *out, const char *path, uint64_t most) { return read_file(out, path, most, O_NOFOLLOW); }

void file_free(file_bytes *f)
{
    if (f->p != NULL) wipe(f->p, f->n);
    free(f->p);
    f->p = NULL;
    f->n = 0;
}

sunlot_text file_view(const file_bytes *f) { return (sunlot_text){f->p, f->n}; }
