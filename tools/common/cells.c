#include "common/cells.h"

#include <string.h>

/* True for text that a spreadsheet would run. */
static bool is_formula(sunlot_text text)
{
    if (text.n < 2 || memchr("=+@-\t\r", text.p[0], 6) == NULL) return false;
    for (size_t i = 1; i < text.n; i++)
        if ((text.p[i] < '0' || text.p[i] > '9') && text.p[i] != '.') return true;
    return text.p[0] != '-';
}

void cell_put(FILE *to, sunlot_text text, const char *end)
{
    bool quoted = text.n > 0 && (memchr(text.p, ',', text.n) != NULL || memchr(text.p, '"', text.n) != NULL || memchr(text.p, '\n', text.n) != NULL ||
                                 memchr(text.p, '\r', text.n) != NULL);
    if (quoted) (void)fputc('"', to);
    if (is_formula(text)) (void)fputc('\'', to);
    for (size_t i = 0; i < text.n; i++) {
        if (quoted && text.p[i] == '"') (void)fputc('"', to);
        (void)fputc(text.p[i], to);
    }
    if (quoted) (void)fputc('"', to);
    (void)fputs(end, to);
}
