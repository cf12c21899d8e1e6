#include "ceremony/ceremony_people.h"

#include <stdlib.h>
#include <string.h>

#include "common/characters.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/store.h"

static char *late_path(const ceremony *c) { return file_path(c->private_, "people-late.csv"); }

/* The text after its first line. */
static sunlot_text below_header(sunlot_text text)
{
    const char *end = text.n == 0 ? NULL : memchr(text.p, '\n', text.n);
    return end == NULL ? (sunlot_text){NULL, 0} : (sunlot_text){end + 1, text.n - (size_t)(end + 1 - text.p)};
}

/* Returns STATUS_RUN; a file that is not there is empty. */
static int read_late(file_bytes *out, const char *path)
{
    file_result result = file_read(out, path, SUNLOT_MAX_INPUT_BYTES);
    if (result == FILE_READ) return STATUS_RUN;
    *out = (file_bytes){NULL, 0};
    return result == FILE_MISSING ? STATUS_RUN : STATUS_CANNOT;
}

int ceremony_people(people_list *out, const ceremony *c)
{
    file_bytes bytes, late;
    char *path = late_path(c);
    file_result result = file_read(&bytes, c->people, SUNLOT_MAX_LOG_BYTES);
    if (result == FILE_MISSING) complain(_("%s is missing; “sunlot announce %s” writes it again if the input files are unchanged"), c->people, c->folder);
    if (result != FILE_READ || read_late(&late, path) != STATUS_RUN) {
        if (result == FILE_READ) file_free(&bytes);
        free(path);
        return STATUS_CANNOT;
    }
    const sunlot_text more = below_header(file_view(&late));
    file_bytes all = {need(bytes.n + more.n + 1, 1), bytes.n + more.n};
    memcpy(all.p, bytes.p, bytes.n);
    if (more.n > 0) memcpy(all.p + bytes.n, more.p, more.n);
    size_t lines = 0;
    for (size_t i = 0; i < bytes.n; i++) lines += bytes.p[i] == '\n';
    const size_t line = people_read(out, file_view(&all));
    file_free(&bytes);
    file_free(&late);
    file_free(&all);
    if (line != 0 && line <= lines)
        complain(_("%s is damaged, line %zu; remove it, and “sunlot announce %s” writes it again"), c->people, line, c->folder);
    else if (line != 0)
        complain(_("%s is damaged, line %zu; put back your copy of it"), path, line - lines + 1);
    free(path);
    return line == 0 ? STATUS_RUN : STATUS_REFUSED;
}

int ceremony_stranger(const ceremony *c, sunlot_text pseudonym)
{
    complain(_("%s does not know %s of the log; it belongs to another draw"), c->people, SHOW(pseudonym));
    return STATUS_REFUSED;
}

/* Copy the lines whose pseudonym the log has.  Pseudonyms stand first and are never quoted. */
static size_t keep_known(char *to, const sunlot_log *log, sunlot_text lines)
{
    size_t n = 0;
    while (lines.n > 0) {
        const sunlot_text rest = below_header(lines), line = {lines.p, lines.n - rest.n};
        const char *comma = memchr(line.p, ',', line.n);
        sunlot_seat seat;
        if (comma != NULL && sunlot_log_find(log, (sunlot_text){line.p, (size_t)(comma - line.p)}, &seat)) {
            memcpy(to + n, line.p, line.n);
            n += line.n;
        }
        lines = rest;
    }
    return n;
}

int ceremony_people_add(const ceremony *c, const sunlot_log *log, sunlot_text people)
{
    file_bytes before;
    char *path = late_path(c);
    int status = read_late(&before, path);
    if (status == STATUS_RUN) {
        const sunlot_text new_ = below_header(people), head = {people.p, people.n - new_.n};
        char *all = need(people.n + before.n + 1, 1);
        memcpy(all, head.p, head.n);
        size_t n = head.n;
        n += keep_known(all + n, log, below_header(file_view(&before)));
        memcpy(all + n, new_.p, new_.n);
        n += new_.n;
        if (store_file(path, (sunlot_text){all, n}, STORE_PRIVATE, true) == STORE_FAILED) status = STATUS_CANNOT;
        wipe(all, n);
        free(all);
        file_free(&before);
    }
    free(path);
    return status;
}
