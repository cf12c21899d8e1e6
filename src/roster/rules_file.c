/* rules.csv: each row by itself (SPEC 11.2).  What it names in other files is looked up in rule_targets.c and lock_targets.c. */
#include <string.h>

#include "base/utf8.h"
#include "roster/reading.h"

#define LEAST_BITS    128u
#define MILLIBITS_D10 3321u
#define MILLIBITS_D6  2584u
#define DEFAULT_MIX   1000u
#define DEFAULT_TRIES 64u
#define MOST_ATTEMPT  99u

/* What may be said once: which row said it. */
typedef struct {
    uint32_t key[SUNLOT_WORD_RETENTION + 1]; /* of draw, and mix, tries, rows, scores: row + 1; 0: not yet */
    uint32_t source[SUNLOT_MAX_SOURCES];     /* row + 1 */
    bool source_good[SUNLOT_MAX_SOURCES];
} said;

typedef struct {
    sunlot_reading *r;
    said *once;
    uint32_t row;
    sunlot_text who, column, value, school;
} rule_row;

static void blame(const rule_row *t, int code, sunlot_word header, sunlot_text expected)
{
    sunlot_reading_blame(t->r, (sunlot_issue_code)code, SUNLOT_FILE_RULES, t->row, header, expected);
}

static void blame_range(const rule_row *t, int code, sunlot_word header, uint32_t least, uint32_t most)
{
    const sunlot_phrase range = sunlot_phrase_range(least, most);
    blame(t, code, header, sunlot_phrase_view(&range));
}

static bool must_be_empty(const rule_row *t, int code, sunlot_word header, sunlot_text cell)
{
    if (cell.n > 0) blame(t, code, header, SUNLOT_TEXT(""));
    return cell.n == 0;
}

/* Rules about the draw as a whole are for nobody and no school in particular. */
static bool is_general(const rule_row *t)
{
    const bool who = must_be_empty(t, SUNLOT_ISSUE_RULE_WHO, SUNLOT_WORD_WHO, t->who);
    return must_be_empty(t, SUNLOT_ISSUE_RULE_SCHOOL, SUNLOT_WORD_SCHOOL, t->school) && who;
}

/* The first row that says a thing counts; a second one must say the same. */
static bool say_once(const rule_row *t, sunlot_word key)
{
    uint32_t *before = &t->once->key[key];
    if (*before == 0) {
        *before = t->row + 1;
        return true;
    }
    const sunlot_text first = sunlot_enrolment_cell(t->r->e, SUNLOT_FILE_RULES, *before - 1, SUNLOT_WORD_VALUE);
    if (!sunlot_text_equal(first, t->value)) blame(t, SUNLOT_ISSUE_RULE_CLASH, SUNLOT_WORD_VALUE, first);
    return false;
}

/* ---- values -------------------------------------------------------------------------------------------------------------------- */

/* Split at ; into parts, freed of spaces around them.  Returns how many there are (want + 1: more). */
static uint32_t split_parts(sunlot_text text, sunlot_text *part, uint32_t want)
{
    uint32_t n = 0;
    while (text.p != NULL && n <= want) {
        const sunlot_text next = sunlot_text_trim(sunlot_text_split(text, ';', &text));
        if (n < want) part[n] = next;
        n++;
    }
    return n;
}

/* Parts become fields of the log. */
static bool parts_are_fields(const rule_row *t, const sunlot_text *part, uint32_t parts, sunlot_text expected)
{
    for (uint32_t i = 0; i < parts; i++) {
        const int code = part[i].n == 0 ? SUNLOT_ISSUE_RULE_VALUE : sunlot_field_check(part[i]);
        if (code == 0) continue;
        sunlot_csv_file_blame_found(&t->r->e->file[SUNLOT_FILE_RULES], &t->r->issues, (sunlot_issue_code)code, t->row,
                                    t->r->e->header[SUNLOT_FILE_RULES][SUNLOT_WORD_VALUE], code == SUNLOT_ISSUE_RULE_VALUE ? t->value : part[i], expected);
        return false;
    }
    return true;
}

static bool is_date(sunlot_text text)
{
    static const uint8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    uint32_t number[3] = {0};
    if (text.n != 10) return false;
    for (size_t i = 0, n = 0; i < 10; i++) {
        const bool dash = i == 4 || i == 7;
        if (dash ? text.p[i] != '-' : text.p[i] < '0' || text.p[i] > '9') return false;
        if (dash)
            n++;
        else
            number[n] = number[n] * 10 + (uint32_t)(text.p[i] - '0');
    }
    const uint32_t year = number[0], month = number[1], day = number[2];
    if (month < 1 || month > 12 || day < 1) return false;
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= days[month - 1] + (month == 2 && leap ? 1u : 0u);
}

