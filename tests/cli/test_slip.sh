# Slips and figures: what sunlot-verify makes of a slip's link and of an id and name typed, in both editions; facts; what it says of links that are damaged.
. tests/cli/common.sh

PAGE=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef

# of PATH: a member of the JSON in the file out
of() { python3 -c 'import json, sys
report = json.load(open("out", encoding="utf-8"))
for name in sys.argv[1].split("."):
    report = report[int(name) if name.isdigit() else name]
print(json.dumps(report, ensure_ascii=False))' "$1"; }
says() { [ "$(of "$1" 2>&1)" = "$2" ] || wrong "$1 is $(of "$1" 2>&1 | tail -1), not $2"; }

# slip FOLDER: the link of the first student
slip() {
    fingerprint=$(sed -n 's/^checkpoint,seed-base,[0-9]*,h//p' "$1/public/draw.log")
    sed -n 2p "$1/private/people.csv" | {
        IFS=, read -r pseudonym salt _
        printf 'https://hill.example/g7/verify.html#1.%s.%s.%s' "${pseudonym#s}" "${salt#h}" "$fingerprint" | sed 's/#.*/\U&/'
    }
}

expect 0 sunlot new s
printf 'draw,,address,https://hill.example/g7/,\ndraw,,核验页,%s,\n' $(echo $PAGE | tr a-f A-F) >>s/rules.csv
cp -r s a
ceremony() {
    expect 0 sunlot announce "$1"
    expect 0 sunlot entropy "$1" --source 1 --digits "$DIGITS" --again "$DIGITS"
    expect 0 sunlot draw "$1"
}
ceremony s
grep -q '^fact,address,https://hill.example/g7/$' s/public/draw.log || wrong "no fact address"
grep -q "^fact,page,h$PAGE$" s/public/draw.log || wrong "no fact page"
link=$(slip s)
IFS=, read -r pseudonym _ _ id name <<END
$(sed -n 2p s/private/people.csv)
END

expect 0 verify s/public/draw.log --slip "$link"
has out "Published at: https://hill.example/g7/" "verify.html: $PAGE" "Answer: valid" "Student $pseudonym" "teachers of the class:" "(homeroom)"
lacks out "typed"
expect 0 verify s/public/draw.log --slip "$(echo "$link" | sed 's/.*#/\L&/; s/#.*/\L&/')" --json
says answer '"valid"'
says pinned_by '"fingerprint"'
says facts.address '"https://hill.example/g7/"'
says facts.page "\"h$PAGE\""
says facts.mix '"1000"'
says student.pseudonym "\"$pseudonym\""
for i in 0 1 2; do says student.teachers.$i.subject "$(echo Chinese English mathematics | cut -d' ' -f$((i + 1)) | sed 's/.*/"&"/')"; done
class=$(of student.class)
grep "^section,$(echo "$class" | tr -d '"')," s/public/draw.log | while IFS=, read -r _ _ _ subject teacher homeroom _; do
    grep -qF "{\"subject\":\"$subject\",\"teacher\":\"$teacher\",\"homeroom\":$([ "$homeroom" = homeroom ] && echo true || echo false)}" out ||
        wrong "$subject of the student's class is not taught by $teacher"
done

# In a district the teachers are those of the class in the student's own school.
python3 - "$TOP/vectors/draws/district/draw.log" >students <<'END'
import csv, sys
school = 0
for line in csv.reader(open(sys.argv[1], encoding='utf-8')):
    school += line[0] == 'placed'
    if line[0] == 'seat' and school in (1, 2):
        print(school, line[1])
END
for school in 1 2; do
    student=$(sed -n "s/^$school //p" students | head -1)
    expect 0 verify "$TOP/vectors/draws/district/draw.log" --rehearsal --student "$student" --json
    python3 - "$TOP/vectors/draws/district/draw.log" $school <<'END' || wrong "not the teachers of the student of school $school"
import csv, json, sys
school, there, student = 0, [], json.load(open('out', encoding='utf-8'))['student']
for line in csv.reader(open(sys.argv[1], encoding='utf-8')):
    school += line[0] == 'placed'
    if line[0] == 'section' and school == int(sys.argv[2]) and line[1] == student['class']:
        there.append({'subject': line[3], 'teacher': line[4], 'homeroom': line[5] == 'homeroom'})
assert student['teachers'] == there, (student['teachers'], there)
END
done

# The child whose line it is, and others.
expect 0 verify s/public/draw.log --slip "$link" --id "$id" --name " $name　"
has out "This line is that of the child"
expect 0 verify s/public/draw.log --slip "$link" --id "$id" --name "$name" --json
says student.opens true
for child in "$id:Student 02" "102:$name" "$id:student 01" ":"; do
    expect 1 verify s/public/draw.log --slip "$link" --id "${child%%:*}" --name "${child#*:}"
    has out "Answer: commitment" "is NOT that of the child"
    expect 1 verify s/public/draw.log --slip "$link" --id "${child%%:*}" --name "${child#*:}" --json
    says answer '"commitment"'
    says fault.line "$(of student.roster_line)"
    says student.opens false
done
# The salt of another slip opens nothing.
other=$(echo "$link" | sed 's/\(#1\..\{32\}\.\)0/\1A/; t; s/\(#1\..\{32\}\.\)./\10/')
[ "$other" != "$link" ] || wrong "the same salt"
expect 1 verify s/public/draw.log --slip "$other" --id "$id" --name "$name"
has out "Answer: commitment"

# Another draw's log; a student of another draw.
expect 1 verify "$TOP/vectors/draws/tiny/draw.log" --slip "$link"
has out "Answer: split" "not in this log"
expect 1 verify s/public/draw.log --slip "$(echo "$link" | sed 's/#1\..\{32\}/#1.00000000000000000000000000000000/')" --id "$id" --name "$name"
has out "Answer: valid" "not in this log"

# The answers of the second implementation.
RUN=${RUN:-} BUILD=$BUILD python3 - "$TOP/vectors" <<'END' || wrong "not the answers of vectors/slips/opens.txt"
import json, os, subprocess, sys
where, count, wrong = sys.argv[1], 0, 0
for block in open(f'{where}/slips/opens.txt', encoding='utf-8').read().split('\n\n')[1:]:
    case = dict(line.split(' =', 1) for line in block.strip('\n').split('\n') if not line.startswith('#'))
    case = {name: value[1:] for name, value in case.items()}
    given = ['--slip', case['link'], '--id', case['id'], '--name', case['name'], '--json'] + (['--until', case['until']] if 'until' in case else [])
    done = subprocess.run(os.environ['RUN'].split() + [f'{os.environ["BUILD"]}/sunlot-verify', f'{where}/{case["log"]}'] + given, capture_output=True)
    report = json.loads(done.stdout)
    student = report['student'] or {'opens': None}
    opens = {True: 'yes', False: 'no', None: '-'}[student['opens']]
    good = report['answer'] == case['word'] and opens == case['opens'] and str(student.get('roster_line')) == case.get('line', str(student.get('roster_line')))
    if not good or report['exit'] != done.returncode or (done.returncode == 0) != (case['word'] == 'valid' and opens == 'yes'):
        print('  ', block, report['answer'], opens, done.returncode)
        wrong += 1
    count += 1
sys.exit(wrong > 0 or count < 20)
END

# Links that are none.
bad() { # LINK TEXT
    expect 2 verify s/public/draw.log --slip "$1"
    has err "$2"
    [ ! -s out ] || wrong "something is said of a log by a damaged link"
}
bad "${link%?}" "163 characters, not 164"
bad "${link}0" "165 characters, not 164"
bad "${link%?}G" "character number 164 is “G”"
bad "$(echo "$link" | sed 's/#1\.\(.\)/#1.中/')" "character number 3 is “中”"
bad "$(echo "$link" | sed 's/#/# /')" "it begins with “1.”"
bad "$(echo "$link" | tr . ,)" "it begins with “1.”"
bad "https://hill.example/g7/verify.html" "it begins with “1.”"
bad "" "it begins with “1.”"
expect 2 verify s/public/draw.log --slip "${link%?}" --lang zh
has err "应为 164 个"
for more in "--student $pseudonym" "--fingerprint $SEED" "--key s/public/log.vkey" "--policy s/public/draw.policy"; do
    expect 2 verify s/public/draw.log --slip "$link" $more
    has err "--slip holds"
done
expect 2 verify s/public/draw.log --slip "$link" --id 1
has err "belong together"
expect 2 verify s/public/draw.log --id 1 --name x
has err "belong together"

# Two editions: the public one cannot tell.
sed -i 's/^rows,.*/rows,,,auditors,/' a/rules.csv
ceremony a
link=$(slip a)
expect 0 verify a/private/draw.log --slip "$link" --id "$id" --name "$name"
has out "This line is that of the child"
expect 1 verify a/public/draw.log --slip "$link" --id "$id" --name "$name" --json
says student.opens null
says student.teachers.0.subject '"Chinese"'
expect 1 verify a/public/draw.log --slip "$link" --id "$id" --name "$name"
has out "cannot be told here"

# Figures.
expect 0 verify s/public/draw.log --key s/public/log.vkey --figures 1
has out "Figures of each class" "1: 4; 2: 4; 3: 4"
expect 0 verify s/public/draw.log --key s/public/log.vkey --figures 1 --json
says figures.school 1
says figures.figures.0.rule '"count"'
says figures.figures.0.classes '[{"class": "1", "reached": "4"}, {"class": "2", "reached": "4"}, {"class": "3", "reached": "4"}]'
expect 1 verify s/public/draw.log --key s/public/log.vkey --figures 2 --json
says figures null
expect 1 verify a/public/draw.log --figures 1
has out "No figures"
expect 2 verify s/public/draw.log --figures 0
expect 0 verify "$TOP/vectors/draws/totals/draw.log" --rehearsal --figures 1 --json
python3 - <<'END' || wrong "figures do not reach from the least to the most"
import json
from decimal import Decimal
rules = set()
for figure in json.load(open('out', encoding='utf-8'))['figures']['figures']:
    reached = [Decimal(c['reached']) for c in figure['classes'] if c['reached'] is not None]
    assert (min(reached), max(reached)) == (Decimal(figure['least']), Decimal(figure['most'])), figure
    rules.add(figure['rule'])
    if figure['rule'] != 'count':
        assert Decimal(figure['school_' + figure['rule']]) > 0
assert rules == {'count', 'mean', 'deviation'}
END

expect 0 verify "$TOP/vectors/draws/empty/draw.log" --rehearsal --figures 1 --json
has out '"reached":"0"' '"reached":null'

# A value in rules.csv that is none, in both languages.
cp -r s bad && rm -rf bad/public bad/private
sed -i "s/核验页,.*/page,${PAGE%f},/; s|g7/|g7|" bad/rules.csv
expect 1 sunlot check bad
has out "rules.csv:38:4 (value): The value of the rule does not have the form expected. Write it so. [found “https://hill.example/g7”, expected https://HOST/FOLDER/]"
has out "rules.csv:39:4 (value): The value of the rule does not have the form expected. Write it so. [found “${PAGE%f}”, expected SHA-256 of verify.html: 64 digits 0-9 a-f]"
expect 1 sunlot check bad --lang zh
has out "［实为“https://hill.example/g7”，应为 https://主机/目录/］" "［实为“${PAGE%f}”，应为 verify.html 的 SHA-256：64 位 0-9 a-f］"
finish
