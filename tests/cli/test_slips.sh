# Slips: one for each family, in the order in which they are handed out; all that it says; its QR code, read and followed; before the dice, and after them.
. tests/cli/common.sh
. "$HERE/parties.sh"

PYTHONPATH=$HERE
PYTHONDONTWRITEBYTECODE=1
export PYTHONPATH PYTHONDONTWRITEBYTECODE
SECOND=2718-2818-2845-9045-2353-6028-7471-3526-6249-775
PAGE=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef

# check PAGE LOG PEOPLE COUNT [LATE]: that many slips, by school and name, each with what log and people say; links to the file links
cat >check.py <<'END'
import csv, re, sys
from slips import slips
page, log, people, count, late = sys.argv[1:]
people = {row["pseudonym"]: row for row in csv.DictReader(open(people, encoding="utf-8"))}
lines = list(csv.reader(open(log, encoding="utf-8")))
columns, row_of, school = {}, {}, ""
for line in lines:
    if line[0] == "rule" and line[1] == "students" and line[3]:
        columns.setdefault(line[5], set()).update(line[3].split(";"))
    if line[0] == "school":
        school = line[2]
    if line[0] == "student":
        row_of[line[1]] = (school, line)
    if line[0] == "late":
        row_of[line[3]] = ("late", line)
roots = {line[1]: line[3][1:] for line in lines if line[0] == "checkpoint"}
facts = {line[1]: line[2] for line in lines if line[0] == "fact"}
address = facts.get("address", "")


def groups(text):
    return " ".join(text[i:i + 4] for i in range(0, len(text), 4))


order = []
for language in ("en", "zh"):
    read = slips(page, language)
    # No script, no style of an element, nothing that could be fetched.
    wrong = {tag for tag in read.tags if re.search(r"script|iframe|object|link|base|img| on| style$| href| src", tag)}
    assert not wrong, wrong
    assert len(read.slips) == int(count), len(read.slips)
    for slip in read.slips:
        pseudonym = slip["number"].replace("-", "").replace("\n", "")
        who, (school, line) = people[pseudonym], row_of[pseudonym]
        assert slip["late"] == (late == "late") == (line[0] == "late")
        assert (slip["school"], slip["name"]) == (who["school"], who["name"]), slip
        assert re.fullmatch(r"s(....-){4}\n(....-){3}....", slip["number"])
        assert slip["salt"].replace("\n", " ") == "h" + groups(who["salt"][1:])
        prints = [groups(roots["seed-base"])]
        if late == "late":
            prints.insert(0, groups(roots[[root for root in roots if root.startswith("late-base")][-1]]))
        assert [text.replace("\n", " ") for text in slip["print"]] == prints
        assert all(len(text.split("\n")) == 4 for text in slip["print"])
        fragment = f"1.{pseudonym[1:]}.{who['salt'][1:]}.{roots['seed-base']}".upper()
        assert slip["link"] == f"{address}verify.html#{fragment}", slip["link"]
        assert slip["version"] <= (10 if address else 9), slip["version"]  # so few modules that a phone reads it
        assert address + "verify.html" in slip["text"].replace("/ verify.html", "/verify.html")  # a line may break there
        assert slip["hash"] == groups(facts.get("page", "")[1:])
        texts = [text for _, text in slip["texts"]]
        assert who["id"] in texts
        if line[0] == "student":
            names = sorted(columns.get("", set()) | columns.get(school, set()), key=lambda name: name.encode())
            for name, value in zip(names, line[7:], strict=True):
                assert texts[texts.index(name) + 1] == (value or "—"), (name, value, texts)
        order.append((language, school, who["name"].encode("gb18030"), who["id"].encode(), (slip["link"], pseudonym, who["id"], who["name"])))
heads = [line[2] for line in lines if line[0] == "school"]
if late != "late":
    assert order == sorted(order, key=lambda o: (o[0], heads.index(o[1]), o[2:])), "order"
    assert read.heads == [head for head in heads if head in {o[1] for o in order}], read.heads
with open("links", "w", encoding="utf-8") as links:
    links.writelines("\t".join(o[-1]) + "\n" for o in order if o[0] == "en")
END
check() { rm -f links; python3 check.py "$1" "$2" "$3" "$4" "${5:-}" || wrong "what the slips of $1 say"; }

# valid LOG NUMBER: the links of this many families lead to valid
valid() {
    [ -s links ] || { wrong "no links"; return; }
    head -n "$2" links >some
    while IFS="$(printf '\t')" read -r link pseudonym id name; do
        expect 0 verify "$1" --slip "$link" --id "$id" --name "$name" --json
        has out '"answer":"valid"' "\"pseudonym\":\"$pseudonym\""
        expect 1 verify "$1" --slip "$link" --id "$id" --name "${name}x" --json
        has out '"answer":"commitment"'
    done <some
}

