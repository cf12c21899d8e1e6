/* late.csv: the students of a supplement, and the step that announces them (SPEC 5.5). */
#include <string.h>

#include "base/alloc.h"
#include "draw/acts.h"
#include "draw/append.h"
#include "draw/late.h"
#include "random/secrets.h"
#include "roster/reading.h"

/* A row read. */
typedef struct {
    uint32_t row;
    uint32_t school;
    sunlot_text id, name;
    sunlot_newcomer who;
} arrival;

typedef struct {
    const sunlot_log *log;
    sunlot_csv_file f;
    sunlot_issue_list issues;
    uint32_t id, name, school, seats; /* columns; SUNLOT_NONE32: not there */
    uint32_t count;
    arrival *row; /* [2 * rows], the second half room to sort in */
    sunlot_history *h;
    sunlot_arena arena;
    sunlot_mac_state secrets;
} import;

/* ---- the file ------------------------------------------------------------------------------------------------------------------------------------ */

static uint32_t find_header(const import *m, sunlot_word word) { return sunlot_csv_file_find(&m->f, sunlot_word_text(word)); }

static void blame_missing(import *m, sunlot_word header)
{
    sunlot_phrase expected = {0};
    sunlot_phrase_text(&expected, sunlot_word_text(header));
    sunlot_phrase_text(&expected, SUNLOT_TEXT("/"));
    sunlot_phrase_text(&expected, sunlot_word_chinese(header));
    sunlot_csv_file_blame(&m->f, &m->issues, SUNLOT_ISSUE_COLUMN_MISSING, SUNLOT_NONE32, SUNLOT_NONE32, sunlot_phrase_view(&expected));
}

/* Columns of another name might be misspelt ones. */
static void find_columns(import *m)
{
    m->id = find_header(m, SUNLOT_WORD_ID);
    m->name = find_header(m, SUNLOT_WORD_NAME);
    m->school = find_header(m, SUNLOT_WORD_SCHOOL);
    m->seats = find_header(m, SUNLOT_WORD_SEATS);
    if (m->id == SUNLOT_NONE32) blame_missing(m, SUNLOT_WORD_ID);
    if (m->name == SUNLOT_NONE32) blame_missing(m, SUNLOT_WORD_NAME);
    if (m->school == SUNLOT_NONE32 && m->log->roster->schools > 1) blame_missing(m, SUNLOT_WORD_SCHOOL);
    for (uint32_t i = 0; i < m->f.columns; i++) {
        if (i != m->id && i != m->name && i != m->school && i != m->seats)
            sunlot_csv_file_blame_found(&m->f, &m->issues, SUNLOT_ISSUE_WORD, SUNLOT_NONE32, i, m->f.header[i], SUNLOT_TEXT("id name school seats"));
    }
}

static uint32_t find_school(const sunlot_roster *r, sunlot_text name)
{
    for (uint32_t i = 0; i < r->schools; i++)
        if (sunlot_text_equal(r->school[i].name, name)) return i;
    return SUNLOT_NONE32;
}

/* Whether somebody of any school has this id already. */
static bool is_there(const import *m, sunlot_text id)
{
    const sunlot_roster *r = m->log->roster;
    for (uint32_t i = 0; i < r->schools; i++) {
        uint8_t pseudonym[16];
        uint32_t school, person;
        sunlot_secret_pseudonym(pseudonym, &m->secrets, "student", r->school[i].name, id);
        if (sunlot_history_find(&school, &person, m->h, m->log, pseudonym)) return true;
    }
    return false;
}

