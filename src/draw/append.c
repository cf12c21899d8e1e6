#include "draw/append.h"

#include <string.h>

#include "base/alloc.h"
#include "random/secrets.h"

void sunlot_signer_of(sunlot_signer *out, const sunlot_master *master)
{
    sunlot_digest seed = sunlot_secret_key(master, "log key");
    sunlot_signer_init(out, &seed);
    sunlot_digest_wipe(&seed);
}

/* The signatures that `with` has and the log has not, as records.  One that would have to stand before one of the log's is left out. */
static bool write_signatures(sunlot_buffer *lines, const sunlot_log *log, uint32_t i, const sunlot_checkpoint *with)
{
    const sunlot_checkpoint *c = sunlot_checkpoint_at(log, i);
    uint32_t party = log->roster->parties;
    while (party > 0 && c->by[party - 1].sig.n == 0) party--;
    for (; party < log->roster->parties; party++) {
        if (with->by[party].sig.n == 0) continue;
        sunlot_vkey key;
        sunlot_checkpoint_key(log, i, party, &key);
        const sunlot_text field[] = {SUNLOT_TEXT("signature"), key.name, with->by[party].sig};
        if (!sunlot_record_write(lines, field, 3)) return false;
    }
    return true;
}

/* Append the signatures of a note, and check the last checkpoint with them. */
static sunlot_err enter_note(sunlot_buffer *lines, const sunlot_log *log, sunlot_text note, sunlot_checkpoint_state *state)
{
    const uint32_t last = sunlot_log_checkpoints(log) - 1;
    sunlot_arena arena = {0};
    sunlot_fault fault;
    sunlot_checkpoint with = *sunlot_checkpoint_at(log, last);
    sunlot_err err = SUNLOT_OK;
    if (note.n > 0) err = sunlot_note_merge(&with, log, last, note, &arena, &fault);
    if (err == SUNLOT_ERR_LOG) err = SUNLOT_ERR_SIGNATURE;
    if (err == SUNLOT_OK && !write_signatures(lines, log, last, &with)) err = SUNLOT_ERR_MEMORY;
    if (err == SUNLOT_OK) err = sunlot_checkpoint_check(log, last, &with, state);
    sunlot_arena_free(&arena);
    return err;
}

static sunlot_err begin(sunlot_buffer *lines, const sunlot_log *log, sunlot_text note, const sunlot_signer *signer, bool ask)
{
    if (log->withdrawn) return SUNLOT_ERR_PHASE;
    if (memcmp(log->roster->party[0].public_, signer->public_, sizeof signer->public_) != 0) return SUNLOT_ERR_KEY;
    const size_t before = lines->n;
    sunlot_checkpoint_state state;
    sunlot_err err = enter_note(lines, log, note, &state);
    if (err == SUNLOT_OK && (state.quorum.answer != SUNLOT_VALID || state.signature.answer != SUNLOT_VALID)) err = SUNLOT_ERR_PHASE;
    if (err == SUNLOT_OK && state.open && ask) err = SUNLOT_ERR_QUORUM;
    if (err != SUNLOT_OK) lines->n = before;
    return err;
}

sunlot_err sunlot_append_begin(sunlot_buffer *lines, const sunlot_log *log, sunlot_text note, const sunlot_signer *signer)
{
    return begin(lines, log, note, signer, true);
}

sunlot_err sunlot_append_withdraw(sunlot_buffer *lines, const sunlot_log *log, sunlot_text note, const sunlot_signer *signer)
{
    return begin(lines, log, note, signer, false);
}

sunlot_err sunlot_log_note_lines(sunlot_buffer *lines, const sunlot_log *log, sunlot_text note)
{
    const size_t before = lines->n;
    sunlot_checkpoint_state state;
    const sunlot_err err = enter_note(lines, log, note, &state);
    if (err != SUNLOT_OK) lines->n = before;
    return err;
}

sunlot_err sunlot_append_finish(sunlot_buffer *lines, size_t from, const sunlot_log *log, sunlot_text name, const sunlot_signer *signer,
                                const sunlot_crew *crew)
{
    sunlot_tree tree = log->tree;
    sunlot_err err = sunlot_tree_lines(&tree, sunlot_buffer_view(lines), from, crew);
    if (err == SUNLOT_OK) err = sunlot_log_write_checkpoint(lines, name, &tree, log->roster->id, signer);
    if (err != SUNLOT_OK) return err;
    return (uint64_t)log->bytes.n + log->grown + (lines->n - from) > SUNLOT_MAX_LOG_BYTES ? SUNLOT_ERR_LIMIT : SUNLOT_OK;
}

sunlot_err sunlot_log_whole(sunlot_buffer *out, const sunlot_log *log, sunlot_text lines)
{
    SUNLOT_REQUIRE(log->grown == 0);
    sunlot_buffer all = {0};
    if (!sunlot_buffer_reserve(&all, log->bytes.n + lines.n) || !sunlot_buffer_text(&all, log->bytes) || !sunlot_buffer_text(&all, lines)) {
        sunlot_buffer_free(&all);
        return SUNLOT_ERR_MEMORY;
    }
    sunlot_buffer_free(out);
    *out = all;
    return SUNLOT_OK;
}

sunlot_err sunlot_append_whole(sunlot_buffer *out, sunlot_buffer *lines, const sunlot_log *log, sunlot_err err)
{
    if (err == SUNLOT_OK) err = sunlot_log_whole(out, log, sunlot_buffer_view(lines));
    sunlot_buffer_free(lines);
    return err;
}
