/* Byte strings: comparing, hex, growing buffers, decimal numbers. */
#ifndef SUNLOT_BASE_BYTES_H
#define SUNLOT_BASE_BYTES_H

#include "sunlot.h"

#define SUNLOT_NONE32 UINT32_MAX /* no index */

/* A text of a string literal. */
#define SUNLOT_TEXT(literal) ((sunlot_text){("" literal), sizeof("" literal) - 1})
sunlot_text sunlot_text_of(const char *zero_ended);

bool sunlot_text_equal(sunlot_text a, sunlot_text b);
/* Byte order (SPEC 1): negative, 0, positive. */
int sunlot_text_compare(sunlot_text a, sunlot_text b);
/* Shortlex order (SPEC 1). */
int sunlot_text_shortlex(sunlot_text a, sunlot_text b);
bool sunlot_text_starts(sunlot_text a, sunlot_text prefix);
/* Split at the first `at`: the part before it; *rest what follows.  Without one: the whole, and *rest empty with p NULL. */
sunlot_text sunlot_text_split(sunlot_text text, char at, sunlot_text *rest);
/* Without ASCII spaces at both ends. */
sunlot_text sunlot_text_trim(sunlot_text text);

/* Lower-case hex: out receives 2n bytes, no final zero. */
void sunlot_hex_write(char *out, const uint8_t *bytes, size_t n);
/* A digit of hex as a lower-case one; any other byte as it is. */
char sunlot_hex_lower(char digit);
/* Read exactly 2n lower-case digits.  Returns false, out unspecified, if text is anything else. */
bool sunlot_hex_parse(uint8_t *out, size_t n, sunlot_text text);

/* Append.  All return false without memory, the buffer then being as before. */
bool sunlot_buffer_add(sunlot_buffer *b, const void *bytes, size_t n);
bool sunlot_buffer_text(sunlot_buffer *b, sunlot_text text);
bool sunlot_buffer_string(sunlot_buffer *b, const char *zero_ended);
bool sunlot_buffer_byte(sunlot_buffer *b, char c);
bool sunlot_buffer_number(sunlot_buffer *b, uint64_t number);
bool sunlot_buffer_reserve(sunlot_buffer *b, size_t more);
/* If not `complete`, back to n bytes, as if nothing had been added.  Returns complete. */
bool sunlot_buffer_keep(sunlot_buffer *b, size_t n, bool complete);
sunlot_text sunlot_buffer_view(const sunlot_buffer *b);

/* Write a decimal number: at most SUNLOT_NUMBER_BYTES.  Returns the length; no final zero. */
#define SUNLOT_NUMBER_BYTES 20u
size_t sunlot_number_write(char *out, uint64_t number);
/* A decimal number without superfluous zeros, at most max (SPEC 1).  Returns false for anything else. */
bool sunlot_number_parse(uint64_t *out, sunlot_text text, uint64_t max);
/* The square root rounded down. */
uint32_t sunlot_number_root(uint64_t x);
/* A score number in its one form (SPEC 1), scaled by 1000. */
bool sunlot_score_parse(int32_t *out, sunlot_text text);
/* True for a decimal in the form of a score number, with up to five decimals and of any size (SPEC 2). */
bool sunlot_decimal_check(sunlot_text text);
/* A decimal as people write it in input files (SPEC 11.1): superfluous zeros after the point are accepted.
 * Returns 0, or what is wrong: SUNLOT_ISSUE_NUMBER, SUNLOT_ISSUE_FULL_WIDTH, SUNLOT_ISSUE_RANGE. */
int sunlot_score_read(int32_t *out, sunlot_text text);
/* Write value / 10^decimals, decimals at most 20, without superfluous zeros; at most 24 bytes.  Returns the length; no final zero. */
size_t sunlot_decimal_write(char *out, int64_t value, uint32_t decimals);

/* Sort count items of `size` bytes in place, stable, by a total or partial order; n log n, needs `scratch` of the same size.  The
 * library's qsort is not used: its order of equals differs between systems. */
typedef int sunlot_order_fn(const void *a, const void *b, const void *user);
void sunlot_sort(void *items, size_t count, size_t size, sunlot_order_fn *order, const void *user, void *scratch);

#endif
