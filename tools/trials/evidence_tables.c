/* The tables of the evidence as CSV, headers in the language of the messages. */
#include <stdlib.h>
#include <string.h>

#include "common/cells.h"
#include "common/characters.h"
#include "common/files.h"
#include "common/messages.h"
#include "trials/chance.h"
#include "trials/evidence.h"

const char *evidence_kind(finding_kind kind)
{
    static const char *const name[] = {
        N_("group × class"),
        N_("team × class"),
        N_("student × class"),
        N_("profile × class"),
        N_("stretch of the file × class"),
        N_("stretch of the pseudonyms × class"),
        N_("position in the file by class number"),
        N_("order of pseudonyms by class number"),
        N_("position in the file by starting place"),
        N_("order of pseudonyms by starting place"),
        N_("equal rows: kind of class"),
        N_("equal rows: pairs together"),
        "",
        N_("equal profiles: pairs together"),
        N_("equal profiles: single pairs"),
        N_("equal profiles: neighbours in the file together"),
    };
    return kind == FINDING_EXACT || kind >= FINDING_KINDS ? "" : _(name[kind]);
}

const char *evidence_verdict(finding_verdict verdict)
{
    static const char *const word[] = {N_("fits"), N_("DEVIATES"), N_("not tested"), N_("measured")};
    return _(word[verdict]);
}

static void put_text(FILE *to, const char *text) { cell_put(to, text_of(text), ","); }
static void put_whole(FILE *to, uint64_t number) { (void)fprintf(to, "%llu,", (unsigned long long)number); }
static void put_real(FILE *to, double number) { (void)fprintf(to, "%.6g,", number); }

/* The columns of classes: by name for one school, by number for several; then the line ends. */
static void head_classes(FILE *to, const evidence_sampled *s)
{
    for (uint32_t c = 0; c < s->e->widest; c++) {
        const char *end = c + 1 < s->e->widest ? "," : "\r\n";
        sunlot_sampled_class class_;
        if (s->e->schools > 1) {
            (void)fprintf(to, _("class no. %u%s"), (unsigned)c + 1, end);
        } else {
            sunlot_sampler_class(s->sampler, c, &class_);
            (void)fputs(_("class "), to);
            cell_put(to, class_.name, end);
        }
    }
}

void evidence_head(evidence_tables *t)
{
    for (int i = EVIDENCE_TESTS; i < EVIDENCE_FILES; i++) (void)fputs(BYTE_ORDER_MARK, t->to[i]);
    (void)fprintf(t->to[EVIDENCE_TESTS], "%s\r\n",
                  _("school,test,of,statistic,degrees of freedom,p,p corrected for the number of tests (Holm),observed a draw,expected a draw,verdict"));
    (void)fprintf(t->to[EVIDENCE_STUDENTS], "%s,", _("school,pseudonym,row in the file,profile,locked,chi-square,degrees of freedom,p"));
    (void)fprintf(t->to[EVIDENCE_PROFILES], "%s,", _("school,profile,students,chi-square,degrees of freedom,p"));
    (void)fprintf(t->to[EVIDENCE_ROWS], "%s,", _("school,order,rows,students,chi-square,degrees of freedom,p"));
    (void)fprintf(t->to[EVIDENCE_PAIRS], "%s\r\n",
                  _("school,profile,students,pairs,together a draw,expected without rules,ratio,draws in which a pair is together,the least of all pairs,the "
                    "most of all pairs,chi-square by degrees of freedom"));
    (void)fprintf(t->to[EVIDENCE_RUNS], "%s\r\n", _("school,what,value,draws"));
}

/* ---- a school ---------------------------------------------------------------------------------------------------------------------------- */

/* Schools with fewer classes than the largest have empty cells at the end. */
static void end_counts(FILE *to, const uint64_t *count, const evidence_sampled *s)
{
    for (uint32_t c = 0; c < s->e->widest; c++) {
        if (c < s->plan->classes) (void)fprintf(to, "%llu", (unsigned long long)count[c]);
        (void)fputs(c + 1 < s->e->widest ? "," : "\r\n", to);
    }
}

static void put_test(FILE *to, const finding *f)
{
    if (f->verdict == FINDING_UNTESTED) {
        (void)fputs(",,,", to);
        return;
    }
    put_real(to, f->statistic);
    put_real(to, f->df);
    put_real(to, f->p);
}

static void write_students(FILE *to, const evidence_sampled *s)
{
    const tally_plan *p = s->plan;
    const char *const *scope = (const char *const *)s->e->scope;
    size_t at = s->school->from, profile = 0;
    while (s->e->findings.of[at].kind != FINDING_STUDENT) at++;
    profile = at + p->students;
    for (uint32_t i = 0; i < p->students; i++) {
        sunlot_sampled_student student;
        uint64_t count[SUNLOT_MAX_SCHOOL_CLASSES];
        sunlot_sampler_student(s->sampler, i, &student);
        cell_put(to, s->school->name, ",");
        put_text(to, student.pseudonym);
        put_whole(to, p->place[i] + 1u);
        put_text(to, scope[profile + p->part[TALLY_PROFILES].kind[i]]);
        put_text(to, student.lock == SUNLOT_SAMPLED_NONE ? "" : _("yes"));
        put_test(to, &s->e->findings.of[at + i]);
        for (uint32_t c = 0; c < p->classes; c++) count[c] = s->tally->seat[(size_t)i * p->classes + c];
        end_counts(to, count, s);
    }
}

