#include "ceremony/note_file.h"

#include <stdlib.h>
#include <string.h>

#include "common/characters.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/store.h"

#define NOTE_BYTES 65536u /* a note file has at most 16 signatures of one line each */

static char *path_of(const ceremony *c, const char *name)
{
    char file[40];
    (void)snprintf(file, sizeof file, "%s.note", name);
    return file_path(c->public_, file);
}

static void count(note_file *n, const sunlot_log *log, uint32_t added)
{
    n->parties = n->info.signed_by | added;
    n->reached = n->info.has_quorum ? sunlot_log_quorum_reached(log, n->info.quorum, n->parties) : (n->parties & 1) != 0;
}

/* The signatures that were stored, joined to those of the log. */
static int join_stored(note_file *n, const sunlot_log *log)
{
    file_bytes bytes;
    uint32_t added = 0;
    file_result result = file_read(&bytes, n->path, NOTE_BYTES);
    if (result == FILE_UNREADABLE) return STATUS_CANNOT;
    sunlot_err err = SUNLOT_ERR_SIGNATURE;
    if (result == FILE_MISSING) err = sunlot_note_file(&n->text, log, n->index);
    if (result == FILE_READ) {
        err = sunlot_note_join(&n->text, &added, log, n->index, file_view(&bytes));
        file_free(&bytes);
    }
    if (err == SUNLOT_ERR_SIGNATURE) {
        complain(_("%s is damaged, or of another log; move it away and collect the signatures again"), n->path);
        return STATUS_REFUSED;
    }
    if (err != SUNLOT_OK) return complain_error(err);
    count(n, log, added);
    return STATUS_RUN;
}

int note_file_read_one(note_file *out, const ceremony *c, const sunlot_log *log, uint32_t checkpoint)
{
    note_file n;
    memset(&n, 0, sizeof n);
    n.index = checkpoint;
    sunlot_err err = sunlot_log_checkpoint(log, n.index, &n.info);
    if (err != SUNLOT_OK) return complain_error(err);
    n.path = path_of(c, n.info.name);
    int status = join_stored(&n, log);
    if (status == STATUS_RUN)
        *out = n;
    else
        note_file_free(&n);
    return status;
}

int note_file_read(note_file *out, const ceremony *c, const sunlot_log *log) { return note_file_read_one(out, c, log, sunlot_log_checkpoints(log) - 1); }

void note_file_free(note_file *n)
{
    sunlot_buffer_free(&n->text);
    free(n->path);
    n->path = NULL;
}

sunlot_text note_file_view(const note_file *n) { return ceremony_view(&n->text); }

/* Say why signatures are refused: they may be good ones of an earlier checkpoint. */
static int refuse(const note_file *n, const sunlot_log *log, sunlot_text lines, const char *what)
{
    for (uint32_t i = 0; i < n->index; i++) {
        sunlot_buffer joined = {0};
        sunlot_checkpoint_info info;
        const bool good = sunlot_note_join(&joined, NULL, log, i, lines) == SUNLOT_OK && sunlot_log_checkpoint(log, i, &info) == SUNLOT_OK;
        sunlot_buffer_free(&joined);
        if (!good) continue;
        complain(_("%s: a signature of the checkpoint “%s”; the log has come to “%s”, and that is to be signed now"), what, info.name, n->info.name);
        return STATUS_REFUSED;
    }
    complain(_("%s: no good signature of the checkpoint “%s” of this log; let it be signed again, from a fresh export"), what, n->info.name);
    return STATUS_REFUSED;
}

/* Whether one of these lines names a party of the log. */
static bool names_party(const sunlot_log *log, sunlot_text lines)
{
    for (uint32_t i = 1; i < sunlot_log_parties(log); i++) {
        sunlot_party party;
        sunlot_log_party(log, i, &party);
        for (size_t at = 0; at + party.key_name.n < lines.n; at++)
            if (lines.p[at + party.key_name.n] == ' ' && memcmp(lines.p + at, party.key_name.p, party.key_name.n) == 0) return true;
    }
    return false;
}

/* What stands behind the empty line of a note file. */
static sunlot_text signature_lines(sunlot_text file)
{
    for (size_t at = 0; at + 1 < file.n; at++)
        if (file.p[at] == '\n' && file.p[at + 1] == '\n') return (sunlot_text){file.p + at + 2, file.n - at - 2};
    return (sunlot_text){file.p, 0};
}

int note_file_add(note_file *n, uint32_t *added, const sunlot_log *log, sunlot_text lines, const char *what)
{
    if (!names_party(log, lines)) {
        complain(_("%s: signed by nobody who is a party of this draw"), what);
        return STATUS_REFUSED;
    }
    sunlot_buffer theirs = {0}, all = {0};
    uint32_t from_theirs = 0;
    sunlot_err err = sunlot_note_join(&theirs, &from_theirs, log, n->index, lines);
    if (err == SUNLOT_ERR_SIGNATURE) return refuse(n, log, lines, what);
    /* Theirs is a good note file: its lines and ours are joined as one. */
    if (err == SUNLOT_OK) {
        const sunlot_text ours = note_file_view(n);
        const sunlot_text signatures = signature_lines(ceremony_view(&theirs));
        char *both = need(ours.n + signatures.n, 1);
        memcpy(both, ours.p, ours.n);
        memcpy(both + ours.n, signatures.p, signatures.n);
        err = sunlot_note_join(&all, &from_theirs, log, n->index, (sunlot_text){both, ours.n + signatures.n});
        free(both);
    }
    sunlot_buffer_free(&theirs);
    int status = err == SUNLOT_OK ? STATUS_RUN : complain_error(err);
    if (status == STATUS_RUN && store_file(n->path, ceremony_view(&all), STORE_PUBLIC, true) == STORE_FAILED) status = STATUS_CANNOT;
    if (status != STATUS_RUN) {
        sunlot_buffer_free(&all);
        return status;
    }
    *added = (n->info.signed_by | from_theirs) & ~n->parties;
    sunlot_buffer_free(&n->text);
    n->text = all;
    count(n, log, from_theirs);
    return STATUS_RUN;
}
