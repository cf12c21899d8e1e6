/* Records: one CSV line of the log, its one form (SPEC 2). */
#ifndef SUNLOT_LOG_RECORD_H
#define SUNLOT_LOG_RECORD_H

#include "base/bytes.h"

#define SUNLOT_RECORD_FIELDS 64u

typedef struct {
    uint32_t fields;
    sunlot_text field[SUNLOT_RECORD_FIELDS]; /* unquoted; borrows from the line or from room */
    char room[SUNLOT_MAX_LINE_BYTES];        /* unquoted text of lines that hold quotes */
} sunlot_record;

/* Read one line without its LF.  Returns NULL, or a static English phrase for what breaks SPEC 2. */
const char *sunlot_record_parse(sunlot_record *out, sunlot_text line);

/* Append one line with its LF, quoting where needed.  The fields are valid (SPEC 2).  Returns false without memory. */
bool sunlot_record_write(sunlot_buffer *out, const sunlot_text *field, size_t fields);

#endif
