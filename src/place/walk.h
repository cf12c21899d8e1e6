/* The walks of the engine (SPEC 8.5, 8.6). */
#ifndef SUNLOT_PLACE_WALK_H
#define SUNLOT_PLACE_WALK_H

#include "place/exchange.h"

/* Returns true if every interval holds at the end.  Out: *steps taken. */
bool sunlot_repair(sunlot_engine *e, sunlot_stream *s, uint64_t *steps);
/* Returns true if the last look found every interval kept.  Out: *looks, *steps taken, tempering included. */
bool sunlot_mix(sunlot_engine *e, sunlot_stream *s, uint32_t mix, uint32_t *looks, uint64_t *steps);
/* The weights of the walk (SPEC 8.6), found by probes.  The grain is that of the mix.  Added to: *steps taken. */
sunlot_price sunlot_temper(sunlot_engine *e, sunlot_stream *s, uint64_t *steps);
/* One stretch of the mix with the weights of the price; its `most` is not read. */
void sunlot_walk(sunlot_engine *e, const sunlot_price *price, sunlot_stream *s, uint64_t steps);

#endif
