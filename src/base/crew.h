/* Work in pieces, done by the caller's crew. */
#ifndef SUNLOT_BASE_CREW_H
#define SUNLOT_BASE_CREW_H

#include "sunlot.h"

/* Do the pieces 0 … count-1.  crew NULL: here, one after the other.  Returns SUNLOT_OK, or the error of a piece: then not all were done. */
SUNLOT_MUST_CHECK sunlot_err sunlot_crew_run(const sunlot_crew *crew, uint32_t count, sunlot_piece_fn *piece, void *work);

#endif
