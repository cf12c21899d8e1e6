/* The report of a draw: a page for everybody, offline, in both languages, made of what the log says and of nothing else. */
#ifndef SUNLOT_TOOLS_REPORT_H
#define SUNLOT_TOOLS_REPORT_H

#include "pages/draw_marks.h"

#define REPORT_ALL UINT32_MAX

/* Of a school: its students by class as they were drawn, and how many were fixed beforehand, and by acts struck or moved. */
typedef struct {
    sunlot_text name;
    uint32_t students;
} report_class;
typedef struct {
    report_class *class_; /* [classes] in the order of the log */
    uint32_t classes, fixed, struck, moved;
    size_t balance_from, balance_end; /* its lines of balance */
} report_school;

typedef struct {
    const sunlot_log *log;         /* what is shown: the public edition where there are two */
    const sunlot_verdict *verdict; /* on it */
    sunlot_text bytes;             /* its lines */
    bool recomputed;               /* by whoever writes the report, from the full edition */
    uint32_t school;               /* index of the one that is shown, or REPORT_ALL */
    draw_marks marks;
    uint32_t schools;
    report_school *of;
    sunlot_balance *balance; /* all lines, school by school */
    size_t balances, balance_room;
    sunlot_odds *odds; /* room for those of one school */
    sunlot_err err;
} report;

/* Gather what the page needs; log, verdict, bytes, recomputed and school are given.  Release with report_free. */
void report_gather(report *r);
void report_free(report *r);

/* Write the page.  Returns SUNLOT_OK or an error. */
SUNLOT_MUST_CHECK sunlot_err report_page(FILE *to, report *r);

/* Its part on the schools. */
void report_schools(FILE *to, report *r);

#endif
