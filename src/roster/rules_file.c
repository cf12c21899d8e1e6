/* rules.csv: each row by itself (SPEC 11.2).  What it names in other files is looked up in rule_targets.c and lock_targets.c. */
#include <string.h>

#include "roster/rule_row.h"

#define DEFAULT_MIX   1000u
#define DEFAULT_TRIES 64u
#define MOST_ATTEMPT  99u
#define MOST_DATES    16u

/* ---- values -------------------------------------------------------------------------------------------------------------------- */

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

static void read_rounds(const sunlot_rule_row *t)
{
    if (!sunlot_rule_row_once(t, SUNLOT_WORD_ROUNDS) || !sunlot_rule_row_general(t)) return;
    if (sunlot_text_equal(t->value, SUNLOT_TEXT("2")))
        t->r->e->facts.two_rounds = true;
    else
        sunlot_rule_row_blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, SUNLOT_TEXT("2"));
    t->r->e->rounds_row = t->row;
}

/* Dates joined by semicolons, ascending; the fact has no spaces between them.  False without memory. */
static bool read_late(const sunlot_rule_row *t)
{
    sunlot_text rest = t->value, date, before = {NULL, 0};
    char list[MOST_DATES * 11];
    size_t n = 0;
    if (!sunlot_rule_row_once(t, SUNLOT_WORD_LATE) || !sunlot_rule_row_general(t)) return true;
    while (sunlot_parts_next(&date, &rest)) {
        if (n == sizeof list || !is_date(date) || (before.n > 0 && sunlot_text_compare(before, date) >= 0)) {
            sunlot_rule_row_blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, SUNLOT_TEXT("2026-09-15; 2026-10-15"));
            return true;
        }
        memcpy(list + n, date.p, 10);
        n += 10;
        list[n++] = ';';
        before = date;
    }
    return sunlot_arena_copy(&t->r->e->arena, (sunlot_text){list, n - 1}, &t->r->e->facts.late);
}

/* The SHA-256 of the verify page as sha256sum prints it; the fact is a digest.  False without memory. */
static bool read_page(const sunlot_rule_row *t)
{
    uint8_t digest[32];
    char lower[64], fact[65] = {'h'};
    if (!sunlot_rule_row_once(t, SUNLOT_WORD_PAGE) || !sunlot_rule_row_general(t)) return true;
    for (size_t i = 0; i < sizeof lower && i < t->value.n; i++) lower[i] = sunlot_hex_lower(t->value.p[i]);
    if (t->value.n != sizeof lower || !sunlot_hex_parse(digest, sizeof digest, (sunlot_text){lower, sizeof lower})) {
        sunlot_rule_row_blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, SUNLOT_TEXT("SHA-256 of verify.html: 64 digits 0-9 a-f"));
        return true;
    }
    memcpy(fact + 1, lower, sizeof lower);
    return sunlot_arena_copy(&t->r->e->arena, (sunlot_text){fact, sizeof fact}, &t->r->e->facts.page);
}

static void read_address(const sunlot_rule_row *t)
{
    if (!sunlot_rule_row_once(t, SUNLOT_WORD_ADDRESS) || !sunlot_rule_row_general(t)) return;
    if (!sunlot_address_check(t->value)) sunlot_rule_row_blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, SUNLOT_TEXT("https://HOST/FOLDER/"));
    t->r->e->facts.address = t->value;
}

