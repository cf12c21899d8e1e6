#!/bin/sh
# Two draws from their CSV files: a rehearsal from a fixed seed, then the ceremony with made-up digits, to a verified log.
#     vectors/examples/school   a made-up school of 1,245 students, 25 classes, 77 teachers
#     vectors/examples/star     79 real schools, 6,325 students (Project STAR)
# Prints the balance asked for and reached, where the log is, and how to check it.
set -eu
build=${BUILD:-build}
seed=$(printf '%064d' 20260830)
digits=3141-5926-5358-9793-2384-6264-3383-2795-0288-419
LANGUAGE=${LANGUAGE:-en}
export LANGUAGE

# Show a command as it is typed, and run it.
show() {
    echo "\$ $*" >&3
    ${RUN:-} "$@"
}
exec 3>&1

demo() {
    folder=$build/demo/$1
    echo
    echo "==== $2"
    rm -rf "$folder"
    mkdir -p "$folder"
    cp "vectors/examples/$1"/rules.csv "vectors/examples/$1"/classes.csv "vectors/examples/$1"/students.csv "vectors/examples/$1"/teachers.csv "$folder"

    echo "-- a rehearsal: everything from one fixed seed, the same bytes on every machine"
    show "$build/sunlot" rehearse "$folder" --seed "$seed" --made-up --log "$folder/rehearsal.log" >"$folder/said"
    sed -n 1p "$folder/said"
    digest=$(sha256sum <"$folder/rehearsal.log" | cut -d ' ' -f 1)
    echo "SHA-256 of the log: $digest"
    grep -qx "$1 $seed $digest" vectors/examples/rehearsals.txt || { echo "demo: these are not the bytes of vectors/examples/rehearsals.txt"; exit 1; }

    echo "-- the ceremony: list and rules are fixed and signed, then the digits fall, then the draw"
    show "$build/sunlot" announce "$folder"
    show "$build/sunlot" entropy "$folder" --source 1 --digits $digits --again $digits
    show "$build/sunlot" draw "$folder"
    show "$build/sunlot" export "$folder"

    echo "-- anybody checks it"
    show "$build/sunlot-verify" "$folder/public/draw.log" --key "$folder/public/log.vkey" >"$folder/said" || { cat "$folder/said"; exit 1; }
    sed '/^What this proves/,$d' "$folder/said"

    echo "-- the balance asked for and reached"
    awk -f tests/balance.awk "$folder/public/draw.log"
    echo
    echo "The log: $folder/public/draw.log ($(wc -l <"$folder/public/draw.log" | tr -d ' ') lines).  Check it again:"
    echo "  $build/sunlot-verify $folder/public/draw.log --key $folder/public/log.vkey"
    echo "  minisign -Vm $folder/public/draw.log -p $folder/public/minisign.pub"
    rm "$folder/said"
}

demo school "a school: 1,245 students, 25 classes, 77 teachers (made up)"
demo star "79 schools: 6,325 students, kindergarten of Project STAR (real)"
