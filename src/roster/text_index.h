/* Finding numbers by text: names of schools, ids of people.  A table of twice as many slots as there are texts, probed one after the other. */
#ifndef SUNLOT_ROSTER_TEXT_INDEX_H
#define SUNLOT_ROSTER_TEXT_INDEX_H

#include "base/bytes.h"

typedef struct {
    sunlot_text text; /* borrowed */
    uint32_t number;  /* UINT32_MAX: free */
    uint32_t hash;
} sunlot_text_slot;

/* Start with {0}. */
typedef struct {
    sunlot_text_slot *slot;
    uint32_t mask;
} sunlot_text_index;

/* Room for `most` texts.  Returns false without memory. */
bool sunlot_text_index_init(sunlot_text_index *index, uint32_t most);
/* Enter a text.  Returns `number`, or the number with which the same text was entered before; then nothing changes. */
uint32_t sunlot_text_index_add(sunlot_text_index *index, sunlot_text text, uint32_t number);
/* Returns the text's number, UINT32_MAX if it was not entered. */
uint32_t sunlot_text_index_find(const sunlot_text_index *index, sunlot_text text);
void sunlot_text_index_free(sunlot_text_index *index);

#endif
