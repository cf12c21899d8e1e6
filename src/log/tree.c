#include "log/tree.h"

#include "base/alloc.h"
#include "base/bytes.h"

enum { LEAF_TAG = 0, NODE_TAG = 1 };

static sunlot_text text_of(const sunlot_digest *d) { return (sunlot_text){(const char *)d->b, sizeof d->b}; }

sunlot_digest sunlot_tree_node(const sunlot_digest *left, const sunlot_digest *right) { return sunlot_digest_tagged(NODE_TAG, text_of(left), text_of(right)); }

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
        t->part[t->height - 1] = sunlot_tree_node(&t->part[t->height - 1], &t->part[t->height]);
        t->level[t->height - 1] = ++level;
    }
}

void sunlot_tree_add_leaf(sunlot_tree *t, const sunlot_digest *leaf) { add_part(t, leaf, 0); }

void sunlot_tree_add(sunlot_tree *t, sunlot_text leaf)
{
    const sunlot_digest d = sunlot_tree_leaf(leaf);
    sunlot_tree_add_leaf(t, &d);
}

void sunlot_tree_join(sunlot_tree *t, const sunlot_tree *run)
{
    for (uint32_t i = 0; i < run->height; i++) add_part(t, &run->part[i], run->level[i]);
}

sunlot_digest sunlot_tree_root(const sunlot_tree *t)
{
    if (t->height == 0) return sunlot_digest_of((sunlot_text){NULL, 0});
    sunlot_digest root = t->part[t->height - 1];
    for (uint32_t i = t->height - 1; i > 0; i--) root = sunlot_tree_node(&t->part[i - 1], &root);
    return root;
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
        d = right ? sunlot_tree_node(&path[used], &d) : sunlot_tree_node(&d, &path[used]);
        used++;
    }
    return used == length && sunlot_digest_compare(&d, root) == 0;
}
