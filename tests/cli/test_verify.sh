# What sunlot-verify answers, in words, by exit status and in JSON.
. tests/cli/common.sh

# answers STATUS WORD ARGUMENT...
answers() {
    status_expected=$1 word=$2
    shift 2
    expect "$status_expected" verify "$@"
    has out "Answer: $word —"
    expect "$status_expected" verify "$@" --json
    has out "\"answer\":\"$word\"" "\"exit\":$status_expected"
    python3 -c 'import json, sys
report = json.load(open(sys.argv[1], encoding="utf-8"))
names = [c["check"] for c in report["checks"]]
assert names == ["parse", "order", "roster", "commitment", "entropy", "quorum", "signature", "pin", "replay", "rules"], names
assert {c["state"] for c in report["checks"]} <= {"ok", "fault", "not reached", "attested"}' out || wrong "JSON of $*"
}

expect 0 sunlot new s --lang zh
expect 0 sunlot announce s
cp s/public/draw.log announced.log
expect 0 sunlot entropy s --source 1 --digits "$DIGITS" --again "$DIGITS"
cp s/public/draw.log thrown.log
expect 0 sunlot draw s
cp s/public/draw.log s/public/log.vkey .
fingerprint=$(verify draw.log --json | sed 's/.*"fingerprint":"\([0-9a-f]*\)".*/\1/')
[ ${#fingerprint} = 64 ] || wrong "no fingerprint in JSON"

answers 0 valid draw.log --key log.vkey
answers 0 valid draw.log --fingerprint "$fingerprint"
answers 0 valid draw.log --fingerprint "$(echo "$fingerprint" | sed 's/..../& /g' | tr a-f A-F)"
answers 1 unpinned draw.log
answers 1 unpinned draw.log --rehearsal
answers 1 split draw.log --fingerprint "$SEED"
# Saved by an editor, or no log at all: where it begins like one, that is said.
sed 's/$/\r/' draw.log >saved.log
expect 1 verify saved.log
has out "Answer: parse —" "in a form of its own"
printf '\357\273\277' | cat - draw.log >saved.log
expect 1 verify saved.log
has out "in a form of its own"
expect 1 verify log.vkey
lacks out "in a form of its own"
answers 1 incomplete announced.log --key log.vkey
answers 1 incomplete thrown.log --key log.vkey
answers 1 incomplete announced.log --key log.vkey --until digits
answers 0 valid announced.log --key log.vkey --until seed-base
answers 0 valid thrown.log --key log.vkey --until seed-base
answers 0 valid thrown.log --fingerprint "$fingerprint" --until digits
answers 0 valid draw.log --key log.vkey --until seed-base
answers 1 unpinned thrown.log --until digits
expect 0 verify thrown.log --key log.vkey --until digits
has out "Nothing is drawn yet"
expect 0 verify draw.log --key log.vkey --until digits
lacks out "Nothing is drawn yet"

# The key's file with the line end of another system; a file of another kind is no key, and no fault of the log.
sed 's/$/\r/' log.vkey >crlf.vkey
answers 0 valid draw.log --key crlf.vkey
for file in s/public/minisign.pub s/public/draw.log.minisig draw.log; do
    expect 2 verify draw.log --key $file
    has err "not a log key"
done

expect 0 sunlot rehearse s --seed "$SEED" --made-up --log rehearsal.log
answers 1 rehearsal rehearsal.log
answers 0 rehearsal rehearsal.log --rehearsal
has out '"mode":"rehearsal"'
expect 0 verify rehearsal.log --rehearsal
has out "REHEARSAL (演练)"

# Another draw's key; a rehearsal passed off as a draw; lines changed, dropped, doubled, swapped.
expect 0 sunlot new other --lang zh
expect 0 sunlot announce other
answers 1 signature draw.log --key other/public/log.vkey
sed 's/rehearsal-演练/live/g' rehearsal.log >forged.log
expect 1 verify forged.log --key log.vkey
has out "FAULT"
sed '/^seat,/{s/,1,live$/,2,live/}' draw.log >changed.log
answers 1 signature changed.log --key log.vkey
sed 's/^entropy,1,3/entropy,1,4/' draw.log >changed.log
answers 1 signature changed.log --key log.vkey
sed 's/^entropy,1,31/entropy,1,1/' draw.log >changed.log
expect 1 verify changed.log --key log.vkey
sed '/^signature,/d' draw.log >changed.log
expect 1 verify changed.log --key log.vkey
sed '5{h;G}' draw.log >changed.log
expect 1 verify changed.log --key log.vkey
sed '5d' draw.log >changed.log
expect 1 verify changed.log --key log.vkey
head -c -1 draw.log >changed.log
answers 1 parse changed.log --key log.vkey
: >changed.log
expect 1 verify changed.log --key log.vkey
has out "FAULT"
printf 'sunlot,\377\n' >changed.log
answers 1 parse changed.log --key log.vkey
head -c 3000 /dev/zero >changed.log
answers 1 parse changed.log

# A student, with and without s and hyphens; nobody; a student before the draw.
student=$(sed -n 's/^student,\(s[0-9a-f]*\),.*/\1/p' draw.log | sed -n 7p)
seat=$(grep "^seat,$student," draw.log)
place=$(echo "$seat" | cut -d, -f 3) group=$(echo "$seat" | cut -d, -f 4) class=$(echo "$seat" | cut -d, -f 5)
for number in "$student" "${student#s}" "$(echo "${student#s}" | sed 's/..../&-/g; s/-$//')"; do
    expect 0 verify draw.log --key log.vkey --student "$number"
    has out "$student" "starting place $place, group $group, class $class"
done
expect 0 verify draw.log --key log.vkey --student "$student" --json
has out "\"starting_place\":$place,\"group\":\"$group\"" "\"class\":\"$class\",\"seat_line\""
expect 0 verify announced.log --key log.vkey --until seed-base --student "$student"
has out "not placed yet"
expect 1 verify draw.log --student "$student"
has out "the log is not confirmed"
expect 1 verify draw.log --key log.vkey --student s00000000000000000000000000000000
has out "not in this log"
expect 1 verify draw.log --key log.vkey --student "$(printf 'x"\\\033\377')" --json
has out '"student":null'
python3 -m json.tool <out >/dev/null || wrong "JSON of a strange number"

# The words come in the promised order, with the figures of the school.
expect 0 verify draw.log --key log.vkey
grep -nE '^(Fingerprint|Digits|Two questions|Checks|Answer|What this proves|What it cannot|Schools)' out | cut -d: -f2 | cut -c 1-8 >order
printf '%s\n' Fingerpr Digits 'Two ques' 'Checks' 'Answer' 'What thi' 'What it ' Schools | cut -c 1-8 >wanted
same wanted order
has out "classes 3, students 24, teachers 6" "“女” in each class: 4 to 4 asked, 4 to 4 reached"

# It writes nothing, wherever it is called.
mkdir only
cp draw.log log.vkey only
tree only >before
expect 0 verify only/draw.log --key only/log.vkey
tree only >after
same before after

# None of the tools' code that writes or draws is in it.
if command -v nm >/dev/null; then
    nm "$BUILD/sunlot-verify" >symbols
    for name in store_file store_lock cmd_draw ceremony_init trials_run sunlot_announce rename mkdir unlink; do
        grep -qE " $name(@|\$)" symbols && wrong "sunlot-verify links $name"
    done
fi
finish
