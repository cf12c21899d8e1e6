/* A school's results as the check of the rules reads them (rules*.c): who is where, and nothing about how it came about. */
#ifndef SUNLOT_DRAW_RULES_BLOCK_H
#define SUNLOT_DRAW_RULES_BLOCK_H

#include "draw/rules.h"

typedef struct {
    const sunlot_roster *roster;
    const sunlot_school *school;
    sunlot_fault *fault;
    uint64_t first_line; /* of the block */
    sunlot_arena arena;
    sunlot_arena scratch;                         /* of one rule */
    uint32_t rung;                                /* from 1; 0: not yet read */
    uint32_t round;                               /* that is being read, 1 or 2; 0: there is but one */
    uint32_t matched;                             /* lines `matched` read */
    uint16_t *class_of;                           /* [students] SUNLOT_NONE16: not yet seated */
    uint32_t *line_of;                            /* [students] lines from first_line */
    uint16_t group_of[SUNLOT_MAX_SCHOOL_CLASSES]; /* of each class; SUNLOT_NONE16: nobody is there */
    uint32_t seats[SUNLOT_MAX_SCHOOL_CLASSES];    /* of each class, taken */
    uint32_t subjects;
    sunlot_text subject[SUNLOT_MAX_SCHOOL_SUBJECTS];
    uint16_t team_of[SUNLOT_MAX_SCHOOL_CLASSES]; /* of each class; SUNLOT_NONE16: not yet named */
    uint16_t *teacher_of;                        /* [classes * subjects] class-major; SUNLOT_NONE16: none yet */
    uint16_t *homeroom_of;                       /* [classes] teacher; SUNLOT_NONE16: none yet */
} sunlot_rules_block;

/* Rows that rules balance: students, or sections with their teachers' values. */
typedef struct {
    int who;
    uint32_t rows;
    const uint16_t *class_of; /* [rows] */
    const uint16_t *person;   /* [rows] whose values */
} sunlot_rules_rows;

/* Each returns true if its rules hold; false with the fault set, or, without memory, with the fault's `what` NULL. */
bool sunlot_rules_seats(sunlot_rules_block *b);
bool sunlot_rules_teams(sunlot_rules_block *b);
bool sunlot_rules_balance(sunlot_rules_block *b, const sunlot_rules_rows *rows);
/* One rule `mean` or `deviation`. */
bool sunlot_rules_sum(sunlot_rules_block *b, const sunlot_rules_rows *rows, const sunlot_rule *rule);

#define SUNLOT_RULES_ABSENT INT64_MAX
/* Scores of the column or total that a rule names, with `absent` heeded, else SUNLOT_RULES_ABSENT: [rows], in b->scratch; NULL without memory. */
int64_t *sunlot_rules_scores(sunlot_rules_block *b, const sunlot_rules_rows *rows, const sunlot_rule *rule);

/* Set the fault of a rule broken, at a line of the block (0: its first).  found: up to three texts, joined.  Returns false. */
bool sunlot_rules_broken(sunlot_rules_block *b, uint32_t line, const char *what, sunlot_text x, sunlot_text y, sunlot_text z);
/* Without memory.  Returns false. */
bool sunlot_rules_no_memory(sunlot_rules_block *b);

#endif
