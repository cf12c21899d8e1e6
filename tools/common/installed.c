#define _DEFAULT_SOURCE 1 /* readlink */
#include "common/installed.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool installed_beside(char out[INSTALLED_BYTES], const char *name)
{
    const ssize_t n = readlink("/proc/self/exe", out, INSTALLED_BYTES - 1);
    if (n <= 0) return false;
    out[n] = '\0';
    char *slash = strrchr(out, '/');
    if (slash == NULL) return false;
    const size_t room = INSTALLED_BYTES - (size_t)(slash + 1 - out);
    return (size_t)snprintf(slash + 1, room, "%s", name) < room && access(out, R_OK) == 0;
}
