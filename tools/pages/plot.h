/* Small pictures as inline SVG, without script, in the colours of the page that holds them. */
#ifndef SUNLOT_TOOLS_PLOT_H
#define SUNLOT_TOOLS_PLOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "sunlot.h"

/* A heading, the names of the axes, and what a reader without eyes is told; all in one language, as plain text. */
typedef struct {
    const char *title, *x, *y;
} plot_words;

/* Bars of counts over equal steps from `from` to `to_`, and the counts that are expected, if any: a line with a band of two standard deviations for a
 * flat one. */
typedef struct {
    const double *bar, *expected; /* [bars] */
    uint32_t bars;
    double from, to_;
    uint32_t marks; /* steps between the numbers below the axis */
    bool band;
    bool whole; /* each bar is a whole number, the first one `from` */
} plot_bars;
void plot_write_bars(FILE *to, const plot_words *words, const plot_bars *b);

/* Chances in ascending order against those that are expected, both as −log10. */
void plot_write_quantiles(FILE *to, const plot_words *words, const double *p, size_t n);

/* A table of deviations by colour, from −4 (blue) by 0 (none) to 4 (red). */
void plot_write_heat(FILE *to, const plot_words *words, const double *off, uint32_t rows, uint32_t columns);

/* Points on logarithmic axes around the diagonal, their size by weight. */
typedef struct {
    double x, y, weight;
} plot_point;
void plot_write_points(FILE *to, const plot_words *words, const plot_point *point, size_t n);

#endif
