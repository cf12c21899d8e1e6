/* Proofs and signed notes as texts (SPEC 14.1): one form, and whatever is changed in a text is noticed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/bytes.h"
#include "log/proof.h"
#include "log/tree_levels.h"
#include "random/base64.h"

enum { LEAVES = 11 };

static char leaf_bytes[LEAVES][16];
static sunlot_digest leaf[LEAVES];

static int start(void **state)
{
    (void)state;
    for (size_t i = 0; i < LEAVES; i++) {
        memset(leaf_bytes[i], 'a' + (int)i, sizeof leaf_bytes[i]);
        leaf[i] = sunlot_tree_leaf((sunlot_text){leaf_bytes[i], sizeof leaf_bytes[i]});
    }
    return sunlot_init() == SUNLOT_OK ? 0 : 1;
}

static sunlot_text line_of(size_t i) { return (sunlot_text){leaf_bytes[i], sizeof leaf_bytes[i]}; }

/* A note of `size` leaves with a signature and a cosignature that nobody checks here. */
static void add_note(sunlot_buffer *out, uint64_t size)
{
    uint8_t bytes[SUNLOT_COSIGNATURE_BYTES] = {1, 2, 3};
    sunlot_tree t;
    sunlot_tree_init(&t, 0);
    for (uint64_t i = 0; i < size; i++) sunlot_tree_add(&t, line_of((size_t)i));
    const sunlot_digest root = sunlot_tree_root(&t);
    assert_true(sunlot_buffer_string(out, "a/draw\n") && sunlot_buffer_number(out, size) && sunlot_buffer_byte(out, '\n'));
    assert_true(sunlot_base64_add(out, root.b, 32) && sunlot_buffer_string(out, "\n\n\xe2\x80\x94 a/draw "));
    assert_true(sunlot_base64_add(out, bytes, SUNLOT_SIGNATURE_BYTES) && sunlot_buffer_string(out, "\n\xe2\x80\x94 a/draw/b "));
    assert_true(sunlot_base64_add(out, bytes, sizeof bytes) && sunlot_buffer_byte(out, '\n'));
}

static void add_proof(sunlot_buffer *out, size_t index, size_t size, sunlot_text extra)
{
    sunlot_levels l;
    sunlot_digest path[SUNLOT_PROOF_NODES];
    sunlot_buffer note = {0};
    add_note(&note, size);
    assert_true(sunlot_levels_make(&l, leaf, size));
    const uint32_t length = sunlot_levels_prove(path, &l, index);
    assert_true(sunlot_tlog_proof_write(out, extra, index, path, length, sunlot_buffer_view(&note)));
    sunlot_levels_free(&l);
    sunlot_buffer_free(&note);
}

static void test_round_trip(void **state)
{
    (void)state;
    char extra_bytes[400];
    for (size_t i = 0; i < sizeof extra_bytes; i++) extra_bytes[i] = (char)(i * 11);
    for (size_t size = 1; size <= LEAVES; size++) {
        for (size_t index = 0; index < size; index++) {
            const sunlot_text extra = {extra_bytes, index * 37 % sizeof extra_bytes};
            sunlot_buffer text = {0};
            add_proof(&text, index, size, extra);
            const size_t first = text.n;
            add_proof(&text, size - 1, size, SUNLOT_TEXT("second"));

            sunlot_text rest = sunlot_buffer_view(&text);
            sunlot_tlog_proof p;
            uint8_t back[sizeof extra_bytes];
            assert_null(sunlot_tlog_proof_take(&p, &rest));
            assert_int_equal(rest.p - text.p, first);
            assert_int_equal(p.index, index);
            assert_int_equal(p.note.size, size);
            assert_true(sunlot_text_equal(p.note.id, SUNLOT_TEXT("a/draw")));
            assert_int_equal(sunlot_base64_length(p.extra), extra.n);
            assert_true(sunlot_base64_parse(back, extra.n, p.extra));
            if (extra.n > 0) assert_memory_equal(back, extra_bytes, extra.n);
            assert_true(sunlot_tlog_proof_check(&p, line_of(index)));
            assert_false(sunlot_tlog_proof_check(&p, SUNLOT_TEXT("another line")));

            sunlot_note_line line;
            sunlot_text lines = p.note.signatures;
            assert_true(sunlot_note_line_take(&line, &lines));
            assert_int_equal(line.n, SUNLOT_SIGNATURE_BYTES);
            assert_true(sunlot_note_line_take(&line, &lines));
            assert_int_equal(line.n, SUNLOT_COSIGNATURE_BYTES);
            assert_true(sunlot_text_equal(line.name, SUNLOT_TEXT("a/draw/b")));
            assert_false(sunlot_note_line_take(&line, &lines));

            assert_null(sunlot_tlog_proof_take(&p, &rest));
            assert_int_equal(rest.n, 0);
            sunlot_buffer_free(&text);
        }
    }
}

