/* The report's part on the schools: what the rules asked, what was reached, in figures and pictures.
 *
 * Where rows are for auditors nothing is said class by class: how many children of a small group a class has could tell of a child.  The lines of balance
 * say the least and the most, and are public there too. */
#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>
#include <string.h>

#include "common/characters.h"
#include "common/messages.h"
#include "common/summary.h"
#include "pages/figure_plot.h"
#include "pages/page.h"
#include "pages/report.h"

/* Schools of which each has its pictures on the page; of more of them the tables alone. */
enum { PICTURED = 600 };

static bool by_class(const report *r) { return sunlot_log_edition(r->log) == SUNLOT_EDITION_FULL && !sunlot_roster_for_auditors(sunlot_log_roster(r->log)); }

static sunlot_school_info info_of(const report *r, uint32_t school)
{
    sunlot_school_info info;
    sunlot_roster_school(sunlot_log_roster(r->log), school, &info);
    return info;
}

/* What is larger stands for all that is: in a public edition, where nobody recomputes it, a figure may be of any size. */
#define MOST_UNITS INT64_C(1000000000000000000)

/* A decimal of the log, at most five digits after the point, in units of 0.00001. */
static int64_t units_of(sunlot_text text)
{
    int64_t value = 0, unit = 100000;
    bool negative = false, fraction = false;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '-') negative = true;
        if (text.p[i] == '.') fraction = true;
        if (text.p[i] < '0' || text.p[i] > '9' || unit == 0) continue;
        if (fraction) unit /= 10;
        value = fraction ? value + (text.p[i] - '0') * unit : value > MOST_UNITS / 20 ? MOST_UNITS : 10 * value + (text.p[i] - '0') * INT64_C(100000);
        if (value > MOST_UNITS) value = MOST_UNITS;
    }
    return negative ? -value : value;
}

static int64_t gap_of(const sunlot_balance *b) { return units_of(b->most) - units_of(b->least); }

static void sizes_of(const report_school *s, uint32_t *least, uint32_t *most)
{
    *least = s->classes > 0 ? UINT32_MAX : 0;
    *most = 0;
    for (uint32_t i = 0; i < s->classes; i++) {
        if (s->class_[i].students < *least) *least = s->class_[i].students;
        if (s->class_[i].students > *most) *most = s->class_[i].students;
    }
}

/* ---- words --------------------------------------------------------------------------------------------------------------------------- */

static const char *who_of(const sunlot_balance *b) { return text_same(b->who, text_of("teachers")) ? N_("Teachers") : N_("Students"); }

/* What a rule is about: the value counted, or the column whose means are compared. */
static void put_subject(FILE *to, const sunlot_balance *b)
{
    page_words(to, who_of(b));
    (void)fputs(" · ", to);
    if (b->sum) page_words(to, b->deviation ? N_("standard deviation of ") : N_("mean of "));
    page_text(to, b->column);
    if (b->sum) return;
    (void)fputs(" · ", to);
    page_text(to, b->value);
}

/* A minus sign as it is printed. */
static void put_signed(FILE *to, sunlot_text text, bool sign)
{
    if (text.n > 0 && text.p[0] == '-')
        (void)fputs("\xe2\x88\x92", to);
    else if (sign && units_of(text) > 0)
        (void)fputc('+', to);
    page_text(to, text.n > 0 && text.p[0] == '-' ? (sunlot_text){text.p + 1, text.n - 1} : text);
}

static void put_range(FILE *to, sunlot_text least, sunlot_text most, bool sign)
{
    put_signed(to, least, sign);
    if (text_same(least, most)) return;
    (void)fputs(sign ? " … " : "\xe2\x80\x93", to);
    put_signed(to, most, sign);
}

