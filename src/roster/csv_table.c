/* The table that a CSV file was read into: its cells, and faults of them. */
#include "roster/csv_file.h"
#include "roster/words.h"

void sunlot_csv_file_free(sunlot_csv_file *f)
{
    sunlot_release(f->header);
    sunlot_release(f->text);
    sunlot_release(f->at);
    sunlot_release(f->line);
    *f = (sunlot_csv_file){0};
}

sunlot_text sunlot_csv_file_cell(const sunlot_csv_file *f, uint32_t row, uint32_t column)
{
    SUNLOT_REQUIRE(row < f->rows && column < f->columns);
    const uint32_t *at = f->at + (size_t)row * f->columns + column;
    return (sunlot_text){f->text + at[0], at[1] - at[0]};
}

uint32_t sunlot_csv_file_find(const sunlot_csv_file *f, sunlot_text name)
{
    const sunlot_word word = sunlot_word_find_header(name);
    for (uint32_t i = 0; i < f->columns; i++) {
        if (sunlot_text_equal(f->header[i], name) || (word != SUNLOT_WORD_NONE && sunlot_word_find_header(f->header[i]) == word)) return i;
    }
    return SUNLOT_NONE32;
}

void sunlot_csv_file_blame_found(const sunlot_csv_file *f, sunlot_issue_list *issues, sunlot_issue_code code, uint32_t row, uint32_t column, sunlot_text found,
                                 sunlot_text expected)
{
    sunlot_issue issue = {.code = code, .file = f->file, .found = found, .expected = expected};
    issue.line = row == SUNLOT_NONE32 ? f->header_line : f->line[row];
    if (column != SUNLOT_NONE32) {
        issue.column = column + 1;
        issue.header = f->header[column];
    }
    sunlot_issue_list_add(issues, &issue);
}

void sunlot_csv_file_blame(const sunlot_csv_file *f, sunlot_issue_list *issues, sunlot_issue_code code, uint32_t row, uint32_t column, sunlot_text expected)
{
    const bool cell = row != SUNLOT_NONE32 && column != SUNLOT_NONE32;
    sunlot_csv_file_blame_found(f, issues, code, row, column, cell ? sunlot_csv_file_cell(f, row, column) : (sunlot_text){0}, expected);
}
