# The report of a draw and its class lists: what they say, that they say it in both languages, of whom they say nothing, who is where.
. tests/cli/common.sh
. "$HERE/parties.sh"

pages() { python3 "$HERE/page.py" */public/draw.log "$@" >faults || wrong "$(head -3 faults)"; }

# nothing_private DIR: no name, id, salt, pseudonym in DIR/public/report.html
nothing_private() {
    awk -F, 'NR > 1 { print $1; print $2; print $5 }' "$1/private/people.csv" >secret
    [ "$(wc -l <secret)" -ge 72 ] || wrong "nothing to look for"
    grep -oFf secret "$1/public/report.html" && wrong "something private in $1/public/report.html"
    mode 644 "$1/public/report.html"
}

# lists DIR: the class lists are those of private/placement.csv, in the order of GB18030, in HTML and CSV
lists() {
    expect 0 sunlot export "$1"
    python3 - "$1" "$HERE" <<'END' || wrong "class lists of $1"
import csv, glob, os, re, sys
folder, here = sys.argv[1:]
sys.path.insert(0, here)
from page import Page

def table(path):
    bytes_ = open(path, "rb").read()
    assert bytes_.startswith(b"\xef\xbb\xbf") and bytes_.count(b"\n") == bytes_.count(b"\r\n"), path
    return list(csv.reader(bytes_.decode("utf-8-sig").splitlines()))

placed = table(f"{folder}/private/placement.csv")[1:]
schools = []
for row in placed:
    if row[0] not in schools:
        schools.append(row[0])
order = sorted(placed, key=lambda row: (schools.index(row[0]), len(row[3].encode()), row[3].encode(), row[2].encode("gb18030"), row[1]))
assert placed == order, "placement.csv is in another order"
listed = table(f"{folder}/private/class-lists.csv")[1:]
assert [(row[0], row[1], row[3]) for row in listed] == [(row[0], row[3], row[2]) for row in order]
for at, row in enumerate(listed):
    assert int(row[2]) == (1 if at == 0 or listed[at - 1][:2] != row[:2] else int(listed[at - 1][2]) + 1), row
whole = open(f"{folder}/private/class-lists.html", encoding="utf-8").read()
def names(text):
    return [re.sub(r"&(#39|lt|gt|amp|quot);", lambda m: {"#39": "'", "lt": "<", "gt": ">", "amp": "&", "quot": '"'}[m[1]], name) for name in re.findall(r"<li><i>\d+</i>(.*)</li>", text)]
assert names(whole) == [row[2] for row in order]
assert whole.count('<section class="sheet one"') == len({tuple(row[:2]) for row in listed})
people = [line.split(",") for line in open(f"{folder}/private/people.csv", encoding="utf-8").read().splitlines()[1:]]
for person in people:
    assert person[0] not in whole and person[1] not in whole, "a pseudonym or a salt in the lists"
if len(schools) > 1:
    parts, parts_csv = [], []
    for number in range(1, 1 + len(glob.glob(f"{folder}/private/class-lists/*.html"))):
        parts += names(open(f"{folder}/private/class-lists/{number}.html", encoding="utf-8").read())
        parts_csv += table(f"{folder}/private/class-lists/{number}.csv")[1:]
    assert parts == names(whole) and parts_csv == listed
    assert os.stat(f"{folder}/private/class-lists/1.html").st_mode & 0o777 == 0o600
else:
    assert not os.path.exists(f"{folder}/private/class-lists")
END
    mode 600 "$1/private/class-lists.html"
    mode 600 "$1/private/class-lists.csv"
    pages "$1/private/class-lists.html"
}

# ---- one school with names that would break a page, a table, a style sheet -------------------------------------------------------------------------

