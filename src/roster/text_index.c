#include "roster/text_index.h"

#include "base/alloc.h"

bool sunlot_text_index_init(sunlot_text_index *index, uint32_t most)
{
    uint32_t slots = 16;
    while (slots / 2 < most) slots *= 2;
    index->slot = sunlot_alloc(slots, sizeof *index->slot);
    if (index->slot == NULL) return false;
    index->mask = slots - 1;
    for (uint32_t i = 0; i < slots; i++) index->slot[i].number = UINT32_MAX;
    return true;
}

/* FNV-1a of 64 bits, folded. */
static uint32_t hash_of(sunlot_text text)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < text.n; i++) h = (h ^ (unsigned char)text.p[i]) * 0x100000001b3u;
    return (uint32_t)(h ^ h >> 32);
}

/* The slot that holds the text, or the free one where it would stand. */
static uint32_t probe(const sunlot_text_index *index, sunlot_text text, uint32_t hash)
{
    uint32_t i = hash & index->mask;
    while (index->slot[i].number != UINT32_MAX && (index->slot[i].hash != hash || !sunlot_text_equal(index->slot[i].text, text))) i = (i + 1) & index->mask;
    return i;
}

uint32_t sunlot_text_index_add(sunlot_text_index *index, sunlot_text text, uint32_t number)
{
    const uint32_t hash = hash_of(text);
    sunlot_text_slot *slot = &index->slot[probe(index, text, hash)];
    if (slot->number == UINT32_MAX) *slot = (sunlot_text_slot){text, number, hash};
    return slot->number;
}

uint32_t sunlot_text_index_find(const sunlot_text_index *index, sunlot_text text) { return index->slot[probe(index, text, hash_of(text))].number; }

void sunlot_text_index_free(sunlot_text_index *index)
{
    sunlot_release(index->slot);
    *index = (sunlot_text_index){0};
}
