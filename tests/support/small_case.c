#include "small_case.h"

#include <string.h>

/* Scores that differ by 1, 2, 3 …: no two exchanges of two students do the same to a sum. */
#define STEPS_OF_12                                                                                                                                            \
    {                                                                                                                                                          \
        1, 2, 4, 7, 11, 16, 22, 29, 37, 46, 56, 67                                                                                                             \
    }

const small_case small_cases[] = {
    /* ---- no rules but sizes ---- */
    {.name = "6 in 3", .rows = 6, .groups = 3, .codes = {0}, .states = 15},
    {.name = "10 in 2", .rows = 10, .groups = 2, .codes = {0}, .states = 126},
    {.name = "sizes 5 3 2", .rows = 10, .groups = 3, .codes = {0}, .sizes = "532", .states = 2520},

    /* ---- categories ---- */
    {.name = "gender: 8 in 2", .rows = 8, .groups = 2, .columns = 1, .codes = {"0", "0", "0", "0", "1", "1", "1", "1"}, .states = 18},
    {.name = "gender: 12 in 3", .rows = 12, .groups = 3, .columns = 1, .codes = {"0", "0", "0", "0", "0", "0", "1", "1", "1", "1", "1", "1"}, .states = 1350},
    {.name = "a boy and a girl: 10 in 5", .rows = 10, .groups = 5, .columns = 1, .codes = {"0", "0", "0", "0", "0", "1", "1", "1", "1", "1"}, .states = 120},
    {.name = "two columns: 8 in 2", .rows = 8, .groups = 2, .columns = 2, .codes = {"00", "00", "01", "01", "10", "10", "11", "11"}, .states = 9},
    {.name = "three columns: each once", .rows = 8, .groups = 2, .columns = 3, .codes = {"000", "001", "010", "011", "100", "101", "110", "111"}, .states = 4},
    {.name = "three columns: each twice",
     .rows = 16,
     .groups = 2,
     .columns = 3,
     .codes = {"000", "000", "001", "001", "010", "010", "011", "011", "100", "100", "101", "101", "110", "110", "111", "111"},
     .states = 324},
    {.name = "four columns: each once",
     .rows = 16,
     .groups = 2,
     .columns = 4,
     .codes = {"0000", "0001", "0010", "0011", "0100", "0101", "0110", "0111", "1000", "1001", "1010", "1011", "1100", "1101", "1110", "1111"},
     .states = 111},
    {.name = "gender and three values",
     .rows = 12,
     .groups = 3,
     .columns = 2,
     .codes = {"00", "00", "01", "01", "02", "02", "10", "10", "11", "11", "12", "12"},
     .states = 336},
    {.name = "uneven groups", .rows = 10, .groups = 3, .columns = 2, .codes = {"00", "00", "01", "01", "02", "10", "10", "11", "12", "12"}, .states = 248},
    {.name = "three columns crossing",
     .rows = 12,
     .groups = 4,
     .columns = 3,
     .codes = {"000", "001", "010", "011", "100", "101", "110", "111", "200", "201", "210", "211"},
     .states = 105},
    {.name = "twelve columns: 12 in 2",
     .rows = 12,
     .groups = 2,
     .columns = 12,
     .codes = {"010110000000", "100010000001", "111011011110", "010010010100", "101000001110", "111101101111", "000100110010", "001100111101", "001011111011",
               "010000100011", "011111011100", "111011011110"},
     .states = 22},
    {.name = "twelve columns: 12 in 3",
     .rows = 12,
     .groups = 3,
     .columns = 12,
     .codes = {"110100011100", "100000000010", "100000000010", "011000010000", "111001110111", "100100011111", "111011110000", "010010001110", "010111100101",
               "111101111101", "000010001010", "100110110111"},
     .states = 16},
    {.name = "square of three", .rows = 9, .groups = 3, .columns = 2, .codes = {"00", "01", "02", "10", "11", "12", "20", "21", "22"}, .states = 2},
    {.name = "square of four",
     .rows = 16,
     .groups = 4,
     .columns = 2,
     .codes = {"00", "01", "02", "03", "10", "11", "12", "13", "20", "21", "22", "23", "30", "31", "32", "33"},
     .states = 24},
    {.name = "square of five",
     .rows = 25,
     .groups = 5,
     .columns = 2,
     .codes = {"00", "01", "02", "03", "04", "10", "11", "12", "13", "14", "20", "21", "22",
               "23", "24", "30", "31", "32", "33", "34", "40", "41", "42", "43", "44"},
     .states = 1344},

    {.name = "square of four: a third column",
     .rows = 16,
     .groups = 4,
     .columns = 3,
     .codes = {"000", "011", "022", "033", "101", "110", "123", "132", "202", "213", "220", "231", "303", "312", "321", "330"},
     .states = 2},
    {.name = "square of five: a third column",
     .rows = 25,
     .groups = 5,
     .columns = 3,
     .codes = {"000", "011", "022", "033", "044", "101", "112", "123", "134", "140", "202", "213", "224",
               "230", "241", "303", "314", "320", "331", "342", "404", "410", "421", "432", "443"},
     .states = 3},
    {.name = "square of four and gender",
     .rows = 16,
     .groups = 4,
     .columns = 3,
     .codes = {"000", "011", "020", "031", "100", "111", "120", "131", "201", "210", "221", "230", "301", "310", "321", "330"},
     .states = 12},
    {.name = "square of four and a sum",
     .rows = 16,
     .groups = 4,
     .columns = 2,
     .sums = 1,
     .codes = {"00", "01", "02", "03", "10", "11", "12", "13", "20", "21", "22", "23", "30", "31", "32", "33"},
     .score = {3, 12, 9, 8, 17, 5, 14, 11, 9, 13, 6, 11, 7, 15, 4, 10},
     .gap = 6000,
     .states = 8},
    {.name = "four columns: each once: 16 in 4",
     .rows = 16,
     .groups = 4,
     .columns = 4,
     .codes = {"0000", "0001", "0010", "0011", "0100", "0101", "0110", "0111", "1000", "1001", "1010", "1011", "1100", "1101", "1110", "1111"},
     .states = 203},

    /* ---- together ---- */
    {.name = "a pair: uneven",
     .rows = 10,
     .groups = 3,
     .columns = 1,
     .codes = {"0", "0", "0", "0", "0", "1", "1", "1", "1", "1"},
     .together = "a....a....",
     .states = 288},
    {.name = "two pairs: two columns",
     .rows = 12,
     .groups = 3,
     .columns = 2,
     .codes = {"00", "10", "01", "11", "02", "00", "12", "10", "01", "11", "02", "12"},
     .together = "aabb........",
     .states = 12},
    {.name = "three pairs and a sum",
     .rows = 12,
     .groups = 3,
     .columns = 1,
     .sums = 1,
     .codes = {"0", "1", "0", "1", "0", "1", "0", "0", "0", "1", "1", "1"},
     .together = "aabbcc......",
     .score = {9, 7, 3, 4, 6, 5, 1, 8, 2, 9, 4, 7},
     .gap = 1000,
     .states = 5},
    {.name = "two pairs and a sum: uneven",
     .rows = 11,
     .groups = 3,
     .columns = 1,
     .sums = 1,
     .codes = {"0", "0", "1", "1", "0", "1", "0", "1", "0", "1", "0"},
     .together = "aabb.......",
     .score = {5, 8, 3, 6, 9, 2, 7, 4, 1, 6, 8},
     .gap = 2000,
     .states = 64},
    {.name = "triplets",
     .rows = 12,
     .groups = 3,
     .columns = 1,
     .codes = {"0", "0", "1", "0", "0", "0", "0", "1", "1", "1", "1", "1"},
     .together = "aaa.........",
     .states = 90},
    {.name = "triplets and pairs",
     .rows = 14,
     .groups = 3,
     .columns = 1,
     .codes = {"0", "0", "0", "1", "1", "0", "1", "0", "0", "0", "1", "1", "1", "1"},
     .together = "aaabbcc.......",
     .states = 102},
    {.name = "all in pairs",
     .rows = 16,
     .groups = 4,
     .columns = 1,
     .codes = {"0", "0", "0", "0", "0", "1", "0", "1", "0", "1", "0", "1", "1", "1", "1", "1"},
     .together = "aabbccddeeffgghh",
     .states = 6},

    {.name = "all in pairs: two columns",
     .rows = 24,
     .groups = 4,
     .columns = 2,
     .codes = {"00", "00", "01", "01", "02", "02", "10", "10", "11", "11", "12", "12", "00", "11", "01", "12", "02", "10", "00", "10", "01", "11", "02", "12"},
     .together = "aabbccddeeffgghhiijjkkll",
     .states = 2},
    {.name = "triplets: pairs: two columns: a sum",
     .rows = 16,
     .groups = 4,
     .columns = 2,
     .sums = 1,
     .codes = {"00", "01", "10", "11", "10", "01", "00", "11", "01", "10", "00", "01", "10", "11", "11", "00"},
     .together = "aaabbbccdd......",
     .score = {3, 12, 9, 8, 17, 5, 14, 11, 9, 13, 6, 11, 7, 15, 4, 10},
     .gap = 6000,
     .states = 12},

    /* ---- apart, caps ---- */
    {.name = "apart",
     .rows = 12,
     .groups = 4,
     .columns = 1,
     .codes = {"0", "0", "0", "0", "1", "1", "1", "1", "2", "2", "2", "2"},
     .apart = "aa..aa..bb..",
     .states = 96},
    {.name = "a name as often as there are classes",
     .rows = 12,
     .groups = 4,
     .columns = 1,
     .codes = {"0", "0", "0", "1", "1", "1", "0", "0", "0", "1", "1", "1"},
     .apart = "a.aa.a......",
     .states = 1188},
    {.name = "two such names",
     .rows = 9,
     .groups = 3,
     .columns = 2,
     .codes = {"00", "01", "10", "11", "00", "01", "10", "11", "00"},
     .apart = "aaabbb...",
     .states = 11},
    {.name = "at most two",
     .rows = 10,
     .groups = 2,
     .columns = 1,
     .codes = {"0", "0", "0", "0", "0", "1", "1", "1", "1", "1"},
     .apart = "aaaabbb...",
     .most = "22",
     .states = 54},
    {.name = "pairs: two columns: apart",
     .rows = 12,
     .groups = 3,
     .columns = 2,
     .codes = {"00", "10", "11", "01", "00", "01", "00", "01", "10", "11", "10", "11"},
     .together = "aabb........",
     .apart = "a...ab...bb.",
     .states = 4},

    /* ---- seats ---- */
    {.name = "a student of two seats",
     .rows = 9,
     .groups = 2,
     .columns = 1,
     .codes = {"0", "0", "0", "0", "1", "1", "1", "1", "1"},
     .seats = "2........",
     .states = 40},
    {.name = "students of two and three seats",
     .rows = 11,
     .groups = 3,
     .columns = 1,
     .codes = {"0", "1", "0", "0", "0", "0", "0", "1", "1", "1", "1"},
     .seats = "32.........",
     .states = 1340},
    {.name = "a cap: two of two seats",
     .rows = 10,
     .groups = 3,
     .columns = 1,
     .codes = {"0", "1", "0", "0", "0", "0", "1", "1", "1", "1"},
     .seats = "22........",
     .apart = "aaa.......",
     .states = 90},
    {.name = "three seats: a pair and a sum",
     .rows = 12,
     .groups = 2,
     .columns = 1,
     .sums = 1,
     .codes = {"0", "1", "1", "0", "0", "0", "0", "0", "1", "1", "1", "1"},
     .seats = "3...........",
     .together = ".aa.........",
     .score = {6, 9, 2, 7, 4, 1, 8, 5, 3, 9, 6, 2},
     .gap = 1000,
     .states = 48},

    /* ---- locks ---- */
    {.name = "a locked student", .rows = 8, .groups = 2, .columns = 1, .codes = {"0", "0", "0", "0", "1", "1", "1", "1"}, .locks = "0.......", .states = 18},
    {.name = "two locked: uneven",
     .rows = 11,
     .groups = 3,
     .columns = 1,
     .codes = {"0", "0", "0", "0", "0", "0", "1", "1", "1", "1", "1"},
     .locks = "2.....0....",
     .states = 540},
    {.name = "a lock: apart: a sum",
     .rows = 12,
     .groups = 3,
     .columns = 1,
     .sums = 1,
     .codes = {"0", "0", "0", "0", "0", "0", "1", "1", "1", "1", "1", "1"},
     .locks = "1...........",
     .apart = ".a.a..a.....",
     .score = STEPS_OF_12,
     .gap = 4000,
     .states = 28},

    /* ---- sums ---- */
    {.name = "a sum: 12 in 2", .rows = 12, .groups = 2, .sums = 1, .codes = {0}, .score = STEPS_OF_12, .gap = 1000, .states = 34},
    {.name = "a tight sum", .rows = 12, .groups = 3, .sums = 1, .codes = {0}, .score = STEPS_OF_12, .gap = 1000, .states = 8},
    {.name = "gender and a sum",
     .rows = 12,
     .groups = 3,
     .columns = 1,
     .sums = 1,
     .codes = {"0", "0", "0", "0", "0", "0", "1", "1", "1", "1", "1", "1"},
     .score = {3, 8, 5, 1, 9, 7, 2, 6, 4, 8, 5, 3},
     .gap = 500,
     .states = 31},
    {.name = "gender: three values: a sum",
     .rows = 12,
     .groups = 3,
     .columns = 2,
     .sums = 1,
     .codes = {"00", "00", "01", "01", "02", "02", "10", "10", "11", "11", "12", "12"},
     .score = STEPS_OF_12,
     .gap = 5000,
     .states = 58},
    {.name = "gender and two sums",
     .rows = 12,
     .groups = 3,
     .columns = 1,
     .sums = 2,
     .codes = {"0", "0", "0", "0", "0", "0", "1", "1", "1", "1", "1", "1"},
     .score = STEPS_OF_12,
     .gap = 5000,
     .states = 74},
    {.name = "two very tight sums",
     .rows = 12,
     .groups = 3,
     .columns = 1,
     .sums = 2,
     .codes = {"0", "0", "0", "0", "0", "0", "1", "1", "1", "1", "1", "1"},
     .score = STEPS_OF_12,
     .gap = 3000,
     .states = 6},
    {.name = "three sums: 12 in 2", .rows = 12, .groups = 2, .sums = 3, .codes = {0}, .score = STEPS_OF_12, .gap = 2000, .states = 17},
    {.name = "gender and three sums: 14 in 2",
     .rows = 14,
     .groups = 2,
     .columns = 1,
     .sums = 3,
     .codes = {"0", "0", "0", "0", "0", "0", "0", "1", "1", "1", "1", "1", "1", "1"},
     .score = {1, 2, 4, 7, 11, 16, 22, 29, 37, 46, 56, 67, 79, 92},
     .gap = 3000,
     .states = 129},

    /* ---- sections of subjects: one home a team ---- */
    {.name = "sections: 3 subjects in 4 teams",
     .rows = 12,
     .groups = 4,
     .columns = 1,
     .codes = {"0", "1", "1", "1", "0", "1", "1", "1", "0", "0", "1", "1"},
     .strata = "aaaabbbbcccc",
     .states = 72},
    {.name = "sections: title and years",
     .rows = 16,
     .groups = 4,
     .columns = 2,
     .sums = 1,
     .codes = {"00", "10", "11", "12", "01", "11", "10", "12", "02", "01", "10", "11", "12", "11", "12", "10"},
     .strata = "aaaabbbbccccdddd",
     .score = {3, 12, 9, 8, 17, 5, 14, 11, 9, 13, 6, 11, 7, 15, 4, 10},
     .gap = 5000,
     .states = 70},
};