static void read_row(import *m, uint32_t row, sunlot_text_index *ids)
{
    const sunlot_roster *r = m->log->roster;
    const size_t before = m->issues.count;
    arrival a = {.row = row, .id = sunlot_csv_file_cell(&m->f, row, m->id), .name = sunlot_csv_file_cell(&m->f, row, m->name), .who = {.seats = 1}};
    uint32_t seats = 1;
    if (a.id.n == 0) {
        sunlot_csv_file_blame(&m->f, &m->issues, SUNLOT_ISSUE_VALUE_MISSING, row, m->id, SUNLOT_TEXT(""));
    } else {
        const uint32_t first = sunlot_text_index_add(ids, a.id, row);
        sunlot_phrase line = {0};
        sunlot_phrase_number(&line, m->f.line[first]);
        if (first != row) sunlot_csv_file_blame(&m->f, &m->issues, SUNLOT_ISSUE_ID_TWICE, row, m->id, sunlot_phrase_view(&line));
        if (is_there(m, a.id)) sunlot_csv_file_blame(&m->f, &m->issues, SUNLOT_ISSUE_LATE_THERE, row, m->id, SUNLOT_TEXT(""));
    }
    a.school = m->school == SUNLOT_NONE32 ? 0 : find_school(r, sunlot_csv_file_cell(&m->f, row, m->school));
    if (a.school == SUNLOT_NONE32) sunlot_csv_file_blame(&m->f, &m->issues, SUNLOT_ISSUE_SCHOOL_UNKNOWN, row, m->school, SUNLOT_TEXT(""));
    const sunlot_text cell = m->seats == SUNLOT_NONE32 ? SUNLOT_TEXT("") : sunlot_csv_file_cell(&m->f, row, m->seats);
    const int code = cell.n == 0 ? 0 : sunlot_count_read(&seats, cell, 1, SUNLOT_MAX_SEATS);
    const sunlot_phrase range = sunlot_phrase_range(1, SUNLOT_MAX_SEATS);
    if (code != 0) sunlot_csv_file_blame(&m->f, &m->issues, (sunlot_issue_code)code, row, m->seats, sunlot_phrase_view(&range));
    if (m->issues.count > before) return;
    a.who.seats = (uint8_t)seats;
    sunlot_secret_pseudonym(a.who.pseudonym, &m->secrets, "student", r->school[a.school].name, a.id);
    m->row[m->count++] = a;
}

static int by_place(const void *a, const void *b, const void *user)
{
    const arrival *x = a, *y = b;
    (void)user;
    if (x->school != y->school) return x->school < y->school ? -1 : 1;
    return memcmp(x->who.pseudonym, y->who.pseudonym, 16);
}

/* The rows of a school stand together. */
static bool check_seats(import *m)
{
    sunlot_newcomer *who = sunlot_alloc(m->count, sizeof *who);
    if (who == NULL) return false;
    for (uint32_t from = 0, to; from < m->count; from = to) {
        const sunlot_school *s = &m->log->roster->school[m->row[from].school];
        uint32_t size[SUNLOT_MAX_SCHOOL_CLASSES];
        for (to = from; to < m->count && m->row[to].school == m->row[from].school; to++) who[to] = m->row[to].who;
        sunlot_history_sizes(size, m->h, m->log, m->row[from].school);
        if (!sunlot_late_fits(who + from, to - from, size, s->class_, s->classes))
            sunlot_csv_file_blame_found(&m->f, &m->issues, SUNLOT_ISSUE_LATE_SEATS, m->row[from].row, SUNLOT_NONE32, s->name, SUNLOT_TEXT(""));
    }
    sunlot_release(who);
    return true;
}

static bool read_rows(import *m)
{
    sunlot_text_index ids = {0};
    m->row = sunlot_alloc(2 * (size_t)m->f.rows, sizeof *m->row);
    bool good = m->row != NULL && sunlot_text_index_init(&ids, m->f.rows);
    for (uint32_t row = 0; row < m->f.rows && good; row++) read_row(m, row, &ids);
    sunlot_text_index_free(&ids);
    if (!good) return false;
    if (m->f.rows == 0) sunlot_issue_list_add(&m->issues, &(sunlot_issue){.code = SUNLOT_ISSUE_VALUE_MISSING, .file = SUNLOT_FILE_LATE});
    sunlot_sort(m->row, m->count, sizeof *m->row, by_place, NULL, m->row + m->f.rows);
    return m->issues.count > 0 || check_seats(m);
}

static bool read_file(import *m, sunlot_text csv)
{
    if (!sunlot_csv_file_read(&m->f, SUNLOT_FILE_LATE, csv, SUNLOT_MAX_SCHOOL_STUDENTS * 4, &m->issues, NULL)) return false;
    if (!m->f.sound) return true;
    find_columns(m);
    return m->issues.count > 0 || read_rows(m);
}

