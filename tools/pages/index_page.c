#define _POSIX_C_SOURCE 200809L /* open_memstream */
#include "pages/index_page.h"

#include <stdlib.h>
#include <string.h>

#include "common/characters.h"
#include "common/messages.h"
#include "pages/draw_marks.h"
#include "pages/page.h"

static const char style[] =
    ".fp{font:600 1.15rem/1.7 ui-monospace,Menlo,Consolas,monospace;margin:.6rem 0;white-space:pre-wrap}\n"
    ".go{display:inline-block;padding:.6rem 1.2rem;border-radius:8px;background:var(--bar);color:var(--paper);font-weight:600;text-decoration:none}\n"
    "a{color:var(--bar)}li code,p code{overflow-wrap:anywhere}\n";

/* ---- where the draw is ---------------------------------------------------------------------------------------------------------------- */

static const char *state_of(const sunlot_log *log)
{
    switch (sunlot_log_phase(log)) {
    case SUNLOT_PHASE_NONE:
    case SUNLOT_PHASE_LIST:
    case SUNLOT_PHASE_COMMITS:
        return N_("The list is announced. Parties are still adding their sealed contributions; there is no fingerprint yet, and no die has been thrown.");
    case SUNLOT_PHASE_SEED_BASE:
        return N_("Rules and list are fixed by the fingerprint. No digit has been entered yet.");
    case SUNLOT_PHASE_DIGITS:
        return N_("The digits have been entered. The results are not here yet; they follow from the digits.");
    case SUNLOT_PHASE_GROUPS:
        return N_("The first of two rounds is drawn: who is together. Class numbers and teachers are drawn in the second.");
    case SUNLOT_PHASE_DIGITS_2:
        return N_("The digits of the second round have been entered. Its results are not here yet; they follow from the digits.");
    case SUNLOT_PHASE_RESULTS:
        return N_("The draw is done: the results are here.");
    }
    return "";
}

static void paragraph_of(FILE *to, const char *words, const char *msgid)
{
    (void)fprintf(to, "<p class=\"%s\">", words);
    page_words(to, msgid);
    (void)fputs("</p>\n", to);
}

static void write_state(FILE *to, const sunlot_log *log)
{
    if (sunlot_log_withdrawn(log)) {
        paragraph_of(to, "verdict bad", N_("Withdrawn: under this draw id nothing is drawn. The log says when and why."));
        return;
    }
    paragraph_of(to, "verdict", state_of(log));
    if (sunlot_log_late_stage(log) != SUNLOT_LATE_NONE) paragraph_of(to, "soft", N_("A supplement for children who came late has begun and is not complete."));
    if (sunlot_log_acts(log) > 0) paragraph_of(to, "soft", N_("After the draw something was entered; the verify page and the log list all of it."));
}

/* ---- fingerprint and digits ------------------------------------------------------------------------------------------------------------- */

static void write_fingerprint(FILE *to, const sunlot_log *log)
{
    uint8_t fingerprint[32];
    char text[80];
    if (sunlot_log_phase(log) < SUNLOT_PHASE_SEED_BASE) return;
    sunlot_log_fingerprint(log, fingerprint);
    sunlot_fingerprint_write(text, fingerprint);
    (void)fputs("<h2>", to);
    page_words(to, N_("Fingerprint"));
    (void)fputs("</h2>\n<p class=\"fp\" id=\"fingerprint\">", to);
    for (size_t row = 0; row < 4; row++) (void)fprintf(to, "%.19s%s", text + 20 * row, row < 3 ? "\n" : "</p>\n");
    paragraph_of(to, "", N_("Compare it with what was shown before the dice: your photograph, your slip, the minutes. A page can lie; that paper does not."));
}

/* Returns whether there was anything to write. */
static bool write_digits_of(FILE *to, const sunlot_source *source, sunlot_text digits, bool second)
{
    if (digits.n == 0) return false;
    (void)fputs("<p><span class=\"soft\">", to);
    page_words(to, N_("Source"));
    (void)fprintf(to, " %u · ", (unsigned)source->number);
    page_put(to, sunlot_source_kind_name(source->kind));
    if (second) {
        (void)fputs(" · ", to);
        page_words(to, N_("second round"));
    }
    (void)fputs("</span><br><code class=\"digits\">", to);
    page_text(to, digits);
    (void)fputs("</code></p>\n", to);
    return true;
}

