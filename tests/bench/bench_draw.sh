#!/bin/sh
# How long a draw takes, from CSV files to a signed log, and its verification.  Prints CSV: name,value,unit,ratio; ratio is value to
# goal (at most 1 reaches it), or, for verifying, to drawing the same.  Each value is the best of several runs.
set -eu
build=${BUILD:-build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
seed=$(printf '%064d' 7)

# best RUNS COMMAND...: milliseconds of the fastest run
best() {
    runs=$1
    shift
    least=
    while [ "$runs" -gt 0 ]; do
        rm -f "$work/log"
        from=$(date +%s%N)
        "$@" >"$work/said" 2>&1 || { cat "$work/said" >&2; return 1; }
        to=$(date +%s%N)
        [ -n "$least" ] && [ $(((to - from) / 10000)) -ge "$least" ] || least=$(((to - from) / 10000))
        runs=$((runs - 1))
    done
    awk -v n="$least" 'BEGIN { printf "%.2f", n / 100 }'
}

# line NAME VALUE GOAL
line() { awk -v name="$1" -v value="$2" -v goal="$3" 'BEGIN { printf "%s,%s,ms,%.2f\n", name, value, value / goal }'; }

# case_ NAME RUNS GOAL JOBS FOLDER: rehearse (a whole draw without asking for trials) and verify
case_() {
    drawing=$(best "$2" "$build/sunlot" rehearse "$5" --seed "$seed" --jobs "$4" --log "$work/log")
    line "$1 draw" "$drawing" "$3"
    cp "$work/log" "$work/kept"
    verifying=$(best "$2" "$build/sunlot-verify" "$work/kept" --rehearsal --jobs "$4")
    line "$1 verify" "$verifying" "$drawing"
}

"$build/sunlot" sample --schools 213 --classes 1971 --students 44992 --seed "$seed" "$work/district" >"$work/said"
# The same without teachers and what refers to them.
mkdir "$work/students"
grep -v -e 教师 "$work/district/rules.csv" >"$work/students/rules.csv"
cp "$work/district/classes.csv" "$work/district/students.csv" "$work/students"

echo name,value,unit,ratio
case_ "school 1245x25 and 77 teachers" 7 100 1 vectors/examples/school
case_ "79 schools 6325x321 and 321 teachers" 3 1000 1 vectors/examples/star
case_ "213 schools 44992x1971; 1 job" 2 2000 1 "$work/students"
case_ "213 schools 44992x1971; 2 jobs" 2 1000 2 "$work/students"
case_ "213 schools 44992x1971 and 6637 teachers; 1 job" 2 2000 1 "$work/district"
case_ "213 schools 44992x1971 and 6637 teachers; 2 jobs" 2 1000 2 "$work/district"
