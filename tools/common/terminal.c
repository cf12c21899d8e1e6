#include "common/terminal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "common/characters.h"
#include "common/files.h"
#include "common/messages.h"
#include "common/options.h"

#define INTERRUPT '\003'

bool terminal_there(void) { return isatty(STDIN_FILENO) == 1; }

/* Byte by byte, so that what follows the line is left to whoever reads next. */
static bool read_line(char *line)
{
    size_t n = 0;
    for (;;) {
        char c;
        ssize_t got = read(STDIN_FILENO, &c, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            complain_file(_("cannot read"), _("standard input"));
            return false;
        }
        if (got == 0 && n == 0) {
            complain(_("a line is expected on standard input, and there is none"));
            return false;
        }
        if (got == 0 || c == '\n') break;
        if (c == INTERRUPT) {
            complain(_("broken off; nothing was done"));
            return false;
        }
        if (c == '\0' || n + 1 == TERMINAL_LINE) {
            complain(_("the line on standard input is too long, or no text"));
            return false;
        }
        line[n++] = c;
    }
    if (n > 0 && line[n - 1] == '\r') n--;
    line[n] = '\0';
    return true;
}

static void put_question(const char *question)
{
    (void)fputs(question, stderr);
    (void)fflush(stderr);
}

/* Without echo, signals too are off, so that none leaves the terminal so; Ctrl-C is then a character.  What was typed before the question is
 * dropped, so the question comes after that. */
static bool ask_hidden(char *line, const char *question)
{
    struct termios before, hidden;
    if (tcgetattr(STDIN_FILENO, &before) != 0) {
        complain_file(_("cannot read"), _("the terminal"));
        return false;
    }
    hidden = before;
    hidden.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
    hidden.c_lflag |= ICANON | ECHONL;
    if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) != 0) {
        complain_file(_("cannot read"), _("the terminal"));
        return false;
    }
    put_question(question);
    bool done = read_line(line);
    (void)tcsetattr(STDIN_FILENO, TCSANOW, &before);
    return done;
}

bool terminal_ask(char *line, const char *question, bool shown)
{
    if (!terminal_there()) return read_line(line);
    if (!shown) return ask_hidden(line, question);
    put_question(question);
    return read_line(line);
}

char *terminal_password(const char *name, bool twice)
{
    char question[SHOW_BYTES + 100];
    char *first = sunlot_locked_new(TERMINAL_LINE), *second = sunlot_locked_new(TERMINAL_LINE);
    bool done = first != NULL && second != NULL;
    if (!done) (void)complain_error(SUNLOT_ERR_MEMORY);
    (void)snprintf(question, sizeof question, _("Password of %s: "), SHOW(text_of(name)));
    done = done && terminal_ask(first, question, false);
    if (done && twice && terminal_there()) {
        (void)snprintf(question, sizeof question, _("The same again: "));
        done = terminal_ask(second, question, false);
        if (done && strcmp(first, second) != 0) {
            complain(_("the two passwords differ; nothing was done"));
            done = false;
        }
    }
    sunlot_locked_free(second);
    if (done) return first;
    sunlot_locked_free(first);
    return NULL;
}
