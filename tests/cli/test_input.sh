# Input files as people have them, and as they spoil them.  A refused input leaves nothing behind.
. tests/cli/common.sh

# twin NAME COMMAND: a copy of the Chinese example in which each file went through the command; same draw as the original
twin() {
    mkdir "$1"
    for file in rules classes students teachers; do sh -c "$2" <zh/$file.csv >"$1/$file.csv"; done
    expect 0 sunlot check "$1"
    expect 0 sunlot rehearse "$1" --seed "$SEED" --made-up --log "$1.log"
    same zh.log "$1.log"
}

expect 0 sunlot new zh --lang zh
expect 0 sunlot rehearse zh --seed "$SEED" --made-up --log zh.log
twin plain "sed '1s/^\xef\xbb\xbf//'"
twin crlf "sed 's/\$/\r/'"
twin gb "sed '1s/^\xef\xbb\xbf//' | iconv -f UTF-8 -t GB18030"
expect 0 sunlot check gb
has out "students.csv is read as GB18030"
twin gbcrlf "sed '1s/^\xef\xbb\xbf//; s/\$/\r/' | iconv -f UTF-8 -t GB18030"
twin nolast "sed '1s/^\xef\xbb\xbf//' | head -c -1"
twin reversed "sed '1s/^\xef\xbb\xbf//' | grep -v '^#' | { read -r head; echo \"\$head\"; tac; }"

# refused NAME FILE SED TEXT...: after this change check and announce refuse, saying the text; nothing is written
refused() {
    name=$1 file=$2 change=$3
    shift 3
    sunlot new "$name" >/dev/null || wrong "new $name"
    sed "$change" "$name/$file" >changed
    cmp -s changed "$name/$file" && wrong "$name: nothing was changed"
    cp changed "$name/$file"
    expect 1 sunlot check "$name"
    has out "$@"
    cp out checked
    expect 1 sunlot announce "$name"
    has err "$(head -1 checked)"
    expect 1 sunlot rehearse "$name" --seed "$SEED"
    gone "$name/private"
    gone "$name/public"
}
# Lines count as an editor shows them; students.csv has a comment before its header.
refused twice students.csv 's/^103,/102,/' "students.csv:5:1" "102"
refused ragged students.csv 's/^103,.*/&,more/' "students.csv:5"
refused column rules.csv 's/students,sex/students,colour/' "rules.csv:" "colour"
refused rule rules.csv 's/^balance,students,sex/blance,students,sex/' "rules.csv:" "blance"
refused full rules.csv 's/^draw,,year,2026/draw,,year,２０２６/' "rules.csv:" "２０２６"
refused space students.csv 's/^103,/103 ,/' "students.csv:5:1"
refused formula students.csv 's/^103,Student/103,=Student/' "students.csv:5:2"
refused quote students.csv 's/^103,Student/103,"Student/' "students.csv:5"
refused bare students.csv 's/^103,/103\r,/' "students.csv:5"
refused nul students.csv 's/^103,/103\x00,/' "students.csv:5"
refused bytes students.csv 's/^103,Student/103,\xffStudent/' "students.csv:5" "0xff @5"
refused sum teachers.csv 's/^T4\(.*\),2,,/T4\1,1,,/' "teachers.csv" "mathematics"
refused headmissing students.csv 's/^id,name/id,nom/' "students.csv:2"
refused home teachers.csv 's/yes/no/' "teachers.csv"
refused chance rules.csv 's/d10 39/d10 38/' "rules.csv:"
refused scores rules.csv 's/^# mean/mean/; s/^# absent.*//' "rules.csv:"

# Everything wrong is told at once, in the order of the file.
sunlot new many >/dev/null
sed -i 's/^103,/102,/; s/^105,Student/105,=Student/; s/^107,/107 ,/' many/students.csv
expect 1 sunlot check many
has out "students.csv:5:1" "students.csv:7:2" "students.csv:9:1" "faults: 3"
lacks out "100 trials"

# A file too few, one that cannot be read, a folder in its place.
sunlot new missing >/dev/null
rm missing/classes.csv
expect 1 sunlot check missing
has out "classes.csv"
mkdir missing/classes.csv
expect 2 sunlot check missing
has err "classes.csv"
sunlot new alone >/dev/null
rm alone/teachers.csv
sed -i '/^balance,teachers/d' alone/rules.csv
ceremony alone
expect 0 verify alone/public/draw.log --key alone/public/log.vkey
expect 0 sunlot export alone
gone alone/public/sections.csv
gone alone/private/sections.csv
: >empty
sunlot new void >/dev/null
cp empty void/students.csv
expect 1 sunlot check void
has out "students.csv"

