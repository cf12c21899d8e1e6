/* Reading a log in one pass over its lines (SPEC 5): shared by log_read.c, log_opening.c, log_parties.c, log_school.c, log_roster.c, log_sealed.c,
 * log_phases.c, log_results.c and
 * log_pieces.c alone.
 *
 * Each line is parsed as a record, its type must be one that may follow the line before (`order`), then its own function checks the form of its fields
 * (`parse`), then its place among its like (`order`), then what it says (`roster`, `entropy`).  Faults of the first two kinds end the
 * pass; of the last two kinds the first one is kept, nothing more is stored, and the pass goes on, since an earlier kind goes before.
 *
 * A crew reads schools, and then their results, in pieces (log_pieces.c): a piece has a reader of its own, whose log and roster are views of
 * the main reader's.  A log with any fault is then read again by one reader alone, which finds the fault that comes first. */
#ifndef SUNLOT_LOG_READER_H
#define SUNLOT_LOG_READER_H

#include "log/fault.h"
#include "log/log.h"

typedef enum {
    SUNLOT_LINE_SUNLOT,
    SUNLOT_LINE_FACT,
    SUNLOT_LINE_PARTY,
    SUNLOT_LINE_GROUP,
    SUNLOT_LINE_QUORUM,
    SUNLOT_LINE_SOURCE,
    SUNLOT_LINE_RULE,
    SUNLOT_LINE_SCHOOL,
    SUNLOT_LINE_CLASS,
    SUNLOT_LINE_HAND,
    SUNLOT_LINE_LOCK,
    SUNLOT_LINE_LIMIT,
    SUNLOT_LINE_TEACHER,
    SUNLOT_LINE_STUDENT,
    SUNLOT_LINE_LEAF,
    SUNLOT_LINE_CHECKPOINT,
    SUNLOT_LINE_SIGNATURE,
    SUNLOT_LINE_COMMIT,
    SUNLOT_LINE_MISSING,
    SUNLOT_LINE_REVEAL,
    SUNLOT_LINE_WITHDRAWN,
    SUNLOT_LINE_ENTROPY,
    SUNLOT_LINE_PLACED,
    SUNLOT_LINE_SEAT,
    SUNLOT_LINE_SECTION,
    SUNLOT_LINE_COUNT,
    SUNLOT_LINE_MEAN,
    SUNLOT_LINE_DEVIATION,
    SUNLOT_LINE_MATCHED,
    SUNLOT_LINE_STRUCK,
    SUNLOT_LINE_MOVED,
    SUNLOT_LINE_BY_HAND,
    SUNLOT_LINE_REPLACED,
    SUNLOT_LINE_SET_ASIDE,
    SUNLOT_LINE_LATE,
    SUNLOT_LINE_LATE_SEAT,
    SUNLOT_LINE_TYPES
} sunlot_line_type;

#define SUNLOT_LINE_VALUES 7u /* first value field of students and teachers */

/* The school being read.  Arrays have room for all that the limits allow, whatever the log claims. */
typedef struct {
    sunlot_school s;                                     /* name, columns; counts, if they keep the limits; arrays NULL until the end */
    size_t at;                                           /* offset of its first line */
    uint64_t classes_said, students_said, teachers_said; /* by the record `school` */
    uint64_t classes, limits, teachers, students;        /* lines so far */
    uint32_t locks;                                      /* stored */
    bool values_known;                                   /* the columns are */
    sunlot_text class_name;                              /* of the last class */
    sunlot_class class_[SUNLOT_MAX_SCHOOL_CLASSES];
    bool handed[SUNLOT_HANDS];
    uint16_t hand[SUNLOT_HANDS][SUNLOT_MAX_SCHOOL_CLASSES];
    sunlot_lock lock[SUNLOT_MAX_SCHOOL_STUDENTS];
    uint16_t limit_max[SUNLOT_MAX_LIMITS];
    sunlot_teacher teacher[SUNLOT_MAX_SCHOOL_TEACHERS];
    uint16_t team[SUNLOT_MAX_SCHOOL_SECTIONS];
    uint32_t teams; /* used of team */
    sunlot_student student[SUNLOT_MAX_SCHOOL_STUDENTS];
    uint16_t student_limit[SUNLOT_MAX_SCHOOL_STUDENTS * SUNLOT_MAX_STUDENT_LIMITS];
    uint32_t student_limits;                     /* used of student_limit */
    sunlot_text one[SUNLOT_MAX_SCHOOL_STUDENTS]; /* the values of one column */
} sunlot_school_room;

