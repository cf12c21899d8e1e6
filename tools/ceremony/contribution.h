/* The random bytes that a sealed party adds: NAME.key.ROOT.sealed beside its key, one file for each draw.
 *
 * They are on the disk before the commitment leaves: a party that commits and then loses them could not open its commitment.  ROOT is the beginning of the root of the
 * list, so that another list gets other bytes and the same one the same bytes, however often one asks. */
#ifndef SUNLOT_TOOLS_CONTRIBUTION_H
#define SUNLOT_TOOLS_CONTRIBUTION_H

#include "sunlot.h"

/* The bytes of a key for the list of a log; made and stored if there are none and `make`.  Out: *bytes, in locked memory, 32 bytes: release with sunlot_locked_free.
 * Returns STATUS_RUN or the exit status after an explanation. */
int contribution_open(uint8_t **bytes, const char *key_path, const sunlot_log *log, bool make);

#endif
