#define _XOPEN_SOURCE 700 /* realpath */
#include "trials/closed.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/characters.h"
#include "common/files.h"
#include "common/messages.h"
#include "common/options.h"

/* The real path of something that need not be there yet; NULL if its folder is not. */
static char *resolve(const char *path)
{
    char *whole = realpath(path, NULL);
    if (whole != NULL) return whole;
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/') n--;
    size_t at = n;
    while (at > 0 && path[at - 1] != '/') at--;
    char *parent = need(at + 2, 1), *name = need(n - at + 1, 1);
    memcpy(parent, at > 0 ? path : ".", at > 0 ? at : 1);
    memcpy(name, path + at, n - at);
    char *real = realpath(parent, NULL);
    if (real != NULL) whole = file_path(real, name);
    free(real);
    free(parent);
    free(name);
    return whole;
}

/* True if a path is FOLDER/NAME or something in it, whether these are there yet or not. */
static bool lies_in(const char *path, const char *folder, const char *name)
{
    char *wanted = file_path(folder, name), *there = resolve(wanted), *whole = resolve(path);
    const size_t n = there != NULL ? strlen(there) : 0;
    const bool found = there != NULL && whole != NULL && strncmp(whole, there, n) == 0 && (whole[n] == '/' || whole[n] == '\0');
    free(wanted);
    free(there);
    free(whole);
    return found;
}

/* A folder with both keys is handed out, whichever draw's it is. */
static bool is_published(const char *path)
{
    char *whole = resolve(path);
    if (whole == NULL) return false;
    *(strrchr(whole, '/') + 1) = '\0';
    char *key = file_path(whole, "log.vkey"), *pub = file_path(whole, "minisign.pub");
    const bool found = access(key, F_OK) == 0 && access(pub, F_OK) == 0;
    free(key);
    free(pub);
    free(whole);
    return found;
}

int closed_folder(const char *folder, const char *path)
{
    if (!lies_in(path, folder, "public") && !is_published(path)) return STATUS_RUN;
    complain(_("%s would be published: it holds rows of the list, and with the seed whoever knows the list finds every child in it"), SHOW(text_of(path)));
    return STATUS_REFUSED;
}

int closed_file(const char *folder, const char *path, bool made_up)
{
    int status = closed_folder(folder, path);
    if (status != STATUS_RUN || made_up || lies_in(path, folder, "private")) return status;
    complain(_("a rehearsal of real rows stays in private/: with the seed whoever knows the list finds every child in it.\n"
               "    Leave --log out, or name a file in %s/private; say --made-up if the rows are nobody's"),
             folder);
    return STATUS_REFUSED;
}
