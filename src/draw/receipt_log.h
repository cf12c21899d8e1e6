/* A receipt beside its log (SPEC 14.2). */
#ifndef SUNLOT_DRAW_RECEIPT_LOG_H
#define SUNLOT_DRAW_RECEIPT_LOG_H

#include "log/log.h"

/* Whether the log has a checkpoint of this size and root. */
bool sunlot_receipt_log_checkpoint(const sunlot_log *log, uint64_t size, const sunlot_digest *root);

/* Whether each of `lines` is the log's line of its number, from 0, ascending; in a public edition also the line whose leaf stands there.  Returns how many of the
 * first are. */
uint32_t sunlot_receipt_log_lines(const sunlot_log *log, const uint64_t *index, const sunlot_text *line, uint32_t lines);

/* Add what only the log knows: the names of the columns (from the arena; not, if it has other ones), and of a class that the receipt does not name.
 * Returns false without memory. */
bool sunlot_receipt_log_names(sunlot_receipt_info *info, sunlot_arena *arena, const sunlot_log *log);

#endif