expect 0 sunlot new s
sed -i 's/Exampleshire/Ex<b>\&shire/; s/^draw,,school,.*/draw,,school,"<i>School \& ""Co""",/; s/^draw,,date.*/&\ndraw,,address,https:\/\/example.org\/draw\/,\ndraw,,page,'"$(printf %064d 5)"',/' s/rules.csv
sed -i 's/^1,/<u>1,/' s/classes.csv
sed -i 's/Teacher 6/<b>Teacher \& 6/; s/mathematics/<m>aths/' s/teachers.csv
sed -i 's/^id,name,sex,kindergarten/id,name,sex,<k>/; s/Student 0/演示/; s/Student 1/测示/; s/Student 2/例示/; s/例示0/"<b>\&""x"/; s/测示9/+1+1/; s/,boy,/,b\&oy,/' s/students.csv
sed -i 's/+1+1/某+1/' s/students.csv
sed -i 's/^balance,students,kindergarten/balance,students,<k>/' s/rules.csv
expect 2 sunlot report s
expect 0 sunlot announce s
expect 1 sunlot report s
has err "nothing is drawn yet" "Next, for each source: sunlot entropy s"
gone s/public/report.html
gone s/private/class-lists.html
enter s
expect 1 sunlot report s
has err "Next: sunlot draw s"
expect 0 sunlot draw s
expect 0 sunlot report s
has out "written: s/public/report.html" "classes 3, students 24"
pages s/public/report.html
lists s
nothing_private s
for text in "<i>School" "<b>" "<u>1" "<k>" "Ex<b" "<m>aths"; do lacks s/public/report.html "$text<"; done
has s/public/report.html "&lt;i&gt;School &amp; &quot;Co&quot;" "&lt;k&gt; · yes" "b&amp;oy" "&lt;u&gt;1" "Ex&lt;b&gt;&amp;shire" "Ex\\00003cb\\00003e\\000026shire"
has s/private/class-lists.html "&lt;b&gt;&amp;&quot;x" "&lt;b&gt;Teacher &amp; 6" "&lt;m&gt;aths" "Drawn on" "2026-08-30"
fingerprint=$(verify s/public/draw.log --json | sed 's/.*"fingerprint":"\([0-9a-f]*\)".*/\1/')
spaced=$(echo "$fingerprint" | sed 's/..../& /g; s/ $//')
has s/public/report.html "$spaced" "$DIGITS" "https://example.org/draw/verify.html" "$(printf %064d 5)" "minisign -Vm draw.log -P $(sed -n 2p s/public/minisign.pub)"
has s/private/class-lists.html "$spaced"

# What was asked and reached, to the number; a picture each, with the classes' own counts.
python3 - "$HERE" <<'END' || wrong "what the report says of the rules"
import csv, re, sys
sys.path.insert(0, sys.argv[1])
from page import Page
page = open("s/public/report.html", encoding="utf-8").read()
lines = [row for row in csv.reader(open("s/public/draw.log", encoding="utf-8", newline="")) if row[0] == "count"]
assert len(lines) == 6
text = re.sub(r"\s+", " ", "".join(Page("s/public/report.html").text))
def span(low, high):
    return low if low == high else f"{low}–{high}"
for row in lines:
    words = f"{row[2]} · {row[3]}{span(row[4], row[5])}{span(row[6], row[7])}{int(row[7]) - int(row[6])}"
    assert words in text, (words, row)
assert page.count('<svg class="figure"') == 7
seats = [row for row in csv.reader(open("s/public/draw.log", encoding="utf-8", newline="")) if row[0] == "seat"]
students = {row[1]: row for row in csv.reader(open("s/public/draw.log", encoding="utf-8", newline="")) if row[0] == "student"}
figure = next(f for f in page.split("<figure>") if "&lt;k&gt; · yes</figcaption>" in f)
reached = [int(n) for n in re.findall(r">(\d+)</text>", re.search(r"<g>(.*?)</g>", figure)[1])]
column = next(i for i, value in enumerate(next(iter(students.values()))) if value in ("yes", "no"))
classes = sorted({row[4] for row in seats}, key=lambda name: (len(name), name))
assert reached == [sum(row[4] == name and students[row[1]][column] == "yes" for row in seats) for name in classes], reached
END

