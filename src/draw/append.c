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

sunlot_err sunlot_append_finish(sunlot_buffer *out, sunlot_buffer *all, const sunlot_log *log, sunlot_phase phase, const sunlot_signer *signer)
{
    sunlot_tree tree = log->tree;
    sunlot_tree_lines(&tree, sunlot_buffer_view(all), log->bytes.n);
    const sunlot_err err = sunlot_log_write_checkpoint(all, phase, &tree, log->roster->id, signer);
    if (err != SUNLOT_OK) return err;
    if ((uint64_t)all->n > SUNLOT_MAX_LOG_BYTES) return SUNLOT_ERR_LIMIT;
    sunlot_buffer_free(out);
    *out = *all;
    *all = (sunlot_buffer){0};
    return SUNLOT_OK;
}
