/* The allocator: overflow, refusal, counting; arenas: alignment, zeroes, blocks that do not overlap, release as a whole. */
#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/bytes.h"

static bool all_zero(const void *p, size_t n)
{
    const unsigned char *b = p;
    for (size_t i = 0; i < n; i++)
        if (b[i] != 0) return false;
    return true;
}

static void test_single(void **state)
{
    (void)state;
    uint64_t before = sunlot_alloc_live();
    unsigned char *p = sunlot_alloc(7, 11);
    assert_non_null(p);
    assert_true(all_zero(p, 77));
    memset(p, 0xa5, 77);
    p = sunlot_resize(p, 1000, 1);
    assert_non_null(p);
    for (size_t i = 0; i < 77; i++) assert_int_equal(p[i], 0xa5);
    void *nothing = sunlot_alloc(0, 8), *fresh = sunlot_resize(NULL, 8, 0);
    assert_non_null(nothing);
    assert_non_null(fresh);
    assert_int_equal(sunlot_alloc_live() - before, 3);
    sunlot_release(p);
    sunlot_release(nothing);
    sunlot_release(fresh);
    sunlot_release(NULL);
    assert_int_equal(sunlot_alloc_live(), before);
}

static void test_overflow(void **state)
{
    (void)state;
    assert_null(sunlot_alloc(SIZE_MAX, 2));
    assert_null(sunlot_alloc(2, SIZE_MAX / 2));
    assert_null(sunlot_alloc((size_t)PTRDIFF_MAX / 16 + 1, 16));
    char *p = sunlot_alloc(4, 1);
    assert_non_null(p);
    assert_null(sunlot_resize(p, SIZE_MAX / 4 + 1, 4));
    memcpy(p, "kept", 4);
    assert_memory_equal(p, "kept", 4);
    sunlot_release(p);
    sunlot_arena a = {0};
    assert_null(sunlot_arena_alloc(&a, SIZE_MAX / 8 + 1, 8));
    assert_null(sunlot_arena_alloc(&a, (size_t)PTRDIFF_MAX, 1));
    sunlot_arena_free(&a);
}

static void test_refuse(void **state)
{
    (void)state;
    sunlot_alloc_refuse(2, false);
    char *one = sunlot_alloc(1, 1);
    assert_non_null(one);
    assert_null(sunlot_resize(one, 100, 1));
    void *three = sunlot_alloc(1, 1);
    assert_non_null(three);
    sunlot_alloc_refuse(1, true);
    assert_null(sunlot_alloc(1, 1));
    assert_null(sunlot_resize(one, 100, 1));
    sunlot_alloc_refuse(0, false);
    one = sunlot_resize(one, 100, 1);
    assert_non_null(one);
    sunlot_release(one);
    sunlot_release(three);
}

enum { REQUESTS = 6000 };
static unsigned char *given[REQUESTS];
static size_t given_size[REQUESTS];

/* Sizes from 0 to some hundred, now and then one that has a block to itself. */
static size_t size_of_request(size_t i) { return i % 997 == 996 ? 300000 + i : i * i % 701; }

static void test_arena(void **state)
{
    (void)state;
    uint64_t before = sunlot_alloc_live();
    sunlot_arena a = {0};
    size_t total = 0;
    for (size_t i = 0; i < REQUESTS; i++) {
        size_t n = given_size[i] = size_of_request(i);
        total += n;
        unsigned char *p = given[i] = sunlot_arena_alloc(&a, 1, n);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
        assert_true(all_zero(p, n));
        memset(p, (int)(i % 255 + 1), n);
        /* Texts between them need no alignment and must not spoil it. */
        sunlot_text copy, text = SUNLOT_TEXT("odd");
        assert_true(sunlot_arena_copy(&a, text, &copy));
        assert_true(sunlot_text_equal(copy, text));
        assert_ptr_not_equal(copy.p, text.p);
    }
    for (size_t i = 0; i < REQUESTS; i++)
        for (size_t j = 0; j < given_size[i]; j++) assert_int_equal(given[i][j], i % 255 + 1);
    /* Blocks of 4 KiB to 1 MiB, and the 6 big requests. */
    assert_true(total > 3500000);
    assert_true(sunlot_alloc_live() - before < 25);
    sunlot_arena_free(&a);
    assert_int_equal(sunlot_alloc_live(), before);
    sunlot_arena_free(&a);
    assert_null(a.first);
}

static void test_arena_small(void **state)
{
    (void)state;
    sunlot_arena a = {0};
    sunlot_text copy = {NULL, 9};
    assert_true(sunlot_arena_copy(&a, (sunlot_text){NULL, 0}, &copy));
    assert_int_equal(copy.n, 0);
    assert_non_null(copy.p);
    uint64_t one_block = sunlot_alloc_live();
    for (int i = 0; i < 50; i++) assert_non_null(sunlot_arena_alloc(&a, 4, 16));
    assert_int_equal(sunlot_alloc_live(), one_block);
    sunlot_arena_free(&a);
}

/* Each allocation refused in turn: what was given before stays, and the arena goes on afterwards. */
static void test_arena_refused(void **state)
{
    (void)state;
    uint64_t before = sunlot_alloc_live(), after = 1;
    for (bool refused = true; refused; after++) {
        sunlot_arena a = {0};
        refused = false;
        sunlot_alloc_refuse(after, false);
        for (size_t i = 0; i < 300; i++) {
            size_t n = size_of_request(i * 83);
            void *p = sunlot_arena_alloc(&a, n, 1);
            if (p == NULL) {
                assert_false(refused);
                refused = true;
                p = sunlot_arena_alloc(&a, n, 1);
            }
            assert_non_null(p);
            given[i] = p;
            given_size[i] = n;
            memset(p, (int)(i % 255 + 1), n);
        }
        sunlot_alloc_refuse(0, false);
        for (size_t i = 0; i < 300; i++)
            for (size_t j = 0; j < given_size[i]; j++) assert_int_equal(given[i][j], i % 255 + 1);
        sunlot_arena_free(&a);
        assert_int_equal(sunlot_alloc_live(), before);
    }
    assert_true(after > 5);
}

static void test_copy_refused(void **state)
{
    (void)state;
    sunlot_arena a = {0};
    sunlot_text out = SUNLOT_TEXT("untouched");
    sunlot_alloc_refuse(1, false);
    assert_false(sunlot_arena_copy(&a, SUNLOT_TEXT("x"), &out));
    sunlot_alloc_refuse(0, false);
    assert_true(sunlot_text_equal(out, SUNLOT_TEXT("untouched")));
    sunlot_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_single),      cmocka_unit_test(test_overflow),      cmocka_unit_test(test_refuse),       cmocka_unit_test(test_arena),
        cmocka_unit_test(test_arena_small), cmocka_unit_test(test_arena_refused), cmocka_unit_test(test_copy_refused),
    };
    return cmocka_run_group_tests_name("alloc", tests, NULL, NULL);
}
