/* How evenly the engine draws: on problems small enough to list every placement that keeps their rules, how often each is drawn.
 *
 *     bench_fair [-d DRAWS] [-m MIX,MIX...] [-c CASE] [-s FIRST] [-j THREADS] [-l]
 *
 * Prints CSV, a line for each case and mix (tests/bench/README.md says what the columns are); with -l, for one case and mix, a line for each
 * placement.  Draws are those numbered FIRST, FIRST + 1 …: the same every time, whatever THREADS.  At least EACH draws are made for each placement. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "random/stream.h"
#include "support/evenness.h"
#include "support/parallel.h"
#include "support/small_case.h"
#include "support/small_listing.h"

#define EACH      2u
#define SAMPLES   200u /* of the uniform law, to compare with */
#define PAIRS     (SMALL_UNITS * SMALL_UNITS)
#define LIVE_MIX  1000u
#define MIXES     16u
#define TOO_FAR   4.0  /* standard deviations */
#define TOO_LARGE 6.0  /* the same for the largest of many, which is far from normal */
#define NO_SPREAD 1e-9 /* what is less is rounding */

typedef struct {
    uint32_t draws, threads, mixes;
    uint32_t mix[MIXES];
    uint64_t first;
    const char *only;
    bool list;
} options;

/* ---- drawing ---- */

typedef struct {
    const small_listing *l;
    const options *o;
    made_problem made[PARALLEL_MOST];
    uint32_t seen[PARALLEL_MOST][SMALL_STATES];
    uint64_t looks[PARALLEL_MOST];
    uint32_t failed[PARALLEL_MOST], outside[PARALLEL_MOST], stayed[PARALLEL_MOST];
    uint32_t draws, mix;
    uint32_t *start; /* [draws] state that the repair left; UINT32_MAX: none */
} drawing;

static void draw_starts(void *user, uint32_t thread)
{
    drawing *d = user;
    for (uint32_t i = thread; i < d->draws; i += d->o->threads) {
        uint16_t group[SMALL_UNITS];
        sunlot_place_report report;
        made_place(&d->made[thread], group, &report, d->o->first + i, 0);
        d->start[i] = report.placed ? small_listing_find(d->l, group) : UINT32_MAX;
    }
}

static void draw_some(void *user, uint32_t thread)
{
    drawing *d = user;
    for (uint32_t i = thread; i < d->draws; i += d->o->threads) {
        uint16_t group[SMALL_UNITS];
        sunlot_place_report report;
        made_place(&d->made[thread], group, &report, d->o->first + i, d->mix);
        d->looks[thread] += report.looks;
        if (!report.placed) {
            d->failed[thread]++;
            continue;
        }
        const uint32_t state = small_listing_find(d->l, group);
        if (state == UINT32_MAX)
            d->outside[thread]++;
        else {
            d->seen[thread][state]++;
            d->stayed[thread] += state == d->start[i];
        }
    }
}

/* ---- what a set of counts says ---- */

typedef struct {
    double distance, chi2, never, class_off, pair_off;
} figures;

/* Chance of each unit and set of groups, and of each two units together, in draws. */
typedef struct {
    double in[SMALL_UNITS][SMALL_GROUPS], with[SMALL_UNITS][SMALL_UNITS];
} chances;

static void add_state(chances *c, const small_listing *l, uint32_t state, double times)
{
    const uint8_t *group = l->state[state];
    for (uint32_t u = 0; u < l->p->units; u++) {
        c->in[u][l->set[group[u]]] += times;
        for (uint32_t v = 0; v < u; v++)
            if (group[u] == group[v]) c->with[u][v] += times;
    }
}

/* A set of interchangeable groups is numbered by a uniform permutation afterwards (SPEC 8.7): each of its groups has the same part of the chance. */
static figures judge(const small_listing *l, const chances *exact, const uint32_t *seen, uint32_t draws)
{
    static chances c;
    figures f = {0};
    const double expected = (double)draws / l->states;
    memset(&c, 0, sizeof c);
    for (uint32_t i = 0; i < l->states; i++) {
        const double off = seen[i] - expected;
        f.chi2 += off * off / expected;
        f.never += seen[i] == 0;
        add_state(&c, l, i, (double)seen[i] / draws);
    }
    f.distance = (double)evenness_distance(seen, l->states, draws) / 1e6;
    for (uint32_t u = 0; u < l->p->units; u++) {
        for (uint32_t g = 0; g < l->p->groups; g++)
            if (l->set[g] == g) f.class_off = fmax(f.class_off, fabs(c.in[u][g] - exact->in[u][g]) / l->set_size[g]);
        for (uint32_t v = 0; v < u; v++) f.pair_off = fmax(f.pair_off, fabs(c.with[u][v] - exact->with[u][v]));
    }
    return f;
}

