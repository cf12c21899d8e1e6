/* What a log says, for those who show it.  Results are read from their lines as they stand: whether they are right is the verifier's
 * question. */
#include <string.h>

#include "base/alloc.h"
#include "log/log.h"

sunlot_phase sunlot_log_phase(const sunlot_log *log) { return log->phase; }

sunlot_mode sunlot_log_mode(const sunlot_log *log) { return log->roster->mode; }

sunlot_text sunlot_log_id(const sunlot_log *log) { return log->roster->id; }

void sunlot_log_fingerprint(const sunlot_log *log, uint8_t fingerprint32[32])
{
    SUNLOT_REQUIRE(log->phase >= SUNLOT_PHASE_SEED_BASE);
    memcpy(fingerprint32, log->checkpoint[SUNLOT_PHASE_SEED_BASE - 1].actual.b, 32);
}

const sunlot_roster *sunlot_log_roster(const sunlot_log *log) { return log->roster; }

uint32_t sunlot_log_sources(const sunlot_log *log) { return log->roster->sources; }

void sunlot_log_source(const sunlot_log *log, uint32_t i, sunlot_source *out)
{
    SUNLOT_REQUIRE(i < log->roster->sources);
    const sunlot_source_rule *rule = &log->roster->source[i];
    *out = (sunlot_source){i + 1, rule->d6, rule->length, rule->holder, rule->crooked, rule->substitute, log->digits[i]};
}

/* ---- lines ------------------------------------------------------------------------------------------------------------------------------------- */

/* A walk over lines. */
typedef struct {
    sunlot_text rest;
    uint64_t number; /* of the next line */
} walk;

static sunlot_text walk_next(walk *w)
{
    w->number++;
    return sunlot_text_split(w->rest, '\n', &w->rest);
}

static void walk_skip(walk *w, uint64_t lines)
{
    for (uint64_t i = 0; i < lines; i++) walk_next(w);
}

/* From the first student of a school. */
static walk walk_students(const sunlot_log *log, uint32_t school)
{
    const sunlot_school *s = &log->roster->school[school];
    const size_t at = log->school_at[school];
    walk w = {{log->bytes.p + at, log->bytes.n - at}, s->first_line};
    walk_skip(&w, 1 + (uint64_t)s->classes + s->locks + s->limits + s->teachers);
    return w;
}

/* From the first result line of a school: nothing where there are none. */
static walk walk_results(const sunlot_log *log, uint32_t school)
{
    if (log->result == NULL) return (walk){{NULL, 0}, 0};
    return (walk){log->result[school].lines, log->result[school].first_line};
}

/* Read the next line if it is a record of this type with this many fields. */
static bool walk_record(walk *w, sunlot_record *record, sunlot_text type, uint32_t fields)
{
    if (w->rest.n == 0) return false;
    walk ahead = *w;
    const sunlot_text line = walk_next(&ahead);
    if (!sunlot_text_starts(line, type) || sunlot_record_parse(record, line) != NULL || record->fields != fields) return false;
    if (!sunlot_text_equal(record->field[0], type)) return false;
    *w = ahead;
    return true;
}

static sunlot_text class_name(const sunlot_school *s, sunlot_text name)
{
    for (uint32_t i = 0; i < s->classes; i++)
        if (sunlot_text_equal(s->class_[i].name, name)) return s->class_[i].name;
    return (sunlot_text){NULL, 0};
}

/* ---- seats --------------------------------------------------------------------------------------------------------------------------------------- */

/* Pseudonyms stand at the same place in every line of a student: `student,s…`. */
#define PSEUDONYM_BYTES 33u

static sunlot_text lock_reason(const sunlot_school *s, uint32_t student)
{
    if (s->student[student].lock == SUNLOT_NONE16) return (sunlot_text){NULL, 0};
    uint32_t i = 0;
    while (s->lock[i].student != student) i++;
    return s->lock[i].reason;
}

static sunlot_seat seat_of(const sunlot_log *log, uint32_t school, uint32_t student, uint64_t number, sunlot_text line)
{
    const size_t at = sizeof "student," - 1;
    const sunlot_school *s = &log->roster->school[school];
    return (sunlot_seat){.school = school,
                         .student = student,
                         .school_name = s->name,
                         .pseudonym = {line.p + at, PSEUDONYM_BYTES},
                         .lock_reason = lock_reason(s, student),
                         .roster_line = number};
}

/* Take the next seat line of the results if it is this student's.  `seat,PSEUDONYM,PLACE,GROUP,CLASS,MODE`: only CLASS can be quoted, so that
 * the others are pieces of the line. */
static void seat_result(sunlot_seat *seat, const sunlot_school *s, walk *results, sunlot_record *record)
{
    const uint64_t number = results->number;
    sunlot_text rest, line = results->rest;
    uint64_t start;
    if (!walk_record(results, record, SUNLOT_TEXT("seat"), 6) || !sunlot_text_equal(record->field[1], seat->pseudonym)) return;
    if (!sunlot_number_parse(&start, record->field[2], UINT32_MAX)) return;
    for (int i = 0; i < 3; i++) {
        sunlot_text_split(line, ',', &rest);
        line = rest;
    }
    seat->start = (uint32_t)start;
    seat->group = sunlot_text_split(line, ',', &rest);
    seat->class_name = class_name(s, record->field[4]);
    seat->seat_line = number;
}

