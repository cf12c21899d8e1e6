/* The report on a receipt, for a family: what it says comes last and in plain words. */
#include "verify_receipt.h"

#include <stdio.h>

#include "characters.h"
#include "json.h"
#include "messages.h"
#include "options.h"

/* What each answer means for a receipt. */
static const char *meaning(const receipt_report *r)
{
    switch (r->answer) {
    case SUNLOT_VALID:
        return N_("sound, and its key, policy or fingerprint is the one you gave");
    case SUNLOT_UNPINNED:
        if (r->by_fingerprint) return N_("sound, and its list is the one whose fingerprint you gave; but who signed the class is not known");
        return N_("sound in itself, but you gave nothing to compare it with: it may be of another draw altogether");
    case SUNLOT_IS_REHEARSAL:
        return N_("a sound receipt of a rehearsal: this is no draw");
    case SUNLOT_INCOMPLETE:
        return N_("sound so far, but there is no result in it yet");
    case SUNLOT_FAULT_PARSE:
        return N_("this is not written as a receipt is");
    case SUNLOT_FAULT_COMMITMENT:
        return N_("name, number, school, data or salt are not those that were in the list");
    case SUNLOT_FAULT_QUORUM:
        return N_("a required signature is missing");
    case SUNLOT_FAULT_SIGNATURE:
        return N_("a signature is not good, or the key is not the one you gave");
    case SUNLOT_FAULT_SPLIT:
        return N_("this is of another list than the one whose fingerprint, or log, you gave");
    case SUNLOT_FAULT_PROOF:
        return N_("a line of the receipt is not in the log that was signed");
    case SUNLOT_BY_HAND:
    case SUNLOT_SET_ASIDE:
    case SUNLOT_FAULT_ORDER:
    case SUNLOT_FAULT_ROSTER:
    case SUNLOT_FAULT_ENTROPY:
    case SUNLOT_FAULT_MISMATCH:
    case SUNLOT_FAULT_RULE:
        break;
    }
    return N_("the receipt is sound; this is the answer to the log");
}

static void print_child(const sunlot_receipt_info *i)
{
    (void)printf(_("Receipt of the draw %s\n"), SHOW(i->draw));
    if (i->person.id.n == 0) return;
    (void)printf(_("  Child: %s, number %s, school “%s”\n"), SHOW(i->person.name), SHOW(i->person.id), SHOW(i->person.school));
    (void)printf(_("  Pseudonym: %s\n"), SHOW(i->pseudonym));
    for (uint32_t v = 0; v < i->values; v++) {
        if (i->column != NULL)
            (void)printf("  %s: %s\n", SHOW(i->column[v]), SHOW(i->value[v]));
        else
            (void)printf(v == 0 ? _("  Data: %s") : ", %s", SHOW(i->value[v]));
    }
    if (i->column == NULL && i->values > 0) (void)fputc('\n', stdout);
}

static void print_list(const sunlot_receipt_info *i)
{
    if (i->late)
        (void)printf(_("\nIn the list of those who came late, line %llu of the log, under the root:\n\n"), (unsigned long long)i->line);
    else
        (void)printf(_("\nIn the list, line %llu of the log, under the fingerprint:\n\n"), (unsigned long long)i->line);
    messages_fingerprint(stdout, i->root);
    (void)printf(_("\nSignatures of this list %u; checked and good %u\n"), (unsigned)i->signatures, (unsigned)i->checked);
}

/* Where the child is in the end. */
static void print_class(const sunlot_receipt_info *i)
{
    if (i->struck) {
        (void)printf(_("was struck from the list later: %s (%s).\n"), SHOW(i->reason), SHOW(i->authority));
    } else if (i->class_name.n > 0) {
        (void)printf(_("is in class “%s”.\n"), SHOW(i->class_name));
    } else if (i->class_number == 0) {
        (void)fputs(_("is in a class whose number was drawn by hand later: the log says which.\n"), stdout);
    } else {
        (void)printf(_("is in the class that is number %u in the order of the school's classes.\n"), (unsigned)i->class_number);
    }
    if (i->by_hand && !i->struck) (void)fputs(_("  Numbers or teams were drawn by hand for groups that were known.\n"), stdout);
    if (i->moved && !i->struck) (void)printf(_("  The class was changed after the draw: %s (%s).\n"), SHOW(i->reason), SHOW(i->authority));
}

