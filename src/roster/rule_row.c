#include "roster/rule_row.h"

#include "base/utf8.h"

void sunlot_rule_row_blame(const sunlot_rule_row *t, int code, sunlot_word header, sunlot_text expected)
{
    sunlot_reading_blame(t->r, (sunlot_issue_code)code, SUNLOT_FILE_RULES, t->row, header, expected);
}

void sunlot_rule_row_range(const sunlot_rule_row *t, int code, sunlot_word header, uint32_t least, uint32_t most)
{
    const sunlot_phrase range = sunlot_phrase_range(least, most);
    sunlot_rule_row_blame(t, code, header, sunlot_phrase_view(&range));
}

bool sunlot_rule_row_empty(const sunlot_rule_row *t, int code, sunlot_word header, sunlot_text cell)
{
    if (cell.n > 0) sunlot_rule_row_blame(t, code, header, SUNLOT_TEXT(""));
    return cell.n == 0;
}

bool sunlot_rule_row_general(const sunlot_rule_row *t)
{
    const bool who = sunlot_rule_row_empty(t, SUNLOT_ISSUE_RULE_WHO, SUNLOT_WORD_WHO, t->who);
    return sunlot_rule_row_empty(t, SUNLOT_ISSUE_RULE_SCHOOL, SUNLOT_WORD_SCHOOL, t->school) && who;
}

bool sunlot_rule_row_first(const sunlot_rule_row *t, uint32_t *before)
{
    if (*before == 0) {
        *before = t->row + 1;
        return true;
    }
    const sunlot_text first = sunlot_enrolment_cell(t->r->e, SUNLOT_FILE_RULES, *before - 1, SUNLOT_WORD_VALUE);
    if (!sunlot_text_equal(first, t->value)) sunlot_rule_row_blame(t, SUNLOT_ISSUE_RULE_CLASH, SUNLOT_WORD_VALUE, first);
    return false;
}

bool sunlot_rule_row_once(const sunlot_rule_row *t, sunlot_word key) { return sunlot_rule_row_first(t, &t->said->key[key]); }

uint32_t sunlot_rule_row_split(sunlot_text text, sunlot_text *part, uint32_t want)
{
    uint32_t n = 0;
    while (text.p != NULL && n <= want) {
        const sunlot_text next = sunlot_text_trim(sunlot_text_split(text, ';', &text));
        if (n < want) part[n] = next;
        n++;
    }
    return n;
}

bool sunlot_rule_row_fields(const sunlot_rule_row *t, const sunlot_text *part, uint32_t parts, sunlot_text expected)
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

void sunlot_rules_blame(sunlot_reading *r, sunlot_issue_code code, sunlot_text found, sunlot_text expected)
{
    const sunlot_issue issue = {.code = code, .file = SUNLOT_FILE_RULES, .found = found, .expected = expected};
    sunlot_issue_list_add(&r->issues, &issue);
}
