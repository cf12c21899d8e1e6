/* The odds of a school's match from its log (SPEC 10.1): what the lines say, counted by all permutations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/bytes.h"
#include "log/log.h"
#include "support/made_log.h"

/* Four classes of unequal seats, one of them locked, teams given or to be formed; three students recused, two of them from one teacher; and a
 * school without teachers. */
#define HEAD                                                                                                                                                   \
    MADE_REHEARSAL "@minisign\nfact,mix,5\nfact,rows,public\nfact,tries,64\n" MADE_PARTY "source,1,d10,39,a,b,c\n"                                             \
                   "rule,students,recuse,,,\nschool,1,A,4,16,6\nclass,1,4\nclass,2,4\nclass,3,4\nclass,4,4\nlock,{s01},2,x,y\n"
#define TEACHERS(a, b, c, d, e, f)                                                                                                                             \
    "teacher,{t01},{h51},maths,2,yes," a "\nteacher,{t02},{h52},maths,1,yes," b "\nteacher,{t03},{h53},maths,1,-," c "\n"                                      \
    "teacher,{t04},{h54},music,2,yes," d "\nteacher,{t05},{h55},music,1,yes," e "\nteacher,{t06},{h56},music,1,-," f "\n"
#define STUDENT(n, recused) "student,{s" n "},{h" n "},,," recused ",1\n"
#define STUDENTS                                                                                                                                               \
    STUDENT("01", "")                                                                                                                                          \
    STUDENT("02", "{t01}")                                                                                                                                     \
    STUDENT("03", "{t01}")                                                                                                                                     \
    STUDENT("04", "{t05}")                                                                                                                                     \
    STUDENT("05", "")                                                                                                                                          \
    STUDENT("06", "")                                                                                                                                          \
    STUDENT("07", "")                                                                                                                                          \
    STUDENT("08", "")                                                                                                                                          \
    STUDENT("09", "") STUDENT("10", "") STUDENT("11", "") STUDENT("12", "") STUDENT("13", "") STUDENT("14", "") STUDENT("15", "") STUDENT("16", "")
#define TAIL                                                                                                                                                   \
    "school,2,B,2,2,0\nclass,1,\nclass,2,\nstudent,{s31},{h31},,,,1\nstudent,{s32},{h32},,,,1\n"                                                               \
    "@checkpoint seed-base\nentropy,rehearsal,{x05}\n@checkpoint digits\n"
#define GIVEN  TEACHERS("T1;T3", "T2", "T4", "T4;T2", "T3", "T1")
#define FORMED TEACHERS("", "", "", "", "", "")
#define DRAWN  "@results\n@checkpoint results\n"

typedef struct {
    uint32_t seats, sections;
    uint32_t group[16];
    char teacher[8][34];
    uint32_t team[8];
} seen;

static uint32_t number_of(sunlot_text label) { return (uint32_t)(label.p[1] - '1'); }

static void see_seat(void *user, const sunlot_seat *seat)
{
    seen *s = user;
    if (seat->school != 0) return;
    assert_int_equal(seat->student, s->seats);
    s->group[s->seats++] = number_of(seat->group);
}

static void see_section(void *user, const sunlot_section *section)
{
    seen *s = user;
    memcpy(s->teacher[s->sections], section->teacher.p, 33);
    s->team[s->sections++] = number_of(section->team);
}

/* Students 02 and 03 keep away from teacher 01, 04 from 05. */
static bool is_forbidden(const seen *s, uint32_t group, uint32_t team)
{
    static const struct {
        uint32_t student;
        const char *teacher;
    } recusal[] = {{1, "t01"}, {2, "t01"}, {3, "t05"}};
    for (size_t i = 0; i < 3; i++) {
        if (s->group[recusal[i].student] != group) continue;
        for (uint32_t j = 0; j < s->sections; j++)
            if (s->team[j] == team && memcmp(s->teacher[j], recusal[i].teacher, 3) == 0) return true;
    }
    return false;
}

static void check_school(const sunlot_log *log, const sunlot_odds *odds)
{
    seen s = {0};
    sunlot_log_seats(log, see_seat, &s);
    sunlot_log_sections(log, see_section, &s);
    uint32_t all = 0, of[4][4] = {{0}}, recused = 0, narrowed = 0;
    for (uint32_t code = 0; code < 256; code++) {
        const uint32_t p[4] = {code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6};
        bool allowed = true;
        for (uint32_t g = 0; g < 4; g++)
            for (uint32_t h = 0; h < 4; h++) allowed = allowed && (g == h || p[g] != p[h]);
        for (uint32_t g = 0; g < 4; g++) allowed = allowed && !is_forbidden(&s, g, p[g]);
        if (!allowed) continue;
        all++;
        for (uint32_t g = 0; g < 4; g++) of[g][p[g]]++;
    }
    assert_true(all > 0 && odds->teachers && !odds->sampled);
    assert_int_equal(odds->classes, 4);
    for (uint32_t g = 0; g < 4; g++) {
        uint32_t left = 0;
        for (uint32_t t = 0; t < 4; t++) {
            assert_int_equal(odds->odds[g][t], (20000 * of[g][t] + all) / (2 * all));
            left += !is_forbidden(&s, g, t);
        }
        assert_int_equal(odds->left[g], left);
        recused += left < 4;
        for (uint32_t i = 0; i < 16; i++) narrowed += s.group[i] == g && left < 2;
        assert_int_equal(odds->alike[g], g == 1 ? 1 : 3); /* a lock names class 2 */
    }
    assert_int_equal(odds->recused, recused);
    assert_int_equal(odds->narrowed, narrowed);
}

