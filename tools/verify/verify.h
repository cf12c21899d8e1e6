/* What sunlot-verify has to say, and the two ways of saying it. */
#ifndef SUNLOT_TOOLS_VERIFY_H
#define SUNLOT_TOOLS_VERIFY_H

#include "common/json.h"

/* Whether id and name that were typed open the student's line; unknown: a public edition does not have it. */
typedef enum { VERIFY_NOT_TYPED, VERIFY_OPENS, VERIFY_OPENS_NOT, VERIFY_UNKNOWN } verify_opened;

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
    sunlot_seat seat;             /* of the student, if found */
    const char *salt, *id, *name; /* typed for the student, with the salt of the slip; id NULL: none */
    verify_opened opened;
    uint32_t figures;  /* number of the school whose figures are asked for; 0: none */
    sunlot_odds *odds; /* room for those of one school */
    sunlot_err *err;   /* where the first error of reporting is noted: there was no memory for some odds */
    int status;        /* exit status */
} verify_report;

/* A fingerprint as it was printed, in one line or several.  Returns false if it is anything else. */
bool verify_fingerprint_read(uint8_t fingerprint32[32], sunlot_text text);
/* A log key as its file holds it: one line, perhaps with the line end of another system.  Returns an empty text if it is something else,
 * another kind of key for example: then nothing was compared, and no log is at fault. */
sunlot_text verify_key_line(sunlot_text text);
/* The phase of --until.  Returns false for another word than list, commits, seed-base, digits, groups, results. */
bool verify_until_read(sunlot_phase *out, sunlot_text word);

/* Fill in what follows from verifier and verdict: log, student and status; a line that was to be opened and is another's is a fault of the verdict. */
void verify_report_finish(verify_report *r);

/* The sections of the student's class in the end; none where that is not known. */
void verify_teachers(const verify_report *r, sunlot_section_fn *each, void *user);
/* Whether a school, by its number, has figures that may be shown: its results were recomputed and are the same. */
bool verify_figures(const verify_report *r, uint32_t number);

/* The root of the checkpoint under which a late student was announced: its slip has it.  Returns false of everybody else, and where the line is not known. */
bool verify_late_root(uint8_t root32[32], const verify_report *r);

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

/* Print the report to standard output, in words. */
void verify_text(const verify_report *r);
/* Write it as one JSON object, ended by a line end; and the object of the student alone, null if there is none. */
void verify_json(json *j, const verify_report *r);
void verify_json_student(json *j, const verify_report *r);
/* Members of an open object: a school's odds where they are not equal, those of groups G1, G2 … for teams T1, T2 …; those of one group (from 0), and how many
 * class numbers it could get.  In hundredths of a percent. */
void verify_json_odds(json *j, const sunlot_odds *odds);
void verify_json_group_odds(json *j, const sunlot_odds *odds, uint32_t group);
/* The object of a school's figures (SPEC 10.3), by its number; null where there are none. */
void verify_json_figures(json *j, const verify_report *r, uint32_t number);
/* Print the figures that were asked for. */
void verify_figures_text(const verify_report *r);
/* Units of 0.00001 as a decimal without superfluous zeros.  Returns out. */
#define VERIFY_DECIMAL_BYTES 32u
const char *verify_decimal(char out[VERIFY_DECIMAL_BYTES], int64_t value);

#endif
