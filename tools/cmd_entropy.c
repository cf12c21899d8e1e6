#include <stdlib.h>
#include <string.h>

#include "ceremony.h"
#include "characters.h"
#include "commands.h"
#include "messages.h"
#include "options.h"
#include "store.h"

#define COMMAND "sunlot entropy"

static bool is_digit(const sunlot_source *s, uint32_t scalar) { return s->d6 ? scalar >= '1' && scalar <= '6' : scalar >= '0' && scalar <= '9'; }

static uint32_t count_digits(const sunlot_source *s, sunlot_text text)
{
    uint32_t count = 0;
    for (size_t i = 0; i < text.n; i++) count += is_digit(s, (unsigned char)text.p[i]);
    return count;
}

/* Say what is wrong with digits as typed; `at` is the byte where they go wrong. */
static int explain_digits(const sunlot_source *s, sunlot_text text, size_t at)
{
    uint32_t before = count_digits(s, (sunlot_text){text.p, at}), place = 1, scalar = 0;
    for (size_t i = 0; i < at;) {
        size_t length = character_at(&scalar, text, i);
        i += length > 0 ? length : 1;
        place++;
    }
    if (at >= text.n) {
        complain(_("source %u: too few digits: %u are announced, %u are given"), (unsigned)s->number, (unsigned)s->length, (unsigned)count_digits(s, text));
        return STATUS_REFUSED;
    }
    size_t length = character_at(&scalar, text, at);
    sunlot_text found = {text.p + at, length > 0 ? length : 1};
    if (length == 0) scalar = 0;
    if (is_digit(s, scalar) && before >= s->length)
        complain(_("source %u: too many digits: %u are announced, %u are given"), (unsigned)s->number, (unsigned)s->length, (unsigned)count_digits(s, text));
    else if (is_digit(s, scalar) || scalar == '-')
        complain(_("source %u: the hyphens at character %u do not make groups of four; hyphens may be left out"), (unsigned)s->number, (unsigned)place);
    else if (scalar >= 0xff01 && scalar <= 0xff5e)
        complain(_("source %u: character %u is “%s”, full-width; type it half-width, with the input method off"), (unsigned)s->number, (unsigned)place,
                 SHOW(found));
    else if (scalar == ' ' || scalar == '\t' || scalar == 0xa0 || scalar == 0x3000)
        complain(_("source %u: character %u is a space; type the digits without spaces"), (unsigned)s->number, (unsigned)place);
    else
        complain(s->d6 ? _("source %u: character %u is “%s”, expected a digit from 1 to 6")
                       : _("source %u: character %u is “%s”, expected a digit from 0 to 9"),
                 (unsigned)s->number, (unsigned)place, SHOW(found));
    return STATUS_REFUSED;
}

/* Path of the draft of a source, owned. */
static char *draft_path(const ceremony *c, uint32_t number)
{
    char name[32];
    (void)snprintf(name, sizeof name, "source-%u.draft", (unsigned)number);
    return file_path(c->private_, name);
}

/* What a draft holds: the digits in the form of the record, LF, the fingerprint under which they fell, LF.  So digits that were typed for an
 * announcement which did not stay are never sealed in another one. */
static char *draft_text(const sunlot_log *log, sunlot_text digits, size_t *n)
{
    uint8_t fingerprint[32];
    char shown[80];
    sunlot_log_fingerprint(log, fingerprint);
    sunlot_fingerprint_write(shown, fingerprint);
    char *text = need(digits.n + sizeof shown + 2, 1);
    memcpy(text, digits.p, digits.n);
    *n = digits.n + (size_t)snprintf(text + digits.n, sizeof shown + 2, "\n%s\n", shown);
    return text;
}

/* Parse a draft.  Returns SUNLOT_OK with nothing in *out if it belongs to another announcement. */
static sunlot_err parse_draft(sunlot_buffer *out, const sunlot_log *log, const sunlot_source *source, sunlot_text bytes)
{
    size_t end = 0, at, expected;
    while (end < bytes.n && bytes.p[end] != '\n') end++;
    const sunlot_text digits = {bytes.p, end};
    sunlot_err err = sunlot_digits_parse(out, source, digits, &at);
    if (err != SUNLOT_OK) return err;
    char *text = draft_text(log, digits, &expected);
    if (!text_same(bytes, (sunlot_text){text, expected})) sunlot_buffer_free(out);
    free(text);
    return SUNLOT_OK;
}

