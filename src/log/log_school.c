/* The lines of a school: their form, their order, and what each says by itself (SPEC 5.2).  log_roster.c has what they say together. */
#include <string.h>

#include "base/alloc.h"
#include "log/reader.h"
#include "roster/hands.h"

static bool roster_fault(sunlot_reader *rd, const char *what, sunlot_text found) { return sunlot_reader_roster(rd, rd->log->lines, what, found); }

/* Lines that begin with a pseudonym are sorted by it, none twice. */
static bool in_order(sunlot_reader *rd, const uint8_t pseudonym[16])
{
    if (rd->before == rd->type && memcmp(rd->key, pseudonym, sizeof rd->key) >= 0)
        return sunlot_reader_order(rd, "lines of this type are sorted by pseudonym, none twice", rd->line);
    memcpy(rd->key, pseudonym, sizeof rd->key);
    return true;
}

/* ---- school, class, lock, limit ------------------------------------------------------------------------------------------------------------- */

/* Which columns the school's lines have: known even where the rules contradict each other. */
static bool find_columns(sunlot_reader *rd)
{
    sunlot_school_room *room = rd->room;
    const sunlot_err err = sunlot_school_columns(rd->r, &room->s);
    room->values_known = err == SUNLOT_OK || err == SUNLOT_ERR_LOG;
    if (err == SUNLOT_ERR_MEMORY) return sunlot_reader_memory(rd);
    if (err != SUNLOT_OK) {
        return roster_fault(rd, err == SUNLOT_ERR_LIMIT ? "too many columns" : "the rules of this school contradict each other", room->s.name);
    }
    return true;
}

/* Room for the values of as many lines as the school says. */
static bool reserve_values(sunlot_reader *rd)
{
    const sunlot_school *s = &rd->room->s;
    for (int who = 0; who < SUNLOT_WHOS; who++) {
        const uint32_t values = (who == SUNLOT_STUDENTS ? s->students : s->teachers) * s->columns[who];
        if (values <= rd->value_cap[who]) continue;
        sunlot_text *text = sunlot_resize(rd->text[who], values, sizeof *text);
        if (text != NULL) rd->text[who] = text;
        int32_t *score = sunlot_resize(rd->score[who], values, sizeof *score);
        if (score != NULL) rd->score[who] = score;
        if (text == NULL || score == NULL) return sunlot_reader_memory(rd);
        rd->value_cap[who] = values;
    }
    return true;
}

bool sunlot_line_school(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    sunlot_school_room *room = rd->room;
    uint64_t number, classes, students, teachers;
    sunlot_text name;
    if (!sunlot_reader_number(&number, field[1], 1)) return sunlot_reader_parse(rd, "not a number of a school", field[1]);
    if (field[2].n == 0) return sunlot_reader_parse(rd, "a school without a name", rd->line);
    if (!sunlot_reader_number(&classes, field[3], 1) || !sunlot_reader_number(&students, field[4], 1) || !sunlot_reader_number(&teachers, field[5], 0))
        return sunlot_reader_parse(rd, "not a number of lines", rd->line);
    if (number != (uint64_t)rd->schools + 1) return sunlot_reader_order(rd, "schools are numbered 1, 2, in order", field[1]);
    if (!sunlot_reader_keep(rd, field[2], &name)) return false;
    if (rd->schools > 0 && sunlot_text_shortlex(room->s.name, name) >= 0) return sunlot_reader_order(rd, "schools are sorted by name, none twice", name);
    rd->schools++;

    room->s = (sunlot_school){.name = name, .first_line = rd->log->lines};
    room->at = rd->at;
    room->classes_said = classes;
    room->students_said = students;
    room->teachers_said = teachers;
    room->classes = room->limits = room->teachers = room->students = 0;
    room->locks = room->teams = room->student_limits = 0;
    for (int i = 0; i < SUNLOT_HANDS; i++) room->handed[i] = false;
    if (rd->schools > SUNLOT_MAX_SCHOOLS) roster_fault(rd, "too many schools", name);
    if (classes > SUNLOT_MAX_SCHOOL_CLASSES || students > SUNLOT_MAX_SCHOOL_STUDENTS || teachers > SUNLOT_MAX_SCHOOL_TEACHERS) {
        roster_fault(rd, "a school larger than one may be", rd->line);
    } else {
        room->s.classes = (uint32_t)classes;
        room->s.students = (uint32_t)students;
        room->s.teachers = (uint32_t)teachers;
    }
    return find_columns(rd) && reserve_values(rd);
}

