#include "base/bytes.h"

#include <string.h>

/* Bottom-up merge sort: runs of 1, 2, 4 … items are merged from one array into the other, which then change places.
 *
 *   5 3 | 4 1 | 2   ->   3 5 | 1 4 | 2   ->   1 3 4 5 | 2   ->   1 2 3 4 5
 *
 * Of equals the left run's comes first, so the sort is stable; the number of passes depends on count alone. */
static void merge(char *to, const char *left, const char *right, const char *end, size_t size, sunlot_order_fn *order, const void *user)
{
    const char *middle = right;
    if (right == end || order(right - size, right, user) <= 0) {
        memcpy(to, left, (size_t)(end - left));
        return;
    }
    while (left < middle && right < end) {
        const char **least = order(left, right, user) <= 0 ? &left : &right;
        memcpy(to, *least, size);
        *least += size;
        to += size;
    }
    memcpy(to, left, (size_t)(middle - left));
    to += middle - left;
    memcpy(to, right, (size_t)(end - right));
}

void sunlot_sort(void *items, size_t count, size_t size, sunlot_order_fn *order, const void *user, void *scratch)
{
    char *from = items, *to = scratch;
    for (size_t run = 1; run < count; run *= 2) {
        for (size_t i = 0; i < count;) {
            size_t right = count - i < run ? count : i + run;
            size_t end = count - right < run ? count : right + run;
            merge(to + i * size, from + i * size, from + right * size, from + end * size, size, order, user);
            i = end;
        }
        char *swap = from;
        from = to;
        to = swap;
    }
    if (from != (char *)items) memcpy(items, from, count * size);
}