/* Mean and standard deviation of a figure. */
typedef struct {
    double sum, squares;
} spread;

static void add(spread *s, double x)
{
    s->sum += x;
    s->squares += x * x;
}

static double mean(const spread *s) { return s->sum / SAMPLES; }

static double deviation(const spread *s) { return sqrt(fmax(0, s->squares / SAMPLES - mean(s) * mean(s))); }

static double in_deviations(double x, const spread *s) { return deviation(s) < NO_SPREAD ? 0 : (x - mean(s)) / deviation(s); }

typedef struct {
    spread distance, never, class_off, pair_off;
} noise;

static void sample_noise(noise *n, const small_listing *l, const chances *exact, uint32_t draws)
{
    static uint32_t seen[SMALL_STATES];
    const uint8_t key[32] = {7};
    sunlot_stream s;
    sunlot_stream_init(&s, key);
    memset(n, 0, sizeof *n);
    for (uint32_t sample = 0; sample < SAMPLES; sample++) {
        memset(seen, 0, sizeof seen);
        for (uint32_t i = 0; i < draws; i++) seen[sunlot_below(&s, l->states)]++;
        const figures f = judge(l, exact, seen, draws);
        add(&n->distance, f.distance);
        add(&n->never, f.never);
        add(&n->class_off, f.class_off);
        add(&n->pair_off, f.pair_off);
    }
}

/* χ² in standard deviations of a normal law (Wilson and Hilferty 1931). */
static double chi2_deviations(double chi2, double freedom)
{
    if (freedom < 1) return 0;
    const double v = 2 / (9 * freedom);
    return (cbrt(chi2 / freedom) - (1 - v)) / sqrt(v);
}

/* ---- a case ---- */

typedef struct {
    uint32_t parts, largest, block_parts, block_largest;
} connection;

static void print_states(const small_listing *l, const uint32_t *seen, uint32_t draws)
{
    printf("placement,draws,expected\n");
    for (uint32_t i = 0; i < l->states; i++) {
        for (uint32_t u = 0; u < l->p->units; u++) printf("%x", l->state[i][u]);
        printf(",%u,%.1f\n", seen[i], (double)draws / l->states);
    }
}

static void print_line(const small_case *c, const small_listing *l, const connection *k, const drawing *d, const figures *f, const noise *n, uint32_t placed)
{
    uint32_t failed = 0, outside = 0, stayed = 0;
    uint64_t looks = 0;
    for (uint32_t t = 0; t < d->o->threads; t++) {
        failed += d->failed[t];
        outside += d->outside[t];
        stayed += d->stayed[t];
        looks += d->looks[t];
    }
    const double freedom = l->states - 1.0, z = chi2_deviations(f->chi2, freedom);
    const double excess = sqrt(fmax(0, (f->chi2 - freedom) / placed));
    const double distance_z = in_deviations(f->distance, &n->distance), class_z = in_deviations(f->class_off, &n->class_off),
                 pair_z = in_deviations(f->pair_off, &n->pair_off);
    const double never = mean(&n->never) + TOO_FAR * (deviation(&n->never) + 0.1);
    const bool even = f->never <= never && distance_z < TOO_FAR && z < TOO_FAR && class_z < TOO_LARGE && pair_z < TOO_LARGE;
    /* If the end knows nothing of the start, it is the same once in as many draws as there are placements. */
    const double chance = 1.0 / l->states, stays = ((double)stayed / placed - chance) / (1 - chance);
    const double stays_z = stays * sqrt(placed * (l->states - 1.0));
    const char *verdict = outside != 0 ? "BROKEN" : !even ? "off" : stays_z >= TOO_FAR ? "stays" : "even";
    printf("%s,%u,%u,%u,%u,%u,%u,%u", c->name, c->rows, c->groups, l->states, k->parts, k->largest, k->block_parts, k->block_largest);
    printf(",%u,%u,%u,%.2f,%.0f", d->mix, d->draws, failed, (double)looks / d->draws, f->never);
    printf(",%.5f,%.5f,%.5f,%.5f,%.1f", f->distance, mean(&n->distance), deviation(&n->distance), (double)evenness_noise(l->states, placed) / 1e6, distance_z);
    printf(",%.1f,%.2g,%.4f,%.5f,%.1f,%.5f,%.1f", z, erfc(z / sqrt(2)) / 2, excess, f->class_off, class_z, f->pair_off, pair_z);
    printf(",%.4f,%.1f,%s\n", stays, stays_z, verdict);
    fflush(stdout);
}

