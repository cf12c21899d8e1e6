/* How much of its start the walk remembers, at the sizes of real schools.
 *
 *     bench_forget [-n RUNS] [-s FIRST] [-j THREADS] [CASE [MIX...]]
 *
 * Prints CSV, a line for each case and length of the walk (tests/bench/README.md says what the columns are).  CASE is a number from the list that
 * -h prints, or 0 for all.  Runs are those numbered FIRST, FIRST + 1 …: the same every time, whatever THREADS. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "place/place.h"
#include "support/made_problem.h"
#include "support/parallel.h"

#define RUNS_MOST 256u
#define MIXES     16u
#define TRIES     64u /* as many as a draw makes unless told otherwise */

typedef struct {
    const char *name;
    uint32_t rows, groups, columns, sums;
    int64_t gap;
    uint32_t twins; /* per mille */
} forget_case;

static const forget_case cases[] = {
    {"1250 in 25 without scores", 1250, 25, 6, 0, 0, 0},
    {"1250 in 25 with 3 scores gap 2.0", 1250, 25, 6, 3, 2000, 0},
    {"1250 in 25 with 3 scores gap 1.0", 1250, 25, 6, 3, 1000, 0},
    {"1250 in 25 with 3 scores gap 0.5", 1250, 25, 6, 3, 500, 0},
    {"1250 in 25 with 3 scores gap 0.2", 1250, 25, 6, 3, 200, 0},
    {"180 in 4 with 3 scores gap 0.5", 180, 4, 6, 3, 500, 0},
    {"500 in 50 with 3 scores gap 3.0", 500, 50, 6, 3, 3000, 0},
    {"500 in 50 with 3 scores gap 2.0", 500, 50, 6, 3, 2000, 0},
    {"211 in 9 with 2 scores gap 1.0 and twins", 211, 9, 3, 2, 1000, 20},
};

#define CASES (sizeof cases / sizeof *cases)

typedef struct {
    uint32_t runs, threads, mixes;
    uint32_t mix[MIXES];
    uint64_t first;
    uint32_t only; /* number of a case; 0: all */
} options;

/* ---- placements ---- */

/* Of one length of the walk. */
typedef struct {
    bool placed[RUNS_MOST];
    uint16_t *group; /* [runs * units] */
    uint32_t looks[RUNS_MOST];
    double milliseconds[RUNS_MOST];
} placements;

typedef struct {
    const options *o;
    made_problem made[PARALLEL_MOST];
    placements *to;
    uint32_t mix;
    uint32_t *tries; /* [runs] which try of a run is placed; then the walks are those of this try */
} drawing;

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void draw_one(const drawing *d, made_problem *made, uint32_t run)
{
    sunlot_place_report report;
    const double from = milliseconds();
    made_place(made, d->to->group + (size_t)run * made->p.units, &report, (d->o->first + run) * TRIES + d->tries[run], d->mix);
    d->to->milliseconds[run] = milliseconds() - from;
    d->to->placed[run] = report.placed;
    d->to->looks[run] = report.looks;
}

static void draw_walks(void *user, uint32_t thread)
{
    const drawing *d = user;
    made_problem made = d->made[thread];
    for (uint32_t run = thread; run < d->o->runs; run += d->o->threads) draw_one(d, &made, run);
}

/* What the repair leaves, of the first try that gets so far. */
static void draw_starts(void *user, uint32_t thread)
{
    const drawing *d = user;
    made_problem made = d->made[thread];
    for (uint32_t run = thread; run < d->o->runs; run += d->o->threads) {
        for (d->tries[run] = 0; d->tries[run] < TRIES; d->tries[run]++) {
            draw_one(d, &made, run);
            if (d->to->placed[run]) break;
        }
    }
}

static void draw(drawing *d, placements *to, uint32_t mix, void (*job)(void *user, uint32_t thread))
{
    d->to = to;
    d->mix = mix;
    parallel_run(job, d, d->o->threads);
}

/* ---- likeness of two placements: 1 if they are the same ---- */

#define KINDS 3u /* pairs, composition, sums */

typedef struct {
    double of[KINDS];
} likeness;

typedef struct {
    const sunlot_problem *p;
    uint32_t profiles;
    uint32_t *profile; /* [units] UINT32_MAX: big */
    uint32_t *members; /* [profiles] */
    uint32_t singles;
} school;

static bool same_profile(const sunlot_problem *p, uint32_t a, uint32_t b)
{
    return memcmp(p->code + (size_t)a * p->columns, p->code + (size_t)b * p->columns, p->columns * sizeof *p->code) == 0;
}