/* A school read, and the offset of its first line. */
typedef struct {
    sunlot_school s;
    size_t at;
} sunlot_stored_school;

typedef struct {
    sunlot_log *log;
    sunlot_roster *r;      /* log->roster */
    sunlot_record *record; /* of the line being read */
    sunlot_text bytes;     /* what is read: the log, or lines that it has grown by */
    sunlot_text line;      /* without LF */
    size_t at;             /* its offset in bytes */
    sunlot_text line_before;
    sunlot_line_type type, before; /* before: SUNLOT_LINE_TYPES at the first line */
    uint8_t key[16];               /* pseudonym of the last record that has one */
    sunlot_digest leaf;            /* of the last record `leaf` */

    sunlot_err err;                                         /* SUNLOT_ERR_MEMORY ends the pass */
    sunlot_fault stop, roster, commitment, entropy, quorum; /* answer SUNLOT_VALID: none */

    uint32_t facts_seen; /* one bit a key */
    uint32_t quorums;
    uint32_t rule_cap, school_cap;
    uint64_t first_rule_line;
    sunlot_rule *rule;            /* growing; moved to the arena at the first school */
    sunlot_stored_school *school; /* growing; moved to the arena at the end */
    uint32_t schools;             /* records `school`; r->schools counts those stored */
    uint64_t students, teachers;  /* of the log */
    uint32_t entropies, results;  /* records of this round; blocks of this phase */
    uint32_t sealed_at;           /* parties before this index have their records `commit`, or `reveal` */
    size_t result_at;             /* offset of the block being read */
    uint64_t result_line;
    bool result_open;     /* the block has not ended */
    bool history_mine;    /* log->history is of this pass, to be changed */
    uint64_t late_school; /* of the last record `late` */
    sunlot_entropy spare; /* for records that are not stored */
    sunlot_school_room *room;
    /* Values of the school being read, row-major: texts of category columns, scores of number columns. */
    sunlot_text *text[SUNLOT_WHOS];
    int32_t *score[SUNLOT_WHOS];
    uint32_t value_cap[SUNLOT_WHOS];
} sunlot_reader;

/* The functions of each type: false ends the pass, with rd->stop or rd->err set. */
typedef bool sunlot_line_fn(sunlot_reader *rd);
sunlot_line_fn sunlot_line_title, sunlot_line_fact, sunlot_line_party, sunlot_line_group, sunlot_line_quorum, sunlot_line_source, sunlot_line_rule;
sunlot_line_fn sunlot_line_school, sunlot_line_class, sunlot_line_hand, sunlot_line_lock, sunlot_line_limit, sunlot_line_teacher, sunlot_line_student;
sunlot_line_fn sunlot_line_leaf_of;
sunlot_line_fn sunlot_line_checkpoint, sunlot_line_signature, sunlot_line_entropy;
sunlot_line_fn sunlot_line_commit, sunlot_line_missing, sunlot_line_reveal, sunlot_line_withdrawn;
sunlot_line_fn sunlot_line_matched, sunlot_line_struck, sunlot_line_moved, sunlot_line_by_hand, sunlot_line_replaced, sunlot_line_set_aside;
sunlot_line_fn sunlot_line_late, sunlot_line_late_seat;
sunlot_line_fn sunlot_line_late_leaf; /* once its digest is read */
sunlot_line_fn sunlot_line_placed, sunlot_line_seat, sunlot_line_section, sunlot_line_count, sunlot_line_sum;

