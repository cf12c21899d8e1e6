/* How balanced classes are by several ways of placing students, side by side: how far class means lie apart, how far counts do, and whether it is a
 * lottery at all.  Prints CSV, padded for reading; README.md in this folder says how each figure is measured.
 *
 *     bench_balance NAME FOLDER DRAWS TOLERANCE,… [NAME FOLDER DRAWS TOLERANCE,… …]
 *
 * The usual ways are played for the students alone: they know sex and scores and no other rule, so twins, conflicts, names and seats are not their concern.
 * Sunlot keeps all rules of the folder; its ladders are replaced by one tolerance. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "place/place.h"
#include "roster/enrolment.h"
#include "roster/lower.h"
#include "support/input_folder.h"

#define MAX_SCORES 3u
#define MAX_PAIRS  2000u /* of a school */
#define TRIES      4u
#define MIX        1000u

static void stop(const char *what, const char *of)
{
    (void)fprintf(stderr, "bench_balance: %s: %s\n", of, what);
    exit(2);
}

static void *take(size_t count, size_t size)
{
    void *p = calloc(count > 0 ? count : 1, size);
    if (p == NULL) stop("no memory", "a table");
    return p;
}

/* ---- the folder, with other rules about means --------------------------------------------------------------------------------------- */

typedef struct {
    const char *path;
    char *text[SUNLOT_FILE_COUNT];
    uint32_t scores;
    char score[MAX_SCORES][64]; /* columns of the students' mean rules */
} folder;

/* The column that a line of rules.csv names if it is a students' rule `mean`. */
static bool is_mean(const char *line, char column[64])
{
    static const char *const start[] = {"mean,students,", "均分,学生,"};
    for (size_t i = 0; i < 2; i++) {
        if (strncmp(line, start[i], strlen(start[i])) != 0) continue;
        (void)snprintf(column, 64, "%.*s", (int)strcspn(line + strlen(start[i]), ","), line + strlen(start[i]));
        return true;
    }
    return false;
}

static void read_folder(folder *f, const char *path)
{
    f->path = path;
    f->scores = 0;
    input_folder_read(f->text, path);
    for (const char *line = f->text[SUNLOT_FILE_RULES]; line != NULL && *line != 0 && f->scores < MAX_SCORES; line = strchr(line, '\n'), line += line != NULL) {
        f->scores += is_mean(line, f->score[f->scores]);
    }
    if (f->scores < 2) stop("needs two rules mean for students", path);
}

/* rules.csv with its students' means replaced: each score, and, if asked for, the total within a tolerance, and its standard deviation. */
static char *write_rules(const folder *f, const char *gap, bool total, const char *deviation)
{
    char *text = take(strlen(f->text[SUNLOT_FILE_RULES]) + 2048, 1), *at = text, column[64], joined[256] = "";
    for (const char *line = f->text[SUNLOT_FILE_RULES], *next; *line != 0; line = next) {
        next = line + strcspn(line, "\n");
        next += *next == '\n';
        if (is_mean(line, column)) continue;
        memcpy(at, line, (size_t)(next - line));
        at += next - line;
    }
    for (uint32_t i = 0; i < f->scores; i++) {
        at += sprintf(at, "mean,students,%s,%s,\n", f->score[i], gap);
        strcat(strcat(joined, i > 0 ? ";" : ""), f->score[i]);
    }
    if (total) at += sprintf(at, "mean,students,%s,%s,\n", joined, gap);
    if (deviation != NULL) at += sprintf(at, "deviation,students,%s,%s,\n", joined, deviation);
    return text;
}

static sunlot_roster *make_roster(const folder *f, const char *gap, bool total, const char *deviation)
{
    char *rules = write_rules(f, gap, total, deviation), *text[SUNLOT_FILE_COUNT];
    memcpy(text, f->text, sizeof text);
    text[SUNLOT_FILE_RULES] = rules;
    sunlot_roster *r = input_folder_roster(text, f->path);
    free(rules);
    return r;
}

