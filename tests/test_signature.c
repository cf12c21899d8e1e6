/* Signatures: which are accepted (vectors/ed25519.txt), and the text forms of keys, notes and minisign. */
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
#include "log/proof.h"
#include "log/signer.h"
#include "random/base64.h"
#include "support/cases.h"

#define T(literal) SUNLOT_TEXT(literal)
#define NAME       T("sunlot/v1/live/样例区/2025/一年级/placement/1")

static sunlot_signer signer;
static const uint8_t id8[8] = {1, 2, 3, 4, 5, 6, 7, 8};

static int start(void **state)
{
    (void)state;
    if (sunlot_init() != SUNLOT_OK) return 1;
    sunlot_digest seed = sunlot_digest_of(T("a seed"));
    sunlot_signer_init(&signer, &seed);
    return 0;
}

/* ---- vectors -------------------------------------------------------------------------------------------------------------- */

/* The value of a line `name = value`, or NULL. */
static const char *value_of(const char *line, const char *name)
{
    size_t n = strlen(name);
    if (strncmp(line, name, n) != 0 || strncmp(line + n, " =", 2) != 0) return NULL;
    return line[n + 2] == ' ' ? line + n + 3 : line + n + 2;
}

static size_t bytes_of(uint8_t *out, size_t most, const char *hex)
{
    size_t n = strlen(hex) / 2;
    assert_true(n <= most && sunlot_hex_parse(out, n, sunlot_text_of(hex)));
    return n;
}

static void test_vectors(void **state)
{
    (void)state;
    static char line[8192], name[100];
    static uint8_t key[32], message[4096], signature[200];
    size_t message_n = 0, signature_n = 0;
    unsigned valid = 0, invalid = 0, wycheproof = 0;
    FILE *f = fopen(SUNLOT_VECTORS "/ed25519.txt", "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f) != NULL) {
        const char *value;
        line[strcspn(line, "\n")] = 0;
        if ((value = value_of(line, "case")) != NULL)
            snprintf(name, sizeof name, "%s", value);
        else if ((value = value_of(line, "key")) != NULL)
            assert_int_equal(bytes_of(key, sizeof key, value), 32);
        else if ((value = value_of(line, "message")) != NULL)
            message_n = bytes_of(message, sizeof message, value);
        else if ((value = value_of(line, "signature")) != NULL)
            signature_n = bytes_of(signature, sizeof signature, value);
        if ((value = value_of(line, "expect")) == NULL) continue;

        bool expected = strcmp(value, "valid") == 0;
        assert_true(expected || strcmp(value, "invalid") == 0);
        wycheproof += strncmp(name, "wycheproof-", 11) == 0;
        *(expected ? &valid : &invalid) += 1;
        sunlot_text note = {(const char *)message, message_n};
        if (signature_n == 64 && sunlot_signature_check(signature, note, key) != expected) fail_msg("%s", name);

        /* The same as the field of a record. */
        sunlot_vkey vkey = {NAME, SUNLOT_KEY_LOG, {9, 8, 7, 6}, {0}};
        memcpy(vkey.public_, key, sizeof key);
        uint8_t with_id[204] = {9, 8, 7, 6};
        char field[300] = "b";
        memcpy(with_id + 4, signature, signature_n);
        sodium_bin2base64(field + 1, sizeof field - 1, with_id, signature_n + 4, sodium_base64_VARIANT_ORIGINAL);
        sunlot_note_state found = sunlot_note_check(sunlot_text_of(field), &vkey, note);
        if (found != (signature_n != 64 ? SUNLOT_NOTE_FORM : expected ? SUNLOT_NOTE_GOOD : SUNLOT_NOTE_BAD)) fail_msg("%s as a field: %d", name, (int)found);
    }
    fclose(f);
    assert_int_equal(wycheproof, 151);
    assert_int_equal(valid, 88 + 3);
    assert_int_equal(invalid, 63 + 27);
}

/* ---- the cases of the second implementation ---------------------------------------------------------------------------------- */

static sunlot_text bytes_as_text(const void *bytes, size_t n) { return (sunlot_text){bytes, n}; }

