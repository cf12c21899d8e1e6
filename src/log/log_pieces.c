/* Reading a log in pieces: the schools, and then their results, side by side; everything between them as ever.
 *
 *     opening | school … school | school … school | checkpoint … checkpoint | placed … | placed … | checkpoint
 *     main         piece 0           piece 1                main               piece 0    piece 1      main
 *
 * A first look at the beginnings of lines finds where pieces begin, and what a reader of a piece must know of those before: the number of
 * its first line, school or block, and the size of the tree. */
#include <string.h>

#include "base/alloc.h"
#include "base/crew.h"
#include "log/reader.h"

typedef struct {
    size_t from, to;
    uint64_t lines;  /* before it */
    uint32_t number; /* of schools, or of blocks, before it */
    /* what it comes to */
    sunlot_tree tree;
    sunlot_arena arena;
    uint32_t schools;
    sunlot_stored_school *school;
    uint64_t students, teachers;
    sunlot_edition edition;
    uint64_t extra_line;
} piece;

/* Pieces of one kind. */
typedef struct {
    sunlot_reader *main;
    sunlot_line_type opens; /* SUNLOT_LINE_SCHOOL, SUNLOT_LINE_PLACED */
    size_t from, to;
    uint64_t lines;  /* in all */
    uint32_t number; /* of schools, or of blocks, in all */
    uint32_t pieces, cap;
    piece *piece;
} part;

/* ---- cutting ---------------------------------------------------------------------------------------------------------------------------- */

/* Cut what stands from the reader's place up to the first checkpoint.  False without memory. */
static bool cut(part *p, size_t piece_bytes)
{
    sunlot_reader *rd = p->main;
    const sunlot_text opens = p->opens == SUNLOT_LINE_SCHOOL ? SUNLOT_TEXT("school,") : SUNLOT_TEXT("placed,");
    p->from = rd->at;
    p->lines = rd->log->lines;
    sunlot_text rest = {rd->bytes.p + rd->at, rd->bytes.n - rd->at};
    while (rest.n > 0 && !sunlot_text_starts(rest, SUNLOT_TEXT("checkpoint,"))) {
        const size_t at = (size_t)(rest.p - rd->bytes.p);
        if (sunlot_text_starts(rest, opens)) {
            if (p->pieces == 0 || at - p->piece[p->pieces - 1].from >= piece_bytes) {
                void *pieces = p->piece;
                if (!sunlot_reader_grow(rd, &pieces, p->pieces, &p->cap, sizeof *p->piece)) return false;
                p->piece = pieces;
                if (p->pieces > 0) p->piece[p->pieces - 1].to = at;
                p->piece[p->pieces++] = (piece){.from = at, .lines = p->lines, .number = p->number};
            }
            p->number++;
        }
        p->lines++;
        (void)sunlot_text_split(rest, '\n', &rest);
    }
    p->to = rest.n > 0 ? (size_t)(rest.p - rd->bytes.p) : rd->bytes.n;
    if (p->pieces > 0) p->piece[p->pieces - 1].to = p->to;
    return true;
}

static void free_part(part *p)
{
    for (uint32_t i = 0; i < p->pieces; i++) {
        sunlot_arena_free(&p->piece[i].arena);
        sunlot_release(p->piece[i].school);
    }
    sunlot_release(p->piece);
}

/* ---- a piece ------------------------------------------------------------------------------------------------------------------------------ */

static bool read_lines(sunlot_reader *rd, const part *p, const piece *it)
{
    rd->at = it->from;
    rd->bytes = (sunlot_text){p->main->bytes.p, it->to};
    if (p->opens == SUNLOT_LINE_SCHOOL) {
        sunlot_reader_between(rd);
        rd->schools = it->number;
    } else {
        rd->before = p->main->before;
        rd->results = it->number;
    }
    if (!sunlot_reader_lines(rd, it->to) || sunlot_reader_faulty(rd) || !sunlot_reader_follows(rd, SUNLOT_LINE_CHECKPOINT)) return false;
    return !rd->result_open || sunlot_result_end(rd);
}

static sunlot_err read_piece(void *work, uint32_t number)
{
    const part *p = work;
    piece *it = &p->piece[number];
    sunlot_log log = *p->main->log;
    sunlot_roster roster = *p->main->r;
    log.roster = &roster;
    log.lines = it->lines;
    sunlot_tree_init(&log.tree, it->lines);
    roster.arena = (sunlot_arena){0};
    if (p->opens == SUNLOT_LINE_SCHOOL) roster.schools = 0;
    sunlot_reader *rd = sunlot_reader_new(&log);
    if (rd == NULL) return SUNLOT_ERR_MEMORY;
    const bool sound = read_lines(rd, p, it);
    const sunlot_err err = sound ? SUNLOT_OK : rd->err != SUNLOT_OK ? rd->err : SUNLOT_ERR_LOG;
    it->tree = log.tree;
    it->arena = roster.arena;
    it->schools = roster.schools;
    it->school = rd->school;
    it->students = rd->students;
    it->teachers = rd->teachers;
    it->edition = log.edition;
    it->extra_line = log.extra_line;
    rd->school = NULL;
    sunlot_reader_free(rd);
    return err;
}

