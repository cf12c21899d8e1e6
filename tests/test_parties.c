/* Parties, groups and quorums of a log (SPEC 5.1, 6): every set of parties against groups worked out another way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/alloc.h"
#include "log/log.h"
#include "support/made_crew.h"
#include "support/made_log.h"

#define NAMES "@party\n@member a Notary own sealed\n@member b Parents host -\n@member c Parents own sealed\n"
#define GROUPS                                                                                                                                                 \
    "group,parents,1,b;c\ngroup,outside,2,a;b;c\ngroup,nested,2,host;outside;parents\ngroup,deep,3,a;nested;outside\n"                                         \
    "group,one,1,c\ngroup,both,2,nested;one\n"
#define QUORUMS      "quorum,seed-base,outside\nquorum,digits,nested\nquorum,after,parents\n"
#define LISTED       MADE_TITLE MADE_FACTS NAMES GROUPS QUORUMS MADE_SOURCES MADE_RULES MADE_SCHOOLS
#define COMMITTED    LISTED "@checkpoint list\n@commit a\n@commit c\n@checkpoint commits\n"
#define REVEALED     COMMITTED "@reveal a\nmissing,c\n"
#define BASED        REVEALED "@signed seed-base a b\n"
#define THROWN       BASED MADE_ENTROPY "@signed digits a c\n"
#define DRAWN        THROWN "@results\n@checkpoint results\n"
#define DRAWN_SIGNED THROWN "@results\n@signed results a\n"

/* The host alone must sign, another party may. */
#define PLAIN                                                                                                                                                  \
    MADE_TITLE MADE_FACTS "@party\n@member a R own -\nquorum,seed-base,host\nquorum,digits,host\nquorum,after,host\n" MADE_SOURCES MADE_RULES MADE_SCHOOLS

/* ---- quorums ------------------------------------------------------------------------------------------------------------------- */

/* Worked out by hand: what each group asks of host, a, b, c. */
static bool wanted(const char *who, bool host, bool a, bool b, bool c)
{
    const bool parents = b || c, outside = a + b + c >= 2, nested = host + outside + parents >= 2;
    if (strcmp(who, "all") == 0) return host && a && b && c;
    if (strcmp(who, "host") == 0) return host;
    if (strcmp(who, "b") == 0) return b;
    if (strcmp(who, "parents") == 0) return parents;
    if (strcmp(who, "outside") == 0) return outside;
    if (strcmp(who, "nested") == 0) return nested;
    if (strcmp(who, "deep") == 0) return a && nested && outside;
    if (strcmp(who, "one") == 0) return c;
    return nested && c; /* both */
}

static sunlot_log *read_log(const sunlot_buffer *bytes)
{
    sunlot_log *log;
    sunlot_fault fault = {0};
    const sunlot_err err = sunlot_log_read(&log, made_view(bytes), &fault, NULL);
    if (err != SUNLOT_OK) print_message("line %u: %s: %s\n", (unsigned)fault.line, fault.what, fault.found);
    assert_int_equal(err, SUNLOT_OK);
    return log;
}

static void every_set_of_parties_is_judged(void **state)
{
    (void)state;
    static const char *const names[] = {"all", "host", "b", "parents", "outside", "nested", "deep", "one", "both"};
    sunlot_buffer bytes = made_log(LISTED "@checkpoint list\n", NULL);
    sunlot_log *log = read_log(&bytes);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        uint32_t blocker = SUNLOT_NONE32;
        for (uint32_t set = 0; set < 16; set++) {
            const bool right = wanted(names[i], (set & 1) != 0, (set & 2) != 0, (set & 4) != 0, (set & 8) != 0);
            assert_int_equal(sunlot_quorum_satisfied(log->roster, sunlot_text_of(names[i]), set), right);
            for (uint32_t party = 3; party >= 1; party--)
                if (set == (15u & ~(1u << party)) && !right && (blocker == SUNLOT_NONE32 || party < blocker)) blocker = party;
        }
        assert_int_equal(sunlot_quorum_blocker(log->roster, sunlot_text_of(names[i])), blocker);
    }
    assert_false(sunlot_quorum_satisfied(log->roster, SUNLOT_TEXT("nobody"), 15));
    for (uint32_t set = 0; set < 16; set++) { /* and the host's is always asked for */
        assert_int_equal(sunlot_log_quorum_reached(log, SUNLOT_QUORUM_SEED_BASE, set),
                         (set & 1) != 0 && wanted("outside", true, (set & 2) != 0, (set & 4) != 0, (set & 8) != 0));
        assert_int_equal(sunlot_log_quorum_reached(log, SUNLOT_QUORUM_AFTER, set), (set & 1) != 0 && (set & 12) != 0);
    }
    sunlot_log_free(log);
    sunlot_buffer_free(&bytes);
}

