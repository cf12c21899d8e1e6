/* The roster as a whole, and a school's figures for people. */
#include "roster/roster.h"

#include <string.h>

#include "place/bits.h"
#include "roster/lower.h"
#include "roster/scores.h"

void sunlot_roster_free(sunlot_roster *r)
{
    if (r == NULL) return;
    sunlot_arena_free(&r->arena);
    sunlot_release(r);
}

void sunlot_pseudonym_write(char out33[33], char letter, const uint8_t pseudonym16[16])
{
    out33[0] = letter;
    sunlot_hex_write(out33 + 1, pseudonym16, 16);
}

/* "a1" … "a4096", as static text: tokens are shown where nothing may be allocated. */
#define TEN(p)     "a" p "0", "a" p "1", "a" p "2", "a" p "3", "a" p "4", "a" p "5", "a" p "6", "a" p "7", "a" p "8", "a" p "9"
#define HUNDRED(p) TEN(p "0"), TEN(p "1"), TEN(p "2"), TEN(p "3"), TEN(p "4"), TEN(p "5"), TEN(p "6"), TEN(p "7"), TEN(p "8"), TEN(p "9")
#define THOUSAND(p)                                                                                                                                            \
    HUNDRED(p "0"), HUNDRED(p "1"), HUNDRED(p "2"), HUNDRED(p "3"), HUNDRED(p "4"), HUNDRED(p "5"), HUNDRED(p "6"), HUNDRED(p "7"), HUNDRED(p "8"),            \
        HUNDRED(p "9")

static const char limit_name[][6] = {TEN(""),      TEN("1"),     TEN("2"),     TEN("3"),      TEN("4"),      TEN("5"),      TEN("6"),     TEN("7"),
                                     TEN("8"),     TEN("9"),     HUNDRED("1"), HUNDRED("2"),  HUNDRED("3"),  HUNDRED("4"),  HUNDRED("5"), HUNDRED("6"),
                                     HUNDRED("7"), HUNDRED("8"), HUNDRED("9"), THOUSAND("1"), THOUSAND("2"), THOUSAND("3"), HUNDRED("40")};

sunlot_text sunlot_limit_name(uint32_t limit)
{
    SUNLOT_REQUIRE(limit < SUNLOT_MAX_LIMITS);
    return sunlot_text_of(limit_name[limit + 1]);
}

uint32_t sunlot_roster_schools(const sunlot_roster *r) { return r->schools; }

bool sunlot_roster_for_auditors(const sunlot_roster *r) { return r->facts.auditors; }

/* Teams of several teachers: each once if they are formed; at worst all different if they are not. */
typedef struct {
    uint64_t given[2];
    uint32_t formed;
} team_set;

static void add_teams(team_set *set, const sunlot_teacher *t)
{
    if (t->team == NULL) set->formed += t->classes;
    for (uint32_t i = 0; t->team != NULL && i < t->classes; i++) set->given[t->team[i] >> 6] |= UINT64_C(1) << (t->team[i] & 63);
}

/* Example: 3 classes; the student is recused from a teacher of two of them, its twin from one of one: at least 0 are left. */
static uint32_t teams_left(const sunlot_school *s, uint32_t student)
{
    const uint32_t token = s->student[student].together;
    team_set off = {{0, 0}, 0};
    uint16_t known[SUNLOT_MAX_TOGETHER];
    uint32_t n = 0;
    for (uint32_t i = token == 0 ? student : 0; i < (token == 0 ? student + 1 : s->students); i++) {
        const uint16_t teacher = s->student[i].recused;
        if (s->student[i].together != token || teacher == SUNLOT_NONE16) continue;
        bool before = false;
        for (uint32_t j = 0; j < n; j++) before = before || known[j] == teacher;
        if (before) continue;
        SUNLOT_REQUIRE(n < SUNLOT_MAX_TOGETHER);
        known[n++] = teacher;
        add_teams(&off, &s->teacher[teacher]);
    }
    const uint32_t gone = off.formed + sunlot_bits_count(off.given[0]) + sunlot_bits_count(off.given[1]);
    return gone < s->classes ? s->classes - gone : 0;
}

uint32_t sunlot_roster_left(const sunlot_roster *r, uint32_t school, uint32_t student)
{
    SUNLOT_REQUIRE(school < r->schools && student < r->school[school].students);
    return r->school[school].student == NULL ? r->school[school].classes : teams_left(&r->school[school], student);
}

sunlot_text sunlot_school_value(const sunlot_school *s, int who, uint32_t person, uint32_t column, char room[SUNLOT_VALUE_BYTES])
{
    const sunlot_column *c = &s->column[who][column];
    const int32_t cell = s->cell[who][(size_t)person * s->columns[who] + column];
    if (!c->number) return c->value[cell];
    return (sunlot_text){room, cell == SUNLOT_ABSENT ? 0 : sunlot_decimal_write(room, cell, 3)};
}

void sunlot_roster_school(const sunlot_roster *r, uint32_t school, sunlot_school_info *out)
{
    SUNLOT_REQUIRE(school < r->schools);
    const sunlot_school *s = &r->school[school];
    uint16_t size[SUNLOT_MAX_SCHOOL_CLASSES];
    memset(out, 0, sizeof *out);
    out->name = s->name;
    out->classes = s->classes;
    out->students = s->students;
    out->teachers = s->teachers;
    out->sections = sunlot_school_rows(s, SUNLOT_TEACHERS);
    out->rungs = sunlot_school_rungs(s);
    out->locked = s->locks;
    if (s->student == NULL) return;
    SUNLOT_REQUIRE(sunlot_school_sizes(s, size));
    out->size_least = out->size_most = size[0];
    for (uint32_t g = 1; g < s->classes; g++) {
        if (size[g] < out->size_least) out->size_least = size[g];
        if (size[g] > out->size_most) out->size_most = size[g];
    }
    for (uint32_t i = 0; i < s->students; i++) {
        const sunlot_student *student = &s->student[i];
        out->seats += student->seats;
        out->together += student->together != 0;
        out->limits += student->limits > 0;
        out->recused += student->recused != SUNLOT_NONE16;
        out->weighted += student->seats > 1;
        out->tokens += student->together != 0 || student->limits > 0 || student->recused != SUNLOT_NONE16 || student->seats > 1;
    }
    for (uint32_t i = 0; out->recused > 0 && i < s->students; i++) out->narrowed += 2 * teams_left(s, i) < s->classes;
    out->rare = sunlot_school_rare(s);
    sunlot_school_singled(r, school, out);
}