/* The next entropy record of a round, stored in *entropy.  Start a round with rd->entropies = 0. */
bool sunlot_entropy_line(sunlot_reader *rd, sunlot_entropy *entropy);

/* The same of a supplement. */
sunlot_line_fn sunlot_line_late_entropy;
/* A checkpoint of an act. */
bool sunlot_act_end(sunlot_reader *rd, const sunlot_checkpoint_title *title, const sunlot_checkpoint *c);
/* Whether a text is the vkey of a party of this draw, by its id. */
bool sunlot_party_vkey_parse(sunlot_vkey *out, const sunlot_roster *r, sunlot_text id, sunlot_text vkey);

/* The opening is complete: called at the first school.  A school is: called at its last student.  The roster is: at the checkpoint
 * seed-base.  A result block is: at what follows it. */
sunlot_line_fn sunlot_opening_end, sunlot_school_end, sunlot_roster_end, sunlot_result_end;
/* Whether the facts that must be there are, and those that belong together; at the first party. */
sunlot_line_fn sunlot_facts_complete;
/* Whether every party whose commit or reveal belongs here has its record. */
bool sunlot_sealed_complete(const sunlot_reader *rd);
/* Whether pseudonyms are distinct in the log; at the end of the pass. */
bool sunlot_roster_distinct(sunlot_reader *rd, const sunlot_crew *crew);

/* A reader of a log, before its first line; NULL without memory. */
sunlot_reader *sunlot_reader_new(sunlot_log *log);
void sunlot_reader_free(sunlot_reader *rd);
/* Read the lines up to offset `to`, where one ends.  False: the pass has ended. */
bool sunlot_reader_lines(sunlot_reader *rd, size_t to);
/* Whether a line of this type may follow. */
bool sunlot_reader_follows(const sunlot_reader *rd, sunlot_line_type type);
/* Between two schools: as after the last student of one. */
void sunlot_reader_between(sunlot_reader *rd);
/* Whether a fault of any kind was found. */
bool sunlot_reader_faulty(const sunlot_reader *rd);
/* Read the lines up to their end in pieces of at least piece_bytes.  False: no memory (rd->err), or somewhere is a fault, or what is read is no log. */
bool sunlot_reader_pieces(sunlot_reader *rd, const sunlot_crew *crew, size_t piece_bytes);

/* End the pass: `parse` and `order` of the line being read, no memory.  Always false. */
bool sunlot_reader_parse(sunlot_reader *rd, const char *what, sunlot_text found);
bool sunlot_reader_order(sunlot_reader *rd, const char *what, sunlot_text found);
bool sunlot_reader_memory(sunlot_reader *rd);
/* Keep the first fault of the kind `roster` or `entropy`, of a line, and go on.  Always true. */
bool sunlot_reader_roster(sunlot_reader *rd, uint64_t line, const char *what, sunlot_text found);
bool sunlot_reader_entropy(sunlot_reader *rd, uint64_t line, const char *what, sunlot_text found);
bool sunlot_reader_commitment(sunlot_reader *rd, uint64_t line, const char *what, sunlot_text found);
/* True while the roster has no fault. */
bool sunlot_reader_storing(const sunlot_reader *rd);

/* A field as long as the log: borrowed from its bytes, or copied if it was quoted.  False without memory. */
bool sunlot_reader_keep(sunlot_reader *rd, sunlot_text field, sunlot_text *out);
/* A number from least, where nothing else limits it: at most 10^12. */
bool sunlot_reader_number(uint64_t *out, sunlot_text field, uint64_t least);
/* A token: letter and a number 1 … 999,999,999. */
bool sunlot_reader_token(uint32_t *out, char letter, sunlot_text field);
/* A letter and the hex digits of n bytes. */
bool sunlot_reader_hex(uint8_t *out, size_t n, char letter, sunlot_text field);
/* Make room for one more item in a growing array.  False without memory. */
bool sunlot_reader_grow(sunlot_reader *rd, void **items, uint32_t used, uint32_t *cap, size_t size);

#endif