static bool is_year(sunlot_text text)
{
    uint64_t number;
    return text.n == 4 && sunlot_number_parse(&number, text, 9999);
}

/* Parts of the draw id. */
static bool is_id_part(sunlot_text text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == ' ' || text.p[i] == '/' || text.p[i] == '+') return false;
    }
    return true;
}

/* ---- the draw as a whole ---------------------------------------------------------------------------------------------------------- */

static void read_draw(const rule_row *t)
{
    sunlot_enrolment *e = t->r->e;
    const sunlot_word key = sunlot_word_find(t->column);
    uint32_t number;
    int code = 0;
    sunlot_text *text = key == SUNLOT_WORD_DISTRICT    ? &e->district
                        : key == SUNLOT_WORD_YEAR      ? &e->year
                        : key == SUNLOT_WORD_GRADE     ? &e->grade
                        : key == SUNLOT_WORD_STAGE     ? &e->stage
                        : key == SUNLOT_WORD_ATTEMPT   ? &e->attempt
                        : key == SUNLOT_WORD_DATE      ? &e->facts.date
                        : key == SUNLOT_WORD_RETENTION ? &e->facts.retention
                        : key == SUNLOT_WORD_SCHOOL    ? &e->default_school
                                                       : NULL;
    if (text == NULL) {
        blame(t, SUNLOT_ISSUE_WORD, SUNLOT_WORD_COLUMN, SUNLOT_TEXT("district year grade stage attempt date retention school"));
        return;
    }
    if (!say_once(t, key) || !is_general(t)) return;
    if (t->value.n == 0) {
        blame(t, SUNLOT_ISSUE_VALUE_MISSING, SUNLOT_WORD_VALUE, SUNLOT_TEXT(""));
    } else if (key == SUNLOT_WORD_YEAR && !is_year(t->value)) {
        blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, SUNLOT_TEXT("2026"));
    } else if (key == SUNLOT_WORD_DATE && !is_date(t->value)) {
        blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, SUNLOT_TEXT("2026-08-31"));
    } else if (key == SUNLOT_WORD_ATTEMPT && (code = sunlot_count_read(&number, t->value, 1, MOST_ATTEMPT)) != 0) {
        blame_range(t, code, SUNLOT_WORD_VALUE, 1, MOST_ATTEMPT);
    } else if ((key == SUNLOT_WORD_DISTRICT || key == SUNLOT_WORD_GRADE || key == SUNLOT_WORD_STAGE) && !is_id_part(t->value)) {
        blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, SUNLOT_TEXT(""));
    }
    *text = t->value;
}

static void read_source(const rule_row *t)
{
    static const char form[] = "d10 39; HOLDER; CROOKED; SUBSTITUTE";
    const sunlot_text expected = {form, sizeof form - 1};
    sunlot_text part[4], length;
    uint32_t number;
    if (!is_general(t)) return;
    int code = sunlot_count_read(&number, t->column, 1, SUNLOT_MAX_SOURCES);
    if (code != 0) {
        blame_range(t, code, SUNLOT_WORD_COLUMN, 1, SUNLOT_MAX_SOURCES);
        return;
    }
    uint32_t *before = &t->once->source[number - 1];
    if (*before != 0) {
        const sunlot_text first = sunlot_enrolment_cell(t->r->e, SUNLOT_FILE_RULES, *before - 1, SUNLOT_WORD_VALUE);
        if (!sunlot_text_equal(first, t->value)) blame(t, SUNLOT_ISSUE_RULE_CLASH, SUNLOT_WORD_VALUE, first);
        return;
    }
    *before = t->row + 1;
    if (number > t->r->e->sources) t->r->e->sources = number;
    if (split_parts(t->value, part, 4) != 4) {
        blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, expected);
        return;
    }
    if (!parts_are_fields(t, part, 4, expected)) return;
    sunlot_source_rule *source = &t->r->e->source[number - 1];
    const sunlot_text kind = sunlot_text_split(part[0], ' ', &length);
    source->d6 = sunlot_text_equal(kind, SUNLOT_TEXT("d6"));
    if ((!source->d6 && !sunlot_text_equal(kind, SUNLOT_TEXT("d10"))) || length.p == NULL) {
        blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, expected);
        return;
    }
    code = sunlot_count_read(&source->length, sunlot_text_trim(length), 1, SUNLOT_MAX_DIGITS);
    if (code != 0) {
        blame_range(t, code, SUNLOT_WORD_VALUE, 1, SUNLOT_MAX_DIGITS);
        return;
    }
    source->holder = part[1];
    source->crooked = part[2];
    source->substitute = part[3];
    t->once->source_good[number - 1] = true;
}

