/* The headers and words of the input files in English and Chinese (SPEC 11.1). */
#ifndef SUNLOT_ROSTER_WORDS_H
#define SUNLOT_ROSTER_WORDS_H

#include "sunlot.h"

typedef enum {
    SUNLOT_WORD_NONE,
    /* headers */
    SUNLOT_WORD_SCHOOL,
    SUNLOT_WORD_CLASS,
    SUNLOT_WORD_SEATS,
    SUNLOT_WORD_ID,
    SUNLOT_WORD_NAME,
    SUNLOT_WORD_CLASSES,
    SUNLOT_WORD_TEAM,
    SUNLOT_WORD_RULE,
    SUNLOT_WORD_WHO,
    SUNLOT_WORD_COLUMN,
    SUNLOT_WORD_VALUE,
    SUNLOT_WORD_SUBJECT,
    SUNLOT_WORD_HOMEROOM,
    SUNLOT_WORD_HEADERS_END,
    /* values */
    SUNLOT_WORD_STUDENTS,
    SUNLOT_WORD_TEACHERS,
    SUNLOT_WORD_YES,
    SUNLOT_WORD_NO,
    SUNLOT_WORD_FORBIDDEN,
    SUNLOT_WORD_PUBLIC,
    SUNLOT_WORD_AUDITORS,
    SUNLOT_WORD_TOP,
    SUNLOT_WORD_LAST,
    SUNLOT_WORD_OWN,
    SUNLOT_WORD_HOST,
    SUNLOT_WORD_SEALED,
    SUNLOT_WORD_ALL,
    SUNLOT_WORD_ANY,
    SUNLOT_WORD_SEED_BASE,
    SUNLOT_WORD_DIGITS,
    SUNLOT_WORD_AFTER,
    /* rules */
    SUNLOT_WORD_BALANCE,
    SUNLOT_WORD_MEAN,
    SUNLOT_WORD_DEVIATION,
    SUNLOT_WORD_BAND,
    SUNLOT_WORD_TOGETHER,
    SUNLOT_WORD_APART,
    SUNLOT_WORD_SPREAD,
    SUNLOT_WORD_CAP,
    SUNLOT_WORD_WEIGHT,
    SUNLOT_WORD_RECUSE,
    SUNLOT_WORD_FIX,
    SUNLOT_WORD_SCORES,
    SUNLOT_WORD_ABSENT,
    SUNLOT_WORD_ROWS,
    SUNLOT_WORD_MIX,
    SUNLOT_WORD_TRIES,
    SUNLOT_WORD_DRAW,
    SUNLOT_WORD_SOURCE,
    SUNLOT_WORD_PARTY,
    SUNLOT_WORD_GROUP,
    SUNLOT_WORD_QUORUM,
    /* keys of draw, beside school */
    SUNLOT_WORD_DISTRICT,
    SUNLOT_WORD_YEAR,
    SUNLOT_WORD_GRADE,
    SUNLOT_WORD_STAGE,
    SUNLOT_WORD_ATTEMPT,
    SUNLOT_WORD_DATE,
    SUNLOT_WORD_RETENTION,
    /* what is drawn by hand */
    SUNLOT_WORD_HAND,
    SUNLOT_WORD_NUMBERS,
    SUNLOT_WORD_TEAMS,
    SUNLOT_WORD_ROUNDS,
    SUNLOT_WORD_LATE,
    SUNLOT_WORD_PAGE,
    SUNLOT_WORD_ADDRESS,
    /* why a student is locked: no word of health or conduct */
    SUNLOT_WORD_ORDER,
    SUNLOT_WORD_FAMILY,
    SUNLOT_WORD_ROOM,
    SUNLOT_WORD_OTHER,
    SUNLOT_WORDS
} sunlot_word;

/* The word that a text is in either language, SUNLOT_WORD_NONE if it is none. */
sunlot_word sunlot_word_find(sunlot_text text);
/* The same among headers alone. */
sunlot_word sunlot_word_find_header(sunlot_text text);
/* In English; in Chinese. */
sunlot_text sunlot_word_text(sunlot_word word);
sunlot_text sunlot_word_chinese(sunlot_word word);

#endif
