#include <string.h>

#include "base/alloc.h"
#include "log/reader.h"

/* ---- the types of records: their words, how many fields they have, who reads them ------------------------------------------------- */

static const struct {
    const char *word;
    uint32_t fields;
    bool more; /* values may follow */
    sunlot_line_fn *read;
} types[SUNLOT_LINE_TYPES] = {
    [SUNLOT_LINE_SUNLOT] = {"sunlot", 9, false, sunlot_line_title},
    [SUNLOT_LINE_FACT] = {"fact", 3, false, sunlot_line_fact},
    [SUNLOT_LINE_PARTY] = {"party", 4, false, sunlot_line_party},
    [SUNLOT_LINE_QUORUM] = {"quorum", 3, false, sunlot_line_quorum},
    [SUNLOT_LINE_SOURCE] = {"source", 7, false, sunlot_line_source},
    [SUNLOT_LINE_RULE] = {"rule", 6, false, sunlot_line_rule},
    [SUNLOT_LINE_SCHOOL] = {"school", 6, false, sunlot_line_school},
    [SUNLOT_LINE_CLASS] = {"class", 3, false, sunlot_line_class},
    [SUNLOT_LINE_LOCK] = {"lock", 5, false, sunlot_line_lock},
    [SUNLOT_LINE_LIMIT] = {"limit", 3, false, sunlot_line_limit},
    [SUNLOT_LINE_TEACHER] = {"teacher", SUNLOT_LINE_VALUES, true, sunlot_line_teacher},
    [SUNLOT_LINE_STUDENT] = {"student", SUNLOT_LINE_VALUES, true, sunlot_line_student},
    [SUNLOT_LINE_CHECKPOINT] = {"checkpoint", 4, false, sunlot_line_checkpoint},
    [SUNLOT_LINE_SIGNATURE] = {"signature", 3, false, sunlot_line_signature},
    [SUNLOT_LINE_ENTROPY] = {"entropy", 3, false, sunlot_line_entropy},
    [SUNLOT_LINE_PLACED] = {"placed", 6, false, sunlot_line_placed},
    [SUNLOT_LINE_SEAT] = {"seat", 6, false, sunlot_line_seat},
    [SUNLOT_LINE_SECTION] = {"section", 7, false, sunlot_line_section},
    [SUNLOT_LINE_COUNT] = {"count", 9, false, sunlot_line_count},
    [SUNLOT_LINE_MEAN] = {"mean", 7, false, sunlot_line_sum},
    [SUNLOT_LINE_DEVIATION] = {"deviation", 7, false, sunlot_line_sum},
};

/* The type before is tried first: most lines are of it. */
static sunlot_line_type type_find(sunlot_text word, sunlot_line_type before)
{
    unsigned type = 0;
    if (before < SUNLOT_LINE_TYPES && sunlot_text_equal(word, sunlot_text_of(types[before].word))) return before;
    while (type < SUNLOT_LINE_TYPES && !sunlot_text_equal(word, sunlot_text_of(types[type].word))) type++;
    return (sunlot_line_type)type;
}

/* ---- the grammar of SPEC 5: which types may follow --------------------------------------------------------------------------------- */

#define BIT(type) (1u << SUNLOT_LINE_##type)

/* What may follow a checkpoint beside its signature. */
static uint32_t after_checkpoint(sunlot_phase phase)
{
    switch (phase) {
    case SUNLOT_PHASE_SEED_BASE:
        return BIT(ENTROPY);
    case SUNLOT_PHASE_DIGITS:
        return BIT(PLACED);
    case SUNLOT_PHASE_NONE:
    case SUNLOT_PHASE_RESULTS:
        break;
    }
    return 0;
}

/* What may follow in a school: it has said how many classes, teachers and students there are. */
static uint32_t in_school(const sunlot_reader *rd)
{
    const sunlot_school_room *room = rd->room;
    if (room->classes < room->classes_said) return BIT(CLASS);
    if (room->teachers == 0 && room->students == 0) {
        const uint32_t people = room->teachers_said > 0 ? BIT(TEACHER) : BIT(STUDENT);
        return rd->before == SUNLOT_LINE_LIMIT ? people | BIT(LIMIT) : people | BIT(LIMIT) | BIT(LOCK);
    }
    if (room->teachers < room->teachers_said) return BIT(TEACHER);
    return room->students < room->students_said ? BIT(STUDENT) : BIT(SCHOOL) | BIT(CHECKPOINT);
}

