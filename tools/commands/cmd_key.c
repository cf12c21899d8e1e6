#include <stdlib.h>
#include <string.h>

#include "ceremony/ceremony.h"
#include "ceremony/party_key.h"
#include "commands/commands.h"
#include "common/cells.h"
#include "common/characters.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/store.h"
#include "common/terminal.h"

#define COMMAND "sunlot key"

/* name and extension, owned. */
static char *with(const char *name, const char *extension)
{
    const size_t n = strlen(name), m = strlen(extension);
    char *path = need(n + m + 1, 1);
    memcpy(path, name, n);
    memcpy(path + n, extension, m + 1);
    return path;
}

/* ---- new ----------------------------------------------------------------------------------------------------------------------- */

/* Store both files, the secret one first; neither replaces another. */
static int store_pair(const char *secret_path, const char *public_path, const sunlot_party_key *key, sunlot_text password)
{
    uint8_t salt[32];
    sunlot_buffer secret = {0}, public_ = {0};
    if (!party_key_random(salt, sizeof salt)) return STATUS_CANNOT;
    sunlot_err err = sunlot_party_key_write(&secret, key, password, salt);
    if (err == SUNLOT_OK) err = sunlot_party_key_publish(&public_, key);
    int status = err == SUNLOT_OK ? STATUS_RUN : complain_error(err);
    if (status == STATUS_RUN) {
        store_result stored = store_file(secret_path, ceremony_view(&secret), STORE_PRIVATE, false);
        if (stored == STORE_WRITTEN) stored = store_file(public_path, ceremony_view(&public_), STORE_PUBLIC, false);
        if (stored == STORE_EXISTS) {
            complain(_("%s or %s is there already; a key is never overwritten"), secret_path, public_path);
            status = STATUS_REFUSED;
        } else if (stored == STORE_FAILED) {
            status = STATUS_CANNOT;
        }
    }
    ceremony_wipe(&secret);
    sunlot_buffer_free(&public_);
    return status;
}

static int make_key(const char *secret_path, const char *public_path, const char *password)
{
    uint8_t *random = sunlot_locked_new(40);
    if (random == NULL) return complain_error(SUNLOT_ERR_MEMORY);
    int status = STATUS_CANNOT;
    sunlot_party_key *key = NULL;
    if (party_key_random(random, 40)) {
        sunlot_err err = sunlot_party_key_new(&key, random);
        status = err == SUNLOT_OK ? store_pair(secret_path, public_path, key, text_of(password)) : complain_error(err);
    }
    sunlot_party_key_free(key);
    sunlot_locked_free(random);
    return status;
}

/* Whether a file stands where a key would. */
static bool taken(const char *path)
{
    file_bytes bytes;
    file_result result = file_read(&bytes, path, PARTY_KEY_FILE_BYTES);
    if (result == FILE_READ) file_free(&bytes);
    if (result == FILE_READ || result == FILE_TOO_LARGE) complain(_("%s is there already; a key is never overwritten"), path);
    return result != FILE_MISSING;
}

static int new_key(const char *name, bool no_password)
{
    char *secret_path = with(name, ".key"), *public_path = with(name, ".pub"), *password = NULL;
    int status = taken(secret_path) || taken(public_path) ? STATUS_REFUSED : STATUS_RUN;
    if (status == STATUS_RUN && !no_password) {
        password = terminal_password(secret_path, true);
        if (password == NULL) status = STATUS_CANNOT;
        if (password != NULL && password[0] == '\0') {
            complain(_("the password is empty; a key without a password is made with --no-password"));
            status = STATUS_REFUSED;
        }
    }
    if (status == STATUS_RUN) status = make_key(secret_path, public_path, password != NULL ? password : "");
    if (status == STATUS_RUN) {
        (void)printf(_("%s: the secret key.  Keep it, and a copy, where only you can read it.\n"), secret_path);
        (void)printf(_("%s: the public key, for the hosts.  The row for their rules.csv: sunlot key show %s\n"), public_path, public_path);
        status = STATUS_OK;
    }
    sunlot_locked_free(password);
    free(secret_path);
    free(public_path);
    return status;
}

