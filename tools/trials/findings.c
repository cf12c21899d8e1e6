#include "trials/findings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/files.h"
#include "trials/chance.h"

static finding *append(finding_list *list, finding_kind kind, uint32_t school, uint32_t item)
{
    list->of = need_more(list->of, &list->room, list->n, sizeof *list->of);
    finding *f = &list->of[list->n++];
    *f = (finding){.kind = kind, .verdict = kind > FINDING_EXACT ? FINDING_MEASURED : FINDING_UNTESTED, .school = school, .item = item, .p = 1, .corrected = 1};
    return f;
}

void findings_free(finding_list *list)
{
    free(list->of);
    *list = (finding_list){NULL, 0, 0};
}

static void conclude(finding *f, double p)
{
    f->p = p;
    f->verdict = FINDING_FITS;
}

/* ---- counts over the classes of a set ------------------------------------------------------------------------------------------------ */

/* Chi-square of totals over the classes of the sets.  Of a uniform permutation of a_1 … a_k the covariance of two places is −1/(k−1) of the variance of
 * one, v = spread/k² in all; so (k−1)/(k·v) · Σ (total − mean)² is a chi-square of k − 1 degrees.  For one student, spread = n·(k − 1), it is
 * Pearson's Σ (x − n/k)²/(n/k).  Sets are independent given who is in which. */
static double permuted_square(double *df, const tally_plan *p, const uint64_t *total, const uint64_t *spread)
{
    double sum = 0;
    *df = 0;
    for (uint32_t s = 0; s < p->sets; s++) {
        const double k = p->set_size[s], variance = (double)spread[s] / (k * k);
        double mean = 0, squares = 0;
        if (p->set_size[s] < 2 || variance < FINDING_VARIANCE) continue;
        for (uint32_t c = 0; c < p->classes; c++)
            if (p->set_of[c] == s) mean += (double)total[c] / k;
        for (uint32_t c = 0; c < p->classes; c++)
            if (p->set_of[c] == s) squares += ((double)total[c] - mean) * ((double)total[c] - mean);
        sum += squares * (k - 1) / (k * variance);
        *df += k - 1;
    }
    return sum;
}

static void square_finding(finding *f, const tally_plan *p, const uint64_t *total, const uint64_t *spread)
{
    f->statistic = permuted_square(&f->df, p, total, spread);
    if (f->df > 0) conclude(f, chance_chi_square(f->statistic, f->df));
}

/* Totals and spread of one that is in one class a draw: row[classes]. */
static void single_spread(uint64_t *total, uint64_t *spread, const tally_plan *p, const uint32_t *row)
{
    memset(spread, 0, p->sets * sizeof *spread);
    for (uint32_t c = 0; c < p->classes; c++) {
        total[c] = row[c];
        spread[p->set_of[c]] += (uint64_t)row[c] * (p->set_size[p->set_of[c]] - 1);
    }
}

double findings_student(double *df, const tally_plan *p, const tally *t, uint32_t student)
{
    uint64_t total[SUNLOT_MAX_SCHOOL_CLASSES], spread[SUNLOT_MAX_SCHOOL_CLASSES];
    single_spread(total, spread, p, t->seat + (size_t)student * p->classes);
    return permuted_square(df, p, total, spread);
}

static void kind_total(uint64_t *total, const tally_plan *p, const tally *t, tally_partition which, uint32_t kind)
{
    memset(total, 0, p->classes * sizeof *total);
    for (uint32_t i = p->part[which].first[kind]; i < p->students; i++) {
        if (p->part[which].kind[i] != kind) continue;
        for (uint32_t c = 0; c < p->classes; c++) total[c] += t->seat[(size_t)i * p->classes + c];
    }
}

static double off(double *deviation, const tally_plan *p, const uint64_t *total, const uint64_t *spread, uint32_t class_)
{
    const uint32_t set = p->set_of[class_];
    const double k = p->set_size[set];
    double sum = 0;
    *deviation = sqrt((double)spread[set]) / k;
    for (uint32_t c = 0; c < p->classes; c++)
        if (p->set_of[c] == set) sum += (double)total[c];
    return *deviation > 0 ? ((double)total[class_] - sum / k) / *deviation : 0;
}

double findings_part_off(const tally_plan *p, const tally *t, tally_partition which, uint32_t kind, uint32_t class_)
{
    uint64_t total[SUNLOT_MAX_SCHOOL_CLASSES];
    double deviation;
    kind_total(total, p, t, which, kind);
    return off(&deviation, p, total, t->spread[which] + (size_t)kind * p->sets, class_);
}

