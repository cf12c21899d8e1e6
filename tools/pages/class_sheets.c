#define _POSIX_C_SOURCE 200809L /* open_memstream */
#include "pages/class_sheets.h"

#include <stdlib.h>
#include <string.h>

#include "ceremony/placed.h"
#include "common/batch.h"
#include "common/cells.h"
#include "common/characters.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/store.h"
#include "pages/draw_marks.h"
#include "pages/page.h"

/* How names are set so that a class fits a sheet of A4: the columns, how many rows each has there, and how wide a name may be for one line. */
typedef struct {
    const char *name;
    unsigned columns, rows, width;
} setting;
static const setting settings[] = {{"large", 2, 13, 32}, {"middle", 3, 17, 20}, {"small", 3, 22, 22}, {"tiny", 4, 25, 17}};
enum { SETTINGS = sizeof settings / sizeof *settings };

/* A class: its rows of the list, and the teachers of its school. */
typedef struct {
    size_t from, end;
    size_t teachers_from, teachers_end;
} class_rows;

typedef struct {
    const sunlot_log *log;
    placed_list list;
    draw_marks marks;
    class_rows *class_;
    size_t classes;
    char *style;
} sheets;

static const char own_style[] =
    ".sheet{background:var(--paper);border:1px solid var(--rule);border-radius:8px;padding:1.2rem 1.4rem;margin:1.2rem 0}\n"
    ".sheet h2{font-size:1.9rem;margin:.1rem 0;line-height:1.2}.sheet h1{font-size:1.25rem;margin:0}.count{font-size:1.05rem;margin:.3rem 0 .6rem}\n"
    ".taught{display:flex;flex-wrap:wrap;gap:.1rem 1.4rem;margin:.5rem 0;padding:.45rem 0;border:solid var(--rule);border-width:1px 0;font-size:.95rem}.taught b{font-weight:600}\n"
    ".names{list-style:none;padding:0;margin:.8rem 0;max-width:none;column-gap:1.6rem;column-fill:balance}\n"
    ".names li{display:flex;gap:.7em;align-items:baseline;break-inside:avoid;margin:0;border-bottom:1px solid var(--rule);line-height:1.25;overflow-wrap:anywhere}\n"
    ".names i{font-style:normal;color:var(--soft);font-size:.78em;min-width:1.7em;text-align:right;font-variant-numeric:tabular-nums}\n"
    ".large{columns:2;font-size:1.2rem}.middle{columns:3;font-size:1.12rem}.small{columns:3;font-size:1rem}.tiny{columns:4;font-size:.9rem}\n"
    ".large li{padding:.5em 0}.middle li{padding:.34em 0}.small li{padding:.3em 0}.tiny li{padding:.24em 0}\n"
    ".sign{display:grid;grid-template-columns:1fr 1fr;gap:1.5rem 2rem;margin:1.6rem 0 .4rem}.sign span.line{border-bottom:1px solid var(--ink)}.sign div{display:flex;gap:.5em}.sign "
    ".line{flex:1}\n"
    ".print{font-size:.74rem;color:var(--soft);margin:.6rem 0 0;max-width:none}.contents a{color:inherit;white-space:nowrap}.contents p{max-width:none}\n"
    "@media screen and (max-width:560px){.names{columns:2}}\n"
    "@media print{.sheet{border:0;padding:0;margin:0;border-radius:0}.sheet+.sheet{break-before:page}.sheet.one{min-height:262mm;display:flex;flex-direction:column}.sheet.one "
    ".sign{margin-top:auto}.screen{display:none}.names{flex:none}html{font-size:11.5pt}}\n";

/* ---- classes ----------------------------------------------------------------------------------------------------------------------- */

/* Rows and teachers stand school by school; the teachers of a school are few. */
static void find_classes(sheets *s)
{
    const placed_list *l = &s->list;
    size_t from = 0, end = 0;
    s->class_ = need(l->rows, sizeof *s->class_);
    for (size_t at = 0; at < l->rows;) {
        const uint32_t school = l->row[at].seat.school;
        while (from < l->teachers && l->teacher[from].section.school < school) from++;
        if (end < from) end = from;
        while (end < l->teachers && l->teacher[end].section.school == school) end++;
        s->class_[s->classes] = (class_rows){at, placed_class_end(l, at), from, end};
        at = s->class_[s->classes++].end;
    }
}

