/* The Merkle tree of RFC 6962 (SPEC 6). */
#ifndef SUNLOT_LOG_TREE_H
#define SUNLOT_LOG_TREE_H

#include "random/digest.h"

/* A growing tree, or a run of its leaves that is hashed by itself: the roots of the largest perfect subtrees of the whole tree that lie in it, from
 * left to right.  Leaves 0 … 6 are 0 1 2 3 | 4 5 | 6; the run 3 … 8 is 3 | 4 5 6 7 | 8. */
typedef struct {
    uint64_t size; /* leaves of the whole tree up to here: the index of the next one */
    uint32_t height;
    uint8_t level[128]; /* part i has 2^level[i] leaves */
    sunlot_digest part[128];
} sunlot_tree;

/* Empty, before leaf number `first` (from 0); a tree begins with 0. */
void sunlot_tree_init(sunlot_tree *t, uint64_t first);
void sunlot_tree_add(sunlot_tree *t, sunlot_text leaf);
/* The same for a leaf that is hashed already. */
void sunlot_tree_add_leaf(sunlot_tree *t, const sunlot_digest *leaf);
/* Add the run of leaves that begins where the tree (or run) ends. */
void sunlot_tree_join(sunlot_tree *t, const sunlot_tree *run);
/* The root of a whole tree. */
sunlot_digest sunlot_tree_root(const sunlot_tree *t);
sunlot_digest sunlot_tree_leaf(sunlot_text leaf);
sunlot_digest sunlot_tree_node(const sunlot_digest *left, const sunlot_digest *right);

/* A proof has at most one node a level. */
#define SUNLOT_PROOF_NODES 64u

/* True if the path (levels.h makes them) leads from the leaf hash to the root; exact length, index < size. */
bool sunlot_tree_check(const sunlot_digest *leaf, uint64_t index, uint64_t size, const sunlot_digest *path, uint32_t length, const sunlot_digest *root);

#endif
