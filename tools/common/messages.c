#define _DEFAULT_SOURCE 1 /* setenv */
#include "common/messages.h"

#include <errno.h>
#include <locale.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "common/characters.h"
#include "common/files.h"
#include "common/installed.h"
#include "common/options.h"

#ifndef SUNLOT_LOCALE_DIR
#define SUNLOT_LOCALE_DIR "/usr/local/share/locale"
#endif

#define CATALOGUE "zh_CN/LC_MESSAGES/sunlot.mo"

static const char *program_name = "sunlot";
static bool chinese;

/* The folder of the catalogues: "locale" beside the program, as it is built; "../share/locale" from it, as it is installed, wherever
 * that was moved to; else the folder it was compiled for. */
static const char *catalogues(char out[INSTALLED_BYTES])
{
    static const char *const beside[] = {"locale", "../share/locale"};
    for (size_t i = 0; i < 2; i++) {
        char probe[64];
        (void)snprintf(probe, sizeof probe, "%s/" CATALOGUE, beside[i]);
        if (installed_beside(out, probe)) {
            out[strlen(out) - sizeof CATALOGUE] = '\0';
            return out;
        }
    }
    return SUNLOT_LOCALE_DIR;
}

/* gettext looks nothing up in the locale "C".  Any other will do, as LANGUAGE then decides; those of zh_CN are often not installed. */
static void speak_chinese(void)
{
    static const char *const locale[] = {"zh_CN.UTF-8", "C.UTF-8", "C.utf8", "en_US.UTF-8", ""};
    char folder[INSTALLED_BYTES];
    for (size_t i = 0; i < sizeof locale / sizeof *locale; i++)
        if (setlocale(LC_MESSAGES, locale[i]) != NULL) {
            (void)setlocale(LC_CTYPE, locale[i]);
            break;
        }
    (void)setenv("LANGUAGE", "zh_CN", 1);
    (void)bindtextdomain("sunlot", catalogues(folder));
    (void)bind_textdomain_codeset("sunlot", "UTF-8");
    (void)textdomain("sunlot");
}

bool messages_language(const char *language)
{
    if (strncmp(language, "zh", 2) == 0 && (language[2] == '\0' || language[2] == '_' || language[2] == '-' || language[2] == '.')) {
        if (!chinese) speak_chinese();
        chinese = true;
        return true;
    }
    if (strncmp(language, "en", 2) == 0 && (language[2] == '\0' || language[2] == '_' || language[2] == '-' || language[2] == '.')) {
        if (chinese) (void)setlocale(LC_ALL, "C");
        chinese = false;
        return true;
    }
    return false;
}

bool messages_chinese(void) { return chinese; }

static const char *environment(void)
{
    static const char *const name[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *value = NULL;
    for (size_t i = 0; i < 3 && (value == NULL || *value == '\0'); i++) value = getenv(name[i]);
    if (value == NULL || *value == '\0' || strcmp(value, "C") == 0 || strcmp(value, "POSIX") == 0) return "en";
    const char *preferred = getenv("LANGUAGE");
    return preferred != NULL && *preferred != '\0' ? preferred : value;
}

void messages_init(const char *program, int argc, char **argv)
{
    program_name = program;
    if (strncmp(environment(), "zh", 2) == 0) (void)messages_language("zh");
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], "--lang=", 7) == 0)
            (void)messages_language(argv[i] + 7);
        else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            (void)messages_language(argv[i + 1]);
    }
}

void complain(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)fprintf(stderr, "%s: ", program_name);
    (void)vfprintf(stderr, format, arguments);
    (void)fputc('\n', stderr);
    va_end(arguments);
}

void complain_file(const char *what, const char *path)
{
    const char *reason = strerror(errno);
    complain("%s %s: %s", what, SHOW(text_of(path)), reason);
}

int complain_error(sunlot_err err)
{
    switch (err) {
    case SUNLOT_OK:
        return STATUS_OK;
    case SUNLOT_ERR_MEMORY:
        complain(_("there is not enough memory"));
        return STATUS_CANNOT;
    case SUNLOT_ERR_CRYPTO:
        complain(_("the cryptographic library could not be started"));
        return STATUS_CANNOT;
    case SUNLOT_ERR_INPUT:
        complain(_("the input files are refused"));
        return STATUS_REFUSED;
    case SUNLOT_ERR_LIMIT:
        complain(_("this is beyond the published limits"));
        return STATUS_REFUSED;
    case SUNLOT_ERR_LOG:
        complain(_("the log is not sound"));
        return STATUS_REFUSED;
    case SUNLOT_ERR_PHASE:
        complain(_("this is not the next step of the log"));
        return STATUS_REFUSED;
    case SUNLOT_ERR_DIGITS:
        complain(_("the digits are not as announced"));
        return STATUS_REFUSED;
    case SUNLOT_ERR_QUORUM:
        complain(_("signatures that must be there before the next step are missing"));
        return STATUS_REFUSED;
    case SUNLOT_ERR_SIGNATURE:
        complain(_("a signature, a note or a record is not one of this log"));
        return STATUS_REFUSED;
    case SUNLOT_ERR_KEY:
        complain(_("the secret in private/ is not that of this log"));
        return STATUS_REFUSED;
    case SUNLOT_ERR_EDITION:
        complain(_("that needs the full edition of the log, with the students' lines"));
        return STATUS_REFUSED;
    case SUNLOT_ERR_NOT_PLACED:
        complain(_("no placement was found"));
        return STATUS_REFUSED;
    case SUNLOT_ERR_KEY_FILE:
        complain(_("this is no key file of minisign's, or a damaged one"));
        return STATUS_REFUSED;
    case SUNLOT_ERR_PASSWORD:
        complain(_("wrong password"));
        return STATUS_REFUSED;
    }
    complain("%s", sunlot_err_name((int)err));
    return STATUS_CANNOT;
}

