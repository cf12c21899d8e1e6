#include "log/proof.h"

#include <string.h>

#include "base/bytes.h"
#include "random/base64.h"

#define TITLE SUNLOT_TEXT("c2sp.org/tlog-proof@v1")
#define DASH  SUNLOT_TEXT(SUNLOT_NOTE_DASH)

#define MOST_LINES UINT64_C(1000000000000) /* a size or index (SPEC 5) */

/* A line with its LF: without one it is no line. */
static bool take_line(sunlot_text *line, sunlot_text *rest)
{
    *line = sunlot_text_split(*rest, '\n', rest);
    return rest->p != NULL;
}

static sunlot_text after(sunlot_text line, sunlot_text prefix) { return (sunlot_text){line.p + prefix.n, line.n - prefix.n}; }

/* ---- notes ---------------------------------------------------------------------------------------------------------------- */

bool sunlot_note_line_take(sunlot_note_line *out, sunlot_text *rest)
{
    sunlot_text line, coded;
    if (rest->n == 0 || !take_line(&line, rest) || !sunlot_text_starts(line, DASH)) return false;
    out->name = sunlot_text_split(after(line, DASH), ' ', &coded);
    out->n = sunlot_base64_length(coded);
    if (out->name.n == 0 || (out->n != SUNLOT_SIGNATURE_BYTES && out->n != SUNLOT_COSIGNATURE_BYTES)) return false;
    uint8_t bytes[SUNLOT_COSIGNATURE_BYTES];
    if (!sunlot_base64_parse(bytes, out->n, coded)) return false;
    out->sig[0] = 'b';
    memcpy(out->sig + 1, coded.p, coded.n);
    out->sig_n = 1 + coded.n;
    return true;
}

bool sunlot_note_take(sunlot_text *id, uint64_t *size, sunlot_digest *root, sunlot_text *rest)
{
    sunlot_text line;
    if (!take_line(id, rest) || id->n == 0) return false;
    if (!take_line(&line, rest) || !sunlot_number_parse(size, line, MOST_LINES)) return false;
    return take_line(&line, rest) && sunlot_base64_parse(root->b, sizeof root->b, line);
}

bool sunlot_signed_note_take(sunlot_signed_note *out, sunlot_text *rest)
{
    sunlot_text line;
    sunlot_note_line signature;
    const char *from = rest->p;
    if (!sunlot_note_take(&out->id, &out->size, &out->root, rest)) return false;
    out->text = (sunlot_text){from, (size_t)(rest->p - from)};
    if (!take_line(&line, rest) || line.n > 0) return false;
    from = rest->p;
    do {
        if (!sunlot_note_line_take(&signature, rest)) return false;
    } while (sunlot_text_starts(*rest, DASH));
    out->signatures = (sunlot_text){from, (size_t)(rest->p - from)};
    return true;
}

/* ---- proofs --------------------------------------------------------------------------------------------------------------- */

const char *sunlot_tlog_proof_take(sunlot_tlog_proof *out, sunlot_text *rest)
{
    const sunlot_text extra = SUNLOT_TEXT("extra "), index = SUNLOT_TEXT("index ");
    sunlot_text line;
    if (!take_line(&line, rest) || !sunlot_text_equal(line, TITLE)) return "not the first line of a proof";
    if (!take_line(&line, rest)) return "a proof that ends too early";
    out->extra = (sunlot_text){NULL, 0};
    if (sunlot_text_starts(line, extra)) {
        out->extra = after(line, extra);
        if (!take_line(&line, rest)) return "a proof that ends too early";
    }
    if (!sunlot_text_starts(line, index) || !sunlot_number_parse(&out->index, after(line, index), MOST_LINES)) return "not the index of a line";
    for (out->length = 0;; out->length++) {
        if (!take_line(&line, rest)) return "a proof that ends too early";
        if (line.n == 0) break;
        if (out->length == SUNLOT_PROOF_NODES) return "a proof of too many nodes";
        if (!sunlot_base64_parse(out->path[out->length].b, sizeof out->path->b, line)) return "not a node of a proof";
    }
    return sunlot_signed_note_take(&out->note, rest) ? NULL : "not a signed checkpoint";
}

bool sunlot_tlog_proof_write(sunlot_buffer *out, sunlot_text extra, uint64_t index, const sunlot_digest *path, uint32_t length, sunlot_text note)
{
    const size_t before = out->n;
    bool complete = sunlot_buffer_text(out, TITLE) && sunlot_buffer_byte(out, '\n');
    if (extra.n > 0) complete = complete && sunlot_buffer_string(out, "extra ") && sunlot_base64_add(out, extra.p, extra.n) && sunlot_buffer_byte(out, '\n');
    complete = complete && sunlot_buffer_string(out, "index ") && sunlot_buffer_number(out, index) && sunlot_buffer_byte(out, '\n');
    for (uint32_t i = 0; i < length; i++) complete = complete && sunlot_base64_add(out, path[i].b, sizeof path[i].b) && sunlot_buffer_byte(out, '\n');
    complete = complete && sunlot_buffer_byte(out, '\n') && sunlot_buffer_text(out, note);
    return sunlot_buffer_keep(out, before, complete);
}

bool sunlot_tlog_proof_check(const sunlot_tlog_proof *proof, sunlot_text line)
{
    const sunlot_digest leaf = sunlot_tree_leaf(line);
    return sunlot_tree_check(&leaf, proof->index, proof->note.size, proof->path, proof->length, &proof->note.root);
}
