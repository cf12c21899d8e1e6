/* Where the students of a roster stand in their file.  The roster itself does not know: nothing of the file's order is left in it. */
#include <string.h>

#include "random/secrets.h"
#include "roster/enrolment.h"

/* The student with a pseudonym; students are sorted by it. */
static uint32_t find_student(const sunlot_school *s, const uint8_t pseudonym[16])
{
    uint32_t from = 0, to = s->students;
    while (from < to) {
        const uint32_t middle = from + (to - from) / 2;
        if (memcmp(s->student[middle].pseudonym, pseudonym, 16) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

void sunlot_roster_places(uint32_t *place, const sunlot_roster *r, const sunlot_enrolment *e, uint32_t school, const sunlot_master *master)
{
    SUNLOT_REQUIRE(school < r->schools && school < e->schools);
    const sunlot_school *s = &r->school[school];
    sunlot_mac_state secrets;
    SUNLOT_REQUIRE(s->students == e->school[school].count[SUNLOT_STUDENTS]);
    sunlot_secret_begin(&secrets, master);
    for (uint32_t at = 0; at < s->students; at++) {
        uint8_t pseudonym[16];
        const sunlot_person person = sunlot_enrolment_person(e, SUNLOT_STUDENTS, school, at);
        sunlot_secret_pseudonym(pseudonym, &secrets, "student", person.school, person.id);
        const uint32_t student = find_student(s, pseudonym);
        SUNLOT_REQUIRE(student < s->students && memcmp(s->student[student].pseudonym, pseudonym, 16) == 0);
        place[student] = at;
    }
    sunlot_mac_wipe(&secrets);
}
