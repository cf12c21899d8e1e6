/* The guided way through a ceremony, one step a screen.
 *
 * Each screen says what is to be done and by whom, asks, and runs the command that a person would type.  So all that it does can be done without it, what
 * is refused there is refused here, and it goes on wherever the log is, on any machine that has the folder. */
#include <stdlib.h>
#include <string.h>

#include "ceremony/class_lists.h"
#include "ceremony/progress.h"
#include "ceremony/typed_digits.h"
#include "commands/commands.h"
#include "common/characters.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/screen.h"

#define COMMAND "sunlot ceremony"
#define ANSWER  1100u /* bytes of a typed answer: a path, the digits of a source */

typedef struct {
    const char *folder;
    uint32_t asked; /* the sealed party that was asked last */
} guide;

/* What a screen came to: the next one, or the end with an exit status. */
typedef struct {
    bool stop;
    int status;
} outcome;

static const outcome go_on = {false, STATUS_OK}, stopped = {true, STATUS_OK};

static outcome ended(int status) { return (outcome){true, status}; }

typedef int command_fn(int argc, char **argv);

/* Run a command with its words, the last of which is NULL. */
static int run(command_fn *command, const char *const *word)
{
    char *argv[12] = {NULL};
    int argc = 0;
    while (word[argc] != NULL) {
        argv[argc] = (char *)(uintptr_t)word[argc]; /* getopt may reorder the array; the words stay */
        argc++;
    }
    const int status = command(argc, argv);
    (void)fflush(stdout);
    return status;
}

#define RUN(command, ...) run(command, (const char *const[]){__VA_ARGS__, NULL})

static void say(const char *text) { (void)printf("%s\n", text); }

/* ---- before the announcement -------------------------------------------------------------------------------------------------------- */

static outcome announce(const guide *g)
{
    char line[ANSWER];
    screen_begin(_("The list and the rules"));
    int status = RUN(cmd_check, "check", g->folder);
    if (status != STATUS_OK) {
        say(_("\n  Mend the files and begin again: nothing has been written."));
        return ended(status);
    }
    say(_("\n  From here on list and rules are fixed.  Say so, and when objections end."));
    do {
        if (screen_ask(line, sizeof line, _("Type “announce” to fix them · q: not yet")) == SCREEN_STOP) return stopped;
    } while (strcmp(line, "announce") != 0 && strcmp(line, "公布") != 0);
    status = RUN(cmd_announce, "announce", g->folder);
    return status != STATUS_OK ? ended(status) : screen_wait() == SCREEN_STOP ? stopped : go_on;
}

/* ---- sealed contributions -------------------------------------------------------------------------------------------------------------- */

static void show_party(const sunlot_log *log, uint32_t i)
{
    sunlot_party party;
    sunlot_log_party(log, i, &party);
    (void)printf("\n    %s — %s\n\n", SHOW(party.id), SHOW(party.role));
}

/* One party brings its file, or is missing.  An empty line: later. */
static outcome bring_sealed(const guide *g, const sunlot_log *log, uint32_t i, bool commit)
{
    char line[ANSWER], id[64];
    sunlot_party party;
    sunlot_log_party(log, i, &party);
    (void)snprintf(id, sizeof id, "%.*s", (int)party.id.n, party.id.p);
    screen_begin(commit ? _("Sealed contributions: committing") : _("Sealed contributions: opening"));
    say(commit ? _("  Each of these parties adds randomness of its own.  It hands over the commitment that it made on its own device.")
               : _("  Each party opens what it committed to: all before the first die, so that whoever is last gains nothing."));
    show_party(log, i);
    if (screen_ask(line, sizeof line, _("Its file · “missing” if it does not take part · Enter: later · q: stop")) == SCREEN_STOP) return stopped;
    if (line[0] == '\0') return go_on;
    if (strcmp(line, "missing") == 0 || strcmp(line, "缺席") == 0)
        (void)RUN(cmd_missing, "missing", g->folder, "--party", id);
    else if (commit)
        (void)RUN(cmd_commit, "commit", g->folder, "--add", line);
    else
        (void)RUN(cmd_reveal, "reveal", g->folder, "--add", line);
    return screen_wait() == SCREEN_STOP ? stopped : go_on;
}

static outcome sealed(guide *g, const progress *p, const sunlot_log *log)
{
    const bool commit = p->step == STEP_COMMIT;
    const uint32_t awaited = progress_awaited(p->step, log);
    if (awaited == 0) {
        screen_begin(_("Sealed contributions: opening"));
        say(_("  Nobody has committed; there is nothing to open."));
        const int status = RUN(cmd_reveal, "reveal", g->folder);
        return status != STATUS_OK ? ended(status) : screen_wait() == SCREEN_STOP ? stopped : go_on;
    }
    /* From whoever was asked last on, and round again. */
    do g->asked = (g->asked + 1) % SUNLOT_MAX_PARTIES;
    while ((awaited >> g->asked & 1) == 0);
    return bring_sealed(g, log, g->asked, commit);
}

