# Chinese and English: chosen by the environment or --lang, found beside the program and where it is installed, complete.
. tests/cli/common.sh

expect 0 sunlot --help --lang zh
has out "用法：sunlot"
expect 0 sunlot --lang zh --help
has out "用法：sunlot"
expect 0 verify --help --lang=zh_CN
has out "用法：sunlot-verify"
expect 2 sunlot check missing --lang zh
has err "无法读取 missing"
expect 2 sunlot check --nonsense --lang zh
has err "没有 --nonsense 这个选项"
for name in LC_ALL LC_MESSAGES LANG; do
    env -u LC_ALL $name=zh_CN.UTF-8 "$BUILD/sunlot" --help >out
    has out "用法"
    env -u LC_ALL $name=zh_CN.UTF-8 "$BUILD/sunlot" --help --lang en >out
    has out "Usage"
done
env LC_ALL=C LANG=zh_CN.UTF-8 "$BUILD/sunlot" --help >out
has out "Usage"
env LANGUAGE=zh_CN:en "$BUILD/sunlot" --help >out
has out "用法"

# The same where it is installed, and moved away from there.
mkdir -p there/bin there/share/locale/zh_CN/LC_MESSAGES
cp "$BUILD/sunlot" there/bin
cp "$BUILD/locale/zh_CN/LC_MESSAGES/sunlot.mo" there/share/locale/zh_CN/LC_MESSAGES
expect 0 there/bin/sunlot --help --lang zh
has out "用法"

# A ceremony in Chinese.
expect 0 sunlot new s --lang zh
has s/students.csv "编号,姓名,性别"
expect 0 sunlot check s --lang zh
has out "学校“示例学校”" "可以公告"
lacks out "School"
expect 0 sunlot announce s --lang zh
has out "的指纹" "当众宣读"
expect 1 sunlot entropy s --source 1 --digits "３${DIGITS#?}" --again "３${DIGITS#?}" --lang zh
has err "全角的“３”"
expect 0 sunlot entropy s --source 1 --digits "$DIGITS" --again "$DIGITS" --lang zh
expect 0 sunlot draw s --lang zh
expect 0 sunlot export s --lang zh
has s/private/placement.csv "学校,编号,姓名,班级,组" "学生24"
has s/public/sections.csv "代号,班主任"
# Nobody edited the lists: in English they take the place of the Chinese ones.
expect 0 sunlot export s
has s/private/placement.csv "school,id,name,class,group"
expect 0 verify s/public/draw.log --key s/public/log.vkey --lang zh
has out "结论：valid" "有两个问题"
expect 1 verify s/public/log.vkey --lang zh
sed -i 's/^101,/102,/' s/students.csv
expect 1 sunlot check s --lang zh
has out "students.csv:" "实为" "输入文件不予接受"
grep -q '[a-z] [a-z]' out && wrong "English in $(grep '[a-z] [a-z]' out)"

# Every sentence has its translation, and formats agree.
if command -v xgettext >/dev/null; then
    "$TOP/tools/po/extract.sh" >sunlot.pot || wrong "extract.sh"
    expect 0 msgfmt --check --output-file=sunlot.mo "$TOP/tools/po/zh_CN.po"
    expect 0 msgcmp "$TOP/tools/po/zh_CN.po" sunlot.pot
    cat err
fi
finish
