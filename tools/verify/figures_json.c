/* A school's figures as an object (SPEC 10.3). */
#include "common/characters.h"
#include "verify/verify.h"

const char *verify_decimal(char out[VERIFY_DECIMAL_BYTES], int64_t value)
{
    char digits[VERIFY_DECIMAL_BYTES];
    uint64_t rest = value < 0 ? (uint64_t)0 - (uint64_t)value : (uint64_t)value;
    size_t n = 0, at = 0;
    for (; rest > 0 || n < 6; rest /= 10) digits[n++] = (char)('0' + rest % 10);
    size_t last = 0; /* of the decimals, the first that is written */
    while (last < 5 && digits[last] == '0') last++;
    if (value < 0) out[at++] = '-';
    while (n > 5) out[at++] = digits[--n];
    if (last < 5) out[at++] = '.';
    while (n > last) out[at++] = digits[--n];
    out[at] = '\0';
    return out;
}

typedef struct {
    json *j;
    bool first;
} writer;

static void put_decimal(json *j, const char *name, int64_t value)
{
    char text[VERIFY_DECIMAL_BYTES];
    put_text(j, name, text_of(verify_decimal(text, value)));
}

/* A count is written as the decimals are: as text. */
static void put_reached(json *j, const sunlot_figure *f, uint32_t class_)
{
    if (f->balance.sum && f->empty[class_])
        put_null(j, "reached");
    else
        put_decimal(j, "reached", f->balance.sum ? f->reached[class_] : f->reached[class_] * 100000);
}

static void put_figure(void *user, const sunlot_figure *f)
{
    writer *w = user;
    json *j = w->j;
    open_named(j, w->first, "rule", text_of(f->balance.deviation ? "deviation" : f->balance.sum ? "mean" : "count"));
    w->first = false;
    put_text(j, "who", f->balance.who);
    put_text(j, "column", f->balance.column);
    put_text(j, f->balance.sum ? "gap" : "value", f->balance.value);
    if (f->balance.sum) {
        put_decimal(j, f->balance.deviation ? "school_deviation" : "school_mean", f->school);
    } else {
        put_text(j, "lo", f->balance.lo);
        put_text(j, "hi", f->balance.hi);
    }
    put_text(j, "least", f->balance.least);
    put_text(j, "most", f->balance.most);
    name_member(j, "classes", false);
    json_add(j, "[");
    for (uint32_t c = 0; c < f->classes; c++) {
        open_named(j, c == 0, "class", f->class_name[c]);
        put_reached(j, f, c);
        json_add(j, "}");
    }
    json_add(j, "]}");
}

void verify_json_figures(json *j, const verify_report *r, uint32_t number)
{
    writer w = {j, true};
    if (!verify_figures(r, number)) {
        json_add(j, "null");
        return;
    }
    open_numbered(j, true, "school", number);
    name_member(j, "figures", false);
    json_add(j, "[");
    const sunlot_err err = sunlot_log_figures(r->log, number - 1, put_figure, &w);
    if (err != SUNLOT_OK) *r->err = err;
    json_add(j, "]}");
}
