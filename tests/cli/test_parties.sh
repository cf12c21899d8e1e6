# A ceremony of a notary and three parents, each with a folder of their own for a machine: in the only order there is, whatever is tried between.
. tests/cli/common.sh
. "$HERE/parties.sh"

parties s keys
# Every party's own machine.
for name in notary parent-1 parent-2 parent-3; do
    mkdir "$name"
    mv keys/$name.key keys/$name.pub "$name"
done
T="--time $TIME"

# refused TEXT... -- COMMAND...: refused, says the texts, and changes nothing in the folder s
refused() {
    tree s >before
    texts=
    while [ "$1" != -- ]; do
        texts="$texts$1
"
        shift
    done
    shift
    expect 1 "$@"
    echo "$texts" | while IFS= read -r text; do
        [ -z "$text" ] || grep -qF -e "$text" err || echo "$* does not say “$text”" >>lacking
    done
    tree s >after
    same before after
}
# at DIR COMMAND...: on the machine of a party
at() {
    (cd "$1" && shift && "$@")
}
: >lacking

expect 2 sunlot status s
has err "sunlot announce s"
expect 0 sunlot check s
has out "This can be announced."
expect 0 sunlot announce s
has out "There is no fingerprint yet" "Next: these parties commit: parent-1, parent-2, parent-3"
lacks out "Before anybody throws"
tree s >before
expect 0 sunlot status s
has out "notary: notary, key made on its own device" "parent-2: parents' representative, key made on its own device, adds a contribution" "sunlot commit s --party ID"
tree s >after
same before after

# ---- list ----
refused "not the step" "sunlot commit s" -- sunlot entropy s --source 1 --digits "$DIGITS" --again "$DIGITS"
refused "not the step" "sunlot commit s" -- sunlot draw s
refused "not the step" -- sunlot reveal s --party parent-1 --key parent-1/parent-1.key
refused "no party “nobody”" -- sunlot commit s --party nobody --key notary/notary.key
refused "not announced as sealed" -- sunlot commit s --party notary --key notary/notary.key
refused "is not the key of “parent-1”" -- sunlot commit s --party parent-1 --key parent-2/parent-2.key
refused "is not announced as sealed" -- sunlot missing s --party notary
gone parent-2/parent-2.key.signed

# One commits in the folder, one on a machine of its own, twice with the same bytes; one does not come.
expect 0 sunlot commit s --party parent-1 --key parent-1/parent-1.key
has out "Still to come: parent-2, parent-3"
mode 600 "$(ls parent-1/parent-1.key.*.sealed)"
mode 600 s/private/commit-parent-1.draft
mode 700 s/private
cp s/public/draw.log parent-2/draw.log
expect 0 at parent-2 sunlot commit --log draw.log --party parent-2 --key parent-2.key -o commit
cp parent-2/commit first
expect 0 at parent-2 sunlot commit --log draw.log --party parent-2 --key parent-2.key -o commit
same first parent-2/commit
sed -e 's/,h0/,h1/' -e t -e 's/,h./,h0/' first >changed
refused "no good record" -- sunlot commit s --add changed
refused "no good record" -- sunlot commit s --add parent-2/parent-2.pub
expect 2 sunlot commit s --add nowhere
expect 0 sunlot commit s --add parent-2/commit
has out "Still to come: parent-3"
refused "it is not missing" -- sunlot missing s --party parent-2
# Another machine with the same key makes other bytes: the first commitment stands.
mkdir twin
cp parent-2/parent-2.key twin
expect 0 sunlot commit --log s/public/draw.log --party parent-2 --key twin/parent-2.key -o twin/commit
cmp -s twin/commit first && wrong "the same contribution twice"
refused "the first commitment stands" -- sunlot commit s --add twin/commit
expect 0 sunlot missing s --party parent-3
has out "All commitments are in s/public/draw.log" "Missing: parent-3" "sunlot reveal s --party ID"
has s/public/draw.log "missing,parent-3"
gone s/private/commit-parent-1.draft

