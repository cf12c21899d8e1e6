/* The page of the report: what was drawn, from which randomness, who signed, what came after, how to check it. */
#define _POSIX_C_SOURCE 200809L /* open_memstream */
#include <stdlib.h>
#include <string.h>

#include "common/characters.h"
#include "common/messages.h"
#include "pages/page.h"
#include "pages/report.h"

static const char own_style[] =
    ".print,.digits{font:600 1.05rem/1.7 ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}\n"
    ".print{background:var(--paper);border:1px solid var(--rule);border-radius:8px;padding:.6rem 1rem;margin:.5rem 0;display:inline-block;white-space:pre}\n"
    ".figures{display:flex;flex-wrap:wrap;gap:10px;margin:.8rem 0}.figures figure{max-width:100%;overflow-x:auto}\n"
    "svg.figure{width:auto;max-width:none}svg.figure text{font-size:10.5px;fill:var(--ink);text-anchor:middle;paint-order:stroke;stroke:var(--paper);stroke-width:2px}\n"
    "svg.figure .marks text,svg.figure .up text{text-anchor:end}svg.figure .on text{text-anchor:start}svg.figure .name text{font-size:9px;fill:var(--soft)}\n"
    ".figure .band{opacity:.2}.figure .bar{opacity:.72}.figure .dot{opacity:1}.bound,.mean{stroke:var(--line);fill:none}.mean{stroke-dasharray:5 3}\n"
    ".school{margin:1rem 0 1.6rem}\n"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.82rem;background:var(--paper);border:1px solid var(--rule);border-radius:8px;padding:.5rem .8rem}\n"
    "td{overflow-wrap:anywhere}\n"
    "@media print{html{font-size:10pt}body{font-size:1rem;line-height:1.5}h2{margin-top:1.3rem}p,ul,ol{max-width:none}a{color:inherit;text-decoration:none}\n"
    ".figures{display:block}.figures figure{display:inline-block;vertical-align:top;margin:0 6px 6px 0;padding:.3rem .5rem;overflow:visible}svg.figure{max-width:100%;height:auto}\n"
    ".wide{overflow:visible}td,th{padding:.2rem .5rem}.cards{grid-template-columns:repeat(auto-fit,minmax(95px,1fr));gap:6px}.card{padding:.25rem .5rem}.card b{font-size:1.15rem;white-space:nowrap}.card span{line-height:1.3;display:block}details:not([open]){display:none}}\n";

static bool is_public(const report *r) { return sunlot_log_edition(r->log) == SUNLOT_EDITION_PUBLIC; }

static sunlot_school_info shown_info(const report *r)
{
    sunlot_school_info info = {.name = {NULL, 0}};
    if (r->school != REPORT_ALL) sunlot_roster_school(sunlot_log_roster(r->log), r->school, &info);
    return info;
}

/* ---- what was drawn ---------------------------------------------------------------------------------------------------------------------- */

static void write_title(FILE *to, const report *r)
{
    page_paragraph(to, "h1", _("Report of the class placement by lot"));
    (void)fputs("<p class=\"soft\">", to);
    if (r->school != REPORT_ALL) {
        page_text(to, shown_info(r).name);
        (void)fputs(" · ", to);
    }
    (void)fputs("<code>", to);
    page_text(to, sunlot_log_id(r->log));
    (void)fputs("</code></p>\n", to);
}

