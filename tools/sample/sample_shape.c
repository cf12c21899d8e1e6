/* How large the made-up schools are, what they are called, and by which rules they are drawn. */
#include <stdlib.h>

#include "common/files.h"
#include "sample/sample.h"

#define LARGEST 28u /* classes of a grade, unless the plan asks for more */

void sample_stream(sunlot_stream *s, const sample_plan *plan, uint32_t school, const char *purpose)
{
    char label[40];
    const int n = school == UINT32_MAX ? snprintf(label, sizeof label, "%s", purpose) : snprintf(label, sizeof label, "%s %u", purpose, (unsigned)school + 1);
    uint8_t key[32];
    sunlot_stream_key(key, plan->seed, "sunlot/v1/sample", (sunlot_text){label, (size_t)n});
    sunlot_stream_init(s, key);
}

bool sample_once_in(sunlot_stream *s, uint32_t n) { return sunlot_stream_below(s, n) == 0; }

void sample_name(char name[SAMPLE_NAME_BYTES], uint32_t surname, uint32_t first, uint32_t second)
{
    static const char surnames[SAMPLE_SURNAMES][4] = {"甲", "乙", "丙", "戊", "己", "壬", "癸", "子", "丑",
                                                      "寅", "卯", "辰", "巳", "午", "未", "酉", "戌", "亥"};
    static const char given[SAMPLE_GIVEN][4] = {"星", "河", "云", "帆", "松", "月", "竹", "溪", "山", "岚", "海", "风", "雨", "雪", "霜", "露",
                                                "泉", "湖", "江", "潮", "石", "沙", "林", "枫", "柏", "桐", "荷", "兰", "菊", "梅", "桃", "杏",
                                                "鹤", "雁", "燕", "鹿", "萤", "蝉", "晨", "晚", "春", "秋", "虹", "霞", "光", "影", "钟", "琴"};
    snprintf(name, SAMPLE_NAME_BYTES, "%s%s%s", surnames[surname], given[first], given[second]);
}

void sample_school_write(FILE *to, const sample_plan *plan, uint32_t school)
{
    if (plan->schools == 1)
        fputs("星河实验学校", to);
    else
        fprintf(to, "星河第%u学校", (unsigned)school + 1);
}

/* Two classes each; every further class goes to the school of a class drawn from all that there are, if it has room: schools that have
 * many get more, as towns grow.  owner[i] is the school of class i. */
static bool share_classes(sample_size *size, uint16_t *owner, const sample_plan *plan)
{
    sunlot_stream s;
    sample_stream(&s, plan, UINT32_MAX, "classes");
    const uint32_t twice_mean = (2 * plan->classes + plan->schools - 1) / plan->schools;
    uint32_t most = twice_mean > LARGEST ? twice_mean : LARGEST;
    if (most > SUNLOT_MAX_SCHOOL_CLASSES) most = SUNLOT_MAX_SCHOOL_CLASSES;
    if ((uint64_t)most * plan->schools < plan->classes) return false;
    uint32_t count = 0;
    for (uint32_t i = 0; i < plan->schools; i++) {
        size[i].classes = 2;
        owner[count++] = (uint16_t)i;
        owner[count++] = (uint16_t)i;
    }
    while (count < plan->classes) {
        const uint16_t school = owner[sunlot_stream_below(&s, count)];
        if (size[school].classes == most) continue;
        size[school].classes++;
        owner[count++] = school;
    }
    return true;
}

/* Students in proportion to the classes, give or take an eighth. */
static bool share_students(sample_size *size, const sample_plan *plan)
{
    sunlot_stream s;
    sample_stream(&s, plan, UINT32_MAX, "students");
    uint64_t weights = 0;
    for (uint32_t i = 0; i < plan->schools; i++) {
        size[i].students = size[i].classes * (84 + sunlot_stream_below(&s, 33)); /* for now its weight */
        weights += size[i].students;
    }
    uint32_t left = plan->students;
    for (uint32_t i = 0; i < plan->schools; i++) {
        size[i].students = (uint32_t)((uint64_t)plan->students * size[i].students / weights);
        left -= size[i].students;
    }
    for (uint32_t i = 0; i < left; i++) size[i].students++;
    for (uint32_t i = 0; i < plan->schools; i++) {
        if (size[i].students > SUNLOT_MAX_SCHOOL_STUDENTS) return false;
    }
    return true;
}

bool sample_sizes(sample_size *size, const sample_plan *plan)
{
    uint16_t *owner = need(plan->classes, sizeof *owner);
    const bool fits = share_classes(size, owner, plan) && share_students(size, plan);
    free(owner);
    return fits;
}

void sample_classes_write(FILE *to, const sample_plan *plan, const sample_size *size)
{
    fputs(plan->schools > 1 ? "学校,班级,座位\n" : "班级,座位\n", to);
    for (uint32_t school = 0; school < plan->schools; school++) {
        for (uint32_t i = 0; i < size[school].classes; i++) {
            if (plan->schools > 1) {
                sample_school_write(to, plan, school);
                fputc(',', to);
            }
            fprintf(to, "%u班,\n", (unsigned)i + 1);
        }
    }
}
