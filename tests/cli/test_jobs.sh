# A district: the same bytes for any number of jobs, and rehearsals that are the same every time.
. tests/cli/common.sh

expect 0 sunlot sample --schools 5 --classes 14 --students 400 --seed "$SEED" d
expect 0 sunlot sample --schools 5 --classes 14 --students 400 --seed "$SEED" e
tree d >one
tree e >two
same one two
expect 0 sunlot check d --jobs 1
cp out one
expect 0 sunlot check d --jobs 3
same one out
expect 0 sunlot rehearse d --seed "$SEED" --made-up --log one.log --jobs 1
expect 0 sunlot rehearse d --seed "$SEED" --made-up --log two.log --jobs 2
expect 0 sunlot rehearse d --seed "$SEED" --made-up --log many.log --jobs 200
same one.log two.log
same one.log many.log
expect 0 verify one.log --rehearsal --jobs 1
cp out one
expect 0 verify one.log --rehearsal --jobs 3
same one out
expect 0 verify one.log --rehearsal --jobs 3 --json
cp out one
expect 0 verify one.log --rehearsal --jobs 1 --json
same one out

# Where rehearsals go, and what they overwrite.
expect 0 sunlot rehearse d --seed "$SEED"
same one.log d/private/rehearsal.log
mode 700 d/private
mode 600 d/private/rehearsal.log
gone d/public
expect 0 sunlot rehearse d --seed "$SEED"
has out "nothing changes" "REHEARSAL (演练)"
expect 0 sunlot rehearse d --seed "0${SEED#?}" --log d/private/rehearsal.log
expect 0 sunlot rehearse d --seed "1${SEED#?}" --log d/private/rehearsal.log
cmp -s one.log d/private/rehearsal.log && wrong "another seed gave the same log"
expect 1 sunlot rehearse d --seed "$SEED" --made-up --log d/students.csv
has err "not a rehearsal"
expect 2 sunlot rehearse d --seed "$SEED" --made-up --log nowhere/file
gone nowhere

# A real draw of several schools, two jobs, one job.
ceremony d
cp -r d f
sed '/^placed,/,$d' d/public/draw.log >f/public/draw.log
expect 0 sunlot draw f --jobs 1
same d/public/draw.log f/public/draw.log
expect 0 verify d/public/draw.log --key d/public/log.vkey
expect 0 sunlot export d
[ "$(wc -l <d/private/placement.csv)" = 401 ] || wrong "rows of placement.csv"
# Neither side knows the other: the public list has no name, the private one no pseudonym.
grep -qE 's[0-9a-f]{32}' d/private/placement.csv && wrong "a pseudonym in the private list"
cut -d, -f 3 d/private/placement.csv | sed 1d | sort -u | while read -r name; do
    ! grep -qF "$name" d/public/placement.csv d/public/draw.log || echo "$name"
done >leaks
[ ! -s leaks ] || wrong "names in public: $(head -3 leaks)"
# What the private list says beside the name is the same for a whole class: nothing in it leads to one line of the log.
cut -d, -f 1,4- d/private/placement.csv | sort -u | wc -l >kinds
cut -d, -f 1,4 d/private/placement.csv | sort -u | wc -l >classes
same kinds classes
finish
