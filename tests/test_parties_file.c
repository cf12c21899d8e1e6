/* rules.csv: parties, groups, quorums, public sources, rounds, dates of supplements; what becomes of them in the log (SPEC 11.2). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "log/log.h"
#include "roster/enrolment.h"
#include "support/made_input.h"
#include "support/made_log.h"

/* Public keys of RFC 8032, tests 1 to 3, and a point of small order. */
#define KEY_1 "RWQBAQEBAQEBAddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"
#define KEY_2 "RWQCAgICAgICAj1AF8PoQ4lakrcKp00bfrycmCzPLsSWjMDNVfEq9GYM"
#define KEY_3 "RWQDAwMDAwMDA/xRzY5iGKGjjaR+0AIw8FgIFu0TujMDrF3rkRVIkIAl"
#define WEAK  "RWQEBAQEBAQEBAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

#define HEAD    "rule,who,column,value,school\ndraw,,district,Example,\ndraw,,year,2026,\ndraw,,grade,7,\nsource,,1,d10 39; a; b; c,\n" /* 5 lines */
#define PARTIES "party,,notary,Notary; " KEY_1 "; own; sealed,\nparty,,b,Parents; " KEY_2 "; host,\nparty,,a,Parents; " KEY_3 "; own,\n"
#define GROUPS  "group,,parents,any; b; a,\ngroup,,outside,2; parents; notary; host,\n"

static char *rules_with(const char *rows)
{
    const size_t n = sizeof HEAD + strlen(rows);
    char *text = malloc(n);
    assert_non_null(text);
    memcpy(text, HEAD, sizeof HEAD - 1);
    memcpy(text + sizeof HEAD - 1, rows, strlen(rows) + 1);
    return text;
}

static sunlot_err read_rows(sunlot_enrolment **e, const char *rows, const char *teachers, made_report *report)
{
    char *rules = rules_with(rows);
    const char *const file[SUNLOT_FILE_COUNT] = {rules, "class,seats\n1,\n2,\n", "id,name,x\n1,A,u\n2,B,u\n3,C,v\n4,D,v\n", teachers};
    const sunlot_err err = made_input_read(e, file, report);
    free(rules);
    return err;
}

