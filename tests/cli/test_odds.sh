# Recusals: how many rows carry a token, whom they leave few teams, and the odds at the match: in every summary, the same everywhere.
. tests/cli/common.sh

expect 0 sunlot new s
expect 0 sunlot check s
has out "rows that carry a token 0" "Rows that carry a token 0; students left with fewer than half of the teams by recusals 0"
lacks out "recusals:"
cp -r s plain

# Student 103 keeps away from a teacher of two of three teams, 108 and 112 from one of one, 110 and 111 stay together.
sed -i 's/^# recuse/recuse/; s/^# together/together/; s/^rows,,,public,/rows,,,public; Example Office; Example Act,/' s/rules.csv
awk -F, -v OFS=, '/^#/ { print; next } /^id,/ { print $0, "parent_teacher", "twins"; next }
    { print $0, $1 == 103 ? "T4" : $1 == 108 ? "T1" : $1 == 112 ? "T2" : "", $1 == 110 || $1 == 111 ? "x" : "" }' s/students.csv >students
cp students s/students.csv

# said FILE: what every summary says of this folder
said() { has "$1" "Rows that carry a token 5; students left with fewer than half of the teams by recusals 1"; }

expect 0 sunlot check s
said out
has out "rows that carry a token 5" "recusals: up to 3 of 3 groups cannot get every team" "fewer than half of the teams by recusals (at worst, if the draw forms the teams): 1"
lacks out "odds of the teams, given"
expect 0 sunlot check s --lang zh
has out "带记号的行 5" "回避：3 个组中至多 3 个不能配到所有教师组"
expect 0 sunlot announce s
said out
cp s/public/draw.log announced.log
expect 0 sunlot entropy s --source 1 --digits "$DIGITS" --again "$DIGITS"
expect 0 sunlot draw s
said out
has out "School “Example School”" "odds of the teams, given the groups (equal ones would be 33.33 %): counted exactly" "left with "
sed -n '/odds of the teams/,/other group/p' out | sed -n '/^    group G[1-3], left/s/^ *//p' >drawn

# The verifier finds the same from the log alone, in words and in JSON; and so does the second implementation.
log=s/public/draw.log key=s/public/log.vkey
expect 0 verify $log --key $key
said out
has out "rows with a token 5, recused 3" "counted exactly"
sed -n '/^ *group G[1-3], left/s/^ *//p' out >verified
same drawn verified
[ -s drawn ] || wrong "no group is recused"
expect 0 verify $log --key $key --lang zh
has out "带记号的行 5" "精确计数" "分组既定时配到各教师组的机会（相等时为 33.33 %）"
lacks out "odds"
expect 0 verify $log --key $key --json
cp out all.json
python3 "$TOP/vectors/reference.py" odds $log >reference || wrong "reference.py odds"
python3 - all.json reference <<'PYTHON' || wrong "JSON and reference.py differ"
import json, sys
school, = json.load(open(sys.argv[1], encoding="utf-8"))["schools"]
lines = open(sys.argv[2], encoding="utf-8").read().split("\n")
odds = school["odds"]
assert lines[0] == school["name"] + ": " + odds["method"] == school["name"] + ": counted"
assert [" ".join(map(str, group["odds"])) for group in odds["groups"]] == lines[1:-1]
assert (school["rows_with_token"], school["recused"], school["left_fewer_than_half_of_teams"]) == (5, 3, 1)
assert odds["groups_without_some_team"] == sum(group["teams_left"] < 3 for group in odds["groups"])
for lines in [group["odds"] for group in odds["groups"]], list(zip(*[group["odds"] for group in odds["groups"]])):
    assert all(abs(sum(line) - 10000) <= 3 for line in lines), lines
PYTHON

# A student: its own teams, its group's odds; the number of its class, which recusals leave alone.
expect 0 sunlot export s
student=$(sed -n 's/^\(s[0-9a-f]*\),[^,]*,[^,]*,103,.*/\1/p' s/private/people.csv)
[ -n "$student" ] || wrong "no pseudonym of 103"
expect 0 verify $log --key $key --student "$student"
has out "Rows that carry a token 5" "    $student, school “Example School”: 1 of 3 teams" "leave it 1 of 3 teams: FEWER THAN HALF" "teams; odds of each, given the groups, counted exactly: T" "class numbers its group could get, each with the same odds, whatever the recusals: 3"
expect 0 verify $log --key $key --student "$student" --json
has out "\"students_left_fewer_than_half_of_teams\":[{\"pseudonym\":\"$student\",\"school_number\":1,\"teams_left\":1,\"teams\":3}]"
has out '"teams_left":1,"class_numbers_alike":3,"group_teams_left":' '"team_odds":{"method":"counted","unit":10000,"odds":['
expect 0 verify announced.log --key $key --until seed-base --student "$student"
has out "FEWER THAN HALF"
lacks out "odds of each"

