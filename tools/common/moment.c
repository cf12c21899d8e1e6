#include "common/moment.h"

#include <string.h>

/* Two digits at text, at most `most`; -1 for anything else. */
static int two(const char *text, int most)
{
    if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9') return -1;
    const int number = 10 * (text[0] - '0') + (text[1] - '0');
    return number <= most ? number : -1;
}

static int days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* Minutes east of Greenwich. */
static bool parse_zone(int *out, const char *text)
{
    *out = 0;
    if (strcmp(text, "Z") == 0) return true;
    if ((text[0] != '+' && text[0] != '-') || strlen(text) != 6 || text[3] != ':') return false;
    const int hours = two(text + 1, 14), minutes = two(text + 4, 59);
    *out = (text[0] == '-' ? -1 : 1) * (60 * hours + minutes);
    return hours >= 0 && minutes >= 0;
}

bool moment_parse(uint64_t *out, const char *text)
{
    int zone;
    const size_t n = strlen(text);
    if (n < 20 || n > 25 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':') return false;
    const int century = two(text, 99), rest = two(text + 2, 99), month = two(text + 5, 12), day = two(text + 8, 31);
    const int hour = two(text + 11, 23), minute = two(text + 14, 59), second = two(text + 17, 59);
    if (century < 0 || rest < 0 || month < 1 || day < 1 || hour < 0 || minute < 0 || second < 0 || !parse_zone(&zone, text + 19)) return false;
    const int year = 100 * century + rest;
    if (year < 1970 || day > days_of(year, month)) return false;
    int64_t days = day - 1;
    for (int y = 1970; y < year; y++) days += 337 + days_of(y, 2);
    for (int m = 1; m < month; m++) days += days_of(year, m);
    const int64_t seconds = 86400 * days + 3600 * (int64_t)hour + 60 * (int64_t)(minute - zone) + second;
    if (seconds < 1) return false;
    *out = (uint64_t)seconds;
    return true;
}