/* Read a draft into the form of the record.  Returns FILE_READ, FILE_MISSING, or FILE_UNREADABLE after a complaint. */
static file_result read_draft(sunlot_buffer *out, const ceremony *c, const sunlot_log *log, const sunlot_source *source)
{
    char *path = draft_path(c, source->number);
    file_bytes bytes;
    file_result result = file_read(&bytes, path, 2 * SUNLOT_MAX_DIGITS);
    if (result == FILE_READ) {
        sunlot_err err = parse_draft(out, log, source, file_view(&bytes));
        file_free(&bytes);
        if (err == SUNLOT_ERR_DIGITS) {
            complain(_("%s is damaged; give the digits of source %u again"), path, (unsigned)source->number);
            result = FILE_UNREADABLE;
        } else if (err != SUNLOT_OK) {
            (void)complain_error(err);
            result = FILE_UNREADABLE;
        } else if (out->n == 0) {
            result = FILE_MISSING;
        }
    } else if (result == FILE_TOO_LARGE) {
        complain(_("%s is damaged; give the digits of source %u again"), path, (unsigned)source->number);
        result = FILE_UNREADABLE;
    }
    free(path);
    return result;
}

static bool remove_drafts(const ceremony *c, const sunlot_log *log)
{
    bool done = true;
    for (uint32_t i = 0; i < sunlot_log_sources(log); i++) {
        char *path = draft_path(c, i + 1);
        done = store_remove(path) && done;
        free(path);
    }
    return done;
}

/* All digits are there: records and checkpoint in one rename. */
static int seal(const ceremony *c, const ceremony_state *state, const sunlot_text *digits)
{
    sunlot_buffer log = {0};
    sunlot_err err = sunlot_log_add_entropy(&log, state->log, digits, NULL, &state->master);
    if (err != SUNLOT_OK) return complain_error(err);
    int status = ceremony_commit(c, ceremony_view(&log));
    if (status == STATUS_RUN) status = ceremony_sign(c, ceremony_view(&log), &state->master, false);
    if (status == STATUS_RUN && !remove_drafts(c, state->log)) status = STATUS_CANNOT;
    sunlot_buffer_free(&log);
    if (status != STATUS_RUN) return status;
    (void)printf(_("All digits are sealed in %s:\n"), c->log);
    for (uint32_t i = 0; i < sunlot_log_sources(state->log); i++) (void)printf(_("  source %u: %.*s\n"), (unsigned)i + 1, (int)digits[i].n, digits[i].p);
    ceremony_fingerprint(state->log);
    (void)printf(_("Next: sunlot draw %s\n"), c->folder);
    return STATUS_OK;
}

/* The digits of one source stay a draft, which may be corrected, until those of all are there. */
static int collect(const ceremony *c, const ceremony_state *state, const sunlot_source *source, const sunlot_buffer *typed, bool draft)
{
    char *path = draft_path(c, source->number);
    sunlot_text text = ceremony_view(typed);
    size_t n;
    char *kept = draft_text(state->log, text, &n);
    store_result stored = store_file(path, (sunlot_text){kept, n}, STORE_PRIVATE, true);
    free(kept);
    free(path);
    if (stored == STORE_FAILED) return STATUS_CANNOT;

    uint32_t sources = sunlot_log_sources(state->log), missing = 0;
    sunlot_buffer *digits = need(sources, sizeof *digits);
    sunlot_text *view = need(sources, sizeof *view);
    int status = STATUS_RUN;
    for (uint32_t i = 0; i < sources && status == STATUS_RUN; i++) {
        sunlot_source each;
        sunlot_log_source(state->log, i, &each);
        file_result result = read_draft(&digits[i], c, state->log, &each);
        if (result == FILE_MISSING)
            missing++;
        else if (result != FILE_READ)
            status = STATUS_CANNOT;
        view[i] = ceremony_view(&digits[i]);
    }
    if (status == STATUS_RUN && missing == 0 && !draft) {
        status = seal(c, state, view);
    } else if (status == STATUS_RUN) {
        (void)printf(stored == STORE_SAME ? _("source %u: %.*s is the draft already; nothing changes\n") : _("source %u: %.*s is kept as a draft\n"),
                     (unsigned)source->number, (int)text.n, text.p);
        if (missing > 0) (void)printf(_("Sources whose digits are still to come: %u\n"), (unsigned)missing);
        (void)fputs(_("Until all are there, a typing error is corrected by giving the digits again.\n"), stdout);
        status = STATUS_OK;
    }
    for (uint32_t i = 0; i < sources; i++) sunlot_buffer_free(&digits[i]);
    free(digits);
    free(view);
    return status;
}

