/* Reading a CSV file with libcsv, one physical line at a time.
 *
 * libcsv counts no lines, lets blank ones vanish, takes a bare CR for the end of a row, drops spaces around fields and swallows the rest
 * of a file after an open quote.  So the lines are cut here, and libcsv is given one after the other, with spaces and CR as
 * data.  A record that goes on over a line break is read to its end, so that the fault is named (a line break is a control
 * character); if it has no end, only its first line is lost:
 *
 *     1,"Ann        open quote: `Bo,"` on the next line would have to be followed by a comma
 *     2,Bo,"x"      read as a row of its own                                                                                  */
#include "roster/csv_file.h"

#include <csv.h>
#include <string.h>

#include "base/crew.h"
#include "base/utf8.h"
#include "roster/words.h"

typedef struct {
    sunlot_csv_file *f;
    sunlot_issue_list *issues;
    struct csv_parser parser;
    sunlot_text bytes;
    size_t next;        /* where the next physical line begins */
    uint32_t next_line; /* and its number */
    /* the record being read */
    uint32_t fields;
    bool row_done, no_memory;
    size_t cells; /* cells of the rows kept, and where this record's begin in at[] */
    size_t text_used;
    size_t at_room, line_room;
    bool header_seen;
} reader;

/* ---- libcsv -------------------------------------------------------------------------------------------------------------- */

static void *resize(void *p, size_t n) { return sunlot_resize(p, n, 1); }

static int no_space(unsigned char c)
{
    (void)c;
    return 0;
}

static int is_lf(unsigned char c) { return c == '\n'; }

static void parser_start(reader *r)
{
    (void)csv_init(&r->parser, CSV_STRICT);
    csv_set_realloc_func(&r->parser, resize);
    csv_set_free_func(&r->parser, sunlot_release);
    csv_set_space_func(&r->parser, no_space);
    csv_set_term_func(&r->parser, is_lf);
}

/* Make room for one more element of at[] or line[]. */
static bool grow(uint32_t **array, size_t *room, size_t need)
{
    if (need < *room) return true;
    const size_t more = *room < 256 ? 512 : 2 * *room;
    uint32_t *bigger = sunlot_resize(*array, more, sizeof *bigger);
    if (bigger == NULL) return false;
    *array = bigger;
    *room = more;
    return true;
}

/* Fields are never longer than their bytes in the file, so the text has room. */
static void take_field(const void *bytes, size_t n, reader *r)
{
    const size_t cell = r->cells + r->fields;
    if (r->no_memory || !grow(&r->f->at, &r->at_room, cell + 1)) {
        r->no_memory = true;
        return;
    }
    r->f->at[cell] = (uint32_t)r->text_used;
    if (n > 0) memcpy(r->f->text + r->text_used, bytes, n);
    r->text_used += n;
    r->fields++;
    r->f->at[cell + 1] = (uint32_t)r->text_used;
}

static void give_field(void *bytes, size_t n, void *user) { take_field(bytes, n, user); }

static void take_row(int end, void *user)
{
    (void)end;
    ((reader *)user)->row_done = true;
}

/* Take the fields of a line that is a record by itself and has no quotation mark: commas are all there is to see, and libcsv is not needed. */
static void split(reader *r, sunlot_text line)
{
    while (line.p != NULL) {
        const sunlot_text field = sunlot_text_split(line, ',', &line);
        take_field(field.p, field.n, r);
    }
    r->row_done = true;
}

/* Give libcsv a line and its end.  Returns false if it stopped. */
static bool feed(reader *r, sunlot_text line)
{
    return csv_parse(&r->parser, line.p, line.n, give_field, take_row, r) == line.n && csv_parse(&r->parser, "\n", 1, give_field, take_row, r) == 1;
}

/* ---- faults of fields ------------------------------------------------------------------------------------------------------ */

static void blame(const reader *r, int code, uint32_t line, uint32_t column, sunlot_text found, sunlot_text expected)
{
    sunlot_issue issue = {.code = (sunlot_issue_code)code, .file = r->f->file, .line = line, .column = column, .found = found, .expected = expected};
    if (column > 0 && column <= r->f->columns) issue.header = r->f->header[column - 1];
    r->f->complete = false;
    sunlot_issue_list_add(r->issues, &issue);
}

