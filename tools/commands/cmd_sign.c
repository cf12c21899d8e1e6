/* Signing the last checkpoint: in the folder of the ceremony, or on a machine of the party's own, with files that go there and back. */
#include <stdlib.h>
#include <string.h>

#include "ceremony/party_key.h"
#include "ceremony/progress.h"
#include "ceremony/signed.h"
#include "ceremony/verified.h"
#include "commands/commands.h"
#include "common/characters.h"
#include "common/messages.h"
#include "common/moment.h"
#include "common/options.h"
#include "common/store.h"

#define COMMAND    "sunlot sign"
#define NOTE_BYTES 65536u

typedef struct {
    const char *folder, *party, *key, *time, *export_, *add, *note, *log, *phase, *output;
    uint64_t seconds;
} sign_wish;

/* ---- one signature --------------------------------------------------------------------------------------------------------------- */

static void show_checkpoint(const signed_checkpoint *checkpoint)
{
    (void)printf(_("\n  To be signed: %s\n  checkpoint “%s”, %llu lines, whose root is\n\n"), SHOW(checkpoint->id), SHOW(checkpoint->phase),
                 (unsigned long long)checkpoint->size);
    messages_fingerprint(stdout, checkpoint->root);
    (void)fputc('\n', stdout);
}

/* Open the key, and see that it is the party's where the log says which that is (else NULL). */
static int open_key(sunlot_party_key **out, const sign_wish *wish, const sunlot_party *party)
{
    int status = party_key_open(out, wish->key);
    if (status != STATUS_RUN || party == NULL || memcmp(sunlot_party_key_public(*out), party->public_, sizeof party->public_) == 0) return status;
    complain(_("%s is not the key of “%s”: the log names another one"), wish->key, wish->party);
    sunlot_party_key_free(*out);
    return STATUS_REFUSED;
}

/* Sign: what is signed is remembered on the disk first. */
static int make_line(sunlot_buffer *line, const sign_wish *wish, sunlot_text note, const signed_checkpoint *checkpoint, const sunlot_party_key *key,
                     const sunlot_log *log)
{
    int status = signed_remember(wish->key, checkpoint, log);
    if (status != STATUS_RUN) return status;
    sunlot_buffer vkey = {0};
    sunlot_err err = sunlot_party_vkey(&vkey, checkpoint->id, text_of(wish->party), sunlot_party_key_public(key));
    if (err == SUNLOT_OK) {
        const char *plus = memchr(vkey.p, '+', vkey.n);
        const sunlot_text name = {vkey.p, (size_t)(plus - vkey.p)};
        err = sunlot_cosign(line, note, name, sunlot_party_key_secret(key), wish->seconds);
    }
    sunlot_buffer_free(&vkey);
    return err == SUNLOT_OK ? STATUS_RUN : complain_error(err);
}

/* Which party of a log that is, with the key that it signs this checkpoint with.  The host's signature is there from the beginning. */
static int find_party(uint32_t *index, sunlot_party *party, const sunlot_log *log, uint32_t checkpoint, const char *id)
{
    if (!sunlot_log_party_find(log, text_of(id), index)) {
        complain(_("there is no party “%s” in this draw"), SHOW(text_of(id)));
        return STATUS_REFUSED;
    }
    sunlot_log_party(log, *index, party);
    sunlot_log_party_key(party->public_, log, *index, checkpoint);
    if (*index > 0) return STATUS_RUN;
    complain(_("the host signs each checkpoint as it is made; “sunlot sign” is for the other parties"));
    return STATUS_REFUSED;
}

/* ---- in the folder ----------------------------------------------------------------------------------------------------------------- */