static void test_signature_cases(void **state)
{
    (void)state;
    cases *c = cases_open("signature/signature.txt");
    uint32_t good = 0, all = 0;
    for (; cases_next(c); all++) {
        const sunlot_text key = case_bytes(c, "public"), signature = case_bytes(c, "signature"), message = case_bytes(c, "message");
        const bool accepted = case_yes(c, "accepted");
        assert_int_equal(key.n, 32);
        case_expect(c, "accepted", accepted, signature.n == 64 && sunlot_signature_check((const uint8_t *)signature.p, message, (const uint8_t *)key.p));
        good += accepted;
    }
    assert_true(good > 0 && good < all);
    cases_close(c);
}

static void seed_signer(cases *c, sunlot_signer *out, sunlot_text hex)
{
    sunlot_digest seed;
    const sunlot_text bytes = case_bytes_of(c, hex);
    assert_int_equal(bytes.n, sizeof seed.b);
    memcpy(seed.b, bytes.p, sizeof seed.b);
    sunlot_signer_init(out, &seed);
}

static sunlot_digest root_of(cases *c)
{
    sunlot_digest root;
    const sunlot_text bytes = case_bytes(c, "root");
    assert_int_equal(bytes.n, sizeof root.b);
    memcpy(root.b, bytes.p, sizeof root.b);
    return root;
}

/* public, key-id, vkey; *out is the vkey read again, which borrows from *text. */
static void expect_key(cases *c, sunlot_vkey *out, sunlot_buffer *text, const sunlot_signer *s, sunlot_text name, uint8_t type)
{
    uint8_t id[4];
    sunlot_key_id(id, name, type, s->public_);
    case_expect_bytes(c, "public", bytes_as_text(s->public_, sizeof s->public_));
    case_expect_bytes(c, "key-id", bytes_as_text(id, sizeof id));
    assert_true(sunlot_vkey_write(text, name, type, s->public_));
    case_expect_text(c, "vkey", sunlot_buffer_view(text));
    assert_true(sunlot_vkey_parse(out, sunlot_buffer_view(text)));
    assert_int_equal(out->type, type);
}

static void add_signature(sunlot_buffer *out, sunlot_text name, sunlot_text sig)
{
    assert_true(sig.n > 1 && sunlot_buffer_string(out, "\xe2\x80\x94 ") && sunlot_buffer_text(out, name) && sunlot_buffer_byte(out, ' ') &&
                sunlot_buffer_add(out, sig.p + 1, sig.n - 1) && sunlot_buffer_byte(out, '\n'));
}

/* `ID TIME SEED`: the line of another party. */
static void add_cosignature(cases *c, sunlot_buffer *out, sunlot_text draw, sunlot_text signer_line, sunlot_text note)
{
    sunlot_signer s;
    sunlot_buffer name = {0}, line = {0};
    uint64_t time;
    sunlot_text rest;
    const sunlot_text id = sunlot_text_split(signer_line, ' ', &rest), when = sunlot_text_split(rest, ' ', &rest);
    assert_true(sunlot_number_parse(&time, when, SUNLOT_MAX_TIME));
    seed_signer(c, &s, rest);
    assert_true(sunlot_buffer_text(&name, draw) && sunlot_buffer_byte(&name, '/') && sunlot_buffer_text(&name, id));
    assert_true(sunlot_note_cosign(&line, s.secret, sunlot_buffer_view(&name), note, time));
    add_signature(out, sunlot_buffer_view(&name), sunlot_buffer_view(&line));
    sunlot_buffer_free(&name);
    sunlot_buffer_free(&line);
}

