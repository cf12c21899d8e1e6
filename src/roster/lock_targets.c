/* The students and classes that locks name (SPEC 11.2). */
#include "roster/reading.h"

static void blame(sunlot_reading *r, const sunlot_enrolled_lock *lock, sunlot_issue_code code, sunlot_word header, sunlot_text found)
{
    const sunlot_csv_file *f = &r->e->file[SUNLOT_FILE_RULES];
    sunlot_csv_file_blame_found(f, &r->issues, code, lock->row, r->e->header[SUNLOT_FILE_RULES][header], found, (sunlot_text){0});
}

/* Returns false where the lock cannot be used. */
static bool find_student(sunlot_reading *r, sunlot_enrolled_lock *lock)
{
    const sunlot_enrolment *e = r->e;
    if (!sunlot_reading_sound(r, SUNLOT_FILE_STUDENTS)) return false;
    const uint32_t row = sunlot_text_index_find(&r->ids[SUNLOT_STUDENTS], lock->id);
    lock->school = row == SUNLOT_NONE32 ? SUNLOT_NONE32 : e->school_of[SUNLOT_STUDENTS][row];
    const bool elsewhere = lock->school != SUNLOT_NONE32 && lock->school_name.n > 0 && !sunlot_text_equal(lock->school_name, e->school[lock->school].name);
    if (elsewhere || (row == SUNLOT_NONE32 && sunlot_reading_complete(r, SUNLOT_FILE_STUDENTS))) {
        blame(r, lock, SUNLOT_ISSUE_LOCK_STUDENT, SUNLOT_WORD_COLUMN, lock->id);
        return false;
    }
    if (lock->school == SUNLOT_NONE32) return false;
    lock->place = e->place_of[SUNLOT_STUDENTS][row];
    return true;
}

static bool find_class(sunlot_reading *r, sunlot_enrolled_lock *lock)
{
    const sunlot_enrolled_school *s = &r->e->school[lock->school];
    for (uint32_t i = 0; i < s->classes; i++) {
        if (!sunlot_text_equal(r->e->class_[s->class_from + i].name, lock->class_name)) continue;
        lock->class_index = (uint16_t)i;
        return true;
    }
    if (sunlot_reading_classes_known(r, lock->school)) blame(r, lock, SUNLOT_ISSUE_CLASS_UNKNOWN, SUNLOT_WORD_VALUE, lock->class_name);
    return false;
}

static int by_student(const void *a, const void *b, const void *user)
{
    const sunlot_enrolled_lock *x = a, *y = b;
    (void)user;
    if (x->school != y->school) return x->school < y->school ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static bool is_same(const sunlot_enrolled_lock *a, const sunlot_enrolled_lock *b)
{
    return a->class_index == b->class_index && sunlot_text_equal(a->reason, b->reason) && sunlot_text_equal(a->authority, b->authority);
}

bool sunlot_reading_locks(sunlot_reading *r)
{
    sunlot_enrolment *e = r->e;
    const uint32_t locks = e->locks;
    uint32_t found = 0;
    for (uint32_t i = 0; i < locks; i++) {
        sunlot_enrolled_lock lock = e->lock[i];
        if (find_student(r, &lock) && find_class(r, &lock)) e->lock[found++] = lock;
    }
    e->locks = 0;
    if (found == 0) return true;
    sunlot_enrolled_lock *room = sunlot_alloc(found, sizeof *room);
    if (room == NULL) return false;
    sunlot_sort(e->lock, found, sizeof *e->lock, by_student, NULL, room);
    sunlot_release(room);
    /* Of two locks of one student the first stays; the other must say the same. */
    for (uint32_t i = 0; i < found; i++) {
        const sunlot_enrolled_lock lock = e->lock[i];
        if (e->locks > 0 && by_student(&e->lock[e->locks - 1], &lock, NULL) == 0) {
            if (!is_same(&e->lock[e->locks - 1], &lock)) blame(r, &lock, SUNLOT_ISSUE_LOCK_STUDENT, SUNLOT_WORD_COLUMN, lock.id);
            continue;
        }
        sunlot_enrolled_school *s = &e->school[lock.school];
        if (s->locks++ == 0) s->lock_from = e->locks;
        e->lock[e->locks++] = lock;
    }
    return true;
}
