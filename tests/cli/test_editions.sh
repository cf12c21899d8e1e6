# Rows for auditors: the full edition in private/, the public one in public/, nothing of a student in it; rehearsals that stay where they belong.
. tests/cli/common.sh

# nothing_of_students DIR: no line, token, attribute, commitment, name, id or salt of a student in DIR/public
nothing_of_students() {
    grep -rhE '^student,' "$1/public" && wrong "a student's line in $1/public"
    secrets_of "$1" >secrets
    [ "$(wc -l <secrets)" -ge 96 ] || wrong "nothing to look for"
    hidden "$1/public"
    # The kindergartens are values of rows: they stand in the balance figures alone.
    grep -rhF -e East -e West "$1/public" | grep -vE '^count,students,kindergarten,' && wrong "a value of a row in $1/public"
    [ -z "$(find "$1/private" -perm /077)" ] || wrong "$1/private is open: $(find "$1/private" -perm /077)"
}

expect 0 sunlot new s
sed -i 's/^rows,,,public,/rows,,,auditors,/; s/^# together/together/; s/^# recuse/recuse/' s/rules.csv
head -1 s/students.csv | grep -q '^#' && sed -i 1d s/students.csv
sed -i '1s/$/,twins,parent_teacher/; 2,$s/$/,,/; 2s/,,$/,x,/; 3s/,,$/,x,/; 4s/,,$/,,T1/; 5s/,,$/,,T2/' s/students.csv
expect 0 sunlot check s
expect 0 sunlot announce s
lacks out ": 1 of 3 teams"
for phase in seed-base digits results; do
    if [ $phase = digits ]; then expect 0 sunlot entropy s --source 1 --digits "$DIGITS" --again "$DIGITS"; fi
    if [ $phase = results ]; then expect 0 sunlot draw s; fi
    nothing_of_students s
    [ "$(grep -c '^leaf,h' s/public/draw.log)" = 24 ] || wrong "$phase: not 24 leaves"
    [ "$(grep -c '^student,' s/private/draw.log)" = 24 ] || wrong "$phase: not 24 rows"
    mode 600 s/private/draw.log
    mode 600 s/private/draw.log.minisig
    mode 644 s/public/draw.log
    grep '^checkpoint,' s/public/draw.log >a
    grep '^checkpoint,' s/private/draw.log >b
    same a b
    expect 0 verify s/private/draw.log --key s/public/log.vkey --until $phase
    if [ $phase != results ]; then expect 0 verify s/public/draw.log --key s/public/log.vkey --until $phase; fi
    if command -v minisign >/dev/null; then
        expect 0 minisign -Vm s/public/draw.log -p s/public/minisign.pub
        expect 0 minisign -Vm s/private/draw.log -p s/public/minisign.pub
    fi
done
expect 0 sunlot export s
nothing_of_students s
there s/private/odds.csv
gone s/public/odds.csv

# The full edition is recomputed; the public one as far as it goes, and nobody has attested the rest.
expect 0 verify s/private/draw.log --key s/public/log.vkey
has out "schools recomputed 1" "Answer: valid"
lacks out "PUBLIC EDITION"
expect 1 verify s/public/draw.log --key s/public/log.vkey
has out "PUBLIC EDITION" "Answer: incomplete" "Attested by nobody" "Recomputed here" "Neither recomputed nor attested" "only who has the full edition"
lacks out "schools recomputed"
lacks out "rows with a token"
expect 1 verify s/public/draw.log --key s/public/log.vkey --lang zh
has out "公开版" "无人证明" "在此重新计算过的"
pseudonym=$(sed -n 's/^seat,\(s[0-9a-f]*\),.*/\1/p' s/public/draw.log | head -1)
expect 1 verify s/public/draw.log --key s/public/log.vkey --student "$pseudonym"
has out "Student $pseudonym" "starting place"
expect 1 verify s/public/draw.log --key s/public/log.vkey --json
if command -v python3 >/dev/null; then
    python3 - out <<'EOF' || wrong "JSON"
import json, sys
a = json.load(open(sys.argv[1]))
assert (a["edition"], a["attested_by"], a["answer"], a["schools_recomputed_in_part"]) == ("public", [], "incomplete", 1)
assert {c["check"]: c["state"] for c in a["checks"]}["replay"] == "not reached"
assert "rows_with_token" not in a["schools"][0]
EOF
fi
expect 0 verify s/private/draw.log --key s/public/log.vkey --json
has out '"edition":"full"' '"schools_recomputed":1'

# What follows from the full edition is written again; a lost one is asked for.
tree s >before
rm -r s/public/draw.log s/public/draw.log.minisig s/private/draw.log.minisig
expect 0 sunlot draw s
has out "written again: s/public/draw.log" "written again: s/private/draw.log.minisig" "written again: s/public/draw.log.minisig"
tree s >after
same before after
cp -r s t
rm t/private/draw.log
expect 2 sunlot draw t
has err "t/private/draw.log is not the full edition"
cp s/public/draw.log t/private/draw.log
expect 2 sunlot draw t
has err "t/private/draw.log is not the full edition"