static const struct {
    const char *rows, *report;
} faults[] = {
    {"party,,Notary,Notary; " KEY_1 "; own,\n", "rules 6:3 column 180 [Notary] [notary]\n"},
    {"party,,host,Notary; " KEY_1 "; own,\n", "rules 6:3 column 180 [host] [notary]\n"},
    {"party,,all,Notary; " KEY_1 "; own,\n", "rules 6:3 column 180 [all] [notary]\n"},
    {"party,,a-,Notary; " KEY_1 "; own,\n", "rules 6:3 column 180 [a-] [notary]\n"},
    {"party,,,Notary; " KEY_1 "; own,\n", "rules 6:3 column 116 [] [notary]\n"},
    {"party,students,a,Notary; " KEY_1 "; own,\n", "rules 6:2 who 131 [students] []\n"},
    {"party,,a,Notary; " KEY_1 ",\n", "rules 6:4 value 133 [Notary; " KEY_1 "] [ROLE; KEY; own; sealed]\n"},
    {"party,,a,Notary; " KEY_1 "; mine,\n", "rules 6:4 value 133 [Notary; " KEY_1 "; mine] [ROLE; KEY; own; sealed]\n"},
    {"party,,a,Notary; " KEY_1 "; own; open,\n", "rules 6:4 value 133 [Notary; " KEY_1 "; own; open] [ROLE; KEY; own; sealed]\n"},
    {"party,,a,; " KEY_1 "; own,\n", "rules 6:4 value 133 [; " KEY_1 "; own] [ROLE; KEY; own; sealed]\n"},
    {"party,,a,Notary; RWQx; own,\n", "rules 6:4 value 181 [Notary; RWQx; own] [ROLE; KEY; own; sealed]\n"},
    {"party,,a,Notary; " WEAK "; own,\n", "rules 6:4 value 181 [Notary; " WEAK "; own] [ROLE; KEY; own; sealed]\n"},
    {"party,,a,N; " KEY_1 "; own,\nparty,,b,N; " KEY_1 "; own,\nquorum,,digits,host,\n", "rules 7:4 value 182 [b] [a]\n"},
    {"party,,b,N; " KEY_1 "; own,\nparty,,a,N; " KEY_1 "; own,\nquorum,,digits,host,\n", "rules 7:4 value 182 [a] [b]\n"},
    {"party,,a,N; " KEY_1 "; own,\nparty,,a,N; " KEY_2 "; own,\nquorum,,digits,host,\n", "rules 7:4 value 135 [N; " KEY_2 "; own] [N; " KEY_1 "; own]\n"},
    {PARTIES, "rules 0:0  136 [] [quorum,,digits]\n"},
    {PARTIES "quorum,,digits,all,\n", "rules 9:4 value 184 [all] [a]\n"},
    {PARTIES GROUPS "group,,both,all; outside; b,\nquorum,,digits,both,\n", "rules 12:4 value 184 [both] [b]\n"},
    {PARTIES GROUPS "quorum,,digits,notary,\n", "rules 11:4 value 184 [notary] [notary]\n"},
    {PARTIES GROUPS "quorum,,digits,somebody,\n", "rules 11:4 value 183 [somebody] []\n"},
    {PARTIES GROUPS "quorum,,results,all,\nquorum,,digits,host,\n", "rules 11:3 column 123 [results] [seed-base digits after]\n"},
    {PARTIES GROUPS "quorum,,digits,host,\nquorum,,digits,outside,\n", "rules 12:4 value 135 [outside] [host]\n"},
    {PARTIES "quorum,,digits,host,\ngroup,,a,1; b,\n", "rules 10:3 column 182 [a] [a]\n"},
    {PARTIES "quorum,,digits,host,\ngroup,,g,1; x,\n", "rules 10:4 value 183 [x] []\n"},
    {PARTIES "quorum,,digits,host,\ngroup,,g,1; g,\n", "rules 10:4 value 183 [g] []\n"},
    {PARTIES "quorum,,digits,host,\ngroup,,g,1; a; a,\n", "rules 10:4 value 182 [a] [a]\n"},
    {PARTIES "quorum,,digits,host,\ngroup,,g,3; a; b,\n", "rules 10:4 value 133 [3; a; b] [2; MEMBER; MEMBER; MEMBER]\n"},
    {PARTIES "quorum,,digits,host,\ngroup,,g,0; a; b,\n", "rules 10:4 value 133 [0; a; b] [2; MEMBER; MEMBER; MEMBER]\n"},
    {PARTIES "quorum,,digits,host,\ngroup,,g,2,\n", "rules 10:4 value 133 [2] [2; MEMBER; MEMBER; MEMBER]\n"},
    {PARTIES "quorum,,digits,host,\ngroup,,G,1; a,\n", "rules 10:3 column 180 [G] [notary]\n"},
    {"source,,2,lottery 7; Lottery; b; c,\n", "rules 6:4 value 133 [lottery 7; Lottery; b; c] [lottery 7; NAME 2026095; CROOKED; SUBSTITUTE]\n"},
    {"source,,2,lottery 65; Lottery 2026095; b; c,\n", "rules 6:4 value 122 [lottery 65; Lottery 2026095; b; c] [1-64]\n"},
    {"source,,2,drand 0; h; b; c,\n", "rules 6:4 value 133 [drand 0; h; b; c] [drand 4711; hCHAIN; CROOKED; SUBSTITUTE]\n"},
    {"source,,2,drand 4711; main; b; c,\n", "rules 6:4 value 133 [drand 4711; main; b; c] [drand 4711; hCHAIN; CROOKED; SUBSTITUTE]\n"},
    {"source,,2,lottery 7; L 1; b; c,\nsource,,3,d6 10; a; b; c,\n", "rules 7:4 value 185 [d6 10; a; b; c] []\n"},
    {"draw,,rounds,3,\n", "rules 6:4 value 133 [3] [2]\n"},
    {"draw,,rounds,2,\n", "rules 6:4 value 186 [2] []\n"},
    {"draw,,late,2026-02-30,\n", "rules 6:4 value 133 [2026-02-30] [2026-09-15; 2026-10-15]\n"},
    {"draw,,late,2026-10-15; 2026-09-15,\n", "rules 6:4 value 133 [2026-10-15; 2026-09-15] [2026-09-15; 2026-10-15]\n"},
    {"draw,,late,2026-10-15; 2026-10-15,\n", "rules 6:4 value 133 [2026-10-15; 2026-10-15] [2026-09-15; 2026-10-15]\n"},
};