static void write_cards(FILE *to, const report *r)
{
    const sunlot_row_counts *rows = &r->verdict->rows;
    const sunlot_text date = sunlot_log_fact(r->log, "date");
    uint64_t students = 0, classes = 0, teachers = 0, fixed = 0, struck = 0, moved = 0;
    char text[32];
    for (uint32_t i = 0; i < r->schools; i++) {
        sunlot_school_info info;
        if (r->school != REPORT_ALL && r->school != i) continue;
        sunlot_roster_school(sunlot_log_roster(r->log), i, &info);
        students += info.students;
        classes += info.classes;
        teachers += info.teachers;
        fixed += r->of[i].fixed;
        struck += r->of[i].struck;
        moved += r->of[i].moved;
    }
    page_cards_begin(to);
    (void)snprintf(text, sizeof text, "%.*s", (int)date.n, date.n > 0 ? date.p : "");
    if (date.n > 0) page_card(to, text, _("date, as announced"));
    if (r->school == REPORT_ALL && r->schools > 1) page_card_number(to, r->schools, _("schools"));
    page_card_number(to, classes, _("classes"));
    page_card_number(to, students, _("students announced"));
    page_card_number(to, teachers, _("teachers"));
    page_card_number(to, fixed, _("students fixed beforehand, not drawn"));
    if (struck > 0) page_card_number(to, struck, _("struck afterwards"));
    if (r->school == REPORT_ALL && rows->late > 0) page_card_number(to, rows->late, _("came late"));
    if (moved > 0) page_card_number(to, moved, _("moved afterwards"));
    page_cards_end(to);
}

static void write_verdict(FILE *to, const report *r)
{
    (void)fputs("<p class=\"verdict\">", to);
    page_put(
        to,
        r->recomputed
            ? _("When this report was written the log was recomputed: its results follow from the list and the digits alone, and keep every announced rule.")
            : _("When this report was written the log was checked as far as this edition goes: the students’ lines are with the auditors and with each family."));
    (void)fputs("</p>\n", to);
    page_paragraph(to, "p", _("Do not take this page’s word for it: below it says how anybody checks the log, with a program of another hand."));
}

static void write_top(FILE *to, const void *user)
{
    const report *r = user;
    write_title(to, r);
    write_cards(to, r);
    write_verdict(to, r);
}

/* ---- fingerprint and digits ----------------------------------------------------------------------------------------------------------------- */

static void put_fingerprint(FILE *to, const sunlot_log *log)
{
    uint8_t fingerprint[32];
    char text[80];
    sunlot_log_fingerprint(log, fingerprint);
    sunlot_fingerprint_write(text, fingerprint);
    (void)fputs("<p class=\"print\">", to);
    for (int row = 0; row < 4; row++) (void)fprintf(to, "%.19s%s", text + (size_t)20 * (size_t)row, row < 3 ? "\n" : "</p>\n");
}

static void put_digits(FILE *to, uint32_t number, sunlot_text digits)
{
    (void)fprintf(to, "<span class=\"soft\">%u:</span> ", (unsigned)number);
    page_text(to, digits.n > 0 ? digits : text_of("\xe2\x80\x93"));
    (void)fputs("<br>", to);
}

static void write_digits(FILE *to, const report *r)
{
    const uint32_t sources = sunlot_log_sources(r->log);
    sunlot_source source;
    bool second = false;
    (void)fputs("<p class=\"digits\">", to);
    for (uint32_t i = 0; i < sources; i++) {
        sunlot_log_source(r->log, i, &source);
        put_digits(to, source.number, source.digits);
        second = second || source.digits_2.n > 0;
    }
    (void)fputs("</p>\n", to);
    if (second) {
        page_paragraph(to, "p", _("Second round, for teams and class numbers, thrown when the groups were known:"));
        (void)fputs("<p class=\"digits\">", to);
        for (uint32_t i = 0; i < sources; i++) {
            sunlot_log_source(r->log, i, &source);
            put_digits(to, source.number, source.digits_2);
        }
        (void)fputs("</p>\n", to);
    }
    for (uint32_t k = 0; k < sunlot_log_supplements(r->log); k++) {
        sunlot_supplement_info info;
        sunlot_log_supplement(r->log, k, &info);
        page_say(to, "p", _("For students who came late, act %u:"), (unsigned)info.act);
        (void)fputs("<p class=\"digits\">", to);
        for (uint32_t i = 0; i < sources; i++) {
            sunlot_log_source(r->log, i, &source);
            put_digits(to, source.number, sunlot_log_supplement_digits(r->log, k, i));
        }
        (void)fputs("</p>\n", to);
    }
}

