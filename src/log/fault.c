#include "log/fault.h"

#include <string.h>

#include "base/alloc.h"
#include "base/bytes.h"
#include "base/utf8.h"

#define ELLIPSIS "\xe2\x80\xa6"
#define UNEQUAL  " \xe2\x89\xa0 "

/* Bytes of the character that text begins with, if it is one that can be shown; else 0. */
static size_t shown(sunlot_text text)
{
    const unsigned char first = (unsigned char)text.p[0];
    const size_t n = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (n > text.n) return 0;
    const int issue = sunlot_field_check((sunlot_text){text.p, n});
    return issue == SUNLOT_ISSUE_INVALID_UTF8 || issue == SUNLOT_ISSUE_NUL || issue == SUNLOT_ISSUE_CONTROL ? 0 : n;
}

/* Copy text to out, at most `most` bytes in whole characters, a question mark for each byte that cannot be shown and an ellipsis for what is
 * left out.  Returns the bytes written. */
static size_t copy_shown(char *out, size_t most, sunlot_text text)
{
    const size_t mark = sizeof ELLIPSIS - 1;
    size_t n = 0, cut = 0;
    while (text.n > 0) {
        size_t step = shown(text);
        if (n + (step > 0 ? step : 1) > most) {
            memcpy(out + cut, ELLIPSIS, mark);
            return cut + mark;
        }
        if (step > 0) {
            memcpy(out + n, text.p, step);
        } else {
            out[n] = '?';
        }
        n += step > 0 ? step : 1;
        if (n + mark <= most) cut = n;
        step = step > 0 ? step : 1;
        text.p += step;
        text.n -= step;
    }
    return n;
}

void sunlot_fault_set(sunlot_fault *fault, sunlot_answer answer, uint64_t line, const char *what, sunlot_text found)
{
    *fault = (sunlot_fault){.answer = answer, .line = line, .what = what};
    fault->found[copy_shown(fault->found, sizeof fault->found - 1, found)] = 0;
}

void sunlot_fault_differ(sunlot_fault *fault, sunlot_answer answer, uint64_t line, const char *what, sunlot_text found, sunlot_text expected)
{
    const size_t sign = sizeof UNEQUAL - 1, most = (sizeof fault->found - 1 - sign) / 2;
    *fault = (sunlot_fault){.answer = answer, .line = line, .what = what};
    size_t n = copy_shown(fault->found, most, found);
    memcpy(fault->found + n, UNEQUAL, sign);
    n += sign;
    n += copy_shown(fault->found + n, most, expected);
    fault->found[n] = 0;
}

bool sunlot_answer_before(sunlot_answer a, sunlot_answer b)
{
    static const sunlot_answer order[] = {
        SUNLOT_FAULT_PARSE,     SUNLOT_FAULT_ORDER,  SUNLOT_FAULT_ROSTER,   SUNLOT_FAULT_COMMITMENT, SUNLOT_FAULT_ENTROPY, SUNLOT_FAULT_QUORUM,
        SUNLOT_FAULT_SIGNATURE, SUNLOT_FAULT_SPLIT,  SUNLOT_FAULT_MISMATCH, SUNLOT_FAULT_RULE,       SUNLOT_FAULT_PROOF,   SUNLOT_SET_ASIDE,
        SUNLOT_INCOMPLETE,      SUNLOT_IS_REHEARSAL, SUNLOT_BY_HAND,        SUNLOT_UNPINNED,         SUNLOT_VALID};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (order[i] == a || order[i] == b) return a != b && order[i] == a;
    return false;
}

const char *sunlot_answer_name(sunlot_answer answer)
{
    switch (answer) {
    case SUNLOT_VALID:
        return "valid";
    case SUNLOT_UNPINNED:
        return "unpinned";
    case SUNLOT_IS_REHEARSAL:
        return "rehearsal";
    case SUNLOT_INCOMPLETE:
        return "incomplete";
    case SUNLOT_BY_HAND:
        return "by-hand";
    case SUNLOT_SET_ASIDE:
        return "set-aside";
    case SUNLOT_FAULT_PARSE:
        return "parse";
    case SUNLOT_FAULT_ORDER:
        return "order";
    case SUNLOT_FAULT_ROSTER:
        return "roster";
    case SUNLOT_FAULT_ENTROPY:
        return "entropy";
    case SUNLOT_FAULT_QUORUM:
        return "quorum";
    case SUNLOT_FAULT_SIGNATURE:
        return "signature";
    case SUNLOT_FAULT_SPLIT:
        return "split";
    case SUNLOT_FAULT_MISMATCH:
        return "mismatch";
    case SUNLOT_FAULT_RULE:
        return "rule";
    case SUNLOT_FAULT_COMMITMENT:
        return "commitment";
    case SUNLOT_FAULT_PROOF:
        return "proof";
    }
    sunlot_require_failed();
}

const char *sunlot_phase_name(sunlot_phase phase)
{
    switch (phase) {
    case SUNLOT_PHASE_NONE:
        return "none";
    case SUNLOT_PHASE_LIST:
        return "list";
    case SUNLOT_PHASE_COMMITS:
        return "commits";
    case SUNLOT_PHASE_SEED_BASE:
        return "seed-base";
    case SUNLOT_PHASE_DIGITS:
        return "digits";
    case SUNLOT_PHASE_GROUPS:
        return "groups";
    case SUNLOT_PHASE_DIGITS_2:
        return "digits-2";
    case SUNLOT_PHASE_RESULTS:
        return "results";
    }
    sunlot_require_failed();
}

const char *sunlot_entry_name(sunlot_entry_kind kind)
{
    static const char *const name[SUNLOT_ENTRY_KINDS] = {"struck", "moved", "by-hand", "replaced", "set-aside", "late"};
    SUNLOT_REQUIRE((unsigned)kind < SUNLOT_ENTRY_KINDS);
    return name[kind];
}
