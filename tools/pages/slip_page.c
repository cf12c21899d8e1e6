#include "pages/slip_page.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common/characters.h"
#include "common/files.h"
#include "common/messages.h"
#include "pages/page.h"
#include "pages/qr.h"

/* A sheet is a page of a printer without margins of its own: where it cannot print, at most 5 mm at the edges, nothing stands.  Slips are as wide as the
 * paper and all of one height but those with very much in them, so that a pile of sheets is cut at once. */
const char slip_style[] =
    "@page{size:A4;margin:0}\n"
    "main{max-width:none;padding:0}\n"
    ".sheets{width:210mm;margin:0 auto 8mm;border-collapse:separate;border-spacing:0;background:#fff;color:#000;font-size:8.5pt;line-height:1.35;break-after:page}\n"
    ".sheets:last-child{break-after:auto}.sheets thead{display:table-header-group}\n"
    ".sheets th{height:50px;padding:18px 10mm 4px;border:0;vertical-align:bottom;color:#000;font-weight:400;line-height:1.2}\n"
    ".head{display:flex;justify-content:space-between;align-items:baseline;gap:8mm}.head b{font-size:11pt;flex:none;max-width:60%;overflow-wrap:anywhere}.head span{font-size:8pt}\n"
    ".sheets td{padding:0;border:0;word-break:normal}.sheets tr{break-inside:avoid}\n"
    ".slip{position:relative;min-height:262px;padding:14px 10mm 10px;display:grid;grid-template:1fr auto/1fr 61mm 40mm;gap:5px 5mm}\n"
    ".slip p{margin:0;max-width:none}.slip>div{min-width:0}.slip .l{color:#555;font-size:7.5pt}\n"
    /* The lines of a cut, of the slip above and of the slip below, fall on each other. */
    ".slip::before,.slip::after{content:\"\";position:absolute;left:0;right:0;border-top:1px dashed #888}.slip::before{top:-.5px}.slip::after{bottom:-.5px}\n"
    ".mark{position:absolute;width:8mm;border-top:2px solid #000}.a,.b{top:-1px}.c,.d{bottom:-1px}.a,.c{left:0}.b,.d{right:0}\n"
    ".school,.name,.says b{overflow-wrap:anywhere}.slip .name{font-size:16pt;font-weight:700;line-height:1.2;margin:2px 0}.slip .long{font-size:11pt}\n"
    ".slip .says{margin-top:6px;padding-top:5px;border-top:1px solid #bbb}.says .v{display:inline-block;margin-right:3mm}.says .end{display:block}.many,.many .l{font-size:7pt}\n"
    ".mono{font-family:ui-monospace,\"DejaVu Sans Mono\",\"Liberation Mono\",Menlo,Consolas,monospace;white-space:pre;line-height:1.25}\n"
    ".print{font-size:11.5pt;font-weight:700;line-height:1.2}.late .print{font-size:8.5pt;line-height:1.15}.number{font-size:9pt}.salt,.hash{font-size:6.4pt}\n"
    ".slip p+.l{margin-top:4px}\n"
    ".code .qr{display:block;width:40mm;height:40mm;background:#fff}.code p{font-size:6.4pt;line-height:1.25;overflow-wrap:anywhere;text-align:center}\n"
    ".slip .foot{grid-column:1/-1;border-top:1px solid #bbb;padding-top:4px;font-size:7pt}\n"
    ".slip .of{font-size:7pt;overflow-wrap:anywhere}\n"
    ".slip .warn{display:inline-block;border:1px solid #000;padding:0 1.5mm;margin-bottom:2px;font-weight:700}\n"
    ".index{max-width:46em;margin:0 auto;padding:0 16px}\n"
    "@media screen{.sheets{box-shadow:0 1px 8px #0003}}\n"
    "@media print{.sheets{margin:0}}\n";

/* A name of more bytes, and more values, are written smaller. */
enum { LONG_NAME = 36, MANY_VALUES = 10 };

