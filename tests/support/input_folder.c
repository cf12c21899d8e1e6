#include "support/input_folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"

static void stop(const char *of, const char *what)
{
    (void)fprintf(stderr, "%s: %s\n", of, what);
    exit(2);
}

static char *read_text(const char *path, const char *name)
{
    char full[512];
    size_t n = 0, cap = 1 << 16;
    (void)snprintf(full, sizeof full, "%s/%s", path, name);
    FILE *from = fopen(full, "rb");
    if (from == NULL && errno == ENOENT) return NULL;
    if (from == NULL) stop(full, strerror(errno));
    char *text = malloc(cap);
    for (size_t got = 1; text != NULL && got > 0; n += got) {
        if (n + 1 == cap) text = realloc(text, cap *= 2);
        got = text == NULL ? 0 : fread(text + n, 1, cap - n - 1, from);
    }
    if (text == NULL) stop(full, "no memory");
    text[n] = 0;
    (void)fclose(from);
    return text;
}

void input_folder_read(char *text[SUNLOT_FILE_COUNT], const char *path)
{
    static const char *const name[SUNLOT_FILE_COUNT] = {"rules.csv", "classes.csv", "students.csv", "teachers.csv"};
    for (int i = 0; i < SUNLOT_FILE_COUNT; i++) text[i] = read_text(path, name[i]);
}

static void show(void *user, const sunlot_issue *issue) { (void)fprintf(stderr, "%s: %s\n", (const char *)user, sunlot_issue_text(issue->code)); }

sunlot_roster *input_folder_roster(char *const text[SUNLOT_FILE_COUNT], const char *path)
{
    static const sunlot_master master = {{1}};
    sunlot_input input;
    char said[512];
    for (int i = 0; i < SUNLOT_FILE_COUNT; i++) {
        input.present[i] = text[i] != NULL;
        input.file[i] = sunlot_text_of(text[i] != NULL ? text[i] : "");
    }
    (void)snprintf(said, sizeof said, "%s", path);
    sunlot_enrolment *e;
    sunlot_roster *r;
    if (sunlot_enrolment_read(&e, &input, show, said, NULL) != SUNLOT_OK) stop(path, "the input is refused");
    if (sunlot_roster_new(&r, e, SUNLOT_REHEARSAL, &master, NULL) != SUNLOT_OK) stop(path, "no memory");
    sunlot_enrolment_free(e);
    return r;
}
