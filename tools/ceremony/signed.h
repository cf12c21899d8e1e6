/* What a key has signed: NAME.key.signed beside the key, a line for each checkpoint: phase, size, root in hex, draw id.
 *
 * A host that shows different people different logs needs two signatures of one party for one phase.  So the party's own tool remembers what it signed, on the disk before
 * the signature leaves, and refuses another. */
#ifndef SUNLOT_TOOLS_SIGNED_H
#define SUNLOT_TOOLS_SIGNED_H

#include "sunlot.h"

typedef struct {
    sunlot_text id;    /* draw id */
    sunlot_text phase; /* name of the checkpoint */
    uint64_t size;
    uint8_t root[32];
} signed_checkpoint;

/* Remember a checkpoint that is about to be signed.  Refused if the key has signed another one of the same draw and phase, or one that this cannot follow: a log must
 * have grown from phase to phase; and, where the log is given (else NULL), each one of this draw that was signed before must be the log's.
 * Returns STATUS_RUN once it is on the disk, or the exit status after an explanation. */
int signed_remember(const char *key_path, const signed_checkpoint *checkpoint, const sunlot_log *log);

#endif