/* The signature is good whatever is wrong with the log; who signs should know.  So the log is verified first. */
static int sign_verified(const sign_wish *wish, const ceremony *c, const sunlot_log *log, progress *p, const sunlot_party *party)
{
    verified_log v;
    int status = verified_open(&v, ceremony_full(c));
    if (status != STATUS_RUN) return status;
    verified_close(&v);
    signed_checkpoint checkpoint = {sunlot_log_id(log), text_of(p->note.info.name), p->note.info.size, {0}};
    memcpy(checkpoint.root, p->note.info.root, sizeof checkpoint.root);
    show_checkpoint(&checkpoint);
    sunlot_party_key *key;
    status = open_key(&key, wish, party);
    if (status != STATUS_RUN) return status;
    sunlot_buffer line = {0};
    uint32_t added;
    status = make_line(&line, wish, note_file_view(&p->note), &checkpoint, key, log);
    if (status == STATUS_RUN) status = note_file_add(&p->note, &added, log, ceremony_view(&line), wish->key);
    sunlot_buffer_free(&line);
    sunlot_party_key_free(key);
    return status;
}

static int sign_here(const sign_wish *wish, const ceremony *c, const sunlot_log *log, progress *p)
{
    uint32_t index;
    sunlot_party party;
    int status = find_party(&index, &party, log, p->note.index, wish->party);
    if (status != STATUS_RUN) return status;
    if ((p->note.parties >> index & 1) != 0)
        (void)printf(_("“%s” has signed “%s” already; nothing changes.\n"), SHOW(party.id), p->note.info.name);
    else
        status = sign_verified(wish, c, log, p, &party);
    return status == STATUS_RUN ? progress_report(c) : status;
}

static int export_note(const sign_wish *wish, const ceremony *c, const progress *p)
{
    if (store_file(wish->export_, note_file_view(&p->note), STORE_PUBLIC, true) == STORE_FAILED) return STATUS_CANNOT;
    (void)printf(_("%s: the checkpoint “%s”, to be signed elsewhere.  There, with %s beside it:\n"
                   "  sunlot sign --note %s --log draw.log --party ID --key FILE --time 2026-08-20T09:30:00+08:00 -o COSIG\n"
                   "(without the log: --phase %s in its place).  And here: sunlot sign %s --add COSIG\n"),
                 wish->export_, p->note.info.name, ceremony_full(c), wish->export_, p->note.info.name, c->folder);
    return STATUS_OK;
}

static int add_signature(const sign_wish *wish, const ceremony *c, const sunlot_log *log, progress *p)
{
    file_bytes bytes;
    file_result result = file_read(&bytes, wish->add, NOTE_BYTES);
    if (result == FILE_MISSING || result == FILE_TOO_LARGE) complain(_("%s is not there, or is no signature"), wish->add);
    if (result != FILE_READ) return STATUS_CANNOT;
    uint32_t added = 0;
    int status = note_file_add(&p->note, &added, log, file_view(&bytes), wish->add);
    file_free(&bytes);
    if (status != STATUS_RUN) return status;
    if (added == 0)
        (void)fputs(_("This signature is there already; nothing changes.\n"), stdout);
    else {
        (void)fputs(_("Signed: "), stdout);
        progress_parties(stdout, log, added);
        (void)fputc('\n', stdout);
    }
    return progress_report(c);
}

static int sign_in_folder(const ceremony *c, const ceremony_state *state, progress *p, void *user)
{
    const sign_wish *wish = user;
    if (wish->export_ != NULL) return export_note(wish, c, p);
    return wish->add != NULL ? add_signature(wish, c, state->log, p) : sign_here(wish, c, state->log, p);
}

/* ---- elsewhere ------------------------------------------------------------------------------------------------------------------- */

/* Which checkpoint of the log a note is of; the phase that was named is that one's. */
static int find_checkpoint(sunlot_checkpoint_info *info, const sign_wish *wish, const sunlot_log *log, sunlot_text note)
{
    uint32_t i;
    if (sunlot_note_find(&i, log, note) != SUNLOT_OK) {
        complain(_("%s is of no checkpoint of %s: not signed"), wish->note, wish->log);
        return STATUS_REFUSED;
    }
    sunlot_err err = sunlot_log_checkpoint(log, i, info);
    if (err != SUNLOT_OK) return complain_error(err);
    if (wish->phase == NULL || strcmp(wish->phase, info->name) == 0) return STATUS_RUN;
    complain(_("%s is of the checkpoint “%s”, not “%s”: not signed"), wish->note, info->name, SHOW(text_of(wish->phase)));
    return STATUS_REFUSED;
}

