/* The same job on several threads. */
#ifndef SUNLOT_TESTS_PARALLEL_H
#define SUNLOT_TESTS_PARALLEL_H

#include <stdint.h>

#define PARALLEL_MOST 16u

/* Run job(user, 0) … job(user, threads - 1) at once and wait for all.  threads from 1 to PARALLEL_MOST. */
void parallel_run(void (*job)(void *user, uint32_t thread), void *user, uint32_t threads);

#endif