bool sunlot_line_class(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    sunlot_school_room *room = rd->room;
    uint64_t seats = 0;
    sunlot_text name;
    if (field[1].n == 0) return sunlot_reader_parse(rd, "a class without a name", rd->line);
    if (field[2].n > 0 && (!sunlot_number_parse(&seats, field[2], SUNLOT_MAX_SCHOOL_STUDENTS) || seats == 0))
        return sunlot_reader_parse(rd, "not a number of seats", field[2]);
    if (!sunlot_reader_keep(rd, field[1], &name)) return false;
    if (room->classes > 0 && sunlot_text_shortlex(room->class_name, name) >= 0) return sunlot_reader_order(rd, "classes are sorted by name, none twice", name);
    room->class_name = name;
    if (sunlot_reader_storing(rd)) room->class_[room->classes] = (sunlot_class){name, (uint32_t)seats};
    room->classes++;
    return true;
}

/* The class with this name, SUNLOT_NONE16 if there is none. */
static uint16_t find_class(const sunlot_school_room *room, sunlot_text name)
{
    for (uint16_t i = 0; i < room->s.classes; i++)
        if (sunlot_text_equal(room->class_[i].name, name)) return i;
    return SUNLOT_NONE16;
}

bool sunlot_line_hand(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    sunlot_school_room *room = rd->room;
    const sunlot_hand what = sunlot_hand_find(field[1]);
    uint32_t count;
    if (what == SUNLOT_HANDS) return sunlot_reader_parse(rd, "neither numbers nor teams", field[1]);
    if (!sunlot_hand_read(room->hand[what], &count, field[2])) return sunlot_reader_parse(rd, "not a list of slots", field[2]);
    for (int i = (int)what; i < SUNLOT_HANDS; i++)
        if (room->handed[i]) return sunlot_reader_order(rd, "numbers, then teams, each once", field[1]);
    room->handed[what] = true;
    if (sunlot_reader_storing(rd) && !sunlot_hand_complete(room->hand[what], count, room->s.classes))
        return roster_fault(rd, "slots drawn by hand that are not 1 … K, each once", field[2]);
    return true;
}

bool sunlot_line_lock(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    sunlot_school_room *room = rd->room;
    uint8_t pseudonym[16];
    if (!sunlot_reader_hex(pseudonym, sizeof pseudonym, 's', field[1])) return sunlot_reader_parse(rd, "not a student's pseudonym", field[1]);
    if (field[2].n == 0 || field[3].n == 0 || field[4].n == 0) return sunlot_reader_parse(rd, "an empty field of a lock", rd->line);
    if (!in_order(rd, pseudonym)) return false;
    if (!sunlot_reader_storing(rd)) return true;
    const uint16_t class_index = find_class(room, field[2]);
    if (class_index == SUNLOT_NONE16) return roster_fault(rd, "no class of the school", field[2]);
    if (room->locks == room->s.students) return roster_fault(rd, "more locks than students", rd->line);
    sunlot_lock *lock = &room->lock[room->locks];
    room->locks++;
    memcpy(lock->pseudonym, pseudonym, sizeof pseudonym);
    lock->student = UINT32_MAX;
    lock->class_index = class_index;
    return sunlot_reader_keep(rd, field[3], &lock->reason) && sunlot_reader_keep(rd, field[4], &lock->authority);
}

bool sunlot_line_limit(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    sunlot_school_room *room = rd->room;
    uint32_t token;
    uint64_t most;
    if (!sunlot_reader_token(&token, 'a', field[1])) return sunlot_reader_parse(rd, "not a token of a limit", field[1]);
    if (!sunlot_reader_number(&most, field[2], 1)) return sunlot_reader_parse(rd, "not a number of students", field[2]);
    if (token != room->limits + 1) return sunlot_reader_order(rd, "limits are numbered a1, a2, in order", field[1]);
    if (room->limits >= SUNLOT_MAX_LIMITS) roster_fault(rd, "too many limits", field[1]);
    if (sunlot_reader_storing(rd)) room->limit_max[room->limits] = (uint16_t)(most < UINT16_MAX ? most : UINT16_MAX);
    room->limits++;
    return true;
}

