/* The furniture of pages that work offline: one file without script or network, in Chinese and English; a style sheet shows the language that is
 * chosen, on paper too.
 *
 * Two ways of saying a thing twice, side by side or wherever it stands on the page:
 *     page_both(to, "div", write, user)   write() is called for each language, and finds the messages in it: _() as anywhere
 *     page_words(to, N_("Students"))      a label: both as spans
 * Between page_begin and page_end the messages are Chinese but inside page_both; page_end brings the language back. */
#ifndef SUNLOT_TOOLS_PAGE_H
#define SUNLOT_TOOLS_PAGE_H

#include <stdio.h>

#include "sunlot.h"

/* Text into HTML: & < > " ' as entities; what cannot stand in a page as U+FFFD. */
void page_text(FILE *to, sunlot_text text);
void page_put(FILE *to, const char *text);

typedef struct {
    const char *generator; /* "sunlot report" */
    sunlot_text title;     /* of the window, for both languages */
    const char *style;     /* what the page adds to the common style sheet; "" */
} page_head;

/* All before the contents: head, policy (no script, nothing from elsewhere, no style attributes), style sheet, the switch of languages, <main>.  The language of the messages is the one that is shown at first. */
void page_begin(FILE *to, const page_head *head);
void page_end(FILE *to);

typedef void page_writer(FILE *to, const void *user);
/* <tag class="zh" lang="zh-CN">…</tag><tag class="en" lang="en">…</tag> */
void page_both(FILE *to, const char *tag, page_writer *write, const void *user);
/* A label (a msgid without formats) in both languages, as spans. */
void page_words(FILE *to, const char *msgid);

/* In the language of the messages: <tag>text</tag>, lists, cards with a figure, which stand between page_cards_begin and page_cards_end. */
void page_paragraph(FILE *to, const char *tag, const char *text);
/* The same of a format; what it gives is escaped. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
void page_say(FILE *to, const char *tag, const char *format, ...);
void page_list(FILE *to, const char *const *item, size_t items);
void page_cards_begin(FILE *to);
void page_card(FILE *to, const char *value, const char *words);
void page_card_number(FILE *to, uint64_t value, const char *words);
void page_cards_end(FILE *to);

/* Tables: the head of `columns` columns, those from number `numbers` on (from 0) with figures; then rows that the caller writes. */
void page_table_begin(FILE *to, const char *const *column, size_t columns, size_t numbers);
void page_table_end(FILE *to);

#endif
