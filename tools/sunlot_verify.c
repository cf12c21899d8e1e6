/* sunlot-verify: check a log, reading only. */
#include <stdlib.h>
#include <string.h>

#include "common/characters.h"
#include "common/files.h"
#include "common/jobs.h"
#include "common/messages.h"
#include "common/options.h"
#include "verify/verify.h"
#include "verify/verify_logs.h"
#include "verify/verify_receipt.h"
#include "verify/verify_slip.h"

#define COMMAND            "sunlot-verify"
#define MOST_KEY_BYTES     4096u
#define MOST_POLICY_BYTES  65536u
#define MOST_NOTE_BYTES    65536u
#define MOST_RECEIPT_BYTES (1u << 24)
#define MOST_NOTES         64u

static const char *help(void)
{
    return _("Usage: sunlot-verify LOG… [--key FILE | --policy FILE | --fingerprint HEX] [--note FILE]… [--since NOTE]\n"
             "                     [--until PHASE] [--rehearsal] [--student NO] [--figures SCHOOL] [--json] [--jobs N]\n"
             "       sunlot-verify LOG… --slip LINK [--id ID --name NAME] [--json]\n"
             "       sunlot-verify --receipt FILE [LOG] [--key FILE | --policy FILE | --fingerprint HEX] [--json]\n"
             "Check a log: its form, its signatures, and that the results follow from what was announced and the digits.  Writes nothing.\n"
             "Of several logs the longest is checked; the others must be its beginnings.\n"
             "  --key FILE         the log key, from a place you trust (log.vkey)\n"
             "  --policy FILE      who must have signed, from a place you trust (draw.policy)\n"
             "  --fingerprint HEX  the fingerprint that was shown before the digits: 64 hexadecimal digits\n"
             "                     (without one of them a sound log is only “unpinned”)\n"
             "  --note FILE        a note file of a checkpoint, whose signatures are added to the log's; may be given several times\n"
             "  --since NOTE       a note file of earlier: the log must extend it\n"
             "  --receipt FILE     a receipt: is this child, with these data, in the list, and in which class?\n"
             "  --until PHASE      ask only that the log has come to list, commits, seed-base, digits, groups or results\n"
             "  --rehearsal        accept a sound rehearsal\n"
             "  --student NO       show where the student with this pseudonym is\n"
             "  --slip LINK        what the QR code of a slip holds: the fingerprint and the student\n"
             "  --id ID            with --slip and --name: is the line that of the child with this number …\n"
             "  --name NAME        … and this name?\n"
             "  --figures SCHOOL   the figures of each class of the school with this number\n"
             "  --json             one JSON object\n"
             "  --jobs N           work on N schools at a time (as many as there are processors)\n"
             "  --lang en|zh       language of messages\n"
             "  --version          version\n"
             "Examples: sunlot-verify draw.log --fingerprint \"be5d 3600 …\"        the log, by the fingerprint on your photograph\n"
             "          sunlot-verify draw.log --policy draw.policy --note results.note\n"
             "          sunlot-verify --receipt FILE --policy draw.policy       one child, without the log\n"
             "          sunlot-verify draw.log other.log                        do two copies continue each other?\n"
             "Exit status: 0 valid (or what was asked for), 1 checked and not valid, 2 it could not be checked.\n");
}

static sunlot_err check_school(void *user, uint32_t school) { return sunlot_verifier_school(user, school); }

/* What was given from outside, and the files that it is in. */
typedef struct {
    const char *key, *policy, *fingerprint, *until;
    const char *note[MOST_NOTES];
    uint32_t notes;
    file_bytes key_bytes, policy_bytes, note_bytes[MOST_NOTES];
    sunlot_text note_text[MOST_NOTES];
    sunlot_policy *read_policy;
} outside;

/* Returns false after a complaint. */
static bool read_file(file_bytes *out, const char *path, uint64_t most, const char *too_large)
{
    const file_result result = file_read(out, path, most);
    if (result == FILE_MISSING) complain(_("there is no file %s"), SHOW(text_of(path)));
    if (result == FILE_TOO_LARGE) complain(too_large, SHOW(text_of(path)));
    return result == FILE_READ;
}

