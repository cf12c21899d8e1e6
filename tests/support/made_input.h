/* Small input files, and the faults found in others as text. */
#ifndef TESTS_SUPPORT_MADE_INPUT_H
#define TESTS_SUPPORT_MADE_INPUT_H

#include "sunlot.h"

/* One school of two classes with six students and four teachers, with every kind of rule; nothing is wrong with it. */
extern const char *const made_input[SUNLOT_FILE_COUNT];

/* The files, zero-ended; NULL: the file does not exist. */
sunlot_input made_input_of(const char *const file[SUNLOT_FILE_COUNT]);

/* What was reported, one line each: `students 3:2 id 150 [A1] [2]`: file, line and column, header, code, found, expected. */
typedef struct {
    char text[1 << 16];
    size_t n;
    uint32_t issues;
    bool seen[SUNLOT_ISSUE_END];
} made_report;
void made_report_add(void *report, const sunlot_issue *issue);

/* Read files; *report is begun anew. */
sunlot_err made_input_read(sunlot_enrolment **e, const char *const *file, made_report *report);

/* The text with one line (from 1) replaced; 0: the whole text; beyond the end: appended.  Released with free. */
char *made_input_replace(const char *text, uint32_t line, const char *with);

#endif