static void a_log_names_its_parties(void **state)
{
    (void)state;
    sunlot_buffer bytes = made_log(DRAWN, NULL);
    sunlot_log *log = read_log(&bytes);
    assert_int_equal(sunlot_log_parties(log), 4);
    sunlot_party party;
    uint32_t at;
    assert_true(sunlot_log_party_find(log, SUNLOT_TEXT("c"), &at));
    assert_int_equal(at, 3);
    assert_false(sunlot_log_party_find(log, SUNLOT_TEXT("outside"), &at));
    sunlot_log_party(log, 3, &party);
    assert_true(party.own && party.sealed && party.committed && !party.revealed && party.missing);
    assert_true(sunlot_text_equal(party.role, SUNLOT_TEXT("Parents")));
    assert_true(sunlot_text_equal(party.key_name, SUNLOT_TEXT("sunlot/v1/live/Example/2026/G7/placement/1/c")));
    uint8_t secret[64];
    made_secret(secret, "c");
    assert_memory_equal(party.public_, secret + 32, 32);
    sunlot_log_party(log, 1, &party);
    assert_true(party.committed && party.revealed && !party.missing);
    sunlot_log_party(log, 2, &party);
    assert_true(!party.own && !party.sealed && !party.committed && !party.missing);
    assert_int_equal(sunlot_log_groups(log), 6);
    sunlot_group group;
    sunlot_log_group(log, 2, &group);
    assert_true(sunlot_text_equal(group.members, SUNLOT_TEXT("host;outside;parents")));
    assert_int_equal(group.k, 2);
    assert_true(sunlot_text_equal(sunlot_log_quorum(log, SUNLOT_QUORUM_AFTER), SUNLOT_TEXT("parents")));

    static const struct {
        const char *name;
        sunlot_phase phase;
        uint32_t signed_by;
        bool has_quorum, reached;
    } seen[] = {{"list", SUNLOT_PHASE_LIST, 1, false, true},
                {"commits", SUNLOT_PHASE_COMMITS, 1, false, true},
                {"seed-base", SUNLOT_PHASE_SEED_BASE, 7, true, true},
                {"digits", SUNLOT_PHASE_DIGITS, 11, true, true},
                {"results", SUNLOT_PHASE_RESULTS, 1, false, true}};
    assert_int_equal(sunlot_log_checkpoints(log), 5);
    for (uint32_t i = 0; i < 5; i++) {
        sunlot_checkpoint_info info;
        assert_int_equal(sunlot_log_checkpoint(log, i, &info), SUNLOT_OK);
        assert_string_equal(info.name, seen[i].name);
        assert_int_equal(info.phase, seen[i].phase);
        assert_int_equal(info.signed_by, seen[i].signed_by);
        assert_int_equal(info.has_quorum, seen[i].has_quorum);
        assert_int_equal(info.reached, seen[i].reached);
        assert_int_equal(info.size, info.line - 1);
    }
    sunlot_log_free(log);
    sunlot_buffer_free(&bytes);
}

/* ---- faults ------------------------------------------------------------------------------------------------------------------------ */

typedef struct {
    const char *text;
    made_edit edit;
    sunlot_answer answer;
} fault_case;