# private_only DIR: no salt, name or id is in public/, and no file of private/ is open
private_only() {
    awk -F, 'FNR > 1 { print substr($2, 2); print toupper(substr($2, 2)); print $5 }' "$1"/private/people*.csv >secret
    grep -rliF -f secret "$1/public" && wrong "something private in $1/public"
    [ -z "$(find "$1/private" -perm /077)" ] || wrong "open: $(find "$1/private" -perm /077)"
}

# says PAGE ID TEXT...: the slip of this child says so, and nothing that stands behind a !
cat >says.py <<'END'
import sys
from slips import slips
page, child, *wanted = sys.argv[1:]
slip, = [slip for slip in slips(page).slips if child in [text for _, text in slip["texts"]]]
for want in wanted:
    assert want[1:] not in slip["text"] if want.startswith("!") else want in slip["text"], (want, slip["text"])
END
says() { python3 says.py "$@" || wrong "$*"; }

# Nothing to hand out yet.
expect 0 sunlot new s
expect 2 sunlot slips s
has err "“sunlot announce s” comes first"
gone s/private/slips.html

# Names that would be something in a page; tokens, seats and a lock in words.
{
    echo "draw,,address,https://example.test/2026/,"
    echo "draw,,page,$PAGE,"
    echo "draw,,late,2026-09-10,"
    echo "together,students,twins,,"
    echo "apart,students,conflict,,"
    echo "cap,students,special,yes 2,"
    echo "weight,students,extra,,"
    echo "recuse,students,parent,,"
    echo "fix,students,105,2; room; The Bureau,"
} >>s/rules.csv
sed -i 's/^rows,,,public,/rows,,,public; The Bureau; Rule 7,/' s/rules.csv
python3 - <<'END'
rows = [line.rstrip("\n") for line in open("s/students.csv", encoding="utf-8-sig") if not line.startswith("#")]
names = {1: '"<script>alert(1)</script>"', 2: '"</td></table>&amp;<b onclick=""x"">"', 3: "王示例", 4: "阿示例", 5: "李示例", 6: "O'Example"}
more = {1: "t,c,yes,,", 2: "t,c2,,,", 3: "t,,yes,,", 4: ",c,yes,1,", 6: ",c,,,T1", 7: ",c2,,,"}
with open("s/students.csv", "w", encoding="utf-8") as out:
    out.write(rows[0] + ",twins,conflict,special,extra,parent\n")
    for i, row in enumerate(rows[1:], 1):
        cells = row.split(",")
        cells[1] = names.get(i, cells[1])
        out.write(",".join(cells) + "," + more.get(i, ",,,,") + "\n")
END
expect 0 sunlot announce s
expect 0 sunlot slips s
has out "written: s/private/slips.html" "Slips: 24, of them for late students 0"
[ ! -s err ] || wrong "said: $(cat err)"
mode 600 s/private/slips.html
gone s/private/slips-late.html
gone s/private/slips
check s/private/slips.html s/public/draw.log s/private/people.csv 24
private_only s
lacks s/private/slips.html "<script"
cp s/private/slips.html early.html
expect 0 sunlot slips s
has out "is there already; nothing changes"
same early.html s/private/slips.html
expect 0 sunlot slips s --lang zh
has out "纸条 24 张"
grep -q '<html lang="zh-CN">' s/private/slips.html || wrong "not Chinese at first"
check s/private/slips.html s/public/draw.log s/private/people.csv 24
says early.html 101 "Others who come into the same class 2" "Others who never come into the same class 2" \
    "Of a set of children at most so many in one class 2 / 3" "!Seats" "!teacher"
says early.html 102 "Others who come into the same class 2" "Others who never come into the same class 1" "!Placed"
says early.html 104 "Seats that the child takes 2" "!Others who come"
says early.html 105 "Placed beforehand in class 2 why what the room of the class has by The Bureau" "!Others"
says early.html 106 "Kept from the classes of one teacher yes"
says early.html 108 "The log says nothing else of the child." "!Others" "!Seats" "!Kept" "!Placed" "Before the dice:" "!Printed after"

# The record of a child was touched: no slip for it, nothing is written.
cp s/private/people.csv people.csv
cp early.html s/private/slips.html
sed -i 's/,王示例$/,王另一/' s/private/people.csv
expect 1 sunlot slips s
has err "is not the one that was announced"
grep -v 王示例 people.csv >s/private/people.csv
expect 1 sunlot slips s
has err "it belongs to another draw"
cp people.csv s/private/people.csv
same early.html s/private/slips.html