/* ---- teacher, student ----------------------------------------------------------------------------------------------------------------------- */

/* The values at the end of a line: one for each column, each in the form of its column. */
static bool read_values(sunlot_reader *rd, int who, uint32_t row)
{
    sunlot_school_room *room = rd->room;
    if (!room->values_known) return true;
    const uint32_t columns = room->s.columns[who];
    if (rd->record->fields != SUNLOT_LINE_VALUES + columns) return sunlot_reader_parse(rd, "not one value for each column", rd->line);
    for (uint32_t c = 0; c < columns; c++) {
        const sunlot_text field = rd->record->field[SUNLOT_LINE_VALUES + c];
        const bool number = room->s.column[who][c].number;
        int32_t score = SUNLOT_ABSENT;
        if (number && field.n > 0 && !sunlot_score_parse(&score, field)) return sunlot_reader_parse(rd, "not a number in a number column", field);
        if (!sunlot_reader_storing(rd)) continue;
        const size_t at = (size_t)row * columns + c;
        rd->score[who][at] = score;
        if (!number && !sunlot_reader_keep(rd, field, &rd->text[who][at])) return false;
    }
    return true;
}

/* A list of tokens with distinct ascending numbers up to 99,999, joined by `;`; where `free_first`, the first need not be the least.  At most `most` numbers are stored, those above UINT16_MAX as that.
 * Returns false if it is no such list. */
static bool read_tokens(uint32_t *count, uint16_t *number, uint32_t most, char letter, bool free_first, sunlot_text list)
{
    uint32_t before = 0, first = 0;
    *count = 0;
    while (list.p != NULL) {
        uint32_t token;
        if (!sunlot_reader_token(&token, letter, sunlot_text_split(list, ';', &list)) || token <= before || token == first || token > 99999) return false;
        if (*count < most) number[*count] = (uint16_t)(token < UINT16_MAX ? token : UINT16_MAX);
        ++*count;
        if (*count == 1 && free_first)
            first = token;
        else
            before = token;
    }
    return true;
}

/* Keep the team labels of a teacher; sunlot_school_check sees whether they are teams of the school. */
static void store_teams(sunlot_reader *rd, sunlot_teacher *teacher, const uint16_t *label, uint32_t labels)
{
    sunlot_school_room *room = rd->room;
    if (labels > SUNLOT_MAX_SCHOOL_SECTIONS - room->teams) {
        roster_fault(rd, "too many sections", rd->line);
        return;
    }
    teacher->team = labels > 0 ? room->team + room->teams : NULL;
    for (uint32_t i = 0; i < labels; i++) room->team[room->teams++] = (uint16_t)(label[i] - 1);
}

bool sunlot_line_teacher(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    sunlot_school_room *room = rd->room;
    sunlot_teacher teacher = {0};
    uint64_t classes;
    uint16_t label[SUNLOT_MAX_SCHOOL_CLASSES];
    uint32_t labels = 0;
    if (!sunlot_reader_hex(teacher.pseudonym, 16, 't', field[1])) return sunlot_reader_parse(rd, "not a teacher's pseudonym", field[1]);
    if (!sunlot_reader_hex(teacher.commitment.b, 32, 'h', field[2])) return sunlot_reader_parse(rd, "not a digest", field[2]);
    if (field[3].n == 0) return sunlot_reader_parse(rd, "a teacher without a subject", rd->line);
    if (!sunlot_number_parse(&classes, field[4], SUNLOT_MAX_SCHOOL_CLASSES) || classes == 0)
        return sunlot_reader_parse(rd, "not a number of classes", field[4]);
    teacher.classes = (uint16_t)classes;
    teacher.homeroom = sunlot_text_equal(field[5], SUNLOT_TEXT("yes"));
    if (!teacher.homeroom && !sunlot_text_equal(field[5], SUNLOT_TEXT("-"))) return sunlot_reader_parse(rd, "neither yes nor -", field[5]);
    if (field[6].n > 0 && !read_tokens(&labels, label, SUNLOT_MAX_SCHOOL_CLASSES, 'T', teacher.homeroom, field[6]))
        return sunlot_reader_parse(rd, "not a list of teams", field[6]);
    const uint32_t row = (uint32_t)room->teachers;
    if (!read_values(rd, SUNLOT_TEACHERS, row) || !in_order(rd, teacher.pseudonym)) return false;

    room->teachers++;
    if (!sunlot_reader_storing(rd)) return true;
    if (labels > 0 && labels != teacher.classes) return roster_fault(rd, "not as many teams as classes", field[6]);
    if (!sunlot_reader_keep(rd, field[3], &teacher.subject)) return false;
    store_teams(rd, &teacher, label, labels);
    room->teacher[row] = teacher;
    return true;
}