static void read_rows(const rule_row *t)
{
    static const char form[] = "public; AUTHORITY; GROUND";
    const sunlot_text expected = {form, sizeof form - 1};
    sunlot_text part[3];
    if (!is_general(t) || !must_be_empty(t, SUNLOT_ISSUE_RULE_COLUMN, SUNLOT_WORD_COLUMN, t->column) || !say_once(t, SUNLOT_WORD_ROWS)) return;
    const uint32_t parts = split_parts(t->value, part, 3);
    const sunlot_word word = sunlot_word_find(part[0]);
    if (word == SUNLOT_WORD_AUDITORS) {
        blame(t, SUNLOT_ISSUE_ROWS_AUDITORS, SUNLOT_WORD_VALUE, expected);
    } else if (word != SUNLOT_WORD_PUBLIC || (parts != 1 && parts != 3)) {
        blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, expected);
    } else if (parts == 3 && parts_are_fields(t, part + 1, 2, expected)) {
        t->r->e->facts.authority = part[1];
        t->r->e->facts.ground = part[2];
    }
}

static void read_scores(const rule_row *t)
{
    if (!is_general(t) || !must_be_empty(t, SUNLOT_ISSUE_RULE_COLUMN, SUNLOT_WORD_COLUMN, t->column)) return;
    if (sunlot_word_find(t->value) != SUNLOT_WORD_FORBIDDEN) blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, SUNLOT_TEXT("forbidden"));
    t->r->e->facts.scores_forbidden = true;
}

static void read_setting(const rule_row *t, sunlot_word key, uint32_t *setting, uint32_t *row, uint32_t most)
{
    if (!is_general(t) || !must_be_empty(t, SUNLOT_ISSUE_RULE_COLUMN, SUNLOT_WORD_COLUMN, t->column) || !say_once(t, key)) return;
    const int code = sunlot_count_read(setting, t->value, 1, most);
    if (code != 0) blame_range(t, code, SUNLOT_WORD_VALUE, 1, most);
    *row = t->row;
}

/* ---- rules about columns -------------------------------------------------------------------------------------------------------------- */

/* One decimal of a value, as the log writes it. */
static bool add_score(const rule_row *t, char *out, size_t *n, sunlot_text text, int32_t *score)
{
    const int code = sunlot_score_read(score, text);
    if (code != 0)
        blame(t, code, SUNLOT_WORD_VALUE, SUNLOT_TEXT(""));
    else
        *n += sunlot_decimal_write(out + *n, *score, 3);
    return code == 0;
}

/* `0.50  1 2.0` becomes `0.5 1 2`. */
static bool read_ladder(const rule_row *t, char *out, size_t *n)
{
    sunlot_text rest = t->value;
    int32_t before = 0, gap;
    uint32_t rungs = 0;
    while (rest.p != NULL) {
        const sunlot_text entry = sunlot_text_split(rest, ' ', &rest);
        if (entry.n == 0 && t->value.n > 0) continue;
        if (rungs++ > 0) out[(*n)++] = ' ';
        if (entry.n == 0 || rungs > SUNLOT_MAX_RUNGS) {
            blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, SUNLOT_TEXT("0.5 1 2"));
            return false;
        }
        if (!add_score(t, out, n, entry, &gap)) return false;
        if (gap <= before) {
            blame(t, gap <= 0 ? SUNLOT_ISSUE_RANGE : SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, SUNLOT_TEXT("0.5 1 2"));
            return false;
        }
        before = gap;
    }
    return true;
}

