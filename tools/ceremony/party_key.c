#define _DEFAULT_SOURCE 1 /* getrandom */
#include "ceremony/party_key.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>

#include "common/files.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/terminal.h"

bool party_key_random(void *out, size_t n)
{
    char *at = out;
    while (n > 0) {
        ssize_t got = getrandom(at, n, 0);
        if (got > 0) {
            at += got;
            n -= (size_t)got;
        } else if (errno != EINTR) {
            complain(_("the system gives no random bytes: %s"), strerror(errno));
            return false;
        }
    }
    return true;
}

static int open_with(sunlot_party_key **out, const char *path, sunlot_text file, sunlot_key_form form)
{
    char *password = NULL;
    if (form == SUNLOT_KEY_PASSWORD) {
        password = terminal_password(path, false);
        if (password == NULL) return STATUS_CANNOT;
    }
    sunlot_err err = sunlot_party_key_read(out, file, (sunlot_text){password, password != NULL ? strlen(password) : 0});
    sunlot_locked_free(password);
    if (err == SUNLOT_OK) return STATUS_RUN;
    if (err == SUNLOT_ERR_PASSWORD)
        complain(_("wrong password for %s"), path);
    else if (err == SUNLOT_ERR_KEY_FILE)
        complain(_("%s is damaged: what it holds is no key; put back your copy of it"), path);
    else
        return complain_error(err);
    return STATUS_REFUSED;
}

int party_key_open(sunlot_party_key **out, const char *path)
{
    file_bytes bytes;
    file_result result = file_read(&bytes, path, PARTY_KEY_FILE_BYTES);
    if (result == FILE_MISSING) complain(_("there is no %s; “sunlot key new NAME” makes a key"), path);
    if (result == FILE_MISSING || result == FILE_UNREADABLE) return STATUS_CANNOT;
    sunlot_key_form form = SUNLOT_KEY_UNKNOWN;
    sunlot_err err = result == FILE_READ ? sunlot_key_file_form(&form, file_view(&bytes)) : SUNLOT_OK;
    int status = STATUS_REFUSED;
    if (err != SUNLOT_OK)
        status = complain_error(err);
    else if (form == SUNLOT_KEY_UNKNOWN)
        complain(_("%s is no key file of minisign's: two lines are expected, a comment and the key"), path);
    else if (form == SUNLOT_KEY_PUBLIC)
        complain(_("%s is a public key; to sign, the secret one is needed, NAME.key"), path);
    else
        status = open_with(out, path, file_view(&bytes), form);
    if (result == FILE_READ) file_free(&bytes);
    return status;
}