/* The types that may follow the line before, one bit each.  A checkpoint without its signature is no fault of order: what is missing is the
 * quorum's, and the verifier says so. */
static uint32_t followers(const sunlot_reader *rd)
{
    switch (rd->before) {
    case SUNLOT_LINE_TYPES:
        return BIT(SUNLOT);
    case SUNLOT_LINE_SUNLOT:
    case SUNLOT_LINE_FACT:
        return BIT(FACT) | BIT(PARTY);
    case SUNLOT_LINE_PARTY:
        return BIT(QUORUM);
    case SUNLOT_LINE_QUORUM:
        return rd->quorums < 2 ? BIT(QUORUM) : BIT(SOURCE);
    case SUNLOT_LINE_SOURCE:
        return BIT(SOURCE) | BIT(RULE) | BIT(SCHOOL);
    case SUNLOT_LINE_RULE:
        return BIT(RULE) | BIT(SCHOOL);
    case SUNLOT_LINE_SCHOOL:
    case SUNLOT_LINE_CLASS:
    case SUNLOT_LINE_LOCK:
    case SUNLOT_LINE_LIMIT:
    case SUNLOT_LINE_TEACHER:
    case SUNLOT_LINE_STUDENT:
        return in_school(rd);
    case SUNLOT_LINE_CHECKPOINT:
        return after_checkpoint(rd->log->phase) | BIT(SIGNATURE);
    case SUNLOT_LINE_SIGNATURE:
        return after_checkpoint(rd->log->phase);
    case SUNLOT_LINE_ENTROPY:
        return BIT(ENTROPY) | BIT(CHECKPOINT);
    case SUNLOT_LINE_PLACED:
        return BIT(SEAT);
    case SUNLOT_LINE_SEAT:
        return BIT(SEAT) | BIT(SECTION) | BIT(COUNT) | BIT(MEAN) | BIT(DEVIATION) | BIT(PLACED) | BIT(CHECKPOINT);
    case SUNLOT_LINE_SECTION:
        return BIT(SECTION) | BIT(COUNT) | BIT(MEAN) | BIT(DEVIATION) | BIT(PLACED) | BIT(CHECKPOINT);
    case SUNLOT_LINE_COUNT:
        return BIT(COUNT) | BIT(MEAN) | BIT(DEVIATION) | BIT(PLACED) | BIT(CHECKPOINT);
    case SUNLOT_LINE_MEAN:
        return BIT(MEAN) | BIT(DEVIATION) | BIT(PLACED) | BIT(CHECKPOINT);
    case SUNLOT_LINE_DEVIATION:
        return BIT(DEVIATION) | BIT(PLACED) | BIT(CHECKPOINT);
    }
    sunlot_require_failed();
}

bool sunlot_reader_follows(const sunlot_reader *rd, sunlot_line_type type) { return (followers(rd) >> type & 1) != 0; }

void sunlot_reader_between(sunlot_reader *rd)
{
    sunlot_school_room *room = rd->room;
    rd->before = SUNLOT_LINE_STUDENT;
    room->s = (sunlot_school){0};
    room->classes = room->classes_said = room->teachers = room->teachers_said = 0;
    room->students = room->students_said = 1;
}

/* What is complete when this type follows the line before. */
static bool close_part(sunlot_reader *rd)
{
    const sunlot_line_type before = rd->before, type = rd->type;
    if (type == SUNLOT_LINE_SCHOOL && (before == SUNLOT_LINE_SOURCE || before == SUNLOT_LINE_RULE)) return sunlot_opening_end(rd);
    if (type == SUNLOT_LINE_CHECKPOINT && before == SUNLOT_LINE_STUDENT) return sunlot_roster_end(rd);
    return !rd->result_open || (type != SUNLOT_LINE_PLACED && type != SUNLOT_LINE_CHECKPOINT) || sunlot_result_end(rd);
}

static bool read_line(sunlot_reader *rd)
{
    const char *what = sunlot_record_parse(rd->record, rd->line);
    if (what != NULL) return sunlot_reader_parse(rd, what, rd->line);
    rd->type = type_find(rd->record->field[0], rd->before);
    if (rd->type == SUNLOT_LINE_TYPES) return sunlot_reader_parse(rd, "unknown type of record", rd->record->field[0]);
    if (!sunlot_reader_follows(rd, rd->type)) return sunlot_reader_order(rd, "this record cannot stand here", rd->line);
    const uint32_t fields = types[rd->type].fields;
    if (rd->record->fields < fields || (rd->record->fields > fields && !types[rd->type].more))
        return sunlot_reader_parse(rd, "wrong number of fields", rd->line);
    return close_part(rd) && types[rd->type].read(rd);
}

