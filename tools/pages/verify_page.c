#define _POSIX_C_SOURCE 200809L /* strncasecmp */
#include "pages/verify_page.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "ceremony/public_folder.h"
#include "common/characters.h"
#include "common/installed.h"
#include "common/messages.h"
#include "common/options.h"

#ifndef SUNLOT_SHARE_DIR
#define SUNLOT_SHARE_DIR "/usr/local/share/sunlot"
#endif

#define MOST_BYTES (UINT32_C(1) << 26)

/* The digest that the log names.  False if it names none. */
static bool announced(uint8_t digest32[32], const sunlot_log *log)
{
    const sunlot_text fact = sunlot_log_fact(log, "page"); /* h and 64 digits */
    return fact.n > 1 && sunlot_fingerprint_parse(digest32, (sunlot_text){fact.p + 1, fact.n - 1});
}

static void print_digest(const char *what, const uint8_t digest32[32])
{
    (void)fprintf(stderr, "    %s ", what);
    for (size_t i = 0; i < 32; i++) (void)fprintf(stderr, "%02x", (unsigned)digest32[i]);
    (void)fputc('\n', stderr);
}

/* The page that comes with the program, owned: as it is built, as it is installed, as it was compiled for.  NULL: there is none. */
static char *own_page(void)
{
    char path[INSTALLED_BYTES];
    if (installed_beside(path, "web/" PUBLIC_PAGE) || installed_beside(path, "../share/sunlot/" PUBLIC_PAGE)) return file_path("", path);
    return access(SUNLOT_SHARE_DIR "/" PUBLIC_PAGE, R_OK) == 0 ? file_path(SUNLOT_SHARE_DIR, PUBLIC_PAGE) : NULL;
}

static int check(verify_page *p, const char *path, const sunlot_log *log)
{
    static const char begin[] = "<!doctype html";
    uint8_t expected[32];
    sunlot_sha256(p->digest, file_view(&p->bytes));
    p->there = true;
    if (p->bytes.n < sizeof begin || strncasecmp(p->bytes.p, begin, sizeof begin - 1) != 0) {
        complain(_("%s is no web page; the verify page is wanted, verify.html, which “make web” builds"), path);
        return STATUS_REFUSED;
    }
    p->announced = announced(expected, log);
    if (!p->announced || memcmp(p->digest, expected, sizeof expected) == 0) return STATUS_RUN;
    complain(_("%s is not the verify page that the log announces; give that one with --page FILE"), path);
    print_digest(_("announced:"), expected);
    print_digest(_("this one: "), p->digest);
    return STATUS_REFUSED;
}

/* Without a page: fine unless one was announced, or one lies in public/ of which nobody knows where it comes from. */
static int do_without(const char *in_public, bool there, const sunlot_log *log)
{
    uint8_t expected[32];
    if (announced(expected, log)) {
        complain(_("the log announces a verify page, and there is none here: give it with --page FILE"));
        print_digest(_("announced:"), expected);
        return STATUS_REFUSED;
    }
    if (there) {
        complain(_("%s is there, and nothing says which page it should be: give it with --page FILE, or move it away"), in_public);
        return STATUS_REFUSED;
    }
    (void)fputs(_("There is no verify page here: parents have only the programs.  “make web” builds it; --page FILE gives it.\n"), stdout);
    return STATUS_RUN;
}

/* Whether a file is the page that the log announces. */
static bool is_announced(const char *path, const sunlot_log *log)
{
    file_bytes bytes;
    uint8_t expected[32], digest[32];
    if (!announced(expected, log) || file_read(&bytes, path, MOST_BYTES) != FILE_READ) return false;
    sunlot_sha256(digest, file_view(&bytes));
    file_free(&bytes);
    return memcmp(digest, expected, sizeof digest) == 0;
}

int verify_page_read(verify_page *out, const ceremony *c, const sunlot_log *log, const char *given)
{
    char *in_public = file_path(c->public_, PUBLIC_PAGE), *path = NULL;
    uint8_t expected[32];
    const bool there = access(in_public, F_OK) == 0;
    int status = STATUS_RUN;
    *out = (verify_page){.there = false};
    if (given != NULL)
        path = file_path("", given);
    else if (there && is_announced(in_public, log))
        path = file_path("", in_public); /* the program may be a newer one than at the announcement */
    else
        path = own_page();
    if (path == NULL && there && announced(expected, log)) path = file_path("", in_public);
    if (path == NULL) {
        status = do_without(in_public, there, log);
    } else {
        const file_result result = file_read(&out->bytes, path, MOST_BYTES);
        if (result == FILE_MISSING) complain(_("there is no %s"), path);
        if (result == FILE_TOO_LARGE) complain(_("%s is no web page; the verify page is wanted, verify.html, which “make web” builds"), path);
        status = result == FILE_READ ? check(out, path, log) : result == FILE_TOO_LARGE ? STATUS_REFUSED : STATUS_CANNOT;
    }
    if (status != STATUS_RUN) verify_page_free(out);
    free(in_public);
    free(path);
    return status;
}

void verify_page_free(verify_page *p) { file_free(&p->bytes); }
