#include "made_problem.h"

#include <string.h>

static void *room_for(sunlot_arena *a, size_t count, size_t size)
{
    void *p = sunlot_arena_alloc(a, count, size);
    SUNLOT_REQUIRE(p != NULL);
    return p;
}

void made_key(uint8_t key32[32], uint64_t number)
{
    memset(key32, 0, 32);
    for (int i = 0; i < 8; i++) key32[i] = (uint8_t)(number >> (8 * i));
}

static uint32_t group_units(const made_school *school, uint32_t *unit_of_row)
{
    uint32_t units = 0;
    for (uint32_t r = 0; r < school->rows; r++) {
        uint32_t earlier = 0;
        while (earlier < r && !(school->row[r].together != 0 && school->row[earlier].together == school->row[r].together)) earlier++;
        unit_of_row[r] = earlier < r ? unit_of_row[earlier] : units++;
    }
    return units;
}

static void fill_units(made_problem *made, const made_school *school, uint16_t *code, uint8_t *size, uint8_t *heads, uint8_t *stratum, uint16_t *pin)
{
    for (uint32_t r = 0; r < school->rows; r++) {
        const uint32_t u = made->unit_of_row[r];
        if (size[u] == 0) pin[u] = SUNLOT_NONE16;
        size[u] = (uint8_t)(size[u] + school->row[r].seats);
        heads[u]++;
        stratum[u] = school->row[r].stratum;
        if (school->row[r].pin != SUNLOT_NONE16) pin[u] = school->row[r].pin;
        for (uint32_t c = 0; c < school->columns; c++) code[u * school->columns + c] = school->row[r].code[c];
    }
}

/* The number of a code's value, or of a limit's; codes are counted if somebody has them. */
static uint16_t value_of(const made_school *school, const uint32_t *values_before, uint32_t column, uint32_t code)
{
    uint16_t value = (uint16_t)values_before[column];
    for (uint32_t smaller = 0; smaller < code; smaller++)
        for (uint32_t r = 0; r < school->rows; r++)
            if (school->row[r].code[column] == smaller) {
                value++;
                break;
            }
    return value;
}

static uint32_t codes_in(const made_school *school, uint32_t column)
{
    uint32_t most = 0;
    for (uint32_t r = 0; r < school->rows; r++)
        if (school->row[r].code[column] >= most) most = school->row[r].code[column] + 1u;
    return most;
}

static void fill_counts(made_problem *made, const made_school *school)
{
    sunlot_problem *p = &made->p;
    uint32_t before[MADE_COLUMNS + 1] = {0};
    uint16_t *value_code[MADE_COLUMNS];
    for (uint32_t c = 0; c < school->columns; c++) {
        const uint32_t codes = codes_in(school, c);
        value_code[c] = room_for(&made->arena, codes + 1, sizeof(uint16_t));
        for (uint32_t code = 0; code <= codes; code++) value_code[c][code] = value_of(school, before, c, code);
        before[c + 1] = value_code[c][codes];
    }
    p->counted = before[school->columns];
    p->values = p->counted + school->limits;
    uint32_t largest = 0;
    for (uint32_t g = 0; g < p->groups; g++)
        if (p->group_size[g] > largest) largest = p->group_size[g];
    uint16_t *lo = room_for(&made->arena, (size_t)p->values * (largest + 1), sizeof *lo);
    uint16_t *hi = room_for(&made->arena, (size_t)p->values * (largest + 1), sizeof *hi);
    uint32_t *has_from = room_for(&made->arena, p->units + 1, sizeof *has_from), *members = room_for(&made->arena, p->values, sizeof *members);
    uint16_t *has = room_for(&made->arena, (size_t)school->rows * (school->columns + MADE_LIMITS), sizeof *has);
    uint32_t at = 0;
    for (uint32_t u = 0; u < p->units; u++) {
        has_from[u] = at;
        for (uint32_t r = 0; r < school->rows; r++) {
            if (made->unit_of_row[r] != u) continue;
            for (uint32_t c = 0; c < school->columns; c++) has[at++] = value_code[c][school->row[r].code[c]];
            for (uint32_t l = 0; l < MADE_LIMITS; l++)
                if (school->row[r].limit[l] != 0) has[at++] = (uint16_t)(p->counted + school->row[r].limit[l] - 1);
        }
        for (uint32_t a = has_from[u]; a < at; a++) { /* ascending */
            members[has[a]]++;
            for (uint32_t b = a; b > has_from[u] && has[b - 1] > has[b]; b--) {
                const uint16_t t = has[b];
                has[b] = has[b - 1];
                has[b - 1] = t;
            }
        }
    }
    has_from[p->units] = at;
    for (uint32_t v = 0; v < p->values; v++)
        for (uint32_t h = 0; h <= largest; h++) {
            const uint32_t share = members[v] * h;
            lo[h * p->values + v] = v < p->counted ? (uint16_t)(share / school->rows) : 0;
            hi[h * p->values + v] = v < p->counted ? (uint16_t)((share + school->rows - 1) / school->rows) : school->limit_max[v - p->counted];
        }
    p->lo = lo;
    p->hi = hi;
    p->has = has;
    p->has_from = has_from;
}

