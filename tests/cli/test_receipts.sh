# Receipts and policies: written for every family, checked as a family would, and what is said of one that was changed.
. tests/cli/common.sh

# answers STATUS WORD ARGUMENT...: in words, in Chinese, in JSON
answers() {
    status_expected=$1 word=$2
    shift 2
    expect "$status_expected" verify "$@"
    has out "Answer: $word —"
    expect "$status_expected" verify "$@" --lang zh
    has out "结论：$word"
    expect "$status_expected" verify "$@" --json
    has out "\"answer\":\"$word\"" "\"exit\":$status_expected"
    python3 -m json.tool <out >/dev/null || wrong "JSON of $*"
}

# change RECEIPT PROOF FROM TO: the receipt with something replaced in the extra of a proof (from 1), on standard output
change() {
    python3 - "$@" <<'END'
import base64, sys
path, proof, old, new = sys.argv[1:]
lines = open(path, encoding="utf-8").read().split("\n")
at = [i for i, line in enumerate(lines) if line.startswith("extra ")][int(proof) - 1]
extra = base64.b64decode(lines[at][6:]).decode("utf-8")
assert old in extra, (old, extra)
lines[at] = "extra " + base64.b64encode(extra.replace(old, new).encode("utf-8")).decode()
sys.stdout.write("\n".join(lines))
END
}

expect 0 sunlot new s --lang zh
expect 2 sunlot receipts s
expect 0 sunlot announce s
has s/public/draw.policy "log sunlot/v1/live/" "quorum none"
mode 644 s/public/draw.policy
expect 0 sunlot receipts s
has out "written 24, as they should be already 0" "Run this again after the draw"
mode 700 s/private/receipts
mode 700 s/private/receipts/1
[ "$(ls s/private/receipts/1 | wc -l)" = 24 ] || wrong "not 24 receipts"
for each in s/private/receipts/1/*; do
    case ${each##*/} in s????????????????????????????????.receipt) ;; *) wrong "the name $each" ;; esac