# The same again; in the other language first, and nothing else but that.
tree s >before
expect 0 sunlot report s
has out "nothing changes"
tree s >after
same before after
cp s/public/report.html first.html
expect 0 sunlot report s --lang zh
has out "班级名单"
has s/private/class-lists.csv "学校,班级,序号,姓名,班主任"
pages s/public/report.html s/private/class-lists.html
has s/public/report.html '<html lang="zh-CN">' 'id="zh" checked'
has first.html '<html lang="en">' 'id="en" checked'
sed 's/ checked//; s/<html lang="[^"]*">//' s/public/report.html >x
sed 's/ checked//; s/<html lang="[^"]*">//' first.html >y
same x y

# What is there is replaced, also what somebody else made of it; a log that is not sound is not reported on.
echo "<p>" >s/public/report.html
expect 0 sunlot report s
same first.html s/public/report.html
cp -r s broken
sed -i 's/^\(seat,.*,\)2,live$/\13,live/' broken/public/draw.log
cp broken/public/draw.log broken/private/draw.log
rm broken/public/report.html broken/private/class-lists.*
expect 1 sunlot report broken
has err "is not sound"
gone broken/public/report.html
gone broken/private/class-lists.csv

# Of a log alone: anybody's copy, and a rehearsal, which says so on each sheet and is closed.
expect 0 sunlot report --log s/public/draw.log -o alone.html
same alone.html s/public/report.html
expect 0 sunlot rehearse s --seed "$SEED" --made-up --log r.log
expect 0 sunlot report --log r.log -o r.html
pages r.html
mode 600 r.html
has r.html "REHEARSAL: this is no draw" "演练：这不是抽签" '<div class="across" aria-hidden="true"><b>演练' "position:fixed" '"\006f14\007ec3\000020REHEARSAL"'
lacks s/public/report.html "REHEARSAL"
lacks s/public/report.html 'class="mark"'
expect 1 sunlot report --log s/students.csv -o x.html
gone x.html
expect 1 sunlot report s --school "No School" -o x.html
has err "there is no school “No School”"
expect 2 sunlot report s --school "No School"
expect 2 sunlot report --log r.log
expect 2 sunlot report s --log r.log -o x.html
expect 2 sunlot report
gone x.html

# ---- acts: who is struck is in no list, who was moved or came late is where he is in the end -----------------------------------------------------------

