#include "trials/trials.h"

#include <stdlib.h>
#include <string.h>

#include "common/characters.h"
#include "common/files.h"
#include "common/jobs.h"
#include "common/messages.h"

/* Few schools are cut into blocks of trials, so that all threads have work; tallies of blocks are added up in their order, so that
 * the report is the same for any number of threads. */
enum { FEW_SCHOOLS = 20, FEW_BLOCKS = 10 };

typedef struct {
    const sunlot_roster *roster;
    uint32_t from, to;      /* the trials of this pass */
    uint32_t blocks;        /* a tally is made in so many pieces */
    const uint32_t *school; /* [tallies] */
    const uint32_t *rung;   /* [tallies] */
    const bool *hopeless;   /* [tallies] passed over */
    trial_tally *piece;     /* [tallies * blocks] */
} trial_work;

static void add_culprit(trial_tally *t, sunlot_text what, uint32_t times, int64_t asked, int64_t reached)
{
    if (what.n == 0) return;
    for (size_t i = 0; i < TRIALS_CULPRITS; i++) {
        if (t->culprit[i].times == 0) {
            t->culprit[i].what = what;
            t->culprit[i].asked = asked;
            t->culprit[i].reached = reached;
        }
        if (!text_same(t->culprit[i].what, what)) continue;
        t->culprit[i].times += times;
        if (asked == t->culprit[i].asked && reached < t->culprit[i].reached) t->culprit[i].reached = reached;
        return;
    }
}

static void note_distance(trial_tally *t, bool first, uint64_t counts_off, uint64_t sums_off)
{
    if (first || counts_off < t->counts_off || (counts_off == t->counts_off && sums_off < t->sums_off)) {
        t->counts_off = counts_off;
        t->sums_off = sums_off;
    }
}

static sunlot_err work_piece(void *user, uint32_t index)
{
    const trial_work *w = user;
    trial_tally *t = &w->piece[index];
    uint32_t which = index / w->blocks, block = index % w->blocks;
    if (w->hopeless[which]) return SUNLOT_OK;
    for (uint32_t i = w->from + block; i < w->to; i += w->blocks) {
        sunlot_outcome outcome;
        sunlot_err err = sunlot_roster_trial(w->roster, w->school[which], w->rung[which], i, &outcome);
        if (err != SUNLOT_OK) return err;
        t->trials++;
        if (outcome.placed) {
            t->placed++;
            continue;
        }
        note_distance(t, t->trials - t->placed == 1, outcome.counts_off, outcome.sums_off);
        t->failed[(unsigned)outcome.failed & 3u]++;
        add_culprit(t, outcome.worst, 1, outcome.asked, outcome.reached);
    }
    return SUNLOT_OK;
}

static void add_tally(trial_tally *sum, const trial_tally *t)
{
    if (t->placed < t->trials) note_distance(sum, sum->placed == sum->trials, t->counts_off, t->sums_off);
    sum->trials += t->trials;
    sum->placed += t->placed;
    for (size_t i = 0; i < 4; i++) sum->failed[i] += t->failed[i];
    for (size_t i = 0; i < TRIALS_CULPRITS; i++) add_culprit(sum, t->culprit[i].what, t->culprit[i].times, t->culprit[i].asked, t->culprit[i].reached);
}

/* One pass over all tallies: the trials from … to - 1 of each that is not hopeless are added to it. */
static sunlot_err run_pass(trial_tally *tally, trial_work *w, uint32_t tallies, uint32_t jobs)
{
    w->piece = need((size_t)tallies * w->blocks, sizeof *w->piece);
    sunlot_err err = jobs_run(jobs, tallies * w->blocks, _("trials"), work_piece, w);
    for (uint32_t i = 0; err == SUNLOT_OK && i < tallies * w->blocks; i++) add_tally(&tally[i / w->blocks], &w->piece[i]);
    free(w->piece);
    return err;
}

/* Two passes: after TRIALS_LOOK trials, a rung without success is given up, unless it is the last one of its school, which decides.
 * Both passes are whole before they are looked at, so that the tallies are the same for any number of jobs. */
sunlot_err trials_run(trial_table *out, const sunlot_roster *r, bool last_only, uint32_t trials, uint32_t jobs)
{
    uint32_t schools = sunlot_roster_schools(r), tallies = 0;
    uint32_t *from = need((size_t)schools + 1, sizeof *from);
    for (uint32_t s = 0; s < schools; s++) {
        sunlot_school_info info;
        sunlot_roster_school(r, s, &info);
        tallies += last_only ? 1 : info.rungs;
        from[s + 1] = tallies;
    }
    uint32_t *school = need(tallies, sizeof *school), *rung = need(tallies, sizeof *rung);
    for (uint32_t s = 0; s < schools; s++) {
        sunlot_school_info info;
        sunlot_roster_school(r, s, &info);
        for (uint32_t t = from[s]; t < from[s + 1]; t++) {
            school[t] = s;
            rung[t] = info.rungs - (from[s + 1] - 1 - t);
        }
    }
    bool *hopeless = need(tallies, sizeof *hopeless);
    trial_tally *tally = need(tallies, sizeof *tally);
    trial_work w = {.roster = r, .blocks = schools <= FEW_SCHOOLS ? FEW_BLOCKS : 1, .school = school, .rung = rung, .hopeless = hopeless};
    w.to = trials < TRIALS_LOOK ? trials : TRIALS_LOOK;
    sunlot_err err = run_pass(tally, &w, tallies, jobs);
    for (uint32_t t = 0; t < tallies; t++) hopeless[t] = tally[t].placed == 0 && t + 1 < from[school[t] + 1];
    w.from = w.to;
    w.to = trials;
    if (err == SUNLOT_OK && w.from < w.to) err = run_pass(tally, &w, tallies, jobs);
    if (err == SUNLOT_OK) {
        *out = (trial_table){from, tally};
    } else {
        free(from);
        free(tally);
    }
    free(hopeless);
    free(school);
    free(rung);
    return err;
}

