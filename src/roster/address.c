/* Where a draw is published (SPEC 5.1). */
#include <string.h>

#include "roster/roster.h"

#define MOST_BYTES 200u

/* What would end the address in a link, a page or a line. */
static bool is_plain(char c) { return c >= 0x21 && c <= 0x7e && strchr("\"#'<>?\\`", c) == NULL; }

bool sunlot_address_check(sunlot_text text)
{
    const sunlot_text scheme = sunlot_text_starts(text, SUNLOT_TEXT("https://")) ? SUNLOT_TEXT("https://") : SUNLOT_TEXT("http://");
    if (!sunlot_text_starts(text, scheme) || text.n > MOST_BYTES || text.n < scheme.n + 2 || text.p[scheme.n] == '/') return false;
    for (size_t i = 0; i < text.n; i++)
        if (!is_plain(text.p[i])) return false;
    return text.p[text.n - 1] == '/';
}
