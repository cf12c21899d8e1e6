/* Command lines: options with getopt_long, in one form for every command. */
#ifndef SUNLOT_TOOLS_OPTIONS_H
#define SUNLOT_TOOLS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Exit statuses of both programs. */
enum { STATUS_OK = 0, STATUS_REFUSED = 1, STATUS_CANNOT = 2, STATUS_RUN = -1 };

/* One option; "output" is also -o.  With `value` it takes an argument, stored there; with `flag` it takes none. */
typedef struct {
    const char *name; /* without the dashes */
    const char **value;
    bool *flag;
} tool_option;

/* Read the options of a command and its operands, exactly `operands` of them.  --help and --lang are understood everywhere.
 * command is what stands before the options ("sunlot check"); help is its page, printed for --help.
 * Returns STATUS_RUN to go on, or the exit status after --help or a mistake, which has been explained. */
int options_read(int argc, char **argv, const char *command, const char *help, const tool_option *option, size_t options, const char **operand,
                 size_t operands);

/* The same for a command that takes `least` to `most` operands; *count is how many it was given; those that were not are NULL. */
int options_read_some(int argc, char **argv, const char *command, const char *help, const tool_option *option, size_t options, const char **operand,
                      size_t least, size_t most, size_t *count);

/* Say that the value of an option ("seed") is wrong or, where it is NULL, missing; returns STATUS_CANNOT. */
int options_wrong(const char *command, const char *option, const char *value, const char *expected);

/* A decimal number least … most without sign or superfluous zeros.  Returns false for anything else. */
bool options_number(uint32_t *out, const char *text, uint32_t least, uint32_t most);
/* Read --jobs, 1 … 256; text NULL: as many as the machine has processors.  Returns STATUS_RUN, or the exit status after an explanation. */
uint32_t options_processors(void);
int options_jobs(uint32_t *out, const char *command, const char *text);
/* 64 digits of hex, upper or lower case.  Returns false for anything else. */
bool options_seed(uint8_t seed32[32], const char *text);

#endif
