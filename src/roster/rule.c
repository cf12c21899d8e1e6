/* Rules: their words, their values, the order of their lines (SPEC 5.1). */
#include "base/utf8.h"
#include "roster/roster.h"

/* In the order of sunlot_rule_kind. */
static const char *const words[SUNLOT_RULE_KINDS] = {"absent", "apart",  "balance", "band",     "cap",   "deviation",
                                                     "mean",   "recuse", "spread",  "together", "weight"};

sunlot_text sunlot_rule_word(sunlot_rule_kind kind)
{
    SUNLOT_REQUIRE((unsigned)kind < SUNLOT_RULE_KINDS);
    return sunlot_text_of(words[kind]);
}

sunlot_rule_kind sunlot_rule_find(sunlot_text word)
{
    for (unsigned i = 0; i < SUNLOT_RULE_KINDS; i++) {
        if (sunlot_text_equal(word, sunlot_text_of(words[i]))) return (sunlot_rule_kind)i;
    }
    return SUNLOT_RULE_KINDS;
}

static bool parse_absent(sunlot_rule *rule)
{
    rule->absent_mean = sunlot_text_equal(rule->value, SUNLOT_TEXT("mean"));
    return rule->absent_mean || sunlot_score_parse(&rule->absent_score, rule->value);
}

static bool parse_band(sunlot_rule *rule)
{
    sunlot_text number = rule->value;
    uint64_t least = 1, most = SUNLOT_MAX_SCHOOL_STUDENTS, n;
    if (sunlot_text_starts(number, SUNLOT_TEXT("top "))) {
        rule->form = SUNLOT_BAND_TOP;
        number.p += 4, number.n -= 4;
    } else if (sunlot_text_starts(number, SUNLOT_TEXT("last "))) {
        rule->form = SUNLOT_BAND_LAST;
        number.p += 5, number.n -= 5;
    } else {
        rule->form = SUNLOT_BAND_EQUAL;
        least = 2, most = 16;
    }
    if (!sunlot_number_parse(&n, number, most) || n < least) return false;
    rule->bands = (uint32_t)n;
    return true;
}

static bool parse_ladder(sunlot_rule *rule)
{
    sunlot_text rest = rule->value;
    int32_t before = 0;
    rule->rungs = 0;
    while (rest.p != NULL) {
        sunlot_text entry = sunlot_text_split(rest, ' ', &rest);
        int32_t gap;
        if (rule->rungs == SUNLOT_MAX_RUNGS || !sunlot_score_parse(&gap, entry) || gap <= before) return false;
        rule->gap[rule->rungs] = gap;
        rule->gap_text[rule->rungs++] = entry;
        before = gap;
    }
    return rule->rungs > 0;
}

bool sunlot_rule_part(sunlot_text *part, sunlot_text *rest)
{
    if (rest->n == 0) return false;
    *part = sunlot_text_split(*rest, ';', rest);
    return true;
}

/* One column, or where the kind adds several: parts in ascending order, each of which might be a field by itself. */
static bool parse_column(const sunlot_rule *rule)
{
    sunlot_text rest = rule->column, before = {NULL, 0}, part;
    uint32_t parts = 0;
    if (rule->column.n == 0 || rule->column.p[rule->column.n - 1] == ';') return false;
    while (sunlot_rule_part(&part, &rest)) {
        if (part.n == 0 || sunlot_field_check(part) != 0 || (parts > 0 && sunlot_text_compare(before, part) >= 0)) return false;
        before = part;
        parts++;
    }
    return parts == 1 || sunlot_rule_adds(rule->kind);
}

bool sunlot_rule_parse(sunlot_rule *rule)
{
    const bool has_value = rule->value.n > 0;
    switch (rule->kind) {
    case SUNLOT_RULE_ABSENT:
        return parse_column(rule) && parse_absent(rule);
    case SUNLOT_RULE_BALANCE:
        return parse_column(rule) && !has_value;
    case SUNLOT_RULE_BAND:
        return parse_column(rule) && parse_band(rule);
    case SUNLOT_RULE_DEVIATION:
    case SUNLOT_RULE_MEAN:
        return parse_column(rule) && parse_ladder(rule);
    case SUNLOT_RULE_APART:
    case SUNLOT_RULE_CAP:
    case SUNLOT_RULE_RECUSE:
    case SUNLOT_RULE_SPREAD:
    case SUNLOT_RULE_TOGETHER:
    case SUNLOT_RULE_WEIGHT:
        return rule->who == SUNLOT_STUDENTS && rule->column.n == 0 && !has_value;
    case SUNLOT_RULE_KINDS:
        break;
    }
    return false;
}

/* The bytes of a rule's line one by one, quoted as SPEC 2 says, so that lines can be compared without being written. */
typedef struct {
    sunlot_text field[5];
    bool quoted[5];
    unsigned at;  /* field */
    size_t next;  /* byte in it; with quotes 0 is the opening one */
    bool doubled; /* the quotation mark at `next` has been given once */
} line_reader;

static line_reader line_open(const sunlot_rule *rule)
{
    line_reader r = {{rule->who == SUNLOT_STUDENTS ? SUNLOT_TEXT("students") : SUNLOT_TEXT("teachers"), sunlot_rule_word(rule->kind), rule->column, rule->value,
                      rule->school},
                     {false},
                     0,
                     0,
                     false};
    for (unsigned i = 0; i < 5; i++) {
        const sunlot_text f = r.field[i];
        for (size_t j = 0; j < f.n && !r.quoted[i]; j++) r.quoted[i] = f.p[j] == ',' || f.p[j] == '"';
    }
    return r;
}

/* The next byte of the line, -1 at its end. */
static int line_next(line_reader *r)
{
    if (r->at == 5) return -1;
    const sunlot_text f = r->field[r->at];
    const size_t opening = r->quoted[r->at] ? 1 : 0;
    if (r->next < f.n + 2 * opening) {
        const size_t i = r->next;
        if (opening == 1 && (i == 0 || i == f.n + 1)) {
            r->next++;
            return '"';
        }
        const int byte = (unsigned char)f.p[i - opening];
        if (byte == '"' && !r->doubled) {
            r->doubled = true;
            return byte;
        }
        r->doubled = false;
        r->next++;
        return byte;
    }
    r->at++;
    r->next = 0;
    return r->at == 5 ? -1 : ',';
}

int sunlot_rule_compare(const sunlot_rule *a, const sunlot_rule *b)
{
    line_reader ra = line_open(a), rb = line_open(b);
    for (;;) {
        const int x = line_next(&ra), y = line_next(&rb);
        if (x != y) return x < y ? -1 : 1;
        if (x < 0) return 0;
    }
}