/* ---- what is known of a school before it is placed -------------------------------------------------------------------------------------- */

typedef struct {
    uint32_t rows, groups;
    sunlot_lowered l;                /* counts; sums of each score, the total, and its deviation */
    uint32_t sum_of[MAX_SCORES + 2]; /* sums by their places in the table */
    uint16_t *column_of;             /* [counted] the column of each counted value */
    uint16_t *sex;                   /* [rows] */
    double *total;                   /* [rows] above the school's mean */
    uint16_t *ranked;                /* [rows] by sex, then total, the best first */
    uint32_t pairs;
    uint16_t (*pair)[2]; /* students of equal profile, drawn by chance */
    uint32_t *together;  /* [pairs] in so many of the draws … */
    uint32_t placed;     /* … that were placed */
    double expected;     /* of a pair, if all placements were alike */
} school;

static const school *sorting;

static int by_rank(const void *a, const void *b)
{
    const uint16_t x = *(const uint16_t *)a, y = *(const uint16_t *)b;
    if (sorting->sex[x] != sorting->sex[y]) return sorting->sex[x] < sorting->sex[y] ? -1 : 1;
    if (sorting->total[x] < sorting->total[y] || sorting->total[x] > sorting->total[y]) return sorting->total[x] > sorting->total[y] ? -1 : 1;
    return x < y ? -1 : x > y;
}

/* The place among the sums of the rule of this kind on a column, or on the total. */
static uint32_t find_sum(const school *s, sunlot_rule_kind kind, const char *column)
{
    for (uint32_t i = 0; i < s->l.p.sums; i++) {
        const sunlot_rule *rule = s->l.sum[i].rule;
        const bool total = memchr(rule->column.p, ';', rule->column.n) != NULL;
        if (rule->kind == kind && (column == NULL ? total : sunlot_text_equal(rule->column, sunlot_text_of(column)))) return i;
    }
    stop("a school has no scores", "measuring");
    return 0;
}

static bool is_sex(sunlot_text column)
{
    static const char *const name[] = {"sex", "gender", "性别"};
    for (size_t i = 0; i < 3; i++) {
        if (sunlot_text_equal(column, sunlot_text_of(name[i]))) return true;
    }
    return false;
}

static void draw_pairs(school *s, sunlot_stream *stream)
{
    const uint32_t columns = s->l.p.columns;
    s->pair = take(MAX_PAIRS, sizeof *s->pair);
    s->together = take(MAX_PAIRS, sizeof *s->together);
    for (uint32_t try = 0; try < 400000 && s->pairs < MAX_PAIRS && s->pairs < s->rows; try++) {
        const uint32_t x = sunlot_stream_below(stream, s->rows), y = sunlot_stream_below(stream, s->rows);
        const uint32_t u = s->l.unit_of_row[x], v = s->l.unit_of_row[y];
        if (x == y || s->l.p.unit_size[u] > 1 || s->l.p.unit_size[v] > 1) continue;
        if (s->l.p.has_from[u + 1] - s->l.p.has_from[u] > columns || s->l.p.has_from[v + 1] - s->l.p.has_from[v] > columns) continue; /* limits */
        if (memcmp(s->l.value_code + (size_t)x * columns, s->l.value_code + (size_t)y * columns, columns * sizeof *s->l.value_code) != 0) continue;
        s->pair[s->pairs][0] = (uint16_t)x;
        s->pair[s->pairs++][1] = (uint16_t)y;
    }
}

