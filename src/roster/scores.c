#include "roster/scores.h"

uint32_t sunlot_school_rows(const sunlot_school *s, int who)
{
    if (who == SUNLOT_STUDENTS) return s->students;
    uint32_t rows = 0;
    for (uint32_t i = 0; i < s->teachers; i++) rows += s->teacher[i].classes;
    return rows;
}

uint32_t sunlot_school_column(const sunlot_school *s, const sunlot_rule *rule)
{
    const sunlot_column *column = s->column[rule->who];
    uint32_t from = 0, to = s->columns[rule->who];
    while (from < to) {
        const uint32_t middle = from + (to - from) / 2;
        const int order = sunlot_text_compare(column[middle].name, rule->column);
        if (order == 0) return middle;
        if (order < 0)
            from = middle + 1;
        else
            to = middle;
    }
    sunlot_require_failed();
}

const sunlot_rule *sunlot_school_absent(const sunlot_school *s, const sunlot_rule *rule)
{
    for (uint32_t i = 0; i < s->rules; i++) {
        const sunlot_rule *other = s->rule[i];
        if (other->kind == SUNLOT_RULE_ABSENT && other->who == rule->who && sunlot_text_equal(other->column, rule->column)) return other;
    }
    return NULL;
}

uint32_t sunlot_scores_read(int32_t *score, const sunlot_school *s, const sunlot_rule *rule)
{
    const uint32_t columns = s->columns[rule->who], column = sunlot_school_column(s, rule);
    const sunlot_rule *absent = sunlot_school_absent(s, rule);
    const uint32_t persons = rule->who == SUNLOT_STUDENTS ? s->students : s->teachers;
    uint32_t present = 0, row = 0;
    for (uint32_t i = 0; i < persons; i++) {
        int32_t x = s->cell[rule->who][(size_t)i * columns + column];
        if (x == SUNLOT_ABSENT && absent != NULL && !absent->absent_mean) x = absent->absent_score;
        const uint32_t times = rule->who == SUNLOT_STUDENTS ? 1 : s->teacher[i].classes;
        for (uint32_t j = 0; j < times; j++) score[row++] = x;
        if (x != SUNLOT_ABSENT) present += times;
    }
    return present;
}

static int by_score(const void *a, const void *b, const void *user)
{
    const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    (void)user;
    return x < y ? -1 : x > y;
}

void sunlot_scores_sort(int32_t *sorted, const int32_t *score, uint32_t rows, int32_t *room)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < rows; i++) {
        if (score[i] != SUNLOT_ABSENT) sorted[n++] = score[i];
    }
    sunlot_sort(sorted, n, sizeof *sorted, by_score, NULL, room);
}

/* How many of the sorted scores are below `score`; with `equal` also those equal to it. */
static uint32_t count_below(const int32_t *sorted, uint32_t n, int32_t score, bool equal)
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
uint16_t sunlot_band_code(const sunlot_rule *rule, int32_t score, const int32_t *sorted, uint32_t present)
{
    if (rule->form == SUNLOT_BAND_EQUAL) {
        if (score == SUNLOT_ABSENT) return (uint16_t)rule->bands;
        return (uint16_t)(count_below(sorted, present, score, false) * rule->bands / present);
    }
    if (score == SUNLOT_ABSENT) return 1;
    const uint32_t ahead = rule->form == SUNLOT_BAND_TOP ? present - count_below(sorted, present, score, true) : count_below(sorted, present, score, false);
    return ahead < rule->bands ? 0 : 1;
}

bool sunlot_band_counted(const sunlot_rule *rule, uint32_t code) { return rule->form == SUNLOT_BAND_EQUAL || code == 0; }
