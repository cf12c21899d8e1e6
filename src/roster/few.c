/* What could single out a child: values of which the log says how many there are, and of which there are few; students who are kept apart from many others. */
#include <string.h>

#include "roster/roster.h"

/* How many students have each value of a category column. */
static void count_values(uint32_t *holders, const sunlot_school *s, uint32_t column)
{
    const uint32_t columns = s->columns[SUNLOT_STUDENTS];
    memset(holders, 0, s->column[SUNLOT_STUDENTS][column].values * sizeof *holders);
    for (uint32_t i = 0; i < s->students; i++) holders[s->cell[SUNLOT_STUDENTS][(size_t)i * columns + column]]++;
}

void sunlot_roster_few(const sunlot_roster *r, uint32_t school, sunlot_few_fn *each, void *user)
{
    SUNLOT_REQUIRE(school < r->schools);
    const sunlot_school *s = &r->school[school];
    uint32_t holders[SUNLOT_MAX_CODES];
    for (uint32_t c = 0; s->student != NULL && c < s->columns[SUNLOT_STUDENTS]; c++) {
        const sunlot_column *column = &s->column[SUNLOT_STUDENTS][c];
        if (column->number) continue;
        count_values(holders, s, c);
        for (uint32_t v = 0; v < column->values; v++)
            if (holders[v] < SUNLOT_FEW) each(user, &(sunlot_few){column->name, column->value[v], holders[v]});
    }
}

static void count_one(void *user, const sunlot_few *few)
{
    (void)few;
    ++*(uint32_t *)user;
}

/* One bit a limit token of which at most one student is in a class. */
typedef struct {
    uint64_t word[SUNLOT_MAX_LIMITS / 64];
} token_set;

static void take_tokens(token_set *set, const sunlot_school *s, uint32_t student)
{
    const uint16_t *list = &s->student_limit[s->student[student].limits_from];
    memset(set, 0, sizeof *set);
    for (uint32_t j = 0; j < s->student[student].limits; j++)
        if (s->limit_max[list[j]] == 1) set->word[list[j] >> 6] |= UINT64_C(1) << (list[j] & 63);
}

static bool carries_any(const token_set *set, const sunlot_school *s, uint32_t student)
{
    const uint16_t *list = &s->student_limit[s->student[student].limits_from];
    for (uint32_t j = 0; j < s->student[student].limits; j++)
        if ((set->word[list[j] >> 6] >> (list[j] & 63) & 1) != 0) return true;
    return false;
}

/* Others with whom a student is never in a class. */
static uint32_t count_apart(const sunlot_school *s, uint32_t student)
{
    token_set set;
    uint32_t others = 0;
    take_tokens(&set, s, student);
    for (uint32_t i = 0; i < s->students; i++) others += i != student && s->student[i].limits > 0 && carries_any(&set, s, i);
    return others;
}

void sunlot_school_singled(const sunlot_roster *r, uint32_t school, sunlot_school_info *out)
{
    const sunlot_school *s = &r->school[school];
    sunlot_roster_few(r, school, count_one, &out->few);
    for (uint32_t i = 0; i < s->students; i++) {
        const uint32_t others = s->student[i].limits > 0 ? count_apart(s, i) : 0;
        out->isolated += others >= s->classes;
        if (others > out->most_apart) out->most_apart = others;
    }
}