static bool read_draw(const sunlot_rule_row *t)
{
    sunlot_enrolment *e = t->r->e;
    const sunlot_word key = sunlot_word_find(t->column);
    uint32_t number;
    int code = 0;
    if (key == SUNLOT_WORD_ROUNDS) {
        read_rounds(t);
        return true;
    }
    if (key == SUNLOT_WORD_ADDRESS) {
        read_address(t);
        return true;
    }
    if (key == SUNLOT_WORD_LATE) return read_late(t);
    if (key == SUNLOT_WORD_PAGE) return read_page(t);
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
        sunlot_rule_row_blame(t, SUNLOT_ISSUE_WORD, SUNLOT_WORD_COLUMN,
                              SUNLOT_TEXT("district year grade stage attempt date retention school rounds late page address"));
        return true;
    }
    if (!sunlot_rule_row_once(t, key) || !sunlot_rule_row_general(t)) return true;
    if (t->value.n == 0) {
        sunlot_rule_row_blame(t, SUNLOT_ISSUE_VALUE_MISSING, SUNLOT_WORD_VALUE, SUNLOT_TEXT(""));
    } else if (key == SUNLOT_WORD_YEAR && !is_year(t->value)) {
        sunlot_rule_row_blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, SUNLOT_TEXT("2026"));
    } else if (key == SUNLOT_WORD_DATE && !is_date(t->value)) {
        sunlot_rule_row_blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, SUNLOT_TEXT("2026-08-31"));
    } else if (key == SUNLOT_WORD_ATTEMPT && (code = sunlot_count_read(&number, t->value, 1, MOST_ATTEMPT)) != 0) {
        sunlot_rule_row_range(t, code, SUNLOT_WORD_VALUE, 1, MOST_ATTEMPT);
    } else if ((key == SUNLOT_WORD_DISTRICT || key == SUNLOT_WORD_GRADE || key == SUNLOT_WORD_STAGE) && !is_id_part(t->value)) {
        sunlot_rule_row_blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, SUNLOT_TEXT(""));
    }
    *text = t->value;
    return true;
}

static void read_rows(const sunlot_rule_row *t)
{
    static const char form[] = "auditors, or public; AUTHORITY; GROUND";
    const sunlot_text expected = {form, sizeof form - 1};
    sunlot_text part[3];
    if (!sunlot_rule_row_general(t) || !sunlot_rule_row_empty(t, SUNLOT_ISSUE_RULE_COLUMN, SUNLOT_WORD_COLUMN, t->column) ||
        !sunlot_rule_row_once(t, SUNLOT_WORD_ROWS))
        return;
    const uint32_t parts = sunlot_rule_row_split(t->value, part, 3);
    const sunlot_word word = sunlot_word_find(part[0]);
    if ((word != SUNLOT_WORD_PUBLIC && word != SUNLOT_WORD_AUDITORS) || (parts != 1 && parts != 3)) {
        sunlot_rule_row_blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, expected);
        return;
    }
    sunlot_facts *facts = &t->r->e->facts;
    facts->rows = sunlot_word_text(word);
    facts->auditors = word == SUNLOT_WORD_AUDITORS;
    if (parts == 3 && sunlot_rule_row_fields(t, part + 1, 2, expected)) {
        facts->authority = part[1];
        facts->ground = part[2];
    }
}

static void read_scores(const sunlot_rule_row *t)
{
    if (!sunlot_rule_row_general(t) || !sunlot_rule_row_empty(t, SUNLOT_ISSUE_RULE_COLUMN, SUNLOT_WORD_COLUMN, t->column)) return;
    if (sunlot_word_find(t->value) != SUNLOT_WORD_FORBIDDEN) sunlot_rule_row_blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, SUNLOT_TEXT("forbidden"));
    t->r->e->facts.scores_forbidden = true;
}

static void read_setting(const sunlot_rule_row *t, sunlot_word key, uint32_t *setting, uint32_t *row, uint32_t most)
{
    if (!sunlot_rule_row_general(t) || !sunlot_rule_row_empty(t, SUNLOT_ISSUE_RULE_COLUMN, SUNLOT_WORD_COLUMN, t->column) || !sunlot_rule_row_once(t, key))
        return;
    const int code = sunlot_count_read(setting, t->value, 1, most);
    if (code != 0) sunlot_rule_row_range(t, code, SUNLOT_WORD_VALUE, 1, most);
    *row = t->row;
}

/* ---- rules about columns -------------------------------------------------------------------------------------------------------------- */

/* One decimal of a value, as the log writes it. */
static bool add_score(const sunlot_rule_row *t, char *out, size_t *n, sunlot_text text, int32_t *score)
{
    const int code = sunlot_score_read(score, text);
    if (code != 0)
        sunlot_rule_row_blame(t, code, SUNLOT_WORD_VALUE, SUNLOT_TEXT(""));
    else
        *n += sunlot_decimal_write(out + *n, *score, 3);
    return code == 0;
}

