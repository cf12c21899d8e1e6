/* Digests against known answers, which a second implementation (Python's hashlib and hmac) gave. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "log/log.h"
#include "random/secrets.h"
#include "random/stages.h"
#include "support/cases.h"

#define T(literal) SUNLOT_TEXT(literal)
#define SCHOOL     T("第一小学")
#define STUDENT    T("s0123456789abcdef0123456789abcdef")
#define TEACHER    T("t0123456789abcdef0123456789abcdef")

static uint8_t key[32]; /* 00 01 … 1f */

static int start(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof key; i++) key[i] = (uint8_t)i;
    return sunlot_init() == SUNLOT_OK ? 0 : 1;
}

static void check_bytes(const uint8_t *bytes, size_t n, const char *expected)
{
    char hex[65] = {0};
    sunlot_hex_write(hex, bytes, n);
    assert_string_equal(hex, expected);
}

static void check(sunlot_digest d, const char *expected) { check_bytes(d.b, sizeof d.b, expected); }

static void test_sha256(void **state)
{
    (void)state;
    check(sunlot_digest_of((sunlot_text){NULL, 0}), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    uint8_t digest[32];
    sunlot_sha256(digest, T("abc"));
    check_bytes(digest, sizeof digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    check(sunlot_digest_of(T("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    check(sunlot_digest_tagged('a', T("b"), T("c")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    char bytes[200];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)(i * 7);
    for (size_t n = 1; n <= sizeof bytes; n++)
        for (size_t split = 1; split <= n; split += 13) {
            sunlot_digest whole = sunlot_digest_of((sunlot_text){bytes, n});
            sunlot_digest parts = sunlot_digest_tagged(0, (sunlot_text){bytes + 1, split - 1}, (sunlot_text){bytes + split, n - split});
            assert_int_equal(sunlot_digest_compare(&whole, &parts), 0);
        }
}

static void test_mac(void **state)
{
    (void)state;
    check(sunlot_mac(key, "sunlot/v1/rehearsal", NULL, 0), "79208c4ca6997fd78282b18216b00b86c601923bf10a38db32409b7235e11d4a");
    const sunlot_text field[] = {T(""), T("学校")};
    check(sunlot_mac(key, "label", field, 2), "beec08c5fee9fecd6299d77217bead04dec3f4fe5d140bd218f0ece1960e9da1");

    /* In steps, going on twice from a common beginning. */
    sunlot_mac_state s, copy;
    sunlot_mac_init(&s, key, "label");
    sunlot_mac_field(&s, field[0]);
    copy = s;
    sunlot_mac_field(&s, T("another"));
    sunlot_digest other = sunlot_mac_final(&s);
    sunlot_mac_field(&copy, field[1]);
    sunlot_digest same = sunlot_mac_final(&copy);
    check(same, "beec08c5fee9fecd6299d77217bead04dec3f4fe5d140bd218f0ece1960e9da1");
    assert_int_not_equal(sunlot_digest_compare(&same, &other), 0);
}

/* Where one field ends and the next begins is part of what is digested. */
static void test_mac_borders(void **state)
{
    (void)state;
    const sunlot_text one[] = {T("ab")}, two[] = {T("a"), T("b")}, empty[] = {T("ab"), T("")};
    sunlot_digest d[] = {sunlot_mac(key, "x", one, 1), sunlot_mac(key, "x", two, 2), sunlot_mac(key, "x", empty, 2), sunlot_mac(key, "xab", NULL, 0)};
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < i; j++) assert_int_not_equal(sunlot_digest_compare(&d[i], &d[j]), 0);
}

static void test_compare(void **state)
{
    (void)state;
    sunlot_digest a = {{0}}, b = {{0}};
    a.b[0] = 0x7f;
    b.b[0] = 0x80;
    b.b[31] = 1;
    assert_true(sunlot_digest_compare(&a, &b) < 0 && sunlot_digest_compare(&b, &a) > 0);
    a.b[0] = 0x80;
    assert_true(sunlot_digest_compare(&a, &b) < 0);
    a.b[31] = 1;
    assert_int_equal(sunlot_digest_compare(&a, &b), 0);
}

static void test_stages(void **state)
{
    (void)state;
    sunlot_digest ticket = sunlot_stage_key(key, "ticket", SCHOOL, 0, 0);
    check(ticket, "d38f184404f51f49d28975c49f67cdfc8f35ff5505b10d5f99717e0ecfe4fe62");
    check(sunlot_stage_key(key, "place", SCHOOL, 2, 64), "75c1496aa3470941e89113fc1bc24802aa0fe755d64f1bb0076b7a4147103b26");
    sunlot_mac_state begun;
    sunlot_ticket_begin(&begun, &ticket);
    check(sunlot_ticket(&begun, STUDENT, 0), "487cb05036ca7cfa30ace4aebecd79a3b78a33d9ec55ef888b9146b2746e2be9");
    check(sunlot_ticket(&begun, TEACHER, 12), "648cc312cf9b23814bda0cca487383bfd98908945ff58a0f46f9c4a112ce988c");
}

static void test_secrets(void **state)
{
    (void)state;
    sunlot_master m = sunlot_master_rehearse(key);
    check_bytes(m.b, sizeof m.b, "79208c4ca6997fd78282b18216b00b86c601923bf10a38db32409b7235e11d4a");
    uint8_t pseudonym[16];
    sunlot_mac_state begun;
    sunlot_secret_begin(&begun, &m);
    sunlot_secret_pseudonym(pseudonym, &begun, "student", SCHOOL, T("2025001"));
    check_bytes(pseudonym, sizeof pseudonym, "6892a79c0b1935e1b42a85ef27449a34");
    sunlot_secret_pseudonym(pseudonym, &begun, "teacher", SCHOOL, T("T1"));
    check_bytes(pseudonym, sizeof pseudonym, "6c93e2ea7b7e487d735aa71b63847e7f");
    sunlot_digest salt = sunlot_secret_salt(&begun, STUDENT);
    check(salt, "1ca6d309a16736caaabb1887ea9fab613fdc5ea4b63c4d3f334a41c52ef076fc");
    check(sunlot_secret_key(&m, "log key"), "7b931818499f39b9cf48ca42a4680647028089691fcab9900f7fcc991a8ae00d");
    check(sunlot_secret_key(&m, "minisign id"), "430fe0d28f0cc473d064afefaf345d0c8a9b0e2f70d7c2272c43c9cca2204ba8");
    const sunlot_person person = {SCHOOL, T("2025001"), T("样例一")};
    const sunlot_text value[] = {T("88.5"), T(""), T("女")};
    check(sunlot_commitment(&salt, STUDENT, &person, NULL, 0), "1272da2a1fba5a5328889178dd9c1355a745b577c2be85807872d8737691c8ef");
    check(sunlot_commitment(&salt, STUDENT, &person, value, 3), "cee0cd17c4b3f4f01fb36a1762b9d894ed37398494d1efb91a398a15a9ed1ba6");
}

/* ---- the cases of the second implementation ---------------------------------------------------------------------------------- */

static const uint8_t *bytes_of(cases *c, const char *name, size_t n)
{
    const sunlot_text bytes = case_bytes(c, name);
    case_expect(c, name, n, bytes.n);
    return (const uint8_t *)bytes.p;
}

static void expect_digest(cases *c, const char *name, const sunlot_digest *d) { case_expect_bytes(c, name, (sunlot_text){(const char *)d->b, sizeof d->b}); }

static void test_mac_cases(void **state)
{
    (void)state;
    cases *c = cases_open("digest/mac.txt");
    while (cases_next(c)) {
        char label[100] = {0};
        const sunlot_text text = case_text(c, "label");
        sunlot_mac_state s;
        assert_true(text.n < sizeof label);
        memcpy(label, text.p, text.n);
        sunlot_mac_init(&s, bytes_of(c, "key", 32), label);
        for (uint32_t i = 0; i < case_count(c, "field"); i++) sunlot_mac_field(&s, case_item(c, "field", i));
        const sunlot_digest mac = sunlot_mac_final(&s);
        expect_digest(c, "mac", &mac);
    }
    cases_close(c);
}

static void test_stage_cases(void **state)
{
    (void)state;
    cases *c = cases_open("digest/stage.txt");
    while (cases_next(c)) {
        char stage[20] = {0};
        const sunlot_text text = case_text(c, "stage");
        const bool tried = case_count(c, "rung") > 0;
        assert_true(text.n < sizeof stage);
        memcpy(stage, text.p, text.n);
        const sunlot_digest d = sunlot_stage_key(bytes_of(c, "seed", 32), stage, case_text(c, "school"), tried ? (uint32_t)case_number(c, "rung") : 0,
                                                 tried ? (uint32_t)case_number(c, "try") : 0);
        expect_digest(c, "stage-key", &d);
    }
    cases_close(c);
    c = cases_open("digest/ticket.txt");
    while (cases_next(c)) {
        sunlot_digest stage_key;
        sunlot_mac_state begun;
        memcpy(stage_key.b, bytes_of(c, "stage-key", 32), 32);
        sunlot_ticket_begin(&begun, &stage_key);
        const sunlot_digest d = sunlot_ticket(&begun, case_text(c, "pseudonym"), case_count(c, "section") > 0 ? (uint32_t)case_number(c, "section") : 0);
        expect_digest(c, "ticket", &d);
    }
    cases_close(c);
}

static void test_commitment_cases(void **state)
{
    (void)state;
    cases *c = cases_open("digest/commitment.txt");
    while (cases_next(c)) {
        sunlot_digest salt;
        sunlot_text value[32];
        const uint32_t values = case_count(c, "value");
        const sunlot_person person = {case_text(c, "school"), case_text(c, "id"), case_text(c, "name")};
        assert_true(values <= 32);
        memcpy(salt.b, bytes_of(c, "salt", 32), 32);
        for (uint32_t i = 0; i < values; i++) value[i] = case_item(c, "value", i);
        const sunlot_digest d = sunlot_commitment(&salt, case_text(c, "pseudonym"), &person, value, values);
        expect_digest(c, "commitment", &d);
    }
    cases_close(c);
}

/* What of a log a party's commitment and a seed read. */
static void test_party_cases(void **state)
{
    (void)state;
    sunlot_log *log = sunlot_alloc(1, sizeof *log);
    sunlot_roster *r = sunlot_alloc(1, sizeof *r);
    assert_true(log != NULL && r != NULL);
    log->roster = r;
    r->parties = 2;
    cases *c = cases_open("digest/contribution.txt");
    while (cases_next(c)) {
        r->id = case_text(c, "draw-id");
        r->party[1].id = case_text(c, "party");
        memcpy(log->checkpoint[SUNLOT_PHASE_LIST - 1].root.b, bytes_of(c, "root", 32), 32);
        const sunlot_digest d = sunlot_commitment_of(log, 1, bytes_of(c, "contribution", 32));
        expect_digest(c, "commitment", &d);
    }
    cases_close(c);
    c = cases_open("digest/seed.txt");
    while (cases_next(c)) {
        sunlot_digest root, seed;
        sunlot_entropy entropy = {.line = 1};
        r->mode = SUNLOT_LIVE;
        r->sources = case_count(c, "entropy");
        assert_true(r->sources <= SUNLOT_MAX_SOURCES);
        for (uint32_t i = 0; i < r->sources; i++) entropy.record[i] = case_item(c, "entropy", i);
        memcpy(root.b, bytes_of(c, "root", 32), 32);
        sunlot_entropy_seed(seed.b, r, &root, &entropy);
        expect_digest(c, "seed", &seed);
    }
    cases_close(c);
    sunlot_release(r);
    sunlot_release(log);
}

static void expect_signer(cases *c, const sunlot_digest *seed, const char *seed_name, const char *public_name)
{
    sunlot_signer signer;
    sunlot_signer_init(&signer, seed);
    expect_digest(c, seed_name, seed);
    case_expect_bytes(c, public_name, (sunlot_text){(const char *)signer.public_, sizeof signer.public_});
}

static void test_secret_cases(void **state)
{
    (void)state;
    cases *c = cases_open("digest/secret.txt");
    while (cases_next(c)) {
        const sunlot_master m = sunlot_master_rehearse(bytes_of(c, "rehearsal", 32));
        const bool student = sunlot_text_equal(case_text(c, "role"), T("student"));
        uint8_t pseudonym[16];
        char name[33];
        sunlot_mac_state begun;
        sunlot_secret_begin(&begun, &m);
        sunlot_secret_pseudonym(pseudonym, &begun, student ? "student" : "teacher", case_text(c, "school"), case_text(c, "id"));
        sunlot_pseudonym_write(name, student ? 's' : 't', pseudonym);
        const sunlot_text written = {name, sizeof name};
        const sunlot_digest salt = sunlot_secret_salt(&begun, written), log_key = sunlot_secret_key(&m, "log key");
        const sunlot_digest minisign_key = sunlot_secret_key(&m, "minisign key"), minisign_id = sunlot_secret_key(&m, "minisign id");
        case_expect_bytes(c, "master", (sunlot_text){(const char *)m.b, sizeof m.b});
        case_expect_text(c, "pseudonym", written);
        expect_digest(c, "salt", &salt);
        expect_signer(c, &log_key, "log-seed", "log-public");
        expect_signer(c, &minisign_key, "minisign-seed", "minisign-public");
        case_expect_bytes(c, "minisign-id", (sunlot_text){(const char *)minisign_id.b, 8});
    }
    cases_close(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sha256),           cmocka_unit_test(test_mac),         cmocka_unit_test(test_mac_borders),  cmocka_unit_test(test_compare),
        cmocka_unit_test(test_stages),           cmocka_unit_test(test_secrets),     cmocka_unit_test(test_mac_cases),    cmocka_unit_test(test_stage_cases),
        cmocka_unit_test(test_commitment_cases), cmocka_unit_test(test_party_cases), cmocka_unit_test(test_secret_cases),
    };
    return cmocka_run_group_tests_name("digest", tests, start, NULL);
}