const uint32_t small_case_count = sizeof small_cases / sizeof *small_cases;

const small_case *small_case_find(const char *name)
{
    for (uint32_t i = 0; i < small_case_count; i++)
        if (strcmp(small_cases[i].name, name) == 0) return &small_cases[i];
    return NULL;
}

/* ---- lowering ---- */

static void fill_row(made_row *row, const small_case *c, uint32_t r)
{
    const int32_t x = c->score[r];
    row->seats = 1;
    row->pin = SUNLOT_NONE16;
    if (c->locks != NULL && c->locks[r] != '.') row->pin = (uint16_t)(c->locks[r] - '0');
    if (c->seats != NULL && c->seats[r] != '.') row->seats = (uint8_t)(c->seats[r] - '0');
    if (c->strata != NULL) row->stratum = (uint8_t)(c->strata[r] - 'a');
    for (uint32_t i = 0; i < c->columns; i++) row->code[i] = (uint16_t)(c->codes[r][i] - '0');
    row->score[0] = x * 1000;
    row->score[1] = x * x % 17 * 1000;
    row->score[2] = x * x * x % 13 * 1000;
    if (c->together != NULL && c->together[r] != '.') row->together = (uint16_t)(c->together[r] - 'a' + 1);
    if (c->apart != NULL && c->apart[r] != '.') row->limit[0] = (uint16_t)(c->apart[r] - 'a' + 1);
}

made_problem small_case_lower(const small_case *c)
{
    made_row row[SMALL_ROWS];
    uint16_t limit_max[26], size[SMALL_ROWS];
    uint8_t key[32];
    sunlot_stream s;
    made_school school;
    memset(&school, 0, sizeof school);
    memset(row, 0, sizeof row);
    school.rows = c->rows;
    school.groups = c->groups;
    school.columns = c->columns;
    school.sums = c->sums;
    school.row = row;
    school.limit_max = limit_max;
    for (uint32_t r = 0; r < c->rows; r++) {
        fill_row(&row[r], c, r);
        if (row[r].limit[0] > school.limits) school.limits = row[r].limit[0];
    }
    for (uint32_t l = 0; l < school.limits; l++) limit_max[l] = c->most != NULL ? (uint16_t)(c->most[l] - '0') : 1;
    for (uint32_t m = 0; m < c->sums; m++) school.gap[m] = c->gap;
    if (c->sizes != NULL) {
        for (uint32_t g = 0; g < c->groups; g++) size[g] = (uint16_t)(c->sizes[g] - '0');
        school.group_size = size;
    }
    made_key(key, 1);
    sunlot_stream_init(&s, key);
    return made_lower(&school, &s);
}
