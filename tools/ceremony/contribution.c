#include "ceremony/contribution.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ceremony/party_key.h"
#include "common/files.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/store.h"

#define TEXT_BYTES 65u /* 64 digits of hex and LF */

/* NAME.key.0123456789abcdef.sealed, owned. */
static char *path_of(const char *key_path, const sunlot_log *log)
{
    sunlot_checkpoint_info info;
    if (sunlot_log_checkpoint(log, 0, &info) != SUNLOT_OK) return NULL;
    const size_t room = strlen(key_path) + 40;
    char *path = need(room, 1);
    size_t n = (size_t)snprintf(path, room, "%s.", key_path);
    for (size_t i = 0; i < 8; i++) n += (size_t)snprintf(path + n, room - n, "%02x", (unsigned)info.root[i]);
    (void)snprintf(path + n, room - n, ".sealed");
    return path;
}

static int read_bytes(uint8_t *bytes, sunlot_text text, const char *path)
{
    if (text.n == TEXT_BYTES && text.p[64] == '\n' && sunlot_fingerprint_parse(bytes, (sunlot_text){text.p, 64})) return STATUS_RUN;
    complain(_("%s is damaged: it should hold 64 hexadecimal digits and a line end; put back your copy of it"), path);
    return STATUS_REFUSED;
}

static int make_bytes(uint8_t *bytes, const char *path)
{
    if (!party_key_random(bytes, 32)) return STATUS_CANNOT;
    char *text = sunlot_locked_new(TEXT_BYTES + 1);
    if (text == NULL) return complain_error(SUNLOT_ERR_MEMORY);
    for (size_t i = 0; i < 32; i++) (void)snprintf(text + 2 * i, 3, "%02x", (unsigned)bytes[i]);
    text[64] = '\n';
    store_result stored = store_file(path, (sunlot_text){text, TEXT_BYTES}, STORE_PRIVATE, false);
    sunlot_locked_free(text);
    if (stored == STORE_EXISTS) complain(_("another process is writing %s"), path);
    return stored == STORE_WRITTEN ? STATUS_RUN : STATUS_CANNOT;
}

static int fill(uint8_t *bytes, const char *path, bool make)
{
    file_bytes text;
    file_result result = file_read_secret(&text, path, TEXT_BYTES);
    if (result == FILE_READ) {
        int status = read_bytes(bytes, file_view(&text), path);
        file_free(&text);
        return status;
    }
    if (result == FILE_MISSING && make) return make_bytes(bytes, path);
    if (result == FILE_MISSING) complain(_("there is no %s: what was committed to is lost, or the commitment was made elsewhere"), path);
    if (result == FILE_TOO_LARGE) return read_bytes(bytes, (sunlot_text){NULL, 0}, path);
    return result == FILE_MISSING ? STATUS_REFUSED : STATUS_CANNOT;
}

int contribution_open(uint8_t **bytes, const char *key_path, const sunlot_log *log, bool make)
{
    uint8_t *room = sunlot_locked_new(32);
    char *path = room != NULL ? path_of(key_path, log) : NULL;
    int status = path != NULL ? fill(room, path, make) : complain_error(SUNLOT_ERR_MEMORY);
    free(path);
    if (status == STATUS_RUN)
        *bytes = room;
    else
        sunlot_locked_free(room);
    return status;
}
