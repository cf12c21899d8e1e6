/* Key files of parties: minisign's are read, ours are read again, nothing that was changed is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "base/alloc.h"
#include "base/bytes.h"
#include "log/signer_key.h"
#include "support/cases.h"

#define T(literal) SUNLOT_TEXT(literal)

/* What minisign 0.11 wrote: without a password, and with the password `pw`. */
#define PUBLIC_LINE "RWSq78stYIEelte1r8Hztn7kczp3a5XHl7XrXEum9Ofduzi9uKU8mbd/"
#define PLAIN                                                                                                                                                  \
    "untrusted comment: minisign encrypted secret key\n"                                                                                                       \
    "RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAqu/LLWCBHpY64YoHopcn4Va1EP1QMiqBx8JK/8AVDlcWouDkehzRXde1r8Hztn7kczp3a5XHl7XrXEum" \
    "9Ofduzi9uKU8mbd/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
#define PASSWORD_PUBLIC_LINE "RWSqGkhmrYAjSTCYhLScVkybY5PIiEqBizTvBHIiVLGc/AzGnjgp6vwd"
#define PASSWORD                                                                                                                                               \
    "untrusted comment: minisign encrypted secret key\n"                                                                                                       \
    "RWRTY0IyQKn2whhoN4LHxtQ5KVUth0ld3vMcWFO21hmGFXp7cv4AAAACAAAAAAAAAEAAAAAACfWaKI8icT58JQFw2uSXrfV5WzcBX4m1SVNkrKIXegKCYxp3dZZUnsQOJAYVJ+o05sDDOhLHtCkYFCBk" \
    "y1t6zfavAVIHZcSXKeD7Vi/dPhp74iR9yJp8ajEIlA0IV8A9Y1A+5HUppI8=\n"

static const sunlot_key_cost least = {32768, 16777216};
static uint8_t random40[40], salt[32];

static int start(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof random40; i++) random40[i] = (uint8_t)(3 * i + 1);
    for (unsigned i = 0; i < sizeof salt; i++) salt[i] = (uint8_t)(5 * i + 2);
    return sunlot_init() == SUNLOT_OK ? 0 : 1;
}

static void assert_public(const sunlot_party_key *key, const char *line)
{
    sunlot_buffer file = {0};
    sunlot_text found;
    assert_int_equal(sunlot_party_key_publish(&file, key), SUNLOT_OK);
    assert_true(sunlot_key_file_public(&found, sunlot_buffer_view(&file)));
    assert_true(sunlot_text_equal(found, sunlot_text_of(line)));
    sunlot_buffer_free(&file);
}

static void test_minisign(void **state)
{
    (void)state;
    sunlot_party_key *key = NULL;
    sunlot_key_form form;
    assert_int_equal(sunlot_key_file_form(&form, T(PLAIN)), SUNLOT_OK);
    assert_int_equal(form, SUNLOT_KEY_PLAIN);
    assert_int_equal(sunlot_party_key_read(&key, T(PLAIN), T("")), SUNLOT_OK);
    assert_public(key, PUBLIC_LINE);
    sunlot_party_key_free(key);
    assert_int_equal(sunlot_key_file_form(&form, T(PASSWORD)), SUNLOT_OK);
    assert_int_equal(form, SUNLOT_KEY_PASSWORD);
    assert_int_equal(sunlot_party_key_read(&key, T(PASSWORD), T("pw")), SUNLOT_OK);
    assert_public(key, PASSWORD_PUBLIC_LINE);
    sunlot_party_key_free(key);
}

/* Written and read again, with and without a password, the same key. */
static void test_again(void **state)
{
    (void)state;
    static const char *const password[] = {"", "a password", "口令"};
    sunlot_party_key *key = NULL, *again = NULL;
    assert_int_equal(sunlot_party_key_new(&key, random40), SUNLOT_OK);
    for (size_t i = 0; i < 3; i++) {
        sunlot_buffer file = {0};
        sunlot_key_form form;
        const sunlot_text word = sunlot_text_of(password[i]);
        assert_int_equal(sunlot_party_key_write_cost(&file, key, word, salt, least), SUNLOT_OK);
        assert_int_equal(sunlot_key_file_form(&form, sunlot_buffer_view(&file)), SUNLOT_OK);
        assert_int_equal(form, i == 0 ? SUNLOT_KEY_PLAIN : SUNLOT_KEY_PASSWORD);
        assert_int_equal(sunlot_party_key_read(&again, sunlot_buffer_view(&file), word), SUNLOT_OK);
        assert_memory_equal(again, key, sizeof *key);
        sunlot_party_key_free(again);
        if (i > 0) assert_int_equal(sunlot_party_key_read(&again, sunlot_buffer_view(&file), T("another")), SUNLOT_ERR_PASSWORD);
        /* A password where there is none is not looked at. */
        if (i == 0) {
            assert_int_equal(sunlot_party_key_read(&again, sunlot_buffer_view(&file), T("another")), SUNLOT_OK);
            sunlot_party_key_free(again);
        }
        sunlot_buffer_free(&file);
    }
    sunlot_party_key_free(key);
}