static void print_words(const receipt_report *r)
{
    const sunlot_receipt_info *i = r->info;
    if (i->fault.answer != SUNLOT_VALID) {
        (void)printf(_("  proof %llu: %s"), (unsigned long long)i->fault.line, _(i->fault.what));
        if (i->fault.found[0] != '\0') (void)printf(_(", found “%s”"), SHOW(text_of(i->fault.found)));
        (void)fputs(_("\n\nThis receipt proves nothing.\n"), stdout);
        return;
    }
    (void)fputs(i->late ? _("\nThis child was in the list of those who came late before its dice")
                        : _("\nThis child, with these data, was in the list before the dice"),
                stdout);
    if (!i->placed) {
        (void)fputs(_(".\nThe receipt was written before there were results.\n"), stdout);
    } else {
        (void)fputs(_(", and "), stdout);
        print_class(i);
    }
    if (i->placed && !i->confirmed && r->by_fingerprint)
        (void)fputs(_("  The fingerprint confirms the list alone: for the class give the log, --policy or --key too.\n"), stdout);
    if (r->log != NULL && r->log->verdict.answer >= SUNLOT_FAULT_PARSE)
        (void)fputs(_("  Mind the answer above: the log is not sound.\n"), stdout);
    else if (!r->by_key && !r->by_policy && !r->by_fingerprint)
        (void)fputs(_("  Compare the fingerprint with the one that was shown before the dice, or use --fingerprint, --policy or --key.\n"), stdout);
}

void verify_receipt_text(const receipt_report *r)
{
    if (r->info->draw.n > 0) {
        print_child(r->info);
        print_list(r->info);
    }
    (void)printf(_("\nAnswer: %s — %s.\n"), sunlot_answer_name(r->answer), _(meaning(r)));
    print_words(r);
}

static void put_line(const char *name, sunlot_text text)
{
    if (text.n > 0)
        put_text(name, text);
    else
        put_null(name);
}

static void put_values(const sunlot_receipt_info *i)
{
    name_member("values", false);
    (void)fputc('[', stdout);
    for (uint32_t v = 0; v < i->values; v++) {
        (void)fputs(v > 0 ? ",{" : "{", stdout);
        name_member("column", true);
        if (i->column != NULL)
            put_string(i->column[v]);
        else
            (void)fputs("null", stdout);
        put_text("value", i->value[v]);
        (void)fputc('}', stdout);
    }
    (void)fputc(']', stdout);
}

static void put_place(const sunlot_receipt_info *i)
{
    put_bool("placed", i->placed);
    if (!i->placed) return;
    put_number("seat_line", i->seat_line);
    put_line("group", i->group);
    put_line("class", i->class_name);
    if (i->class_number > 0) put_number("class_number", i->class_number);
    put_bool("class_confirmed", i->confirmed);
    put_bool("by_hand", i->by_hand);
    put_bool("moved", i->moved);
    put_bool("struck", i->struck);
    if (i->moved || i->struck) {
        put_text("reason", i->reason);
        put_text("authority", i->authority);
    }
}

static void put_fault(const sunlot_fault *fault)
{
    if (fault->answer == SUNLOT_VALID) {
        put_null("fault");
        return;
    }
    name_member("fault", false);
    (void)printf("{\"answer\":\"%s\"", sunlot_answer_name(fault->answer));
    put_number("proof", fault->line);
    put_text("what", text_of(fault->what));
    put_text("found", text_of(fault->found));
    (void)fputc('}', stdout);
}

void verify_receipt_json(const receipt_report *r)
{
    const sunlot_receipt_info *i = r->info;
    (void)fputs("{\"program\":\"sunlot-verify " SUNLOT_VERSION "\"", stdout);
    put_text("receipt", text_of(r->path));
    put_text("answer", text_of(sunlot_answer_name(r->answer)));
    put_number("exit", (uint64_t)r->status);
    if (r->by_key || r->by_policy || r->by_fingerprint)
        put_text("pinned_by", text_of(r->by_key ? "key" : r->by_policy ? "policy" : "fingerprint"));
    else
        put_null("pinned_by");
    put_fault(&i->fault);
    put_number("proofs", i->proofs);
    if (i->draw.n > 0) {
        char hex[65];
        for (size_t b = 0; b < 32; b++) (void)snprintf(hex + 2 * b, 3, "%02x", (unsigned)i->root[b]);
        put_text("draw", i->draw);
        put_text("pseudonym", i->pseudonym);
        put_text("school", i->person.school);
        put_text("id", i->person.id);
        put_text("name", i->person.name);
        put_values(i);
        put_bool("late", i->late);
        put_number("line", i->line);
        put_text(i->late ? "root" : "fingerprint", text_of(hex));
        put_bool("signatures_checked", i->signed_);
        put_number("signatures", i->signatures);
        put_number("signatures_good", i->checked);
        put_place(i);
    }
    if (r->log != NULL) {
        put_text("log", text_of(r->log->path));
        put_text("log_answer", text_of(sunlot_answer_name(r->log->verdict.answer)));
    }
    (void)fputs("}\n", stdout);
}
