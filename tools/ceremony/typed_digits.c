#include "ceremony/typed_digits.h"

#include <string.h>

#include "common/characters.h"
#include "common/files.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/terminal.h"

static bool is_digit(const sunlot_source *s, uint32_t scalar)
{
    return s->kind == SUNLOT_SOURCE_D6 ? scalar >= '1' && scalar <= '6' : scalar >= '0' && scalar <= '9';
}

static uint32_t count_digits(const sunlot_source *s, sunlot_text text)
{
    uint32_t count = 0;
    for (size_t i = 0; i < text.n; i++) count += is_digit(s, (unsigned char)text.p[i]);
    return count;
}

/* Say what is wrong with throws as typed; `at` is the byte where they go wrong. */
static int explain_throws(const sunlot_source *s, sunlot_text text, size_t at)
{
    uint32_t before = count_digits(s, (sunlot_text){text.p, at}), place = 1, scalar = 0;
    for (size_t i = 0; i < at;) {
        size_t length = character_at(&scalar, text, i);
        i += length > 0 ? length : 1;
        place++;
    }
    if (at >= text.n) {
        complain(_("source %u: too few digits: %u are announced, %u are given"), (unsigned)s->number, (unsigned)s->length, (unsigned)count_digits(s, text));
        return STATUS_REFUSED;
    }
    size_t length = character_at(&scalar, text, at);
    sunlot_text found = {text.p + at, length > 0 ? length : 1};
    if (length == 0) scalar = 0;
    if (is_digit(s, scalar) && before >= s->length)
        complain(_("source %u: too many digits: %u are announced, %u are given"), (unsigned)s->number, (unsigned)s->length, (unsigned)count_digits(s, text));
    else if (is_digit(s, scalar) || scalar == '-')
        complain(_("source %u: the hyphens at character %u do not make groups of four; hyphens may be left out"), (unsigned)s->number, (unsigned)place);
    else if (scalar >= 0xff01 && scalar <= 0xff5e)
        complain(_("source %u: character %u is “%s”, full-width; type it half-width, with the input method off"), (unsigned)s->number, (unsigned)place,
                 SHOW(found));
    else if (scalar == ' ' || scalar == '\t' || scalar == 0xa0 || scalar == 0x3000)
        complain(_("source %u: character %u is a space; type the digits without spaces"), (unsigned)s->number, (unsigned)place);
    else
        complain(s->kind == SUNLOT_SOURCE_D6 ? _("source %u: character %u is “%s”, expected a digit from 1 to 6")
                                             : _("source %u: character %u is “%s”, expected a digit from 0 to 9"),
                 (unsigned)s->number, (unsigned)place, SHOW(found));
    return STATUS_REFUSED;
}

/* The same for a lottery's numbers and a chain's signature, whose form is one. */
static int explain_public(const sunlot_source *s, sunlot_text text, size_t at)
{
    uint32_t place = 1, scalar = 0;
    for (size_t i = 0; i < at && i < text.n; place++) {
        size_t length = character_at(&scalar, text, i);
        i += length > 0 ? length : 1;
    }
    complain(
        s->kind == SUNLOT_SOURCE_LOTTERY
            ? _("source %u: wrong from character %u on: expected i, the number of the issue, and %llu numbers of two digits, each after a hyphen: i2026095-05-12")
            : _("source %u: wrong from character %u on: expected r%llu-g and 96 digits of hex, lower-case: the signature of that round"),
        (unsigned)s->number, (unsigned)place, (unsigned long long)s->length);
    return STATUS_REFUSED;
}

/* The option, or a line that is asked for in its place; room is the caller's. */
static const char *line_of(char room[TERMINAL_LINE], const char *text, const sunlot_source *source, bool again)
{
    char question[SHOW_BYTES];
    if (text != NULL) return text;
    (void)snprintf(question, sizeof question, again ? _("Source %u, the same once more, read by somebody else: ") : _("Source %u, what fell: "),
                   (unsigned)source->number);
    return terminal_ask(room, question, true) ? room : NULL;
}

static int parse(sunlot_buffer *out, const sunlot_source *source, sunlot_text text)
{
    size_t at = 0;
    const bool throws = source->kind == SUNLOT_SOURCE_D10 || source->kind == SUNLOT_SOURCE_D6;
    sunlot_err err = sunlot_digits_parse(out, source, text, &at);
    if (err == SUNLOT_ERR_DIGITS) return (throws ? explain_throws : explain_public)(source, text, at);
    return err == SUNLOT_OK ? STATUS_RUN : complain_error(err);
}

int typed_digits_read(sunlot_buffer *out, const sunlot_source *source, const char *text)
{
    char room[TERMINAL_LINE];
    const char *line = line_of(room, text, source, false);
    return line != NULL ? parse(out, source, text_of(line)) : STATUS_CANNOT;
}

/* Of the first place where two records of one length differ: which character it is, hyphens not counted. */
static void explain_difference(const sunlot_source *source, const sunlot_buffer *a, const sunlot_buffer *b)
{
    unsigned place = 1;
    size_t i = 0;
    for (; i < a->n && i < b->n && a->p[i] == b->p[i]; i++) place += a->p[i] != '-';
    if (i < a->n && i < b->n)
        complain(_("source %u: the two differ, first at digit %u: “%c”, then “%c”; look again at what fell; nothing was kept"), (unsigned)source->number, place,
                 a->p[i], b->p[i]);
    else
        complain(_("source %u: the two are not of one length; look again at what fell; nothing was kept"), (unsigned)source->number);
}

int typed_digits_again(const sunlot_buffer *first, const sunlot_source *source, const char *again)
{
    char room[TERMINAL_LINE];
    sunlot_buffer second = {0};
    const char *line = line_of(room, again, source, true);
    if (line == NULL) {
        complain(_("what fell is given twice, so that a typing error is seen: --digits DIGITS --again DIGITS"));
        return STATUS_CANNOT;
    }
    int status = parse(&second, source, text_of(line));
    if (status == STATUS_RUN && !text_same((sunlot_text){second.p, second.n}, (sunlot_text){first->p, first->n})) {
        explain_difference(source, first, &second);
        status = STATUS_REFUSED;
    }
    sunlot_buffer_free(&second);
    return status;
}
