/* An input file as a table of cells (SPEC 11.1).
 *
 * The table keeps one copy of the text, every field unquoted and one after the other, and where each begins:
 *
 *     id,name         text    i d n a m e 1 A n n 2 B o
 *     1,"Ann"         at      6,  7,  10,  11, 13              cell (row, column) is number row * columns + column, and
 *     2,Bo            line    2, 3                             ends where the next begins
 *
 * What breaks the form of SPEC 11.1 is reported with its line and field.  Rows that could not be read at all are left out; a row with
 * a bad field stays, so that its other fields are checked too. */
#ifndef SUNLOT_ROSTER_CSV_FILE_H
#define SUNLOT_ROSTER_CSV_FILE_H

#include "roster/issue_list.h"

#define SUNLOT_MAX_FILE_COLUMNS 1024u

/* Start with {0}. */
typedef struct {
    sunlot_file file;
    bool sound;    /* there is a header, its cells distinct and not empty */
    bool complete; /* and nothing else was wrong */
    uint32_t columns, rows;
    uint32_t header_line;
    sunlot_text *header; /* [columns] */
    char *text;
    uint32_t *at;   /* [rows * columns + 1] */
    uint32_t *line; /* [rows] physical lines, from 1 */
} sunlot_csv_file;

/* Read a file; at most max_rows rows.  Returns false without memory.  Release with sunlot_csv_file_free in any case. */
bool sunlot_csv_file_read(sunlot_csv_file *out, sunlot_file file, sunlot_text bytes, uint32_t max_rows, sunlot_issue_list *issues, const sunlot_crew *crew);
void sunlot_csv_file_free(sunlot_csv_file *f);

/* The cell borrows from the table. */
sunlot_text sunlot_csv_file_cell(const sunlot_csv_file *f, uint32_t row, uint32_t column);
/* The column with this header; headers of SPEC 11.1 may be named in either language.  SUNLOT_NONE32 if there is none. */
uint32_t sunlot_csv_file_find(const sunlot_csv_file *f, sunlot_text name);

/* Report a fault of a cell.  row SUNLOT_NONE32: the header line; column SUNLOT_NONE32: the whole line; found is the cell's text. */
void sunlot_csv_file_blame(const sunlot_csv_file *f, sunlot_issue_list *issues, sunlot_issue_code code, uint32_t row, uint32_t column, sunlot_text expected);
/* The same with another text as found. */
void sunlot_csv_file_blame_found(const sunlot_csv_file *f, sunlot_issue_list *issues, sunlot_issue_code code, uint32_t row, uint32_t column, sunlot_text found,
                                 sunlot_text expected);

#endif