static void bench(const small_case *c, const options *o)
{
    static small_listing l;
    static chances exact;
    static drawing d;
    sunlot_arena arena = {0};
    connection k;
    noise n;
    memset(&d, 0, sizeof d);
    d.o = o;
    d.l = &l;
    for (uint32_t t = 0; t < o->threads; t++) d.made[t] = small_case_lower(c);
    small_listing_make(&l, &d.made[0].p);
    k.parts = small_listing_parts(&l, false, &k.largest);
    k.block_parts = small_listing_parts(&l, true, &k.block_largest);
    memset(&exact, 0, sizeof exact);
    for (uint32_t i = 0; i < l.states; i++) add_state(&exact, &l, i, 1.0 / l.states);
    d.draws = o->draws < EACH * l.states ? EACH * l.states : o->draws;
    d.start = sunlot_arena_alloc(&arena, d.draws, sizeof *d.start);
    SUNLOT_REQUIRE(d.start != NULL);
    parallel_run(draw_starts, &d, o->threads);
    if (!o->list) sample_noise(&n, &l, &exact, d.draws);
    for (uint32_t m = 0; m < o->mixes; m++) {
        uint32_t placed = 0;
        memset(d.seen, 0, sizeof d.seen);
        memset(d.looks, 0, sizeof d.looks);
        memset(d.failed, 0, sizeof d.failed);
        memset(d.outside, 0, sizeof d.outside);
        memset(d.stayed, 0, sizeof d.stayed);
        d.mix = o->mix[m];
        parallel_run(draw_some, &d, o->threads);
        for (uint32_t i = 0; i < l.states; i++) {
            for (uint32_t t = 1; t < o->threads; t++) d.seen[0][i] += d.seen[t][i];
            placed += d.seen[0][i];
        }
        if (placed == 0) {
            printf("%s,%u,%u,%u,,,,,%u,%u,%u,,,,,,,,,,,,,,,,,none placed\n", c->name, c->rows, c->groups, l.states, d.mix, d.draws, d.draws);
            continue;
        }
        const figures f = judge(&l, &exact, d.seen[0], placed);
        if (o->list)
            print_states(&l, d.seen[0], placed);
        else
            print_line(c, &l, &k, &d, &f, &n, placed);
    }
    for (uint32_t t = 0; t < o->threads; t++) made_free(&d.made[t]);
    sunlot_arena_free(&arena);
}

/* ---- the program ---- */

static int usage(void)
{
    fputs("usage: bench_fair [-d DRAWS] [-m MIX,MIX...] [-c CASE] [-s FIRST] [-j THREADS] [-l]\nCases:\n", stderr);
    for (uint32_t i = 0; i < small_case_count; i++) fprintf(stderr, "  %s\n", small_cases[i].name);
    return 2;
}

static void read_mixes(options *o, char *text)
{
    o->mixes = 0;
    for (char *end = text; *end != '\0' && o->mixes < MIXES; text = end + 1) {
        o->mix[o->mixes++] = (uint32_t)strtoul(text, &end, 10);
        if (*end != ',') break;
    }
}

int main(int argc, char **argv)
{
    options o = {.draws = 250, .threads = 2, .mixes = 4, .mix = {LIVE_MIX, 300, 100, 30}, .first = 1};
    for (int option; (option = getopt(argc, argv, "d:m:c:s:j:l")) != -1;) {
        switch (option) {
        case 'd':
            o.draws = (uint32_t)strtoul(optarg, NULL, 10);
            break;
        case 'm':
            read_mixes(&o, optarg);
            break;
        case 'c':
            o.only = optarg;
            break;
        case 's':
            o.first = strtoull(optarg, NULL, 10);
            break;
        case 'j':
            o.threads = (uint32_t)strtoul(optarg, NULL, 10);
            break;
        case 'l':
            o.list = true;
            break;
        default:
            return usage();
        }
    }
    if (optind != argc || o.draws == 0 || o.mixes == 0 || o.threads == 0 || o.threads > PARALLEL_MOST || (o.list && (o.only == NULL || o.mixes != 1)) ||
        (o.only != NULL && small_case_find(o.only) == NULL))
        return usage();
    if (sunlot_init() != SUNLOT_OK) return 1;
    if (!o.list)
        puts("case,students,groups,placements,parts,largest,block_parts,block_largest,mix,draws,failed,looks,never,distance,noise,noise_sd,noise_formula,"
             "distance_z,chi2_z,p,excess,class_off,class_z,pair_off,pair_z,stays,stays_z,verdict");
    for (uint32_t i = 0; i < small_case_count; i++)
        if (o.only == NULL || strcmp(o.only, small_cases[i].name) == 0) bench(&small_cases[i], &o);
    return 0;
}
