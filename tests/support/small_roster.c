#include "small_roster.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIELDS 40u

typedef struct {
    sunlot_roster *r;
    sunlot_school *s;
    sunlot_text *value[SUNLOT_WHOS]; /* [rows * columns] of the school being read */
    uint32_t limits_at;
} builder;

static void need(bool ok, const char *what)
{
    if (ok) return;
    (void)fprintf(stderr, "small_roster: %s\n", what);
    abort();
}

static void *take(builder *b, size_t count, size_t size)
{
    void *p = sunlot_arena_alloc(&b->r->arena, count, size);
    need(p != NULL, "no memory");
    return p;
}

static uint32_t number(sunlot_text text)
{
    uint64_t n = 0;
    need(sunlot_number_parse(&n, text, UINT32_MAX), "not a number");
    return (uint32_t)n;
}

static void read_id(uint8_t pseudonym[16], sunlot_text id)
{
    memset(pseudonym, 0, 16);
    need(id.n >= 2 && id.n <= 8 && sunlot_hex_parse(pseudonym, id.n / 2, id), "not an id");
}

static uint16_t find_class(const builder *b, sunlot_text name)
{
    for (uint32_t i = 0; i < b->s->classes; i++) {
        if (sunlot_text_equal(b->s->class_[i].name, name)) return (uint16_t)i;
    }
    need(false, "unknown class");
    return 0;
}

static uint16_t find_teacher(const builder *b, sunlot_text id)
{
    uint8_t pseudonym[16];
    read_id(pseudonym, id);
    for (uint32_t i = 0; i < b->s->teachers; i++) {
        if (memcmp(b->s->teacher[i].pseudonym, pseudonym, 16) == 0) return (uint16_t)i;
    }
    need(false, "unknown teacher");
    return 0;
}

/* Cells of number columns at once; those of category columns wait until all are known. */
static void read_values(builder *b, int who, uint32_t row, const sunlot_text *field, uint32_t fields)
{
    const uint32_t columns = b->s->columns[who];
    need(fields == columns, "wrong number of values");
    for (uint32_t i = 0; i < columns; i++) {
        int32_t *cell = &b->s->cell[who][row * columns + i];
        b->value[who][row * columns + i] = field[i];
        if (!b->s->column[who][i].number) continue;
        if (field[i].n == 0)
            *cell = SUNLOT_ABSENT;
        else
            need(sunlot_score_parse(cell, field[i]), "not a score");
    }
}

static void read_teacher(builder *b, const sunlot_text *field, uint32_t fields)
{
    const uint32_t row = b->s->teachers++;
    sunlot_teacher *t = &b->s->teacher[row];
    need(fields >= 6, "teacher");
    read_id(t->pseudonym, field[1]);
    t->subject = field[2];
    t->classes = (uint16_t)number(field[3]);
    t->homeroom = sunlot_text_equal(field[4], SUNLOT_TEXT("yes"));
    if (field[5].n > 0) {
        uint16_t *team = take(b, t->classes, sizeof *team);
        sunlot_text rest = field[5];
        for (uint32_t i = 0; i < t->classes; i++) team[i] = (uint16_t)(number(sunlot_text_split(rest, ';', &rest)) - 1);
        need(rest.p == NULL, "teams");
        t->team = team;
    }
    read_values(b, SUNLOT_TEACHERS, row, field + 6, fields - 6);
}

static void read_student(builder *b, const sunlot_text *field, uint32_t fields)
{
    const uint32_t row = b->s->students++;
    sunlot_student *t = &b->s->student[row];
    need(fields >= 6, "student");
    read_id(t->pseudonym, field[1]);
    t->together = field[2].n > 0 ? number(field[2]) : 0;
    t->limits_from = b->limits_at;
    for (sunlot_text rest = field[3]; rest.n > 0; t->limits++) {
        b->s->student_limit[b->limits_at++] = (uint16_t)(number(sunlot_text_split(rest, ';', &rest)) - 1);
    }
    t->recused = field[4].n > 0 ? find_teacher(b, field[4]) : SUNLOT_NONE16;
    t->seats = field[5].n > 0 ? (uint8_t)number(field[5]) : 1;
    t->lock = SUNLOT_NONE16;
    read_values(b, SUNLOT_STUDENTS, row, field + 6, fields - 6);
}

static void end_school(builder *b)
{
    if (b->s == NULL) return;
    for (uint32_t i = 0; i < b->s->locks; i++) {
        b->s->student[b->s->lock[i].student].lock = b->s->lock[i].class_index;
    }
    for (int who = 0; who < SUNLOT_WHOS; who++) {
        const uint32_t rows = who == SUNLOT_STUDENTS ? b->s->students : b->s->teachers;
        for (uint32_t i = 0; i < b->s->columns[who]; i++) {
            sunlot_text text[SUNLOT_MAX_SCHOOL_STUDENTS];
            if (b->s->column[who][i].number) continue;
            for (uint32_t row = 0; row < rows; row++) text[row] = b->value[who][row * b->s->columns[who] + i];
            need(sunlot_school_encode(b->r, b->s, who, i, text) == SUNLOT_OK, "encode");
        }
    }
}

