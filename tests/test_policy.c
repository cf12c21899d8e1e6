/* Policies: their form, what reaches a quorum, and what is written of an announcement (SPEC 14.3). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <stdio.h>

#include "base/alloc.h"
#include "log/log.h"
#include "log/policy.h"
#include "log/signer.h"
#include "support/cases.h"
#include "support/made_log.h"

#define DRAW "sunlot/v1/live/Example/2026/G7/placement/1"

static char log_key[256], other_log[256], key[4][256];

static void write_vkey(char *out, const char *name, uint8_t type, uint8_t number)
{
    sunlot_buffer vkey = {0};
    sunlot_signer s;
    const sunlot_digest seed = {{number}};
    sunlot_signer_init(&s, &seed);
    assert_true(sunlot_vkey_write(&vkey, sunlot_text_of(name), type, s.public_) && vkey.n < 256);
    memcpy(out, vkey.p, vkey.n);
    sunlot_buffer_free(&vkey);
}

static int start(void **state)
{
    (void)state;
    if (sunlot_init() != SUNLOT_OK) return 1;
    write_vkey(log_key, DRAW, SUNLOT_KEY_LOG, 1);
    write_vkey(other_log, DRAW, SUNLOT_KEY_LOG, 9);
    for (uint8_t i = 0; i < 4; i++) {
        char name[64];
        (void)snprintf(name, sizeof name, DRAW "/%c", 'a' + i);
        write_vkey(key[i], name, SUNLOT_KEY_PARTY, (uint8_t)(2 + i));
    }
    return 0;
}

/* LOG and A, B, C, D stand for keys. */
static sunlot_buffer filled(const char *text)
{
    sunlot_buffer out = {0};
    for (const char *p = text; *p != 0; p++) {
        const char *put = NULL;
        if (strncmp(p, "LOG", 3) == 0) {
            put = log_key;
            p += 2;
        } else if (*p >= 'A' && *p <= 'D') {
            put = key[*p - 'A'];
        }
        assert_true(put != NULL ? sunlot_buffer_string(&out, put) : sunlot_buffer_byte(&out, *p));
    }
    return out;
}

static bool reads(const char *text, uint64_t *line)
{
    sunlot_buffer filled_text = filled(text);
    sunlot_policy *p = NULL;
    const sunlot_err err = sunlot_policy_read(&p, made_view(&filled_text), line);
    assert_true(err == SUNLOT_OK || err == SUNLOT_ERR_INPUT);
    sunlot_policy_free(p);
    sunlot_buffer_free(&filled_text);
    return err == SUNLOT_OK;
}

static void forms(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t line; /* of the fault; 0 with good false: the whole */
        bool good;
    } known[] = {
        {"log LOG\nquorum none\n", 0, true},
        {"# a comment\n\nwitness a A\nlog LOG\nquorum a\n", 0, true},
        {"log LOG\nwitness a A\nwitness b B\ngroup g any a b\ngroup h all g a\nquorum h\n", 0, true},
        {"log LOG\n", 0, false},
        {"quorum none\n", 0, false},
        {"", 0, false},
        {"log LOG\nquorum none", 2, false},
        {"log LOG\nlog LOG\nquorum none\n", 2, false},
        {"log LOG \nquorum none\n", 1, false},
        {"log  LOG\nquorum none\n", 1, false},
        {"log A\nquorum none\n", 1, false},
        {"log LOG\nwitness a LOG\nquorum none\n", 2, false},
        {"log LOG\nwitness a A\nwitness a B\nquorum none\n", 3, false},
        {"log LOG\nwitness a A\nwitness b A\nquorum none\n", 3, false},
        {"log LOG\nwitness none A\nquorum none\n", 2, false},
        {"log LOG\nwitness a A\ngroup a 1 a\nquorum none\n", 3, false},
        {"log LOG\nwitness a A\ngroup g 2 a\nquorum g\n", 3, false},
        {"log LOG\nwitness a A\ngroup g 0 a\nquorum g\n", 3, false},
        {"log LOG\nwitness a A\ngroup g 01 a\nquorum g\n", 3, false},
        {"log LOG\nwitness a A\ngroup g 1 a a\nquorum g\n", 3, false},
        {"log LOG\nwitness a A\ngroup g 1 a \nquorum g\n", 3, false},
        {"log LOG\nwitness a A\ngroup g all\nquorum g\n", 3, false},
        {"log LOG\ngroup g 1 a\nwitness a A\nquorum g\n", 2, false},
        {"log LOG\nquorum a\nwitness a A\n", 2, false},
        {"log LOG\nquorum none\nquorum none\n", 3, false},
        {"log LOG\nquorum none x\n", 2, false},
        {"log LOG\npolicy x\nquorum none\n", 2, false},
        {"log LOG\r\nquorum none\r\n", 1, false},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        uint64_t line = 0;
        if (reads(known[i].text, &line) != known[i].good || line != known[i].line) {
            print_message("%s", known[i].text);
            fail();
        }
    }
}