static const fault_case cases[] = {
    {LISTED "@checkpoint list\n", {NULL, NULL}, SUNLOT_INCOMPLETE},
    {COMMITTED, {NULL, NULL}, SUNLOT_INCOMPLETE},
    {BASED, {NULL, NULL}, SUNLOT_INCOMPLETE},
    {THROWN, {NULL, NULL}, SUNLOT_INCOMPLETE},
    {DRAWN, {NULL, NULL}, SUNLOT_UNPINNED},
    {DRAWN_SIGNED, {NULL, NULL}, SUNLOT_UNPINNED},
    /* party */
    {BASED, {"party,host,host,", "party,hosts,host,"}, SUNLOT_FAULT_PARSE},
    {BASED, {"party,host,host,", "party,host,Host,"}, SUNLOT_FAULT_PARSE},
    {BASED, {",host,-\nparty,a", ",own,-\nparty,a"}, SUNLOT_FAULT_PARSE},
    {BASED, {",host,-\nparty,a", ",host,sealed\nparty,a"}, SUNLOT_FAULT_PARSE},
    {BASED, {"party,a,Notary", "party,a,"}, SUNLOT_FAULT_PARSE},
    {BASED, {"party,a,Notary", "party,A,Notary"}, SUNLOT_FAULT_PARSE},
    {BASED, {"party,a,Notary", "party,d,Notary"}, SUNLOT_FAULT_PARSE}, /* a vkey of another name */
    {BASED, {",own,sealed\nparty,b", ",mine,sealed\nparty,b"}, SUNLOT_FAULT_PARSE},
    {BASED, {",own,sealed\nparty,b", ",own,open\nparty,b"}, SUNLOT_FAULT_PARSE},
    {BASED, {"/1/a+", "/2/a+"}, SUNLOT_FAULT_PARSE},
    {MADE_TITLE MADE_FACTS "@party\n@member b R own -\n@member a R own -\n" GROUPS QUORUMS, {NULL, NULL}, SUNLOT_FAULT_ORDER},
    {MADE_TITLE MADE_FACTS "@party\n@member a R own -\n@member a R own -\n" GROUPS QUORUMS, {NULL, NULL}, SUNLOT_FAULT_ORDER},
    {MADE_TITLE MADE_FACTS "@party\n@member all R own -\n" GROUPS QUORUMS, {NULL, NULL}, SUNLOT_FAULT_ORDER},
    {MADE_TITLE MADE_FACTS "@party\n@member host R own -\n" GROUPS QUORUMS, {NULL, NULL}, SUNLOT_FAULT_ORDER},
    {MADE_TITLE MADE_FACTS "@member a R own -\n", {NULL, NULL}, SUNLOT_FAULT_PARSE},
    {MADE_TITLE MADE_FACTS "quorum,seed-base,all\n", {NULL, NULL}, SUNLOT_FAULT_ORDER},
    /* group */
    {BASED, {"group,parents,1,b;c", "group,Parents,1,b;c"}, SUNLOT_FAULT_PARSE},
    {BASED, {"group,parents,1,b;c", "group,parents,0,b;c"}, SUNLOT_FAULT_PARSE},
    {BASED, {"group,parents,1,b;c", "group,parents,3,b;c"}, SUNLOT_FAULT_PARSE},
    {BASED, {"group,parents,1,b;c", "group,parents,1,c;b"}, SUNLOT_FAULT_PARSE},
    {BASED, {"group,parents,1,b;c", "group,parents,1,b;b"}, SUNLOT_FAULT_PARSE},
    {BASED, {"group,parents,1,b;c", "group,parents,1,"}, SUNLOT_FAULT_PARSE},
    {BASED, {"group,parents,1,b;c", "group,parents,1,b;"}, SUNLOT_FAULT_PARSE},
    {BASED, {"group,parents,1,b;c", "group,parents,1,b;d"}, SUNLOT_FAULT_ORDER},
    {BASED, {"group,parents,1,b;c", "group,parents,1,b;outside"}, SUNLOT_FAULT_ORDER}, /* a later one */
    {BASED, {"group,parents,1,b;c", "group,b,1,b;c"}, SUNLOT_FAULT_ORDER},
    {BASED, {"group,parents,1,b;c", "group,all,1,b;c"}, SUNLOT_FAULT_ORDER},
    {BASED, {"group,outside,2,a;b;c", "group,parents,2,a;b;c"}, SUNLOT_FAULT_ORDER},
    /* quorum */
    {BASED, {"quorum,seed-base,outside", "quorum,seed-base,somebody"}, SUNLOT_FAULT_ORDER},
    {BASED, {"quorum,seed-base,outside", "quorum,seed-base,"}, SUNLOT_FAULT_PARSE},
    {BASED, {"quorum,seed-base,outside", "quorum,list,outside"}, SUNLOT_FAULT_PARSE},
    {BASED, {"quorum,after,parents\n", ""}, SUNLOT_FAULT_ORDER},
    {BASED, {"quorum,after,parents\n", "quorum,after,parents\nquorum,after,parents\n"}, SUNLOT_FAULT_ORDER},
    {BASED, {"quorum,digits,nested", "quorum,digits,all"}, SUNLOT_FAULT_QUORUM},
    {BASED, {"quorum,digits,nested", "quorum,digits,a"}, SUNLOT_FAULT_QUORUM},
    {BASED, {"quorum,digits,nested", "quorum,digits,both"}, SUNLOT_FAULT_QUORUM},
    {BASED, {"quorum,digits,nested", "quorum,digits,host"}, SUNLOT_INCOMPLETE},
    {BASED, {"quorum,digits,nested", "quorum,digits,outside"}, SUNLOT_INCOMPLETE},
    {BASED, {"quorum,seed-base,outside", "quorum,seed-base,all"}, SUNLOT_INCOMPLETE}, /* open */
    {THROWN, {"quorum,seed-base,outside", "quorum,seed-base,all"}, SUNLOT_FAULT_QUORUM},
    /* sources */
    {BASED, {"source,2,d6,14,", "source,2,lottery,14,"}, SUNLOT_FAULT_PARSE},
    {BASED, {"source,2,d6,14,cells of a tray", "source,2,lottery,65,Balls 2026095"}, SUNLOT_FAULT_PARSE},
    {BASED, {"source,2,d6,14,cells of a tray", "source,2,lottery,7,Balls 20x"}, SUNLOT_FAULT_PARSE},
    {BASED, {"source,2,d6,14,cells of a tray", "source,2,lottery,7,2026095"}, SUNLOT_FAULT_PARSE},
    {BASED, {"source,2,d6,14,cells of a tray", "source,2,lottery,7,Balls 2026095"}, SUNLOT_FAULT_ENTROPY}, /* too few bits */
    {BASED, {"source,2,d6,14,cells of a tray", "source,2,drand,4711,main"}, SUNLOT_FAULT_PARSE},
    {BASED, {"source,2,d6,14,cells of a tray", "source,2,drand,0,{h01}"}, SUNLOT_FAULT_PARSE},
    {BASED, {"source,1,d10,30,a number a person", "source,1,drand,4711,{h01}"}, SUNLOT_FAULT_ORDER}, /* dice after it */
    /* facts */
    {BASED, {"fact,mix,3000\n", "fact,late,2026-09-15;2026-10-15\nfact,mix,3000\n"}, SUNLOT_FAULT_ORDER},
    {BASED, {"fact,ground,Rule 7\n", "fact,ground,Rule 7\nfact,late,2026-09-15;2026-10-15\n"}, SUNLOT_INCOMPLETE},
    {BASED, {"fact,ground,Rule 7\n", "fact,ground,Rule 7\nfact,late,2026-10-15;2026-09-15\n"}, SUNLOT_FAULT_PARSE},
    {BASED, {"fact,ground,Rule 7\n", "fact,ground,Rule 7\nfact,late,2026-10-15;\n"}, SUNLOT_FAULT_PARSE},
    {BASED, {"fact,rows,public\n", "fact,rounds,3\nfact,rows,public\n"}, SUNLOT_FAULT_PARSE},
    {BASED, {"fact,rows,public\n", "fact,rounds,2\nfact,rows,public\n"}, SUNLOT_FAULT_ROSTER}, /* teams are not formed */
    /* commits and reveals */
    {LISTED "@checkpoint list\n@commit a\n@checkpoint commits\n", {NULL, NULL}, SUNLOT_FAULT_ORDER},
    {LISTED "@checkpoint list\n@commit c\n@commit a\n@checkpoint commits\n", {NULL, NULL}, SUNLOT_FAULT_ORDER},
    {LISTED "@checkpoint list\n@commit a\nmissing,b\nmissing,c\n@checkpoint commits\n", {NULL, NULL}, SUNLOT_FAULT_ORDER},
    {LISTED "@checkpoint list\n@commit a\n@commit c\n@commit c\n@checkpoint commits\n", {NULL, NULL}, SUNLOT_FAULT_ORDER},
    {LISTED "@checkpoint list\n@checkpoint commits\n", {NULL, NULL}, SUNLOT_FAULT_ORDER},
    {LISTED "@checkpoint seed-base\n", {NULL, NULL}, SUNLOT_FAULT_ORDER},
    {LISTED "@checkpoint list\n@commit a\n@commit c\n@checkpoint seed-base\n", {NULL, NULL}, SUNLOT_FAULT_ORDER},
    {LISTED "@checkpoint list\nreveal,a,{x01}\n", {NULL, NULL}, SUNLOT_FAULT_ORDER},
    {LISTED "@checkpoint list\nmissing,a\nmissing,c\n@checkpoint commits\n@checkpoint seed-base\n", {NULL, NULL}, SUNLOT_INCOMPLETE},
    {LISTED "@checkpoint list\nmissing,a\nmissing,c\n@checkpoint commits\nmissing,a\n@checkpoint seed-base\n", {NULL, NULL}, SUNLOT_FAULT_ORDER},
    {COMMITTED "@reveal a\n@checkpoint seed-base\n", {NULL, NULL}, SUNLOT_FAULT_ORDER},
    {COMMITTED "@reveal c\n@reveal a\n@checkpoint seed-base\n", {NULL, NULL}, SUNLOT_FAULT_ORDER},
    {COMMITTED "@commit a\n@reveal c\n@checkpoint seed-base\n", {NULL, NULL}, SUNLOT_FAULT_ORDER},
    {COMMITTED "@reveal a\n@reveal c\n@signed seed-base a b c\n", {NULL, NULL}, SUNLOT_INCOMPLETE},
    {COMMITTED "reveal,a,{x01}\n@reveal c\n@signed seed-base a b c\n", {NULL, NULL}, SUNLOT_FAULT_COMMITMENT},
    {COMMITTED "reveal,a,x01\n@reveal c\n@signed seed-base a b c\n", {NULL, NULL}, SUNLOT_FAULT_PARSE},
    {COMMITTED "@reveal a\n@reveal c\nmissing,b\n@signed seed-base a b c\n", {NULL, NULL}, SUNLOT_FAULT_ORDER},
    {COMMITTED MADE_ENTROPY, {NULL, NULL}, SUNLOT_FAULT_ORDER},
    {COMMITTED, {"commit,a,h", "commit,A,h"}, SUNLOT_FAULT_PARSE},
    {COMMITTED, {"commit,a,h", "commit,a,h0"}, SUNLOT_FAULT_PARSE},
    {COMMITTED, {"commit,a,", "commit,c,"}, SUNLOT_FAULT_ORDER},
    /* checkpoints and signatures */
    {THROWN, {"/1/b,", "/1/x,"}, SUNLOT_FAULT_QUORUM}, /* it is not counted */
    {REVEALED "@signed seed-base a b c\n", {"/1/b,", "/1/x,"}, SUNLOT_FAULT_SIGNATURE},
    {REVEALED "@signed seed-base a b c\n", {"/1/b,", "/2/b,"}, SUNLOT_FAULT_SIGNATURE},
    {PLAIN "@signed seed-base a\n" MADE_ENTROPY "@checkpoint digits\n", {NULL, NULL}, SUNLOT_INCOMPLETE},
    {PLAIN "@unsigned seed-base\n@cosign a\n", {"/1/a,", "/1,"}, SUNLOT_FAULT_SIGNATURE}, /* a cosignature of the host */
    {PLAIN "@signed seed-base b\n", {"/1/b,", "/1/a,"}, SUNLOT_FAULT_SIGNATURE},          /* another party's key */
    {PLAIN "@signed seed-base a\n", {"/1/a,b", "/1/a,c"}, SUNLOT_FAULT_PARSE},
    {REVEALED "@signed seed-base b a\n", {NULL, NULL}, SUNLOT_FAULT_ORDER},
    {REVEALED "@signed seed-base a a\n", {NULL, NULL}, SUNLOT_FAULT_ORDER},
    {REVEALED "@unsigned seed-base\n@cosign a\n@cosign b\n" MADE_ENTROPY "@signed digits a c\n", {NULL, NULL}, SUNLOT_FAULT_QUORUM},
    {REVEALED "@signed seed-base a\n" MADE_ENTROPY "@signed digits a c\n", {NULL, NULL}, SUNLOT_FAULT_QUORUM},
    {BASED MADE_ENTROPY "@signed digits a\n", {NULL, NULL}, SUNLOT_INCOMPLETE},
    {BASED MADE_ENTROPY "@signed digits a\n@results\n@checkpoint results\n", {NULL, NULL}, SUNLOT_FAULT_QUORUM},
    {THROWN "@results\n@signed results c\n", {NULL, NULL}, SUNLOT_UNPINNED},
    /* withdrawn */
    {LISTED "@checkpoint list\nwithdrawn,2026-08-01,no dice\n@signed withdrawn b\n", {NULL, NULL}, SUNLOT_INCOMPLETE},
    {LISTED "@checkpoint list\nwithdrawn,2026-08-01,no dice\n@signed withdrawn a\n", {NULL, NULL}, SUNLOT_INCOMPLETE}, /* needs no quorum */
    {COMMITTED "withdrawn,2026-08-01,no dice\n@signed withdrawn b\n", {NULL, NULL}, SUNLOT_INCOMPLETE},
    {BASED "withdrawn,2026-08-01,no dice\n@signed withdrawn b\n", {NULL, NULL}, SUNLOT_INCOMPLETE},
    {BASED "withdrawn,2026-08-01,\n@signed withdrawn b\n", {NULL, NULL}, SUNLOT_FAULT_PARSE},
    {BASED "withdrawn,2026-18-01,no dice\n@signed withdrawn b\n", {NULL, NULL}, SUNLOT_FAULT_PARSE},
    {BASED "withdrawn,2026-08-01,no dice\n@signed digits b\n", {NULL, NULL}, SUNLOT_FAULT_ORDER},
    {BASED "withdrawn,2026-08-01,no dice\n", {NULL, NULL}, SUNLOT_FAULT_ORDER},
    {BASED "@signed withdrawn b\n", {NULL, NULL}, SUNLOT_FAULT_ORDER},
    {THROWN "withdrawn,2026-08-01,no dice\n@signed withdrawn b\n", {NULL, NULL}, SUNLOT_FAULT_ORDER},
    {REVEALED "withdrawn,2026-08-01,no dice\n@signed withdrawn b\n", {NULL, NULL}, SUNLOT_FAULT_ORDER},
    {BASED "withdrawn,2026-08-01,no dice\n@signed withdrawn b\nwithdrawn,2026-08-01,no dice\n@signed withdrawn b\n", {NULL, NULL}, SUNLOT_FAULT_ORDER},
    {BASED "withdrawn,2026-08-01,no dice\n@signed withdrawn b\n" MADE_ENTROPY "@signed digits b\n", {NULL, NULL}, SUNLOT_FAULT_ORDER},
    {REVEALED "@signed seed-base a\nwithdrawn,2026-08-01,no dice\n@signed withdrawn b\n",
     {NULL, NULL},
     SUNLOT_INCOMPLETE}, /* who would not sign may be the reason */
};