void sunlot_log_seats(const sunlot_log *log, sunlot_seat_fn *each, void *user)
{
    sunlot_record record;
    for (uint32_t school = 0; school < log->roster->schools; school++) {
        const sunlot_school *s = &log->roster->school[school];
        walk roster = walk_students(log, school), results = walk_results(log, school);
        if (results.rest.n > 0) walk_skip(&results, 1);
        for (uint32_t i = 0; i < s->students; i++) {
            const uint64_t number = roster.number;
            sunlot_seat seat = seat_of(log, school, i, number, walk_next(&roster));
            seat_result(&seat, s, &results, &record);
            each(user, &seat);
        }
    }
}

/* 32 hex digits, hyphens passed over, a leading s or S too, capitals as small ones. */
static bool read_pseudonym(uint8_t pseudonym16[16], sunlot_text text)
{
    char digits[32];
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '-' || (i == 0 && (c == 's' || c == 'S'))) continue;
        if (c >= 'A' && c <= 'F') c = (char)(c - 'A' + 'a');
        if (n == sizeof digits) return false;
        digits[n++] = c;
    }
    return sunlot_hex_parse(pseudonym16, 16, (sunlot_text){digits, n});
}

static bool find_student(uint32_t *at, const sunlot_school *s, const uint8_t pseudonym16[16])
{
    uint32_t from = 0, to = s->students;
    while (from < to) {
        *at = from + (to - from) / 2;
        const int order = memcmp(s->student[*at].pseudonym, pseudonym16, 16);
        if (order == 0) return true;
        if (order < 0)
            from = *at + 1;
        else
            to = *at;
    }
    return false;
}

bool sunlot_log_find(const sunlot_log *log, sunlot_text pseudonym, sunlot_seat *out)
{
    uint8_t wanted[16];
    uint32_t at, school = 0;
    if (!read_pseudonym(wanted, pseudonym)) return false;
    while (school < log->roster->schools && !find_student(&at, &log->roster->school[school], wanted)) school++;
    if (school == log->roster->schools) return false;

    sunlot_record record;
    walk roster = walk_students(log, school), results = walk_results(log, school);
    walk_skip(&roster, at);
    if (results.rest.n > 0) walk_skip(&results, 1 + (uint64_t)at);
    const uint64_t number = roster.number;
    *out = seat_of(log, school, at, number, walk_next(&roster));
    seat_result(out, &log->roster->school[school], &results, &record);
    return true;
}

/* ---- sections, balance, placed ---------------------------------------------------------------------------------------------------------------- */

void sunlot_log_sections(const sunlot_log *log, sunlot_section_fn *each, void *user)
{
    sunlot_record record;
    for (uint32_t school = 0; school < log->roster->schools; school++) {
        const sunlot_school *s = &log->roster->school[school];
        for (walk w = walk_results(log, school); w.rest.n > 0;) {
            if (!walk_record(&w, &record, SUNLOT_TEXT("section"), 7)) {
                walk_skip(&w, 1);
                continue;
            }
            const sunlot_section section = {school,          s->name,        class_name(s, record.field[1]), record.field[2], record.field[3],
                                            record.field[4], record.field[5]};
            each(user, &section);
        }
    }
}

void sunlot_log_balance(const sunlot_log *log, sunlot_balance_fn *each, void *user)
{
    sunlot_record record;
    const sunlot_text none = {NULL, 0};
    for (uint32_t school = 0; school < log->roster->schools; school++) {
        for (walk w = walk_results(log, school); w.rest.n > 0;) {
            const sunlot_text *f = record.field;
            if (walk_record(&w, &record, SUNLOT_TEXT("count"), 9)) {
                each(user, &(sunlot_balance){school, false, false, f[1], f[2], f[3], f[4], f[5], f[6], f[7]});
            } else if (walk_record(&w, &record, SUNLOT_TEXT("mean"), 7)) {
                each(user, &(sunlot_balance){school, true, false, f[1], f[2], f[3], none, none, f[4], f[5]});
            } else if (walk_record(&w, &record, SUNLOT_TEXT("deviation"), 7)) {
                each(user, &(sunlot_balance){school, true, true, f[1], f[2], f[3], none, none, f[4], f[5]});
            } else {
                walk_skip(&w, 1);
            }
        }
    }
}

bool sunlot_log_placed(const sunlot_log *log, uint32_t school, sunlot_text *rung, sunlot_text *attempt, sunlot_text *looks)
{
    SUNLOT_REQUIRE(school < log->roster->schools);
    sunlot_record record;
    walk w = walk_results(log, school);
    if (!walk_record(&w, &record, SUNLOT_TEXT("placed"), 6)) return false;
    *rung = record.field[2];
    *attempt = record.field[3];
    *looks = record.field[4];
    return true;
}