/* Locks name students that come later: their rows are found by counting the lines ahead. */
static void read_lock(builder *b, const sunlot_text *field, sunlot_text rest)
{
    sunlot_lock *lock = &b->s->lock[b->s->locks++];
    lock->class_index = find_class(b, field[2]);
    lock->reason = lock->authority = SUNLOT_TEXT("x");
    for (uint32_t row = 0; rest.n > 0;) {
        sunlot_text line = sunlot_text_split(rest, '\n', &rest);
        if (!sunlot_text_starts(line, SUNLOT_TEXT("student,"))) continue;
        (void)sunlot_text_split(line, ',', &line);
        if (sunlot_text_equal(sunlot_text_split(line, ',', &line), field[1])) {
            lock->student = row;
            return;
        }
        row++;
    }
    need(false, "lock of an unknown student");
}

/* Room for as many lines as the text has. */
static void begin_school(builder *b, sunlot_text name, uint32_t lines)
{
    end_school(b);
    b->s = &b->r->school[b->r->schools++];
    *b->s = (sunlot_school){.name = name};
    need(sunlot_school_columns(b->r, b->s) == SUNLOT_OK, "columns");
    b->s->class_ = take(b, lines, sizeof *b->s->class_);
    b->s->student = take(b, lines, sizeof *b->s->student);
    b->s->teacher = take(b, lines, sizeof *b->s->teacher);
    b->s->lock = take(b, lines, sizeof *b->s->lock);
    b->s->limit_max = take(b, lines, sizeof *b->s->limit_max);
    b->s->student_limit = take(b, lines, 32 * sizeof *b->s->student_limit);
    b->limits_at = 0;
    for (int who = 0; who < SUNLOT_WHOS; who++) {
        b->s->cell[who] = take(b, (size_t)lines * b->s->columns[who], sizeof *b->s->cell[who]);
        b->value[who] = take(b, (size_t)lines * b->s->columns[who], sizeof *b->value[who]);
    }
}

static void read_rule(builder *b, const sunlot_text *field, uint32_t fields)
{
    sunlot_rule *rule = &b->r->rule[b->r->rules++];
    need(fields == 6, "rule");
    rule->who = sunlot_text_equal(field[1], SUNLOT_TEXT("students")) ? SUNLOT_STUDENTS : SUNLOT_TEACHERS;
    rule->kind = sunlot_rule_find(field[2]);
    rule->column = field[3];
    rule->value = field[4];
    rule->school = field[5];
    need(sunlot_rule_parse(rule), "rule value");
}

sunlot_roster *small_roster_new(const char *text)
{
    builder b = {sunlot_alloc(1, sizeof *b.r), NULL, {NULL, NULL}, 0};
    sunlot_text rest;
    uint32_t lines = 1;
    need(b.r != NULL && sunlot_arena_copy(&b.r->arena, sunlot_text_of(text), &rest), "no memory");
    for (size_t i = 0; i < rest.n; i++) lines += rest.p[i] == '\n';
    b.r->mode = SUNLOT_REHEARSAL;
    b.r->facts.mix = 3000;
    b.r->facts.tries = 64;
    b.r->rule = take(&b, lines, sizeof *b.r->rule);
    b.r->school = take(&b, lines, sizeof *b.r->school);
    while (rest.n > 0) {
        sunlot_text line = sunlot_text_split(rest, '\n', &rest), field[FIELDS];
        uint32_t n = 0;
        if (line.n == 0) continue;
        for (; line.p != NULL && n < FIELDS; n++) field[n] = sunlot_text_split(line, ',', &line);
        const sunlot_text type = field[0];
        need(n >= 2, "a line without fields");
        if (sunlot_text_equal(type, SUNLOT_TEXT("mix")))
            b.r->facts.mix = number(field[1]);
        else if (sunlot_text_equal(type, SUNLOT_TEXT("tries")))
            b.r->facts.tries = number(field[1]);
        else if (sunlot_text_equal(type, SUNLOT_TEXT("mode")))
            b.r->mode = SUNLOT_LIVE;
        else if (sunlot_text_equal(type, SUNLOT_TEXT("rule")))
            read_rule(&b, field, n);
        else if (sunlot_text_equal(type, SUNLOT_TEXT("school")))
            begin_school(&b, field[1], lines);
        else if (sunlot_text_equal(type, SUNLOT_TEXT("class")))
            b.s->class_[b.s->classes++] = (sunlot_class){field[1], n > 2 && field[2].n > 0 ? number(field[2]) : 0};
        else if (sunlot_text_equal(type, SUNLOT_TEXT("lock")))
            read_lock(&b, field, rest);
        else if (sunlot_text_equal(type, SUNLOT_TEXT("limit")))
            b.s->limit_max[b.s->limits++] = (uint16_t)number(field[1]);
        else if (sunlot_text_equal(type, SUNLOT_TEXT("teacher")))
            read_teacher(&b, field, n);
        else if (sunlot_text_equal(type, SUNLOT_TEXT("student")))
            read_student(&b, field, n);
        else
            need(false, "unknown type");
    }
    end_school(&b);
    return b.r;
}

