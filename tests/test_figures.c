/* The figures of each class are those of the result lines: in every draw of vectors/draws and in rehearsals of both examples (SPEC 10.3). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <dirent.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "log/log.h"
#include "support/input_folder.h"
#include "support/made_log.h"

#define DRAWS    SUNLOT_VECTORS "/draws/"
#define EXAMPLES SUNLOT_VECTORS "/examples/"

static int start(void **state)
{
    (void)state;
    return sunlot_init() == SUNLOT_OK ? 0 : 1;
}

/* The whole of a file; an empty buffer if there is none. */
static sunlot_buffer read_file(const char *folder, const char *name, const char *file)
{
    sunlot_buffer out = {0};
    char path[512], bytes[65536];
    size_t n;
    (void)snprintf(path, sizeof path, "%s%s/%s", folder, name, file);
    FILE *from = fopen(path, "rb");
    if (from == NULL) return out;
    while ((n = fread(bytes, 1, sizeof bytes, from)) > 0) assert_true(sunlot_buffer_add(&out, bytes, n));
    (void)fclose(from);
    return out;
}

/* ---- a school ------------------------------------------------------------------------------------------------------------------------- */

/* Every line of balance of a school as text, by its figures and as the log has it. */
typedef struct {
    sunlot_buffer figures, lines;
    uint32_t school, given, sums, empty, teachers;
} told;

static void tell(sunlot_buffer *out, const sunlot_balance *b, int64_t least, int64_t most)
{
    char text[200];
    const uint32_t decimals = b->sum ? 5 : 0;
    char low[24], high[24];
    const size_t l = sunlot_decimal_write(low, least, decimals), h = sunlot_decimal_write(high, most, decimals);
    (void)snprintf(text, sizeof text, "%.*s,%.*s,%.*s: %.*s to %.*s, %d\n", (int)b->who.n, b->who.p, (int)b->column.n, b->column.p, (int)b->value.n, b->value.p,
                   (int)l, low, (int)h, high, b->deviation);
    assert_true(sunlot_buffer_string(out, text));
}

static void take_figure(void *user, const sunlot_figure *f)
{
    told *t = user;
    int64_t least = INT64_MAX, most = INT64_MIN, all = 0;
    for (uint32_t c = 0; c < f->classes; c++) {
        t->empty += f->empty[c];
        all += f->reached[c];
        if (f->balance.sum && f->empty[c]) continue;
        if (f->empty[c]) assert_int_equal(f->reached[c], 0);
        if (f->reached[c] < least) least = f->reached[c];
        if (f->reached[c] > most) most = f->reached[c];
    }
    tell(&t->figures, &f->balance, least, most);
    assert_true(f->balance.sum ? f->gap > 0 && f->lo == 0 && f->hi == 0 : f->gap == 0 && f->school == 0 && f->lo <= least && f->hi >= most && all > 0);
    if (f->balance.deviation) assert_true(f->school >= least - f->gap && f->school <= most + f->gap);
    t->given++;
    t->sums += f->balance.sum;
    t->teachers += f->balance.who.p[0] == 't';
}

static int64_t number(sunlot_text text, bool sum)
{
    int64_t value = 0;
    uint32_t decimals = 0;
    bool point = false;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '-') continue;
        if (text.p[i] == '.') {
            point = true;
            continue;
        }
        value = 10 * value + (text.p[i] - '0');
        decimals += point;
    }
    while (sum && decimals++ < 5) value *= 10;
    return text.p[0] == '-' ? -value : value;
}

static void take_line(void *user, const sunlot_balance *b)
{
    told *t = user;
    if (b->school == t->school) tell(&t->lines, b, number(b->least, b->sum), number(b->most, b->sum));
}

/* What all logs had, so that nothing is passed for want of it. */
typedef struct {
    uint32_t logs, given, sums, empty, teachers;
} seen;

