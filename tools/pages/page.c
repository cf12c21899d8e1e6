#include "pages/page.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "common/characters.h"
#include "common/files.h"
#include "common/messages.h"

/* Colours by name, so that pages and their pictures go dark together; on paper they are the light ones. */
static const char style[] =
    ":root{--ink:#1d2733;--soft:#5b6877;--paper:#fff;--back:#f3f5f8;--rule:#dde3ea;--bar:#3f78b5;--line:#c2571a;--good:#1c7c4a;--bad:#b3261e}\n"
    "@media screen and (prefers-color-scheme:dark){:root{--ink:#e4e9ef;--soft:#9fabb8;--paper:#1b222b;--back:#12171d;--rule:#343f4b;--bar:#6fa5de;--line:#f0955a;--good:#6cc796;--bad:#ff8a80}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0;background:var(--back);color:var(--ink);font:16px/1.6 system-ui,\"Noto Sans\",\"PingFang SC\",\"Microsoft YaHei\",\"Noto Sans CJK SC\",sans-serif}\n"
    "main{max-width:1060px;margin:0 auto;padding:0 16px 48px}\n"
    "h1{font-size:1.7rem;line-height:1.25;margin:1.1rem 0 .3rem}h2{font-size:1.2rem;margin:2.2rem 0 .6rem}h3{font-size:1rem;margin:1.4rem 0 .4rem}\n"
    "p,ul,ol{margin:.5rem 0;max-width:46em}ul,ol{padding-left:1.3em}li{margin:.35rem 0}\n"
    "code{font:.86em/1.5 ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}td code{overflow-wrap:normal}td:first-child{min-width:8.5em}td{word-break:keep-all}\n"
    ".soft{color:var(--soft)}\n"
    ".verdict{border-left:5px solid var(--good);background:var(--paper);padding:.7rem 1rem;margin:1rem 0;font-weight:600}.verdict.bad{border-color:var(--bad)}\n"
    ".cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(152px,1fr));gap:10px;margin:1rem 0}\n"
    ".card{background:var(--paper);border:1px solid var(--rule);border-radius:8px;padding:.55rem .8rem}.card b{display:block;font-size:1.25rem;line-height:1.3}.card "
    "span{color:var(--soft);font-size:.86rem}\n"
    ".plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,430px),1fr));gap:12px;margin:.8rem 0}\n"
    "figure{margin:0;background:var(--paper);border:1px solid var(--rule);border-radius:8px;padding:.6rem .7rem}figcaption{font-weight:600;font-size:.94rem}\n"
    "svg{display:block;width:100%;height:auto}svg text{font-size:12px;fill:var(--soft)}svg .name{fill:var(--ink)}\n"
    ".axis{fill:none;stroke:var(--soft)}.grid{stroke:var(--rule)}.bar,.dot{fill:var(--bar)}.dot{opacity:.75}.line{fill:none;stroke:var(--line);stroke-width:2}\n"
    ".band{fill:var(--line);opacity:.16}.less{fill:#2f6fc0}.more{fill:#cf3b2c}\n"
    ".wide{overflow-x:auto;background:var(--paper);border:1px solid var(--rule);border-radius:8px}\n"
    "table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}th,td{padding:.38rem "
    ".7rem;border-bottom:1px solid var(--rule);text-align:left;vertical-align:top}\n"
    "th{color:var(--soft);font-weight:600}tr:last-child td{border:0}td.n,th.n{text-align:right;white-space:nowrap}.bad{color:var(--bad)}\n"
    "details{margin:.6rem 0}summary{cursor:pointer;font-weight:600}\n"
    ".pick{position:absolute;opacity:0}nav{max-width:1060px;margin:0 auto;padding:12px 16px 0;text-align:right}\n"
    "nav label{display:inline-block;padding:.15rem .8rem;border:1px solid var(--rule);border-radius:99px;background:var(--paper);cursor:pointer}\n"
    "#zh:checked~main .en,#en:checked~main .zh{display:none}#zh:checked~nav .to-zh,#en:checked~nav .to-en{background:var(--bar);color:var(--paper)}\n"
    ".pick:focus-visible~nav label{outline:2px solid var(--line)}\n"
    "@media print{nav,.pick{display:none}body{background:#fff}figure,tr,.card,.verdict{break-inside:avoid}h1,h2,h3{break-after:avoid}thead{display:table-header-group}\n"
    "main{max-width:none;padding:0}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}\n";

/* The language that a page is shown in at first: that of the messages when it was begun.  One page is written at a time. */
static bool chinese_first;

/* ---- text -------------------------------------------------------------------------------------------------------------------------- */

static const char *entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void page_text(FILE *to, sunlot_text text)
{
    for (size_t at = 0; at < text.n;) {
        uint32_t scalar;
        const size_t n = character_at(&scalar, text, at);
        const char *as = n == 1 ? entity(text.p[at]) : NULL;
        if (n == 0 || (character_hidden(scalar) && scalar != '\n'))
            (void)fputs("\xef\xbf\xbd", to);
        else if (as != NULL)
            (void)fputs(as, to);
        else
            (void)fwrite(text.p + at, 1, n, to);
        at += n > 0 ? n : 1;
    }
}

void page_put(FILE *to, const char *text) { page_text(to, text_of(text)); }

/* ---- the whole ----------------------------------------------------------------------------------------------------------------------- */

