#!/bin/sh
# How long whole draws take, from CSV files to a log, and their verification, and how much memory.  Prints CSV: README.md.
#     bench_draw.sh             the school example, Project STAR, a district without and with teachers
#     bench_draw.sh province    a province: some minutes, and a gigabyte of temporary files
set -eu
build=${BUILD:-build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
seed=$(printf '%064d' 7)

# Nanoseconds of a random word.
word=$("$build/bench/bench_stream" | awk -F , '$1 == "a word of the stream" { print $2 }')

# words LOG: milliseconds of the random words of the students' walks, drawn alone on one processor (SPEC 8.4, 8.6)
words() {
    awk -F , -v word="$word" '
        $1 == "fact" && $2 == "mix" { mix = $3 }
        $1 == "school" { rows[$2] = $5 < 100 ? 100 : $5 }
        $1 == "placed" { steps += mix * rows[$2] * (1 + ($5 - 1) / 16) }
        END { printf "%.3f", steps * 1.25 * word / 1e6 }' "$1"
}

# line FIGURE VALUE UNIT YARDSTICK OF GOAL
line() { awk -v name="$1" -v value="$2" -v unit="$3" -v yard="$4" -v of="$5" -v goal="$6" 'BEGIN { printf "%s,%.2f,%s,%s,%.2f,%s\n", name, value, unit, yard, value / of, goal }'; }

mebibytes() { awk -v bytes="$1" 'BEGIN { printf "%.2f", bytes / 1048576 }'; }

# case_ NAME RUNS JOBS FOLDER MILLISECONDS [MEBIBYTES]: rehearse, which is a whole draw without the trials, and verify; the goals
case_() {
    drawn=$("$build/bench/timed" "$2" "$work/log" "$build/sunlot" rehearse "$4" --seed "$seed" --jobs "$3" --made-up --log "$work/log")
    verified=$("$build/bench/timed" "$2" "$work/none" "$build/sunlot-verify" "$work/log" --rehearsal --jobs "$3")
    name=$1 folder=$4 goal=${5:+$5 ms} memory=${6:+$6 MiB} alone=$(words "$work/log")
    # shellcheck disable=SC2086
    set -- $drawn $verified # wall, processor, memory; and the same again
    line "$name: drawing" "$1" ms "its random words" "$alone" "$goal"
    line "$name: drawing: processor" "$2" ms "its random words" "$alone" ""
    line "$name: drawing: memory" "$(mebibytes "$3")" MiB "its input files" "$(mebibytes "$(cat "$folder"/*.csv | wc -c)")" "$memory"
    line "$name: verifying" "$4" ms drawing "$1" "ratio 1.1"
    line "$name: verifying: processor" "$5" ms "drawing: processor" "$2" ""
    line "$name: verifying: memory" "$(mebibytes "$6")" MiB "its log" "$(mebibytes "$(wc -c <"$work/log")")" "$memory"
}

echo figure,value,unit,yardstick,ratio,goal
if [ "${1:-}" = province ]; then
    # As many classes as the limit of 200000 teachers allows, nearly.
    "$build/sunlot" sample --schools 5856 --classes 56000 --students 1470000 --seed "$seed" "$work/province" >"$work/said"
    case_ "province (5856 schools; 56000 classes; 1470000 students; teachers); 2 jobs" "${RUNS:-1}" 2 "$work/province" 40000 1024
    exit
fi
"$build/sunlot" sample --schools 213 --classes 1971 --students 44992 --seed "$seed" "$work/district" >"$work/said"
# The same without teachers and what refers to them.
mkdir "$work/students"
grep -v -e 教师 "$work/district/rules.csv" >"$work/students/rules.csv"
cp "$work/district/classes.csv" "$work/district/students.csv" "$work/students"

case_ "school example; 1 job" "${RUNS:-15}" 1 vectors/examples/school 30
case_ "Project STAR (79 schools; 321 classes; 6325 students; 321 teachers); 1 job" "${RUNS:-5}" 1 vectors/examples/star ""
case_ "district without teachers (213 schools; 1971 classes; 44992 students); 1 job" "${RUNS:-3}" 1 "$work/students" ""
case_ "district without teachers; 2 jobs" "${RUNS:-3}" 2 "$work/students" 1000
case_ "district with teachers; 1 job" "${RUNS:-3}" 1 "$work/district" ""
case_ "district with teachers; 2 jobs" "${RUNS:-3}" 2 "$work/district" 1000
