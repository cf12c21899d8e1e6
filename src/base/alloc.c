#include "base/alloc.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

/* ---- single allocations ------------------------------------------------------------------------------------------------ */

#ifdef SUNLOT_TEST_ALLOC
#include <stdatomic.h>

static _Atomic uint64_t live_count;
static _Atomic uint64_t refuse_after; /* counts down; 0: refuse none */
static _Atomic bool refuse_lasting;

void sunlot_alloc_refuse(uint64_t after, bool lasting)
{
    refuse_after = after;
    refuse_lasting = lasting;
}

uint64_t sunlot_alloc_live(void) { return live_count; }

static bool refused(void)
{
    if (refuse_after == 0) return false;
    if (refuse_after > 1) {
        refuse_after--;
        return false;
    }
    if (!refuse_lasting) refuse_after = 0;
    return true;
}

#define LIVE_ADD()  (live_count++)
#define LIVE_DROP() (live_count--)
#else
#define refused()   false
#define LIVE_ADD()  ((void)0)
#define LIVE_DROP() ((void)0)
#endif

/* The product, at least 1; 0 if it exceeds what one object can have. */
static size_t product(size_t count, size_t size)
{
    if (count == 0 || size == 0) return 1;
    return count > (size_t)PTRDIFF_MAX / size ? 0 : count * size;
}

void *sunlot_alloc(size_t count, size_t size)
{
    size_t bytes = product(count, size);
    if (bytes == 0 || refused()) return NULL;
    void *p = calloc(bytes, 1);
    if (p != NULL) LIVE_ADD();
    return p;
}

void *sunlot_resize(void *p, size_t count, size_t size)
{
    size_t bytes = product(count, size);
    if (bytes == 0 || refused()) return NULL;
    void *q = realloc(p, bytes);
    if (q != NULL && p == NULL) LIVE_ADD();
    return q;
}

void sunlot_release(void *p)
{
    if (p == NULL) return;
    LIVE_DROP();
    free(p);
}

/* ---- arenas ------------------------------------------------------------------------------------------------------------ */

/* Blocks double from 4 KiB to 1 MiB, so that a small roster stays small and a large one needs few allocations.  A request
 * that would waste more than a quarter of the next block has a block to itself, behind the first, which stays in use.
 *
 *   first -> [ block in use: taken | next … left ] -> [ own block of a big request ] -> [ full block ] -> NULL */
struct sunlot_arena_block {
    sunlot_arena_block *after;
    size_t room; /* 0 for a block of its own */
    alignas(max_align_t) char bytes[];
};

#define LEAST_ROOM ((size_t)4096)
#define MOST_ROOM  ((size_t)1 << 20)

static sunlot_arena_block *block_new(size_t room)
{
    if (room > (size_t)PTRDIFF_MAX - sizeof(sunlot_arena_block)) return NULL;
    return sunlot_alloc(1, sizeof(sunlot_arena_block) + room);
}

static void *take(sunlot_arena *a, size_t bytes, size_t align)
{
    size_t pad = (align - (uintptr_t)a->next % align) % align;
    if (a->first != NULL && pad <= a->left && bytes <= a->left - pad) {
        char *p = a->next + pad;
        a->next = p + bytes;
        a->left -= pad + bytes;
        return p;
    }

    size_t room = a->first != NULL ? a->first->room * 2 : 0;
    room = room < LEAST_ROOM ? LEAST_ROOM : room > MOST_ROOM ? MOST_ROOM : room;
    if (bytes > room / 4) {
        sunlot_arena_block *own = block_new(bytes);
        if (own == NULL) return NULL;
        if (a->first == NULL) {
            a->first = own;
        } else {
            own->after = a->first->after;
            a->first->after = own;
        }
        return own->bytes;
    }
    sunlot_arena_block *block = block_new(room);
    if (block == NULL) return NULL;
    block->room = room;
    block->after = a->first;
    a->first = block;
    a->next = block->bytes + bytes;
    a->left = room - bytes;
    return block->bytes;
}

void *sunlot_arena_alloc(sunlot_arena *a, size_t count, size_t size)
{
    size_t bytes = product(count, size);
    return bytes == 0 ? NULL : take(a, bytes, alignof(max_align_t));
}

bool sunlot_arena_copy(sunlot_arena *a, sunlot_text text, sunlot_text *out)
{
    char *p = take(a, text.n, 1);
    if (p == NULL) return false;
    if (text.n > 0) memcpy(p, text.p, text.n);
    *out = (sunlot_text){p, text.n};
    return true;
}

/* Behind the block in use of a, as a block of its own. */
void sunlot_arena_join(sunlot_arena *a, sunlot_arena *b)
{
    if (a->first == NULL) {
        *a = *b;
    } else if (b->first != NULL) {
        sunlot_arena_block *last = b->first;
        while (last->after != NULL) last = last->after;
        last->after = a->first->after;
        a->first->after = b->first;
    }
    *b = (sunlot_arena){0};
}

void sunlot_arena_free(sunlot_arena *a)
{
    sunlot_arena_block *block = a->first;
    while (block != NULL) {
        sunlot_arena_block *after = block->after;
        sunlot_release(block);
        block = after;
    }
    *a = (sunlot_arena){0};
}
