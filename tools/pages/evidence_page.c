/* The page of the evidence: one file without script or network, whole in Chinese and in English; a style sheet shows the one that is chosen. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/characters.h"
#include "common/files.h"
#include "common/messages.h"
#include "pages/page.h"
#include "pages/plot.h"
#include "trials/evidence.h"

/* Schools whose own pictures are shown, of more of them a line each; tests in the list of the largest deviations; points of a picture. */
enum { PICTURED = 20, LARGEST = 12, MOST_POINTS = 2000 };

/* ---- figures ------------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    uint64_t students, classes, dealt, placed, failed, locked, together, alike;
    double least; /* corrected */
} totals;

static totals add_up(const evidence *e)
{
    totals t = {.least = 1};
    for (uint32_t i = 0; i < e->schools; i++) {
        const evidence_school *s = &e->school[i];
        t.students += s->students;
        t.classes += s->classes;
        t.dealt += s->dealt;
        t.placed += s->placed;
        t.failed += s->failed;
        t.locked += s->locked;
        t.together += s->together;
        t.alike += s->alike;
    }
    for (size_t i = 0; i < e->findings.n; i++) t.least = fmin(t.least, e->findings.of[i].corrected);
    return t;
}

static void write_summary(FILE *to, const evidence *e, const totals *t)
{
    const evidence_request *q = e->request;
    char text[24];
    page_cards_begin(to);
    page_card_number(to, q->draws, e->schools > 1 ? _("draws of each school") : _("draws"));
    if (e->schools > 1) page_card_number(to, e->schools, _("schools"));
    page_card_number(to, t->students, _("students"));
    page_card_number(to, t->classes, _("classes"));
    page_card_number(to, t->failed, _("draws without placement"));
    page_card_number(to, e->tests, _("tests of what is exact"));
    page_card_number(to, e->deviate, _("of them deviate"));
    (void)snprintf(text, sizeof text, "%.3g", t->least);
    page_card(to, text, _("smallest corrected p"));
    page_cards_end(to);
    (void)fprintf(to, "<p class=\"verdict%s\">", e->deviate > 0 ? " bad" : "");
    if (e->deviate > 0)
        (void)fprintf(to, _("%zu of %zu tests deviate: what must hold exactly does not. Find the reason before anything is announced."), e->deviate, e->tests);
    else if (e->tests > 0)
        (void)fprintf(to, _("Nothing deviates: none of %zu tests of what must hold exactly is out of the ordinary for so many tests."), e->tests);
    else
        (void)fputs(_("Nothing could be tested: there are too few draws, or no classes that are interchangeable."), to);
    (void)fputs("</p>\n", to);
}

static void write_statements(FILE *to)
{
    const char *const exact[] = {
        _("The class numbers are dealt at the very end, by a uniform permutation of the groups among the classes that are interchangeable (the same seats, no "
          "lock). So each student, each profile, each stretch of the list has the same chance of each of these classes by construction, whatever the rules and "
          "the random walk did before. The tests here look whether the program does what the rule says."),
        _("Students whose public rows are equal are told apart by nothing but their tickets, digests that follow from the seed. So they have equal chances of "
          "everything, and any two of them meet equally often."),
        _("The order of the rows in the file leaves no trace in the draw, and the pseudonyms enter it through the tickets alone."),
    };
    const char *const measured[] = {
        _("Which groups are formed, and so who meets whom, is decided by the rules and a long random walk. That every placement that keeps the rules is as "
          "likely as any other is not proved for a school of this size. What is shown is how often students of equal profile meet, beside what seats dealt "
          "without any rule would give; rules move it on purpose. No verdict is given on it."),
        _("How many tries and looks a draw needed, and how many draws came to no placement, are counts and nothing else."),
    };
    const char *const made[] = {
        _("A profile is the values of all columns that rules spread evenly; a public row is all that the log will show of a student but the pseudonym; a stretch is "
          "one of up to twenty equal parts of the list."),
        _("Draws from different seeds are independent. Within a draw students are not: twins come together, and rules spread a profile over the classes. So the "
          "counts of a kind of students are tested against the variance that a permutation of that draw’s own counts has, and no independence of students is "
          "assumed. For a single student this is the ordinary chi-square."),
        _("Locked students are where they are. Classes that are alone of their kind, and locked ones, are not tested: there is nothing to exchange them with. "
          "Between kinds of classes (different seats) chances differ as the rules say; there the test is that students with equal rows come there equally "
          "often."),
        _("p is how often a deviation at least as large would occur if the statement holds. Among many tests some are small. The corrected p (Holm) allows for "
          "how many there are, whatever they depend on. Below 0.001 a test is said to deviate: chance alone does that at most in one evidence of a thousand."),
        _("A test is left out where there are too few draws for it: a count must have a variance of at least 5."),
    };
    page_paragraph(to, "h2", _("What is exact"));
    page_list(to, exact, sizeof exact / sizeof *exact);
    page_paragraph(to, "h2", _("What is only measured"));
    page_list(to, measured, sizeof measured / sizeof *measured);
    (void)fputs("<details><summary>", to);
    page_put(to, _("How the tests are made"));
    (void)fputs("</summary>\n", to);
    page_list(to, made, sizeof made / sizeof *made);
    (void)fputs("</details>\n", to);
}

