#define _GNU_SOURCE       1 /* syncfs */
#define _FILE_OFFSET_BITS 64
#include "common/batch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/files.h"
#include "common/messages.h"
#include "common/store.h"

void batch_begin(batch *b, const char *folder, unsigned mode) { *b = (batch){.folder = folder, .mode = mode}; }

/* ".NAME.tmp" of the folder, as store_file has it. */
static char *temporary_path(const batch *b, const char *name)
{
    char *hidden = need(strlen(name) + 6, 1);
    (void)snprintf(hidden, strlen(name) + 6, ".%s.tmp", name);
    char *path = file_path(b->folder, hidden);
    free(hidden);
    return path;
}

/* The folder is ours and closed, so that nobody else's file stands at the name. */
static bool write_new(const char *path, sunlot_text bytes, unsigned mode)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, (mode_t)mode);
    bool written = fd >= 0 && store_bytes(fd, bytes);
    const int reason = errno;
    if (fd >= 0 && close(fd) != 0)
        written = false;
    else
        errno = reason;
    return written;
}

bool batch_add(batch *b, const char *name, sunlot_text bytes)
{
    char *path = file_path(b->folder, name);
    const bool same = store_holds(path, bytes);
    free(path);
    if (same) {
        b->same++;
        return true;
    }
    char *temporary = temporary_path(b, name);
    const bool written = write_new(temporary, bytes, b->mode);
    if (!written) complain_file(_("cannot write"), temporary);
    free(temporary);
    if (!written) return false;
    b->name = need_more(b->name, &b->room, b->count, sizeof *b->name);
    b->name[b->count] = need(strlen(name) + 1, 1);
    memcpy(b->name[b->count++], name, strlen(name) + 1);
    return true;
}

static bool rename_all(batch *b)
{
    for (size_t i = 0; i < b->count; i++) {
        char *from = temporary_path(b, b->name[i]), *to = file_path(b->folder, b->name[i]);
        const bool renamed = rename(from, to) == 0;
        if (!renamed) complain_file(_("cannot write"), to);
        free(from);
        free(to);
        if (!renamed) return false;
        b->written++;
    }
    return true;
}

bool batch_end(batch *b)
{
    bool done = true;
    if (b->count > 0) {
        const int fd = open(b->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        done = fd >= 0 && syncfs(fd) == 0;
        if (!done) complain_file(_("cannot write to the disk"), b->folder);
        done = done && rename_all(b);
        if (done && fsync(fd) != 0 && errno != EINVAL) {
            complain_file(_("cannot write to the disk"), b->folder);
            done = false;
        }
        if (fd >= 0) (void)close(fd);
    }
    for (size_t i = 0; i < b->count; i++) free(b->name[i]);
    free(b->name);
    b->name = NULL;
    b->count = b->room = 0;
    return done;
}
