#include "common/decode.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "common/characters.h"
#include "common/messages.h"

/* How many bytes from `at` on are ASCII, eight at a time. */
static size_t ascii_run(sunlot_text text, size_t at)
{
    size_t n = 0;
    uint64_t bytes;
    while (text.n - at - n >= sizeof bytes) {
        memcpy(&bytes, text.p + at + n, sizeof bytes);
        if ((bytes & UINT64_C(0x8080808080808080)) != 0) break;
        n += sizeof bytes;
    }
    return n;
}

/* How many bytes from `at` on are characters U+4000 … U+9FFF, three bytes each. */
static size_t chinese_run(sunlot_text text, size_t at)
{
    const unsigned char *p = (const unsigned char *)text.p + at;
    size_t n = 0;
    while (text.n - at - n >= 3 && p[n] >= 0xe4 && p[n] <= 0xe9 && (p[n + 1] & 0xc0) == 0x80 && (p[n + 2] & 0xc0) == 0x80) n += 3;
    return n;
}

static size_t first_malformed(sunlot_text text)
{
    size_t at = 0;
    while (at < text.n) {
        uint32_t scalar;
        at += ascii_run(text, at);
        at += chinese_run(text, at);
        if (at == text.n) break;
        size_t length = character_at(&scalar, text, at);
        if (length == 0) break;
        at += length;
    }
    return at;
}

static void place(decode_fault *fault, sunlot_text text, size_t at)
{
    size_t line = 1, start = 0;
    for (size_t i = 0; i < at; i++)
        if (text.p[i] == '\n') {
            line++;
            start = i + 1;
        }
    fault->line = (uint32_t)line;
    fault->byte = (uint32_t)(at - start + 1);
    fault->value = (unsigned char)text.p[at];
}

/* A character of GB18030 has 1, 2 or 4 bytes, in UTF-8 at most 1, 3 or 4: twice the bytes are always enough. */
static decode_result decode(file_bytes *bytes, size_t *at)
{
    iconv_t converter = iconv_open("UTF-8", "GB18030");
    if (converter == (iconv_t)-1) {
        complain(_("this system cannot decode GB18030; save the file as UTF-8"));
        return DECODE_FAILED;
    }
    file_bytes out = {need(bytes->n, 2), 0};
    char *from = bytes->p, *to = out.p;
    size_t from_left = bytes->n, to_left = 2 * bytes->n;
    size_t done = iconv(converter, &from, &from_left, &to, &to_left);
    decode_result result = DECODE_GB18030;
    if (done != 0 || from_left != 0) {
        *at = bytes->n - from_left;
        result = DECODE_INVALID;
    }
    (void)iconv_close(converter);
    out.n = 2 * bytes->n - to_left;
    if (result == DECODE_GB18030) {
        file_bytes old = *bytes;
        *bytes = out;
        out = old;
    }
    file_free(&out);
    return result;
}

/* What a file that is no text of ours says of itself in its first bytes, or NULL. */
static const char *foreign(sunlot_text text)
{
    static const struct {
        const char *start, *name;
    } known[] = {{"PK\x03\x04", "xlsx"}, {"\xd0\xcf\x11\xe0", "xls"}, {"\xff\xfe", "UTF-16"}, {"\xfe\xff", "UTF-16"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t n = strlen(known[i].start);
        if (text.n >= n && memcmp(text.p, known[i].start, n) == 0) return known[i].name;
    }
    return NULL;
}

decode_result decode_file(file_bytes *bytes, decode_fault *fault)
{
    sunlot_text text = file_view(bytes);
    fault->foreign = foreign(text);
    if (fault->foreign != NULL) return DECODE_FOREIGN;
    size_t at = first_malformed(text);
    if (at == text.n) return DECODE_UTF8;
    size_t gb_at = 0;
    decode_result result = decode(bytes, &gb_at);
    if (result == DECODE_INVALID) {
        /* Neither: a file that starts with a byte order mark, or is readable for longer as UTF-8, was meant as that. */
        bool mark = text.n >= 3 && memcmp(text.p, "\xef\xbb\xbf", 3) == 0;
        place(fault, text, mark || at > gb_at || gb_at >= text.n ? at : gb_at);
    }
    return result;
}
