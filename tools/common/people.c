#include "common/people.h"

#include <stdlib.h>
#include <string.h>

#include "common/characters.h"
#include "common/files.h"
#include "common/name_order.h"

enum { COLUMNS = 5 };

/* Take one record from the text at *at, unquoting into `cells`.  Returns false if it is not one of COLUMNS fields. */
static bool take_record(sunlot_text field[COLUMNS], char *cells, size_t *used, sunlot_text text, size_t *at)
{
    size_t i = *at;
    for (size_t column = 0; column < COLUMNS; column++) {
        char end = column + 1 < COLUMNS ? ',' : '\n';
        size_t start = *used;
        bool quoted = i < text.n && text.p[i] == '"';
        i += quoted;
        for (; i < text.n && text.p[i] != '\n'; i++) {
            if (quoted && text.p[i] == '"') {
                if (i + 1 >= text.n || text.p[i + 1] != '"') break;
                i++;
            } else if (!quoted && text.p[i] == end) {
                break;
            }
            cells[(*used)++] = text.p[i];
        }
        if (quoted && (i >= text.n || text.p[i++] != '"')) return false;
        if (i >= text.n || text.p[i++] != end) return false;
        field[column] = (sunlot_text){cells + start, *used - start};
    }
    *at = i;
    return true;
}

static int by_pseudonym(const void *a, const void *b) { return text_order(((const person *)a)->pseudonym, ((const person *)b)->pseudonym); }

static void make_keys(people_list *p)
{
    name_order order;
    size_t used = 0;
    for (uint32_t i = 0; i < p->count; i++) p->keys_n += 2 * p->person[i].name.n;
    p->keys = need(p->keys_n, 1);
    name_order_begin(&order);
    for (uint32_t i = 0; i < p->count; i++) {
        person *who = &p->person[i];
        who->key = (sunlot_text){p->keys + used, name_order_key(&order, p->keys + used, who->name)};
        used += who->key.n;
    }
    name_order_end(&order);
}

size_t people_read(people_list *out, sunlot_text bytes)
{
    static const char *const header[COLUMNS] = {"pseudonym", "salt", "school", "id", "name"};
    size_t lines = 0, at = 0, used = 0, line = 0;
    for (size_t i = 0; i < bytes.n; i++) lines += bytes.p[i] == '\n';
    people_list p = {.person = need(lines, sizeof *p.person), .cells = need(bytes.n, 1), .cells_n = bytes.n};
    bool good = true;
    while (good && (at < bytes.n || line == 0)) {
        sunlot_text field[COLUMNS];
        line++;
        good = take_record(field, p.cells, &used, bytes, &at);
        for (size_t i = 0; i < COLUMNS && good && line == 1; i++) good = text_same(field[i], text_of(header[i]));
        if (good && line > 1) p.person[p.count++] = (person){field[0], field[1], field[2], field[3], field[4], {NULL, 0}};
    }
    if (!good) {
        people_free(&p);
        return line;
    }
    qsort(p.person, p.count, sizeof *p.person, by_pseudonym); /* pseudonyms are distinct */
    make_keys(&p);
    *out = p;
    return 0;
}

void people_free(people_list *p)
{
    if (p->cells != NULL) wipe(p->cells, p->cells_n);
    if (p->keys != NULL) wipe(p->keys, p->keys_n);
    free(p->cells);
    free(p->keys);
    free(p->person);
    memset(p, 0, sizeof *p);
}

const person *people_find(const people_list *p, sunlot_text pseudonym)
{
    const person key = {.pseudonym = pseudonym};
    return bsearch(&key, p->person, p->count, sizeof key, by_pseudonym);
}

int people_order(const person *a, const person *b)
{
    const int order = text_order(a->key, b->key);
    return order != 0 ? order : text_order(a->id, b->id);
}