static int read_key(sunlot_pin *pin, outside *o)
{
    if (!read_file(&o->key_bytes, o->key, MOST_KEY_BYTES, _("%s is not a log key"))) return STATUS_CANNOT;
    pin->vkey = verify_key_line(file_view(&o->key_bytes));
    if (pin->vkey.n == 0) complain(_("%s is not a log key"), SHOW(text_of(o->key)));
    return pin->vkey.n == 0 ? STATUS_CANNOT : STATUS_RUN;
}

static int read_policy(sunlot_pin *pin, outside *o)
{
    uint64_t line = 0;
    if (!read_file(&o->policy_bytes, o->policy, MOST_POLICY_BYTES, _("%s is not a policy"))) return STATUS_CANNOT;
    const sunlot_err err = sunlot_policy_read(&o->read_policy, file_view(&o->policy_bytes), &line);
    pin->policy = o->read_policy;
    if (err == SUNLOT_OK) return STATUS_RUN;
    if (err != SUNLOT_ERR_INPUT) return complain_error(err);
    if (line > 0)
        complain(_("%s is not a policy: line %llu"), SHOW(text_of(o->policy)), (unsigned long long)line);
    else
        complain(_("%s is not a policy: it names no log, or no quorum"), SHOW(text_of(o->policy)));
    return STATUS_CANNOT;
}

static int read_until(sunlot_pin *pin, const char *until)
{
    if (verify_until_read(&pin->until, text_of(until))) return STATUS_RUN;
    return options_wrong(COMMAND, "until", until, "list, commits, seed-base, digits, groups, results");
}

/* Read the pin of --key, --policy or --fingerprint, the phase, and the notes.  Release with outside_free in any case. */
static int read_pin(sunlot_pin *pin, outside *o)
{
    int status = STATUS_RUN;
    if (o->key != NULL) status = read_key(pin, o);
    if (status == STATUS_RUN && o->policy != NULL) status = read_policy(pin, o);
    if (status == STATUS_RUN && o->fingerprint != NULL) {
        pin->has_fingerprint = verify_fingerprint_read(pin->fingerprint, text_of(o->fingerprint));
        if (!pin->has_fingerprint) return options_wrong(COMMAND, "fingerprint", o->fingerprint, _("64 hexadecimal digits"));
    }
    if (status == STATUS_RUN && o->until != NULL) status = read_until(pin, o->until);
    for (uint32_t i = 0; i < o->notes && status == STATUS_RUN; i++) {
        if (!read_file(&o->note_bytes[i], o->note[i], MOST_NOTE_BYTES, _("%s is not a note file"))) return STATUS_CANNOT;
        o->note_text[i] = file_view(&o->note_bytes[i]);
    }
    pin->note = o->note_text;
    pin->notes = o->notes;
    return status;
}

static void outside_free(outside *o)
{
    sunlot_policy_free(o->read_policy);
    file_free(&o->key_bytes);
    file_free(&o->policy_bytes);
    for (uint32_t i = 0; i < o->notes; i++) file_free(&o->note_bytes[i]);
}

/* Take each --note FILE from the command line: it may stand several times, which no other option may.  Returns STATUS_RUN or the exit status. */
static int take_notes(outside *o, int *argc, char **argv)
{
    int kept = 1;
    for (int i = 1; i < *argc; i++) {
        const char *value = NULL;
        if (strcmp(argv[i], "--") == 0) {
            while (i < *argc) argv[kept++] = argv[i++];
            break;
        }
        if (strcmp(argv[i], "--note") == 0 && i + 1 < *argc)
            value = argv[++i];
        else if (strncmp(argv[i], "--note=", 7) == 0)
            value = argv[i] + 7;
        if (value == NULL) {
            argv[kept++] = argv[i];
        } else if (o->notes < MOST_NOTES) {
            o->note[o->notes++] = value;
        } else {
            complain(_("--note is given more than %u times"), MOST_NOTES);
            return STATUS_CANNOT;
        }
    }
    argv[kept] = NULL;
    *argc = kept;
    return STATUS_RUN;
}