/* The teacher with this pseudonym, SUNLOT_NONE16 if there is none. */
static uint16_t find_teacher(const sunlot_school_room *room, const uint8_t pseudonym[16])
{
    uint32_t from = 0, to = (uint32_t)room->teachers;
    while (from < to) {
        const uint32_t middle = from + (to - from) / 2;
        const int order = memcmp(room->teacher[middle].pseudonym, pseudonym, 16);
        if (order == 0) return (uint16_t)middle;
        if (order < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return SUNLOT_NONE16;
}

/* The school is complete with its last student. */
static bool last_student(sunlot_reader *rd) { return rd->room->students < rd->room->students_said || sunlot_school_end(rd); }

bool sunlot_line_student(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    sunlot_school_room *room = rd->room;
    sunlot_student student = {.recused = SUNLOT_NONE16, .lock = SUNLOT_NONE16, .limits_from = room->student_limits};
    uint64_t seats;
    uint32_t together = 0;
    uint16_t limit[SUNLOT_MAX_STUDENT_LIMITS];
    uint32_t limits = 0;
    uint8_t recused[16];
    if (!sunlot_reader_hex(student.pseudonym, 16, 's', field[1])) return sunlot_reader_parse(rd, "not a student's pseudonym", field[1]);
    if (!sunlot_reader_hex(student.commitment.b, 32, 'h', field[2])) return sunlot_reader_parse(rd, "not a digest", field[2]);
    if (field[3].n > 0 && !sunlot_reader_token(&together, 'b', field[3])) return sunlot_reader_parse(rd, "not a token of those together", field[3]);
    if (field[4].n > 0 && !read_tokens(&limits, limit, SUNLOT_MAX_STUDENT_LIMITS, 'a', false, field[4]))
        return sunlot_reader_parse(rd, "not a list of limits", field[4]);
    if (field[5].n > 0 && !sunlot_reader_hex(recused, 16, 't', field[5])) return sunlot_reader_parse(rd, "not a teacher's pseudonym", field[5]);
    if (!sunlot_number_parse(&seats, field[6], SUNLOT_MAX_SEATS) || seats == 0) return sunlot_reader_parse(rd, "not a number of seats", field[6]);
    const uint32_t row = (uint32_t)room->students;
    if (!read_values(rd, SUNLOT_STUDENTS, row) || !in_order(rd, student.pseudonym)) return false;

    room->students++;
    rd->log->edition = SUNLOT_EDITION_FULL;
    if (limits > SUNLOT_MAX_STUDENT_LIMITS) roster_fault(rd, "too many limits", field[4]);
    if (field[5].n > 0 && sunlot_reader_storing(rd)) {
        student.recused = find_teacher(room, recused);
        if (student.recused == SUNLOT_NONE16) roster_fault(rd, "no teacher of the school", field[5]);
    }
    if (!sunlot_reader_storing(rd)) return true;
    student.together = together;
    student.seats = (uint8_t)seats;
    student.limits = (uint16_t)limits;
    for (uint32_t i = 0; i < limits; i++) room->student_limit[room->student_limits++] = (uint16_t)(limit[i] - 1);
    room->student[row] = student;
    return last_student(rd);
}

bool sunlot_line_leaf_of(sunlot_reader *rd)
{
    const sunlot_text field = rd->record->field[1];
    if (!sunlot_reader_hex(rd->leaf.b, sizeof rd->leaf.b, 'h', field)) return sunlot_reader_parse(rd, "not a digest", field);
    if (rd->log->phase == SUNLOT_PHASE_RESULTS) return sunlot_line_late_leaf(rd);
    rd->log->edition = SUNLOT_EDITION_PUBLIC;
    rd->room->students++;
    return last_student(rd);
}
