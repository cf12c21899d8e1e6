#define _POSIX_C_SOURCE 200809L /* open_memstream, strdup */
#include "trials/evidence.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "common/characters.h"
#include "common/files.h"
#include "common/jobs.h"
#include "common/messages.h"

const char *evidence_name(evidence_file file)
{
    static const char *const name[] = {"evidence.html", "evidence.csv", "students.csv", "profiles.csv", "rows.csv", "pairs.csv", "runs.csv"};
    return name[file];
}

/* ---- sampling ---------------------------------------------------------------------------------------------------------------------------- */

/* What one thread draws with; as many as work at the same time, taken and given back. */
typedef struct {
    sunlot_sampler *sampler;
    tally *tally;
} bench;

typedef struct {
    const evidence_request *request;
    const tally_plan *plan;
    pthread_mutex_t lock;
    bench *bench;
    uint32_t benches, *free_, frees;
} workshop;

static sunlot_err draw(void *user, uint32_t index)
{
    workshop *w = user;
    char number[16];
    uint8_t key[32];
    sunlot_sample sample;
    sunlot_outcome outcome;
    (void)pthread_mutex_lock(&w->lock);
    const bench *b = &w->bench[w->free_[--w->frees]];
    (void)pthread_mutex_unlock(&w->lock);
    (void)snprintf(number, sizeof number, "%u", (unsigned)index);
    sunlot_stream_key(key, w->request->seed32, "sunlot/v1/evidence", text_of(number));
    const sunlot_err err = sunlot_sampler_draw(b->sampler, key, &sample, &outcome);
    tally_add(b->tally, w->plan, err == SUNLOT_OK ? &sample : NULL, &outcome);
    (void)pthread_mutex_lock(&w->lock);
    w->free_[w->frees++] = (uint32_t)(b - w->bench);
    (void)pthread_mutex_unlock(&w->lock);
    return err == SUNLOT_ERR_NOT_PLACED ? SUNLOT_OK : err;
}

static tally_plan *make_plan(const evidence_request *q, const sunlot_sampler *sampler, uint32_t number, const sunlot_school_info *info)
{
    tally_student *student = need(info->students, sizeof *student);
    uint32_t *place = need(info->students, sizeof *place), *mates = need(info->students, sizeof *mates), *set = need(info->classes, sizeof *set);
    sunlot_sampled_student s;
    sunlot_roster_places(place, q->roster, q->enrolment, number, q->master);
    for (uint32_t i = 0; i < info->students; i++) {
        sunlot_sampler_student(sampler, i, &s);
        mates[s.unit]++;
    }
    for (uint32_t i = 0; i < info->students; i++) {
        sunlot_sampler_student(sampler, i, &s);
        student[i] = (tally_student){s.profile, s.row, place[i], mates[s.unit] == 1, s.single, s.lock != SUNLOT_SAMPLED_NONE};
    }
    for (uint32_t c = 0; c < info->classes; c++) {
        sunlot_sampled_class class_;
        sunlot_sampler_class(sampler, c, &class_);
        set[c] = class_.set == SUNLOT_SAMPLED_NONE ? TALLY_NONE : class_.set;
    }
    tally_plan *plan = tally_plan_new(student, info->students, set, info->classes);
    free(student);
    free(place);
    free(mates);
    free(set);
    return plan;
}

/* ---- what is kept -------------------------------------------------------------------------------------------------------------------------- */

/* A count is whole, a bar is not: it is shared out over the bars that the stretch from half below to half above it touches. */
static void keep_deviation(evidence_school *k, double z, double half)
{
    const double from = (z - half + 5) * (EVIDENCE_Z_BARS / 10.0), to = (z + half + 5) * (EVIDENCE_Z_BARS / 10.0);
    k->cells++;
    k->beyond += fabs(z) > 5;
    for (int bar = (int)fmax(0, floor(from)); bar < EVIDENCE_Z_BARS && bar < to; bar++) k->z[bar] += (fmin(to, bar + 1) - fmax(from, bar)) / (to - from);
}

