/* The columns and schools that rules name, and rules against each other (SPEC 5.1, 11.2). */
#include "roster/reading.h"

static void blame(sunlot_reading *r, const sunlot_enrolled_rule *rule, sunlot_issue_code code, sunlot_word header, sunlot_text expected)
{
    r->rules_lost = r->rules_lost || code != SUNLOT_ISSUE_SCORES_FORBIDDEN;
    sunlot_reading_blame(r, code, SUNLOT_FILE_RULES, rule->row, header, expected);
}

/* Rules that make tokens: the log says only that there are such. */
static bool makes_tokens(const sunlot_enrolled_rule *rule)
{
    switch (rule->rule.kind) {
    case SUNLOT_RULE_APART:
    case SUNLOT_RULE_CAP:
    case SUNLOT_RULE_RECUSE:
    case SUNLOT_RULE_SPREAD:
    case SUNLOT_RULE_TOGETHER:
    case SUNLOT_RULE_WEIGHT:
        return true;
    case SUNLOT_RULE_ABSENT:
    case SUNLOT_RULE_BALANCE:
    case SUNLOT_RULE_BAND:
    case SUNLOT_RULE_MEAN:
    case SUNLOT_RULE_KINDS:
        return false;
    }
    return false;
}

static bool is_about_numbers(const sunlot_enrolled_rule *rule) { return !makes_tokens(rule) && rule->rule.kind != SUNLOT_RULE_BALANCE; }

/* ---- what a rule names ------------------------------------------------------------------------------------------------------------- */

static bool find_school(sunlot_reading *r, sunlot_enrolled_rule *rule)
{
    rule->school = SUNLOT_NONE32;
    if (rule->rule.school.n == 0) return true;
    if (!sunlot_reading_sound(r, SUNLOT_FILE_CLASSES)) return false;
    rule->school = sunlot_text_index_find(&r->schools, rule->rule.school);
    if (rule->school == SUNLOT_NONE32 && sunlot_reading_complete(r, SUNLOT_FILE_CLASSES)) {
        blame(r, rule, SUNLOT_ISSUE_RULE_SCHOOL, SUNLOT_WORD_SCHOOL, SUNLOT_TEXT(""));
    }
    return rule->school != SUNLOT_NONE32;
}

static bool find_column(sunlot_reading *r, sunlot_enrolled_rule *rule)
{
    const sunlot_csv_file *f = &r->e->file[sunlot_file_of(rule->rule.who)];
    if (f->columns == 0) return false; /* not there, or not read: reported once for all rules */
    rule->column = sunlot_csv_file_find(f, rule->rule.column);
    if (rule->column == SUNLOT_NONE32) {
        sunlot_phrase expected = {0};
        for (uint32_t i = 0; i < f->columns; i++) {
            if (i > 0) sunlot_phrase_text(&expected, SUNLOT_TEXT(" "));
            sunlot_phrase_text(&expected, f->header[i]);
        }
        if (f->sound) blame(r, rule, SUNLOT_ISSUE_RULE_COLUMN, SUNLOT_WORD_COLUMN, sunlot_phrase_view(&expected));
        return false;
    }
    rule->rule.column = makes_tokens(rule) ? SUNLOT_TEXT("") : f->header[rule->column];
    return true;
}

/* Keep the rules whose column and school are there. */
static void resolve(sunlot_reading *r)
{
    sunlot_enrolment *e = r->e;
    bool teachers = false;
    for (uint32_t i = 0; i < r->rules_read; i++) {
        sunlot_enrolled_rule rule = e->rule[i];
        if (e->facts.scores_forbidden && is_about_numbers(&rule)) blame(r, &rule, SUNLOT_ISSUE_SCORES_FORBIDDEN, SUNLOT_WORD_RULE, SUNLOT_TEXT(""));
        teachers = teachers || rule.rule.who == SUNLOT_TEACHERS || rule.rule.kind == SUNLOT_RULE_RECUSE;
        const bool school = find_school(r, &rule), column = find_column(r, &rule);
        if (school && column)
            e->rule[e->rules++] = rule;
        else
            r->rules_lost = true;
    }
    const sunlot_csv_file *f = &e->file[SUNLOT_FILE_TEACHERS];
    if (teachers && f->text == NULL && f->sound) {
        sunlot_issue_list_add(&r->issues, &(sunlot_issue){.code = SUNLOT_ISSUE_FILE_MISSING, .file = SUNLOT_FILE_TEACHERS});
    }
}

