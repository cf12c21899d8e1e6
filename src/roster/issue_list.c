#include "roster/issue_list.h"

#include <string.h>

/* Twice as many as are reported are held, then the later half is dropped: each addition costs little, and nothing grows with the number
 * of faults. */
#define HELD (2 * SUNLOT_ISSUES_REPORTED)

static int by_place(const void *a, const void *b, const void *user)
{
    const sunlot_issue *x = a, *y = b;
    (void)user;
    if (x->file != y->file) return x->file < y->file ? -1 : 1;
    if (x->line != y->line) return x->line < y->line ? -1 : 1;
    return x->column < y->column ? -1 : x->column > y->column;
}

static bool same_cell(const sunlot_issue *a, const sunlot_issue *b) { return a->column != 0 && by_place(a, b, NULL) == 0; }

/* Release the texts of one item. */
static void drop(sunlot_issue *issue)
{
    /* The block was allocated here and is not const. */
    union {
        const char *borrowed;
        char *owned;
    } block = {issue->header.p};
    sunlot_release(block.owned);
}

/* Sort, and keep the first fault of each cell and at most `most` in all.  The sort is stable, so the first added comes first. */
static bool settle(sunlot_issue_list *list, size_t most)
{
    sunlot_issue *scratch = sunlot_alloc(list->count, sizeof *scratch);
    if (scratch == NULL) return false;
    sunlot_sort(list->item, list->count, sizeof *list->item, by_place, NULL, scratch);
    sunlot_release(scratch);
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (kept == most) list->full = true;
        if (kept == most || (kept > 0 && same_cell(&list->item[kept - 1], &list->item[i])))
            drop(&list->item[i]);
        else
            list->item[kept++] = list->item[i];
    }
    list->count = kept;
    return true;
}

/* At most SUNLOT_ISSUE_TEXT bytes of a text, not cut inside a UTF-8 character. */
static sunlot_text cut(sunlot_text text)
{
    if (text.n <= SUNLOT_ISSUE_TEXT) return text;
    size_t n = SUNLOT_ISSUE_TEXT;
    while (n > 0 && ((unsigned char)text.p[n] & 0xc0) == 0x80) n--;
    return (sunlot_text){text.p, n};
}

static sunlot_text put(char *block, size_t *used, sunlot_text text)
{
    char *at = block + *used;
    if (text.n > 0) memcpy(at, text.p, text.n);
    *used += text.n;
    return (sunlot_text){at, text.n};
}

static bool add(sunlot_issue_list *list, const sunlot_issue *issue)
{
    if (list->full && by_place(&list->item[SUNLOT_ISSUES_REPORTED - 1], issue, NULL) <= 0) return true;
    if (list->count == HELD && !settle(list, SUNLOT_ISSUES_REPORTED)) return false;
    if (list->count == list->room) {
        const size_t room = list->room == 0 ? 16 : 2 * list->room;
        sunlot_issue *item = sunlot_resize(list->item, room, sizeof *item);
        if (item == NULL) return false;
        list->item = item;
        list->room = room;
    }
    const sunlot_text header = cut(issue->header), found = cut(issue->found), expected = cut(issue->expected);
    char *block = sunlot_alloc(header.n + found.n + expected.n, 1);
    if (block == NULL) return false;
    size_t used = 0;
    sunlot_issue *item = &list->item[list->count++];
    *item = *issue;
    item->header = put(block, &used, header);
    item->found = put(block, &used, found);
    item->expected = put(block, &used, expected);
    return true;
}

void sunlot_issue_list_add(sunlot_issue_list *list, const sunlot_issue *issue)
{
    if (!add(list, issue)) list->no_memory = true;
}

bool sunlot_issue_list_report(sunlot_issue_list *list, sunlot_issue_fn *report, void *user)
{
    if (list->no_memory || !settle(list, SUNLOT_ISSUES_REPORTED)) return false;
    for (size_t i = 0; i < list->count; i++) report(user, &list->item[i]);
    return true;
}

void sunlot_issue_list_free(sunlot_issue_list *list)
{
    for (size_t i = 0; i < list->count; i++) drop(&list->item[i]);
    sunlot_release(list->item);
    *list = (sunlot_issue_list){0};
}

void sunlot_phrase_text(sunlot_phrase *phrase, sunlot_text text)
{
    const size_t left = sizeof phrase->p - phrase->n;
    if (text.n > left) return;
    if (text.n > 0) memcpy(phrase->p + phrase->n, text.p, text.n);
    phrase->n += text.n;
}

void sunlot_phrase_number(sunlot_phrase *phrase, uint64_t number)
{
    char digits[24];
    sunlot_phrase_text(phrase, (sunlot_text){digits, sunlot_decimal_write(digits, (int64_t)number, 0)});
}

sunlot_text sunlot_phrase_view(const sunlot_phrase *phrase) { return (sunlot_text){phrase->p, phrase->n}; }
