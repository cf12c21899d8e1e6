/* rules.csv: where chance comes from, the rows `source` (SPEC 5.1, 11.2). */
#include "roster/rule_row.h"

#define LEAST_BITS 128u
#define MOST_ROUND UINT64_C(1000000000000)

/* `KIND LENGTH`.  False if it was blamed. */
static bool read_length(const sunlot_rule_row *t, sunlot_source_rule *source, sunlot_text text, sunlot_text expected)
{
    static const uint32_t most[SUNLOT_SOURCE_KINDS] = {SUNLOT_MAX_DIGITS, SUNLOT_MAX_DIGITS, SUNLOT_MAX_NUMBERS, 0};
    sunlot_text length;
    const sunlot_text word = sunlot_text_split(text, ' ', &length);
    unsigned kind = 0;
    while (kind < SUNLOT_SOURCE_KINDS && !sunlot_text_equal(word, sunlot_text_of(sunlot_source_kind_name((sunlot_source_kind)kind)))) kind++;
    if (kind == SUNLOT_SOURCE_KINDS || length.p == NULL) {
        sunlot_rule_row_blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, expected);
        return false;
    }
    source->kind = (sunlot_source_kind)kind;
    length = sunlot_text_trim(length);
    if (source->kind == SUNLOT_SOURCE_DRAND) {
        if (sunlot_number_parse(&source->length, length, MOST_ROUND) && source->length > 0) return true;
        sunlot_rule_row_blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, SUNLOT_TEXT("drand 4711; hCHAIN; CROOKED; SUBSTITUTE"));
        return false;
    }
    uint32_t throws;
    const int code = sunlot_count_read(&throws, length, 1, most[kind]);
    if (code != 0) sunlot_rule_row_range(t, code, SUNLOT_WORD_VALUE, 1, most[kind]);
    if (code == 0) source->length = throws;
    return code == 0;
}

static bool is_holder(const sunlot_source_rule *source)
{
    uint8_t chain[32];
    const sunlot_text holder = source->holder;
    if (source->kind == SUNLOT_SOURCE_LOTTERY) return sunlot_lottery_check(holder);
    if (source->kind != SUNLOT_SOURCE_DRAND) return true;
    return holder.n == 65 && holder.p[0] == 'h' && sunlot_hex_parse(chain, sizeof chain, (sunlot_text){holder.p + 1, 64});
}

void sunlot_rule_row_source(const sunlot_rule_row *t)
{
    const sunlot_text expected = SUNLOT_TEXT("d10 39; HOLDER; CROOKED; SUBSTITUTE");
    sunlot_text part[4];
    uint32_t number;
    if (!sunlot_rule_row_general(t)) return;
    const int code = sunlot_count_read(&number, t->column, 1, SUNLOT_MAX_SOURCES);
    if (code != 0) {
        sunlot_rule_row_range(t, code, SUNLOT_WORD_COLUMN, 1, SUNLOT_MAX_SOURCES);
        return;
    }
    if (!sunlot_rule_row_first(t, &t->said->source[number - 1])) return;
    if (number > t->r->e->sources) t->r->e->sources = number;
    if (sunlot_rule_row_split(t->value, part, 4) != 4) {
        sunlot_rule_row_blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE, expected);
        return;
    }
    sunlot_source_rule *source = &t->r->e->source[number - 1];
    if (!sunlot_rule_row_fields(t, part, 4, expected) || !read_length(t, source, part[0], expected)) return;
    source->holder = part[1];
    source->crooked = part[2];
    source->substitute = part[3];
    if (!is_holder(source)) {
        sunlot_rule_row_blame(t, SUNLOT_ISSUE_RULE_VALUE, SUNLOT_WORD_VALUE,
                              source->kind == SUNLOT_SOURCE_LOTTERY ? SUNLOT_TEXT("lottery 7; NAME 2026095; CROOKED; SUBSTITUTE")
                                                                    : SUNLOT_TEXT("drand 4711; hCHAIN; CROOKED; SUBSTITUTE"));
        return;
    }
    t->said->source_good[number - 1] = true;
}

/* Too few bits are the last source's fault. */
static void check_bits(sunlot_reading *r, const sunlot_rules_said *said, uint64_t millibits)
{
    sunlot_enrolment *e = r->e;
    sunlot_phrase found = {0}, expected = {0};
    char bits[24];
    if (millibits >= LEAST_BITS * 1000) return;
    sunlot_phrase_text(&found, (sunlot_text){bits, sunlot_decimal_write(bits, (int64_t)millibits, 3)});
    sunlot_phrase_text(&expected, SUNLOT_TEXT("≥ "));
    sunlot_phrase_number(&expected, LEAST_BITS);
    if (e->sources == 0)
        sunlot_rules_blame(r, SUNLOT_ISSUE_ENTROPY_SHORT, sunlot_phrase_view(&found), sunlot_phrase_view(&expected));
    else
        sunlot_csv_file_blame_found(&e->file[SUNLOT_FILE_RULES], &r->issues, SUNLOT_ISSUE_ENTROPY_SHORT, said->source[e->sources - 1] - 1,
                                    e->header[SUNLOT_FILE_RULES][SUNLOT_WORD_VALUE], sunlot_phrase_view(&found), sunlot_phrase_view(&expected));
}

void sunlot_sources_check(sunlot_reading *r, const sunlot_rules_said *said)
{
    const sunlot_enrolment *e = r->e;
    uint64_t millibits = 0;
    bool good = true;
    for (uint32_t i = 0; i < e->sources; i++) {
        good = good && said->source_good[i];
        millibits += sunlot_source_millibits(&e->source[i]);
        if (said->source[i] == 0) {
            sunlot_phrase expected = {0};
            sunlot_phrase_text(&expected, SUNLOT_TEXT("source,,"));
            sunlot_phrase_number(&expected, i + 1);
            sunlot_rules_blame(r, SUNLOT_ISSUE_RULE_MISSING, SUNLOT_TEXT(""), sunlot_phrase_view(&expected));
        } else if (good && i > 0 && e->source[i].kind < SUNLOT_SOURCE_LOTTERY && e->source[i - 1].kind >= SUNLOT_SOURCE_LOTTERY) {
            sunlot_reading_blame(r, SUNLOT_ISSUE_SOURCE_ORDER, SUNLOT_FILE_RULES, said->source[i] - 1, SUNLOT_WORD_VALUE, SUNLOT_TEXT(""));
        }
    }
    if (good) check_bits(r, said, millibits);
}