/* `4`, `top 20`, `前 20`, `前20`. */
static bool read_bands(const rule_row *t, char *out, size_t *n)
{
    static const sunlot_word words[] = {SUNLOT_WORD_TOP, SUNLOT_WORD_LAST};
    sunlot_text number = t->value;
    uint32_t least = 2, most = 16, bands = 0;
    for (size_t i = 0; i < 2; i++) {
        const sunlot_text english = sunlot_word_text(words[i]), chinese = sunlot_word_chinese(words[i]);
        const bool in_english = sunlot_text_starts(t->value, english) && t->value.n > english.n && t->value.p[english.n] == ' ';
        if (!in_english && !sunlot_text_starts(t->value, chinese)) continue;
        const size_t skip = in_english ? english.n : chinese.n;
        number = sunlot_text_trim((sunlot_text){t->value.p + skip, t->value.n - skip});
        least = 1;
        most = SUNLOT_MAX_SCHOOL_STUDENTS;
        memcpy(out, english.p, english.n);
        *n = english.n;
        out[(*n)++] = ' ';
    }
    const int code = sunlot_count_read(&bands, number, least, most);
    if (code == SUNLOT_ISSUE_RANGE || code == SUNLOT_ISSUE_FULL_WIDTH)
        blame_range(t, code, SUNLOT_WORD_VALUE, least, most);
    else if (code != 0)
        blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, SUNLOT_TEXT("4, top 20, last 20"));
    *n += sunlot_decimal_write(out + *n, bands, 0);
    return code == 0;
}

static bool read_absent(const rule_row *t, char *out, size_t *n)
{
    int32_t score;
    if (sunlot_word_find(t->value) != SUNLOT_WORD_MEAN) return add_score(t, out, n, t->value, &score);
    memcpy(out, "mean", 4);
    *n = 4;
    return true;
}

/* `VALUE MAX`: the value may hold spaces. */
static bool read_cap(const rule_row *t, sunlot_enrolled_rule *rule)
{
    size_t n = t->value.n;
    while (n > 0 && t->value.p[n - 1] != ' ') n--;
    rule->cap_value = sunlot_text_trim((sunlot_text){t->value.p, n});
    const int code = sunlot_count_read(&rule->cap_most, (sunlot_text){t->value.p + n, t->value.n - n}, 1, SUNLOT_MAX_SCHOOL_STUDENTS);
    if (rule->cap_value.n == 0 || code == SUNLOT_ISSUE_NUMBER)
        blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, SUNLOT_TEXT("VALUE 2"));
    else if (code != 0)
        blame_range(t, code, SUNLOT_WORD_VALUE, 1, SUNLOT_MAX_SCHOOL_STUDENTS);
    return rule->cap_value.n > 0 && code == 0;
}

static bool read_who(const rule_row *t, bool teachers_too, uint8_t *who)
{
    const sunlot_word word = sunlot_word_find(t->who);
    *who = word == SUNLOT_WORD_TEACHERS ? SUNLOT_TEACHERS : SUNLOT_STUDENTS;
    if (word == SUNLOT_WORD_STUDENTS || (word == SUNLOT_WORD_TEACHERS && teachers_too) || (t->who.n == 0 && !teachers_too)) return true;
    const sunlot_text expected = teachers_too ? SUNLOT_TEXT("students teachers") : SUNLOT_TEXT("students");
    blame(t, word == SUNLOT_WORD_TEACHERS || t->who.n == 0 ? SUNLOT_ISSUE_RULE_WHO : SUNLOT_ISSUE_WORD, SUNLOT_WORD_WHO, expected);
    return false;
}

/* Read rule->rule.value from the cell, in the one form of the log. */
static bool read_value(const rule_row *t, sunlot_enrolled_rule *rule, bool *no_memory)
{
    char text[SUNLOT_MAX_RUNGS * 16];
    size_t n = 0;
    bool good = true;
    switch (rule->rule.kind) {
    case SUNLOT_RULE_DEVIATION:
    case SUNLOT_RULE_MEAN:
        good = read_ladder(t, text, &n);
        break;
    case SUNLOT_RULE_BAND:
        good = read_bands(t, text, &n);
        break;
    case SUNLOT_RULE_ABSENT:
        good = read_absent(t, text, &n);
        break;
    case SUNLOT_RULE_CAP:
        return read_cap(t, rule);
    case SUNLOT_RULE_APART:
    case SUNLOT_RULE_BALANCE:
    case SUNLOT_RULE_RECUSE:
    case SUNLOT_RULE_SPREAD:
    case SUNLOT_RULE_TOGETHER:
    case SUNLOT_RULE_WEIGHT:
    case SUNLOT_RULE_KINDS:
        return must_be_empty(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, t->value);
    }
    *no_memory = good && !sunlot_arena_copy(&t->r->e->arena, (sunlot_text){text, n}, &rule->rule.value);
    return good && !*no_memory;
}

