/* Schools side by side. */
#ifndef SUNLOT_TOOLS_JOBS_H
#define SUNLOT_TOOLS_JOBS_H

#include "sunlot.h"

/* Do piece number `index`; pieces run at the same time and in any order, so each writes to its own place only.
 * SUNLOT_ERR_NOT_PLACED is noted; any other error stops the work. */
typedef sunlot_err jobs_fn(void *user, uint32_t index);

/* Do the pieces 0 … count-1 on `jobs` threads.  On a terminal, standard error shows how many of them are done, after the word `what`.
 * Returns SUNLOT_OK, or the error that stopped the work, or SUNLOT_ERR_NOT_PLACED. */
SUNLOT_MUST_CHECK sunlot_err jobs_run(uint32_t jobs, uint32_t count, const char *what, jobs_fn *work, void *user);

/* A crew for the library: its pieces on `*jobs` threads, without progress.  jobs is borrowed. */
sunlot_crew jobs_crew(uint32_t *jobs);

#endif
