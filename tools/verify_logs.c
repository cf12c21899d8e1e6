#include "verify_logs.h"

#include <stdio.h>

#include "characters.h"
#include "json.h"
#include "messages.h"
#include "options.h"

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

/* The longest: all others must be its beginnings. */
static void choose(verify_logs *l)
{
    for (uint32_t i = 1; i < l->count; i++) {
        sunlot_divergence d;
        sunlot_logs_compare(&d, file_view(&l->bytes[l->chosen]), file_view(&l->bytes[i]));
        if (d.b_longer) l->chosen = i;
    }
    for (uint32_t i = 0; i < l->count; i++)
        if (i != l->chosen) sunlot_logs_compare(&l->divergence[i], file_view(&l->bytes[i]), file_view(&l->bytes[l->chosen]));
}

int verify_logs_read(verify_logs *l)
{
    int status = STATUS_RUN;
    for (uint32_t i = 0; i < l->count && status == STATUS_RUN; i++) status = read_one(&l->bytes[i], l->path[i], SUNLOT_MAX_LOG_BYTES);
    if (status == STATUS_RUN && l->since_path != NULL) status = read_one(&l->since_bytes, l->since_path, MOST_NOTE_BYTES);
    if (status == STATUS_RUN) choose(l);
    return status;
}

void verify_logs_free(verify_logs *l)
{
    for (uint32_t i = 0; i < l->count; i++) file_free(&l->bytes[i]);
    file_free(&l->since_bytes);
}

/* One more fault: it is the answer if it goes before the one that there is. */
static void add_fault(sunlot_verdict *v, const sunlot_fault *fault)
{
    v->check[SUNLOT_CHECK_PIN] = SUNLOT_CHECK_FAULT;
    if (!sunlot_answer_before(fault->answer, v->answer)) return;
    v->answer = fault->answer;
    v->fault = *fault;
}

int verify_logs_judge(verify_logs *l, sunlot_verdict *verdict, const sunlot_log *log)
{
    for (uint32_t i = 0; i < l->count; i++)
        if (i != l->chosen && !l->divergence[i].continues) add_fault(verdict, &l->divergence[i].fault);
    if (l->since_path == NULL || log == NULL) return STATUS_RUN;
    const sunlot_err err = sunlot_log_since(&l->since, log, file_view(&l->since_bytes));
    if (err == SUNLOT_ERR_SIGNATURE) {
        complain(_("%s is not a note file"), SHOW(text_of(l->since_path)));
        return STATUS_CANNOT;
    }
    if (err != SUNLOT_OK) return complain_error(err);
    l->since_checked = true;
    if (l->since.fault.answer != SUNLOT_VALID) add_fault(verdict, &l->since.fault);
    return STATUS_RUN;
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

void verify_logs_json(const verify_logs *l)
{
    bool first = true;
    name_member("other_logs", false);
    (void)fputc('[', stdout);
    for (uint32_t i = 0; i < l->count; i++) {
        const sunlot_divergence *d = &l->divergence[i];
        if (i == l->chosen) continue;
        (void)fputs(first ? "{" : ",{", stdout);
        first = false;
        name_member("log", true);
        put_string(text_of(l->path[i]));
        put_bool("continues", d->continues);
        if (!d->continues) {
            put_number("line", d->line);
            put_text("there", d->a);
            put_text("here", d->b);
        }
        (void)fputc('}', stdout);
    }
    (void)fputc(']', stdout);
    if (!l->since_checked) return;
    name_member("since", false);
    (void)fputc('{', stdout);
    name_member("note", true);
    put_string(text_of(l->since_path));
    put_number("lines", l->since.size);
    put_bool("extends", l->since.fault.answer != SUNLOT_FAULT_SPLIT);
    put_number("good_signatures", l->since.signatures);
    (void)fputc('}', stdout);
}
