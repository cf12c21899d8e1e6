#include "pages/qr.h"

#include <qrencode.h>
#include <stdlib.h>

#include "common/files.h"

enum { QUIET = 4 }; /* modules around the code, as the standard asks */

/* What is drawn, and which upper edges of dark modules have been. */
typedef struct {
    const unsigned char *module; /* [width * width] */
    int width;
    unsigned char *drawn; /* [width * width] */
} picture;

static bool dark(const picture *p, int x, int y) { return x >= 0 && y >= 0 && x < p->width && y < p->width && (p->module[y * p->width + x] & 1) != 0; }

/* Right, down, left, up: the step from a corner (x, y), and the modules on both hands of it, less (x, y). */
static const struct {
    int dx, dy, right_x, right_y, left_x, left_y;
    const char *form;
} way[4] = {{1, 0, 0, 0, 0, -1, "h%d"}, {0, 1, -1, 0, 0, 0, "v%d"}, {-1, 0, -1, -1, -1, 0, "h-%d"}, {0, -1, 0, -1, -1, -1, "v-%d"}};

/* Once around from the left end of an upper edge, the dark on the right hand.  Outlines have no seams, as stripes side by side would on some printers. */
static void write_outline(FILE *to, picture *p, const int from_x, const int from_y)
{
    int x = from_x, y = from_y, d = 0, run = 0;
    (void)fprintf(to, "M%d %d", x + QUIET, y + QUIET);
    for (;;) {
        if (d == 0) p->drawn[y * p->width + x] = 1;
        x += way[d].dx;
        y += way[d].dy;
        run++;
        int next = d;
        if (!dark(p, x + way[d].right_x, y + way[d].right_y))
            next = (d + 1) % 4;
        else if (dark(p, x + way[d].left_x, y + way[d].left_y))
            next = (d + 3) % 4;
        if (next == d) continue;
        if (x == from_x && y == from_y && next == 0) break; /* z draws the last edge */
        (void)fprintf(to, way[d].form, run);
        run = 0;
        d = next;
    }
    (void)fputc('z', to);
}

bool qr_write(FILE *to, const char *text)
{
    QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    if (code == NULL) return false;
    const size_t modules = (size_t)code->width * (size_t)code->width;
    picture p = {code->data, code->width, need(modules, 1)};
    const int side = code->width + 2 * QUIET;
    (void)fprintf(to, "<svg class=\"qr\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\" role=\"img\" aria-label=\"QR\"><path d=\"", side, side);
    for (int y = 0; y < p.width; y++)
        for (int x = 0; x < p.width; x++)
            if (dark(&p, x, y) && !dark(&p, x, y - 1) && p.drawn[y * p.width + x] == 0) write_outline(to, &p, x, y);
    (void)fputs("\"/></svg>", to);
    free(p.drawn);
    wipe(code->data, modules);
    QRcode_free(code);
    return true;
}