/* No byte of a key without a password can be changed: comment aside, the check or the public half would not fit. */
static void test_every_byte(void **state)
{
    (void)state;
    sunlot_party_key *key = NULL, *again = NULL;
    sunlot_buffer file = {0};
    assert_int_equal(sunlot_party_key_new(&key, random40), SUNLOT_OK);
    assert_int_equal(sunlot_party_key_write_cost(&file, key, T(""), salt, least), SUNLOT_OK);
    const size_t line = (size_t)((const char *)memchr(file.p, '\n', file.n) - file.p) + 1;
    for (size_t at = line; at + 1 < file.n; at++) {
        const char before = file.p[at];
        /* What stands where salt and limits would is nothing without a password. */
        const size_t byte = (at - line) / 4 * 3;
        if (byte + 3 > 6 && byte < 54) continue;
        file.p[at] = before == 'A' ? 'B' : 'A';
        const sunlot_err err = sunlot_party_key_read(&again, sunlot_buffer_view(&file), T("x"));
        if (err != SUNLOT_ERR_KEY_FILE && err != SUNLOT_ERR_PASSWORD) fail_msg("byte %zu: %s", at, sunlot_err_name((int)err));
        file.p[at] = before;
    }
    for (size_t n = 0; n + 1 < file.n; n++) assert_int_equal(sunlot_party_key_read(&again, (sunlot_text){file.p, n}, T("")), SUNLOT_ERR_KEY_FILE);
    sunlot_buffer_free(&file);
    sunlot_party_key_free(key);
}

/* A key whose public half is another's gives its secret away when it signs: zero check or not, it is refused. */
static void test_foreign_public(void **state)
{
    (void)state;
    uint8_t bytes[158];
    char coded[213];
    sunlot_party_key *key = NULL;
    size_t have;
    sunlot_buffer file = {0};
    const char *line = strchr(PLAIN, '\n') + 1;
    assert_int_equal(sodium_base642bin(bytes, sizeof bytes, line, 212, NULL, &have, NULL, sodium_base64_VARIANT_ORIGINAL), 0);
    bytes[100] ^= 1;
    sodium_bin2base64(coded, sizeof coded, bytes, sizeof bytes, sodium_base64_VARIANT_ORIGINAL);
    assert_true(sunlot_buffer_string(&file, "untrusted comment: x\n") && sunlot_buffer_string(&file, coded) && sunlot_buffer_byte(&file, '\n'));
    assert_int_equal(sunlot_party_key_read(&key, sunlot_buffer_view(&file), T("")), SUNLOT_ERR_KEY_FILE);
    sunlot_buffer_free(&file);
}

/* Limits beyond minisign's are refused before any work is done. */
static void test_limits(void **state)
{
    (void)state;
    uint8_t bytes[158];
    char coded[213];
    sunlot_party_key *key = NULL;
    size_t have;
    for (unsigned at = 42; at <= 53; at++) {
        if (at == 46) at = 50;
        sunlot_buffer file = {0};
        const char *line = strchr(PASSWORD, '\n') + 1;
        assert_int_equal(sodium_base642bin(bytes, sizeof bytes, line, 212, NULL, &have, NULL, sodium_base64_VARIANT_ORIGINAL), 0);
        bytes[at] = 1;
        sodium_bin2base64(coded, sizeof coded, bytes, sizeof bytes, sodium_base64_VARIANT_ORIGINAL);
        assert_true(sunlot_buffer_string(&file, "untrusted comment: x\n") && sunlot_buffer_string(&file, coded) && sunlot_buffer_byte(&file, '\n'));
        assert_int_equal(sunlot_party_key_read(&key, sunlot_buffer_view(&file), T("pw")), SUNLOT_ERR_KEY_FILE);
        sunlot_buffer_free(&file);
    }
}

/* What is no key file is known as such; line ends of other systems do no harm. */
static void test_forms(void **state)
{
    (void)state;
    static const char *const no_file[] = {"",
                                          "\n",
                                          "untrusted comment: x",
                                          "untrusted comment: x\n",
                                          "untrusted comment: x\n\n",
                                          PUBLIC_LINE "\n",
                                          "comment: x\n" PUBLIC_LINE "\n",
                                          "untrusted comment: x\n" PUBLIC_LINE "\nmore\n",
                                          "untrusted comment: x\n " PUBLIC_LINE "\n"};
    sunlot_key_form form;
    sunlot_text line;
    for (size_t i = 0; i < sizeof no_file / sizeof *no_file; i++) {
        assert_int_equal(sunlot_key_file_form(&form, sunlot_text_of(no_file[i])), SUNLOT_OK);
        assert_int_equal(form, SUNLOT_KEY_UNKNOWN);
        assert_false(sunlot_key_file_public(&line, sunlot_text_of(no_file[i])));
    }
    static const char *const file[] = {"untrusted comment: x\n" PUBLIC_LINE "\n", "untrusted comment: x\n" PUBLIC_LINE,
                                       "untrusted comment: x\r\n" PUBLIC_LINE "\r\n"};
    for (size_t i = 0; i < sizeof file / sizeof *file; i++) {
        assert_int_equal(sunlot_key_file_form(&form, sunlot_text_of(file[i])), SUNLOT_OK);
        assert_int_equal(form, SUNLOT_KEY_PUBLIC);
        assert_true(sunlot_key_file_public(&line, sunlot_text_of(file[i])));
        assert_true(sunlot_text_equal(line, T(PUBLIC_LINE)));
    }
}

