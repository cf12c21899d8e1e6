#include "log/tree.h"

#include "base/alloc.h"
#include "base/bytes.h"

enum { LEAF_TAG = 0, NODE_TAG = 1 };

static sunlot_text text_of(const sunlot_digest *d) { return (sunlot_text){(const char *)d->b, sizeof d->b}; }

static sunlot_digest node(const sunlot_digest *left, const sunlot_digest *right) { return sunlot_digest_tagged(NODE_TAG, text_of(left), text_of(right)); }

sunlot_digest sunlot_tree_leaf(sunlot_text leaf) { return sunlot_digest_tagged(LEAF_TAG, leaf, (sunlot_text){NULL, 0}); }

void sunlot_tree_init(sunlot_tree *t, uint64_t first)
{
    t->size = first;
    t->height = 0;
}

/* The parts of a whole tree are those of the binary digits of size: 6 = 110 is a tree of 4 leaves and one of 2.  A leaf is a new
 * part; as adding 1 to a number carries over its trailing ones, so each trailing one joins the last two parts: with size 5 = 101,
 * parts 4 1, a leaf gives 4 1 1 and then 4 2.  In a run a part stays alone if its left sister lies before the run: with the run 3 4 5 6
 * (parts 1 2 1), leaf 7 joins leaf 6, and both 4 5, but not the four of them 3, whose sister is 2. */
static void add_part(sunlot_tree *t, const sunlot_digest *digest, uint8_t level)
{
    SUNLOT_REQUIRE(t->height < sizeof t->level && (t->size & ((UINT64_C(1) << level) - 1)) == 0);
    uint64_t ones = t->size >> level;
    t->size += UINT64_C(1) << level;
    t->part[t->height] = *digest;
    t->level[t->height++] = level;
    for (; (ones & 1) != 0 && t->height > 1 && t->level[t->height - 2] == level; ones >>= 1) {
        t->height--;
        t->part[t->height - 1] = node(&t->part[t->height - 1], &t->part[t->height]);
        t->level[t->height - 1] = ++level;
    }
}

void sunlot_tree_add(sunlot_tree *t, sunlot_text leaf)
{
    const sunlot_digest d = sunlot_tree_leaf(leaf);
    add_part(t, &d, 0);
}

void sunlot_tree_join(sunlot_tree *t, const sunlot_tree *run)
{
    for (uint32_t i = 0; i < run->height; i++) add_part(t, &run->part[i], run->level[i]);
}

sunlot_digest sunlot_tree_root(const sunlot_tree *t)
{
    if (t->height == 0) return sunlot_digest_of((sunlot_text){NULL, 0});
    sunlot_digest root = t->part[t->height - 1];
    for (uint32_t i = t->height - 1; i > 0; i--) root = node(&t->part[i - 1], &root);
    return root;
}

static sunlot_digest root_of(const sunlot_digest *leaf, uint64_t size)
{
    sunlot_tree t;
    sunlot_tree_init(&t, 0);
    for (uint64_t i = 0; i < size; i++) add_part(&t, &leaf[i], 0);
    return sunlot_tree_root(&t);
}

/* From the top down: of the two halves the one with the leaf is gone into, the other's root is a step of the path, which is
 * turned round in the end.  Leaf 4 of 7: halves 0…3 | 4…6, then 4…5 | 6, then 4 | 5: the path is leaf 5, leaf 6, root of 0…3. */
uint32_t sunlot_tree_prove(sunlot_digest *path, const sunlot_digest *leaf, uint64_t index, uint64_t size)
{
    SUNLOT_REQUIRE(index < size);
    uint32_t length = 0;
    while (size > 1) {
        uint64_t left = 1;
        while (left < size - left) left *= 2;
        if (index < left) {
            path[length++] = root_of(leaf + left, size - left);
            size = left;
        } else {
            path[length++] = root_of(leaf, left);
            leaf += left;
            index -= left;
            size -= left;
        }
    }
    for (uint32_t i = 0; i < length / 2; i++) {
        sunlot_digest swap = path[i];
        path[i] = path[length - 1 - i];
        path[length - 1 - i] = swap;
    }
    return length;
}

/* From the bottom up, at and last being the numbers of the leaf's ancestor and of the last node in a level.  A right child has its
 * sister to the left; a left child has one to the right, unless it is the last of its level: then it goes up as it is. */
bool sunlot_tree_check(const sunlot_digest *leaf, uint64_t index, uint64_t size, const sunlot_digest *path, uint32_t length, const sunlot_digest *root)
{
    if (index >= size) return false;
    sunlot_digest d = *leaf;
    uint32_t used = 0;
    for (uint64_t at = index, last = size - 1; last > 0; at >>= 1, last >>= 1) {
        bool right = (at & 1) != 0;
        if (!right && at == last) continue;
        if (used == length) return false;
        d = right ? node(&path[used], &d) : node(&d, &path[used]);
        used++;
    }
    return used == length && sunlot_digest_compare(&d, root) == 0;
}
