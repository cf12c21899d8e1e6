/* The opening of a log: from `sunlot` to the last `rule` (SPEC 5.1). */
#include <string.h>

#include "base/alloc.h"
#include "log/reader.h"

/* ---- sunlot ------------------------------------------------------------------------------------------------------------------------------- */

sunlot_text sunlot_mode_word(sunlot_mode mode) { return mode == SUNLOT_LIVE ? SUNLOT_TEXT("live") : SUNLOT_TEXT("rehearsal-\xe6\xbc\x94\xe7\xbb\x83"); }

/* A part of the draw id: not empty, nothing that would end the part or, in a vkey, the name. */
static bool is_part(sunlot_text text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == ' ' || text.p[i] == '/' || text.p[i] == '+') return false;
    return text.n > 0;
}

static bool is_year(sunlot_text text)
{
    bool digits = text.n == 4;
    for (size_t i = 0; i < text.n; i++) digits = digits && text.p[i] >= '0' && text.p[i] <= '9';
    return digits;
}

sunlot_err sunlot_title_read(sunlot_roster *r, const sunlot_record *record)
{
    const sunlot_text *field = record->field;
    if (record->fields != 9 || !sunlot_text_equal(field[0], SUNLOT_TEXT("sunlot"))) return SUNLOT_ERR_LOG;
    if (!sunlot_text_equal(field[1], SUNLOT_TEXT("v1")) || !sunlot_text_equal(field[2], SUNLOT_TEXT(SUNLOT_LOG_ALGORITHMS))) return SUNLOT_ERR_LOG;
    if (sunlot_text_equal(field[3], sunlot_mode_word(SUNLOT_LIVE)))
        r->mode = SUNLOT_LIVE;
    else if (sunlot_text_equal(field[3], sunlot_mode_word(SUNLOT_REHEARSAL)))
        r->mode = SUNLOT_REHEARSAL;
    else
        return SUNLOT_ERR_LOG;
    uint64_t attempt;
    if (!is_part(field[4]) || !is_year(field[5]) || !is_part(field[6]) || !is_part(field[7])) return SUNLOT_ERR_LOG;
    if (!sunlot_number_parse(&attempt, field[8], 99) || attempt == 0) return SUNLOT_ERR_LOG;

    /* sunlot/v1/MODE/DISTRICT/YEAR/GRADE/STAGE/ATTEMPT; the parts point into it. */
    sunlot_text *const part[] = {&r->district, &r->year, &r->grade, &r->stage, &r->attempt};
    const sunlot_text start = SUNLOT_TEXT("sunlot/v1");
    size_t n = start.n;
    for (int i = 3; i < 9; i++) n += 1 + field[i].n;
    char *id = sunlot_arena_alloc(&r->arena, n, 1);
    if (id == NULL) return SUNLOT_ERR_MEMORY;
    r->id = (sunlot_text){id, n};
    memcpy(id, start.p, start.n);
    id += start.n;
    for (int i = 3; i < 9; i++) {
        *id++ = '/';
        memcpy(id, field[i].p, field[i].n);
        if (i > 3) *part[i - 4] = (sunlot_text){id, field[i].n};
        id += field[i].n;
    }
    return SUNLOT_OK;
}

bool sunlot_line_title(sunlot_reader *rd)
{
    const sunlot_err err = sunlot_title_read(rd->r, rd->record);
    if (err == SUNLOT_ERR_MEMORY) return sunlot_reader_memory(rd);
    return err == SUNLOT_OK || sunlot_reader_parse(rd, "not the first line of a log of version 1", rd->line);
}

/* ---- fact --------------------------------------------------------------------------------------------------------------------------------- */

enum { ADDRESS, AUTHORITY, DATE, GROUND, LATE, MINISIGN, MIX, PAGE, RETENTION, ROUNDS, ROWS, SCORES, TRIES, FACTS };
static const char *const fact_words[FACTS] = {"address", "authority", "date",   "ground", "late",   "minisign", "mix",
                                              "page",    "retention", "rounds", "rows",   "scores", "tries"};
#define REQUIRED_FACTS (1u << MINISIGN | 1u << MIX | 1u << ROWS | 1u << TRIES)
#define MOST_DATES     16u

/* 1 to 16 dates, ascending, joined by semicolons. */
static bool are_dates(sunlot_text list)
{
    sunlot_text before = {NULL, 0};
    uint32_t count = 0;
    for (sunlot_text rest = list; rest.p != NULL; count++) {
        const sunlot_text date = sunlot_text_split(rest, ';', &rest);
        if (count == MOST_DATES || !sunlot_date_check(date) || (count > 0 && sunlot_text_compare(before, date) >= 0)) return false;
        before = date;
    }
    return count > 0;
}

static bool fact_number(uint32_t *out, sunlot_text text, uint64_t least, uint64_t most)
{
    uint64_t number;
    if (!sunlot_number_parse(&number, text, most) || number < least) return false;
    *out = (uint32_t)number;
    return true;
}

static bool is_digest(sunlot_text value)
{
    uint8_t read[32];
    return sunlot_reader_hex(read, sizeof read, 'h', value);
}

