/* Probabilities against laws that can be summed by hand. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "trials/chance.h"

static void expect_near(double a, double b, double relative)
{
    if (fabs(a - b) > relative * fabs(b) + 1e-300) fail_msg("%.17g is not %.17g", a, b);
}

/* With 2a degrees the chance is that of fewer than a events where x/2 are expected: e^-m Σ m^k/k!. */
static double few_events(int a, double mean)
{
    double term = exp(-mean), sum = 0;
    for (int k = 0; k < a; k++) {
        sum += term;
        term *= mean / (k + 1);
    }
    return sum;
}

static void test_chi_square(void **state)
{
    (void)state;
    for (int a = 1; a < 200; a += a < 20 ? 1 : 13)
        for (double x = 0.1; x < 600; x *= 1.3) expect_near(chance_chi_square(x, 2 * a), few_events(a, x / 2), 1e-10);
    for (double x = 0.01; x < 300; x *= 1.5) {
        expect_near(chance_chi_square(x, 1), erfc(sqrt(x / 2)), 1e-10);
        expect_near(chance_chi_square(x, 3), erfc(sqrt(x / 2)) + sqrt(2 * x / 3.14159265358979323846) * exp(-x / 2), 1e-10);
    }
    /* from printed tables */
    expect_near(chance_chi_square(3.841459, 1), 0.05, 1e-6);
    expect_near(chance_chi_square(36.41503, 24), 0.05, 1e-6);
    expect_near(chance_chi_square(42.97982, 24), 0.01, 1e-6);
    expect_near(chance_chi_square(149.4493, 100), 0.001, 1e-5);
    assert_true(chance_chi_square(0, 5) >= 1 && chance_chi_square(-1, 5) >= 1 && chance_chi_square(7, 0) >= 1);
    /* many degrees: by Wilson and Hilferty the cube root is nearly normal */
    const double df = 16129, z = (cbrt(16500 / df) - (1 - 2 / (9 * df))) / sqrt(2 / (9 * df));
    expect_near(chance_chi_square(16500, df), erfc(z / sqrt(2)) / 2, 1e-3);
}

static void test_normal(void **state)
{
    (void)state;
    expect_near(chance_normal(1.959963984540054), 0.05, 1e-12);
    expect_near(chance_normal(-3.290526731491926), 0.001, 1e-11);
    expect_near(chance_normal(0), 1, 1e-15);
}

static void test_poisson(void **state)
{
    (void)state;
    for (int k = 0; k < 60; k++) {
        for (double mean = 0.5; mean < 40; mean *= 1.7) {
            const double few = few_events(k + 1, mean), many = 1 - few_events(k, mean), tail = 2 * fmin(few, many);
            if (tail > 1e-9) expect_near(chance_poisson(k, mean), fmin(1, tail), 1e-5);
        }
    }
    assert_true(chance_poisson(100, 20) > 0 && chance_poisson(100, 20) < 1e-30);
    assert_true(chance_poisson(0, 50) < 1e-20);
}

static void test_holm(void **state)
{
    (void)state;
    static const double p[] = {0.01, 0.04, 0.03, 0.005}, expected[] = {0.03, 0.06, 0.06, 0.02};
    double out[4];
    chance_holm(out, p, 4);
    for (int i = 0; i < 4; i++) expect_near(out[i], expected[i], 1e-12);
    static const double large[] = {0.7, 0.5};
    chance_holm(out, large, 2);
    assert_true(out[0] >= 1 && out[1] >= 1);
    chance_holm(out, NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_chi_square), cmocka_unit_test(test_normal), cmocka_unit_test(test_poisson),
                                       cmocka_unit_test(test_holm)};
    return cmocka_run_group_tests_name("chance", tests, NULL, NULL);
}