/* Who signs the results attests them to those who have the public edition (SPEC 10): so who has that alone does not. */
static int check_edition(const sign_wish *wish, const sunlot_log *log, const sunlot_checkpoint_info *info)
{
    if (info->phase != SUNLOT_PHASE_RESULTS || sunlot_log_edition(log) == SUNLOT_EDITION_FULL) return STATUS_RUN;
    complain(_("%s is the public edition: its results cannot be recomputed from it, so they are not signed; ask the host for the full edition"), wish->log);
    return STATUS_REFUSED;
}

/* Sign what was read; log NULL: none is given. */
static int sign_and_store(const sign_wish *wish, sunlot_text note, const signed_checkpoint *checkpoint, const sunlot_log *log)
{
    uint32_t index, at;
    sunlot_party party;
    sunlot_party_key *key;
    sunlot_buffer line = {0};
    const bool found = log != NULL && sunlot_note_find(&at, log, note) == SUNLOT_OK;
    int status = found ? find_party(&index, &party, log, at, wish->party) : STATUS_RUN;
    if (status != STATUS_RUN) return status;
    if (log != NULL && sunlot_log_phase(log) > SUNLOT_PHASE_SEED_BASE) ceremony_fingerprint(log);
    show_checkpoint(checkpoint);
    status = open_key(&key, wish, found ? &party : NULL);
    if (status != STATUS_RUN) return status;
    status = make_line(&line, wish, note, checkpoint, key, log);
    if (status == STATUS_RUN && store_file(wish->output, ceremony_view(&line), STORE_PUBLIC, true) == STORE_FAILED) status = STATUS_CANNOT;
    sunlot_buffer_free(&line);
    sunlot_party_key_free(key);
    if (status != STATUS_RUN) return status;
    (void)printf(_("%s: the signature, for the host: sunlot sign DIR --add %s\n"), wish->output, wish->output);
    return STATUS_OK;
}

static int sign_note(const sign_wish *wish, sunlot_text note)
{
    signed_checkpoint checkpoint;
    sunlot_checkpoint_info info;
    verified_log v = {.log = NULL};
    if (!sunlot_note_read(note, &checkpoint.id, &checkpoint.size, checkpoint.root)) {
        complain(_("%s is no checkpoint: export it again, “sunlot sign DIR --export FILE”"), wish->note);
        return STATUS_REFUSED;
    }
    int status = wish->log != NULL ? verified_open(&v, wish->log) : STATUS_RUN;
    if (status != STATUS_RUN) return status;
    if (v.log != NULL) status = find_checkpoint(&info, wish, v.log, note);
    if (status == STATUS_RUN && v.log != NULL) status = check_edition(wish, v.log, &info);
    checkpoint.phase = text_of(v.log != NULL ? info.name : wish->phase);
    if (status == STATUS_RUN) status = sign_and_store(wish, note, &checkpoint, v.log);
    if (v.log != NULL) verified_close(&v);
    return status;
}

static int sign_elsewhere(const sign_wish *wish)
{
    file_bytes bytes;
    file_result result = file_read(&bytes, wish->note, NOTE_BYTES);
    if (result == FILE_MISSING || result == FILE_TOO_LARGE) complain(_("%s is not there, or is no checkpoint"), wish->note);
    if (result != FILE_READ) return STATUS_CANNOT;
    int status = sign_note(wish, file_view(&bytes));
    file_free(&bytes);
    return status;
}

/* ---- the command --------------------------------------------------------------------------------------------------------------------- */

/* Names of checkpoints that may be signed without the log at hand. */
static bool is_phase(const char *name)
{
    for (unsigned phase = SUNLOT_PHASE_LIST; phase <= SUNLOT_PHASE_RESULTS; phase++)
        if (strcmp(name, sunlot_phase_name((sunlot_phase)phase)) == 0) return true;
    return strcmp(name, "withdrawn") == 0 || strncmp(name, "after-", 6) == 0 || strncmp(name, "late-", 5) == 0;
}

