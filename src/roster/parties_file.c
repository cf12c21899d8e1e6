/* rules.csv: who signs, the rows `party`, `group` and `quorum` (SPEC 5.1, 11.2).
 *
 * Rows are read one by one; what they name is looked up when all are read, so that parties may stand below the groups they are in. */
#include <string.h>

#include "random/base64.h"
#include "random/point.h"
#include "roster/rule_row.h"

/* ---- rows ---------------------------------------------------------------------------------------------------------------------------- */

static bool is_id(sunlot_text id) { return sunlot_party_id_check(id) && !sunlot_party_id_reserved(id); }

static void blame_value(const sunlot_rule_row *t, int code, sunlot_text expected)
{
    sunlot_rule_row_blame(t, code, SUNLOT_WORD_VALUE, expected);
    t->said->parties_lost = true;
}

/* A row about parties whose COLUMN is an id.  Whether it can be read on. */
static bool begin(const sunlot_rule_row *t)
{
    const bool general = sunlot_rule_row_general(t), good = is_id(t->column);
    if (!good) sunlot_rule_row_blame(t, t->column.n == 0 ? SUNLOT_ISSUE_VALUE_MISSING : SUNLOT_ISSUE_PARTY_ID, SUNLOT_WORD_COLUMN, SUNLOT_TEXT("notary"));
    if (!general || !good) t->said->parties_lost = true;
    return general && good;
}

/* The second line of a minisign public key file: `Ed`, a key id, the key. */
static bool read_key(uint8_t public32[32], sunlot_text text)
{
    uint8_t bytes[42];
    if (!sunlot_base64_parse(bytes, sizeof bytes, text) || bytes[0] != 'E' || bytes[1] != 'd' || !sunlot_point_check(bytes + 10)) return false;
    memcpy(public32, bytes + 10, 32);
    return true;
}

void sunlot_rule_row_party(const sunlot_rule_row *t)
{
    const sunlot_text expected = SUNLOT_TEXT("ROLE; KEY; own; sealed");
    sunlot_enrolment *e = t->r->e;
    sunlot_text part[4];
    uint32_t at = 1;
    if (!begin(t)) return;
    while (at < e->parties && !sunlot_text_equal(e->party[at].id, t->column)) at++;
    if (at < e->parties) {
        (void)sunlot_rule_row_first(t, &t->said->party[at]);
        return;
    }
    if (at == SUNLOT_MAX_PARTIES) {
        sunlot_rule_row_blame(t, SUNLOT_ISSUE_TOO_MANY, SUNLOT_WORD_COLUMN, SUNLOT_TEXT("15"));
        return;
    }
    const uint32_t parts = sunlot_rule_row_split(t->value, part, 4);
    const sunlot_word made = parts >= 3 ? sunlot_word_find(part[2]) : SUNLOT_WORD_NONE;
    if (parts < 3 || parts > 4 || (made != SUNLOT_WORD_OWN && made != SUNLOT_WORD_HOST) || (parts == 4 && sunlot_word_find(part[3]) != SUNLOT_WORD_SEALED)) {
        blame_value(t, SUNLOT_ISSUE_RULE_VALUE, expected);
        return;
    }
    sunlot_party_rule party = {.id = t->column, .role = part[0], .own = made == SUNLOT_WORD_OWN, .sealed = parts == 4};
    if (!sunlot_rule_row_fields(t, part, 1, expected)) {
        t->said->parties_lost = true;
        return;
    }
    if (!read_key(party.public_, part[1])) {
        blame_value(t, SUNLOT_ISSUE_PARTY_KEY, expected);
        return;
    }
    t->said->party[at] = t->row + 1;
    e->party[at] = party;
    e->parties = at + 1;
}

void sunlot_rule_row_group(const sunlot_rule_row *t)
{
    sunlot_enrolment *e = t->r->e;
    uint32_t at = 0;
    if (!begin(t)) return;
    while (at < e->groups && !sunlot_text_equal(e->group[at].name, t->column)) at++;
    if (at < e->groups) {
        (void)sunlot_rule_row_first(t, &t->said->group[at]);
    } else if (at == SUNLOT_MAX_GROUPS) {
        sunlot_rule_row_blame(t, SUNLOT_ISSUE_TOO_MANY, SUNLOT_WORD_COLUMN, SUNLOT_TEXT("32"));
    } else {
        t->said->group[at] = t->row + 1;
        e->group[at] = (sunlot_group_rule){.name = t->column, .members = t->value};
        e->groups = at + 1;
    }
}

void sunlot_rule_row_quorum(const sunlot_rule_row *t)
{
    static const sunlot_word words[SUNLOT_QUORUMS] = {SUNLOT_WORD_SEED_BASE, SUNLOT_WORD_DIGITS, SUNLOT_WORD_AFTER};
    const sunlot_word word = sunlot_word_find(t->column);
    int quorum = 0;
    while (quorum < SUNLOT_QUORUMS && words[quorum] != word) quorum++;
    if (!sunlot_rule_row_general(t)) return;
    if (quorum == SUNLOT_QUORUMS)
        sunlot_rule_row_blame(t, SUNLOT_ISSUE_WORD, SUNLOT_WORD_COLUMN, SUNLOT_TEXT("seed-base digits after"));
    else if (sunlot_rule_row_first(t, &t->said->quorum[quorum]))
        t->r->e->quorum[quorum] = t->value;
}