static void write_evidence(FILE *to, const void *user)
{
    const report *r = user;
    page_paragraph(to, "h2", _("Fingerprint and digits"));
    page_paragraph(to, "p", _("The fingerprint stands for the rules, the classes and the whole list, to the last sign:"));
    put_fingerprint(to, r->log);
    page_paragraph(to, "p",
                   r->marks.rehearsal ? _("The digits of a rehearsal come from a seed that somebody chose; here there are none:")
                                      : _("The digits that fell, each source as it was written down:"));
    write_digits(to, r);
    const char *const question[] = {_("Was this fingerprint shown before the first digit fell?"), _("Are these the digits that fell?")};
    page_paragraph(to, "p", _("Two questions that no program can answer; who was there can:"));
    page_list(to, question, 2);
}

/* ---- randomness ---------------------------------------------------------------------------------------------------------------------------- */

static const char *kind_format(sunlot_source_kind kind)
{
    static const char *const words[SUNLOT_SOURCE_KINDS] = {N_("%llu digits from 0 to 9"), N_("%llu digits from 1 to 6"), N_("%llu numbers of a lottery"),
                                                           N_("drand, round %llu")};
    return _(words[kind]);
}

static void cell(FILE *to, sunlot_text text)
{
    (void)fputs("<td>", to);
    page_text(to, text.n > 0 ? text : text_of("\xe2\x80\x93"));
    (void)fputs("</td>", to);
}

static void write_sources(FILE *to, const report *r)
{
    const char *const column[] = {_("no."), _("what"), _("whose throw each one is"), _("if one is crooked"), _("in its place, if it fails")};
    page_table_begin(to, column, sizeof column / sizeof *column, SIZE_MAX);
    for (uint32_t i = 0; i < sunlot_log_sources(r->log); i++) {
        sunlot_source s;
        sunlot_log_source(r->log, i, &s);
        (void)fprintf(to, "<tr><td>%u</td><td>", (unsigned)s.number);
        (void)fprintf(to, kind_format(s.kind), (unsigned long long)s.length);
        (void)fputs("</td>", to);
        cell(to, s.holder);
        cell(to, s.crooked);
        cell(to, s.substitute);
        (void)fputs("</tr>\n", to);
    }
    page_table_end(to);
}

static const char *sealed_words(const sunlot_party *p)
{
    if (!p->sealed) return _("signs only");
    if (p->missing) return _("sealed a contribution, and is MISSING: left out by the announced rule");
    return p->revealed ? _("sealed a contribution, and opened it") : _("sealed a contribution");
}

static void write_parties(FILE *to, const report *r)
{
    const char *const column[] = {_("party"), _("role"), _("its key"), _("contribution")};
    page_table_begin(to, column, sizeof column / sizeof *column, SIZE_MAX);
    for (uint32_t i = 0; i < sunlot_log_parties(r->log); i++) {
        sunlot_party p;
        sunlot_log_party(r->log, i, &p);
        (void)fputs("<tr>", to);
        cell(to, p.id);
        cell(to, p.role);
        cell(to, text_of(i > 0 && p.own ? _("made on its own device") : _("of the host")));
        cell(to, text_of(sealed_words(&p)));
        (void)fputs("</tr>\n", to);
    }
    page_table_end(to);
}

static void write_randomness(FILE *to, const void *user)
{
    const report *r = user;
    page_paragraph(to, "h2", _("The randomness"));
    page_paragraph(
        to, "p",
        _("The digits came last, when the list, the rules and everybody’s contributions were fixed under signatures. From all of these together the program makes the seed; nobody’s choice comes after it."));
    write_sources(to, r);
    if (sunlot_log_parties(r->log) > 1) write_parties(to, r);
}

