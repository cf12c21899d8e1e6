/* The two editions of a log whose rows are for auditors (SPEC 5): in the public one each line of a student is replaced by the leaf that it is.
 *
 *     student,s0a…,h5e…,b1,,,1,F,87.5        leaf,h93…        h93… = H(0x00 ‖ line)
 *
 * So both have the same tree, and with it the same checkpoints and signatures. */
#include "base/bytes.h"
#include "log/log.h"

#define LEAF_BYTES (sizeof "leaf,h" - 1 + 64)

/* The digest of a line `leaf,DIGEST`.  False for any other line. */
static bool read_leaf(sunlot_digest *leaf, sunlot_text line)
{
    const size_t at = sizeof "leaf,h" - 1;
    return line.n == LEAF_BYTES && sunlot_text_starts(line, SUNLOT_TEXT("leaf,h")) &&
           sunlot_hex_parse(leaf->b, sizeof leaf->b, (sunlot_text){line.p + at, line.n - at});
}

sunlot_digest sunlot_line_leaf(sunlot_text line)
{
    sunlot_digest leaf;
    return read_leaf(&leaf, line) ? leaf : sunlot_tree_leaf(line);
}

bool sunlot_log_for_auditors(sunlot_text bytes)
{
    sunlot_text line = sunlot_text_split(bytes, '\n', &bytes);
    if (!sunlot_text_starts(line, SUNLOT_TEXT("sunlot,"))) return false;
    do {
        line = sunlot_text_split(bytes, '\n', &bytes);
        if (sunlot_text_equal(line, SUNLOT_TEXT("fact,rows,auditors"))) return true;
    } while (sunlot_text_starts(line, SUNLOT_TEXT("fact,")));
    return false;
}

/* A student's line by its type, which no quotation mark hides (SPEC 2). */
static bool is_row(sunlot_text line) { return sunlot_text_starts(line, SUNLOT_TEXT("student,")) || sunlot_text_starts(line, SUNLOT_TEXT("late,")); }

static bool write_leaf(sunlot_buffer *out, sunlot_text line)
{
    const sunlot_digest leaf = sunlot_tree_leaf(line);
    char hex[64];
    sunlot_hex_write(hex, leaf.b, sizeof leaf.b);
    return sunlot_buffer_string(out, "leaf,h") && sunlot_buffer_add(out, hex, sizeof hex);
}

sunlot_err sunlot_log_public(sunlot_buffer *out, sunlot_text bytes)
{
    const size_t before = out->n;
    if (!sunlot_log_for_auditors(bytes)) return SUNLOT_ERR_EDITION;
    while (bytes.n > 0) {
        const sunlot_text line = sunlot_text_split(bytes, '\n', &bytes);
        if ((is_row(line) ? write_leaf(out, line) : sunlot_buffer_text(out, line)) && sunlot_buffer_byte(out, '\n')) continue;
        out->n = before;
        return SUNLOT_ERR_MEMORY;
    }
    return SUNLOT_OK;
}

sunlot_edition sunlot_log_edition(const sunlot_log *log) { return log->edition; }
