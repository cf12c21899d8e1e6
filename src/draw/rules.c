/* The check of the rules: reading a school's result lines (SPEC 5.4, 10).  What is checked of them: rules_seats.c, rules_teams.c,
 * rules_balance.c, rules_sums.c. */
#include "draw/rules.h"

#include <string.h>

#include "draw/rules_block.h"
#include "log/fault.h"

bool sunlot_rules_broken(sunlot_rules_block *b, uint32_t line, const char *what, sunlot_text x, sunlot_text y, sunlot_text z)
{
    const sunlot_text part[3] = {x, y, z};
    char joined[sizeof b->fault->found + 64];
    size_t n = 0;
    for (int i = 0; i < 3; i++) {
        if (part[i].n > 0 && n > 0 && n + 2 <= sizeof joined) {
            memcpy(joined + n, ", ", 2);
            n += 2;
        }
        const size_t room = sizeof joined - n, m = part[i].n < room ? part[i].n : room;
        if (m > 0) memcpy(joined + n, part[i].p, m);
        n += m;
    }
    sunlot_fault_set(b->fault, SUNLOT_FAULT_RULE, b->first_line + line, what, (sunlot_text){joined, n});
    return false;
}

bool sunlot_rules_no_memory(sunlot_rules_block *b)
{
    b->fault->what = NULL;
    return false;
}

/* A label such as G12 of at most K.  Returns its number from 0, SUNLOT_NONE16 if it is none. */
static uint16_t read_label(sunlot_text text, char letter, uint32_t most)
{
    uint64_t number;
    if (text.n < 2 || text.p[0] != letter) return SUNLOT_NONE16;
    if (!sunlot_number_parse(&number, (sunlot_text){text.p + 1, text.n - 1}, most) || number == 0) return SUNLOT_NONE16;
    return (uint16_t)(number - 1);
}

static uint16_t read_class(const sunlot_school *s, sunlot_text name)
{
    for (uint32_t c = 0; c < s->classes; c++) {
        if (sunlot_text_equal(s->class_[c].name, name)) return (uint16_t)c;
    }
    return SUNLOT_NONE16;
}

