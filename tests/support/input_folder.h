/* The input files of a folder, as text. */
#ifndef SUNLOT_TESTS_INPUT_FOLDER_H
#define SUNLOT_TESTS_INPUT_FOLDER_H

#include "sunlot.h"

/* Read rules.csv, classes.csv, students.csv, teachers.csv; a file that is not there is NULL.  Zero-ended, never released.  A program that has no
 * input has nothing to do: it ends with a message. */
void input_folder_read(char *text[SUNLOT_FILE_COUNT], const char *path);

/* The pseudonymous roster that the texts make, the same every time; the program ends where they are refused. */
sunlot_roster *input_folder_roster(char *const text[SUNLOT_FILE_COUNT], const char *path);

#endif
