#include "draw/public_results.h"

#include <string.h>

#include "base/alloc.h"
#include "draw/matching.h"
#include "place/match.h"
#include "random/stages.h"

/* A block being read. */
typedef struct {
    const sunlot_school *s;
    uint32_t number;                                    /* of the school, from 1 */
    bool numbered;                                      /* group_of_class is what the seed gives */
    uint16_t group_of_class[SUNLOT_MAX_SCHOOL_CLASSES]; /* as the seed deals them, else as the lines have it, SUNLOT_NONE16 before the first */
    uint16_t class_of_group[SUNLOT_MAX_SCHOOL_CLASSES]; /* as the lines have it */
    uint32_t seats;
    uint8_t before[16]; /* pseudonym of the last seat */
    uint32_t lock;      /* the next one that must come */
    uint64_t line;
    sunlot_fault *fault;
} block;

static bool differs(const block *b, const char *what, sunlot_text found)
{
    sunlot_fault_set(b->fault, SUNLOT_FAULT_MISMATCH, b->line, what, found);
    return false;
}

static uint16_t find_class(const sunlot_school *s, sunlot_text name)
{
    for (uint16_t c = 0; c < s->classes; c++)
        if (sunlot_text_equal(s->class_[c].name, name)) return c;
    return SUNLOT_NONE16;
}

/* Group and class of a seat: they belong to each other alone. */
static bool check_class(block *b, uint16_t group, uint16_t class_, sunlot_text line)
{
    if (b->numbered && b->group_of_class[class_] != group) return differs(b, "not the class number that the seed deals to this group", line);
    if (b->group_of_class[class_] != SUNLOT_NONE16 && b->group_of_class[class_] != group) return differs(b, "two groups in one class", line);
    if (b->class_of_group[group] != SUNLOT_NONE16 && b->class_of_group[group] != class_) return differs(b, "one group in two classes", line);
    b->group_of_class[class_] = group;
    b->class_of_group[group] = class_;
    return true;
}

/* Locks and seats are both sorted by pseudonym: one that was passed has no seat. */
static bool check_lock(block *b, const uint8_t pseudonym[16], uint16_t class_, sunlot_text line)
{
    if (b->lock == b->s->locks) return true;
    const sunlot_lock *lock = &b->s->lock[b->lock];
    const int order = memcmp(lock->pseudonym, pseudonym, sizeof lock->pseudonym);
    if (order < 0) return differs(b, "a locked student without a seat", line);
    if (order > 0) return true;
    b->lock++;
    return lock->class_index == class_ || differs(b, "a locked student in another class", line);
}

/* The form of the fields was seen when the log was read. */
static bool check_seat(block *b, const sunlot_record *record, sunlot_text line)
{
    uint8_t pseudonym[16];
    uint64_t group;
    SUNLOT_REQUIRE(sunlot_hex_parse(pseudonym, sizeof pseudonym, (sunlot_text){record->field[1].p + 1, 32}));
    if (b->seats == b->s->students) return differs(b, "more seats than students", line);
    if (b->seats > 0 && memcmp(b->before, pseudonym, sizeof pseudonym) >= 0) return differs(b, "seats are sorted by pseudonym, none twice", line);
    memcpy(b->before, pseudonym, sizeof pseudonym);
    b->seats++;
    const uint16_t class_ = find_class(b->s, record->field[4]);
    if (class_ == SUNLOT_NONE16) return differs(b, "a seat in a class that does not exist", line);
    if (!sunlot_number_parse(&group, (sunlot_text){record->field[3].p + 1, record->field[3].n - 1}, b->s->classes))
        return differs(b, "a seat in a group that does not exist", line);
    return check_class(b, (uint16_t)(group - 1), class_, line) && check_lock(b, pseudonym, class_, line);
}

static bool check_lines(block *b, sunlot_text lines, sunlot_record *record)
{
    uint64_t number;
    bool seats = true;
    for (; seats && lines.n > 0; b->line++) {
        sunlot_text rest;
        const sunlot_text line = sunlot_text_split(lines, '\n', &rest);
        SUNLOT_REQUIRE(sunlot_record_parse(record, line) == NULL);
        const bool placed = sunlot_text_equal(record->field[0], SUNLOT_TEXT("placed"));
        seats = placed || sunlot_text_equal(record->field[0], SUNLOT_TEXT("seat"));
        if (placed && (!sunlot_number_parse(&number, record->field[1], UINT32_MAX) || number != b->number))
            return differs(b, "not the result of this school", line);
        if (!seats) break;
        if (!placed && !check_seat(b, record, line)) return false;
        lines = rest;
    }
    const sunlot_text next = sunlot_text_split(lines, '\n', &lines);
    if (b->seats < b->s->students) return differs(b, "fewer seats than students", next);
    return b->lock == b->s->locks || differs(b, "a locked student without a seat", next);
}

/* Whether all classes are interchangeable; then the numbers do not depend on the students (SPEC 8.7). */
static bool all_alike(uint16_t *set, const sunlot_school *s)
{
    sunlot_interchangeable(set, s);
    bool alike = true;
    for (uint32_t c = 0; c < s->classes; c++) alike = alike && set[c] == 0;
    return alike;
}

sunlot_err sunlot_public_results_check(sunlot_fault *fault, const sunlot_log *log, uint32_t school)
{
    SUNLOT_REQUIRE(school < log->roster->schools && log->result != NULL);
    block b = {.s = &log->roster->school[school], .number = school + 1, .line = log->result[school].first_line, .fault = fault};
    uint16_t set[SUNLOT_MAX_SCHOOL_CLASSES];
    memset(b.group_of_class, 0xff, sizeof b.group_of_class);
    memset(b.class_of_group, 0xff, sizeof b.class_of_group);
    b.numbered = all_alike(set, b.s);
    if (b.numbered) {
        uint8_t seed[32];
        sunlot_log_seed(log, 1, seed);
        const sunlot_digest key = sunlot_stage_key(seed, "number", b.s->name, 0, 0);
        sunlot_number(b.group_of_class, b.s->classes, set, b.s->hand[SUNLOT_HAND_NUMBERS], key.b);
    }
    sunlot_record *record = sunlot_alloc(1, sizeof *record);
    if (record == NULL) return SUNLOT_ERR_MEMORY;
    *fault = (sunlot_fault){.answer = SUNLOT_VALID};
    (void)check_lines(&b, log->result[school].lines, record);
    sunlot_release(record);
    return SUNLOT_OK;
}
