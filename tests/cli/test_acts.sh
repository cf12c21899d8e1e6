# What comes after the draw: late students, acts, their signatures, lists and answers after them.
. tests/cli/common.sh

SECOND=2718-2818-2845-9045-2353-6028-7471-3526-6249-775

# digits DIR DIGITS: of the one source, as two people type them
digits() { expect 0 sunlot entropy "$1" --source 1 --digits "$2" --again "$2"; }
# signs DIR: the parties sign what stands last
signs() {
    for party in ann bob; do expect 0 sunlot sign "$1" --party $party --key $party.key --time 2026-09-01T10:00:00+08:00; done
}

for party in ann bob other; do expect 0 sunlot key new $party --no-password; done
expect 0 sunlot new s
for party in ann bob; do
    sunlot key show $party.pub --id $party --role "a party" >row
    grep '^party' row >>s/rules.csv
done
printf '%s,\n' 'quorum,,digits,host' 'quorum,,after,all' 'quorum,,seed-base,host' 'draw,,late,2026-09-10; 2026-10-10' >>s/rules.csv
grep -q '^rule,who,column,value,school' s/rules.csv || wrong "another header of rules.csv"

expect 0 sunlot announce s
expect 1 sunlot strike s --date 2026-09-01 --student 101 --reason twice --authority bureau
has err "this is not the step that comes next"
digits s $DIGITS
expect 0 sunlot draw s
expect 0 verify s/public/draw.log --key s/public/log.vkey
has out "rows announced 24, struck 0, late 0, moved 0, fixed beforehand"
lacks out "What was entered after the results"

# Somebody is struck: by id, and only once; the parties sign before anything else is entered.
id=$(grep ',Student 01' s/students.csv | cut -d, -f 1)
next=$(grep ',Student 02' s/students.csv | cut -d, -f 1)
cp s/public/draw.log drawn.log
expect 1 sunlot strike s --date 2026-09-01 --student nobody --reason twice --authority bureau
has err "no student has the pseudonym or the id “nobody”"
expect 1 sunlot strike s --date 2026-09-31x --student "$id" --reason twice --authority bureau
has err "this cannot be entered in the log: not a date, found “2026-09-31x”"
expect 1 sunlot strike s --date 2026-09-01 --student "$id" --reason =twice --authority bureau
expect 2 sunlot strike s --date 2026-09-01 --student "$id" --reason twice
has err "authority"
for wish in "strike s" "move s --class 1"; do
    expect 1 sunlot $wish --date 2026-09-01 --student "$id" --reason "Student 01 is in another school" --authority bureau
    has err "the name of the student stands in it"
done
same drawn.log s/public/draw.log
expect 0 sunlot strike s --date 2026-09-01 --student "$id" --reason "entered twice" --authority "the bureau"
has out "Entered in s/public/draw.log: struck" "Checkpoint “after-1”, signed by: host" "Not signed yet: ann, bob"
expect 0 sunlot strike s --date 2026-09-01 --student "$id" --reason "entered twice" --authority "the bureau"
has out "This was entered already; nothing changes."
expect 1 sunlot move s --date 2026-09-02 --student "$next" --class 1 --reason r --authority a
has err "signatures of the checkpoint “after-1” are missing"
expect 1 verify s/public/draw.log --key s/public/log.vkey
has out "Answer: incomplete"
signs s
expect 1 sunlot strike s --date 2026-09-02 --student "$id" --reason "again" --authority "the bureau"
has err "a student who is struck already"

# Moved to another class, by an authority.
class=$(grep "^$next," s/students.csv >/dev/null && sunlot export s >/dev/null && tr -d '\r' <s/private/placement.csv | awk -F, -v id="$next" '$2 == id { print $4 }')
[ "$class" = 1 ] && to=2 || to=1
expect 1 sunlot move s --date 2026-09-02 --student "$next" --class "$class" --reason r --authority a
has err "a student moved to the class where he is"
expect 1 sunlot move s --date 2026-09-02 --student "$next" --class none --reason r --authority a
has err "no class of the school, found “none”"
expect 0 sunlot move s --date 2026-09-02 --student "$next" --class $to --reason "the way is long" --authority "the bureau"
has s/public/draw.log "checkpoint,after-1," "checkpoint,after-2,"
signs s
[ "$(grep -c '^signature,.*/ann,' s/public/draw.log)" = 1 ] || wrong "the signatures of after-1 are not in the log"