/* Returns false without memory. */
static bool read_column_rule(const rule_row *t, sunlot_rule_kind kind)
{
    sunlot_enrolled_rule *rule = &t->r->e->rule[t->r->rules_read];
    const bool both = kind == SUNLOT_RULE_ABSENT || kind == SUNLOT_RULE_BALANCE || sunlot_rule_adds(kind);
    bool no_memory = false;
    *rule = (sunlot_enrolled_rule){.rule = {.kind = kind, .column = t->column, .school = t->school}, .row = t->row};
    bool good = read_who(t, both, &rule->rule.who);
    if (t->column.n == 0) {
        blame(t, SUNLOT_ISSUE_VALUE_MISSING, SUNLOT_WORD_COLUMN, SUNLOT_TEXT(""));
        good = false;
    }
    good = read_value(t, rule, &no_memory) && good;
    if (good)
        t->r->rules_read++;
    else
        t->r->rules_lost = true;
    return !no_memory;
}

static void read_fix(const rule_row *t)
{
    static const char form[] = "CLASS; REASON; AUTHORITY";
    const sunlot_text expected = {form, sizeof form - 1};
    sunlot_text part[3];
    uint8_t who;
    bool good = read_who(t, false, &who);
    if (t->column.n == 0) {
        blame(t, SUNLOT_ISSUE_VALUE_MISSING, SUNLOT_WORD_COLUMN, SUNLOT_TEXT(""));
        good = false;
    }
    if (split_parts(t->value, part, 3) != 3) {
        blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, expected);
        return;
    }
    if (!parts_are_fields(t, part, 3, expected) || !good) return;
    t->r->e->lock[t->r->e->locks++] =
        (sunlot_enrolled_lock){.id = t->column, .school_name = t->school, .class_name = part[0], .reason = part[1], .authority = part[2], .row = t->row};
}

/* ---- the file ---------------------------------------------------------------------------------------------------------------------------- */

/* Names of the rules that make a record `rule` are the log's own. */
static sunlot_rule_kind kind_of(sunlot_word word) { return sunlot_rule_find(sunlot_word_text(word)); }

static bool read_row(const rule_row *t, sunlot_text name)
{
    sunlot_enrolment *e = t->r->e;
    const sunlot_word word = sunlot_word_find(name);
    if (kind_of(word) != SUNLOT_RULE_KINDS) return read_column_rule(t, kind_of(word));
    if (word == SUNLOT_WORD_FIX)
        read_fix(t);
    else if (word == SUNLOT_WORD_DRAW)
        read_draw(t);
    else if (word == SUNLOT_WORD_SOURCE)
        read_source(t);
    else if (word == SUNLOT_WORD_ROWS)
        read_rows(t);
    else if (word == SUNLOT_WORD_SCORES)
        read_scores(t);
    else if (word == SUNLOT_WORD_MIX)
        read_setting(t, word, &e->facts.mix, &e->mix_row, SUNLOT_MAX_MIX);
    else if (word == SUNLOT_WORD_TRIES)
        read_setting(t, word, &e->facts.tries, &e->tries_row, SUNLOT_MAX_TRIES);
    else {
        blame(t, name.n == 0 ? SUNLOT_ISSUE_VALUE_MISSING : SUNLOT_ISSUE_RULE_UNKNOWN, SUNLOT_WORD_RULE,
              SUNLOT_TEXT("balance mean deviation band together apart spread cap weight recuse fix scores absent rows mix tries draw source"));
        t->r->rules_lost = true;
    }
    return true;
}

static void blame_file(sunlot_reading *r, sunlot_issue_code code, sunlot_text found, sunlot_text expected)
{
    const sunlot_issue issue = {.code = code, .file = SUNLOT_FILE_RULES, .found = found, .expected = expected};
    sunlot_issue_list_add(&r->issues, &issue);
}