/* Whatever byte is changed, left out or doubled, and wherever the text is cut: it is not of the form, or the proof does not hold, or what changed
 * is in the signatures and the extra, which others look at, or makes the same statement of another draw. */
static void test_mutated(void **state)
{
    (void)state;
    sunlot_buffer text = {0}, other = {0};
    add_proof(&text, 5, LEAVES, SUNLOT_TEXT("extra bytes"));
    sunlot_tlog_proof p, original;
    sunlot_text rest = sunlot_buffer_view(&text);
    assert_null(sunlot_tlog_proof_take(&original, &rest));
    const size_t signatures = (size_t)(original.note.signatures.p - text.p), id = (size_t)(original.note.id.p - text.p);
    const size_t extra = (size_t)(original.extra.p - text.p);
    for (size_t i = 0; i < text.n; i++) {
        for (int how = 0; how < 3; how++) {
            sunlot_buffer_free(&other);
            assert_true(sunlot_buffer_add(&other, text.p, i));
            if (how == 0) assert_true(sunlot_buffer_byte(&other, (char)(text.p[i] ^ 1)));
            if (how == 2) assert_true(sunlot_buffer_byte(&other, text.p[i]) && sunlot_buffer_byte(&other, text.p[i]));
            assert_true(sunlot_buffer_add(&other, text.p + i + 1, text.n - i - 1));
            rest = sunlot_buffer_view(&other);
            if (sunlot_tlog_proof_take(&p, &rest) != NULL || rest.n > 0 || !sunlot_tlog_proof_check(&p, line_of(5))) continue;
            if (p.note.size != LEAVES) continue; /* what is signed says so */
            const bool in_id = i >= id && i < id + original.note.id.n, in_extra = i + 1 >= extra && i < extra + original.extra.n;
            assert_true(i >= signatures || in_id || in_extra);
        }
        rest = (sunlot_text){text.p, i};
        const bool whole = sunlot_tlog_proof_take(&p, &rest) == NULL && rest.n == 0;
        assert_int_equal(whole, i > signatures && text.p[i - 1] == '\n');
    }
    sunlot_buffer_free(&text);
    sunlot_buffer_free(&other);
}

static void test_memory(void **state)
{
    (void)state;
    uint64_t n = 1;
    for (bool written = false; !written; n++) {
        sunlot_buffer text = {0}, note = {0};
        add_note(&note, 1);
        sunlot_alloc_refuse(n, true);
        sunlot_levels l = {0};
        const bool made = sunlot_levels_make(&l, leaf, LEAVES);
        written = made && sunlot_tlog_proof_write(&text, SUNLOT_TEXT("x"), 0, leaf, 3, sunlot_buffer_view(&note));
        sunlot_alloc_refuse(0, false);
        assert_true(written || text.n == 0);
        sunlot_levels_free(&l);
        sunlot_buffer_free(&text);
        sunlot_buffer_free(&note);
        assert_int_equal(sunlot_alloc_live(), 0);
    }
    assert_true(n > 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_round_trip), cmocka_unit_test(test_mutated), cmocka_unit_test(test_memory)};
    return cmocka_run_group_tests_name("proof", tests, start, NULL);
}