static void write_digits(FILE *to, const sunlot_log *log)
{
    if (sunlot_log_phase(log) < SUNLOT_PHASE_DIGITS) return;
    (void)fputs("<h2>", to);
    page_words(to, N_("Digits"));
    (void)fputs("</h2>\n", to);
    for (uint32_t i = 0; i < sunlot_log_sources(log); i++) {
        sunlot_source source;
        sunlot_log_source(log, i, &source);
        (void)write_digits_of(to, &source, source.digits, false);
        (void)write_digits_of(to, &source, source.digits_2, true);
    }
    for (uint32_t k = 0; k < sunlot_log_supplements(log); k++) {
        sunlot_supplement_info supplement;
        sunlot_log_supplement(log, k, &supplement);
        (void)fputs("<h3>", to);
        page_words(to, N_("Supplement for children who came late"));
        (void)fputs(" · ", to);
        page_text(to, supplement.date);
        (void)fputs("</h3>\n", to);
        for (uint32_t i = 0; i < sunlot_log_sources(log); i++) {
            sunlot_source source;
            sunlot_log_source(log, i, &source);
            (void)write_digits_of(to, &source, sunlot_log_supplement_digits(log, k, i), false);
        }
    }
    paragraph_of(to, "", N_("Are these the digits that fell? You saw them, or the film shows them; no program can answer that."));
}

/* ---- how to check ------------------------------------------------------------------------------------------------------------------------ */

static void item_with_code(FILE *to, const char *text, const char *code)
{
    (void)fputs("<li>", to);
    page_put(to, text);
    (void)fputs(" <code>", to);
    page_put(to, code);
    (void)fputs("</code></li>\n", to);
}

static void write_steps(FILE *to, const void *user)
{
    const index_page *page = user;
    const bool drawn = sunlot_log_phase(page->log) == SUNLOT_PHASE_RESULTS;
    page_paragraph(to, "h2", _("Checking it yourself"));
    (void)fputs("<ol>\n", to);
    if (page->page) {
        page_paragraph(to, "li",
                       _("Open the verify page, verify.html. It takes draw.log from here and computes everything again on your own telephone or computer. "
                         "Nothing that you type leaves it."));
        page_paragraph(
            to, "li",
            _("Whoever trusts no server saves verify.html and draw.log first and opens the page from there, without network, or takes both from somebody else."));
    }
    page_paragraph(to, "li", _("Compare the fingerprint, all sixteen groups, with what you wrote down, photographed, or have on your slip."));
    if (drawn) page_paragraph(to, "li", _("Compare the digits with what you saw fall, or with the film."));
    if (page->page) {
        page_paragraph(to, "li", _("Scan the code on your child’s slip, or type its number: the page shows the child’s line, and after the draw its class."));
        page_paragraph(to, "li",
                       drawn ? _("Read the answer. “valid” is given only when you gave it a fingerprint or key of your own; without one it is “unpinned”.")
                             : _("Before the draw the answer is “incomplete”; what has been checked so far stands beneath it."));
    }
    if (drawn)
        item_with_code(to, _("With the program instead of the page:"), "sunlot-verify draw.log --fingerprint \"…\"");
    else
        item_with_code(to, _("With the program instead of the page:"), "sunlot-verify draw.log --until seed-base --fingerprint \"…\"");
    item_with_code(to, _("The signature of the file, with a program that is not ours:"), "minisign -Vm draw.log -p minisign.pub");
    item_with_code(to, _("Whether all files arrived as they were published:"), "sha256sum -c SHA256SUMS");
    (void)fputs("</ol>\n", to);
}

static void write_page_digest(FILE *to, const index_page *page)
{
    if (!page->page) return;
    (void)fputs("<p>", to);
    page_words(to, page->announced ? N_("SHA-256 of the verify page, as the announcement in the log names it:") : N_("SHA-256 of the verify page:"));
    (void)fputs("<br><code id=\"page\">", to);
    for (size_t i = 0; i < sizeof page->page_digest; i++) (void)fprintf(to, "%02x", (unsigned)page->page_digest[i]);
    (void)fputs("</code></p>\n", to);
}

/* ---- files ------------------------------------------------------------------------------------------------------------------------------- */

static const char *what_is(const char *name, const sunlot_log *log)
{
    static const struct {
        const char *name, *what;
    } known[] = {
        {PUBLIC_PAGE, N_("the page for parents: checks the log, finds a child, shows the balance")},
        {PUBLIC_REPORT, N_("what was drawn, rules asked and reached, randomness and signatures; for printing")},
        {"draw.log", N_("the log: rules, classes, pseudonymous list, signatures, digits, results")},
        {"placement.csv", N_("classes by pseudonym, for spreadsheets")},
        {"sections.csv", N_("teachers’ sections by pseudonym, for spreadsheets")},
        {"odds.csv", N_("odds of the teams where recusals make them unequal")},
        {"draw.policy", N_("who must have signed the list: for sunlot-verify --policy")},
        {"log.vkey", N_("the key of the log: for sunlot-verify --key")},
        {"minisign.pub", N_("the key of the file’s signature, for minisign")},
        {"draw.log.minisig", N_("the file’s signature, for minisign")},
        {PUBLIC_SUMS, N_("SHA-256 of every file")},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(name, known[i].name) == 0)
            return i == 2 && sunlot_roster_for_auditors(sunlot_log_roster(log)) ? N_("the log, public edition: a digest stands for each student’s line")
                                                                                : known[i].what;
    if (strncmp(name, "minisig/", 8) == 0) return N_("the file’s signature at an earlier length");
    return N_("a checkpoint and its signatures, as a signed note (C2SP)");
}

