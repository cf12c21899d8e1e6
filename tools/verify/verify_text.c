/* The report in words. */
#include <string.h>

#include "common/characters.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/summary.h"
#include "verify/verify.h"
#include "verify/verify_logs.h"

/* What each answer means. */
static const char *meaning(sunlot_answer answer)
{
    switch (answer) {
    case SUNLOT_VALID:
        return N_("sound, and its key, policy or fingerprint is the one you gave");
    case SUNLOT_UNPINNED:
        return N_("sound in itself, but you gave no key, policy or fingerprint to compare it with: it may be another log altogether");
    case SUNLOT_IS_REHEARSAL:
        return N_("a sound rehearsal: this is no draw");
    case SUNLOT_INCOMPLETE:
        return N_("sound so far, but it ends before what was asked for");
    case SUNLOT_BY_HAND:
        return N_("finished by hand");
    case SUNLOT_SET_ASIDE:
        return N_("set aside by order");
    case SUNLOT_FAULT_PARSE:
        return N_("a line is not written as a log's line is");
    case SUNLOT_FAULT_ORDER:
        return N_("lines are missing, repeated or out of order");
    case SUNLOT_FAULT_ROSTER:
        return N_("the list of schools, classes and students contradicts itself");
    case SUNLOT_FAULT_ENTROPY:
        return N_("the digits are not as announced, or the sources carry too little chance");
    case SUNLOT_FAULT_QUORUM:
        return N_("a required signature is missing");
    case SUNLOT_FAULT_SIGNATURE:
        return N_("a signature or checkpoint is not good, or the key is not the one you gave");
    case SUNLOT_FAULT_SPLIT:
        return N_("this is another list or another log than the one whose fingerprint, log or note you gave");
    case SUNLOT_FAULT_MISMATCH:
        return N_("the results are not what list and digits give");
    case SUNLOT_FAULT_RULE:
        return N_("the results break a rule");
    case SUNLOT_FAULT_COMMITMENT:
        return N_("an opened record is not the one that was sealed");
    case SUNLOT_FAULT_PROOF:
        return N_("a proof does not hold");
    }
    return "";
}

static const char *check_meaning(sunlot_check check)
{
    switch (check) {
    case SUNLOT_CHECK_PARSE:
        return N_("every line is written in the one permitted way");
    case SUNLOT_CHECK_ORDER:
        return N_("nothing is missing, repeated or out of order");
    case SUNLOT_CHECK_ROSTER:
        return N_("schools, classes, teachers and students fit together");
    case SUNLOT_CHECK_COMMITMENT:
        return N_("what the parties revealed, and what is opened here, is what was sealed");
    case SUNLOT_CHECK_ENTROPY:
        return N_("the digits are as many as announced, and enough");
    case SUNLOT_CHECK_QUORUM:
        return N_("everybody who must sign has signed");
    case SUNLOT_CHECK_SIGNATURE:
        return N_("each signature covers all lines before it");
    case SUNLOT_CHECK_PIN:
        return N_("key, policy, fingerprint, other logs and notes given from outside fit");
    case SUNLOT_CHECK_REPLAY:
        return N_("recomputed from list and digits, the results are the same");
    case SUNLOT_CHECK_RULES:
        return N_("every rule holds, checked in a second way");
    case SUNLOT_CHECK_COUNT:
        break;
    }
    return "";
}

/* The digits of supplements, each with its day. */
static void print_supplements(const sunlot_log *log)
{
    for (uint32_t i = 0; i < sunlot_log_supplements(log); i++) {
        sunlot_supplement_info info;
        sunlot_log_supplement(log, i, &info);
        if (info.date.n > 0)
            (void)printf(_("\nDigits for late students, act %u of %s:\n\n"), (unsigned)info.act, SHOW(info.date));
        else
            (void)printf(_("\nDigits for late students, act %u:\n\n"), (unsigned)info.act); /* a public edition */
        for (uint32_t s = 0; s < sunlot_log_sources(log); s++) {
            const sunlot_text digits = sunlot_log_supplement_digits(log, i, s);
            if (digits.n > 0)
                (void)printf("      %u: %.*s\n", (unsigned)s + 1, (int)digits.n, digits.p);
            else
                (void)printf(_("      %u: none yet\n"), (unsigned)s + 1);
        }
    }
}