static void blame_number(const reader *r, int code, uint32_t line, uint32_t column, uint64_t found, uint64_t expected)
{
    sunlot_phrase is = {0}, should = {0};
    sunlot_phrase_number(&is, found);
    sunlot_phrase_number(&should, expected);
    blame(r, code, line, column, sunlot_phrase_view(&is), sunlot_phrase_view(&should));
}

static void phrase_hex(sunlot_phrase *phrase, const char *prefix, uint32_t number, unsigned digits)
{
    sunlot_phrase_text(phrase, sunlot_text_of(prefix));
    while (digits > 0) sunlot_phrase_text(phrase, (sunlot_text){&"0123456789ABCDEF"[number >> 4 * --digits & 15], 1});
}

/* Bytes of the well-formed UTF-8 character that begins with this byte, and its code. */
static size_t character(const char *p, uint32_t *code)
{
    const unsigned char *b = (const unsigned char *)p;
    const size_t n = b[0] < 0x80 ? 1 : b[0] < 0xe0 ? 2 : b[0] < 0xf0 ? 3 : 4;
    *code = n == 1 ? b[0] : b[0] & (0x7fu >> n);
    for (size_t i = 1; i < n; i++) *code = *code << 6 | (b[i] & 0x3fu);
    return n;
}

/* Name the byte or the character that makes a field bad: 0xE9, U+0007. */
static void name_character(sunlot_phrase *out, sunlot_text field, int code)
{
    size_t at;
    uint32_t c = 0;
    if (sunlot_utf8_check(field, &at) != 0) {
        phrase_hex(out, "0x", (unsigned char)field.p[at], 2);
        return;
    }
    for (size_t i = 0, n; i < field.n; i += n) {
        n = character(field.p + i, &c);
        if (sunlot_field_check((sunlot_text){field.p + i, n}) == code) break;
    }
    phrase_hex(out, "U+", c, c > 0xffff ? 6 : 4);
}

/* A CR that no LF follows. */
static bool has_bare_cr(sunlot_text text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\r' && (i + 1 == text.n || text.p[i + 1] != '\n')) return true;
    }
    return false;
}

/* A negative score with superfluous zeros is no formula where people's columns may be numbers; what is not used as a number is checked when the
 * rules are known. */
static bool may_be_number(const reader *r, uint32_t column, sunlot_text field)
{
    const sunlot_csv_file *f = r->f;
    int32_t score;
    return (f->file == SUNLOT_FILE_STUDENTS || f->file == SUNLOT_FILE_TEACHERS) && column <= f->columns &&
           sunlot_word_find_header(f->header[column - 1]) == SUNLOT_WORD_NONE && sunlot_score_read(&score, field) == 0;
}

static void check_field(const reader *r, uint32_t line, uint32_t column, sunlot_text field)
{
    sunlot_phrase name = {0};
    const int code = sunlot_field_check(field);
    switch (code) {
    case 0:
        return;
    case SUNLOT_ISSUE_CONTROL:
        if (has_bare_cr(field)) {
            blame(r, SUNLOT_ISSUE_BARE_CR, line, column, (sunlot_text){0}, (sunlot_text){0});
            return;
        }
        break;
    case SUNLOT_ISSUE_NUL:
    case SUNLOT_ISSUE_INVALID_UTF8:
        break;
    case SUNLOT_ISSUE_FORMULA:
        if (!may_be_number(r, column, field)) blame(r, code, line, column, field, (sunlot_text){0});
        return;
    case SUNLOT_ISSUE_FIELD_TOO_LONG:
        blame_number(r, code, line, column, field.n, SUNLOT_MAX_FIELD_BYTES);
        return;
    default:
        blame(r, code, line, column, field, (sunlot_text){0});
        return;
    }
    name_character(&name, field, code);
    blame(r, code, line, column, sunlot_phrase_view(&name), (sunlot_text){0});
}

/* ---- records --------------------------------------------------------------------------------------------------------------- */

static sunlot_text field_of(const reader *r, uint32_t i)
{
    const uint32_t *at = r->f->at + r->cells + i;
    return (sunlot_text){r->f->text + at[0], at[1] - at[0]};
}