/* ---- the records ------------------------------------------------------------------------------------------------------------------------------------ */

static bool write_late(sunlot_buffer *lines, sunlot_buffer *people, const import *m, const arrival *a, sunlot_text date)
{
    const sunlot_text school = m->log->roster->school[a->school].name;
    char number[SUNLOT_NUMBER_BYTES], seats[SUNLOT_NUMBER_BYTES], name[33], digest[65] = {'h'}, hex[65] = {'h'};
    sunlot_pseudonym_write(name, 's', a->who.pseudonym);
    const sunlot_text pseudonym = {name, sizeof name};
    const sunlot_person record = {.school = school, .id = a->id, .name = a->name};
    const sunlot_digest salt = sunlot_secret_salt(&m->secrets, pseudonym), commitment = sunlot_commitment(&salt, pseudonym, &record, NULL, 0);
    sunlot_hex_write(digest + 1, commitment.b, sizeof commitment.b);
    sunlot_hex_write(hex + 1, salt.b, sizeof salt.b);
    const sunlot_text late[] = {SUNLOT_TEXT("late"),
                                date,
                                {number, sunlot_number_write(number, a->school + 1u)},
                                pseudonym,
                                {digest, sizeof digest},
                                {seats, sunlot_number_write(seats, a->who.seats)}},
                      person[] = {pseudonym, {hex, sizeof hex}, school, a->id, a->name};
    return sunlot_record_write(lines, late, 6) && (people == NULL || sunlot_record_write(people, person, 5));
}

static sunlot_err write_lines(sunlot_buffer *lines, sunlot_buffer *people, const import *m, sunlot_text date)
{
    bool good = people == NULL || sunlot_buffer_string(people, "pseudonym,salt,school,id,name\n");
    for (uint32_t i = 0; i < m->count && good; i++) good = write_late(lines, people, m, &m->row[i], date);
    return good ? SUNLOT_OK : SUNLOT_ERR_MEMORY;
}

static sunlot_err run(sunlot_buffer *lines, sunlot_buffer *people, import *m, sunlot_text date, sunlot_text csv, sunlot_issue_fn *report, void *user)
{
    m->h = m->log->history != NULL ? sunlot_history_copy(&m->arena, m->log, m->log->history) : sunlot_history_new(&m->arena, m->log);
    if (m->h == NULL || !read_file(m, csv)) return SUNLOT_ERR_MEMORY;
    const bool good = m->issues.count == 0 && !m->issues.no_memory;
    if (!sunlot_issue_list_report(&m->issues, report, user)) return SUNLOT_ERR_MEMORY;
    return good ? write_lines(lines, people, m, date) : SUNLOT_ERR_INPUT;
}

sunlot_err sunlot_log_late_lines(sunlot_buffer *lines, sunlot_buffer *people, const sunlot_log *log, sunlot_text note, sunlot_text date, sunlot_text csv,
                                 sunlot_issue_fn *report, void *user, const sunlot_master *master)
{
    const size_t before = lines->n, people_before = people != NULL ? people->n : 0;
import m = {.log = log };
    sunlot_signer signer;
    sunlot_signer_of(&signer, master);
    sunlot_secret_begin(&m.secrets, master);
    sunlot_err err = sunlot_act_begin(lines, log, note, SUNLOT_LATE_NONE, &signer);
    if (err == SUNLOT_OK) err = run(lines, people, &m, date, csv, report, user);
    if (err == SUNLOT_OK) err = sunlot_act_finish(lines, before, log, SUNLOT_ACT_LATE_BASE, &signer);
    if (err != SUNLOT_OK) {
        lines->n = before;
        if (people != NULL) people->n = people_before;
    }
    sunlot_signer_wipe(&signer);
    sunlot_mac_wipe(&m.secrets);
    sunlot_csv_file_free(&m.f);
    sunlot_issue_list_free(&m.issues);
    sunlot_release(m.row);
    sunlot_arena_free(&m.arena);
    return err;
}