/* Read in pieces, and at once, and by what was appended: always the same. */
static void check_pieces(sunlot_text log, bool sound)
{
    sunlot_log *read;
    const size_t piece_bytes[] = {1, 200};
    for (size_t i = 0; i < 2; i++) {
        const sunlot_err err = sunlot_log_read_pieces(&read, log, &made_crew, piece_bytes[i]);
        assert_int_equal(err, sound ? SUNLOT_OK : SUNLOT_ERR_LOG);
        if (err == SUNLOT_OK) sunlot_log_free(read);
    }
}

static void each_log_has_its_answer(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const made_edit edits[] = {cases[i].edit, {NULL, NULL}};
        sunlot_buffer log = made_log(cases[i].text, edits);
        sunlot_fault fault;
        const sunlot_answer answer = made_answer(made_view(&log), NULL, &fault);
        if (answer != cases[i].answer) print_message("case %u: line %u: %s: %s\n", (unsigned)i, (unsigned)fault.line, fault.what, fault.found);
        assert_string_equal(sunlot_answer_name(answer), sunlot_answer_name(cases[i].answer));
        sunlot_log *read = NULL;
        check_pieces(made_view(&log), sunlot_log_read(&read, made_view(&log), &fault, NULL) == SUNLOT_OK);
        sunlot_log_free(read);
        sunlot_buffer_free(&log);
    }
}

