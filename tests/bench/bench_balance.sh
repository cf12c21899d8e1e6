#!/bin/sh
# Balance of the usual ways of placing and of sunlot, on both examples and on made-up schools of other sizes.  Prints one CSV table: README.md.
# DRAWS=100 draws more often than 20 times (4 for districts).
set -eu
build=${BUILD:-build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
seed=$(printf '%064d' 5)

"$build/sunlot" sample --schools 1 --classes 8 --students 360 --seed "$seed" "$work/small" >/dev/null
"$build/sunlot" sample --schools 1 --classes 50 --students 2250 --seed "$seed" "$work/large" >/dev/null
"$build/sunlot" sample --schools 20 --classes 180 --students 4000 --seed "$seed" "$work/district" >/dev/null

${RUN:-} "$build/bench/bench_balance" "school 1245x25" vectors/examples/school "${DRAWS:-20}" 0.2,0.5,1,2 \
    "star 79: 6325x321" vectors/examples/star "$((${DRAWS:-20} / 5))" 1,2,4,8 \
    "made up 360x8" "$work/small" "${DRAWS:-20}" 0.2,0.5,1,2 \
    "made up 2250x50" "$work/large" "${DRAWS:-20}" 0.2,0.5,1,2 \
    "made up 20: 4000x180" "$work/district" "$((${DRAWS:-20} / 5))" 0.2,0.5,1,2
