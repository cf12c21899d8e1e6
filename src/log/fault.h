/* Faults of a log: where and why it is not sound (SPEC 10). */
#ifndef SUNLOT_LOG_FAULT_H
#define SUNLOT_LOG_FAULT_H

#include "sunlot.h"

/* Fill a fault.  what is static text; found is shortened to fit and made well-formed UTF-8 without controls. */
void sunlot_fault_set(sunlot_fault *fault, sunlot_answer answer, uint64_t line, const char *what, sunlot_text found);

/* As above for a line that differs from the one expected: found becomes `FOUND ≠ EXPECTED`, each shortened. */
void sunlot_fault_differ(sunlot_fault *fault, sunlot_answer answer, uint64_t line, const char *what, sunlot_text found, sunlot_text expected);

#endif
