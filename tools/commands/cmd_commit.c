/* commit, reveal, missing: what sealed parties add to the seed, before anybody throws. */
#include <stdlib.h>
#include <string.h>

#include "ceremony/contribution.h"
#include "ceremony/party_key.h"
#include "ceremony/sealing.h"
#include "ceremony/verified.h"
#include "commands/commands.h"
#include "common/characters.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/store.h"

#define RECORD_BYTES 1024u

typedef struct {
    const char *command; /* "sunlot commit" … */
    progress_step step;
    const char *folder, *party, *key, *add, *log, *output;
} sealing_wish;

/* ---- making a record ---------------------------------------------------------------------------------------------------------------- */

static int find_sealed(uint32_t *index, const sunlot_log *log, const char *id)
{
    sunlot_party party;
    if (!sunlot_log_party_find(log, text_of(id), index)) {
        complain(_("there is no party “%s” in this draw"), SHOW(text_of(id)));
        return STATUS_REFUSED;
    }
    sunlot_log_party(log, *index, &party);
    if (party.sealed) return STATUS_RUN;
    complain(_("“%s” is not announced as sealed: it adds nothing to the seed"), SHOW(party.id));
    return STATUS_REFUSED;
}

static sunlot_err make_record(sunlot_buffer *record, progress_step step, const sunlot_log *log, uint32_t party, const uint8_t *bytes,
                              const sunlot_party_key *key)
{
    if (step == STEP_COMMIT) return sunlot_commit_make(record, log, party, bytes, sunlot_party_key_secret(key));
    return sunlot_reveal_make(record, log, party, bytes);
}

/* To open a commitment no key is needed, only what lies beside it: no password is asked. */
static int make(sunlot_buffer *record, const sealing_wish *wish, const sunlot_log *log, uint32_t party)
{
    sunlot_party_key *key = NULL;
    uint8_t *bytes = NULL;
    sunlot_party info;
    sunlot_log_party(log, party, &info);
    int status = wish->step == STEP_COMMIT ? party_key_open(&key, wish->key) : STATUS_RUN;
    if (status == STATUS_RUN && key != NULL && memcmp(sunlot_party_key_public(key), info.public_, sizeof info.public_) != 0) {
        complain(_("%s is not the key of “%s”: the log names another one"), wish->key, wish->party);
        status = STATUS_REFUSED;
    }
    if (status == STATUS_RUN) status = contribution_open(&bytes, wish->key, log, wish->step == STEP_COMMIT);
    if (status == STATUS_RUN) {
        sunlot_err err = make_record(record, wish->step, log, party, bytes, key);
        if (err == SUNLOT_ERR_KEY) {
            complain(_("what lies beside %s does not open the commitment of “%s”"), wish->key, wish->party);
            status = STATUS_REFUSED;
        } else if (err == SUNLOT_ERR_PHASE) {
            complain(_("“%s” has no commitment in this log"), wish->party);
            status = STATUS_REFUSED;
        } else if (err != SUNLOT_OK) {
            status = complain_error(err);
        }
    }
    sunlot_locked_free(bytes);
    sunlot_party_key_free(key);
    return status;
}

/* ---- on the party's own machine -------------------------------------------------------------------------------------------------------- */

/* The step that a log is at, if it is at one of the two. */
static progress_step step_of(const sunlot_log *log)
{
    const sunlot_phase next = sunlot_log_next(log);
    return next == SUNLOT_PHASE_COMMITS ? STEP_COMMIT : next == SUNLOT_PHASE_SEED_BASE ? STEP_REVEAL : STEP_NONE;
}

static int make_elsewhere(const sealing_wish *wish)
{
    verified_log v;
    uint32_t party;
    sunlot_buffer record = {0};
    int status = verified_open(&v, wish->log);
    if (status != STATUS_RUN) return status;
    if (step_of(v.log) != wish->step) {
        complain(_("%s ends with the checkpoint “%s”: this step does not follow it"), wish->log, sunlot_phase_name(sunlot_log_phase(v.log)));
        status = STATUS_REFUSED;
    }
    if (status == STATUS_RUN) status = find_sealed(&party, v.log, wish->party);
    if (status == STATUS_RUN) status = make(&record, wish, v.log, party);
    if (status == STATUS_RUN && store_file(wish->output, ceremony_view(&record), STORE_PUBLIC, true) == STORE_FAILED) status = STATUS_CANNOT;
    if (status == STATUS_RUN) {
        (void)printf(_("%s: for the host: %s DIR --add %s\n"), wish->output, wish->command, wish->output);
        status = STATUS_OK;
    }
    ceremony_wipe(&record);
    verified_close(&v);
    return status;
}

/* ---- in the folder -------------------------------------------------------------------------------------------------------------------------- */