static void write_row(FILE *to, const sunlot_balance *b)
{
    const int64_t gap = gap_of(b);
    (void)fputs("<tr><td>", to);
    put_subject(to, b);
    (void)fputs("</td><td class=\"n\">", to);
    if (b->sum) (void)fputs("≤ ", to);
    if (b->sum)
        page_text(to, b->value);
    else
        put_range(to, b->lo, b->hi, false);
    (void)fputs("</td><td class=\"n\">", to);
    put_range(to, b->least, b->most, b->sum && !b->deviation);
    (void)fputs("</td><td class=\"n\">", to);
    figure_decimal(to, gap, b->sum ? 5 : 0, false);
    (void)fputs("</td></tr>\n", to);
}

static void head_cells(FILE *to, const char *const *column, size_t columns)
{
    (void)fputs("<div class=\"wide\"><table><thead><tr>", to);
    for (size_t i = 0; i < columns; i++) {
        (void)fputs(i > 0 ? "<th class=\"n\">" : "<th>", to);
        page_words(to, column[i]);
        (void)fputs("</th>", to);
    }
    (void)fputs("</tr></thead><tbody>\n", to);
}

/* ---- a school ------------------------------------------------------------------------------------------------------------------------ */

static void write_table(FILE *to, const report *r, uint32_t school)
{
    const char *const column[] = {N_("in each class"), N_("asked"), N_("reached"), N_("largest difference")};
    const report_school *s = &r->of[school];
    const sunlot_school_info info = info_of(r, school);
    uint32_t least, most;
    sizes_of(s, &least, &most);
    head_cells(to, column, sizeof column / sizeof *column);
    (void)fputs("<tr><td>", to);
    page_words(to, N_("Students"));
    (void)fputs("</td><td class=\"n\">", to);
    if (info.size_most == 0)
        (void)fputs("\xe2\x80\x93", to); /* a public edition */
    else if (info.size_least == info.size_most)
        (void)fprintf(to, "%u", (unsigned)info.size_most);
    else
        (void)fprintf(to, "%u\xe2\x80\x93%u", (unsigned)info.size_least, (unsigned)info.size_most);
    if (info.weighted > 0) page_words(to, N_(" seats"));
    (void)fprintf(to, least == most ? "</td><td class=\"n\">%u" : "</td><td class=\"n\">%u\xe2\x80\x93%u", (unsigned)least, (unsigned)most);
    if (info.weighted > 0) page_words(to, N_(" students"));
    (void)fprintf(to, "</td><td class=\"n\">%u</td></tr>\n", (unsigned)(most - least));
    for (size_t i = s->balance_from; i < s->balance_end; i++) write_row(to, &r->balance[i]);
    page_table_end(to);
}

static void write_figure(void *user, const sunlot_figure *f)
{
    FILE *to = user;
    (void)fputs("<figure><figcaption>", to);
    put_subject(to, &f->balance);
    if (f->balance.sum) {
        (void)fputs("<span class=\"soft\"> · ", to);
        page_words(to, N_("of the school"));
        (void)fputc(' ', to);
        figure_decimal(to, f->school, figure_decimals(f->gap), false);
        (void)fputs("</span>", to);
    }
    (void)fputs("</figcaption>", to);
    figure_plot(to, f);
    (void)fputs("</figure>\n", to);
}

/* How many students the classes have, drawn as any other count; asked where every student takes one seat. */
static void write_sizes(FILE *to, const report *r, uint32_t school)
{
    const report_school *s = &r->of[school];
    const sunlot_school_info info = info_of(r, school);
    sunlot_text name[SUNLOT_MAX_SCHOOL_CLASSES];
    int64_t reached[SUNLOT_MAX_SCHOOL_CLASSES];
    bool empty[SUNLOT_MAX_SCHOOL_CLASSES] = {false};
    uint32_t least, most;
    sizes_of(s, &least, &most);
    for (uint32_t i = 0; i < s->classes; i++) {
        name[i] = s->class_[i].name;
        reached[i] = s->class_[i].students;
    }
    const bool known = info.size_most > 0 && info.weighted == 0;
    const sunlot_figure f = {
        .classes = s->classes, .class_name = name, .reached = reached, .empty = empty, .lo = known ? info.size_least : 1, .hi = known ? info.size_most : 0};
    (void)fputs("<figure><figcaption>", to);
    page_words(to, N_("Students in each class"));
    (void)fputs("</figcaption>", to);
    figure_plot(to, &f);
    (void)fputs("</figure>\n", to);
}

