/* classes.csv: the schools and their classes (SPEC 11.1). */
#include "roster/reading.h"

#define MOST_SEATS 4096u

/* ---- schools ------------------------------------------------------------------------------------------------------------------- */

static int by_school_name(const void *a, const void *b, const void *user)
{
    (void)user;
    return sunlot_text_shortlex(((const sunlot_enrolled_school *)a)->name, ((const sunlot_enrolled_school *)b)->name);
}

/* Collect the names as they come, put them in order, and enter them again with their places. */
static bool collect_schools(sunlot_reading *r)
{
    sunlot_enrolment *e = r->e;
    const sunlot_csv_file *f = &e->file[SUNLOT_FILE_CLASSES];
    const bool named = e->header[SUNLOT_FILE_CLASSES][SUNLOT_WORD_SCHOOL] != SUNLOT_NONE32;
    const uint32_t most = named ? f->rows : 1;
    sunlot_text_index seen = {0};
    e->school = sunlot_alloc(most, sizeof *e->school);
    if (e->school == NULL || !sunlot_text_index_init(&seen, most)) return false;
    for (uint32_t row = 0; row < f->rows; row++) {
        const sunlot_text name = named ? sunlot_enrolment_cell(e, SUNLOT_FILE_CLASSES, row, SUNLOT_WORD_SCHOOL) : e->default_school;
        if (name.n == 0) {
            sunlot_reading_blame(r, SUNLOT_ISSUE_VALUE_MISSING, SUNLOT_FILE_CLASSES, row, SUNLOT_WORD_SCHOOL, SUNLOT_TEXT(""));
            e->file[SUNLOT_FILE_CLASSES].complete = false; /* it may be a class of any school */
        } else if (sunlot_text_index_add(&seen, name, e->schools) == e->schools) {
            e->school[e->schools++] = (sunlot_enrolled_school){.name = name, .class_row = row};
        }
    }
    sunlot_text_index_free(&seen);
    sunlot_enrolled_school *room = sunlot_alloc(e->schools, sizeof *room);
    r->bad = sunlot_alloc(e->schools, sizeof *r->bad);
    r->classes_bad = sunlot_alloc(e->schools, sizeof *r->classes_bad);
    const bool good = room != NULL && r->bad != NULL && r->classes_bad != NULL && sunlot_text_index_init(&r->schools, e->schools);
    if (good) {
        sunlot_sort(e->school, e->schools, sizeof *e->school, by_school_name, NULL, room);
        for (uint32_t i = 0; i < e->schools; i++) (void)sunlot_text_index_add(&r->schools, e->school[i].name, i);
    }
    sunlot_release(room);
    if (good && e->schools > SUNLOT_MAX_SCHOOLS) {
        sunlot_reading_blame_count(r, SUNLOT_ISSUE_TOO_MANY, SUNLOT_FILE_CLASSES, SUNLOT_NONE32, SUNLOT_NONE32, e->schools, SUNLOT_MAX_SCHOOLS);
    }
    return good;
}

/* ---- classes --------------------------------------------------------------------------------------------------------------------- */

static int by_school_and_name(const void *a, const void *b, const void *user)
{
    const sunlot_enrolled_class *x = a, *y = b;
    (void)user;
    if (x->school != y->school) return x->school < y->school ? -1 : 1;
    return sunlot_text_shortlex(x->name, y->name);
}