# From the first digit on slips say that they are late, and are written.
expect 0 sunlot entropy s --source 1 --digits "$DIGITS" --again "$DIGITS"
expect 0 sunlot slips s
has err "there are digits already" "s/private/slips.html"
has s/private/slips.html "Printed after the digits" "在掷出数字之后打印"
says s/private/slips.html 108 "Printed after the digits" "!Before the dice:"
expect 0 sunlot draw s
check early.html s/public/draw.log s/private/people.csv 24
valid s/public/draw.log 24

# Late students have slips of their own, with the root that their dice wait for.
printf 'id,name,seats\n901,Late <One>,2\n902,"Late, Two",1\n' >late.csv
expect 0 sunlot late s --file late.csv --date 2026-09-10
has out "Before the dice: sunlot slips s"
root=$(sed -n 's/^checkpoint,late-base-1,[0-9]*,h//p' s/public/draw.log)
has out "read it aloud before their dice" "$(echo "$root" | sed 's/\(....\)\(....\)\(....\)\(....\).*/\1  \2  \3  \4/')"
expect 0 sunlot slips s
has out "Slips: 26, of them for late students 2"
lacks err "slips-late.html"
mode 600 s/private/slips-late.html
lacks s/private/slips-late.html "Printed after the digits"
check s/private/slips-late.html s/public/draw.log s/private/people-late.csv 2 late
says s/private/slips-late.html 901 "Root of the supplement" "Fingerprint of the draw" "Came late, in the supplement of 2026-09-10" \
    "Seats that the child takes 2" "Before the dice of the supplement:"
says s/private/slips-late.html 902 "!Seats"
expect 0 sunlot entropy s --source 1 --digits "$SECOND" --again "$SECOND"
expect 0 sunlot draw s
valid s/public/draw.log 2
expect 0 sunlot slips s
has err "slips-late.html"
has s/private/slips-late.html "Printed after the digits"
private_only s

# Until all contributions are open there is no fingerprint; then signatures may be missing.
parties p keys
expect 0 sunlot announce p
expect 1 sunlot slips p
has err "there is no fingerprint yet" "sunlot commit p"
for name in parent-1 parent-2; do expect 0 sunlot commit p --party $name --key keys/$name.key; done
expect 0 sunlot missing p --party parent-3
expect 1 sunlot slips p
has err "there is no fingerprint yet" "sunlot reveal p"
gone p/private/slips.html
for name in parent-1 parent-2; do expect 0 sunlot reveal p --party $name --key keys/$name.key; done
expect 0 sunlot slips p
check p/private/slips.html p/public/draw.log p/private/people.csv 24
sign p keys notary parent-1 parent-2
enter p
sign p keys notary
expect 0 sunlot draw p
sign p keys notary parent-1 parent-2
valid p/public/draw.log 2
expect 0 sunlot new w
expect 0 sunlot announce w
expect 0 sunlot withdraw w --date 2026-08-29 --reason "an error in the list"
expect 1 sunlot slips w
has err "is withdrawn"

# Rows for auditors: from the full edition.
expect 0 sunlot new a
sed -i 's/^rows,,,public,/rows,,,auditors,/' a/rules.csv
expect 0 sunlot announce a
expect 0 sunlot slips a
check a/private/slips.html a/private/draw.log a/private/people.csv 24
private_only a
enter a
expect 0 sunlot draw a
valid a/private/draw.log 3

# Several schools: each a file of its own, and all in one unless they are too many.
expect 0 sunlot sample --schools 3 --classes 6 --students 150 --seed $SEED d
expect 0 sunlot announce d
expect 0 sunlot slips d
has out "Files in d/private/slips, one a school: written 3, as they should be already 0"
check d/private/slips.html d/private/draw.log d/private/people.csv 150
mode 700 d/private/slips
for number in 1 2 3; do
    mode 600 d/private/slips/$number.html
    check d/private/slips/$number.html d/private/draw.log d/private/people.csv "$(grep "^school,$number," d/private/draw.log | cut -d, -f5)"
done
rm d/private/slips/2.html
expect 0 sunlot slips d
has out "written 1, as they should be already 2"
private_only d
mkdir e
printf '%s\n' rule,who,column,value,school draw,,district,E, draw,,year,2026, draw,,grade,1, 'source,,1,d10 39; a; b; c,' rows,,,public, mix,,,1000, >e/rules.csv
awk 'BEGIN { print "school,class,seats"; for (i = 0; i < 100; i++) print "E" i % 10 "," i "," }' >e/classes.csv
awk 'BEGIN { print "school,id,name"; for (i = 0; i < 4100; i++) print "E" i % 10 "," i ",Student " i }' >e/students.csv
expect 0 sunlot announce e
expect 0 sunlot slips e
grep -q 'class="slip' e/private/slips.html && wrong "too many in one file"
has e/private/slips.html '<a href="slips/1.html">' '<a href="slips/10.html">'
[ "$(cat e/private/slips/*.html | grep -c 'class="slip"')" = 4100 ] || wrong "not 4,100 slips"
finish