/* Check a log; the verifier, which holds what the report points to, is the caller's to release. */
static int check_log(verify_report *r, sunlot_verifier **verifier, sunlot_text bytes, const sunlot_pin *pin, uint32_t jobs)
{
    const sunlot_crew crew = jobs_crew(&jobs);
    sunlot_err err = sunlot_verifier_new(verifier, bytes, pin, &crew);
    if (err == SUNLOT_OK) err = jobs_run(jobs, sunlot_verifier_schools(*verifier), _("schools"), check_school, *verifier);
    if (err != SUNLOT_OK) return complain_error(err);
    sunlot_verifier_verdict(*verifier, &r->verdict);
    r->verifier = *verifier;
    r->log = sunlot_verifier_log(*verifier);
    return STATUS_RUN;
}

/* What the other logs and the note say.  Returns STATUS_RUN or the exit status. */
static int judge_logs(verify_report *r, verify_logs *logs)
{
    const sunlot_err err = verify_logs_judge(logs, &r->verdict, r->log);
    if (err == SUNLOT_ERR_SIGNATURE)
        complain(_("%s is not a note file"), SHOW(text_of(logs->since_path)));
    else if (err != SUNLOT_OK)
        return complain_error(err);
    return err == SUNLOT_OK ? STATUS_RUN : STATUS_CANNOT;
}

/* Print what was written and release it.  Returns the status, or that of no memory. */
static int print_json(json *j, int status)
{
    if (j->failed)
        status = complain_error(SUNLOT_ERR_MEMORY);
    else if (j->n > 0)
        (void)fwrite(j->p, 1, j->n, stdout);
    json_free(j);
    return status;
}

static int report_log(verify_report *r, bool as_json)
{
    sunlot_err err = SUNLOT_OK;
    json j = {0};
    verify_report_finish(r);
    r->odds = need(1, sizeof *r->odds);
    r->err = &err;
    if (as_json)
        verify_json(&j, r);
    else
        verify_text(r);
    free(r->odds);
    if (err != SUNLOT_OK) (void)complain_error(err);
    return print_json(&j, r->status);
}

/* A receipt, with the log beside it if there is one. */
static int report_receipt(verify_report *log, const char *path, const sunlot_pin *pin, bool as_json)
{
    file_bytes bytes;
    sunlot_receipt *receipt;
    sunlot_pin own = *pin;
    if (!read_file(&bytes, path, MOST_RECEIPT_BYTES, _("%s is not a receipt"))) return STATUS_CANNOT;
    if (log->path != NULL) own.has_fingerprint = false; /* it is the log's, be it readable or not */
    const sunlot_err err = sunlot_receipt_check(&receipt, file_view(&bytes), &own, log->path == NULL ? NULL : log->log);
    if (err != SUNLOT_OK) {
        file_free(&bytes);
        return complain_error(err);
    }
    const sunlot_receipt_info *info = sunlot_receipt_view(receipt);
    receipt_report r = {.path = path,
                        .log = log->path == NULL ? NULL : log,
                        .info = info,
                        .by_key = log->by_key,
                        .by_policy = log->by_policy,
                        .by_fingerprint = log->by_fingerprint};
    json j = {0};
    verify_receipt_judge(&r, log->rehearsal);
    if (as_json)
        verify_receipt_json(&j, &r);
    else
        verify_receipt_text(&r);
    sunlot_receipt_free(receipt);
    file_free(&bytes);
    return print_json(&j, r.status);
}