static const placed *first_row(const sheets *s, const class_rows *k) { return &s->list.row[k->from]; }

static bool teaches(const sheets *s, const class_rows *k, size_t teacher)
{
    return text_same(s->list.teacher[teacher].section.class_name, first_row(s, k)->seat.class_name);
}

static const person *homeroom_teacher(const sheets *s, const class_rows *k)
{
    for (size_t i = k->teachers_from; i < k->teachers_end; i++)
        if (teaches(s, k, i) && text_same(s->list.teacher[i].section.homeroom, text_of("homeroom"))) return s->list.teacher[i].who;
    return NULL;
}

/* ---- a sheet ------------------------------------------------------------------------------------------------------------------------- */

/* 3班 and Class 3, whether the word stands in its name or not. */
static void put_class(FILE *to, sunlot_text name)
{
    static const char word[] = "班";
    const size_t n = sizeof word - 1;
    const bool there = name.n >= n && memcmp(name.p + name.n - n, word, n) == 0;
    (void)fputs("<span class=\"zh\" lang=\"zh-CN\">", to);
    page_text(to, name);
    if (!there) (void)fputs(word, to);
    (void)fprintf(to, "</span><span class=\"en\" lang=\"en\">%s", there ? "" : "Class ");
    page_text(to, name);
    (void)fputs("</span>", to);
}

static void write_teachers(FILE *to, const sheets *s, const class_rows *k)
{
    const person *homeroom = homeroom_teacher(s, k);
    if (k->teachers_from == k->teachers_end) return;
    (void)fputs("<div class=\"taught\">\n", to);
    if (homeroom != NULL) {
        (void)fputs("<span>", to);
        page_words(to, N_("Homeroom teacher"));
        (void)fputs(" <b>", to);
        page_text(to, homeroom->name);
        (void)fputs("</b></span>\n", to);
    }
    for (size_t i = k->teachers_from; i < k->teachers_end; i++) {
        if (!teaches(s, k, i)) continue;
        (void)fputs("<span>", to);
        page_text(to, s->list.teacher[i].section.subject);
        (void)fputs(" <b>", to);
        page_text(to, s->list.teacher[i].who->name);
        (void)fputs("</b></span>\n", to);
    }
    (void)fputs("</div>\n", to);
}

/* How many there are, and of these how many were fixed beforehand, for which reasons. */
static void write_count(FILE *to, const sheets *s, const class_rows *k)
{
    const placed *row = s->list.row;
    size_t fixed = 0;
    for (size_t i = k->from; i < k->end; i++) fixed += row[i].seat.lock_reason.n > 0;
    (void)fputs("<p class=\"count\">", to);
    page_words(to, N_("Students"));
    (void)fprintf(to, " <b>%zu</b>", k->end - k->from);
    if (fixed > 0) {
        (void)fputs(" · ", to);
        page_words(to, N_("of them fixed beforehand, not drawn"));
        (void)fprintf(to, " <b>%zu</b> (", fixed);
        const char *between = "";
        for (size_t i = k->from; i < k->end; i++) {
            bool said = row[i].seat.lock_reason.n == 0;
            for (size_t j = k->from; j < i && !said; j++) said = text_same(row[j].seat.lock_reason, row[i].seat.lock_reason);
            if (said) continue;
            (void)fputs(between, to);
            page_text(to, row[i].seat.lock_reason);
            between = ", ";
        }
        (void)fputc(')', to);
    }
    const sunlot_text date = sunlot_log_fact(s->log, "date");
    if (date.n > 0) {
        (void)fputs(" · ", to);
        page_words(to, N_("Drawn on"));
        (void)fputc(' ', to);
        page_text(to, date);
    }
    (void)fputs("</p>\n", to);
}

static void write_signatures(FILE *to)
{
    const char *const who[] = {N_("Homeroom teacher (signature)"), N_("Principal (signature)"), N_("Supervision (signature)"), N_("Seal, date")};
    (void)fputs("<div class=\"sign\">\n", to);
    for (size_t i = 0; i < sizeof who / sizeof *who; i++) {
        (void)fputs("<div>", to);
        page_words(to, who[i]);
        (void)fputs("<span class=\"line\"></span></div>\n", to);
    }
    (void)fputs("</div>\n", to);
}

