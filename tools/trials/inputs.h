/* The four input files of a folder. */
#ifndef SUNLOT_TOOLS_INPUTS_H
#define SUNLOT_TOOLS_INPUTS_H

#include <stdio.h>

#include "sunlot.h"

/* Read and check rules.csv, classes.csv, students.csv and, if there is one, teachers.csv; every fault is printed to `report`, and so is
 * which files were GB18030.  Returns STATUS_RUN with *out (release with sunlot_enrolment_free), or the exit status. */
int inputs_read(sunlot_enrolment **out, const char *folder, FILE *report, uint32_t jobs);

/* Check that the enrolment may be announced with public rows (SPEC 11.4), the reasons printed to `report`.
 * Returns STATUS_RUN if so, or the exit status. */
int inputs_publishable(const sunlot_enrolment *e, const sunlot_roster *r, FILE *report);

#endif