/* The digits are sealed: only the same ones are accepted, and change nothing. */
static int compare(const ceremony *c, const ceremony_state *state, const sunlot_source *source, const sunlot_buffer *typed)
{
    if (!text_same(ceremony_view(typed), source->digits)) {
        complain(_("the digits of source %u are sealed as %.*s; from the first digit on nothing can be changed"), (unsigned)source->number,
                 (int)source->digits.n, source->digits.p);
        return STATUS_REFUSED;
    }
    (void)printf(_("source %u: these digits are sealed already; nothing changes\n"), (unsigned)source->number);
    int status = ceremony_restore(c, state);
    if (status == STATUS_RUN && !remove_drafts(c, state->log)) status = STATUS_CANNOT;
    return status == STATUS_RUN ? STATUS_OK : status;
}

static int enter_digits(const ceremony *c, const ceremony_state *state, const char *number_text, const char *digits_text, bool draft)
{
    uint32_t number, sources = sunlot_log_sources(state->log);
    if (!options_number(&number, number_text, 1, sources)) {
        complain(_("there is no source %s; the log announces %u"), SHOW(text_of(number_text)), (unsigned)sources);
        return STATUS_REFUSED;
    }
    sunlot_source source;
    sunlot_log_source(state->log, number - 1, &source);
    sunlot_buffer typed = {0};
    size_t at = 0;
    sunlot_err err = sunlot_digits_parse(&typed, &source, text_of(digits_text), &at);
    int status;
    if (err == SUNLOT_ERR_DIGITS)
        status = explain_digits(&source, text_of(digits_text), at);
    else if (err != SUNLOT_OK)
        status = complain_error(err);
    else if (sunlot_log_phase(state->log) == SUNLOT_PHASE_SEED_BASE)
        status = collect(c, state, &source, &typed, draft);
    else
        status = compare(c, state, &source, &typed);
    sunlot_buffer_free(&typed);
    return status;
}

int cmd_entropy(int argc, char **argv)
{
    const char *number = NULL, *digits = NULL, *folder;
    bool draft = false;
    const tool_option option[] = {{"source", &number, NULL}, {"digits", &digits, NULL}, {"draft", NULL, &draft}};
    int status = options_read(argc, argv, COMMAND,
                              _("Usage: sunlot entropy DIR --source N --digits 3141-5926-… [--draft]\n"
                                "Enter the digits of a public source, as many as were announced, with or without hyphens.  They are a draft\n"
                                "until those of every source are there; then all are sealed in the log and signed, for good.\n"
                                "  --source N       number of the source, as announced\n"
                                "  --digits DIGITS  what fell, in the order announced\n"
                                "  --draft          do not seal yet, even if all are there\n"
                                "  --lang en|zh     language of messages\n"
                                "Exit status: 0 done, 1 the digits are refused, 2 it could not be done.\n"),
                              option, 3, &folder, 1);
    if (status != STATUS_RUN) return status;
    if (number == NULL) return options_wrong(COMMAND, "source", NULL, _("the number of a source"));
    if (digits == NULL) return options_wrong(COMMAND, "digits", NULL, _("the digits that fell"));
    ceremony c;
    ceremony_state state;
    ceremony_init(&c, folder);
    status = ceremony_enter(&state, &c);
    if (status == STATUS_RUN) {
        status = enter_digits(&c, &state, number, digits, draft);
        ceremony_forget(&state);
    }
    ceremony_close(&c);
    return status;
}
