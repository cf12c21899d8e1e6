/* What a placement costs, phase by phase, and a step of it beside drawing its random words alone: of the school example, and of made-up schools.
 * Prints CSV: README.md. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/figure.h"
#include "draw/placement.h"
#include "place/walk.h"
#include "random/stages.h"
#include "support/input_folder.h"
#include "support/made_problem.h"

#define RUNS    7
#define EXAMPLE "vectors/examples/school"

static uint32_t mix = 1000; /* steps a row, the fewest of a live draw unless the second argument says another number */

/* ---- a placement -------------------------------------------------------------------------------------------------------------------- */

typedef enum { ORDER, PAIRS, DEAL, REPAIR, TEMPER, WALK, PHASES } phase;

typedef struct {
    double time[PHASES]; /* the least of all runs, nanoseconds */
    uint64_t steps[PHASES], words[PHASES];
    bool placed; /* at the first look */
} phases;

static uint64_t words_read(const sunlot_stream *s) { return ((uint64_t)s->block * 64 - sizeof s->bytes + s->at) / 4; }

static void end_phase(phases *out, phase which, double *from, const sunlot_stream *s, uint64_t *read)
{
    const double now = figure_now();
    const uint64_t all = words_read(s);
    out->time[which] = figure_least(out->time[which], now - *from);
    out->words[which] = all - *read;
    *read = all;
    *from = figure_now();
}

/* The parts of sunlot_place up to the first look, one by one.  e and s are left as they are then.  Returns false if it is not repaired. */
static bool place(phases *out, sunlot_engine *e, sunlot_stream *s, sunlot_price *price, const sunlot_problem *p, const uint8_t key32[32], void *room)
{
    static uint32_t start[SUNLOT_MAX_SCHOOL_STUDENTS];
    uint64_t read = 0;
    *e = (sunlot_engine){.p = p};
    memset(room, 0, sunlot_engine_lay(e, room));
    sunlot_stream_init(s, key32);
    double from = figure_now();
    sunlot_engine_order(e, start);
    end_phase(out, ORDER, &from, s, &read);
    sunlot_engine_pair(e);
    end_phase(out, PAIRS, &from, s, &read);
    if (!sunlot_engine_deal(e)) return false;
    sunlot_engine_count(e);
    end_phase(out, DEAL, &from, s, &read);
    if (!sunlot_repair(e, s, &out->steps[REPAIR])) return false;
    end_phase(out, REPAIR, &from, s, &read);
    out->steps[TEMPER] = 0;
    sunlot_engine_grain(e, 10);
    *price = sunlot_temper(e, s, &out->steps[TEMPER]);
    end_phase(out, TEMPER, &from, s, &read);
    out->steps[WALK] = (uint64_t)mix * (p->rows > SUNLOT_PLACE_FEW ? p->rows : SUNLOT_PLACE_FEW);
    sunlot_walk(e, price, s, out->steps[WALK]);
    end_phase(out, WALK, &from, s, &read);
    out->placed = e->all_counts_off == 0 && e->all_sums_off == 0;
    return true;
}

/* ---- how many steps are taken --------------------------------------------------------------------------------------------------------- */

/* The walk by its plainest means, which says of each step whether it was taken: of `steps` more, the share. */
static double share_taken(sunlot_engine *e, sunlot_stream *s, sunlot_price price, uint64_t steps)
{
    sunlot_pace pace = {.mix = true};
    uint64_t taken = 0;
    while (pace.t < steps) {
        sunlot_step step;
        sunlot_block b;
        uint16_t q[SUNLOT_MAX_UNIT_SEATS];
        sunlot_step_draw(&step, q, e, s, &pace);
        price.most = step.z;
        if (step.kind == SUNLOT_STEP_PAIR)
            taken += e->group[step.i] != e->group[step.j] && sunlot_pair_try(e, step.i, step.j, &price);
        else if (step.kind != SUNLOT_STEP_NOTHING)
            taken += sunlot_block_read(&b, e, &step, q) && sunlot_block_try(&b, e, &price);
    }
    return (double)taken / (double)steps;
}

/* ---- figures -------------------------------------------------------------------------------------------------------------------------------- */

static void print_step(const char *name, const char *what, const phases *x, phase which, double word, const char *goal)
{
    char figure[160];
    if (x->steps[which] == 0) return;
    const double steps = (double)x->steps[which];
    (void)snprintf(figure, sizeof figure, "%s: a proposal in %s", name, what);
    figure_print(figure, x->time[which] / steps, "ns", "its random words", word * (double)x->words[which] / steps, goal);
}

