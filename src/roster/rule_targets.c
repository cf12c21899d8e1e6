/* The columns and schools that rules name, and rules against each other (SPEC 5.1, 11.2). */
#include <string.h>

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
    case SUNLOT_RULE_DEVIATION:
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

/* Enter a column among the parts, which stand in the byte order of the headers. */
static bool find_part(sunlot_reading *r, sunlot_enrolled_rule *rule, sunlot_text name)
{
    const sunlot_csv_file *f = &r->e->file[sunlot_file_of(rule->rule.who)];
    const uint32_t at_column = r->e->header[SUNLOT_FILE_RULES][SUNLOT_WORD_COLUMN], column = sunlot_csv_file_find(f, name);
    if (column == SUNLOT_NONE32) {
        sunlot_phrase expected = {0};
        for (uint32_t i = 0; i < f->columns; i++) {
            if (i > 0) sunlot_phrase_text(&expected, SUNLOT_TEXT(" "));
            sunlot_phrase_text(&expected, f->header[i]);
        }
        if (f->sound) {
            sunlot_csv_file_blame_found(&r->e->file[SUNLOT_FILE_RULES], &r->issues, SUNLOT_ISSUE_RULE_COLUMN, rule->row, at_column, name,
                                        sunlot_phrase_view(&expected));
        }
        return false;
    }
    uint32_t i = rule->parts;
    while (i > 0 && sunlot_text_compare(f->header[rule->part[i - 1]], f->header[column]) > 0) i--;
    if (i > 0 && rule->part[i - 1] == column) {
        blame(r, rule, SUNLOT_ISSUE_RULE_TOTAL, SUNLOT_WORD_COLUMN, SUNLOT_TEXT(""));
        return false;
    }
    if (rule->parts == SUNLOT_MAX_NUMBER_COLUMNS) {
        sunlot_reading_blame_count(r, SUNLOT_ISSUE_TOO_MANY, SUNLOT_FILE_RULES, rule->row, at_column, rule->parts + 1, rule->parts);
        return false;
    }
    memmove(&rule->part[i + 1], &rule->part[i], (rule->parts - i) * sizeof *rule->part);
    rule->part[i] = column;
    rule->parts++;
    return true;
}

/* Out: *name, the log's COLUMN of the parts: their headers joined by ;.  Returns false without memory, or if it is too long. */
static bool join_parts(sunlot_reading *r, const sunlot_enrolled_rule *rule, sunlot_text *name, bool *no_memory)
{
    const sunlot_csv_file *f = &r->e->file[sunlot_file_of(rule->rule.who)];
    char text[SUNLOT_MAX_FIELD_BYTES + 1];
    size_t n = 0;
    for (uint32_t i = 0; i < rule->parts; i++) {
        const sunlot_text header = f->header[rule->part[i]];
        if (n + header.n > SUNLOT_MAX_FIELD_BYTES) {
            blame(r, rule, SUNLOT_ISSUE_FIELD_TOO_LONG, SUNLOT_WORD_COLUMN, SUNLOT_TEXT(""));
            return false;
        }
        memcpy(text + n, header.p, header.n);
        n += header.n;
        text[n++] = ';';
    }
    *no_memory = !sunlot_arena_copy(&r->e->arena, (sunlot_text){text, n - 1}, name);
    return !*no_memory;
}

/* `a;b` is the total of two columns, unless a column is called so: that one cannot be named. */
static bool find_columns(sunlot_reading *r, sunlot_enrolled_rule *rule, bool *no_memory)
{
    const sunlot_csv_file *f = &r->e->file[sunlot_file_of(rule->rule.who)];
    sunlot_text part, rest = rule->rule.column;
    if (f->columns == 0) return false; /* not there, or not read: reported once for all rules */
    const bool list = sunlot_parts_next(&part, &rest) && rest.p != NULL;
    if (list && (sunlot_csv_file_find(f, rule->rule.column) != SUNLOT_NONE32 || !sunlot_rule_adds(rule->rule.kind))) {
        const bool header = sunlot_csv_file_find(f, rule->rule.column) != SUNLOT_NONE32;
        blame(r, rule, header ? SUNLOT_ISSUE_COLUMN_LIST : SUNLOT_ISSUE_RULE_TOTAL, SUNLOT_WORD_COLUMN, SUNLOT_TEXT(""));
        return false;
    }
    rest = rule->rule.column;
    while (sunlot_parts_next(&part, &rest)) {
        if (part.n == 0) {
            blame(r, rule, SUNLOT_ISSUE_RULE_TOTAL, SUNLOT_WORD_COLUMN, SUNLOT_TEXT(""));
            return false;
        }
        if (!find_part(r, rule, part)) return false;
    }
    rule->column = rule->part[0];
    rule->rule.column = makes_tokens(rule) ? SUNLOT_TEXT("") : f->header[rule->column];
    return !list || join_parts(r, rule, &rule->rule.column, no_memory);
}

