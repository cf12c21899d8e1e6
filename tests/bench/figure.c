#include "bench/figure.h"

#include <stdio.h>
#include <time.h>

#include "random/stream.h"

#define RUNS  5
#define WORDS 2000000u

static volatile uint32_t used; /* so that what is drawn is not left out */

void figure_heading(void) { (void)printf("figure,value,unit,yardstick,ratio,goal\n"); }

void figure_print(const char *name, double value, const char *unit, const char *yardstick, double of, const char *goal)
{
    (void)printf("%s,%.*f,%s,%s,%.2f,%s\n", name, value < 1 ? 4 : 2, value, unit, yardstick, value / of, goal);
    (void)fflush(stdout);
}

double figure_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

double figure_least(double a, double b) { return a < b ? a : b; }

double figure_word(void)
{
    const uint8_t key[32] = {1};
    sunlot_stream s;
    double least = FIGURE_NONE;
    for (int run = 0; run < RUNS; run++) {
        uint32_t sum = 0;
        sunlot_stream_init(&s, key);
        const double from = figure_now();
        for (uint32_t i = 0; i < WORDS; i++) sum += sunlot_word(&s);
        used = sum;
        least = figure_least(least, (figure_now() - from) / WORDS);
    }
    return least;
}