static void write_pictures(FILE *to, report *r, uint32_t school)
{
    (void)fputs("<div class=\"figures\">\n", to);
    write_sizes(to, r, school);
    if (by_class(r) && r->err == SUNLOT_OK) r->err = sunlot_log_figures(r->log, school, write_figure, to);
    (void)fputs("</div>\n", to);
}

typedef struct {
    const report *r;
    uint32_t school;
} one_school;

/* As the verifier says them. */
static void write_odds_words(FILE *to, const void *user)
{
    const one_school *one = user;
    const bool brief = one->r->school == REPORT_ALL && one->r->schools > SUMMARY_DESCRIBED;
    page_paragraph(to, "h3", _("Odds of the teams"));
    page_paragraph(to, "p", _("Some students may not come to some teachers, so not every group could get every team."));
    (void)fputs("<pre>", to);
    summary_odds(to, "", one->r->odds, brief);
    (void)fputs("</pre>\n", to);
}

static void write_odds(FILE *to, report *r, uint32_t school)
{
    const sunlot_text of_log = {NULL, 0};
    const one_school one = {r, school};
    if (!by_class(r) || r->err != SUNLOT_OK || info_of(r, school).recused == 0) return;
    r->err = sunlot_log_odds(r->odds, r->log, school, of_log);
    if (r->err == SUNLOT_OK && r->odds->teachers && r->odds->recused > 0) page_both(to, "div", write_odds_words, &one);
}

/* What stands at the head of a school, in the language of the messages. */
static void write_summary(FILE *to, const void *user)
{
    const one_school *one = user;
    const report_school *s = &one->r->of[one->school];
    const sunlot_school_info info = info_of(one->r, one->school);
    sunlot_text rung, attempt, looks;
    (void)fprintf(to, _("Classes %u, students %u, teachers %u; fixed beforehand, not drawn: %u"), (unsigned)info.classes, (unsigned)info.students,
                  (unsigned)info.teachers, (unsigned)s->fixed);
    if (s->struck > 0) (void)fprintf(to, _("; struck afterwards %u"), (unsigned)s->struck);
    if (s->moved > 0) (void)fprintf(to, _("; moved afterwards %u"), (unsigned)s->moved);
    if (sunlot_log_placed(one->r->log, one->school, &rung, &attempt, &looks))
        (void)fprintf(to, _("; placed at rung %.*s of %u, in try %.*s"), (int)rung.n, rung.p, (unsigned)info.rungs, (int)attempt.n, attempt.p);
    (void)fputs(_("."), to);
    if (by_class(one->r) && info.together + info.limits + info.weighted + info.recused > 0)
        (void)fprintf(
            to,
            _(" Kept as well, and checked: students who stay together %u, kept apart or spread or capped %u, of more than one seat %u, kept from a teacher %u."),
            (unsigned)info.together, (unsigned)info.limits, (unsigned)info.weighted, (unsigned)info.recused);
}

static void write_school(FILE *to, report *r, uint32_t school)
{
    const one_school one = {r, school};
    page_both(to, "p", write_summary, &one);
    write_table(to, r, school);
    if (r->school != REPORT_ALL || r->schools <= PICTURED) write_pictures(to, r, school);
    write_odds(to, r, school);
}

/* ---- many of them ---------------------------------------------------------------------------------------------------------------------- */

/* The students’ mean that took most of what was asked; where there is none, the teachers’. */
static const sunlot_balance *tightest(const report *r, const report_school *s)
{
    const sunlot_balance *found = NULL;
    for (size_t i = s->balance_from; i < s->balance_end; i++) {
        const sunlot_balance *b = &r->balance[i];
        if (!b->sum || b->deviation || units_of(b->value) == 0) continue;
        const bool teachers = text_same(b->who, text_of("teachers"));
        if (found != NULL && teachers && !text_same(found->who, b->who)) continue;
        if (found == NULL || (double)gap_of(b) * (double)units_of(found->value) > (double)gap_of(found) * (double)units_of(b->value)) found = b;
    }
    return found;
}