static void read_class(sunlot_reading *r, uint32_t row)
{
    sunlot_enrolment *e = r->e;
    const bool named = e->header[SUNLOT_FILE_CLASSES][SUNLOT_WORD_SCHOOL] != SUNLOT_NONE32;
    const sunlot_text name = sunlot_enrolment_cell(e, SUNLOT_FILE_CLASSES, row, SUNLOT_WORD_CLASS);
    const sunlot_text seats = sunlot_enrolment_cell(e, SUNLOT_FILE_CLASSES, row, SUNLOT_WORD_SEATS);
    sunlot_enrolled_class *c = &e->class_[e->classes];
    *c = (sunlot_enrolled_class){.name = name, .row = row};
    c->school = named ? sunlot_text_index_find(&r->schools, sunlot_enrolment_cell(e, SUNLOT_FILE_CLASSES, row, SUNLOT_WORD_SCHOOL)) : 0;
    if (c->school == SUNLOT_NONE32) return;
    if (name.n == 0) {
        sunlot_reading_blame(r, SUNLOT_ISSUE_VALUE_MISSING, SUNLOT_FILE_CLASSES, row, SUNLOT_WORD_CLASS, SUNLOT_TEXT(""));
        r->bad[c->school] = r->classes_bad[c->school] = true;
    }
    const uint32_t first = e->school[c->school].class_row;
    const sunlot_text first_seats = sunlot_enrolment_cell(e, SUNLOT_FILE_CLASSES, first, SUNLOT_WORD_SEATS);
    const int code = seats.n == 0 ? 0 : sunlot_count_read(&c->seats, seats, 1, MOST_SEATS);
    if (code != 0) {
        const sunlot_phrase range = sunlot_phrase_range(1, MOST_SEATS);
        sunlot_reading_blame(r, (sunlot_issue_code)code, SUNLOT_FILE_CLASSES, row, SUNLOT_WORD_SEATS, sunlot_phrase_view(&range));
        r->bad[c->school] = r->classes_bad[c->school] = true;
    } else if ((seats.n == 0) != (first_seats.n == 0)) {
        sunlot_reading_blame(r, SUNLOT_ISSUE_SEATS_MIXED, SUNLOT_FILE_CLASSES, row, SUNLOT_WORD_SEATS, SUNLOT_TEXT(""));
        r->bad[c->school] = r->classes_bad[c->school] = true;
    }
    e->classes++;
}

/* Sorted by school and name; of equal ones, which stand in the order of the file, the first stays. */
static void group_classes(sunlot_reading *r)
{
    sunlot_enrolment *e = r->e;
    uint32_t kept = 0, over = SUNLOT_NONE32; /* a school is blamed once for all classes too many */
    for (uint32_t i = 0; i < e->classes; i++) {
        const sunlot_enrolled_class *c = &e->class_[i];
        sunlot_enrolled_school *s = &e->school[c->school];
        if (kept > 0 && by_school_and_name(&e->class_[kept - 1], c, NULL) == 0) {
            sunlot_reading_blame(r, SUNLOT_ISSUE_CLASS_TWICE, SUNLOT_FILE_CLASSES, c->row, SUNLOT_WORD_CLASS, SUNLOT_TEXT(""));
            r->bad[c->school] = r->classes_bad[c->school] = true;
            continue;
        }
        if (s->classes == SUNLOT_MAX_SCHOOL_CLASSES) {
            if (c->school != over) {
                sunlot_reading_blame_count(r, SUNLOT_ISSUE_TOO_MANY, SUNLOT_FILE_CLASSES, c->row, SUNLOT_NONE32, s->classes + 1, SUNLOT_MAX_SCHOOL_CLASSES);
            }
            over = c->school;
            r->bad[c->school] = r->classes_bad[c->school] = true;
            continue;
        }
        if (s->classes++ == 0) s->class_from = kept;
        e->class_[kept++] = *c;
    }
    e->classes = kept;
}

bool sunlot_reading_classes(sunlot_reading *r)
{
    sunlot_enrolment *e = r->e;
    const sunlot_csv_file *f = &e->file[SUNLOT_FILE_CLASSES];
    if (!sunlot_reading_sound(r, SUNLOT_FILE_CLASSES)) return true;
    if (!collect_schools(r)) return false;
    e->class_ = sunlot_alloc(f->rows, sizeof *e->class_);
    sunlot_enrolled_class *room = sunlot_alloc(f->rows, sizeof *room);
    const bool good = e->class_ != NULL && room != NULL;
    if (good) {
        for (uint32_t row = 0; row < f->rows; row++) read_class(r, row);
        sunlot_sort(e->class_, e->classes, sizeof *e->class_, by_school_and_name, NULL, room);
        group_classes(r);
    }
    sunlot_release(room);
    return good;
}