static void look_at(school *s, const folder *f, const sunlot_school *of, sunlot_stream *stream)
{
    if (sunlot_lower_students(&s->l, of, 1) != SUNLOT_OK) stop("no memory", f->path);
    s->rows = of->students;
    s->groups = of->classes;
    for (uint32_t i = 0; i < f->scores; i++) s->sum_of[i] = find_sum(s, SUNLOT_RULE_MEAN, f->score[i]);
    s->sum_of[MAX_SCORES] = find_sum(s, SUNLOT_RULE_MEAN, NULL);
    s->sum_of[MAX_SCORES + 1] = find_sum(s, SUNLOT_RULE_DEVIATION, NULL);
    s->column_of = take(s->l.p.counted, sizeof *s->column_of);
    for (uint32_t v = 1; v < s->l.p.counted; v++) s->column_of[v] = (uint16_t)(s->column_of[v - 1] + (s->l.value[v].rule != s->l.value[v - 1].rule));
    s->sex = take(s->rows, sizeof *s->sex);
    s->total = take(s->rows, sizeof *s->total);
    s->ranked = take(s->rows, sizeof *s->ranked);
    uint32_t column = 0;
    for (uint32_t i = 0; i < of->columns[SUNLOT_STUDENTS]; i++) {
        if (is_sex(of->column[SUNLOT_STUDENTS][i].name)) column = i;
    }
    for (uint32_t row = 0; row < s->rows; row++) {
        s->sex[row] = (uint16_t)of->cell[SUNLOT_STUDENTS][(size_t)row * of->columns[SUNLOT_STUDENTS] + column];
        s->total[row] = (double)s->l.adds[(size_t)s->sum_of[MAX_SCORES] * s->rows + row];
        s->ranked[row] = (uint16_t)row;
    }
    sorting = s;
    qsort(s->ranked, s->rows, sizeof *s->ranked, by_rank);
    draw_pairs(s, stream);
    for (uint32_t g = 0; g < s->groups; g++) {
        const double size = s->l.p.group_size[g];
        s->expected += size * (size - 1) / ((double)s->rows * (s->rows - 1));
    }
}

static void forget(school *s)
{
    sunlot_lowered_free(&s->l);
    free(s->column_of);
    free(s->sex);
    free(s->total);
    free(s->ranked);
    free(s->pair);
    free(s->together);
}

/* ---- the usual ways: out group[rows] ------------------------------------------------------------------------------------------------------ */

static void shuffle(uint16_t *a, uint32_t n, sunlot_stream *stream)
{
    for (uint32_t i = n; i > 1; i--) {
        const uint32_t j = sunlot_stream_below(stream, i);
        const uint16_t kept = a[i - 1];
        a[i - 1] = a[j];
        a[j] = kept;
    }
}

/* In a random order, round the classes; `within` sex by sex, going on where the sex before ended. */
static void deal_shuffled(uint16_t *group, const school *s, bool within, sunlot_stream *stream)
{
    uint16_t order[SUNLOT_MAX_SCHOOL_STUDENTS];
    memcpy(order, s->ranked, s->rows * sizeof *order);
    for (uint32_t from = 0, to; from < s->rows; from = to) {
        for (to = from; to < s->rows && (!within || s->sex[order[to]] == s->sex[order[from]]);) to++;
        shuffle(order + from, to - from, stream);
    }
    for (uint32_t i = 0; i < s->rows; i++) group[order[i]] = (uint16_t)(i % s->groups);
}

/* By total, the best first, within sex: 1 2 … K, K … 2 1, and so on. */
static void serpentine(uint16_t *group, const school *s)
{
    for (uint32_t i = 0; i < s->rows; i++) {
        const uint32_t lap = i / s->groups, at = i % s->groups;
        group[s->ranked[i]] = (uint16_t)(lap % 2 == 0 ? at : s->groups - 1 - at);
    }
}

/* The same order in blocks of as many as there are classes, each block in a random order over the classes. */
static void deal_blocks(uint16_t *group, const school *s, sunlot_stream *stream)
{
    uint16_t class_[SUNLOT_MAX_SCHOOL_CLASSES];
    for (uint32_t i = 0; i < s->rows; i++) {
        if (i % s->groups == 0) {
            for (uint32_t g = 0; g < s->groups; g++) class_[g] = (uint16_t)g;
            shuffle(class_, s->groups, stream);
        }
        group[s->ranked[i]] = class_[i % s->groups];
    }
}

