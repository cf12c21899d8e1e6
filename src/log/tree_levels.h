/* All nodes of a tree at once, for the proofs of many of its leaves (SPEC 6).
 *
 * Level 0 are the leaves, each further level has the parents of the one below; a last node without sister goes up as it is:
 *
 *     0 1 2 3 4        the path of leaf 1: its sister 0, then 23, then 4
 *     01  23  4        the path of leaf 4: it goes up twice, and has the sister 0123
 *     0123    4
 *     01234                                                                                                                             */
#ifndef SUNLOT_LOG_TREE_LEVELS_H
#define SUNLOT_LOG_TREE_LEVELS_H

#include "log/tree.h"

/* Start with {0}. */
typedef struct {
    uint64_t size;
    const sunlot_digest *level[SUNLOT_PROOF_NODES]; /* [0]: the leaves, borrowed; the others in `node` */
    sunlot_digest *node;                            /* owned */
} sunlot_levels;

/* Of the first `size` leaves, at least one: size hashes in all.  Returns false without memory. */
bool sunlot_levels_make(sunlot_levels *out, const sunlot_digest *leaf, uint64_t size);
void sunlot_levels_free(sunlot_levels *l);
/* Audit path of a leaf.  Out: path[SUNLOT_PROOF_NODES].  Returns its length. */
uint32_t sunlot_levels_prove(sunlot_digest *path, const sunlot_levels *l, uint64_t index);

#endif
