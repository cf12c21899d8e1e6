/* private/people.csv, as the announcement writes it. */
#ifndef SUNLOT_DRAW_AUDIT_PEOPLE_H
#define SUNLOT_DRAW_AUDIT_PEOPLE_H

#include "base/alloc.h"
#include "log/record.h"
#include "roster/text_index.h"

typedef struct {
    sunlot_text pseudonym, salt;
    sunlot_person person;
    bool seen; /* a line of the log has its pseudonym */
} sunlot_audited;

/* Start with {0}.  Borrows from the text, but for quoted fields. */
typedef struct {
    sunlot_arena arena;
    uint32_t count;
    sunlot_audited *one;
    sunlot_text_index index; /* by pseudonym */
} sunlot_audited_people;

/* Out: *line the first that has another form, or a pseudonym that stands twice; 0: none.  Returns SUNLOT_OK, SUNLOT_ERR_INPUT, SUNLOT_ERR_MEMORY; release with
 * sunlot_audited_free in any case. */
SUNLOT_MUST_CHECK sunlot_err sunlot_audited_read(sunlot_audited_people *out, sunlot_text bytes, uint32_t *line);
void sunlot_audited_free(sunlot_audited_people *p);

#endif