# One list more, without any person: three groups by three teams, and the figures of the verifier.
has s/public/odds.csv "school,group,team,odds in percent,how they are known" "Example School,G1,T1," "counted exactly"
[ "$(wc -l <s/public/odds.csv)" = 10 ] || wrong "odds.csv has $(wc -l <s/public/odds.csv) lines"
sed '1d; s/\r$//' s/public/odds.csv | awk -F, '{ sub(/\./, "", $4); printf "%s%d%s", ($3 == "T1" ? "" : " "), $4, ($3 == "T3" ? "\n" : "") }' >exported
sed 1d reference >wanted
same wanted exported

# Nobody recused: all odds are equal, and nothing is made of it.
ceremony plain
lacks out "odds of the teams"
expect 0 verify plain/public/draw.log --key plain/public/log.vkey
lacks out "odds of the teams"
has out "Rows that carry a token 0"
expect 0 verify plain/public/draw.log --key plain/public/log.vkey --student "$(sed -n 's/^seat,\(s[0-9a-f]*\),.*/\1/p' plain/public/draw.log | head -1)"
has out "each of 3 teams had the same odds, given the groups: 1/3"
expect 0 verify plain/public/draw.log --key plain/public/log.vkey --json
has out '"odds":null'
expect 0 sunlot export plain
gone plain/public/odds.csv

# A log that is not the draw's gets no odds.
sed '/^seat,/{s/,1,live$/,2,live/}' $log >changed.log
expect 1 verify changed.log --key $key --student "$student"
lacks out "odds of"

# More than 20 groups and teams: sampled, and said to be so; the same samples for everybody.
expect 0 sunlot new large
{
    echo "class,seats"
    seq 1 22 | sed 's/$/,/'
} >large/classes.csv
{
    echo "id,name,subject,classes,homeroom"
    seq 1 22 | sed 's/.*/T&,Teacher &,Chinese,1,yes/'
} >large/teachers.csv
{
    echo "id,name,parent_teacher"
    seq 1 22 | awk '{ print $1 ",Student " $1 ",T" ($1 * 5) % 22 + 1 }'
} >large/students.csv
sed -i '/^balance/d; s/^# recuse/recuse/' large/rules.csv
expect 0 sunlot rehearse large --seed "$SEED"
has out "SAMPLED, not counted: from 65536 allowed ones of " "groups that cannot get every team 22" "Rows that carry a token 22"
expect 0 verify large/private/rehearsal.log --rehearsal
has out "SAMPLED, not counted: from 65536 allowed ones of "
expect 0 verify large/private/rehearsal.log --rehearsal --lang zh
has out "抽样估计，并非逐一计数"
expect 0 verify large/private/rehearsal.log --rehearsal --json
has out '"method":"sampled","allowed":65536,"shuffles":'
cp out all.json
python3 "$TOP/vectors/reference.py" odds large/private/rehearsal.log >reference || wrong "reference.py odds"
python3 - all.json reference <<'PYTHON' || wrong "JSON and reference.py differ"
import json, sys
school, = json.load(open(sys.argv[1], encoding="utf-8"))["schools"]
lines = open(sys.argv[2], encoding="utf-8").read().split("\n")
odds = school["odds"]
assert lines[0] == f'{school["name"]}: sampled {odds["allowed"]} of {odds["shuffles"]}'
assert [" ".join(map(str, group["odds"])) for group in odds["groups"]] == lines[1:-1]
PYTHON

# Many schools: how far the odds go, a line each.
expect 0 sunlot sample --schools 22 --students 2200 --classes 66 --seed "$SEED" many
awk -F, -v OFS=, 'NR == FNR { if ($5 == 1) teacher[$1] = $2; next } FNR > 1 && !($1 in seen) { seen[$1] = 1; $NF = teacher[$1] } { print }' \
    many/teachers.csv many/students.csv >students
cp students many/students.csv
expect 0 sunlot rehearse many --seed "$SEED"
awk -F, 'FNR > 1 && $NF != "" { schools += !($1 in seen); seen[$1] = 1 } END { print schools }' many/students.csv >wanted
grep -c '    where a group can get a team, from [0-9.]* % to [0-9.]* %; all are in odds.csv' out >counted
same wanted counted
[ "$(cat wanted)" -ge 3 ] || wrong "only $(cat wanted) schools with recusals"
lacks out "each other group"
finish