# An older full edition that was put back comes to the same end, and to no other.
sed '/^entropy,/,$d' s/private/draw.log >older
cp older t/private/draw.log
expect 1 sunlot entropy t --source 1 --digits "4${DIGITS#?}" --again "4${DIGITS#?}"
has err "announced or drawn something else already"
same older t/private/draw.log
expect 0 sunlot entropy t --source 1 --digits "$DIGITS" --again "$DIGITS"
expect 0 sunlot draw t
tree t >after
same before after

# A party with a key of its own recomputes the full edition and signs: then the public one is attested.  One whose key was made by the host does not count.
rm -rf t
expect 0 sunlot key new nb --no-password
expect 0 sunlot key new ob --no-password
expect 0 sunlot new p
sed -i 's/^rows,,,public,/rows,,,auditors,/' p/rules.csv
"$BUILD/sunlot" key show nb.key --id notary --role notary >>p/rules.csv
"$BUILD/sunlot" key show ob.key --id office --role office --host-made >>p/rules.csv
echo 'quorum,,seed-base,host,' >>p/rules.csv
echo 'quorum,,digits,host,' >>p/rules.csv
ceremony p
nothing_of_students p
when="--time 2026-08-20T09:30:00+08:00"
# shellcheck disable=SC2086
expect 0 sunlot sign p --party office --key ob.key $when
expect 1 verify p/public/draw.log --key p/public/log.vkey --note p/public/results.note
has out "Attested by nobody" "Answer: incomplete"
expect 0 sunlot status p
has out "May sign it too: notary" "until a party has recomputed private/draw.log"
# Who has the public edition alone cannot sign the results, nor who has no log.
expect 0 sunlot sign p --export results.txt
# shellcheck disable=SC2086
expect 1 sunlot sign --note results.txt --log p/public/draw.log --party notary --key nb.key $when -o cosig
has err "is the public edition"
# shellcheck disable=SC2086
expect 2 sunlot sign --note results.txt --phase results --party notary --key nb.key $when -o cosig
has err "signed by who has recomputed them"
gone cosig
# shellcheck disable=SC2086
expect 0 sunlot sign --note results.txt --log p/private/draw.log --party notary --key nb.key $when -o cosig
expect 0 sunlot sign p --add cosig
expect 0 verify p/public/draw.log --key p/public/log.vkey --note p/public/results.note
has out "Answer: valid" "[ attested    ] replay" "[ attested    ] rules" "Attested by" "notary (notary)" "Attested, not recomputed here"
lacks out "office (office)"
expect 0 sunlot status p
lacks out "until a party has recomputed"
expect 0 verify p/public/draw.log --key p/public/log.vkey --note p/public/results.note --json
has out '"attested_by":[{"party":"notary","role":"notary"}]' '{"check":"replay","state":"attested"}'
expect 0 verify p/private/draw.log --key p/public/log.vkey --note p/public/results.note
has out "[ ok          ] replay"
lacks out "Attested by"
# The editions continue each other; the answer is for the full one.  A changed line does not.
expect 0 verify p/public/draw.log p/private/draw.log --key p/public/log.vkey
has out "the answer is for p/private/draw.log"
sed '/^leaf,/{s/h./h0/;}' p/public/draw.log >changed.log
expect 1 verify p/private/draw.log changed.log --key p/public/log.vkey
has out "split"
# Receipts come from the full edition and hold against either.
expect 0 sunlot receipts p
receipt=$(find p/private/receipts -name '*.receipt' | sort | head -1)
expect 0 verify --receipt "$receipt" p/private/draw.log --key p/public/log.vkey
expect 0 verify --receipt "$receipt" p/public/draw.log --key p/public/log.vkey --note p/public/results.note
nothing_of_students p

# A rehearsal holds rows: it stays in private/, closed to others.
rm -rf t
expect 0 sunlot rehearse s --seed "$SEED"
mode 600 s/private/rehearsal.log
expect 1 sunlot rehearse s --seed "$SEED" --log out.log
has err "stays in private/" "--made-up"
gone out.log
expect 0 sunlot rehearse s --seed "$SEED" --log s/private/other.log
mode 600 s/private/other.log
expect 0 sunlot rehearse s --seed "$SEED" --log s/public/../private/third.log
mkdir s/public/deeper elsewhere
ln -s ../s/public/deeper elsewhere/link
for path in s/public/r.log ./s/public/deeper/r.log s/private/../public/r.log elsewhere/link/r.log; do
    for flag in "" --made-up; do
        # shellcheck disable=SC2086
        expect 1 sunlot rehearse s --seed "$SEED" --log $path $flag
        has err "would be published"
    done
done
expect 0 sunlot new u
expect 1 sunlot rehearse u --seed "$SEED" --log s/public/r.log --made-up
has err "would be published"
expect 0 sunlot rehearse u --seed "$SEED" --log u.log --made-up
mode 600 u.log
rmdir s/public/deeper
nothing_of_students s
finish