static void fill_sums(made_problem *made, const made_school *school)
{
    sunlot_problem *p = &made->p;
    const int64_t m = school->rows;
    uint32_t largest = 0;
    for (uint32_t g = 0; g < p->groups; g++)
        if (p->group_size[g] > largest) largest = p->group_size[g];
    p->sums = school->sums;
    int64_t *of = room_for(&made->arena, (size_t)p->units * p->sums, sizeof *of), *unit = room_for(&made->arena, p->sums, sizeof *unit);
    int64_t *most = room_for(&made->arena, (size_t)p->sums * (largest + 1), sizeof *most);
    for (uint32_t i = 0; i < p->sums; i++) {
        int64_t total = 0;
        for (uint32_t r = 0; r < school->rows; r++) total += school->row[r].score[i];
        for (uint32_t r = 0; r < school->rows; r++) of[made->unit_of_row[r] * p->sums + i] += m * school->row[r].score[i] - total;
        for (uint32_t h = 0; h <= largest; h++) most[h * p->sums + i] = m * h * school->gap[i] / 2;
        unit[i] = INT64_MAX;
        for (uint32_t g = 0; g < p->groups; g++)
            if (most[p->group_size[g] * p->sums + i] < unit[i]) unit[i] = most[p->group_size[g] * p->sums + i];
        if (unit[i] < 1) unit[i] = 1;
    }
    p->sum_of = of;
    p->sum_most = most;
    p->sum_unit = unit;
}

made_problem made_lower(const made_school *school, sunlot_stream *tickets)
{
    made_problem made;
    memset(&made, 0, sizeof made);
    sunlot_problem *p = &made.p;
    uint32_t seats = 0;
    for (uint32_t r = 0; r < school->rows; r++) seats += school->row[r].seats;
    p->rows = school->rows;
    p->groups = school->groups;
    p->columns = school->columns;
    made.unit_of_row = room_for(&made.arena, school->rows, sizeof *made.unit_of_row);
    p->units = group_units(school, made.unit_of_row);
    uint16_t *size = room_for(&made.arena, p->groups, sizeof *size), *code = room_for(&made.arena, (size_t)p->units * p->columns, sizeof *code);
    uint16_t *pin = room_for(&made.arena, p->units, sizeof *pin);
    uint8_t *unit_size = room_for(&made.arena, p->units, 1), *heads = room_for(&made.arena, p->units, 1);
    uint8_t *stratum = room_for(&made.arena, p->units, 1), *ticket = room_for(&made.arena, p->units, 32);
    for (uint32_t g = 0; g < p->groups; g++)
        size[g] = school->group_size != NULL ? school->group_size[g] : (uint16_t)(seats / p->groups + (g < seats % p->groups));
    fill_units(&made, school, code, unit_size, heads, stratum, pin);
    for (uint32_t i = 0; i < p->units * 32; i++) ticket[i] = (uint8_t)sunlot_stream_word(tickets);
    p->group_size = size;
    p->unit_size = unit_size;
    p->unit_heads = heads;
    p->unit_stratum = stratum;
    p->unit_pin = pin;
    p->unit_ticket = made.ticket = ticket;
    p->code = code;
    fill_counts(&made, school);
    fill_sums(&made, school);
    made.start = room_for(&made.arena, p->units, sizeof *made.start);
    made.room = room_for(&made.arena, sunlot_place_room(p), 1);
    return made;
}

void made_place(made_problem *made, uint16_t *group, sunlot_place_report *report, uint64_t number, uint32_t mix)
{
    uint8_t key[32];
    sunlot_stream s;
    made_key(key, number);
    sunlot_stream_init(&s, key);
    for (uint32_t b = 0; b < made->p.units * 32; b++) made->ticket[b] = b % 32 < 8 ? (uint8_t)sunlot_stream_word(&s) : 0;
    key[31] = 1;
    sunlot_place(group, made->start, report, &made->p, key, mix, made->room);
}

void made_free(made_problem *made) { sunlot_arena_free(&made->arena); }

void made_fill(made_school *school, made_row *row, uint32_t rows, uint32_t groups, uint32_t columns, uint32_t sums, int64_t gap, uint32_t twins_per_mille,
               sunlot_stream *s)
{
    static const uint16_t codes[12] = {2, 3, 4, 2, 5, 4, 2, 6, 4, 8, 3, 5};
    memset(school, 0, sizeof *school);
    memset(row, 0, rows * sizeof *row);
    school->rows = rows;
    school->groups = groups;
    school->columns = columns;
    school->sums = sums;
    school->row = row;
    uint16_t block = 0;
    for (uint32_t r = 0; r < rows; r++) {
        row[r].seats = 1;
        row[r].pin = SUNLOT_NONE16;
        /* the smaller of two numbers: values are not equally frequent */
        for (uint32_t c = 0; c < columns; c++) {
            const uint32_t a = sunlot_stream_below(s, codes[c % 12]), b = sunlot_stream_below(s, codes[c % 12]);
            row[r].code[c] = (uint16_t)(c == 0 || a < b ? a : b);
        }
        uint32_t common = 0;
        for (uint32_t d = 0; d < 6; d++) common += sunlot_stream_below(s, 121);
        for (uint32_t m = 0; m < sums; m++) {
            uint32_t own = 0;
            for (uint32_t d = 0; d < 6; d++) own += sunlot_stream_below(s, 121);
            row[r].score[m] = (int32_t)((750 + ((int32_t)(common + own) - 720)) * 100);
        }
        if (r != 0 && row[r - 1].together == 0 && sunlot_stream_below(s, 2000) < twins_per_mille) row[r].together = row[r - 1].together = ++block;
    }
    for (uint32_t m = 0; m < sums; m++) school->gap[m] = gap;
}