# Late students: nobody who is there, nobody twice, in files as people have them.
printf 'id,name\n%s,Somebody\n' "$next" >late.csv
expect 1 sunlot late s --file late.csv --date 2026-09-10
has err "late.csv:2:1 (id): A student with this id is in the draw already"
printf 'id,name,sex\n901,Late One,\n901,Late Two,\n,Late Three,\n' >late.csv
expect 1 sunlot late s --file late.csv --date 2026-09-10
has err "late.csv" "sex" "nothing was written"
printf '编号,姓名,座位\n901,迟一,\n902,迟二,9\n' | iconv -f UTF-8 -t GB18030 >late.csv
expect 1 sunlot late s --file late.csv --date 2026-09-10
has err "late.csv:3:3"
printf '编号,姓名,座位\n901,迟一,\n902,迟二,1\n' | iconv -f UTF-8 -t GB18030 >late.csv
expect 1 sunlot late s --file late.csv --date 2026-09-11
has err "a date that is not announced for late students"
gone s/private/people-late.csv
expect 0 sunlot late s --file late.csv --date 2026-09-10
has out "The late students are announced" "late-base-3" "sunlot entropy s"
mode 600 s/private/people-late.csv
lacks s/public/draw.log "迟一"
has s/private/people-late.csv "迟一" "迟二"
expect 1 sunlot draw s
has err "sunlot entropy s"
expect 1 sunlot late s --file late.csv --date 2026-10-10
# The order of the file changes nothing; nor does a second run.
cp -r s t
cp drawn.log before.log
digits s $SECOND
has s/public/draw.log "checkpoint,late-digits-3,"
expect 0 sunlot entropy s --source 1 --digits $SECOND
has out "sealed already"
expect 1 sunlot entropy s --source 1 --digits $DIGITS
expect 0 sunlot draw s
has out "The late students have their classes"
[ "$(grep -c '^late-seat,' s/public/draw.log)" = 2 ] || wrong "late-seat"
expect 0 sunlot draw s
has out "drawn already"
# A supplement needs no signature at its end, and the next act may follow.
printf 'id,name\n903,Late Three\n' >late.csv
expect 1 sunlot late s --file late.csv --date 2026-09-10
has err "a date that is not later"
expect 0 sunlot late s --file late.csv --date 2026-10-10
digits s $DIGITS
expect 0 sunlot draw s
has s/private/people-late.csv "迟一" "Late Three"

# Lists have the classes in the end: who was struck is out, who came late is in.
# What was written before is replaced, of whichever act; what somebody edited stays.
cp s/private/placement.csv older.csv
cp s/public/placement.csv older-public.csv
echo "a remark" >>s/public/placement.csv
expect 1 sunlot export s
has err "s/public/placement.csv is there and differs"
has s/public/placement.csv "a remark"
cp older.csv s/private/placement.csv
cp older-public.csv s/public/placement.csv
expect 0 sunlot export s
has out "written: s/private/placement.csv" "written: s/public/placement.csv"
tr -d '\r' <s/private/placement.csv >list
[ "$(wc -l <list)" = 27 ] || wrong "$(wc -l <list) lines of placement.csv, not 1 + 24 - 1 + 3"
awk -F, -v id="$id" '$2 == id' list | grep -q . && wrong "somebody struck is in the list"
[ "$(awk -F, -v id="$next" '$2 == id { print $4 }' list)" = $to ] || wrong "somebody moved is in another class"
has list "迟一" "Late Three"
lacks s/public/placement.csv "迟一"

# Everybody has a receipt, who came late too.
expect 0 sunlot receipts s
has out "written 27"
pseudonym=$(grep ',迟一' s/private/people-late.csv | cut -d, -f 1)
expect 0 verify --receipt "s/private/receipts/1/$pseudonym.receipt" --key s/public/log.vkey
has out "迟一" "in the list of those who came late"

expect 0 verify s/public/draw.log --key s/public/log.vkey
has out "Answer: valid" "rows announced 24, struck 1, late 3, moved 1, fixed beforehand" "What was entered after the results" "reason: the way is long" \
    "Digits for late students, act 3 of 2026-09-10" "$SECOND"
