/* Several logs, and a log and an earlier note: the longest, and what that comes to. */
#include "verify/verify_logs.h"

#include "common/characters.h"

void verify_logs_choose(verify_logs *l)
{
    /* all others must be its beginnings */
    for (uint32_t i = 1; i < l->count; i++) {
        sunlot_divergence d;
        sunlot_logs_compare(&d, l->log[l->chosen], l->log[i]);
        if (d.b_longer) l->chosen = i;
    }
    for (uint32_t i = 0; i < l->count; i++)
        if (i != l->chosen) sunlot_logs_compare(&l->divergence[i], l->log[i], l->log[l->chosen]);
}

/* One more fault: it is the answer if it goes before the one that there is. */
static void add_fault(sunlot_verdict *v, const sunlot_fault *fault)
{
    v->check[SUNLOT_CHECK_PIN] = SUNLOT_CHECK_FAULT;
    if (!sunlot_answer_before(fault->answer, v->answer)) return;
    v->answer = fault->answer;
    v->fault = *fault;
}

sunlot_err verify_logs_judge(verify_logs *l, sunlot_verdict *verdict, const sunlot_log *log)
{
    for (uint32_t i = 0; i < l->count; i++)
        if (i != l->chosen && !l->divergence[i].continues) add_fault(verdict, &l->divergence[i].fault);
    if (l->since_path == NULL || log == NULL) return SUNLOT_OK;
    const sunlot_err err = sunlot_log_since(&l->since, log, l->since_note);
    if (err != SUNLOT_OK) return err;
    l->since_checked = true;
    if (l->since.fault.answer != SUNLOT_VALID) add_fault(verdict, &l->since.fault);
    return SUNLOT_OK;
}

void verify_logs_json(json *j, const verify_logs *l)
{
    bool first = true;
    name_member(j, "other_logs", false);
    json_add(j, "[");
    for (uint32_t i = 0; i < l->count; i++) {
        const sunlot_divergence *d = &l->divergence[i];
        if (i == l->chosen) continue;
        open_named(j, first, "log", text_of(l->path[i]));
        first = false;
        put_bool(j, "continues", d->continues);
        if (!d->continues) {
            put_number(j, "line", d->line);
            put_text(j, "there", d->a);
            put_text(j, "here", d->b);
        }
        json_add(j, "}");
    }
    json_add(j, "]");
    if (!l->since_checked) return;
    name_member(j, "since", false);
    open_named(j, true, "note", text_of(l->since_path));
    put_number(j, "lines", l->since.size);
    put_bool(j, "extends", l->since.fault.answer != SUNLOT_FAULT_SPLIT);
    put_number(j, "good_signatures", l->since.signatures);
    json_add(j, "}");
}