/* ---- pieces ---------------------------------------------------------------------------------------------------------------------- */

static void put_label(FILE *to, const char *msgid)
{
    (void)fputs("<p class=\"l\">", to);
    page_words(to, msgid);
    (void)fputs("</p>", to);
}

/* Hexadecimal digits in groups of four, some groups a line; a letter before them stays with the first group. */
static void put_groups(FILE *to, const char *tag, const char *class_, sunlot_text text, char between, unsigned line)
{
    const size_t letter = text.n % 4;
    (void)fprintf(to, "<%s class=\"mono %s\">%.*s", tag, class_, (int)letter, text.p);
    for (size_t i = letter; i < text.n; i += 4) {
        const size_t group = (i - letter) / 4;
        if (group > 0 && between != ' ') (void)fputc(between, to);
        if (group > 0 && group % line == 0)
            (void)fputc('\n', to);
        else if (group > 0 && between == ' ')
            (void)fputc(' ', to);
        (void)fwrite(text.p + i, 1, 4, to);
    }
    (void)fprintf(to, "</%s>", tag);
}

static void put_print(FILE *to, const uint8_t root32[32])
{
    char groups[80], digits[65];
    size_t n = 0;
    sunlot_fingerprint_write(groups, root32);
    for (size_t i = 0; groups[i] != '\0'; i++)
        if (groups[i] != ' ') digits[n++] = groups[i];
    put_groups(to, "p", "print", (sunlot_text){digits, n}, ' ', 4);
}

/* ---- what the line says -------------------------------------------------------------------------------------------------------------- */

static void open_value(FILE *to) { (void)fputs("<span class=\"v\"><span class=\"l\">", to); }

static void put_value(FILE *to, sunlot_text value)
{
    (void)fputs("</span> <b>", to);
    page_text(to, value);
    (void)fputs("</b></span>\n", to);
}

static void put_figure(FILE *to, const char *msgid, uint32_t figure, uint32_t of)
{
    char text[32];
    const int n = of > 0 ? snprintf(text, sizeof text, "%u / %u", (unsigned)figure, (unsigned)of) : snprintf(text, sizeof text, "%u", (unsigned)figure);
    open_value(to);
    page_words(to, msgid);
    put_value(to, (sunlot_text){text, (size_t)n});
}

static const char *reason_words(sunlot_text code)
{
    static const char *const words[][2] = {{"order", N_("order of an authority or a court")},
                                           {"family", N_("a relative in the school")},
                                           {"room", N_("what the room of the class has")},
                                           {"other", N_("another reason")}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_same(code, text_of(words[i][0]))) return words[i][1];
    return NULL;
}

static void put_lock(FILE *to, const sunlot_row_info *row)
{
    const char *reason = reason_words(row->lock_reason);
    open_value(to);
    page_words(to, N_("Placed beforehand in class"));
    put_value(to, row->lock_class);
    open_value(to);
    page_words(to, N_("why"));
    (void)fputs("</span> <b>", to);
    if (reason != NULL)
        page_words(to, reason);
    else
        page_text(to, row->lock_reason);
    (void)fputs("</b></span>\n", to);
    open_value(to);
    page_words(to, N_("by"));
    put_value(to, row->lock_authority);
}

uint32_t slip_write_row(FILE *to, const sunlot_row_info *row)
{
    for (uint32_t i = 0; i < row->cells; i++) {
        open_value(to);
        page_text(to, row->cell[i].column);
        put_value(to, row->cell[i].value.n > 0 ? row->cell[i].value : text_of("—"));
    }
    if (row->together > 0) put_figure(to, N_("Others who come into the same class"), row->together, 0);
    for (uint32_t i = 0; i < row->limits; i++) {
        if (row->limit[i].most == 1)
            put_figure(to, N_("Others who never come into the same class"), row->limit[i].others, 0);
        else
            put_figure(to, N_("Of a set of children at most so many in one class"), row->limit[i].most, row->limit[i].others + 1);
    }
    if (row->recused) {
        open_value(to);
        page_words(to, N_("Kept from the classes of one teacher"));
        (void)fputs("</span> <b>", to);
        page_words(to, N_("yes"));
        (void)fputs("</b></span>\n", to);
    }
    if (row->seats > 1) put_figure(to, N_("Seats that the child takes"), row->seats, 0);
    if (row->lock_class.n > 0) put_lock(to, row);
    return row->cells + row->limits + (row->together > 0 ? 1u : 0) + (row->recused ? 1u : 0) + (row->seats > 1 ? 1u : 0) + (row->lock_class.n > 0 ? 3u : 0);
}

