/* The folder of a ceremony: what is where, and what every step does with it.
 *
 *     DIR/rules.csv classes.csv students.csv teachers.csv     the input
 *     DIR/private/master people.csv source-N.draft lock       what nobody else may see (0700)
 *     DIR/private/draw.log                                    a copy of the log, the longest there ever was
 *     DIR/public/draw.log log.vkey minisign.pub               what everybody may see
 *     DIR/public/draw.log.minisig
 *
 * What is random is in private/master, and that is on the disk before anything else is.  The rename of public/draw.log is the one commit point
 * of a step; all other files follow from these two and are written again when a step is run again. */
#ifndef SUNLOT_TOOLS_CEREMONY_H
#define SUNLOT_TOOLS_CEREMONY_H

#include "files.h"

typedef struct {
    const char *folder;
    char *private_, *public_;
    char *master, *people, *lock;
    char *copy, *log, *vkey, *minisign_pub, *minisig;
    int held; /* the lock, or -1 */
} ceremony;

/* Name the files; nothing is touched.  Release with ceremony_close, which also gives the lock back. */
void ceremony_init(ceremony *c, const char *folder);
void ceremony_close(ceremony *c);

/* Take the lock; private/ exists.  Returns STATUS_RUN or the exit status. */
int ceremony_lock(ceremony *c);
/* True if there is a public/draw.log. */
bool ceremony_announced(const ceremony *c);

/* An announced log with the secret that belongs to it. */
typedef struct {
    file_bytes bytes;
    sunlot_log *log;
    sunlot_master master;
} ceremony_state;

/* For the steps after the announcement: lock, read the log and the secret.
 * Returns STATUS_RUN (release with ceremony_forget), or the exit status after an explanation. */
int ceremony_enter(ceremony_state *out, ceremony *c);
void ceremony_forget(ceremony_state *s);

/* Read private/master: 64 digits of hex and LF.  Returns FILE_READ, FILE_MISSING, or FILE_UNREADABLE after a complaint. */
file_result ceremony_master(sunlot_master *out, const ceremony *c);

/* Rename a new log into place: the commit point.  Its copy in private/ is written first, and one of the two must begin with the other: from
 * one folder no second announcement is made, nor other digits entered, because a log was lost or put back.
 * Returns STATUS_RUN or the exit status. */
int ceremony_commit(const ceremony *c, sunlot_text log);

/* Write what follows from log and secret: the public keys; the log's minisign signature; both for a log that stands.  With `again`, and
 * when restoring, say which files were not as they should be.  Return STATUS_RUN or the exit status. */
int ceremony_keys(const ceremony *c, const sunlot_roster *roster, const sunlot_master *master, bool again);
int ceremony_sign(const ceremony *c, sunlot_text log, const sunlot_master *master, bool again);
int ceremony_restore(const ceremony *c, const ceremony_state *s);

/* Draw every school, and append the results to a log: *out receives the whole new one, or only what follows the log, *odds what there is to say of
 * the odds at the match (to be printed once the log is stored; released with free).  Where a school was not placed, the reason is printed.
 * Returns STATUS_RUN or the exit status. */
int ceremony_results(sunlot_buffer *out, char **odds, bool whole, const sunlot_log *log, const sunlot_master *master, uint32_t jobs);

/* Wipe a buffer's bytes and release it. */
void ceremony_wipe(sunlot_buffer *b);
sunlot_text ceremony_view(const sunlot_buffer *b);

/* Print heading, fingerprint, how many students are locked beforehand, and how many rows carry a token. */
void ceremony_fingerprint(const sunlot_log *log);

#endif