printf '%s\n' 'draw,,late,2026-09-10,' >>s/rules.csv
rm -r s/public s/private
expect 0 sunlot announce s
enter s
expect 0 sunlot draw s
expect 0 sunlot export s
expect 0 sunlot strike s --date 2026-09-01 --student 101 --reason "twice <b>" --authority "the & bureau"
class=$(python3 -c "
import csv
print(next(row[3] for row in csv.reader(open('s/private/placement.csv', encoding='utf-8-sig')) if row[1] == '102'))")
[ "$class" = 2 ] && to=3 || to=2
expect 0 sunlot move s --date 2026-09-02 --student 102 --class $to --reason family --authority bureau
printf 'id,name\n901,后来甲\n902,后来乙\n' >late.csv
expect 0 sunlot late s --date 2026-09-10 --file late.csv
enter s
expect 0 sunlot report s
has s/public/report.html "not placed yet: 2"
expect 0 sunlot draw s
expect 0 sunlot report s
lists s
has s/private/class-lists.csv "后来甲" "后来乙"
lacks s/private/class-lists.csv "演示1,"
python3 - $to <<'END' || wrong "who was moved"
import csv, sys
rows = list(csv.reader(open("s/private/class-lists.csv", encoding="utf-8-sig")))
assert [row[1] for row in rows if row[3] == "演示2"] == [sys.argv[1]] and len(rows) == 1 + 25
END
pages s/public/report.html
nothing_private s
has s/public/report.html "twice &lt;b&gt;" "the &amp; bureau" "a student struck from the list" "a student moved to another class" "placed by lot: 2" "struck afterwards" "came late"
expect 0 sunlot by-hand s --date 2026-10-11 --what numbers --slots "2 3 1"
expect 0 sunlot report s
lists s
has s/public/report.html "Finished by hand"
has s/private/class-lists.html "Finished by hand"
expect 0 sunlot set-aside s --date 2026-10-12 --authority "the <court>" --reference "No. 7"
expect 0 sunlot report s
pages s/public/report.html s/private/class-lists.html
for page in s/public/report.html s/private/class-lists.html; do has $page "SET ASIDE: these results do not count." "the &lt;court&gt;" "No. 7" 'class="across"'; done

# ---- several schools, one of them without teachers, one student fixed beforehand; rules with means -----------------------------------------------------

expect 0 sunlot sample --schools 3 --classes 12 --students 480 --seed "$SEED" d
echo '锁定,学生,K000001,1班; family; 示例教育局,' >>d/rules.csv
name=$(sed -n 2p d/teachers.csv | cut -d, -f 1)
sed -i "2,\$ { /^$name,/d }" d/teachers.csv
sed -i "/^$name,/s/,T[0-9]*\$/,/" d/students.csv
expect 0 sunlot announce d
enter d
expect 0 sunlot draw d
expect 0 sunlot report d
lists d
pages d/public/report.html d/private/class-lists/*.html
lacks d/private/class-lists/1.html 'class="taught"'
has d/private/class-lists/2.html 'class="taught"'
nothing_private d
has d/public/report.html 'href="#s3"' 'id="s3"' "students fixed beforehand, not drawn" "mean of "
has d/private/class-lists.html "of them fixed beforehand, not drawn" "(family)"
python3 - "$HERE" <<'END' || wrong "means"
import csv, re, sys
sys.path.insert(0, sys.argv[1])
from page import Page
text = re.sub(r"\s+", " ", "".join(Page("d/public/report.html").text))
lines = [row for row in csv.reader(open("d/public/draw.log", encoding="utf-8", newline="")) if row[0] == "mean"]
assert len(lines) >= 9
for row in lines:
    gap = round(100000 * float(row[5])) - round(100000 * float(row[4]))
    low, high = (("−" + n[1:]) if n[0] == "-" else "+" + n if float(n) > 0 else n for n in row[4:6])
    words = f"{row[2]}≤ {row[3]}{low}" + ("" if low == high else f" … {high}") + f"{gap // 100000}.{gap % 100000:05}"
    assert words in text, words

# The picture of a mean, class by class, computed from the rows: an absent score counts as the school's mean.
log = [row for row in csv.reader(open("d/public/draw.log", encoding="utf-8", newline=""))]
school = next(row for row in log if row[:2] == ["school", "1"])
students = {row[1]: row[7:] for row in log if row[0] == "student"}
seats = [row for row in log if row[0] == "seat"][: int(school[4])]
column = sorted({row[3] for row in log if row[:2] == ["rule", "students"] and row[2] in ("balance", "mean")}, key=lambda name: name.encode()).index("语文")
score = {row[1]: float(students[row[1]][column]) for row in seats if students[row[1]][column]}
middle = sum(score.values()) / len(score)
means = []
for name in sorted({row[4] for row in seats}, key=lambda name: (len(name), name)):
    class_ = [row[1] for row in seats if row[4] == name]
    means.append(middle + sum(score.get(who, middle) - middle for who in class_) / len(class_))
figure = next(f for f in open("d/public/report.html", encoding="utf-8").read().split("<figure>")[1:] if "mean of </span>语文<" in f.split("</figcaption>")[0])
drawn = re.findall(r">([\d.]+)</text>", re.search(r'<g class="up">(.*?)</g>', figure)[1])
assert len(set(drawn)) > 1 and len(drawn) == len(means) and all(abs(float(a) - b) < 0.00501 for a, b in zip(drawn, means)), (drawn, means)
END
name=$(awk -F, '$1 == "school" && $2 == 2 { print $3 }' d/public/draw.log)
expect 0 sunlot report d --school "$name" -o two.html
pages two.html
has two.html "$name" 'id="s2"'
lacks two.html 'id="s1"'
lacks two.html "$(awk -F, '$1 == "school" && $2 == 3 { print $3 }' d/public/draw.log)"

# ---- parties and rows for auditors: ranges, never class by class ------------------------------------------------------------------------------------------

parties a keys
sed -i 's/^rows,,,public,/rows,,,auditors,/' a/rules.csv
expect 0 sunlot announce a
for party in parent-1 parent-2; do expect 0 sunlot commit a --party $party --key keys/$party.key; done
expect 0 sunlot missing a --party parent-3
for party in parent-1 parent-2; do expect 0 sunlot reveal a --party $party --key keys/$party.key; done
sign a keys notary parent-1 parent-2
enter a
sign a keys notary
expect 0 sunlot draw a
expect 0 sunlot report a
has a/public/report.html "attested by nobody yet"
sign a keys notary
expect 0 sunlot report a
pages a/public/report.html
lists a
nothing_private a
has a/public/report.html "Rows are for auditors here" "by: notary" "and is MISSING" "and opened it" "because the key is on a device of their own: 3"
[ "$(grep -c '<svg class="figure"' a/public/report.html)" = 1 ] || wrong "pictures class by class where rows are for auditors"
has a/public/report.html "kindergarten · yes" "4"
expect 0 sunlot report --log a/private/draw.log -o full.html
[ "$(grep -c '<svg class="figure"' full.html)" = 1 ] || wrong "pictures class by class of a full edition for auditors"
expect 0 sunlot report --log a/public/draw.log -o part.html
has part.html "as far as this edition goes"

# ---- two rounds: nothing before the second -----------------------------------------------------------------------------------------------------------------

mkdir w
cat >w/rules.csv <<'END'
rule,who,column,value,school
draw,,district,Exampleshire,
draw,,year,2026,
draw,,grade,grade-1,
draw,,rounds,2,
draw,,school,North,
source,,1,d10 39; one person a throw; throw again; other dice,
balance,students,sex,,
rows,,,public,
END
printf 'class,seats\n1,\n2,\n3,\n' >w/classes.csv
printf 'id,name,subject,classes,homeroom,team\nt1,Teacher One,maths,1,yes,a\nt2,Teacher Two,maths,1,yes,b\nt3,Teacher Three,maths,1,yes,c\n' >w/teachers.csv
{
    echo 'id,name,sex'
    for i in $(seq 36); do echo "n$i,Student N$i,$([ $((i % 2)) = 0 ] && echo f || echo m)"; done
} >w/students.csv
expect 0 sunlot announce w
enter w
expect 0 sunlot draw w
expect 1 sunlot report w
has err "Next, for each source: sunlot entropy w"
expect 0 sunlot entropy w --source 1 --digits 2718-2818-2845-9045-2353-6028-7471-3526-6249-775 --again 2718-2818-2845-9045-2353-6028-7471-3526-6249-775
expect 0 sunlot draw w
expect 0 sunlot report w
pages w/public/report.html
lists w
nothing_private w
has w/public/report.html "Second round" "第二轮" "$DIGITS" "2718-2818"

# Figures of any size, which a public edition may claim: the report does not compute others from them.
python3 "$HERE/boundless.py" boundless.log
expect 0 verify boundless.log --fingerprint "$(sed -n 's/^checkpoint,seed-base,[0-9]*,h//p' boundless.log)"
expect 0 sunlot report --log boundless.log -o boundless.html
has boundless.html '<td class="n">20000000000000.00000</td>' '<td class="n">4294967297</td>'

finish