pseudonym=$(grep ',迟一' s/private/people-late.csv | cut -d, -f 1)
expect 0 verify s/public/draw.log --key s/public/log.vkey --student "$pseudonym"
root=$(sed -n 's/^checkpoint,late-base-3,[0-9]*,h//p' s/public/draw.log)
has out "came late, announced in a supplement" "$(echo "$root" | sed 's/^\(....\)\(....\)\(....\)\(....\).*/\1  \2  \3  \4/')"
expect 1 verify s/public/draw.log --student "$pseudonym" --json
has out "\"late_root\":\"$root\""
pseudonym=$(awk -F, -v id="$id" '$4 == id { print $1 }' s/private/people.csv)
expect 0 verify s/public/draw.log --key s/public/log.vkey --student "$pseudonym"
has out "STRUCK from the list afterwards"
expect 0 verify s/public/draw.log --key s/public/log.vkey --student "$pseudonym" --json
has out '"rows":{"announced":24,"struck":1,"late":3,"moved":1,' '"kind":"moved"' '"struck":true' '"supplements":[{"act":3,'
pseudonym=$(awk -F, -v id="$next" '$4 == id { print $1 }' s/private/people.csv)
expect 0 verify s/public/draw.log --key s/public/log.vkey --student "$pseudonym" --lang zh
lacks out "class in the end"

# A party loses its key: with a quorum of all nobody can be replaced, so here it stays open.
cp -r s u
expect 1 sunlot replace u --date 2026-10-11 --party host --key other.pub
has err "is not replaced"
expect 1 sunlot replace u --date 2026-10-11 --party eve --key other.pub
has err "no other party than the host"
expect 1 sunlot replace u --date 2026-10-11 --party ann --key ann.key
has err "no public key file"
expect 0 sunlot replace u --date 2026-10-11 --party ann --key other.pub
has u/public/draw.log "replaced,2026-10-11,ann,sunlot/v1/live/"

# Drawn by hand after all; then set aside.
expect 1 sunlot by-hand s --date 2026-10-11 --what numbers --slots "1 2"
has err "slots drawn by hand"
expect 0 sunlot by-hand s --date 2026-10-11 --what teams --slots "2 3 1"
signs s
expect 1 verify s/public/draw.log --key s/public/log.vkey
has out "Answer: incomplete" # the last signatures stand beside the log until it goes on
expect 0 sunlot set-aside s --date 2026-10-12 --authority "the court" --reference "No. 7"
signs s
expect 1 verify s/public/draw.log --key s/public/log.vkey
has out "Answer: set-aside" "No. 7" "by-hand"

# Where two of three are enough, the others replace a key that is lost; from the next act on the new one counts, and the old one no more.
sign() { expect "$1" sunlot sign v --party "$2" --key "$3" --time 2026-09-03T10:00:00+08:00; }
expect 0 sunlot key new cid --no-password
expect 0 sunlot new v
for party in ann bob cid; do sunlot key show $party.pub --id $party --role "a party" | grep '^party' >>v/rules.csv; done
printf '%s,\n' 'draw,,attempt,2' 'group,,two,2; ann; bob; cid' 'quorum,,digits,host' 'quorum,,after,two' 'quorum,,seed-base,host' >>v/rules.csv
expect 0 sunlot announce v
digits v $DIGITS
expect 0 sunlot draw v
expect 0 sunlot replace v --date 2026-09-02 --party ann --key other.pub
sign 0 bob bob.key
expect 1 sunlot strike v --date 2026-09-03 --student "$id" --reason r --authority a
has err "signatures of the checkpoint “after-1” are missing"
sign 1 ann other.key
sign 0 ann ann.key
expect 1 sunlot strike v --date 2026-09-03 --student "$id" --reason r --authority a
sign 0 cid cid.key
expect 0 sunlot strike v --date 2026-09-03 --student "$id" --reason r --authority a
sign 1 ann ann.key
sign 0 ann other.key
sign 0 bob bob.key
expect 0 sunlot strike v --date 2026-09-04 --student "$next" --reason r --authority a
sign 0 bob bob.key
sign 0 cid cid.key
expect 0 verify v/public/draw.log --key v/public/log.vkey --note v/public/after-3.note
has out "replaced" "struck 2"
finish
