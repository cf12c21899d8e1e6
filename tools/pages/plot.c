#include "pages/plot.h"

#include <math.h>

#include "pages/page.h"

/* The picture, and in it the field that the axes bound. */
enum { WIDTH = 450, HEIGHT = 270, LEFT = 62, RIGHT = 432, TOP = 14, BOTTOM = 222 };

static void begin(FILE *to, const plot_words *words)
{
    (void)fputs("<figure><figcaption>", to);
    page_put(to, words->title);
    (void)fprintf(to, "</figcaption><svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", (int)WIDTH, (int)HEIGHT);
    page_put(to, words->title);
    (void)fputs("\">\n", to);
}

static void label(FILE *to, double x, double y, const char *anchor, double number)
{
    (void)fprintf(to, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%.6g</text>", x, y, anchor, number);
}

/* Axes and their names. */
static void end(FILE *to, const plot_words *words)
{
    (void)fprintf(to, "<path class=\"axis\" d=\"M%d %dV%dH%d\"/>", (int)LEFT, (int)TOP, (int)BOTTOM, (int)RIGHT);
    (void)fprintf(to, "<text class=\"name\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">", (LEFT + RIGHT) / 2, HEIGHT - 10);
    page_put(to, words->x);
    (void)fprintf(to, "</text><text class=\"name\" transform=\"translate(13 %d) rotate(-90)\" text-anchor=\"middle\">", (TOP + BOTTOM) / 2);
    page_put(to, words->y);
    (void)fputs("</text></svg></figure>\n", to);
}

/* 1, 2 or 5 times a power of ten, of which about four reach `most`. */
static double step_of(double most)
{
    const double power = pow(10, floor(log10(most / 4)));
    const double times = most / 4 / power;
    return power * (times < 1.5 ? 1 : times < 3.5 ? 2 : times < 7.5 ? 5 : 10);
}

static double across(double part) { return LEFT + part * (RIGHT - LEFT); }
static double up(double part) { return BOTTOM - part * (BOTTOM - TOP); }

static void mark_heights(FILE *to, double most)
{
    const double step = step_of(most);
    for (int i = 0; i * step <= most; i++) {
        const double y = up(i * step / most);
        (void)fprintf(to, "<path class=\"grid\" d=\"M%d %.1fH%d\"/>", (int)LEFT, y, (int)RIGHT);
        label(to, LEFT - 6, y + 4, "end", i * step);
    }
}

void plot_write_bars(FILE *to, const plot_words *words, const plot_bars *b)
{
    double most = 1;
    for (uint32_t i = 0; i < b->bars; i++) {
        const double line = b->expected == NULL ? 0 : b->expected[i] + (b->band ? 2.2 * sqrt(b->expected[i]) : 0);
        most = fmax(most, fmax(b->bar[i], line) * 1.05);
    }
    begin(to, words);
    mark_heights(to, most);
    for (uint32_t i = 0; i < b->bars; i++) {
        const double x = across((double)i / b->bars), width = across(1.0 / b->bars) - LEFT, y = up(b->bar[i] / most);
        if (b->bar[i] > 0)
            (void)fprintf(to, "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>", x + 0.5, y, fmax(1, width - 1), BOTTOM - y);
    }
    if (b->expected != NULL && b->band) {
        const double e = b->expected[0], wide = 2 * sqrt(e), high = up((e + wide) / most);
        (void)fprintf(to, "<rect class=\"band\" x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\"/>", (int)LEFT, high, RIGHT - LEFT,
                      up(fmax(0, e - wide) / most) - high);
    }
    for (uint32_t i = 0; b->expected != NULL && i < b->bars; i++)
        (void)fprintf(to, "%s%.1f %.1f", i == 0 ? "<path class=\"line\" d=\"M" : "L", across((i + 0.5) / b->bars), up(b->expected[i] / most));
    if (b->expected != NULL) (void)fputs("\"/>", to);
    for (uint32_t i = 0; b->whole && i < b->bars; i += b->marks) label(to, across((i + 0.5) / b->bars), BOTTOM + 16, "middle", b->from + i);
    for (uint32_t i = 0; !b->whole && i <= b->bars; i += b->marks)
        label(to, across((double)i / b->bars), BOTTOM + 16, "middle", b->from + (b->to_ - b->from) * i / b->bars);
    end(to, words);
}

void plot_write_quantiles(FILE *to, const plot_words *words, const double *p, size_t n)
{
    const double most = fmax(1, fmax(log10(2.0 * (double)n + 1), n > 0 ? fmin(40, -log10(fmax(p[0], 1e-300))) : 0) * 1.05), step = step_of(most);
    begin(to, words);
    mark_heights(to, most);
    for (int i = 0; i * step <= most; i++) label(to, across(i * step / most), BOTTOM + 16, "middle", i * step);
    (void)fprintf(to, "<path class=\"line\" d=\"M%d %dL%d %d\"/>", (int)LEFT, (int)BOTTOM, (int)RIGHT, (int)TOP);
    /* The small ones one by one, of the many others fewer and fewer: they would lie on each other. */
    for (size_t i = 0; i < n; i += 1 + i / 24) {
        const double x = -log10(((double)i + 0.5) / (double)n), y = fmin(most, -log10(fmax(p[i], 1e-300)));
        (void)fprintf(to, "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"2.4\"/>", across(x / most), up(y / most));
    }
    end(to, words);
}

void plot_write_heat(FILE *to, const plot_words *words, const double *off, uint32_t rows, uint32_t columns)
{
    const double width = (double)(RIGHT - LEFT) / columns, height = (double)(BOTTOM - TOP) / rows;
    begin(to, words);
    for (uint32_t r = 0; r < rows; r++) {
        for (uint32_t c = 0; c < columns; c++) {
            const double z = off[(size_t)r * columns + c], strength = fmin(1, fabs(z) / 4);
            (void)fprintf(to, "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" opacity=\"%.2f\"/>", z < 0 ? "less" : "more",
                          LEFT + c * width, TOP + r * height, width, height, strength);
        }
    }
    const uint32_t by = columns > 12 ? (columns + 9) / 10 : 1;
    for (uint32_t c = 0; c < columns; c += by) label(to, LEFT + (c + 0.5) * width, BOTTOM + 16, "middle", c + 1.0);
    for (uint32_t r = 0; r<rows; r += rows> 10 ? 5 : 1) label(to, LEFT - 6, TOP + (r + 0.5) * height + 4, "end", r + 1.0);
    end(to, words);
}

void plot_write_points(FILE *to, const plot_words *words, const plot_point *point, size_t n)
{
    double least = 1e300, most = 0, weight = 1;
    for (size_t i = 0; i < n; i++) {
        if (point[i].x <= 0 || point[i].y <= 0) continue;
        least = fmin(least, fmin(point[i].x, point[i].y));
        most = fmax(most, fmax(point[i].x, point[i].y));
        weight = fmax(weight, point[i].weight);
    }
    if (most <= 0) least = most = 1;
    const double from = floor(log10(least)), to_ = fmax(from + 1, ceil(log10(most)));
    begin(to, words);
    for (double power = from; power < to_ + 0.5; power++) {
        const double part = (power - from) / (to_ - from);
        (void)fprintf(to, "<path class=\"grid\" d=\"M%d %.1fH%d\"/>", (int)LEFT, up(part), (int)RIGHT);
        label(to, LEFT - 6, up(part) + 4, "end", pow(10, power));
        label(to, across(part), BOTTOM + 16, "middle", pow(10, power));
    }
    (void)fprintf(to, "<path class=\"line\" d=\"M%d %dL%d %d\"/>", (int)LEFT, (int)BOTTOM, (int)RIGHT, (int)TOP);
    for (size_t i = 0; i < n; i++) {
        if (point[i].x <= 0 || point[i].y <= 0) continue;
        (void)fprintf(to, "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>", across((log10(point[i].x) - from) / (to_ - from)),
                      up((log10(point[i].y) - from) / (to_ - from)), 2.2 + 4 * sqrt(point[i].weight / weight));
    }
    end(to, words);
}
