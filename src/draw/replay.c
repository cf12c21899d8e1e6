/* The one replay (SPEC 9): tries of a school, and the first that succeeds. */
#include "draw/replay.h"

#include <string.h>

#include "draw/matching.h"
#include "draw/placement.h"
#include "place/match.h"
#include "place/place.h"
#include "random/stages.h"

void sunlot_placement_release(sunlot_placement *p)
{
    sunlot_lowered_free(&p->lowered[SUNLOT_STUDENTS]);
    sunlot_lowered_free(&p->lowered[SUNLOT_TEACHERS]);
    sunlot_arena_free(&p->arena);
}

/* Placements that the engine makes: of students, and of sections where teams are formed. */
static int whos_of(const sunlot_placement *p) { return p->forms ? SUNLOT_WHOS : 1; }

/* Teams given in the roster: who takes what in each. */
static void cast_given(sunlot_placement *p)
{
    const sunlot_school *s = p->school;
    for (uint32_t i = 0; i < s->teachers; i++) {
        const sunlot_teacher *t = &s->teacher[i];
        uint32_t subject = 0;
        while (!sunlot_text_equal(p->subject[subject], t->subject)) subject++;
        for (uint32_t j = 0; j < t->classes; j++) p->cast[t->team[j] * p->subjects + subject] = (sunlot_cast){(uint16_t)i, t->homeroom && j == 0};
    }
}

/* Teams as the engine formed them: team τ is group τ of the sections. */
static void cast_formed(sunlot_placement *p)
{
    const sunlot_lowered *l = &p->lowered[SUNLOT_TEACHERS];
    for (uint32_t row = 0; row < l->p.rows; row++) {
        const uint32_t teacher = l->teacher_of_row[row];
        p->cast[p->group[SUNLOT_TEACHERS][row] * p->subjects + l->p.unit_stratum[row]] =
            (sunlot_cast){(uint16_t)teacher, p->school->teacher[teacher].homeroom && l->section_of_row[row] == 1};
    }
}

sunlot_err sunlot_placement_begin(sunlot_placement *p, const sunlot_roster *r, uint32_t school)
{
    SUNLOT_REQUIRE(school < r->schools);
    const sunlot_school *s = &r->school[school];
    memset(p, 0, sizeof *p);
    p->mode = r->mode;
    p->number = school + 1;
    p->school = s;
    p->forms = sunlot_school_forms_teams(s);
    p->first = r->facts.two_rounds;
    p->subjects = sunlot_school_subjects(s, p->subject);
    SUNLOT_REQUIRE(p->subjects <= SUNLOT_MAX_SCHOOL_SUBJECTS);
    sunlot_interchangeable(p->set, s);
    p->cast = sunlot_arena_alloc(&p->arena, (size_t)s->classes * p->subjects, sizeof *p->cast);
    p->teams = sunlot_arena_alloc(&p->arena, s->teachers, sizeof *p->teams);
    if (p->cast == NULL || p->teams == NULL) return SUNLOT_ERR_MEMORY;
    if (s->teachers > 0 && !p->forms) cast_given(p);
    return SUNLOT_OK;
}

sunlot_err sunlot_placement_prepare(sunlot_placement *p, const sunlot_roster *r, uint32_t school, uint32_t rung)
{
    SUNLOT_REQUIRE(rung >= 1);
    const sunlot_school *s = &r->school[school];
    size_t room = 0;
    const sunlot_err begun = sunlot_placement_begin(p, r, school);
    if (begun != SUNLOT_OK) return begun;
    p->rung = rung;
    for (int who = 0; who < whos_of(p); who++) {
        sunlot_lowered *l = &p->lowered[who];
        const sunlot_err err = who == SUNLOT_STUDENTS ? sunlot_lower_students(l, s, rung) : sunlot_lower_teachers(l, s, rung);
        if (err != SUNLOT_OK) return err;
        p->group[who] = sunlot_arena_alloc(&p->arena, l->p.units, sizeof *p->group[who]);
        p->start[who] = sunlot_arena_alloc(&p->arena, l->p.units, sizeof *p->start[who]);
        if (p->group[who] == NULL || p->start[who] == NULL) return SUNLOT_ERR_MEMORY;
        const size_t needed = sunlot_place_room(&l->p);
        if (needed > room) room = needed;
    }
    p->room = sunlot_arena_alloc(&p->arena, room, 1);
    return p->room != NULL ? SUNLOT_OK : SUNLOT_ERR_MEMORY;
}

