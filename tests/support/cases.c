#include "support/cases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"

#define MOST_ITEMS 1024u
#define MOST_NAMES 32u

typedef struct {
    sunlot_text name, value;
    bool asked;
} item;

struct cases {
    const char *file;
    sunlot_arena arena;
    sunlot_text rest, comment;
    uint32_t line, count, items, names;
    sunlot_text name[MOST_NAMES]; /* that may occur */
    item item[MOST_ITEMS];
};

_Noreturn void case_fail(const cases *c, const char *what)
{
    print_error("vectors/%s: the case before line %u (%.*s): %s\n", c->file, (unsigned)c->line + 1, (int)c->comment.n, c->comment.p, what);
    fail();
    abort(); /* fail() does not come back */
}

static _Noreturn void fail_name(const cases *c, const char *what, sunlot_text name)
{
    char text[400];
    (void)snprintf(text, sizeof text, "%s `%.*s`", what, (int)name.n, name.p);
    case_fail(c, text);
}

/* ---- files ---------------------------------------------------------------------------------------------------------------------- */

static sunlot_text read_file(cases *c, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL) fail_name(c, "no file", sunlot_text_of(path));
    assert_int_equal(fseek(f, 0, SEEK_END), 0);
    const long end = ftell(f);
    assert_true(end >= 0 && fseek(f, 0, SEEK_SET) == 0);
    char *bytes = sunlot_arena_alloc(&c->arena, (size_t)end + 1, 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, (size_t)end, f), end);
    (void)fclose(f);
    return (sunlot_text){bytes, (size_t)end};
}

sunlot_text case_file(cases *c, sunlot_text folder, sunlot_text name)
{
    char path[1000];
    assert_true(folder.n + name.n < 900);
    (void)snprintf(path, sizeof path, SUNLOT_VECTORS "/%.*s%.*s", (int)folder.n, folder.p, (int)name.n, name.p);
    return read_file(c, path);
}

static sunlot_text take_line(cases *c)
{
    c->line++;
    return sunlot_text_split(c->rest, '\n', &c->rest);
}

/* `given: a, b; follows: c`: the names after each colon. */
static void take_names(cases *c, sunlot_text line)
{
    for (sunlot_text rest = line; rest.n > 0;) {
        sunlot_text part = sunlot_text_split(rest, ' ', &rest);
        const char last = part.n > 0 ? part.p[part.n - 1] : 0;
        if (part.n == 0 || last == ':' || part.p[0] == '#') continue;
        if (last == ',' || last == ';') part.n--;
        assert_true(c->names < MOST_NAMES);
        c->name[c->names++] = part;
    }
}

cases *cases_open(const char *name)
{
    cases *c = sunlot_alloc(1, sizeof *c);
    assert_non_null(c);
    c->file = name;
    c->rest = case_file(c, SUNLOT_TEXT(""), sunlot_text_of(name));
    (void)take_line(c);
    const sunlot_text second = take_line(c);
    if (!sunlot_text_starts(second, SUNLOT_TEXT("# given: "))) case_fail(c, "the second line does not say what is given");
    take_names(c, second);
    return c;
}

void cases_close(cases *c)
{
    if (c->count == 0) case_fail(c, "no case");
    sunlot_arena_free(&c->arena);
    sunlot_release(c);
}

/* ---- cases ------------------------------------------------------------------------------------------------------------------------ */

static bool known(const cases *c, sunlot_text name)
{
    for (uint32_t i = 0; i < c->names; i++)
        if (sunlot_text_equal(c->name[i], name)) return true;
    return false;
}

static void take_item(cases *c, sunlot_text line)
{
    size_t at = 0;
    while (at < line.n && line.p[at] != ' ') at++;
    const sunlot_text name = {line.p, at}, sign = {line.p + at, line.n - at};
    if (!known(c, name)) fail_name(c, "a name that the second line does not have:", name);
    if (!sunlot_text_starts(sign, SUNLOT_TEXT(" = ")) && !sunlot_text_equal(sign, SUNLOT_TEXT(" ="))) fail_name(c, "not name and value:", line);
    assert_true(c->items < MOST_ITEMS);
    const size_t skip = sign.n < 3 ? sign.n : 3;
    c->item[c->items++] = (item){name, {sign.p + skip, sign.n - skip}, false};
}

