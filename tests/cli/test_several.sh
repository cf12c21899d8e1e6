# Several logs, a log and an earlier note: what continues what.
. tests/cli/common.sh

answers() {
    status_expected=$1 word=$2
    shift 2
    expect "$status_expected" verify "$@" --lang zh
    has out "结论：$word"
    expect "$status_expected" verify "$@" --json
    has out "\"answer\":\"$word\"" "\"exit\":$status_expected"
    python3 -m json.tool <out >/dev/null || wrong "JSON of $*"
    expect "$status_expected" verify "$@"
    has out "Answer: $word —"
}

# note LOG PHASE: the note file of a checkpoint, from the records of a log
note() {
    python3 - "$@" <<'END'
import base64, csv, sys
lines = open(sys.argv[1], encoding="utf-8").read().split("\n")
name, at = None, [i for i, line in enumerate(lines) if line.startswith("checkpoint,%s," % sys.argv[2])][0]
title = next(csv.reader([lines[0]]))
_, _, size, root = lines[at].split(",")
print("\n".join(["sunlot/v1/" + "/".join(title[3:]), size, base64.b64encode(bytes.fromhex(root[1:])).decode(), ""]))
for line in lines[at + 1:]:
    if not line.startswith("signature,"):
        break
    _, signer, sig = line.split(",")
    print("\u2014", signer, sig[1:])
END
}

expect 0 sunlot new s --lang zh
expect 0 sunlot announce s
cp s/public/draw.log announced.log
expect 0 sunlot entropy s --source 1 --digits "$DIGITS" --again "$DIGITS"
cp s/public/draw.log thrown.log
expect 0 sunlot draw s
cp s/public/draw.log s/public/log.vkey .

# In any order the longest is checked.
answers 0 valid draw.log announced.log --key log.vkey
has out "the answer is for draw.log" "it continues announced.log"
answers 0 valid announced.log draw.log --key log.vkey
has out "the answer is for draw.log" "it continues announced.log"
answers 0 valid announced.log draw.log thrown.log --key log.vkey
has out "it continues announced.log" "it continues thrown.log"
answers 1 incomplete announced.log thrown.log --key log.vkey
answers 0 valid draw.log draw.log --key log.vkey
answers 1 unpinned draw.log announced.log
expect 0 verify draw.log announced.log --key log.vkey --json
has out '"other_logs":[{"log":"announced.log","continues":true}]'
head -c 5000 draw.log >half.log
answers 0 valid half.log draw.log --key log.vkey

# The host announces to some another list than to others: both logs are sound.
mkdir t
cp s/*.csv t
sed -i 's/男/女/; t; s/女/男/' t/students.csv
mkdir t/private
cp s/private/master t/private
expect 0 sunlot announce t
expect 0 sunlot entropy t --source 1 --digits "$DIGITS" --again "$DIGITS"
cp t/public/draw.log other.log
answers 1 incomplete other.log --key log.vkey
line=$(cmp draw.log other.log | sed 's/.* //')
answers 1 split draw.log other.log --key log.vkey
has out "IT DOES NOT CONTINUE other.log" "that differs is $line:" "line $line: two logs that do not continue each other"
sed -n "${line}p" other.log >line
has out "there: $(cut -c 1-100 line)"
sed -n "${line}p" draw.log >line
has out "here:  $(cut -c 1-100 line)"
answers 1 split draw.log announced.log other.log --key log.vkey
has out "it continues announced.log"
expect 1 verify draw.log other.log --json
has out "\"continues\":false,\"line\":$line"
# The key pins neither of the two; a fault of the log itself goes before.
sed 's/^entropy,1,3/entropy,1,4/' draw.log >changed.log
answers 1 signature changed.log other.log --key log.vkey

# Earlier notes.
note announced.log seed-base >base.note
note draw.log digits >digits.note
note other.log seed-base >other.note
answers 0 valid draw.log --since base.note --key log.vkey
has out "extends the note of" "good signatures of the note 1"
answers 0 valid draw.log --since digits.note --key log.vkey
answers 1 split draw.log --since other.note --key log.vkey
has out "DOES NOT EXTEND"
answers 1 split announced.log --since digits.note --key log.vkey
has out "the log is shorter than the note says"
sed 's/^\(— [^ ]* .\{40\}\)\(.\)\(.\)/\1\3\2/' base.note >bad.note
answers 1 signature draw.log --since bad.note --key log.vkey
expect 0 verify draw.log --since base.note --key log.vkey --json
has out '"since":{"note":"base.note"' '"extends":true,"good_signatures":1'
expect 2 verify draw.log --since log.vkey
has err "not a note file"
expect 2 verify draw.log --since missing.note

# Notes of checkpoints of the log; one of another list.
answers 0 valid draw.log --note base.note --note=digits.note --key log.vkey
answers 1 split draw.log --note other.note --key log.vkey
answers 1 signature draw.log --note bad.note --key log.vkey
expect 2 verify draw.log --note missing.note
finish
