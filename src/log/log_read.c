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
    [SUNLOT_LINE_PARTY] = {"party", 6, false, sunlot_line_party},
    [SUNLOT_LINE_GROUP] = {"group", 4, false, sunlot_line_group},
    [SUNLOT_LINE_QUORUM] = {"quorum", 3, false, sunlot_line_quorum},
    [SUNLOT_LINE_SOURCE] = {"source", 7, false, sunlot_line_source},
    [SUNLOT_LINE_RULE] = {"rule", 6, false, sunlot_line_rule},
    [SUNLOT_LINE_SCHOOL] = {"school", 6, false, sunlot_line_school},
    [SUNLOT_LINE_HAND] = {"hand", 3, false, sunlot_line_hand},
    [SUNLOT_LINE_CLASS] = {"class", 3, false, sunlot_line_class},
    [SUNLOT_LINE_LOCK] = {"lock", 5, false, sunlot_line_lock},
    [SUNLOT_LINE_LIMIT] = {"limit", 3, false, sunlot_line_limit},
    [SUNLOT_LINE_TEACHER] = {"teacher", SUNLOT_LINE_VALUES, true, sunlot_line_teacher},
    [SUNLOT_LINE_STUDENT] = {"student", SUNLOT_LINE_VALUES, true, sunlot_line_student},
    [SUNLOT_LINE_LEAF] = {"leaf", 2, false, sunlot_line_leaf_of},
    [SUNLOT_LINE_CHECKPOINT] = {"checkpoint", 4, false, sunlot_line_checkpoint},
    [SUNLOT_LINE_SIGNATURE] = {"signature", 3, false, sunlot_line_signature},
    [SUNLOT_LINE_COMMIT] = {"commit", 4, false, sunlot_line_commit},
    [SUNLOT_LINE_MISSING] = {"missing", 2, false, sunlot_line_missing},
    [SUNLOT_LINE_REVEAL] = {"reveal", 3, false, sunlot_line_reveal},
    [SUNLOT_LINE_WITHDRAWN] = {"withdrawn", 3, false, sunlot_line_withdrawn},
    [SUNLOT_LINE_ENTROPY] = {"entropy", 3, false, sunlot_line_entropy},
    [SUNLOT_LINE_PLACED] = {"placed", 6, false, sunlot_line_placed},
    [SUNLOT_LINE_SEAT] = {"seat", 6, false, sunlot_line_seat},
    [SUNLOT_LINE_SECTION] = {"section", 7, false, sunlot_line_section},
    [SUNLOT_LINE_COUNT] = {"count", 9, false, sunlot_line_count},
    [SUNLOT_LINE_MEAN] = {"mean", 7, false, sunlot_line_sum},
    [SUNLOT_LINE_DEVIATION] = {"deviation", 7, false, sunlot_line_sum},
    [SUNLOT_LINE_MATCHED] = {"matched", 4, false, sunlot_line_matched},
    [SUNLOT_LINE_STRUCK] = {"struck", 5, false, sunlot_line_struck},
    [SUNLOT_LINE_MOVED] = {"moved", 6, false, sunlot_line_moved},
    [SUNLOT_LINE_BY_HAND] = {"by-hand", 5, false, sunlot_line_by_hand},
    [SUNLOT_LINE_REPLACED] = {"replaced", 5, false, sunlot_line_replaced},
    [SUNLOT_LINE_SET_ASIDE] = {"set-aside", 4, false, sunlot_line_set_aside},
    [SUNLOT_LINE_LATE] = {"late", 6, false, sunlot_line_late},
    [SUNLOT_LINE_LATE_SEAT] = {"late-seat", 4, false, sunlot_line_late_seat},
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

#define BIT(type) (UINT64_C(1) << SUNLOT_LINE_##type)

/* What may follow a checkpoint of the results or of an act. */
static uint64_t after_results(const sunlot_log *log)
{
    switch (log->late_stage) {
    case SUNLOT_LATE_ANNOUNCED:
        return BIT(ENTROPY);
    case SUNLOT_LATE_THROWN:
        return BIT(LATE_SEAT);
    case SUNLOT_LATE_NONE:
        break;
    }
    return BIT(STRUCK) | BIT(MOVED) | BIT(BY_HAND) | BIT(REPLACED) | BIT(SET_ASIDE) | (log->edition == SUNLOT_EDITION_PUBLIC ? BIT(LEAF) : BIT(LATE));
}

/* What may follow a checkpoint beside its signatures. */
static uint64_t after_checkpoint(const sunlot_log *log)
{
    if (log->withdrawn) return 0;
    switch (log->phase) {
    case SUNLOT_PHASE_LIST:
        return BIT(COMMIT) | BIT(MISSING) | BIT(WITHDRAWN);
    case SUNLOT_PHASE_COMMITS:
        return BIT(REVEAL) | BIT(MISSING) | BIT(CHECKPOINT) | BIT(WITHDRAWN);
    case SUNLOT_PHASE_SEED_BASE:
        return BIT(ENTROPY) | BIT(WITHDRAWN);
    case SUNLOT_PHASE_GROUPS:
        return BIT(ENTROPY);
    case SUNLOT_PHASE_DIGITS:
        return BIT(PLACED);
    case SUNLOT_PHASE_DIGITS_2:
        return BIT(MATCHED);
    case SUNLOT_PHASE_RESULTS:
        return after_results(log);
    case SUNLOT_PHASE_NONE:
        break;
    }
    return 0;
}