static int run(int argc, char **argv)
{
    const char *student = NULL, *jobs_text = NULL, *receipt = NULL, *operand[VERIFY_MOST_LOGS];
    const char *link = NULL, *id = NULL, *name = NULL, *figures_text = NULL;
    sunlot_slip slip;
    uint32_t figures = 0;
    bool rehearsal = false, as_json = false;
    outside o = {.key = NULL};
    verify_logs logs = {.count = 0};
    const tool_option option[] = {
        {"key", &o.key, NULL},
        {"policy", &o.policy, NULL},
        {"fingerprint", &o.fingerprint, NULL},
        {"until", &o.until, NULL},
        {"since", &logs.since_path, NULL},
        {"receipt", &receipt, NULL},
        {"rehearsal", NULL, &rehearsal},
        {"student", &student, NULL},
        {"json", NULL, &as_json},
        {"jobs", &jobs_text, NULL},
        {"slip", &link, NULL},
        {"id", &id, NULL},
        {"name", &name, NULL},
        {"figures", &figures_text, NULL},
    };
    size_t operands = 0;
    int status = take_notes(&o, &argc, argv);
    if (status == STATUS_RUN)
        status = options_read_some(argc, argv, COMMAND, help(), option, sizeof option / sizeof *option, operand, 0, VERIFY_MOST_LOGS, &operands);
    if (status != STATUS_RUN) return status;
    if (operands == 0 && receipt == NULL) {
        complain(_("something is missing on the command line"));
        complain(_("try “%s --help”"), COMMAND);
        return STATUS_CANNOT;
    }
    uint32_t jobs;
    status = options_jobs(&jobs, COMMAND, jobs_text);
    if (status != STATUS_RUN) return status;
    if ((o.key != NULL) + (o.policy != NULL) + (o.fingerprint != NULL) > 1) {
        complain(_("give one of --key, --policy and --fingerprint"));
        return STATUS_CANNOT;
    }
    if (link != NULL && (o.fingerprint != NULL || o.key != NULL || o.policy != NULL || student != NULL || receipt != NULL)) {
        complain(_("--slip holds a fingerprint and a student: give it without --fingerprint, --key, --policy, --student and --receipt"));
        return STATUS_CANNOT;
    }
    if ((id != NULL) != (name != NULL) || (id != NULL && link == NULL)) {
        complain(_("--id and --name belong together, and to --slip"));
        return STATUS_CANNOT;
    }
    if (figures_text != NULL && !options_number(&figures, figures_text, 1, SUNLOT_MAX_SCHOOLS))
        return options_wrong(COMMAND, "figures", figures_text, _("the number of a school"));
    sunlot_err err = sunlot_init();
    if (err != SUNLOT_OK) return complain_error(err);

    sunlot_pin pin;
    memset(&pin, 0, sizeof pin);
    if (link != NULL) {
        status = verify_slip_read(&slip, link);
        if (status != STATUS_RUN) return status;
        student = slip.pseudonym;
        pin.has_fingerprint = true;
        memcpy(pin.fingerprint, slip.fingerprint, sizeof pin.fingerprint);
    }
    for (size_t i = 0; i < operands; i++) logs.path[i] = operand[i];
    status = read_pin(&pin, &o);
    logs.count = (uint32_t)operands;
    if (status == STATUS_RUN) status = verify_logs_read(&logs);
    verify_report report = {.path = operands > 0 ? logs.path[logs.chosen] : NULL,
                            .by_key = o.key != NULL,
                            .by_policy = o.policy != NULL,
                            .by_fingerprint = pin.has_fingerprint,
                            .logs = operands > 1 || logs.since_path != NULL ? &logs : NULL,
                            .until = pin.until,
                            .rehearsal = rehearsal,
                            .student = student,
                            .salt = slip.salt,
                            .id = id,
                            .name = name,
                            .figures = figures};
    sunlot_verifier *verifier = NULL;
    if (status == STATUS_RUN && operands > 0) status = check_log(&report, &verifier, logs.log[logs.chosen], &pin, jobs);
    if (status == STATUS_RUN && operands > 0) status = judge_logs(&report, &logs);
    if (status == STATUS_RUN && receipt != NULL) {
        status = report_receipt(&report, receipt, &pin, as_json);
    } else if (status == STATUS_RUN) {
        status = report_log(&report, as_json);
    }
    sunlot_verifier_free(verifier);
    verify_logs_free(&logs);
    outside_free(&o);
    return status;
}

int main(int argc, char **argv)
{
    messages_init(COMMAND, argc, argv);
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        (void)fputs("sunlot-verify " SUNLOT_VERSION "\n", stdout);
        return messages_end(STATUS_OK);
    }
    return messages_end(run(argc, argv));
}
