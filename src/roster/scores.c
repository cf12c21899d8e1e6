#include "roster/scores.h"

uint32_t sunlot_school_rows(const sunlot_school *s, int who)
{
    if (who == SUNLOT_STUDENTS) return s->students;
    uint32_t rows = 0;
    for (uint32_t i = 0; i < s->teachers; i++) rows += s->teacher[i].classes;
    return rows;
}

uint32_t sunlot_school_column(const sunlot_school *s, int who, sunlot_text name)
{
    const sunlot_column *column = s->column[who];
    uint32_t from = 0, to = s->columns[who];
    while (from < to) {
        const uint32_t middle = from + (to - from) / 2;
        const int order = sunlot_text_compare(column[middle].name, name);
        if (order == 0) return middle;
        if (order < 0)
            from = middle + 1;
        else
            to = middle;
    }
    sunlot_require_failed();
}

const sunlot_rule *sunlot_school_absent(const sunlot_school *s, int who, sunlot_text name)
{
    for (uint32_t i = 0; i < s->rules; i++) {
        const sunlot_rule *other = s->rule[i];
        if (other->kind == SUNLOT_RULE_ABSENT && other->who == who && sunlot_text_equal(other->column, name)) return other;
    }
    return NULL;
}

/* Add a column's scores to score[rows]. */
static void add_column(int64_t *score, const sunlot_school *s, int who, sunlot_text name)
{
    const uint32_t columns = s->columns[who], column = sunlot_school_column(s, who, name);
    const sunlot_rule *absent = sunlot_school_absent(s, who, name);
    const uint32_t persons = who == SUNLOT_STUDENTS ? s->students : s->teachers;
    uint32_t row = 0;
    for (uint32_t i = 0; i < persons; i++) {
        int32_t x = s->cell[who][(size_t)i * columns + column];
        if (x == SUNLOT_ABSENT && absent != NULL && !absent->absent_mean) x = absent->absent_score;
        const uint32_t times = who == SUNLOT_STUDENTS ? 1 : s->teacher[i].classes;
        for (uint32_t j = 0; j < times; j++, row++) {
            if (x == SUNLOT_ABSENT)
                score[row] = SUNLOT_NO_SCORE;
            else if (score[row] != SUNLOT_NO_SCORE)
                score[row] += x;
        }
    }
}

uint32_t sunlot_scores_read(int64_t *score, const sunlot_school *s, const sunlot_rule *rule)
{
    const uint32_t rows = sunlot_school_rows(s, rule->who);
    uint32_t present = 0;
    sunlot_text part, rest = rule->column;
    for (uint32_t row = 0; row < rows; row++) score[row] = 0;
    while (sunlot_rule_part(&part, &rest)) add_column(score, s, rule->who, part);
    for (uint32_t row = 0; row < rows; row++) present += score[row] != SUNLOT_NO_SCORE;
    return present;
}

static int by_score(const void *a, const void *b, const void *user)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    (void)user;
    return x < y ? -1 : x > y;
}

void sunlot_scores_sort(int64_t *sorted, const int64_t *score, uint32_t rows, int64_t *room)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < rows; i++) {
        if (score[i] != SUNLOT_NO_SCORE) sorted[n++] = score[i];
    }
    sunlot_sort(sorted, n, sizeof *sorted, by_score, NULL, room);
}

/* How many of the sorted scores are below `score`; with `equal` also those equal to it. */
static uint32_t count_below(const int64_t *sorted, uint32_t n, int64_t score, bool equal)
{
    uint32_t from = 0, to = n;
    while (from < to) {
        const uint32_t middle = from + (to - from) / 2;
        if (sorted[middle] < score || (equal && sorted[middle] == score))
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* Example: the scores 50 60 60 80 in two bands: 0, 1, 1 and 3 are strictly below, so the codes are 0·2/4 = 0, 0, 0, 3·2/4 = 1: equal
 * scores are in one band. */
uint16_t sunlot_band_code(const sunlot_rule *rule, int64_t score, const int64_t *sorted, uint32_t present)
{
    if (rule->form == SUNLOT_BAND_EQUAL) {
        if (score == SUNLOT_NO_SCORE) return (uint16_t)rule->bands;
        return (uint16_t)(count_below(sorted, present, score, false) * rule->bands / present);
    }
    if (score == SUNLOT_NO_SCORE) return 1;
    const uint32_t ahead = rule->form == SUNLOT_BAND_TOP ? present - count_below(sorted, present, score, true) : count_below(sorted, present, score, false);
    return ahead < rule->bands ? 0 : 1;
}

bool sunlot_band_counted(const sunlot_rule *rule, uint32_t code) { return rule->form == SUNLOT_BAND_EQUAL || code == 0; }