/* ---- rules against each other --------------------------------------------------------------------------------------------------------- */

static bool is_same(const sunlot_enrolled_rule *a, const sunlot_enrolled_rule *b)
{
    return a->rule.who == b->rule.who && a->rule.kind == b->rule.kind && a->column == b->column && a->school == b->school &&
           sunlot_text_equal(a->rule.value, b->rule.value) && a->cap_most == b->cap_most && sunlot_text_equal(a->cap_value, b->cap_value);
}

static bool clash(const sunlot_enrolled_rule *a, const sunlot_enrolled_rule *b)
{
    if (a->rule.kind == SUNLOT_RULE_WEIGHT && b->rule.kind == SUNLOT_RULE_WEIGHT) return true;
    if (a->rule.who != b->rule.who || a->column != b->column || makes_tokens(a) || makes_tokens(b)) return false;
    if (is_about_numbers(a) != is_about_numbers(b)) return true;
    return a->rule.kind == b->rule.kind && a->rule.kind != SUNLOT_RULE_BAND;
}

static int by_school(const void *a, const void *b, const void *user)
{
    const uint32_t x = ((const sunlot_enrolled_rule *)a)->school + 1, y = ((const sunlot_enrolled_rule *)b)->school + 1; /* all: 0 */
    (void)user;
    return x < y ? -1 : x > y;
}

/* Compare rule i with the rules first … i - 1.  The later line of the two is blamed.  Returns false if i repeats one. */
static bool compare_before(sunlot_reading *r, uint32_t first, uint32_t end, const sunlot_enrolled_rule *rule)
{
    for (uint32_t j = first; j < end; j++) {
        const sunlot_enrolled_rule *other = &r->e->rule[j];
        if (is_same(other, rule)) return false;
        if (!clash(other, rule)) continue;
        const sunlot_enrolled_rule *late = other->row > rule->row ? other : rule, *early = late == rule ? other : rule;
        const sunlot_csv_file *f = &r->e->file[SUNLOT_FILE_RULES];
        sunlot_phrase line = {0};
        sunlot_phrase_number(&line, f->line[early->row]);
        blame(r, late, SUNLOT_ISSUE_RULE_CLASH, SUNLOT_WORD_COLUMN, sunlot_phrase_view(&line));
    }
    return true;
}

/* For all schools first, then school by school; a rule that is said twice stays once. */
static bool group(sunlot_reading *r)
{
    sunlot_enrolment *e = r->e;
    sunlot_enrolled_rule *room = sunlot_alloc(e->rules, sizeof *room);
    if (room == NULL) return false;
    sunlot_sort(e->rule, e->rules, sizeof *e->rule, by_school, NULL, room);
    sunlot_release(room);
    uint32_t kept = 0, own = 0;
    for (uint32_t i = 0; i < e->rules; i++) {
        const sunlot_enrolled_rule rule = e->rule[i];
        if (rule.school != SUNLOT_NONE32 && (kept == 0 || e->rule[kept - 1].school != rule.school)) own = kept;
        if (!compare_before(r, 0, e->rules_for_all, &rule)) continue;
        if (rule.school == SUNLOT_NONE32) {
            e->rules_for_all++;
        } else {
            if (!compare_before(r, own, kept, &rule)) continue;
            sunlot_enrolled_school *s = &e->school[rule.school];
            if (s->rules++ == 0) s->rule_from = kept;
        }
        e->rule[kept++] = rule;
    }
    e->rules = kept;
    return true;
}

static bool has_scores(const sunlot_enrolment *e, uint32_t from, uint32_t count, const sunlot_enrolled_rule *absent)
{
    for (uint32_t i = from; i < from + count; i++) {
        const sunlot_enrolled_rule *rule = &e->rule[i];
        const bool scores = rule->rule.kind == SUNLOT_RULE_MEAN || rule->rule.kind == SUNLOT_RULE_BAND;
        if (scores && rule->rule.who == absent->rule.who && rule->column == absent->column) return true;
    }
    return false;
}

