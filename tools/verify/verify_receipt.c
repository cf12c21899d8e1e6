/* The report on a receipt, for a family: what it says comes last and in plain words. */
#include "verify/verify_receipt.h"

#include <stdio.h>

#include "common/characters.h"
#include "common/messages.h"
#include "common/options.h"

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