int messages_end(int status)
{
    bool wrong = ferror(stdout) != 0;
    int reason = errno;
    if (fclose(stdout) != 0) {
        wrong = true;
        reason = errno;
    }
    if (!wrong) return status;
    complain(_("cannot write the report to standard output: %s"), strerror(reason));
    return STATUS_CANNOT;
}

const char *messages_file(sunlot_file file)
{
    static const char *const name[] = {"rules.csv", "classes.csv", "students.csv", "teachers.csv", "late.csv"};
    return name[file];
}

/* Issues whose `expected` is what stood earlier: a line or a value. */
static bool has_earlier(sunlot_issue_code code)
{
    return code == SUNLOT_ISSUE_ID_TWICE || code == SUNLOT_ISSUE_ID_TWO_SCHOOLS || code == SUNLOT_ISSUE_RULE_CLASH;
}

/* What the library expects, in the language of the messages: words and forms that rules.csv takes in both languages.  Names of columns and
 * what stands in the files is nobody's to translate. */
static const char *expected_words(char shown[SHOW_BYTES], const sunlot_issue *issue)
{
    static const char *const form[] = {
        N_("balance mean deviation band together apart spread cap weight recuse fix scores absent rows mix tries draw source party group quorum hand"),
        N_("district year grade stage attempt date retention school rounds late page address"),
        N_("rule who column value school"),
        N_("students teachers"),
        N_("students"),
        N_("yes no"),
        N_("forbidden"),
        N_("draw,,district"),
        N_("draw,,year"),
        N_("draw,,grade"),
        N_("4, top 20, last 20"),
        N_("VALUE 2"),
        N_("CLASS; REASON; AUTHORITY"),
        N_("auditors, or public; AUTHORITY; GROUND"),
        N_("order family room other"),
        N_("d10 39; HOLDER; CROOKED; SUBSTITUTE"),
        N_("mean, deviation, band"),
        N_("ROLE; KEY; own; sealed"),
        N_("2; MEMBER; MEMBER; MEMBER"),
        N_("seed-base digits after"),
        N_("quorum,,digits"),
        N_("lottery 7; NAME 2026095; CROOKED; SUBSTITUTE"),
        N_("drand 4711; hCHAIN; CROOKED; SUBSTITUTE"),
        N_("numbers teams"),
        N_("id name school seats"),
        N_("SHA-256 of verify.html: 64 digits 0-9 a-f"),
        N_("https://HOST/FOLDER/"),
    };
    if (issue->code == SUNLOT_ISSUE_WORD || (issue->code >= SUNLOT_ISSUE_RULE_UNKNOWN && issue->code <= SUNLOT_ISSUE_ROWS_RARE))
        for (size_t i = 0; i < sizeof form / sizeof *form; i++)
            if (text_same(issue->expected, text_of(form[i]))) return _(form[i]);
    return show_text(shown, issue->expected);
}

/* True if a rule's value holds a full-width semicolon or digit, which looks like the right one. */
static bool is_full_width(const sunlot_issue *issue)
{
    if (issue->code != SUNLOT_ISSUE_RULE_VALUE) return false;
    for (size_t at = 0; at < issue->found.n;) {
        uint32_t scalar = 0;
        size_t length = character_at(&scalar, issue->found, at);
        if (scalar == 0xff1b || (scalar >= 0xff10 && scalar <= 0xff19)) return true;
        at += length > 0 ? length : 1;
    }
    return false;
}

void messages_issue(FILE *to, const sunlot_issue *issue) { messages_issue_in(to, messages_file(issue->file), issue); }

void messages_issue_in(FILE *to, const char *file, const sunlot_issue *issue)
{
    char expected[SHOW_BYTES];
    const char *words = expected_words(expected, issue);
    (void)fputs(file, to);
    if (issue->line > 0) (void)fprintf(to, ":%u", (unsigned)issue->line);
    if (issue->line > 0 && issue->column > 0) (void)fprintf(to, ":%u", (unsigned)issue->column);
    if (issue->header.n > 0) (void)fprintf(to, " (%s)", SHOW(issue->header));
    (void)fprintf(to, ": %s", _(sunlot_issue_text(issue->code)));
    if (issue->found.n > 0 && issue->expected.n > 0)
        (void)fprintf(to, has_earlier(issue->code) ? _(" [found “%s”, earlier: %s]") : _(" [found “%s”, expected %s]"), SHOW(issue->found), words);
    else if (issue->found.n > 0)
        (void)fprintf(to, _(" [found “%s”]"), SHOW(issue->found));
    else if (issue->expected.n > 0)
        (void)fprintf(to, _(" [expected %s]"), words);
    if (is_full_width(issue)) (void)fputs(_(" Type ; and 0 to 9 half-width."), to);
    (void)fputc('\n', to);
}

void messages_fingerprint(FILE *to, const uint8_t fingerprint32[32])
{
    char text[80];
    sunlot_fingerprint_write(text, fingerprint32);
    for (size_t row = 0; row < 4; row++) {
        (void)fputs("    ", to);
        for (size_t group = 0; group < 4; group++) (void)fprintf(to, "  %.4s", text + 20 * row + 5 * group);
        (void)fputc('\n', to);
    }
}