static int check_wish(sign_wish *wish)
{
    const bool signs = wish->export_ == NULL && wish->add == NULL;
    if ((wish->folder != NULL) == (wish->note != NULL)) return options_wrong(COMMAND, "note", wish->note, _("either the folder of a ceremony or --note FILE"));
    if (!signs && (wish->folder == NULL || wish->party != NULL || wish->key != NULL || wish->time != NULL || (wish->export_ != NULL && wish->add != NULL)))
        return options_wrong(COMMAND, wish->add != NULL ? "add" : "export", wish->add != NULL ? wish->add : wish->export_, _("the folder and nothing else"));
    if (!signs) return STATUS_RUN;
    if (wish->party == NULL) return options_wrong(COMMAND, "party", NULL, _("the id of a party"));
    if (wish->key == NULL) return options_wrong(COMMAND, "key", NULL, _("a secret key file"));
    if (wish->time == NULL || !moment_parse(&wish->seconds, wish->time)) return options_wrong(COMMAND, "time", wish->time, "2026-08-20T09:30:00+08:00");
    if (wish->note == NULL) return STATUS_RUN;
    if (wish->output == NULL) return options_wrong(COMMAND, "output", NULL, _("a file"));
    if (wish->log == NULL && wish->phase != NULL && strcmp(wish->phase, sunlot_phase_name(SUNLOT_PHASE_RESULTS)) == 0) {
        complain(_("results are signed by who has recomputed them: give the full log, --log FILE"));
        return STATUS_CANNOT;
    }
    if (wish->log == NULL && (wish->phase == NULL || !is_phase(wish->phase)))
        return options_wrong(COMMAND, "phase", wish->phase, "--log FILE, list, commits, seed-base, digits, groups, digits-2, after-1 …");
    return STATUS_RUN;
}

int cmd_sign(int argc, char **argv)
{
    sign_wish wish = {NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0};
    const tool_option option[] = {{"party", &wish.party, NULL},    {"key", &wish.key, NULL},     {"time", &wish.time, NULL},
                                  {"export", &wish.export_, NULL}, {"add", &wish.add, NULL},     {"note", &wish.note, NULL},
                                  {"log", &wish.log, NULL},        {"phase", &wish.phase, NULL}, {"output", &wish.output, NULL}};
    size_t operands;
    int status = options_read_some(argc, argv, COMMAND,
                                   _("Usage: sunlot sign DIR --party ID --key FILE --time 2026-08-20T09:30:00+08:00\n"
                                     "       sunlot sign DIR --export NOTE\n"
                                     "       sunlot sign --note NOTE --log draw.log --party ID --key FILE --time TIME -o COSIG\n"
                                     "       sunlot sign DIR --add COSIG\n"
                                     "A party signs the log's last checkpoint: in the folder of the ceremony, or on its own machine.  The log is\n"
                                     "verified first.  Signatures are collected in DIR/public/PHASE.note and entered when the log goes on.\n"
                                     "FILE.signed remembers what was signed; another checkpoint of the same draw and phase is refused.\n"
                                     "  --party ID     who signs, as announced\n"
                                     "  --key FILE     its secret key (sunlot key new, or minisign)\n"
                                     "  --time TIME    date, time and zone, which the signature carries\n"
                                     "  --export NOTE  write the checkpoint to a file\n"
                                     "  --note NOTE    sign that file\n"
                                     "  --log FILE     the log, which is verified and must have this checkpoint\n"
                                     "  --phase PHASE  without the log: what is to be signed, seed-base, digits …, as the signer was told\n"
                                     "  -o COSIG       where the signature goes\n"
                                     "  --add COSIG    take it back to the folder\n"
                                     "  --lang en|zh   language of messages\n"
                                     "Example, on the notary's machine: sunlot sign --note list.note --log draw.log --party notary --key notary.key\n"
                                     "         --time 2026-08-20T09:30:00+08:00 -o notary.cosig\n"
                                     "Exit status: 0 done, 1 refused, 2 it could not be done.\n"),
                                   option, sizeof option / sizeof *option, &wish.folder, 0, 1, &operands);
    if (status == STATUS_RUN) status = check_wish(&wish);
    if (status != STATUS_RUN) return status;
    return wish.folder != NULL ? progress_run(wish.folder, sign_in_folder, &wish) : sign_elsewhere(&wish);
}