/* ---- the pass ------------------------------------------------------------------------------------------------------------------------ */

/* Every line once: read, then added to the tree, so that a checkpoint sees the tree of the lines before it. */
bool sunlot_reader_lines(sunlot_reader *rd, size_t to)
{
    while (rd->at < to) {
        const char *start = rd->bytes.p + rd->at;
        const char *end = memchr(start, '\n', rd->bytes.n - rd->at);
        rd->log->lines++;
        if (end == NULL) {
            rd->line = (sunlot_text){start, rd->bytes.n - rd->at};
            return sunlot_reader_parse(rd, "the last line does not end with LF", rd->line);
        }
        rd->line = (sunlot_text){start, (size_t)(end - start)};
        if (!read_line(rd)) return false;
        sunlot_tree_add(&rd->log->tree, rd->line);
        rd->at += rd->line.n + 1;
        rd->before = rd->type;
        rd->line_before = rd->line;
    }
    return true;
}

/* A log ends with a checkpoint. */
static bool check_end(sunlot_reader *rd)
{
    if (rd->before == SUNLOT_LINE_SIGNATURE || rd->before == SUNLOT_LINE_CHECKPOINT) return true;
    rd->log->lines++; /* the line that is missing */
    return sunlot_reader_order(rd, "the log ends where none can end", SUNLOT_TEXT(""));
}

static sunlot_err log_new(sunlot_log **out, sunlot_text bytes)
{
    sunlot_log *log = sunlot_alloc(1, sizeof *log);
    sunlot_roster *r = sunlot_alloc(1, sizeof *r);
    if (log == NULL || r == NULL) {
        sunlot_release(log);
        sunlot_release(r);
        return SUNLOT_ERR_MEMORY;
    }
    log->bytes = bytes;
    log->roster = r;
    sunlot_tree_init(&log->tree, 0);
    *out = log;
    return SUNLOT_OK;
}

void sunlot_log_free(sunlot_log *log)
{
    if (log == NULL) return;
    sunlot_roster_free(log->roster);
    sunlot_release(log);
}

/* The reader's large rooms are not cleared: what is read from them was written before. */
sunlot_reader *sunlot_reader_new(sunlot_log *log)
{
    sunlot_reader *rd = sunlot_alloc(1, sizeof *rd);
    sunlot_record *record = sunlot_resize(NULL, 1, sizeof *record);
    sunlot_school_room *room = sunlot_resize(NULL, 1, sizeof *room);
    if (rd == NULL || record == NULL || room == NULL) {
        sunlot_release(rd);
        sunlot_release(record);
        sunlot_release(room);
        return NULL;
    }
    rd->log = log;
    rd->r = log->roster;
    rd->bytes = log->bytes;
    rd->record = record;
    rd->room = room;
    rd->before = SUNLOT_LINE_TYPES;
    return rd;
}

void sunlot_reader_free(sunlot_reader *rd)
{
    for (int who = 0; who < SUNLOT_WHOS; who++) {
        sunlot_release(rd->text[who]);
        sunlot_release(rd->score[who]);
    }
    sunlot_release(rd->record);
    sunlot_release(rd->room);
    sunlot_release(rd->rule);
    sunlot_release(rd->school);
    sunlot_release(rd);
}

bool sunlot_reader_faulty(const sunlot_reader *rd)
{
    return rd->stop.answer != SUNLOT_VALID || rd->roster.answer != SUNLOT_VALID || rd->entropy.answer != SUNLOT_VALID;
}

#define PIECE_BYTES ((size_t)1 << 18)

/* What a pass has come to. */
static sunlot_err verdict(const sunlot_reader *rd, sunlot_fault *fault)
{
    if (rd->err != SUNLOT_OK) return rd->err;
    if (!sunlot_reader_faulty(rd)) return SUNLOT_OK;
    *fault = rd->stop.answer != SUNLOT_VALID ? rd->stop : rd->roster.answer != SUNLOT_VALID ? rd->roster : rd->entropy;
    return SUNLOT_ERR_LOG;
}