/* ---- all of them ------------------------------------------------------------------------------------------------------------------------ */

static void blame_row(sunlot_reading *r, sunlot_rules_said *said, int code, uint32_t row_1, sunlot_word header, sunlot_text found, sunlot_text expected)
{
    const sunlot_csv_file *f = &r->e->file[SUNLOT_FILE_RULES];
    sunlot_csv_file_blame_found(f, &r->issues, (sunlot_issue_code)code, row_1 - 1, r->e->header[SUNLOT_FILE_RULES][header], found, expected);
    said->parties_lost = true;
}

/* By id, as the log has them; the host stays first. */
static void sort_parties(sunlot_enrolment *e, sunlot_rules_said *said)
{
    for (uint32_t i = 2; i < e->parties; i++) {
        const sunlot_party_rule party = e->party[i];
        const uint32_t row = said->party[i];
        uint32_t at = i;
        for (; at > 1 && sunlot_text_compare(e->party[at - 1].id, party.id) > 0; at--) {
            e->party[at] = e->party[at - 1];
            said->party[at] = said->party[at - 1];
        }
        e->party[at] = party;
        said->party[at] = row;
    }
}

static void check_keys(sunlot_reading *r, sunlot_rules_said *said)
{
    const sunlot_enrolment *e = r->e;
    for (uint32_t i = 1; i < e->parties; i++) {
        for (uint32_t j = i + 1; j < e->parties; j++) {
            if (memcmp(e->party[i].public_, e->party[j].public_, 32) != 0) continue;
            const uint32_t later = said->party[i] > said->party[j] ? i : j;
            blame_row(r, said, SUNLOT_ISSUE_PARTY_TWICE, said->party[later], SUNLOT_WORD_VALUE, e->party[later].id, e->party[i + j - later].id);
        }
    }
}

/* A party or group as people name it: the host, and all, in either language. */
static sunlot_text plain(sunlot_text name)
{
    const sunlot_word word = sunlot_word_find(name);
    return word == SUNLOT_WORD_HOST || word == SUNLOT_WORD_ALL ? sunlot_word_text(word) : name;
}

#define MOST_MEMBERS (SUNLOT_MAX_PARTIES + SUNLOT_MAX_GROUPS)

/* The members of a group, sorted: each a party, or a group that is in `known`.  False if something was blamed. */
static bool read_members(sunlot_reading *r, sunlot_rules_said *said, const sunlot_roster *known, sunlot_group_rule *group, uint32_t row_1, sunlot_text rest,
                         sunlot_text member[MOST_MEMBERS])
{
    sunlot_text part;
    group->count = 0;
    while (sunlot_parts_next(&part, &rest)) {
        const sunlot_text name = plain(part);
        const uint32_t party = sunlot_roster_party(known, name), inner = sunlot_roster_group(known, name);
        if (party == SUNLOT_NONE32 && inner == SUNLOT_NONE32) {
            blame_row(r, said, SUNLOT_ISSUE_PARTY_UNKNOWN, row_1, SUNLOT_WORD_VALUE, part, SUNLOT_TEXT(""));
            return false;
        }
        uint32_t *set = party != SUNLOT_NONE32 ? &group->parties : &group->groups;
        const uint32_t bit = UINT32_C(1) << (party != SUNLOT_NONE32 ? party : inner);
        if ((*set & bit) != 0) {
            blame_row(r, said, SUNLOT_ISSUE_PARTY_TWICE, row_1, SUNLOT_WORD_VALUE, part, name);
            return false;
        }
        *set |= bit;
        uint32_t at = group->count++;
        for (; at > 0 && sunlot_text_compare(member[at - 1], name) > 0; at--) member[at] = member[at - 1];
        member[at] = name;
    }
    return true;
}

