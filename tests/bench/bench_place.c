/* What a step of the engine costs, on made-up schools.  Prints CSV: name,value,unit,ratio; ratio is the value in words of the stream, drawn alone on this
 * machine at this moment.  Each value is the best of several runs. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "place/walk.h"
#include "support/made_problem.h"

#define RUNS 5

typedef struct {
    const char *name;
    uint32_t rows, groups, columns, sums;
    int64_t gap;
    uint32_t twins; /* per mille */
    bool teachers;
} bench_case;

static const bench_case cases[] = {
    {"1250 students in 25 groups without scores", 1250, 25, 6, 0, 0, 0, false},
    {"1250 in 25 with 3 scores gap 1.0", 1250, 25, 6, 3, 1000, 0, false},
    {"1250 in 25 with 3 scores gap 0.5", 1250, 25, 6, 3, 500, 0, false},
    {"1250 in 25 with 3 scores gap 0.5 and twins", 1250, 25, 6, 3, 500, 30, false},
    {"180 in 4 with 3 scores gap 0.5", 180, 4, 6, 3, 500, 0, false},
    {"211 in 9 with 2 scores gap 1.0 and twins", 211, 9, 3, 2, 1000, 20, false},
    {"225 sections in 25 teams", 225, 25, 2, 1, 6000, 0, true},
};

static made_row row[SUNLOT_MAX_SCHOOL_STUDENTS];

static double milliseconds(void) { return (double)clock() * 1000.0 / (double)CLOCKS_PER_SEC; }

#define NONE_YET 1e30

static double best(double least, double value) { return value < least ? value : least; }

static double word_cost(void)
{
    const uint8_t key[32] = {1};
    sunlot_stream s;
    double least = NONE_YET;
    uint32_t sum = 0;
    for (int run = 0; run < RUNS; run++) {
        sunlot_stream_init(&s, key);
        const double from = milliseconds();
        for (uint32_t i = 0; i < 8000000; i++) sum += sunlot_word(&s);
        least = best(least, (milliseconds() - from) / 8.0);
    }
    printf("word of the stream,%.2f,ns,%.2f\n", least, sum == 0 ? 0.0 : 1.0); /* the sum is used, so that the words are drawn */
    return least;
}

/* Nine subjects with one section a team; the first code says who leads a team. */
static void make_teachers(made_school *school)
{
    for (uint32_t r = 0; r < school->rows; r++) {
        row[r].stratum = (uint8_t)(r / school->groups);
        row[r].code[0] = r % 9 != 0;
    }
}

static void bench(const bench_case *c, double word)
{
    uint8_t key[32];
    sunlot_stream s;
    made_school school;
    double order = NONE_YET, repair = NONE_YET, step = NONE_YET, all = NONE_YET;
    made_key(key, 1000);
    sunlot_stream_init(&s, key);
    made_fill(&school, row, c->rows, c->groups, c->columns, c->sums, c->gap, c->twins, &s);
    if (c->teachers) make_teachers(&school);
    made_problem made = made_lower(&school, &s);
    uint32_t start[SUNLOT_MAX_SCHOOL_STUDENTS];
    for (int run = 0; run < RUNS; run++) {
        sunlot_engine e = {.p = &made.p};
        uint64_t repair_steps = 0, mix_steps = 0;
        uint32_t looks = 0;
        memset(made.room, 0, sunlot_engine_lay(&e, made.room));
        made_key(key, 1);
        sunlot_stream_init(&s, key);
        const double begin = milliseconds();
        sunlot_engine_order(&e, start);
        sunlot_engine_pair(&e);
        if (!sunlot_engine_deal(&e)) return;
        sunlot_engine_count(&e);
        const double dealt = milliseconds();
        const bool repaired = sunlot_repair(&e, &s, &repair_steps);
        const double mended = milliseconds();
        if (!repaired || !sunlot_mix(&e, &s, 3000, &looks, &mix_steps)) printf("%s,not placed,,\n", c->name);
        const double end = milliseconds();
        order = best(order, dealt - begin);
        repair = best(repair, mended - dealt);
        if (mix_steps != 0) step = best(step, (end - mended) * 1e6 / (double)mix_steps);
        all = best(all, end - begin);
    }
    printf("%s: order and deal,%.2f,ms,\n", c->name, order);
    printf("%s: repair,%.2f,ms,\n", c->name, repair);
    printf("%s: a step of the mix,%.2f,ns,%.2f\n", c->name, step, step / word);
    printf("%s: a placement,%.2f,ms,\n", c->name, all);
    made_free(&made);
}

int main(void)
{
    if (sunlot_init() != SUNLOT_OK) return 1;
    const double word = word_cost();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) bench(&cases[i], word);
    return 0;
}
