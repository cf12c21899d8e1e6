/* The report on a receipt as one JSON object. */
#include "common/characters.h"
#include "common/json.h"
#include "verify/verify_receipt.h"

static void put_line(json *j, const char *name, sunlot_text text)
{
    if (text.n > 0)
        put_text(j, name, text);
    else
        put_null(j, name);
}

static void put_values(json *j, const sunlot_receipt_info *i)
{
    name_member(j, "values", false);
    json_add(j, "[");
    for (uint32_t v = 0; v < i->values; v++) {
        json_add(j, v > 0 ? ",{" : "{");
        name_member(j, "column", true);
        if (i->column != NULL)
            put_string(j, i->column[v]);
        else
            json_add(j, "null");
        put_text(j, "value", i->value[v]);
        json_add(j, "}");
    }
    json_add(j, "]");
}

static void put_place(json *j, const sunlot_receipt_info *i)
{
    put_bool(j, "placed", i->placed);
    if (!i->placed) return;
    put_number(j, "seat_line", i->seat_line);
    put_line(j, "group", i->group);
    put_line(j, "class", i->class_name);
    if (i->class_number > 0) put_number(j, "class_number", i->class_number);
    put_bool(j, "class_confirmed", i->confirmed);
    put_bool(j, "by_hand", i->by_hand);
    put_bool(j, "moved", i->moved);
    put_bool(j, "struck", i->struck);
    if (i->moved || i->struck) {
        put_text(j, "reason", i->reason);
        put_text(j, "authority", i->authority);
    }
}

static void put_fault(json *j, const sunlot_fault *fault)
{
    if (fault->answer == SUNLOT_VALID) {
        put_null(j, "fault");
        return;
    }
    name_member(j, "fault", false);
    open_named(j, true, "answer", text_of(sunlot_answer_name(fault->answer)));
    put_number(j, "proof", fault->line);
    put_text(j, "what", text_of(fault->what));
    put_text(j, "found", text_of(fault->found));
    json_add(j, "}");
}

void verify_receipt_json(json *j, const receipt_report *r)
{
    const sunlot_receipt_info *i = r->info;
    json_add(j, "{\"program\":\"sunlot-verify " SUNLOT_VERSION "\"");
    put_text(j, "receipt", text_of(r->path));
    put_text(j, "answer", text_of(sunlot_answer_name(r->answer)));
    put_number(j, "exit", (uint64_t)r->status);
    if (r->by_key || r->by_policy || r->by_fingerprint)
        put_text(j, "pinned_by", text_of(r->by_key ? "key" : r->by_policy ? "policy" : "fingerprint"));
    else
        put_null(j, "pinned_by");
    put_fault(j, &i->fault);
    put_number(j, "proofs", i->proofs);
    if (i->draw.n > 0) {
        put_text(j, "draw", i->draw);
        put_text(j, "pseudonym", i->pseudonym);
        put_text(j, "school", i->person.school);
        put_text(j, "id", i->person.id);
        put_text(j, "name", i->person.name);
        put_values(j, i);
        put_bool(j, "late", i->late);
        put_number(j, "line", i->line);
        put_digest(j, i->late ? "root" : "fingerprint", i->root);
        put_bool(j, "signatures_checked", i->signed_);
        put_number(j, "signatures", i->signatures);
        put_number(j, "signatures_good", i->checked);
        put_place(j, i);
    }
    if (r->log != NULL) {
        put_text(j, "log", text_of(r->log->path));
        put_text(j, "log_answer", text_of(sunlot_answer_name(r->log->verdict.answer)));
    }
    json_add(j, "}\n");
}