static void compare(seen *all, const sunlot_log *log, const char *name)
{
    all->logs++;
    for (uint32_t school = 0; school < sunlot_roster_schools(sunlot_log_roster(log)); school++) {
        told t = {.school = school};
        const sunlot_err err = sunlot_log_figures(log, school, take_figure, &t);
        if (err != SUNLOT_OK) fail_msg("%s, school %u: %s", name, (unsigned)school + 1, sunlot_err_name((int)err));
        sunlot_log_balance(log, take_line, &t);
        if (!sunlot_text_equal(made_view(&t.figures), made_view(&t.lines)))
            fail_msg("%s, school %u:\n%.*s\nnot:\n%.*s", name, (unsigned)school + 1, (int)t.figures.n, t.figures.p, (int)t.lines.n, t.lines.p);
        all->given += t.given;
        all->sums += t.sums;
        all->empty += t.empty;
        all->teachers += t.teachers;
        sunlot_buffer_free(&t.figures);
        sunlot_buffer_free(&t.lines);
    }
}

static void test_draws(void **state)
{
    (void)state;
    seen all = {0};
    uint32_t without = 0;
    DIR *folder = opendir(DRAWS);
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        sunlot_log *log;
        sunlot_fault fault;
        sunlot_buffer bytes = read_file(DRAWS, entry->d_name, "draw.log");
        if (bytes.n == 0) continue;
        assert_int_equal(sunlot_log_read(&log, made_view(&bytes), &fault, NULL), SUNLOT_OK);
        if (sunlot_log_phase(log) >= SUNLOT_PHASE_GROUPS) {
            compare(&all, log, entry->d_name);
        } else {
            told t = {.school = 0};
            assert_int_equal(sunlot_log_figures(log, 0, take_figure, &t), SUNLOT_ERR_PHASE);
            without++;
        }
        sunlot_log_free(log);
        sunlot_buffer_free(&bytes);
    }
    (void)closedir(folder);
    assert_true(all.logs > 25 && all.sums > 20 && all.empty > 0 && all.teachers > 5 && without > 5);
}

static void test_public_edition(void **state)
{
    (void)state;
    sunlot_log *log;
    sunlot_fault fault;
    told t = {.school = 0};
    sunlot_buffer bytes = read_file(DRAWS, "auditors", "public.log");
    assert_int_equal(sunlot_log_read(&log, made_view(&bytes), &fault, NULL), SUNLOT_OK);
    assert_int_equal(sunlot_log_figures(log, 0, take_figure, &t), SUNLOT_ERR_EDITION);
    assert_int_equal(t.given, 0);
    sunlot_log_free(log);
    sunlot_buffer_free(&bytes);
}

/* ---- rehearsals of the examples ---------------------------------------------------------------------------------------------------------- */

static void rehearse(seen *all, const char *name)
{
    static const uint8_t seed[32] = {2, 0, 2, 6};
    char path[512], *text[SUNLOT_FILE_COUNT];
    sunlot_log *log;
    sunlot_fault fault;
    sunlot_buffer announced = {0}, thrown = {0}, drawn = {0};
    sunlot_outcome outcome;
    (void)snprintf(path, sizeof path, "%s%s", EXAMPLES, name);
    input_folder_read(text, path);
    sunlot_roster *r = input_folder_roster(text, path);
    const sunlot_master master = sunlot_master_rehearse(seed);
    assert_int_equal(sunlot_announce(&log, &announced, NULL, NULL, r, &master, NULL), SUNLOT_OK);
    assert_int_equal(sunlot_log_add_entropy(&thrown, log, SUNLOT_TEXT(""), NULL, seed, &master), SUNLOT_OK);
    sunlot_log_free(log);
    assert_int_equal(sunlot_log_read(&log, made_view(&thrown), &fault, NULL), SUNLOT_OK);
    const uint32_t schools = sunlot_roster_schools(r);
    sunlot_buffer *lines = sunlot_alloc(schools, sizeof *lines);
    assert_non_null(lines);
    for (uint32_t i = 0; i < schools; i++) assert_int_equal(sunlot_replay_school(&lines[i], log, i, &outcome), SUNLOT_OK);
    assert_int_equal(sunlot_log_add_results(&drawn, log, SUNLOT_TEXT(""), lines, &master, NULL), SUNLOT_OK);
    for (uint32_t i = 0; i < schools; i++) sunlot_buffer_free(&lines[i]);
    sunlot_release(lines);
    sunlot_log_free(log);
    assert_int_equal(sunlot_log_read(&log, made_view(&drawn), &fault, NULL), SUNLOT_OK);
    compare(all, log, name);
    sunlot_log_free(log);
    sunlot_roster_free(r);
    for (int i = 0; i < SUNLOT_FILE_COUNT; i++) free(text[i]);
    sunlot_buffer_free(&announced);
    sunlot_buffer_free(&thrown);
    sunlot_buffer_free(&drawn);
}

