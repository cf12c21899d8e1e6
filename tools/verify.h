/* What sunlot-verify has to say, and the two ways of saying it. */
#ifndef SUNLOT_TOOLS_VERIFY_H
#define SUNLOT_TOOLS_VERIFY_H

#include "sunlot.h"

typedef struct {
    const char *path; /* of the log, as given */
    const sunlot_verifier *verifier;
    const sunlot_log *log; /* NULL if it could not be read that far */
    sunlot_verdict verdict;
    bool by_key, by_policy, by_fingerprint; /* what was given from outside */
    const struct verify_logs *logs;         /* other logs and notes, or NULL */
    sunlot_phase until;
    bool rehearsal;      /* a sound rehearsal is accepted */
    const char *student; /* asked for, or NULL */
    bool student_found;
    sunlot_seat seat;  /* of the student, if found */
    sunlot_odds *odds; /* room for those of one school */
    int status;        /* exit status */
} verify_report;

/* Compute the odds of a school's match into r->odds: only where the results were recomputed and are the same.  Returns whether they are there. */
bool verify_odds(const verify_report *r, uint32_t school);
/* The number from 0 of the group of a student who is placed. */
uint32_t verify_group(const sunlot_seat *seat);

/* Whether the log is a public edition; and what the report says of one, each at its place: nothing of a full edition. */
bool verify_public(const verify_report *r);
void verify_edition_head(const verify_report *r);
void verify_edition_answer(const verify_report *r);
/* What the results of a sound public edition prove. */
void verify_edition_proof(const verify_report *r);
void verify_edition_limits(const verify_report *r);
/* Print who signed the checkpoints of the log, in words. */
void verify_signatures(const verify_report *r);

/* Print the report to standard output, in words and as one JSON object. */
void verify_text(const verify_report *r);
void verify_json(const verify_report *r);

#endif
