/* The tree against the recursive definitions of RFC 6962 sections 2.1 and 2.1.1, all sizes and leaves up to 70; proofs that were tampered with. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/bytes.h"
#include "log/tree_levels.h"
#include "support/cases.h"

enum { MOST = 70 };

static char leaf_bytes[MOST][8];
static sunlot_text leaf[MOST];
static sunlot_digest leaf_digest[MOST];

static int start(void **state)
{
    (void)state;
    for (size_t i = 0; i < MOST; i++) {
        /* The first leaf is empty. */
        memset(leaf_bytes[i], (int)i, sizeof leaf_bytes[i]);
        leaf[i] = (sunlot_text){leaf_bytes[i], i % 9};
        leaf_digest[i] = sunlot_tree_leaf(leaf[i]);
    }
    return sunlot_init() == SUNLOT_OK ? 0 : 1;
}

static size_t largest_power_below(size_t n)
{
    size_t k = 1;
    while (2 * k < n) k *= 2;
    return k;
}

/* MTH of RFC 6962. */
static sunlot_digest plain_root(const sunlot_text *d, size_t n)
{
    char bytes[65] = {0};
    if (n == 0) return sunlot_digest_of((sunlot_text){bytes, 0});
    if (n == 1) {
        memcpy(bytes + 1, d[0].p, d[0].n);
        return sunlot_digest_of((sunlot_text){bytes, d[0].n + 1});
    }
    size_t k = largest_power_below(n);
    sunlot_digest left = plain_root(d, k), right = plain_root(d + k, n - k);
    bytes[0] = 1;
    memcpy(bytes + 1, left.b, 32);
    memcpy(bytes + 33, right.b, 32);
    return sunlot_digest_of((sunlot_text){bytes, sizeof bytes});
}

/* PATH of RFC 6962. */
static uint32_t plain_path(sunlot_digest *path, size_t m, const sunlot_text *d, size_t n)
{
    if (n == 1) return 0;
    size_t k = largest_power_below(n);
    uint32_t length = m < k ? plain_path(path, m, d, k) : plain_path(path, m - k, d + k, n - k);
    path[length] = m < k ? plain_root(d + k, n - k) : plain_root(d, k);
    return length + 1;
}

/* The path by levels. */
static uint32_t prove(sunlot_digest *path, size_t m, size_t n)
{
    sunlot_levels l;
    assert_true(sunlot_levels_make(&l, leaf_digest, n));
    const uint32_t length = sunlot_levels_prove(path, &l, m);
    sunlot_levels_free(&l);
    return length;
}

static bool equal(const sunlot_digest *a, const sunlot_digest *b) { return sunlot_digest_compare(a, b) == 0; }

static void check_hex(sunlot_digest d, const char *expected)
{
    char hex[65] = {0};
    sunlot_hex_write(hex, d.b, sizeof d.b);
    assert_string_equal(hex, expected);
}