static void test_examples(void **state)
{
    (void)state;
    seen all = {0};
    rehearse(&all, "school");
    rehearse(&all, "star");
    assert_true(all.logs == 2 && all.sums > 3 && all.given > 20);
}

/* ---- lines that are no results --------------------------------------------------------------------------------------------------------------- */

static void expect_log(const char *from, const char *to)
{
    sunlot_log *log;
    sunlot_fault fault;
    told t = {.school = 1};
    const made_edit edits[] = {{NULL, NULL}};
    sunlot_buffer bytes = made_log(MADE_DRAWN, edits);
    if (from != NULL) made_break(&bytes, from, to);
    assert_int_equal(sunlot_log_read(&log, made_view(&bytes), &fault, NULL), SUNLOT_OK);
    assert_int_equal(sunlot_log_figures(log, 1, take_figure, &t), from == NULL ? SUNLOT_OK : SUNLOT_ERR_LOG);
    assert_true((t.given > 0) == (from == NULL));
    sunlot_log_free(log);
    sunlot_buffer_free(&bytes);
    sunlot_buffer_free(&t.figures);
}

static void test_other_lines(void **state)
{
    (void)state;
    expect_log(NULL, NULL);
    expect_log("count,students,sex,F,2,2,2,2,live\ncount,students,sex,M,2,2", "count,students,sex,F,2,2,1,2,live\ncount,students,sex,M,2,2");
    expect_log("count,teachers,rank,high,1,1,1,1,live\n", "");
    expect_log("count,teachers,rank,high,1,1,1,1,live\n", "count,teachers,rank,high,1,1,1,1,live\ncount,teachers,rank,high,1,1,1,1,live\n");
    expect_log("mean,students,maths,10,", "mean,students,maths,20,");
}

/* Every seat of the first school as that of its first student, or in its class alone, the groups as they were. */
static sunlot_buffer crowd(sunlot_text drawn, bool groups)
{
    sunlot_buffer out = {0};
    sunlot_text group = {NULL, 0}, class_ = {NULL, 0};
    uint32_t placed = 0;
    while (drawn.n > 0) {
        const sunlot_text line = sunlot_text_split(drawn, '\n', &drawn);
        placed += sunlot_text_starts(line, SUNLOT_TEXT("placed,"));
        sunlot_text field[6], rest = line;
        if (placed == 1 && sunlot_text_starts(line, SUNLOT_TEXT("seat,"))) {
            for (int i = 0; i < 6; i++) field[i] = sunlot_text_split(rest, ',', &rest);
            if (class_.n == 0) group = field[3];
            if (class_.n == 0) class_ = field[4];
            const sunlot_text written[] = {field[0], field[1], field[2], groups ? group : field[3], class_, field[5]};
            assert_true(sunlot_record_write(&out, written, 6));
        } else {
            assert_true(sunlot_buffer_text(&out, line) && sunlot_buffer_byte(&out, '\n'));
        }
    }
    return out;
}

static void test_crowded(void **state)
{
    (void)state;
    const made_edit edits[] = {{NULL, NULL}};
    sunlot_buffer drawn = made_log(MADE_DRAWN, edits);
    for (int groups = 0; groups < 2; groups++) {
        sunlot_log *log;
        sunlot_fault fault;
        told t = {.school = 0};
        sunlot_buffer bytes = crowd(made_view(&drawn), groups == 1);
        assert_int_equal(sunlot_log_read(&log, made_view(&bytes), &fault, NULL), SUNLOT_OK);
        assert_int_equal(sunlot_log_figures(log, 0, take_figure, &t), SUNLOT_ERR_LOG);
        assert_int_equal(t.given, 0);
        sunlot_log_free(log);
        sunlot_buffer_free(&bytes);
    }
    sunlot_buffer_free(&drawn);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_draws), cmocka_unit_test(test_public_edition), cmocka_unit_test(test_examples),
                                       cmocka_unit_test(test_other_lines), cmocka_unit_test(test_crowded)};
    return cmocka_run_group_tests(tests, start, NULL);
}
