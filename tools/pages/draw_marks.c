#include "pages/draw_marks.h"

#include <string.h>

#include "common/characters.h"
#include "common/messages.h"
#include "pages/page.h"

static void see_entry(void *user, const sunlot_entry *e)
{
    draw_marks *m = user;
    m->set_aside = m->set_aside || e->kind == SUNLOT_ENTRY_SET_ASIDE;
    m->by_hand = m->by_hand || e->kind == SUNLOT_ENTRY_BY_HAND;
}

void draw_marks_read(draw_marks *out, const sunlot_log *log)
{
    *out = (draw_marks){.log = log, .rehearsal = sunlot_log_mode(log) == SUNLOT_REHEARSAL};
    sunlot_log_entries(log, see_entry, out);
}

/* A string of a style sheet: what is not plain as its number, so that nothing in it ends the string or the style sheet.  A space too: after a number it
 * would be taken for its end. */
static void put_string(FILE *to, sunlot_text text)
{
    (void)fputc('"', to);
    for (size_t at = 0; at < text.n;) {
        uint32_t scalar;
        const size_t n = character_at(&scalar, text, at);
        const bool plain = n == 1 && strchr("\"\\<>&'{}", text.p[at]) == NULL && scalar > ' ';
        if (plain)
            (void)fputc(text.p[at], to);
        else
            (void)fprintf(to, "\\%06x", n > 0 ? (unsigned)scalar : 0xfffdu);
        at += n > 0 ? n : 1;
    }
    (void)fputc('"', to);
}

void draw_marks_style(FILE *to, const draw_marks *m)
{
    (void)fputs("@page{size:A4;margin:14mm 14mm 16mm;@bottom-left{font:8pt sans-serif;color:#555;content:", to);
    put_string(to, sunlot_log_id(m->log));
    (void)fputs("}@bottom-right{font:8pt sans-serif;color:#555;content:counter(page) \" / \" counter(pages)}", to);
    if (m->rehearsal || m->set_aside) {
        (void)fputs("@top-center{font:bold 9pt sans-serif;color:#b3261e;content:", to);
        put_string(to, text_of(m->rehearsal ? "演练 REHEARSAL" : "已撤销 SET ASIDE"));
        (void)fputs("}", to);
    }
    (void)fputs(
        "}\n"
        ".mark{border:2px solid var(--bad);color:var(--bad);background:var(--paper);border-radius:8px;padding:.5rem .9rem;margin:.8rem 0;font-weight:700}\n"
        ".across{position:fixed;inset:0;display:flex;align-items:center;justify-content:center;pointer-events:none;z-index:9;overflow:hidden}\n"
        ".across b{transform:rotate(-32deg);font-size:5.4rem;line-height:1.1;text-align:center;color:var(--bad);opacity:.13;white-space:pre-line}\n",
        to);
}

void draw_marks_across(FILE *to, const draw_marks *m)
{
    if (!m->rehearsal && !m->set_aside) return;
    (void)fprintf(to, "<div class=\"across\" aria-hidden=\"true\"><b>%s</b></div>\n", m->rehearsal ? "演练\nREHEARSAL" : "已撤销\nSET ASIDE");
}

static void write_set_aside(void *user, const sunlot_entry *e)
{
    FILE *to = user;
    if (e->kind != SUNLOT_ENTRY_SET_ASIDE) return;
    (void)fprintf(to, "<p class=\"mark\">%s ", _("SET ASIDE: these results do not count."));
    page_put(to, _("Order: "));
    page_text(to, e->reason);
    (void)fputs("; ", to);
    page_text(to, e->authority);
    (void)fputs("; ", to);
    page_text(to, e->date);
    (void)fputs("</p>\n", to);
}

static void write_head(FILE *to, const void *user)
{
    const draw_marks *m = user;
    if (m->rehearsal) (void)fprintf(to, "<p class=\"mark\">%s</p>\n", _("REHEARSAL: this is no draw, and nobody’s class follows from it."));
    if (m->set_aside) sunlot_log_entries(m->log, write_set_aside, to);
    if (m->by_hand)
        (void)fprintf(to, "<p class=\"mark\">%s</p>\n", _("Finished by hand: numbers or teams were drawn by hand for the groups that the program had made."));
}

void draw_marks_head(FILE *to, const draw_marks *m)
{
    if (m->rehearsal || m->set_aside || m->by_hand) page_both(to, "div", write_head, m);
}