/* A commit signed by somebody else, or of another text. */
static void a_commit_is_signed(void **state)
{
    (void)state;
    sunlot_buffer bytes = made_log(COMMITTED, NULL);
    sunlot_text rest = made_view(&bytes), line;
    uint64_t number = 0;
    do {
        line = sunlot_text_split(rest, '\n', &rest);
        number++;
    } while (!sunlot_text_starts(line, SUNLOT_TEXT("commit,a,")));
    const size_t at[] = {12, line.n - 20}; /* in the digest, in the signature */
    for (int i = 0; i < 2; i++) {
        char *c = bytes.p + (line.p - bytes.p) + at[i];
        const char before = *c;
        sunlot_fault fault;
        *c = before == '1' ? '2' : '1';
        assert_int_equal(made_answer(made_view(&bytes), NULL, &fault), SUNLOT_FAULT_SIGNATURE);
        assert_int_equal(fault.line, number);
        *c = before;
    }
    sunlot_buffer_free(&bytes);
}

/* No line can be left out, said twice or exchanged with the next. */
static void every_line_counts(void **state)
{
    (void)state;
    sunlot_buffer log = made_log(DRAWN, NULL);
    for (int kind = 0; kind < 3; kind++) {
        for (sunlot_text rest = made_view(&log), after; rest.n > 0; rest = after) {
            sunlot_buffer changed = {0};
            sunlot_text beyond;
            const sunlot_text line = sunlot_text_split(rest, '\n', &after), second = sunlot_text_split(after, '\n', &beyond);
            if (kind == 2 && (after.n == 0 || sunlot_text_equal(line, second))) break;
            bool complete = sunlot_buffer_add(&changed, log.p, log.n - rest.n);
            const sunlot_text order[3][2] = {{{NULL, 0}, {NULL, 0}}, {line, line}, {second, line}};
            for (int i = 0; i < 2 && kind > 0; i++) complete = complete && sunlot_buffer_text(&changed, order[kind][i]) && sunlot_buffer_byte(&changed, '\n');
            complete = complete && sunlot_buffer_text(&changed, kind == 2 ? beyond : after);
            assert_true(complete);
            const sunlot_answer answer = made_answer(made_view(&changed), NULL, NULL);
            assert_true(answer >= SUNLOT_FAULT_PARSE);
            sunlot_buffer_free(&changed);
        }
    }
    sunlot_buffer_free(&log);
}