/* All sets of four witnesses, against what each quorum says. */
static void quorums(void **state)
{
    (void)state;
    static const char *const quorum[] = {"none", "a", "any", "two", "all", "nested"};
    for (size_t q = 0; q < sizeof quorum / sizeof *quorum; q++) {
        char text[512];
        (void)snprintf(text, sizeof text,
                       "log LOG\nwitness a A\nwitness b B\nwitness c C\nwitness d D\ngroup any any a b c d\ngroup two 2 b c d\ngroup all all a b c d\n"
                       "group nested 2 a two\nquorum %s\n",
                       quorum[q]);
        sunlot_buffer filled_text = filled(text);
        sunlot_policy *p;
        uint64_t line;
        assert_int_equal(sunlot_policy_read(&p, made_view(&filled_text), &line), SUNLOT_OK);
        for (unsigned set = 0; set < 16; set++) {
            const bool a = (set & 1) != 0;
            const unsigned rest = (set >> 1 & 1) + (set >> 2 & 1) + (set >> 3 & 1);
            const bool expected[] = {true, a, set != 0, rest >= 2, set == 15, a && rest >= 2};
            assert_int_equal(sunlot_policy_reached(p, set), expected[q]);
        }
        sunlot_policy_free(p);
        sunlot_buffer_free(&filled_text);
    }
}

/* The opening of the small draw with other parties, groups and quorums. */
static char written[2048];

static const char *policy_of(const char *parties)
{
    char text[8192];
    (void)snprintf(text, sizeof text, MADE_TITLE MADE_FACTS "%s" MADE_SOURCES MADE_RULES MADE_SCHOOLS "@checkpoint seed-base\n", parties);
    sunlot_buffer log_text = made_log(text, NULL), policy = {0};
    sunlot_log *log;
    sunlot_fault fault;
    assert_int_equal(sunlot_log_read(&log, made_view(&log_text), &fault, NULL), SUNLOT_OK);
    assert_int_equal(sunlot_policy_write(&policy, log), SUNLOT_OK);
    sunlot_policy *p;
    uint64_t line;
    assert_int_equal(sunlot_policy_read(&p, made_view(&policy), &line), SUNLOT_OK); /* ours can be read */
    assert_true(sunlot_text_equal(sunlot_policy_log(p), log->roster->party[0].vkey));
    for (uint32_t i = 1; i < log->roster->parties; i++) assert_true(sunlot_text_equal(sunlot_policy_vkey(p, i - 1), log->roster->party[i].vkey));

    /* Whatever parties have signed with the host, policy and quorum say the same. */
    for (uint32_t set = 0; set < UINT32_C(1) << (log->roster->parties - 1); set++) {
        const bool reached = sunlot_log_quorum_reached(log, SUNLOT_QUORUM_SEED_BASE, set << 1 | 1);
        assert_int_equal(sunlot_policy_reached(p, set), reached);
    }
    sunlot_policy_free(p);

    /* Without the keys, to be compared. */
    written[0] = 0;
    for (sunlot_text rest = made_view(&policy); rest.n > 0;) {
        const sunlot_text one = sunlot_text_split(rest, '\n', &rest);
        if (sunlot_text_starts(one, SUNLOT_TEXT("group ")) || sunlot_text_starts(one, SUNLOT_TEXT("quorum "))) {
            (void)snprintf(written + strlen(written), sizeof written - strlen(written), "%.*s\n", (int)one.n, one.p);
        }
    }
    sunlot_log_free(log);
    sunlot_buffer_free(&log_text);
    sunlot_buffer_free(&policy);
    return written;
}

