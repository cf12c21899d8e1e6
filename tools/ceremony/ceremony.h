/* The folder of a ceremony: what is where, and what every step does with it.
 *
 *     DIR/rules.csv classes.csv students.csv teachers.csv     the input
 *     DIR/private/master people.csv source-N.draft lock       what nobody else may see (0700)
 *     DIR/private/draw.log                                    a copy of the log, the longest there ever was
 *     DIR/public/draw.log log.vkey minisign.pub               what everybody may see
 *     DIR/public/draw.log.minisig draw.policy
 *     DIR/public/minisig/draw.N.log.minisig                   of each length that was published: its first N lines
 *     DIR/public/PHASE.note                                   signatures of the log's last checkpoint
 *
 * What is random is in private/master, and that is on the disk before anything else is.  The rename of public/draw.log is the one commit point
 * of a step; all other files follow from these two and are written again when a step is run again.
 *
 * Where rows are for auditors there are two editions of the log, and the full one is the log:
 *
 *     DIR/private/draw.log draw.log.minisig minisig/          the full edition: its rename is the commit point
 *     DIR/public/draw.log draw.log.minisig minisig/           the public edition, which follows from it: a step that was broken off between the
 *                                                             two is done, and run again, as any later step does, writes it
 *
 * Which of the two a folder is, private/draw.log says.  No line of a student, no attribute, token, salt or name is in public/. */
#ifndef SUNLOT_TOOLS_CEREMONY_H
#define SUNLOT_TOOLS_CEREMONY_H

#include "common/files.h"

typedef struct {
    const char *folder;
    char *private_, *public_;
    char *master, *people, *lock;
    char *copy, *log, *vkey, *minisign_pub, *minisig;
    char *full_minisig; /* of private/draw.log, where rows are for auditors */
    char *policy;
    int held; /* the lock, or -1 */
} ceremony;

/* Name the files; nothing is touched.  Release with ceremony_close, which also gives the lock back. */
void ceremony_init(ceremony *c, const char *folder);
void ceremony_close(ceremony *c);

/* Take the lock; private/ exists.  Returns STATUS_RUN or the exit status. */
int ceremony_lock(ceremony *c);
/* True if there is a log: public/draw.log, or the full edition in private/. */
bool ceremony_announced(const ceremony *c);

/* The log itself, which has the students' lines: public/draw.log, or the full edition in private/. */
const char *ceremony_full(const ceremony *c);

/* An announced log with the secret that belongs to it. */
typedef struct {
    file_bytes bytes;
    sunlot_log *log;
    sunlot_master master;
} ceremony_state;

/* For the steps after the announcement: lock, read the log and the secret; write what a step before this one was broken off over.
 * Returns STATUS_RUN (release with ceremony_forget), or the exit status after an explanation. */
int ceremony_enter(ceremony_state *out, ceremony *c);
/* The same for who only looks: without lock and secret. */
int ceremony_look(ceremony_state *out, const ceremony *c);
void ceremony_forget(ceremony_state *s);

/* What a command does in the folder of a ceremony, once that is locked and read.  Returns the exit status. */
typedef int ceremony_fn(const ceremony *c, const ceremony_state *state, void *wish);
/* Enter the folder, do that, and leave it.  Returns the exit status. */
int ceremony_run(const char *folder, ceremony_fn *step, void *wish);

/* Read private/master: 64 digits of hex and LF.  Returns FILE_READ, FILE_MISSING, or FILE_UNREADABLE after a complaint. */
file_result ceremony_master(sunlot_master *out, const ceremony *c);

/* Rename a new log into place: the commit point.  Its copy in private/ is written first, and one of the two must begin with the other: from
 * one folder no second announcement is made, nor other digits entered, because a log was lost or put back.  Where rows are for auditors the log is
 * the full edition, and what must go on is the public one as well.
 * Returns STATUS_RUN or the exit status. */
int ceremony_commit(const ceremony *c, sunlot_text log);

/* Put another log in the place of one that differs in its last lines, which nobody but the host has signed.  Returns STATUS_RUN or the exit status. */
int ceremony_replace(const ceremony *c, sunlot_text log);

/* Write what follows from log and secret: the public keys; the log's minisign signature, of each edition; all of it, and the public edition, for a log that stands.  With `again`, and
 * when restoring, say which files were not as they should be.  Return STATUS_RUN or the exit status. */
int ceremony_keys(const ceremony *c, const sunlot_roster *roster, const sunlot_master *master, bool again);
/* The policy: who must have signed the list. */
int ceremony_policy(const ceremony *c, const sunlot_log *log, bool again);
int ceremony_sign(const ceremony *c, sunlot_text log, const sunlot_master *master, bool again);
int ceremony_restore(const ceremony *c, const ceremony_state *s);

/* Draw every school, and append the results to a log (note: as of every step): *out receives the whole new one, or only what follows the log, *odds what there is to say of
 * the odds at the match (to be printed once the log is stored; released with free).  Where a school was not placed, the reason is printed.
 * Returns STATUS_RUN or the exit status. */
int ceremony_results(sunlot_buffer *out, char **odds, bool whole, const sunlot_log *log, sunlot_text note, const sunlot_master *master, uint32_t jobs);

/* Store what a step has appended to the log, and sign it: the commit point, and what follows from it.  Returns STATUS_RUN or the exit status. */
int ceremony_append(const ceremony *c, const ceremony_state *state, sunlot_text lines);

/* Wipe a buffer's bytes and release it. */
void ceremony_wipe(sunlot_buffer *b);
sunlot_text ceremony_view(const sunlot_buffer *b);

/* Print heading, fingerprint, how many students are locked beforehand, and how many rows carry a token. */
void ceremony_fingerprint(const sunlot_log *log);

#endif