/* The lines of the announcement before the first school. */
static void write_opening(FILE *to, const void *user)
{
    const report *r = user;
    sunlot_text rest = r->bytes;
    (void)fputs("<details><summary>", to);
    page_put(to, _("The announcement, word for word as it stands in the log"));
    (void)fputs("</summary>\n<pre>", to);
    while (rest.n > 0) {
        const char *end = memchr(rest.p, '\n', rest.n);
        const sunlot_text line = {rest.p, end == NULL ? rest.n : (size_t)(end - rest.p) + 1};
        if (line.n > 7 && memcmp(line.p, "school,", 7) == 0) break;
        page_text(to, line);
        rest = (sunlot_text){rest.p + line.n, rest.n - line.n};
    }
    (void)fputs("</pre></details>\n", to);
}

/* ---- signatures ---------------------------------------------------------------------------------------------------------------------------- */

static void put_parties(FILE *to, const sunlot_log *log, uint32_t parties)
{
    const char *between = "";
    for (uint32_t i = 0; i < sunlot_log_parties(log); i++) {
        sunlot_party party;
        if ((parties >> i & 1) == 0) continue;
        sunlot_log_party(log, i, &party);
        (void)fputs(between, to);
        page_text(to, party.id);
        between = ", ";
    }
    if (*between == '\0') (void)fputs("\xe2\x80\x93", to);
}

static const char *phase_words(const sunlot_checkpoint_info *c)
{
    switch (c->phase) {
    case SUNLOT_PHASE_LIST:
        return _("the list is fixed");
    case SUNLOT_PHASE_COMMITS:
        return _("contributions are sealed");
    case SUNLOT_PHASE_SEED_BASE:
        return _("all is fixed but the digits");
    case SUNLOT_PHASE_DIGITS:
    case SUNLOT_PHASE_DIGITS_2:
        return _("the digits, as they fell");
    case SUNLOT_PHASE_GROUPS:
        return _("the groups, before the second round");
    case SUNLOT_PHASE_RESULTS:
        return _("the results");
    case SUNLOT_PHASE_NONE:
        break;
    }
    return strncmp(c->name, "late-", 5) == 0 ? _("for students who came late") : _("what was entered afterwards");
}

static void write_signatures(FILE *to, const void *user)
{
    const report *r = user;
    const char *const column[] = {_("checkpoint"), _("what it fixes"), _("signed by")};
    page_paragraph(to, "h2", _("Who signed"));
    page_say(to, "p", _("Parties whose signature of the list does not depend on the host, because the key is on a device of their own: %u."),
             (unsigned)r->verdict->independent);
    page_table_begin(to, column, sizeof column / sizeof *column, SIZE_MAX);
    for (uint32_t i = 0; i < sunlot_log_checkpoints(r->log); i++) {
        sunlot_checkpoint_info c;
        if (sunlot_log_checkpoint(r->log, i, &c) != SUNLOT_OK) break; /* no memory: the list is short */
        (void)fprintf(to, "<tr><td><code>%s</code></td>", c.name);
        cell(to, text_of(phase_words(&c)));
        (void)fputs("<td>", to);
        put_parties(to, r->log, c.signed_by);
        if (!c.reached && c.has_quorum) page_say(to, "div", "%s", _("not yet by everybody who must"));
        (void)fputs("</td></tr>\n", to);
    }
    page_table_end(to);
    if (!is_public(r)) return;
    (void)fputs("<p>", to);
    page_put(to, r->verdict->attesters != 0 ? _("That the results follow from the full edition is attested, by signature with keys of their own, by: ")
                                            : _("That the results follow from the full edition is attested by nobody yet with a key of its own."));
    if (r->verdict->attesters != 0) put_parties(to, r->log, r->verdict->attesters);
    (void)fputs("</p>\n", to);
}

/* ---- acts ------------------------------------------------------------------------------------------------------------------------------------ */

static const char *entry_words(sunlot_entry_kind kind)
{
    static const char *const words[SUNLOT_ENTRY_KINDS] = {N_("a student struck from the list"),
                                                          N_("a student moved to another class"),
                                                          N_("numbers or teams drawn by hand"),
                                                          N_("a party’s key replaced"),
                                                          N_("set aside by order"),
                                                          ""};
    return kind == SUNLOT_ENTRY_LATE ? "" : _(words[kind]);
}