static made_report report;

static void mistakes_are_reported(void **state)
{
    (void)state;
    bool seen[SUNLOT_ISSUE_END] = {false};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        sunlot_enrolment *e = NULL;
        const sunlot_err err = read_rows(&e, faults[i].rows, NULL, &report);
        if (strcmp(report.text, faults[i].report) != 0) print_message("%s", faults[i].rows);
        assert_string_equal(report.text, faults[i].report);
        assert_int_equal(err, SUNLOT_ERR_INPUT);
        assert_null(e);
        for (int code = 0; code < SUNLOT_ISSUE_END; code++) seen[code] = seen[code] || report.seen[code];
    }
    for (int code = SUNLOT_ISSUE_PARTY_ID; code <= SUNLOT_ISSUE_ROUNDS; code++) assert_true(seen[code]);
}

/* In two rounds the teams of every school with teachers are formed. */
static void two_rounds_need_formed_teams(void **state)
{
    (void)state;
    static const struct {
        const char *teachers, *report;
    } cases[] = {
        {"id,name,subject,classes,homeroom,team\n1,T,m,1,yes,T1\n2,U,m,1,yes,T2\n", ""},
        {"id,name,subject,classes,homeroom,team\n1,T,m,1,yes,\n2,U,m,1,yes,\n", "rules 6:4 value 186 [-] []\n"},
        {"id,name,subject,classes,homeroom\n1,T,m,1,yes\n2,U,m,1,yes\n", "rules 6:4 value 186 [-] []\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sunlot_enrolment *e = NULL;
        const sunlot_err err = read_rows(&e, "draw,,rounds,2,\n", cases[i].teachers, &report);
        assert_string_equal(report.text, cases[i].report);
        assert_int_equal(err, cases[i].report[0] == 0 ? SUNLOT_OK : SUNLOT_ERR_INPUT);
        if (e != NULL) assert_true(e->facts.two_rounds);
        sunlot_enrolment_free(e);
    }
}

/* The lines of a log from one word to another, without vkeys. */
static void assert_lines(sunlot_text log, const char *from, const char *to, const char *expected)
{
    sunlot_buffer found = {0};
    bool inside = false;
    while (log.n > 0) {
        const sunlot_text line = sunlot_text_split(log, '\n', &log);
        if (sunlot_text_starts(line, sunlot_text_of(from))) inside = true;
        if (sunlot_text_starts(line, sunlot_text_of(to))) break;
        if (!inside) continue;
        sunlot_text rest = line, field;
        for (int i = 0; rest.p != NULL; i++) {
            field = sunlot_text_split(rest, ',', &rest);
            const bool key = i == 3 && sunlot_text_starts(line, SUNLOT_TEXT("party,"));
            if (i > 0) assert_true(sunlot_buffer_byte(&found, ','));
            assert_true(key ? sunlot_buffer_byte(&found, '*') : sunlot_buffer_text(&found, field));
        }
        assert_true(sunlot_buffer_byte(&found, '\n'));
    }
    assert_true(sunlot_buffer_byte(&found, 0));
    assert_string_equal(found.p, expected);
    sunlot_buffer_free(&found);
}

static sunlot_log *announce(sunlot_buffer *bytes, const char *rows, sunlot_mode mode)
{
    sunlot_enrolment *e = NULL;
    sunlot_roster *r = NULL;
    sunlot_log *log = NULL;
    assert_int_equal(read_rows(&e, rows, NULL, &report), SUNLOT_OK);
    assert_string_equal(report.text, "");
    assert_int_equal(sunlot_roster_new(&r, e, mode, &made_master, NULL), SUNLOT_OK);
    assert_int_equal(sunlot_announce(&log, bytes, NULL, e, r, &made_master, NULL), SUNLOT_OK);
    sunlot_roster_free(r);
    sunlot_enrolment_free(e);
    return log;
}

#define SAID                                                                                                                                                   \
    "party,host,host,*,host,-\nparty,a,Parents,*,own,-\nparty,b,Parents,*,host,-\nparty,notary,Notary,*,own,sealed\n"                                          \
    "group,parents,1,a;b\ngroup,outside,2,host;notary;parents\n"

static void rows_become_records(void **state)
{
    (void)state;
    static const struct {
        const char *rows, *expected;
    } cases[] = {
        {PARTIES GROUPS "quorum,,digits,outside,\n", SAID "quorum,seed-base,all\nquorum,digits,outside\nquorum,after,all\n"},
        {"quorum,,after,notary,\n" GROUPS PARTIES "quorum,,digits,host,\nquorum,,seed-base,parents,\n",
         SAID "quorum,seed-base,parents\nquorum,digits,host\nquorum,after,notary\n"},
        {"参与方,,notary,Notary; " KEY_1 "; 自备; 密封,\n参与方,,b,Parents; " KEY_2 "; 主办,\nparty,,a,Parents; " KEY_3 "; 自备,\n"
         "组,,parents,任一; b；a,\n组,,outside,2; parents; notary; 主办,\n法定,,底单,parents,\n法定,,数字,outside,\n法定,,事后,全部,\n",
         SAID "quorum,seed-base,parents\nquorum,digits,outside\nquorum,after,all\n"},
        {"", "party,host,host,*,host,-\nquorum,seed-base,all\nquorum,digits,all\nquorum,after,all\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (int mode = SUNLOT_LIVE; mode <= SUNLOT_REHEARSAL; mode++) {
            sunlot_buffer bytes = {0};
            sunlot_log *log = announce(&bytes, cases[i].rows, (sunlot_mode)mode);
            assert_lines(made_view(&bytes), "party,", "source,", cases[i].expected);
            assert_int_equal(sunlot_log_phase(log), cases[i].rows[0] == 0 ? SUNLOT_PHASE_SEED_BASE : SUNLOT_PHASE_LIST);
            sunlot_log_free(log);
            sunlot_buffer_free(&bytes);
        }
    }
}

#define CHAIN "h52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"

static void public_sources_and_dates_become_records(void **state)
{
    (void)state;
    sunlot_buffer bytes = {0};
    sunlot_log *log = announce(&bytes,
                               "source,,3,drand 4711; " CHAIN "; x; y,\nsource,,2,lottery 7; Two Balls 2026095; x; y,\n"
                               "draw,,late,2026-09-15 ; 2026-10-15,\n",
                               SUNLOT_LIVE);
    assert_lines(made_view(&bytes), "source,", "school,",
                 "source,1,d10,39,a,b,c\nsource,2,lottery,7,Two Balls 2026095,x,y\nsource,3,drand,4711," CHAIN ",x,y\n");
    assert_lines(made_view(&bytes), "fact,late", "fact,m", "fact,late,2026-09-15;2026-10-15\n");
    sunlot_log_free(log);
    sunlot_buffer_free(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mistakes_are_reported),
        cmocka_unit_test(two_rounds_need_formed_teams),
        cmocka_unit_test(rows_become_records),
        cmocka_unit_test(public_sources_and_dates_become_records),
    };
    return sunlot_init() == SUNLOT_OK ? cmocka_run_group_tests_name("parties_file", tests, NULL, NULL) : 1;
}
