#include "support/made_crew.h"

static sunlot_err backwards(void *user, uint32_t count, sunlot_piece_fn *piece, void *work)
{
    sunlot_err err = SUNLOT_OK;
    (void)user;
    while (count > 0 && err == SUNLOT_OK) err = piece(work, --count);
    return err;
}

const sunlot_crew made_crew = {backwards, NULL};
