/* The odds of a school's match, from its result lines (SPEC 10.1). */
#include <string.h>

#include "base/alloc.h"
#include "draw/matching.h"
#include "draw/standing.h"
#include "log/log.h"
#include "place/bits.h"
#include "place/odds.h"

static void fill_left(sunlot_odds *out, const sunlot_school *s, const uint16_t *group, const uint64_t (*forbidden)[2])
{
    for (uint32_t g = 0; g < s->classes; g++) {
        const uint32_t off = sunlot_bits_count(forbidden[g][0]) + sunlot_bits_count(forbidden[g][1]);
        out->left[g] = (uint8_t)(s->classes - off);
        out->recused += off > 0;
    }
    for (uint32_t i = 0; i < s->students; i++) out->narrowed += 2u * out->left[group[i]] < s->classes;
}

/* Group g is provisionally of class g, and dealt among the classes of its set. */
static void fill_alike(sunlot_odds *out, const sunlot_school *s)
{
    uint16_t set[SUNLOT_MAX_SCHOOL_CLASSES];
    sunlot_interchangeable(set, s);
    for (uint32_t g = 0; g < s->classes; g++) {
        uint32_t alike = 0;
        for (uint32_t c = 0; c < s->classes; c++) alike += set[c] == set[g];
        out->alike[g] = set[g] == SUNLOT_NONE16 ? 1 : (uint8_t)alike;
    }
}

static sunlot_err fill_odds(sunlot_odds *out, const sunlot_school *s, const uint64_t (*forbidden)[2], const uint8_t key32[32])
{
    void *room = sunlot_alloc(sunlot_odds_room(s->classes, forbidden), 1);
    if (room == NULL) return SUNLOT_ERR_MEMORY;
    sunlot_odds_table t;
    sunlot_odds_fill(&t, s->classes, forbidden, key32, room);
    const bool known = sunlot_odds_any(&t);
    out->sampled = t.sampled;
    out->shuffles = t.shuffles;
    if (t.sampled) out->allowed = (uint32_t)t.all.w[0];
    for (uint32_t g = 0; known && g < s->classes; g++)
        for (uint32_t team = 0; team < s->classes; team++) out->odds[g][team] = (uint16_t)sunlot_odds_of(&t, g, team);
    sunlot_release(room);
    return known || t.sampled ? SUNLOT_OK : SUNLOT_ERR_LOG;
}

static sunlot_err read_odds(sunlot_odds *out, const sunlot_log *log, const sunlot_school *s, sunlot_standing *st, const sunlot_text lines[2],
                            sunlot_record *record)
{
    uint64_t forbidden[SUNLOT_MAX_SCHOOL_CLASSES][2];
    for (int i = 0; i < 2; i++)
        if (!sunlot_standing_read(st, s, lines[i], record)) return SUNLOT_ERR_LOG;
    if (st->seats != s->students || (st->sections > 0) != (s->teachers > 0)) return SUNLOT_ERR_LOG;
    fill_alike(out, s);
    if (!out->teachers) return SUNLOT_OK;
    sunlot_recusals(forbidden, s, st->group, NULL, (const uint64_t(*)[2])st->teams);
    fill_left(out, s, st->group, (const uint64_t(*)[2])forbidden);
    uint8_t seed[32];
    sunlot_log_seed(log, 1, seed);
    const sunlot_digest key = sunlot_mac(seed, "sunlot/v1/odds", &s->name, 1);
    return fill_odds(out, s, (const uint64_t(*)[2])forbidden, key.b);
}

sunlot_err sunlot_log_odds(sunlot_odds *out, const sunlot_log *log, uint32_t school, sunlot_text lines)
{
    SUNLOT_REQUIRE(school < log->roster->schools);
    const sunlot_school *s = &log->roster->school[school];
    const bool two = log->roster->facts.two_rounds && s->teachers > 0;
    sunlot_text both[2] = {lines, {NULL, 0}};
    if (log->phase < (two ? SUNLOT_PHASE_DIGITS_2 : SUNLOT_PHASE_DIGITS)) return SUNLOT_ERR_PHASE;
    if (log->edition != SUNLOT_EDITION_FULL) return SUNLOT_ERR_EDITION;
    if (two) {
        both[0] = log->result[school].lines;
        both[1] = lines.n == 0 && log->matched != NULL ? log->matched[school].lines : lines;
    } else if (lines.n == 0 && log->result != NULL) {
        both[0] = log->result[school].lines;
    }
    if (both[two].n == 0) return SUNLOT_ERR_PHASE;
    memset(out, 0, sizeof *out);
    out->classes = s->classes;
    out->teachers = s->teachers > 0;

    sunlot_arena arena = {NULL, 0, NULL};
    sunlot_standing st;
    sunlot_record *record = sunlot_arena_alloc(&arena, 1, sizeof *record);
    sunlot_err err = SUNLOT_ERR_MEMORY;
    if (record != NULL && sunlot_standing_begin(&st, s, &arena)) err = read_odds(out, log, s, &st, both, record);
    sunlot_arena_free(&arena);
    return err;
}
