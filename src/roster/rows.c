/* What the lines of students say, for those who tell the families. */
#include <string.h>

#include "roster/roster.h"

/* Students of a school that carry each token. */
typedef struct {
    uint16_t together[SUNLOT_MAX_SCHOOL_STUDENTS + 1]; /* by number, from 1 */
    uint16_t limit[SUNLOT_MAX_LIMITS];
} carriers;

static void count_carriers(carriers *c, const sunlot_school *s)
{
    memset(c, 0, sizeof *c);
    for (uint32_t i = 0; i < s->students; i++) {
        const sunlot_student *student = &s->student[i];
        c->together[student->together]++;
        for (uint32_t j = 0; j < student->limits; j++) c->limit[s->student_limit[student->limits_from + j]]++;
    }
}

static void take_lock(sunlot_row_info *row, const sunlot_school *s)
{
    for (uint32_t i = 0; i < s->locks; i++) {
        if (s->lock[i].student != row->student) continue;
        row->lock_class = s->class_[s->lock[i].class_index].name;
        row->lock_reason = s->lock[i].reason;
        row->lock_authority = s->lock[i].authority;
    }
}

void sunlot_roster_rows(const sunlot_roster *r, uint32_t school, sunlot_row_fn *each, void *user)
{
    SUNLOT_REQUIRE(school < r->schools);
    const sunlot_school *s = &r->school[school];
    char room[SUNLOT_MAX_NUMBER_COLUMNS + SUNLOT_MAX_CATEGORY_COLUMNS][SUNLOT_VALUE_BYTES];
    sunlot_cell cell[SUNLOT_MAX_NUMBER_COLUMNS + SUNLOT_MAX_CATEGORY_COLUMNS];
    carriers c;
    if (s->student == NULL) return;
    count_carriers(&c, s);
    for (uint32_t i = 0; i < s->students; i++) {
        const sunlot_student *student = &s->student[i];
        sunlot_row_info row = {.student = i, .cells = s->columns[SUNLOT_STUDENTS], .cell = cell, .limits = student->limits, .seats = student->seats};
        for (uint32_t j = 0; j < row.cells; j++) {
            const sunlot_column *column = &s->column[SUNLOT_STUDENTS][j];
            cell[j] = (sunlot_cell){column->name, sunlot_school_value(s, SUNLOT_STUDENTS, i, j, room[j]), column->number};
        }
        if (student->together != 0) row.together = c.together[student->together] - 1u;
        for (uint32_t j = 0; j < row.limits; j++) {
            const uint16_t limit = s->student_limit[student->limits_from + j];
            row.limit[j].others = c.limit[limit] - 1u;
            row.limit[j].most = s->limit_max[limit];
        }
        row.recused = student->recused != SUNLOT_NONE16;
        if (student->lock != SUNLOT_NONE16) take_lock(&row, s);
        each(user, &row);
    }
}
