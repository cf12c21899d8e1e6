/* Reading several logs, and what there is to say of them in words. */
#include "verify/verify_logs.h"

#include <stdio.h>

#include "common/characters.h"
#include "common/messages.h"
#include "common/options.h"

#define MOST_NOTE_BYTES 65536u

static int read_one(file_bytes *out, const char *path, uint64_t most)
{
    const file_result result = file_read(out, path, most);
    if (result == FILE_MISSING)
        complain(_("there is no file %s"), SHOW(text_of(path)));
    else if (result == FILE_TOO_LARGE)
        complain(most == MOST_NOTE_BYTES ? _("%s is not a note file") : _("%s is larger than a log can be"), SHOW(text_of(path)));
    return result == FILE_READ ? STATUS_RUN : STATUS_CANNOT;
}

int verify_logs_read(verify_logs *l)
{
    int status = STATUS_RUN;
    for (uint32_t i = 0; i < l->count && status == STATUS_RUN; i++) status = read_one(&l->bytes[i], l->path[i], SUNLOT_MAX_LOG_BYTES);
    if (status == STATUS_RUN && l->since_path != NULL) status = read_one(&l->since_bytes, l->since_path, MOST_NOTE_BYTES);
    for (uint32_t i = 0; i < l->count; i++) l->log[i] = file_view(&l->bytes[i]);
    l->since_note = file_view(&l->since_bytes);
    if (status == STATUS_RUN) verify_logs_choose(l);
    return status;
}

void verify_logs_free(verify_logs *l)
{
    for (uint32_t i = 0; i < l->count; i++) file_free(&l->bytes[i]);
    file_free(&l->since_bytes);
}

void verify_logs_text(const verify_logs *l)
{
    if (l->count > 1) (void)printf(_("\nLogs: the answer is for %s\n"), SHOW(text_of(l->path[l->chosen])));
    for (uint32_t i = 0; i < l->count; i++) {
        const sunlot_divergence *d = &l->divergence[i];
        if (i == l->chosen) continue;
        if (d->continues) {
            (void)printf(_("  it continues %s\n"), SHOW(text_of(l->path[i])));
            continue;
        }
        (void)printf(_("  IT DOES NOT CONTINUE %s.  The first line that differs is %llu:\n"), SHOW(text_of(l->path[i])), (unsigned long long)d->line);
        (void)printf(_("    there: %s\n"), SHOW(d->a));
        (void)printf(_("    here:  %s\n"), SHOW(d->b));
    }
    if (!l->since_checked) return;
    if (l->since.fault.answer == SUNLOT_FAULT_SPLIT)
        (void)printf(_("\nThe log DOES NOT EXTEND the note of %llu lines in %s\n"), (unsigned long long)l->since.size, SHOW(text_of(l->since_path)));
    else
        (void)printf(_("\nThe log extends the note of %llu lines in %s\n"), (unsigned long long)l->since.size, SHOW(text_of(l->since_path)));
    (void)printf(_("  good signatures of the note %u\n"), (unsigned)l->since.signatures);
}
