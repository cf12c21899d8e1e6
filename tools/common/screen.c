#define _DEFAULT_SOURCE 1 /* winsize */
#include "common/screen.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "common/large.h"
#include "common/messages.h"

#define COLUMNS 80u /* where the terminal does not say */
#define LINES   24u

static void size(unsigned *columns, unsigned *lines)
{
    struct winsize w;
    const bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col > 0 && w.ws_row > 0;
    *columns = known ? w.ws_col : COLUMNS;
    *lines = known ? w.ws_row : LINES;
}

bool screen_there(void) { return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO); }

void screen_begin(const char *heading)
{
    unsigned columns, lines;
    size(&columns, &lines);
    (void)fputs("\033[H\033[2J\033[3J\n  \033[1m", stdout);
    (void)fputs(heading, stdout);
    (void)fputs("\033[0m\n  ", stdout);
    for (unsigned i = 4; i < columns; i++) (void)fputs("─", stdout);
    (void)fputs("\n\n", stdout);
}

/* In large type if it leaves room for what is said beside it. */
static bool large(const char *words, unsigned a_row, unsigned high)
{
    unsigned columns, lines;
    size(&columns, &lines);
    return lines >= high && large_print(stdout, words, a_row, columns);
}

void screen_fingerprint(const uint8_t fingerprint32[32])
{
    char words[80];
    sunlot_fingerprint_write(words, fingerprint32);
    if (!large(words, 4, 32)) messages_fingerprint(stdout, fingerprint32);
}

void screen_digits(const char *digits)
{
    char words[2 * SUNLOT_MAX_DIGITS];
    size_t n = 0;
    for (; digits[n] != '\0' && n + 1 < sizeof words; n++) words[n] = digits[n] == '-' ? ' ' : digits[n];
    words[n] = '\0';
    if (!large(words, 4, 32)) (void)printf("\n      %s\n\n", digits);
}

static char *trimmed(char *line)
{
    while (*line == ' ' || *line == '\t') line++;
    size_t n = strlen(line);
    while (n > 0 && (line[n - 1] == ' ' || line[n - 1] == '\t' || line[n - 1] == '\r')) n--;
    line[n] = '\0';
    return line;
}

screen_answer screen_ask(char *line, size_t n, const char *question)
{
    for (;;) {
        (void)printf("  %s ", question);
        (void)fflush(stdout);
        if (fgets(line, (int)n, stdin) == NULL) {
            (void)fputc('\n', stdout);
            return SCREEN_STOP;
        }
        char *end = strchr(line, '\n');
        if (end != NULL) {
            *end = '\0';
            const char *text = trimmed(line);
            memmove(line, text, strlen(text) + 1);
            return strcmp(line, "q") == 0 ? SCREEN_STOP : SCREEN_LINE;
        }
        for (int c = fgetc(stdin); c != '\n' && c != EOF;) c = fgetc(stdin);
        (void)printf("  %s\n", _("That line is too long."));
    }
}

screen_answer screen_wait(void)
{
    char line[256];
    return screen_ask(line, sizeof line, _("Enter: go on · q: stop here, to be continued later"));
}