/* A student or teacher of the school by pseudonym; SUNLOT_NONE16 if there is none.  Both lists are sorted by it. */
static uint16_t read_person(const sunlot_school *s, int who, sunlot_text name)
{
    uint8_t pseudonym[16];
    if (name.n != 33 || name.p[0] != (who == SUNLOT_STUDENTS ? 's' : 't')) return SUNLOT_NONE16;
    if (!sunlot_hex_parse(pseudonym, 16, (sunlot_text){name.p + 1, 32})) return SUNLOT_NONE16;
    uint32_t from = 0, to = who == SUNLOT_STUDENTS ? s->students : s->teachers;
    while (from < to) {
        const uint32_t middle = from + (to - from) / 2;
        const int order = memcmp(who == SUNLOT_STUDENTS ? s->student[middle].pseudonym : s->teacher[middle].pseudonym, pseudonym, 16);
        if (order == 0) return (uint16_t)middle;
        if (order < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return SUNLOT_NONE16;
}

static bool read_placed(sunlot_rules_block *b, const sunlot_record *record, uint32_t line)
{
    uint64_t rung;
    uint32_t rungs = 1;
    for (uint32_t i = 0; i < b->school->rules; i++) {
        if (sunlot_rule_sums(b->school->rule[i]->kind) && b->school->rule[i]->rungs > rungs) rungs = b->school->rule[i]->rungs;
    }
    if (b->rung != 0) return sunlot_rules_broken(b, line, "a second result of a school", record->field[1], SUNLOT_TEXT(""), SUNLOT_TEXT(""));
    if (!sunlot_number_parse(&rung, record->field[2], rungs) || rung == 0) {
        return sunlot_rules_broken(b, line, "a rung that the school's ladders do not have", record->field[2], SUNLOT_TEXT(""), SUNLOT_TEXT(""));
    }
    b->rung = (uint32_t)rung;
    return true;
}

static bool read_seat(sunlot_rules_block *b, const sunlot_record *record, uint32_t line)
{
    const sunlot_text name = record->field[1], group_name = record->field[3], class_name = record->field[4], none = {NULL, 0};
    const uint16_t student = read_person(b->school, SUNLOT_STUDENTS, name), group = read_label(group_name, 'G', b->school->classes);
    const uint16_t class_ = read_class(b->school, class_name);
    if (student == SUNLOT_NONE16) return sunlot_rules_broken(b, line, "a seat of nobody of the school", name, none, none);
    if (b->class_of[student] != SUNLOT_NONE16) return sunlot_rules_broken(b, line, "a student seated twice", name, none, none);
    if (class_ == SUNLOT_NONE16) return sunlot_rules_broken(b, line, "a seat in a class that does not exist", name, class_name, none);
    if (group == SUNLOT_NONE16) return sunlot_rules_broken(b, line, "a seat in a group that does not exist", name, group_name, none);
    if (b->group_of[class_] != SUNLOT_NONE16 && b->group_of[class_] != group) {
        return sunlot_rules_broken(b, line, "two groups in one class", name, class_name, group_name);
    }
    b->class_of[student] = class_;
    b->line_of[student] = line;
    b->group_of[class_] = group;
    b->seats[class_] += b->school->student[student].seats;
    return true;
}

static bool read_section(sunlot_rules_block *b, const sunlot_record *record, uint32_t line)
{
    const sunlot_text class_name = record->field[1], subject_name = record->field[3], name = record->field[4], none = {NULL, 0};
    const uint16_t class_ = read_class(b->school, class_name), team = read_label(record->field[2], 'T', b->school->classes);
    const uint16_t teacher = read_person(b->school, SUNLOT_TEACHERS, name);
    if (class_ == SUNLOT_NONE16) return sunlot_rules_broken(b, line, "a section of a class that does not exist", class_name, none, none);
    if (team == SUNLOT_NONE16) return sunlot_rules_broken(b, line, "a team that does not exist", class_name, record->field[2], none);
    if (teacher == SUNLOT_NONE16) return sunlot_rules_broken(b, line, "a section of no teacher of the school", class_name, name, none);
    const sunlot_teacher *t = &b->school->teacher[teacher];
    if (!sunlot_text_equal(t->subject, subject_name)) {
        return sunlot_rules_broken(b, line, "a section of a subject that its teacher does not teach", class_name, subject_name, name);
    }
    if (b->team_of[class_] != SUNLOT_NONE16 && b->team_of[class_] != team) {
        return sunlot_rules_broken(b, line, "two teams in one class", class_name, record->field[2], none);
    }
    b->team_of[class_] = team;
    uint32_t subject = 0;
    while (!sunlot_text_equal(b->subject[subject], subject_name)) subject++;
    uint16_t *place = &b->teacher_of[class_ * b->subjects + subject];
    if (*place != SUNLOT_NONE16) return sunlot_rules_broken(b, line, "two teachers of one subject in a class", class_name, subject_name, none);
    *place = teacher;

    bool first_label = t->team == NULL;
    if (t->team != NULL) {
        bool own = false;
        for (uint32_t i = 0; i < t->classes; i++) own = own || t->team[i] == team;
        if (!own) return sunlot_rules_broken(b, line, "a teacher in a team that was formed without", class_name, record->field[2], name);
        first_label = t->team[0] == team;
    }
    if (!sunlot_text_equal(record->field[5], SUNLOT_TEXT("homeroom"))) return true;
    if (!t->homeroom || !first_label) return sunlot_rules_broken(b, line, "a class with a homeroom teacher who is not one", class_name, name, none);
    if (b->homeroom_of[class_] != SUNLOT_NONE16) return sunlot_rules_broken(b, line, "two homeroom teachers in one class", class_name, name, none);
    b->homeroom_of[class_] = teacher;
    return true;
}

static bool read_matched(sunlot_rules_block *b, uint32_t line)
{
    if (b->matched++ == 0) return true;
    return sunlot_rules_broken(b, line, "a second result of a school", b->school->name, SUNLOT_TEXT(""), SUNLOT_TEXT(""));
}

/* Of two rounds the first seats the students, and the second names the teachers of the classes. */
static bool read_line(sunlot_rules_block *b, const sunlot_record *record, uint32_t line)
{
    const sunlot_text type = record->field[0], none = {NULL, 0};
    const bool seats = b->round != 2, sections = b->round != 1;
    if (seats && sunlot_text_equal(type, SUNLOT_TEXT("placed")) && record->fields == 6) return read_placed(b, record, line);
    if (seats && sunlot_text_equal(type, SUNLOT_TEXT("seat")) && record->fields == 6) return read_seat(b, record, line);
    if (sections && sunlot_text_equal(type, SUNLOT_TEXT("section")) && record->fields == 7) return read_section(b, record, line);
    if (b->round == 2) {
        if (sunlot_text_equal(type, SUNLOT_TEXT("matched")) && record->fields == 4) return read_matched(b, line);
        return sunlot_rules_broken(b, line, "a line that is no result", type, none, none);
    }
    if (sunlot_text_equal(type, SUNLOT_TEXT("count")) || sunlot_text_equal(type, SUNLOT_TEXT("mean")) || sunlot_text_equal(type, SUNLOT_TEXT("deviation")))
        return true;
    return sunlot_rules_broken(b, line, "a line that is no result", type, none, none);
}

/* line: of the first one, counted from that of the school's results. */
static bool read_lines(sunlot_rules_block *b, sunlot_text lines, uint32_t line, sunlot_record *record)
{
    while (lines.n > 0) {
        const sunlot_text one = sunlot_text_split(lines, '\n', &lines);
        if (sunlot_record_parse(record, one) != NULL) return sunlot_rules_broken(b, line, "a line that is no result", one, SUNLOT_TEXT(""), SUNLOT_TEXT(""));
        if (!read_line(b, record, line)) return false;
        line++;
    }
    return true;
}

/* A school's results: in two rounds also those of the second, if there are any. */
static bool read_blocks(sunlot_rules_block *b, const sunlot_result_block *block, const sunlot_result_block *second, sunlot_record *record)
{
    b->round = b->roster->facts.two_rounds ? 1 : 0;
    if (!read_lines(b, block->lines, 0, record)) return false;
    if (second != NULL) {
        b->round = 2;
        if (!read_lines(b, second->lines, (uint32_t)(second->first_line - block->first_line), record)) return false;
    }
    if (b->rung == 0) return sunlot_rules_broken(b, 0, "a school without result", b->school->name, SUNLOT_TEXT(""), SUNLOT_TEXT(""));
    return true;
}

/* The subjects, as they come; as many as the school has. */
static bool list_subjects(sunlot_rules_block *b)
{
    for (uint32_t i = 0; i < b->school->teachers; i++) {
        uint32_t at = 0;
        while (at < b->subjects && !sunlot_text_equal(b->subject[at], b->school->teacher[i].subject)) at++;
        SUNLOT_REQUIRE(at < SUNLOT_MAX_SCHOOL_SUBJECTS);
        if (at == b->subjects) b->subject[b->subjects++] = b->school->teacher[i].subject;
    }
    const size_t sections = (size_t)b->school->classes * b->subjects;
    b->class_of = sunlot_arena_alloc(&b->arena, b->school->students, sizeof *b->class_of);
    b->line_of = sunlot_arena_alloc(&b->arena, b->school->students, sizeof *b->line_of);
    b->teacher_of = sunlot_arena_alloc(&b->arena, sections, sizeof *b->teacher_of);
    b->homeroom_of = sunlot_arena_alloc(&b->arena, b->school->classes, sizeof *b->homeroom_of);
    if (b->class_of == NULL || b->line_of == NULL || b->teacher_of == NULL || b->homeroom_of == NULL) return sunlot_rules_no_memory(b);
    memset(b->class_of, 0xff, b->school->students * sizeof *b->class_of);
    memset(b->teacher_of, 0xff, sections * sizeof *b->teacher_of);
    memset(b->homeroom_of, 0xff, b->school->classes * sizeof *b->homeroom_of);
    memset(b->group_of, 0xff, sizeof b->group_of);
    memset(b->team_of, 0xff, sizeof b->team_of);
    return true;
}

/* Students as rows. */
static bool balance_students(sunlot_rules_block *b)
{
    uint16_t *person = sunlot_arena_alloc(&b->arena, b->school->students, sizeof *person);
    if (person == NULL) return sunlot_rules_no_memory(b);
    for (uint32_t i = 0; i < b->school->students; i++) person[i] = (uint16_t)i;
    const sunlot_rules_rows rows = {SUNLOT_STUDENTS, b->school->students, b->class_of, person};
    return sunlot_rules_balance(b, &rows);
}

/* Sections as rows, where the teams were formed by the draw. */
static bool balance_teachers(sunlot_rules_block *b)
{
    const uint32_t sections = b->school->classes * b->subjects;
    if (sections == 0 || b->school->teacher[0].team != NULL) return true;
    uint16_t *class_of = sunlot_arena_alloc(&b->arena, sections, sizeof *class_of);
    if (class_of == NULL) return sunlot_rules_no_memory(b);
    for (uint32_t i = 0; i < sections; i++) class_of[i] = (uint16_t)(i / b->subjects);
    const sunlot_rules_rows rows = {SUNLOT_TEACHERS, sections, class_of, b->teacher_of};
    return sunlot_rules_balance(b, &rows);
}

sunlot_err sunlot_rules_check(sunlot_fault *fault, const sunlot_roster *r, uint32_t school, const sunlot_result_block *block, const sunlot_result_block *second)
{
    SUNLOT_REQUIRE(school < r->schools);
    sunlot_fault found = {.answer = SUNLOT_VALID, .what = ""};
    sunlot_rules_block b = {.roster = r, .school = &r->school[school], .fault = &found, .first_line = block->first_line};
    sunlot_record *record = sunlot_alloc(1, sizeof *record);
    if (record == NULL) return SUNLOT_ERR_MEMORY;
    (void)(list_subjects(&b) && read_blocks(&b, block, second, record) && sunlot_rules_seats(&b) && (b.round == 1 || sunlot_rules_teams(&b)) &&
           balance_students(&b) && balance_teachers(&b));
    sunlot_release(record);
    sunlot_arena_free(&b.arena);
    sunlot_arena_free(&b.scratch);
    if (found.what == NULL) return SUNLOT_ERR_MEMORY;
    *fault = found;
    return SUNLOT_OK;
}