/* Where people look, and the page with which they look. */
static void print_published(const sunlot_log *log)
{
    const sunlot_text address = sunlot_log_fact(log, "address"), page = sunlot_log_fact(log, "page");
    if (address.n > 0) (void)printf(_("Published at: %s\n"), SHOW(address));
    if (page.n > 0) (void)printf(_("SHA-256 of the verify page, verify.html: %.*s\n"), (int)page.n - 1, page.p + 1);
}

/* Fingerprint and digits stand first, with what no program can answer. */
static void print_head(const verify_report *r)
{
    sunlot_phase phase = sunlot_log_phase(r->log);
    (void)printf(_("Draw: %s\n"), SHOW(sunlot_log_id(r->log)));
    if (sunlot_log_mode(r->log) == SUNLOT_REHEARSAL) (void)fputs(_("REHEARSAL (演练): this is no draw.\n"), stdout);
    verify_edition_head(r);
    print_published(r->log);
    if (phase < SUNLOT_PHASE_SEED_BASE) return;
    uint8_t fingerprint[32];
    sunlot_log_fingerprint(r->log, fingerprint);
    (void)fputs(_("\nFingerprint:\n\n"), stdout);
    messages_fingerprint(stdout, fingerprint);
    (void)fputs(_("\nDigits:\n\n"), stdout);
    for (uint32_t i = 0; i < sunlot_log_sources(r->log); i++) {
        sunlot_source source;
        sunlot_log_source(r->log, i, &source);
        if (source.digits.n > 0)
            (void)printf("      %u: %.*s\n", (unsigned)source.number, (int)source.digits.n, source.digits.p);
        else
            (void)printf(_("      %u: none yet\n"), (unsigned)source.number);
        if (source.digits_2.n > 0) (void)printf(_("      %u, second round: %.*s\n"), (unsigned)source.number, (int)source.digits_2.n, source.digits_2.p);
    }
    print_supplements(r->log);
    (void)fputs(_("\nTwo questions that no program can answer:\n"
                  "  Was this fingerprint shown before the first digit fell?\n"
                  "  Are these the digits that fell?\n\n"),
                stdout);
}

static void print_checks(const verify_report *r)
{
    const sunlot_verdict *v = &r->verdict;
    (void)fputs(_("Checks:\n"), stdout);
    for (int c = 0; c < SUNLOT_CHECK_COUNT; c++) {
        const char *state = v->check[c] == SUNLOT_CHECK_OK         ? _("[ ok          ]")
                            : v->check[c] == SUNLOT_CHECK_FAULT    ? _("[ FAULT       ]")
                            : v->check[c] == SUNLOT_CHECK_ATTESTED ? _("[ attested    ]")
                                                                   : _("[ not reached ]");
        (void)printf("  %s %s: %s\n", state, sunlot_check_name((sunlot_check)c), _(check_meaning((sunlot_check)c)));
    }
    (void)printf(verify_public(r) ? _("  good signatures %u, schools looked at as far as the public edition goes %u\n")
                                  : _("  good signatures %u, schools recomputed %u\n"),
                 (unsigned)v->signatures, (unsigned)v->schools);
}

/* How many rows there are, and what acts made of them. */
static void print_rows(const verify_report *r)
{
    const sunlot_row_counts *n = &r->verdict.rows;
    (void)printf(_("  rows announced %llu, struck %llu, late %llu, moved %llu, fixed beforehand %llu\n"), (unsigned long long)n->announced,
                 (unsigned long long)n->struck, (unsigned long long)n->late, (unsigned long long)n->moved, (unsigned long long)n->fixed);
}