/* ---- student × class ----------------------------------------------------------------------------------------------------------------- */

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void write_students(FILE *to, const evidence *e)
{
    double *p = need(e->findings.n, sizeof *p), bar[EVIDENCE_P_BARS] = {0}, flat[EVIDENCE_P_BARS];
    size_t n = 0;
    for (size_t i = 0; i < e->findings.n; i++) {
        const finding *f = &e->findings.of[i];
        if (f->kind == FINDING_STUDENT && f->verdict != FINDING_UNTESTED) p[n++] = f->p;
    }
    qsort(p, n, sizeof *p, by_size);
    for (size_t i = 0; i < n; i++) bar[p[i] >= 1 ? EVIDENCE_P_BARS - 1 : (int)(p[i] * EVIDENCE_P_BARS)]++;
    for (int i = 0; i < EVIDENCE_P_BARS; i++) flat[i] = (double)n / EVIDENCE_P_BARS;

    double z[EVIDENCE_Z_BARS] = {0}, bell[EVIDENCE_Z_BARS], cells = 0, beyond = 0;
    for (uint32_t i = 0; i < e->schools; i++) {
        for (int j = 0; j < EVIDENCE_Z_BARS; j++) z[j] += e->school[i].z[j];
        cells += e->school[i].cells;
        beyond += e->school[i].beyond;
    }
    for (int j = 0; j < EVIDENCE_Z_BARS; j++) {
        const double from = -5 + 10.0 * j / EVIDENCE_Z_BARS, end = from + 10.0 / EVIDENCE_Z_BARS;
        bell[j] = cells * (erf(end / sqrt(2)) - erf(from / sqrt(2))) / 2;
    }
    page_paragraph(to, "h2", _("Student × class"));
    (void)fputs("<p>", to);
    (void)fprintf(to, _("One chi-square a student (%zu), one count a student and class (%.0f, %.0f of them more than five standard deviations off)."), n, cells,
                  beyond);
    (void)fputs("</p>\n<div class=\"plots\">\n", to);
    if (n > 0) {
        const plot_words flat_words = {_("p of all students: should be flat"), _("p"), _("students")};
        plot_write_bars(to, &flat_words, &(plot_bars){.bar = bar, .expected = flat, .bars = EVIDENCE_P_BARS, .from = 0, .to_ = 1, .marks = 4, .band = true});
        const plot_words line_words = {_("p of all students, smallest ones at the right: should follow the line"), _("expected, −log10 p"),
                                       _("observed, −log10 p")};
        plot_write_quantiles(to, &line_words, p, n);
    }
    const plot_words bell_words = {_("Deviations of all counts: should follow the bell"), _("standard deviations"), _("counts")};
    plot_write_bars(to, &bell_words, &(plot_bars){.bar = z, .expected = bell, .bars = EVIDENCE_Z_BARS, .from = -5, .to_ = 5, .marks = 8});
    (void)fputs("</div>\n", to);
    free(p);
}

/* ---- a school's pictures ------------------------------------------------------------------------------------------------------------- */