/* ---- sunlot ------------------------------------------------------------------------------------------------------------------------------- */

/* A school under the rules it is drawn by. */
typedef struct {
    sunlot_lowered l;
    uint16_t *group;
    uint32_t *start;
    uint64_t *room;
} drawn;

static void prepare(drawn *d, const sunlot_school *of)
{
    if (sunlot_lower_students(&d->l, of, 1) != SUNLOT_OK) stop("no memory", "lowering");
    d->group = take(d->l.p.units, sizeof *d->group);
    d->start = take(d->l.p.units, sizeof *d->start);
    d->room = take(sunlot_place_room(&d->l.p) / sizeof *d->room + 1, sizeof *d->room);
}

static void let_go(drawn *d)
{
    sunlot_lowered_free(&d->l);
    free(d->group);
    free(d->start);
    free(d->room);
}

/* Tickets and keys from the stream, in place of a seed's. */
static bool place(uint16_t *group, drawn *d, sunlot_stream *stream)
{
    sunlot_place_report report = {.placed = false};
    for (uint32_t try = 0; try < TRIES && !report.placed; try++) {
        uint8_t key[32];
        for (size_t i = 0; i < (size_t)d->l.p.units * 32; i++) d->l.ticket[i] = (uint8_t)sunlot_stream_word(stream);
        for (size_t i = 0; i < sizeof key; i++) key[i] = (uint8_t)sunlot_stream_word(stream);
        sunlot_place(d->group, d->start, &report, &d->l.p, key, MIX, d->room);
    }
    for (uint32_t row = 0; row < d->l.p.rows; row++) group[row] = d->group[d->l.unit_of_row[row]];
    return report.placed;
}

/* ---- figures -------------------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    double sum, worst;
    uint64_t n;
} figure;

static void add(figure *f, double x)
{
    f->sum += x;
    f->n++;
    if (x > f->worst) f->worst = x;
}

static double mean_of(const figure *f) { return f->n > 0 ? f->sum / (double)f->n : 0; }

typedef struct {
    uint64_t wanted, placed;
    figure gap[MAX_SCORES + 1]; /* class means of each score and of the total, in points */
    figure deviation;           /* standard deviations of the total */
    figure count;               /* of each value of each category */
    figure outside;             /* 1: a count that is not floor or ceiling of the fair share */
    figure next;                /* 1: neighbours in the order of totals, together */
} figures;

static void measure_sums(figures *f, const school *s, uint32_t scores, const uint16_t *group, const uint32_t *heads)
{
    for (uint32_t k = 0; k < MAX_SCORES + 2; k++) {
        if (k >= scores && k < MAX_SCORES) continue;
        const sunlot_meaning *sum = &s->l.sum[s->sum_of[k]];
        double of[SUNLOT_MAX_SCHOOL_CLASSES] = {0}, least = INFINITY, most = -INFINITY;
        for (uint32_t row = 0; row < s->rows; row++) of[group[row]] += (double)s->l.adds[(size_t)s->sum_of[k] * s->rows + row];
        for (uint32_t g = 0; g < s->groups; g++) {
            if (heads[g] == 0) continue;
            const double m = sum->members;
            double x = of[g] / (m * heads[g]) / 1000;
            if (sum->rule->kind == SUNLOT_RULE_DEVIATION)
                x = sqrt(((double)sum->squares * heads[g] + of[g]) / (m * heads[g])) * ldexp(1, (int)sum->shift) / 1000;
            least = fmin(least, x);
            most = fmax(most, x);
        }
        add(k <= MAX_SCORES ? &f->gap[k] : &f->deviation, most - least);
    }
}