static void test_note_cases(void **state)
{
    (void)state;
    cases *c = cases_open("signature/note.txt");
    uint32_t several = 0;
    while (cases_next(c)) {
        sunlot_signer s;
        sunlot_vkey key;
        sunlot_buffer text = {0}, note = {0}, sig = {0}, file = {0};
        char fingerprint[80];
        uint8_t bytes[68];
        const sunlot_text draw = case_text(c, "draw-id");
        const sunlot_digest root = root_of(c);
        seed_signer(c, &s, case_text(c, "key-seed"));
        expect_key(c, &key, &text, &s, draw, SUNLOT_KEY_LOG);
        assert_true(sunlot_note_write(&note, draw, case_number(c, "size"), &root) && sunlot_note_sign(&sig, &s, draw, sunlot_buffer_view(&note)));
        case_expect_bytes(c, "note", sunlot_buffer_view(&note));
        case_expect_text(c, "sig", sunlot_buffer_view(&sig));
        assert_int_equal(sunlot_note_check(case_text(c, "sig"), &key, case_bytes(c, "note")), SUNLOT_NOTE_GOOD);
        assert_true(sunlot_base64_parse(bytes, sizeof bytes, (sunlot_text){sig.p + 1, sig.n - 1}));
        case_expect_bytes(c, "signature", bytes_as_text(bytes + 4, 64));
        assert_true(sunlot_buffer_text(&file, sunlot_buffer_view(&note)) && sunlot_buffer_byte(&file, '\n'));
        add_signature(&file, draw, sunlot_buffer_view(&sig));
        for (uint32_t i = 0; i < case_count(c, "signer"); i++) add_cosignature(c, &file, draw, case_item(c, "signer", i), sunlot_buffer_view(&note));
        case_expect_bytes(c, "signed-note", sunlot_buffer_view(&file));
        several += case_count(c, "signer") > 1;

        sunlot_signed_note taken;
        sunlot_note_line line;
        uint32_t lines = 0;
        sunlot_text rest = case_bytes(c, "signed-note");
        assert_true(sunlot_signed_note_take(&taken, &rest) && rest.n == 0 && sunlot_text_equal(taken.text, sunlot_buffer_view(&note)));
        for (rest = taken.signatures; sunlot_note_line_take(&line, &rest);) lines++;
        assert_int_equal(lines, 1 + case_count(c, "signer"));
        sunlot_fingerprint_write(fingerprint, root.b);
        case_expect_text(c, "fingerprint", sunlot_text_of(fingerprint));
        sunlot_buffer_free(&text);
        sunlot_buffer_free(&note);
        sunlot_buffer_free(&sig);
        sunlot_buffer_free(&file);
    }
    assert_true(several > 0);
    cases_close(c);
}

static void test_cosignature_cases(void **state)
{
    (void)state;
    cases *c = cases_open("signature/cosignature.txt");
    while (cases_next(c)) {
        sunlot_signer s;
        sunlot_vkey key;
        sunlot_buffer name = {0}, text = {0}, note = {0}, message = {0}, sig = {0};
        const sunlot_digest root = root_of(c);
        const uint64_t time = case_number(c, "time");
        seed_signer(c, &s, case_text(c, "key-seed"));
        assert_true(sunlot_buffer_text(&name, case_text(c, "draw-id")) && sunlot_buffer_byte(&name, '/') && sunlot_buffer_text(&name, case_text(c, "party")));
        expect_key(c, &key, &text, &s, sunlot_buffer_view(&name), SUNLOT_KEY_PARTY);
        assert_true(sunlot_note_write(&note, case_text(c, "draw-id"), case_number(c, "size"), &root));
        assert_true(sunlot_cosignature_write(&message, time, sunlot_buffer_view(&note)));
        case_expect_bytes(c, "message", sunlot_buffer_view(&message));
        assert_true(sunlot_note_cosign(&sig, s.secret, sunlot_buffer_view(&name), sunlot_buffer_view(&note), time));
        case_expect_text(c, "sig", sunlot_buffer_view(&sig));
        assert_int_equal(sunlot_note_check(case_text(c, "sig"), &key, sunlot_buffer_view(&note)), SUNLOT_NOTE_GOOD);
        sunlot_buffer_free(&name);
        sunlot_buffer_free(&text);
        sunlot_buffer_free(&note);
        sunlot_buffer_free(&message);
        sunlot_buffer_free(&sig);
    }
    cases_close(c);
}

static void test_minisign_cases(void **state)
{
    (void)state;
    cases *c = cases_open("signature/minisign.txt");
    while (cases_next(c)) {
        sunlot_signer s;
        sunlot_buffer key = {0}, file = {0};
        const sunlot_text id = case_bytes(c, "key-id");
        assert_int_equal(id.n, 8);
        seed_signer(c, &s, case_text(c, "key-seed"));
        assert_true(sunlot_minisign_key(&key, &s, (const uint8_t *)id.p));
        case_expect_text(c, "public", sunlot_buffer_view(&key));
        assert_true(sunlot_minisign_sign(&file, &s, (const uint8_t *)id.p, case_bytes(c, "data"), case_text(c, "comment")));
        sunlot_text rest = sunlot_buffer_view(&file);
        for (uint32_t i = 0; i < case_count(c, "line"); i++)
            if (!sunlot_text_equal(sunlot_text_split(rest, '\n', &rest), case_item(c, "line", i))) case_fail(c, "another line");
        assert_true(rest.n == 0 && rest.p != NULL);
        sunlot_buffer_free(&key);
        sunlot_buffer_free(&file);
    }
    cases_close(c);
}