/* Bars of what was counted under 1, 2, … */
static void write_counts(FILE *to, const plot_words *words, const uint64_t *count, uint32_t most)
{
    double bar[TALLY_TRIES + 1];
    uint32_t last = 1;
    for (uint32_t i = 1; i <= most; i++) {
        bar[i - 1] = (double)count[i];
        if (count[i] > 0) last = i;
    }
    if (last < 4) last = most < 4 ? most : 4;
    const uint32_t marks = last <= 12 ? 1 : last <= 24 ? 2 : last <= 60 ? 5 : last <= 120 ? 10 : 25;
    plot_write_bars(to, words, &(plot_bars){.bar = bar, .bars = last, .from = 1, .marks = marks, .whole = true});
}

static void write_runs(FILE *to, const evidence_school *s)
{
    const struct {
        const char *title, *unit;
        const uint64_t *count;
        uint32_t most;
    } bars[] = {{_("Rung of the ladder at which a placement was found, from 1"), _("rung"), s->rung, SUNLOT_MAX_RUNGS},
                {_("Try in which it was found, from 1"), _("try"), s->attempt, TALLY_TRIES},
                {_("Looks that the walk needed, from 1"), _("looks"), s->looks, TALLY_LOOKS}};
    for (size_t i = 0; i < sizeof bars / sizeof *bars; i++)
        write_counts(to, &(plot_words){bars[i].title, bars[i].unit, _("draws")}, bars[i].count, bars[i].most);
}

static void write_pairs(FILE *to, const evidence_school *s)
{
    if (s->pairs_n == 0) return;
    plot_point *point = need(s->pairs_n, sizeof *point);
    for (uint32_t i = 0; i < s->pairs_n; i++) point[i] = (plot_point){s->pairs[i].expected, s->pairs[i].observed, s->pairs[i].members};
    const plot_words pairs = {_("Pairs of equal profile in one class, a draw (measured)"), _("expected without rules"), _("observed")};
    plot_write_points(to, &pairs, point, s->pairs_n);
    free(point);
}

static void write_pictures(FILE *to, const evidence_school *s)
{
    if (s->placed == 0) {
        page_paragraph(to, "p", _("No draw of this school came to a placement."));
        return;
    }
    (void)fputs("<div class=\"plots\">\n", to);
    const plot_words file = {_("Stretches of the file by class: should be without pattern"), _("class"), _("stretch of the file")};
    const plot_words pseudonym = {_("Stretches of the pseudonyms by class: should be without pattern"), _("class"), _("stretch of the pseudonyms")};
    plot_write_heat(to, &file, s->off[TALLY_FILE], s->parts, s->classes);
    plot_write_heat(to, &pseudonym, s->off[TALLY_PSEUDONYM], s->parts, s->classes);
    write_pairs(to, s);
    write_runs(to, s);
    (void)fputs("</div>\n", to);
}

/* Of all schools what can be shown in one picture. */
static void write_pooled(FILE *to, const evidence *e)
{
    evidence_school all = {.pairs_n = 0};
    size_t pairs = 0;
    for (uint32_t i = 0; i < e->schools; i++) pairs += e->school[i].pairs_n;
    all.pairs = need(pairs, sizeof *all.pairs);
    for (uint32_t i = 0; i < e->schools; i++) {
        const evidence_school *s = &e->school[i];
        for (uint32_t j = 0; j <= SUNLOT_MAX_RUNGS; j++) all.rung[j] += s->rung[j];
        for (uint32_t j = 0; j <= TALLY_TRIES; j++) all.attempt[j] += s->attempt[j];
        for (uint32_t j = 0; j <= TALLY_LOOKS; j++) all.looks[j] += s->looks[j];
        for (uint32_t j = 0; j < s->pairs_n && all.pairs_n < MOST_POINTS; j++) all.pairs[all.pairs_n++] = s->pairs[j];
    }
    (void)fputs("<div class=\"plots\">\n", to);
    write_pairs(to, &all);
    write_runs(to, &all);
    (void)fputs("</div>\n", to);
    free(all.pairs);
}

