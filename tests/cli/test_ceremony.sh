# A ceremony from `new` to `export`, each step run twice: the second time nothing changes.
. tests/cli/common.sh

# again TEXT COMMAND...: succeeds, says the text, and changes nothing in the folder s
again() {
    text=$1
    shift
    tree s >before
    expect 0 "$@"
    has out "$text"
    tree s >after
    same before after
}

expect 0 sunlot new s
tree s >before
expect 1 sunlot new s
has err "nothing is overwritten"
tree s >after
same before after

expect 0 sunlot check s
has out "students 24, classes 3, teachers 6, sections 9" "100 of 100 trials" "This can be announced."
gone s/private
gone s/public
expect 2 sunlot draw s
has err "sunlot announce s"
expect 2 sunlot entropy s --source 1 --digits 1 --again 1
expect 2 sunlot export s
gone s/private

expect 0 sunlot announce s
cp out announced
mode 700 s/private
mode 600 s/private/master
mode 600 s/private/people.csv
for file in draw.log log.vkey minisign.pub draw.log.minisig; do there s/public/$file; done
head -1 s/public/draw.log | grep -q '^sunlot,v1,ed25519-sha256-hmac-chacha20,live,' || wrong "the first line"
lacks s/public/draw.log "Student 01"
has s/private/people.csv "Student 01"
again "announced already" sunlot announce s
cp s/public/draw.log announced.log
expect 1 sunlot draw s
has err "sunlot entropy s"
expect 1 sunlot export s

# The input may change now; the log stands.
cp s/students.csv students.csv
echo '999,Late Student,boy,no' >>s/students.csv
again "input files have changed" sunlot announce s
cp students.csv s/students.csv
tree s >before

# What is lost is written again.
for file in log.vkey minisign.pub draw.log.minisig; do rm s/public/$file; done
rm s/private/people.csv
expect 0 sunlot announce s
has out "written again: s/public/log.vkey" "written again: s/public/minisign.pub" "written again: s/public/draw.log.minisig" "written again: s/private/people.csv"
tree s >after
same before after

# Digits as people mistype them.
tree s >before
long=${DIGITS}1
short=${DIGITS%?}
full="３${DIGITS#?}"
letter="31O${DIGITS#???}"
space="3141 ${DIGITS#?????}"
hyphen="31-41${DIGITS#????}"
expect 1 sunlot entropy s --source 1 --digits "$long" --again "$long"
has err "too many digits: 39 are announced, 40 are given"
expect 1 sunlot entropy s --source 1 --digits "$short" --again "$short"
has err "too few digits: 39 are announced, 38 are given"
expect 1 sunlot entropy s --source 1 --digits "$full" --again "$full"
has err "character 1 is “３”, full-width"
expect 1 sunlot entropy s --source 1 --digits "$letter" --again "$letter"
has err "character 3 is “O”, expected a digit from 0 to 9"
expect 1 sunlot entropy s --source 1 --digits "$space" --again "$space"
has err "character 5 is a space"
expect 1 sunlot entropy s --source 1 --digits "$hyphen" --again "$hyphen"
has err "hyphens"
expect 1 sunlot entropy s --source 1 --digits "" --again ""
expect 1 sunlot entropy s --source 2 --digits "$DIGITS" --again "$DIGITS"
has err "no source 2"
expect 1 sunlot entropy s --source 0 --digits "$DIGITS" --again "$DIGITS"
tree s >after
same before after

expect 0 sunlot entropy s --source 1 --digits "9$(echo "$DIGITS" | tr -d - | cut -c 2-)" --again "9$(echo "$DIGITS" | tr -d - | cut -c 2-)" --draft
there s/private/source-1.draft
mode 600 s/private/source-1.draft
same s/public/draw.log announced.log
expect 0 sunlot entropy s --source 1 --digits "$(echo "$DIGITS" | tr -d -)" --again "$(echo "$DIGITS" | tr -d -)"
has out "$DIGITS"
gone s/private/source-1.draft
has s/public/draw.log "entropy,1,$DIGITS"
again "sealed already" sunlot entropy s --source 1 --digits "$DIGITS" --again "$DIGITS"
tree s >before
expect 1 sunlot entropy s --source 1 --digits "4${DIGITS#?}" --again "4${DIGITS#?}"
has err "sealed as $DIGITS"
tree s >after
same before after

