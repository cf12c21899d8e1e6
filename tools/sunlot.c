/* sunlot: the ceremony, step by step. */
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "characters.h"
#include "commands.h"
#include "messages.h"
#include "options.h"

typedef struct {
    const char *name;
    int (*run)(int argc, char **argv);
} command;

static const command commands[] = {
    {"new", cmd_new},       {"check", cmd_check},       {"announce", cmd_announce}, {"entropy", cmd_entropy}, {"draw", cmd_draw},
    {"export", cmd_export}, {"rehearse", cmd_rehearse}, {"evidence", cmd_evidence}, {"sample", cmd_sample},
};

static const char *help(void)
{
    return _("Usage: sunlot COMMAND …\n"
             "Draw school classes in public: students into classes, teachers into sections, under published rules, from dice.\n"
             "\n"
             "The ceremony, in this order:\n"
             "  sunlot new DIR          a folder with small working input files\n"
             "  sunlot check DIR        every fault of the input; what the rules ask for; 100 trials\n"
             "  sunlot announce DIR     fix rules and list in public/draw.log; print the fingerprint\n"
             "  sunlot entropy DIR --source N --digits DIGITS\n"
             "                          enter what fell\n"
             "  sunlot draw DIR         compute and sign the results\n"
             "  sunlot export DIR       lists for people\n"
             "Beside it:\n"
             "  sunlot rehearse DIR --seed HEX64 [--log FILE]\n"
             "                          the whole thing from a fixed seed, marked as a rehearsal\n"
             "  sunlot evidence DIR --draws N --seed HEX64 -o FOLDER\n"
             "                          many rehearsals before the announcement: is it fair?  A page and tables\n"
             "  sunlot sample --schools S --classes C --students N --seed HEX64 DIR\n"
             "                          made-up schools\n"
             "Checking is done by another program: sunlot-verify LOG.\n"
             "\n"
             "  --help         this page; “sunlot COMMAND --help” tells more\n"
             "  --version      version\n"
             "  --lang en|zh   language of messages (else that of the environment)\n"
             "Exit status: 0 done, 1 refused, 2 it could not be done.\n");
}

static int run(int argc, char **argv)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(argv[0], commands[i].name) == 0) {
            sunlot_err err = sunlot_init();
            return err == SUNLOT_OK ? commands[i].run(argc, argv) : complain_error(err);
        }
    complain(_("there is no command “%s”"), SHOW(text_of(argv[0])));
    complain(_("try “%s --help”"), "sunlot");
    return STATUS_CANNOT;
}

/* Options before the command; argv[0] is the program. */
static int dispatch(int argc, char **argv)
{
    int i = 1;
    while (i < argc && argv[i][0] == '-') {
        if (strcmp(argv[i], "--help") == 0) {
            (void)fputs(help(), stdout);
            return STATUS_OK;
        }
        if (strcmp(argv[i], "--version") == 0) {
            (void)fputs("sunlot " SUNLOT_VERSION "\n", stdout);
            return STATUS_OK;
        }
        const char *language = NULL;
        if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            language = argv[++i];
        else if (strncmp(argv[i], "--lang=", 7) == 0)
            language = argv[i] + 7;
        if (language == NULL) {
            complain(_("there is no option %s"), SHOW(text_of(argv[i])));
            complain(_("try “%s --help”"), "sunlot");
            return STATUS_CANNOT;
        }
        if (!messages_language(language)) return options_wrong("sunlot", "lang", language, "en, zh");
        i++;
    }
    if (i == argc) {
        (void)fputs(help(), stderr);
        return STATUS_CANNOT;
    }
    return run(argc - i, argv + i);
}

int main(int argc, char **argv)
{
    /* A dump of memory would hold secrets. */
    const struct rlimit none = {0, 0};
    (void)setrlimit(RLIMIT_CORE, &none);
    messages_init("sunlot", argc, argv);
    return messages_end(dispatch(argc, argv));
}
