#include "log/record.h"

#include <csv.h>
#include <string.h>

#include "base/utf8.h"

#define TOO_MANY     "more fields than any record has"
#define NOT_ONE_FORM "quotation marks where the one form of a record has none, or none where it has them"

static const char *field_fault(sunlot_text field)
{
    switch (sunlot_field_check(field)) {
    case 0:
        return NULL;
    case SUNLOT_ISSUE_INVALID_UTF8:
        return "bytes that are not well-formed UTF-8";
    case SUNLOT_ISSUE_NUL:
        return "a NUL byte";
    case SUNLOT_ISSUE_CONTROL:
        return "a control or direction character";
    case SUNLOT_ISSUE_STRAY_SPACE:
        return "a space at an end of a field";
    case SUNLOT_ISSUE_FORMULA:
        return "a field that a spreadsheet would run";
    default:
        return "a field of more than 1,024 bytes";
    }
}

/* ---- writing ----------------------------------------------------------------------------------------------------------- */

/* The form of a field: its bytes, or, if it holds a comma or a quotation mark, quoted.  out: 2 * field.n + 2 bytes. */
static size_t form_write(char *out, sunlot_text field)
{
    if (field.n == 0) return 0;
    if (memchr(field.p, ',', field.n) == NULL && memchr(field.p, '"', field.n) == NULL) {
        memcpy(out, field.p, field.n);
        return field.n;
    }
    size_t n = 0;
    out[n++] = '"';
    for (size_t i = 0; i < field.n; i++) {
        if (field.p[i] == '"') out[n++] = '"';
        out[n++] = field.p[i];
    }
    out[n++] = '"';
    return n;
}

bool sunlot_record_write(sunlot_buffer *out, const sunlot_text *field, size_t fields)
{
    size_t most = 0;
    for (size_t i = 0; i < fields; i++) most += 2 * field[i].n + 3;
    if (!sunlot_buffer_reserve(out, most)) return false;
    for (size_t i = 0; i < fields; i++) {
        out->n += form_write(out->p + out->n, field[i]);
        out->p[out->n++] = i + 1 < fields ? ',' : '\n';
    }
    return true;
}

/* ---- reading a line that holds quotation marks --------------------------------------------------------------------------- */

/* libcsv takes the line apart; that the line is the one form of these fields is then seen by writing them again.  The
 * parser is lent a store on the stack, so that it never needs memory: a field that does not fit is too long anyhow. */
typedef struct {
    sunlot_record *record;
    size_t used; /* bytes of record->room */
    const char *fault;
} quoted;

static void *no_memory(void *p, size_t n)
{
    (void)p;
    (void)n;
    return NULL;
}

static void keep(void *p) { (void)p; }

static int never(unsigned char c)
{
    (void)c;
    return 0;
}

static void take_field(void *bytes, size_t n, void *user)
{
    quoted *q = user;
    sunlot_record *r = q->record;
    if (r->fields == SUNLOT_RECORD_FIELDS) {
        q->fault = TOO_MANY;
        return;
    }
    if (n > 0) memcpy(r->room + q->used, bytes, n);
    r->field[r->fields++] = (sunlot_text){r->room + q->used, n};
    q->used += n;
}

static const char *parse_quoted(sunlot_record *out, sunlot_text line)
{
    unsigned char store[SUNLOT_MAX_FIELD_BYTES + 2];
    struct csv_parser parser;
    quoted q = {.record = out};
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) return NOT_ONE_FORM;
    csv_set_realloc_func(&parser, no_memory);
    csv_set_free_func(&parser, keep);
    csv_set_space_func(&parser, never);
    csv_set_term_func(&parser, never);
    parser.entry_buf = store;
    parser.entry_size = sizeof store;
    bool read = csv_parse(&parser, line.p, line.n, take_field, NULL, &q) == line.n;
    if (!read && csv_error(&parser) == CSV_ENOMEM) return "a field of more than 1,024 bytes";
    if (!read || csv_fini(&parser, take_field, NULL, &q) != 0) return NOT_ONE_FORM;
    return q.fault;
}

static bool is_one_form(const sunlot_record *r, sunlot_text line)
{
    char form[2 * SUNLOT_MAX_FIELD_BYTES + 2];
    size_t at = 0;
    for (uint32_t i = 0; i < r->fields; i++) {
        if (i > 0 && (at == line.n || line.p[at++] != ',')) return false;
        size_t n = form_write(form, r->field[i]);
        if (n > line.n - at || memcmp(form, line.p + at, n) != 0) return false;
        at += n;
    }
    return at == line.n;
}

/* ---- reading ------------------------------------------------------------------------------------------------------------- */

static const char *parse_plain(sunlot_record *out, sunlot_text line)
{
    const char *from = line.p, *end = line.p + line.n;
    for (;;) {
        if (out->fields == SUNLOT_RECORD_FIELDS) return TOO_MANY;
        const char *comma = memchr(from, ',', (size_t)(end - from));
        const char *to = comma != NULL ? comma : end;
        out->field[out->fields++] = (sunlot_text){from, (size_t)(to - from)};
        if (comma == NULL) return NULL;
        from = comma + 1;
    }
}

const char *sunlot_record_parse(sunlot_record *out, sunlot_text line)
{
    out->fields = 0;
    if (line.n == 0) return "an empty line";
    if (line.n > SUNLOT_MAX_LINE_BYTES) return "a line of more than 65,536 bytes";
    bool has_quotes = memchr(line.p, '"', line.n) != NULL;
    const char *fault = has_quotes ? parse_quoted(out, line) : parse_plain(out, line);
    if (fault != NULL) return fault;
    for (uint32_t i = 0; i < out->fields; i++)
        if ((fault = field_fault(out->field[i])) != NULL) return fault;
    if (has_quotes && !is_one_form(out, line)) return NOT_ONE_FORM;
    return out->fields < 2 ? "a record of one field" : NULL;
}