# ---- commits ----
expect 0 sunlot commit s --party parent-1 --key parent-1/parent-1.key
has out "already; nothing changes"
expect 0 sunlot commit s --add parent-2/commit
has out "already; nothing changes"
refused "not the step" -- sunlot commit s --party parent-3 --key parent-3/parent-3.key
refused "nothing is awaited" -- sunlot reveal s --party parent-3 --key parent-3/parent-3.key
refused "there is no" -- sunlot reveal s --party parent-1 --key parent-2/parent-1.key
refused "not the step" -- sunlot draw s
expect 1 sunlot reveal --log parent-2/draw.log --party parent-2 --key parent-2/parent-2.key -o parent-2/reveal
has err "ends with the checkpoint “list”"
expect 1 sunlot reveal --log s/public/draw.log --party parent-2 --key twin/parent-2.key -o twin/reveal
has err "does not open the commitment"
gone twin/reveal
cp s/public/draw.log parent-2/draw.log
expect 0 sunlot reveal --log parent-2/draw.log --party parent-2 --key parent-2/parent-2.key -o parent-2/reveal
sed -e 's/,x0/,x1/' -e t -e 's/,x./,x0/' parent-2/reveal >changed
refused "does not open the commitment" -- sunlot reveal s --add changed
expect 0 sunlot reveal s --add parent-2/reveal
has out "Still to come: parent-1"
# The machine fails before the last one; on another day all goes on.
cp -a s kept
cp -a s split
expect 0 sunlot reveal s --party parent-1 --key parent-1/parent-1.key
has out "Fingerprint of" "Checkpoint “seed-base”, signed by: host" "Not signed yet: notary, parent-1, parent-2, parent-3" "ceremony: 3 of" "parents: 2 of"
expect 0 sunlot reveal kept --party parent-1 --key parent-1/parent-1.key
same kept/public/draw.log s/public/draw.log
rm -r kept

# ---- seed-base ----
expect 1 verify s/public/draw.log --until seed-base --key s/public/log.vkey
has out "Answer: incomplete"
refused "signatures of the checkpoint “seed-base” are missing" "sunlot sign s" -- sunlot entropy s --source 1 --digits "$DIGITS" --again "$DIGITS"
refused "signatures of the checkpoint “seed-base” are missing" -- sunlot draw s
# Nobody can keep the host from giving up a draw that has not begun: those who would not sign may be the reason.
cp -a s given-up
expect 0 sunlot withdraw given-up --date 2026-08-30 --reason "the notary will not sign"
has out "This draw was withdrawn"
expect 1 verify given-up/public/draw.log --key given-up/public/log.vkey
has out "Answer: incomplete"
refused "is not the key of “notary”" -- sunlot sign s --party notary --key parent-1/parent-1.key $T
gone parent-1/parent-1.key.signed
refused "the host signs each checkpoint" -- sunlot sign s --party host --key notary/notary.key $T
expect 2 sunlot sign s --party notary --key notary/notary.key
has err "--time"
expect 2 sunlot sign s --party notary --key notary/notary.key --time 2026-02-30T09:30:00+08:00
expect 2 sunlot sign s --party notary --key notary/notary.key --time "2026-08-30 09:30:00"
expect 2 sunlot sign --note note --party notary --key notary/notary.key $T -o x
expect 0 sunlot sign s --party notary --key notary/notary.key $T
has out "signed by: host, notary"
mode 600 notary/notary.key.signed
cp s/public/seed-base.note one.note
expect 0 sunlot sign s --party notary --key notary/notary.key $T
has out "has signed “seed-base” already"
same one.note s/public/seed-base.note

# Elsewhere, with the log and without it.
expect 0 sunlot sign s --export note
has out "--phase seed-base"
cp note s/public/draw.log parent-1
cp note parent-3
expect 0 at parent-1 sunlot sign --note note --log draw.log --party parent-1 --key parent-1.key $T -o cosig
has out "To be signed" "checkpoint “seed-base”"
expect 1 sunlot sign --note note --log s/public/draw.log --phase digits --party parent-1 --key parent-1/parent-1.key $T -o x
expect 1 sunlot sign --note note --log parent-2/draw.log --party parent-1 --key parent-1/parent-1.key $T -o x
has err "of no checkpoint of parent-2/draw.log"
gone x
expect 2 sunlot sign --note note --party parent-3 --key parent-3/parent-3.key $T -o x
has err "--phase"
expect 0 sunlot sign --note note --phase seed-base --party parent-3 --key parent-3/parent-3.key $T -o parent-3/cosig
expect 0 sunlot key new stranger --no-password
expect 0 sunlot sign --note note --phase seed-base --party parent-2 --key stranger.key $T -o wrong-key
expect 0 sunlot sign --note note --phase seed-base --party stranger --key stranger.key $T -o unknown
refused "no good signature" -- sunlot sign s --add wrong-key
refused "nobody who is a party" -- sunlot sign s --add unknown
refused "nobody who is a party" -- sunlot sign s --add parent-1/draw.log
expect 0 sunlot sign s --add parent-1/cosig
has out "Signed: parent-1" "Not signed yet: parent-2, parent-3"
refused "signatures of the checkpoint “seed-base” are missing" -- sunlot entropy s --source 1 --digits "$DIGITS" --again "$DIGITS"
expect 0 sunlot sign s --add parent-3/cosig
has out "Signed: parent-3" "Next, for each source: sunlot entropy s"
expect 0 sunlot sign s --add parent-3/cosig
has out "there already"
[ "$(grep -c '^— ' s/public/seed-base.note)" = 4 ] || wrong "signatures in the note file"

