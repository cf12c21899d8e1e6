/* Which rules apply to a school, the columns they name, and the codes of category values (SPEC 5.1, 5.2). */
#include <string.h>

#include "roster/roster.h"

#define MAX_COLUMNS (SUNLOT_MAX_CATEGORY_COLUMNS + SUNLOT_MAX_NUMBER_COLUMNS)

/* The place of a text among sorted distinct ones, or where it would stand. */
static uint32_t place_of(const sunlot_text *sorted, uint32_t count, sunlot_text text)
{
    uint32_t from = 0, to = count;
    while (from < to) {
        const uint32_t middle = from + (to - from) / 2;
        if (sunlot_text_compare(sorted[middle], text) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* Which kinds of rules name a column. */
typedef struct {
    bool absent, balance, adds;
} column_uses;

typedef struct {
    uint32_t count, numbers;
    sunlot_text name[MAX_COLUMNS]; /* sorted */
    column_uses uses[MAX_COLUMNS];
} named_columns;

/* Mark *flag, and say whether it was free. */
static bool take(bool *flag)
{
    const bool was_free = !*flag;
    *flag = true;
    return was_free;
}

/* Enter one of the columns that a rule names. */
static sunlot_err enter(named_columns *c, const sunlot_rule *rule, sunlot_text name)
{
    const uint32_t i = place_of(c->name, c->count, name);
    if (i == c->count || !sunlot_text_equal(c->name[i], name)) {
        const bool number = rule->kind != SUNLOT_RULE_BALANCE;
        if (number ? c->numbers == SUNLOT_MAX_NUMBER_COLUMNS : c->count - c->numbers == SUNLOT_MAX_CATEGORY_COLUMNS) return SUNLOT_ERR_LIMIT;
        memmove(&c->name[i + 1], &c->name[i], (c->count - i) * sizeof c->name[0]);
        memmove(&c->uses[i + 1], &c->uses[i], (c->count - i) * sizeof c->uses[0]);
        c->name[i] = name;
        c->uses[i] = (column_uses){false, false, false};
        c->count++;
        c->numbers += number;
    }
    column_uses *uses = &c->uses[i];
    bool free_ = true;
    if (rule->kind == SUNLOT_RULE_ABSENT)
        free_ = take(&uses->absent);
    else if (rule->kind == SUNLOT_RULE_BALANCE)
        free_ = take(&uses->balance);
    else
        uses->adds = true;
    return free_ && !(uses->balance && (uses->absent || uses->adds)) ? SUNLOT_OK : SUNLOT_ERR_LOG;
}

static bool applies(const sunlot_rule *rule, const sunlot_school *s) { return rule->school.n == 0 || sunlot_text_equal(rule->school, s->name); }

/* Enter a rule with all columns that it names.  Two of a kind on one column or total stand next to each other in the order of the log. */
static sunlot_err enter_rule(named_columns *columns, const sunlot_rule *rule, const sunlot_rule *before)
{
    const bool twice = before != NULL && sunlot_rule_sums(rule->kind) && before->who == rule->who && before->kind == rule->kind &&
                       sunlot_text_equal(before->column, rule->column);
    sunlot_text part, rest = rule->column;
    sunlot_err verdict = twice ? SUNLOT_ERR_LOG : SUNLOT_OK;
    while (verdict != SUNLOT_ERR_LIMIT && sunlot_rule_part(&part, &rest)) {
        const sunlot_err err = enter(columns, rule, part);
        if (err != SUNLOT_OK) verdict = err;
    }
    return verdict;
}

sunlot_err sunlot_school_columns(sunlot_roster *r, sunlot_school *s)
{
    named_columns named[SUNLOT_WHOS];
    const sunlot_rule *before = NULL;
    uint32_t rules = 0;
    sunlot_err verdict = SUNLOT_OK;
    for (int who = 0; who < SUNLOT_WHOS; who++) named[who].count = named[who].numbers = 0;
    for (uint32_t i = 0; i < r->rules; i++) {
        const sunlot_rule *rule = &r->rule[i];
        if (!applies(rule, s)) continue;
        rules++;
        const sunlot_err err = enter_rule(&named[rule->who], rule, before);
        before = rule;
        if (err == SUNLOT_ERR_LIMIT) return err;
        if (err == SUNLOT_ERR_LOG) verdict = err;
    }
    for (int who = 0; who < SUNLOT_WHOS; who++) {
        for (uint32_t i = 0; i < named[who].count; i++) {
            const column_uses *uses = &named[who].uses[i];
            if (uses->absent && !uses->adds) verdict = SUNLOT_ERR_LOG;
        }
    }

    const sunlot_rule **rule = sunlot_arena_alloc(&r->arena, rules, sizeof *rule);
    sunlot_column *column[SUNLOT_WHOS];
    for (int who = 0; who < SUNLOT_WHOS; who++) {
        column[who] = sunlot_arena_alloc(&r->arena, named[who].count, sizeof *column[who]);
        if (column[who] == NULL) return SUNLOT_ERR_MEMORY;
    }
    if (rule == NULL) return SUNLOT_ERR_MEMORY;

    s->rules = 0;
    s->rule = rule;
    for (uint32_t i = 0; i < r->rules; i++) {
        if (applies(&r->rule[i], s)) s->rule[s->rules++] = &r->rule[i];
    }
    for (int who = 0; who < SUNLOT_WHOS; who++) {
        s->columns[who] = named[who].count;
        s->column[who] = column[who];
        for (uint32_t i = 0; i < named[who].count; i++) {
            s->column[who][i].name = named[who].name[i];
            s->column[who][i].number = !named[who].uses[i].balance;
        }
    }
    return verdict;
}

/* Values are few and rows are many: a growing sorted list of the distinct ones, searched by halving.  A cell first gets the number that its value got when it
 * appeared, and when all are known its place:
 *
 *     text   m f - f        found  - f m   number  2 1 0         cell  0 1 2 1  ->  2 1 0 1                                          */
sunlot_err sunlot_school_encode(sunlot_roster *r, sunlot_school *s, int who, uint32_t column, const sunlot_text *text)
{
    SUNLOT_REQUIRE(column < s->columns[who] && !s->column[who][column].number);
    const uint32_t rows = who == SUNLOT_STUDENTS ? s->students : s->teachers, columns = s->columns[who];
    int32_t *cell = s->cell[who] + column;
    sunlot_text found[SUNLOT_MAX_CODES];
    int32_t number[SUNLOT_MAX_CODES], place[SUNLOT_MAX_CODES];
    uint32_t values = 0;
    for (uint32_t i = 0; i < rows; i++) {
        const uint32_t at = place_of(found, values, text[i]);
        if (at == values || !sunlot_text_equal(found[at], text[i])) {
            if (values == SUNLOT_MAX_CODES) return SUNLOT_ERR_LIMIT;
            memmove(&found[at + 1], &found[at], (values - at) * sizeof *found);
            memmove(&number[at + 1], &number[at], (values - at) * sizeof *number);
            found[at] = text[i];
            number[at] = (int32_t)values++;
        }
        cell[(size_t)i * columns] = number[at];
    }
    sunlot_text *value = sunlot_arena_alloc(&r->arena, values, sizeof *value);
    if (value == NULL) return SUNLOT_ERR_MEMORY;
    memcpy(value, found, values * sizeof *value);
    s->column[who][column].values = values;
    s->column[who][column].value = value;
    for (uint32_t i = 0; i < values; i++) place[number[i]] = (int32_t)i;
    for (uint32_t i = 0; i < rows; i++) cell[(size_t)i * columns] = place[cell[(size_t)i * columns]];
    return SUNLOT_OK;
}