/* Two parties with one key, and one with a key that is no point: that is nobody's signature, but no fault of the log. */
static void keys_are_distinct(void **state)
{
    (void)state;
    uint8_t secret[64], nothing[32] = {0};
    made_secret(secret, "a");
    const struct {
        const uint8_t *key;
        sunlot_answer answer;
    } keys[] = {{secret + 32, SUNLOT_FAULT_ROSTER}, {nothing, SUNLOT_INCOMPLETE}};
    for (size_t i = 0; i < 2; i++) {
        sunlot_buffer text = {0};
        assert_true(sunlot_buffer_string(&text, MADE_TITLE MADE_FACTS "@party\n@member a R own -\nparty,b,R,"));
        assert_int_equal(sunlot_party_vkey(&text, SUNLOT_TEXT("sunlot/v1/live/Example/2026/G7/placement/1"), SUNLOT_TEXT("b"), keys[i].key), SUNLOT_OK);
        assert_true(sunlot_buffer_string(&text, ",own,-\nquorum,seed-base,host\nquorum,digits,host\nquorum,after,host\n" MADE_SOURCES MADE_RULES MADE_SCHOOLS
                                                "@checkpoint seed-base\n") &&
                    sunlot_buffer_byte(&text, 0));
        sunlot_buffer log = made_log(text.p, NULL);
        assert_string_equal(sunlot_answer_name(made_answer(made_view(&log), NULL, NULL)), sunlot_answer_name(keys[i].answer));
        sunlot_buffer_free(&log);
        sunlot_buffer_free(&text);
    }
}

