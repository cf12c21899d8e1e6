/* The keys of a school's stages and the tickets (SPEC 3). */
#ifndef SUNLOT_RANDOM_STAGES_H
#define SUNLOT_RANDOM_STAGES_H

#include "random/digest.h"

/* Stage "ticket" or "number": rung and attempt 0.  "place", "teams", "match": both from 1. */
sunlot_digest sunlot_stage_key(const uint8_t seed32[32], const char *stage, sunlot_text school, uint32_t rung, uint32_t attempt);
/* Stage "late" of act number `act`. */
sunlot_digest sunlot_late_key(const uint8_t seed32[32], sunlot_text school, uint32_t act);
/* What the tickets of a stage begin with, worked out once for all of them. */
void sunlot_ticket_begin(sunlot_mac_state *begun, const sunlot_digest *stage_key);
/* Ticket of a student (section 0) or of a teacher's section (from 1).  pseudonym: in the form of SPEC 2, with its letter. */
sunlot_digest sunlot_ticket(const sunlot_mac_state *begun, sunlot_text pseudonym, uint32_t section);

/* shuffle of SPEC 4. */
void sunlot_shuffle(sunlot_stream *s, uint16_t *a, uint32_t n);

#endif
