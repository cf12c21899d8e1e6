/* Lowering: from a school of the roster to placement problems (SPEC 7).
 *
 * The *rows* of the students' problem are the students, in the order of the roster; those of the teachers' problem are the sections, teacher
 * by teacher.  The school has passed sunlot_school_check. */
#ifndef SUNLOT_ROSTER_LOWER_H
#define SUNLOT_ROSTER_LOWER_H

#include "roster/roster.h"

/* What a value or a sum of the problem stands for: for result lines, summaries and messages.  Texts are the roster's or static. */
typedef struct {
    const sunlot_rule *rule; /* NULL: homeroom, or a limit token */
    uint32_t code;           /* the code counted; the token's index for a limit */
    sunlot_text text;        /* balance: the value; band: "1" … or "absent", the rule's value for top and last; a sum: the gap as written; "homeroom"; "a3" */
    uint32_t members;        /* rows with the value; m of a sum */
    int64_t total;           /* T of a sum, scaled */
    uint32_t shift;          /* t of a deviation */
    int64_t squares;         /* Q of a deviation */
    int32_t gap;             /* of a sum at this rung, scaled */
    int64_t share;           /* w of a sum at this rung */
} sunlot_meaning;

/* A problem with its meaning.  Owns everything in its arena. */
typedef struct {
    sunlot_arena arena;
    sunlot_problem p;
    uint32_t heads_most;          /* H: the most heads a group can have, by its seats and by the rows there are */
    uint32_t *unit_of_row;        /* [rows] student -> unit; section -> unit (identity) */
    uint32_t *teacher_of_row;     /* [rows] sections: index of the teacher */
    uint16_t *section_of_row;     /* [rows] sections: number from 1 */
    uint32_t *row_first;          /* teachers: [teachers + 1] first section of each teacher */
    sunlot_meaning *value;        /* [V] */
    sunlot_meaning *sum;          /* [p.sums] rules `deviation` and `mean` with m > 0 */
    int64_t *adds;                /* [p.sums * rows] sum-major: the row's value in a sum, e or d */
    uint16_t *value_code;         /* [rows * columns] the row's code in each category count, row-major */
    uint8_t *ticket;              /* what p reads, to be written here: unit_ticket, */
    int64_t *sum_most, *sum_unit; /* and the sums' bounds */
} sunlot_lowered;

/* Rungs of a school, at least 1 (SPEC 7.2). */
uint32_t sunlot_school_rungs(const sunlot_school *s);
/* Seats of each group (SPEC 7.1).  Out: size[classes].  Returns false if the students' seats exceed the classes'. */
bool sunlot_school_sizes(const sunlot_school *s, uint16_t *size);
/* Subjects of a school's teachers in byte order.  Out: subject[]: up to SUNLOT_MAX_SCHOOL_SUBJECTS.  Returns how many (MAX + 1: too many). */
uint32_t sunlot_school_subjects(const sunlot_school *s, sunlot_text *subject);
/* True if teams are to be formed by the engine: there are teachers and none has TEAMS. */
bool sunlot_school_forms_teams(const sunlot_school *s);

/* Lower the students, or the teachers' sections, of a school at a rung (from 1).  Tickets are left zero: sunlot_lowered_tickets fills them.
 * Returns SUNLOT_OK, SUNLOT_ERR_MEMORY (then *out is empty).  Release with sunlot_lowered_free. */
SUNLOT_MUST_CHECK sunlot_err sunlot_lower_students(sunlot_lowered *out, const sunlot_school *s, uint32_t rung);
SUNLOT_MUST_CHECK sunlot_err sunlot_lower_teachers(sunlot_lowered *out, const sunlot_school *s, uint32_t rung);
/* Change the sums' bounds to another rung, all else unchanged. */
void sunlot_lowered_rung(sunlot_lowered *l, uint32_t rung);
/* Fill unit_ticket from the key of the stage `ticket`. */
void sunlot_lowered_tickets(sunlot_lowered *l, const sunlot_school *s, int who, const sunlot_digest *stage_key);
void sunlot_lowered_free(sunlot_lowered *l);

/* The two shapes of rules; lower_counts.c and lower_sums.c, for lower.c.  p.rows, groups, group_size, units, unit_size, unit_of_row and heads_most are set.
 * Both return false without memory. */
bool sunlot_lower_counts(sunlot_lowered *l, const sunlot_school *s, int who);
bool sunlot_lower_sums(sunlot_lowered *l, const sunlot_school *s, int who);

#endif