#define PARTIES  "@party\n@member a Notary own -\n@member b Parents own -\n@member c Parents own -\n"
#define QUORUMS_ "\nquorum,digits,host\nquorum,after,all\n"

/* Each group is all of those before it.  Who looked at members anew for each would not come to an end. */
static void nested_groups(void **state)
{
    (void)state;
    sunlot_buffer text = {0};
    assert_true(sunlot_buffer_string(&text, "log ") && sunlot_buffer_string(&text, log_key) && sunlot_buffer_string(&text, "\nwitness a ") &&
                sunlot_buffer_string(&text, key[0]) && sunlot_buffer_byte(&text, '\n'));
    for (unsigned i = 0; i < 64; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "group g%u all", i);
        assert_true(sunlot_buffer_string(&text, name) && sunlot_buffer_string(&text, " a"));
        for (unsigned j = 0; j < i; j++) {
            (void)snprintf(name, sizeof name, " g%u", j);
            assert_true(sunlot_buffer_string(&text, name));
        }
        assert_true(sunlot_buffer_byte(&text, '\n'));
    }
    const size_t before = text.n;
    sunlot_policy *p;
    uint64_t line;
    assert_true(sunlot_buffer_string(&text, "quorum g63\n"));
    assert_int_equal(sunlot_policy_read(&p, sunlot_buffer_view(&text), &line), SUNLOT_OK);
    assert_true(sunlot_policy_reached(p, 1));
    assert_false(sunlot_policy_reached(p, 0));
    sunlot_policy_free(p);
    text.n = before;
    assert_true(sunlot_buffer_string(&text, "group g64 any a\nquorum g63\n"));
    assert_int_equal(sunlot_policy_read(&p, sunlot_buffer_view(&text), &line), SUNLOT_ERR_INPUT);
    assert_int_equal(line, 67);
    sunlot_buffer_free(&text);
}

static void announcements(void **state)
{
    (void)state;
    assert_string_equal(policy_of("@party\nquorum,seed-base,all" QUORUMS_), "quorum none\n");
    assert_string_equal(policy_of(PARTIES "quorum,seed-base,all" QUORUMS_), "group all all a b c\nquorum all\n");
    assert_string_equal(policy_of(PARTIES "quorum,seed-base,host" QUORUMS_), "quorum none\n");
    assert_string_equal(policy_of(PARTIES "quorum,seed-base,b" QUORUMS_), "quorum b\n");
    assert_string_equal(policy_of(PARTIES "group,g,2,a;b;c\nquorum,seed-base,g" QUORUMS_), "group g 2 a b c\nquorum g\n");
    /* A group with the host is written without it, one less; one that needs nobody else is reached and left out, also of others. */
    assert_string_equal(policy_of(PARTIES "group,g,2,a;b;host\nquorum,seed-base,g" QUORUMS_), "group g 1 a b\nquorum g\n");
    assert_string_equal(policy_of(PARTIES "group,g,1,a;b;host\nquorum,seed-base,g" QUORUMS_), "quorum none\n");
    assert_string_equal(policy_of(PARTIES "group,g,1,a;host\ngroup,h,2,b;c;g\ngroup,i,2,a;h\nquorum,seed-base,i" QUORUMS_),
                        "group h 1 b c\ngroup i 2 a h\nquorum i\n");
    assert_string_equal(policy_of(PARTIES "group,g,2,a;host\ngroup,h,2,b;c;g\nquorum,seed-base,h" QUORUMS_), "group g 1 a\ngroup h 2 b c g\nquorum h\n");
}

