#define _POSIX_C_SOURCE 200809L /* open_memstream */
#include "common/summary.h"

#include <stdlib.h>
#include <string.h>

#include "common/characters.h"
#include "common/messages.h"

/* Students that are named when recusals leave them few teams. */
enum { NAMED = 20 };

void summary_add(summary_counts *sum, const sunlot_school_info *school)
{
    sum->students += school->students;
    sum->locked += school->locked;
    sum->tokens += school->tokens;
    sum->narrowed += school->narrowed;
    sum->few += school->few;
    sum->isolated += school->isolated;
}

summary_counts summary_count(const sunlot_roster *r)
{
    summary_counts sum = {0};
    for (uint32_t s = 0; s < sunlot_roster_schools(r); s++) {
        sunlot_school_info info;
        sunlot_roster_school(r, s, &info);
        summary_add(&sum, &info);
    }
    return sum;
}

void summary_tokens(FILE *to, const summary_counts *sum)
{
    (void)fprintf(to, _("  Rows that carry a token %llu; students left with fewer than half of the teams by recusals %llu\n"), (unsigned long long)sum->tokens,
                  (unsigned long long)sum->narrowed);
    (void)fprintf(to,
                  _("  Values balanced that fewer than %u students of a school have %llu; students kept apart from as many others as there are classes %llu\n"),
                  SUNLOT_FEW, (unsigned long long)sum->few, (unsigned long long)sum->isolated);
}

typedef struct {
    FILE *to;
    const sunlot_log *log;
    uint32_t school; /* of info */
    sunlot_school_info info;
    uint32_t named;
} namer;

static void name_narrowed(void *user, const sunlot_seat *seat)
{
    namer *n = user;
    const sunlot_roster *r = sunlot_log_roster(n->log);
    if (n->named == NAMED) return;
    if (seat->late) return; /* recused from nobody */
    if (seat->school != n->school) sunlot_roster_school(r, seat->school, &n->info);
    n->school = seat->school;
    if (n->info.narrowed == 0) return;
    const uint32_t left = sunlot_roster_left(r, seat->school, seat->student);
    if (2 * left >= n->info.classes) return;
    (void)fprintf(n->to, _("    %s, school “%s”: %u of %u teams\n"), SHOW(seat->pseudonym), SHOW(seat->school_name), (unsigned)left, (unsigned)n->info.classes);
    n->named++;
}

void summary_narrowed(FILE *to, const sunlot_log *log, const summary_counts *sum)
{
    namer n = {.to = to, .log = log, .school = UINT32_MAX};
    if (sum->narrowed == 0) return;
    sunlot_log_seats(log, name_narrowed, &n);
    if (sum->narrowed > n.named) (void)fprintf(to, _("    and %llu more\n"), (unsigned long long)(sum->narrowed - n.named));
}

void summary_percent(FILE *to, uint32_t odds) { (void)fprintf(to, "%u.%02u %%", (unsigned)(odds / 100), (unsigned)(odds % 100)); }

void summary_method(FILE *to, const sunlot_odds *odds)
{
    if (odds->sampled)
        (void)fprintf(to, _("SAMPLED, not counted: from %u allowed ones of %u shuffles"), (unsigned)odds->allowed, (unsigned)odds->shuffles);
    else
        (void)fputs(_("counted exactly"), to);
}

/* The least figure above `last`; UINT32_MAX if there is none. */
static uint32_t next_figure(const sunlot_odds *odds, uint32_t group, int64_t last)
{
    uint32_t next = UINT32_MAX;
    for (uint32_t t = 0; t < odds->classes; t++)
        if (odds->odds[group][t] > last && odds->odds[group][t] < next) next = odds->odds[group][t];
    return next;
}

void summary_group(FILE *to, const sunlot_odds *odds, uint32_t group)
{
    const char *between = "";
    for (uint32_t figure = next_figure(odds, group, -1); figure != UINT32_MAX; figure = next_figure(odds, group, figure)) {
        (void)fputs(between, to);
        for (uint32_t t = 0; t < odds->classes; t++)
            if (odds->odds[group][t] == figure) (void)fprintf(to, "T%u ", (unsigned)t + 1);
        summary_percent(to, figure);
        between = "; ";
    }
}

