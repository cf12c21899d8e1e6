/* A terminal as a projector shows it: one step a screen, large and plain. */
#ifndef SUNLOT_TOOLS_SCREEN_H
#define SUNLOT_TOOLS_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* True if standard input and output are both a terminal. */
bool screen_there(void);

/* A new screen: cleared, with its heading. */
void screen_begin(const char *heading);

/* Sixty-four hex digits in groups of four, and digits in groups joined by hyphens: in large type where the terminal has room, else spaced. */
void screen_fingerprint(const uint8_t fingerprint32[32]);
void screen_digits(const char *digits);

typedef enum { SCREEN_LINE, SCREEN_STOP } screen_answer;

/* Ask for a line: at most n - 1 bytes without the line end, spaces at both ends taken away; a longer one is asked for again.
 * SCREEN_STOP: the input ended, or the line is `q`. */
screen_answer screen_ask(char *line, size_t n, const char *question);
/* Wait for Enter.  SCREEN_STOP as above. */
screen_answer screen_wait(void);

#endif
