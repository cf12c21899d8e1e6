/* The check of the rules: means and standard deviations, class by class (SPEC 7.2, 7.3). */
#include "draw/rules_block.h"

/* A rule's scores by class. */
typedef struct {
    const int64_t *score; /* [rows] */
    uint32_t entry;       /* of the ladder, from 0 */
    int64_t present, sum;
    int64_t heads[SUNLOT_MAX_SCHOOL_CLASSES];
} scored;

static int64_t size_of(int64_t x) { return x < 0 ? -x : x; }

/* The class mean is within half the gap of the school's: with d = m·score - sum, |2·Σ d| ≤ m·heads·gap. */
static bool check_mean(sunlot_rules_block *b, const sunlot_rules_rows *rows, const sunlot_rule *rule, const scored *x)
{
    const sunlot_school *s = b->school;
    int64_t off[SUNLOT_MAX_SCHOOL_CLASSES] = {0};
    for (uint32_t row = 0; row < rows->rows; row++) {
        if (x->score[row] != SUNLOT_RULES_ABSENT) off[rows->class_of[row]] += x->present * x->score[row] - x->sum;
    }
    for (uint32_t c = 0; c < s->classes; c++) {
        if (2 * size_of(off[c]) > x->present * x->heads[c] * rule->gap[x->entry]) {
            return sunlot_rules_broken(b, 0, "a class mean outside its tolerance", s->class_[c].name, rule->column, rule->gap_text[x->entry]);
        }
    }
    return true;
}

/* Whether a ≤ b·√n, b not negative: also where the next whole number above a/b is at most √n, a little earlier. */
static bool within_root(int64_t a, int64_t b, int64_t n)
{
    if (a <= 0) return true;
    if (b == 0) return false;
    const int64_t whole = (a + b - 1) / b;
    return whole <= INT64_C(1) << 31 && whole * whole <= n;
}

/* The class's mean square of the distances y from the school's mean, s² = (Σ y² + absent·Q/m)/heads, against the school's, σ² = Q/m: with
 * E = m·Σ y² - Q·present = m·heads·(s² - σ²) and √(m·Q) = m·σ, s ≤ σ + gap/2 says 4·E - m·heads·gap² ≤ 4·heads·gap·√(m·Q), and s ≥ σ - gap/2,
 * where that is not below 0, m·heads·gap² - 4·E ≤ the same. */
static bool check_deviation(sunlot_rules_block *b, const sunlot_rules_rows *rows, const sunlot_rule *rule, const scored *x)
{
    const sunlot_school *s = b->school;
    const int64_t m = x->present;
    int64_t unit = 1, all = 0, gap, square[SUNLOT_MAX_SCHOOL_CLASSES] = {0}, present[SUNLOT_MAX_SCHOOL_CLASSES] = {0};
    for (uint32_t row = 0; row < rows->rows; row++) {
        if (x->score[row] == SUNLOT_RULES_ABSENT) continue;
        while (size_of(m * x->score[row] - x->sum) / m / unit >= INT64_C(1) << 17) unit *= 2;
    }
    for (uint32_t row = 0; row < rows->rows; row++) {
        if (x->score[row] == SUNLOT_RULES_ABSENT) continue;
        const int64_t d = size_of(m * x->score[row] - x->sum), rest = d % (m * unit), y = d / (m * unit) + (2 * rest >= m * unit ? 1 : 0);
        square[rows->class_of[row]] += y * y;
        present[rows->class_of[row]]++;
        all += y * y;
    }
    gap = rule->gap[x->entry] / unit;
    if (gap > INT64_C(1) << 18) gap = INT64_C(1) << 18;
    for (uint32_t c = 0; c < s->classes; c++) {
        const int64_t four = 4 * (m * square[c] - all * present[c]), even = m * x->heads[c] * gap * gap, root = 4 * x->heads[c] * gap;
        const bool above = !within_root(four - even, root, m * all), below = 4 * all >= m * gap * gap && !within_root(even - four, root, m * all);
        if (above || below) {
            return sunlot_rules_broken(b, 0, "a standard deviation outside its tolerance", s->class_[c].name, rule->column, rule->gap_text[x->entry]);
        }
    }
    return true;
}

bool sunlot_rules_sum(sunlot_rules_block *b, const sunlot_rules_rows *rows, const sunlot_rule *rule)
{
    scored x = {.score = sunlot_rules_scores(b, rows, rule), .entry = (b->rung < rule->rungs ? b->rung : rule->rungs) - 1};
    if (x.score == NULL) return sunlot_rules_no_memory(b);
    for (uint32_t row = 0; row < rows->rows; row++) {
        x.heads[rows->class_of[row]]++;
        if (x.score[row] == SUNLOT_RULES_ABSENT) continue;
        x.present++;
        x.sum += x.score[row];
    }
    if (x.present == 0) return true;
    return rule->kind == SUNLOT_RULE_MEAN ? check_mean(b, rows, rule, &x) : check_deviation(b, rows, rule, &x);
}
