#include "base/alloc.h"

#include <stdlib.h>

const char *sunlot_err_name(int err)
{
    switch (err) {
    case SUNLOT_OK:
        return "SUNLOT_OK";
    case SUNLOT_ERR_MEMORY:
        return "SUNLOT_ERR_MEMORY";
    case SUNLOT_ERR_CRYPTO:
        return "SUNLOT_ERR_CRYPTO";
    case SUNLOT_ERR_INPUT:
        return "SUNLOT_ERR_INPUT";
    case SUNLOT_ERR_LIMIT:
        return "SUNLOT_ERR_LIMIT";
    case SUNLOT_ERR_LOG:
        return "SUNLOT_ERR_LOG";
    case SUNLOT_ERR_PHASE:
        return "SUNLOT_ERR_PHASE";
    case SUNLOT_ERR_DIGITS:
        return "SUNLOT_ERR_DIGITS";
    case SUNLOT_ERR_KEY:
        return "SUNLOT_ERR_KEY";
    case SUNLOT_ERR_QUORUM:
        return "SUNLOT_ERR_QUORUM";
    case SUNLOT_ERR_SIGNATURE:
        return "SUNLOT_ERR_SIGNATURE";
    case SUNLOT_ERR_EDITION:
        return "SUNLOT_ERR_EDITION";
    case SUNLOT_ERR_NOT_PLACED:
        return "SUNLOT_ERR_NOT_PLACED";
    case SUNLOT_ERR_KEY_FILE:
        return "SUNLOT_ERR_KEY_FILE";
    case SUNLOT_ERR_PASSWORD:
        return "SUNLOT_ERR_PASSWORD";
    default:
        return "SUNLOT_ERR_UNKNOWN";
    }
}

_Noreturn void sunlot_require_failed(void) { abort(); }
