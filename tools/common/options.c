#define _DEFAULT_SOURCE 1 /* sysconf */
#include "common/options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/characters.h"
#include "common/messages.h"

enum { MOST_OPTIONS = 16, HELP = 1000, LANGUAGE };

static int hint(const char *command)
{
    complain(_("try “%s --help”"), command);
    return STATUS_CANNOT;
}

int options_wrong(const char *command, const char *option, const char *value, const char *expected)
{
    if (value == NULL)
        complain(_("--%s is missing: expected %s"), option, expected);
    else
        complain(_("“%s” does not fit --%s: expected %s"), SHOW(text_of(value)), option, expected);
    return hint(command);
}

/* Take one option that getopt_long has found.  Returns STATUS_RUN or the exit status. */
static int take(int found, const char *command, const char *help, const tool_option *option, bool given[MOST_OPTIONS])
{
    if (found == HELP) {
        (void)fputs(help, stdout);
        return STATUS_OK;
    }
    if (found == LANGUAGE) {
        if (messages_language(optarg)) return STATUS_RUN;
        return options_wrong(command, "lang", optarg, "en, zh");
    }
    if (given[found]) {
        complain(_("--%s is given twice"), option[found].name);
        return hint(command);
    }
    given[found] = true;
    if (option[found].value != NULL)
        *option[found].value = optarg;
    else
        *option[found].flag = true;
    return STATUS_RUN;
}

int options_read(int argc, char **argv, const char *command, const char *help, const tool_option *option, size_t options, const char **operand, size_t operands)
{
    size_t count;
    return options_read_some(argc, argv, command, help, option, options, operand, operands, operands, &count);
}

int options_read_some(int argc, char **argv, const char *command, const char *help, const tool_option *option, size_t options, const char **operand,
                      size_t least, size_t most, size_t *count)
{
    struct option table[MOST_OPTIONS + 3];
    bool given[MOST_OPTIONS] = {false};
    const char *letters = ":";
    int output = 0;
    memset(table, 0, sizeof table);
    for (size_t i = 0; i < options; i++) {
        table[i].name = option[i].name;
        table[i].has_arg = option[i].value != NULL ? required_argument : no_argument;
        table[i].val = (int)i;
        if (strcmp(option[i].name, "output") != 0) continue;
        letters = ":o:";
        output = (int)i;
    }
    table[options].name = "help";
    table[options].val = HELP;
    table[options + 1].name = "lang";
    table[options + 1].has_arg = required_argument;
    table[options + 1].val = LANGUAGE;

    opterr = 0;
    optind = 1;
    for (;;) {
        int at = optind;
        int found = getopt_long(argc, argv, letters, table, NULL);
        if (found == 'o') found = output;
        if (found == -1) break;
        if (found == ':' || found == '?') {
            const char *word = optind > at && optind <= argc ? argv[optind - 1] : argv[at];
            if (found == ':')
                complain(_("%s needs a value"), SHOW(text_of(word)));
            else
                complain(_("there is no option %s"), SHOW(text_of(word)));
            return hint(command);
        }
        int status = take(found, command, help, option, given);
        if (status != STATUS_RUN) return status;
    }
    *count = (size_t)(argc - optind);
    if (*count < least || *count > most) {
        if (*count < least)
            complain(_("something is missing on the command line"));
        else
            complain(_("“%s” is too much on the command line"), SHOW(text_of(argv[optind + (int)most])));
        return hint(command);
    }
    for (size_t i = 0; i < most; i++) operand[i] = i < *count ? argv[optind + (int)i] : NULL;
    return STATUS_RUN;
}

bool options_number(uint32_t *out, const char *text, uint32_t least, uint32_t most)
{
    uint64_t number = 0;
    if (text[0] == '\0' || (text[0] == '0' && text[1] != '\0')) return false;
    for (const char *p = text; *p != '\0'; p++) {
        if (*p < '0' || *p > '9') return false;
        number = 10 * number + (uint64_t)(*p - '0');
        if (number > most) return false;
    }
    if (number < least) return false;
    *out = (uint32_t)number;
    return true;
}

uint32_t options_processors(void)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return processors < 1 ? 1 : processors > 256 ? 256 : (uint32_t)processors;
}

int options_jobs(uint32_t *out, const char *command, const char *text)
{
    if (text != NULL) return options_number(out, text, 1, 256) ? STATUS_RUN : options_wrong(command, "jobs", text, "1 – 256");
    *out = options_processors();
    return STATUS_RUN;
}

bool options_seed(uint8_t seed32[32], const char *text)
{
    if (strlen(text) != 64 || strspn(text, "0123456789abcdefABCDEF") != 64) return false;
    return sunlot_fingerprint_parse(seed32, text_of(text));
}
