#define _POSIX_C_SOURCE 200809L /* open_memstream */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands/commands.h"
#include "common/files.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/store.h"

#define COMMAND "sunlot new"

/* The small school: 24 students, 3 classes, 6 teachers.  Sex and kindergarten are crossed evenly, so that each public row is shared by six. */
enum { STUDENTS = 24 };

static const char rules_english[] =
    "# The rules of the draw.  A line that begins with # is passed over.\n"
    "rule,who,column,value,school\n"
    "# What is drawn.\n"
    "draw,,district,Exampleshire,\n"
    "draw,,year,2026,\n"
    "draw,,grade,grade-1,\n"
    "draw,,school,Example School,\n"
    "draw,,date,2026-08-30,\n"
    "draw,,retention,deleted by the district 30 days after the draw,\n"
    "# Where log and verify page are published, and the SHA-256 of the page, which make web prints: then slips lead there and name it.\n"
    "# draw,,address,https://www.example.org/draw/,\n"
    "# draw,,page,0000000000000000000000000000000000000000000000000000000000000000,\n"
    "# Where the digits come from: kind and number of throws; whose they are; what a crooked one is; what replaces the source.\n"
    "source,,1,d10 39; throws 1 to 13 by the notary and 14 to 39 by parents in the order of their seats; thrown again if the die leaves the "
    "tray or leans; balls numbered 0 to 9 drawn with replacement,\n"
    "# Everybody sees the rows, without names.\n"
    "rows,,,public,\n"
    "# Each class gets its fair share of every value of these columns.\n"
    "balance,students,sex,,\n"
    "balance,students,kindergarten,,\n"
    "balance,teachers,title,,\n"
    "# More rules; take away the # to use one.  Scores need rows for auditors alone, or an authority and a legal ground:\n"
    "# rows,,,auditors,\n"
    "# rows,,,public; AUTHORITY; LEGAL GROUND,\n"
    "# mean,students,mathematics,0.5 1.0 2.0,\n"
    "# absent,students,mathematics,mean,\n"
    "# Several columns joined by ; are a total; the standard deviation keeps the classes alike in how far their scores spread:\n"
    "# mean,students,mathematics;reading,1.0 2.0,\n"
    "# deviation,students,mathematics,1.0 2.0,\n"
    "# Twins that stay together; names that are spread; students that are kept apart; at most 2 in a class:\n"
    "# together,students,twins,,\n"
    "# spread,students,name,,\n"
    "# apart,students,conflict,,\n"
    "# cap,students,special,yes 2,\n"
    "# A student who is not to be in a certain teacher's class; a student placed beforehand:\n"
    "# recuse,students,parent_teacher,,\n"
    "# (why: order, family, room or other)\n"
    "# fix,students,101,2; order; AUTHORITY,\n";

static const char rules_chinese[] = "# 抽签规则。以 # 开头的行不起作用。\n"
                                    "规则,对象,列,值,学校\n"
                                    "# 抽的是什么。\n"
                                    "抽签,,地区,示例区,\n"
                                    "抽签,,年份,2026,\n"
                                    "抽签,,年级,一年级,\n"
                                    "抽签,,学校,示例学校,\n"
                                    "抽签,,日期,2026-08-30,\n"
                                    "抽签,,保存,抽签后三十天由区教育局删除,\n"
                                    "# 日志和核验页公布在哪里，核验页的 SHA-256（make web 会显示）：写上以后，纸条就通向那里，并写明它。\n"
                                    "# 抽签,,网址,https://www.example.org/draw/,\n"
                                    "# 抽签,,核验页,0000000000000000000000000000000000000000000000000000000000000000,\n"
                                    "# 数字从哪里来：骰子种类和次数；每一位由谁掷；掷歪了怎么办；不能用时用什么代替。\n"
                                    "随机源,,1,d10 39; 第1至13位由公证员掷，第14至39位由家长按座位顺序掷; 骰子出盘或倾斜则重掷; 用0至9号球有放回地摸取,\n"
                                    "# 名单各行不含姓名，向所有人公开。\n"
                                    "公示,,,公开,\n"
                                    "# 这些列的每个值在各班均衡分布。\n"
                                    "均衡,学生,性别,,\n"
                                    "均衡,学生,幼儿园,,\n"
                                    "均衡,教师,职称,,\n"
                                    "# 其他规则，去掉 # 即可使用。使用成绩，则名单各行只供审计，或写明批准机关和法律依据：\n"
                                    "# 公示,,,审计,\n"
                                    "# 公示,,,公开; 批准机关; 法律依据,\n"
                                    "# 均分,学生,数学,0.5 1.0 2.0,\n"
                                    "# 缺考,学生,数学,均分,\n"
                                    "# 几列用 ; 连起来就是总分；标准差使各班成绩的离散程度相近：\n"
                                    "# 均分,学生,数学;语文,1.0 2.0,\n"
                                    "# 标准差,学生,数学,1.0 2.0,\n"
                                    "# 双胞胎同班；同名分散；互相分开；每班至多2人：\n"
                                    "# 同班,学生,双胞胎,,\n"
                                    "# 分散,学生,姓名,,\n"
                                    "# 分开,学生,冲突,,\n"
                                    "# 上限,学生,随班就读,是 2,\n"
                                    "# 学生回避某位教师的班；事先锁定的学生：\n"
                                    "# 回避,学生,父母教师,,\n"
                                    "# （理由：命令、亲属、教室、其他）\n"
                                    "# 锁定,学生,101,2; 命令; 批准机关,\n";

