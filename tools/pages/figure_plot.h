/* A figure of a school's balance as a small picture: class by class what was reached, and the band that was asked for. */
#ifndef SUNLOT_TOOLS_FIGURE_PLOT_H
#define SUNLOT_TOOLS_FIGURE_PLOT_H

#include <stdio.h>

#include "sunlot.h"

/* Counts are bars from 0, means and deviations dots.  Of a count with lo above hi nothing was asked.  Words and numbers are those of any language but the description, which is in both. */
void figure_plot(FILE *to, const sunlot_figure *figure);

/* A number in units of 0.00001 with so many decimals, 0 to 5, rounded, halves away from zero; sign: also for what is not negative. */
void figure_decimal(FILE *to, int64_t value, unsigned decimals, bool sign);
/* How many decimals tell classes apart where this gap was asked. */
unsigned figure_decimals(int64_t gap);
/* What a class reached: of a mean the mean itself. */
int64_t figure_reached(const sunlot_figure *figure, uint32_t class_);

#endif
