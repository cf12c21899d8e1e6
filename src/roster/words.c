#include "roster/words.h"

#include "base/alloc.h"
#include "base/bytes.h"

/* In the order of sunlot_word. */
static const struct {
    const char *english, *chinese;
} words[] = {
    [SUNLOT_WORD_NONE] = {"", ""},
    [SUNLOT_WORD_SCHOOL] = {"school", "学校"},
    [SUNLOT_WORD_CLASS] = {"class", "班级"},
    [SUNLOT_WORD_SEATS] = {"seats", "座位"},
    [SUNLOT_WORD_ID] = {"id", "编号"},
    [SUNLOT_WORD_NAME] = {"name", "姓名"},
    [SUNLOT_WORD_CLASSES] = {"classes", "班数"},
    [SUNLOT_WORD_TEAM] = {"team", "教师组"},
    [SUNLOT_WORD_RULE] = {"rule", "规则"},
    [SUNLOT_WORD_WHO] = {"who", "对象"},
    [SUNLOT_WORD_COLUMN] = {"column", "列"},
    [SUNLOT_WORD_VALUE] = {"value", "值"},
    [SUNLOT_WORD_SUBJECT] = {"subject", "学科"},
    [SUNLOT_WORD_HOMEROOM] = {"homeroom", "班主任"},
    [SUNLOT_WORD_HEADERS_END] = {"", ""},
    [SUNLOT_WORD_STUDENTS] = {"students", "学生"},
    [SUNLOT_WORD_TEACHERS] = {"teachers", "教师"},
    [SUNLOT_WORD_YES] = {"yes", "是"},
    [SUNLOT_WORD_NO] = {"no", "否"},
    [SUNLOT_WORD_FORBIDDEN] = {"forbidden", "禁止"},
    [SUNLOT_WORD_PUBLIC] = {"public", "公开"},
    [SUNLOT_WORD_AUDITORS] = {"auditors", "审计"},
    [SUNLOT_WORD_TOP] = {"top", "前"},
    [SUNLOT_WORD_LAST] = {"last", "后"},
    [SUNLOT_WORD_OWN] = {"own", "自备"},
    [SUNLOT_WORD_HOST] = {"host", "主办"},
    [SUNLOT_WORD_SEALED] = {"sealed", "密封"},
    [SUNLOT_WORD_ALL] = {"all", "全部"},
    [SUNLOT_WORD_ANY] = {"any", "任一"},
    [SUNLOT_WORD_SEED_BASE] = {"seed-base", "底单"},
    [SUNLOT_WORD_DIGITS] = {"digits", "数字"},
    [SUNLOT_WORD_AFTER] = {"after", "事后"},
    [SUNLOT_WORD_BALANCE] = {"balance", "均衡"},
    [SUNLOT_WORD_MEAN] = {"mean", "均分"},
    [SUNLOT_WORD_DEVIATION] = {"deviation", "标准差"},
    [SUNLOT_WORD_BAND] = {"band", "分段"},
    [SUNLOT_WORD_TOGETHER] = {"together", "同班"},
    [SUNLOT_WORD_APART] = {"apart", "分开"},
    [SUNLOT_WORD_SPREAD] = {"spread", "分散"},
    [SUNLOT_WORD_CAP] = {"cap", "上限"},
    [SUNLOT_WORD_WEIGHT] = {"weight", "占座"},
    [SUNLOT_WORD_RECUSE] = {"recuse", "回避"},
    [SUNLOT_WORD_FIX] = {"fix", "锁定"},
    [SUNLOT_WORD_SCORES] = {"scores", "成绩"},
    [SUNLOT_WORD_ABSENT] = {"absent", "缺考"},
    [SUNLOT_WORD_ROWS] = {"rows", "公示"},
    [SUNLOT_WORD_MIX] = {"mix", "步数"},
    [SUNLOT_WORD_TRIES] = {"tries", "次数"},
    [SUNLOT_WORD_DRAW] = {"draw", "抽签"},
    [SUNLOT_WORD_SOURCE] = {"source", "随机源"},
    [SUNLOT_WORD_PARTY] = {"party", "参与方"},
    [SUNLOT_WORD_GROUP] = {"group", "组"},
    [SUNLOT_WORD_QUORUM] = {"quorum", "法定"},
    [SUNLOT_WORD_DISTRICT] = {"district", "地区"},
    [SUNLOT_WORD_YEAR] = {"year", "年份"},
    [SUNLOT_WORD_GRADE] = {"grade", "年级"},
    [SUNLOT_WORD_STAGE] = {"stage", "阶段"},
    [SUNLOT_WORD_ATTEMPT] = {"attempt", "届次"},
    [SUNLOT_WORD_DATE] = {"date", "日期"},
    [SUNLOT_WORD_RETENTION] = {"retention", "保存"},
    [SUNLOT_WORD_HAND] = {"hand", "手抽"},
    [SUNLOT_WORD_NUMBERS] = {"numbers", "班号"},
    [SUNLOT_WORD_TEAMS] = {"teams", "教师组"},
    [SUNLOT_WORD_ROUNDS] = {"rounds", "轮数"},
    [SUNLOT_WORD_LATE] = {"late", "补录"},
    [SUNLOT_WORD_PAGE] = {"page", "核验页"},
    [SUNLOT_WORD_ADDRESS] = {"address", "网址"},
    [SUNLOT_WORD_ORDER] = {"order", "命令"},
    [SUNLOT_WORD_FAMILY] = {"family", "亲属"},
    [SUNLOT_WORD_ROOM] = {"room", "教室"},
    [SUNLOT_WORD_OTHER] = {"other", "其他"},
};

static sunlot_word find_below(sunlot_text text, unsigned end)
{
    for (unsigned i = 0; text.n > 0 && i < end; i++) {
        if (sunlot_text_equal(text, sunlot_text_of(words[i].english)) || sunlot_text_equal(text, sunlot_text_of(words[i].chinese))) return (sunlot_word)i;
    }
    return SUNLOT_WORD_NONE;
}

sunlot_word sunlot_word_find(sunlot_text text) { return find_below(text, sizeof words / sizeof *words); }

sunlot_word sunlot_word_find_header(sunlot_text text) { return find_below(text, SUNLOT_WORD_HEADERS_END); }

sunlot_text sunlot_word_text(sunlot_word word)
{
    SUNLOT_REQUIRE((unsigned)word < sizeof words / sizeof *words);
    return sunlot_text_of(words[word].english);
}

sunlot_text sunlot_word_chinese(sunlot_word word)
{
    SUNLOT_REQUIRE((unsigned)word < sizeof words / sizeof *words);
    return sunlot_text_of(words[word].chinese);
}