double findings_seat_off(double *deviation, const tally_plan *p, const tally *t, uint32_t student, uint32_t class_)
{
    uint64_t total[SUNLOT_MAX_SCHOOL_CLASSES], spread[SUNLOT_MAX_SCHOOL_CLASSES];
    single_spread(total, spread, p, t->seat + (size_t)student * p->classes);
    return off(deviation, p, total, spread, class_);
}

/* ---- tests ------------------------------------------------------------------------------------------------------------------------------- */

/* Group × class within a set: a sum of permutation matrices.  The rows' chi-squares are not independent, the last follows from the others: (k−1)/k of
 * their sum has (k−1)² degrees. */
static void test_deal(finding_list *list, uint32_t school, const tally_plan *p, const tally *t)
{
    for (uint32_t s = 0; s < p->sets; s++) {
        const double k = p->set_size[s], expected = (double)t->placed / k;
        if (p->set_size[s] < 2) continue;
        finding *f = append(list, FINDING_DEAL, school, s);
        for (uint32_t g = 0; g < p->classes; g++) {
            for (uint32_t c = 0; c < p->classes && p->set_of[g] == s; c++) {
                const double x = t->deal[(size_t)g * p->classes + c];
                if (p->set_of[c] == s) f->statistic += (x - expected) * (x - expected) / expected * (k - 1) / k;
            }
        }
        f->df = (k - 1) * (k - 1);
        if (expected * (k - 1) / k >= FINDING_VARIANCE)
            conclude(f, chance_chi_square(f->statistic, f->df));
        else
            f->statistic = f->df = 0;
    }
}

static void test_teams(finding_list *list, uint32_t school, const tally_plan *p, const tally *t)
{
    uint64_t total[SUNLOT_MAX_SCHOOL_CLASSES], spread[SUNLOT_MAX_SCHOOL_CLASSES];
    for (uint32_t team = 0; t->teams && team < p->classes; team++) {
        single_spread(total, spread, p, t->team + (size_t)team * p->classes);
        square_finding(append(list, FINDING_TEAM, school, team), p, total, spread);
    }
}

static void test_students(finding_list *list, uint32_t school, const tally_plan *p, const tally *t)
{
    for (uint32_t i = 0; i < p->students; i++) {
        finding *f = append(list, FINDING_STUDENT, school, i);
        f->statistic = findings_student(&f->df, p, t, i);
        if (f->df > 0) conclude(f, chance_chi_square(f->statistic, f->df));
    }
}

static void test_kinds(finding_list *list, uint32_t school, const tally_plan *p, const tally *t, tally_partition which, finding_kind kind)
{
    uint64_t total[SUNLOT_MAX_SCHOOL_CLASSES];
    for (uint32_t i = 0; i < p->part[which].kinds; i++) {
        kind_total(total, p, t, which, i);
        square_finding(append(list, kind, school, i), p, total, t->spread[which] + (size_t)i * p->sets);
    }
}

/* Does the sum of positions in a class rise with the class's place y in its set?  Of a permutation of a_1 … a_k the sum Σ a·y has variance
 * Σ (a − ā)² · Σ (y − ȳ)² / (k − 1); with y = 2·place − (k − 1) is Σ y² = k·(k² − 1)/3, and the spread is k·Σ (a − ā)². */
static void test_trend(finding_list *list, uint32_t school, const tally_plan *p, const tally *t, tally_order order, finding_kind kind)
{
    double sum = 0, variance = 0;
    finding *f = append(list, kind, school, 0);
    for (uint32_t i = 0; i < p->students; i++) {
        for (uint32_t c = 0; c < p->classes; c++) {
            const double y = 2.0 * p->in_set[c] - (p->set_size[p->set_of[c]] - 1.0);
            sum += p->position[order][i] * y * t->seat[(size_t)i * p->classes + c];
        }
    }
    for (uint32_t s = 0; s < p->sets; s++) variance += (double)t->trend[order][s] * (p->set_size[s] + 1.0) / 3;
    if (t->placed < 30 || variance <= 0) return;
    f->statistic = sum / sqrt(variance);
    conclude(f, chance_normal(f->statistic));
}