static void find_profiles(school *s, sunlot_arena *a)
{
    const sunlot_problem *p = s->p;
    s->profile = sunlot_arena_alloc(a, p->units, sizeof *s->profile);
    s->members = sunlot_arena_alloc(a, p->units, sizeof *s->members);
    SUNLOT_REQUIRE(s->profile != NULL && s->members != NULL);
    s->profiles = s->singles = 0;
    for (uint32_t u = 0; u < p->units; u++) {
        uint32_t earlier = 0;
        s->profile[u] = UINT32_MAX;
        if (p->unit_size[u] != 1) continue;
        while (earlier < u && (p->unit_size[earlier] != 1 || !same_profile(p, earlier, u))) earlier++;
        s->profile[u] = earlier < u ? s->profile[earlier] : s->profiles++;
        s->members[s->profile[u]]++;
        s->singles++;
    }
}

/* Of the pairs of units that are together in a, the part that is together in b. */
static double pair_likeness(const sunlot_problem *p, const uint16_t *a, const uint16_t *b, double *room)
{
    const uint32_t groups = p->groups;
    double before = 0, both = 0;
    memset(room, 0, (size_t)(groups + 1) * groups * sizeof *room);
    double *here = room + (size_t)groups * groups;
    for (uint32_t u = 0; u < p->units; u++) {
        before += here[a[u]]++;
        both += room[(size_t)a[u] * groups + b[u]]++;
    }
    return both / before;
}

/* Correlation of two matrices that are centred. */
static double correlate(const double *a, const double *b, size_t size)
{
    double ab = 0, aa = 0, bb = 0;
    for (size_t i = 0; i < size; i++) {
        ab += a[i] * b[i];
        aa += a[i] * a[i];
        bb += b[i] * b[i];
    }
    return aa > 0 && bb > 0 ? ab / sqrt(aa * bb) : 0;
}

/* Singles of each profile in each group, less what a group of as many singles has on the average. */
static void compose(double *out, const school *s, const uint16_t *group)
{
    memset(out, 0, (size_t)s->p->groups * s->profiles * sizeof *out);
    for (uint32_t u = 0; u < s->p->units; u++)
        if (s->profile[u] != UINT32_MAX) out[(size_t)group[u] * s->profiles + s->profile[u]]++;
    for (uint32_t g = 0; g < s->p->groups; g++) {
        double here = 0;
        for (uint32_t i = 0; i < s->profiles; i++) here += out[(size_t)g * s->profiles + i];
        for (uint32_t i = 0; i < s->profiles; i++) out[(size_t)g * s->profiles + i] -= here * s->members[i] / s->singles;
    }
}

/* Sums of each group in units; their mean is 0. */
static void add_up(double *out, const sunlot_problem *p, const uint16_t *group)
{
    memset(out, 0, (size_t)p->groups * p->sums * sizeof *out);
    for (uint32_t u = 0; u < p->units; u++)
        for (uint32_t m = 0; m < p->sums; m++) out[group[u] * p->sums + m] += (double)p->sum_of[(size_t)u * p->sums + m] / (double)p->sum_unit[m];
}

static likeness compare(const school *s, const uint16_t *a, const uint16_t *b, double *room)
{
    const size_t composed = (size_t)s->p->groups * s->profiles, summed = (size_t)s->p->groups * s->p->sums;
    likeness l;
    l.of[0] = pair_likeness(s->p, a, b, room);
    compose(room, s, a);
    compose(room + composed, s, b);
    l.of[1] = correlate(room, room + composed, composed);
    add_up(room, s->p, a);
    add_up(room + summed, s->p, b);
    l.of[2] = correlate(room, room + summed, summed);
    return l;
}

/* ---- a case ---- */

typedef struct {
    double sum, squares;
    uint32_t number;
} spread;

static void add(spread *s, double x)
{
    s->sum += x;
    s->squares += x * x;
    s->number++;
}

static double mean(const spread *s) { return s->sum / s->number; }

/* Of the mean. */
static double error(const spread *s) { return s->number < 2 ? 0 : sqrt(fmax(0, s->squares / s->number - mean(s) * mean(s)) / (s->number - 1)); }