/* ---- fingerprint and signatures ----------------------------------------------------------------------------------------------------------- */

static screen_answer show_fingerprint(const ceremony *c, const sunlot_log *log)
{
    uint8_t fingerprint[32];
    sunlot_log_fingerprint(log, fingerprint);
    screen_begin(_("The fingerprint of list and rules"));
    (void)printf("  %s\n\n", SHOW(sunlot_log_id(log)));
    screen_fingerprint(fingerprint);
    say(_("  Read all sixteen groups aloud, twice.  Write it down or photograph it: at home it is compared with the log."));
    progress_beside(stdout, c, sunlot_log_phase(log));
    return screen_wait();
}

static outcome sign(const guide *g, const progress *p, const sunlot_log *log)
{
    char line[ANSWER];
    screen_begin(_("Signatures"));
    progress_signatures(stdout, p, log);
    (void)printf(_("\n  Each party signs on its own device what “sunlot sign %s --export FILE” gives it, and hands its signature back.\n\n"), g->folder);
    if (screen_ask(line, sizeof line, _("File with a signature · “export FILE” writes what is to be signed · q: stop")) == SCREEN_STOP) return stopped;
    if (line[0] == '\0') return go_on;
    if (strncmp(line, "export ", 7) == 0)
        (void)RUN(cmd_sign, "sign", g->folder, "--export", line + 7);
    else
        (void)RUN(cmd_sign, "sign", g->folder, "--add", line);
    return screen_wait() == SCREEN_STOP ? stopped : go_on;
}

/* ---- the digits --------------------------------------------------------------------------------------------------------------------------- */

static void show_source(const sunlot_source *source)
{
    (void)printf(_("  Whose each position is: %s\n"), SHOW(source->holder));
    (void)printf(_("  A crooked throw: %s\n"), SHOW(source->crooked));
    (void)printf(_("  If the source fails: %s\n\n"), SHOW(source->substitute));
}

#define DIGITS_BYTES (2 * (size_t)SUNLOT_MAX_DIGITS) /* of the longest record of a source, with its final zero */

/* Two lines, compared; *digits in the form of the record.  Returns STATUS_RUN, or the exit status after an explanation. */
static int compare_lines(char digits[DIGITS_BYTES], const sunlot_source *source, const char *first, const char *again)
{
    sunlot_buffer typed = {0};
    int status = typed_digits_read(&typed, source, first);
    if (status == STATUS_RUN) status = typed_digits_again(&typed, source, again);
    if (status == STATUS_RUN) (void)snprintf(digits, DIGITS_BYTES, "%.*s", (int)typed.n, typed.p);
    sunlot_buffer_free(&typed);
    return status;
}

/* Digits of one source, typed twice, shown large, and confirmed. */
static outcome type_digits(char digits[DIGITS_BYTES], const sunlot_source *source)
{
    char heading[128], line[ANSWER], again[ANSWER];
    (void)snprintf(heading, sizeof heading, _("Source %u: %s %llu"), (unsigned)source->number, sunlot_source_kind_name(source->kind),
                   (unsigned long long)source->length);
    for (;;) {
        screen_begin(heading);
        show_source(source);
        if (screen_ask(line, sizeof line, _("What fell, in the order announced · q: stop")) == SCREEN_STOP) return stopped;
        if (screen_ask(again, sizeof again, _("The same once more, read by somebody else")) == SCREEN_STOP) return stopped;
        if (compare_lines(digits, source, line, again) != STATUS_RUN) {
            if (screen_wait() == SCREEN_STOP) return stopped;
            continue;
        }
        screen_begin(heading);
        screen_digits(digits);
        say(_("  Compare with the dice and the form."));
        if (screen_ask(line, sizeof line, _("“yes” if this is what fell · Enter: type it again · q: stop")) == SCREEN_STOP) return stopped;
        if (strcmp(line, "yes") == 0 || strcmp(line, "是") == 0) return go_on;
    }
}

static outcome seal(const guide *g, const char *number, const char *digits)
{
    char line[ANSWER];
    do {
        if (screen_ask(line, sizeof line, _("Type “seal” to enter the digits in the log, for good · q: stop")) == SCREEN_STOP) return stopped;
    } while (strcmp(line, "seal") != 0 && strcmp(line, "封存") != 0);
    const int status = RUN(cmd_entropy, "entropy", g->folder, "--source", number, "--digits", digits, "--again", digits);
    return status != STATUS_OK ? ended(status) : screen_wait() == SCREEN_STOP ? stopped : go_on;
}