/* An `absent` rule says what a missing score counts in a `mean` or `band` of each school it applies to. */
static void check_absent(sunlot_reading *r)
{
    const sunlot_enrolment *e = r->e;
    for (uint32_t i = 0; i < e->rules; i++) {
        const sunlot_enrolled_rule *rule = &e->rule[i];
        if (rule->rule.kind != SUNLOT_RULE_ABSENT || has_scores(e, 0, e->rules_for_all, rule)) continue;
        bool used = e->schools > 0;
        for (uint32_t s = 0; s < e->schools && used; s++) {
            if (rule->school == SUNLOT_NONE32 || rule->school == s) used = has_scores(e, e->school[s].rule_from, e->school[s].rules, rule);
        }
        if (!used) blame(r, rule, SUNLOT_ISSUE_RULE_MISSING, SUNLOT_WORD_COLUMN, SUNLOT_TEXT("mean, band"));
    }
}

/* At most 16 number columns and 16 category columns for each WHO of a school: the rule that names one more is blamed. */
static void check_columns(sunlot_reading *r, uint32_t school)
{
    uint32_t column[SUNLOT_WHOS][2][SUNLOT_MAX_CATEGORY_COLUMNS], count[SUNLOT_WHOS][2] = {{0}};
    const sunlot_enrolled_rule *rule;
    _Static_assert(SUNLOT_MAX_CATEGORY_COLUMNS == SUNLOT_MAX_NUMBER_COLUMNS, "one array for both");
    for (uint32_t at = 0; (rule = sunlot_enrolment_rule(r->e, school, &at)) != NULL;) {
        if (makes_tokens(rule)) continue;
        const uint32_t who = rule->rule.who, kind = is_about_numbers(rule);
        uint32_t i = 0;
        while (i < count[who][kind] && column[who][kind][i] != rule->column) i++;
        if (i < count[who][kind]) continue;
        if (i == SUNLOT_MAX_CATEGORY_COLUMNS) {
            const uint32_t at_column = r->e->header[SUNLOT_FILE_RULES][SUNLOT_WORD_COLUMN];
            sunlot_reading_blame_count(r, SUNLOT_ISSUE_TOO_MANY, SUNLOT_FILE_RULES, rule->row, at_column, i + 1, i);
            r->rules_lost = true;
        } else {
            column[who][kind][count[who][kind]++] = rule->column;
        }
    }
}

/* ---- the log's records -------------------------------------------------------------------------------------------------------------------- */

static int by_line(const void *a, const void *b, const void *user)
{
    (void)user;
    return sunlot_rule_compare(a, b);
}

static bool make_records(sunlot_reading *r)
{
    sunlot_enrolment *e = r->e;
    sunlot_rule *room = sunlot_alloc(e->rules, sizeof *room);
    e->record = sunlot_alloc(e->rules, sizeof *e->record);
    const bool good = room != NULL && e->record != NULL;
    for (uint32_t i = 0; good && i < e->rules; i++) {
        e->record[i] = e->rule[i].rule;
        SUNLOT_REQUIRE(sunlot_rule_parse(&e->record[i]));
    }
    if (good) sunlot_sort(e->record, e->rules, sizeof *e->record, by_line, NULL, room);
    for (uint32_t i = 0; good && i < e->rules; i++) {
        if (e->records == 0 || sunlot_rule_compare(&e->record[e->records - 1], &e->record[i]) != 0) e->record[e->records++] = e->record[i];
    }
    sunlot_release(room);
    if (e->records > SUNLOT_MAX_RULES) {
        sunlot_reading_blame_count(r, SUNLOT_ISSUE_TOO_MANY, SUNLOT_FILE_RULES, SUNLOT_NONE32, SUNLOT_NONE32, e->records, SUNLOT_MAX_RULES);
        r->rules_lost = true;
    }
    return good;
}

bool sunlot_reading_targets(sunlot_reading *r)
{
    resolve(r);
    const bool all = !r->rules_lost;
    if (!group(r)) return false;
    if (all) check_absent(r);
    for (uint32_t school = 0; school < r->e->schools; school++) check_columns(r, school);
    return make_records(r);
}