/* Whose record it is: that of the party whose check it passes.  The id stands between the first two commas. */
static bool owner_of(uint32_t *party, const sunlot_log *log, sunlot_text record)
{
    for (uint32_t i = 0; i < sunlot_log_parties(log); i++) {
        sunlot_party info;
        sunlot_log_party(log, i, &info);
        const size_t at = 7; /* after "commit," or "reveal," */
        if (record.n > at + info.id.n && memcmp(record.p + at, info.id.p, info.id.n) == 0 && record.p[at + info.id.n] == ',') {
            *party = i;
            return true;
        }
    }
    return false;
}

static int find_owner(uint32_t *party, const sunlot_log *log, sunlot_text record, const char *what)
{
    if (owner_of(party, log, record)) return STATUS_RUN;
    complain(_("%s: no good record of this party for this list"), what);
    return STATUS_REFUSED;
}

/* Refuse what nobody waits for: a party that was missing before, say. */
static int expect_party(progress_step step, const sunlot_log *log, uint32_t party)
{
    if ((progress_awaited(step, log) >> party & 1) != 0) return STATUS_RUN;
    sunlot_party info;
    sunlot_log_party(log, party, &info);
    complain(_("nothing is awaited from “%s”"), SHOW(info.id));
    return STATUS_REFUSED;
}

static int add_record(const sealing_wish *wish, const ceremony *c, const sunlot_log *log)
{
    file_bytes bytes;
    uint32_t party;
    file_result result = file_read(&bytes, wish->add, RECORD_BYTES);
    if (result == FILE_MISSING || result == FILE_TOO_LARGE) complain(_("%s is not there, or is no such record"), wish->add);
    if (result != FILE_READ) return STATUS_CANNOT;
    int status = find_owner(&party, log, file_view(&bytes), wish->add);
    if (status == STATUS_RUN) status = expect_party(wish->step, log, party);
    if (status == STATUS_RUN) status = sealing_check(wish->step, log, party, file_view(&bytes), wish->add);
    if (status == STATUS_RUN) status = sealing_keep(wish->step, c, log, party, file_view(&bytes));
    file_free(&bytes);
    return status;
}

static int make_here(const sealing_wish *wish, const ceremony *c, const sunlot_log *log)
{
    uint32_t party;
    sunlot_buffer record = {0};
    int status = find_sealed(&party, log, wish->party);
    if (status == STATUS_RUN) status = expect_party(wish->step, log, party);
    if (status == STATUS_RUN) status = make(&record, wish, log, party);
    if (status == STATUS_RUN) status = sealing_keep(wish->step, c, log, party, ceremony_view(&record));
    ceremony_wipe(&record);
    return status;
}

static int declare_missing(const sealing_wish *wish, progress_step step, const ceremony *c, const sunlot_log *log)
{
    uint32_t party;
    int status = find_sealed(&party, log, wish->party);
    if (status == STATUS_RUN) status = expect_party(step, log, party);
    return status != STATUS_RUN ? status : sealing_keep(step, c, log, party, (sunlot_text){NULL, 0});
}

/* Whether the log has of this party what is to be entered: the step is run again, perhaps because it was broken off after that. */
static bool is_entered(const sealing_wish *wish, const sunlot_log *log)
{
    uint32_t party;
    sunlot_party info;
    file_bytes bytes;
    if (wish->party == NULL && wish->add == NULL) /* where nobody has committed, no party is named */
        return wish->step == STEP_REVEAL && sunlot_log_phase(log) >= SUNLOT_PHASE_SEED_BASE && progress_awaited(STEP_REVEAL, log) == 0;
    bool found = wish->party != NULL && sunlot_log_party_find(log, text_of(wish->party), &party);
    if (wish->add != NULL && file_read(&bytes, wish->add, RECORD_BYTES) == FILE_READ) {
        found = owner_of(&party, log, file_view(&bytes));
        file_free(&bytes);
    }
    if (!found) return false;
    sunlot_log_party(log, party, &info);
    return wish->step == STEP_COMMIT ? info.committed : wish->step == STEP_REVEAL ? info.revealed : info.missing;
}

static int run_again(const ceremony *c, const ceremony_state *state)
{
    (void)printf(_("This is in %s already; nothing changes.\n"), c->log);
    int status = sealing_clean(c, state->log);
    if (status == STATUS_RUN) status = ceremony_restore(c, state);
    return status == STATUS_RUN ? progress_report(c) : status;
}

static int run_step(const ceremony *c, const ceremony_state *state, progress *p, void *user)
{
    const sealing_wish *wish = user;
    if (is_entered(wish, state->log)) return run_again(c, state);
    const bool missing = wish->step == STEP_NONE;
    int status = missing && p->step == STEP_REVEAL ? STATUS_RUN : progress_expect(p, missing ? STEP_COMMIT : wish->step, c, state->log);
    if (status != STATUS_RUN) return status;
    if (missing)
        status = declare_missing(wish, p->step, c, state->log);
    else if (wish->add != NULL)
        status = add_record(wish, c, state->log);
    else if (wish->party != NULL)
        status = make_here(wish, c, state->log);
    return status == STATUS_RUN ? sealing_finish(p, c, state) : status;
}