static void keep_deviations(evidence_school *k, const tally_plan *p, const tally *t)
{
    for (uint32_t i = 0; i < p->students; i++) {
        for (uint32_t c = 0; c < p->classes; c++) {
            double deviation;
            const double z = findings_seat_off(&deviation, p, t, i, c);
            if (deviation > 0) keep_deviation(k, z, 0.5 / deviation);
        }
    }
    k->parts = p->part[TALLY_FILE_PARTS].kinds;
    for (int order = 0; order < TALLY_ORDERS; order++) {
        k->off[order] = need((size_t)k->parts * p->classes, sizeof **k->off);
        for (uint32_t part = 0; part < k->parts; part++)
            for (uint32_t c = 0; c < p->classes; c++)
                k->off[order][(size_t)part * p->classes + c] = findings_part_off(p, t, order == TALLY_FILE ? TALLY_FILE_PARTS : TALLY_PSEUDONYM_PARTS, part, c);
    }
}

static void keep_pairs(evidence_school *k, const evidence *e, const tally_plan *p)
{
    k->pairs = need(p->part[TALLY_MATES].kinds, sizeof *k->pairs);
    for (size_t i = k->from; i < k->to; i++) {
        const finding *f = &e->findings.of[i];
        if (f->kind == FINDING_PROFILE_PAIRS) k->pairs[k->pairs_n++] = (evidence_pairs){p->part[TALLY_MATES].members[f->item], f->observed, f->expected};
    }
}

static void keep_figures(evidence_school *k, const sunlot_school_info *info, const tally_plan *p, const tally *t)
{
    k->name = info->name;
    k->students = info->students;
    k->classes = info->classes;
    k->locked = info->locked;
    k->together = info->together;
    k->sets = p->sets;
    for (uint32_t s = 0; s < p->sets; s++) k->dealt += p->set_size[s] > 1 ? p->set_size[s] : 0;
    for (uint32_t i = 0; i < p->part[TALLY_ROWS].kinds; i++) k->alike += p->part[TALLY_ROWS].members[i] > 1 ? p->part[TALLY_ROWS].members[i] : 0;
    k->placed = t->placed;
    k->failed = t->failed;
    k->steps = t->steps;
    k->most_steps = t->most_steps;
    memcpy(k->rung, t->rung, sizeof k->rung);
    memcpy(k->attempt, t->attempt, sizeof k->attempt);
    memcpy(k->looks, t->looks, sizeof k->looks);
}

/* ---- scopes -------------------------------------------------------------------------------------------------------------------------------- */

static char *copy_text(const char *text)
{
    char *copy = need(strlen(text) + 1, 1);
    memcpy(copy, text, strlen(text));
    return copy;
}

static char *profile_text(const sunlot_sampler *sampler, uint32_t student)
{
    sunlot_buffer b = {NULL, 0, 0};
    if (sunlot_sampler_profile(&b, sampler, student) != SUNLOT_OK) exit(complain_error(SUNLOT_ERR_MEMORY));
    char *text = need(b.n + 1, 1);
    if (b.n > 0) memcpy(text, b.p, b.n);
    sunlot_buffer_free(&b);
    return text;
}

/* Rows of a stretch, as 1–63: part i of `parts` begins at the least place whose part it is. */
static char *part_text(uint32_t part, uint32_t parts, uint32_t students)
{
    char text[40];
    const uint64_t from = ((uint64_t)part * students + parts - 1) / parts, to = ((uint64_t)(part + 1) * students + parts - 1) / parts;
    (void)snprintf(text, sizeof text, to == from + 1 ? "%llu" : "%llu–%llu", (unsigned long long)from + 1, (unsigned long long)to);
    return copy_text(text);
}

static char *set_text(const sunlot_sampler *sampler, const tally_plan *p, uint32_t set)
{
    char text[2 * SHOW_BYTES + 8];
    sunlot_sampled_class first = {{NULL, 0}, 0}, last = {{NULL, 0}, 0};
    for (uint32_t c = 0; c < p->classes; c++) {
        if (p->set_of[c] != set) continue;
        sunlot_sampler_class(sampler, c, p->in_set[c] == 0 ? &first : &last);
    }
    (void)snprintf(text, sizeof text, p->set_size[set] < 2 ? "%s" : "%s … %s", SHOW(first.name), SHOW(last.name));
    return copy_text(text);
}

