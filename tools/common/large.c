#include "common/large.h"

#include <string.h>

/* Each character is 5 dots wide and 8 high: a byte a line, most significant of 5 bits left.  Two lines of dots make one of text, by half blocks. */
#define DOTS  5u
#define LINES 8u

static const char drawn[] = "0123456789abcdef-";
static const unsigned char dots[sizeof drawn - 1][LINES] = {
    {14, 17, 19, 21, 25, 17, 14, 0}, {4, 12, 4, 4, 4, 4, 14, 0},    {14, 17, 1, 2, 4, 8, 31, 0},   {31, 2, 4, 2, 1, 17, 14, 0},
    {2, 6, 10, 18, 31, 2, 2, 0},     {31, 16, 30, 1, 1, 17, 14, 0}, {6, 8, 16, 30, 17, 17, 14, 0}, {31, 1, 2, 4, 8, 8, 8, 0},
    {14, 17, 17, 14, 17, 17, 14, 0}, {14, 17, 17, 15, 1, 2, 12, 0}, {0, 0, 14, 1, 15, 17, 15, 0},  {16, 16, 22, 25, 17, 17, 30, 0},
    {0, 0, 14, 16, 16, 17, 14, 0},   {1, 1, 13, 19, 17, 17, 15, 0}, {0, 0, 14, 17, 31, 16, 14, 0}, {6, 9, 8, 28, 8, 8, 8, 0},
    {0, 0, 0, 31, 0, 0, 0, 0},
};

/* Columns of a word of n characters: a dot and a gap each. */
static unsigned width(size_t n) { return (unsigned)n * (DOTS + 1); }

#define BETWEEN_WORDS 3u

static bool fits(const char *words, unsigned a_row, unsigned columns)
{
    unsigned at = 0, word = 0;
    while (*words != '\0') {
        const size_t n = strcspn(words, " ");
        for (size_t i = 0; i < n; i++)
            if (strchr(drawn, words[i]) == NULL) return false;
        if (word++ % a_row == 0) at = 0;
        at += width(n) + (at > 0 ? BETWEEN_WORDS : 0);
        if (n == 0 || at > columns) return false;
        words += n + (words[n] == ' ');
    }
    return true;
}

static void print_dots(FILE *to, char c, unsigned line)
{
    static const char *const block[] = {" ", "▄", "▀", "█"};
    const unsigned char *glyph = dots[strchr(drawn, c) - drawn];
    for (unsigned dot = 0; dot < DOTS; dot++) {
        const unsigned upper = glyph[line] >> (DOTS - 1 - dot) & 1u, lower = glyph[line + 1] >> (DOTS - 1 - dot) & 1u;
        (void)fputs(block[upper << 1 | lower], to);
    }
    (void)fputc(' ', to);
}

bool large_print(FILE *to, const char *words, unsigned a_row, unsigned columns)
{
    if (!fits(words, a_row, columns)) return false;
    while (*words != '\0') {
        const char *end = words;
        for (unsigned word = 0; word < a_row && *end != '\0'; word++) {
            end += strcspn(end, " ");
            end += *end == ' ';
        }
        for (unsigned line = 0; line < LINES; line += 2) {
            for (const char *c = words; c < end; c++) {
                if (*c == ' ')
                    (void)fprintf(to, "%*s", (int)BETWEEN_WORDS, "");
                else
                    print_dots(to, *c, line);
            }
            (void)fputc('\n', to);
        }
        (void)fputc('\n', to);
        words = end;
    }
    return true;
}
