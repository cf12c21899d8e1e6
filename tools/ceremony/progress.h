/* Where a ceremony stands and what comes next: the order of the steps, in one place. */
#ifndef SUNLOT_TOOLS_PROGRESS_H
#define SUNLOT_TOOLS_PROGRESS_H

#include <stdio.h>

#include "ceremony/note_file.h"

typedef enum {
    STEP_SIGN,    /* the quorum of the last checkpoint is not reached */
    STEP_COMMIT,  /* sealed parties commit */
    STEP_REVEAL,  /* … and open what they committed to */
    STEP_ENTROPY, /* the digits */
    STEP_DRAW,    /* the results */
    STEP_EXPORT,  /* all is drawn */
    STEP_NONE     /* withdrawn: nothing */
} progress_step;

typedef struct {
    progress_step step;
    note_file note;
} progress;

/* Returns STATUS_RUN (release with progress_free), or the exit status after an explanation. */
int progress_read(progress *out, const ceremony *c, const sunlot_log *log);
void progress_free(progress *p);

typedef int progress_fn(const ceremony *c, const ceremony_state *state, progress *p, void *wish);
/* As ceremony_run, for a command that must know where the ceremony stands. */
int progress_run(const char *folder, progress_fn *step, void *wish);

/* Refuse a step unless it is the next one, and say what is: STATUS_RUN, or STATUS_REFUSED after an explanation. */
int progress_expect(const progress *p, progress_step step, const ceremony *c, const sunlot_log *log);

/* Who has signed the last checkpoint, and who has not where the quorum is not reached. */
void progress_signatures(FILE *to, const progress *p, const sunlot_log *log);
/* What comes next: one or more lines, with the exact commands. */
void progress_next(FILE *to, const progress *p, const ceremony *c, const sunlot_log *log);

/* The phase for progress_beside: before the dice of a supplement there is as much to hand out as before the first ones. */
sunlot_phase progress_phase(const progress *p, const sunlot_log *log);
/* What is useful besides, in a log of this phase: what families and a web server get. */
void progress_beside(FILE *to, const ceremony *c, sunlot_phase phase);

/* After a step: read the folder again, and say who has signed and what comes next.  Returns STATUS_OK or the exit status. */
int progress_report(const ceremony *c);

/* Whom a step waits for: sealed parties that have to commit or reveal, as a set. */
uint32_t progress_awaited(progress_step step, const sunlot_log *log);

/* Print the ids of a set of parties, separated by commas; "-" for none. */
void progress_parties(FILE *to, const sunlot_log *log, uint32_t parties);

#endif