/* How like the end of a walk is to its own start, where 1 is the same and 0 as like as to the start of another run. */
static void print_line(const char *name, const school *s, const drawing *d, const placements *start, const placements *end, double *room)
{
    spread own[KINDS] = {0}, other[KINDS] = {0}, looks = {0}, tries = {0};
    uint32_t failed = 0;
    double least = 1e30;
    for (uint32_t run = 0; run < d->o->runs; run++) {
        const uint16_t *here = end->group + (size_t)run * s->p->units;
        add(&tries, d->tries[run] + (start->placed[run] ? 1 : 0));
        if (!end->placed[run]) failed++;
        if (!start->placed[run] || !end->placed[run]) continue;
        add(&looks, end->looks[run]);
        least = fmin(least, end->milliseconds[run]);
        for (uint32_t from = 0; from < d->o->runs; from++) {
            if (!start->placed[from]) continue;
            const likeness l = compare(s, start->group + (size_t)from * s->p->units, here, room);
            for (uint32_t k = 0; k < KINDS; k++) add(from == run ? &own[k] : &other[k], l.of[k]);
        }
    }
    printf("%s,%u,%u,%.2f,%u", name, d->mix, d->o->runs, mean(&tries), failed);
    if (looks.number < 2) {
        puts(",,,,,,,,");
        return;
    }
    printf(",%.2f", mean(&looks));
    for (uint32_t k = 0; k < KINDS; k++) {
        if (k == 2 && s->p->sums == 0) {
            printf(",,");
            continue;
        }
        const double scale = 1 / (1 - mean(&other[k]));
        printf(",%.4f,%.4f", (mean(&own[k]) - mean(&other[k])) * scale, error(&own[k]) * scale);
    }
    printf(",%.2f\n", least);
    fflush(stdout);
}

static void bench(const forget_case *c, const options *o)
{
    static made_row row[SUNLOT_MAX_SCHOOL_STUDENTS];
    static placements start, end;
    uint8_t key[32];
    sunlot_stream stream;
    made_school made;
    sunlot_arena arena = {0};
    uint32_t tries[RUNS_MOST];
    drawing d = {.o = o, .tries = tries};
    made_key(key, 1000);
    sunlot_stream_init(&stream, key);
    made_fill(&made, row, c->rows, c->groups, c->columns, c->sums, c->gap, c->twins, &stream);
    for (uint32_t t = 0; t < o->threads; t++) d.made[t] = made_lower(&made, &stream);
    school s = {.p = &d.made[0].p};
    find_profiles(&s, &arena);
    const size_t cells = s.profiles > c->groups ? s.profiles : c->groups;
    double *room = sunlot_arena_alloc(&arena, 2 * (cells + c->sums + 1) * c->groups, sizeof *room);
    start.group = sunlot_arena_alloc(&arena, (size_t)o->runs * s.p->units, sizeof *start.group);
    end.group = sunlot_arena_alloc(&arena, (size_t)o->runs * s.p->units, sizeof *end.group);
    SUNLOT_REQUIRE(room != NULL && start.group != NULL && end.group != NULL);
    draw(&d, &start, 0, draw_starts);
    for (uint32_t m = 0; m < o->mixes; m++) {
        draw(&d, &end, o->mix[m], draw_walks);
        print_line(c->name, &s, &d, &start, &end, room);
    }
    for (uint32_t t = 0; t < o->threads; t++) made_free(&d.made[t]);
    sunlot_arena_free(&arena);
}

/* ---- the program ---- */

static int usage(void)
{
    fputs("usage: bench_forget [-n RUNS] [-s FIRST] [-j THREADS] [CASE [MIX...]]\nCases:\n  0 all\n", stderr);
    for (uint32_t i = 0; i < CASES; i++) fprintf(stderr, "  %u %s\n", i + 1, cases[i].name);
    return 2;
}

int main(int argc, char **argv)
{
    options o = {.runs = 8, .threads = 2, .mixes = 7, .mix = {10, 30, 100, 300, 1000, 3000, 10000}, .first = 1};
    for (int option; (option = getopt(argc, argv, "n:s:j:h")) != -1;) {
        switch (option) {
        case 'n':
            o.runs = (uint32_t)strtoul(optarg, NULL, 10);
            break;
        case 's':
            o.first = strtoull(optarg, NULL, 10);
            break;
        case 'j':
            o.threads = (uint32_t)strtoul(optarg, NULL, 10);
            break;
        default:
            return usage();
        }
    }
    if (optind < argc) o.only = (uint32_t)strtoul(argv[optind++], NULL, 10);
    if (optind < argc) o.mixes = 0;
    while (optind < argc && o.mixes < MIXES) o.mix[o.mixes++] = (uint32_t)strtoul(argv[optind++], NULL, 10);
    if (optind != argc || o.only > CASES || o.runs < 2 || o.runs > RUNS_MOST || o.threads == 0 || o.threads > PARALLEL_MOST) return usage();
    if (sunlot_init() != SUNLOT_OK) return 1;
    puts("case,mix,runs,tries,failed,looks,pairs,pairs_se,composition,composition_se,sums,sums_se,milliseconds");
    for (uint32_t i = 0; i < CASES; i++)
        if (o.only == 0 || o.only == i + 1) bench(&cases[i], &o);
    return 0;
}