# A note file that was spoilt is not passed over.
cp s/public/seed-base.note good.note
sed 's/parent-1 ../parent-1 zz/' good.note >s/public/seed-base.note
refused "seed-base.note is damaged" -- sunlot entropy s --source 1 --digits "$DIGITS" --again "$DIGITS"
cp good.note s/public/seed-base.note

# ---- digits: twice, and the same ----
refused "first at digit 1: “3”, then “4”" -- sunlot entropy s --source 1 --digits "$DIGITS" --again "4${DIGITS#?}"
refused "first at digit 39: “9”, then “8”" -- sunlot entropy s --source 1 --digits "$DIGITS" --again "${DIGITS%?}8"
refused "too few digits" -- sunlot entropy s --source 1 --digits "$DIGITS" --again "${DIGITS%?}"
sunlot entropy s --source 1 --digits "$DIGITS" </dev/null >out 2>err && wrong "digits that were given once"
has err "twice"
gone s/private/source-1.draft
enter s
has out "All digits are sealed" "Checkpoint “digits”, signed by: host" "two: 2 of"
for name in notary parent-1 parent-3; do grep -q "^signature,.*/$name," s/public/draw.log || wrong "$name's signature is not in the log"; done
refused "signatures of the checkpoint “digits” are missing" -- sunlot draw s
refused "sealed as" -- sunlot entropy s --source 1 --digits "4${DIGITS#?}"
refused "a signature of the checkpoint “seed-base”; the log has come to “digits”" -- sunlot sign s --add parent-3/cosig
refused "before its first digit or not at all" -- sunlot withdraw s --date 2026-08-30 --reason "we do not like these digits"

# Sealed wrong, and nobody but the host has signed: put right.  There and back again the folder is as it was.
cp -a s typo
expect 1 sunlot entropy typo --source 1 --digits "4${DIGITS#?}" --again "$DIGITS" --correct
expect 0 sunlot entropy typo --source 1 --digits "4${DIGITS#?}" --again "4${DIGITS#?}" --correct
has out "$DIGITS was sealed, and is put right: 4${DIGITS#?}" "Checkpoint “digits”, signed by: host"
has typo/public/draw.log "entropy,1,4${DIGITS#?}"
expect 1 verify typo/public/draw.log s/public/draw.log --until digits
has out "Answer: split"
expect 0 sunlot entropy typo --source 1 --digits "$DIGITS" --again "$DIGITS" --correct
tree s >before
tree typo >after
same before after
cp -a notary spare
expect 0 sunlot sign typo --party notary --key spare/notary.key $T
expect 1 sunlot entropy typo --source 1 --digits "4${DIGITS#?}" --again "4${DIGITS#?}" --correct
has err "and signed; from here on nothing can be changed"
rm -r spare typo

