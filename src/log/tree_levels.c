#include "log/tree_levels.h"

#include "base/alloc.h"

static uint64_t above(uint64_t nodes) { return nodes / 2 + (nodes & 1); }

bool sunlot_levels_make(sunlot_levels *out, const sunlot_digest *leaf, uint64_t size)
{
    SUNLOT_REQUIRE(size > 0);
    uint64_t nodes = 0;
    for (uint64_t n = size; n > 1; n = above(n)) nodes += above(n);
    if (nodes > SIZE_MAX) return false;
    sunlot_levels l = {.size = size, .level = {leaf}, .node = sunlot_alloc((size_t)nodes, sizeof *l.node)};
    if (l.node == NULL) return false;
    sunlot_digest *next = l.node;
    uint32_t level = 0;
    for (uint64_t n = size; n > 1; n = above(n)) {
        const sunlot_digest *below = l.level[level++];
        l.level[level] = next;
        for (uint64_t i = 0; i + 1 < n; i += 2) *next++ = sunlot_tree_node(&below[i], &below[i + 1]);
        if ((n & 1) != 0) *next++ = below[n - 1];
    }
    *out = l;
    return true;
}

void sunlot_levels_free(sunlot_levels *l)
{
    sunlot_release(l->node);
    *l = (sunlot_levels){0};
}

uint32_t sunlot_levels_prove(sunlot_digest *path, const sunlot_levels *l, uint64_t index)
{
    SUNLOT_REQUIRE(index < l->size);
    uint32_t length = 0, level = 0;
    for (uint64_t n = l->size; n > 1; n = above(n), index /= 2, level++)
        if ((index ^ 1) < n) path[length++] = l->level[level][index ^ 1];
    return length;
}