/* Do starting places rise with the position?  The same law; of a profile with m singles Σ (2·rank − (m − 1))² = m·(m² − 1)/3. */
static void test_start(finding_list *list, uint32_t school, const tally_plan *p, const tally *t, tally_order order, finding_kind kind)
{
    const tally_kinds *k = &p->part[TALLY_SINGLES];
    double *sum = need(k->kinds, sizeof *sum), *squares = need(k->kinds, sizeof *squares), variance = 0;
    finding *f = append(list, kind, school, 0);
    for (uint32_t i = 0; i < p->students; i++) {
        if (k->kind[i] == TALLY_NONE) continue;
        const double x = p->position[order][i];
        sum[k->kind[i]] += x;
        squares[k->kind[i]] += x * x;
    }
    for (uint32_t i = 0; i < k->kinds; i++) {
        const double m = k->members[i];
        variance += (squares[i] - sum[i] * sum[i] / m) * m * (m + 1) / 3;
    }
    free(sum);
    free(squares);
    variance *= (double)t->placed;
    if (t->placed < 30 || variance <= 0) return;
    f->statistic = (double)t->start[order] / sqrt(variance);
    conclude(f, chance_normal(f->statistic));
}

/* Students of equal rows are in a set equally often.  In a draw a of m are in it, whoever they are: covariance −1/(m−1) of the variance a·(m−a)/m². */
static void test_shares(finding_list *list, uint32_t school, const tally_plan *p, const tally *t)
{
    const tally_kinds *k = &p->part[TALLY_ROWS];
    for (uint32_t kind = 0; p->sets > 1 && kind < k->kinds; kind++) {
        const double m = k->members[kind];
        if (k->members[kind] < 2) continue;
        for (uint32_t s = 0; s < p->sets; s++) {
            const double variance = (double)t->share[(size_t)kind * p->sets + s] / (m * m);
            double sum = 0, squares = 0;
            if (variance < FINDING_VARIANCE) continue;
            for (uint32_t i = k->first[kind]; i < p->students; i++) {
                if (k->kind[i] != kind) continue;
                double x = 0;
                for (uint32_t c = 0; c < p->classes; c++)
                    if (p->set_of[c] == s) x += t->seat[(size_t)i * p->classes + c];
                sum += x;
                squares += x * x;
            }
            finding *f = append(list, FINDING_ROW_SHARE, school, kind);
            f->set = s;
            f->statistic = (squares - sum * sum / m) * (m - 1) / (m * variance);
            f->df = m - 1;
            conclude(f, chance_chi_square(f->statistic, f->df));
        }
    }
}

/* ---- pairs -------------------------------------------------------------------------------------------------------------------------------- */

/* Pairs of equal rows are together equally often, for nothing tells them apart.  The pair that is furthest off, its chance multiplied by how many pairs
 * there are (Bonferroni). */
static void test_row_pairs(finding_list *list, uint32_t school, const tally_plan *p, const tally *t)
{
    const tally_kinds *rows = &p->part[TALLY_ROWS], *mates = &p->part[TALLY_MATES];
    for (uint32_t kind = 0; p->pairs && kind < rows->kinds; kind++) {
        const uint32_t m = rows->members[kind], first = rows->first[kind];
        const double pairs = m * (m - 1.0) / 2, mean = (double)t->together[TALLY_ROWS][kind] / pairs;
        if (m < 3 || mates->kind[first] == TALLY_NONE) continue; /* one pair cannot differ from itself; others than singles have no pairs counted */
        if (mean < FINDING_VARIANCE) continue;
        finding *f = append(list, FINDING_ROW_PAIR, school, kind);
        double least = 1;
        f->expected = mean;
        for (uint32_t j = first; j < p->students; j++) {
            for (uint32_t i = first; i < j && rows->kind[j] == kind; i++) {
                if (rows->kind[i] != kind) continue;
                const double x = tally_pair(t, p, mates->kind[i], p->mate_at[i], p->mate_at[j]), chance = chance_poisson(x, mean);
                if (chance > least) continue;
                least = chance;
                f->observed = x;
            }
        }
        f->statistic = (f->observed - mean) / sqrt(mean);
        conclude(f, fmin(1, least * pairs));
    }
}

/* Chance that two seats of all are in one class, if classes are as large as they are on average. */
static double plain_chance(const tally_plan *p, const tally *t)
{
    double n = p->students, sum = 0;
    for (uint32_t c = 0; c < p->classes; c++) {
        double heads = 0;
        for (uint32_t i = 0; i < p->students; i++) heads += t->seat[(size_t)i * p->classes + c];
        heads /= (double)t->placed;
        sum += heads * (heads - 1);
    }
    return n > 1 ? sum / (n * (n - 1)) : 0;
}