/* `K; MEMBER; MEMBER`: a group of what is known so far.  False without memory. */
static bool read_group(sunlot_reading *r, sunlot_rules_said *said, const sunlot_roster *known, sunlot_group_rule *group, uint32_t row_1)
{
    sunlot_text rest = group->members, k, member[MOST_MEMBERS];
    char list[MOST_MEMBERS * 33];
    size_t n = 0;
    (void)sunlot_parts_next(&k, &rest);
    if (sunlot_roster_party(known, group->name) != SUNLOT_NONE32) {
        blame_row(r, said, SUNLOT_ISSUE_PARTY_TWICE, row_1, SUNLOT_WORD_COLUMN, group->name, group->name);
        return true;
    }
    if (!read_members(r, said, known, group, row_1, rest, member)) return true;
    const sunlot_word word = sunlot_word_find(k);
    uint64_t number = word == SUNLOT_WORD_ALL ? group->count : 1;
    if (group->count == 0 || (word != SUNLOT_WORD_ALL && word != SUNLOT_WORD_ANY && (!sunlot_number_parse(&number, k, group->count) || number == 0))) {
        blame_row(r, said, SUNLOT_ISSUE_RULE_VALUE, row_1, SUNLOT_WORD_VALUE, group->members, SUNLOT_TEXT("2; MEMBER; MEMBER; MEMBER"));
        return true;
    }
    group->k = (uint32_t)number;
    for (uint32_t i = 0; i < group->count; i++) {
        if (i > 0) list[n++] = ';';
        memcpy(list + n, member[i].p, member[i].n);
        n += member[i].n;
    }
    if (n > SUNLOT_MAX_FIELD_BYTES) blame_row(r, said, SUNLOT_ISSUE_FIELD_TOO_LONG, row_1, SUNLOT_WORD_VALUE, group->members, SUNLOT_TEXT(""));
    return sunlot_arena_copy(&r->e->arena, (sunlot_text){list, n}, &group->members);
}

/* Who signs: what was given, or what holds unless it is given. */
static void read_quorum(sunlot_reading *r, sunlot_rules_said *said, const sunlot_roster *known, sunlot_quorum quorum)
{
    sunlot_text *who = &r->e->quorum[quorum];
    if (said->quorum[quorum] != 0) {
        const sunlot_text name = plain(*who);
        if (!sunlot_text_equal(name, SUNLOT_TEXT("all")) && sunlot_roster_party(known, name) == SUNLOT_NONE32 &&
            sunlot_roster_group(known, name) == SUNLOT_NONE32)
            blame_row(r, said, SUNLOT_ISSUE_PARTY_UNKNOWN, said->quorum[quorum], SUNLOT_WORD_VALUE, *who, SUNLOT_TEXT(""));
        *who = name;
    } else if (quorum == SUNLOT_QUORUM_AFTER) {
        *who = r->e->quorum[SUNLOT_QUORUM_SEED_BASE];
    } else {
        *who = SUNLOT_TEXT("all");
        if (quorum == SUNLOT_QUORUM_DIGITS && known->parties > 1 && !said->parties_lost)
            sunlot_rules_blame(r, SUNLOT_ISSUE_RULE_MISSING, SUNLOT_TEXT(""), SUNLOT_TEXT("quorum,,digits"));
    }
}

bool sunlot_parties_resolve(sunlot_reading *r, sunlot_rules_said *said)
{
    sunlot_enrolment *e = r->e;
    sunlot_roster known = {0}; /* for looking up what the log's reader looks up in a roster */
    sort_parties(e, said);
    check_keys(r, said);
    known.parties = e->parties;
    memcpy(known.party, e->party, sizeof known.party);
    for (uint32_t i = 0; i < e->groups; i++) {
        if (!read_group(r, said, &known, &e->group[i], said->group[i])) return false;
        known.group[i] = e->group[i];
        known.groups = i + 1;
    }
    for (int quorum = 0; quorum < SUNLOT_QUORUMS; quorum++) read_quorum(r, said, &known, (sunlot_quorum)quorum);
    const uint32_t row_1 = said->quorum[SUNLOT_QUORUM_DIGITS];
    if (said->parties_lost || row_1 == 0) return true;
    const uint32_t blocker = sunlot_quorum_blocker(&known, e->quorum[SUNLOT_QUORUM_DIGITS]);
    if (blocker != SUNLOT_NONE32)
        blame_row(r, said, SUNLOT_ISSUE_QUORUM_BLOCK, row_1, SUNLOT_WORD_VALUE, e->quorum[SUNLOT_QUORUM_DIGITS], e->party[blocker].id);
    return true;
}

/* ---- two rounds --------------------------------------------------------------------------------------------------------------------------- */

bool sunlot_reading_rounds(sunlot_reading *r)
{
    const sunlot_enrolment *e = r->e;
    uint32_t with_teachers = 0;
    if (!e->facts.two_rounds || r->issues.count > 0) return true;
    const uint32_t column = e->header[SUNLOT_FILE_RULES][SUNLOT_WORD_VALUE];
    for (uint32_t s = 0; s < e->schools; s++) {
        if (e->school[s].count[SUNLOT_TEACHERS] == 0) continue;
        with_teachers++;
        const uint32_t row = sunlot_enrolment_row(e, SUNLOT_TEACHERS, s, 0);
        if (sunlot_enrolment_cell(e, SUNLOT_FILE_TEACHERS, row, SUNLOT_WORD_TEAM).n > 0) continue;
        sunlot_csv_file_blame_found(&e->file[SUNLOT_FILE_RULES], &r->issues, SUNLOT_ISSUE_ROUNDS, e->rounds_row, column, e->school[s].name, SUNLOT_TEXT(""));
        return true;
    }
    if (with_teachers == 0) sunlot_reading_blame(r, SUNLOT_ISSUE_ROUNDS, SUNLOT_FILE_RULES, e->rounds_row, SUNLOT_WORD_VALUE, SUNLOT_TEXT(""));
    return true;
}
