/* Asking a person: a line, or a secret that is not shown.  Where standard input is no terminal, lines come from it as they are. */
#ifndef SUNLOT_TOOLS_TERMINAL_H
#define SUNLOT_TOOLS_TERMINAL_H

#include "sunlot.h"

#define TERMINAL_LINE 1025u /* bytes of a line with its final zero */

/* Whether somebody is there to be asked. */
bool terminal_there(void);

/* Read one line, without its end, into line[TERMINAL_LINE]; at a terminal the question is shown first, on standard error.  shown: what is typed is
 * to be seen.  Returns false after a complaint: there is no line, it is too long, or it was broken off (Ctrl-C, where nothing is shown). */
bool terminal_ask(char *line, const char *question, bool shown);

/* The password of a key, in locked memory of TERMINAL_LINE bytes: release with sunlot_locked_free.  twice: at a terminal it is asked again and compared.
 * name: the key file, for the question.  Returns NULL after a complaint. */
char *terminal_password(const char *name, bool twice);

#endif