/* ---- made-up schools ------------------------------------------------------------------------------------------------------------- */

/* Text that grows. */
typedef struct {
    char *p;
    size_t n, cap;
} page;

static void say(page *t, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int n = vsnprintf(t->p + t->n, t->cap - t->n, format, arguments);
    va_end(arguments);
    need(n >= 0 && (size_t)n < t->cap - t->n, "no room for a made-up school");
    t->n += (size_t)n;
}

/* Every class has one homeroom teacher of chinese; maths teachers have two classes each, and one at the end if classes are odd. */
static void say_teachers(page *t, uint32_t classes, bool teams)
{
    for (uint32_t i = 1; i <= classes; i++) {
        say(t, "teacher,a%u,chinese,1,yes,", i);
        if (teams) say(t, "%u", i);
        say(t, ",%c\n", "pq"[i % 2]);
    }
    for (uint32_t i = 1; i <= classes; i += 2) {
        say(t, "teacher,b%u,maths,%d,-,", i, i < classes ? 2 : 1);
        if (teams) say(t, i < classes ? "%u;%u" : "%u", i, i + 1);
        say(t, ",%c\n", "pq"[i / 2 % 2]);
    }
}

sunlot_roster *small_roster_made(sunlot_stream *stream)
{
    static char text[20000];
    page t = {text, 0, sizeof text};
    const uint32_t classes = 1 + sunlot_stream_below(stream, 6), students = classes * 8 + 6 + sunlot_stream_below(stream, 24);
    const bool weighted = sunlot_stream_below(stream, 2) == 1, blank = sunlot_stream_below(stream, 2) == 1;
    const uint32_t teachers = sunlot_stream_below(stream, 3), limits = sunlot_stream_below(stream, 4), pairs = sunlot_stream_below(stream, 3);
    const bool locked = sunlot_stream_below(stream, 2) == 1;
    say(&t, "mix,30\ntries,6\nrule,students,absent,x,mean,\nrule,students,balance,c,,\nrule,students,balance,d,,\nrule,students,band,x,4,\n"
            "rule,students,band,x,top 7,\nrule,students,mean,x,5 30,\nrule,students,mean,y,40,\nrule,teachers,balance,e,,\nschool,A\n");
    for (uint32_t i = 1; i <= classes; i++) {
        if (blank)
            say(&t, "class,%u,\n", i);
        else
            say(&t, "class,%u,%u\n", i, 8 + students / classes * (weighted ? 2 : 1) + 3 * (i % 2));
    }
    if (locked) say(&t, "lock,05,1\n");
    for (uint32_t i = 0; i < limits; i++) say(&t, "limit,%u\n", classes == 1 ? 2 : 1);
    if (teachers > 0) say_teachers(&t, classes, teachers == 2);
    for (uint32_t i = 0; i < students; i++) {
        say(&t, "student,%02x,", i);
        if (i >= 10 && i < 10 + 2 * pairs) say(&t, "%u", i / 2);
        say(&t, i % 3 == 0 && i < 3 * limits ? ",%u" : ",", i / 3 + 1);
        if (i % 3 == 1 && i < 3 * limits) say(&t, "%u", i / 3 + 1);
        if (i % 3 == 2 && i < 3 * limits && classes == 1) say(&t, "%u", i / 3 + 1);
        say(&t, teachers > 0 && i == 7 && classes > 3 ? ",b1," : ",,");
        if (weighted && sunlot_stream_below(stream, 8) == 0) say(&t, "2");
        say(&t, ",%c,%c,", "fm"[sunlot_stream_below(stream, 2)], "vwxyz"[sunlot_stream_below(stream, 5)]);
        if (sunlot_stream_below(stream, 6) > 0) say(&t, "%u", 60 + sunlot_stream_below(stream, 40));
        say(&t, ",%u\n", 60 + sunlot_stream_below(stream, 20));
    }
    sunlot_roster *r = small_roster_new(text);
    const char *what = "";
    need(sunlot_school_tokens(r, &r->school[0]) == SUNLOT_OK, "tokens");
    const bool sound = sunlot_school_check(r, &r->school[0], &what) == 0;
    need(sound, what);
    return r;
}
