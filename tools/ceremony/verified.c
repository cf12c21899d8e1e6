#include "ceremony/verified.h"

#include <string.h>

#include "common/jobs.h"
#include "common/messages.h"
#include "common/options.h"

static sunlot_err verify_one(void *user, uint32_t school) { return sunlot_verifier_school(user, school); }

static int judge(verified_log *v, const char *path)
{
    const sunlot_fault *fault = &v->verdict.fault;
    sunlot_verifier_verdict(v->verifier, &v->verdict);
    if (fault->answer < SUNLOT_FAULT_PARSE && v->log != NULL) return STATUS_RUN;
    complain(_("%s is not sound (%s), line %llu: %s"), path, sunlot_answer_name(v->verdict.answer), (unsigned long long)fault->line, _(fault->what));
    return STATUS_REFUSED;
}

static int verify(verified_log *v, const char *path, const sunlot_text *note, uint32_t notes)
{
    sunlot_pin pin;
    memset(&pin, 0, sizeof pin);
    pin.note = note;
    pin.notes = notes;
    uint32_t jobs = options_processors();
    const sunlot_crew crew = jobs_crew(&jobs);
    sunlot_err err = sunlot_verifier_new(&v->verifier, file_view(&v->bytes), &pin, &crew);
    if (err == SUNLOT_OK) err = jobs_run(jobs, sunlot_verifier_schools(v->verifier), _("schools"), verify_one, v->verifier);
    if (err != SUNLOT_OK) return complain_error(err);
    v->log = sunlot_verifier_log(v->verifier);
    return judge(v, path);
}

int verified_open(verified_log *out, const char *path) { return verified_open_with(out, path, NULL, 0); }

int verified_open_with(verified_log *out, const char *path, const sunlot_text *note, uint32_t notes)
{
    verified_log v;
    memset(&v, 0, sizeof v);
    file_result result = file_read(&v.bytes, path, SUNLOT_MAX_LOG_BYTES);
    if (result == FILE_MISSING) complain(_("there is no %s"), path);
    if (result == FILE_TOO_LARGE) return complain_error(SUNLOT_ERR_LIMIT);
    if (result != FILE_READ) return STATUS_CANNOT;
    int status = verify(&v, path, note, notes);
    if (status == STATUS_RUN)
        *out = v;
    else
        verified_close(&v);
    return status;
}

void verified_close(verified_log *v)
{
    sunlot_verifier_free(v->verifier);
    file_free(&v->bytes);
}
