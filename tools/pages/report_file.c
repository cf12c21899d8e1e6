#define _POSIX_C_SOURCE 200809L /* open_memstream */
#include "pages/report_file.h"

#include <stdlib.h>
#include <string.h>

#include "common/characters.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/store.h"
#include "pages/report.h"

/* The school of that name; without a name all. */
static int find_school(uint32_t *school, const sunlot_log *log, const char *name)
{
    const sunlot_roster *roster = sunlot_log_roster(log);
    *school = REPORT_ALL;
    if (name == NULL) return STATUS_RUN;
    for (uint32_t i = 0; i < sunlot_roster_schools(roster); i++) {
        sunlot_school_info info;
        sunlot_roster_school(roster, i, &info);
        if (text_same(info.name, text_of(name))) *school = i;
    }
    if (*school != REPORT_ALL) return STATUS_RUN;
    complain(_("there is no school “%s” in this draw"), SHOW(text_of(name)));
    return STATUS_REFUSED;
}

static int store_page(const char *path, sunlot_text bytes, bool closed, bool brief)
{
    switch (store_file(path, bytes, closed ? STORE_PRIVATE : STORE_PUBLIC, true)) {
    case STORE_WRITTEN:
        (void)printf(_("written: %s\n"), path);
        return STATUS_RUN;
    case STORE_SAME:
        if (!brief) (void)printf(_("%s is there already; nothing changes\n"), path);
        return STATUS_RUN;
    case STORE_EXISTS:
    case STORE_FAILED:
        break;
    }
    return STATUS_CANNOT;
}

/* What a rehearsal says of real rows is not for everybody: its page is closed. */
int report_file_write(const char *path, const verified_log *v, bool recomputed, const char *school_name, bool brief)
{
    report r = {.log = v->log, .verdict = &v->verdict, .bytes = file_view(&v->bytes), .recomputed = recomputed};
    int status = find_school(&r.school, v->log, school_name);
    if (status != STATUS_RUN) return status;
    char *bytes = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&bytes, &n);
    report_gather(&r);
    sunlot_err err = to != NULL ? report_page(to, &r) : SUNLOT_ERR_MEMORY;
    if (to != NULL && ferror(to) != 0) err = SUNLOT_ERR_MEMORY;
    if (to != NULL && fclose(to) != 0) err = SUNLOT_ERR_MEMORY;
    status = err == SUNLOT_OK ? store_page(path, (sunlot_text){bytes, n}, r.marks.rehearsal, brief) : complain_error(err);
    report_free(&r);
    free(bytes);
    return status;
}

/* The log is verified, all of it, before anything is said of it; what is shown is what everybody has. */
int report_file_ceremony(const ceremony *c, const progress *p, const char *path, const char *school_name, bool brief)
{
    const sunlot_text note = note_file_view(&p->note);
    const bool two = strcmp(ceremony_full(c), c->log) != 0;
    verified_log full, shown;
    int status = verified_open_with(&full, ceremony_full(c), &note, 1);
    if (status != STATUS_RUN) return status;
    if (two) status = verified_open_with(&shown, c->log, &note, 1);
    if (status == STATUS_RUN) {
        status = report_file_write(path, two ? &shown : &full, true, school_name, brief);
        if (two) verified_close(&shown);
    }
    verified_close(&full);
    return status;
}