/* One pass over a log.  In pieces any fault is SUNLOT_ERR_LOG, *fault untouched. */
static sunlot_err read_log(sunlot_log **out, sunlot_text bytes, sunlot_fault *fault, const sunlot_crew *crew, size_t piece_bytes)
{
    sunlot_log *log;
    if (log_new(&log, bytes) != SUNLOT_OK) return SUNLOT_ERR_MEMORY;
    sunlot_reader *rd = sunlot_reader_new(log);
    sunlot_err err = SUNLOT_ERR_MEMORY;
    if (rd != NULL) {
        const bool read = piece_bytes > 0 ? sunlot_reader_pieces(rd, crew, piece_bytes) : sunlot_reader_lines(rd, bytes.n);
        const bool sound = read && check_end(rd) && sunlot_roster_distinct(rd, crew) && !sunlot_reader_faulty(rd);
        err = sound ? SUNLOT_OK : piece_bytes == 0 || rd->err != SUNLOT_OK ? verdict(rd, fault) : SUNLOT_ERR_LOG;
        sunlot_reader_free(rd);
    }
    if (err == SUNLOT_OK)
        *out = log;
    else
        sunlot_log_free(log);
    return err;
}

sunlot_err sunlot_log_read_pieces(sunlot_log **out, sunlot_text bytes, const sunlot_crew *crew, size_t piece_bytes)
{
    return read_log(out, bytes, NULL, crew, piece_bytes);
}

sunlot_err sunlot_log_read(sunlot_log **out, sunlot_text bytes, sunlot_fault *fault, const sunlot_crew *crew)
{
    if ((uint64_t)bytes.n > SUNLOT_MAX_LOG_BYTES) {
        sunlot_fault_set(fault, SUNLOT_FAULT_ROSTER, 0, "larger than a log may be", SUNLOT_TEXT(""));
        return SUNLOT_ERR_LOG;
    }
    const sunlot_err err = crew == NULL ? SUNLOT_ERR_LOG : sunlot_log_read_pieces(out, bytes, crew, PIECE_BYTES);
    return err == SUNLOT_ERR_LOG ? read_log(out, bytes, fault, NULL, 0) : err;
}

/* A pass over further lines. */
static sunlot_err read_on(sunlot_log *log, sunlot_text lines, sunlot_fault *fault, const sunlot_crew *crew, size_t piece_bytes)
{
    sunlot_reader *rd = sunlot_reader_new(log);
    if (rd == NULL) return SUNLOT_ERR_MEMORY;
    rd->bytes = lines;
    rd->before = log->checkpoint[log->phase - 1].signature_line != 0 ? SUNLOT_LINE_SIGNATURE : SUNLOT_LINE_CHECKPOINT;
    const bool read = piece_bytes > 0 ? sunlot_reader_pieces(rd, crew, piece_bytes) : sunlot_reader_lines(rd, lines.n);
    const sunlot_err err = read && check_end(rd) ? SUNLOT_OK : piece_bytes == 0 || rd->err != SUNLOT_OK ? verdict(rd, fault) : SUNLOT_ERR_LOG;
    sunlot_reader_free(rd);
    return err;
}

sunlot_err sunlot_log_grow(sunlot_log *log, sunlot_text lines, sunlot_fault *fault, const sunlot_crew *crew)
{
    SUNLOT_REQUIRE(log->phase > SUNLOT_PHASE_NONE);
    const sunlot_log before = *log;
    sunlot_err err = crew == NULL ? SUNLOT_ERR_LOG : read_on(log, lines, fault, crew, PIECE_BYTES);
    if (err == SUNLOT_ERR_LOG) {
        *log = before;
        err = read_on(log, lines, fault, NULL, 0);
    }
    if (err == SUNLOT_OK)
        log->grown += lines.n;
    else
        *log = before;
    return err;
}

/* Room for a checkpoint and its signature, so that bytes do not move once they are borrowed. */
#define CHECKPOINT_BYTES (2 * (size_t)SUNLOT_MAX_LINE_BYTES)

static bool begin(sunlot_reader *rd, sunlot_buffer *bytes, size_t from, const sunlot_signer *signer, const sunlot_crew *crew)
{
    const bool read = crew != NULL ? sunlot_reader_pieces(rd, crew, PIECE_BYTES) : sunlot_reader_lines(rd, rd->bytes.n);
    if (!read || sunlot_reader_faulty(rd) || !sunlot_reader_follows(rd, SUNLOT_LINE_CHECKPOINT)) return false;
    rd->err = sunlot_log_write_checkpoint(bytes, SUNLOT_PHASE_SEED_BASE, &rd->log->tree, rd->r->id, signer);
    if (rd->err != SUNLOT_OK) return false;
    SUNLOT_REQUIRE(bytes->p + from == rd->bytes.p);
    rd->bytes.n = rd->log->bytes.n = bytes->n - from;
    return sunlot_reader_lines(rd, rd->bytes.n) && check_end(rd) && sunlot_roster_distinct(rd, crew) && !sunlot_reader_faulty(rd);
}

