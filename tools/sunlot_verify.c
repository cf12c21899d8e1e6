/* sunlot-verify: check a log, reading only. */
#include <stdlib.h>
#include <string.h>

#include "characters.h"
#include "files.h"
#include "jobs.h"
#include "messages.h"
#include "options.h"
#include "verify.h"

#define COMMAND        "sunlot-verify"
#define MOST_KEY_BYTES 4096u

static const char *help(void)
{
    return _("Usage: sunlot-verify LOG [--key FILE | --fingerprint HEX] [--until PHASE] [--rehearsal]\n"
             "                     [--student NO] [--json] [--jobs N]\n"
             "Check a log: its form, its signatures, and that the results follow from what was announced and the digits.  Writes nothing.\n"
             "  --key FILE         the log key, from a place you trust (log.vkey)\n"
             "  --fingerprint HEX  the fingerprint that was shown before the digits: 64 hexadecimal digits\n"
             "                     (without one of them a sound log is only “unpinned”)\n"
             "  --until PHASE      ask only that the log has come to seed-base, digits or results\n"
             "  --rehearsal        accept a sound rehearsal\n"
             "  --student NO       show where the student with this pseudonym is\n"
             "  --json             one JSON object\n"
             "  --jobs N           work on N schools at a time (as many as there are processors)\n"
             "  --lang en|zh       language of messages\n"
             "  --version          version\n"
             "Exit status: 0 valid (or what was asked for), 1 checked and not valid, 2 it could not be checked.\n");
}

static sunlot_err check_school(void *user, uint32_t school) { return sunlot_verifier_school(user, school); }

/* A fingerprint as it was printed, in one line or several. */
static bool read_fingerprint(uint8_t fingerprint32[32], const char *text)
{
    char line[256];
    size_t n = strlen(text);
    if (n >= sizeof line) return false;
    for (size_t i = 0; i < n; i++) line[i] = text[i] == '\n' || text[i] == '\r' || text[i] == '\t' ? ' ' : text[i];
    return sunlot_fingerprint_parse(fingerprint32, (sunlot_text){line, n});
}

/* A log key as its file holds it: one line, perhaps with the line end of another system.  Returns an empty text if it is something else,
 * another kind of key for example: then nothing was compared, and no log is at fault. */
static sunlot_text key_line(sunlot_text text)
{
    const sunlot_text none = {NULL, 0};
    size_t marks = 0;
    while (text.n > 0 && (text.p[text.n - 1] == '\n' || text.p[text.n - 1] == '\r')) text.n--;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\n' || text.p[i] == ' ') return none;
        marks += text.p[i] == '+';
    }
    return marks >= 2 ? text : none;
}

/* Read the pin of --key or --fingerprint, and the phase.  The key's text stays in *key. */
static int read_pin(sunlot_pin *pin, file_bytes *key, const char *key_path, const char *fingerprint, const char *until)
{
    static const sunlot_phase phase[] = {SUNLOT_PHASE_SEED_BASE, SUNLOT_PHASE_DIGITS, SUNLOT_PHASE_RESULTS};
    if (key_path != NULL) {
        file_result result = file_read(key, key_path, MOST_KEY_BYTES);
        if (result == FILE_MISSING)
            complain(_("there is no file %s"), SHOW(text_of(key_path)));
        else if (result == FILE_READ)
            pin->vkey = key_line(file_view(key));
        if (result == FILE_TOO_LARGE || (result == FILE_READ && pin->vkey.n == 0)) complain(_("%s is not a log key"), SHOW(text_of(key_path)));
        if (pin->vkey.n == 0) return STATUS_CANNOT;
    }
    if (fingerprint != NULL) {
        pin->has_fingerprint = read_fingerprint(pin->fingerprint, fingerprint);
        if (!pin->has_fingerprint) return options_wrong(COMMAND, "fingerprint", fingerprint, _("64 hexadecimal digits"));
    }
    if (until != NULL) {
        for (size_t i = 0; i < sizeof phase / sizeof *phase; i++)
            if (strcmp(until, sunlot_phase_name(phase[i])) == 0) pin->until = phase[i];
        if (pin->until == SUNLOT_PHASE_NONE) return options_wrong(COMMAND, "until", until, "seed-base, digits, results");
    }
    return STATUS_RUN;
}