static void write_kinds(FILE *to, const evidence_sampled *s, tally_partition which, finding_kind kind, const char *order)
{
    const tally_plan *p = s->plan;
    size_t at = s->school->from;
    while (s->e->findings.of[at].kind != kind) at++;
    for (uint32_t i = 0; i < p->part[which].kinds; i++) {
        uint64_t count[SUNLOT_MAX_SCHOOL_CLASSES] = {0};
        for (uint32_t j = p->part[which].first[i]; j < p->students; j++)
            for (uint32_t c = 0; c < p->classes && p->part[which].kind[j] == i; c++) count[c] += s->tally->seat[(size_t)j * p->classes + c];
        cell_put(to, s->school->name, ",");
        if (order != NULL) put_text(to, order);
        put_text(to, s->e->scope[at + i]);
        put_whole(to, p->part[which].members[i]);
        put_test(to, &s->e->findings.of[at + i]);
        end_counts(to, count, s);
    }
}

static void write_pairs(FILE *to, const evidence_sampled *s)
{
    const tally_plan *p = s->plan;
    for (size_t i = s->school->from; i < s->school->to; i++) {
        const finding *f = &s->e->findings.of[i], *next = f + 1;
        if (f->kind != FINDING_PROFILE_PAIRS) continue;
        const uint32_t kind = f->item, m = p->part[TALLY_MATES].members[kind];
        const uint64_t pairs = (uint64_t)m * (m - 1) / 2;
        cell_put(to, s->school->name, ",");
        put_text(to, s->e->scope[i]);
        put_whole(to, m);
        put_whole(to, pairs);
        put_real(to, f->observed);
        put_real(to, f->expected);
        put_real(to, f->statistic);
        if (p->pairs) {
            uint32_t least = UINT32_MAX, most = 0;
            for (uint64_t j = p->pair_from[kind]; j < p->pair_from[kind + 1]; j++) {
                if (s->tally->pair[j] < least) least = s->tally->pair[j];
                if (s->tally->pair[j] > most) most = s->tally->pair[j];
            }
            put_real(to, (double)s->tally->together[TALLY_MATES][kind] / (double)pairs);
            put_whole(to, least);
            put_whole(to, most);
        } else {
            (void)fputs(",,,", to);
        }
        if (i + 1 < s->school->to && next->kind == FINDING_PAIR_SPREAD && next->item == kind) (void)fprintf(to, "%.6g", next->statistic);
        (void)fputs("\r\n", to);
    }
}

static void write_bars(FILE *to, const evidence_sampled *s, const char *what, const uint64_t *bar, uint32_t bars)
{
    for (uint32_t i = 0; i < bars; i++) {
        if (bar[i] == 0) continue;
        cell_put(to, s->school->name, ",");
        put_text(to, what);
        (void)fprintf(to, "%u,%llu\r\n", (unsigned)i, (unsigned long long)bar[i]);
    }
}

static void write_runs(FILE *to, const evidence_sampled *s)
{
    const evidence_school *k = s->school;
    const uint64_t draws = k->placed + k->failed;
    write_bars(to, s, _("rung"), k->rung, SUNLOT_MAX_RUNGS + 1);
    write_bars(to, s, _("try"), k->attempt, TALLY_TRIES + 1);
    write_bars(to, s, _("looks"), k->looks, TALLY_LOOKS + 1);
    cell_put(to, k->name, ",");
    (void)fprintf(to, "%s,,%llu\r\n", _("without placement"), (unsigned long long)k->failed);
    cell_put(to, k->name, ",");
    (void)fprintf(to, "%s,%llu,%llu\r\n", _("steps of the engine a draw"), (unsigned long long)(k->steps / draws), (unsigned long long)draws);
    cell_put(to, k->name, ",");
    (void)fprintf(to, "%s,%llu,%u\r\n", _("most steps"), (unsigned long long)k->most_steps, 1u);
}

void evidence_rows(evidence_tables *t, const evidence_sampled *s)
{
    for (int i = EVIDENCE_STUDENTS; i <= EVIDENCE_ROWS && s->number == 0; i++) head_classes(t->to[i], s);
    write_runs(t->to[EVIDENCE_RUNS], s);
    if (s->school->placed == 0) return;
    write_students(t->to[EVIDENCE_STUDENTS], s);
    write_kinds(t->to[EVIDENCE_PROFILES], s, TALLY_PROFILES, FINDING_PROFILE, NULL);
    write_kinds(t->to[EVIDENCE_ROWS], s, TALLY_FILE_PARTS, FINDING_FILE_PART, _("file"));
    write_kinds(t->to[EVIDENCE_ROWS], s, TALLY_PSEUDONYM_PARTS, FINDING_PSEUDONYM_PART, _("pseudonyms"));
    write_pairs(t->to[EVIDENCE_PAIRS], s);
}

void evidence_tests(evidence_tables *t, const evidence *e)
{
    FILE *to = t->to[EVIDENCE_TESTS];
    for (size_t i = 0; i < e->findings.n; i++) {
        const finding *f = &e->findings.of[i];
        const bool tested = f->verdict == FINDING_FITS || f->verdict == FINDING_DEVIATES;
        cell_put(to, e->school[f->school].name, ",");
        put_text(to, evidence_kind(f->kind));
        put_text(to, e->scope[i]);
        put_real(to, f->statistic);
        if (f->df > 0) (void)fprintf(to, "%.6g", f->df);
        (void)fputs(",", to);
        if (tested) put_real(to, f->p);
        if (tested) put_real(to, f->corrected);
        if (!tested) (void)fputs(",,", to);
        if (f->expected > 0) put_real(to, f->observed);
        if (f->expected > 0) put_real(to, f->expected);
        if (f->expected <= 0) (void)fputs(",,", to);
        cell_put(to, text_of(evidence_verdict(f->verdict)), "\r\n");
    }
}