/* ---- the commands ------------------------------------------------------------------------------------------------------------------------------- */

static int check_wish(const sealing_wish *wish)
{
    if ((wish->folder != NULL) == (wish->log != NULL))
        return options_wrong(wish->command, "log", wish->log, _("either the folder of a ceremony or --log FILE"));
    if (wish->folder != NULL && wish->output != NULL) return options_wrong(wish->command, "output", wish->output, _("no such option with a folder"));
    if (wish->add != NULL && (wish->folder == NULL || wish->party != NULL || wish->key != NULL))
        return options_wrong(wish->command, "add", wish->add, _("the folder and nothing else"));
    if (wish->folder != NULL && wish->party == NULL && wish->key == NULL) return STATUS_RUN;
    if (wish->party == NULL) return options_wrong(wish->command, "party", NULL, _("the id of a party"));
    if (wish->key == NULL) return options_wrong(wish->command, "key", NULL, _("a secret key file"));
    if (wish->log != NULL && wish->output == NULL) return options_wrong(wish->command, "output", NULL, _("a file"));
    return STATUS_RUN;
}

static int run(int argc, char **argv, sealing_wish wish, const char *help)
{
    const tool_option option[] = {
        {"party", &wish.party, NULL}, {"key", &wish.key, NULL}, {"add", &wish.add, NULL}, {"log", &wish.log, NULL}, {"output", &wish.output, NULL}};
    size_t operands;
    int status = options_read_some(argc, argv, wish.command, help, option, sizeof option / sizeof *option, &wish.folder, 0, 1, &operands);
    if (status == STATUS_RUN) status = check_wish(&wish);
    if (status != STATUS_RUN) return status;
    return wish.folder != NULL ? progress_run(wish.folder, run_step, &wish) : make_elsewhere(&wish);
}

int cmd_commit(int argc, char **argv)
{
    return run(argc, argv, (sealing_wish){.command = "sunlot commit", .step = STEP_COMMIT},
               _("Usage: sunlot commit DIR --party ID --key FILE\n"
                 "       sunlot commit --log draw.log --party ID --key FILE -o OUT\n"
                 "       sunlot commit DIR --add OUT\n"
                 "A sealed party adds 32 random bytes of its own to the seed: it commits to them before anybody knows anything,\n"
                 "and opens them later (sunlot reveal).  They are kept beside the key, in FILE.….sealed; asked again, the same ones\n"
                 "are used.  When all have committed or are missing, all is entered in the log.\n"
                 "  --party ID     who commits, as announced\n"
                 "  --key FILE     its secret key\n"
                 "  --log FILE     on the party's own machine: the log, up to the list\n"
                 "  -o OUT         where the commitment goes\n"
                 "  --add OUT      take it back to the folder\n"
                 "  --lang en|zh   language of messages\n"
                 "Exit status: 0 done, 1 refused, 2 it could not be done.\n"));
}

int cmd_reveal(int argc, char **argv)
{
    return run(argc, argv, (sealing_wish){.command = "sunlot reveal", .step = STEP_REVEAL},
               _("Usage: sunlot reveal DIR --party ID --key FILE\n"
                 "       sunlot reveal --log draw.log --party ID --key FILE -o OUT\n"
                 "       sunlot reveal DIR --add OUT\n"
                 "A sealed party opens what it has committed to: what lies beside its key.  When all have or are missing, all is\n"
                 "entered in the log, and the fingerprint is fixed.  Where nobody has committed: sunlot reveal DIR.\n"
                 "  --party ID     who opens, as announced\n"
                 "  --key FILE     its secret key file; no password is needed\n"
                 "  --log FILE     on the party's own machine: the log, up to the commitments\n"
                 "  -o OUT         where the contribution goes\n"
                 "  --add OUT      take it back to the folder\n"
                 "  --lang en|zh   language of messages\n"
                 "Exit status: 0 done, 1 refused, 2 it could not be done.\n"));
}

int cmd_missing(int argc, char **argv)
{
    sealing_wish wish = {.command = "sunlot missing", .step = STEP_NONE};
    const tool_option option[] = {{"party", &wish.party, NULL}};
    int status = options_read(argc, argv, wish.command,
                              _("Usage: sunlot missing DIR --party ID\n"
                                "Go on without a sealed party that does not commit, or does not open what it has committed to.  It is named in the\n"
                                "log; nothing begins again.\n"
                                "  --party ID     who is missing\n"
                                "  --lang en|zh   language of messages\n"
                                "Exit status: 0 done, 1 refused, 2 it could not be done.\n"),
                              option, 1, &wish.folder, 1);
    if (status != STATUS_RUN) return status;
    if (wish.party == NULL) return options_wrong(wish.command, "party", NULL, _("the id of a party"));
    return progress_run(wish.folder, run_step, &wish);
}
