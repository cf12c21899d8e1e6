/* Many draws of real input before the announcement (SPEC 11.6): sampling, and what is kept of it for the tables and the page. */
#ifndef SUNLOT_TOOLS_EVIDENCE_H
#define SUNLOT_TOOLS_EVIDENCE_H

#include <stdio.h>

#include "trials/findings.h"

enum { EVIDENCE_P_BARS = 20, EVIDENCE_Z_BARS = 40 }; /* bars of chances by 0.05; of deviations from -5 to 5 by a quarter */

typedef struct {
    const sunlot_enrolment *enrolment;
    const sunlot_roster *roster;
    const sunlot_master *master; /* that the roster was made with */
    const uint8_t *seed32;
    uint32_t draws, jobs;
    const uint32_t *mix; /* NULL: as announced */
} evidence_request;

/* The tables, one file each. */
typedef enum {
    EVIDENCE_PAGE,
    EVIDENCE_TESTS,
    EVIDENCE_STUDENTS,
    EVIDENCE_PROFILES,
    EVIDENCE_ROWS,
    EVIDENCE_PAIRS,
    EVIDENCE_RUNS,
    EVIDENCE_FILES
} evidence_file;

/* "evidence.html", "evidence.csv" … */
const char *evidence_name(evidence_file file);

/* A figure of pairs for the page. */
typedef struct {
    uint32_t members;
    double observed, expected; /* a draw */
} evidence_pairs;

/* What is left of a school when its counts are gone. */
typedef struct {
    sunlot_text name;
    uint32_t students, classes, locked, together, alike; /* alike: students whose public row another one has */
    uint32_t sets, dealt;                                /* kinds of classes; classes that have another of their kind */
    uint64_t placed, failed, steps, most_steps;
    uint64_t rung[SUNLOT_MAX_RUNGS + 1], attempt[TALLY_TRIES + 1], looks[TALLY_LOOKS + 1];
    double z[EVIDENCE_Z_BARS], cells, beyond; /* cells of student × class by their deviation; all; those beyond five */
    size_t from, to;                          /* its findings */
    uint32_t parts;
    double *off[TALLY_ORDERS]; /* [parts * classes] deviation of stretches of an order */
    uint32_t pairs_n;
    evidence_pairs *pairs;
} evidence_school;

typedef struct {
    const evidence_request *request;
    uint32_t schools, widest; /* how many; classes of the one that has most */
    evidence_school *school;
    finding_list findings;
    char **scope; /* [findings.n] what a finding is of: a pseudonym, a profile, rows 1–63 … */
    size_t scopes, scope_room;
    size_t tests, deviate;
    char *bytes[EVIDENCE_FILES]; /* the files */
    size_t n[EVIDENCE_FILES];
} evidence;

/* Draw all schools as often as asked, with progress on a terminal, and write all tables and the page into memory.  Release with evidence_free.
 * Returns SUNLOT_OK, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err evidence_run(evidence *out, const evidence_request *request);
void evidence_free(evidence *e);

/* The name of a kind of finding, and the word of a verdict, in the language of the messages. */
const char *evidence_kind(finding_kind kind);
const char *evidence_verdict(finding_verdict verdict);

/* evidence_tables.c: each school's rows while its counts are there; the tests at the end. */
typedef struct {
    FILE *to[EVIDENCE_FILES];
} evidence_tables;

/* What a school's tables are made from. */
typedef struct {
    const evidence *e;
    const evidence_school *school;
    uint32_t number;
    const sunlot_sampler *sampler;
    const tally_plan *plan;
    const tally *tally;
} evidence_sampled;

void evidence_head(evidence_tables *t);
void evidence_rows(evidence_tables *t, const evidence_sampled *s);
void evidence_tests(evidence_tables *t, const evidence *e);

/* evidence_page.c: the page, in both languages. */
void evidence_page(FILE *to, const evidence *e);

#endif