/* All sources, each kept as a draft; the last one seals them. */
static outcome digits(const guide *g, const sunlot_log *log)
{
    const uint32_t sources = sunlot_log_sources(log);
    for (uint32_t i = 0; i < sources; i++) {
        char number[16], typed[DIGITS_BYTES];
        sunlot_source source;
        sunlot_log_source(log, i, &source);
        (void)snprintf(number, sizeof number, "%u", (unsigned)source.number);
        const outcome o = type_digits(typed, &source);
        if (o.stop) return o;
        if (i + 1 == sources) return seal(g, number, typed);
        const int status = RUN(cmd_entropy, "entropy", g->folder, "--source", number, "--digits", typed, "--again", typed, "--draft");
        if (status != STATUS_OK) return ended(status);
    }
    return go_on;
}

/* ---- results ---------------------------------------------------------------------------------------------------------------------------------- */

static outcome draw(const guide *g)
{
    screen_begin(_("The draw"));
    say(_("  The digits are known, and with them the result: anybody can compute it, here and at home."));
    if (screen_wait() == SCREEN_STOP) return stopped;
    const int status = RUN(cmd_draw, "draw", g->folder);
    return status != STATUS_OK ? ended(status) : screen_wait() == SCREEN_STOP ? stopped : go_on;
}

static outcome lists(const guide *g, const ceremony *c, const sunlot_log *log)
{
    screen_begin(_("The class lists"));
    int status = RUN(cmd_export, "export", g->folder);
    if (status == STATUS_OK && screen_wait() == SCREEN_STOP) return stopped;
    if (status == STATUS_OK) status = class_lists_show(c, log);
    if (status != STATUS_OK) return ended(status);

    uint8_t fingerprint[32];
    sunlot_log_fingerprint(log, fingerprint);
    screen_begin(_("Checking it at home"));
    screen_fingerprint(fingerprint);
    (void)printf(_("  The log is %s: hand it out and publish it now, with everything in %s.\n"), c->log, c->public_);
    progress_beside(stdout, c, sunlot_log_phase(log));
    say(_("  sunlot-verify draw.log --fingerprint and these 64 digits computes all of it again.  Two questions no program answers:\n"
          "  was this fingerprint shown before the dice?  Are these the digits that fell?\n\n"
          "  This was all."));
    return stopped;
}

/* ---- the way --------------------------------------------------------------------------------------------------------------------------------- */

/* The screen for where the log is now.  *shown: the fingerprint was on a screen since the program was started. */
static outcome next_screen(guide *g, const ceremony *c, const sunlot_log *log, bool *shown)
{
    progress p;
    int status = progress_read(&p, c, log);
    if (status != STATUS_RUN) return ended(status);
    outcome o = go_on;
    if (sunlot_log_phase(log) >= SUNLOT_PHASE_SEED_BASE && !*shown) {
        *shown = true;
        o = show_fingerprint(c, log) == SCREEN_STOP ? stopped : go_on;
    } else {
        switch (p.step) {
        case STEP_COMMIT:
        case STEP_REVEAL:
            o = sealed(g, &p, log);
            break;
        case STEP_SIGN:
            o = sign(g, &p, log);
            break;
        case STEP_ENTROPY:
            o = digits(g, log);
            break;
        case STEP_DRAW:
            o = draw(g);
            break;
        case STEP_EXPORT:
            o = lists(g, c, log);
            break;
        case STEP_NONE:
            screen_begin(_("Withdrawn"));
            progress_next(stdout, &p, c, log);
            o = stopped;
            break;
        }
    }
    progress_free(&p);
    return o;
}

static int guide_through(guide *g, const ceremony *c)
{
    outcome o = go_on;
    bool shown = false;
    while (!o.stop) {
        if (!ceremony_announced(c)) {
            o = announce(g);
            continue;
        }
        ceremony_state state;
        const int status = ceremony_look(&state, c);
        if (status != STATUS_RUN) return status;
        o = next_screen(g, c, state.log, &shown);
        ceremony_forget(&state);
    }
    if (o.status == STATUS_OK) (void)printf(_("\n  To go on: sunlot ceremony %s, here or on another machine with this folder.\n"), g->folder);
    return o.status;
}

int cmd_ceremony(int argc, char **argv)
{
    guide g = {0};
    const int status = options_read(argc, argv, COMMAND,
                                    _("Usage: sunlot ceremony DIR\n"
                                      "The guided way through a ceremony on a terminal, for a host with a projector: one step a screen.  It runs the\n"
                                      "commands that could be typed as well; it can be stopped at any step and goes on where the log is.\n"
                                      "  --lang en|zh   language of the screens\n"
                                      "Exit status: 0 done or stopped, 1 a step was refused, 2 it could not be done.\n"),
                                    NULL, 0, &g.folder, 1);
    if (status != STATUS_RUN) return status;
    if (!screen_there()) {
        complain(_("“sunlot ceremony” needs a terminal; “sunlot status %s” says what comes next"), g.folder);
        return STATUS_CANNOT;
    }
    ceremony c;
    ceremony_init(&c, g.folder);
    const int result = guide_through(&g, &c);
    ceremony_close(&c);
    return result;
}