static void measure_counts(figures *f, const school *s, const uint16_t *group, const uint32_t *heads)
{
    for (uint32_t v = 0; v < s->l.p.counted; v++) {
        uint32_t count[SUNLOT_MAX_SCHOOL_CLASSES] = {0}, least = UINT32_MAX, most = 0;
        for (uint32_t row = 0; row < s->rows; row++) {
            count[group[row]] += s->l.value_code[(size_t)row * s->l.p.columns + s->column_of[v]] == s->l.value[v].code;
        }
        for (uint32_t g = 0; g < s->groups; g++) {
            const uint64_t share = (uint64_t)s->l.value[v].members * heads[g], n = s->rows;
            if (count[g] < least) least = count[g];
            if (count[g] > most) most = count[g];
            add(&f->outside, count[g] < share / n || count[g] > (share + n - 1) / n ? 1 : 0);
        }
        add(&f->count, most - least);
    }
}

static void measure(figures *f, school *s, uint32_t scores, const uint16_t *group)
{
    uint32_t heads[SUNLOT_MAX_SCHOOL_CLASSES] = {0};
    for (uint32_t row = 0; row < s->rows; row++) heads[group[row]]++;
    measure_sums(f, s, scores, group, heads);
    measure_counts(f, s, group, heads);
    for (uint32_t i = 0; i < s->pairs; i++) s->together[i] += group[s->pair[i][0]] == group[s->pair[i][1]];
    for (uint32_t i = 0; i + 1 < s->rows; i++) {
        const uint16_t x = s->ranked[i], y = s->ranked[i + 1];
        if (s->sex[x] == s->sex[y]) add(&f->next, group[x] == group[y] ? 1 : 0);
    }
}

/* ---- a table --------------------------------------------------------------------------------------------------------------------------------- */

typedef enum { PLAIN, WITHIN_SEX, SERPENTINE, BLOCKS, SUNLOT } way;

typedef struct {
    const char *name;
    const folder *f;
    uint32_t draws, schools;
    school *school;
} table;

static void print_figure(const figure *f)
{
    if (f->n > 0)
        (void)printf(",%8.3f,%8.3f", mean_of(f), f->worst);
    else
        (void)printf(",%8s,%8s", "", "");
}

static void print_mean(const figure *f, double scale)
{
    if (f->n > 0)
        (void)printf(",%8.2f", scale * mean_of(f));
    else
        (void)printf(",%8s", "");
}

static void print_row(const table *t, const char *name, const figures *f)
{
    figure never = {0}, together = {0}, expected = {0}, luck = {0};
    for (uint32_t i = 0; i < t->schools; i++) {
        const school *s = &t->school[i];
        for (uint32_t k = 0; k < s->pairs && s->placed > 0; k++) {
            add(&never, s->together[k] == 0 ? 1 : 0);
            add(&together, s->together[k] / (double)s->placed);
            add(&expected, s->expected);
            add(&luck, pow(1 - s->expected, s->placed));
        }
    }
    (void)printf("%-20s,%-20s,%6u,%7.1f", t->name, name, (unsigned)t->draws, 100 * (double)f->placed / (double)f->wanted);
    for (uint32_t k = 0; k <= MAX_SCORES; k++) print_figure(&f->gap[k]);
    print_figure(&f->deviation);
    print_figure(&f->count);
    print_mean(&f->outside, 100);
    print_mean(&together, 100);
    print_mean(&expected, 100);
    print_mean(&never, 100);
    print_mean(&luck, 100);
    print_mean(&f->next, 100);
    (void)printf("\n");
    (void)fflush(stdout);
}

