#include "draw/append.h"

#include <string.h>

#include "base/alloc.h"
#include "random/secrets.h"

void sunlot_signer_of(sunlot_signer *out, const sunlot_master *master)
{
    const sunlot_digest seed = sunlot_secret_key(master, "log key");
    sunlot_signer_init(out, &seed);
}

sunlot_err sunlot_append_check(const sunlot_log *log, sunlot_phase phase, const sunlot_signer *signer)
{
    if (log->phase != phase) return SUNLOT_ERR_PHASE;
    sunlot_vkey key;
    SUNLOT_REQUIRE(sunlot_vkey_parse(&key, log->roster->vkey)); /* seen when it was read */
    if (memcmp(key.public_, signer->public_, sizeof key.public_) != 0) return SUNLOT_ERR_KEY;
    sunlot_fault fault;
    const sunlot_err err = sunlot_checkpoint_check(log, phase, &fault);
    return err == SUNLOT_ERR_LOG ? SUNLOT_ERR_PHASE : err;
}

sunlot_err sunlot_append_finish(sunlot_buffer *lines, size_t from, const sunlot_log *log, sunlot_phase phase, const sunlot_signer *signer,
                                const sunlot_crew *crew)
{
    sunlot_tree tree = log->tree;
    sunlot_err err = sunlot_tree_lines(&tree, sunlot_buffer_view(lines), from, crew);
    if (err == SUNLOT_OK) err = sunlot_log_write_checkpoint(lines, phase, &tree, log->roster->id, signer);
    if (err != SUNLOT_OK) return err;
    return (uint64_t)log->bytes.n + log->grown + (lines->n - from) > SUNLOT_MAX_LOG_BYTES ? SUNLOT_ERR_LIMIT : SUNLOT_OK;
}

sunlot_err sunlot_append_whole(sunlot_buffer *out, sunlot_buffer *lines, const sunlot_log *log, sunlot_err err)
{
    SUNLOT_REQUIRE(log->grown == 0);
    sunlot_buffer all = {0};
    const bool complete = err == SUNLOT_OK && sunlot_buffer_reserve(&all, log->bytes.n + lines->n) && sunlot_buffer_text(&all, log->bytes) &&
                          sunlot_buffer_text(&all, sunlot_buffer_view(lines));
    sunlot_buffer_free(lines);
    if (!complete) {
        sunlot_buffer_free(&all);
        return err != SUNLOT_OK ? err : SUNLOT_ERR_MEMORY;
    }
    sunlot_buffer_free(out);
    *out = all;
    return SUNLOT_OK;
}