static sunlot_text find_worst(const sunlot_lowered *l, uint32_t worst)
{
    if (worst == UINT32_MAX) return SUNLOT_TEXT("");
    if (worst >= l->p.values) return l->sum[worst - l->p.values].rule->column;
    return l->value[worst].rule != NULL ? l->value[worst].rule->column : l->value[worst].text;
}

/* The least gap for which a sum would be within its interval in every group: 2·|Σ| ≤ share·heads, and the share of a mean, nearly that of a deviation too, is
 * proportional to the gap.  0: that cannot be told, as deviations are rounded to more than the gap. */
static int64_t gap_reached(const sunlot_lowered *l, const uint16_t *group, uint32_t sum)
{
    const sunlot_meaning *meaning = &l->sum[sum];
    int64_t total[SUNLOT_MAX_SCHOOL_CLASSES] = {0}, most = 0;
    uint32_t heads[SUNLOT_MAX_SCHOOL_CLASSES] = {0};
    for (uint32_t row = 0; row < l->p.rows; row++) {
        const uint16_t g = group[l->unit_of_row[row]];
        heads[g]++;
        total[g] += l->adds[(size_t)sum * l->p.rows + row];
    }
    const int64_t share = meaning->share / meaning->gap;
    if (share == 0) return 0;
    for (uint32_t g = 0; g < l->p.groups; g++) {
        if (heads[g] == 0) continue;
        const int64_t off = 2 * (total[g] < 0 ? -total[g] : total[g]), gap = (off + share * heads[g] - 1) / (share * heads[g]);
        most = gap > most ? gap : most;
    }
    return most;
}

/* One run of the engine.  What it took, and how it ended, goes to the outcome. */
static bool place(sunlot_placement *p, int who, const sunlot_digest *key, uint32_t mix, sunlot_outcome *outcome)
{
    const sunlot_lowered *l = &p->lowered[who];
    sunlot_place_report report;
    sunlot_place(p->group[who], p->start[who], &report, &l->p, key->b, mix, p->room);
    outcome->steps += report.repair_steps + report.mix_steps;
    if (who == SUNLOT_STUDENTS) outcome->looks = report.looks;
    if (report.placed) return true;
    outcome->counts_off = report.counts_off;
    outcome->sums_off = report.sums_off;
    outcome->worst = find_worst(l, report.worst);
    if (report.worst != UINT32_MAX && report.worst >= l->p.values) {
        outcome->asked = l->sum[report.worst - l->p.values].gap;
        outcome->reached = gap_reached(l, p->group[who], report.worst - l->p.values);
    }
    return false;
}

/* Give each group a team none of whose teachers one of its students is recused from. */
uint32_t sunlot_placement_match(sunlot_placement *p, const uint16_t *group, const uint32_t *unit_of_student, uint32_t most, const uint8_t key32[32])
{
    const sunlot_school *s = p->school;
    uint64_t forbidden[SUNLOT_MAX_SCHOOL_CLASSES][2];
    memset(p->teams, 0, s->teachers * sizeof *p->teams);
    for (uint32_t i = 0; i < s->classes * p->subjects; i++) {
        const uint32_t team = i / p->subjects;
        p->teams[p->cast[i].teacher][team >> 6] |= UINT64_C(1) << (team & 63);
    }
    sunlot_recusals(forbidden, s, group, unit_of_student, (const uint64_t(*)[2])p->teams);
    return sunlot_match(p->team_of_group, s->classes, (const uint64_t(*)[2])forbidden, s->hand[SUNLOT_HAND_TEAMS], most, key32);
}

void sunlot_placement_number(sunlot_placement *p, const uint8_t seed32[32])
{
    const sunlot_digest key = sunlot_stage_key(seed32, "number", p->school->name, 0, 0);
    sunlot_number(p->group_of_class, p->school->classes, p->set, p->school->hand[SUNLOT_HAND_NUMBERS], key.b);
}