/* A policy is a pin of a log. */
static void a_policy_pins(void **state)
{
    (void)state;
    sunlot_buffer drawn = made_log(MADE_DRAWN, NULL), policy = {0}, other = {0};
    sunlot_log *log;
    sunlot_fault fault;
    sunlot_policy *p;
    uint64_t line;
    assert_int_equal(sunlot_log_read(&log, made_view(&drawn), &fault, NULL), SUNLOT_OK);
    assert_int_equal(sunlot_policy_write(&policy, log), SUNLOT_OK);
    sunlot_log_free(log);
    assert_int_equal(sunlot_policy_read(&p, made_view(&policy), &line), SUNLOT_OK);
    sunlot_pin pin = {.policy = p};
    assert_string_equal(sunlot_answer_name(made_answer(made_view(&drawn), &pin, &fault)), "valid");
    sunlot_policy_free(p);

    /* One more witness is asked for than the log has; and another log, of which nothing more is asked. */
    policy.n -= strlen("quorum none\n");
    assert_true(sunlot_buffer_string(&policy, "witness a ") && sunlot_buffer_string(&policy, key[0]) && sunlot_buffer_string(&policy, "\nquorum a\n"));
    assert_int_equal(sunlot_policy_read(&p, made_view(&policy), &line), SUNLOT_OK);
    pin.policy = p;
    assert_string_equal(sunlot_answer_name(made_answer(made_view(&drawn), &pin, &fault)), "quorum");
    sunlot_policy_free(p);
    assert_true(sunlot_buffer_string(&other, "log ") && sunlot_buffer_string(&other, other_log) && sunlot_buffer_string(&other, "\nwitness a ") &&
                sunlot_buffer_string(&other, key[0]) && sunlot_buffer_string(&other, "\nquorum a\n"));
    assert_int_equal(sunlot_policy_read(&p, made_view(&other), &line), SUNLOT_OK);
    pin.policy = p;
    assert_string_equal(sunlot_answer_name(made_answer(made_view(&drawn), &pin, &fault)), "signature");
    sunlot_policy_free(p);
    sunlot_buffer_free(&drawn);
    sunlot_buffer_free(&policy);
    sunlot_buffer_free(&other);
}

/* Of several witnesses those count that have signed. */
static void witnesses_that_signed(void **state)
{
    (void)state;
    sunlot_buffer text = made_log(MADE_TITLE MADE_FACTS PARTIES "group,g,1,a;b;c\nquorum,seed-base,g" QUORUMS_ MADE_SOURCES MADE_RULES MADE_SCHOOLS
                                                                "@signed seed-base b\n" MADE_ENTROPY "@checkpoint digits\n",
                                  NULL),
                  policy = {0};
    sunlot_log *log;
    sunlot_fault fault;
    assert_int_equal(sunlot_log_read(&log, made_view(&text), &fault, NULL), SUNLOT_OK);
    assert_int_equal(sunlot_policy_write(&policy, log), SUNLOT_OK);
    sunlot_log_free(log);
    assert_true(policy.n > 9 && memcmp(policy.p + policy.n - 9, "quorum g\n", 9) == 0);
    for (char asked = 'a'; asked <= 'c'; asked++) {
        sunlot_policy *p;
        uint64_t line;
        policy.p[policy.n - 2] = asked;
        assert_int_equal(sunlot_policy_read(&p, made_view(&policy), &line), SUNLOT_OK);
        const sunlot_pin pin = {.policy = p, .until = SUNLOT_PHASE_DIGITS};
        assert_string_equal(sunlot_answer_name(made_answer(made_view(&text), &pin, &fault)), asked == 'b' ? "valid" : "quorum");
        sunlot_policy_free(p);
    }
    sunlot_buffer_free(&text);
    sunlot_buffer_free(&policy);
}

/* ---- the cases of the second implementation ---------------------------------------------------------------------------------- */

static void policy_cases(void **state)
{
    (void)state;
    cases *c = cases_open("policy/policy.txt");
    while (cases_next(c)) {
        sunlot_policy *p = NULL;
        uint64_t line;
        sunlot_text signed_by[128];
        sunlot_fault fault;
        const sunlot_text log = case_text(c, "log");
        const uint32_t count = case_count(c, "signed");
        assert_true(count <= 128);
        for (uint32_t i = 0; i < count; i++) signed_by[i] = case_item(c, "signed", i);
        const sunlot_err err = sunlot_policy_read(&p, case_bytes(c, "policy"), &line);
        if (err == SUNLOT_ERR_INPUT) {
            case_expect_text(c, "answer", sunlot_text_of("refused"));
            continue;
        }
        assert_int_equal(err, SUNLOT_OK);
        sunlot_policy_judge(&fault, p, log, signed_by, count, 1);
        case_expect_text(c, "answer", sunlot_text_of(fault.answer == SUNLOT_VALID ? "agrees" : sunlot_answer_name(fault.answer)));
        sunlot_policy_free(p);
    }
    cases_close(c);
}