/* No pseudonym: the line of the log has it. */
static void write_act(void *user, const sunlot_entry *e)
{
    FILE *to = user;
    if (e->kind == SUNLOT_ENTRY_LATE) return;
    (void)fprintf(to, "<tr><td>%u</td>", (unsigned)e->act);
    cell(to, e->date);
    (void)fputs("<td>", to);
    page_put(to, entry_words(e->kind));
    if (e->kind == SUNLOT_ENTRY_BY_HAND || e->kind == SUNLOT_ENTRY_REPLACED) {
        (void)fputs(": ", to);
        page_text(to, e->subject);
    }
    (void)fputs("</td>", to);
    cell(to, e->reason);
    cell(to, e->authority);
    (void)fprintf(to, "<td class=\"n\">%llu</td></tr>\n", (unsigned long long)e->line);
}

static void write_late(FILE *to, const report *r)
{
    for (uint32_t i = 0; i < sunlot_log_supplements(r->log); i++) {
        sunlot_supplement_info info;
        sunlot_log_supplement(r->log, i, &info);
        (void)fprintf(to, "<tr><td>%u</td>", (unsigned)info.act);
        cell(to, info.date);
        (void)fputs("<td>", to);
        page_put(to, info.seated ? _("students who came late, placed by lot: ") : _("students who came late, not placed yet: "));
        (void)fprintf(to, "%u</td>", (unsigned)info.students);
        cell(to, text_of(""));
        cell(to, text_of(""));
        (void)fputs("<td></td></tr>\n", to);
    }
}

static void write_acts(FILE *to, const void *user)
{
    const report *r = user;
    const char *const column[] = {_("act"), _("date"), _("what"), _("reason"), _("authority"), _("line of the log")};
    page_paragraph(to, "h2", _("What was entered after the results"));
    if (sunlot_log_acts(r->log) == 0) {
        page_paragraph(to, "p", _("Nothing."));
        return;
    }
    page_table_begin(to, column, sizeof column / sizeof *column, 5);
    sunlot_log_entries(r->log, write_act, to);
    write_late(to, r);
    page_table_end(to);
}

/* ---- how to check ---------------------------------------------------------------------------------------------------------------------------- */

static void write_command(FILE *to, const char *words, const char *command, const char *rest)
{
    (void)fputs("<li>", to);
    page_put(to, words);
    (void)fputs(" <code>", to);
    page_put(to, command);
    page_put(to, rest);
    (void)fputs("</code></li>\n", to);
}

static void write_links(FILE *to, const report *r)
{
    const sunlot_text page = sunlot_log_fact(r->log, "page"), address = sunlot_log_fact(r->log, "address");
    (void)fputs("<li>", to);
    page_put(
        to, _("In a browser, also without a network: open verify.html, choose draw.log, and compare the fingerprint with the one on your slip or photograph."));
    if (address.n > 0) {
        (void)fputs(" <code>", to);
        page_text(to, address);
        (void)fputs("verify.html</code>", to);
    }
    if (page.n > 1) {
        (void)fputs("<br>", to);
        page_put(to, _("The announcement named this page by its SHA-256, so that another page is noticed:"));
        (void)fputs(" <code>", to);
        page_text(to, (sunlot_text){page.p + 1, page.n - 1});
        (void)fputs("</code>", to);
    }
    (void)fputs("</li>\n", to);
}