/* An act, one line a record; late students are many and not listed. */
static void print_act(void *user, const sunlot_entry *e)
{
    bool *first = user;
    if (e->kind == SUNLOT_ENTRY_LATE) return;
    if (*first) (void)fputs(_("\nWhat was entered after the results:\n"), stdout);
    *first = false;
    (void)printf(_("  act %u, %s (line %llu): %s"), (unsigned)e->act, SHOW(e->date), (unsigned long long)e->line, sunlot_entry_name(e->kind));
    if (e->subject.n > 0) (void)printf(" %s", SHOW(e->subject));
    if (e->value.n > 0 && e->kind != SUNLOT_ENTRY_REPLACED) (void)printf(" → %s", SHOW(e->value));
    if (e->more.n > 0 && e->kind == SUNLOT_ENTRY_BY_HAND) (void)printf(" %s", SHOW(e->more));
    if (e->reason.n > 0) (void)printf(_("; reason: %s"), SHOW(e->reason));
    if (e->authority.n > 0) (void)printf(_("; authority: %s"), SHOW(e->authority));
    (void)fputc('\n', stdout);
}

static void print_acts(const verify_report *r)
{
    bool first = true;
    sunlot_log_entries(r->log, print_act, &first);
}

/* True if the first line is that of a log but for what an editor or a spreadsheet puts around it, or makes of it. */
static bool saved_again(const sunlot_fault *f)
{
    static const char begins[] = "sunlot";
    const char *at = f->found;
    if (f->answer != SUNLOT_FAULT_PARSE || f->line != 1) return false;
    while (*at != '\0' && at - f->found < 4 && (*at < 'a' || *at > 'z')) at++;
    return strncmp(at, begins, sizeof begins - 1) == 0 && at[sizeof begins - 1] != '/'; /* keys and notes have a name there */
}

static void print_answer(const verify_report *r)
{
    const sunlot_verdict *v = &r->verdict;
    (void)printf(_("\nAnswer: %s — %s.\n"), sunlot_answer_name(v->answer), _(meaning(v->answer)));
    verify_edition_answer(r);
    if (v->answer < SUNLOT_FAULT_PARSE && sunlot_log_phase(r->log) != SUNLOT_PHASE_RESULTS)
        (void)fputs(_("  Nothing is drawn yet: there are no results in this log.\n"), stdout);
    if (v->fault.answer != SUNLOT_VALID && v->fault.what != NULL) {
        if (v->fault.line > 0)
            (void)printf(_("  line %llu: "), (unsigned long long)v->fault.line);
        else
            (void)fputs("  ", stdout);
        (void)fputs(_(v->fault.what), stdout);
        if (v->fault.found[0] != '\0') (void)printf(_(", found “%s”"), SHOW(text_of(v->fault.found)));
        (void)fputc('\n', stdout);
        if (saved_again(&v->fault))
            (void)fputs(
                _("  A spreadsheet or an editor seems to have saved this log in a form of its own.  Fetch it again, and do not open it before it is checked.\n"),
                stdout);
    }
}

static void print_proof(const verify_report *r)
{
    bool sound = r->verdict.answer < SUNLOT_FAULT_PARSE;
    bool drawn = sound && sunlot_log_phase(r->log) == SUNLOT_PHASE_RESULTS;
    if (sound) {
        (void)fputs(_("\nWhat this proves:\n"), stdout);
        (void)fputs(_("  The fingerprint fixes the rules, the classes and the list: nothing in them can be changed under it.\n"), stdout);
        if (drawn && verify_public(r))
            verify_edition_proof(r);
        else if (drawn)
            (void)fputs(_("  The results follow from list and digits alone, and keep every announced rule.\n"), stdout);
    }
    (void)fputs(_("\nWhat it cannot prove:\n"
                  "  That the list is right and complete: each family looks at its own line.\n"
                  "  The two answers above: who was there knows them.\n"),
                stdout);
    verify_edition_limits(r);
    if (r->verdict.answer == SUNLOT_UNPINNED)
        (void)fputs(_("  That this is the log that was announced: compare the fingerprint, or use --fingerprint, --policy or --key.\n"), stdout);
}

