/* Probabilities of deviations, and their correction for how many were looked at.
 *
 * From the C library's mathematics alone: the regularised incomplete gamma function by its series and its continued fraction
 * (Abramowitz and Stegun 6.5.29 and 6.5.31), good to about 12 digits. */
#ifndef SUNLOT_TOOLS_CHANCE_H
#define SUNLOT_TOOLS_CHANCE_H

#include <stddef.h>

/* Chance that a chi-square of df degrees of freedom is at least x; 1 if df ≤ 0. */
double chance_chi_square(double x, double df);

/* Chance that a standard normal number is at least as far from 0 as z, on either side. */
double chance_normal(double z);

/* Chance of a count at least as far out as `count` where `mean` is expected: twice the smaller tail of a Poisson law, at most 1.  A sum of yes-or-no draws
 * spreads less than that law, so the answer is never too small for one. */
double chance_poisson(double count, double mean);

/* Holm's correction of n chances, in their order: what is below a level in the result is below it whatever the n tests depend on, save with that level's
 * chance.  With p_1 ≤ p_2 ≤ … the i-th becomes the greatest of (n − j + 1)·p_j over j ≤ i, at most 1. */
void chance_holm(double *corrected, const double *p, size_t n);

#endif