/* The rows that must be there, and the sources: numbered without a gap, with enough bits in all. */
static void check_required(sunlot_reading *r, const said *once)
{
    sunlot_enrolment *e = r->e;
    if (once->key[SUNLOT_WORD_DISTRICT] == 0) blame_file(r, SUNLOT_ISSUE_RULE_MISSING, SUNLOT_TEXT(""), SUNLOT_TEXT("draw,,district"));
    if (once->key[SUNLOT_WORD_YEAR] == 0) blame_file(r, SUNLOT_ISSUE_RULE_MISSING, SUNLOT_TEXT(""), SUNLOT_TEXT("draw,,year"));
    if (once->key[SUNLOT_WORD_GRADE] == 0) blame_file(r, SUNLOT_ISSUE_RULE_MISSING, SUNLOT_TEXT(""), SUNLOT_TEXT("draw,,grade"));
    const uint32_t last = e->sources;
    uint64_t millibits = 0;
    bool good = true;
    for (uint32_t i = 0; i < last; i++) {
        good = good && once->source_good[i];
        millibits += (uint64_t)e->source[i].length * (e->source[i].d6 ? MILLIBITS_D6 : MILLIBITS_D10);
        if (once->source[i] != 0) continue;
        sunlot_phrase expected = {0};
        sunlot_phrase_text(&expected, SUNLOT_TEXT("source,,"));
        sunlot_phrase_number(&expected, i + 1);
        blame_file(r, SUNLOT_ISSUE_RULE_MISSING, SUNLOT_TEXT(""), sunlot_phrase_view(&expected));
    }
    if (good && millibits < LEAST_BITS * 1000) {
        sunlot_phrase found = {0}, expected = {0};
        char bits[24];
        sunlot_phrase_text(&found, (sunlot_text){bits, sunlot_decimal_write(bits, (int64_t)millibits, 3)});
        sunlot_phrase_text(&expected, SUNLOT_TEXT("≥ "));
        sunlot_phrase_number(&expected, LEAST_BITS);
        if (last == 0)
            blame_file(r, SUNLOT_ISSUE_ENTROPY_SHORT, sunlot_phrase_view(&found), sunlot_phrase_view(&expected));
        else
            sunlot_csv_file_blame_found(&e->file[SUNLOT_FILE_RULES], &r->issues, SUNLOT_ISSUE_ENTROPY_SHORT, once->source[last - 1] - 1,
                                        e->header[SUNLOT_FILE_RULES][SUNLOT_WORD_VALUE], sunlot_phrase_view(&found), sunlot_phrase_view(&expected));
    }
}

bool sunlot_reading_rules(sunlot_reading *r)
{
    sunlot_enrolment *e = r->e;
    const sunlot_csv_file *f = &e->file[SUNLOT_FILE_RULES];
    said once = {0};
    uint32_t locks = 0;
    e->stage = SUNLOT_TEXT("placement");
    e->attempt = SUNLOT_TEXT("1");
    e->default_school = SUNLOT_TEXT("-");
    e->facts = (sunlot_facts){.rows = SUNLOT_TEXT("public"), .mix = DEFAULT_MIX, .tries = DEFAULT_TRIES};
    e->mix_row = e->tries_row = SUNLOT_NONE32;
    r->rules_lost = !sunlot_reading_complete(r, SUNLOT_FILE_RULES);
    if (!sunlot_reading_sound(r, SUNLOT_FILE_RULES)) return true;

    for (uint32_t row = 0; row < f->rows; row++) {
        locks += sunlot_word_find(sunlot_enrolment_cell(e, SUNLOT_FILE_RULES, row, SUNLOT_WORD_RULE)) == SUNLOT_WORD_FIX;
    }
    e->lock = sunlot_alloc(locks, sizeof *e->lock);
    e->rule = sunlot_alloc(f->rows - locks, sizeof *e->rule);
    if (e->lock == NULL || e->rule == NULL) return false;
    for (uint32_t row = 0; row < f->rows; row++) {
        const rule_row t = {.r = r,
                            .once = &once,
                            .row = row,
                            .who = sunlot_enrolment_cell(e, SUNLOT_FILE_RULES, row, SUNLOT_WORD_WHO),
                            .column = sunlot_enrolment_cell(e, SUNLOT_FILE_RULES, row, SUNLOT_WORD_COLUMN),
                            .value = sunlot_enrolment_cell(e, SUNLOT_FILE_RULES, row, SUNLOT_WORD_VALUE),
                            .school = sunlot_enrolment_cell(e, SUNLOT_FILE_RULES, row, SUNLOT_WORD_SCHOOL)};
        if (!read_row(&t, sunlot_enrolment_cell(e, SUNLOT_FILE_RULES, row, SUNLOT_WORD_RULE))) return false;
    }
    if (sunlot_reading_complete(r, SUNLOT_FILE_RULES)) check_required(r, &once);
    return true;
}