done
mine=$(ls s/private/receipts/1/* | sed -n 5p)
mode 600 "$mine"
answers 1 incomplete --receipt "$mine" --key s/public/log.vkey
answers 0 valid --receipt "$mine" --policy s/public/draw.policy --until seed-base
answers 1 incomplete --receipt "$mine"
cp "$mine" early.receipt

expect 0 sunlot entropy s --source 1 --digits "$DIGITS" --again "$DIGITS"
expect 0 sunlot draw s
expect 0 sunlot receipts s
has out "written 24, as they should be already 0" "in which class it is"
expect 0 sunlot receipts s --lang zh
has out "写了 0 份，原来就对的 24 份"

# Every child: the data of students.csv, the class of the lists.
expect 0 sunlot export s
fingerprint=$(verify s/public/draw.log --json | sed 's/.*"fingerprint":"\([0-9a-f]*\)".*/\1/')
for one in s/private/receipts/1/*; do
    expect 0 verify --receipt "$one" --policy s/public/draw.policy --json
    python3 - "$one" <<'END' || wrong "what $one says"
import csv, json, os, sys
said = json.load(open("out", encoding="utf-8"))
lines = [line for line in open("s/students.csv", encoding="utf-8-sig") if not line.startswith("#")]
rows = {row["编号"]: row for row in csv.DictReader(lines)}
seat = {row[1]: row for row in csv.reader(open("s/private/placement.csv", encoding="utf-8-sig"))}
assert said["pseudonym"] + ".receipt" == os.path.basename(sys.argv[1])
assert rows[said["id"]]["姓名"] == said["name"]
assert seat[said["id"]][3] == said["class"]
assert said["class_confirmed"] and said["signatures_checked"] and said["placed"] and not said["struck"]
assert {v["value"] for v in said["values"]} <= set(rows[said["id"]].values()) | {""}
END
done

answers 0 valid --receipt "$mine" --key s/public/log.vkey
answers 0 valid --receipt "$mine" s/public/draw.log --key s/public/log.vkey
answers 1 unpinned --receipt "$mine" --fingerprint "$fingerprint"
answers 0 valid --receipt early.receipt --fingerprint "$fingerprint" --until seed-base
expect 1 verify --receipt "$mine" --fingerprint "$fingerprint"
has out "The fingerprint confirms the list alone"
expect 0 verify --receipt "$mine" s/public/draw.log --fingerprint "$fingerprint"
lacks out "confirms the list alone"
has out "This child, with these data, was in the list before the dice, and is in class"
answers 1 unpinned --receipt "$mine"
answers 1 unpinned --receipt "$mine" s/public/draw.log
answers 1 split --receipt "$mine" --fingerprint "$SEED"
answers 0 valid s/public/draw.log --policy s/public/draw.policy
has out '"pinned_by":"policy"'

# A family tells another story: whatever it changes, the word says what.
expect 1 verify --receipt "$mine" --json
name=$(sed 's/.*"name":"\([^"]*\)".*/\1/' out) id=$(sed 's/.*"id":"\([^"]*\)".*/\1/' out) school=$(sed 's/.*"school":"\([^"]*\)".*/\1/' out)
own=$(sed 's/.*"pseudonym":"\([^"]*\)".*/\1/' out) value=$(sed 's/.*"value":"\([^"]*\)".*/\1/' out) class=$(sed 's/.*"class":"\([^"]*\)".*/\1/' out)
told() {
    word=$1
    shift
    change "$mine" "$@" >told.receipt
    answers 1 "$word" --receipt told.receipt --key s/public/log.vkey
    has out '"fault":{'
}
told commitment 1 ",$name
" ",某某某
"
told commitment 1 ",$id," ",$id""9,"
told commitment 1 ",$school," ",别的学校,"
told commitment 1 ",$value
person" ",变了
person"
salt=$(grep "^$own," s/private/people.csv | cut -d, -f2)
other_salt=$(echo "$salt" | tr 0123456789abcdef 123456789abcdef0 | sed 's/^./h/')
told commitment 1 "$salt" "$other_salt"
told parse 1 "person,$own" "person,s00000000000000000000000000000000"
told parse 1 "person," "people,"
told parse 2 "seat,$own" "seat,s00000000000000000000000000000000"
told proof 2 ",$class," ",别的班,"
other=$(ls s/private/receipts/1/* | sed -n 6p)

# Pieces of two receipts; a proof without its end; lines that follow; another line's number; a signature exchanged.
half() { awk '/^c2sp/ { n++ } n == '"$2" "$1"; }
{ half "$mine" 1; half "$other" 2; } >told.receipt
answers 1 parse --receipt told.receipt --key s/public/log.vkey
half "$mine" 2 >told.receipt
answers 1 parse --receipt told.receipt --key s/public/log.vkey
half "$mine" 1 >told.receipt
answers 1 incomplete --receipt told.receipt --key s/public/log.vkey
{ cat "$mine"; echo; } >told.receipt
answers 1 parse --receipt told.receipt --key s/public/log.vkey
sed '3s/index .*/index 1/' "$mine" >told.receipt
answers 1 proof --receipt told.receipt --key s/public/log.vkey
sed '5d' "$mine" >told.receipt
answers 1 proof --receipt told.receipt --key s/public/log.vkey
sed '5{h;G}' "$mine" >told.receipt
answers 1 proof --receipt told.receipt --key s/public/log.vkey
sed 's/^\(— [^ ]* ....\)\(.\)\(.\)/\1\3\2/' "$mine" >told.receipt
answers 1 signature --receipt told.receipt --key s/public/log.vkey
sed 's/^— sunlot/— sanlot/' "$mine" >told.receipt
answers 1 quorum --receipt told.receipt --key s/public/log.vkey
printf 'not a receipt\n' >told.receipt
answers 1 parse --receipt told.receipt
: >told.receipt
answers 1 parse --receipt told.receipt s/public/draw.log

# Another draw of the same children: its key, its policy, its log, its fingerprint.
mkdir t
cp s/*.csv t
expect 0 ceremony t
expect 0 sunlot receipts t
answers 1 signature --receipt "$mine" --key t/public/log.vkey
answers 1 signature --receipt "$mine" --policy t/public/draw.policy
answers 1 signature --receipt "$mine" t/public/draw.log
answers 1 signature s/public/draw.log --policy t/public/draw.policy
# The log beside it is not sound.
sed "/^seat,/{/$own/!s/,1,live$/,2,live/}" s/public/draw.log >bad.log
answers 1 signature --receipt "$mine" bad.log --key s/public/log.vkey
has out '"fault":null' '"log_answer":"signature"'
expect 1 verify --receipt "$mine" bad.log --key s/public/log.vkey
has out "the log is not sound"
# An early receipt and the log that went on; a late one and the log of before.
answers 0 valid --receipt early.receipt s/public/draw.log --key s/public/log.vkey
sed -n '1,/^signature/p' s/public/draw.log >announced.log
answers 1 split --receipt "$mine" announced.log --key s/public/log.vkey

# What cannot be checked.
expect 2 verify --receipt missing.receipt
has err "there is no file missing.receipt"
expect 2 verify --receipt "$mine" --key s/public/log.vkey --fingerprint "$fingerprint"
has err "give one of"
expect 2 verify --receipt "$mine" --policy s/public/log.vkey
has err "not a policy: line 1"
printf 'log %s\n' "$(cat s/public/log.vkey)" >half.policy
expect 2 verify s/public/draw.log --policy half.policy
has err "it names no log, or no quorum"
expect 2 verify
has err "something is missing"

# Broken off in the middle, it goes on: what a crash left is used or replaced.
rm "$mine" "$other"
echo half >"${mine%/*}/.${mine##*/}.tmp"
expect 0 sunlot receipts s
has out "written 2, as they should be already 22"
gone "${mine%/*}/.${mine##*/}.tmp"
answers 0 valid --receipt "$mine" --key s/public/log.vkey
echo changed >"$other"
expect 0 sunlot receipts s
has out "written 1, as they should be already 23"

# A list of people of another draw, or changed, gives no receipt.
mv s/private/people.csv people.csv
cp t/private/people.csv s/private/people.csv
expect 1 sunlot receipts s
has err "it belongs to another draw"
sed "s/,$id,$name\$/,$id,某某某/" people.csv >s/private/people.csv
expect 1 sunlot receipts s
has err "is not the one that was announced"
rm s/private/people.csv
expect 2 sunlot receipts s
has err "is missing"

# Nothing of it is public.
for word in "$name" "$salt"; do
    grep -rqF "$word" s/public && wrong "$word is in public/"
done

# A school of 1,245.
cp -r "$TOP/vectors/examples/school" school
chmod -R u+w school
expect 0 ceremony school
expect 0 sunlot receipts school
has out "written 1245"
for number in 1 600 1245; do
    mine=$(ls school/private/receipts/1/* | sed -n ${number}p)
    answers 0 valid --receipt "$mine" school/public/draw.log --policy school/public/draw.policy
    answers 0 valid --receipt "$mine" --key school/public/log.vkey
done
finish