/* A rehearsal: the host's signatures alone, nobody commits. */
static void a_rehearsal_is_the_host_s(void **state)
{
    (void)state;
#define REHEARSED MADE_REHEARSAL MADE_FACTS NAMES GROUPS QUORUMS MADE_SOURCES MADE_RULES MADE_SCHOOLS
#define PRACTISED REHEARSED "@checkpoint list\nmissing,a\nmissing,c\n@checkpoint commits\n@checkpoint seed-base\n"
    static const struct {
        const char *text;
        sunlot_answer answer;
    } logs[] = {
        {PRACTISED "entropy,rehearsal,{x05}\n@checkpoint digits\n@results\n@checkpoint results\n", SUNLOT_IS_REHEARSAL},
        {REHEARSED "@checkpoint list\n@commit a\nmissing,c\n@checkpoint commits\n", SUNLOT_FAULT_ORDER},
        {PRACTISED "@cosign a\n", SUNLOT_FAULT_ORDER},
        {PRACTISED MADE_ENTROPY "@checkpoint digits\n", SUNLOT_FAULT_ENTROPY},
        {REHEARSED "@checkpoint list\nmissing,a\nmissing,c\n@checkpoint commits\nmissing,a\n@checkpoint seed-base\n", SUNLOT_FAULT_ORDER},
    };
    for (size_t i = 0; i < sizeof logs / sizeof *logs; i++) {
        sunlot_buffer log = made_log(logs[i].text, NULL);
        assert_string_equal(sunlot_answer_name(made_answer(made_view(&log), NULL, NULL)), sunlot_answer_name(logs[i].answer));
        sunlot_buffer_free(&log);
    }
}