static void write_line(FILE *to, const report *r, uint32_t school)
{
    const report_school *s = &r->of[school];
    const sunlot_school_info info = info_of(r, school);
    const sunlot_balance *b = tightest(r, s);
    sunlot_text rung = text_of(""), attempt = text_of(""), looks;
    uint32_t least, most;
    sizes_of(s, &least, &most);
    (void)sunlot_log_placed(r->log, school, &rung, &attempt, &looks);
    (void)fprintf(to, "<tr><td><a href=\"#s%u\">", (unsigned)school + 1);
    page_text(to, info.name);
    (void)fprintf(to, "</a></td><td class=\"n\">%u</td><td class=\"n\">%u</td><td class=\"n\">", (unsigned)info.classes, (unsigned)info.students);
    (void)fprintf(to, least == most ? "%u" : "%u\xe2\x80\x93%u", (unsigned)least, (unsigned)most);
    (void)fprintf(to, "</td><td class=\"n\">%u</td><td class=\"n\">%u</td><td class=\"n\">%.*s / %.*s</td><td class=\"n\">", (unsigned)s->fixed,
                  (unsigned)info.teachers, (int)rung.n, rung.p, (int)attempt.n, attempt.p);
    if (b != NULL) {
        figure_decimal(to, gap_of(b), figure_decimals(units_of(b->value)), false);
        (void)fputs(" / ", to);
        page_text(to, b->value);
        (void)fputs(" (", to);
        page_text(to, b->column);
        (void)fputs(")", to);
    }
    (void)fputs("</td></tr>\n", to);
}

static void write_lines(FILE *to, const report *r)
{
    const char *const column[] = {N_("School"),           N_("Classes"),  N_("Students"),   N_("in each class"),
                                  N_("Fixed beforehand"), N_("Teachers"), N_("Rung / try"), N_("Largest gap of means / asked")};
    head_cells(to, column, sizeof column / sizeof *column);
    for (uint32_t i = 0; i < r->schools; i++) write_line(to, r, i);
    page_table_end(to);
}

static void write_legend(FILE *to, const void *user)
{
    const report *r = user;
    page_paragraph(to, "h2", r->schools > 1 && r->school == REPORT_ALL ? _("The schools") : _("What the rules asked, and what was reached"));
    page_paragraph(
        to, "p",
        _("As it was drawn; what was entered afterwards stands below. A count is asked to lie between two numbers in every class; the means, or standard deviations, of any two classes may differ by what is asked, and what was reached is said as the difference from the school’s mean."));
    if (r->school != REPORT_ALL || r->schools <= PICTURED)
        page_paragraph(
            to, "p",
            by_class(r)
                ? _("In the pictures each class has its bar or dot; the band is what was asked, the line in it the school’s mean.")
                : _("Rows are for auditors here: the least and the most of all classes are public, not each class by itself, which could tell of a child."));
}

void report_schools(FILE *to, report *r)
{
    const bool all = r->school == REPORT_ALL && r->schools > 1, folded = all && r->schools > SUMMARY_DESCRIBED;
    page_both(to, "div", write_legend, r);
    if (all) write_lines(to, r);
    for (uint32_t i = 0; i < r->schools; i++) {
        const sunlot_school_info info = info_of(r, i);
        if (r->school != REPORT_ALL && r->school != i) continue;
        (void)fprintf(to, folded ? "<details class=\"school\" id=\"s%u\"><summary>" : "<section class=\"school\" id=\"s%u\"><h3>", (unsigned)i + 1);
        page_text(to, info.name);
        (void)fputs(folded ? "</summary>\n" : "</h3>\n", to);
        write_school(to, r, i);
        (void)fputs(folded ? "</details>\n" : "</section>\n", to);
    }
}
