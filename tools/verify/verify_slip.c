#include "verify/verify_slip.h"

#include <string.h>

#include "common/characters.h"
#include "common/messages.h"
#include "common/options.h"

#define FRAGMENT 164u /* characters */

/* What stands behind the #, without what a copy may have left at the ends of the link. */
static sunlot_text fragment_of(const char *link)
{
    const char *mark = strchr(link, '#');
    sunlot_text f = text_of(mark != NULL ? mark + 1 : link);
    while (f.n > 0 && mark == NULL && strchr(" \t\r\n", *f.p) != NULL) f = (sunlot_text){f.p + 1, f.n - 1};
    while (f.n > 0 && strchr(" \t\r\n", f.p[f.n - 1]) != NULL) f.n--;
    return f;
}

static bool fits(char c, size_t at)
{
    if (at == 0) return c == '1';
    if (at == 1 || at == 34 || at == 99) return c == '.';
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static sunlot_text character_of(sunlot_text f, size_t at)
{
    uint32_t scalar;
    const size_t n = character_at(&scalar, f, at);
    return (sunlot_text){f.p + at, n > 0 ? n : 1};
}

int verify_slip_read(sunlot_slip *out, const char *link)
{
    if (sunlot_slip_read(out, text_of(link))) return STATUS_RUN;
    const sunlot_text f = fragment_of(link);
    size_t at = 0;
    while (at < f.n && at < FRAGMENT && fits(f.p[at], at)) at++;
    if (f.n < 2 || at < 2)
        complain(_("--slip: “%s” is no link of a slip: behind the # it begins with “1.”; copy what the QR code holds, whole"), SHOW(text_of(link)));
    else if (at < f.n && at < FRAGMENT)
        complain(_("--slip: the link is damaged: behind the # the character number %u is “%s”; scan the QR code again, or copy the link whole"),
                 (unsigned)at + 1, SHOW(character_of(f, at)));
    else
        complain(_("--slip: the link is damaged: behind the # stand %u characters, not %u; scan the QR code again, or copy the link whole"), (unsigned)f.n,
                 FRAGMENT);
    return STATUS_CANNOT;
}