/* The members of a group: bits of parties and of the groups before it, and their ids as the log has them. */
static void take_members(cases *c, sunlot_roster *r, sunlot_group_rule *g, sunlot_text members)
{
    char *ids = sunlot_arena_alloc(&r->arena, members.n, 1);
    assert_non_null(ids);
    for (size_t i = 0; i < members.n; i++) ids[i] = members.p[i] == ' ' ? ';' : members.p[i];
    g->members = (sunlot_text){ids, members.n};
    for (sunlot_text rest = g->members; rest.n > 0; g->count++) {
        const sunlot_text id = sunlot_text_split(rest, ';', &rest);
        const uint32_t party = sunlot_roster_party(r, id), group = sunlot_roster_group(r, id);
        if (party == SUNLOT_NONE32 && group == SUNLOT_NONE32) case_fail(c, "an unknown member");
        if (party != SUNLOT_NONE32)
            g->parties |= UINT32_C(1) << party;
        else
            g->groups |= UINT32_C(1) << group;
    }
}

static void take_groups(cases *c, sunlot_roster *r)
{
    for (uint32_t i = 0; i < case_count(c, "group"); i++) {
        sunlot_text rest;
        uint64_t k;
        sunlot_group_rule g = {.name = sunlot_text_split(case_item(c, "group", i), ' ', &rest)};
        assert_true(sunlot_number_parse(&k, sunlot_text_split(rest, ' ', &rest), SUNLOT_MAX_PARTIES + SUNLOT_MAX_GROUPS));
        g.k = (uint32_t)k;
        assert_true(r->groups < SUNLOT_MAX_GROUPS);
        take_members(c, r, &g, rest);
        r->group[r->groups++] = g;
    }
}

static void announced_cases(void **state)
{
    (void)state;
    cases *c = cases_open("policy/announced.txt");
    while (cases_next(c)) {
        sunlot_log *log = sunlot_alloc(1, sizeof *log);
        sunlot_roster *r = sunlot_alloc(1, sizeof *r);
        sunlot_buffer vkey[SUNLOT_MAX_PARTIES] = {{0}}, policy = {0};
        assert_true(log != NULL && r != NULL);
        log->roster = r;
        r->id = case_text(c, "draw-id");
        r->parties = case_count(c, "party");
        assert_true(r->parties <= SUNLOT_MAX_PARTIES);
        for (uint32_t i = 0; i < r->parties; i++) {
            sunlot_text rest;
            r->party[i].id = sunlot_text_split(case_item(c, "party", i), ' ', &rest);
            const sunlot_text bytes = case_bytes_of(c, rest);
            assert_int_equal(bytes.n, 32);
            if (i == 0)
                assert_true(sunlot_vkey_write(&vkey[i], r->id, SUNLOT_KEY_LOG, (const uint8_t *)bytes.p));
            else
                assert_int_equal(sunlot_party_vkey(&vkey[i], r->id, r->party[i].id, (const uint8_t *)bytes.p), SUNLOT_OK);
            r->party[i].vkey = sunlot_buffer_view(&vkey[i]);
        }
        take_groups(c, r);
        r->quorum[SUNLOT_QUORUM_SEED_BASE] = case_text(c, "seed-base");
        assert_int_equal(sunlot_policy_write(&policy, log), SUNLOT_OK);
        sunlot_text rest = sunlot_buffer_view(&policy);
        for (uint32_t i = 0; i < case_count(c, "line"); i++)
            if (!sunlot_text_equal(sunlot_text_split(rest, '\n', &rest), case_item(c, "line", i))) case_fail(c, "another line");
        assert_true(rest.n == 0 && rest.p != NULL);

        sunlot_policy *p;
        uint64_t line;
        assert_int_equal(sunlot_policy_read(&p, sunlot_buffer_view(&policy), &line), SUNLOT_OK);
        sunlot_policy_free(p);
        for (uint32_t i = 0; i < r->parties; i++) sunlot_buffer_free(&vkey[i]);
        sunlot_buffer_free(&policy);
        sunlot_arena_free(&r->arena);
        sunlot_release(r);
        sunlot_release(log);
    }
    cases_close(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms),         cmocka_unit_test(quorums),         cmocka_unit_test(nested_groups),
        cmocka_unit_test(announcements), cmocka_unit_test(a_policy_pins),   cmocka_unit_test(witnesses_that_signed),
        cmocka_unit_test(policy_cases),  cmocka_unit_test(announced_cases),
    };
    return cmocka_run_group_tests_name("policy", tests, start, NULL);
}
