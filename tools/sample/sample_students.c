/* Made-up students: twins, equal names, quarrels, special needs, teachers' children, three scores.
 *
 * A school is made in passes, each with a stream of its own, so that one of them can change without the others. */
#include <stdlib.h>

#include "common/files.h"
#include "sample/sample.h"

#define SCORES   3u
#define ORIGINS  6u
#define NO_SCORE UINT32_MAX

typedef struct {
    uint32_t surname, first, second;
    bool boy, boards;
    uint32_t origin;
    uint32_t score[SCORES]; /* in half points, or NO_SCORE */
    uint32_t twins;         /* number of the family, from 1; 0: none */
    uint32_t quarrel[2];    /* numbers of quarrels, from 1; 0: none */
    uint32_t extra_seats;
    bool special;
    uint32_t avoids; /* number of a teacher; 0: none */
} student;

typedef struct {
    student *row;
    uint32_t n;
} pupils;

/* The sum of `terms` uniform numbers 0 … n-1. */
static uint32_t bell(sunlot_stream *s, uint32_t terms, uint32_t n)
{
    uint32_t sum = 0;
    for (uint32_t i = 0; i < terms; i++) sum += sunlot_stream_below(s, n);
    return sum;
}

static uint32_t draw_origin(sunlot_stream *s)
{
    static const uint32_t share[ORIGINS] = {30, 24, 18, 14, 9, 5}; /* in 100 */
    uint32_t at = sunlot_stream_below(s, 100), origin = 0;
    while (at >= share[origin]) at -= share[origin++];
    return origin;
}

static void draw_people(pupils p, sunlot_stream *s)
{
    for (uint32_t i = 0; i < p.n; i++) {
        student *x = &p.row[i];
        x->surname = sunlot_stream_below(s, SAMPLE_SURNAMES);
        x->first = sunlot_stream_below(s, SAMPLE_GIVEN);
        x->second = sunlot_stream_below(s, SAMPLE_GIVEN);
        x->boy = sunlot_stream_below(s, 1000) < 516;
        x->boards = sunlot_stream_below(s, 100) < 28;
        x->origin = draw_origin(s);
    }
}

/* Half points of 100, about 79 on average, with a spread of 11 points; subjects go together.  What would be above 100 is as far below. */
static void draw_scores(pupils p, sunlot_stream *s)
{
    for (uint32_t i = 0; i < p.n; i++) {
        const uint32_t able = bell(s, 6, 23); /* 0 … 132, mean 66 */
        for (uint32_t k = 0; k < SCORES; k++) {
            uint32_t half = 44 + able + bell(s, 4, 25); /* mean 158 */
            if (half > 200) half = 400 - half;
            if (k == 1) half -= half % 2; /* whole points in mathematics */
            p.row[i].score[k] = sample_once_in(s, 220) ? NO_SCORE : half;
        }
    }
}

/* About 2 in 100 are twins or, one family in twenty, triplets, next to each other in the list: one family name, home and boarding.
 * They come from the two large schools: a class has no two seats for a school from which few come. */
static void draw_twins(pupils p, sunlot_stream *s)
{
    uint32_t families = 0;
    for (uint32_t i = 0; i + 2 < p.n; i++) {
        if (!sample_once_in(s, 100)) continue;
        const uint32_t children = sample_once_in(s, 20) ? 3 : 2;
        const uint32_t family = ++families;
        p.row[i].twins = family;
        p.row[i].origin %= 2;
        for (uint32_t k = 1; k < children; k++) {
            student *x = &p.row[i + k];
            x->surname = p.row[i].surname;
            x->first = p.row[i].first;
            x->second = (p.row[i].second + k) % SAMPLE_GIVEN;
            x->boards = p.row[i].boards;
            x->origin = p.row[i].origin;
            x->twins = family;
        }
        i += children - 1;
    }
}

/* A student who is alone in all that ties rows together so far; p.n if a few throws find none. */
static uint32_t draw_single(pupils p, sunlot_stream *s)
{
    for (uint32_t i = 0; i < 16; i++) {
        const uint32_t at = sunlot_stream_below(s, p.n);
        const student *x = &p.row[at];
        if (x->twins == 0 && x->quarrel[0] == 0 && x->avoids == 0) return at;
    }
    return p.n;
}

/* One in 150 bears the name of another. */
static void draw_equal_names(pupils p, sunlot_stream *s)
{
    for (uint32_t i = 0; i < p.n / 150; i++) {
        const uint32_t a = draw_single(p, s), b = draw_single(p, s);
        if (a == p.n || b == p.n) continue;
        p.row[b].surname = p.row[a].surname;
        p.row[b].first = p.row[a].first;
        p.row[b].second = p.row[a].second;
    }
}