/* Check each field.  A field with line breaks moves those after it further down; returns whether there are none. */
static bool check_fields(const reader *r, uint32_t line)
{
    const uint32_t first = line;
    const bool one_line = r->next_line == line + 1;
    for (uint32_t i = 0; i < r->fields; i++) {
        const sunlot_text field = field_of(r, i);
        if (field.n == 0) continue;
        check_field(r, line, i + 1, field);
        if (one_line) continue;
        const char *at = field.p, *end = field.p + field.n;
        while (at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
            line++;
            at++;
        }
    }
    return line == first;
}

/* A header in one piece that holds what others put between columns: found is that sign. */
static bool has_other_separator(const reader *r, sunlot_text *found)
{
    static const char *const sign[] = {";", "\t", "，", "；"};
    const sunlot_text header = field_of(r, 0);
    if (r->fields != 1) return false;
    for (size_t i = 0; i < sizeof sign / sizeof *sign; i++) {
        *found = sunlot_text_of(sign[i]);
        for (size_t at = 0; at + found->n <= header.n; at++) {
            if (memcmp(header.p + at, found->p, found->n) == 0) return true;
        }
    }
    return false;
}

static void take_header(reader *r, uint32_t line)
{
    sunlot_csv_file *f = r->f;
    sunlot_text sign;
    r->header_seen = true;
    f->header_line = line;
    if (has_other_separator(r, &sign)) {
        blame(r, SUNLOT_ISSUE_SEPARATOR, line, 0, sunlot_text_equal(sign, SUNLOT_TEXT("\t")) ? SUNLOT_TEXT("TAB") : sign, SUNLOT_TEXT(","));
        r->next = r->bytes.n; /* each row would say it again */
        return;
    }
    if (!check_fields(r, line)) return;
    if (r->fields > SUNLOT_MAX_FILE_COLUMNS) {
        blame_number(r, SUNLOT_ISSUE_TOO_MANY, line, 0, r->fields, SUNLOT_MAX_FILE_COLUMNS);
        return;
    }
    f->header = sunlot_alloc(r->fields, sizeof *f->header);
    if (f->header == NULL) {
        r->no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < r->fields; i++) {
        f->header[i] = field_of(r, i);
        f->columns = i;
        if (f->header[i].n == 0) {
            blame(r, SUNLOT_ISSUE_HEADER_EMPTY, line, i + 1, (sunlot_text){0}, (sunlot_text){0});
        } else {
            const uint32_t before = sunlot_csv_file_find(f, f->header[i]);
            if (before != SUNLOT_NONE32) blame(r, SUNLOT_ISSUE_HEADER_TWICE, line, i + 1, f->header[i], f->header[before]);
        }
    }
    f->columns = r->fields;
    f->sound = f->complete;
}

static bool is_passed_over(const reader *r)
{
    const bool empty = r->f->at[r->cells] == r->f->at[r->cells + r->fields];
    return empty || sunlot_text_starts(field_of(r, 0), SUNLOT_TEXT("#"));
}

/* A whole record was read: keep it, or leave its text to be written over. */
static void take_record(reader *r, uint32_t line, uint32_t max_rows)
{
    sunlot_csv_file *f = r->f;
    const size_t text_before = f->at[r->cells];
    if (is_passed_over(r)) {
        r->text_used = text_before;
    } else if (!r->header_seen) {
        take_header(r, line);
    } else {
        bool keep = check_fields(r, line) && f->columns > 0;
        if (keep && r->fields != f->columns) {
            blame_number(r, SUNLOT_ISSUE_RAGGED_ROW, line, (r->fields < f->columns ? r->fields : f->columns) + 1, r->fields, f->columns);
            keep = false;
        }
        if (keep && f->rows == max_rows) {
            blame_number(r, SUNLOT_ISSUE_TOO_MANY, line, 0, (uint64_t)max_rows + 1, max_rows);
            r->next = r->bytes.n;
            keep = false;
        }
        if (keep && grow(&f->line, &r->line_room, f->rows)) {
            f->line[f->rows++] = line;
            r->cells += f->columns;
        } else {
            r->no_memory = r->no_memory || keep;
            r->text_used = text_before;
        }
    }
}

/* The next physical line without its LF or CRLF. */
static sunlot_text next_line(reader *r)
{
    const char *p = r->bytes.p + r->next;
    const size_t left = r->bytes.n - r->next;
    const char *end = memchr(p, '\n', left);
    size_t n = end == NULL ? left : (size_t)(end - p);
    r->next += end == NULL ? n : n + 1;
    r->next_line++;
    if (end != NULL && n > 0 && p[n - 1] == '\r') n--;
    return (sunlot_text){p, n};
}

