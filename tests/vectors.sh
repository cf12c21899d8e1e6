#!/bin/sh
# What the programs make of the vectors, without Python, so that it runs for every compiler and machine: whole draws and logs with
# faults (vectors/draws, vectors/refused); the examples rehearsed from fixed seeds; and the made-up school made again.
#     tests/vectors.sh            compare with vectors/examples/rehearsals.txt
#     tests/vectors.sh --write    write it, after a change of the specification
set -u
LC_ALL=C.UTF-8
export LC_ALL
build=${BUILD:-build}
list=vectors/examples/rehearsals.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

wrong() {
    echo "vectors: $*"
    failed=$((failed + 1))
}

sunlot() { ${RUN:-} "$build/sunlot" "$@"; }
verify() { ${RUN:-} "$build/sunlot-verify" "$@"; }

# rehearse EXAMPLE SEED: prints the digest of its log
rehearse() {
    sunlot rehearse "vectors/examples/$1" --seed "$2" --made-up --log "$work/$1.log" >"$work/said" 2>&1 || cat "$work/said" >&2
    sha256sum <"$work/$1.log" | cut -d ' ' -f 1
}

if [ "${1:-}" = --write ]; then
    {
        echo "# SHA-256 of the log that 'sunlot rehearse vectors/examples/NAME --seed SEED' writes: NAME SEED SHA-256"
        for seed in 0000000000000000000000000000000000000000000000000000000020260830 ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff; do
            for name in school star; do echo "$name $seed $(rehearse $name $seed)"; rm -f "$work"/*.log*; done
        done
    } >"$work/list" && mv "$work/list" $list
    exit
fi

sed '/^#/d' $list >"$work/list"
# Under an emulator the first seed is enough.
[ -z "${RUN:-}" ] || sed -i '3,$d' "$work/list"
[ -s "$work/list" ] || wrong "no rehearsal in $list"
while read -r name seed digest; do
    found=$(rehearse "$name" "$seed")
    [ "$found" = "$digest" ] || wrong "$name from $seed has the digest $found, not $digest"
    verify "$work/$name.log" --rehearsal >"$work/said" || wrong "$name from $seed: $(grep Answer "$work/said")"
    # one bit more is another log
    sed 's/^entropy,rehearsal,x0/entropy,rehearsal,x1/; s/^entropy,rehearsal,xf/entropy,rehearsal,xe/' "$work/$name.log" >"$work/other.log"
    verify "$work/other.log" --rehearsal >"$work/said" && wrong "$name with another seed is taken for a rehearsal"
    rm -f "$work"/*.log*
done <"$work/list"

sunlot sample --schools 1 --classes 25 --students 1245 --seed 0000000000000000000000000000000000000000000000000000000000000001 "$work/school" >"$work/said" || wrong "$(cat "$work/said")"
for file in rules classes students teachers; do
    cmp "$work/school/$file.csv" vectors/examples/school/$file.csv || wrong "sample does not write vectors/examples/school/$file.csv"
done

# ---- whole draws: a rehearsal from its seed, or a ceremony from its master and digits ------------------------------------------------

# begin_draw NAME: a copy of what the log of draws/NAME comes from
begin_draw() {
    rm -rf "$work/draw"
    cp -r "vectors/draws/$1" "$work/draw"
    rm -f "$work/draw"/*.log "$work/draw/draw.log.minisig"
}

# announce NAME: the announcement from the master
announce() {
    mkdir -m 700 "$work/draw/private"
    (umask 077 && cp "vectors/draws/$1/master" "$work/draw/private/master")
    sunlot announce "$work/draw" >"$work/said" 2>&1 || wrong "$1: $(cat "$work/said")"
}

# begins LOG WHOLE: whether a log is the beginning of another
begins() { head -c "$(wc -c <"$1")" "$2" | cmp -s - "$1"; }

draws=0
for folder in vectors/draws/*/; do
    name=$(basename "$folder")
    begin_draw "$name"
    log=$work/draw/public/draw.log
    if [ -e "$folder/seed" ]; then
        log=$work/draw/made.log
        sunlot rehearse "$work/draw" --seed "$(cat "$folder/seed")" --made-up --log "$log" >"$work/said" 2>&1 || wrong "$name: $(cat "$work/said")"
    elif [ -e "$folder/steps" ]; then
        # What comes after it the parties' keys sign: tests/test_steps.c.
        announce "$name"
        if [ -e "$folder/public.log" ]; then
            begins "$log" "$folder/public.log" || wrong "the public edition of the announcement of draws/$name differs"
            log=$work/draw/private/draw.log
        fi
        begins "$log" "$folder/draw.log" || wrong "the announcement of draws/$name differs"
        draws=$((draws + 1))
        continue
    else
        announce "$name"
        source=0
        if [ -e "$folder/digits" ]; then
            while read -r digits; do
                source=$((source + 1))
                sunlot entropy "$work/draw" --source $source --digits "$digits" --again "$digits" >"$work/said" 2>&1 || wrong "$name: $(cat "$work/said")"
            done <"$folder/digits"
        fi
        if [ "$(cat "$folder/until")" = results ]; then
            sunlot draw "$work/draw" >"$work/said" 2>&1 || wrong "$name: $(cat "$work/said")"
        fi
        cmp "$log.minisig" "$folder/draw.log.minisig" || wrong "the signature of draws/$name differs"
    fi
    cmp "$log" "$folder/draw.log" || wrong "the log of draws/$name differs"
    draws=$((draws + 1))
done
[ $draws -ge 40 ] || wrong "only $draws whole draws"

# ---- what the verifier says of them ------------------------------------------------------------------------------------------------------

# The report as the names and values of a file `answer`.
cat >"$work/answer.awk" <<'AWK'
function text(name) { return match($0, "\"" name "\":\"[^\"]*\"") ? substr($0, RSTART + length(name) + 4, RLENGTH - length(name) - 5) : "-" }
function number(name) { return match($0, "\"" name "\":[0-9]+") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3) : "-" }
# The strings of an array behind a mark; of a party its id.
function strings(mark,    rest) {
    if (!match($0, mark)) return ""
    rest = substr($0, RSTART + RLENGTH)
    rest = substr(rest, 1, index(rest, "]") - 1)
    gsub(/"party":|"role":"[^"]*"/, "", rest)
    gsub(/[{},"]+/, " ", rest)
    gsub(/^ +| +$/, "", rest)
    gsub(/ +/, " ", rest)
    return rest
}
{
    signed = strings("\"name\":\"seed-base\",[^\\[]*\"signed_by\":\\[")
    print "until = " text("until")
    print "word = " text("answer")
    print "fingerprint = " text("fingerprint")
    print "independent = " number("independent") " of " split(signed, some, " ")
    n = split("announced fixed struck late moved", figure, " ")
    for (i = 1; i <= n; i++) print figure[i] " = " number(figure[i])
    if (text("edition") == "public") {
        who = strings("\"attested_by\":\\[")
        print "attested = " (who == "" ? "-" : who)
    }
}
AWK

answers=0
for answer in vectors/draws/*/answer vectors/draws/*/public.answer; do
    log=$(dirname "$answer")/draw.log
    [ "$(basename "$answer")" = answer ] || log=$(dirname "$answer")/public.log
    verify "$log" --until "$(sed -n 's/^until = //p' "$answer")" --json >"$work/report"
    awk -f "$work/answer.awk" "$work/report" >"$work/answer"
    cmp "$work/answer" "$answer" || wrong "$log: $(diff "$work/answer" "$answer")"
    answers=$((answers + 1))
done
[ $answers -ge 16 ] || wrong "only $answers answers"

# ---- logs with faults: word, and line of the fault -------------------------------------------------------------------------------------

# Each case of the index as a line: log, word, line (- for none), and the command line of the verifier.
awk 'BEGIN { RS = ""; FS = "\n" }
    {
        split("", v)
        options = other = ""
        for (i = 1; i <= NF; i++) {
            if (!match($i, / = /)) continue
            name = substr($i, 1, RSTART - 1)
            value = substr($i, RSTART + 3)
            v[name] = value
            if (name ~ /^(key|policy|note|since)$/) options = options " --" name " vectors/refused/" value
            if (name ~ /^(fingerprint|until)$/) options = options " --" name " " value
            if (name == "other") other = other " vectors/refused/" value
        }
        if ("log" in v) print v["log"], v["word"], ("line" in v ? v["line"] : "-"), "vectors/refused/" v["log"] other options
    }' vectors/refused/index.txt >"$work/cases"

while read -r log word line arguments; do
    # shellcheck disable=SC2086
    verify $arguments --json >"$work/report" 2>&1
    printf '%s %s %s %s ' "$log" "$word" "$line" $?
    tr '\n' ' ' <"$work/report"
    echo
done <"$work/cases" >"$work/reports"
logs=$(wc -l <"$work/reports")
[ "$logs" -ge 600 ] || wrong "only $logs logs with faults"

awk '{
        said = match($0, /"answer":"[^"]*"/) ? substr($0, RSTART + 10, RLENGTH - 11) : "nothing"
        at = "-"
        if (match($0, /"fault":\{[^}]*"line":[0-9]+/)) {
            at = substr($0, RSTART, RLENGTH)
            sub(/.*:/, "", at)
        }
        if (said != $2) print $1 ": " said ", not " $2
        if ($4 != ($2 == "valid" ? 0 : 1)) print $1 ": status " $4 " for " $2
        if ($3 != "-" && $3 != at) print $1 ": " $2 " at line " at ", not " $3
    }' "$work/reports" >"$work/wrong"
while read -r what; do wrong "refused/$what"; done <"$work/wrong"

[ $failed = 0 ] && echo "vectors: $draws draws, $answers answers, $logs logs with faults, and the examples"
