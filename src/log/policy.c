/* Reading and judging a policy.
 *
 * Witnesses and groups are numbered as they stand; what satisfies a group are bits of both:
 *
 *     log …                        witnesses a b c: bits 1 2 4
 *     witness a …                  group g1: 2 of {a, b, c}
 *     witness b …                  group g2: 2 of {c, g1}: satisfied by {a, b, c} alone
 *     group g1 2 a b c
 *     quorum g2                                                                                                                  */
#include "log/policy.h"

#include "base/alloc.h"
#include "base/bytes.h"
#include "base/utf8.h"

#define MOST 64u /* witnesses, and groups */

typedef struct {
    sunlot_text name;
    uint32_t k;
    uint64_t witnesses, groups; /* members */
} group;

struct sunlot_policy {
    sunlot_text log; /* vkey */
    uint32_t witnesses, groups;
    struct {
        sunlot_text name, vkey;
        sunlot_vkey key;
    } witness[MOST];
    group group[MOST];
    bool quorum_said;
    sunlot_text quorum; /* a name, or `none` */
};

static bool is(sunlot_text word, const char *text) { return sunlot_text_equal(word, sunlot_text_of(text)); }

static uint32_t find_witness(const sunlot_policy *p, sunlot_text name)
{
    uint32_t i = 0;
    while (i < p->witnesses && !sunlot_text_equal(p->witness[i].name, name)) i++;
    return i;
}

static uint32_t find_group(const sunlot_policy *p, sunlot_text name)
{
    uint32_t i = 0;
    while (i < p->groups && !sunlot_text_equal(p->group[i].name, name)) i++;
    return i;
}

/* A name that nobody has yet. */
static bool is_new(const sunlot_policy *p, sunlot_text name)
{
    return name.n > 0 && !is(name, "none") && find_witness(p, name) == p->witnesses && find_group(p, name) == p->groups;
}

/* ---- lines --------------------------------------------------------------------------------------------------------------------- */

/* The next of the words separated by single spaces; empty after the last, and for a word that is missing. */
static sunlot_text word(sunlot_text *rest) { return rest->p == NULL ? (sunlot_text){NULL, 0} : sunlot_text_split(*rest, ' ', rest); }

static bool take_log(sunlot_policy *p, sunlot_text rest)
{
    sunlot_vkey key;
    const sunlot_text vkey = word(&rest);
    if (p->log.n > 0 || rest.p != NULL || !sunlot_vkey_parse(&key, vkey) || key.type != SUNLOT_KEY_LOG) return false;
    p->log = vkey;
    return true;
}

static bool take_witness(sunlot_policy *p, sunlot_text rest)
{
    const sunlot_text name = word(&rest), vkey = word(&rest);
    if (p->witnesses == MOST || rest.p != NULL || !is_new(p, name)) return false;
    sunlot_vkey *key = &p->witness[p->witnesses].key;
    if (!sunlot_vkey_parse(key, vkey) || key->type != SUNLOT_KEY_PARTY) return false;
    for (uint32_t i = 0; i < p->witnesses; i++)
        if (sunlot_text_equal(p->witness[i].vkey, vkey)) return false;
    p->witness[p->witnesses].name = name;
    p->witness[p->witnesses++].vkey = vkey;
    return true;
}

static bool take_group(sunlot_policy *p, sunlot_text rest)
{
    group g = {.name = word(&rest)};
    const sunlot_text k = word(&rest);
    uint32_t members = 0;
    uint64_t number;
    if (p->groups == MOST || !is_new(p, g.name)) return false;
    for (; rest.p != NULL; members++) {
        const sunlot_text member = word(&rest);
        const uint32_t w = find_witness(p, member), other = find_group(p, member);
        uint64_t *set = w < p->witnesses ? &g.witnesses : &g.groups;
        const uint64_t bit = UINT64_C(1) << (w < p->witnesses ? w : other < p->groups ? other : 0);
        if ((w == p->witnesses && other == p->groups) || (*set & bit) != 0) return false;
        *set |= bit;
    }
    if (is(k, "all"))
        number = members;
    else if (is(k, "any"))
        number = 1;
    else if (!sunlot_number_parse(&number, k, members))
        return false;
    if (number == 0 || number > members) return false;
    g.k = (uint32_t)number;
    p->group[p->groups++] = g;
    return true;
}

static bool take_quorum(sunlot_policy *p, sunlot_text rest)
{
    p->quorum = word(&rest);
    if (p->quorum_said || rest.p != NULL) return false;
    p->quorum_said = true;
    return is(p->quorum, "none") || find_witness(p, p->quorum) < p->witnesses || find_group(p, p->quorum) < p->groups;
}

static bool take_line(sunlot_policy *p, sunlot_text line)
{
    if (line.n == 0 || line.p[0] == '#') return true;
    sunlot_text rest = line;
    const sunlot_text type = word(&rest);
    if (is(type, "log")) return take_log(p, rest);
    if (is(type, "witness")) return take_witness(p, rest);
    if (is(type, "group")) return take_group(p, rest);
    return is(type, "quorum") && take_quorum(p, rest);
}

sunlot_err sunlot_policy_read(sunlot_policy **out, sunlot_text text, uint64_t *line)
{
    sunlot_policy *p = sunlot_alloc(1, sizeof *p);
    if (p == NULL) return SUNLOT_ERR_MEMORY;
    uint64_t number = 0;
    size_t at;
    bool good = true;
    for (sunlot_text rest = text; rest.n > 0 && good; number++) {
        const sunlot_text one = sunlot_text_split(rest, '\n', &rest);
        good = rest.p != NULL && sunlot_utf8_check(one, &at) == 0 && take_line(p, one);
    }
    if (good && p->log.n > 0 && p->quorum_said) {
        *out = p;
        return SUNLOT_OK;
    }
    *line = good ? 0 : number;
    sunlot_policy_free(p);
    return SUNLOT_ERR_INPUT;
}

void sunlot_policy_free(sunlot_policy *p) { sunlot_release(p); }

/* ---- what it says --------------------------------------------------------------------------------------------------------------- */

sunlot_text sunlot_policy_log(const sunlot_policy *p) { return p->log; }

uint32_t sunlot_policy_witnesses(const sunlot_policy *p) { return p->witnesses; }

const sunlot_vkey *sunlot_policy_witness(const sunlot_policy *p, uint32_t i)
{
    SUNLOT_REQUIRE(i < p->witnesses);
    return &p->witness[i].key;
}

sunlot_text sunlot_policy_vkey(const sunlot_policy *p, uint32_t i)
{
    SUNLOT_REQUIRE(i < p->witnesses);
    return p->witness[i].vkey;
}

static uint32_t ones(uint64_t bits)
{
    uint32_t n = 0;
    for (; bits != 0; bits &= bits - 1) n++;
    return n;
}

bool sunlot_policy_reached(const sunlot_policy *p, uint64_t witnesses)
{
    if (is(p->quorum, "none")) return true;
    const uint32_t witness = find_witness(p, p->quorum), wanted = find_group(p, p->quorum);
    if (witness < p->witnesses) return (witnesses >> witness & 1) != 0;
    uint64_t satisfied = 0;
    for (uint32_t i = 0; i < p->groups; i++) {
        const group *g = &p->group[i];
        if (ones(g->witnesses & witnesses) + ones(g->groups & satisfied) >= g->k) satisfied |= UINT64_C(1) << i;
    }
    return (satisfied >> wanted & 1) != 0;
}