/* Every bit of a signature, of its message and of the key matters. */
static void test_every_bit(void **state)
{
    (void)state;
    uint8_t signature[64], key[32];
    char message[] = "sunlot";
    sunlot_text text = {message, 6};
    crypto_sign_detached(signature, NULL, (const unsigned char *)message, 6, signer.secret);
    memcpy(key, signer.public_, 32);
    assert_true(sunlot_signature_check(signature, text, key));
    for (unsigned bit = 0; bit < 512 + 256 + 48; bit++) {
        uint8_t *byte = bit < 512 ? &signature[bit / 8] : bit < 768 ? &key[(bit - 512) / 8] : (uint8_t *)&message[(bit - 768) / 8];
        *byte ^= (uint8_t)(1 << bit % 8);
        assert_false(sunlot_signature_check(signature, text, key));
        *byte ^= (uint8_t)(1 << bit % 8);
    }
    assert_true(sunlot_signature_check(signature, text, key));
}

/* ---- C2SP forms -------------------------------------------------------------------------------------------------------------- */

/* The key and the note that stand as an example in C2SP's signed-note. */
static void test_c2sp_example(void **state)
{
    (void)state;
    sunlot_vkey key;
    sunlot_buffer out = {0};
    sunlot_text text = T("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
    assert_true(sunlot_vkey_parse(&key, text));
    assert_true(sunlot_text_equal(key.name, T("example.com/foo")));
    assert_true(sunlot_vkey_write(&out, key.name, SUNLOT_KEY_LOG, key.public_));
    assert_true(sunlot_text_equal(sunlot_buffer_view(&out), text));
    sunlot_buffer_free(&out);
    sunlot_text field = T("bUw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=");
    assert_int_equal(sunlot_note_check(field, &key, T("This is an example message.\n")), SUNLOT_NOTE_GOOD);
    assert_int_equal(sunlot_note_check(field, &key, T("This is an example message!\n")), SUNLOT_NOTE_BAD);
}

static void test_vkey(void **state)
{
    (void)state;
    sunlot_buffer out = {0};
    sunlot_vkey key, again;
    assert_true(sunlot_vkey_write(&out, NAME, SUNLOT_KEY_LOG, signer.public_));
    sunlot_text text = sunlot_buffer_view(&out);
    assert_true(sunlot_vkey_parse(&key, text));
    assert_true(sunlot_text_equal(key.name, NAME));
    assert_memory_equal(key.public_, signer.public_, 32);

    /* No byte can be changed, left out or added; what is read at all is written as itself. */
    static char changed[200];
    for (size_t at = 0; at <= text.n; at++)
        for (unsigned c = 0; c < 256; c++) {
            memcpy(changed, text.p, text.n);
            if (at < text.n) {
                changed[at] = (char)c;
                assert_int_equal(sunlot_vkey_parse(&again, (sunlot_text){changed, text.n}), changed[at] == text.p[at]);
            }
            memcpy(changed, text.p, at);
            changed[at] = (char)c;
            memcpy(changed + at + 1, text.p + at, text.n - at);
            assert_false(sunlot_vkey_parse(&again, (sunlot_text){changed, text.n + 1}));
        }
    for (size_t n = 0; n < text.n; n++) assert_false(sunlot_vkey_parse(&again, (sunlot_text){text.p, n}));
    assert_false(sunlot_vkey_parse(&again, (sunlot_text){NULL, 0}));
    sunlot_buffer_free(&out);
}

/* Names that are none, with an id that fits. */
static void test_vkey_names(void **state)
{
    (void)state;
    static const char *const names[] = {"", "a b", "a+b", "a\nb"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        sunlot_buffer out = {0};
        sunlot_vkey key;
        assert_true(sunlot_vkey_write(&out, sunlot_text_of(names[i]), SUNLOT_KEY_LOG, signer.public_));
        assert_false(sunlot_vkey_parse(&key, sunlot_buffer_view(&out)));
        sunlot_buffer_free(&out);
    }
}

static void test_note(void **state)
{
    (void)state;
    sunlot_digest root = sunlot_digest_of(T("abc"));
    sunlot_buffer note = {0}, field = {0}, vkey = {0};
    assert_true(sunlot_note_write(&note, NAME, 1234567890123, &root));
    assert_true(sunlot_text_equal(sunlot_buffer_view(&note), T("sunlot/v1/live/样例区/2025/一年级/placement/1\n"
                                                               "1234567890123\n"
                                                               "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=\n")));
    assert_true(sunlot_note_sign(&field, &signer, NAME, sunlot_buffer_view(&note)));
    assert_int_equal(field.n, 93);
    assert_int_equal(field.p[0], 'b');
    sunlot_vkey key;
    assert_true(sunlot_vkey_write(&vkey, NAME, SUNLOT_KEY_LOG, signer.public_) && sunlot_vkey_parse(&key, sunlot_buffer_view(&vkey)));
    sunlot_text text = sunlot_buffer_view(&note);
    assert_int_equal(sunlot_note_check(sunlot_buffer_view(&field), &key, text), SUNLOT_NOTE_GOOD);
    assert_int_equal(sunlot_note_check(sunlot_buffer_view(&field), &key, (sunlot_text){text.p, text.n - 1}), SUNLOT_NOTE_BAD);
    assert_int_equal(sunlot_note_check((sunlot_text){NULL, 0}, &key, text), SUNLOT_NOTE_FORM);

    /* Every other field is refused, for the reason that fits: the first 5 and a half characters after the letter are the key id. */
    for (size_t at = 0; at < field.n; at++)
        for (unsigned c = 0; c < 256; c++) {
            char right = field.p[at];
            if (c == (unsigned char)right) continue;
            field.p[at] = (char)c;
            bool base64 = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '+' || c == '/';
            sunlot_note_state found = sunlot_note_check(sunlot_buffer_view(&field), &key, text);
            if (at == 0 || !base64 || at == field.n - 1)
                assert_int_equal(found, SUNLOT_NOTE_FORM);
            else if (at <= 5)
                assert_int_equal(found, SUNLOT_NOTE_KEY);
            else
                assert_int_not_equal(found, SUNLOT_NOTE_GOOD);
            field.p[at] = right;
        }
    assert_true(sunlot_buffer_byte(&field, '='));
    assert_int_equal(sunlot_note_check(sunlot_buffer_view(&field), &key, text), SUNLOT_NOTE_FORM);
    sunlot_buffer_free(&note);
    sunlot_buffer_free(&field);
    sunlot_buffer_free(&vkey);
}

/* ---- minisign ---------------------------------------------------------------------------------------------------------------- */

/* Reads base64 up to a LF; *text goes behind it. */
static size_t decode_line(uint8_t *out, size_t most, sunlot_text *text)
{
    size_t n = 0;
    sunlot_text line = sunlot_text_split(*text, '\n', text);
    assert_int_equal(sodium_base642bin(out, most, line.p, line.n, NULL, &n, NULL, sodium_base64_VARIANT_ORIGINAL), 0);
    return n;
}

static void test_minisign(void **state)
{
    (void)state;
    sunlot_text file = T("sunlot,v1\nend\n"), comment = T("sunlot/v1/live/x/2025/y/placement/1 2 lines");
    sunlot_buffer out = {0};
    assert_true(sunlot_minisign_sign(&out, &signer, id8, file, comment));
    sunlot_text text = sunlot_buffer_view(&out);
    assert_true(sunlot_text_equal(sunlot_text_split(text, '\n', &text), T("untrusted comment: sunlot draw.log")));
    uint8_t bytes[74], digest[64], global[64], covered[200];
    assert_int_equal(decode_line(bytes, sizeof bytes, &text), 74);
    assert_memory_equal(bytes, "ED\1\2\3\4\5\6\7\10", 10);
    crypto_generichash(digest, 64, (const unsigned char *)file.p, file.n, NULL, 0);
    assert_int_equal(crypto_sign_verify_detached(bytes + 10, digest, 64, signer.public_), 0);
    assert_true(sunlot_text_equal(sunlot_text_split(text, '\n', &text), T("trusted comment: sunlot/v1/live/x/2025/y/placement/1 2 lines")));
    assert_int_equal(decode_line(global, sizeof global, &text), 64);
    assert_true(text.n == 0 && text.p != NULL);
    memcpy(covered, bytes + 10, 64);
    memcpy(covered + 64, comment.p, comment.n);
    assert_int_equal(crypto_sign_verify_detached(global, covered, 64 + comment.n, signer.public_), 0);
    sunlot_buffer_free(&out);
}

static void test_minisign_key(void **state)
{
    (void)state;
    sunlot_buffer key = {0}, pub = {0};
    assert_true(sunlot_minisign_key(&key, &signer, id8) && sunlot_minisign_pub(&pub, &signer, id8));
    sunlot_text text = sunlot_buffer_view(&key), rest;
    assert_true(sunlot_text_starts(text, T("RW")));
    assert_true(sunlot_minisign_key_check(text));
    assert_true(sunlot_text_equal(sunlot_text_split(sunlot_buffer_view(&pub), '\n', &rest), T("untrusted comment: sunlot minisign public key")));
    assert_true(sunlot_text_equal(sunlot_text_split(rest, '\n', &rest), text));
    assert_int_equal(rest.n, 0);
    uint8_t bytes[42];
    assert_int_equal(decode_line(bytes, sizeof bytes, &text), 42);
    assert_memory_equal(bytes, "Ed\1\2\3\4\5\6\7\10", 10);
    assert_memory_equal(bytes + 10, signer.public_, 32);
    assert_false(sunlot_minisign_key_check((sunlot_text){key.p, key.n - 1}));
    assert_false(sunlot_minisign_key_check((sunlot_text){NULL, 0}));
    key.p[1] = 'X'; /* "Ee", "Ef" … instead of "Ed" */
    assert_false(sunlot_minisign_key_check(sunlot_buffer_view(&key)));
    key.p[1] = 'W';
    key.p[0] = 'S';
    assert_false(sunlot_minisign_key_check(sunlot_buffer_view(&key)));
    key.p[0] = '-';
    assert_false(sunlot_minisign_key_check(sunlot_buffer_view(&key)));
    sunlot_buffer_free(&key);
    sunlot_buffer_free(&pub);
}

/* Each allocation refused in turn: what stood in the buffer stands there alone. */
static void test_memory(void **state)
{
    (void)state;
    uint64_t before = sunlot_alloc_live();
    for (int what = 0; what < 6; what++)
        for (uint64_t after = 1;; after++) {
            sunlot_buffer out = {0};
            sunlot_digest root = {{0}};
            char kept[250];
            memset(kept, 'k', sizeof kept);
            assert_true(sunlot_buffer_add(&out, kept, sizeof kept)); /* nearly the first size of a buffer */
            sunlot_alloc_refuse(after, true);
            bool done = what == 0   ? sunlot_vkey_write(&out, NAME, SUNLOT_KEY_LOG, signer.public_)
                        : what == 1 ? sunlot_note_write(&out, NAME, 1, &root)
                        : what == 2 ? sunlot_note_sign(&out, &signer, NAME, T("x\n"))
                        : what == 3 ? sunlot_minisign_key(&out, &signer, id8)
                        : what == 4 ? sunlot_minisign_pub(&out, &signer, id8)
                                    : sunlot_minisign_sign(&out, &signer, id8, T("file"), T("comment"));
            sunlot_alloc_refuse(0, false);
            assert_true(done == (out.n > sizeof kept) && out.n >= sizeof kept);
            assert_memory_equal(out.p, kept, sizeof kept);
            sunlot_buffer_free(&out);
            assert_int_equal(sunlot_alloc_live(), before);
            if (done) {
                assert_true(after > 1);
                break;
            }
        }
}

static void test_wipe(void **state)
{
    (void)state;
    sunlot_signer s = signer;
    static const sunlot_signer nothing;
    sunlot_signer_wipe(&s);
    assert_memory_equal(&s, &nothing, sizeof s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors),        cmocka_unit_test(test_signature_cases),
        cmocka_unit_test(test_note_cases),     cmocka_unit_test(test_cosignature_cases),
        cmocka_unit_test(test_minisign_cases), cmocka_unit_test(test_every_bit),
        cmocka_unit_test(test_c2sp_example),   cmocka_unit_test(test_vkey),
        cmocka_unit_test(test_vkey_names),     cmocka_unit_test(test_note),
        cmocka_unit_test(test_minisign),       cmocka_unit_test(test_minisign_key),
        cmocka_unit_test(test_memory),         cmocka_unit_test(test_wipe),
    };
    return cmocka_run_group_tests_name("signature", tests, start, NULL);
}
