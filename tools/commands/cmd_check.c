#include <string.h>

#include "commands/commands.h"
#include "common/characters.h"
#include "common/jobs.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/summary.h"
#include "trials/inputs.h"
#include "trials/trials.h"

/* Values that are named when few students have them. */
enum { NAMED = 20 };

/* The name of a rule in the language of the messages. */
static const char *kind_word(sunlot_text kind) { return text_same(kind, text_of("band")) ? _("band") : _("balance"); }

static void describe_count(void *user, const sunlot_bound *b)
{
    (void)user;
    if (b->sum || text_same(b->kind, text_of("limit"))) return;
    if (text_same(b->kind, text_of("homeroom"))) {
        (void)printf(_("    teachers: homeroom: %u sections, in each class %lld to %lld\n"), (unsigned)b->members, (long long)b->lo, (long long)b->hi);
        return;
    }
    (void)printf(b->teachers ? _("    teachers: %s %s “%s”: %u sections, in each class %lld to %lld\n")
                             : _("    students: %s %s “%s”: %u students, in each class %lld to %lld\n"),
                 kind_word(b->kind), SHOW(b->column), SHOW(b->value), (unsigned)b->members, (long long)b->lo, (long long)b->hi);
}

typedef struct {
    uint32_t limits;
    int64_t least, most;
} limit_range;

static void note_limit(void *user, const sunlot_bound *b)
{
    limit_range *range = user;
    if (b->sum || !text_same(b->kind, text_of("limit"))) return;
    if (range->limits == 0 || b->hi < range->least) range->least = b->hi;
    if (range->limits == 0 || b->hi > range->most) range->most = b->hi;
    range->limits++;
}

typedef struct {
    bool teachers, any;
    sunlot_text kind, last; /* with unequal seats a sum has two bounds, one after the other */
} sum_state;

static void describe_sum(void *user, const sunlot_bound *b)
{
    sum_state *state = user;
    if (!b->sum || (state->any && state->teachers == b->teachers && text_same(state->kind, b->kind) && text_same(state->last, b->column))) return;
    state->any = true;
    state->teachers = b->teachers;
    state->kind = b->kind;
    state->last = b->column;
    const bool deviation = text_same(b->kind, text_of("deviation"));
    (void)printf(deviation     ? b->teachers ? _("      teachers: standard deviation %s: gap %s, of %u sections with a value\n")
                                             : _("      students: standard deviation %s: gap %s, of %u students with a score\n")
                     : b->teachers ? _("      teachers: mean %s: gap %s, of %u sections with a value\n")
                               : _("      students: mean %s: gap %s, of %u students with a score\n"),
                 SHOW(b->column), SHOW(b->value), (unsigned)b->members);
}

/* The last rung is never given up: it shows how many trials were asked for. */
static void print_trials(const trial_tally *t, uint32_t rung, uint32_t trials)
{
    (void)printf(t->trials < trials ? _("    rung %u: %u of %u trials succeed; no more were made\n") : _("    rung %u: %u of %u trials succeed\n"),
                 (unsigned)rung, (unsigned)t->placed, (unsigned)t->trials);
}

/* Before there are groups nobody has odds.  Each recused student may make those of one group unequal. */
static void describe_recusals(const sunlot_school_info *info)
{
    if (info->recused == 0) return;
    const uint32_t groups = info->recused < info->classes ? info->recused : info->classes;
    (void)printf(_("  recusals: up to %u of %u groups cannot get every team; the odds follow from the groups and are printed after the draw\n"),
                 (unsigned)groups, (unsigned)info->classes);
    (void)printf(_("  students left with fewer than half of the teams by recusals (at worst, if the draw forms the teams): %u\n"), (unsigned)info->narrowed);
}

/* What makes rows rare: each part of them by itself. */
static void describe_part(void *user, const sunlot_rare_part *part)
{
    static const char *const without[] = {N_("    if nobody stayed together: %u\n"),
                                          N_("    without limits (apart, spread, cap: one kind of token, which says no reason): %u\n"),
                                          N_("    without recusals: %u\n"), N_("    if all took one seat: %u\n")};
    (void)user;
    if (part->part == SUNLOT_ROW_VALUE)
        (void)printf(_("    without “%s”: %u\n"), SHOW(part->column), (unsigned)part->without);
    else
        (void)printf(_(without[part->part]), (unsigned)part->without);
}

static void describe_few(void *user, const sunlot_few *few)
{
    uint32_t *named = user;
    if (++*named <= NAMED) (void)printf(_("    “%s” in “%s”: %u\n"), SHOW(few->value), SHOW(few->column), (unsigned)few->students);
}

