/* The case files of the second implementation, read as vectors/README.md says.  What is wrong with one, or not as expected, fails the test and names
 * the file, the line of the case and its comment. */
#ifndef SUNLOT_TESTS_CASES_H
#define SUNLOT_TESTS_CASES_H

#include "base/bytes.h"

typedef struct cases cases;

/* A file below vectors/. */
cases *cases_open(const char *name);
/* Go to the next case; false behind the last.  A value of the case before that nobody asked for is a failure, and so is a name that the file's second line
 * does not have. */
bool cases_next(cases *c);
/* A file without cases is a failure. */
void cases_close(cases *c);

/* How many values of this name the case has. */
uint32_t case_count(cases *c, const char *name);
/* One of them, and the only one. */
sunlot_text case_item(cases *c, const char *name, uint32_t i);
sunlot_text case_text(cases *c, const char *name);
/* The only one, or an empty text if there is none. */
sunlot_text case_perhaps(cases *c, const char *name);
/* Forms of the only one: hex (the bytes live as long as the file), a number, `yes` or `no`. */
sunlot_text case_bytes(cases *c, const char *name);
sunlot_text case_bytes_of(cases *c, sunlot_text hex);
uint64_t case_number(cases *c, const char *name);
bool case_yes(cases *c, const char *name);
/* Numbers separated by spaces, at most `most`; returns how many. */
uint32_t case_numbers(cases *c, uint16_t *out, uint32_t most, sunlot_text list);

/* What follows: compare. */
void case_expect_text(cases *c, const char *name, sunlot_text found);
void case_expect_bytes(cases *c, const char *name, sunlot_text found);
void case_expect_numbers(cases *c, const char *name, const uint16_t *found, uint32_t count);
void case_expect(cases *c, const char *name, uint64_t expected, uint64_t found);
_Noreturn void case_fail(const cases *c, const char *what);

/* The whole of a file below vectors/; its bytes live as long as the case file. */
sunlot_text case_file(cases *c, sunlot_text folder, sunlot_text name);

#endif
