/* Runs a command several times: how long it took, by the clock and in processor time, and how much memory, at best.
 *
 *     timed RUNS FILE COMMAND [ARGUMENT …]
 *
 * FILE is removed before each run.  What the command prints goes nowhere; what it complains of, to standard error.  Prints `wall cpu bytes`: milliseconds of
 * the quickest run, processor milliseconds of the thriftiest, the most memory that any run held. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bench/figure.h"

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static double spent(struct timeval t) { return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3; }

/* What all runs so far took: usr and sys. */
static struct rusage usage(void)
{
    struct rusage u;
    memset(&u, 0, sizeof u);
    getrusage(RUSAGE_CHILDREN, &u);
    return u;
}

static void become(char **command)
{
    const int nowhere = open("/dev/null", O_WRONLY);
    if (nowhere < 0 || dup2(nowhere, STDOUT_FILENO) < 0) _exit(127);
    execvp(command[0], command);
    perror(command[0]);
    _exit(127);
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        (void)fprintf(stderr, "usage: timed RUNS FILE COMMAND [ARGUMENT ...]\n");
        return 2;
    }
    double wall = FIGURE_NONE, cpu = FIGURE_NONE, before = 0;
    for (int run = atoi(argv[1]); run > 0; run--) {
        int status;
        (void)remove(argv[2]);
        const double from = milliseconds();
        const pid_t child = fork();
        if (child == 0) become(argv + 3);
        if (child < 0 || waitpid(child, &status, 0) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
            (void)fprintf(stderr, "timed: %s did not succeed\n", argv[3]);
            return 1;
        }
        wall = figure_least(wall, milliseconds() - from);
        const struct rusage u = usage();
        const double now = spent(u.ru_utime) + spent(u.ru_stime);
        cpu = figure_least(cpu, now - before);
        before = now;
    }
    /* Linux counts kilobytes. */
    (void)printf("%.2f %.2f %.0f\n", wall, cpu, (double)usage().ru_maxrss * 1024);
    return 0;
}
