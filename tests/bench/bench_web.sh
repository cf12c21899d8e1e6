#!/bin/sh
# How long the verify page takes for what sunlot-verify does with one job.  Prints CSV: README.md.
set -eu
build=${BUILD:-build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
seed=$(printf '%064d' 7)

# line FIGURE VALUE UNIT YARDSTICK OF GOAL
line() { awk -v name="$1" -v value="$2" -v unit="$3" -v yard="$4" -v of="$5" -v goal="$6" 'BEGIN { printf "%s,%.2f,%s,%s,%.2f,%s\n", name, value, unit, yard, value / of, goal }'; }

# case_ NAME RUNS FOLDER MILLISECONDS
case_() {
    "$build/sunlot" rehearse "$3" --seed "$seed" --made-up --log "$work/draw.log" >"$work/said"
    native=$("$build/bench/timed" "$2" "$work/none" "$build/sunlot-verify" "$work/draw.log" --rehearsal --jobs 1)
    core=$(node tests/bench/bench_web.mjs node "$work/draw.log" "$2")
    page=$(node tests/bench/bench_web.mjs chromium "$work/draw.log" "$2")
    name=$1 goal="$4 ms"
    # shellcheck disable=SC2086
    set -- $native $core # wall, processor, memory; and the same again
    line "$name: the page's core in Node" "$4" ms sunlot-verify "$1" ""
    line "$name: the page's core in Node: processor" "$5" ms "sunlot-verify: processor" "$2" ""
    line "$name: the page's core: memory" "$6" MiB "its log" "$(wc -c <"$work/draw.log" | awk '{ print $1 / 1048576 }')" ""
    line "$name: the page in Chromium" "$page" ms sunlot-verify "$1" "$goal"
    rm "$work"/draw.log*
}

echo figure,value,unit,yardstick,ratio,goal
"$build/sunlot" sample --schools 213 --classes 1971 --students 44992 --seed "$seed" "$work/district" >"$work/said"
case_ "school example" "${RUNS:-7}" vectors/examples/school 1000
case_ "district with teachers" "${RUNS:-3}" "$work/district" 5000
