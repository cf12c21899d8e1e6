#define _DEFAULT_SOURCE   1 /* S_ISDIR */
#define _FILE_OFFSET_BITS 64
#include "trials/inputs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/characters.h"
#include "common/decode.h"
#include "common/files.h"
#include "common/jobs.h"
#include "common/messages.h"
#include "common/options.h"

typedef struct {
    FILE *to;
    uint64_t issues;
} reporter;

static void report_issue(void *user, const sunlot_issue *issue)
{
    reporter *r = user;
    r->issues++;
    messages_issue(r->to, issue);
}

static void report_bytes(reporter *r, sunlot_file file, const decode_fault *fault)
{
    char found[64];
    (void)snprintf(found, sizeof found, "0x%02x @%u", (unsigned)fault->value, (unsigned)fault->byte);
    const sunlot_issue issue = {
        .code = SUNLOT_ISSUE_INVALID_UTF8, .file = file, .line = fault->line, .found = text_of(found), .expected = text_of("UTF-8, GB18030")};
    report_issue(r, &issue);
}

/* True for a line whose first cell begins with #, as the library passes it over. */
static bool is_comment(const char *line, size_t n) { return n > 0 && (line[0] == '#' || (n > 1 && line[0] == '"' && line[1] == '#')); }

/* True for a line without content, as spreadsheets leave them. */
static bool is_blank(const char *line, size_t n)
{
    while (n > 0 && (line[n - 1] == ',' || line[n - 1] == '\r')) n--;
    return n == 0;
}

/* A person or class whose row begins with # is not in the draw: say so.  Comments above the header are as they should be. */
static void report_comments(const reporter *r, sunlot_file file, sunlot_text text)
{
    unsigned number = 0, first = 0, count = 0;
    bool header = false;
    if (file == SUNLOT_FILE_RULES) return;
    if (text.n >= 3 && memcmp(text.p, "\xef\xbb\xbf", 3) == 0) text = (sunlot_text){text.p + 3, text.n - 3};
    while (text.n > 0) {
        const char *end = memchr(text.p, '\n', text.n);
        size_t n = end == NULL ? text.n : (size_t)(end - text.p);
        number++;
        if (!is_comment(text.p, n))
            header = header || !is_blank(text.p, n);
        else if (header && count++ == 0)
            first = number;
        text = end == NULL ? (sunlot_text){NULL, 0} : (sunlot_text){end + 1, text.n - n - 1};
    }
    if (count > 0)
        (void)fprintf(r->to, _("%s: lines that begin with # are passed over: %u below the header, the first is line %u\n"), messages_file(file), count, first);
}

/* Read one file.  Returns STATUS_RUN, also where an issue was reported. */
static int read_one(file_bytes *bytes, bool *present, const char *folder, sunlot_file file, reporter *r)
{
    char *path = file_path(folder, messages_file(file));
    file_result result = file_read(bytes, path, SUNLOT_MAX_INPUT_BYTES);
    int status = STATUS_RUN;
    if (result == FILE_UNREADABLE) {
        status = STATUS_CANNOT;
    } else if (result == FILE_TOO_LARGE) {
        const sunlot_issue issue = {.code = SUNLOT_ISSUE_FILE_TOO_LARGE, .file = file};
        report_issue(r, &issue);
    } else if (result == FILE_READ) {
        decode_fault fault;
        decode_result decoded = decode_file(bytes, &fault);
        *present = true;
        if (decoded == DECODE_FAILED)
            status = STATUS_CANNOT;
        else if (decoded == DECODE_INVALID)
            report_bytes(r, file, &fault);
        else if (decoded == DECODE_FOREIGN)
            report_issue(r, &(sunlot_issue){.code = SUNLOT_ISSUE_NOT_CSV, .file = file, .found = text_of(fault.foreign)});
        else if (decoded == DECODE_GB18030)
            (void)fprintf(r->to, _("%s is read as GB18030\n"), messages_file(file));
        if (decoded == DECODE_UTF8 || decoded == DECODE_GB18030) report_comments(r, file, file_view(bytes));
    }
    free(path);
    return status;
}

static int is_folder(const char *folder)
{
    struct stat info;
    if (stat(folder, &info) != 0) {
        complain_file(_("cannot read"), folder);
        return STATUS_CANNOT;
    }
    if (!S_ISDIR(info.st_mode)) {
        errno = ENOTDIR;
        complain_file(_("cannot read"), folder);
        return STATUS_CANNOT;
    }
    return STATUS_RUN;
}

static int refused(const reporter *r)
{
    (void)fprintf(r->to, _("faults: %llu; the input files are refused\n"), (unsigned long long)r->issues);
    return STATUS_REFUSED;
}

int inputs_read(sunlot_enrolment **out, const char *folder, FILE *report, uint32_t jobs)
{
    reporter r = {report, 0};
    const sunlot_crew crew = jobs_crew(&jobs);
    file_bytes bytes[SUNLOT_FILE_COUNT];
    sunlot_input input;
    memset(bytes, 0, sizeof bytes);
    memset(&input, 0, sizeof input);

    int status = is_folder(folder);
    for (size_t f = 0; f < SUNLOT_FILE_COUNT && status == STATUS_RUN; f++) status = read_one(&bytes[f], &input.present[f], folder, (sunlot_file)f, &r);
    for (size_t f = 0; f < SUNLOT_FILE_COUNT; f++) input.file[f] = file_view(&bytes[f]);
    if (status == STATUS_RUN && r.issues > 0) status = refused(&r);
    if (status == STATUS_RUN) {
        sunlot_err err = sunlot_enrolment_read(out, &input, report_issue, &r, &crew);
        if (err == SUNLOT_ERR_INPUT)
            status = refused(&r);
        else if (err != SUNLOT_OK)
            status = complain_error(err);
    }
    for (size_t f = 0; f < SUNLOT_FILE_COUNT; f++) file_free(&bytes[f]);
    return status;
}

int inputs_publishable(const sunlot_enrolment *e, const sunlot_roster *r, FILE *report)
{
    reporter each = {report, 0};
    sunlot_err err = sunlot_enrolment_publishable(e, r, report_issue, &each);
    if (err == SUNLOT_OK) return STATUS_RUN;
    return err == SUNLOT_ERR_INPUT ? STATUS_REFUSED : complain_error(err);
}
