#!/bin/sh
# The programs against the second implementation, vectors/reference.py: it recomputes all vectors, and 1,000 small draws made up at
# random come out of both with the same bytes.
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
    ${RUN:-} "$build/sunlot" rehearse "$folder" --seed "$(cat "$folder/seed")" --log "$log" --jobs 1 >"$work/said" 2>&1 || wrong "$folder: $(cat "$work/said")"
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

$python vectors/reference.py check || wrong "reference.py does not agree with the vectors"

[ $failed = 0 ] && echo "compare: $draws draws made up at random, the same bytes"