static void print_balance(void *user, const sunlot_balance *b)
{
    uint32_t school = *(const uint32_t *)user;
    if (b->school != school) return;
    const char *who = text_same(b->who, text_of("teachers")) ? _("teachers") : _("students");
    if (b->sum && b->deviation)
        (void)printf(_("    %s, standard deviation of %s: within %s asked; %s to %s reached\n"), who, SHOW(b->column), SHOW(b->value), SHOW(b->least),
                     SHOW(b->most));
    else if (b->sum)
        (void)printf(_("    %s, mean of %s: within %s asked; from the school's mean %s to %s reached\n"), who, SHOW(b->column), SHOW(b->value), SHOW(b->least),
                     SHOW(b->most));
    else
        (void)printf(_("    %s, %s “%s” in each class: %s to %s asked, %s to %s reached\n"), who, SHOW(b->column), SHOW(b->value), SHOW(b->lo), SHOW(b->hi),
                     SHOW(b->least), SHOW(b->most));
}

static void print_schools(const verify_report *r)
{
    const sunlot_roster *roster = sunlot_log_roster(r->log);
    uint32_t schools = sunlot_roster_schools(roster);
    summary_counts sum = {0};
    (void)fputs(_("\nSchools:\n"), stdout);
    for (uint32_t s = 0; s < schools; s++) {
        sunlot_school_info info;
        sunlot_text rung, attempt, looks;
        sunlot_roster_school(roster, s, &info);
        summary_add(&sum, &info);
        (void)printf(_("  %s: classes %u, students %u, teachers %u, locked beforehand %u"), SHOW(info.name), (unsigned)info.classes, (unsigned)info.students,
                     (unsigned)info.teachers, (unsigned)info.locked);
        if (!verify_public(r)) (void)printf(_(", rows with a token %u, recused %u"), (unsigned)info.tokens, (unsigned)info.recused);
        if (sunlot_log_placed(r->log, s, &rung, &attempt, &looks))
            (void)printf(_("; placed at rung %s, try %s, look %s"), SHOW(rung), SHOW(attempt), SHOW(looks));
        (void)fputc('\n', stdout);
        if (schools <= SUMMARY_DESCRIBED) sunlot_log_balance(r->log, print_balance, &s);
        if (info.recused > 0 && verify_odds(r, s)) summary_odds(stdout, "    ", r->odds, schools > SUMMARY_DESCRIBED);
    }
    (void)printf(_("  in all: schools %u, students announced %llu, of them locked beforehand %llu\n"), (unsigned)schools, (unsigned long long)sum.students,
                 (unsigned long long)sum.locked);
    if (verify_public(r)) return;
    summary_tokens(stdout, &sum);
    summary_narrowed(stdout, r->log, &sum);
}

/* What recusals leave to the student and to its group; what it could have had, given the groups. */
static void print_student_odds(const verify_report *r)
{
    const sunlot_seat *s = &r->seat;
    sunlot_school_info info;
    sunlot_roster_school(sunlot_log_roster(r->log), s->school, &info);
    const uint32_t left = sunlot_roster_left(sunlot_log_roster(r->log), s->school, s->student);
    if (info.teachers > 0 && left < info.classes)
        (void)printf(2 * left < info.classes ? _("  recusals of its own, and of those it stays with, leave it %u of %u teams: FEWER THAN HALF\n")
                                             : _("  recusals of its own, and of those it stays with, leave it %u of %u teams\n"),
                     (unsigned)left, (unsigned)info.classes);
    if (s->start == 0 || !verify_odds(r, s->school)) return;
    const uint32_t group = verify_group(s);
    if (r->odds->teachers && r->odds->recused > 0 && (!r->odds->sampled || r->odds->allowed > 0)) {
        (void)printf(_("  its group is left with %u of %u teams; odds of each, given the groups, "), (unsigned)r->odds->left[group],
                     (unsigned)r->odds->classes);
        summary_method(stdout, r->odds);
        (void)fputs(_(": "), stdout);
        summary_group(stdout, r->odds, group);
        (void)fputc('\n', stdout);
    } else if (r->odds->teachers && r->odds->recused == 0) {
        (void)printf(_("  each of %u teams had the same odds, given the groups: 1/%u\n"), (unsigned)r->odds->classes, (unsigned)r->odds->classes);
    }
    (void)printf(_("  class numbers its group could get, each with the same odds, whatever the recusals: %u\n"), (unsigned)r->odds->alike[group]);
}

