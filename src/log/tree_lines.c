/* Adding many lines to a tree: runs of them side by side, joined in their order. */
#include <string.h>

#include "base/alloc.h"
#include "base/bytes.h"
#include "base/crew.h"
#include "log/log.h"

#define RUN_BYTES ((size_t)1 << 17) /* at least, but for the last */

typedef struct {
    sunlot_text lines;
    sunlot_tree tree;
} run;

static void add_lines(sunlot_tree *tree, sunlot_text lines)
{
    while (lines.n > 0) {
        const sunlot_text line = sunlot_text_split(lines, '\n', &lines);
        const sunlot_digest leaf = sunlot_line_leaf(line);
        sunlot_tree_add_leaf(tree, &leaf);
    }
}

static sunlot_err hash_run(void *work, uint32_t piece)
{
    run *r = (run *)work + piece;
    add_lines(&r->tree, r->lines);
    return SUNLOT_OK;
}

/* Where the runs begin and which leaf is the first of each.  Out: run[].  Returns how many. */
static uint32_t cut(run *r, uint64_t leaf, sunlot_text bytes)
{
    uint32_t runs = 0;
    const char *from = bytes.p;
    sunlot_tree_init(&r[0].tree, leaf);
    for (sunlot_text rest = bytes; rest.n > 0;) {
        (void)sunlot_text_split(rest, '\n', &rest);
        leaf++;
        const char *to = rest.n > 0 ? rest.p : bytes.p + bytes.n;
        if (rest.n > 0 && (size_t)(to - from) < RUN_BYTES) continue;
        r[runs++].lines = (sunlot_text){from, (size_t)(to - from)};
        from = to;
        if (rest.n > 0) sunlot_tree_init(&r[runs].tree, leaf);
    }
    return runs;
}

sunlot_err sunlot_tree_lines(sunlot_tree *tree, sunlot_text bytes, size_t from, const sunlot_crew *crew)
{
    const sunlot_text lines = {bytes.p + from, bytes.n - from};
    if (crew == NULL || lines.n < 2 * RUN_BYTES) {
        add_lines(tree, lines);
        return SUNLOT_OK;
    }
    run *r = sunlot_alloc(lines.n / RUN_BYTES + 1, sizeof *r);
    if (r == NULL) return SUNLOT_ERR_MEMORY;
    const uint32_t runs = cut(r, tree->size, lines);
    const sunlot_err err = sunlot_crew_run(crew, runs, hash_run, r);
    for (uint32_t i = 0; i < runs && err == SUNLOT_OK; i++) sunlot_tree_join(tree, &r[i].tree);
    sunlot_release(r);
    return err;
}
