/* What happened after the results (SPEC 5.5), and where that leaves each student: the class in the end.
 *
 * Persons are numbered: the students of the roster school by school, then the late ones in the order of their records.  In a public edition, whose roster names
 * nobody, the students are those of the lines `seat`, the late ones those of the lines `late-seat`; which school these are of is known where the log has one.
 *
 *     person   0 1 2 3 | 4 5 6 | 7 8            from[] 0 4 7
 *              school 0  school 1  late                                                                                          */
#ifndef SUNLOT_LOG_HISTORY_H
#define SUNLOT_LOG_HISTORY_H

#include "log/log.h"
#include "log/signature.h"

/* A record of an act as it stands. */
typedef struct {
    sunlot_entry_kind kind;
    uint32_t act; /* its number, from 1 */
    uint64_t line;
    sunlot_text record; /* without LF */
    uint32_t school;    /* struck, moved, by-hand, late; else UINT32_MAX */
    uint32_t person;    /* struck, moved, late; else UINT32_MAX */
    uint32_t before;    /* replaced: the entry that gave the party a key before, plus 1; 0: none */
} sunlot_history_entry;

/* Where a person is. */
typedef struct {
    uint16_t class_; /* index in the school; SUNLOT_NONE16: not known, or nowhere */
    bool struck, moved;
    uint32_t last; /* the entry that last changed the class, plus 1; 0: none */
} sunlot_whereabouts;

typedef struct {
    uint8_t pseudonym[16];
    uint8_t seats;                   /* 0: not known */
    uint32_t school;                 /* UINT32_MAX: not known; then … */
    sunlot_text seated, end;         /* … the classes by name: of the record late-seat, and in the end unless struck */
    uint64_t line, seat_line;        /* of the records late and late-seat; 0: none yet */
    sunlot_text record, seat_record; /* without LF */
} sunlot_late;

typedef struct {
    uint32_t act;
    uint32_t from, lates; /* into late; of a public edition once there are seats */
    uint32_t hidden;      /* records leaf … */
    uint64_t hidden_line; /*   … and the line of the first; 0: none */
    uint32_t seats;       /* records late-seat */
    uint64_t seats_line;  /* of the first; 0: none */
    uint32_t entries;     /* before this act */
    sunlot_text date;
    sunlot_digest base; /* root of late-base */
    sunlot_entropy entropy;
} sunlot_supplement;

struct sunlot_history {
    uint32_t entries, entry_cap;
    sunlot_history_entry *entry;
    uint32_t lates, late_cap;
    sunlot_late *late;
    uint32_t *late_order; /* [sorted] late students by pseudonym */
    uint32_t sorted;
    uint32_t supplements, supplement_cap;
    sunlot_supplement *supplement;

    uint32_t students;    /* of the roster, or seats */
    uint32_t *from;       /* [schools + 1] the first person of each */
    uint32_t *class_from; /* [schools + 1] into … */
    uint16_t *class_of_group, *team_of_class;
    uint8_t (*pseudonym)[16]; /* [students] of a public edition; else NULL … */
    uint32_t *order;          /*   … and the students by it; of equals the later one stands second */
    uint32_t person_cap;
    sunlot_whereabouts *person; /* [students + lates] */
    uint32_t key[SUNLOT_MAX_PARTIES]; /* the entry that last gave the party a key, plus 1; 0: the announced one holds */
    bool set_aside, by_hand;
};

/* As the results leave everybody.  The log has results.  All of it is in the arena; NULL without memory. */
sunlot_history *sunlot_history_new(sunlot_arena *arena, const sunlot_log *log);
/* A copy that can be changed. */
sunlot_history *sunlot_history_copy(sunlot_arena *arena, const sunlot_log *log, const sunlot_history *from);
/* Everybody as the results leave them, whatever the entries say. */
void sunlot_history_rewind(sunlot_history *h, const sunlot_log *log);

/* Enter a record; its effect on whereabouts.  False without memory. */
bool sunlot_history_add(sunlot_history *h, sunlot_arena *arena, const sunlot_history_entry *entry);
void sunlot_history_apply(sunlot_history *h, const sunlot_log *log, uint32_t entry);
/* A late student, who becomes the last person.  False without memory. */
bool sunlot_history_add_late(sunlot_history *h, sunlot_arena *arena, const sunlot_late *late);
/* A late student's class, or SUNLOT_NONE16. */
void sunlot_history_seat(sunlot_history *h, uint32_t late, uint16_t class_);
/* A supplement begins.  NULL without memory. */
sunlot_supplement *sunlot_history_add_supplement(sunlot_history *h, sunlot_arena *arena, uint32_t act);
/* Sort the late students.  Out: *twice the first record of one whose pseudonym is somebody's before; UINT32_MAX: there is none.  False without memory. */
bool sunlot_history_sort(sunlot_history *h, const sunlot_log *log, uint32_t *twice);

/* Find a person by pseudonym, late ones once they are sorted.  *school UINT32_MAX: not known.  Returns false if there is none. */
bool sunlot_history_find(uint32_t *school, uint32_t *person, const sunlot_history *h, const sunlot_log *log, const uint8_t pseudonym16[16]);

/* Effective sizes of a school's classes (SPEC 8.8): size[classes].  Not of a public edition. */
void sunlot_history_sizes(uint32_t *size, const sunlot_history *h, const sunlot_log *log, uint32_t school);

/* The key with which a party signs the checkpoints of act number `act`; 0: those of the phases.  Returns false if this act replaces it: then its signature
 * does not count.  out->name borrows from the roster. */
bool sunlot_history_key(sunlot_vkey *out, const sunlot_log *log, uint32_t party, uint32_t act);

/* Students whom supplements have announced. */
uint32_t sunlot_history_announced(const sunlot_history *h);

/* Of a log that may have no acts. */
static inline uint32_t sunlot_log_lates(const sunlot_log *log) { return log->history == NULL ? 0 : log->history->lates; }
/* The class with this name; SUNLOT_NONE16 if there is none. */
uint16_t sunlot_school_class(const sunlot_school *s, sunlot_text name);
/* The student of a school with this pseudonym.  Returns false if there is none. */
bool sunlot_school_student(uint32_t *at, const sunlot_school *s, const uint8_t pseudonym16[16]);

#endif
