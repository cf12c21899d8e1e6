/* The one replay (SPEC 9): tries of a school, and the first that succeeds. */
#include "draw/replay.h"

#include <string.h>

#include "draw/placement.h"
#include "place/match.h"
#include "place/place.h"
#include "random/stages.h"

static void release(sunlot_placement *p)
{
    sunlot_lowered_free(&p->lowered[SUNLOT_STUDENTS]);
    sunlot_lowered_free(&p->lowered[SUNLOT_TEACHERS]);
    sunlot_arena_free(&p->arena);
}

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

/* All that does not depend on the try: problems at a rung, tickets, memory. */
static sunlot_err prepare(sunlot_placement *p, const sunlot_roster *r, uint32_t school, const uint8_t seed32[32], uint32_t rung)
{
    const sunlot_school *s = &r->school[school];
    memset(p, 0, sizeof *p);
    p->mode = r->mode;
    p->number = school + 1;
    p->school = s;
    p->forms = sunlot_school_forms_teams(s);
    p->subjects = sunlot_school_subjects(s, p->subject);
    SUNLOT_REQUIRE(p->subjects <= SUNLOT_MAX_SCHOOL_SUBJECTS);

    const sunlot_digest key = sunlot_stage_key(seed32, "ticket", s->name, 0, 0);
    const int whos = p->forms ? SUNLOT_WHOS : 1;
    size_t room = 0;
    for (int who = 0; who < whos; who++) {
        sunlot_lowered *l = &p->lowered[who];
        const sunlot_err err = who == SUNLOT_STUDENTS ? sunlot_lower_students(l, s, rung) : sunlot_lower_teachers(l, s, rung);
        if (err != SUNLOT_OK) return err;
        sunlot_lowered_tickets(l, s, who, &key);
        p->group[who] = sunlot_arena_alloc(&p->arena, l->p.units, sizeof *p->group[who]);
        p->start[who] = sunlot_arena_alloc(&p->arena, l->p.units, sizeof *p->start[who]);
        if (p->group[who] == NULL || p->start[who] == NULL) return SUNLOT_ERR_MEMORY;
        const size_t needed = sunlot_place_room(&l->p);
        if (needed > room) room = needed;
    }
    p->cast = sunlot_arena_alloc(&p->arena, (size_t)s->classes * p->subjects, sizeof *p->cast);
    p->teams = sunlot_arena_alloc(&p->arena, s->teachers, sizeof *p->teams);
    p->room = sunlot_arena_alloc(&p->arena, room, 1);
    if (p->cast == NULL || p->teams == NULL || p->room == NULL) return SUNLOT_ERR_MEMORY;
    if (s->teachers > 0 && !p->forms) cast_given(p);
    return SUNLOT_OK;
}

static sunlot_text find_worst(const sunlot_lowered *l, uint32_t worst)
{
    if (worst == UINT32_MAX) return SUNLOT_TEXT("");
    if (worst >= l->p.values) return l->sum[worst - l->p.values].rule->column;
    return l->value[worst].rule != NULL ? l->value[worst].rule->column : l->value[worst].text;
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
    return false;
}

/* Give each group a team none of whose teachers one of its students is recused from. */
static bool match(sunlot_placement *p, const sunlot_digest *key)
{
    const sunlot_school *s = p->school;
    uint64_t forbidden[SUNLOT_MAX_SCHOOL_CLASSES][2] = {{0, 0}};
    memset(p->teams, 0, s->teachers * sizeof *p->teams);
    for (uint32_t i = 0; i < s->classes * p->subjects; i++) {
        const uint32_t team = i / p->subjects;
        p->teams[p->cast[i].teacher][team >> 6] |= UINT64_C(1) << (team & 63);
    }
    for (uint32_t i = 0; i < s->students; i++) {
        if (s->student[i].recused == SUNLOT_NONE16) continue;
        const uint16_t group = p->group[SUNLOT_STUDENTS][p->lowered[SUNLOT_STUDENTS].unit_of_row[i]];
        forbidden[group][0] |= p->teams[s->student[i].recused][0];
        forbidden[group][1] |= p->teams[s->student[i].recused][1];
    }
    return sunlot_match(p->team_of_group, s->classes, (const uint64_t(*)[2])forbidden, key->b);
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
        if (!match(p, &key)) return false;
    }
    outcome->failed = 0;
    outcome->placed = true;
    return true;
}

/* Classes are interchangeable if their SEATS are equal and no lock names either (SPEC 8.6). */
static void number(sunlot_placement *p, const uint8_t seed32[32])
{
    const sunlot_school *s = p->school;
    uint16_t set[SUNLOT_MAX_SCHOOL_CLASSES];
    bool locked[SUNLOT_MAX_SCHOOL_CLASSES] = {false};
    for (uint32_t i = 0; i < s->locks; i++) locked[s->lock[i].class_index] = true;
    for (uint32_t c = 0; c < s->classes; c++) {
        uint32_t first = 0;
        while (first < c && (locked[first] || s->class_[first].seats != s->class_[c].seats)) first++;
        set[c] = locked[c] ? SUNLOT_NONE16 : (uint16_t)first;
    }
    const sunlot_digest key = sunlot_stage_key(seed32, "number", s->name, 0, 0);
    sunlot_number(p->group_of_class, s->classes, set, key.b);
}

/* All tries in their order.  Returns whether one succeeded. */
static bool run_tries(sunlot_placement *p, const sunlot_facts *facts, const uint8_t seed32[32], sunlot_outcome *outcome)
{
    const uint32_t rungs = sunlot_school_rungs(p->school);
    for (uint32_t rung = 1; rung <= rungs; rung++) {
        const uint32_t tries = rung < rungs ? 4 : facts->tries;
        for (int who = 0; rung > 1 && who < (p->forms ? SUNLOT_WHOS : 1); who++) sunlot_lowered_rung(&p->lowered[who], rung);
        for (uint32_t attempt = 1; attempt <= tries; attempt++) {
            if (run_try(p, seed32, rung, attempt, facts->mix, outcome)) return true;
        }
    }
    return false;
}

sunlot_err sunlot_replay(sunlot_buffer *lines, const sunlot_roster *r, uint32_t school, const uint8_t seed32[32], sunlot_outcome *outcome)
{
    sunlot_placement p;
    memset(outcome, 0, sizeof *outcome);
    SUNLOT_REQUIRE(school < r->schools);
    sunlot_err err = prepare(&p, r, school, seed32, 1);
    if (err == SUNLOT_OK && !run_tries(&p, &r->facts, seed32, outcome)) err = SUNLOT_ERR_NOT_PLACED;
    if (err == SUNLOT_OK) {
        number(&p, seed32);
        if (!sunlot_placement_write(lines, &p, outcome)) err = SUNLOT_ERR_MEMORY;
    }
    release(&p);
    return err;
}

sunlot_err sunlot_replay_try(const sunlot_roster *r, uint32_t school, const uint8_t seed32[32], uint32_t rung, uint32_t attempt, uint32_t mix,
                             sunlot_outcome *outcome)
{
    sunlot_placement p;
    memset(outcome, 0, sizeof *outcome);
    SUNLOT_REQUIRE(school < r->schools && rung >= 1 && attempt >= 1);
    const sunlot_err err = prepare(&p, r, school, seed32, rung);
    if (err == SUNLOT_OK) (void)run_try(&p, seed32, rung, attempt, mix, outcome);
    release(&p);
    return err;
}