sunlot_err sunlot_log_begin(sunlot_log **out, sunlot_buffer *bytes, size_t from, const sunlot_signer *signer, const sunlot_crew *crew)
{
    const size_t before = bytes->n;
    sunlot_log *log;
    if (!sunlot_buffer_reserve(bytes, CHECKPOINT_BYTES)) return SUNLOT_ERR_MEMORY;
    if (log_new(&log, (sunlot_text){bytes->p + from, bytes->n - from}) != SUNLOT_OK) return SUNLOT_ERR_MEMORY;
    sunlot_reader *rd = sunlot_reader_new(log);
    sunlot_err err = SUNLOT_ERR_MEMORY;
    if (rd != NULL) {
        err = begin(rd, bytes, from, signer, crew) ? SUNLOT_OK : rd->err != SUNLOT_OK ? rd->err : SUNLOT_ERR_LOG;
        sunlot_reader_free(rd);
    }
    if (err == SUNLOT_OK) {
        *out = log;
        return SUNLOT_OK;
    }
    bytes->n = before;
    sunlot_log_free(log);
    return err;
}

/* ---- what the functions of all types use ------------------------------------------------------------------------------------------------ */

bool sunlot_reader_parse(sunlot_reader *rd, const char *what, sunlot_text found)
{
    sunlot_fault_set(&rd->stop, SUNLOT_FAULT_PARSE, rd->log->lines, what, found);
    return false;
}

bool sunlot_reader_order(sunlot_reader *rd, const char *what, sunlot_text found)
{
    sunlot_fault_set(&rd->stop, SUNLOT_FAULT_ORDER, rd->log->lines, what, found);
    return false;
}

bool sunlot_reader_memory(sunlot_reader *rd)
{
    rd->err = SUNLOT_ERR_MEMORY;
    return false;
}

bool sunlot_reader_roster(sunlot_reader *rd, uint64_t line, const char *what, sunlot_text found)
{
    if (rd->roster.answer == SUNLOT_VALID) sunlot_fault_set(&rd->roster, SUNLOT_FAULT_ROSTER, line, what, found);
    return true;
}

bool sunlot_reader_entropy(sunlot_reader *rd, uint64_t line, const char *what, sunlot_text found)
{
    if (rd->entropy.answer == SUNLOT_VALID) sunlot_fault_set(&rd->entropy, SUNLOT_FAULT_ENTROPY, line, what, found);
    return true;
}

bool sunlot_reader_storing(const sunlot_reader *rd) { return rd->roster.answer == SUNLOT_VALID; }

bool sunlot_reader_keep(sunlot_reader *rd, sunlot_text field, sunlot_text *out)
{
    const uintptr_t p = (uintptr_t)field.p, room = (uintptr_t)rd->record->room;
    if (p >= room && p < room + sizeof rd->record->room) return sunlot_arena_copy(&rd->r->arena, field, out) || sunlot_reader_memory(rd);
    *out = field;
    return true;
}

bool sunlot_reader_number(uint64_t *out, sunlot_text field, uint64_t least)
{
    return sunlot_number_parse(out, field, UINT64_C(1000000000000)) && *out >= least;
}

bool sunlot_reader_token(uint32_t *out, char letter, sunlot_text field)
{
    uint64_t number;
    if (field.n < 2 || field.p[0] != letter) return false;
    if (!sunlot_number_parse(&number, (sunlot_text){field.p + 1, field.n - 1}, 999999999) || number == 0) return false;
    *out = (uint32_t)number;
    return true;
}

bool sunlot_reader_hex(uint8_t *out, size_t n, char letter, sunlot_text field)
{
    return field.n == 1 + 2 * n && field.p[0] == letter && sunlot_hex_parse(out, n, (sunlot_text){field.p + 1, 2 * n});
}

bool sunlot_reader_grow(sunlot_reader *rd, void **items, uint32_t used, uint32_t *cap, size_t size)
{
    if (used < *cap) return true;
    const uint32_t more = *cap < 8 ? 8 : *cap * 2;
    void *p = sunlot_resize(*items, more, size);
    if (p == NULL) return sunlot_reader_memory(rd);
    *items = p;
    *cap = more;
    return true;
}