static void measure_pairs(finding_list *list, uint32_t school, const tally_plan *p, const tally *t)
{
    const tally_kinds *k = &p->part[TALLY_MATES];
    const double plain = plain_chance(p, t), draws = (double)t->placed;
    for (uint32_t kind = 0; kind < k->kinds; kind++) {
        const double m = k->members[kind], pairs = m * (m - 1) / 2, all = (double)t->together[TALLY_MATES][kind];
        if (k->members[kind] < 2) continue;
        finding *f = append(list, FINDING_PROFILE_PAIRS, school, kind);
        f->observed = all / draws;
        f->expected = pairs * plain;
        f->statistic = f->expected > 0 ? f->observed / f->expected : 0;
        if (k->members[kind] < 3 || !p->pairs || all < FINDING_VARIANCE * pairs) continue;
        const double mean = all / pairs, rate = mean / draws;
        double squares = 0;
        if (rate >= 1) continue;
        f = append(list, FINDING_PAIR_SPREAD, school, kind);
        for (uint64_t i = p->pair_from[kind]; i < p->pair_from[kind + 1]; i++) squares += (t->pair[i] - mean) * (t->pair[i] - mean);
        f->df = pairs - 1;
        f->statistic = squares / (mean * (1 - rate)) / f->df;
    }
}

/* Neighbours in the file: the next of the same profile below. */
static void measure_neighbours(finding_list *list, uint32_t school, const tally_plan *p, const tally *t)
{
    const tally_kinds *k = &p->part[TALLY_MATES];
    uint32_t *at = need(p->students, sizeof *at), *last = need(k->kinds, sizeof *last);
    double observed = 0, expected = 0;
    for (uint32_t i = 0; i < p->students; i++) at[p->place[i]] = i;
    memset(last, 0xff, k->kinds * sizeof *last);
    for (uint32_t place = 0; p->pairs && place < p->students; place++) {
        const uint32_t i = at[place], kind = k->kind[i];
        if (kind == TALLY_NONE) continue;
        const uint32_t j = last[kind];
        last[kind] = i;
        if (j == TALLY_NONE || k->members[kind] < 3) continue;
        const double m = k->members[kind];
        observed += i < j ? tally_pair(t, p, kind, p->mate_at[i], p->mate_at[j]) : tally_pair(t, p, kind, p->mate_at[j], p->mate_at[i]);
        expected += (double)t->together[TALLY_MATES][kind] / (m * (m - 1) / 2);
    }
    free(at);
    free(last);
    if (expected <= 0) return;
    finding *f = append(list, FINDING_NEIGHBOURS, school, 0);
    f->observed = observed / (double)t->placed;
    f->expected = expected / (double)t->placed;
    f->statistic = observed / expected;
}

void findings_add(finding_list *list, uint32_t school, const tally_plan *p, const tally *t)
{
    if (t->placed == 0) return;
    test_deal(list, school, p, t);
    test_teams(list, school, p, t);
    test_students(list, school, p, t);
    test_kinds(list, school, p, t, TALLY_PROFILES, FINDING_PROFILE);
    test_kinds(list, school, p, t, TALLY_FILE_PARTS, FINDING_FILE_PART);
    test_kinds(list, school, p, t, TALLY_PSEUDONYM_PARTS, FINDING_PSEUDONYM_PART);
    test_trend(list, school, p, t, TALLY_FILE, FINDING_FILE_TREND);
    test_trend(list, school, p, t, TALLY_PSEUDONYM, FINDING_PSEUDONYM_TREND);
    test_start(list, school, p, t, TALLY_FILE, FINDING_FILE_START);
    test_start(list, school, p, t, TALLY_PSEUDONYM, FINDING_PSEUDONYM_START);
    test_shares(list, school, p, t);
    test_row_pairs(list, school, p, t);
    measure_pairs(list, school, p, t);
    measure_neighbours(list, school, p, t);
}

static bool tested(const finding *f) { return f->kind < FINDING_EXACT && f->verdict != FINDING_UNTESTED; }

size_t findings_correct(finding_list *list)
{
    double *p = need(list->n, sizeof *p), *corrected = need(list->n, sizeof *corrected);
    size_t n = 0, deviate = 0;
    for (size_t i = 0; i < list->n; i++)
        if (tested(&list->of[i])) p[n++] = list->of[i].p;
    chance_holm(corrected, p, n);
    n = 0;
    for (size_t i = 0; i < list->n; i++) {
        finding *f = &list->of[i];
        if (!tested(f)) continue;
        f->corrected = corrected[n++];
        f->verdict = f->corrected < FINDING_LEVEL ? FINDING_DEVIATES : FINDING_FITS;
        deviate += f->verdict == FINDING_DEVIATES;
    }
    free(p);
    free(corrected);
    return deviate;
}
