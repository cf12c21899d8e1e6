/* Parties, groups and quorums, and the phases and sources that a roster asks for (SPEC 5, 5.1).
 *
 * A set of parties is a number of bits, the host's being the lowest:
 *
 *     host a b c      1010 is {a, c}; a group of 2 of a, b, c is satisfied by it, one of 2 of (host, b) is not                              */
#include "roster/roster.h"

#include "base/alloc.h"

/* ---- names ------------------------------------------------------------------------------------------------------------------------ */

#define MOST_ID_BYTES 32u

bool sunlot_party_id_check(sunlot_text id)
{
    if (id.n == 0 || id.n > MOST_ID_BYTES || id.p[0] == '-' || id.p[id.n - 1] == '-') return false;
    for (size_t i = 0; i < id.n; i++) {
        const char c = id.p[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') return false;
    }
    return true;
}

bool sunlot_party_id_reserved(sunlot_text id)
{
    return sunlot_text_equal(id, SUNLOT_TEXT("host")) || sunlot_text_equal(id, SUNLOT_TEXT("all")) || sunlot_text_equal(id, SUNLOT_TEXT("none"));
}

uint32_t sunlot_roster_party(const sunlot_roster *r, sunlot_text id)
{
    for (uint32_t i = 0; i < r->parties; i++)
        if (sunlot_text_equal(r->party[i].id, id)) return i;
    return SUNLOT_NONE32;
}

uint32_t sunlot_roster_group(const sunlot_roster *r, sunlot_text name)
{
    for (uint32_t i = 0; i < r->groups; i++)
        if (sunlot_text_equal(r->group[i].name, name)) return i;
    return SUNLOT_NONE32;
}

sunlot_text sunlot_quorum_word(sunlot_quorum quorum)
{
    static const char *const word[SUNLOT_QUORUMS] = {"seed-base", "digits", "after"};
    SUNLOT_REQUIRE((unsigned)quorum < SUNLOT_QUORUMS);
    return sunlot_text_of(word[quorum]);
}

/* ---- quorums ------------------------------------------------------------------------------------------------------------------------ */

static uint32_t all_parties(const sunlot_roster *r) { return (UINT32_C(1) << r->parties) - 1; }

static uint32_t ones(uint32_t bits)
{
    uint32_t n = 0;
    for (; bits != 0; bits &= bits - 1) n++;
    return n;
}

bool sunlot_quorum_satisfied(const sunlot_roster *r, sunlot_text who, uint32_t parties)
{
    if (sunlot_text_equal(who, SUNLOT_TEXT("all"))) return (parties & all_parties(r)) == all_parties(r);
    const uint32_t party = sunlot_roster_party(r, who);
    if (party != SUNLOT_NONE32) return (parties >> party & 1) != 0;

    /* Members stand before the group: one look at each, in order. */
    uint32_t satisfied = 0;
    for (uint32_t i = 0; i < r->groups; i++) {
        const sunlot_group_rule *group = &r->group[i];
        if (ones(group->parties & parties) + ones(group->groups & satisfied) >= group->k) satisfied |= UINT32_C(1) << i;
    }
    const uint32_t group = sunlot_roster_group(r, who);
    return group != SUNLOT_NONE32 && (satisfied >> group & 1) != 0;
}

uint32_t sunlot_quorum_blocker(const sunlot_roster *r, sunlot_text who)
{
    for (uint32_t i = 1; i < r->parties; i++)
        if (!sunlot_quorum_satisfied(r, who, all_parties(r) & ~(UINT32_C(1) << i))) return i;
    return SUNLOT_NONE32;
}

uint32_t sunlot_roster_sealed(const sunlot_roster *r)
{
    uint32_t sealed = 0;
    for (uint32_t i = 0; i < r->parties; i++) sealed |= (uint32_t)r->party[i].sealed << i;
    return sealed;
}

/* ---- phases, sources, dates ---------------------------------------------------------------------------------------------------------- */

sunlot_phase sunlot_phase_after(const sunlot_roster *r, sunlot_phase phase)
{
    switch (phase) {
    case SUNLOT_PHASE_NONE:
        return sunlot_roster_sealed(r) != 0 ? SUNLOT_PHASE_LIST : SUNLOT_PHASE_SEED_BASE;
    case SUNLOT_PHASE_LIST:
        return SUNLOT_PHASE_COMMITS;
    case SUNLOT_PHASE_COMMITS:
        return SUNLOT_PHASE_SEED_BASE;
    case SUNLOT_PHASE_SEED_BASE:
        return SUNLOT_PHASE_DIGITS;
    case SUNLOT_PHASE_DIGITS:
        return r->facts.two_rounds ? SUNLOT_PHASE_GROUPS : SUNLOT_PHASE_RESULTS;
    case SUNLOT_PHASE_GROUPS:
        return SUNLOT_PHASE_DIGITS_2;
    case SUNLOT_PHASE_DIGITS_2:
        return SUNLOT_PHASE_RESULTS;
    case SUNLOT_PHASE_RESULTS:
        return SUNLOT_PHASE_NONE;
    }
    sunlot_require_failed();
}

const char *sunlot_source_kind_name(sunlot_source_kind kind)
{
    static const char *const name[SUNLOT_SOURCE_KINDS] = {"d10", "d6", "lottery", "drand"};
    SUNLOT_REQUIRE((unsigned)kind < SUNLOT_SOURCE_KINDS);
    return name[kind];
}

#define D10_MILLIBITS 3321u
#define D6_MILLIBITS  2584u

uint64_t sunlot_source_millibits(const sunlot_source_rule *source)
{
    return source->kind == SUNLOT_SOURCE_D10 ? source->length * D10_MILLIBITS : source->kind == SUNLOT_SOURCE_D6 ? source->length * D6_MILLIBITS : 0;
}

sunlot_text sunlot_lottery_issue(sunlot_text holder)
{
    size_t n = 0;
    while (n < holder.n && holder.p[holder.n - 1 - n] != ' ') n++;
    return (sunlot_text){holder.p + holder.n - n, n};
}

#define MOST_ISSUE 20u /* digits */

bool sunlot_lottery_check(sunlot_text holder)
{
    const sunlot_text issue = sunlot_lottery_issue(holder);
    for (size_t i = 0; i < issue.n; i++)
        if (issue.p[i] < '0' || issue.p[i] > '9') return false;
    return issue.n >= 1 && issue.n <= MOST_ISSUE && issue.n + 1 < holder.n;
}

/* Two digits at p, from least to most. */
static bool is_pair(const char *p, int least, int most)
{
    const bool digits = p[0] >= '0' && p[0] <= '9' && p[1] >= '0' && p[1] <= '9';
    const int value = (p[0] - '0') * 10 + (p[1] - '0');
    return digits && value >= least && value <= most;
}

bool sunlot_date_check(sunlot_text text)
{
    return text.n == 10 && is_pair(text.p, 0, 99) && is_pair(text.p + 2, 0, 99) && text.p[4] == '-' && is_pair(text.p + 5, 1, 12) && text.p[7] == '-' &&
           is_pair(text.p + 8, 1, 31);
}