bool cases_next(cases *c)
{
    for (uint32_t i = 0; i < c->items; i++)
        if (!c->item[i].asked) fail_name(c, "nobody asked for", c->item[i].name);
    c->items = 0;
    c->comment = (sunlot_text){"", 0};
    while (c->rest.n > 0) {
        const sunlot_text line = take_line(c);
        if (line.n > 0 && line.p[0] == '#')
            c->comment = line;
        else if (line.n > 0)
            take_item(c, line);
        else if (c->items > 0)
            break;
    }
    c->count += c->items > 0;
    return c->items > 0;
}

uint32_t case_count(cases *c, const char *name)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->items; i++) n += sunlot_text_equal(c->item[i].name, sunlot_text_of(name));
    return n;
}

sunlot_text case_item(cases *c, const char *name, uint32_t i)
{
    for (uint32_t at = 0; at < c->items; at++) {
        if (!sunlot_text_equal(c->item[at].name, sunlot_text_of(name)) || i-- > 0) continue;
        c->item[at].asked = true;
        return c->item[at].value;
    }
    fail_name(c, "there is no value of", sunlot_text_of(name));
}

sunlot_text case_text(cases *c, const char *name)
{
    if (case_count(c, name) != 1) fail_name(c, "not one value of", sunlot_text_of(name));
    return case_item(c, name, 0);
}

sunlot_text case_perhaps(cases *c, const char *name) { return case_count(c, name) == 0 ? SUNLOT_TEXT("") : case_text(c, name); }

sunlot_text case_bytes_of(cases *c, sunlot_text hex)
{
    uint8_t *bytes = sunlot_arena_alloc(&c->arena, hex.n / 2 + 1, 1);
    assert_non_null(bytes);
    if (!sunlot_hex_parse(bytes, hex.n / 2, hex)) fail_name(c, "not hex:", hex);
    return (sunlot_text){(const char *)bytes, hex.n / 2};
}

sunlot_text case_bytes(cases *c, const char *name) { return case_bytes_of(c, case_text(c, name)); }

uint64_t case_number(cases *c, const char *name)
{
    uint64_t number = 0;
    const sunlot_text text = case_text(c, name);
    if (!sunlot_number_parse(&number, text, UINT64_MAX)) fail_name(c, "not a number:", text);
    return number;
}

bool case_yes(cases *c, const char *name)
{
    const sunlot_text text = case_text(c, name);
    const bool yes = sunlot_text_equal(text, SUNLOT_TEXT("yes"));
    if (!yes && !sunlot_text_equal(text, SUNLOT_TEXT("no"))) fail_name(c, "neither yes nor no:", text);
    return yes;
}

uint32_t case_numbers(cases *c, uint16_t *out, uint32_t most, sunlot_text list)
{
    uint32_t n = 0;
    uint64_t number;
    for (sunlot_text rest = list; rest.n > 0; n++) {
        const sunlot_text part = sunlot_text_split(rest, ' ', &rest);
        if (n == most || !sunlot_number_parse(&number, part, UINT16_MAX)) fail_name(c, "not a list of numbers:", list);
        out[n] = (uint16_t)number;
    }
    return n;
}

/* ---- what follows ---------------------------------------------------------------------------------------------------------------- */

void case_expect_text(cases *c, const char *name, sunlot_text found)
{
    const sunlot_text expected = case_text(c, name);
    if (sunlot_text_equal(expected, found)) return;
    print_error("%s: expected %.*s, found %.*s\n", name, (int)expected.n, expected.p, (int)found.n, found.p);
    case_fail(c, "another value");
}

void case_expect_bytes(cases *c, const char *name, sunlot_text found)
{
    const sunlot_text expected = case_bytes(c, name);
    if (!sunlot_text_equal(expected, found)) fail_name(c, "other bytes of", sunlot_text_of(name));
}

void case_expect_numbers(cases *c, const char *name, const uint16_t *found, uint32_t count)
{
    uint16_t expected[4096];
    const uint32_t n = case_numbers(c, expected, sizeof expected / sizeof *expected, case_text(c, name));
    if (n != count || memcmp(expected, found, n * sizeof *found) != 0) fail_name(c, "other numbers of", sunlot_text_of(name));
}

void case_expect(cases *c, const char *name, uint64_t expected, uint64_t found)
{
    if (expected == found) return;
    print_error("%s: expected %llu, found %llu\n", name, (unsigned long long)expected, (unsigned long long)found);
    case_fail(c, "another value");
}