static void write_print(FILE *to, const sheets *s)
{
    uint8_t fingerprint[32];
    char text[80];
    sunlot_log_fingerprint(s->log, fingerprint);
    sunlot_fingerprint_write(text, fingerprint);
    (void)fputs("<p class=\"print\">", to);
    page_text(to, sunlot_log_id(s->log));
    (void)fputs("<br>", to);
    page_words(to, N_("Fingerprint of the list that was drawn from:"));
    (void)fprintf(to, " <code>%s</code></p>\n", text);
}

/* The first setting in which the class fits; else the last, and it goes on overleaf.  A further line of a name takes two thirds of a row. */
static const setting *setting_of(const sheets *s, const class_rows *k, bool *fits)
{
    for (size_t i = 0; i < SETTINGS; i++) {
        size_t thirds = 0;
        for (size_t row = k->from; row < k->end; row++) thirds += 3 + 2 * (size_t)(text_columns(s->list.row[row].who->name) / (settings[i].width + 1));
        *fits = thirds <= 3 * (size_t)settings[i].columns * settings[i].rows;
        if (*fits) return &settings[i];
    }
    return &settings[SETTINGS - 1];
}

static void write_sheet(FILE *to, const sheets *s, size_t number)
{
    const class_rows *k = &s->class_[number];
    bool fits;
    const setting *set = setting_of(s, k, &fits);
    (void)fprintf(to, "<section class=\"sheet%s\" id=\"c%zu\">\n<h1>", fits ? " one" : "", number + 1);
    page_text(to, first_row(s, k)->seat.school_name);
    (void)fputs("</h1>\n<h2>", to);
    put_class(to, first_row(s, k)->seat.class_name);
    (void)fputs("</h2>\n", to);
    draw_marks_head(to, &s->marks);
    write_count(to, s, k);
    write_teachers(to, s, k);
    (void)fprintf(to, "<ol class=\"names %s\">\n", set->name);
    for (size_t i = k->from; i < k->end; i++) {
        (void)fprintf(to, "<li><i>%zu</i>", i - k->from + 1);
        page_text(to, s->list.row[i].who->name);
        (void)fputs("</li>\n", to);
    }
    (void)fputs("</ol>\n", to);
    write_signatures(to);
    write_print(to, s);
    (void)fputs("</section>\n", to);
}

/* ---- files --------------------------------------------------------------------------------------------------------------------------- */

/* Schools and classes with links; on paper only where there are several schools. */
static void write_contents(FILE *to, const sheets *s, size_t from, size_t end)
{
    const bool several = first_row(s, &s->class_[from])->seat.school != first_row(s, &s->class_[end - 1])->seat.school;
    (void)fprintf(to, "<section class=\"sheet contents%s\">\n<h2>", several ? "" : " screen");
    page_words(to, N_("Class lists"));
    (void)fputs("</h2>\n", to);
    draw_marks_head(to, &s->marks);
    for (size_t i = from; i < end; i++) {
        const class_rows *k = &s->class_[i];
        const bool first = i == from || first_row(s, &s->class_[i - 1])->seat.school != first_row(s, k)->seat.school;
        if (first) {
            (void)fputs(i == from ? "<p><b>" : "</p>\n<p><b>", to);
            page_text(to, first_row(s, k)->seat.school_name);
            (void)fputs("</b>", to);
        }
        (void)fprintf(to, " <a href=\"#c%zu\">", i + 1);
        put_class(to, first_row(s, k)->seat.class_name);
        (void)fprintf(to, " (%zu)</a>", k->end - k->from);
    }
    (void)fputs("</p>\n</section>\n", to);
}

static void write_html(FILE *to, const sheets *s, size_t from, size_t end)
{
    const page_head head = {"sunlot report", text_of("班级名单 Class lists"), s->style};
    page_begin(to, &head);
    draw_marks_across(to, &s->marks);
    if (end > from) write_contents(to, s, from, end);
    for (size_t i = from; i < end; i++) write_sheet(to, s, i);
    page_end(to);
}