/* ---- joining -------------------------------------------------------------------------------------------------------------------------------- */

/* What a reader of all pieces would have seen where two of them meet. */
static bool join_schools(sunlot_reader *rd, const part *p)
{
    rd->school = sunlot_alloc(p->number, sizeof *rd->school);
    if (rd->school == NULL) return sunlot_reader_memory(rd);
    rd->school_cap = p->number;
    for (uint32_t i = 0; i < p->pieces; i++) {
        const piece *it = &p->piece[i];
        const uint32_t before = rd->r->schools;
        if (it->schools == 0 || before + it->schools > p->number || it->edition != p->piece[0].edition) return false;
        if (before > 0 && sunlot_text_shortlex(rd->school[before - 1].s.name, it->school[0].s.name) >= 0) return false;
        memcpy(rd->school + before, it->school, it->schools * sizeof *it->school);
        rd->r->schools += it->schools;
        rd->students += it->students;
        rd->teachers += it->teachers;
    }
    rd->schools = p->number;
    rd->log->edition = p->piece[0].edition;
    sunlot_reader_between(rd);
    return rd->r->schools == p->number && rd->students <= SUNLOT_MAX_STUDENTS && rd->teachers <= SUNLOT_MAX_TEACHERS;
}

static bool join(sunlot_reader *rd, part *p)
{
    if (p->opens == SUNLOT_LINE_SCHOOL) {
        if (!join_schools(rd, p)) return false;
    } else {
        rd->before = SUNLOT_LINE_MEAN; /* or whatever else may end a block */
        rd->results = p->number;
    }
    for (uint32_t i = 0; i < p->pieces; i++) {
        piece *it = &p->piece[i];
        sunlot_tree_join(&rd->log->tree, &it->tree);
        sunlot_arena_join(&rd->r->arena, &it->arena);
        if (rd->log->extra_line == 0) rd->log->extra_line = it->extra_line;
    }
    rd->at = p->to;
    rd->log->lines = p->lines;
    return true;
}

static bool read_part(sunlot_reader *rd, sunlot_line_type opens, const sunlot_crew *crew, size_t piece_bytes)
{
    part p = {.main = rd, .opens = opens};
    bool sound = cut(&p, piece_bytes) && p.pieces > 0 && p.piece[0].from == p.from && (p.to == 0 || rd->bytes.p[p.to - 1] == '\n');
    if (sound) {
        const sunlot_err err = sunlot_crew_run(crew, p.pieces, read_piece, &p);
        if (err != SUNLOT_OK && err != SUNLOT_ERR_LOG) rd->err = err;
        sound = err == SUNLOT_OK && join(rd, &p);
    }
    free_part(&p);
    return sound;
}

/* ---- a log ------------------------------------------------------------------------------------------------------------------------------------ */

/* Where the next line that begins so stands; the end if there is none. */
static size_t find_line(const sunlot_reader *rd, sunlot_text begins)
{
    sunlot_text rest = {rd->bytes.p + rd->at, rd->bytes.n - rd->at};
    while (rest.n > 0 && !sunlot_text_starts(rest, begins)) (void)sunlot_text_split(rest, '\n', &rest);
    return rest.n > 0 ? (size_t)(rest.p - rd->bytes.p) : rd->bytes.n;
}

static bool read_schools(sunlot_reader *rd, const sunlot_crew *crew, size_t piece_bytes)
{
    if (!sunlot_reader_lines(rd, find_line(rd, SUNLOT_TEXT("school,"))) || rd->at == rd->bytes.n) return false;
    return sunlot_reader_follows(rd, SUNLOT_LINE_SCHOOL) && sunlot_opening_end(rd) && read_part(rd, SUNLOT_LINE_SCHOOL, crew, piece_bytes);
}

static bool read_results(sunlot_reader *rd, const sunlot_crew *crew, size_t piece_bytes)
{
    if (!sunlot_reader_lines(rd, find_line(rd, SUNLOT_TEXT("placed,")))) return false;
    if (rd->at == rd->bytes.n) return true;
    if (!sunlot_reader_follows(rd, SUNLOT_LINE_PLACED)) return false;
    rd->log->result = sunlot_arena_alloc(&rd->r->arena, rd->r->schools, sizeof *rd->log->result);
    if (rd->log->result == NULL) return sunlot_reader_memory(rd);
    return read_part(rd, SUNLOT_LINE_PLACED, crew, piece_bytes) && sunlot_reader_lines(rd, rd->bytes.n);
}

bool sunlot_reader_pieces(sunlot_reader *rd, const sunlot_crew *crew, size_t piece_bytes)
{
    if (rd->log->phase == SUNLOT_PHASE_NONE && !read_schools(rd, crew, piece_bytes)) return false;
    return read_results(rd, crew, piece_bytes);
}
