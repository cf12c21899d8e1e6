#include "pages/figure_plot.h"

#include <math.h>

#include "common/characters.h"
#include "pages/page.h"

/* In pixels: the margins, the field's height, a line of small type, the widest picture that a sheet of A4 holds. */
enum { LEAST_LEFT = 44, RIGHT = 4, TOP = 13, SUMS_TOP = 6, COUNTS = 58, SUMS = 84, LINE = 13, WIDEST = 660, NARROWEST = 200, MOST_NAME = 14 };
/* The widest that common fonts have, in the sizes of the style sheet: letters of names, characters that take two columns, figures of values; between names. */
#define NAME_LETTER  5.7
#define NAME_WIDE    9.0
#define NAME_GAP     3.5
#define VALUE_COLUMN 6.6

/* ---- numbers ------------------------------------------------------------------------------------------------------------------------- */

void figure_decimal(FILE *to, int64_t value, unsigned decimals, bool sign)
{
    int64_t unit = 1;
    for (unsigned i = decimals; i < 5; i++) unit *= 10;
    const int64_t size = value < 0 ? -value : value, rounded = (size + unit / 2) / unit;
    int64_t one = 1;
    for (unsigned i = 0; i < decimals; i++) one *= 10;
    const char *before = value < 0 && rounded > 0 ? "\xe2\x88\x92" : sign && rounded > 0 ? "+" : "";
    (void)fprintf(to, "%s%lld", before, (long long)(rounded / one));
    if (decimals > 0) (void)fprintf(to, ".%0*lld", (int)decimals, (long long)(rounded % one));
}

unsigned figure_decimals(int64_t gap)
{
    unsigned decimals = 2;
    for (int64_t least = 10000; decimals < 5 && gap < least; least /= 10) decimals++;
    return decimals;
}

int64_t figure_reached(const sunlot_figure *f, uint32_t class_) { return f->reached[class_] + (f->balance.sum && !f->balance.deviation ? f->school : 0); }

/* ---- the picture --------------------------------------------------------------------------------------------------------------------- */

/* What of the picture is known before anything is drawn.  Anchors of texts are the style sheet's, and numbers are short: a district has thousands of pictures. */
typedef struct {
    FILE *to;
    const sunlot_figure *f;
    double left, slot, width, field;
    double low, high; /* of the field, in the unit of what was reached */
    double lo, hi, middle;
    unsigned decimals, value_columns;
    double name_width;
    uint32_t step;                /* classes from name to name */
    bool upright, turned, values; /* names, values turned to run upwards; values are there */
    bool asked;                   /* there is a band */
    double top;
} picture;

static double x_of(const picture *p, uint32_t class_) { return p->left + (class_ + 0.5) * p->slot; }
static double y_of(const picture *p, double value) { return p->top + p->field * (p->high - value) / (p->high - p->low); }

static void put_value(const picture *p, int64_t value)
{
    if (p->f->balance.sum)
        figure_decimal(p->to, value, p->decimals, false);
    else
        (void)fprintf(p->to, "%lld", (long long)value);
}

static void measure_range(picture *p)
{
    const sunlot_figure *f = p->f;
    int64_t least = INT64_MAX, most = INT64_MIN;
    for (uint32_t i = 0; i < f->classes; i++) {
        if (f->balance.sum && f->empty[i]) continue;
        if (figure_reached(f, i) < least) least = figure_reached(f, i);
        if (figure_reached(f, i) > most) most = figure_reached(f, i);
    }
    if (least > most) least = most = f->school;
    p->asked = f->balance.sum || f->lo <= f->hi;
    if (!f->balance.sum) {
        p->lo = p->asked ? f->lo : (double)least;
        p->hi = p->asked ? f->hi : (double)most;
        p->low = 0;
        p->high = fmax(1, fmax((double)most, p->hi)) * 1.04;
        return;
    }
    p->middle = (double)f->school;
    p->lo = p->middle - (double)f->gap / 2;
    p->hi = p->middle + (double)f->gap / 2;
    const double half = 1.15 * fmax(1, fmax((double)f->gap / 2, fmax(p->middle - (double)least, (double)most - p->middle)));
    p->low = p->middle - half;
    p->high = p->middle + half;
}