# What the signers' tools refuse: another log under the same name.
cp -r s fork
sed -i '/^entropy,/,$d' fork/public/draw.log
cp fork/public/draw.log fork/private/draw.log
other=4${DIGITS#?}
expect 0 sunlot sign s --party notary --key notary/notary.key $T
has out "Next: sunlot draw s"
expect 0 sunlot entropy fork --source 1 --digits "$other" --again "$other"
expect 1 sunlot sign fork --party notary --key notary/notary.key $T
has err "this key has signed another checkpoint of this draw and phase" "signed before: “digits”" "notary.key.signed"
expect 0 sunlot sign fork --export other-note
expect 1 sunlot sign --note other-note --phase digits --party notary --key notary/notary.key $T -o x
expect 1 sunlot sign --note other-note --phase seed-base --party notary --key notary/notary.key $T -o x
expect 2 sunlot sign --note other-note --phase results --party notary --key notary/notary.key $T -o x
expect 1 sunlot sign --note other-note --log fork/public/draw.log --party notary --key notary/notary.key $T -o x
gone x
# … also one that parted earlier: another seed base under new digits, of which nothing was signed yet.
expect 0 sunlot missing split --party parent-1
mkdir careless
cp notary/notary.key careless
for name in careless/notary parent-1/parent-1 parent-2/parent-2; do cp $name.key careless/${name#*/}.copy; done
for name in notary parent-1 parent-2; do expect 0 sunlot sign split --party $name --key careless/$name.copy $T; done
enter split
expect 1 sunlot sign split --party parent-1 --key parent-1/parent-1.key $T
has err "the log does not contain what this key has signed" "signed before: “seed-base”" "to be signed:  “digits”"
# … also one whose list was another.
parties elsewhere keys2
for name in notary parent-1 parent-2 parent-3; do cp $name/$name.pub keys2; done
grep -v '^party\|^group\|^quorum' elsewhere/rules.csv >rules
cp rules elsewhere/rules.csv
{
    sunlot key show notary/notary.pub
    echo 'quorum,,digits,host,'
} >>elsewhere/rules.csv
expect 0 sunlot announce elsewhere
expect 1 sunlot sign elsewhere --party notary --key notary/notary.key $T
has err "signed before: “seed-base”"
expect 1 sunlot sign elsewhere --party notary --key notary/notary.key $T --lang zh
has err "没有签名"
# A memory that was spoilt is not passed over.
cp parent-1/parent-1.key.signed whole
printf 'half a line' >>parent-1/parent-1.key.signed
refused "is damaged" -- sunlot sign s --party parent-1 --key parent-1/parent-1.key $T
cp whole parent-1/parent-1.key.signed

# ---- results ----
expect 0 sunlot draw s
expect 0 sunlot draw s
has out "drawn already"
expect 0 sunlot sign s --party parent-2 --key parent-2/parent-2.key $T
has out "Checkpoint “results”, signed by: host, parent-2"
expect 0 sunlot status s
has out "All is drawn" "sunlot export s" "parent-3: parents' representative, key made on its own device, missing"
expect 0 sunlot status s --lang zh
has out "自己的设备" "缺席"
expect 0 verify s/public/draw.log --key s/public/log.vkey
has out "Answer: valid"
expect 0 sunlot export s
[ -z "$(find s/private parent-1 -type f -perm /077 ! -name '*.pub' ! -name cosig ! -name note ! -name draw.log)" ] || wrong "private files are open to others"

# A key that was replaced: the new one signs from the next act on, in the folder and elsewhere; the old one no more.
cp -a s r
expect 0 sunlot key new parent-2/new --no-password
expect 0 sunlot replace r --date 2026-09-10 --party parent-2 --key parent-2/new.pub
for name in notary parent-1 parent-3; do expect 0 sunlot sign r --party $name --key $name/$name.key $T; done
child=$(sed -n 's/^student,\([^,]*\),.*/\1/p' r/public/draw.log | head -1)
expect 0 sunlot strike r --date 2026-09-11 --student "$child" --reason "twice in the list" --authority "the bureau"
expect 1 sunlot sign r --party parent-2 --key parent-2/parent-2.key $T
has err "is not the key of “parent-2”"
expect 0 sunlot sign r --export note
expect 1 sunlot sign --note note --log r/public/draw.log --party parent-2 --key parent-2/parent-2.key $T -o x
expect 0 sunlot sign --note note --log r/public/draw.log --party parent-2 --key parent-2/new.key $T -o cosig
expect 0 sunlot sign r --add cosig
has out "Signed: parent-2"
for name in notary parent-1; do expect 0 sunlot sign r --party $name --key $name/$name.key $T; done
has out "Not needed any more: parent-3"
expect 0 verify r/public/draw.log --key r/public/log.vkey --note r/public/after-2.note

# Each length that was published has its signature of minisign.
[ "$(ls s/public/minisig | wc -l)" = 5 ] || wrong "signatures of the published lengths: $(ls s/public/minisig)"
same "s/public/minisig/draw.$(wc -l <s/public/draw.log).log.minisig" s/public/draw.log.minisig
if command -v minisign >/dev/null; then
    for file in s/public/minisig/*; do
        lines=$(echo "$file" | sed 's/.*draw\.\([0-9]*\)\.log.*/\1/')
        head -n "$lines" s/public/draw.log >length
        expect 0 minisign -V -m length -x "$file" -p s/public/minisign.pub
        has out "$lines lines"
    done
fi

# ---- withdrawn ----
parties w more
expect 0 sunlot announce w
expect 1 sunlot withdraw w --date 2026-8-30 --reason "a child is missing"
has err "2026-08-20"
expect 1 sunlot withdraw w --date 2026-08-30 --reason "=1"
expect 0 sunlot withdraw w --date 2026-08-30 --reason "a child is missing from the list"
has out "Withdrawn" "Checkpoint “withdrawn”, signed by: host" "This draw was withdrawn"
expect 1 sunlot commit w --party parent-1 --key more/parent-1.key
has err "withdrawn"
tree w >before
expect 0 sunlot withdraw w --date 2026-08-30 --reason "another reason"
has out "withdrawn already"
tree w >after
same before after

# ---- nobody commits ----
parties n none
expect 0 sunlot announce n
for name in parent-3 parent-1 parent-2; do expect 0 sunlot missing n --party $name; done
has out "nobody has committed"
expect 0 sunlot reveal n
has out "Fingerprint of"
expect 0 sunlot reveal n
has out "already; nothing changes"
sign n none notary parent-1 parent-2
enter n
sign n none notary
expect 0 sunlot draw n
expect 0 verify n/public/draw.log --key n/public/log.vkey

[ ! -s lacking ] || wrong "$(cat lacking)"
finish
