/* The result lines of a log: their form (SPEC 5.4).  What they say is compared with what the draw gives, not judged here. */
#include "base/alloc.h"
#include "log/reader.h"

static bool is_number(sunlot_text field, uint64_t least)
{
    uint64_t number;
    return sunlot_reader_number(&number, field, least);
}

static bool is_token(char letter, sunlot_text field)
{
    uint32_t number;
    return sunlot_reader_token(&number, letter, field);
}

static bool is_pseudonym(char letter, sunlot_text field)
{
    uint8_t pseudonym[16];
    return sunlot_reader_hex(pseudonym, sizeof pseudonym, letter, field);
}

static bool is_who(sunlot_text field) { return sunlot_text_equal(field, SUNLOT_TEXT("students")) || sunlot_text_equal(field, SUNLOT_TEXT("teachers")); }

static bool are_digits(sunlot_text text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] < '0' || text.p[i] > '9') return false;
    return text.n > 0;
}

/* A deviation: like a score number, but of any size and with at most five decimals. */
static bool is_deviation(sunlot_text field)
{
    const bool negative = field.n > 0 && field.p[0] == '-';
    sunlot_text decimals, whole = sunlot_text_split((sunlot_text){field.p + negative, field.n - negative}, '.', &decimals);
    if (!are_digits(whole) || (whole.n > 1 && whole.p[0] == '0')) return false;
    if (decimals.p == NULL) return !(negative && whole.p[0] == '0');
    return are_digits(decimals) && decimals.n <= 5 && decimals.p[decimals.n - 1] != '0';
}

/* The last field is the mode of the first line, so that a line of a rehearsal stays one wherever it is shown. */
static bool check_form(sunlot_reader *rd, bool form)
{
    const sunlot_text mode = rd->record->field[rd->record->fields - 1];
    return (form && sunlot_text_equal(mode, sunlot_mode_word(rd->r->mode))) || sunlot_reader_parse(rd, "not the form of this result", rd->line);
}

static void open_block(sunlot_reader *rd)
{
    rd->result_at = rd->at;
    rd->result_line = rd->log->lines;
    rd->result_open = true;
}

bool sunlot_line_placed(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    if (!check_form(rd, is_number(field[1], 1) && is_number(field[2], 1) && is_number(field[3], 1) && is_number(field[4], 1))) return false;
    if (rd->log->result == NULL && sunlot_reader_storing(rd)) {
        rd->log->result = sunlot_arena_alloc(&rd->r->arena, rd->r->schools, sizeof *rd->log->result);
        if (rd->log->result == NULL) return sunlot_reader_memory(rd);
    }
    open_block(rd);
    return true;
}

/* The blocks of the second round are those of the schools with teachers, in order. */
bool sunlot_line_matched(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    if (!check_form(rd, is_number(field[1], 1) && is_number(field[2], 1))) return false;
    if (rd->log->matched == NULL && sunlot_reader_storing(rd)) {
        rd->log->matched = sunlot_arena_alloc(&rd->r->arena, rd->r->schools, sizeof *rd->log->matched);
        if (rd->log->matched == NULL) return sunlot_reader_memory(rd);
    }
    open_block(rd);
    return true;
}

bool sunlot_line_seat(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    return check_form(rd, is_pseudonym('s', field[1]) && is_number(field[2], 1) && is_token('G', field[3]) && field[4].n > 0);
}

bool sunlot_line_section(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    const bool homeroom = sunlot_text_equal(field[5], SUNLOT_TEXT("homeroom")) || sunlot_text_equal(field[5], SUNLOT_TEXT("-"));
    return check_form(rd, field[1].n > 0 && is_token('T', field[2]) && field[3].n > 0 && is_pseudonym('t', field[4]) && homeroom);
}

bool sunlot_line_count(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    bool form = is_who(field[1]) && field[2].n > 0;
    for (int i = 4; i < 8; i++) form = form && is_number(field[i], 0);
    return check_form(rd, form);
}

bool sunlot_line_sum(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    int32_t gap;
    return check_form(rd, is_who(field[1]) && field[2].n > 0 && sunlot_score_parse(&gap, field[3]) && is_deviation(field[4]) && is_deviation(field[5]));
}

bool sunlot_result_end(sunlot_reader *rd)
{
    sunlot_log *log = rd->log;
    const sunlot_result_block block = {{rd->bytes.p + rd->result_at, rd->at - rd->result_at}, rd->result_line};
    const bool second = log->phase == SUNLOT_PHASE_DIGITS_2;
    while (second && rd->results < rd->r->schools && rd->r->school != NULL && rd->r->school[rd->results].teachers == 0) rd->results++;
    sunlot_result_block *blocks = second ? log->matched : log->result;
    if (blocks != NULL && rd->results < rd->r->schools)
        blocks[rd->results] = block;
    else if (log->extra_line == 0)
        log->extra_line = rd->result_line;
    rd->results++;
    rd->result_open = false;
    return true;
}
