/* Who is in which class in the end, and who teaches it, with the people behind the pseudonyms, in the order of lists. */
#ifndef SUNLOT_TOOLS_PLACED_H
#define SUNLOT_TOOLS_PLACED_H

#include "ceremony/ceremony.h"
#include "common/people.h"

typedef struct {
    sunlot_seat seat;
    const person *who; /* NULL without people */
} placed;

typedef struct {
    sunlot_section section;
    const person *who;
} placed_teacher;

typedef struct {
    placed *row; /* by school, class, name, id: those who have a class; late ones too, nobody who is struck */
    size_t rows, room;
    placed_teacher *teacher; /* in the order of the log */
    size_t teachers, teacher_room;
    sunlot_text stranger; /* a pseudonym of the log that the people do not have: then nothing is in order, and `who` may be NULL */
} placed_list;

/* Read the classes of a log with results.  Both are borrowed.  people NULL: nobody has a name, and the rows stand as in the log.  Release with placed_free. */
void placed_read(placed_list *out, const sunlot_log *log, const people_list *people);
void placed_free(placed_list *p);

/* The same for the people of a ceremony, which are read: STATUS_RUN (release the list, then the people), or the exit status after an explanation, if
 * they cannot be read or are those of another draw. */
int placed_open(placed_list *out, people_list *people, const ceremony *c, const sunlot_log *log);

/* The end of the class that begins at row `from`. */
size_t placed_class_end(const placed_list *p, size_t from);

/* The order of class names: 2 before 10, as the log has it. */
int placed_class_order(sunlot_text a, sunlot_text b);

#endif