static void write_schools(FILE *to, const evidence *e)
{
    page_paragraph(to, "h2", _("Order of the list, pairs, tries"));
    page_paragraph(to, "p",
                   _("The list is cut into up to twenty equal stretches. Colours go from four standard deviations too few (blue) to four too many (red)."));
    if (e->schools == 1) {
        write_pictures(to, &e->school[0]);
        return;
    }
    write_pooled(to, e);
    const char *const column[] = {
        _("school"), _("students"), _("classes"), _("interchangeable"), _("without placement"), _("tests"), _("smallest corrected p")};
    page_table_begin(to, column, sizeof column / sizeof *column, 1);
    for (uint32_t i = 0; i < e->schools; i++) {
        const evidence_school *s = &e->school[i];
        double least = 1;
        size_t tests = 0;
        for (size_t j = s->from; j < s->to; j++) {
            const finding *f = &e->findings.of[j];
            tests += f->verdict == FINDING_FITS || f->verdict == FINDING_DEVIATES;
            least = fmin(least, f->corrected);
        }
        (void)fputs("<tr><td>", to);
        page_text(to, s->name);
        (void)fprintf(
            to,
            "</td><td class=\"n\">%u</td><td class=\"n\">%u</td><td class=\"n\">%u</td><td class=\"n\">%llu</td><td class=\"n\">%zu</td><td class=\"n\">%.3g</td></tr>\n",
            (unsigned)s->students, (unsigned)s->classes, (unsigned)s->dealt, (unsigned long long)s->failed, tests, least);
    }
    page_table_end(to);
    if (e->schools > PICTURED) {
        page_paragraph(to, "p", _("For so many schools pictures of each would be too many; the tables beside this page hold all counts."));
        return;
    }
    for (uint32_t i = 0; i < e->schools; i++) {
        (void)fputs("<details><summary>", to);
        page_text(to, e->school[i].name);
        (void)fputs("</summary>\n", to);
        write_pictures(to, &e->school[i]);
        (void)fputs("</details>\n", to);
    }
}

/* ---- largest deviations -------------------------------------------------------------------------------------------------------------- */

static bool is_test(const finding *f) { return f->kind < FINDING_EXACT && f->verdict != FINDING_UNTESTED; }

static int by_chance(const void *a, const void *b)
{
    const finding *x = *(const finding *const *)a, *y = *(const finding *const *)b;
    if (x->p < y->p) return -1;
    if (x->p > y->p) return 1;
    return x < y ? -1 : x > y;
}

/* Of a pseudonym the first digits: enough to find it in the tables. */
static void write_scope(FILE *to, finding_kind kind, const char *scope)
{
    const bool person = kind == FINDING_STUDENT || kind == FINDING_ROW_SHARE || kind == FINDING_ROW_PAIR;
    const size_t all = strlen(scope), shown = person && all > 33 - 24 ? 33 - 24 : all;
    (void)fputs("<code>", to);
    page_text(to, (sunlot_text){scope, shown});
    if (person) (void)fputs("…", to);
    if (person && all > 33) page_put(to, scope + 33);
    (void)fputs("</code>", to);
}

static void write_largest(FILE *to, const evidence *e)
{
    const finding **f = need(e->findings.n, sizeof *f);
    size_t n = 0;
    for (size_t i = 0; i < e->findings.n; i++)
        if (is_test(&e->findings.of[i])) f[n++] = &e->findings.of[i];
    qsort(f, n, sizeof *f, by_chance);
    page_paragraph(to, "h2", _("The largest deviations"));
    const char *const column[] = {_("test"), _("of"), _("verdict"), _("p"), _("corrected p"), _("statistic"), _("degrees of freedom")};
    page_table_begin(to, column, sizeof column / sizeof *column, 3);
    for (size_t i = 0; i < n && i < LARGEST; i++) {
        (void)fprintf(to, "<tr%s><td>", f[i]->verdict == FINDING_DEVIATES ? " class=\"bad\"" : "");
        page_put(to, evidence_kind(f[i]->kind));
        (void)fputs("</td><td>", to);
        if (e->schools > 1) page_text(to, e->school[f[i]->school].name);
        if (e->schools > 1) (void)fputs(" ", to);
        write_scope(to, f[i]->kind, e->scope[f[i] - e->findings.of]);
        (void)fputs("</td><td>", to);
        page_put(to, evidence_verdict(f[i]->verdict));
        (void)fprintf(to, "</td><td class=\"n\">%.3g</td><td class=\"n\">%.3g</td><td class=\"n\">%.4g</td><td class=\"n\">", f[i]->p, f[i]->corrected,
                      f[i]->statistic);
        if (f[i]->df > 0) (void)fprintf(to, "%.0f", f[i]->df);
        (void)fputs("</td></tr>\n", to);
    }
    page_table_end(to);
    free(f);
}