/* ---- show ---------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    const char *id, *role;
    bool sealed, host;
} row_wish;

/* The file's name without folder and extension, if it can be the id of a party; else "ID". */
static sunlot_text id_of(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path, *dot = strrchr(name, '.');
    const size_t n = dot != NULL ? (size_t)(dot - name) : strlen(name);
    const bool good = n >= 1 && n <= 32 && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") >= n && name[0] != '-' && name[n - 1] != '-';
    return good ? (sunlot_text){name, n} : text_of("ID");
}

static void print_row(const char *path, sunlot_text key, const row_wish *wish)
{
    const sunlot_text id = wish->id != NULL ? text_of(wish->id) : id_of(path);
    char value[3 * SHOW_BYTES];
    (void)snprintf(value, sizeof value, "%s; %.*s; %s%s%s", wish->role != NULL ? wish->role : _("ROLE"), (int)key.n, key.p, wish->host ? _("host") : _("own"),
                   wish->sealed ? "; " : "", wish->sealed ? _("sealed") : "");
    cell_put(stdout, text_of(_("party")), ",,");
    cell_put(stdout, id, ",");
    cell_put(stdout, text_of(value), ",\n");
}

/* Of a secret key, its public one has to be worked out; it may have a password. */
static int show_secret(const char *path, const row_wish *wish)
{
    sunlot_party_key *key = NULL;
    int status = party_key_open(&key, path);
    if (status != STATUS_RUN) return status;
    sunlot_buffer file = {0};
    sunlot_text line;
    sunlot_err err = sunlot_party_key_publish(&file, key);
    if (err == SUNLOT_OK && sunlot_key_file_public(&line, ceremony_view(&file))) print_row(path, line, wish);
    sunlot_buffer_free(&file);
    sunlot_party_key_free(key);
    return err == SUNLOT_OK ? STATUS_OK : complain_error(err);
}

static int show_key(const char *path, const row_wish *wish)
{
    file_bytes bytes;
    sunlot_text line;
    file_result result = file_read(&bytes, path, PARTY_KEY_FILE_BYTES);
    if (result != FILE_READ) return show_secret(path, wish); /* which says why */
    const bool is_public = sunlot_key_file_public(&line, file_view(&bytes));
    if (is_public) print_row(path, line, wish);
    file_free(&bytes);
    return is_public ? STATUS_OK : show_secret(path, wish);
}

/* ---- the command ---------------------------------------------------------------------------------------------------------------- */

int cmd_key(int argc, char **argv)
{
    bool no_password = false;
    row_wish wish = {NULL, NULL, false, false};
    const char *operand[2];
    const tool_option option[] = {{"no-password", NULL, &no_password},
                                  {"id", &wish.id, NULL},
                                  {"role", &wish.role, NULL},
                                  {"sealed", NULL, &wish.sealed},
                                  {"host-made", NULL, &wish.host}};
    int status = options_read(argc, argv, COMMAND,
                              _("Usage: sunlot key new NAME [--no-password]\n"
                                "       sunlot key show FILE [--id ID] [--role ROLE] [--sealed] [--host-made]\n"
                                "new: make the key of a party, on its own device: NAME.key, the secret one, and NAME.pub, the public one, in the\n"
                                "files of minisign.  The password is asked twice; where standard input is no terminal, it is its first line.\n"
                                "show: print the row of rules.csv that declares the party with this key.\n"
                                "  --no-password  protect the secret key by nothing but its file's mode\n"
                                "  --id ID        name of the party in the log: a to z, 0 to 9 and -\n"
                                "  --role ROLE    notary, parents' representative …\n"
                                "  --sealed       the party adds random bytes of its own (sunlot commit)\n"
                                "  --host-made    the key was made on the host's device\n"
                                "  --lang en|zh   language of messages\n"
                                "Example: sunlot key new notary; then, for the hosts: sunlot key show notary.pub --role notary >>DIR/rules.csv\n"
                                "Exit status: 0 done, 1 refused, 2 it could not be done.\n"),
                              option, sizeof option / sizeof *option, operand, 2);
    if (status != STATUS_RUN) return status;
    if (strcmp(operand[0], "new") == 0) return new_key(operand[1], no_password);
    if (strcmp(operand[0], "show") == 0) return show_key(operand[1], &wish);
    complain(_("“%s” is neither new nor show"), SHOW(text_of(operand[0])));
    complain(_("try “%s --help”"), COMMAND);
    return STATUS_CANNOT;
}