/* `0.50  1 2.0` becomes `0.5 1 2`. */
static bool read_ladder(const sunlot_rule_row *t, char *out, size_t *n)
{
    sunlot_text rest = t->value;
    int32_t before = 0, gap;
    uint32_t rungs = 0;
    while (rest.p != NULL) {
        const sunlot_text entry = sunlot_text_split(rest, ' ', &rest);
        if (entry.n == 0 && t->value.n > 0) continue;
        if (rungs++ > 0) out[(*n)++] = ' ';
        if (entry.n == 0 || rungs > SUNLOT_MAX_RUNGS) {
            sunlot_rule_row_blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, SUNLOT_TEXT("0.5 1 2"));
            return false;
        }
        if (!add_score(t, out, n, entry, &gap)) return false;
        if (gap <= before) {
            sunlot_rule_row_blame(t, gap <= 0 ? SUNLOT_ISSUE_RANGE : SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, SUNLOT_TEXT("0.5 1 2"));
            return false;
        }
        before = gap;
    }
    return true;
}

/* `4`, `top 20`, `前 20`, `前20`. */
static bool read_bands(const sunlot_rule_row *t, char *out, size_t *n)
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
        sunlot_rule_row_range(t, code, SUNLOT_WORD_VALUE, least, most);
    else if (code != 0)
        sunlot_rule_row_blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, SUNLOT_TEXT("4, top 20, last 20"));
    *n += sunlot_decimal_write(out + *n, bands, 0);
    return code == 0;
}

static bool read_absent(const sunlot_rule_row *t, char *out, size_t *n)
{
    int32_t score;
    if (sunlot_word_find(t->value) != SUNLOT_WORD_MEAN) return add_score(t, out, n, t->value, &score);
    memcpy(out, "mean", 4);
    *n = 4;
    return true;
}

/* `VALUE MAX`: the value may hold spaces. */
static bool read_cap(const sunlot_rule_row *t, sunlot_enrolled_rule *rule)
{
    size_t n = t->value.n;
    while (n > 0 && t->value.p[n - 1] != ' ') n--;
    rule->cap_value = sunlot_text_trim((sunlot_text){t->value.p, n});
    const int code = sunlot_count_read(&rule->cap_most, (sunlot_text){t->value.p + n, t->value.n - n}, 1, SUNLOT_MAX_SCHOOL_STUDENTS);
    if (rule->cap_value.n == 0 || code == SUNLOT_ISSUE_NUMBER)
        sunlot_rule_row_blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, SUNLOT_TEXT("VALUE 2"));
    else if (code != 0)
        sunlot_rule_row_range(t, code, SUNLOT_WORD_VALUE, 1, SUNLOT_MAX_SCHOOL_STUDENTS);
    return rule->cap_value.n > 0 && code == 0;
}

static bool read_who(const sunlot_rule_row *t, bool teachers_too, uint8_t *who)
{
    const sunlot_word word = sunlot_word_find(t->who);
    *who = word == SUNLOT_WORD_TEACHERS ? SUNLOT_TEACHERS : SUNLOT_STUDENTS;
    if (word == SUNLOT_WORD_STUDENTS || (word == SUNLOT_WORD_TEACHERS && teachers_too) || (t->who.n == 0 && !teachers_too)) return true;
    const sunlot_text expected = teachers_too ? SUNLOT_TEXT("students teachers") : SUNLOT_TEXT("students");
    sunlot_rule_row_blame(t, word == SUNLOT_WORD_TEACHERS || t->who.n == 0 ? SUNLOT_ISSUE_RULE_WHO : SUNLOT_ISSUE_WORD, SUNLOT_WORD_WHO, expected);
    return false;
}

/* Read rule->rule.value from the cell, in the one form of the log. */
static bool read_value(const sunlot_rule_row *t, sunlot_enrolled_rule *rule, bool *no_memory)
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
        return sunlot_rule_row_empty(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, t->value);
    }
    *no_memory = good && !sunlot_arena_copy(&t->r->e->arena, (sunlot_text){text, n}, &rule->rule.value);
    return good && !*no_memory;
}

/* Returns false without memory. */
static bool read_column_rule(const sunlot_rule_row *t, sunlot_rule_kind kind)
{
    sunlot_enrolled_rule *rule = &t->r->e->rule[t->r->rules_read];
    const bool both = kind == SUNLOT_RULE_ABSENT || kind == SUNLOT_RULE_BALANCE || sunlot_rule_adds(kind);
    bool no_memory = false;
    *rule = (sunlot_enrolled_rule){.rule = {.kind = kind, .column = t->column, .school = t->school}, .row = t->row};
    bool good = read_who(t, both, &rule->rule.who);
    if (t->column.n == 0) {
        sunlot_rule_row_blame(t, SUNLOT_ISSUE_VALUE_MISSING, SUNLOT_WORD_COLUMN, SUNLOT_TEXT(""));
        good = false;
    }
    good = read_value(t, rule, &no_memory) && good;
    if (good)
        t->r->rules_read++;
    else
        t->r->rules_lost = true;
    return !no_memory;
}

