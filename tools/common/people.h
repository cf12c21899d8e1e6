/* private/people.csv: whom the pseudonyms stand for. */
#ifndef SUNLOT_TOOLS_PEOPLE_H
#define SUNLOT_TOOLS_PEOPLE_H

#include "sunlot.h"

typedef struct {
    sunlot_text pseudonym, salt, school, id, name;
    sunlot_text key; /* by which names are compared: see name_order.h */
} person;

typedef struct {
    uint32_t count;
    person *person; /* by pseudonym */
    char *cells;    /* what the texts point into */
    size_t cells_n;
    char *keys; /* … and the keys */
    size_t keys_n;
} people_list;

/* Read the list as the announcement writes it: CSV with the columns pseudonym,salt,school,id,name.
 * Returns 0, or the number of the first line that has another form.  Release with people_free, which wipes it. */
size_t people_read(people_list *out, sunlot_text bytes);
void people_free(people_list *p);

/* NULL if nobody has this pseudonym. */
const person *people_find(const people_list *p, sunlot_text pseudonym);

/* The order of lists: by name, then by id, so that no two of a list are equal.  Returns less than, or more than 0. */
int people_order(const person *a, const person *b);

#endif
