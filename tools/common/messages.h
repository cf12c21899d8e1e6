/* What people read: its language, its safe printing, its end.
 *
 * Every sentence is written in English and looked up in the catalogue (po/); output is UTF-8 in both languages. */
#ifndef SUNLOT_TOOLS_MESSAGES_H
#define SUNLOT_TOOLS_MESSAGES_H

#include <libintl.h>
#include <stdio.h>

#include "sunlot.h"

#define _(sentence)  gettext(sentence)
#define N_(sentence) sentence

/* Choose the language: from the environment (LANGUAGE, LC_ALL, LC_MESSAGES, LANG), or, before the first complaint, from --lang
 * anywhere on the command line.  program is the name put before complaints. */
void messages_init(const char *program, int argc, char **argv);
/* Change it.  Returns false if the language is not en or zh (zh_CN, zh-CN … are taken as zh). */
bool messages_language(const char *language);
bool messages_chinese(void);

/* Print "PROGRAM: …" and a line end to standard error. */
#if defined(__GNUC__)
__attribute__((format(printf, 1, 2)))
#endif
void complain(const char *format, ...);
/* The same with the reason of errno. */
void complain_file(const char *what, const char *path);
/* Explain an error of the library; returns the exit status that it means. */
int complain_error(sunlot_err err);

/* Close standard output.  Returns status, or STATUS_CANNOT with a complaint if not everything could be written. */
int messages_end(int status);

/* The name of an input file ("rules.csv"). */
const char *messages_file(sunlot_file file);
/* Print one issue on a line, as "students.csv:17:3 (sex): …". */
void messages_issue(FILE *to, const sunlot_issue *issue);
/* The same of a file of another name. */
void messages_issue_in(FILE *to, const char *file, const sunlot_issue *issue);
/* Print the fingerprint in four rows of four groups. */
void messages_fingerprint(FILE *to, const uint8_t fingerprint32[32]);

#endif