/* ---- by test ------------------------------------------------------------------------------------------------------------------------- */

static void write_kinds(FILE *to, const evidence *e)
{
    page_paragraph(to, "h2", _("All tests by name"));
    const char *const column[] = {_("test"), _("tests"), _("deviate"), _("smallest p"), _("corrected p"), _("not tested")};
    page_table_begin(to, column, sizeof column / sizeof *column, 1);
    for (int kind = 0; kind < FINDING_EXACT; kind++) {
        size_t tests = 0, untested = 0, deviate = 0;
        double least = 1, corrected = 1;
        for (size_t i = 0; i < e->findings.n; i++) {
            const finding *f = &e->findings.of[i];
            if ((int)f->kind != kind) continue;
            tests += is_test(f);
            untested += !is_test(f);
            deviate += f->verdict == FINDING_DEVIATES;
            least = fmin(least, f->p);
            corrected = fmin(corrected, f->corrected);
        }
        if (tests + untested == 0) continue;
        (void)fputs("<tr><td>", to);
        page_put(to, evidence_kind((finding_kind)kind));
        (void)fprintf(to,
                      "</td><td class=\"n\">%zu</td><td class=\"n\">%zu</td><td class=\"n\">%.3g</td><td class=\"n\">%.3g</td><td class=\"n\">%zu</td></tr>\n",
                      tests, deviate, least, corrected, untested);
    }
    page_table_end(to);
}

static void write_again(FILE *to, const evidence *e)
{
    const evidence_request *q = e->request;
    char seed[65];
    for (int i = 0; i < 32; i++) (void)snprintf(seed + (size_t)2 * (size_t)i, 3, "%02x", q->seed32[i]);
    page_paragraph(to, "h2", _("Do it again"));
    (void)fprintf(to, "<p><code>sunlot evidence DIR --draws %u --seed %s", (unsigned)q->draws, seed);
    if (q->mix != NULL) (void)fprintf(to, " --mix %u", (unsigned)*q->mix);
    (void)fputs(" -o FOLDER</code></p>\n", to);
    page_paragraph(
        to, "p",
        _("The same input, seed and number of draws give the same counts with any program that follows section 11.6 of the specification. These are rehearsals: "
          "none of them is the draw, and the seed of the draw is thrown with dice later."));
    if (q->mix != NULL) page_paragraph(to, "p", _("The walk was not as long as announced: its length was given for this evidence."));
    (void)fputs("<p><strong>", to);
    page_put(
        to,
        _("The tables beside this page hold rows of the list under the pseudonyms of the rehearsal with the all-zero seed, and whoever knows a student’s id can compute that "
          "pseudonym. Do not publish the folder unless the rows may be public with ids; this page alone names at most those in “The largest deviations”."));
    (void)fputs("</strong></p>\n", to);
}

static void write_body(FILE *to, const void *user)
{
    const evidence *e = user;
    const totals t = add_up(e);
    page_paragraph(to, "h1", _("Evidence before the draw"));
    (void)fputs("<p class=\"soft\">", to);
    for (uint32_t i = 0; i < e->schools && i < 3; i++) {
        if (i > 0) (void)fputs(" · ", to);
        page_text(to, e->school[i].name);
    }
    if (e->schools > 3) (void)fputs(" · …", to);
    (void)fputs("</p>\n", to);
    write_summary(to, e, &t);
    write_statements(to);
    write_largest(to, e);
    write_kinds(to, e);
    write_students(to, e);
    write_schools(to, e);
    (void)fputs("<p class=\"soft\">", to);
    (void)fprintf(
        to,
        _("Students locked beforehand %llu; that stay together %llu; whose public row another student has too %llu. Classes that are interchangeable with another %llu."),
        (unsigned long long)t.locked, (unsigned long long)t.together, (unsigned long long)t.alike, (unsigned long long)t.dealt);
    (void)fputs("</p>\n", to);
    write_again(to, e);
}

void evidence_page(FILE *to, const evidence *e)
{
    const page_head head = {"sunlot evidence", text_of("sunlot evidence 抽签证据"), ""};
    page_begin(to, &head);
    page_both(to, "div", write_body, e);
    page_end(to);
}
