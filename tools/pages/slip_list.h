/* Who gets a slip, in the order in which slips are handed out, and what each is to say. */
#ifndef SUNLOT_TOOLS_SLIP_LIST_H
#define SUNLOT_TOOLS_SLIP_LIST_H

#include <stddef.h>

#include "common/people.h"

/* The checkpoint under which lines of students stand before their digits: the seed base, or that of a supplement. */
typedef struct {
    uint8_t root32[32];
    uint32_t act;     /* of the supplement; 0: the seed base */
    sunlot_text date; /* of the supplement */
    bool thrown;      /* its digits are in the log */
} slip_base;

typedef struct {
    uint32_t school; /* index */
    sunlot_text school_name, pseudonym;
    const person *who;
    const slip_base *base;
    char *says;       /* what the line says of the child, as HTML, zero-ended, owned; NULL: nothing */
    uint32_t values;  /* … and how many values that are */
    uint32_t student; /* index in the school; UINT32_MAX: a late one */
    uint32_t seats;   /* of a late one */
} slip;

typedef struct {
    slip *slip; /* first who was announced at first, then who came late; by school, name, id */
    size_t count, early, room;
    slip_base *base;
    uint32_t bases;
} slip_list;

/* Read a log that has its seed base, the full edition.  people: of this log, or *stranger is a pseudonym that they do not have, else empty.  Both are
 * borrowed.  Returns SUNLOT_OK (release with slip_list_free, also with a stranger), SUNLOT_ERR_MEMORY. */
sunlot_err slip_list_read(slip_list *out, sunlot_text *stranger, const sunlot_log *log, const people_list *people);
void slip_list_free(slip_list *l);

/* The end of the school that begins at slip `from`; late ones are not among those who were announced at first. */
size_t slip_list_end(const slip_list *l, size_t from);

#endif
