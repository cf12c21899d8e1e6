/* Memory for secrets: it is not swapped out where the system allows that, stands between pages that nobody may touch, and is wiped. */
#include <sodium.h>
#include <string.h>

#include "sunlot.h"

void *sunlot_locked_new(size_t n)
{
    void *p = sodium_malloc(n);
    if (p != NULL) memset(p, 0, n);
    return p;
}

void sunlot_locked_free(void *p) { sodium_free(p); }