static void read_record(reader *r, uint32_t max_rows)
{
    const size_t from = r->next;
    const size_t text_before = r->text_used;
    const uint32_t line = r->next_line;
    sunlot_text text = next_line(r);
    const size_t second = r->next;

    if (text.n > 0 && text.p[0] == '#' && has_bare_cr(text)) { /* else the rows behind it would pass as a comment */
        blame(r, SUNLOT_ISSUE_BARE_CR, line, 0, (sunlot_text){0}, (sunlot_text){0});
        r->header_seen = true;
        return;
    }
    if (text.n == 0 || text.p[0] == '#') return;
    if (text.n > SUNLOT_MAX_LINE_BYTES) {
        if (has_bare_cr(text))
            blame(r, SUNLOT_ISSUE_BARE_CR, line, 0, (sunlot_text){0}, (sunlot_text){0});
        else
            blame_number(r, SUNLOT_ISSUE_FIELD_TOO_LONG, line, 0, text.n, SUNLOT_MAX_LINE_BYTES);
        r->header_seen = true;
        return;
    }
    r->fields = 0;
    r->row_done = false;
    bool fed = true;
    if (memchr(text.p, '"', text.n) == NULL)
        split(r, text);
    else
        fed = feed(r, text);
    const uint32_t first_fields = r->fields;
    while (fed && !r->row_done && r->next < r->bytes.n && r->next - from <= SUNLOT_MAX_LINE_BYTES) fed = feed(r, next_line(r));
    if (!fed && csv_error(&r->parser) == CSV_ENOMEM) r->no_memory = true;
    if (r->no_memory) return;
    if (fed && r->row_done) {
        take_record(r, line, max_rows);
        return;
    }
    /* Only the first line is lost.  Without a header the rows below mean nothing, but their quotes can still be checked. */
    const bool stray = !fed && r->next == second;
    blame(r, stray ? SUNLOT_ISSUE_STRAY_QUOTE : SUNLOT_ISSUE_OPEN_QUOTE, line, first_fields + 1, (sunlot_text){0}, (sunlot_text){0});
    r->next = second;
    r->next_line = line + 1;
    r->text_used = text_before;
    r->header_seen = true;
    csv_free(&r->parser);
    parser_start(r);
}

/* ---- pieces ---------------------------------------------------------------------------------------------------------------------- */

/* Where no quotation mark is left in the file, every line is a record or none, and pieces of lines can be read side by side.  If one finds a fault,
 * all are dropped and read again one after the other, so that faults are found as ever. */
#define PIECE_BYTES ((size_t)1 << 16)

typedef struct {
    size_t from, to;
    uint32_t line; /* number of the first */
    sunlot_csv_file f;
    sunlot_issue_list issues;
} csv_piece;

typedef struct {
    const reader *main;
    uint32_t max_rows;
    csv_piece *piece;
} csv_work;

static uint32_t cut(csv_piece *piece, const reader *r)
{
    reader lines = *r;
    uint32_t pieces = 0;
    while (lines.next < lines.bytes.n) {
        csv_piece *it = &piece[pieces++];
        it->from = lines.next;
        it->line = lines.next_line;
        while (lines.next < lines.bytes.n && lines.next - it->from < PIECE_BYTES) (void)next_line(&lines);
        it->to = lines.next;
    }
    return pieces;
}

static sunlot_err read_piece(void *work, uint32_t number)
{
    const csv_work *w = work;
    csv_piece *it = &w->piece[number];
    const sunlot_csv_file *f = w->main->f;
    it->f = (sunlot_csv_file){.file = f->file, .complete = true, .columns = f->columns, .header = f->header};
    reader r = {.f = &it->f, .issues = &it->issues, .bytes = {w->main->bytes.p, it->to}, .next = it->from, .next_line = it->line, .header_seen = true};
    it->f.text = sunlot_alloc(it->to - it->from, 1);
    if (it->f.text == NULL || !grow(&it->f.at, &r.at_room, 1)) return SUNLOT_ERR_MEMORY;
    it->f.at[0] = 0;
    while (r.next < it->to && !r.no_memory) read_record(&r, w->max_rows);
    return r.no_memory || it->issues.no_memory ? SUNLOT_ERR_MEMORY : it->f.complete ? SUNLOT_OK : SUNLOT_ERR_INPUT;
}