/* Quarrels of two; in a larger school every third is of a student who has one already. */
static void draw_quarrels(pupils p, sunlot_stream *s)
{
    uint32_t before = p.n;
    for (uint32_t quarrel = 1; quarrel <= p.n / 250; quarrel++) {
        const uint32_t a = quarrel % 3 == 0 && before < p.n ? before : draw_single(p, s);
        if (a == p.n) continue;
        p.row[a].quarrel[p.row[a].quarrel[0] != 0] = quarrel;
        const uint32_t b = draw_single(p, s);
        if (b < p.n) p.row[b].quarrel[0] = quarrel;
        before = quarrel % 3 == 0 ? p.n : a;
    }
}

/* One in 250 has special needs, at most one a class; of them two in three take a further seat. */
static void draw_special(pupils p, uint32_t classes, sunlot_stream *s)
{
    uint32_t left = classes;
    for (uint32_t i = 0; i < p.n && left > 0; i++) {
        if (!sample_once_in(s, 250)) continue;
        p.row[i].special = true;
        p.row[i].extra_seats = !sample_once_in(s, 3);
        left--;
    }
}

/* Where there are six classes, one in 250 is the child of a teacher, who teaches at most a third of them. */
static void draw_recusals(pupils p, const sample_teacher *staff, uint32_t teachers, uint32_t classes, sunlot_stream *s)
{
    if (classes < 6) return;
    for (uint32_t i = 0; i < p.n / 250; i++) {
        const sample_teacher *t = &staff[sunlot_stream_below(s, teachers)];
        const uint32_t at = draw_single(p, s);
        if (at == p.n || 3 * t->classes > classes) continue;
        p.row[at].surname = t->surname;
        p.row[at].avoids = t->number;
    }
}

void sample_students_header(FILE *to, const sample_plan *plan)
{
    fputs(plan->schools > 1 ? "学校," : "", to);
    fputs("编号,姓名,性别,来源,住宿,语文,数学,英语,双胞胎,分开,随班就读,占座,回避教师\n", to);
}

static void write_score(FILE *to, uint32_t half)
{
    if (half == NO_SCORE)
        fputc(',', to);
    else
        fprintf(to, "%u%s,", (unsigned)half / 2, half % 2 ? ".5" : "");
}

static void write_student(FILE *to, const student *x, uint32_t number, uint32_t school)
{
    static const char origins[ORIGINS][20] = {"示例一小", "示例二小", "示例三小", "示例中心小学", "示例河小学", "外区"};
    char name[SAMPLE_NAME_BYTES];
    sample_name(name, x->surname, x->first, x->second);
    fprintf(to, "K%06u,%s,%s,%s,%s,", (unsigned)number, name, x->boy ? "男" : "女", origins[x->origin], x->boards ? "是" : "否");
    for (uint32_t k = 0; k < SCORES; k++) write_score(to, x->score[k]);
    if (x->twins) fprintf(to, "双%u-%u", (unsigned)school + 1, (unsigned)x->twins);
    fputc(',', to);
    if (x->quarrel[0]) fprintf(to, "甲%u", (unsigned)x->quarrel[0]);
    if (x->quarrel[1]) fprintf(to, ";甲%u", (unsigned)x->quarrel[1]);
    fputs(x->special ? ",是," : ",,", to);
    if (x->extra_seats) fprintf(to, "%u", (unsigned)x->extra_seats);
    fputc(',', to);
    if (x->avoids) fprintf(to, "T%05u", (unsigned)x->avoids);
    fputc('\n', to);
}

void sample_students_write(FILE *to, uint32_t *next, const sample_plan *plan, uint32_t school, const sample_size *size, const sample_teacher *staff,
                           uint32_t teachers)
{
    const pupils p = {need(size->students, sizeof(student)), size->students};
    sunlot_stream s;
    sample_stream(&s, plan, school, "people");
    draw_people(p, &s);
    sample_stream(&s, plan, school, "scores");
    draw_scores(p, &s);
    sample_stream(&s, plan, school, "ties");
    draw_twins(p, &s);
    draw_equal_names(p, &s);
    draw_quarrels(p, &s);
    draw_recusals(p, staff, teachers, size->classes, &s);
    draw_special(p, size->classes, &s);
    for (uint32_t i = 0; i < p.n; i++) {
        if (plan->schools > 1) {
            sample_school_write(to, plan, school);
            fputc(',', to);
        }
        write_student(to, &p.row[i], (*next)++, school);
    }
    free(p.row);
}