/* The first of those with equal rows, how many others there are, and where they come. */
static char *alike_text(const finding *f, const sunlot_sampler *sampler, const tally_plan *p)
{
    sunlot_sampled_student s;
    char *set = f->kind == FINDING_ROW_SHARE ? set_text(sampler, p, f->set) : copy_text("");
    const size_t room = strlen(set) + 64;
    char *text = need(room, 1);
    sunlot_sampler_student(sampler, p->part[TALLY_ROWS].first[f->item], &s);
    (void)snprintf(text, room, "%s + %u%s%s", s.pseudonym, (unsigned)p->part[TALLY_ROWS].members[f->item] - 1, set[0] != '\0' ? " → " : "", set);
    free(set);
    return text;
}

static char *scope_text(const finding *f, const sunlot_sampler *sampler, const tally_plan *p)
{
    char text[64];
    sunlot_sampled_student s;
    switch (f->kind) {
    case FINDING_DEAL:
        return set_text(sampler, p, f->item);
    case FINDING_TEAM:
        (void)snprintf(text, sizeof text, "T%u", (unsigned)f->item + 1);
        return copy_text(text);
    case FINDING_STUDENT:
        sunlot_sampler_student(sampler, f->item, &s);
        return copy_text(s.pseudonym);
    case FINDING_PROFILE:
        return profile_text(sampler, p->part[TALLY_PROFILES].first[f->item]);
    case FINDING_FILE_PART:
    case FINDING_PSEUDONYM_PART:
        return part_text(f->item, p->part[TALLY_FILE_PARTS].kinds, p->students);
    case FINDING_ROW_SHARE:
    case FINDING_ROW_PAIR:
        return alike_text(f, sampler, p);
    case FINDING_PROFILE_PAIRS:
    case FINDING_PAIR_SPREAD:
        return profile_text(sampler, p->part[TALLY_MATES].first[f->item]);
    case FINDING_FILE_TREND:
    case FINDING_PSEUDONYM_TREND:
    case FINDING_FILE_START:
    case FINDING_PSEUDONYM_START:
    case FINDING_NEIGHBOURS:
    case FINDING_EXACT:
    case FINDING_KINDS:
    default:
        return copy_text("");
    }
}

static void keep_scopes(evidence *e, const sunlot_sampler *sampler, const tally_plan *p)
{
    if (e->findings.room > e->scope_room) {
        char **more = need(e->findings.room, sizeof *more);
        if (e->scopes > 0) memcpy(more, e->scope, e->scopes * sizeof *more);
        free(e->scope);
        e->scope = more;
        e->scope_room = e->findings.room;
    }
    for (; e->scopes < e->findings.n; e->scopes++) e->scope[e->scopes] = scope_text(&e->findings.of[e->scopes], sampler, p);
}

/* ---- a school ---------------------------------------------------------------------------------------------------------------------------- */

static sunlot_err sample_school(workshop *w, uint32_t number)
{
    char what[96];
    if (sunlot_roster_schools(w->request->roster) > 1)
        (void)snprintf(what, sizeof what, _("school %u of %u, draws"), (unsigned)number + 1, (unsigned)sunlot_roster_schools(w->request->roster));
    else
        (void)snprintf(what, sizeof what, "%s", _("draws"));
    if (pthread_mutex_init(&w->lock, NULL) != 0) return SUNLOT_ERR_MEMORY;
    const sunlot_err err = jobs_run(w->benches, w->request->draws, what, draw, w);
    (void)pthread_mutex_destroy(&w->lock);
    return err;
}

