/* What a person's line commits to, and opening it (SPEC 3, 14.2). */
#ifndef SUNLOT_LOG_OPENING_H
#define SUNLOT_LOG_OPENING_H

#include "log/record.h"

/* A line `student`, `teacher` or `late`: borrows from its record. */
typedef struct {
    sunlot_text pseudonym, commitment;
    sunlot_text school; /* of a `late`: its number; else empty */
    const sunlot_text *value;
    uint32_t values;
} sunlot_opening;

/* Returns false for another record, or one whose pseudonym or commitment has not its form. */
bool sunlot_opening_read(sunlot_opening *out, const sunlot_record *record);
/* Whether a text has the form of a salt: a digest (SPEC 2). */
bool sunlot_opening_salt(sunlot_text salt);
/* Whether salt, as a digest (SPEC 2), and person are those of the commitment. */
bool sunlot_opening_check(const sunlot_opening *opening, sunlot_text salt, const sunlot_person *person);

#endif
