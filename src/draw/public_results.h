/* What a public edition lets be checked of its results (SPEC 10). */
#ifndef SUNLOT_DRAW_PUBLIC_RESULTS_H
#define SUNLOT_DRAW_PUBLIC_RESULTS_H

#include "log/fault.h"
#include "log/log.h"

/* The block of a school: its number; as many seats as students, ascending by pseudonym, in classes of the school; each group in one class and each class of
 * one group; each locked student where the lock says; and, where all classes are interchangeable, the class numbers as the seed deals them (SPEC 8.7).
 * Out: *fault, `mismatch` at the first line that is otherwise, or answer SUNLOT_VALID.  Phase results. */
SUNLOT_MUST_CHECK sunlot_err sunlot_public_results_check(sunlot_fault *fault, const sunlot_log *log, uint32_t school);

#endif