static void read_fix(const sunlot_rule_row *t)
{
    static const char form[] = "CLASS; REASON; AUTHORITY";
    const sunlot_text expected = {form, sizeof form - 1};
    sunlot_text part[3];
    uint8_t who;
    bool good = read_who(t, false, &who);
    if (t->column.n == 0) {
        sunlot_rule_row_blame(t, SUNLOT_ISSUE_VALUE_MISSING, SUNLOT_WORD_COLUMN, SUNLOT_TEXT(""));
        good = false;
    }
    if (sunlot_rule_row_split(t->value, part, 3) != 3) {
        sunlot_rule_row_blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, expected);
        return;
    }
    if (!sunlot_rule_row_fields(t, part, 3, expected)) return;
    const sunlot_word reason = sunlot_word_find(part[1]);
    if (reason < SUNLOT_WORD_ORDER || reason > SUNLOT_WORD_OTHER) {
        sunlot_csv_file_blame_found(&t->r->e->file[SUNLOT_FILE_RULES], &t->r->issues, SUNLOT_ISSUE_LOCK_REASON, t->row,
                                    t->r->e->header[SUNLOT_FILE_RULES][SUNLOT_WORD_VALUE], part[1], SUNLOT_TEXT("order family room other"));
        return;
    }
    if (!good) return;
    t->r->e->lock[t->r->e->locks++] = (sunlot_enrolled_lock){
        .id = t->column, .school_name = t->school, .class_name = part[0], .reason = sunlot_word_text(reason), .authority = part[2], .row = t->row};
}

/* `hand,,numbers,3 1 2`: that the numbers are right is seen when the classes are known. */
static void read_hand(const sunlot_rule_row *t)
{
    const sunlot_word word = sunlot_word_find(t->column);
    const bool teams = word == SUNLOT_WORD_TEAMS || sunlot_text_equal(t->column, sunlot_word_chinese(SUNLOT_WORD_TEAMS));
    if (!sunlot_rule_row_empty(t, SUNLOT_ISSUE_RULE_WHO, SUNLOT_WORD_WHO, t->who)) return;
    if (!teams && word != SUNLOT_WORD_NUMBERS) {
        sunlot_rule_row_blame(t, SUNLOT_ISSUE_WORD, SUNLOT_WORD_COLUMN, SUNLOT_TEXT("numbers teams"));
        return;
    }
    t->r->e->hand[t->r->e->hands++] =
        (sunlot_enrolled_hand){.what = teams ? SUNLOT_HAND_TEAMS : SUNLOT_HAND_NUMBERS, .value = t->value, .school_name = t->school, .row = t->row};
}

/* ---- the file ---------------------------------------------------------------------------------------------------------------------------- */

/* Names of the rules that make a record `rule` are the log's own. */
static sunlot_rule_kind kind_of(sunlot_word word) { return sunlot_rule_find(sunlot_word_text(word)); }

static bool read_row(const sunlot_rule_row *t, sunlot_text name)
{
    sunlot_enrolment *e = t->r->e;
    const sunlot_word word = sunlot_word_find(name);
    if (kind_of(word) != SUNLOT_RULE_KINDS) return read_column_rule(t, kind_of(word));
    if (word == SUNLOT_WORD_FIX)
        read_fix(t);
    else if (word == SUNLOT_WORD_HAND)
        read_hand(t);
    else if (word == SUNLOT_WORD_DRAW)
        return read_draw(t);
    else if (word == SUNLOT_WORD_SOURCE)
        sunlot_rule_row_source(t);
    else if (word == SUNLOT_WORD_PARTY)
        sunlot_rule_row_party(t);
    else if (word == SUNLOT_WORD_GROUP)
        sunlot_rule_row_group(t);
    else if (word == SUNLOT_WORD_QUORUM)
        sunlot_rule_row_quorum(t);
    else if (word == SUNLOT_WORD_ROWS)
        read_rows(t);
    else if (word == SUNLOT_WORD_SCORES)
        read_scores(t);
    else if (word == SUNLOT_WORD_MIX)
        read_setting(t, word, &e->facts.mix, &e->mix_row, SUNLOT_MAX_MIX);
    else if (word == SUNLOT_WORD_TRIES)
        read_setting(t, word, &e->facts.tries, &e->tries_row, SUNLOT_MAX_TRIES);
    else {
        sunlot_rule_row_blame(
            t, name.n == 0 ? SUNLOT_ISSUE_VALUE_MISSING : SUNLOT_ISSUE_RULE_UNKNOWN, SUNLOT_WORD_RULE,
            SUNLOT_TEXT(
                "balance mean deviation band together apart spread cap weight recuse fix scores absent rows mix tries draw source party group quorum hand"));
        t->r->rules_lost = true;
    }
    return true;
}

