/* Made-up teachers: eleven subjects, each with the usual number of classes a teacher, and a homeroom teacher for each class.
 *
 * 25 classes need 3 × 13 teachers with two classes, 7 with four, 4 × 5 with five, 2 × 4 with seven and 3 with nine: 77. */
#include "sample/sample.h"

#define SUBJECTS      11u
#define MAIN_SUBJECTS 3u /* the first three, whose teachers have homerooms */

static const struct {
    char name[8];
    uint32_t load;
} subjects[SUBJECTS] = {
    {"语文", 2}, {"数学", 2}, {"英语", 2}, {"道法", 4}, {"生物", 5}, {"地理", 5}, {"历史", 5}, {"体育", 5}, {"音乐", 7}, {"美术", 7}, {"信息", 9},
};

static uint32_t teachers_of(uint32_t subject, uint32_t classes) { return (classes + subjects[subject].load - 1) / subjects[subject].load; }

/* Draw `classes` of `count` teachers: homeroom[i] is true for them.  Each set is as likely as any other. */
static void draw_homerooms(bool *homeroom, uint32_t count, uint32_t classes, sunlot_stream *s)
{
    uint32_t left = classes;
    for (uint32_t i = 0; i < count; i++) {
        homeroom[i] = sunlot_stream_below(s, count - i) < left;
        left -= homeroom[i];
    }
}

void sample_teachers_header(FILE *to, const sample_plan *plan)
{
    fputs(plan->schools > 1 ? "学校," : "", to);
    fputs("编号,姓名,学科,班数,班主任,职称,教龄,骨干\n", to);
}

static void write_teacher(FILE *to, sunlot_stream *s, const sample_teacher *t, uint32_t subject, bool homeroom)
{
    char name[SAMPLE_NAME_BYTES];
    const uint32_t first = sunlot_stream_below(s, SAMPLE_GIVEN);
    sample_name(name, t->surname, first, sunlot_stream_below(s, SAMPLE_GIVEN));
    const uint32_t years = sunlot_stream_below(s, 19) + sunlot_stream_below(s, 19);
    const char *title = years < 5 || (years < 12 && sample_once_in(s, 3)) ? "二级" : years > 17 && !sample_once_in(s, 3) ? "高级" : "一级";
    const bool backbone = years >= 6 && sample_once_in(s, 5);
    fprintf(to, "T%05u,%s,%s,%u,%s,%s,%u,%s\n", (unsigned)t->number, name, subjects[subject].name, (unsigned)t->classes, homeroom ? "是" : "否", title,
            (unsigned)years, backbone ? "是" : "否");
}

uint32_t sample_teachers_write(FILE *to, sample_teacher *staff, uint32_t *next, const sample_plan *plan, uint32_t school, uint32_t classes)
{
    sunlot_stream s;
    sample_stream(&s, plan, school, "teachers");
    bool homeroom[MAIN_SUBJECTS * SUNLOT_MAX_SCHOOL_CLASSES];
    /* Homerooms go to teachers of two classes, of whom there are enough: in a small school one who has a single class could not be
     * put elsewhere for the sake of other rules. */
    const uint32_t pairs = MAIN_SUBJECTS * (classes / 2);
    uint32_t pair = 0;
    draw_homerooms(homeroom, pairs, classes, &s);

    uint32_t count = 0;
    for (uint32_t subject = 0; subject < SUBJECTS; subject++) {
        const uint32_t teachers = teachers_of(subject, classes);
        for (uint32_t i = 0; i < teachers; i++) {
            sample_teacher *t = &staff[count];
            t->number = (*next)++;
            t->classes = classes / teachers + (i < classes % teachers);
            t->surname = sunlot_stream_below(&s, SAMPLE_SURNAMES);
            if (plan->schools > 1) {
                sample_school_write(to, plan, school);
                fputc(',', to);
            }
            const bool may = subject < MAIN_SUBJECTS && t->classes == 2;
            write_teacher(to, &s, t, subject, may && homeroom[pair++]);
            count++;
        }
    }
    return count;
}