static void test_memory(void **state)
{
    (void)state;
    sunlot_party_key *key = NULL;
    sunlot_buffer file = {0};
    assert_int_equal(sunlot_party_key_new(&key, random40), SUNLOT_OK);
    sunlot_alloc_refuse(1, true);
    assert_int_equal(sunlot_party_key_write(&file, key, T(""), salt), SUNLOT_ERR_MEMORY);
    assert_int_equal(sunlot_party_key_publish(&file, key), SUNLOT_ERR_MEMORY);
    sunlot_alloc_refuse(0, false);
    assert_int_equal(file.n, 0);
    sunlot_party_key_free(key);
}

/* ---- the cases of the second implementation ---------------------------------------------------------------------------------- */

static void test_secret_cases(void **state)
{
    (void)state;
    cases *c = cases_open("key/secret.txt");
    while (cases_next(c)) {
        const sunlot_text seed = case_bytes(c, "seed"), id = case_bytes(c, "key-id"), password = case_perhaps(c, "password");
        uint8_t random[40], salt_of[32] = {0};
        sunlot_key_cost cost = {0, 0};
        sunlot_party_key *key = NULL;
        sunlot_buffer secret = {0}, public_ = {0};
        sunlot_text line, rest;
        assert_true(seed.n == 32 && id.n == 8);
        memcpy(random, seed.p, 32);
        memcpy(random + 32, id.p, 8);
        if (password.n > 0) {
            const sunlot_text bytes = case_bytes(c, "salt");
            assert_int_equal(bytes.n, sizeof salt_of);
            memcpy(salt_of, bytes.p, sizeof salt_of);
            cost = (sunlot_key_cost){case_number(c, "operations"), case_number(c, "memory")};
        }
        assert_int_equal(sunlot_party_key_new(&key, random), SUNLOT_OK);
        assert_int_equal(sunlot_party_key_write_cost(&secret, key, password, salt_of, cost), SUNLOT_OK);
        assert_int_equal(sunlot_party_key_publish(&public_, key), SUNLOT_OK);
        (void)sunlot_text_split(sunlot_buffer_view(&secret), '\n', &rest);
        case_expect_text(c, "secret-line", sunlot_text_split(rest, '\n', &rest));
        assert_true(sunlot_key_file_public(&line, sunlot_buffer_view(&public_)));
        case_expect_text(c, "public-line", line);
        sunlot_buffer_free(&secret);
        sunlot_buffer_free(&public_);
        sunlot_party_key_free(key);
    }
    cases_close(c);
}

static void test_open_cases(void **state)
{
    (void)state;
    cases *c = cases_open("key/open.txt");
    while (cases_next(c)) {
        sunlot_buffer file = {0};
        sunlot_party_key *key = NULL;
        assert_true(sunlot_buffer_string(&file, "untrusted comment: a comment\n") && sunlot_buffer_text(&file, case_text(c, "secret-line")) &&
                    sunlot_buffer_byte(&file, '\n'));
        const sunlot_err err = sunlot_party_key_read(&key, sunlot_buffer_view(&file), case_perhaps(c, "password"));
        assert_true(err == SUNLOT_OK || err == SUNLOT_ERR_KEY_FILE || err == SUNLOT_ERR_PASSWORD);
        case_expect(c, "opened", case_yes(c, "opened"), err == SUNLOT_OK);
        if (err == SUNLOT_OK) {
            case_expect_bytes(c, "key-id", (sunlot_text){(const char *)key->id8, sizeof key->id8});
            case_expect_bytes(c, "seed", (sunlot_text){(const char *)sunlot_party_key_secret(key), 32});
            case_expect_bytes(c, "public", (sunlot_text){(const char *)sunlot_party_key_public(key), 32});
        }
        sunlot_party_key_free(key);
        sunlot_buffer_free(&file);
    }
    cases_close(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_minisign),       cmocka_unit_test(test_again),        cmocka_unit_test(test_every_byte),
        cmocka_unit_test(test_foreign_public), cmocka_unit_test(test_limits),       cmocka_unit_test(test_forms),
        cmocka_unit_test(test_memory),         cmocka_unit_test(test_secret_cases), cmocka_unit_test(test_open_cases),
    };
    return cmocka_run_group_tests_name("signer_key", tests, start, NULL);
}
