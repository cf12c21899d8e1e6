/* What must be seen wherever results of a draw are shown, on each sheet of paper too: that it is a rehearsal, was set aside, was finished by hand, and how
 * many students were fixed beforehand. */
#ifndef SUNLOT_TOOLS_DRAW_MARKS_H
#define SUNLOT_TOOLS_DRAW_MARKS_H

#include <stdio.h>

#include "sunlot.h"

typedef struct {
    const sunlot_log *log;
    bool rehearsal, set_aside, by_hand;
} draw_marks;

void draw_marks_read(draw_marks *out, const sunlot_log *log);

/* What of a page's style sheet they need: the foot of each sheet with the draw id and the number of the sheet, a mark across it. */
void draw_marks_style(FILE *to, const draw_marks *m);
/* The mark across each sheet, once a page; and what is said at the head of a part, in both languages (page.h).  Nothing for a draw that stands. */
void draw_marks_across(FILE *to, const draw_marks *m);
void draw_marks_head(FILE *to, const draw_marks *m);

#endif
