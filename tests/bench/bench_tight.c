/* Rules that are tight or cross each other: how often one try finds a placement, what it takes, and how far off those are that do not.  Prints CSV; see
 * tests/bench/README.md.
 *
 *     bench_tight [TRIES [MIX]]        12 tries of each case, a walk of 100 steps a row */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "place/walk.h"
#include "support/made_problem.h"

#define MOST_TRIES 1000u

typedef struct {
    const char *name;
    uint32_t rows, groups, columns, sums;
    int64_t gap;
    uint32_t twins;    /* per mille of the rows are twins */
    uint32_t triplets; /* so many triplets */
    uint32_t weights;  /* so many students of four seats, all in the first quarter of the rows; at most one of them in a class */
    uint32_t names;    /* so many names, each shared by as many students as there are classes: one in each */
} tight_case;

static const tight_case cases[] = {
    {"1250 in 25: 6 categories and 3 scores within 0.5", 1250, 25, 6, 3, 500, 0, 0, 0, 0},
    {"1250 in 25: 6 categories and 3 scores within 0.2", 1250, 25, 6, 3, 200, 0, 0, 0, 0},
    {"1250 in 25: 6 categories and 3 scores within 0.1", 1250, 25, 6, 3, 100, 0, 0, 0, 0},
    {"1250 in 25: 12 categories", 1250, 25, 12, 0, 0, 0, 0, 0, 0},
    {"1250 in 50: 8 categories", 1250, 50, 8, 0, 0, 0, 0, 0, 0},
    {"500 in 50: 6 categories and 3 scores within 3", 500, 50, 6, 3, 3000, 0, 0, 0, 0},
    {"500 in 50: 6 categories and 3 scores within 2", 500, 50, 6, 3, 2000, 0, 0, 0, 0},
    {"500 in 50: 6 categories and 3 scores within 1", 500, 50, 6, 3, 1000, 0, 0, 0, 0},
    {"180 in 4: 6 categories and 3 scores within 0.5", 180, 4, 6, 3, 500, 0, 0, 0, 0},
    {"180 in 4: 6 categories and 3 scores within 0.2", 180, 4, 6, 3, 200, 0, 0, 0, 0},
    {"90 in 2: 4 categories and 3 scores within 0.1", 90, 2, 4, 3, 100, 0, 0, 0, 0},
    {"1250 in 25 within 0.5: 30 pairs and 10 triplets", 1250, 25, 6, 3, 500, 48, 10, 0, 0},
    {"180 in 4 within 0.5: 5 pairs and 3 triplets", 180, 4, 6, 3, 500, 56, 3, 0, 0},
    {"180 in 4 within 1: 3 students of four seats", 180, 4, 6, 3, 1000, 0, 0, 3, 0},
    {"1250 in 25 within 0.5: 3 names of 25 students each", 1250, 25, 6, 3, 500, 0, 0, 0, 3},
    {"1250 in 25 within 0.5: pairs and triplets and seats and names", 1250, 25, 6, 3, 500, 30, 5, 12, 3},
};

static made_row row[SUNLOT_MAX_SCHOOL_STUDENTS];

static double milliseconds(void) { return (double)clock() * 1000.0 / (double)CLOCKS_PER_SEC; }

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Ties beyond the twins of made_fill.  Rows that are tied already are passed over. */
static void tie(const tight_case *c, made_school *school, uint16_t *limit_max)
{
    uint16_t block = (uint16_t)c->rows, token = 0;
    uint32_t r = 0;
    for (uint32_t t = 0; t < c->triplets; t++, r += 3) {
        while (row[r].together != 0 || row[r + 1].together != 0 || row[r + 2].together != 0) r++;
        row[r].together = row[r + 1].together = row[r + 2].together = ++block;
    }
    if (c->weights != 0) limit_max[token++] = 1;
    for (uint32_t w = 0; w < c->weights; w++, r++) {
        while (row[r].together != 0) r++;
        row[r].seats = 4;
        row[r].limit[0] = token;
    }
    for (uint32_t n = 0; n < c->names; n++) {
        limit_max[token++] = 1;
        for (uint32_t k = 0; k < c->groups; k++, r++) {
            while (row[r].together != 0) r++;
            row[r].limit[0] = token;
        }
    }
    school->limits = token;
    school->limit_max = limit_max;
}

/* Seats that are as equal as can be, students of several seats counted. */
static void seat(made_school *school, uint16_t *group_size)
{
    uint32_t seats = 0;
    for (uint32_t r = 0; r < school->rows; r++) seats += row[r].seats;
    for (uint32_t g = 0; g < school->groups; g++) group_size[g] = (uint16_t)(seats / school->groups + (g < seats % school->groups));
    school->group_size = group_size;
}

static void bench(const tight_case *c, uint32_t tries, uint32_t mix)
{
    static uint16_t group[SUNLOT_MAX_SCHOOL_STUDENTS], limit_max[8], group_size[SUNLOT_MAX_SCHOOL_CLASSES];
    static uint32_t start[SUNLOT_MAX_SCHOOL_STUDENTS];
    static double steps[MOST_TRIES], time[MOST_TRIES];
    uint8_t key[32];
    sunlot_stream s;
    made_school school;
    made_key(key, 1000);
    sunlot_stream_init(&s, key);
    made_fill(&school, row, c->rows, c->groups, c->columns, c->sums, c->gap, c->twins, &s);
    tie(c, &school, limit_max);
    seat(&school, group_size);
    made_problem made = made_lower(&school, &s);
    uint32_t placed = 0;
    double counts = 0, sums = 0;
    for (uint32_t i = 0; i < tries; i++) {
        sunlot_place_report report;
        made_key(key, i + 1);
        const double from = milliseconds();
        sunlot_place(group, start, &report, &made.p, key, mix, made.room);
        time[i] = milliseconds() - from;
        steps[i] = (double)report.repair_steps / c->rows;
        if (report.placed) {
            placed++;
            continue;
        }
        counts += (double)report.counts_off;
        sums += (double)report.sums_off / 1024;
    }
    qsort(steps, tries, sizeof *steps, compare);
    qsort(time, tries, sizeof *time, compare);
    const uint32_t failed = tries - placed;
    printf("%s,%u,%u,%.0f,%.0f,%.1f,%.1f,", c->name, (unsigned)tries, (unsigned)placed, steps[tries / 2], steps[tries - 1], time[tries / 2], time[tries - 1]);
    if (failed == 0)
        printf(",\n");
    else
        printf("%.1f,%.2f\n", counts / failed, sums / failed);
    made_free(&made);
}

int main(int argc, char **argv)
{
    const uint32_t tries = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 12, mix = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 100;
    if (argc > 3 || tries < 1 || tries > MOST_TRIES || mix < 1 || mix > SUNLOT_MAX_MIX || sunlot_init() != SUNLOT_OK) {
        fprintf(stderr, "bench_tight [TRIES [MIX]]\n");
        return 2;
    }
    printf("case,tries,placed,repair median,repair most,ms median,ms most,rows off,sums off\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) bench(&cases[i], tries, mix);
    return 0;
}
