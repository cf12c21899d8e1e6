#include "common/jobs.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "common/files.h"
#include "common/messages.h"

typedef struct {
    pthread_mutex_t lock;
    uint32_t next, done, count;
    sunlot_err stopped; /* the error that ended the work */
    bool not_placed;
    const char *what;      /* NULL: no progress is shown */
    struct timespec shown; /* when progress was last shown */
    jobs_fn *work;
    void *user;
} crew;

/* Show how far it is, at most ten times a second; called with the lock held. */
static void show_progress(crew *c)
{
    struct timespec now;
    if (c->what == NULL || clock_gettime(CLOCK_MONOTONIC, &now) != 0) return;
    long long passed = (long long)(now.tv_sec - c->shown.tv_sec) * 10 + (now.tv_nsec - c->shown.tv_nsec) / 100000000;
    if (passed < 1) return;
    c->shown = now;
    (void)fprintf(stderr, "\r%s %u/%u ", c->what, (unsigned)c->done, (unsigned)c->count);
    (void)fflush(stderr);
}

static void *worker(void *argument)
{
    crew *c = argument;
    (void)pthread_mutex_lock(&c->lock);
    while (c->stopped == SUNLOT_OK && c->next < c->count) {
        uint32_t index = c->next++;
        (void)pthread_mutex_unlock(&c->lock);
        sunlot_err err = c->work(c->user, index);
        (void)pthread_mutex_lock(&c->lock);
        c->done++;
        if (err == SUNLOT_ERR_NOT_PLACED)
            c->not_placed = true;
        else if (err != SUNLOT_OK && c->stopped == SUNLOT_OK)
            c->stopped = err;
        show_progress(c);
    }
    (void)pthread_mutex_unlock(&c->lock);
    return NULL;
}

sunlot_err jobs_run(uint32_t jobs, uint32_t count, const char *what, jobs_fn *work, void *user)
{
    crew c = {.count = count, .work = work, .user = user, .what = isatty(STDERR_FILENO) ? what : NULL};
    if (pthread_mutex_init(&c.lock, NULL) != 0) return SUNLOT_ERR_MEMORY;
    if (clock_gettime(CLOCK_MONOTONIC, &c.shown) != 0) c.what = NULL;

    /* This thread works too, so that it also goes on where no other can be started. */
    uint32_t others = (jobs < count ? jobs : count) > 1 ? (jobs < count ? jobs : count) - 1 : 0;
    pthread_t *thread = need(others, sizeof *thread);
    uint32_t started = 0;
    while (started < others && pthread_create(&thread[started], NULL, worker, &c) == 0) started++;
    (void)worker(&c);
    for (uint32_t i = 0; i < started; i++) (void)pthread_join(thread[i], NULL);
    free(thread);
    (void)pthread_mutex_destroy(&c.lock);
    if (c.what != NULL) (void)fprintf(stderr, "\r\033[K");
    if (c.stopped != SUNLOT_OK) return c.stopped;
    return c.not_placed ? SUNLOT_ERR_NOT_PLACED : SUNLOT_OK;
}

static sunlot_err run_crew(void *user, uint32_t count, sunlot_piece_fn *piece, void *work) { return jobs_run(*(uint32_t *)user, count, NULL, piece, work); }

sunlot_crew jobs_crew(uint32_t *jobs) { return (sunlot_crew){run_crew, jobs}; }
