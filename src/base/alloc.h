/* The only allocator of the library: everything that src/ owns comes from here, so that tests can count and refuse.
 *
 * An arena is a list of blocks that is released as a whole: rosters and logs live in one each.  Not for sharing between
 * threads while it grows. */
#ifndef SUNLOT_BASE_ALLOC_H
#define SUNLOT_BASE_ALLOC_H

#include "sunlot.h"

/* Aborts the process: for programmer's errors only.  Always on. */
#define SUNLOT_REQUIRE(cond) ((cond) ? (void)0 : sunlot_require_failed())
_Noreturn void sunlot_require_failed(void);

/* count × size bytes, zeroed; NULL if there is no memory or the product overflows.  count × size = 0 gives a valid pointer. */
void *sunlot_alloc(size_t count, size_t size);
/* Change to count × size bytes; NULL leaves p as it was.  New bytes are not zeroed. */
void *sunlot_resize(void *p, size_t count, size_t size);
void sunlot_release(void *p);

/* For tests: refuse the allocation number `after` (from 1) and, if `lasting`, all that follow; 0 refuses none.  These two live only in
 * builds with -DSUNLOT_TEST_ALLOC. */
#ifdef SUNLOT_TEST_ALLOC
void sunlot_alloc_refuse(uint64_t after, bool lasting);
uint64_t sunlot_alloc_live(void); /* allocations not yet released */
#endif

typedef struct sunlot_arena_block sunlot_arena_block;
typedef struct {
    sunlot_arena_block *first;
    size_t left;
    char *next;
} sunlot_arena;

/* Zeroed memory, aligned for any type, that lives as long as the arena; NULL without memory or on overflow. */
void *sunlot_arena_alloc(sunlot_arena *a, size_t count, size_t size);
/* A copy of text in the arena.  Returns false without memory. */
bool sunlot_arena_copy(sunlot_arena *a, sunlot_text text, sunlot_text *out);
/* Move everything that b holds into a; b is empty then. */
void sunlot_arena_join(sunlot_arena *a, sunlot_arena *b);
void sunlot_arena_free(sunlot_arena *a);

#endif
