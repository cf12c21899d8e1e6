/* The two walks of the engine (SPEC 8.4, 8.5). */
#ifndef SUNLOT_PLACE_WALK_H
#define SUNLOT_PLACE_WALK_H

#include "place/exchange.h"

/* Returns true if every interval holds at the end.  Out: *steps taken. */
bool sunlot_repair(sunlot_engine *e, sunlot_stream *s, uint64_t *steps);
/* Returns true if the last look found every interval kept.  Out: *looks, *steps taken. */
bool sunlot_mix(sunlot_engine *e, sunlot_stream *s, uint32_t mix, uint32_t *looks, uint64_t *steps);

#endif