/* In pixels, of a name as it is written: the first characters of one that is too long. */
static double name_width(sunlot_text name)
{
    uint32_t scalar;
    unsigned columns = 0;
    double width = 0;
    for (size_t at = 0; at < name.n && columns < MOST_NAME;) {
        const size_t bytes = character_at(&scalar, name, at);
        const unsigned taken = bytes > 0 ? text_columns((sunlot_text){name.p + at, bytes}) : 1;
        width += taken > 1 ? NAME_WIDE : NAME_LETTER;
        columns += taken;
        at += bytes > 0 ? bytes : 1;
    }
    return width;
}

static void measure(picture *p)
{
    const sunlot_figure *f = p->f;
    const uint32_t classes = f->classes > 0 ? f->classes : 1;
    p->field = f->balance.sum ? SUMS : COUNTS;
    p->decimals = figure_decimals(f->gap);
    measure_range(p);
    for (uint32_t i = 0; i < f->classes; i++) p->name_width = fmax(p->name_width, name_width(f->class_name[i]));
    const double largest = fmax(fabs(p->low), fabs(p->high)) / (f->balance.sum ? 100000 : 1);
    p->value_columns = (largest >= 10 ? 1 + (unsigned)floor(log10(largest)) : 1) + (f->balance.sum ? p->decimals + 1 : 0);
    p->left = fmax(LEAST_LEFT, 8 + VALUE_COLUMN * (f->balance.sum ? p->value_columns : 2 * p->value_columns + 1));
    p->slot = fmin(34, fmax(9, (WIDEST - p->left - RIGHT) / classes));
    p->slot = fmax(p->slot, (NARROWEST - p->left - RIGHT) / classes);
    p->width = p->left + p->slot * classes + RIGHT;
    p->upright = p->name_width + NAME_GAP > p->slot;
    p->turned = f->balance.sum || (p->value_columns + 0.8) * VALUE_COLUMN > p->slot;
    p->values = !p->turned || p->slot >= LINE - 3;
    p->top = f->balance.sum ? SUMS_TOP : TOP + (p->turned && p->values ? p->value_columns * VALUE_COLUMN - 6 : 0);
    p->step = p->upright && p->slot < LINE ? (uint32_t)ceil(LINE / p->slot) : 1;
}

/* The band that was asked for, with its bounds, and of a sum the school's own. */
static void draw_band(const picture *p)
{
    if (!p->asked) return;
    const double top = y_of(p, p->hi), bottom = y_of(p, p->lo), long_ = p->width - RIGHT - p->left;
    if (bottom > top) (void)fprintf(p->to, "<path class=\"band\" d=\"M%.4g %.4gh%.4gv%.4gH%.4gz\"/>", p->left, top, long_, bottom - top, p->left);
    (void)fprintf(p->to, "<path class=\"bound\" d=\"M%.4g %.4gh%.4gM%.4g %.4gh%.4g\"/>", p->left, top, long_, p->left, bottom, long_);
    if (p->f->balance.sum) (void)fprintf(p->to, "<path class=\"mean\" d=\"M%.4g %.4gh%.4g\"/>", p->left, y_of(p, p->middle), long_);
}

static void mark_at(const picture *p, double value, double y)
{
    (void)fprintf(p->to, "<text x=\"%.4g\" y=\"%.4g\">", p->left - 5, y + 4);
    put_value(p, (int64_t)floor(value + 0.5));
    (void)fputs("</text>", p->to);
}

/* The bounds beside the axis; where they are close, as one. */
static void mark_axis(const picture *p)
{
    const double top = y_of(p, p->hi), bottom = y_of(p, p->lo), floor_ = p->top + p->field;
    (void)fprintf(p->to, "<path class=\"axis\" d=\"M%.4g %.4gv%.4gH%.4g\"/><g class=\"marks\">", p->left, p->top, p->field, p->width - RIGHT);
    if (p->asked && !p->f->balance.sum && bottom - top < LINE && p->f->lo < p->f->hi) {
        (void)fprintf(p->to, "<text x=\"%.4g\" y=\"%.4g\">%u\xe2\x80\x93%u</text>", p->left - 5, (top + bottom) / 2 + 4, (unsigned)p->f->lo,
                      (unsigned)p->f->hi);
    } else if (p->asked) {
        mark_at(p, p->hi, top);
        if (bottom - top >= LINE) mark_at(p, p->lo, bottom);
    }
    if (!p->f->balance.sum && (!p->asked || floor_ - bottom >= LINE)) mark_at(p, 0, floor_);
    if (p->f->balance.sum && bottom - top >= 2 * LINE) mark_at(p, p->middle, y_of(p, p->middle));
    (void)fputs("</g>", p->to);
}

