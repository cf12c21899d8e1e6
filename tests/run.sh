#!/bin/sh
# Run test programs and scripts, JOBS at a time (as many as there are processors), and count: tests/run.sh FILE...
# They start in the order given: the longest first.  Programs below $BUILD run through $RUN, where there is one; scripts by sh or node.
# Shows what each printed when it ends, and which took long.  Prints last `N passed, N failed`; status 1 if any failed or there was none.
set -u

# one MAIN FOLDER NUMBER FILE: run it; what it prints, its status and its seconds go to files, its number to standard output.
# None starts any more when the main process is gone.
if [ "${1:-}" = --one ]; then
    kill -0 "$2" 2>/dev/null || exit 255
    folder=$3 number=$4 test=$5
    began=$(date +%s)
    case $test in
    *.sh) sh "$test" ;;
    *.mjs) NO_COLOR=1 node --test-reporter=spec "$test" ;;
    *) ${RUN:-} "$test" ;;
    esac >"$folder/$number" 2>&1 </dev/null
    echo "$? $(($(date +%s) - began)) $test" >"$folder/$number.ended"
    echo "$number"
    exit 0
fi

# Counts as they end.
count() {
    passed=0
    failed=0
    names=
    while read -r number; do
        read -r status took test <"$work/$number.ended"
        echo "== $test"
        cat "$work/$number"
        if [ "$status" = 0 ]; then
            passed=$((passed + 1))
        else
            failed=$((failed + 1))
            names="$names $test"
            echo "== $test: FAILED (status $status)"
        fi
        [ "$took" -lt 10 ] || echo "== $test: $took s"
    done
    lost=$(($1 - passed - failed))
    if [ $lost != 0 ]; then
        failed=$((failed + lost))
        names="$names ($lost did not come to an end)"
    fi
    [ -z "$names" ] || echo "failed:$names"
    echo "$passed passed, $failed failed"
    rm -rf "$work"
    [ $failed = 0 ] && [ $passed -gt 0 ]
}

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"; exit 130' INT
number=0
for test in "$@"; do
    number=$((number + 1))
    printf '%s\n%s\n' $number "$test"
done | xargs -r -P "${JOBS:-$(nproc)}" -n 2 "$0" --one $$ "$work" | count $#