static void print_teacher(void *user, const sunlot_section *section)
{
    bool *first = user;
    (void)fputs(*first ? _("  teachers of the class: ") : "; ", stdout);
    (void)printf(text_same(section->homeroom, text_of("homeroom")) ? _("%s %s (homeroom)") : "%s %s", SHOW(section->subject), SHOW(section->teacher));
    *first = false;
}

static void print_teachers(const verify_report *r)
{
    bool first = true;
    verify_teachers(r, print_teacher, &first);
    if (!first) (void)fputc('\n', stdout);
}

static void print_opened(const verify_report *r)
{
    if (r->opened == VERIFY_OPENS)
        (void)fputs(_("  This line is that of the child whose id and name you typed: they, with the salt, open what was sealed.\n"), stdout);
    if (r->opened == VERIFY_OPENS_NOT)
        (void)fputs(
            _("  This line is NOT that of the child whose id and name you typed.  Type both as the school has them, letter by letter; if it stays so, ask the school.\n"),
            stdout);
    if (r->opened == VERIFY_UNKNOWN)
        (void)fputs(_("  Whether this line is that of the child whose id and name you typed cannot be told here: the public edition does not have it.\n"),
                    stdout);
}

static void print_student(const verify_report *r)
{
    if (!r->student_found) {
        (void)printf(_("\nStudent %s: not in this log.\n"), SHOW(text_of(r->student)));
        return;
    }
    const sunlot_seat *s = &r->seat;
    if (s->school_name.n > 0)
        (void)printf(_("\nStudent %s, school “%s”, line %llu of the log\n"), SHOW(s->pseudonym), SHOW(s->school_name), (unsigned long long)s->roster_line);
    else
        (void)printf(_("\nStudent %s, of a school that this edition does not name, line %llu of the log\n"), SHOW(s->pseudonym),
                     (unsigned long long)s->roster_line);
    if (s->lock_reason.n > 0) (void)printf(_("  LOCKED beforehand to a class, not drawn: %s\n"), SHOW(s->lock_reason));
    if (s->late) (void)fputs(_("  came late, announced in a supplement\n"), stdout);
    uint8_t root[32];
    if (verify_late_root(root, r)) {
        (void)fputs(_("  under the root, which was shown before its digits and stands on its slip:\n\n"), stdout);
        messages_fingerprint(stdout, root);
        (void)fputc('\n', stdout);
    }
    if (s->start == 0 && s->seat_line == 0)
        (void)fputs(_("  not placed yet\n"), stdout);
    else if (s->start == 0)
        (void)printf(_("  class %s (line %llu)\n"), SHOW(s->drawn.n > 0 ? s->drawn : s->class_name), (unsigned long long)s->seat_line);
    else
        (void)printf(_("  starting place %u, group %s, class %s (line %llu)\n"), (unsigned)s->start, SHOW(s->group),
                     SHOW(s->drawn.n > 0 ? s->drawn : s->class_name), (unsigned long long)s->seat_line);
    if (s->struck)
        (void)printf(_("  STRUCK from the list afterwards (line %llu): no class\n"), (unsigned long long)s->act_line);
    else if (s->drawn.n > 0)
        (void)printf(_("  class in the end: %s, by an act (line %llu)\n"), SHOW(s->class_name), (unsigned long long)s->act_line);
    print_teachers(r);
    if (!s->late && !verify_public(r)) print_student_odds(r);
    print_opened(r);
    if (r->status != STATUS_OK) (void)fputs(_("  Mind the answer above: the log is not confirmed.\n"), stdout);
}

void verify_text(const verify_report *r)
{
    if (r->log != NULL) print_head(r);
    print_checks(r);
    if (r->log != NULL) verify_signatures(r);
    print_answer(r);
    if (r->logs != NULL) verify_logs_text(r->logs);
    if (r->log != NULL) {
        print_rows(r);
        print_acts(r);
        print_proof(r);
        if (r->verdict.answer < SUNLOT_FAULT_PARSE) print_schools(r);
    }
    if (r->figures > 0) verify_figures_text(r);
    if (r->student != NULL) print_student(r);
}
