/* Entering an act in the log of a ceremony: what its commands share. */
#ifndef SUNLOT_TOOLS_ACT_H
#define SUNLOT_TOOLS_ACT_H

#include "ceremony/progress.h"

/* Check that lines that a step made fit the log: they are read behind it.  Returns STATUS_RUN, or the exit status after saying what contradicts it. */
int act_check(const ceremony_state *state, sunlot_text lines);

/* Make an act of one record; subject, value … as they were given.  Returns STATUS_RUN, or the exit status after an explanation. */
typedef int act_fill(sunlot_entry *entry, const ceremony *c, const ceremony_state *state, void *user);

/* The whole command: enter the folder, refuse what does not come next, fill the record, store it and say who has to sign.  Returns the exit status. */
int act_run(const char *folder, sunlot_entry_kind kind, act_fill *fill, void *user);

#endif
