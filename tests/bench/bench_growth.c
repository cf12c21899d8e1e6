/* How a placement's time grows as students, classes and rules double, each by itself.  Prints CSV: README.md. */
#include <stdio.h>
#include <string.h>

#include "bench/figure.h"
#include "support/made_problem.h"

#define RUNS      5
#define MIX       1000u
#define FIRST     64u /* tries until one is placed */
#define DOUBLINGS 4u

typedef struct {
    uint32_t rows, groups, columns, sums;
} shape;

static const struct {
    const char *name;
    shape of[DOUBLINGS];
} series[] = {
    {"students (25 classes; 6 categories; 2 scores)", {{500, 25, 6, 2}, {1000, 25, 6, 2}, {2000, 25, 6, 2}, {4000, 25, 6, 2}}},
    {"classes (2000 students; 6 categories; 2 scores)", {{2000, 10, 6, 2}, {2000, 20, 6, 2}, {2000, 40, 6, 2}, {2000, 80, 6, 2}}},
    {"categories (1250 students in 25 classes; 2 scores)", {{1250, 25, 1, 2}, {1250, 25, 2, 2}, {1250, 25, 4, 2}, {1250, 25, 8, 2}}},
    {"scores (1250 students in 25 classes; 6 categories)", {{1250, 25, 6, 0}, {1250, 25, 6, 1}, {1250, 25, 6, 2}, {1250, 25, 6, 4}}},
};

static uint32_t number_of(const shape *s, size_t which) { return which == 0 ? s->rows : which == 1 ? s->groups : which == 2 ? s->columns : s->sums; }

/* Nanoseconds of the quickest of several runs of the first try that is placed; or, without any, FIGURE_NONE. */
static double place(const shape *of)
{
    static made_row row[SUNLOT_MAX_SCHOOL_STUDENTS];
    static uint16_t group[SUNLOT_MAX_SCHOOL_STUDENTS];
    made_school school;
    sunlot_place_report report = {.placed = false};
    sunlot_stream s;
    uint8_t key[32];
    made_key(key, 1000);
    sunlot_stream_init(&s, key);
    made_fill(&school, row, of->rows, of->groups, of->columns, of->sums, 2000, 0, &s);
    made_problem made = made_lower(&school, &s);
    double least = FIGURE_NONE;
    uint32_t first = 0;
    while (first < FIRST && !report.placed) made_place(&made, group, &report, ++first, MIX);
    for (int run = 0; run < RUNS && report.placed; run++) {
        const double from = figure_now();
        made_place(&made, group, &report, first, MIX);
        least = figure_least(least, figure_now() - from);
    }
    made_free(&made);
    return least;
}

int main(void)
{
    if (sunlot_init() != SUNLOT_OK) return 1;
    figure_heading();
    for (size_t i = 0; i < sizeof series / sizeof *series; i++) {
        double before = FIGURE_NONE;
        for (size_t d = 0; d < DOUBLINGS; d++) {
            char figure[160];
            const double now = place(&series[i].of[d]);
            (void)snprintf(figure, sizeof figure, "growth by %s: %u", series[i].name, (unsigned)number_of(&series[i].of[d], i));
            if (now >= FIGURE_NONE)
                (void)printf("%s,not placed,,,,\n", figure);
            else
                figure_print(figure, now / 1e6, "ms", before < FIGURE_NONE ? "the line before" : "itself", before < FIGURE_NONE ? before / 1e6 : now / 1e6,
                             d > 0 && i == 0 ? "ratio 2" : "");
            before = now;
        }
    }
    return 0;
}
