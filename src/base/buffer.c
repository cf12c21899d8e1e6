#include "base/alloc.h"
#include "base/bytes.h"

#include <string.h>

#define LEAST_CAP ((size_t)256)

bool sunlot_buffer_reserve(sunlot_buffer *b, size_t more)
{
    if (more <= b->cap - b->n) return true;
    if (more > (size_t)PTRDIFF_MAX - b->n) return false;
    size_t cap = b->n + more;
    if (cap < LEAST_CAP) cap = LEAST_CAP;
    if (cap < b->cap * 2) cap = b->cap * 2;
    char *p = sunlot_resize(b->p, cap, 1);
    if (p == NULL) return false;
    b->p = p;
    b->cap = cap;
    return true;
}

bool sunlot_buffer_add(sunlot_buffer *b, const void *bytes, size_t n)
{
    if (!sunlot_buffer_reserve(b, n)) return false;
    if (n > 0) memcpy(b->p + b->n, bytes, n);
    b->n += n;
    return true;
}

bool sunlot_buffer_text(sunlot_buffer *b, sunlot_text text) { return sunlot_buffer_add(b, text.p, text.n); }

bool sunlot_buffer_string(sunlot_buffer *b, const char *zero_ended) { return sunlot_buffer_add(b, zero_ended, strlen(zero_ended)); }

bool sunlot_buffer_byte(sunlot_buffer *b, char c) { return sunlot_buffer_add(b, &c, 1); }

bool sunlot_buffer_number(sunlot_buffer *b, uint64_t number)
{
    char digits[SUNLOT_NUMBER_BYTES];
    return sunlot_buffer_add(b, digits, sunlot_number_write(digits, number));
}

sunlot_text sunlot_buffer_view(const sunlot_buffer *b) { return (sunlot_text){b->p, b->n}; }

void sunlot_buffer_free(sunlot_buffer *b)
{
    sunlot_release(b->p);
    *b = (sunlot_buffer){0};
}

bool sunlot_buffer_keep(sunlot_buffer *b, size_t n, bool complete)
{
    if (!complete) b->n = n;
    return complete;
}
