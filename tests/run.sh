#!/bin/sh
# Run test programs and scripts one after the other, and count: tests/run.sh FILE...
# Programs below $BUILD run through $RUN, where there is one.  Says which took long.  Prints last `N passed, N failed`; status 1 if any failed.
passed=0
failed=0
names=
for test in "$@"; do
    echo "== $test"
    began=$(date +%s)
    case $test in
    *.sh) sh "$test" ;;
    *) ${RUN:-} "$test" ;;
    esac
    status=$?
    if [ $status = 0 ]; then
        passed=$((passed + 1))
        took=$(($(date +%s) - began))
        [ $took -lt 10 ] || echo "== $test: $took s"
    else
        failed=$((failed + 1))
        names="$names $test"
        echo "== $test: FAILED (status $status)"
    fi
done
[ -z "$names" ] || echo "failed:$names"
echo "$passed passed, $failed failed"
[ $failed = 0 ] && [ $passed -gt 0 ]