/* Measure a problem and print its figures.  Returns the nanoseconds of the whole placement, and in *words those of its random words. */
static double bench(const char *name, const sunlot_problem *p, const uint8_t key32[32], void *room, double *words)
{
    static const char *const title[PHASES] = {"order", "pairs", "deal", "repair", "tempering", "walk"};
    phases x = {.placed = false};
    sunlot_engine e;
    sunlot_stream s;
    sunlot_price price;
    char figure[160];
    double whole = FIGURE_NONE, word = FIGURE_NONE;
    for (int i = 0; i < PHASES; i++) x.time[i] = FIGURE_NONE;
    for (int run = 0; run < RUNS; run++) {
        word = figure_least(word, figure_word());
        const double from = figure_now();
        if (!place(&x, &e, &s, &price, p, key32, room)) {
            (void)fprintf(stderr, "bench_place: %s: not repaired\n", name);
            exit(1);
        }
        whole = figure_least(whole, figure_now() - from);
    }
    *words = word * (double)words_read(&s);
    print_step(name, "repair", &x, REPAIR, word, "");
    print_step(name, "the mix", &x, WALK, word, "ratio 3");
    (void)snprintf(figure, sizeof figure, "%s: proposals taken in the mix", name);
    figure_print(figure, 100 * share_taken(&e, &s, price, 20 * (uint64_t)p->rows), "%", "all", 100, "");
    for (int i = 0; i < PHASES; i++) {
        (void)snprintf(figure, sizeof figure, "%s: %s", name, title[i]);
        figure_print(figure, x.time[i] / 1e6, "ms", "the placement", whole / 1e6, "");
    }
    (void)snprintf(figure, sizeof figure, x.placed ? "%s: the placement" : "%s: the placement up to its first look", name);
    figure_print(figure, whole / 1e6, "ms", "its random words", *words / 1e6, "");
    return whole;
}

/* ---- the school example ---------------------------------------------------------------------------------------------------------------------- */

static void bench_example(const char *path)
{
    static const char *const stage[SUNLOT_WHOS] = {"place", "teams"}, *const who[SUNLOT_WHOS] = {"students", "teachers"};
    const uint8_t seed[32] = {7};
    char *text[SUNLOT_FILE_COUNT], name[160];
    sunlot_placement p;
    double whole = 0, words = 0, more;
    input_folder_read(text, path);
    sunlot_roster *r = input_folder_roster(text, path);
    if (sunlot_placement_prepare(&p, r, 0, 1) != SUNLOT_OK) exit(1);
    const sunlot_digest tickets = sunlot_stage_key(seed, "ticket", p.school->name, 0, 0);
    for (int w = 0; w < (p.forms ? SUNLOT_WHOS : 1); w++) {
        const sunlot_digest key = sunlot_stage_key(seed, stage[w], p.school->name, 1, 1);
        sunlot_lowered_tickets(&p.lowered[w], p.school, w, &tickets);
        (void)snprintf(name, sizeof name, "school example's %s (%u rows in %u groups)", who[w], (unsigned)p.lowered[w].p.rows, (unsigned)p.lowered[w].p.groups);
        whole += bench(name, &p.lowered[w].p, key.b, p.room, &more);
        words += more;
    }
    figure_print("school example: all of the engine", whole / 1e6, "ms", "its random words", words / 1e6, "30 ms");
    sunlot_placement_release(&p);
    sunlot_roster_free(r);
}

/* ---- made-up schools -------------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    const char *name;
    uint32_t rows, groups, columns, sums;
    int64_t gap;
    uint32_t twins; /* per mille */
} made_case;

static const made_case cases[] = {
    {"1250 in 25 without scores", 1250, 25, 6, 0, 0, 0},          {"1250 in 25 with 3 scores gap 1.0", 1250, 25, 6, 3, 1000, 0},
    {"1250 in 25 with 3 scores gap 0.5", 1250, 25, 6, 3, 500, 0}, {"1250 in 25 with 3 scores gap 0.5 and twins", 1250, 25, 6, 3, 500, 30},
    {"180 in 4 with 3 scores gap 0.5", 180, 4, 6, 3, 500, 0},     {"211 in 9 with 2 scores gap 1.0 and twins", 211, 9, 3, 2, 1000, 20},
};

static void bench_made(const made_case *c)
{
    static made_row row[SUNLOT_MAX_SCHOOL_STUDENTS];
    made_school school;
    sunlot_stream s;
    uint8_t key[32];
    double words;
    made_key(key, 1000);
    sunlot_stream_init(&s, key);
    made_fill(&school, row, c->rows, c->groups, c->columns, c->sums, c->gap, c->twins, &s);
    made_problem made = made_lower(&school, &s);
    made_key(key, 1);
    (void)bench(c->name, &made.p, key, made.room, &words);
    made_free(&made);
}

int main(int argc, char **argv)
{
    if (sunlot_init() != SUNLOT_OK) return 1;
    figure_heading();
    if (argc > 2) mix = (uint32_t)strtoul(argv[2], NULL, 10);
    bench_example(argc > 1 ? argv[1] : EXAMPLE);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) bench_made(&cases[i]);
    return 0;
}
