/* A measured figure beside its yardstick; time; the cost of a random word. */
#ifndef SUNLOT_BENCH_FIGURE_H
#define SUNLOT_BENCH_FIGURE_H

#include <stdint.h>

#define FIGURE_NONE 1e300 /* least of nothing */

/* A heading, then a figure a line: its name, value and unit; the yardstick, measured in the same run, and value / of; the goal, or "". */
void figure_heading(void);
void figure_print(const char *name, double value, const char *unit, const char *yardstick, double of, const char *goal);

/* Processor time of this program so far, in nanoseconds.  Less is lost in it to others' work than in time by the clock. */
double figure_now(void);

double figure_least(double a, double b);

/* Nanoseconds of sunlot_word, drawn one after the other and nothing else: the best of several runs. */
double figure_word(void);

#endif
