/* Rosters for tests, written as a few lines of text that look like those of a log (SPEC 5), with less in them:
 *
 *     mix,N   tries,N   mode,live              before everything; 3000, 64, rehearsal unless given
 *     rule,WHO,KIND,COLUMN,VALUE,SCHOOL        in the order of the log
 *     school,NAME
 *     class,NAME,SEATS
 *     lock,ID,CLASS                            SPEC's order within a school: classes, locks, limits, teachers, students
 *     limit,MAX                                a1, a2, … in order
 *     teacher,ID,SUBJECT,CLASSES,HOMEROOM,TEAMS,V1,…
 *     student,ID,TOGETHER,LIMITS,RECUSED,SEATS,V1,…
 *
 * ID is 2 to 8 hex digits, the beginning of the pseudonym; the rest of it is zeros.  TOGETHER is a number, LIMITS numbers joined by `;`, TEAMS
 * labels without T joined by `;`; empty SEATS of a student are 1.  Nothing is sorted and nothing is checked but the form. */
#ifndef TESTS_SMALL_ROSTER_H
#define TESTS_SMALL_ROSTER_H

#include "roster/roster.h"

/* Ends the test program if the text has not this form. */
sunlot_roster *small_roster_new(const char *text);

/* A made-up school of up to six classes with something of everything: columns c, d, x, y, tokens, locks, weights, teachers with and without
 * teams.  Sound (sunlot_school_check), its means never in the way; whether the rest can hold together is open. */
sunlot_roster *small_roster_made(sunlot_stream *stream);

#endif
