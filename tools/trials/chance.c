#include "trials/chance.h"

#include <math.h>
#include <stdlib.h>

#include "common/files.h"

enum { MOST_TERMS = 1000000 };
#define CLOSE 1e-15

/* P(a, x) = x^a e^-x / Γ(a+1) · (1 + x/(a+1) + x²/((a+1)(a+2)) + …), for x < a + 1. */
static double lower_series(double a, double x)
{
    double term = 1, sum = 1;
    for (int i = 1; i < MOST_TERMS && term > sum * CLOSE; i++) {
        term *= x / (a + i);
        sum += term;
    }
    return sum * exp(a * log(x) - x - lgamma(a + 1));
}

/* Q(a, x) = x^a e^-x / Γ(a) · 1/(x+1-a- 1(1-a)/(x+3-a- 2(2-a)/(x+5-a- …))), for x ≥ a + 1, evaluated forwards (Lentz). */
static double upper_fraction(double a, double x)
{
    const double tiny = 1e-300;
    double b = x + 1 - a, c = 1 / tiny, d = 1 / b, product = d;
    for (int i = 1; i < MOST_TERMS; i++) {
        const double numerator = -i * (i - a);
        b += 2;
        d = numerator * d + b;
        if (fabs(d) < tiny) d = tiny;
        c = b + numerator / c;
        if (fabs(c) < tiny) c = tiny;
        d = 1 / d;
        product *= d * c;
        if (fabs(d * c - 1) < CLOSE) break;
    }
    return product * exp(a * log(x) - x - lgamma(a));
}

/* The upper tail Q(a, x) of a gamma law, a > 0. */
static double upper_gamma(double a, double x)
{
    if (x <= 0) return 1;
    if (x < a + 1) return fmax(0, 1 - lower_series(a, x));
    return upper_fraction(a, x);
}

static double lower_gamma(double a, double x)
{
    if (x <= 0) return 0;
    if (x < a + 1) return lower_series(a, x);
    return fmax(0, 1 - upper_fraction(a, x));
}

double chance_chi_square(double x, double df) { return df <= 0 ? 1 : upper_gamma(df / 2, x / 2); }

double chance_normal(double z) { return erfc(fabs(z) / sqrt(2)); }

/* At least k events: P(k, mean); at most k: Q(k + 1, mean). */
double chance_poisson(double count, double mean)
{
    const double many = count <= 0 ? 1 : lower_gamma(count, mean), few = upper_gamma(count + 1, mean);
    return fmin(1, 2 * fmin(many, few));
}

typedef struct {
    double p;
    size_t at;
} ranked;

static int by_chance(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->p < y->p) return -1;
    if (x->p > y->p) return 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

void chance_holm(double *corrected, const double *p, size_t n)
{
    ranked *rank = need(n, sizeof *rank);
    for (size_t i = 0; i < n; i++) rank[i] = (ranked){p[i], i};
    qsort(rank, n, sizeof *rank, by_chance);
    double most = 0;
    for (size_t i = 0; i < n; i++) {
        most = fmax(most, fmin(1, (double)(n - i) * rank[i].p));
        corrected[rank[i].at] = most;
    }
    free(rank);
}
