/* The Merkle tree of RFC 6962 (SPEC 6). */
#ifndef SUNLOT_LOG_TREE_H
#define SUNLOT_LOG_TREE_H

#include "random/digest.h"

/* A growing tree: the roots of its perfect subtrees, largest first.  Root of any prefix in order of appearance. */
typedef struct {
    uint64_t size;
    uint32_t height;
    sunlot_digest part[64];
} sunlot_tree;

void sunlot_tree_init(sunlot_tree *t);
void sunlot_tree_add(sunlot_tree *t, sunlot_text leaf);
sunlot_digest sunlot_tree_root(const sunlot_tree *t);
sunlot_digest sunlot_tree_leaf(sunlot_text leaf);

/* Audit path of leaf `index` among `size` leaf hashes.  Out: path[64].  Returns its length. */
uint32_t sunlot_tree_prove(sunlot_digest *path, const sunlot_digest *leaf, uint64_t index, uint64_t size);
/* True if the path leads from the leaf hash to the root; exact length, index < size. */
bool sunlot_tree_check(const sunlot_digest *leaf, uint64_t index, uint64_t size, const sunlot_digest *path, uint32_t length, const sunlot_digest *root);

#endif