static sunlot_err run_school(evidence *e, evidence_tables *tables, uint32_t number)
{
    const evidence_request *q = e->request;
    sunlot_school_info info;
    sunlot_roster_school(q->roster, number, &info);
    workshop w = {.request = q, .benches = q->jobs < q->draws ? q->jobs : q->draws};
    w.bench = need(w.benches, sizeof *w.bench);
    w.free_ = need(w.benches, sizeof *w.free_);
    sunlot_err err = SUNLOT_OK;
    for (uint32_t i = 0; err == SUNLOT_OK && i < w.benches; i++) err = sunlot_sampler_new(&w.bench[i].sampler, q->roster, number, q->mix);
    if (err == SUNLOT_OK) {
        tally_plan *plan = make_plan(q, w.bench[0].sampler, number, &info);
        w.plan = plan;
        for (; w.frees < w.benches; w.frees++) {
            w.bench[w.frees].tally = tally_new(plan);
            w.free_[w.frees] = w.frees;
        }
        err = sample_school(&w, number);
        tally *all = w.bench[0].tally;
        for (uint32_t i = 1; i < w.benches; i++) tally_merge(all, plan, w.bench[i].tally);
        if (err == SUNLOT_OK) {
            evidence_school *kept = &e->school[number];
            kept->from = e->findings.n;
            findings_add(&e->findings, number, plan, all);
            kept->to = e->findings.n;
            keep_scopes(e, w.bench[0].sampler, plan);
            keep_figures(kept, &info, plan, all);
            keep_deviations(kept, plan, all);
            keep_pairs(kept, e, plan);
            const evidence_sampled sampled = {e, kept, number, w.bench[0].sampler, plan, all};
            evidence_rows(tables, &sampled);
        }
        tally_plan_free(plan);
    }
    for (uint32_t i = 0; i < w.benches; i++) {
        sunlot_sampler_free(w.bench[i].sampler);
        tally_free(w.bench[i].tally);
    }
    free(w.bench);
    free(w.free_);
    return err;
}

/* ---- all ------------------------------------------------------------------------------------------------------------------------------------ */

sunlot_err evidence_run(evidence *out, const evidence_request *request)
{
    evidence_tables tables;
    memset(out, 0, sizeof *out);
    out->request = request;
    out->schools = sunlot_roster_schools(request->roster);
    out->school = need(out->schools, sizeof *out->school);
    for (uint32_t i = 0; i < out->schools; i++) {
        sunlot_school_info info;
        sunlot_roster_school(request->roster, i, &info);
        if (info.classes > out->widest) out->widest = info.classes;
    }
    sunlot_err err = SUNLOT_OK;
    for (int i = 0; i < EVIDENCE_FILES; i++) {
        tables.to[i] = open_memstream(&out->bytes[i], &out->n[i]);
        if (tables.to[i] == NULL) err = SUNLOT_ERR_MEMORY;
    }
    if (err == SUNLOT_OK) evidence_head(&tables);
    for (uint32_t i = 0; err == SUNLOT_OK && i < out->schools; i++) err = run_school(out, &tables, i);
    if (err == SUNLOT_OK) {
        for (size_t i = 0; i < out->findings.n; i++) out->tests += out->findings.of[i].verdict == FINDING_FITS;
        out->deviate = findings_correct(&out->findings);
        evidence_tests(&tables, out);
        evidence_page(tables.to[EVIDENCE_PAGE], out);
    }
    for (int i = 0; i < EVIDENCE_FILES; i++) {
        if (tables.to[i] == NULL) continue;
        const bool good = ferror(tables.to[i]) == 0;
        if ((fclose(tables.to[i]) != 0 || !good) && err == SUNLOT_OK) err = SUNLOT_ERR_MEMORY;
    }
    if (err != SUNLOT_OK) evidence_free(out);
    return err;
}

void evidence_free(evidence *e)
{
    for (uint32_t i = 0; i < e->schools; i++) {
        for (int order = 0; order < TALLY_ORDERS; order++) free(e->school[i].off[order]);
        free(e->school[i].pairs);
    }
    for (size_t i = 0; i < e->scopes; i++) free(e->scope[i]);
    for (int i = 0; i < EVIDENCE_FILES; i++) free(e->bytes[i]);
    free(e->scope);
    free(e->school);
    findings_free(&e->findings);
    memset(e, 0, sizeof *e);
}
