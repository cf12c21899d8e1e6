/* sunlot: the ceremony, step by step. */
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/resource.h>

#include "commands/commands.h"
#include "common/characters.h"
#include "common/messages.h"
#include "common/options.h"

typedef struct {
    const char *name;
    int (*run)(int argc, char **argv);
} command;

static const command commands[] = {
    {"new", cmd_new},         {"ceremony", cmd_ceremony}, {"check", cmd_check},         {"announce", cmd_announce}, {"entropy", cmd_entropy},
    {"draw", cmd_draw},       {"export", cmd_export},     {"rehearse", cmd_rehearse},   {"evidence", cmd_evidence}, {"sample", cmd_sample},
    {"key", cmd_key},         {"sign", cmd_sign},         {"commit", cmd_commit},       {"reveal", cmd_reveal},     {"missing", cmd_missing},
    {"status", cmd_status},   {"withdraw", cmd_withdraw}, {"late", cmd_late},           {"strike", cmd_strike},     {"move", cmd_move},
    {"by-hand", cmd_by_hand}, {"replace", cmd_replace},   {"set-aside", cmd_set_aside}, {"receipts", cmd_receipts}, {"audit", cmd_audit},
    {"report", cmd_report},   {"slips", cmd_slips},       {"publish", cmd_publish},
};

static const char *help(void)
{
    return _("Usage: sunlot COMMAND …\n"
             "Draw school classes in public: students into classes, teachers into sections, under published rules, from dice.\n"
             "\n"
             "The guided way:\n"
             "  sunlot ceremony DIR     all of it, one step a screen, for a projector\n"
             "  sunlot status DIR       how far it has come, who has signed, what comes next\n"
             "Step by step, in this order:\n"
             "  sunlot new DIR          a folder with small working input files\n"
             "  sunlot check DIR        every fault of the input; what the rules ask for; 100 trials\n"
             "  sunlot announce DIR     fix rules and list in public/draw.log; print the fingerprint\n"
             "  sunlot audit DIR --list FILE\n"
             "                          before anybody signs: is it the enrolment list, child by child?\n"
             "  sunlot receipts DIR     a receipt for each family, before the dice and again after the draw\n"
             "  sunlot slips DIR        a slip of paper for each family, to be handed out before the dice\n"
             "  sunlot entropy DIR --source N --digits DIGITS --again DIGITS\n"
             "                          enter what fell\n"
             "  sunlot draw DIR         compute and sign the results\n"
             "  sunlot export DIR       lists for people\n"
             "  sunlot report DIR       the report for everybody, class lists to post and to sign\n"
             "  sunlot publish DIR      a public/ that a web server can serve, after the announcement and each later step\n"
             "Where others than the host take part:\n"
             "  sunlot key new NAME     the key of a party, made on its own device\n"
             "  sunlot commit DIR --party ID --key FILE\n"
             "                          after the announcement: a sealed party commits to random bytes of its own\n"
             "  sunlot reveal DIR --party ID --key FILE\n"
             "                          and opens them, before the fingerprint is fixed\n"
             "  sunlot missing DIR --party ID\n"
             "                          go on without a party that does not\n"
             "  sunlot sign DIR --party ID --key FILE --time TIME\n"
             "                          sign the last checkpoint, here or on another machine\n"
             "  sunlot withdraw DIR --date DATE --reason TEXT\n"
             "                          no draw under this id, before the first digit\n"
             "After the draw:\n"
             "  sunlot late DIR --file late.csv --date DATE\n"
             "                          students who came late get classes by lot, nobody else moves\n"
             "  sunlot strike DIR …     a student who should not have been in the list\n"
             "  sunlot move DIR …       a student whom an authority lets change to another class\n"
             "  sunlot by-hand DIR …    numbers or teams that were drawn by hand for known groups\n"
             "  sunlot replace DIR …    another key of a party\n"
             "  sunlot set-aside DIR …  an order of a court or an authority\n"
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
    /* A dump of memory would hold secrets.  A limit does not stop a dump that the system pipes into a program, nor a look into the running
     * process: the first does. */
    const struct rlimit none = {0, 0};
#ifdef PR_SET_DUMPABLE
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
    (void)setrlimit(RLIMIT_CORE, &none);
    messages_init("sunlot", argc, argv);
    return messages_end(dispatch(argc, argv));
}
