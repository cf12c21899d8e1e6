#include "base/crew.h"

sunlot_err sunlot_crew_run(const sunlot_crew *crew, uint32_t count, sunlot_piece_fn *piece, void *work)
{
    if (crew != NULL && count > 1) return crew->run(crew->user, count, piece, work);
    sunlot_err err = SUNLOT_OK;
    for (uint32_t i = 0; i < count && err == SUNLOT_OK; i++) err = piece(work, i);
    return err;
}
