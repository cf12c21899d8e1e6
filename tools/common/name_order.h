/* The order of names in lists for people: by the bytes of GB18030, in which the common Chinese characters stand by their pinyin, and Latin letters
 * before them. */
#ifndef SUNLOT_TOOLS_NAME_ORDER_H
#define SUNLOT_TOOLS_NAME_ORDER_H

#include "sunlot.h"

typedef struct {
    void *converter; /* NULL: this system does not know GB18030, and the bytes of UTF-8 are taken */
} name_order;

void name_order_begin(name_order *o);
void name_order_end(name_order *o);

/* Write what is compared byte by byte in the place of a name: at most 2 * name.n bytes.  Returns how many. */
size_t name_order_key(const name_order *o, char *key, sunlot_text name);

#endif