# Files that are no CSV, or another kind of it: said once, with what to do.  foreign NAME FORMAT FOUND: printf FORMAT is the file
foreign() {
    sunlot new "$1" >/dev/null
    # shellcheck disable=SC2059
    printf "$2" >"$1/students.csv"
    expect 1 sunlot check "$1"
    has out "$3" "faults: 1;"
}
foreign xlsx 'PK\003\004\024\000\006' "students.csv: This is no CSV file"
has out "xlsx"
foreign xls '\320\317\021\340\241\261' "found “xls”"
foreign utf16 '\377\376i\000d\000' "found “UTF-16”"
foreign utf16be '\376\377\000i\000d' "found “UTF-16”"
foreign semicolons 'id;name\n1;Ann\n' "found “;”, expected ,"
foreign tabs 'id\tname\n1\tAnn\n2\tBob\n' "found “TAB”, expected ,"
foreign mac '# note\rid,name\r1,Ann\r' "students.csv:1: A carriage return"

# A row behind a # is not in the draw: said, but above the header.
sunlot new comments >/dev/null
expect 0 sunlot check comments
lacks out "passed over"
sed -i 's/^103,/#103,/; s/^105,/"#105",/' comments/students.csv
expect 1 sunlot check comments
has out "students.csv: lines that begin with # are passed over: 2 below the header, the first is line 5" "students 22"
expect 1 sunlot announce comments
has err "passed over: 2"

# What is expected is told in the language of the messages; full-width signs are named where they look like the right ones.
sunlot new words --lang zh >/dev/null
sed -i 's/^均衡,学生,性别/平衡,学生,性别/; s/^均衡,教师/均衡,老师/' words/rules.csv
echo '锁定,学生,101,2；理由；机关,' >>words/rules.csv
expect 1 sunlot check words --lang zh
has out "应为 均衡 均分 标准差 分段" "应为 学生 教师" "应为 班级; 理由; 批准机关］请用半角的“;”"
expect 1 sunlot check words
has out "expected balance mean deviation band" "expected students teachers" "expected CLASS; REASON; AUTHORITY] Type ; and 0 to 9 half-width."

# A terminal is not sent what a cell holds.
sunlot new hostile >/dev/null
printf '103,\033[2J,boy,no\n' >>hostile/students.csv
expect 1 sunlot check hostile
lacks out "$(printf '\033')"
has out 'U+001B'

# Rules that cannot hold: check says which, announce refuses, a rehearsal finds no placement and writes nothing.
sunlot new hard >/dev/null
sed -i 's/^rows,,,public,/rows,,,public; Example Authority; Example Ground,/' hard/rules.csv
echo 'mean,students,score,0.001,' >>hard/rules.csv
echo 'tries,,,64,' >>hard/rules.csv
sed -i 's/^id,.*/&,score/; s/^\(1[0-9][0-9]\),\(.*\)/\1,\2,\1/; s/,101$/,999/' hard/students.csv
expect 1 sunlot check hard
has out "rung 1: 0 of 100" "furthest off: the rules of “score”" "cannot hold together" \
    "loosen first: the rules of “score”" "would refuse"
expect 1 sunlot announce hard
has err "Example School" "score" "loosen first" "nothing is announced"
expect 1 sunlot rehearse hard --seed "$SEED" --made-up --log hard.log
has err "Example School" "no placement was found" "score" "nothing was written"
gone hard.log
gone hard/private
gone hard/public
# A rung without success is given up after 20 trials, the last one never; the same for any number of jobs.
sed -i 's/^mean,students,score,.*/mean,students,score,0.001 0.002 600,/' hard/rules.csv
expect 0 sunlot check hard --jobs 1
has out "rung 1: 0 of 20 trials succeed; no more were made" "rung 2: 0 of 20 trials" "rung 3: 100 of 100 trials succeed"
cp out one
expect 0 sunlot check hard --jobs 4
same one out
expect 0 sunlot check hard --trials 7
has out "rung 1: 0 of 7 trials succeed" "rung 3: 7 of 7 trials succeed"
lacks out "no more were made"
finish
