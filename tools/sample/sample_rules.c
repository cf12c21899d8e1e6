/* The rules of the made-up schools, as a careful district would write them. */
#include "sample/sample.h"

static const char opening[] = "# 抽签是谁的、哪一年、哪一次\n"
                              "抽签,,地区,示例区,\n"
                              "抽签,,年份,2026,\n"
                              "抽签,,年级,七年级,\n"
                              "抽签,,日期,2026-08-30,\n"
                              "抽签,,保存,公示三十天后由示例区教育局删除,\n";

static const char entropy_and_rows[] =
    "# 随机源：三十九次十面骰，每次由谁掷、骰子歪了怎么办、骰子不能用时怎么办，都事先说清\n"
    "随机源,,1,d10 39; 第 1 至 39 位由 39 名家长代表按座位顺序各掷一次; 骰子落地或靠边由同一人重掷; 改从装有十个编号球的箱中每次摸一个并放回，仍摸 39 次,\n"
    "# 成绩和少见的组合要公开，须写明谁批准、依据什么（此处为虚构）\n"
    "公示,,,公开; 示例区教育局; 示例区阳光分班办法第 7 条（虚构）,\n";

static const char students[] = "# 学生：各班人数、男女、来源、住宿均等\n"
                               "均衡,学生,性别,,\n"
                               "均衡,学生,来源,,\n"
                               "均衡,学生,住宿,,\n"
                               "# 三科班级平均分之差先按 0.5 分，做不到时按 1 分，再按 2 分\n"
                               "均分,学生,语文,0.5 1.0 2.0,\n"
                               "均分,学生,数学,0.5 1.0 2.0,\n"
                               "均分,学生,英语,0.5 1.0 2.0,\n"
                               "缺考,学生,语文,均分,\n"
                               "缺考,学生,数学,均分,\n"
                               "缺考,学生,英语,均分,\n"
                               "# 监护人要求同班的双胞胎；同名的分散；有矛盾的分开；随班就读的每班至多两人，并多占座位；子女不进父母任教的班\n"
                               "同班,学生,双胞胎,,\n"
                               "分散,学生,姓名,,\n"
                               "分开,学生,分开,,\n"
                               "上限,学生,随班就读,是 2,\n"
                               "占座,学生,占座,,\n"
                               "回避,学生,回避教师,,\n";

static const char teachers_of_one[] = "# 教师：每班的职称、骨干均等，教龄的平均数相近\n"
                                      "均衡,教师,职称,,\n"
                                      "均衡,教师,骨干,,\n"
                                      "均分,教师,教龄,1 2 4,\n";

/* Where a school has two or three classes, few teachers can change places: titles and backbone together may have no solution. */
static const char teachers_of_many[] = "# 教师：每班的骨干均等，教龄的平均数相近\n"
                                       "均衡,教师,骨干,,\n"
                                       "均分,教师,教龄,4 8,\n";

void sample_rules_write(FILE *to, const sample_plan *plan)
{
    fputs("规则,对象,列,值,学校\n", to);
    fputs(opening, to);
    if (plan->schools == 1) {
        fputs("抽签,,学校,", to);
        sample_school_write(to, plan, 0);
        fputs(",\n", to);
    }
    fputs(entropy_and_rows, to);
    fputs(students, to);
    fputs(plan->schools == 1 ? teachers_of_one : teachers_of_many, to);
}