/* ---- a slip -------------------------------------------------------------------------------------------------------------------------- */

static void put_number(FILE *to, const slip *s)
{
    put_label(to, N_("Code number"));
    put_groups(to, "p", "number", s->pseudonym, '-', 4);
}

static void write_who(FILE *to, const slip *s)
{
    (void)fputs("<div>", to);
    (void)fputs("<p class=\"school\">", to);
    page_text(to, s->school_name);
    (void)fprintf(to, "</p><p class=\"name%s\">", s->who->name.n > LONG_NAME ? " long" : "");
    page_text(to, s->who->name);
    (void)fputs("</p><p>", to);
    (void)fputs("<span class=\"l\">", to);
    page_words(to, N_("Id"));
    (void)fputs("</span> <b>", to);
    page_text(to, s->who->id);
    (void)fprintf(to, "</b></p><p class=\"says%s\">", s->values > MANY_VALUES ? " many" : "");
    if (s->says != NULL) (void)fputs(s->says, to);
    if (s->base->act > 0) {
        open_value(to);
        page_words(to, N_("Came late, in the supplement of"));
        put_value(to, s->base->date);
        if (s->seats > 1) put_figure(to, N_("Seats that the child takes"), s->seats, 0);
    }
    (void)fputs("<span class=\"l end\">", to);
    page_words(to, N_("The log says nothing else of the child."));
    (void)fputs("</span></p>", to);
    if (s->base->act > 0) put_number(to, s);
    (void)fputs("</div>\n", to);
}

/* A late student has two roots; so the number stands on the other side. */
static void write_proof(FILE *to, const sunlot_log *log, const slip *s)
{
    (void)fputs("<div>", to);
    if (s->base->act > 0) {
        uint8_t fingerprint[32];
        put_label(to, N_("Root of the supplement"));
        put_print(to, s->base->root32);
        put_label(to, N_("Fingerprint of the draw"));
        sunlot_log_fingerprint(log, fingerprint);
        put_print(to, fingerprint);
    } else {
        put_label(to, N_("Fingerprint of the list and the rules"));
        put_print(to, s->base->root32);
        put_number(to, s);
    }
    put_label(to, N_("Salt, which opens the line"));
    put_groups(to, "p", "salt", s->who->salt, ' ', 8);
    (void)fputs("</div>\n", to);
}

static sunlot_err write_code(FILE *to, const sunlot_log *log, const slip *s)
{
    sunlot_buffer link = {0};
    sunlot_err err = sunlot_slip_write(&link, log, s->pseudonym, s->who->salt);
    if (err != SUNLOT_OK) return err;
    char *text = need(link.n + 1, 1);
    memcpy(text, link.p, link.n);
    (void)fputs("<div class=\"code\">", to);
    errno = 0;
    if (!qr_write(to, text)) err = errno == ERANGE ? SUNLOT_ERR_LIMIT : SUNLOT_ERR_MEMORY;
    const char *fragment = memchr(link.p, '#', link.n);
    if (fragment != NULL && sunlot_log_fact(log, "address").n > 0) {
        (void)fputs("<p>", to);
        page_text(to, sunlot_log_fact(log, "address"));
        (void)fputs("<wbr>", to);
        page_text(to, (sunlot_text){link.p + sunlot_log_fact(log, "address").n, (size_t)(fragment - link.p) - sunlot_log_fact(log, "address").n});
        (void)fputs("</p>", to);
    }
    (void)fputs("</div>\n", to);
    wipe(text, link.n);
    free(text);
    wipe(link.p, link.n);
    sunlot_buffer_free(&link);
    return err;
}

