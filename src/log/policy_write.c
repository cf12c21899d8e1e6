/* The policy of an announcement.
 *
 * The host signs as the log, so that it is no witness: a group with the host in it is written without it, and asks for one less of the others.
 * A group that asks for nobody any more is always reached, and so it takes one from the groups that it is a member of:
 *
 *     group,g,2,a;b;host      group g 1 a b
 *     group,h,1,host          left out: reached
 *     group,i,2,a;h           group i 1 a                                                                                        */
#include "base/alloc.h"
#include "base/bytes.h"
#include "log/log.h"

/* What is left of a group. */
typedef struct {
    uint32_t k, parties, groups;
} rest_group;

static uint32_t ones(uint32_t bits)
{
    uint32_t n = 0;
    for (; bits != 0; bits &= bits - 1) n++;
    return n;
}

static void reduce(rest_group *out, const sunlot_roster *r)
{
    const uint32_t host = 1;
    uint32_t reached = 0; /* groups */
    for (uint32_t i = 0; i < r->groups; i++) {
        const sunlot_group_rule *g = &r->group[i];
        const uint32_t given = (g->parties & host) + ones(g->groups & reached);
        out[i] = (rest_group){given < g->k ? g->k - given : 0, g->parties & ~host, g->groups & ~reached};
        if (out[i].k == 0) reached |= UINT32_C(1) << i;
    }
}

static bool write_witnesses(sunlot_buffer *out, const sunlot_roster *r)
{
    bool good = sunlot_buffer_string(out, "log ") && sunlot_buffer_text(out, r->party[0].vkey) && sunlot_buffer_byte(out, '\n');
    for (uint32_t i = 1; i < r->parties && good; i++)
        good = sunlot_buffer_string(out, "witness ") && sunlot_buffer_text(out, r->party[i].id) && sunlot_buffer_byte(out, ' ') &&
               sunlot_buffer_text(out, r->party[i].vkey) && sunlot_buffer_byte(out, '\n');
    return good;
}

/* Members in the order in which the log names them. */
static bool write_group(sunlot_buffer *out, const sunlot_roster *r, uint32_t at, const rest_group *g)
{
    bool good =
        sunlot_buffer_string(out, "group ") && sunlot_buffer_text(out, r->group[at].name) && sunlot_buffer_byte(out, ' ') && sunlot_buffer_number(out, g->k);
    for (sunlot_text rest = r->group[at].members; rest.n > 0 && good;) {
        const sunlot_text member = sunlot_text_split(rest, ';', &rest);
        const uint32_t party = sunlot_roster_party(r, member), group = sunlot_roster_group(r, member);
        const bool left = party != SUNLOT_NONE32 ? (g->parties >> party & 1) != 0 : (g->groups >> group & 1) != 0;
        if (left) good = sunlot_buffer_byte(out, ' ') && sunlot_buffer_text(out, member);
    }
    return good && sunlot_buffer_byte(out, '\n');
}

static bool write_quorum(sunlot_buffer *out, const sunlot_roster *r, const rest_group *left)
{
    const sunlot_text who = r->quorum[SUNLOT_QUORUM_SEED_BASE];
    const bool all = sunlot_text_equal(who, SUNLOT_TEXT("all"));
    const uint32_t party = sunlot_roster_party(r, who), group = sunlot_roster_group(r, who);
    bool good = true;
    if (all && r->parties > 1) {
        good = sunlot_buffer_string(out, "group ") && sunlot_buffer_string(out, "all") && sunlot_buffer_string(out, " all");
        for (uint32_t i = 1; i < r->parties && good; i++) good = sunlot_buffer_byte(out, ' ') && sunlot_buffer_text(out, r->party[i].id);
        good = good && sunlot_buffer_byte(out, '\n');
    }
    const bool none = all ? r->parties == 1 : party != SUNLOT_NONE32 ? party == 0 : left[group].k == 0;
    return good && sunlot_buffer_string(out, "quorum ") && sunlot_buffer_text(out, none ? SUNLOT_TEXT("none") : who) && sunlot_buffer_byte(out, '\n');
}

sunlot_err sunlot_policy_write(sunlot_buffer *out, const sunlot_log *log)
{
    const sunlot_roster *r = log->roster;
    rest_group left[SUNLOT_MAX_GROUPS];
    const size_t before = out->n;
    reduce(left, r);
    bool good = write_witnesses(out, r);
    for (uint32_t i = 0; i < r->groups && good; i++)
        if (left[i].k > 0) good = write_group(out, r, i, &left[i]);
    return sunlot_buffer_keep(out, before, good && write_quorum(out, r, left)) ? SUNLOT_OK : SUNLOT_ERR_MEMORY;
}