static void write_check(FILE *to, const void *user)
{
    const report *r = user;
    const sunlot_text key = sunlot_log_fact(r->log, "minisign");
    uint8_t fingerprint[32];
    char text[96], minisign[160];
    sunlot_log_fingerprint(r->log, fingerprint);
    text[0] = '"';
    sunlot_fingerprint_write(text + 1, fingerprint);
    (void)strcat(text, "\"");
    (void)snprintf(minisign, sizeof minisign, "%.*s", (int)(key.n < 100 ? key.n : 0), key.n > 0 ? key.p : "");
    page_paragraph(to, "h2", _("How anybody checks this"));
    page_paragraph(to, "p", _("All that is needed is the file draw.log, which is published, and the fingerprint that was shown before the dice."));
    (void)fputs("<ol>\n", to);
    write_links(to, r);
    write_command(to, _("With the verifier, a program that only reads:"), "sunlot-verify draw.log --fingerprint ", text);
    write_command(to, _("With the second implementation, written in Python from the specification alone:"),
                  "python3 reference.py verify draw.log --fingerprint ", text);
    if (key.n > 0) write_command(to, _("That the file is the host’s, with minisign:"), "minisign -Vm draw.log -P ", minisign);
    (void)fputs("</ol>\n", to);
}

static void write_proof(FILE *to, const void *user)
{
    const report *r = user;
    const char *const proves[] = {
        _("The fingerprint fixes the rules, the classes and the list: nothing in them could be changed once it was shown."),
        is_public(r)
            ? _("The digits decide which groups get which class numbers, and every student has one seat; the rest is attested by those named above, who have the full edition.")
            : _("The results follow from list and digits alone, and keep every announced rule; whoever runs the check sees it for himself."),
        _("Each student had the same chance of each interchangeable class, but those who were fixed beforehand."),
    };
    const char *const not_[] = {
        _("That the list is right and complete: each family looks at its own line."),
        _("That the fingerprint was shown before the dice, and that these digits fell: who was there knows."),
        _("That nobody knew the dice beforehand: fair dice, thrown in sight of all, are what makes it a lottery."),
    };
    page_paragraph(to, "h2", _("What this proves, and what it cannot"));
    page_paragraph(to, "h3", _("It proves"));
    page_list(to, proves, r->marks.rehearsal ? 1 : sizeof proves / sizeof *proves);
    page_paragraph(to, "h3", _("It cannot prove"));
    page_list(to, not_, sizeof not_ / sizeof *not_);
}

/* ---- the page ---------------------------------------------------------------------------------------------------------------------------------- */

static sunlot_err begin(FILE *to, const report *r)
{
    char *style = NULL, *title = NULL;
    size_t style_n = 0, title_n = 0;
    FILE *sheet = open_memstream(&style, &style_n), *name = open_memstream(&title, &title_n);
    if (sheet != NULL) {
        (void)fputs(own_style, sheet);
        draw_marks_style(sheet, &r->marks);
    }
    if (name != NULL) {
        const sunlot_text id = sunlot_log_id(r->log), school = shown_info(r).name;
        (void)fprintf(name, "分班抽签报告 Report %.*s%s%.*s", (int)school.n, school.n > 0 ? school.p : "", school.n > 0 ? " " : "", (int)id.n, id.p);
    }
    const bool good = (sheet == NULL || fclose(sheet) == 0) && (name == NULL || fclose(name) == 0) && sheet != NULL && name != NULL;
    if (good) page_begin(to, &(page_head){"sunlot report", {title, title_n}, style});
    free(style);
    free(title);
    return good ? SUNLOT_OK : SUNLOT_ERR_MEMORY;
}

sunlot_err report_page(FILE *to, report *r)
{
    if (begin(to, r) != SUNLOT_OK) return SUNLOT_ERR_MEMORY;
    draw_marks_across(to, &r->marks);
    draw_marks_head(to, &r->marks);
    page_both(to, "div", write_top, r);
    page_both(to, "div", write_evidence, r);
    report_schools(to, r);
    page_both(to, "div", write_opening, r);
    page_both(to, "div", write_acts, r);
    page_both(to, "div", write_randomness, r);
    page_both(to, "div", write_signatures, r);
    page_both(to, "div", write_check, r);
    page_both(to, "div", write_proof, r);
    page_end(to);
    return r->err;
}