void trials_free(trial_table *t)
{
    free(t->from);
    free(t->tally);
    *t = (trial_table){NULL, NULL};
}

const trial_tally *trials_last(const trial_table *t, uint32_t school) { return &t->tally[t->from[school + 1] - 1]; }

bool trials_enough(const trial_tally *tally) { return tally->placed * TRIALS >= TRIALS_NEEDED * tally->trials; }

/* Limits of different origin are merged in the log, so their tokens are all that is known of them. */
static bool is_token(sunlot_text text)
{
    if (text.n < 2 || text.p[0] != 'a') return false;
    for (size_t i = 1; i < text.n; i++)
        if (text.p[i] < '0' || text.p[i] > '9') return false;
    return true;
}

void trials_gap(FILE *to, int64_t asked, int64_t reached)
{
    if (asked <= 0 || reached <= 0) return;
    (void)fprintf(to, _("; a gap of %lld.%03lld would have done where %lld.%03lld is asked"), (long long)(reached / SUNLOT_SCORE_SCALE),
                  (long long)(reached % SUNLOT_SCORE_SCALE), (long long)(asked / SUNLOT_SCORE_SCALE), (long long)(asked % SUNLOT_SCORE_SCALE));
}

void trials_distance(FILE *to, uint64_t counts_off, uint64_t sums_off)
{
    if (counts_off > 0) (void)fprintf(to, _("rows too many or too few in all: %llu"), (unsigned long long)counts_off);
    if (counts_off > 0 && sums_off > 0) (void)fputs("; ", to);
    if (sums_off > 0) {
        uint64_t hundredths = (sums_off >> 10) * 100 + ((sums_off & 1023u) * 100 + 1023) / 1024;
        (void)fprintf(to, _("means or deviations outside their tolerance in all by %llu.%02llu times the tolerance"), (unsigned long long)(hundredths / 100),
                      (unsigned long long)(hundredths % 100));
    }
}

void trials_explain(FILE *to, const char *indent, const trial_tally *tally)
{
    if (tally->placed == tally->trials) return;
    (void)fprintf(to, _("%sfailed trials: students %u, teachers %u, students with teachers (recusals) %u\n"), indent,
                  (unsigned)tally->failed[SUNLOT_STAGE_STUDENTS], (unsigned)tally->failed[SUNLOT_STAGE_TEACHERS], (unsigned)tally->failed[SUNLOT_STAGE_MATCH]);
    for (size_t i = 0; i < TRIALS_CULPRITS && tally->culprit[i].times > 0; i++) {
        (void)fprintf(to,
                      is_token(tally->culprit[i].what) ? _("%sfurthest off: “%s” (a limit of apart, spread or cap), %u times")
                                                       : _("%sfurthest off: the rules of “%s”, %u times"),
                      indent, SHOW(tally->culprit[i].what), (unsigned)tally->culprit[i].times);
        trials_gap(to, tally->culprit[i].asked, tally->culprit[i].reached);
        (void)fputc('\n', to);
    }
    if (tally->counts_off > 0 || tally->sums_off > 0) {
        (void)fprintf(to, _("%sthe nearest miss: "), indent);
        trials_distance(to, tally->counts_off, tally->sums_off);
        (void)fputc('\n', to);
    }
}

void trials_advise(FILE *to, const char *indent, const trial_tally *tally)
{
    const uint32_t *failed = tally->failed;
    if (tally->placed == tally->trials) return;
    if (failed[SUNLOT_STAGE_MATCH] > failed[SUNLOT_STAGE_STUDENTS] + failed[SUNLOT_STAGE_TEACHERS]) {
        (void)fprintf(to, _("%sloosen first: recuse (fewer students, or fewer teachers to keep away from)\n"), indent);
        return;
    }
    size_t worst = 0;
    for (size_t i = 1; i < TRIALS_CULPRITS; i++)
        if (tally->culprit[i].times > tally->culprit[worst].times) worst = i;
    if (tally->culprit[worst].times == 0) return;
    if (is_token(tally->culprit[worst].what))
        (void)fprintf(to, _("%sloosen first: apart, spread or cap\n"), indent);
    else
        (void)fprintf(to, _("%sloosen first: the rules of “%s” (a wider gap or one more rung, fewer bands, or leave one out)\n"), indent,
                      SHOW(tally->culprit[worst].what));
}