static void write_csv(FILE *to, const sheets *s, size_t from, size_t end)
{
    (void)fprintf(to, BYTE_ORDER_MARK "%s\r\n", _("school,class,no.,name,homeroom teacher"));
    for (size_t i = from; i < end; i++) {
        const class_rows *k = &s->class_[i];
        const person *homeroom = homeroom_teacher(s, k);
        for (size_t row = k->from; row < k->end; row++) {
            const placed *p = &s->list.row[row];
            cell_put(to, p->seat.school_name, ",");
            cell_put(to, p->seat.class_name, ",");
            (void)fprintf(to, "%zu,", row - k->from + 1);
            cell_put(to, p->who->name, ",");
            cell_put(to, homeroom != NULL ? homeroom->name : text_of(""), "\r\n");
        }
    }
}

typedef void sheet_writer(FILE *to, const sheets *s, size_t from, size_t end);

/* One file of the classes from … end - 1. */
static int store_one(batch *b, const char *name, sheet_writer *write, const sheets *s, size_t from, size_t end)
{
    char *bytes = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&bytes, &n);
    if (to != NULL) write(to, s, from, end);
    const bool good = to != NULL && ferror(to) == 0;
    int status = (to == NULL || fclose(to) == 0) && good ? STATUS_RUN : complain_error(SUNLOT_ERR_MEMORY);
    if (status == STATUS_RUN && !batch_add(b, name, (sunlot_text){bytes, n})) status = STATUS_CANNOT;
    if (bytes != NULL) wipe(bytes, n);
    free(bytes);
    return status;
}

static int store_both(batch *b, const char *name, const sheets *s, size_t from, size_t end)
{
    char file[48];
    (void)snprintf(file, sizeof file, "%s.html", name);
    int status = store_one(b, file, write_html, s, from, end);
    (void)snprintf(file, sizeof file, "%s.csv", name);
    return status == STATUS_RUN ? store_one(b, file, write_csv, s, from, end) : status;
}

static int store_all(const ceremony *c, const sheets *s)
{
    batch b;
    batch_begin(&b, c->private_, STORE_PRIVATE);
    int status = store_both(&b, "class-lists", s, 0, s->classes);
    if (!batch_end(&b)) status = STATUS_CANNOT;
    if (status == STATUS_RUN)
        (void)printf(_("Class lists in %s: class-lists.html to print and sign, class-lists.csv for spreadsheets; classes %zu, students %zu\n"), c->private_,
                     s->classes, s->list.rows);
    return status;
}

static int store_schools(const ceremony *c, const sheets *s)
{
    char *folder = file_path(c->private_, "class-lists");
    batch b;
    int status = store_folder(folder, true) ? STATUS_RUN : STATUS_CANNOT;
    batch_begin(&b, folder, STORE_PRIVATE);
    for (size_t from = 0, end; from < s->classes && status == STATUS_RUN; from = end) {
        const uint32_t school = first_row(s, &s->class_[from])->seat.school;
        char number[16];
        for (end = from + 1; end < s->classes && first_row(s, &s->class_[end])->seat.school == school;) end++;
        (void)snprintf(number, sizeof number, "%u", (unsigned)school + 1);
        status = store_both(&b, number, s, from, end);
    }
    if (!batch_end(&b)) status = STATUS_CANNOT;
    if (status == STATUS_RUN) (void)printf(_("  and for each school %s/NUMBER.html and NUMBER.csv, NUMBER being that of the school in the log\n"), folder);
    free(folder);
    return status;
}

int class_sheets_store(const ceremony *c, const sunlot_log *log)
{
    people_list people;
    sheets s = {.log = log};
    size_t n = 0;
    int status = placed_open(&s.list, &people, c, log);
    if (status != STATUS_RUN) return status;
    draw_marks_read(&s.marks, log);
    find_classes(&s);
    FILE *to = open_memstream(&s.style, &n);
    if (to != NULL) {
        (void)fputs(own_style, to);
        draw_marks_style(to, &s.marks);
    }
    if (to == NULL || fclose(to) != 0) status = complain_error(SUNLOT_ERR_MEMORY);
    if (status == STATUS_RUN) status = store_all(c, &s);
    if (status == STATUS_RUN && sunlot_roster_schools(sunlot_log_roster(log)) > 1) status = store_schools(c, &s);
    free(s.style);
    free(s.class_);
    placed_free(&s.list);
    people_free(&people);
    return status;
}