static void run(const table *t, const char *name, way how, const sunlot_roster *rules)
{
    uint16_t group[SUNLOT_MAX_SCHOOL_STUDENTS];
    figures f = {0};
    for (uint32_t i = 0; i < t->schools; i++) {
        school *s = &t->school[i];
        drawn d;
        uint8_t key[32] = {(uint8_t)how, (uint8_t)i, (uint8_t)(i >> 8)};
        sunlot_stream stream;
        sunlot_stream_init(&stream, key);
        memset(s->together, 0, MAX_PAIRS * sizeof *s->together);
        s->placed = 0;
        if (how == SUNLOT) prepare(&d, &rules->school[i]);
        for (uint32_t draw = 0; draw < t->draws; draw++) {
            bool placed = true;
            f.wanted++;
            if (how == PLAIN || how == WITHIN_SEX) deal_shuffled(group, s, how == WITHIN_SEX, &stream);
            if (how == SERPENTINE) serpentine(group, s);
            if (how == BLOCKS) deal_blocks(group, s, &stream);
            if (how == SUNLOT) placed = place(group, &d, &stream);
            if (!placed) continue;
            f.placed++;
            s->placed++;
            measure(&f, s, t->f->scores, group);
        }
        if (how == SUNLOT) let_go(&d);
    }
    print_row(t, name, &f);
}

static void run_sunlot(const table *t, const char *name, const char *gap, bool total, const char *deviation)
{
    sunlot_roster *r = make_roster(t->f, gap, total, deviation);
    run(t, name, SUNLOT, r);
    sunlot_roster_free(r);
}

static void run_table(const char *name, const char *path, const char *draws, const char *tolerances)
{
    folder f;
    sunlot_stream stream;
    const uint8_t key[32] = {1};
    table t = {.name = name, .f = &f, .draws = (uint32_t)strtoul(draws, NULL, 10)};
    char gap[32] = "", said[64];
    read_folder(&f, path);
    sunlot_stream_init(&stream, key);
    sunlot_roster *r = make_roster(&f, "1", true, "1");
    t.schools = r->schools;
    t.school = take(t.schools, sizeof *t.school);
    for (uint32_t i = 0; i < t.schools; i++) look_at(&t.school[i], &f, &r->school[i], &stream);
    run(&t, "plain shuffle", PLAIN, NULL);
    run(&t, "shuffle within sex", WITHIN_SEX, NULL);
    run(&t, "S-shape within sex", SERPENTINE, NULL);
    run(&t, "block lottery", BLOCKS, NULL);
    uint32_t tolerance = 0;
    for (const char *at = tolerances; *at != 0; at += strcspn(at, ","), at += *at == ',') {
        (void)snprintf(gap, sizeof gap, "%.*s", (int)strcspn(at, ","), at);
        (void)snprintf(said, sizeof said, "sunlot %s", gap);
        run_sunlot(&t, said, gap, false, NULL);
        if (tolerance++ >= 2) continue;
        (void)snprintf(said, sizeof said, "sunlot %s; total", gap);
        run_sunlot(&t, said, gap, true, NULL);
        (void)snprintf(said, sizeof said, "sunlot %s; total; sd", gap);
        run_sunlot(&t, said, gap, true, gap);
    }
    for (uint32_t i = 0; i < t.schools; i++) forget(&t.school[i]);
    free(t.school);
    sunlot_roster_free(r);
    for (int i = 0; i < SUNLOT_FILE_COUNT; i++) free(f.text[i]);
}

int main(int argc, char **argv)
{
    if (sunlot_init() != SUNLOT_OK || argc < 5 || argc % 4 != 1) stop("usage: bench_balance NAME FOLDER DRAWS TOLERANCE,… …", "arguments");
    (void)printf("%-20s,%-20s,%6s,%7s", "input", "way", "draws", "placed%");
    static const char *const measured[] = {"s1", "s1_worst", "s2", "s2_worst", "s3", "s3_worst", "total", "t_worst", "sd", "sd_worst", "count", "c_worst"},
                             *const shares[] = {"outside%", "together", "expected", "never%", "luck%", "next%"};
    for (size_t k = 0; k < sizeof measured / sizeof *measured; k++) (void)printf(",%8s", measured[k]);
    for (size_t k = 0; k < sizeof shares / sizeof *shares; k++) (void)printf(",%8s", shares[k]);
    (void)printf("\n");
    for (int i = 1; i < argc; i += 4) run_table(argv[i], argv[i + 1], argv[i + 2], argv[i + 3]);
    return 0;
}
