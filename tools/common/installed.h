/* Files that come with the programs: found beside the one that runs. */
#ifndef SUNLOT_TOOLS_INSTALLED_H
#define SUNLOT_TOOLS_INSTALLED_H

#include <stdbool.h>

#define INSTALLED_BYTES 4096u

/* Name the file at `name`, relative to the folder of the running program.  Returns false where there is none that can be read. */
bool installed_beside(char out[INSTALLED_BYTES], const char *name);

#endif
