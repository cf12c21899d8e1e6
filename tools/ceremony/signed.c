#include "ceremony/signed.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/characters.h"
#include "common/files.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/store.h"

#define MOST_BYTES (UINT32_C(1) << 24)

static char *path_of(const char *key_path)
{
    const size_t n = strlen(key_path);
    char *path = need(n + sizeof ".signed", 1);
    memcpy(path, key_path, n);
    memcpy(path + n, ".signed", sizeof ".signed");
    return path;
}

/* Cut what stands before the next `end`, which is left out.  False if there is none. */
static bool cut(sunlot_text *out, sunlot_text *rest, char end)
{
    const char *at = rest->n > 0 ? memchr(rest->p, end, rest->n) : NULL;
    if (at == NULL) return false;
    *out = (sunlot_text){rest->p, (size_t)(at - rest->p)};
    *rest = (sunlot_text){at + 1, rest->n - out->n - 1};
    return out->n > 0;
}

static bool parse_size(uint64_t *out, sunlot_text text)
{
    *out = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9') return false;
        *out = 10 * *out + (uint64_t)(text.p[i] - '0');
    }
    return text.n <= 18;
}

static bool parse_line(signed_checkpoint *out, sunlot_text *rest)
{
    sunlot_text size, root;
    return cut(&out->phase, rest, ' ') && cut(&size, rest, ' ') && parse_size(&out->size, size) && cut(&root, rest, ' ') && root.n == 64 &&
           sunlot_fingerprint_parse(out->root, root) && cut(&out->id, rest, '\n');
}

/* The place of a phase in the order of the log; what comes after the results comes last. */
static unsigned rank_of(sunlot_text phase)
{
    for (unsigned rank = SUNLOT_PHASE_LIST; rank <= SUNLOT_PHASE_RESULTS; rank++)
        if (text_same(phase, text_of(sunlot_phase_name((sunlot_phase)rank)))) return rank;
    return SUNLOT_PHASE_RESULTS + 1;
}

static bool is_same(const signed_checkpoint *a, const signed_checkpoint *b) { return a->size == b->size && memcmp(a->root, b->root, sizeof a->root) == 0; }

/* Whether the log has a checkpoint that was signed. */
static bool log_has(const sunlot_log *log, const signed_checkpoint *before)
{
    for (uint32_t i = 0; i < sunlot_log_checkpoints(log); i++) {
        sunlot_checkpoint_info info;
        if (sunlot_log_checkpoint(log, i, &info) != SUNLOT_OK) return false;
        if (info.size == before->size && memcmp(info.root, before->root, sizeof info.root) == 0 && text_same(text_of(info.name), before->phase)) return true;
    }
    return false;
}

static int refuse(const char *path, const signed_checkpoint *before, const signed_checkpoint *now, const char *why)
{
    char earlier[80], asked[80];
    sunlot_fingerprint_write(earlier, before->root);
    sunlot_fingerprint_write(asked, now->root);
    complain(_("not signed: %s"), why);
    (void)fprintf(stderr, _("  signed before: “%s”, %llu lines, %s\n"), SHOW(before->phase), (unsigned long long)before->size, earlier);
    (void)fprintf(stderr, _("  to be signed:  “%s”, %llu lines, %s\n"), SHOW(now->phase), (unsigned long long)now->size, asked);
    (void)fprintf(stderr, _("  (%s remembers it.)  Show this to the others: one of the two logs is not theirs.\n"), path);
    return STATUS_REFUSED;
}

/* Compare with one that was signed.  *known: it is the same.  Returns STATUS_RUN or STATUS_REFUSED. */
static int compare(bool *known, const char *path, const signed_checkpoint *before, const signed_checkpoint *now, const sunlot_log *log)
{
    if (!text_same(before->id, now->id)) return STATUS_RUN;
    const bool same = is_same(before, now);
    if (text_same(before->phase, now->phase)) {
        if (!same) return refuse(path, before, now, _("this key has signed another checkpoint of this draw and phase"));
        *known = true;
        return STATUS_RUN;
    }
    const unsigned earlier = rank_of(before->phase), later = rank_of(now->phase);
    if (same || (earlier < later && before->size >= now->size) || (earlier > later && before->size <= now->size))
        return refuse(path, before, now, _("the log has not grown as one log does from phase to phase"));
    if (log != NULL && before->size < now->size && !log_has(log, before))
        return refuse(path, before, now, _("the log does not contain what this key has signed"));
    return STATUS_RUN;
}

static int append(const char *path, sunlot_text old, const signed_checkpoint *now)
{
    char shown[80], hex[65];
    size_t n = 0;
    sunlot_fingerprint_write(shown, now->root);
    for (const char *p = shown; *p != '\0'; p++)
        if (*p != ' ') hex[n++] = *p;
    hex[n] = '\0';
    const size_t room = old.n + now->phase.n + now->id.n + 100;
    char *text = need(room, 1);
    if (old.n > 0) memcpy(text, old.p, old.n);
    const int added =
        snprintf(text + old.n, room - old.n, "%.*s %" PRIu64 " %s %.*s\n", (int)now->phase.n, now->phase.p, now->size, hex, (int)now->id.n, now->id.p);
    store_result stored = store_file(path, (sunlot_text){text, old.n + (size_t)added}, STORE_PRIVATE, true);
    free(text);
    return stored == STORE_FAILED ? STATUS_CANNOT : STATUS_RUN;
}

static int remember(const char *path, const signed_checkpoint *now, const sunlot_log *log)
{
    file_bytes bytes = {NULL, 0};
    file_result result = file_read(&bytes, path, MOST_BYTES);
    if (result == FILE_UNREADABLE) return STATUS_CANNOT;
    sunlot_text rest = result == FILE_READ ? file_view(&bytes) : (sunlot_text){NULL, 0};
    const sunlot_text old = rest;
    bool known = false;
    bool damaged = result == FILE_TOO_LARGE;
    int status = STATUS_RUN;
    while (status == STATUS_RUN && !damaged && rest.n > 0) {
        signed_checkpoint before;
        damaged = !parse_line(&before, &rest);
        if (!damaged) status = compare(&known, path, &before, now, log);
    }
    if (damaged) {
        complain(_("%s is damaged: it should hold what this key has signed; put back your copy of it"), path);
        status = STATUS_REFUSED;
    }
    if (status == STATUS_RUN && !known) status = append(path, old, now);
    if (result == FILE_READ) file_free(&bytes);
    return status;
}

int signed_remember(const char *key_path, const signed_checkpoint *checkpoint, const sunlot_log *log)
{
    int held;
    if (!store_lock(&held, key_path)) return STATUS_CANNOT;
    char *path = path_of(key_path);
    int status = remember(path, checkpoint, log);
    free(path);
    store_unlock(held);
    return status;
}