/* Public sources: exactly the issue and the round that were announced. */
static void public_sources_are_read(void **state)
{
    (void)state;
#define GAMES                                                                                                                                                  \
    MADE_TITLE MADE_FACTS MADE_PARTY "source,1,d6,50,a,b,c\nsource,2,lottery,3,Two Balls 2026095,b,c\nsource,3,drand,4711,{h01},b,c\n" MADE_RULES MADE_SCHOOLS \
                                     "@checkpoint seed-base\nentropy,1,1234-5612-3456-1234-5612-3456-1234-5612-3456-1234-5612-3456-12\n"
#define TENS  "0123456789ab0123456789ab0123456789ab0123456789ab"
#define ROUND "entropy,3,r4711-g" TENS TENS "\n"
    static const struct {
        const char *lines;
        sunlot_answer answer;
    } games[] = {
        {"entropy,2,i2026095-05-00-99\n" ROUND, SUNLOT_INCOMPLETE},
        {"entropy,2,i2026096-05-00-99\n" ROUND, SUNLOT_FAULT_ENTROPY},
        {"entropy,2,i2026095-05-00\n" ROUND, SUNLOT_FAULT_ENTROPY},
        {"entropy,2,i2026095-05-00-99-01\n" ROUND, SUNLOT_FAULT_ENTROPY},
        {"entropy,2,i2026095-05-0-999\n" ROUND, SUNLOT_FAULT_ENTROPY},
        {"entropy,2,2026095-05-00-99\n" ROUND, SUNLOT_FAULT_ENTROPY},
        {"entropy,2,i2026095-05-00-99\nentropy,3,r4712-g" TENS TENS "\n", SUNLOT_FAULT_ENTROPY},
        {"entropy,2,i2026095-05-00-99\nentropy,3,r4711-g" TENS "\n", SUNLOT_FAULT_ENTROPY},
        {"entropy,2,i2026095-05-00-99\nentropy,3,r4711-g" TENS TENS "0\n", SUNLOT_FAULT_ENTROPY},
        {"entropy,2,i2026095-05-00-99\nentropy,3,r4711-gX" TENS TENS "\n", SUNLOT_FAULT_ENTROPY},
        {"entropy,2,i2026095-05-00-99\n", SUNLOT_FAULT_ENTROPY},
        {ROUND "entropy,2,i2026095-05-00-99\n", SUNLOT_FAULT_ENTROPY},
    };
    for (size_t i = 0; i < sizeof games / sizeof *games; i++) {
        sunlot_buffer text = {0};
        assert_true(sunlot_buffer_string(&text, GAMES) && sunlot_buffer_string(&text, games[i].lines) && sunlot_buffer_string(&text, "@checkpoint digits\n") &&
                    sunlot_buffer_byte(&text, 0));
        sunlot_buffer log = made_log(text.p, NULL);
        if (made_answer(made_view(&log), NULL, NULL) != games[i].answer) print_message("%s", games[i].lines);
        assert_string_equal(sunlot_answer_name(made_answer(made_view(&log), NULL, NULL)), sunlot_answer_name(games[i].answer));
        sunlot_buffer_free(&log);
        sunlot_buffer_free(&text);
    }
    static const struct {
        sunlot_source source;
        const char *typed, *form; /* form NULL: wrong at `at` */
        size_t at;
    } typed[] = {
        {{.kind = SUNLOT_SOURCE_LOTTERY, .length = 2, .holder = {"Balls 95", 8}}, "05-12", "i95-05-12", 0},
        {{.kind = SUNLOT_SOURCE_LOTTERY, .length = 2, .holder = {"Balls 95", 8}}, "i95-05-12", "i95-05-12", 0},
        {{.kind = SUNLOT_SOURCE_LOTTERY, .length = 2, .holder = {"Balls 95", 8}}, "05-1x", NULL, 4},
        {{.kind = SUNLOT_SOURCE_LOTTERY, .length = 2, .holder = {"Balls 95", 8}}, "05", NULL, 2},
        {{.kind = SUNLOT_SOURCE_LOTTERY, .length = 2, .holder = {"Balls 95", 8}}, "i96-05-12", NULL, 2},
        {{.kind = SUNLOT_SOURCE_LOTTERY, .length = 2, .holder = {"Balls 95", 8}}, "", NULL, 0},
        {{.kind = SUNLOT_SOURCE_DRAND, .length = 4711}, TENS TENS, "r4711-g" TENS TENS, 0},
        {{.kind = SUNLOT_SOURCE_DRAND, .length = 4711}, "r4711-g" TENS TENS, "r4711-g" TENS TENS, 0},
        {{.kind = SUNLOT_SOURCE_DRAND, .length = 4711}, TENS TENS "0", NULL, 96},
    };
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        sunlot_buffer out = {0};
        size_t at = 99;
        const sunlot_err err = sunlot_digits_parse(&out, &typed[i].source, sunlot_text_of(typed[i].typed), &at);
        assert_int_equal(err, typed[i].form != NULL ? SUNLOT_OK : SUNLOT_ERR_DIGITS);
        if (typed[i].form != NULL)
            assert_true(sunlot_text_equal(made_view(&out), sunlot_text_of(typed[i].form)));
        else
            assert_int_equal(at, typed[i].at);
        sunlot_buffer_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_set_of_parties_is_judged),
        cmocka_unit_test(a_log_names_its_parties),
        cmocka_unit_test(each_log_has_its_answer),
        cmocka_unit_test(a_commit_is_signed),
        cmocka_unit_test(keys_are_distinct),
        cmocka_unit_test(every_line_counts),
        cmocka_unit_test(a_rehearsal_is_the_host_s),
        cmocka_unit_test(public_sources_are_read),
    };
    return sunlot_init() == SUNLOT_OK ? cmocka_run_group_tests_name("parties", tests, NULL, NULL) : 1;
}