/* From where to where the odds of teams go that a group may get. */
static void print_range(FILE *to, const char *indent, const sunlot_odds *odds)
{
    uint32_t least = UINT32_MAX, most = 0;
    for (uint32_t g = 0; g < odds->classes; g++)
        for (uint32_t t = 0; t < odds->classes; t++) {
            const uint32_t figure = odds->odds[g][t];
            if (figure > 0 && figure < least) least = figure;
            if (figure > most) most = figure;
        }
    (void)fprintf(to, _("%s  where a group can get a team, from "), indent);
    summary_percent(to, least);
    (void)fputs(_(" to "), to);
    summary_percent(to, most);
    (void)fputs(_("; all are in odds.csv of “sunlot export” and in --json\n"), to);
}

/* Groups that are not recused have the same odds; one line serves them all. */
static void print_groups(FILE *to, const char *indent, const sunlot_odds *odds)
{
    uint32_t other = UINT32_MAX;
    for (uint32_t g = 0; g < odds->classes; g++) {
        if (odds->left[g] == odds->classes) {
            if (other == UINT32_MAX) other = g;
            continue;
        }
        (void)fprintf(to, _("%s  group G%u, left with %u of %u teams: "), indent, (unsigned)g + 1, (unsigned)odds->left[g], (unsigned)odds->classes);
        summary_group(to, odds, g);
        (void)fputc('\n', to);
    }
    if (other == UINT32_MAX) return;
    (void)fprintf(to, _("%s  each other group: "), indent);
    summary_group(to, odds, other);
    (void)fputc('\n', to);
}

void summary_odds(FILE *to, const char *indent, const sunlot_odds *odds, bool brief)
{
    if (odds->recused == 0) return;
    (void)fprintf(to, _("%sodds of the teams, given the groups (equal ones would be "), indent);
    summary_percent(to, (20000 + odds->classes) / (2 * odds->classes));
    (void)fputs(_("): "), to);
    summary_method(to, odds);
    (void)fprintf(to, _("; groups that cannot get every team %u; students left with fewer than half of the teams %u\n"), (unsigned)odds->recused,
                  (unsigned)odds->narrowed);
    if (odds->sampled && odds->allowed == 0)
        (void)fprintf(to, _("%s  unknown: none of the shuffles was allowed\n"), indent);
    else if (brief)
        print_range(to, indent, odds);
    else
        print_groups(to, indent, odds);
}

static sunlot_err print_school(FILE *to, const sunlot_log *log, uint32_t school, const sunlot_buffer *lines, sunlot_odds *odds)
{
    const sunlot_roster *r = sunlot_log_roster(log);
    sunlot_school_info info;
    sunlot_roster_school(r, school, &info);
    if (info.recused == 0) return SUNLOT_OK;
    const sunlot_text given = lines != NULL ? (sunlot_text){lines[school].p, lines[school].n} : (sunlot_text){NULL, 0};
    const sunlot_err err = sunlot_log_odds(odds, log, school, given);
    if (err == SUNLOT_ERR_PHASE) return SUNLOT_OK; /* of two rounds the first: no team has a class yet */
    if (err != SUNLOT_OK || odds->recused == 0) return err;
    (void)fprintf(to, _("School “%s”\n"), SHOW(info.name));
    summary_odds(to, "  ", odds, sunlot_roster_schools(r) > SUMMARY_DESCRIBED);
    return SUNLOT_OK;
}

sunlot_err summary_schools(char **out, const sunlot_log *log, const sunlot_buffer *lines)
{
    size_t n = 0;
    char *text = NULL;
    FILE *to = open_memstream(&text, &n);
    sunlot_odds *odds = malloc(sizeof *odds);
    sunlot_err err = to != NULL && odds != NULL ? SUNLOT_OK : SUNLOT_ERR_MEMORY;
    for (uint32_t s = 0; err == SUNLOT_OK && s < sunlot_roster_schools(sunlot_log_roster(log)); s++) err = print_school(to, log, s, lines, odds);
    if (err == SUNLOT_OK && ferror(to) != 0) err = SUNLOT_ERR_MEMORY;
    if (to != NULL && fclose(to) != 0) err = SUNLOT_ERR_MEMORY;
    free(odds);
    if (err == SUNLOT_OK)
        *out = text;
    else
        free(text);
    return err;
}