/* Keep the rules whose columns and school are there.  Returns false without memory. */
static bool resolve(sunlot_reading *r)
{
    sunlot_enrolment *e = r->e;
    bool teachers = false, no_memory = false;
    for (uint32_t i = 0; i < r->rules_read; i++) {
        sunlot_enrolled_rule rule = e->rule[i];
        if (e->facts.scores_forbidden && is_about_numbers(&rule)) blame(r, &rule, SUNLOT_ISSUE_SCORES_FORBIDDEN, SUNLOT_WORD_RULE, SUNLOT_TEXT(""));
        teachers = teachers || rule.rule.who == SUNLOT_TEACHERS || rule.rule.kind == SUNLOT_RULE_RECUSE;
        const bool school = find_school(r, &rule), column = find_columns(r, &rule, &no_memory);
        if (school && column)
            e->rule[e->rules++] = rule;
        else
            r->rules_lost = true;
    }
    const sunlot_csv_file *f = &e->file[SUNLOT_FILE_TEACHERS];
    if (teachers && f->text == NULL && f->sound) {
        sunlot_issue_list_add(&r->issues, &(sunlot_issue){.code = SUNLOT_ISSUE_FILE_MISSING, .file = SUNLOT_FILE_TEACHERS});
    }
    return !no_memory;
}

/* ---- rules against each other --------------------------------------------------------------------------------------------------------- */

static bool names(const sunlot_enrolled_rule *rule, uint32_t column)
{
    for (uint32_t i = 0; i < rule->parts; i++) {
        if (rule->part[i] == column) return true;
    }
    return false;
}

static bool share_a_column(const sunlot_enrolled_rule *a, const sunlot_enrolled_rule *b)
{
    for (uint32_t i = 0; i < a->parts; i++) {
        if (names(b, a->part[i])) return true;
    }
    return false;
}

static bool have_same_columns(const sunlot_enrolled_rule *a, const sunlot_enrolled_rule *b)
{
    return a->parts == b->parts && memcmp(a->part, b->part, a->parts * sizeof *a->part) == 0;
}

static bool is_same(const sunlot_enrolled_rule *a, const sunlot_enrolled_rule *b)
{
    return a->rule.who == b->rule.who && a->rule.kind == b->rule.kind && have_same_columns(a, b) && a->school == b->school &&
           sunlot_text_equal(a->rule.value, b->rule.value) && a->cap_most == b->cap_most && sunlot_text_equal(a->cap_value, b->cap_value);
}

static bool clash(const sunlot_enrolled_rule *a, const sunlot_enrolled_rule *b)
{
    if (a->rule.kind == SUNLOT_RULE_WEIGHT && b->rule.kind == SUNLOT_RULE_WEIGHT) return true;
    if (a->rule.who != b->rule.who || makes_tokens(a) || makes_tokens(b) || !share_a_column(a, b)) return false;
    if (is_about_numbers(a) != is_about_numbers(b)) return true;
    return a->rule.kind == b->rule.kind && a->rule.kind != SUNLOT_RULE_BAND && have_same_columns(a, b);
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
        if (sunlot_rule_adds(rule->rule.kind) && rule->rule.who == absent->rule.who && names(rule, absent->column)) return true;
    }
    return false;
}

/* An `absent` rule says what a missing score counts in a `mean`, `deviation` or `band` of each school it applies to. */
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
        if (!used) blame(r, rule, SUNLOT_ISSUE_RULE_MISSING, SUNLOT_WORD_COLUMN, SUNLOT_TEXT("mean, deviation, band"));
    }
}

static void blame_too_many(sunlot_reading *r, const sunlot_enrolled_rule *rule, uint32_t most)
{
    sunlot_reading_blame_count(r, SUNLOT_ISSUE_TOO_MANY, SUNLOT_FILE_RULES, rule->row, r->e->header[SUNLOT_FILE_RULES][SUNLOT_WORD_COLUMN], most + 1, most);
    r->rules_lost = true;
}

/* At most 16 number columns, 16 category columns and 32 sums for each WHO of a school: the rule that names one more is blamed. */
static void check_columns(sunlot_reading *r, uint32_t school)
{
    uint32_t column[SUNLOT_WHOS][2][SUNLOT_MAX_CATEGORY_COLUMNS], count[SUNLOT_WHOS][2] = {{0}}, sums[SUNLOT_WHOS] = {0};
    const sunlot_enrolled_rule *rule;
    _Static_assert(SUNLOT_MAX_CATEGORY_COLUMNS == SUNLOT_MAX_NUMBER_COLUMNS, "one array for both");
    for (uint32_t at = 0; (rule = sunlot_enrolment_rule(r->e, school, &at)) != NULL;) {
        if (makes_tokens(rule)) continue;
        const uint32_t who = rule->rule.who, kind = is_about_numbers(rule);
        if (sunlot_rule_sums(rule->rule.kind) && ++sums[who] > SUNLOT_MAX_SUMS) blame_too_many(r, rule, SUNLOT_MAX_SUMS);
        for (uint32_t part = 0; part < rule->parts; part++) {
            uint32_t i = 0;
            while (i < count[who][kind] && column[who][kind][i] != rule->part[part]) i++;
            if (i < count[who][kind]) continue;
            if (i == SUNLOT_MAX_CATEGORY_COLUMNS) {
                blame_too_many(r, rule, SUNLOT_MAX_CATEGORY_COLUMNS);
                break;
            }
            column[who][kind][count[who][kind]++] = rule->part[part];
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
        /* Where something was blamed, such as a character of a cell, nothing comes of the records. */
        SUNLOT_REQUIRE(sunlot_rule_parse(&e->record[i]) || r->issues.count > 0);
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
    if (!resolve(r)) return false;
    const bool all = !r->rules_lost;
    if (!group(r)) return false;
    if (all) check_absent(r);
    for (uint32_t school = 0; school < r->e->schools; school++) check_columns(r, school);
    return make_records(r);
}
