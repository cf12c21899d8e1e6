#include "log/continues.h"

#include "base/alloc.h"
#include "base/bytes.h"
#include "log/fault.h"
#include "log/log.h"
#include "log/proof.h"

/* ---- lines ------------------------------------------------------------------------------------------------------------------- */

#define LEAF SUNLOT_TEXT("leaf,h")

bool sunlot_line_same(sunlot_text a, sunlot_text b)
{
    if (sunlot_text_equal(a, b)) return true;
    if (!sunlot_text_starts(a, LEAF) && !sunlot_text_starts(b, LEAF)) return false;
    const sunlot_digest x = sunlot_line_leaf(a), y = sunlot_line_leaf(b);
    return sunlot_digest_compare(&x, &y) == 0;
}

/* ---- two logs ------------------------------------------------------------------------------------------------------------------ */

static uint64_t count_lines(sunlot_text text)
{
    uint64_t lines = 0;
    for (; text.n > 0; lines++) (void)sunlot_text_split(text, '\n', &text);
    return lines;
}

/* Line by line until they differ or one ends.  A last line without LF continues into any line that begins with it. */
void sunlot_logs_compare(sunlot_divergence *out, sunlot_text a, sunlot_text b)
{
    bool leaf_a = false, leaf_b = false;
    *out = (sunlot_divergence){.continues = true};
    while (a.n > 0 && b.n > 0) {
        out->line++;
        out->a = sunlot_text_split(a, '\n', &a);
        out->b = sunlot_text_split(b, '\n', &b);
        const bool open_a = a.p == NULL, open_b = b.p == NULL;
        leaf_a = leaf_a || sunlot_text_starts(out->a, LEAF);
        leaf_b = leaf_b || sunlot_text_starts(out->b, LEAF);
        if (open_a == open_b && sunlot_line_same(out->a, out->b)) continue;
        if ((open_a && sunlot_text_starts(out->b, out->a)) || (open_b && sunlot_text_starts(out->a, out->b))) {
            out->b_longer = open_a;
            return;
        }
        out->continues = false;
        out->b_longer = count_lines(b) > count_lines(a);
        sunlot_fault_differ(&out->fault, SUNLOT_FAULT_SPLIT, out->line, "two logs that do not continue each other", out->a, out->b);
        return;
    }
    out->b_longer = b.n > 0 || (a.n == 0 && leaf_a && !leaf_b); /* of two equally long ones the full edition */
}

/* ---- a log and a note ------------------------------------------------------------------------------------------------------------ */

/* False if there are not so many. */
static bool root_of_first(sunlot_digest *root, sunlot_text bytes, uint64_t lines)
{
    sunlot_tree t;
    sunlot_tree_init(&t, 0);
    while (bytes.n > 0 && t.size < lines) {
        const sunlot_text line = sunlot_text_split(bytes, '\n', &bytes);
        const sunlot_digest leaf = sunlot_line_leaf(line);
        sunlot_tree_add_leaf(&t, &leaf);
    }
    *root = sunlot_tree_root(&t);
    return t.size == lines;
}

/* The checkpoint of the log by which keys a note of so many lines is signed: the first of as many or more. */
static uint32_t checkpoint_of(const sunlot_log *log, uint64_t size)
{
    uint32_t i = 0;
    while (i + 1 < sunlot_log_checkpoints(log) && sunlot_checkpoint_at(log, i)->size < size) i++;
    return i;
}

sunlot_err sunlot_log_since(sunlot_since *out, const sunlot_log *log, sunlot_text note)
{
    SUNLOT_REQUIRE(log->grown == 0);
    const sunlot_text none = SUNLOT_TEXT("");
    sunlot_signed_note n;
    sunlot_digest root;
    sunlot_text rest = note;
    *out = (sunlot_since){.size = 0};
    if (!sunlot_signed_note_take(&n, &rest) || rest.n > 0) return SUNLOT_ERR_SIGNATURE;
    out->size = n.size;
    if (!sunlot_text_equal(n.id, log->roster->id)) {
        sunlot_fault_set(&out->fault, SUNLOT_FAULT_SPLIT, 0, "a note of another draw", n.id);
    } else if (!root_of_first(&root, log->bytes, n.size)) {
        sunlot_fault_set(&out->fault, SUNLOT_FAULT_SPLIT, log->lines, "the log is shorter than the note says", none);
    } else if (sunlot_digest_compare(&root, &n.root) != 0) {
        sunlot_fault_set(&out->fault, SUNLOT_FAULT_SPLIT, 0, "the log does not begin with the lines of the note", none);
    }
    sunlot_fault wrong = {.answer = SUNLOT_VALID};
    sunlot_note_line line;
    for (rest = n.signatures; sunlot_note_line_take(&line, &rest);) {
        sunlot_vkey key;
        const uint32_t party = sunlot_party_named(log->roster, line.name);
        if (party == SUNLOT_NONE32) continue;
        sunlot_checkpoint_key(log, checkpoint_of(log, n.size), party, &key);
        switch (sunlot_note_check((sunlot_text){line.sig, line.sig_n}, &key, n.text)) {
        case SUNLOT_NOTE_GOOD:
            out->signatures++;
            break;
        case SUNLOT_NOTE_MEMORY:
            return SUNLOT_ERR_MEMORY;
        case SUNLOT_NOTE_FORM:
        case SUNLOT_NOTE_KEY:
        case SUNLOT_NOTE_BAD:
            if (wrong.answer == SUNLOT_VALID) sunlot_fault_set(&wrong, SUNLOT_FAULT_SIGNATURE, 0, "a signature of the note that is not valid", line.name);
            break;
        }
    }
    if (wrong.answer != SUNLOT_VALID) out->fault = wrong; /* it goes before `split` */
    return SUNLOT_OK;
}