static void put_line(FILE *to, const char *when, const char *what)
{
    (void)fputs("<p><b>", to);
    page_words(to, when);
    (void)fputs("</b> ", to);
    page_words(to, what);
    (void)fputs("</p>", to);
}

static void write_foot(FILE *to, const sunlot_log *log, const slip *s)
{
    const sunlot_text page = sunlot_log_fact(log, "page");
    (void)fputs("<div class=\"foot\">", to);
    if (s->base->thrown) {
        (void)fputs("<p class=\"warn\">", to);
        page_words(to, N_("Printed after the digits: this slip does not show that the list stood before them."));
        (void)fputs("</p>", to);
    } else if (s->base->act > 0) {
        put_line(to, N_("Before the dice of the supplement:"),
                 N_("Is everything here right?  If not, object now.  Compare the root with the one that is shown and read aloud."));
    } else {
        put_line(to, N_("Before the dice:"),
                 N_("Is everything here right?  If not, object now.  Compare the fingerprint with the one that is shown and read aloud."));
    }
    if (sunlot_log_fact(log, "address").n > 0)
        put_line(to, N_("After the draw:"),
                 N_("Scan the code.  The page checks the whole draw and shows the child’s class.  Keep this slip to yourself: it opens the child’s line."));
    else
        put_line(
            to, N_("After the draw:"),
            N_("Open verify.html, give it draw.log and what the code says.  It checks the whole draw and shows the child’s class.  Keep this slip to yourself."));
    if (page.n > 0) {
        (void)fputs("<p>", to);
        page_words(to, N_("SHA-256 of verify.html, as announced:"));
        (void)fputc(' ', to);
        put_groups(to, "span", "hash", (sunlot_text){page.p + 1, page.n - 1}, ' ', 16);
        (void)fputs("</p>", to);
    }
    /* Slips of two announcements, or of two years, are told apart by it. */
    (void)fputs("<p class=\"of l\">", to);
    page_text(to, sunlot_log_id(log));
    (void)fputs("</p>", to);
    (void)fputs("</div>\n", to);
}

sunlot_err slip_write(FILE *to, const sunlot_log *log, const slip *s)
{
    bool opens = false;
    sunlot_err err = sunlot_log_opens(&opens, log, s->pseudonym, s->who->salt, s->who->id, s->who->name);
    if (err == SUNLOT_OK && !opens) err = SUNLOT_ERR_INPUT;
    if (err != SUNLOT_OK) return err;
    (void)fprintf(to, "<tr><td><div class=\"slip%s\">\n", s->base->act > 0 ? " late" : "");
    write_who(to, s);
    write_proof(to, log, s);
    err = write_code(to, log, s);
    write_foot(to, log, s);
    (void)fputs("<i class=\"mark a\"></i><i class=\"mark b\"></i><i class=\"mark c\"></i><i class=\"mark d\"></i></div></td></tr>\n", to);
    return err;
}

/* ---- sheets -------------------------------------------------------------------------------------------------------------------------- */

void slip_sheets_begin(FILE *to, const sunlot_log *log, sunlot_text school)
{
    (void)fputs("<table class=\"sheets\"><thead><tr><th><div class=\"head\"><b>", to);
    page_text(to, school);
    (void)fputs("</b><span>", to);
    page_words(to, N_("Slips for the families, to be handed out before the dice"));
    (void)fputs(" · ", to);
    page_text(to, sunlot_log_id(log));
    (void)fputs("</span></div></th></tr></thead><tbody>\n", to);
}

void slip_sheets_end(FILE *to) { (void)fputs("</tbody></table>\n", to); }
