#include "ceremony/class_lists.h"

#include "ceremony/placed.h"
#include "common/characters.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/screen.h"

#define NAME_COLUMNS 18u
#define NAMES_A_LINE 4u

static screen_answer show_class(const placed *row, size_t rows)
{
    char heading[2 * SHOW_BYTES + 64];
    (void)snprintf(heading, sizeof heading, _("%s · class %s · students %u"), SHOW(row->seat.school_name), SHOW(row->seat.class_name), (unsigned)rows);
    screen_begin(heading);
    for (size_t i = 0; i < rows; i++) {
        const unsigned used = text_columns(row[i].who->name);
        const bool last = i + 1 == rows || (i + 1) % NAMES_A_LINE == 0;
        (void)printf("%s%s%*s", i % NAMES_A_LINE == 0 ? "    " : "", SHOW(row[i].who->name), last || used >= NAME_COLUMNS ? 1 : (int)(NAME_COLUMNS - used), "");
        if (last) (void)fputc('\n', stdout);
    }
    (void)fputc('\n', stdout);
    return screen_wait();
}

int class_lists_show(const ceremony *c, const sunlot_log *log)
{
    people_list people;
    placed_list list;
    const int status = placed_open(&list, &people, c, log);
    if (status != STATUS_RUN) return status;
    for (size_t at = 0, end; at < list.rows; at = end) {
        end = placed_class_end(&list, at);
        if (show_class(&list.row[at], end - at) == SCREEN_STOP) break;
    }
    placed_free(&list);
    people_free(&people);
    return STATUS_OK;
}
