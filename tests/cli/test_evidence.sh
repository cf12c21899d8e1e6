# Many draws before the announcement: what is written, that it does not depend on the jobs, what is refused, both languages.
. tests/cli/common.sh

expect 0 sunlot new s
tree s >before
expect 0 sunlot evidence s --draws 300 --seed "$SEED" -o one --jobs 1 --mix 20
has out "Draws 300, without placement 0" "of them deviate 0" "Nothing deviates." "do not publish" "Time: "
expect 0 sunlot evidence s --draws 300 --seed "$SEED" --output=two --jobs 2 --mix 20
expect 0 sunlot evidence s --draws 300 --seed "$SEED" -o many/ --jobs 50 --mix 20
tree one >a
tree two >b
tree many >c
same a b
same a c
tree s >after
same before after
mode 700 one
[ "$(ls one | wc -l)" = 7 ] || wrong "one holds $(ls one)"
for file in evidence.html evidence.csv students.csv profiles.csv rows.csv pairs.csv runs.csv; do
    there one/$file
    mode 600 one/$file
done

# Every student sits somewhere in every draw, with the pseudonym of the rehearsal from the seed of zeros.
expect 0 sunlot rehearse s --seed "$(printf %064d 0)" --made-up --log zero.log
sed 's/^\xef\xbb\xbf//; s/\r$//' one/students.csv | tail -n +2 >rows
[ "$(wc -l <rows)" = 24 ] || wrong "rows of students.csv"
cut -d, -f 2 rows | sort >pseudonyms
grep '^student,' zero.log | cut -d, -f 2 | sort >listed
same pseudonyms listed
awk -F, '$9 + $10 + $11 != 300 { exit 1 }' rows || wrong "a student who is not always placed"
cut -d, -f 3 rows | sort -n >places
seq 24 >numbers
same places numbers
grep -v '^#' s/students.csv | cut -d, -f 2 | sed 1d >names
[ "$(wc -l <names)" = 24 ] || wrong "names of the made-up school"
cat one/* | grep -qFf names && wrong "a name in the evidence"

# With two draws nothing can be tested.  (That the counts are those of SPEC 11.6: tests/compare.sh.)
expect 0 sunlot evidence s --draws 2 --seed "$SEED" -o few
has out "Nothing could be tested"
[ "$(grep -c "not tested" few/evidence.csv)" -gt 20 ] || wrong "two draws were tested"
has few/evidence.html "Nothing could be tested"

# The same again; another seed; another length of the walk.
expect 0 sunlot evidence s --draws 2 --seed "$SEED" -o few
has out "nothing changes"
expect 0 sunlot evidence s --draws 2 --seed "0${SEED#?}" -o few
expect 0 sunlot evidence s --draws 2 --seed "1${SEED#?}" -o few
has few/evidence.html "--seed 1${SEED#?}"
lacks few/evidence.html "--mix"
has one/evidence.html "--mix 20" "sunlot evidence DIR --draws 300 --seed $SEED"

# The page: both languages, no script, nothing from elsewhere.
has one/evidence.html 'lang="zh-CN"' 'lang="en"' "抽签之前的证据" "Evidence before the draw" "What is exact" "哪些只是实测的" "<svg" "default-src 'none'"
for text in "<script" "http://" "https://" "url(" "@import" "src=" "NaN" "nan" "inf<"; do lacks one/evidence.html "$text"; done
for tag in div table details figure svg ul main p tr; do
    [ "$(grep -o "<$tag[ >]" one/evidence.html | wc -l)" = "$(grep -o "</$tag>" one/evidence.html | wc -l)" ] || wrong "<$tag> is not closed as often as opened"
done
expect 0 sunlot evidence s --draws 300 --seed "$SEED" -o zh --mix 20 --lang zh
has out "没有偏离"
has zh/students.csv "学校,代号"
has zh/evidence.csv "学生 × 班级" "相符" "实测"
grep -q '[a-z] [a-z][a-z]' zh/runs.csv zh/rows.csv && wrong "English in the Chinese tables"
cut -d'>' -f 2- one/evidence.html | grep -v 'class="pick"' >x
cut -d'>' -f 2- zh/evidence.html | grep -v 'class="pick"' >y
same x y
sed -n '/class="zh"/,/class="en"/p' zh/evidence.html | sed 's/<[^>]*>//g' | grep -E '[a-z]{3,} [a-z]{3,} [a-z]{3,}' | grep -v "sunlot evidence DIR" >english
[ ! -s english ] || wrong "English in the Chinese page: $(head -3 english)"

# Folders that are something else.
expect 1 sunlot evidence s --draws 1 --seed "$SEED" -o s
has err "holds something else than evidence"
mkdir -p s/public
expect 1 sunlot evidence s --draws 1 --seed "$SEED" -o s/public
has err "would be published"
expect 1 sunlot evidence s --draws 1 --seed "$SEED" -o s/public/evidence
rmdir s/public
expect 1 sunlot evidence s --draws 1 --seed "$SEED" -o ./s/public/
gone s/public
mkdir list
cp s/students.csv list
expect 1 sunlot evidence s --draws 1 --seed "$SEED" -o list
has err "not evidence"
same s/students.csv list/students.csv
expect 1 sunlot evidence s --draws 1 --seed "$SEED" -o list --lang zh
has err "list"
grep -q '[a-z] [a-z][a-z]' err && wrong "English in $(cat err)"
touch one/notes.txt
expect 1 sunlot evidence s --draws 1 --seed "$SEED" -o one
has err "notes.txt"
expect 2 sunlot evidence s --draws 1 --seed "$SEED" -o nowhere/there
: >file
expect 2 sunlot evidence s --draws 1 --seed "$SEED" -o file
mkdir empty
expect 0 sunlot evidence s --draws 1 --seed "$SEED" -o empty
tree s >after
same before after

# Values of options.
for draws in 0 1000001 x -1 01 ''; do
    expect 2 sunlot evidence s --draws "$draws" --seed "$SEED" -o new
    has err "--draws"
done
expect 2 sunlot evidence s --draws 1 --seed 12 -o new
expect 2 sunlot evidence s --draws 1 --seed "$SEED"
has err "--output is missing"
expect 2 sunlot evidence s --draws 1 --seed "$SEED" -o
expect 2 sunlot evidence s --draws 1 --seed "$SEED" -o new -o new
has err "twice"
expect 2 sunlot evidence s --draws 1 --seed "$SEED" -o new --mix 100001
expect 2 sunlot evidence missing --draws 1 --seed "$SEED" -o new
expect 2 sunlot check s -o x
gone new
"$BUILD/sunlot" evidence s --draws 1 --seed "$SEED" -o few >/dev/full 2>err
[ $? = 2 ] || wrong "evidence >/dev/full was not status 2"

# An input that is refused, and one that no draw places.
cp -r s bad
sed 's/^102,/101,/' s/students.csv >bad/students.csv
expect 1 sunlot evidence bad --draws 1 --seed "$SEED" -o new
gone new
mkdir tight
printf 'rule,who,column,value\ndraw,,district,Hill\ndraw,,year,2026\ndraw,,grade,G7\nsource,,1,d10 39; a; b; c\nmix,,,1\ntries,,,1\nmean,students,x,1\n' >tight/rules.csv
printf 'class,seats\n1,\n2,\n' >tight/classes.csv
printf 'id,name,x\n1,Child 1,1\n2,Child 2,5\n' >tight/students.csv
expect 0 sunlot evidence tight --draws 3 --seed "$SEED" -o hopeless
has out "no draw came to a placement" "without placement 3"
has hopeless/evidence.html "No draw of this school came to a placement."

# A district with locks, seats that differ, twins: each school is counted by itself.
expect 0 sunlot sample --schools 3 --classes 9 --students 200 --seed "$SEED" d
expect 0 sunlot evidence d --draws 60 --seed "$SEED" -o district --jobs 1 --mix 5
expect 0 sunlot evidence d --draws 60 --seed "$SEED" -o district2 --jobs 2 --mix 5
tree district >a
tree district2 >b
same a b
[ "$(wc -l <district/students.csv)" = 201 ] || wrong "rows of a district"
has district/evidence.html "draws of each school" "<summary>"
lacks district/evidence.html "pictures of each would be too many"
expect 0 sunlot sample --schools 21 --classes 42 --students 420 --seed "$SEED" big
expect 0 sunlot evidence big --draws 5 --seed "$SEED" -o large --mix 1
has large/evidence.html "pictures of each would be too many"
finish