/* One try: students, then teachers, then match.  Sets the outcome but for its steps, which it adds to. */
static bool run_try(sunlot_placement *p, const uint8_t seed32[32], uint32_t rung, uint32_t attempt, uint32_t mix, sunlot_outcome *outcome)
{
    const sunlot_school *s = p->school;
    *outcome = (sunlot_outcome){.rung = rung, .attempt = attempt, .steps = outcome->steps};
    sunlot_digest key = sunlot_stage_key(seed32, "place", s->name, rung, attempt);
    outcome->failed = SUNLOT_STAGE_STUDENTS;
    if (!place(p, SUNLOT_STUDENTS, &key, mix, outcome)) return false;
    if (p->forms) {
        key = sunlot_stage_key(seed32, "teams", s->name, rung, attempt);
        outcome->failed = SUNLOT_STAGE_TEACHERS;
        if (!place(p, SUNLOT_TEACHERS, &key, mix, outcome)) return false;
        cast_formed(p);
    }
    if (s->teachers > 0) {
        key = sunlot_stage_key(seed32, "match", s->name, rung, attempt);
        outcome->failed = SUNLOT_STAGE_MATCH;
        const uint32_t *unit_of_student = p->lowered[SUNLOT_STUDENTS].unit_of_row;
        if (sunlot_placement_match(p, p->group[SUNLOT_STUDENTS], unit_of_student, SUNLOT_MATCH_TRIES, key.b) == 0) return false;
    }
    outcome->failed = 0;
    outcome->placed = true;
    return true;
}

/* The bounds of another rung. */
static void climb(sunlot_placement *p, uint32_t rung)
{
    for (int who = 0; rung != p->rung && who < whos_of(p); who++) sunlot_lowered_rung(&p->lowered[who], rung);
    p->rung = rung;
}

static void take_tickets(sunlot_placement *p, const uint8_t seed32[32])
{
    const sunlot_digest key = sunlot_stage_key(seed32, "ticket", p->school->name, 0, 0);
    for (int who = 0; who < whos_of(p); who++) sunlot_lowered_tickets(&p->lowered[who], p->school, who, &key);
}

/* All tries in their order.  Returns whether one succeeded. */
static bool run_tries(sunlot_placement *p, const uint8_t seed32[32], uint32_t mix, uint32_t tries, sunlot_outcome *outcome)
{
    const uint32_t rungs = sunlot_school_rungs(p->school);
    for (uint32_t rung = 1; rung <= rungs; rung++) {
        climb(p, rung);
        for (uint32_t attempt = 1; attempt <= (rung < rungs ? 4 : tries); attempt++) {
            if (run_try(p, seed32, rung, attempt, mix, outcome)) return true;
        }
    }
    return false;
}

bool sunlot_placement_draw(sunlot_placement *p, const uint8_t seed32[32], uint32_t mix, uint32_t tries, sunlot_outcome *outcome)
{
    memset(outcome, 0, sizeof *outcome);
    take_tickets(p, seed32);
    if (!run_tries(p, seed32, mix, tries, outcome)) return false;
    sunlot_placement_number(p, seed32);
    return true;
}

sunlot_err sunlot_replay(sunlot_buffer *lines, const sunlot_roster *r, uint32_t school, const uint8_t seed32[32], sunlot_outcome *outcome)
{
    sunlot_placement p;
    memset(outcome, 0, sizeof *outcome);
    sunlot_err err = sunlot_placement_prepare(&p, r, school, 1);
    if (err == SUNLOT_OK && !sunlot_placement_draw(&p, seed32, r->facts.mix, r->facts.tries, outcome)) err = SUNLOT_ERR_NOT_PLACED;
    if (err == SUNLOT_OK && !sunlot_placement_write(lines, &p, outcome)) err = SUNLOT_ERR_MEMORY;
    sunlot_placement_release(&p);
    return err;
}

sunlot_err sunlot_replay_try(const sunlot_roster *r, uint32_t school, const uint8_t seed32[32], uint32_t rung, uint32_t attempt, uint32_t mix,
                             sunlot_outcome *outcome)
{
    sunlot_placement p;
    memset(outcome, 0, sizeof *outcome);
    SUNLOT_REQUIRE(attempt >= 1);
    const sunlot_err err = sunlot_placement_prepare(&p, r, school, rung);
    if (err == SUNLOT_OK) {
        take_tickets(&p, seed32);
        (void)run_try(&p, seed32, rung, attempt, mix, outcome);
    }
    sunlot_placement_release(&p);
    return err;
}