expect 1 sunlot export s
expect 0 sunlot draw s
again "drawn already" sunlot draw s
again "announced already" sunlot announce s
again "sealed already" sunlot entropy s --source 1 --digits "$DIGITS" --again "$DIGITS"

expect 0 verify s/public/draw.log --key s/public/log.vkey
has out "$DIGITS" "Answer: valid"
# The four rows of the fingerprint are those of the announcement.
grep -E '^ {6}[0-9a-f]{4}(  [0-9a-f]{4}){3}$' announced >rows
[ "$(wc -l <rows)" = 4 ] || wrong "the announcement shows no fingerprint"
grep -qFf rows out || wrong "another fingerprint"
expect 0 verify s/public/draw.log --fingerprint "$(cat rows)"

expect 0 sunlot export s
again "nothing changes" sunlot export s
mode 600 s/private/placement.csv
[ "$(wc -l <s/private/placement.csv)" = 25 ] || wrong "rows of placement.csv"
[ "$(head -c 3 s/private/placement.csv | od -An -tx1 | tr -d ' ')" = efbbbf ] || wrong "no byte order mark"
[ "$(grep -c "$(printf '\r')\$" s/private/placement.csv)" = 25 ] || wrong "lines do not end with CR LF"
has s/private/placement.csv "Student 24"
lacks s/public/placement.csv "Student"
[ "$(sed 1d s/public/placement.csv | LC_ALL=C sort -c 2>&1)" = "" ] || wrong "pseudonyms are not sorted"
has s/private/sections.csv "Teacher 6"
lacks s/public/sections.csv "Teacher"
[ "$(wc -l <s/public/sections.csv)" = 10 ] || wrong "rows of sections.csv"
for class in 1 2 3; do
    [ "$(cut -d, -f 4 s/private/placement.csv | grep -cx $class)" = 8 ] || wrong "class $class has not 8 students"
done
# An edited list is not overwritten.
echo note >>s/private/placement.csv
cp s/private/placement.csv edited
expect 1 sunlot export s
has err "move it away"
same edited s/private/placement.csv

# The real minisign.
if command -v minisign >/dev/null; then
    expect 0 minisign -Vm s/public/draw.log -p s/public/minisign.pub
    has out "sunlot/v1/live/Exampleshire/2026/grade-1/placement/1 $(wc -l <s/public/draw.log) lines"
    cp s/public/draw.log s/public/draw.log.minisig .
    echo >>draw.log
    expect 1 minisign -Vm draw.log -p s/public/minisign.pub
fi

# The secret of another draw, a damaged one, a missing one.
cp -r s t
printf '%064d\n' 1 >t/private/master
rm t/public/log.vkey
tree t/public >before
expect 1 sunlot entropy t --source 1 --digits "4${DIGITS#?}" --again "4${DIGITS#?}"
cp announced.log t/public/draw.log
expect 1 sunlot entropy t --source 1 --digits "$DIGITS" --again "$DIGITS"
same t/public/draw.log announced.log
echo short >t/private/master
expect 2 sunlot entropy t --source 1 --digits "$DIGITS" --again "$DIGITS"
has err "damaged"
rm t/private/master
expect 2 sunlot draw t
has err "missing"

# A damaged log gets no further step.
cp -r s u
sed 's/girl/boyy/' announced.log >u/public/draw.log
cp u/public/draw.log damaged.log
expect 1 sunlot entropy u --source 1 --digits "$DIGITS" --again "$DIGITS"
same damaged.log u/public/draw.log
finish
