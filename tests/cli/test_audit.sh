# The audit before anybody signs: as a party's clerk would run it.
. tests/cli/common.sh

expect 0 sunlot new s --lang zh
expect 2 sunlot audit s --list s/students.csv
expect 0 sunlot announce s
expect 2 sunlot audit s
has err "--list is missing"
fingerprint=$(verify s/public/draw.log --json | sed 's/.*"fingerprint":"\([0-9a-f]*\)".*/\1/')

expect 0 sunlot audit s --list s/students.csv
has out "ALL AGREE" "Rows of the enrolment list 24; students of the draw 24, teachers 6" "Commitments opened 30 of 30" "everything agrees 24"
has out "$(echo "$fingerprint" | cut -c 1-4)  $(echo "$fingerprint" | cut -c 5-8)"
mode 600 s/private/audit.txt
has s/private/audit.txt "ALL AGREE" "全部一致" "指纹" "Fingerprint"
expect 0 sunlot audit s --list s/students.csv --lang zh
has out "全部一致"
has s/private/audit.txt "ALL AGREE" "全部一致"
gone s/public/audit.txt

# As an office exports it: other columns, another order, GB18030, CRLF.
sed '1s/^\xEF\xBB\xBF//' s/students.csv | grep -v '^#' >plain.csv
python3 - <<'END'
import csv
rows = list(csv.DictReader(open("plain.csv", encoding="utf-8-sig")))
with open("office.csv", "w", encoding="gb18030", newline="") as out:
    writer = csv.writer(out)
    writer.writerow(["电话", "姓名", "性别", "编号"])
    for row in reversed(rows):
        writer.writerow(["1", row["姓名"], row["性别"], row["编号"]])
END
expect 0 sunlot audit s --list office.csv
has err "office.csv is read as GB18030"
has out "columns of the draw that the list does not have 1 of 2"

# One child's name, one sex, one more, one fewer, one number twice.
first=$(sed -n 2p plain.csv | cut -d, -f1)
name=$(sed -n 2p plain.csv | cut -d, -f2)
sed "2s/,$name,/,另一个名字,/" plain.csv >list.csv
expect 1 sunlot audit s --list list.csv
has out "DIFFERENCES 1" "another name: 另一个名字, number $first" "the draw has “$name”, the list “另一个名字”; line 2 of the list" "Do not sign"
has s/private/audit.txt "another name" "姓名不同" "每一处不一致都说清楚之前"
sed '3s/,男/,女/; t; 3s/,女/,男/' plain.csv >list.csv
expect 1 sunlot audit s --list list.csv
has out "another value" "column “性别”"
sed '4d' plain.csv >list.csv
expect 1 sunlot audit s --list list.csv
has out "in the draw, but not in the enrolment list"
{ cat plain.csv; sed -n 4p plain.csv | sed 's/^[0-9]*/999/'; } >list.csv
expect 1 sunlot audit s --list list.csv
has out "in the enrolment list, but not in the draw" "number 999"
{ cat plain.csv; sed -n 4p plain.csv; } >list.csv
expect 1 sunlot audit s --list list.csv
has out "this number stands twice in the enrolment list"

# The host draws another child than the one it shows: the private record does not open the line.
cp s/private/people.csv people.csv
sed "s/,$first,$name\$/,$first,另一个名字/" people.csv >s/private/people.csv
sed "2s/,$name,/,另一个名字,/" plain.csv >list.csv
expect 1 sunlot audit s --list list.csv
has out "the commitment does not open with salt, person and data: 另一个名字, number $first"
cp people.csv s/private/people.csv
# Another log is published than the one that was made.
cp s/public/draw.log draw.log
sed '5s/,/,x/2' draw.log >s/public/draw.log
expect 2 sunlot audit s --list plain.csv
has err "do not continue each other"
cp draw.log s/public/draw.log

# What cannot be audited.
expect 2 sunlot audit s --list missing.csv
has err "there is no file missing.csv"
echo "姓名" >list.csv
expect 2 sunlot audit s --list list.csv
has err "list.csv:1" "the enrolment list is refused"
printf '\377\376x\0' >list.csv
expect 2 sunlot audit s --list list.csv
rm s/private/people.csv
expect 2 sunlot audit s --list plain.csv
echo "pseudonym" >s/private/people.csv
expect 2 sunlot audit s --list plain.csv
has err "damaged, line 1"
cp people.csv s/private/people.csv

# A school of 1,245, and after the draw as well.
cp -r "$TOP/vectors/examples/school" school
chmod -R u+w school
expect 0 ceremony school
expect 0 sunlot audit school --list school/students.csv
has out "everything agrees 1245"
sed 's/,女,/,男,/' school/students.csv >list.csv
expect 1 sunlot audit school --list list.csv
has out "more in the file"
[ "$(grep -c "another value" school/private/audit.txt)" -gt 500 ] || wrong "not all differences in the file"
finish
