/* The odds of a school's match, from its result lines (SPEC 10.1). */
#include <string.h>

#include "base/alloc.h"
#include "draw/matching.h"
#include "log/log.h"
#include "place/bits.h"
#include "place/odds.h"

/* A label such as G12 of at most `most`.  Returns false if it is none; *index from 0. */
static bool read_label(uint32_t *index, sunlot_text text, char letter, uint32_t most)
{
    uint64_t number;
    if (text.n < 2 || text.p[0] != letter || !sunlot_number_parse(&number, (sunlot_text){text.p + 1, text.n - 1}, most) || number == 0) return false;
    *index = (uint32_t)number - 1;
    return true;
}

static bool find_teacher(uint32_t *at, const sunlot_school *s, sunlot_text pseudonym)
{
    uint32_t from = 0, to = s->teachers;
    while (from < to) {
        char name[33];
        *at = from + (to - from) / 2;
        sunlot_pseudonym_write(name, 't', s->teacher[*at].pseudonym);
        const int order = sunlot_text_compare((sunlot_text){name, sizeof name}, pseudonym);
        if (order == 0) return true;
        if (order < 0)
            from = *at + 1;
        else
            to = *at;
    }
    return false;
}

/* What the lines say of groups and teams. */
typedef struct {
    uint16_t *group;      /* [students] */
    uint64_t (*teams)[2]; /* [teachers] */
} reading;

/* Seats stand in the order of the roster. */
static bool read_lines(reading *r, const sunlot_school *s, sunlot_text lines, sunlot_record *record)
{
    uint32_t students = 0, sections = 0;
    while (lines.n > 0) {
        uint32_t index, teacher;
        if (sunlot_record_parse(record, sunlot_text_split(lines, '\n', &lines)) != NULL) return false;
        const sunlot_text *field = record->field;
        if (sunlot_text_equal(field[0], SUNLOT_TEXT("seat"))) {
            if (record->fields != 6 || students == s->students || !read_label(&index, field[3], 'G', s->classes)) return false;
            char name[33];
            sunlot_pseudonym_write(name, 's', s->student[students].pseudonym);
            if (!sunlot_text_equal(field[1], (sunlot_text){name, sizeof name})) return false;
            r->group[students++] = (uint16_t)index;
        } else if (sunlot_text_equal(field[0], SUNLOT_TEXT("section"))) {
            if (record->fields != 7 || !read_label(&index, field[2], 'T', s->classes) || !find_teacher(&teacher, s, field[4])) return false;
            r->teams[teacher][index >> 6] |= UINT64_C(1) << (index & 63);
            sections++;
        }
    }
    return students == s->students && (sections > 0) == (s->teachers > 0);
}

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

static sunlot_err read_odds(sunlot_odds *out, const sunlot_log *log, const sunlot_school *s, reading *r, sunlot_text lines, sunlot_record *record)
{
    uint64_t forbidden[SUNLOT_MAX_SCHOOL_CLASSES][2];
    if (!read_lines(r, s, lines, record)) return SUNLOT_ERR_LOG;
    fill_alike(out, s);
    if (!out->teachers) return SUNLOT_OK;
    sunlot_recusals(forbidden, s, r->group, NULL, (const uint64_t(*)[2])r->teams);
    fill_left(out, s, r->group, (const uint64_t(*)[2])forbidden);
    uint8_t seed[32];
    sunlot_log_seed(log, seed);
    const sunlot_digest key = sunlot_mac(seed, "sunlot/v1/odds", &s->name, 1);
    return fill_odds(out, s, (const uint64_t(*)[2])forbidden, key.b);
}

sunlot_err sunlot_log_odds(sunlot_odds *out, const sunlot_log *log, uint32_t school, sunlot_text lines)
{
    SUNLOT_REQUIRE(school < log->roster->schools);
    const sunlot_school *s = &log->roster->school[school];
    if (lines.n == 0 && log->phase == SUNLOT_PHASE_RESULTS) lines = log->result[school].lines;
    if (lines.n == 0 || log->phase < SUNLOT_PHASE_DIGITS) return SUNLOT_ERR_PHASE;
    memset(out, 0, sizeof *out);
    out->classes = s->classes;
    out->teachers = s->teachers > 0;

    sunlot_arena arena = {NULL, 0, NULL};
    reading r = {sunlot_arena_alloc(&arena, s->students, sizeof *r.group), sunlot_arena_alloc(&arena, s->teachers, sizeof *r.teams)};
    sunlot_record *record = sunlot_arena_alloc(&arena, 1, sizeof *record);
    sunlot_err err = SUNLOT_ERR_MEMORY;
    if (r.group != NULL && r.teams != NULL && record != NULL) err = read_odds(out, log, s, &r, lines, record);
    sunlot_arena_free(&arena);
    return err;
}
