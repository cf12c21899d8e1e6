#include "common/name_order.h"

#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include "common/characters.h"

#define NO_CONVERTER ((iconv_t)-1)

void name_order_begin(name_order *o)
{
    const iconv_t converter = iconv_open("GB18030", "UTF-8");
    o->converter = converter == NO_CONVERTER ? NULL : (void *)converter;
}

void name_order_end(name_order *o)
{
    if (o->converter != NULL) (void)iconv_close((iconv_t)o->converter);
    o->converter = NULL;
}

/* One character: in UTF-8 of 1 to 4 bytes, in GB18030 of 1, 2 or 4.  What has no place there keeps its bytes. */
static size_t convert(const name_order *o, char *key, sunlot_text character)
{
    char bytes[4], *from = bytes, *to = key;
    size_t left = character.n, room = 2 * character.n;
    memcpy(bytes, character.p, character.n);
    if (o->converter != NULL && iconv((iconv_t)o->converter, &from, &left, &to, &room) == 0 && left == 0) return (size_t)(to - key);
    if (o->converter != NULL) (void)iconv((iconv_t)o->converter, NULL, NULL, NULL, NULL);
    memcpy(key, character.p, character.n);
    return character.n;
}

size_t name_order_key(const name_order *o, char *key, sunlot_text name)
{
    size_t n = 0;
    for (size_t at = 0; at < name.n;) {
        uint32_t scalar;
        const size_t bytes = character_at(&scalar, name, at);
        const sunlot_text character = {name.p + at, bytes > 0 ? bytes : 1};
        n += convert(o, key + n, character);
        at += character.n;
    }
    return n;
}
