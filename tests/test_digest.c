/* Digests against known answers, which a second implementation (Python's hashlib and hmac) gave. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/bytes.h"
#include "random/secrets.h"
#include "random/stages.h"

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
    check(sunlot_commitment(&salt, STUDENT, SCHOOL, T("2025001"), T("样例一")), "1272da2a1fba5a5328889178dd9c1355a745b577c2be85807872d8737691c8ef");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sha256),  cmocka_unit_test(test_mac),    cmocka_unit_test(test_mac_borders),
        cmocka_unit_test(test_compare), cmocka_unit_test(test_stages), cmocka_unit_test(test_secrets),
    };
    return cmocka_run_group_tests_name("digest", tests, start, NULL);
}
