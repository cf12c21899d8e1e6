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
    sunlot rehearse "vectors/examples/$1" --seed "$2" --log "$work/$1.log" >"$work/said" 2>&1 || cat "$work/said" >&2
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

draws=0
for folder in vectors/draws/*/; do
    name=$(basename "$folder")
    rm -rf "$work/draw"
    cp -r "$folder" "$work/draw"
    rm "$work/draw/draw.log" "$work/draw/draw.log.minisig"
    if [ -e "$folder/seed" ]; then
        log=$work/draw/made.log
        sunlot rehearse "$work/draw" --seed "$(cat "$folder/seed")" --log "$log" >"$work/said" 2>&1 || wrong "$name: $(cat "$work/said")"
    else
        log=$work/draw/public/draw.log
        mkdir -m 700 "$work/draw/private"
        (umask 077 && cp "$folder/master" "$work/draw/private/master")
        sunlot announce "$work/draw" >"$work/said" 2>&1 || wrong "$name: $(cat "$work/said")"
        source=0
        if [ -e "$folder/digits" ]; then
            while read -r digits; do
                source=$((source + 1))
                sunlot entropy "$work/draw" --source $source --digits "$digits" >"$work/said" 2>&1 || wrong "$name: $(cat "$work/said")"
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
[ $draws -ge 10 ] || wrong "only $draws whole draws"

# ---- logs with faults: word, and line of the fault -------------------------------------------------------------------------------------

# Each case of the index as "log key fingerprint until word line", - for none.
awk 'BEGIN { RS = ""; FS = "\n" }
    {
        split("", v)
        for (i = 1; i <= NF; i++) if (match($i, / = /)) v[substr($i, 1, RSTART - 1)] = substr($i, RSTART + 3)
        if ("log" in v) print v["log"], of("key"), of("fingerprint"), of("until"), of("word"), of("line")
    }
    function of(name) { return name in v ? v[name] : "-" }' vectors/refused/index.txt >"$work/cases"

logs=0
while read -r log key fingerprint until word line; do
    set -- "vectors/refused/$log" --json
    [ "$key" = - ] || set -- "$@" --key "vectors/refused/$key"
    [ "$fingerprint" = - ] || set -- "$@" --fingerprint "$fingerprint"
    [ "$until" = - ] || set -- "$@" --until "$until"
    verify "$@" >"$work/said" 2>&1
    status=$?
    said=$(sed 's/.*"answer":"\([^"]*\)".*/\1/' "$work/said")
    [ "$said" = "$word" ] || wrong "refused/$log: $said, not $word"
    [ "$status" = "$([ "$word" = valid ] && echo 0 || echo 1)" ] || wrong "refused/$log: status $status for $word"
    if [ "$line" != - ]; then
        at=$(sed 's/.*"fault":{[^}]*"line":\([0-9]*\).*/\1/' "$work/said")
        [ "$at" = "$line" ] || wrong "refused/$log: $word at line $at, not $line"
    fi
    logs=$((logs + 1))
done <"$work/cases"
[ $logs -ge 60 ] || wrong "only $logs logs with faults"

[ $failed = 0 ] && echo "vectors: $draws draws, $logs logs with faults, and the examples"