static void put_base64(FILE *to, const uint8_t digest32[32])
{
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < 33; i += 3) {
        const uint32_t three = (uint32_t)digest32[i] << 16 | (uint32_t)digest32[i + 1] << 8 | (i + 2 < 32 ? digest32[i + 2] : 0u);
        (void)fputc(digit[three >> 18], to);
        (void)fputc(digit[three >> 12 & 63], to);
        (void)fputc(digit[three >> 6 & 63], to);
        (void)fputc(i + 2 < 32 ? digit[three & 63] : '=', to);
    }
}

/* Nothing may be loaded from anywhere, no script may run, and no style but this one counts. */
static void put_policy(FILE *to, const char *whole_style)
{
    uint8_t digest[32];
    sunlot_sha256(digest, text_of(whole_style));
    (void)fputs("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-", to);
    put_base64(to, digest);
    (void)fputs("'; base-uri 'none'; form-action 'none'\">\n", to);
}

void page_begin(FILE *to, const page_head *head)
{
    const size_t room = sizeof style + strlen(head->style);
    char *whole_style = need(room, 1);
    (void)snprintf(whole_style, room, "%s%s", style, head->style);
    chinese_first = messages_chinese();
    (void)fprintf(to, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"generator\" content=\"%s\">\n",
                  chinese_first ? "zh-CN" : "en", head->generator);
    (void)fputs("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n", to);
    put_policy(to, whole_style);
    (void)fputs("<title>", to);
    page_text(to, head->title);
    (void)fprintf(to, "</title>\n<style>%s</style>\n</head>\n<body>\n", whole_style);
    free(whole_style);
    for (int zh = 1; zh >= 0; zh--)
        (void)fprintf(to, "<input class=\"pick\" type=\"radio\" name=\"language\" id=\"%s\"%s>\n", zh ? "zh" : "en",
                      (bool)zh == chinese_first ? " checked" : "");
    (void)fputs("<nav><label class=\"to-zh\" for=\"zh\" lang=\"zh\">中文</label> <label class=\"to-en\" for=\"en\" lang=\"en\">English</label></nav>\n<main>\n",
                to);
    (void)messages_language("zh");
    const char *const known = N_("another reason");
    if (strcmp(_(known), known) == 0) complain(_("the Chinese texts are not beside this program: what should be Chinese in the page is English"));
}

void page_end(FILE *to)
{
    (void)messages_language(chinese_first ? "zh" : "en");
    (void)fputs("</main>\n</body>\n</html>\n", to);
}

void page_both(FILE *to, const char *tag, page_writer *write, const void *user)
{
    const char *between = strcmp(tag, "span") == 0 ? "" : "\n";
    for (int zh = 1; zh >= 0; zh--) {
        (void)messages_language(zh ? "zh" : "en");
        (void)fprintf(to, "<%s class=\"%s\" lang=\"%s\">%s", tag, zh ? "zh" : "en", zh ? "zh-CN" : "en", between);
        write(to, user);
        (void)fprintf(to, "</%s>%s", tag, between);
    }
    (void)messages_language("zh");
}

/* English is what a msgid is. */
void page_words(FILE *to, const char *msgid)
{
    (void)fputs("<span class=\"zh\" lang=\"zh-CN\">", to);
    page_put(to, _(msgid));
    (void)fputs("</span><span class=\"en\" lang=\"en\">", to);
    page_put(to, msgid);
    (void)fputs("</span>", to);
}

/* ---- pieces -------------------------------------------------------------------------------------------------------------------------- */

void page_paragraph(FILE *to, const char *tag, const char *text)
{
    (void)fprintf(to, "<%s>", tag);
    page_put(to, text);
    (void)fprintf(to, "</%s>\n", tag);
}

void page_say(FILE *to, const char *tag, const char *format, ...)
{
    va_list values, again;
    va_start(values, format);
    va_copy(again, values);
    const int n = vsnprintf(NULL, 0, format, values);
    va_end(values);
    char *text = need((size_t)(n < 0 ? 0 : n) + 1, 1);
    if (n >= 0) (void)vsnprintf(text, (size_t)n + 1, format, again);
    va_end(again);
    page_paragraph(to, tag, text);
    free(text);
}

void page_list(FILE *to, const char *const *item, size_t items)
{
    (void)fputs("<ul>\n", to);
    for (size_t i = 0; i < items; i++) page_paragraph(to, "li", item[i]);
    (void)fputs("</ul>\n", to);
}

void page_cards_begin(FILE *to) { (void)fputs("<div class=\"cards\">\n", to); }
void page_cards_end(FILE *to) { (void)fputs("</div>\n", to); }

void page_card(FILE *to, const char *value, const char *words)
{
    (void)fputs("<div class=\"card\"><b>", to);
    page_put(to, value);
    (void)fputs("</b><span>", to);
    page_put(to, words);
    (void)fputs("</span></div>\n", to);
}

void page_card_number(FILE *to, uint64_t value, const char *words)
{
    char text[24];
    (void)snprintf(text, sizeof text, "%llu", (unsigned long long)value);
    page_card(to, text, words);
}

void page_table_begin(FILE *to, const char *const *column, size_t columns, size_t numbers)
{
    (void)fputs("<div class=\"wide\"><table><thead><tr>", to);
    for (size_t i = 0; i < columns; i++) {
        (void)fputs(i >= numbers ? "<th class=\"n\">" : "<th>", to);
        page_put(to, column[i]);
        (void)fputs("</th>", to);
    }
    (void)fputs("</tr></thead><tbody>\n", to);
}

void page_table_end(FILE *to) { (void)fputs("</tbody></table></div>\n", to); }
