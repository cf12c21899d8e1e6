/* From GB18030, as spreadsheets save it in China, to UTF-8 (SPEC 11.1). */
#ifndef SUNLOT_TOOLS_DECODE_H
#define SUNLOT_TOOLS_DECODE_H

#include "common/files.h"

/* Where bytes belong to no character. */
typedef struct {
    uint32_t line;       /* from 1 */
    uint32_t byte;       /* of the line, from 1 */
    unsigned char value; /* the byte there */
    const char *foreign; /* "xlsx", "xls", "UTF-16" */
} decode_fault;

typedef enum { DECODE_UTF8, DECODE_GB18030, DECODE_INVALID, DECODE_FOREIGN, DECODE_FAILED } decode_result;

/* Leave *bytes as they are if they are well-formed UTF-8; otherwise replace them by their decoding from GB18030.
 * DECODE_FOREIGN: a workbook or UTF-16, named in fault->foreign.  DECODE_INVALID: they are neither, see *fault.  DECODE_FAILED: the system cannot decode it (complained about). */
decode_result decode_file(file_bytes *bytes, decode_fault *fault);

#endif