static int exit_status(const verify_report *r)
{
    bool good = r->verdict.answer == SUNLOT_VALID || (r->verdict.answer == SUNLOT_IS_REHEARSAL && r->rehearsal);
    if (r->student != NULL && !r->student_found) good = false;
    return good ? STATUS_OK : STATUS_REFUSED;
}

bool verify_odds(const verify_report *r, uint32_t school)
{
    const sunlot_text of_log = {NULL, 0};
    if (r->verdict.check[SUNLOT_CHECK_REPLAY] != SUNLOT_CHECK_OK) return false;
    const sunlot_err err = sunlot_log_odds(r->odds, r->log, school, of_log);
    if (err != SUNLOT_OK) (void)complain_error(err);
    return err == SUNLOT_OK;
}

uint32_t verify_group(const sunlot_seat *seat)
{
    uint32_t number = 0;
    for (size_t i = 1; i < seat->group.n; i++) number = 10 * number + (uint32_t)(seat->group.p[i] - '0');
    return number - 1;
}

static int verify(verify_report *r, sunlot_text bytes, const sunlot_pin *pin, uint32_t jobs, bool json)
{
    sunlot_verifier *verifier = NULL;
    const sunlot_crew crew = jobs_crew(&jobs);
    sunlot_err err = sunlot_verifier_new(&verifier, bytes, pin, &crew);
    if (err == SUNLOT_OK) err = jobs_run(jobs, sunlot_verifier_schools(verifier), _("schools"), check_school, verifier);
    if (err != SUNLOT_OK) {
        sunlot_verifier_free(verifier);
        return complain_error(err);
    }
    sunlot_verifier_verdict(verifier, &r->verdict);
    r->verifier = verifier;
    r->log = sunlot_verifier_log(verifier);
    r->student_found = r->student != NULL && r->log != NULL && sunlot_log_find(r->log, text_of(r->student), &r->seat);
    r->status = exit_status(r);
    r->odds = need(1, sizeof *r->odds);
    if (json)
        verify_json(r);
    else
        verify_text(r);
    free(r->odds);
    sunlot_verifier_free(verifier);
    return r->status;
}

static int run(int argc, char **argv)
{
    const char *key_path = NULL, *fingerprint = NULL, *until = NULL, *student = NULL, *jobs_text = NULL, *path;
    bool rehearsal = false, json = false;
    const tool_option option[] = {
        {"key", &key_path, NULL}, {"fingerprint", &fingerprint, NULL}, {"until", &until, NULL}, {"rehearsal", NULL, &rehearsal}, {"student", &student, NULL},
        {"json", NULL, &json},    {"jobs", &jobs_text, NULL},
    };
    int status = options_read(argc, argv, COMMAND, help(), option, sizeof option / sizeof *option, &path, 1);
    if (status != STATUS_RUN) return status;
    uint32_t jobs;
    status = options_jobs(&jobs, COMMAND, jobs_text);
    if (status != STATUS_RUN) return status;
    if (key_path != NULL && fingerprint != NULL) {
        complain(_("give --key or --fingerprint, not both"));
        return STATUS_CANNOT;
    }
    sunlot_err err = sunlot_init();
    if (err != SUNLOT_OK) return complain_error(err);

    sunlot_pin pin;
    file_bytes key = {NULL, 0}, bytes;
    memset(&pin, 0, sizeof pin);
    status = read_pin(&pin, &key, key_path, fingerprint, until);
    if (status == STATUS_RUN) {
        file_result result = file_read(&bytes, path, SUNLOT_MAX_LOG_BYTES);
        if (result == FILE_MISSING)
            complain(_("there is no file %s"), SHOW(text_of(path)));
        else if (result == FILE_TOO_LARGE)
            complain(_("%s is larger than a log can be"), SHOW(text_of(path)));
        if (result == FILE_READ) {
            verify_report report = {.path = path,
                                    .by_key = key_path != NULL,
                                    .by_fingerprint = fingerprint != NULL,
                                    .until = pin.until,
                                    .rehearsal = rehearsal,
                                    .student = student};
            status = verify(&report, file_view(&bytes), &pin, jobs, json);
            file_free(&bytes);
        } else {
            status = STATUS_CANNOT;
        }
    }
    file_free(&key);
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