/* How the students' lines look: all as they are, or all as leaves.  The first one decides. */
static uint64_t row_types(const sunlot_reader *rd)
{
    switch (rd->log->edition) {
    case SUNLOT_EDITION_FULL:
        return BIT(STUDENT);
    case SUNLOT_EDITION_PUBLIC:
        return BIT(LEAF);
    }
    return BIT(STUDENT) | BIT(LEAF);
}

/* What may follow a record of a sealed party. */
static uint64_t after_sealed(const sunlot_log *log)
{
    return log->phase == SUNLOT_PHASE_LIST ? BIT(COMMIT) | BIT(MISSING) | BIT(CHECKPOINT) : BIT(REVEAL) | BIT(MISSING) | BIT(CHECKPOINT);
}

/* What may follow in a school: it has said how many classes, teachers and students there are. */
static uint64_t in_school(const sunlot_reader *rd)
{
    const sunlot_school_room *room = rd->room;
    if (room->classes < room->classes_said) return BIT(CLASS);
    if (room->teachers == 0 && room->students == 0) {
        const uint64_t people = room->teachers_said > 0 ? BIT(TEACHER) : row_types(rd);
        if (rd->before == SUNLOT_LINE_LIMIT) return people | BIT(LIMIT);
        return people | BIT(LIMIT) | BIT(LOCK) | (rd->before == SUNLOT_LINE_LOCK ? 0 : BIT(HAND));
    }
    if (room->teachers < room->teachers_said) return BIT(TEACHER);
    return room->students < room->students_said ? row_types(rd) : BIT(SCHOOL) | BIT(CHECKPOINT);
}

/* The types that may follow the line before, one bit each.  A checkpoint without signatures is no fault of order: what is missing is the
 * quorum's, and the verifier says so. */