static const char classes_english[] = "# seats: blank for classes as equal as can be.\nclass,seats\n1,\n2,\n3,\n";
static const char classes_chinese[] = "# 座位留空，则各班人数尽量相等。\n班级,座位\n1,\n2,\n3,\n";

static const char teachers_english[] = "# classes: how many classes the teacher takes; homeroom: yes for one teacher a class.\n"
                                       "id,name,subject,classes,homeroom,title\n"
                                       "T1,Teacher 1,Chinese,1,yes,senior\n"
                                       "T2,Teacher 2,Chinese,1,yes,junior\n"
                                       "T3,Teacher 3,Chinese,1,yes,junior\n"
                                       "T4,Teacher 4,mathematics,2,,senior\n"
                                       "T5,Teacher 5,mathematics,1,,junior\n"
                                       "T6,Teacher 6,English,3,,junior\n";

static const char teachers_chinese[] = "# 班数：该教师任教几个班；班主任：每班一位，写“是”。\n"
                                       "编号,姓名,学科,班数,班主任,职称\n"
                                       "T1,教师1,语文,1,是,高级\n"
                                       "T2,教师2,语文,1,是,一级\n"
                                       "T3,教师3,语文,1,是,一级\n"
                                       "T4,教师4,数学,2,,高级\n"
                                       "T5,教师5,数学,1,,一级\n"
                                       "T6,教师6,英语,3,,一级\n";

static void write_students(FILE *to, bool chinese)
{
    (void)fputs(chinese ? "# 姓名只写入 private 文件夹。其他列可以自行增加。\n编号,姓名,性别,幼儿园\n"
                        : "# Names go to the folder private/ only.  Add any columns you like.\nid,name,sex,kindergarten\n",
                to);
    for (unsigned i = 1; i <= STUDENTS; i++) {
        bool girl = i % 2 == 0, attended = i % 4 < 2;
        if (chinese)
            (void)fprintf(to, "%u,学生%02u,%s,%s\n", 100 + i, i, girl ? "女" : "男", attended ? "上过" : "未上");
        else
            (void)fprintf(to, "%u,Student %02u,%s,%s\n", 100 + i, i, girl ? "girl" : "boy", attended ? "yes" : "no");
    }
}

static bool write_example(FILE *to, sunlot_file file, bool chinese)
{
    if (chinese) (void)fputs("\xef\xbb\xbf", to); /* by which Excel knows UTF-8 */
    switch (file) {
    case SUNLOT_FILE_RULES:
        (void)fputs(chinese ? rules_chinese : rules_english, to);
        break;
    case SUNLOT_FILE_CLASSES:
        (void)fputs(chinese ? classes_chinese : classes_english, to);
        break;
    case SUNLOT_FILE_STUDENTS:
        write_students(to, chinese);
        break;
    case SUNLOT_FILE_TEACHERS:
        (void)fputs(chinese ? teachers_chinese : teachers_english, to);
        break;
    case SUNLOT_FILE_COUNT:
        break;
    }
    return ferror(to) == 0;
}

static int store_example(const char *path, sunlot_file file, bool chinese)
{
    char *bytes = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&bytes, &n);
    bool good = to != NULL && write_example(to, file, chinese);
    if ((to != NULL && fclose(to) != 0) || !good) {
        free(bytes);
        return complain_error(SUNLOT_ERR_MEMORY);
    }
    store_result result = store_file(path, (sunlot_text){bytes, n}, STORE_PUBLIC, false);
    free(bytes);
    if (result == STORE_EXISTS) complain(_("%s is there already; nothing is overwritten"), path);
    return result == STORE_WRITTEN || result == STORE_SAME ? STATUS_RUN : result == STORE_EXISTS ? STATUS_REFUSED : STATUS_CANNOT;
}

static int make_example(const char *folder)
{
    char *path[SUNLOT_FILE_COUNT];
    int status = STATUS_RUN;
    for (int f = 0; f < SUNLOT_FILE_COUNT; f++) {
        path[f] = file_path(folder, messages_file((sunlot_file)f));
        if (access(path[f], F_OK) == 0) {
            complain(_("%s is there already; nothing is overwritten"), path[f]);
            status = STATUS_REFUSED;
        }
    }
    if (status == STATUS_RUN && !store_folder(folder, false)) status = STATUS_CANNOT;
    for (int f = 0; f < SUNLOT_FILE_COUNT; f++) {
        if (status == STATUS_RUN) status = store_example(path[f], (sunlot_file)f, messages_chinese());
        free(path[f]);
    }
    if (status != STATUS_RUN) return status;
    (void)printf(_("written: %s with rules.csv, classes.csv, students.csv, teachers.csv of a made-up school\n"), folder);
    (void)printf(_("Next: sunlot check %s\n"), folder);
    return STATUS_OK;
}

int cmd_new(int argc, char **argv)
{
    const char *folder;
    int status = options_read(argc, argv, COMMAND,
                              _("Usage: sunlot new DIR [--lang en|zh]\n"
                                "Make a folder with small, commented, working input files of a made-up school.  Overwrites nothing.\n"
                                "  --lang en|zh   language of the files and of messages\n"
                                "Exit status: 0 done, 1 refused, 2 it could not be done.\n"),
                              NULL, 0, &folder, 1);
    return status == STATUS_RUN ? make_example(folder) : status;
}