/* Store one fact.  False if the value has not its form. */
static bool fact_store(sunlot_facts *facts, unsigned key, sunlot_text value, sunlot_mode mode)
{
    switch (key) {
    case ADDRESS:
        facts->address = value;
        return sunlot_address_check(value);
    case AUTHORITY:
        facts->authority = value;
        return value.n > 0;
    case DATE:
        facts->date = value;
        return sunlot_date_check(value);
    case GROUND:
        facts->ground = value;
        return value.n > 0;
    case LATE:
        facts->late = value;
        return are_dates(value);
    case MINISIGN:
        facts->minisign = value;
        return sunlot_minisign_key_check(value);
    case MIX:
        return fact_number(&facts->mix, value, mode == SUNLOT_LIVE ? 1000 : 1, SUNLOT_MAX_MIX);
    case PAGE:
        facts->page = value;
        return is_digest(value);
    case RETENTION:
        facts->retention = value;
        return value.n > 0;
    case ROUNDS:
        facts->two_rounds = true;
        return sunlot_text_equal(value, SUNLOT_TEXT("2"));
    case ROWS:
        facts->rows = value;
        facts->auditors = sunlot_text_equal(value, SUNLOT_TEXT("auditors"));
        return facts->auditors || sunlot_text_equal(value, SUNLOT_TEXT("public"));
    case SCORES:
        facts->scores_forbidden = true;
        return sunlot_text_equal(value, SUNLOT_TEXT("forbidden"));
    case TRIES:
        return fact_number(&facts->tries, value, mode == SUNLOT_LIVE ? 64 : 1, SUNLOT_MAX_TRIES);
    default:
        return false;
    }
}

bool sunlot_line_fact(sunlot_reader *rd)
{
    const sunlot_text key = rd->record->field[1];
    unsigned i = 0;
    while (i < FACTS && !sunlot_text_equal(key, sunlot_text_of(fact_words[i]))) i++;
    if (i == FACTS) return sunlot_reader_parse(rd, "unknown fact", key);
    sunlot_text value;
    if (!sunlot_reader_keep(rd, rd->record->field[2], &value)) return false;
    if (!fact_store(&rd->r->facts, i, value, rd->r->mode)) return sunlot_reader_parse(rd, "not the form of this fact", rd->record->field[2]);
    if (rd->facts_seen >> i != 0) return sunlot_reader_order(rd, "facts are sorted, each at most once", key);
    rd->facts_seen |= 1u << i;
    return true;
}

bool sunlot_facts_complete(sunlot_reader *rd)
{
    const bool authority = (rd->facts_seen >> AUTHORITY & 1) != 0, ground = (rd->facts_seen >> GROUND & 1) != 0;
    return ((rd->facts_seen & REQUIRED_FACTS) == REQUIRED_FACTS && authority == ground) || sunlot_reader_order(rd, "a required fact is missing", rd->line);
}

/* ---- rule ----------------------------------------------------------------------------------------------------------------------------------- */

bool sunlot_line_rule(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    sunlot_rule rule = {0};
    if (sunlot_text_equal(field[1], SUNLOT_TEXT("teachers")))
        rule.who = SUNLOT_TEACHERS;
    else if (!sunlot_text_equal(field[1], SUNLOT_TEXT("students")))
        return sunlot_reader_parse(rd, "neither students nor teachers", field[1]);
    rule.kind = sunlot_rule_find(field[2]);
    if (rule.kind == SUNLOT_RULE_KINDS) return sunlot_reader_parse(rd, "unknown kind of rule", field[2]);
    if (!sunlot_reader_keep(rd, field[3], &rule.column) || !sunlot_reader_keep(rd, field[4], &rule.value) || !sunlot_reader_keep(rd, field[5], &rule.school))
        return false;
    if (!sunlot_rule_parse(&rule)) return sunlot_reader_parse(rd, "not the form of this rule", rd->line);
    if (rd->before == SUNLOT_LINE_RULE && sunlot_text_compare(rd->line_before, rd->line) >= 0)
        return sunlot_reader_order(rd, "rules are sorted, no line twice", rd->line);

    const bool score = sunlot_rule_adds(rule.kind) || rule.kind == SUNLOT_RULE_ABSENT;
    if (score && rd->r->facts.scores_forbidden) sunlot_reader_roster(rd, rd->log->lines, "scores are forbidden", rd->line);
    if (rd->r->rules == SUNLOT_MAX_RULES) return sunlot_reader_roster(rd, rd->log->lines, "too many rules", rd->line);
    void *rules = rd->rule;
    if (!sunlot_reader_grow(rd, &rules, rd->r->rules, &rd->rule_cap, sizeof rule)) return false;
    rd->rule = rules;
    if (rd->r->rules == 0) rd->first_rule_line = rd->log->lines;
    rd->rule[rd->r->rules++] = rule;
    return true;
}

/* ---- the end of the opening ------------------------------------------------------------------------------------------------------------------ */

#define LEAST_MILLIBITS 128000u

bool sunlot_opening_end(sunlot_reader *rd)
{
    sunlot_roster *r = rd->r;
    uint64_t millibits = 0;
    for (uint32_t i = 0; i < r->sources; i++) millibits += sunlot_source_millibits(&r->source[i]);
    if (millibits < LEAST_MILLIBITS) sunlot_reader_entropy(rd, rd->log->lines, "the sources carry less than 128 bits", SUNLOT_TEXT(""));

    if (!r->facts.auditors) rd->log->edition = SUNLOT_EDITION_FULL;
    r->rule = sunlot_arena_alloc(&r->arena, r->rules, sizeof *r->rule);
    if (r->rule == NULL) return sunlot_reader_memory(rd);
    if (r->rules > 0) memcpy(r->rule, rd->rule, r->rules * sizeof *r->rule);
    return true;
}