/* The rows that must be there, and the sources. */
static void check_required(sunlot_reading *r, const sunlot_rules_said *said)
{
    if (said->key[SUNLOT_WORD_DISTRICT] == 0) sunlot_rules_blame(r, SUNLOT_ISSUE_RULE_MISSING, SUNLOT_TEXT(""), SUNLOT_TEXT("draw,,district"));
    if (said->key[SUNLOT_WORD_YEAR] == 0) sunlot_rules_blame(r, SUNLOT_ISSUE_RULE_MISSING, SUNLOT_TEXT(""), SUNLOT_TEXT("draw,,year"));
    if (said->key[SUNLOT_WORD_GRADE] == 0) sunlot_rules_blame(r, SUNLOT_ISSUE_RULE_MISSING, SUNLOT_TEXT(""), SUNLOT_TEXT("draw,,grade"));
    sunlot_sources_check(r, said);
}

bool sunlot_reading_rules(sunlot_reading *r)
{
    sunlot_enrolment *e = r->e;
    const sunlot_csv_file *f = &e->file[SUNLOT_FILE_RULES];
    sunlot_rules_said said = {0};
    uint32_t locks = 0, hands = 0;
    e->stage = SUNLOT_TEXT("placement");
    e->attempt = SUNLOT_TEXT("1");
    e->default_school = SUNLOT_TEXT("-");
    e->party[0] = (sunlot_party_rule){.id = SUNLOT_TEXT("host"), .role = SUNLOT_TEXT("host")};
    e->parties = 1;
    e->facts = (sunlot_facts){.rows = SUNLOT_TEXT("public"), .mix = DEFAULT_MIX, .tries = DEFAULT_TRIES};
    e->mix_row = e->tries_row = e->rounds_row = SUNLOT_NONE32;
    r->rules_lost = !sunlot_reading_complete(r, SUNLOT_FILE_RULES);
    if (!sunlot_reading_sound(r, SUNLOT_FILE_RULES)) return true;

    for (uint32_t row = 0; row < f->rows; row++) {
        const sunlot_word word = sunlot_word_find(sunlot_enrolment_cell(e, SUNLOT_FILE_RULES, row, SUNLOT_WORD_RULE));
        locks += word == SUNLOT_WORD_FIX;
        hands += word == SUNLOT_WORD_HAND;
    }
    e->lock = sunlot_alloc(locks, sizeof *e->lock);
    e->hand = sunlot_alloc(hands, sizeof *e->hand);
    e->rule = sunlot_alloc(f->rows - locks, sizeof *e->rule);
    if (e->lock == NULL || e->hand == NULL || e->rule == NULL) return false;
    for (uint32_t row = 0; row < f->rows; row++) {
        const sunlot_rule_row t = {.r = r,
                                   .said = &said,
                                   .row = row,
                                   .who = sunlot_enrolment_cell(e, SUNLOT_FILE_RULES, row, SUNLOT_WORD_WHO),
                                   .column = sunlot_enrolment_cell(e, SUNLOT_FILE_RULES, row, SUNLOT_WORD_COLUMN),
                                   .value = sunlot_enrolment_cell(e, SUNLOT_FILE_RULES, row, SUNLOT_WORD_VALUE),
                                   .school = sunlot_enrolment_cell(e, SUNLOT_FILE_RULES, row, SUNLOT_WORD_SCHOOL)};
        if (!read_row(&t, sunlot_enrolment_cell(e, SUNLOT_FILE_RULES, row, SUNLOT_WORD_RULE))) return false;
    }
    if (sunlot_reading_complete(r, SUNLOT_FILE_RULES)) check_required(r, &said);
    return sunlot_parties_resolve(r, &said);
}
