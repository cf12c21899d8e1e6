#!/bin/sh
# The programs against the second implementation, vectors/reference.py: it recomputes all vectors, and 1,000 small draws made up at
# random come out of both with the same bytes; so do the counts of a few evidences.
set -u
LC_ALL=C.UTF-8
PYTHONDONTWRITEBYTECODE=1
export LC_ALL PYTHONDONTWRITEBYTECODE
build=${BUILD:-build}
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

wrong() {
    echo "compare: $*"
    failed=$((failed + 1))
}

# What takes long in Python runs beside the rest.
$python vectors/reference.py check >"$work/checked" 2>&1 &
check=$!

# Two halves at the same time.
seed() { printf '%064d' "$1"; }
$python vectors/reference.py random --count 500 --seed "$(seed 1)" "$work/a" &
first=$!
$python vectors/reference.py random --count 500 --seed "$(seed 2)" "$work/b" &
second=$!
wait $first || wrong "reference.py random fails"
wait $second || wrong "reference.py random fails"

draws=0
for folder in "$work"/[ab]/*/; do
    log=$folder/made.log
    ${RUN:-} "$build/sunlot" rehearse "$folder" --seed "$(cat "$folder/seed")" --made-up --log "$log" --jobs 1 >"$work/said" 2>&1 || wrong "$folder: $(cat "$work/said")"
    if ! cmp -s "$log" "$folder/draw.log"; then
        wrong "the logs of ${folder#"$work"/} differ:"
        diff "$log" "$folder/draw.log" | head -n 6
        [ $failed -lt 5 ] || break
        continue
    fi
    ${RUN:-} "$build/sunlot-verify" "$log" --rehearsal --jobs 1 >"$work/said" 2>&1 || wrong "${folder#"$work"/}: $(grep Answer "$work/said")"
    draws=$((draws + 1))
done
[ $draws = 1000 ] || wrong "$draws of 1000 draws agree"

# Who comes how often into which class, in the draws of one evidence.
for name in tiny bound district teams; do
    folder=vectors/draws/$name
    $python vectors/reference.py evidence "$folder" --draws 4 --seed "$(seed 3)" --mix 20 >"$work/expected" || wrong "reference.py evidence fails"
    ${RUN:-} "$build/sunlot" evidence "$folder" --draws 4 --seed "$(seed 3)" --mix 20 -o "$work/$name" >"$work/said" 2>&1 || wrong "$name: $(cat "$work/said")"
    # school and pseudonym, and what stands behind the eighth column; schools with fewer classes have empty cells at the end
    sed -e 's/,*\r$//' -e 1d "$work/$name/students.csv" | cut -d , -f 1,2,9- >"$work/found"
    cmp -s "$work/expected" "$work/found" || wrong "the evidence of $name differs: $(diff "$work/expected" "$work/found" | head -n 3)"
done

wait $check || wrong "reference.py does not agree with the vectors"
cat "$work/checked"

[ $failed = 0 ] && echo "compare: $draws draws made up at random, the same bytes"