/* The roots that certificate transparency's own test data give for these leaves. */
static void test_known(void **state)
{
    (void)state;
    static const char bytes[] = "\x00\x10\x20\x21\x30\x31\x40\x41\x42\x43";
    static const struct {
        size_t from, n;
        const char *root;
    } step[] = {
        {0, 0, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"}, {0, 1, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"},
        {1, 1, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"}, {2, 2, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"},
        {4, 2, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"}, {6, 4, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"},
    };
    sunlot_tree t;
    sunlot_tree_init(&t, 0);
    check_hex(sunlot_tree_root(&t), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (size_t i = 0; i < sizeof step / sizeof *step; i++) {
        sunlot_tree_add(&t, (sunlot_text){bytes + step[i].from, step[i].n});
        check_hex(sunlot_tree_root(&t), step[i].root);
    }
}

static void test_roots(void **state)
{
    (void)state;
    sunlot_tree t;
    sunlot_tree_init(&t, 0);
    for (size_t n = 0; n <= MOST; n++) {
        sunlot_digest root = sunlot_tree_root(&t), expected = plain_root(leaf, n);
        assert_true(equal(&root, &expected));
        assert_int_equal(t.size, n);
        if (n < MOST) sunlot_tree_add(&t, leaf[n]);
    }
}

static void test_proofs(void **state)
{
    (void)state;
    for (size_t n = 1; n <= MOST; n++) {
        sunlot_digest root = plain_root(leaf, n);
        for (size_t m = 0; m < n; m++) {
            sunlot_digest path[64], expected[64];
            uint32_t length = prove(path, m, n);
            assert_int_equal(length, plain_path(expected, m, leaf, n));
            assert_memory_equal(path, expected, length * sizeof *path);
            assert_true(sunlot_tree_check(&leaf_digest[m], m, n, path, length, &root));
        }
    }
}

/* Another place, a longer or shorter path, steps exchanged, another leaf or root, any bit of the path. */
static void test_tampered(void **state)
{
    (void)state;
    for (size_t n = 1; n <= 20; n++) {
        sunlot_digest root = plain_root(leaf, n);
        for (size_t m = 0; m < n; m++) {
            sunlot_digest path[66];
            uint32_t length = prove(path, m, n);
            path[length] = path[length + 1] = root;
            const sunlot_digest *d = &leaf_digest[m];
            for (size_t place = 0; place < MOST; place++) assert_int_equal(sunlot_tree_check(d, place, n, path, length, &root), place == m);
            for (uint32_t other = 0; other < length + 2; other++) assert_int_equal(sunlot_tree_check(d, m, n, path, other, &root), other == length);
            assert_false(sunlot_tree_check(&leaf_digest[(m + 1) % MOST], m, n, path, length, &root));
            assert_false(sunlot_tree_check(d, m, n, path, length, d) && length > 0);
            for (uint32_t i = 0; i < length * 256; i += i % 7 + 1) {
                uint8_t *byte = &path[i / 256].b[i / 8 % 32];
                *byte ^= (uint8_t)(1 << i % 8);
                assert_false(sunlot_tree_check(d, m, n, path, length, &root));
                *byte ^= (uint8_t)(1 << i % 8);
            }
            for (uint32_t i = 1; i < length; i++) {
                sunlot_digest swap = path[i];
                path[i] = path[i - 1];
                path[i - 1] = swap;
                assert_false(sunlot_tree_check(d, m, n, path, length, &root));
                path[i - 1] = path[i];
                path[i] = swap;
            }
            assert_true(sunlot_tree_check(d, m, n, path, length, &root));
        }
    }
}

/* With another size a path holds only where the two trees ask for the same steps; the signed size is what keeps them apart.  A size whose path has
 * another length is always refused, and so are places and sizes at the end of the range. */
static void test_sizes(void **state)
{
    (void)state;
    sunlot_digest path[64], root = plain_root(leaf, 13);
    uint32_t length = prove(path, 5, 13);
    for (size_t n = 0; n <= MOST; n++) {
        sunlot_digest other[64];
        bool same = n > 5 && prove(other, 5, n) == length;
        assert_true(same || !sunlot_tree_check(&leaf_digest[5], 5, n, path, length, &root));
    }
    assert_false(sunlot_tree_check(&leaf_digest[5], 5, UINT64_MAX, path, length, &root));
    assert_false(sunlot_tree_check(&leaf_digest[5], UINT64_MAX, UINT64_MAX, path, length, &root));
    assert_false(sunlot_tree_check(&leaf_digest[0], 0, 0, path, 0, &leaf_digest[0]));
}

/* A tree put together from three runs of leaves, wherever they meet, and the last two of them joined first. */
static void test_runs(void **state)
{
    (void)state;
    for (size_t a = 0; a <= 40; a++) {
        for (size_t b = a; b <= 40; b++) {
            sunlot_tree t, middle, last;
            sunlot_tree_init(&t, 0);
            sunlot_tree_init(&middle, a);
            sunlot_tree_init(&last, b);
            for (size_t i = 0; i < 40; i++) sunlot_tree_add(i < a ? &t : i < b ? &middle : &last, leaf[i]);
            if ((a + b) % 2 == 0) {
                sunlot_tree_join(&middle, &last);
                sunlot_tree_join(&t, &middle);
            } else {
                sunlot_tree_join(&t, &middle);
                sunlot_tree_join(&t, &last);
            }
            sunlot_digest root = sunlot_tree_root(&t), expected = plain_root(leaf, 40);
            assert_true(equal(&root, &expected));
            assert_int_equal(t.size, 40);
        }
    }
}

/* A node's bytes given as a leaf do not lead to the same root. */
static void test_leaf_is_no_node(void **state)
{
    (void)state;
    char node[64];
    memcpy(node, leaf_digest[0].b, 32);
    memcpy(node + 32, leaf_digest[1].b, 32);
    sunlot_tree t;
    sunlot_tree_init(&t, 0);
    sunlot_tree_add(&t, (sunlot_text){node, sizeof node});
    sunlot_digest root = sunlot_tree_root(&t), two = plain_root(leaf, 2);
    assert_false(equal(&root, &two));
}

/* ---- the cases of the second implementation ---------------------------------------------------------------------------------- */

static void test_root_cases(void **state)
{
    (void)state;
    cases *c = cases_open("tree/root.txt");
    while (cases_next(c)) {
        sunlot_tree t;
        sunlot_tree_init(&t, 0);
        if (case_count(c, "leaves") > 0)
            assert_true(sunlot_text_equal(case_text(c, "leaves"), sunlot_text_of("none")));
        else
            assert_true(case_count(c, "leaf") > 0);
        for (uint32_t i = 0; i < case_count(c, "leaf"); i++) sunlot_tree_add(&t, case_bytes_of(c, case_item(c, "leaf", i)));
        const sunlot_digest root = sunlot_tree_root(&t);
        case_expect_bytes(c, "root", (sunlot_text){(const char *)root.b, sizeof root.b});
    }
    cases_close(c);
}

static sunlot_digest digest_of(cases *c, sunlot_text hex)
{
    sunlot_digest d;
    const sunlot_text bytes = case_bytes_of(c, hex);
    assert_int_equal(bytes.n, sizeof d.b);
    memcpy(d.b, bytes.p, sizeof d.b);
    return d;
}

static void test_proof_cases(void **state)
{
    (void)state;
    cases *c = cases_open("tree/proof.txt");
    uint32_t hold = 0, all = 0;
    for (; cases_next(c); all++) {
        sunlot_digest path[SUNLOT_PROOF_NODES];
        const uint32_t length = case_count(c, "node");
        assert_true(length <= SUNLOT_PROOF_NODES);
        for (uint32_t i = 0; i < length; i++) path[i] = digest_of(c, case_item(c, "node", i));
        const sunlot_digest one = sunlot_tree_leaf(case_bytes(c, "leaf")), root = digest_of(c, case_text(c, "root"));
        const bool holds = case_yes(c, "holds");
        case_expect(c, "holds", holds, sunlot_tree_check(&one, case_number(c, "index"), case_number(c, "size"), path, length, &root));
        hold += holds;
    }
    assert_true(hold > 0 && hold < all);
    cases_close(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known),    cmocka_unit_test(test_roots),      cmocka_unit_test(test_proofs),
        cmocka_unit_test(test_tampered), cmocka_unit_test(test_sizes),      cmocka_unit_test(test_leaf_is_no_node),
        cmocka_unit_test(test_runs),     cmocka_unit_test(test_root_cases), cmocka_unit_test(test_proof_cases),
    };
    return cmocka_run_group_tests_name("tree", tests, start, NULL);
}