/* Put the pieces' rows behind what the reader has.  False without memory. */
static bool join(reader *r, const csv_piece *piece, uint32_t pieces, uint32_t rows)
{
    sunlot_csv_file *f = r->f;
    uint32_t *at = sunlot_resize(f->at, (size_t)rows * f->columns + 1, sizeof *at);
    if (at != NULL) f->at = at;
    uint32_t *line = sunlot_resize(f->line, rows, sizeof *line);
    if (line != NULL) f->line = line;
    if (at == NULL || line == NULL) return false;
    f->at[0] = (uint32_t)r->text_used;
    for (uint32_t i = 0; i < pieces; i++) {
        const sunlot_csv_file *from = &piece[i].f;
        const size_t cells = (size_t)from->rows * f->columns;
        for (size_t c = 1; c <= cells; c++) f->at[r->cells + c] = from->at[c] + (uint32_t)r->text_used;
        if (cells > 0) memcpy(f->text + r->text_used, from->text, from->at[cells]);
        if (from->rows > 0) memcpy(f->line + f->rows, from->line, from->rows * sizeof *line);
        r->cells += cells;
        r->text_used += from->at[cells];
        f->rows += from->rows;
    }
    r->next = r->bytes.n;
    return true;
}

/* Read the rows below the header in pieces, if that can be done; else the reader is as before. */
static void read_pieces(reader *r, uint32_t max_rows, const sunlot_crew *crew)
{
    const size_t left = r->bytes.n - r->next;
    if (crew == NULL || !r->f->sound || r->f->columns == 0 || left < 2 * PIECE_BYTES || memchr(r->bytes.p + r->next, '"', left) != NULL) return;
    csv_work w = {r, max_rows, sunlot_alloc(left / PIECE_BYTES + 1, sizeof *w.piece)};
    r->no_memory = w.piece == NULL;
    if (r->no_memory) return;
    const uint32_t pieces = cut(w.piece, r);
    const sunlot_err err = sunlot_crew_run(crew, pieces, read_piece, &w);
    uint64_t rows = 0;
    for (uint32_t i = 0; i < pieces; i++) rows += w.piece[i].f.rows;
    if (err == SUNLOT_OK && rows <= max_rows)
        r->no_memory = !join(r, w.piece, pieces, (uint32_t)rows);
    else
        r->no_memory = err == SUNLOT_ERR_MEMORY;
    for (uint32_t i = 0; i < pieces; i++) {
        w.piece[i].f.header = NULL; /* lent */
        sunlot_csv_file_free(&w.piece[i].f);
        sunlot_issue_list_free(&w.piece[i].issues);
    }
    sunlot_release(w.piece);
}

bool sunlot_csv_file_read(sunlot_csv_file *out, sunlot_file file, sunlot_text bytes, uint32_t max_rows, sunlot_issue_list *issues, const sunlot_crew *crew)
{
    *out = (sunlot_csv_file){.file = file, .complete = true};
    reader r = {.f = out, .issues = issues, .bytes = bytes, .next_line = 1};
    if (bytes.n > SUNLOT_MAX_INPUT_BYTES) {
        blame_number(&r, SUNLOT_ISSUE_FILE_TOO_LARGE, 0, 0, bytes.n, SUNLOT_MAX_INPUT_BYTES);
        return true;
    }
    if (sunlot_text_starts(bytes, SUNLOT_TEXT("\xEF\xBB\xBF"))) r.next = 3;
    out->text = sunlot_alloc(bytes.n, 1);
    if (out->text == NULL || !grow(&out->at, &r.at_room, 1)) return false;
    out->at[0] = 0;
    parser_start(&r);
    while (r.next < bytes.n && !r.no_memory && !r.header_seen) read_record(&r, max_rows);
    if (!r.no_memory) read_pieces(&r, max_rows, crew);
    while (r.next < bytes.n && !r.no_memory) read_record(&r, max_rows);
    csv_free(&r.parser);
    if (r.no_memory) return false;
    if (!r.header_seen) blame(&r, SUNLOT_ISSUE_EMPTY_FILE, 0, 0, (sunlot_text){0}, (sunlot_text){0});
    if (out->columns == 0) out->complete = false;
    return true;
}