/* A picture has bars for counts, all in one path, and dots for the rest. */
static void draw_classes(const picture *p)
{
    const sunlot_figure *f = p->f;
    const double bar = fmin(p->slot - 2, 26);
    if (!f->balance.sum) (void)fputs("<path class=\"bar\" d=\"", p->to);
    for (uint32_t i = 0; i < f->classes; i++) {
        const double x = x_of(p, i), y = y_of(p, (double)figure_reached(f, i));
        if (!f->balance.sum)
            (void)fprintf(p->to, "M%.4g %.4gh%.4gV%.4gh-%.4gz", x - bar / 2, y, bar, p->top + p->field, bar);
        else if (!f->empty[i])
            (void)fprintf(p->to, "<circle class=\"dot\" cx=\"%.4g\" cy=\"%.4g\" r=\"%.2g\"/>", x, y, p->slot < LINE ? 2.4 : 3.4);
    }
    if (!f->balance.sum) (void)fputs("\"/>", p->to);
}

/* Where a count's value begins: above its bar and above the band, so that no line runs through it. */
static double value_y(const picture *p, uint32_t class_) { return fmin(y_of(p, (double)p->f->reached[class_]), y_of(p, p->hi)) - 4; }

/* Above the bars; of a sum upwards below the axis. */
static void write_values(const picture *p)
{
    const sunlot_figure *f = p->f;
    if (!p->values) return;
    (void)fputs(f->balance.sum ? "<g class=\"up\">" : p->turned ? "<g class=\"on\">" : "<g>", p->to);
    for (uint32_t i = 0; i < f->classes; i++) {
        if (f->balance.sum && f->empty[i]) continue;
        if (f->balance.sum)
            (void)fprintf(p->to, "<text transform=\"translate(%.4g %.4g)rotate(-90)\">", x_of(p, i) + 4, p->top + p->field + 6);
        else if (p->turned)
            (void)fprintf(p->to, "<text transform=\"translate(%.4g %.4g)rotate(-90)\">", x_of(p, i) + 4, value_y(p, i));
        else
            (void)fprintf(p->to, "<text x=\"%.4g\" y=\"%.4g\">", x_of(p, i), value_y(p, i));
        put_value(p, figure_reached(f, i));
        (void)fputs("</text>", p->to);
    }
    (void)fputs("</g>", p->to);
}

/* The first characters of a name that is too long. */
static sunlot_text shortened(sunlot_text name)
{
    uint32_t scalar;
    size_t n = 0;
    while (n < name.n && text_columns((sunlot_text){name.p, n}) < MOST_NAME - 2) {
        const size_t bytes = character_at(&scalar, name, n);
        n += bytes > 0 ? bytes : 1;
    }
    return (sunlot_text){name.p, n};
}

static void write_names(const picture *p, double y)
{
    (void)fputs(p->upright ? "<g class=\"name up\">" : "<g class=\"name\">", p->to);
    for (uint32_t i = 0; i < p->f->classes; i += p->step) {
        const sunlot_text name = p->f->class_name[i];
        const bool whole = text_columns(name) <= MOST_NAME;
        if (p->upright)
            (void)fprintf(p->to, "<text transform=\"translate(%.4g %.4g)rotate(-90)\">", x_of(p, i) + 4, y);
        else
            (void)fprintf(p->to, "<text x=\"%.4g\" y=\"%.4g\">", x_of(p, i), y + 9);
        page_text(p->to, whole ? name : shortened(name));
        (void)fputs(whole ? "</text>" : "\xe2\x80\xa6</text>", p->to);
    }
    (void)fputs("</g>", p->to);
}

void figure_plot(FILE *to, const sunlot_figure *figure)
{
    picture p = {.to = to, .f = figure};
    measure(&p);
    const double names = p.top + p.field + 6 + (figure->balance.sum && p.values ? p.value_columns * VALUE_COLUMN + 8 : 0);
    const double height = names + (p.upright ? p.name_width : LINE) + 2;
    (void)fprintf(to, "<svg class=\"figure\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" aria-hidden=\"true\">", p.width, height, p.width, height);
    draw_band(&p);
    draw_classes(&p);
    mark_axis(&p);
    write_values(&p);
    write_names(&p, names);
    (void)fputs("</svg>\n", to);
}