static sunlot_log *read_log(const sunlot_buffer *bytes)
{
    sunlot_log *log;
    sunlot_fault fault;
    assert_int_equal(sunlot_log_read(&log, made_view(bytes), &fault, NULL), SUNLOT_OK);
    return log;
}

static void the_odds_are_those_of_all_permutations(void **state)
{
    (void)state;
    static const char *const text[] = {HEAD GIVEN STUDENTS TAIL DRAWN, HEAD FORMED STUDENTS TAIL DRAWN};
    static const char *const seed[] = {"{x05}", "{x06}", "{x07}", "{x08}", "{x09}"};
    for (size_t i = 0; i < 2 * sizeof seed / sizeof *seed; i++) {
        const made_edit edits[] = {{"{x05}", seed[i / 2]}, {NULL, NULL}};
        static sunlot_odds odds;
        sunlot_buffer bytes = made_log(text[i % 2], edits);
        sunlot_log *log = read_log(&bytes);
        assert_int_equal(sunlot_log_odds(&odds, log, 0, SUNLOT_TEXT("")), SUNLOT_OK);
        assert_int_not_equal(odds.recused, 0);
        check_school(log, &odds);
        assert_int_equal(sunlot_log_odds(&odds, log, 1, SUNLOT_TEXT("")), SUNLOT_OK);
        assert_true(!odds.teachers && odds.recused == 0 && odds.alike[0] == 2 && odds.alike[1] == 2);
        sunlot_log_free(log);
        sunlot_buffer_free(&bytes);
    }
}

/* Before the results stand in the log, their lines may be given. */
static void lines_may_be_given(void **state)
{
    (void)state;
    static sunlot_odds odds, of_log;
    sunlot_buffer drawn = made_log(HEAD GIVEN STUDENTS TAIL DRAWN, NULL), thrown = made_log(HEAD GIVEN STUDENTS TAIL, NULL), lines = {0};
    sunlot_log *log = read_log(&thrown), *last = read_log(&drawn);
    sunlot_outcome outcome;
    assert_int_equal(sunlot_log_odds(&odds, log, 0, SUNLOT_TEXT("")), SUNLOT_ERR_PHASE);
    assert_int_equal(sunlot_replay_school(&lines, log, 0, &outcome), SUNLOT_OK);
    assert_int_equal(sunlot_log_odds(&odds, log, 0, made_view(&lines)), SUNLOT_OK);
    assert_int_equal(sunlot_log_odds(&of_log, last, 0, SUNLOT_TEXT("")), SUNLOT_OK);
    assert_memory_equal(&odds, &of_log, sizeof odds);

    /* whatever is cut off, or of another school, it is no result; nothing is read beyond */
    assert_int_equal(sunlot_log_odds(&odds, log, 1, made_view(&lines)), SUNLOT_ERR_LOG);
    for (size_t n = 1; n < lines.n; n += 7) {
        const sunlot_err err = sunlot_log_odds(&odds, log, 0, (sunlot_text){lines.p, n});
        assert_true(err == SUNLOT_ERR_LOG || n > 800);
    }
    for (size_t i = 0; i < lines.n; i++) {
        const char was = lines.p[i];
        lines.p[i] = '9';
        const sunlot_err err = sunlot_log_odds(&odds, log, 0, made_view(&lines));
        assert_true(err == SUNLOT_OK || err == SUNLOT_ERR_LOG);
        lines.p[i] = was;
    }
    sunlot_log_free(log);
    sunlot_log_free(last);
    sunlot_buffer_free(&drawn);
    sunlot_buffer_free(&thrown);
    sunlot_buffer_free(&lines);
}

static void without_memory_nothing_is_lost(void **state)
{
    (void)state;
    static sunlot_odds odds;
    sunlot_buffer bytes = made_log(HEAD GIVEN STUDENTS TAIL DRAWN, NULL);
    sunlot_log *log = read_log(&bytes);
    const uint64_t live = sunlot_alloc_live();
    sunlot_err err = SUNLOT_ERR_MEMORY;
    for (uint64_t after = 1; err == SUNLOT_ERR_MEMORY; after++) {
        sunlot_alloc_refuse(after, false);
        err = sunlot_log_odds(&odds, log, 0, SUNLOT_TEXT(""));
        assert_true(after > 1 || err == SUNLOT_ERR_MEMORY);
        assert_true(sunlot_alloc_live() == live);
    }
    sunlot_alloc_refuse(0, false);
    assert_int_equal(err, SUNLOT_OK);
    sunlot_log_free(log);
    sunlot_buffer_free(&bytes);
}

static int start(void **state)
{
    (void)state;
    return sunlot_init() == SUNLOT_OK ? 0 : 1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_odds_are_those_of_all_permutations),
        cmocka_unit_test(lines_may_be_given),
        cmocka_unit_test(without_memory_nothing_is_lost),
    };
    return cmocka_run_group_tests_name("match_odds", tests, start, NULL);
}