/* What could single out a child.  A limit is no fault: some children need one.  Whoever announces should know what it tells. */
static void describe_singled(const sunlot_roster *r, uint32_t school, const sunlot_school_info *info)
{
    uint32_t named = 0;
    (void)printf(_("  students whose public row is shared with fewer than 5 others: %u\n"), (unsigned)info->rare);
    sunlot_roster_rare(r, school, describe_part, NULL);
    if (info->few > 0) {
        (void)printf(_("  values that fewer than %u students have, and that the published figures name: %u\n"), SUNLOT_FEW, (unsigned)info->few);
        sunlot_roster_few(r, school, describe_few, &named);
        if (named > NAMED) (void)printf(_("    and %llu more\n"), (unsigned long long)(named - NAMED));
    }
    if (info->isolated > 0)
        (void)printf(_("  students kept apart from as many others as there are classes, or more: %u; one of them from %u\n"), (unsigned)info->isolated,
                     (unsigned)info->most_apart);
}

static sunlot_err describe_school(const sunlot_roster *r, uint32_t school, const trial_table *table)
{
    sunlot_school_info info;
    sunlot_roster_school(r, school, &info);
    (void)printf(_("School “%s”: students %u, classes %u, teachers %u, sections %u\n"), SHOW(info.name), (unsigned)info.students, (unsigned)info.classes,
                 (unsigned)info.teachers, (unsigned)info.sections);
    (void)printf(_("  seats taken %u; each class will have %u to %u\n"), (unsigned)info.seats, (unsigned)info.size_least, (unsigned)info.size_most);
    (void)printf(_("  students that stay together %u, under a limit %u, recused %u, with more than one seat %u, locked %u\n"), (unsigned)info.together,
                 (unsigned)info.limits, (unsigned)info.recused, (unsigned)info.weighted, (unsigned)info.locked);
    (void)printf(_("  rows that carry a token %u\n"), (unsigned)info.tokens);
    describe_recusals(&info);
    describe_singled(r, school, &info);

    (void)fputs(_("  rules and their bounds:\n"), stdout);
    limit_range limits = {0, 0, 0};
    sunlot_err err = sunlot_roster_bounds(r, school, 1, describe_count, NULL);
    if (err == SUNLOT_OK) err = sunlot_roster_bounds(r, school, 1, note_limit, &limits);
    if (limits.limits > 0)
        (void)printf(_("    students: limits (apart, spread, cap): %u tokens, of each at most %lld to %lld in a class\n"), (unsigned)limits.limits,
                     (long long)limits.least, (long long)limits.most);
    for (uint32_t rung = 1; rung <= info.rungs && err == SUNLOT_OK; rung++) {
        const trial_tally *t = &table->tally[table->from[school] + rung - 1];
        sum_state state = {false, false, {NULL, 0}, {NULL, 0}};
        print_trials(t, rung, trials_last(table, school)->trials);
        err = sunlot_roster_bounds(r, school, rung, describe_sum, &state);
        trials_explain(stdout, "      ", t);
    }
    return err;
}

/* One line a school: "NAME: students 211, classes 9 of 23 to 24; locked 0; rare 3; …; trials 0/20 100/100". */
static void list_school(const sunlot_roster *r, uint32_t school, const trial_table *table)
{
    sunlot_school_info info;
    sunlot_roster_school(r, school, &info);
    (void)printf(
        _("%s: students %u, classes %u of %u to %u, teachers %u; locked %u; rare rows %u; rows with a token %u; recused %u, left with fewer than half of the "
          "teams %u; trials that succeed, rung by rung:"),
        SHOW(info.name), (unsigned)info.students, (unsigned)info.classes, (unsigned)info.size_least, (unsigned)info.size_most, (unsigned)info.teachers,
        (unsigned)info.locked, (unsigned)info.rare, (unsigned)info.tokens, (unsigned)info.recused, (unsigned)info.narrowed);
    for (uint32_t t = table->from[school]; t < table->from[school + 1]; t++)
        (void)printf(" %u/%u", (unsigned)table->tally[t].placed, (unsigned)table->tally[t].trials);
    (void)fputc('\n', stdout);
    if (!trials_enough(trials_last(table, school))) trials_explain(stdout, "    ", trials_last(table, school));
}

