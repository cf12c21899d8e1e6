#include "draw/receipt_log.h"

#include "log/continues.h"

bool sunlot_receipt_log_checkpoint(const sunlot_log *log, uint64_t size, const sunlot_digest *root)
{
    for (uint32_t i = 0; i < sunlot_log_checkpoints(log); i++) {
        const sunlot_checkpoint *c = sunlot_checkpoint_at(log, i);
        if (c->size == size && sunlot_digest_compare(&c->root, root) == 0) return true;
    }
    return false;
}

uint32_t sunlot_receipt_log_lines(const sunlot_log *log, const uint64_t *index, const sunlot_text *line, uint32_t lines)
{
    SUNLOT_REQUIRE(log->grown == 0);
    uint32_t done = 0;
    uint64_t at = 0;
    for (sunlot_text rest = log->bytes; rest.n > 0 && done < lines; at++) {
        const sunlot_text own = sunlot_text_split(rest, '\n', &rest);
        if (at != index[done]) continue;
        if (!sunlot_line_same(own, line[done])) break;
        done++;
    }
    return done;
}

bool sunlot_receipt_log_names(sunlot_receipt_info *info, sunlot_arena *arena, const sunlot_log *log)
{
    const sunlot_roster *r = log->roster;
    uint32_t at = 0;
    while (at < r->schools && !sunlot_text_equal(r->school[at].name, info->person.school)) at++;
    if (at == r->schools) return true;
    const sunlot_school *s = &r->school[at];
    sunlot_seat seat;
    if (info->class_number > 0 && info->class_number <= s->classes)
        info->class_name = s->class_[info->class_number - 1].name;
    else if (info->placed && !info->struck && info->class_name.n == 0 && sunlot_log_find(log, info->pseudonym, &seat))
        info->class_name = seat.class_name;
    if (info->values != s->columns[SUNLOT_STUDENTS]) return true;
    sunlot_text *column = sunlot_arena_alloc(arena, info->values, sizeof *column);
    if (column == NULL) return false;
    for (uint32_t c = 0; c < info->values; c++) column[c] = s->column[SUNLOT_STUDENTS][c].name;
    info->column = column;
    return true;
}
