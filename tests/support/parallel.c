#include "parallel.h"

#include <pthread.h>

#include "base/alloc.h"

typedef struct {
    void (*job)(void *user, uint32_t thread);
    void *user;
    uint32_t thread;
} task;

static void *start(void *arg)
{
    const task *t = arg;
    t->job(t->user, t->thread);
    return NULL;
}

void parallel_run(void (*job)(void *user, uint32_t thread), void *user, uint32_t threads)
{
    pthread_t id[PARALLEL_MOST];
    task of[PARALLEL_MOST];
    for (uint32_t t = 0; t < threads; t++) {
        of[t] = (task){job, user, t};
        SUNLOT_REQUIRE(pthread_create(&id[t], NULL, start, &of[t]) == 0);
    }
    for (uint32_t t = 0; t < threads; t++) SUNLOT_REQUIRE(pthread_join(id[t], NULL) == 0);
}