static sunlot_err describe(const sunlot_roster *r, const trial_table *table)
{
    uint32_t schools = sunlot_roster_schools(r);
    uint64_t classes = 0, teachers = 0, rare = 0;
    summary_counts sum = {0};
    sunlot_err err = SUNLOT_OK;
    for (uint32_t s = 0; s < schools && err == SUNLOT_OK; s++) {
        sunlot_school_info info;
        sunlot_roster_school(r, s, &info);
        summary_add(&sum, &info);
        classes += info.classes;
        teachers += info.teachers;
        rare += info.rare;
        if (schools <= SUMMARY_DESCRIBED)
            err = describe_school(r, s, table);
        else
            list_school(r, s, table);
    }
    (void)printf(_("In all: schools %u, classes %llu, students %llu, teachers %llu; locked beforehand %llu; rows shared with fewer than 5 others: %llu\n"),
                 (unsigned)schools, (unsigned long long)classes, (unsigned long long)sum.students, (unsigned long long)teachers, (unsigned long long)sum.locked,
                 (unsigned long long)rare);
    summary_tokens(stdout, &sum);
    return err;
}

/* Say which schools would keep the announcement back.  Returns how many. */
static uint32_t count_short(const sunlot_roster *r, const trial_table *table)
{
    uint32_t count = 0;
    for (uint32_t s = 0; s < sunlot_roster_schools(r); s++) {
        const trial_tally *t = trials_last(table, s);
        if (trials_enough(t)) continue;
        sunlot_school_info info;
        sunlot_roster_school(r, s, &info);
        count++;
        if (t->placed == 0)
            (void)printf(_("School “%s”: no trial succeeds: these rules cannot hold together, as far as %u trials can tell\n"), SHOW(info.name),
                         (unsigned)t->trials);
        else
            (void)printf(_("School “%s”: only %u of %u trials succeed at the last rung; half are needed\n"), SHOW(info.name), (unsigned)t->placed,
                         (unsigned)t->trials);
        trials_advise(stdout, "    ", t);
    }
    return count;
}

static int check(const sunlot_enrolment *e, uint32_t trials, uint32_t jobs)
{
    static const uint8_t zeros[32] = {0};
    sunlot_master master = sunlot_master_rehearse(zeros);
    sunlot_roster *roster = NULL;
    trial_table table;
    const sunlot_crew crew = jobs_crew(&jobs);
    sunlot_err err = sunlot_roster_new(&roster, e, SUNLOT_REHEARSAL, &master, &crew);
    if (err != SUNLOT_OK) return complain_error(err);
    err = trials_run(&table, roster, false, trials, jobs);
    if (err != SUNLOT_OK) {
        sunlot_roster_free(roster);
        return complain_error(err);
    }
    int status = STATUS_OK;
    err = describe(roster, &table);
    if (err != SUNLOT_OK) {
        status = complain_error(err);
    } else {
        bool placeable = count_short(roster, &table) == 0;
        int publishable = inputs_publishable(e, roster, stdout);
        if (publishable != STATUS_RUN)
            status = publishable;
        else if (!placeable)
            status = STATUS_REFUSED;
        if (status == STATUS_OK)
            (void)fputs(_("This can be announced.\n"), stdout);
        else if (status == STATUS_REFUSED)
            (void)fputs(_("“sunlot announce” would refuse this.\n"), stdout);
    }
    trials_free(&table);
    sunlot_roster_free(roster);
    return status;
}

int cmd_check(int argc, char **argv)
{
    const char *jobs_text = NULL, *trials_text = "100", *folder;
    const tool_option option[] = {{"jobs", &jobs_text, NULL}, {"trials", &trials_text, NULL}};
    int status = options_read(argc, argv, "sunlot check",
                              _("Usage: sunlot check DIR [--trials N] [--jobs N]\n"
                                "Read the input files in DIR, report every fault with its place, then say for each school what the rules\n"
                                "ask for and how many of 100 trials succeed at each rung.  Writes nothing.\n"
                                "  --trials N     fewer trials, for a quick look at a large district\n"
                                "  --jobs N       work on N schools at a time (as many as there are processors)\n"
                                "  --lang en|zh   language of messages\n"
                                "Exit status: 0 it can be announced, 1 it is refused, 2 it could not be checked.\n"),
                              option, 2, &folder, 1);
    if (status != STATUS_RUN) return status;
    uint32_t jobs, trials;
    if (!options_number(&trials, trials_text, 1, TRIALS)) return options_wrong("sunlot check", "trials", trials_text, "1 – 100");
    status = options_jobs(&jobs, "sunlot check", jobs_text);
    if (status != STATUS_RUN) return status;
    sunlot_enrolment *e = NULL;
    status = inputs_read(&e, folder, stdout, jobs);
    if (status == STATUS_RUN) {
        status = check(e, trials, jobs);
        sunlot_enrolment_free(e);
    }
    return status;
}