static uint64_t followers(const sunlot_reader *rd)
{
    switch (rd->before) {
    case SUNLOT_LINE_TYPES:
        return BIT(SUNLOT);
    case SUNLOT_LINE_SUNLOT:
    case SUNLOT_LINE_FACT:
        return BIT(FACT) | BIT(PARTY);
    case SUNLOT_LINE_PARTY:
        return BIT(PARTY) | BIT(GROUP) | BIT(QUORUM);
    case SUNLOT_LINE_GROUP:
        return BIT(GROUP) | BIT(QUORUM);
    case SUNLOT_LINE_QUORUM:
        return rd->quorums < SUNLOT_QUORUMS ? BIT(QUORUM) : BIT(SOURCE);
    case SUNLOT_LINE_SOURCE:
        return BIT(SOURCE) | BIT(RULE) | BIT(SCHOOL);
    case SUNLOT_LINE_RULE:
        return BIT(RULE) | BIT(SCHOOL);
    case SUNLOT_LINE_SCHOOL:
    case SUNLOT_LINE_CLASS:
    case SUNLOT_LINE_HAND:
    case SUNLOT_LINE_LOCK:
    case SUNLOT_LINE_LIMIT:
    case SUNLOT_LINE_TEACHER:
    case SUNLOT_LINE_STUDENT:
        return in_school(rd);
    case SUNLOT_LINE_LEAF:
        return rd->log->phase == SUNLOT_PHASE_RESULTS ? BIT(LEAF) | BIT(CHECKPOINT) : in_school(rd);
    case SUNLOT_LINE_CHECKPOINT:
    case SUNLOT_LINE_SIGNATURE:
        return after_checkpoint(rd->log) | BIT(SIGNATURE);
    case SUNLOT_LINE_COMMIT:
    case SUNLOT_LINE_MISSING:
    case SUNLOT_LINE_REVEAL:
        return after_sealed(rd->log);
    case SUNLOT_LINE_WITHDRAWN:
        return BIT(CHECKPOINT);
    case SUNLOT_LINE_ENTROPY:
        return BIT(ENTROPY) | BIT(CHECKPOINT);
    case SUNLOT_LINE_PLACED:
        return BIT(SEAT);
    case SUNLOT_LINE_SEAT:
        return BIT(SEAT) | BIT(SECTION) | BIT(COUNT) | BIT(MEAN) | BIT(DEVIATION) | BIT(PLACED) | BIT(CHECKPOINT);
    case SUNLOT_LINE_MATCHED:
        return BIT(SECTION);
    case SUNLOT_LINE_STRUCK:
    case SUNLOT_LINE_MOVED:
    case SUNLOT_LINE_BY_HAND:
    case SUNLOT_LINE_REPLACED:
    case SUNLOT_LINE_LATE:
    case SUNLOT_LINE_LATE_SEAT:
        return UINT64_C(1) << rd->before | BIT(CHECKPOINT);
    case SUNLOT_LINE_SET_ASIDE:
        return BIT(CHECKPOINT);
    case SUNLOT_LINE_SECTION:
        if (rd->log->phase == SUNLOT_PHASE_DIGITS_2) return BIT(SECTION) | BIT(MATCHED) | BIT(CHECKPOINT);
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
    if (type == SUNLOT_LINE_CHECKPOINT && (before == SUNLOT_LINE_STUDENT || before == SUNLOT_LINE_LEAF) && rd->log->phase == SUNLOT_PHASE_NONE)
        return sunlot_roster_end(rd);
    const bool ends = type == SUNLOT_LINE_PLACED || type == SUNLOT_LINE_MATCHED || type == SUNLOT_LINE_CHECKPOINT;
    return !rd->result_open || !ends || sunlot_result_end(rd);
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

/* What a line is in the tree.  A leaf has been read by its own function. */
static void add_leaf(sunlot_reader *rd)
{
    if (rd->type == SUNLOT_LINE_LEAF)
        sunlot_tree_add_leaf(&rd->log->tree, &rd->leaf);
    else
        sunlot_tree_add(&rd->log->tree, rd->line);
}

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
        add_leaf(rd);
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
    sunlot_roster_free(log->roster); /* and with it what is in its arena */
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

/* Of the faults that did not end the pass the one whose kind goes first. */
static const sunlot_fault *first_kept(const sunlot_reader *rd)
{
    const sunlot_fault *const kept[] = {&rd->roster, &rd->commitment, &rd->entropy, &rd->quorum};
    size_t i = 0;
    while (i + 1 < sizeof kept / sizeof *kept && kept[i]->answer == SUNLOT_VALID) i++;
    return kept[i];
}

bool sunlot_reader_faulty(const sunlot_reader *rd) { return rd->stop.answer != SUNLOT_VALID || first_kept(rd)->answer != SUNLOT_VALID; }

#define PIECE_BYTES ((size_t)1 << 18)

/* What a pass has come to. */
static sunlot_err verdict(const sunlot_reader *rd, sunlot_fault *fault)
{
    if (rd->err != SUNLOT_OK) return rd->err;
    if (!sunlot_reader_faulty(rd)) return SUNLOT_OK;
    *fault = rd->stop.answer != SUNLOT_VALID ? rd->stop : *first_kept(rd);
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
    rd->before = SUNLOT_LINE_SIGNATURE; /* as after a checkpoint without any */
    const bool read = piece_bytes > 0 ? sunlot_reader_pieces(rd, crew, piece_bytes) : sunlot_reader_lines(rd, lines.n);
    const bool sound = read && check_end(rd) && !sunlot_reader_faulty(rd);
    const sunlot_err err = sound ? SUNLOT_OK : piece_bytes == 0 || rd->err != SUNLOT_OK ? verdict(rd, fault) : SUNLOT_ERR_LOG;
    sunlot_reader_free(rd);
    return err;
}

static void restore(sunlot_log *log, const sunlot_log *before, const sunlot_act_checkpoint *last)
{
    *log = *before;
    if (log->acts > 0) log->act[log->acts - 1] = *last;
}

sunlot_err sunlot_log_grow(sunlot_log *log, sunlot_text lines, sunlot_fault *fault, const sunlot_crew *crew)
{
    SUNLOT_REQUIRE(log->phase > SUNLOT_PHASE_NONE);
    const sunlot_log before = *log;
    sunlot_act_checkpoint last = {0}; /* it may get further signatures */
    if (log->acts > 0) last = log->act[log->acts - 1];
    sunlot_err err = crew == NULL ? SUNLOT_ERR_LOG : read_on(log, lines, fault, crew, PIECE_BYTES);
    if (err == SUNLOT_ERR_LOG) {
        restore(log, &before, &last);
        err = read_on(log, lines, fault, NULL, 0);
    }
    if (err == SUNLOT_OK)
        log->grown += lines.n;
    else
        restore(log, &before, &last);
    return err;
}

/* Room for a checkpoint and its signature, so that bytes do not move once they are borrowed. */
#define CHECKPOINT_BYTES (2 * (size_t)SUNLOT_MAX_LINE_BYTES)

static bool begin(sunlot_reader *rd, sunlot_buffer *bytes, size_t from, const sunlot_signer *signer, const sunlot_crew *crew)
{
    const bool read = crew != NULL ? sunlot_reader_pieces(rd, crew, PIECE_BYTES) : sunlot_reader_lines(rd, rd->bytes.n);
    if (!read || sunlot_reader_faulty(rd) || !sunlot_reader_follows(rd, SUNLOT_LINE_CHECKPOINT)) return false;
    const sunlot_phase phase = sunlot_phase_after(rd->r, SUNLOT_PHASE_NONE);
    rd->err = sunlot_log_write_checkpoint(bytes, sunlot_text_of(sunlot_phase_name(phase)), &rd->log->tree, rd->r->id, signer);
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

bool sunlot_reader_commitment(sunlot_reader *rd, uint64_t line, const char *what, sunlot_text found)
{
    if (rd->commitment.answer == SUNLOT_VALID) sunlot_fault_set(&rd->commitment, SUNLOT_FAULT_COMMITMENT, line, what, found);
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