static void write_file(FILE *to, const char *name, const sunlot_log *log)
{
    (void)fputs("<tr><td><a href=\"", to);
    page_put(to, name);
    (void)fputs("\">", to);
    page_put(to, name);
    (void)fputs("</a></td><td>", to);
    page_words(to, what_is(name, log));
    (void)fputs("</td></tr>\n", to);
}

static void write_files(FILE *to, const index_page *page)
{
    static const char *const first[] = {PUBLIC_PAGE, PUBLIC_REPORT, "draw.log"};
    (void)fputs("<h2>", to);
    page_words(to, N_("What lies here"));
    (void)fputs("</h2>\n<div class=\"wide\"><table><tbody>\n", to);
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        if (public_folder_has(page->folder, first[i])) write_file(to, first[i], page->log);
    for (size_t i = 0; i < page->folder->count; i++) {
        const char *name = page->folder->name[i];
        bool done = strcmp(name, PUBLIC_INDEX) == 0 || strcmp(name, PUBLIC_SUMS) == 0 || strncmp(name, "minisig/", 8) == 0;
        for (size_t k = 0; k < sizeof first / sizeof *first && !done; k++) done = strcmp(name, first[k]) == 0;
        if (!done) write_file(to, name, page->log);
    }
    write_file(to, PUBLIC_SUMS, page->log);
    (void)fputs("</tbody></table></div>\n<details><summary>", to);
    page_words(to, N_("Signatures of earlier lengths of the log"));
    (void)fputs("</summary>\n<div class=\"wide\"><table><tbody>\n", to);
    for (size_t i = 0; i < page->folder->count; i++)
        if (strncmp(page->folder->name[i], "minisig/", 8) == 0) write_file(to, page->folder->name[i], page->log);
    (void)fputs("</tbody></table></div></details>\n", to);
}

static void write_privacy(FILE *to, const sunlot_log *log)
{
    const sunlot_text retention = sunlot_log_fact(log, "retention");
    paragraph_of(to, "soft",
                 N_("No name, no id and no salt is in any of these files. The log is pseudonymous, not anonymous: who knows a child well may find its row."));
    if (retention.n == 0) return;
    (void)fputs("<p class=\"soft\">", to);
    page_words(to, N_("How long this stays here, and who deletes it:"));
    (void)fputc(' ', to);
    page_text(to, retention);
    (void)fputs("</p>\n", to);
}

/* ---- the whole ---------------------------------------------------------------------------------------------------------------------------- */

static void write_page(FILE *to, const index_page *page, const draw_marks *marks, const char *styles)
{
    const sunlot_text id = sunlot_log_id(page->log);
    const page_head head = {"sunlot publish", id, styles};
    page_begin(to, &head);
    draw_marks_across(to, marks);
    (void)fputs("<h1>", to);
    page_words(to, N_("A draw of school classes"));
    (void)fputs("</h1>\n<p><code id=\"draw\">", to);
    page_text(to, id);
    (void)fputs("</code></p>\n", to);
    draw_marks_head(to, marks);
    write_state(to, page->log);
    if (page->page) {
        (void)fputs("<p><a class=\"go\" href=\"" PUBLIC_PAGE "\">", to);
        page_words(to, N_("Check it, find my child"));
        (void)fputs("</a></p>\n", to);
    }
    write_fingerprint(to, page->log);
    write_digits(to, page->log);
    page_both(to, "div", write_steps, page);
    write_page_digest(to, page);
    write_files(to, page);
    write_privacy(to, page->log);
    page_end(to);
}

bool index_page_write(char **text, size_t *n, const index_page *page)
{
    draw_marks marks;
    char *styles = NULL;
    size_t room = 0;
    FILE *sheet = open_memstream(&styles, &room), *to = open_memstream(text, n);
    draw_marks_read(&marks, page->log);
    if (sheet != NULL) {
        (void)fputs(style, sheet);
        draw_marks_style(sheet, &marks);
    }
    bool good = sheet != NULL && ferror(sheet) == 0;
    good = (sheet == NULL || fclose(sheet) == 0) && good;
    if (to != NULL && good) write_page(to, page, &marks, styles);
    good = to != NULL && ferror(to) == 0 && good;
    free(styles);
    return (to == NULL || fclose(to) == 0) && good;
}
