/* What the steps of reading share. */
#include "roster/reading.h"

#include <string.h>

#include "base/crew.h"

bool sunlot_reading_sound(const sunlot_reading *r, sunlot_file file) { return r->e->file[file].sound; }

bool sunlot_reading_complete(const sunlot_reading *r, sunlot_file file) { return r->e->file[file].sound && r->e->file[file].complete; }

bool sunlot_reading_classes_known(const sunlot_reading *r, uint32_t school)
{
    return sunlot_reading_complete(r, SUNLOT_FILE_CLASSES) && !r->classes_bad[school];
}

/* ---- schools ----------------------------------------------------------------------------------------------------------------- */

/* A piece of schools has a list of issues of its own. */
typedef struct {
    uint32_t from, to;
    sunlot_issue_list issues;
} school_piece;

typedef struct {
    const sunlot_reading *r;
    sunlot_reading_step *step;
    school_piece *piece;
} school_work;

static sunlot_err do_piece(void *work, uint32_t number)
{
    const school_work *w = work;
    school_piece *piece = &w->piece[number];
    sunlot_reading part = *w->r;
    part.issues = piece->issues;
    bool good = true;
    for (uint32_t school = piece->from; good && school < piece->to; school++) good = w->step(&part, school);
    piece->issues = part.issues;
    return good && !part.issues.no_memory ? SUNLOT_OK : SUNLOT_ERR_MEMORY;
}

bool sunlot_reading_each_school(sunlot_reading *r, sunlot_reading_step *step)
{
    school_work w = {r, step, sunlot_alloc(r->e->schools, sizeof *w.piece)};
    if (w.piece == NULL) return false;
    uint32_t pieces = 0;
    for (uint32_t from = 0; from < r->e->schools; from = w.piece[pieces++].to)
        w.piece[pieces] = (school_piece){.from = from, .to = sunlot_enrolment_piece(r->e, from)};
    const bool good = sunlot_crew_run(r->crew, pieces, do_piece, &w) == SUNLOT_OK;
    for (uint32_t i = 0; i < pieces; i++) {
        for (size_t j = 0; j < w.piece[i].issues.count; j++) sunlot_issue_list_add(&r->issues, &w.piece[i].issues.item[j]);
        sunlot_issue_list_free(&w.piece[i].issues);
    }
    sunlot_release(w.piece);
    return good;
}

/* ---- faults ------------------------------------------------------------------------------------------------------------------- */

static void mark_bad(sunlot_reading *r, sunlot_file file, uint32_t row)
{
    const int who = file == SUNLOT_FILE_STUDENTS ? SUNLOT_STUDENTS : SUNLOT_TEACHERS;
    if (file != sunlot_file_of(who) || r->bad == NULL || r->e->school_of[who] == NULL || row == SUNLOT_NONE32) return;
    const uint32_t school = r->e->school_of[who][row];
    if (school != SUNLOT_NONE32) r->bad[school] = true;
}

void sunlot_reading_blame(sunlot_reading *r, sunlot_issue_code code, sunlot_file file, uint32_t row, sunlot_word header, sunlot_text expected)
{
    mark_bad(r, file, row);
    sunlot_csv_file_blame(&r->e->file[file], &r->issues, code, row, r->e->header[file][header], expected);
}

void sunlot_reading_blame_person(sunlot_reading *r, sunlot_issue_code code, int who, uint32_t row, uint32_t column, sunlot_text found, sunlot_text expected)
{
    const sunlot_csv_file *f = &r->e->file[sunlot_file_of(who)];
    mark_bad(r, sunlot_file_of(who), row);
    if (found.p == NULL && column != SUNLOT_NONE32) found = sunlot_csv_file_cell(f, row, column);
    sunlot_csv_file_blame_found(f, &r->issues, code, row, column, found, expected);
}

void sunlot_reading_blame_count(sunlot_reading *r, sunlot_issue_code code, sunlot_file file, uint32_t row, uint32_t column, uint64_t found, uint64_t expected)
{
    sunlot_phrase is = {0}, should = {0};
    sunlot_phrase_number(&is, found);
    sunlot_phrase_number(&should, expected);
    mark_bad(r, file, row);
    sunlot_csv_file_blame_found(&r->e->file[file], &r->issues, code, row, column, sunlot_phrase_view(&is), sunlot_phrase_view(&should));
}

void sunlot_reading_blame_missing(sunlot_reading *r, sunlot_file file, sunlot_word header)
{
    sunlot_phrase expected = {0};
    sunlot_phrase_text(&expected, sunlot_word_text(header));
    sunlot_phrase_text(&expected, SUNLOT_TEXT("/"));
    sunlot_phrase_text(&expected, sunlot_word_chinese(header));
    sunlot_csv_file_blame(&r->e->file[file], &r->issues, SUNLOT_ISSUE_COLUMN_MISSING, SUNLOT_NONE32, SUNLOT_NONE32, sunlot_phrase_view(&expected));
}

int sunlot_count_read(uint32_t *out, sunlot_text text, uint32_t least, uint32_t most)
{
    uint64_t number;
    if (sunlot_number_parse(&number, text, UINT32_MAX)) {
        if (number < least || number > most) return SUNLOT_ISSUE_RANGE;
        *out = (uint32_t)number;
        return 0;
    }
    int32_t score;
    const int code = sunlot_score_read(&score, text);
    return code == 0 ? SUNLOT_ISSUE_NUMBER : code;
}

sunlot_phrase sunlot_phrase_range(uint32_t least, uint32_t most)
{
    sunlot_phrase phrase = {0};
    sunlot_phrase_number(&phrase, least);
    sunlot_phrase_text(&phrase, SUNLOT_TEXT("-"));
    sunlot_phrase_number(&phrase, most);
    return phrase;
}

bool sunlot_parts_next(sunlot_text *part, sunlot_text *rest)
{
    static const char wide[] = "\xEF\xBC\x9B"; /* U+FF1B */
    if (rest->p == NULL) return false;
    size_t n = 0, gap = 0;
    while (n < rest->n && gap == 0) {
        if (rest->p[n] == ';')
            gap = 1;
        else if (rest->n - n >= 3 && memcmp(rest->p + n, wide, 3) == 0)
            gap = 3;
        else
            n++;
    }
    *part = sunlot_text_trim((sunlot_text){rest->p, n});
    *rest = gap == 0 ? (sunlot_text){0} : (sunlot_text){rest->p + n + gap, rest->n - n - gap};
    return true;
}
